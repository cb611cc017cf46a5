//! The range of one load, and how what one unknown does to it joins what others do.

use crate::load::kernel::Loads;
use crate::load::leg_load::intensity;
use crate::load::model::{self, GREATEST_RATIO};
use crate::profile::{Span, height_range};

/// Range of one load.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct LoadRange {
    /// Climb volume, m.
    pub climb_volume_m: Span,
    /// Descent volume, m.
    pub descent_volume_m: Span,
    /// Concentric load.
    pub concentric_load: Span,
    /// Eccentric load.
    pub eccentric_load: Span,
    /// Intensity of climbs; `None` where it is null at the central setting.
    pub concentric_intensity: Option<Span>,
    /// Intensity of descents; `None` where it is null at the central setting.
    pub eccentric_intensity: Option<Span>,
}

impl LoadRange {
    pub(super) fn at(loads: Loads) -> LoadRange {
        let up = intensity(loads.climb_volume_m, loads.concentric_load);
        let down = intensity(loads.descent_volume_m, loads.eccentric_load);
        LoadRange {
            climb_volume_m: Span::at(loads.climb_volume_m),
            descent_volume_m: Span::at(loads.descent_volume_m),
            concentric_load: Span::at(loads.concentric_load),
            eccentric_load: Span::at(loads.eccentric_load),
            concentric_intensity: up.map(Span::at),
            eccentric_intensity: down.map(Span::at),
        }
    }

    /// Takes in what a variant gives.
    pub(super) fn widen(&mut self, loads: Loads) {
        widen(&mut self.climb_volume_m, loads.climb_volume_m);
        widen(&mut self.descent_volume_m, loads.descent_volume_m);
        widen(&mut self.concentric_load, loads.concentric_load);
        widen(&mut self.eccentric_load, loads.eccentric_load);
        let intensities = [
            (&mut self.concentric_intensity, loads.climb_volume_m, loads.concentric_load),
            (&mut self.eccentric_intensity, loads.descent_volume_m, loads.eccentric_load),
        ];
        for (span, volume_m, load) in intensities {
            if let (Some(span), Some(intensity)) = (span, intensity(volume_m, load)) {
                widen(span, intensity);
            }
        }
    }

    /// Returns every span beside that of another range.
    fn spans<'a>(
        &'a mut self,
        other: &'a LoadRange,
    ) -> impl Iterator<Item = (&'a mut Span, &'a Span)> {
        [
            (&mut self.climb_volume_m, &other.climb_volume_m),
            (&mut self.descent_volume_m, &other.descent_volume_m),
            (&mut self.concentric_load, &other.concentric_load),
            (&mut self.eccentric_load, &other.eccentric_load),
        ]
        .into_iter()
        .chain(
            self.concentric_intensity.as_mut().zip(other.concentric_intensity.as_ref()),
        )
        .chain(self.eccentric_intensity.as_mut().zip(other.eccentric_intensity.as_ref()))
    }

    /// Adds what another unknown does to the same load, as squares.
    pub(super) fn join(&mut self, other: &LoadRange, central: &LoadRange) {
        let mut middle = *central;
        let middles: Vec<f64> = middle.spans(central).map(|(_, span)| span.low).collect();
        for ((span, other), middle) in self.spans(other).zip(middles) {
            let below = (middle - span.low).hypot(middle - other.low);
            let above = (span.high - middle).hypot(other.high - middle);
            *span = Span { low: (middle - below).max(0.0), high: middle + above };
        }
    }

    /// No hill is harder than legs can do.
    pub(super) fn limit(&mut self) {
        let most = |volume_m: &Span| model::load(volume_m.high, GREATEST_RATIO);
        let (up, down) = (most(&self.climb_volume_m), most(&self.descent_volume_m));
        self.concentric_load.high = self.concentric_load.high.min(up);
        self.eccentric_load.high = self.eccentric_load.high.min(down);
        let intensities = [&mut self.concentric_intensity, &mut self.eccentric_intensity];
        for span in intensities.into_iter().flatten() {
            span.high = span.high.min(GREATEST_RATIO);
        }
    }

    /// Moves volumes by shares of themselves, and the loads with them.
    pub(super) fn of_heights(loads: Loads, up: Share, down: Share) -> LoadRange {
        let mut range = LoadRange::at(loads);
        let spread = |span: &mut Span, share: Share, per_m: f64| {
            span.low *= 1.0 - share.below.min(1.0);
            span.high = span.high * (1.0 + share.above) + share.missing_m * per_m;
        };
        // a hill that nobody saw is as hard as an easy step
        let per_m = model::load(1.0, 1.0);
        spread(&mut range.climb_volume_m, up, 1.0);
        spread(&mut range.concentric_load, up, per_m);
        spread(&mut range.descent_volume_m, down, 1.0);
        spread(&mut range.eccentric_load, down, per_m);
        range
    }
}

/// How far a height may be off, as shares of it below and above, and metres where there is none.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Share {
    below: f64,
    above: f64,
    missing_m: f64,
}

impl Share {
    /// Of a total and what it may be.
    pub(super) fn of(total_m: f64, span_m: Span) -> Share {
        if total_m < 1.0 {
            return Share { missing_m: span_m.high - total_m, ..Share::default() };
        }
        let below = (total_m - span_m.low) / total_m;
        Share { below, above: span_m.high / total_m - 1.0, missing_m: 0.0 }
    }

    /// Of one hill so high.
    pub(super) fn of_hill(rise_m: f64, sensor_share: f64) -> Share {
        let off_m = (sensor_share * rise_m).hypot(height_range::LEAST.value);
        Share::of(rise_m, Span { low: (rise_m - off_m).max(0.0), high: rise_m + off_m })
    }
}

fn widen(span: &mut Span, value: f64) {
    span.low = span.low.min(value);
    span.high = span.high.max(value);
}
