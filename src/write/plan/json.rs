//! A plan for programs: schema 1.

use schemars::JsonSchema;
use serde::Serialize;

use crate::history::session::HillRecord;
use crate::plan::{self, LoadBasis, Plan};
use crate::write::curve::json::{CourseTime, course_time};
use crate::write::json::SCHEMA;
use crate::write::rounding::{finite, maybe};

/// A course held against a history.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "every key names its unit; the others are described")]
pub struct Document {
    /// Version of this form: 1.
    pub schema: u32,
    /// Version of the program.
    pub tool: String,
    pub name: Option<String>,
    /// foot or ride.
    pub discipline: String,
    /// run or walked; null on rides.
    pub gait: Option<String>,
    /// Whether its speeds are known.
    pub timed: bool,
    pub distance_m: f64,
    pub gain_m: f64,
    pub loss_m: f64,
    /// On a ride without times from one's own rides: see `load_basis`.
    pub concentric_load: f64,
    pub concentric_load_low: f64,
    pub concentric_load_high: f64,
    /// `recorded`, `own_rides`, on foot `own_speeds`, or `assumed`.
    pub load_basis: String,
    /// Zero on rides.
    pub eccentric_load: f64,
    pub eccentric_load_low: f64,
    pub eccentric_load_high: f64,
    pub eccentric_intensity: Option<f64>,
    /// When it is, or could be.
    pub day: String,
    /// Whether that day was asked for.
    pub asked: bool,
    /// Sessions of the discipline in the last 30 days.
    pub baseline: usize,
    /// Largest eccentric load of a day in six weeks; null on rides. 0.1.
    pub largest_eccentric_load: Option<f64>,
    /// Of the descent day that the course needs; null on rides. 0.1.
    pub target_eccentric_load: Option<f64>,
    /// That the weeks reach; null on rides. 0.1.
    pub reached_eccentric_load: Option<f64>,
    /// Rides: largest concentric load of a day of riding in six weeks; null on foot. 0.1.
    pub largest_concentric_load: Option<f64>,
    /// Rides: of the day that the course needs; 0.1.
    pub target_concentric_load: Option<f64>,
    /// Rides: that the weeks reach; 0.1.
    pub reached_concentric_load: Option<f64>,
    /// Whether that is enough.
    pub enough: bool,
    pub against: Vec<Comparison>,
    /// Null on rides.
    pub hardest_descent: Option<Descent>,
    pub nearest_own_descent: Option<Descent>,
    /// Rides: how fast and how long this person climbs; null on foot.
    pub climbing: Option<Climbing>,
    /// By one's own speeds over grade, or other people's where there are none; null without a
    /// metre.
    pub time: Option<CourseTime>,
    pub weeks: Vec<Week>,
}

/// One dimension against one's own.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "described where not plain")]
pub struct Comparison {
    /// `distance` (m), `climbing` (m; rides), `largest_climb` (m of rise; rides),
    /// `concentric_load`, `eccentric_load`, `steepness` (rise over run), `intensity` or
    /// `best_minute` (W/kg).
    pub dimension: String,
    pub course: f64,
    /// Largest of 30 days.
    pub reference: f64,
    pub ratio: Option<f64>,
    pub words: String,
    /// Largest of twelve months.
    pub year: Option<f64>,
}

/// A descent.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "every key names its unit")]
pub struct Descent {
    /// Of one's own.
    pub id: Option<String>,
    pub part: Option<u32>,
    pub from_m: f64,
    pub length_m: f64,
    pub rise_m: f64,
    pub mean_grade: f64,
    pub eccentric_load: f64,
    pub eccentric_intensity: Option<f64>,
}

/// How fast a rider climbs, and how long each climb of the course takes.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Climbing {
    /// Of one's own that it rests on; 0: a power is assumed.
    pub rides: usize,
    /// Days in which they lie.
    pub days: i32,
    /// Power per kilogram of rider and bicycle that makes the minutes of their long climbs; 0.01.
    pub w_per_kg_total: f64,
    /// On a weak day.
    pub w_per_kg_total_low: f64,
    /// On a strong day.
    pub w_per_kg_total_high: f64,
    /// Steepest kilometre, rise over run; null where the course is shorter.
    pub steepest_km_grade: Option<f64>,
    /// And where it begins.
    pub steepest_km_from_m: Option<f64>,
    /// Of the course, in order.
    pub climbs: Vec<Climb>,
    /// All together, expected; 1.
    pub time_s: f64,
    /// Where they go well; 1.
    pub time_low_s: f64,
    /// Where they do not; 1.
    pub time_high_s: f64,
    /// One's own that is most like the largest of them.
    pub nearest_own: Option<OwnClimb>,
}

