//! Computes the range of a load: how far each thing that is not known may move it, added as
//! squares, apart above and below.
//!
//! Each unknown is tried at both ends of what is reasonable while all others stay as they are;
//! what one does to a load says nothing of what another does. Runs, legs and segments stay as they
//! are. It is no confidence interval.

use std::ops::Range;

use crate::athlete::{Athlete, DEFAULT_MASS_KG};
use crate::load::efforts::{Efforts, load_factor, speed_on_foot};
use crate::load::gait::{self, Cadence, Choice, Gait, Steps};
use crate::load::kernel::{self, Loads};
pub use crate::load::load_range::LoadRange;
use crate::load::load_range::Share;
use crate::load::model::{self, Stride};
use crate::load::ride_range;
use crate::load::step_work;
pub use crate::load::stretches::Setup;
use crate::load::stretches::Stretches;
use crate::load::undersampling::Undersampled;
use crate::load::unknown::{self, Unknown};
pub use crate::profile::Span;
use crate::profile::height_range::SMOOTHING;
use crate::profile::{HeightRange, Profile};
use crate::sport::Sport;

/// What one unknown does to the loads of an activity.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Effect {
    /// What is not known.
    pub unknown: Unknown,
    /// What it may be at least, in words.
    pub low: String,
    /// What it may be at most, in words.
    pub high: String,
    /// The range if it were the only unknown.
    pub alone: LoadRange,
    /// The range if all but this were unknown.
    pub without: LoadRange,
}

impl Effect {
    /// Returns how much narrower both loads' ranges were if it were known.
    pub fn gain(&self, whole: &LoadRange) -> f64 {
        let width = |range: &LoadRange| {
            range.concentric_load.high - range.concentric_load.low
                + (range.eccentric_load.high - range.eccentric_load.low)
        };
        width(whole) - width(&self.without)
    }
}

/// Ranges of the whole and of every segment, in their order.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Ranges {
    /// The activity.
    pub whole: LoadRange,
    /// Its segments.
    pub segments: Vec<LoadRange>,
    /// What the range of the activity is made of, the largest effect first.
    pub effects: Vec<Effect>,
    /// What gain and loss of the activity could be.
    pub heights: HeightRange,
}

/// Factors on cadences that are only assumed.
const ASSUMED_CADENCE: [f64; 2] = [0.9, 1.1];
/// Bounce and elastic part of running, J/kg/m, and the factor on the bounce of walking.
const STRIDES: [(Stride, f64); 4] = [
    (Stride { bounce: 1.35, elastic: 0.85 }, 0.75),
    (Stride { bounce: 1.35, elastic: 0.45 }, 1.25),
    (Stride { bounce: 1.1, elastic: 0.4 }, 1.0),
    (Stride { bounce: 1.6, elastic: 0.9 }, 1.0),
];

