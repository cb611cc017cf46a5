//! The time for a course by a curve: whole, and by its parts.

use crate::curve::fit::{self, FADING, TERMS};
use crate::curve::{Curve, Estimate, NORMAL, STUDENT, seen};
use crate::load::by_grade::{ByGrade, CLASSES, STEEPEST_CLASS};
use crate::load::own_speeds::OwnSpeeds;
use crate::report::{PASSES_M, Passages, Report};

/// A part of a course, in order: a climb, a descent, the way to the next waypoint.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// Distance of its beginning from the start, m.
    pub from_m: f64,
    /// Its metres by class of grade.
    pub by_grade: ByGrade,
}

impl Part {
    /// Returns the climbs, descents and level stretches of a report, in order.
    pub fn all(report: &Report) -> Vec<Part> {
        let parts = report.segments.iter().zip(&report.segments_by_grade);
        parts
            .map(|(hill, by_grade)| Part { from_m: hill.from_m, by_grade: *by_grade })
            .collect()
    }
}

/// The ways to the named places of a course, and to its end.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stages {
    /// Name of where each ends, `None` of the last: the end of the course; escape before showing.
    /// Empty where no place lies between start and end.
    pub all: Vec<(Option<String>, Part)>,
    /// Places of the file that are not on the course.
    pub off_course: usize,
}

impl Stages {
    /// Returns the stages of a report; a place at the start or at the end makes none.
    pub fn of(report: &Report) -> Stages {
        let Passages { all: passages, to_end, off_route, .. } = &report.passages;
        let inside = PASSES_M..=(report.distance_m - PASSES_M).max(PASSES_M);
        let (mut all, mut from_m) = (Vec::new(), 0.0);
        let mut by_grade = ByGrade::default();
        for passage in passages {
            by_grade.add(&passage.since);
            if inside.contains(&passage.at_m) {
                let part = Part { from_m, by_grade: std::mem::take(&mut by_grade) };
                all.push((Some(passage.name.clone()), part));
                from_m = passage.at_m;
            }
        }
        if !all.is_empty() {
            by_grade.add(to_end);
            all.push((None, Part { from_m, by_grade }));
        }
        Stages { all, off_course: *off_route }
    }
}

/// When a named place of a course is reached.
#[derive(Debug, Clone, PartialEq)]
pub struct Split {
    /// Its name, as in the file: escape before showing; `None` of the end.
    pub name: Option<String>,
    /// Distance from the start, m.
    pub at_m: f64,
    /// Seconds in motion since the split before.
    pub moving_s: Estimate,
    /// Seconds in motion since the start.
    pub until_s: Estimate,
}

/// The time of a part.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PartTime {
    /// Distance of its beginning from the start, m.
    pub from_m: f64,
    /// Horizontal length, m.
    pub length_m: f64,
    /// Seconds in motion.
    pub moving_s: Estimate,
    /// Seconds in motion from the start to its end.
    pub until_s: Estimate,
}

/// The time of a course.
#[derive(Debug, Clone, PartialEq)]
pub struct CourseTime {
    /// Seconds in motion.
    pub moving_s: Estimate,
    /// Seconds with stops as usual, where own outings tell them.
    pub elapsed_s: Option<Estimate>,
    /// Its parts, in order.
    pub parts: Vec<PartTime>,
    /// Its named places, in order, and its end; empty without places.
    pub splits: Vec<Split>,
    /// Places of the file that are not on the course.
    pub off_course: usize,
    /// How much of the time is on grades that are one's own: 0 is the population's.
    pub own_share: f64,
    /// Whether it is longer than twice the longest outing: fading is a rule there.
    pub beyond_longest: bool,
}

/// Speed falls along a course by so much, from first to last, for each of fading and
/// logarithm of one more than its hours, around an even pace (our choice: 15 % over ten hours;
/// 100 km of Biel: last part 10 % slower than the first, Knechtle et al. 2015, Open Access J
/// Sports Med 6:71).
const DRIFT: f64 = 1.0;
/// Fading is held within these: beyond, a handful of outings speaks of something else.
const FADINGS: (f64, f64) = (-0.25, 0.05);

/// Seconds at the pace of an hour, and where they are spent.
#[derive(Clone, Copy)]
struct Spent {
    seconds: f64,
    /// Seconds by term.
    terms: [f64; TERMS],
    /// Metres and seconds by class.
    classes: [(f64, f64); CLASSES],
}

impl Spent {
    const NONE: Spent =
        Spent { seconds: 0.0, terms: [0.0; TERMS], classes: [(0.0, 0.0); CLASSES] };

    fn of(curve: &Curve, by_grade: &ByGrade) -> Spent {
        let mut spent = Spent::NONE;
        let classes = by_grade.classes.iter().zip(&mut spent.classes);
        for (class, sums) in classes.filter(|(class, _)| class.length_m > 0.0) {
            let grade = class.mean_grade().clamp(-STEEPEST_CLASS, STEEPEST_CLASS);
            let seconds = class.length_m / curve.speed_at(grade);
            *sums = (class.length_m, seconds);
            spent.seconds += seconds;
            let terms = fit::terms(grade, 0.0, 0.0);
            for (sum, share) in spent.terms.iter_mut().zip(&terms) {
                *sum += seconds * share;
            }
        }
        spent
    }

    fn add(&mut self, other: &Spent) {
        self.seconds += other.seconds;
        for (sum, more) in self.terms.iter_mut().zip(&other.terms) {
            *sum += more;
        }
        for (sums, more) in self.classes.iter_mut().zip(&other.classes) {
            *sums = (sums.0 + more.0, sums.1 + more.1);
        }
    }

