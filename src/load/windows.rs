//! The best of a duration: exact, from cumulative sums, linear between nodes.

use std::ops::Range;

use crate::load::efforts::Efforts;
use crate::profile::{Profile, noise};
use crate::segment::{Segment, Slope};
use crate::sport::Sport;

const HALF_MINUTE_S: f64 = 30.0;
const MINUTE_S: f64 = 60.0;

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
        BestPower {
            half_minute_w_per_kg: mean(HALF_MINUTE_S),
            minute_w_per_kg: mean(MINUTE_S),
        }
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
        let better = |best, stretch: &Cumulated<'_>| {
            stretch.best_above(best, seconds, |_, _| true)
        };
        stretches.iter().fold(None, better).map(|joules| joules / seconds)
    };
    EFFORT_S
        .map(|seconds| BestEffort {
            seconds,
            whole_w: most(&whole, seconds),
            uphill_w: most(&climbs, seconds),
        })
        .to_vec()
}

/// Durations of best efforts uphill, s: a push, and what climbs of all lengths are compared by. Our
/// choice.
pub(crate) const UPHILL_S: [f64; 5] = [HALF_MINUTE_S, MINUTE_S, 300.0, 1200.0, 3600.0];
/// Where heights are noisy, what is shorter tells more of noise than of the climb, s. Our choice.
const NOISE_S: f64 = 300.0;

/// The most that one climb held for [`Self::seconds`]: metres up an hour, and power.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct BestUphill {
    /// Seconds of the clock, without an interruption.
    pub seconds: f64,
    /// Highest mean vertical speed, m/h; `None` where no climb lasts so long, where the window is
    /// shorter than twice the smoothing half-width, and below 5 min where heights are noisy.
    pub vertical_m_per_h: Option<f64>,
    /// Highest mean power, W/kg: concentric by the model on foot, of the meter riding.
    pub w_per_kg: Option<f64>,
}

