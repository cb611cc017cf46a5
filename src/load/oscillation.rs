//! Computes the muscle work of the body's vertical oscillation, without an arcsine and without
//! a branch.
//!
//! The plain form is [`Stride::work`](crate::load::model::Stride::work):
//!
//! ```text
//! r = |G| / (pi w0)     W = w0 (sqrt(1 - r2) - r acos r), 0 from r = 1 on     max(W - e, 0)
//! ```
//!
//! Departures, and why they are safe:
//! 1. only the work against the slope is computed: with the slope it is the same and `|G|`
//!    more, since `W+ - W- = G` and tendons hand back the same of both;
//! 2. what is left of the bracket once `(1 - r)^(3/2)` is taken out is smooth, and a polynomial
//!    of degree 14 stands for it: within 2.4e-15 of it, the work within 2e-14 J/kg/m;
//! 3. `1 - r` is cut off at zero, which is the branch at `r = 1`, and a maximum is the other.

/// `(sqrt(1 - r2) - r acos r) / (1 - r)^(3/2)` over `1 - r` from 0 to 1, degree 14 down to 0:
/// our Chebyshev interpolation, computed with 50 digits.
const POLYNOMIAL: [f64; 15] = [
    1.523_946_460_701_128e-6,
    -7.953_164_403_958_74e-6,
    2.049_486_474_724_392e-5,
    -3.079_592_777_135_721_6e-5,
    3.286_526_292_690_528e-5,
    -2.003_154_216_180_156e-5,
    1.805_770_385_991_955_7e-5,
    1.412_084_734_293_766e-5,
    5.212_836_155_951_290_6e-5,
    0.000_151_941_088_331_912_83,
    0.000_488_274_938_037_752_4,
    0.001_753_735_834_469_124_4,
    0.007_576_144_125_994_381,
    0.047_140_452_078_539_85,
    0.942_809_041_582_064_6,
];

/// Returns the muscle work of the oscillation against the slope, J/kg/m: what is braked on a
/// climb, and pushed on a descent. `bounce` is `w0`, `elastic` is `e`, `weight` is `G`, all J/kg/m.
pub(crate) fn against_slope(bounce: f64, elastic: f64, weight: f64) -> f64 {
    let x = (1.0 - weight.abs() / (core::f64::consts::PI * bounce)).max(0.0);
    let polynomial = POLYNOMIAL.iter().fold(0.0, |sum, c| sum * x + c);
    (bounce * (x * x.sqrt() * polynomial) - elastic).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::model::{Stride, weight};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_work_is_that_of_the_plain_form(
            grade in -1.5..1.5_f64, bounce in 0.2..2.0_f64, part in 0.0..1.0_f64,
        ) {
            let stride = Stride { bounce, elastic: part * bounce };
            let plain = stride.work(grade);
            let g = weight(grade);
            let ours = against_slope(stride.bounce, stride.elastic, g);
            prop_assert!((ours + g.max(0.0) - plain.muscle_up).abs() < 2e-14, "{ours} {plain:?}");
            prop_assert!((ours + (-g).max(0.0) - plain.muscle_down).abs() < 2e-14);
        }
    }

    #[test]
    fn the_work_ends_where_the_plain_form_does() {
        for (bounce, r) in [(1.35, 1.0), (0.4, 1.0), (1.35, 0.0), (1.35, 2.0)] {
            let g: f64 = r * core::f64::consts::PI * bounce;
            let plain = if r < 1.0 { bounce } else { 0.0 };
            assert!((against_slope(bounce, 0.0, g) - plain).abs() < 2e-14);
            assert!((against_slope(bounce, 0.0, -g) - plain).abs() < 2e-14);
        }
    }
}
