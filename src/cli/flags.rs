//! Flags to settings, once; nothing deeper sees a flag.

use clap::{Args, ValueEnum};
use hardlegs::athlete::{Athlete, Sex};
use hardlegs::profile::treadmill::GradeSpan;
use hardlegs::profile::{Sampling, Treadmill};
use hardlegs::settings::{Settings, Thresholds};
use hardlegs::sport::Sport;
use hardlegs::write::Units;

const KG_PER_LB: f64 = 0.453_592_37;
const METRES_PER_FOOT: f64 = 0.3048;

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

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum SexFlag {
    Female,
    Male,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum UnitsFlag {
    Metric,
    Imperial,
}

/// Everything that changes a score.
#[derive(Debug, Args)]
pub(crate) struct Scoring {
    /// Body mass: 72.5, 72.5kg or 159lb [assumed where it matters: 70 kg]
    #[arg(long, value_name = "KG", value_parser = mass, env = "HARDLEGS_MASS", help_heading = "You")]
    mass: Option<f64>,
    /// Carried on this activity: 8, 8kg or 17lb
    #[arg(long, value_name = "KG", value_parser = mass, env = "HARDLEGS_PACK", help_heading = "You")]
    pack: Option<f64>,
    /// Highest heart rate
    #[arg(long, value_name = "BPM", value_parser = heart_rate, env = "HARDLEGS_HRMAX", help_heading = "You")]
    hrmax: Option<f64>,
    /// Resting heart rate
    #[arg(long, value_name = "BPM", value_parser = heart_rate, env = "HARDLEGS_HRREST", help_heading = "You")]
    hrrest: Option<f64>,
    /// For the training impulse only
    #[arg(long, value_enum, help_heading = "You")]
    sex: Option<SexFlag>,
    /// Bicycle: 9, 9kg or 20lb
    #[arg(long, value_name = "KG", value_parser = mass, help_heading = "You")]
    bike: Option<f64>,
    /// What it was
    #[arg(long, value_enum, default_value_t = SportFlag::Auto, hide_possible_values = false)]
    sport: SportFlag,
    /// Treadmill: 1% or 0:00-10:00=1%,10:00-20:00=4%
    #[arg(long, value_name = "GRADE", value_parser = treadmill, allow_hyphen_values = true)]
    grade: Option<Treadmill>,
    /// Metres or feet on the terminal
    #[arg(long, value_enum, default_value_t = UnitsFlag::Metric, env = "HARDLEGS_UNITS")]
    pub(crate) units: UnitsFlag,
    /// Factor on the smoothing window
    #[arg(long, value_name = "FACTOR", value_parser = factor, help_heading = "Model")]
    smoothing: Option<f64>,
    /// Grade at which a climb or descent begins: 3%
    #[arg(long, value_name = "GRADE", value_parser = grade, help_heading = "Model")]
    enter_grade: Option<f64>,
    /// Grade below which it ends: 1%
    #[arg(long, value_name = "GRADE", value_parser = grade, help_heading = "Model")]
    leave_grade: Option<f64>,
    /// Shortest climb or descent: 100m
    #[arg(long, value_name = "LENGTH", value_parser = metres, help_heading = "Model")]
    min_length: Option<f64>,
    /// Lowest climb or descent: 5m or 16ft
    #[arg(long, value_name = "HEIGHT", value_parser = metres, help_heading = "Model")]
    min_gain: Option<f64>,
    /// Longest dip that is merged into a climb: 100m
    #[arg(long, value_name = "LENGTH", value_parser = metres, help_heading = "Model")]
    merge_length: Option<f64>,
    /// Deepest dip that is merged into a climb: 5m
    #[arg(long, value_name = "HEIGHT", value_parser = metres, help_heading = "Model")]
    merge_gain: Option<f64>,
}

impl Scoring {
    pub(crate) fn settings(&self) -> Settings {
        let mut sampling = Sampling::default();
        sampling.smoothing = self.smoothing.unwrap_or(1.0);
        sampling.treadmill.clone_from(&self.grade);
        Settings {
            athlete: Athlete {
                mass_kg: self.mass,
                pack_kg: self.pack.unwrap_or(0.0),
                hr_max: self.hrmax,
                hr_rest: self.hrrest,
                ftp_w: None,
                sex: self.sex.map(|sex| match sex {
                    SexFlag::Female => Sex::Female,
                    SexFlag::Male => Sex::Male,
                }),
                bike_kg: self.bike,
            },
            sport: match self.sport {
                SportFlag::Auto => None,
                SportFlag::Run => Some(Sport::Run),
                SportFlag::Walk => Some(Sport::Walk),
                SportFlag::Hike => Some(Sport::Hike),
                SportFlag::Ride => Some(Sport::Ride),
            },
            sampling,
            thresholds: Thresholds {
                enter_grade: self.enter_grade,
                leave_grade: self.leave_grade,
                min_length_m: self.min_length,
                min_rise_m: self.min_gain,
                merge_length_m: self.merge_length,
                merge_rise_m: self.merge_gain,
            },
            ..Settings::default()
        }
    }

    pub(crate) fn units(&self) -> Units {
        match self.units {
            UnitsFlag::Metric => Units::Metric,
            UnitsFlag::Imperial => Units::Imperial,
        }
    }
}

/// A number and its unit, the unit among `units` with its factor; a bare number takes the
/// first.
fn amount(text: &str, units: &[(&str, f64)], example: &str) -> Result<f64, String> {
    let text = text.trim();
    let factor_of =
        |unit: &str| units.iter().find(|(name, _)| *name == unit).map(|(_, f)| *f);
    let split = text.find(|c: char| c.is_alphabetic() || c == '%').unwrap_or(text.len());
    let (number, unit) = (text[..split].trim(), text[split..].trim());
    let factor =
        if unit.is_empty() { units.first().map(|(_, f)| *f) } else { factor_of(unit) };
    match (number.parse::<f64>(), factor) {
        (Ok(value), Some(factor)) if value.is_finite() => Ok(value * factor),
        _ => Err(format!("use a point and a unit, e.g. {example}")),
    }
}

fn within(value: f64, low: f64, high: f64, unit: &str) -> Result<f64, String> {
    if (low..=high).contains(&value) {
        Ok(value)
    } else {
        Err(format!("must lie between {low} and {high} {unit}"))
    }
}

fn mass(text: &str) -> Result<f64, String> {
    let kg = amount(text, &[("kg", 1.0), ("lb", KG_PER_LB)], "72.5 or 159lb")?;
    within(kg, 0.0, 300.0, "kg").and_then(|kg| {
        if kg > 0.0 || text.trim_start().starts_with('0') {
            Ok(kg)
        } else {
            Err("e.g. 72.5".into())
        }
    })
}

fn heart_rate(text: &str) -> Result<f64, String> {
    within(amount(text, &[("", 1.0)], "185")?, 20.0, 250.0, "beats a minute")
}

fn factor(text: &str) -> Result<f64, String> {
    within(amount(text, &[("", 1.0)], "1.5")?, 0.25, 4.0, "times")
}

fn metres(text: &str) -> Result<f64, String> {
    let m = amount(
        text,
        &[("m", 1.0), ("km", 1000.0), ("ft", METRES_PER_FOOT)],
        "20m or 65ft",
    )?;
    within(m, 0.0, 100_000.0, "m")
}

fn grade(text: &str) -> Result<f64, String> {
    within(amount(text, &[("%", 0.01)], "3%")?, 0.0, 1.0, "as rise over run, 100 %")
}

fn signed_grade(text: &str) -> Result<f64, String> {
    within(amount(text, &[("%", 0.01)], "1%")?, -0.4, 0.4, "as rise over run, 40 %")
}

fn treadmill(text: &str) -> Result<Treadmill, String> {
    if !text.contains('=') {
        return Ok(Treadmill::Constant(signed_grade(text)?));
    }
    let span = |part: &str| -> Option<GradeSpan> {
        let (time, value) = part.split_once('=')?;
        let (from, to) = time.split_once('-')?;
        let (from_s, to_s) = (seconds(from)?, seconds(to)?);
        let grade = signed_grade(value).ok()?;
        (to_s > from_s).then_some(GradeSpan { from_s, to_s, grade })
    };
    let spans: Option<Vec<GradeSpan>> = text.split(',').map(span).collect();
    spans
        .map(Treadmill::Spans)
        .ok_or_else(|| "use e.g. 0:00-10:00=1%,10:00-20:00=4%".to_owned())
}

/// `90`, `1:30` or `1:00:00` as seconds.
fn seconds(text: &str) -> Option<f64> {
    text.trim().split(':').try_fold(0.0, |sum, part| {
        part.parse::<u32>().ok().map(|n| sum * 60.0 + f64::from(n))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_take_units_and_say_what_to_type() {
        assert_eq!(mass("72.5"), Ok(72.5));
        assert!((mass("159lb").unwrap() - 72.12).abs() < 0.01);
        assert!(mass("7,2").unwrap_err().contains("72.5 or 159lb"));
        assert!(mass("-3").is_err());
        assert_eq!(metres("65ft").map(f64::round), Ok(20.0));
        assert_eq!(grade("3%"), Ok(0.03));
        assert_eq!(grade("3"), Ok(0.03));
        let Ok(Treadmill::Spans(spans)) = treadmill("0:00-10:00=1%,10:00-1:00:00=4%")
        else {
            panic!("two spans");
        };
        assert_eq!(
            (spans[1].from_s, spans[1].to_s, spans[1].grade),
            (600.0, 3600.0, 0.04)
        );
        assert!(treadmill("10:00-0:00=1%").is_err());
    }
}
