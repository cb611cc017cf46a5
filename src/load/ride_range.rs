//! Computes how far the load of a ride may be off: by everything that neither a meter nor a
//! watch recorded.
//!
//! Each unknown is tried at both ends of its range, for all of the ride at once. What one does to
//! a load says nothing of what another does, so that their deviations are added as squares, apart
//! above and below. Wind and draughting go with the drag area, so that they hardly move a steep
//! climb, and rule a false flat. Nothing here is fitted: `hardlegs help accuracy` has what came of it.

use std::ops::Range;

use crate::athlete::{Athlete, Position, Surface};
use crate::load::efforts::Efforts;
use crate::load::kernel::{self, Loads};
use crate::load::leg_load::intensity;
use crate::load::model::{self, GREATEST_RATIO};
use crate::load::range::{LoadRange, SMOOTHING, Setup, Span, Stretches};
use crate::load::ride::{DRAUGHT, WIND};
use crate::load::riding::{Conditions, Ride, RideColumns};
use crate::sport::Bike;

/// Body mass where none is given, kg more or less. Our choice: two thirds of riders.
const BODY_KG: f64 = 10.0;
/// Clothes, shoes, bottles and food beyond what is given, kg more or less. Our choice.
const SUNDRIES_KG: f64 = 2.0;
/// Bicycle where none is given, kg: from a racing bicycle to one for trails. Our choice.
const BICYCLE_KG: (f64, f64) = (7.0, 15.0);
/// Share of the power that reaches the wheel. Source: as [`ride::EFFICIENCY`].
const EFFICIENCY: (f64, f64) = (0.95, 0.99);
/// Cadence where none is recorded, 1/min. Source: as [`ride::RPM`].
const RPM: (f64, f64) = (60.0, 100.0);

/// The lowest and highest drag area of a position, m2. Sources: as [`ride::DRAG_AREA`].
fn drag_areas(rider: &Athlete, central_m2: f64) -> (f64, f64) {
    let (low, high): (f64, f64) = match rider.position {
        Some(Position::Hoods) => (0.28, 0.37),
        Some(Position::Upright) => (0.35, 0.50),
        None => (0.25, 0.45),
    };
    (low.min(central_m2), high.max(central_m2))
}

/// The lowest and highest rolling resistance of a surface, else of a kind of bicycle, which may
/// leave the road. Sources: as [`ride::ROLLING`].
fn rolling(rider: &Athlete, bike: Bike, central: f64) -> (f64, f64) {
    let (low, high): (f64, f64) = match (rider.surface, bike) {
        (Some(Surface::Road), _) | (None, Bike::Virtual) => (0.003, 0.006),
        (Some(Surface::Gravel), _) => (0.005, 0.014),
        (None, Bike::Gravel) => (0.004, 0.014),
        (Some(Surface::Mountain), _) => (0.008, 0.020),
        (None, Bike::Mountain) => (0.005, 0.020),
        (None, Bike::Road | Bike::Electric) => (0.003, 0.010),
    };
    (low.min(central), high.max(central))
}

/// One thing that nobody recorded: the conditions at both ends of its range.
type Unknown = [Conditions; 2];

/// Returns everything that is not known of power by speed and grade.
fn of_motion(setup: &Setup<'_>, central: Conditions) -> Vec<Unknown> {
    let rider = setup.athlete;
    let drag = drag_areas(rider, central.drag_area_m2);
    let rolls = rolling(rider, setup.bike, central.rolling);
    let (lightest, heaviest) = if rider.bike_kg.is_some() {
        (central.equipment_kg, central.equipment_kg)
    } else {
        let carried_kg = central.equipment_kg - setup.terms.bicycle.bike_kg;
        (carried_kg + BICYCLE_KG.0, carried_kg + BICYCLE_KG.1)
    };
    let with = |change: &dyn Fn(&mut Conditions)| {
        let mut conditions = central;
        change(&mut conditions);
        conditions
    };
    let wind = central.wind_m_per_s;
    // no wind blows in a game
    let breeze = if setup.bike == Bike::Virtual { 0.0 } else { WIND.value };
    vec![
        [
            with(&|c| c.wind_m_per_s = wind - breeze),
            with(&|c| c.wind_m_per_s = wind + breeze),
        ],
        [with(&|c| c.drag_area_m2 = drag.0), with(&|c| c.drag_area_m2 = drag.1)],
        // nobody is slowed by who rides ahead
        [with(&|c| c.drag_area_m2 *= DRAUGHT.value), central],
        [with(&|c| c.rolling = rolls.0), with(&|c| c.rolling = rolls.1)],
        [
            with(&|c| c.equipment_kg = lightest - SUNDRIES_KG),
            with(&|c| c.equipment_kg = heaviest + SUNDRIES_KG),
        ],
        [with(&|c| c.efficiency = EFFICIENCY.1), with(&|c| c.efficiency = EFFICIENCY.0)],
    ]
}

