//! A tar as it streams by, plain or in gzip: each file in it is an input.

use std::io::{self, Cursor, ErrorKind, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use flate2::read::MultiGzDecoder;
use tar::{Archive, Entry, EntryType};

use crate::error::{Error, Kind};
use crate::inputs::signature::first;
use crate::inputs::{Hint, Input, Source, budget, is_aside};
use crate::read::{Limits, is_gzip, is_zip, packed};

/// Bytes of a long name, or of a header of POSIX that may hold one. Ours: sixteen times the
/// longest path that systems take.
pub const MOST_NAME_BYTES: u64 = 64 << 10;

/// Bytes behind the end that are looked at: writers fill up with zeros.
const BEHIND_BYTES: u64 = 1 << 20;

type Stream = Watched<Box<dyn Read + Send>>;

/// Returns every file of a tar in its order, read as they are taken. What is wrong with the tar
/// itself stands beneath `name`, and ends it.
///
/// ```
/// let mut tar = tar::Builder::new(Vec::new());
/// tar.append_path("fixtures/fit/loop.fit").unwrap();
/// let tar = std::io::Cursor::new(tar.into_inner().unwrap());
/// let paths: Vec<String> =
///     hardlegs::inputs::in_tar(tar, "-").map(|input| input.path).collect();
/// assert_eq!(paths, ["fixtures/fit/loop.fit"]);
/// ```
pub fn in_tar<R: Read + Send + 'static>(
    stream: R,
    name: &str,
) -> impl Iterator<Item = Input> + Send + use<R> {
    let (inlet, members) = std::sync::mpsc::sync_channel(1);
    let (told, here) = (inlet.clone(), name.to_owned());
    let worker = std::thread::Builder::new().spawn(move || {
        let hand_on = |input| inlet.send(input).is_ok();
        if let Err(error) = Error::caught(|| walk(Box::new(stream), &hand_on)) {
            hand_on(Input::failed(here, error));
        }
    });
    if let Err(error) = worker {
        let _ = told.send(Input::failed(name.to_owned(), Error::io(error)));
    }
    drop(told);
    members.into_iter()
}

/// Walks a tar entry by entry, as they lie: the library would hold names of any length.
fn walk(
    stream: Box<dyn Read + Send>,
    hand_on: &impl Fn(Input) -> bool,
) -> Result<(), Error> {
    let (stream, has_ended) = Watched::new(plain(stream)?);
    let mut archive = Archive::new(stream);
    let mut described = PaxHeaders::default();
    let mut any = false;
    for entry in archive.entries().map_err(Error::io)?.raw(true) {
        let mut entry = entry.map_err(|error| broken(&error, any))?;
        any = true;
        match entry.header().entry_type() {
            EntryType::GNULongName => described.long_name(&mut entry)?,
            EntryType::XHeader => described.extend(&mut entry)?,
            EntryType::GNULongLink | EntryType::XGlobalHeader => {}
            kind => {
                let described = std::mem::take(&mut described);
                if described.size.is_some_and(|size| size != entry.size()) {
                    return Err(oversized());
                }
                if kind.is_file()
                    && let Some(input) = described.input(&mut entry)?
                    && !hand_on(input)
                {
                    return Ok(());
                }
            }
        }
    }
    if has_ended.load(Ordering::Relaxed) {
        return Err(cut_off());
    }
    behind(archive.into_inner())
}

/// What stands before a file and tells of it.
#[derive(Debug, Default)]
struct PaxHeaders {
    name: Option<Vec<u8>>,
    size: Option<u64>,
    /// Why the file cannot be read.
    fault: Option<&'static str>,
}

impl PaxHeaders {
    fn long_name(&mut self, entry: &mut Entry<'_, Stream>) -> Result<(), Error> {
        match held(entry)? {
            None => self.fault = Some("a name of more than 64 KiB"),
            Some(bytes) => {
                let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
                self.name = bytes.get(..end).map(<[u8]>::to_vec);
            }
        }
        Ok(())
    }

