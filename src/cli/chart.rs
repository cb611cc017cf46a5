//! `hardlegs chart FILE -o X.svg`: one activity, the history or a plan as a picture.

use std::path::{Path, PathBuf};

use clap::Args;
use hardlegs::error::{Error, visible};
use hardlegs::report::Report;
use hardlegs::write::svg::{self, Look, Theme};
use jiff::civil::Date;

use crate::cli::analyze::{Refusal, no_such_part, open};
use crate::cli::file::{replace, replaceable, same};
use crate::cli::flags::{Scoring, Settled, words};
use crate::cli::history::of_store;
use crate::cli::memory::Memory;
use crate::cli::out::Out;
use crate::cli::plan::held;

/// What is drawn, of an activity or of a history.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Activity(svg::Chart),
    History,
    Plan,
}

impl Kind {
    const ALL: [Kind; 6] = [
        Kind::Activity(svg::Chart::Profile),
        Kind::Activity(svg::Chart::Load),
        Kind::Activity(svg::Chart::Grade),
        Kind::Activity(svg::Chart::Mechanisms),
        Kind::History,
        Kind::Plan,
    ];

    fn name(self) -> &'static str {
        match self {
            Kind::Activity(chart) => chart.name(),
            Kind::History => "history",
            Kind::Plan => "plan",
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct Chart {
    /// GPX, FIT or TCX, also gzipped; - reads standard input; --kind history takes none
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Where the SVG goes [default: standard output]
    #[arg(short, long, value_name = "X.svg")]
    output: Option<PathBuf>,
    /// What is drawn
    #[arg(long, default_value = "profile", value_parser = words(&Kind::ALL, Kind::name))]
    kind: Kind,
    /// History and plan: as of the end of this day [default: today]
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// Plan: when the course is [default: as soon as may be]
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    #[command(flatten)]
    memory: Memory,
    /// Auto follows the viewer
    #[arg(long, default_value = "auto", value_parser = words(&Theme::ALL, Theme::name))]
    theme: Theme,
    /// Width and height in px
    #[arg(long, value_name = "WxH", default_value = "1200x620", value_parser = size)]
    size: (u32, u32),
    /// Which activity of a file that holds several, from 1
    #[arg(long, value_name = "N", default_value_t = 1)]
    part: usize,
    /// Overwrites a file that is no chart of hardlegs
    #[arg(long)]
    force: bool,
    /// No notices on standard error
    #[arg(short, long)]
    quiet: bool,
    #[command(flatten)]
    scoring: Scoring,
}

/// Runs; the exit code.
pub(crate) fn run(chart: &Chart, out: &mut Out) -> u8 {
    match drawn(chart) {
        Ok(svg) => match &chart.output {
            Some(path) if path.as_os_str() != "-" => written(path, &svg),
            _ => {
                out.print(&svg);
                0
            }
        },
        Err((words, code)) => {
            Out::say(&words);
            code
        }
    }
}

fn drawn(chart: &Chart) -> Result<String, (String, u8)> {
    let settled = chart.scoring.settle().map_err(|words| (words, 2))?;
    if let Some(output) = chart.output.as_deref().filter(|o| o.as_os_str() != "-") {
        may_write(output, chart).map_err(|words| (words, 2))?;
    }
    let look = Look { theme: chart.theme, size_px: chart.size, units: settled.units };
    let named = || {
        let words = "error: a file is needed. Hint: hardlegs chart FILE -o X.svg";
        chart.file.as_deref().ok_or_else(|| (words.to_owned(), 2))
    };
    match chart.kind {
        Kind::Activity(kind) => activity(chart, kind, named()?, &settled, &look),
        Kind::History => {
            let Some(store) = chart.memory.open_existing()? else {
                let words = "error: no history yet. Hint: hardlegs history FOLDER";
                return Err((words.to_owned(), 1));
            };
            let history = of_store(&store, &settled, chart.from)?;
            svg::draw_history(&history, &look)
                .map_err(|error| (format!("error: {}", error.message()), 1))
        }
        Kind::Plan => {
            let days = (chart.from, chart.on);
            let held = held(named()?, &settled, &chart.memory, days)?;
            svg::draw_plan(&held.plan, &look)
                .map_err(|error| (format!("error: {}", error.message()), 1))
        }
    }
}

/// One activity of a file.
fn activity(
    chart: &Chart,
    kind: svg::Chart,
    file: &Path,
    settled: &Settled,
    look: &Look,
) -> Result<String, (String, u8)> {
    let name = visible(&file.to_string_lossy());
    let refused = |message: String| (format!("error: {name}: {message}"), 1);
    let reading = open(file).map_err(|refusal| match refusal {
        Refusal::Usage(words) => (words, 2),
        Refusal::File(error) => refused(error.message()),
    })?;
    if !chart.quiet {
        for notice in &reading.notices {
            Out::say(&format!("note: {name}: {notice}"));
        }
    }
    let parts = reading.activities.len();
    let wanted = chart.part.checked_sub(1).and_then(|part| reading.activities.get(part));
    let activity = wanted.ok_or_else(|| refused(no_such_part(parts)))?;
    if parts > 1 && !chart.quiet {
        Out::say(&format!("note: {name}: activity {} of {parts}: --part", chart.part));
    }
    let svg = Error::caught(|| {
        svg::draw(&Report::of(activity, &settled.settings)?, kind, look)
    });
    svg.map_err(|error| refused(error.message()))
}

/// A picture never takes the place of what it is made from, nor of a file that is none of
/// ours.
fn may_write(output: &Path, chart: &Chart) -> Result<(), String> {
    let name = visible(&output.to_string_lossy());
    let (store, config) = (chart.memory.path().ok(), chart.scoring.config_path());
    let read = [chart.file.clone(), store, config];
    if read.iter().flatten().any(|input| same(output, input)) {
        return Err(format!("error: {name}: is the input itself. Hint: -o another.svg"));
    }
    if !replaceable(output) {
        return Err(format!(
            "error: {name}: is no plain file. Hint: without -o the picture is printed"
        ));
    }
    if chart.force || !output.exists() {
        return Ok(());
    }
    let mut start = [0; 256];
    let ours = std::fs::File::open(output).and_then(|mut file| {
        use std::io::Read as _;
        let read = file.read(&mut start)?;
        Ok(String::from_utf8_lossy(&start[..read]).contains("class=\"hardlegs\""))
    });
    if ours.unwrap_or(false) {
        Ok(())
    } else {
        Err(format!(
            "error: {name}: exists and is no chart of ours. Hint: --force, or another name"
        ))
    }
}

fn written(path: &Path, svg: &str) -> u8 {
    match replace(path, svg.as_bytes()) {
        Ok(()) => 0,
        Err(error) => {
            let name = visible(&path.to_string_lossy());
            Out::say(&format!(
                "error: {name}: {error}. Hint: check the folder and the disk"
            ));
            3
        }
    }
}

fn size(text: &str) -> Result<(u32, u32), String> {
    let (least, most) = (svg::LEAST_SIZE_PX, svg::MOST_SIZE_PX);
    let parsed = text.split_once('x').and_then(|(width, height)| {
        Some((width.trim().parse().ok()?, height.trim().parse().ok()?))
    });
    parsed
        .filter(|(width, height): &(u32, u32)| {
            (least.0..=most.0).contains(width) && (least.1..=most.1).contains(height)
        })
        .ok_or_else(|| {
            format!(
                "from {}x{} to {}x{}, e.g. 1200x620",
                least.0, least.1, most.0, most.1
            )
        })
}
