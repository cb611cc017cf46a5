//! Where the legs were loaded: a pair of bars for each stretch, and the running totals.

use plotters::element::{PathElement, Rectangle};
use plotters::style::Color;

use crate::load::leg_load::LEAST_POINTS;
use crate::write::svg::frame::{Drawn, Frame, LABEL_PX, RIGHT_PX, Type, stroke};
use crate::write::svg::palette::Role;
use crate::write::svg::profile::{Plot, between, px};
use crate::write::units::percent;

/// Concentric load up, eccentric load down, a bar for each stretch.
pub(super) fn bars(frame: &Frame<'_>, strip: &mut Plot<'_>) -> Drawn {
    /// Less is not seen.
    const LEAST: f64 = 0.005;
    let u = frame.units;
    for s in &frame.shows.silhouette.stretches {
        let (from, to) = (u.along(s.from_m), u.along(s.from_m + s.length_m));
        let sides = [
            ("up", 1.0, s.load.concentric_load, s.load.climb_points),
            ("down", -1.0, s.load.eccentric_load, s.load.descent_points),
        ];
        for (word, sign, load, points) in sides {
            if load < LEAST {
                continue;
            }
            let role = if sign > 0.0 {
                Role::push(load, points)
            } else {
                Role::brake(load, points)
            };
            // on a page the crosshair says it, and hundreds of titles are heavy
            if !frame.inside {
                let severity = if points >= LEAST_POINTS {
                    format!(", each {:.1}x", 2.0 * load / points)
                } else {
                    String::new()
                };
                frame.canvas.title(format!(
                    "{} {}: {word} {load:.1}{severity}, {}",
                    between(s, frame),
                    u.far(),
                    percent(s.grade)
                ));
            }
            let bar =
                Rectangle::new([(from, 0.0), (to, sign * load)], role.token().filled());
            strip.draw_series([bar])?;
        }
    }
    Ok(())
}

/// The running totals on a scale of their own: the end is the load of the activity.
pub(super) fn totals(
    frame: &Frame<'_>,
    strip: &mut Plot<'_>,
    most: f64,
    down: f64,
) -> Drawn {
    let u = frame.units;
    let report = frame.shows;
    let load = &report.load;
    let scale = load.concentric_load.max(load.eccentric_load).max(1e-9);
    let end = u.along(report.silhouette.length_m());
    let mut sums = (0.0, 0.0);
    let (mut up, mut low) = (vec![(0.0, 0.0)], vec![(0.0, 0.0)]);
    for s in &report.silhouette.stretches {
        sums.0 += s.load.concentric_load;
        sums.1 += s.load.eccentric_load;
        let x = u.along(s.from_m + s.length_m);
        up.push((x, sums.0 / scale * most * 0.94));
        low.push((x, -sums.1 / scale * most * 0.94));
    }
    strip.draw_series([PathElement::new(
        vec![(0.0, 0.0), (end, 0.0)],
        stroke(Role::Line, 1.0),
    )])?;
    let (push, brake) = (up[up.len() - 1], low[low.len() - 1]);
    let line = |plot: &Plot<'_>, point: (f64, f64)| {
        px(plot, point.0, point.1).1 - LABEL_PX / 2.0
    };
    let (mut push_y, brake_y) = (line(strip, push), line(strip, brake));
    // the lower name stays above the distances, the upper one above the lower
    let brake_y = brake_y.min(px(strip, 0.0, -down).1 - LABEL_PX - 4.0);
    let right = frame.width - RIGHT_PX + 6.0;
    if report.sport.on_foot() {
        push_y = push_y.min(brake_y - LABEL_PX - 3.0);
        strip.draw_series([PathElement::new(low.clone(), stroke(Role::Halo, 4.0))])?;
        strip.draw_series([PathElement::new(low, stroke(Role::BrakeLine, 1.5))])?;
        let words = format!("{:.0} brake", load.eccentric_load);
        let label = Type::label().role(Role::BrakeLine).bold();
        frame.write(right, brake_y, &words, &label)?;
    }
    strip.draw_series([PathElement::new(up.clone(), stroke(Role::Halo, 4.0))])?;
    strip.draw_series([PathElement::new(up, stroke(Role::PushLine, 1.5))])?;
    let words = format!("{:.0} push", load.concentric_load);
    frame.write(right, push_y, &words, &Type::label().role(Role::PushLine).bold())
}
