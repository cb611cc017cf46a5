//! The two numbers, concentric and eccentric, and how they add.

/// Points of one direction by severity zone: below 1, 1 to 2, 2 to 3, 3 and more.
pub type Zones = [f64; 4];

/// What the legs did over some cells. It adds; zero is neutral.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[non_exhaustive]
pub struct LegLoad {
    /// 10 m of one's own weight raised, each.
    pub climb_points: f64,
    /// 10 m of one's own weight lowered, each.
    pub descent_points: f64,
    /// Climb points times severity over two.
    pub concentric_load: f64,
    /// Descent points times severity over two.
    pub eccentric_load: f64,
    /// All muscle work done shortening, level metres included, J/kg of body.
    pub con_j_per_kg: f64,
    /// All muscle work done lengthening, J/kg of body.
    pub ecc_j_per_kg: f64,
    /// Climb points by zone.
    pub climb_zones: Zones,
    /// Descent points by zone.
    pub descent_zones: Zones,
}

/// Severity is null below so many points.
pub const LEAST_POINTS: f64 = 5.0;

impl LegLoad {
    /// Severity of the climbs: `None` below 5 points.
    pub fn concentric_severity(&self) -> Option<f64> {
        severity(self.climb_points, self.concentric_load)
    }

    /// Severity of the descents: `None` below 5 points.
    pub fn eccentric_severity(&self) -> Option<f64> {
        severity(self.descent_points, self.eccentric_load)
    }

    /// Climb points at twice an easy level step and above.
    pub fn hard_climb_points(&self) -> f64 {
        self.climb_zones[2] + self.climb_zones[3]
    }

    /// Descent points at twice an easy level step and above.
    pub fn hard_descent_points(&self) -> f64 {
        self.descent_zones[2] + self.descent_zones[3]
    }
}

/// Severity of so many points and their load: `None` below 5 points.
pub(crate) fn severity(points: f64, load: f64) -> Option<f64> {
    (points >= LEAST_POINTS).then(|| 2.0 * load / points)
}
