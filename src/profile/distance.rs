//! Metres between two coordinates.

use crate::evidence::{Evidence, Parameter};

/// Mean radius of the earth.
pub(crate) const EARTH_RADIUS: Parameter = Parameter {
    name: "profile.earth_radius",
    value: 6_371_008.8,
    unit: "m",
    range: "6356752 (pole) to 6378137 (equator): a sphere is within 0.5 % of the ellipsoid",
    evidence: Evidence::Replicated,
    source: "mean radius R1, IUGG (Moritz 2000, Geodetic Reference System 1980)",
};

/// Great-circle distance by the haversine formula, m; NaN where a coordinate is.
pub(crate) fn great_circle_m(lat1: f64, lon1: f64, lat2: f64, lon2: f64) -> f64 {
    let half_lat = libm::sin((lat2 - lat1).to_radians() / 2.0);
    let half_lon = libm::sin((lon2 - lon1).to_radians() / 2.0);
    let cosines = libm::cos(lat1.to_radians()) * libm::cos(lat2.to_radians());
    let h = half_lat * half_lat + cosines * half_lon * half_lon;
    // not `min`, which would make 1 of a missing coordinate's NaN
    let h = if h > 1.0 { 1.0 } else { h };
    2.0 * EARTH_RADIUS.value * libm::asin(libm::sqrt(h))
}

/// A place on the globe, with what every distance from it needs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Place {
    latitude: f64,
    longitude: f64,
    cosine: f64,
}

/// Half an angle up to which the series of [`Place::metres_to`] hold to the last digits: 64 km.
const SMALL: f64 = 0.005;

impl Place {
    /// Returns whether both coordinates are known.
    pub(crate) fn is_somewhere(&self) -> bool {
        self.latitude.is_finite() && self.longitude.is_finite()
    }

    /// Degrees north and east, in radians.
    pub(crate) fn radians(&self) -> (f64, f64) {
        (self.latitude, self.longitude)
    }

    /// Returns a place so near that a degree of longitude is as long there.
    pub(crate) fn moved_to(&self, latitude: f64, longitude: f64) -> Place {
        Place { latitude, longitude, cosine: self.cosine }
    }

    /// So large a share of the way to a place nearby.
    pub(crate) fn towards(&self, other: &Place, share: f64) -> Place {
        let mean = |from: f64, to: f64| from + share * (to - from);
        Place {
            latitude: mean(self.latitude, other.latitude),
            longitude: mean(self.longitude, other.longitude),
            cosine: mean(self.cosine, other.cosine),
        }
    }

    /// Great-circle distance, m; NaN where a coordinate is. [`great_circle_m`] without a
    /// single sine: half angles of neighbours are so small that three terms of each series
    /// are exact to 1e-15. Places further apart take the plain way.
    pub(crate) fn metres_to(&self, other: &Place) -> f64 {
        let half_lat = (other.latitude - self.latitude) * 0.5;
        let half_lon = (other.longitude - self.longitude) * 0.5;
        if half_lat.abs() > SMALL || half_lon.abs() > SMALL {
            let degrees = |place: &Place| {
                (place.latitude.to_degrees(), place.longitude.to_degrees())
            };
            let ((lat1, lon1), (lat2, lon2)) = (degrees(self), degrees(other));
            return great_circle_m(lat1, lon1, lat2, lon2);
        }
        // factors instead of divisors, which take many times as long
        let sine = |x: f64| {
            let x2 = x * x;
            x * (1.0 - x2 * (1.0 / 6.0) * (1.0 - x2 * (1.0 / 20.0)))
        };
        let (sin_lat, sin_lon) = (sine(half_lat), sine(half_lon));
        let h = sin_lat * sin_lat + self.cosine * other.cosine * sin_lon * sin_lon;
        let arcsine = h.sqrt() * (1.0 + h * (1.0 / 6.0) + h * h * (3.0 / 40.0));
        2.0 * EARTH_RADIUS.value * arcsine
    }
}

