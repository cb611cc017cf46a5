//! What a course without times would load a rider with: from one's own rides, or from an assumed
//! power.

use crate::athlete::DEFAULT_MASS_KG;
use crate::history::{Discipline, History, Session, age};
use crate::load::model;
use crate::load::ride::{BIKE_KG, EFFICIENCY, RPM};
use crate::plan::ascent::{ASSUMED_RANGE, ASSUMED_W_PER_KG};

/// What the load of a course rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoadBasis {
    /// The file's own times.
    Recorded,
    /// The load of a metre of climbing on so many of one's own rides.
    OwnRides(usize),
    /// On foot: one's own speeds over grade ([`crate::curve`]).
    OwnSpeeds,
    /// Speeds, riding a power and a cadence, that are assumed.
    Assumed,
}

/// A load, what it could be, and what it rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Estimate {
    pub(super) load: f64,
    pub(super) range: (f64, f64),
    pub(super) basis: LoadBasis,
}

/// Days of the rides that are looked at.
const DAYS: i32 = 365;
/// A ride with fewer metres of climbing tells nothing of a metre (our choice).
const LEAST_GAIN_M: f64 = 200.0;
/// Rides from which their spread is a range (our choice).
const LEAST_RIDES: usize = 3;
/// Fastest and slowest cadence on climbs, 1/min: with the slowest and the fastest power the
/// least and the greatest force (our choice).
const CADENCES: (f64, f64) = (95.0, 65.0);

/// Of so many metres up, as one's own rides load a metre.
pub(super) fn estimate(gain_m: f64, history: &History) -> Estimate {
    let ride = |s: &&Session| {
        Discipline::of(s.sport) == Discipline::Ride
            && age(s.day, history.on) <= DAYS
            && s.gain_m >= LEAST_GAIN_M
            && s.concentric_load > 0.0
    };
    let rides: Vec<&Session> = history.sessions.iter().filter(ride).collect();
    if rides.len() < LEAST_RIDES {
        return assumed(gain_m);
    }
    // each ride as heavy as its climbing
    let spread = |figure: fn(&Session) -> f64, share: f64| {
        let mut all: Vec<(f64, f64)> =
            rides.iter().map(|s| (figure(s) / s.gain_m, s.gain_m)).collect();
        all.sort_by(|a, b| a.0.total_cmp(&b.0));
        let metres: f64 = all.iter().map(|(_, gain_m)| gain_m).sum();
        let mut sum = 0.0;
        let reached = all.iter().find(|(_, gain_m)| {
            sum += gain_m;
            sum >= share * metres
        });
        reached.or(all.last()).map_or(0.0, |(per_m, _)| *per_m)
    };
    let middle = spread(|s| s.concentric_load, 0.5);
    let low = spread(|s| s.concentric_load_range.0, 0.1).min(middle);
    let high = spread(|s| s.concentric_load_range.1, 0.9).max(middle);
    Estimate {
        load: gain_m * middle,
        range: (gain_m * low, gain_m * high),
        basis: LoadBasis::OwnRides(rides.len()),
    }
}

fn assumed(gain_m: f64) -> Estimate {
    let body_kg = DEFAULT_MASS_KG;
    let volume_m = gain_m * (body_kg + BIKE_KG.value) / body_kg / EFFICIENCY.value;
    let load = |(w_per_kg, rpm): (f64, f64)| {
        volume_m * model::ride_ratio(w_per_kg * body_kg, rpm, body_kg)
            / model::LOAD_M.value
    };
    Estimate {
        load: load((ASSUMED_W_PER_KG.value, RPM.value)),
        range: (load((ASSUMED_RANGE.0, CADENCES.0)), load((ASSUMED_RANGE.1, CADENCES.1))),
        basis: LoadBasis::Assumed,
    }
}
