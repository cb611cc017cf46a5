//! Whether feet or a crank made a recording that does not say so: cadence first, which no name
//! gainsays, then its words, power, and speed; and whether feet ran, by speed. Of a route without
//! times the planner, its grades and its length decide. Where another sport is as plausible, that
//! is the other reading.

use crate::activity::Activity;
use crate::profile::{Profile, Sampling};
use crate::quantile::{median, quantile};
use crate::report::named::Named;
use crate::report::sport_from::SportFrom;
use crate::sport::{Bike, Sport};

/// Median cadence from which it counts steps, 1/min. Our choice: cyclists sprint at it and keep
/// it for no minute; runners take 150 to 200 steps, and walkers as few as a crank's turns.
const STEPS_PER_MIN: f64 = 130.0;
/// Values of a sensor from which it is asked. Our choice.
const LEAST_VALUES: usize = 30;
/// Median cadence of a crank, 1/min, beside power. Our choice.
const CRANK_PER_MIN: std::ops::RangeInclusive<f64> = 55.0..=110.0;
/// Strides of a runner with a power pod: this much of one another from the tenth to the
/// ninetieth of a hundred, 1/min, and never without power. Our choice.
const EVEN_STRIDES_PER_MIN: f64 = 12.0;
/// Share of moving seconds without power by which a rider coasts. Our choice.
const COASTING_SHARE: f64 = 0.02;
/// Speed of who moves, m/s.
const MOVING_M_PER_S: f32 = 1.0;

/// Median moving speed on near-level road above which an unlabelled file is a ride, m/s.
/// Our choice: runners of a marathon under 2:50 are the only ones above it on foot.
const RIDE_MEDIAN_M_PER_S: f64 = 4.2;
/// Or this speed over a tenth of the distance, m/s. Our choice.
const RIDE_FAST_M_PER_S: f64 = 7.0;
const FAST_SHARE: f64 = 0.1;
/// Share of the time above the median speed of a ride: seconds in a car make no ride of a hike. Our
/// choice: who rides a tenth of the way at 12 m/s and the rest at 2 m/s is fast for 1.8 % of it.
const FAST_TIME_SHARE: f64 = 0.015;
/// Or half of that share where the median is that of a fast runner or a slow rider: no run goes
/// at 25 km/h for a twentieth of its way. Our choice.
const SOME_FAST_SHARE: f64 = 0.05;
const RUN_OR_RIDE_M_PER_S: f64 = 3.3;
/// Median speed that nobody runs, whatever the name or a sensor says, m/s: 10 km in 25:39.
/// Our choice, beside a best of 26:11.
const NOBODY_RUNS_M_PER_S: f64 = 6.5;
/// Near-level: grades within this, rise over run. Our choice.
const NEAR_LEVEL: f64 = 0.02;

/// Speed from which people run, m/s, and the share of the time above it below which nobody ran.
/// Source: the transition of walking and running, as `load.run_speed`; the share is our choice.
const RUN_M_PER_S: f64 = 2.0;
const RUN_SHARE: f64 = 0.05;
/// Without times, a way is walked where at least this share of it is so steep, rise over run. Our
/// choice: on 40 % walking is the faster gait of all but the best (Giovanelli and others 2016, J
/// Appl Physiol 120:370), and long trail races have less than a twentieth of it.
const WALKED_GRADE: f64 = 0.4;
const WALKED_SHARE: f64 = 0.1;
/// Planners of one sport: what they draw without times is that. Our choice: those whose name is
/// about riding, and those who call themselves guides to trails on foot.
const RIDE_PLANNERS: [&str; 4] = ["ridewithgps", "bikerouter", "bikemap", "cycle.travel"];
const HIKE_PLANNERS: [&str; 2] = ["alltrails", "hikingproject"];

