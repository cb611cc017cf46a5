//! A history for programs: schema 1, rounded to what each key states.

use schemars::JsonSchema;
use serde::Serialize;

use crate::history::{self, Comparison, Discipline, History, Next};
use crate::plan;
#[cfg(feature = "store")]
use crate::write::adaptation::json::Adaptation;
use crate::write::history::View;
use crate::write::history::export::{Row, row};
use crate::write::json::SCHEMA;
use crate::write::object::object;
use crate::write::plan::json::Aim;
use crate::write::rounding::{finite, maybe};

/// A history as of a day.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Version of this form: 1.
    pub schema: u32,
    /// Version of the program.
    pub tool: String,
    /// What became of the paths of this call; null without any.
    pub intake: Option<Tally>,
    /// Its last day.
    pub on: String,
    /// What the legs are used to; null without sessions.
    pub usual: Option<Usual>,
    /// How long the legs are probably not recovered.
    pub rest: Option<Rest>,
    /// A sensible next step on foot.
    pub next: Option<Step>,
    /// A sensible next step on a bicycle; null without rides.
    pub next_ride: Option<RideStep>,
    /// The hardest hills that go with the next steps, from those of the last six weeks, one
    /// dimension raised at a time; null where there is no next step or no hill.
    pub next_hills: NextHills,
    /// The last ride beside one's own of 30 and 90 days and of all before; empty without rides.
    pub last_ride: Vec<Against>,
    /// Of the last 12 weeks those with two hill days or more.
    pub hill_weeks: usize,
    /// Days since a day with 200 m of hard descent or more; a pack counts.
    pub days_since_hard_descent: Option<i32>,
    /// What changed in six months and how descents went after hard ones; null where nobody asked the
    /// store for the hills.
    #[cfg(feature = "store")]
    pub adaptation: Option<Adaptation>,
    /// The five mechanisms over the last 365 days, a row for each figure that an outing has.
    pub mechanisms: Vec<MechanismTrend>,
    /// Weeks, months or years, empty ones too.
    pub periods: Vec<PeriodSummary>,
    /// Days with sessions.
    pub days: Vec<Day>,
    /// Sessions that count, in order of time.
    pub sessions: Vec<ComparedSession>,
    /// Recorded twice, whole or in part, and left out.
    pub duplicates: Vec<Duplicate>,
    /// Not held against all that could be their duplicates, as there were too many: some may
    /// count twice.
    pub uncompared: usize,
    /// Left out by the athlete.
    pub excluded: usize,
    /// Left out as later, or with a clock that was not set.
    pub undated: usize,
    /// Scored by an earlier model or with other settings, and never again: their files are gone.
    /// They count as they were scored.
    pub source_gone: Vec<SourceGone>,
}

/// The hardest hills that go with the next steps.
#[derive(Debug, Default, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NextHills {
    /// Up, on foot.
    pub climb: Option<Aim>,
    /// Down, on foot; null while the legs rest.
    pub descent: Option<Aim>,
    /// Up, riding.
    pub ride_climb: Option<Aim>,
}

impl NextHills {
    /// Returns the form of the hills of a next week.
    pub fn of(next: &plan::NextHills) -> NextHills {
        NextHills {
            climb: next.foot.and_then(|aims| aims.climb).map(Aim::of),
            descent: next.foot.and_then(|aims| aims.descent).map(Aim::of),
            ride_climb: next.ride.and_then(|aims| aims.climb).map(Aim::of),
        }
    }
}

/// What became of the inputs of a run: `found` is the sum of the other counts but `new`.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tally {
    /// Inputs that were found.
    pub found: usize,
    /// Scored without a flaw.
    pub scored: usize,
    /// Scored with flaws that were survived.
    pub noticed: usize,
    /// No activity, a sport without a model, or a route.
    pub skipped: usize,
    /// Could not be scored.
    pub failed: usize,
    /// The same content again, or the same outing recorded by another device.
    pub duplicate: usize,
    /// Scored in this run.
    pub new: usize,
    /// Those that failed, and why.
    pub failures: Vec<FailedPath>,
    /// Those that were skipped, and why.
    pub skips: Vec<FailedPath>,
}

