//! `hardlegs plan COURSE`: a race or route held against the history.

use std::path::PathBuf;

use clap::Args;
use hardlegs::history::History;
use hardlegs::plan::{Course, Plan};
use hardlegs::report::Report;
use hardlegs::write::inert::inert;
use hardlegs::write::plan::{json, text};
use jiff::civil::Date;

use crate::cli::curve::curve;
use crate::cli::flags::{Scoring, Settled};
use crate::cli::history::{of_store, today};
use crate::cli::memory::{Memory, refuse};
use crate::cli::one::Which;
use crate::cli::out::Out;
use crate::cli::own_hills;

#[derive(Debug, Args)]
pub(crate) struct PlanFor {
    /// A race or route, with or without times: GPX, FIT or TCX
    #[arg(value_name = "COURSE")]
    course: PathBuf,
    /// When it is [default: as soon as the weeks before allow]
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// Plan from this day on [default: today]
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// JSON, schema 1 (see hardlegs schema plan)
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    memory: Memory,
    #[command(flatten)]
    scoring: Scoring,
}

/// A plan, the history behind it, and what its nearest own descent is called.
pub(crate) struct CoursePlan {
    pub(crate) plan: Plan,
    pub(crate) own: Option<String>,
}

/// Runs; the exit code.
pub(crate) fn run(flags: &PlanFor, out: &mut Out) -> u8 {
    let settled = match flags.scoring.settle() {
        Ok(settled) => settled,
        Err(words) => return refuse((words, 2)),
    };
    let days = (flags.from, flags.on);
    let held = held(&flags.course, &flags.which, &settled, &flags.memory, days);
    match held {
        Ok(held) if flags.json => {
            match serde_json::to_string_pretty(&json::document(&held.plan)) {
                Ok(text) => {
                    out.print(&(inert(text) + "\n"));
                    0
                }
                Err(error) => refuse((format!("error: internal: {error}"), 3)),
            }
        }
        Ok(held) => {
            out.print(&text::text(&held.plan, held.own.as_deref(), settled.units));
            0
        }
        Err(error) => refuse(error),
    }
}

/// Returns a course held against the history of a store.
pub(crate) fn held(
    path: &std::path::Path,
    which: &Which,
    settled: &Settled,
    memory: &Memory,
    (from, on): (Option<Date>, Option<Date>),
) -> Result<CoursePlan, (String, u8)> {
    let store = memory.open_existing()?;
    let from = from.unwrap_or_else(|| today(&settled.settings));
    let history = match &store {
        Some(store) => of_store(store, settled, Some(from))?,
        None => History::of(Vec::new(), &|_| None, from, settled.week_starts),
    };
    let (course, curve) = which.of(path, |activity, _| {
        let report = Report::of(activity, &settled.settings)?;
        let curve = curve(store.as_ref(), &history, report.sport);
        let own_speeds = curve.as_ref().ok().and_then(|curve| curve.speeds_over(&report));
        let route = if own_speeds.is_some() {
            let mut at_own = settled.settings.clone();
            at_own.terms.own_speeds = own_speeds;
            Report::of(activity, &at_own)?
        } else {
            report
        };
        Ok((Course::of(&route), curve))
    })?;
    let own = match &store {
        Some(store) => own_hills::for_a_plan(store, &history, course.discipline, from)?,
        None => Vec::new(),
    };
    if history.sessions.is_empty() {
        Out::say(
            "note: no history yet, so the plan begins from nothing: hardlegs history FOLDER",
        );
    }
    let plan = Plan::of(course, &history, &own, on).timed_by(curve?);
    let nearest = plan.hardest.as_ref().and_then(|(_, own)| own.as_ref());
    let own = nearest.and_then(|own| {
        let session = history
            .sessions
            .iter()
            .find(|s| s.id == own.activity.0 && s.part == own.activity.1)?;
        let name = session.name.as_deref().unwrap_or(session.sport.name());
        Some(format!("{name}, {}", session.day))
    });
    Ok(CoursePlan { plan, own })
}
