//! A person's own speed over grade, from the outings of a history, and what it says of a
//! course.
//!
//! ```text
//! ln v = curve(grade) + fading ln(hours) + effort ln(heart rate / usual) + day + class
//! ```
//!
//! The curve is a value for each class of grade. It begins as the [population]'s, whose level
//! and shape may differ from a person's by standard deviations that are stated, and own outings
//! move it: grades that were gone often hardly feel the population, grades never gone follow
//! the person's level and keep a wide interval. Days and classes have Student's t, so that an
//! outing with a friend pulls little. What comes out rises to one optimum and falls from
//! there.

mod course;
mod fit;
pub mod population;
mod symmetric;
mod unimodal;

use jiff::civil::Date;

use crate::evidence::Parameter;
use crate::history::age;
use crate::load::by_grade::{
    ByGrade, CLASSES, STEEPEST_CLASS, class_of, grade_of, position_of,
};
use crate::quantile::median;
use crate::report::Report;
use crate::sport::Sport;
pub use course::{CourseTime, Part, PartTime, Split, Stages};
use fit::{Day, EFFORT, FADING, Fit, Point, Prior};

/// How many of a hundred days an interval holds.
pub const COVERAGE: f64 = 0.80;
/// Standard deviations of [`COVERAGE`], and scales of Student's t with 4 degrees of freedom.
const NORMAL: f64 = 1.2816;
const STUDENT: f64 = 1.5332;

/// How far the level of a person lies from the population's.
pub(crate) const LEVEL_SD: Parameter = Parameter::chosen(
    "curve.level_sd",
    0.25,
    "ln m/s",
    "0.2 to 0.35",
    "eight in ten people within 38 %: 20th to 90th percentile of Campbell et al. 2019",
);
/// How far the shape of a person's curve lies from the population's.
pub(crate) const SHAPE_SD: Parameter = Parameter::chosen(
    "curve.shape_sd",
    0.20,
    "ln m/s",
    "0.15 to 0.3",
    "the sources of running differ by so much at -20 %",
);
/// How far a day lies from a person's curve, before days are seen.
pub(crate) const DAY_SD: Parameter = Parameter::chosen(
    "curve.day_sd",
    0.10,
    "ln m/s",
    "0.05 to 0.2",
    "easy days and races, mud and asphalt; own days correct it",
);
/// How far a class of grade lies from its day, before days are seen.
pub(crate) const CLASS_SD: Parameter = Parameter::chosen(
    "curve.class_sd",
    0.10,
    "ln m/s",
    "0.05 to 0.2",
    "one steep path is no other; own days correct it",
);
/// Fading differs between people by so much.
pub(crate) const FADING_SD: Parameter = Parameter::chosen(
    "curve.fading_sd",
    0.03,
    "1",
    "0.02 to 0.05",
    "own long outings correct it",
);
/// A class of grade is half seen after so many metres.
pub(crate) const HALF_SEEN: Parameter = Parameter::chosen(
    "curve.half_seen",
    300.0,
    "m",
    "100 to 500 m",
    "one slope of a few hundred metres is of one kind",
);
/// Fewer metres of a class on a day say nothing.
pub(crate) const LEAST_SEEN: Parameter =
    Parameter::chosen("curve.least_seen", 30.0, "m", "20 to 100 m", "a few cells");
/// Outings older than this count only where there are fewer than [`ENOUGH`].
pub(crate) const YEAR_DAYS: i32 = 365;
/// So many outings make a curve of one's own without older ones.
pub(crate) const ENOUGH: usize = 10;
/// The last half year is held against what was before.
pub(crate) const HALF_YEAR_DAYS: i32 = 183;
/// So many outings on each side make a comparison.
const COMPARABLE: usize = 5;
/// Heart rate counts from so many outings on that know it.
const HEARTS: usize = 5;

/// Returns every constant of this module.
pub fn parameters() -> Vec<Parameter> {
    vec![
        LEVEL_SD,
        SHAPE_SD,
        DAY_SD,
        CLASS_SD,
        population::FADING,
        FADING_SD,
        HALF_SEEN,
        LEAST_SEEN,
        population::RIDE_POWER,
        population::RIDE_DOWN,
    ]
}

