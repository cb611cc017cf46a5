//! The weeks that lead to a course.

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::evidence::{Evidence, Parameter};
use crate::history::next::{EASIER, grown};
use crate::history::period::week_begin;
use crate::history::{Gait, age};
use crate::settings::Weekday;

/// Courses up to this load are trained for with this share of it.
pub(crate) const SHARE_SMALL: Parameter = Parameter::chosen(
    "plan.share_small",
    0.7,
    "of the course's downhill load, up to 150",
    "0.6 to 0.8",
    "half the dose protects as well as the whole (repeated-bout trials); a margin on top",
);
/// Larger ones with this share.
pub(crate) const SHARE_LARGE: Parameter = Parameter::chosen(
    "plan.share_large",
    0.5,
    "of the course's downhill load, up to 400",
    "0.4 to 0.6",
    "half the dose protects as well as the whole (repeated-bout trials)",
);
/// And never with more than this.
pub(crate) const MOST: Parameter = Parameter::chosen(
    "plan.most",
    200.0,
    "load; or 300 over three days",
    "150 to 250",
    "beyond it a training day costs more weeks than it gives",
);
/// Days between the last big descent and the course.
pub(crate) const LAST_BIG_DAYS: Parameter = Parameter::chosen(
    "plan.last_big",
    14.0,
    "d before the course",
    "10 to 21 d",
    "protection is full after five days and lasts for weeks; legs need up to two weeks",
);
/// Share of a ride's load that its largest day of training needs.
pub(crate) const RIDE_SHARE: Parameter = Parameter::chosen(
    "plan.ride.share",
    0.75,
    "of the course's uphill load",
    "0.6 to 0.85",
    "custom of coaches: the longest ride before is about three quarters of the day",
);
/// And never with more than this.
pub(crate) const RIDE_MOST: Parameter = Parameter::chosen(
    "plan.ride.most",
    250.0,
    "load",
    "200 to 300",
    "about 4500 m of climbing; beyond it a day costs more training than it is",
);
/// Share of the largest day that the last two weeks before a ride stay below.
pub(crate) const RIDE_TAPER: Parameter = Parameter {
    name: "plan.ride.taper",
    value: TAPER_SHARE,
    unit: "of the largest day, for two weeks",
    range: "0.4 to 0.6",
    evidence: Evidence::Published,
    source: "Bosquet et al. 2007, Med Sci Sports Exerc 39:1358: two weeks, volume less 41 to 60 %",
};
/// What `explain` lists of this module.
pub(super) const PARAMETERS: [Parameter; 7] =
    [SHARE_SMALL, SHARE_LARGE, MOST, LAST_BIG_DAYS, RIDE_SHARE, RIDE_MOST, RIDE_TAPER];

/// Loads up to which a course is small, and large.
const SMALL: f64 = 150.0;
/// Every so many weeks one is easier.
const EASIER_EVERY: u32 = 4;
/// From so many weeks before the course its intensity is trained.
const INTENSITY_WEEKS: i32 = 6;
/// Share of the largest day that the taper stays below.
const TAPER_SHARE: f64 = 0.5;
/// Longest plan, weeks: further away nothing needs a plan.
const MOST_WEEKS: usize = 52;

/// What a week is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// No descents: the legs are probably not recovered.
    Recover,
    /// A step of the first-descents ramp.
    Ramp,
    /// Longer or more, not harder.
    Build,
    /// As much again: the ceiling is reached.
    Keep,
    /// As much as the week before, in steps as hard as the course's.
    Intensity,
    /// Easier.
    Easier,
    /// The last big descent.
    LastBig,
    /// Less than half of the largest.
    Taper,
    /// The course.
    Course,
}

