//! `hardlegs FILE...`: read, score, print; one bad file never stops the others.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::{ArgAction, Args};
use hardlegs::error::{Error, Kind, visible};
use hardlegs::inputs;
use hardlegs::read::{self, Limits, Notice, Reading, Shortcut};
use hardlegs::report::Report;
use hardlegs::settings::Settings;
use hardlegs::write::inert::inert;
use hardlegs::write::json::{self, Document};
use hardlegs::write::text::{self, Rows, Style};

use crate::cli::flags::{ColorFlag, Scoring, Settled};
use crate::cli::memory::Memory;
use crate::cli::out::Out;
use crate::cli::past::Past;

#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(crate) struct Analyze {
    /// GPX, FIT or TCX, also gzipped; - reads standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// JSON, schema 1 (see hardlegs schema)
    #[arg(long)]
    json: bool,
    /// Every climb and descent
    #[arg(long)]
    all: bool,
    /// The same table by the watch's laps
    #[arg(long, conflicts_with = "all")]
    laps: bool,
    /// Only this activity or course of a file that holds several, from 1
    #[arg(long, value_name = "N")]
    part: Option<usize>,
    /// Not held against the largest of the last 90 days of your history
    #[arg(long)]
    no_history: bool,
    #[command(flatten)]
    memory: Memory,
    /// Every notice counts as an error
    #[arg(long)]
    strict: bool,
    /// Colours on the terminal
    #[arg(long, value_enum, default_value_t, value_name = "WHEN")]
    color: ColorFlag,
    /// No notices on standard error
    #[arg(short, long)]
    quiet: bool,
    /// What was read, on standard error; -vv how, and how long it took
    #[arg(short, long, action = ArgAction::Count, conflicts_with = "quiet")]
    verbose: u8,
    #[command(flatten)]
    scoring: Scoring,
}

#[expect(
    clippy::too_many_lines,
    reason = "one file after another, in the order of its fates"
)]
/// Runs; the exit code.
pub(crate) fn run(analyze: &Analyze, out: &mut Out) -> u8 {
    let Settled { settings, units, .. } = match analyze.scoring.settle() {
        Ok(settled) => settled,
        Err(words) => {
            Out::say(&words);
            return 2;
        }
    };
    // what programs read depends on the file and the flags alone
    let past = if analyze.no_history || analyze.json {
        Past::none()
    } else {
        Past::of(&analyze.memory)
    };
    let mut failed = false;
    let mut document = Document { schema: json::SCHEMA, activities: Vec::new() };
    let mut first = true;
    for path in &analyze.files {
        let name = visible(&path.to_string_lossy());
        let begun = Instant::now();
        let reading = match open(path) {
            Ok(mut reading) => {
                reading.sport_is(settings.sport);
                reading
            }
            Err(Refusal::Usage(words)) => {
                Out::say(&words);
                return 2;
            }
            Err(Refusal::File(error)) => {
                Out::say(&format!("error: {name}: {}", error.message()));
                failed = true;
                continue;
            }
        };
        for words in read_words(&reading, analyze.verbose, begun.elapsed()) {
            Out::say(&format!("note: {name}: {words}"));
        }
        for notice in reading.notices.iter().filter(|_| !analyze.quiet || analyze.strict)
        {
            let word = if analyze.strict { "error" } else { "note" };
            Out::say(&format!("{word}: {name}: {notice}"));
        }
        if analyze.strict && !reading.notices.is_empty() {
            failed = true;
            continue;
        }
        let parts = reading.activities.len();
        if analyze.part.is_some_and(|part| part == 0 || part > parts) {
            Out::say(&format!("error: {name}: {}", no_such_part(parts)));
            failed = true;
            continue;
        }
        let mut scored = false;
        let mut refused = Vec::new();
        let begun = Instant::now();
        for (index, activity) in reading.activities.into_iter().enumerate() {
            let part = index + 1;
            if analyze.part.is_some_and(|wanted| wanted != part) {
                continue;
            }
            match Error::caught(|| Report::consuming(activity, &settings)) {
                Ok(report) if analyze.strict && !report.notices.is_empty() => {
                    for notice in &report.notices {
                        Out::say(&format!("error: {name}: {notice}"));
                    }
                    failed = true;
                    scored = true;
                }
                Ok(report) if analyze.json => {
                    let path = path.to_string_lossy();
                    document.activities.push(entry(
                        &report,
                        &path,
                        part,
                        &settings,
                        &reading.notices,
                    ));
                    scored = true;
                }
                Ok(report) => {
                    if !first {
                        out.print("\n");
                    }
                    first = false;
                    if parts > 1 {
                        out.print(&format!("{name}, activity {part} of {parts}\n"));
                    }
                    let style = Style {
                        units,
                        rows: analyze.rows(),
                        coloured: out.coloured(analyze.color),
                        columns: out.columns(),
                        largest: past.largest_before(&report),
                        with_more: true,
                    };
                    out.print(&text::text(&report, &style));
                    scored = true;
                }
                Err(error) => refused.push((part, error)),
            }
        }
        if analyze.verbose > 1 {
            let took = milliseconds(begun.elapsed());
            Out::say(&format!("note: {name}: scored and written in {took}"));
        }
        for (part, error) in refused {
            let which = if parts > 1 {
                format!("activity {part} of {parts}: ")
            } else {
                String::new()
            };
            // a triathlon's swim is no failure of the file
            let word = if scored && error.kind() == Kind::UnsupportedSport {
                "note"
            } else {
                "error"
            };
            failed |= word == "error";
            if word == "error" || !analyze.quiet {
                Out::say(&format!("{word}: {name}: {which}{}", error.message()));
            }
        }
    }
    if analyze.json {
        match serde_json::to_string_pretty(&document) {
            Ok(text) => out.print(&(inert(text) + "\n")),
            Err(error) => {
                Out::say(&format!("error: internal: {error}"));
                failed = true;
            }
        }
    }
    u8::from(failed)
}

