//! Loads, and what they could be.

use crate::load::LegLoad;
use crate::load::range::{Effect as Effects, LoadRange as Ranges, Span as Range};
use crate::report::OtherSport as Other;
use crate::write::object::object;
use crate::write::rounding::{finite, maybe};

object! {
    /// Points, intensity, load and work.
    pub struct Load;

    pub(super) fn load(load: &LegLoad, foot: bool);

    /// Metres of one's own weight raised, rise x (body + pack) / body; 0.1.
    climb_volume_m: f64 = finite(load.climb_volume_m, 1),
    /// Metres of one's own weight lowered; 0.1. Null on rides.
    descent_volume_m: Option<f64> = foot.then(|| finite(load.descent_volume_m, 1)),
    /// Climb volume times intensity over 20 m; 0.1.
    concentric_load: f64 = finite(load.concentric_load, 1),
    /// Descent volume times intensity over 20 m; 0.1. Zero on rides.
    eccentric_load: f64 = finite(load.eccentric_load, 1),
    /// Muscle work of a step up over that of an easy level step; 0.01. Null below 50 m of volume.
    concentric_intensity: Option<f64> = maybe(load.concentric_intensity(), 2),
    /// Muscle work of a step down over that of an easy level step; 0.01. Null below 50 m of volume.
    eccentric_intensity: Option<f64> = maybe(load.eccentric_intensity(), 2),
    /// Muscle work shortening, level metres included; 1 J/kg.
    con_j_per_kg: f64 = finite(load.con_j_per_kg, 0),
    /// Muscle work lengthening, level metres included; 1 J/kg.
    ecc_j_per_kg: f64 = finite(load.ecc_j_per_kg, 0),
    /// Climb volume in steps below 1x, 1 to 2x, 2 to 3x, 3x and above, m; 0.1.
    climb_volume_by_zone_m: [f64; 4] = load.climb_volume_by_zone_m.map(|z| finite(z, 1)),
    /// Descent volume by the same zones, m; 0.1. Null on rides.
    descent_volume_by_zone_m: Option<[f64; 4]> = foot.then(|| load.descent_volume_by_zone_m.map(|z| finite(z, 1))),
    /// Climb volume at 2x and above, m; 0.1.
    hard_climb_volume_m: f64 = finite(load.hard_climb_volume_m(), 1),
    /// Descent volume at 2x and above, m; 0.1. Null on rides.
    hard_descent_volume_m: Option<f64> = foot.then(|| finite(load.hard_descent_volume_m(), 1)),
}

object! {
    /// Lowest and highest.
    #[serde(deny_unknown_fields)]
    pub struct Span;

    pub(super) fn span(span: &Range, decimals: i32);

    /// Lowest.
    low: f64 = finite(span.low, decimals),
    /// Highest.
    high: f64 = finite(span.high, decimals),
}

object! {
    /// What could be, by everything that is not known; no confidence interval.
    #[serde(deny_unknown_fields)]
    pub struct LoadRange;

    pub(super) fn range(range: &Ranges, foot: bool);

    /// Of the key of this name; 0.1.
    climb_volume_m: Span = span(&range.climb_volume_m, 1),
    /// Of the key of this name; 0.1. Null on rides.
    descent_volume_m: Option<Span> = foot.then(|| span(&range.descent_volume_m, 1)),
    /// Of the key of this name; 0.1.
    concentric_load: Span = span(&range.concentric_load, 1),
    /// Of the key of this name; 0.1.
    eccentric_load: Span = span(&range.eccentric_load, 1),
    /// Of the key of this name; 0.01.
    concentric_intensity: Option<Span> = range.concentric_intensity.map(|s| span(&s, 2)),
    /// Of the key of this name; 0.01.
    eccentric_intensity: Option<Span> = range.eccentric_intensity.map(|s| span(&s, 2)),
}

object! {
    /// What one thing that is not known does to the loads.
    #[serde(deny_unknown_fields)]
    pub struct Effect;

    pub(super) fn effect(effect: &Effects);

    /// heights, interval, stride, cadence, gait, speed, mass or pack; of a ride wind, drag area,
    /// draught, rolling, bicycle, chain or crank.
    unknown: String = effect.unknown.name().to_owned(),
    /// What it may be at least, in words.
    low: String = effect.low.clone(),
    /// What it may be at most, in words.
    high: String = effect.high.clone(),
    /// The range if it were the only unknown; 0.1.
    concentric_load: Span = span(&effect.alone.concentric_load, 1),
    /// The range if it were the only unknown; 0.1. Zero on rides.
    eccentric_load: Span = span(&effect.alone.eccentric_load, 1),
    /// The range if it were known; 0.1.
    concentric_load_if_known: Span = span(&effect.without.concentric_load, 1),
    /// The range if it were known; 0.1. Zero on rides.
    eccentric_load_if_known: Span = span(&effect.without.eccentric_load, 1),
}

object! {
    /// The load as another sport.
    #[serde(deny_unknown_fields)]
    pub struct OtherSport;

    pub(super) fn other_sport(other: &Other);

    /// run, walk, hike or ride.
    sport: String = other.sport.name().to_owned(),
    /// 0.1. Null of a ride without times.
    concentric_load: Option<f64> = maybe(other.load.map(|load| load.concentric_load), 1),
    /// 0.1. Zero on rides, null of one without times.
    eccentric_load: Option<f64> = maybe(other.load.map(|load| load.eccentric_load), 1),
}
