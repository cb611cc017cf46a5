//! The five mechanisms of hill training, each a number in its own unit, or the reason why
//! the file cannot give it.

use std::ops::Range;

use crate::athlete::{Athlete, Sex};
use crate::evidence::{Evidence, Parameter};
use crate::load::decoupling;
use crate::load::efforts::Efforts;
use crate::load::gait::Gait;
use crate::load::kernel::ZONE_BEGINS;
use crate::load::leg_load::LegLoad;
pub use crate::load::meter::Figure;
use crate::load::meter::{Metered, RIDING};
use crate::load::model::{REFERENCE_STEP, Stride, weight};
use crate::load::ride::{self, CRANK_MM};
use crate::load::sprints::Sprints;
use crate::load::windows::BestPower;
use crate::profile::Profile;
use crate::quantile::quantile;
use crate::segment::{Segment, Slope};
use crate::sport::Sport;

/// Climbs of so long count as sustained.
pub(crate) const LONG_CLIMB_S: Parameter = Parameter::chosen(
    "mechanism.long_climb",
    240.0,
    "s",
    "3 to 5 min",
    "intervals of 4 to 5 min are what raises oxygen uptake (Held et al. 2023)",
);
/// Hard by heart rate reserve.
pub(crate) const HARD_RESERVE: Parameter = Parameter {
    name: "mechanism.hard_reserve",
    value: 0.80,
    unit: "1",
    range: "0.75 to 0.85 of the reserve",
    evidence: Evidence::Assumed,
    source: "our choice, near the second threshold",
};
/// Hard by maximum heart rate, where no resting rate is known.
pub(crate) const HARD_OF_MAX: Parameter = Parameter {
    name: "mechanism.hard_of_maximum",
    value: 0.85,
    unit: "1",
    range: "0.80 to 0.90 of the maximum",
    evidence: Evidence::Assumed,
    source: "our choice, near the second threshold",
};
/// Least share of the time with a heart rate, from which minutes by heart rate are taken.
pub(crate) const LEAST_KNOWN: Parameter = Parameter::chosen(
    "mechanism.least_known",
    1.0 / 3.0,
    "1",
    "0.25 to 0.5",
    "what a strap missed counts like what it saw; of less it would be a guess",
);
/// Windows of pushes.
const PUSH_WINDOW_S: f64 = 10.0;

const NO_TIME: &str = "no timestamps";
const ON_FOOT: &str = "counted on foot only";

/// The five mechanisms of one activity.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Mechanisms {
    /// 1: share of climb volume at 2x and above.
    pub hard_climb_share: Figure,
    /// 1, rides: mean crank torque on climbs, N m/kg.
    pub climb_torque_nm_per_kg: Figure,
    /// 1, rides: mean force on the pedals of climbs that this torque needs, N.
    pub climb_pedal_force_n: Figure,
    /// 1, rides: minutes with power below 70 rpm.
    pub low_cadence_min: Figure,
    /// 2: share of descent volume braked at 2x and above.
    pub hard_descent_share: Figure,
    /// 3: 95th percentile (type 8 of Hyndman and Fan) of the work of a step up, J/kg, over windows of
    /// 10 s.
    pub step_p95_up_j_per_kg: Figure,
    /// 3: steps up at 3x and above.
    pub very_hard_steps_up: Figure,
    /// 3: best 20 steps up, power while the foot is down, W/kg.
    pub step_power_up_w_per_kg: Figure,
    /// 3: efforts of 8 to 30 s uphill at 5 W/kg and more.
    pub hill_sprints: Figure,
    /// 3: mean power of the hardest of them, W/kg.
    pub best_sprint_up_w_per_kg: Figure,
    /// 3: best 30 s of concentric power in a climb, W/kg.
    pub best_30s_up_w_per_kg: Figure,
    /// 3: best 60 s of concentric power in a climb, W/kg.
    pub best_60s_up_w_per_kg: Figure,
    /// 2: best 30 s of eccentric power in a descent, W/kg.
    pub best_30s_down_w_per_kg: Figure,
    /// 2: best 60 s of eccentric power in a descent, W/kg.
    pub best_60s_down_w_per_kg: Figure,
    /// 3, rides: best 5 s of the power meter, W.
    pub best_5s_w: Figure,
    /// 4: moving minutes in climbs of 4 min and more.
    pub long_climb_min: Figure,
    /// 4: metabolic energy in them, kJ/kg.
    pub long_climb_kj_per_kg: Figure,
    /// 4: of these minutes, hard by heart rate.
    pub long_climb_hard_min: Figure,
    /// 4: climbs of 20 min and more: how much fewer metres up a heart beat gave in their second
    /// half, as a share of the first (decoupling), by their minutes.
    pub long_climb_drift: Figure,
    /// 4: heart rate that is exceeded in 0.5 % of the clean seconds, 1/min.
    pub highest_heart_rate_bpm: Figure,
    /// 4, rides: normalized power, W.
    pub normalized_power_w: Figure,
    /// 4, rides: normalized power over the functional threshold power.
    pub intensity_factor: Figure,
    /// 4: Banister's training impulse.
    pub trimp: Figure,
    /// 5: steps up, running and walking together.
    pub steps_up: Figure,
    /// 5: of these at 2x and above.
    pub hard_steps_up: Figure,
    /// 5: steps down.
    pub steps_down: Figure,
    /// 5: of these at 2x and above.
    pub hard_steps_down: Figure,
    /// 5: share of all these steps that were run.
    pub run_step_share: Figure,
}

