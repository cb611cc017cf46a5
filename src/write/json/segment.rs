//! Climbs, descents, the level between and laps; and the sums by grade.

use crate::report::{Hill, Incline, Terrain as Sums};
use crate::segment::Slope;
use crate::write::json::loads::{Load, LoadRange, load, range};
use crate::write::object::object;
use crate::write::rounding::{finite, maybe, round};

object! {
    /// One climb, descent, level stretch or lap.
    #[serde(deny_unknown_fields)]
    pub struct Segment;

    pub(super) fn segment(hill: &Hill, foot: bool);

    /// climb, level, descent or lap.
    kind: String = hill.slope.map_or("lap", Slope::name).to_owned(),
    /// The named place of the file at its top, as in the file: escape before showing.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String> = hill.name.clone(),
    /// Where it begins, from the start; 0.1 m.
    from_m: f64 = finite(hill.from_m, 1),
    /// Horizontal metres; 0.1 m.
    length_m: f64 = finite(hill.length_m, 1),
    /// Net rise; 0.1 m.
    rise_m: f64 = finite(hill.rise_m, 1),
    /// Metres up that are scored; 0.1 m.
    gain_m: f64 = finite(hill.gain_m, 1),
    /// Metres down that are scored; 0.1 m.
    loss_m: f64 = finite(hill.loss_m, 1),
    /// Rise over run; 0.0001.
    mean_grade: f64 = finite(hill.mean_grade, 4),
    /// Steepest 30 m, signed; 0.0001.
    max_grade: f64 = finite(hill.max_grade, 4),
    /// Steepest 100 m, signed; 0.0001. Null where it is shorter.
    steepest_100_m_grade: Option<f64> = maybe(hill.steepest_100_m, 4),
    /// Seconds at 0.3 m/s and more; 0.1 s. Null without times.
    moving_s: Option<f64> = maybe(hill.moving_s, 1),
    /// Horizontal metres per moving second; 0.01 m/s.
    speed_m_per_s: Option<f64> = maybe(hill.speed_m_per_s, 2),
    /// Runs: speed on the level that would have cost as much; 0.001 m/s.
    level_speed_m_per_s: Option<f64> = maybe(hill.level_speed_m_per_s, 3),
    /// Net rise per moving hour; 1 m/h.
    vertical_m_per_h: Option<f64> = maybe(hill.vertical_m_per_h, 0),
    /// Of the segment.
    #[serde(flatten)]
    load: Load = load(&hill.load, foot),
    /// What it could be; null for laps.
    range: Option<LoadRange> = hill.range.as_ref().map(|r| range(r, foot)),
    /// Mean; 1 a minute.
    heart_rate_bpm: Option<f64> = maybe(hill.heart_rate_bpm, 0),
    /// Mean of recorded steps, or turns of the crank; 1 a minute.
    cadence_per_min: Option<f64> = maybe(hill.cadence_per_min, 0),
    /// Rides, but for descents: mean power, measured or modelled; 1 W.
    #[serde(skip_serializing_if = "Option::is_none")]
    power_w: Option<f64> = maybe(hill.power_w, 0),
    /// Rides: mean torque at the crank; 0.1 N m.
    #[serde(skip_serializing_if = "Option::is_none")]
    torque_nm: Option<f64> = maybe(hill.torque_nm(), 1),
    /// Strava's category, rides only.
    category: Option<String> = hill.category.map(str::to_owned),
    /// Rides; 0.01.
    fiets_index: Option<f64> = maybe(hill.fiets, 2),
}

object! {
    /// Sums of cells by grade: beyond 1 %, between, beyond -1 %. Not the segment table.
    #[serde(deny_unknown_fields)]
    pub struct Terrain;

    pub(super) fn terrain(sums: &Sums);

    /// Above 1 %.
    up: Row = row(&sums.up),
    /// From -1 to 1 %.
    level: Row = row(&sums.level),
    /// Below -1 %.
    down: Row = row(&sums.down),
}

object! {
    /// One row of it.
    #[serde(deny_unknown_fields)]
    pub struct Row;

    fn row(row: &Incline);

    /// Horizontal metres; 0.1 m.
    length_m: f64 = finite(row.length_m, 1),
    /// Net rise; 0.1 m.
    rise_m: f64 = finite(row.rise_m, 1),
    /// Seconds at 0.3 m/s and more; 0.1 s. Null without times.
    moving_s: Option<f64> = round(row.moving_s, 1),
    /// Muscle work shortening; 1 J/kg.
    con_j_per_kg: f64 = finite(row.con_j_per_kg, 0),
    /// Muscle work lengthening; 1 J/kg.
    ecc_j_per_kg: f64 = finite(row.ecc_j_per_kg, 0),
}
