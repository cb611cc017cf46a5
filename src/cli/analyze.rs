//! `hardlegs FILE...`: read, score, print; one bad file never stops the others.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::{ArgAction, Args};
use hardlegs::error::{Error, Kind, visible};
use hardlegs::inputs;
use hardlegs::read::{self, Limits, Notice, Reading, Shortcut};
use hardlegs::report::Report;
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

/// Runs; the exit code.
pub(crate) fn run(analyze: &Analyze, out: &mut Out) -> u8 {
    let mut settled = match analyze.scoring.settle() {
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
    settled.settings.highest_heart_rate = past.highest_heart_rate();
    let document = Document { schema: json::SCHEMA, activities: Vec::new() };
    let mut run =
        Run { analyze, settled, past, out, document, printed: false, failed: false };
    for path in &analyze.files {
        if let Err(words) = run.file(path) {
            Out::say(&words);
            return 2;
        }
    }
    run.finish()
}

/// Files on their way to the terminal or into a document.
struct Run<'a> {
    analyze: &'a Analyze,
    settled: Settled,
    past: Past,
    out: &'a mut Out,
    document: Document,
    /// Whether an activity was printed, which an empty line parts from the next.
    printed: bool,
    failed: bool,
}

/// A file that was read.
struct File<'a> {
    path: &'a Path,
    /// As it is shown.
    name: String,
    /// How many activities it holds.
    parts: usize,
    notices: Vec<Notice>,
}

impl Run<'_> {
    /// Scores every activity of a file that is asked for; fails where the command line is
    /// wrong, which ends the run.
    fn file(&mut self, path: &Path) -> Result<(), String> {
        let name = visible(&path.to_string_lossy());
        let begun = Instant::now();
        let mut reading = match open(path) {
            Ok(reading) => reading,
            Err(Refusal::Usage(words)) => return Err(words),
            Err(Refusal::File(error)) => {
                self.fail(&name, &error.message());
                return Ok(());
            }
        };
        reading.sport_is(self.settled.settings.sport);
        for words in read_words(&reading, self.analyze.verbose, begun.elapsed()) {
            Out::say(&format!("note: {name}: {words}"));
        }
        if self.is_refused_for(&reading.notices, &name) {
            return Ok(());
        }
        let parts = reading.activities.len();
        if self.analyze.part.is_some_and(|part| part == 0 || part > parts) {
            self.fail(&name, &no_such_part(parts));
            return Ok(());
        }
        let file = File { path, name, parts, notices: reading.notices };
        let begun = Instant::now();
        let (mut scored, mut refused) = (false, Vec::new());
        for (part, activity) in (1..).zip(reading.activities) {
            if self.analyze.part.is_some_and(|wanted| wanted != part) {
                continue;
            }
            match Error::caught(|| Report::consuming(activity, &self.settled.settings)) {
                Ok(report) => {
                    self.write(&file, part, &report);
                    scored = true;
                }
                Err(error) => refused.push((part, error)),
            }
        }
        if self.analyze.verbose > 1 {
            let took = milliseconds(begun.elapsed());
            Out::say(&format!("note: {}: scored and written in {took}", file.name));
        }
        for (part, error) in refused {
            self.refuse(&file, part, &error, scored);
        }
        Ok(())
    }

    fn fail(&mut self, name: &str, message: &str) {
        Out::say(&format!("error: {name}: {message}"));
        self.failed = true;
    }

    /// Says the notices of a file; whether they are errors, as the person wants.
    fn is_refused_for(&mut self, notices: &[Notice], name: &str) -> bool {
        let strict = self.analyze.strict;
        for notice in notices.iter().filter(|_| !self.analyze.quiet || strict) {
            let word = if strict { "error" } else { "note" };
            Out::say(&format!("{word}: {name}: {notice}"));
        }
        let refused = strict && !notices.is_empty();
        self.failed |= refused;
        refused
    }

    /// Prints a report, or puts it into the document.
    fn write(&mut self, file: &File<'_>, part: usize, report: &Report) {
        if self.analyze.strict && !report.notices.is_empty() {
            for notice in &report.notices {
                self.fail(&file.name, &notice.to_string());
            }
            return;
        }
        if self.analyze.json {
            let path = file.path.to_string_lossy();
            let entry =
                json::scored(report, &path, part, &self.settled.settings, &file.notices);
            self.document.activities.push(entry);
            return;
        }
        if self.printed {
            self.out.print("\n");
        }
        self.printed = true;
        if file.parts > 1 {
            self.out
                .print(&format!("{}, activity {part} of {}\n", file.name, file.parts));
        }
        let style = Style {
            units: self.settled.units,
            rows: self.analyze.rows(),
            coloured: self.out.coloured(self.analyze.color),
            columns: self.out.columns(),
            largest: self.past.largest_before(report),
            with_more: true,
        };
        self.out.print(&text::text(report, &style));
        if self.analyze.all
            && let Some(paces) = self.past.level_paces(report, &self.settled)
        {
            self.out.print(&paces);
        }
        if let Some(time) = self.past.course_time(report, &self.settled) {
            self.out.print(&time);
        }
    }

    /// Says why an activity could not be scored.
    fn refuse(
        &mut self,
        file: &File<'_>,
        part: usize,
        error: &Error,
        others_scored: bool,
    ) {
        let which = if file.parts > 1 {
            format!("activity {part} of {}: ", file.parts)
        } else {
            String::new()
        };
        let message = format!("{which}{}", error.message());
        // a triathlon's swim is no failure of the file
        if !(others_scored && error.kind() == Kind::UnsupportedSport) {
            self.fail(&file.name, &message);
        } else if !self.analyze.quiet {
            Out::say(&format!("note: {}: {message}", file.name));
        }
    }

    /// Prints the document, if one was asked for; the exit code.
    fn finish(mut self) -> u8 {
        if self.analyze.json {
            match serde_json::to_string_pretty(&self.document) {
                Ok(text) => self.out.print(&(inert(text) + "\n")),
                Err(error) => {
                    Out::say(&format!("error: internal: {error}"));
                    self.failed = true;
                }
            }
        }
        u8::from(self.failed)
    }
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

/// Returns what `-v` and `-vv` say of the reading.
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

/// Returns what is wrong with a part that is not there.
pub(crate) fn no_such_part(parts: usize) -> String {
    match parts {
        1 => "holds one activity. Hint: leave --part out".to_owned(),
        _ => format!("holds {parts} activities. Hint: --part 1 to {parts}"),
    }
}
