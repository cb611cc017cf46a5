//! Where a byte stands first, for texts that are mostly a few words long.

use memchr::memchr;

/// Bytes that are looked at without a call.
const NEAR: usize = 32;

/// Returns where a byte stands first.
pub(super) fn find(byte: u8, text: &[u8]) -> Option<usize> {
    let (near, far) = text.split_at_checked(NEAR).unwrap_or((text, &[]));
    let (chunks, tail) = near.as_chunks();
    for (index, chunk) in chunks.iter().enumerate() {
        if let Some(at) = first(marks(byte, *chunk)) {
            return Some(8 * index + at);
        }
    }
    if far.is_empty() {
        let at = tail.iter().position(|other| *other == byte)?;
        Some(near.len() - tail.len() + at)
    } else {
        Some(NEAR + memchr(byte, far)?)
    }
}

/// Returns the rest of a text behind this prefix; `None` where it begins otherwise. Without a call.
#[inline]
pub(super) fn behind<'a>(prefix: &[u8], text: &'a [u8]) -> Option<&'a [u8]> {
    let (head, rest) = text.split_at_checked(prefix.len())?;
    let eight =
        |a: &[u8; 8], b: &[u8; 8]| u64::from_le_bytes(*a) ^ u64::from_le_bytes(*b);
    let four = |a: &[u8; 4], b: &[u8; 4]| u32::from_le_bytes(*a) ^ u32::from_le_bytes(*b);
    // the last bytes are compared at once, some of them for the second time
    let alike = if let (Some(a), Some(b)) = (prefix.last_chunk(), head.last_chunk()) {
        let chunks = prefix.as_chunks().0.iter().zip(head.as_chunks().0);
        chunks.fold(eight(a, b), |differing, (a, b)| differing | eight(a, b)) == 0
    } else if let (Some(a), Some(b)) = (prefix.last_chunk(), head.last_chunk())
        && let (Some(c), Some(d)) = (prefix.first_chunk(), head.first_chunk())
    {
        four(a, b) | four(c, d) == 0
    } else {
        prefix.iter().eq(head)
    };
    alike.then_some(rest)
}

/// Returns the highest bit of each byte of a word that is the one sought, and perhaps of some
/// behind the first: the difference borrows from it (H. S. Warren 2013, "Hacker's Delight", section
/// 6-1).
#[inline]
fn marks(byte: u8, chunk: [u8; 8]) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let differing = u64::from_le_bytes(chunk) ^ (ONES * u64::from(byte));
    differing.wrapping_sub(ONES) & !differing & (ONES << 7)
}

/// Returns the first byte that is marked.
#[inline]
fn first(marks: u64) -> Option<usize> {
    (marks != 0).then(|| marks.trailing_zeros() as usize / 8)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn strips_a_prefix_as_the_standard_library_does(
            prefix in "[ab]{0,30}", text in "[ab]{0,40}", begins: bool,
        ) {
            let text = if begins { prefix.clone() + &text } else { text };
            prop_assert_eq!(
                behind(prefix.as_bytes(), text.as_bytes()),
                text.as_bytes().strip_prefix(prefix.as_bytes()));
        }

        #[test]
        fn finds_the_first_byte(
            text in prop::collection::vec(prop_oneof![1 => Just(b'<'), 9 => Just(b'='), 90 => any::<u8>()], 0..60),
        ) {
            prop_assert_eq!(find(b'<', &text), text.iter().position(|byte| *byte == b'<'));
        }
    }
}
