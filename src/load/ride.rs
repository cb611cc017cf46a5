//! The rider's power: from a meter, or from speed and grade on climbs.

use std::ops::Range;

use crate::athlete::{Athlete, Position, Surface};
use crate::evidence::{Evidence, Parameter};
use crate::load::model::{self, GRAVITY, weight};
use crate::profile::{Profile, sensors};
use crate::sport::Bike;

/// Share of the rider's power that reaches the wheel.
pub const EFFICIENCY: Parameter = Parameter {
    name: "ride.efficiency",
    value: 0.977,
    unit: "1",
    range: "0.95 to 0.99",
    evidence: Evidence::Published,
    source: "Martin et al. 1998, J Appl Biomech 14:276",
};
/// Density of air at sea level.
pub const AIR: Parameter = Parameter {
    name: "ride.air_density",
    value: 1.225,
    unit: "kg/m3",
    range: "falls with height as exp(-h / 8500 m)",
    evidence: Evidence::Replicated,
    source: "international standard atmosphere at 15 degrees Celsius",
};
/// Drag area of a rider.
pub const DRAG_AREA: Parameter = Parameter {
    name: "ride.drag_area",
    value: 0.32,
    unit: "m2",
    range: "0.25 to 0.45; on the hoods",
    evidence: Evidence::Assumed,
    source: "typical values, from memory",
};
/// Drag area of a rider who sits upright.
pub const DRAG_AREA_UPRIGHT: Parameter = Parameter {
    name: "ride.drag_area_upright",
    value: 0.40,
    unit: "m2",
    range: "0.35 to 0.50; upright",
    evidence: Evidence::Assumed,
    source: "typical values, from memory",
};
/// Rolling resistance of road tyres.
pub const ROLLING: Parameter = rolling("ride.rolling_road", 0.004, "0.003 to 0.006");
/// Rolling resistance on gravel.
pub const ROLLING_GRAVEL: Parameter =
    rolling("ride.rolling_gravel", 0.006, "0.005 to 0.010");
/// Rolling resistance of mountain bike tyres on trails.
pub const ROLLING_MOUNTAIN: Parameter =
    rolling("ride.rolling_mountain", 0.012, "0.008 to 0.020");

const fn rolling(name: &'static str, value: f64, range: &'static str) -> Parameter {
    Parameter {
        name,
        value,
        unit: "1",
        range,
        evidence: Evidence::Assumed,
        source: "typical values, from memory",
    }
}
/// Bicycle.
pub const BIKE_KG: Parameter = Parameter::chosen(
    "ride.bike_mass",
    9.0,
    "kg",
    "7 to 15 kg",
    "a road bicycle with bottles",
);
/// Cadence where none was recorded.
pub const RPM: Parameter =
    Parameter::chosen("ride.cadence", 80.0, "1/min", "60 to 100", "usual on climbs");
/// Crank.
pub const CRANK_MM: Parameter = Parameter::chosen(
    "ride.crank",
    172.5,
    "mm",
    "165 to 180 mm",
    "the most usual length",
);
/// Power without a meter is taken on climbs of this mean grade and more.
pub const LEAST_GRADE: Parameter = Parameter {
    name: "ride.least_grade",
    value: 0.03,
    unit: "rise/run",
    range: "error uphill -10.4 to +8.5 %; on the flat wind and draughting rule",
    evidence: Evidence::Published,
    source: "Millet et al. 2014, Int J Sports Physiol Perform (bias -0.95 %)",
};
/// Seconds over which speed and its change are taken.
const WINDOW_S: f64 = 30.0;

/// What is ridden, and the wind.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Bicycle {
    /// Bicycle, kg.
    pub bike_kg: f64,
    /// Rolling resistance; `None`: by the kind of bicycle.
    pub rolling: Option<f64>,
    /// Factor on rolling resistance.
    pub rolling_factor: f64,
    /// Drag area, m2.
    pub drag_area_m2: f64,
    /// Head wind, m/s.
    pub wind_m_per_s: f64,
}

impl Default for Bicycle {
    fn default() -> Self {
        Bicycle {
            bike_kg: BIKE_KG.value,
            rolling: None,
            rolling_factor: 1.0,
            drag_area_m2: DRAG_AREA.value,
            wind_m_per_s: 0.0,
        }
    }
}

impl Bicycle {
    /// The same, with what this rider says of bicycle, position and surface.
    #[must_use]
    pub fn ridden_by(mut self, rider: &Athlete) -> Bicycle {
        self.bike_kg = rider.bike_kg.unwrap_or(self.bike_kg);
        self.drag_area_m2 = match rider.position {
            Some(Position::Hoods) => DRAG_AREA.value,
            Some(Position::Upright) => DRAG_AREA_UPRIGHT.value,
            None => self.drag_area_m2,
        };
        self.rolling = match rider.surface {
            Some(Surface::Road) => Some(ROLLING.value),
            Some(Surface::Gravel) => Some(ROLLING_GRAVEL.value),
            Some(Surface::Mountain) => Some(ROLLING_MOUNTAIN.value),
            None => self.rolling,
        };
        self
    }

