//! Computes what every cell asks of the legs: volume, intensity and work as columns.

use std::borrow::Cow;
use std::ops::Range;

use crate::athlete::Athlete;
use crate::load::gait::{self, Choice, Steps};
use crate::load::kernel::{self, Columns, Loads};
use crate::load::leg_load::LegLoad;
use crate::load::model::{self, Stride};
use crate::load::own_speeds::OwnSpeeds;
use crate::load::ride::Bicycle;
use crate::load::riding::Ride;
use crate::load::step_work;
use crate::profile::Profile;
use crate::segment::Segment;
use crate::sport::{Bike, Sport};

/// The settings of the model; the default is the central one.
///
/// ```
/// use hardlegs::{load::model::Stride, settings::Settings};
/// let mut settings = Settings::default();
/// settings.terms.run = Stride { bounce: 1.35, elastic: 0.50 };
/// assert!(settings.terms.run.work(-0.1).muscle_down > Stride::RUN.work(-0.1).muscle_down);
/// ```
///
/// [`range`](crate::load::range) goes on trying the strides of its own list, so one's own
/// stride widens a range and never moves it; and `model_version` in the output speaks of the
/// defaults alone: whoever changes these says so beside the figures.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Terms {
    /// Running stride.
    pub run: Stride,
    /// Walking stride.
    pub walk: Stride,
    /// Gait and cadence.
    pub steps: Choice,
    /// Bicycle, its resistances and the wind.
    pub bicycle: Bicycle,
    /// Own speeds on foot, for a route without times; `None`: [`assumed_speed`].
    pub own_speeds: Option<OwnSpeeds>,
}

impl Default for Terms {
    fn default() -> Self {
        Terms {
            run: Stride::RUN,
            walk: Stride::walk(),
            steps: Choice::default(),
            bicycle: Bicycle::default(),
            own_speeds: None,
        }
    }
}

/// Columns of a scored profile, which lends its own. Cells that are not scored, or whose power
/// is not known, hold zeros.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Efforts<'a> {
    /// Climb volume per cell, m.
    pub climb_volume_m: Vec<f64>,
    /// Descent volume per cell, m; zeros on rides, where they are not defined.
    pub descent_volume_m: Vec<f64>,
    /// Intensity up per cell.
    pub up_ratio: Vec<f64>,
    /// Intensity down per cell.
    pub down_ratio: Vec<f64>,
    /// Muscle work shortening per cell, J/kg of body.
    pub con_j_per_kg: Vec<f64>,
    /// Muscle work lengthening per cell, J/kg of body.
    pub ecc_j_per_kg: Vec<f64>,
    /// Metabolic energy per cell, J/kg of body.
    pub metabolic_j_per_kg: Vec<f64>,
    /// Speed per cell, m/s: recorded, or assumed for a course.
    pub speed_m_per_s: Cow<'a, [f64]>,
    /// Seconds per cell: recorded, or assumed for a course.
    pub duration_s: Cow<'a, [f64]>,
    /// Steps; empty on rides.
    pub steps: Steps,
    /// Rider's power per cell, W; NaN where not known, empty on foot.
    pub power_w: Vec<f64>,
    /// Horizontal metres of rising cells that are scored.
    pub rising_m: f64,
    /// Of these, metres without known power (rides).
    pub unknown_m: f64,
    /// Of these, metres whose power is modelled by speed and grade (rides).
    pub modelled_m: f64,
    /// Stretches and slope metres where the meter showed nothing although the hill took power,
    /// and which are modelled (rides).
    pub lost_power: (usize, f64),
    /// Power that the meter showed over what speed and grade ask for, on steep climbs (rides).
    pub meter_ratio: Option<f64>,
    /// Slope metres steeper than was ever measured.
    pub steep_m: f64,
    /// Slope metres whose intensity was beyond what legs do, and is the greatest instead.
    pub limited_m: f64,
    /// Share of the volume that rests on an assumed cadence.
    pub assumed_cadence_share: f64,
    /// Whether power came from a meter (rides).
    pub metered: bool,
    /// Measured and modelled power apart (rides).
    pub(super) ride: Option<Ride<'a>>,
}