/// Makes places out of coordinates; the cosine is renewed along the way.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Places {
    latitude: f64,
    sine: f64,
    cosine: f64,
}

/// Distance in latitude up to which the series of a cosine holds, radians: 13 km.
const RENEWED: f64 = 0.002;

impl Default for Places {
    fn default() -> Self {
        Places { latitude: f64::NAN, sine: f64::NAN, cosine: f64::NAN }
    }
}

impl Places {
    /// Returns the place of two coordinates in degrees.
    pub(crate) fn at(&mut self, latitude_deg: f64, longitude_deg: f64) -> Place {
        let latitude = latitude_deg.to_radians();
        let d = latitude - self.latitude;
        // not a number is not near
        let cosine = if d.abs() <= RENEWED {
            let (d2, c, s) = (d * d, self.cosine, self.sine);
            // to the fourth order: the next term is below 1e-15
            c * (1.0 - d2 * 0.5 + d2 * d2 * (1.0 / 24.0))
                - s * d * (1.0 - d2 * (1.0 / 6.0))
        } else {
            *self = Places {
                latitude,
                sine: libm::sin(latitude),
                cosine: libm::cos(latitude),
            };
            self.cosine
        };
        Place { latitude, longitude: longitude_deg.to_radians(), cosine }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use geo::{Distance, Haversine, Point};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_the_distance_that_geo_computes(
            lat in -89.9..89.9_f64, lon in -179.9..179.9_f64,
            north in -0.01..0.01_f64, east in -0.01..0.01_f64,
        ) {
            let ours = great_circle_m(lat, lon, lat + north, lon + east);
            let geo = Haversine.distance(
                Point::new(lon, lat), Point::new(lon + east, lat + north));
            prop_assert!((ours - geo).abs() <= 1e-6 + 1e-9 * geo, "{ours} {geo}");
        }
    }

    proptest! {
        /// The series against the plain formula, renewed along a way as a file goes.
        #[test]
        fn a_way_of_places_is_as_long_as_the_plain_formula_says(
            lat in -89.0..89.0_f64, lon in -179.9..179.9_f64,
            legs in prop::collection::vec((-0.3..0.3_f64, -0.3..0.3_f64), 1..60),
            scale in prop::sample::select(vec![1e-6, 1e-4, 1e-2, 1.0]),
        ) {
            let mut places = Places::default();
            let (mut lat, mut lon) = (lat, lon);
            let mut before = places.at(lat, lon);
            for (north, east) in legs {
                let there = (lat + scale * north).clamp(-89.9, 89.9);
                let (was_lat, was_lon) = (lat, lon);
                (lat, lon) = (there, lon + scale * east);
                let place = places.at(lat, lon);
                let ours = before.metres_to(&place);
                let plain = great_circle_m(was_lat, was_lon, lat, lon);
                // coordinates themselves are known to 1e-9 m
                prop_assert!((ours - plain).abs() <= 2e-8 + 1e-11 * plain, "{ours} {plain}");
                before = place;
            }
        }
    }

    #[test]
    fn a_missing_coordinate_has_no_distance() {
        let mut places = Places::default();
        let (nowhere, somewhere) = (places.at(f64::NAN, 8.0), places.at(46.0, 8.0));
        assert!(nowhere.metres_to(&somewhere).is_nan());
        assert!(somewhere.metres_to(&nowhere).is_nan());
        let far = places.at(46.0, f64::NAN);
        assert!(somewhere.metres_to(&far).is_nan());
        assert!(great_circle_m(f64::NAN, 8.0, 46.0, 8.0).is_nan());
    }

    #[test]
    fn measures_across_the_date_line_and_the_pole() {
        let across = great_circle_m(0.0, 179.99, 0.0, -179.99);
        assert!((across - 2223.9).abs() < 0.1, "{across}");
        let over = great_circle_m(89.99, 0.0, 89.99, 180.0);
        assert!((over - 2223.9).abs() < 0.1, "{over}");
    }
}
