//! What GPX and TCX share: XML as steps, within limits, forgiving and never opening anything.

use quick_xml::Reader;
use quick_xml::errors::{IllFormedError, SyntaxError};
use quick_xml::events::attributes::Attributes;
use quick_xml::events::{BytesDecl, Event};

use std::borrow::Cow;
use std::io::BufRead;

use crate::error::{Error, Kind, Place};

use super::Shortcut;
use super::content::{Content, resolved};
use super::limits::Limits;
use super::markup::{end, open, up_to_tag};
use super::notice::{NoticeKind, Notices};

/// Namespace declarations of one element that are believed.
const NAMESPACES: usize = 64;

/// Attributes up to which comparing each with each is the quickest way to find a duplicate.
const FEW_ATTRIBUTES: usize = 8;

/// Points shorter than this are not believed to fill a file (our choice): place and height
/// alone take as much.
const LEAST_POINT_BYTES: usize = 64;

/// Longest piece of a file's text that is shown in a notice, characters.
const SHOWN_CHARS: usize = 40;

/// How many times the limit a name must be long, bytes, before its cut is worth a notice.
const ABSURD_NAME: usize = 20;

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
    /// Behind the current step.
    rest: &'a str,
    /// The library, which lags behind as long as it is not asked.
    reader: Reader<&'a [u8]>,
    /// Bytes of `text` before what the reader sees.
    skipped: usize,
    /// Bytes of `text` before the current event.
    offset: usize,
    limits: Limits,
    /// Whether what comes next may be read without the library: it stands behind markup, so
    /// that a text is whole, and no end is still to be told.
    plainly: bool,
    /// Names of the elements that are open, with their prefixes.
    open: Vec<&'a str>,
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
    pub(crate) points: u64,
    /// Which way what was read went.
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
        // it does not see every tag: names are compared here
        reader.config_mut().check_end_names = !limits.shortcuts;
        reader.config_mut().allow_unmatched_ends = limits.shortcuts;
        let mut document = Document {
            text,
            rest: body,
            reader,
            skipped,
            offset: 0,
            limits: *limits,
            plainly: false,
            open: Vec::new(),
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

    /// The next step. An error is a limit or something refused; damage is [`Step::End`], and
    /// [`Document::finish`] tells.
    pub(crate) fn next(&mut self) -> Result<Step, Error> {
        loop {
            if self.plainly
                && let Some(innermost) = self.open.last()
                && let Some((text, tag)) = up_to_tag(self.rest)
            {
                self.offset = self.text.len() - tag.len();
                if let Some(rest) = end(tag, innermost)
                    && self.goes_on(rest)
                {
                    self.shortcut.plain_tags += 1;
                    self.content.add(text);
                    return Ok(self.close());
                }
                if let Some(tag) = open(tag, &mut self.attributes)
                    && self.goes_on(tag.rest)
                {
                    // what stands before an element is nobody's value
                    self.shortcut.plain_tags += 1;
                    self.empty_element = tag.empty;
                    self.plainly = !tag.empty;
                    return self.open(tag.name, tag.local);
                }
                if self.goes_on(tag) {
                    self.content.add(text);
                }
            }
            if let Some(step) = self.step()? {
                return Ok(step);
            }
        }
    }

    /// The next step where it is not plain; `None` where the library finds something else.
    #[inline(never)]
    fn step(&mut self) -> Result<Option<Step>, Error> {
        if self.empty_element {
            self.empty_element = false;
            self.plainly = self.limits.shortcuts;
            return Ok(Some(self.close()));
        }
        if self.cut.is_some() || (self.rooted && self.open.is_empty()) {
            return Ok(Some(Step::End));
        }
        self.offset = self.position();
        let event = match self.event() {
            Ok(event) => event,
            Err(error) => return Ok(Some(self.stop(&error))),
        };
        self.plainly = self.limits.shortcuts
            && !matches!(event, Event::Text(_) | Event::GeneralRef(_) | Event::Empty(_));
        self.shortcut.library_events += 1;
        if self.position() - self.offset > self.limits.xml_token_bytes {
            return Err(self.overdone("a tag or text is too long"));
        }
        match event {
            Event::Start(tag) => {
                return self.unfold(tag.len() + "<>".len(), tag.name().0.len()).map(Some);
            }
            Event::Empty(tag) => {
                self.empty_element = true;
                return self
                    .unfold(tag.len() + "</>".len(), tag.name().0.len())
                    .map(Some);
            }
            Event::End(tag) => {
                let found = tag.name();
                let fault = match self.open.last() {
                    Some(name) if *name == found.0 => return Ok(Some(self.close())),
                    Some(name) => IllFormedError::MismatchedEndTag {
                        expected: (*name).to_owned(),
                        found: found.0.to_owned(),
                    },
                    None => IllFormedError::UnmatchedEndTag(found.0.to_owned()),
                };
                let error = quick_xml::Error::IllFormed(fault);
                return Ok(Some(self.ill_formed(&error)));
            }
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
                let cause = if self.rooted {
                    "XML ends in the middle"
                } else {
                    "there is no root element"
                };
                return Ok(Some(self.cut(NoticeKind::Truncated, cause)));
            }
        }
        Ok(None)
    }

    /// The name of the element that was opened last, without its prefix.
    pub(crate) fn local(&self) -> &'a str {
        self.local
    }

    /// An attribute of the element that was opened last, references resolved.
    pub(crate) fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        let (_, raw) = self.attributes.iter().find(|(key, _)| *key == name)?;
        Some(resolved(raw))
    }

    /// All attributes of the element that was opened last, raw.
    pub(crate) fn attributes(&self) -> &[(&'a str, &'a str)] {
        &self.attributes
    }

    /// The text of the element that was closed last, across comments, CDATA and references.
    pub(crate) fn value(&self) -> &str {
        self.content.value()
    }

    /// The same where it stands in the file in one piece.
    pub(crate) fn piece(&self) -> Option<&'a str> {
        self.content.piece()
    }

    /// Where the tag of the current step begins, bytes.
    pub(crate) fn offset(&self) -> usize {
        self.offset
    }

    /// Elements that are open.
    pub(crate) fn depth(&self) -> usize {
        self.open.len()
    }

    /// The text from an offset to the end of the current step.
    pub(crate) fn since(&self, offset: usize) -> &'a str {
        let text = self.text;
        text.get(offset..self.position()).unwrap_or_default()
    }

    /// The text behind the current step.
    pub(crate) fn rest(&self) -> &'a str {
        self.rest
    }

    /// Leaves out what was read elsewhere: whole elements, and blanks before them. `false`
    /// where it is longer than a tag or text may be.
    pub(crate) fn skip(&mut self, bytes: usize) -> bool {
        self.rest.get(bytes..).is_some_and(|rest| self.goes_on(rest))
    }

    /// The rest is this; `false` where what lies before is longer than a tag or text may be.
    fn goes_on(&mut self, rest: &'a str) -> bool {
        let fits = self.rest.len() - rest.len() <= self.limits.xml_token_bytes;
        if fits {
            self.rest = rest;
        }
        fits
    }

    /// The next event of the library, which first leaves out what was read elsewhere.
    fn event(&mut self) -> Result<Event<'a>, quick_xml::Error> {
        let elsewhere = self.position().saturating_sub(self.asked());
        self.reader.stream().consume(elsewhere);
        let event = self.reader.read_event();
        self.rest = self.text.get(self.asked()..).unwrap_or_default();
        event
    }

    /// Up to where the library has read.
    fn asked(&self) -> usize {
        self.skipped
            + usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    /// Whether one more point is within the limit.
    pub(crate) fn has_room(&self) -> bool {
        self.points < self.limits.points as u64
    }

    /// Whether points may be read without telling their steps.
    pub(crate) fn takes_shortcuts(&self) -> bool {
        self.limits.shortcuts
    }

    /// The value as a name: trimmed, not empty, cut to the limit; flaws are noted.
    pub(crate) fn name(&mut self) -> Option<String> {
        if self.content.is_flawed() {
            self.note(NoticeKind::Text, || {
                "unknown entity or bare & in a name".to_owned()
            });
        }
        let value = self.value().trim();
        let name: String = value.chars().take(self.limits.name_chars).collect();
        let limit = self.limits.name_chars;
        // a long name is no flaw, a page of text is
        if value.len() > limit.saturating_mul(ABSURD_NAME) {
            self.note(NoticeKind::Text, || format!("name cut to {limit} characters"));
        }
        (!name.is_empty()).then_some(name)
    }

    /// Whether the value is made of nothing but the name of a DTD that only HTML has.
    pub(crate) fn is_html(&self) -> bool {
        self.doctype
            .is_some_and(|d| d.get(..4).is_some_and(|d| d.eq_ignore_ascii_case("html")))
    }

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

    /// An error at the current place.
    pub(crate) fn error(&self, kind: Kind, cause: impl Into<String>) -> Error {
        Error::new(kind, cause).at(place(self.text, self.offset, self.points))
    }

    /// The error of what no device writes.
    fn overdone(&self, cause: &str) -> Error {
        self.error(Kind::TooLarge, cause)
            .hint("no device writes such a file: export it again")
    }

    /// One more point, within the limit.
    pub(crate) fn count_point(&mut self) -> Result<(), Error> {
        self.points += 1;
        if self.points > self.limits.points as u64 {
            return Err(self
                .error(Kind::TooLarge, "too many points")
                .hint("split it into activities"));
        }
        Ok(())
    }

    /// Behind the first point, which began at this offset: how many may follow, were they all as
    /// long. Room for so many is never more than the file is large.
    pub(crate) fn points_to_come(&self, offset: usize) -> Option<usize> {
        if self.points != 1 {
            return None;
        }
        let bytes = self.since(offset).len();
        (bytes >= LEAST_POINT_BYTES).then(|| self.rest().len() / bytes)
    }

    /// The error of a document that broke off before anything was read from it.
    pub(crate) fn broken(&self) -> Option<Error> {
        let cut = self.cut.as_ref()?;
        let kind = if self.rooted { Kind::Damaged } else { Kind::NotAnActivity };
        Some(
            Error::new(kind, cut.cause.clone())
                .at(place(self.text, cut.offset, self.points))
                .hint("nothing was read before it; export or copy the file again"),
        )
    }

    /// What was survived, all told.
    pub(crate) fn finish(mut self) -> Notices {
        if let Some(cut) = self.cut.take() {
            let place = place(self.text, cut.offset, self.points);
            self.notices.note(cut.kind, || {
                format!("{place}: {}; what was read before is used", cut.cause)
            });
        } else {
            self.epilogue();
        }
        self.notices
    }

    fn position(&self) -> usize {
        self.text.len() - self.rest.len()
    }

    /// Reads the tag that the library took, `length` bytes with a name of `name`, and opens its
    /// element.
    fn unfold(&mut self, length: usize, name: usize) -> Result<Step, Error> {
        let text = self.text;
        let start = self.position().saturating_sub(length) + "<".len();
        let tag = text.get(start..self.position()).unwrap_or_default();
        let full_name = tag.get(..name).unwrap_or_default();
        if full_name.bytes().any(|b| b < b' ') {
            return Ok(
                self.cut(NoticeKind::Damaged, "a control character in the name of a tag")
            );
        }
        self.attributes.clear();
        let tail = if self.empty_element { "/>" } else { ">" };
        let tag = tag.strip_suffix(tail).unwrap_or(tag);
        if tag.len() > name
            && let Some(fault) = self.take_attributes(tag, name)
        {
            return Ok(self.cut(NoticeKind::Damaged, &fault));
        }
        let colon = full_name.rfind(':');
        let local = colon.and_then(|at| full_name.get(at + 1..)).unwrap_or(full_name);
        self.open(full_name, local)
    }

    /// Opens an element of this name and the attributes that were taken.
    #[inline]
    fn open(&mut self, full_name: &'a str, local: &'a str) -> Result<Step, Error> {
        self.rooted = true;
        self.open.push(full_name);
        self.local = local;
        self.content.clear();
        if !self.attributes.is_empty() || self.depth() > self.limits.xml_depth {
            self.check()?;
        }
        Ok(Step::Open)
    }

    /// Whether the element that was opened is within limits.
    #[inline(never)]
    fn check(&mut self) -> Result<(), Error> {
        if self.depth() > self.limits.xml_depth {
            return Err(self.overdone("elements are nested too deeply"));
        }
        let namespaces =
            self.attributes.iter().filter(|(key, _)| key.starts_with("xmlns"));
        if namespaces.count() > NAMESPACES
            || self.attributes.len() > self.limits.xml_attributes
        {
            return Err(self.overdone("an element has too many attributes"));
        }
        if has_duplicate(&mut self.attributes) {
            return Err(self
                .error(Kind::Damaged, "an attribute is given twice")
                .hint("export it again: no two programs would read this alike"));
        }
        Ok(())
    }

    /// Fills `attributes`; the words of a fault where they are not well-formed.
    fn take_attributes(&mut self, tag: &'a str, name: usize) -> Option<String> {
        let mut attributes = Attributes::new(tag, name);
        // its own check allocates per element
        attributes.with_checks(false);
        // one too many is enough to know that there are
        for attribute in attributes.take(self.limits.xml_attributes.saturating_add(1)) {
            match attribute {
                Ok(attribute) => {
                    if let Cow::Borrowed(value) = attribute.value {
                        self.attributes.push((attribute.key.0, value));
                    }
                }
                Err(fault) => return Some(format!("attributes are malformed ({fault})")),
            }
        }
        None
    }

    fn close(&mut self) -> Step {
        self.open.pop();
        Step::Close
    }

    /// Begins the text anew after an element was closed: call once its value was used.
    pub(crate) fn after_close(&mut self) {
        self.content.clear();
    }

    fn declare(&mut self, declaration: &BytesDecl<'_>) {
        let version =
            declaration.version().map_or_else(|_| "?".to_owned(), Cow::into_owned);
        if version != "1.0" {
            let version: String = version.chars().take(SHOWN_CHARS).collect();
            self.note(NoticeKind::Unusual, || format!("XML version {version:?}"));
        }
    }

    /// A document type: entities are refused, other declarations are passed over unread.
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

    /// Ends at an error of the library.
    fn stop(&mut self, error: &quick_xml::Error) -> Step {
        self.offset = self.skipped
            + usize::try_from(self.reader.error_position()).unwrap_or_default();
        self.ill_formed(error)
    }

    /// Ends at an error at the current place.
    fn ill_formed(&mut self, error: &quick_xml::Error) -> Step {
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
        (self.empty_element, self.plainly) = (false, false);
        self.cut = Some(Cut { kind, offset: self.offset, cause: cause.to_owned() });
        Step::End
    }

    /// Looks at what follows the root: comments are fine, all else is noted and left alone.
    fn epilogue(&mut self) {
        loop {
            self.offset = self.position();
            let cause = match self.event() {
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

/// Line and column of a byte: counted only when somebody asks.
fn place(text: &str, offset: usize, after_points: u64) -> Place {
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

/// Whether a key occurs twice. Many attributes are sorted: no element costs quadratic time.
fn has_duplicate(attributes: &mut [(&str, &str)]) -> bool {
    if attributes.len() > FEW_ATTRIBUTES {
        attributes.sort_unstable();
        return attributes
            .windows(2)
            .any(|pair| matches!(pair, [(a, _), (b, _)] if a == b));
    }
    let mut rest = &*attributes;
    while let [(key, _), others @ ..] = rest {
        if others.iter().any(|(other, _)| other == key) {
            return true;
        }
        rest = others;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The texts of all elements in the order they close, the notices, and the error.
    fn texts(text: &str) -> (Vec<String>, Vec<NoticeKind>, Option<Kind>) {
        let mut document = Document::new(text, &Limits::default(), Notices::default());
        let mut texts = Vec::new();
        loop {
            match document.next() {
                Ok(Step::Open) => {}
                Ok(Step::Close) => {
                    texts.push(document.value().to_owned());
                    document.after_close();
                }
                Ok(Step::End) => break,
                Err(error) => return (texts, vec![], Some(error.kind())),
            }
        }
        let kinds = document.finish().into_vec().iter().map(|n| n.kind).collect();
        (texts, kinds, None)
    }

    fn good(text: &str) -> Vec<String> {
        let (texts, notices, error) = texts(text);
        assert_eq!((notices, error), (vec![], None), "{text}");
        texts
    }

    #[test]
    fn text_is_joined() {
        assert_eq!(good("<a>7<!-- x -->00<![CDATA[.5]]></a>"), ["700.5"]);
        assert_eq!(good("<a>&#55;&#x30;0 &amp; &lt;</a>"), ["700 & <"]);
        assert_eq!(good("<a>out<b/>side<c>in</c></a>"), ["", "in", ""]);
        assert_eq!(texts("<a>&nope;&#0;&#xD800;</a>").0, ["\u{fffd}\u{fffd}\u{fffd}"]);
        assert_eq!(texts("<a>Tom & Jerry</a>").0, ["Tom & Jerry"]);
    }

    #[test]
    fn names_lose_their_prefix_and_attributes_their_references() {
        let mut document = Document::new(
            "<g:a x='1' y = \"&quot;&#x41;&no;\"/>",
            &Limits::default(),
            Notices::default(),
        );
        assert_eq!(document.next().unwrap(), Step::Open);
        assert_eq!(document.local(), "a");
        assert_eq!(document.attribute("x").as_deref(), Some("1"));
        assert_eq!(document.attribute("y").as_deref(), Some("\"A\u{fffd}"));
        assert_eq!(document.attribute("z"), None);
        assert_eq!(document.next().unwrap(), Step::Close);
        assert_eq!(document.next().unwrap(), Step::End);
    }

    #[test]
    fn what_is_survived_is_told() {
        use NoticeKind::{Damaged, Leading, Trailing, Truncated, Unusual};
        for (text, kind) in [
            ("<a><b>", Truncated),
            ("<a><!-- ", Truncated),
            ("<a></b>", Damaged),
            ("<a><b x=1></b></a>", Damaged),
            ("<a><e\0le/></a>", Damaged),
            ("<a/>\0\0", Trailing),
            ("<a/><a/>", Trailing),
            ("<a/>rubbish", Trailing),
            (" <?xml version='1.0'?><a/>", Leading),
            ("\0<a/>", Leading),
            ("<?xml version='1.1'?><a/>", Unusual),
            ("<!DOCTYPE a SYSTEM 'http://example.invalid/a.dtd'><a/>", Unusual),
        ] {
            assert_eq!(texts(text).1, [kind], "{text}");
        }
        assert_eq!(good("\n<a/>\n<!-- end -->\n"), [""]);
    }

    #[test]
    fn what_is_refused() {
        let attributes = |n: usize, name: &str| {
            let list: Vec<String> = (0..n).map(|i| format!(" {name}{i}='1'")).collect();
            format!("<a{}/>", list.concat())
        };
        for (text, kind) in [
            ("<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>".to_owned(), Kind::Damaged),
            ("<!DOCTYPE a [<b><c>]><a/>".to_owned(), Kind::Damaged),
            ("<a x='1' x='2'/>".to_owned(), Kind::Damaged),
            (attributes(20, "y").replace("/>", " y3='2'/>"), Kind::Damaged),
            (attributes(257, "y"), Kind::TooLarge),
            (attributes(65, "xmlns:y"), Kind::TooLarge),
            ("<a>".repeat(257), Kind::TooLarge),
            (format!("<a>{}</a>", "x".repeat((1 << 20) + 1)), Kind::TooLarge),
        ] {
            assert_eq!(texts(&text).2, Some(kind), "{}", &text[..40.min(text.len())]);
        }
        assert_eq!(good(&attributes(256, "y")), [""]);
    }

    #[test]
    fn places_count_characters() {
        assert_eq!(
            place("é\naé<", 6, 2).to_string(),
            "line 2, column 3 (after 2 points)"
        );
        assert_eq!(place("<", 0, 0).to_string(), "line 1, column 1");
    }
}
