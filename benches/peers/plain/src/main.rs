//! Profile, segments and load beside the plain road of our own: sines of every leg, the model
//! cell by cell, a branch for each zone. Prints nanoseconds a point of both, medians of rounds
//! in which each has its turn, and the largest relative difference of their totals.

use std::error::Error;

use nix::sys::time::TimeValLike;
use nix::time::{ClockId, clock_gettime};

/// Totals may differ by no more.
const RELATIVE: f64 = 1e-9;

/// One round of one road: nanoseconds a point, and what it sums up to.
type Round = (f64, Vec<f64>);

/// Reads once; gives what drives one round. Two roads, one text: their types have the same
/// names and are not the same.
macro_rules! road {
    ($road:ident, $bytes:expr) => {{
        use $road::athlete::Athlete;
        use $road::load::{Efforts, Terms};
        use $road::profile::{Profile, Sampling};
        use $road::segment::{Rules, split};
        use $road::sport::{Bike, Sport};

        let reading = $road::read::bytes($bytes).map_err(|error| error.to_string())?;
        move || -> Result<Round, Box<dyn Error>> {
            let activity = reading.activities.first().ok_or("nothing read")?;
            let (athlete, terms) = (Athlete::default(), Terms::default());
            let begin_ns = thread_ns()?;
            let profile = Profile::of(activity, Sport::Run, &Sampling::default())
                .map_err(|error| error.to_string())?;
            let segments = split(&profile, &Rules::of(Sport::Run, false)).segments;
            let efforts = Efforts::of(
                &profile,
                &segments,
                Sport::Run,
                Bike::Road,
                &athlete,
                &terms,
            );
            let whole = efforts.load(0..profile.cells());
            let each: Vec<_> =
                segments.iter().map(|s| efforts.load(s.cells.clone())).collect();
            let ns = (thread_ns()? - begin_ns) as f64 / activity.len() as f64;
            let mut totals = vec![
                segments.len() as f64,
                whole.climb_volume_m,
                whole.descent_volume_m,
                whole.concentric_load,
                whole.eccentric_load,
                whole.con_j_per_kg,
                whole.ecc_j_per_kg,
            ];
            totals.extend(whole.climb_volume_by_zone_m.iter().chain(&whole.descent_volume_by_zone_m));
            totals.extend(each.iter().map(|load| load.concentric_load));
            totals.extend(each.iter().map(|load| load.eccentric_load));
            Ok((ns, totals))
        }
    }};
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(path), Some(rounds)) = (arguments.next(), arguments.next()) else {
        return Err("hardlegs-plain FILE ROUNDS".into());
    };
    let bytes = std::fs::read(path)?;
    let (ours, plain) = (road!(ours, &bytes), road!(plain, &bytes));
    let (mut taken_ours, mut taken_plain, mut worst) = (Vec::new(), Vec::new(), 0.0_f64);
    for _ in 0..rounds.parse()? {
        let (ours_ns, ours) = ours()?;
        let (plain_ns, plain) = plain()?;
        taken_ours.push(ours_ns);
        taken_plain.push(plain_ns);
        if ours.len() != plain.len() {
            return Err("another number of segments".into());
        }
        for (a, b) in ours.iter().zip(&plain) {
            worst = worst.max((a - b).abs() / b.abs().max(1.0));
        }
    }
    if worst > RELATIVE {
        return Err(format!("totals differ by {worst:e}").into());
    }
    println!("{:.1}\t{:.1}\t{worst:.1e}", median(taken_ours), median(taken_plain));
    Ok(())
}

fn median(mut taken: Vec<f64>) -> f64 {
    taken.sort_by(f64::total_cmp);
    taken.get(taken.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Nanoseconds that this thread has computed.
fn thread_ns() -> Result<i64, Box<dyn Error>> {
    Ok(clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID)?.num_nanoseconds())
}