/// An input that was not scored.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "path, stable code and words")]
pub struct FailedPath {
    pub path: String,
    pub code: String,
    pub message: String,
}

/// A figure of one of the five mechanisms over the last 365 days.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MechanismTrend {
    /// `step_p95_up_j_per_kg`, `hill_sprints`, `best_sprint_up_w_per_kg`, `step_power_up_w_per_kg`,
    /// `best_5_min_up_m_per_h`, `best_5_min_up_w_per_kg` (rides with a power meter),
    /// `long_climb_min`, `long_climb_drift` (a share), `hard_steps_up` or `hard_steps_down`.
    pub figure: String,
    /// foot or ride.
    pub discipline: String,
    /// day: the middle of its outings. week: the sum of a whole week, empty ones too.
    pub per: String,
    /// Outings that have the figure.
    pub outings: usize,
    /// Figures of outings, or of weeks.
    pub values: usize,
    /// Day of the first of these.
    pub from: Option<String>,
    /// Day of the last.
    pub to: Option<String>,
    /// Their middle; 0.0001.
    pub middle: f64,
    /// Change from the first to the last by the slope of Theil and Sen; null below six outings, days
    /// or weeks, or three weeks. 0.0001.
    pub change: Option<f64>,
    /// Lower end of its 95 % interval.
    pub change_low: Option<f64>,
    /// Upper end.
    pub change_high: Option<f64>,
    /// The same a year; of less than 350 days it is drawn out to a year that was not seen. 0.0001.
    pub change_per_year: Option<f64>,
    /// Lower end of its 95 % interval.
    pub change_per_year_low: Option<f64>,
    /// Upper end.
    pub change_per_year_high: Option<f64>,
    /// Chance of an order as clear where there is no trend (Mann and Kendall) and what is done lasts
    /// for weeks, as far as the days do not rule that out; 0.0001.
    pub p: Option<f64>,
    /// up, down or unclear.
    pub direction: Option<String>,
    /// Why there is no trend.
    pub why: Option<String>,
}

/// A file that is no longer where it was.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceGone {
    /// Of its content.
    pub id: String,
    /// Where it was; null where no file stands for the content.
    pub path: Option<String>,
    /// Whether an earlier model scored it, not only other settings.
    pub earlier_model: bool,
}

/// What the legs are used to.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "every key names its unit; the others are described")]
pub struct Usual {
    /// True before six weeks exist.
    pub building: bool,
    /// Weeks the means are taken over; 0.1.
    pub weeks: f64,
    /// Of a week, on foot; 0.1.
    pub eccentric_load: f64,
    /// Of a week, on foot; 0.1.
    pub concentric_load: f64,
    /// Of a week, on a bicycle; 0.1.
    pub ride_concentric_load: f64,
    /// Exponential average of a day over 42 d; 0.01.
    pub eccentric_load_42_d: f64,
    /// Over 7 d; 0.01.
    pub eccentric_load_7_d: f64,
    pub concentric_load_42_d: f64,
    pub concentric_load_7_d: f64,
    /// Mean over deviation of 7 days' eccentric load, from 4 training days on; 0.01.
    pub monotony: Option<f64>,
    /// Of a week, on a bicycle; 0.1.
    pub ride_distance_m: f64,
    /// Metres up of a week, on a bicycle; 0.1.
    pub ride_gain_m: f64,
    /// Largest concentric load of a day of riding among them; 0.1.
    pub largest_ride_concentric_load: Option<f64>,
    pub largest_ride_on: Option<String>,
    /// Largest eccentric load of a day among them; 0.1.
    pub largest_eccentric_load: Option<f64>,
    pub largest_on: Option<String>,
}