/// Returns the best efforts within one climb, a row for each of 30 s, 1, 5, 20 and 60 min; empty
/// without times. Segments come with their best powers.
pub fn best_uphill(
    profile: &Profile,
    efforts: &Efforts<'_>,
    (segments, best): (&[Segment], &[BestPower]),
    mass_kg: f64,
    sport: Sport,
) -> Vec<BestUphill> {
    if !profile.timed() {
        return Vec::new();
    }
    let quality = profile.quality();
    let least_m = 2.0 * quality.half_width_m;
    let noisy = quality.height_noise_m > noise::NOISY.value;
    let climbs = segments.iter().filter(|segment| segment.slope == Slope::Climb);
    let stretches: Vec<_> = climbs.flat_map(|s| profile.runs_of(&s.cells)).collect();
    let cumulated = |amount: &dyn Fn(usize) -> f64| -> Vec<(f64, Cumulated<'_>)> {
        let of = stretches.iter();
        of.map(|(run, cells)| (run.step_m, Cumulated::of(profile, cells.clone(), amount)))
            .collect()
    };
    let rises = cumulated(&|cell| profile.rise_m()[cell]);
    // on foot the two shortest are those of the segments
    let of_climbs = |power: fn(&BestPower) -> Option<f64>| {
        let climbs = segments.iter().zip(best).filter(|(s, _)| s.slope == Slope::Climb);
        climbs.filter_map(|(_, best)| power(best)).reduce(f64::max).filter(|w| *w > 0.0)
    };
    let powered = sport.on_foot() || efforts.metered;
    let works = if powered {
        cumulated(&|cell| efforts.work_j_per_kg(profile, cell, mass_kg))
    } else {
        Vec::new()
    };
    // a meter needs no metres
    let least_work_m = if sport.on_foot() { least_m } else { 0.0 };
    let most = |of: &[(f64, Cumulated<'_>)], seconds: f64, least_m: f64| {
        let better = |best, (step_m, stretch): &(f64, Cumulated<'_>)| {
            stretch.best_above(best, seconds, |from, to| (to - from) * step_m >= least_m)
        };
        let best = of.iter().fold(None, better).map(|most| most / seconds);
        best.filter(|mean| *mean > 0.0)
    };
    let row = |seconds: f64| {
        let told = !noisy || seconds >= NOISE_S;
        let rise = if told { most(&rises, seconds, least_m) } else { None };
        let w_per_kg = match seconds {
            HALF_MINUTE_S if sport.on_foot() => {
                of_climbs(|best| best.half_minute_w_per_kg)
            }
            MINUTE_S if sport.on_foot() => of_climbs(|best| best.minute_w_per_kg),
            _ => most(&works, seconds, least_work_m),
        };
        BestUphill {
            seconds,
            vertical_m_per_h: rise.map(|m_per_s| 3600.0 * m_per_s),
            w_per_kg,
        }
    };
    let mut rows = UPHILL_S.map(row);
    // the best of a longer time holds a shorter one as good, which was too short for the smoothing
    let (mut speed, mut power) = (0.0, 0.0);
    for row in rows.iter_mut().rev() {
        row.vertical_m_per_h = row.vertical_m_per_h.filter(|best| *best >= speed);
        row.w_per_kg = row.w_per_kg.filter(|best| *best >= power);
        speed = row.vertical_m_per_h.unwrap_or(speed);
        power = row.w_per_kg.unwrap_or(power);
    }
    rows.to_vec()
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

/// An amount of each cell of one run, added up at the nodes.
pub(super) struct Cumulated<'p> {
    clock_s: &'p [f64],
    sum: Vec<f64>,
}

impl<'p> Cumulated<'p> {
    /// Adds up what some cells of one run have of an amount.
    pub(super) fn of(
        profile: &'p Profile,
        cells: Range<usize>,
        amount: impl Fn(usize) -> f64,
    ) -> Cumulated<'p> {
        let mut sum = Vec::with_capacity(cells.len() + 1);
        let mut done = 0.0;
        sum.push(done);
        if cells.is_empty() {
            return Cumulated { clock_s: &[], sum };
        }
        let first = profile.node_of(cells.start);
        let clock_s = &profile.clock_s()[first..=first + cells.len()];
        for cell in cells {
            done += amount(cell);
            sum.push(done);
        }
        Cumulated { clock_s, sum }
    }

    /// Returns the seconds from one node to another.
    pub(super) fn seconds(&self, from: usize, to: usize) -> f64 {
        self.clock_s[to] - self.clock_s[from]
    }

    /// Returns the node so many seconds before another, or the first.
    pub(super) fn back(&self, node: usize, seconds: f64) -> usize {
        let time = self.clock_s[node] - seconds;
        self.clock_s.partition_point(|clock| *clock < time).min(node)
    }

    /// Returns the node so many seconds after another, or the last.
    pub(super) fn on(&self, node: usize, seconds: f64) -> usize {
        let time = self.clock_s[node] + seconds;
        let beyond = self.clock_s.partition_point(|clock| *clock <= time);
        beyond.saturating_sub(1).max(node)
    }

    /// Returns the amount from one node to another.
    pub(super) fn between(&self, from: usize, to: usize) -> f64 {
        self.sum[to] - self.sum[from]
    }

    /// Returns each wanted cell with the mean over a window around its middle, shorter at the ends.
    pub(super) fn centred(
        &self,
        seconds: f64,
        wanted: impl Fn(usize) -> bool,
    ) -> impl Iterator<Item = (usize, f64)> {
        let Cumulated { clock_s, sum } = self;
        let ends = clock_s.first().zip(clock_s.last());
        let (mut behind, mut ahead) = (Ahead::default(), Ahead::default());
        let mut mean = move |cell: usize| {
            let (first, last) = ends?;
            let middle = f64::midpoint(clock_s[cell], clock_s[cell + 1]);
            let from_s = (middle - seconds / 2.0).max(*first);
            let to_s = (middle + seconds / 2.0).min(*last);
            let from = behind.reach(clock_s, from_s)?.of(sum);
            let to = ahead.reach(clock_s, to_s)?.of(sum);
            Some((to - from) / (to_s - from_s)).filter(|mean| mean.is_finite())
        };
        let cells = 0..clock_s.len().saturating_sub(1);
        cells
            .filter(move |cell| wanted(*cell))
            .map(move |cell| (cell, mean(cell).unwrap_or(0.0)))
    }

    /// Returns the largest mean over a window.
    fn best_mean(
        &self,
        seconds: f64,
        long_enough: impl Fn(f64, f64) -> bool,
    ) -> Option<f64> {
        self.best_above(None, seconds, long_enough).map(|most| most / seconds)
    }

    /// Returns the largest increase over a window that begins or ends at a node and is long enough,
    /// from node to node, or that of another stretch where it is no less.
    fn best_above(
        &self,
        other: Option<f64>,
        seconds: f64,
        long_enough: impl Fn(f64, f64) -> bool,
    ) -> Option<f64> {
        let Cumulated { clock_s, sum } = self;
        let last = sum.len() - 1;
        let ends = clock_s.first().zip(clock_s.last());
        if ends.is_none_or(|(first, last)| *last < first + seconds) {
            return other;
        }
        let mut most = other;
        let mut take = |(from, to): (f64, f64), gained: f64| {
            if most.is_none_or(|most| gained > most) && long_enough(from, to) {
                most = Some(gained);
            }
            most
        };
        let mut best = other;
        let (mut reached, mut highest) = (0, sum[0]);
        let mut far = Ahead::default();
        let mut ends = far.node(clock_s, clock_s.first()? + seconds);
        for from in 0..last {
            let Some(end) = ends else { break };
            ends = far.node(clock_s, clock_s[from + 1] + seconds);
            // what begins before the next node ends no later than what begins there, and nothing
            // between two nodes is above both or below both
            let latest = ends.map_or(last, |next| next + 1);
            while reached < latest {
                reached += 1;
                highest = if sum[reached] > highest { sum[reached] } else { highest };
            }
            let lowest =
                if sum[from + 1] < sum[from] { sum[from + 1] } else { sum[from] };
            if best.is_some_and(|best| highest - lowest <= best) {
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
    fn the_best_of_a_climb_is_its_pace_and_of_no_longer_time_than_it_lasts() {
        use crate::activity::{Activity, Sample};
        let mut activity = Activity::default();
        for second in 0..1500_u32 {
            let x = 2.0 * f64::from(second);
            activity.push(Sample {
                time_s: f64::from(second),
                distance_m: x,
                elevation_m: 500.0 + 0.15 * x,
                ..Sample::default()
            });
        }
        let settings = crate::settings::Settings {
            sport: Some(Sport::Run),
            ..crate::settings::Settings::default()
        };
        let report = crate::report::Report::of(&activity, &settings).unwrap();
        let speeds: Vec<Option<f64>> =
            report.best_uphill.iter().map(|best| best.vertical_m_per_h).collect();
        // 2 m/s at 15 % are 1080 m/h
        for speed in &speeds[..4] {
            assert!((speed.unwrap() - 1080.0).abs() < 20.0, "{speeds:?}");
        }
        assert_eq!((speeds[4], report.best_uphill[4].w_per_kg), (None, None));
    }

    #[test]
    fn the_best_window_may_begin_between_nodes() {
        let clock = [0.0, 10.0, 20.0, 30.0];
        let sum = vec![0.0, 10.0, 40.0, 50.0];
        let gained = Cumulated { clock_s: &clock, sum };
        assert_eq!(gained.best_above(None, 10.0, |_, _| true), Some(30.0));
        assert_eq!(gained.best_above(None, 15.0, |_, _| true), Some(35.0));
        assert_eq!(gained.best_above(None, 31.0, |_, _| true), None);
    }

    proptest! {
        /// Every window that begins or ends at a node, one by one.
        #[test]
        fn the_best_is_the_best_of_all_windows(
            cells in proptest::collection::vec((0.1..40.0_f64, -30.0..90.0_f64), 1..60),
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
            let gained = Cumulated { clock_s: &clock, sum: sum.clone() };
            let found = gained.best_above(None, seconds, |_, _| true);
            prop_assert_eq!(plain.is_some(), found.is_some());
            for other in [-50.0, 100.0] {
                let better = found.map_or(other, |found| found.max(other));
                prop_assert_eq!(gained.best_above(Some(other), seconds, |_, _| true), Some(better));
            }
            let apart = plain.unwrap_or(0.0) - found.unwrap_or(0.0);
            prop_assert!(apart.abs() < 1e-6, "{:?} {:?}", plain, found);
        }
    }
}
