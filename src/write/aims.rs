//! The hardest hills of a week, in words: height, grade and intensity.

use crate::plan::{WeekAim, WeekAims};
use crate::write::Units;
use crate::write::units::{percent, times};

/// Returns a hill: ▼ 310 m at 12 %, 2.1×.
fn hill(sign: &str, aim: &WeekAim, u: Units) -> String {
    // no one measures a hill to the metre
    let height = (u.up(aim.hill.height_m) / 10.0).round() * 10.0;
    format!(
        "{sign} {height:.0} {} at {}, {}",
        u.height(),
        percent(aim.hill.grade),
        times(Some(aim.hill.intensity))
    )
}

/// Returns the hills of a week, the descent first.
pub(super) fn hills(aims: &WeekAims, u: Units) -> String {
    let hills = [
        aims.descent.as_ref().map(|aim| hill("▼", aim, u)),
        aims.climb.as_ref().map(|aim| hill("▲", aim, u)),
    ];
    hills.into_iter().flatten().collect::<Vec<_>>().join("   ")
}

/// Returns the same as a part of a sentence, each with what is more than before.
pub(super) fn sentence(aims: &WeekAims, u: Units) -> String {
    let raised = |sign: &str, aim: &WeekAim| {
        let more =
            aim.raised.map_or(String::new(), |raised| format!(" ({})", raised.name()));
        format!("{}{more}", hill(sign, aim, u))
    };
    let hills = [
        aims.descent.as_ref().map(|aim| raised("▼", aim)),
        aims.climb.as_ref().map(|aim| raised("▲", aim)),
    ];
    hills.into_iter().flatten().collect::<Vec<_>>().join(" and ")
}
