//! What a caller set, held against what is possible before anything is scored.

use crate::error::{Error, Kind};
use crate::profile::Treadmill;
use crate::settings::Settings;
use crate::settings::keys::{
    BELT, BOUNCE, DRAG_AREA, ELASTIC, FACTOR, LONG, Limits, STEEP, STEP, WIND, limits_of,
};

impl Settings {
    /// Checks that every figure that was set is possible; [`Report::of`] asks first. Rows of
    /// [`Settings::person`] were held against the same limits when they were read.
    ///
    /// # Errors
    /// `settings`: the first figure that is not, by its name here, and what is possible.
    ///
    /// ```
    /// use hardlegs::settings::Settings;
    /// let mut settings = Settings::default();
    /// assert!(settings.check().is_ok());
    /// settings.sampling.step_m = 0.0;
    /// let error = settings.check().unwrap_err();
    /// assert_eq!(error.to_string(), "sampling.step_m must lie between 1 and 50 m");
    /// ```
    ///
    /// [`Report::of`]: crate::report::Report::of
    pub fn check(&self) -> Result<(), Error> {
        let (who, split, terms) = (&self.athlete, &self.thresholds, &self.terms);
        let (sampling, bicycle) = (&self.sampling, &self.terms.bicycle);
        let given = [
            ("athlete.mass_kg", who.mass_kg, limits_of("mass_kg")),
            ("athlete.pack_kg", who.pack_kg, limits_of("pack")),
            ("athlete.hr_max", who.hr_max, limits_of("hr_max")),
            ("athlete.hr_rest", who.hr_rest, limits_of("hr_rest")),
            ("athlete.ftp_w", who.ftp_w, limits_of("ftp_w")),
            ("athlete.bike_kg", who.bike_kg, limits_of("bike_kg")),
            ("athlete.crank_mm", who.crank_mm, limits_of("crank_mm")),
            ("sampling.step_m", Some(sampling.step_m), STEP),
            ("sampling.smoothing", Some(sampling.smoothing), FACTOR),
            ("thresholds.enter_grade", split.enter_grade, STEEP),
            ("thresholds.leave_grade", split.leave_grade, STEEP),
            ("thresholds.min_length_m", split.min_length_m, LONG),
            ("thresholds.min_rise_m", split.min_rise_m, LONG),
            ("thresholds.merge_length_m", split.merge_length_m, LONG),
            ("thresholds.merge_rise_m", split.merge_rise_m, LONG),
            ("terms.run.bounce", Some(terms.run.bounce), BOUNCE),
            ("terms.run.elastic", Some(terms.run.elastic), ELASTIC),
            ("terms.walk.bounce", Some(terms.walk.bounce), BOUNCE),
            ("terms.walk.elastic", Some(terms.walk.elastic), ELASTIC),
            ("terms.steps.assumed_factor", Some(terms.steps.assumed_factor), FACTOR),
            ("terms.bicycle.bike_kg", Some(bicycle.bike_kg), limits_of("bike_kg")),
            ("terms.bicycle.rolling", bicycle.rolling, STEEP),
            ("terms.bicycle.rolling_factor", Some(bicycle.rolling_factor), FACTOR),
            ("terms.bicycle.drag_area_m2", Some(bicycle.drag_area_m2), DRAG_AREA),
            ("terms.bicycle.wind_m_per_s", Some(bicycle.wind_m_per_s), WIND),
        ];
        for (name, value, limits) in given {
            value.map_or(Ok(()), |value| within(name, value, limits))?;
        }
        match &sampling.treadmill {
            Some(Treadmill::Constant(grade)) => {
                within("sampling.treadmill", *grade, BELT)
            }
            Some(Treadmill::Spans(spans)) => spans
                .iter()
                .try_for_each(|span| within("sampling.treadmill", span.grade, BELT)),
            None => Ok(()),
        }
    }
}

fn within(name: &str, value: f64, limits: Limits) -> Result<(), Error> {
    match limits.check(value) {
        Ok(_) => Ok(()),
        Err(words) => Err(Error::new(Kind::Settings, format!("{name} {words}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Report;

    #[test]
    fn nothing_impossible_reaches_the_model() {
        type Change = fn(&mut Settings);
        let reading = crate::read::path("fixtures/fit/loop.fit").unwrap();
        let changes: [(&str, Change); 6] = [
            ("athlete.mass_kg", |s| s.athlete.mass_kg = Some(f64::NAN)),
            ("sampling.step_m", |s| s.sampling.step_m = 1e-9),
            ("thresholds.merge_rise_m", |s| s.thresholds.merge_rise_m = Some(-1.0)),
            ("terms.run.bounce", |s| s.terms.run.bounce = 0.0),
            ("terms.bicycle.drag_area_m2", |s| s.terms.bicycle.drag_area_m2 = -0.3),
            ("sampling.treadmill", |s| {
                s.sampling.treadmill = Some(Treadmill::Constant(f64::INFINITY));
            }),
        ];
        for (name, change) in changes {
            let mut settings = Settings::default();
            change(&mut settings);
            let error = Report::of(&reading.activities[0], &settings).unwrap_err();
            assert_eq!(error.kind(), Kind::Settings, "{name}");
            assert!(error.to_string().starts_with(name), "{error}");
        }
    }
}
