//! The five mechanisms over months for programs.

use crate::progress::Progress;
use crate::trend::{Direction, TooLittle};
use crate::write::history::json::MechanismTrend;
use crate::write::rounding::{finite, maybe};

/// Decimals of every figure: of a share as of metres an hour.
const DECIMALS: i32 = 4;

/// Returns the rows of a history's document.
pub fn rows(progress: &[Progress]) -> Vec<MechanismTrend> {
    progress.iter().map(row).collect()
}

fn row(row: &Progress) -> MechanismTrend {
    let trend = row.trend.as_ref().ok();
    let figure = |value: Option<f64>| maybe(value, DECIMALS);
    let values = row.observations.iter().map(|one| one.value);
    MechanismTrend {
        figure: row.mechanism.code().to_owned(),
        discipline: if row.on_foot { "foot" } else { "ride" }.to_owned(),
        per: if row.mechanism.is_weekly() { "week" } else { "day" }.to_owned(),
        outings: row.outings,
        values: row.observations.len(),
        from: row.observations.first().map(|one| one.day.to_string()),
        to: row.observations.last().map(|one| one.day.to_string()),
        middle: finite(crate::quantile::median(values).unwrap_or(f64::NAN), DECIMALS),
        change: figure(trend.map(|t| t.over_span().0)),
        change_low: figure(trend.map(|t| t.over_span().1.0)),
        change_high: figure(trend.map(|t| t.over_span().1.1)),
        change_per_year: figure(trend.map(|t| t.per_year)),
        change_per_year_low: figure(trend.map(|t| t.per_year_range.0)),
        change_per_year_high: figure(trend.map(|t| t.per_year_range.1)),
        p: figure(trend.map(|t| t.p)),
        direction: trend.map(|trend| {
            match trend.direction() {
                Direction::Up => "up",
                Direction::Down => "down",
                Direction::Unclear => "unclear",
            }
            .to_owned()
        }),
        why: row.trend.as_ref().err().map(|too_little| match too_little {
            TooLittle::Days(days) => {
                format!("{days} outings, days or weeks, of at least 6")
            }
            TooLittle::Span(days) => format!("{days} days, of at least 21"),
        }),
    }
}
