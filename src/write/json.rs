//! A report for programs: schema 1, SI units in the keys, rounded to what each key states.

use schemars::JsonSchema;
use serde::Serialize;

use crate::load::LegLoad;
use crate::load::mechanisms::Figure;
use crate::load::range::Span as Range;
use crate::read::Notice;
use crate::report::{Hill, Incline, MODEL_VERSION, Report};
use crate::sport::Labelled;

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

/// One line of `batch`: what became of one input.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Line {
    /// At least one activity could be scored.
    Scored(ScoredLine),
    /// None could.
    Failed(FailedLine),
}

/// An input with at least one scored activity.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScoredLine {
    /// The input as it was named.
    pub path: String,
    /// Version of this form: 1.
    pub schema: u32,
    /// Version of the program.
    pub tool: String,
    /// BLAKE3 of the input's bytes, 32 hexadecimal digits.
    pub id: String,
    /// In the order of the file.
    pub activities: Vec<Scored>,
    /// Activities of the file that could not be scored.
    pub refused: Vec<Refused>,
}

/// An input that could not be scored.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FailedLine {
    /// The input as it was named.
    pub path: String,
    /// Version of this form: 1.
    pub schema: u32,
    /// Why.
    pub error: Failure,
}

/// An activity beside others that could not be scored.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Refused {
    /// Which activity of the file, from 1.
    pub part: usize,
    /// Stable code, as of [`Failure`].
    pub code: String,
    /// What was wrong and what to do.
    pub message: String,
}

/// Why nothing could be scored.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Failure {
    /// `io`, `empty`, `not_an_activity`, `damaged`, `too_large`, `no_points`, `no_elevation`,
    /// `no_distance`, `unsupported_sport`, `settings` or `internal`.
    pub code: String,
    /// What was wrong and what to do, in one line.
    pub message: String,
}

/// One activity.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scored {
    /// The file as it was named.
    pub path: String,
    /// Which activity of the file, from 1.
    pub part: usize,
    /// Moves with every change of a score.
    pub model_version: u32,
    /// As the file or its export calls it.
    pub name: Option<String>,
    /// What recorded or wrote it.
    pub device: Option<String>,
    /// run, walk, hike or ride.
    pub sport: String,
    /// What the file calls the sport, where it has no model here or is not known.
    pub labelled: Option<String>,
    /// What the sport was taken from where it is assumed: name, cadence, power or speed.
    pub sport_from: Option<String>,
    /// recording or course.
    pub nature: String,
    /// First time, UTC, RFC 3339.
    pub start: Option<String>,
    /// The file's own offset from UTC, s.
    pub utc_offset_s: Option<i32>,
    /// Horizontal metres; 0.1 m.
    pub distance_m: f64,
    /// Of these, metres that are scored; 0.1 m.
    pub scored_m: f64,
    /// Metres up that are scored; 0.1 m.
    pub gain_m: f64,
    /// Metres down that are scored; 0.1 m.
    pub loss_m: f64,
    /// Seconds at 0.3 m/s and more; 0.1 s. Null without times.
    pub moving_s: Option<f64>,
    /// Seconds from the first to the last sample; 0.1 s. Null without times.
    pub elapsed_s: Option<f64>,
    /// Of the whole.
    #[serde(flatten)]
    pub load: Load,
    /// What the load could be.
    pub range: LoadRange,
    /// Steepest five minutes up, rise over run; 0.0001.
    pub steepest_5_min_up: Option<f64>,
    /// Steepest five minutes down, rise over run, positive; 0.0001.
    pub steepest_5_min_down: Option<f64>,
    /// Sums by grade.
    pub terrain: Terrain,
    /// Climbs, descents and the level between: together they are the whole.
    pub segments: Vec<Segment>,
    /// The same figures by the watch's laps.
    pub laps: Vec<Segment>,
    /// Of hill training.
    pub mechanisms: Mechanisms,
    /// What was found about the recording.
    pub quality: Quality,
    /// Ride: rising slope metres whose power is not known and which are not scored; 0.1 m.
    pub unknown_power_m: f64,
    /// What the device totalled: beside ours, never used.
    pub reported: Reported,
    /// Codes of what rests on nothing measured.
    pub assumed: Vec<String>,
    /// Flaws of the file that were survived, and what is left out of the figures.
    pub notices: Vec<Survived>,
    /// Who moved, and the split's rules.
    pub settings: Used,
}

