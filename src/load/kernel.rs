//! The summing loop over columns.
//!
//! As pseudo-code, for each cell of a range:
//!
//! ```text
//! climb_volume_m    += up[cell];    concentric_load += up[cell] * up_ratio[cell] / 20 m
//! descent_volume_m  += down[cell];  eccentric_load  += down[cell] * down_ratio[cell] / 20 m
//! zone of the ratio                 += volume
//! con, ecc                          += work
//! ```
//!
//! Departures, and why they are safe:
//! 1. four accumulators a sum, cells dealt to them in turn, added pairwise at the end: one
//!    written order, so the result does not depend on the machine, and a processor that adds
//!    two or four numbers at once may;
//! 2. a pass for each sum: its accumulators stay in registers, and no sum has a part in
//!    another;
//! 3. the zones are passes of their own, in which a mask takes out what belongs to another: a
//!    branch would be guessed wrong wherever the grade changes.

use crate::load::leg_load::{LegLoad, Zones};
use crate::load::model;

const LANES: usize = 4;
/// Intensity at which zones begin: easy below the first, very hard from the last.
pub const ZONE_BEGINS: [f64; 3] = [1.0, 2.0, 3.0];

/// Columns of equal length; unknown and unscored cells hold zeros.
#[derive(Debug, Clone, Copy)]
pub struct Columns<'a> {
    /// Climb volume, m.
    pub climb_volume_m: &'a [f64],
    /// Descent volume, m.
    pub descent_volume_m: &'a [f64],
    /// Intensity up.
    pub up_ratio: &'a [f64],
    /// Intensity down.
    pub down_ratio: &'a [f64],
    /// Muscle work shortening, J/kg.
    pub con_j_per_kg: &'a [f64],
    /// Muscle work lengthening, J/kg.
    pub ecc_j_per_kg: &'a [f64],
}

/// Sums the columns. Cannot fail, does not allocate.
pub fn sum(columns: &Columns<'_>) -> LegLoad {
    let (up, up_ratio) = (columns.climb_volume_m, columns.up_ratio);
    let (down, down_ratio) = (columns.descent_volume_m, columns.down_ratio);
    let (con, ecc) = (columns.con_j_per_kg, columns.ecc_j_per_kg);
    LegLoad {
        climb_volume_m: total(up, up, |volume_m, _| volume_m),
        descent_volume_m: total(down, down, |volume_m, _| volume_m),
        concentric_load: load(up, up_ratio),
        eccentric_load: load(down, down_ratio),
        con_j_per_kg: total(con, con, |work, _| work),
        ecc_j_per_kg: total(ecc, ecc, |work, _| work),
        climb_volume_by_zone_m: zones(up, up_ratio),
        descent_volume_by_zone_m: zones(down, down_ratio),
    }
}

/// Returns load of volumes at their intensities.
pub(crate) fn load(volume_m: &[f64], ratio: &[f64]) -> f64 {
    total(volume_m, ratio, model::load)
}

/// Returns the sum of what each cell gives: cell `i` into lane `i % LANES`, lanes pairwise at
/// the end.
#[inline]
fn total(a: &[f64], b: &[f64], of: impl Fn(f64, f64) -> f64) -> f64 {
    let mut lanes = [0.0; LANES];
    let (whole_a, rest_a) = a.as_chunks::<LANES>();
    let (whole_b, rest_b) = b.as_chunks::<LANES>();
    for (a, b) in whole_a.iter().zip(whole_b) {
        for lane in 0..LANES {
            lanes[lane] += of(a[lane], b[lane]);
        }
    }
    for (lane, (a, b)) in lanes.iter_mut().zip(rest_a.iter().zip(rest_b)) {
        *lane += of(*a, *b);
    }
    pairwise(lanes)
}

