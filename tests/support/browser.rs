//! A real browser without a window, where there is one.

use std::path::Path;
use std::process::{Command, Output};

/// What it is called on this machine.
pub(crate) fn chromium() -> Option<&'static str> {
    let names = ["chromium", "chromium-browser", "google-chrome"];
    names.into_iter().find(|name| Command::new(name).arg("--version").output().is_ok())
}

/// Opens a page in a folder that holds nothing else, with flags of one's own.
pub(crate) fn open(browser: &str, page: &Path, flags: &[&str]) -> Output {
    let own = page.with_file_name("browser");
    Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"])
        .args(["--no-first-run", "--disable-background-networking"])
        .args(["--disable-component-update", "--disable-sync"])
        .args(flags)
        .arg(format!("--user-data-dir={}", own.display()))
        .arg(format!("file://{}", page.display()))
        .output()
        .unwrap()
}
