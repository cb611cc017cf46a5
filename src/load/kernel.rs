//! The summing loop over columns.
//!
//! As pseudo-code, for each cell of a range:
//!
//! ```text
//! climb_points    += up[cell];    concentric_load += up[cell] * up_ratio[cell] / 2
//! descent_points  += down[cell];  eccentric_load  += down[cell] * down_ratio[cell] / 2
//! zone of the ratio               += points
//! con, ecc                        += work
//! ```
//!
//! Departures, and why they are safe:
//! 1. four accumulators a sum, cells dealt to them in turn, added pairwise at the end: one
//!    written order, so the result does not depend on the machine;
//! 2. zones by comparison and selection instead of a branch: every cell adds zero to three.

use crate::load::leg_load::{LegLoad, Zones};

const LANES: usize = 4;
/// Severity at which zones begin: easy below the first, very hard from the last.
pub const ZONE_BEGINS: [f64; 3] = [1.0, 2.0, 3.0];

/// Columns of equal length; unknown and unscored cells hold zeros.
#[derive(Debug, Clone, Copy)]
pub struct Columns<'a> {
    /// Climb points.
    pub climb_points: &'a [f64],
    /// Descent points.
    pub descent_points: &'a [f64],
    /// Severity up.
    pub up_ratio: &'a [f64],
    /// Severity down.
    pub down_ratio: &'a [f64],
    /// Muscle work shortening, J/kg.
    pub con_j_per_kg: &'a [f64],
    /// Muscle work lengthening, J/kg.
    pub ecc_j_per_kg: &'a [f64],
}

/// Sums the columns. Cannot fail, does not allocate.
pub fn sum(columns: &Columns<'_>) -> LegLoad {
    let mut lanes = [[0.0_f64; 14]; LANES];
    for cell in 0..columns.climb_points.len() {
        let lane = &mut lanes[cell % LANES];
        let (up, down) = (columns.climb_points[cell], columns.descent_points[cell]);
        let (up_ratio, down_ratio) = (columns.up_ratio[cell], columns.down_ratio[cell]);
        lane[0] += up;
        lane[1] += down;
        lane[2] += up * up_ratio / 2.0;
        lane[3] += down * down_ratio / 2.0;
        lane[4] += columns.con_j_per_kg[cell];
        lane[5] += columns.ecc_j_per_kg[cell];
        for (zone, inside) in zone_of(up_ratio).into_iter().enumerate() {
            lane[6 + zone] += if inside { up } else { 0.0 };
        }
        for (zone, inside) in zone_of(down_ratio).into_iter().enumerate() {
            lane[10 + zone] += if inside { down } else { 0.0 };
        }
    }
    let total = |k: usize| (lanes[0][k] + lanes[1][k]) + (lanes[2][k] + lanes[3][k]);
    let zones = |from: usize| -> Zones {
        [total(from), total(from + 1), total(from + 2), total(from + 3)]
    };
    LegLoad {
        climb_points: total(0),
        descent_points: total(1),
        concentric_load: total(2),
        eccentric_load: total(3),
        con_j_per_kg: total(4),
        ecc_j_per_kg: total(5),
        climb_zones: zones(6),
        descent_zones: zones(10),
    }
}

pub(crate) fn zone_of(ratio: f64) -> [bool; 4] {
    let [moderate, hard, very_hard] = ZONE_BEGINS.map(|begin| ratio >= begin);
    [!moderate, moderate && !hard, hard && !very_hard, very_hard]
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
                climb_points: &up, descent_points: &down, up_ratio: &ratio, down_ratio: &ratio,
                con_j_per_kg: &work, ecc_j_per_kg: &work,
            });
            let mut plain = LegLoad::default();
            for (points, rising, ratio, work) in &cells {
                let zone = ZONE_BEGINS.iter().filter(|b| ratio >= b).count();
                if *rising {
                    plain.climb_points += points;
                    plain.concentric_load += points * ratio / 2.0;
                    plain.climb_zones[zone] += points;
                } else {
                    plain.descent_points += points;
                    plain.eccentric_load += points * ratio / 2.0;
                    plain.descent_zones[zone] += points;
                }
                plain.con_j_per_kg += work;
            }
            prop_assert!(close(plain.climb_points, fast.climb_points));
            prop_assert!(close(plain.descent_points, fast.descent_points));
            prop_assert!(close(plain.concentric_load, fast.concentric_load));
            prop_assert!(close(plain.eccentric_load, fast.eccentric_load));
            prop_assert!(close(plain.con_j_per_kg, fast.con_j_per_kg));
            for zone in 0..4 {
                prop_assert!(close(plain.climb_zones[zone], fast.climb_zones[zone]));
                prop_assert!(close(plain.descent_zones[zone], fast.descent_zones[zone]));
            }
        }
    }
}
