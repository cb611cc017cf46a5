//! One outing that was recorded twice: which recording counts.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::evidence::Parameter;
use crate::history::session::Session;
use crate::profile::distance::great_circle_m;

/// Share of the shorter recording's time that must be common.
pub const OVERLAP: Parameter = Parameter::chosen(
    "history.double.overlap",
    0.80,
    "of the shorter one's time",
    "0.7 to 0.9",
    "two devices are not started and stopped together",
);
/// Distances may differ by so much.
pub const DISTANCE: Parameter = Parameter::chosen(
    "history.double.distance",
    0.05,
    "1",
    "0.03 to 0.08",
    "wheel, foot pod and positions differ by a few percent",
);
/// Where clocks differ by hours, positions must agree within this.
pub const APART_M: Parameter = Parameter::chosen(
    "history.double.positions",
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
    /// The trace of a recording.
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

    /// Position so many seconds after the start.
    fn at(&self, seconds: f64) -> Option<(f64, f64)> {
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
            return Some(first);
        }
        let second = degrees((*self.positions.get(index + 1)?)?);
        // two sides of the date line are not averaged
        if (second.1 - first.1).abs() > 180.0 {
            return None;
        }
        Some((
            first.0 + share * (second.0 - first.0),
            first.1 + share * (second.1 - first.1),
        ))
    }

    /// Whether nine samples in ten agree, `other` being read so many seconds later.
    fn agrees(&self, other: &Trace, later_s: f64) -> bool {
        let every = f64::from(self.every_s.max(other.every_s));
        let (mut compared, mut close) = (0_usize, 0_usize);
        for step in 0..self.positions.len().max(other.positions.len()) {
            let at = step as f64 * every;
            if let (Some(a), Some(b)) = (self.at(at), other.at(at + later_s)) {
                compared += 1;
                close += usize::from(great_circle_m(a.0, a.1, b.0, b.1) <= APART_M.value);
            }
        }
        compared >= LEAST_SAMPLES && close as f64 >= AGREEING * compared as f64
    }
}

/// A position between two fixes, unless they are too far apart in time to say.
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
pub struct Double {
    /// The one that is left out.
    pub left_out: Session,
    /// Id and part of the one that counts.
    pub kept: (String, u32),
    /// Seconds by which its clock is ahead, in half hours; 0 where it is not.
    pub shift_s: i64,
}

/// Parts sessions into those that count, in order of time, and doubles.
pub(super) fn apart(
    mut sessions: Vec<Session>,
    traces: &Traces<'_>,
) -> (Vec<Session>, Vec<Double>) {
    sessions.sort_by(|a, b| {
        (a.start, a.day, &a.id, a.part).cmp(&(b.start, b.day, &b.id, b.part))
    });
    let outings = outings(sessions.len(), &pairs(&sessions, traces));
    // of each outing the richest recording counts
    let richness = |at: usize| {
        let s = &sessions[at];
        (Reverse((s.channels, s.samples)), s.notices, s.id.clone(), s.part)
    };
    let mut richest: HashMap<usize, usize> = HashMap::new();
    for (at, (outing, _)) in outings.iter().enumerate() {
        let best = richest.entry(*outing).or_insert(at);
        if richness(at) < richness(*best) {
            *best = at;
        }
    }
    let instead: Vec<Option<(usize, i64)>> = outings
        .iter()
        .enumerate()
        .map(|(at, (outing, clock_s))| {
            let best = *richest.get(outing)?;
            (best != at).then(|| (best, clock_s - outings[best].1))
        })
        .collect();
    let name = |at: usize| (sessions[at].id.clone(), sessions[at].part);
    let names: Vec<Option<((String, u32), i64)>> = instead
        .iter()
        .map(|other| other.map(|(at, shift_s)| (name(at), shift_s)))
        .collect();
    let (mut counting, mut doubles) = (Vec::new(), Vec::new());
    for (session, instead) in sessions.into_iter().zip(names) {
        match instead {
            None => counting.push(session),
            Some((kept, shift_s)) => {
                doubles.push(Double { left_out: session, kept, shift_s });
            }
        }
    }
    (counting, doubles)
}

/// Which outing each recording is of, by its first recording, and by how much its clock is
/// ahead of that one's. Like of like is like: what agrees with a copy agrees with the other.
fn outings(recordings: usize, pairs: &[(usize, usize, i64)]) -> Vec<(usize, i64)> {
    let mut outings: Vec<(usize, i64)> = (0..recordings).map(|at| (at, 0)).collect();
    for (a, b, shift_s) in pairs {
        let ((into, clock_a), (from, clock_b)) = (outings[*a], outings[*b]);
        if into == from {
            continue;
        }
        let ahead_s = clock_a + shift_s - clock_b;
        for (outing, clock_s) in outings.iter_mut().filter(|(outing, _)| *outing == from)
        {
            *outing = into;
            *clock_s += ahead_s;
        }
    }
    outings
}

/// Pairs of the same outing: the earlier, the later, and by how much the clock of the later
/// one is ahead.
fn pairs(sessions: &[Session], traces: &Traces<'_>) -> Vec<(usize, usize, i64)> {
    let mut pairs = Vec::new();
    for (at, a) in sessions.iter().enumerate() {
        #[expect(clippy::cast_possible_truncation, reason = "a length of time")]
        let reach_s = (a.elapsed_s as i64).max(MOST_SHIFT_S + SHIFT_STEP_S);
        for (later, b) in sessions.iter().enumerate().skip(at + 1) {
            let apart_s = b.start.as_second() - a.start.as_second();
            if apart_s > reach_s {
                break;
            }
            if let Some(shift_s) = same(a, b, apart_s, traces) {
                pairs.push((at, later, shift_s));
            }
        }
    }
    pairs
}

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

/// Whether enough of the shorter one is common, `b` beginning so many seconds after `a`.
fn overlap(a: &Session, b: &Session, apart_s: i64) -> bool {
    let apart = apart_s as f64;
    let common = a.elapsed_s.min(apart + b.elapsed_s) - apart.max(0.0);
    let shorter = a.elapsed_s.min(b.elapsed_s);
    shorter > 0.0 && common >= OVERLAP.value * shorter
}