/// What the mechanisms are read from: a scored activity.
#[derive(Debug, Clone, Copy)]
pub struct Scored<'a> {
    /// What its sensors tell without the profile.
    pub metered: &'a Metered,
    /// Its grid of metres.
    pub profile: &'a Profile,
    /// Climbs, descents and level.
    pub segments: &'a [Segment],
    /// The best powers of each segment.
    pub best: &'a [BestPower],
    /// What every cell asked of the legs.
    pub efforts: &'a Efforts<'a>,
    /// The load of all cells.
    pub load: &'a LegLoad,
    /// Who moved.
    pub athlete: &'a Athlete,
    /// How.
    pub sport: Sport,
}

impl Mechanisms {
    /// Returns the mechanisms of a scored activity.
    pub fn of(scored: &Scored<'_>) -> Mechanisms {
        let Scored { metered, profile, segments, efforts, load, athlete, sport, .. } =
            *scored;
        let share = |hard: f64, all: f64| {
            if all > 0.0 { Ok(hard / all) } else { Err("no hills") }
        };
        let foot = sport.on_foot();
        let steps = Steps::count(profile, efforts, foot);
        let best = HillPowers::of(scored);
        let pushes = if foot { pushes(profile, efforts) } else { Vec::new() };
        let torque_nm_per_kg = torque(profile, segments, efforts, athlete, sport);
        let mass_kg = athlete.body_kg();
        let crank_m = athlete.crank_mm.unwrap_or(CRANK_MM.value) / 1000.0;
        let long = LongClimbs::of(scored);
        let sprints = Sprints::of(profile, efforts, mass_kg, sport);
        Mechanisms {
            hard_climb_share: share(load.hard_climb_volume_m(), load.climb_volume_m),
            climb_torque_nm_per_kg: torque_nm_per_kg,
            climb_pedal_force_n: torque_nm_per_kg.map(|t| t * mass_kg / crank_m),
            low_cadence_min: low_cadence(profile, efforts, sport),
            hard_descent_share: if foot {
                share(load.hard_descent_volume_m(), load.descent_volume_m)
            } else {
                Err("freewheeling legs do no lengthening work")
            },
            step_p95_up_j_per_kg: if !profile.timed() {
                Err(NO_TIME)
            } else if foot {
                quantile(pushes, 0.95).ok_or("no step up")
            } else {
                Err(ON_FOOT)
            },
            very_hard_steps_up: steps.very_hard_up,
            step_power_up_w_per_kg: push_power(profile, efforts, foot),
            hill_sprints: sprints.count,
            best_sprint_up_w_per_kg: sprints.best_w_per_kg,
            best_30s_up_w_per_kg: best.up_30s,
            best_60s_up_w_per_kg: best.up_60s,
            best_30s_down_w_per_kg: best.down_30s,
            best_60s_down_w_per_kg: best.down_60s,
            best_5s_w: metered.best_5s_w,
            long_climb_min: long.minutes,
            long_climb_kj_per_kg: long.kj_per_kg,
            long_climb_hard_min: long.hard_minutes,
            long_climb_drift: long.drift,
            highest_heart_rate_bpm: metered.highest_heart_rate_bpm,
            normalized_power_w: metered.normalized_power_w,
            intensity_factor: metered.normalized_power_w.and_then(|watts| {
                athlete.ftp_w.map_or(Err("ftp_w is not set"), |ftp| Ok(watts / ftp))
            }),
            trimp: trimp(profile, athlete),
            steps_up: steps.up,
            hard_steps_up: steps.hard_up,
            steps_down: steps.down,
            hard_steps_down: steps.hard_down,
            run_step_share: steps.run_share,
        }
    }
}

