//! Metres, seconds, heart beats and measured work of an activity by class of grade: what a
//! curve of speed over grade is fitted to, small enough for a store to keep.

use std::ops::Range;

use crate::load::Efforts;
use crate::profile::{Profile, stops};

pub use crate::load::grade_classes::{CLASSES, class_of, grade_of};
pub(crate) use crate::load::grade_classes::{STEEPEST_CLASS, position_of};

/// Sums over the cells of one class of grade.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct GradeClass {
    /// Horizontal metres.
    pub length_m: f64,
    /// Rise of these, m, negative down.
    pub rise_m: f64,
    /// Horizontal metres that are scored and took `moving_s`; zero without times.
    pub timed_m: f64,
    /// Seconds of these at 0.3 m/s and more.
    pub moving_s: f64,
    /// Heart beats in `heart_s` seconds.
    pub beats: f64,
    /// Seconds whose heart rate is known.
    pub heart_s: f64,
    /// Work that a power meter measured on a ride, J/kg of body.
    pub work_j_per_kg: f64,
    /// Seconds of that work.
    pub work_s: f64,
}

impl GradeClass {
    /// Returns the mean grade, rise over run; not a number without metres.
    pub fn mean_grade(&self) -> f64 {
        self.rise_m / self.length_m
    }

    /// Returns horizontal metres per moving second, where there are any.
    pub fn speed_m_per_s(&self) -> Option<f64> {
        (self.moving_s > 0.0 && self.timed_m > 0.0).then(|| self.timed_m / self.moving_s)
    }

    /// Returns the measured power, W/kg of body.
    pub fn power_w_per_kg(&self) -> Option<f64> {
        (self.work_s > 0.0).then(|| self.work_j_per_kg / self.work_s)
    }
}

/// An activity, or a part of one, by class of grade.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ByGrade {
    /// From the steepest descent to the steepest climb; [`grade_of`] says which is which.
    pub classes: [GradeClass; CLASSES],
}

impl Default for ByGrade {
    fn default() -> Self {
        ByGrade { classes: [GradeClass::default(); CLASSES] }
    }
}

impl ByGrade {
    /// Sums some cells of a scored profile. A course without times has metres alone.
    pub fn of(
        profile: &Profile,
        efforts: &Efforts<'_>,
        mass_kg: f64,
        cells: &Range<usize>,
    ) -> ByGrade {
        let mut sums = ByGrade::default();
        for (run, cells) in profile.runs_of(cells) {
            for cell in cells {
                let class = &mut sums.classes[class_of(profile.grade()[cell])];
                class.length_m += run.step_m;
                class.rise_m += profile.rise_m()[cell];
                let seconds = profile.duration_s()[cell];
                let moves = profile.timed()
                    && seconds > 0.0
                    && profile.slope_m()[cell] >= stops::MOVING.value * seconds;
                if !moves || !profile.scored()[cell] {
                    continue;
                }
                class.timed_m += run.step_m;
                class.moving_s += seconds;
                let heart_rate_bpm = profile.heart_rate_bpm()[cell];
                if heart_rate_bpm.is_finite() {
                    class.beats += heart_rate_bpm / 60.0 * seconds;
                    class.heart_s += seconds;
                }
                if efforts.metered && efforts.power_w[cell].is_finite() {
                    class.work_j_per_kg += efforts.power_w[cell] * seconds / mass_kg;
                    class.work_s += seconds;
                }
            }
        }
        sums
    }

    /// Adds up parts of one activity.
    pub fn total(parts: &[ByGrade]) -> ByGrade {
        let mut total = ByGrade::default();
        for part in parts {
            total.add(part);
        }
        total
    }

    /// Adds another part.
    pub fn add(&mut self, other: &ByGrade) {
        for (sums, more) in self.classes.iter_mut().zip(&other.classes) {
            sums.length_m += more.length_m;
            sums.rise_m += more.rise_m;
            sums.timed_m += more.timed_m;
            sums.moving_s += more.moving_s;
            sums.beats += more.beats;
            sums.heart_s += more.heart_s;
            sums.work_j_per_kg += more.work_j_per_kg;
            sums.work_s += more.work_s;
        }
    }

    /// Returns horizontal metres.
    pub fn length_m(&self) -> f64 {
        self.classes.iter().map(|class| class.length_m).sum()
    }

    /// Returns seconds at 0.3 m/s and more.
    pub fn moving_s(&self) -> f64 {
        self.classes.iter().map(|class| class.moving_s).sum()
    }

    /// Returns the mean heart rate, 1/min, where it is known for at least half of the time.
    pub fn heart_rate_bpm(&self) -> Option<f64> {
        let beats: f64 = self.classes.iter().map(|class| class.beats).sum();
        let seconds: f64 = self.classes.iter().map(|class| class.heart_s).sum();
        (seconds > 0.0 && seconds >= 0.5 * self.moving_s())
            .then(|| 60.0 * beats / seconds)
    }
}
