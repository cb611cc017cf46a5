//! One activity, scored: the only place that knows the whole road.

mod sport;
mod tables;

use crate::activity::{Activity, Header, Nature};
use crate::error::{Error, Kind};
use crate::load::efforts::DEFAULT_MASS_KG;
use crate::load::mechanisms::Mechanisms;
use crate::load::range::{self, LoadRange};
use crate::load::{Efforts, LegLoad, windows};
use crate::profile::{Profile, Quality, noise};
use crate::segment::{self, Decision, Rules};
use crate::settings::Settings;
use crate::sport::{Bike, Sport};
pub use tables::{Hill, Incline, Terrain};

/// What changes a score moves this number (CHANGELOG, *Scores*).
pub const MODEL_VERSION: u32 = 1;

/// A figure that rests on something nobody measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Assumed {
    /// The sport, by speed.
    Sport,
    /// 70 kg.
    Mass,
    /// Steps a minute, for more than a fifth of the points.
    Cadence,
    /// Running or walking, by speed alone.
    Gait,
    /// Speeds of a course.
    Speed,
    /// Power on climbs, from speed and grade.
    Power,
    /// Turns of the crank a minute.
    Rpm,
    /// Highest heart rate: the file's own.
    HeartRateMax,
}

impl Assumed {
    /// Stable code for programs.
    pub fn code(self) -> &'static str {
        match self {
            Assumed::Sport => "sport",
            Assumed::Mass => "mass_kg",
            Assumed::Cadence => "cadence",
            Assumed::Gait => "gait",
            Assumed::Speed => "speed",
            Assumed::Power => "power",
            Assumed::Rpm => "rpm",
            Assumed::HeartRateMax => "hr_max",
        }
    }
}

/// A point of the silhouette.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OutlinePoint {
    /// From the start, m.
    pub distance_m: f64,
    /// Height, m.
    pub elevation_m: f64,
}

/// Everything any writer shows, at full precision.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Report {
    /// Name, start, device and what the device totalled.
    pub header: Header,
    /// The sport it was scored as.
    pub sport: Sport,
    /// What was ridden.
    pub bike: Bike,
    /// Whether there are times.
    pub timed: bool,
    /// Horizontal metres.
    pub distance_m: f64,
    /// Metres up that are scored.
    pub gain_m: f64,
    /// Metres down that are scored.
    pub loss_m: f64,
    /// Seconds of the clock at 0.3 m/s and more.
    pub moving_s: Option<f64>,
    /// The load.
    pub load: LegLoad,
    /// What it could be.
    pub range: LoadRange,
    /// Steepest five minutes up and down, rise over run.
    pub steepest_5_min: (Option<f64>, Option<f64>),
    /// Sums over cells above 1 %, between, and below -1 %.
    pub terrain: Terrain,
    /// Every segment in order.
    pub segments: Vec<Hill>,
    /// What the split merged or dropped.
    pub decisions: Vec<Decision>,
    /// The same figures by the watch's laps.
    pub laps: Vec<Hill>,
    /// The five mechanisms.
    pub mechanisms: Mechanisms,
    /// What was found about the recording.
    pub quality: Quality,
    /// Slope metres steeper than was ever measured.
    pub steep_m: f64,
    /// Rides: slope metres of rising road, and of these without known power.
    pub rising_m: f64,
    /// Rides: rising slope metres without known power.
    pub unknown_m: f64,
    /// Whether a power meter was there.
    pub metered: bool,
    /// Cadence counted strides and was doubled.
    pub strides_doubled: bool,
    /// What rests on nothing measured.
    pub assumed: Vec<Assumed>,
    /// Cells of the profile.
    pub cells: usize,
    /// The split's rules as used.
    pub rules: Rules,
    /// The silhouette.
    pub outline: Vec<OutlinePoint>,
}

