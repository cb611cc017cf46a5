//! Activity to profile: an even grid of metres with heights that can be trusted.
//!
//! [`Profile::of`] goes through these steps: `samples` puts what was recorded in order and drops
//! what is impossible, `sections` cuts it into continuous runs of metres and seconds, `heights`
//! repairs what the sensor got wrong, `noise` measures what is left, `grid` lays the even nodes,
//! `smooth` and `hysteresis` make one profile of them. `build` calls them in order.

pub mod build;
pub mod coarse;
pub mod distance;
pub mod distance_source;
pub mod gaps;
pub mod grid;
pub mod height_range;
pub mod heights;
pub mod hysteresis;
pub mod impossible;
pub mod noise;
pub(crate) mod power_meter;
pub mod quality;
pub mod samples;
pub mod sections;
pub mod sensors;
pub mod smooth;
pub mod staircase;
pub mod stops;
pub mod times;
pub mod transport;
pub mod treadmill;
pub mod untimed;

mod columns;
mod lift_ends;
mod point;
pub(crate) mod refusal;
mod repair;
mod track;

use std::ops::Range;
use std::sync::Arc;

use crate::activity::Activity;
use crate::error::Error;
use crate::evidence::Parameter;
use crate::sport::Sport;
pub use height_range::{HeightRange, Span};
pub use quality::Quality;
pub use treadmill::Treadmill;
pub use untimed::Untimed;

/// Settings of the profile.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Sampling {
    /// Wished grid step, m.
    pub step_m: f64,
    /// Factor on the half-width of the smoothing window.
    pub smoothing: f64,
    /// Grade of a treadmill: it replaces heights.
    pub treadmill: Option<Treadmill>,
}

impl Default for Sampling {
    fn default() -> Self {
        Sampling { step_m: grid::STEP.value, smoothing: 1.0, treadmill: None }
    }
}

/// Returns every constant of the profile.
#[allow(clippy::too_many_lines, reason = "a constant a line")]
pub fn parameters() -> Vec<Parameter> {
    vec![
        distance::EARTH_RADIUS,
        impossible::FASTEST_ON_FOOT,
        impossible::FASTEST_RIDING,
        times::FEW_BACKWARD,
        times::MOST_ALIKE,
        times::MOST_A_SECOND,
        distance_source::DISTANCE_AGREES,
        times::GAP_S,
        impossible::DETOUR,
        impossible::DETOUR_LEGS,
        samples::LONGEST_INTERVAL,
        gaps::GAP_INTERVALS,
        gaps::GAP_SLOW,
        gaps::GAP_FAST,
        gaps::GAP_FAST_ON_FOOT,
        gaps::GAP_FAST_RIDING,
        gaps::GAP_CLIMB,
        gaps::GAP_STEEP,
        gaps::FASTEST_GAP_ON_FOOT,
        gaps::FASTEST_GAP_RIDING,
        gaps::LONGEST_GAP,
        gaps::LONGEST_PAUSE,
        gaps::NEAR,
        gaps::ONE_PLACE,
        gaps::UNTIMED_LEGS,
        gaps::LONGEST_LEG,
        build::LONGEST,
        sections::SPARSE,
        sections::SPARSE_S,
        coarse::REFUSED_DECIMALS,
        coarse::WINDOW_STEPS,
        stops::RADIUS,
        stops::LEAST_S,
        stops::SLOWEST,
        stops::MOVING,
        stops::EXCURSION_S,
        transport::LEAST_S,
        transport::FOOT_SPEED,
        transport::FOOT_CLIMB,
        transport::RIDE_SPEED,
        transport::RIDE_CLIMB,
        transport::CONFIRMED_S,
        transport::CONFIRMED_SHARE,
        transport::CONFIRMED_FALLS,
        lift_ends::REST_ABOVE_LIFT,
        lift_ends::REST_SHARE,
        gaps::FARTHEST_ON_FOOT,
        gaps::FARTHEST_RIDING,
        treadmill::STEEPEST,
        heights::LOWEST,
        heights::HIGHEST,
        heights::ZERO_BESIDE,
        heights::JUMP,
        heights::JUMP_M_PER_S,
        heights::JUMP_UNTIMED,
        heights::JUMP_UNLIKE,
        heights::OUTAGE_S,
        heights::OUTAGE_M,
        heights::SPIKE,
        heights::SPIKE_PER_M,
        heights::SPIKE_SD,
        heights::MAD_TO_SD,
        heights::DRIFT,
        heights::DRIFT_RATE,
        heights::DRIFT_STOP,
        heights::FILL_M,
        heights::FILL_S,
        staircase::LEVEL_SHARE,
        staircase::LEAST_STEP,
        noise::LONGEST_SPAN,
        noise::TRIMMED_MEAN_TO_SD,
        noise::NOISY,
        noise::FAIR,
        grid::STEP,
        smooth::WINDOW_S,
        smooth::NARROWEST,
        smooth::WIDEST,
        smooth::WIDEST_NOISY,
        smooth::WANTED_ERROR,
        smooth::TRICUBE_VARIANCE,
        sensors::FASTEST_CADENCE,
        sensors::SLOWEST_CADENCE,
        sensors::SLOWEST_HEART,
        sensors::FASTEST_HEART,
        sensors::HEART_LEAP,
        sensors::HEART_SPIKE_S,
        hysteresis::LEAST_REVERSAL,
        hysteresis::REVERSAL_PER_NOISE,
        columns::SPEED_WINDOW_S,
        height_range::BAROMETER,
        height_range::SATELLITES,
        height_range::MAP,
        height_range::UNTOLD,
        height_range::LEAST,
        height_range::PER_ROOT_KM,
        height_range::SEEN_LEG,
        height_range::HIDDEN_SHARE,
        height_range::HIDDEN_PER_KM,
    ]
}

