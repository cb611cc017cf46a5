//! Memory that workers share: who needs much waits until others have let go of theirs.

use std::sync::{Condvar, Mutex, PoisonError};

use crate::inputs::{Input, Source};

/// Bytes that the inputs in work at one time may need together. One that needs more is worked on
/// alone. Ours: what the largest file that is read needs by itself, so that `--threads` makes a
/// run quicker and never larger than its largest file.
pub const MEMORY_BYTES: u64 = 1 << 30;

/// Bytes of memory for each byte of a file: FIT holds a sample in some 14 bytes and we in
/// 220 (70 MiB took 1.1 GB), XML in 100 and more (220 MiB took 0.8 GB). Measured.
const OF_FIT: u64 = 16;
const OF_XML: u64 = 4;
/// Bytes that a byte of gzip holds: XML of recordings packs to a tenth or less, FIT to a third.
const GZIP_OF_FIT: u64 = 4;
const GZIP_OF_XML: u64 = 20;

/// Returns bytes of memory that reading and scoring an input takes, by its size and its name:
/// an upper figure for recordings, not for what is made to mislead. That is bounded by
/// `read::Limits`.
pub(super) fn needed_bytes(input: &Input) -> u64 {
    let size_bytes = match &input.source {
        Source::Bytes(bytes) => bytes.len() as u64,
        Source::File(_) | Source::Member(_) => {
            input.stamp().map_or(0, |stamp| stamp.size)
        }
        Source::Failed(_) => 0,
    };
    let name = input.path.to_lowercase();
    let (plain, packed) = match name.strip_suffix(".gz") {
        Some(plain) => (plain, true),
        None => (name.as_str(), false),
    };
    // what has no name may be either
    let xml = [".gpx", ".tcx"].iter().any(|end| plain.ends_with(end));
    let each = match (xml, packed) {
        (true, false) => OF_XML,
        (false, false) => OF_FIT,
        (true, true) => OF_XML * GZIP_OF_XML,
        (false, true) => OF_FIT * GZIP_OF_FIT,
    };
    size_bytes.saturating_mul(each)
}

/// What is left of the memory that workers share.
pub(super) struct MemoryBudget {
    left_bytes: Mutex<u64>,
    freed: Condvar,
    all_bytes: u64,
}

/// A share of it, given back when it is dropped.
pub(super) struct Share<'r> {
    budget: &'r MemoryBudget,
    bytes: u64,
}

impl MemoryBudget {
    pub(super) fn of(all_bytes: u64) -> MemoryBudget {
        MemoryBudget {
            left_bytes: Mutex::new(all_bytes),
            freed: Condvar::new(),
            all_bytes,
        }
    }

    /// Waits until so many bytes are free; what needs more than there are gets all of them.
    pub(super) fn wait_for(&self, bytes: u64) -> Share<'_> {
        let bytes = bytes.min(self.all_bytes);
        let left = self.left_bytes.lock().unwrap_or_else(PoisonError::into_inner);
        let mut left = self
            .freed
            .wait_while(left, |left| *left < bytes)
            .unwrap_or_else(PoisonError::into_inner);
        *left -= bytes;
        Share { budget: self, bytes }
    }
}

impl Drop for Share<'_> {
    fn drop(&mut self) {
        let mut left =
            self.budget.left_bytes.lock().unwrap_or_else(PoisonError::into_inner);
        *left += self.bytes;
        self.budget.freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asks_little_memory_for_a_small_file_and_what_it_holds_for_a_packed_one() {
        let of = |path: &str, size: usize| {
            needed_bytes(&Input {
                path: path.to_owned(),
                source: Source::Bytes(vec![0; size]),
                hint: crate::inputs::Hint::default(),
            })
        };
        assert_eq!(of("a.fit", 100), 1600);
        assert_eq!(of("a.GPX", 100), 400);
        assert_eq!(of("a.gpx.gz", 100), 8000);
        assert_eq!(of("a.fit.gz", 100), 6400);
        assert_eq!(of("no name", 100), 1600);
        assert_eq!(needed_bytes(&Input::file("no/such/file.fit")), 0);
    }

    #[test]
    fn gives_all_memory_back_and_waits_for_no_more_than_there_is() {
        let budget = MemoryBudget::of(10);
        for bytes in [3, 10, 1000, 0] {
            let share = budget.wait_for(bytes);
            assert_eq!(*budget.left_bytes.lock().unwrap(), 10 - bytes.min(10));
            drop(share);
        }
        assert_eq!(*budget.left_bytes.lock().unwrap(), 10);
    }
}
