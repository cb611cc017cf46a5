//! Heights of a route that has none: a treadmill's grade, set by hand or recorded.

use crate::activity::HeightSensor;
use crate::evidence::Parameter;
use crate::profile::distance_source::ChosenDistance;
use crate::profile::samples::Samples;

/// Steepest recorded grade that is believed, up or down.
pub(crate) const STEEPEST: Parameter = Parameter::chosen(
    "profile.steepest_belt",
    0.5,
    "rise/run",
    "0.4 to 0.6",
    "the steepest belts that are sold reach 0.4",
);

/// The grade of a belt.
#[derive(Debug, Clone, PartialEq)]
pub enum Treadmill {
    /// One grade throughout, rise over run.
    Constant(f64),
    /// Grades by time; level outside.
    Spans(Vec<GradeSpan>),
}

/// One grade for a while.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GradeSpan {
    /// Seconds from the start of the activity.
    pub from_s: f64,
    /// Seconds from the start of the activity.
    pub to_s: f64,
    /// Rise over run.
    pub grade: f64,
}

impl Treadmill {
    fn at(&self, elapsed_s: f64) -> f64 {
        match self {
            Treadmill::Constant(grade) => *grade,
            Treadmill::Spans(spans) => spans
                .iter()
                .find(|span| elapsed_s >= span.from_s && elapsed_s < span.to_s)
                .map_or(0.0, |span| span.grade),
        }
    }
}

/// Replaces the heights by the grade given, or fills in a recorded grade where there is no
/// height at all.
pub(crate) fn set_heights(
    samples: &mut Samples<'_>,
    distance: &ChosenDistance<'_>,
    treadmill: Option<&Treadmill>,
) {
    let measured = samples.elevation_m.iter().any(|h| h.is_finite() && *h != 0.0);
    let believed = |grade: &f32| f64::from(grade.abs()) <= STEEPEST.value;
    let recorded = samples.grade.iter().any(believed);
    if treadmill.is_none() && (measured || !recorded) {
        return;
    }
    let start_s = samples.time_s.first().copied().unwrap_or(0.0);
    // any height but zero: an all-zero recording means that nothing was measured
    let mut height_m = 100.0;
    let heights = (0..samples.len()).map(|i| {
        if i > 0 {
            let grade = match treadmill {
                Some(belt) => belt.at(samples.time_s[i] - start_s),
                None if believed(&samples.grade[i]) => f64::from(samples.grade[i]),
                None => 0.0,
            };
            height_m += grade * distance.leg_m(i - 1);
        }
        height_m
    });
    samples.quality.height_sensor = HeightSensor::Belt;
    samples.elevation_m = heights.collect::<Vec<_>>().into();
}
