//! A report for programs: schema 1, SI units in the keys, rounded to what each key states.

mod line;
mod loads;
mod mechanisms;
mod quality;
mod segment;

use schemars::JsonSchema;
use serde::Serialize;

use crate::activity::Reported as Totals;
use crate::load::by_grade::grade_of;
use crate::load::motion;
use crate::read::Notice;
use crate::report::{Hill, MODEL_VERSION, Passage, Report};
use crate::settings::Settings;
use crate::sport::Labelled;
use crate::write::object::object;
use crate::write::rounding::{finite, maybe, round};
pub use line::{FailedLine, Failure, Line, Refused, ScoredLine, line_schema};
pub use loads::{Effect, Load, LoadRange, OtherSport, Span};
pub use mechanisms::{BestEffort, BestUphill, Mechanisms};
pub use quality::Quality;
pub use segment::{Row, Segment, Terrain};

use loads::{effect, load, other_sport, range, span};
use mechanisms::mechanisms;
use quality::quality;
use segment::{segment, terrain};

/// Version of this form; it moves when a key changes its meaning or goes.
pub const SCHEMA: u32 = 1;

/// Everything a call printed: the activities of all files that could be scored.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Version of this form: 1.
    pub schema: u32,
    /// In the order of the files and of the activities inside.
    pub activities: Vec<Scored>,
}

object! {
    /// One activity.
    #[serde(deny_unknown_fields)]
    pub struct Scored;

    /// Returns one scored activity, ready to be written.
    pub fn scored(
        report: &Report,
        path: &str,
        part: usize,
        settings: &Settings,
        notices: &[Notice],
    );

