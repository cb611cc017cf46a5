//! How long the climbs of a course take: at the power with which one's own climbs were ridden.
//!
//! A history keeps each climb's length and grade, and of each ride the minutes in climbs of four
//! minutes and more. The one steady power that makes both agree ([`crate::load::ride::power_w`])
//! is that ride's climbing power, per kilogram of rider and bicycle; it carries speeds from one
//! grade to another. Wind, surface and mass are the same on both sides, so what they are matters
//! little.

use std::collections::HashMap;

use crate::evidence::{Evidence, Parameter};
use crate::history::session::HillRecord;
use crate::history::{History, Session, age};
use crate::load::ride::{AIR, BIKE_KG, DRAG_AREA, ROLLING, State, power_w};
use crate::plan::OwnHill;
use crate::segment::Slope;

/// Climbing power of a rider whose rides are not known.
pub(crate) const ASSUMED_W_PER_KG: Parameter = Parameter::chosen(
    "plan.ride.climbing_power",
    2.0,
    "W/kg of body mass",
    "1.3 to 3.2",
    "who finishes a mountain ride for everybody, between its last and its fast ones",
);
/// The slowest and the fastest of those.
pub(crate) const ASSUMED_RANGE: (f64, f64) = (1.3, 3.2);
/// Power falls with the time it is held as `t^-fade`, beyond what was held so far.
pub const FADE: Parameter = Parameter {
    name: "plan.ride.fade",
    value: 0.07,
    unit: "exponent of time",
    range: "0.05 to 0.10",
    evidence: Evidence::Published,
    source: "Riegel 1981, American Scientist 69:285 (endurance times of several sports)",
};
/// Rides that make a range of their own.
pub(crate) const LEAST_RIDES: Parameter = Parameter::chosen(
    "plan.ride.least_rides",
    5.0,
    "rides",
    "3 to 10",
    "fewer do not show how a person's days differ",
);
/// How far one climb differs from the power of its ride, each way.
pub(crate) const CLIMB_SPREAD: Parameter = Parameter::chosen(
    "plan.ride.climb_spread",
    0.18,
    "of the power",
    "0.1 to 0.25",
    "with the spread of days it holds 33 of 40 climbs of 11 recorded rides, median 5 % off",
);
/// How far a person's days differ, each way, where too few rides show it (our choice).
const FEW: f64 = 0.12;
/// Shares of one's own climbing minutes that the range leaves out below and above (our choice).
const TAIL: f64 = 0.10;
/// Days of the rides that are looked at, where there are enough, and of those that are else.
const DAYS: [i32; 2] = [90, 365];
/// Climbs from so many seconds on are in the minutes of long climbs (`mechanism.long_climb`).
pub(crate) const LONG_S: f64 = 240.0;
/// Minutes of long climbs that tell a power, and how far they may miss it (our choice).
const LEAST_MIN: f64 = 8.0;
const MISS: f64 = 0.10;
/// Rider and bicycle where nothing is said; both sides are of one mass.
const TOTAL_KG: f64 = BODY_KG + BIKE_KG.value;
const BODY_KG: f64 = crate::athlete::DEFAULT_MASS_KG;
/// Powers of which one is looked for, W/kg.
const POWERS: (f64, f64) = (0.2, 12.0);

pub(super) const PARAMETERS: [Parameter; 4] =
    [ASSUMED_W_PER_KG, FADE, LEAST_RIDES, CLIMB_SPREAD];

/// How fast a person climbs on a bicycle, W per kilogram of rider and bicycle.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct ClimbingPower {
    /// The usual one.
    pub w_per_kg: f64,
    /// From a weak day to a strong one, over all climbs.
    pub range: (f64, f64),
    /// Rides it rests on; 0: it is assumed.
    pub rides: usize,
    /// Days in which they lie.
    pub days: i32,
    /// Longest climbing of one of them, s.
    pub longest_s: f64,
}

/// A climb of a course, and how long it takes.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct ClimbTime {
    /// The climb.
    pub hill: HillRecord,
    /// Seconds at the usual power.
    pub time_s: f64,
    /// Seconds where it goes well and where it does not: the day, and this climb among others.
    pub range_s: (f64, f64),
}

