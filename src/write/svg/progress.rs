//! The five mechanisms over months: a small picture for each figure, its outings or weeks as dots, the
//! middle of each month, and the slope with its interval.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use jiff::civil::Date;
use plotters::element::{Circle, Polygon};
use plotters::style::Color as _;

use crate::history::age;
use crate::progress::{Mechanism, Progress};
use crate::quantile::median;
use crate::trend::Trend;
use crate::write::Units;
use crate::write::progress::text::{change, figure, label, unit};
use crate::write::svg::frame::{Caption, Drawn, Frame, LABEL_PX, TEXT_PX, Type, units};
use crate::write::svg::key::{Entry, Sample, flow};
use crate::write::svg::lettering::{fitted, width_px};
use crate::write::svg::palette::Role;
use crate::write::svg::scale::Scale;

/// Narrowest and lowest picture.
const PANEL_PX: (f64, f64) = (250.0, 118.0);
const GUTTER_PX: f64 = 26.0;
/// Room of a picture above its dots, and below for months.
const HEAD_PX: f64 = TEXT_PX + LABEL_PX + 16.0;
const FOOT_PX: f64 = LABEL_PX + 16.0;
/// Share of the span of figures that is left free above and below.
const FREE: f64 = 0.1;

/// The figures of one kind of outing that are drawn.
pub(super) struct Months<'p> {
    pub(super) rows: Vec<&'p Progress>,
    pub(super) on: Date,
}

impl<'p> Months<'p> {
    /// Returns those of one kind that are not all nothing.
    pub(super) fn of(rows: &'p [Progress], on_foot: bool, on: Date) -> Months<'p> {
        let told = |row: &&Progress| {
            row.on_foot == on_foot && row.observations.iter().any(|one| one.value != 0.0)
        };
        Months { rows: rows.iter().filter(told).collect(), on }
    }

    /// Returns the first day of all.
    fn first(&self) -> Date {
        let firsts = self.rows.iter().filter_map(|row| row.observations.first());
        firsts.map(|one| one.day).min().unwrap_or(self.on)
    }
}

type Of<'m, 'p> = Frame<'m, Months<'p>>;

/// Heading and description.
pub(super) fn caption(months: &Months<'_>, u: Units) -> Caption {
    let foot = months.rows.first().is_none_or(|row| row.on_foot);
    let outings = months.rows.iter().map(|row| row.outings).max().unwrap_or(0);
    let told = |row: &&Progress| format!("{}: {}.", label(row.mechanism), change(row, u));
    let said: Vec<String> = months.rows.iter().map(told).collect();
    Caption {
        subject: format!(
            "Mechanisms over months · {}",
            if foot { "on foot" } else { "rides" }
        ),
        sums: format!("{outings} outings · {} to {}", months.first(), months.on),
        description: said.join(" "),
    }
}

pub(super) fn draw(frame: &mut Of<'_, '_>) -> Drawn {
    let y = frame.heading("")?;
    let y = flow(frame, y, &entries(frame.shows))? + 8.0;
    let (edge, count) = (frame.edge_px(), frame.shows.rows.len().max(1));
    let room = frame.width - 2.0 * edge + GUTTER_PX;
    let mut across = count.min(3);
    while across > 1 && room / (across as f64) < PANEL_PX.0 {
        across -= 1;
    }
    let width = room / across as f64;
    let free = frame.height - y - 10.0;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a few rows"
    )]
    let most = ((free - LABEL_PX) / PANEL_PX.1).max(1.0) as usize;
    let down = count.div_ceil(across).min(most);
    let left_out = count.saturating_sub(down * across);
    let height = (free - if left_out > 0 { LABEL_PX } else { 0.0 }) / down as f64;
    for (at, row) in frame.shows.rows.iter().take(down * across).enumerate() {
        let left = edge + (at % across) as f64 * width;
        let top = y + (at / across) as f64 * height;
        let sides = [left, top, left + width - GUTTER_PX, top + height - 10.0];
        panel(frame, row, sides)?;
    }
    if left_out > 0 {
        let words = format!("and {left_out} more, on a larger picture");
        frame.write(edge, frame.height - LABEL_PX - 8.0, &words, &Type::label())?;
    }
    Ok(())
}

fn entries(months: &Months<'_>) -> Vec<Entry> {
    let mut entries = vec![
        (Sample::Box(Role::Uphill(2)), "an outing; of sums a week".to_owned()),
        (Sample::Line(Role::Ink), "middle of a month".to_owned()),
    ];
    if months.rows.iter().any(|row| row.trend.is_ok()) {
        let words = "slope, with its 95 % interval".to_owned();
        entries.push((Sample::Line(Role::UphillLine), words));
    }
    entries
}

