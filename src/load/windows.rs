//! The best of a duration: exact, from cumulative sums, linear between nodes.

use std::ops::Range;

use crate::load::efforts::Efforts;
use crate::profile::Profile;
use crate::segment::{Segment, Slope};
use crate::sport::Sport;

/// Best powers of a segment in its direction: shortening muscle in climbs, lengthening in
/// descents on foot. `None` where the segment lasts less, or where the best window is shorter
/// than twice the smoothing half-width: hills shorter than that are blurred.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct BestPower {
    /// Highest mean over 30 s of the clock, W/kg.
    pub half_minute_w_per_kg: Option<f64>,
    /// Highest mean over 60 s of the clock, W/kg.
    pub minute_w_per_kg: Option<f64>,
}

impl BestPower {
    /// Returns the best of one segment.
    pub fn of(
        profile: &Profile,
        efforts: &Efforts<'_>,
        segment: &Segment,
        sport: Sport,
    ) -> BestPower {
        let work_j_per_kg = match segment.slope {
            Slope::Climb => &efforts.con_j_per_kg,
            Slope::Descent if sport.on_foot() => &efforts.ecc_j_per_kg,
            _ => return BestPower::default(),
        };
        if !profile.timed() || segment.cells.is_empty() {
            return BestPower::default();
        }
        let cells = segment.cells.clone();
        let least_m = 2.0 * profile.quality().half_width_m;
        let step_m = profile.step_m(cells.start);
        let worked = Cumulated::of(profile, cells, |cell| work_j_per_kg[cell]);
        let mean = |seconds| {
            worked.best_mean(seconds, |from, to| (to - from) * step_m >= least_m)
        };
        BestPower { half_minute_w_per_kg: mean(30.0), minute_w_per_kg: mean(60.0) }
    }
}

/// Durations of best efforts, s: a sprint, and what one, five and twenty minutes hold. Chosen: those
/// that riders compare.
pub(crate) const EFFORT_S: [f64; 4] = [5.0, 60.0, 300.0, 1200.0];

/// The most power that a metered ride held for [`Self::seconds`], in the whole of it and within a
/// climb.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct BestEffort {
    /// Seconds of the clock, without an interruption.
    pub seconds: f64,
    /// Highest mean power, W; `None` where nothing lasts so long.
    pub whole_w: Option<f64>,
    /// Highest mean power within one climb, W; `None` where none lasts so long.
    pub uphill_w: Option<f64>,
}

/// Returns the best efforts of a ride with a power meter; empty without.
pub fn best_efforts(
    profile: &Profile,
    efforts: &Efforts<'_>,
    segments: &[Segment],
) -> Vec<BestEffort> {
    if !efforts.metered || !profile.timed() {
        return Vec::new();
    }
    // what is not known adds nothing
    let joules =
        |cell: usize| (efforts.power_w[cell] * profile.duration_s()[cell]).max(0.0);
    let cumulated = |cells: Range<usize>| Cumulated::of(profile, cells, joules);
    let whole: Vec<Cumulated<'_>> =
        profile.runs().iter().map(|run| cumulated(run.cells.clone())).collect();
    let climbs: Vec<Cumulated<'_>> = segments
        .iter()
        .filter(|segment| segment.slope == Slope::Climb)
        .flat_map(|segment| profile.runs_of(&segment.cells))
        .map(|(_, cells)| cumulated(cells))
        .collect();
    let most = |stretches: &[Cumulated<'_>], seconds: f64| {
        let means = stretches.iter().filter_map(|s| s.best_mean(seconds, |_, _| true));
        means.reduce(f64::max)
    };
    EFFORT_S
        .map(|seconds| BestEffort {
            seconds,
            whole_w: most(&whole, seconds),
            uphill_w: most(&climbs, seconds),
        })
        .to_vec()
}

/// Returns the steepest `seconds` up and down inside one run: net rise over horizontal metres.
/// `None` where no run lasts so long.
pub fn steepest(profile: &Profile, seconds: f64) -> (Option<f64>, Option<f64>) {
    let (mut up, mut down): (Option<f64>, Option<f64>) = (None, None);
    if !profile.timed() {
        return (up, down);
    }
    for run in profile.runs() {
        let clock = &profile.clock_s()[run.nodes.clone()];
        let height = &profile.elevation_m()[run.nodes.clone()];
        let mut far = Ahead::default();
        for from in 0..clock.len() {
            let Some(to) = far.reach(clock, clock[from] + seconds) else { break };
            let metres = (to.index() - from as f64) * run.step_m;
            // half a minute of standing makes any window steep
            if metres < 2.0 * profile.quality().half_width_m {
                continue;
            }
            let grade = (to.of(height) - height[from]) / metres;
            let greater = |best: Option<f64>, grade: f64| {
                if grade > best.unwrap_or(0.0) { Some(grade) } else { best }
            };
            (up, down) = (greater(up, grade), greater(down, -grade));
        }
    }
    (up, down)
}

/// An amount of each cell of one run, never negative, added up at the nodes.
struct Cumulated<'p> {
    clock_s: &'p [f64],
    sum: Vec<f64>,
}