/// Returns what is not known of any ride: the rider's mass and cadence, where they are assumed.
fn of_rider(setup: &Setup<'_>, central: Conditions) -> Vec<Unknown> {
    let mut unknown = Vec::new();
    if setup.athlete.mass_kg.is_none() {
        unknown.push(
            [-BODY_KG, BODY_KG]
                .map(|kg| Conditions { body_kg: central.body_kg + kg, ..central }),
        );
    }
    let recorded = setup.profile.cadence_per_min();
    if recorded.iter().any(|rpm| rpm.is_nan() || *rpm <= 0.0) {
        unknown.push([RPM.0, RPM.1].map(|rpm| Conditions { rpm, ..central }));
    }
    unknown
}

/// Squares of the deviations below and above.
#[derive(Debug, Clone, Copy, Default)]
struct Squares {
    below: f64,
    above: f64,
}

impl Squares {
    /// Adds the deviations of two variants of one unknown, the larger one on each side.
    fn add(&mut self, central: f64, variants: [f64; 2]) {
        let below = variants.iter().fold(0.0_f64, |most, v| most.max(central - v));
        let above = variants.iter().fold(0.0_f64, |most, v| most.max(v - central));
        self.below += below * below;
        self.above += above * above;
    }

    fn around(self, central: f64) -> Span {
        Span {
            low: (central - self.below.sqrt()).max(0.0),
            high: central + self.above.sqrt(),
        }
    }
}

/// The deviations of a stretch: volume, load and intensity.
#[derive(Debug, Clone, Copy, Default)]
struct Deviations([Squares; 3]);

impl Deviations {
    /// Adds what the two variants of an unknown give of a stretch.
    fn add(&mut self, central: &Loads, variants: [&Loads; 2]) {
        let middle = figures(central);
        let [one, other] = variants.map(figures);
        for (i, squares) in self.0.iter_mut().enumerate() {
            squares.add(middle[i], [one[i], other[i]]);
        }
    }

    /// Sets a range; no climb is harder than legs can do.
    fn set(self, range: &mut LoadRange, central: &Loads) {
        let [volume_m, load, ratio] = figures(central);
        range.climb_volume_m = self.0[0].around(volume_m);
        range.concentric_load = self.0[1].around(load);
        if let Some(span) = &mut range.concentric_intensity {
            *span = self.0[2].around(ratio);
            span.high = span.high.min(GREATEST_RATIO);
        }
        let most = model::load(range.climb_volume_m.high, GREATEST_RATIO);
        range.concentric_load.high = range.concentric_load.high.min(most);
    }
}

fn figures(loads: &Loads) -> [f64; 3] {
    let ratio = intensity(loads.climb_volume_m, loads.concentric_load);
    [loads.climb_volume_m, loads.concentric_load, ratio.unwrap_or(f64::NAN)]
}

/// Widens the ranges of a ride.
pub(super) fn widen(setup: &Setup<'_>, stretches: &mut Stretches) {
    let Setup { profile, segments, sport, bike, athlete, terms } = *setup;
    let mut deviations = vec![Deviations::default(); stretches.cells.len()];
    let mut add = |[one, other]: [Vec<Loads>; 2]| {
        let variants = one.iter().zip(&other);
        for ((deviations, central), (one, other)) in
            deviations.iter_mut().zip(&stretches.central).zip(variants)
        {
            deviations.add(central, [one, other]);
        }
    };
    let smoothed = SMOOTHING.map(|factor| {
        let resmoothed = profile.resmoothed(factor);
        let other = Efforts::of(&resmoothed, segments, sport, bike, athlete, terms);
        stretches.cells.iter().map(|cells| other.loads(cells.clone())).collect()
    });
    add(smoothed);
    let conditions = Conditions::of(athlete, bike, &terms.bicycle);
    let ride = Ride::of(profile, segments, bike, &conditions);
    let mut columns = RideColumns::default();
    let mut loads = |conditions: &Conditions| -> Vec<Loads> {
        ride.score(conditions, &mut columns);
        let of = |cells: &Range<usize>| {
            let (volume, ratio) =
                (&columns.volume_m[cells.clone()], &columns.ratio[cells.clone()]);
            kernel::loads((volume, ratio), (&[], &[]))
        };
        stretches.cells.iter().map(of).collect()
    };
    if ride.is_modelled() {
        for unknown in of_motion(setup, conditions) {
            add([loads(&unknown[0]), loads(&unknown[1])]);
        }
    }
    for unknown in of_rider(setup, conditions) {
        add([loads(&unknown[0]), loads(&unknown[1])]);
    }
    let ranges = stretches.ranges.iter_mut().zip(&stretches.central);
    for ((range, central), deviations) in ranges.zip(deviations) {
        deviations.set(range, central);
    }
}
