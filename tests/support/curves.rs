//! People that never were, whose speed over grade, days and fading are known.

#![allow(dead_code, reason = "each test takes what it needs")]

use hardlegs::curve::{Curves, Outing, population};
use hardlegs::load::by_grade::{ByGrade, CLASSES, grade_of};
use hardlegs::sport::Sport;
use jiff::ToSpan as _;
use jiff::civil::{Date, date};

pub(crate) const ON: Date = date(2026, 6, 1);

/// Numbers that are the same in every run.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// Between 0 and 1.
    pub(crate) fn even(&mut self) -> f64 {
        // xorshift64*, Vigna 2016
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let bits = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11;
        bits as f64 / (1_u64 << 53) as f64
    }

    /// Of a normal distribution, by twelve even numbers.
    pub(crate) fn normal(&mut self) -> f64 {
        (0..12).map(|_| self.even()).sum::<f64>() - 6.0
    }
}

/// Somebody whose curve is known.
#[derive(Clone, Copy)]
pub(crate) struct Athlete {
    pub(crate) sport: Sport,
    /// Factor on the population.
    pub(crate) level: f64,
    /// How much better uphill than downhill, as a power of grade.
    pub(crate) climber: f64,
    pub(crate) day_sd: f64,
    pub(crate) fading: f64,
}

impl Athlete {
    pub(crate) fn speed(&self, grade: f64) -> f64 {
        let speeds = population::speed_m_per_s(self.sport);
        let class = (0..CLASSES - 1).rev().find(|class| grade_of(*class) <= grade);
        let class = class.unwrap_or(0);
        let share = (grade - grade_of(class)) / 0.05;
        let log = (1.0 - share) * speeds[class].ln() + share * speeds[class + 1].ln();
        (log + self.level.ln() + self.climber * grade).exp()
    }

    /// One of many: drawn as the population says people differ.
    pub(crate) fn drawn(dice: &mut Dice, sport: Sport) -> Athlete {
        Athlete {
            sport,
            level: (0.25 * dice.normal()).exp(),
            climber: 0.6 * dice.normal(),
            day_sd: 0.04 + 0.08 * dice.even(),
            fading: -0.06 + 0.03 * dice.normal(),
        }
    }

    /// What a day over metres of these grades takes.
    pub(crate) fn day(
        &self,
        dice: &mut Dice,
        day: Date,
        metres: &[f64; CLASSES],
    ) -> Outing {
        let good = self.day_sd * dice.normal();
        let mut by_grade = ByGrade::default();
        let mut base_s = 0.0;
        for (class, metres) in metres.iter().enumerate().filter(|(_, m)| **m > 0.0) {
            let grade = (grade_of(class) + 0.02 * (dice.even() - 0.5)).clamp(-0.4, 0.4);
            let terrain = 0.08 * dice.normal();
            let seconds = metres / self.speed(grade) * (-good - terrain).exp();
            base_s += seconds;
            let sums = &mut by_grade.classes[class];
            sums.length_m = *metres;
            sums.rise_m = grade * metres;
            sums.timed_m = *metres;
            sums.moving_s = seconds;
        }
        // T = S (T / 1 h)^-fading
        let log = (base_s.ln() + self.fading * 3600_f64.ln()) / (1.0 + self.fading);
        let longer = log.exp() / base_s;
        for class in &mut by_grade.classes {
            class.moving_s *= longer;
        }
        let elapsed_s = by_grade.moving_s() * 1.1;
        Outing { sport: self.sport, day, elapsed_s, by_grade }
    }

    /// So many outings of some kilometres, hilly by a share.
    pub(crate) fn outings(&self, dice: &mut Dice, count: i32, hilly: f64) -> Vec<Outing> {
        (0..count)
            .map(|k| {
                let day = ON.saturating_sub((3 * k + 2).days());
                let length_m = 4000.0 + 16_000.0 * dice.even();
                let metres = hills(dice, length_m, hilly);
                self.day(dice, day, &metres)
            })
            .collect()
    }
}

/// Metres by class of a route: bell-shaped around the level, as much up as down.
pub(crate) fn hills(dice: &mut Dice, length_m: f64, hilly: f64) -> [f64; CLASSES] {
    let wide = 0.02 + hilly * (0.05 + 0.15 * dice.even());
    let shares: [f64; CLASSES] = std::array::from_fn(|class| {
        let apart = grade_of(class) / wide;
        (-0.5 * apart * apart).exp()
    });
    let sum: f64 = shares.iter().sum();
    let metres = shares.map(|share| share * length_m / sum);
    metres.map(|metres| if metres < 20.0 { 0.0 } else { metres })
}

/// Own curves by name: a year of hills that became faster, three flat runs, and rides with a
/// meter.
pub(crate) fn own_curves() -> Vec<(&'static str, Curves)> {
    let mut dice = Dice(41);
    let mut athlete = Athlete {
        sport: Sport::Run,
        level: 1.1,
        climber: 0.3,
        day_sd: 0.06,
        fading: -0.07,
    };
    let mut year = athlete.outings(&mut dice, 40, 1.0);
    for outing in &mut year {
        outing.day = outing.day.saturating_sub(200.days());
    }
    athlete.level = 1.2;
    year.extend(athlete.outings(&mut dice, 40, 1.0));
    let flat = athlete.outings(&mut dice, 3, 0.0);
    athlete.sport = Sport::Ride;
    let mut rides = athlete.outings(&mut dice, 20, 0.3);
    for class in rides.iter_mut().flat_map(|ride| &mut ride.by_grade.classes) {
        class.work_s = class.moving_s;
        class.work_j_per_kg = 2.4 * class.moving_s;
    }
    let on = ON;
    vec![
        ("curve_year", Curves::of(&year, Sport::Run, on)),
        ("curve_flat", Curves::of(&flat, Sport::Run, on)),
        ("curve_rides", Curves::of(&rides, Sport::Ride, on)),
    ]
}