/// One outing as a curve needs it: small enough for a store to keep.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outing {
    /// What was done.
    pub sport: Sport,
    /// The athlete's own day.
    pub day: Date,
    /// Seconds from first to last sample.
    pub elapsed_s: f64,
    /// Metres, seconds, beats and work by class of grade.
    pub by_grade: ByGrade,
}

impl Outing {
    /// Of a scored recording; `None` of a course, or without a day.
    pub fn of(report: &Report) -> Option<Outing> {
        let recorded = (!report.is_course()).then_some(report)?;
        Some(Outing {
            sport: recorded.sport,
            day: recorded.local_start?.at.date(),
            elapsed_s: recorded.quality.elapsed_s,
            by_grade: recorded.by_grade,
        })
    }
}

/// A figure with its interval, which holds [`COVERAGE`] of what could be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The middle.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Estimate {
    /// Of a logarithm and the half width of its interval.
    fn of_log(log: f64, half: f64) -> Estimate {
        let [value, low, high] = [log, log - half, log + half].map(libm::exp);
        Estimate { value, low, high }
    }
}

/// What is known of one class of grade.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CurvePoint {
    /// Rise over run.
    pub grade: f64,
    /// Speed of a usual day, horizontal m/s, over an hour.
    pub speed_m_per_s: Estimate,
    /// The population's.
    pub population_m_per_s: f64,
    /// Power of a usual day, W/kg; rides with a meter, from the level up.
    pub power_w_per_kg: Option<Estimate>,
    /// Own outings that have it.
    pub outings: usize,
    /// Own metres.
    pub own_m: f64,
}

impl CurvePoint {
    /// Returns metres up an hour, negative down.
    pub fn vertical_m_per_h(&self) -> f64 {
        self.speed_m_per_s.value * self.grade * 3600.0
    }
}

/// A person's speed over grade in a sport.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Curve {
    /// The sport; walks and hikes are one.
    pub sport: Sport,
    /// Days from and to which its outings reach; `None` without any.
    pub days: Option<(Date, Date)>,
    /// Outings that it rests on.
    pub outings: usize,
    /// Outings of the sport that say nothing, as they have no times.
    pub untimed: usize,
    /// From the steepest descent to the steepest climb.
    pub points: [CurvePoint; CLASSES],
    /// Power of the hours that speed goes with: negative is fading.
    pub fading: Estimate,
    /// Longest outing, hours.
    pub longest_h: Option<f64>,
    /// Usual heart rate, 1/min, where enough outings know it.
    pub heart_rate_bpm: Option<f64>,
    /// Power of the heart rate that speed goes with, where it is known.
    pub effort: Option<Estimate>,
    /// How far a day lies from the curve: standard deviation of the logarithm.
    pub day_sd: f64,
    /// Elapsed over moving time of the middle outing, where there are at least three.
    pub elapsed_share: Option<f64>,
    fit: Fit,
}

/// A curve, and that of the last half year beside the one before.
#[derive(Debug, Clone, PartialEq)]
pub struct Curves {
    /// Of the last year.
    pub own: Curve,
    /// Of the last half year and of what was before, where both have enough outings.
    pub halves: Option<(Curve, Curve)>,
}

impl Curves {
    /// Fits the curves of every sport that has outings, that of most outings first.
    pub fn all(outings: &[Outing], on: Date) -> Vec<Curves> {
        let count = |sport| outings.iter().filter(|outing| is_of(outing, sport)).count();
        let mut sports = [Sport::Run, Sport::Hike, Sport::Ride].map(|s| (count(s), s));
        sports.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
        let with_any = sports.into_iter().filter(|(count, _)| *count > 0);
        with_any.map(|(_, sport)| Curves::of(outings, sport, on)).collect()
    }

    /// Returns how many times as fast the last half year was at a grade as what was before,
    /// with its interval; `None` where one of them has too few outings.
    pub fn change_at(&self, grade: f64) -> Option<Estimate> {
        let (recent, before) = self.halves.as_ref()?;
        let terms = fit::terms(grade, 0.0, 0.0);
        // one population is behind both: it does not tell them apart
        let variance = recent.fit.variance(&terms) + before.fit.variance(&terms);
        let log = libm::log(recent.speed_at(grade) / before.speed_at(grade));
        Some(Estimate::of_log(log, NORMAL * variance.sqrt()))
    }

