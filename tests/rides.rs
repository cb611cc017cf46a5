//! What a ride is scored by: the power of a meter where that can be right, and speed and grade
//! where it cannot or where there is none.

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

use hardlegs::activity::{Activity, Sample};
use hardlegs::load::ride::{State, power_w};
use hardlegs::read::{Notice, NoticeKind};
use hardlegs::report::{Assumed, Report};
use hardlegs::segment::Slope;
use hardlegs::settings::Settings;
use hardlegs::sport::{Bike, Labelled, Sport, from_label};

const SPEED_M_PER_S: f64 = 4.0;
const SECONDS: usize = 3600;

/// Height along a ride of four hills of this grade, each up for 1.8 km and down for as much.
fn height_m(x_m: f64, grade: f64) -> f64 {
    let leg_m = 1800.0;
    let along = x_m % (2.0 * leg_m);
    300.0 + grade * (leg_m - (along - leg_m).abs())
}

/// A rider of 70 kg without wind; `meter` says what a power meter shows, by second and true
/// power.
fn ride(sport: &str, grade: f64, meter: impl Fn(usize, f64) -> f64) -> Activity {
    let mut activity = Activity::default();
    activity.header.start = Some(jiff::Timestamp::UNIX_EPOCH);
    activity.header.sport = from_label(sport);
    for second in 0..SECONDS {
        let x_m = second as f64 * SPEED_M_PER_S;
        let up = x_m % 3600.0 < 1800.0;
        let watts = power_w(&State {
            speed_m_per_s: SPEED_M_PER_S,
            acceleration_m_per_s2: 0.0,
            grade: if up { grade } else { -grade },
            total_kg: 79.0,
            rolling: 0.004,
            drag_area_m2: 0.32,
            air_kg_per_m3: 1.18,
            wind_m_per_s: 0.0,
        })
        .max(0.0);
        // no legs push alike for minutes
        let push = watts * (1.0 + 0.04 * (second as f64 * 0.7).sin());
        activity.push(Sample {
            time_s: second as f64,
            distance_m: x_m,
            elevation_m: height_m(x_m, grade),
            cadence_per_min: if up { 80.0 } else { 0.0 },
            power_w: meter(second, push),
            ..Sample::default()
        });
    }
    activity
}

fn scored(activity: &Activity) -> Report {
    Report::of(activity, &Settings::default()).unwrap()
}

fn load(report: &Report) -> f64 {
    report.load.concentric_load
}

/// Width of the range over the load.
fn width(report: &Report) -> f64 {
    let range = report.range.concentric_load;
    (range.high - range.low) / load(report)
}

fn of_power(report: &Report) -> Vec<&Notice> {
    report.notices.iter().filter(|notice| notice.kind == NoticeKind::Power).collect()
}

fn near(one: f64, other: f64, share: f64) -> bool {
    (one - other).abs() <= share * other
}

#[test]
fn models_every_rising_metre_as_a_meter_measures_it() {
    for grade in [0.015, 0.04, 0.08] {
        let measured = scored(&ride("cycling", grade, |_, watts| watts));
        let modelled = scored(&ride("cycling", grade, |_, _| f64::NAN));
        assert!(measured.metered && !modelled.metered);
        assert!(measured.modelled_m < 0.01 * measured.rising_m);
        assert!((modelled.modelled_m - modelled.rising_m).abs() < 1e-6, "{grade}");
        assert!(near(load(&modelled), load(&measured), 0.04), "{grade}");
        let range = modelled.range.concentric_load;
        assert!(
            (range.low..=range.high).contains(&load(&measured)),
            "{grade}: {range:?}"
        );
    }
}

#[test]
fn knows_a_steep_climb_better_than_a_false_flat() {
    let mut settings = Settings::default();
    (settings.athlete.mass_kg, settings.athlete.bike_kg) = (Some(70.0), Some(9.0));
    let widths = [0.015, 0.03, 0.06, 0.10].map(|grade| {
        let activity = ride("cycling", grade, |_, _| f64::NAN);
        width(&Report::of(&activity, &settings).unwrap())
    });
    assert!(widths.is_sorted_by(|a, b| a > b), "{widths:?}");
    assert!(widths[0] > 2.0 * widths[3], "{widths:?}");
}

