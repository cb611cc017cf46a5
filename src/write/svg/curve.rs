//! A person's own speed over grade with its interval, the population's beside it, the last
//! half year against what was before, and on how many metres of each grade it rests.

use plotters::element::Polygon;

use crate::curve::{Curve, CurvePoint, Curves};
use crate::load::by_grade::STEEPEST_CLASS;
use crate::report::Steepness;
use crate::sport::Sport;
use crate::write::Units;
use crate::write::svg::frame::{Caption, Drawn, Frame, LABEL_PX, Type, units};
use crate::write::svg::key::{Entry, Sample, flow};
use crate::write::svg::lettering::{Placed, width_px};
use crate::write::svg::palette::Role;
use crate::write::svg::scale::{Scale, tick_words, ticks};
use crate::write::units::percent;

/// Height of the strip of own metres.
const STRIP_PX: f64 = 44.0;
/// Room below the strip for grades.
const FOOT_PX: f64 = 44.0;

/// Heading and description.
pub(super) fn caption(curves: &Curves, u: Units) -> Caption {
    let curve = &curves.own;
    let foot = curve.sport.on_foot();
    let said = |grade: f64| {
        let speed = curve.estimate_at(grade);
        let pace = |value: f64| u.pace(Some(value), foot);
        format!(
            "{} {} at {} ({} to {})",
            pace(speed.value),
            u.pace_heading(foot),
            percent(grade),
            pace(speed.high),
            pace(speed.low)
        )
    };
    let days = curve
        .days
        .map_or_else(String::new, |(first, last)| format!(" · {first} to {last}"));
    let steep = if foot { 0.20 } else { 0.08 };
    Caption {
        subject: format!("Speed over grade · {}", name(curve.sport)),
        sums: format!("{} outings{days}", curve.outings),
        description: format!(
            "Over an hour: {}, {}, {}.",
            said(0.0),
            said(steep),
            said(-steep)
        ),
    }
}

fn name(sport: Sport) -> &'static str {
    match sport {
        Sport::Run => "runs",
        Sport::Walk | Sport::Hike => "walks and hikes",
        Sport::Ride => "rides",
    }
}

type Of<'c> = Frame<'c, Curves>;

/// Where grades and speeds lie.
struct Axes {
    grade: Scale,
    speed: Scale,
    /// Highest speed drawn, km/h or mi/h.
    most: f64,
}

impl Axes {
    fn at(&self, grade: f64, speed: f64) -> (f64, f64) {
        (self.grade.px(grade), self.speed.px(speed.min(self.most)))
    }
}

pub(super) fn draw(frame: &mut Of<'_>) -> Drawn {
    let own = &frame.shows.own;
    let y = frame.heading("over an hour")?;
    let y = flow(frame, y, &entries(frame.shows))?;
    let (left, right) = (frame.left_px(), frame.width - frame.edge_px());
    let strip = frame.height - FOOT_PX - STRIP_PX;
    let (top, bottom) = (y + 14.0, strip - 22.0);
    // a grade nobody of this history went may be anything: it does not set the scale
    let highs = own.points.iter().map(|point| {
        let speed = point.speed_m_per_s;
        speed.high.min(1.4 * speed.value)
    });
    let most = speed(frame.units, highs.fold(0.1, f64::max)) * 1.05;
    let axes = Axes {
        grade: Scale::new(-STEEPEST_CLASS - 0.025..STEEPEST_CLASS + 0.025, left..right),
        speed: Scale::new(0.0..most, bottom..top),
        most,
    };
    axis(frame, &axes, (left, right), (top, bottom))?;
    band(frame, own, &axes)?;
    frame.canvas.open("curves");
    let population = |point: &CurvePoint| point.population_m_per_s;
    line(frame, own, &axes, population, (Role::Muted, 1.0))?;
    let value = |point: &CurvePoint| point.speed_m_per_s.value;
    if let Some((recent, before)) = &frame.shows.halves {
        line(frame, before, &axes, value, (Role::DownhillLine, 1.4))?;
        line(frame, recent, &axes, value, (Role::UphillLine, 1.4))?;
    }
    line(frame, own, &axes, value, (Role::Halo, 5.0))?;
    line(frame, own, &axes, value, (Role::Ink, 2.4))?;
    frame.canvas.close();
    words(frame, own, &axes)?;
    metres(frame, own, &axes, (strip, strip + STRIP_PX))
}

/// Kilometres or miles an hour.
fn speed(u: Units, m_per_s: f64) -> f64 {
    u.along(m_per_s * 3600.0)
}

fn axis(
    frame: &Of<'_>,
    axes: &Axes,
    (left, right): (f64, f64),
    (top, bottom): (f64, f64),
) -> Drawn {
    frame.canvas.open("axis");
    for tick in ticks(axes.most, 6).into_iter().filter(|tick| *tick <= axes.most) {
        let y = axes.speed.px(tick);
        frame.line(&[(left, y), (right, y)], Role::Grid, 1.0)?;
        let words = tick_words(tick);
        frame.write(left - 8.0, y - LABEL_PX / 2.0, &words, &Type::label().right())?;
    }
    let unit = format!("{}/h", frame.units.far());
    frame.write(left + 4.0, top - 10.0, &unit, &Type::label())?;
    let every = if frame.is_narrow() { 0.20 } else { 0.10 };
    let mut grade = -STEEPEST_CLASS;
    while grade <= STEEPEST_CLASS + 1e-9 {
        let x = axes.grade.px(grade);
        frame.line(&[(x, top), (x, bottom)], Role::Grid, 1.0)?;
        let words = percent(grade);
        let y = frame.height - FOOT_PX + 6.0;
        frame.write(x, y, &words, &Type::label().centred())?;
        grade += every;
    }
    frame.line(&[(left, bottom), (right, bottom)], Role::Line, 1.0)?;
    frame.canvas.close();
    Ok(())
}

