//! `hardlegs chart FILE -o X.svg`: one activity, the history or a plan as a picture.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use hardlegs::curve::Curves;
use hardlegs::hills::{HillEfforts, HillId};
use hardlegs::history::History;
use hardlegs::progress::Progress;
use hardlegs::report::Report;
use hardlegs::sport::Sport;
use hardlegs::store::Store;
use hardlegs::write::svg::{self, ChartStyle, Colouring, Theme};
use jiff::civil::Date;

use crate::cli::curve::curves;
use crate::cli::flags::{Scoring, Settled, words};
use crate::cli::hills::opened;
use crate::cli::history::{of_store, progress_of, today};
use crate::cli::memory::{Memory, told};
use crate::cli::one::Which;
use crate::cli::out::Out;
use crate::cli::plan::held;
use crate::cli::target::Target;

/// What is drawn, of an activity or of a history.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Activity(svg::Chart),
    Map,
    Hill,
    History,
    Curve,
    Plan,
    /// The chart of the route by its former name.
    Renamed,
}

impl Kind {
    const ALL: [Kind; 9] = [
        Kind::Activity(svg::Chart::Elevation),
        Kind::Activity(svg::Chart::Load),
        Kind::Activity(svg::Chart::Grade),
        Kind::Activity(svg::Chart::Mechanisms),
        Kind::Map,
        Kind::Hill,
        Kind::History,
        Kind::Curve,
        Kind::Plan,
    ];

    fn name(self) -> &'static str {
        match self {
            Kind::Activity(chart) => chart.name(),
            Kind::Map => "map",
            Kind::Hill => "hill",
            Kind::History => "history",
            Kind::Curve => "curve",
            Kind::Plan => "plan",
            Kind::Renamed => "profile",
        }
    }
}

/// Returns the kinds by name; what the chart of the route was called is answered, but not listed.
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
    /// GPX, FIT or TCX, also gzipped; - reads standard input; history, curve and hill take none,
    /// mechanisms without one are those of the history
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Where the SVG goes [default: standard output]
    #[arg(short, long, value_name = "X.svg")]
    output: Option<PathBuf>,
    /// What is drawn
    #[arg(long, default_value = "elevation", value_parser = kinds())]
    kind: Kind,
    /// Map: what its colours are
    #[arg(long, default_value = "grade", value_parser = words(&Colouring::ALL, Colouring::name))]
    by: Colouring,
    /// Hill: its number, of hardlegs hills
    #[arg(long, value_name = "ID")]
    hill: Option<HillId>,
    /// Plan: as of the end of this day [default: today]; as --on of the others
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// Plan: when the course is [default: as soon as may be]; hill, history, curve and mechanisms:
    /// as of the end of this day [default: today]
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

impl Chart {
    /// Returns the day that a history ends with: `--on`, as `history` and `hills` call it, or
    /// `--from`.
    fn as_of(&self) -> Option<Date> {
        self.on.or(self.from)
    }
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
    if !matches!(chart.kind, Kind::Plan) && chart.from.is_some() && chart.on.is_some() {
        let words =
            "error: two days. Hint: --on says as of which; --from is of --kind plan";
        return Err((words.to_owned(), 2));
    }
    let named = || {
        let words = "error: a file is needed. Hint: hardlegs chart FILE -o X.svg";
        chart.file.as_deref().ok_or_else(|| (words.to_owned(), 2))
    };
    match chart.kind {
        Kind::Activity(svg::Chart::Mechanisms) if chart.file.is_none() => {
            months(chart, settled, &look)
        }
        Kind::Activity(kind) => chart.which.of(named()?, |activity, _| {
            svg::draw(&Report::of(activity, &settled.settings)?, kind, &look)
        }),
        Kind::Map => chart.which.of(named()?, |activity, _| {
            let (report, places) = Report::with_places(activity, &settled.settings)?;
            svg::draw_map(&report, &places, chart.by, &look)
        }),
        Kind::Hill => {
            let Some(id) = chart.hill else {
                let words = "error: --kind hill needs --hill ID. Hint: hardlegs hills";
                return Err((words.to_owned(), 2));
            };
            let on = chart.as_of().unwrap_or_else(|| today(&settled.settings));
            let hills = opened(&chart.memory)?.hill(id, on).map_err(told)?;
            // of several sports the one with the most efforts
            let most = hills.iter().max_by_key(|hill: &&HillEfforts| hill.efforts.len());
            let drawn = most.map(|hill| svg::draw_hill(hill, &look)).transpose();
            drawn
                .map(Option::unwrap_or_default)
                .map_err(|error| (format!("error: {}", error.message()), 1))
        }
        Kind::History | Kind::Curve => {
            let store = opened(&chart.memory)?;
            let history = of_store(&store, settled, chart.as_of())?;
            let drawn = if matches!(chart.kind, Kind::History) {
                svg::draw_history(&history, &look)
            } else {
                let wanted = settled.settings.sport;
                svg::draw_curve(&curves_of(&store, &history, wanted)?, &look)
            };
            drawn.map_err(|error| (format!("error: {}", error.message()), 1))
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

/// Draws the five mechanisms of the history, of the sport that is asked for or of most outings.
fn months(
    chart: &Chart,
    settled: &Settled,
    look: &ChartStyle,
) -> Result<String, (String, u8)> {
    let store = opened(&chart.memory)?;
    let history = of_store(&store, settled, chart.as_of())?;
    let progress = progress_of(&store, &history)?;
    let wanted = settled.settings.sport.map(Sport::on_foot);
    let on_foot = wanted.unwrap_or_else(|| mostly_on_foot(&progress));
    svg::draw_progress(&progress, on_foot, history.on, look)
        .map_err(|error| (format!("error: {}", error.message()), 1))
}

/// Returns whether more outings on foot than rides have a figure.
fn mostly_on_foot(rows: &[Progress]) -> bool {
    let most = |on_foot| {
        let of_kind = rows.iter().filter(|row| row.on_foot == on_foot);
        of_kind.map(|row| row.outings).max().unwrap_or(0)
    };
    most(true) >= most(false)
}

/// Returns the curves of a sport, or of that with most outings.
fn curves_of(
    store: &Store,
    history: &History,
    sport: Option<Sport>,
) -> Result<Curves, (String, u8)> {
    let alike = |own: &Curves| match sport {
        Some(Sport::Walk) => own.own.sport == Sport::Hike,
        Some(sport) => own.own.sport == sport,
        None => true,
    };
    let found = curves(store, history)?.into_iter().find(alike);
    found.ok_or_else(|| {
        let words =
            "error: no outing of this sport with times. Hint: hardlegs history FOLDER";
        (words.to_owned(), 1)
    })
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
