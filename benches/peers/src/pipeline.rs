//! Whole programs as one would write them over the peers: read, smooth, price every metre.
//! Less than hardlegs does (no cleaning, no segments, no ranges), and said so in the table.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::points::Points;
use crate::{Failure, peers};

/// Metres of the earth's mean radius.
const EARTH_M: f64 = 6_371_008.8;
/// Samples of the smoothing window.
const WINDOW: usize = 31;

/// `gpx+fitparser`, `quick-xml+rustyfit`, `navigo` or `bytes`, over files and folders.
pub fn run(name: &str, paths: &[&str]) -> Result<(), Failure> {
    let mut points = Points::default();
    let mut bytes = Vec::new();
    for path in files(paths)? {
        bytes.clear();
        fs::File::open(&path)?.read_to_end(&mut bytes)?;
        let is_gpx = path.extension().is_some_and(|ending| ending == "gpx");
        points.clear();
        match (name, is_gpx) {
            ("bytes", _) => {
                println!("{}\t{}", path.display(), bytes.len());
                continue;
            }
            ("gpx+fitparser", true) => peers::gpx_crate(&bytes, &mut points)?,
            ("gpx+fitparser", false) => peers::fitparser(&bytes, &mut points)?,
            ("quick-xml+rustyfit", true) => peers::quick_xml(&bytes, &mut points)?,
            ("quick-xml+rustyfit", false) => peers::rustyfit(&bytes, &mut points)?,
            ("navigo", true) => {
                let trace =
                    navigo::build_trace(&navigo::gpx::parse_trace_points(&bytes))?;
                let (gain, loss) =
                    (trace.total_elevation_gain(), trace.total_elevation_loss());
                println!(
                    "{}\t{:.3}\t{gain:.1}\t{loss:.1}",
                    path.display(),
                    trace.length()
                );
                continue;
            }
            _ => return Err(format!("no pipeline {name} for {}", path.display()).into()),
        }
        let [distance_m, gain_m, loss_m, cost, moving_s] = score(&points);
        println!(
            "{}\t{distance_m:.1}\t{gain_m:.1}\t{loss_m:.1}\t{cost:.0}\t{moving_s:.0}",
            path.display()
        );
    }
    Ok(())
}

fn files(paths: &[&str]) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for path in paths.iter().map(Path::new) {
        if path.is_dir() {
            for entry in fs::read_dir(path)? {
                found.push(entry?.path());
            }
        } else {
            found.push(path.to_path_buf());
        }
    }
    found.sort();
    Ok(found)
}

/// Distance, gain, loss, Minetti's cost in J/kg, seconds on the move.
fn score(points: &Points) -> [f64; 5] {
    let mut totals = [0.0; 5];
    let n = points.len();
    if n < 2 {
        return totals;
    }
    let smooth = moving_mean(&points.elevation_m);
    for i in 1..n {
        let step_m = haversine_m(points, i - 1, i);
        let rise_m = smooth[i] - smooth[i - 1];
        let grade = if step_m > 0.1 { (rise_m / step_m).clamp(-0.45, 0.45) } else { 0.0 };
        let passed_s = points.time_s[i] - points.time_s[i - 1];
        totals[0] += step_m;
        totals[1] += rise_m.max(0.0);
        totals[2] += (-rise_m).max(0.0);
        totals[3] += minetti(grade) * step_m;
        totals[4] += if step_m > 0.3 * passed_s { passed_s } else { 0.0 };
    }
    totals
}

fn moving_mean(values: &[f64]) -> Vec<f64> {
    let mut sums = Vec::with_capacity(values.len() + 1);
    let mut sum = 0.0;
    sums.push(sum);
    for value in values {
        sum += value;
        sums.push(sum);
    }
    let half = WINDOW / 2;
    (0..values.len())
        .map(|i| {
            let (from, to) = (i.saturating_sub(half), (i + half + 1).min(values.len()));
            (sums[to] - sums[from]) / (to - from) as f64
        })
        .collect()
}

fn haversine_m(points: &Points, from: usize, to: usize) -> f64 {
    let (a, b) =
        (points.latitude_deg[from].to_radians(), points.latitude_deg[to].to_radians());
    let east = (points.longitude_deg[to] - points.longitude_deg[from]).to_radians();
    let h =
        ((b - a) / 2.0).sin().powi(2) + a.cos() * b.cos() * (east / 2.0).sin().powi(2);
    2.0 * EARTH_M * h.sqrt().asin()
}

/// Cost of running, J/(kg m), by grade (Minetti and others 2002).
fn minetti(i: f64) -> f64 {
    ((((155.4 * i - 30.4) * i - 43.3) * i + 46.3) * i + 19.5) * i + 3.6
}
