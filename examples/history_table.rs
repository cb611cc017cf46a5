//! A folder, or an export in its zip, to a table of weeks:
//! `cargo run --example history_table -- fixtures`.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example shows what it found"
)]

use std::path::PathBuf;

use hardlegs::batch;
use hardlegs::history::{Period, Session};
use hardlegs::inputs::{Input, under};
use hardlegs::read::{self, Limits};
use hardlegs::settings::Weekday;
use hardlegs::{Error, History, Settings};

/// The sessions of one input.
fn sessions(input: Input, settings: &Settings) -> Result<Vec<Session>, Error> {
    let bytes = input.into_bytes(&Limits::default())?;
    let id = batch::id(&bytes);
    let reading = read::bytes(&bytes)?;
    let mut found = Vec::new();
    for (index, activity) in reading.activities.iter().enumerate() {
        let report = activity.score(settings)?;
        let notices = reading.notices.len() as u64;
        // a course has no day
        found.extend(Session::of(&report, activity, (&id, index + 1), notices));
    }
    Ok(found)
}

fn main() {
    let folder = std::env::args_os().nth(1).unwrap_or("fixtures".into());
    let settings = Settings::default();
    let mut all = Vec::new();
    for input in under(&PathBuf::from(folder)) {
        let path = input.path.clone();
        match sessions(input, &settings) {
            Ok(sessions) => all.extend(sessions),
            Err(error) => eprintln!("{path}: {error}"),
        }
    }
    let Some(on) = all.iter().map(|session| session.day).max() else { return };
    // nobody is asked for traces: recordings whose clocks differ by hours stay two
    let history = History::of(all, &|_| None, on, Weekday::Monday);
    println!("week        sessions  down m  concentric  eccentric");
    for week in history.by(Period::Week, None) {
        println!(
            "{}  {:8}  {:6.0}  {:10.1}  {:9.1}",
            week.from,
            week.foot.sessions + week.ride.sessions,
            week.foot.loss_m,
            week.foot.concentric_load + week.ride.concentric_load,
            week.foot.eccentric_load,
        );
    }
    println!("{} recorded twice, counted once", history.duplicates.len());
}
