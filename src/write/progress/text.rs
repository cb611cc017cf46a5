//! The five mechanisms over months for people: a line each, within 80 columns.

use std::fmt::Write as _;

use crate::progress::{DAYS, Mechanism, Progress};
use crate::trend::{Direction, LEAST_DAYS, LEAST_SPAN_DAYS, TooLittle, Trend};
use crate::write::Units;
use crate::write::prose::say;

/// Returns a line for each figure, on foot and riding apart; empty where nothing is known.
pub fn text(rows: &[Progress], on_foot: Option<bool>, u: Units) -> String {
    let mut out = String::new();
    for (foot, name) in [(true, "on foot"), (false, "riding")] {
        let lines = lines(rows, foot, u);
        if lines.is_empty() || on_foot.is_some_and(|only| only != foot) {
            continue;
        }
        let _ = writeln!(
            out,
            "Mechanisms {name}, {} months: middle and change, 95 % interval",
            DAYS / 30
        );
        for line in lines {
            say(&mut out, &format!("  {line}"));
        }
    }
    out
}

/// Returns each figure of one kind of outing with its change, and how many trends these are.
pub(in crate::write) fn lines(rows: &[Progress], on_foot: bool, u: Units) -> Vec<String> {
    let shown: Vec<&Progress> = rows
        .iter()
        .filter(|row| row.on_foot == on_foot)
        .filter(|row| row.observations.iter().any(|one| one.value != 0.0))
        .collect();
    let line = |row: &&Progress| {
        let (label, middle) = (label(row.mechanism), middle(row, u));
        format!("{label:<16}{middle:>12}  {}", change(row, u))
    };
    let mut lines: Vec<String> = shown.iter().map(line).collect();
    let trends = || shown.iter().filter_map(|row| row.trend.as_ref().ok());
    if trends().any(Trend::may_be_lasting_form) {
        lines.push(
            "unclear on one side of 0: form that lasts for weeks may do as much"
                .to_owned(),
        );
    }
    let trends = trends().count();
    if trends > 0 {
        lines.push(format!(
            "{trends} trends looked at: of twenty without a change up to one shows one."
        ));
    }
    lines
}

/// Returns what a figure is called.
pub(in crate::write) fn label(mechanism: Mechanism) -> &'static str {
    match mechanism {
        Mechanism::StepWork => "work of a step",
        Mechanism::HillSprints => "hill sprints",
        Mechanism::BestSprint => "best sprint",
        Mechanism::StepPower => "power of a step",
        Mechanism::BestClimb => "best 5 min up",
        Mechanism::ClimbPower => "5 min power up",
        Mechanism::LongClimbs => "long climbs",
        Mechanism::Drift => "drift in them",
        Mechanism::HardStepsUp => "hard steps up",
        Mechanism::HardStepsDown => "hard steps down",
    }
}

/// Returns its unit.
pub(in crate::write) fn unit(mechanism: Mechanism, u: Units) -> String {
    match mechanism {
        Mechanism::StepWork => "J/kg".to_owned(),
        Mechanism::BestSprint | Mechanism::StepPower | Mechanism::ClimbPower => {
            "W/kg".to_owned()
        }
        Mechanism::BestClimb => format!("{}/h", u.height()),
        Mechanism::LongClimbs => "min/wk".to_owned(),
        Mechanism::Drift => "%".to_owned(),
        Mechanism::HillSprints | Mechanism::HardStepsUp | Mechanism::HardStepsDown => {
            "/wk".to_owned()
        }
    }
}

/// Returns a value in the unit of [`unit`].
pub(in crate::write) fn scaled(mechanism: Mechanism, value: f64, u: Units) -> f64 {
    match mechanism {
        Mechanism::BestClimb => u.up(value),
        Mechanism::Drift => 100.0 * value,
        _ => value,
    }
}

/// Returns a value without its unit.
pub(in crate::write) fn figure(mechanism: Mechanism, value: f64, u: Units) -> String {
    let value = scaled(mechanism, value, u);
    let words = match mechanism {
        Mechanism::StepWork => format!("{value:.2}"),
        Mechanism::BestSprint
        | Mechanism::StepPower
        | Mechanism::ClimbPower
        | Mechanism::HillSprints
        | Mechanism::Drift => format!("{value:.1}"),
        _ => format!("{value:.0}"),
    };
    // what is rounded to nothing has no sign
    let nothing = words.chars().all(|digit| matches!(digit, '-' | '0' | '.'));
    words.replace('-', if nothing { "" } else { "−" })
}

/// Returns the middle of a figure, with its unit.
fn middle(row: &Progress, u: Units) -> String {
    let values = row.observations.iter().map(|one| one.value);
    let middle = crate::quantile::median(values).unwrap_or(f64::NAN);
    format!("{} {}", figure(row.mechanism, middle, u), unit(row.mechanism, u))
}

/// Returns how it changed from the first to the last day, with the interval, and how many outings
/// that rests on.
pub(in crate::write) fn change(row: &Progress, u: Units) -> String {
    let outings = match row.outings {
        1 => "1 outing".to_owned(),
        outings => format!("{outings} outings"),
    };
    let trend = match &row.trend {
        Ok(trend) => trend,
        Err(TooLittle::Days(days))
            if row.mechanism.is_weekly() && row.outings >= LEAST_DAYS =>
        {
            return format!("{outings} in {days} whole weeks, too few for a trend");
        }
        Err(TooLittle::Days(_)) => {
            return format!("{outings}, too few for a trend");
        }
        Err(TooLittle::Span(days)) => {
            return format!(
                "{outings} in {days} days, {LEAST_SPAN_DAYS} are needed for a trend"
            );
        }
    };
    let signed = |change: f64| {
        let change = figure(row.mechanism, change, u);
        if change.starts_with('−') { change } else { format!("+{change}") }
    };
    let (change, (low, high)) = trend.over_span();
    let range = format!("{} to {}", signed(low), signed(high));
    let looked_at = looked_at(row, trend, &outings);
    match trend.direction() {
        Direction::Unclear => format!("unclear ({range}) · {looked_at}"),
        _ => format!("{} ({range}) · {looked_at}", signed(change)),
    }
}

/// Returns how many outings, or whole weeks of them, a trend rests on.
fn looked_at(row: &Progress, trend: &Trend, outings: &str) -> String {
    let weeks = if row.mechanism.is_weekly() {
        trend.days
    } else {
        usize::try_from(crate::history::age(trend.from, trend.to) / 7).unwrap_or(0)
    };
    format!("{outings}, {weeks} weeks")
}
