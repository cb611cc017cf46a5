//! Every figure a person can give: its key, unit and what is possible.

use crate::athlete::Athlete;

/// What is possible.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Lowest.
    pub low: f64,
    /// Highest.
    pub high: f64,
    /// Their unit.
    pub unit: &'static str,
}

impl Limits {
    /// Returns the value, or what is wrong with it.
    ///
    /// # Errors
    /// A sentence without a full stop, for values outside and for NaN.
    pub fn check(&self, value: f64) -> Result<f64, String> {
        if (self.low..=self.high).contains(&value) {
            Ok(value)
        } else {
            Err(format!("must lie between {} and {} {}", self.low, self.high, self.unit))
        }
    }
}

/// Body mass: the lightest child on a watch to the heaviest adult.
pub(super) const MASS: Limits = Limits { low: 20.0, high: 300.0, unit: "kg" };
/// Packs.
pub(super) const PACK: Limits = Limits { low: 0.0, high: 100.0, unit: "kg" };
const HEART_RATE: Limits = Limits { low: 20.0, high: 250.0, unit: "beats a minute" };
const POWER: Limits = Limits { low: 30.0, high: 600.0, unit: "W" };
const BICYCLE: Limits = Limits { low: 3.0, high: 100.0, unit: "kg" };
const CRANK: Limits = Limits { low: 100.0, high: 220.0, unit: "mm" };
/// Factors on what is built in.
pub const FACTOR: Limits = Limits { low: 0.25, high: 4.0, unit: "times" };
/// Lengths and heights of the split.
pub const LONG: Limits = Limits { low: 0.0, high: 100_000.0, unit: "m" };
/// Grades of the split; rolling resistance.
pub const STEEP: Limits = Limits { low: 0.0, high: 1.0, unit: "as rise over run" };
/// Grades of a treadmill.
pub const BELT: Limits = Limits { low: -0.4, high: 0.4, unit: "as rise over run" };
/// Grid steps: shorter than a stride is noise, longer than 50 m no hill.
pub(super) const STEP: Limits = Limits { low: 1.0, high: 50.0, unit: "m" };
/// Work of a stride's bounce: three times the range of its source either way.
pub(super) const BOUNCE: Limits = Limits { low: 0.1, high: 5.0, unit: "J/kg/m" };
/// What of it is handed back.
pub(super) const ELASTIC: Limits = Limits { low: 0.0, high: 5.0, unit: "J/kg/m" };
/// Drag area: none behind a motor, three riders' at most.
pub(super) const DRAG_AREA: Limits = Limits { low: 0.0, high: 2.0, unit: "m2" };
/// Head wind; a tail wind is negative.
pub(super) const WIND: Limits = Limits { low: -30.0, high: 30.0, unit: "m/s" };

/// One key of a dated row.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// As in the file.
    pub name: &'static str,
    /// The flag of the command line, without dashes.
    pub flag: &'static str,
    /// What it is for.
    pub what: &'static str,
    /// Unit and limits; `None`: one of a few words.
    pub limits: Option<Limits>,
    /// Its value, as it stands in the file.
    pub get: fn(&Athlete) -> Option<String>,
}

fn number(value: Option<f64>) -> Option<String> {
    value.map(|v| v.to_string())
}

/// Every key of a dated row, in the order in which they are shown.
pub const KEYS: [Key; 9] = [
    Key {
        name: "mass_kg",
        flag: "mass",
        what: "body mass; else 70 kg where it matters",
        limits: Some(MASS),
        get: |a| number(a.mass_kg),
    },
    Key {
        name: "hr_max",
        flag: "hrmax",
        what: "highest heart rate; without it none is hard",
        limits: Some(HEART_RATE),
        get: |a| number(a.hr_max),
    },
    Key {
        name: "hr_rest",
        flag: "hrrest",
        what: "resting heart rate",
        limits: Some(HEART_RATE),
        get: |a| number(a.hr_rest),
    },
    Key {
        name: "ftp_w",
        flag: "ftp",
        what: "functional threshold power",
        limits: Some(POWER),
        get: |a| number(a.ftp_w),
    },
    Key {
        name: "sex",
        flag: "sex",
        what: "for the training impulse only",
        limits: None,
        get: |a| a.sex.map(|word| word.name().to_owned()),
    },
    Key {
        name: "bike_kg",
        flag: "bike",
        what: "bicycle; else 9 kg",
        limits: Some(BICYCLE),
        get: |a| number(a.bike_kg),
    },
    Key {
        name: "crank_mm",
        flag: "crank",
        what: "crank; else 172.5 mm",
        limits: Some(CRANK),
        get: |a| number(a.crank_mm),
    },
    Key {
        name: "position",
        flag: "position",
        what: "hoods or upright; else hoods",
        limits: None,
        get: |a| a.position.map(|word| word.name().to_owned()),
    },
    Key {
        name: "surface",
        flag: "surface",
        what: "road, gravel or mountain; else by the file",
        limits: None,
        get: |a| a.surface.map(|word| word.name().to_owned()),
    },
];

/// Returns the limits of a key of [`KEYS`], or of a pack.
///
/// ```
/// use hardlegs::settings::limits_of;
/// assert_eq!(limits_of("mass_kg").check(71.0), Ok(71.0));
/// assert!(limits_of("pack.run").check(-1.0).is_err());
/// ```
pub fn limits_of(name: &str) -> Limits {
    KEYS.iter().find(|key| key.name == name).and_then(|key| key.limits).unwrap_or(PACK)
}
