//! How much work the legs did going up and going down.

pub mod error;
pub mod evidence;

pub mod activity;
pub mod athlete;
pub mod sport;

pub mod read;

#[cfg(feature = "batch")]
pub mod inputs;

pub mod profile;

pub mod segment;

pub mod load;

pub mod category;
pub mod settings;

pub mod report;

pub mod history;
pub mod plan;

#[cfg(feature = "store")]
pub mod store;

pub mod write;

#[cfg(feature = "batch")]
pub mod batch;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
