//! What a file holds, as it is written: every message or element with its fields, how it was
//! sampled, what is damaged, what of it is used, and what is missing for which figure.
//!
//! ```
//! use hardlegs::inspect::Inspection;
//! use hardlegs::{read::Limits, settings::Settings};
//! let file = std::fs::read("fixtures/fit/ridge.fit")?;
//! let found = Inspection::of(&file, &Settings::default(), &Limits::default())?;
//! let record = found.kinds.iter().find(|kind| kind.name == "record").unwrap();
//! let heart_rate = record.fields.iter().find(|field| field.name == "heart_rate").unwrap();
//! assert_eq!((heart_rate.unit.as_str(), heart_rate.used), ("bpm", true));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod check;

mod developer;
mod fit;
mod markup;
mod missing;
mod recording;
mod spread;

use schemars::JsonSchema;
use serde::Serialize;

use crate::error::Error;
use crate::read::{self, Limits, Notice, Reading, raw};
use crate::settings::Settings;

pub use check::Check;
pub use recording::{Gap, Recorded, Recording, Sampling};

/// Version of this form; it moves when a key changes its meaning or goes.
pub const SCHEMA: u32 = 1;

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Inspection {
    /// Version of this form: 1.
    pub schema: u32,
    /// The file as it was named.
    pub path: String,
    /// Bytes of the document, unpacked.
    pub bytes: u64,
    /// What it is packed in, the outermost first: zip, gzip.
    pub containers: Vec<String>,
    /// FIT, GPX or TCX.
    pub format: String,
    /// Of the format: protocol 2.0 of a FIT file, 1.1 of a GPX.
    pub version: Option<String>,
    /// FIT: version of the profile that it was written by, 21.40.
    pub profile: Option<String>,
    /// FIT: files that follow each other in it.
    pub parts: usize,
    /// FIT: its file type, activity or course.
    pub holds: Option<String>,
    /// XML: prefixes and the namespaces that they stand for.
    pub namespaces: Vec<Namespace>,
    /// What recorded or wrote it, the recording device first.
    pub devices: Vec<Device>,
    /// FIT: applications with fields of their own, by the number they have here.
    pub applications: Vec<Application>,
    /// Sports in the words of the file, in its order.
    pub sports: Vec<String>,
    /// What is read from it.
    pub recordings: Vec<Recording>,
    /// Why nothing is read from it.
    pub refused: Option<Refused>,
    /// FIT messages, or XML elements that hold others, in the order they first come.
    pub kinds: Vec<Kind>,
    /// Messages or elements beyond the bound on different ones, not listed.
    pub more_kinds: u64,
    /// Places that hold nothing readable, in the order of the file.
    pub damaged: Vec<Damaged>,
    /// Places beyond the bound on those listed.
    pub more_damaged: u64,
    /// What the reader repaired, left out or read in spite of something.
    pub notices: Vec<Survived>,
    /// What reference crates read beside ours, where that was asked.
    pub check: Option<Check>,
}

/// A prefix of XML names.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Namespace {
    /// Empty for names without a prefix.
    pub prefix: String,
    /// What it stands for.
    pub uri: String,
}

/// A device or program.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Device {
    /// Maker and product, or what it calls itself.
    pub name: String,
    /// Version of its software.
    pub software: Option<String>,
}

/// An application with developer fields.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Application {
    /// Its number in this file.
    pub index: u8,
    /// Its identifier, hexadecimal.
    pub id: Option<String>,
    /// What it is called, where its identifier is known here.
    pub name: Option<String>,
}

/// A message of a FIT file, or an XML element that holds others.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// As the profile or the file calls it; `message 140` where the profile has no name.
    pub name: String,
    /// FIT: its number.
    pub number: Option<u16>,
    /// XML: elements that it lies in.
    pub depth: usize,
    /// How often it comes.
    pub count: u64,
    /// Its fields, or its attributes (with an @) and elements that hold a text alone.
    pub fields: Vec<Field>,
}

/// A field of a message, an attribute, or an element that holds a text.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// As the profile or the file calls it; `field 107` where the profile has no name.
    pub name: String,
    /// FIT: its number.
    pub number: Option<u8>,
    /// FIT: the application whose field it is, by its number in this file.
    pub application: Option<u8>,
    /// Of the numbers, empty where there is none.
    pub unit: String,
    /// Values that are there; of an array, each.
    pub count: u64,
    /// Smallest number; 1e-7.
    pub smallest: Option<f64>,
    /// Largest number; 1e-7.
    pub largest: Option<f64>,
    /// Different texts, words that numbers stand for, or the earliest and latest date: at most
    /// five, as in the file: escape before showing.
    pub texts: Vec<String>,
    /// Whether there are others.
    pub more_texts: bool,
    /// Whether every value is the same.
    pub constant: bool,
    /// Whether our reader takes it; false: it is ignored.
    pub used: bool,
    /// FIT: what an application's field means and what is made of it here, where it is known.
    pub meaning: Option<String>,
}