/// The best power of all climbs, and of all descents on foot, W/kg.
struct HillPowers {
    up_30s: Figure,
    up_60s: Figure,
    down_30s: Figure,
    down_60s: Figure,
}

impl HillPowers {
    fn of(scored: &Scored<'_>) -> HillPowers {
        let Scored { profile, segments, best, sport, .. } = *scored;
        let most = |slope, of: fn(&BestPower) -> Option<f64>| -> Figure {
            if slope == Slope::Descent && !sport.on_foot() {
                return Err(ON_FOOT);
            }
            if !profile.timed() {
                return Err(NO_TIME);
            }
            let hills = segments.iter().zip(best).filter(|(s, _)| s.slope == slope);
            hills
                .filter_map(|(_, best)| of(best))
                .reduce(f64::max)
                .ok_or("no hill long enough")
        };
        HillPowers {
            up_30s: most(Slope::Climb, |best| best.half_minute_w_per_kg),
            up_60s: most(Slope::Climb, |best| best.minute_w_per_kg),
            down_30s: most(Slope::Descent, |best| best.half_minute_w_per_kg),
            down_60s: most(Slope::Descent, |best| best.minute_w_per_kg),
        }
    }
}

/// Time, energy and hard minutes of the climbs of [`LONG_CLIMB_S`] and more.
struct LongClimbs {
    minutes: Figure,
    kj_per_kg: Figure,
    hard_minutes: Figure,
    drift: Figure,
}

impl LongClimbs {
    fn of(scored: &Scored<'_>) -> LongClimbs {
        let Scored { profile, segments, efforts, athlete, .. } = *scored;
        let long: Vec<&Segment> = segments
            .iter()
            .filter(|s| {
                s.slope == Slope::Climb
                    && seconds(efforts, &s.cells) >= LONG_CLIMB_S.value
            })
            .collect();
        let timed = |value: f64| if profile.timed() { Ok(value) } else { Err(NO_TIME) };
        let sum = |column: &[f64]| -> f64 {
            let sums = long.iter().map(|s| column[s.cells.clone()].iter().sum::<f64>());
            // an empty sum is -0
            0.0 + sums.sum::<f64>()
        };
        LongClimbs {
            minutes: timed(sum(&efforts.duration_s) / 60.0),
            kj_per_kg: timed(sum(&efforts.metabolic_j_per_kg) / 1000.0),
            hard_minutes: hard_minutes(profile, &long, athlete),
            drift: drift(profile, &long),
        }
    }
}

/// Returns the drift of all climbs of 20 min and more, each by its seconds.
fn drift(profile: &Profile, long: &[&Segment]) -> Figure {
    let (mut sum, mut seconds) = (0.0, 0.0);
    for segment in long {
        let Some(drift) = decoupling::drift(profile, &segment.cells) else { continue };
        let lasted: f64 = profile.duration_s()[segment.cells.clone()].iter().sum();
        sum += drift * lasted;
        seconds += lasted;
    }
    if seconds > 0.0 {
        Ok(sum / seconds)
    } else {
        Err("without a climb of 20 min with heart rate")
    }
}

fn seconds(efforts: &Efforts<'_>, cells: &Range<usize>) -> f64 {
    efforts.duration_s[cells.clone()].iter().sum()
}

struct Steps {
    up: Figure,
    hard_up: Figure,
    very_hard_up: Figure,
    down: Figure,
    hard_down: Figure,
    run_share: Figure,
}

