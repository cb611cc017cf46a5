//! How fast a person goes on foot at each grade: in place of the assumed speeds of a route
//! without times.

use crate::load::grade_classes::{CLASSES, position_of};

/// A person's speeds on foot for one route, whose length they fit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OwnSpeeds {
    /// Horizontal m/s of a usual day, by class of grade, from the steepest descent on.
    pub m_per_s: [f64; CLASSES],
    /// A slow day over a usual one.
    pub slow: f64,
    /// A fast day over a usual one.
    pub fast: f64,
}

impl OwnSpeeds {
    /// Returns the speed along the slope at a grade, m/s, linear between the classes.
    ///
    /// ```
    /// use hardlegs::load::own_speeds::OwnSpeeds;
    /// let mut own = OwnSpeeds { m_per_s: [1.0; 17], slow: 0.8, fast: 1.2 };
    /// own.m_per_s[9] = 2.0;
    /// assert_eq!(own.at(0.0), 1.0);
    /// assert!((own.at(0.025) - 1.5 * (1.0 + 0.025_f64.powi(2)).sqrt()).abs() < 1e-12);
    /// ```
    pub fn at(&self, grade: f64) -> f64 {
        let (class, share) = position_of(grade);
        let next = (class + 1).min(CLASSES - 1);
        let horizontal =
            self.m_per_s[class] + share * (self.m_per_s[next] - self.m_per_s[class]);
        horizontal * libm::sqrt(1.0 + grade * grade)
    }
}