    /// Returns the variance of the logarithm of its seconds by what classes differ from their
    /// day.
    fn class_variance(&self, class_sd: f64) -> f64 {
        let classes = self.classes.iter().filter(|(metres, _)| *metres > 0.0);
        let squares = classes.map(|(metres, seconds)| {
            let share = seconds / self.seconds * class_sd;
            share * share / seen(*metres)
        });
        squares.sum()
    }
}

impl Curve {
    /// Returns the speeds that a route without times is scored at: those at which it takes its
    /// time by this curve. `None` of a recording, of a ride, and where no outing is one's own.
    pub fn speeds_over(&self, route: &Report) -> Option<OwnSpeeds> {
        if route.timed || !route.sport.on_foot() || self.outings == 0 {
            return None;
        }
        let parts = Part::all(route);
        let Estimate { value, low, high } = self.time(&parts)?.moving_s;
        let mut unfaded = Spent::NONE;
        for part in &parts {
            unfaded.add(&Spent::of(self, &part.by_grade));
        }
        let faded = unfaded.seconds / value;
        Some(OwnSpeeds {
            m_per_s: self.points.map(|point| faded * point.speed_m_per_s.value),
            slow: value / high,
            fast: value / low,
        })
    }

    /// Returns the time that a usual day takes for a course, part by part; `None` without a
    /// metre.
    pub fn time(&self, parts: &[Part]) -> Option<CourseTime> {
        let spent: Vec<Spent> =
            parts.iter().map(|part| Spent::of(self, &part.by_grade)).collect();
        let mut whole = Spent::NONE;
        for part in &spent {
            whole.add(part);
        }
        if !(whole.seconds > 0.0 && whole.seconds.is_finite()) {
            return None;
        }
        let fading = self.fading.value.clamp(FADINGS.0, FADINGS.1);
        // T = S (T / 1 h)^-fading
        let hour = libm::log(3600.0);
        let log = (libm::log(whole.seconds) + fading * hour) / (1.0 + fading);
        let log_hours = log - hour;
        let interval = |spent: &Spent, seconds: f64| {
            Estimate::of_log(
                libm::log(seconds),
                self.half_width(spent, log_hours, fading),
            )
        };
        let moving_s = interval(&whole, libm::exp(log));
        let drift = -fading * libm::log1p(libm::exp(log_hours)) * DRIFT;
        let mut parts_s = drifting(&spent, whole.seconds, drift);
        let scale = moving_s.value / parts_s.iter().sum::<f64>();
        for seconds in &mut parts_s {
            *seconds *= scale;
        }
        let (mut until, mut until_s) = (Spent::NONE, 0.0);
        let parts =
            parts.iter().zip(&spent).zip(&parts_s).map(|((part, spent), seconds)| {
                until.add(spent);
                until_s += seconds;
                let none = Estimate { value: 0.0, low: 0.0, high: 0.0 };
                let of = |spent: &Spent, seconds: f64| {
                    if seconds > 0.0 { interval(spent, seconds) } else { none }
                };
                PartTime {
                    from_m: part.from_m,
                    length_m: part.by_grade.length_m(),
                    moving_s: of(spent, *seconds),
                    until_s: of(&until, until_s),
                }
            });
        let parts = parts.collect();
        let hours = libm::exp(log_hours);
        Some(CourseTime {
            moving_s,
            elapsed_s: self.elapsed_share.map(|share| Estimate {
                value: moving_s.value * share,
                low: moving_s.low * share,
                high: moving_s.high * share,
            }),
            parts,
            splits: Vec::new(),
            off_course: 0,
            own_share: self.own_share(&whole),
            beyond_longest: self.longest_h.is_none_or(|longest| hours > 2.0 * longest),
        })
    }

    /// The same, with when each named place is reached.
    pub fn time_by_place(&self, parts: &[Part], stages: &Stages) -> Option<CourseTime> {
        let mut time = self.time(parts)?;
        time.off_course = stages.off_course;
        let ways: Vec<Part> = stages.all.iter().map(|(_, part)| *part).collect();
        let timed = self.time(&ways).map_or(Vec::new(), |time| time.parts);
        let splits = stages.all.iter().zip(timed).map(|((name, part), timed)| Split {
            name: name.clone(),
            at_m: part.from_m + part.by_grade.length_m(),
            moving_s: timed.moving_s,
            until_s: timed.until_s,
        });
        time.splits = splits.collect();
        Some(time)
    }

    /// Returns half the width of the interval of a logarithm of seconds: what the curve, fading
    /// and classes could be, as standard deviations, and the day as Student's t.
    fn half_width(&self, spent: &Spent, log_hours: f64, fading: f64) -> f64 {
        let mut weights = spent.terms.map(|seconds| seconds / spent.seconds);
        weights[FADING] = log_hours;
        let known = self.fit.variance(&weights) + spent.class_variance(self.fit.class_sd);
        let day = STUDENT * self.fit.day_sd;
        (NORMAL * NORMAL * known + day * day).sqrt() / (1.0 + fading)
    }

    fn own_share(&self, whole: &Spent) -> f64 {
        let classes = whole.terms[..CLASSES].iter().zip(&self.points);
        let own: f64 = classes.map(|(s, point)| s * self.own_share_at(point.grade)).sum();
        own / whole.seconds
    }
}

/// Returns the seconds of each part where speed falls along the course by a share of an even
/// pace.
fn drifting(spent: &[Spent], whole_s: f64, drift: f64) -> Vec<f64> {
    let mut before_s = 0.0;
    let parts = spent.iter().map(|part| {
        let middle = (before_s + part.seconds / 2.0) / whole_s;
        before_s += part.seconds;
        part.seconds * libm::exp(drift * (middle - 0.5))
    });
    parts.collect()
}
