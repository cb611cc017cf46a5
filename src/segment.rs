//! Profile to climbs, descents and the level between: a partition.

use std::ops::Range;

use crate::evidence::{Evidence, Parameter};
use crate::profile::Profile;
use crate::sport::Sport;

/// A climb is entered at this grade.
pub const ENTER: Parameter = Parameter {
    name: "segment.enter_grade",
    value: 0.03,
    unit: "rise/run",
    range: "0.02 to 0.04",
    evidence: Evidence::Assumed,
    source: "our choice; 3 % echoes Strava's climbs and Garmin's ClimbPro",
};
/// And left below this one.
pub const LEAVE: Parameter = Parameter::chosen(
    "segment.leave_grade",
    0.01,
    "rise/run",
    "0.005 to 0.02",
    "a third of the entry, so that a climb is not cut at every bend",
);
/// Shortest climb or descent on foot; longest neighbour merged away.
pub const LENGTH_ON_FOOT: Parameter = Parameter::chosen(
    "segment.length_on_foot",
    100.0,
    "m",
    "50 to 200 m",
    "half a minute of walking",
);
/// The same for rides.
pub const LENGTH_RIDING: Parameter = Parameter::chosen(
    "segment.length_riding",
    300.0,
    "m",
    "200 to 500 m",
    "300 m echoes Strava and Garmin",
);
/// Lowest climb or descent; highest neighbour merged away.
pub const RISE: Parameter = Parameter::chosen(
    "segment.rise",
    5.0,
    "m",
    "3 to 10 m",
    "three times the least reversal",
);
/// Lowest climb or descent where the heights are noisy.
pub const RISE_NOISY: Parameter = Parameter::chosen(
    "segment.rise_noisy",
    10.0,
    "m",
    "5 to 20 m",
    "noise makes hills of 5 m",
);
/// Share of both neighbours' length, or of their joint height, that may be merged as well.
pub const SHARE: Parameter = Parameter::chosen(
    "segment.merge_share",
    0.05,
    "1",
    "0.02 to 0.1",
    "a dip of 100 m in a climb of an hour is no valley",
);

/// Every constant of this room.
pub fn parameters() -> Vec<Parameter> {
    vec![ENTER, LEAVE, LENGTH_ON_FOOT, LENGTH_RIDING, RISE, RISE_NOISY, SHARE]
}

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

impl Slope {
    /// The word in JSON and for people.
    pub fn name(self) -> &'static str {
        match self {
            Slope::Climb => "climb",
            Slope::Level => "level",
            Slope::Descent => "descent",
        }
    }
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

impl Rules {
    /// The rules for a sport, and for heights that are noisy or not.
    pub fn of(sport: Sport, noisy_heights: bool) -> Rules {
        let length_m =
            if sport.on_foot() { LENGTH_ON_FOOT.value } else { LENGTH_RIDING.value };
        Rules {
            enter_grade: ENTER.value,
            leave_grade: LEAVE.value,
            min_length_m: length_m,
            min_rise_m: if noisy_heights { RISE_NOISY.value } else { RISE.value },
            merge_length_m: length_m,
            merge_rise_m: RISE.value,
            merge_share: SHARE.value,
        }
    }
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
    /// Which threshold decided: a phrase.
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
    let mut split = Split { segments: Vec::new(), decisions: Vec::new() };
    for (run, r) in profile.runs().iter().enumerate() {
        let grades = &profile.grade()[r.cells.clone()];
        let first = r.cells.start;
        for block in blocks(grades, r.step_m, rules, first, &mut split.decisions) {
            let cells = first + block.cells.start..first + block.cells.end;
            split.segments.push(Segment { slope: block.slope, run, cells });
        }
    }
    split
}

/// Splits a row of grades on cells of `step_m`: (what, from m, to m, rise m).
///
/// ```
/// use hardlegs::segment::{split_grades, Rules, Slope};
/// use hardlegs::sport::Sport;
/// let grades = [vec![0.0; 40], vec![0.06; 40]].concat();
/// let parts = split_grades(&grades, 5.0, &Rules::of(Sport::Run, false));
/// assert_eq!(parts.len(), 2);
/// assert_eq!((parts[1].0, parts[1].1, parts[1].2), (Slope::Climb, 200.0, 400.0));
/// assert!((parts[1].3 - 12.0).abs() < 1e-9);
/// ```
pub fn split_grades(
    grades: &[f64],
    step_m: f64,
    rules: &Rules,
) -> Vec<(Slope, f64, f64, f64)> {
    blocks(grades, step_m, rules, 0, &mut Vec::new())
        .into_iter()
        .map(|b| {
            let metres = |cell: usize| cell as f64 * step_m;
            (b.slope, metres(b.cells.start), metres(b.cells.end), b.rise_m)
        })
        .collect()
}

/// A row of cells of one kind while the split is made.
#[derive(Debug, Clone)]
struct Block {
    slope: Slope,
    cells: Range<usize>,
    rise_m: f64,
}

impl Block {
    fn length_m(&self, step_m: f64) -> f64 {
        self.cells.len() as f64 * step_m
    }

    fn join(&mut self, next: &Block) {
        self.cells.end = next.cells.end;
        self.rise_m += next.rise_m;
    }
}

