//! Every effort on one hill over time: the slope with its interval, the usual, the best, and the
//! warm half of each year.

use jiff::civil::{Date, date};
use plotters::element::Circle;
use plotters::style::Color;

use crate::hills::HillEfforts;
use crate::history::age;
use crate::segment::Slope;
use crate::trend::Trend;
use crate::write::Units;
use crate::write::hills::words;
use crate::write::svg::frame::{Caption, Drawn, Frame, LABEL_PX, Type, units};
use crate::write::svg::key::{Entry, Sample, flow};
use crate::write::svg::palette::Role;
use crate::write::svg::scale::{Scale, tick_words};
use crate::write::units::{clock, percent};

/// Days that are drawn at least, so that one effort has a place. Our choice.
const LEAST_DAYS: i32 = 60;
/// Share of the figures left free above and below.
const FREE: f64 = 0.12;
/// Characters of a name.
const NAME_CHARS: usize = 60;
/// Most labels along the figures.
const TICKS: f64 = 5.0;

type Of<'h> = Frame<'h, HillEfforts>;

/// Heading and description.
pub(super) fn caption(hill: &HillEfforts, u: Units) -> Caption {
    let trend = hill.trend().ok().filter(|_| hill.tells_of_legs());
    let description = match trend {
        Some(trend) => format!("Trend: {}.", words::trend(&trend, "faster", "slower")),
        None if hill.tells_of_legs() => "Too few efforts for a trend.".to_owned(),
        None => "No trend: roads, brakes or a motor decide.".to_owned(),
    };
    Caption {
        subject: format!(
            "{} {} · {}",
            words::sign(hill.slope),
            words::name(hill, u, NAME_CHARS),
            hill.way()
        ),
        sums: format!(
            "{:.2} {} · {} · {} · {} efforts",
            u.along(hill.length_m),
            u.far(),
            u.rise(hill.rise_m()),
            percent(hill.rise_m() / hill.length_m),
            hill.efforts.len()
        ),
        description,
    }
}

/// From days and figures to pixels.
struct Axes {
    first: Date,
    days: Scale,
    figures: Scale,
    /// Left, top, right and bottom of the plot, px.
    sides: [f64; 4],
    range: (f64, f64),
}

impl Axes {
    fn x(&self, day: Date) -> f64 {
        self.days.px(f64::from(age(self.first, day)))
    }
}

pub(super) fn draw(frame: &mut Of<'_>) -> Drawn {
    let hill = frame.shows;
    let trend = hill.trend().ok().filter(|_| hill.tells_of_legs());
    let more =
        trend.map_or_else(String::new, |trend| words::trend(&trend, "faster", "slower"));
    let y = frame.heading(&more)?;
    let y = flow(frame, y, &entries(hill, trend.is_some()))?;
    let Some(axes) = axes(frame, y) else { return Ok(()) };
    warm_halves(frame, &axes)?;
    labels(frame, &axes)?;
    if let Some(trend) = &trend {
        slope(frame, &axes, trend)?;
    }
    let best = hill.best().map(|effort| hill.figure(effort));
    for (figure, words) in [(best, "best"), (Some(hill.usual()), "usual")] {
        let Some(figure) = figure.filter(|figure| figure.is_finite()) else { continue };
        let [left, _, right, _] = axes.sides;
        let y = axes.figures.px(figure);
        frame.line(&[(left, y), (right, y)], Role::Line, 1.0)?;
        frame.write(right + 6.0, y - LABEL_PX / 2.0, words, &Type::label())?;
    }
    efforts(frame, &axes)
}

fn role(hill: &HillEfforts) -> (Role, Role) {
    match hill.slope {
        Slope::Climb => (Role::Uphill(2), Role::UphillLine),
        _ => (Role::Downhill(2), Role::DownhillLine),
    }
}

fn entries(hill: &HillEfforts, with_slope: bool) -> Vec<Entry> {
    let (mark, line) = role(hill);
    let mut entries = vec![(Sample::Box(mark), "an effort".to_owned())];
    if with_slope {
        entries.push((Sample::Line(line), "slope, with its 95 % interval".to_owned()));
    }
    entries.push((Sample::Box(Role::Grid), "April to September".to_owned()));
    entries
}

fn axes(frame: &Of<'_>, top: f64) -> Option<Axes> {
    let hill = frame.shows;
    let (first, last) =
        (hill.efforts.first()?.figures.day, hill.efforts.last()?.figures.day);
    let figures = hill.efforts.iter().map(|effort| hill.figure(effort));
    let (low, high) = figures
        .filter(|figure| figure.is_finite())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), f| (l.min(f), h.max(f)));
    if low > high {
        return None;
    }
    let days = f64::from(age(first, last).max(LEAST_DAYS));
    // efforts that are all alike lie in the middle
    let span = (high - low).max(0.05 * high.abs()).max(1e-6);
    let middle = f64::midpoint(low, high);
    let range = (middle - (0.5 + FREE) * span, middle + (0.5 + FREE) * span);
    let right = frame.width - frame.right_px();
    let sides = [frame.left_px(), top + 16.0, right, frame.height - 40.0];
    Some(Axes {
        first,
        days: Scale::new(-0.02 * days..1.02 * days, sides[0]..sides[2]),
        figures: Scale::new(range.0..range.1, sides[3]..sides[1]),
        sides,
        range,
    })
}

