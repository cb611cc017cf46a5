//! Developer fields: what a file says of fields that the profile does not have, and which of them
//! mean what a field of `record` means.

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
    /// Whether only a foot pod has such a field: what its developer calls power is then an estimate
    /// of a run's, and no crank's.
    of_foot_pod: bool,
}

/// The developer fields of a part, by developer and number.
pub(super) type DeveloperFields = HashMap<(u8, u8), DeveloperField>;

/// Fields by which a foot pod is told, as Stryd writes them, small letters.
const FOOT_POD: [&str; 5] = [
    "form power",
    "leg spring stiffness",
    "air power",
    "ground time",
    "impact loading rate",
];

/// Returns the field of `record` that a name and a unit stand for, and what a value of it is in the
/// unit of that. Others may be anything, and are not read.
fn known(name: &str, unit: &str) -> Option<(u8, f64)> {
    const STANCE: u8 = record::STANCE_TIME;
    const OSCILLATION: u8 = record::VERTICAL_OSCILLATION;
    let (name, unit) = (name.to_ascii_lowercase(), unit.to_ascii_lowercase());
    match (name.as_str(), unit.as_str()) {
        ("ground time" | "ground contact time", "milliseconds" | "ms") => {
            Some((STANCE, 1.0))
        }
        ("vertical oscillation", "millimeters" | "mm") => Some((OSCILLATION, 1.0)),
        ("vertical oscillation", "centimeters" | "cm") => Some((OSCILLATION, 10.0)),
        _ => None,
    }
}

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
        DeveloperField { base, scale: 1.0, offset: 0.0, native: None, of_foot_pod: false }
    }

    /// Lets it stand for a field of `record`, where that is one that developers measure.
    #[must_use]
    pub(super) fn standing_for(self, native: Option<u8>) -> DeveloperField {
        let measured = |field: &u8| {
            matches!(*field, record::HEART_RATE | record::CADENCE | record::POWER)
        };
        DeveloperField { native: native.filter(measured), ..self }
    }

    /// Lets it stand for the field of `record` that its name and unit are known for.
    #[must_use]
    pub(super) fn called(self, name: &str, unit: &str) -> DeveloperField {
        let of_foot_pod = FOOT_POD.iter().any(|known| name.eq_ignore_ascii_case(known));
        match known(name, unit).filter(|_| self.native.is_none()) {
            Some((native, times)) => DeveloperField {
                native: Some(native),
                // the offset is taken off behind the scale
                scale: self.scale / times,
                offset: self.offset * times,
                of_foot_pod,
                ..self
            },
            None => DeveloperField { of_foot_pod, ..self },
        }
    }
}

/// Returns whether a developer is a foot pod's.
pub(super) fn is_foot_pod(described: &DeveloperFields, developer: u8) -> bool {
    described.iter().any(|((of, _), field)| *of == developer && field.of_foot_pod)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn described(name: &str, unit: &str) -> DeveloperField {
        DeveloperField::new(0x84, &mut Notices::default()).called(name, unit)
    }

    #[test]
    fn knows_a_field_by_name_and_unit_together() {
        let stance = described("Ground Time", "Milliseconds");
        assert_eq!(
            (stance.native, stance.of_foot_pod),
            (Some(record::STANCE_TIME), true)
        );
        let oscillation = described("Vertical Oscillation", "Centimeters");
        assert_eq!(oscillation.native, Some(record::VERTICAL_OSCILLATION));
        // 8.5 cm are 85 mm
        assert!((8.5 / oscillation.scale - 85.0).abs() < 1e-9);
        for (name, unit) in [
            ("Ground Time", "s"),
            ("Vertical Oscillation", ""),
            ("Vertical Oscillation Balance", "Centimeters"),
            ("Power", "Watts"),
            ("Leg Spring Stiffness", "kN/m"),
        ] {
            assert_eq!(described(name, unit).native, None, "{name} {unit}");
        }
    }
}
