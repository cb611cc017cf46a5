//! Thresholds of the split, and where they come from.

use crate::evidence::{Evidence, Parameter};
use crate::sport::Sport;

/// A climb is entered at this grade.
pub(crate) const ENTER: Parameter = Parameter {
    name: "segment.enter_grade",
    value: 0.03,
    unit: "rise/run",
    range: "0.02 to 0.04",
    evidence: Evidence::Assumed,
    source: "our choice; 3 % echoes Strava's climbs and Garmin's ClimbPro",
};
/// And left below this one.
pub(crate) const LEAVE: Parameter = Parameter::chosen(
    "segment.leave_grade",
    0.01,
    "rise/run",
    "0.005 to 0.02",
    "a third of the entry, so that a climb is not cut at every bend",
);
/// Shortest climb or descent on foot; longest neighbour merged away.
pub(crate) const LENGTH_ON_FOOT: Parameter = Parameter::chosen(
    "segment.length_on_foot",
    100.0,
    "m",
    "50 to 200 m",
    "half a minute of walking",
);
/// The same for rides.
pub(crate) const LENGTH_RIDING: Parameter = Parameter::chosen(
    "segment.length_riding",
    300.0,
    "m",
    "200 to 500 m",
    "300 m echoes Strava and Garmin",
);
/// Lowest climb or descent; highest neighbour merged away.
pub(crate) const RISE: Parameter = Parameter::chosen(
    "segment.rise",
    5.0,
    "m",
    "3 to 10 m",
    "three times the least reversal",
);
/// Lowest climb or descent where the heights are noisy.
pub(crate) const RISE_NOISY: Parameter = Parameter::chosen(
    "segment.rise_noisy",
    10.0,
    "m",
    "5 to 20 m",
    "noise makes hills of 5 m",
);
/// Share of both neighbours' length, or of their joint height, that may be merged as well.
pub(crate) const SHARE: Parameter = Parameter::chosen(
    "segment.merge_share",
    0.05,
    "1",
    "0.02 to 0.1",
    "a dip of 100 m in a climb of an hour is no valley",
);

/// Rides: a long climb is entered at this share of the entry grade.
pub(crate) const LONG_SHARE: Parameter = Parameter::chosen(
    "segment.long_share",
    0.75,
    "1",
    "0.6 to 0.9",
    "2.25 %: an even climb of 2.5 % over 150 m is one to who rides it",
);
/// And rises by so much at least.
pub(crate) const LONG_RISE: Parameter = Parameter::chosen(
    "segment.long_rise",
    100.0,
    "m",
    "80 to 150 m",
    "80 m is the lowest that Strava gives a category",
);
/// Rides: the shortest end of a climb that is left off as a false flat.
pub(crate) const END_RIDING: Parameter = Parameter::chosen(
    "segment.end_riding",
    300.0,
    "m",
    "200 to 500 m",
    "as long as the shortest climb",
);

/// Returns every constant of the split.
pub fn parameters() -> Vec<Parameter> {
    vec![
        ENTER,
        LEAVE,
        LENGTH_ON_FOOT,
        LENGTH_RIDING,
        RISE,
        RISE_NOISY,
        SHARE,
        LONG_SHARE,
        LONG_RISE,
        END_RIDING,
    ]
}

/// Thresholds of the split.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Rules {
    /// A climb is entered at this grade (a descent at its negative).
    pub enter_grade: f64,
    /// And left below this one.
    pub leave_grade: f64,
    /// Shortest climb or descent, m.
    pub min_length_m: f64,
    /// Lowest climb or descent, m.
    pub min_rise_m: f64,
    /// Longest neighbour that is merged away, m.
    pub merge_length_m: f64,
    /// Highest neighbour that is merged away, m.
    pub merge_rise_m: f64,
    /// Share of both lengths, or of their joint height, that is merged away as well.
    pub merge_share: f64,
    /// Lowest long climb or descent, entered at three quarters of the grade, m; infinite: none.
    pub long_rise_m: f64,
    /// Shortest end below the entry grade that is left off, m; infinite: none.
    pub end_length_m: f64,
}

impl Rules {
    /// Returns the rules for a sport, and for heights that are noisy or not.
    pub fn of(sport: Sport, noisy_heights: bool) -> Rules {
        let none = f64::INFINITY;
        let (length_m, long_rise_m, end_length_m) = if sport.on_foot() {
            (LENGTH_ON_FOOT.value, none, none)
        } else {
            (LENGTH_RIDING.value, LONG_RISE.value, END_RIDING.value)
        };
        Rules {
            enter_grade: ENTER.value,
            leave_grade: LEAVE.value,
            min_length_m: length_m,
            min_rise_m: if noisy_heights { RISE_NOISY.value } else { RISE.value },
            merge_length_m: length_m,
            merge_rise_m: RISE.value,
            merge_share: SHARE.value,
            long_rise_m,
            end_length_m,
        }
    }

    /// Returns the grade at which a long climb is entered.
    pub(super) fn long_grade(&self) -> f64 {
        LONG_SHARE.value * self.enter_grade
    }
}
