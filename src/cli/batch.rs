//! `hardlegs batch`: one line an input, streamed, in order; no store, no home, no clock.

use std::io::{IsTerminal, Read};
use std::path::{Path, PathBuf};

use clap::{ArgMatches, Args, ValueEnum};
use hardlegs::batch::score;
use hardlegs::error::visible;
use hardlegs::inputs::{Input, in_list, in_order, in_tar, under};
use hardlegs::write::inert::inert;
use hardlegs::write::json::Line;
use hardlegs::write::rows::{headings, rows};

use crate::cli::flags::{Scoring, Settled};
use crate::cli::out::Out;

/// How lines look.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Form {
    /// One JSON object an input
    Jsonl,
    /// One row an activity
    Csv,
}

#[derive(Debug, Args)]
pub(crate) struct Batch {
    /// Files, folders, zips; - reads paths from standard input, one a line
    #[arg(value_name = "PATH", required_unless_present_any = ["files0_from", "tar"])]
    paths: Vec<PathBuf>,
    /// How lines look
    #[arg(long, value_enum, default_value = "jsonl")]
    format: Form,
    /// Paths from a file, each ended by NUL; - is standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["paths", "tar"])]
    files0_from: Option<PathBuf>,
    /// A tar of files, plain or in gzip; - is standard input
    #[arg(long, value_name = "FILE", conflicts_with = "paths")]
    tar: Option<PathBuf>,
    /// Workers; the output does not depend on it
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: u16,
    /// Exit status 1 where any line is an error
    #[arg(long)]
    fail: bool,
    #[command(flatten)]
    scoring: Scoring,
}

type Inputs = Box<dyn Iterator<Item = Input> + Send>;

/// Runs; the exit code.
pub(crate) fn run(mut batch: Batch, matches: &ArgMatches, out: &mut Out) -> u8 {
    // the same flags give the same lines on any machine
    batch.scoring.without_surroundings(matches);
    let settled =
        batch.scoring.settle().and_then(|settled| Ok((settled, inputs(&batch)?)));
    let (Settled { settings, .. }, inputs) = match settled {
        Ok(both) => both,
        Err(words) => {
            Out::say(&words);
            return 2;
        }
    };
    let mut failed = false;
    if let Form::Csv = batch.format {
        out.print(&csv(&[headings().map(str::to_owned)]));
    }
    let work = |input: Input| {
        let line = score(input, &settings);
        let text = match batch.format {
            Form::Jsonl => serde_json::to_string(&line).map(|text| inert(text) + "\n"),
            Form::Csv => Ok(csv(&rows(&line))),
        };
        (matches!(line, Line::Failed(_)), text)
    };
    in_order(inputs, usize::from(batch.threads), work, |(error, text)| {
        failed |= error;
        match text {
            Ok(text) => out.print(&text),
            Err(error) => Out::say(&format!("error: internal: {error}")),
        }
        out.flush()
    });
    u8::from(failed && batch.fail)
}

/// Returns the rows as text.
fn csv(rows: &[[String; 22]]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        // into memory: it cannot fail
        let _ = writer.write_record(row);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn inputs(batch: &Batch) -> Result<Inputs, String> {
    if let Some(tar) = &batch.tar {
        return Ok(Box::new(in_tar(reader(tar)?, &tar.to_string_lossy())));
    }
    if let Some(list) = &batch.files0_from {
        return listed(reader(list)?, 0);
    }
    let mut inputs: Vec<Inputs> = Vec::new();
    for path in &batch.paths {
        inputs.push(if path.as_os_str() == "-" {
            listed(reader(path)?, b'\n')?
        } else {
            under(path)
        });
    }
    Ok(Box::new(inputs.into_iter().flatten()))
}

fn reader(path: &Path) -> Result<Box<dyn Read + Send>, String> {
    if path.as_os_str() != "-" {
        let name = visible(&path.to_string_lossy());
        let file = std::fs::File::open(path);
        return match file {
            Ok(file) => Ok(Box::new(file)),
            Err(error) => Err(format!("error: {name}: {error}. Hint: check the name")),
        };
    }
    if std::io::stdin().is_terminal() {
        return Err("error: - reads standard input, which is a terminal. Hint: find . -name '*.fit' | hardlegs batch -".to_owned());
    }
    Ok(Box::new(std::io::stdin()))
}

/// Returns paths from a list, as they come.
fn listed(list: Box<dyn Read + Send>, end: u8) -> Result<Inputs, String> {
    match in_list(list, end) {
        Ok(inputs) => Ok(Box::new(inputs)),
        Err(error) => Err(format!("error: -: {}", error.message())),
    }
}
