//! The power that a bicycle takes, and what resists it.

use crate::athlete::{Athlete, Position, Surface};
use crate::evidence::{Evidence, Parameter};
use crate::load::model::{self, GRAVITY, weight};
use crate::profile::sensors;
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
pub(crate) const AIR: Parameter = Parameter {
    name: "ride.air_density",
    value: 1.225,
    unit: "kg/m3",
    range: "falls with height as exp(-h / 8500 m)",
    evidence: Evidence::Replicated,
    source: "international standard atmosphere at 15 degrees Celsius",
};
/// Drag area of a rider.
pub(crate) const DRAG_AREA: Parameter = Parameter {
    name: "ride.drag_area",
    value: 0.32,
    unit: "m2",
    range: "0.25 to 0.45, from low on the drops to upright; on the hoods 0.28 to 0.37",
    evidence: Evidence::Plausible,
    source: "0.32 for a road bicycle: morespeedlesspower.com, November 2025; methods reviewed by Debraux et al. 2011, Sports Biomech 10:197; the range is our choice",
};
/// Drag area of a rider who sits upright.
pub(crate) const DRAG_AREA_UPRIGHT: Parameter = Parameter {
    name: "ride.drag_area_upright",
    value: 0.40,
    unit: "m2",
    range: "0.35 to 0.50; upright",
    evidence: Evidence::Plausible,
    source: "0.40 for a mountain bike: morespeedlesspower.com, November 2025; the range is our choice",
};
/// Rolling resistance of road tyres.
pub(crate) const ROLLING: Parameter = rolling(
    "ride.rolling_road",
    0.004,
    "0.003 to 0.006; to 0.010 where the surface is not said",
    "0.0040, own tests: morespeedlesspower.com, November 2025; the range is our choice",
);
/// Rolling resistance on gravel.
pub(crate) const ROLLING_GRAVEL: Parameter = rolling(
    "ride.rolling_gravel",
    0.006,
    "0.005 to 0.014: 0.0133 was measured on coarse gravel",
    "the value is our choice; the range after tests by J. Karrasch, morespeedlesspower.com, November 2025",
);
/// Rolling resistance of mountain bike tyres on trails.
pub(crate) const ROLLING_MOUNTAIN: Parameter = rolling(
    "ride.rolling_mountain",
    0.012,
    "0.008 to 0.020: 0.0159 was measured on rough gravel",
    "the value is our choice; the range after tests by J. Karrasch, morespeedlesspower.com, November 2025",
);

const fn rolling(
    name: &'static str,
    value: f64,
    range: &'static str,
    source: &'static str,
) -> Parameter {
    Parameter { name, value, unit: "1", range, evidence: Evidence::Plausible, source }
}
/// Bicycle.
pub(crate) const BIKE_KG: Parameter = Parameter::chosen(
    "ride.bike_mass",
    9.0,
    "kg",
    "7 to 15 kg",
    "a road bicycle with bottles",
);
/// Cadence where none was recorded.
pub(crate) const RPM: Parameter =
    Parameter::chosen("ride.cadence", 80.0, "1/min", "60 to 100", "usual on climbs");
/// Crank.
pub(crate) const CRANK_MM: Parameter = Parameter::chosen(
    "ride.crank",
    172.5,
    "mm",
    "165 to 180 mm",
    "the most usual length",
);
/// Wind from ahead or behind that nobody recorded.
pub(crate) const WIND: Parameter = Parameter::chosen(
    "ride.wind",
    3.0,
    "m/s",
    "0 to 6 m/s at the height of a rider",
    "a gentle to moderate breeze, from ahead or behind the whole way",
);
/// Share of the drag that is left to who rides behind others.
pub(crate) const DRAUGHT: Parameter = Parameter {
    name: "ride.draught",
    value: 0.65,
    unit: "1",
    range: "power of the second rider 71 %, of the third and fourth 65 % of the first, on the track",
    evidence: Evidence::Plausible,
    source: "Broker, Kyle, Burke 1999, Med Sci Sports Exerc 31:1677 (as quoted)",
};
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

    /// Returns the rolling resistance on this bicycle.
    pub(crate) fn rolling(&self, bike: Bike) -> f64 {
        let by_kind = match bike {
            Bike::Road | Bike::Electric | Bike::Virtual => ROLLING.value,
            Bike::Gravel => ROLLING_GRAVEL.value,
            Bike::Mountain => ROLLING_MOUNTAIN.value,
        };
        self.rolling.unwrap_or(by_kind) * self.rolling_factor
    }
}

/// Returns the intensity of a cell by its recorded cadence, where that can be believed: none that
/// would ask of the legs what no legs do. A meter that saw somebody coast for a part of the cell saw
/// as much less power; power from speed and grade did not.
pub(crate) fn believed_ratio(
    recorded_per_min: f64,
    watts: f64,
    body_kg: f64,
    metered: bool,
) -> Option<f64> {
    let slowest = if metered { 0.0 } else { sensors::SLOWEST_CADENCE.value };
    if !(recorded_per_min > 0.0 && recorded_per_min >= slowest) {
        return None;
    }
    let ratio = model::ride_ratio(watts, recorded_per_min, body_kg);
    (ratio <= model::GREATEST_RATIO).then_some(ratio)
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

/// Returns the power at the crank, W; negative where the hill pushes.
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
    let inertia = state.total_kg * state.acceleration_m_per_s2 * v;
    (force * v + bearings_w(v) + inertia) / EFFICIENCY.value
}

/// Returns the power lost in the bearings of the wheels, W. Source: Martin et al. 1998.
pub(crate) fn bearings_w(speed_m_per_s: f64) -> f64 {
    (0.091 + 0.0087 * speed_m_per_s) * speed_m_per_s
}

/// Returns the density of the air at a height, kg/m3.
pub(crate) fn air_density(elevation_m: f64) -> f64 {
    AIR.value * libm::exp(-elevation_m / 8500.0)
}
