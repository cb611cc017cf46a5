//! Finds outings that were recorded twice, and which recording counts.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::evidence::Parameter;
use crate::history::neighbours::Neighbours;
use crate::history::outing::Outings;
use crate::history::session::Session;
use crate::profile::distance::great_circle_m;

/// Share of the shorter recording's time that must be common.
pub(crate) const OVERLAP: Parameter = Parameter::chosen(
    "history.duplicate.overlap",
    0.80,
    "of the shorter one's time",
    "0.7 to 0.9",
    "two devices are not started and stopped together",
);
/// Distances may differ by so much.
pub(crate) const DISTANCE: Parameter = Parameter::chosen(
    "history.duplicate.distance",
    0.05,
    "1",
    "0.03 to 0.08",
    "wheel, foot pod and positions differ by a few percent",
);
/// Where clocks differ by hours, positions must agree within this.
pub(crate) const APART_M: Parameter = Parameter::chosen(
    "history.duplicate.positions",
    30.0,
    "m for nine samples in ten",
    "20 to 50 m",
    "twice a poor fix, and less than two laps of a track differ by",
);
pub(super) const PARAMETERS: [Parameter; 3] = [OVERLAP, DISTANCE, APART_M];

/// Most hours that a clock can be wrong by, and its step: zones of the world.
const MOST_SHIFT_S: i64 = 14 * 3600;
const SHIFT_STEP_S: i64 = 1800;
/// Share of samples that must agree.
const AGREEING: f64 = 0.9;
/// Samples of a trace that are needed to say anything.
const LEAST_SAMPLES: usize = 10;

/// Positions at equal steps of time from the start: small, and enough to know a route again.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Trace {
    /// Seconds between positions: 60, doubled until there are few enough.
    pub every_s: u32,
    /// Latitude and longitude, 1e-6 degrees; `None` where there was no fix.
    pub positions: Vec<Option<(i32, i32)>>,
}

/// The trace of a session, where it is known.
pub type Traces<'t> = dyn Fn(&Session) -> Option<Trace> + 't;

/// First step of a trace.
const EVERY_S: u32 = 60;
/// Most positions of a trace.
const MOST_POSITIONS: f64 = 128.0;

impl Trace {
    /// Returns the trace of a recording.
    pub fn of(activity: &crate::activity::Activity) -> Trace {
        let time = activity.time_s();
        let last = time.iter().copied().filter(|t| t.is_finite()).fold(0.0, f64::max);
        let mut every_s = EVERY_S;
        while last / f64::from(every_s) >= MOST_POSITIONS && every_s < u32::MAX / 2 {
            every_s *= 2;
        }
        let columns = activity.latitude_deg().iter().zip(activity.longitude_deg());
        let mut fixes = time
            .iter()
            .zip(columns)
            .map(|(t, (lat, lon))| (*t, *lat, *lon))
            .filter(|(t, lat, lon)| t.is_finite() && lat.is_finite() && lon.is_finite())
            .peekable();
        let mut before: Option<(f64, f64, f64)> = None;
        let mut positions = Vec::new();
        let mut at = 0.0;
        while at <= last {
            while let Some(fix) = fixes.next_if(|(t, ..)| *t <= at) {
                before = Some(fix);
            }
            positions.push(between(before, fixes.peek().copied(), at));
            at += f64::from(every_s);
        }
        Trace { every_s, positions }
    }

    fn lasts_s(&self) -> f64 {
        f64::from(self.every_s.max(1)) * self.positions.len() as f64
    }

