//! Archives and packed files that are not read, known by their beginning or their name, and
//! what to do about them.

use crate::error::{Error, Kind};

/// One way of packing that is not read here.
#[derive(Debug)]
pub(crate) struct Packed {
    /// With its article.
    what: &'static str,
    hint: &'static str,
    begins: fn(&[u8]) -> bool,
    /// Endings of names of whole folders or recordings packed so, in small letters.
    #[cfg_attr(not(feature = "batch"), expect(dead_code, reason = "folders have names"))]
    endings: &'static [&'static str],
}

/// What to do about an archive, and about a packed file.
const UNPACK: &str = "unpack it and name the folder";
const UNPACK_ONE: &str = "unpack it and name what comes out";

/// All of them; beginnings as their own specifications have them.
const PACKED: &[Packed] = &[
    // POSIX pax: the magic of a ustar header, which GNU's shares
    Packed {
        what: "a tar archive",
        hint: "hardlegs batch --tar reads it; for a history unpack it and name the folder",
        begins: |bytes| bytes.get(257..262) == Some(b"ustar"),
        endings: &[".tar", ".tar.gz", ".tgz"],
    },
    Packed {
        what: "a 7z archive",
        hint: UNPACK,
        begins: |bytes| bytes.starts_with(b"7z\xbc\xaf\x27\x1c"),
        endings: &[".7z"],
    },
    Packed {
        what: "a RAR archive",
        hint: UNPACK,
        begins: |bytes| bytes.starts_with(b"Rar!\x1a\x07"),
        endings: &[".rar"],
    },
    // APPNOTE 8.5.3: the first part of one that spans several files
    Packed {
        what: "a part of a split zip archive",
        hint: "join its parts with zip -s 0, or unpack it, and name the folder",
        begins: |bytes| bytes.starts_with(b"PK\x07\x08"),
        endings: &[],
    },
    // the digit is the size of its blocks, the six bytes are pi
    Packed {
        what: "a bzip2 file",
        hint: UNPACK_ONE,
        begins: |bytes| bytes.starts_with(b"BZh") && bytes.get(4..10) == Some(b"1AY&SY"),
        endings: &[".tar.bz2", ".tbz2", ".tbz", ".gpx.bz2", ".fit.bz2", ".tcx.bz2"],
    },
    Packed {
        what: "an xz file",
        hint: UNPACK_ONE,
        begins: |bytes| bytes.starts_with(b"\xfd7zXZ\0"),
        endings: &[".tar.xz", ".txz", ".gpx.xz", ".fit.xz", ".tcx.xz"],
    },
    Packed {
        what: "a Zstandard file",
        hint: UNPACK_ONE,
        begins: |bytes| bytes.starts_with(b"\x28\xb5\x2f\xfd"),
        endings: &[".tar.zst", ".tzst", ".gpx.zst", ".fit.zst", ".tcx.zst"],
    },
];

/// Bytes of a beginning that tell: a header of a tar.
#[cfg(feature = "batch")]
pub(crate) const BEGINNING_BYTES: usize = 512;

/// Returns what bytes that begin so are, if they are packed in a way that is not read.
pub(crate) fn by_content(beginning: &[u8]) -> Option<&'static Packed> {
    PACKED.iter().find(|packed| (packed.begins)(beginning))
}

/// Returns what a file of that name is by its ending.
#[cfg(feature = "batch")]
pub(crate) fn by_name(name: &str) -> Option<&'static Packed> {
    let name = name.to_lowercase();
    let named = |packed: &&Packed| packed.endings.iter().any(|end| name.ends_with(end));
    PACKED.iter().find(named)
}

impl Packed {
    /// In one line.
    pub(crate) fn refused(&self) -> Error {
        self.refused_with("")
    }

    /// In one line that says something more.
    pub(crate) fn refused_with(&self, more: &str) -> Error {
        let words = format!("{} is not read{more}", self.what);
        Error::new(Kind::NotAnActivity, words).hint(self.hint)
    }

    /// Whether it holds files with names, not the bytes of one.
    #[cfg(feature = "batch")]
    pub(crate) fn is_archive(&self) -> bool {
        self.hint != UNPACK_ONE
    }
}

#[cfg(test)]
mod tests {
    use crate::read;

    #[test]
    fn names_other_archives_and_what_to_do() {
        let mut tar = [0; 1024];
        tar[..12].copy_from_slice(b"activity.FIT");
        tar[257..263].copy_from_slice(b"ustar\0");
        let cases: [(&[u8], &str); 7] = [
            (&tar, "a tar archive"),
            (b"7z\xbc\xaf\x27\x1c\0\x04", "a 7z archive"),
            (b"Rar!\x1a\x07\x01\0", "a RAR archive"),
            (b"PK\x07\x08PK\x03\x04", "a part of a split zip archive"),
            (b"BZh91AY&SY\0", "a bzip2 file"),
            (b"\xfd7zXZ\0\0\x04", "an xz file"),
            (b"\x28\xb5\x2f\xfd\x04\0", "a Zstandard file"),
        ];
        for (bytes, what) in cases {
            let said = read::bytes(bytes).unwrap_err().message();
            assert!(said.starts_with(&format!("{what} is not read. Hint: ")), "{said}");
        }
    }

    #[cfg(feature = "batch")]
    #[test]
    fn knows_packed_folders_and_recordings_by_name() {
        use super::by_name;
        for name in ["x.tar.gz", "X.TGZ", "a/b.tar", "1.gpx.bz2", "e.7z", "x.tar.zst"] {
            assert!(by_name(name).is_some(), "{name}");
        }
        for name in ["x.gpx.gz", "x.zip", "notes.txt.xz", "tar", "7z"] {
            assert!(by_name(name).is_none(), "{name}");
        }
    }
}
