//! Notices and errors of a document, with the line and column they belong to.

use crate::error::{Error, Kind, Place};
use crate::read::notice::NoticeKind;

use super::{Document, SHOWN_CHARS};

/// How many times the limit a name must be long, bytes, before its cut is worth a notice. Ours.
const ABSURD_NAME: usize = 20;

impl Document<'_> {
    /// Notes a flaw at the current place.
    pub(crate) fn note(&mut self, kind: NoticeKind, cause: impl FnOnce() -> String) {
        let (text, offset, points) = (self.text, self.offset, self.points);
        self.notices
            .note(kind, || format!("{}: {}", place(text, offset, points), cause()));
    }

    /// Notes that the value cannot be read as what it should be.
    pub(crate) fn note_value(&mut self, kind: NoticeKind, what: &str) {
        let (text, offset, points) = (self.text, self.offset, self.points);
        let value = self.content.value();
        self.notices.note(kind, || {
            let shown: String = value.trim().chars().take(SHOWN_CHARS).collect();
            format!("{}: {what} {shown:?} cannot be read", place(text, offset, points))
        });
    }

    /// Notes a number with a decimal comma.
    pub(crate) fn note_comma(&mut self) {
        self.note_apart(
            NoticeKind::Unusual,
            1,
            "a number with a decimal comma, read as with a point",
        );
    }

    /// Notes a flaw of the whole file.
    pub(crate) fn note_whole(
        &mut self,
        kind: NoticeKind,
        cause: impl FnOnce() -> String,
    ) {
        self.notices.note(kind, cause);
    }

    /// Notes so many flaws of the whole file, apart from others of the kind; none where the
    /// count is 0.
    pub(crate) fn note_apart(
        &mut self,
        kind: NoticeKind,
        count: u64,
        detail: impl Into<String>,
    ) {
        self.notices.note_apart(kind, count, detail.into());
    }

    /// Returns the first line of the value that says something, cut as a name.
    pub(crate) fn first_line(&self) -> Option<String> {
        let line = self.value().lines().map(str::trim).find(|line| !line.is_empty())?;
        Some(line.chars().take(self.limits.name_chars).collect())
    }

    /// Returns how many named places are kept.
    pub(crate) fn most_waypoints(&self) -> usize {
        self.limits.waypoints
    }

    /// Returns the value as a name: trimmed, not empty, cut to the limit; flaws are noted.
    pub(crate) fn name(&mut self) -> Option<String> {
        if self.content.is_flawed() {
            self.note(NoticeKind::Text, || {
                "unknown entity or bare & in a name".to_owned()
            });
        }
        let value = self.value().trim();
        let limit = self.limits.name_chars;
        let name: String = value.chars().take(limit).collect();
        // a long name is no flaw, a page of text is
        if value.len() > limit.saturating_mul(ABSURD_NAME) {
            self.note(NoticeKind::Text, || format!("name cut to {limit} characters"));
        }
        (!name.is_empty()).then_some(name)
    }

    /// Returns an error at the current place.
    pub(crate) fn error(&self, kind: Kind, cause: impl Into<String>) -> Error {
        Error::new(kind, cause).at(place(self.text, self.offset, self.points))
    }

    /// Returns the error for what no device writes.
    pub(super) fn overdone(&self, cause: &str) -> Error {
        self.error(Kind::TooLarge, cause)
            .hint("no device writes such a file: export it again")
    }

    /// Returns the error for a document that broke off before anything was read from it.
    pub(crate) fn broken(&self) -> Option<Error> {
        let cut = self.cut.as_ref()?;
        let kind = if self.rooted { Kind::Damaged } else { Kind::NotAnActivity };
        Some(
            Error::new(kind, cut.cause.clone())
                .at(place(self.text, cut.offset, self.points))
                .hint("nothing was read before it; export or copy the file again"),
        )
    }
}

/// Returns line and column of a byte: counted only where somebody asks.
pub(super) fn place(text: &str, offset: usize, after_points: u64) -> Place {
    let before = text.get(..offset).unwrap_or(text);
    let (lines, last) = match before.rsplit_once('\n') {
        Some((head, last)) => (head.bytes().filter(|b| *b == b'\n').count() + 1, last),
        None => (0, before),
    };
    Place::Text {
        line: lines as u64 + 1,
        column: last.chars().count() as u64 + 1,
        after_points,
    }
}
