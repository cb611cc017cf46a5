//! XML as steps, for GPX and TCX: forgiving, within limits, and opening nothing.
//!
//! `quick-xml` reads all of it, but for what the caller skips after reading it by template.

mod attributes;
mod content;
mod notes;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::errors::SyntaxError;
use quick_xml::events::{BytesDecl, Event};

use crate::activity::Activity;
use crate::error::{Error, Kind};

use super::limits::Limits;
use super::notice::{NoticeKind, Notices};
use super::{Reading, Shortcut};

pub(super) use content::resolved;

use content::Content;

/// Points shorter than this are not believed to fill a file (our choice): place and height
/// alone take as much.
const LEAST_POINT_BYTES: usize = 64;

/// Longest piece of a file's text that is shown in a notice, characters.
const SHOWN_CHARS: usize = 40;

/// What comes next in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// An element begins: [`Document::local`] is its name.
    Open,
    /// The innermost element ends; [`Document::value`] is its text.
    Close,
    /// The root has ended, or nothing more can be read.
    End,
}

/// What the elements of a format mean.
pub(crate) trait Elements<'a> {
    /// The meaning of one element.
    type Node: Copy;

    /// Returns the document that is read.
    fn document(&mut self) -> &mut Document<'a>;

    /// Returns what an element of this local name means inside another.
    fn meaning(parent: Self::Node, name: &str) -> Self::Node;

    /// Called where an element begins, with its attributes in the document.
    fn enter(&mut self, node: Self::Node) -> Result<(), Error>;

    /// Called where an element ends, with its text in the document; `is_leaf` where no element is
    /// inside.
    fn leave(&mut self, node: Self::Node, is_leaf: bool);
}

/// Reads a document whose root has just been opened; returns the elements that are still open
/// where it ends.
pub(crate) fn walk<'a, F: Elements<'a>>(
    format: &mut F,
    root: F::Node,
) -> Result<Vec<F::Node>, Error> {
    let mut nodes = Vec::new();
    let mut innermost = root;
    let mut is_leaf = false;
    loop {
        match format.document().next()? {
            Step::Open => {
                nodes.push(innermost);
                innermost = F::meaning(innermost, format.document().local());
                format.enter(innermost)?;
                is_leaf = true;
            }
            Step::Close => {
                format.leave(innermost, is_leaf);
                format.document().content.clear();
                innermost = nodes.pop().unwrap_or(root);
                is_leaf = false;
            }
            Step::End => {
                nodes.push(innermost);
                return Ok(nodes);
            }
        }
    }
}

/// Why reading stopped before the root was closed.
#[derive(Debug)]
struct Cut {
    kind: NoticeKind,
    offset: usize,
    cause: String,
}

/// One XML document, step by step.
#[derive(Debug)]
pub(crate) struct Document<'a> {
    text: &'a str,
    reader: Reader<&'a [u8]>,
    /// Bytes of `text` before what the reader sees.
    skipped: usize,
    /// Bytes of `text` before the current event.
    offset: usize,
    limits: Limits,
    /// Elements that are open.
    depth: usize,
    /// Name of the element that was opened last, without its prefix.
    local: &'a str,
    rooted: bool,
    /// The current element was written `<a/>`: its end is still to be told.
    empty_element: bool,
    attributes: Vec<(&'a str, &'a str)>,
    /// Of the innermost element.
    content: Content<'a>,
    cut: Option<Cut>,
    doctype: Option<&'a str>,
    /// Points read so far: part of every place.
    points: u64,
    /// How the points were read.
    pub(crate) shortcut: Shortcut,
    notices: Notices,
}

