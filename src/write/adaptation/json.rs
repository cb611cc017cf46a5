//! What changed in six months and how descents went after hard ones, for programs.

use schemars::JsonSchema;
use serde::Serialize;

use crate::adaptation::{self, AfterHard, Changed};
use crate::hills::Hills;
use crate::history::History;
use crate::trend;
use crate::write::hills::json::{Trend, of, word};
use crate::write::rounding::{finite, maybe};

/// Whether training shows.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Adaptation {
    /// Figures of the last 26 whole weeks, each with its slope; all that were looked at.
    pub six_months: Vec<Change>,
    /// How descents on known hills went after hard ones; null where there are too few of either kind.
    pub after_hard: Option<DescentsAfterHard>,
    /// What is left of the last hard descent's protection; null without one.
    pub protection: Option<Protection>,
}

/// What may have changed.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// Of a week: `loss_m`, `eccentric_load`, `concentric_load` (on foot), `ride_concentric_load`; of a
    /// day on foot: `steepest_5_min_down` (rise over run) or `eccentric_intensity`.
    pub figure: String,
    /// Figure at the beginning by the slope; 0.0001.
    pub begins_at: Option<f64>,
    /// Its slope: a week counts as a day here, one without a session as 0.
    pub trend: Trend,
}

/// Descents on known hills within ten days of a hard one, against all others.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DescentsAfterHard {
    /// Days with 200 m of hard descent and more.
    pub hard_days: usize,
    /// Efforts within ten days of one.
    pub efforts: usize,
    /// All others.
    pub others: usize,
    /// Median speed of the first over that of the others, each against the usual one on its hill;
    /// 0.0001.
    pub speed_ratio: Option<f64>,
    /// up, down or unclear.
    pub direction: String,
    /// Chance of a difference as large without one, by Mann and Whitney, where form lasts for weeks as
    /// far as the days do not rule that out; 0.0001.
    pub p: Option<f64>,
}

/// What is left of the last hard descent's protection.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Protection {
    /// Days since.
    pub days: i32,
    /// Share of the first day's that is left: half after eight weeks; 0.001.
    pub share: f64,
}

/// Returns what a history and its hills tell.
pub fn adaptation(history: &History, hills: &Hills) -> Adaptation {
    let six_months = adaptation::six_months(history).into_iter();
    Adaptation {
        six_months: six_months.map(|(what, trend)| change(what, trend)).collect(),
        after_hard: AfterHard::of(history, hills).map(|after| after_hard(&after)),
        protection: adaptation::protection(history)
            .map(|(share, days)| Protection { days, share: finite(share, 3) }),
    }
}

fn change(what: Changed, trend: Result<trend::Trend, trend::TooLittle>) -> Change {
    let figure = match what {
        Changed::Volume => "loss_m",
        Changed::EccentricLoad => "eccentric_load",
        Changed::ConcentricLoad => "concentric_load",
        Changed::RideConcentricLoad => "ride_concentric_load",
        Changed::Steepness => "steepest_5_min_down",
        Changed::Intensity => "eccentric_intensity",
    };
    Change {
        figure: figure.to_owned(),
        begins_at: maybe(trend.ok().map(|trend| trend.begins_at), 4),
        trend: of(trend),
    }
}

fn after_hard(after: &AfterHard) -> DescentsAfterHard {
    let (efforts, others) = after.efforts;
    DescentsAfterHard {
        hard_days: after.hard_days,
        efforts,
        others,
        speed_ratio: maybe(Some(after.speed), 4),
        direction: word(after.direction()).to_owned(),
        p: maybe(Some(after.p), 4),
    }
}
