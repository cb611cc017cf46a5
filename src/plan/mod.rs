//! A course held against a history, and the weeks that would lead there.

pub mod course;
pub mod weeks;

use jiff::civil::Date;

use crate::evidence::Parameter;
use crate::history::session::HillRecord;
use crate::history::spike::{Dimension, Increase, LEAST_SESSIONS, earlier, reference};
use crate::history::{History, Next, age, ramp};
pub use course::Course;
pub use weeks::{Purpose, StartingPoint, Week};

/// Days of one's own largest figures.
const YEAR_DAYS: i32 = 365;

/// A descent of one's own.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnHill {
    /// Id and part of its activity.
    pub activity: (String, u32),
    /// The descent.
    pub hill: HillRecord,
}

/// A dimension of a course against one's own.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Comparison {
    /// The course against the largest of the last 30 days (see
    /// [`crate::history::spike::reference`]).
    pub more: Increase,
    /// Largest of one's own in twelve months.
    pub year: Option<f64>,
}

/// A course held against a history.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Plan {
    /// What it asks for.
    pub course: Course,
    /// When it is, or could be.
    pub day: Date,
    /// Whether that day was asked for.
    pub asked: bool,
    /// Dimension by dimension.
    pub against: Vec<Comparison>,
    /// The hardest descent of the course, and one's own that is most like it.
    pub hardest: Option<(HillRecord, Option<OwnHill>)>,
    /// Where the legs stand.
    pub standing: StartingPoint,
    /// Sessions on foot in the last 30 days.
    pub baseline: usize,
    /// Largest eccentric load of a descent day that the course needs.
    pub target: f64,
    /// The weeks that lead there, the course's own last.
    pub weeks: Vec<Week>,
    /// Largest day that they reach.
    pub reached: f64,
}

impl Plan {
    /// Holds a course against a history, with one's own descents, on a day or as soon as may
    /// be.
    pub fn of(
        course: Course,
        history: &History,
        own: &[OwnHill],
        day: Option<Date>,
    ) -> Plan {
        let tomorrow = history.on.tomorrow().unwrap_or(history.on);
        let earlier = earlier(&history.sessions, true, tomorrow);
        let baseline = earlier.iter().filter(|(age, _)| *age <= 30).count();
        let against = Dimension::ALL
            .into_iter()
            .filter_map(|dimension| {
                let value = course.figure(dimension)?;
                let more = Increase::new(dimension, value, held(dimension, &earlier));
                let year = history
                    .sessions
                    .iter()
                    .filter(|session| age(session.day, history.on) <= YEAR_DAYS);
                Some(Comparison { more, year: course::largest(year, dimension) })
            })
            .collect::<Vec<_>>();
        let hardest = course.hardest_descent().map(|hill| {
            let nearest = own.iter().min_by(|a, b| {
                course::unlike(hill, &a.hill).total_cmp(&course::unlike(hill, &b.hill))
            });
            let close = nearest.filter(|own| course::unlike(hill, &own.hill).is_finite());
            (*hill, close.cloned())
        });
        let largest = ramp::largest_before(&history.days, tomorrow);
        let start = match history.next() {
            Some(Next::Rest { then_up_to, .. }) => then_up_to.min(largest),
            _ => largest,
        };
        // a first step within what was done is done; what is above grows as it always does
        let done = if largest < ramp::LEAST_LOAD {
            ramp::done_before(&history.days, tomorrow)
        } else {
            start
        };
        let harder = against.iter().any(|a| {
            a.more.dimension == Dimension::Intensity
                && a.more.value >= a.more.reference + Dimension::Intensity.floor()
        });
        let standing = StartingPoint {
            today: history.on,
            largest,
            start,
            done,
            rest_until: history.resting().map(|(rest, _)| rest.until),
            ramp: baseline < LEAST_SESSIONS || start < ramp::LEAST_LOAD,
            gait: course.gait,
            week_starts: history.week_starts,
            harder,
        };
        let asked = day.is_some();
        let (weeks, reached, day) = weeks::weeks(&standing, course.eccentric_load, day);
        Plan {
            target: weeks::target(course.eccentric_load),
            course,
            day,
            asked,
            against,
            hardest,
            standing,
            baseline,
            weeks,
            reached,
        }
    }

    /// Whether the legs stand where the course needs them.
    pub fn is_there(&self) -> bool {
        self.standing.start >= self.target
    }

    /// Whether the weeks reach what the course needs.
    pub fn is_enough(&self) -> bool {
        self.reached >= self.target - 0.5
    }
}

/// What a figure of a course is held against: zero where there is nothing.
fn held(dimension: Dimension, earlier: &[(i32, &crate::history::Session)]) -> f64 {
    let values =
        earlier.iter().filter_map(|(age, session)| Some((*age, dimension.of(session)?)));
    reference(dimension, values).unwrap_or(0.0)
}

/// Returns every constant of this module.
pub fn parameters() -> Vec<Parameter> {
    weeks::PARAMETERS.to_vec()
}
