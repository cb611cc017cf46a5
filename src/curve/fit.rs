//! A robust regression with a random effect of the day: logarithms of speed over grade, with
//! fading by duration and effort by heart rate, pooled with a population.

use crate::curve::symmetric::{Matrix, inverse, product, variance};
use crate::load::by_grade::{CLASSES, grade_of, position_of};

/// Classes of grade, then fading and effort.
pub(super) const TERMS: usize = CLASSES + 2;
/// Index of fading: a power of hours.
pub(super) const FADING: usize = CLASSES;
/// Index of effort: a power of heart rate over the usual one.
pub(super) const EFFORT: usize = CLASSES + 1;

/// What is thought before own outings are seen; everything in logarithms.
#[derive(Debug, Clone, Copy)]
pub(super) struct Prior {
    pub(super) population: [f64; CLASSES],
    /// How far one person's level lies from the population's, standard deviation.
    pub(super) level_sd: f64,
    /// How far the shape of one person's curve lies from the population's.
    pub(super) shape_sd: f64,
    /// How far a day lies from a person's curve.
    pub(super) day_sd: f64,
    /// How far the grade of a class lies from the day.
    pub(super) class_sd: f64,
    /// Mean and standard deviation of fading.
    pub(super) fading: (f64, f64),
    /// Mean and standard deviation of effort.
    pub(super) effort: (f64, f64),
}

/// Grades so far apart are alike (our choice: a curve has one optimum and no wiggles).
const ALIKE: f64 = 0.12;
/// What neighbouring classes do not share.
const ROUGH_SD: f64 = 0.02;
/// Days and classes that the standard deviations of the prior are worth.
const PRIOR_WORTH: f64 = 4.0;
/// Degrees of freedom of Student's t, for days and classes alike: one bad day in ten pulls
/// little (Lange, Little, Taylor 1989, J Am Stat Assoc 84:881).
pub(super) const FREEDOM: f64 = 4.0;
/// Most rounds of the fit.
const ROUNDS: usize = 30;
/// The fit ends where no term moves by more: a ten thousandth of a speed.
const SETTLED: f64 = 1e-4;

/// One grade on one day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Point {
    pub(super) grade: f64,
    pub(super) log_value: f64,
    /// 0 to 1: how much of a class of grade was seen.
    pub(super) weight: f64,
}

/// One outing.
#[derive(Debug, Clone)]
pub(super) struct Day {
    pub(super) points: Vec<Point>,
    /// Logarithm of its hours.
    pub(super) log_hours: f64,
    /// Logarithm of its heart rate over the usual one; zero where unknown.
    pub(super) log_effort: f64,
}

impl Day {
    /// Returns what the terms make of a point.
    fn fitted(&self, point: &Point, terms: &[f64; TERMS]) -> f64 {
        let (class, share) = position_of(point.grade);
        let next = if share > 0.0 { share * terms[class + 1] } else { 0.0 };
        (1.0 - share) * terms[class]
            + next
            + self.log_hours * terms[FADING]
            + self.log_effort * terms[EFFORT]
    }
}

/// What was found, in logarithms.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fit {
    pub(super) mean: [f64; TERMS],
    pub(super) covariance: Matrix<TERMS>,
    /// Scale of Student's t of a day.
    pub(super) day_sd: f64,
    /// Scale of Student's t of a class on a day.
    pub(super) class_sd: f64,
}

impl Fit {
    /// Returns the variance of a weighted sum of the terms.
    pub(super) fn variance(&self, weights: &[f64; TERMS]) -> f64 {
        variance(&self.covariance, weights)
    }

    /// Returns the mean of a weighted sum of the terms.
    #[cfg(test)]
    pub(super) fn at(&self, grade: f64) -> f64 {
        let weights = terms(grade, 0.0, 0.0);
        weights.iter().zip(&self.mean).map(|(a, b)| a * b).sum()
    }
}

/// Returns the terms that a grade, a duration and an effort consist of.
pub(super) fn terms(grade: f64, log_hours: f64, log_effort: f64) -> [f64; TERMS] {
    let mut terms = [0.0; TERMS];
    let (class, share) = position_of(grade);
    terms[class] = 1.0 - share;
    if share > 0.0 {
        terms[class + 1] = share;
    }
    terms[FADING] = log_hours;
    terms[EFFORT] = log_effort;
    terms
}

