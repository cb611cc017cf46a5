//! Written positions: latitude and longitude of GPX and TCX, and why one cannot be used.

use crate::error::{Error, Kind};

use super::number::number;

/// Why a point has no usable position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Latitude or longitude is absent or empty.
    Missing,
    /// Not a number.
    Unreadable,
    /// A number if its comma were a point.
    Comma,
    /// A number, but beyond 90 degrees.
    Latitude,
    /// A number, but beyond 540 degrees.
    Longitude,
    /// Exactly 0, 0: what devices write while they have no fix.
    NoFix,
}

impl Fault {
    /// Returns the words of a notice.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Fault::Missing => "latitude or longitude is missing, point left out",
            Fault::Unreadable => "latitude or longitude is not a number, point left out",
            Fault::Comma => "latitude or longitude has a decimal comma, point left out",
            Fault::Latitude => "latitude beyond 90 degrees, point left out",
            Fault::Longitude => "longitude beyond 180 degrees, point left out",
            Fault::NoFix => "position 0, 0 means no fix, point left out",
        }
    }
}

/// A position that was read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Position {
    /// Degrees north, -90..=90.
    pub(crate) latitude_deg: f64,
    /// Degrees east, -180..=180.
    pub(crate) longitude_deg: f64,
    /// The file counts longitudes from 180 to 540 degrees; brought back.
    pub(crate) wrapped: bool,
}

/// Reads the two texts of a position.
pub(crate) fn position(
    latitude: Option<&[u8]>,
    longitude: Option<&[u8]>,
) -> Result<Position, Fault> {
    let (Some(latitude), Some(longitude)) = (latitude, longitude) else {
        return Err(Fault::Missing);
    };
    let (Some(latitude_deg), Some(longitude_deg)) = (number(latitude), number(longitude))
    else {
        return Err(unreadable(latitude, longitude));
    };
    if latitude_deg.abs() > 90.0 {
        return Err(Fault::Latitude);
    }
    if latitude_deg == 0.0 && longitude_deg == 0.0 {
        return Err(Fault::NoFix);
    }
    if longitude_deg.abs() <= 180.0 {
        return Ok(Position { latitude_deg, longitude_deg, wrapped: false });
    }
    if (180.0..=540.0).contains(&longitude_deg) {
        return Ok(Position {
            latitude_deg,
            longitude_deg: longitude_deg - 360.0,
            wrapped: true,
        });
    }
    Err(Fault::Longitude)
}

fn unreadable(latitude: &[u8], longitude: &[u8]) -> Fault {
    if latitude.trim_ascii().is_empty() || longitude.trim_ascii().is_empty() {
        return Fault::Missing;
    }
    let with_point = |text: &[u8]| {
        let mut text = text.to_owned();
        if let Some(comma) = text.iter_mut().find(|byte| **byte == b',') {
            *comma = b'.';
        }
        number(&text).is_some()
    };
    if with_point(latitude) && with_point(longitude) {
        Fault::Comma
    } else {
        Fault::Unreadable
    }
}

/// How many points had which fault: asked only when none was left.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Faults {
    all: u64,
    commas: u64,
    latitudes: u64,
    no_fix: u64,
}

impl Faults {
    /// Counts one.
    pub(crate) fn count(&mut self, fault: Fault) {
        self.all += 1;
        match fault {
            Fault::Comma => self.commas += 1,
            Fault::Latitude => self.latitudes += 1,
            Fault::NoFix => self.no_fix += 1,
            _ => {}
        }
    }

    /// Whether any point was refused.
    pub(crate) fn any(self) -> bool {
        self.all > 0
    }

    /// Returns the error of a file whose every point was refused.
    pub(crate) fn error(self) -> Error {
        let error = Error::new(
            Kind::NoPoints,
            format!("none of the {} points has a usable position", self.all),
        );
        if self.latitudes == self.all {
            error.hint("every latitude is beyond 90 degrees: are latitude and longitude swapped?")
        } else if self.commas == self.all {
            error.hint("numbers are written with a decimal comma; export them with a decimal point")
        } else if self.no_fix == self.all {
            error.hint("every position is 0, 0: the receiver had no fix; indoors, export FIT or TCX with the distance")
        } else {
            error.hint("export the activity again")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_why_a_position_cannot_be_used() {
        let fault =
            |lat, lon| position(Some(str::as_bytes(lat)), Some(str::as_bytes(lon))).err();
        assert_eq!(position(None, Some(b"1")), Err(Fault::Missing));
        assert_eq!(fault("", "1"), Some(Fault::Missing));
        assert_eq!(fault("x", "1"), Some(Fault::Unreadable));
        assert_eq!(fault("47,5", "11"), Some(Fault::Comma));
        assert_eq!(fault("90.001", "11"), Some(Fault::Latitude));
        assert_eq!(fault("9", "541"), Some(Fault::Longitude));
        assert_eq!(fault("9", "-180.1"), Some(Fault::Longitude));
        assert_eq!(fault("0", "0.0"), Some(Fault::NoFix));
        for lon in ["180", "-180"] {
            assert!(
                position(Some(b"-90"), Some(str::as_bytes(lon)))
                    .is_ok_and(|p| !p.wrapped)
            );
        }
        let wrapped = position(Some(b"47"), Some(b"371")).unwrap();
        assert!(wrapped.wrapped && (wrapped.longitude_deg - 11.0).abs() < 1e-12);
    }
}
