//! Sessions as flat rows, for a spreadsheet or a database.

use schemars::JsonSchema;
use serde::Serialize;

use crate::history::Session;
use crate::write::cell::cell;
use crate::write::json::{finite, maybe};

/// A session, rounded as in the JSON of an activity.
#[derive(Debug, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "every key names its unit; the others are described")]
pub struct Row {
    /// BLAKE3 of the file's bytes, 32 hexadecimal digits.
    pub id: String,
    /// Which activity of the file, from 1.
    pub part: u32,
    /// Where it was found; null in a history.
    pub path: Option<String>,
    pub name: Option<String>,
    /// Device or creator.
    pub origin: String,
    /// run, walk, hike or ride.
    pub sport: String,
    /// UTC, RFC 3339.
    pub start: String,
    /// The athlete's own day.
    pub day: String,
    pub elapsed_s: f64,
    pub moving_s: f64,
    pub distance_m: f64,
    pub gain_m: f64,
    pub loss_m: f64,
    pub climb_volume_m: f64,
    pub descent_volume_m: Option<f64>,
    pub hard_descent_volume_m: Option<f64>,
    pub concentric_load: f64,
    pub concentric_load_low: f64,
    pub concentric_load_high: f64,
    pub eccentric_load: f64,
    pub eccentric_load_low: f64,
    pub eccentric_load_high: f64,
    pub concentric_intensity: Option<f64>,
    pub eccentric_intensity: Option<f64>,
    /// Rise over run.
    pub steepest_5_min_up: Option<f64>,
    /// Rise over run, positive.
    pub steepest_5_min_down: Option<f64>,
    pub best_60s_up_w_per_kg: Option<f64>,
    pub step_p95_up_j_per_kg: Option<f64>,
    pub long_climb_min: Option<f64>,
    pub hard_steps_up: Option<f64>,
    pub hard_steps_down: Option<f64>,
    /// Flaws of the file that were survived.
    pub notices: u32,
    /// Left out by the athlete.
    pub excluded: bool,
}

impl Row {
    /// The same for a table, whose texts are [cells](crate::write::cell).
    #[must_use]
    pub fn in_cells(self) -> Row {
        Row {
            path: self.path.as_deref().map(cell),
            name: self.name.as_deref().map(cell),
            origin: cell(&self.origin),
            ..self
        }
    }

    /// Of a session.
    pub fn of(s: &Session, path: Option<&str>) -> Row {
        let on_foot = |value| s.sport.on_foot().then(|| finite(value, 1));
        Row {
            id: s.id.clone(),
            part: s.part,
            path: path.map(str::to_owned),
            name: s.name.clone(),
            origin: s.origin.clone(),
            sport: s.sport.name().to_owned(),
            start: s.start.to_string(),
            day: s.day.to_string(),
            elapsed_s: finite(s.elapsed_s, 1),
            moving_s: finite(s.moving_s, 1),
            distance_m: finite(s.distance_m, 1),
            gain_m: finite(s.gain_m, 1),
            loss_m: finite(s.loss_m, 1),
            climb_volume_m: finite(s.climb_volume_m, 1),
            descent_volume_m: on_foot(s.descent_volume_m),
            hard_descent_volume_m: on_foot(s.hard_descent_volume_m),
            concentric_load: finite(s.concentric_load, 1),
            concentric_load_low: finite(s.concentric_load_range.0, 1),
            concentric_load_high: finite(s.concentric_load_range.1, 1),
            eccentric_load: finite(s.eccentric_load, 1),
            eccentric_load_low: finite(s.eccentric_load_range.0, 1),
            eccentric_load_high: finite(s.eccentric_load_range.1, 1),
            concentric_intensity: maybe(s.concentric_intensity, 2),
            eccentric_intensity: maybe(s.eccentric_intensity, 2),
            steepest_5_min_up: maybe(s.steepest_5_min_up, 4),
            steepest_5_min_down: maybe(s.steepest_5_min_down, 4),
            best_60s_up_w_per_kg: maybe(s.best_60s_up_w_per_kg, 2),
            step_p95_up_j_per_kg: maybe(s.step_p95_up_j_per_kg, 2),
            long_climb_min: maybe(s.long_climb_min, 1),
            hard_steps_up: maybe(s.hard_steps_up, 0),
            hard_steps_down: maybe(s.hard_steps_down, 0),
            notices: s.notices,
            excluded: s.excluded,
        }
    }
}
