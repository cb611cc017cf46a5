//! `hardlegs explain`: every constant, or how the numbers of a file came about.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use hardlegs::error::visible;
use hardlegs::evidence::Parameter;
use hardlegs::report::{Hill, Report};
use hardlegs::write::history::text::{CAUTION, RULES};
use hardlegs::write::{numbered, sign};

use crate::cli::analyze::{Refusal, open};
use crate::cli::flags::Scoring;
use crate::cli::out::Out;

#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// A file, the name of a constant (or its beginning), or history; nothing: every constant
    #[arg(value_name = "FILE|NAME")]
    what: Option<PathBuf>,
    /// One climb or descent of the file: U1, D2
    #[arg(value_name = "SEGMENT")]
    segment: Option<String>,
    #[command(flatten)]
    scoring: Scoring,
}

/// Every constant, in the order of the road.
fn parameters() -> Vec<Parameter> {
    let mut all = hardlegs::settings::parameters();
    all.extend(hardlegs::history::parameters());
    all.extend(hardlegs::plan::parameters());
    all
}

/// Runs; the exit code.
pub(crate) fn run(explain: &Explain, out: &mut Out) -> u8 {
    let Some(what) = &explain.what else {
        out.print(&constants(&parameters()));
        return 0;
    };
    let name = what.to_string_lossy();
    if name == "history" && !what.exists() {
        let constants = constants(&hardlegs::history::parameters());
        out.print(&format!("{RULES}\n{constants}\n{CAUTION}"));
        return 0;
    }
    let named: Vec<Parameter> =
        parameters().into_iter().filter(|p| p.name.starts_with(&*name)).collect();
    if !named.is_empty() && !what.exists() {
        out.print(&constants(&named));
        return 0;
    }
    let settings = match explain.scoring.settle() {
        Ok(settled) => settled.settings,
        Err(words) => {
            Out::say(&words);
            return 2;
        }
    };
    let reading = match open(what) {
        Ok(reading) => reading,
        Err(Refusal::Usage(words)) => {
            Out::say(&words);
            return 2;
        }
        Err(Refusal::File(error)) => {
            Out::say(&format!("error: {}: {}", visible(&name), error.message()));
            return 1;
        }
    };
    let mut failed = false;
    for activity in &reading.activities {
        match Report::of(activity, &settings) {
            Ok(report) => match &explain.segment {
                None => out.print(&file(&report)),
                Some(wanted) => {
                    if let Some(text) = one(&report, wanted) {
                        out.print(&text);
                    } else {
                        Out::say(&format!(
                            "error: no segment {}. Hint: --all lists U1, D1, ...",
                            visible(wanted)
                        ));
                        failed = true;
                    }
                }
            },
            Err(error) => {
                Out::say(&format!("error: {}: {}", visible(&name), error.message()));
                failed = true;
            }
        }
    }
    u8::from(failed)
}

fn constants(parameters: &[Parameter]) -> String {
    let mut text = String::new();
    for p in parameters {
        let _ = writeln!(
            text,
            "{} = {} {}   [{}]\n    range:  {}\n    source: {}",
            p.name,
            p.value,
            p.unit,
            p.evidence.word(),
            p.range,
            p.source
        );
    }
    text
}

