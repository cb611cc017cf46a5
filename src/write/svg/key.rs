//! What the colours mean, in words and as a key.

use crate::load::kernel::ZONE_BEGINS;
use crate::report::{STEEPNESS_BEGINS, Steepness};
use crate::write::svg::frame::{Drawn, Frame, LABEL_PX, Type};
use crate::write::svg::lettering::width_px;
use crate::write::svg::palette::Role;

/// Grades as a band with the numbers at its borders; zones of severity in words.
pub(super) fn grade_and_severity(frame: &Frame<'_>, y: f64) -> Drawn {
    const BOX_PX: f64 = 38.0;
    frame.canvas.open("key");
    frame.write(24.0, y, "grade %", &Type::label())?;
    let left = 24.0 + width_px("grade %", LABEL_PX) + 8.0;
    for (k, steepness) in Steepness::ALL.iter().enumerate() {
        let x = left + k as f64 * BOX_PX;
        frame.fill([x, y, x + BOX_PX, y + 12.0], Role::Grade(*steepness))?;
    }
    for k in 0..8_usize {
        let begin = STEEPNESS_BEGINS[if k < 4 { 3 - k } else { k - 4 }] * 100.0;
        let sign = if k < 4 { "−" } else { "" };
        let x = left + (k as f64 + 1.0) * BOX_PX;
        frame.write(x, y + 15.0, &format!("{sign}{begin}"), &Type::label().centred())?;
    }
    let second = frame.width < 980.0;
    let (mut x, y) =
        if second { (24.0, y + 38.0) } else { (left + 9.0 * BOX_PX + 34.0, y) };
    let words = zone_words();
    let foot = frame.shows.sport.on_foot();
    let each = if foot { "each step" } else { "each push" };
    frame.write(x, y, each, &Type::label())?;
    x += width_px(each, LABEL_PX) + 10.0;
    for (zone, words) in words.iter().enumerate() {
        let half = if foot { y + 6.0 } else { y + 13.0 };
        frame.fill([x, y - 1.0, x + 14.0, half], Role::Push(zone))?;
        if foot {
            frame.fill([x, y + 6.0, x + 14.0, y + 13.0], Role::Brake(zone))?;
        }
        frame.write(x + 19.0, y, words, &Type::label())?;
        x += 19.0 + width_px(words, LABEL_PX) + 12.0;
    }
    if x + 120.0 < frame.width {
        frame.line(&[(x + 4.0, y + 4.0), (x + 22.0, y + 4.0)], Role::PushLine, 1.5)?;
        if foot {
            frame.line(
                &[(x + 4.0, y + 8.5), (x + 22.0, y + 8.5)],
                Role::BrakeLine,
                1.5,
            )?;
        }
        frame.write(x + 28.0, y, "running total", &Type::label())?;
        x += 28.0 + width_px("running total", LABEL_PX) + 16.0;
        let bar_m = frame.shows.silhouette.stretches.first().map_or(0.0, |s| s.length_m);
        let words = format!("bars: load per {bar_m:.0} m");
        if x + width_px(&words, LABEL_PX) < frame.width - 8.0 {
            frame.write(x, y, &words, &Type::label())?;
        }
    }
    frame.canvas.close();
    Ok(())
}

/// Zones of severity in words.
pub(super) fn zone_words() -> [String; 4] {
    let [one, two, three] = ZONE_BEGINS;
    [
        format!("under {one}x"),
        format!("{one}–{two}x"),
        format!("{two}–{three}x"),
        format!("over {three}x"),
    ]
}

/// A class in words, rise over run in percent.
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
