//! What a course asks for.

use crate::curve::{Part, Stages};
use crate::history::session::HillRecord;
use crate::history::spike::Dimension;
use crate::history::{Discipline, Gait, Session};
use crate::plan::ride_load::LoadBasis;
use crate::plan::steepest::{Kilometre, steepest};
use crate::report::{Assumed, Report};
use crate::segment::Slope;
use crate::sport::Sport;

/// What a course asks for, as far as the legs are concerned.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// Its name, as in the file: escape before showing.
    pub name: Option<String>,
    /// On foot or on a bicycle.
    pub discipline: Discipline,
    /// How its descents would be taken; riding it is none of both.
    pub gait: Gait,
    /// Horizontal metres.
    pub distance_m: f64,
    /// Metres up.
    pub gain_m: f64,
    /// Metres down.
    pub loss_m: f64,
    /// Concentric load.
    pub concentric_load: f64,
    /// What it could be.
    pub concentric_load_range: (f64, f64),
    /// What the concentric load rests on.
    pub load_basis: LoadBasis,
    /// Work of half a turn of the cranks over that of an easy level step; `None` without times.
    pub concentric_intensity: Option<f64>,
    /// Eccentric load; zero on rides.
    pub eccentric_load: f64,
    /// What it could be.
    pub eccentric_load_range: (f64, f64),
    /// Work of a step down over that of an easy level step.
    pub eccentric_intensity: Option<f64>,
    /// Steepest five minutes down, rise over run; `None` without times.
    pub steepest_5_min_down: Option<f64>,
    /// Steepest five minutes up, rise over run; `None` without times.
    pub steepest_5_min_up: Option<f64>,
    /// Its steepest kilometre up.
    pub steepest_km: Option<Kilometre>,
    /// Whether speeds are known or assumed.
    pub timed: bool,
    /// Its climbs and descents.
    pub hills: Vec<HillRecord>,
    /// How it would be gone.
    pub sport: Sport,
    /// Its climbs, descents and level stretches, by grade.
    pub parts: Vec<Part>,
    /// The ways to its named places.
    pub stages: Stages,
}

/// Returns what the load of a route rests on.
fn basis(report: &Report) -> LoadBasis {
    if report.timed {
        LoadBasis::Recorded
    } else if report.assumed.contains(&Assumed::OwnSpeed) {
        LoadBasis::OwnSpeeds
    } else {
        LoadBasis::Assumed
    }
}

impl Course {
    /// Of a scored course or recording. A ride without times has no load yet: a plan takes it
    /// from one's own rides.
    pub fn of(report: &Report) -> Course {
        let load = &report.load;
        let range = &report.range.eccentric_load;
        let uphill = &report.range.concentric_load;
        Course {
            name: report.header.name.clone(),
            discipline: Discipline::of(report.sport),
            gait: Gait::of(report.sport),
            distance_m: report.distance_m,
            gain_m: report.gain_m,
            loss_m: report.loss_m,
            concentric_load: load.concentric_load,
            concentric_load_range: (uphill.low, uphill.high),
            load_basis: basis(report),
            concentric_intensity: load.concentric_intensity().filter(|_| report.timed),
            eccentric_load: load.eccentric_load,
            eccentric_load_range: (range.low, range.high),
            eccentric_intensity: load.eccentric_intensity(),
            steepest_5_min_down: report.steepest_5_min.1,
            steepest_5_min_up: report.steepest_5_min.0,
            steepest_km: steepest(&report.silhouette.outline),
            timed: report.timed,
            hills: HillRecord::all(report),
            sport: report.sport,
            parts: Part::all(report),
            stages: Stages::of(report),
        }
    }

    /// Its figure in a dimension; `None` where the file has none.
    pub fn figure(&self, dimension: Dimension) -> Option<f64> {
        if self.discipline == Discipline::Ride {
            return self.figure_of_ride(dimension);
        }
        match dimension {
            Dimension::Distance => Some(self.distance_m),
            Dimension::ConcentricLoad => Some(self.concentric_load),
            Dimension::EccentricLoad => Some(self.eccentric_load),
            Dimension::Intensity => self.eccentric_intensity,
            Dimension::Steepness => self.steepest_5_min_down,
            Dimension::Climbing | Dimension::LargestClimb | Dimension::BestMinute => None,
        }
    }

    fn figure_of_ride(&self, dimension: Dimension) -> Option<f64> {
        match dimension {
            Dimension::Distance => Some(self.distance_m),
            Dimension::Climbing => Some(self.gain_m),
            Dimension::LargestClimb => self.largest_climb().map(|hill| hill.rise_m),
            Dimension::ConcentricLoad => Some(self.concentric_load),
            Dimension::Intensity => self.concentric_intensity,
            Dimension::Steepness => {
                self.steepest_5_min_up.or(self.steepest_km.map(|km| km.grade))
            }
            Dimension::EccentricLoad | Dimension::BestMinute => None,
        }
    }

    /// Returns the load by which a plan of it grows.
    pub fn leading_load(&self) -> f64 {
        match self.discipline {
            Discipline::Foot => self.eccentric_load,
            Discipline::Ride => self.concentric_load,
        }
    }

    /// Returns what it could be.
    pub fn leading_load_range(&self) -> (f64, f64) {
        match self.discipline {
            Discipline::Foot => self.eccentric_load_range,
            Discipline::Ride => self.concentric_load_range,
        }
    }

    /// Returns the hill that is held against one's own: on foot the descent with the largest
    /// load, riding the largest climb.
    pub fn hardest_hill(&self) -> Option<&HillRecord> {
        match self.discipline {
            Discipline::Foot => self.hardest_descent(),
            Discipline::Ride => self.largest_climb(),
        }
    }

    /// Returns the climb that rises most.
    pub fn largest_climb(&self) -> Option<&HillRecord> {
        self.hills
            .iter()
            .filter(|hill| hill.slope == Slope::Climb)
            .max_by(|a, b| a.rise_m.total_cmp(&b.rise_m))
    }

    /// Returns the descent with the largest load.
    pub fn hardest_descent(&self) -> Option<&HillRecord> {
        self.hills
            .iter()
            .filter(|hill| hill.slope == Slope::Descent && hill.intensity.is_some())
            .max_by(|a, b| a.load.total_cmp(&b.load))
    }
}

/// Returns how unlike two hills are: descents by drop, grade and intensity alike, climbs by
/// rise and grade, as a course without times has no intensity.
pub fn unlike(a: &HillRecord, b: &HillRecord) -> f64 {
    let apart = |a: f64, b: f64| {
        if a > 0.0 && b > 0.0 { (a / b).ln().abs() } else { f64::INFINITY }
    };
    if a.slope == Slope::Climb {
        return apart(a.rise_m, b.rise_m) + apart(a.mean_grade, b.mean_grade);
    }
    apart(-a.rise_m, -b.rise_m)
        + apart(-a.mean_grade, -b.mean_grade)
        + apart(a.intensity.unwrap_or(0.0), b.intensity.unwrap_or(0.0))
}

/// Returns the largest figure of sessions of a discipline.
pub(super) fn largest<'s>(
    sessions: impl Iterator<Item = &'s Session>,
    discipline: Discipline,
    dimension: Dimension,
) -> Option<f64> {
    sessions
        .filter(|session| Discipline::of(session.sport) == discipline)
        .filter_map(|session| dimension.of(session))
        .reduce(f64::max)
}
