//! Figures of a stretch of road: a segment, a lap, the whole, up or level or down.

use std::ops::Range;

use crate::activity::Lap;
use crate::category;
use crate::load::by_grade::ByGrade;
use crate::load::decoupling;
use crate::load::kernel::ZONE_BEGINS;
use crate::load::level_pace;
use crate::load::range::LoadRange;
use crate::load::windows::BestPower;
use crate::load::{Efforts, LegLoad};
use crate::profile::Profile;
use crate::segment::{Segment, Slope};
use crate::sport::Sport;

/// Everything shown of a stretch.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Hill {
    /// Climb, level, descent; `None` for laps.
    pub slope: Option<Slope>,
    /// The named place at its top, as in the file: escape before showing.
    pub name: Option<String>,
    /// Distance from the start of the activity, m.
    pub from_m: f64,
    /// Horizontal length, m.
    pub length_m: f64,
    /// Net rise of what is scored, m.
    pub rise_m: f64,
    /// Scored metres up.
    pub gain_m: f64,
    /// Scored metres down.
    pub loss_m: f64,
    /// Net rise over the length that is scored.
    pub mean_grade: f64,
    /// Steepest 30 m in its direction, rise over run, signed.
    pub max_grade: f64,
    /// Steepest 100 m, signed; `None` where it is shorter.
    pub steepest_100_m: Option<f64>,
    /// Seconds at 0.3 m/s and more.
    pub moving_s: Option<f64>,
    /// Horizontal metres per moving second.
    pub speed_m_per_s: Option<f64>,
    /// Net metres up (down: negative) per moving hour.
    pub vertical_m_per_h: Option<f64>,
    /// The load.
    pub load: LegLoad,
    /// What it could be; segments only.
    pub range: Option<LoadRange>,
    /// Mean heart rate, 1/min.
    pub heart_rate_bpm: Option<f64>,
    /// Mean steps, or turns of the crank, 1/min: recorded ones only.
    pub cadence_per_min: Option<f64>,
    /// Rides, but for descents: mean power, W, measured or modelled; `None` where less than half of
    /// the time has any.
    pub power_w: Option<f64>,
    /// Best minute of muscle power in its direction, W/kg; segments only, `None` where one is
    /// shorter.
    pub best_60s_w_per_kg: Option<f64>,
    /// Climbs of 20 min and more: how much fewer metres up a heart beat gave in the second half, as a
    /// share of the first (decoupling); segments only.
    pub drift: Option<f64>,
    /// On foot with times: steps, and of these at 2x and above.
    pub steps: Option<(f64, f64)>,
    /// Highest node, m.
    pub top_m: f64,
    /// Rides: Strava's category.
    pub category: Option<&'static str>,
    /// Rides: FIETS index.
    pub fiets: Option<f64>,
    /// Runs: the speed on the level that would have cost as much, m/s (grade-adjusted pace).
    pub level_speed_m_per_s: Option<f64>,
}

impl Hill {
    /// Rides: mean torque at the crank, N m: power over the angular speed of the recorded cadence.
    pub fn torque_nm(&self) -> Option<f64> {
        let turns_per_s = self.cadence_per_min.filter(|turns| *turns > 0.0)? / 60.0;
        Some(self.power_w? / (2.0 * std::f64::consts::PI * turns_per_s))
    }
}

/// One row of the up, level, down table.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Incline {
    /// Horizontal metres.
    pub length_m: f64,
    /// Net rise of what is scored, m.
    pub rise_m: f64,
    /// Moving seconds; NaN without times.
    pub moving_s: f64,
    /// Muscle work shortening, J/kg.
    pub con_j_per_kg: f64,
    /// Muscle work lengthening, J/kg.
    pub ecc_j_per_kg: f64,
}

/// Sums of cells above 1 %, between and below: not the segment table.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Terrain {
    /// Beyond +1 %.
    pub up: Incline,
    /// Between.
    pub level: Incline,
    /// Beyond -1 %.
    pub down: Incline,
}

/// Sums over cells.
pub(super) struct Sums {
    /// Horizontal metres.
    pub(super) length_m: f64,
    /// Of these, metres that are scored.
    pub(super) scored_m: f64,
    /// Net rise of what is scored.
    rise_m: f64,
    /// Scored metres up.
    pub(super) gain_m: f64,
    /// Scored metres down.
    pub(super) loss_m: f64,
    /// Seconds at 0.3 m/s and more; `None` without times.
    pub(super) moving_s: Option<f64>,
    moving_m: f64,
    top_m: f64,
}

pub(super) struct Tables<'a> {
    pub(super) profile: &'a Profile,
    pub(super) efforts: &'a Efforts<'a>,
    pub(super) sport: Sport,
    pub(super) mass_kg: f64,
}

/// Cells beyond this grade are up or down in the table (MODEL section 8).
const LEVEL_GRADE: f64 = 0.01;
/// Intensity from which a step is hard.
const HARD_RATIO: f64 = ZONE_BEGINS[1];
/// Length over which the steepest grade is taken, m (MODEL section 8).
const MAX_GRADE_M: f64 = 30.0;

