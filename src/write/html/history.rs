//! The page of a history.

use maud::{Markup, PreEscaped, html};

use crate::error::Error;
use crate::history::{History, Period, PeriodSummary, Session};
use crate::plan::NextHills;
use crate::write::Units;
use crate::write::history::{View, text::sentences};
use crate::write::html::{Cell, Column, figures, number, page, table, words as text};
#[cfg(feature = "store")]
use crate::write::progress::text::lines;
use crate::write::prose::{cut, stood_out};
use crate::write::svg::draw_history_inside;
#[cfg(feature = "store")]
use crate::write::svg::draw_progress_inside;
use crate::write::units::{clock, times};

/// Weeks of the table: a year, where every week has a session.
const WEEKS: usize = 52;
/// Biggest sessions.
const BIGGEST: usize = 20;
/// Characters of a name.
const NAME_CHARS: usize = 60;

/// Returns the page of a history.
///
/// # Errors
/// `no_points` for a history without sessions.
pub fn history(history: &History, units: Units) -> Result<String, Error> {
    written(history, &NextHills::default(), &html! {}, units)
}

/// The same with the hills that were done again and again, and the mechanisms over months.
///
/// # Errors
/// `no_points` for a history without sessions.
#[cfg(feature = "store")]
pub fn history_with_hills(
    history: &History,
    next_hills: &NextHills,
    (hills, progress): (&crate::hills::Hills, &[crate::progress::Progress]),
    units: Units,
) -> Result<String, Error> {
    let hills = crate::write::html::hills::section(hills, history.on, units);
    let months = months(history, progress, units)?;
    written(history, next_hills, &html! { (months) (hills) }, units)
}

/// Returns the five mechanisms over months, on foot and riding.
#[cfg(feature = "store")]
fn months(
    history: &History,
    progress: &[crate::progress::Progress],
    units: Units,
) -> Result<Markup, Error> {
    let mut drawn = Vec::new();
    for on_foot in [true, false] {
        let told = lines(progress, on_foot, units);
        if !told.is_empty() {
            let chart = figures(units, 620, 1240, |look| {
                draw_progress_inside(progress, on_foot, history.on, look)
            })?;
            drawn.push((chart, told));
        }
    }
    Ok(html! {
        @if !drawn.is_empty() {
            section {
                h2 { "Five mechanisms over months" }
                @for (chart, told) in &drawn {
                    figure { (PreEscaped(chart)) }
                    ul { @for line in told { li { (line) } } }
                }
            }
        }
    })
}

fn written(
    history: &History,
    next_hills: &NextHills,
    hills: &Markup,
    units: Units,
) -> Result<String, Error> {
    let chart = figures(units, 620, 460, |look| draw_history_inside(history, look))?;
    let days = history.days.first().zip(history.days.last());
    let (first, last) = days.map_or((history.on, history.on), |(a, b)| (a.date, b.date));
    let title = format!("Training from {first} to {last}");
    let view = View { units, ..View::default() };
    let busy = |by: Period| {
        let mut all = history.by(by, None);
        all.retain(|stretch| !stretch.sessions.is_empty());
        all
    };
    let weeks = busy(Period::Week);
    let year = &weeks[weeks.len().saturating_sub(WEEKS)..];
    let content = html! {
        header {
            h1 { (title) }
            p.sums { (history.sessions.len()) " sessions, as of " (history.on) }
        }
        section.sentences {
            h2 { "What the legs are used to" }
            @for sentence in sentences(history, next_hills, &view) { p { (sentence) } }
        }
        section {
            h2 { "Weeks" }
            figure { (PreEscaped(chart)) }
            (stretches(history, year, Period::Week, units))
        }
        (hills)
        section {
            h2 { "Years" }
            (stretches(history, &busy(Period::Year), Period::Year, units))
        }
        section {
            h2 { "Biggest sessions" }
            (biggest(history, units))
        }
    };
    Ok(page(&title, &content))
}

/// Returns the headings of the table of weeks or years.
fn headings(week: bool, rides: bool, u: Units) -> Vec<Column> {
    let mut columns = vec![
        text(if week { "week of" } else { "year" }),
        number("downhill load"),
        number("uphill load"),
    ];
    if week {
        columns.push(number("usual downhill load"));
    }
    columns.push(number("downhill load new for the legs"));
    columns.extend([
        number("sessions"),
        number(format!("distance, {}", u.far())),
        number(format!("up, {}", u.height())),
        number(format!("down, {}", u.height())),
    ]);
    if rides {
        columns.push(number("rides"));
        columns.push(number("uphill load riding"));
    }
    if week {
        columns.push(text("stood out"));
    }
    columns
}

