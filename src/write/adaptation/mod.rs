//! What changed in six months and how descents went after hard ones, for people.

pub mod json;

use crate::adaptation::{self, AfterHard, Changed};
use crate::hills::Hills;
use crate::history::History;
use crate::trend::{Direction, Trend};
use crate::write::prose::say;
use crate::write::units::percent;

/// Protection below this share is none that anybody would plan by: our choice.
const LEAST_TOLD: f64 = 0.05;

/// Returns a sentence each, or nothing where nothing can be said, as text within 80 columns.
pub fn text(history: &History, hills: &Hills) -> String {
    let mut out = String::new();
    let changes: Vec<String> = adaptation::six_months(history)
        .into_iter()
        .filter_map(|(what, trend)| Some(change(what, &trend.ok()?)))
        .collect();
    if !changes.is_empty() {
        out.push_str("In six months:\n");
        for line in changes {
            say(&mut out, &format!("  {line}"));
        }
    }
    if let Some(after) = AfterHard::of(history, hills) {
        say(&mut out, &after_hard(&after));
    }
    if let Some((share, days)) = adaptation::protection(history)
        .filter(|(share, days)| *days > 0 && *share >= LEAST_TOLD)
    {
        say(
            &mut out,
            &format!(
                "The hard descent of {days} days ago still gives {} of its protection; half \
                 is left after eight weeks.",
                percent(share)
            ),
        );
    }
    out
}

/// Returns a change of half a year as its interval allows.
fn change(what: Changed, trend: &Trend) -> String {
    let name = match what {
        Changed::Volume => "downhill metres a week",
        Changed::EccentricLoad => "downhill load a week",
        Changed::ConcentricLoad => "uphill load a week",
        Changed::RideConcentricLoad => "uphill load of rides a week",
        Changed::Steepness => "steepest five minutes down",
        Changed::Intensity => "intensity of descents",
    };
    let unclear = || format!("{name}: no change that could be told from chance");
    let Some((_, (low, high))) = trend.share_per_year() else { return unclear() };
    let sign = match trend.direction() {
        Direction::Up => 1.0,
        Direction::Down => -1.0,
        Direction::Unclear => return unclear(),
    };
    // half a year's change against where it began
    let half = |per_year: f64| per_year / 2.0 / trend.begins_at.max(f64::MIN_POSITIVE);
    let whole = |share: f64| format!("{:.0}", 100.0 * sign * share);
    let (word, (least, most)) = if sign > 0.0 {
        ("up", (trend.per_year_range.0, trend.per_year_range.1))
    } else {
        ("down", (trend.per_year_range.1, trend.per_year_range.0))
    };
    if trend.begins_at <= 0.0 || low.abs().max(high.abs()) > 100.0 {
        return format!("{name}: {word}, from next to nothing");
    }
    format!(
        "{name}: {word} by {} %, between {} and {}",
        whole(half(trend.per_year)),
        whole(half(least)),
        whole(half(most))
    )
}

fn after_hard(after: &AfterHard) -> String {
    let (soon, others) = after.efforts;
    let share = |share: f64| percent(share.abs());
    let told = match after.direction() {
        Direction::Up => format!("{} faster than", share(after.speed - 1.0)),
        Direction::Down => format!("{} slower than", share(after.speed - 1.0)),
        Direction::Unclear => {
            "no difference that could be told from chance from".to_owned()
        }
    };
    format!(
        "Descents on your hills within 10 days of a hard one: {told} the others ({soon} against \
         {others}, after {} hard days).",
        after.hard_days
    )
}