/// Points, intensity, load and work.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Load {
    /// Metres of one's own weight raised, rise x (body + pack) / body; 0.1.
    pub climb_volume_m: f64,
    /// Metres of one's own weight lowered; 0.1. Null on rides.
    pub descent_volume_m: Option<f64>,
    /// Climb volume times intensity over 20 m; 0.1.
    pub concentric_load: f64,
    /// Descent volume times intensity over 20 m; 0.1. Zero on rides.
    pub eccentric_load: f64,
    /// Muscle work of a step up over that of an easy level step; 0.01. Null below 50 m of volume.
    pub concentric_intensity: Option<f64>,
    /// Muscle work of a step down over that of an easy level step; 0.01. Null below 50 m of volume.
    pub eccentric_intensity: Option<f64>,
    /// Muscle work shortening, level metres included; 1 J/kg.
    pub con_j_per_kg: f64,
    /// Muscle work lengthening, level metres included; 1 J/kg.
    pub ecc_j_per_kg: f64,
    /// Climb volume in steps below 1x, 1 to 2x, 2 to 3x, 3x and above, m; 0.1.
    pub climb_volume_by_zone_m: [f64; 4],
    /// Descent volume by the same zones, m; 0.1. Null on rides.
    pub descent_volume_by_zone_m: Option<[f64; 4]>,
    /// Climb volume at 2x and above, m; 0.1.
    pub hard_climb_volume_m: f64,
    /// Descent volume at 2x and above, m; 0.1. Null on rides.
    pub hard_descent_volume_m: Option<f64>,
}

/// Lowest and highest.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// Lowest.
    pub low: f64,
    /// Highest.
    pub high: f64,
}

/// What could be, one reasonable setting changed at a time; no confidence interval.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LoadRange {
    /// Of the key of this name; 0.1.
    pub climb_volume_m: Span,
    /// Of the key of this name; 0.1. Null on rides.
    pub descent_volume_m: Option<Span>,
    /// Of the key of this name; 0.1.
    pub concentric_load: Span,
    /// Of the key of this name; 0.1.
    pub eccentric_load: Span,
    /// Of the key of this name; 0.01.
    pub concentric_intensity: Option<Span>,
    /// Of the key of this name; 0.01.
    pub eccentric_intensity: Option<Span>,
}

/// Sums of cells by grade: beyond 1 %, between, beyond -1 %. Not the segment table.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Terrain {
    /// Above 1 %.
    pub up: Row,
    /// From -1 to 1 %.
    pub level: Row,
    /// Below -1 %.
    pub down: Row,
}

/// One row of it.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Horizontal metres; 0.1 m.
    pub length_m: f64,
    /// Net rise; 0.1 m.
    pub rise_m: f64,
    /// Seconds at 0.3 m/s and more; 0.1 s. Null without times.
    pub moving_s: Option<f64>,
    /// Muscle work shortening; 1 J/kg.
    pub con_j_per_kg: f64,
    /// Muscle work lengthening; 1 J/kg.
    pub ecc_j_per_kg: f64,
}

