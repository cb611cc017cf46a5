//! The attributes of one element: read raw, bounded, and none given twice.

use std::borrow::Cow;

use quick_xml::events::attributes::Attributes;

/// Namespace declarations of one element that are believed.
const MOST_NAMESPACES: usize = 64;

/// Attributes up to which comparing each with each is the quickest way to find a duplicate.
const FEW_ATTRIBUTES: usize = 8;

/// Reads the attributes behind the name of a tag; the error is the words of a fault.
pub(super) fn read<'a>(
    tag: &'a str,
    name_length: usize,
    most: usize,
    into: &mut Vec<(&'a str, &'a str)>,
) -> Result<(), String> {
    let mut attributes = Attributes::new(tag, name_length);
    // its own check allocates per element
    attributes.with_checks(false);
    // one too many is enough to know that there are
    for attribute in attributes.take(most.saturating_add(1)) {
        let attribute =
            attribute.map_err(|fault| format!("attributes are malformed ({fault})"))?;
        if let Cow::Borrowed(value) = attribute.value {
            into.push((attribute.key.0, value));
        }
    }
    Ok(())
}

/// Whether there are more attributes or namespaces than any device writes.
pub(super) fn are_too_many(attributes: &[(&str, &str)], most: usize) -> bool {
    let namespaces = attributes.iter().filter(|(key, _)| key.starts_with("xmlns"));
    attributes.len() > most || namespaces.count() > MOST_NAMESPACES
}

/// Whether a key occurs twice. Many attributes are sorted: no element costs quadratic time.
pub(super) fn has_duplicate(attributes: &mut [(&str, &str)]) -> bool {
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
