//! The page of one activity.

use maud::{Markup, PreEscaped, html};

use crate::error::{Error, visible};
use crate::load::range::Span;
use crate::report::{Hill, Incline, Report, Silhouette};
use crate::write::html::{Cell, Column, look, number, page, table, words as text};
use crate::write::svg::{Chart, draw_inside};
use crate::write::units::{Units, clock, percent, times};
use crate::write::words::{self, could_be, half, numbered, sign};

/// Most rows of the table of segments; the smaller ones are counted.
const MOST_HILLS: usize = 60;
/// Characters of the heading.
const NAME_CHARS: usize = 80;

/// The page of an activity; `notices` are what reading its file had to survive.
///
/// # Errors
/// `no_distance` for a report whose numbers cannot be drawn.
///
/// ```
/// use hardlegs::{read, report::Report, settings::Settings, write};
/// let reading = read::path("fixtures/fit/loop.fit")?;
/// let report = Report::of(&reading.activities[0], &Settings::default())?;
/// let page = write::html::activity(&report, &[], write::Units::Metric)?;
/// assert!(page.starts_with("<!DOCTYPE html>") && page.contains("default-src 'none'"));
/// # Ok::<(), hardlegs::error::Error>(())
/// ```
pub fn activity(
    report: &Report,
    notices: &[String],
    units: Units,
) -> Result<String, Error> {
    let chart = |chart, size_px| draw_inside(report, chart, &look(units, size_px));
    let profile = chart(Chart::Profile, (1200, 620))?;
    let load = chart(Chart::Load, (1200, 560))?;
    let grade = chart(Chart::Grade, (1200, 560))?;
    let mechanisms = chart(Chart::Mechanisms, (1200, 500))?;
    let subject = words::subject(report, NAME_CHARS);
    let hills = numbered(&report.segments);
    let content = html! {
        header {
            h1 { (heading(report)) }
            p.sums { (under(report)) " · " (words::sums(report, units)) }
            p.verdict { (unbroken(&words::verdict(report, units))) }
        }
        (headline(report))
        section {
            h2 { "The road" }
            figure #road data-road=(road(&report.silhouette, &hills, units))
                data-far=(units.far()) data-height=(units.height()) {
                (PreEscaped(profile))
            }
        }
        section {
            h2 { "Climbs and descents" }
            (segments(report, &hills, units))
            figure { (PreEscaped(load)) }
        }
        section {
            h2 { "Steepness" }
            (terrain(report, units))
            figure { (PreEscaped(grade)) }
        }
        section {
            h2 { "Five mechanisms of hill training" }
            ul { @for line in words::mechanisms(report) { li { (unbroken(&line)) } } }
            figure { (PreEscaped(mechanisms)) }
        }
        (found(report, notices, units))
    };
    Ok(page(&subject, &content))
}

/// The name, or what was done.
fn heading(report: &Report) -> String {
    match &report.header.name {
        Some(name) => {
            let name = visible(name);
            let short: String = name.chars().take(NAME_CHARS).collect();
            if short.len() < name.len() { short + "…" } else { short }
        }
        None => report.sport.name().to_owned(),
    }
}

/// What the subject says beside the name.
fn under(report: &Report) -> String {
    let mut nameless = report.clone();
    nameless.header.name = None;
    words::subject(&nameless, NAME_CHARS)
}