impl<'a> Efforts<'a> {
    /// Returns the efforts of a profile.
    pub fn of(
        profile: &'a Profile,
        segments: &[Segment],
        sport: Sport,
        bike: Bike,
        athlete: &Athlete,
        terms: &Terms,
    ) -> Efforts<'a> {
        let mut efforts = Efforts {
            climb_volume_m: Vec::new(),
            descent_volume_m: Vec::new(),
            up_ratio: Vec::new(),
            down_ratio: Vec::new(),
            con_j_per_kg: Vec::new(),
            ecc_j_per_kg: Vec::new(),
            metabolic_j_per_kg: Vec::new(),
            speed_m_per_s: Cow::Borrowed(profile.speed_m_per_s()),
            duration_s: Cow::Borrowed(profile.duration_s()),
            steps: Steps::default(),
            power_w: Vec::new(),
            rising_m: 0.0,
            unknown_m: 0.0,
            modelled_m: 0.0,
            lost_power: (0, 0.0),
            meter_ratio: None,
            steep_m: 0.0,
            limited_m: 0.0,
            assumed_cadence_share: 0.0,
            metered: false,
            ride: None,
        };
        if sport.on_foot() {
            efforts.on_foot(profile, sport, athlete, terms);
        } else {
            efforts.riding(profile, segments, bike, athlete, terms);
        }
        efforts
    }

    fn on_foot(
        &mut self,
        profile: &'a Profile,
        sport: Sport,
        athlete: &Athlete,
        terms: &Terms,
    ) {
        let k = load_factor(athlete);
        self.speed_m_per_s = speed_on_foot(profile, sport, terms.own_speeds.as_ref());
        if !profile.timed() {
            let cells = profile.slope_m().iter().zip(&*self.speed_m_per_s);
            self.duration_s = cells.map(|(metres, speed)| metres / speed).collect();
        }
        self.steps = gait::steps(profile, &self.speed_m_per_s, sport, terms.steps);
        let (grade, slope_m) = (profile.grade(), profile.slope_m());
        let weight = step_work::weight(grade);
        let against =
            step_work::against(&weight, &self.steps.gait, terms.run, terms.walk);
        let per_work = step_work::per_work(&self.speed_m_per_s, &self.steps.per_min, k);
        let per_cell = |work: &[f64]| -> Vec<f64> {
            work.iter().zip(slope_m).map(|(work, metres)| k * work * metres).collect()
        };
        let intensity = |work: &[f64]| -> Vec<f64> {
            work.iter()
                .zip(&per_work)
                .map(|(work, intensity)| model::limited(intensity * work))
                .collect()
        };
        let muscle = |with_slope: fn(f64) -> f64| -> Vec<f64> {
            let cells = against.iter().zip(&weight);
            cells
                .map(|(against, weight)| against + with_slope(*weight).max(0.0))
                .collect()
        };
        let (muscle_up, muscle_down) =
            (muscle(|weight| weight), muscle(|weight| -weight));
        (self.climb_volume_m, self.descent_volume_m) =
            step_work::volume_m(profile.rise_m(), profile.scored(), k);
        self.up_ratio = intensity(&muscle_up);
        self.down_ratio = intensity(&muscle_down);
        self.con_j_per_kg = per_cell(&muscle_up);
        self.ecc_j_per_kg = per_cell(&muscle_down);
        self.metabolic_j_per_kg = per_cell(&step_work::cost(grade, &self.steps.gait));
        self.leave_out_unscored(profile.scored());
        self.count_on_foot(profile);
    }

    /// Counts the metres that rise, that are steeper than was measured and beyond what legs do,
    /// and the share of the volume whose cadence is assumed.
    fn count_on_foot(&mut self, profile: &Profile) {
        let (grade, slope_m) = (profile.grade(), profile.slope_m());
        let (mut assumed, mut all) = (0.0, 0.0);
        for (cell, scored) in profile.scored().iter().enumerate() {
            if !scored {
                continue;
            }
            let metres = slope_m[cell];
            self.rising_m += if profile.rise_m()[cell] > 0.0 { metres } else { 0.0 };
            let steep = grade[cell].abs() > model::STEEPEST_ON_FOOT.value;
            self.steep_m += if steep { metres } else { 0.0 };
            let hardest = self.up_ratio[cell].max(self.down_ratio[cell]);
            self.limited_m += if hardest >= model::GREATEST_RATIO { metres } else { 0.0 };
            let volume_m = self.climb_volume_m[cell] + self.descent_volume_m[cell];
            all += volume_m;
            assumed += if self.steps.assumed[cell] { volume_m } else { 0.0 };
        }
        self.assumed_cadence_share = if all > 0.0 { assumed / all } else { 0.0 };
    }

    /// Returns the columns of volume, intensity, work and energy.
    pub(super) fn columns(&mut self) -> [&mut Vec<f64>; 7] {
        [
            &mut self.climb_volume_m,
            &mut self.descent_volume_m,
            &mut self.up_ratio,
            &mut self.down_ratio,
            &mut self.con_j_per_kg,
            &mut self.ecc_j_per_kg,
            &mut self.metabolic_j_per_kg,
        ]
    }

    /// Writes zeros where nothing is scored.
    fn leave_out_unscored(&mut self, scored: &[bool]) {
        if scored.iter().all(|scored| *scored) {
            return;
        }
        for column in self.columns() {
            let cells = column.iter_mut().zip(scored);
            cells.filter(|(_, scored)| !**scored).for_each(|(value, _)| *value = 0.0);
        }
    }

    /// Returns the volumes and loads of a range of cells.
    pub(crate) fn loads(&self, cells: Range<usize>) -> Loads {
        kernel::loads(
            (&self.climb_volume_m[cells.clone()], &self.up_ratio[cells.clone()]),
            (&self.descent_volume_m[cells.clone()], &self.down_ratio[cells]),
        )
    }

    /// Returns the work of a cell that is known best, J/kg of body: concentric by the model on foot,
    /// of the meter riding; zero where neither is.
    pub(crate) fn work_j_per_kg(
        &self,
        profile: &Profile,
        cell: usize,
        mass_kg: f64,
    ) -> f64 {
        let work = if self.power_w.is_empty() {
            self.con_j_per_kg[cell]
        } else if self.metered {
            self.power_w[cell] * profile.duration_s()[cell] / mass_kg
        } else {
            0.0
        };
        if work.is_finite() { work } else { 0.0 }
    }

    /// Returns the load of a range of cells: the kernel over these columns.
    pub fn load(&self, cells: Range<usize>) -> LegLoad {
        kernel::sum(&Columns {
            climb_volume_m: &self.climb_volume_m[cells.clone()],
            descent_volume_m: &self.descent_volume_m[cells.clone()],
            up_ratio: &self.up_ratio[cells.clone()],
            down_ratio: &self.down_ratio[cells.clone()],
            con_j_per_kg: &self.con_j_per_kg[cells.clone()],
            ecc_j_per_kg: &self.ecc_j_per_kg[cells],
        })
    }
}

