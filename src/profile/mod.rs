//! Activity to profile: an even grid of metres with heights that can be trusted.
//!
//! [`Profile::of`] is the road in five calls: `road` turns samples into runs of metres and
//! seconds, `heights` mends what the sensor got wrong, `noise` measures what is left,
//! `grid` lays the even nodes, `smooth` and `turning` make one profile of them.

pub mod clean;
pub mod coarse;
pub mod distance;
pub mod distance_source;
pub mod gaps;
pub mod grid;
pub mod heights;
pub mod hysteresis;
pub mod noise;
pub mod repair;
pub mod sections;
pub mod sensors;
pub mod smooth;
pub mod staircase;
pub mod stops;
pub mod transport;
pub mod treadmill;
pub mod untimed;

mod columns;
pub(crate) mod middle;
mod track;

use std::ops::Range;
use std::sync::Arc;

use crate::activity::Activity;
use crate::error::{Error, Kind};
use crate::evidence::Parameter;
use crate::sport::Sport;
use clean::Clean;
use coarse::Rounded;
use columns::Slopes;
use sections::Sections;
use track::Track;
pub use treadmill::Treadmill;
pub use untimed::Untimed;

/// The knobs of this room.
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

/// A longer road is refused: memory grows with it.
pub const LONGEST: Parameter = Parameter::chosen(
    "profile.longest",
    2_500_000.0,
    "m",
    "the longest rides in one file are some 1200 km",
    "about 400 bytes for each of its cells of 5 m: 200 MB",
);

