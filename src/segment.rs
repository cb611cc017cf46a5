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

/// Rides: a long climb is entered at this share of the entry grade.
pub const LONG_SHARE: Parameter = Parameter::chosen(
    "segment.long_share",
    0.75,
    "1",
    "0.6 to 0.9",
    "2.25 %: an even climb of 2.5 % over 150 m is one to who rides it",
);
/// And rises by so much at least.
pub const LONG_RISE: Parameter = Parameter::chosen(
    "segment.long_rise",
    100.0,
    "m",
    "80 to 150 m",
    "80 m is the lowest that Strava gives a category",
);
/// Rides: the shortest end of a climb that is left off as a false flat.
pub const END_RIDING: Parameter = Parameter::chosen(
    "segment.end_riding",
    300.0,
    "m",
    "200 to 500 m",
    "as long as the shortest climb",
);

/// Every constant of this room.
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
    /// Lowest long climb or descent, entered at three quarters of the grade, m; infinite: none.
    pub long_rise_m: f64,
    /// Shortest end below the entry grade that is left off, m; infinite: none.
    pub end_length_m: f64,
}

impl Rules {
    /// The rules for a sport, and for heights that are noisy or not.
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

    /// A long climb is entered at this grade.
    fn long_grade(&self) -> f64 {
        LONG_SHARE.value * self.enter_grade
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
    /// Its cells, and those of the false flats that lead to it and on from it: they were left
    /// off and are level. Power without a meter is taken there, too.
    pub with_ends: Range<usize>,
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
            let (slope, [cells, with_ends]) = (
                block.slope,
                [block.cells, block.with_ends]
                    .map(|cells| first + cells.start..first + cells.end),
            );
            split.segments.push(Segment { slope, run, cells, with_ends });
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
    with_ends: Range<usize>,
    rise_m: f64,
}

impl Block {
    fn of(slope: Slope, cells: Range<usize>, grades: &[f64], step_m: f64) -> Block {
        let rise_m = step_m * grades[cells.clone()].iter().sum::<f64>();
        Block { slope, with_ends: cells.clone(), cells, rise_m }
    }

    fn length_m(&self, step_m: f64) -> f64 {
        self.cells.len() as f64 * step_m
    }

