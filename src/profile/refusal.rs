//! What cannot be profiled, and why: the errors.

use crate::activity::Activity;
use crate::error::{Error, Kind};
use crate::profile::coarse::Rounded;
use crate::profile::heights;
use crate::profile::quality::Quality;

/// Fewer than two samples.
pub(super) fn too_few(activity: &Activity) -> Error {
    if activity.len() < 2 {
        let found = if activity.is_empty() { "no points" } else { "one point" };
        return Error::new(Kind::NoPoints, format!("{found}, where two are needed"))
            .hint("nothing was recorded; check the export");
    }
    Error::new(Kind::NoDistance, "neither positions nor a distance were recorded")
        .hint("an indoor activity needs a distance, from a foot pod or the treadmill")
}

/// Positions that are rounded to more than a route.
pub(super) fn too_coarse(rounded: Rounded) -> Error {
    too_little(format!(
        "positions are rounded to {} decimals, {:.0} m, which is too coarse for a road",
        rounded.decimals, rounded.step_m
    ))
    .hint("export it from the watch's own site, or with the distance (FIT, TCX)")
}

/// Returns that nothing can be scored of what is too little, and why.
pub(crate) fn too_little(why: impl std::fmt::Display) -> Error {
    Error::new(Kind::TooLittle, format!("too little to score: {why}"))
}

/// Heights that are missing, or not measured.
pub(super) fn usable_heights(
    elevation_m: &[f64],
    recorded_m: &[f64],
) -> Result<(), Error> {
    let mut heights = elevation_m.iter().copied().filter(|h| h.is_finite());
    let Some(first) = heights.next() else {
        let outside = recorded_m.iter().filter(|h| h.is_finite()).count();
        if outside > 0 {
            let (lowest, highest) = (heights::LOWEST.value, heights::HIGHEST.value);
            return Err(Error::new(
                Kind::NoElevation,
                format!(
                    "all {outside} heights are outside {lowest:.0} to {highest:.0} m: not measured"
                ),
            )
            .hint("export it with elevation from the watch's own site"));
        }
        return Err(Error::new(Kind::NoElevation, "no height in any point").hint(
            "export it with elevation from the watch's own site; for a treadmill give --grade 1%",
        ));
    };
    if first == 0.0 && heights.all(|h| h == 0.0) {
        return Err(Error::new(Kind::NoElevation, "every height is exactly 0: not measured").hint(
            "export it with elevation from the watch's own site; for a flat treadmill give --grade 0%",
        ));
    }
    Ok(())
}

/// Returns whether a recording without a metre is one of somebody who stayed in one place.
pub(super) fn nothing_moved(quality: &Quality) -> bool {
    const NOTHING_M: f64 = 1.0;
    quality.cut_m + quality.carried_m + quality.not_scored_m < NOTHING_M
}

/// Returns the metres, but none that can be scored.
pub(super) fn no_metres(quality: &Quality) -> Error {
    let Quality { cut_m, carried_m, not_scored_m, .. } = quality;
    Error::new(
        Kind::NoDistance,
        format!(
            "no metres that can be scored: {cut_m:.0} m are jumps or faster than anybody goes, {carried_m:.0} m were carried, {not_scored_m:.0} m have no height"
        ),
    )
    .hint("check the export; --sport says what it was")
}

/// More metres than any activity has.
pub(super) fn too_long(length_m: f64) -> Error {
    Error::new(
        Kind::TooLarge,
        format!("a road of {:.0} km, which is longer than any activity", length_m / 1e3),
    )
    .hint("look at its positions on a map, or split it")
}
