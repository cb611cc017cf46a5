//! Widens a range by what a sparse or coarse recording does not show: hills between two points,
//! heights within a step.
//!
//! A straight line between two points a minute apart leaves out the dips and bends in between,
//! and evens out the speed. Recordings of each second on foot, thinned to a point each 60 and
//! 120 s, lose a third of their load in the middle, in gentle country more than half
//! (`cargo test --test corpus minute -- --nocapture`).

use crate::evidence::Parameter;
use crate::load::load_range::LoadRange;
use crate::load::model::{self, GREATEST_RATIO};
use crate::profile::{Profile, Span};

/// A load may be so many times what a sparse recording shows.
pub(crate) const LOAD_FACTOR: Parameter = Parameter::chosen(
    "load.unseen_factor",
    2.0,
    "1",
    "1.0 to 3.0 in nine of ten recordings thinned to a point each 60 s",
    "with the loads of gentle country below, three in four lie within",
);
/// And by so much a kilometre more, where little is seen.
pub(crate) const LOAD_PER_KM: Parameter = Parameter::chosen(
    "load.unseen_per_km",
    1.0,
    "1/km",
    "0.5 to 2",
    "10 m up and down in a kilometre at an easy step",
);
/// A volume may be so many times what is seen.
pub(crate) const VOLUME_FACTOR: Parameter = Parameter::chosen(
    "load.unseen_volume_factor",
    1.4,
    "1",
    "1.0 to 1.9 in recordings thinned to a point each 60 s",
    "as the factor on loads",
);
/// Seen hills may be so much too high: lines between points that scatter.
pub(crate) const LOWER_FACTOR: Parameter = Parameter::chosen(
    "load.unseen_lower_factor",
    0.85,
    "1",
    "0.8 to 1",
    "one recording in sixteen showed more hill when thinned",
);
/// Beyond half a step at each turn, a load from heights in steps may be off by this share.
pub(crate) const STEPS_SHARE: Parameter = Parameter::chosen(
    "load.unseen_steps",
    0.15,
    "1",
    "0.05 to 0.15 for known slopes in steps of 3 to 10 m",
    "grades within a step are not seen",
);
/// A recording is sparse where more of it than this lies in long legs. Ours.
pub(crate) const SPARSE_SHARE: f64 = 0.1;
/// Volume of a kilometre that may be unseen, m.
const VOLUME_M_PER_KM: f64 = 4.0;
/// Intensity may be so many times what is seen: speed and grade are means of a minute.
const INTENSITY_FACTOR: f64 = 1.5;

/// What a recording may have left out.
pub(crate) struct Undersampled {
    /// Share of the metres that lie in long legs.
    share: f64,
    /// Step of the heights, m.
    step_m: f64,
    /// Whether descents are scored, too.
    on_foot: bool,
}

impl Undersampled {
    /// Returns what a profile does not show; `None` where heights are fine, and a tenth of the metres or less lies in
    /// long legs. Planned routes have no interval.
    pub(crate) fn of(profile: &Profile, on_foot: bool) -> Option<Undersampled> {
        let quality = profile.quality();
        let share = quality.sparse_m / quality.recorded_m.max(1.0);
        let sparse = profile.timed() && share > SPARSE_SHARE;
        let share = if sparse { share.min(1.0) } else { 0.0 };
        let step_m = quality.height_step_m;
        (sparse || step_m > 0.0).then_some(Undersampled { share, step_m, on_foot })
    }

    /// Returns the share of the metres whose hidden hills this adds.
    pub(crate) fn share(&self) -> f64 {
        self.share
    }

    /// Widens the range of a stretch of this length and this number of turns between up and down.
    pub(crate) fn widen(&self, range: &mut LoadRange, length_m: f64, turns: usize) {
        if self.share > 0.0 {
            self.add_hills(range, length_m);
        }
        if self.step_m > 0.0 {
            self.blur(range, turns);
        }
        // no hidden hill is harder than legs can do
        let most = |volume_m: &Span| model::load(volume_m.high, GREATEST_RATIO);
        let (up, down) = (most(&range.climb_volume_m), most(&range.descent_volume_m));
        range.concentric_load.high = range.concentric_load.high.min(up);
        range.eccentric_load.high = range.eccentric_load.high.min(down);
        for span in intensities(range) {
            span.high = span.high.min(GREATEST_RATIO);
        }
    }

    /// Half a step more or less at each turn.
    fn blur(&self, range: &mut LoadRange, turns: usize) {
        const MOST: f64 = 0.9;
        let volume_m = range.climb_volume_m.high + range.descent_volume_m.high;
        let metres = volume_m.max(self.step_m);
        let turned = self.step_m / 2.0 * turns as f64 / metres;
        let share = |factor: f64| (STEPS_SHARE.value + factor * turned).min(MOST);
        let blur = |span: &mut Span, share: f64| {
            span.low *= 1.0 - share;
            span.high *= 1.0 + share;
        };
        for span in [&mut range.climb_volume_m, &mut range.descent_volume_m] {
            blur(span, share(1.0));
        }
        // where a hill is lower, its steps are easier, too
        for span in [&mut range.concentric_load, &mut range.eccentric_load] {
            blur(span, share(1.5));
        }
        for span in intensities(range) {
            blur(span, share(0.5));
        }
    }

    /// Hills between two points.
    fn add_hills(&self, range: &mut LoadRange, length_m: f64) {
        let sparse_km = self.share * length_m / 1000.0;
        let factor = |most: f64| 1.0 + self.share * (most - 1.0);
        let lower = factor(LOWER_FACTOR.value);
        let volume = |span: &mut Span| {
            span.low *= lower;
            span.high =
                span.high * factor(VOLUME_FACTOR.value) + VOLUME_M_PER_KM * sparse_km;
        };
        volume(&mut range.climb_volume_m);
        let load = |span: &mut Span| {
            span.low *= lower;
            span.high =
                span.high * factor(LOAD_FACTOR.value) + LOAD_PER_KM.value * sparse_km;
        };
        load(&mut range.concentric_load);
        if self.on_foot {
            volume(&mut range.descent_volume_m);
            load(&mut range.eccentric_load);
        }
        for span in intensities(range) {
            span.low *= lower;
            span.high *= factor(INTENSITY_FACTOR);
        }
    }
}

/// Returns the intensities that there are.
fn intensities(range: &mut LoadRange) -> impl Iterator<Item = &mut Span> {
    [&mut range.concentric_intensity, &mut range.eccentric_intensity]
        .into_iter()
        .flatten()
}
