//! FIT messages to activities.

use crate::error::{Error, Kind};

use super::{Limits, Reading};

/// Reads FIT.
pub(crate) fn read(_: &[u8], _: &Limits) -> Result<Reading, Error> {
    Err(Error::new(Kind::Internal, "FIT is not read yet"))
}
