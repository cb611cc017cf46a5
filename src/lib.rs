//! How much work the legs did going up and going down.

pub mod error;
pub mod evidence;

pub mod activity;
pub mod sport;

pub mod read;
