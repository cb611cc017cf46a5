//! Flags to settings, once; nothing deeper sees a flag.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::parser::ValueSource;
use clap::{ArgMatches, Args, ValueEnum};
use hardlegs::athlete::{Athlete, Position, Sex, Surface};
use hardlegs::profile::treadmill::GradeSpan;
use hardlegs::profile::{Sampling, Treadmill};
use hardlegs::settings::{
    BELT, FACTOR, LONG, STEEP, Settings, Thresholds, Units, Weekday, limits_of,
};
use hardlegs::sport::Sport;

use crate::cli::config::{self, Config};
use crate::cli::measure::{
    CRANK, Family, GRADE, LENGTH, MASS, Measure, PLAIN, POWER, seconds,
};

/// Sport on the command line.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum SportFlag {
    /// As the file says, else by speed
    Auto,
    Run,
    Walk,
    Hike,
    Ride,
}

/// Colours on the command line.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub(crate) enum ColorFlag {
    /// On a terminal, unless `NO_COLOR` is set
    #[default]
    Auto,
    Always,
    Never,
}

/// Who moves, and how it is shown.
#[derive(Debug, Args)]
#[command(next_help_heading = "You")]
pub(crate) struct AthleteFlags {
    /// Body mass: 72.5, 72.5kg or 159lb [assumed where it matters: 70 kg]
    #[arg(long, value_name = "KG", value_parser = mass, env = "HARDLEGS_MASS")]
    mass: Option<Measure>,
    /// Carried on this activity: 8, 8kg or 17lb
    #[arg(long, value_name = "KG", value_parser = mass, env = "HARDLEGS_PACK")]
    pack: Option<Measure>,
    /// Highest heart rate
    #[arg(long, value_name = "BPM", value_parser = plain, env = "HARDLEGS_HRMAX")]
    hrmax: Option<Measure>,
    /// Resting heart rate
    #[arg(long, value_name = "BPM", value_parser = plain, env = "HARDLEGS_HRREST")]
    hrrest: Option<Measure>,
    /// Functional threshold power
    #[arg(long, value_name = "W", value_parser = power, env = "HARDLEGS_FTP")]
    ftp: Option<Measure>,
    /// For the training impulse only
    #[arg(long, value_parser = words(&Sex::ALL, Sex::name), env = "HARDLEGS_SEX")]
    sex: Option<Sex>,
    /// Bicycle: 9, 9kg or 20lb
    #[arg(long, value_name = "KG", value_parser = mass, env = "HARDLEGS_BIKE")]
    bike: Option<Measure>,
    /// Crank, mm
    #[arg(long, value_name = "MM", value_parser = crank, env = "HARDLEGS_CRANK")]
    crank: Option<Measure>,
    /// How you sit on the bicycle
    #[arg(long, value_parser = words(&Position::ALL, Position::name), env = "HARDLEGS_POSITION")]
    position: Option<Position>,
    /// What the tyres roll on
    #[arg(long, value_parser = words(&Surface::ALL, Surface::name), env = "HARDLEGS_SURFACE")]
    surface: Option<Surface>,
    /// Metres or feet on the terminal
    #[arg(long, value_parser = words(&Units::ALL, Units::name), env = "HARDLEGS_UNITS")]
    units: Option<Units>,
    /// Athlete file in place of your own (see hardlegs athlete path)
    #[arg(long, value_name = "FILE", env = "HARDLEGS_CONFIG")]
    config: Option<PathBuf>,
    /// The usual athlete file is not looked for.
    #[arg(skip)]
    only_named_config: bool,
}

impl AthleteFlags {
    /// Returns the athlete file and what it says.
    pub(crate) fn config(&self) -> Result<Config, String> {
        if self.only_named_config && self.config.is_none() {
            return Ok(Config::default());
        }
        config::read(self.config.as_deref())
    }

    /// Returns where the athlete file is, or would be.
    pub(crate) fn config_path(&self) -> Option<PathBuf> {
        self.config.clone().or_else(config::usual_path)
    }

    /// Returns the person's units.
    pub(crate) fn units(&self, config: &Config) -> Units {
        self.units.or(config.preferences.units).unwrap_or_default()
    }

