//! `hardlegs athlete`: what is known of the person, where from, and changing it.

use std::fmt::Write as _;

use clap::parser::ValueSource;
use clap::{ArgMatches, Args, Subcommand};
use hardlegs::error::visible;
use hardlegs::settings::{Dated, KEYS, Preferences, Units, Weekday, limits_of};
use hardlegs::sport::Sport;
use jiff::civil::Date;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, value};

use crate::cli::config::Config;
use crate::cli::file::{replace, replaceable};
use crate::cli::flags::AthleteFlags;
use crate::cli::measure::{CRANK, Family, MASS, PLAIN, POWER};
use crate::cli::out::Out;

#[derive(Debug, Args)]
pub(crate) struct Athlete {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Every value in force, and where it comes from
    Show(Show),
    /// Change it: `mass_kg=72.5 pack.hike=8 time_zone=Europe/Zurich`; `mass_kg=` forgets
    Set(Set),
    /// Where the file is
    Path(AthleteFlags),
}

#[derive(Debug, Args)]
struct Show {
    /// As it held on this day [default: the newest]
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// JSON
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    you: AthleteFlags,
}

#[derive(Debug, Args)]
struct Set {
    /// What to set; without a value, what to forget
    #[arg(required = true, value_name = "KEY=VALUE")]
    changes: Vec<String>,
    /// From this day on; without it, the newest row is corrected
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    #[command(flatten)]
    you: AthleteFlags,
}

/// Runs; the exit code.
pub(crate) fn run(athlete: &Athlete, matches: &ArgMatches, out: &mut Out) -> u8 {
    let done = match &athlete.action {
        Action::Show(show) => {
            let flags = matches.subcommand_matches("show");
            run_show(show, flags, out).map_err(|words| (words, 2))
        }
        Action::Set(set) => run_set(set, out),
        Action::Path(you) => match you.config_path() {
            Some(path) => {
                out.print(&format!("{}\n", visible(&path.to_string_lossy())));
                Ok(())
            }
            None => Err((nowhere(), 2)),
        },
    };
    match done {
        Ok(()) => 0,
        Err((words, code)) => {
            Out::say(&words);
            code
        }
    }
}

fn nowhere() -> String {
    "error: there is no home folder. Hint: --config FILE names a athlete file".to_owned()
}

/// One line of `athlete show`.
struct Shown {
    key: String,
    value: Option<String>,
    unit: &'static str,
    origin: String,
    what: &'static str,
}

fn run_show(
    show: &Show,
    flags: Option<&ArgMatches>,
    out: &mut Out,
) -> Result<(), String> {
    let config = show.you.config()?;
    let shown = values(show, flags, &config)?;
    let file = config.path.as_deref().map(|path| visible(&path.to_string_lossy()));
    if show.json {
        let rows: Vec<serde_json::Value> = shown
            .iter()
            .map(|s| serde_json::json!({"key": s.key, "value": s.value, "origin": s.origin}))
            .collect();
        let document = serde_json::json!({"schema": 1, "file": file, "athlete": rows});
        out.print(&format!("{document:#}\n"));
        return Ok(());
    }
    out.print(&match (&file, show.you.config_path()) {
        (Some(file), _) => format!("{file}\n\n"),
        (None, Some(path)) => {
            let path = visible(&path.to_string_lossy());
            format!("no file yet: {path}\nhardlegs athlete set mass_kg=72 makes it\n\n")
        }
        (None, None) => {
            "no home folder, no athlete file: flags and HARDLEGS_* only\n\n".into()
        }
    });
    let mut text = String::new();
    for s in &shown {
        let value = match &s.value {
            Some(value) => format!("{value} {}", s.unit).trim_end().to_owned(),
            None => "–".to_owned(),
        };
        let what =
            if s.what.is_empty() { String::new() } else { format!(": {}", s.what) };
        let _ = writeln!(text, "{:<12} {:<15} {}{what}", s.key, value, s.origin);
    }
    out.print(&text);
    Ok(())
}

