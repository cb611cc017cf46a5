//! What lies between two successive points: a way that was covered, a stop, or something nobody knows.
//!
//! A gap is judged by the recording itself: by its own interval, and by the speed that the gap
//! asks for beside the speeds around it. That a segment, a track or a pause of the timer ends
//! there decides nothing by itself: the same points in one piece are the same route.

use crate::evidence::Parameter;
use crate::profile::distance_source::ChosenDistance;
use crate::profile::heights::DRIFT;
use crate::profile::samples::Samples;
use crate::profile::stops::SLOWEST;
use crate::profile::times::GAP_S;
use crate::quantile::middle;

/// So many of its own intervals are no gap of a recording.
pub(crate) const GAP_INTERVALS: Parameter = Parameter::chosen(
    "profile.gap_intervals",
    2.0,
    "1",
    "1.5 to 3",
    "one point that is missing is no pause, nor is a minute in a log of a point a minute",
);
/// Two points nearer in time scatter faster than anybody goes: the speed between them tells
/// nothing.
const SHORTEST_LEG_S: f64 = 0.5;
/// A break of the recording that is shorter than this is none.
const SHORTEST_BREAK_S: f64 = 5.0;
/// A gap crossed at this share of the speed around it, or faster, was crossed without a stop.
pub(crate) const GAP_SLOW: Parameter = Parameter::chosen(
    "profile.gap_slow",
    0.4,
    "1",
    "0.3 to 0.6",
    "a straight line over bends is half as long as the road",
);
/// A gap crossed faster than this many times the speed around it is cut ...
pub(crate) const GAP_FAST: Parameter = Parameter::chosen(
    "profile.gap_fast",
    2.5,
    "1",
    "2 to 4",
    "downhill is two to three times as fast as uphill",
);
/// ... where it is also faster than this on foot ...
pub(crate) const GAP_FAST_ON_FOOT: Parameter = Parameter::chosen(
    "profile.gap_fast_on_foot",
    2.0,
    "m/s",
    "1.5 to 3 m/s",
    "a hiker in a hurry; faster over minutes is a run, whose surroundings say so",
);
/// ... or riding.
pub(crate) const GAP_FAST_RIDING: Parameter = Parameter::chosen(
    "profile.gap_fast_riding",
    12.0,
    "m/s",
    "10 to 17 m/s",
    "a descent after a climb",
);
/// Nobody covers a gap on foot faster than this.
pub(crate) const FASTEST_GAP_ON_FOOT: Parameter = Parameter::chosen(
    "profile.fastest_gap_on_foot",
    7.0,
    "m/s",
    "the 1500 m record is run at 7.3 m/s",
    "faster over a minute is a vehicle",
);
/// Nor riding faster than this.
pub(crate) const FASTEST_GAP_RIDING: Parameter = Parameter::chosen(
    "profile.fastest_gap_riding",
    25.0,
    "m/s",
    "90 km/h",
    "faster over a minute is a vehicle",
);
/// A gap that climbs faster than this is cut ...
pub(crate) const GAP_CLIMB: Parameter = Parameter::chosen(
    "profile.gap_climb",
    0.4,
    "m/s",
    "0.3 to 0.5 m/s: 1440 m an hour",
    "over minutes few climb so fast, and nearly every lift does",
);
/// ... and so is one that was crossed slowly and is steeper than this.
pub(crate) const GAP_STEEP: Parameter = Parameter::chosen(
    "profile.gap_steep",
    0.25,
    "rise/run",
    "0.2 to 0.4",
    "in a long rest the barometer drifts with the weather",
);
/// A gap that lasts longer is cut where it is no near stop: hills hide in it.
pub(crate) const LONGEST_GAP: Parameter = Parameter::chosen(
    "profile.longest_gap",
    1800.0,
    "s",
    "600 to 3600 s",
    "half an hour on foot is 2 km and may hide 200 m of climb",
);
/// The same where the timer was stopped.
pub(crate) const LONGEST_PAUSE: Parameter = Parameter::chosen(
    "profile.longest_pause",
    300.0,
    "s",
    "120 to 600 s",
    "who stops the timer and is elsewhere later may have taken a lift",
);
/// A gap that is wider than this on foot is cut ...
pub(crate) const FARTHEST_ON_FOOT: Parameter = Parameter::chosen(
    "profile.farthest_gap_on_foot",
    2000.0,
    "m",
    "1 to 3 km",
    "a hill fits in between, and nobody knows whether it was walked",
);
/// ... or than this riding, unless the recording's own interval is as long.
pub(crate) const FARTHEST_RIDING: Parameter = Parameter::chosen(
    "profile.farthest_gap_riding",
    5000.0,
    "m",
    "3 to 10 km",
    "as on foot, at the speed of a ride",
);
/// Longest straight line of such a gap that is taken for the route all the same.
pub(crate) const NEAR: Parameter = Parameter::chosen(
    "profile.gap_near",
    100.0,
    "m",
    "50 to 200 m",
    "over less a straight line is close to the road",
);
/// Ends of a gap that are so near each other are one place.
pub(crate) const ONE_PLACE: Parameter = Parameter::chosen(
    "profile.gap_one_place",
    20.0,
    "m",
    "10 to 50 m",
    "scatter of two positions is less",
);
/// Without times, a break over more than this many of the track's own legs is cut.
pub(crate) const UNTIMED_LEGS: Parameter = Parameter::chosen(
    "profile.gap_untimed_legs",
    5.0,
    "1",
    "3 to 10",
    "legs of a route are of one kind; variants of a route begin elsewhere",
);
/// Without times, a leg longer than this is no route.
pub(crate) const LONGEST_LEG: Parameter = Parameter::chosen(
    "profile.longest_leg",
    20_000.0,
    "m",
    "10 to 50 km",
    "planners draw legs of a few km by hand; over 20 km nothing is known of the road",
);
/// The speed beside a gap is that of so many legs, and of so many seconds at least. Ours.
const AROUND_LEGS: usize = 4;
const AROUND_S: f64 = 300.0;
/// And never of more legs than this, whoever stands how long: a bound on the work.
const AROUND_MOST: usize = 2_000;

