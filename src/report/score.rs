//! An activity scores itself: [`Report::of`], read from left to right.

use crate::activity::Activity;
use crate::error::Error;
use crate::report::Report;
use crate::settings::Settings;

impl Activity {
    /// Splits the route into climbs, descents and level, and scores them.
    ///
    /// # Errors
    /// As [`Report::of`].
    ///
    /// ```
    /// use hardlegs::{Athlete, Settings};
    /// let reading = hardlegs::read("fixtures/fit/loop.fit")?;
    /// let settings = Settings::from(Athlete { mass_kg: Some(68.0), ..Athlete::default() });
    /// let report = reading.activities[0].score(&settings)?;
    /// assert!(report.gain_m > 0.0);
    /// # Ok::<(), hardlegs::Error>(())
    /// ```
    pub fn score(&self, settings: &Settings) -> Result<Report, Error> {
        Report::of(self, settings)
    }
}
