//! The fast way to read a point: the bytes around the values of one before it as a template.
//!
//! Watches and sites write thousands of points alike: only the values differ. A template is learnt
//! from a point that was just read element by element without a notice: its bytes with the values
//! taken out. Where the same bytes stand again, the same elements stand again, and only the values
//! are read, by the functions that the general way calls. A point that differs in a single byte is
//! read element by element.
//!
//! ```text
//! <trkpt lat="·" lon="·"><ele>·</ele><time>·</time><extensions><hr>·</hr></extensions></trkpt>
//! ```
//!
//! Why that is safe: a value ends at the byte that ended the first one, `<` or the quote. An
//! attribute or a text without markup in it cannot change what the bytes around it mean. A point
//! with CDATA, a processing instruction or an entity leaves no template; a comment may stand
//! between values, as it is the same in each.
//!
//! GPX in Garmin's and in Strava's style and TCX take a tenth of the time that they take element by
//! element; of the points of recordings by dozens of makers nineteen in twenty are read so.

use super::find::{behind, find};
use super::sensor::Sensor;

/// Most templates that a file has at one time. Ours: watches drop a sensor for a while, so two to four
/// kinds of points alternate; each more costs a failed comparison.
const MOST_TEMPLATES: usize = 8;

/// What the text at one place of a point is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ValueKind {
    Latitude,
    Longitude,
    Height,
    Time,
    Sensor(Sensor),
    /// Whatever nobody asks for, such as the number of satellites.
    Ignored,
}

/// A value, and what it is.
pub(crate) type Value<'a> = (ValueKind, &'a str);

/// A value of the point read last, and what stands around it in each.
#[derive(Debug)]
pub(crate) struct Hole<'a> {
    /// What the value is.
    pub(crate) kind: ValueKind,
    /// As it is written.
    pub(crate) value: &'a [u8],
    before: &'a [u8],
    /// The byte that ends it.
    terminator: u8,
}

/// One kind of point: what stands before each value, and behind the last.
#[derive(Debug)]
struct Template<'a> {
    holes: Vec<Hole<'a>>,
    tail: &'a [u8],
}

impl<'a> Template<'a> {
    /// Returns the template of an element whose values are parts of it.
    fn new(element: &'a str, values: &[Value<'a>]) -> Option<Template<'a>> {
        let is_comment = |markup: &str| markup.starts_with("--");
        if element.contains("<?")
            || element.contains('&')
            || !element.split("<!").skip(1).all(is_comment)
        {
            return None;
        }
        let mut places: Vec<(usize, usize, ValueKind)> = Vec::with_capacity(values.len());
        for (kind, value) in values.iter().filter(|(_, value)| !value.is_empty()) {
            let start = value.as_ptr().addr().checked_sub(element.as_ptr().addr())?;
            places.push((start, start + value.len(), *kind));
        }
        // latitude may stand behind longitude
        places.sort_unstable_by_key(|(start, ..)| *start);
        let bytes = element.as_bytes();
        let mut from = 0;
        let mut holes = Vec::with_capacity(places.len());
        for (start, end, kind) in places {
            let (before, value) = (bytes.get(from..start)?, bytes.get(start..end)?);
            let terminator = *bytes.get(end)?;
            if before.is_empty() || value.contains(&terminator) {
                return None;
            }
            holes.push(Hole { kind, value, before, terminator });
            from = end;
        }
        Some(Template { holes, tail: bytes.get(from..)? })
    }

    /// Reads the values of an element at the beginning of `text`; returns its length in bytes.
    fn read(&mut self, text: &'a [u8]) -> Option<usize> {
        let mut rest = text;
        for hole in &mut self.holes {
            rest = behind(hole.before, rest)?;
            (hole.value, rest) = rest.split_at_checked(find(hole.terminator, rest)?)?;
            if hole.kind == ValueKind::Ignored && hole.value.contains(&b'&') {
                return None;
            }
        }
        rest = behind(self.tail, rest)?;
        Some(text.len() - rest.len())
    }
}

/// What points lie in (route or track, depth): the same bytes elsewhere mean something else.
pub(crate) type Context = (bool, usize);

/// The templates of one file, the last used first.
#[derive(Debug, Default)]
pub(crate) struct Templates<'a> {
    recent: Vec<Template<'a>>,
    context: Context,
}

