//! Symmetric positive definite matrices of a few rows: their inverse.

/// A square matrix.
pub(super) type Matrix<const N: usize> = [[f64; N]; N];

/// Returns the inverse by Cholesky factors. What rounding pushes below zero is held at a
/// billionth of its diagonal: covariances of a prior that are nearly singular stay usable.
pub(super) fn inverse<const N: usize>(matrix: &Matrix<N>) -> Matrix<N> {
    let factor = cholesky(matrix);
    // the inverse of the factor, column by column
    let mut inverted = [[0.0; N]; N];
    for column in 0..N {
        inverted[column][column] = 1.0 / factor[column][column];
        for row in column + 1..N {
            let sum: f64 =
                (column..row).map(|k| factor[row][k] * inverted[k][column]).sum();
            inverted[row][column] = -sum / factor[row][row];
        }
    }
    let mut inverse = [[0.0; N]; N];
    for row in 0..N {
        for column in 0..=row {
            let sum: f64 = (row..N).map(|k| inverted[k][row] * inverted[k][column]).sum();
            inverse[row][column] = sum;
            inverse[column][row] = sum;
        }
    }
    inverse
}

fn cholesky<const N: usize>(matrix: &Matrix<N>) -> Matrix<N> {
    let mut factor = [[0.0; N]; N];
    for row in 0..N {
        for column in 0..=row {
            let sum: f64 = (0..column).map(|k| factor[row][k] * factor[column][k]).sum();
            let rest = matrix[row][column] - sum;
            factor[row][column] = if row == column {
                rest.max(1e-9 * matrix[row][row]).max(f64::MIN_POSITIVE).sqrt()
            } else {
                rest / factor[column][column]
            };
        }
    }
    factor
}

/// Returns a matrix times a vector.
pub(super) fn product<const N: usize>(matrix: &Matrix<N>, vector: &[f64; N]) -> [f64; N] {
    std::array::from_fn(|row| matrix[row].iter().zip(vector).map(|(a, b)| a * b).sum())
}

/// Returns the variance of a weighted sum whose terms have this covariance.
pub(super) fn variance<const N: usize>(
    covariance: &Matrix<N>,
    weights: &[f64; N],
) -> f64 {
    let product = product(covariance, weights);
    product.iter().zip(weights).map(|(a, b)| a * b).sum::<f64>().max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_matrix_times_its_inverse_is_one(cells in proptest::array::uniform16(-1.0..1.0_f64)) {
            // A A' + 1 is positive definite
            let a: Matrix<4> = std::array::from_fn(|r| std::array::from_fn(|c| cells[4 * r + c]));
            let matrix: Matrix<4> = std::array::from_fn(|r| std::array::from_fn(|c| {
                let one = if r == c { 1.0 } else { 0.0 };
                one + (0..4).map(|k| a[r][k] * a[c][k]).sum::<f64>()
            }));
            let inverse = inverse(&matrix);
            // the inverse is symmetric: its rows are its columns
            for (column, cells) in inverse.iter().enumerate() {
                let product = product(&matrix, cells);
                for (row, value) in product.iter().enumerate() {
                    let one = if row == column { 1.0 } else { 0.0 };
                    prop_assert!((value - one).abs() < 1e-9);
                }
            }
        }
    }

    #[test]
    fn a_singular_matrix_has_a_finite_inverse() {
        let inverse = inverse(&[[1.0, 1.0], [1.0, 1.0]]);
        assert!(inverse.iter().flatten().all(|value| value.is_finite()));
    }
}
