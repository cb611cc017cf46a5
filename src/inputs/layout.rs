//! An archive's directory held against the bytes that it tells of: members that share bytes,
//! and files that are there and not listed.

use std::collections::HashSet;

use zip::ZipArchive;

use crate::inputs::archive_source::ArchiveSource;

/// Marks of a member's own header and of its line in the directory, and bytes of each before
/// what varies in length: APPNOTE 4.3.7 and 4.3.12.
const HEADER: &[u8] = b"PK\x03\x04";
const HEADER_BYTES: u64 = 30;
const LINE: &[u8] = b"PK\x01\x02";
const LINE_BYTES: u64 = 46;

/// Lengths of what may follow a member's bytes: APPNOTE 4.3.9, with and without its mark, with
/// sizes of 4 and of 8 bytes.
const DESCRIPTORS: [usize; 5] = [0, 12, 16, 20, 24];

/// How the members of an archive lie.
#[derive(Debug, Default)]
pub(super) struct Layout {
    overlapping: HashSet<usize>,
    /// Whether there are files that the directory does not list.
    pub(super) is_short: bool,
}

/// Where a member lies, with its header.
struct Extent {
    start: u64,
    end: u64,
    index: usize,
    /// Whether it has bytes to inflate.
    holds: bool,
}

impl Layout {
    /// Looks at every header and at nothing that is packed.
    pub(super) fn of(
        archive: &mut ZipArchive<ArchiveSource>,
        place: &mut ArchiveSource,
    ) -> Layout {
        let mut extents: Vec<Extent> =
            (0..archive.len()).filter_map(|index| extent(archive, index)).collect();
        extents.sort_unstable_by_key(|extent| (extent.start, extent.end, extent.index));
        let is_short = goes_on(archive, place)
            || has_gaps(&extents, archive.central_directory_start(), place);
        Layout { overlapping: overlapping(&extents), is_short }
    }

    /// Returns whether a member shares bytes with another.
    pub(super) fn overlaps(&self, index: usize) -> bool {
        self.overlapping.contains(&index)
    }
}

fn extent(archive: &mut ZipArchive<ArchiveSource>, index: usize) -> Option<Extent> {
    let entry = archive.by_index_data(index).ok()?;
    let (start, packed) = (entry.header_start(), entry.compressed_size());
    let listed = HEADER_BYTES + entry.name_raw().len() as u64;
    let data = archive.by_index_raw(index).ok().and_then(|member| member.data_start());
    // a header that cannot be read says nothing of its length
    let data = data.unwrap_or(start.saturating_add(listed));
    Some(Extent { start, end: data.saturating_add(packed), index, holds: packed > 0 })
}

/// Members that begin before another ends, and those others. Sorted by their beginnings, the
/// one that reaches furthest is the one that a next can meet.
fn overlapping(extents: &[Extent]) -> HashSet<usize> {
    let mut found = HashSet::new();
    let mut furthest: Option<&Extent> = None;
    // folders and empty files take nothing from each other
    for extent in extents.iter().filter(|extent| extent.holds) {
        if let Some(before) = furthest.filter(|before| extent.start < before.end) {
            found.extend([before.index, extent.index]);
        }
        if furthest.is_none_or(|before| extent.end > before.end) {
            furthest = Some(extent);
        }
    }
    found
}

/// Returns whether a member's header stands between those that are listed.
fn has_gaps(extents: &[Extent], directory: u64, place: &mut ArchiveSource) -> bool {
    let mut reached = 0;
    for next in extents.iter().map(|e| (e.start, e.end)).chain([(directory, directory)]) {
        if next.0.saturating_sub(reached) >= HEADER_BYTES {
            let bytes = place.bytes_at::<28>(reached);
            let rests = DESCRIPTORS.iter().filter_map(|length| bytes.get(*length..));
            if rests.into_iter().any(|rest| rest.starts_with(HEADER)) {
                return true;
            }
        }
        reached = reached.max(next.1);
    }
    false
}

/// Returns whether the directory has more lines than it counts: some writers count to 65,535
/// and begin anew.
fn goes_on(archive: &ZipArchive<ArchiveSource>, place: &mut ArchiveSource) -> bool {
    let lines = (0..archive.len()).filter_map(|index| archive.by_index_data(index).ok());
    let end = match lines.map(|line| line.central_header_start()).max() {
        None => archive.central_directory_start(),
        Some(last) => {
            let line = place.bytes_at::<46>(last);
            let length = |at: usize| match line.get(at..at + 2) {
                Some(&[low, high]) => u64::from(u16::from_le_bytes([low, high])),
                _ => 0,
            };
            // its name, its extra field and its remark follow it
            last.saturating_add(LINE_BYTES + length(28) + length(30) + length(32))
        }
    };
    place.bytes_at::<4>(end) == LINE
}