/// Returns the steeper of two grades, up or down; the first of equals.
fn steeper(one: f64, other: f64) -> f64 {
    if other.abs() > one.abs() { other } else { one }
}

impl Tables<'_> {
    /// Lengths, heights and seconds of a stretch.
    pub(super) fn sums(&self, cells: &Range<usize>) -> Sums {
        let p = self.profile;
        let (mut length_m, mut scored_m) = (0.0, 0.0);
        let (mut rise_m, mut gain_m, mut loss_m) = (0.0, 0.0, 0.0);
        let (mut moving_s, mut moving_m) = (0.0, 0.0);
        let mut top_m = f64::NEG_INFINITY;
        for (run, cells) in self.profile.runs_of(cells) {
            for cell in cells {
                let rise = p.rise_m()[cell];
                length_m += run.step_m;
                let node = run.nodes.start + cell - run.cells.start;
                top_m = top_m.max(p.elevation_m()[node]).max(p.elevation_m()[node + 1]);
                if p.scored()[cell] {
                    scored_m += run.step_m;
                    rise_m += rise;
                    gain_m += rise.max(0.0);
                    loss_m += (-rise).max(0.0);
                }
                if p.moves(cell) {
                    moving_s += p.duration_s()[cell];
                    moving_m += run.step_m;
                }
            }
        }
        let moving_s = p.timed().then_some(moving_s);
        Sums { length_m, scored_m, rise_m, gain_m, loss_m, moving_s, moving_m, top_m }
    }

    /// Returns a stretch without what segments alone have: range and best power.
    pub(super) fn hill(&self, cells: Range<usize>, slope: Option<Slope>) -> Hill {
        let p = self.profile;
        let sums = self.sums(&cells);
        let Sums { length_m, scored_m, rise_m, gain_m, loss_m, .. } = sums;
        let Sums { moving_s, moving_m, top_m, .. } = sums;
        let (mut beats, mut beat_s, mut turns, mut turn_s) = (0.0, 0.0, 0.0, 0.0);
        for cell in cells.clone() {
            let seconds = p.duration_s()[cell];
            if p.heart_rate_bpm()[cell].is_finite() && seconds > 0.0 {
                beats += p.heart_rate_bpm()[cell] * seconds;
                beat_s += seconds;
            }
            let cadence = if self.sport.on_foot() {
                let known = !self.efforts.steps.assumed[cell];
                if known { self.efforts.steps.per_min[cell] } else { f64::NAN }
            } else {
                p.cadence_per_min()[cell]
            };
            if cadence.is_finite() && seconds > 0.0 {
                turns += cadence * seconds;
                turn_s += seconds;
            }
        }
        let mean_grade = if scored_m > 0.0 { rise_m / scored_m } else { 0.0 };
        let per_moving =
            |amount: f64| moving_s.filter(|s| *s > 0.0).map(|seconds| amount / seconds);
        let ride_climb = !self.sport.on_foot() && slope == Some(Slope::Climb);
        Hill {
            slope,
            name: None,
            from_m: if cells.is_empty() { 0.0 } else { p.distance_m(cells.start) },
            length_m,
            rise_m,
            gain_m,
            loss_m,
            mean_grade,
            max_grade: self.steepest(&cells, MAX_GRADE_M, slope).unwrap_or(mean_grade),
            steepest_100_m: self.steepest(&cells, 100.0, slope),
            moving_s,
            speed_m_per_s: per_moving(moving_m),
            vertical_m_per_h: per_moving(rise_m * 3600.0),
            power_w: (slope != Some(Slope::Descent))
                .then(|| self.mean_power_w(&cells))
                .flatten(),
            best_60s_w_per_kg: None,
            drift: None,
            steps: (p.timed() && self.sport.on_foot()).then(|| self.steps(&cells, slope)),
            level_speed_m_per_s: self.level_speed_m_per_s(&cells),
            load: self.efforts.load(cells),
            range: None,
            heart_rate_bpm: (beat_s > 0.0).then(|| beats / beat_s),
            cadence_per_min: (turn_s > 0.0).then(|| turns / turn_s),
            top_m,
            category: ride_climb
                .then(|| category::strava(length_m, mean_grade))
                .flatten(),
            fiets: ride_climb.then(|| category::fiets(rise_m, length_m, top_m)),
        }
    }

    /// Returns the mean power of a stretch of a ride over the time in which it is known.
    fn mean_power_w(&self, cells: &Range<usize>) -> Option<f64> {
        const LEAST_KNOWN: f64 = 0.5;
        let (mut joules, mut known_s, mut all_s) = (0.0, 0.0, 0.0);
        for cell in cells.clone().filter(|cell| self.profile.moves(*cell)) {
            let seconds = self.profile.duration_s()[cell];
            all_s += seconds;
            if let Some(watts) = self.efforts.power_w.get(cell).filter(|w| w.is_finite())
            {
                joules += watts * seconds;
                known_s += seconds;
            }
        }
        (known_s > 0.0 && known_s >= LEAST_KNOWN * all_s).then(|| joules / known_s)
    }

    /// Returns the metres, seconds, heart beats and measured work by class of grade.
    pub(super) fn by_grade(&self, cells: &Range<usize>) -> ByGrade {
        ByGrade::of(self.profile, self.efforts, self.mass_kg, cells)
    }

    /// Returns the speed on the level that would have cost a runner as much.
    pub(super) fn level_speed_m_per_s(&self, cells: &Range<usize>) -> Option<f64> {
        (self.sport == Sport::Run)
            .then(|| level_pace::by_cost(self.profile, cells))
            .flatten()
    }

    /// Returns every segment, with its range and its best power.
    pub(super) fn segments(
        &self,
        segments: &[Segment],
        ranges: Vec<LoadRange>,
        best: &[BestPower],
    ) -> Vec<Hill> {
        let figures = segments.iter().zip(ranges).zip(best);
        figures
            .map(|((segment, range), best)| Hill {
                range: Some(range),
                best_60s_w_per_kg: best.minute_w_per_kg,
                drift: (segment.slope == Slope::Climb)
                    .then(|| decoupling::drift(self.profile, &segment.cells))
                    .flatten(),
                ..self.hill(segment.cells.clone(), Some(segment.slope))
            })
            .collect()
    }

    /// Returns steps, and those that are hard in the direction of the segment.
    fn steps(&self, cells: &Range<usize>, slope: Option<Slope>) -> (f64, f64) {
        let (mut all, mut hard) = (0.0, 0.0);
        let ratio = match slope {
            Some(Slope::Descent) => &self.efforts.down_ratio,
            _ => &self.efforts.up_ratio,
        };
        for cell in cells.clone().filter(|cell| self.profile.moves(*cell)) {
            let steps =
                self.efforts.steps.per_min[cell] * self.profile.duration_s()[cell] / 60.0;
            if steps.is_finite() {
                all += steps;
                hard += if ratio[cell] >= HARD_RATIO { steps } else { 0.0 };
            }
        }
        (all, hard)
    }

    /// Returns the steepest mean over so many metres in the direction of a segment, signed.
    fn steepest(
        &self,
        cells: &Range<usize>,
        metres: f64,
        slope: Option<Slope>,
    ) -> Option<f64> {
        match slope {
            Some(Slope::Climb) => self.steepest_by(cells, metres, f64::max),
            Some(Slope::Descent) => self.steepest_by(cells, metres, f64::min),
            _ => self.steepest_by(cells, metres, steeper),
        }
    }

    /// Returns the mean over so many metres that one of two grades after the other leaves.
    fn steepest_by(
        &self,
        cells: &Range<usize>,
        metres: f64,
        steeper: impl Fn(f64, f64) -> f64,
    ) -> Option<f64> {
        let mut best: Option<f64> = None;
        for (run, cells) in self.profile.runs_of(cells) {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "few cells"
            )]
            let count = (metres / run.step_m).round().max(1.0) as usize;
            if cells.len() < count {
                continue;
            }
            let first = self.profile.node_of(cells.start);
            let heights = &self.profile.elevation_m()[first..=first + cells.len()];
            let metres = count as f64 * run.step_m;
            let grades =
                heights.iter().zip(&heights[count..]).map(|(a, b)| (b - a) / metres);
            best = best.into_iter().chain(grades).reduce(&steeper);
        }
        best
    }

    pub(super) fn terrain(&self) -> Terrain {
        let p = self.profile;
        let mut terrain = Terrain::default();
        for run in p.runs() {
            for cell in run.cells.clone() {
                let grade = p.grade()[cell];
                let row = if grade > LEVEL_GRADE {
                    &mut terrain.up
                } else if grade < -LEVEL_GRADE {
                    &mut terrain.down
                } else {
                    &mut terrain.level
                };
                row.length_m += run.step_m;
                if p.scored()[cell] {
                    row.rise_m += p.rise_m()[cell];
                }
                row.con_j_per_kg += self.efforts.con_j_per_kg[cell];
                row.ecc_j_per_kg += self.efforts.ecc_j_per_kg[cell];
                if !p.timed() {
                    row.moving_s = f64::NAN;
                } else if p.moves(cell) {
                    row.moving_s += p.duration_s()[cell];
                }
            }
        }
        terrain
    }

    /// Returns the watch's laps, each the cells whose beginning lies in it.
    pub(super) fn laps(&self, laps: &[Lap]) -> Vec<Hill> {
        let p = self.profile;
        let mut times = Vec::with_capacity(p.cells());
        for run in p.runs() {
            times.extend_from_slice(&p.time_s()[run.nodes.start..run.nodes.end - 1]);
        }
        laps.iter()
            .map(|lap| {
                let from = times.partition_point(|t| *t < lap.start_s);
                let to = times.partition_point(|t| *t < lap.end_s);
                from..to.max(from)
            })
            .filter(|cells| !cells.is_empty())
            .map(|cells| self.hill(cells, None))
            .collect()
    }
}
