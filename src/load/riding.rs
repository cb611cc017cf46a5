//! Power, volume and intensity of every cell of a ride: by the power meter where it tells, by
//! speed and grade where it does not.

use std::ops::Range;

use crate::athlete::Athlete;
use crate::load::kernel::{self, Loads};
use crate::load::model::{self, GRAVITY};
use crate::load::ride::{self, Bicycle};
use crate::profile::{Profile, Run};
use crate::segment::{Segment, Slope};
use crate::sport::Bike;

/// Seconds over which speed and its change are taken: the clock and the distance of a watch say
/// little of a shorter time. Our choice.
const WINDOW_S: f64 = 30.0;
/// A meter that shows nothing for so long while the hill takes [`LOST_W`] has lost its signal, s.
/// Our choice: momentum carries nobody uphill for that time.
const LOST_S: f64 = 30.0;
/// Mean power that speed and grade ask for in that time, W. Our choice: more than a tail wind and
/// a wrong grade make up.
const LOST_W: f64 = 100.0;
/// Grade and metres of climbing from which a meter is held against speed and grade: gravity asks for
/// three quarters of the power there. Our choice.
const STEEP: f64 = 0.04;
const LEAST_RISE_M: f64 = 50.0;
/// Below this speed a bicycle is pushed by somebody who walks, and the pedals stand, m/s. Our
/// choice.
const PUSHED_M_PER_S: f64 = 2.0;

/// What a rider and a bicycle weigh, what resists them and how hard they are to turn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Conditions {
    /// Body, kg.
    pub(crate) body_kg: f64,
    /// Bicycle and what is carried, kg.
    pub(crate) equipment_kg: f64,
    /// Rolling resistance.
    pub(crate) rolling: f64,
    /// Drag area, m2.
    pub(crate) drag_area_m2: f64,
    /// Head wind, m/s.
    pub(crate) wind_m_per_s: f64,
    /// Share of the power that reaches the wheel.
    pub(crate) efficiency: f64,
    /// Cadence where none was recorded, 1/min.
    pub(crate) rpm: f64,
}

impl Conditions {
    pub(crate) fn of(athlete: &Athlete, bike: Bike, bicycle: &Bicycle) -> Conditions {
        Conditions {
            body_kg: athlete.body_kg(),
            equipment_kg: athlete.carried_kg() + bicycle.bike_kg,
            rolling: bicycle.rolling(bike),
            drag_area_m2: bicycle.drag_area_m2,
            wind_m_per_s: bicycle.wind_m_per_s,
            efficiency: ride::EFFICIENCY.value,
            rpm: ride::RPM.value,
        }
    }

    fn total_kg(&self) -> f64 {
        self.body_kg + self.equipment_kg
    }
}

/// What speed and grade say of a cell: the parts of [`ride::power_w`] that no condition changes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Motion {
    cell: usize,
    speed_m_per_s: f64,
    /// Lifting and accelerating, W/kg.
    raising_w_per_kg: f64,
    /// Rolling at a resistance of 1, W/kg.
    rolling_w_per_kg: f64,
    bearings_w: f64,
    /// Half the density of the air times speed, kg/m2/s.
    air: f64,
}

impl Motion {
    /// Returns the power at the crank, W, never negative.
    fn power_w(&self, c: &Conditions) -> f64 {
        let wind = self.speed_m_per_s + c.wind_m_per_s;
        let per_kg = self.raising_w_per_kg + c.rolling * self.rolling_w_per_kg;
        let drag = self.air * c.drag_area_m2 * wind * wind.abs();
        ((c.total_kg() * per_kg + drag + self.bearings_w) / c.efficiency).max(0.0)
    }
}

/// Returns the motion of each wanted cell of a timed profile.
pub(crate) fn motions(profile: &Profile, wanted: impl Fn(usize) -> bool) -> Vec<Motion> {
    let mut motions = Vec::new();
    for run in profile.runs() {
        motions_of(profile, run, &wanted, &mut motions);
    }
    motions
}

