//! Where the legs were loaded: a pair of bars for each stretch, and the running totals.

use plotters::element::{PathElement, Rectangle};
use plotters::style::Color;

use crate::load::leg_load::LEAST_VOLUME_M;
use crate::load::{LegLoad, model};
use crate::report::Stretch;
use crate::write::svg::frame::{Drawn, Frame, LABEL_PX, Type, stroke};
use crate::write::svg::palette::Role;
use crate::write::svg::plot::{Plot, px};
use crate::write::units::percent;

/// Concentric load up, eccentric load down, a bar for each stretch.
pub(super) fn bars(frame: &Frame<'_>, strip: &mut Plot<'_>) -> Drawn {
    /// Less is not seen.
    const LEAST: f64 = 0.005;
    let u = frame.units;
    for s in &pieces(frame) {
        let (from, to) = (u.along(s.from_m), u.along(s.from_m + s.length_m));
        let sides = [
            ("uphill", 1.0, s.load.concentric_load, s.load.climb_volume_m),
            ("downhill", -1.0, s.load.eccentric_load, s.load.descent_volume_m),
        ];
        for (word, sign, load, volume_m) in sides {
            if load < LEAST {
                continue;
            }
            let role = if sign > 0.0 {
                Role::uphill(load, volume_m)
            } else {
                Role::downhill(load, volume_m)
            };
            // on a page the crosshair says it, and hundreds of titles are heavy
            if !frame.inside {
                let intensity = if volume_m >= LEAST_VOLUME_M {
                    format!(", intensity {:.1}×", model::intensity(load, volume_m))
                } else {
                    String::new()
                };
                frame.canvas.title(format!(
                    "{} {}: {word} load {load:.1}{intensity}, {}",
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

/// Returns where a stretch begins and ends, in the unit of distance.
pub(super) fn between(stretch: &Stretch, frame: &Frame<'_>) -> String {
    let u = frame.units;
    format!(
        "{:.1}–{:.1}",
        u.along(stretch.from_m),
        u.along(stretch.from_m + stretch.length_m)
    )
}

/// Most bars of a phone's chart: three pixels each.
const NARROW_BARS: usize = 90;

/// Returns the stretches, on a phone so many together that each bar can be seen: their mean load.
fn pieces(frame: &Frame<'_>) -> Vec<Stretch> {
    let stretches = &frame.shows.silhouette.stretches;
    if !frame.is_narrow() {
        return stretches.clone();
    }
    stretches.chunks(stretches.len().div_ceil(NARROW_BARS).max(1)).map(together).collect()
}

/// Neighbours as one, with their mean load.
fn together(several: &[Stretch]) -> Stretch {
    let (first, last) = (several[0], several[several.len() - 1]);
    let mean = |of: fn(&LegLoad) -> f64| {
        several.iter().map(|s| of(&s.load)).sum::<f64>() / several.len() as f64
    };
    let load = LegLoad {
        climb_volume_m: mean(|load| load.climb_volume_m),
        descent_volume_m: mean(|load| load.descent_volume_m),
        concentric_load: mean(|load| load.concentric_load),
        eccentric_load: mean(|load| load.eccentric_load),
        ..LegLoad::default()
    };
    Stretch { length_m: last.from_m + last.length_m - first.from_m, load, ..first }
}

/// Returns the running totals on a scale of their own: the end is the load of the activity.
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
    let (up_end, low_end) = (up[up.len() - 1], low[low.len() - 1]);
    let line = |plot: &Plot<'_>, point: (f64, f64)| {
        px(plot, point.0, point.1).1 - LABEL_PX / 2.0
    };
    let (mut up_y, low_y) = (line(strip, up_end), line(strip, low_end));
    // the lower name stays above the distances, the upper one above the lower
    let low_y = low_y.min(px(strip, 0.0, -down).1 - LABEL_PX - 4.0);
    let right = frame.width - frame.right_px() + 6.0;
    // what the colours mean says the key; the axis of a phone has no room for words
    let [up_word, low_word] = if frame.is_narrow() { [""; 2] } else { [" up", " down"] };
    if report.sport.on_foot() {
        up_y = up_y.min(low_y - LABEL_PX - 3.0);
        strip.draw_series([PathElement::new(low.clone(), stroke(Role::Halo, 4.0))])?;
        strip.draw_series([PathElement::new(low, stroke(Role::DownhillLine, 1.5))])?;
        let words = format!("{:.0}{low_word}", load.eccentric_load);
        let label = Type::label().role(Role::DownhillLine).bold();
        frame.write(right, low_y, &words, &label)?;
    }
    strip.draw_series([PathElement::new(up.clone(), stroke(Role::Halo, 4.0))])?;
    strip.draw_series([PathElement::new(up, stroke(Role::UphillLine, 1.5))])?;
    let words = format!("{:.0}{up_word}", load.concentric_load);
    frame.write(right, up_y, &words, &Type::label().role(Role::UphillLine).bold())
}