/// Computes the ranges around central efforts.
///
/// What a variant leaves as it is, is not computed again: another stride changes the work of
/// a step alone, another guess of the cadence the number of steps alone, another smoothing
/// nothing that the sensors counted, another pack every metre and every step by one factor.
pub fn ranges(setup: &Setup<'_>, central: &Efforts<'_>) -> Ranges {
    let Setup { profile, sport, .. } = *setup;
    let mut stretches = Stretches::of(setup, central);
    let smoothed = SMOOTHING.map(|factor| {
        let (resmoothed, gain_and_loss_m) = profile.resmoothed_with_gain(factor);
        if let Some(ride) = &central.ride {
            ride_range::widen_by_smoothing(setup, ride, &resmoothed, &mut stretches);
        } else {
            let other = Smoothed::of(setup, &resmoothed, central);
            stretches.widen(&|cells| other.loads(cells));
        }
        gain_and_loss_m
    });
    let heights = profile.height_range_by(smoothed);
    let undersampled = Undersampled::of(profile, sport.on_foot());
    let seen = heights.but_hidden(undersampled.as_ref().map_or(0.0, Undersampled::share));
    by_heights(profile, &seen, sport.on_foot(), &mut stretches);
    if let Some(ride) = &central.ride {
        ride_range::widen(setup, ride, &mut stretches);
    } else {
        on_foot(setup, central, &mut stretches);
    }
    let unseen = |range: &mut LoadRange, at: usize| {
        // a segment has two ends
        let turns = if at == 0 { profile.turns() } else { 2 };
        if let Some(undersampled) = &undersampled {
            let length_m = profile.length_m(&stretches.cells[at]);
            undersampled.widen(range, length_m, turns);
        }
    };
    let mut ranges: Vec<LoadRange> =
        (0..stretches.cells.len()).map(|at| stretches.joined(at, None)).collect();
    let mut effects = effects(&stretches, &unseen);
    if undersampled.is_some() {
        let mut alone = LoadRange::at(stretches.central[0]);
        unseen(&mut alone, 0);
        effects.push(Effect {
            unknown: Unknown::Interval,
            low: "what was seen".to_owned(),
            high: "hills between".to_owned(),
            alone,
            without: ranges[0],
        });
    }
    for (at, range) in ranges.iter_mut().enumerate() {
        unseen(range, at);
    }
    let whole = ranges.remove(0);
    effects.sort_by(|a, b| b.gain(&whole).total_cmp(&a.gain(&whole)));
    Ranges { whole, segments: ranges, effects, heights }
}

/// Returns what each unknown that was tried does to the whole, where it does anything.
fn effects(stretches: &Stretches, unseen: &dyn Fn(&mut LoadRange, usize)) -> Vec<Effect> {
    let central = LoadRange::at(stretches.central[0]);
    let mut effects = Vec::new();
    for (unknown, [low, high], ranges) in &stretches.settled {
        if ranges[0] == central {
            continue;
        }
        let mut without = stretches.joined(0, Some(*unknown));
        unseen(&mut without, 0);
        effects.push(Effect {
            unknown: *unknown,
            low: low.clone(),
            high: high.clone(),
            alone: ranges[0],
            without,
        });
    }
    effects
}

/// Ends the trial of the heights: beside the smoothing, what gain and loss may be off.
fn by_heights(
    profile: &Profile,
    heights: &HeightRange,
    on_foot: bool,
    stretches: &mut Stretches,
) {
    let sums = |sign: f64| -> f64 {
        let cells = profile.rise_m().iter().zip(profile.scored());
        cells.filter(|(_, scored)| **scored).map(|(rise, _)| (sign * rise).max(0.0)).sum()
    };
    let totals = [(sums(1.0), heights.gain_m), (sums(-1.0), heights.loss_m)];
    let whole = totals.map(|(total_m, span_m)| Share::of(total_m, span_m));
    let cells = stretches.cells.iter().zip(&stretches.central);
    for (at, ((cells, loads), range)) in cells.zip(&mut stretches.ranges).enumerate() {
        let [up, down] = if at == 0 {
            whole
        } else {
            let rise_m: f64 = profile.rise_m()[cells.clone()].iter().sum();
            [rise_m.max(0.0), (-rise_m).max(0.0)]
                .map(|rise_m| Share::of_hill(rise_m, heights.sensor_share))
        };
        // descents of a ride have no load
        let down = if on_foot { down } else { Share::default() };
        range.join(&LoadRange::of_heights(*loads, up, down), &LoadRange::at(*loads));
    }
    let [(gain_m, _), (loss_m, _)] = totals;
    let (sign, span_m) =
        if gain_m >= loss_m { ("+", heights.gain_m) } else { ("−", heights.loss_m) };
    let [low, high] = [span_m.low, span_m.high].map(|m| format!("{sign}{m:.0} m"));
    stretches.settle(Unknown::Heights, &low, &high);
}

