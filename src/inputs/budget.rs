//! How much an archive may inflate to as a whole.

use crate::read::Limits;

/// Bytes that any archive may inflate to. Ours: more than any one recording may.
pub const ARCHIVE_FREE_BYTES: u64 = 256 << 20;
/// Bytes that no archive inflates to. Ours: six times ten thousand long days in GPX.
pub const ARCHIVE_BYTES: u64 = 256 << 30;
/// What so many bytes may inflate to.
pub(super) fn most(packed: u64, limits: &Limits) -> u64 {
    packed.saturating_mul(limits.inflated_ratio).clamp(ARCHIVE_FREE_BYTES, ARCHIVE_BYTES)
}
