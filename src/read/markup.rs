//! Tags and texts as nearly all files write them, read without the XML library.
//!
//! The library asks of every byte what XML allows there. Devices write a few forms only: a name
//! of letters and digits, attributes in quotes, texts without references. These are read here;
//! whatever else stands at a place, a comment, an entity, a blank around `=`, is left to the
//! library, which goes on from there. That both read alike is a property test and a fuzz target.

use super::find::{behind, find, first, marks};

/// A text and the tag behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Markup<'a> {
    /// Up to the tag.
    pub(super) text: &'a str,
    /// `None` where the tag is not plain.
    pub(super) tag: Option<Tag<'a>>,
    /// Bytes of both.
    pub(super) length: usize,
}

/// The plain forms of tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tag<'a> {
    /// `<name …>`, or `<name …/>` which is empty; its name also without a prefix.
    Open { name: &'a str, local: &'a str, empty: bool },
    /// `</name>` of the innermost element.
    Close,
}

/// Attributes of one element that are read here; more are left to the library and its limits.
const MOST_ATTRIBUTES: usize = 32;

/// What stands at the beginning of a document's rest, attributes of a tag into `attributes`.
/// `None` where it is not plain. An end of another element than `innermost` is not; that is
/// empty where none is open.
pub(super) fn plain<'a>(
    rest: &'a str,
    innermost: &str,
    attributes: &mut Vec<(&'a str, &'a str)>,
) -> Option<Markup<'a>> {
    let (text, rest) = rest.split_at_checked(text_length(rest.as_bytes())?)?;
    let tag = match rest.as_bytes() {
        [b'<', b'/', name @ ..] => close(name, innermost),
        _ => open(rest, attributes),
    };
    match tag {
        Some((tag, length)) => {
            Some(Markup { text, tag: Some(tag), length: text.len() + length })
        }
        None if text.is_empty() => None,
        None => Some(Markup { text, tag: None, length: text.len() }),
    }
}

/// The end of the innermost element, and its bytes.
fn close<'a>(name: &[u8], innermost: &str) -> Option<(Tag<'a>, usize)> {
    let rest = behind(innermost.as_bytes(), name)?;
    (!innermost.is_empty() && rest.first() == Some(&b'>'))
        .then_some((Tag::Close, innermost.len() + "</>".len()))
}

/// Bytes up to the next tag; `None` where there is none, or a reference before it.
fn text_length(bytes: &[u8]) -> Option<usize> {
    let (chunks, tail) = bytes.as_chunks();
    for (index, chunk) in chunks.iter().enumerate() {
        let (tags, references) = (marks(b'<', *chunk), marks(b'&', *chunk));
        if let Some(at) = first(tags | references) {
            return (first(tags) == Some(at)).then_some(8 * index + at);
        }
    }
    let at = tail.iter().position(|byte| matches!(byte, b'<' | b'&'))?;
    (tail.get(at) == Some(&b'<')).then_some(bytes.len() - tail.len() + at)
}

/// A tag that begins an element, and its bytes.
fn open<'a>(
    text: &'a str,
    attributes: &mut Vec<(&'a str, &'a str)>,
) -> Option<(Tag<'a>, usize)> {
    attributes.clear();
    let bytes = text.as_bytes();
    let (length, prefix) = name_length(bytes.get(1..)?);
    let mut at = 1 + length;
    let name = text.get(1..at).filter(|name| !name.is_empty())?;
    let local = text.get(1 + prefix..at)?;
    loop {
        match bytes.get(at..)? {
            [b'>', ..] => return Some((Tag::Open { name, local, empty: false }, at + 1)),
            [b'/', b'>', ..] => {
                return Some((Tag::Open { name, local, empty: true }, at + 2));
            }
            [byte, ..] if is_blank(*byte) && attributes.len() < MOST_ATTRIBUTES => {
                let key = bytes.get(at..)?;
                let blanks = key.iter().position(|byte| !is_blank(*byte))?;
                let key = key.get(blanks..)?;
                if matches!(key, [b'>' | b'/', ..]) {
                    at = bytes.len() - key.len();
                    continue;
                }
                let (from, (length, _)) = (bytes.len() - key.len(), name_length(key));
                let [b'=', quote @ (b'"' | b'\''), value @ ..] = key.get(length..)?
                else {
                    return None;
                };
                let begin = from + length + 2;
                let end = begin + find(*quote, value)?;
                let key = text.get(from..from + length).filter(|key| !key.is_empty())?;
                attributes.push((key, text.get(begin..end)?));
                at = end + 1;
            }
            _ => return None,
        }
    }
}

