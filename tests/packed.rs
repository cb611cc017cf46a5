//! Archives that are not read are named, each by itself and in a folder.

#![allow(clippy::unwrap_used, reason = "a test that fails says so")]

#[path = "support/gzipped.rs"]
mod gzipped;

use std::path::Path;

use gzipped::gzip;
use hardlegs::inputs::under;
use hardlegs::read::Limits;

/// Each input under a path that is refused, and why.
fn said(path: &Path) -> Vec<(String, String)> {
    let limits = Limits::default();
    let refused = |input: hardlegs::inputs::Input| {
        let path = input.path.clone();
        let read = input.into_bytes(&limits);
        let read = read.and_then(|bytes| hardlegs::read::bytes_with(&bytes, &limits));
        (path, read.unwrap_err().message())
    };
    under(path).map(refused).collect()
}

#[test]
fn names_archives_that_are_not_read() {
    let mut tar = tar::Builder::new(Vec::new());
    tar.append_path("fixtures/fit/loop.fit").unwrap();
    let tar = tar.into_inner().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let files: [(&str, &[u8], &str); 9] = [
        ("a.7z", b"7z\xbc\xaf\x27\x1c\0\x04", "a 7z archive"),
        ("b.rar", b"Rar!\x1a\x07\0", "a RAR archive"),
        ("c.tar", &tar, "a tar archive"),
        ("d.tar.gz", &gzip(&tar), "a tar archive"),
        ("e", &tar, "a tar archive"),
        ("f.tar.bz2", b"BZh91AY&SY", "a bzip2 file"),
        ("g.zip", b"<html>", "an HTML page"),
        ("h.jpg", b"\xff\xd8", ""),
        ("notes.txt.xz", b"\xfd7zXZ\0", ""),
    ];
    for (name, bytes, _) in files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    let told = files.iter().filter(|(_, _, words)| !words.is_empty());
    let said: Vec<(String, String)> = said(folder.path());
    assert_eq!(said.len(), told.clone().count(), "{said:?}");
    for ((name, _, words), (path, words_said)) in told.zip(&said) {
        let path_of = folder.path().join(name);
        assert_eq!(path, path_of.to_str().unwrap());
        assert!(words_said.starts_with(words), "{name}: {words_said}");
        assert!(words_said.contains(". Hint: "), "{name}: {words_said}");
        assert_eq!(&self::said(&path_of)[0].1, words_said, "{name} by itself");
    }
}