/// What lies between two successive points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Leg {
    /// Covered in the whole of its time.
    Covered,
    /// The same of a short leg that nobody covers in its time: positions scatter.
    Hasty,
    /// Covered in so many seconds; the rest of its time was a pause. Zero on the spot.
    Pause { moving_s: f64 },
    /// Nobody can have covered it, or nobody knows how.
    Cut,
}

/// Judges the legs of a recording.
pub(crate) struct Gaps<'a> {
    samples: &'a Samples<'a>,
    distance: &'a ChosenDistance<'a>,
    on_foot: bool,
    fastest_m_per_s: f64,
    /// Longest leg that is no gap, by the recording's own interval, s.
    interval_s: f64,
    /// Middle leg of a recording without times that has breaks, m.
    middle_leg_m: f64,
}

impl<'a> Gaps<'a> {
    pub(crate) fn of(
        samples: &'a Samples<'a>,
        distance: &'a ChosenDistance<'a>,
        on_foot: bool,
        fastest_m_per_s: f64,
    ) -> Self {
        let legs = samples.len().saturating_sub(1);
        let steps = || samples.time_s.windows(2).map(|time| time[1] - time[0]);
        let silent = || steps().any(|seconds| seconds > GAP_S.value);
        let interval_s = if samples.timed && (samples.has_breaks() || silent()) {
            GAP_INTERVALS.value * middle_of(steps())
        } else {
            0.0
        };
        let middle_leg_m = if !samples.timed && samples.has_breaks() {
            middle_of(
                (0..legs)
                    .filter(|to| !samples.is_interrupted(to + 1))
                    .map(|leg| distance.leg_m(leg)),
            )
        } else {
            0.0
        };
        Gaps { samples, distance, on_foot, fastest_m_per_s, interval_s, middle_leg_m }
    }

    /// Returns the leg to a point from the one before it.
    pub(crate) fn leg(&self, to: usize) -> Leg {
        let length_m = self.distance.leg_m(to - 1);
        let broken = self.samples.is_interrupted(to);
        if !self.samples.timed {
            let apart = broken
                && length_m > NEAR.value.max(UNTIMED_LEGS.value * self.middle_leg_m);
            return if apart || length_m > LONGEST_LEG.value {
                Leg::Cut
            } else {
                Leg::Covered
            };
        }
        // the device's distance may jump where the positions do not
        let straight_m = self.distance.lines_m[to - 1].max(length_m);
        let seconds = self.samples.time_s[to] - self.samples.time_s[to - 1];
        let shortest_s = if broken { SHORTEST_BREAK_S } else { GAP_S.value };
        let impossible = straight_m > self.fastest_m_per_s * seconds;
        if seconds <= shortest_s.max(self.interval_s) && !(broken && impossible) {
            return if !impossible {
                Leg::Covered
            } else if straight_m > NEAR.value {
                Leg::Cut
            } else if length_m > self.fastest_m_per_s * seconds.max(SHORTEST_LEG_S) {
                Leg::Hasty
            } else {
                Leg::Covered
            };
        }
        self.gap(to, (length_m, straight_m), seconds)
    }