/// Whether XML knows it as a blank; ASCII knows one more.
fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t')
}

/// Bytes of a name at the beginning, and of its prefix with the colon. XML knows more names
/// than these.
fn name_length(bytes: &[u8]) -> (usize, usize) {
    let mut prefix = 0;
    for (at, byte) in bytes.iter().enumerate() {
        match NAME_BYTES.get(usize::from(*byte)) {
            Some(Part::Letter) => {}
            Some(Part::Colon) => prefix = at + 1,
            _ => return (at, prefix),
        }
    }
    (bytes.len(), prefix)
}

/// What a byte is in a name.
#[derive(Clone, Copy)]
enum Part {
    Letter,
    Colon,
    End,
}

#[expect(clippy::indexing_slicing, reason = "computed by the compiler")]
const NAME_BYTES: [Part; 256] = {
    let mut parts = [Part::End; 256];
    let mut byte = 0;
    while byte < 128_u8 {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.') {
            parts[byte as usize] = Part::Letter;
        }
        byte += 1;
    }
    parts[b':' as usize] = Part::Colon;
    parts
};

#[cfg(test)]
mod tests {
    use super::*;

    /// Text, tag and length, where the innermost element is `ele`.
    fn read(rest: &str) -> Option<(&str, Option<Tag<'_>>, usize)> {
        let markup = plain(rest, "ele", &mut Vec::new())?;
        Some((markup.text, markup.tag, markup.length))
    }

    #[test]
    fn plain_forms() {
        let open = |name, local, empty| Some(Tag::Open { name, local, empty });
        assert_eq!(read("<ele>7"), Some(("", open("ele", "ele", false), 5)));
        assert_eq!(read("\n     <a:b/>"), Some(("\n     ", open("a:b", "b", true), 12)));
        assert_eq!(read("</ele>"), Some(("", Some(Tag::Close), 6)));
        assert_eq!(
            read("7 é > 0123456789</ele>"),
            Some(("7 é > 0123456789", Some(Tag::Close), 23))
        );
        assert_eq!(read("7<!-- -->"), Some(("7", None, 1)));
        assert_eq!(read("7</a>"), Some(("7", None, 1)));
        let (point, mut attributes) = ("<trkpt lat=\"47\" lon='1>\"'/>", Vec::new());
        let markup = plain(point, "gpx", &mut attributes).unwrap();
        assert_eq!(
            (markup.tag, markup.length),
            (open("trkpt", "trkpt", true), point.len())
        );
        assert_eq!(attributes, [("lat", "47"), ("lon", "1>\"")]);
        assert_eq!(read("<ele >"), Some(("", open("ele", "ele", false), 6)));
        let blanks = "<ele\r\n\ta=\"\"  b='' />";
        assert_eq!(read(blanks), Some(("", open("ele", "ele", true), blanks.len())));
    }

    #[test]
    fn all_else_is_left_to_the_library() {
        for text in [
            "",
            "7",
            "7&amp;<",
            "0123456789&amp;<",
            "<!-- -->",
            "<![CDATA[]]>",
            "<?xml?>",
            "<>",
            "</>",
            "</ele >",
            "</a>",
            "</ele",
            "<é>",
            "<a",
            "<a ",
            "<a b>",
            "<a b=1>",
            "<a b = '1'>",
            "<a b='1'c='2'>",
            "<a ='1'>",
            "<a b='1>",
            "<a/b>",
            "<a\u{c}b='1'>",
            "<a / >",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
        assert_eq!(plain("</>", "", &mut Vec::new()), None);
    }
}
