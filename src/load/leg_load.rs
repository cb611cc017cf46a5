//! The two loads, concentric and eccentric, and how they add.

use crate::load::model;

/// Volume of one direction by zone of intensity, m: below 1, 1 to 2, 2 to 3, 3 and more.
pub type Zones = [f64; 4];

/// What the legs did over some cells. It adds; zero is neutral.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[non_exhaustive]
pub struct LegLoad {
    /// Metres of one's own weight raised: rise x (body + pack) / body.
    pub climb_volume_m: f64,
    /// Metres of one's own weight lowered.
    pub descent_volume_m: f64,
    /// Climb volume times intensity, over 20 m.
    pub concentric_load: f64,
    /// Descent volume times intensity, over 20 m.
    pub eccentric_load: f64,
    /// All muscle work done shortening, level metres included, J/kg of body.
    pub con_j_per_kg: f64,
    /// All muscle work done lengthening, J/kg of body.
    pub ecc_j_per_kg: f64,
    /// Climb volume by zone of intensity, m.
    pub climb_volume_by_zone_m: Zones,
    /// Descent volume by zone of intensity, m.
    pub descent_volume_by_zone_m: Zones,
}

/// Volume that an intensity is told for, m: below it one hump of the noise decides.
pub(crate) const LEAST_VOLUME_M: f64 = 50.0;

impl LegLoad {
    /// Intensity of the climbs: `None` below 50 m of volume.
    pub fn concentric_intensity(&self) -> Option<f64> {
        intensity(self.climb_volume_m, self.concentric_load)
    }

    /// Intensity of the descents: `None` below 50 m of volume.
    pub fn eccentric_intensity(&self) -> Option<f64> {
        intensity(self.descent_volume_m, self.eccentric_load)
    }

    /// Climb volume at twice an easy level step and above.
    pub fn hard_climb_volume_m(&self) -> f64 {
        self.climb_volume_by_zone_m[2] + self.climb_volume_by_zone_m[3]
    }

    /// Descent volume at twice an easy level step and above.
    pub fn hard_descent_volume_m(&self) -> f64 {
        self.descent_volume_by_zone_m[2] + self.descent_volume_by_zone_m[3]
    }
}

/// Intensity of a volume and its load: `None` below 50 m.
pub(crate) fn intensity(volume_m: f64, load: f64) -> Option<f64> {
    (volume_m >= LEAST_VOLUME_M).then(|| model::intensity(load, volume_m))
}
