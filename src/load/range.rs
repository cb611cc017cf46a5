//! Computes the range of a load: the smallest and largest result when one reasonable setting at a
//! time is changed. Runs, legs and segments stay as they are. It is no confidence interval.

use std::iter;
use std::ops::Range;

use crate::athlete::Athlete;
use crate::load::efforts::{Efforts, Terms, load_factor, speed_on_foot};
use crate::load::gait::{self, Cadence, Gait, Steps};
use crate::load::kernel::{self, Loads};
use crate::load::leg_load::intensity;
use crate::load::model::{self, Stride};
use crate::load::ride_range;
use crate::load::step_work;
use crate::load::undersampling::Undersampled;
use crate::profile::Profile;
use crate::segment::Segment;
use crate::sport::{Bike, Sport};

/// Lowest and highest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    /// Lowest.
    pub low: f64,
    /// Highest.
    pub high: f64,
}

impl Span {
    fn at(value: f64) -> Span {
        Span { low: value, high: value }
    }

    fn widen(&mut self, value: f64) {
        self.low = self.low.min(value);
        self.high = self.high.max(value);
    }
}

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
    fn at(loads: Loads) -> LoadRange {
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

    fn widen(&mut self, loads: Loads) {
        self.climb_volume_m.widen(loads.climb_volume_m);
        self.descent_volume_m.widen(loads.descent_volume_m);
        self.concentric_load.widen(loads.concentric_load);
        self.eccentric_load.widen(loads.eccentric_load);
        let intensities = [
            (&mut self.concentric_intensity, loads.climb_volume_m, loads.concentric_load),
            (&mut self.eccentric_intensity, loads.descent_volume_m, loads.eccentric_load),
        ];
        for (span, volume_m, load) in intensities {
            if let (Some(span), Some(intensity)) = (span, intensity(volume_m, load)) {
                span.widen(intensity);
            }
        }
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
}

/// Factors on the smoothing window.
pub(super) const SMOOTHING: [f64; 2] = [0.5, 2.0];
/// Factors on cadences that are only assumed.
const ASSUMED_CADENCE: [f64; 2] = [0.9, 1.1];
/// Bounce and elastic part of running, J/kg/m, and the factor on the bounce of walking.
const STRIDES: [(Stride, f64); 4] = [
    (Stride { bounce: 1.35, elastic: 0.85 }, 0.75),
    (Stride { bounce: 1.35, elastic: 0.45 }, 1.25),
    (Stride { bounce: 1.1, elastic: 0.4 }, 1.0),
    (Stride { bounce: 1.6, elastic: 0.9 }, 1.0),
];

/// A scored profile, and how it is scored.
#[derive(Debug, Clone, Copy)]
pub struct Setup<'a> {
    /// The grid of metres.
    pub profile: &'a Profile,
    /// Its climbs, descents and level.
    pub segments: &'a [Segment],
    /// How somebody moved.
    pub sport: Sport,
    /// On what, if riding.
    pub bike: Bike,
    /// Who.
    pub athlete: &'a Athlete,
    /// The settings of the model.
    pub terms: &'a Terms,
}

/// The whole and every segment, and the ranges of their loads so far.
pub(super) struct Stretches {
    pub(super) cells: Vec<Range<usize>>,
    pub(super) central: Vec<Loads>,
    pub(super) ranges: Vec<LoadRange>,
}

impl Stretches {
    fn of(setup: &Setup<'_>, central: &Efforts<'_>) -> Stretches {
        let whole = iter::once(0..setup.profile.cells());
        let segments = setup.segments.iter().map(|s| s.cells.clone());
        let cells: Vec<Range<usize>> = whole.chain(segments).collect();
        let central: Vec<Loads> =
            cells.iter().map(|cells| central.loads(cells.clone())).collect();
        let ranges = central.iter().map(|loads| LoadRange::at(*loads)).collect();
        Stretches { cells, central, ranges }
    }

    /// Widens each range by what a variant gives of its cells.
    fn widen(&mut self, loads_of: &dyn Fn(Range<usize>) -> Loads) {
        for (range, cells) in self.ranges.iter_mut().zip(&self.cells) {
            range.widen(loads_of(cells.clone()));
        }
    }

