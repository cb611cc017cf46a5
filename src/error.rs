//! The one error type: what went wrong, where, and what to do about it, in one line.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// Where in a file a fault was found.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// A text file: line and column, both from 1; `after_points` were read before it.
    Text {
        /// Line, from 1.
        line: u64,
        /// Column in characters, from 1.
        column: u64,
        /// Points read before the fault.
        after_points: u64,
    },
    /// A binary file: byte from 0 and the data messages read before it.
    Binary {
        /// Byte offset from the beginning of the (inflated) file.
        byte: u64,
        /// Data messages read before the fault.
        record: u64,
    },
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Text { line, column, after_points: 0 } => {
                write!(f, "line {line}, column {column}")
            }
            Place::Text { line, column, after_points } => {
                let points = if *after_points == 1 { "point" } else { "points" };
                write!(f, "line {line}, column {column} (after {after_points} {points})")
            }
            Place::Binary { byte, record } => {
                write!(f, "byte {byte:#x} (record {record})")
            }
        }
    }
}

/// What kind of fault; [`Kind::code`] is stable and stands in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// The file could not be opened or read.
    Io,
    /// Nothing inside.
    Empty,
    /// Some other kind of file.
    NotAnActivity,
    /// Damaged so early or so badly that nothing could be read.
    Damaged,
    /// Beyond a limit of [`crate::read::Limits`].
    TooLarge,
    /// Well-formed, but no points.
    NoPoints,
    /// No usable height.
    NoElevation,
    /// No positions, where a place on the map is asked for.
    NoPositions,
    /// No distance: neither positions nor a distance field.
    NoDistance,
    /// Points, positions or heights that are too few or too coarse for any hill.
    TooLittle,
    /// A sport without a model (swimming, rowing, e-bike without power ...).
    UnsupportedSport,
    /// A setting out of range.
    Settings,
    /// The store could not be opened, read or written.
    Store,
    /// A fault of ours.
    Internal,
}

impl Kind {
    /// Returns the stable code for programs.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Io => "io",
            Kind::Empty => "empty",
            Kind::NotAnActivity => "not_an_activity",
            Kind::Damaged => "damaged",
            Kind::TooLarge => "too_large",
            Kind::NoPoints => "no_points",
            Kind::NoElevation => "no_elevation",
            Kind::NoPositions => "no_positions",
            Kind::NoDistance => "no_distance",
            Kind::TooLittle => "too_little",
            Kind::UnsupportedSport => "unsupported_sport",
            Kind::Settings => "settings",
            Kind::Store => "store",
            Kind::Internal => "internal",
        }
    }
}

/// One fault: kind, place, cause, and what to do. It prints as one line without control
/// characters, whatever stood in the file.
///
/// ```
/// use hardlegs::error::{Error, Kind};
/// let error = Error::new(Kind::Empty, "the file is empty").hint("copy it from the watch again");
/// assert_eq!(error.to_string(), "the file is empty. Hint: copy it from the watch again");
/// assert_eq!(error.at_path("a.fit").to_string(),
///            "a.fit: the file is empty. Hint: copy it from the watch again");
/// ```
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: Kind,
    path: Option<PathBuf>,
    place: Option<Place>,
    cause: String,
    hint: Option<String>,
    source: Option<std::io::Error>,
}

impl Error {
    /// Creates an error of this kind; `cause` is lower case, without a full stop.
    pub fn new(kind: Kind, cause: impl Into<String>) -> Error {
        Error(Box::new(Inner {
            kind,
            path: None,
            place: None,
            cause: cause.into(),
            hint: None,
            source: None,
        }))
    }

    /// Creates an error of the operating system, in its words but without its number.
    ///
    /// ```
    /// use hardlegs::error::Error;
    /// let missing = std::fs::read("no/such/file").unwrap_err();
    /// assert!(!Error::io(missing).message().contains("os error"));
    /// ```
    pub fn io(source: std::io::Error) -> Error {
        let words = source.to_string();
        let words = words.rsplit_once(" (os error ").map_or(words.as_str(), |(w, _)| w);
        let mut error = Error::new(Kind::Io, words);
        error.0.source = Some(source);
        error
    }

    /// Turns a panic in the work on one input into an error of this input alone: the last net.
    /// Nothing that the work left half done may be looked at afterwards.
    ///
    /// ```
    /// use hardlegs::error::{Error, Kind};
    /// assert_eq!(Error::caught(|| Ok(7)).unwrap(), 7);
    /// let error = Error::caught::<u8>(|| panic!("a fault of ours")).unwrap_err();
    /// assert_eq!(error.kind(), Kind::Internal);
    /// ```
    ///
    /// # Errors
    /// What the work says, or `internal`.
    pub fn caught<T>(work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
        catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
            Err(Error::new(Kind::Internal, "internal error")
                .hint("please report it, with the file if you can"))
        })
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Error {
        self.0.hint = Some(hint.into());
        self
    }

    /// Adds where in the file.
    #[must_use]
    pub fn at(mut self, place: Place) -> Error {
        self.0.place = Some(place);
        self
    }

    /// Adds which file.
    #[must_use]
    pub fn at_path(mut self, path: impl AsRef<Path>) -> Error {
        self.0.path = Some(path.as_ref().to_path_buf());
        self
    }

    /// Returns the kind of fault.
    pub fn kind(&self) -> Kind {
        self.0.kind
    }

    /// Returns the place in the file, where there is one.
    pub fn place(&self) -> Option<&Place> {
        self.0.place.as_ref()
    }

    /// Returns the line without the path, for callers that show the path themselves.
    pub fn message(&self) -> String {
        let mut text = String::new();
        if let Some(place) = &self.0.place {
            text.push_str(&place.to_string());
            text.push_str(": ");
        }
        text.push_str(&visible(&self.0.cause));
        if let Some(hint) = &self.0.hint {
            text.push_str(". Hint: ");
            text.push_str(&visible(hint));
        }
        text
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.0.path {
            write!(f, "{}: ", visible(&path.to_string_lossy()))?;
        }
        f.write_str(&self.message())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_ref().map(|e| e as _)
    }
}

/// Makes the text of a stranger fit for one line of a terminal: control characters, line
/// breaks and direction overrides become visible escapes.
///
/// ```
/// assert_eq!(hardlegs::error::visible("a\u{1b}[31m\nb"), r"a\x1b[31m\x0ab");
/// assert_eq!(hardlegs::error::visible("\u{202e}gpx"), r"\u{202e}gpx");
/// assert_eq!(hardlegs::error::visible("\u{ffff}"), r"\u{ffff}");
/// ```
pub fn visible(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\0'..='\x1f' | '\x7f' => {
                let _ = write!(out, "\\x{:02x}", c as u32);
            }
            '\u{80}'..='\u{9f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{61c}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            // no characters at all: XML cannot hold these two
            | '\u{fffe}'
            | '\u{ffff}' => {
                let _ = write!(out, "\\u{{{:x}}}", c as u32);
            }
            _ => out.push(c),
        }
    }
    out
}
