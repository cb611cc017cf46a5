//! The whole of an activity and its segments, while one unknown after the other is tried on them.

use std::iter;
use std::ops::Range;

use crate::athlete::Athlete;
use crate::load::efforts::{Efforts, Terms};
use crate::load::kernel::{self, Loads};
use crate::load::load_range::LoadRange;
use crate::load::unknown::Unknown;
use crate::profile::Profile;
use crate::segment::Segment;
use crate::sport::{Bike, Sport};

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
    /// By the unknown that is being tried.
    pub(super) ranges: Vec<LoadRange>,
    /// By each unknown that was tried: what it is, and what it did to each stretch.
    pub(super) settled: Vec<(Unknown, [String; 2], Vec<LoadRange>)>,
}

impl Stretches {
    pub(super) fn of(setup: &Setup<'_>, central: &Efforts<'_>) -> Stretches {
        let whole = iter::once(0..setup.profile.cells());
        let segments = setup.segments.iter().map(|s| s.cells.clone());
        let cells: Vec<Range<usize>> = whole.chain(segments).collect();
        let central: Vec<Loads> =
            cells.iter().map(|cells| central.loads(cells.clone())).collect();
        let ranges = central.iter().map(|loads| LoadRange::at(*loads)).collect();
        Stretches { cells, central, ranges, settled: Vec::new() }
    }

    /// Ends the trials of one unknown, which may be so little or so much.
    pub(super) fn settle(&mut self, unknown: Unknown, low: &str, high: &str) {
        let central = self.central.iter().map(|loads| LoadRange::at(*loads)).collect();
        let ranges = std::mem::replace(&mut self.ranges, central);
        self.settled.push((unknown, [low.to_owned(), high.to_owned()], ranges));
    }

    /// Returns the range of a stretch by every unknown but one.
    pub(super) fn joined(&self, at: usize, but: Option<Unknown>) -> LoadRange {
        let central = LoadRange::at(self.central[at]);
        let mut joined = central;
        for (unknown, _, ranges) in &self.settled {
            if Some(*unknown) != but {
                joined.join(&ranges[at], &central);
            }
        }
        joined.limit();
        joined
    }

    /// Widens each range by what a variant gives of its cells.
    pub(super) fn widen(&mut self, loads_of: &dyn Fn(Range<usize>) -> Loads) {
        for (range, cells) in self.ranges.iter_mut().zip(&self.cells) {
            range.widen(loads_of(cells.clone()));
        }
    }

    /// Widens each range by other intensities of the same volume.
    pub(super) fn widen_intensity(
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
