//! Profile to leg load.

pub mod leg_load;

pub use leg_load::{LegLoad, Zones};