/// Returns the pack that is usual for each sport, or the one that was said.
fn packs(
    preferences: &Preferences,
    said_kg: Option<f64>,
    on: Option<Date>,
    flag: &str,
) -> Vec<Shown> {
    let pack = |(name, sport)| {
        let usual = preferences.person.on(on, sport).pack_kg;
        let (value, origin) = match (said_kg, usual) {
            (Some(kg), _) => (kg, flag.to_owned()),
            (None, Some(kg)) => (kg, "athlete file".to_owned()),
            (None, None) => (0.0, "built in".to_owned()),
        };
        Shown {
            key: format!("pack.{name}"),
            value: Some(value.to_string()),
            unit: "kg",
            origin,
            what: "",
        }
    };
    [("run", Sport::Run), ("hike", Sport::Hike), ("ride", Sport::Ride)].map(pack).into()
}

fn values(
    show: &Show,
    flags: Option<&ArgMatches>,
    config: &Config,
) -> Result<Vec<Shown>, String> {
    let you = &show.you;
    let units = you.units(config);
    let said = you.athlete(units)?;
    let preferences = &config.preferences;
    let rows = preferences.person.in_force(show.on);
    let by_flag = |flag: &str| match flags.and_then(|f| f.value_source(flag)) {
        Some(ValueSource::EnvVariable) => format!("HARDLEGS_{}", flag.to_uppercase()),
        _ => format!("--{flag}"),
    };
    let since = |row: &Dated| match row.from {
        Some(from) => format!("athlete file, since {from}"),
        None => "athlete file".to_owned(),
    };
    let mut shown = Vec::new();
    for key in &KEYS {
        let (value, origin) = if let Some(value) = (key.get)(&said) {
            (Some(value), by_flag(key.flag))
        } else if let Some(row) =
            rows.iter().find(|row| (key.get)(&row.athlete).is_some())
        {
            ((key.get)(&row.athlete), since(row))
        } else {
            (None, "not set".to_owned())
        };
        let unit = key.limits.map_or("", |limits| match limits.unit {
            "beats a minute" => "1/min",
            unit => unit,
        });
        shown.push(Shown { key: key.name.into(), value, unit, origin, what: key.what });
    }
    shown.extend(packs(preferences, said.pack_kg, show.on, &by_flag("pack")));
    let mut preference = |key: &str, value: Option<String>, set: bool, origin: String| {
        let origin = if set { origin } else { "built in".to_owned() };
        shown.push(Shown { key: key.into(), value, unit: "", origin, what: "" });
    };
    let from_flag = flags.and_then(|f| f.value_source("units")).is_some();
    let origin = if from_flag { by_flag("units") } else { "athlete file".to_owned() };
    let set = from_flag || preferences.units.is_some();
    preference("units", Some(units.name().into()), set, origin);
    let week = preferences.week_starts;
    let day = match week.unwrap_or_default() {
        Weekday::Monday => "monday",
        Weekday::Sunday => "sunday",
        Weekday::Saturday => "saturday",
    };
    preference("week_starts", Some(day.into()), week.is_some(), "athlete file".into());
    let zone = preferences.time_zone.as_ref().and_then(|zone| zone.iana_name());
    preference(
        "time_zone",
        Some(zone.unwrap_or("as recorded").to_owned()),
        zone.is_some(),
        "athlete file".into(),
    );
    Ok(shown)
}