/// One climb, descent, level stretch or lap.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Segment {
    /// climb, level, descent or lap.
    pub kind: String,
    /// Where it begins, from the start; 0.1 m.
    pub from_m: f64,
    /// Horizontal metres; 0.1 m.
    pub length_m: f64,
    /// Net rise; 0.1 m.
    pub rise_m: f64,
    /// Metres up that are scored; 0.1 m.
    pub gain_m: f64,
    /// Metres down that are scored; 0.1 m.
    pub loss_m: f64,
    /// Rise over run; 0.0001.
    pub mean_grade: f64,
    /// Steepest 30 m, signed; 0.0001.
    pub max_grade: f64,
    /// Steepest 100 m, signed; 0.0001. Null where it is shorter.
    pub steepest_100_m_grade: Option<f64>,
    /// Seconds at 0.3 m/s and more; 0.1 s. Null without times.
    pub moving_s: Option<f64>,
    /// Horizontal metres per moving second; 0.01 m/s.
    pub speed_m_per_s: Option<f64>,
    /// Net rise per moving hour; 1 m/h.
    pub vertical_m_per_h: Option<f64>,
    /// Of the segment.
    #[serde(flatten)]
    pub load: Load,
    /// What it could be; null for laps.
    pub range: Option<LoadRange>,
    /// Mean; 1 a minute.
    pub heart_rate_bpm: Option<f64>,
    /// Mean of recorded steps, or turns of the crank; 1 a minute.
    pub cadence_per_min: Option<f64>,
    /// Strava's category, rides only.
    pub category: Option<String>,
    /// Rides; 0.01.
    pub fiets_index: Option<f64>,
}

/// The five mechanisms; a null has its reason under `why`.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mechanisms {
    /// 1: share of climb volume at 2x and above; 0.001.
    pub hard_climb_share: Option<f64>,
    /// 1, rides: mean crank torque on climbs; 0.01 N m/kg.
    pub climb_torque_nm_per_kg: Option<f64>,
    /// 1, rides: mean force on the pedals that this torque needs; 1 N.
    pub climb_pedal_force_n: Option<f64>,
    /// 1, rides: minutes with power below 70 rpm; 0.1.
    pub low_cadence_min: Option<f64>,
    /// 2: share of descent volume at 2x and above; 0.001.
    pub hard_descent_share: Option<f64>,
    /// 3: 95th percentile of the work of a step up over windows of 10 s; 0.01 J/kg.
    pub step_p95_up_j_per_kg: Option<f64>,
    /// 3: steps up at 3x and above.
    pub very_hard_steps_up: Option<f64>,
    /// 3: best 20 steps up, power while the foot is down; 0.1 W/kg.
    pub step_power_up_w_per_kg: Option<f64>,
    /// 3: best 30 s of concentric power in a climb; 0.01 W/kg.
    pub best_30s_up_w_per_kg: Option<f64>,
    /// 3: best 60 s of it; 0.01 W/kg.
    pub best_60s_up_w_per_kg: Option<f64>,
    /// 2: best 30 s of eccentric power in a descent; 0.01 W/kg.
    pub best_30s_down_w_per_kg: Option<f64>,
    /// 2: best 60 s of it; 0.01 W/kg.
    pub best_60s_down_w_per_kg: Option<f64>,
    /// 3, rides: best 5 s of the power meter; 1 W.
    pub best_5s_w: Option<f64>,
    /// 4: moving minutes in climbs of 4 min and more; 0.1.
    pub long_climb_min: Option<f64>,
    /// 4: metabolic energy in them; 0.1 kJ/kg.
    pub long_climb_kj_per_kg: Option<f64>,
    /// 4: of these minutes, hard by heart rate; 0.1.
    pub long_climb_hard_min: Option<f64>,
    /// 4: normalized power, rides of 20 min and more with a power meter; 1 W.
    pub normalized_power_w: Option<f64>,
    /// 4: normalized power over the athlete's `ftp_w`; 0.01.
    pub intensity_factor: Option<f64>,
    /// 4: Banister's training impulse; 0.1.
    pub trimp: Option<f64>,
    /// 5: steps up, run or walked.
    pub steps_up: Option<f64>,
    /// 5: of these at 2x and above.
    pub hard_steps_up: Option<f64>,
    /// 5: steps down.
    pub steps_down: Option<f64>,
    /// 5: of these at 2x and above.
    pub hard_steps_down: Option<f64>,
    /// 5: share of all these steps that were run; 0.001.
    pub run_step_share: Option<f64>,
    /// Reasons of the nulls, by key.
    pub why: std::collections::BTreeMap<String, String>,
}

