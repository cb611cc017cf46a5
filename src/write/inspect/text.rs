//! What a file holds, for people: what it is and who wrote it first, then what was read and what
//! is missing, then all of it, and what is damaged last.

use std::fmt::Write as _;

use super::tables::{self, figure};
use crate::error::visible;
use crate::inspect::{Check, Device, Gap, Inspection, Recording};
use crate::report::Assumed;
use crate::write::prose::say;
use crate::write::units::clock;
use crate::write::words::assumption_of;

/// Devices and damaged places that are named.
const NAMED: usize = 8;

/// Returns everything, in lines of 80 columns; with every field of every message where all is
/// asked.
///
/// ```
/// use hardlegs::{inspect::Inspection, read::Limits, settings::Settings, write::inspect::text};
/// let file = std::fs::read("fixtures/fit/ridge.fit")?;
/// let found = Inspection::of(&file, &Settings::default(), &Limits::default())?;
/// let page = text::text(&found, false);
/// assert!(page.starts_with("FIT 2.0") && page.contains("heart_rate"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn text(found: &Inspection, all: bool) -> String {
    let mut out = String::new();
    heading(found, &mut out);
    for recording in &found.recordings {
        out.push('\n');
        of_recording(recording, found.recordings.len(), &mut out);
    }
    if let Some(refused) = &found.refused {
        say(&mut out, &format!("not read: {}", visible(&refused.message)));
    }
    listing(found, all, &mut out);
    damage(found, &mut out);
    if let Some(check) = &found.check {
        out.push('\n');
        checked(check, &mut out);
    }
    out
}

/// What it is, and who wrote it.
fn heading(found: &Inspection, out: &mut String) {
    let mut format = found.format.clone();
    if let Some(version) = &found.version {
        let _ = write!(format, " {}", visible(version));
    }
    let mut parts = vec![format];
    parts.extend(found.profile.iter().map(|profile| format!("profile {profile}")));
    parts.extend(found.holds.clone());
    if found.parts > 1 {
        parts.push(format!("{} files in a chain", found.parts));
    }
    parts.push(format!("{} kB", found.bytes.div_ceil(1000)));
    if !found.containers.is_empty() {
        parts.push(format!("in {}", found.containers.join(", ")));
    }
    say(out, &parts.join(" · "));
    let device = |device: &Device| {
        let name = visible(&device.name);
        match &device.software {
            Some(software) => format!("{name}, software {}", visible(software)),
            None => name,
        }
    };
    if let Some((first, beside)) = found.devices.split_first() {
        say(out, &format!("written by: {}", device(first)));
        let mut named: Vec<String> = beside.iter().take(NAMED).map(device).collect();
        if beside.len() > NAMED {
            named.push(format!("{} more", beside.len() - NAMED));
        }
        if !named.is_empty() {
            say(out, &format!("beside it: {}", named.join(" · ")));
        }
    }
    if !found.sports.is_empty() {
        let sports: Vec<String> =
            found.sports.iter().map(|sport| visible(sport)).collect();
        say(out, &format!("sport as written: {}", sports.join(" · ")));
    }
    for application in &found.applications {
        let id = application.id.as_deref().unwrap_or("not named");
        let name = application.name.iter().map(|name| format!("{name} · "));
        let name: String = name.collect();
        say(out, &format!("app {}: {name}{id}", application.index));
        let fields = found.kinds.iter().filter(|kind| kind.name == "record");
        for field in fields.flat_map(|kind| &kind.fields) {
            if field.application == Some(application.index)
                && let Some(meaning) = &field.meaning
            {
                let (name, unit) = (visible(&field.name), visible(&field.unit));
                say(out, &format!("  {name}, {unit}: {meaning}"));
            }
        }
    }
}

/// One activity or course.
fn of_recording(r: &Recording, of: usize, out: &mut String) {
    let mut parts = Vec::new();
    if of > 1 {
        parts.push(format!("{} of {of}", r.part));
    }
    parts.push(r.sport.clone().unwrap_or_else(|| r.nature.clone()));
    parts.extend(r.name.iter().map(|name| visible(name)));
    if let (Some(start), Some(end)) = (&r.start, &r.end) {
        parts.push(format!("{start} to {end}"));
    }
    parts.extend(r.utc_offset_s.map(offset));
    say(out, &parts.join(" · "));
    say(out, &sampled(r).join(" · "));
    if let Some(refused) = &r.refused {
        say(out, &format!("not scored: {}", visible(&refused.message)));
    }
    out.push_str(&tables::recorded(&r.columns));
    for missing in &r.missing {
        let mut words = format!("missing: {}", missing.what);
        let assumed: Vec<String> =
            missing.assumed.iter().filter_map(|code| assumed(code)).collect();
        if !assumed.is_empty() {
            let _ = write!(words, ", assumed: {}", assumed.join(", "));
        }
        if !missing.figures.is_empty() {
            let _ = write!(words, "; without it no {}", missing.figures.join(", "));
        }
        say(out, &words);
    }
}

/// Returns what is assumed, in words.
fn assumed(code: &str) -> Option<String> {
    let all = [
        Assumed::Sport,
        Assumed::Mass,
        Assumed::Cadence,
        Assumed::Gait,
        Assumed::Speed,
        Assumed::Power,
        Assumed::Rpm,
    ];
    let known = all.into_iter().find(|assumed| assumed.code() == code)?;
    Some(match known {
        Assumed::Cadence => "steps a minute".to_owned(),
        known => assumption_of(known).to_owned(),
    })
}