/// The climbs of a course, each with its time, and all together.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ClimbTimes {
    /// In the order of the road.
    pub climbs: Vec<ClimbTime>,
    /// Seconds of all.
    pub time_s: f64,
    /// What they could be: days differ as a whole, climbs even out.
    pub range_s: (f64, f64),
}

impl ClimbTime {
    /// Returns the metres up an hour.
    pub fn vertical_m_per_h(&self) -> f64 {
        self.hill.rise_m / self.time_s * 3600.0
    }
}

/// What a ride tells of its rider.
struct Told {
    w_per_kg: f64,
    seconds: f64,
    days_ago: i32,
}

impl ClimbingPower {
    /// Of the climbs of one's own rides; assumed where they tell none.
    pub fn of(history: &History, own: &[OwnHill]) -> ClimbingPower {
        let mut climbs: HashMap<(&str, u32), Vec<&HillRecord>> = HashMap::new();
        for own in own.iter().filter(|own| own.hill.slope == Slope::Climb) {
            let (id, part) = &own.activity;
            climbs.entry((id, *part)).or_default().push(&own.hill);
        }
        let rides = history.sessions.iter().filter(|s| !s.sport.on_foot());
        let told: Vec<Told> = rides
            .filter_map(|ride| {
                let of = climbs.get(&(ride.id.as_str(), ride.part))?;
                told(ride, of, age(ride.day, history.on))
            })
            .collect();
        DAYS.into_iter()
            .enumerate()
            .find_map(|(k, days)| {
                let near: Vec<&Told> =
                    told.iter().filter(|t| t.days_ago <= days).collect();
                let enough = near.len() as f64 >= LEAST_RIDES.value;
                (enough || k + 1 == DAYS.len() && !near.is_empty())
                    .then(|| ClimbingPower::from(near, days))
            })
            .unwrap_or_else(ClimbingPower::assumed)
    }

    fn assumed() -> ClimbingPower {
        let of_all = |w_per_kg: f64| w_per_kg * BODY_KG / TOTAL_KG;
        ClimbingPower {
            w_per_kg: of_all(ASSUMED_W_PER_KG.value),
            range: (of_all(ASSUMED_RANGE.0), of_all(ASSUMED_RANGE.1)),
            rides: 0,
            days: 0,
            longest_s: 0.0,
        }
    }

    fn from(mut told: Vec<&Told>, days: i32) -> ClimbingPower {
        told.sort_by(|a, b| a.w_per_kg.total_cmp(&b.w_per_kg));
        let all: f64 = told.iter().map(|t| t.seconds).sum();
        // the power below which so much of the climbing was ridden
        let at = |share: f64| {
            let mut sum = 0.0;
            let reached = told.iter().find(|t| {
                sum += t.seconds;
                sum >= share * all
            });
            reached.or(told.last()).map_or(0.0, |t| t.w_per_kg)
        };
        let usual = at(0.5);
        let few = (told.len() as f64) < LEAST_RIDES.value;
        let wide =
            if few { (usual * (1.0 - FEW), usual * (1.0 + FEW)) } else { (usual, usual) };
        ClimbingPower {
            w_per_kg: usual,
            range: (at(TAIL).min(wide.0), at(1.0 - TAIL).max(wide.1)),
            rides: told.len(),
            days,
            longest_s: told.iter().map(|t| t.seconds).fold(0.0, f64::max),
        }
    }

    /// Returns whether it rests on no ride of one's own.
    pub fn is_assumed(&self) -> bool {
        self.rides == 0
    }

