//! Sentences about training: wrapped, with dates, changes and loads as people say them.

use jiff::civil::Date;

use crate::error::visible;
use crate::history::progress::{Dimension, More};
use crate::history::{Gait, History, Stretch, Verdict};
use crate::write::Units;
use crate::write::units::percent;

/// Columns of a page.
const WIDTH: usize = 80;
/// Severity of a step down where a person's own is not known: jogged 2.4, walked 1.7 (the
/// worked rows of the model).
pub(super) fn usual_severity(gait: Gait) -> f64 {
    match gait {
        Gait::Run => 2.4,
        Gait::Walked => 1.7,
    }
}

/// Saturday 7 November, short.
pub(super) fn short(date: Date) -> String {
    date.strftime("%a %-d %b").to_string()
}

/// A sentence or two within 80 columns, later lines indented.
pub(super) fn say(out: &mut String, words: &str) {
    let options = textwrap::Options::new(WIDTH)
        .subsequent_indent("  ")
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .wrap_algorithm(textwrap::WrapAlgorithm::FirstFit);
    // a number stays with its sign of percent
    for line in textwrap::wrap(&words.replace(" %", "\u{a0}%"), options) {
        out.push_str(&line.replace('\u{a0}', " "));
        out.push('\n');
    }
}

/// At most so many characters of a stranger's text.
pub(super) fn cut(text: &str, chars: usize) -> String {
    let text = visible(text);
    if text.chars().count() <= chars {
        return text;
    }
    text.chars().take(chars - 1).chain(['…']).collect()
}

/// A brake load, and about how many metres down that is in steps of a severity.
pub(super) fn braked(load: f64, severity: f64, u: Units) -> String {
    let metres = 10.0 * 2.0 * load / severity;
    let round = |value: f64| (value / 10.0).round() * 10.0;
    format!(
        "brake load {load:.0} (about {:.0} {} down at {severity:.1}x)",
        round(u.up(metres)),
        u.height()
    )
}

/// A change in a sentence: brake load +80 %, clearly more.
pub(super) fn change(more: &More) -> String {
    match more.ratio() {
        Some(ratio) => {
            let band = more.band().name();
            format!("{} {}, {band}", more.dimension.name(), against_ratio(ratio))
        }
        None => format!("{} new for you", more.dimension.name()),
    }
}

/// +80 %, or 17x where percent say nothing any more.
pub(super) fn against_ratio(ratio: f64) -> String {
    const MANY: f64 = 3.0;
    if ratio >= MANY { format!("{ratio:.0}x") } else { signed(ratio - 1.0) }
}

fn signed(share: f64) -> String {
    let words = percent(share);
    if share > 0.0 && words != "0 %" { format!("+{words}") } else { words }
}

/// The same where there is little room.
fn brief(more: &More) -> String {
    let word = match more.dimension {
        Dimension::Distance => "distance",
        Dimension::Push => "push",
        Dimension::Brake => "brake",
        Dimension::Severity => "severity",
        Dimension::Steepness => "steeper",
        Dimension::BestMinute => "minute",
    };
    match more.ratio() {
        Some(ratio) => format!("{word} {}", against_ratio(ratio)),
        None => format!("{word} new"),
    }
}

/// What stood out in a stretch, on which day, in a few words.
pub(super) fn stood_out(
    history: &History,
    stretch: &Stretch,
    foot: bool,
) -> Option<(Date, String)> {
    if foot {
        let days = &history.days[stretch.days.clone()];
        if let Some(day) = days.iter().find(|day| day.first_descents.is_some()) {
            return Some((day.date, "first descents".to_owned()));
        }
    }
    let size = |verdict: &Verdict| {
        let ratio = verdict.more.first().map(More::ratio);
        ratio.map_or(0.0, |ratio| ratio.unwrap_or(f64::INFINITY))
    };
    let sessions = &history.sessions[stretch.sessions.clone()];
    let verdicts = &history.verdicts[stretch.sessions.clone()];
    let (session, verdict) = sessions
        .iter()
        .zip(verdicts)
        .filter(|(session, _)| session.sport.on_foot() == foot)
        .filter(|(_, verdict)| !verdict.more.is_empty())
        .max_by(|a, b| size(a.1).total_cmp(&size(b.1)))?;
    let words = if verdict.two_at_once() {
        "two at once".to_owned()
    } else {
        brief(verdict.more.first()?)
    };
    Some((session.day, words))
}