fn blocks(
    grades: &[f64],
    step_m: f64,
    rules: &Rules,
    first: usize,
    decisions: &mut Vec<Decision>,
) -> Vec<Block> {
    let mut blocks = candidates(grades, step_m, rules);
    let mut decide = |slope, cells: &Range<usize>, why| {
        decisions.push(Decision {
            slope,
            cells: first + cells.start..first + cells.end,
            why,
        });
    };
    loop {
        merge(&mut blocks, step_m, rules, &mut decide);
        let short = |b: &Block| {
            b.slope != Slope::Level
                && (b.length_m(step_m) < rules.min_length_m
                    || b.rise_m.abs() < rules.min_rise_m)
        };
        let Some(at) = (0..blocks.len())
            .filter(|&i| short(&blocks[i]))
            .min_by_key(|&i| blocks[i].cells.len())
        else {
            return blocks;
        };
        let block = &blocks[at];
        let why = if block.length_m(step_m) < rules.min_length_m {
            format!(
                "dropped: {:.0} m long, shorter than {:.0} m",
                block.length_m(step_m),
                rules.min_length_m
            )
        } else {
            format!(
                "dropped: {:.1} m high, lower than {:.1} m",
                block.rise_m.abs(),
                rules.min_rise_m
            )
        };
        decide(block.slope, &block.cells, why);
        level(&mut blocks, at);
    }
}

/// Hysteresis, then starts backdated: blocks of equal kind.
fn candidates(grades: &[f64], step_m: f64, rules: &Rules) -> Vec<Block> {
    let mut slopes = Vec::with_capacity(grades.len());
    let mut now = Slope::Level;
    for &grade in grades {
        let goes_on = match now {
            Slope::Climb => grade >= rules.leave_grade,
            Slope::Descent => grade <= -rules.leave_grade,
            Slope::Level => false,
        };
        if !goes_on {
            now = if grade >= rules.enter_grade {
                Slope::Climb
            } else if grade <= -rules.enter_grade {
                Slope::Descent
            } else {
                Slope::Level
            };
        }
        slopes.push(now);
    }
    for k in (1..slopes.len()).rev() {
        let before = grades[k - 1];
        let backdated = match slopes[k] {
            Slope::Climb => before >= rules.leave_grade,
            Slope::Descent => before <= -rules.leave_grade,
            Slope::Level => false,
        };
        if backdated && slopes[k - 1] == Slope::Level {
            slopes[k - 1] = slopes[k];
        }
    }
    let mut blocks: Vec<Block> = Vec::new();
    for (k, (&slope, grade)) in slopes.iter().zip(grades).enumerate() {
        let cell = Block { slope, cells: k..k + 1, rise_m: grade * step_m };
        match blocks.last_mut() {
            Some(last) if last.slope == slope => last.join(&cell),
            _ => blocks.push(cell),
        }
    }
    blocks
}

/// Merges A-X-A, leftmost first and starting again after each. Starting again two blocks
/// before the last merge is the same: nothing further left has changed.
fn merge(
    blocks: &mut Vec<Block>,
    step_m: f64,
    rules: &Rules,
    decide: &mut impl FnMut(Slope, &Range<usize>, String),
) {
    let mut at = 0;
    while at + 2 < blocks.len() {
        let (a, x, b) = (&blocks[at], &blocks[at + 1], &blocks[at + 2]);
        let longest_m = rules
            .merge_length_m
            .max(rules.merge_share * (a.length_m(step_m) + b.length_m(step_m)));
        let highest_m =
            rules.merge_rise_m.max(rules.merge_share * (a.rise_m + b.rise_m).abs());
        let joined = a.slope == b.slope
            && a.slope != Slope::Level
            && x.length_m(step_m) <= longest_m
            && x.rise_m.abs() <= highest_m;
        if !joined {
            at += 1;
            continue;
        }
        let why = format!(
            "merged into the {} around it: {:.0} m long and {:+.1} m, no more than {longest_m:.0} m and {highest_m:.1} m",
            a.slope.name(),
            x.length_m(step_m),
            x.rise_m
        );
        decide(x.slope, &x.cells, why);
        let tail: Vec<Block> = blocks.drain(at + 1..at + 3).collect();
        for block in &tail {
            blocks[at].join(block);
        }
        at = at.saturating_sub(2);
    }
}

/// Turns a block into level and joins it with its level neighbours.
fn level(blocks: &mut Vec<Block>, at: usize) {
    blocks[at].slope = Slope::Level;
    if at + 1 < blocks.len() && blocks[at + 1].slope == Slope::Level {
        let next = blocks.remove(at + 1);
        blocks[at].join(&next);
    }
    if at > 0 && blocks[at - 1].slope == Slope::Level {
        let this = blocks.remove(at);
        blocks[at - 1].join(&this);
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "bounds are multiples of the step, exactly")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_a_partition_whose_neighbours_differ(
            grades in prop::collection::vec(-0.12..0.12_f64, 1..400),
            sport in prop::sample::select(vec![Sport::Run, Sport::Ride]),
        ) {
            let rules = Rules::of(sport, false);
            let parts = split_grades(&grades, 5.0, &rules);
            prop_assert_eq!(parts[0].1, 0.0);
            prop_assert_eq!(parts[parts.len() - 1].2, grades.len() as f64 * 5.0);
            for pair in parts.windows(2) {
                prop_assert_eq!(pair[0].2, pair[1].1);
                prop_assert!(pair[0].0 != pair[1].0);
            }
            let rise: f64 = parts.iter().map(|p| p.3).sum();
            prop_assert!((rise - 5.0 * grades.iter().sum::<f64>()).abs() < 1e-9);
            for part in parts.iter().filter(|p| p.0 != Slope::Level) {
                prop_assert!(part.2 - part.1 >= rules.min_length_m);
                prop_assert!(part.3.abs() >= rules.min_rise_m);
            }
        }
    }
}
