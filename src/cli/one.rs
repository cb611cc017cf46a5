//! One activity of one file, for the commands that make one thing of it.

use std::path::Path;

use clap::Args;
use hardlegs::activity::Activity;
use hardlegs::error::{Error, Kind, visible};
use hardlegs::read::Notice;

use crate::cli::analyze::{Refusal, no_such_part, open};
use crate::cli::out::Out;

/// Which one.
#[derive(Debug, Args)]
pub(crate) struct Which {
    /// Which activity or course of a file that holds several [default: the first with a model]
    #[arg(long, value_name = "N")]
    part: Option<usize>,
    /// No notices on standard error
    #[arg(short, long)]
    quiet: bool,
}

impl Which {
    /// Reads the file, says its notices, and makes something of the activity; a fault inside
    /// is an error of this file.
    ///
    /// # Errors
    /// A line for standard error, and the exit code.
    pub(crate) fn of<T>(
        &self,
        file: &Path,
        mut make: impl FnMut(&Activity, &[Notice]) -> Result<T, Error>,
    ) -> Result<T, (String, u8)> {
        let name = visible(&file.to_string_lossy());
        let refused = |message: String| (format!("error: {name}: {message}"), 1);
        let reading = open(file).map_err(|refusal| match refusal {
            Refusal::Usage(words) => (words, 2),
            Refusal::File(error) => refused(error.message()),
        })?;
        if !self.quiet {
            for notice in &reading.notices {
                Out::say(&format!("note: {name}: {notice}"));
            }
        }
        let parts = reading.activities.len();
        let numbers = match self.part {
            Some(part) => part..part.saturating_add(1),
            None => 1..parts + 1,
        };
        let mut first = None;
        for part in numbers {
            let wanted =
                part.checked_sub(1).and_then(|part| reading.activities.get(part));
            let activity = wanted.ok_or_else(|| refused(no_such_part(parts)))?;
            match Error::caught(|| make(activity, &reading.notices)) {
                Ok(made) => {
                    if parts > 1 && !self.quiet {
                        Out::say(&format!(
                            "note: {name}: activity {part} of {parts}: --part"
                        ));
                    }
                    return Ok(made);
                }
                // a car on the way to a walk: the walk is meant
                Err(error) if error.kind() == Kind::UnsupportedSport => {
                    first = first.or(Some(error));
                }
                Err(error) => return Err(refused(error.message())),
            }
        }
        let error = first.map_or_else(|| no_such_part(parts), |error| error.message());
        Err(refused(error))
    }
}
