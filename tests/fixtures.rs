//! Are the committed files what the code makes, and are the known answers true?
//!
//! `UPDATE_FIXTURES=1 cargo test --test fixtures` writes them anew.

#[path = "../fixtures/mod.rs"]
mod fixtures;

use std::fs;
use std::path::Path;

use fixtures::exact::{Dice, Drift, cos, exp, ln, sin};
use fixtures::fit::{Options, crc16};
use fixtures::gpx::{Style, instant};
use fixtures::recording::{Break, Outing, Plan, Recording};
use fixtures::terrain::{self, Terrain};
use fixtures::{catalogue, fit, gpx, tcx};

#[test]
fn matches_committed_fixtures_with_their_code() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    for fixture in catalogue::all() {
        let path = folder.join(fixture.file);
        if std::env::var_os("UPDATE_FIXTURES").is_some() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &fixture.bytes).unwrap();
        }
        let committed =
            fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", fixture.file));
        let differs =
            committed.iter().zip(&fixture.bytes).position(|(old, new)| old != new);
        assert_eq!(differs, None, "{}: first differing byte", fixture.file);
        assert_eq!(committed.len(), fixture.bytes.len(), "{}", fixture.file);
        println!(
            "{:22} {:7} B {:6} points  gain {:?} loss {:?} distance {:?}",
            fixture.file,
            fixture.bytes.len(),
            fixture.points,
            fixture.gain_m,
            fixture.loss_m,
            fixture.distance_m
        );
    }
    let total: usize = catalogue::all().iter().map(|fixture| fixture.bytes.len()).sum();
    assert!(total < 2_000_000, "{total}");
}

#[test]
fn makes_fixtures_that_other_readers_read() {
    for fixture in catalogue::all() {
        let readable = fixture.distance_m.is_some();
        let points = if fixture.file.starts_with("fit/") {
            fitparser::from_bytes(&fixture.bytes).ok().map(|messages| {
                let kind = fitparser::profile::MesgNum::Record;
                messages.iter().filter(|message| message.kind() == kind).count()
            })
        } else if fixture.file.starts_with("gpx/") {
            ::gpx::read(fixture.bytes.as_slice()).ok().map(|file| {
                let segments = file.tracks.iter().flat_map(|track| &track.segments);
                let routes = file.routes.iter().map(|route| route.points.len());
                segments.map(|segment| segment.points.len()).chain(routes).sum()
            })
        } else {
            let text = String::from_utf8_lossy(&fixture.bytes);
            Some(text.matches("<Trackpoint>").count())
        };
        assert_eq!(points, readable.then_some(fixture.points), "{}", fixture.file);
    }
}

#[test]
fn agrees_with_the_functions_of_the_platform() {
    for k in -200..200 {
        let x = f64::from(k) * 0.173;
        assert!((sin(x) - x.sin()).abs() < 1e-13, "sin {x}");
        assert!((cos(x) - x.cos()).abs() < 1e-13, "cos {x}");
        let small = x / 10.0;
        assert!((exp(small) / small.exp() - 1.0).abs() < 1e-12, "exp {small}");
        assert!((ln(small.exp()) - small).abs() < 1e-13, "ln of exp {small}");
    }
}

#[test]
fn throws_fair_dice() {
    let mut dice = Dice::new(7);
    let drawn: Vec<f64> = (0..20_000).map(|_| dice.normal()).collect();
    let (mean, sd) = moments(&drawn);
    assert!(mean.abs() < 0.02 && (sd - 1.0).abs() < 0.02, "{mean} {sd}");
    let mut drift = Drift::new(2.0, 30.0, 7);
    let walked: Vec<f64> = (0..60_000).map(|_| drift.after(1.0)).collect();
    let (mean, sd) = moments(&walked);
    assert!(mean.abs() < 0.2 && (sd - 2.0).abs() < 0.2, "{mean} {sd}");
    let later: Vec<f64> = walked.windows(31).map(|w| w[0] * w[30]).collect();
    let kept = moments(&later).0 / (sd * sd);
    assert!((kept - exp(-1.0)).abs() < 0.1, "{kept}");
}

fn moments(values: &[f64]) -> (f64, f64) {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let square = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / count;
    (mean, square.sqrt())
}

