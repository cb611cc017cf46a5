//! Hills for programs: schema 1, rounded to what each key states.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;

use crate::hills::{self, HillEfforts, Hills, LinePoint, What};
use crate::segment::Slope;
use crate::trend::{self, Direction, TooLittle};
use crate::write::hills::words;
use crate::write::json::SCHEMA;
use crate::write::rounding::{finite, maybe};

/// Hills that were done again and again.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Version of this form: 1.
    pub schema: u32,
    /// Version of the program.
    pub tool: String,
    /// The last day that counts.
    pub on: String,
    /// One for each hill and sport, the most frequent first; of one hill, its sports.
    pub hills: Vec<Hill>,
    /// What they say together, each effort against the usual one on its hill; empty of one hill.
    pub together: Vec<Together>,
    /// Hills with efforts enough for a trend: of many, some show one by chance.
    pub looked_at: usize,
    /// How many of these show a trend of their own.
    pub with_trend: usize,
    /// Activities whose hills are not known, as they were scored before hills were kept.
    pub activities_without: usize,
}

/// The efforts of one sport on one hill.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Hill {
    /// The number that `hills ID` takes.
    pub id: i64,
    /// climb or descent.
    pub slope: String,
    /// By hand, or of recordings of this hill and no other; null where it is known by its place.
    pub name: Option<String>,
    /// run, hike (a walk is one) or ride.
    pub sport: String,
    /// electric or virtual, of rides on which a motor or a game decided how fast it went: compared
    /// among themselves; null of all others.
    pub bicycle: Option<String>,
    /// Where it begins.
    pub from: Place,
    /// Where it ends.
    pub to: Place,
    /// Horizontal metres; 0.1 m.
    pub length_m: f64,
    /// Net rise, negative down; 0.1 m.
    pub rise_m: f64,
    /// How often.
    pub times: usize,
    /// Efforts that are left out, as nobody climbs so fast: a vehicle, or a clock that jumped.
    pub too_fast: usize,
    /// On so many days.
    pub days: usize,
    /// Day of the first effort.
    pub first: String,
    /// Day of the last.
    pub last: String,
    /// What efforts are compared by: `vertical_m_per_h` on climbs, `speed_m_per_s` on descents.
    pub figure: String,
    /// Median of it; 0.01.
    pub usual: Option<f64>,
    /// The best; 0.01.
    pub best: Option<f64>,
    /// Share of the earlier efforts that the last one was better than; 0.001.
    pub last_above: Option<f64>,
    /// Each year with an effort.
    pub years: Vec<Year>,
    /// Of the figure.
    pub trend: Trend,
    /// Climbs: of metres up a heart beat.
    pub trend_per_beat: Option<Trend>,
    /// Climbs of 20 min: of the drift of the heart.
    pub trend_of_drift: Option<Trend>,
    /// The year of the last day against the one before, where both have four days.
    pub year_against_last: Option<YearAgainstLast>,
    /// Every effort, where one hill was asked for.
    pub efforts: Option<Vec<Effort>>,
}

/// A place on the map.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Degrees north; 1e-6.
    pub latitude_deg: f64,
    /// Degrees east; 1e-6.
    pub longitude_deg: f64,
    /// Height; 0.1 m.
    pub elevation_m: f64,
}

/// A year on a hill.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Year {
    /// Which.
    pub year: i16,
    /// How often.
    pub times: usize,
    /// Median of the figure; 0.01.
    pub usual: Option<f64>,
    /// The best; 0.01.
    pub best: Option<f64>,
}

/// A slope over the years, or why there is none.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Trend {
    /// up, down, unclear (no change that could be told from chance, or from form that lasts for weeks:
    /// then the interval may lie on one side of 0), or `too_few_days` or
    /// `too_short`: nothing is said of fewer than six days or three weeks; or motor: nothing is said
    /// of an e-bike's speed.
    pub direction: String,
    /// Days with the figure.
    pub days: Option<usize>,
    /// As many independent days would tell as much: form lasts for weeks, as far as the days do not
    /// rule that out; 0.1.
    pub independent_days: Option<f64>,
    /// The first of the days.
    pub from: Option<String>,
    /// The last.
    pub to: Option<String>,
    /// Change from the first to the last by the slope; 0.0001.
    pub change: Option<f64>,
    /// Lower end of its 95 % interval; 0.0001.
    pub change_low: Option<f64>,
    /// Upper end; 0.0001.
    pub change_high: Option<f64>,
    /// The change as a share of the median; 0.0001.
    pub share_of_change: Option<f64>,
    /// Change a year, by Theil and Sen; 0.0001. Of less than 350 days it is drawn out to a year that
    /// was not seen: say `change`.
    pub per_year: Option<f64>,
    /// Lower end of its 95 % interval; 0.0001. It is as wide as the days show that they depend on
    /// each other.
    pub per_year_low: Option<f64>,
    /// Upper end; 0.0001.
    pub per_year_high: Option<f64>,
    /// The same as a share of the median; 0.0001.
    pub share_per_year: Option<f64>,
    /// Chance of an order as clear as this without a trend, by Mann and Kendall, where form lasts for
    /// weeks as far as the days do not rule that out; 0.0001.
    pub p: Option<f64>,
}