    fn extend(&mut self, entry: &mut Entry<'_, Stream>) -> Result<(), Error> {
        let Some(bytes) = held(entry)? else {
            self.fault = Some("a header of more than 64 KiB");
            return Ok(());
        };
        for (key, value) in records(&bytes) {
            match key {
                b"path" => self.name = Some(value.to_vec()),
                b"size" => {
                    self.size =
                        std::str::from_utf8(value).ok().and_then(|v| v.parse().ok());
                }
                _ if key.starts_with(b"GNU.sparse.") => {
                    self.fault = Some("a file with holes, which is not read");
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Returns the file, unless it is what a Mac lays beside one.
    fn input(self, entry: &mut Entry<'_, Stream>) -> Result<Option<Input>, Error> {
        let name = self.name.unwrap_or_else(|| entry.path_bytes().into_owned());
        let path = String::from_utf8_lossy(&name).into_owned();
        if is_aside(&path) {
            return Ok(None);
        }
        let most = Limits::default().input_bytes;
        let source = if let Some(fault) = self.fault {
            let error = Error::new(Kind::NotAnActivity, fault);
            Source::Failed(error.hint("unpack the tar and name the folder"))
        } else if entry.size() > most {
            let cause = format!("larger than {} MiB", most >> 20);
            Source::Failed(
                Error::new(Kind::TooLarge, cause).hint("split it into activities"),
            )
        } else {
            let mut bytes = Vec::new();
            match entry.read_to_end(&mut bytes) {
                // of a tar that is cut off there is a part, and the rest is told of
                Err(error) if error.kind() != ErrorKind::UnexpectedEof => {
                    return Err(broken(&error, true));
                }
                _ => Source::Bytes(bytes),
            }
        };
        Ok(Some(Input { path, source, hint: Hint::default() }))
    }
}

/// Returns what an entry holds that tells of the next; `None` where it is longer than is read.
fn held(entry: &mut Entry<'_, Stream>) -> Result<Option<Vec<u8>>, Error> {
    if entry.size() > MOST_NAME_BYTES {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    entry.read_to_end(&mut bytes).map_err(|error| broken(&error, true))?;
    Ok(Some(bytes))
}

/// Records of a header of POSIX, `LENGTH KEY=VALUE` and a line's end each, as far as they are.
fn records(mut bytes: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    std::iter::from_fn(move || {
        let space = bytes.iter().position(|byte| *byte == b' ')?;
        let length: usize =
            std::str::from_utf8(bytes.get(..space)?).ok()?.parse().ok()?;
        let record = bytes.get(space + 1..length)?.strip_suffix(b"\n")?;
        bytes = bytes.get(length..)?;
        let equals = record.iter().position(|byte| *byte == b'=')?;
        Some((record.get(..equals)?, record.get(equals + 1..)?))
    })
}

/// Returns the tar itself, out of gzip where it lies in it.
fn plain(mut stream: Box<dyn Read + Send>) -> Result<Box<dyn Read + Send>, Error> {
    let start = first(&mut stream);
    let not = |what: &str| {
        Error::new(Kind::NotAnActivity, format!("{what}, not a tar"))
            .hint("name it without --tar")
    };
    if start.is_empty() {
        return Err(Error::new(Kind::Empty, "the tar is empty").hint("was it made?"));
    }
    if is_zip(&start) {
        return Err(not("a zip archive"));
    }
    let is_packed = is_gzip(&start);
    let stream = Cursor::new(start).chain(stream);
    if !is_packed {
        return Ok(Box::new(stream));
    }
    let mut inflating = Box::new(Inflating::new(stream));
    let start = first(&mut inflating);
    if packed::by_content(&start).is_none() && !start.iter().all(|byte| *byte == 0) {
        return Err(not("a file in gzip"));
    }
    Ok(Box::new(Cursor::new(start).chain(inflating)))
}

/// A stream that says whether it was read to its very end.
struct Watched<R> {
    stream: R,
    has_ended: Arc<AtomicBool>,
}

impl<R: Read> Watched<R> {
    fn new(stream: R) -> (Watched<R>, Arc<AtomicBool>) {
        let has_ended = Arc::new(AtomicBool::new(false));
        (Watched { stream, has_ended: Arc::clone(&has_ended) }, has_ended)
    }
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.stream.read(buffer)?;
        if read == 0 && !buffer.is_empty() {
            self.has_ended.store(true, Ordering::Relaxed);
        }
        Ok(read)
    }
}

/// Gzip that inflates no further than an archive may.
struct Inflating<R> {
    decoder: MultiGzDecoder<Counted<R>>,
    packed: Arc<AtomicU64>,
    inflated: u64,
}

impl<R: Read> Inflating<R> {
    fn new(stream: R) -> Inflating<R> {
        let packed = Arc::new(AtomicU64::new(0));
        let counted = Counted { stream, count: Arc::clone(&packed) };
        Inflating { decoder: MultiGzDecoder::new(counted), packed, inflated: 0 }
    }
}

impl<R: Read> Read for Inflating<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.decoder.read(buffer)?;
        self.inflated += read as u64;
        let packed = self.packed.load(Ordering::Relaxed);
        if self.inflated > budget::most(packed, &Limits::default()) {
            return Err(ErrorKind::FileTooLarge.into());
        }
        Ok(read)
    }
}

/// Counts what is read of a stream, in whole buffers: a pipe gives the same as a file.
struct Counted<R> {
    stream: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut filled = 0;
        while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match self.stream.read(rest) {
                Ok(0) => break,
                Ok(read) => filled += read,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        self.count.fetch_add(filled as u64, Ordering::Relaxed);
        Ok(filled)
    }
}

/// Refuses a second tar behind the end of the first.
fn behind(stream: impl Read) -> Result<(), Error> {
    let mut rest = Vec::new();
    let _ = stream.take(BEHIND_BYTES).read_to_end(&mut rest);
    if rest.iter().all(|byte| *byte == 0) {
        return Ok(());
    }
    Err(Error::new(Kind::Damaged, "more follows the end of the tar, and is not read")
        .hint("two tars in one? name each by itself"))
}

fn broken(error: &io::Error, any: bool) -> Error {
    match error.kind() {
        ErrorKind::FileTooLarge => {
            let cause = "the tar inflates too far; what comes after is not read";
            Error::new(Kind::TooLarge, cause)
                .hint("no recordings pack so well: look inside")
        }
        _ if !any => Error::new(Kind::NotAnActivity, "not a tar")
            .hint("name files, folders and zips without --tar"),
        ErrorKind::UnexpectedEof => cut_off(),
        _ => Error::new(
            Kind::Damaged,
            format!(
                "the tar is damaged or cut off ({error}); what comes after is not read"
            ),
        )
        .hint("copy or download it again"),
    }
}

fn cut_off() -> Error {
    Error::new(
        Kind::Damaged,
        "the tar is cut off: its end is missing, and maybe files with it",
    )
    .hint("copy or download it again")
}

fn oversized() -> Error {
    let cause = "a file in the tar states two sizes, as beyond 8 GiB; what comes after is not read";
    Error::new(Kind::TooLarge, cause).hint("unpack the tar and name the folder")
}