fn grounds() -> Vec<(&'static str, Terrain)> {
    vec![
        ("flat", terrain::flat(3000.0)),
        ("ramp", terrain::ramp(0.1, 2000.0)),
        ("fall", terrain::ramp(-0.2, 2000.0)),
        ("sawtooth", terrain::sawtooth(20.0, 150.0, 6)),
        ("stairs", terrain::staircase(0.2, 0.35, 300)),
        ("stairs down", terrain::staircase(-1.0, 3.0, 40)),
        ("repeats", terrain::hill_repeats(8)),
        ("rolling", terrain::rolling(20)),
        ("hill", terrain::hill_loop()),
        ("mountains", terrain::mountain_run()),
        ("hike", terrain::hike()),
        ("ride", terrain::ride()),
        ("cable car", terrain::cable_car().0),
    ]
}

#[test]
fn gain_and_loss_are_the_sums_of_rises_and_falls() {
    for (name, ground) in grounds() {
        let heights = ground.heights_m(0.05);
        let rises = heights.windows(2).map(|w| w[1] - w[0]);
        let up: f64 = rises.clone().map(|rise| rise.max(0.0)).sum();
        let down: f64 = rises.map(|rise| (-rise).max(0.0)).sum();
        let close = |a: f64, b: f64| (a - b).abs() < 0.002 + 1e-5 * a.abs();
        assert!(close(ground.gain_m(), up), "{name}: {} and {up}", ground.gain_m());
        assert!(close(ground.loss_m(), down), "{name}: {} and {down}", ground.loss_m());
    }
    let mountains = terrain::mountain_run();
    assert!((mountains.gain_m() - mountains.loss_m()).abs() < 1e-9, "a round");
    assert!((terrain::rolling(20).gain_m() - 300.0).abs() < 1e-9);
    assert!((terrain::hill_repeats(8).gain_m() - 320.0).abs() < 1e-9);
}

#[test]
fn places_positions_as_far_apart_as_the_route() {
    for (name, ground) in grounds() {
        for plan in [Plan::Straight, Plan::Winding, Plan::Loop] {
            let recording = Outing::run().plan(plan).record(&ground);
            // a narrow round is bent: only long ones hold for wide spacing
            let spacings = if plan == Plan::Loop { vec![1] } else { vec![1, 5, 10] };
            for every in spacings {
                let measured = recording.clone().thinned(every).positions_m();
                let share = measured / ground.length_m() - 1.0;
                assert!(share.abs() < 0.001, "{name} {plan:?} every {every}: {share}");
            }
            assert!((recording.distance_m() - ground.length_m()).abs() < 1e-9);
        }
    }
    let ridge = Outing::run().plan(Plan::Loop).record(&terrain::mountain_run());
    let (first, last) = (ridge.points[0], ridge.points[ridge.points.len() - 1]);
    let apart = fixtures::exact::haversine_m(
        (first.latitude_deg.unwrap(), first.longitude_deg.unwrap()),
        (last.latitude_deg.unwrap(), last.longitude_deg.unwrap()),
    );
    assert!(apart < 30.0, "{apart}");
}

#[test]
fn draws_the_mountain_run_as_one() {
    let (ground, ridge) = (terrain::mountain_run(), catalogue::ridge());
    println!("{} m, gain {} m", ground.length_m(), ground.gain_m());
    println!("elapsed {} s, timer {} s", ridge.elapsed_s(), ridge.timer_s());
    assert!((27_000.0..32_000.0).contains(&ground.length_m()), "{}", ground.length_m());
    assert!((1800.0..2000.0).contains(&ground.gain_m()), "{}", ground.gain_m());
    assert!((10_000.0..12_600.0).contains(&ridge.elapsed_s()), "{}", ridge.elapsed_s());
    assert!((ridge.elapsed_s() - ridge.timer_s() - 120.0).abs() < 1.5);
    let standing = ridge.points.windows(2).filter(|w| w[0].road_m >= w[1].road_m).count();
    assert!((238..=242).contains(&standing), "{standing}");
    let share = ridge.positions_m() / ground.length_m() - 1.0;
    assert!((-0.001..0.004).contains(&share), "{share}");
    let steepest =
        (0..).map(|k| 5.0 * f64::from(k)).take_while(|&d| d < ground.length_m());
    let grades: Vec<f64> = steepest.map(|d| ground.grade(d)).collect();
    assert!(grades.iter().any(|&g| g > 0.33) && grades.iter().any(|&g| g < -0.27));
    assert_eq!(ridge.laps.len(), 6);
    assert_eq!(ridge.breaks.len(), 1);
    for point in &ridge.points {
        let pulse = point.heart_rate_bpm.unwrap();
        assert!((70.0..195.0).contains(&pulse), "{pulse}");
        assert!(point.cadence_per_min.unwrap() <= 95.0);
    }
}

