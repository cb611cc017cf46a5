//! The steepest kilometre of a course, from its outline.

use crate::report::OutlinePoint;

/// Metres of road that are held against the steepest five minutes of a ride: about what is
/// ridden in them where it is steep (our choice).
pub(crate) const STEEPEST_M: f64 = 1000.0;

/// A kilometre of a course.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Kilometre {
    /// Distance from the start, m.
    pub from_m: f64,
    /// Rise over run.
    pub grade: f64,
}

/// Returns the kilometre that rises most; `None` where no run of the outline is as long, or
/// none rises.
///
/// ```
/// use hardlegs::plan::steepest::steepest;
/// use hardlegs::report::OutlinePoint;
/// let run = [(0.0, 100.0), (2000.0, 140.0), (3000.0, 260.0), (5000.0, 260.0)]
///     .map(|(distance_m, elevation_m)| OutlinePoint { distance_m, elevation_m });
/// let found = steepest(&[run.to_vec()]).unwrap();
/// assert!((found.from_m - 2000.0).abs() < 1e-9 && (found.grade - 0.12).abs() < 1e-9);
/// ```
pub fn steepest(outline: &[Vec<OutlinePoint>]) -> Option<Kilometre> {
    outline
        .iter()
        .filter_map(|run| of_run(run))
        .filter(|found| found.grade > 0.0)
        .max_by(|a, b| a.grade.total_cmp(&b.grade))
}

/// Between the points of an outline the road is straight: the steepest kilometre begins or
/// ends at one of them.
fn of_run(run: &[OutlinePoint]) -> Option<Kilometre> {
    let (first, last) = (run.first()?.distance_m, run.last()?.distance_m);
    let begins = run.iter().map(|point| point.distance_m);
    let ends = run.iter().map(|point| point.distance_m - STEEPEST_M);
    begins
        .chain(ends)
        .filter(|from_m| *from_m >= first && from_m + STEEPEST_M <= last)
        .map(|from_m| {
            let rise_m = height(run, from_m + STEEPEST_M) - height(run, from_m);
            Kilometre { from_m, grade: rise_m / STEEPEST_M }
        })
        .max_by(|a, b| a.grade.total_cmp(&b.grade))
}

fn height(run: &[OutlinePoint], at_m: f64) -> f64 {
    let next =
        run.partition_point(|point| point.distance_m < at_m).clamp(1, run.len() - 1);
    let (a, b) = (run[next - 1], run[next]);
    let span = b.distance_m - a.distance_m;
    let share = if span > 0.0 { (at_m - a.distance_m) / span } else { 1.0 };
    a.elevation_m + share * (b.elevation_m - a.elevation_m)
}