/// A climb of a ride's course.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "every key names its unit; the others are described")]
pub struct Climb {
    pub from_m: f64,
    pub length_m: f64,
    pub rise_m: f64,
    pub mean_grade: f64,
    /// Expected; 1.
    pub time_s: f64,
    /// Where it goes well; 1.
    pub time_low_s: f64,
    /// Where it does not; 1.
    pub time_high_s: f64,
    /// At the expected time; 1.
    pub vertical_m_per_h: f64,
}

/// A climb of one's own.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "every key names its unit")]
pub struct OwnClimb {
    pub id: String,
    pub part: u32,
    pub from_m: f64,
    pub length_m: f64,
    pub rise_m: f64,
    pub mean_grade: f64,
}

/// One week.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "described where not plain")]
pub struct Week {
    pub from: String,
    /// recover, ramp, build, keep, intensity, easier, last big descent (last big ride), taper or
    /// course.
    pub purpose: String,
    /// Of its longest descent day (taper: stay below); null on rides. 0.1.
    pub eccentric_load: Option<f64>,
    /// Rides: of its largest day of riding; null on foot. 0.1.
    pub concentric_load: Option<f64>,
    /// Its hardest climb; null where the course has none.
    pub climb: Option<Aim>,
    /// Its hardest descent; null on rides and in weeks of rest.
    pub descent: Option<Aim>,
}

/// The hardest hill of a week in a direction.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Aim {
    /// Up or down, positive; 1.
    pub height_m: f64,
    /// Rise over run, positive; 0.001.
    pub grade: f64,
    /// Work of a step in its direction over that of an easy level one; 0.01.
    pub intensity: f64,
    /// What is more than in any week before: longer, steeper or harder; null for nothing.
    pub raised: Option<String>,
}

impl Aim {
    /// Returns the form of the hardest hill of a week.
    pub(in crate::write) fn of(aim: plan::WeekAim) -> Aim {
        Aim {
            height_m: finite(aim.hill.height_m, 0),
            grade: finite(aim.hill.grade, 3),
            intensity: finite(aim.hill.intensity, 2),
            raised: aim.raised.map(|raised| raised.name().to_owned()),
        }
    }
}

fn descent(hill: &HillRecord, of: Option<&(String, u32)>) -> Descent {
    Descent {
        id: of.map(|(id, _)| id.clone()),
        part: of.map(|(_, part)| *part),
        from_m: finite(hill.from_m, 1),
        length_m: finite(hill.length_m, 1),
        rise_m: finite(hill.rise_m, 1),
        mean_grade: finite(hill.mean_grade, 4),
        eccentric_load: finite(hill.load, 1),
        eccentric_intensity: maybe(hill.intensity, 2),
    }
}

fn weeks(p: &Plan) -> Vec<Week> {
    let foot = p.course.discipline.on_foot();
    let purpose = |week: &plan::Week| match week.purpose {
        plan::Purpose::LastBig if !foot => "last big ride".to_owned(),
        purpose => purpose.name().to_owned(),
    };
    let mut aims = p.aims.iter();
    let mut next = || {
        let aims = aims.next();
        let of = |hill: Option<plan::WeekAim>| hill.map(Aim::of);
        (of(aims.and_then(|aims| aims.climb)), of(aims.and_then(|aims| aims.descent)))
    };
    let week = |week: &plan::Week| {
        let (climb, descent) = next();
        Week {
            from: week.from.to_string(),
            purpose: purpose(week),
            eccentric_load: maybe(foot.then_some(week.load), 1),
            concentric_load: maybe((!foot).then_some(week.load), 1),
            climb,
            descent,
        }
    };
    p.weeks.iter().map(week).collect()
}

