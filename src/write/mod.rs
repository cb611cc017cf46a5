//! Reports to text and JSON: the door out. Rounding, percent and words live here only.

pub mod json;
pub mod text;

mod strip;
mod units;

pub use units::Units;