    /// The file as it was named.
    path: String = path.to_owned(),
    /// Which activity of the file, from 1.
    part: usize = part,
    /// Moves with every change of a score.
    model_version: u32 = MODEL_VERSION,
    /// As the file or its export calls it.
    name: Option<String> = report.header.name.clone(),
    /// What recorded or wrote it.
    device: Option<String> = report.header.device.clone(),
    /// run, walk, hike or ride.
    sport: String = report.sport.name().to_owned(),
    /// What the file calls the sport, where it has no model here or is not known.
    labelled: Option<String> = unmodelled(&report.header.sport),
    /// What the sport was taken from where it is assumed: name, keywords, description,
    /// cadence, power, speed, grade, length or planner.
    sport_from: Option<String> = report.sport_from.map(|from| from.name().to_owned()),
    /// recording or course.
    nature: String = if report.is_course() { "course" } else { "recording" }.to_owned(),
    /// First time, UTC, RFC 3339.
    start: Option<String> = report.header.start.map(|start| start.to_string()),
    /// The file's own offset from UTC, s.
    utc_offset_s: Option<i32> = report.header.utc_offset_s,
    /// Horizontal metres; 0.1 m.
    distance_m: f64 = finite(report.distance_m, 1),
    /// Of these, metres that are scored; 0.1 m.
    scored_m: f64 = finite(report.scored_m, 1),
    /// Metres up that are scored; 0.1 m.
    gain_m: f64 = finite(report.gain_m, 1),
    /// Metres down that are scored; 0.1 m.
    loss_m: f64 = finite(report.loss_m, 1),
    /// What the gain may be: the total of a device lies within in four of five recordings; 0.1 m.
    gain_range_m: Span = span(&report.gain_range_m, 1),
    /// What the loss may be; 0.1 m.
    loss_range_m: Span = span(&report.loss_range_m, 1),
    /// Seconds at 0.3 m/s and more; 0.1 s. Null without times.
    moving_s: Option<f64> = maybe(report.moving_s, 1),
    /// Runs: speed on the level that would have cost as much (grade-adjusted pace, Minetti et al.
    /// 2002); 0.001 m/s. Null on other sports and without times.
    level_speed_m_per_s: Option<f64> = maybe(report.level_speed_m_per_s, 3),
    /// Seconds from the first to the last sample; 0.1 s. Null without times.
    elapsed_s: Option<f64> = if report.timed { round(report.quality.elapsed_s, 1) } else { None },
    /// Of the whole.
    #[serde(flatten)]
    load: Load = load(&report.load, report.sport.on_foot()),
    /// What the load could be.
    range: LoadRange = range(&report.range, report.sport.on_foot()),
    /// What this range is made of, the largest effect first.
    effects: Vec<Effect> = report.effects.iter().map(effect).collect(),
    /// The load as another sport, where words, speed, grade or length decided which it was, and
    /// another is plausible, too.
    other_sport: Option<OtherSport> = report.other_sport.as_ref().map(other_sport),
    /// Steepest five minutes up, rise over run; 0.0001.
    steepest_5_min_up: Option<f64> = maybe(report.steepest_5_min.0, 4),
    /// Steepest five minutes down, rise over run, positive; 0.0001.
    steepest_5_min_down: Option<f64> = maybe(report.steepest_5_min.1, 4),
    /// Sums by grade.
    terrain: Terrain = terrain(&report.terrain),
    /// On foot, where a sensor of running dynamics was there: the motion of steps by class of grade,
    /// those with half a minute of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    range_of_motion: Option<Vec<Motion>> = motion(&report.motion),
    /// Climbs, descents and the level between: together they are the whole.
    segments: Vec<Segment> = segments(&report.segments, report),
    /// Named places of the file where it passes them within 100 m, in its order.
    waypoints: Vec<Waypoint> = report.passages.all.iter().map(waypoint).collect(),
    /// Named places of the file that it does not pass.
    waypoints_off_route: usize = report.passages.off_route,
    /// The same figures by the watch's laps.
    laps: Vec<Segment> = segments(&report.laps, report),
    /// Of hill training.
    mechanisms: Mechanisms = mechanisms(&report.mechanisms),
    /// What was found about the recording.
    quality: Quality = quality(report),
    /// Ride: rising slope metres whose power is not known and which are not scored; 0.1 m.
    unknown_power_m: f64 = finite(report.unknown_m, 1),
    /// Ride: rising slope metres whose power is modelled by speed and grade; 0.1 m.
    #[serde(skip_serializing_if = "Option::is_none")]
    modelled_power_m: Option<f64> =
        (!report.sport.on_foot()).then(|| finite(report.modelled_m, 1)),
    /// Rides with a power meter: the most power held for so long.
    #[serde(skip_serializing_if = "Option::is_none")]
    best_efforts: Option<Vec<BestEffort>> = (!report.best_efforts.is_empty())
        .then(|| report.best_efforts.iter().map(mechanisms::best_effort).collect()),
    /// The most that one climb held for 30 s, 1, 5, 20 and 60 min; not there where none is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    best_uphill: Option<Vec<BestUphill>> = report
        .has_best_uphill()
        .then(|| report.best_uphill.iter().map(mechanisms::best_uphill).collect()),
    /// What the device totalled: beside ours, never used.
    reported: Reported = reported(&report.header.reported),
    /// Codes of what rests on nothing measured.
    assumed: Vec<String> = report.assumed.iter().map(|a| a.code().to_owned()).collect(),
    /// Flaws of the file that were survived, and what is left out of the figures.
    notices: Vec<Survived> = notices.iter().chain(&report.notices).map(survived).collect(),
    /// Who moved, and the split's rules.
    settings: AppliedSettings = applied(report, settings),
}

object! {
    /// A named place on the way; turns of a cue sheet are none.
    #[serde(deny_unknown_fields)]
    pub struct Waypoint;

    fn waypoint(passage: &Passage);

    /// As in the file: escape before showing.
    name: String = passage.name.clone(),
    /// summit, service (water, food, first aid and so on) or place.
    kind: String = passage.kind.name().to_owned(),
    /// Distance from the start; 0.1 m.
    at_m: f64 = finite(passage.at_m, 1),
}

object! {
    /// What the device totalled.
    #[serde(deny_unknown_fields)]
    pub struct Reported;

