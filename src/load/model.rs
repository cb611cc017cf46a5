//! The equations of a step and of a push of the pedals, plainly, next to their papers: the
//! specification. Everything is per kilogram and per slope metre; nothing is clamped but
//! metabolic cost.

use crate::evidence::{Evidence, Parameter};

/// Standard gravity.
pub(crate) const GRAVITY: Parameter = Parameter {
    name: "load.gravity",
    value: 9.806_65,
    unit: "m/s2",
    range: "exact by definition; 9.78 to 9.83 on earth",
    evidence: Evidence::Replicated,
    source: "3rd CGPM 1901",
};
/// Work of the bounce in running, per metre.
pub(crate) const RUN_BOUNCE: Parameter = Parameter {
    name: "load.run_bounce",
    value: 1.35,
    unit: "J/kg/m",
    range: "1.1 to 1.6: only its difference to the elastic part is identified",
    evidence: Evidence::Plausible,
    source: "level external work of running, from memory of the literature",
};
/// What tendons hand back in running, per metre.
pub(crate) const RUN_ELASTIC: Parameter = Parameter {
    name: "load.run_elastic",
    value: 0.65,
    unit: "J/kg/m",
    range: "bounce less 0.70: fitted to the running cost of Minetti et al. 2002, RMSE 0.31 J/kg/m over -45 to +45 %",
    evidence: Evidence::Plausible,
    source: "fit to Minetti et al. 2002, J Appl Physiol 93:1039, through efficiencies 0.218 and 1.062",
};
/// Grade beyond which walking needs work of one sign only.
pub(crate) const WALK_ONE_SIGN_GRADE: Parameter = Parameter {
    name: "load.walk_one_sign_grade",
    value: 0.15,
    unit: "rise/run",
    range: "four men on a treadmill",
    evidence: Evidence::Published,
    source: "Minetti, Ardigo, Saibene 1993, J Physiol 471:725 (summary)",
};
/// Muscle work of one easy level running step: 0.70 J/kg/m at 3 m/s and 170 steps a minute.
pub(crate) const REFERENCE_STEP: Parameter = Parameter::chosen(
    "load.reference_step",
    0.70 * 3.0 / (170.0 / 60.0),
    "J/kg",
    "0.7412 by our choice of an easy level run",
    "the yardstick of intensity: 1x is an easy level step",
);
/// No push of a leg, and no turn by half of the cranks, does more muscle work than this: a
/// figure beyond it comes from the file, not from legs.
pub(crate) const GREATEST_STEP: Parameter = Parameter {
    name: "load.greatest_step",
    value: 10.0,
    unit: "J/kg",
    range: "9.7 for half a turn at 266 N m and 86 kg, the greatest torque of elite sprinters; a jump with both legs does as much",
    evidence: Evidence::Published,
    source: "Gardner et al. 2007, Eur J Appl Physiol 101:287 (abstract); as a limit on foot our choice",
};
/// Metres of one's own weight at the intensity of an easy level step that are a load of 1.
pub const LOAD_M: Parameter = Parameter::chosen(
    "load.scale",
    20.0,
    "m",
    "a unit",
    "a load of 100 is 1000 m at twice an easy step",
);
/// Grade beyond which cost of transport was never measured.
pub(crate) const STEEPEST_ON_FOOT: Parameter = Parameter {
    name: "load.steepest_on_foot",
    value: 0.45,
    unit: "rise/run",
    range: "metabolic cost is clamped there, work is not",
    evidence: Evidence::Published,
    source: "Minetti et al. 2002, J Appl Physiol 93:1039",
};
/// The same for riding.
pub(crate) const STEEPEST_RIDING: Parameter = Parameter::chosen(
    "load.steepest_riding",
    0.30,
    "rise/run",
    "the steepest paved roads reach 0.35",
    "beyond it speed and grade from a file are doubtful",
);
/// Cost of running against grade, J/kg/m, degree 5 down to 0. Source: Minetti et al. 2002,
/// J Appl Physiol 93:1039; ten elite mountain runners, -0.45 to 0.45.
pub(crate) const RUN_COST: [f64; 6] = [155.4, -30.4, -43.3, 46.3, 19.5, 3.6];
/// Cost of walking against grade, J/kg/m, degree 5 down to 0. Source as above.
pub(crate) const WALK_COST: [f64; 6] = [280.5, -58.7, -76.8, 51.9, 19.6, 2.5];

/// The bounce of a gait: its work per metre and what tendons hand back of it, J/kg/m.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stride {
    /// Work of the bounce on the level, `w0`, J/kg per slope metre; above zero.
    pub bounce: f64,
    /// What of it tendons hand back, `e`, J/kg per slope metre.
    pub elastic: f64,
}

impl Stride {
    /// Running.
    pub const RUN: Stride =
        Stride { bounce: RUN_BOUNCE.value, elastic: RUN_ELASTIC.value };

    /// Walking and hiking: `w0 = g sin(atan 0.15) / pi`, no elastic part.
    pub fn walk() -> Stride {
        let bounce = weight(WALK_ONE_SIGN_GRADE.value) / core::f64::consts::PI;
        Stride { bounce, elastic: 0.0 }
    }