impl<'a> Document<'a> {
    /// Begins to read; `notices` are what decoding had to say.
    pub(crate) fn new(text: &'a str, limits: &Limits, notices: Notices) -> Document<'a> {
        let body =
            text.trim_start_matches(|c: char| c == '\0' || c.is_ascii_whitespace());
        let skipped = text.len() - body.len();
        let mut reader = Reader::from_str(body);
        // `Tom & Jerry`: a name is not worth the file
        reader.config_mut().allow_dangling_amp = true;
        let mut document = Document {
            text,
            reader,
            skipped,
            offset: 0,
            limits: *limits,
            depth: 0,
            local: "",
            rooted: false,
            empty_element: false,
            attributes: Vec::new(),
            content: Content::default(),
            cut: None,
            doctype: None,
            points: 0,
            shortcut: Shortcut::default(),
            notices,
        };
        let lead = text.get(..skipped).unwrap_or_default();
        // blanks before an element are legal, before a declaration they are not
        if lead.contains('\0') || (skipped > 0 && body.starts_with("<?xml")) {
            document.note(NoticeKind::Leading, || {
                format!("{skipped} bytes before the beginning")
            });
        }
        document
    }

    /// Returns the next step. An error is a limit or something refused; damage is [`Step::End`],
    /// and [`Document::finish`] tells of it.
    pub(crate) fn next(&mut self) -> Result<Step, Error> {
        if self.empty_element {
            self.empty_element = false;
            return Ok(self.close());
        }
        if self.cut.is_some() || (self.rooted && self.depth == 0) {
            return Ok(Step::End);
        }
        loop {
            self.offset = self.position();
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(error) => return Ok(self.stop(&error)),
            };
            if self.position() - self.offset > self.limits.xml_token_bytes {
                return Err(self.overdone("a tag or text is too long"));
            }
            match event {
                Event::Start(tag) => {
                    return self.open(tag.len() + "<>".len(), tag.name().0.len());
                }
                Event::Empty(tag) => {
                    self.empty_element = true;
                    return self.open(tag.len() + "</>".len(), tag.name().0.len());
                }
                Event::End(_) => return Ok(self.close()),
                Event::Text(text) => self.content.append(text.into_inner()),
                Event::CData(text) => self.content.append(text.into_inner()),
                Event::GeneralRef(name) => self.content.refer(&name),
                Event::Decl(declaration) => self.declare(&declaration),
                Event::DocType(content) => {
                    // borrowed always: the document is a slice
                    if let Cow::Borrowed(content) = content.into_inner() {
                        self.doctype(content)?;
                    }
                }
                Event::Comment(_) | Event::PI(_) => {}
                Event::Eof => {
                    return Ok(self.cut(NoticeKind::Truncated, self.eof_words()));
                }
            }
        }
    }

