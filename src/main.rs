//! The program: parse, run, choose the exit code.

#[cfg(feature = "cli")]
mod cli;

#[cfg(feature = "cli")]
fn main() -> std::process::ExitCode {
    cli::run()
}

/// Without its command line the program only says so.
#[cfg(not(feature = "cli"))]
fn main() -> std::process::ExitCode {
    std::process::ExitCode::from(2)
}
