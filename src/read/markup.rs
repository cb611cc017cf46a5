//! Tags and texts as nearly all files write them, read without the XML library.
//!
//! The library asks of every byte what XML allows there. Devices write a few forms only: a name
//! of letters and digits, attributes in quotes, texts without references. These are read here;
//! whatever else stands at a place, a comment, an entity, a blank around `=`, is left to the
//! library, which goes on from there. That both read alike is a property test and a fuzz target.

use super::find::{behind, find, first, marks};

/// `<name …>`, or `<name …/>` which is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Open<'a> {
    pub(super) name: &'a str,
    /// The name without a prefix.
    pub(super) local: &'a str,
    pub(super) empty: bool,
    /// Behind it.
    pub(super) rest: &'a str,
}

/// Attributes of one element that are read here; more are left to the library and its limits.
const MOST_ATTRIBUTES: usize = 32;

/// The text up to the next tag, and the rest from there; `None` where no tag follows, or a
/// reference stands before it.
#[inline]
pub(super) fn up_to_tag(rest: &str) -> Option<(&str, &str)> {
    rest.split_at_checked(text_length(rest.as_bytes())?)
}

/// Behind `</name>`, the end of the innermost element; `None` where something else stands there,
/// or it has no name.
#[inline]
pub(super) fn end<'a>(tag: &'a str, innermost: &str) -> Option<&'a str> {
    let name = tag.as_bytes().strip_prefix(b"</")?;
    let rest = behind(innermost.as_bytes(), name)?;
    let ends = !innermost.is_empty() && rest.first() == Some(&b'>');
    tag.get(innermost.len() + "</>".len()..).filter(|_| ends)
}

/// Bytes up to the next tag; `None` where there is none, or a reference before it.
fn text_length(bytes: &[u8]) -> Option<usize> {
    let (chunks, tail) = bytes.as_chunks();
    for (index, chunk) in chunks.iter().enumerate() {
        if let Some(at) = first(marks(b'<', *chunk) | marks(b'&', *chunk)) {
            return (chunk.get(at) == Some(&b'<')).then_some(8 * index + at);
        }
    }
    let at = tail.iter().position(|byte| matches!(byte, b'<' | b'&'))?;
    (tail.get(at) == Some(&b'<')).then_some(bytes.len() - tail.len() + at)
}

/// A tag that begins an element, its attributes into `attributes`; `None` where it is not plain.
#[inline]
pub(super) fn open<'a>(
    tag: &'a str,
    attributes: &mut Vec<(&'a str, &'a str)>,
) -> Option<Open<'a>> {
    attributes.clear();
    let bytes = tag.as_bytes();
    let (length, prefix) = name_length(bytes.get(1..)?);
    let mut at = 1 + length;
    let name = tag.get(1..at).filter(|name| !name.is_empty())?;
    let local = tag.get(1 + prefix..at)?;
    loop {
        match bytes.get(at..)? {
            [b'>', ..] => {
                return Some(Open {
                    name,
                    local,
                    empty: false,
                    rest: tag.get(at + 1..)?,
                });
            }
            [b'/', b'>', ..] => {
                return Some(Open { name, local, empty: true, rest: tag.get(at + 2..)? });
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
                let key = tag.get(from..from + length).filter(|key| !key.is_empty())?;
                attributes.push((key, tag.get(begin..end)?));
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

    /// Name, local name, whether it is empty, and attributes.
    type Opened<'a> = (&'a str, &'a str, bool, Vec<(&'a str, &'a str)>);

    /// A tag that fills a text.
    fn opened(tag: &str) -> Option<Opened<'_>> {
        let mut attributes = vec![("of", "another")];
        let open = open(tag, &mut attributes)?;
        assert_eq!(open.rest, "", "{tag}");
        Some((open.name, open.local, open.empty, attributes))
    }

    #[test]
    fn plain_forms() {
        assert_eq!(up_to_tag("<ele>7"), Some(("", "<ele>7")));
        assert_eq!(up_to_tag("\n     <a:b/>"), Some(("\n     ", "<a:b/>")));
        assert_eq!(up_to_tag("7 é > 0123456789<"), Some(("7 é > 0123456789", "<")));
        assert_eq!(up_to_tag("7<!-- -->"), Some(("7", "<!-- -->")));
        assert_eq!(up_to_tag("7</a>"), Some(("7", "</a>")));
        assert_eq!(end("</ele></a>", "ele"), Some("</a>"));
        assert_eq!(opened("<ele>"), Some(("ele", "ele", false, vec![])));
        assert_eq!(opened("<a:b/>"), Some(("a:b", "b", true, vec![])));
        assert_eq!(opened("<a:b:c>"), Some(("a:b:c", "c", false, vec![])));
        assert_eq!(
            opened("<trkpt lat=\"47\" lon='1>\"'/>"),
            Some(("trkpt", "trkpt", true, vec![("lat", "47"), ("lon", "1>\"")]))
        );
        assert_eq!(opened("<ele >"), Some(("ele", "ele", false, vec![])));
        assert_eq!(
            opened("<ele\r\n\ta=\"\"  b='' />"),
            Some(("ele", "ele", true, vec![("a", ""), ("b", "")]))
        );
    }

    #[test]
    fn all_else_is_left_to_the_library() {
        for rest in ["", "7", "7&amp;<", "0123456789&amp;<"] {
            assert_eq!(up_to_tag(rest), None, "{rest}");
        }
        for tag in ["", "<ele>", "</", "</>", "</ele >", "</a>", "</ele", "</elevation>"]
        {
            assert_eq!(end(tag, "ele"), None, "{tag}");
        }
        assert_eq!(end("</>", ""), None);
        for tag in [
            "",
            "<!-- -->",
            "<![CDATA[]]>",
            "<?xml?>",
            "<>",
            "</>",
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
            assert_eq!(opened(tag), None, "{tag}");
        }
    }
}
