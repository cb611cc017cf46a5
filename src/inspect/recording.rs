//! One activity as it was read: how it was sampled, its gaps and pauses, its columns.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;

use super::Refused;
use super::missing::{self, Missing};
use crate::activity::{Activity, Break, Nature};
use crate::error::Error;
use crate::quantile::middle;
use crate::report::Report;
use crate::settings::Settings;

/// A step between two records that is no gap: so many usual ones, and so many seconds. Ours:
/// smart recording leaves 8 s between two points now and then.
const GAP_STEPS: f64 = 5.0;
const GAP_S: f64 = 10.0;
/// Gaps that are listed, the longest.
const MOST_GAPS: usize = 5;
/// Share of the steps from which they are regular, and how far from the usual one they may be.
const REGULAR_SHARE: f64 = 0.9;
const REGULAR_S: f64 = 0.05;

/// An activity or course of the file.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recording {
    /// Which one, from 1.
    pub part: usize,
    /// As the file calls it: escape before showing.
    pub name: Option<String>,
    /// recording or course.
    pub nature: String,
    /// The sport that it is scored as: run, walk, hike or ride.
    pub sport: Option<String>,
    /// First time, UTC.
    pub start: Option<String>,
    /// Last time, UTC.
    pub end: Option<String>,
    /// The file's own offset from UTC, s.
    pub utc_offset_s: Option<i32>,
    /// Points.
    pub points: usize,
    /// New segments and tracks inside.
    pub segments: usize,
    /// How far apart the points are in time.
    pub sampling: Sampling,
    /// Silences of the recording, the longest first; pauses of the timer are none.
    pub gaps: Vec<Gap>,
    /// How many there are.
    pub gap_count: usize,
    /// Seconds of all.
    pub gap_s: f64,
    /// Pauses of the timer that the file tells of.
    pub pauses: usize,
    /// Seconds of these.
    pub paused_s: f64,
    /// What was read, column by column.
    pub columns: Vec<Recorded>,
    /// What is missing, and which figures rest on an assumption or are not there for it.
    pub missing: Vec<Missing>,
    /// Why it is not scored.
    pub refused: Option<Refused>,
}

/// How far apart points are in time.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sampling {
    /// `every_second`; `regular`: nearly all steps are the usual one; `smart`: uneven steps; `none`: no
    /// times.
    pub kind: String,
    /// The usual step, s: the middle one of all, the longer of two.
    pub usual_s: Option<f64>,
    /// Steps that are the usual one; 0.001.
    pub usual_share: Option<f64>,
}

/// A silence.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Gap {
    /// Seconds since the first point.
    pub from_s: f64,
    /// Seconds.
    pub length_s: f64,
}

/// A column of the activity.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recorded {
    /// `elevation_m` and so on.
    pub name: String,
    /// Points with a value.
    pub count: usize,
    /// Smallest; 1e-7.
    pub smallest: Option<f64>,
    /// Largest; 1e-7.
    pub largest: Option<f64>,
}

impl Recording {
    pub(super) fn of(activity: &Activity, part: usize, settings: &Settings) -> Recording {
        let header = &activity.header;
        let steps = Steps::of(activity);
        let report = Error::caught(|| Report::of(activity, settings));
        let last_s = activity.time_s().iter().copied().filter(|t| t.is_finite());
        let last_s = last_s.fold(f64::NAN, f64::max);
        let columns = columns(activity);
        let missing =
            report.as_ref().map(|r| missing::of(r, &columns)).unwrap_or_default();
        Recording {
            part,
            name: header.name.clone(),
            nature: match header.nature {
                Nature::Recording => "recording",
                Nature::Course => "course",
            }
            .to_owned(),
            sport: report.as_ref().ok().map(|r| r.sport.name().to_owned()),
            start: header.start.map(|start| start.to_string()),
            end: header.start.and_then(|start| after(start, last_s)),
            utc_offset_s: header.utc_offset_s,
            points: activity.len(),
            segments: activity
                .breaks()
                .iter()
                .filter(|(_, b)| *b == Break::Segment)
                .count(),
            sampling: steps.sampling(),
            gap_count: steps.gaps.len(),
            gap_s: rounded(steps.gaps.iter().map(|gap| gap.length_s).sum()),
            gaps: steps.longest(),
            pauses: activity.breaks().iter().filter(|(_, b)| *b == Break::Pause).count(),
            paused_s: rounded(steps.paused_s),
            columns,
            missing,
            refused: report.err().map(|error| Refused::of(&error)),
        }
    }
}

/// Returns the instant so many seconds after another, to the millisecond.
fn after(start: Timestamp, seconds: f64) -> Option<String> {
    #[expect(clippy::cast_possible_truncation, reason = "seconds of an activity")]
    let later_ms = seconds.is_finite().then_some((seconds * 1e3).round() as i64)?;
    let at_ms = start.as_millisecond().checked_add(later_ms)?;
    Timestamp::from_millisecond(at_ms).ok().map(|at| at.to_string())
}

fn rounded(seconds: f64) -> f64 {
    (seconds * 1e3).round() / 1e3
}

/// The steps from one time to the next.
struct Steps {
    usual_s: Option<f64>,
    usual_share: Option<f64>,
    gaps: Vec<Gap>,
    paused_s: f64,
}