    /// Returns the position so many seconds after the start, and how far apart the samples are that it
    /// lies between, m.
    fn around(&self, seconds: f64) -> Option<((f64, f64), f64)> {
        let place = seconds / f64::from(self.every_s.max(1));
        if place < 0.0 {
            return None;
        }
        let (index, share) = (place.floor(), place.fract());
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "not negative, and an index beyond the end finds nothing"
        )]
        let index = index as usize;
        let degrees =
            |(lat, lon): (i32, i32)| (f64::from(lat) / 1e6, f64::from(lon) / 1e6);
        let first = degrees((*self.positions.get(index)?)?);
        if share < 1e-9 {
            return Some((first, 0.0));
        }
        let second = degrees((*self.positions.get(index + 1)?)?);
        // two sides of the date line are not averaged
        if (second.1 - first.1).abs() > 180.0 {
            return None;
        }
        let between = (
            first.0 + share * (second.0 - first.0),
            first.1 + share * (second.1 - first.1),
        );
        Some((between, great_circle_m(first.0, first.1, second.0, second.1)))
    }

    /// Returns whether nine samples in ten agree, `other` being read so many seconds later.
    fn agrees(&self, other: &Trace, later_s: f64) -> bool {
        let every_s = self.every_s.max(other.every_s);
        self.within(other, (later_s, every_s), |_| APART_M.value)
    }

    /// Returns whether nine in ten positions, so many seconds apart and those of `other` so many later,
    /// are no further apart than it takes, given how far apart the samples are that one lies between.
    pub(super) fn within(
        &self,
        other: &Trace,
        (later_s, every_s): (f64, u32),
        most_m: impl Fn(f64) -> f64,
    ) -> bool {
        let every = f64::from(every_s.max(1));
        // only while both last: a damaged trace may say that it lasts for ages
        let from = ((-later_s).max(0.0) / every).ceil();
        let until = (self.lasts_s().min(other.lasts_s() - later_s) / every).floor();
        let (mut compared, mut close) = (0_usize, 0_usize);
        let mut step = from;
        while step <= until {
            let at = step * every;
            step += 1.0;
            if let (Some((a, way_a)), Some((b, way_b))) =
                (self.around(at), other.around(at + later_s))
            {
                compared += 1;
                let apart_m = great_circle_m(a.0, a.1, b.0, b.1);
                close += usize::from(apart_m <= most_m(way_a.max(way_b)));
            }
        }
        compared >= LEAST_SAMPLES && close as f64 >= AGREEING * compared as f64
    }
}

/// Returns a position between two fixes, unless they are too far apart in time to say.
fn between(
    before: Option<(f64, f64, f64)>,
    after: Option<(f64, f64, f64)>,
    at: f64,
) -> Option<(i32, i32)> {
    const FAR_S: f64 = 30.0;
    let (from, lat, lon) = before?;
    let (lat, lon) = match after {
        Some((to, lat_after, lon_after)) if to > from && to - from <= FAR_S => {
            let share = (at - from) / (to - from);
            if (lon_after - lon).abs() > 180.0 {
                (lat, lon)
            } else {
                (lat + share * (lat_after - lat), lon + share * (lon_after - lon))
            }
        }
        _ if at - from < 1.0 => (lat, lon),
        _ => return None,
    };
    #[expect(clippy::cast_possible_truncation, reason = "degrees on a globe")]
    let micro = |degrees: f64| (degrees * 1e6).round() as i32;
    Some((micro(lat), micro(lon)))
}

/// A recording that was left out.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Duplicate {
    /// The one that is left out.
    pub left_out: Session,
    /// Id and part of the one that counts.
    pub kept: (String, u32),
    /// Seconds by which its clock is ahead, in half hours; 0 where it is not.
    pub shift_s: i64,
}

/// Sessions that count, and what was left out.
pub(super) struct Deduplicated {
    /// In order of time.
    pub(super) counting: Vec<Session>,
    pub(super) duplicates: Vec<Duplicate>,
    /// Sessions that were not held against all that could be their doubles: there were too many.
    pub(super) uncompared: usize,
}