/// A stretch without a break. Cells and nodes are indices into the profile's
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

/// Where a run turns: node indices within the run, and whether the first leg rises.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Legs {
    pub(crate) turns: Vec<usize>,
    pub(crate) up_first: bool,
}

/// A recording on an even grid: every value finite unless said otherwise, grade is rise over
/// run, no cell bridges a break.
///
/// Sensor columns are NaN where nothing was recorded; time columns are NaN throughout where
/// the file has no times ([`Profile::timed`]).
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// Shared by every profile of one recording.
    shared: Arc<Shared>,
    // nodes
    elevation_m: Vec<f64>,
    // cells
    rise_m: Vec<f64>,
    grade: Vec<f64>,
    slope_m: Vec<f64>,
    speed_m_per_s: Vec<f64>,
    quality: Quality,
    /// Metres of cells that are not scored, as counted in the quality.
    unscored_cells_m: f64,
}

/// What smoothing leaves as it is: columns that profiles of one recording share.
#[derive(Debug, Clone, PartialEq, Default)]
struct Shared {
    runs: Vec<Run>,
    /// Turning points of each run.
    legs: Vec<Legs>,
    timed: bool,
    // nodes
    /// Heights before smoothing.
    raw_m: Vec<f64>,
    /// Metres covered while the clock ran.
    moving_m: Vec<f64>,
    clock_s: Vec<f64>,
    time_s: Vec<f64>,
    sample: Vec<f64>,
    // cells
    duration_s: Vec<f64>,
    cadence_per_min: Vec<f64>,
    power_w: Vec<f64>,
    heart_rate_bpm: Vec<f64>,
    stance_time_s: Vec<f64>,
    scored: Vec<bool>,
    /// Indices in the recording of points that nobody can have reached.
    impossible: Vec<u32>,
}

impl Profile {
    /// Returns the profile of an activity of this sport.
    ///
    /// # Errors
    /// `no_elevation`, `no_distance`, `no_points` or `too_little` where nothing can be profiled.
    pub fn of(
        activity: &Activity,
        sport: Sport,
        sampling: &Sampling,
    ) -> Result<Profile, Error> {
        build::profile(activity, sport, sampling)
    }

    /// The same runs and legs with the smoothing window `factor` times as wide: for
    /// the range of what could be.
    #[must_use]
    pub fn resmoothed(&self, factor: f64) -> Profile {
        self.resmoothed_with_gain(factor).0
    }

    /// The same, with the gain and the loss of every cell, scored or not, whose legs are looked
    /// for anew.
    pub(crate) fn resmoothed_with_gain(&self, factor: f64) -> (Profile, (f64, f64)) {
        let mut gain_and_loss_m = (0.0, 0.0);
        let mut profile = Profile {
            shared: Arc::clone(&self.shared),
            elevation_m: vec![0.0; self.elevation_m.len()],
            rise_m: vec![0.0; self.rise_m.len()],
            grade: Vec::new(),
            slope_m: Vec::new(),
            speed_m_per_s: Vec::new(),
            quality: self.quality.clone(),
            unscored_cells_m: self.unscored_cells_m,
        };
        profile.quality.half_width_m *= factor;
        for (run, legs) in self.shared.runs.iter().zip(&self.shared.legs) {
            let raw = &self.shared.raw_m[run.nodes.clone()];
            let smooth =
                smooth::local_linear(raw, run.step_m, profile.quality.half_width_m);
            height_range::count(&mut gain_and_loss_m, &smooth, self.quality.turning_m);
            let rises = hysteresis::monotone_rises(&smooth, &legs.turns, legs.up_first);
            let first_m = smooth[legs.turns.first().copied().unwrap_or(0)];
            profile.set_rises(run, first_m, &rises);
        }
        profile.derive();
        (profile, gain_and_loss_m)
    }