    fn join(&mut self, next: &Block) {
        self.cells.end = next.cells.end;
        self.with_ends.end = self.with_ends.end.max(next.with_ends.end);
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
    let mut decide = |slope, cells: &Range<usize>, why| {
        decisions.push(Decision {
            slope,
            cells: first + cells.start..first + cells.end,
            why,
        });
    };
    let mut blocks = settled(grades, step_m, rules, &mut decide);
    if rules.long_rise_m.is_finite() {
        blocks = with_long(blocks, grades, step_m, rules);
    }
    if rules.end_length_m.is_finite() {
        blocks = without_false_flats(blocks, grades, step_m, rules, &mut decide);
    }
    blocks
}

/// Candidates merged, and dropped where they are short or low.
fn settled(
    grades: &[f64],
    step_m: f64,
    rules: &Rules,
    decide: &mut impl FnMut(Slope, &Range<usize>, String),
) -> Vec<Block> {
    let mut blocks = candidates(grades, step_m, rules);
    loop {
        merge(&mut blocks, step_m, rules, decide);
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

/// Takes long climbs and descents that are too gentle to be entered otherwise out of the level.
fn with_long(
    blocks: Vec<Block>,
    grades: &[f64],
    step_m: f64,
    rules: &Rules,
) -> Vec<Block> {
    let gentle = Rules {
        enter_grade: rules.long_grade(),
        min_rise_m: rules.long_rise_m,
        ..*rules
    };
    let mut all: Vec<Block> = Vec::with_capacity(blocks.len());
    for block in blocks {
        if block.slope != Slope::Level {
            push(&mut all, block);
            continue;
        }
        let first = block.cells.start;
        let within = &grades[block.cells];
        for part in settled(within, step_m, &gentle, &mut |_, _, _| {}) {
            let length_m = part.length_m(step_m);
            let slope = match part.slope {
                slope if part.rise_m.abs() >= rules.long_grade() * length_m => slope,
                _ => Slope::Level,
            };
            let cells = first + part.cells.start..first + part.cells.end;
            push(&mut all, Block::of(slope, cells, grades, step_m));
        }
    }
    all
}

/// Puts a block behind others, into the last where it is of its kind.
fn push(blocks: &mut Vec<Block>, block: Block) {
    match blocks.last_mut() {
        Some(last) if last.slope == block.slope => last.join(&block),
        _ => blocks.push(block),
    }
}

/// Turns the ends of climbs and descents that are no climb themselves into level, where what
/// is left is more of a climb: height times height over length, the measure of FIETS, is
/// greatest there. An end is worth it from about half the grade of the rest on.
fn without_false_flats(
    blocks: Vec<Block>,
    grades: &[f64],
    step_m: f64,
    rules: &Rules,
    decide: &mut impl FnMut(Slope, &Range<usize>, String),
) -> Vec<Block> {
    let mut all: Vec<Block> = Vec::with_capacity(blocks.len());
    for mut block in blocks {
        if block.slope == Slope::Level {
            push(&mut all, block);
            continue;
        }
        let mut end_of = |cells: &mut Range<usize>, at_front: bool| {
            let count = end(&grades[cells.clone()], at_front, step_m, rules);
            let off = if at_front {
                let off = cells.start..cells.start + count;
                cells.start = off.end;
                off
            } else {
                let off = cells.end - count..cells.end;
                cells.end = off.start;
                off
            };
            let off = Block::of(Slope::Level, off, grades, step_m);
            if count > 0 {
                let why = format!(
                    "left off the {}: {:.0} m of {:.1} %, a false flat beside the rest",
                    block.slope.name(),
                    off.length_m(step_m),
                    100.0 * off.rise_m / off.length_m(step_m)
                );
                decide(block.slope, &off.cells, why);
            }
            off
        };
        let mut cells = block.cells.clone();
        let (before, after) = (end_of(&mut cells, true), end_of(&mut cells, false));
        if cells.len() < block.cells.len() {
            let with_ends = block.with_ends;
            block = Block::of(block.slope, cells, grades, step_m);
            block.with_ends = with_ends;
        }
        let parts = [before, block, after];
        for part in parts.into_iter().filter(|part| !part.cells.is_empty()) {
            push(&mut all, part);
        }
    }
    all
}

/// How many cells of a climb's front, or of its back, are better left off.
fn end(grades: &[f64], at_front: bool, step_m: f64, rules: &Rules) -> usize {
    let cells = grades.len();
    let whole_m = (step_m * grades.iter().sum::<f64>()).abs();
    let length_m = cells as f64 * step_m;
    let up = if grades.iter().sum::<f64>() < 0.0 { -1.0 } else { 1.0 };
    let (mut best, mut is_long) = ((0, whole_m * whole_m / length_m), false);
    let mut off_m = 0.0;
    for count in 1..cells {
        let grade = if at_front { grades[count - 1] } else { grades[cells - count] };
        off_m += up * grade * step_m;
        let off_length_m = count as f64 * step_m;
        let (rest_m, rest_length_m) = (whole_m - off_m, length_m - off_length_m);
        if rest_length_m < rules.min_length_m {
            break;
        }
        let measure = rest_m * rest_m / rest_length_m;
        if off_length_m >= rules.end_length_m
            && off_m < rules.enter_grade * off_length_m
            && rest_m >= rules.min_rise_m
            && measure > best.1
        {
            best = (count, measure);
            // a long climb that gets steeper is no false flat
            is_long =
                off_m >= rules.long_rise_m && off_m >= rules.long_grade() * off_length_m;
        }
    }
    if is_long { 0 } else { best.0 }
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
        let cells = k..k + 1;
        let with_ends = cells.clone();
        let cell = Block { slope, cells, with_ends, rise_m: grade * step_m };
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

    /// Stretches of metres and a grade each, on cells of 5 m.
    fn road(stretches: &[(usize, f64)]) -> Vec<f64> {
        let cells = |(metres, grade): &(usize, f64)| vec![*grade; metres / 5];
        stretches.iter().flat_map(cells).collect()
    }

    /// What is not level: from km, to km, mean grade.
    fn hills(stretches: &[(usize, f64)], sport: Sport) -> Vec<(f64, f64, f64)> {
        split_grades(&road(stretches), 5.0, &Rules::of(sport, false))
            .into_iter()
            .filter(|part| part.0 != Slope::Level)
            .map(|(_, from, to, rise)| {
                (from / 1e3, to / 1e3, (1e3 * rise / (to - from)).round() / 1e3)
            })
            .collect()
    }

    #[test]
    fn a_climb_begins_where_it_gets_steep_and_ends_where_it_ceases_to_be() {
        let ride = |stretches: &[(usize, f64)]| hills(stretches, Sport::Ride);
        let (level, gentle, steep) = ((500, 0.0), (2000, 0.02), (3000, 0.08));
        assert_eq!(ride(&[level, gentle, steep, level]), [(2.5, 5.5, 0.08)]);
        assert_eq!(ride(&[level, steep, gentle, level]), [(0.5, 3.5, 0.08)]);
        assert_eq!(ride(&[gentle, steep, gentle]), [(2.0, 5.0, 0.08)]);
        // more than half as steep, or a climb itself, or between: part of it
        assert_eq!(ride(&[(2000, 0.025), (3000, 0.045)]), [(0.0, 5.0, 0.037)]);
        assert_eq!(ride(&[(3000, 0.04), (2000, 0.12)]), [(0.0, 5.0, 0.072)]);
        assert_eq!(ride(&[(5000, 0.025), (3000, 0.10)]), [(0.0, 8.0, 0.053)]);
        assert_eq!(ride(&[steep, gentle, steep]), [(0.0, 8.0, 0.065)]);
        // a few metres are no end
        assert_eq!(ride(&[level, (200, 0.02), steep]), [(0.5, 3.7, 0.076)]);
        // on foot as ever
        assert_eq!(
            hills(&[level, gentle, steep, level], Sport::Run),
            [(0.5, 5.5, 0.056)]
        );
    }

    #[test]
    fn a_long_even_climb_is_one_on_a_bicycle() {
        let level = (1000, 0.0);
        let long = [level, (6000, 0.025), level];
        assert_eq!(hills(&long, Sport::Ride), [(1.0, 7.0, 0.025)]);
        assert_eq!(hills(&long, Sport::Run), []);
        // too low, too gentle
        assert_eq!(hills(&[level, (3000, 0.025), level], Sport::Ride), []);
        assert_eq!(hills(&[level, (9000, 0.02), level], Sport::Ride), []);
    }

    proptest! {
        #[test]
        fn a_descent_is_a_climb_the_other_way_up(
            grades in prop::collection::vec(
                (1_usize..200, prop_oneof![-0.03..0.03_f64, -0.1..0.1_f64]), 1..30),
            sport in prop::sample::select(vec![Sport::Run, Sport::Ride]),
        ) {
            let rules = Rules::of(sport, false);
            let cells: Vec<f64> =
                grades.iter().flat_map(|(count, grade)| vec![*grade; *count]).collect();
            let turned: Vec<f64> = cells.iter().map(|grade| -grade).collect();
            let parts = split_grades(&cells, 5.0, &rules);
            let mirrored = split_grades(&turned, 5.0, &rules);
            prop_assert_eq!(parts.len(), mirrored.len());
            for (part, other) in parts.iter().zip(&mirrored) {
                let other_way = match part.0 {
                    Slope::Climb => Slope::Descent,
                    Slope::Level => Slope::Level,
                    Slope::Descent => Slope::Climb,
                };
                prop_assert_eq!((other_way, part.1, part.2), (other.0, other.1, other.2));
            }
            // and a partition whose neighbours differ, of long stretches, too
            prop_assert_eq!(parts[parts.len() - 1].2, cells.len() as f64 * 5.0);
            for pair in parts.windows(2) {
                prop_assert!(pair[0].2 == pair[1].1 && pair[0].0 != pair[1].0);
            }
            for part in parts.iter().filter(|part| part.0 != Slope::Level) {
                prop_assert!(part.2 - part.1 >= rules.min_length_m);
                prop_assert!(part.3.abs() >= rules.min_rise_m - 1e-9);
            }
        }
    }
}
