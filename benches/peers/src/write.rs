//! Writes the inputs: one hour and a day in each form, and a folder of mixed hours.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::text::START_UNIX_S;
use crate::{Failure, bytes, outing, text};

/// `1h-*` and `24h-*` into the folder, the hours of GPX also with another comment in each point;
/// `mixed/` with so many files below it: half GPX, of both hands, half FIT, a quarter of it with
/// a developer field.
pub fn inputs(folder: &Path, files: u64) -> Result<(), Failure> {
    let mixed = folder.join("mixed");
    fs::create_dir_all(&mixed)?;
    for (name, seconds) in [("1h", 3_600), ("24h", 86_400)] {
        let outing = outing::run(seconds, 7);
        let put = |ending: &str, content: &[u8]| {
            fs::write(folder.join(format!("{name}-{ending}")), content)
        };
        for (style, content) in [
            ("garmin", text::garmin(&outing, START_UNIX_S)),
            ("strava", text::strava(&outing, START_UNIX_S)),
        ] {
            put(&format!("{style}.gpx"), content.as_bytes())?;
            if name == "1h" {
                let commented = commented(&content);
                put(&format!("{style}-comments.gpx"), commented.as_bytes())?;
            }
        }
        put("plain.fit", &bytes::fit(&outing, START_UNIX_S, false))?;
        put("developer.fit", &bytes::fit(&outing, START_UNIX_S, true))?;
    }
    for number in 0..files {
        let outing = outing::run(3_600, 1_000 + number);
        let start_unix_s = START_UNIX_S + 86_400 * number as i64;
        let content = match number % 8 {
            0 | 4 => text::garmin(&outing, start_unix_s).into_bytes(),
            2 | 6 => text::strava(&outing, start_unix_s).into_bytes(),
            kind => bytes::fit(&outing, start_unix_s, kind == 1),
        };
        let ending = if number % 2 == 0 { "gpx" } else { "fit" };
        fs::write(mixed.join(format!("{number:04}.{ending}")), content)?;
    }
    Ok(())
}

/// The same with another comment in each point: no point is written like one before it.
fn commented(gpx: &str) -> String {
    let mut commented = String::with_capacity(gpx.len() + gpx.len() / 20);
    for (number, piece) in gpx.split_inclusive("</ele>").enumerate() {
        commented.push_str(piece);
        if piece.ends_with("</ele>") {
            let _ = write!(commented, "<!-- {number} -->");
        }
    }
    commented
}