/// Both loads, each with its points, severity and range.
fn headline(report: &Report) -> Markup {
    let (load, range) = (&report.load, &report.range);
    let foot = report.sport.on_foot();
    let span = |s: &Span| format!("{:.0}–{:.0}", s.low, s.high);
    let up_known = foot || report.rising_m > report.unknown_m;
    html! {
        section.loads aria-label="Loads" {
            div.push {
                h2 { "▲ Concentric load" }
                @if up_known {
                    p.load { (format!("{:.0}", load.concentric_load))
                        " " small { "(" (span(&range.concentric_load)) ")" } }
                    p { (format!("{:.0}", load.climb_points)) " points up, each push "
                        (times(load.concentric_severity())) " an easy level one" }
                    @if !foot && report.unknown_m > 0.0 {
                        p { "power known on "
                            (percent(1.0 - report.unknown_m / report.rising_m))
                            " of the rising metres; the rest is not scored" }
                    }
                } @else {
                    p.load { "–" }
                    p { "power is not known on any rising metre" }
                }
            }
            div.brake {
                h2 { "▼ Eccentric load" }
                @if foot {
                    p.load { (format!("{:.0}", load.eccentric_load))
                        " " small { "(" (span(&range.eccentric_load)) ")" } }
                    p { (format!("{:.0}", load.descent_points)) " points down, each step "
                        (times(load.eccentric_severity())) " an easy level one" }
                    @if load.descent_points > 0.0 {
                        p { "by step: " (unbroken(&zones(report))) }
                    }
                } @else {
                    p.load { "0" }
                    p { "freewheeling legs do not brake; standing descents are not modelled" }
                }
            }
        }
    }
}

/// A number stays with its sign of percent.
fn unbroken(words: &str) -> String {
    words.replace(" %", "\u{a0}%")
}

fn zones(report: &Report) -> String {
    let load = &report.load;
    ["easy", "moderate", "hard", "very hard"]
        .iter()
        .zip(load.descent_zones)
        .map(|(name, points)| format!("{name} {}", percent(points / load.descent_points)))
        .collect::<Vec<_>>()
        .join(", ")
}

/// What the crosshair reads: the outline; grade, push and brake of stretches; the hills.
fn road(silhouette: &Silhouette, hills: &[(String, &Hill)], u: Units) -> String {
    let rounded = |value: f64, per_one: f64| (value * per_one).round() / per_one + 0.0;
    let far = |metres: f64| rounded(u.along(metres), 1e3);
    #[expect(clippy::cast_possible_truncation, reason = "heights and percent")]
    let whole = |value: f64| value.round() as i64;
    let runs: Vec<Vec<(f64, i64)>> = silhouette
        .outline
        .iter()
        .map(|run| {
            run.iter().map(|p| (far(p.distance_m), whole(u.up(p.elevation_m)))).collect()
        })
        .collect();
    let stretches: Vec<(f64, i64, f64, f64)> = silhouette
        .stretches
        .iter()
        .map(|s| {
            let load = |load: f64| rounded(load, 10.0);
            (
                far(s.from_m),
                whole(100.0 * s.grade),
                load(s.load.concentric_load),
                load(s.load.eccentric_load),
            )
        })
        .collect();
    let hills: Vec<(&str, f64, f64)> = hills
        .iter()
        .map(|(name, hill)| {
            (name.as_str(), far(hill.from_m), far(hill.from_m + hill.length_m))
        })
        .collect();
    serde_json::json!({ "runs": runs, "stretches": stretches, "hills": hills })
        .to_string()
}

fn segments(report: &Report, hills: &[(String, &Hill)], u: Units) -> Markup {
    if hills.is_empty() {
        return html! { p { "No climb or descent." } };
    }
    let foot = report.sport.on_foot();
    let mut largest: Vec<usize> = (0..hills.len()).collect();
    let size = |at: usize| half(hills[at].1).points.max(hills[at].1.rise_m.abs() / 10.0);
    largest.sort_by(|a, b| size(*b).total_cmp(&size(*a)));
    largest.truncate(MOST_HILLS);
    largest.sort_unstable();
    let rows: Vec<Vec<Cell>> =
        largest.iter().map(|at| row(&hills[*at], foot, u)).collect();
    let smaller = hills.len() - rows.len();
    html! {
        (table("Climbs (▲ U) and descents (▼ D)", &columns(foot, u), &rows))
        @if smaller > 0 { p.note { (smaller) " smaller ones are not listed." } }
    }
}

fn columns(foot: bool, u: Units) -> Vec<Column> {
    let (far, high) = (u.far(), u.height());
    let mut columns = vec![
        text("hill"),
        number(format!("from, {far}")),
        number(format!("length, {far}")),
        number(format!("height, {high}")),
        number("grade, %"),
        number("steepest, %"),
        number("time, h:min:s"),
        number(format!("{high}/h")),
        number("points"),
        number("severity, x easy"),
        number("load"),
        number("load could be"),
        number("heart rate, /min"),
    ];
    if !foot {
        columns.push(text("category"));
    }
    columns
}

