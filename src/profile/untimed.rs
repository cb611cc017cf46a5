//! Why the times of a recording are not believed: it is scored without.

/// What is wrong with times that are there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Untimed {
    /// Fewer than half of the points have one.
    Few,
    /// The clock stands: one time, or a few, for all points.
    Stands,
    /// Most of them go back, as in a track that a tool turned round.
    Backwards,
    /// They are further apart than those of any outing: a planner made them up.
    FarApart,
}