    fn rolling(&self, bike: Bike) -> f64 {
        let by_kind = match bike {
            Bike::Road | Bike::Electric | Bike::Virtual => ROLLING.value,
            Bike::Gravel => ROLLING_GRAVEL.value,
            Bike::Mountain => ROLLING_MOUNTAIN.value,
        };
        self.rolling.unwrap_or(by_kind) * self.rolling_factor
    }
}

/// The recorded cadence of a cell, 1/min, where it can be believed: none that would ask of
/// the legs what no legs do. A meter that saw somebody coast for a part of the cell saw as much
/// less power; power from speed and grade did not.
pub(crate) fn believed(
    recorded_per_min: f64,
    watts: f64,
    body_kg: f64,
    metered: bool,
) -> Option<f64> {
    let slowest = if metered { 0.0 } else { sensors::SLOWEST_CADENCE.value };
    (recorded_per_min > 0.0
        && recorded_per_min >= slowest
        && model::ride_ratio(watts, recorded_per_min, body_kg) <= model::GREATEST_RATIO)
        .then_some(recorded_per_min)
}

/// Forces on a bicycle at a moment.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct State {
    /// Speed, m/s.
    pub speed_m_per_s: f64,
    /// Acceleration, m/s2.
    pub acceleration_m_per_s2: f64,
    /// Rise over run.
    pub grade: f64,
    /// Rider, pack and bicycle, kg.
    pub total_kg: f64,
    /// Rolling resistance.
    pub rolling: f64,
    /// Drag area, m2.
    pub drag_area_m2: f64,
    /// Air density, kg/m3.
    pub air_kg_per_m3: f64,
    /// Head wind, m/s.
    pub wind_m_per_s: f64,
}

/// Power at the crank, W; negative where the hill pushes.
///
/// ```text
/// P = ([m g sin + Crr m g cos + rho CdA (v+w)|v+w| / 2] v + (0.091 + 0.0087 v) v + m a v) / 0.977
/// ```
/// Source: Martin et al. 1998, J Appl Biomech 14:276.
///
/// ```
/// use hardlegs::load::ride::{power_w, State};
/// let state = State { speed_m_per_s: 5.0, acceleration_m_per_s2: 0.0, grade: 0.08,
///     total_kg: 83.0, rolling: 0.004, drag_area_m2: 0.32, air_kg_per_m3: 1.2, wind_m_per_s: 0.0 };
/// assert!((power_w(&state) - 374.0467).abs() < 5e-5);
/// ```
pub fn power_w(state: &State) -> f64 {
    let v = state.speed_m_per_s;
    let air = v + state.wind_m_per_s;
    let cos = 1.0 / libm::sqrt(1.0 + state.grade * state.grade);
    let force = state.total_kg * weight(state.grade)
        + state.rolling * state.total_kg * GRAVITY.value * cos
        + 0.5 * state.air_kg_per_m3 * state.drag_area_m2 * air * air.abs();
    let bearings = (0.091 + 0.0087 * v) * v;
    let inertia = state.total_kg * state.acceleration_m_per_s2 * v;
    (force * v + bearings + inertia) / EFFICIENCY.value
}

/// Power of every cell of these ranges from speed and grade, W, never negative; NaN
/// elsewhere.
pub fn modelled(
    profile: &Profile,
    climbs: &[Range<usize>],
    bike: Bike,
    bicycle: &Bicycle,
    total_kg: f64,
) -> Vec<f64> {
    let mut power = vec![f64::NAN; profile.cells()];
    let clock = profile.clock_s();
    for climb in climbs {
        let first = profile.node_of(climb.start);
        let nodes = first..first + climb.len() + 1;
        let mut metres = vec![0.0];
        for cell in climb.clone() {
            metres.push(metres[metres.len() - 1] + profile.slope_m()[cell]);
        }
        let times = &clock[nodes];
        let at = |t: f64| interpolate(times, &metres, t);
        for (k, cell) in climb.clone().enumerate() {
            let middle = f64::midpoint(times[k], times[k + 1]);
            let (from, to) = (
                (middle - WINDOW_S / 2.0).max(times[0]),
                (middle + WINDOW_S / 2.0).min(times[times.len() - 1]),
            );
            if to <= from {
                continue;
            }
            let (a, b, c) = (at(from), at(middle), at(to));
            let speed = (c - a) / (to - from);
            // change between the two halves of the window, over half its length
            let halves = ((b - a) / (middle - from), (c - b) / (to - middle));
            let change = (halves.1 - halves.0) / ((to - from) / 2.0);
            let height = profile.elevation_m()[first + k];
            power[cell] = power_w(&State {
                speed_m_per_s: speed,
                acceleration_m_per_s2: if change.is_finite() { change } else { 0.0 },
                grade: profile.grade()[cell],
                total_kg,
                rolling: bicycle.rolling(bike),
                drag_area_m2: bicycle.drag_area_m2,
                air_kg_per_m3: AIR.value * libm::exp(-height / 8500.0),
                wind_m_per_s: bicycle.wind_m_per_s,
            })
            .max(0.0);
        }
    }
    power
}

fn interpolate(x: &[f64], y: &[f64], at: f64) -> f64 {
    let i = x.partition_point(|t| *t < at).clamp(1, x.len() - 1);
    let span = x[i] - x[i - 1];
    let share = if span > 0.0 { (at - x[i - 1]) / span } else { 1.0 };
    y[i - 1] + share * (y[i] - y[i - 1])
}
