//! The five mechanisms over months: what each outing, or each week, gave, and whether it rises.
//!
//! What one outing shows at its best is a figure of its day: a step, a sprint, a climb. What is done
//! again and again is summed by week, and a week without an outing counts as none.

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::history::{History, MechanismRecord, PeriodSummary, Session, age};
use crate::trend::{LEAST_DAYS, Observation, TooLittle, Trend};

/// Days that progress is looked for in. Our choice: one round of the seasons, so that a winter is not
/// taken for a decline.
pub const DAYS: i32 = 365;
/// Seconds of the best climb that is compared: our choice, what a steep hill near most people lasts.
const CLIMB_S: f64 = 300.0;

/// A figure of one of the mechanisms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mechanism {
    /// 3: 95th percentile of the work of a step up, J/kg.
    StepWork,
    /// 3: mean power of the hardest hill sprint, W/kg.
    BestSprint,
    /// 3: hill sprints of a week.
    HillSprints,
    /// 3: best 20 steps up, power while the foot is down, W/kg.
    StepPower,
    /// 4: best vertical speed of 5 min, m/h.
    BestClimb,
    /// 4, rides: best power of 5 min uphill by the meter, W/kg.
    ClimbPower,
    /// 4: minutes of a week in climbs of 4 min and more.
    LongClimbs,
    /// 4: fewer metres a heart beat in the second half of climbs of 20 min and more, a share.
    Drift,
    /// 5: steps up at 2x and above, of a week.
    HardStepsUp,
    /// 5: steps down at 2x and above, of a week.
    HardStepsDown,
}

impl Mechanism {
    /// All, in the order in which they are shown.
    pub const ALL: [Mechanism; 10] = [
        Mechanism::StepWork,
        Mechanism::HillSprints,
        Mechanism::BestSprint,
        Mechanism::StepPower,
        Mechanism::BestClimb,
        Mechanism::ClimbPower,
        Mechanism::LongClimbs,
        Mechanism::Drift,
        Mechanism::HardStepsUp,
        Mechanism::HardStepsDown,
    ];

    /// Returns the word for it in JSON.
    pub fn code(self) -> &'static str {
        match self {
            Mechanism::StepWork => "step_p95_up_j_per_kg",
            Mechanism::HillSprints => "hill_sprints",
            Mechanism::BestSprint => "best_sprint_up_w_per_kg",
            Mechanism::StepPower => "step_power_up_w_per_kg",
            Mechanism::BestClimb => "best_5_min_up_m_per_h",
            Mechanism::ClimbPower => "best_5_min_up_w_per_kg",
            Mechanism::LongClimbs => "long_climb_min",
            Mechanism::Drift => "long_climb_drift",
            Mechanism::HardStepsUp => "hard_steps_up",
            Mechanism::HardStepsDown => "hard_steps_down",
        }
    }

    /// Returns whether it is summed by week.
    pub fn is_weekly(self) -> bool {
        matches!(
            self,
            Mechanism::HillSprints
                | Mechanism::LongClimbs
                | Mechanism::HardStepsUp
                | Mechanism::HardStepsDown
        )
    }

    /// Returns the figure of an outing.
    fn of(self, session: &Session, record: Option<&MechanismRecord>) -> Option<f64> {
        match self {
            Mechanism::StepWork => session.step_p95_up_j_per_kg,
            Mechanism::HillSprints => record?.hill_sprints,
            Mechanism::BestSprint => record?.best_sprint_up_w_per_kg,
            Mechanism::StepPower => record?.step_power_up_w_per_kg,
            Mechanism::BestClimb => record?.vertical_m_per_h(CLIMB_S),
            Mechanism::ClimbPower if session.sport.on_foot() => None,
            Mechanism::ClimbPower => record?.w_per_kg(CLIMB_S),
            Mechanism::LongClimbs => session.long_climb_min,
            Mechanism::Drift => record?.long_climb_drift,
            Mechanism::HardStepsUp => session.hard_steps_up,
            Mechanism::HardStepsDown => session.hard_steps_down,
        }
    }
}

