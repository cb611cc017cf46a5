//! Every setting of every module in one struct: flags and the athlete file end here.

mod check;
mod file;
mod heart;
mod keys;
mod person;

use jiff::civil::{Date, DateTime};
use jiff::tz::{Offset, TimeZone};
use serde::Deserialize;

use crate::activity::Activity;
use crate::athlete::Athlete;
use crate::evidence::Parameter;
use crate::load::Terms;
use crate::profile::Sampling;
use crate::segment::Rules;
use crate::sport::Sport;

pub use file::{Preferences, Weekday};
pub use heart::HighestHeartRate;
pub use keys::{BELT, FACTOR, KEYS, Key, LONG, Limits, STEEP, limits_of};
pub use person::{Dated, Packs, Person};

/// Thresholds of the split that were set by hand; the others follow the sport.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Thresholds {
    /// Grade at which a climb or descent is entered.
    pub enter_grade: Option<f64>,
    /// Grade below which it is left.
    pub leave_grade: Option<f64>,
    /// Shortest climb or descent, m.
    pub min_length_m: Option<f64>,
    /// Lowest climb or descent, m.
    pub min_rise_m: Option<f64>,
    /// Longest neighbour merged away, m.
    pub merge_length_m: Option<f64>,
    /// Highest neighbour merged away, m.
    pub merge_rise_m: Option<f64>,
}

impl Thresholds {
    /// Returns the rules for an activity.
    pub fn rules(&self, sport: Sport, noisy_heights: bool) -> Rules {
        let mut rules = Rules::of(sport, noisy_heights);
        for (field, set) in [
            (&mut rules.enter_grade, self.enter_grade),
            (&mut rules.leave_grade, self.leave_grade),
            (&mut rules.min_length_m, self.min_length_m),
            (&mut rules.min_rise_m, self.min_rise_m),
            (&mut rules.merge_length_m, self.merge_length_m),
            (&mut rules.merge_rise_m, self.merge_rise_m),
        ] {
            *field = set.unwrap_or(*field);
        }
        rules
    }
}

/// What people measure in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Units {
    /// Kilometres and metres.
    #[default]
    Metric,
    /// Miles and feet.
    Imperial,
}

impl Units {
    /// Both.
    pub const ALL: [Units; 2] = [Units::Metric, Units::Imperial];

    /// Returns the word for it, in the athlete file and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Units::Metric => "metric",
            Units::Imperial => "imperial",
        }
    }
}

/// Everything that changes a score, and the zone that settles its day.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Settings {
    /// What was said of the athlete for this call: it outranks the person's own file.
    pub athlete: Athlete,
    /// What is known of the athlete over the years.
    pub person: Person,
    /// What the history knows of the highest heart rate, where the athlete says none: minutes at a
    /// high heart rate and the training impulse rest on it, and no load.
    pub highest_heart_rate: Option<HighestHeartRate>,
    /// Zone of the athlete's days; `None`: the file's own, else by longitude.
    pub time_zone: Option<TimeZone>,
    /// The sport, where the file's own word is not to count.
    pub sport: Option<Sport>,
    /// Grid, smoothing, treadmill.
    pub sampling: Sampling,
    /// Thresholds of the split.
    pub thresholds: Thresholds,
    /// The model: strides, gait and cadence, bicycle.
    pub terms: Terms,
}

impl From<Athlete> for Settings {
    /// Every default, for this athlete.
    fn from(athlete: Athlete) -> Settings {
        Settings { athlete, ..Settings::default() }
    }
}

impl Settings {
    /// Returns who moved on a day (see [`Person::on`]).
    pub fn athlete_on(&self, day: Option<Date>, sport: Sport) -> Athlete {
        self.athlete.or(&self.person.on(day, sport))
    }

    /// Returns when an activity began by the athlete's own clock; never by the machine's. `None`
    /// without times.
    pub fn local_start(&self, activity: &Activity) -> Option<LocalStart> {
        let start = activity.header.start?;
        let at = |offset: Offset| offset.to_datetime(start);
        if let Some(zone) = &self.time_zone {
            let clock = start.to_zoned_datetime(zone.clone());
            return Some(LocalStart { at: clock.datetime(), by: ZoneOf::Person });
        }
        if let Some(Ok(offset)) = activity.header.utc_offset_s.map(Offset::from_seconds) {
            return Some(LocalStart { at: at(offset), by: ZoneOf::File });
        }
        let longitude = activity.longitude_deg().iter().find(|deg| deg.is_finite());
        Some(match longitude {
            Some(deg) => {
                #[expect(clippy::cast_possible_truncation, reason = "-12 to 12")]
                let hours = (deg / DEGREES_PER_HOUR).round().clamp(-12.0, 12.0) as i8;
                LocalStart { at: at(Offset::constant(hours)), by: ZoneOf::Longitude }
            }
            None => LocalStart { at: at(Offset::UTC), by: ZoneOf::Utc },
        })
    }
}

/// The sun moves by so much.
const DEGREES_PER_HOUR: f64 = 15.0;

/// A start by the athlete's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LocalStart {
    /// Day and time there.
    pub at: DateTime,
    /// How the zone is known.
    pub by: ZoneOf,
}

/// How the zone of a start is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ZoneOf {
    /// The athlete's time zone.
    Person,
    /// The file's own offset.
    File,
    /// Whole hours by the first longitude: at most an hour or two wrong.
    Longitude,
    /// Nothing: UTC.
    Utc,
}

/// Returns every constant of the program, in the order of the pipeline.
pub fn parameters() -> Vec<Parameter> {
    let mut all = crate::profile::parameters();
    all.extend(crate::segment::parameters());
    all.extend(crate::load::parameters());
    all.extend([heart::LEAST_DAYS, heart::BELOW]);
    all
}
