//! The command line: flags, and which command.
//!
#![doc = include_str!("exit_status.md")]

mod analyze;
mod athlete;
mod batch;
mod chart;
mod config;
mod curve;
mod explain;
mod export;
mod file;
mod flags;
mod help;
mod hills;
mod history;
mod inspect;
mod intake;
mod manual;
mod measure;
mod memory;
mod one;
mod out;
mod own_hills;
mod past;
mod plan;
mod report;
mod target;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

use hardlegs::error::{Error, visible};
use hardlegs::write::json;

/// How much work your legs did going up and going down.
#[derive(Debug, Parser)]
#[command(name = "hardlegs", version, disable_help_subcommand = true)]
#[command(args_conflicts_with_subcommands = true, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    analyze: analyze::Analyze,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Split, score, print (the same as hardlegs FILE...)
    Analyze(analyze::Analyze),
    /// Draw it as SVG
    Chart(chart::Chart),
    /// One self-contained page: charts, tables, what it rests on
    Report(report::PageOf),
    /// Climbs and descents as GPX tracks, peaks as waypoints
    Export(export::Export),
    /// One line an input, for programs: files, folders, zips, lists, tar
    Batch(batch::Batch),
    /// Score what is new, remember it, show what the legs are used to
    History(history::History),
    /// The same hills over the years, and whether you get faster
    Hills(hills::Hills),
    /// A course held against your history, and the weeks that lead there
    Plan(plan::PlanFor),
    /// Every constant and its source, or how a file's numbers came about
    Explain(explain::Explain),
    /// What a file holds, what is used, and whether it is read rightly
    Inspect(inspect::Inspect),
    /// You: dated mass, heart rate, power, packs, units, time zone
    Athlete(athlete::Athlete),
    /// Completions for a shell, to standard output
    Completions {
        /// bash, elvish, fish, powershell or zsh
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// The manual page, or all of them into a folder
    Man {
        /// Folder for a page a command [default: the main page to standard output]
        #[arg(short, long, value_name = "FOLDER")]
        output: Option<std::path::PathBuf>,
    },
    /// The JSON Schema of --json, batch, inspect; the columns of its CSV
    Schema {
        /// Whose output
        #[arg(value_enum, default_value = "analyze")]
        of: Form,
    },
    /// A topic (model, formats, accuracy, safety, exit-status) or a command
    Help {
        /// model, formats, accuracy, safety, exit-status, or a command
        #[arg(value_name = "TOPIC|COMMAND")]
        words: Vec<String>,
    },
}

/// Returns the command line with its examples.
fn command() -> clap::Command {
    without_empty_variables(help::dressed(Arguments::command()))
}

/// Takes an environment variable that is set to nothing for one that is not set.
fn without_empty_variables(command: clap::Command) -> clap::Command {
    let settled = |arg: clap::Arg| {
        let value = arg.get_env().and_then(std::env::var_os);
        if value.is_some_and(|value| value.is_empty()) {
            arg.env(clap::builder::Resettable::Reset)
        } else {
            arg
        }
    };
    command.mut_args(settled).mut_subcommands(without_empty_variables)
}

/// Prints what is wrong with the command line. Where something that steers a terminal was typed
/// it is printed without colours, and shown.
fn print_refusal(error: &clap::Error) -> std::io::Result<()> {
    let mut typed = std::env::args_os().map(|word| word.to_string_lossy().into_owned());
    if !typed.any(|word| visible(&word) != word) {
        return error.print();
    }
    for line in error.render().to_string().lines() {
        out::Out::say(&visible(line));
    }
    Ok(())
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Form {
    Analyze,
    Batch,
    Csv,
    Curve,
    Hills,
    History,
    Inspect,
    Plan,
}

impl Form {
    fn schema(self) -> serde_json::Value {
        match self {
            Form::Analyze => json::schema(),
            Form::Batch => json::line_schema(),
            Form::Csv => hardlegs::write::rows::schema(),
            Form::Curve => hardlegs::write::curve::json::schema(),
            Form::Plan => hardlegs::write::plan::json::schema(),
            Form::History => hardlegs::write::history::json::schema(),
            Form::Hills => hardlegs::write::hills::json::schema(),
            Form::Inspect => hardlegs::write::inspect::json::schema(),
        }
    }
}

/// A panic says where in one line; what catches it says the rest. Those of a crate that reads a
/// file a second time are told as what that crate makes of it.
fn quieten() {
    let as_usual = std::panic::take_hook();
    let wordy = std::env::var_os("RUST_BACKTRACE").is_some();
    std::panic::set_hook(Box::new(move |panic| {
        if hardlegs::inspect::check::is_reading() {
            return;
        }
        if wordy {
            return as_usual(panic);
        }
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        out::Out::say(&format!("note: a fault of ours at {}", visible(&place)));
    }));
}

/// Runs the program.
pub(crate) fn run() -> ExitCode {
    quieten();
    Error::caught(|| Ok(parse_and_run())).unwrap_or_else(|error| {
        out::Out::say(&format!("error: {}", error.message()));
        ExitCode::FAILURE
    })
}

fn parse_and_run() -> ExitCode {
    if std::env::args_os().nth(1).is_some_and(|word| word == "profile") {
        out::Out::say(
            "error: hardlegs profile is hardlegs athlete: the same flags and file",
        );
        return ExitCode::from(2);
    }
    let parsed = command().try_get_matches().and_then(|matches| {
        Arguments::from_arg_matches(&matches).map(|arguments| (matches, arguments))
    });
    let (matches, arguments) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => {
            if error.use_stderr() {
                let _ = print_refusal(&error);
                return ExitCode::from(2);
            }
            return ExitCode::from(out::Out::ended(error.print(), 0));
        }
    };
    let mut out = out::Out::new();
    let done = match arguments.command {
        None => analyze::run(&arguments.analyze, &mut out),
        Some(Command::Analyze(analyze)) => analyze::run(&analyze, &mut out),
        Some(Command::Chart(chart)) => chart::run(&chart, &mut out),
        Some(Command::Report(page)) => report::run(&page, &mut out),
        Some(Command::Export(export)) => export::run(&export, &mut out),
        Some(Command::History(history)) => match matches.subcommand_matches("history") {
            Some(flags) => history::run(&history, flags, &mut out),
            None => 2,
        },
        Some(Command::Hills(hills)) => hills::run(&hills, &mut out),
        Some(Command::Plan(plan)) => plan::run(&plan, &mut out),
        Some(Command::Explain(explain)) => explain::run(&explain, &mut out),
        Some(Command::Inspect(inspect)) => inspect::run(&inspect, &mut out),
        Some(Command::Athlete(athlete)) => {
            let flags = matches.subcommand_matches("athlete");
            flags.map_or(2, |flags| athlete::run(&athlete, flags, &mut out))
        }
        Some(Command::Batch(batch)) => match matches.subcommand_matches("batch") {
            Some(flags) => batch::run(batch, flags, &mut out),
            None => 2,
        },
        Some(Command::Completions { shell }) => {
            out.print(&manual::completions(shell, command()));
            0
        }
        Some(Command::Man { output }) => {
            manual::run(output.as_deref(), command(), &mut out)
        }
        Some(Command::Help { words }) => help::run(&words, command(), &mut out),
        Some(Command::Schema { of }) => {
            out.print(&format!("{:#}\n", of.schema()));
            0
        }
    };
    ExitCode::from(out.finish(done))
}