impl Steps {
    fn of(activity: &Activity) -> Steps {
        let times = activity.time_s();
        let mut breaks = activity.breaks().iter().peekable();
        let (mut last_s, mut paused_s) = (None, 0.0);
        let mut steps: Vec<(f64, f64)> = Vec::new();
        let mut broken = None;
        for (at, time_s) in times.iter().enumerate() {
            while let Some((_, kind)) = breaks.next_if(|(first, _)| *first <= at) {
                broken = Some(*kind);
            }
            if !time_s.is_finite() {
                continue;
            }
            if let Some(last_s) = last_s.replace(*time_s) {
                let step_s = time_s - last_s;
                match broken.take() {
                    Some(Break::Pause) => paused_s += step_s.max(0.0),
                    None if step_s > 0.0 => steps.push((last_s, step_s)),
                    Some(Break::Segment) | None => {}
                }
            }
            broken = None;
        }
        // a step that occurs: between 1 s and 60 s lies nobody's usual one
        let usual_s = middle(steps.iter().map(|(_, step_s)| *step_s));
        let usual =
            |step_s: f64| usual_s.is_some_and(|u| (step_s - u).abs() <= REGULAR_S);
        let alike = steps.iter().filter(|(_, step_s)| usual(*step_s)).count();
        let longest_s = usual_s.map_or(GAP_S, |usual_s| (GAP_STEPS * usual_s).max(GAP_S));
        let gaps = steps.iter().filter(|(_, step_s)| *step_s > longest_s);
        Steps {
            usual_s,
            usual_share: usual_s.map(|_| alike as f64 / steps.len() as f64),
            gaps: gaps
                .map(|(from_s, step_s)| Gap {
                    from_s: rounded(*from_s),
                    length_s: rounded(*step_s),
                })
                .collect(),
            paused_s,
        }
    }

    fn sampling(&self) -> Sampling {
        let kind = match (self.usual_s, self.usual_share) {
            (Some(usual_s), Some(share)) if share >= REGULAR_SHARE => {
                if (usual_s - 1.0).abs() <= REGULAR_S {
                    "every_second"
                } else {
                    "regular"
                }
            }
            (Some(_), _) => "smart",
            (None, _) => "none",
        };
        Sampling {
            kind: kind.to_owned(),
            usual_s: self.usual_s.map(rounded),
            usual_share: self.usual_share.map(rounded),
        }
    }

    fn longest(&self) -> Vec<Gap> {
        let mut gaps = self.gaps.clone();
        gaps.sort_by(|a, b| b.length_s.total_cmp(&a.length_s));
        gaps.truncate(MOST_GAPS);
        gaps
    }
}

/// Returns what an activity has, by the names of its columns.
fn columns(activity: &Activity) -> Vec<Recorded> {
    let wide =
        |column: &[f32]| column.iter().map(|v| f64::from(*v)).collect::<Vec<f64>>();
    [
        ("time_s", activity.time_s().to_vec()),
        ("latitude_deg", activity.latitude_deg().to_vec()),
        ("longitude_deg", activity.longitude_deg().to_vec()),
        ("elevation_m", activity.elevation_m().to_vec()),
        ("distance_m", activity.distance_m().to_vec()),
        ("speed_m_per_s", wide(activity.speed_m_per_s())),
        ("heart_rate_bpm", wide(activity.heart_rate_bpm())),
        ("cadence_per_min", wide(activity.cadence_per_min())),
        ("power_w", wide(activity.power_w())),
        ("temperature_c", wide(activity.temperature_c())),
        ("stance_time_s", wide(activity.stance_time_s())),
        ("grade", wide(activity.grade())),
        ("vertical_oscillation_m", wide(activity.vertical_oscillation_m())),
        ("step_length_m", wide(activity.step_length_m())),
    ]
    .into_iter()
    // what nearly no file has is no column of the others
    .filter(|(name, values)| {
        !values.is_empty() || !matches!(*name, "vertical_oscillation_m" | "step_length_m")
    })
    .map(|(name, values)| {
        let there = values.iter().copied().filter(|value| value.is_finite());
        let (low, high) = there
            .clone()
            .fold((f64::NAN, f64::NAN), |(low, high), v| (v.min(low), v.max(high)));
        let rounded = |v: f64| v.is_finite().then(|| (v * 1e7).round() / 1e7);
        Recorded {
            name: name.to_owned(),
            count: there.count(),
            smallest: rounded(low),
            largest: rounded(high),
        }
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::Sample;

    fn sampled(times: impl Iterator<Item = f64>) -> Activity {
        let mut activity = Activity::default();
        for time_s in times {
            activity.push(Sample { time_s, ..Sample::default() });
        }
        activity
    }

    #[test]
    fn tells_every_second_from_smart_and_finds_gaps_and_pauses() {
        let second = sampled((0..100).map(f64::from));
        assert_eq!(Steps::of(&second).sampling().kind, "every_second");
        let fifth = sampled((0..100).map(|i| f64::from(i) * 5.0));
        assert_eq!(Steps::of(&fifth).sampling().kind, "regular");
        let smart = sampled((0..100).map(|i| f64::from(i * i) / 20.0));
        assert_eq!(Steps::of(&smart).sampling().kind, "smart");
        assert_eq!(Steps::of(&sampled([].into_iter())).sampling().kind, "none");
        let mut broken = sampled((0..100).map(f64::from));
        broken.pause();
        broken.push(Sample { time_s: 159.0, ..Sample::default() });
        broken.push(Sample { time_s: 189.0, ..Sample::default() });
        let steps = Steps::of(&broken);
        assert!((steps.paused_s - 60.0).abs() < 1e-9);
        assert_eq!(steps.longest(), [Gap { from_s: 159.0, length_s: 30.0 }]);
    }
}
