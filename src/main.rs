//! The program: parse, run, choose the exit code.

// nothing that was typed or configured may end in a panic: these are errors of the build
#![cfg_attr(
    not(test),
    deny(
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::unreachable
    )
)]

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
