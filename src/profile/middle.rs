//! The middle one of some values, without sorting them all.

/// Returns the middle value, the upper one of two; `None` of none. The others lose their order.
pub(crate) fn middle(values: &mut [f64]) -> Option<f64> {
    if values.is_empty() {
        return None;
    }
    let middle = values.len() / 2;
    Some(*values.select_nth_unstable_by(middle, f64::total_cmp).1)
}
