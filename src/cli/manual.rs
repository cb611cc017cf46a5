//! Completions and manual pages, made from the flags themselves.

use std::path::Path;

use clap::Command;
use clap::builder::Resettable;
use clap_complete::Shell;
use clap_mangen::Man;
use hardlegs::error::visible;

use crate::cli::file::replace;
use crate::cli::help;
use crate::cli::out::Out;

/// The program as people call it.
const NAME: &str = "hardlegs";

/// Returns what a shell sources.
pub(crate) fn completions(shell: Shell, mut command: Command) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, NAME, &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// Prints the main page, or writes every page into a folder; the exit code.
pub(crate) fn run(folder: Option<&Path>, command: Command, out: &mut Out) -> u8 {
    // no pages about the pages
    let without_help = |command: Command| command.disable_help_subcommand(true);
    let mut command = whole(without_help(command).mut_subcommands(without_help));
    command.build();
    let Some(folder) = folder else {
        return match page(command) {
            Ok(page) => {
                out.print(&String::from_utf8_lossy(&page));
                0
            }
            Err(error) => failed(&error.to_string()),
        };
    };
    match pages(folder, &command) {
        Ok(()) => 0,
        Err(error) => failed(&format!("{}: {error}", visible(&folder.to_string_lossy()))),
    }
}

/// Makes a page of the long help: it describes every flag.
fn whole(command: Command) -> Command {
    command
        .after_help(Resettable::Reset)
        .mut_args(|arg| arg.hide_short_help(false))
        .mut_subcommands(whole)
}

/// Returns a page of a command and of each below it, each whole or not at all.
fn pages(folder: &Path, command: &Command) -> std::io::Result<()> {
    let wanted = |below: &&Command| !below.is_hide_set() && below.get_name() != "help";
    for below in command.get_subcommands().filter(wanted) {
        pages(folder, below)?;
    }
    let file = Man::new(command.clone()).get_filename();
    replace(&folder.join(file), &page(command.clone())?)
}

/// Returns the page of a command, with its examples; that of the program with the exit status,
/// too.
fn page(command: Command) -> std::io::Result<Vec<u8>> {
    let examples = command.get_before_help().map(ToString::to_string);
    let program = command.get_name() == NAME;
    let mut page = Vec::new();
    Man::new(command).render(&mut page)?;
    if let Some(examples) = examples {
        let lines = examples.split_once('\n').map_or("", |(_, lines)| lines);
        page.extend(section("EXAMPLES", lines).bytes());
    }
    if program {
        let status = help::exit_status();
        let lines = status.split_once('\n').map_or("", |(_, lines)| lines);
        page.extend(section("EXIT STATUS", lines.trim()).bytes());
    }
    Ok(page)
}

/// Returns a section whose lines stay as they are.
fn section(heading: &str, lines: &str) -> String {
    // a line that begins with a dot or a quote would be an order to the formatter
    let lines = lines.replace('\\', "\\e").replace('-', "\\-").replace('\n', "\n\\&");
    format!(".SH \"{heading}\"\n.nf\n\\&{lines}\n.fi\n")
}

fn failed(words: &str) -> u8 {
    Out::say(&format!("error: {words}. Hint: check the folder and the disk"));
    3
}
