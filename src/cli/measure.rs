//! A number and its unit, as people type them.

use hardlegs::settings::{Limits, Units};

/// A number whose unit may have been left out: then it is the person's usual one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Measure {
    number: f64,
    si_per_unit: Option<f64>,
}

/// Units of one quantity.
pub(crate) struct Family {
    /// Those of bare numbers: name, and SI units in one.
    metric: (&'static str, f64),
    imperial: (&'static str, f64),
    others: &'static [(&'static str, f64)],
    example: &'static str,
}

/// Mass, kg.
pub(crate) const MASS: Family = Family {
    metric: ("kg", 1.0),
    imperial: ("lb", 0.453_592_37),
    others: &[],
    example: "72.5kg or 159lb",
};
/// Height and length, m.
pub(crate) const LENGTH: Family = Family {
    metric: ("m", 1.0),
    imperial: ("ft", 0.3048),
    others: &[("km", 1000.0), ("mi", 1609.344)],
    example: "20m or 65ft",
};
/// Rise over run.
pub(crate) const GRADE: Family =
    Family { metric: ("%", 0.01), imperial: ("%", 0.01), others: &[], example: "3%" };
/// Crank, mm.
pub(crate) const CRANK: Family =
    Family { metric: ("mm", 1.0), imperial: ("mm", 1.0), others: &[], example: "172.5" };
/// Heart rate and factors.
pub(crate) const PLAIN: Family =
    Family { metric: ("", 1.0), imperial: ("", 1.0), others: &[], example: "185" };
/// Power, W.
pub(crate) const POWER: Family = Family {
    metric: ("W", 1.0),
    imperial: ("W", 1.0),
    others: &[("w", 1.0)],
    example: "265",
};

impl Family {
    /// Reads a number and its unit.
    pub(crate) fn parse(&self, text: &str) -> Result<Measure, String> {
        let text = text.trim();
        let split = text.find(|c: char| c.is_alphabetic() || c == '%');
        let (number, unit) = text.split_at(split.unwrap_or(text.len()));
        let unit = unit.trim();
        let mut units =
            [self.metric, self.imperial].into_iter().chain(self.others.iter().copied());
        let factor = units.find(|(name, _)| *name == unit).map(|(_, f)| f);
        match number.trim().parse::<f64>() {
            Ok(number) if number.is_finite() && (unit.is_empty() || factor.is_some()) => {
                let si_per_unit = if unit.is_empty() { None } else { factor };
                Ok(Measure { number, si_per_unit })
            }
            _ => Err(format!("a number with a point, and its unit: {}", self.example)),
        }
    }

    /// Returns the value in the program's own unit; a bare number is one of the person's units.
    pub(crate) fn si(&self, measure: Measure, units: Units) -> f64 {
        let (_, bare) = match units {
            Units::Metric => self.metric,
            Units::Imperial => self.imperial,
        };
        measure.number * measure.si_per_unit.unwrap_or(bare)
    }

    /// The same, within limits; `flag` is named where it is not.
    pub(crate) fn within(
        &self,
        flag: &str,
        measure: Option<Measure>,
        units: Units,
        limits: Limits,
    ) -> Result<Option<f64>, String> {
        measure
            .map(|m| limits.check(self.si(m, units)))
            .transpose()
            .map_err(|why| format!("error: --{flag}: {why}"))
    }
}

/// `90`, `1:30` or `1:00:00` as seconds.
pub(crate) fn seconds(text: &str) -> Option<f64> {
    text.trim().split(':').try_fold(0.0, |sum, part| {
        part.parse::<u32>().ok().map(|n| sum * 60.0 + f64::from(n))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_bare_number_in_the_usual_unit() {
        let bare = MASS.parse("159").unwrap();
        assert!((MASS.si(bare, Units::Imperial) - 72.12).abs() < 0.01);
        assert!((MASS.si(bare, Units::Metric) - 159.0).abs() < 1e-12);
        let said = MASS.parse(" 159 lb").unwrap();
        assert!((MASS.si(said, Units::Metric) - 72.12).abs() < 0.01);
        assert!(
            (GRADE.si(GRADE.parse("3").unwrap(), Units::Imperial) - 0.03).abs() < 1e-12
        );
        assert!(
            (LENGTH.si(LENGTH.parse("1mi").unwrap(), Units::Metric) - 1609.344).abs()
                < 1e-9
        );
    }

    #[test]
    fn says_what_to_type_for_what_is_no_number() {
        for text in ["7,2", "", "kg", "72.5stone", "inf", "1e999"] {
            assert!(MASS.parse(text).unwrap_err().contains("159lb"), "{text}");
        }
    }

    #[test]
    fn reads_clock_times_as_seconds() {
        assert_eq!(seconds("1:00:00"), Some(3600.0));
        assert_eq!(seconds("90"), Some(90.0));
        assert_eq!(seconds("1:x"), None);
    }
}