    fn reported(totals: &Totals);

    /// 0.1 m.
    ascent_m: Option<f64> = maybe(totals.ascent_m, 1),
    /// 0.1 m.
    descent_m: Option<f64> = maybe(totals.descent_m, 1),
    /// 0.1 m.
    distance_m: Option<f64> = maybe(totals.distance_m, 1),
    /// 0.1 s.
    timer_s: Option<f64> = maybe(totals.timer_s, 1),
}

object! {
    /// A flaw of the file that was survived.
    #[serde(deny_unknown_fields)]
    pub struct Survived;

    fn survived(notice: &Notice);

    /// Stable.
    code: String = notice.kind.code().to_owned(),
    /// How often.
    count: u64 = notice.count,
    /// In words, as in the file: escape before showing.
    detail: String = notice.detail.clone(),
}

object! {
    /// The settings that were used.
    #[serde(deny_unknown_fields)]
    #[schemars(rename = "Used")]
    pub struct AppliedSettings;

    fn applied(report: &Report, settings: &Settings);

    /// Body; 0.1 kg.
    mass_kg: f64 = finite(report.mass_kg(), 1),
    /// Carried; 0.1 kg.
    pack_kg: f64 = finite(report.athlete.carried_kg(), 1),
    /// At which a climb or descent is entered; 0.0001.
    enter_grade: f64 = finite(report.rules.enter_grade, 4),
    /// Below which it is left; 0.0001.
    leave_grade: f64 = finite(report.rules.leave_grade, 4),
    /// Shortest climb or descent; 0.1 m.
    min_length_m: f64 = finite(report.rules.min_length_m, 1),
    /// Lowest; 0.1 m.
    min_rise_m: f64 = finite(report.rules.min_rise_m, 1),
    /// Longest neighbour merged away; 0.1 m.
    merge_length_m: f64 = finite(report.rules.merge_length_m, 1),
    /// Highest neighbour merged away; 0.1 m.
    merge_rise_m: f64 = finite(report.rules.merge_rise_m, 1),
    /// Factor on the smoothing window; 0.01.
    smoothing: f64 = finite(settings.sampling.smoothing, 2),
}

object! {
    /// The motion of steps in a class of grade.
    #[serde(deny_unknown_fields)]
    pub struct Motion;

    fn motion_at(grade: f64, motion: &motion::Motion);

    /// Middle of the class, 0.05 wide, rise over run.
    grade: f64 = finite(grade, 2),
    /// Rise and fall of the trunk; 1 mm.
    vertical_oscillation_mm: Option<f64> =
        maybe(motion.vertical_oscillation_m.mean().map(|m| 1000.0 * m), 0),
    /// Length of a step; 0.01 m.
    step_length_m: Option<f64> = maybe(motion.step_length_m.mean(), 2),
    /// Time of a foot on the ground; 1 ms.
    stance_time_ms: Option<f64> = maybe(motion.stance_time_s.mean().map(|s| 1000.0 * s), 0),
}

fn motion(of: &motion::RangeOfMotion) -> Option<Vec<Motion>> {
    let classes = of.classes.iter().enumerate();
    let known = classes.filter(|(_, motion)| motion.is_known());
    let rows: Vec<Motion> =
        known.map(|(class, motion)| motion_at(grade_of(class), motion)).collect();
    (!rows.is_empty()).then_some(rows)
}

/// Returns what a file calls a sport that has no model, or that is not known.
fn unmodelled(label: &Labelled) -> Option<String> {
    match label {
        Labelled::Unmodelled(name) | Labelled::Unrecognised(name) => Some(name.clone()),
        Labelled::Modelled(..) | Labelled::Unknown => None,
    }
}

fn segments(hills: &[Hill], report: &Report) -> Vec<Segment> {
    hills.iter().map(|hill| segment(hill, report.sport.on_foot())).collect()
}

/// Returns the JSON Schema of [`Document`].
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Document).into()
}
