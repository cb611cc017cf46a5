//! The program from outside, with a store of its own and nothing else around it.

use std::path::Path;
use std::process::{Command, Output};

/// Runs it from the root of this repository.
pub(crate) fn hardlegs(store: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_hardlegs"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env_clear()
        .env("HARDLEGS_STORE", store)
        .args(arguments)
        .output()
        .unwrap()
}
