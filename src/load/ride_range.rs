//! Computes how far the load of a ride may be off: by everything that neither a meter nor a
//! watch recorded.
//!
//! Each unknown is tried at both ends of its range, for all of the ride at once. What one does to
//! a load says nothing of what another does, so that their deviations are added as squares, apart
//! above and below. Wind and draughting go with the drag area, so that they hardly move a steep
//! climb, and rule a false flat. Nothing here is fitted: `hardlegs help accuracy` has what came of it.

use crate::athlete::{Athlete, Position, Surface};
use crate::load::ride::{DRAUGHT, WIND};
use crate::load::riding::{Conditions, Ride, RideColumns};
use crate::load::stretches::{Setup, Stretches};
use crate::load::unknown::Unknown;
use crate::profile::Profile;
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

/// Returns the lowest and highest drag area of a position, m2. Sources: as [`ride::DRAG_AREA`].
fn drag_areas(rider: &Athlete, central_m2: f64) -> (f64, f64) {
    let (low, high): (f64, f64) = match rider.position {
        Some(Position::Hoods) => (0.28, 0.37),
        Some(Position::Upright) => (0.35, 0.50),
        None => (0.25, 0.45),
    };
    (low.min(central_m2), high.max(central_m2))
}

/// Returns the lowest and highest rolling resistance of a surface, else of a kind of bicycle,
/// which may leave the road. Sources: as [`ride::ROLLING`].
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

/// One thing that nobody recorded: the conditions at both ends of its range, and what they are in
/// words.
struct Ends {
    unknown: Unknown,
    low: String,
    high: String,
    conditions: [Conditions; 2],
}

/// Returns everything that is not known of power by speed and grade.
fn of_motion(setup: &Setup<'_>, central: Conditions) -> Vec<Ends> {
    let rider = setup.athlete;
    let (lightest, heaviest) = if rider.bike_kg.is_some() {
        (central.equipment_kg, central.equipment_kg)
    } else {
        let carried_kg = central.equipment_kg - setup.terms.bicycle.bike_kg;
        (carried_kg + BICYCLE_KG.0, carried_kg + BICYCLE_KG.1)
    };
    let equipment_kg = (lightest - SUNDRIES_KG, heaviest + SUNDRIES_KG);
    // no wind blows in a game
    let breeze = if setup.bike == Bike::Virtual { 0.0 } else { WIND.value };
    let wind = (central.wind_m_per_s - breeze, central.wind_m_per_s + breeze);
    // nobody is slowed by who rides ahead
    let draught = (central.drag_area_m2 * DRAUGHT.value, central.drag_area_m2);
    let ends = |unknown, words: [String; 2], ends, set: fn(&mut Conditions, f64)| {
        let (low, high): (f64, f64) = ends;
        let at = |value: f64| {
            let mut conditions = central;
            set(&mut conditions, value);
            conditions
        };
        let [low_words, high_words] = words;
        Ends {
            unknown,
            low: low_words,
            high: high_words,
            conditions: [at(low), at(high)],
        }
    };
    let (drag, rolls) = (
        drag_areas(rider, central.drag_area_m2),
        rolling(rider, setup.bike, central.rolling),
    );
    let words = |(low, high): (f64, f64), of: fn(f64) -> String| [of(low), of(high)];
    let blows = [format!("{breeze} m/s behind"), "ahead".to_owned()];
    let rides = ["behind others".to_owned(), "alone".to_owned()];
    let efficiency = (EFFICIENCY.1, EFFICIENCY.0);
    vec![
        ends(Unknown::Wind, blows, wind, |c, v| c.wind_m_per_s = v),
        ends(Unknown::DragArea, words(drag, |v| format!("{v:.2} m²")), drag, |c, v| {
            c.drag_area_m2 = v;
        }),
        ends(Unknown::Draught, rides, draught, |c, v| c.drag_area_m2 = v),
        ends(Unknown::Rolling, words(rolls, |v| format!("{v:.3}")), rolls, |c, v| {
            c.rolling = v;
        }),
        ends(
            Unknown::Bicycle,
            words(equipment_kg, |v| format!("{v:.0} kg")),
            equipment_kg,
            |c, v| c.equipment_kg = v,
        ),
        ends(
            Unknown::Efficiency,
            words(efficiency, |v| format!("{:.0} %", 100.0 * v)),
            efficiency,
            |c, v| c.efficiency = v,
        ),
    ]
}

/// Returns what is not known of any ride: the rider's mass and cadence, where they are assumed.
fn of_rider(setup: &Setup<'_>, central: Conditions) -> Vec<Ends> {
    let mut unknown = Vec::new();
    if setup.athlete.mass_kg.is_none() {
        let [least, most] = [-BODY_KG, BODY_KG].map(|kg| central.body_kg + kg);
        unknown.push(Ends {
            unknown: Unknown::Mass,
            low: format!("{least:.0} kg"),
            high: format!("{most:.0} kg"),
            conditions: [least, most].map(|body_kg| Conditions { body_kg, ..central }),
        });
    }
    let recorded = setup.profile.cadence_per_min();
    if recorded.iter().any(|rpm| rpm.is_nan() || *rpm <= 0.0) {
        unknown.push(Ends {
            unknown: Unknown::Rpm,
            low: format!("{:.0}/min", RPM.0),
            high: format!("{:.0}/min", RPM.1),
            conditions: [RPM.0, RPM.1].map(|rpm| Conditions { rpm, ..central }),
        });
    }
    unknown
}

/// Tries what is not known of a ride.
pub(super) fn widen(setup: &Setup<'_>, ride: &Ride<'_>, stretches: &mut Stretches) {
    let conditions = Conditions::of(setup.athlete, setup.bike, &setup.terms.bicycle);
    let mut unknowns =
        if ride.is_modelled() { of_motion(setup, conditions) } else { Vec::new() };
    unknowns.extend(of_rider(setup, conditions));
    let mut columns = RideColumns::default();
    for Ends { unknown, low, high, conditions } in unknowns {
        for conditions in conditions {
            ride.score(&conditions, &mut columns);
            stretches.widen(&|cells| columns.loads(cells));
        }
        stretches.settle(unknown, &low, &high);
    }
}

/// Tries another smoothing of the heights, within the trial that the caller ends.
pub(super) fn widen_by_smoothing(
    setup: &Setup<'_>,
    ride: &Ride<'_>,
    resmoothed: &Profile,
    stretches: &mut Stretches,
) {
    let conditions = Conditions::of(setup.athlete, setup.bike, &setup.terms.bicycle);
    let mut columns = RideColumns::default();
    ride.resmoothed(resmoothed, setup.segments, setup.bike)
        .score(&conditions, &mut columns);
    stretches.widen(&|cells| columns.loads(cells));
}
