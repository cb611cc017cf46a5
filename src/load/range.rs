//! What could be: the smallest and largest result when one reasonable setting at a time is
//! changed. Runs, legs and segments stay as they are. It is no confidence interval.

use std::ops::Range;

use crate::athlete::Athlete;
use crate::load::bounce::against_slope;
use crate::load::efforts::{Efforts, Terms, load_factor};
use crate::load::gait::Gait;
use crate::load::kernel::Loads;
use crate::load::leg_load::severity;
use crate::load::model::{Stride, push_ratio, weight};
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
    /// Climb points.
    pub climb_points: Span,
    /// Descent points.
    pub descent_points: Span,
    /// Concentric load.
    pub concentric_load: Span,
    /// Eccentric load.
    pub eccentric_load: Span,
    /// Severity of climbs; `None` where it is null at the central setting.
    pub concentric_severity: Option<Span>,
    /// Severity of descents; `None` where it is null at the central setting.
    pub eccentric_severity: Option<Span>,
}

impl LoadRange {
    fn at(loads: Loads) -> LoadRange {
        let up = severity(loads.climb_points, loads.concentric_load);
        let down = severity(loads.descent_points, loads.eccentric_load);
        LoadRange {
            climb_points: Span::at(loads.climb_points),
            descent_points: Span::at(loads.descent_points),
            concentric_load: Span::at(loads.concentric_load),
            eccentric_load: Span::at(loads.eccentric_load),
            concentric_severity: up.map(Span::at),
            eccentric_severity: down.map(Span::at),
        }
    }