    /// Returns what was said for this call.
    pub(crate) fn athlete(&self, units: Units) -> Result<Athlete, String> {
        let within = |family: &Family, flag, value, key| {
            family.within(flag, value, units, limits_of(key))
        };
        Ok(Athlete {
            mass_kg: within(&MASS, "mass", self.mass, "mass_kg")?,
            pack_kg: within(&MASS, "pack", self.pack, "pack")?,
            hr_max: within(&PLAIN, "hrmax", self.hrmax, "hr_max")?,
            hr_rest: within(&PLAIN, "hrrest", self.hrrest, "hr_rest")?,
            ftp_w: within(&POWER, "ftp", self.ftp, "ftp_w")?,
            sex: self.sex,
            bike_kg: within(&MASS, "bike", self.bike, "bike_kg")?,
            crank_mm: within(&CRANK, "crank", self.crank, "crank_mm")?,
            position: self.position,
            surface: self.surface,
        })
    }
}

impl AthleteFlags {
    /// Settings of the person alone.
    pub(crate) fn settle(&self) -> Result<Settled, String> {
        let config = self.config()?;
        let units = self.units(&config);
        let settings = Settings {
            athlete: self.athlete(units)?,
            person: config.preferences.person,
            time_zone: config.preferences.time_zone,
            ..Settings::default()
        };
        let week_starts = config.preferences.week_starts.unwrap_or_default();
        Ok(Settled { settings, units, week_starts })
    }
}

/// Everything that changes a score.
#[derive(Debug, Args)]
pub(crate) struct Scoring {
    #[command(flatten)]
    you: AthleteFlags,
    /// What it was
    #[arg(long, value_enum, default_value_t = SportFlag::Auto, env = "HARDLEGS_SPORT")]
    sport: SportFlag,
    /// Treadmill: 1% or 0:00-10:00=1%,10:00-20:00=4%
    #[arg(long, value_name = "GRADE", value_parser = treadmill, allow_hyphen_values = true)]
    grade: Option<Treadmill>,
    /// Factor on the smoothing window
    #[arg(long, value_name = "FACTOR", value_parser = plain, help_heading = "Model")]
    smoothing: Option<Measure>,
    /// Grade at which a climb or descent begins: 3%
    #[arg(long, value_name = "GRADE", value_parser = slope, help_heading = "Model")]
    enter_grade: Option<Measure>,
    /// Grade below which it ends: 1%
    #[arg(long, value_name = "GRADE", value_parser = slope, help_heading = "Model")]
    leave_grade: Option<Measure>,
    /// Shortest climb or descent: 100m
    #[arg(long, value_name = "LENGTH", value_parser = length, help_heading = "Model")]
    min_length: Option<Measure>,
    /// Lowest climb or descent: 5m or 16ft
    #[arg(long, value_name = "HEIGHT", value_parser = length, help_heading = "Model")]
    min_gain: Option<Measure>,
    /// Longest dip that is merged into a climb: 100m
    #[arg(long, value_name = "LENGTH", value_parser = length, help_heading = "Model")]
    merge_length: Option<Measure>,
    /// Deepest dip that is merged into a climb: 5m
    #[arg(long, value_name = "HEIGHT", value_parser = length, help_heading = "Model")]
    merge_gain: Option<Measure>,
}

/// Flags, environment, athlete file and what is built in, settled in that order.
#[derive(Debug)]
pub(crate) struct Settled {
    pub(crate) settings: Settings,
    pub(crate) units: Units,
    pub(crate) week_starts: Weekday,
}

impl Scoring {
    /// Returns where the athlete file is, or would be.
    pub(crate) fn config_path(&self) -> Option<PathBuf> {
        self.you.config_path()
    }

    /// Forgets what did not come from the command line itself: variables, and the usual
    /// athlete file.
    pub(crate) fn without_surroundings(&mut self, matches: &ArgMatches) {
        let said = |flag| matches.value_source(flag) == Some(ValueSource::CommandLine);
        let you = &mut self.you;
        let keep = |flag, value: &mut Option<Measure>| {
            *value = value.filter(|_| said(flag));
        };
        keep("mass", &mut you.mass);
        keep("pack", &mut you.pack);
        keep("hrmax", &mut you.hrmax);
        keep("hrrest", &mut you.hrrest);
        keep("ftp", &mut you.ftp);
        keep("bike", &mut you.bike);
        keep("crank", &mut you.crank);
        you.sex = you.sex.filter(|_| said("sex"));
        you.position = you.position.filter(|_| said("position"));
        you.surface = you.surface.filter(|_| said("surface"));
        you.units = you.units.filter(|_| said("units"));
        you.config = you.config.take().filter(|_| said("config"));
        you.only_named_config = true;
        if !said("sport") {
            self.sport = SportFlag::Auto;
        }
    }