/// UTC +2:00.
fn offset(seconds: i32) -> String {
    let sign = if seconds < 0 { '−' } else { '+' };
    let minutes = seconds.unsigned_abs() / 60;
    format!("UTC {sign}{}:{:02}", minutes / 60, minutes % 60)
}

/// Returns how far apart the points are, gaps and pauses.
fn sampled(r: &Recording) -> Vec<String> {
    let mut parts = vec![format!("{} points", r.points)];
    let usual = r.sampling.usual_s.map(figure).unwrap_or_default();
    let share = r.sampling.usual_share.unwrap_or_default() * 100.0;
    parts.push(match r.sampling.kind.as_str() {
        "every_second" => format!("one each second ({share:.1} %)"),
        "regular" => format!("one each {usual} s ({share:.1} %)"),
        "smart" => format!("at uneven times, {usual} s apart as a rule"),
        _ => "without times".to_owned(),
    });
    if r.segments > 0 {
        parts.push(format!("{} segments", r.segments + 1));
    }
    if let Some(Gap { from_s, length_s }) = r.gaps.first() {
        let longest = clock(Some(*length_s));
        let at = clock(Some(*from_s));
        parts.push(match r.gap_count {
            1 => format!("1 gap, {longest} at {at}"),
            gaps => {
                let all = clock(Some(r.gap_s));
                format!("{gaps} gaps of {all} in all, the longest {longest} at {at}")
            }
        });
    }
    if r.pauses > 0 {
        let plural = if r.pauses == 1 { "pause" } else { "pauses" };
        parts.push(format!("{} {plural}, {}", r.pauses, clock(Some(r.paused_s))));
    }
    parts
}

/// Messages or elements.
fn listing(found: &Inspection, all: bool, out: &mut String) {
    if found.kinds.is_empty() {
        return;
    }
    let what = if found.format == "FIT" { "messages" } else { "elements" };
    let more = if all { "" } else { "; --all: every field" };
    let _ = writeln!(out, "\n{what} and their fields; *: used here{more}");
    out.push_str(&tables::kinds(found, all));
    if found.more_kinds > 0 {
        let _ = writeln!(out, " and {} {what} of other kinds", found.more_kinds);
    }
    let known: Vec<String> = found
        .namespaces
        .iter()
        .filter(|space| !space.prefix.is_empty())
        .map(|space| format!("{} is {}", visible(&space.prefix), visible(&space.uri)))
        .collect();
    if all && !known.is_empty() {
        say(out, &format!("prefixes: {}", known.join(" · ")));
    }
}

/// What was damaged, where, and what was done.
fn damage(found: &Inspection, out: &mut String) {
    if !found.damaged.is_empty() || !found.notices.is_empty() {
        out.push('\n');
    }
    for place in found.damaged.iter().take(NAMED) {
        let line = place.line.map_or_else(String::new, |line| format!(", line {line}"));
        let done = match place.passed_bytes {
            Some(bytes) => format!("; {bytes} bytes passed over"),
            None => "; nothing is listed behind it".to_owned(),
        };
        let byte = place.byte;
        say(out, &format!("damaged: byte {byte}{line}: {}{done}", visible(&place.cause)));
    }
    let more = found.damaged.len().saturating_sub(NAMED) as u64 + found.more_damaged;
    if more > 0 {
        let _ = writeln!(out, "damaged: {more} more places");
    }
    for notice in &found.notices {
        let times = match notice.count {
            1 => String::new(),
            count => format!(" ({count} times)"),
        };
        say(out, &format!("note: {}{times}", visible(&notice.detail)));
    }
}

/// Our reading beside that of reference crates.
fn checked(check: &Check, out: &mut String) {
    let against = check.against.join(" and ");
    let against = if against.is_empty() { "other crates".to_owned() } else { against };
    let verdict = match check.verdict.as_str() {
        "agrees" => "every value agrees",
        "explained" => "every difference has a reason",
        "differs" => "DIFFERS without a known reason",
        _ => "not compared",
    };
    say(out, &format!("checked against {against}: {verdict}"));
    if let Some(stopped) = &check.stopped {
        let why = if check.paired > 0 { "it ends early" } else { "why" };
        say(out, &format!("{why}: {}", visible(stopped)));
    }
    if check.paired + check.only_ours + check.only_theirs > 0 {
        let Check { paired, only_ours, only_theirs, .. } = check;
        let _ = writeln!(
            out,
            "points: {paired} read by both, {only_ours} by us alone, {only_theirs} by it alone"
        );
    }
    if check.paired > 0 {
        out.push_str(&tables::compared(&check.columns));
    }
    for column in &check.columns {
        for place in &column.first {
            let told = |value: Option<f64>| value.map_or("nothing".to_owned(), figure);
            let (ours, theirs) = (told(place.ours), told(place.theirs));
            let name = &column.name;
            say(
                out,
                &format!("{name}, point {}: ours {ours}, theirs {theirs}", place.point),
            );
        }
    }
    for reason in &check.reasons {
        say(out, &format!("reason, {} times: {}", reason.count, reason.reason));
    }
}
