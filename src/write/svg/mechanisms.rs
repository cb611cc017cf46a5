//! The five mechanisms of hill training, each in its own unit, over the activity's own climbs
//! and descents: no scale is invented.

use crate::load::mechanisms::{Figure, LONG_CLIMB_S};
use crate::report::{Hill, Report};
use crate::segment::Slope;
use crate::write::svg::frame::{Drawn, Frame, LABEL_PX, TEXT_PX, Type};
use crate::write::svg::lettering::{fitted, width_px};
use crate::write::svg::palette::Role;
use crate::write::units::percent;
use crate::write::words::numbered;

/// Narrowest panel.
const PANEL_PX: f64 = 180.0;
const GUTTER_PX: f64 = 22.0;
const ROW_PX: f64 = 22.0;
const NAME_PX: f64 = 40.0;
const FIGURE_PX: f64 = 22.0;
/// Where the bars of a panel begin, at one height in all.
const BARS_TOP_PX: f64 = TEXT_PX + FIGURE_PX + 2.0 * LABEL_PX + 26.0;
/// Space below a row of panels.
const ROW_GAP_PX: f64 = 20.0;

struct Panel {
    heading: &'static str,
    /// The figure of the activity, or why there is none.
    figure: String,
    /// What the figure is, and what goes with it.
    words: String,
    /// What the bars are.
    of: &'static str,
    bars: Vec<Bar>,
}

impl Panel {
    /// Returns the height of everything it has to say.
    fn height_px(&self) -> f64 {
        let most = self.bars.iter().map(|bar| bar.value).fold(0.0, f64::max);
        let bars = largest(&self.bars, self.bars.len(), most).len();
        let heading = usize::from(bars > 0);
        BARS_TOP_PX + (bars + heading) as f64 * ROW_PX
    }
}

/// Value, words and colour of a hill, where it has them.
type OfHill<'a> = &'a dyn Fn(&Hill) -> Option<(f64, String, Role)>;

struct Bar {
    name: String,
    value: f64,
    words: String,
    role: Role,
}

pub(super) fn draw(frame: &mut Frame<'_>) -> Drawn {
    let y = frame.heading("five mechanisms of hill training")?;
    let panels = panels(frame);
    let edge = frame.edge_px();
    let room = frame.width - 2.0 * edge + GUTTER_PX;
    let mut across = panels.len();
    while across > 1 && room / (across as f64) < PANEL_PX {
        across -= 1;
    }
    let down = panels.len().div_ceil(across);
    let (width, most) = (room / across as f64, (frame.height - y - 10.0) / down as f64);
    let mut top = y;
    for row in panels.chunks(across) {
        for (k, panel) in row.iter().enumerate() {
            let left = edge + k as f64 * width;
            draw_panel(frame, panel, left, top, width - GUTTER_PX, most - 8.0)?;
        }
        // a row is as high as the panel that says most in it
        let content = row.iter().map(Panel::height_px).fold(0.0, f64::max);
        top += most.min(content + ROW_GAP_PX);
    }
    frame.height = frame.height.min(top + 10.0);
    Ok(())
}

/// Returns a figure in words, or why there is none.
fn figure(figure: &Figure, show: impl Fn(f64) -> String) -> String {
    match figure {
        Ok(value) => show(*value),
        Err(_) => "–".to_owned(),
    }
}

fn because(figure: &Figure, words: &str) -> String {
    match figure {
        Ok(_) => words.to_owned(),
        Err(why) => format!("not known: {why}"),
    }
}

/// The activity and its hills by name: what the panels are made of.
struct Parts<'r> {
    report: &'r Report,
    hills: Vec<(String, &'r Hill)>,
}

fn panels(frame: &Frame<'_>) -> [Panel; 5] {
    let parts = Parts { report: frame.shows, hills: numbered(&frame.shows.segments) };
    [
        parts.recruitment(),
        parts.eccentric(),
        parts.power(),
        parts.aerobic(),
        parts.tissue(),
    ]
}

