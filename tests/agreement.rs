//! Do the identities of the model hold on whole activities: sums, mirrors, packs, offsets,
//! formats, sampling?

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test that fails says so")]

mod support;

use std::path::{Path, PathBuf};

use hardlegs::activity::{Activity, Sample};
use hardlegs::read;
use hardlegs::report::Report;
use hardlegs::settings::Settings;
use hardlegs::sport::Sport;
use proptest::prelude::*;

const METRES_PER_DEGREE: f64 = 6_371_008.8 * std::f64::consts::PI / 180.0;
const J_PER_KG_M: f64 = 9.806_65;

fn fixture(name: &str) -> Activity {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(name);
    read::path(path).unwrap().activities.remove(0)
}

fn on_foot() -> Settings {
    Settings { sport: Some(Sport::Run), ..Settings::default() }
}

fn score(activity: &Activity, settings: &Settings) -> Report {
    Report::of(activity, settings).unwrap()
}

fn near(a: f64, b: f64, relative: f64, absolute: f64) -> bool {
    (a - b).abs() <= absolute.max(relative * a.abs().max(b.abs()))
}

/// A road due north through `heights`, one each 20 m, walked at 2 m/s.
fn north(heights: &[f64], lift_m: f64, late_s: f64) -> Activity {
    let mut activity = Activity::default();
    for (k, height) in heights.iter().enumerate() {
        let x = k as f64 * 20.0;
        activity.push(Sample {
            time_s: x / 2.0 + late_s,
            latitude_deg: 46.0 + x / METRES_PER_DEGREE,
            longitude_deg: 8.0,
            elevation_m: height + lift_m,
            ..Sample::default()
        });
    }
    activity
}