/// What was found about the recording.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quality {
    /// Samples read.
    pub samples: usize,
    /// White noise of a height, standard deviation; 0.001 m.
    pub height_noise_m: f64,
    /// Half-width of the smoothing window; 0.1 m.
    pub half_width_m: f64,
    /// Rise from which a turn of the road counts; 0.01 m.
    pub turning_m: f64,
    /// Gain at twice that: far from the gain, it is undecidable; 0.1 m.
    pub gain_at_twice_turning_m: f64,
    /// Points dropped: nobody can have been there.
    pub impossible_points: usize,
    /// Samples of one time, merged.
    pub merged_samples: usize,
    /// Times that went back.
    pub times_repaired: usize,
    /// Heights dropped as spikes or outages.
    pub spikes: usize,
    /// Jumps of the height that never return: the road is cut there.
    pub height_jumps: usize,
    /// Leaps of the position or the distance: the road is cut there.
    pub road_jumps: usize,
    /// Step of heights that stand still and then leap, 0 where they do not; 0.1 m.
    pub height_step_m: f64,
    /// Step of rounded positions, 0 where they are not rounded; 0.1 m.
    pub position_step_m: f64,
    /// Cadences, heart rates and contact times dropped: zeros in motion, spikes, and what no body
    /// does.
    pub cadences_dropped: usize,
    /// See `cadences_dropped`.
    pub heart_rates_dropped: usize,
    /// See `cadences_dropped`.
    pub stance_times_dropped: usize,
    /// Slope metres whose steps lay beyond what legs can do and were brought down to that; 0.1 m.
    pub limited_m: f64,
    /// Heights missing and filled.
    pub heights_filled: usize,
    /// Horizontal metres with filled heights or positions; 0.1 m.
    pub filled_m: f64,
    /// Horizontal metres covered and not scored; 0.1 m.
    pub not_scored_m: f64,
    /// Metres of every leg of the recording: scored, not scored, cut out, carried and of
    /// somebody standing; 0.1 m.
    pub recorded_m: f64,
    /// Metres of gaps and jumps that are cut out; 0.1 m.
    pub cut_m: f64,
    /// Seconds of these; 0.1 s.
    pub cut_s: f64,
    /// Metres in a lift or vehicle, left out; 0.1 m.
    pub carried_m: f64,
    /// Seconds in a lift or vehicle, left out; 0.1 s.
    pub carried_s: f64,
    /// Seconds standing still, timer running; 0.1 s.
    pub standing_s: f64,
    /// Metres of scatter meanwhile, left out; 0.1 m.
    pub standing_m: f64,
    /// Seconds of pauses; 0.1 s.
    pub paused_s: f64,
    /// Of these, seconds that the recording does not tell to be a pause; 0.1 s.
    pub paused_untold_s: f64,
    /// Legs above 200 m, or of more than half a minute.
    pub sparse_legs: usize,
    /// Metres of these; 0.1 m.
    pub sparse_m: f64,
    /// Times were there and were those of no outing.
    pub times_disbelieved: bool,
    /// Slope metres steeper than was ever measured; 0.1 m.
    pub steeper_than_measured_m: f64,
    /// The watch counted strides, and they were doubled.
    pub strides_doubled: bool,
}

/// What the device totalled.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reported {
    /// 0.1 m.
    pub ascent_m: Option<f64>,
    /// 0.1 m.
    pub descent_m: Option<f64>,
    /// 0.1 m.
    pub distance_m: Option<f64>,
    /// 0.1 s.
    pub timer_s: Option<f64>,
}

/// A flaw of the file that was survived.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Survived {
    /// Stable.
    pub code: String,
    /// How often.
    pub count: u64,
    /// In words, as in the file: escape before showing.
    pub detail: String,
}

/// The settings that were used.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Used {
    /// Body; 0.1 kg.
    pub mass_kg: f64,
    /// Carried; 0.1 kg.
    pub pack_kg: f64,
    /// At which a climb or descent is entered; 0.0001.
    pub enter_grade: f64,
    /// Below which it is left; 0.0001.
    pub leave_grade: f64,
    /// Shortest climb or descent; 0.1 m.
    pub min_length_m: f64,
    /// Lowest; 0.1 m.
    pub min_rise_m: f64,
    /// Longest neighbour merged away; 0.1 m.
    pub merge_length_m: f64,
    /// Highest neighbour merged away; 0.1 m.
    pub merge_rise_m: f64,
    /// Factor on the smoothing window; 0.01.
    pub smoothing: f64,
}

