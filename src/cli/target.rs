//! The file that a command writes: never over what it reads, nor over a stranger's.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use hardlegs::error::visible;

use crate::cli::file::{replace, replaceable, same};
use crate::cli::flags::{Scoring, Settled};
use crate::cli::out::Out;

/// Where something goes, and how one of ours is told from a stranger's.
pub(crate) struct Target<'a> {
    /// As the person said; nothing and - are standard output.
    pub(crate) output: Option<&'a Path>,
    /// Overwrites a stranger's.
    pub(crate) force: bool,
    /// What is written: a chart.
    pub(crate) what: &'static str,
    /// Stands near the beginning of every file of the kind.
    pub(crate) mark: &'static str,
}

impl Target<'_> {
    /// Settles the flags, makes the text and writes it whole or not at all, or says why not;
    /// returns the exit code. Nothing is made where the file may not be written.
    pub(crate) fn make(
        &self,
        scoring: &Scoring,
        inputs: &[Option<PathBuf>],
        out: &mut Out,
        text: impl FnOnce(&Settled) -> Result<String, (String, u8)>,
    ) -> u8 {
        let settled = scoring.settle().map_err(|words| (words, 2));
        let made = settled.and_then(|settled| {
            self.allowed(inputs, scoring.config_path().as_deref())?;
            text(&settled)
        });
        self.write(made, out)
    }

    fn path(&self) -> Option<&Path> {
        self.output.filter(|output| output.as_os_str() != "-")
    }

    /// Whether it may be written: a line for standard error and exit code 2 where not.
    fn allowed(
        &self,
        inputs: &[Option<PathBuf>],
        config: Option<&Path>,
    ) -> Result<(), (String, u8)> {
        let Some(output) = self.path() else { return Ok(()) };
        let name = visible(&output.to_string_lossy());
        let refused = |why: String| Err((format!("error: {name}: {why}"), 2));
        if inputs
            .iter()
            .flatten()
            .map(PathBuf::as_path)
            .chain(config)
            .any(|input| is_input(output, input))
        {
            return refused("is the input itself. Hint: -o with another name".to_owned());
        }
        let what = self.what;
        if !replaceable(output) {
            return refused(format!(
                "is no plain file. Hint: without -o the {what} is printed"
            ));
        }
        if self.force || !output.exists() || starts_with(output, self.mark) {
            return Ok(());
        }
        refused(format!(
            "exists and is no {what} of ours. Hint: --force, or another name"
        ))
    }

    fn write(&self, made: Result<String, (String, u8)>, out: &mut Out) -> u8 {
        let text = match made {
            Ok(text) => text,
            Err((words, code)) => {
                Out::say(&words);
                return code;
            }
        };
        let Some(path) = self.path() else {
            out.print(&text);
            return 0;
        };
        match replace(path, text.as_bytes()) {
            Ok(()) => 0,
            Err(error) => {
                let name = visible(&path.to_string_lossy());
                Out::say(&format!(
                    "error: {name}: {error}. Hint: check the folder and the disk"
                ));
                3
            }
        }
    }
}

/// Returns whether an output is what is read: by its name, or through standard input.
fn is_input(output: &Path, input: &Path) -> bool {
    if input.as_os_str() != "-" {
        return same(output, input);
    }
    let piped = replaceable(output) && output.exists();
    piped
        && same_file::Handle::stdin().is_ok_and(|stdin| {
            same_file::Handle::from_path(output).is_ok_and(|output| output == stdin)
        })
}

/// Returns whether a mark stands in the first bytes of a file.
fn starts_with(path: &Path, mark: &str) -> bool {
    let mut start = [0; 256];
    // what is not filled stays zeros, which are in no mark
    let read = std::fs::File::open(path).and_then(|mut file| file.read(&mut start));
    read.is_ok_and(|_| String::from_utf8_lossy(&start).contains(mark))
}