impl Analyze {
    fn rows(&self) -> Rows {
        match (self.all, self.laps) {
            (_, true) => Rows::Laps,
            (true, false) => Rows::All,
            (false, false) => Rows::Largest,
        }
    }
}

/// What `-v` and `-vv` say of the reading.
fn read_words(reading: &Reading, verbose: u8, took: Duration) -> Vec<String> {
    let mut words = Vec::new();
    if verbose > 0 {
        for activity in &reading.activities {
            let device = activity.header.device.as_deref().unwrap_or("unnamed");
            words.push(format!(
                "{} points, {} breaks, written by {}",
                activity.len(),
                activity.breaks().len(),
                visible(device)
            ));
        }
    }
    if verbose > 1 {
        let Shortcut { taken, declined, .. } = reading.shortcut;
        if taken + declined > 0 {
            words.push(format!(
                "{taken} points were written like one before them and read as a whole, \
                 {declined} tag by tag"
            ));
        }
        words.push(format!("read in {}", milliseconds(took)));
    }
    words
}

fn milliseconds(took: Duration) -> String {
    format!("{:.1} ms", took.as_secs_f64() * 1e3)
}

fn entry(
    report: &Report,
    path: &str,
    part: usize,
    settings: &Settings,
    notices: &[Notice],
) -> json::Scored {
    json::scored(report, path, part, settings, notices)
}

/// Why there is nothing to score.
pub(crate) enum Refusal {
    Usage(String),
    File(Error),
}

/// Reads a file, the one recording of a zip, or standard input for `-`; a panic inside is an
/// error of this file only.
pub(crate) fn open(path: &Path) -> Result<Reading, Refusal> {
    let standard = path.as_os_str() == "-";
    if standard && std::io::stdin().is_terminal() {
        let words = "error: - reads standard input, which is a terminal. Hint: hardlegs FILE, or pipe a file in";
        return Err(Refusal::Usage(words.to_owned()));
    }
    let read = Error::caught(|| {
        if standard {
            return read::stream(std::io::stdin().lock());
        }
        let limits = Limits::default();
        let input = inputs::only(path)?;
        let (hint, within) = (input.hint.clone(), input.within(&limits));
        let mut reading = read::bytes_with(&input.into_bytes(&limits)?, &within)?;
        hint.fill(&mut reading);
        Ok(reading)
    });
    read.map_err(Refusal::File)
}

/// What is wrong with a part that is not there.
pub(crate) fn no_such_part(parts: usize) -> String {
    match parts {
        1 => "holds one activity. Hint: leave --part out".to_owned(),
        _ => format!("holds {parts} activities. Hint: --part 1 to {parts}"),
    }
}
