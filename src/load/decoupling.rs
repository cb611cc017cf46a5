//! How far the heart drifts from the work on a long climb: metres up a heart beat in its second
//! half against its first (decoupling).

use std::ops::Range;

use crate::profile::Profile;

/// Seconds from which a climb is long enough for the heart to drift. Our choice.
pub(crate) const DRIFT_FROM_S: f64 = 20.0 * 60.0;
/// Share of each half whose heart rate must be known. Our choice.
const LEAST_KNOWN: f64 = 0.5;

/// Seconds, metres up and heart beats of a half.
#[derive(Default)]
struct Half {
    seconds: f64,
    rise_m: f64,
    beats: f64,
    known_s: f64,
}

impl Half {
    /// Returns the metres up a heart beat; what a strap missed counts like what it saw.
    fn m_per_beat(&self) -> Option<f64> {
        let known = self.known_s > 0.0 && self.known_s >= LEAST_KNOWN * self.seconds;
        let beats = self.beats * self.seconds / self.known_s;
        let per_beat = self.rise_m / beats;
        Some(per_beat).filter(|per_beat| known && per_beat.is_finite() && *per_beat > 0.0)
    }
}

/// Returns how much fewer metres up a heart beat gave in the second half of a climb, as a share of
/// those in the first; `None` of one that lasted less than 20 min, or without heart rate.
pub(crate) fn drift(profile: &Profile, cells: &Range<usize>) -> Option<f64> {
    let all_s: f64 = profile.duration_s().get(cells.clone())?.iter().sum();
    if !profile.timed() || all_s < DRIFT_FROM_S {
        return None;
    }
    let (mut early, mut late, mut passed_s) = (Half::default(), Half::default(), 0.0);
    for cell in cells.clone() {
        let seconds = profile.duration_s()[cell];
        let half = if passed_s < all_s / 2.0 { &mut early } else { &mut late };
        passed_s += seconds;
        half.seconds += seconds;
        half.rise_m += profile.rise_m()[cell];
        let rate = profile.heart_rate_bpm()[cell];
        if rate.is_finite() {
            half.beats += rate / 60.0 * seconds;
            half.known_s += seconds;
        }
    }
    Some(1.0 - late.m_per_beat()? / early.m_per_beat()?)
}