/// Grades beyond this are no road's, rise over run, and a way with less than this share of them is
/// one of roads. Our choice: the steepest pass roads of the Alps are of 15 % and hardly more.
const ROAD_GRADE: f64 = 0.15;
const ROAD_SHARE: f64 = 0.02;
/// Without times, a way of roads so long is ridden, m. Our choice: of what is longer than a marathon
/// more is ridden than run, by far; whoever draws a race of 100 km on roads is told of the other
/// reading, too.
const RIDDEN_ROAD_M: f64 = 60_000.0;
/// And one that may be as well from here on, m. Our choice: half of all rides, few runs.
const EITHER_ROAD_M: f64 = 20_000.0;
/// A way so long, m, of which less than this share is beyond a road's grade is ridden whatever it
/// runs on. Our choice: the longest common races on foot are of 170 km, a fifth and more of them
/// steeper.
const RIDDEN_M: f64 = 200_000.0;
const RIDDEN_SHARE: f64 = 0.1;
/// Up to this median speed a ride by its speed may be a run, m/s. Our choice, beside a marathon
/// record of 5.8.
const MAY_RUN_M_PER_S: f64 = 5.5;

/// A guess of the sport.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Guess {
    pub(super) sport: Sport,
    pub(super) bike: Bike,
    pub(super) from: SportFrom,
    /// What it may have been as well.
    pub(super) other: Option<Sport>,
}

impl Guess {
    fn new(sport: Sport, from: SportFrom) -> Guess {
        Guess { sport, bike: Bike::Road, from, other: None }
    }

    /// The same where something may as well be so.
    fn or(self, other: Sport) -> Guess {
        Guess { other: Some(other), ..self }
    }
}

/// Returns the sport, given what words tell.
pub(super) fn sport(activity: &Activity, named: Option<Named>) -> Guess {
    let speeds = Speeds::of(activity);
    let nobody_runs = speeds.median_m_per_s > NOBODY_RUNS_M_PER_S;
    let by_words = |named: Named| Guess {
        sport: named.sport,
        bike: named.bike,
        from: named.from,
        other: named.other,
    };
    if !nobody_runs && takes_steps(activity) {
        let on_foot = named.filter(|named| named.sport.on_foot());
        let other = |guess: Guess| guess.other.filter(|other| other.on_foot());
        return match on_foot.map(by_words) {
            Some(guess) => Guess { other: other(guess), ..guess },
            None => Guess::new(Sport::Run, SportFrom::Cadence),
        };
    }
    match named {
        Some(named) if !(named.sport.on_foot() && nobody_runs) => by_words(named),
        _ if turns_a_crank(activity) => Guess::new(Sport::Ride, SportFrom::Power),
        _ if speeds.timed => speeds.timed_sport(),
        _ => drawn_by_planner(activity).unwrap_or_else(|| speeds.untimed_sport()),
    }
}

/// Returns the sport of a planner of one alone.
fn drawn_by_planner(activity: &Activity) -> Option<Guess> {
    let creator = activity.header.device.as_deref().unwrap_or_default().to_lowercase();
    let by = |planners: &[&str]| planners.iter().any(|planner| creator.contains(planner));
    if by(&RIDE_PLANNERS) {
        Some(Guess::new(Sport::Ride, SportFrom::Planner))
    } else if by(&HIKE_PLANNERS) {
        Some(Guess::new(Sport::Hike, SportFrom::Planner).or(Sport::Run))
    } else {
        None
    }
}

/// Returns whether the cadence counts more than a crank turns, or a sensor felt the ground.
fn takes_steps(activity: &Activity) -> bool {
    let felt = activity.stance_time_s().iter().filter(|s| **s > 0.0);
    felt.take(LEAST_VALUES).count() == LEAST_VALUES
        || Spread::of(activity.cadence_per_min())
            .is_some_and(|cadence| cadence.median >= STEPS_PER_MIN)
}

/// Returns the power and a crank's cadence, and not the even strides of a runner with a power
/// pod.
fn turns_a_crank(activity: &Activity) -> bool {
    let Some(cadence) = Spread::of(activity.cadence_per_min()) else { return false };
    let power = activity.power_w();
    let (mut moving, mut coasting) = (0_u64, 0_u64);
    for (watts, speed) in power.iter().zip(activity.speed_m_per_s()) {
        // without a recorded speed every value counts
        if *watts >= 0.0 && (speed.is_nan() || *speed > MOVING_M_PER_S) {
            moving += 1;
            coasting += u64::from(*watts == 0.0);
        }
    }
    if moving < LEAST_VALUES as u64 || !CRANK_PER_MIN.contains(&cadence.median) {
        return false;
    }
    let coasts = coasting as f64 > COASTING_SHARE * moving as f64;
    coasts || cadence.from_tenth_to_ninetieth > EVEN_STRIDES_PER_MIN
}

