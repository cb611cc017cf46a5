//! The silhouette of a route as two rows of blocks, coloured by grade.

use std::fmt::Write as _;

use anstyle::{Ansi256Color, Style};

use crate::report::{OutlinePoint, Silhouette, Steepness};

const BLOCKS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// Levels of two rows, of which the lowest is always shown.
const LEVELS: f64 = 15.99;

/// Colours of the 256 for the nine classes of grade, from very steep down to very steep up:
/// blue, grey, orange; readable on dark and on light.
const COLOURS: [u8; 9] = [27, 33, 39, 75, 245, 215, 208, 202, 160];

/// One row of blocks, the highest of the values filling its block; nothing is a dot.
pub(super) fn sparkline(values: &[f64]) -> String {
    let most = values.iter().copied().fold(0.0, f64::max);
    let block = |value: &f64| {
        if *value <= 0.0 || most <= 0.0 {
            return '·';
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "1 to 8"
        )]
        let level = (value / most * 8.0).ceil().clamp(1.0, 8.0) as usize;
        BLOCKS.get(level).copied().unwrap_or('█')
    };
    values.iter().map(block).collect()
}

/// Returns two rows of blocks of so many columns, and the lowest and the highest height. `None`
/// without two points.
pub(super) fn strip(
    silhouette: &Silhouette,
    columns: usize,
    coloured: bool,
) -> Option<([String; 2], f64, f64)> {
    let length_m = silhouette.length_m();
    let (low, high) = silhouette.height_range_m()?;
    if length_m <= 0.0 {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a column"
    )]
    let column_of =
        |m: f64| ((m / length_m * columns as f64).max(0.0) as usize).min(columns - 1);
    let mut tops = vec![f64::NAN; columns];
    for run in &silhouette.outline {
        for pair in run.windows(2) {
            let (a, b) = (&pair[0], &pair[1]);
            for (column, top) in tops
                .iter_mut()
                .enumerate()
                .take(column_of(b.distance_m) + 1)
                .skip(column_of(a.distance_m))
            {
                *top = top.max(highest(a, b, column, length_m / columns as f64));
            }
        }
    }
    let mut grades = vec![(0.0, 0.0); columns];
    for stretch in &silhouette.stretches {
        let (rise, run) = &mut grades[column_of(stretch.from_m + stretch.length_m / 2.0)];
        *rise += stretch.grade * stretch.length_m;
        *run += stretch.length_m;
    }
    // where stretches are longer than columns
    for column in 1..columns {
        if grades[column].1 <= 0.0 {
            grades[column] = grades[column - 1];
        }
    }
    Some((blocks(&tops, &grades, (low, high), coloured), low, high))
}

/// Returns two rows of blocks: the highest point of each column, coloured by its rise and run.
fn blocks(
    tops: &[f64],
    grades: &[(f64, f64)],
    (low, high): (f64, f64),
    coloured: bool,
) -> [String; 2] {
    let span = (high - low).max(1.0);
    let mut rows = [String::new(), String::new()];
    for (top, (rise, run)) in tops.iter().zip(grades) {
        let level = if top.is_nan() { 0 } else { level((top - low) / span) };
        let class = Steepness::of(if *run > 0.0 { rise / run } else { 0.0 });
        let style =
            Style::new().fg_color(Some(Ansi256Color(COLOURS[class.index()]).into()));
        for (row, part) in rows.iter_mut().zip([level.saturating_sub(8), level.min(8)]) {
            let block = BLOCKS[part];
            let _ = if coloured && block != ' ' {
                write!(row, "{style}{block}{style:#}")
            } else {
                write!(row, "{block}")
            };
        }
    }
    rows
}

/// 1 to 16 of a share.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to 16")]
fn level(share: f64) -> usize {
    (share.clamp(0.0, 1.0) * LEVELS) as usize + 1
}

/// Returns the highest height of the line between two points inside a column.
fn highest(a: &OutlinePoint, b: &OutlinePoint, column: usize, column_m: f64) -> f64 {
    let at = |m: f64| {
        let share = (m - a.distance_m) / (b.distance_m - a.distance_m).max(1e-9);
        a.elevation_m + share.clamp(0.0, 1.0) * (b.elevation_m - a.elevation_m)
    };
    at(column as f64 * column_m).max(at((column + 1) as f64 * column_m))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hill() -> Silhouette {
        let point =
            |km: f64, elevation_m| OutlinePoint { distance_m: km * 1000.0, elevation_m };
        Silhouette {
            outline: vec![vec![point(0.0, 100.0), point(2.0, 300.0), point(4.0, 100.0)]],
            ..Silhouette::default()
        }
    }

    #[test]
    fn splits_a_hill_into_a_rise_and_a_fall() {
        let ([upper, lower], low, high) = strip(&hill(), 8, false).unwrap();
        assert_eq!((low, high), (100.0, 300.0));
        assert_eq!(upper, "  ▄██▄  ");
        assert_eq!(lower, "▄██████▄");
    }

    #[test]
    fn changes_nothing_but_colours() {
        let ([upper, _], ..) = strip(&hill(), 8, true).unwrap();
        assert!(upper.contains("\u{1b}[38;5;245m"), "{upper:?}");
        let plain = anstream::adapter::strip_str(&upper).to_string();
        assert_eq!(plain, strip(&hill(), 8, false).unwrap().0[0]);
    }

    #[test]
    fn nothing_is_no_strip() {
        assert_eq!(strip(&Silhouette::default(), 8, false), None);
    }
}
