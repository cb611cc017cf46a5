//! What every cell asked of the legs: points, severity and work as columns.

use std::borrow::Cow;
use std::ops::Range;

use crate::athlete::Athlete;
use crate::load::gait::{self, Choice, Steps};
use crate::load::kernel::{self, Columns, Loads};
use crate::load::leg_load::LegLoad;
use crate::load::model::{self, Stride};
use crate::load::pushes;
use crate::load::ride::{self, Bicycle};
use crate::profile::Profile;
use crate::segment::{Segment, Slope};
use crate::sport::{Bike, Sport};

/// Body mass where none is given, kg. It matters only with a pack and on rides.
pub const DEFAULT_MASS_KG: f64 = 70.0;

/// The knobs of this room; the default is the central setting.
///
/// ```
/// use hardlegs::{load::model::Stride, settings::Settings};
/// let mut settings = Settings::default();
/// settings.terms.run = Stride { bounce: 1.35, elastic: 0.50 };
/// assert!(settings.terms.run.work(-0.1).muscle_down > Stride::RUN.work(-0.1).muscle_down);
/// ```
///
/// [`range`](crate::load::range) goes on trying the strides of its own list, so one's own
/// stride widens a range and never moves it; and `model_version` in the output speaks of the
/// defaults alone: whoever changes these says so beside the figures.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Terms {
    /// Running stride.
    pub run: Stride,
    /// Walking stride.
    pub walk: Stride,
    /// Gait and cadence.
    pub steps: Choice,
    /// Bicycle, its resistances and the wind.
    pub bicycle: Bicycle,
}

impl Default for Terms {
    fn default() -> Self {
        Terms {
            run: Stride::RUN,
            walk: Stride::walk(),
            steps: Choice::default(),
            bicycle: Bicycle::default(),
        }
    }
}

/// Columns of a scored profile, which lends its own. Cells that are not scored, or whose power
/// is not known, hold zeros.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Efforts<'a> {
    /// Climb points per cell.
    pub climb_points: Vec<f64>,
    /// Descent points per cell; zeros on rides, where they are not defined.
    pub descent_points: Vec<f64>,
    /// Severity up per cell.
    pub up_ratio: Vec<f64>,
    /// Severity down per cell.
    pub down_ratio: Vec<f64>,
    /// Muscle work shortening per cell, J/kg of body.
    pub con_j_per_kg: Vec<f64>,
    /// Muscle work lengthening per cell, J/kg of body.
    pub ecc_j_per_kg: Vec<f64>,
    /// Metabolic energy per cell, J/kg of body.
    pub metabolic_j_per_kg: Vec<f64>,
    /// Speed per cell, m/s: recorded, or assumed for a course.
    pub speed_m_per_s: Cow<'a, [f64]>,
    /// Seconds per cell: recorded, or assumed for a course.
    pub duration_s: Cow<'a, [f64]>,
    /// Steps; empty on rides.
    pub steps: Steps,
    /// Rider's power per cell, W; NaN where not known, empty on foot.
    pub power_w: Vec<f64>,
    /// Horizontal metres of rising cells that are scored.
    pub rising_m: f64,
    /// Of these, metres without known power (rides).
    pub unknown_m: f64,
    /// Slope metres steeper than was ever measured.
    pub steep_m: f64,
    /// Share of the points that rest on an assumed cadence.
    pub assumed_cadence_share: f64,
    /// Whether power came from a meter (rides).
    pub metered: bool,
}

