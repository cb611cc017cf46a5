//! How much work the legs did going up and going down.

pub mod error;
pub mod evidence;

pub mod activity;
pub mod athlete;
pub mod sport;

pub mod read;

pub mod profile;

pub mod segment;

pub mod load;

pub mod category;
pub mod settings;

pub mod report;

pub mod write;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