/// Returns the mass of body and pack over that of the body.
pub(crate) fn load_factor(athlete: &Athlete) -> f64 {
    let mass_kg = athlete.body_kg();
    (mass_kg + athlete.carried_kg()) / mass_kg
}

/// Returns the speed of each cell on foot, m/s: recorded; for a course one's own, or assumed.
pub(crate) fn speed_on_foot<'p>(
    profile: &'p Profile,
    sport: Sport,
    own: Option<&OwnSpeeds>,
) -> Cow<'p, [f64]> {
    if profile.timed() {
        return Cow::Borrowed(profile.speed_m_per_s());
    }
    let speed = |grade: &f64| {
        own.map_or_else(|| assumed_speed(*grade, sport), |own| own.at(*grade))
    };
    profile.grade().iter().map(speed).collect()
}

/// Returns the speed of a course: running at 10 W/kg within 0.7 to 3.2 m/s, walking below 2
/// m/s; hiking at 5 W/kg within 0.5 to 1.4 m/s. Our choice, marked assumed.
pub fn assumed_speed(grade: f64, sport: Sport) -> f64 {
    match sport {
        Sport::Run | Sport::Ride => (10.0 / model::run_cost(grade)).clamp(0.7, 3.2),
        Sport::Walk | Sport::Hike => (5.0 / model::walk_cost(grade)).clamp(0.5, 1.4),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::activity::{Activity, Sample};
    use crate::report::Report;
    use crate::settings::Settings;
    use proptest::prelude::*;

    /// Returns an hour over a hill of 200 m and back, a record a second: `with` says what
    /// sensors saw.
    fn outing(sport: Sport, with: impl Fn(usize, Sample) -> Sample) -> Report {
        let speed = if sport.on_foot() { 2.6 } else { 5.0 };
        let mut activity = Activity::default();
        activity.header.start = Some(jiff::Timestamp::UNIX_EPOCH);
        for second in 0..3600 {
            let x = second as f64 * speed;
            let turn = x / (3600.0 * speed) * core::f64::consts::TAU;
            activity.push(with(
                second,
                Sample {
                    time_s: second as f64,
                    distance_m: x,
                    elevation_m: 600.0 - 100.0 * libm::cos(turn),
                    heart_rate_bpm: 150.0,
                    ..Sample::default()
                },
            ));
        }
        let athlete = Athlete { hr_max: Some(160.0), ..Athlete::default() };
        let settings = Settings { sport: Some(sport), ..Settings::from(athlete) };
        Report::of(&activity, &settings).unwrap()
    }

    fn loads(report: &Report) -> [f64; 2] {
        [report.load.concentric_load, report.load.eccentric_load]
    }

    /// Returns whether two reports have the same loads, but for so much.
    fn alike(one: &Report, other: &Report, share: f64) -> bool {
        let near = |(a, b): (&f64, &f64)| (a - b).abs() <= share * b;
        loads(one).iter().zip(&loads(other)).all(near)
    }

    #[test]
    fn a_sensor_of_steps_that_counts_none_is_no_sensor() {
        let without = outing(Sport::Run, |_, sample| sample);
        for counted in [0.0, 1.0, 7.0, 29.0, 255.0] {
            let with = outing(Sport::Run, |_, sample| Sample {
                cadence_per_min: counted,
                ..sample
            });
            assert!(alike(&with, &without, 1e-9), "{counted}: {:?}", loads(&with));
            assert!(with.quality.cadences_dropped > 3500, "{counted}");
        }
    }

    #[test]
    fn keeps_running_while_the_sensor_counts_no_steps() {
        let steady = outing(Sport::Run, |_, s| Sample { cadence_per_min: 85.0, ..s });
        let without = outing(Sport::Run, |_, s| s);
        for silent in [1800, 60] {
            let halting = outing(Sport::Run, |second, sample| Sample {
                cadence_per_min: if second / silent % 2 == 1 { 0.0 } else { 85.0 },
                ..sample
            });
            let ran = halting.mechanisms.run_step_share.unwrap();
            assert!((ran - 1.0).abs() < 1e-9, "{silent}: {ran}");
            // between what all steps counted and none counted give
            let [low, high] = [loads(&steady)[0], loads(&without)[0]];
            let between = loads(&halting)[0];
            assert!(
                (low * 0.999..=high * 1.001).contains(&between),
                "{low} {between} {high}"
            );
        }
    }

    #[test]
    fn a_rider_whose_cranks_hardly_turn_is_one_whose_cadence_is_not_known() {
        // no legs push alike for minutes
        let driven =
            |sample: Sample| Sample { power_w: 249.0 + sample.time_s % 3.0, ..sample };
        let without = outing(Sport::Ride, |_, sample| driven(sample));
        for rpm in [0.0, 1.0, 4.0, 10.0, 20.0] {
            let with = outing(Sport::Ride, |_, sample| Sample {
                cadence_per_min: rpm,
                ..driven(sample)
            });
            assert!(alike(&with, &without, 1e-9), "{rpm}: {:?}", loads(&with));
        }
        // half a minute in two without a turn, at the cadence that is assumed otherwise
        let halting = outing(Sport::Ride, |second, sample| Sample {
            cadence_per_min: if second / 30 % 2 == 1 { 0.0 } else { 80.0 },
            ..driven(sample)
        });
        assert!(alike(&halting, &without, 1e-9), "{:?}", loads(&halting));
        // grinding is grinding
        let slow = outing(Sport::Ride, |_, sample| Sample {
            cadence_per_min: 40.0,
            ..driven(sample)
        });
        assert!((loads(&slow)[0] / loads(&without)[0] - 2.0).abs() < 1e-9);
    }

    #[test]
    fn scores_a_rider_who_coasts_by_the_turns_that_were_made() {
        let steady = outing(Sport::Ride, |_, sample| Sample {
            cadence_per_min: 80.0,
            power_w: 199.0 + sample.time_s % 3.0,
            ..sample
        });
        let coasting = outing(Sport::Ride, |second, sample| Sample {
            cadence_per_min: if second % 2 == 1 { 0.0 } else { 80.0 },
            power_w: if second % 2 == 1 { 0.0 } else { 199.0 + sample.time_s % 3.0 },
            ..sample
        });
        // half the work, each push as hard
        assert_eq!(coasting.quality.cadences_dropped, 0);
        let intensity = |report: &Report| report.load.concentric_intensity().unwrap();
        assert!(intensity(&coasting) <= intensity(&steady) * 1.02);
    }

    #[test]
    fn no_minute_is_hard_by_the_highest_heart_rate_of_its_own_file() {
        let ridge = crate::read::path("fixtures/fit/ridge.fit").unwrap();
        let minutes = |hr_max: Option<f64>| {
            let settings = Settings::from(Athlete { hr_max, ..Athlete::default() });
            let report = Report::of(&ridge.activities[0], &settings).unwrap();
            report.mechanisms.long_climb_hard_min
        };
        assert_eq!(minutes(None), Err("hr_max is not set"));
        assert!(minutes(Some(175.0)).unwrap() >= minutes(Some(200.0)).unwrap());
        assert!(minutes(Some(200.0)).unwrap() < 5.0);
    }

    #[test]
    fn keeps_minutes_when_a_strap_loses_the_skin() {
        let hard = |report: &Report| report.mechanisms.long_climb_hard_min.unwrap();
        let steady = outing(Sport::Run, |_, sample| sample);
        assert!(hard(&steady) > 20.0);
        let halting: [fn(usize) -> f64; 4] = [
            |second| if second % 60 < 30 { 0.0 } else { 150.0 },
            |second| if second < 900 { 0.0 } else { 150.0 },
            |second| if second == 700 { 240.0 } else { 150.0 },
            |second| if second % 300 < 3 { 225.0 } else { 150.0 },
        ];
        for (number, rate) in halting.iter().enumerate() {
            let report = outing(Sport::Run, |second, sample| Sample {
                heart_rate_bpm: rate(second),
                ..sample
            });
            assert!((hard(&report) - hard(&steady)).abs() < 1e-6, "{number}");
            assert!(report.quality.heart_rates_dropped > 0, "{number}");
        }
        let silent =
            outing(Sport::Run, |_, sample| Sample { heart_rate_bpm: 0.0, ..sample });
        assert_eq!(silent.mechanisms.long_climb_hard_min, Err("no heart rate"));
        let little = outing(Sport::Run, |second, sample| Sample {
            heart_rate_bpm: if second < 300 { 150.0 } else { 0.0 },
            ..sample
        });
        assert!(little.mechanisms.long_climb_hard_min.is_err());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        /// Whatever sensors and places say: no push is beyond what legs do, and no load beyond
        /// what its metres allow.
        #[test]
        fn no_push_is_beyond_what_legs_do(
            legs in prop::collection::vec((
                prop_oneof![1.0..3.0_f64, 5.0..120.0_f64],
                prop_oneof![0.0..40.0_f64, 0.0..900.0_f64],
                -60.0..60.0_f64,
                prop_oneof![Just(f64::NAN), Just(0.0), Just(1.0), 0.0..300.0_f64],
                prop_oneof![Just(f64::NAN), Just(0.0), 0.0..3000.0_f64],
            ), 10..80),
            sport in prop::sample::select(vec![Sport::Run, Sport::Walk, Sport::Hike, Sport::Ride]),
            (mass_kg, pack_kg) in (35.0..120.0_f64, 0.0..40.0_f64),
        ) {
            let mut activity = Activity::default();
            let mut sample = Sample {
                time_s: 0.0, distance_m: 0.0, elevation_m: 500.0, ..Sample::default()
            };
            for (seconds, metres, rise_m, cadence_per_min, power_w) in legs {
                sample = Sample {
                    time_s: sample.time_s + seconds,
                    distance_m: sample.distance_m + metres,
                    elevation_m: sample.elevation_m + rise_m,
                    cadence_per_min,
                    power_w,
                    ..sample
                };
                activity.push(sample);
            }
            let athlete = Athlete {
                mass_kg: Some(mass_kg), pack_kg: Some(pack_kg), ..Athlete::default()
            };
            let sampling = crate::profile::Sampling::default();
            let Ok(profile) = Profile::of(&activity, sport, &sampling) else { return Ok(()) };
            let rules = crate::segment::Rules::of(sport, false);
            let segments = crate::segment::split(&profile, &rules).segments;
            let terms = Terms::default();
            let efforts = Efforts::of(&profile, &segments, sport, Bike::Road, &athlete, &terms);
            let most = model::GREATEST_RATIO;
            for ratio in efforts.up_ratio.iter().chain(&efforts.down_ratio) {
                prop_assert!((0.0..=most).contains(ratio), "{ratio}");
            }
            let range = crate::load::range::ranges(&crate::load::range::Setup {
                profile: &profile, segments: &segments, sport, bike: Bike::Road,
                athlete: &athlete, terms: &terms,
            }, &efforts);
            for (load, volume_m) in [
                (range.whole.concentric_load, range.whole.climb_volume_m),
                (range.whole.eccentric_load, range.whole.descent_volume_m),
            ] {
                prop_assert!(load.high <= volume_m.high * most / 20.0 * (1.0 + 1e-9));
                prop_assert!(load.low >= 0.0);
            }
        }
    }
}
