//! A course held against a history, the weeks that would lead there, and the hills of a next
//! week without a course.

pub mod ascent;
pub mod course;
pub mod dimensions;
pub mod next_hills;
mod ride_load;
pub mod steepest;
pub mod weeks;

use std::collections::HashSet;

use jiff::civil::Date;

use crate::curve::{CourseTime, Curve};
use crate::evidence::Parameter;
use crate::history::session::HillRecord;
use crate::history::spike::{Dimension, Increase, LEAST_SESSIONS, earlier, reference};
use crate::history::{BUILDING_DAYS, Discipline, History, Next, Session, age, ramp};
use crate::segment::Slope;
pub use ascent::{ClimbTime, ClimbTimes, ClimbingPower};
pub use course::Course;
pub use dimensions::{HillAim, Raised, WeekAim, WeekAims};
pub use next_hills::NextHills;
pub use ride_load::LoadBasis;
pub use weeks::{Purpose, StartingPoint, Week};

/// Days of one's own largest figures.
const YEAR_DAYS: i32 = 365;

/// A descent of one's own, or a climb of one's own rides.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnHill {
    /// Id and part of its activity.
    pub activity: (String, u32),
    /// The descent or climb.
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
    /// The hardest descent of the course, riding its largest climb, and one's own that is most
    /// like it.
    pub hardest: Option<(HillRecord, Option<OwnHill>)>,
    /// Rides: how fast this person climbs, and how long each climb of the course takes.
    pub ascent: Option<(ClimbingPower, ClimbTimes)>,
    /// Where the legs stand.
    pub standing: StartingPoint,
    /// Sessions of the course's discipline in the last 30 days.
    pub baseline: usize,
    /// Largest eccentric load of a descent day that the course needs; riding concentric load of
    /// a day.
    pub target: f64,
    /// The weeks that lead there, the course's own last.
    pub weeks: Vec<Week>,
    /// The hardest hills of each of these weeks.
    pub aims: Vec<WeekAims>,
    /// Largest day that they reach.
    pub reached: f64,
    /// How long it takes by a curve of speed over grade; set by [`Plan::timed_by`].
    pub time: Option<(CourseTime, Curve)>,
}

impl Plan {
    /// Holds a course against a history, with one's own descents, or climbs of rides, on a day
    /// or as soon as may be.
    pub fn of(
        mut course: Course,
        history: &History,
        own: &[OwnHill],
        day: Option<Date>,
    ) -> Plan {
        let tomorrow = history.on.tomorrow().unwrap_or(history.on);
        let discipline = course.discipline;
        if discipline == Discipline::Ride && !course.timed {
            let estimate = ride_load::estimate(course.gain_m, history);
            course.concentric_load = estimate.load;
            course.concentric_load_range = estimate.range;
            course.load_basis = estimate.basis;
        }
        let earlier = earlier(&history.sessions, discipline.on_foot(), tomorrow);
        let baseline = earlier.iter().filter(|(age, _)| *age <= 30).count();
        let against = against(&course, history, &earlier);
        let hardest = hardest(&course, own);
        let standing = match discipline {
            Discipline::Foot => on_foot(&course, history, baseline, &against),
            Discipline::Ride => riding(&course, history, &against),
        };
        let ascent = (discipline == Discipline::Ride).then(|| {
            let power = ClimbingPower::of(history, own);
            (power, power.times(&course.hills))
        });
        let asked = day.is_some();
        let needs = weeks::Needs {
            target: match discipline {
                Discipline::Foot => weeks::target(course.eccentric_load),
                Discipline::Ride => weeks::ride_target(course.concentric_load),
            },
            load: course.leading_load(),
        };
        let (weeks, reached, day) = weeks::weeks(&standing, needs, day);
        Plan {
            aims: aims(&course, history, own, &weeks),
            target: needs.target,
            ascent,
            course,
            day,
            asked,
            against,
            hardest,
            standing,
            baseline,
            weeks,
            reached,
            time: None,
        }
    }

    /// The same with the time of the course by a curve of its sport.
    #[must_use]
    pub fn timed_by(self, curve: Curve) -> Plan {
        let course = &self.course;
        let time = curve.time_by_place(&course.parts, &course.stages);
        let time = time.map(|time| (time, curve));
        Plan { time, ..self }
    }

    /// Returns whether the legs stand where the course needs them.
    pub fn is_there(&self) -> bool {
        self.standing.start >= self.target
    }

    /// Returns whether the weeks reach what the course needs.
    pub fn is_enough(&self) -> bool {
        self.reached >= self.target - 0.5
    }
}

/// Returns each dimension of a course beside one's own.
fn against(
    course: &Course,
    history: &History,
    earlier: &[(i32, &Session)],
) -> Vec<Comparison> {
    let compared = |dimension: Dimension| {
        let value = course.figure(dimension)?;
        let more = Increase::new(dimension, value, held(dimension, earlier));
        let year = history
            .sessions
            .iter()
            .filter(|session| age(session.day, history.on) <= YEAR_DAYS);
        let year = course::largest(year, course.discipline, dimension);
        Some(Comparison { more, year })
    };
    Dimension::ALL.into_iter().filter_map(compared).collect()
}