impl<'a> Efforts<'a> {
    /// The efforts of a profile.
    pub fn of(
        profile: &'a Profile,
        segments: &[Segment],
        sport: Sport,
        bike: Bike,
        athlete: &Athlete,
        terms: &Terms,
    ) -> Efforts<'a> {
        let mut efforts = Efforts {
            climb_points: Vec::new(),
            descent_points: Vec::new(),
            up_ratio: Vec::new(),
            down_ratio: Vec::new(),
            con_j_per_kg: Vec::new(),
            ecc_j_per_kg: Vec::new(),
            metabolic_j_per_kg: Vec::new(),
            speed_m_per_s: Cow::Borrowed(profile.speed_m_per_s()),
            duration_s: Cow::Borrowed(profile.duration_s()),
            steps: Steps::default(),
            power_w: Vec::new(),
            rising_m: 0.0,
            unknown_m: 0.0,
            steep_m: 0.0,
            assumed_cadence_share: 0.0,
            metered: false,
        };
        if sport.on_foot() {
            efforts.on_foot(profile, sport, athlete, terms);
        } else {
            efforts.riding(profile, segments, bike, athlete, terms);
        }
        efforts
    }

    fn on_foot(
        &mut self,
        profile: &'a Profile,
        sport: Sport,
        athlete: &Athlete,
        terms: &Terms,
    ) {
        let k = load_factor(athlete);
        self.speed_m_per_s = speed_on_foot(profile, sport);
        if !profile.timed() {
            let cells = profile.slope_m().iter().zip(&*self.speed_m_per_s);
            self.duration_s = cells.map(|(metres, speed)| metres / speed).collect();
        }
        self.steps = gait::steps(profile, &self.speed_m_per_s, sport, terms.steps);
        let (grade, slope_m) = (profile.grade(), profile.slope_m());
        let weight = pushes::weight(grade);
        let against = pushes::against(&weight, &self.steps.gait, terms.run, terms.walk);
        let per_work = pushes::per_work(&self.speed_m_per_s, &self.steps.per_min, k);
        let per_cell = |work: &[f64]| -> Vec<f64> {
            work.iter().zip(slope_m).map(|(work, metres)| k * work * metres).collect()
        };
        let severity = |work: &[f64]| -> Vec<f64> {
            work.iter().zip(&per_work).map(|(work, severity)| severity * work).collect()
        };
        let muscle = |with_slope: fn(f64) -> f64| -> Vec<f64> {
            let cells = against.iter().zip(&weight);
            cells
                .map(|(against, weight)| against + with_slope(*weight).max(0.0))
                .collect()
        };
        let (muscle_up, muscle_down) =
            (muscle(|weight| weight), muscle(|weight| -weight));
        (self.climb_points, self.descent_points) =
            pushes::points(profile.rise_m(), profile.scored(), k);
        self.up_ratio = severity(&muscle_up);
        self.down_ratio = severity(&muscle_down);
        self.con_j_per_kg = per_cell(&muscle_up);
        self.ecc_j_per_kg = per_cell(&muscle_down);
        self.metabolic_j_per_kg = per_cell(&pushes::cost(grade, &self.steps.gait));
        self.leave_out_unscored(profile.scored());
        let (mut assumed, mut all) = (0.0, 0.0);
        for (cell, scored) in profile.scored().iter().enumerate() {
            if !scored {
                continue;
            }
            let metres = slope_m[cell];
            self.rising_m += if profile.rise_m()[cell] > 0.0 { metres } else { 0.0 };
            let steep = grade[cell].abs() > model::STEEPEST_ON_FOOT.value;
            self.steep_m += if steep { metres } else { 0.0 };
            let points = self.climb_points[cell] + self.descent_points[cell];
            all += points;
            assumed += if self.steps.assumed[cell] { points } else { 0.0 };
        }
        self.assumed_cadence_share = if all > 0.0 { assumed / all } else { 0.0 };
    }

    /// The columns of points, severity, work and energy.
    fn columns(&mut self) -> [&mut Vec<f64>; 7] {
        [
            &mut self.climb_points,
            &mut self.descent_points,
            &mut self.up_ratio,
            &mut self.down_ratio,
            &mut self.con_j_per_kg,
            &mut self.ecc_j_per_kg,
            &mut self.metabolic_j_per_kg,
        ]
    }

    /// Zeros where nothing is scored.
    fn leave_out_unscored(&mut self, scored: &[bool]) {
        if scored.iter().all(|scored| *scored) {
            return;
        }
        for column in self.columns() {
            let cells = column.iter_mut().zip(scored);
            cells.filter(|(_, scored)| !**scored).for_each(|(value, _)| *value = 0.0);
        }
    }

    fn riding(
        &mut self,
        profile: &Profile,
        segments: &[Segment],
        bike: Bike,
        athlete: &Athlete,
        terms: &Terms,
    ) {
        for column in self.columns() {
            *column = vec![0.0; profile.cells()];
        }
        let body_kg = athlete.mass_kg.unwrap_or(DEFAULT_MASS_KG);
        let total_kg = body_kg + athlete.carried_kg() + terms.bicycle.bike_kg;
        self.metered = profile.timed() && profile.power_w().iter().any(|p| *p > 0.0);
        self.power_w = if self.metered {
            profile.power_w().to_vec()
        } else if profile.timed() {
            let climbs: Vec<Range<usize>> = segments
                .iter()
                .filter(|s| {
                    s.slope == Slope::Climb
                        && mean_grade(profile, &s.cells) >= ride::LEAST_GRADE.value
                })
                .map(|s| s.cells.clone())
                .collect();
            ride::modelled(profile, &climbs, bike, &terms.bicycle, total_kg)
        } else {
            vec![f64::NAN; profile.cells()]
        };
        for (cell, scored) in profile.scored().iter().enumerate() {
            if !scored {
                continue;
            }
            let (grade, slope_m) = (profile.grade()[cell], profile.slope_m()[cell]);
            let rising = profile.rise_m()[cell] > 0.0;
            self.rising_m += if rising { slope_m } else { 0.0 };
            self.steep_m +=
                if grade.abs() > model::STEEPEST_RIDING.value { slope_m } else { 0.0 };
            let watts = self.power_w[cell];
            if watts.is_nan() {
                self.unknown_m += if rising { slope_m } else { 0.0 };
                continue;
            }
            let seconds = self.duration_s[cell];
            let recorded = profile.cadence_per_min()[cell];
            let rpm = if recorded > 0.0 { recorded } else { ride::RPM.value };
            self.con_j_per_kg[cell] = watts * seconds / body_kg;
            self.metabolic_j_per_kg[cell] = watts * seconds / body_kg / ride_efficiency();
            self.up_ratio[cell] = model::ride_ratio(watts, rpm, body_kg);
            if rising {
                let speed = if seconds > 0.0 { slope_m / seconds } else { 0.0 };
                let lifting =
                    total_kg * model::weight(grade) * speed / ride::EFFICIENCY.value;
                let joules = watts.min(lifting) * seconds / body_kg;
                self.climb_points[cell] =
                    joules / (model::GRAVITY.value * model::POINT_M.value);
            }
        }
    }

    /// Points and loads of a range of cells.
    pub(crate) fn loads(&self, cells: Range<usize>) -> Loads {
        kernel::loads(
            (&self.climb_points[cells.clone()], &self.up_ratio[cells.clone()]),
            (&self.descent_points[cells.clone()], &self.down_ratio[cells]),
        )
    }

    /// Load of a range of cells: the kernel over these columns.
    pub fn load(&self, cells: Range<usize>) -> LegLoad {
        kernel::sum(&Columns {
            climb_points: &self.climb_points[cells.clone()],
            descent_points: &self.descent_points[cells.clone()],
            up_ratio: &self.up_ratio[cells.clone()],
            down_ratio: &self.down_ratio[cells.clone()],
            con_j_per_kg: &self.con_j_per_kg[cells.clone()],
            ecc_j_per_kg: &self.ecc_j_per_kg[cells],
        })
    }
}

