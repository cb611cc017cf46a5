//! Nine classes of grade, one signed scale for every table and picture.

/// Grades at which the classes begin, rise over run, up and down alike. Our choice:
/// walkable, noticeable, steep, very steep.
pub(crate) const STEEPNESS_BEGINS: [f64; 4] = [0.015, 0.04, 0.08, 0.12];

/// A class of grade, from -4 (very steep down) over 0 (level) to 4 (very steep up).
///
/// ```
/// use hardlegs::report::Steepness;
/// assert_eq!(Steepness::of(0.0).class(), 0);
/// assert_eq!(Steepness::of(0.05).class(), 2);
/// assert_eq!(Steepness::of(-0.3).class(), -4);
/// assert_eq!(Steepness::ALL.len(), 9);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Steepness(i8);

impl Steepness {
    /// From very steep down to very steep up.
    pub const ALL: [Steepness; 9] = {
        let mut all = [Steepness(-4); 9];
        let mut i = 1;
        while i < 9 {
            all[i] = Steepness(all[i - 1].0 + 1);
            i += 1;
        }
        all
    };

    /// Returns the class of a grade.
    pub fn of(grade: f64) -> Steepness {
        let class: i8 =
            STEEPNESS_BEGINS.iter().map(|begin| i8::from(grade.abs() >= *begin)).sum();
        Steepness(if grade < 0.0 { -class } else { class })
    }

    /// -4 to 4.
    pub fn class(self) -> i8 {
        self.0
    }

    /// 0 to 8, from very steep down to very steep up.
    pub fn index(self) -> usize {
        usize::try_from(self.0 + 4).unwrap_or(0)
    }
}
