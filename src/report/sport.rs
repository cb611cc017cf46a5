//! Which sport an activity is scored as: the person's word, the file's, else its speed.

use crate::activity::Activity;
use crate::error::{Error, Kind};
use crate::load::gait::Gait;
use crate::profile::{Profile, Sampling};
use crate::sport::{Bike, Labelled, Sport};

/// Median moving speed on near-level road above which an unlabelled file is a ride, m/s.
/// Our choice: runners of a marathon under 2:50 are the only ones above it on foot.
const RIDE_MEDIAN_M_PER_S: f64 = 4.2;
/// Or this speed over a tenth of the distance, m/s. Our choice.
const RIDE_FAST_M_PER_S: f64 = 7.0;
const FAST_SHARE: f64 = 0.1;
/// Near-level: grades within this, rise over run. Our choice.
const NEAR_LEVEL: f64 = 0.02;

/// Sport, bicycle, and whether it was guessed.
pub(super) fn resolve(
    activity: &Activity,
    chosen: Option<Sport>,
) -> Result<(Sport, Bike, bool), Error> {
    match (chosen, &activity.header.sport) {
        (Some(sport), Labelled::Modelled(_, bike)) if *bike != Bike::Electric => {
            Ok((sport, *bike, false))
        }
        (Some(sport), _) => Ok((sport, Bike::Road, false)),
        (None, Labelled::Modelled(sport, bike)) => Ok((*sport, *bike, false)),
        (None, Labelled::Unmodelled(name)) => {
            Err(Error::new(Kind::UnsupportedSport, format!("{name} has no model here"))
                .hint("--sport run, walk, hike or ride scores it as that"))
        }
        (None, Labelled::Unknown) => {
            let ride = looks_like_a_ride(activity);
            Ok((if ride { Sport::Ride } else { Sport::Run }, Bike::Road, true))
        }
    }
}

fn looks_like_a_ride(activity: &Activity) -> bool {
    let Ok(profile) = Profile::of(activity, Sport::Ride, &Sampling::default()) else {
        return false;
    };
    if !profile.timed() {
        return false;
    }
    let (mut level, mut fast_m, mut all_m) = (Vec::new(), 0.0, 0.0);
    for cell in 0..profile.cells() {
        let (speed, metres) = (profile.speed_m_per_s()[cell], profile.slope_m()[cell]);
        all_m += metres;
        fast_m += if speed > RIDE_FAST_M_PER_S { metres } else { 0.0 };
        if profile.grade()[cell].abs() <= NEAR_LEVEL && speed >= 0.3 {
            level.push(speed);
        }
    }
    level.sort_by(f64::total_cmp);
    let median = level.get(level.len() / 2).copied().unwrap_or(0.0);
    median > RIDE_MEDIAN_M_PER_S || fast_m > FAST_SHARE * all_m
}

/// `--sport run` and `--sport walk` also settle the gait.
pub(super) fn forced_gait(chosen: Option<Sport>) -> Option<Gait> {
    match chosen {
        Some(Sport::Run) => Some(Gait::Run),
        Some(Sport::Walk) => Some(Gait::Walk),
        Some(Sport::Hike | Sport::Ride) | None => None,
    }
}
