//! What a report rests on that nobody measured.

use crate::athlete::Athlete;
use crate::load::Efforts;
use crate::profile::Profile;
use crate::sport::{Bike, Sport};

/// A figure that rests on something nobody measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Assumed {
    /// The sport: by name, cadence, power or speed.
    Sport,
    /// 70 kg.
    Mass,
    /// Steps a minute, for more than a fifth of the points.
    Cadence,
    /// Running or walking, by speed alone.
    Gait,
    /// Speeds of a course.
    Speed,
    /// Speeds of a course: one's own, by a curve over one's outings.
    OwnSpeed,
    /// Power on rising metres, from speed and grade.
    Power,
    /// Turns of the crank a minute.
    Rpm,
    /// The hills: of a game, in a virtual ride.
    VirtualHills,
}

impl Assumed {
    /// Stable code for programs.
    pub fn code(self) -> &'static str {
        match self {
            Assumed::Sport => "sport",
            Assumed::Mass => "mass_kg",
            Assumed::Cadence => "cadence",
            Assumed::Gait => "gait",
            Assumed::Speed => "speed",
            Assumed::OwnSpeed => "own_speed",
            Assumed::Power => "power",
            Assumed::Rpm => "rpm",
            Assumed::VirtualHills => "virtual_hills",
        }
    }
}

/// What is asked.
pub(super) struct Basis<'r> {
    pub(super) profile: &'r Profile,
    pub(super) efforts: &'r Efforts<'r>,
    pub(super) athlete: &'r Athlete,
    pub(super) sport: Sport,
    pub(super) bike: Bike,
    pub(super) sport_guessed: bool,
    pub(super) gait_forced: bool,
    pub(super) own_speeds: bool,
}

/// Returns everything that was assumed, in a fixed order.
pub(super) fn of(basis: &Basis<'_>) -> Vec<Assumed> {
    let mut assumed = Vec::new();
    let mut assume = |what, holds: bool| {
        if holds {
            assumed.push(what);
        }
    };
    let foot = basis.sport.on_foot();
    let course = !basis.profile.timed() && foot;
    assume(Assumed::Sport, basis.sport_guessed);
    assume(
        Assumed::Mass,
        basis.athlete.mass_kg.is_none() && (basis.athlete.carried_kg() > 0.0 || !foot),
    );
    assume(Assumed::Speed, course && !basis.own_speeds);
    assume(Assumed::OwnSpeed, course && basis.own_speeds);
    assume(Assumed::Cadence, foot && basis.efforts.assumed_cadence_share > 0.2);
    assume(
        Assumed::Gait,
        foot && !course && !basis.efforts.steps.recorded && !basis.gait_forced,
    );
    assume(Assumed::Power, !foot && basis.efforts.modelled_m > 0.0);
    let crank = basis.profile.cadence_per_min().iter().any(|c| *c > 0.0);
    assume(Assumed::Rpm, !foot && basis.profile.timed() && !crank);
    assume(Assumed::VirtualHills, !foot && basis.bike == Bike::Virtual);
    assumed
}
