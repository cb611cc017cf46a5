//! One pair of bars for each climb and descent in their order: uphill and downhill load,
//! each with its range, and how hard each step was.

use crate::load::range::Span;
use crate::report::Hill;
use crate::write::svg::frame::{Drawn, Frame, LABEL_PX, Type};
use crate::write::svg::key::{self, Sample};
use crate::write::svg::lettering::width_px;
use crate::write::svg::palette::Role;
use crate::write::svg::scale::{Scale, tick_words, ticks};
use crate::write::units::percent;
use crate::write::words::numbered;

/// Most hills with a column of their own; the lightest of more than these are left out.
const COLUMNS: usize = 24;
/// Narrowest column: its name and grade stand below it.
const COLUMN_PX: f64 = 45.0;

/// One column: its names and its bars.
struct Column {
    name: String,
    detail: String,
    title: String,
    up: Option<Bar>,
    down: Option<Bar>,
}

struct Bar {
    load: f64,
    volume_m: f64,
    intensity: Option<f64>,
    range: Option<Span>,
}

pub(super) fn draw(frame: &mut Frame<'_>) -> Drawn {
    let (columns, all) = columns(frame);
    let foot = frame.shows.sport.on_foot();
    let y = frame.heading(&if columns.len() < all {
        format!("load of the {} heaviest of {all} hills", columns.len())
    } else {
        "load of each climb and descent".to_owned()
    })?;
    let mut entries = key::intensity(foot);
    entries.push((Sample::Range, "range".to_owned()));
    let y = key::flow(frame, y, &entries)?;
    let (top, bottom) = (y + 32.0, frame.height - 58.0);
    let (left, right) = (frame.left_px(), frame.width - frame.edge_px());
    if columns.is_empty() {
        let words = "No climb and no descent that reaches the least length and height.";
        frame.write(
            frame.width / 2.0,
            f64::midpoint(top, bottom),
            words,
            &Type::text().centred(),
        )?;
        return Ok(());
    }
    let bars = || columns.iter().flat_map(|c| [&c.up, &c.down]).flatten();
    let high = bars()
        .map(|bar| bar.range.map_or(bar.load, |range| range.high.max(bar.load)))
        .fold(0.0, f64::max)
        .max(1.0);
    let scale = Scale::new(0.0..high * 1.06, bottom..top);
    frame.canvas.open("axis");
    for tick in ticks(high, 5) {
        let y = scale.px(tick);
        frame.line(&[(left, y), (right, y)], Role::Grid, 1.0)?;
        let label = Type::label().right();
        frame.write(left - 8.0, y - LABEL_PX / 2.0, &tick_words(tick), &label)?;
    }
    frame.canvas.close();
    frame.canvas.open("load");
    let each = (right - left) / columns.len() as f64;
    let half = (each * 0.36).min(38.0);
    for (k, column) in columns.iter().enumerate() {
        let middle = left + (k as f64 + 0.5) * each;
        let sides = [(&column.up, -1.0), (&column.down, 1.0)];
        let both = column.up.is_some() && column.down.is_some() && foot;
        for (bar, side) in sides {
            let Some(bar) = bar else { continue };
            let (left, right) = match (both, side < 0.0) {
                (false, _) => (middle - half, middle + half),
                (true, true) => (middle - half, middle - 1.0),
                (true, false) => (middle + 1.0, middle + half),
            };
            frame.canvas.title(column.title.clone());
            bar.draw(frame, &scale, (left, right), side < 0.0, each)?;
        }
        name(frame, column, middle, each, bottom)?;
    }
    frame.line(&[(left, bottom), (right, bottom)], Role::Line, 1.0)?;
    frame.canvas.close();
    Ok(())
}

