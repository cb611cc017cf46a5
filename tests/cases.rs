//! Do inputs that real people have, rebuilt small, come out right or say what is wrong?
//!
//! The inputs lie outside this repository; where they are not, this says so and asks nothing.
//! Each stands for a kind, which `tests/traits.rs` varies on recordings of our own making.

#![cfg(feature = "batch")]
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::panic,
    reason = "a test that fails says so, and says what it measured"
)]

mod support;

use std::path::{Path, PathBuf};

use flate2::read::GzDecoder;
use hardlegs::batch;
use hardlegs::inputs::under;
use hardlegs::settings::Settings;
use serde_json::Value;

/// What an input should come to.
#[derive(Debug, Clone, Copy)]
enum Right {
    /// One activity of these figures; what is `None` is not asked.
    One(Figures),
    /// As many activities.
    Many(usize),
    /// A refusal that says this.
    Refused(&'static str),
    /// Each activity is of this sport.
    Sports(&'static str),
    /// Activities of these sports, in whatever order; what is left is refused.
    Each(&'static [&'static str]),
}

/// Figures of an activity, as a person would check them.
#[derive(Debug, Clone, Copy)]
struct Figures {
    sport: Option<&'static str>,
    day: Option<&'static str>,
    distance_km: Option<f64>,
    gain_m: Option<f64>,
    loss_m: Option<f64>,
    /// Null in the output is 0 here: no times.
    moving_min: Option<f64>,
    concentric: Option<f64>,
    eccentric: Option<f64>,
    /// A code that must be among the notices.
    notice: Option<&'static str>,
}

const ANY: Figures = Figures {
    sport: None,
    day: None,
    distance_km: None,
    gain_m: None,
    loss_m: None,
    moving_min: None,
    concentric: None,
    eccentric: None,
    notice: None,
};
/// 14 km in an hour and a half, 1190 m up.
const OUTING: Figures = Figures {
    distance_km: Some(14.0),
    gain_m: Some(1192.0),
    moving_min: Some(90.0),
    ..ANY
};
/// Its first hour.
const HOUR: Figures = Figures {
    day: Some("2024-06-15"),
    distance_km: Some(9.36),
    gain_m: Some(798.0),
    moving_min: Some(60.0),
    ..ANY
};
/// The hike of four hours.
const HIKE: Figures = Figures {
    sport: Some("hike"),
    distance_km: Some(15.8),
    gain_m: Some(1193.0),
    moving_min: Some(240.0),
    ..ANY
};

const CASES: &[(&str, Right)] = &[
    ("G05_jitter60.gpx.gz", Right::One(HIKE)),
    ("G06_interval_61s.gpx.gz", Right::One(Figures { loss_m: Some(1165.0), ..HIKE })),
    ("G08_every_50m.gpx.gz", Right::One(Figures { moving_min: None, ..HIKE })),
    (
        "G10_komoot_4months.gpx.gz",
        Right::One(Figures {
            moving_min: Some(0.0),
            notice: Some("bad_time"),
            day: None,
            ..HOUR
        }),
    ),
    ("S01_first1_1970.gpx.gz", Right::One(HOUR)),
    ("S03_first1_1989.tcx.gz", Right::One(HOUR)),
    ("S04_last1_2099.gpx.gz", Right::One(HOUR)),
    ("S06_first30_2000same.gpx.gz", Right::One(HOUR)),
    ("L01_strava_es.tar.gz", Right::Each(&["ride", "run", "walk"])),
    ("X01_strava_en_gunzipped.tar.gz", Right::Each(&["hike", "ride", "run"])),
    ("X03_strava_mac.zip", Right::Each(&["hike", "ride", "run"])),
    ("L04_013.gpx.gz", Right::Refused("has no model")),
    ("L07_005.gpx.gz", Right::Sports("run")),
    ("L11_fastrun_notype_cad182.gpx.gz", Right::Sports("run")),
    ("L12_name_cycling.gpx.gz", Right::Sports("ride")),
    ("T02_rec_then_plan.gpx.gz", Right::One(OUTING)),
    ("T05_ten_days.gpx.gz", Right::Many(10)),
    ("T06_race_variants.gpx.gz", Right::Many(3)),
    ("T07_outrun_repeat_segs.gpx.gz", Right::One(Figures { day: None, ..HOUR })),
    ("T12_seg_5s_2.gpx.gz", Right::One(OUTING)),
    ("T14_seg_shared.gpx.gz", Right::One(OUTING)),
    ("T15_seg_forest_15s_gap.gpx.gz", Right::One(OUTING)),
    ("M01_dup2_even.gpx.gz", Right::One(OUTING)),
    ("M02_tcx_hr_separate.tcx.gz", Right::One(OUTING)),
    (
        "C01_cad_zero.gpx.gz",
        Right::One(Figures { concentric: Some(120.0), eccentric: Some(90.0), ..OUTING }),
    ),
    ("C03_hr0_blocks.gpx.gz", Right::One(OUTING)),
    ("C08_tcx_cad_both.tcx.gz", Right::One(OUTING)),
    (
        "H05_ele_comma.gpx.gz",
        Right::One(Figures { notice: Some("unusual_form"), ..OUTING }),
    ),
    (
        "H09_ele_q10_gentle.gpx.gz",
        Right::One(Figures {
            gain_m: Some(120.0),
            concentric: Some(6.0),
            eccentric: Some(5.0),
            notice: Some("coarse"),
            ..OUTING
        }),
    ),
    ("H11_coarse3_run.gpx.gz", Right::Refused("too coarse")),
    ("X07_one.zip", Right::Many(1)),
    ("F_smart_irregular.fit.gz", Right::One(Figures { gain_m: Some(800.0), ..OUTING })),
    (
        "F_sub_ultra.fit.gz",
        Right::One(Figures { distance_km: Some(21.6), notice: Some("sparse"), ..ANY }),
    ),
    ("F_ride_cad1.fit.gz", Right::One(Figures { concentric: Some(60.8), ..ANY })),
    // the table says 73.6, which is the load of 85 strides; the file without its cadence is 78.1
    ("F_cad0.fit.gz", Right::One(Figures { concentric: Some(78.1), ..ANY })),
    ("L03_110.gpx.gz", Right::Sports("hike")),
    ("L08_arc_month.gpx.gz", Right::Each(&["run", "walk"])),
    ("M15_gpxsee399.gpx.gz", Right::One(Figures { day: None, moving_min: None, ..HOUR })),
    (
        "K02_lead_2pct.gpx.gz",
        Right::One(Figures { sport: Some("ride"), gain_m: Some(280.0), ..ANY }),
    ),
];

fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/cases");
    if folder.is_dir() {
        return Some(folder);
    }
    support::not_asked(&format!("no {}", folder.display()));
    None
}

