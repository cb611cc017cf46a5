//! A person's speed over grade, and the time of a course by it, for programs: schema 1.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use crate::curve::{self, Curves, Estimate, population};
use crate::write::json::SCHEMA;
use crate::write::rounding::{finite, maybe};

/// Speed over grade of a person.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Version of this form: 1.
    pub schema: u32,
    /// Version of the program.
    pub tool: String,
    /// Its last day.
    pub on: String,
    /// One for each sport, that of most outings first.
    pub curves: Vec<SportCurves>,
}

/// Speed over grade in a sport.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SportCurves {
    /// What was done; hike holds walks, too.
    pub sport: String,
    /// What the speeds of other people rest on.
    pub population: String,
    /// Of the last year, or of all outings where these are few.
    pub own: Curve,
    /// Of the last half year; null where it or what was before has few outings.
    pub last_half_year: Option<Curve>,
    /// Of what was before the last half year.
    pub before: Option<Curve>,
}

/// One curve.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Curve {
    /// First day of its outings.
    pub from: Option<String>,
    /// Last day of its outings.
    pub to: Option<String>,
    /// Outings that it rests on.
    pub outings: usize,
    /// Outings without times, left out.
    pub untimed: usize,
    /// Power of the hours that speed goes with, negative where it fades; 0.001.
    pub fading: Interval,
    /// Longest outing, h; 0.01.
    pub longest_h: Option<f64>,
    /// Usual heart rate, 1/min, where at least five outings know it; 1.
    pub heart_rate_bpm: Option<f64>,
    /// Power of the heart rate that speed goes with; 0.001.
    pub effort: Option<Interval>,
    /// Scale of Student's t, 4 degrees of freedom, of a day's logarithm of speed; 0.001.
    pub day_sd: f64,
    /// By class of grade, steepest descent first.
    pub grades: Vec<Grade>,
}

/// A figure and the ends of its interval, which holds 80 %.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the keys say it")]
pub struct Interval {
    pub value: f64,
    pub low: f64,
    pub high: f64,
}

/// One class of grade.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Grade {
    /// Middle of the class, rise over run; 0.01.
    pub grade: f64,
    /// Of a usual day over an hour, horizontal m/s; 0.001.
    pub speed_m_per_s: Interval,
    /// Metres up an hour, negative down; 1.
    pub vertical_m_per_h: f64,
    /// Other people's; 0.001.
    pub population_m_per_s: f64,
    /// Of rides with a meter, from the level up; 0.01.
    pub power_w_per_kg: Option<Interval>,
    /// Own outings that have it.
    pub outings: usize,
    /// Own metres; 1.
    pub own_m: f64,
}

/// The time of a course by a person's own speeds.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CourseTime {
    /// Seconds in motion; 1.
    pub moving_s: Interval,
    /// Seconds with stops as usual; null with fewer than three outings; 1.
    pub elapsed_s: Option<Interval>,
    /// Outings that it rests on.
    pub outings: usize,
    /// How much of the time is on grades that are one's own, 0 to 1; 0.01.
    pub own_share: f64,
    /// Whether it is longer than twice the longest outing.
    pub beyond_longest: bool,
    /// Its climbs, descents and level stretches, in order.
    pub parts: Vec<PartTime>,
    /// Named places of the file (`wpt`, `rtept` with a name, `course_point`, `CoursePoint`; turns are
    /// none) that the course passes within 100 m, in order, and its end; empty without any between.
    pub splits: Vec<Split>,
    /// Named places of the file that it does not pass.
    pub waypoints_off_course: usize,
}

/// When a named place is reached.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Split {
    /// As in the file: escape before showing; null of the end of the course.
    pub name: Option<String>,
    /// Distance from the start, m; 1.
    pub at_m: f64,
    /// Seconds in motion since the split before; 1.
    pub moving_s: Interval,
    /// Seconds in motion since the start; 1.
    pub until_s: Interval,
}

/// The time of a part.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PartTime {
    /// Distance of its beginning from the start, m; 1.
    pub from_m: f64,
    /// Horizontal length, m; 1.
    pub length_m: f64,
    /// Seconds in motion; 1.
    pub moving_s: Interval,
    /// Seconds in motion from the start to its end; 1.
    pub until_s: Interval,
}

fn interval(estimate: Estimate, decimals: i32) -> Interval {
    let [value, low, high] =
        [estimate.value, estimate.low, estimate.high].map(|v| finite(v, decimals));
    Interval { value, low, high }
}

/// Returns the document of a person's curves.
pub fn document(curves: &[Curves], on: Date) -> Document {
    Document {
        schema: SCHEMA,
        tool: env!("CARGO_PKG_VERSION").to_owned(),
        on: on.to_string(),
        curves: curves.iter().map(sport_curves).collect(),
    }
}

fn sport_curves(curves: &Curves) -> SportCurves {
    let halves = curves.halves.as_ref();
    SportCurves {
        sport: curves.own.sport.name().to_owned(),
        population: population::source(curves.own.sport).to_owned(),
        own: curve(&curves.own),
        last_half_year: halves.map(|(recent, _)| curve(recent)),
        before: halves.map(|(_, before)| curve(before)),
    }
}

fn curve(curve: &curve::Curve) -> Curve {
    Curve {
        from: curve.days.map(|(first, _)| first.to_string()),
        to: curve.days.map(|(_, last)| last.to_string()),
        outings: curve.outings,
        untimed: curve.untimed,
        fading: interval(curve.fading, 3),
        longest_h: maybe(curve.longest_h, 2),
        heart_rate_bpm: maybe(curve.heart_rate_bpm, 0),
        effort: curve.effort.map(|effort| interval(effort, 3)),
        day_sd: finite(curve.day_sd, 3),
        grades: curve.points.iter().map(grade).collect(),
    }
}

fn grade(point: &curve::CurvePoint) -> Grade {
    Grade {
        grade: finite(point.grade, 2),
        speed_m_per_s: interval(point.speed_m_per_s, 3),
        vertical_m_per_h: finite(point.vertical_m_per_h(), 0),
        population_m_per_s: finite(point.population_m_per_s, 3),
        power_w_per_kg: point.power_w_per_kg.map(|power| interval(power, 2)),
        outings: point.outings,
        own_m: finite(point.own_m, 0),
    }
}

/// Returns the time of a course as part of a document.
pub fn course_time(time: &curve::CourseTime, curve: &curve::Curve) -> CourseTime {
    let part = |part: &curve::PartTime| PartTime {
        from_m: finite(part.from_m, 0),
        length_m: finite(part.length_m, 0),
        moving_s: interval(part.moving_s, 0),
        until_s: interval(part.until_s, 0),
    };
    CourseTime {
        moving_s: interval(time.moving_s, 0),
        elapsed_s: time.elapsed_s.map(|elapsed| interval(elapsed, 0)),
        outings: curve.outings,
        own_share: finite(time.own_share, 2),
        beyond_longest: time.beyond_longest,
        parts: time.parts.iter().map(part).collect(),
        splits: time.splits.iter().map(split).collect(),
        waypoints_off_course: time.off_course,
    }
}

fn split(split: &curve::Split) -> Split {
    Split {
        name: split.name.clone(),
        at_m: finite(split.at_m, 0),
        moving_s: interval(split.moving_s, 0),
        until_s: interval(split.until_s, 0),
    }
}

/// Returns what a document of curves is made of: JSON Schema.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Document).into()
}