fn row((name, hill): &(String, &Hill), foot: bool, u: Units) -> Vec<Cell> {
    let part = half(hill);
    let scored = foot || hill.rise_m >= 0.0 && part.points > 0.0;
    let grade =
        |share: f64| Cell::number(percent(share).trim_end_matches(" %"), 100.0 * share);
    let rise = u.rise(hill.rise_m);
    let mut row = vec![
        Cell::text(format!("{} {name}", sign(hill))),
        Cell::number(format!("{:.1}", u.along(hill.from_m)), hill.from_m),
        Cell::number(format!("{:.2}", u.along(hill.length_m)), hill.length_m),
        Cell::number(rise.trim_end_matches(char::is_alphabetic).trim_end(), hill.rise_m),
        grade(hill.mean_grade),
        grade(hill.max_grade),
        Cell::maybe(hill.moving_s, |s| clock(Some(s))),
        Cell::maybe(hill.vertical_m_per_h.map(f64::abs), |v| format!("{:.0}", u.up(v))),
        Cell::maybe(scored.then_some(part.points), |v| format!("{v:.1}")),
        Cell::maybe(part.severity.filter(|_| scored), |v| format!("{v:.1}")),
        Cell::maybe(scored.then_some(part.load), |v| format!("{v:.0}")),
        match could_be(hill).filter(|_| scored) {
            Some(s) => Cell::number(format!("{:.0}–{:.0}", s.low, s.high), s.high),
            None => Cell::text("–"),
        },
        Cell::maybe(hill.heart_rate_bpm, |v| format!("{v:.0}")),
    ];
    if !foot {
        row.push(Cell::text(hill.category.unwrap_or("–")));
    }
    row
}

fn terrain(report: &Report, u: Units) -> Markup {
    let foot = report.sport.on_foot();
    let pace = if foot {
        number(format!("pace, min/{}", u.far()))
    } else {
        number(format!("speed, {}/h", u.far()))
    };
    let mut columns = vec![
        text("road"),
        number("time, h:min:s"),
        number(format!("length, {}", u.far())),
        number(format!("height, {}", u.height())),
        pace,
        number("push, kJ/kg"),
    ];
    if foot {
        columns.push(number("brake, kJ/kg"));
    }
    let t = &report.terrain;
    let row = |name: &str, row: &Incline| {
        let timed = row.moving_s.is_finite();
        let speed = (timed && row.moving_s > 0.0).then(|| row.length_m / row.moving_s);
        let rise = u.rise(row.rise_m);
        let work = |joules: f64| Cell::number(format!("{:.1}", joules / 1e3), joules);
        let mut cells = vec![
            Cell::text(name),
            Cell::number(clock(timed.then_some(row.moving_s)), row.moving_s),
            Cell::number(format!("{:.1}", u.along(row.length_m)), row.length_m),
            Cell::number(
                rise.trim_end_matches(char::is_alphabetic).trim_end(),
                row.rise_m,
            ),
            Cell::number(u.pace(speed, foot), speed.unwrap_or(f64::NAN)),
            work(row.con_j_per_kg),
        ];
        if foot {
            cells.push(work(row.ecc_j_per_kg));
        }
        cells
    };
    let rows = [row("up", &t.up), row("level", &t.level), row("down", &t.down)];
    table("Up, level (within 1 %) and down", &columns, &rows)
}

/// What was found, mended and assumed.
fn found(report: &Report, notices: &[String], u: Units) -> Markup {
    html! {
        section {
            h2 { "What this rests on" }
            ul {
                @if !report.assumed.is_empty() {
                    li { b { "Assumed: " }
                        (words::assumptions(report).join(", ")) "." }
                }
                li { b { "Heights: " } (words::quality(report, u).join(", ")) "." }
                @if let Some(doubt) = words::doubt(report, u) { li { (doubt) "." } }
                @for notice in notices { li { b { "Notice: " } (visible(notice)) } }
            }
        }
    }
}
