//! Values to pixels along one axis, and round ticks.

use std::ops::Range;

use plotters::coord::ranged1d::Ranged;
use plotters::coord::types::RangedCoordf64;

/// An even axis from values to pixels.
pub(super) struct Scale {
    values: Range<f64>,
    pixels: Range<f64>,
}

impl Scale {
    pub(super) fn new(values: Range<f64>, pixels: Range<f64>) -> Scale {
        Scale { values, pixels }
    }

    /// Pixel of a value.
    pub(super) fn px(&self, value: f64) -> f64 {
        let share = (value - self.values.start) / (self.values.end - self.values.start);
        self.pixels.start + share * (self.pixels.end - self.pixels.start)
    }
}

/// About so many round values from 0 to a highest, as plotters chooses them, and their words.
pub(super) fn ticks(high: f64, about: usize) -> Vec<f64> {
    RangedCoordf64::from(0.0..high).key_points(about)
}

/// Returns a tick in as few digits as it needs.
pub(super) fn tick_words(tick: f64) -> String {
    // sums of steps leave a last bit behind
    format!("{}", (tick * 1e6).round() / 1e6)
}
