//! The two loads, how hard their steps were, and what such a load means.

use jiff::civil::Date;

use crate::load::LegLoad;
use crate::load::leg_load::LEAST_VOLUME_M;
use crate::load::range::Span;
use crate::report::Report;
use crate::write::text::fold::Fold;
use crate::write::units::{Units, percent};
use crate::write::words;

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

/// The lines of both loads.
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
    out.push_str(&uphill(report, fold));
    if report.sport.on_foot() {
        out.push_str(&downhill(report, fold));
    } else {
        let why = "not scored: freewheeling legs do no lengthening work".to_owned();
        out.push_str(&fold.lead(&format!(" {:<14}   –  ", "downhill load"), &[why]));
    }
    if let Some(words) = largest.and_then(|largest| against(report, largest)) {
        out.push_str(&fold.lead(&indent(fold), &[words]));
    }
    out
}

/// A load, its range, and where its words begin.
fn figure(name: &str, load: f64, range: &Span, fold: Fold) -> String {
    let range = format!("({:.0}–{:.0})", range.low, range.high);
    let figure = format!(" {name:<14}{load:>4.0}  {range:<9}  ");
    if fold.is_narrow() { figure.trim_end().to_owned() + "\n" } else { figure }
}

/// Where the words beside a load begin.
fn indent(fold: Fold) -> String {
    " ".repeat(if fold.is_narrow() { 3 } else { 32 })
}

fn beside(figure: String, parts: &[String], fold: Fold) -> String {
    if fold.is_narrow() {
        return figure + &fold.lead(&indent(fold), parts);
    }
    fold.lead(&figure, parts)
}

fn uphill(report: &Report, fold: Fold) -> String {
    let (load, range) = (&report.load, &report.range.concentric_load);
    let foot = report.sport.on_foot();
    if !foot && report.rising_m <= report.unknown_m {
        let unknown = "power is not known on any rising metre".to_owned();
        return fold.lead(&format!(" {:<14}   –  ", "uphill load"), &[unknown]);
    }
    let each = if foot { "step" } else { "half turn" };
    let mut parts = words::steps(
        load.concentric_intensity(),
        each,
        load.hard_climb_volume_m(),
        load.climb_volume_m,
    );
    if !foot && report.unknown_m > 0.0 {
        let known = percent(1.0 - report.unknown_m / report.rising_m);
        parts.push(format!("power known on {known} of the climb, the rest not scored"));
    }
    let figure = figure("uphill load", load.concentric_load, range, fold);
    beside(figure, &parts, fold)
}

fn downhill(report: &Report, fold: Fold) -> String {
    let (load, range) = (&report.load, &report.range.eccentric_load);
    let parts = words::steps(
        load.eccentric_intensity(),
        "step",
        load.hard_descent_volume_m(),
        load.descent_volume_m,
    );
    let figure = figure("downhill load", load.eccentric_load, range, fold);
    let mut out = beside(figure, &parts, fold);
    if load.descent_volume_m >= LEAST_VOLUME_M {
        out.push_str(&fold.lead(&indent(fold), &[words::meaning(range)]));
    }
    out
}

/// The activity held against the largest of the days before.
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

/// What a pack makes of the metres.
fn pack(report: &Report, u: Units) -> Option<String> {
    let pack_kg = report.athlete.pack_kg.filter(|kg| *kg > 0.0)?;
    if !report.sport.on_foot() {
        return None;
    }
    let whole = |m: f64| u.rise(m).trim_start_matches('+').to_owned();
    let (up, down) = (report.load.climb_volume_m, report.load.descent_volume_m);
    let pack = u.mass(pack_kg);
    Some(format!("with the {pack} pack as {} up and {} down", whole(up), whole(down)))
}