/// Parts sessions into those that count and doubles.
pub(super) fn deduplicated(
    mut sessions: Vec<Session>,
    traces: &Traces<'_>,
) -> Deduplicated {
    sessions.sort_by(|a, b| {
        (a.start, a.day, &a.id, a.part).cmp(&(b.start, b.day, &b.id, b.part))
    });
    let (outings, uncompared) = outings(&sessions, traces);
    // of each outing the richest recording counts
    let richness = |at: usize| {
        let s = &sessions[at];
        (Reverse((s.channels, s.samples)), s.notices, &s.id, s.part)
    };
    let mut richest: HashMap<usize, usize> = HashMap::new();
    for (at, (outing, _)) in outings.iter().enumerate() {
        let best = richest.entry(*outing).or_insert(at);
        if richness(at) < richness(*best) {
            *best = at;
        }
    }
    let name = |at: usize| (sessions[at].id.clone(), sessions[at].part);
    let instead: Vec<Option<((String, u32), i64)>> = outings
        .iter()
        .enumerate()
        .map(|(at, (outing, clock_s))| {
            let best = *richest.get(outing)?;
            (best != at).then(|| (name(best), clock_s - outings[best].1))
        })
        .collect();
    let (mut counting, mut duplicates) = (Vec::new(), Vec::new());
    for (session, instead) in sessions.into_iter().zip(instead) {
        match instead {
            None => counting.push(session),
            Some((kept, shift_s)) => {
                duplicates.push(Duplicate { left_out: session, kept, shift_s });
            }
        }
    }
    Deduplicated { counting, duplicates, uncompared }
}

/// Returns which outing each recording is of, and by how much its clock is ahead of the
/// outing's first; and how many were not held against all of their like.
fn outings(sessions: &[Session], traces: &Traces<'_>) -> (Vec<(usize, i64)>, usize) {
    let neighbours = Neighbours::of(sessions, DISTANCE.value);
    let mut outings = Outings::apart(sessions.len());
    for (at, a) in sessions.iter().enumerate() {
        for later in neighbours.later(at, reach_s(a)) {
            let b = &sessions[later];
            if outings.of(at).0 == outings.of(later).0 {
                continue;
            }
            let apart_s = b.start.as_second() - a.start.as_second();
            if let Some(shift_s) = same(a, b, apart_s, traces) {
                outings.unite(at, later, shift_s);
            }
        }
    }
    let of_each: Vec<(usize, i64)> =
        (0..sessions.len()).map(|at| outings.of(at)).collect();
    let outing: Vec<usize> = of_each.iter().map(|(outing, _)| *outing).collect();
    let uncompared = neighbours.uncompared(&outing, reach_s);
    (of_each, uncompared)
}

/// Returns how long after a session's start its doubles may begin.
fn reach_s(session: &Session) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "a length of time")]
    let elapsed_s = session.elapsed_s as i64;
    elapsed_s.max(MOST_SHIFT_S + SHIFT_STEP_S)
}

/// Returns by how much the clock of the later one is ahead, where both are recordings of one
/// outing.
fn same(a: &Session, b: &Session, apart_s: i64, traces: &Traces<'_>) -> Option<i64> {
    let like = a.id != b.id
        && a.sport.on_foot() == b.sport.on_foot()
        && (a.distance_m - b.distance_m).abs()
            <= DISTANCE.value * a.distance_m.max(b.distance_m);
    if !like {
        return None;
    }
    if overlap(a, b, apart_s) {
        return Some(0);
    }
    let shift_s = (apart_s + SHIFT_STEP_S / 2).div_euclid(SHIFT_STEP_S) * SHIFT_STEP_S;
    let left_s = apart_s - shift_s;
    let shifted = shift_s != 0
        && shift_s <= MOST_SHIFT_S
        && a.origin != b.origin
        && overlap(a, b, left_s);
    if !shifted {
        return None;
    }
    let (trace_a, trace_b) = (traces(a)?, traces(b)?);
    // b begins left_s after a, so what a shows at t, b shows at t - left_s
    trace_a.agrees(&trace_b, -(left_s as f64)).then_some(shift_s)
}