/// A place that holds nothing readable.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Damaged {
    /// From the beginning of the unpacked file, from 0.
    pub byte: u64,
    /// XML: the line, from 1.
    pub line: Option<u64>,
    /// What is wrong there.
    pub cause: String,
    /// Bytes that were passed over; null where nothing is listed behind it.
    pub passed_bytes: Option<u64>,
}

/// A flaw of the file that was survived.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Survived {
    /// Stable.
    pub code: String,
    /// How often.
    pub count: u64,
    /// In words, as in the file: escape before showing.
    pub detail: String,
}

/// Why nothing could be read or scored.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Refused {
    /// Stable code.
    pub code: String,
    /// What was wrong and what to do.
    pub message: String,
}

impl Refused {
    fn of(error: &Error) -> Refused {
        Refused { code: error.kind().code().to_owned(), message: error.message() }
    }
}

impl Survived {
    fn of(notice: &Notice) -> Survived {
        Survived {
            code: notice.kind.code().to_owned(),
            count: notice.count,
            detail: notice.detail.clone(),
        }
    }
}

impl Inspection {
    fn empty(format: &str, bytes: &[u8]) -> Inspection {
        Inspection {
            schema: SCHEMA,
            path: String::new(),
            bytes: bytes.len() as u64,
            containers: Vec::new(),
            format: format.to_owned(),
            version: None,
            profile: None,
            parts: 0,
            holds: None,
            namespaces: Vec::new(),
            devices: Vec::new(),
            applications: Vec::new(),
            sports: Vec::new(),
            recordings: Vec::new(),
            refused: None,
            kinds: Vec::new(),
            more_kinds: 0,
            damaged: Vec::new(),
            more_damaged: 0,
            notices: Vec::new(),
            check: None,
        }
    }

    /// Looks into a FIT, GPX or TCX file, plain or in gzip. The path is left empty.
    ///
    /// # Errors
    /// Where it is none of these, or larger than the limits. What holds no activity, or a damaged
    /// one, is no error: [`Inspection::refused`] says why nothing is read from it.
    pub fn of(
        bytes: &[u8],
        settings: &Settings,
        limits: &Limits,
    ) -> Result<Inspection, Error> {
        let reading = read::bytes_with(bytes, limits);
        let document = Document::of(bytes, limits);
        let (Ok(document), reading) = (document, reading) else {
            return Err(unreadable(bytes, limits));
        };
        let mut found = document.listed(limits);
        match (found.as_mut(), reading) {
            (Some(found), Ok(reading)) => found.take(&reading, settings),
            (Some(found), Err(error)) => found.refused = Some(Refused::of(&error)),
            (None, Err(error)) => return Err(error),
            (None, Ok(_)) => return Err(unreadable(bytes, limits)),
        }
        found.ok_or_else(|| unreadable(bytes, limits))
    }

    /// Adds what is read from it.
    fn take(&mut self, reading: &Reading, settings: &Settings) {
        self.notices = reading.notices.iter().map(Survived::of).collect();
        for (at, activity) in reading.activities.iter().enumerate() {
            self.recordings.push(Recording::of(activity, at + 1, settings));
            if let Some(device) = &activity.header.device
                && self.devices.is_empty()
            {
                self.devices.push(Device { name: device.clone(), software: None });
            }
        }
    }
}

/// Returns why it is nothing to look into: the reader's error.
fn unreadable(bytes: &[u8], limits: &Limits) -> Error {
    match read::bytes_with(bytes, limits) {
        Err(error) => error,
        Ok(_) => Error::new(crate::error::Kind::Internal, "read, and of no known format"),
    }
}

/// A file out of its gzip.
struct Document<'a> {
    bytes: std::borrow::Cow<'a, [u8]>,
    containers: Vec<String>,
}

impl<'a> Document<'a> {
    fn of(bytes: &'a [u8], limits: &Limits) -> Result<Document<'a>, Error> {
        if !raw::is_gzip(bytes) {
            return Ok(Document { bytes: bytes.into(), containers: Vec::new() });
        }
        let inflated = raw::inflate(bytes, limits, &mut raw::Notices::default())?;
        Ok(Document { bytes: inflated.into(), containers: vec!["gzip".to_owned()] })
    }

    /// Returns what is written in it; `None` where it is of no format that holds activities.
    fn listed(self, limits: &Limits) -> Option<Inspection> {
        let mut found = if raw::is_fit(&self.bytes) {
            fit::listed(&self.bytes)
        } else if raw::looks_like_markup(&self.bytes) {
            markup::listed(&self.bytes, limits)?
        } else {
            return None;
        };
        found.containers = self.containers;
        Some(found)
    }
}
