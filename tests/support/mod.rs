//! What the tests share.

use std::io::Write as _;

/// Says that something is not asked here, and why. Past what the test runner keeps to itself of
/// a test that passes: a run that asked less than it could does not look like a whole one.
pub(crate) fn not_asked(why: &str) {
    let _ = writeln!(std::io::stderr(), "not asked: {why}");
}
