//! The bytes of an archive, on disk or in memory, which many read at once, each at a place of
//! its own.

use std::fs::File;
use std::io::{Error, ErrorKind, Read, Result, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Bytes that are read of an archive before its directory is known. Ours: a directory of more
/// files than anybody has activities, and what it becomes in memory stays small.
pub const DIRECTORY_BYTES: u64 = 32 << 20;

/// A reader of an archive; its clones share the bytes, not the position.
#[derive(Debug, Clone)]
pub(super) struct ArchiveSource {
    bytes: Bytes,
    position: u64,
    length: u64,
    /// What may still be read by all of them.
    left: Arc<AtomicU64>,
}

#[derive(Debug, Clone)]
enum Bytes {
    Disk(Arc<File>),
    Memory(Arc<[u8]>),
}

impl ArchiveSource {
    pub(super) fn on_disk(path: &Path) -> Result<ArchiveSource> {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        Ok(ArchiveSource::new(Bytes::Disk(Arc::new(file)), length))
    }

    pub(super) fn in_memory(bytes: Vec<u8>) -> ArchiveSource {
        let length = bytes.len() as u64;
        ArchiveSource::new(Bytes::Memory(Arc::from(bytes)), length)
    }

    fn new(bytes: Bytes, length: u64) -> ArchiveSource {
        let left = Arc::new(AtomicU64::new(DIRECTORY_BYTES));
        ArchiveSource { bytes, position: 0, length, left }
    }

    pub(super) fn length(&self) -> u64 {
        self.length
    }

    /// Lifts the bound of the directory once it is read: members have limits of their own.
    pub(super) fn is_opened(&self) {
        self.left.store(u64::MAX, Ordering::Relaxed);
    }

    /// Returns whether the directory was larger than is read.
    pub(super) fn is_exhausted(&self) -> bool {
        self.left.load(Ordering::Relaxed) == 0
    }

    /// Returns so many bytes from a position on, fewer at the end.
    pub(super) fn bytes_at<const N: usize>(&mut self, position: u64) -> Vec<u8> {
        self.position = position;
        let mut bytes = Vec::with_capacity(N);
        // what cannot be read is not there
        let _ = self.by_ref().take(N as u64).read_to_end(&mut bytes);
        bytes
    }
}

impl Read for ArchiveSource {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let left = self.left.load(Ordering::Relaxed);
        if left == 0 {
            return Err(Error::from(ErrorKind::FileTooLarge));
        }
        let most = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
        let buffer = buffer.get_mut(..most).unwrap_or_default();
        let read = match &self.bytes {
            Bytes::Disk(file) => read_at(file, buffer, self.position)?,
            Bytes::Memory(bytes) => {
                let from = usize::try_from(self.position).unwrap_or(usize::MAX);
                let rest = bytes.get(from..).unwrap_or_default();
                (&*rest).read(buffer)?
            }
        };
        self.position += read as u64;
        if left != u64::MAX {
            self.left.store(left.saturating_sub(read as u64), Ordering::Relaxed);
        }
        Ok(read)
    }
}

#[cfg(unix)]
fn read_at(file: &File, buffer: &mut [u8], position: u64) -> Result<usize> {
    std::os::unix::fs::FileExt::read_at(file, buffer, position)
}

#[cfg(windows)]
fn read_at(file: &File, buffer: &mut [u8], position: u64) -> Result<usize> {
    std::os::windows::fs::FileExt::seek_read(file, buffer, position)
}

impl Seek for ArchiveSource {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        let (base, offset) = match to {
            SeekFrom::Start(position) => (position, 0),
            SeekFrom::End(offset) => (self.length, offset),
            SeekFrom::Current(offset) => (self.position, offset),
        };
        self.position = base
            .checked_add_signed(offset)
            .ok_or_else(|| Error::new(ErrorKind::InvalidInput, "before the beginning"))?;
        Ok(self.position)
    }
}
