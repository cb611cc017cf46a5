//! The two loads as every page tells them: the figure, how hard the steps were, what it means.

use crate::load::kernel::zone_of;
use crate::load::leg_load::LEAST_VOLUME_M;
use crate::load::meaning::Meaning;
use crate::load::range::Span;
use crate::report::Report;
use crate::write::units::{percent, times};

/// One of the two loads, as every page tells it.
pub(super) struct LoadWords<'r> {
    /// The load and its range; `None` where it is not known.
    pub(super) figure: Option<(f64, &'r Span)>,
    /// Or what it is below, where the metres are too few for a figure.
    pub(super) under: Option<f64>,
    /// How hard its steps were.
    pub(super) steps: Vec<String>,
    /// What it means to legs that are new to it.
    pub(super) meaning: Option<String>,
    /// What is not known, or not scored.
    pub(super) note: Option<String>,
}

impl LoadWords<'_> {
    fn unknown(why: &str) -> Self {
        LoadWords {
            figure: None,
            under: None,
            steps: Vec::new(),
            meaning: None,
            note: Some(why.to_owned()),
        }
    }
}

/// Returns the uphill load.
pub(super) fn uphill(r: &Report) -> LoadWords<'_> {
    let (load, foot) = (&r.load, r.sport.on_foot());
    if !foot && r.rising_m <= r.unknown_m {
        return LoadWords::unknown("power is not known on any rising metre");
    }
    let each = if foot { "step" } else { "half turn" };
    let hard_m = load.hard_climb_volume_m();
    let note = if foot { None } else { power_source(r) };
    LoadWords {
        figure: Some((load.concentric_load, &r.range.concentric_load)),
        under: under(load.climb_volume_m, &r.range.concentric_load),
        steps: steps(load.concentric_intensity(), each, hard_m, load.climb_volume_m),
        meaning: None,
        note,
    }
}

/// Returns where the power of a ride comes from; nothing where a meter told all of it.
fn power_source(r: &Report) -> Option<String> {
    let share = |metres: f64| metres / r.rising_m;
    let told = |metres: f64| share(metres) >= 0.005;
    let measured_m = r.rising_m - r.modelled_m - r.unknown_m;
    let mut parts = Vec::new();
    if told(r.modelled_m) && !r.metered {
        let modelled = percent(share(r.modelled_m));
        parts.push(format!("power modelled on {modelled} of the climbing (no meter)"));
    } else if told(r.modelled_m) || told(r.unknown_m) {
        let measured = percent(share(measured_m));
        parts.push(format!("power measured on {measured} of the climbing"));
        if told(r.modelled_m) {
            parts.push(format!("modelled on {}", percent(share(r.modelled_m))));
        }
    }
    if told(r.unknown_m) {
        parts
            .push(format!("not known and not scored on {}", percent(share(r.unknown_m))));
    }
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Returns the downhill load.
pub(super) fn downhill(r: &Report) -> LoadWords<'_> {
    let (load, range) = (&r.load, &r.range.eccentric_load);
    if !r.sport.on_foot() {
        let why = "not scored: freewheeling legs do no lengthening work";
        return LoadWords::unknown(why);
    }
    let hard_m = load.hard_descent_volume_m();
    let told = load.descent_volume_m >= LEAST_VOLUME_M;
    LoadWords {
        figure: Some((load.eccentric_load, range)),
        under: under(load.descent_volume_m, range),
        steps: steps(load.eccentric_intensity(), "step", hard_m, load.descent_volume_m),
        meaning: told.then(|| meaning(range)),
        note: None,
    }
}

/// Returns what a load of a few metres is below: 5, or a multiple of it where that may not do.
fn under(volume_m: f64, range: &Span) -> Option<f64> {
    const STEP: f64 = 5.0;
    (volume_m < LEAST_VOLUME_M).then(|| (range.high / STEP).ceil().max(1.0) * STEP)
}

/// Returns how hard the steps were, and how much of the metres were hard; nothing of a few
/// metres.
fn steps(intensity: Option<f64>, each: &str, hard_m: f64, volume_m: f64) -> Vec<String> {
    let Some(intensity) = intensity else { return Vec::new() };
    let share = hard_m / volume_m;
    let hard = (share >= 0.005).then(|| format!("{} of it hard", percent(share)));
    [Some(format!("{} per {each}, {}", times(Some(intensity)), class(intensity))), hard]
        .into_iter()
        .flatten()
        .collect()
}

/// Returns what a load of descents means, from one end of its range to the other.
fn meaning(range: &Span) -> String {
    let (low, high) = (Meaning::of(range.low), Meaning::of(range.high));
    let word = if low == high {
        low.word().to_owned()
    } else {
        format!("{} to {}", low.word(), high.word())
    };
    format!("{word} for legs new to descents (sore by 100)")
}

/// Returns the class of an intensity, in a word.
fn class(intensity: f64) -> &'static str {
    const CLASSES: [&str; 4] = ["easy", "moderate", "hard", "very hard"];
    CLASSES[zone_of(intensity)]
}
