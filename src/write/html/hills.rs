//! Hills on the page of a history: a table, and behind each of the most frequent its efforts.

use maud::{Markup, html};

use crate::hills::{HillEfforts, Hills};
use crate::history::age;
use crate::write::Units;
use crate::write::hills::text::{sentences, together};
use crate::write::hills::words;
use crate::write::html::{Cell, number, table, words as text};
use crate::write::units::{clock, times};

/// Hills of the table, the most frequent ones. Our choice: a page stays below 240 kB.
const LISTED: usize = 40;
/// Hills whose efforts can be opened.
const OPENED: usize = 12;
/// Efforts of each, the last ones.
const EFFORTS: usize = 20;
/// Characters of a name.
const NAME_CHARS: usize = 40;

/// Returns the section of the hills; nothing where there are none.
pub(super) fn section(hills: &Hills, on: jiff::civil::Date, u: Units) -> Markup {
    let listed = hills.all.get(..LISTED).unwrap_or(&hills.all);
    html! {
        @if !listed.is_empty() {
            section {
                h2 { "Hills, again and again" }
                @for sentence in together(hills) { p { (sentence) } }
                (list(listed, on, u))
                @if hills.all.len() > listed.len() {
                    p.note { (hills.all.len() - listed.len()) " less frequent ones are not listed." }
                }
                @for hill in listed.iter().take(OPENED) { (one(hill, on, u)) }
            }
        }
    }
}

fn title(hill: &HillEfforts, u: Units) -> String {
    let name = words::name(hill, u, NAME_CHARS);
    format!("{} {} {name}", words::sign(hill.slope), hill.id)
}

fn list(hills: &[HillEfforts], on: jiff::civil::Date, u: Units) -> Markup {
    let columns = [
        text("hill"),
        text("sport"),
        number("times"),
        number("first"),
        number("last"),
        number(format!("length, {}", u.far())),
        number(format!("height, {}", u.height())),
        number("usual"),
        number("best"),
        text("unit"),
        text("faster"),
    ];
    let row = |hill: &HillEfforts| {
        let day = |effort: Option<&crate::hills::Effort>| match effort {
            Some(effort) => {
                let day = effort.figures.day;
                Cell::number(day.to_string(), f64::from(age(on, day)))
            }
            None => Cell::text("–"),
        };
        let figure = |value: f64| {
            Cell::maybe(Some(value).filter(|v| v.is_finite()), |v| {
                words::figure(hill, v, u)
            })
        };
        vec![
            Cell::text(title(hill, u)),
            Cell::text(hill.way()),
            Cell::number(hill.efforts.len().to_string(), hill.efforts.len() as f64),
            day(hill.efforts.first()),
            day(hill.efforts.last()),
            Cell::number(format!("{:.2}", u.along(hill.length_m)), hill.length_m),
            Cell::number(
                format!("{:.0}", u.up(hill.rise_m()) + 0.0).replace('-', "−"),
                hill.rise_m(),
            ),
            figure(hill.usual()),
            figure(hill.best().map_or(f64::NAN, |effort| hill.figure(effort))),
            Cell::text(words::unit(hill.slope, u)),
            Cell::text(if hill.tells_of_legs() {
                words::trend_cell(&hill.trend())
            } else {
                "–".to_owned()
            }),
        ]
    };
    let rows: Vec<Vec<Cell>> = hills.iter().map(row).collect();
    table("Climbs (▲) and descents (▼) done three times and more", &columns, &rows)
}

/// One hill: what its efforts say, and the last of them, behind its name.
fn one(hill: &HillEfforts, on: jiff::civil::Date, u: Units) -> Markup {
    let foot = hill.sport.on_foot();
    let columns = [
        text("day"),
        number("time"),
        number(format!("{}/h", u.height())),
        number(u.pace_heading(foot)),
        number("heart rate"),
        number("intensity"),
        number("load"),
        number("°C"),
    ];
    let row = |effort: &crate::hills::Effort| {
        let f = &effort.figures;
        let own = |value: Option<f64>| value.filter(|_| effort.is_own());
        let whole = |value: Option<f64>| {
            Cell::maybe(own(value), |v| format!("{v:.0}").replace('-', "−"))
        };
        let (speed, vertical) = (effort.speed_m_per_s(), effort.vertical_m_per_h());
        vec![
            Cell::number(f.day.to_string(), f64::from(age(on, f.day))),
            Cell::number(clock(Some(effort.moving_s)), effort.moving_s),
            Cell::number(format!("{:.0}", u.up(vertical)), vertical),
            Cell::number(u.pace(Some(speed), foot), speed),
            whole(f.heart_rate_bpm),
            Cell::maybe(own(f.intensity), |v| times(Some(v))),
            whole(Some(f.load).filter(|load| *load > 0.0)),
            whole(f.temperature_c),
        ]
    };
    let title = title(hill, u);
    // the newest first
    let rows: Vec<Vec<Cell>> = hill.efforts.iter().rev().take(EFFORTS).map(row).collect();
    let caption = match hill.efforts.len() - rows.len() {
        0 => format!("Every effort on {title}"),
        _ => format!("The last {} efforts on {title}", rows.len()),
    };
    html! {
        details {
            summary { (title) " · " (hill.way()) " · "
                (words::count(hill.efforts.len(), "effort")) }
            @for sentence in sentences(hill, on) { p { (sentence) } }
            (table(&caption, &columns, &rows))
        }
    }
}
