//! The split itself: hysteresis, merging, and what is left off.

use std::ops::Range;

use crate::segment::rules::Rules;
use crate::segment::{Decision, Slope};

/// A row of cells of one kind while the split is made.
#[derive(Debug, Clone)]
pub(super) struct Block {
    pub(super) slope: Slope,
    pub(super) cells: Range<usize>,
    pub(super) with_ends: Range<usize>,
    pub(super) rise_m: f64,
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

/// Returns the blocks of a row of grades; the first cell says where it lies in the profile.
pub(super) fn blocks(
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

/// Returns how many cells of a climb's front, or of its back, are better left off.
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
