//! Lists of paths, and the table of an export.

use hardlegs::inputs::{self, MOST_PATH_BYTES};

use super::one_line;

/// As a list with either end, and as the table beside an activity: bounded, and what is wrong
/// is one line.
pub fn lists(bytes: &[u8]) {
    for end in [b'\n', 0] {
        let Ok(found) = inputs::in_list(bytes, end) else { continue };
        let mut named = 0;
        for input in found {
            // no character is lost but in what is no text: three bytes stand for one
            assert!(
                input.path.len() as u64 <= 3 * MOST_PATH_BYTES,
                "{}",
                input.path.len()
            );
            named += 1;
        }
        assert!(named <= bytes.split(|byte| *byte == end).count());
    }
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("activities.csv"), bytes).unwrap();
    std::fs::create_dir(folder.path().join("activities")).unwrap();
    std::fs::write(folder.path().join("activities/7.fit"), b"none").unwrap();
    let mut found = 0;
    for input in inputs::under(folder.path()) {
        let of_table = input.path.ends_with("activities.csv");
        found += usize::from(!of_table);
        let hint = input.hint.clone();
        for words in [hint.name, hint.sport, hint.gear].into_iter().flatten() {
            assert!(!words.is_empty() && words.len() <= 2 * bytes.len());
        }
        let error = input.into_bytes(&hardlegs::read::Limits::default()).err();
        assert_eq!(error.is_some(), of_table);
        if let Some(error) = error {
            one_line(&error.message());
        }
    }
    assert_eq!(found, 1);
}