/// One figure over the last year.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Progress {
    /// Which.
    pub mechanism: Mechanism,
    /// Of outings on foot, or of rides.
    pub on_foot: bool,
    /// Outings that have the figure.
    pub outings: usize,
    /// The figure of each of them, or the sum of each whole week, in order.
    pub observations: Vec<Observation>,
    /// Whether it rises or falls: of six outings, of as many days or weeks, and of three weeks at
    /// least.
    pub trend: Result<Trend, TooLittle>,
}

impl Progress {
    /// Returns every figure of a history that an outing of its last year has, on foot first.
    /// `records` are those of its sessions, in their order.
    ///
    /// ```
    /// use hardlegs::{history::History, progress::Progress};
    /// let on = jiff::civil::date(2026, 5, 1);
    /// let none = History::of(Vec::new(), &|_| None, on, Default::default());
    /// assert!(Progress::all(&none, &[]).is_empty());
    /// ```
    pub fn all(history: &History, records: &[Option<MechanismRecord>]) -> Vec<Progress> {
        let weeks = history.whole_weeks(Progress::since(history));
        let rows = [true, false].into_iter().flat_map(|on_foot| {
            let weeks = &weeks;
            Mechanism::ALL.into_iter().filter_map(move |mechanism| {
                Progress::of(&Figures { history, weeks, records, mechanism, on_foot })
            })
        });
        rows.collect()
    }

    /// Returns the first day that is looked at.
    pub fn since(history: &History) -> Date {
        history.on.saturating_sub(DAYS.days())
    }

    /// Returns one figure; `None` where no outing has it.
    fn of(figures: &Figures<'_>) -> Option<Progress> {
        let Figures { history, mechanism, on_foot, .. } = *figures;
        let since = Progress::since(history);
        let outings: Vec<Observation> = (0..history.sessions.len())
            .filter(|at| history.sessions[*at].day > since)
            .filter(|at| figures.is_of_kind(*at))
            .filter_map(|at| figures.observed(at))
            .collect();
        if outings.is_empty() {
            return None;
        }
        let observations =
            if mechanism.is_weekly() { figures.by_week() } else { outings.clone() };
        let trend = if outings.len() < LEAST_DAYS {
            Err(TooLittle::Days(outings.len()))
        } else {
            Trend::of(&observations)
        };
        Some(Progress { mechanism, on_foot, outings: outings.len(), observations, trend })
    }

    /// Returns the days from the first to the last observation.
    pub fn span_days(&self) -> i32 {
        let ends = self.observations.first().zip(self.observations.last());
        ends.map_or(0, |(first, last)| age(first.day, last.day))
    }
}

/// The figures of the outings of one kind.
struct Figures<'h> {
    history: &'h History,
    weeks: &'h [PeriodSummary],
    records: &'h [Option<MechanismRecord>],
    mechanism: Mechanism,
    on_foot: bool,
}

