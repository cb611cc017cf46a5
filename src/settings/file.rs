//! The person's own file: TOML with dated rows, read strictly.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;
use toml::Spanned;

use crate::athlete::{Athlete, Position, Sex, Surface};
use crate::error::{Error, Kind, Place};
use crate::settings::Units;
use crate::settings::keys::{KEYS, limits_of};
use crate::settings::person::{Dated, Packs, Person};

/// First day of a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Weekday {
    /// ISO 8601.
    #[default]
    Monday,
    /// As in North America.
    Sunday,
    /// As in parts of the Arab world.
    Saturday,
}

/// What a person's file says.
///
/// ```
/// use hardlegs::settings::{Preferences, Units};
/// let preferences = Preferences::parse(r#"
///     units = "imperial"
///     [[athlete]]
///     from = 2026-03-01
///     mass_kg = 71
///     [pack]
///     hike = 8
/// "#).unwrap();
/// assert_eq!(preferences.units, Some(Units::Imperial));
/// assert_eq!(preferences.person.rows[0].athlete.mass_kg, Some(71.0));
///
/// let typo = Preferences::parse("[[athlete]]\nmas_kg = 71\n").unwrap_err();
/// assert_eq!(typo.to_string(),
///     "line 2, column 1: unknown key mas_kg. Hint: did you mean mass_kg?");
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Preferences {
    /// Metres or feet on the terminal.
    pub units: Option<Units>,
    /// First day of a week.
    pub week_starts: Option<Weekday>,
    /// Zone of the person's days.
    pub time_zone: Option<TimeZone>,
    /// Rows and packs.
    pub person: Person,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    units: Option<Units>,
    week_starts: Option<Weekday>,
    time_zone: Option<Spanned<String>>,
    #[serde(default)]
    athlete: Vec<Row>,
    #[serde(default)]
    pack: Pack,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    from: Option<Spanned<toml::value::Datetime>>,
    mass_kg: Option<Spanned<f64>>,
    hr_max: Option<Spanned<f64>>,
    hr_rest: Option<Spanned<f64>>,
    ftp_w: Option<Spanned<f64>>,
    sex: Option<Sex>,
    bike_kg: Option<Spanned<f64>>,
    crank_mm: Option<Spanned<f64>>,
    position: Option<Position>,
    surface: Option<Surface>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Pack {
    run: Option<Spanned<f64>>,
    hike: Option<Spanned<f64>>,
    ride: Option<Spanned<f64>>,
}

impl Preferences {
    /// Reads a file's text.
    ///
    /// # Errors
    /// `settings`, with line and column: not TOML, a key nobody knows, a value outside what
    /// is possible.
    pub fn parse(text: &str) -> Result<Preferences, Error> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let form: Form = toml::from_str(text).map_err(|error| not_this(text, &error))?;
        let within = |key: &str, value: Option<Spanned<f64>>| match value {
            None => Ok(None),
            Some(value) => {
                let at = value.span().start;
                let checked = limits_of(key).check(value.into_inner());
                checked.map(Some).map_err(|why| {
                    Error::new(Kind::Settings, format!("{key} {why}")).at(place(text, at))
                })
            }
        };
        let mut rows = Vec::new();
        for row in form.athlete {
            rows.push(Dated {
                from: row.from.map(|from| day(text, &from)).transpose()?,
                athlete: Athlete {
                    mass_kg: within("mass_kg", row.mass_kg)?,
                    pack_kg: None,
                    hr_max: within("hr_max", row.hr_max)?,
                    hr_rest: within("hr_rest", row.hr_rest)?,
                    ftp_w: within("ftp_w", row.ftp_w)?,
                    sex: row.sex,
                    bike_kg: within("bike_kg", row.bike_kg)?,
                    crank_mm: within("crank_mm", row.crank_mm)?,
                    position: row.position,
                    surface: row.surface,
                },
            });
        }
        let time_zone = match form.time_zone {
            None => None,
            Some(name) => {
                let zone = TimeZone::get(name.get_ref()).map_err(|_| {
                    let cause = format!("no time zone is called {}", name.get_ref());
                    Error::new(Kind::Settings, cause)
                        .at(place(text, name.span().start))
                        .hint("e.g. Europe/Zurich or America/Denver")
                })?;
                Some(zone)
            }
        };
        Ok(Preferences {
            units: form.units,
            week_starts: form.week_starts,
            time_zone,
            person: Person {
                rows,
                packs: Packs {
                    run: within("pack.run", form.pack.run)?,
                    hike: within("pack.hike", form.pack.hike)?,
                    ride: within("pack.ride", form.pack.ride)?,
                },
            },
        })
    }
}