/// Returns the interval of the own curve.
fn band(frame: &Of<'_>, curve: &Curve, axes: &Axes) -> Drawn {
    let corner = |point: &CurvePoint, m_per_s: f64| {
        let (x, y) = axes.at(point.grade, speed(frame.units, m_per_s));
        (units(x), units(y))
    };
    let upper = curve.points.iter().map(|p| corner(p, p.speed_m_per_s.high));
    let lower = curve.points.iter().rev().map(|p| corner(p, p.speed_m_per_s.low));
    let corners: Vec<(i32, i32)> = upper.chain(lower).collect();
    frame.canvas.open("band");
    frame.canvas.title(format!("eight in ten, {} outings", curve.outings));
    frame.root.draw(&Polygon::new(corners, Role::Grid.token()))?;
    frame.canvas.close();
    Ok(())
}

fn line(
    frame: &Of<'_>,
    curve: &Curve,
    axes: &Axes,
    figure: impl Fn(&CurvePoint) -> f64,
    (role, width_px): (Role, f64),
) -> Drawn {
    let at = |p: &CurvePoint| axes.at(p.grade, speed(frame.units, figure(p)));
    let points: Vec<(f64, f64)> = curve.points.iter().map(at).collect();
    frame.line(&points, role, width_px)
}

/// Pace on foot and metres up an hour, power on rides, beside the curve.
fn words(frame: &Of<'_>, curve: &Curve, axes: &Axes) -> Drawn {
    let foot = curve.sport.on_foot();
    let mut placed = Placed::default();
    frame.canvas.open("notes");
    for point in curve.points.iter().filter(|point| point.own_m > 0.0) {
        let percent_points = (100.0 * point.grade).round();
        if percent_points % 10.0 != 0.0 {
            continue;
        }
        let value = point.speed_m_per_s.value;
        let mut words = frame.units.pace(Some(value), foot);
        if let Some(power) = point.power_w_per_kg {
            words = format!("{words} · {:.1} W/kg", power.value);
        } else if percent_points > 0.0 {
            let climbed = frame.units.up(point.vertical_m_per_h());
            words = format!("{words} · {climbed:.0} {}/h", frame.units.height());
        }
        let (x, y) = axes.at(point.grade, speed(frame.units, value));
        let width = width_px(&words, LABEL_PX);
        // away from the line: it falls to the right uphill, to the left downhill
        let beside = if point.grade < curve.fastest_grade() { x - width } else { x };
        let left = beside.clamp(frame.left_px(), frame.width - frame.edge_px() - width);
        let above = y - LABEL_PX - 16.0;
        if placed.take(left, above, left + width, above + LABEL_PX + 3.0) {
            frame.write(left, above, &words, &Type::label().ink())?;
        }
    }
    frame.canvas.close();
    Ok(())
}

/// Own metres by class of grade.
fn metres(
    frame: &Of<'_>,
    curve: &Curve,
    axes: &Axes,
    (top, bottom): (f64, f64),
) -> Drawn {
    // the level outweighs all: roots leave something of the steep
    let root = |point: &CurvePoint| point.own_m.max(0.0).sqrt();
    let most = curve.points.iter().map(root).fold(1.0, f64::max);
    let half = (axes.grade.px(0.025) - axes.grade.px(0.0)) * 0.84;
    frame.canvas.open("bars");
    for point in curve.points.iter().filter(|point| point.own_m >= 1.0) {
        let (x, high) = (axes.grade.px(point.grade), root(point) / most);
        let far = frame.units.along(point.own_m);
        frame.canvas.title(format!(
            "{}: {far:.1} {} in {} outings",
            percent(point.grade),
            frame.units.far(),
            point.outings
        ));
        let y = bottom - (bottom - top) * high;
        let role = Role::Grade(Steepness::of(point.grade));
        frame.fill([x - half, y.min(bottom - 1.0), x + half, bottom], role)?;
    }
    frame.canvas.close();
    let words = format!("own {} at each grade", frame.units.far());
    frame.write(frame.edge_px(), frame.height - 18.0, &words, &Type::label())
}

/// Returns what the lines are.
fn entries(curves: &Curves) -> Vec<Entry> {
    let mut entries = vec![
        (Sample::Line(Role::Ink), "a usual day".to_owned()),
        (Sample::Box(Role::Grid), "between what it lies, eight in ten".to_owned()),
        (Sample::Line(Role::Muted), "other people".to_owned()),
    ];
    if curves.halves.is_some() {
        entries.push((Sample::Line(Role::UphillLine), "your last six months".to_owned()));
        entries.push((Sample::Line(Role::DownhillLine), "before".to_owned()));
    }
    entries
}
