//! What a folder costs: mixed files to lines of `batch`, beside reading their bytes only.

#![allow(clippy::unwrap_used, reason = "a bench that fails says so")]

use std::path::PathBuf;

use divan::Bencher;
use divan::counter::BytesCount;
use hardlegs::batch::score;
use hardlegs::inputs::{Input, in_order, under};
use hardlegs::settings::Settings;

#[global_allocator]
static ALLOCATIONS: divan::AllocProfiler = divan::AllocProfiler::system();

fn main() {
    divan::main();
}

/// The fixtures: GPX, TCX and FIT of several makers' styles.
fn folder() -> (PathBuf, u64) {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let bytes =
        under(&root).map(|input| input.stamp().map_or(0, |stamp| stamp.size)).sum();
    (root, bytes)
}

#[divan::bench]
fn bytes_only(bencher: Bencher<'_, '_>) {
    let (root, bytes) = folder();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        under(&root)
            .filter_map(|input| std::fs::read(input.path).ok())
            .map(|b| b.len())
            .sum::<usize>()
    });
}

#[divan::bench(args = [1, 2])]
fn scored(bencher: Bencher<'_, '_>, threads: usize) {
    let (root, bytes) = folder();
    let settings = Settings::default();
    bencher.counter(BytesCount::new(bytes)).bench(|| {
        let mut lines = 0;
        in_order(
            under(&root),
            threads,
            |input: Input| score(input, &settings),
            |_| {
                lines += 1;
                true
            },
        );
        lines
    });
}