/// A year against the same part of the one before.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct YearAgainstLast {
    /// The year.
    pub year: i16,
    /// First day of the part that is compared: both years have figures from about then on.
    pub from: String,
    /// Last day of it.
    pub to: String,
    /// Days of it.
    pub days: usize,
    /// Days of the same part of the year before.
    pub days_before: usize,
    /// Median of its days; 0.01.
    pub usual: Option<f64>,
    /// Median of the days of the year before; 0.01.
    pub usual_before: Option<f64>,
    /// up, down or unclear.
    pub direction: String,
    /// Chance of a difference as large without one, by Mann and Whitney, where form lasts for weeks
    /// as far as the days do not rule that out; 0.0001.
    pub p: Option<f64>,
}

/// One effort.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Effort {
    /// Of which activity.
    pub id: String,
    /// Which part of its file.
    pub part: u32,
    /// Which of its climbs and descents.
    pub number: u32,
    /// The athlete's own day.
    pub day: String,
    /// When the climb or descent was begun, UTC, RFC 3339.
    pub begun: String,
    /// Share of that climb or descent which lies on the hill; 0.01. Figures from the heart rate on
    /// are of the whole of it, and null below 0.8.
    pub share: f64,
    /// Seconds in motion on the hill; 0.1 s.
    pub moving_s: f64,
    /// Metres of the hill that were covered; 0.1 m.
    pub length_m: f64,
    /// Its rise over these; 0.1 m.
    pub rise_m: f64,
    /// Metres up or down an hour; 1.
    pub vertical_m_per_h: Option<f64>,
    /// 0.01 m/s.
    pub speed_m_per_s: Option<f64>,
    /// Mean; 1 a minute.
    pub heart_rate_bpm: Option<f64>,
    /// Mean muscle power in its direction; 0.01.
    pub w_per_kg: Option<f64>,
    /// Work of a step over that of an easy level one; 0.01.
    pub intensity: Option<f64>,
    /// Load in its direction; 0.1.
    pub load: Option<f64>,
    /// Mean; 0.1 degrees Celsius.
    pub temperature_c: Option<f64>,
    /// Fewer metres a heart beat in the second half, a share; 0.001.
    pub drift: Option<f64>,
}

/// What hills say together.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Together {
    /// `climb_vertical_m_per_h`, `climb_vertical_m_per_beat` or `descent_speed_m_per_s`, each over
    /// its median on that hill.
    pub figure: String,
    /// run, hike or ride.
    pub sport: String,
    /// On so many hills.
    pub hills: usize,
    /// So many efforts.
    pub efforts: usize,
    /// Of all together.
    pub trend: Trend,
}

/// Returns the document of all hills.
pub fn list(hills: &Hills, on: Date) -> Document {
    let trends = hills.trends();
    let (looked_at, with_trend) = (trends.len(), words::called(&trends));
    Document {
        hills: hills.all.iter().map(|one| hill(one, on, false)).collect(),
        together: hills.together().iter().map(together).collect(),
        looked_at,
        with_trend,
        activities_without: hills.unknown,
        ..empty(on)
    }
}

/// Returns the document of one hill.
pub fn one(of_sports: &[HillEfforts], on: Date) -> Document {
    let trends = of_sports.iter().filter_map(|hill| hill.trend().ok());
    let shown = |trend: &trend::Trend| trend.direction() != Direction::Unclear;
    Document {
        hills: of_sports.iter().map(|one| hill(one, on, true)).collect(),
        looked_at: trends.clone().count(),
        with_trend: trends.filter(shown).count(),
        ..empty(on)
    }
}

fn empty(on: Date) -> Document {
    Document {
        schema: SCHEMA,
        tool: env!("CARGO_PKG_VERSION").to_owned(),
        on: on.to_string(),
        hills: Vec::new(),
        together: Vec::new(),
        looked_at: 0,
        with_trend: 0,
        activities_without: 0,
    }
}