    /// Settles every layer; what is wrong is a line for standard error, and exit code 2.
    pub(crate) fn settle(&self) -> Result<Settled, String> {
        let Settled { settings: person, units, week_starts } = self.you.settle()?;
        let steep = |flag, value| GRADE.within(flag, value, units, STEEP);
        let long = |flag, value| LENGTH.within(flag, value, units, LONG);
        let mut sampling = Sampling::default();
        let smoothing = PLAIN.within("smoothing", self.smoothing, units, FACTOR)?;
        sampling.smoothing = smoothing.unwrap_or(1.0);
        sampling.treadmill.clone_from(&self.grade);
        let settings = Settings {
            sport: match self.sport {
                SportFlag::Auto => None,
                SportFlag::Run => Some(Sport::Run),
                SportFlag::Walk => Some(Sport::Walk),
                SportFlag::Hike => Some(Sport::Hike),
                SportFlag::Ride => Some(Sport::Ride),
            },
            sampling,
            thresholds: Thresholds {
                enter_grade: steep("enter-grade", self.enter_grade)?,
                leave_grade: steep("leave-grade", self.leave_grade)?,
                min_length_m: long("min-length", self.min_length)?,
                min_rise_m: long("min-gain", self.min_gain)?,
                merge_length_m: long("merge-length", self.merge_length)?,
                merge_rise_m: long("merge-gain", self.merge_gain)?,
            },
            ..person
        };
        Ok(Settled { settings, units, week_starts })
    }
}

/// One of a few words.
pub(crate) fn words<T: Copy + Send + Sync + 'static>(
    all: &'static [T],
    name: fn(T) -> &'static str,
) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(all.iter().map(|one| name(*one))).try_map(move |word| {
        all.iter().copied().find(|one| name(*one) == word).ok_or("not one of these")
    })
}

fn mass(text: &str) -> Result<Measure, String> {
    MASS.parse(text)
}

fn plain(text: &str) -> Result<Measure, String> {
    PLAIN.parse(text)
}

fn power(text: &str) -> Result<Measure, String> {
    POWER.parse(text)
}

fn crank(text: &str) -> Result<Measure, String> {
    CRANK.parse(text)
}

fn slope(text: &str) -> Result<Measure, String> {
    GRADE.parse(text)
}

fn length(text: &str) -> Result<Measure, String> {
    LENGTH.parse(text)
}

/// Returns the grade of a treadmill, rise over run.
fn grade(text: &str) -> Result<f64, String> {
    BELT.check(GRADE.si(GRADE.parse(text)?, Units::Metric))
}

fn treadmill(text: &str) -> Result<Treadmill, String> {
    if !text.contains('=') {
        return Ok(Treadmill::Constant(grade(text)?));
    }
    let span = |part: &str| -> Option<GradeSpan> {
        let (time, value) = part.split_once('=')?;
        let (from, to) = time.split_once('-')?;
        let (from_s, to_s) = (seconds(from)?, seconds(to)?);
        let grade = grade(value).ok()?;
        (to_s > from_s).then_some(GradeSpan { from_s, to_s, grade })
    };
    let spans: Option<Vec<GradeSpan>> = text.split(',').map(span).collect();
    spans
        .map(Treadmill::Spans)
        .ok_or_else(|| "use e.g. 0:00-10:00=1%,10:00-20:00=4%".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_a_treadmill_of_one_grade_or_several() {
        let Ok(Treadmill::Spans(spans)) = treadmill("0:00-10:00=1%,10:00-1:00:00=4%")
        else {
            panic!("two spans");
        };
        assert_eq!(
            (spans[1].from_s, spans[1].to_s, spans[1].grade),
            (600.0, 3600.0, 0.04)
        );
        assert!(treadmill("10:00-0:00=1%").is_err());
        assert!(treadmill("50%").is_err());
    }
}