    /// Fits the curves of a sport as of a day.
    pub fn of(outings: &[Outing], sport: Sport, on: Date) -> Curves {
        let own = Curve::of(outings, sport, on);
        let (recent, before): (Vec<Outing>, Vec<Outing>) = outings
            .iter()
            .filter(|outing| outing.day <= on && is_of(outing, sport))
            .partition(|outing| age(outing.day, on) <= HALF_YEAR_DAYS);
        let enough = recent.len() >= COMPARABLE && before.len() >= COMPARABLE;
        let halves = enough.then(|| {
            (Curve::over(recent.iter(), sport), Curve::over(before.iter(), sport))
        });
        Curves { own, halves }
    }
}

impl Curve {
    /// Fits the curve of a sport as of a day: to the outings of the year before it, and to all
    /// where these are few.
    ///
    /// ```
    /// use hardlegs::{Sport, curve::Curve};
    /// let nobody = Curve::of(&[], Sport::Run, jiff::civil::date(2026, 5, 1));
    /// let level = nobody.points[8];
    /// assert_eq!(nobody.outings, 0);
    /// assert!((level.speed_m_per_s.value - level.population_m_per_s).abs() < 1e-9);
    /// assert!(level.speed_m_per_s.high / level.speed_m_per_s.low > 1.5);
    /// ```
    pub fn of(outings: &[Outing], sport: Sport, on: Date) -> Curve {
        let known = || {
            outings.iter().filter(move |outing| outing.day <= on && is_of(outing, sport))
        };
        let within = |outing: &&Outing| age(outing.day, on) <= YEAR_DAYS;
        if known().filter(within).count() >= ENOUGH {
            Curve::over(known().filter(within), sport)
        } else {
            Curve::over(known(), sport)
        }
    }

