//! Names above and heights on the outline: a bracket over each climb and descent, and the
//! peaks.

use crate::report::Hill;
use crate::segment::Slope;
use crate::write::svg::frame::{Drawn, Frame, LABEL_PX, Type};
use crate::write::svg::lettering::{Placed, width_px};
use crate::write::svg::palette::Role;
use crate::write::svg::plot::{Plot, px};
use crate::write::units::percent;
use crate::write::words::{hill_words, numbered};

/// Rows of names above the plot, and the height of one.
const NAME_ROWS: usize = 3;
const ROW_PX: f64 = 16.0;
/// Height of all of them.
pub(super) const NAMES_PX: f64 = NAME_ROWS as f64 * ROW_PX;
/// Hills that carry less of the load than this have a bracket, but no name.
const NAMED_SHARE: f64 = 0.02;
/// Most peaks that are labelled.
const PEAKS: usize = 8;

/// Returns a bracket over each climb and descent, and as much of its name as finds room: the
/// heaviest hills choose first.
pub(super) fn brackets(frame: &Frame<'_>, plot: &Plot<'_>, top: f64) -> Drawn {
    let u = frame.units;
    let mut placed = Placed::default();
    let mut hills = numbered(&frame.shows.segments);
    let weight = |hill: &Hill| hill.load.concentric_load + hill.load.eccentric_load;
    let whole: f64 = hills.iter().map(|(_, hill)| weight(hill)).sum();
    hills.sort_by(|a, b| weight(b.1).total_cmp(&weight(a.1)));
    for (name, hill) in hills {
        let climbs = hill.slope == Some(Slope::Climb);
        let role = if climbs { Role::UphillLine } else { Role::DownhillLine };
        let (left, _) = px(plot, u.along(hill.from_m), 0.0);
        let (right, _) = px(plot, u.along(hill.from_m + hill.length_m), 0.0);
        let load =
            if climbs { hill.load.concentric_load } else { hill.load.eccentric_load };
        let scored = climbs || frame.shows.sport.on_foot();
        let grade = percent(hill.mean_grade);
        let load_words = if scored { format!(", load {load:.0}") } else { String::new() };
        let long = hill_words(&name, hill, frame.shows, u);
        let middle_words = format!("{name} {grade}{load_words}");
        frame.canvas.title(format!("{long}, {}", u.rise(hill.rise_m)));
        let y = top - 3.0;
        let (left, right) = (left + 1.0, (right - 1.0).max(left + 2.0));
        frame.line(
            &[(left, y + 4.0), (left, y), (right, y), (right, y + 4.0)],
            role,
            1.5,
        )?;
        let middle = f64::midpoint(left, right);
        if weight(hill) < NAMED_SHARE * whole {
            continue;
        }
        for words in [&long, &middle_words, &name] {
            let half = width_px(words, LABEL_PX) / 2.0;
            let x = middle.clamp(half + 4.0, frame.width - half - 4.0);
            let row = (0..NAME_ROWS).find(|row| {
                let bottom = y - 3.0 - *row as f64 * ROW_PX;
                placed.take(x - half, bottom - ROW_PX, x + half, bottom)
            });
            if let Some(row) = row {
                let y = y - 3.0 - (row + 1) as f64 * ROW_PX + 2.0;
                frame.write(x, y, words, &Type::label().role(role).centred())?;
                break;
            }
        }
    }
    Ok(())
}

/// Returns the heights of the highest places from which the route falls on both sides.
pub(super) fn peaks(frame: &Frame<'_>, plot: &Plot<'_>, top: f64) -> Drawn {
    let u = frame.units;
    let silhouette = &frame.shows.silhouette;
    let mut peaks: Vec<_> = silhouette.peaks().iter().map(|peak| peak.top).collect();
    peaks.sort_by(|a, b| b.elevation_m.total_cmp(&a.elevation_m));
    let mut placed = Placed::default();
    for peak in peaks.into_iter().take(PEAKS) {
        let words =
            format!("{:.0} {}", u.up(peak.elevation_m), u.height()).replace('-', "−");
        let half = width_px(&words, LABEL_PX) / 2.0;
        let (x, y) = px(plot, u.along(peak.distance_m), u.up(peak.elevation_m));
        let x = x.clamp(
            frame.left_px() + half + 2.0,
            frame.width - frame.right_px() - half - 2.0,
        );
        let y = (y - LABEL_PX - 7.0).max(top + 4.0);
        if placed.take(x - half, y, x + half, y + LABEL_PX + 2.0) {
            frame.write(x, y, &words, &Type::label().ink().bold().centred())?;
        }
    }
    Ok(())
}
