//! `hardlegs hills`: the same climbs and descents over the years, from the store.

use clap::{Args, Subcommand};
use hardlegs::error::visible;
use hardlegs::hills::HillId;
use hardlegs::store::Store;
use hardlegs::write::hills::{json, text};
use hardlegs::write::inert::inert;
use jiff::civil::Date;

use crate::cli::flags::AthleteFlags;
use crate::cli::history::today;
use crate::cli::memory::{Memory, refuse, told};
use crate::cli::out::Out;

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Hills {
    #[command(subcommand)]
    change: Option<Change>,
    /// Number of a hill: every effort on it; without one, the list
    #[arg(value_name = "ID")]
    id: Option<HillId>,
    /// As of the end of this day [default: today]
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// Every hill, not only the most frequent
    #[arg(long)]
    all: bool,
    /// JSON, schema 1 (see hardlegs schema hills)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    memory: Memory,
    #[command(flatten)]
    you: AthleteFlags,
}

#[derive(Debug, Subcommand)]
enum Change {
    /// Call a hill by a name; without one, by where it lies
    Name(Name),
}

#[derive(Debug, Args)]
struct Name {
    /// Number of a hill
    #[arg(value_name = "ID")]
    id: HillId,
    /// What it is called from now on
    #[arg(value_name = "NAME")]
    called: Option<String>,
    #[command(flatten)]
    memory: Memory,
}

/// Runs; the exit code.
pub(crate) fn run(hills: &Hills, out: &mut Out) -> u8 {
    let done = match &hills.change {
        Some(Change::Name(name)) => named(name, out),
        None => shown(hills, out),
    };
    done.map_or_else(refuse, |()| 0)
}

fn named(name: &Name, out: &mut Out) -> Result<(), (String, u8)> {
    let store = opened(&name.memory)?;
    let called = name.called.as_deref().map(str::trim).filter(|name| !name.is_empty());
    store.name_hill(name.id, called).map_err(told)?;
    match called {
        Some(called) => out.print(&format!("{}: {}\n", name.id, visible(called))),
        None => out.print(&format!("{}: called by where it lies\n", name.id)),
    }
    Ok(())
}

/// Returns the store that there is.
pub(crate) fn opened(memory: &Memory) -> Result<Store, (String, u8)> {
    memory.open_existing()?.ok_or_else(|| {
        ("error: no history yet. Hint: hardlegs history FOLDER".to_owned(), 1)
    })
}

fn shown(flags: &Hills, out: &mut Out) -> Result<(), (String, u8)> {
    let settled = flags.you.settle().map_err(|words| (words, 2))?;
    let store = opened(&flags.memory)?;
    let on = flags.on.unwrap_or_else(|| today(&settled.settings));
    let document = if let Some(id) = flags.id {
        let hill = store.hill(id, on).map_err(told)?;
        if !flags.json {
            out.print(&text::hill(&hill, on, settled.units));
            return Ok(());
        }
        json::one(&hill, on)
    } else {
        let hills = store.hills(on).map_err(told)?;
        if hills.unknown > 0 {
            Out::say(&format!(
                "note: the hills of {} activities are not known, as they were scored before hills were kept: hardlegs history PATH reads their files again",
                hills.unknown
            ));
        }
        if !flags.json {
            out.print(&text::list(&hills, flags.all, settled.units));
            return Ok(());
        }
        json::list(&hills, on)
    };
    let text = serde_json::to_string_pretty(&document)
        .map_err(|error| (format!("error: internal: {error}"), 3))?;
    out.print(&(inert(text) + "\n"));
    Ok(())
}
