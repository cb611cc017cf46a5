//! One file, scored: `cargo run --example score_one -- fixtures/fit/ridge.fit`.

#![allow(clippy::print_stdout, reason = "an example shows what it found")]

use hardlegs::Settings;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args_os().nth(1).unwrap_or("fixtures/fit/ridge.fit".into());
    let reading = hardlegs::read(path)?;
    for notice in &reading.notices {
        println!("repaired: {notice}");
    }
    let settings = Settings::default();
    // a multisport file or a chain of files holds several
    for activity in &reading {
        let report = activity.score(&settings)?;
        let (load, range) = (&report.load, &report.range);
        println!("{} {:.1} km", report.sport.name(), report.distance_m / 1000.0);
        println!("up {:.0} m, down {:.0} m", report.gain_m, report.loss_m);
        println!("concentric load {:.0}", load.concentric_load);
        let (low, high) = (range.eccentric_load.low, range.eccentric_load.high);
        println!("eccentric load {:.0} ({low:.0} to {high:.0})", load.eccentric_load);
        // null where there is too little of it to say
        if let Some(intensity) = load.eccentric_intensity() {
            println!("each step down {intensity:.1}x an easy level one");
        }
    }
    Ok(())
}
