//! Hills for people, within 80 columns.

use std::fmt::Write as _;

use jiff::civil::Date;

use crate::hills::{Effort, HillEfforts, Hills, Together};
use crate::segment::Slope;
use crate::trend::{Direction, Trend};
use crate::write::Units;
use crate::write::columns::{Columns, figures, words as texts};
use crate::write::hills::words;
use crate::write::prose::say;
use crate::write::units::{clock, percent, times};

/// Hills of a table; the others are counted. Our choice: both tables fit on a screen.
const LISTED: usize = 10;
/// Characters of a name in a heading.
const NAME_CHARS: usize = 50;

/// Returns the hills as text that ends with a newline; `whole` lists every one.
pub fn list(hills: &Hills, whole: bool, u: Units) -> String {
    let mut out = String::new();
    if hills.all.is_empty() {
        out.push_str("No hill was done three times yet.\n");
        return out;
    }
    for (slope, word) in [(Slope::Climb, "climbs"), (Slope::Descent, "descents")] {
        let of_slope: Vec<&HillEfforts> =
            hills.all.iter().filter(|hill| hill.slope == slope).collect();
        if of_slope.is_empty() {
            continue;
        }
        let shown = if whole { of_slope.len() } else { LISTED.min(of_slope.len()) };
        table(&mut out, slope, of_slope.get(..shown).unwrap_or_default(), u);
        if of_slope.len() > shown {
            let more = of_slope.len() - shown;
            let _ = writeln!(out, " {more} more {word}: --all");
        }
        out.push('\n');
    }
    for sentence in together(hills) {
        say(&mut out, &sentence);
    }
    out.push_str("hardlegs hills ID: every effort\n");
    out
}

/// What hills say together and how many trends were looked at, a sentence each.
pub(in crate::write) fn together(hills: &Hills) -> Vec<String> {
    let together = hills.together();
    let mut told: Vec<String> = together.iter().map(sentence).collect();
    let single = hills.trends();
    if together.iter().map(|one| &one.trend).chain(&single).any(words::is_of_a_season) {
        told.push(words::SEASON.to_owned());
    }
    told.push(if single.is_empty() {
        "No hill has efforts on six days and over three weeks yet: no trend of one."
            .to_owned()
    } else {
        format!("Trends of single hills: {}.", words::looks(&single, "one"))
    });
    told
}

/// What hills say together, in a sentence.
fn sentence(together: &Together) -> String {
    format!(
        "{}, {}: {} ({} efforts on {}).",
        words::what(together.what),
        together.sport.name(),
        words::trend(&together.trend, "faster", "slower"),
        together.efforts,
        words::count(together.hills, "hill")
    )
}

fn table(out: &mut String, slope: Slope, hills: &[&HillEfforts], u: Units) {
    const NAME: usize = 22;
    let unit = words::unit(slope, u);
    let mut table = Columns::new(vec![
        figures("", "id"),
        texts("hill"),
        texts("sport"),
        figures("", "times"),
        figures("", "first"),
        figures("", "last"),
        figures("usual", unit),
        figures("best", unit),
        figures("", "faster"),
    ]);
    for hill in hills {
        let day = |effort: Option<&Effort>| effort.map(|effort| effort.figures.day);
        let (begun, last) = (day(hill.efforts.first()), day(hill.efforts.last()));
        let month = |day: Option<Date>| {
            day.map_or_else(String::new, |day| day.strftime("%Y-%m").to_string())
        };
        let best = hill.best().map_or(f64::NAN, |effort| hill.figure(effort));
        table.row(vec![
            format!("{}{}", words::sign(hill.slope), hill.id),
            words::name(hill, u, NAME),
            hill.way().to_owned(),
            hill.efforts.len().to_string(),
            begun.map_or_else(String::new, |day| day.year().to_string()),
            month(last),
            words::figure(hill, hill.usual(), u),
            words::figure(hill, best, u),
            if hill.tells_of_legs() {
                words::trend_cell(&hill.trend())
            } else {
                "–".to_owned()
            },
        ]);
    }
    table.print(out);
}

/// One hill as text: what it is, every effort, each year, and what they say.
pub fn hill(of_sports: &[HillEfforts], on: Date, u: Units) -> String {
    let mut out = String::new();
    for (at, hill) in of_sports.iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        heading(&mut out, hill, u);
        efforts(&mut out, hill, u);
        out.push('\n');
        if hill.years().len() > 1 {
            years(&mut out, hill, u);
            out.push('\n');
        }
        for sentence in sentences(hill, on) {
            say(&mut out, &sentence);
        }
    }
    out
}

fn heading(out: &mut String, hill: &HillEfforts, u: Units) {
    say(
        out,
        &format!(
            "{} {} {} · {} · {} on {}",
            words::sign(hill.slope),
            hill.id,
            words::name(hill, u, NAME_CHARS),
            hill.way(),
            words::count(hill.efforts.len(), "effort"),
            words::count(hill.days(), "day")
        ),
    );
    // without a name its place has been told
    let place = match hill.name {
        Some(_) => format!("{} · ", words::place(hill, u)),
        None => String::new(),
    };
    say(
        out,
        &format!(
            "{:.2} {} · {} · {} · {place}begins at {:.5}, {:.5}",
            u.along(hill.length_m),
            u.far(),
            u.rise(hill.rise_m()),
            percent(hill.rise_m() / hill.length_m),
            hill.from.latitude_deg,
            hill.from.longitude_deg
        ),
    );
    out.push('\n');
}

