//! What the root element of a GPX file says: version, namespaces and the program that wrote it.

use std::borrow::Cow;

use crate::read::notice::NoticeKind;
use crate::read::xml::Document;

/// Recorders of which none is older than 2007 (sites also hand out what was recorded
/// elsewhere and before).
const RECENT_RECORDERS: &[&str] = &[
    "aat activity tracker",
    "coros",
    "fitotrack",
    "gadgetbridge",
    "gpslogger",
    "locus",
    "opentracks",
    "organic maps",
    "oruxmaps",
    "osmand",
    "osmtracker",
    "wahoo",
    "zepp",
];

/// Whether nothing that it wrote is older than 2007.
pub(super) fn is_recent_recorder(creator: &str) -> bool {
    let creator = creator.to_lowercase();
    RECENT_RECORDERS.iter().any(|recorder| creator.contains(recorder))
}

/// Returns the creator; an unusual version or namespace is noted.
pub(super) fn creator(document: &mut Document<'_>) -> Option<String> {
    let version = document.attribute("version").map(Cow::into_owned);
    if let Some(version) = version.filter(|v| !matches!(v.trim(), "1.0" | "1.1")) {
        let version: String = version.chars().take(40).collect();
        document.note(NoticeKind::Unusual, || format!("GPX version {version:?}"));
    }
    let known = |space: &str| space.contains("topografix.com/GPX/1");
    let spaces = |(key, _): &&(&str, &str)| key.starts_with("xmlns");
    let default = document.attribute("xmlns");
    let strange = match default {
        Some(space) => !known(&space),
        // prefixes for extensions may stand without one for GPX itself
        None => false,
    };
    if strange
        && !document.attributes().iter().filter(spaces).any(|(_, space)| known(space))
    {
        document.note(NoticeKind::Unusual, || "the namespace is not GPX's".to_owned());
    }
    let creator = document.attribute("creator")?;
    let creator: String = creator.trim().chars().take(200).collect();
    (!creator.is_empty()).then_some(creator)
}
