//! The summing loop beside the plain one that it must equal.

use divan::Bencher;
use divan::counter::ItemsCount;
use hardlegs::load::LegLoad;
use hardlegs::load::kernel::{Columns, ZONE_BEGINS, sum};

fn main() {
    divan::main();
}

const CELLS: [usize; 2] = [3_600, 86_400];
/// Sums in another order: no more than this apart.
const RELATIVE: f64 = 1e-12;

/// Up, down, two ratios and two works of every cell, from a fixed seed.
fn columns(cells: usize) -> [Vec<f64>; 6] {
    let mut state = 20_260_426_u64;
    let mut uniform = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let mut column =
        |most: f64| -> Vec<f64> { (0..cells).map(|_| most * uniform()).collect() };
    [column(2.0), column(2.0), column(5.0), column(5.0), column(40.0), column(40.0)]
}

fn borrowed([up, down, up_ratio, down_ratio, con, ecc]: &[Vec<f64>; 6]) -> Columns<'_> {
    Columns {
        climb_volume_m: up,
        descent_volume_m: down,
        up_ratio,
        down_ratio,
        con_j_per_kg: con,
        ecc_j_per_kg: ecc,
    }
}

/// One cell after another, as the pseudo-code at the head of the loop says it.
fn plain(columns: &Columns<'_>) -> LegLoad {
    let zone = |ratio: f64| ZONE_BEGINS.iter().filter(|begin| ratio >= **begin).count();
    let mut load = LegLoad::default();
    for cell in 0..columns.climb_volume_m.len() {
        let (up, down) = (columns.climb_volume_m[cell], columns.descent_volume_m[cell]);
        let (up_ratio, down_ratio) = (columns.up_ratio[cell], columns.down_ratio[cell]);
        load.climb_volume_m += up;
        load.descent_volume_m += down;
        load.concentric_load += up * up_ratio / 20.0;
        load.eccentric_load += down * down_ratio / 20.0;
        load.climb_volume_by_zone_m[zone(up_ratio)] += up;
        load.descent_volume_by_zone_m[zone(down_ratio)] += down;
        load.con_j_per_kg += columns.con_j_per_kg[cell];
        load.ecc_j_per_kg += columns.ecc_j_per_kg[cell];
    }
    load
}

fn agree(columns: &Columns<'_>) {
    let (fast, plain) = (sum(columns), plain(columns));
    let close = |a: f64, b: f64| (a - b).abs() <= RELATIVE * a.abs().max(b.abs());
    assert!(close(fast.concentric_load, plain.concentric_load));
    assert!(close(fast.eccentric_load, plain.eccentric_load));
    for zone in 0..4 {
        assert!(close(
            fast.climb_volume_by_zone_m[zone],
            plain.climb_volume_by_zone_m[zone]
        ));
        assert!(close(
            fast.descent_volume_by_zone_m[zone],
            plain.descent_volume_by_zone_m[zone]
        ));
    }
}

#[divan::bench(args = CELLS)]
fn lanes(bencher: Bencher<'_, '_>, cells: usize) {
    let columns = columns(cells);
    agree(&borrowed(&columns));
    bencher.counter(ItemsCount::new(cells)).bench(|| sum(&borrowed(&columns)));
}

#[divan::bench(args = CELLS)]
fn one_after_another(bencher: Bencher<'_, '_>, cells: usize) {
    let columns = columns(cells);
    bencher.counter(ItemsCount::new(cells)).bench(|| plain(&borrowed(&columns)));
}
