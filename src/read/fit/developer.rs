//! Developer fields: what a file says of fields that the profile does not have.

use std::collections::HashMap;

use super::profile::{BaseType, record};
use crate::read::NoticeKind;
use crate::read::notice::Notices;

/// A developer field as the file describes it.
#[derive(Debug, Clone, Copy)]
pub(super) struct DeveloperField {
    /// Byte of its base type.
    pub(super) base: u8,
    pub(super) scale: f64,
    pub(super) offset: f64,
    /// The field of `record` whose values it holds.
    pub(super) native: Option<u8>,
}

/// The developer fields of a part, by developer and number.
pub(super) type DeveloperFields = HashMap<(u8, u8), DeveloperField>;

impl DeveloperField {
    /// Returns a field of this base type without scale, offset and native field; a type that FIT
    /// does not have is noted.
    pub(super) fn new(base: u8, notices: &mut Notices) -> DeveloperField {
        // 64-bit integers are known to FIT, and hold nothing that is read here
        if BaseType::declared(base).is_none() && !(0x8E..=0x90).contains(&base) {
            notices.note(NoticeKind::BadField, || {
                format!("a developer field of unknown type {base:#04x}, skipped")
            });
        }
        DeveloperField { base, scale: 1.0, offset: 0.0, native: None }
    }

    /// Lets it stand for a field of `record`, where that is one that developers measure.
    #[must_use]
    pub(super) fn standing_for(self, native: Option<u8>) -> DeveloperField {
        let measured = |field: &u8| {
            matches!(*field, record::HEART_RATE | record::CADENCE | record::POWER)
        };
        DeveloperField { native: native.filter(measured), ..self }
    }
}