    /// Fits the curve of some outings of one sport.
    fn over<'o>(outings: impl Iterator<Item = &'o Outing>, sport: Sport) -> Curve {
        let all: Vec<&Outing> = outings.collect();
        let timed: Vec<&Outing> =
            all.iter().copied().filter(|outing| is_timed(outing)).collect();
        let hearts: Vec<f64> =
            timed.iter().filter_map(|outing| outing.by_grade.heart_rate_bpm()).collect();
        let heart_rate_bpm = (hearts.len() >= HEARTS).then(|| median(hearts)).flatten();
        let population = population::speed_m_per_s(sport);
        let hours = expected_log_hours(&timed, &population);
        let days: Vec<Day> = timed
            .iter()
            .zip(&hours)
            .map(|(outing, log_hours)| day_of(outing, *log_hours, heart_rate_bpm))
            .collect();
        let fit = fit::fit(&prior(population.map(libm::log)), &days);
        let speeds = banded(&fit);
        let powers = power(&timed, &hours);
        let points = std::array::from_fn(|class| CurvePoint {
            grade: grade_of(class),
            speed_m_per_s: speeds[class],
            population_m_per_s: population[class],
            power_w_per_kg: powers.as_ref().and_then(|powers| powers[class]),
            outings: timed.iter().filter(|outing| is_seen(outing, class)).count(),
            own_m: timed.iter().map(|o| o.by_grade.classes[class].timed_m).sum(),
        });
        let shares: Vec<f64> = timed
            .iter()
            .map(|outing| outing.elapsed_s / outing.by_grade.moving_s())
            .filter(|share| *share >= 1.0)
            .collect();
        let span = |days: &mut dyn Iterator<Item = Date>| {
            let first = days.next()?;
            Some(days.fold((first, first), |(a, b), day| (a.min(day), b.max(day))))
        };
        let term = |k: usize| {
            let half = NORMAL * fit.covariance[k][k].sqrt();
            let value = fit.mean[k];
            Estimate { value, low: value - half, high: value + half }
        };
        Curve {
            sport,
            days: span(&mut timed.iter().map(|outing| outing.day)),
            outings: timed.len(),
            untimed: all.len() - timed.len(),
            points,
            fading: term(FADING),
            longest_h: timed
                .iter()
                .map(|outing| outing.by_grade.moving_s() / 3600.0)
                .reduce(f64::max),
            heart_rate_bpm,
            effort: heart_rate_bpm.map(|_| term(EFFORT)),
            day_sd: fit.day_sd,
            elapsed_share: (shares.len() >= 3).then(|| median(shares)).flatten(),
            fit,
        }
    }

    /// Returns the speed of a usual day at a grade, horizontal m/s, over an hour.
    pub fn speed_at(&self, grade: f64) -> f64 {
        self.between(grade, |point| point.speed_m_per_s.value)
    }

    /// Returns the speed on the level that this curve holds equal to what a part of a recording
    /// was covered with, m/s: grade-adjusted pace by one's own speeds. `None` without times, and
    /// where no outing is one's own.
    ///
    /// ```text
    /// v = sum(v(0) / v(i) dx) / sum(dt)
    /// ```
    pub fn level_speed_m_per_s(&self, part: &ByGrade) -> Option<f64> {
        let moving_s = part.moving_s();
        if self.outings == 0 || moving_s <= 0.0 {
            return None;
        }
        let level = self.speed_at(0.0);
        let classes = part.classes.iter().filter(|class| class.timed_m > 0.0);
        let metres: f64 = classes
            .map(|class| {
                let grade = class.mean_grade().clamp(-STEEPEST_CLASS, STEEPEST_CLASS);
                level / self.speed_at(grade) * class.timed_m
            })
            .sum();
        Some(metres / moving_s)
    }

    /// Returns the speed at a grade with its interval.
    pub fn estimate_at(&self, grade: f64) -> Estimate {
        Estimate {
            value: self.speed_at(grade),
            low: self.between(grade, |point| point.speed_m_per_s.low),
            high: self.between(grade, |point| point.speed_m_per_s.high),
        }
    }

    /// Returns the grade of the highest speed.
    pub fn fastest_grade(&self) -> f64 {
        let speed = |point: &&CurvePoint| point.speed_m_per_s.value;
        let points = self.points.iter();
        points
            .max_by(|a, b| speed(a).total_cmp(&speed(b)))
            .map_or(0.0, |point| point.grade)
    }

    /// Returns how much of a speed at a grade is one's own: one less the variance that is left
    /// of the population's.
    pub fn own_share_at(&self, grade: f64) -> f64 {
        let terms = fit::terms(grade, 0.0, 0.0);
        let before = LEVEL_SD.value * LEVEL_SD.value + SHAPE_SD.value * SHAPE_SD.value;
        (1.0 - self.fit.variance(&terms) / before).clamp(0.0, 1.0)
    }

    /// Returns a figure between the classes: even in its logarithm.
    fn between(&self, grade: f64, figure: impl Fn(&CurvePoint) -> f64) -> f64 {
        let (class, share) = position_of(grade);
        let at = |class: usize| libm::log(figure(&self.points[class.min(CLASSES - 1)]));
        libm::exp((1.0 - share) * at(class) + share * at(class + 1))
    }
}

fn is_of(outing: &Outing, sport: Sport) -> bool {
    let kind = |sport| if sport == Sport::Walk { Sport::Hike } else { sport };
    kind(outing.sport) == kind(sport)
}

fn is_timed(outing: &Outing) -> bool {
    (0..CLASSES).any(|class| is_seen(outing, class))
}

/// Slowest and fastest mean speed that says something, m/s: what the profile lets pass.
const SPEEDS: std::ops::RangeInclusive<f64> = 0.1..=35.0;

fn is_seen(outing: &Outing, class: usize) -> bool {
    let class = &outing.by_grade.classes[class];
    class.timed_m >= LEAST_SEEN.value
        && class.speed_m_per_s().is_some_and(|speed| SPEEDS.contains(&speed))
}

/// Returns how much of a class so many metres show.
fn seen(metres: f64) -> f64 {
    metres / (metres + HALF_SEEN.value)
}