fn motions_of(
    profile: &Profile,
    run: &Run,
    wanted: &impl Fn(usize) -> bool,
    motions: &mut Vec<Motion>,
) {
    let clock = &profile.clock_s()[run.nodes.clone()];
    let mut metres = Vec::with_capacity(clock.len());
    let mut sum_m = 0.0;
    metres.push(sum_m);
    for slope_m in &profile.slope_m()[run.cells.clone()] {
        sum_m += slope_m;
        metres.push(sum_m);
    }
    let (first_s, last_s) = (clock[0], clock[clock.len() - 1]);
    let mut places = [0; 3];
    for (k, cell) in run.cells.clone().enumerate().filter(|(_, cell)| wanted(*cell)) {
        let middle = f64::midpoint(clock[k], clock[k + 1]);
        let from = (middle - WINDOW_S / 2.0).max(first_s);
        let to = (middle + WINDOW_S / 2.0).min(last_s);
        if to <= from {
            continue;
        }
        let [a, b, c] = [0, 1, 2]
            .map(|i| metres_at(clock, &metres, [from, middle, to][i], &mut places[i]));
        let speed = (c - a) / (to - from);
        // change between the two halves of the window, over half its length
        let halves = ((b - a) / (middle - from), (c - b) / (to - middle));
        let change = (halves.1 - halves.0) / ((to - from) / 2.0);
        let acceleration = if change.is_finite() { change } else { 0.0 };
        let grade = profile.grade()[cell];
        let height_m = profile.elevation_m()[run.nodes.start + k];
        let cos = 1.0 / libm::sqrt(1.0 + grade * grade);
        motions.push(Motion {
            cell,
            speed_m_per_s: speed,
            raising_w_per_kg: (model::weight(grade) + acceleration) * speed,
            rolling_w_per_kg: GRAVITY.value * cos * speed,
            bearings_w: ride::bearings_w(speed),
            air: 0.5 * ride::air_density(height_m) * speed,
        });
    }
}

/// Returns the metres at a time, by a place in the clock that only goes forward.
fn metres_at(clock: &[f64], metres: &[f64], time: f64, place: &mut usize) -> f64 {
    while *place + 2 < clock.len() && clock[*place + 1] < time {
        *place += 1;
    }
    let (from, to) = (*place, *place + 1);
    let span = clock[to] - clock[from];
    let share = if span > 0.0 { (time - clock[from]) / span } else { 1.0 };
    metres[from] + share.clamp(0.0, 1.0) * (metres[to] - metres[from])
}

/// A ride whose power is known, by a meter or by its motion.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ride<'p> {
    profile: &'p Profile,
    /// Measured power, W; NaN where there is none.
    pub(super) measured_w: Vec<f64>,
    /// The cells whose power is modelled.
    motions: Vec<Motion>,
    /// Measured over modelled energy of steep climbs.
    pub(super) meter_ratio: Option<f64>,
    pub(super) lost: Lost,
}

