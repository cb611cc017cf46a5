//! Distances over ground, as near as a choice between tracks needs them.

/// Metres of a degree of latitude on a sphere of the mean radius 6371 km.
const DEGREE_M: f64 = 111_195.0;

/// Returns the metres between two places, each latitude and longitude in degrees; NaN where one is
/// none.
pub(super) fn distance_m(a: (f64, f64), b: (f64, f64)) -> f64 {
    let east_deg = (b.1 - a.1 + 540.0).rem_euclid(360.0) - 180.0;
    let middle = f64::midpoint(a.0, b.0);
    let (north_m, east_m) =
        ((b.0 - a.0) * DEGREE_M, east_deg * DEGREE_M * libm::cos(middle.to_radians()));
    libm::hypot(north_m, east_m)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_degrees_in_metres() {
        assert!((distance_m((0.0, 8.0), (1.0, 8.0)) - 111_195.0).abs() < 1.0);
        assert!((distance_m((60.0, 8.0), (60.0, 9.0)) - 55_597.0).abs() < 10.0);
        assert!((distance_m((0.0, 179.5), (0.0, -179.5)) - 111_195.0).abs() < 1.0);
        assert!(distance_m((f64::NAN, 8.0), (1.0, 8.0)).is_nan());
    }
}
