//! Classes of grade, from -40 to +40 %, each 5 % wide.

/// Classes of grade: -40 to +40 %, the outermost hold what is steeper.
pub const CLASSES: usize = 17;
/// Width of a class, rise over run (our choice: within 5 % no speed differs by more than
/// days do).
pub(crate) const CLASS_WIDTH: f64 = 0.05;
/// Grade of the last class.
pub(crate) const STEEPEST_CLASS: f64 = 0.40;

/// Returns the grade in the middle of a class.
///
/// ```
/// use hardlegs::load::by_grade::{class_of, grade_of};
/// assert_eq!((class_of(-0.9), class_of(0.01), class_of(0.41)), (0, 8, 16));
/// assert!((grade_of(10) - 0.10).abs() < 1e-12);
/// ```
pub fn grade_of(class: usize) -> f64 {
    class as f64 * CLASS_WIDTH - STEEPEST_CLASS
}

/// Returns the class of a grade.
pub fn class_of(grade: f64) -> usize {
    let (class, _) = position_of(grade + CLASS_WIDTH / 2.0);
    class
}

/// Returns where a grade lies among the middles of the classes: the class at or below it, and
/// the share of the way to the next. Steeper grades lie at the ends.
pub(crate) fn position_of(grade: f64) -> (usize, f64) {
    let at = (grade + STEEPEST_CLASS) / CLASS_WIDTH;
    let at = if at.is_nan() { 0.0 } else { at.clamp(0.0, (CLASSES - 1) as f64) };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "0 to 16"
    )]
    let class = at as usize;
    (class, at - class as f64)
}
