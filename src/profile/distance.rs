//! Metres between two coordinates.

use crate::evidence::{Evidence, Parameter};

/// Mean radius of the earth.
pub const EARTH_RADIUS: Parameter = Parameter {
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

    #[test]
    fn a_missing_coordinate_has_no_distance() {
        assert!(great_circle_m(f64::NAN, 8.0, 46.0, 8.0).is_nan());
    }

    #[test]
    fn the_date_line_and_the_pole_are_ordinary_places() {
        let across = great_circle_m(0.0, 179.99, 0.0, -179.99);
        assert!((across - 2223.9).abs() < 0.1, "{across}");
        let over = great_circle_m(89.99, 0.0, 89.99, 180.0);
        assert!((over - 2223.9).abs() < 0.1, "{over}");
    }
}
