//! What an inspection asks of a file beside its activities: the bytes inside a container, the
//! text of a document, the messages of a FIT file, and which names are read.

pub(crate) use super::encoding::{decode, looks_like_markup};
pub(crate) use super::fit::raw as fit;
pub(crate) use super::gzip::{inflate, recognised as is_gzip};
pub(crate) use super::notice::Notices;

use super::sensor::Sensor;

/// Whether bytes begin with a FIT header.
pub(crate) fn is_fit(bytes: &[u8]) -> bool {
    super::is_fit(bytes)
}

/// Whether an element of this local name holds a sensor's value, as readers of GPX and TCX take it.
pub(crate) fn is_sensor(local_name: &str) -> bool {
    Sensor::named(local_name).is_some()
}
