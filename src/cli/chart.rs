//! `hardlegs chart FILE -o X.svg`: one activity, the history or a plan as a picture.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use hardlegs::report::Report;
use hardlegs::write::svg::{self, ChartStyle, Theme};
use jiff::civil::Date;

use crate::cli::flags::{Scoring, Settled, words};
use crate::cli::history::of_store;
use crate::cli::memory::Memory;
use crate::cli::one::Which;
use crate::cli::out::Out;
use crate::cli::plan::held;
use crate::cli::target::Target;

/// What is drawn, of an activity or of a history.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Activity(svg::Chart),
    History,
    Plan,
    /// The chart of the route by its former name.
    Renamed,
}

impl Kind {
    const ALL: [Kind; 6] = [
        Kind::Activity(svg::Chart::Elevation),
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
            Kind::Renamed => "profile",
        }
    }
}

/// The kinds by name; what the chart of the route was called is answered, but not listed.
fn kinds() -> impl TypedValueParser<Value = Kind> {
    let all = Kind::ALL.map(|kind| PossibleValue::new(kind.name()));
    let renamed = PossibleValue::new(Kind::Renamed.name()).hide(true);
    PossibleValuesParser::new(all.into_iter().chain([renamed])).map(|word| {
        let named = Kind::ALL.into_iter().find(|kind| kind.name() == word);
        named.unwrap_or(Kind::Renamed)
    })
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
    #[arg(long, default_value = "elevation", value_parser = kinds())]
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
    /// Overwrites a file that is no chart of hardlegs
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    scoring: Scoring,
}

/// Runs; the exit code.
pub(crate) fn run(chart: &Chart, out: &mut Out) -> u8 {
    let target = Target {
        output: chart.output.as_deref(),
        force: chart.force,
        what: "chart",
        mark: "class=\"hardlegs\"",
    };
    let inputs = [chart.file.clone(), chart.memory.path().ok()];
    target.make(&chart.scoring, &inputs, out, |settled| drawn(chart, settled))
}

fn drawn(chart: &Chart, settled: &Settled) -> Result<String, (String, u8)> {
    let look =
        ChartStyle { theme: chart.theme, size_px: chart.size, units: settled.units };
    let named = || {
        let words = "error: a file is needed. Hint: hardlegs chart FILE -o X.svg";
        chart.file.as_deref().ok_or_else(|| (words.to_owned(), 2))
    };
    match chart.kind {
        Kind::Activity(kind) => chart.which.of(named()?, |activity, _| {
            svg::draw(&Report::of(activity, &settled.settings)?, kind, &look)
        }),
        Kind::History => {
            let Some(store) = chart.memory.open_existing()? else {
                let words = "error: no history yet. Hint: hardlegs history FOLDER";
                return Err((words.to_owned(), 1));
            };
            let history = of_store(&store, settled, chart.from)?;
            svg::draw_history(&history, &look)
                .map_err(|error| (format!("error: {}", error.message()), 1))
        }
        Kind::Plan => {
            let days = (chart.from, chart.on);
            let held = held(named()?, &chart.which, settled, &chart.memory, days)?;
            svg::draw_plan(&held.plan, &look)
                .map_err(|error| (format!("error: {}", error.message()), 1))
        }
        Kind::Renamed => {
            Err(("error: --kind profile is now --kind elevation".to_owned(), 2))
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