/// Tries other strides, and what of gait, cadence, speed, mass and pack is assumed.
fn on_foot(setup: &Setup<'_>, central: &Efforts<'_>, stretches: &mut Stretches) {
    let Setup { profile, sport, athlete, terms, .. } = *setup;
    let (speeds, k) = (&central.speed_m_per_s, load_factor(athlete));
    let work = StepWork::of(profile, speeds, &central.steps, k);
    for (run, walk) in STRIDES {
        let walk = Stride { bounce: terms.walk.bounce * walk, ..terms.walk };
        let ratio = work.ratio(run, walk);
        stretches.widen_intensity(central, &ratio, &ratio);
    }
    stretches.settle(Unknown::Stride, "stiff", "soft");
    if central.steps.assumed.contains(&true) {
        for factor in ASSUMED_CADENCE {
            let up = other_cadence(&central.up_ratio, central, factor);
            let down = other_cadence(&central.down_ratio, central, factor);
            stretches.widen_intensity(central, &up, &down);
        }
        stretches.settle(Unknown::Cadence, "−10 %", "+10 %");
    }
    if !central.steps.recorded && terms.steps.forced.is_none() {
        for gait in [Gait::Run, Gait::Walk] {
            // as it is
            if central.steps.gait.iter().all(|of_cell| *of_cell == gait) {
                continue;
            }
            let choice = Choice { without_cadence: Some(gait), ..terms.steps };
            let ratio = ratio(setup, profile, central, (speeds, choice));
            stretches.widen_intensity(central, &ratio, &ratio);
        }
        stretches.settle(Unknown::Gait, "run", "walk");
    }
    if !profile.timed() {
        let assumed = [1.0 / unknown::SPEED.value, unknown::SPEED.value];
        let days = terms.own_speeds.map_or(assumed, |own| [own.slow, own.fast]);
        for factor in days {
            let speeds: Vec<f64> = speeds.iter().map(|speed| factor * speed).collect();
            let ratio = ratio(setup, profile, central, (&speeds, terms.steps));
            stretches.widen_intensity(central, &ratio, &ratio);
        }
        let [slow, fast] = days.map(|factor| 100.0 * (factor - 1.0));
        stretches.settle(
            Unknown::Speed,
            &format!("−{:.0} %", -slow),
            &format!("+{fast:.0} %"),
        );
    }
    masses(athlete, sport, stretches);
}

/// Returns loads of who carries so many times as much a step: more metres, each as much harder.
fn carried(loads: Loads, factor: f64) -> Loads {
    Loads {
        climb_volume_m: factor * loads.climb_volume_m,
        descent_volume_m: factor * loads.descent_volume_m,
        concentric_load: factor * factor * loads.concentric_load,
        eccentric_load: factor * factor * loads.eccentric_load,
    }
}

/// Tries other masses beside a pack, and a pack where nobody says there is none.
fn masses(athlete: &Athlete, sport: Sport, stretches: &mut Stretches) {
    let k = load_factor(athlete);
    let carry = |stretches: &mut Stretches, other: &Athlete| {
        let factor = load_factor(other) / k;
        for (range, loads) in stretches.ranges.iter_mut().zip(&stretches.central) {
            range.widen(carried(*loads, factor));
        }
    };
    if athlete.mass_kg.is_none() && athlete.carried_kg() > 0.0 {
        let (least, most) = (
            DEFAULT_MASS_KG - unknown::MASS.value,
            DEFAULT_MASS_KG + unknown::MASS.value,
        );
        for mass_kg in [least, most] {
            carry(stretches, &Athlete { mass_kg: Some(mass_kg), ..*athlete });
        }
        stretches.settle(
            Unknown::Mass,
            &format!("{least:.0} kg"),
            &format!("{most:.0} kg"),
        );
    }
    if athlete.pack_kg.is_none() {
        let pack =
            if sport == Sport::Run { unknown::RUN_PACK } else { unknown::WALK_PACK };
        carry(stretches, &Athlete { pack_kg: Some(pack.value), ..*athlete });
        stretches.settle(Unknown::Pack, "0 kg", &format!("{} kg", pack.value));
    }
}

