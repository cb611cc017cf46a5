//! The two loads, how hard their steps were, and what such a load means.

use jiff::civil::Date;

use crate::load::LegLoad;
use crate::load::range::Span;
use crate::report::Report;
use crate::write::loads::{self, LoadWords};
use crate::write::text::fold::Fold;
use crate::write::units::{Units, percent};

/// The largest load that a history knows of the days before.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Largest {
    /// Days that were looked back on.
    pub days: i32,
    /// Eccentric load on foot, concentric load of rides.
    pub load: f64,
    /// When.
    pub day: Date,
}

/// Returns the lines of both loads.
pub(super) fn lines(
    report: &Report,
    largest: Option<Largest>,
    units: Units,
    fold: Fold,
) -> String {
    let mut out = String::new();
    if let Some(pack) = pack(report, units) {
        out.push_str(&fold.lead(" ", &[pack]));
    }
    out.push_str(&told("uphill load", loads::uphill(report), fold));
    out.push_str(&told("downhill load", loads::downhill(report), fold));
    if let Some(words) = largest.and_then(|largest| against(report, largest)) {
        out.push_str(&fold.lead(&indent(fold), &[words]));
    }
    out
}

/// Returns a load, its range, and where its words begin.
fn figure(name: &str, load: f64, range: &Span, fold: Fold) -> String {
    let range = format!("({:.0}–{:.0})", range.low, range.high);
    let figure = format!(" {name:<14}{load:>4.0}  {range:<9}  ");
    if fold.is_narrow() { figure.trim_end().to_owned() + "\n" } else { figure }
}

/// Returns where the words beside a load begin.
fn indent(fold: Fold) -> String {
    " ".repeat(if fold.is_narrow() { 3 } else { 32 })
}

/// Returns a load with what is said of it beside and below.
fn told(name: &str, load: LoadWords<'_>, fold: Fold) -> String {
    let LoadWords { figure: known, under, mut steps, meaning, note } = load;
    steps.extend(note);
    let Some((load, range)) = known else {
        return fold.lead(&format!(" {name:<14}   –  "), &steps);
    };
    if let Some(most) = under {
        let few = format!("under {most:.0}: few metres");
        return fold.lead(&format!(" {name:<14}"), &[vec![few], steps].concat());
    }
    let figure = figure(name, load, range, fold);
    let mut out = if fold.is_narrow() {
        figure + &fold.lead(&indent(fold), &steps)
    } else {
        fold.lead(&figure, &steps)
    };
    if let Some(meaning) = meaning {
        out.push_str(&fold.lead(&indent(fold), &[meaning]));
    }
    out
}

/// Returns the activity held against the largest of the days before.
fn against(report: &Report, largest: Largest) -> Option<String> {
    let LegLoad { eccentric_load, concentric_load, .. } = report.load;
    let (load, which) = if report.sport.on_foot() {
        (eccentric_load, "")
    } else {
        (concentric_load, " ride")
    };
    (largest.load > 0.0).then(|| {
        let day = largest.day.strftime("%-d %b");
        let days = largest.days;
        let change = load / largest.load - 1.0;
        let sign = if change >= 0.0 { "+" } else { "" };
        let held = format!("{sign}{}", percent(change));
        format!(
            "your largest{which} of {days} days: {:.0} on {day}; {held}",
            largest.load
        )
    })
}

/// Returns what a pack makes of the metres.
fn pack(report: &Report, u: Units) -> Option<String> {
    let pack_kg = report.athlete.pack_kg.filter(|kg| *kg > 0.0)?;
    if !report.sport.on_foot() {
        return None;
    }
    let up = u.metres(report.load.climb_volume_m);
    let down = u.metres(report.load.descent_volume_m);
    Some(format!("with the {} pack as {up} up and {down} down", u.mass(pack_kg)))
}