/// Returns the hardest hill of a course, and one's own that is most like it.
fn hardest(course: &Course, own: &[OwnHill]) -> Option<(HillRecord, Option<OwnHill>)> {
    let hill = course.hardest_hill()?;
    let nearest = own.iter().min_by(|a, b| {
        course::unlike(hill, &a.hill).total_cmp(&course::unlike(hill, &b.hill))
    });
    let close = nearest.filter(|own| course::unlike(hill, &own.hill).is_finite());
    Some((*hill, close.cloned()))
}

/// Returns where the legs stand on foot.
fn on_foot(
    course: &Course,
    history: &History,
    baseline: usize,
    against: &[Comparison],
) -> StartingPoint {
    let tomorrow = history.on.tomorrow().unwrap_or(history.on);
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
    StartingPoint {
        today: history.on,
        largest,
        start,
        done,
        weekly: 0.0,
        easier_first: false,
        rest_until: history.resting().map(|(rest, _)| rest.until),
        ramp: baseline < LEAST_SESSIONS || start < ramp::LEAST_LOAD,
        gait: course.gait,
        week_starts: history.week_starts,
        harder: is_more(against, Dimension::Intensity),
    }
}

/// Returns where the legs stand on a bicycle: the legs freewheel, so there is no ramp and no
/// rest.
fn riding(course: &Course, history: &History, against: &[Comparison]) -> StartingPoint {
    let tomorrow = history.on.tomorrow().unwrap_or(history.on);
    let largest = ramp::largest_of(Discipline::Ride, &history.days, tomorrow);
    StartingPoint {
        today: history.on,
        largest,
        start: largest,
        done: largest,
        weekly: history.every_week(Discipline::Ride),
        easier_first: matches!(history.next_ride(), Some(Next::EasierWeek { .. })),
        rest_until: None,
        ramp: false,
        gait: course.gait,
        week_starts: history.week_starts,
        harder: is_more(against, Dimension::Intensity)
            || is_more(against, Dimension::Steepness),
    }
}

/// Returns the hardest hills of each week, from what was done in the last six; a ride has no
/// descents.
fn aims(
    course: &Course,
    history: &History,
    own: &[OwnHill],
    weeks: &[Week],
) -> Vec<WeekAims> {
    let lately = || {
        history.sessions.iter().filter(|session| {
            age(session.day, history.on) <= BUILDING_DAYS
                && Discipline::of(session.sport) == course.discipline
        })
    };
    let recent: HashSet<(&str, u32)> =
        lately().map(|session| (session.id.as_str(), session.part)).collect();
    let most = |metres: fn(&Session) -> f64| lately().map(metres).fold(0.0, f64::max);
    let (gain_m, loss_m) = (most(|s| s.gain_m), most(|s| s.loss_m));
    let hills: Vec<HillRecord> = own
        .iter()
        .filter(|own| recent.contains(&(own.activity.0.as_str(), own.activity.1)))
        .map(|own| own.hill)
        .collect();
    let of = |slope: Slope| -> Vec<Option<WeekAim>> {
        let wanted = slope == Slope::Climb || course.discipline.on_foot();
        let hardest = HillAim::hardest(&course.hills, slope).filter(|_| wanted);
        hardest.map_or_else(
            || vec![None; weeks.len()],
            |hardest| {
                let done = HillAim::most(&hills, slope);
                let metres = if slope == Slope::Climb { gain_m } else { loss_m };
                // where metres are known and no hill is, a first hill could be far too little
                if done.is_none() && metres > dimensions::FIRST_M.value {
                    vec![None; weeks.len()]
                } else {
                    dimensions::weeks(weeks, done, &hardest)
                }
            },
        )
    };
    let hills =
        of(Slope::Climb).into_iter().zip(of(Slope::Descent)).zip(weeks).enumerate();
    hills
        .map(|(number, ((climb, descent), week))| {
            let first = number < weeks::GENTLE_WEEKS && week.purpose == Purpose::Ramp;
            let gentle = first && course.gait == ramp::Gait::Run;
            let descent = descent.map(|aim| if gentle { aim.gentle() } else { aim });
            WeekAims { climb, descent }
        })
        .collect()
}

/// Returns whether a course asks for more of something than the last weeks, by a rise that is
/// one.
fn is_more(against: &[Comparison], dimension: Dimension) -> bool {
    against.iter().any(|a| {
        a.more.dimension == dimension
            && a.more.value >= a.more.reference + dimension.floor()
    })
}

/// Returns what a figure of a course is held against: zero where there is nothing.
fn held(dimension: Dimension, earlier: &[(i32, &Session)]) -> f64 {
    let values =
        earlier.iter().filter_map(|(age, session)| Some((*age, dimension.of(session)?)));
    reference(dimension, values).unwrap_or(0.0)
}

/// Returns every constant of this module.
pub fn parameters() -> Vec<Parameter> {
    [
        &weeks::PARAMETERS[..],
        &ascent::PARAMETERS,
        &dimensions::PARAMETERS,
        &next_hills::PARAMETERS,
    ]
    .concat()
}