/// Legs that are probably not recovered.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "days, and the load that was new; 0.1")]
pub struct Rest {
    pub since: String,
    pub until: String,
    pub new_load: f64,
}

/// A sensible next step.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// `building`, `rest`, `first_descents`, `easier_week` or `grow`.
    pub kind: String,
    /// Last day of it.
    pub until: Option<String>,
    /// Eccentric load of a day (`easier_week`: of the week); 0.1.
    pub eccentric_load: Option<f64>,
}

/// A sensible next step on a bicycle.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RideStep {
    /// `building`, `easier_week` or `grow`.
    pub kind: String,
    /// `building`: first day on which a step can be said. `grow`: not before this day.
    pub until: Option<String>,
    /// Concentric load of a day of riding (`easier_week`: of the week); 0.1.
    pub concentric_load: Option<f64>,
    /// About how many metres of climbing that is, as this person rides; 1.
    pub gain_m: Option<f64>,
}

/// A figure of the last ride beside one's own.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Against {
    /// `distance` (m), `climbing` (m), `largest_climb` (m of rise), `concentric_load`,
    /// `steepness` (rise over run), `intensity` or `best_minute` (W/kg).
    pub dimension: String,
    /// Of the last ride; 0.0001.
    pub value: f64,
    /// Largest of 30 days, or the second of 42 where one stands alone; 0 without any.
    pub days_30: f64,
    /// Largest of 90 days.
    pub days_90: Option<f64>,
    /// Largest of all rides before.
    pub before: Option<f64>,
    /// Rides before that have the figure.
    pub rides_before: usize,
    /// Whether it is more than ever, by 2 % at least and of ten rides before at least.
    pub record: bool,
}

object! {
    /// Sums.
    #[serde(deny_unknown_fields)]
    #[expect(missing_docs, reason = "every key names its unit")]
    pub struct Totals;

    fn sums(sums: &history::Totals);

    sessions: u32 = sums.sessions,
    distance_m: f64 = finite(sums.distance_m, 1),
    gain_m: f64 = finite(sums.gain_m, 1),
    loss_m: f64 = finite(sums.loss_m, 1),
    moving_s: f64 = finite(sums.moving_s, 1),
    concentric_load: f64 = finite(sums.concentric_load, 1),
    eccentric_load: f64 = finite(sums.eccentric_load, 1),
}

/// A stretch of the calendar.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "days and sums; the others are described")]
pub struct PeriodSummary {
    pub from: String,
    pub to: String,
    pub foot: Totals,
    pub ride: Totals,
    /// Weeks: mean of the six before; null while building. 0.1.
    pub usual_eccentric_load: Option<f64>,
    /// The same.
    pub usual_concentric_load: Option<f64>,
    /// The same of rides alone.
    pub usual_ride_concentric_load: Option<f64>,
}

/// A day with sessions.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "a day and sums; the others are described")]
pub struct Day {
    pub date: String,
    pub foot: Totals,
    pub ride: Totals,
    /// Eccentric load that is new for these legs; 0.1.
    pub new_load: f64,
    /// With the two days before; 0.1.
    pub three_day_eccentric_load: f64,
    /// Legs probably not recovered until then.
    pub not_recovered_until: Option<String>,
    /// Whether it asked for far more descent than the six weeks before.
    pub first_descents: bool,
}

/// A session held against those before it.
#[derive(Debug, Serialize, JsonSchema)]
#[expect(missing_docs, reason = "described where not plain")]
#[schemars(rename = "Judged")]
pub struct ComparedSession {
    #[serde(flatten)]
    pub session: Row,
    /// Sessions of its kind in the 30 days before; below 3 nothing is said.
    pub baseline: usize,
    /// What was more than in the last 30 days, the largest ratio first.
    pub more: Vec<Increase>,
    /// Whether the first two rose together in a way worth a word.
    pub two_at_once: bool,
    /// Share of own sessions of 90 days with less eccentric load; null below 10. 0.001.
    pub eccentric_load_share_below: Option<f64>,
    /// The same of concentric load.
    pub concentric_load_share_below: Option<f64>,
}

