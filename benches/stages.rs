//! What each stage of the pipeline costs, from bytes to a report.

#![allow(clippy::unwrap_used, reason = "a bench that fails says so")]

#[path = "../tests/support/charts.rs"]
#[allow(dead_code, reason = "only the roads are asked for")]
mod charts;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use hardlegs::activity::Activity;
use hardlegs::athlete::Athlete;
use hardlegs::load::{Efforts, Terms, range};
use hardlegs::profile::{Profile, Sampling};
use hardlegs::read;
use hardlegs::report::Report;
use hardlegs::segment::{Rules, split};
use hardlegs::settings::Settings;
use hardlegs::sport::{Bike, Sport};

/// Counts what is allocated beside the time it takes.
#[global_allocator]
static ALLOCATIONS: divan::AllocProfiler = divan::AllocProfiler::system();

fn main() {
    divan::main();
}

/// Bytes to activity: each format, checksum included.
#[divan::bench(args = ["gpx/loop.gpx", "gpx/hike_pack.gpx", "tcx/loop.tcx", "fit/ridge.fit"])]
fn reading(bencher: Bencher<'_, '_>, name: &str) {
    let path = format!("{}/fixtures/{name}", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(path).unwrap();
    bencher.counter(BytesCount::of_slice(&bytes)).bench(|| read::bytes(&bytes).unwrap());
}

/// A rolling run of one hour or of 24, a record a second.
fn recording(hours: u32) -> Activity {
    let seconds = f64::from(hours) * 3600.0;
    charts::road(Sport::Run, 2.6 * seconds, 2.6, 1.0, |x| {
        600.0 + 60.0 * (x / 700.0).sin() + 250.0 * (x / 5200.0).cos()
    })
}

const HOURS: [u32; 2] = [1, 24];

#[divan::bench(args = HOURS)]
fn profile(bencher: Bencher<'_, '_>, hours: u32) {
    let activity = recording(hours);
    bencher
        .counter(ItemsCount::new(activity.len()))
        .bench(|| Profile::of(&activity, Sport::Run, &Sampling::default()).unwrap());
}

#[divan::bench(args = HOURS)]
fn segments(bencher: Bencher<'_, '_>, hours: u32) {
    let activity = recording(hours);
    let profile = Profile::of(&activity, Sport::Run, &Sampling::default()).unwrap();
    let rules = Rules::of(Sport::Run, false);
    bencher.counter(ItemsCount::new(activity.len())).bench(|| split(&profile, &rules));
}

#[divan::bench(args = HOURS)]
fn efforts(bencher: Bencher<'_, '_>, hours: u32) {
    let activity = recording(hours);
    let profile = Profile::of(&activity, Sport::Run, &Sampling::default()).unwrap();
    let segments = split(&profile, &Rules::of(Sport::Run, false)).segments;
    let (athlete, terms) = (Athlete::default(), Terms::default());
    bencher.counter(ItemsCount::new(activity.len())).bench(|| {
        Efforts::of(&profile, &segments, Sport::Run, Bike::Road, &athlete, &terms)
    });
}

#[divan::bench(args = HOURS)]
fn ranges(bencher: Bencher<'_, '_>, hours: u32) {
    let activity = recording(hours);
    let profile = Profile::of(&activity, Sport::Run, &Sampling::default()).unwrap();
    let segments = split(&profile, &Rules::of(Sport::Run, false)).segments;
    let (athlete, terms) = (Athlete::default(), Terms::default());
    let central =
        Efforts::of(&profile, &segments, Sport::Run, Bike::Road, &athlete, &terms);
    let setup = range::Setup {
        profile: &profile,
        segments: &segments,
        sport: Sport::Run,
        bike: Bike::Road,
        athlete: &athlete,
        terms: &terms,
    };
    bencher
        .counter(ItemsCount::new(activity.len()))
        .bench(|| range::ranges(&setup, &central));
}

/// All of it: what one file costs beside its reading.
#[divan::bench(args = HOURS)]
fn report(bencher: Bencher<'_, '_>, hours: u32) {
    let activity = recording(hours);
    let settings = Settings::default();
    bencher
        .counter(ItemsCount::new(activity.len()))
        .bench(|| Report::of(&activity, &settings).unwrap());
}