/// Returns the volume of each zone of their ratio, in the same order: a pass for each zone, in
/// which the other zones' cells give zero.
fn zones(volume_m: &[f64], ratio: &[f64]) -> Zones {
    let [moderate, hard, very_hard] = ZONE_BEGINS;
    let within = |from: f64, to: f64| {
        total(volume_m, ratio, move |volume_m, ratio| {
            only_if(ratio >= from && ratio < to, volume_m)
        })
    };
    [
        within(f64::NEG_INFINITY, moderate),
        within(moderate, hard),
        within(hard, very_hard),
        within(very_hard, f64::INFINITY),
    ]
}

/// Returns the value, or zero, without a branch.
#[inline]
pub(crate) fn only_if(condition: bool, value: f64) -> f64 {
    f64::from_bits(value.to_bits() & 0_u64.wrapping_sub(u64::from(condition)))
}

fn pairwise([one, two, three, four]: [f64; LANES]) -> f64 {
    (one + two) + (three + four)
}

/// Returns the index of the zone of a ratio: so many zones begin at or below it.
pub(crate) fn zone_of(ratio: f64) -> usize {
    let [moderate, hard, very_hard] =
        ZONE_BEGINS.map(|begin| usize::from(ratio >= begin));
    moderate + hard + very_hard
}

/// The four sums of a load that its range is made of.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Loads {
    pub(crate) climb_volume_m: f64,
    pub(crate) descent_volume_m: f64,
    pub(crate) concentric_load: f64,
    pub(crate) eccentric_load: f64,
}

/// Volumes and intensities up, and down: as [`sum`], without zones and work.
pub(crate) fn loads(
    (up, up_ratio): (&[f64], &[f64]),
    (down, down_ratio): (&[f64], &[f64]),
) -> Loads {
    Loads {
        climb_volume_m: total(up, up, |volume_m, _| volume_m),
        descent_volume_m: total(down, down, |volume_m, _| volume_m),
        concentric_load: load(up, up_ratio),
        eccentric_load: load(down, down_ratio),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() <= 1e-9 * (1.0 + a.abs())
    }

    proptest! {
        #[test]
        fn it_is_the_plain_sum_at_every_length(
            cells in prop::collection::vec((0.0..3.0_f64, any::<bool>(), 0.0..5.0_f64, 0.0..9.0_f64), 0..40),
        ) {
            let pick = |up: bool| cells.iter().map(|c| if c.1 == up { c.0 } else { 0.0 }).collect::<Vec<_>>();
            let (up, down) = (pick(true), pick(false));
            let ratio: Vec<f64> = cells.iter().map(|c| c.2).collect();
            let work: Vec<f64> = cells.iter().map(|c| c.3).collect();
            let fast = sum(&Columns {
                climb_volume_m: &up, descent_volume_m: &down, up_ratio: &ratio, down_ratio: &ratio,
                con_j_per_kg: &work, ecc_j_per_kg: &work,
            });
            let mut plain = LegLoad::default();
            for (volume_m, rising, ratio, work) in &cells {
                let zone = ZONE_BEGINS.iter().filter(|b| ratio >= b).count();
                if *rising {
                    plain.climb_volume_m += volume_m;
                    plain.concentric_load += volume_m * ratio / 20.0;
                    plain.climb_volume_by_zone_m[zone] += volume_m;
                } else {
                    plain.descent_volume_m += volume_m;
                    plain.eccentric_load += volume_m * ratio / 20.0;
                    plain.descent_volume_by_zone_m[zone] += volume_m;
                }
                plain.con_j_per_kg += work;
            }
            prop_assert!(close(plain.climb_volume_m, fast.climb_volume_m));
            prop_assert!(close(plain.descent_volume_m, fast.descent_volume_m));
            prop_assert!(close(plain.concentric_load, fast.concentric_load));
            prop_assert!(close(plain.eccentric_load, fast.eccentric_load));
            prop_assert!(close(plain.con_j_per_kg, fast.con_j_per_kg));
            for zone in 0..4 {
                prop_assert!(close(plain.climb_volume_by_zone_m[zone], fast.climb_volume_by_zone_m[zone]));
                prop_assert!(close(plain.descent_volume_by_zone_m[zone], fast.descent_volume_by_zone_m[zone]));
            }
        }
    }
}
