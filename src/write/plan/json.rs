//! A plan for programs: schema 1.

use schemars::JsonSchema;
use serde::Serialize;

use crate::history::session::HillRecord;
use crate::plan::{self, Plan};
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
    /// run or walked.
    pub gait: String,
    /// Whether its speeds are known.
    pub timed: bool,
    pub distance_m: f64,
    pub gain_m: f64,
    pub loss_m: f64,
    pub concentric_load: f64,
    pub eccentric_load: f64,
    pub eccentric_load_low: f64,
    pub eccentric_load_high: f64,
    pub eccentric_intensity: Option<f64>,
    /// When it is, or could be.
    pub day: String,
    /// Whether that day was asked for.
    pub asked: bool,
    /// Sessions on foot in the last 30 days.
    pub baseline: usize,
    /// Largest eccentric load of a day in six weeks; 0.1.
    pub largest_eccentric_load: f64,
    /// Of the descent day that the course needs; 0.1.
    pub target_eccentric_load: f64,
    /// That the weeks reach; 0.1.
    pub reached_eccentric_load: f64,
    /// Whether that is enough.
    pub enough: bool,
    pub against: Vec<Comparison>,
    pub hardest_descent: Option<Descent>,
    pub nearest_own_descent: Option<Descent>,
    pub weeks: Vec<Week>,
}

/// One dimension against one's own.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "described where not plain")]
pub struct Comparison {
    /// `distance` (m), `concentric_load`, `eccentric_load`, `steepness` (rise over run),
    /// `intensity` or `best_minute` (W/kg).
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

/// One week.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "described where not plain")]
pub struct Week {
    pub from: String,
    /// recover, ramp, build, intensity, easier, last big descent, taper or course.
    pub purpose: String,
    /// Of its longest descent day (taper: stay below); 0.1.
    pub eccentric_load: f64,
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

/// The document of a plan.
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
    let own = p.hardest.as_ref().and_then(|(_, own)| own.as_ref());
    Document {
        schema: SCHEMA,
        tool: env!("CARGO_PKG_VERSION").to_owned(),
        name: c.name.clone(),
        gait: c.gait.name().to_owned(),
        timed: c.timed,
        distance_m: finite(c.distance_m, 1),
        gain_m: finite(c.gain_m, 1),
        loss_m: finite(c.loss_m, 1),
        concentric_load: finite(c.concentric_load, 1),
        eccentric_load: finite(c.eccentric_load, 1),
        eccentric_load_low: finite(c.eccentric_load_range.0, 1),
        eccentric_load_high: finite(c.eccentric_load_range.1, 1),
        eccentric_intensity: maybe(c.eccentric_intensity, 2),
        day: p.day.to_string(),
        asked: p.asked,
        baseline: p.baseline,
        largest_eccentric_load: finite(p.standing.largest, 1),
        target_eccentric_load: finite(p.target, 1),
        reached_eccentric_load: finite(p.reached, 1),
        enough: p.is_enough(),
        against: p.against.iter().map(against).collect(),
        hardest_descent: p.hardest.as_ref().map(|(hill, _)| descent(hill, None)),
        nearest_own_descent: own.map(|own| descent(&own.hill, Some(&own.activity))),
        weeks: p
            .weeks
            .iter()
            .map(|week| Week {
                from: week.from.to_string(),
                purpose: week.purpose.name().to_owned(),
                eccentric_load: finite(week.load, 1),
            })
            .collect(),
    }
}

/// The JSON Schema of [`Document`].
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Document).into()
}