fn day(text: &str, from: &Spanned<toml::value::Datetime>) -> Result<Date, Error> {
    let date = from.get_ref().date.and_then(|date| {
        let (month, day) = (i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?);
        Date::new(i16::try_from(date.year).ok()?, month, day).ok()
    });
    date.ok_or_else(|| {
        Error::new(Kind::Settings, "from is no day")
            .at(place(text, from.span().start))
            .hint("e.g. from = 2026-03-01")
    })
}

/// Returns the line and column of a byte.
fn place(text: &str, byte: usize) -> Place {
    let before = text.get(..byte).unwrap_or(text);
    let line = before.matches('\n').count() as u64 + 1;
    let column = before.rsplit('\n').next().map_or(0, |l| l.chars().count()) as u64 + 1;
    Place::Text { line, column, after_points: 0 }
}

/// Returns the library's words, but for a key nobody knows: there, the key that was meant.
fn not_this(text: &str, error: &toml::de::Error) -> Error {
    let at = place(text, error.span().map_or(0, |span| span.start));
    let words = error.message();
    let unknown = words
        .strip_prefix("unknown field `")
        .and_then(|rest| rest.split_once('`'))
        .map(|(key, _)| key);
    let Some(key) = unknown else {
        let cause = words.lines().next().unwrap_or("not TOML").trim_end_matches('.');
        return Error::new(Kind::Settings, cause)
            .at(at)
            .hint("hardlegs athlete show prints every key");
    };
    let hint = belongs(key).unwrap_or_else(|| meant(key));
    Error::new(Kind::Settings, format!("unknown key {key}")).at(at).hint(hint)
}

/// Returns where a key belongs that stands in the wrong place.
fn belongs(key: &str) -> Option<String> {
    let of_athlete = key == "from" || KEYS.iter().any(|known| known.name == key);
    match key {
        _ if of_athlete => Some(format!("{key} belongs below a line [[athlete]]")),
        "run" | "hike" | "ride" => Some(format!("{key} belongs below a line [pack]")),
        "units" | "week_starts" | "time_zone" => {
            Some(format!("{key} belongs at the top, before any line in brackets"))
        }
        _ => None,
    }
}

/// Likeness below which nothing is suggested: our choice; `mas` still finds `mass_kg`.
const ALIKE: f64 = 0.7;

fn meant(key: &str) -> String {
    let known = ["units", "week_starts", "time_zone", "athlete", "pack", "from"];
    let packs = ["run", "hike", "ride"];
    let best = KEYS
        .iter()
        .map(|key| key.name)
        .chain(known)
        .chain(packs)
        .map(|name| (strsim::jaro_winkler(key, name), name))
        .max_by(|a, b| a.0.total_cmp(&b.0));
    match best {
        Some((likeness, name)) if likeness > ALIKE => format!("did you mean {name}?"),
        _ => "hardlegs athlete show prints every key".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(text: &str) -> String {
        Preferences::parse(text).unwrap_err().to_string()
    }

    #[test]
    fn every_fault_has_a_place_and_a_cause() {
        assert_eq!(
            wrong("[[athlete]]\nfrom = 2026-03-01\nmass_kg = 710\n"),
            "line 3, column 11: mass_kg must lie between 20 and 300 kg"
        );
        assert_eq!(
            wrong("[pack]\nhike = -1\n"),
            "line 2, column 8: pack.hike must lie between 0 and 100 kg"
        );
        assert!(wrong("time_zone = \"Mars/Olympus\"").contains("Europe/Zurich"));
        assert!(wrong("[[athlete]]\nfrom = 07:30:00\n").contains("2026-03-01"));
        assert!(wrong("units = \"stones\"").starts_with("line 1, column 9: "));
        assert!(wrong("[[athlete]]\nmass_kg = nan\n").contains("between 20"));
        assert_eq!(
            wrong("mass_kg = 71"),
            "line 1, column 1: unknown key mass_kg. Hint: mass_kg belongs below a line [[athlete]]"
        );
        assert!(wrong("hike = 8").contains("below a line [pack]"));
        assert!(wrong("[[athlete]]\nunits = \"metric\"").contains("at the top"));
        assert!(!wrong("a\u{1b}[31m = 1").contains('\u{1b}'));
    }

    #[test]
    fn reads_an_empty_athlete_file_as_nothing_said() {
        assert_eq!(Preferences::parse("").unwrap(), Preferences::default());
        assert_eq!(
            Preferences::parse("\u{feff}# mine\r\n").unwrap(),
            Preferences::default()
        );
    }
}
