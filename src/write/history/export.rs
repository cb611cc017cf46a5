//! Sessions as flat rows, for a spreadsheet or a database.

use crate::history::Session;
use crate::write::cell::cell;
use crate::write::object::object;
use crate::write::rounding::{finite, maybe};

object! {
    /// A session, rounded as in the JSON of an activity.
    #[expect(missing_docs, reason = "every key names its unit; the others are described")]
    pub struct Row;

    /// Returns a session as a row, and where it was found.
    pub fn row(session: &Session, path: Option<&str>);

    /// BLAKE3 of the file's bytes, 32 hexadecimal digits.
    id: String = session.id.clone(),
    /// Which activity of the file, from 1.
    part: u32 = session.part,
    /// Where it was found; null in a history.
    path: Option<String> = path.map(str::to_owned),
    name: Option<String> = session.name.clone(),
    /// Device or creator.
    origin: String = session.origin.clone(),
    /// run, walk, hike or ride.
    sport: String = session.sport.name().to_owned(),
    /// UTC, RFC 3339.
    start: String = session.start.to_string(),
    /// The athlete's own day.
    day: String = session.day.to_string(),
    elapsed_s: f64 = finite(session.elapsed_s, 1),
    moving_s: f64 = finite(session.moving_s, 1),
    distance_m: f64 = finite(session.distance_m, 1),
    gain_m: f64 = finite(session.gain_m, 1),
    loss_m: f64 = finite(session.loss_m, 1),
    climb_volume_m: f64 = finite(session.climb_volume_m, 1),
    descent_volume_m: Option<f64> = on_foot(session, session.descent_volume_m),
    hard_descent_volume_m: Option<f64> = on_foot(session, session.hard_descent_volume_m),
    concentric_load: f64 = finite(session.concentric_load, 1),
    concentric_load_low: f64 = finite(session.concentric_load_range.0, 1),
    concentric_load_high: f64 = finite(session.concentric_load_range.1, 1),
    eccentric_load: f64 = finite(session.eccentric_load, 1),
    eccentric_load_low: f64 = finite(session.eccentric_load_range.0, 1),
    eccentric_load_high: f64 = finite(session.eccentric_load_range.1, 1),
    concentric_intensity: Option<f64> = maybe(session.concentric_intensity, 2),
    eccentric_intensity: Option<f64> = maybe(session.eccentric_intensity, 2),
    /// Rise over run.
    steepest_5_min_up: Option<f64> = maybe(session.steepest_5_min_up, 4),
    /// Rise over run, positive.
    steepest_5_min_down: Option<f64> = maybe(session.steepest_5_min_down, 4),
    best_60s_up_w_per_kg: Option<f64> = maybe(session.best_60s_up_w_per_kg, 2),
    step_p95_up_j_per_kg: Option<f64> = maybe(session.step_p95_up_j_per_kg, 2),
    long_climb_min: Option<f64> = maybe(session.long_climb_min, 1),
    /// Rides: rise of the largest climb; null on foot.
    largest_climb_m: Option<f64> = maybe(session.largest_climb_m, 1),
    hard_steps_up: Option<f64> = maybe(session.hard_steps_up, 0),
    hard_steps_down: Option<f64> = maybe(session.hard_steps_down, 0),
    /// Flaws of the file that were survived.
    notices: u32 = session.notices,
    /// Left out by the athlete.
    excluded: bool = session.excluded,
}

fn on_foot(session: &Session, value: f64) -> Option<f64> {
    session.sport.on_foot().then(|| finite(value, 1))
}

impl Row {
    /// Returns the same for a table, whose texts are [cells](crate::write::cell).
    #[must_use]
    pub fn in_cells(self) -> Row {
        Row {
            path: self.path.as_deref().map(cell),
            name: self.name.as_deref().map(cell),
            origin: cell(&self.origin),
            ..self
        }
    }
}