/// How the values above nothing of a sensor lie.
struct Spread {
    median: f64,
    from_tenth_to_ninetieth: f64,
}

impl Spread {
    /// `None` of too few values.
    fn of(column: &[f32]) -> Option<Spread> {
        let turning = column.iter().filter(|value| **value > 0.0);
        let values: Vec<f64> = turning.copied().map(f64::from).collect();
        if values.len() < LEAST_VALUES {
            return None;
        }
        let at = |share: f64| quantile(values.iter().copied(), share);
        Some(Spread { median: at(0.5)?, from_tenth_to_ninetieth: at(0.9)? - at(0.1)? })
    }
}

/// Speeds and grades as far as they tell feet from wheels and a run from a walk. Those of a rider
/// are nothing where there are none, or hardly any.
#[derive(Debug, Default)]
struct Speeds {
    timed: bool,
    median_m_per_s: f64,
    fast_share: f64,
    /// Share of the time at the speed of a run.
    running_share: f64,
    /// Share of the way that is too steep to run.
    steep_share: f64,
    /// Share of the way that is too steep for a road.
    off_road_share: f64,
    /// Slope metres.
    length_m: f64,
}

impl Speeds {
    fn of(activity: &Activity) -> Speeds {
        let Ok(profile) = Profile::of(activity, Sport::Ride, &Sampling::default()) else {
            return Speeds::default();
        };
        let slope_m: f64 = profile.slope_m().iter().sum();
        let share = |least: f64| {
            let cells = profile.grade().iter().zip(profile.slope_m());
            let steep = cells.filter(|(grade, _)| grade.abs() >= least);
            steep.map(|(_, metres)| metres).sum::<f64>() / slope_m.max(1e-9)
        };
        let way = Speeds {
            steep_share: share(WALKED_GRADE),
            off_road_share: share(ROAD_GRADE),
            length_m: slope_m,
            ..Speeds::default()
        };
        if !profile.timed() {
            return way;
        }
        let (mut level, mut fast_m, mut all_m) = (Vec::new(), 0.0, 0.0);
        let (mut fast_s, mut running_s, mut all_s) = (0.0, 0.0, 0.0);
        for cell in 0..profile.cells() {
            let (speed, metres) =
                (profile.speed_m_per_s()[cell], profile.slope_m()[cell]);
            all_m += metres;
            let seconds = profile.duration_s()[cell];
            all_s += seconds;
            fast_m += if speed > RIDE_FAST_M_PER_S { metres } else { 0.0 };
            fast_s += if speed > RIDE_MEDIAN_M_PER_S { seconds } else { 0.0 };
            running_s += if speed > RUN_M_PER_S { seconds } else { 0.0 };
            if profile.grade()[cell].abs() <= NEAR_LEVEL && speed >= 0.3 {
                level.push(speed);
            }
        }
        let on_foot =
            Speeds { timed: true, running_share: running_s / all_s.max(1e-9), ..way };
        if fast_s < FAST_TIME_SHARE * all_s {
            return on_foot;
        }
        let median_m_per_s = median(level).unwrap_or(0.0);
        Speeds { median_m_per_s, fast_share: fast_m / all_m.max(1e-9), ..on_foot }
    }

    /// Returns the sport of a recording by how fast it went.
    fn timed_sport(&self) -> Guess {
        let slow = self.median_m_per_s <= MAY_RUN_M_PER_S;
        if self.of_a_ride() {
            let ride = Guess::new(Sport::Ride, SportFrom::Speed);
            // no run is so fast for so much of its way
            let may_run = slow && self.fast_share <= SOME_FAST_SHARE;
            if may_run { ride.or(Sport::Run) } else { ride }
        } else if self.running_share >= RUN_SHARE {
            let run = Guess::new(Sport::Run, SportFrom::Speed);
            let may_ride = self.median_m_per_s > RUN_OR_RIDE_M_PER_S;
            run.or(if may_ride { Sport::Ride } else { Sport::Hike })
        } else {
            Guess::new(Sport::Hike, SportFrom::Speed).or(Sport::Run)
        }
    }

