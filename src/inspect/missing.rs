//! What a recording does not hold, and which figures rest on an assumption or are not there
//! for it.

use schemars::JsonSchema;
use serde::Serialize;

use super::Recorded;
use crate::load::mechanisms::{Figure, Mechanisms};
use crate::report::{Assumed, Report};

/// Something that is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Missing {
    /// In words: no cadence, no contact time recorded, `ftp_w` is not set.
    pub what: String,
    /// What is assumed instead, by the codes of `assumed` of an activity's JSON.
    pub assumed: Vec<String>,
    /// Figures that are not there for it, by their keys in `mechanisms` of an activity's JSON.
    pub figures: Vec<String>,
}

/// Reasons that tell of the sport or the route, not of something missing.
const NOT_MISSING: [&str; 1] = ["no hills"];

/// What a column that is empty is called, and what is assumed in its place.
const COLUMNS: [(&str, &str); 6] = [
    ("time_s", "no timestamps"),
    ("latitude_deg", "no positions"),
    ("elevation_m", "no heights"),
    ("heart_rate_bpm", "no heart rate"),
    ("cadence_per_min", "no cadence"),
    ("power_w", "no power"),
];

/// Returns what is assumed, and what had to be there for it not to be.
fn lacking(assumed: Assumed) -> &'static str {
    match assumed {
        Assumed::Sport => "no sport that is known here",
        Assumed::Mass => "mass_kg is not set",
        Assumed::Cadence => "no cadence for much of it",
        Assumed::Gait => "nothing that tells running from walking",
        Assumed::Speed | Assumed::OwnSpeed => "no timestamps",
        Assumed::Power => "no power",
        Assumed::Rpm => "no cadence",
        Assumed::VirtualHills => "hills of a virtual ride, of no ground",
    }
}

/// Returns everything that is missing, what is assumed for it first.
pub(super) fn of(report: &Report, columns: &[Recorded]) -> Vec<Missing> {
    let mut missing: Vec<Missing> = Vec::new();
    let mut lack = |what: &str, assumed: Option<Assumed>, figure: Option<&str>| {
        let known = missing.iter().position(|missing| missing.what == what);
        let at = known.unwrap_or_else(|| {
            missing.push(Missing {
                what: what.to_owned(),
                assumed: Vec::new(),
                figures: Vec::new(),
            });
            missing.len() - 1
        });
        if let Some(missing) = missing.get_mut(at) {
            missing.assumed.extend(assumed.map(|assumed| assumed.code().to_owned()));
            missing.figures.extend(figure.map(str::to_owned));
        }
    };
    let empty = |name: &str| columns.iter().any(|c| c.name == name && c.count == 0);
    for assumed in &report.assumed {
        let what = match assumed {
            Assumed::Cadence | Assumed::Gait if empty("cadence_per_min") => "no cadence",
            assumed => lacking(*assumed),
        };
        lack(what, Some(*assumed), None);
    }
    for (column, what) in COLUMNS {
        // power is a rider's, and no runner misses it
        if empty(column) && (column != "power_w" || !report.sport.on_foot()) {
            lack(what, None, None);
        }
    }
    for (key, figure) in figures(&report.mechanisms) {
        if let Err(reason) = figure
            && (reason.starts_with("no ") || reason.ends_with("is not set"))
            && !NOT_MISSING.contains(reason)
        {
            lack(reason, None, Some(key));
        }
    }
    missing
}

/// Returns the figures of hill training by their keys.
fn figures(m: &Mechanisms) -> [(&'static str, &Figure); 28] {
    [
        ("hard_climb_share", &m.hard_climb_share),
        ("climb_torque_nm_per_kg", &m.climb_torque_nm_per_kg),
        ("climb_pedal_force_n", &m.climb_pedal_force_n),
        ("low_cadence_min", &m.low_cadence_min),
        ("hard_descent_share", &m.hard_descent_share),
        ("step_p95_up_j_per_kg", &m.step_p95_up_j_per_kg),
        ("very_hard_steps_up", &m.very_hard_steps_up),
        ("step_power_up_w_per_kg", &m.step_power_up_w_per_kg),
        ("hill_sprints", &m.hill_sprints),
        ("best_sprint_up_w_per_kg", &m.best_sprint_up_w_per_kg),
        ("best_30s_up_w_per_kg", &m.best_30s_up_w_per_kg),
        ("best_60s_up_w_per_kg", &m.best_60s_up_w_per_kg),
        ("best_30s_down_w_per_kg", &m.best_30s_down_w_per_kg),
        ("best_60s_down_w_per_kg", &m.best_60s_down_w_per_kg),
        ("best_5s_w", &m.best_5s_w),
        ("long_climb_min", &m.long_climb_min),
        ("long_climb_kj_per_kg", &m.long_climb_kj_per_kg),
        ("long_climb_hard_min", &m.long_climb_hard_min),
        ("long_climb_drift", &m.long_climb_drift),
        ("highest_heart_rate_bpm", &m.highest_heart_rate_bpm),
        ("normalized_power_w", &m.normalized_power_w),
        ("intensity_factor", &m.intensity_factor),
        ("trimp", &m.trimp),
        ("steps_up", &m.steps_up),
        ("hard_steps_up", &m.hard_steps_up),
        ("steps_down", &m.steps_down),
        ("hard_steps_down", &m.hard_steps_down),
        ("run_step_share", &m.run_step_share),
    ]
}
