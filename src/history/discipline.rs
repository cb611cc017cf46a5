//! What is trained and by which load it grows: descents on foot, climbs on a bicycle.

use crate::history::{Day, Totals};
use crate::sport::Sport;

/// What is trained.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Discipline {
    /// Running, walking and hiking, led by the eccentric load of descents.
    Foot,
    /// Riding, led by the concentric load of climbs: downhill the legs freewheel.
    Ride,
}

impl Discipline {
    /// Returns what a sport trains.
    pub fn of(sport: Sport) -> Discipline {
        if sport.on_foot() { Discipline::Foot } else { Discipline::Ride }
    }

    /// Returns whether it is on foot.
    pub fn on_foot(self) -> bool {
        self == Discipline::Foot
    }

    /// Returns the sums of a day.
    pub fn totals(self, day: &Day) -> &Totals {
        match self {
            Discipline::Foot => &day.foot,
            Discipline::Ride => &day.ride,
        }
    }

    /// Returns the load of some sums that leads.
    pub fn leading_load(self, totals: &Totals) -> f64 {
        match self {
            Discipline::Foot => totals.eccentric_load,
            Discipline::Ride => totals.concentric_load,
        }
    }

    /// Returns the leading load of a day.
    pub fn load(self, day: &Day) -> f64 {
        self.leading_load(self.totals(day))
    }
}