/// Rounds to so many decimals; what is not finite is null.
pub(super) fn round(value: f64, decimals: i32) -> Option<f64> {
    let scale = 10_f64.powi(decimals);
    let rounded = (value * scale).round() / scale;
    // no negative zero in the output
    rounded.is_finite().then_some(rounded + 0.0)
}

pub(super) fn finite(value: f64, decimals: i32) -> f64 {
    round(value, decimals).unwrap_or(0.0)
}

pub(super) fn maybe(value: Option<f64>, decimals: i32) -> Option<f64> {
    value.and_then(|v| round(v, decimals))
}

/// One scored activity, ready to be written.
pub fn scored(
    report: &Report,
    path: &str,
    part: usize,
    settings: &crate::settings::Settings,
    notices: &[Notice],
) -> Scored {
    let foot = report.sport.on_foot();
    let r = report;
    let q = &r.quality;
    Scored {
        path: path.to_owned(),
        part,
        model_version: MODEL_VERSION,
        name: r.header.name.clone(),
        device: r.header.device.clone(),
        sport: r.sport.name().to_owned(),
        labelled: match &r.header.sport {
            Labelled::Unmodelled(name) | Labelled::Unrecognised(name) => {
                Some(name.clone())
            }
            Labelled::Modelled(..) | Labelled::Unknown => None,
        },
        sport_from: r.sport_from.map(|from| from.name().to_owned()),
        nature: if r.is_course() { "course" } else { "recording" }.to_owned(),
        start: r.header.start.map(|start| start.to_string()),
        utc_offset_s: r.header.utc_offset_s,
        distance_m: finite(r.distance_m, 1),
        scored_m: finite(r.scored_m, 1),
        gain_m: finite(r.gain_m, 1),
        loss_m: finite(r.loss_m, 1),
        moving_s: maybe(r.moving_s, 1),
        elapsed_s: if r.timed { round(q.elapsed_s, 1) } else { None },
        load: load(&r.load, foot),
        range: range(&r.range, foot),
        steepest_5_min_up: maybe(r.steepest_5_min.0, 4),
        steepest_5_min_down: maybe(r.steepest_5_min.1, 4),
        terrain: Terrain {
            up: row(&r.terrain.up),
            level: row(&r.terrain.level),
            down: row(&r.terrain.down),
        },
        segments: r.segments.iter().map(|s| segment(s, foot)).collect(),
        laps: r.laps.iter().map(|s| segment(s, foot)).collect(),
        mechanisms: mechanisms(r),
        quality: quality(r),
        unknown_power_m: finite(r.unknown_m, 1),
        reported: Reported {
            ascent_m: maybe(r.header.reported.ascent_m, 1),
            descent_m: maybe(r.header.reported.descent_m, 1),
            distance_m: maybe(r.header.reported.distance_m, 1),
            timer_s: maybe(r.header.reported.timer_s, 1),
        },
        assumed: r.assumed.iter().map(|a| a.code().to_owned()).collect(),
        notices: notices
            .iter()
            .chain(&r.notices)
            .map(|n| Survived {
                code: n.kind.code().to_owned(),
                count: n.count,
                detail: n.detail.clone(),
            })
            .collect(),
        settings: Used {
            mass_kg: finite(r.mass_kg(), 1),
            pack_kg: finite(r.athlete.carried_kg(), 1),
            enter_grade: finite(r.rules.enter_grade, 4),
            leave_grade: finite(r.rules.leave_grade, 4),
            min_length_m: finite(r.rules.min_length_m, 1),
            min_rise_m: finite(r.rules.min_rise_m, 1),
            merge_length_m: finite(r.rules.merge_length_m, 1),
            merge_rise_m: finite(r.rules.merge_rise_m, 1),
            smoothing: finite(settings.sampling.smoothing, 2),
        },
    }
}

