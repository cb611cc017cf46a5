//! Finds the rest of a way up that a lift or a vehicle began: what climbs slower than a lift
//! alone would show, next to it, at a heart that rests.

use std::ops::Range;

use crate::evidence::Parameter;
use crate::profile::track::Track;
use crate::quantile::quantile;

/// The heart rests where it beats at most so much faster than in the lift, 1/min ...
pub(crate) const REST_ABOVE_LIFT: Parameter = Parameter::chosen(
    "profile.lift_rest_above",
    15.0,
    "1/min",
    "10 to 20",
    "it still falls from the last descent; who pedals uphill is 40 and more above rest",
);
/// ... and below this share of what it reached.
pub(crate) const REST_SHARE: Parameter = Parameter::chosen(
    "profile.lift_rest_share",
    0.7,
    "of the 95th percentile of the recording",
    "0.65 to 0.75",
    "below every zone that is trained in; of a rider in lifts: 0.6 carried, 0.9 riding",
);
/// A way up ends where it goes down so far, m. Our choice: a dip below a lift's cable and the
/// error of a barometer within.
const FALL_M: f64 = 15.0;
/// It is looked at in pieces so long, s. Our choice: the heart answers in half a minute.
const PIECE_S: f64 = 20.0;
/// Rate of climb of a piece that a lift may have made, m/s: 720 m an hour. Our choice: who walks on
/// from a station is slower, the slowest of chairs are not.
const RISES_M_PER_S: f64 = 0.2;
/// Share of the samples whose heart rate is known, from which it is believed. Our choice.
const LEAST_KNOWN: f64 = 0.5;

/// What became of the ways up that lifts and vehicles began.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Carried {
    /// The lifts, as far as they went, in order.
    pub(crate) stretches: Vec<Range<usize>>,
    /// Metres up right before and behind them, of which no heart rate tells who climbed.
    pub(crate) undecided_m: f64,
}

/// Extends each lift over what rises next to it while the heart rests and nobody pedals.
pub(crate) fn extended(track: &Track<'_>, lifts: &[Range<usize>]) -> Carried {
    let mut carried = Carried::default();
    if lifts.is_empty() {
        return carried;
    }
    let heart_rates = track.sensors.heart_rate_bpm.iter().copied().map(f64::from);
    let hard_bpm = quantile(heart_rates, 0.95);
    for (at, lift) in lifts.iter().enumerate() {
        let from = at.checked_sub(1).map_or(0, |before| lifts[before].end);
        let to = lifts.get(at + 1).map_or(track.len() - 1, |next| next.start);
        let rest_bpm = known_mean(&track.sensors.heart_rate_bpm[lift.clone()])
            .map(|bpm| bpm + REST_ABOVE_LIFT.value)
            .zip(hard_bpm)
            .map(|(above, hard)| above.min(REST_SHARE.value * hard));
        let side = Side { track, rest_bpm };
        let before = side.pieces_back(from..lift.start);
        let behind = side.pieces_on(lift.end..to);
        let (start, unknown_before_m) = side.reach(&before);
        let (end, unknown_behind_m) = side.reach(&behind);
        carried.undecided_m += unknown_before_m + unknown_behind_m;
        let lift = start.map_or(lift.start, |p| p.start)..end.map_or(lift.end, |p| p.end);
        match carried.stretches.last_mut() {
            Some(last) if last.end >= lift.start => last.end = lift.end,
            _ => carried.stretches.push(lift),
        }
    }
    carried
}

/// One side of a lift.
struct Side<'t, 'a> {
    track: &'t Track<'a>,
    /// Heart rate below which the heart rests; `None` where nothing tells.
    rest_bpm: Option<f64>,
}

impl Side<'_, '_> {
    /// Returns the pieces behind a lift, in order, until it goes down.
    fn pieces_on(&self, samples: Range<usize>) -> Vec<Range<usize>> {
        let clock_s = &self.track.clock_s;
        let (mut pieces, mut from) = (Vec::new(), samples.start);
        let mut highest_m = self.track.elevation_m[from];
        for to in samples.start + 1..=samples.end {
            let height_m = self.track.elevation_m[to];
            highest_m = highest_m.max(height_m);
            if height_m < highest_m - FALL_M {
                break;
            }
            if clock_s[to] - clock_s[from] >= PIECE_S {
                pieces.push(from..to);
                from = to;
            }
        }
        pieces
    }

    /// Returns the pieces before a lift, from the lift back, until it came down.
    fn pieces_back(&self, samples: Range<usize>) -> Vec<Range<usize>> {
        let clock_s = &self.track.clock_s;
        let (mut pieces, mut to) = (Vec::new(), samples.end);
        let mut lowest_m = self.track.elevation_m[to];
        for from in samples.rev() {
            let height_m = self.track.elevation_m[from];
            lowest_m = lowest_m.min(height_m);
            if height_m > lowest_m + FALL_M {
                break;
            }
            if clock_s[to] - clock_s[from] >= PIECE_S {
                pieces.push(from..to);
                to = from;
            }
        }
        pieces
    }

    /// Returns the last piece that was carried, before the first in which somebody climbs, and
    /// the metres up of pieces that nothing tells of.
    fn reach(&self, pieces: &[Range<usize>]) -> (Option<Range<usize>>, f64) {
        let (mut reached, mut undecided_m) = (None, 0.0);
        for piece in pieces.iter().filter(|piece| self.rises(piece)) {
            let sensors = self.track.sensors.of(piece.start..piece.end + 1);
            let turning = |values: &[f32]| values.iter().any(|value| *value > 0.0);
            if turning(sensors.cadence_per_min) || turning(sensors.power_w) {
                break;
            }
            match (self.rest_bpm, known_mean(sensors.heart_rate_bpm)) {
                (Some(rest), Some(bpm)) if bpm > rest => break,
                (Some(_), Some(_)) => reached = Some(piece.clone()),
                _ => undecided_m += self.rise_m(piece),
            }
        }
        (reached, undecided_m)
    }

    fn rise_m(&self, piece: &Range<usize>) -> f64 {
        self.track.elevation_m[piece.end] - self.track.elevation_m[piece.start]
    }

    fn rises(&self, piece: &Range<usize>) -> bool {
        let seconds = self.track.clock_s[piece.end] - self.track.clock_s[piece.start];
        self.rise_m(piece) >= RISES_M_PER_S * seconds
    }
}

/// Returns the mean of what is known; `None` where that is too little.
fn known_mean(values: &[f32]) -> Option<f64> {
    let known = values.iter().filter(|value| value.is_finite());
    let (sum, count) = known
        .fold((0.0, 0_u32), |(sum, count), value| (sum + f64::from(*value), count + 1));
    (count > 0 && f64::from(count) >= LEAST_KNOWN * values.len() as f64)
        .then(|| sum / f64::from(count))
}
