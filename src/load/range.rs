//! What could be: the smallest and largest result when one reasonable setting at a time is
//! changed. Runs, legs and segments stay as they are. It is no confidence interval.

use crate::athlete::Athlete;
use crate::load::efforts::{Efforts, Terms};
use crate::load::gait::Gait;
use crate::load::leg_load::LegLoad;
use crate::load::model::Stride;
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
    fn at(load: &LegLoad) -> LoadRange {
        LoadRange {
            climb_points: Span::at(load.climb_points),
            descent_points: Span::at(load.descent_points),
            concentric_load: Span::at(load.concentric_load),
            eccentric_load: Span::at(load.eccentric_load),
            concentric_severity: load.concentric_severity().map(Span::at),
            eccentric_severity: load.eccentric_severity().map(Span::at),
        }
    }

    fn widen(&mut self, load: &LegLoad) {
        self.climb_points.widen(load.climb_points);
        self.descent_points.widen(load.descent_points);
        self.concentric_load.widen(load.concentric_load);
        self.eccentric_load.widen(load.eccentric_load);
        if let (Some(span), Some(s)) =
            (&mut self.concentric_severity, load.concentric_severity())
        {
            span.widen(s);
        }
        if let (Some(span), Some(s)) =
            (&mut self.eccentric_severity, load.eccentric_severity())
        {
            span.widen(s);
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

/// Computes the ranges around central efforts.
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
        whole: LoadRange::at(&central.load(0..profile.cells())),
        segments: segments
            .iter()
            .map(|s| LoadRange::at(&central.load(s.cells.clone())))
            .collect(),
    };
    let mut try_with = |profile: &Profile, terms: &Terms| {
        let efforts = Efforts::of(profile, segments, sport, bike, athlete, terms);
        ranges.whole.widen(&efforts.load(0..profile.cells()));
        for (range, segment) in ranges.segments.iter_mut().zip(segments) {
            range.widen(&efforts.load(segment.cells.clone()));
        }
    };
    for factor in [0.5, 2.0] {
        try_with(&profile.resmoothed(factor), terms);
    }
    for varied in variants(sport, central, terms) {
        try_with(profile, &varied);
    }
    ranges
}

/// One setting at a time (MODEL section 10).
fn variants(sport: Sport, central: &Efforts, terms: &Terms) -> Vec<Terms> {
    let mut variants = Vec::new();
    let mut vary = |change: &dyn Fn(&mut Terms)| {
        let mut varied = *terms;
        change(&mut varied);
        variants.push(varied);
    };
    if sport.on_foot() {
        // bounce and elastic part of running, and the factor on the bounce of walking
        for (bounce, elastic, walk) in
            [(1.35, 0.85, 0.75), (1.35, 0.45, 1.25), (1.1, 0.4, 1.0), (1.6, 0.9, 1.0)]
        {
            vary(&|t| {
                t.run = Stride { bounce, elastic };
                t.walk.bounce *= walk;
            });
        }
        if central.steps.assumed.iter().any(|assumed| *assumed) {
            for factor in [0.9, 1.1] {
                vary(&|t| t.steps.assumed_factor *= factor);
            }
        }
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