impl Parts<'_> {
    fn bars(&self, slope: Slope, of: OfHill<'_>) -> Vec<Bar> {
        self.hills
            .iter()
            .filter(|(_, hill)| hill.slope == Some(slope))
            .filter_map(|(name, hill)| {
                let (value, words, role) = of(hill)?;
                Some(Bar { name: name.clone(), value, words, role })
            })
            .collect()
    }

    fn recruitment(&self) -> Panel {
        let m = &self.report.mechanisms;
        let (figure, words) = if self.report.sport.on_foot() {
            let share = &m.hard_climb_share;
            (
                figure(share, percent),
                because(share, "of climbing steps hard (2× and more)"),
            )
        } else {
            let torque = &m.climb_torque_nm_per_kg;
            (
                figure(torque, |v| format!("{v:.2} N m/kg")),
                because(torque, "torque on climbs"),
            )
        };
        let bars = self.bars(Slope::Climb, &|hill| {
            let intensity = hill.load.concentric_intensity()?;
            let role = Role::uphill(hill.load.concentric_load, hill.load.climb_volume_m);
            Some((intensity, format!("{intensity:.1}×"), role))
        });
        Panel { heading: "1 muscles", figure, words, of: "intensity by climb", bars }
    }

    fn eccentric(&self) -> Panel {
        let foot = self.report.sport.on_foot();
        let load = self.report.load.eccentric_load;
        Panel {
            heading: "2 downhill load",
            figure: if foot { format!("{load:.0}") } else { "–".to_owned() },
            words: match &self.report.mechanisms.hard_descent_share {
                Ok(share) => format!("eccentric, {} of it hard", percent(*share)),
                Err(why) if foot => (*why).to_owned(),
                Err(_) => "not scored on a ride".to_owned(),
            },
            of: "load by descent",
            bars: self.bars(Slope::Descent, &|hill| {
                let load = hill.load.eccentric_load;
                let role = Role::downhill(load, hill.load.descent_volume_m);
                foot.then(|| (load, format!("{load:.0}"), role))
            }),
        }
    }

    fn power(&self) -> Panel {
        let best = &self.report.mechanisms.best_60s_up_w_per_kg;
        Panel {
            heading: "3 power",
            figure: figure(best, |v| format!("{v:.1} W/kg")),
            words: because(best, "best minute up"),
            of: "best minute by climb",
            bars: self.bars(Slope::Climb, &|hill| {
                hill.best_60s_w_per_kg.map(|w| (w, format!("{w:.1}"), Role::Uphill(1)))
            }),
        }
    }

    fn aerobic(&self) -> Panel {
        let m = &self.report.mechanisms;
        Panel {
            heading: "4 endurance",
            figure: figure(&m.long_climb_min, |v| format!("{v:.0} min")),
            words: match (&m.long_climb_min, &m.long_climb_hard_min) {
                (Ok(_), Ok(hard)) => {
                    format!("in climbs of 4 min and more, {hard:.0} hard")
                }
                (Ok(_), Err(_)) => "in climbs of 4 min and more".to_owned(),
                (Err(why), _) => format!("not known: {why}"),
            },
            of: "minutes, dark from 4",
            bars: self.bars(Slope::Climb, &|hill| {
                let seconds = hill.moving_s?;
                let long = seconds >= LONG_CLIMB_S.value;
                let role = if long { Role::Uphill(2) } else { Role::Uphill(0) };
                Some((seconds, format!("{:.0}", seconds / 60.0), role))
            }),
        }
    }

    fn tissue(&self) -> Panel {
        let m = &self.report.mechanisms;
        let hard = m.hard_steps_up.and_then(|up| m.hard_steps_down.map(|down| up + down));
        let bars = self.hills.iter().filter_map(|(name, hill)| {
            let (_, hard) = hill.steps?;
            let climbs = hill.slope == Some(Slope::Climb);
            Some(Bar {
                name: name.clone(),
                value: hard,
                words: format!("{hard:.0}"),
                role: if climbs { Role::Uphill(2) } else { Role::Downhill(2) },
            })
        });
        Panel {
            heading: "5 tendons",
            figure: figure(&hard, |v| format!("{v:.0}")),
            words: because(&hard, "hard steps, up and down"),
            of: "hard steps by hill",
            bars: bars.collect(),
        }
    }
}

fn draw_panel(
    frame: &Frame<'_>,
    panel: &Panel,
    left: f64,
    top: f64,
    width: f64,
    height: f64,
) -> Drawn {
    frame.canvas.open("panel");
    let ink = Type::text().ink().bold();
    frame.write(left, top, panel.heading, &ink)?;
    let mut y = top + TEXT_PX + 6.0;
    let big = Type { size_px: FIGURE_PX, ..ink };
    frame.write(left, y, &panel.figure, &big)?;
    y += FIGURE_PX + 6.0;
    for line in wrapped(&panel.words, width).iter().take(2) {
        frame.write(left, y, line, &Type::label())?;
        y += LABEL_PX + 3.0;
    }
    let mut y = top + BARS_TOP_PX;
    let room = ((top + height - y - ROW_PX) / ROW_PX).floor().max(0.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "some rows"
    )]
    let room = room as usize;
    if panel.bars.is_empty() || room == 0 {
        frame.canvas.close();
        return Ok(());
    }
    let most = panel.bars.iter().map(|bar| bar.value).fold(0.0, f64::max);
    let shown = largest(&panel.bars, room, most);
    if !shown.is_empty() {
        frame.write(left, y, &fitted(panel.of, LABEL_PX, width), &Type::label())?;
        y += ROW_PX;
    }
    let value_px =
        shown.iter().map(|bar| width_px(&bar.words, LABEL_PX)).fold(0.0, f64::max) + 6.0;
    let long = (width - NAME_PX - value_px).max(10.0);
    for bar in shown {
        let share = if most > 0.0 { bar.value / most } else { 0.0 };
        frame.write(left, y + 2.0, &bar.name, &Type::label())?;
        let end = left + NAME_PX + share * long;
        if share * long >= 0.5 {
            frame.canvas.title(format!("{}: {}", bar.name, bar.words));
            frame.fill([left + NAME_PX, y, end, y + ROW_PX - 5.0], bar.role)?;
        }
        frame.write(end + 4.0, y + 2.0, &bar.words, &Type::label())?;
        y += ROW_PX;
    }
    frame.canvas.close();
    Ok(())
}

/// Returns the largest so many, in the order of the route; none that is nothing beside the
/// highest.
fn largest(bars: &[Bar], most: usize, highest: f64) -> Vec<&Bar> {
    let mut values: Vec<f64> = bars
        .iter()
        .map(|bar| bar.value)
        .filter(|value| *value > 0.001 * highest)
        .collect();
    values.sort_by(|a, b| b.total_cmp(a));
    let Some(least) = values.get(most.saturating_sub(1)).or(values.last()) else {
        return Vec::new();
    };
    bars.iter().filter(|bar| bar.value >= *least).take(most).collect()
}

/// Returns the words in lines of at most so many pixels.
fn wrapped(text: &str, width: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line)
                if width_px(line, LABEL_PX)
                    + width_px(word, LABEL_PX)
                    + LABEL_PX * 0.42
                    <= width =>
            {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
