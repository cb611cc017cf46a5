//! `hardlegs report FILE|history -o X.html`: one page for a coach.

use std::path::{Path, PathBuf};

use clap::Args;
use hardlegs::error::Kind;
use hardlegs::report::Report;
use hardlegs::write::html;
use jiff::civil::Date;

use crate::cli::flags::{Scoring, Settled};
use crate::cli::history::{next_hills, of_store, progress_of};
use crate::cli::memory::{Memory, told};
use crate::cli::one::Which;
use crate::cli::out::Out;
use crate::cli::target::Target;

#[derive(Debug, Args)]
pub(crate) struct PageOf {
    /// GPX, FIT or TCX, also gzipped; - reads standard input; or the word history
    #[arg(value_name = "FILE|history")]
    what: PathBuf,
    /// Where the page goes [default: standard output]
    #[arg(short, long, value_name = "X.html")]
    output: Option<PathBuf>,
    /// History: as of the end of this day [default: today]
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// Overwrites a file that is no page of hardlegs
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    memory: Memory,
    #[command(flatten)]
    scoring: Scoring,
}

/// Runs; the exit code.
pub(crate) fn run(page: &PageOf, out: &mut Out) -> u8 {
    let target = Target {
        output: page.output.as_deref(),
        force: page.force,
        what: "page",
        mark: "<meta name=\"generator\" content=\"hardlegs ",
    };
    let inputs = [Some(page.what.clone()), page.memory.path().ok()];
    target.make(&page.scoring, &inputs, out, |settled| written(page, settled))
}

fn written(page: &PageOf, settled: &Settled) -> Result<String, (String, u8)> {
    if page.what == Path::new("history") && !page.what.exists() {
        return of_history(page, settled);
    }
    page.which.of(&page.what, |activity, notices| {
        let notices: Vec<String> = notices.iter().map(ToString::to_string).collect();
        match Report::with_places(activity, &settled.settings) {
            Ok((report, places)) => {
                html::activity_with_map(&report, &places, &notices, settled.units)
            }
            // what was recorded indoors lies nowhere
            Err(error) if error.kind() == Kind::NoPositions => {
                let report = Report::of(activity, &settled.settings)?;
                html::activity(&report, &notices, settled.units)
            }
            Err(error) => Err(error),
        }
    })
}

fn of_history(page: &PageOf, settled: &Settled) -> Result<String, (String, u8)> {
    let Some(store) = page.memory.open_existing()? else {
        let words = "error: no history yet. Hint: hardlegs history FOLDER";
        return Err((words.to_owned(), 1));
    };
    let history = of_store(&store, settled, page.on)?;
    let hills = store.hills(history.on).map_err(told)?;
    let next = next_hills(&store, &history)?;
    let progress = progress_of(&store, &history)?;
    html::history_with_hills(&history, &next, (&hills, &progress), settled.units)
        .map_err(|error| (format!("error: {}", error.message()), 1))
}
