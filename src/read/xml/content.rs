//! The text of an element, across comments, CDATA and references.

use std::borrow::Cow;

use crate::read::find::find;

/// Text that is borrowed while it is in one piece.
#[derive(Debug, Default)]
pub(super) struct Content<'a> {
    piece: &'a str,
    /// The same once it is in several.
    joined: String,
    flawed: bool,
}

impl<'a> Content<'a> {
    /// Returns all of it.
    pub(super) fn value(&self) -> &str {
        if self.joined.is_empty() { self.piece } else { &self.joined }
    }

    /// Returns the same where it stands in the file in one piece.
    pub(super) fn piece(&self) -> Option<&'a str> {
        self.joined.is_empty().then_some(self.piece)
    }

    /// An entity without meaning or a bare `&` stood in it.
    pub(super) fn is_flawed(&self) -> bool {
        self.flawed
    }

    /// Begins anew.
    pub(super) fn clear(&mut self) {
        self.piece = "";
        self.joined.clear();
        self.flawed = false;
    }

    /// Adds a piece of the file that holds no reference.
    #[inline]
    pub(super) fn add(&mut self, text: &'a str) {
        if self.value().is_empty() {
            self.piece = text;
        } else {
            self.join();
            self.joined.push_str(text);
        }
    }

    /// Adds a piece.
    pub(super) fn append(&mut self, text: Cow<'a, str>) {
        self.flawed |= text.starts_with('&');
        match text {
            Cow::Borrowed(text) => self.add(text),
            Cow::Owned(text) => {
                self.join();
                self.joined.push_str(&text);
            }
        }
    }

    /// Adds what a reference stands for, its name without `&` and `;`.
    pub(super) fn refer(&mut self, name: &str) {
        self.join();
        let meaning = meaning(name);
        self.flawed |= meaning.is_none();
        self.joined.push(meaning.unwrap_or(char::REPLACEMENT_CHARACTER));
    }

    fn join(&mut self) {
        if self.joined.is_empty() {
            self.joined.push_str(self.piece);
            self.piece = "";
        }
    }
}

/// Returns what a reference without its `&` and `;` stands for: the five of XML, and characters by
/// number, but for NUL.
fn meaning(name: &str) -> Option<char> {
    let number = match name {
        "lt" => return Some('<'),
        "gt" => return Some('>'),
        "amp" => return Some('&'),
        "apos" => return Some('\''),
        "quot" => return Some('"'),
        _ => name.strip_prefix('#')?,
    };
    let code = match number.strip_prefix('x') {
        Some(digits) if digits.bytes().all(|b| b.is_ascii_hexdigit()) => {
            u32::from_str_radix(digits, 16).ok()?
        }
        None if number.bytes().all(|b| b.is_ascii_digit()) => number.parse().ok()?,
        _ => return None,
    };
    // XML 1.1 allows control characters by number; they are escaped where they are shown
    char::from_u32(code).filter(|c| *c != '\0')
}

/// Returns an attribute's raw text with its references resolved; what has no meaning becomes
/// U+FFFD.
pub(in crate::read) fn resolved(raw: &str) -> Cow<'_, str> {
    if find(b'&', raw.as_bytes()).is_none() {
        return Cow::Borrowed(raw);
    }
    let mut out = String::with_capacity(raw.len());
    let mut pieces = raw.split('&');
    out.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (name, rest) = piece.split_once(';').unwrap_or(("", piece));
        out.push(meaning(name).unwrap_or(char::REPLACEMENT_CHARACTER));
        out.push_str(rest);
    }
    Cow::Owned(out)
}
