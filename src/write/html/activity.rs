//! The page of one activity.

use maud::{Markup, PreEscaped, html};

use crate::error::{Error, visible};
use crate::report::{Hill, Incline, Places, Report, Silhouette};
use crate::write::html::{Cell, Column, figures, number, page, table, words as text};
use crate::write::loads::{self, LoadWords};
use crate::write::svg::{Chart, draw_inside, draw_map_inside};
use crate::write::units::{Units, clock, percent, times};
use crate::write::words::{self, could_be, half, numbered, sign};

/// Hills of the table; the smaller ones are folded (our choice: what a phone shows at once).
const LARGEST: usize = 8;
/// Most hills of both tables; what is smaller still is counted.
const MOST_HILLS: usize = 60;
/// Characters of the heading.
const NAME_CHARS: usize = 80;

/// Returns the page of an activity; `notices` are what reading its file had to survive.
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
    written(report, &html! {}, notices, units)
}

/// The same with the route from above, over which the crosshair of the heights moves, too.
///
/// # Errors
/// As [`activity`].
pub fn activity_with_map(
    report: &Report,
    places: &Places,
    notices: &[String],
    units: Units,
) -> Result<String, Error> {
    let tracks = std::cell::RefCell::new(Vec::new());
    let drawn = figures(units, 620, 480, |look| {
        let (svg, track) = draw_map_inside(report, places, look)?;
        let tenth = |px: f64| (px * 10.0).round() / 10.0;
        let track: Vec<_> =
            track.into_iter().map(|(x, y)| (tenth(x), tenth(y))).collect();
        tracks.borrow_mut().push(track);
        Ok(svg)
    })?;
    let map = html! {
        section {
            h2 { "From above" }
            figure #map data-tracks=(serde_json::json!(tracks.into_inner()).to_string()) {
                (PreEscaped(drawn))
            }
        }
    };
    written(report, &map, notices, units)
}

fn written(
    report: &Report,
    map: &Markup,
    notices: &[String],
    units: Units,
) -> Result<String, Error> {
    let chart = |chart, broad_px, narrow_px| {
        figures(units, broad_px, narrow_px, |look| draw_inside(report, chart, look))
    };
    let elevation = chart(Chart::Elevation, 620, 560)?;
    let load = chart(Chart::Load, 560, 420)?;
    let grade = chart(Chart::Grade, 560, 900)?;
    let mechanisms = chart(Chart::Mechanisms, 620, 1240)?;
    let subject = words::subject(report, NAME_CHARS);
    let hills = numbered(&report.segments);
    let content = html! {
        header {
            h1 { (heading(report)) }
            p.sums { (under(report)) " · " (words::sums_within(report, units)) }
        }
        (headline(report, units))
        section {
            h2 { "Elevation and load" }
            figure #route data-route=(route(&report.silhouette, &hills, units))
                data-far=(units.far()) data-height=(units.height()) {
                (PreEscaped(elevation))
            }
        }
        (map)
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
            ul { @for line in words::mechanisms(report, true) { li { (unbroken(&line)) } } }
            figure { (PreEscaped(mechanisms)) }
        }
        (found(report, notices, units))
    };
    Ok(page(&subject, &content))
}

/// Returns the name, or what was done.
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

/// Returns what the subject says beside the name.
fn under(report: &Report) -> String {
    let mut nameless = report.clone();
    nameless.header.name = None;
    words::subject(&nameless, NAME_CHARS)
}

/// Returns both loads, each with its range, its metres and how hard their steps were.
fn headline(report: &Report, u: Units) -> Markup {
    let load = &report.load;
    let up = metres(report, report.gain_m, load.climb_volume_m, u) + " up";
    let down = metres(report, report.loss_m, load.descent_volume_m, u) + " down";
    html! {
        section.loads aria-label="Loads" {
            div.uphill { h2 { "▲ Uphill load, concentric" } (told(loads::uphill(report), &up)) }
            div.downhill {
                h2 { "▼ Downhill load, eccentric" }
                (told(loads::downhill(report), &down))
            }
        }
    }
}

/// Returns a load with its range, how hard its steps were, its metres and what is not known of
/// it.
fn told(load: LoadWords<'_>, metres: &str) -> Markup {
    let LoadWords { figure, under, steps, meaning, note } = load;
    html! {
        @if let Some(most) = under {
            p.load { (format!("under {most:.0}")) }
            p { (metres) }
        } @else if let Some((load, range)) = figure {
            p.load { (format!("{load:.0}"))
                " " small { (format!("({:.0}–{:.0})", range.low, range.high)) } }
            @if let Some(meaning) = meaning { p.meaning { (meaning) } }
            @if !steps.is_empty() { p { (unbroken(&steps.join(" · "))) } }
            p { (metres) }
        } @else {
            p.load { "–" }
        }
        @if let Some(note) = note { p { (unbroken(&note)) } }
    }
}

/// Returns the metres of one direction, and what a pack makes of them.
fn metres(report: &Report, metres: f64, volume_m: f64, u: Units) -> String {
    let pack_kg = report.athlete.pack_kg.filter(|kg| *kg > 0.0);
    match pack_kg.filter(|_| report.sport.on_foot()) {
        Some(kg) => format!(
            "{}, as {} with the {} pack",
            u.metres(metres),
            u.metres(volume_m),
            u.mass(kg)
        ),
        None => u.metres(metres),
    }
}

