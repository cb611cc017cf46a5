//! Columns of a profile from grids, and what follows from them cell by cell.

use crate::evidence::Parameter;
use crate::profile::grid::Grid;
use crate::profile::track::Track;
use crate::profile::{Legs, Profile, Quality, Run, standing, turning};
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
    tracks: &[Track],
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
            if dt > 0.0 && dx >= standing::MOVING.value * dt {
                metres += dx;
                seconds += dt;
            }
        }
    }
    let middle = spacings.len() / 2;
    let spacing = if spacings.is_empty() {
        1.0
    } else {
        *spacings.select_nth_unstable_by(middle, f64::total_cmp).1
    };
    let speed = match (timed && seconds > 0.0, sport.on_foot()) {
        (true, _) => metres / seconds,
        (false, true) => UNTIMED_FOOT_M_PER_S,
        (false, false) => UNTIMED_RIDE_M_PER_S,
    };
    (speed, spacing)
}

/// Records with a height, those at one place made one: metres rise strictly.
pub(crate) fn distinct(track: &Track) -> (Vec<f64>, Vec<f64>) {
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
/// on the road that `horizontal_m(at, length)` knows.
pub(crate) fn shorten(
    track: &mut Track,
    start_m: f64,
    horizontal_m: &dyn Fn(f64, f64) -> f64,
) {
    let (mut x, mut moving) = (0.0, 0.0);
    let (mut last_x, mut last_moving) = (0.0, 0.0);
    for i in 0..track.len() {
        let length = track.x_m[i] - last_x;
        let moved = track.moving_m[i] - last_moving;
        (last_x, last_moving) = (track.x_m[i], track.moving_m[i]);
        let horizontal = horizontal_m(start_m + last_x, length);
        x += horizontal;
        moving += if length > 0.0 { moved * horizontal / length } else { 0.0 };
        track.x_m[i] = x;
        track.moving_m[i] = moving;
    }
}

/// How steep a road measured along its slope is: rise over slope length, by metres.
pub(crate) struct Slopes {
    ends_m: Vec<f64>,
    rise_per_m: Vec<f64>,
}

impl Slopes {
    /// From a profile whose metres are really slope metres.
    pub(crate) fn of(profile: &Profile) -> Slopes {
        let mut ends_m = Vec::with_capacity(profile.cells());
        for run in &profile.runs {
            ends_m.extend(
                (1..=run.cells.len()).map(|k| run.start_m + k as f64 * run.step_m),
            );
        }
        Slopes { ends_m, rise_per_m: profile.grade.clone() }
    }

    /// Horizontal part of `length_m` that ends at `at_m`.
    pub(crate) fn horizontal_m(&self, at_m: f64, length_m: f64) -> f64 {
        let cell = self.ends_m.partition_point(|end| *end < at_m);
        let rise = self.rise_per_m.get(cell).copied().unwrap_or(0.0).clamp(-0.95, 0.95);
        length_m * libm::sqrt(1.0 - rise * rise)
    }
}

/// A cell that rises by less is level: that is rounding, not road, and must not count as up or
/// down by its last bit (our choice).
const LEVEL_M: f64 = 1e-6;

impl Profile {
    /// A profile without a run.
    pub(crate) fn empty(timed: bool, quality: Quality) -> Profile {
        Profile {
            runs: Vec::new(),
            legs: Vec::new(),
            raw_m: Vec::new(),
            moving_m: Vec::new(),
            timed,
            elevation_m: Vec::new(),
            clock_s: Vec::new(),
            time_s: Vec::new(),
            sample: Vec::new(),
            impossible: Vec::new(),
            rise_m: Vec::new(),
            grade: Vec::new(),
            slope_m: Vec::new(),
            duration_s: Vec::new(),
            speed_m_per_s: Vec::new(),
            cadence_per_min: Vec::new(),
            power_w: Vec::new(),
            heart_rate_bpm: Vec::new(),
            stance_time_s: Vec::new(),
            scored: Vec::new(),
            quality,
            unscored_cells_m: 0.0,
        }
    }

    /// Adds a run: its raw grid and the smoothed heights of its nodes.
    pub(crate) fn append(&mut self, grid: Grid, smooth_m: &[f64], reversal_m: f64) {
        let cells = smooth_m.len() - 1;
        let start_m =
            self.runs.last().map_or(0.0, |r| r.start_m + r.cells.len() as f64 * r.step_m);
        let run = Run {
            cells: self.rise_m.len()..self.rise_m.len() + cells,
            nodes: self.elevation_m.len()..self.elevation_m.len() + cells + 1,
            step_m: grid.step_m,
            start_m,
        };
        let turns = turning::points(smooth_m, reversal_m);
        let up_first = turns.len() > 1 && smooth_m[turns[1]] > smooth_m[turns[0]];
        let rises = turning::monotone_rises(smooth_m, &turns, up_first);
        // the clock goes on where the run before left it
        let gap_s = self.clock_s.last().map_or(0.0, |end| end - grid.clock_s[0]);
        let begin_s = if self.clock_s.is_empty() { -grid.clock_s[0] } else { gap_s };
        self.clock_s.extend(grid.clock_s.iter().map(|t| t + begin_s));
        self.time_s.extend(&grid.time_s);
        self.sample.extend(&grid.sample);
        self.moving_m.extend(&grid.moving_m);
        self.raw_m.extend(&grid.elevation_m);
        self.elevation_m.resize(run.nodes.end, 0.0);
        self.rise_m.resize(run.cells.end, 0.0);
        self.cadence_per_min.extend(grid.cadence_per_min);
        self.power_w.extend(grid.power_w);
        self.heart_rate_bpm.extend(grid.heart_rate_bpm);
        self.stance_time_s.extend(grid.stance_time_s);
        self.scored.extend(grid.scored);
        let first_m = match turns.first() {
            Some(&turn) => smooth_m[turn],
            None => smooth_m.iter().sum::<f64>() / smooth_m.len() as f64,
        };
        self.set_rises(&run, first_m, &rises);
        self.legs.push(Legs { turns, up_first });
        self.runs.push(run);
    }

    /// Sets the heights of a run from its first one and the rises of its cells.
    pub(crate) fn set_rises(&mut self, run: &Run, first_m: f64, rises: &[f64]) {
        let level = |rise: &f64| if rise.abs() < LEVEL_M { 0.0 } else { *rise };
        let rises: Vec<f64> = rises.iter().map(level).collect();
        self.rise_m[run.cells.clone()].copy_from_slice(&rises);
        let mut height = first_m;
        self.elevation_m[run.nodes.start] = height;
        for (node, rise) in self.elevation_m[run.nodes.clone()][1..].iter_mut().zip(rises)
        {
            height += rise;
            *node = height;
        }
    }

    /// Computes every column that follows from heights, metres and clock.
    pub(crate) fn derive(&mut self) {
        let cells = self.rise_m.len();
        self.grade.clear();
        self.slope_m.clear();
        self.duration_s.clear();
        self.speed_m_per_s = vec![f64::NAN; cells];
        self.quality.not_scored_m -= self.unscored_cells_m;
        self.unscored_cells_m = 0.0;
        let mut slope_moved_m = Vec::new();
        for run in &self.runs {
            slope_moved_m.clear();
            slope_moved_m.push(0.0);
            for (cell, node) in run.cells.clone().zip(run.nodes.clone()) {
                let rise = self.rise_m[cell];
                let slope_m = libm::sqrt(run.step_m * run.step_m + rise * rise);
                self.grade.push(rise / run.step_m);
                self.slope_m.push(slope_m);
                self.duration_s.push(self.clock_s[node + 1] - self.clock_s[node]);
                let moved = (self.moving_m[node + 1] - self.moving_m[node]) / run.step_m;
                slope_moved_m
                    .push(slope_moved_m[slope_moved_m.len() - 1] + slope_m * moved);
                if !self.scored[cell] {
                    self.unscored_cells_m += run.step_m;
                }
            }
            if self.timed {
                let clock = &self.clock_s[run.nodes.clone()];
                speeds(clock, &slope_moved_m, &mut self.speed_m_per_s[run.cells.clone()]);
            }
        }
        self.quality.not_scored_m += self.unscored_cells_m;
    }
}

/// Speed of each cell: metres over seconds in the window around its midpoint, shorter at a
/// run's ends.
fn speeds(clock_s: &[f64], moved_m: &[f64], speeds: &mut [f64]) {
    let (begin, end) = (clock_s[0], clock_s[clock_s.len() - 1]);
    let (mut low, mut high) = (0, 0);
    let at = |hint: &mut usize, t: f64| -> f64 {
        while *hint + 1 < clock_s.len() && clock_s[*hint + 1] < t {
            *hint += 1;
        }
        let i = (*hint + 1).min(clock_s.len() - 1);
        let span = clock_s[i] - clock_s[*hint];
        if span <= 0.0 {
            return moved_m[i];
        }
        let share = ((t - clock_s[*hint]) / span).clamp(0.0, 1.0);
        moved_m[*hint] + share * (moved_m[i] - moved_m[*hint])
    };
    for (cell, speed) in speeds.iter_mut().enumerate() {
        let middle = f64::midpoint(clock_s[cell], clock_s[cell + 1]);
        let from = (middle - SPEED_WINDOW_S.value / 2.0).max(begin);
        let to = (middle + SPEED_WINDOW_S.value / 2.0).min(end);
        let metres = at(&mut high, to) - at(&mut low, from);
        *speed = if to > from { metres / (to - from) } else { 0.0 };
    }
}
