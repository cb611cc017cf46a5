//! Where the store of the history lies, and opening it.

use std::path::{Path, PathBuf};

use clap::Args;
use etcetera::AppStrategy as _;
use hardlegs::error::{Error, Kind, visible};
use hardlegs::store::Store;

use crate::cli::config::folders;
use crate::cli::out::Out;

/// Which store.
#[derive(Debug, Args)]
pub(crate) struct Memory {
    /// Store in place of your own
    #[arg(long, value_name = "FILE", env = "HARDLEGS_STORE")]
    store: Option<PathBuf>,
}

impl Memory {
    /// Returns where it is, or would be.
    pub(crate) fn path(&self) -> Result<PathBuf, String> {
        self.store
            .clone()
            .or_else(|| folders().map(|f| f.in_data_dir("history.sqlite")))
            .ok_or_else(|| {
                "error: there is no home folder to keep a history in. Hint: --store FILE"
                    .to_owned()
            })
    }

    /// Returns the store, made where there is none.
    pub(crate) fn open(&self) -> Result<Store, (String, u8)> {
        let path = self.path().map_err(|words| (words, 2))?;
        Store::open(&path).map(said).map_err(told)
    }

    /// Returns the store, where there is one.
    pub(crate) fn open_existing(&self) -> Result<Option<Store>, (String, u8)> {
        let path = self.path().map_err(|words| (words, 2))?;
        Ok(Store::open_existing(&path).map_err(told)?.map(said))
    }
}

/// Says where the copy of a store lies that was brought up to date just now.
fn said(store: Store) -> Store {
    if let Some(copy) = store.copy() {
        Out::say(&format!(
            "note: the store was of an earlier version and is brought up to date; as it was, it lies at {}",
            visible(&copy.to_string_lossy())
        ));
    }
    store
}

/// Returns an error of the store as a line and an exit code.
#[expect(clippy::needless_pass_by_value, reason = "made for map_err")]
pub(crate) fn told(error: Error) -> (String, u8) {
    let code = if error.kind() == Kind::Store { 3 } else { 2 };
    (format!("error: {error}"), code)
}

/// Returns an absolute path without following links: the same file is the same row.
pub(crate) fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf())
}

/// Says what went wrong; the exit code.
pub(crate) fn refuse((words, code): (String, u8)) -> u8 {
    Out::say(&words);
    code
}