fn is_down(mechanism: Mechanism) -> bool {
    mechanism == Mechanism::HardStepsDown
}

/// Where days and figures of a picture lie.
struct Axes {
    first: Date,
    days: Scale,
    figures: Scale,
    /// Lowest and highest figure; of sums the lowest is zero.
    ends: (f64, f64),
    /// Left, top, right and bottom of the dots, px.
    sides: [f64; 4],
}

impl Axes {
    fn of(months: &Months<'_>, row: &Progress, sides: [f64; 4]) -> Axes {
        let first = months.first();
        let days = f64::from(age(first, months.on).max(28));
        let values = || row.observations.iter().map(|one| one.value);
        let low = values().fold(f64::INFINITY, f64::min);
        let high = values().fold(f64::NEG_INFINITY, f64::max);
        // a sum has its zero; the best of an outing is never near it
        let low = if row.mechanism.is_weekly() { 0.0 } else { low };
        let span = (high - low).max(0.05 * high.abs()).max(1e-6);
        let below = if row.mechanism.is_weekly() { 0.0 } else { FREE * span };
        let [left, top, right, bottom] = sides;
        Axes {
            first,
            days: Scale::new(-0.02 * days..1.02 * days, left..right),
            figures: Scale::new(low - below..high + FREE * span, bottom..top),
            ends: (low, high),
            sides,
        }
    }

    fn x(&self, day: Date) -> f64 {
        self.days.px(f64::from(age(self.first, day)))
    }

    /// Pixel of a figure, within the picture.
    fn y(&self, figure: f64) -> f64 {
        let [_, top, _, bottom] = self.sides;
        self.figures.px(figure).clamp(top, bottom)
    }
}

fn panel(frame: &Of<'_, '_>, row: &Progress, sides: [f64; 4]) -> Drawn {
    let [left, top, right, bottom] = sides;
    let u = frame.units;
    let mechanism = row.mechanism;
    frame.canvas.open("panel");
    let name = format!("{}, {}", label(mechanism), unit(mechanism, u));
    frame.write(left, top, &name, &Type::text().ink().bold())?;
    let words = fitted(&change(row, u), LABEL_PX, right - left);
    frame.write(left, top + TEXT_PX + 5.0, &words, &Type::label())?;
    let values = row.observations.iter().map(|one| figure(mechanism, one.value, u));
    let widest = values.map(|words| width_px(&words, LABEL_PX)).fold(16.0, f64::max);
    let plot = [left + widest + 8.0, top + HEAD_PX, right, bottom - FOOT_PX];
    let axes = Axes::of(frame.shows, row, plot);
    for value in [axes.ends.0, axes.ends.1] {
        let y = axes.y(value);
        frame.line(&[(plot[0], y), (right, y)], Role::Grid, 1.0)?;
        let words = figure(mechanism, value, u);
        let right_end = plot[0] - 6.0;
        frame.write(right_end, y - LABEL_PX / 2.0, &words, &Type::label().right())?;
    }
    months(frame, &axes)?;
    if let Ok(trend) = &row.trend {
        slope(frame, &axes, trend, mechanism)?;
    }
    middles(frame, &axes, row)?;
    dots(frame, &axes, row)?;
    frame.canvas.close();
    Ok(())
}

/// Returns the first day of each month of the picture, and of the one after.
fn month_begins(axes: &Axes, on: Date) -> Vec<Date> {
    let mut begins = vec![axes.first.first_of_month()];
    while let Some(last) = begins.last().copied().filter(|last| *last <= on) {
        begins.push(last.saturating_add(1.month()));
    }
    begins
}

/// Months below, as many as have room.
fn months(frame: &Of<'_, '_>, axes: &Axes) -> Drawn {
    let [left, top, right, bottom] = axes.sides;
    frame.line(&[(left, bottom), (right, bottom)], Role::Line, 1.0)?;
    let mut free = left;
    for begin in month_begins(axes, frame.shows.on) {
        let x = axes.x(begin);
        if !(left..=right).contains(&x) {
            continue;
        }
        frame.line(&[(x, top), (x, bottom)], Role::Grid, 1.0)?;
        let words = begin.strftime(if begin.month() == 1 { "%Y" } else { "%b" });
        let words = words.to_string();
        let width = width_px(&words, LABEL_PX);
        if x >= free && x + width <= right {
            frame.write(x, bottom + 5.0, &words, &Type::label())?;
            free = x + width + 10.0;
        }
    }
    Ok(())
}