/// Keeps a number with its sign of percent.
fn unbroken(words: &str) -> String {
    words.replace(" %", "\u{a0}%")
}

/// Returns what the crosshair reads: the outline; grade and both loads of stretches; the hills.
fn route(silhouette: &Silhouette, hills: &[(String, &Hill)], u: Units) -> String {
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
    let size = |at: usize| half(hills[at].1).volume_m.max(hills[at].1.rise_m.abs());
    largest.sort_by(|a, b| size(*b).total_cmp(&size(*a)));
    largest.truncate(MOST_HILLS);
    let more = largest.split_off(LARGEST.min(largest.len()));
    let rows = |mut hills_at: Vec<usize>| -> Vec<Vec<Cell>> {
        hills_at.sort_unstable();
        hills_at.iter().map(|at| row(&hills[*at], foot, u)).collect()
    };
    let left_out = hills.len() - largest.len() - more.len();
    let caption = match more.len() {
        0 => "Climbs (▲ U) and descents (▼ D)",
        _ => "The largest climbs (▲ U) and descents (▼ D)",
    };
    let smaller = format!("{} smaller climbs and descents", more.len());
    let columns = columns(foot, u);
    html! {
        (table(caption, &columns, &rows(largest)))
        @if !more.is_empty() {
            details {
                summary { (smaller) }
                (table(&smaller, &columns, &rows(more)))
            }
        }
        @if left_out > 0 { p.note { (left_out) " smaller still are not listed." } }
    }
}

fn columns(foot: bool, u: Units) -> Vec<Column> {
    let (far, high) = (u.far(), u.height());
    let mut columns = vec![
        text("hill"),
        number("load"),
        number("range"),
        number("intensity"),
        number(format!("height, {high}")),
        number("grade, %"),
        number("steepest, %"),
        number(format!("from, {far}")),
        number(format!("length, {far}")),
        number("time, h:min:s"),
        number(format!("{high}/h")),
        number("heart rate, /min"),
    ];
    if !foot {
        columns.push(text("category"));
    }
    columns
}

fn row((name, hill): &(String, &Hill), foot: bool, u: Units) -> Vec<Cell> {
    let part = half(hill);
    let scored = foot || hill.rise_m >= 0.0 && part.volume_m > 0.0;
    let grade =
        |share: f64| Cell::number(percent(share).trim_end_matches(" %"), 100.0 * share);
    let rise = u.rise(hill.rise_m);
    let mut row = vec![
        Cell::text(format!("{} {name}", sign(hill))),
        Cell::maybe(scored.then_some(part.load), |v| format!("{v:.0}")),
        match could_be(hill).filter(|_| scored) {
            Some(s) => Cell::number(format!("{:.0}–{:.0}", s.low, s.high), s.high),
            None => Cell::text("–"),
        },
        Cell::maybe(part.intensity.filter(|_| scored), |v| times(Some(v))),
        Cell::number(rise.trim_end_matches(char::is_alphabetic).trim_end(), hill.rise_m),
        grade(hill.mean_grade),
        grade(hill.max_grade),
        Cell::number(format!("{:.1}", u.along(hill.from_m)), hill.from_m),
        Cell::number(format!("{:.2}", u.along(hill.length_m)), hill.length_m),
        Cell::maybe(hill.moving_s, |s| clock(Some(s))),
        Cell::maybe(hill.vertical_m_per_h.map(f64::abs), |v| format!("{:.0}", u.up(v))),
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
    let columns = [
        text("ground"),
        number("time, h:min:s"),
        number(format!("length, {}", u.far())),
        number(format!("height, {}", u.height())),
        pace,
    ];
    let t = &report.terrain;
    let row = |name: &str, row: &Incline| {
        let timed = row.moving_s.is_finite();
        let speed = (timed && row.moving_s > 0.0).then(|| row.length_m / row.moving_s);
        let rise = u.rise(row.rise_m);
        vec![
            Cell::text(name),
            Cell::number(clock(timed.then_some(row.moving_s)), row.moving_s),
            Cell::number(format!("{:.1}", u.along(row.length_m)), row.length_m),
            Cell::number(
                rise.trim_end_matches(char::is_alphabetic).trim_end(),
                row.rise_m,
            ),
            Cell::number(u.pace(speed, foot), speed.unwrap_or(f64::NAN)),
        ]
    };
    let rows = [row("up", &t.up), row("level", &t.level), row("down", &t.down)];
    table("Up, level (within 1 %) and down", &columns, &rows)
}

/// Returns what was found, repaired and assumed.
fn found(report: &Report, notices: &[String], u: Units) -> Markup {
    html! {
        section {
            h2 { "Recording and assumptions" }
            ul {
                @if !report.assumed.is_empty() {
                    li { b { "Assumed: " }
                        (words::assumptions(report).join(", ")) "." }
                }
                li { b { "Elevation: " } (words::quality(report, u).join(" · ")) "." }
                @for notice in notices { li { b { "Notice: " } (visible(notice)) } }
            }
        }
    }
}
