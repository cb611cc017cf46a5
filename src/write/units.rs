//! Metres or feet, and numbers as people read them.

pub use crate::settings::Units;

const METRES_PER_MILE: f64 = 1609.344;
const METRES_PER_FOOT: f64 = 0.3048;

impl Units {
    /// Unit of height.
    pub(super) fn height(self) -> &'static str {
        match self {
            Units::Metric => "m",
            Units::Imperial => "ft",
        }
    }

    /// Unit of distance.
    pub(super) fn far(self) -> &'static str {
        match self {
            Units::Metric => "km",
            Units::Imperial => "mi",
        }
    }

    /// Returns what a column of [`Units::pace`] is called.
    pub(super) fn pace_heading(self, on_foot: bool) -> &'static str {
        match (self, on_foot) {
            (Units::Metric, true) => "min/km",
            (Units::Metric, false) => "km/h",
            (Units::Imperial, true) => "min/mi",
            (Units::Imperial, false) => "mi/h",
        }
    }

    /// Returns a mass in its unit.
    pub(super) fn mass(self, kg: f64) -> String {
        const KG_PER_POUND: f64 = 0.453_592_37;
        match self {
            Units::Metric => format!("{kg:.0} kg"),
            Units::Imperial => format!("{:.0} lb", kg / KG_PER_POUND),
        }
    }

    /// Returns a height in its unit.
    pub(super) fn up(self, metres: f64) -> f64 {
        match self {
            Units::Metric => metres,
            Units::Imperial => metres / METRES_PER_FOOT,
        }
    }

    /// Returns a distance in its unit.
    pub(super) fn along(self, metres: f64) -> f64 {
        match self {
            Units::Metric => metres / 1000.0,
            Units::Imperial => metres / METRES_PER_MILE,
        }
    }

    /// Returns a rise with its sign, a real minus and its unit; never a signed zero.
    pub(super) fn rise(self, metres: f64) -> String {
        let value = self.up(metres).round();
        let sign = if value > 0.0 {
            "+"
        } else if value < 0.0 {
            "−"
        } else {
            ""
        };
        format!("{sign}{:.0} {}", value.abs(), self.height())
    }

    /// Returns a height or a sum of heights with its unit; a real minus, and no plus.
    pub(super) fn metres(self, metres: f64) -> String {
        self.rise(metres).trim_start_matches('+').to_owned()
    }

    /// Pace on foot, speed on a ride.
    pub(super) fn pace(self, metres_per_s: Option<f64>, on_foot: bool) -> String {
        let Some(speed) = metres_per_s.filter(|v| *v > 0.05) else {
            return "–".to_owned();
        };
        let per_far = match self {
            Units::Metric => 1000.0,
            Units::Imperial => METRES_PER_MILE,
        };
        if on_foot {
            let seconds = (per_far / speed).round();
            format!("{:.0}:{:02.0}", (seconds / 60.0).floor(), seconds % 60.0)
        } else {
            format!("{:.1}", speed * 3600.0 / per_far)
        }
    }
}

/// Returns hours, minutes and seconds; a dash where there is no time.
pub(super) fn clock(seconds: Option<f64>) -> String {
    let Some(seconds) = seconds.filter(|s| s.is_finite()) else {
        return "–".to_owned();
    };
    let whole = seconds.round();
    let (hours, rest) = ((whole / 3600.0).floor(), whole % 3600.0);
    let (minutes, seconds) = ((rest / 60.0).floor(), rest % 60.0);
    if hours > 0.0 {
        format!("{hours:.0}:{minutes:02.0}:{seconds:02.0}")
    } else {
        format!("{minutes:.0}:{seconds:02.0}")
    }
}

/// Returns a share as a whole percent.
pub(super) fn percent(share: f64) -> String {
    let value = (100.0 * share).round();
    if value < 0.0 {
        format!("−{:.0} %", -value)
    } else {
        format!("{:.0} %", value.abs())
    }
}

/// Returns an intensity, or a dash where there is none.
pub(super) fn times(intensity: Option<f64>) -> String {
    intensity.map_or_else(|| "–".to_owned(), |s| format!("{s:.1}×"))
}
