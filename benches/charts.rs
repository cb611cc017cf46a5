//! How long a picture takes once an activity is scored.

#![allow(clippy::unwrap_used, reason = "a bench that fails says so")]

#[path = "../tests/support/athletes.rs"]
mod athletes;
#[path = "../tests/support/charts.rs"]
mod charts;

use hardlegs::write::svg::{Chart, ChartStyle, draw, draw_history, draw_plan};

fn main() {
    divan::main();
}

/// A run of 24 hours, and a run over two mountains.
#[divan::bench(args = ["ultra", "two_mountains"])]
fn profile(bencher: divan::Bencher<'_, '_>, scene: &str) {
    chart(bencher, scene, Chart::Elevation);
}

/// The other charts, of the longest scene.
#[divan::bench(args = [Chart::Load, Chart::Grade, Chart::Mechanisms])]
fn others(bencher: divan::Bencher<'_, '_>, kind: Chart) {
    chart(bencher, "ultra", kind);
}

fn chart(bencher: divan::Bencher<'_, '_>, scene: &str, chart: Chart) {
    let scenes = charts::scenes();
    let Some((_, report)) = scenes.iter().find(|(name, _)| *name == scene) else {
        return;
    };
    let look = ChartStyle::default();
    bencher.bench(|| draw(report, chart, &look));
}

/// Three years of weeks, and a year's plan.
#[divan::bench]
fn history(bencher: divan::Bencher<'_, '_>) {
    let histories = athletes::histories();
    let Some((_, years)) = histories.first() else { return };
    bencher.bench(|| draw_history(years, &ChartStyle::default()));
}

#[divan::bench]
fn plan(bencher: divan::Bencher<'_, '_>) {
    let plans = athletes::plans();
    let Some((_, year)) = plans.iter().find(|(name, _)| *name == "a year") else {
        return;
    };
    bencher.bench(|| draw_plan(year, &ChartStyle::default()));
}