fn climbing(p: &Plan) -> Option<Climbing> {
    let (power, times) = p.ascent.as_ref()?;
    let km = p.course.steepest_km;
    let climb = |climb: &plan::ClimbTime| Climb {
        from_m: finite(climb.hill.from_m, 1),
        length_m: finite(climb.hill.length_m, 1),
        rise_m: finite(climb.hill.rise_m, 1),
        mean_grade: finite(climb.hill.mean_grade, 4),
        time_s: finite(climb.time_s, 0),
        time_low_s: finite(climb.range_s.0, 0),
        time_high_s: finite(climb.range_s.1, 0),
        vertical_m_per_h: finite(climb.vertical_m_per_h(), 0),
    };
    let own = |own: &plan::OwnHill| OwnClimb {
        id: own.activity.0.clone(),
        part: own.activity.1,
        from_m: finite(own.hill.from_m, 1),
        length_m: finite(own.hill.length_m, 1),
        rise_m: finite(own.hill.rise_m, 1),
        mean_grade: finite(own.hill.mean_grade, 4),
    };
    Some(Climbing {
        rides: power.rides,
        days: power.days,
        w_per_kg_total: finite(power.w_per_kg, 2),
        w_per_kg_total_low: finite(power.range.0, 2),
        w_per_kg_total_high: finite(power.range.1, 2),
        steepest_km_grade: maybe(km.map(|km| km.grade), 4),
        steepest_km_from_m: maybe(km.map(|km| km.from_m), 0),
        climbs: times.climbs.iter().map(climb).collect(),
        time_s: finite(times.time_s, 0),
        time_low_s: finite(times.range_s.0, 0),
        time_high_s: finite(times.range_s.1, 0),
        nearest_own: p.hardest.as_ref().and_then(|(_, near)| near.as_ref().map(own)),
    })
}

/// Returns the document of a plan.
pub fn document(p: &Plan) -> Document {
    let c = &p.course;
    let against = |a: &plan::Comparison| Comparison {
        dimension: a.more.dimension.key().to_owned(),
        course: finite(a.more.value, 4),
        reference: finite(a.more.reference, 4),
        ratio: maybe(a.more.ratio(), 3),
        words: a.more.band().name().to_owned(),
        year: maybe(a.year, 4),
    };
    let foot = c.discipline.on_foot();
    let hardest = p.hardest.as_ref().filter(|_| foot);
    let own = hardest.and_then(|(_, own)| own.as_ref());
    let down = |load: f64| maybe(foot.then_some(load), 1);
    let up = |load: f64| maybe((!foot).then_some(load), 1);
    let basis = match c.load_basis {
        LoadBasis::Recorded => "recorded",
        LoadBasis::OwnRides(_) => "own_rides",
        LoadBasis::OwnSpeeds => "own_speeds",
        LoadBasis::Assumed => "assumed",
    };
    Document {
        schema: SCHEMA,
        tool: env!("CARGO_PKG_VERSION").to_owned(),
        name: c.name.clone(),
        discipline: if foot { "foot" } else { "ride" }.to_owned(),
        gait: foot.then(|| c.gait.name().to_owned()),
        timed: c.timed,
        distance_m: finite(c.distance_m, 1),
        gain_m: finite(c.gain_m, 1),
        loss_m: finite(c.loss_m, 1),
        concentric_load: finite(c.concentric_load, 1),
        concentric_load_low: finite(c.concentric_load_range.0, 1),
        concentric_load_high: finite(c.concentric_load_range.1, 1),
        load_basis: basis.to_owned(),
        eccentric_load: finite(c.eccentric_load, 1),
        eccentric_load_low: finite(c.eccentric_load_range.0, 1),
        eccentric_load_high: finite(c.eccentric_load_range.1, 1),
        eccentric_intensity: maybe(c.eccentric_intensity, 2),
        day: p.day.to_string(),
        asked: p.asked,
        baseline: p.baseline,
        largest_eccentric_load: down(p.standing.largest),
        target_eccentric_load: down(p.target),
        reached_eccentric_load: down(p.reached),
        largest_concentric_load: up(p.standing.largest),
        target_concentric_load: up(p.target),
        reached_concentric_load: up(p.reached),
        enough: p.is_enough(),
        against: p.against.iter().map(against).collect(),
        hardest_descent: hardest.map(|(hill, _)| descent(hill, None)),
        nearest_own_descent: own.map(|own| descent(&own.hill, Some(&own.activity))),
        climbing: climbing(p),
        time: p.time.as_ref().map(|(time, curve)| course_time(time, curve)),
        weeks: weeks(p),
    }
}

/// Returns the JSON Schema of [`Document`].
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Document).into()
}
