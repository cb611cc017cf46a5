//! What of an archive is not read, told in a line or two for all of it.

use crate::error::{Error, Kind};
use crate::inputs::Input;
use crate::read::packed::Packed;

/// What was met and left out.
#[derive(Debug, Default)]
pub(super) struct Skipped {
    /// Whether there are files that the directory does not list.
    unlisted: bool,
    /// Whether several members have one name.
    doubled: bool,
    /// Members that share bytes.
    pub(super) overlapping: usize,
    /// Members for which the archive's budget had no room.
    pub(super) beyond: usize,
    /// The first archive that lies too deep, and how many do.
    deeper: Option<(String, usize)>,
    /// The first archive that is packed in a way that is not read, which, and how many are.
    packed: Option<(String, &'static Packed, usize)>,
}

impl Skipped {
    /// Begins with what an archive's directory says of it.
    pub(super) fn of(unlisted: bool, doubled: bool) -> Skipped {
        Skipped { unlisted, doubled, ..Skipped::default() }
    }

    /// Counts an archive that lies deeper than is read.
    pub(super) fn deeper(&mut self, path: String) {
        self.deeper.get_or_insert((path, 0)).1 += 1;
    }

    /// Counts an archive that is packed in a way that is not read.
    pub(super) fn packed(&mut self, path: String, packed: &'static Packed) {
        self.packed.get_or_insert((path, packed, 0)).2 += 1;
    }

    /// Returns a line for the archive at the path, and one for each sort of archive inside it.
    pub(super) fn told(self, path: &str) -> Vec<Input> {
        let mut inputs = Vec::new();
        inputs
            .extend(self.of_itself().map(|error| Input::failed(path.to_owned(), error)));
        if let Some((first, count)) = self.deeper {
            let words =
                format!("an archive inside archives is not read{}", others(count));
            let error = Error::new(Kind::NotAnActivity, words)
                .hint("unzip the outermost and name the folder");
            inputs.push(Input::failed(first, error));
        }
        if let Some((first, packed, count)) = self.packed {
            inputs.push(Input::failed(first, packed.refused_with(&others(count))));
        }
        inputs
    }

    /// Returns all that is wrong with the archive itself, in one line.
    fn of_itself(&self) -> Option<Error> {
        let mut causes = Vec::new();
        let mut kind = Kind::Damaged;
        if self.unlisted {
            causes.push("files are in it that its directory does not list".to_owned());
        }
        if self.doubled {
            causes.push(
                "several files have one name; only the last of them is read".to_owned(),
            );
        }
        if self.overlapping > 0 {
            causes
                .push(format!("{} files share bytes and are not read", self.overlapping));
        }
        if self.beyond > 0 {
            if causes.is_empty() {
                kind = Kind::TooLarge;
            }
            let words = "files are not read: all of it would inflate too far";
            causes.push(format!("{} {words}", self.beyond));
        }
        if causes.is_empty() {
            return None;
        }
        let error = Error::new(kind, format!("the archive: {}", causes.join("; ")));
        Some(error.hint(match kind {
            Kind::TooLarge => {
                "no recordings pack so well: unzip it, look, and name the folder"
            }
            _ if self.doubled => "make the archive again with names that differ",
            _ => "download the export again, or unzip it and name the folder",
        }))
    }
}

/// Returns how many there are beside the first.
fn others(count: usize) -> String {
    match count {
        ..=1 => String::new(),
        2 => " (nor is another)".to_owned(),
        _ => format!(" (nor are {} others)", count - 1),
    }
}