/// Fits the terms to days: the mode of a hierarchical model by expectation and maximization,
/// days integrated out.
pub(super) fn fit(prior: &Prior, days: &[Day]) -> Fit {
    let before = prior_mean(prior);
    let precision = inverse(&prior_covariance(prior));
    let mut fit = Fit {
        mean: before,
        covariance: inverse(&precision),
        day_sd: prior.day_sd,
        class_sd: prior.class_sd,
    };
    let mut residuals: Vec<Residuals> = days.iter().map(Residuals::new).collect();
    if days.is_empty() {
        return fit;
    }
    for _ in 0..ROUNDS {
        let mut normal = [[0.0; TERMS]; TERMS];
        let mut right = [0.0; TERMS];
        for (day, seen) in days.iter().zip(&residuals) {
            add_day(&mut normal, &mut right, day, seen, &fit, &before);
        }
        let with = |share: f64| -> Matrix<TERMS> {
            std::array::from_fn(|a| {
                std::array::from_fn(|b| {
                    precision[a][b] + share * normal[a.max(b)][a.min(b)]
                })
            })
        };
        let change = product(&inverse(&with(1.0)), &right);
        let mean: [f64; TERMS] = std::array::from_fn(|k| before[k] + change[k]);
        let moved = mean.iter().zip(&fit.mean).any(|(a, b)| (a - b).abs() > SETTLED);
        fit.mean = mean;
        // what Student's t tells of its middle, against weights of the same mean
        fit.covariance = inverse(&with((FREEDOM + 1.0) / (FREEDOM + 3.0)));
        let (mut day_sum, mut class_sum) = (
            PRIOR_WORTH * prior.day_sd * prior.day_sd,
            PRIOR_WORTH * prior.class_sd * prior.class_sd,
        );
        let mut points = 0.0;
        for (day, seen) in days.iter().zip(&mut residuals) {
            let (of_day, of_classes) = seen.update(day, &fit);
            day_sum += of_day;
            class_sum += of_classes;
            points += day.points.len() as f64;
        }
        fit.day_sd = (day_sum / (PRIOR_WORTH + days.len() as f64)).sqrt();
        fit.class_sd = (class_sum / (PRIOR_WORTH + points)).sqrt();
        if !moved {
            break;
        }
    }
    fit
}

fn prior_mean(prior: &Prior) -> [f64; TERMS] {
    std::array::from_fn(|k| match k {
        FADING => prior.fading.0,
        EFFORT => prior.effort.0,
        class => prior.population[class],
    })
}

fn prior_covariance(prior: &Prior) -> Matrix<TERMS> {
    std::array::from_fn(|a| {
        std::array::from_fn(|b| match (a, b) {
            (FADING, FADING) => prior.fading.1 * prior.fading.1,
            (EFFORT, EFFORT) => prior.effort.1 * prior.effort.1,
            (a, b) if a >= CLASSES || b >= CLASSES => 0.0,
            (a, b) => {
                let apart = (grade_of(a) - grade_of(b)) / ALIKE;
                let shape =
                    prior.shape_sd * prior.shape_sd * libm::exp(-0.5 * apart * apart);
                let rough = if a == b { ROUGH_SD * ROUGH_SD } else { 0.0 };
                prior.level_sd * prior.level_sd + shape + rough
            }
        })
    })
}

/// Robust weights of a day and of its points.
struct Residuals {
    day: f64,
    points: Vec<f64>,
}

impl Residuals {
    fn new(day: &Day) -> Residuals {
        Residuals { day: 1.0, points: vec![1.0; day.points.len()] }
    }

    /// Precision of each point.
    fn precisions(&self, day: &Day, class_sd: f64) -> Vec<f64> {
        let points = day.points.iter().zip(&self.points);
        points
            .map(|(point, robust)| robust * point.weight / (class_sd * class_sd))
            .collect()
    }

    /// Sets the weights anew, and returns the squares of the day and of its points.
    fn update(&mut self, day: &Day, fit: &Fit) -> (f64, f64) {
        let precisions = self.precisions(day, fit.class_sd);
        let errors: Vec<f64> = day
            .points
            .iter()
            .map(|point| point.log_value - day.fitted(point, &fit.mean))
            .collect();
        let total: f64 = precisions.iter().sum();
        let variance = 1.0 / (self.day / (fit.day_sd * fit.day_sd) + total);
        let sum: f64 = precisions.iter().zip(&errors).map(|(p, e)| p * e).sum();
        let effect = variance * sum;
        let square = effect * effect + variance;
        self.day = robust(square / (fit.day_sd * fit.day_sd));
        let mut of_points = 0.0;
        for ((point, error), weight) in
            day.points.iter().zip(&errors).zip(&mut self.points)
        {
            let left = error - effect;
            let square = point.weight * (left * left + variance);
            *weight = robust(square / (fit.class_sd * fit.class_sd));
            of_points += *weight * square;
        }
        (self.day * square, of_points)
    }
}

