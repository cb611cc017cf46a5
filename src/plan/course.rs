//! What a course asks for.

use crate::error::{Error, Kind};
use crate::history::session::HillRecord;
use crate::history::spike::Dimension;
use crate::history::{Gait, Session};
use crate::report::Report;
use crate::segment::Slope;

/// What a course asks for, as far as the legs are concerned.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// Its name, as in the file: escape before showing.
    pub name: Option<String>,
    /// How its descents would be taken.
    pub gait: Gait,
    /// Horizontal metres.
    pub distance_m: f64,
    /// Metres up.
    pub gain_m: f64,
    /// Metres down.
    pub loss_m: f64,
    /// Concentric load.
    pub concentric_load: f64,
    /// Eccentric load.
    pub eccentric_load: f64,
    /// What it could be.
    pub eccentric_load_range: (f64, f64),
    /// Work of a step down over that of an easy level step.
    pub eccentric_intensity: Option<f64>,
    /// Steepest five minutes down, rise over run; `None` without times.
    pub steepest_5_min_down: Option<f64>,
    /// Whether speeds are known or assumed.
    pub timed: bool,
    /// Its climbs and descents.
    pub hills: Vec<HillRecord>,
}

impl Course {
    /// Of a scored course or recording.
    ///
    /// # Errors
    /// `unsupported_sport` for rides: their descents load no legs.
    pub fn of(report: &Report) -> Result<Course, Error> {
        if !report.sport.on_foot() {
            return Err(Error::new(
                Kind::UnsupportedSport,
                "a ride has no downhill load: there is no descent to plan for",
            )
            .hint("--sport run or hike, if it will be gone on foot"));
        }
        let load = &report.load;
        let range = &report.range.eccentric_load;
        Ok(Course {
            name: report.header.name.clone(),
            gait: Gait::of(report.sport),
            distance_m: report.distance_m,
            gain_m: report.gain_m,
            loss_m: report.loss_m,
            concentric_load: load.concentric_load,
            eccentric_load: load.eccentric_load,
            eccentric_load_range: (range.low, range.high),
            eccentric_intensity: load.eccentric_intensity(),
            steepest_5_min_down: report.steepest_5_min.1,
            timed: report.timed,
            hills: HillRecord::all(report),
        })
    }

    /// Its figure in a dimension; `None` where the file has none.
    pub fn figure(&self, dimension: Dimension) -> Option<f64> {
        match dimension {
            Dimension::Distance => Some(self.distance_m),
            Dimension::ConcentricLoad => Some(self.concentric_load),
            Dimension::EccentricLoad => Some(self.eccentric_load),
            Dimension::Intensity => self.eccentric_intensity,
            Dimension::Steepness => self.steepest_5_min_down,
            Dimension::Climbing | Dimension::LargestClimb | Dimension::BestMinute => None,
        }
    }

    /// The descent with the largest load.
    pub fn hardest_descent(&self) -> Option<&HillRecord> {
        self.hills
            .iter()
            .filter(|hill| hill.slope == Slope::Descent && hill.intensity.is_some())
            .max_by(|a, b| a.load.total_cmp(&b.load))
    }
}

/// How unlike two descents are: by drop, grade and intensity alike.
pub fn unlike(a: &HillRecord, b: &HillRecord) -> f64 {
    let apart = |a: f64, b: f64| {
        if a > 0.0 && b > 0.0 { (a / b).ln().abs() } else { f64::INFINITY }
    };
    apart(-a.rise_m, -b.rise_m)
        + apart(-a.mean_grade, -b.mean_grade)
        + apart(a.intensity.unwrap_or(0.0), b.intensity.unwrap_or(0.0))
}

/// The largest figure of sessions on foot.
pub(super) fn largest<'s>(
    sessions: impl Iterator<Item = &'s Session>,
    dimension: Dimension,
) -> Option<f64> {
    sessions
        .filter(|session| session.sport.on_foot())
        .filter_map(|session| dimension.of(session))
        .reduce(f64::max)
}
