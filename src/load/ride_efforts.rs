//! Computes what every cell of a ride asks of the legs, by the power that is known.

use crate::athlete::Athlete;
use crate::load::efforts::{Efforts, Terms};
use crate::load::model;
use crate::load::riding::{Conditions, Ride, RideColumns};
use crate::profile::Profile;
use crate::segment::Segment;
use crate::sport::Bike;

impl<'p> Efforts<'p> {
    /// Fills the columns of a ride.
    pub(super) fn riding(
        &mut self,
        profile: &'p Profile,
        segments: &[Segment],
        bike: Bike,
        athlete: &Athlete,
        terms: &Terms,
    ) {
        let conditions = Conditions::of(athlete, bike, &terms.bicycle);
        let ride = Ride::of(profile, segments, bike, &conditions);
        let mut scored = RideColumns::default();
        ride.score(&conditions, &mut scored);
        self.climb_volume_m = scored.volume_m;
        self.up_ratio = scored.ratio;
        self.limited_m = scored.limited_m;
        for column in self.columns().into_iter().filter(|column| column.is_empty()) {
            *column = vec![0.0; profile.cells()];
        }
        self.lost_power = (ride.lost.stretches, ride.lost.metres);
        self.meter_ratio = ride.meter_ratio;
        self.metered = ride.measured_w.iter().any(|watts| *watts > 0.0);
        self.power_w = ride.power_w(&conditions);
        for (cell, scored) in profile.scored().iter().enumerate() {
            if !scored {
                continue;
            }
            let slope_m = profile.slope_m()[cell];
            let steep = profile.grade()[cell].abs() > model::STEEPEST_RIDING.value;
            self.steep_m += if steep { slope_m } else { 0.0 };
            let rising_m = if profile.rise_m()[cell] > 0.0 { slope_m } else { 0.0 };
            self.rising_m += rising_m;
            let watts = self.power_w[cell];
            if watts.is_nan() {
                self.unknown_m += rising_m;
                continue;
            }
            self.modelled_m +=
                if ride.measured_w[cell].is_nan() { rising_m } else { 0.0 };
            let work_j_per_kg = watts * self.duration_s[cell] / conditions.body_kg;
            self.con_j_per_kg[cell] = work_j_per_kg;
            self.metabolic_j_per_kg[cell] = work_j_per_kg / GROSS_EFFICIENCY;
        }
        self.ride = Some(ride);
    }
}

/// Gross efficiency of riding: power over metabolic power (MODEL section 9, mechanism 4).
const GROSS_EFFICIENCY: f64 = 0.22;
