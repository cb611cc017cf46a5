//! Writes reports and histories as text, JSON, CSV, SVG, HTML and GPX. Rounding, percent and words
//! live here only.

#[cfg(feature = "store")]
pub mod adaptation;
pub mod cell;
pub mod curve;
#[cfg(feature = "export")]
pub mod gpx;
#[cfg(feature = "store")]
pub mod hills;
pub mod history;
#[cfg(feature = "page")]
pub mod html;
pub mod inert;
#[cfg(feature = "inspect")]
pub mod inspect;
pub mod json;
pub mod plan;
#[cfg(feature = "store")]
pub mod progress;
pub mod rows;
#[cfg(feature = "chart")]
pub mod svg;
pub mod text;

mod aims;
mod columns;
mod loads;
mod object;
mod prose;
mod rounding;
mod strip;
mod units;
mod words;

pub use units::Units;
pub use words::{numbered, sign};