    /// Returns how long the climbs take. Where all together take longer than any climbing so
    /// far, the weak end of the days fades ([`FADE`]).
    pub fn times(&self, climbs: &[HillRecord]) -> ClimbTimes {
        let climbs: Vec<HillRecord> = climbs
            .iter()
            .filter(|hill| hill.slope == Slope::Climb && hill.rise_m > 0.0)
            .copied()
            .collect();
        let usual: Vec<f64> =
            climbs.iter().map(|hill| seconds(hill, self.w_per_kg)).collect();
        let time_s: f64 = usual.iter().sum();
        let beyond =
            if self.longest_s > 0.0 { (time_s / self.longest_s).max(1.0) } else { 1.0 };
        let days = (self.range.1, self.range.0 * libm::pow(beyond, -FADE.value));
        let spread = CLIMB_SPREAD.value;
        let of_a_climb = (self.w_per_kg * (1.0 + spread), self.w_per_kg * (1.0 - spread));
        // seconds off, of the day and of the climb, where it goes well and where it does not
        let off = |power: f64| -> Vec<f64> {
            let times = climbs.iter().zip(&usual);
            times.map(|(hill, usual)| (seconds(hill, power) - usual).abs()).collect()
        };
        let (strong, weak) = (off(days.0), off(days.1));
        let (fast, slow) = (off(of_a_climb.0), off(of_a_climb.1));
        let each = climbs.iter().zip(&usual).enumerate().map(|(k, (hill, usual))| {
            let well = strong[k].hypot(fast[k]).min(*usual);
            let badly = weak[k].hypot(slow[k]);
            ClimbTime {
                hill: *hill,
                time_s: *usual,
                range_s: (usual - well, usual + badly),
            }
        });
        let sum = |off: &[f64]| off.iter().sum::<f64>();
        let evened = |off: &[f64]| off.iter().map(|s| s * s).sum::<f64>().sqrt();
        let well = sum(&strong).hypot(evened(&fast)).min(time_s);
        let badly = sum(&weak).hypot(evened(&slow));
        ClimbTimes {
            climbs: each.collect(),
            time_s,
            range_s: (time_s - well, time_s + badly),
        }
    }
}

/// Returns the steady power at which the climbs of a ride take its minutes of long climbs;
/// `None` where no power does, or there are too few.
fn told(ride: &Session, climbs: &[&HillRecord], days_ago: i32) -> Option<Told> {
    let minutes = ride.long_climb_min.filter(|minutes| *minutes >= LEAST_MIN)?;
    let recorded_s = minutes * 60.0;
    let long = |w_per_kg: f64| -> f64 {
        let times = climbs.iter().map(|hill| seconds(hill, w_per_kg));
        times.filter(|time| *time >= LONG_S).sum()
    };
    let w_per_kg = bisected(POWERS, |w_per_kg| long(w_per_kg) > recorded_s);
    // between two counts of long climbs lies no time at all
    let off = (long(w_per_kg) / recorded_s - 1.0).abs();
    let off = off.min((long(w_per_kg * 0.999) / recorded_s - 1.0).abs());
    (off <= MISS).then_some(Told { w_per_kg, seconds: recorded_s, days_ago })
}

/// Returns the seconds up a climb at a steady power.
fn seconds(hill: &HillRecord, w_per_kg: f64) -> f64 {
    const SPEEDS_M_PER_S: (f64, f64) = (0.1, 30.0);
    let grade = hill.rise_m / hill.length_m;
    let speed = bisected(SPEEDS_M_PER_S, |speed| {
        let state = State {
            speed_m_per_s: speed,
            acceleration_m_per_s2: 0.0,
            grade,
            total_kg: TOTAL_KG,
            rolling: ROLLING.value,
            drag_area_m2: DRAG_AREA.value,
            air_kg_per_m3: AIR.value,
            wind_m_per_s: 0.0,
        };
        power_w(&state) < w_per_kg * TOTAL_KG
    });
    hill.length_m.hypot(hill.rise_m) / speed
}

/// Returns where a condition that holds below ceases to.
fn bisected((mut low, mut high): (f64, f64), holds: impl Fn(f64) -> bool) -> f64 {
    const HALVINGS: usize = 30;
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if holds(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn climb(rise_m: f64, grade: f64) -> HillRecord {
        HillRecord {
            slope: Slope::Climb,
            from_m: 0.0,
            length_m: rise_m / grade,
            rise_m,
            mean_grade: grade,
            volume_m: rise_m,
            load: 0.0,
            intensity: None,
        }
    }

    #[test]
    fn steeper_takes_less_time_for_the_same_height_and_more_power_less() {
        let hills = [0.03, 0.05, 0.08, 0.12].map(|grade| climb(500.0, grade));
        let times = hills.map(|hill| seconds(&hill, 2.5));
        assert!(times.windows(2).all(|pair| pair[1] < pair[0]), "{times:?}");
        for hill in &hills {
            assert!(seconds(hill, 2.6) < seconds(hill, 2.5));
        }
        // P = m g h / t and a few percent for tyres, air and chain
        let bare = 9.80665 * 500.0 / 2.5;
        assert!((1.05..1.12).contains(&(times[3] / bare)), "{}", times[3] / bare);
    }
}