fn efforts(out: &mut String, hill: &HillEfforts, u: Units) {
    let foot = hill.sport.on_foot();
    let speed = u.pace_heading(foot);
    let vertical = match u {
        Units::Metric => "m/h",
        Units::Imperial => "ft/h",
    };
    let mut table = Columns::new(vec![
        texts("day"),
        figures("", "time"),
        figures("vertical", vertical),
        figures(if foot { "pace" } else { "speed" }, speed),
        figures("heart", "rate"),
        figures("muscles", "W/kg"),
        figures("", "intensity"),
        figures("", "load"),
        figures("", "°C"),
    ]);
    for effort in &hill.efforts {
        let f = &effort.figures;
        let own = |value: Option<f64>, decimals: usize| {
            value.filter(|_| effort.is_own()).map_or_else(
                || "–".to_owned(),
                |value| format!("{value:.decimals$}").replace('-', "−"),
            )
        };
        table.row(vec![
            f.day.to_string(),
            clock(Some(effort.moving_s)),
            format!("{:.0}", u.up(effort.vertical_m_per_h())),
            u.pace(Some(effort.speed_m_per_s()), foot),
            own(f.heart_rate_bpm, 0),
            own(f.w_per_kg, 1),
            times(f.intensity.filter(|_| effort.is_own())),
            own(Some(f.load).filter(|load| *load > 0.0), 0),
            own(f.temperature_c, 0),
        ]);
    }
    table.print(out);
    if hill.efforts.iter().any(|effort| !effort.is_own()) {
        let word = if hill.slope == Slope::Climb { "climb" } else { "descent" };
        let _ = writeln!(out, " – where the hill was a part of a longer {word}");
    }
}

fn years(out: &mut String, hill: &HillEfforts, u: Units) {
    let unit = words::unit(hill.slope, u);
    let mut table = Columns::new(vec![
        texts("year"),
        figures("", "times"),
        figures("usual", unit),
        figures("best", unit),
    ]);
    for year in hill.years() {
        table.row(vec![
            year.year.to_string(),
            year.efforts.to_string(),
            words::figure(hill, year.usual, u),
            words::figure(hill, year.best, u),
        ]);
    }
    table.print(out);
}

/// What the efforts on one hill say, a sentence each.
pub(in crate::write) fn sentences(hill: &HillEfforts, on: Date) -> Vec<String> {
    let mut told = Vec::new();
    if hill.too_fast > 0 {
        told.push(format!(
            "Left out, as nobody climbs so fast: {}.",
            words::count(hill.too_fast, "effort")
        ));
    }
    if let Some(share) = hill.last_above() {
        told.push(format!(
            "The last one was better than {} of the {} before.",
            percent(share),
            hill.efforts.len() - 1
        ));
    }
    if hill.is_ridden_down() {
        told.push(
            "No trend of a descent that is ridden: roads and brakes decide.".to_owned(),
        );
        return told;
    }
    if hill.has_motor() {
        told.push("No trend of a hill with an e-bike: the motor decides.".to_owned());
        return told;
    }
    let of_climb = hill.slope == Slope::Climb;
    let trends = [
        hill.trend().ok(),
        hill.trend_per_beat().ok().filter(|_| of_climb),
        hill.trend_of_drift().ok(),
    ];
    match hill.trend() {
        Ok(trend) => {
            told.push(format!("{}.", capital(&words::trend(&trend, "faster", "slower"))));
        }
        Err(why) => told.push(format!("Trend: {}.", words::too_little(why))),
    }
    if let Some(trend) = &trends[1] {
        let words = words::trend(trend, "faster", "slower");
        told.push(format!("At the same heart rate: {words}."));
    }
    if let Some(trend) = &trends[2] {
        told.push(drift(trend));
    }
    if trends.iter().flatten().any(words::is_of_a_season) {
        told.push(words::SEASON.to_owned());
    }
    told.extend(
        hill.year_against_last(on).map(|year| format!("{}.", words::years(&year))),
    );
    told.extend(looked_at(&trends));
    told
}

/// How many trends of one hill were looked at, and by how many days.
fn looked_at(trends: &[Option<Trend>]) -> Option<String> {
    let known: Vec<&Trend> = trends.iter().flatten().collect();
    let first = known.first()?;
    let independent = first.independent_days.round();
    let days = if independent < first.days as f64 {
        format!(
            "Form lasts for weeks: {} count as {independent:.0}. ",
            words::count(first.days, "day")
        )
    } else {
        String::new()
    };
    Some(match known.len() {
        1 => days.trim_end().to_owned(),
        many => format!(
            "{days}{many} trends looked at: of twenty without one up to one shows one."
        ),
    })
    .filter(|words| !words.is_empty())
}

/// Returns how the heart drifts in a long climb, and whether that changes.
fn drift(trend: &Trend) -> String {
    let usual = percent(trend.middle);
    let told = if trend.spans_a_year() {
        (trend.per_year, trend.per_year_range)
    } else {
        trend.over_span()
    };
    let (change, (low, high)) = told;
    let points = |share: f64| format!("{:.1}", 100.0 * share.abs());
    let (word, least, most) = match trend.direction() {
        Direction::Up => ("more", low, high),
        Direction::Down => ("less", high, low),
        Direction::Unclear => {
            return format!("{DRIFT}: usually {usual} fewer; {}.", words::unclear(trend));
        }
    };
    format!(
        "{DRIFT}: usually {usual} fewer; {word} by {} points {}, between {} and {}.",
        points(change),
        words::time(trend),
        points(least),
        points(most)
    )
}

/// What drifts in a long climb.
const DRIFT: &str = "Second half against the first, metres a heart beat";

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