impl<'p> Cumulated<'p> {
    /// Adds up what some cells of one run have of an amount.
    fn of(
        profile: &'p Profile,
        cells: Range<usize>,
        amount: impl Fn(usize) -> f64,
    ) -> Cumulated<'p> {
        let mut sum = vec![0.0];
        if cells.is_empty() {
            return Cumulated { clock_s: &[], sum };
        }
        let first = profile.node_of(cells.start);
        let clock_s = &profile.clock_s()[first..=first + cells.len()];
        sum.reserve(cells.len());
        let mut done = 0.0;
        for cell in cells {
            done += amount(cell);
            sum.push(done);
        }
        Cumulated { clock_s, sum }
    }

    /// Returns the largest mean over a window.
    fn best_mean(
        &self,
        seconds: f64,
        long_enough: impl Fn(f64, f64) -> bool,
    ) -> Option<f64> {
        self.best(seconds, long_enough).map(|most| most / seconds)
    }

    /// Returns the largest increase over a window that begins or ends at a node and is long enough,
    /// from node to node.
    fn best(&self, seconds: f64, long_enough: impl Fn(f64, f64) -> bool) -> Option<f64> {
        let Cumulated { clock_s, sum } = self;
        let last = sum.len() - 1;
        let mut most: Option<f64> = None;
        let mut take = |(from, to): (f64, f64), gained: f64| {
            if most.is_none_or(|most| gained > most) && long_enough(from, to) {
                most = Some(gained);
            }
            most
        };
        let mut best = None;
        let mut far = Ahead::default();
        let mut ends = far.node(clock_s, clock_s.first()? + seconds);
        for from in 0..last {
            let Some(end) = ends else { break };
            ends = far.node(clock_s, clock_s[from + 1] + seconds);
            // what begins before the next node ends no later than what begins there
            let latest = ends.map_or(last, |next| next + 1);
            if best.is_some_and(|best| sum[latest] - sum[from] <= best) {
                continue;
            }
            let to = Between::at(clock_s, end, clock_s[from] + seconds);
            best = take((from as f64, to.index()), to.of(sum) - sum[from]);
            for to in end + 1..=ends.unwrap_or(last) {
                let begins = Between::at(clock_s, from, clock_s[to] - seconds);
                best = take((begins.index(), to as f64), sum[to] - begins.of(sum));
            }
        }
        best
    }
}

/// A place between a node and the next.
#[derive(Debug, Clone, Copy)]
struct Between {
    node: usize,
    share: f64,
}

impl Between {
    /// Returns the place after a node where the clock shows `time`.
    fn at(clock_s: &[f64], node: usize, time: f64) -> Between {
        let span = clock_s[node + 1] - clock_s[node];
        let share = if span > 0.0 { (time - clock_s[node]) / span } else { 1.0 };
        Between { node, share: share.clamp(0.0, 1.0) }
    }

    /// As an index with a fraction.
    fn index(self) -> f64 {
        self.node as f64 + self.share
    }

    /// Returns the value of a column there.
    fn of(self, column: &[f64]) -> f64 {
        let (from, to) = (column[self.node], column[self.node + 1]);
        if self.share < 1.0 { from + self.share * (to - from) } else { to }
    }
}

/// A place found by going forward only.
#[derive(Default)]
struct Ahead(usize);

impl Ahead {
    /// Returns the last node before the clock shows `time`; `None` where it never does.
    fn node(&mut self, clock_s: &[f64], time: f64) -> Option<usize> {
        while *clock_s.get(self.0 + 1)? < time {
            self.0 += 1;
        }
        Some(self.0)
    }

    /// Returns where the clock shows `time`.
    fn reach(&mut self, clock_s: &[f64], time: f64) -> Option<Between> {
        let node = self.node(clock_s, time)?;
        Some(Between::at(clock_s, node, time))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_best_window_may_begin_between_nodes() {
        let clock = [0.0, 10.0, 20.0, 30.0];
        let sum = vec![0.0, 10.0, 40.0, 50.0];
        let gained = Cumulated { clock_s: &clock, sum };
        assert_eq!(gained.best(10.0, |_, _| true), Some(30.0));
        assert_eq!(gained.best(15.0, |_, _| true), Some(35.0));
        assert_eq!(gained.best(31.0, |_, _| true), None);
    }

    proptest! {
        /// Every window that begins or ends at a node, one by one.
        #[test]
        fn the_best_is_the_best_of_all_windows(
            cells in proptest::collection::vec((0.1..40.0_f64, 0.0..90.0_f64), 1..60),
            seconds in 1.0..300.0_f64,
        ) {
            let (mut clock, mut sum) = (vec![0.0], vec![0.0]);
            for (at, (held, amount)) in cells.into_iter().enumerate() {
                clock.push(clock[at] + held);
                sum.push(sum[at] + amount);
            }
            let (first, last) = (clock[0], clock[clock.len() - 1]);
            let value = |time: f64| Ahead::default().reach(&clock, time).unwrap().of(&sum);
            let forward = clock.iter().map(|time| (*time, time + seconds));
            let back = clock.iter().map(|time| (time - seconds, *time));
            let plain = forward
                .chain(back)
                .filter(|(begins, ends)| *begins >= first && *ends <= last)
                .map(|(begins, ends)| value(ends) - value(begins))
                .reduce(f64::max);
            let found = Cumulated { clock_s: &clock, sum: sum.clone() }.best(seconds, |_, _| true);
            prop_assert_eq!(plain.is_some(), found.is_some());
            let apart = plain.unwrap_or(0.0) - found.unwrap_or(0.0);
            prop_assert!(apart.abs() < 1e-6, "{:?} {:?}", plain, found);
        }
    }
}
