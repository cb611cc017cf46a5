//! What must hold for any bytes, once for the fuzz targets and for the replay in `cargo test`:
//! no panic, and whatever comes out is finite, adds up, and can be read again.

#![allow(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    missing_docs,
    unreachable_pub,
    reason = "a broken promise is a panic; house tools, not an interface"
)]

pub mod activity;
mod container;
mod drawing;
mod lists;
mod memory;
mod person;
pub mod sensors;
pub mod wire;

/// A target: its name, and what must hold for any bytes.
pub type Target = (&'static str, fn(&[u8]));

/// All of them.
pub const TARGETS: [Target; 12] = [
    ("gpx", activity::hold),
    ("tcx", activity::hold),
    ("fit", fit),
    ("shortcut", activity::same_either_way),
    ("gzip", container::gzip),
    ("zip", container::zip),
    ("archive", container::archive),
    ("lists", lists::lists),
    ("profile", person::profile),
    ("store", memory::store),
    ("kept", memory::kept),
    ("svg", drawing::svg),
];

/// As they are; with sizes and checksums mended, so that changes reach the records; and as the
/// choices of a writer of FIT.
fn fit(bytes: &[u8]) {
    activity::hold(bytes);
    activity::hold(&wire::mended(bytes));
    activity::hold(&wire::written(bytes));
}

/// A message is one line of bounded length, without control characters or marks that turn the
/// direction of what follows.
fn one_line(message: &str) {
    const LONGEST: usize = 2000;
    assert!(!message.is_empty() && message.len() <= LONGEST, "{}", message.len());
    inert(message, &[]);
}

/// Text for a terminal: nothing in it steers one.
fn inert(text: &str, but: &[char]) {
    let steers = |c: char| {
        c.is_control() && !but.contains(&c)
            || matches!(c, '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    assert!(!text.contains(steers), "{text:?}");
}