/// Heights of a road without a step that a filter would take for a fault.
fn heights() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(-4.0..4.0_f64, 30..150).prop_map(|rises| {
        let mut height = 800.0;
        let road = rises.iter().map(|rise| {
            height += rise;
            height
        });
        road.collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn balances_volume_and_work_with_the_net_climb(road in heights()) {
        let r = score(&north(&road, 0.0, 0.0), &on_foot());
        let net = r.gain_m - r.loss_m;
        prop_assert!(near(r.load.climb_volume_m - r.load.descent_volume_m, net, 0.0, 1e-9));
        let work = (r.load.con_j_per_kg - r.load.ecc_j_per_kg) / J_PER_KG_M;
        prop_assert!(near(work, net, 0.0, 1e-9));
    }

    #[test]
    fn partitions_into_segments_that_add_up(road in heights()) {
        let r = score(&north(&road, 0.0, 0.0), &on_foot());
        let sum = |of: &dyn Fn(&hardlegs::report::Hill) -> f64| r.segments.iter().map(of).sum::<f64>();
        prop_assert!(near(sum(&|s| s.length_m), r.distance_m, 1e-9, 0.0));
        prop_assert!(near(r.by_grade.length_m(), r.distance_m, 1e-9, 0.0));
        prop_assert!(near(sum(&|s| s.load.climb_volume_m), r.load.climb_volume_m, 1e-9, 1e-9));
        prop_assert!(near(sum(&|s| s.load.eccentric_load), r.load.eccentric_load, 1e-9, 1e-9));
        prop_assert!(near(sum(&|s| s.load.con_j_per_kg), r.load.con_j_per_kg, 1e-9, 1e-9));
    }

    #[test]
    fn swaps_climb_and_descent_on_a_route_walked_backwards(road in heights()) {
        let back: Vec<f64> = road.iter().rev().copied().collect();
        let (a, b) = (score(&north(&road, 0.0, 0.0), &on_foot()), score(&north(&back, 0.0, 0.0), &on_foot()));
        // a turning point may fall on the other end of a flat: less than a reversal
        prop_assert!(near(a.gain_m, b.loss_m, 0.0, 1e-6), "{} {}", a.gain_m, b.loss_m);
        prop_assert!(near(a.load.con_j_per_kg, b.load.ecc_j_per_kg, 1e-6, 1e-3));
    }

    #[test]
    fn keeps_scores_under_an_offset_of_height_or_time(road in heights(), lift in 0.0..900.0_f64, late in 0.0..9e5_f64) {
        let (a, b) = (score(&north(&road, 0.0, 0.0), &on_foot()), score(&north(&road, lift, late.round()), &on_foot()));
        prop_assert!(near(a.load.eccentric_load, b.load.eccentric_load, 1e-6, 1e-6));
        prop_assert!(near(a.load.climb_volume_m, b.load.climb_volume_m, 1e-6, 1e-6));
    }

    #[test]
    fn scales_with_a_pack_and_cancels_mass(road in heights(), mass in 45.0..110.0_f64, pack in 0.0..25.0_f64) {
        let activity = north(&road, 0.0, 0.0);
        let plain = score(&activity, &on_foot());
        let mut settings = on_foot();
        settings.athlete.mass_kg = Some(mass);
        let other = score(&activity, &settings);
        prop_assert!(near(plain.load.eccentric_load, other.load.eccentric_load, 1e-12, 1e-12));
        settings.athlete.pack_kg = Some(pack);
        let carried = score(&activity, &settings);
        let k = (mass + pack) / mass;
        prop_assert!(near(carried.load.descent_volume_m, k * plain.load.descent_volume_m, 1e-9, 1e-9));
        prop_assert!(near(carried.load.con_j_per_kg, k * plain.load.con_j_per_kg, 1e-9, 1e-9));
        prop_assert!(near(carried.load.eccentric_load, k * k * plain.load.eccentric_load, 1e-9, 1e-9));
    }

    #[test]
    fn keeps_the_value_within_its_range(road in heights()) {
        let r = score(&north(&road, 0.0, 0.0), &on_foot());
        prop_assert!(r.range.eccentric_load.low <= r.load.eccentric_load);
        prop_assert!(r.range.eccentric_load.high >= r.load.eccentric_load);
        prop_assert!(r.range.climb_volume_m.low <= r.load.climb_volume_m);
    }
}

#[test]
fn scores_one_outing_alike_in_every_format() {
    let reports: Vec<Report> =
        ["fit/loop.fit", "gpx/loop.gpx", "tcx/loop.tcx", "fit/compressed.fit"]
            .iter()
            .map(|name| score(&fixture(name), &Settings::default()))
            .collect();
    for r in &reports[1..] {
        let first = &reports[0];
        assert!(
            near(r.gain_m, first.gain_m, 0.005, 0.5),
            "{} {}",
            r.gain_m,
            first.gain_m
        );
        assert!(near(r.load.climb_volume_m, first.load.climb_volume_m, 0.005, 0.05));
        assert!(near(r.load.eccentric_load, first.load.eccentric_load, 0.01, 0.2));
    }
}

#[test]
fn returns_the_gain_that_fixtures_were_made_with() {
    for (name, gain_m, loss_m) in [
        ("fit/ridge.fit", 1841.0, 1841.0),
        ("fit/loop.fit", 150.0, 150.0),
        ("gpx/loop.gpx", 150.0, 150.0),
        ("gpx/hike_pack.gpx", 716.0, 716.0),
        ("gpx/course.gpx", 1841.0, 1841.0),
        ("fit/ride_power.fit", 615.0, 615.0),
        ("gpx/ride_plain.gpx", 615.0, 615.0),
        ("gpx/cable_car.gpx", 95.0, 275.0),
    ] {
        let r = score(&fixture(name), &Settings::default());
        eprintln!("{name}: {:.1} of {gain_m}, {:.1} of {loss_m}", r.gain_m, r.loss_m);
        assert!(near(r.gain_m, gain_m, 0.02, 3.5), "{name}: gain {}", r.gain_m);
        assert!(near(r.loss_m, loss_m, 0.02, 3.5), "{name}: loss {}", r.loss_m);
    }
}

#[test]
fn gives_a_ride_no_eccentric_load_and_a_monotone_climb_no_descent() {
    let ride = score(&fixture("fit/ride_power.fit"), &Settings::default());
    assert_eq!((ride.load.eccentric_load, ride.load.descent_volume_m), (0.0, 0.0));
    assert!(ride.load.concentric_load > 0.0);
    let ramp: Vec<f64> = (0..100).map(|k| 500.0 + 2.0 * f64::from(k)).collect();
    let climb = score(&north(&ramp, 0.0, 0.0), &on_foot());
    assert_eq!((climb.load.eccentric_load, climb.loss_m), (0.0, 0.0));
}

#[test]
fn agrees_on_one_ride_in_both_exports() {
    let root: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/corpus/GoldenCheetah+sweatpy/sweat/examples/data");
    if !root.is_dir() {
        support::not_asked(&format!("no corpus at {}", root.display()));
        return;
    }
    let of = |name: &str| {
        let activity = read::path(root.join(name)).unwrap().activities.remove(0);
        score(&activity, &Settings::default())
    };
    let (fit, gpx) = (of("4078723797.fit"), of("4078723797_strava.gpx"));
    for (what, a, b) in [
        ("gain", fit.gain_m, gpx.gain_m),
        ("loss", fit.loss_m, gpx.loss_m),
        ("points", fit.load.climb_volume_m, gpx.load.climb_volume_m),
        ("load", fit.load.concentric_load, gpx.load.concentric_load),
    ] {
        eprintln!(
            "{what}: {a:.1} as FIT, {b:.1} as GPX, {:+.2} %",
            100.0 * (b / a - 1.0)
        );
        assert!(near(a, b, 0.005, 0.0), "{what}: {a} {b}");
    }
    let climbs = |r: &Report| r.segments.iter().filter(|s| s.rise_m > 10.0).count();
    assert_eq!(climbs(&fit), climbs(&gpx));
}