/// One dimension in which a session was more.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "described where not plain")]
pub struct Increase {
    /// `distance` (m), `climbing` (m; rides), `largest_climb` (m of rise; rides),
    /// `concentric_load`, `eccentric_load`, `steepness` (rise over run), `intensity` or
    /// `best_minute` (W/kg).
    pub dimension: String,
    pub value: f64,
    pub reference: f64,
    /// Null where the reference is zero.
    pub ratio: Option<f64>,
    /// a little more, clearly more, far more or new for you.
    pub words: String,
}

/// A recording that was left out.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "ids and parts")]
pub struct Duplicate {
    pub id: String,
    pub part: u32,
    pub kept_id: String,
    pub kept_part: u32,
    /// By which its clock differs.
    pub shift_s: i64,
}

fn usual(h: &History) -> Option<Usual> {
    let baseline = h.baseline()?;
    Some(Usual {
        building: h.building_on(h.on),
        weeks: finite(baseline.weeks, 1),
        eccentric_load: finite(baseline.eccentric_load, 1),
        concentric_load: finite(baseline.concentric_load, 1),
        ride_concentric_load: finite(baseline.ride_concentric_load, 1),
        eccentric_load_42_d: finite(baseline.eccentric_averages.0, 2),
        eccentric_load_7_d: finite(baseline.eccentric_averages.1, 2),
        concentric_load_42_d: finite(baseline.concentric_averages.0, 2),
        concentric_load_7_d: finite(baseline.concentric_averages.1, 2),
        monotony: maybe(baseline.monotony, 2),
        ride_distance_m: finite(baseline.ride_distance_m, 1),
        ride_gain_m: finite(baseline.ride_gain_m, 1),
        largest_ride_concentric_load: maybe(
            baseline.largest_ride.map(|(_, load)| load),
            1,
        ),
        largest_ride_on: baseline.largest_ride.map(|(date, _)| date.to_string()),
        largest_eccentric_load: maybe(baseline.largest.map(|(_, load)| load), 1),
        largest_on: baseline.largest.map(|(date, _)| date.to_string()),
    })
}

fn step(next: &Next) -> Step {
    let (kind, until, load) = match next {
        Next::Building { until } => ("building", Some(*until), None),
        Next::Rest { until, then_up_to } => ("rest", Some(*until), Some(*then_up_to)),
        Next::FirstDescents(step) => ("first_descents", None, Some(step.load)),
        Next::EasierWeek { load, .. } => ("easier_week", None, Some(*load)),
        Next::Grow { up_to, .. } => ("grow", None, Some(*up_to)),
    };
    Step {
        kind: kind.to_owned(),
        until: until.map(|date| date.to_string()),
        eccentric_load: maybe(load, 1),
    }
}

fn ride_step(h: &History, next: &Next) -> Option<RideStep> {
    let (kind, until, load) = match next {
        Next::Building { until } => ("building", Some(*until), None),
        Next::EasierWeek { load, .. } => ("easier_week", None, Some(*load)),
        Next::Grow { up_to, after, .. } => ("grow", *after, Some(*up_to)),
        // of descents on foot
        Next::Rest { .. } | Next::FirstDescents(_) => return None,
    };
    let gain_m = load.zip(h.ride_load_per_m()).map(|(load, per_m)| load / per_m);
    Some(RideStep {
        kind: kind.to_owned(),
        until: until.map(|date| date.to_string()),
        concentric_load: maybe(load, 1),
        gain_m: maybe(gain_m, 0),
    })
}

fn against(row: &history::Against) -> Against {
    Against {
        dimension: row.more.dimension.key().to_owned(),
        value: finite(row.more.value, 4),
        days_30: finite(row.more.reference, 4),
        days_90: maybe(row.days_90, 4),
        before: maybe(row.before, 4),
        rides_before: row.sessions,
        record: row.is_record(),
    }
}