/// Every constant of this room.
pub fn parameters() -> Vec<Parameter> {
    vec![
        distance::EARTH_RADIUS,
        repair::FASTEST_ON_FOOT,
        repair::FASTEST_RIDING,
        repair::FEW_BACKWARD,
        repair::MOST_ALIKE,
        repair::MOST_A_SECOND,
        distance_source::DISTANCE_AGREES,
        repair::GAP_S,
        repair::DETOUR,
        repair::DETOUR_LEGS,
        clean::LONGEST_INTERVAL,
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
        LONGEST,
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
    ]
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

/// Where a run turns: node indices within the run, and whether the first leg rises.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Legs {
    pub(crate) turns: Vec<usize>,
    pub(crate) up_first: bool,
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
    pub times_repaired: usize,
    /// Heights dropped as spikes or outages.
    pub spikes: usize,
    /// Jumps of the height that never return: the road is cut there.
    pub height_jumps: usize,
    /// Leaps of the position or the distance that nobody can have made: the road is cut there.
    pub road_jumps: usize,
    /// Step of heights that stand still and then leap, m; 0 where they do not.
    pub height_step_m: f64,
    /// Step of rounded positions that metres come from, m; 0 where they are not rounded.
    pub position_step_m: f64,
    /// Heights missing and filled.
    pub heights_filled: usize,
    /// Horizontal metres with filled heights or positions.
    pub filled_m: f64,
    /// Horizontal metres covered and not scored (no height, straight lines of a pause).
    pub not_scored_m: f64,
    /// Metres of every leg of the recording: the sum of those that are scored, not scored, cut
    /// out, carried and of somebody standing.
    pub recorded_m: f64,
    /// Metres of gaps and jumps that are cut out: straight lines, or the device's distance.
    pub cut_m: f64,
    /// Seconds of these.
    pub cut_s: f64,
    /// Metres in a lift or vehicle, left out.
    pub carried_m: f64,
    /// Seconds in a lift or vehicle, left out.
    pub carried_s: f64,
    /// Seconds standing still, timer running.
    pub standing_s: f64,
    /// Metres of scatter meanwhile, left out.
    pub standing_m: f64,
    /// Seconds of pauses: of the timer, and in gaps that were crossed slowly or not at all.
    pub paused_s: f64,
    /// Of these, seconds of gaps that the recording does not tell to be pauses.
    pub paused_untold_s: f64,
    /// Cadences dropped: none in motion, or what no legs do.
    pub cadences_dropped: usize,
    /// Heart rates dropped: zeros, spikes, and what no heart does.
    pub heart_rates_dropped: usize,
    /// Contact times dropped: what no step takes.
    pub stance_times_dropped: usize,
    /// Legs above 200 m, or of more than half a minute: nothing is known between their ends.
    pub sparse_legs: usize,
    /// Metres of these.
    pub sparse_m: f64,
    /// Short legs that are scored though nobody goes so fast: scatter, or a vehicle.
    pub hasty_legs: usize,
    /// Metres of these.
    pub hasty_m: f64,
    /// Times were there, and why none is believed: it is scored as a course.
    pub untimed: Option<Untimed>,
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
    /// Shared by every profile of one road.
    ground: Arc<Ground>,
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

/// What smoothing leaves as it is.
#[derive(Debug, Clone, PartialEq, Default)]
struct Ground {
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
    /// The profile of an activity of this sport.
    ///
    /// # Errors
    /// `no_elevation`, `no_distance` or `no_points` where nothing can be profiled.
    pub fn of(
        activity: &Activity,
        sport: Sport,
        sampling: &Sampling,
    ) -> Result<Profile, Error> {
        let (mut clean, way) = clean::clean(activity, sport);
        if clean.len() < 2 {
            return Err(too_few(activity));
        }
        if let Some(rounded) = clean.rounded.filter(|rounded| rounded.is_hopeless()) {
            return Err(too_coarse(rounded));
        }
        treadmill::set_heights(&mut clean, &way, sampling.treadmill.as_ref());
        usable_heights(&clean, activity.elevation_m())?;
        let fastest_m_per_s = repair::fastest_m_per_s(sport);
        let road = sections::runs(&clean, &way, sport.on_foot(), fastest_m_per_s);
        if !way.along_slope {
            drop(way);
            return build(&clean, road, sport, sampling, None);
        }
        // the wheel measured along the slope: once more, with horizontal metres
        let slopes = Slopes::of(&build(&clean, road, sport, sampling, None)?);
        let road = sections::runs(&clean, &way, sport.on_foot(), fastest_m_per_s);
        build(&clean, road, sport, sampling, Some(&slopes))
    }

    /// The same road, runs and legs with the smoothing window `factor` times as wide: for
    /// the range of what could be.
    #[must_use]
    pub fn resmoothed(&self, factor: f64) -> Profile {
        let mut profile = Profile {
            ground: Arc::clone(&self.ground),
            elevation_m: vec![0.0; self.elevation_m.len()],
            rise_m: vec![0.0; self.rise_m.len()],
            grade: Vec::new(),
            slope_m: Vec::new(),
            speed_m_per_s: Vec::new(),
            quality: self.quality.clone(),
            unscored_cells_m: self.unscored_cells_m,
        };
        profile.quality.half_width_m *= factor;
        for (run, legs) in self.ground.runs.iter().zip(&self.ground.legs) {
            let raw = &self.ground.raw_m[run.nodes.clone()];
            let smooth =
                smooth::local_linear(raw, run.step_m, profile.quality.half_width_m);
            let rises = hysteresis::monotone_rises(&smooth, &legs.turns, legs.up_first);
            let first_m = smooth[legs.turns.first().copied().unwrap_or(0)];
            profile.set_rises(run, first_m, &rises);
        }
        profile.derive();
        profile
    }

    /// Runs in order.
    pub fn runs(&self) -> &[Run] {
        &self.ground.runs
    }

    /// Number of cells.
    pub fn cells(&self) -> usize {
        self.rise_m.len()
    }

    /// Whether the activity has times; without them every time column is NaN.
    pub fn timed(&self) -> bool {
        self.ground.timed
    }

    /// Height of each node, m.
    pub fn elevation_m(&self) -> &[f64] {
        &self.elevation_m
    }

    /// Clock at each node, s: it stops in pauses and while standing, and runs on from run to
    /// run without a jump.
    pub fn clock_s(&self) -> &[f64] {
        &self.ground.clock_s
    }

    /// Wall time at each node, s since the activity's start.
    pub fn time_s(&self) -> &[f64] {
        &self.ground.time_s
    }

    /// Where in the recording each node is first reached: an index into the activity's
    /// columns, with a share of the way to the next sample that is part of the road.
    pub fn sample(&self) -> &[f64] {
        &self.ground.sample
    }

    /// Samples of the activity whose position nobody can have reached, in order.
    pub fn impossible_samples(&self) -> &[u32] {
        &self.ground.impossible
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
        &self.ground.duration_s
    }

    /// Slope metres over seconds in the 10 s of the clock around each cell's midpoint.
    pub fn speed_m_per_s(&self) -> &[f64] {
        &self.speed_m_per_s
    }

    /// Recorded cadence, time-weighted, 1/min; strides or steps as the device wrote them.
    pub fn cadence_per_min(&self) -> &[f64] {
        &self.ground.cadence_per_min
    }

    /// Recorded power, W: power times duration, summed, is the energy recorded.
    pub fn power_w(&self) -> &[f64] {
        &self.ground.power_w
    }

    /// Heart rate, time-weighted, 1/min.
    pub fn heart_rate_bpm(&self) -> &[f64] {
        &self.ground.heart_rate_bpm
    }

    /// Ground contact time, time-weighted, s.
    pub fn stance_time_s(&self) -> &[f64] {
        &self.ground.stance_time_s
    }

    /// Whether a cell is scored: false where its height is only a guess.
    pub fn scored(&self) -> &[bool] {
        &self.ground.scored
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

    /// How often the road turns between up and down, its ends included.
    pub(crate) fn turns(&self) -> usize {
        self.ground.legs.iter().map(|legs| legs.turns.len()).sum()
    }

    /// Each run that has some of these cells, and which.
    pub(crate) fn runs_of(
        &self,
        cells: &Range<usize>,
    ) -> impl Iterator<Item = (&Run, Range<usize>)> + use<'_> {
        let Range { start, end } = *cells;
        let first = self.ground.runs.partition_point(|run| run.cells.end <= start);
        self.ground.runs[first..]
            .iter()
            .take_while(move |run| run.cells.start < end)
            .map(move |run| (run, start.max(run.cells.start)..end.min(run.cells.end)))
            .filter(|(_, cells)| !cells.is_empty())
    }

    /// Horizontal length of some cells, m.
    pub(crate) fn length_m(&self, cells: &Range<usize>) -> f64 {
        self.runs_of(cells).map(|(run, cells)| cells.len() as f64 * run.step_m).sum()
    }

    /// The run that a cell belongs to.
    pub fn run_of(&self, cell: usize) -> &Run {
        let at = self.ground.runs.partition_point(|run| run.cells.end <= cell);
        &self.ground.runs[at.min(self.ground.runs.len() - 1)]
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

fn too_few(activity: &Activity) -> Error {
    if activity.len() < 2 {
        let found = if activity.is_empty() { "no points" } else { "one point" };
        return Error::new(Kind::NoPoints, format!("{found}, where two are needed"))
            .hint("nothing was recorded; check the export");
    }
    Error::new(Kind::NoDistance, "neither positions nor a distance were recorded")
        .hint("an indoor activity needs a distance, from a foot pod or the treadmill")
}

fn too_coarse(rounded: Rounded) -> Error {
    Error::new(
        Kind::NoDistance,
        format!(
            "positions are rounded to {} decimals, {:.0} m: too coarse for a road",
            rounded.decimals, rounded.step_m
        ),
    )
    .hint("export it from the watch's own site, or with the distance (FIT, TCX)")
}

fn usable_heights(clean: &Clean<'_>, recorded_m: &[f64]) -> Result<(), Error> {
    let mut heights = clean.elevation_m.iter().copied().filter(|h| h.is_finite());
    let Some(first) = heights.next() else {
        let outside = recorded_m.iter().filter(|h| h.is_finite()).count();
        if outside > 0 {
            let (lowest, highest) = (heights::LOWEST.value, heights::HIGHEST.value);
            return Err(Error::new(
                Kind::NoElevation,
                format!(
                    "all {outside} heights are outside {lowest:.0} to {highest:.0} m: not measured"
                ),
            )
            .hint("export it with elevation from the watch's own site"));
        }
        return Err(Error::new(Kind::NoElevation, "no height in any point").hint(
            "export it with elevation from the watch's own site; for a treadmill give --grade 1%",
        ));
    };
    if first == 0.0 && heights.all(|h| h == 0.0) {
        return Err(Error::new(Kind::NoElevation, "every height is exactly 0: not measured").hint(
            "export it with elevation from the watch's own site; for a flat treadmill give --grade 0%",
        ));
    }
    Ok(())
}

/// Whether a recording without a metre of road is one of somebody who stayed in one place.
fn nothing_moved(quality: &Quality) -> bool {
    const NOTHING_M: f64 = 1.0;
    quality.cut_m + quality.carried_m + quality.not_scored_m < NOTHING_M
}

fn no_metres(quality: &Quality) -> Error {
    let Quality { cut_m, carried_m, not_scored_m, .. } = quality;
    Error::new(
        Kind::NoDistance,
        format!(
            "no metres that can be scored: {cut_m:.0} m are jumps or faster than anybody goes, {carried_m:.0} m were carried, {not_scored_m:.0} m have no height"
        ),
    )
    .hint("check the export; --sport says what it was")
}

/// Runs with mended heights, carried stretches left out, and what that took.
fn mended_tracks<'a>(
    road: Sections<'a>,
    sport: Sport,
    slopes: Option<&Slopes>,
    quality: &mut Quality,
) -> (Vec<Track<'a>>, f64) {
    quality.standing_s = road.standing_s;
    quality.standing_m = road.standing_m;
    quality.paused_s = road.paused_s;
    quality.paused_untold_s = road.paused_untold_s;
    quality.recorded_m = road.recorded_m;
    quality.cut_m = road.cut_m;
    quality.cut_s = road.cut_s;
    quality.sparse_legs = road.sparse_legs;
    quality.sparse_m = road.sparse_m;
    quality.hasty_legs = road.hasty_legs;
    quality.hasty_m = road.hasty_m;
    quality.road_jumps = road.jumps;
    let mut tracks = Vec::with_capacity(road.tracks.len());
    let mut noise_input = Vec::with_capacity(road.tracks.len());
    let mut slope_start_m = 0.0;
    for (mut track, stops) in road.tracks {
        if let Some(slopes) = slopes {
            let length_m = track.length_m();
            columns::shorten(&mut track, slope_start_m, slopes);
            slope_start_m += length_m;
            quality.recorded_m -= length_m - track.length_m();
        }
        if let Some(step_m) = staircase::straighten(&mut track) {
            quality.height_step_m = quality.height_step_m.max(step_m);
        }
        quality.spikes += heights::drop_spikes(&mut track);
        heights::settle_stops(&mut track, &stops);
        let known = |h: &f64| h.is_finite();
        let (Some(from), Some(to)) = (
            track.elevation_m.iter().position(known),
            track.elevation_m.iter().rposition(known),
        ) else {
            quality.not_scored_m += track.length_m();
            continue;
        };
        let whole_m = track.length_m();
        let mut track = track.cut(from, to + 1);
        quality.not_scored_m += whole_m - track.length_m();
        noise_input.push(columns::distinct(&track));
        let filled = heights::fill(&mut track);
        quality.heights_filled += filled.heights;
        quality.filled_m += filled.metres;
        let mut from = 0;
        let mut whole = Vec::new();
        for stretch in transport::stretches(&track, sport) {
            quality.carried_m += track.x_m[stretch.end] - track.x_m[stretch.start];
            quality.carried_s +=
                track.clock_s[stretch.end] - track.clock_s[stretch.start];
            whole.push(track.part(from, stretch.start + 1));
            from = stretch.end;
        }
        let end = track.len();
        whole.push(track.cut(from, end));
        for track in whole {
            let mut from = 0;
            for at in heights::lasting_jumps(&track) {
                quality.height_jumps += 1;
                quality.not_scored_m += track.x_m[at] - track.x_m[at - 1];
                tracks.push(track.part(from, at));
                from = at;
            }
            let end = track.len();
            tracks.push(track.cut(from, end));
        }
    }
    tracks.retain(|track| track.length_m() > 0.0);
    let noise = noise::white_noise_m(
        noise_input.iter().map(|(x, h)| (x.as_slice(), h.as_slice())),
    );
    (tracks, noise)
}

fn build(
    clean: &Clean<'_>,
    road: Sections<'_>,
    sport: Sport,
    sampling: &Sampling,
    slopes: Option<&Slopes>,
) -> Result<Profile, Error> {
    let mut quality = Quality {
        samples: clean.len() + clean.impossible.len() + clean.merged,
        impossible_points: clean.impossible.len(),
        merged_samples: clean.merged,
        times_repaired: clean.times_repaired,
        untimed: clean.untimed,
        spikes: clean.zeros,
        position_step_m: clean.rounded.map_or(0.0, |rounded| rounded.step_m),
        cadences_dropped: clean.cadences_dropped,
        heart_rates_dropped: clean.heart_rates_dropped,
        stance_times_dropped: clean.stance_times_dropped,
        elapsed_s: clean.elapsed_s,
        ..Quality::default()
    };
    let timed = clean.timed;
    let impossible = clean.impossible.clone();
    let (tracks, noise_m) = mended_tracks(road, sport, slopes, &mut quality);
    if tracks.is_empty() {
        quality.turning_m = hysteresis::LEAST_REVERSAL.value;
        return if nothing_moved(&quality) {
            Ok(Profile::empty(timed, impossible, quality))
        } else {
            Err(no_metres(&quality))
        };
    }
    let length_m: f64 = tracks.iter().map(Track::length_m).sum();
    if length_m > LONGEST.value {
        return Err(Error::new(
            Kind::TooLarge,
            format!(
                "a road of {:.0} km, which is longer than any activity",
                length_m / 1e3
            ),
        )
        .hint("look at its positions on a map, or split it"));
    }
    let (speed, spacing_m) = columns::speed_and_spacing(&tracks, sport, timed);
    let wide_m = smooth::half_width_m(speed, noise_m, spacing_m) * sampling.smoothing;
    let error_m =
        noise_m * libm::sqrt(smooth::TRICUBE_VARIANCE.value * spacing_m / wide_m);
    let reversal_m = hysteresis::LEAST_REVERSAL
        .value
        .max(hysteresis::REVERSAL_PER_NOISE.value * error_m);
    quality.height_noise_m = noise_m;
    quality.half_width_m = wide_m;
    quality.turning_m = reversal_m;
    let mut profile = Profile::empty(timed, impossible, quality);
    for track in tracks {
        let grid = grid::lay(&track, sampling.step_m, timed);
        drop(track);
        let smooth = smooth::local_linear(&grid.elevation_m, grid.step_m, wide_m);
        let twice = hysteresis::points(&smooth, 2.0 * reversal_m);
        profile.quality.gain_at_twice_turning_m += hysteresis::gain_m(&smooth, &twice);
        profile.append(grid, &smooth, reversal_m);
    }
    profile.derive();
    Ok(profile)
}
