//! What changed in six months and how descents went after hard ones, for people.

pub mod json;

use crate::adaptation::{self, AfterHard, Changed};
use crate::hills::Hills;
use crate::history::History;
use crate::trend::{Direction, Trend};
use crate::write::hills::words;
use crate::write::prose::say;
use crate::write::units::percent;

/// Protection below this share is none that anybody would plan by: our choice.
const LEAST_TOLD: f64 = 0.05;

/// Returns a sentence each, or nothing where nothing can be said, as text within 80 columns.
pub fn text(history: &History, hills: &Hills) -> String {
    let mut out = String::new();
    let changes: Vec<(Changed, Trend)> = adaptation::six_months(history)
        .into_iter()
        .filter_map(|(what, trend)| Some((what, trend.ok()?)))
        .collect();
    if !changes.is_empty() {
        out.push_str("In six months:\n");
        for (what, trend) in &changes {
            say(&mut out, &format!("  {}", change(*what, trend)));
        }
        let trends: Vec<Trend> = changes.iter().map(|(_, trend)| *trend).collect();
        say(&mut out, &format!("  {}", words::looks(&trends, "a change")));
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

/// Returns a change as its interval allows, against where it began by the slope, and in what time
/// where that is not the whole half year.
fn change(what: Changed, trend: &Trend) -> String {
    /// Days from the first to the last that are called six months: a week at either end may be
    /// none yet.
    const SIX_MONTHS_D: i32 = 7 * (adaptation::WEEKS - 3);
    let name = match what {
        Changed::Volume => "downhill metres a week",
        Changed::EccentricLoad => "downhill load a week",
        Changed::ConcentricLoad => "uphill load a week",
        Changed::RideConcentricLoad => "uphill load of rides a week",
        Changed::Steepness => "steepest five minutes down",
        Changed::Intensity => "intensity of descents",
    };
    let unclear = || format!("{name}: {}", words::unclear(trend));
    let Some((_, (low, high))) = trend.share_per_year() else { return unclear() };
    let (change, range) = trend.over_span();
    let (word, sign, (least, most)) = match trend.direction() {
        Direction::Up => ("up", 1.0, range),
        Direction::Down => ("down", -1.0, (range.1, range.0)),
        Direction::Unclear => return unclear(),
    };
    let time = if trend.span_days() < SIX_MONTHS_D {
        format!(" {}", words::time(trend))
    } else {
        String::new()
    };
    if trend.begins_at <= 0.0 || low.abs().max(high.abs()) > 100.0 {
        return format!("{name}: {word}{time}, from next to nothing");
    }
    let whole = |change: f64| {
        format!("{:.0}", 100.0 * sign * change / trend.begins_at).replace('-', "−")
    };
    format!(
        "{name}: {word} by {} %{time}, between {} and {}",
        whole(change),
        whole(least),
        whole(most)
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
