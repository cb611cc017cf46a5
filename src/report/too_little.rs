//! Refuses what is too little to make a load of: a way of a few points, heights of two values.
//!
//! Nothing is known between two points but the straight line. A route of 12 points over 20 km, or
//! a tracker that was asked each half hour, has no slope that anybody went, and a load made of it
//! looks like any other. A range wide enough to hold what it may be would say no more.

use crate::activity::{Activity, HeightSensor};
use crate::error::Error;
use crate::profile::{Profile, heights, refusal};

/// Fewest points that a way is scored by. Our choice: a climb and a descent have 15 each, and half
/// a minute of a watch is no outing.
const FEWEST_POINTS: usize = 30;
/// Beside points at rest, a way of fewer is scored where it is no longer than this, m. Our choice:
/// 30 points 20 m apart, which a fix that plays about a rest goes in a day.
const NEAR_POINTS_M: f64 = 600.0;
/// Two heights so far apart, m, and no third are one step of what rounded them. Our choice: contour
/// lines and models of the ground are rounded to 10 m and more, sensors to 1 m and less.
const COARSE_HEIGHTS_M: f64 = 5.0;

/// Refuses an activity whose profile has too few points, or heights too coarse, for any hill; the
/// grade of a belt needs neither.
pub(super) fn refuse(activity: &Activity, profile: &Profile) -> Result<(), Error> {
    let quality = profile.quality();
    if quality.height_sensor == HeightSensor::Belt {
        return Ok(());
    }
    let (samples, on_way) = (quality.samples, quality.covered_legs + 1);
    let (length_m, [up_m, down_m]) = covered(profile);
    if samples < FEWEST_POINTS || on_way < FEWEST_POINTS && length_m > NEAR_POINTS_M {
        let points = if samples < FEWEST_POINTS {
            format!("{samples} points")
        } else {
            format!("{on_way} of {samples} points on the way")
        };
        let why = format!(
            "{points}, where {FEWEST_POINTS} are needed; {:.1} km, +{up_m:.0} m and −{down_m:.0} m by straight lines between them",
            length_m / 1000.0
        );
        return Err(refusal::too_little(why)
            .hint("record more often, or draw the route along the paths, with a point at each bend"));
    }
    if let Some([low_m, high_m]) = two_heights(activity.elevation_m())
        && high_m - low_m >= COARSE_HEIGHTS_M
    {
        let why = format!(
            "every height is {low_m:.0} or {high_m:.0} m, which is too coarse for any hill"
        );
        return Err(refusal::too_little(why)
            .hint("export it with heights that are not rounded so far"));
    }
    Ok(())
}

/// Returns the metres of a profile along, up and down.
fn covered(profile: &Profile) -> (f64, [f64; 2]) {
    let length_m = profile.length_m(&(0..profile.cells())) + 0.0;
    // the sum of no cell is -0
    let metres = |sign: f64| {
        let rises = profile.rise_m().iter().map(|rise| (sign * rise).max(0.0));
        rises.fold(0.0, |sum, rise| sum + rise)
    };
    (length_m, [metres(1.0), metres(-1.0)])
}

/// Returns the two heights of a recording that has no third.
fn two_heights(elevation_m: &[f64]) -> Option<[f64; 2]> {
    let mut known =
        elevation_m.iter().copied().filter(|h| heights::is_possible(*h) && h.is_finite());
    let first_m = known.next()?;
    let other_m = known.find(|height_m| differs(*height_m, first_m))?;
    let third =
        known.any(|height_m| differs(height_m, first_m) && differs(height_m, other_m));
    (!third).then_some([first_m.min(other_m), first_m.max(other_m)])
}

/// Returns whether two heights are not the same but for rounding.
fn differs(a_m: f64, b_m: f64) -> bool {
    (a_m - b_m).abs() > 1e-6
}
