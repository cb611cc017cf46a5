//! Activities for pictures: one of each shape that a chart has to survive.

use hardlegs::activity::{Activity, Sample};
use hardlegs::read;
use hardlegs::report::Report;
use hardlegs::settings::Settings;
use hardlegs::sport::{Bike, Labelled, Sport};

/// A road due north, a record each second or as far apart as said.
pub(crate) fn road(
    sport: Sport,
    length_m: f64,
    speed_m_per_s: f64,
    every_s: f64,
    height_m: impl Fn(f64) -> f64,
) -> Activity {
    let mut activity = Activity::default();
    activity.header.sport = Labelled::Modelled(sport, Bike::Road);
    activity.header.start = "2026-07-12T05:14:00Z".parse().ok();
    activity.header.utc_offset_s = Some(7200);
    let mut x = 0.0;
    while x <= length_m {
        activity.push(Sample {
            time_s: x / speed_m_per_s,
            latitude_deg: 46.0 + x / 111_195.0,
            longitude_deg: 8.0,
            elevation_m: height_m(x),
            heart_rate_bpm: 150.0,
            cadence_per_min: 85.0,
            ..Sample::default()
        });
        x += speed_m_per_s * every_s;
    }
    activity
}

fn file(name: &str) -> Activity {
    let path = format!("{}/fixtures/{name}", env!("CARGO_MANIFEST_DIR"));
    read::path(path).unwrap().activities.remove(0)
}

/// A ridge of so many summits.
fn summits(x: f64, every_m: f64, high_m: f64) -> f64 {
    let share = (x / every_m).fract();
    600.0 + high_m * (1.0 - (2.0 * share - 1.0).abs()) + 8.0 * (x / 300.0).sin()
}

/// Every scene by its name.
pub(crate) fn scenes() -> Vec<(&'static str, Report)> {
    let mut nameless = file("fit/loop.fit");
    nameless.header.name = None;
    nameless.header.start = None;
    let activities = vec![
        ("two_mountains", file("fit/ridge.fit")),
        ("flat", road(Sport::Run, 10_000.0, 3.0, 1.0, |_| 412.0)),
        ("ride_power", file("fit/ride_power.fit")),
        ("ride_plain", file("gpx/ride_plain.gpx")),
        ("course", file("gpx/course.gpx")),
        ("hike", file("gpx/hike_pack.gpx")),
        (
            "ultra",
            road(Sport::Run, 24.0 * 3600.0 * 1.9, 1.9, 2.0, |x| {
                summits(x, 14_000.0, 900.0)
            }),
        ),
        ("short", road(Sport::Run, 200.0, 2.5, 1.0, |x| 500.0 + x * 0.1)),
        ("climb", road(Sport::Hike, 4_000.0, 1.0, 1.0, |x| 1200.0 + x * 0.25)),
        ("repeats", road(Sport::Run, 12_000.0, 2.5, 1.0, |x| summits(x, 400.0, 40.0))),
        (
            "below_sea",
            road(Sport::Walk, 3_000.0, 1.4, 1.0, |x| summits(x, 1500.0, 60.0) - 1000.0),
        ),
        ("nameless", nameless),
    ];
    activities
        .into_iter()
        .map(|(name, activity)| {
            (name, Report::of(&activity, &Settings::default()).unwrap())
        })
        .collect()
}