impl Figures<'_> {
    /// Returns whether a session is of this kind.
    fn is_of_kind(&self, at: usize) -> bool {
        self.history.sessions[at].sport.on_foot() == self.on_foot
    }

    /// Returns what a session gave; `None` where it could not tell.
    fn observed(&self, at: usize) -> Option<Observation> {
        let session = &self.history.sessions[at];
        let record = self.records.get(at).and_then(Option::as_ref);
        let value = self.mechanism.of(session, record)?;
        Some(Observation { day: session.day, value })
    }

    /// Returns the sum of each whole week from the first with an outing that could tell; a week in
    /// which one could not is left out.
    fn by_week(&self) -> Vec<Observation> {
        let sums = self.weeks.iter().map(|week| {
            let mut sum = Some(0.0);
            let mut told = false;
            for at in week.sessions.clone().filter(|at| self.is_of_kind(*at)) {
                let figure = self.observed(at);
                told |= figure.is_some();
                sum = sum.zip(figure).map(|(sum, figure)| sum + figure.value);
            }
            (told, sum.map(|value| Observation { day: week.from, value }))
        });
        sums.skip_while(|(told, _)| !told).filter_map(|(_, sum)| sum).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inputs::Input;
    use crate::settings::{Settings, Weekday};
    use crate::store::{Store, import};
    use crate::trend::Direction;
    use jiff::civil::date;

    /// A history of one run each so many days, with the work of a step and sprints by its number.
    fn runs(
        count: i32,
        every: i32,
        work: impl Fn(i32) -> f64,
        sprints: impl Fn(i32) -> Option<f64>,
    ) -> Vec<Progress> {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(&folder.path().join("store.sqlite")).unwrap();
        let input = Input::file("fixtures/fit/ridge.fit");
        let inputs = std::iter::once((String::new(), input));
        import(&mut store, inputs, &Settings::default(), (1, false), |_| true).unwrap();
        let template = store.sessions().unwrap().remove(0);
        let first = date(2025, 6, 2);
        let session = |n: i32| {
            let day = first.saturating_add((every * n).days());
            Session {
                id: format!("{n:032x}"),
                start: template.start
                    + jiff::SignedDuration::from_hours(24 * i64::from(every * n)),
                day,
                step_p95_up_j_per_kg: Some(work(n)),
                ..template.clone()
            }
        };
        let sessions: Vec<Session> = (0..count).map(session).collect();
        let on = first.saturating_add((every * count + 7).days());
        let history = History::of(sessions, &|_| None, on, Weekday::default());
        let records: Vec<Option<MechanismRecord>> = (0..count)
            .map(|n| {
                let hill_sprints = sprints(n);
                Some(MechanismRecord { hill_sprints, ..MechanismRecord::default() })
            })
            .collect();
        Progress::all(&history, &records)
    }

    fn of(rows: &[Progress], mechanism: Mechanism) -> &Progress {
        rows.iter().find(|row| row.mechanism == mechanism).unwrap()
    }

    #[test]
    fn finds_work_of_steps_that_grows_and_says_how_many_were_looked_at() {
        let rows = runs(20, 10, |n| 1.5 + 0.02 * f64::from(n), |_| Some(2.0));
        let work = of(&rows, Mechanism::StepWork);
        let trend = work.trend.unwrap();
        assert_eq!((work.outings, trend.days), (20, 20));
        assert_eq!(trend.direction(), Direction::Up);
        // 0.02 in ten days
        assert!((trend.per_year - 0.73).abs() < 0.01, "{trend:?}");
        assert!(rows.iter().all(|row| row.mechanism != Mechanism::ClimbPower));
    }

    #[test]
    fn takes_no_trend_of_five_outings_or_of_less_than_three_weeks() {
        let few = runs(5, 30, f64::from, |_| Some(0.0));
        let work = of(&few, Mechanism::StepWork);
        assert_eq!(work.trend, Err(TooLittle::Days(5)));
        // months of weeks, and five outings in them
        assert_eq!(of(&few, Mechanism::HillSprints).trend, Err(TooLittle::Days(5)));
        let dense = runs(8, 2, f64::from, |_| Some(0.0));
        let work = of(&dense, Mechanism::StepWork);
        assert_eq!(work.trend, Err(TooLittle::Span(14)));
    }

    #[test]
    fn sums_by_week_counts_empty_weeks_and_leaves_out_those_nobody_knows() {
        // each third week has a run with four sprints, the others none
        let rows = runs(10, 21, |_| 1.0, |_| Some(4.0));
        let sprints = of(&rows, Mechanism::HillSprints);
        let values: Vec<f64> = sprints.observations.iter().map(|one| one.value).collect();
        assert_eq!(values[..6], [4.0, 0.0, 0.0, 4.0, 0.0, 0.0]);
        let unknown = runs(10, 21, |_| 1.0, |n| (n != 1).then_some(4.0));
        let values: Vec<f64> = of(&unknown, Mechanism::HillSprints)
            .observations
            .iter()
            .map(|one| one.value)
            .collect();
        assert_eq!(values[..5], [4.0, 0.0, 0.0, 0.0, 0.0]);
    }
}