impl Purpose {
    /// Returns the word for it.
    pub fn name(self) -> &'static str {
        match self {
            Purpose::Recover => "recover",
            Purpose::Ramp => "ramp",
            Purpose::Build => "build",
            Purpose::Keep => "keep",
            Purpose::Intensity => "intensity",
            Purpose::Easier => "easier",
            Purpose::LastBig => "last big descent",
            Purpose::Taper => "taper",
            Purpose::Course => "course",
        }
    }
}

/// One week of a plan.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Week {
    /// Its first day.
    pub from: Date,
    /// What it is for.
    pub purpose: Purpose,
    /// Eccentric load of its longest descent day, riding concentric load of its largest day; of
    /// the course in its own week.
    pub load: f64,
}

/// Returns the largest eccentric load of a descent day that a course needs.
///
/// ```
/// use hardlegs::plan::weeks::target;
/// assert_eq!(target(100.0), 70.0);
/// assert_eq!(target(300.0), 150.0);
/// assert_eq!(target(900.0), 200.0);
/// ```
pub fn target(course_load: f64) -> f64 {
    let small = SHARE_SMALL.value * course_load.min(SMALL);
    // a larger course never asks for less than a smaller one
    small.max(SHARE_LARGE.value * course_load).min(MOST.value)
}

/// Returns the largest concentric load of a day of riding that a course needs.
///
/// ```
/// use hardlegs::plan::weeks::ride_target;
/// assert_eq!(ride_target(160.0), 120.0);
/// assert_eq!(ride_target(500.0), 250.0);
/// ```
pub fn ride_target(course_load: f64) -> f64 {
    (RIDE_SHARE.value * course_load).min(RIDE_MOST.value)
}

/// What a course needs, and what it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Needs {
    /// Largest load of a training day.
    pub(super) target: f64,
    /// Of the course.
    pub(super) load: f64,
}

/// The first weeks of a ramp that is run have steps below 2x (the rule of the ramp).
pub(crate) const GENTLE_WEEKS: usize = 2;

/// Where the legs stand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StartingPoint {
    /// The day before the first that can be planned.
    pub today: Date,
    /// Largest eccentric load of a day in six weeks, riding concentric.
    pub largest: f64,
    /// What the weeks grow from: not the day that the legs still have to recover from.
    pub start: f64,
    /// What the largest day may have been: a step of the ramp within it counts as done.
    pub done: f64,
    /// Rides: load of a day that each of the last six weeks had: no week asks for less, but an
    /// easier one and the taper.
    pub weekly: f64,
    /// Rides: an easier week is due.
    pub easier_first: bool,
    /// Legs that are probably not recovered until then.
    pub rest_until: Option<Date>,
    /// Too little history for anything but the ramp.
    pub ramp: bool,
    /// How descents are taken.
    pub gait: Gait,
    /// First day of a week.
    pub week_starts: Weekday,
    /// Whether the course's steps are harder than any of the last weeks.
    pub harder: bool,
}

/// One week after another, without an end: growth, easier weeks, the ceiling.
struct Progression<'s> {
    standing: &'s StartingPoint,
    target: f64,
    load: f64,
    from: Date,
    built: u32,
}

impl Progression<'_> {
    /// Returns what of a ramp counts as done: the week before, and before the first what was
    /// done.
    fn done(&self) -> f64 {
        if self.built == 0 { self.load.max(self.standing.done) } else { self.load }
    }

    fn next(&mut self) -> Week {
        let from = self.from;
        self.from = from.saturating_add(7.days());
        let last_day = from.saturating_add(6.days());
        if self.standing.rest_until.is_some_and(|until| until >= last_day) {
            return Week { from, purpose: Purpose::Recover, load: 0.0 };
        }
        let ramp = self
            .standing
            .ramp
            .then(|| crate::history::ramp::step_above(self.done(), self.standing.gait));
        self.built += 1;
        if self.built.is_multiple_of(EASIER_EVERY) && ramp.flatten().is_none() {
            return Week {
                from,
                purpose: Purpose::Easier,
                load: EASIER.value * self.load,
            };
        }
        let (purpose, load) = match ramp.flatten() {
            Some(step) => (Purpose::Ramp, step.load),
            None => (Purpose::Build, grown(self.load)),
        };
        let kept = self.load >= self.target;
        self.load = load.min(self.target);
        Week {
            from,
            purpose: if kept { Purpose::Keep } else { purpose },
            load: self.load,
        }
    }
}

