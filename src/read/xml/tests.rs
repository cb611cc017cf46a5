//! What a document tells of well-formed, damaged and hostile XML.

use super::notes::place;
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
                document.content.clear();
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
fn joins_text_across_comments_and_references() {
    assert_eq!(good("<a>7<!-- x -->00<![CDATA[.5]]></a>"), ["700.5"]);
    assert_eq!(good("<a>&#55;&#x30;0 &amp; &lt;</a>"), ["700 & <"]);
    assert_eq!(good("<a>out<b/>side<c>in</c></a>"), ["", "in", ""]);
    assert_eq!(texts("<a>&nope;&#0;&#xD800;</a>").0, ["\u{fffd}\u{fffd}\u{fffd}"]);
    assert_eq!(texts("<a>Tom & Jerry</a>").0, ["Tom & Jerry"]);
}

#[test]
fn strips_prefixes_of_names_and_resolves_attributes() {
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
fn notes_what_it_survives() {
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
fn refuses_entities_duplicates_and_excess() {
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
fn counts_characters_in_places() {
    assert_eq!(place("é\naé<", 6, 2).to_string(), "line 2, column 3 (after 2 points)");
    assert_eq!(place("<", 0, 0).to_string(), "line 1, column 1");
}