impl Bar {
    fn draw(
        &self,
        frame: &Frame<'_>,
        scale: &Scale,
        (left, right): (f64, f64),
        up: bool,
        each: f64,
    ) -> Drawn {
        let role = if up {
            Role::uphill(self.load, self.volume_m)
        } else {
            Role::downhill(self.load, self.volume_m)
        };
        frame.fill([left, scale.px(self.load), right, scale.px(0.0)], role)?;
        let middle = f64::midpoint(left, right);
        let mut top = scale.px(self.load);
        if let Some(range) = self.range {
            let (low, high) = (scale.px(range.low), scale.px(range.high));
            // in one go from foot to head
            let (left, right) = (middle - 4.0, middle + 4.0);
            let (foot, head) =
                ([(left, low), (right, low)], [(left, high), (right, high)]);
            let mark =
                [foot[0], foot[1], (middle, low), (middle, high), head[0], head[1]];
            for (role, width) in [(Role::Halo, 3.6), (Role::Line, 1.2)] {
                frame.line(&mark, role, width)?;
            }
            top = top.min(high);
        }
        let ink = if up { Role::UphillLine } else { Role::DownhillLine };
        let load = format!("{:.0}", self.load);
        let intensity = self.intensity.map(|s| format!("{s:.1}×"));
        let room = (right - left).max(each - 4.0);
        let mut y = top - LABEL_PX - 6.0;
        if let Some(intensity) = intensity.filter(|s| width_px(s, LABEL_PX) <= room) {
            frame.write(middle, y, &intensity, &Type::label().centred())?;
            y -= LABEL_PX + 3.0;
        }
        if width_px(&load, LABEL_PX) <= room {
            frame.write(middle, y, &load, &Type::label().role(ink).bold().centred())?;
        }
        Ok(())
    }
}

/// Returns the hills in order; of more than there is room for the lightest give way, and the
/// heading says so.
fn columns(frame: &Frame<'_>) -> (Vec<Column>, usize) {
    let u = frame.units;
    let foot = frame.shows.sport.on_foot();
    let weight = |hill: &Hill| hill.load.concentric_load + hill.load.eccentric_load;
    let mut hills = numbered(&frame.shows.segments);
    let all = hills.len();
    let room = (frame.width - frame.left_px() - frame.edge_px()) / COLUMN_PX;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a few columns"
    )]
    let most = COLUMNS.min(room.max(1.0) as usize);
    if all > most {
        let mut weights: Vec<f64> = hills.iter().map(|(_, hill)| weight(hill)).collect();
        weights.sort_by(|a, b| b.total_cmp(a));
        let least = weights[most - 1];
        hills.retain(|(_, hill)| weight(hill) >= least);
        hills.truncate(most);
    }
    let columns = hills
        .into_iter()
        .map(|(name, hill)| {
            let range = hill.range.as_ref();
            // the other side of a hill is drawn where it can be seen beside this one
            let shown = |load: f64| load >= 0.5;
            let up = Bar {
                load: hill.load.concentric_load,
                volume_m: hill.load.climb_volume_m,
                intensity: hill.load.concentric_intensity(),
                range: range.map(|r| r.concentric_load),
            };
            let down = Bar {
                load: hill.load.eccentric_load,
                volume_m: hill.load.descent_volume_m,
                intensity: hill.load.eccentric_intensity(),
                range: range.map(|r| r.eccentric_load),
            };
            let far = format!("{:.1} {}", u.along(hill.length_m), u.far());
            Column {
                name: name.clone(),
                detail: percent(hill.mean_grade),
                title: format!(
                    "{name} {far}, {}, {}: uphill load {:.0}, downhill load {:.0}",
                    u.rise(hill.rise_m),
                    percent(hill.mean_grade),
                    hill.load.concentric_load,
                    hill.load.eccentric_load
                ),
                up: shown(up.load).then_some(up),
                down: (foot && shown(down.load)).then_some(down),
            }
        })
        .collect();
    (columns, all)
}

/// Returns the name and mean grade under a column, as far as there is room.
fn name(
    frame: &Frame<'_>,
    column: &Column,
    middle: f64,
    each: f64,
    bottom: f64,
) -> Drawn {
    if width_px(&column.name, LABEL_PX) + 3.0 <= each {
        frame.write(
            middle,
            bottom + 6.0,
            &column.name,
            &Type::label().ink().centred(),
        )?;
    }
    if width_px(&column.detail, LABEL_PX) + 3.0 <= each {
        frame.write(middle, bottom + 22.0, &column.detail, &Type::label().centred())?;
    }
    Ok(())
}