/// Returns whether enough of the shorter one is common, `b` beginning so many seconds after `a`.
pub(super) fn overlap(a: &Session, b: &Session, apart_s: i64) -> bool {
    let apart = apart_s as f64;
    let common = a.elapsed_s.min(apart + b.elapsed_s) - apart.max(0.0);
    let shorter = a.elapsed_s.min(b.elapsed_s);
    shorter > 0.0 && common >= OVERLAP.value * shorter
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::history::neighbours;
    use crate::sport::Sport;
    use proptest::prelude::*;

    /// Returns a session of which only what tells doubles is said.
    pub(crate) fn session(
        number: usize,
        sport: Sport,
        start_s: i64,
        took: (f64, f64),
    ) -> Session {
        let start = jiff::Timestamp::from_second(1_700_000_000 + start_s).unwrap();
        let (elapsed_s, distance_m) = took;
        Session {
            id: format!("{number:032x}"),
            part: 1,
            name: None,
            origin: format!("watch {}", number % 3),
            sport,
            start,
            day: start.to_zoned_datetime(jiff::tz::TimeZone::UTC).date(),
            elapsed_s,
            moving_s: elapsed_s,
            distance_m,
            gain_m: 0.0,
            loss_m: 0.0,
            climb_volume_m: 0.0,
            descent_volume_m: 0.0,
            hard_descent_volume_m: 0.0,
            concentric_load: 0.0,
            concentric_load_range: (0.0, 0.0),
            eccentric_load: 0.0,
            eccentric_load_range: (0.0, 0.0),
            concentric_intensity: None,
            eccentric_intensity: None,
            steepest_5_min_up: None,
            steepest_5_min_down: None,
            best_60s_up_w_per_kg: None,
            step_p95_up_j_per_kg: None,
            long_climb_min: None,
            largest_climb_m: None,
            hard_steps_up: None,
            hard_steps_down: None,
            samples: u32::try_from(number % 7).unwrap(),
            channels: u32::try_from(number % 2).unwrap(),
            notices: 0,
            excluded: false,
        }
    }

    /// One of two ways, by the last digit of the id but one.
    #[expect(clippy::unnecessary_wraps, reason = "as a store answers")]
    fn way(session: &Session) -> Option<Trace> {
        let north = session.id.as_bytes()[30].is_multiple_of(2);
        let positions = (0..40).map(|n| Some((if north { n * 900 } else { 0 }, n * 500)));
        Some(Trace { every_s: 60, positions: positions.collect() })
    }

    /// Returns every recording held against every later one, as plainly as it can be said: the
    /// outing and the clock of each.
    fn plain(sessions: &[Session]) -> Vec<(usize, i64)> {
        let mut outings: Vec<(usize, i64)> =
            (0..sessions.len()).map(|at| (at, 0)).collect();
        for (at, a) in sessions.iter().enumerate() {
            for (later, b) in sessions.iter().enumerate().skip(at + 1) {
                let apart_s = b.start.as_second() - a.start.as_second();
                let near = apart_s <= reach_s(a) && outings[at].0 != outings[later].0;
                let shift_s = near.then(|| same(a, b, apart_s, &way)).flatten();
                let Some(shift_s) = shift_s else { continue };
                let ((into, clock_a), (from, clock_b)) = (outings[at], outings[later]);
                for (outing, clock_s) in &mut outings {
                    if *outing == from {
                        *outing = into;
                        *clock_s += clock_a + shift_s - clock_b;
                    }
                }
            }
        }
        outings
    }

    /// The same outings and clocks, whatever the outings are called by.
    fn alike(sessions: &[Session], found: &[(usize, i64)], wanted: &[(usize, i64)]) {
        let mut first: HashMap<usize, usize> = HashMap::new();
        for at in 0..sessions.len() {
            let one = *first.entry(wanted[at].0).or_insert(at);
            assert_eq!(found[at].0, found[one].0, "{at} and {one} are apart");
            assert_eq!(found[at].1 - found[one].1, wanted[at].1 - wanted[one].1);
        }
        let called: std::collections::HashSet<usize> =
            found.iter().map(|(outing, _)| *outing).collect();
        assert_eq!(called.len(), first.len(), "what is apart was put together");
    }

    fn sorted(mut sessions: Vec<Session>) -> Vec<Session> {
        sessions.sort_by(|a, b| (a.start, &a.id).cmp(&(b.start, &b.id)));
        sessions
    }

    /// Histories of a few days: copies, chains of overlaps, clocks that are hours off, times
    /// and distances at the very edge of what is alike, and what no outing has.
    fn histories() -> impl Strategy<Value = Vec<Session>> {
        let sport = prop_oneof![Just(Sport::Run), Just(Sport::Hike), Just(Sport::Ride)];
        let start_s = prop_oneof![
            (0..150_i64).prop_map(|half_hours| half_hours * 1800),
            (0..40_i64).prop_map(|minutes| minutes * 60),
            0..300_000_i64,
        ];
        let elapsed_s = prop_oneof![
            Just(2400.0),
            Just(0.0),
            Just(1e6),
            Just(f64::NAN),
            600.0..9000.0_f64
        ];
        let distance_m = prop_oneof![
            (0..60_i32).prop_map(|n| 1000.0 / 0.95_f64.powi(n)),
            (0..60_i32).prop_map(|n| 1000.0 * 1.025_f64.powi(n)),
            Just(0.0),
            Just(-5.0),
            Just(f64::NAN),
            Just(1e-200),
            9000.0..11_000.0_f64,
        ];
        let one = (0..200_usize, sport, start_s, (elapsed_s, distance_m));
        proptest::collection::vec(one, 0..60).prop_map(|all| {
            let one =
                |(number, sport, start_s, took)| session(number, sport, start_s, took);
            sorted(all.into_iter().map(one).collect())
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn finds_among_neighbours_what_it_finds_among_all(
            sessions in histories()
        ) {
            let (found, uncompared) = outings(&sessions, &way);
            prop_assert_eq!(uncompared, 0);
            alike(&sessions, &found, &plain(&sessions));
        }
    }

    /// However many share a start, memory and time grow with them and not with their square;
    /// what is all alike, or all apart in distance, still comes out as if all were compared.
    #[test]
    fn compares_a_start_that_very_many_share_without_a_square() {
        const MANY: usize = 100_000;
        let begun = std::time::Instant::now();
        let alike: Vec<Session> =
            (0..MANY).map(|n| session(n, Sport::Run, 0, (3600.0, 9000.0))).collect();
        let found = deduplicated(alike, &|_| None);
        assert_eq!((found.counting.len(), found.duplicates.len()), (1, MANY - 1));
        assert_eq!(found.uncompared, 0);
        // a group every 12 %: no two of two groups are alike
        let far = |n: usize| 10.0 * 1.12_f64.powi(i32::try_from(n % 100).unwrap());
        let groups: Vec<Session> =
            (0..MANY).map(|n| session(n, Sport::Run, 0, (3600.0, far(n)))).collect();
        let found = deduplicated(groups, &|_| None);
        assert_eq!((found.counting.len(), found.uncompared), (100, 0));
        let lasted = begun.elapsed();
        assert!(lasted.as_secs() < 60, "{lasted:?}");
    }

    /// Where there are too many to compare, that is told: nothing is left out unsaid.
    #[test]
    fn counts_what_was_not_compared() {
        // a second each, one after the other: neighbours in time and distance, no doubles
        let short =
            |n: usize| session(n, Sport::Run, i64::try_from(n).unwrap(), (1.0, 9000.0));
        let few: Vec<Session> = (0..=neighbours::MOST).map(short).collect();
        assert_eq!(deduplicated(few, &|_| None).uncompared, 0);
        let many: Vec<Session> = (0..1000).map(short).collect();
        let found = deduplicated(many, &|_| None);
        assert_eq!(found.counting.len(), 1000);
        assert_eq!(found.uncompared, 1000 - 1 - neighbours::MOST);
    }
}