    /// Runs in order.
    pub fn runs(&self) -> &[Run] {
        &self.shared.runs
    }

    /// Returns the number of cells.
    pub fn cells(&self) -> usize {
        self.rise_m.len()
    }

    /// Returns whether the activity has times; without them every time column is NaN.
    pub fn timed(&self) -> bool {
        self.shared.timed
    }

    /// Returns the height of each node, m.
    pub fn elevation_m(&self) -> &[f64] {
        &self.elevation_m
    }

    /// Clock at each node, s: it stops in pauses and while standing, and runs on from run to
    /// run without a jump.
    pub fn clock_s(&self) -> &[f64] {
        &self.shared.clock_s
    }

    /// Wall time at each node, s since the activity's start.
    pub fn time_s(&self) -> &[f64] {
        &self.shared.time_s
    }

    /// Returns where in the recording each node is first reached: an index into the activity's
    /// columns, with a share of the way to the next sample that is part of the profile.
    pub fn sample(&self) -> &[f64] {
        &self.shared.sample
    }

    /// Samples of the activity whose position nobody can have reached, in order.
    pub fn impossible_samples(&self) -> &[u32] {
        &self.shared.impossible
    }

    /// Returns rise of each cell, m, negative down.
    pub fn rise_m(&self) -> &[f64] {
        &self.rise_m
    }

    /// Returns the grade of each cell, rise over run.
    pub fn grade(&self) -> &[f64] {
        &self.grade
    }

    /// Returns the length of each cell along the slope, m.
    pub fn slope_m(&self) -> &[f64] {
        &self.slope_m
    }

    /// Returns the seconds of the clock in each cell.
    pub fn duration_s(&self) -> &[f64] {
        &self.shared.duration_s
    }

    /// Returns whether somebody moves on in a cell: what is slower is standing.
    pub(crate) fn moves(&self, cell: usize) -> bool {
        let seconds = self.duration_s()[cell];
        seconds > 0.0 && self.slope_m()[cell] >= stops::MOVING.value * seconds
    }

    /// Slope metres over seconds in the 10 s of the clock around each cell's midpoint.
    pub fn speed_m_per_s(&self) -> &[f64] {
        &self.speed_m_per_s
    }

    /// Recorded cadence, time-weighted, 1/min; strides or steps as the device wrote them.
    pub fn cadence_per_min(&self) -> &[f64] {
        &self.shared.cadence_per_min
    }

    /// Recorded power, W: power times duration, summed, is the energy recorded.
    pub fn power_w(&self) -> &[f64] {
        &self.shared.power_w
    }

    /// Heart rate, time-weighted, 1/min.
    pub fn heart_rate_bpm(&self) -> &[f64] {
        &self.shared.heart_rate_bpm
    }

    /// Shared contact time, time-weighted, s.
    pub fn stance_time_s(&self) -> &[f64] {
        &self.shared.stance_time_s
    }

    /// Returns whether a cell is scored: false where its height is only a guess.
    pub fn scored(&self) -> &[bool] {
        &self.shared.scored
    }

    /// Returns what was found about the recording.
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

    /// Returns how often the profile turns between up and down, its ends included.
    pub(crate) fn turns(&self) -> usize {
        self.shared.legs.iter().map(|legs| legs.turns.len()).sum()
    }

    /// Returns each run that has some of these cells, and which.
    pub(crate) fn runs_of(
        &self,
        cells: &Range<usize>,
    ) -> impl Iterator<Item = (&Run, Range<usize>)> + use<'_> {
        let Range { start, end } = *cells;
        let first = self.shared.runs.partition_point(|run| run.cells.end <= start);
        self.shared.runs[first..]
            .iter()
            .take_while(move |run| run.cells.start < end)
            .map(move |run| (run, start.max(run.cells.start)..end.min(run.cells.end)))
            .filter(|(_, cells)| !cells.is_empty())
    }

    /// Horizontal length of some cells, m.
    pub(crate) fn length_m(&self, cells: &Range<usize>) -> f64 {
        self.runs_of(cells).map(|(run, cells)| cells.len() as f64 * run.step_m).sum()
    }

    /// Returns the run that a cell belongs to.
    pub fn run_of(&self, cell: usize) -> &Run {
        let at = self.shared.runs.partition_point(|run| run.cells.end <= cell);
        &self.shared.runs[at.min(self.shared.runs.len() - 1)]
    }

    /// Returns the distance of a cell's beginning from the start of the activity, m.
    pub fn distance_m(&self, cell: usize) -> f64 {
        let run = self.run_of(cell);
        run.start_m + (cell - run.cells.start) as f64 * run.step_m
    }

    /// Returns the node at a cell's beginning; the next node is its end.
    pub fn node_of(&self, cell: usize) -> usize {
        let run = self.run_of(cell);
        run.nodes.start + cell - run.cells.start
    }
}
