//! One stretch of samples on its way to the grid: columns of metres, seconds and sensors.

/// Samples of a run in order; `x_m` never falls, `clock_s` never falls.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Track {
    /// Metres from the start of the activity.
    pub(crate) x_m: Vec<f64>,
    /// Metres covered while the clock ran.
    pub(crate) moving_m: Vec<f64>,
    /// The clock: stops in pauses and while standing; NaN without times.
    pub(crate) clock_s: Vec<f64>,
    /// Seconds since the activity's start; NaN without times.
    pub(crate) time_s: Vec<f64>,
    /// Height, m; NaN where missing.
    pub(crate) elevation_m: Vec<f64>,
    /// Whether the leg that ends here is scored.
    pub(crate) scored: Vec<bool>,
    /// The stop that this sample belongs to, as an index that grows.
    pub(crate) stop: Vec<Option<u32>>,
    /// Sensors, NaN where missing.
    pub(crate) sensors: Vec<Sensors>,
    /// Index in the recording.
    pub(crate) sample: Vec<u32>,
}

/// What the sensors said at a sample, as precisely as it was recorded; NaN where nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Sensors {
    pub(crate) cadence_per_min: f32,
    pub(crate) power_w: f32,
    pub(crate) heart_rate_bpm: f32,
    pub(crate) stance_time_s: f32,
}

impl Track {
    /// None yet, with room for so many samples.
    pub(crate) fn with_capacity(samples: usize) -> Track {
        Track {
            x_m: Vec::with_capacity(samples),
            moving_m: Vec::with_capacity(samples),
            clock_s: Vec::with_capacity(samples),
            time_s: Vec::with_capacity(samples),
            elevation_m: Vec::with_capacity(samples),
            scored: Vec::with_capacity(samples),
            stop: Vec::with_capacity(samples),
            sensors: Vec::with_capacity(samples),
            sample: Vec::with_capacity(samples),
        }
    }

    /// Number of samples.
    pub(crate) fn len(&self) -> usize {
        self.x_m.len()
    }

    /// Metres from the first sample to the last.
    pub(crate) fn length_m(&self) -> f64 {
        match (self.x_m.first(), self.x_m.last()) {
            (Some(first), Some(last)) => last - first,
            _ => 0.0,
        }
    }

    /// This track, cut down to the samples `from..to`.
    pub(crate) fn cut(mut self, from: usize, to: usize) -> Track {
        fn cut<T>(column: &mut Vec<T>, from: usize, to: usize) {
            column.truncate(to);
            column.drain(..from);
        }
        cut(&mut self.x_m, from, to);
        cut(&mut self.moving_m, from, to);
        cut(&mut self.clock_s, from, to);
        cut(&mut self.time_s, from, to);
        cut(&mut self.elevation_m, from, to);
        cut(&mut self.scored, from, to);
        cut(&mut self.stop, from, to);
        cut(&mut self.sensors, from, to);
        cut(&mut self.sample, from, to);
        self
    }

    /// The samples `from..to` as a track of their own.
    pub(crate) fn part(&self, from: usize, to: usize) -> Track {
        Track {
            x_m: self.x_m[from..to].to_vec(),
            moving_m: self.moving_m[from..to].to_vec(),
            clock_s: self.clock_s[from..to].to_vec(),
            time_s: self.time_s[from..to].to_vec(),
            elevation_m: self.elevation_m[from..to].to_vec(),
            scored: self.scored[from..to].to_vec(),
            stop: self.stop[from..to].to_vec(),
            sensors: self.sensors[from..to].to_vec(),
            sample: self.sample[from..to].to_vec(),
        }
    }
}
