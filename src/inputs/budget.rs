//! How much an archive may inflate to as a whole, decided from the sizes that it states, in the
//! order of names: the same whatever reads it, and however many at once.
//!
//! A member never inflates to more than it states. What gzip inside it inflates to stands in no
//! directory: that is bounded by what the member takes in the archive.

use crate::read::Limits;

/// Bytes that any archive may inflate to. Ours: more than any one recording may.
pub const ARCHIVE_FREE_BYTES: u64 = 256 << 20;
/// Bytes that no archive inflates to. Ours: six times ten thousand long days in GPX.
pub const ARCHIVE_BYTES: u64 = 256 << 30;
/// Bytes that gzip inside a member may inflate to, however small. Ours: as much as thousands of
/// tiny files may, without being a bomb together.
const TINY_BYTES: u64 = 64 << 10;

/// What an archive, those inside it included, may still inflate to.
#[derive(Debug)]
pub(super) struct Budget(u64);

impl Budget {
    /// Creates the budget of an archive of so many bytes on disk.
    pub(super) fn of(archive_bytes: u64, limits: &Limits) -> Budget {
        Budget(most(archive_bytes, limits))
    }

    /// Takes so many bytes; returns whether there were as many left.
    pub(super) fn takes(&mut self, bytes: u64) -> bool {
        let left = self.0.checked_sub(bytes);
        self.0 = left.unwrap_or(self.0);
        left.is_some()
    }
}

/// Returns what so many bytes may inflate to.
pub(super) fn most(packed: u64, limits: &Limits) -> u64 {
    packed.saturating_mul(limits.inflated_ratio).clamp(ARCHIVE_FREE_BYTES, ARCHIVE_BYTES)
}

/// Returns what gzip in a member of so many packed bytes may inflate to.
pub(super) fn in_gzip(packed: u64, limits: &Limits) -> u64 {
    let most = packed.saturating_mul(limits.inflated_ratio).max(TINY_BYTES);
    most.min(limits.inflated_bytes)
}