    fn eof_words(&self) -> &'static str {
        if self.rooted { "XML ends in the middle" } else { "there is no root element" }
    }

    /// Returns the name of the element that was opened last, without its prefix.
    pub(crate) fn local(&self) -> &'a str {
        self.local
    }

    /// Returns an attribute of the element that was opened last, references resolved.
    pub(crate) fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        let (_, raw) = self.attributes.iter().find(|(key, _)| *key == name)?;
        Some(resolved(raw))
    }

    /// Returns all attributes of the element that was opened last, raw.
    pub(crate) fn attributes(&self) -> &[(&'a str, &'a str)] {
        &self.attributes
    }

    /// Returns the text of the element that was closed last, across comments, CDATA and
    /// references.
    pub(crate) fn value(&self) -> &str {
        self.content.value()
    }

    /// Returns the same where it stands in the file in one piece.
    pub(crate) fn piece(&self) -> Option<&'a str> {
        self.content.piece()
    }

    /// Returns where the tag of the current step begins, bytes.
    pub(crate) fn offset(&self) -> usize {
        self.offset
    }

    /// Returns how many elements are open.
    pub(crate) fn depth(&self) -> usize {
        self.depth
    }

    /// Returns the text from an offset to the end of the current step.
    pub(crate) fn since(&self, offset: usize) -> &'a str {
        let text = self.text;
        text.get(offset..self.position()).unwrap_or_default()
    }

    /// Returns the text behind the current step.
    pub(crate) fn rest(&self) -> &'a str {
        let text = self.text;
        text.get(self.position()..).unwrap_or_default()
    }

    /// Skips whole elements that the caller has read, and blanks before them; `false` where they
    /// are longer than a tag or text may be.
    pub(crate) fn skip(&mut self, bytes: usize) -> bool {
        let fits = bytes <= self.limits.xml_token_bytes;
        if fits {
            self.reader.stream().consume(bytes);
        }
        fits
    }

    /// Whether one more point is within the limit.
    pub(crate) fn has_room(&self) -> bool {
        self.points < self.limits.points as u64
    }

    /// Whether points may be read by template.
    pub(crate) fn takes_shortcuts(&self) -> bool {
        self.limits.shortcuts
    }

    /// Whether the value is made of nothing but the name of a DTD that only HTML has.
    pub(crate) fn is_html(&self) -> bool {
        self.doctype
            .is_some_and(|d| d.get(..4).is_some_and(|d| d.eq_ignore_ascii_case("html")))
    }

    /// Counts one more point, for which there is room.
    pub(crate) fn add_point(&mut self) {
        self.points += 1;
    }

    /// Counts one more point.
    ///
    /// # Errors
    /// Where it is beyond the limit.
    pub(crate) fn count_point(&mut self) -> Result<(), Error> {
        self.add_point();
        if self.points > self.limits.points as u64 {
            return Err(self
                .error(Kind::TooLarge, "too many points")
                .hint("split it into activities"));
        }
        Ok(())
    }

    /// Returns how many points may follow the first, which began at this offset, were they all as
    /// long: never more than the file has room for.
    pub(crate) fn points_to_come(&self, offset: usize) -> Option<usize> {
        if self.points != 1 {
            return None;
        }
        let bytes = self.since(offset).len();
        (bytes >= LEAST_POINT_BYTES).then(|| self.rest().len() / bytes)
    }

    /// Ends the reading; returns these activities with all that was survived.
    pub(crate) fn reading(self, activities: Vec<Activity>) -> Reading {
        Reading { activities, shortcut: self.shortcut, notices: self.finish().into_vec() }
    }

    /// Ends the reading; returns all that was survived.
    fn finish(mut self) -> Notices {
        if let Some(cut) = self.cut.take() {
            let place = notes::place(self.text, cut.offset, self.points);
            self.notices.note(cut.kind, || {
                format!("{place}: {}; what was read before is used", cut.cause)
            });
        } else {
            self.epilogue();
        }
        self.notices
    }

    fn position(&self) -> usize {
        self.skipped
            + usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    /// Opens the element of the tag that was just read: `length` bytes, with a name of
    /// `name_length`.
    fn open(&mut self, length: usize, name_length: usize) -> Result<Step, Error> {
        let text = self.text;
        let start = self.position().saturating_sub(length) + "<".len();
        let tag = text.get(start..self.position()).unwrap_or_default();
        let name = tag.get(..name_length).unwrap_or_default();
        if name.bytes().any(|b| b < b' ') {
            return Ok(
                self.cut(NoticeKind::Damaged, "a control character in the name of a tag")
            );
        }
        let tail = if self.empty_element { "/>" } else { ">" };
        let tag = tag.strip_suffix(tail).unwrap_or(tag);
        self.attributes.clear();
        if tag.len() > name_length {
            let most = self.limits.xml_attributes;
            if let Err(fault) =
                attributes::read(tag, name_length, most, &mut self.attributes)
            {
                return Ok(self.cut(NoticeKind::Damaged, &fault));
            }
        }
        let colon = name.rfind(':');
        self.local = colon.and_then(|at| name.get(at + 1..)).unwrap_or(name);
        self.rooted = true;
        self.depth += 1;
        self.content.clear();
        if self.depth > self.limits.xml_depth {
            return Err(self.overdone("elements are nested too deeply"));
        }
        if attributes::are_too_many(&self.attributes, self.limits.xml_attributes) {
            return Err(self.overdone("an element has too many attributes"));
        }
        if attributes::has_duplicate(&mut self.attributes) {
            return Err(self
                .error(Kind::Damaged, "an attribute is given twice")
                .hint("export it again: no two programs would read this alike"));
        }
        Ok(Step::Open)
    }

    fn close(&mut self) -> Step {
        self.depth = self.depth.saturating_sub(1);
        Step::Close
    }

    fn declare(&mut self, declaration: &BytesDecl<'_>) {
        let version =
            declaration.version().map_or_else(|_| "?".to_owned(), Cow::into_owned);
        if version != "1.0" {
            let version: String = version.chars().take(SHOWN_CHARS).collect();
            self.note(NoticeKind::Unusual, || format!("XML version {version:?}"));
        }
    }

    /// Reads a document type: entities are refused, other declarations are passed over unread.
    fn doctype(&mut self, content: &'a str) -> Result<(), Error> {
        self.doctype = Some(content);
        if content.contains("<!ENTITY") || content.contains('%') {
            return Err(self
                .error(Kind::Damaged, "entity declarations are refused")
                .hint(
                    "activity files have none; remove the DOCTYPE if you trust the file",
                ));
        }
        let subset = content.split_once('[').map_or("", |(_, subset)| subset);
        let harmless = ["!ELEMENT", "!ATTLIST", "!NOTATION", "!--", "?"];
        if subset.split('<').skip(1).any(|d| !harmless.iter().any(|h| d.starts_with(h))) {
            return Err(self.error(Kind::Damaged, "unknown markup in the DOCTYPE"));
        }
        if !self.is_html() {
            self.note(NoticeKind::Unusual, || {
                "a DOCTYPE, ignored; nothing was fetched".to_owned()
            });
        }
        Ok(())
    }

    /// Ends at an error of `quick-xml`.
    fn stop(&mut self, error: &quick_xml::Error) -> Step {
        self.offset = self.skipped
            + usize::try_from(self.reader.error_position()).unwrap_or_default();
        let kind = match error {
            quick_xml::Error::Syntax(_) => NoticeKind::Truncated,
            _ => NoticeKind::Damaged,
        };
        let cause = match error {
            quick_xml::Error::Syntax(SyntaxError::UnclosedComment) => {
                "XML ends inside a comment".to_owned()
            }
            quick_xml::Error::Syntax(SyntaxError::UnclosedCData) => {
                "XML ends inside CDATA".to_owned()
            }
            quick_xml::Error::Syntax(
                SyntaxError::UnclosedTag
                | SyntaxError::UnclosedSingleQuotedAttributeValue
                | SyntaxError::UnclosedDoubleQuotedAttributeValue
                | SyntaxError::UnclosedXmlDecl
                | SyntaxError::UnclosedPI
                | SyntaxError::UnclosedDoctype,
            ) => "XML ends inside a tag".to_owned(),
            other => other.to_string().chars().take(4 * SHOWN_CHARS).collect(),
        };
        self.cut(kind, &cause)
    }

    fn cut(&mut self, kind: NoticeKind, cause: &str) -> Step {
        self.empty_element = false;
        self.cut = Some(Cut { kind, offset: self.offset, cause: cause.to_owned() });
        Step::End
    }

    /// Looks at what follows the root: comments are fine, all else is noted and left alone.
    fn epilogue(&mut self) {
        loop {
            self.offset = self.position();
            let cause = match self.reader.read_event() {
                Ok(Event::Eof) => return,
                Ok(Event::Comment(_) | Event::PI(_)) => continue,
                Ok(Event::Text(text)) if text.trim_ascii().is_empty() => continue,
                Ok(Event::Start(_) | Event::Empty(_) | Event::Decl(_)) => {
                    "another document follows, left alone"
                }
                _ => "bytes follow the end of the document, left alone",
            };
            self.note(NoticeKind::Trailing, || cause.to_owned());
            return;
        }
    }
}
