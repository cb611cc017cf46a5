//! What was wrong but survivable: values with counts, never log lines.

use std::fmt;

/// One kind of flaw that was survived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum NoticeKind {
    /// The file ends too early; what was there before is used.
    Truncated,
    /// Damage in mid-file; what was read before it is used.
    Damaged,
    /// A checksum differs, is zero or is missing.
    Checksum,
    /// Bytes after the end of the activity, left alone.
    Trailing,
    /// White space or other bytes before the beginning.
    Leading,
    /// An encoding, version or namespace that is unusual; read all the same.
    Unusual,
    /// Invalid UTF-8 or an unknown entity in a text, replaced.
    Text,
    /// Points without usable position, dropped.
    BadPosition,
    /// Times that cannot be read.
    BadTime,
    /// Times without a zone, read as UTC.
    NoZone,
    /// Heights that cannot be read or cannot be, taken as missing.
    BadElevation,
    /// Fields whose declared size or type makes no sense, skipped.
    BadField,
    /// Values other than height, position and time that cannot be read, left out.
    BadValue,
    /// A compressed container inside or around the file that is not quite right.
    Container,
    /// Several tracks or segments, joined or left apart.
    Structure,
    /// Gaps and jumps that are cut out of the route.
    Gap,
    /// Gaps taken as pauses.
    Pause,
    /// Metres without a height that can be trusted, left out.
    NotScored,
    /// A lift or vehicle, left out.
    Carried,
    /// Points so far apart that hills between them are not seen.
    Sparse,
    /// Positions or heights too coarse for what they are asked.
    Coarse,
    /// A word for the sport that is not known here.
    Sport,
    /// Faster than anybody goes: legs, or all of it.
    TooFast,
    /// Somebody stayed in one place.
    Still,
    /// Power that no meter measured, or that cannot be right.
    Power,
}

impl NoticeKind {
    /// Stable code for programs.
    pub fn code(self) -> &'static str {
        match self {
            NoticeKind::Truncated => "truncated",
            NoticeKind::Damaged => "damaged",
            NoticeKind::Checksum => "checksum",
            NoticeKind::Trailing => "trailing_bytes",
            NoticeKind::Leading => "leading_bytes",
            NoticeKind::Unusual => "unusual_form",
            NoticeKind::Text => "bad_text",
            NoticeKind::BadPosition => "bad_position",
            NoticeKind::BadTime => "bad_time",
            NoticeKind::NoZone => "no_time_zone",
            NoticeKind::BadElevation => "bad_elevation",
            NoticeKind::BadField => "bad_field",
            NoticeKind::BadValue => "bad_value",
            NoticeKind::Container => "container",
            NoticeKind::Structure => "structure",
            NoticeKind::Gap => "gap",
            NoticeKind::Pause => "pause",
            NoticeKind::NotScored => "not_scored",
            NoticeKind::Carried => "carried",
            NoticeKind::Sparse => "sparse",
            NoticeKind::Coarse => "coarse",
            NoticeKind::Sport => "unknown_sport",
            NoticeKind::TooFast => "too_fast",
            NoticeKind::Still => "nothing_moved",
            NoticeKind::Power => "power",
        }
    }
}

/// One flaw, how often it was met, and the words for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The kind.
    pub kind: NoticeKind,
    /// How often.
    pub count: u64,
    /// Place (of the first) and cause, lower case, without a full stop. May hold a file's
    /// text: it is escaped when shown.
    pub detail: String,
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let detail = crate::error::visible(&self.detail);
        if self.count > 1 {
            write!(f, "{detail} ({} times)", self.count)
        } else {
            f.write_str(&detail)
        }
    }
}

/// Collects notices of one file; one entry a kind and detail-giver, later ones are counted.
#[derive(Debug, Default)]
pub(crate) struct Notices(Vec<Notice>);

impl Notices {
    /// Notes a flaw. `detail` is asked only for the first of a kind.
    pub(crate) fn note(&mut self, kind: NoticeKind, detail: impl FnOnce() -> String) {
        match self.0.iter_mut().find(|n| n.kind == kind) {
            Some(notice) => notice.count += 1,
            None => self.0.push(Notice { kind, count: 1, detail: detail() }),
        }
    }

    /// Notes so many flaws of one kind and wording, apart from others of the kind.
    pub(crate) fn note_apart(&mut self, kind: NoticeKind, count: u64, detail: String) {
        let alike = |n: &&mut Notice| n.kind == kind && n.detail == detail;
        match self.0.iter_mut().find(alike) {
            Some(notice) => notice.count += count,
            None if count > 0 => self.0.push(Notice { kind, count, detail }),
            None => {}
        }
    }

    /// Returns what was collected, in the order first met.
    pub(crate) fn into_vec(self) -> Vec<Notice> {
        self.0
    }
}
