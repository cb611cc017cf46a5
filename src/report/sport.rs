//! Which sport an activity is scored as: the person's word, the file's, else a guess.

use crate::activity::Activity;
use crate::error::{Error, Kind};
use crate::load::gait::Gait;
use crate::report::guess::{self, Guess};
use crate::report::lifted::was_lifted;
use crate::report::named;
use crate::report::sport_from::SportFrom;
use crate::sport::{Bike, Labelled, Sport, is_virtual};

/// The sport, and how it is known.
pub(super) struct Resolved {
    pub(super) sport: Sport,
    pub(super) bike: Bike,
    /// What a guess rests on.
    pub(super) guessed: Option<SportFrom>,
    /// What it may have been as well.
    pub(super) other: Option<Sport>,
}

/// Returns sport and bicycle; what a program of virtual rides wrote is one.
pub(super) fn resolve(
    activity: &Activity,
    chosen: Option<Sport>,
) -> Result<Resolved, Error> {
    let mut resolved = stated(activity, chosen)?;
    let by_program = activity.header.device.as_deref().is_some_and(is_virtual);
    if by_program && resolved.sport == Sport::Ride && resolved.bike == Bike::Road {
        resolved.bike = Bike::Virtual;
    }
    Ok(resolved)
}

fn stated(activity: &Activity, chosen: Option<Sport>) -> Result<Resolved, Error> {
    let said = |sport, bike| Ok(Resolved { sport, bike, guessed: None, other: None });
    match (chosen, &activity.header.sport) {
        (Some(sport), Labelled::Modelled(_, bike)) if *bike != Bike::Electric => {
            said(sport, *bike)
        }
        (Some(sport), _) => said(sport, Bike::Road),
        (None, Labelled::Modelled(sport, bike)) => said(*sport, *bike),
        (None, Labelled::Unmodelled(name)) => {
            Err(refused(format!("{name} has no model here")))
        }
        (None, Labelled::Unrecognised(_) | Labelled::Unknown) => guessed(activity),
    }
}

/// Returns what is taken for the sport of a file that does not say one that is known.
fn guessed(activity: &Activity) -> Result<Resolved, Error> {
    let named = named::sport(&activity.header).map_err(|name| {
        refused(format!("named {name:?} and of no stated sport: it has no model here"))
    })?;
    if was_lifted(activity) {
        return Err(refused(
            "no sport is stated, and a lift or a motor seems to have climbed: \
             steep, fast descents and none of a runner's or rider's climbs",
        ));
    }
    let Guess { sport, bike, from, other } = guess::sport(activity, named);
    Ok(Resolved { sport, bike, guessed: Some(from), other })
}

fn refused(cause: impl Into<String>) -> Error {
    Error::new(Kind::UnsupportedSport, cause)
        .hint("--sport run, walk, hike or ride scores it as that")
}

/// `--sport run` and `--sport walk` also settle the gait.
pub(super) fn forced_gait(chosen: Option<Sport>) -> Option<Gait> {
    match chosen {
        Some(Sport::Run) => Some(Gait::Run),
        Some(Sport::Walk) => Some(Gait::Walk),
        Some(Sport::Hike | Sport::Ride) | None => None,
    }
}
