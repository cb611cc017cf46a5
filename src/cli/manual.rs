//! Completions and manual pages, made from the flags themselves.

use std::path::Path;

use clap::Command;
use clap_complete::Shell;
use clap_mangen::Man;
use hardlegs::error::visible;

use crate::cli::file::replace;
use crate::cli::out::Out;

/// The program as people call it.
const NAME: &str = "hardlegs";

/// What a shell sources.
pub(crate) fn completions(shell: Shell, mut command: Command) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, NAME, &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// Prints the main page, or writes every page into a folder; the exit code.
pub(crate) fn run(folder: Option<&Path>, command: Command, out: &mut Out) -> u8 {
    // no pages about the pages
    let without_help = |command: Command| command.disable_help_subcommand(true);
    let mut command = without_help(command).mut_subcommands(without_help);
    command.build();
    let Some(folder) = folder else {
        let mut page = Vec::new();
        return match Man::new(command).render(&mut page) {
            Ok(()) => {
                out.print(&String::from_utf8_lossy(&page));
                0
            }
            Err(error) => failed(&error.to_string()),
        };
    };
    match pages(folder, command) {
        Ok(()) => 0,
        Err(error) => failed(&format!("{}: {error}", visible(&folder.to_string_lossy()))),
    }
}

/// A page of a command and of each below it, each whole or not at all.
fn pages(folder: &Path, command: Command) -> std::io::Result<()> {
    for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
        pages(folder, below.clone())?;
    }
    let man = Man::new(command);
    let mut page = Vec::new();
    man.render(&mut page)?;
    replace(&folder.join(man.get_filename()), &page)
}

fn failed(words: &str) -> u8 {
    Out::say(&format!("error: {words}. Hint: check the folder and the disk"));
    3
}
