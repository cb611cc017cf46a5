//! Running or walking, and how many steps: from cadence and speed, cell by cell.

use std::borrow::Cow;
use std::iter;

use crate::evidence::{Evidence, Parameter};
use crate::load::model::{run_cadence, walk_cadence};
use crate::profile::{Profile, stops};
use crate::quantile::middle;
use crate::sport::Sport;

/// Steps a minute from which a window is running.
pub(crate) const RUN_CADENCE: Parameter = Parameter {
    name: "load.run_cadence",
    value: 140.0,
    unit: "1/min",
    range: "130 to 150",
    evidence: Evidence::Published,
    source: "transition of walking and running, PMC8629136",
};
/// Without cadence, speed above which a window is running.
pub(crate) const RUN_SPEED: Parameter = Parameter {
    name: "load.run_speed",
    value: 2.0,
    unit: "m/s",
    range: "1.9 to 2.2 m/s on the level",
    evidence: Evidence::Published,
    source: "transition of walking and running, PMC8629136",
};
/// Slowest running with a running cadence.
pub(crate) const SLOWEST_RUN: Parameter = Parameter::chosen(
    "load.slowest_run",
    1.0,
    "m/s",
    "0.8 to 1.5 m/s",
    "below it a high cadence is a shaken watch",
);
/// Length of a window of one gait.
pub(crate) const WINDOW_S: Parameter =
    Parameter::chosen("load.gait_window", 10.0, "s", "5 to 20 s", "a dozen steps");
/// A cadence with a longer step than this counts for no gait.
pub(crate) const LONGEST_STEP: Parameter = Parameter::chosen(
    "load.longest_step",
    3.0,
    "m",
    "2.5 to 3 m: sprinters on a track reach 2.7 m",
    "whoever covers more between two steps took steps that were not counted",
);
/// Windows in a row that change the gait.
const WINDOWS_TO_CHANGE: usize = 3;

/// How a cell was covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gait {
    /// With a flight phase.
    Run,
    /// Without.
    Walk,
    /// On a bicycle.
    Ride,
}

/// Gait and cadence of every cell on foot.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Steps {
    /// How each cell was covered.
    pub gait: Vec<Gait>,
    /// Steps a minute, always positive.
    pub per_min: Vec<f64>,
    /// Whether the steps are our default, not the watch's.
    pub assumed: Vec<bool>,
    /// The watch wrote strides, which were doubled.
    pub doubled: bool,
    /// Whether any cadence was recorded.
    pub recorded: bool,
}

/// What the range changes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Choice {
    /// One gait for the whole file.
    pub forced: Option<Gait>,
    /// One gait where there is no cadence.
    pub without_cadence: Option<Gait>,
    /// Factor on assumed cadences.
    pub assumed_factor: f64,
}

impl Default for Choice {
    fn default() -> Self {
        Choice { forced: None, without_cadence: None, assumed_factor: 1.0 }
    }
}

/// Cadence of every cell in steps, and what was done to count them.
pub(crate) struct Cadence<'a> {
    per_min: Cow<'a, [f64]>,
    doubled: bool,
}