    /// Returns what became of a silence: its metres as they are counted, and as the crow flies.
    fn gap(&self, to: usize, (length_m, straight_m): (f64, f64), seconds: f64) -> Leg {
        let speed = straight_m / seconds;
        let (slower, faster) = self.speeds_around(to);
        let whole = speed >= GAP_SLOW.value * slower;
        let rise_m = self.samples.elevation_m[to] - self.samples.elevation_m[to - 1];
        if straight_m <= ONE_PLACE.value {
            return if whole { Leg::Covered } else { Leg::Pause { moving_s: 0.0 } };
        }
        // somebody was elsewhere afterwards, and the device counts no metre of it
        if length_m <= ONE_PLACE.value {
            let near = straight_m <= NEAR.value
                && (rise_m.is_nan() || rise_m.abs() <= DRIFT.value);
            return if near { Leg::Pause { moving_s: 0.0 } } else { Leg::Cut };
        }
        let (fast, fastest, farthest_m) = if self.on_foot {
            (GAP_FAST_ON_FOOT.value, FASTEST_GAP_ON_FOOT.value, FARTHEST_ON_FOOT.value)
        } else {
            (GAP_FAST_RIDING.value, FASTEST_GAP_RIDING.value, FARTHEST_RIDING.value)
        };
        let fastest = if seconds <= GAP_S.value {
            self.fastest_m_per_s
        } else {
            fastest.min(fast.max(GAP_FAST.value * faster))
        };
        let longest_s =
            if self.samples.is_paused(to) { LONGEST_PAUSE } else { LONGEST_GAP };
        let long = seconds > longest_s.value && straight_m > NEAR.value;
        let unknown = seconds > self.interval_s && (long || straight_m > farthest_m);
        let lifted = seconds > GAP_S.value && rise_m > GAP_CLIMB.value * seconds;
        let drifted = !whole && rise_m.abs() > GAP_STEEP.value * straight_m;
        if speed > fastest || unknown || lifted || drifted {
            Leg::Cut
        } else if whole {
            Leg::Covered
        } else {
            Leg::Pause { moving_s: (straight_m / slower).min(seconds) }
        }
    }

    /// Returns the speeds before and after a gap at which somebody moved, m/s: the slower one
    /// and the faster one.
    fn speeds_around(&self, to: usize) -> (f64, f64) {
        let before = self.speed_of((0..to - 1).rev());
        let after = self.speed_of(to..self.samples.len() - 1);
        // nothing moves around it: a slow walk, a slow ride
        let usual = if self.on_foot { 1.0 } else { 4.0 };
        let known = |speed: f64| speed > 0.0;
        match (known(before), known(after)) {
            (true, true) => (before.min(after), before.max(after)),
            (true, false) => (before, before),
            (false, true) => (after, after),
            (false, false) => (usual, usual),
        }
    }

    /// Returns the middle speed of the first of these legs at which somebody moved.
    fn speed_of(&self, legs: impl Iterator<Item = usize>) -> f64 {
        let mut around_s = 0.0;
        let speeds = legs
            .take(AROUND_MOST)
            .filter_map(|leg| {
                let seconds = self.samples.time_s[leg + 1] - self.samples.time_s[leg];
                let speed = self.distance.leg_m(leg) / seconds;
                let moves = speed > SLOWEST.value && speed <= self.fastest_m_per_s;
                moves.then_some((speed, seconds))
            })
            .enumerate()
            .take_while(|(legs, (_, seconds))| {
                around_s += seconds;
                *legs < AROUND_LEGS || around_s <= AROUND_S
            });
        middle_of(speeds.map(|(_, (speed, _))| speed))
    }
}

/// Returns the middle one of some values as far as they are known; nothing of none.
fn middle_of(values: impl Iterator<Item = f64>) -> f64 {
    middle(values.filter(|value| value.is_finite())).unwrap_or(0.0)
}
