//! Computes the muscle work of a step in each cell on foot: columns, cell by cell what
//! [`model`](crate::load::model) says.
//!
//! Departures, and why they are safe: a pass for each column, so that a processor that works
//! on two or four numbers at once may; each number is computed as the model writes it, but for
//! the work of the oscillation (see [`oscillation`](crate::load::oscillation)).

use crate::load::gait::Gait;
use crate::load::kernel::only_if;
use crate::load::model::{self, Stride};
use crate::load::oscillation::against_slope;

/// `G` of each cell, J/kg/m.
pub(crate) fn weight(grade: &[f64]) -> Vec<f64> {
    grade.iter().map(|grade| model::weight(*grade)).collect()
}

/// Intensity of a push of 1 J/kg/m in each cell: any other is so many times as severe.
pub(crate) fn per_work(speed_m_per_s: &[f64], steps_per_min: &[f64], k: f64) -> Vec<f64> {
    let cells = speed_m_per_s.iter().zip(steps_per_min);
    cells.map(|(speed, steps)| model::step_ratio(1.0, *speed, *steps, k)).collect()
}

/// Climb and descent volume of each cell that is scored, m: what does not rise, descends.
pub(crate) fn volume_m(rise_m: &[f64], scored: &[bool], k: f64) -> (Vec<f64>, Vec<f64>) {
    let cells = || rise_m.iter().zip(scored);
    let volume_m = |(rise, scored): (&f64, &bool), counts: bool| {
        only_if(*scored & counts, model::volume_m(*rise, k))
    };
    (
        cells().map(|cell| volume_m(cell, *cell.0 > 0.0)).collect(),
        cells().map(|cell| volume_m(cell, *cell.0 <= 0.0)).collect(),
    )
}

/// Muscle work against the slope in each cell, J/kg/m, running and walking.
pub(crate) fn against(
    weight: &[f64],
    gait: &[Gait],
    run: Stride,
    walk: Stride,
) -> Vec<f64> {
    let mut against = Vec::with_capacity(weight.len());
    by_gait(weight, gait, |walks, weight| {
        let stride = if walks { walk } else { run };
        let work = |weight: &f64| against_slope(stride.bounce, stride.elastic, *weight);
        against.extend(weight.iter().map(work));
    });
    against
}

/// Metabolic cost of each cell, J/kg/m.
pub(crate) fn cost(grade: &[f64], gait: &[Gait]) -> Vec<f64> {
    let mut cost = Vec::with_capacity(grade.len());
    by_gait(grade, gait, |walks, grade| {
        if walks {
            cost.extend(grade.iter().map(|grade| model::walk_cost(*grade)));
        } else {
            cost.extend(grade.iter().map(|grade| model::run_cost(*grade)));
        }
    });
    cost
}

/// Each stretch of one gait, in order, and whether it was walked.
fn by_gait(column: &[f64], gait: &[Gait], mut take: impl FnMut(bool, &[f64])) {
    let mut from = 0;
    for stretch in gait.chunk_by(|a, b| a == b) {
        let to = from + stretch.len();
        take(stretch[0] == Gait::Walk, &column[from..to]);
        from = to;
    }
}
