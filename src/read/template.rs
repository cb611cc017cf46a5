//! A shortcut past the XML reader: the bytes around the values of one point as a template for the
//! next.
//!
//! Watches and sites write thousands of points alike: only the values differ. A stencil is cut
//! from a point that the general reader has just read without a word of complaint: its bytes
//! with the values taken out. Where the same bytes stand again, the same elements stand again,
//! and only the values need reading, with the very functions that the general reader uses.
//! Whatever differs in a single byte is declined: the general reader goes on from there.
//!
//! ```text
//! <trkpt lat="·" lon="·"><ele>·</ele><time>·</time><extensions><hr>·</hr></extensions></trkpt>
//! ```
//!
//! Why that is safe: a value ends at the byte that ended the first one, `<` or the quote. An
//! attribute or a text without markup in it cannot change what the bytes around it mean. A point
//! with a comment, CDATA, a processing instruction or an entity leaves no stencil.

use super::find::{behind, find};
use super::point::Sensor;

/// Templates of one file that are kept. Ours: watches drop a sensor for a while, so two to four
/// kinds of points alternate; each more costs a failed comparison.
const KEPT: usize = 8;

/// What the text at one place of a point is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Slot {
    Latitude,
    Longitude,
    Height,
    Time,
    Sensor(Sensor),
    /// Whatever nobody asks for, such as the number of satellites.
    Ignored,
}

/// A value, and what it is.
pub(crate) type Value<'a> = (Slot, &'a str);

/// A value of the point laid last, and what stands around it in each.
#[derive(Debug)]
pub(crate) struct Piece<'a> {
    /// What the value is.
    pub(crate) slot: Slot,
    /// As it is written.
    pub(crate) value: &'a [u8],
    before: &'a [u8],
    /// The byte that ends it.
    closes: u8,
}

/// One kind of point: what stands before each value, and behind the last.
#[derive(Debug)]
struct Template<'a> {
    pieces: Vec<Piece<'a>>,
    tail: &'a [u8],
}

impl<'a> Template<'a> {
    /// Cut from an element and its values, which are parts of it.
    fn cut(element: &'a str, values: &[Value<'a>]) -> Option<Template<'a>> {
        if ["<!", "<?", "&"].iter().any(|markup| element.contains(markup)) {
            return None;
        }
        let mut places: Vec<(usize, usize, Slot)> = Vec::with_capacity(values.len());
        for (slot, value) in values.iter().filter(|(_, value)| !value.is_empty()) {
            let start = value.as_ptr().addr().checked_sub(element.as_ptr().addr())?;
            places.push((start, start + value.len(), *slot));
        }
        // latitude may stand behind longitude
        places.sort_unstable_by_key(|(start, ..)| *start);
        let bytes = element.as_bytes();
        let mut from = 0;
        let mut pieces = Vec::with_capacity(places.len());
        for (start, end, slot) in places {
            let (before, value) = (bytes.get(from..start)?, bytes.get(start..end)?);
            let closes = *bytes.get(end)?;
            if before.is_empty() || value.contains(&closes) {
                return None;
            }
            pieces.push(Piece { slot, value, before, closes });
            from = end;
        }
        Some(Template { pieces, tail: bytes.get(from..)? })
    }

    /// Takes the values of an element at the beginning of `text`; its length in bytes.
    fn lay(&mut self, text: &'a [u8]) -> Option<usize> {
        let mut rest = text;
        for piece in &mut self.pieces {
            rest = behind(piece.before, rest)?;
            (piece.value, rest) = rest.split_at_checked(find(piece.closes, rest)?)?;
            if piece.slot == Slot::Ignored && piece.value.contains(&b'&') {
                return None;
            }
        }
        rest = behind(self.tail, rest)?;
        Some(text.len() - rest.len())
    }
}

/// The stencils of one file, the last used first.
#[derive(Debug, Default)]
pub(crate) struct Templates<'a> {
    kept: Vec<Template<'a>>,
    /// What their points lie in: the same bytes elsewhere mean something else.
    within: (bool, usize),
}

