//! `hardlegs explain`: every constant, or how the numbers of a file came about.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use hardlegs::activity::Activity;
use hardlegs::activity::HeightSensor;
use hardlegs::error::visible;
use hardlegs::evidence::Parameter;
use hardlegs::load::model::LOAD_M;
use hardlegs::load::motion::Motion;
use hardlegs::load::range::{LoadRange, Span};
use hardlegs::report::{Hill, Report};
use hardlegs::settings::Settings;
use hardlegs::write::{numbered, sign};

use crate::cli::analyze::{Refusal, open};
use crate::cli::flags::Scoring;
use crate::cli::out::Out;

/// What `explain history` says before the constants.
const HISTORY: &str = include_str!("explain_history.md");

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

/// Returns every constant, in the order in which the stages use it.
fn parameters() -> Vec<Parameter> {
    let mut all = hardlegs::settings::parameters();
    all.extend(hardlegs::history::parameters());
    all.extend(hardlegs::curve::parameters());
    all.extend(hardlegs::plan::parameters());
    all.extend(hardlegs::hills::parameters());
    all.extend(hardlegs::adaptation::parameters());
    all.extend(hardlegs::trend::parameters());
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
        out.print(&format!(
            "{HISTORY}\n{constants}\nNot medical advice: hardlegs help safety\n"
        ));
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
        match explained(activity, &settings, explain.segment.as_deref(), &visible(&name))
        {
            Ok(text) => out.print(&text),
            Err(words) => {
                Out::say(&format!("error: {words}"));
                failed = true;
            }
        }
    }
    u8::from(failed)
}

/// Returns how the numbers of an activity came about, or of one of its segments; or why not.
fn explained(
    activity: &Activity,
    settings: &Settings,
    segment: Option<&str>,
    name: &str,
) -> Result<String, String> {
    let report = Report::of(activity, settings)
        .map_err(|error| format!("{name}: {}", error.message()))?;
    let Some(wanted) = segment else { return Ok(file(&report)) };
    one(&report, wanted).ok_or_else(|| {
        format!("no segment {}. Hint: --all lists U1, D1, ...", visible(wanted))
    })
}

fn constants(parameters: &[Parameter]) -> String {
    let mut text = String::new();
    for p in parameters {
        let name =
            format!("{} = {} {}   [{}]", p.name, p.value, p.unit, p.evidence.word());
        text.push_str(&folded(&name, "    "));
        for (what, words) in [("range:  ", p.range), ("source: ", p.source)] {
            let line = format!("    {what}{words}");
            text.push_str(&folded(&line, "            "));
        }
    }
    text
}

/// Returns a line within 80 columns, the rest of it below.
fn folded(line: &str, indent: &str) -> String {
    const COLUMNS: usize = 80;
    let options = textwrap::Options::new(COLUMNS)
        .subsequent_indent(indent)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::fill(line, options) + "\n"
}

/// Returns how the numbers of a whole activity came about.
fn file(report: &Report) -> String {
    let (q, rules) = (&report.quality, &report.rules);
    let mut text = folded(
        &format!(
            "gain {:.1} m ({:.0}–{:.0}), loss {:.1} m ({:.0}–{:.0}), heights by {}: \
             {} samples on a grid, smoothed over ±{:.0} m, \
             reversals of {:.2} m and more counted (noise of a height {:.2} m); with {:.2} m \
             the gain is {:.1} m",
            report.gain_m,
            report.gain_range_m.low,
            report.gain_range_m.high,
            report.loss_m,
            report.loss_range_m.low,
            report.loss_range_m.high,
            heights_by(q.height_sensor),
            q.samples,
            q.half_width_m,
            q.turning_m,
            q.height_noise_m,
            2.0 * q.turning_m,
            q.gain_at_twice_turning_m
        ),
        "  ",
    );
    text.push_str(&loads(report));
    text.push_str(&unknowns(report));
    text.push_str(&folded(&motion(report), "  "));
    text.push('\n');
    text.push_str(&folded(
        &format!(
            "segments: entered at {:.1} %, left below {:.1} %, at least {:.0} m long and \
             {:.0} m high",
            100.0 * rules.enter_grade,
            100.0 * rules.leave_grade,
            rules.min_length_m,
            rules.min_rise_m
        ),
        "  ",
    ));
    if report.decisions.is_empty() {
        text.push_str("no candidate was merged or dropped\n");
    }
    for decision in &report.decisions {
        let at = decision.cells.start as f64 / report.cells.max(1) as f64;
        let km = at * report.distance_m / 1000.0;
        let line =
            format!(" km {km:.2}  {} candidate {}", decision.slope.name(), decision.why);
        text.push_str(&folded(&line, "    "));
    }
    text
}

/// Returns what is known of the range of motion.
fn motion(report: &Report) -> String {
    if !report.sport.on_foot() {
        return "range of motion: not to be seen in a track".to_owned();
    }
    let m = &report.motion;
    let left_out = match (m.in_doubt, m.left_out) {
        (0, 0) => String::new(),
        (0, values) => format!("; {values} values that no step has are left out"),
        (_, values) => format!(
            "; the unit of one is in doubt, as {values} values are what no step has, and it is \
             not told"
        ),
    };
    if m.classes.iter().any(Motion::is_known) {
        return format!(
            "range of motion: the angles of joints are in no recording; the sensor's rise and \
             fall of the trunk, step length and time on the ground by grade: --all{left_out}"
        );
    }
    format!(
        "range of motion: not to be seen in a track; a sensor of running dynamics tells step \
         length, time on the ground, and how far the trunk rises and falls{left_out}"
    )
}

