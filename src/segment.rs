//! Profile to climbs, descents and the level between: a partition.

use std::ops::Range;

use crate::profile::Profile;

/// What a segment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Slope {
    /// Up.
    Climb,
    /// Neither.
    Level,
    /// Down.
    Descent,
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
}

/// One climb, descent or level stretch of a run.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Segment {
    /// What it is.
    pub slope: Slope,
    /// Index of its run.
    pub run: usize,
    /// Its cells.
    pub cells: Range<usize>,
}

/// Why a candidate is not in the table.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Decision {
    /// What the candidate was.
    pub slope: Slope,
    /// Its cells.
    pub cells: Range<usize>,
    /// `merged` into its neighbours or `dropped`, and which threshold decided: a phrase.
    pub why: String,
}

/// The split and how it came about.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Split {
    /// Every cell exactly once, in order; neighbours within a run differ.
    pub segments: Vec<Segment>,
    /// What was merged or dropped, in the order decided.
    pub decisions: Vec<Decision>,
}

/// Splits a profile. Cannot fail.
pub fn split(profile: &Profile, rules: &Rules) -> Split {
    let _ = rules;
    let segments = profile
        .runs()
        .iter()
        .enumerate()
        .map(|(run, r)| Segment { slope: Slope::Level, run, cells: r.cells.clone() })
        .collect();
    Split { segments, decisions: Vec::new() }
}