/// Returns a row a week or a year, on foot and riding side by side.
fn stretches(h: &History, all: &[PeriodSummary], by: Period, u: Units) -> Markup {
    let rides = h.sessions.iter().any(|s| !s.sport.on_foot());
    let week = by == Period::Week;
    if !h.sessions.iter().any(|s| s.sport.on_foot()) {
        return of_rides(h, all, week, u);
    }
    let caption = match all {
        [] => "No weeks".to_owned(),
        _ if week => format!("The last {} weeks with sessions; loads on foot", all.len()),
        _ => "Years with sessions; loads on foot".to_owned(),
    };
    let columns = headings(week, rides, u);
    let row = |s: &PeriodSummary| {
        let foot = &s.foot;
        let day = f64::from(crate::history::age(h.on, s.from));
        let name =
            if week { s.from.to_string() } else { s.from.strftime("%Y").to_string() };
        let new: f64 =
            h.days[s.days.clone()].iter().fold(0.0, |sum, day| sum + day.new_load);
        let whole = |value: f64| Cell::number(format!("{value:.0}"), value);
        let mut cells = vec![
            Cell::number(name, day),
            whole(foot.eccentric_load),
            whole(foot.concentric_load),
        ];
        if week {
            cells.push(Cell::maybe(s.usual.map(|usual| usual.0), |v| format!("{v:.0}")));
        }
        cells.push(whole(new));
        cells.extend([
            whole(f64::from(foot.sessions)),
            Cell::number(format!("{:.1}", u.along(foot.distance_m)), foot.distance_m),
            whole(u.up(foot.gain_m)),
            whole(u.up(foot.loss_m)),
        ]);
        if rides {
            cells.push(whole(f64::from(s.ride.sessions)));
            cells.push(whole(s.ride.concentric_load));
        }
        if week {
            let stood = stood_out(h, s, true).map_or(String::new(), |(date, words)| {
                format!("{} {words}", date.strftime("%a"))
            });
            cells.push(Cell::text(stood));
        }
        cells
    };
    // the newest first
    let rows: Vec<Vec<Cell>> = all.iter().rev().map(row).collect();
    table(&caption, &columns, &rows)
}

/// Returns a row a week or a year where nothing is on foot.
fn of_rides(h: &History, all: &[PeriodSummary], week: bool, u: Units) -> Markup {
    let caption = match all {
        [] => "No weeks".to_owned(),
        _ if week => format!("The last {} weeks with rides", all.len()),
        _ => "Years with rides".to_owned(),
    };
    let mut columns =
        vec![text(if week { "week of" } else { "year" }), number("uphill load")];
    if week {
        columns.push(number("usual uphill load"));
    }
    columns.extend([
        number("rides"),
        number(format!("distance, {}", u.far())),
        number(format!("up, {}", u.height())),
        number("hours"),
    ]);
    if week {
        columns.push(text("stood out"));
    }
    let row = |s: &PeriodSummary| {
        let ride = &s.ride;
        let day = f64::from(crate::history::age(h.on, s.from));
        let name =
            if week { s.from.to_string() } else { s.from.strftime("%Y").to_string() };
        let whole = |value: f64| Cell::number(format!("{value:.0}"), value);
        let mut cells = vec![Cell::number(name, day), whole(ride.concentric_load)];
        if week {
            cells.push(Cell::maybe(s.usual_ride, |v| format!("{v:.0}")));
        }
        let hours = ride.moving_s / 3600.0;
        cells.extend([
            whole(f64::from(ride.sessions)),
            Cell::number(format!("{:.1}", u.along(ride.distance_m)), ride.distance_m),
            whole(u.up(ride.gain_m)),
            Cell::number(format!("{hours:.1}"), hours),
        ]);
        if week {
            let stood = stood_out(h, s, false).map_or(String::new(), |(date, words)| {
                format!("{} {words}", date.strftime("%a"))
            });
            cells.push(Cell::text(stood));
        }
        cells
    };
    let rows: Vec<Vec<Cell>> = all.iter().rev().map(row).collect();
    table(&caption, &columns, &rows)
}

fn biggest(h: &History, u: Units) -> Markup {
    let load = |s: &Session| s.concentric_load.max(s.eccentric_load);
    let mut sessions: Vec<&Session> = h.sessions.iter().collect();
    sessions.sort_by(|a, b| load(b).total_cmp(&load(a)));
    let on_foot = h.sessions.iter().any(|s| s.sport.on_foot());
    let mut columns = vec![text("day")];
    if on_foot {
        columns.extend([number("downhill load"), number("range"), number("intensity")]);
    }
    columns.extend([
        number("uphill load"),
        number("range"),
        number("intensity"),
        text("name"),
        text("sport"),
        number(format!("distance, {}", u.far())),
        number(format!("up, {}", u.height())),
        number(format!("down, {}", u.height())),
        number("time, h:min:s"),
    ]);
    let row = |s: &&Session| {
        let whole = |value: f64| Cell::number(format!("{value:.0}"), value);
        let span =
            |(low, high): (f64, f64)| Cell::number(format!("{low:.0}–{high:.0}"), high);
        let age = f64::from(crate::history::age(h.on, s.day));
        let mut cells = vec![Cell::number(s.day.to_string(), age)];
        if on_foot {
            cells.extend([
                whole(s.eccentric_load),
                span(s.eccentric_load_range),
                Cell::maybe(s.eccentric_intensity, |v| times(Some(v))),
            ]);
        }
        cells.extend([
            whole(s.concentric_load),
            span(s.concentric_load_range),
            Cell::maybe(s.concentric_intensity, |v| times(Some(v))),
            Cell::text(cut(s.name.as_deref().unwrap_or("–"), NAME_CHARS)),
            Cell::text(s.sport.name()),
            Cell::number(format!("{:.1}", u.along(s.distance_m)), s.distance_m),
            whole(u.up(s.gain_m)),
            whole(u.up(s.loss_m)),
            Cell::number(clock(Some(s.moving_s)), s.moving_s),
        ]);
        cells
    };
    let rows: Vec<Vec<Cell>> = sessions.iter().take(BIGGEST).map(row).collect();
    let caption = format!("The {} with the largest load", rows.len());
    table(&caption, &columns, &rows)
}