/// What was found about the recording.
fn quality(r: &Report) -> Quality {
    let q = &r.quality;
    Quality {
        samples: q.samples,
        height_noise_m: finite(q.height_noise_m, 3),
        half_width_m: finite(q.half_width_m, 1),
        turning_m: finite(q.turning_m, 2),
        gain_at_twice_turning_m: finite(q.gain_at_twice_turning_m, 1),
        impossible_points: q.impossible_points,
        merged_samples: q.merged_samples,
        times_repaired: q.times_repaired,
        spikes: q.spikes,
        height_jumps: q.height_jumps,
        road_jumps: q.road_jumps,
        height_step_m: finite(q.height_step_m, 1),
        position_step_m: finite(q.position_step_m, 1),
        cadences_dropped: q.cadences_dropped,
        heart_rates_dropped: q.heart_rates_dropped,
        stance_times_dropped: q.stance_times_dropped,
        limited_m: finite(r.limited_m, 1),
        heights_filled: q.heights_filled,
        filled_m: finite(q.filled_m, 1),
        not_scored_m: finite(q.not_scored_m, 1),
        recorded_m: finite(q.recorded_m, 1),
        cut_m: finite(q.cut_m, 1),
        cut_s: finite(q.cut_s, 1),
        carried_m: finite(q.carried_m, 1),
        carried_s: finite(q.carried_s, 1),
        standing_s: finite(q.standing_s, 1),
        standing_m: finite(q.standing_m, 1),
        paused_s: finite(q.paused_s, 1),
        paused_untold_s: finite(q.paused_untold_s, 1),
        sparse_legs: q.sparse_legs,
        sparse_m: finite(q.sparse_m, 1),
        times_disbelieved: q.untimed.is_some(),
        steeper_than_measured_m: finite(r.steep_m, 1),
        strides_doubled: r.strides_doubled,
    }
}

fn load(load: &LegLoad, foot: bool) -> Load {
    let on_foot = |value| if foot { Some(value) } else { None };
    Load {
        climb_volume_m: finite(load.climb_volume_m, 1),
        descent_volume_m: on_foot(finite(load.descent_volume_m, 1)),
        concentric_load: finite(load.concentric_load, 1),
        eccentric_load: finite(load.eccentric_load, 1),
        concentric_intensity: maybe(load.concentric_intensity(), 2),
        eccentric_intensity: maybe(load.eccentric_intensity(), 2),
        con_j_per_kg: finite(load.con_j_per_kg, 0),
        ecc_j_per_kg: finite(load.ecc_j_per_kg, 0),
        climb_volume_by_zone_m: load.climb_volume_by_zone_m.map(|z| finite(z, 1)),
        descent_volume_by_zone_m: foot
            .then(|| load.descent_volume_by_zone_m.map(|z| finite(z, 1))),
        hard_climb_volume_m: finite(load.hard_climb_volume_m(), 1),
        hard_descent_volume_m: on_foot(finite(load.hard_descent_volume_m(), 1)),
    }
}

fn span(span: &Range, decimals: i32) -> Span {
    Span { low: finite(span.low, decimals), high: finite(span.high, decimals) }
}

fn range(range: &crate::load::range::LoadRange, foot: bool) -> LoadRange {
    LoadRange {
        climb_volume_m: span(&range.climb_volume_m, 1),
        descent_volume_m: foot.then(|| span(&range.descent_volume_m, 1)),
        concentric_load: span(&range.concentric_load, 1),
        eccentric_load: span(&range.eccentric_load, 1),
        concentric_intensity: range.concentric_intensity.map(|s| span(&s, 2)),
        eccentric_intensity: range.eccentric_intensity.map(|s| span(&s, 2)),
    }
}

fn row(row: &Incline) -> Row {
    Row {
        length_m: finite(row.length_m, 1),
        rise_m: finite(row.rise_m, 1),
        moving_s: round(row.moving_s, 1),
        con_j_per_kg: finite(row.con_j_per_kg, 0),
        ecc_j_per_kg: finite(row.ecc_j_per_kg, 0),
    }
}

