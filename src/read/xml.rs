//! What GPX and TCX share: decoded text, tokens within limits, and the place of a fault.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::error::{Error, Kind, Place};
use crate::read::limits::Limits;
use crate::read::notice::{NoticeKind, Notices};

/// Takes the elements of a document in order. Names are local: prefixes do not matter.
pub(crate) trait Handler {
    /// An element begins.
    fn open(
        &mut self,
        name: &str,
        tag: &Tag<'_>,
        notices: &mut Notices,
    ) -> Result<(), Error>;
    /// An element ends; `text` is the character data since the last tag, trimmed.
    fn close(
        &mut self,
        name: &str,
        text: &str,
        notices: &mut Notices,
    ) -> Result<(), Error>;
    /// Points taken so far.
    fn points(&self) -> usize;
}

/// A start tag: its attributes on demand.
pub(crate) struct Tag<'t> {
    start: &'t BytesStart<'t>,
    limits: &'t Limits,
}

impl Tag<'_> {
    /// Calls `take(local name, value)` for every attribute.
    pub(crate) fn attributes(
        &self,
        mut take: impl FnMut(&str, &str),
    ) -> Result<(), Error> {
        for (count, attribute) in self.start.attributes().enumerate() {
            if count >= self.limits.xml_attributes {
                return Err(Error::new(
                    Kind::TooLarge,
                    format!(
                        "more than {} attributes on one element",
                        self.limits.xml_attributes
                    ),
                )
                .hint("no watch writes this; export the activity again"));
            }
            let attribute = attribute.map_err(|e| {
                Error::new(Kind::Damaged, format!("not well-formed: {e}"))
            })?;
            let value = attribute
                .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                .unwrap_or(Cow::Borrowed("\u{fffd}"));
            take(attribute.key.local_name().into_inner(), &value);
        }
        Ok(())
    }
}

/// The text of a file, decoded as its marks and its declaration say.
pub(crate) fn decode<'b>(bytes: &'b [u8], notices: &mut Notices) -> Cow<'b, str> {
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16, notices: &mut Notices| {
        let pairs = bytes.chunks_exact(2);
        if !pairs.remainder().is_empty() {
            notices.note(NoticeKind::Truncated, || {
                "an odd number of bytes in UTF-16".into()
            });
        }
        let units = pairs.map(|pair| unit([pair[0], pair[1]]));
        Cow::Owned(
            char::decode_utf16(units)
                .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
                .collect(),
        )
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => return utf16(rest, u16::from_le_bytes, notices),
        [0xfe, 0xff, rest @ ..] => return utf16(rest, u16::from_be_bytes, notices),
        [b'<', 0, ..] => return utf16(bytes, u16::from_le_bytes, notices),
        [0, b'<', ..] => return utf16(bytes, u16::from_be_bytes, notices),
        _ => {}
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let trimmed = bytes.trim_ascii_start();
    if trimmed.len() < bytes.len() && trimmed.starts_with(b"<?xml") {
        notices.note(NoticeKind::Leading, || {
            "white space before the XML declaration".into()
        });
    }
    let label = declared_encoding(trimmed);
    match label.as_deref().map(|l| (l, encoding_rs::Encoding::for_label(l.as_bytes()))) {
        None => {}
        Some((_, Some(encoding))) if encoding == encoding_rs::UTF_8 => {}
        // only encodings of single bytes: the others would have to be recognised above
        Some((_, Some(encoding))) if encoding.is_single_byte() => {
            return encoding.decode_without_bom_handling(trimmed).0;
        }
        Some((label, _)) => {
            notices.note(NoticeKind::Unusual, || {
                format!("encoding \"{label}\" read as UTF-8")
            });
        }
    }
    if let Ok(text) = std::str::from_utf8(trimmed) {
        return Cow::Borrowed(text);
    }
    notices.note(NoticeKind::Text, || "bytes that are no UTF-8, replaced".into());
    Cow::Owned(String::from_utf8_lossy(trimmed).into_owned())
}

fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(200)];
    let head = String::from_utf8_lossy(head);
    let declaration = head.strip_prefix("<?xml")?.split("?>").next()?.to_owned();
    let value = declaration.split("encoding").nth(1)?.trim_start().strip_prefix('=')?;
    let value = value.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Some(value[1..].split(quote).next()?.to_owned())
}

