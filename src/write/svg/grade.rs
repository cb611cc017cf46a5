//! Distance, time and load by class of grade, and load by intensity, side by side.

use crate::report::{Silhouette, Steepness, SteepnessRow};
use crate::write::svg::frame::{Drawn, Frame, LABEL_PX, TEXT_PX, Type};
use crate::write::svg::key::{class_words, zone_words};
use crate::write::svg::lettering::width_px;
use crate::write::svg::palette::Role;
use crate::write::units::clock;

/// Room left for the names of the classes.
const NAMES_PX: f64 = 114.0;
/// Room behind a bar for its value.
const VALUE_PX: f64 = 72.0;
const GUTTER_PX: f64 = 20.0;

/// A bar with its words: value, colour, what is written, what is said under the pointer.
struct Bar {
    value: f64,
    role: Role,
    words: String,
    title: String,
}

/// Bars under one heading; in each row one or two.
struct Panel {
    heading: &'static str,
    rows: Vec<Vec<Bar>>,
    /// Names of the rows, where they are not the classes of grade.
    names: Option<Vec<String>>,
}

pub(super) fn draw(frame: &mut Frame<'_>) -> Drawn {
    let y = frame.heading("by grade and by intensity")?;
    let panels = panels(frame);
    // side by side, in two rows of two, or one below the other
    let across = match frame.width {
        _ if frame.is_narrow() => 1,
        width if width < 1000.0 => 2,
        _ => panels.len(),
    };
    let edge = frame.edge_px();
    let down = panels.len().div_ceil(across);
    let height = (frame.height - y - 12.0) / down as f64;
    let width = (frame.width - 2.0 * edge + GUTTER_PX) / across as f64;
    for (k, panel) in panels.iter().enumerate() {
        let left = edge + (k % across) as f64 * width;
        let top = y + (k / across) as f64 * height;
        draw_panel(frame, panel, left, top, width - GUTTER_PX, height - 16.0)?;
    }
    Ok(())
}

/// Returns the one bar of a class of grade.
fn one(
    row: &SteepnessRow,
    what: &str,
    value: f64,
    role: Role,
    words: String,
) -> Vec<Bar> {
    let title = format!("{}: {what} {words}", class_words(row.steepness));
    vec![Bar { value, role, words, title }]
}

/// Returns the bars of a class of intensity, uphill and downhill.
fn zone_bars(silhouette: &Silhouette, zone: usize, foot: bool) -> Vec<Bar> {
    let bar = |word: &str, value: f64, role: Role| Bar {
        value,
        role,
        words: format!("{value:.0}"),
        title: format!("{word} {}: load {value:.1}", zone_words()[zone]),
    };
    let up = silhouette.concentric_load_by_zone[zone];
    let down = silhouette.eccentric_load_by_zone[zone];
    let mut bars = vec![bar("uphill", up, Role::Uphill(zone))];
    if foot {
        bars.push(bar("downhill", down, Role::Downhill(zone)));
    }
    bars
}

fn panels(frame: &Frame<'_>) -> Vec<Panel> {
    let (report, u) = (frame.shows, frame.units);
    let silhouette = &report.silhouette;
    let foot = report.sport.on_foot();
    // steepest up at the top
    let rows = || silhouette.by_steepness.iter().rev();
    let distance = rows().map(|row| {
        let far = u.along(row.length_m);
        one(
            row,
            "distance",
            far,
            Role::Grade(row.steepness),
            format!("{far:.1} {}", u.far()),
        )
    });
    let time = rows().map(|row| {
        let seconds = if report.timed { row.duration_s } else { 0.0 };
        let words = clock(report.timed.then_some(seconds));
        one(row, "time", seconds, Role::Grade(row.steepness), words)
    });
    let load = rows().map(|row| {
        let class = row.steepness.class();
        let up = class > 0 || (class == 0 && row.concentric_load >= row.eccentric_load);
        let value = row.concentric_load + row.eccentric_load;
        let role = if up { Role::UphillLine } else { Role::DownhillLine };
        one(row, "load", value, role, format!("{value:.0}"))
    });
    let by_intensity = (0..4).rev().map(|zone| zone_bars(silhouette, zone, foot));
    let mut time_panel = Panel { heading: "time", rows: time.collect(), names: None };
    if !report.timed {
        time_panel.heading = "time: not known";
    }
    vec![
        Panel { heading: "distance", rows: distance.collect(), names: None },
        time_panel,
        Panel { heading: "load by grade", rows: load.collect(), names: None },
        Panel {
            heading: "load by intensity",
            rows: by_intensity.collect(),
            names: Some(zone_words().into_iter().rev().collect()),
        },
    ]
}

fn draw_panel(
    frame: &Frame<'_>,
    panel: &Panel,
    left: f64,
    top: f64,
    width: f64,
    height: f64,
) -> Drawn {
    let most = panel.rows.iter().flatten().map(|bar| bar.value).fold(0.0, f64::max);
    let bars_left = left + NAMES_PX;
    let room = (width - NAMES_PX - VALUE_PX).max(20.0);
    frame.canvas.open("panel");
    frame.write(left, top, panel.heading, &Type::text().ink().bold())?;
    let first = top + TEXT_PX + 10.0;
    let each = (height - (first - top)) / panel.rows.len() as f64;
    for (k, row) in panel.rows.iter().enumerate() {
        let y = first + k as f64 * each;
        let classes = Steepness::ALL.iter().rev();
        let name = match &panel.names {
            Some(names) => names[k].clone(),
            None => classes.clone().nth(k).map_or_else(String::new, |c| class_words(*c)),
        };
        let middle = y + each * 0.45;
        frame.write(
            bars_left - 8.0,
            middle - LABEL_PX / 2.0,
            &name,
            &Type::label().right(),
        )?;
        // where it is low, bars come closer so that each keeps its figure
        let bar = each / row.len() as f64;
        let thick = (bar * 0.74).max((bar * 0.95).min(LABEL_PX + 1.0)).min(30.0);
        let block = thick * row.len() as f64;
        for (n, bar) in row.iter().enumerate() {
            let y = middle - block / 2.0 + n as f64 * thick;
            let long = if most > 0.0 { bar.value / most * room } else { 0.0 };
            if long >= 0.5 {
                frame.canvas.title(bar.title.clone());
                frame
                    .fill([bars_left, y, bars_left + long, y + thick - 1.5], bar.role)?;
            }
            if thick >= LABEL_PX - 1.0 && width_px(&bar.words, LABEL_PX) <= VALUE_PX - 6.0
            {
                let y = y + (thick - 1.5 - LABEL_PX) / 2.0;
                frame.write(bars_left + long + 5.0, y, &bar.words, &Type::label())?;
            }
        }
    }
    let foot = first + each * panel.rows.len() as f64;
    frame.line(&[(bars_left, first), (bars_left, foot)], Role::Line, 1.0)?;
    frame.canvas.close();
    Ok(())
}
