//! Activity to profile: an even grid of metres with heights that can be trusted.
//!
//! [`Profile::of`] is the road in five calls: `road` turns samples into runs of metres and
//! seconds, `heights` mends what the sensor got wrong, `noise` measures what is left,
//! `grid` lays the even nodes, `smooth` and `turning` make one profile of them.

use std::ops::Range;

use crate::activity::Activity;
use crate::error::Error;
use crate::sport::Sport;

/// The knobs of this room.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Sampling {
    /// Wished grid step, m.
    pub step_m: f64,
    /// Factor on the half-width of the smoothing window.
    pub smoothing: f64,
    /// Grade of a treadmill where the file records none, rise over run.
    pub grade: Option<f64>,
}

/// A stretch of road without a break. Cells and nodes are indices into the profile's
/// columns; a run has one node more than cells.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Its cells in the cell columns.
    pub cells: Range<usize>,
    /// Its nodes in the node columns.
    pub nodes: Range<usize>,
    /// Horizontal length of a cell, m.
    pub step_m: f64,
    /// Distance of its first node from the start of the activity, m.
    pub start_m: f64,
}

/// What was found about the recording: counts and metres for the quality line.
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct Quality {
    /// Samples read.
    pub samples: usize,
    /// White noise of a height, standard deviation, m.
    pub height_noise_m: f64,
    /// Half-width of the smoothing window, m.
    pub half_width_m: f64,
    /// Turning threshold, m.
    pub turning_m: f64,
    /// Gain with twice the turning threshold, m: far from the gain, it is undecidable.
    pub gain_at_twice_turning_m: f64,
    /// Points dropped because their speed was impossible, or their position.
    pub impossible_points: usize,
    /// Samples of one time merged.
    pub merged_samples: usize,
    /// Times that went back and were mended.
    pub times_mended: usize,
    /// Heights dropped as spikes or outages.
    pub spikes: usize,
    /// Heights missing and filled.
    pub heights_filled: usize,
    /// Horizontal metres with filled heights or positions.
    pub filled_m: f64,
    /// Horizontal metres covered and not scored (no height, straight lines of a pause).
    pub not_scored_m: f64,
    /// Metres in a lift or vehicle, left out.
    pub carried_m: f64,
    /// Seconds in a lift or vehicle, left out.
    pub carried_s: f64,
    /// Seconds standing still, timer running.
    pub standing_s: f64,
    /// Seconds of pauses of the timer, gaps and breaks between runs.
    pub paused_s: f64,
    /// Legs above 200 m of a track without times.
    pub sparse_legs: usize,
    /// Seconds from the first to the last sample.
    pub elapsed_s: f64,
}

/// The road on an even grid: every value finite unless said otherwise, grade is rise over
/// run, no cell bridges a break.
///
/// Sensor columns are NaN where nothing was recorded; time columns are NaN throughout where
/// the file has no times ([`Profile::timed`]).
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    pub(crate) runs: Vec<Run>,
    pub(crate) timed: bool,
    // nodes
    pub(crate) elevation_m: Vec<f64>,
    pub(crate) clock_s: Vec<f64>,
    pub(crate) time_s: Vec<f64>,
    // cells
    pub(crate) rise_m: Vec<f64>,
    pub(crate) grade: Vec<f64>,
    pub(crate) slope_m: Vec<f64>,
    pub(crate) duration_s: Vec<f64>,
    pub(crate) speed_m_per_s: Vec<f64>,
    pub(crate) cadence_per_min: Vec<f64>,
    pub(crate) power_w: Vec<f64>,
    pub(crate) heart_rate_bpm: Vec<f64>,
    pub(crate) stance_time_s: Vec<f64>,
    pub(crate) scored: Vec<bool>,
    pub(crate) quality: Quality,
}

impl Profile {
    /// The profile of an activity of this sport.
    ///
    /// # Errors
    /// `no_elevation`, `no_distance` or `no_points` where nothing can be profiled.
    pub fn of(
        activity: &Activity,
        sport: Sport,
        sampling: &Sampling,
    ) -> Result<Profile, Error> {
        let _ = (activity, sport, sampling);
        Err(Error::new(crate::error::Kind::Internal, "not built yet"))
    }

    /// The same road, runs and legs with the smoothing window `factor` times as wide: for
    /// the range of what could be.
    #[must_use]
    pub fn resmoothed(&self, factor: f64) -> Profile {
        let _ = factor;
        self.clone()
    }

    /// Runs in order.
    pub fn runs(&self) -> &[Run] {
        &self.runs
    }

    /// Number of cells.
    pub fn cells(&self) -> usize {
        self.rise_m.len()
    }

    /// Whether the activity has times; without them every time column is NaN.
    pub fn timed(&self) -> bool {
        self.timed
    }

    /// Height of each node, m.
    pub fn elevation_m(&self) -> &[f64] {
        &self.elevation_m
    }

    /// Clock at each node, s: it stops in pauses and while standing, and runs on from run to
    /// run without a jump.
    pub fn clock_s(&self) -> &[f64] {
        &self.clock_s
    }

    /// Wall time at each node, s since the activity's start.
    pub fn time_s(&self) -> &[f64] {
        &self.time_s
    }

    /// Rise of each cell, m, negative down.
    pub fn rise_m(&self) -> &[f64] {
        &self.rise_m
    }

    /// Grade of each cell, rise over run.
    pub fn grade(&self) -> &[f64] {
        &self.grade
    }

    /// Length of each cell along the slope, m.
    pub fn slope_m(&self) -> &[f64] {
        &self.slope_m
    }

    /// Seconds of the clock in each cell.
    pub fn duration_s(&self) -> &[f64] {
        &self.duration_s
    }

    /// Slope metres over seconds in the 10 s of the clock around each cell's midpoint.
    pub fn speed_m_per_s(&self) -> &[f64] {
        &self.speed_m_per_s
    }

    /// Recorded cadence, time-weighted, 1/min; strides or steps as the device wrote them.
    pub fn cadence_per_min(&self) -> &[f64] {
        &self.cadence_per_min
    }

    /// Recorded power, W: power times duration, summed, is the energy recorded.
    pub fn power_w(&self) -> &[f64] {
        &self.power_w
    }

    /// Heart rate, time-weighted, 1/min.
    pub fn heart_rate_bpm(&self) -> &[f64] {
        &self.heart_rate_bpm
    }

    /// Ground contact time, time-weighted, s.
    pub fn stance_time_s(&self) -> &[f64] {
        &self.stance_time_s
    }

    /// Whether a cell is scored: false where its height is only a guess.
    pub fn scored(&self) -> &[bool] {
        &self.scored
    }

    /// What was found about the recording.
    pub fn quality(&self) -> &Quality {
        &self.quality
    }

    /// Horizontal length of a cell, m.
    ///
    /// # Panics
    /// Never for a cell of this profile.
    pub fn step_m(&self, cell: usize) -> f64 {
        self.run_of(cell).step_m
    }

    /// The run that a cell belongs to.
    pub fn run_of(&self, cell: usize) -> &Run {
        let at = self.runs.partition_point(|run| run.cells.end <= cell);
        &self.runs[at.min(self.runs.len() - 1)]
    }

    /// Distance of a cell's beginning from the start of the activity, m.
    pub fn distance_m(&self, cell: usize) -> f64 {
        let run = self.run_of(cell);
        run.start_m + (cell - run.cells.start) as f64 * run.step_m
    }

    /// The node at a cell's beginning; the next node is its end.
    pub fn node_of(&self, cell: usize) -> usize {
        let run = self.run_of(cell);
        run.nodes.start + cell - run.cells.start
    }
}