#[expect(clippy::too_many_lines, reason = "one arm an event, in the order of a document")]
/// Walks a document. A fault after the first point ends the walk with a notice, one before
/// it is an error.
pub(crate) fn walk(
    text: &str,
    limits: &Limits,
    notices: &mut Notices,
    handler: &mut impl Handler,
) -> Result<(), Error> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let place = |offset: u64, points: usize| place(text, offset, points);
    let mut characters = String::new();
    let mut depth = 0_usize;
    loop {
        let before = reader.buffer_position();
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(fault) => {
                let end = matches!(fault, quick_xml::Error::Syntax(_));
                let kind = if end { NoticeKind::Truncated } else { NoticeKind::Damaged };
                let at = place(reader.error_position(), handler.points());
                let cause =
                    if end { "the file ends within a tag" } else { "not well-formed" };
                return stop(
                    kind,
                    &format!("{cause}: {fault}"),
                    at,
                    handler.points(),
                    notices,
                );
            }
        };
        let token_bytes = reader.buffer_position() - before;
        if token_bytes > limits.xml_token_bytes as u64 {
            let cause =
                format!("a tag or text longer than {} bytes", limits.xml_token_bytes);
            return Err(Error::new(Kind::TooLarge, cause)
                .hint("no watch writes this; export the activity again")
                .at(place(before, handler.points())));
        }
        let at_fault = |error: Error| match error.place() {
            Some(_) => error,
            None => error.at(place(before, 0)),
        };
        match event {
            Event::Start(start) => {
                characters.clear();
                depth += 1;
                if depth > limits.xml_depth {
                    let cause =
                        format!("elements nested deeper than {}", limits.xml_depth);
                    return Err(Error::new(Kind::TooLarge, cause)
                        .hint("no watch writes this; export the activity again")
                        .at(place(before, handler.points())));
                }
                let tag = Tag { start: &start, limits };
                let name = start.local_name();
                let opened = handler.open(name.into_inner(), &tag, notices);
                if let Err(error) = opened.map_err(at_fault) {
                    return survive(error, handler.points(), notices);
                }
            }
            Event::Empty(start) => {
                let tag = Tag { start: &start, limits };
                let name = start.local_name();
                let opened = handler
                    .open(name.into_inner(), &tag, notices)
                    .and_then(|()| handler.close(name.into_inner(), "", notices));
                characters.clear();
                if let Err(error) = opened.map_err(at_fault) {
                    return survive(error, handler.points(), notices);
                }
                if depth == 0 {
                    return Ok(());
                }
            }
            Event::End(end) => {
                let closed = handler.close(
                    end.local_name().into_inner(),
                    characters.trim(),
                    notices,
                );
                characters.clear();
                if let Err(error) = closed.map_err(at_fault) {
                    return survive(error, handler.points(), notices);
                }
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    trailing(
                        &text[usize_of(reader.buffer_position()).min(text.len())..],
                        notices,
                    );
                    return Ok(());
                }
            }
            Event::Text(piece) => characters.push_str(&piece.into_inner()),
            Event::CData(piece) => characters.push_str(&piece.into_inner()),
            Event::GeneralRef(reference) => {
                if let Some(c) = resolve(&reference) {
                    characters.push(c);
                } else {
                    characters.push(char::REPLACEMENT_CHARACTER);
                    let name = reference.into_inner();
                    notices.note(NoticeKind::Text, || format!("unknown entity &{name};"));
                }
            }
            Event::DocType(declaration) => {
                if declaration.into_inner().contains('[') {
                    return Err(Error::new(
                        Kind::Damaged,
                        "declares its own XML entities, which is refused",
                    )
                    .hint("no watch writes this; export the activity again")
                    .at(place(before, 0)));
                }
                notices.note(NoticeKind::Unusual, || "a DOCTYPE, ignored".into());
            }
            Event::Decl(declaration) => {
                if declaration.version().is_ok_and(|v| v != "1.0") {
                    notices.note(NoticeKind::Unusual, || {
                        "an XML version other than 1.0".into()
                    });
                }
            }
            Event::Comment(_) | Event::PI(_) => {}
            Event::Eof => {
                let at = place(reader.buffer_position(), handler.points());
                return if depth == 0 && handler.points() == 0 {
                    Err(Error::new(Kind::NotAnActivity, "no XML element inside").at(at))
                } else {
                    let cause = "the file ends before its last element is closed";
                    stop(NoticeKind::Truncated, cause, at, handler.points(), notices)
                };
            }
        }
    }
}

/// The five entities of XML, and characters by number.
fn resolve(reference: &quick_xml::events::BytesRef<'_>) -> Option<char> {
    if let Ok(Some(c)) = reference.resolve_char_ref() {
        return Some(c);
    }
    match reference.xml10_content().as_ref() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}

fn stop(
    kind: NoticeKind,
    cause: &str,
    at: Place,
    points: usize,
    notices: &mut Notices,
) -> Result<(), Error> {
    if points == 0 {
        return Err(Error::new(Kind::Damaged, cause)
            .hint("copy the file from the watch again, or export it again")
            .at(at));
    }
    notices.note(kind, || format!("{at}: {cause}; what was before it is used"));
    Ok(())
}

fn survive(error: Error, points: usize, notices: &mut Notices) -> Result<(), Error> {
    if points == 0 || error.kind() != Kind::Damaged {
        return Err(error);
    }
    notices.note(NoticeKind::Damaged, || {
        format!("{} (after {points} points); what was before it is used", error.message())
    });
    Ok(())
}

fn trailing(rest: &str, notices: &mut Notices) {
    let rest = rest.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if rest.trim_matches('\0').is_empty() && !rest.is_empty() {
        notices.note(NoticeKind::Trailing, || {
            format!("{} zero bytes after the end", rest.len())
        });
    } else if !rest.is_empty() && !rest.starts_with("<!--") {
        notices.note(NoticeKind::Trailing, || {
            format!("{} bytes after the end, left alone", rest.len())
        });
    }
}

fn usize_of(offset: u64) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}

/// Line and column of a byte: counted only when a fault is told.
fn place(text: &str, offset: u64, points: usize) -> Place {
    let mut end = usize_of(offset).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let before = &text[..end];
    let line = before.bytes().filter(|b| *b == b'\n').count() as u64 + 1;
    let column = before.rsplit('\n').next().map_or(0, |l| l.chars().count()) as u64 + 1;
    Place::Text { line, column, after_points: points as u64 }
}

/// A number as watches write it: blanks around it, a sign, an exponent; nothing else.
pub(crate) fn number(text: &str) -> Option<f64> {
    const LONGEST: usize = 64;
    let text = text.trim();
    let plain =
        |b: u8| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.' | b'e' | b'E');
    if text.len() > LONGEST || !text.bytes().all(plain) {
        return None;
    }
    text.parse().ok().filter(|n: &f64| n.is_finite())
}
