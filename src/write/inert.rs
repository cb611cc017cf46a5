//! JSON whose strings do not steer a terminal: the same document, with more of its characters
//! escaped.

use std::fmt::Write as _;

/// Returns the document with DEL, C1 controls and marks of direction as `\u` escapes. JSON
/// escapes what comes before the blank by itself, and none of these stands outside a string.
///
/// ```
/// use hardlegs::write::inert::inert;
/// let steers = "{\"name\":\"a\u{9b}31m\u{202e}b\"}".to_owned();
/// assert_eq!(inert(steers), r#"{"name":"a\u009b31m\u202eb"}"#);
/// assert_eq!(inert("[\"Höhe\"]".to_owned()), "[\"Höhe\"]");
/// ```
pub fn inert(json: String) -> String {
    // nearly all documents are plain ASCII
    let plain = json.is_ascii() && !json.as_bytes().contains(&0x7f);
    if plain || !json.contains(steers) {
        return json;
    }
    let mut escaped = String::with_capacity(json.len() + 64);
    for c in json.chars() {
        if steers(c) {
            // all of them lie below U+10000
            let _ = write!(escaped, "\\u{:04x}", u32::from(c));
        } else {
            escaped.push(c);
        }
    }
    escaped
}

/// Returns whether a terminal may act on a character that JSON leaves as it is.
fn steers(c: char) -> bool {
    matches!(c, '\u{7f}'..='\u{9f}'
        | '\u{61c}' | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
