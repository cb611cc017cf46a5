//! Standard output and standard error, written once and never panicking.

use std::io::{ErrorKind, Write};

use hardlegs::write::text::COLUMNS;

use crate::cli::flags::ColorFlag;

/// Collects what goes to standard output and remembers how that went.
pub(crate) struct Out {
    output: std::io::BufWriter<std::io::StdoutLock<'static>>,
    failed: Option<std::io::Error>,
}

impl Out {
    pub(crate) fn new() -> Out {
        let output = std::io::BufWriter::new(std::io::stdout().lock());
        Out { output, failed: None }
    }

    /// Returns whether to colour what is printed.
    pub(crate) fn coloured(&self, when: ColorFlag) -> bool {
        match when {
            ColorFlag::Always => true,
            ColorFlag::Never => false,
            ColorFlag::Auto => {
                anstream::AutoStream::choice(self.output.get_ref())
                    != anstream::ColorChoice::Never
            }
        }
    }

    /// Returns characters that a line has room for: those of the terminal, and of a page
    /// anywhere else.
    pub(crate) fn columns(&self) -> usize {
        let terminal = terminal_size::terminal_size_of(self.output.get_ref());
        terminal
            .map_or(COLUMNS, |(terminal_size::Width(columns), _)| usize::from(columns))
    }

    /// Writes to standard output; after a failure, nothing more.
    pub(crate) fn print(&mut self, text: &str) {
        if self.failed.is_none() {
            self.failed = self.output.write_all(text.as_bytes()).err();
        }
    }

    /// Hands on what was written; whether anybody still listens.
    pub(crate) fn flush(&mut self) -> bool {
        if self.failed.is_none() {
            self.failed = self.output.flush().err();
        }
        self.failed.is_none()
    }

    /// Writes one line to standard error.
    pub(crate) fn say(line: &str) {
        // where standard error is closed there is nobody to tell
        let _ = writeln!(std::io::stderr().lock(), "{line}");
    }

    /// Flushes; the exit code: a closed pipe is silent and 0, any other failure is 3.
    pub(crate) fn finish(mut self, code: u8) -> u8 {
        let failed = self.failed.take().or_else(|| self.output.flush().err());
        Out::ended(failed.map_or(Ok(()), Err), code)
    }

    /// Returns the exit code after something went to standard output.
    pub(crate) fn ended(printed: std::io::Result<()>, code: u8) -> u8 {
        match printed {
            Ok(()) => code,
            // a closed pipe is nobody's fault
            Err(error) if error.kind() == ErrorKind::BrokenPipe => 0,
            Err(error) => {
                Out::say(&format!(
                    "error: standard output: {error}. Hint: check the disk"
                ));
                3
            }
        }
    }
}
