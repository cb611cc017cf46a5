//! A person's speed over grade, and the time of a course by it, for people and for programs.

pub mod json;
pub mod text;

use crate::sport::Sport;

/// Returns what the outings of a curve are called.
pub(super) fn outings(sport: Sport) -> &'static str {
    match sport {
        Sport::Run => "runs",
        Sport::Walk | Sport::Hike => "walks and hikes",
        Sport::Ride => "rides",
    }
}