impl<'p> Ride<'p> {
    /// Returns the power of a profile: measured, and modelled where that is missing on rising
    /// metres and within climbs.
    pub(crate) fn of(
        profile: &'p Profile,
        segments: &[Segment],
        bike: Bike,
        central: &Conditions,
    ) -> Ride<'p> {
        let mut ride = Ride {
            profile,
            measured_w: profile.power_w().to_vec(),
            motions: Vec::new(),
            meter_ratio: None,
            lost: Lost::default(),
        };
        let nothing_measured = !ride.measured_w.iter().any(|watts| *watts > 0.0);
        if nothing_measured || !profile.timed() {
            ride.measured_w.fill(f64::NAN);
        }
        if !profile.timed() {
            return ride;
        }
        let uphill = uphill(profile, segments);
        let mut motions = motions(profile, |cell| uphill[cell]);
        ride.meter_ratio = meter_ratio(profile, central, &motions, &ride.measured_w);
        // what a motor adds is not known
        if bike != Bike::Electric {
            ride.lost.take_out(profile, central, &motions, &mut ride.measured_w);
            motions.retain(|motion| ride.measured_w[motion.cell].is_nan());
            ride.motions = motions;
        }
        ride
    }

    /// Returns the same ride on other grades: what was measured, and where the meter failed,
    /// stays; only what is modelled is modelled anew.
    pub(crate) fn resmoothed<'q>(
        &self,
        profile: &'q Profile,
        segments: &[Segment],
        bike: Bike,
    ) -> Ride<'q> {
        let models = profile.timed() && bike != Bike::Electric;
        let motions = if models && self.measured_w.iter().any(|watts| watts.is_nan()) {
            let uphill = uphill(profile, segments);
            motions(profile, |cell| uphill[cell] && self.measured_w[cell].is_nan())
        } else {
            Vec::new()
        };
        Ride {
            profile,
            measured_w: self.measured_w.clone(),
            motions,
            meter_ratio: self.meter_ratio,
            lost: self.lost,
        }
    }

    /// Returns whether any cell's power is modelled.
    pub(crate) fn is_modelled(&self) -> bool {
        !self.motions.is_empty()
    }

    /// Returns the power of every cell, W; NaN where it is not known.
    pub(super) fn power_w(&self, conditions: &Conditions) -> Vec<f64> {
        let mut power_w = self.measured_w.clone();
        for motion in &self.motions {
            power_w[motion.cell] = motion.power_w(conditions);
        }
        power_w
    }

    /// Writes volume and intensity of every cell under these conditions.
    pub(crate) fn score(&self, conditions: &Conditions, columns: &mut RideColumns) {
        columns.clear(self.profile.cells());
        for (cell, watts) in self.measured_w.iter().enumerate() {
            self.score_cell(cell, *watts, true, conditions, columns);
        }
        for motion in &self.motions {
            let watts = motion.power_w(conditions);
            self.score_cell(motion.cell, watts, false, conditions, columns);
        }
    }

    fn score_cell(
        &self,
        cell: usize,
        watts: f64,
        metered: bool,
        conditions: &Conditions,
        columns: &mut RideColumns,
    ) {
        let profile = self.profile;
        // who coasts raises nothing and presses on nothing
        let pedals = watts > 0.0;
        if !pedals || !profile.scored()[cell] {
            return;
        }
        let Conditions { body_kg, efficiency, rpm, .. } = *conditions;
        let recorded = profile.cadence_per_min()[cell];
        let ratio = ride::believed_ratio(recorded, watts, body_kg, metered)
            .unwrap_or_else(|| model::ride_ratio(watts, rpm, body_kg));
        columns.ratio[cell] = model::limited(ratio);
        if ratio > model::GREATEST_RATIO {
            columns.limited_m += profile.slope_m()[cell];
        }
        if profile.rise_m()[cell] > 0.0 {
            let (seconds, slope_m) =
                (profile.duration_s()[cell], profile.slope_m()[cell]);
            let speed = if seconds > 0.0 { slope_m / seconds } else { 0.0 };
            let weight = model::weight(profile.grade()[cell]);
            let lifting = conditions.total_kg() * weight * speed / efficiency;
            let joules = watts.min(lifting) * seconds / body_kg;
            columns.volume_m[cell] = joules / GRAVITY.value;
        }
    }
}

/// Returns which scored cells rise or lie within a climb.
fn uphill(profile: &Profile, segments: &[Segment]) -> Vec<bool> {
    let mut uphill: Vec<bool> = profile.rise_m().iter().map(|m| *m > 0.0).collect();
    for climb in segments.iter().filter(|s| s.slope == Slope::Climb) {
        uphill[climb.cells.clone()].fill(true);
    }
    for (uphill, scored) in uphill.iter_mut().zip(profile.scored()) {
        *uphill &= scored;
    }
    uphill
}

/// Volume and intensity of the cells of a ride.
#[derive(Debug, Default)]
pub(crate) struct RideColumns {
    pub(crate) volume_m: Vec<f64>,
    pub(crate) ratio: Vec<f64>,
    pub(crate) limited_m: f64,
}

impl RideColumns {
    /// Returns the volumes and loads of a range of cells.
    pub(crate) fn loads(&self, cells: Range<usize>) -> Loads {
        let (volume_m, ratio) = (&self.volume_m[cells.clone()], &self.ratio[cells]);
        kernel::loads((volume_m, ratio), (&[], &[]))
    }

