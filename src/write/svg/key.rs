//! What the colours mean, in words: a key that takes as many lines as the picture is wide.

use crate::load::kernel::ZONE_BEGINS;
use crate::report::{STEEPNESS_BEGINS, Steepness};
use crate::write::svg::frame::{Drawn, Frame, LABEL_PX, Type, Wrote};
use crate::write::svg::lettering::width_px;
use crate::write::svg::palette::Role;

/// Height of a line of the key.
const LINE_PX: f64 = 20.0;
/// Space behind an entry.
const GAP_PX: f64 = 12.0;
/// From this width on the two keys of the route stand side by side.
const WIDE_PX: f64 = 1080.0;
/// A lower picture keeps its height for the route.
const TALL_PX: f64 = 480.0;

/// What is drawn before the words of an entry.
#[derive(Debug, Clone, Copy)]
pub(super) enum Sample {
    /// Nothing.
    None,
    /// A box.
    Box(Role),
    /// A box of two colours: uphill above, downhill below.
    Pair(Role, Role),
    /// A line.
    Line(Role),
    /// Two lines, uphill above downhill.
    Lines,
    /// The sign of a range.
    Range,
}

impl Sample {
    fn width_px(self) -> f64 {
        match self {
            Sample::None => 0.0,
            Sample::Box(_) | Sample::Pair(..) => 19.0,
            Sample::Line(_) | Sample::Lines => 24.0,
            Sample::Range => 15.0,
        }
    }

    fn draw<S>(self, frame: &Frame<'_, S>, x: f64, y: f64) -> Drawn {
        match self {
            Sample::None => Ok(()),
            Sample::Box(role) => frame.fill([x, y, x + 14.0, y + 12.0], role),
            Sample::Pair(upper, lower) => {
                frame.fill([x, y - 1.0, x + 14.0, y + 6.0], upper)?;
                frame.fill([x, y + 6.0, x + 14.0, y + 13.0], lower)
            }
            Sample::Line(role) => {
                frame.line(&[(x, y + 6.0), (x + 18.0, y + 6.0)], role, 1.6)
            }
            Sample::Lines => {
                for (role, down) in [(Role::UphillLine, 4.0), (Role::DownhillLine, 8.5)] {
                    frame.line(&[(x, y + down), (x + 18.0, y + down)], role, 1.6)?;
                }
                Ok(())
            }
            Sample::Range => {
                frame.line(&[(x + 5.0, y), (x + 5.0, y + 12.0)], Role::Line, 1.2)?;
                for end in [y, y + 12.0] {
                    frame.line(&[(x + 1.0, end), (x + 9.0, end)], Role::Line, 1.2)?;
                }
                Ok(())
            }
        }
    }
}

/// An entry of the key.
pub(super) type Entry = (Sample, String);

/// Draws entries one after the other, on as many lines as they need; returns where the next
/// free line begins, px.
pub(super) fn flow<S>(frame: &Frame<'_, S>, y: f64, entries: &[Entry]) -> Wrote {
    flow_from(frame, frame.edge_px(), y, entries)
}

/// The same, the first line from an x on.
fn flow_from<S>(frame: &Frame<'_, S>, x: f64, y: f64, entries: &[Entry]) -> Wrote {
    let (mut x, mut y) = (x, y);
    let left = frame.edge_px();
    frame.canvas.open("key");
    for (sample, words) in entries {
        let width = sample.width_px() + width_px(words, LABEL_PX);
        if x > left && x + width > frame.width - 8.0 {
            (x, y) = (left, y + LINE_PX);
        }
        sample.draw(frame, x, y)?;
        frame.write(x + sample.width_px(), y, words, &Type::label())?;
        x += width + GAP_PX;
    }
    frame.canvas.close();
    Ok(y + LINE_PX)
}

/// Draws the key of the route: grades as a band with the numbers at its borders, zones of
/// intensity in words, and what the lines and bars are.
pub(super) fn grade_and_intensity(frame: &Frame<'_>, y: f64) -> Wrote {
    const BOX_PX: f64 = 38.0;
    frame.canvas.open("key");
    let edge = frame.edge_px();
    frame.write(edge, y, "grade %", &Type::label())?;
    let left = edge + width_px("grade %", LABEL_PX) + 8.0;
    // where the band has no room beside its name it stands below it
    let (left, y) = if frame.is_narrow() { (edge, y + 16.0) } else { (left, y) };
    let each = BOX_PX.min((frame.width - left - edge) / 9.0);
    for (k, steepness) in Steepness::ALL.iter().enumerate() {
        let x = left + k as f64 * each;
        frame.fill([x, y, x + each, y + 12.0], Role::Grade(*steepness))?;
    }
    for k in 0..8_usize {
        let begin = STEEPNESS_BEGINS[if k < 4 { 3 - k } else { k - 4 }] * 100.0;
        let sign = if k < 4 { "−" } else { "" };
        let x = left + (k as f64 + 1.0) * each;
        frame.write(x, y + 15.0, &format!("{sign}{begin}"), &Type::label().centred())?;
    }
    frame.canvas.close();
    let foot = frame.shows.sport.on_foot();
    if frame.width >= WIDE_PX {
        flow_from(frame, left + 9.0 * each + 34.0, y, &lines_and_bars(frame, foot))?;
        return flow(frame, y + 36.0, &intensity(foot));
    }
    let mut entries = intensity(foot);
    if frame.height >= TALL_PX {
        entries.extend(lines_and_bars(frame, foot));
    }
    flow(frame, y + 36.0, &entries)
}

/// Returns what the lines and the bars below the route are.
fn lines_and_bars(frame: &Frame<'_>, foot: bool) -> Vec<Entry> {
    let bar_m = frame.shows.silhouette.stretches.first().map_or(0.0, |s| s.length_m);
    let up = "uphill load, concentric, so far".to_owned();
    let down = "downhill load, eccentric, so far".to_owned();
    let mut entries = vec![(Sample::Line(Role::UphillLine), up)];
    if foot {
        entries.push((Sample::Line(Role::DownhillLine), down));
    }
    entries.push((Sample::None, format!("bars: load per {bar_m:.0} m")));
    entries
}

/// Zones of intensity, in both colours on foot.
pub(super) fn intensity(foot: bool) -> Vec<Entry> {
    let each = if foot { "each step:" } else { "each half turn:" };
    let zones = zone_words().into_iter().enumerate().map(|(zone, words)| {
        let sample = if foot {
            Sample::Pair(Role::Uphill(zone), Role::Downhill(zone))
        } else {
            Sample::Box(Role::Uphill(zone))
        };
        (sample, words)
    });
    [(Sample::None, each.to_owned())].into_iter().chain(zones).collect()
}

/// Zones of intensity in words.
pub(super) fn zone_words() -> [String; 4] {
    let [one, two, three] = ZONE_BEGINS;
    [
        format!("easy <{one}×"),
        format!("moderate {one}–{two}×"),
        format!("hard {two}–{three}×"),
        format!("very hard >{three}×"),
    ]
}

/// Returns a class in words, rise over run in percent.
pub(super) fn class_words(steepness: Steepness) -> String {
    let class = steepness.class();
    let begin = |k: usize| STEEPNESS_BEGINS[k] * 100.0;
    let (sign, k) = (if class < 0 { "−" } else { "" }, usize::from(class.unsigned_abs()));
    match k {
        0 => format!("level ±{} %", begin(0)),
        4 if class > 0 => format!("over {} %", begin(3)),
        4 => format!("under −{} %", begin(3)),
        k => format!("{sign}{} to {sign}{} %", begin(k - 1), begin(k)),
    }
}
