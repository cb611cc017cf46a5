//! Sums over sessions, for a day or any stretch of days.

use crate::history::session::Session;

/// Sums over sessions.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[non_exhaustive]
pub struct Totals {
    /// How many there were.
    pub sessions: u32,
    /// Horizontal metres.
    pub distance_m: f64,
    /// Metres up that are scored.
    pub gain_m: f64,
    /// Metres down that are scored.
    pub loss_m: f64,
    /// Moving seconds.
    pub moving_s: f64,
    /// Concentric load.
    pub concentric_load: f64,
    /// Eccentric load; zero on rides.
    pub eccentric_load: f64,
    /// What it could be at most: the sum of the upper ends.
    pub eccentric_load_high: f64,
    /// Descent volume at 2x, m, and above; zero on rides.
    pub hard_descent_volume_m: f64,
}

impl Totals {
    /// Adds a session.
    pub fn add(&mut self, session: &Session) {
        self.sessions += 1;
        self.distance_m += session.distance_m;
        self.gain_m += session.gain_m;
        self.loss_m += session.loss_m;
        self.moving_s += session.moving_s;
        self.concentric_load += session.concentric_load;
        self.eccentric_load += session.eccentric_load;
        self.eccentric_load_high += session.eccentric_load_range.1;
        self.hard_descent_volume_m += session.hard_descent_volume_m;
    }

    /// Returns both together.
    #[must_use]
    pub fn plus(&self, other: &Totals) -> Totals {
        Totals {
            sessions: self.sessions + other.sessions,
            distance_m: self.distance_m + other.distance_m,
            gain_m: self.gain_m + other.gain_m,
            loss_m: self.loss_m + other.loss_m,
            moving_s: self.moving_s + other.moving_s,
            concentric_load: self.concentric_load + other.concentric_load,
            eccentric_load: self.eccentric_load + other.eccentric_load,
            eccentric_load_high: self.eccentric_load_high + other.eccentric_load_high,
            hard_descent_volume_m: self.hard_descent_volume_m
                + other.hard_descent_volume_m,
        }
    }
}