impl Steps {
    fn count(profile: &Profile, efforts: &Efforts<'_>, foot: bool) -> Steps {
        let none = |why| Steps {
            up: Err(why),
            hard_up: Err(why),
            very_hard_up: Err(why),
            down: Err(why),
            hard_down: Err(why),
            run_share: Err(why),
        };
        if !foot {
            return none(ON_FOOT);
        }
        if !profile.timed() {
            return none(NO_TIME);
        }
        let [_, hard, very_hard] = ZONE_BEGINS;
        let (mut up, mut hard_up, mut very_hard_up) = (0.0, 0.0, 0.0);
        let (mut down, mut hard_down, mut run) = (0.0, 0.0, 0.0);
        for cell in (0..profile.cells()).filter(|&c| profile.scored()[c]) {
            let steps = efforts.steps.per_min[cell] / 60.0 * efforts.duration_s[cell];
            let rise = profile.rise_m()[cell];
            if rise > 0.0 {
                up += steps;
                hard_up += if efforts.up_ratio[cell] >= hard { steps } else { 0.0 };
                very_hard_up +=
                    if efforts.up_ratio[cell] >= very_hard { steps } else { 0.0 };
            } else if rise < 0.0 {
                down += steps;
                hard_down += if efforts.down_ratio[cell] >= hard { steps } else { 0.0 };
            } else {
                continue;
            }
            run += if efforts.steps.gait[cell] == Gait::Run { steps } else { 0.0 };
        }
        Steps {
            up: Ok(up),
            hard_up: Ok(hard_up),
            very_hard_up: Ok(very_hard_up),
            down: Ok(down),
            hard_down: Ok(hard_down),
            run_share: if up + down > 0.0 {
                Ok(run / (up + down))
            } else {
                Err("no hills")
            },
        }
    }
}

/// Returns the mean push work in windows of 10 s of the clock, J/kg a step.
fn pushes(profile: &Profile, efforts: &Efforts<'_>) -> Vec<f64> {
    let mut pushes = Vec::new();
    for run in profile.runs() {
        let (mut work, mut seconds) = (0.0, 0.0);
        for cell in run.cells.clone().filter(|&c| profile.scored()[c]) {
            let dt = efforts.duration_s[cell];
            work += efforts.up_ratio[cell] * REFERENCE_STEP.value * dt;
            seconds += dt;
            if seconds >= PUSH_WINDOW_S {
                pushes.push(work / seconds);
                (work, seconds) = (0.0, 0.0);
            }
        }
    }
    pushes
}

/// Returns the best mean over 20 steps of push work over the time the foot pushes:
/// `con_step / (f+ contact)`, with `f+ = 1/2 + asin(r)/pi` the rising part of the bounce.
fn push_power(profile: &Profile, efforts: &Efforts<'_>, foot: bool) -> Figure {
    const STEPS: f64 = 20.0;
    if !foot {
        return Err(ON_FOOT);
    }
    if profile.stance_time_s().iter().all(|s| s.is_nan()) {
        return Err("no contact time recorded");
    }
    let mut best: Option<f64> = None;
    let (mut power, mut steps) = (0.0, 0.0);
    for cell in (0..profile.cells()).filter(|&c| profile.scored()[c]) {
        let contact = profile.stance_time_s()[cell];
        if !(contact > 0.05 && contact < 1.5) || efforts.steps.gait[cell] != Gait::Run {
            continue;
        }
        let r =
            weight(profile.grade()[cell]) / (core::f64::consts::PI * Stride::RUN.bounce);
        let rising = 0.5 + libm::asin(r.clamp(-1.0, 1.0)) / core::f64::consts::PI;
        let push = efforts.up_ratio[cell] * REFERENCE_STEP.value / (rising * contact);
        let count = efforts.steps.per_min[cell] / 60.0 * efforts.duration_s[cell];
        if rising > 0.0 && count > 0.0 {
            power += push * count;
            steps += count;
        }
        if steps >= STEPS {
            best = Some(best.map_or(power / steps, |b| b.max(power / steps)));
            (power, steps) = (0.0, 0.0);
        }
    }
    best.ok_or("fewer than 20 running steps with contact time")
}

fn torque(
    profile: &Profile,
    segments: &[Segment],
    efforts: &Efforts<'_>,
    athlete: &Athlete,
    sport: Sport,
) -> Figure {
    if sport.on_foot() {
        return Err(RIDING);
    }
    let mass_kg = athlete.body_kg();
    let (mut turning, mut seconds) = (0.0, 0.0);
    for cell in
        segments.iter().filter(|s| s.slope == Slope::Climb).flat_map(|s| s.cells.clone())
    {
        let (watts, rpm) = (efforts.power_w[cell], profile.cadence_per_min()[cell]);
        let believed =
            ride::believed_ratio(rpm, watts, mass_kg, efforts.metered).is_some();
        if believed && watts >= 0.0 {
            let dt = efforts.duration_s[cell];
            turning += watts / (core::f64::consts::TAU * rpm / 60.0) * dt;
            seconds += dt;
        }
    }
    if seconds > 0.0 {
        Ok(turning / seconds / mass_kg)
    } else {
        Err("no power and cadence on climbs")
    }
}