impl<'a> Cadence<'a> {
    /// Returns the recorded cadence, doubled where the file counts strides.
    fn of(profile: &'a Profile, speed: &[f64]) -> Cadence<'a> {
        let (cadences, speeds): (Vec<f64>, Vec<f64>) = profile
            .cadence_per_min()
            .iter()
            .zip(speed)
            .filter(|(c, v)| **c > 0.0 && **v >= stops::MOVING.value)
            .unzip();
        let middles = middle(cadences).zip(middle(speeds));
        let Some((cadence, speed)) = middles else {
            return Cadence::counted(profile, false);
        };
        let strides = cadence < if speed > 1.9 { 100.0 } else { 75.0 };
        Cadence::counted(profile, strides)
    }

    /// Returns the recorded cadence of a file of which it is known whether it counts strides.
    pub(crate) fn counted(profile: &'a Profile, strides: bool) -> Cadence<'a> {
        let recorded = profile.cadence_per_min();
        let per_min = if strides {
            recorded.iter().map(|c| c * 2.0).collect()
        } else {
            Cow::Borrowed(recorded)
        };
        Cadence { per_min, doubled: strides }
    }
}

/// Gait and cadence of every cell, for speeds that were recorded or assumed.
pub fn steps(
    profile: &Profile,
    speed_m_per_s: &[f64],
    sport: Sport,
    choice: Choice,
) -> Steps {
    let cadence = Cadence::of(profile, speed_m_per_s);
    steps_of(profile, speed_m_per_s, &cadence, sport, choice)
}

/// The same, of a cadence that is in steps.
pub(crate) fn steps_of(
    profile: &Profile,
    speed_m_per_s: &[f64],
    Cadence { per_min: cadence, doubled }: &Cadence<'_>,
    sport: Sport,
    choice: Choice,
) -> Steps {
    let recorded = cadence.iter().any(|c| *c > 0.0);
    let planned = match sport {
        Sport::Hike | Sport::Walk => Gait::Walk,
        Sport::Run | Sport::Ride => Gait::Run,
    };
    let gait = match (choice.forced, profile.timed()) {
        (Some(gait), _) => vec![gait; profile.cells()],
        (None, true) => gaits(profile, speed_m_per_s, cadence, choice.without_cadence),
        (None, false) => speed_m_per_s
            .iter()
            .map(|v| if *v < RUN_SPEED.value { Gait::Walk } else { planned })
            .collect(),
    };
    let (mut per_min, mut assumed) = (vec![0.0; gait.len()], vec![false; gait.len()]);
    let cells = gait.iter().zip(speed_m_per_s).zip(profile.grade()).zip(cadence.iter());
    for (((((gait, v), grade), recorded), steps), assumed) in
        cells.zip(&mut per_min).zip(&mut assumed)
    {
        let known = if *recorded > 0.0 {
            valid(*recorded, *v, *gait).or_else(|| valid(2.0 * recorded, *v, *gait))
        } else {
            None
        };
        *assumed = known.is_none();
        *steps = known.unwrap_or_else(|| {
            let default = match gait {
                Gait::Walk => walk_cadence(*v, *grade),
                Gait::Run | Gait::Ride => run_cadence(*v),
            };
            default * choice.assumed_factor
        });
    }
    Steps { gait, per_min, assumed, doubled: *doubled, recorded }
}

/// Returns steps that the gait and its step length allow (section 4: ranges are our choice).
fn valid(steps_per_min: f64, speed: f64, gait: Gait) -> Option<f64> {
    let step_m = speed / (steps_per_min / 60.0);
    let (cadences, lengths) = match gait {
        Gait::Walk => (60.0..=140.0, 0.25..=1.1),
        Gait::Run | Gait::Ride => (130.0..=220.0, 0.45..=2.3),
    };
    (cadences.contains(&steps_per_min) && lengths.contains(&step_m))
        .then_some(steps_per_min)
}

/// Labels windows of the clock and gives every cell the label of its midpoint.
fn gaits(
    profile: &Profile,
    speed: &[f64],
    cadence: &[f64],
    without_cadence: Option<Gait>,
) -> Vec<Gait> {
    let mut gaits = Vec::with_capacity(profile.cells());
    for run in profile.runs() {
        let clock = &profile.clock_s()[run.nodes.clone()];
        let (speed, cadence) = (&speed[run.cells.clone()], &cadence[run.cells.clone()]);
        // in order: windows without a cell are skipped
        let mut windows: Vec<Window> = Vec::new();
        let mut last = Window::default();
        for ((cell, speed), cadence) in clock.windows(2).zip(speed).zip(cadence) {
            let middle_s = f64::midpoint(cell[0], cell[1]) - clock[0];
            #[expect(clippy::cast_possible_truncation, reason = "small")]
            let number = (middle_s / WINDOW_S.value) as i64;
            if number != last.number && last.cells > 0 {
                windows.push(last);
                last = Window::default();
            }
            last.number = number;
            last.add(cell[1] - cell[0], *speed, *cadence);
        }
        windows.push(last);
        let labels: Vec<Gait> =
            windows.iter().map(|window| window.gait(without_cadence)).collect();
        for (gait, window) in settle(&labels).into_iter().zip(&windows) {
            gaits.extend(iter::repeat_n(gait, window.cells));
        }
    }
    gaits
}

/// Cells in a row whose midpoints lie in one window of the clock.
#[derive(Debug, Clone, Copy, Default)]
struct Window {
    number: i64,
    cells: usize,
    seconds: f64,
    metres: f64,
    /// Seconds with a cadence.
    counted_s: f64,
    /// These times the cadence.
    counted: f64,
}

impl Window {
    fn add(&mut self, seconds: f64, speed: f64, cadence: f64) {
        self.cells += 1;
        self.seconds += seconds;
        self.metres += seconds * speed;
        // what is NaN is not as much
        if cadence * LONGEST_STEP.value >= 60.0 * speed {
            self.counted_s += seconds;
            self.counted += seconds * cadence;
        }
    }

    fn gait(&self, without_cadence: Option<Gait>) -> Gait {
        let v = if self.seconds > 0.0 { self.metres / self.seconds } else { 0.0 };
        let runs = if self.counted_s > 0.0 {
            self.counted / self.counted_s >= RUN_CADENCE.value && v >= SLOWEST_RUN.value
        } else if let Some(gait) = without_cadence {
            return gait;
        } else {
            v > RUN_SPEED.value
        };
        if runs { Gait::Run } else { Gait::Walk }
    }
}

/// Smooths labels: the first holds until three in a row say otherwise; the change is dated to the
/// first of them.
fn settle(labels: &[Gait]) -> Vec<Gait> {
    let mut settled = labels.to_vec();
    let Some(mut now) = labels.first().copied() else { return settled };
    for i in 0..labels.len() {
        let ahead = labels.get(i..i + WINDOWS_TO_CHANGE);
        if ahead.is_some_and(|three| three.iter().all(|l| *l != now)) {
            now = labels[i];
        }
        settled[i] = now;
    }
    settled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_windows_of_another_gait_change_nothing_three_do() {
        use Gait::{Run, Walk};
        let labels = [Run, Walk, Walk, Run, Walk, Walk, Walk, Run];
        assert_eq!(settle(&labels), [Run, Run, Run, Run, Walk, Walk, Walk, Walk]);
    }
}