impl Report {
    /// Scores an activity.
    ///
    /// # Errors
    /// `unsupported_sport`, or what [`Profile::of`] cannot profile.
    pub fn of(activity: &Activity, settings: &Settings) -> Result<Report, Error> {
        let (sport, bike, guessed) = sport::resolve(activity, settings.sport)?;
        let profile = Profile::of(activity, sport, &settings.sampling)?;
        let quality = profile.quality().clone();
        let rules =
            settings.thresholds.rules(sport, quality.height_noise_m > noise::NOISY.value);
        let split = segment::split(&profile, &rules);
        let mut terms = settings.terms;
        if terms.steps.forced.is_none() {
            terms.steps.forced = sport::forced_gait(settings.sport);
        }
        let athlete = &settings.athlete;
        let efforts =
            Efforts::of(&profile, &split.segments, sport, bike, athlete, &terms);
        if bike == Bike::Electric && !efforts.metered {
            return Err(Error::new(
                Kind::UnsupportedSport,
                "an e-bike without a power meter: the motor's share is not known",
            )
            .hint("--sport ride scores it as if there were no motor"));
        }
        let ranges = range::ranges(
            &profile,
            &split.segments,
            &efforts,
            sport,
            bike,
            athlete,
            &terms,
        );
        let mechanisms =
            Mechanisms::of(activity, &profile, &split.segments, &efforts, athlete, sport);
        let tables = tables::Tables { profile: &profile, efforts: &efforts, sport };
        let mut assumed = Vec::new();
        let mut assume = |what, holds: bool| {
            if holds {
                assumed.push(what);
            }
        };
        let foot = sport.on_foot();
        let course = !profile.timed() && foot;
        assume(Assumed::Sport, guessed);
        assume(
            Assumed::Mass,
            athlete.mass_kg.is_none() && (athlete.pack_kg > 0.0 || !foot),
        );
        assume(Assumed::Speed, course);
        assume(Assumed::Cadence, foot && efforts.assumed_cadence_share > 0.2);
        assume(
            Assumed::Gait,
            foot && !course && !efforts.steps.recorded && terms.steps.forced.is_none(),
        );
        assume(
            Assumed::Power,
            !foot && !efforts.metered && efforts.con_j_per_kg.iter().any(|j| *j > 0.0),
        );
        let crank = profile.cadence_per_min().iter().any(|c| *c > 0.0);
        assume(Assumed::Rpm, !foot && profile.timed() && !crank);
        assume(
            Assumed::HeartRateMax,
            mechanisms.hr_max_from_file
                && mechanisms.long_climb_hard_min.is_ok_and(|m| m > 0.0),
        );
        let whole = 0..profile.cells();
        let total = tables.hill(whole.clone(), None, None);
        Ok(Report {
            header: activity.header.clone(),
            sport,
            bike,
            timed: profile.timed(),
            distance_m: total.length_m,
            gain_m: total.gain_m,
            loss_m: total.loss_m,
            moving_s: total.moving_s,
            load: efforts.load(whole),
            range: ranges.whole,
            steepest_5_min: windows::steepest(&profile, 300.0),
            terrain: tables.terrain(),
            segments: split
                .segments
                .iter()
                .zip(ranges.segments)
                .map(|(s, range)| {
                    tables.hill(s.cells.clone(), Some(s.slope), Some(range))
                })
                .collect(),
            laps: tables.laps(activity),
            decisions: split.decisions,
            mechanisms,
            steep_m: efforts.steep_m,
            rising_m: efforts.rising_m,
            unknown_m: efforts.unknown_m,
            metered: efforts.metered,
            strides_doubled: efforts.steps.doubled,
            assumed,
            cells: profile.cells(),
            rules,
            outline: tables.outline(),
            quality,
        })
    }

    /// Whether this is a plan rather than a recording.
    pub fn is_course(&self) -> bool {
        self.header.nature == Nature::Course || !self.timed
    }

    /// Body mass used, kg.
    pub fn mass_kg(settings: &Settings) -> f64 {
        settings.athlete.mass_kg.unwrap_or(DEFAULT_MASS_KG)
    }

    /// Gain at the turning threshold and at twice that more than 30 % apart: small hills
    /// that noise could have made.
    pub fn gain_undecidable(&self) -> bool {
        const APART: f64 = 0.30;
        let gain_m = self.gain_m.max(1e-9);
        self.gain_m > 0.0
            && (gain_m - self.quality.gain_at_twice_turning_m) / gain_m > APART
    }
}