fn hill(hill: &HillEfforts, on: Date, whole: bool) -> Hill {
    let day = |effort: Option<&hills::Effort>| {
        effort.map_or_else(String::new, |effort| effort.figures.day.to_string())
    };
    let climb = hill.slope == Slope::Climb;
    let (motor, year) = (hill.has_motor(), hill.year_against_last(on));
    let known =
        |found: Result<trend::Trend, TooLittle>| found.ok().map(|one| of(Ok(one)));
    Hill {
        id: hill.id,
        slope: hill.slope.name().to_owned(),
        name: hill.name.clone(),
        sport: hill.sport.name().to_owned(),
        bicycle: hill.bicycle.map(|bicycle| bicycle.name().to_owned()),
        from: place(&hill.from),
        to: place(&hill.to),
        length_m: finite(hill.length_m, 1),
        rise_m: finite(hill.rise_m(), 1),
        times: hill.efforts.len(),
        too_fast: hill.too_fast,
        days: hill.days(),
        first: day(hill.efforts.first()),
        last: day(hill.efforts.last()),
        figure: if climb { "vertical_m_per_h" } else { "speed_m_per_s" }.to_owned(),
        usual: maybe(Some(hill.usual()), 2),
        best: maybe(hill.best().map(|effort| hill.figure(effort)), 2),
        last_above: maybe(hill.last_above(), 3),
        years: hill
            .years()
            .into_iter()
            .map(|year| Year {
                year: year.year,
                times: year.efforts,
                usual: maybe(Some(year.usual), 2),
                best: maybe(Some(year.best), 2),
            })
            .collect(),
        trend: if motor { of_a_motor() } else { of(hill.trend()) },
        trend_per_beat: known(hill.trend_per_beat()).filter(|_| climb && !motor),
        trend_of_drift: known(hill.trend_of_drift()).filter(|_| climb && !motor),
        year_against_last: year.filter(|_| !motor).map(|year| YearAgainstLast {
            year: year.year,
            from: year.part.0.to_string(),
            to: year.part.1.to_string(),
            days: year.days.0,
            days_before: year.days.1,
            usual: maybe(Some(year.middle), 2),
            usual_before: maybe(Some(year.middle_before), 2),
            direction: word(year.direction()).to_owned(),
            p: maybe(Some(year.p), 4),
        }),
        efforts: whole.then(|| hill.efforts.iter().map(effort).collect()),
    }
}

fn effort(effort: &hills::Effort) -> Effort {
    let f = &effort.figures;
    let own =
        |value: Option<f64>, decimals| maybe(value.filter(|_| effort.is_own()), decimals);
    Effort {
        id: effort.id.clone(),
        part: effort.part,
        number: effort.number,
        day: f.day.to_string(),
        begun: f.begun.to_string(),
        share: finite(effort.share, 2),
        moving_s: finite(effort.moving_s, 1),
        length_m: finite(effort.length_m, 1),
        rise_m: finite(effort.rise_m, 1),
        vertical_m_per_h: maybe(Some(effort.vertical_m_per_h()), 0),
        speed_m_per_s: maybe(Some(effort.speed_m_per_s()), 2),
        heart_rate_bpm: own(f.heart_rate_bpm, 0),
        w_per_kg: own(f.w_per_kg, 2),
        intensity: own(f.intensity, 2),
        load: own(Some(f.load), 1),
        temperature_c: own(f.temperature_c, 1),
        drift: own(f.drift, 3),
    }
}

fn place(point: &LinePoint) -> Place {
    Place {
        latitude_deg: finite(point.latitude_deg, 6),
        longitude_deg: finite(point.longitude_deg, 6),
        elevation_m: finite(point.elevation_m, 1),
    }
}

/// The word for a direction.
pub(in crate::write) fn word(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => "up",
        Direction::Down => "down",
        Direction::Unclear => "unclear",
    }
}

/// Nothing is said of how fast a motor is.
fn of_a_motor() -> Trend {
    Trend { direction: "motor".to_owned(), ..of(Err(TooLittle::Span(0))) }
}

/// A trend, or why there is none.
pub(in crate::write) fn of(found: Result<trend::Trend, TooLittle>) -> Trend {
    let trend = found.ok();
    let figure = |of: &dyn Fn(trend::Trend) -> f64| maybe(trend.map(of), 4);
    Trend {
        direction: match found {
            Ok(trend) => word(trend.direction()),
            Err(TooLittle::Days(_)) => "too_few_days",
            Err(TooLittle::Span(_)) => "too_short",
        }
        .to_owned(),
        days: match found {
            Ok(trend) => Some(trend.days),
            Err(TooLittle::Days(days)) => Some(days),
            Err(TooLittle::Span(_)) => None,
        },
        independent_days: maybe(trend.map(|trend| trend.independent_days), 1),
        from: trend.map(|trend| trend.from.to_string()),
        to: trend.map(|trend| trend.to.to_string()),
        change: figure(&|trend| trend.over_span().0),
        change_low: figure(&|trend| trend.over_span().1.0),
        change_high: figure(&|trend| trend.over_span().1.1),
        share_of_change: maybe(
            trend.and_then(|trend| trend.share_over_span()).map(|(share, _)| share),
            4,
        ),
        per_year: figure(&|trend| trend.per_year),
        per_year_low: figure(&|trend| trend.per_year_range.0),
        per_year_high: figure(&|trend| trend.per_year_range.1),
        share_per_year: maybe(
            trend.and_then(|trend| trend.share_per_year()).map(|(share, _)| share),
            4,
        ),
        p: figure(&|trend| trend.p),
    }
}

fn together(together: &hills::Together) -> Together {
    Together {
        figure: match together.what {
            What::ClimbSpeed => "climb_vertical_m_per_h",
            What::ClimbPerBeat => "climb_vertical_m_per_beat",
            What::DescentSpeed => "descent_speed_m_per_s",
        }
        .to_owned(),
        sport: together.sport.name().to_owned(),
        hills: together.hills,
        efforts: together.efforts,
        trend: of(Ok(together.trend)),
    }
}

/// Returns the JSON Schema of [`Document`].
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Document).into()
}