/// Returns what the heights were measured with, in words.
fn heights_by(sensor: HeightSensor) -> &'static str {
    match sensor {
        HeightSensor::Barometer => "a barometer",
        HeightSensor::Satellites => "satellites",
        HeightSensor::Map => "a map",
        HeightSensor::Belt => "the grade of a belt",
        _ => "a sensor that is not told",
    }
}

/// Returns what the range is made of, by effect, and what makes it narrower.
fn unknowns(report: &Report) -> String {
    let (foot, whole) = (report.sport.on_foot(), &report.range);
    let load = &report.load;
    let mut text = folded(
        "range: each thing that is not known, from one end of what is reasonable to the \
         other, added as squares; never a confidence interval",
        "  ",
    );
    if report.effects.is_empty() {
        return text;
    }
    let half = |span: &Span| (span.high - span.low) / 2.0;
    let (uphill, downhill) = ("uphill load", "downhill load");
    let judged = if foot { downhill } else { uphill };
    let _ = writeln!(
        text,
        " not known  between                {uphill:>13}  {:>13}  if known",
        if foot { downhill } else { "" }
    );
    for effect in &report.effects {
        let off = |span: &Span, load: f64| {
            format!(
                "−{:.1} +{:.1}",
                (load - span.low).max(0.0),
                (span.high - load).max(0.0)
            )
        };
        let down = if foot {
            off(&effect.alone.eccentric_load, load.eccentric_load)
        } else {
            String::new()
        };
        let of = |range: &LoadRange| {
            half(if foot { &range.eccentric_load } else { &range.concentric_load })
        };
        let _ = writeln!(
            text,
            " {:<9}  {:<21}  {:>13}  {down:>13}  ±{:.1} → ±{:.1}",
            effect.unknown.name(),
            format!("{} / {}", effect.low, effect.high),
            off(&effect.alone.concentric_load, load.concentric_load),
            of(whole),
            of(&effect.without),
        );
    }
    let remedies = remedies(report);
    if !remedies.is_empty() {
        let line = format!(" a narrower {judged}: {}", remedies.join(" · "));
        text.push_str(&folded(&line, "   "));
    }
    text
}

/// Returns what narrows the range by a twentieth and more, the most first.
fn remedies(report: &Report) -> Vec<&'static str> {
    const TOLD_SHARE: f64 = 0.05;
    let width = |span: &Span| span.high - span.low;
    let whole = &report.range;
    let all = width(&whole.concentric_load) + width(&whole.eccentric_load);
    let mut remedies = Vec::new();
    for effect in &report.effects {
        let remedy = effect.unknown.remedy();
        if effect.gain(whole) >= TOLD_SHARE * all && !remedies.contains(&remedy) {
            remedies.push(remedy);
        }
    }
    remedies
}

/// Returns load = volume × intensity / 20, of both directions.
fn loads(report: &Report) -> String {
    let (load, foot) = (&report.load, report.sport.on_foot());
    let mut text = String::new();
    let _ = writeln!(
        text,
        "uphill load (concentric):  {}",
        product(load.climb_volume_m, load.concentric_intensity(), load.concentric_load)
    );
    if foot {
        let _ = writeln!(
            text,
            "downhill load (eccentric): {}",
            product(
                load.descent_volume_m,
                load.eccentric_intensity(),
                load.eccentric_load
            )
        );
    }
    text.push_str(if foot {
        "metres: of your own weight, a pack counts; intensity: muscle work of a step,\n\
         w(grade) × speed / cadence, over that of an easy level step, 0.74 J/kg\n"
    } else {
        "metres: of your own weight, as far as your power lifts it, the bicycle's share\n\
         included; intensity: work of half a turn of the cranks over 0.74 J/kg\n"
    });
    text
}

/// Returns a load as it comes about.
fn product(volume_m: f64, intensity: Option<f64>, load: f64) -> String {
    match intensity {
        Some(intensity) => {
            format!("{volume_m:.0} m × {intensity:.2} / {:.0} = {load:.1}", LOAD_M.value)
        }
        None => format!("{load:.1}; {volume_m:.0} m are too few for an intensity"),
    }
}

/// Returns how the numbers of one segment came about.
fn one(report: &Report, wanted: &str) -> Option<String> {
    let rows = numbered(&report.segments);
    let (name, hill) = rows.iter().find(|(name, _)| name == wanted)?;
    Some(segment(&format!("{} {name}", sign(hill)), hill))
}

fn segment(name: &str, hill: &Hill) -> String {
    let load = &hill.load;
    let up = hill.rise_m >= 0.0;
    let (word, volume_m, intensity, score, range) = if up {
        (
            "uphill load (concentric)",
            load.climb_volume_m,
            load.concentric_intensity(),
            load.concentric_load,
            hill.range.as_ref().map(|r| r.concentric_load),
        )
    } else {
        (
            "downhill load (eccentric)",
            load.descent_volume_m,
            load.eccentric_intensity(),
            load.eccentric_load,
            hill.range.as_ref().map(|r| r.eccentric_load),
        )
    };
    let mut text = String::new();
    let _ = writeln!(text, "{name} {word}: {}", product(volume_m, intensity, score));
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
    let zones =
        if up { load.climb_volume_by_zone_m } else { load.descent_volume_by_zone_m };
    let _ = writeln!(
        text,
        "   metres by intensity: easy {:.0}, moderate {:.0}, hard {:.0}, very hard {:.0}",
        zones[0], zones[1], zones[2], zones[3]
    );
    if let Some(range) = range {
        let _ = writeln!(
            text,
            "   range {:.1} to {:.1}, by everything that is not known",
            range.low, range.high
        );
    }
    text
}
