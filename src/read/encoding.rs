//! Bytes of a text file to UTF-8, whatever the file was written in.

use std::borrow::Cow;

use quick_xml::events::{BytesDecl, BytesStart};

use super::notice::{NoticeKind, Notices};

/// Bytes in which an XML declaration is looked for.
const DECLARATION_BYTES: usize = 1024;

/// Whether the first thing that is neither blank nor NUL nor a byte order mark is a `<`, in
/// UTF-8 or either UTF-16.
pub(crate) fn looks_like_markup(bytes: &[u8]) -> bool {
    let bytes = [&b"\xef\xbb\xbf"[..], b"\xff\xfe", b"\xfe\xff"]
        .iter()
        .find_map(|mark| bytes.strip_prefix(*mark))
        .unwrap_or(bytes);
    bytes.iter().find(|b| !is_padding(**b)) == Some(&b'<')
}

/// Blank, or the NUL that a crash or UTF-16 leaves between.
pub(crate) fn is_padding(byte: u8) -> bool {
    byte == 0 || byte.is_ascii_whitespace()
}

/// Returns the text: borrowed where it is UTF-8 already. What cannot be decoded becomes U+FFFD and
/// is noted; UTF-7 and unknown encodings are never decoded but read as UTF-8.
pub(crate) fn decode<'a>(bytes: &'a [u8], notices: &mut Notices) -> Cow<'a, str> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return utf8(rest, notices);
    }
    match bytes {
        [0xff, 0xfe, rest @ ..] => Cow::Owned(utf16(rest, u16::from_le_bytes, notices)),
        [0xfe, 0xff, rest @ ..] => Cow::Owned(utf16(rest, u16::from_be_bytes, notices)),
        [b'<', 0, _, 0, ..] => Cow::Owned(utf16(bytes, u16::from_le_bytes, notices)),
        [0, b'<', 0, _, ..] => Cow::Owned(utf16(bytes, u16::from_be_bytes, notices)),
        _ => declared(bytes, notices),
    }
}

/// By the encoding that the XML declaration names.
fn declared<'a>(bytes: &'a [u8], notices: &mut Notices) -> Cow<'a, str> {
    let Some(content) = declaration(bytes) else { return utf8(bytes, notices) };
    let declaration = BytesDecl::from_start(BytesStart::from_content(content, 3));
    let Some(Ok(label)) = declaration.encoding() else { return utf8(bytes, notices) };
    match declaration.encoder() {
        Some(encoding) if encoding.name() == "UTF-8" => utf8(bytes, notices),
        // a declaration that could be read byte by byte is not UTF-16, whatever it says
        Some(encoding) if encoding.is_ascii_compatible() => {
            let (text, flawed) = encoding.decode_without_bom_handling(bytes);
            if flawed {
                notices.note(NoticeKind::Text, || {
                    format!("bytes that do not exist in {} replaced", encoding.name())
                });
            }
            text
        }
        _ => {
            notices.note(NoticeKind::Unusual, || {
                let label: String = label.chars().take(40).collect();
                format!("encoding {label:?} is not known here, read as UTF-8")
            });
            utf8(bytes, notices)
        }
    }
}

/// Returns what stands between `<?` and `?>` of an XML declaration.
fn declaration(bytes: &[u8]) -> Option<&str> {
    let start = bytes.iter().take(DECLARATION_BYTES).position(|b| !is_padding(*b))?;
    let bytes = bytes.get(start..)?.strip_prefix(b"<?")?;
    let head = bytes.get(..DECLARATION_BYTES).unwrap_or(bytes);
    let end = head.windows(2).position(|pair| pair == b"?>")?;
    let content = str::from_utf8(head.get(..end)?).ok()?;
    content.starts_with("xml").then_some(content)
}

fn utf8<'a>(bytes: &'a [u8], notices: &mut Notices) -> Cow<'a, str> {
    let error = match str::from_utf8(bytes) {
        Ok(text) => return Cow::Borrowed(text),
        Err(error) => error,
    };
    // cut in the middle of a character: the end of the file is what is missing, not a character
    if error.error_len().is_none()
        && let Some(Ok(text)) = bytes.get(..error.valid_up_to()).map(str::from_utf8)
    {
        return Cow::Borrowed(text);
    }
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            text.push(char::REPLACEMENT_CHARACTER);
            notices.note(NoticeKind::Text, || {
                "bytes that are not UTF-8 replaced".to_owned()
            });
        }
    }
    Cow::Owned(text)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16, notices: &mut Notices) -> String {
    let (pairs, odd) = bytes.as_chunks::<2>();
    if !odd.is_empty() {
        notices.note(NoticeKind::Truncated, || {
            "half a UTF-16 character at the end, left out".to_owned()
        });
    }
    let mut text = String::with_capacity(pairs.len());
    for unit in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        text.push(unit.unwrap_or_else(|_| {
            notices.note(NoticeKind::Text, || {
                "bytes that are not UTF-16 replaced".to_owned()
            });
            char::REPLACEMENT_CHARACTER
        }));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(bytes: &[u8]) -> (String, Vec<(NoticeKind, u64)>) {
        let mut notices = Notices::default();
        let text = decode(bytes, &mut notices).into_owned();
        (text, notices.into_vec().iter().map(|n| (n.kind, n.count)).collect())
    }

    #[test]
    fn decodes_utf16_with_and_without_a_mark() {
        let text = "<gpx>café 𝄞</gpx>";
        let units: Vec<u16> = text.encode_utf16().collect();
        let le: Vec<u8> = units.iter().flat_map(|u| u.to_le_bytes()).collect();
        let be: Vec<u8> = units.iter().flat_map(|u| u.to_be_bytes()).collect();
        for (mark, bytes) in
            [(&b"\xff\xfe"[..], &le), (b"", &le), (b"\xfe\xff", &be), (b"", &be)]
        {
            let bytes = [mark, bytes].concat();
            assert!(looks_like_markup(&bytes));
            assert_eq!(decoded(&bytes), (text.to_owned(), vec![]));
        }
        let odd = [&le[..], b"\n"].concat();
        assert_eq!(decoded(&odd), (text.to_owned(), vec![(NoticeKind::Truncated, 1)]));
    }

    #[test]
    fn decodes_declared_encodings() {
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>caf\xe9</a>";
        assert!(decoded(latin).0.contains("café"));
        let windows = b"<?xml version='1.0' encoding='windows-1252'?><a>\x80</a>";
        assert!(decoded(windows).0.contains('€'));
        for label in ["x-klingon", "UTF-7", "UTF-16"] {
            let text = format!("<?xml version='1.0' encoding='{label}'?><a>+ADw-</a>");
            assert_eq!(decoded(text.as_bytes()), (text, vec![(NoticeKind::Unusual, 1)]));
        }
    }

    #[test]
    fn replaces_and_counts_invalid_utf8() {
        let (text, notices) = decoded(b"<a>\xe9 \xed\xa0\x80</a>");
        assert!(text.starts_with("<a>\u{fffd} \u{fffd}"));
        assert_eq!(notices, [(NoticeKind::Text, 4)]);
        assert_eq!(decoded(b"<a>caf\xc3"), ("<a>caf".to_owned(), vec![]));
    }
}
