//! The route reduced to what an eye can tell apart: an outline that keeps its peaks, and
//! stretches with their grade and load.

use crate::load::kernel::zone_of;
use crate::load::model;
use crate::load::{Efforts, LegLoad, Zones};
use crate::profile::Profile;
use crate::report::steepness::Steepness;

/// A point of the outline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OutlinePoint {
    /// From the start, m.
    pub distance_m: f64,
    /// Height, m.
    pub elevation_m: f64,
}

/// A short piece of the route.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stretch {
    /// Distance from the start, m.
    pub from_m: f64,
    /// Horizontal length, m.
    pub length_m: f64,
    /// Net rise over length.
    pub grade: f64,
    /// What the legs did in it.
    pub load: LegLoad,
}

/// A place from which the road falls on both sides.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Peak {
    /// Which run of the outline.
    pub run: usize,
    /// Its highest point.
    pub top: OutlinePoint,
}

/// Everything in one class of grade.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SteepnessRow {
    /// The class.
    pub steepness: Steepness,
    /// Horizontal metres.
    pub length_m: f64,
    /// Seconds of the clock; NaN without times.
    pub duration_s: f64,
    /// Concentric load.
    pub concentric_load: f64,
    /// Eccentric load.
    pub eccentric_load: f64,
}

/// The route as a picture needs it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Silhouette {
    /// Heights of each run, lowest and highest of each column in their order.
    pub outline: Vec<Vec<OutlinePoint>>,
    /// Pieces of max(100 m, length / 300), in order, none across a break.
    pub stretches: Vec<Stretch>,
    /// Nine rows, from very steep down to very steep up.
    pub by_steepness: Vec<SteepnessRow>,
    /// Concentric load by zone of intensity: below 1, 1 to 2, 2 to 3, 3 and more.
    pub concentric_load_by_zone: Zones,
    /// Eccentric load by zone of intensity.
    pub eccentric_load_by_zone: Zones,
}

/// Columns over the whole length: two pixels each in a chart of usual width.
const COLUMNS: f64 = 550.0;
/// Shortest stretch, m.
const STRETCH_M: f64 = 100.0;
/// Most stretches over the whole length: four pixels each.
const STRETCHES: f64 = 300.0;
/// A peak stands out by this share of the range of heights, and by so many m (our choice).
const PEAK_SHARE: f64 = 0.10;
const PEAK_M: f64 = 10.0;

impl Silhouette {
    pub(super) fn of(profile: &Profile, efforts: &Efforts<'_>) -> Silhouette {
        let length_m: f64 =
            profile.runs().iter().map(|run| run.step_m * run.cells.len() as f64).sum();
        let mut silhouette = Silhouette {
            by_steepness: by_steepness(profile, efforts),
            concentric_load_by_zone: by_zone(&efforts.climb_volume_m, &efforts.up_ratio),
            eccentric_load_by_zone: by_zone(
                &efforts.descent_volume_m,
                &efforts.down_ratio,
            ),
            ..Silhouette::default()
        };
        let stretch_m = STRETCH_M.max(length_m / STRETCHES);
        for run in profile.runs() {
            let heights = &profile.elevation_m()[run.nodes.clone()];
            silhouette.outline.push(outline(
                heights,
                run.start_m,
                run.step_m,
                length_m / COLUMNS,
            ));
            let cells = run.cells.len();
            let pieces =
                count(run.step_m * cells as f64 / stretch_m).clamp(1, cells.max(1));
            for piece in 0..pieces {
                let (from, to) = (piece * cells / pieces, (piece + 1) * cells / pieces);
                if from == to {
                    continue;
                }
                let length_m = (to - from) as f64 * run.step_m;
                silhouette.stretches.push(Stretch {
                    from_m: run.start_m + from as f64 * run.step_m,
                    length_m,
                    grade: (heights[to] - heights[from]) / length_m,
                    load: efforts.load(run.cells.start + from..run.cells.start + to),
                });
            }
        }
        silhouette
    }

    /// Returns the metres from the start to the last point.
    pub fn length_m(&self) -> f64 {
        self.outline.iter().flatten().map(|p| p.distance_m).fold(0.0, f64::max)
    }

    /// Returns the lowest and highest height, m; `None` without points.
    pub fn height_range_m(&self) -> Option<(f64, f64)> {
        let mut heights = self.outline.iter().flatten().map(|p| p.elevation_m);
        let first = heights.next()?;
        Some(heights.fold((first, first), |(low, high), h| (low.min(h), high.max(h))))
    }