    fn clear(&mut self, cells: usize) {
        self.limited_m = 0.0;
        for column in [&mut self.volume_m, &mut self.ratio] {
            column.clear();
            column.resize(cells, 0.0);
        }
    }
}

/// Stretches where a meter shows nothing although the hill takes power.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Lost {
    /// How many.
    pub(crate) stretches: usize,
    /// Their slope metres.
    pub(crate) metres: f64,
}

impl Lost {
    /// Takes such zeros out of the measured power: they are missing.
    fn take_out(
        &mut self,
        profile: &Profile,
        central: &Conditions,
        motions: &[Motion],
        measured_w: &mut [f64],
    ) {
        let zero = |motion: &Motion| measured_w[motion.cell] == 0.0;
        let mut gone = Vec::new();
        for stretch in motions.chunk_by(|a, b| a.cell + 1 == b.cell && zero(a) == zero(b))
        {
            if stretch.first().is_none_or(|motion| !zero(motion)) {
                continue;
            }
            let (mut seconds, mut joules, mut metres, mut turning_s) =
                (0.0, 0.0, 0.0, 0.0);
            for motion in stretch {
                let held = profile.duration_s()[motion.cell];
                let turning = profile.cadence_per_min()[motion.cell] > 0.0;
                seconds += held;
                joules += motion.power_w(central) * held;
                metres += profile.slope_m()[motion.cell];
                turning_s += if turning { held } else { 0.0 };
            }
            let rides = metres >= PUSHED_M_PER_S * seconds || turning_s > seconds / 2.0;
            if seconds >= LOST_S && joules >= LOST_W * seconds && rides {
                self.stretches += 1;
                self.metres += metres;
                gone.extend(stretch.iter().map(|motion| motion.cell));
            }
        }
        for cell in gone {
            measured_w[cell] = f64::NAN;
        }
    }
}

/// Returns the energy that a meter showed over that of speed and grade, on climbs where gravity
/// rules; `None` where there are too few of them.
fn meter_ratio(
    profile: &Profile,
    central: &Conditions,
    motions: &[Motion],
    measured_w: &[f64],
) -> Option<f64> {
    let (mut measured_j, mut modelled_j, mut rise_m) = (0.0, 0.0, 0.0);
    for motion in motions {
        let watts = measured_w[motion.cell];
        if profile.grade()[motion.cell] >= STEEP && watts.is_finite() {
            let seconds = profile.duration_s()[motion.cell];
            measured_j += watts * seconds;
            modelled_j += motion.power_w(central) * seconds;
            rise_m += profile.rise_m()[motion.cell];
        }
    }
    (rise_m >= LEAST_RISE_M && modelled_j > 0.0).then(|| measured_j / modelled_j)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::ride::State;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_parts_of_the_equation_are_the_equation(
            speed in 0.5..20.0_f64, acceleration in -0.3..0.3_f64, grade in -0.3..0.3_f64,
            body_kg in 40.0..120.0_f64, height_m in 0.0..3000.0_f64, wind in -5.0..5.0_f64,
        ) {
            let c = Conditions {
                body_kg, equipment_kg: 9.0, rolling: 0.005, drag_area_m2: 0.35,
                wind_m_per_s: wind, efficiency: ride::EFFICIENCY.value, rpm: 80.0,
            };
            let motion = Motion {
                cell: 0,
                speed_m_per_s: speed,
                raising_w_per_kg: (model::weight(grade) + acceleration) * speed,
                rolling_w_per_kg: GRAVITY.value / (1.0 + grade * grade).sqrt() * speed,
                bearings_w: ride::bearings_w(speed),
                air: 0.5 * ride::air_density(height_m) * speed,
            };
            let plain = ride::power_w(&State {
                speed_m_per_s: speed, acceleration_m_per_s2: acceleration, grade,
                total_kg: body_kg + 9.0, rolling: 0.005, drag_area_m2: 0.35,
                air_kg_per_m3: ride::air_density(height_m), wind_m_per_s: wind,
            });
            prop_assert!((motion.power_w(&c) - plain.max(0.0)).abs() < 1e-9 * (1.0 + plain.abs()));
        }
    }
}