fn segment(hill: &Hill, foot: bool) -> Segment {
    Segment {
        kind: hill.slope.map_or("lap", crate::segment::Slope::name).to_owned(),
        from_m: finite(hill.from_m, 1),
        length_m: finite(hill.length_m, 1),
        rise_m: finite(hill.rise_m, 1),
        gain_m: finite(hill.gain_m, 1),
        loss_m: finite(hill.loss_m, 1),
        mean_grade: finite(hill.mean_grade, 4),
        max_grade: finite(hill.max_grade, 4),
        steepest_100_m_grade: maybe(hill.steepest_100_m, 4),
        moving_s: maybe(hill.moving_s, 1),
        speed_m_per_s: maybe(hill.speed_m_per_s, 2),
        vertical_m_per_h: maybe(hill.vertical_m_per_h, 0),
        load: load(&hill.load, foot),
        range: hill.range.as_ref().map(|r| range(r, foot)),
        heart_rate_bpm: maybe(hill.heart_rate_bpm, 0),
        cadence_per_min: maybe(hill.cadence_per_min, 0),
        category: hill.category.map(str::to_owned),
        fiets_index: maybe(hill.fiets, 2),
    }
}

fn mechanisms(report: &Report) -> Mechanisms {
    let m = &report.mechanisms;
    let mut why = std::collections::BTreeMap::new();
    let mut take = |key: &str, figure: &Figure, decimals| match figure {
        Ok(value) => round(*value, decimals),
        Err(reason) => {
            why.insert(key.to_owned(), (*reason).to_owned());
            None
        }
    };
    Mechanisms {
        hard_climb_share: take("hard_climb_share", &m.hard_climb_share, 3),
        climb_torque_nm_per_kg: take(
            "climb_torque_nm_per_kg",
            &m.climb_torque_nm_per_kg,
            2,
        ),
        climb_pedal_force_n: take("climb_pedal_force_n", &m.climb_pedal_force_n, 0),
        low_cadence_min: take("low_cadence_min", &m.low_cadence_min, 1),
        hard_descent_share: take("hard_descent_share", &m.hard_descent_share, 3),
        step_p95_up_j_per_kg: take("step_p95_up_j_per_kg", &m.step_p95_up_j_per_kg, 2),
        very_hard_steps_up: take("very_hard_steps_up", &m.very_hard_steps_up, 0),
        step_power_up_w_per_kg: take(
            "step_power_up_w_per_kg",
            &m.step_power_up_w_per_kg,
            1,
        ),
        best_30s_up_w_per_kg: take("best_30s_up_w_per_kg", &m.best_30s_up_w_per_kg, 2),
        best_60s_up_w_per_kg: take("best_60s_up_w_per_kg", &m.best_60s_up_w_per_kg, 2),
        best_30s_down_w_per_kg: take(
            "best_30s_down_w_per_kg",
            &m.best_30s_down_w_per_kg,
            2,
        ),
        best_60s_down_w_per_kg: take(
            "best_60s_down_w_per_kg",
            &m.best_60s_down_w_per_kg,
            2,
        ),
        best_5s_w: take("best_5s_w", &m.best_5s_w, 0),
        long_climb_min: take("long_climb_min", &m.long_climb_min, 1),
        long_climb_kj_per_kg: take("long_climb_kj_per_kg", &m.long_climb_kj_per_kg, 1),
        long_climb_hard_min: take("long_climb_hard_min", &m.long_climb_hard_min, 1),
        normalized_power_w: take("normalized_power_w", &m.normalized_power_w, 0),
        intensity_factor: take("intensity_factor", &m.intensity_factor, 2),
        trimp: take("trimp", &m.trimp, 1),
        steps_up: take("steps_up", &m.steps_up, 0),
        hard_steps_up: take("hard_steps_up", &m.hard_steps_up, 0),
        steps_down: take("steps_down", &m.steps_down, 0),
        hard_steps_down: take("hard_steps_down", &m.hard_steps_down, 0),
        run_step_share: take("run_step_share", &m.run_step_share, 3),
        why,
    }
}

/// The JSON Schema of [`Line`].
pub fn line_schema() -> serde_json::Value {
    schemars::schema_for!(Line).into()
}

/// The JSON Schema of [`Document`].
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Document).into()
}
