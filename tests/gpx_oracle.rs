//! Our GPX reader beside the `gpx` crate: wherever that crate reads a file, both see the same
//! points, heights and times. Where they may differ is written down in `Rule`.

mod support;

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use hardlegs::read::{self, NoticeKind};

/// Why the two readers differ on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rule {
    /// The crate accepts 0, 0 as a position; here it means no fix and the point is left out.
    NoFix,
    /// A track that repeats an earlier one, and a plan beside a recording, are left out here.
    LeftOut,
    /// The crate keeps heights that are not finite; here they are missing.
    Height,
}

/// A point as both readers know it.
#[derive(Debug, Clone, Copy)]
struct Point {
    latitude_deg: f64,
    longitude_deg: f64,
    elevation_m: f64,
    unix_s: f64,
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let is_gpx =
            |path: &Path| path.extension().is_some_and(|e| e.eq_ignore_ascii_case("gpx"));
        let is_gzip = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("gz"));
        if path.is_dir() {
            files(&path, found);
        } else if is_gpx(&path) || (is_gzip && is_gpx(&path.with_extension(""))) {
            found.push(path);
        }
    }
}

fn theirs(bytes: &[u8], rules: &mut BTreeMap<Rule, usize>) -> Option<Vec<Point>> {
    let mut inflated = Vec::new();
    let bytes = if bytes.starts_with(b"\x1f\x8b") {
        flate2::read::MultiGzDecoder::new(bytes).read_to_end(&mut inflated).ok()?;
        &inflated
    } else {
        bytes
    };
    let gpx = gpx::read(bytes).ok()?;
    let tracks: Vec<&gpx::Waypoint> =
        gpx.tracks.iter().flat_map(|t| &t.segments).flat_map(|s| &s.points).collect();
    let routes = gpx.routes.iter().flat_map(|r| &r.points);
    let points = if tracks.is_empty() { routes.collect() } else { tracks };
    let mut out = Vec::new();
    for point in points {
        let (longitude_deg, latitude_deg) = point.point().x_y();
        if longitude_deg == 0.0 && latitude_deg == 0.0 {
            *rules.entry(Rule::NoFix).or_default() += 1;
            continue;
        }
        let elevation_m = point.elevation.unwrap_or(f64::NAN);
        if elevation_m.is_infinite() {
            *rules.entry(Rule::Height).or_default() += 1;
        }
        let unix_s = point.time.map_or(f64::NAN, |time| {
            let time = time.format().ok().and_then(|t| t.parse::<jiff::Timestamp>().ok());
            time.map_or(f64::INFINITY, |t| t.as_nanosecond() as f64 / 1e9)
        });
        out.push(Point { latitude_deg, longitude_deg, elevation_m, unix_s });
    }
    Some(out)
}

fn ours(reading: &read::Reading) -> Vec<Point> {
    let points = reading.activities.iter().flat_map(|activity| {
        let start_s =
            activity.header.start.map_or(f64::NAN, |t| t.as_nanosecond() as f64 / 1e9);
        (0..activity.len()).map(move |i| Point {
            latitude_deg: activity.latitude_deg()[i],
            longitude_deg: activity.longitude_deg()[i],
            elevation_m: activity.elevation_m()[i],
            unix_s: start_s + activity.time_s()[i],
        })
    });
    points.collect()
}

/// Same to the last bit, or both absent.
fn same(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan()) || (a == 0.0 && b == 0.0)
}

/// Same to the microsecond that a double of Unix seconds can hold.
fn same_time(a: f64, b: f64) -> bool {
    (a.is_nan() && b.is_nan()) || (a - b).abs() < 2e-6
}

#[test]
fn reads_what_the_gpx_crate_reads() {
    let corpus = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpus"));
    let corpus =
        std::env::var_os("HARDLEGS_CORPUS").map_or(corpus.to_path_buf(), PathBuf::from);
    let mut found = Vec::new();
    files(&corpus, &mut found);
    if found.is_empty() {
        support::not_asked(&format!("no corpus at {}", corpus.display()));
        return;
    }
    found.sort();
    let mut rules = BTreeMap::new();
    let (mut compared, mut values, mut only_ours, mut neither) = (0, 0_usize, 0, 0);
    let mut faults = Vec::new();
    for path in &found {
        let name = path.strip_prefix(&corpus).unwrap().display();
        let theirs = theirs(&std::fs::read(path).unwrap(), &mut rules);
        let reading = read::path(path);
        let (mut theirs, reading) = match (theirs, reading) {
            (Some(theirs), Ok(reading)) => (theirs, reading),
            (None, Ok(_)) => {
                only_ours += 1;
                continue;
            }
            (None, Err(error)) => {
                neither += 1;
                eprintln!("neither: {name}: {}", error.message());
                continue;
            }
            (Some(theirs), Err(error)) if theirs.is_empty() => {
                eprintln!("no points: {name}: {}", error.message());
                neither += 1;
                continue;
            }
            (Some(theirs), Err(error)) => {
                faults.push(format!(
                    "{name}: {} points, ours: {}",
                    theirs.len(),
                    error.message()
                ));
                continue;
            }
        };
        let ours = ours(&reading);
        let noticed = |kind| reading.notices.iter().any(|notice| notice.kind == kind);
        if theirs.len() > ours.len() && noticed(NoticeKind::Structure) {
            *rules.entry(Rule::LeftOut).or_default() += theirs.len() - ours.len();
            let mut kept = ours.iter().peekable();
            theirs.retain(|t| {
                kept.next_if(|o| {
                    same(t.latitude_deg, o.latitude_deg)
                        && same(t.longitude_deg, o.longitude_deg)
                        && same(t.elevation_m, o.elevation_m)
                })
                .is_some()
            });
        }
        if theirs.len() != ours.len() {
            faults.push(format!("{name}: {} points, ours {}", theirs.len(), ours.len()));
            continue;
        }
        compared += 1;
        let undated = noticed(NoticeKind::BadTime);
        for (index, (t, o)) in theirs.iter().zip(&ours).enumerate() {
            let equal = same(t.latitude_deg, o.latitude_deg)
                && same(t.longitude_deg, o.longitude_deg)
                && (same(t.elevation_m, o.elevation_m)
                    || (t.elevation_m.is_infinite() && o.elevation_m.is_nan()))
                && (same_time(t.unix_s, o.unix_s) || undated && o.unix_s.is_nan());
            values += 4;
            if !equal {
                faults.push(format!("{name}: point {index}: {t:?} ours {o:?}"));
                break;
            }
        }
    }
    eprintln!(
        "{} files: {compared} compared ({values} values equal), {only_ours} read by us alone, \
         {neither} by neither, differences by rule: {rules:?}",
        found.len()
    );
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