    /// Returns the sport of a route without times by how steep and how long it is.
    fn untimed_sport(&self) -> Guess {
        let road = self.off_road_share < ROAD_SHARE;
        if self.steep_share >= WALKED_SHARE {
            Guess::new(Sport::Hike, SportFrom::Grade).or(Sport::Run)
        } else if road && self.length_m >= RIDDEN_ROAD_M {
            Guess::new(Sport::Ride, SportFrom::Length).or(Sport::Run)
        } else if self.length_m >= RIDDEN_M && self.off_road_share < RIDDEN_SHARE {
            Guess::new(Sport::Ride, SportFrom::Length).or(Sport::Hike)
        } else if road && self.length_m >= EITHER_ROAD_M {
            Guess::new(Sport::Run, SportFrom::Length).or(Sport::Ride)
        } else {
            Guess::new(Sport::Run, SportFrom::Grade).or(Sport::Hike)
        }
    }

    fn of_a_ride(&self) -> bool {
        self.median_m_per_s > RIDE_MEDIAN_M_PER_S
            || self.fast_share > FAST_SHARE
            || self.median_m_per_s > RUN_OR_RIDE_M_PER_S
                && self.fast_share > SOME_FAST_SHARE
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::Sample;
    use crate::sport::{Labelled, from_name};

    /// Returns an hour on a level road: what a second holds beside speed and height.
    fn hour(speed_m_per_s: f64, sensors: impl Fn(u32, &mut Sample)) -> Activity {
        let mut activity = Activity::default();
        for second in 0..3600 {
            let metres = f64::from(second) * speed_m_per_s;
            let mut sample = Sample {
                time_s: f64::from(second),
                latitude_deg: 46.5 + metres / 111_195.0,
                longitude_deg: 8.0,
                elevation_m: 500.0 + 5.0 * libm::sin(metres / 1000.0),
                ..Sample::default()
            };
            sensors(second, &mut sample);
            activity.push(sample);
        }
        activity
    }

    fn guessed(activity: &Activity, name: &str) -> Guess {
        let named = match from_name(name) {
            Labelled::Modelled(sport, bike) => {
                Some(Named { sport, bike, from: SportFrom::Name, other: None })
            }
            _ => None,
        };
        sport(activity, named)
    }

    fn guess(activity: &Activity, name: &str) -> (Sport, SportFrom) {
        let Guess { sport, from, .. } = guessed(activity, name);
        (sport, from)
    }

    #[test]
    fn decides_by_speed_where_nothing_else_tells() {
        for (speed, expected) in [
            (1.2, Sport::Hike),
            (1.8, Sport::Hike),
            (2.4, Sport::Run),
            (3.0, Sport::Run),
            (4.0, Sport::Run),
            (4.4, Sport::Ride),
            (9.0, Sport::Ride),
        ] {
            let activity = hour(speed, |_, _| ());
            for name in ["", "case", "Ride to the run", "2024-06-15"] {
                assert_eq!(
                    guess(&activity, name),
                    (expected, SportFrom::Speed),
                    "{speed}"
                );
            }
        }
    }

    /// Returns a drawn route of so many kilometres up a constant grade and down again.
    fn route(km: u32, grade: f64) -> Activity {
        let mut activity = Activity::default();
        for k in 0..=100 * km {
            let metres = 10.0 * f64::from(k);
            let up_m = metres.min(1000.0 * f64::from(km) - metres);
            activity.push(Sample {
                latitude_deg: 46.5 + metres / 111_195.0,
                longitude_deg: 8.0,
                elevation_m: 900.0 + grade * up_m,
                ..Sample::default()
            });
        }
        activity
    }

    #[test]
    fn takes_a_route_that_nobody_runs_for_a_hike_and_any_other_for_a_run() {
        assert_eq!(guess(&route(4, 0.64), ""), (Sport::Hike, SportFrom::Grade));
        assert_eq!(guess(&route(12, 0.12), ""), (Sport::Run, SportFrom::Grade));
        let mut drawn = route(20, 0.05);
        drawn.header.device = Some("http://ridewithgps.com/".to_owned());
        assert_eq!(guess(&drawn, ""), (Sport::Ride, SportFrom::Planner));
    }

    #[test]
    fn takes_a_long_route_of_roads_for_a_ride_and_tells_the_other_reading() {
        let (run, hike, ride) = (Sport::Run, Sport::Hike, Sport::Ride);
        for (km, grade, expected, other) in [
            (10, 0.03, run, hike),
            (42, 0.02, run, ride),
            (59, 0.02, run, ride),
            (62, 0.02, ride, run),
            (140, 0.05, ride, run),
            // mountain paths: a long race, and what is longer than any
            (100, 0.18, run, hike),
            (250, 0.18, run, hike),
            (60, 0.5, hike, run),
        ] {
            let Guess { sport, other: told, .. } = guessed(&route(km, grade), "");
            assert_eq!((sport, told), (expected, Some(other)), "{km} km at {grade}");
        }
    }

    #[test]
    fn tells_the_other_reading_where_the_speed_of_a_ride_is_a_runners_too() {
        let other = |m_per_s: f64| guessed(&hour(m_per_s, |_, _| ()), "").other;
        assert_eq!(other(1.2), Some(Sport::Run));
        assert_eq!(other(2.6), Some(Sport::Hike));
        assert_eq!(other(4.4), Some(Sport::Run));
        assert_eq!(other(9.0), None);
        let drawn = |creator: &str| {
            let mut drawn = route(12, 0.05);
            drawn.header.device = Some(creator.to_owned());
            let Guess { sport, other, .. } = guessed(&drawn, "");
            (sport, other)
        };
        assert_eq!(drawn("AllTrails.com"), (Sport::Hike, Some(Sport::Run)));
        assert_eq!(drawn("https://www.bikemap.net"), (Sport::Ride, None));
    }

    #[test]
    fn no_crank_turns_at_182_for_an_hour() {
        let runner = hour(4.4, |_, sample| sample.cadence_per_min = 182.0);
        assert_eq!(guess(&runner, ""), (Sport::Run, SportFrom::Cadence));
        assert_eq!(guess(&runner, "Afternoon Ride"), (Sport::Run, SportFrom::Cadence));
        assert_eq!(guess(&runner, "Hike"), (Sport::Hike, SportFrom::Name));
        // a sprint is no hour, and ten metres a second no run, whatever a sensor says
        let sprint = |second, sample: &mut Sample| {
            sample.cadence_per_min = if second < 20 { 140.0 } else { 0.0 };
        };
        assert_eq!(guess(&hour(4.4, sprint), "").0, Sport::Ride);
        let fast = hour(10.0, |_, sample| sample.cadence_per_min = 182.0);
        assert_eq!(guess(&fast, "").0, Sport::Ride);
        let felt = hour(4.4, |_, sample| sample.stance_time_s = 0.24);
        assert_eq!(guess(&felt, ""), (Sport::Run, SportFrom::Cadence));
    }

    #[test]
    fn takes_the_sport_of_the_name_unless_nobody_runs_so_fast() {
        let slow = hour(2.2, |_, _| ());
        assert_eq!(guess(&slow, "Cycling 9/15/12"), (Sport::Ride, SportFrom::Name));
        assert_eq!(guess(&slow, "Hike to the hut"), (Sport::Hike, SportFrom::Name));
        let fast = hour(4.6, |_, _| ());
        assert_eq!(guess(&fast, "Morning Run"), (Sport::Run, SportFrom::Name));
        let impossible = hour(9.0, |_, _| ());
        assert_eq!(guess(&impossible, "Morning Run"), (Sport::Ride, SportFrom::Speed));
    }

    #[test]
    fn power_and_a_crank_are_a_ride_and_a_pod_on_a_shoe_is_none() {
        // up a hill, coasting now and then, the crank as the gears have it
        let rider = hour(3.0, |second, sample| {
            let coasts = second % 20 == 0;
            sample.power_w = if coasts { 0.0 } else { 220.0 };
            sample.cadence_per_min =
                if coasts { 0.0 } else { 65.0 + f64::from(second % 30) };
        });
        assert_eq!(guess(&rider, ""), (Sport::Ride, SportFrom::Power));
        let runner = hour(3.0, |second, sample| {
            sample.power_w = 240.0;
            sample.cadence_per_min = 84.0 + f64::from(second % 5);
        });
        assert_eq!(guess(&runner, ""), (Sport::Run, SportFrom::Speed));
        assert_eq!(guess(&rider, "Run with the new pod"), (Sport::Run, SportFrom::Name));
        let meterless = hour(3.0, |second, sample| {
            sample.cadence_per_min = 65.0 + f64::from(second % 30);
        });
        assert_eq!(guess(&meterless, ""), (Sport::Run, SportFrom::Speed));
    }
}