impl<'a> Templates<'a> {
    /// Cuts one from an element that was read within something (route or track, depth).
    pub(crate) fn cut(
        &mut self,
        element: &'a str,
        values: &[Value<'a>],
        within: (bool, usize),
    ) {
        if self.within != within {
            self.kept.clear();
            self.within = within;
        }
        if let Some(stencil) = Template::cut(element, values) {
            self.kept.truncate(KEPT - 1);
            self.kept.insert(0, stencil);
        }
    }

    /// The values of the element at the beginning of `text`, and its length in bytes; `None`
    /// where it is like none before it.
    pub(crate) fn lay(
        &mut self,
        text: &'a str,
        within: (bool, usize),
    ) -> Option<(usize, &[Piece<'a>])> {
        if self.within != within {
            return None;
        }
        let laid = |(index, stencil): (usize, &mut Template<'a>)| {
            Some((index, stencil.lay(text.as_bytes())?))
        };
        let (index, length) = self.kept.iter_mut().enumerate().find_map(laid)?;
        if let Some(used) = self.kept.get_mut(..=index) {
            used.rotate_right(1);
        }
        Some((length, &self.kept.first()?.pieces))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The values of a stencil that was cut from `first`, laid over `second`.
    fn laid<'a>(
        first: &'a str,
        marked: &[(Slot, &str)],
        second: &'a str,
    ) -> Option<Vec<&'a str>> {
        let values: Vec<Value<'a>> = marked
            .iter()
            .map(|(slot, text)| {
                let at = first.find(text).unwrap();
                (*slot, &first[at..at + text.len()])
            })
            .collect();
        let mut stencils = Templates::default();
        stencils.cut(first, &values, (false, 3));
        let (length, filled) = stencils.lay(second, (false, 3))?;
        assert!(second[..length].ends_with('>'));
        Some(filled.iter().map(|piece| str::from_utf8(piece.value).unwrap()).collect())
    }

    const FIRST: &str = "<p a='1.5' b=\"22\"><e>333</e><x>note</x></p>";
    const MARKED: [(Slot, &str); 4] = [
        (Slot::Longitude, "22"),
        (Slot::Latitude, "1.5"),
        (Slot::Height, "333"),
        (Slot::Ignored, "note"),
    ];

    #[test]
    fn values_are_found_in_the_order_of_the_file() {
        let second = "<p a='-8' b=\"\"><e> 7\n</e><x>é > e</x></p><p";
        assert_eq!(laid(FIRST, &MARKED, second), Some(vec!["-8", "", " 7\n", "é > e"]));
    }

    #[test]
    fn a_byte_that_differs_is_declined() {
        assert!(laid(FIRST, &MARKED, FIRST).is_some());
        for second in [
            "<p  a='1' b=\"2\"><e>3</e><x>n</x></p>",
            "<p a=\"1\" b=\"2\"><e>3</e><x>n</x></p>",
            "<p a='1' b=\"2\"><e>3<!-- --></e><x>n</x></p>",
            "<p a='1' b=\"2\"><e>3</e><x>n&amp;</x></p>",
            "<p a='1' b=\"2\"><e>3</e><x>n</x> </p>",
            "<p a='1' b=\"2\"><e>3</e><x>n</x></p",
            "<p a='1",
            "",
        ] {
            assert_eq!(laid(FIRST, &MARKED, second), None, "{second}");
        }
    }

    #[test]
    fn markup_leaves_no_stencil() {
        for first in [
            "<p a='1.5' b=\"22\"><!-- --><e>333</e><x>note</x></p>",
            "<p a='1.5' b=\"22\"><?pi?><e>333</e><x>note</x></p>",
            "<p a='1.5' b=\"22\" c='&lt;'><e>333</e><x>note</x></p>",
        ] {
            assert_eq!(laid(first, &MARKED, first), None, "{first}");
        }
    }

    #[test]
    fn the_same_bytes_elsewhere_are_declined() {
        let mut stencils = Templates::default();
        stencils.cut("<p/>", &[], (false, 3));
        assert!(stencils.lay("<p/>", (false, 3)).is_some());
        assert!(stencils.lay("<p/>", (true, 3)).is_none());
        assert!(stencils.lay("<p/>", (false, 2)).is_none());
    }

    #[test]
    fn kinds_alternate_and_the_oldest_is_forgotten() {
        let kinds: Vec<String> = (0..=KEPT).map(|i| format!("<p{i}/>")).collect();
        let mut stencils = Templates::default();
        for kind in &kinds {
            stencils.cut(kind, &[], (false, 3));
        }
        assert!(stencils.lay(&kinds[0], (false, 3)).is_none());
        for kind in kinds.iter().skip(1).chain(kinds.iter().skip(1).rev()) {
            let length = stencils.lay(kind, (false, 3)).map(|(length, _)| length);
            assert_eq!(length, Some(kind.len()));
        }
    }
}