#[test]
fn a_meter_narrows_the_range() {
    let mut settings = Settings::default();
    settings.athlete.mass_kg = Some(70.0);
    let of = |meter: fn(usize, f64) -> f64| {
        width(&Report::of(&ride("cycling", 0.05, meter), &settings).unwrap())
    };
    let (measured, modelled) = (of(|_, watts| watts), of(|_, _| f64::NAN));
    // what is left are the heights, which power does not measure
    assert!(measured < 0.3 * modelled, "{measured} {modelled}");
}

/// What a meter shows each second, and what is wrong with it.
type Meter = (&'static str, fn(usize) -> f64);

#[test]
fn takes_speed_and_grade_where_no_meter_measured() {
    let without = scored(&ride("cycling", 0.06, |_, _| f64::NAN));
    assert!(of_power(&without).is_empty());
    let meters: [Meter; 6] = [
        ("zero", |_| 0.0),
        ("stuck", |_| 231.0),
        ("none in a short", |_| 65_535.0),
        ("negative", |second| -1.0 - (second % 7) as f64),
        ("one value", |second| if second == 400 { 250.0 } else { f64::NAN }),
        ("stuck in turn", |second| if second < 1800 { 231.0 } else { 180.0 }),
    ];
    for (what, meter) in meters {
        let report = scored(&ride("cycling", 0.06, |second, _| meter(second)));
        assert!(!report.metered, "{what}");
        assert!(near(load(&report), load(&without), 1e-9), "{what}");
        assert!(of_power(&report).iter().any(|notice| notice.count > 0), "{what}");
    }
}

#[test]
fn bridges_short_dropouts_and_models_long_ones() {
    let whole = scored(&ride("cycling", 0.06, |_, watts| watts));
    let short =
        scored(&ride(
            "cycling",
            0.06,
            |second, watts| {
                if second % 60 < 6 { f64::NAN } else { watts }
            },
        ));
    assert!(short.modelled_m < 0.01 * short.rising_m, "{}", short.modelled_m);
    assert!(near(load(&short), load(&whole), 0.01));
    let long =
        scored(&ride(
            "cycling",
            0.06,
            |second, watts| {
                if second % 900 < 300 { f64::NAN } else { watts }
            },
        ));
    assert!(long.modelled_m > 0.3 * long.rising_m && long.metered);
    assert!(near(load(&long), load(&whole), 0.04));
    assert!(width(&long) > width(&whole));
}

#[test]
fn takes_zeros_uphill_as_a_lost_signal() {
    let whole = scored(&ride("cycling", 0.06, |_, watts| watts));
    let lost =
        scored(&ride(
            "cycling",
            0.06,
            |second, watts| {
                if second % 900 < 120 { 0.0 } else { watts }
            },
        ));
    assert!(near(load(&lost), load(&whole), 0.05), "{} {}", load(&lost), load(&whole));
    assert_eq!(of_power(&lost).first().map(|notice| notice.count), Some(4));
}

#[test]
fn tells_power_that_the_climbs_do_not_take() {
    for (factor, told) in
        [(1.0, false), (0.85, false), (1.15, false), (2.0, true), (0.5, true)]
    {
        let report = scored(&ride("cycling", 0.07, |_, watts| watts * factor));
        assert_eq!(!of_power(&report).is_empty(), told, "{factor}");
    }
}

#[test]
fn scores_an_e_bike_by_its_riders_power_alone() {
    let without = ride("e_bike", 0.06, |_, _| f64::NAN);
    let refused = Report::of(&without, &Settings::default()).unwrap_err();
    assert!(refused.to_string().contains("e-bike without a power meter"), "{refused}");
    let zeros = ride("e_bike", 0.06, |_, _| 0.0);
    assert!(Report::of(&zeros, &Settings::default()).is_err());
    let half = scored(&ride("e_bike", 0.06, |second, watts| {
        if second % 900 < 300 { f64::NAN } else { 0.5 * watts }
    }));
    assert_eq!(half.bike, Bike::Electric);
    assert!(half.modelled_m == 0.0 && half.unknown_m > 0.3 * half.rising_m);
    assert!(of_power(&half).is_empty());
    let all = scored(&ride("e_bike", 0.06, |_, watts| watts));
    assert_eq!(of_power(&all).len(), 1, "the motor's power may be in it");
}

#[test]
fn says_that_a_ride_is_virtual() {
    let outdoors = scored(&ride("cycling", 0.02, |_, _| f64::NAN));
    assert!(!outdoors.assumed.contains(&Assumed::VirtualHills));
    for device in
        ["Zwift", "ROUVY", "MyWhoosh", "Wahoo SYSTM", "TrainerRoad", "Bkool product 1"]
    {
        let mut activity = ride("cycling", 0.02, |_, _| f64::NAN);
        activity.header.device = Some(device.to_owned());
        let report = scored(&activity);
        assert_eq!(report.bike, Bike::Virtual, "{device}");
        assert!(report.assumed.contains(&Assumed::VirtualHills), "{device}");
        // no wind blows there
        assert!(width(&report) < width(&outdoors), "{device}");
    }
    let typed = scored(&ride("VirtualRide", 0.02, |_, watts| watts));
    assert_eq!((typed.bike, typed.metered), (Bike::Virtual, true));
    // a run with the same program is a run
    let mut run = ride("running", 0.02, |_, _| f64::NAN);
    run.header.device = Some("Zwift".to_owned());
    assert!(matches!(run.header.sport, Labelled::Modelled(Sport::Run, _)));
    assert!(!scored(&run).assumed.contains(&Assumed::VirtualHills));
}

#[test]
fn keeps_the_power_that_a_trainer_holds() {
    let held = |sport| {
        scored(&ride(sport, 0.05, |second, watts| {
            if (600..900).contains(&second) { 205.0 } else { watts }
        }))
    };
    assert!(held("VirtualRide").quality.powers_dropped == 0);
    assert!(held("cycling").quality.powers_dropped >= 300);
}

#[test]
fn doubts_a_climb_that_lifts_make_where_no_meter_tells() {
    let fast = |watts: f64| {
        let mut activity = Activity::default();
        activity.header.start = Some(jiff::Timestamp::UNIX_EPOCH);
        activity.header.sport = from_label("mountain biking");
        for second in 0..2400 {
            let up = (second % 1200).min(1200 - second % 1200);
            activity.push(Sample {
                time_s: f64::from(second),
                distance_m: f64::from(second) * 3.0,
                elevation_m: 900.0 + 0.45 * f64::from(up),
                power_w: watts + f64::from(second % 5),
                ..Sample::default()
            });
        }
        scored(&activity)
    };
    let doubted = |report: &Report| {
        report
            .notices
            .iter()
            .find(|notice| notice.kind == NoticeKind::TooFast)
            .map(|n| n.count)
    };
    assert_eq!(doubted(&fast(f64::NAN)), Some(2));
    assert_eq!(doubted(&fast(430.0)), None);
}

/// Three laps of a bike park: a gondola, a slow chair lift at `heart_rate`, a minute of pedalling
/// to the trail, and down; `sensors` of the chair lift.
fn bike_park(
    heart_rate: [f64; 3],
    sensors: impl Fn(Sample) -> Sample,
) -> hardlegs::report::Report {
    let mut activity = Activity::default();
    activity.header.start = Some(jiff::Timestamp::UNIX_EPOCH);
    activity.header.sport = from_label("mountain biking");
    let (mut time_s, mut distance_m, mut elevation_m) = (0.0, 0.0, 800.0);
    let [lift, chair, ridden] = heart_rate;
    for _ in 0..3 {
        for (kind, seconds, speed, climb, heart_rate_bpm) in [
            ("gondola", 200, 8.0, 0.7, lift),
            ("station", 60, 0.2, 0.0, lift),
            ("chair", 400, 2.7, 0.3, chair),
            ("trail", 100, 1.5, 0.15, ridden),
            ("down", 300, 6.0, -275.0 / 300.0, ridden + 10.0),
        ] {
            for _ in 0..seconds {
                let sample = Sample {
                    time_s,
                    distance_m,
                    elevation_m,
                    heart_rate_bpm,
                    ..Sample::default()
                };
                activity.push(if kind == "chair" { sensors(sample) } else { sample });
                time_s += 1.0;
                distance_m += speed;
                elevation_m += climb;
            }
        }
    }
    scored(&activity)
}

#[test]
fn leaves_out_the_slow_part_of_a_lift_while_the_heart_rests() {
    let beside = |report: &Report| {
        let told =
            report.notices.iter().find(|n| n.detail.contains("right before or behind"));
        told.map(|notice| notice.detail.clone())
    };
    let as_recorded = |sample| sample;
    // 15 m a lap are pedalled, 275 m carried
    let rests = bike_park([80.0, 85.0, 150.0], as_recorded);
    assert!((30.0..75.0).contains(&rests.gain_m), "{}", rests.gain_m);
    assert_eq!((rests.quality.carried_stretches, beside(&rests)), (3, None));
    // up the same way at work, by the heart or by the crank
    let works = bike_park([80.0, 150.0, 150.0], as_recorded);
    let pedals = |sample| Sample { cadence_per_min: 75.0, ..sample };
    for ridden in [works, bike_park([80.0, 85.0, 150.0], pedals)] {
        assert!((380.0..460.0).contains(&ridden.gain_m), "{}", ridden.gain_m);
        assert_eq!(beside(&ridden), None);
    }
    // nothing tells: scored, and said
    let untold = bike_park([f64::NAN; 3], as_recorded);
    assert!((380.0..460.0).contains(&untold.gain_m), "{}", untold.gain_m);
    assert!(
        beside(&untold).is_some_and(|said| said.contains(" m up")),
        "{:?}",
        untold.notices
    );
}

#[test]
fn tells_what_was_held_in_the_whole_ride_and_within_a_climb() {
    // each climb lasts 450 s; a sprint of 6 s on the way down
    let sprint =
        |second: usize, push| if (700..706).contains(&second) { 900.0 } else { push };
    let report = scored(&ride("cycling", 0.06, sprint));
    let [five_s, minute, five_min, twenty_min] = &report.best_efforts[..] else {
        panic!("{:?}", report.best_efforts)
    };
    let climb_w = report.segments[0].power_w.unwrap();
    assert!(near(five_s.whole_w.unwrap(), 900.0, 0.1), "{five_s:?}");
    for uphill_w in [five_s.uphill_w, minute.uphill_w, five_min.uphill_w] {
        assert!(near(uphill_w.unwrap(), climb_w, 0.06), "{uphill_w:?} of {climb_w}");
    }
    assert_eq!(twenty_min.uphill_w, None, "no climb lasts so long");
    assert!(twenty_min.whole_w.unwrap() < climb_w, "half of it goes down");
    let torque_nm = report.segments[0].torque_nm().unwrap();
    assert!(near(torque_nm, climb_w / (80.0 / 60.0 * std::f64::consts::TAU), 0.02));
    let falls = report.segments.iter().filter(|hill| hill.slope == Some(Slope::Descent));
    assert_eq!(falls.filter_map(|hill| hill.power_w).count(), 0);
    assert!(scored(&ride("cycling", 0.06, |_, _| f64::NAN)).best_efforts.is_empty());
}

#[test]
fn gives_climbs_and_descents_of_a_ride_tables_without_an_empty_column() {
    let report = scored(&ride("cycling", 0.06, |_, push| push));
    let text = report.to_string();
    let heads: Vec<&str> = text.lines().filter(|line| line.contains("height")).collect();
    let [climbs, descents] = heads[..] else { panic!("{text}") };
    assert!(climbs.contains(" W ") && climbs.contains("load"), "{climbs}");
    assert!(descents.contains("km/h") && !descents.contains("load"), "{descents}");
    let rows =
        text.lines().filter(|line| line.starts_with(" ▲") || line.starts_with(" ▼"));
    assert!(rows.into_iter().all(|row| !row.contains(" –")), "{text}");
}