/// Returns an outing in logarithms.
fn day_of(outing: &Outing, log_hours: f64, usual_bpm: Option<f64>) -> Day {
    let classes = outing.by_grade.classes.iter().enumerate();
    let points =
        classes.filter(|(class, _)| is_seen(outing, *class)).filter_map(|(_, class)| {
            Some(Point {
                grade: class.mean_grade(),
                log_value: libm::log(class.speed_m_per_s()?),
                weight: seen(class.timed_m),
            })
        });
    let effort = outing.by_grade.heart_rate_bpm().zip(usual_bpm);
    Day {
        points: points.collect(),
        log_hours,
        log_effort: effort.map_or(0.0, |(bpm, usual)| libm::log(bpm / usual)),
    }
}

/// Logarithms of the hours that outings were to take: the population's, times what this person
/// usually needs of them. A slow day is long because it is slow; taken by its own hours, it
/// would tell of fading. Ten minutes and less are one.
fn expected_log_hours(outings: &[&Outing], population: &[f64; CLASSES]) -> Vec<f64> {
    let expected = |outing: &&Outing| -> f64 {
        let classes = outing.by_grade.classes.iter().zip(population);
        classes.map(|(class, speed)| class.timed_m / speed).sum()
    };
    let needed =
        outings.iter().map(|outing| outing.by_grade.moving_s() / expected(outing));
    let usual = median(needed).unwrap_or(1.0);
    let hours = outings.iter().map(|outing| expected(outing) * usual / 3600.0);
    hours.map(|hours| libm::log(hours.max(1.0 / 6.0))).collect()
}

fn prior(population: [f64; CLASSES]) -> Prior {
    Prior {
        population,
        level_sd: LEVEL_SD.value,
        shape_sd: SHAPE_SD.value,
        day_sd: DAY_SD.value,
        class_sd: CLASS_SD.value,
        fading: (population::FADING.value, FADING_SD.value),
        // speed goes with heart rate, by an unknown power
        effort: (0.5, 0.5),
    }
}

/// Returns the curve with its interval: one optimum, between -25 and +5 %.
fn banded(fit: &Fit) -> [Estimate; CLASSES] {
    let width: [f64; CLASSES] = std::array::from_fn(|class| fit.covariance[class][class]);
    let weights = width.map(|variance| 1.0 / variance);
    let middle = &fit.mean[..CLASSES];
    let peak = unimodal::peak(middle, &weights, class_of(-0.25)..=class_of(0.05));
    let shifted = |by: f64| -> Vec<f64> {
        let shifted = middle.iter().zip(&width);
        let values: Vec<f64> = shifted
            .map(|(value, variance)| value + by * NORMAL * variance.sqrt())
            .collect();
        unimodal::with_peak(&values, &weights, peak)
    };
    let [low, value, high] = [-1.0, 0.0, 1.0].map(shifted);
    std::array::from_fn(|class| Estimate {
        value: libm::exp(value[class]),
        low: libm::exp(low[class]),
        high: libm::exp(high[class]),
    })
}

/// Returns the power over grade of rides with a meter, from the level up.
fn power(outings: &[&Outing], log_hours: &[f64]) -> Option<[Option<Estimate>; CLASSES]> {
    const LEAST_S: f64 = 30.0;
    let level = class_of(0.0);
    let days: Vec<Day> = outings
        .iter()
        .zip(log_hours)
        .map(|(outing, log_hours)| Day {
            points: outing.by_grade.classes[level..]
                .iter()
                .filter(|class| class.work_s >= LEAST_S && class.timed_m > 0.0)
                .filter_map(|class| {
                    let log_value =
                        libm::log(class.power_w_per_kg().filter(|w| *w > 0.1)?);
                    let (grade, weight) = (class.mean_grade(), seen(class.timed_m));
                    Some(Point { grade, log_value, weight })
                })
                .collect(),
            log_hours: *log_hours,
            log_effort: 0.0,
        })
        .filter(|day| !day.points.is_empty())
        .collect();
    if days.is_empty() {
        return None;
    }
    let fit = fit::fit(&prior([libm::log(population::RIDE_POWER.value); CLASSES]), &days);
    Some(std::array::from_fn(|class| {
        let half = NORMAL * fit.covariance[class][class].sqrt();
        (class >= level).then(|| Estimate::of_log(fit.mean[class], half))
    }))
}