    fn widen(&mut self, loads: Loads) {
        self.climb_points.widen(loads.climb_points);
        self.descent_points.widen(loads.descent_points);
        self.concentric_load.widen(loads.concentric_load);
        self.eccentric_load.widen(loads.eccentric_load);
        let severities = [
            (&mut self.concentric_severity, loads.climb_points, loads.concentric_load),
            (&mut self.eccentric_severity, loads.descent_points, loads.eccentric_load),
        ];
        for (span, points, load) in severities {
            if let (Some(span), Some(severity)) = (span, severity(points, load)) {
                span.widen(severity);
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
const SMOOTHING: [f64; 2] = [0.5, 2.0];
/// Factors on cadences that are only assumed.
const ASSUMED_CADENCE: [f64; 2] = [0.9, 1.1];
/// Bounce and elastic part of running, J/kg/m, and the factor on the bounce of walking.
const STRIDES: [(Stride, f64); 4] = [
    (Stride { bounce: 1.35, elastic: 0.85 }, 0.75),
    (Stride { bounce: 1.35, elastic: 0.45 }, 1.25),
    (Stride { bounce: 1.1, elastic: 0.4 }, 1.0),
    (Stride { bounce: 1.6, elastic: 0.9 }, 1.0),
];

/// Computes the ranges around central efforts: one setting at a time (MODEL section 10).
///
/// What a variant leaves as it is, is not computed again: another stride changes the work of
/// a push alone, another guess of the cadence the number of pushes alone.
pub fn ranges(
    profile: &Profile,
    segments: &[Segment],
    central: &Efforts,
    sport: Sport,
    bike: Bike,
    athlete: &Athlete,
    terms: &Terms,
) -> Ranges {
    let mut ranges = Ranges {
        whole: LoadRange::at(central.loads(0..profile.cells())),
        segments: segments
            .iter()
            .map(|s| LoadRange::at(central.loads(s.cells.clone())))
            .collect(),
    };
    let mut widen = |loads_of: &dyn Fn(Range<usize>) -> Loads| {
        ranges.whole.widen(loads_of(0..profile.cells()));
        for (range, segment) in ranges.segments.iter_mut().zip(segments) {
            range.widen(loads_of(segment.cells.clone()));
        }
    };
    let apart = |profile: &Profile, terms: &Terms| {
        Efforts::of(profile, segments, sport, bike, athlete, terms)
    };
    for factor in SMOOTHING {
        let efforts = apart(&profile.resmoothed(factor), terms);
        widen(&|cells| efforts.loads(cells));
    }
    if sport.on_foot() {
        let pushes = Pushes::of(profile, central, athlete);
        for (run, walk) in STRIDES {
            let walk = Stride { bounce: terms.walk.bounce * walk, ..terms.walk };
            let ratio = pushes.ratio(run, walk);
            widen(&|cells| central.loads_at(&ratio, &ratio, cells));
        }
        if central.steps.assumed.contains(&true) {
            for factor in ASSUMED_CADENCE {
                let up = other_cadence(&central.up_ratio, central, factor);
                let down = other_cadence(&central.down_ratio, central, factor);
                widen(&|cells| central.loads_at(&up, &down, cells));
            }
        }
    }
    for terms in recomputed(sport, central, terms) {
        let efforts = apart(profile, &terms);
        widen(&|cells| efforts.loads(cells));
    }
    ranges
}

/// What every cell asks of a stride: columns that no stride changes.
struct Pushes<'a> {
    /// Severity of a push of 1 J/kg/m.
    per_work: Vec<f64>,
    /// `G`, J/kg/m.
    weight: Vec<f64>,
    gait: &'a [Gait],
}

impl<'a> Pushes<'a> {
    fn of(profile: &Profile, central: &'a Efforts, athlete: &Athlete) -> Pushes<'a> {
        let k = load_factor(athlete);
        let speeds = central.speed_m_per_s.iter().zip(&central.steps.per_min);
        Pushes {
            per_work: speeds.map(|(v, steps)| push_ratio(1.0, *v, *steps, k)).collect(),
            weight: profile.grade().iter().map(|grade| weight(*grade)).collect(),
            gait: &central.steps.gait,
        }
    }

    /// Severity of each cell's pushes in its own direction: up where it rises, else down.
    fn ratio(&self, run: Stride, walk: Stride) -> Vec<f64> {
        let cells = self.per_work.iter().zip(&self.weight).zip(self.gait);
        cells
            .map(|((per_work, weight), gait)| {
                let stride = if *gait == Gait::Walk { walk } else { run };
                let against = against_slope(stride.bounce, stride.elastic, *weight);
                per_work * (against + weight.abs())
            })
            .collect()
    }
}

/// Severities with other cadences where those are only assumed.
fn other_cadence(ratio: &[f64], central: &Efforts, factor: f64) -> Vec<f64> {
    let other = |(ratio, assumed): (&f64, &bool)| {
        if *assumed { ratio / factor } else { *ratio }
    };
    ratio.iter().zip(&central.steps.assumed).map(other).collect()
}

/// Variants that change so much that all is computed anew.
fn recomputed(sport: Sport, central: &Efforts, terms: &Terms) -> Vec<Terms> {
    let mut variants = Vec::new();
    let mut vary = |change: &dyn Fn(&mut Terms)| {
        let mut varied = *terms;
        change(&mut varied);
        variants.push(varied);
    };
    if sport.on_foot() {
        if !central.steps.recorded && terms.steps.forced.is_none() {
            for gait in [Gait::Run, Gait::Walk] {
                vary(&|t| t.steps.without_cadence = Some(gait));
            }
        }
    } else if !central.metered {
        for factor in [0.8, 1.2] {
            vary(&|t| t.bicycle.drag_area_m2 *= factor);
        }
        for factor in [0.5, 1.5] {
            vary(&|t| t.bicycle.rolling_factor *= factor);
        }
        for wind in [-2.0, 2.0] {
            vary(&|t| t.bicycle.wind_m_per_s += wind);
        }
    }
    variants
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Sampling;
    use crate::read;
    use crate::segment::{self, Rules};

    fn near(a: Loads, b: Loads) -> bool {
        let close = |a: f64, b: f64| (a - b).abs() <= 1e-12 * (1.0 + a.abs());
        close(a.climb_points, b.climb_points)
            && close(a.descent_points, b.descent_points)
            && close(a.concentric_load, b.concentric_load)
            && close(a.eccentric_load, b.eccentric_load)
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
            let pushes = Pushes::of(&profile, &central, &athlete);
            for (run, factor) in STRIDES {
                let walk = Stride { bounce: terms.walk.bounce * factor, ..terms.walk };
                let ratio = pushes.ratio(run, walk);
                let short = central.loads_at(&ratio, &ratio, whole.clone());
                let plain = apart(&Terms { run, walk, ..terms }).loads(whole.clone());
                assert!(near(short, plain), "{file} {run:?}: {short:?} {plain:?}");
                let differs = !near(short, central.loads(whole.clone()));
                // who only walks has no other run
                assert!(differs || sport == Sport::Hike, "{file} {run:?}");
            }
            for factor in ASSUMED_CADENCE {
                let up = other_cadence(&central.up_ratio, &central, factor);
                let down = other_cadence(&central.down_ratio, &central, factor);
                let short = central.loads_at(&up, &down, whole.clone());
                let mut varied = terms;
                varied.steps.assumed_factor *= factor;
                let plain = apart(&varied).loads(whole.clone());
                assert!(near(short, plain), "{file} {factor}: {short:?} {plain:?}");
            }
        }
    }
}
