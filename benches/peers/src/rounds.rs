//! Readers against each other in one process: round after round, each in its turn, CPU time of
//! the thread.

use std::fs;
use std::path::Path;

use hardlegs::read;
use hardlegs::report::Report;
use hardlegs::settings::Settings;

use crate::points::Points;
use crate::{Failure, clock, peers};

type Read = fn(&[u8], &mut Points) -> Result<(), Failure>;

/// hardlegs as anybody calls it; the columns stay where they are.
fn ours(bytes: &[u8], _: &mut Points) -> Result<(), Failure> {
    std::hint::black_box(read::bytes(bytes)?);
    Ok(())
}

/// All of it: read, profile, split, loads and their ranges.
fn ours_report(bytes: &[u8], _: &mut Points) -> Result<(), Failure> {
    let reading = read::bytes(bytes)?;
    for activity in &reading.activities {
        std::hint::black_box(Report::of(activity, &Settings::default())?);
    }
    Ok(())
}

const GPX: &[(&str, Read)] = &[
    ("hardlegs", ours),
    ("quick-xml", peers::quick_xml),
    ("navigo", peers::navigo),
    ("gpx", peers::gpx_crate),
    ("hardlegs report", ours_report),
];

const FIT: &[(&str, Read)] = &[
    ("hardlegs", ours),
    ("rustyfit", peers::rustyfit),
    ("fitparser", peers::fitparser),
    ("hardlegs report", ours_report),
];

/// Lines of input, reader, points, and nanoseconds a point: median, least, most.
pub fn parsing(folder: &Path, rounds: usize) -> Result<(), Failure> {
    for name in ["1h-garmin.gpx", "1h-strava.gpx", "24h-garmin.gpx", "24h-strava.gpx"] {
        race(folder, name, GPX, rounds)?;
    }
    for name in ["1h-garmin-comments.gpx", "1h-strava-comments.gpx"] {
        // hardlegs and the plain loop
        race(folder, name, &GPX[..2], rounds)?;
    }
    for name in ["1h-plain.fit", "1h-developer.fit", "24h-plain.fit", "24h-developer.fit"]
    {
        race(folder, name, FIT, rounds)?;
    }
    Ok(())
}

fn race(
    folder: &Path,
    name: &str,
    readers: &[(&str, Read)],
    rounds: usize,
) -> Result<(), Failure> {
    let bytes = fs::read(folder.join(name))?;
    let mut points = Points::default();
    let count = agree(name, &bytes, readers, &mut points)?;
    let mut taken = vec![Vec::new(); readers.len()];
    for _ in 0..rounds {
        for ((_, read), taken) in readers.iter().zip(&mut taken) {
            // a round of an hour's file is too short for one call
            let calls = if count < 10_000 { 8 } else { 1 };
            let begin = clock::thread_ns()?;
            for _ in 0..calls {
                points.clear();
                read(&bytes, &mut points)?;
            }
            let ns = (clock::thread_ns()? - begin) as f64;
            taken.push(ns / f64::from(calls) / count as f64);
        }
    }
    for ((reader, _), taken) in readers.iter().zip(&mut taken) {
        taken.sort_by(f64::total_cmp);
        let (least, most) = (taken[0], taken[taken.len() - 1]);
        let median = taken[taken.len() / 2];
        println!("{name}\t{reader}\t{count}\t{median:.1}\t{least:.1}\t{most:.1}");
    }
    Ok(())
}

/// No ratio of readers that read different things: every column that a peer fills is ours.
fn agree(
    name: &str,
    bytes: &[u8],
    readers: &[(&str, Read)],
    points: &mut Points,
) -> Result<usize, Failure> {
    let reading = read::bytes(bytes)?;
    let activity = reading.activities.first().ok_or("nothing read")?;
    let start = activity.header.start.ok_or("no start")?.as_second() as f64;
    let time: Vec<f64> = activity.time_s().iter().map(|t| t + start).collect();
    let heart: Vec<f64> =
        activity.heart_rate_bpm().iter().map(|v| f64::from(*v)).collect();
    let ours = [
        time.as_slice(),
        activity.latitude_deg(),
        activity.longitude_deg(),
        activity.elevation_m(),
        &heart,
    ];
    for (reader, read) in readers {
        points.clear();
        read(bytes, points)?;
        if reader.starts_with("hardlegs") {
            continue;
        }
        if points.len() != activity.len() {
            return Err(format!("{name}: {reader} reads {} points", points.len()).into());
        }
        for (mine, theirs) in ours.iter().zip(points.columns()) {
            let pairs = mine.iter().zip(theirs);
            if let Some((a, b)) =
                pairs.clone().find(|(a, b)| !b.is_nan() && (*a - *b).abs() > 1e-9)
            {
                return Err(format!("{name}: {reader} reads {b}, hardlegs {a}").into());
            }
        }
    }
    Ok(activity.len())
}