/// Returns the slope, and between which slopes it lies: they cross in the middle of the days.
fn slope(frame: &Of<'_, '_>, axes: &Axes, trend: &Trend, mechanism: Mechanism) -> Drawn {
    let line = if is_down(mechanism) { Role::DownhillLine } else { Role::UphillLine };
    let (change, range) = trend.over_span();
    let ends = |change: f64| {
        trend.ends(change).map(|(day, figure)| (axes.x(day), axes.y(figure)))
    };
    let (low, high) = (ends(range.0), ends(range.1));
    let middle = (f64::midpoint(low[0].0, low[1].0), axes.y(trend.at_middle()));
    for side in [0, 1] {
        let corners =
            [low[side], high[side], middle].map(|(x, y)| (units(x), units(y))).to_vec();
        frame.root.draw(&Polygon::new(corners, line.token().mix(0.16)))?;
    }
    frame.line(&ends(change), line, 1.8)
}

/// Outings or weeks.
fn dots(frame: &Of<'_, '_>, axes: &Axes, row: &Progress) -> Drawn {
    let u = frame.units;
    let mark = if is_down(row.mechanism) { Role::Downhill(2) } else { Role::Uphill(2) };
    let radius = u32::try_from(units(2.2)).unwrap_or(22);
    for one in &row.observations {
        let at = (units(axes.x(one.day)), units(axes.y(one.value)));
        let value = figure(row.mechanism, one.value, u);
        let unit = unit(row.mechanism, u);
        frame.canvas.title(format!("{}: {value} {unit}", one.day));
        frame.root.draw(&Circle::new(at, radius, mark.token().filled()))?;
    }
    Ok(())
}

/// The middle of each month, as a line over it.
fn middles(frame: &Of<'_, '_>, axes: &Axes, row: &Progress) -> Drawn {
    let [left, _, right, _] = axes.sides;
    let mut by_month: BTreeMap<Date, Vec<f64>> = BTreeMap::new();
    for one in &row.observations {
        by_month.entry(one.day.first_of_month()).or_default().push(one.value);
    }
    for (begin, values) in by_month {
        let end = begin.saturating_add(1.month());
        let (from, to) = (axes.x(begin).max(left), axes.x(end).min(right));
        let y = axes.y(median(values).unwrap_or(f64::NAN));
        frame.line(&[(from + 1.0, y), (to - 1.0, y)], Role::Halo, 3.4)?;
        frame.line(&[(from + 1.0, y), (to - 1.0, y)], Role::Ink, 1.6)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trend::Observation;
    use crate::write::svg::{ChartStyle, draw_progress};
    use jiff::civil::date;

    /// Returns every figure of a year, an outing or a week each nine days.
    fn year() -> Vec<Progress> {
        let one = |(at, mechanism): (usize, Mechanism)| {
            let value =
                |n: i32| f64::from(n % 7 + 1) * libm::pow(10.0, at as f64 / 3.0 - 1.0);
            let observations: Vec<Observation> = (0..40)
                .map(|n| Observation {
                    day: date(2025, 12, 1).saturating_add((9 * n).days()),
                    value: value(n),
                })
                .collect();
            let trend = Trend::of(&observations);
            Progress { mechanism, on_foot: true, outings: 40, observations, trend }
        };
        Mechanism::ALL.into_iter().enumerate().map(one).collect()
    }

    #[test]
    fn draws_every_figure_within_the_picture_and_names_how_many_have_no_room() {
        let rows = year();
        for (size_px, left_out) in [((1200, 620), 0), ((600, 400), 6), ((4000, 3000), 0)]
        {
            let look = ChartStyle { size_px, ..ChartStyle::default() };
            let svg = draw_progress(&rows, true, date(2026, 11, 30), &look).unwrap();
            let document = roxmltree::Document::parse(&svg).unwrap();
            let mut shown = 0;
            for text in document.descendants().filter(|node| node.has_tag_name("text")) {
                let at = |name| text.attribute(name).map(|px| px.parse::<f64>().unwrap());
                let (x, y) = (at("x").unwrap(), at("y").unwrap());
                let (width, height) = (f64::from(size_px.0), f64::from(size_px.1));
                assert!(
                    (0.0..=width).contains(&x) && (0.0..=height).contains(&y),
                    "{text:?}"
                );
                shown +=
                    usize::from(text.text().is_some_and(|words| words.contains(", /wk")));
            }
            assert!(!svg.contains("NaN"), "{size_px:?}");
            let more = format!("and {left_out} more");
            assert_eq!(svg.contains(&more), left_out > 0, "{size_px:?}");
            assert!(shown >= 1, "{size_px:?}");
        }
        let none =
            draw_progress(&rows, false, date(2026, 11, 30), &ChartStyle::default());
        assert!(none.unwrap_err().to_string().contains("nothing to draw"));
    }
}
