//! Columns of a profile from grids, and what follows from them cell by cell.

use std::sync::Arc;

use crate::evidence::Parameter;
use crate::profile::grid::Grid;
use crate::profile::track::Track;
use crate::profile::{Legs, Profile, Quality, Run, Shared, hysteresis, stops};
use crate::quantile::middle;
use crate::sport::Sport;

/// Seconds of the clock over which a cell's speed is taken.
pub(crate) const SPEED_WINDOW_S: Parameter = Parameter::chosen(
    "profile.speed_window",
    10.0,
    "s",
    "5 to 20 s",
    "positions scatter by metres: over less, speed is noise",
);
/// Speeds taken without times, for the smoothing window only, m/s: an easy run, an easy ride.
const UNTIMED_FOOT_M_PER_S: f64 = 2.5;
const UNTIMED_RIDE_M_PER_S: f64 = 7.0;

/// Moving speed and median spacing of records.
pub(crate) fn speed_and_spacing(
    tracks: &[Track<'_>],
    sport: Sport,
    timed: bool,
) -> (f64, f64) {
    let (mut metres, mut seconds) = (0.0, 0.0);
    let mut spacings: Vec<f64> = Vec::with_capacity(tracks.iter().map(Track::len).sum());
    for track in tracks {
        for i in 1..track.len() {
            let dx = track.x_m[i] - track.x_m[i - 1];
            let dt = track.clock_s[i] - track.clock_s[i - 1];
            if dx > 0.0 {
                spacings.push(dx);
            }
            if dt > 0.0 && dx >= stops::MOVING.value * dt {
                metres += dx;
                seconds += dt;
            }
        }
    }
    let spacing = middle(spacings).unwrap_or(1.0);
    let speed = match (timed && seconds > 0.0, sport.on_foot()) {
        (true, _) => metres / seconds,
        (false, true) => UNTIMED_FOOT_M_PER_S,
        (false, false) => UNTIMED_RIDE_M_PER_S,
    };
    (speed, spacing)
}

/// Records with a height, those at one place made one: metres rise strictly.
pub(crate) fn distinct(track: &Track<'_>) -> (Vec<f64>, Vec<f64>) {
    let (mut x, mut h) =
        (Vec::with_capacity(track.len()), Vec::with_capacity(track.len()));
    let mut last = f64::NEG_INFINITY;
    for (&at, &height) in track.x_m.iter().zip(&track.elevation_m) {
        if height.is_finite() && at - last > 0.01 {
            x.push(at);
            h.push(height);
            last = at;
        }
    }
    (x, h)
}

/// Replaces lengths along the slope by horizontal ones. `start_m` is where the track begins
/// on the profile whose slopes are known.
pub(crate) fn shorten(track: &mut Track<'_>, start_m: f64, slopes: &Slopes) {
    let (mut x, mut moving) = (0.0, 0.0);
    let (mut last_x, mut last_moving) = (0.0, 0.0);
    for i in 0..track.len() {
        let length = track.x_m[i] - last_x;
        let moved = track.moving_m[i] - last_moving;
        (last_x, last_moving) = (track.x_m[i], track.moving_m[i]);
        let horizontal = slopes.horizontal_m(start_m + last_x, length);
        x += horizontal;
        moving += if length > 0.0 { moved * horizontal / length } else { 0.0 };
        track.x_m[i] = x;
        track.moving_m[i] = moving;
    }
}

/// How steep a route measured along its slope is: rise over slope length, by metres.
pub(crate) struct Slopes {
    ends_m: Vec<f64>,
    rise_per_m: Vec<f64>,
}

impl Slopes {
    /// From a profile whose metres are really slope metres.
    pub(crate) fn of(profile: &Profile) -> Slopes {
        let mut ends_m = Vec::with_capacity(profile.cells());
        for run in profile.runs() {
            ends_m.extend(
                (1..=run.cells.len()).map(|k| run.start_m + k as f64 * run.step_m),
            );
        }
        Slopes { ends_m, rise_per_m: profile.grade.clone() }
    }

    /// Horizontal part of `length_m` that ends at `at_m`.
    fn horizontal_m(&self, at_m: f64, length_m: f64) -> f64 {
        let cell = self.ends_m.partition_point(|end| *end < at_m);
        let rise = self.rise_per_m.get(cell).copied().unwrap_or(0.0).clamp(-0.95, 0.95);
        length_m * libm::sqrt(1.0 - rise * rise)
    }
}

/// A cell that rises by less is level: that is rounding, not terrain, and must not count as up or
/// down by its last bit (our choice).
const LEVEL_M: f64 = 1e-6;

impl Profile {
    /// Returns a profile without a run.
    pub(crate) fn empty(timed: bool, impossible: Vec<u32>, quality: Quality) -> Profile {
        Profile {
            shared: Arc::new(Shared { timed, impossible, ..Shared::default() }),
            elevation_m: Vec::new(),
            rise_m: Vec::new(),
            grade: Vec::new(),
            slope_m: Vec::new(),
            speed_m_per_s: Vec::new(),
            quality,
            unscored_cells_m: 0.0,
        }
    }

    /// Adds a run: its raw grid and the smoothed heights of its nodes.
    pub(crate) fn append(&mut self, grid: Grid, smooth_m: &[f64], reversal_m: f64) {
        let turns = hysteresis::points(smooth_m, reversal_m);
        let up_first = turns.len() > 1 && smooth_m[turns[1]] > smooth_m[turns[0]];
        let rises = hysteresis::monotone_rises(smooth_m, &turns, up_first);
        let first_m = match turns.first() {
            Some(&turn) => smooth_m[turn],
            None => smooth_m.iter().sum::<f64>() / smooth_m.len() as f64,
        };
        // nobody shares it yet
        let shared = Arc::make_mut(&mut self.shared);
        let run = shared.append(grid);
        shared.legs.push(Legs { turns, up_first });
        self.elevation_m.resize(run.nodes.end, 0.0);
        self.rise_m.resize(run.cells.end, 0.0);
        self.set_rises(&run, first_m, &rises);
    }

    /// Sets the heights of a run from its first one and the rises of its cells.
    pub(crate) fn set_rises(&mut self, run: &Run, first_m: f64, rises: &[f64]) {
        let mut height = first_m;
        self.elevation_m[run.nodes.start] = height;
        let nodes = &mut self.elevation_m[run.nodes.clone()][1..];
        let cells = &mut self.rise_m[run.cells.clone()];
        for ((node, cell), rise) in nodes.iter_mut().zip(cells).zip(rises) {
            *cell = if rise.abs() < LEVEL_M { 0.0 } else { *rise };
            height += *cell;
            *node = height;
        }
    }

    /// Computes every column that follows from heights, metres and clock.
    pub(crate) fn derive(&mut self) {
        let shared = &*self.shared;
        let cells = self.rise_m.len();
        self.grade.clear();
        self.slope_m.clear();
        self.speed_m_per_s.clear();
        self.speed_m_per_s.resize(cells, f64::NAN);
        self.quality.not_scored_m -= self.unscored_cells_m;
        self.unscored_cells_m = 0.0;
        let mut slope_moved_m = Vec::new();
        for run in &shared.runs {
            let rises = &self.rise_m[run.cells.clone()];
            self.grade.extend(rises.iter().map(|rise| rise / run.step_m));
            let slope = |rise: &f64| (run.step_m * run.step_m + rise * rise).sqrt();
            self.slope_m.extend(rises.iter().map(slope));
            let unscored =
                shared.scored[run.cells.clone()].iter().filter(|scored| !**scored);
            self.unscored_cells_m += unscored.map(|_| run.step_m).sum::<f64>();
            if !shared.timed {
                continue;
            }
            let moving = shared.moving_m[run.nodes.clone()].windows(2);
            let mut moved_m = 0.0;
            slope_moved_m.clear();
            slope_moved_m.push(moved_m);
            slope_moved_m.extend(self.slope_m[run.cells.clone()].iter().zip(moving).map(
                |(slope_m, node)| {
                    moved_m += slope_m * ((node[1] - node[0]) / run.step_m);
                    moved_m
                },
            ));
            let clock = &shared.clock_s[run.nodes.clone()];
            speeds(clock, &slope_moved_m, &mut self.speed_m_per_s[run.cells.clone()]);
        }
        self.quality.not_scored_m += self.unscored_cells_m;
    }
}

impl Shared {
    /// Adds the columns of a run.
    fn append(&mut self, mut grid: Grid) -> Run {
        let start_m =
            self.runs.last().map_or(0.0, |r| r.start_m + r.cells.len() as f64 * r.step_m);
        let (cell, node) = (self.scored.len(), self.raw_m.len());
        let run = Run {
            cells: cell..cell + grid.scored.len(),
            nodes: node..node + grid.elevation_m.len(),
            step_m: grid.step_m,
            start_m,
        };
        // the clock goes on where the run before left it
        let begin_s = self.clock_s.last().map_or(0.0, |end| *end) - grid.clock_s[0];
        for clock_s in &mut grid.clock_s {
            *clock_s += begin_s;
        }
        self.duration_s.extend(grid.clock_s.windows(2).map(|cell| cell[1] - cell[0]));
        join(&mut self.clock_s, grid.clock_s);
        join(&mut self.time_s, grid.time_s);
        join(&mut self.sample, grid.sample);
        join(&mut self.moving_m, grid.moving_m);
        join(&mut self.raw_m, grid.elevation_m);
        join(&mut self.cadence_per_min, grid.cadence_per_min);
        join(&mut self.power_w, grid.power_w);
        join(&mut self.heart_rate_bpm, grid.heart_rate_bpm);
        join(&mut self.stance_time_s, grid.stance_time_s);
        join(&mut self.scored, grid.scored);
        self.runs.push(run.clone());
        run
    }
}

/// Puts a column behind another; the first is not copied.
fn join<T>(column: &mut Vec<T>, more: Vec<T>) {
    if column.is_empty() {
        *column = more;
    } else {
        column.extend(more);
    }
}

/// Speed of each cell: metres over seconds in the window around its midpoint, shorter at a
/// run's ends.
fn speeds(clock_s: &[f64], moved_m: &[f64], speeds: &mut [f64]) {
    let (begin, end) = (clock_s[0], clock_s[clock_s.len() - 1]);
    let (mut low, mut high) = (0, 0);
    for (speed, cell) in speeds.iter_mut().zip(clock_s.windows(2)) {
        let middle = f64::midpoint(cell[0], cell[1]);
        let from = (middle - SPEED_WINDOW_S.value / 2.0).max(begin);
        let to = (middle + SPEED_WINDOW_S.value / 2.0).min(end);
        let metres = moved_at(clock_s, moved_m, &mut high, to)
            - moved_at(clock_s, moved_m, &mut low, from);
        *speed = if to > from { metres / (to - from) } else { 0.0 };
    }
}

/// Returns the metres moved until a time of the clock, which lies at the node `near` or behind
/// it.
#[inline]
fn moved_at(clock_s: &[f64], moved_m: &[f64], near: &mut usize, time_s: f64) -> f64 {
    while clock_s.get(*near + 1).is_some_and(|next| *next < time_s) {
        *near += 1;
    }
    let next = (*near + 1).min(clock_s.len() - 1);
    let span = clock_s[next] - clock_s[*near];
    if span <= 0.0 {
        return moved_m[next];
    }
    let share = ((time_s - clock_s[*near]) / span).clamp(0.0, 1.0);
    moved_m[*near] + share * (moved_m[next] - moved_m[*near])
}