/// Weight of a square in units of the scale, by Student's t.
fn robust(square: f64) -> f64 {
    (FREEDOM + 1.0) / (FREEDOM + square)
}

/// Sums over one day: its duration and effort are one number each, so that only classes of
/// grade are summed point by point.
struct DaySums {
    /// Precision by class.
    classes: [f64; CLASSES],
    /// Precision times value by class.
    values: [f64; CLASSES],
    precision: f64,
    value: f64,
}

/// Adds a day to the lower half of the normal equations, its own effect integrated out.
fn add_day(
    normal: &mut Matrix<TERMS>,
    right: &mut [f64; TERMS],
    day: &Day,
    seen: &Residuals,
    fit: &Fit,
    before: &[f64; TERMS],
) {
    let mut sums = DaySums {
        classes: [0.0; CLASSES],
        values: [0.0; CLASSES],
        precision: 0.0,
        value: 0.0,
    };
    for (point, precision) in day.points.iter().zip(seen.precisions(day, fit.class_sd)) {
        let value = point.log_value - day.fitted(point, before);
        sums.precision += precision;
        sums.value += precision * value;
        let (class, share) = position_of(point.grade);
        for (class, share) in [(class, 1.0 - share), (class + 1, share)] {
            if share > 0.0 {
                sums.classes[class] += precision * share;
                sums.values[class] += precision * share * value;
            }
        }
        normal[class][class] += precision * (1.0 - share) * (1.0 - share);
        if share > 0.0 {
            normal[class + 1][class + 1] += precision * share * share;
            normal[class + 1][class] += precision * share * (1.0 - share);
        }
    }
    let whole = seen.day / (fit.day_sd * fit.day_sd) + sums.precision;
    let left = 1.0 - sums.precision / whole;
    for a in (0..CLASSES).filter(|class| sums.classes[*class] > 0.0) {
        right[a] += sums.values[a] - sums.classes[a] * sums.value / whole;
        for (cell, class) in normal[a].iter_mut().zip(&sums.classes).take(a + 1) {
            *cell -= sums.classes[a] * class / whole;
        }
        normal[FADING][a] += day.log_hours * sums.classes[a] * left;
        normal[EFFORT][a] += day.log_effort * sums.classes[a] * left;
    }
    let [hours, effort] = [day.log_hours, day.log_effort];
    right[FADING] += hours * sums.value * left;
    right[EFFORT] += effort * sums.value * left;
    normal[FADING][FADING] += hours * hours * sums.precision * left;
    normal[EFFORT][FADING] += effort * hours * sums.precision * left;
    normal[EFFORT][EFFORT] += effort * effort * sums.precision * left;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prior() -> Prior {
        Prior {
            population: [0.0; CLASSES],
            level_sd: 0.3,
            shape_sd: 0.2,
            day_sd: 0.1,
            class_sd: 0.1,
            fading: (-0.06, 0.03),
            effort: (0.0, 0.5),
        }
    }

    fn level_days(values: &[f64]) -> Vec<Day> {
        let day = |value: &f64| Day {
            points: vec![Point { grade: 0.0, log_value: *value, weight: 1.0 }],
            log_hours: 0.0,
            log_effort: 0.0,
        };
        values.iter().map(day).collect()
    }

    #[test]
    fn no_day_leaves_the_population_with_its_width() {
        let fit = fit(&prior(), &[]);
        let terms = terms(0.2, 0.0, 0.0);
        assert!(fit.at(0.2).abs() < 1e-12);
        assert!((fit.variance(&terms).sqrt() - 0.361).abs() < 0.002);
    }

    #[test]
    fn many_days_outweigh_the_population() {
        let fit = fit(&prior(), &level_days(&[0.5; 60]));
        assert!((fit.at(0.0) - 0.5).abs() < 0.02, "{}", fit.at(0.0));
        // steep grades follow the level of a person, with a width of their own
        assert!(fit.at(0.4) > 0.3);
        let width = |grade| fit.variance(&terms(grade, 0.0, 0.0));
        assert!(width(0.4) > 10.0 * width(0.0));
    }

    #[test]
    fn a_day_that_went_wrong_pulls_little() {
        let mut values = [0.2; 12];
        let clean = fit(&prior(), &level_days(&values)).at(0.0);
        values[3] = -1.5;
        let pulled = fit(&prior(), &level_days(&values)).at(0.0);
        assert!((clean - pulled).abs() < 0.03, "{clean} and {pulled}");
    }
}