fn low_cadence(profile: &Profile, efforts: &Efforts<'_>, sport: Sport) -> Figure {
    const LOW_RPM: f64 = 70.0;
    if sport.on_foot() {
        return Err(RIDING);
    }
    let recorded = profile.cadence_per_min();
    if !efforts.metered || recorded.iter().all(|c| c.is_nan()) {
        return Err("no power and cadence recorded");
    }
    let low = |cell: &usize| {
        let (watts, rpm) = (efforts.power_w[*cell], recorded[*cell]);
        watts > 0.0 && rpm > 0.0 && rpm < LOW_RPM
    };
    let seconds: f64 =
        (0..profile.cells()).filter(low).map(|cell| efforts.duration_s[cell]).sum();
    Ok(seconds / 60.0)
}

fn hard_minutes(profile: &Profile, long: &[&Segment], athlete: &Athlete) -> Figure {
    let highest = highest_bpm(profile, athlete)?;
    let hard = match athlete.hr_rest {
        Some(rest) => rest + HARD_RESERVE.value * (highest - rest),
        None => HARD_OF_MAX.value * highest,
    };
    if !profile.timed() {
        return Err(NO_TIME);
    }
    let mut minutes = Known::default();
    for cell in long.iter().flat_map(|s| s.cells.clone()) {
        let (rate, seconds) =
            (profile.heart_rate_bpm()[cell], profile.duration_s()[cell]);
        let is_hard = if rate >= hard { seconds / 60.0 } else { 0.0 };
        minutes.add(seconds, (!rate.is_nan()).then_some(is_hard));
    }
    minutes.whole("heart rate on too little of the climbs")
}

/// Returns the athlete's highest heart rate. That of the file is none: an easy day would be
/// hard by its own measure.
fn highest_bpm(profile: &Profile, athlete: &Athlete) -> Figure {
    if profile.heart_rate_bpm().iter().all(|rate| rate.is_nan()) {
        return Err("no heart rate");
    }
    athlete.hr_max.ok_or("hr_max is not set")
}

/// Banister's impulse: minutes times reserve times a weight that grows with it (Morton,
/// Fitz-Clarke, Banister 1990, J Appl Physiol 69:1171: 0.64 e^1.92x men, 0.86 e^1.67x women).
fn trimp(profile: &Profile, athlete: &Athlete) -> Figure {
    let (scale, exponent) = match athlete.sex {
        Some(Sex::Male) => (0.64, 1.92),
        Some(Sex::Female) => (0.86, 1.67),
        None => return Err("sex is not set"),
    };
    let Some(rest) = athlete.hr_rest else { return Err("resting heart rate is not set") };
    let highest = highest_bpm(profile, athlete)?;
    let mut impulse = Known::default();
    for (rate, dt) in profile.heart_rate_bpm().iter().zip(profile.duration_s()) {
        let reserve = ((rate - rest) / (highest - rest)).clamp(0.0, 1.0);
        let weighted = dt / 60.0 * reserve * scale * libm::exp(exponent * reserve);
        impulse.add(*dt, reserve.is_finite().then_some(weighted));
    }
    impulse.whole("heart rate on too little of the time")
}

/// A sum over time of what was known for a part of it.
#[derive(Default)]
struct Known {
    sum: f64,
    seen_s: f64,
    all_s: f64,
}

impl Known {
    fn add(&mut self, seconds: f64, amount: Option<f64>) {
        // without times there is no share of them
        self.all_s += seconds;
        if let Some(amount) = amount {
            self.sum += amount;
            self.seen_s += seconds;
        }
    }

    /// Returns the sum over all the time: what was missed counts like what was seen.
    fn whole(&self, too_little: &'static str) -> Figure {
        if self.all_s <= 0.0 || self.seen_s >= self.all_s {
            Ok(self.sum)
        } else if self.seen_s >= LEAST_KNOWN.value * self.all_s {
            Ok(self.sum * self.all_s / self.seen_s)
        } else {
            Err(too_little)
        }
    }
}
