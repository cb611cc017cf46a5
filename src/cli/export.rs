//! `hardlegs export FILE -o X.gpx`: climbs and descents as tracks of their own.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use hardlegs::report::Report;
use hardlegs::segment::Slope;
use hardlegs::write::gpx::{self, Choice};

use crate::cli::flags::Scoring;
use crate::cli::one::Which;
use crate::cli::out::Out;
use crate::cli::target::Target;

/// Which hills.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Only {
    Climbs,
    Descents,
}

#[derive(Debug, Args)]
pub(crate) struct Export {
    /// GPX, FIT or TCX with positions, also gzipped; - reads standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Where the GPX goes [default: standard output]
    #[arg(short, long, value_name = "X.gpx")]
    output: Option<PathBuf>,
    /// Climbs, or descents
    #[arg(long, value_enum)]
    only: Option<Only>,
    /// Overwrites a file that is no export of hardlegs
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    scoring: Scoring,
}

/// Runs; the exit code.
pub(crate) fn run(export: &Export, out: &mut Out) -> u8 {
    let target = Target {
        output: export.output.as_deref(),
        force: export.force,
        what: "export",
        mark: "creator=\"hardlegs ",
    };
    let inputs = [Some(export.file.clone())];
    target.make(&export.scoring, &inputs, out, |settled| {
        let choice = Choice {
            only: export.only.map(|only| match only {
                Only::Climbs => Slope::Climb,
                Only::Descents => Slope::Descent,
            }),
            units: settled.units,
        };
        export.which.of(&export.file, |activity, _| {
            let (report, places) = Report::with_places(activity, &settled.settings)?;
            gpx::document(&report, &places, &choice)
        })
    })
}