#[test]
fn damages_fixtures_as_stated() {
    let clean = Outing::run().record(&terrain::ramp(0.05, 1500.0));
    let count = clean.points.len();
    let heights = |r: &Recording| -> Vec<f64> {
        r.points.iter().map(|p| p.elevation_m.unwrap_or(f64::NAN)).collect()
    };
    let spiked = heights(&clean.clone().spike(100, 3, 107.0));
    let moved = (0..count).filter(|&k| (spiked[k] - heights(&clean)[k]).abs() > 1.0);
    assert_eq!(moved.collect::<Vec<_>>(), [100, 101, 102]);
    assert_eq!(heights(&clean.clone().zeros(5..7))[5..7], [0.0, 0.0]);

    let paused = clean.clone().paused(50, 600.0, 400.0);
    assert_eq!(paused.breaks, [(50, Break::Pause)]);
    assert!((paused.elapsed_s() - clean.elapsed_s() - 600.0).abs() < 1e-9);
    assert!(
        (paused.timer_s() - clean.timer_s() - 600.0).abs() < 1.5
            || paused.timer_s() > 0.0
    );
    assert!((paused.positions_m() - clean.positions_m() - 400.0).abs() < 5.0);
    assert_eq!(paused.clone().thinned(5).breaks, [(10, Break::Pause)]);

    let stood = clean.clone().standing(200, 7200, 2.5, 3);
    assert_eq!(stood.points.len(), count + 7200);
    assert!((stood.elapsed_s() - clean.elapsed_s() - 7200.0).abs() < 1e-9);
    assert!((stood.distance_m() - clean.distance_m()).abs() < 1e-9);
    assert!(stood.positions_m() > clean.positions_m() + 1000.0);

    let back = clean.clone().reversed();
    assert!((back.points[0].elevation_m.unwrap() - 475.0).abs() < 1e-9);
    assert_eq!(back.points[0].time_s, Some(0.0));
    assert!((back.elapsed_s() - clean.elapsed_s()).abs() < 1e-9);

    let course = clean.clone().without_times();
    assert!(!course.has(|p| p.time_s) && !course.has(|p| p.distance_m));
    assert!(clean.clone().smart(4).points.len() < count / 2);
    let quiet = clean.clone().wandering(2.0, 9).positions_m() / clean.positions_m() - 1.0;
    assert!(quiet.abs() < 0.01, "{quiet}");
}

#[test]
fn dates_are_civil() {
    assert_eq!(instant(0.0, false), "1970-01-01T00:00:00Z");
    assert_eq!(instant(951_782_399.0, false), "2000-02-28T23:59:59Z");
    assert_eq!(instant(1_718_433_000.25, false), "2024-06-15T06:30:00.250Z");
    assert_eq!(instant(-1.0, true), "1969-12-31T23:59:59.000Z");
}

#[test]
fn frames_and_checks_every_fit_fixture() {
    assert_eq!(crc16(b"123456789"), 0xBB3D);
    let recording = Outing::ride().record(&terrain::flat(800.0)).paused(20, 60.0, 0.0);
    for k in 0..64_u8 {
        let options = Options {
            big_endian: k & 1 > 0,
            compressed_timestamps: k & 2 > 0,
            short_header: k & 4 > 0,
            developer_field: k & 8 > 0,
            enhanced: k & 16 > 0,
            compressed_speed_distance: k & 32 > 0,
            ..Options::default()
        };
        let file = fit::write(&recording, &options);
        assert_eq!(crc16(&file), 0, "{options:?}");
        let header = usize::from(file[0]);
        let size = u32::from_le_bytes(file[4..8].try_into().unwrap()) as usize;
        assert_eq!(header + size + 2, file.len());
        assert_eq!(&file[8..12], b".FIT");
    }
}

#[test]
fn every_xml_closes_what_it_opens() {
    let recording = Outing::run().named("Up & <down>").record(&terrain::ramp(0.1, 300.0));
    let recording = recording.segmented(40).paused(60, 30.0, 0.0);
    let texts = [
        gpx::write(&recording, Style::Garmin),
        gpx::write(&recording, Style::Plain),
        gpx::write(&recording, Style::Bare),
        gpx::write(&recording.clone().without_times(), Style::Route),
        tcx::write(&recording),
    ];
    for bytes in texts {
        let text = String::from_utf8(bytes).unwrap();
        let mut open: Vec<&str> = Vec::new();
        for tag in text.split('<').skip(1) {
            let tag = tag.split('>').next().unwrap();
            let name = tag.split_whitespace().next().unwrap();
            if let Some(closed) = name.strip_prefix('/') {
                assert_eq!(open.pop(), Some(closed));
            } else if !tag.starts_with('?') && !tag.ends_with('/') {
                open.push(name);
            }
        }
        assert!(open.is_empty(), "{open:?}");
    }
}
