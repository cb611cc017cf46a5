//! The same file with settings of your own: `cargo run --example own_parameters -- FILE`.
//!
//! What can be set are the fields of `Settings`: who moves (`athlete`, or dated in `person`),
//! the grid and its smoothing (`sampling`), the split (`thresholds`), and of the model
//! (`terms`) the two strides, gait and cadence, and the bicycle. Any other constant is part of
//! what a load means: `hardlegs explain` lists them all with their sources.

#![allow(clippy::print_stdout, reason = "an example shows what it found")]

use hardlegs::Settings;
use hardlegs::load::model::Stride;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args_os().nth(1).unwrap_or("fixtures/fit/ridge.fit".into());
    let reading = hardlegs::read(path)?;
    let ours = Settings::default();

    let mut yours = Settings::default();
    yours.athlete.mass_kg = Some(62.0);
    yours.athlete.pack_kg = Some(5.0);
    // w0 and e of the model, J/kg/m: a bouncier stride with less of it handed back
    yours.terms.run = Stride { bounce: 1.35, elastic: 0.50 };
    // rolling hills are one climb, and what rises less than 30 m is none
    yours.thresholds.min_rise_m = Some(30.0);
    yours.thresholds.merge_rise_m = Some(15.0);
    yours.sampling.smoothing = 1.5;

    for (whose, settings) in [("ours", ours), ("yours", yours)] {
        let report = reading.activities[0].score(&settings)?;
        let load = &report.load;
        println!(
            "{whose:5} {:5.0} m down, each step {:.2}x: eccentric load {:5.1}, {} segments",
            load.descent_volume_m,
            load.eccentric_intensity().unwrap_or(f64::NAN),
            load.eccentric_load,
            report.segments.len(),
        );
    }
    Ok(())
}
