//! `hardlegs inspect FILE`: what a file holds, and whether it is read rightly.

use std::io::{IsTerminal, Read as _};
use std::path::{Path, PathBuf};

use clap::Args;
use hardlegs::error::{Error, visible};
use hardlegs::inputs;
use hardlegs::inspect::{Check, Inspection};
use hardlegs::read::{self, Limits};
use hardlegs::settings::Settings;
use hardlegs::write::inert::inert;
use hardlegs::write::inspect::text;

use crate::cli::analyze::Refusal;
use crate::cli::flags::Scoring;
use crate::cli::out::Out;

#[derive(Debug, Args)]
pub(crate) struct Inspect {
    /// GPX, FIT or TCX, also gzipped or alone in a zip; - reads standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Read it again with the crates fitparser, gpx and quick-xml; 1 where they differ
    #[arg(long)]
    check: bool,
    /// Every field of every message or element
    #[arg(long)]
    all: bool,
    /// JSON (see hardlegs schema inspect)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    scoring: Scoring,
}

/// Runs; the exit code.
pub(crate) fn run(inspect: &Inspect, out: &mut Out) -> u8 {
    let settled = match inspect.scoring.settle() {
        Ok(settled) => settled,
        Err(words) => {
            Out::say(&words);
            return 2;
        }
    };
    let name = visible(&inspect.file.to_string_lossy());
    let found = match found(inspect, &settled.settings) {
        Ok(found) => found,
        Err(Refusal::Usage(words)) => {
            Out::say(&words);
            return 2;
        }
        Err(Refusal::File(error)) => {
            Out::say(&format!("error: {name}: {}", error.message()));
            return 1;
        }
    };
    if inspect.json {
        match serde_json::to_string_pretty(&found) {
            Ok(json) => out.print(&(inert(json) + "\n")),
            Err(error) => {
                Out::say(&format!("error: internal: {error}"));
                return 1;
            }
        }
    } else {
        out.print(&text::text(&found, inspect.all));
    }
    if let Some(refused) = &found.refused {
        Out::say(&format!("error: {name}: {}", visible(&refused.message)));
    }
    let differs = found.check.as_ref().is_some_and(Check::differs);
    if differs {
        Out::say(&format!(
            "error: {name}: the readers differ. Hint: report it, with the file"
        ));
    }
    u8::from(found.refused.is_some() || differs)
}

fn found(inspect: &Inspect, settings: &Settings) -> Result<Inspection, Refusal> {
    let (bytes, limits, in_zip) = load(&inspect.file)?;
    let found = Error::caught(|| {
        let mut found = Inspection::of(&bytes, settings, &limits)?;
        if inspect.check {
            found.check =
                Some(Check::of(&read::bytes_with(&bytes, &limits), &bytes, &limits));
        }
        Ok(found)
    });
    let mut found = found.map_err(Refusal::File)?;
    found.path = inspect.file.to_string_lossy().into_owned();
    if in_zip {
        found.containers.insert(0, "zip".to_owned());
    }
    Ok(found)
}

/// Returns the bytes of a file, of the one recording of a zip, or of standard input for `-`;
/// the limits for what they hold, and whether they lay in a zip.
fn load(path: &Path) -> Result<(Vec<u8>, Limits, bool), Refusal> {
    let limits = Limits::default();
    if path.as_os_str() != "-" {
        let loaded = Error::caught(|| {
            let input = inputs::only(path)?;
            let within = input.within(&limits);
            let in_zip = matches!(input.source, inputs::Source::Member(_));
            Ok((input.into_bytes(&limits)?, within, in_zip))
        });
        return loaded.map_err(Refusal::File);
    }
    let input = std::io::stdin();
    if input.is_terminal() {
        let words = "error: - reads standard input, which is a terminal. Hint: hardlegs inspect FILE, or pipe a file in";
        return Err(Refusal::Usage(words.to_owned()));
    }
    let mut bytes = Vec::new();
    // a byte more than the limit is refused where it is read
    let most = limits.input_bytes.saturating_add(1);
    let read = input.lock().take(most).read_to_end(&mut bytes);
    read.map_err(|error| Refusal::File(Error::io(error)))?;
    Ok((bytes, limits, false))
}