    /// External and muscle work per slope metre at a grade.
    ///
    /// The body's mechanical energy is a ramp plus a sinusoid whose level amplitude costs
    /// `w0` a metre. With `r = G / (pi w0)`, integrating the rising and falling parts gives
    ///
    /// ```text
    /// |r| < 1:  W+ = w0 (sqrt(1-r2) + r (pi/2 + asin r))   W- = w0 (sqrt(1-r2) - r (pi/2 - asin r))
    /// r >= 1:   W+ = G, W- = 0        r <= -1:  W+ = 0, W- = -G
    /// w+ = W+ - q,  w- = W- - q,  q = min(e, W+, W-)
    /// ```
    ///
    /// so that `w+ - w- = G` always. Source: our derivation, MODEL section 4; that the ratio
    /// depends on grade alone is Minetti et al. 1994, J Exp Biol 195:211.
    ///
    /// ```
    /// use hardlegs::load::model::Stride;
    /// let work = Stride::RUN.work(-0.20);
    /// assert!((work.muscle_down - 1.9232).abs() < 5e-5);
    /// ```
    pub fn work(self, grade: f64) -> Work {
        use core::f64::consts::{FRAC_PI_2, PI};
        let g = weight(grade);
        let r = g / (PI * self.bounce);
        let (up, down) = if r >= 1.0 {
            (g, 0.0)
        } else if r <= -1.0 {
            (0.0, -g)
        } else {
            let (c, a) = (libm::sqrt(1.0 - r * r), libm::asin(r));
            (
                self.bounce * (c + r * (FRAC_PI_2 + a)),
                self.bounce * (c - r * (FRAC_PI_2 - a)),
            )
        };
        let q = self.elastic.min(up).min(down);
        Work {
            external_up: up,
            external_down: down,
            muscle_up: up - q,
            muscle_down: down - q,
        }
    }
}

/// Work per slope metre, J/kg/m.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Work {
    /// `W+`: the body's energy rising, J/kg/m.
    pub external_up: f64,
    /// `W-`: the body's energy falling, J/kg/m.
    pub external_down: f64,
    /// `w+`: muscles shortening.
    pub muscle_up: f64,
    /// `w-`: muscles lengthening.
    pub muscle_down: f64,
}

/// `G = g sin(atan i)`: work against gravity per slope metre, J/kg/m.
pub fn weight(grade: f64) -> f64 {
    GRAVITY.value * grade / (1.0 + grade * grade).sqrt()
}

/// Returns volume of a rise, metres of one's own weight, with a load factor
/// `k = (body + pack) / body`.
pub fn volume_m(rise_m: f64, k: f64) -> f64 {
    rise_m.abs() * k
}

/// Returns load of a volume at an intensity.
#[inline]
pub fn load(volume_m: f64, intensity: f64) -> f64 {
    volume_m * intensity / LOAD_M.value
}

/// Returns the mean intensity of a load over its volume; not a number without any.
#[inline]
pub fn intensity(load: f64, volume_m: f64) -> f64 {
    load * LOAD_M.value / volume_m
}

/// Intensity that no push exceeds: 13.5x.
pub const GREATEST_RATIO: f64 = GREATEST_STEP.value / REFERENCE_STEP.value;

/// Returns an intensity that legs can do: the greatest where it is beyond.
#[inline]
pub(crate) fn limited(ratio: f64) -> f64 {
    // not `min`, which would hide a NaN
    if ratio > GREATEST_RATIO { GREATEST_RATIO } else { ratio }
}

/// Intensity of a push: muscle work of one step against an easy level one.
pub fn step_ratio(
    work_j_per_kg_m: f64,
    speed_m_per_s: f64,
    steps_per_min: f64,
    k: f64,
) -> f64 {
    k * work_j_per_kg_m * speed_m_per_s / (steps_per_min / 60.0) / REFERENCE_STEP.value
}

/// Intensity of half a turn of the cranks.
pub fn ride_ratio(power_w: f64, rpm: f64, body_kg: f64) -> f64 {
    power_w * 60.0 / (2.0 * rpm) / body_kg / REFERENCE_STEP.value
}

/// Metabolic cost of running, J/kg per metre; the grade is clamped at 0.45.
pub fn run_cost(grade: f64) -> f64 {
    polynomial(&RUN_COST, grade)
}

/// Metabolic cost of walking, J/kg per metre; the grade is clamped at 0.45.
pub fn walk_cost(grade: f64) -> f64 {
    polynomial(&WALK_COST, grade)
}

fn polynomial(coefficients: &[f64; 6], grade: f64) -> f64 {
    let i = grade.clamp(-STEEPEST_ON_FOOT.value, STEEPEST_ON_FOOT.value);
    coefficients.iter().fold(0.0, |sum, c| sum * i + c)
}

/// Returns steps a minute of running where none were recorded: `138 + 8.5 v` within 145 to 195.
/// Our fit to real runs.
pub fn run_cadence(speed_m_per_s: f64) -> f64 {
    (138.0 + 8.5 * speed_m_per_s).clamp(145.0, 195.0)
}

/// Returns steps a minute of walking where none were recorded: `63 + 34 v + 0.8 degrees down`
/// within 70 to 140. Our fit to a walking table (PMC3262943) and real recordings.
pub fn walk_cadence(speed_m_per_s: f64, grade: f64) -> f64 {
    let degrees_down = (-libm::atan(grade).to_degrees()).max(0.0);
    (63.0 + 34.0 * speed_m_per_s + 0.8 * degrees_down).clamp(70.0, 140.0)
}