/// Returns a band behind April to September of each year.
fn warm_halves(frame: &Of<'_>, axes: &Axes) -> Drawn {
    let [left, top, right, bottom] = axes.sides;
    let last = frame.shows.efforts.last().map_or(axes.first, |effort| effort.figures.day);
    frame.canvas.open("seasons");
    for year in axes.first.year() - 1..=last.year().max(axes.first.year()) + 1 {
        let (from, to) = (date(year, 4, 1), date(year, 10, 1));
        let (from, to) = (axes.x(from).max(left), axes.x(to).min(right));
        if to - from >= 1.0 {
            frame.fill([from, top, to, bottom], Role::Grid)?;
        }
        let new_year = axes.x(date(year, 1, 1));
        if (left..=right - 30.0).contains(&new_year) {
            frame.line(
                &[(new_year, bottom), (new_year, bottom + 5.0)],
                Role::Line,
                1.0,
            )?;
            frame.write(
                new_year + 2.0,
                bottom + 8.0,
                &year.to_string(),
                &Type::label(),
            )?;
        }
    }
    frame.line(&[(left, bottom), (right, bottom)], Role::Line, 1.0)?;
    // a span within a year has no new year in it: its first day says when
    if axes.first.year() == last.year() {
        let words = axes.first.strftime("%-d %b %Y").to_string();
        frame.write(axes.x(axes.first), bottom + 8.0, &words, &Type::label())?;
    }
    frame.canvas.close();
    Ok(())
}

/// Round figures at the left, in their unit.
fn labels(frame: &Of<'_>, axes: &Axes) -> Drawn {
    let (hill, u) = (frame.shows, frame.units);
    let per = match hill.slope {
        Slope::Climb => u.up(1.0),
        _ => u.along(3600.0),
    };
    let (low, high) = (axes.range.0 * per, axes.range.1 * per);
    let rough = (high - low) / TICKS;
    let tens = libm::pow(10.0, libm::log10(rough).floor());
    let step = [1.0, 2.0, 5.0, 10.0].map(|times| times * tens);
    let step = step.into_iter().find(|step| *step >= rough).unwrap_or(rough);
    let [left, top, ..] = axes.sides;
    frame.canvas.open("axis");
    let mut tick = (low / step).ceil() * step;
    while tick <= high {
        let y = axes.figures.px(tick / per);
        frame.line(&[(left - 4.0, y), (left, y)], Role::Line, 1.0)?;
        frame.write(
            left - 8.0,
            y - LABEL_PX / 2.0,
            &tick_words(tick),
            &Type::label().right(),
        )?;
        tick += step;
    }
    let unit = words::unit(hill.slope, u);
    frame.write(left - 8.0, top - LABEL_PX - 4.0, unit, &Type::label().right())?;
    frame.canvas.close();
    Ok(())
}

/// Returns the slope, and between which slopes it lies: they cross in the middle of the days.
fn slope(frame: &Of<'_>, axes: &Axes, trend: &Trend) -> Drawn {
    let (_, line) = role(frame.shows);
    let (change, range) = trend.over_span();
    let ends = |change: f64| {
        trend.ends(change).map(|(day, figure)| {
            let [_, top, _, bottom] = axes.sides;
            (axes.x(day), axes.figures.px(figure).clamp(top, bottom))
        })
    };
    let (low, high) = (ends(range.0), ends(range.1));
    let middle = (f64::midpoint(low[0].0, low[1].0), axes.figures.px(trend.at_middle()));
    frame.canvas.open("slope");
    for side in [0, 1] {
        let corners =
            [low[side], high[side], middle].map(|(x, y)| (units(x), units(y))).to_vec();
        let faint = line.token().mix(0.16);
        frame.root.draw(&plotters::element::Polygon::new(corners, faint))?;
    }
    frame.line(&ends(change), line, 2.0)?;
    frame.canvas.close();
    Ok(())
}

fn efforts(frame: &Of<'_>, axes: &Axes) -> Drawn {
    let (hill, u) = (frame.shows, frame.units);
    let (mark, _) = role(hill);
    let [radius, halo] = [3.4, 4.6].map(|px| u32::try_from(units(px)).unwrap_or(40));
    frame.canvas.open("efforts");
    for effort in &hill.efforts {
        let figure = hill.figure(effort);
        if !figure.is_finite() {
            continue;
        }
        let at = (units(axes.x(effort.figures.day)), units(axes.figures.px(figure)));
        frame.root.draw(&Circle::new(at, halo, Role::Halo.token().filled()))?;
        frame.canvas.title(format!(
            "{}: {} {}, {}",
            effort.figures.day,
            words::figure(hill, figure, u),
            words::unit(hill.slope, u),
            clock(Some(effort.moving_s))
        ));
        frame.root.draw(&Circle::new(at, radius, mark.token().filled()))?;
    }
    frame.canvas.close();
    Ok(())
}