impl<'a> Templates<'a> {
    /// Learns a template from an element that was read.
    pub(crate) fn learn(
        &mut self,
        element: &'a str,
        values: &[Value<'a>],
        context: Context,
    ) {
        if self.context != context {
            self.recent.clear();
            self.context = context;
        }
        if let Some(template) = Template::new(element, values) {
            self.recent.truncate(MOST_TEMPLATES - 1);
            self.recent.insert(0, template);
        }
    }

    /// Returns the length in bytes of the element at the beginning of `text`, and its values;
    /// `None` where it is like none before it.
    pub(crate) fn read(
        &mut self,
        text: &'a str,
        context: Context,
    ) -> Option<(usize, &[Hole<'a>])> {
        if self.context != context {
            return None;
        }
        let read = |(index, template): (usize, &mut Template<'a>)| {
            Some((index, template.read(text.as_bytes())?))
        };
        let (index, length) = self.recent.iter_mut().enumerate().find_map(read)?;
        if let Some(used) = self.recent.get_mut(..=index) {
            used.rotate_right(1);
        }
        Some((length, &self.recent.first()?.holes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the values of a template that was cut from `first`, read over `second`.
    fn values<'a>(
        first: &'a str,
        marked: &[(ValueKind, &str)],
        second: &'a str,
    ) -> Option<Vec<&'a str>> {
        let values: Vec<Value<'a>> = marked
            .iter()
            .map(|(kind, text)| {
                let at = first.find(text).unwrap();
                (*kind, &first[at..at + text.len()])
            })
            .collect();
        let mut templates = Templates::default();
        templates.learn(first, &values, (false, 3));
        let (length, filled) = templates.read(second, (false, 3))?;
        assert!(second[..length].ends_with('>'));
        Some(filled.iter().map(|hole| str::from_utf8(hole.value).unwrap()).collect())
    }

    const FIRST: &str = "<p a='1.5' b=\"22\"><e>333</e><x>note</x></p>";
    const MARKED: [(ValueKind, &str); 4] = [
        (ValueKind::Longitude, "22"),
        (ValueKind::Latitude, "1.5"),
        (ValueKind::Height, "333"),
        (ValueKind::Ignored, "note"),
    ];

    #[test]
    fn finds_values_in_the_order_of_the_file() {
        let second = "<p a='-8' b=\"\"><e> 7\n</e><x>é > e</x></p><p";
        assert_eq!(values(FIRST, &MARKED, second), Some(vec!["-8", "", " 7\n", "é > e"]));
    }

    #[test]
    fn declines_a_byte_that_differs() {
        assert!(values(FIRST, &MARKED, FIRST).is_some());
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
            assert_eq!(values(FIRST, &MARKED, second), None, "{second}");
        }
    }

    #[test]
    fn learns_nothing_from_markup() {
        for first in [
            "<p a='1.5' b=\"22\"><![CDATA[]]><e>333</e><x>note</x></p>",
            "<p a='1.5' b=\"22\"><?pi?><e>333</e><x>note</x></p>",
            "<p a='1.5' b=\"22\" c='&lt;'><e>333</e><x>note</x></p>",
        ] {
            assert_eq!(values(first, &MARKED, first), None, "{first}");
        }
    }

    #[test]
    fn declines_the_same_bytes_elsewhere() {
        let mut templates = Templates::default();
        templates.learn("<p/>", &[], (false, 3));
        assert!(templates.read("<p/>", (false, 3)).is_some());
        assert!(templates.read("<p/>", (true, 3)).is_none());
        assert!(templates.read("<p/>", (false, 2)).is_none());
    }

    #[test]
    fn keeps_kinds_that_alternate_and_forgets_the_oldest() {
        let kinds: Vec<String> =
            (0..=MOST_TEMPLATES).map(|i| format!("<p{i}/>")).collect();
        let mut templates = Templates::default();
        for kind in &kinds {
            templates.learn(kind, &[], (false, 3));
        }
        assert!(templates.read(&kinds[0], (false, 3)).is_none());
        for kind in kinds.iter().skip(1).chain(kinds.iter().skip(1).rev()) {
            let length = templates.read(kind, (false, 3)).map(|(length, _)| length);
            assert_eq!(length, Some(kind.len()));
        }
    }
}