fn run_set(set: &Set, out: &mut Out) -> Result<(), (String, u8)> {
    let path = set.you.config_path().ok_or_else(|| (nowhere(), 2))?;
    let name = visible(&path.to_string_lossy());
    if !replaceable(&path) {
        return Err((format!("error: {name}: is no plain file. Hint: --config FILE"), 2));
    }
    let old = match crate::cli::config::load(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err((format!("error: {name}: {error}"), 2)),
    };
    let wrong = |words: String| (format!("error: {words}"), 2);
    // what is wrong already is said with its place, and nothing is written over it
    Preferences::parse(&old).map_err(|e| wrong(format!("{name}: {}", e.message())))?;
    let mut document: DocumentMut =
        old.parse().map_err(|_| wrong(format!("{name}: not TOML")))?;
    let mut said = String::new();
    for change in &set.changes {
        let (key, text) = change.split_once('=').ok_or_else(|| {
            wrong(format!("{}: no value. Hint: mass_kg=72.5", visible(change)))
        })?;
        let item = item(key.trim(), text.trim()).map_err(wrong)?;
        let _ = match &item {
            Some(item) => writeln!(said, "{} = {}", key.trim(), item.to_string().trim()),
            None => writeln!(said, "{} is forgotten", key.trim()),
        };
        place(&mut document, key.trim(), item, set.from);
    }
    let text = document.to_string();
    Preferences::parse(&text)
        .map_err(|e| wrong(format!("this would make {}", e.message())))?;
    replace(&path, text.as_bytes()).map_err(|error| {
        (format!("error: {name}: {error}. Hint: is the disk full or read-only?"), 3)
    })?;
    out.print(&format!("{said}in {name}\n"));
    Ok(())
}

/// Returns a value for a key, or `None` to forget it.
fn item(key: &str, text: &str) -> Result<Option<Item>, String> {
    let family: Option<&Family> = match key {
        "mass_kg" | "bike_kg" | "pack.run" | "pack.hike" | "pack.ride" => Some(&MASS),
        "hr_max" | "hr_rest" => Some(&PLAIN),
        "ftp_w" => Some(&POWER),
        "crank_mm" => Some(&CRANK),
        "sex" | "position" | "surface" | "units" | "week_starts" | "time_zone" => None,
        _ => {
            let hint = "hardlegs athlete show prints every key";
            return Err(format!("unknown key {}. Hint: {hint}", visible(key)));
        }
    };
    if text.is_empty() {
        return Ok(None);
    }
    let Some(family) = family else { return Ok(Some(value(text))) };
    let measure = family.parse(text).map_err(|why| format!("{key}: {why}"))?;
    // pounds have no end of digits; a gram is enough
    let si = (family.si(measure, Units::Metric) * 1000.0).round() / 1000.0;
    limits_of(key).check(si).map_err(|why| format!("{key} {why}"))?;
    Ok(Some(value(si)))
}

/// Puts a value where the key belongs: a dated row, the packs, or the top.
fn place(document: &mut DocumentMut, key: &str, item: Option<Item>, from: Option<Date>) {
    let put = |table: &mut Table, key: &str, item: Option<Item>| match item {
        Some(item) => table[key] = item,
        None => {
            table.remove(key);
        }
    };
    if let Some(pack) = key.strip_prefix("pack.") {
        let table = document.entry("pack").or_insert(Item::Table(Table::new()));
        if let Some(table) = table.as_table_like_mut() {
            match item {
                Some(item) => {
                    table.insert(pack, item);
                }
                None => {
                    table.remove(pack);
                }
            }
        }
        return;
    }
    if !KEYS.iter().any(|k| k.name == key) {
        put(document.as_table_mut(), key, item);
        return;
    }
    let rows =
        document.entry("athlete").or_insert(Item::ArrayOfTables(ArrayOfTables::new()));
    let Some(rows) = rows.as_array_of_tables_mut() else { return };
    let date_of = |row: &Table| {
        row.get("from").and_then(|from| from.as_datetime().map(ToString::to_string))
    };
    let wanted = from.map(|day| day.to_string());
    let chosen = match &wanted {
        Some(day) => rows.iter().position(|row| date_of(row).as_ref() == Some(day)),
        None => (0..rows.len()).max_by_key(|i| rows.get(*i).and_then(date_of)),
    };
    let index = chosen.unwrap_or_else(|| {
        let mut row = Table::new();
        if let Some(Ok(day)) = wanted.map(|day| day.parse::<toml_edit::Datetime>()) {
            row.insert("from", value(day));
        }
        rows.push(row);
        rows.len() - 1
    });
    if let Some(row) = rows.get_mut(index) {
        put(row, key, item);
    }
}
