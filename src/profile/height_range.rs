//! How far gain and loss could be from what is printed, by what the recording itself says.
//!
//! Independent sources of error, added in quadrature on each side:
//!
//! - the reversal threshold halved and doubled, and the smoothing window halved and doubled: where
//!   heights are noisy or hills are small, these four disagree, and nobody can tell which is right;
//! - the sensor: a share of the gain, and metres that grow with the square root of the distance.
//!
//! - heights in steps: half a step at each turn.
//!
//! What was cut out or has no height is added to the upper end alone: it may have been climbed. So
//! is what a straight line between two points leaves out: hills between them are never seen, and
//! a line climbs no hill that is not there.

use crate::activity::HeightSensor;
use crate::evidence::Parameter;
use crate::profile::{Profile, hysteresis, smooth};

/// Share of the gain that a barometer may be off.
pub(crate) const BAROMETER: Parameter = Parameter::chosen(
    "profile.barometer_share",
    0.02,
    "1",
    "0.01 to 0.03",
    "two barometric devices on one outing differ by about 2 % in the middle",
);
/// Share of the gain that heights from satellites may be off.
pub const SATELLITES: Parameter = Parameter::chosen(
    "profile.satellites_share",
    0.15,
    "1",
    "0.02 to 0.23 in six totals of watches without a barometer",
    "four in five of them lie within",
);
/// Share of the gain that heights of a map may be off.
pub(crate) const MAP: Parameter = Parameter::chosen(
    "profile.map_share",
    0.08,
    "1",
    "0.05 to 0.15",
    "elevation models cut summits and fill valleys",
);
/// Share of the gain that heights of a sensor that is not told may be off.
pub(crate) const UNTOLD: Parameter = Parameter::chosen(
    "profile.untold_share",
    0.05,
    "1",
    "0.02 of a barometer to 0.15 of satellites",
    "0.01 to 0.18 in 15 totals of devices that do not list their sensors",
);
/// Metres that any gain may be off.
pub(crate) const LEAST: Parameter = Parameter::chosen(
    "profile.gain_error",
    1.0,
    "m",
    "0.5 to 2 m",
    "a device counts whole metres, and begins with the first reversal",
);
/// And so many more for the root of each kilometre.
pub(crate) const PER_ROOT_KM: Parameter = Parameter::chosen(
    "profile.gain_error_per_root_km",
    1.0,
    "m/√km",
    "0.5 to 2",
    "weather and wind move a barometer at random, which grows as the root of the way",
);
/// Legs up to this length hide nothing.
pub(crate) const SEEN_LEG: Parameter = Parameter::chosen(
    "profile.seen_leg",
    25.0,
    "m",
    "20 to 40 m",
    "the narrowest half of a smoothing window",
);
/// A leg that is 100 m longer may hide this share of the gain there ...
pub(crate) const HIDDEN_SHARE: Parameter = Parameter::chosen(
    "profile.hidden_share",
    0.1,
    "1",
    "0.05 to 0.15",
    "chosen on half of 24 recordings of each second, thinned to 10, 15, 30 and 60 s: help accuracy",
);
/// ... and so many metres a kilometre; both grow with the root of its length.
pub(crate) const HIDDEN_PER_KM: Parameter = Parameter::chosen(
    "profile.hidden_per_km",
    1.0,
    "m/km",
    "0.5 to 2",
    "as the share: gentle country hides little that a share of its gain would hold",
);
/// Length beyond a leg that hides nothing at which it hides that much, m.
const HIDING_M: f64 = 100.0;
/// Factors on threshold and window.
const HALVED: f64 = 0.5;
const DOUBLED: f64 = 2.0;
/// Factors on the smoothing window, whatever they change.
pub(crate) const SMOOTHING: [f64; 2] = [HALVED, DOUBLED];

/// Lowest and highest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    /// Lowest.
    pub low: f64,
    /// Highest.
    pub high: f64,
}

impl Span {
    /// One value.
    pub fn at(value: f64) -> Span {
        Span { low: value, high: value }
    }

    /// Returns whether a value lies within.
    pub fn contains(&self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }
}

/// How far up and down could be: see the module.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct HeightRange {
    /// Metres up.
    pub gain_m: Span,
    /// Metres down.
    pub loss_m: Span,
    /// Of a single climb or descent: the share that the sensor may be off.
    pub sensor_share: f64,
    /// Metres of both upper ends, up and down, that hills between two points make.
    pub(crate) hidden_m: [f64; 2],
}

impl HeightRange {
    /// The same without so much of the hills between two points: whoever asks adds them otherwise.
    pub(crate) fn but_hidden(&self, share: f64) -> HeightRange {
        let [up_m, down_m] = self.hidden_m.map(|hidden_m| share * hidden_m);
        let mut seen = *self;
        seen.gain_m.high -= up_m;
        seen.loss_m.high -= down_m;
        seen
    }
}

/// What one direction may be off, m, each below and above.
#[derive(Debug, Clone, Copy, Default)]
struct Off {
    below: f64,
    above: f64,
}

impl Off {
    /// Adds, in quadrature, what a variant makes of a total.
    fn vary(&mut self, total_m: f64, varied_m: f64) {
        let off = varied_m - total_m;
        if off < 0.0 {
            self.below = self.below.hypot(off);
        } else {
            self.above = self.above.hypot(off);
        }
    }