/// What every cell asks of a stride: columns that no stride changes.
struct StepWork<'a> {
    per_work: Vec<f64>,
    weight: Vec<f64>,
    gait: &'a [Gait],
}

impl<'a> StepWork<'a> {
    fn of(profile: &Profile, speed_m_per_s: &[f64], steps: &'a Steps, k: f64) -> Self {
        StepWork {
            per_work: step_work::per_work(speed_m_per_s, &steps.per_min, k),
            weight: step_work::weight(profile.grade()),
            gait: &steps.gait,
        }
    }

    /// Returns the intensity of each cell's steps in its own direction: up where it rises, else down.
    fn ratio(&self, run: Stride, walk: Stride) -> Vec<f64> {
        let mut ratio = step_work::against(&self.weight, self.gait, run, walk);
        let cells = self.per_work.iter().zip(&self.weight);
        for (ratio, (per_work, weight)) in ratio.iter_mut().zip(cells) {
            *ratio = model::limited(per_work * (*ratio + weight.abs()));
        }
        ratio
    }
}

/// Returns the intensity of each cell's steps at these speeds and with this gait and cadence, on this
/// profile; whether cadence counts strides is as it was found.
fn ratio(
    setup: &Setup<'_>,
    profile: &Profile,
    central: &Efforts<'_>,
    (speed_m_per_s, choice): (&[f64], Choice),
) -> Vec<f64> {
    let Setup { sport, athlete, terms, .. } = *setup;
    let cadence = Cadence::counted(profile, central.steps.doubled);
    let steps = gait::steps_of(profile, speed_m_per_s, &cadence, sport, choice);
    let work = StepWork::of(profile, speed_m_per_s, &steps, load_factor(athlete));
    work.ratio(terms.run, terms.walk)
}

/// The volume on foot and its intensity on the same profile smoothed otherwise: what of
/// [`Efforts`] its loads are made of.
struct Smoothed {
    climb_volume_m: Vec<f64>,
    descent_volume_m: Vec<f64>,
    ratio: Vec<f64>,
}

impl Smoothed {
    fn of(setup: &Setup<'_>, profile: &Profile, central: &Efforts<'_>) -> Smoothed {
        let Setup { sport, athlete, terms, .. } = *setup;
        let k = load_factor(athlete);
        // what it takes is let go before the volume comes: a day has columns of a third of a MB
        let ratio = {
            let speeds = speed_on_foot(profile, sport, terms.own_speeds.as_ref());
            ratio(setup, profile, central, (&speeds, terms.steps))
        };
        let (climb_volume_m, descent_volume_m) =
            step_work::volume_m(profile.rise_m(), profile.scored(), k);
        Smoothed { climb_volume_m, descent_volume_m, ratio }
    }

    fn loads(&self, cells: Range<usize>) -> Loads {
        let up = &self.climb_volume_m[cells.clone()];
        let down = &self.descent_volume_m[cells.clone()];
        kernel::loads((up, &self.ratio[cells.clone()]), (down, &self.ratio[cells]))
    }
}