    /// Returns the peaks in the order of the road: a tenth of the range of heights, and at least
    /// 10 m, lower on both sides.
    pub fn peaks(&self) -> Vec<Peak> {
        let Some((low_m, high_m)) = self.height_range_m() else { return Vec::new() };
        let least_m = (PEAK_SHARE * (high_m - low_m)).max(PEAK_M);
        let of_run = |(run, outline): (usize, &Vec<OutlinePoint>)| {
            peaks_of(outline, least_m).into_iter().map(move |top| Peak { run, top })
        };
        self.outline.iter().enumerate().flat_map(of_run).collect()
    }
}

/// Returns the highest points with a fall of so much on both sides, or an end of the run.
fn peaks_of(run: &[OutlinePoint], least_m: f64) -> Vec<OutlinePoint> {
    let mut peaks = Vec::new();
    let Some(mut best) = run.first().copied() else { return peaks };
    let (mut lowest, mut rising) = (best.elevation_m, true);
    for point in run {
        if rising {
            if point.elevation_m > best.elevation_m {
                best = *point;
            } else if best.elevation_m - point.elevation_m >= least_m {
                peaks.push(best);
                (rising, lowest) = (false, point.elevation_m);
            }
        } else if point.elevation_m < lowest {
            lowest = point.elevation_m;
        } else if point.elevation_m - lowest >= least_m {
            (rising, best) = (true, *point);
        }
    }
    // a run that ends on its height is a peak of it
    if rising && best.elevation_m - lowest >= least_m {
        peaks.push(best);
    }
    peaks
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a small count, never negative"
)]
fn count(number: f64) -> usize {
    number.round().max(0.0) as usize
}

/// Returns the first, lowest, highest and last height of each column, in their order.
fn outline(
    heights: &[f64],
    start_m: f64,
    step_m: f64,
    column_m: f64,
) -> Vec<OutlinePoint> {
    let point = |k: usize| OutlinePoint {
        distance_m: start_m + k as f64 * step_m,
        elevation_m: heights[k],
    };
    let every = count(column_m / step_m).max(1);
    let mut kept = Vec::new();
    for (column, chunk) in heights.chunks(every).enumerate() {
        let first = column * every;
        let extreme = |better: fn(&f64, &f64) -> bool| {
            (1..chunk.len())
                .fold(0, |best, k| if better(&chunk[k], &chunk[best]) { k } else { best })
        };
        let (low, high) = (extreme(|a, b| a < b), extreme(|a, b| a > b));
        kept.push(first + low.min(high));
        kept.push(first + low.max(high));
    }
    kept.insert(0, 0);
    kept.push(heights.len() - 1);
    kept.dedup();
    kept.into_iter().map(point).collect()
}

fn by_zone(volume_m: &[f64], ratio: &[f64]) -> Zones {
    let mut zones = Zones::default();
    for (volume_m, ratio) in volume_m.iter().zip(ratio) {
        zones[zone_of(*ratio)] += model::load(*volume_m, *ratio);
    }
    zones
}

fn by_steepness(profile: &Profile, efforts: &Efforts<'_>) -> Vec<SteepnessRow> {
    let mut rows: Vec<SteepnessRow> = Steepness::ALL
        .iter()
        .map(|steepness| SteepnessRow {
            steepness: *steepness,
            length_m: 0.0,
            duration_s: if profile.timed() { 0.0 } else { f64::NAN },
            concentric_load: 0.0,
            eccentric_load: 0.0,
        })
        .collect();
    for run in profile.runs() {
        for cell in run.cells.clone() {
            let row = &mut rows[Steepness::of(profile.grade()[cell]).index()];
            row.length_m += run.step_m;
            row.duration_s += profile.duration_s()[cell];
            row.concentric_load +=
                model::load(efforts.climb_volume_m[cell], efforts.up_ratio[cell]);
            row.eccentric_load +=
                model::load(efforts.descent_volume_m[cell], efforts.down_ratio[cell]);
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_every_peak_of_an_outline() {
        let mut heights: Vec<f64> =
            (0..10_000).map(|k| (f64::from(k) / 50.0).sin()).collect();
        heights[4321] = 99.0;
        heights[7777] = -99.0;
        let outline = outline(&heights, 0.0, 5.0, 500.0);
        assert!(outline.len() <= 202, "{}", outline.len());
        let (low, high) = outline.iter().fold((0.0_f64, 0.0_f64), |(l, h), p| {
            (l.min(p.elevation_m), h.max(p.elevation_m))
        });
        assert!((low + 99.0).abs() < 1e-9 && (high - 99.0).abs() < 1e-9);
        assert!(outline.windows(2).all(|p| p[0].distance_m < p[1].distance_m));
        assert!((outline[outline.len() - 1].distance_m - 49_995.0).abs() < 1e-9);
    }
}
