//! One stretch of samples on its way to the grid: columns of metres, seconds and sensors.

use std::ops::Range;

/// Samples of a run in order; `x_m` never falls, `clock_s` never falls. What the way to the
/// grid leaves as it is, is lent by the clean samples.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Track<'a> {
    /// Metres from the start of the activity.
    pub(crate) x_m: Vec<f64>,
    /// Metres covered while the clock ran.
    pub(crate) moving_m: Vec<f64>,
    /// The clock: stops in pauses and while standing; NaN without times.
    pub(crate) clock_s: Vec<f64>,
    /// Seconds since the activity's start; NaN without times.
    pub(crate) time_s: &'a [f64],
    /// Height, m; NaN where missing.
    pub(crate) elevation_m: Vec<f64>,
    /// Whether the leg that ends here is scored.
    pub(crate) scored: Vec<bool>,
    /// Sensors, NaN where missing.
    pub(crate) sensors: Sensors<'a>,
    /// Index in the recording.
    pub(crate) sample: &'a [u32],
}

/// What the sensors said at each sample, as precisely as it was recorded; NaN where nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Sensors<'a> {
    pub(crate) cadence_per_min: &'a [f32],
    pub(crate) power_w: &'a [f32],
    pub(crate) heart_rate_bpm: &'a [f32],
    pub(crate) stance_time_s: &'a [f32],
}

impl Sensors<'_> {
    /// Returns the sensors of some samples.
    pub(crate) fn of(self, samples: Range<usize>) -> Self {
        Sensors {
            cadence_per_min: &self.cadence_per_min[samples.clone()],
            power_w: &self.power_w[samples.clone()],
            heart_rate_bpm: &self.heart_rate_bpm[samples.clone()],
            stance_time_s: &self.stance_time_s[samples],
        }
    }
}

impl Track<'_> {
    /// Returns the number of samples.
    pub(crate) fn len(&self) -> usize {
        self.x_m.len()
    }

    /// Returns the metres from the first sample to the last.
    pub(crate) fn length_m(&self) -> f64 {
        match (self.x_m.first(), self.x_m.last()) {
            (Some(first), Some(last)) => last - first,
            _ => 0.0,
        }
    }

    /// This track, cut down to the samples `from..to`.
    pub(crate) fn cut(mut self, from: usize, to: usize) -> Self {
        fn cut<T>(column: &mut Vec<T>, from: usize, to: usize) {
            column.truncate(to);
            column.drain(..from);
        }
        cut(&mut self.x_m, from, to);
        cut(&mut self.moving_m, from, to);
        cut(&mut self.clock_s, from, to);
        cut(&mut self.elevation_m, from, to);
        cut(&mut self.scored, from, to);
        self.time_s = &self.time_s[from..to];
        self.sensors = self.sensors.of(from..to);
        self.sample = &self.sample[from..to];
        self
    }

    /// Returns the samples `from..to` as a track of their own.
    pub(crate) fn part(&self, from: usize, to: usize) -> Self {
        Track {
            x_m: self.x_m[from..to].to_vec(),
            moving_m: self.moving_m[from..to].to_vec(),
            clock_s: self.clock_s[from..to].to_vec(),
            time_s: &self.time_s[from..to],
            elevation_m: self.elevation_m[from..to].to_vec(),
            scored: self.scored[from..to].to_vec(),
            sensors: self.sensors.of(from..to),
            sample: &self.sample[from..to],
        }
    }
}