fn compared(h: &History, at: usize, verdict: &Comparison) -> ComparedSession {
    let session = &h.sessions[at];
    let more = |more: &history::spike::Increase| Increase {
        dimension: more.dimension.key().to_owned(),
        value: finite(more.value, 4),
        reference: finite(more.reference, 4),
        ratio: maybe(more.ratio(), 3),
        words: more.band().name().to_owned(),
    };
    let downhill = |s: &history::Session| s.sport.on_foot().then_some(s.eccentric_load);
    ComparedSession {
        session: row(session, None),
        baseline: verdict.baseline,
        more: verdict.more.iter().map(more).collect(),
        two_at_once: verdict.two_at_once(),
        eccentric_load_share_below: maybe(h.share_below(session, downhill), 3),
        concentric_load_share_below: maybe(
            h.share_below(session, |s| Some(s.concentric_load)),
            3,
        ),
    }
}

fn duplicate(double: &history::Duplicate) -> Duplicate {
    Duplicate {
        id: double.left_out.id.clone(),
        part: double.left_out.part,
        kept_id: double.kept.0.clone(),
        kept_part: double.kept.1,
        shift_s: double.shift_s,
    }
}

/// Returns the document of a history.
// more than sixty lines: every key, in the order of the document
pub fn document(h: &History, view: &View, intake: Option<Tally>) -> Document {
    let past = h.recent();
    let stretch = |s: &history::PeriodSummary| PeriodSummary {
        from: s.from.to_string(),
        to: s.to.to_string(),
        foot: sums(&s.foot),
        ride: sums(&s.ride),
        usual_eccentric_load: maybe(s.usual.map(|usual| usual.0), 1),
        usual_concentric_load: maybe(s.usual.map(|usual| usual.1), 1),
        usual_ride_concentric_load: maybe(s.usual_ride, 1),
    };
    let day = |day: &history::Day| Day {
        date: day.date.to_string(),
        foot: sums(&day.foot),
        ride: sums(&day.ride),
        new_load: finite(day.new_load, 1),
        three_day_eccentric_load: finite(day.three_day_load, 1),
        not_recovered_until: day.rest.map(|rest| rest.until.to_string()),
        first_descents: day.first_descents.is_some(),
    };
    let shown = |date| view.since.is_none_or(|since| date >= since);
    Document {
        schema: SCHEMA,
        tool: env!("CARGO_PKG_VERSION").to_owned(),
        intake,
        on: h.on.to_string(),
        usual: usual(h),
        rest: h.resting().map(|(rest, day)| Rest {
            since: day.date.to_string(),
            until: rest.until.to_string(),
            new_load: finite(day.new_load, 1),
        }),
        next: h.next().as_ref().map(step),
        next_ride: h.next_ride().and_then(|next| ride_step(h, &next)),
        next_hills: NextHills::default(),
        last_ride: h.last_against(Discipline::Ride).iter().map(against).collect(),
        hill_weeks: past.hill_weeks,
        days_since_hard_descent: past.days_since_hard_descent,
        #[cfg(feature = "store")]
        adaptation: None,
        mechanisms: Vec::new(),
        periods: h.by(view.by, view.since).iter().map(stretch).collect(),
        days: h.days.iter().filter(|d| shown(d.date)).map(day).collect(),
        sessions: (0..h.sessions.len())
            .filter(|at| shown(h.sessions[*at].day))
            .map(|at| compared(h, at, &h.comparisons[at]))
            .collect(),
        duplicates: h.duplicates.iter().map(duplicate).collect(),
        uncompared: h.uncompared,
        excluded: h.excluded,
        undated: h.undated,
        source_gone: Vec::new(),
    }
}

/// Returns the JSON Schema of [`Document`].
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Document).into()
}