/// Intensities with other cadences where those are only assumed.
fn other_cadence(ratio: &[f64], central: &Efforts<'_>, factor: f64) -> Vec<f64> {
    let other = |(ratio, assumed): (&f64, &bool)| {
        if *assumed { model::limited(ratio / factor) } else { *ratio }
    };
    ratio.iter().zip(&central.steps.assumed).map(other).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::efforts::Terms;
    use crate::profile::Sampling;
    use crate::read;
    use crate::segment::{self, Rules};
    use crate::sport::Bike;

    fn near(a: Loads, b: Loads) -> bool {
        let close = |a: f64, b: f64| (a - b).abs() <= 1e-12 * (1.0 + a.abs());
        close(a.climb_volume_m, b.climb_volume_m)
            && close(a.descent_volume_m, b.descent_volume_m)
            && close(a.concentric_load, b.concentric_load)
            && close(a.eccentric_load, b.eccentric_load)
    }

    fn loads(central: &Efforts<'_>, up_ratio: &[f64], down_ratio: &[f64]) -> Loads {
        kernel::loads(
            (&central.climb_volume_m, up_ratio),
            (&central.descent_volume_m, down_ratio),
        )
    }

    /// Each short cut beside the same variant run apart.
    #[test]
    fn variants_are_what_they_are_apart() {
        for (file, sport, pack_kg) in [
            ("fit/ridge.fit", Sport::Run, 0.0),
            ("gpx/loop.gpx", Sport::Run, 2.0),
            ("gpx/hike_pack.gpx", Sport::Hike, 9.0),
            ("gpx/course.gpx", Sport::Run, 0.0),
        ] {
            let reading = read::path(format!("fixtures/{file}")).unwrap();
            let activity = &reading.activities[0];
            let profile = Profile::of(activity, sport, &Sampling::default()).unwrap();
            let segments = segment::split(&profile, &Rules::of(sport, false)).segments;
            let athlete = Athlete { pack_kg: Some(pack_kg), ..Athlete::default() };
            let terms = Terms::default();
            let apart = |terms: &Terms| {
                let bike = Bike::Road;
                Efforts::of(&profile, &segments, sport, bike, &athlete, terms)
            };
            let central = apart(&terms);
            let setup = Setup {
                profile: &profile,
                segments: &segments,
                sport,
                bike: Bike::Road,
                athlete: &athlete,
                terms: &terms,
            };
            let whole = 0..profile.cells();
            let (speeds, k) = (&central.speed_m_per_s, load_factor(&athlete));
            let work = StepWork::of(&profile, speeds, &central.steps, k);
            for (run, factor) in STRIDES {
                let walk = Stride { bounce: terms.walk.bounce * factor, ..terms.walk };
                let ratio = work.ratio(run, walk);
                let short = loads(&central, &ratio, &ratio);
                let plain = apart(&Terms { run, walk, ..terms }).loads(whole.clone());
                assert!(near(short, plain), "{file} {run:?}: {short:?} {plain:?}");
                let differs = !near(short, central.loads(whole.clone()));
                // who only walks has no other run
                assert!(differs || sport == Sport::Hike, "{file} {run:?}");
            }
            for factor in SMOOTHING {
                let resmoothed = profile.resmoothed(factor);
                let other = Smoothed::of(&setup, &resmoothed, &central);
                let plain = Efforts::of(
                    &resmoothed,
                    &segments,
                    sport,
                    Bike::Road,
                    &athlete,
                    &terms,
                );
                let (short, plain) =
                    (other.loads(whole.clone()), plain.loads(whole.clone()));
                assert!(near(short, plain), "{file} {factor}: {short:?} {plain:?}");
                assert!(!near(short, central.loads(whole.clone())), "{file} {factor}");
            }
            for gait in [Gait::Run, Gait::Walk] {
                let mut varied = terms;
                varied.steps.without_cadence = Some(gait);
                let ratio = ratio(&setup, &profile, &central, (speeds, varied.steps));
                let short = loads(&central, &ratio, &ratio);
                let plain = apart(&varied).loads(whole.clone());
                assert!(near(short, plain), "{file} {gait:?}: {short:?} {plain:?}");
            }
            let heavy = Athlete { pack_kg: Some(pack_kg + 6.0), ..athlete };
            let plain =
                Efforts::of(&profile, &segments, sport, Bike::Road, &heavy, &terms);
            let factor = load_factor(&heavy) / k;
            let short = carried(central.loads(whole.clone()), factor);
            assert!(near(short, plain.loads(whole.clone())), "{file}: {short:?}");
            for factor in ASSUMED_CADENCE {
                let up = other_cadence(&central.up_ratio, &central, factor);
                let down = other_cadence(&central.down_ratio, &central, factor);
                let short = loads(&central, &up, &down);
                let mut varied = terms;
                varied.steps.assumed_factor *= factor;
                let plain = apart(&varied).loads(whole.clone());
                assert!(near(short, plain), "{file} {factor}: {short:?} {plain:?}");
            }
        }
    }
}
