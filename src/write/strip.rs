//! The silhouette of a route as one row of blocks.

use crate::report::OutlinePoint;

const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// Highest point of each of `columns` stretches of equal length, as blocks; the lowest and
/// the highest height beside it. `None` without two points.
pub(super) fn strip(
    outline: &[OutlinePoint],
    columns: usize,
) -> Option<(String, f64, f64)> {
    let end_m = outline.last()?.distance_m;
    if end_m <= 0.0 {
        return None;
    }
    let mut tops = vec![f64::NEG_INFINITY; columns];
    for point in outline {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a column"
        )]
        let column = (point.distance_m / end_m * columns as f64) as usize;
        let top = &mut tops[column.min(columns - 1)];
        *top = top.max(point.elevation_m);
    }
    for column in 1..columns {
        if tops[column] == f64::NEG_INFINITY {
            tops[column] = tops[column - 1];
        }
    }
    let low = outline.iter().map(|p| p.elevation_m).fold(f64::INFINITY, f64::min);
    let high = outline.iter().map(|p| p.elevation_m).fold(f64::NEG_INFINITY, f64::max);
    let span = (high - low).max(1.0);
    let row = tops
        .iter()
        .map(|top| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "0 to 7"
            )]
            let level = ((top - low) / span * 7.99).max(0.0) as usize;
            BLOCKS[level.min(7)]
        })
        .collect();
    Some((row, low, high))
}