/// How the numbers of a whole activity came about.
fn file(report: &Report) -> String {
    let mut text = String::new();
    let (q, load, rules) = (&report.quality, &report.load, &report.rules);
    let _ = writeln!(
        text,
        "gain {:.1} m, loss {:.1} m: {} samples on a grid, smoothed over ±{:.0} m, reversals of\n\
         {:.2} m and more counted (noise of a height {:.2} m); with {:.2} m the gain is {:.1} m",
        report.gain_m,
        report.loss_m,
        q.samples,
        q.half_width_m,
        q.turning_m,
        q.height_noise_m,
        2.0 * q.turning_m,
        q.gain_at_twice_turning_m
    );
    let half = |points: f64, severity: Option<f64>, load: f64| match severity {
        Some(s) => format!("{points:.1} points × {s:.2} / 2 = {load:.1}"),
        None => format!("{points:.1} points, too few for a severity; load {load:.1}"),
    };
    let _ = writeln!(
        text,
        "concentric load: {}",
        half(load.climb_points, load.concentric_severity(), load.concentric_load)
    );
    if report.sport.on_foot() {
        let _ = writeln!(
            text,
            "eccentric load:  {}",
            half(load.descent_points, load.eccentric_severity(), load.eccentric_load)
        );
        let _ = writeln!(
            text,
            "severity: muscle work of a step, w(grade) × speed / cadence, against an easy level\n\
             step of 0.74 J/kg; points: your own weight moved by 10 m"
        );
    } else {
        let _ = writeln!(
            text,
            "severity: work of half a turn of the cranks against 0.74 J/kg; points: your own weight\n\
             lifted by 10 m, as far as your power covers it, the bicycle's share included"
        );
    }
    let _ = writeln!(
        text,
        "range: smoothing halved and doubled, stride constants{}; never a confidence interval",
        if report.sport.on_foot() {
            ", assumed cadence ±10 %"
        } else {
            ", drag, rolling, wind"
        }
    );
    let _ = writeln!(
        text,
        "\nsegments: entered at {:.1} %, left below {:.1} %, at least {:.0} m long and {:.0} m high",
        100.0 * rules.enter_grade,
        100.0 * rules.leave_grade,
        rules.min_length_m,
        rules.min_rise_m
    );
    if report.decisions.is_empty() {
        text.push_str("no candidate was merged or dropped\n");
    }
    for decision in &report.decisions {
        let _ = writeln!(
            text,
            " km {:.2}  {} candidate {}",
            decision.cells.start as f64 * report.distance_m
                / report.cells.max(1) as f64
                / 1000.0,
            decision.slope.name(),
            decision.why
        );
    }
    text
}

/// How the numbers of one segment came about.
fn one(report: &Report, wanted: &str) -> Option<String> {
    let rows = numbered(&report.segments);
    let (name, hill) = rows.iter().find(|(name, _)| name == wanted)?;
    Some(segment(&format!("{} {name}", sign(hill)), hill))
}

fn segment(name: &str, hill: &Hill) -> String {
    let load = &hill.load;
    let up = hill.rise_m >= 0.0;
    let (word, points, severity, score, range) = if up {
        (
            "concentric",
            load.climb_points,
            load.concentric_severity(),
            load.concentric_load,
            hill.range.as_ref().map(|r| r.concentric_load),
        )
    } else {
        (
            "eccentric",
            load.descent_points,
            load.eccentric_severity(),
            load.eccentric_load,
            hill.range.as_ref().map(|r| r.eccentric_load),
        )
    };
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{name} {word} load {score:.1} = {points:.1} points × {} / 2",
        severity.map_or("–".to_owned(), |s| format!("{s:.2}"))
    );
    let _ = writeln!(
        text,
        "   {:+.0} m over {:.2} km from km {:.2}, mean grade {:.1} %, steepest 30 m {:.1} %",
        hill.rise_m,
        hill.length_m / 1000.0,
        hill.from_m / 1000.0,
        100.0 * hill.mean_grade,
        100.0 * hill.max_grade
    );
    if let (Some(speed), Some(cadence)) = (hill.speed_m_per_s, hill.cadence_per_min) {
        let _ = writeln!(
            text,
            "   mean speed {speed:.2} m/s, {cadence:.0} a minute recorded"
        );
    }
    let zones = if up { load.climb_zones } else { load.descent_zones };
    let _ = writeln!(
        text,
        "   points by step: easy {:.1}, moderate {:.1}, hard {:.1}, very hard {:.1}",
        zones[0], zones[1], zones[2], zones[3]
    );
    if let Some(range) = range {
        let _ = writeln!(
            text,
            "   could be {:.1} to {:.1}, one setting changed at a time",
            range.low, range.high
        );
    }
    text
}