/// Body and pack over body.
pub(crate) fn load_factor(athlete: &Athlete) -> f64 {
    let mass_kg = athlete.mass_kg.unwrap_or(DEFAULT_MASS_KG);
    (mass_kg + athlete.carried_kg()) / mass_kg
}

/// Gross efficiency of riding: power over metabolic power (MODEL section 9, mechanism 4).
fn ride_efficiency() -> f64 {
    0.22
}

/// Net rise over horizontal length.
pub fn mean_grade(profile: &Profile, cells: &Range<usize>) -> f64 {
    let rise: f64 = profile.rise_m()[cells.clone()].iter().sum();
    rise / (profile.step_m(cells.start) * cells.len() as f64)
}

/// Speed of each cell on foot, m/s: recorded, or assumed for a course.
pub(crate) fn speed_on_foot(profile: &Profile, sport: Sport) -> Cow<'_, [f64]> {
    if profile.timed() {
        return Cow::Borrowed(profile.speed_m_per_s());
    }
    profile.grade().iter().map(|grade| assumed_speed(*grade, sport)).collect()
}

/// Speed of a course: running at 10 W/kg within 0.7 to 3.2 m/s, walking below 2 m/s; hiking
/// at 5 W/kg within 0.5 to 1.4 m/s. Our choice, marked assumed.
pub fn assumed_speed(grade: f64, sport: Sport) -> f64 {
    match sport {
        Sport::Run | Sport::Ride => (10.0 / model::run_cost(grade)).clamp(0.7, 3.2),
        Sport::Walk | Sport::Hike => (5.0 / model::walk_cost(grade)).clamp(0.5, 1.4),
    }
}