    fn both(&mut self, off_m: f64) {
        self.below = self.below.hypot(off_m);
        self.above = self.above.hypot(off_m);
    }

    /// Around a total, with metres that may be missing.
    fn around(self, total_m: f64, missing_m: f64) -> Span {
        Span {
            low: (total_m - self.below).max(0.0),
            high: total_m + self.above + missing_m,
        }
    }
}

/// Returns the share of a rise that heights of this sensor may be off; belts are calibrated no
/// better than a barometer.
pub(crate) fn share(sensor: HeightSensor) -> f64 {
    match sensor {
        HeightSensor::Barometer | HeightSensor::Belt => BAROMETER.value,
        HeightSensor::Satellites => SATELLITES.value,
        HeightSensor::Map => MAP.value,
        HeightSensor::Untold => UNTOLD.value,
    }
}

/// Returns metres of legs, each times how much its length hides over what 100 m more than nothing
/// hide.
pub(crate) fn hiding_m(legs_m: impl Iterator<Item = f64>) -> f64 {
    let hides = |metres: f64| {
        let beyond_m = (metres - SEEN_LEG.value).max(0.0);
        metres * libm::sqrt(beyond_m / HIDING_M)
    };
    legs_m.map(hides).sum()
}

impl Profile {
    /// Returns what the gain and the loss of the scored cells could be.
    pub fn height_range(&self) -> HeightRange {
        self.height_range_by(SMOOTHING.map(|factor| self.resmoothed_with_gain(factor).1))
    }

    /// The same, of gain and loss under each of [`SMOOTHING`].
    pub(crate) fn height_range_by(&self, smoothed: [(f64, f64); 2]) -> HeightRange {
        let quality = self.quality();
        let (wide_m, reversal_m) = (quality.half_width_m, quality.turning_m);
        let [central, halved, doubled] = self.gain_and_loss_m(
            wide_m,
            [reversal_m, HALVED * reversal_m, DOUBLED * reversal_m],
        );
        let mut off = [Off::default(); 2];
        let mut vary = |varied: (f64, f64)| {
            off[0].vary(central.0, varied.0);
            off[1].vary(central.1, varied.1);
        };
        [halved, doubled].into_iter().chain(smoothed).for_each(&mut vary);
        let scored = |sign: f64| -> f64 {
            let cells = self.rise_m().iter().zip(self.scored());
            cells
                .map(|(rise, scored)| if *scored { (sign * rise).max(0.0) } else { 0.0 })
                .sum()
        };
        let sensor_share = share(quality.height_sensor);
        let road_m: f64 =
            self.runs().iter().map(|run| run.cells.len() as f64 * run.step_m).sum();
        let wander_m = LEAST.value.hypot(PER_ROOT_KM.value * (road_m / 1000.0).sqrt());
        // what has no height is as hilly as the rest
        let unseen = (quality.not_scored_m + quality.filled_m) / road_m.max(1.0);
        // each turn lies somewhere within its step
        let steps_m = 0.5 * quality.height_step_m * (self.turns() as f64).sqrt();
        let hiding = quality.hiding_m / road_m.max(1.0);
        let hidden_m = |total_m: f64| {
            hiding
                * (HIDDEN_SHARE.value * total_m + HIDDEN_PER_KM.value * road_m / 1000.0)
        };
        let totals_m = [scored(1.0), scored(-1.0)];
        let span = |total_m: f64, mut off: Off, jumped_m: f64| {
            off.both(sensor_share * total_m);
            off.both(wander_m);
            off.both(steps_m);
            let unseen_m = jumped_m + unseen.min(1.0) * total_m;
            off.around(total_m, unseen_m + hidden_m(total_m))
        };
        HeightRange {
            gain_m: span(totals_m[0], off[0], quality.jumped_up_m),
            loss_m: span(totals_m[1], off[1], quality.jumped_down_m),
            sensor_share,
            hidden_m: totals_m.map(hidden_m),
        }
    }

    /// Gain and loss of every cell, scored or not, with a window and some thresholds.
    fn gain_and_loss_m<const N: usize>(
        &self,
        half_width_m: f64,
        reversals_m: [f64; N],
    ) -> [(f64, f64); N] {
        let mut sums = [(0.0, 0.0); N];
        for run in self.runs() {
            let raw = &self.shared.raw_m[run.nodes.clone()];
            let smooth = smooth::local_linear(raw, run.step_m, half_width_m);
            for (sum, reversal_m) in sums.iter_mut().zip(reversals_m) {
                count(sum, &smooth, reversal_m);
            }
        }
        sums
    }
}

/// Adds the gain and the loss of smooth heights, turning at reversals of so much.
pub(super) fn count(sum: &mut (f64, f64), smooth_m: &[f64], reversal_m: f64) {
    let turns = hysteresis::points(smooth_m, reversal_m);
    let gain_m = hysteresis::gain_m(smooth_m, &turns);
    let net_m = match (turns.first(), turns.last()) {
        (Some(first), Some(last)) => smooth_m[*last] - smooth_m[*first],
        _ => 0.0,
    };
    sum.0 += gain_m;
    sum.1 += gain_m - net_m;
}