/// Every line that `batch` makes of a case.
fn lines(folder: &Path, name: &str) -> Vec<Value> {
    let unpacked = tempfile::tempdir().unwrap();
    let path = if name.ends_with(".tar.gz") {
        let packed = std::fs::File::open(folder.join(name)).unwrap();
        tar::Archive::new(GzDecoder::new(packed)).unpack(unpacked.path()).unwrap();
        unpacked.path().to_path_buf()
    } else {
        folder.join(name)
    };
    under(&path)
        .map(|input| {
            serde_json::to_value(batch::score(input, &Settings::default())).unwrap()
        })
        .collect()
}

fn activities(lines: &[Value]) -> Vec<&Value> {
    lines.iter().filter_map(|line| line["activities"].as_array()).flatten().collect()
}

/// What is wrong with an activity; nothing where all is right.
fn wrong(activity: &Value, right: &Figures) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut number =
        |key: &str, scale: f64, right: Option<f64>, share: f64, most: f64| {
            let is = activity[key].as_f64().unwrap_or(0.0) * scale;
            if let Some(right) = right
                && (is - right).abs() > (share * right).max(most)
            {
                wrong.push(format!("{key} {is:.1} instead of {right:.1}"));
            }
        };
    number("distance_m", 1e-3, right.distance_km, 0.01, 0.0);
    number("gain_m", 1.0, right.gain_m, 0.01, 0.0);
    number("loss_m", 1.0, right.loss_m, 0.01, 0.0);
    number("moving_s", 1.0 / 60.0, right.moving_min, 0.02, 0.0);
    number("concentric_load", 1.0, right.concentric, 0.02, 0.6);
    number("eccentric_load", 1.0, right.eccentric, 0.02, 0.6);
    if right.sport.is_some_and(|sport| activity["sport"] != sport) {
        wrong.push(format!("a {}", activity["sport"]));
    }
    let start = activity["start"].as_str().unwrap_or("no date");
    if right.day.is_some_and(|day| !start.starts_with(day)) {
        wrong.push(start.to_owned());
    }
    let notices = activity["notices"].as_array().unwrap();
    if right
        .notice
        .is_some_and(|code| !notices.iter().any(|notice| notice["code"] == code))
    {
        wrong.push(format!("notices {notices:?}"));
    }
    wrong
}

#[test]
fn scores_reported_inputs_rightly_or_refuses_them() {
    let Some(folder) = folder() else { return };
    let mut failures = Vec::new();
    for (name, right) in CASES {
        let lines = lines(&folder, name);
        let found = activities(&lines);
        let faults = match right {
            Right::One(figures) => match found.as_slice() {
                [activity] => wrong(activity, figures),
                other => vec![format!("{} activities: {lines:?}", other.len())],
            },
            Right::Many(count) if found.len() == *count => Vec::new(),
            Right::Many(count) => {
                vec![format!("{} activities instead of {count}", found.len())]
            }
            Right::Refused(words) => {
                let said = lines[0]["error"]["message"].as_str().unwrap_or("scored");
                if said.contains(words) { Vec::new() } else { vec![said.to_owned()] }
            }
            Right::Each(sports) => {
                let mut is: Vec<&str> = found
                    .iter()
                    .filter_map(|activity| activity["sport"].as_str())
                    .collect();
                is.sort_unstable();
                if is == *sports { Vec::new() } else { vec![format!("{is:?}")] }
            }
            Right::Sports(sport) => {
                let others = found.iter().filter(|activity| activity["sport"] != *sport);
                let mut wrong: Vec<String> =
                    others.map(|a| a["sport"].to_string()).collect();
                if found.is_empty() {
                    wrong.push(format!("nothing scored: {lines:?}"));
                }
                wrong
            }
        };
        for fault in faults {
            failures.push(format!("{name}: {fault}"));
        }
    }
    assert!(failures.is_empty(), "{failures:#?}");
}