    /// Widens each range by other intensities of the same volume.
    fn widen_intensity(
        &mut self,
        central: &Efforts<'_>,
        up_ratio: &[f64],
        down_ratio: &[f64],
    ) {
        let stretches = self.ranges.iter_mut().zip(&self.cells).zip(&self.central);
        for ((range, cells), loads) in stretches {
            let load = |volume_m: &[f64], ratio: &[f64]| {
                kernel::load(&volume_m[cells.clone()], &ratio[cells.clone()])
            };
            range.widen(Loads {
                concentric_load: load(&central.climb_volume_m, up_ratio),
                eccentric_load: load(&central.descent_volume_m, down_ratio),
                ..*loads
            });
        }
    }
}

/// Computes the ranges around central efforts: one setting at a time (MODEL section 10).
///
/// What a variant leaves as it is, is not computed again: another stride changes the work of
/// a step alone, another guess of the cadence the number of steps alone, another smoothing
/// nothing that the sensors counted.
pub fn ranges(setup: &Setup<'_>, central: &Efforts<'_>) -> Ranges {
    let Setup { profile, sport, .. } = *setup;
    let mut stretches = Stretches::of(setup, central);
    if sport.on_foot() {
        on_foot(setup, central, &mut stretches);
    } else {
        ride_range::widen(setup, &mut stretches);
    }
    let Stretches { mut ranges, cells, .. } = stretches;
    if let Some(undersampled) = Undersampled::of(profile, sport.on_foot()) {
        // a segment has two ends
        let turns = iter::once(profile.turns()).chain(iter::repeat(2));
        for ((range, cells), turns) in ranges.iter_mut().zip(&cells).zip(turns) {
            undersampled.widen(range, profile.length_m(cells), turns);
        }
    }
    let whole = ranges.remove(0);
    Ranges { whole, segments: ranges }
}

/// Widens the ranges on foot by another smoothing, other strides, and another gait and cadence
/// where they are assumed.
fn on_foot(setup: &Setup<'_>, central: &Efforts<'_>, stretches: &mut Stretches) {
    let Setup { profile, segments, sport, bike, athlete, terms } = *setup;
    for factor in SMOOTHING {
        let resmoothed = profile.resmoothed(factor);
        let other = Smoothed::of(&resmoothed, central, sport, athlete, terms);
        stretches.widen(&|cells| other.loads(cells));
    }
    let (speeds, k) = (&central.speed_m_per_s, load_factor(athlete));
    let work = StepWork::of(profile, speeds, &central.steps, k);
    for (run, walk) in STRIDES {
        let walk = Stride { bounce: terms.walk.bounce * walk, ..terms.walk };
        let ratio = work.ratio(run, walk);
        stretches.widen_intensity(central, &ratio, &ratio);
    }
    if central.steps.assumed.contains(&true) {
        for factor in ASSUMED_CADENCE {
            let up = other_cadence(&central.up_ratio, central, factor);
            let down = other_cadence(&central.down_ratio, central, factor);
            stretches.widen_intensity(central, &up, &down);
        }
    }
    if !central.steps.recorded && terms.steps.forced.is_none() {
        for gait in [Gait::Run, Gait::Walk] {
            let mut other = *terms;
            other.steps.without_cadence = Some(gait);
            let efforts = Efforts::of(profile, segments, sport, bike, athlete, &other);
            stretches.widen(&|cells| efforts.loads(cells));
        }
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

/// The volume on foot and its intensity on the same profile smoothed otherwise: what of
/// [`Efforts`] its loads are made of.
struct Smoothed {
    climb_volume_m: Vec<f64>,
    descent_volume_m: Vec<f64>,
    ratio: Vec<f64>,
}

impl Smoothed {
    fn of(
        profile: &Profile,
        central: &Efforts<'_>,
        sport: Sport,
        athlete: &Athlete,
        terms: &Terms,
    ) -> Smoothed {
        let k = load_factor(athlete);
        // what it takes is let go before the volume comes: a day has columns of a third of a MB
        let ratio = {
            let speed_m_per_s = speed_on_foot(profile, sport);
            let cadence = Cadence::counted(profile, central.steps.doubled);
            let steps =
                gait::steps_of(profile, &speed_m_per_s, &cadence, sport, terms.steps);
            StepWork::of(profile, &speed_m_per_s, &steps, k).ratio(terms.run, terms.walk)
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
    use crate::profile::Sampling;
    use crate::read;
    use crate::segment::{self, Rules};

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
                let other = Smoothed::of(&resmoothed, &central, sport, &athlete, &terms);
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