/// Returns the weeks to a course on a day, and the largest day they reach. Without a day: as
/// many as are needed.
pub(super) fn weeks(
    standing: &StartingPoint,
    needs: Needs,
    day: Option<Date>,
) -> (Vec<Week>, f64, Date) {
    let target = needs.target.max(standing.weekly);
    let first = week_begin(standing.today, standing.week_starts).saturating_add(7.days());
    let begin = |from, easier| {
        // where too much was done the first week is the easier one
        let (built, load) =
            (if easier { EASIER_EVERY - 1 } else { 0 }, standing.start.min(target));
        Progression { standing, target, load, from, built }
    };
    let (mut needed, mut ladder) =
        (Vec::new(), begin(first, day.is_none() && standing.easier_first));
    while needed.len() < MOST_WEEKS {
        let week = ladder.next();
        needed.push(week);
        if week.load >= target - 1e-9 {
            break;
        }
    }
    let day = day.unwrap_or_else(|| {
        let last = needed.last().map_or(first, |week| week.from);
        // on the same day of the week as a long day usually is
        last.saturating_add((5 + 14).days())
    });
    let last_big = week_begin(day.saturating_sub(14.days()), standing.week_starts);
    let available = usize::try_from(age(first, last_big) / 7 + 1).unwrap_or(0);
    let mut weeks: Vec<Week> = Vec::new();
    if age(first, last_big) >= 0 {
        // time to spare: begin later, where nothing heals and nothing is learned meanwhile
        let spare = available.saturating_sub(needed.len());
        let wait = if standing.ramp || standing.rest_until.is_some() { 0 } else { spare };
        let weeks_later = i64::try_from(wait).unwrap_or(0).weeks();
        let easier = wait == 0 && standing.easier_first;
        let mut ladder = begin(first.saturating_add(weeks_later), easier);
        while ladder.from <= last_big && weeks.len() < MOST_WEEKS {
            weeks.push(ladder.next());
        }
    }
    let reached = weeks.iter().map(|week| week.load).fold(0.0, f64::max);
    if let Some(last) = weeks.last_mut() {
        // the last big descent is one, whatever the rhythm of easier weeks
        if last.purpose != Purpose::Recover {
            *last = Week { purpose: Purpose::LastBig, load: reached, ..*last };
        }
    }
    let course_week = week_begin(day, standing.week_starts);
    if standing.harder {
        intensify(&mut weeks, course_week);
    }
    let most = reached.max(standing.start.min(target));
    let from = last_big.max(first.saturating_sub(7.days())).saturating_add(7.days());
    weeks.extend(taper(from, course_week, TAPER_SHARE * most));
    weeks.push(Week { from: course_week, purpose: Purpose::Course, load: needs.load });
    (weeks, most, day)
}

/// Returns the weeks from a day to that of the course, all below a load.
fn taper(from: Date, course_week: Date, load: f64) -> impl Iterator<Item = Week> {
    let weeks =
        std::iter::successors(Some(from), |from| Some(from.saturating_add(7.days())));
    weeks.take_while(move |from| *from < course_week).map(move |from| Week {
        from,
        purpose: Purpose::Taper,
        load,
    })
}

/// The weeks near a course are as hard as it is.
fn intensify(weeks: &mut [Week], course_week: Date) {
    for week in weeks {
        let near = age(week.from, course_week) <= 7 * INTENSITY_WEEKS;
        if near && matches!(week.purpose, Purpose::Build | Purpose::Keep) {
            week.purpose = Purpose::Intensity;
        }
    }
}
