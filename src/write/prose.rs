//! Sentences about training: wrapped, with dates, changes and loads as people say them.

use jiff::civil::Date;

use crate::error::visible;
use crate::history::spike::{Dimension, Increase};
use crate::history::{Comparison, Gait, History, PeriodSummary};
use crate::load::model;
use crate::write::Units;
use crate::write::units::{percent, times};

/// Columns of a page.
pub(super) const WIDTH: usize = 80;

/// Intensity of a step down where a person's own is not known: jogged 2.4, walked 1.7 (the
/// worked rows of the model).
pub(super) fn usual_intensity(gait: Gait) -> f64 {
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
    fill(out, words, "  ");
}

fn fill(out: &mut String, words: &str, indent: &str) {
    let options = textwrap::Options::new(WIDTH)
        .subsequent_indent(indent)
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

/// About how many metres down a downhill load is, in steps of an intensity.
pub(super) fn about_down(load: f64, intensity: f64, u: Units) -> String {
    let metres = model::LOAD_M.value * load / intensity;
    let round = |value: f64| (value / 10.0).round() * 10.0;
    format!(
        "about {:.0} {} at {}",
        round(u.up(metres)),
        u.height(),
        times(Some(intensity))
    )
}

/// Three lines say what was asked, each with its figure first.
pub(super) fn headline(out: &mut String, figure: &str, words: &str) {
    fill(out, &format!("{figure:>5}  {words}"), "       ");
}

/// What stands under each page that advises.
pub(super) const SMALL_PRINT: &str = "\
Not medical advice. Sharp, one-sided or joint pain, or pain that changes your
step: stop and see someone. More: hardlegs help safety
";

/// Returns a change in a sentence: downhill load +80 %, clearly more.
pub(super) fn change(more: &Increase) -> String {
    match more.ratio() {
        Some(ratio) => {
            let band = more.band().name();
            format!("{} {}, {band}", more.dimension.name(), against_ratio(ratio))
        }
        None => format!("{} new for you", more.dimension.name()),
    }
}

/// +80 %, or 17× where percent say nothing any more.
pub(super) fn against_ratio(ratio: f64) -> String {
    const MANY: f64 = 3.0;
    if ratio >= MANY { format!("{ratio:.0}×") } else { signed(ratio - 1.0) }
}

fn signed(share: f64) -> String {
    let words = percent(share);
    if share > 0.0 && words != "0 %" { format!("+{words}") } else { words }
}

/// The same where there is little room.
fn brief(more: &Increase) -> String {
    let word = match more.dimension {
        Dimension::Distance => "distance",
        Dimension::Climbing => "climbing",
        Dimension::LargestClimb => "climb",
        Dimension::ConcentricLoad => "up load",
        Dimension::EccentricLoad => "down load",
        Dimension::Intensity => "intensity",
        Dimension::Steepness => "steepness",
        Dimension::BestMinute => "best minute",
    };
    match more.ratio() {
        Some(ratio) => format!("{word} {}", against_ratio(ratio)),
        None => format!("{word} new"),
    }
}

/// Returns what stood out in a stretch, on which day, in a few words.
pub(super) fn stood_out(
    history: &History,
    stretch: &PeriodSummary,
    foot: bool,
) -> Option<(Date, String)> {
    if foot {
        let days = &history.days[stretch.days.clone()];
        if let Some(day) = days.iter().find(|day| day.first_descents.is_some()) {
            return Some((day.date, "first descents".to_owned()));
        }
    }
    let size = |verdict: &Comparison| {
        let ratio = verdict.more.first().map(Increase::ratio);
        ratio.map_or(0.0, |ratio| ratio.unwrap_or(f64::INFINITY))
    };
    let sessions = &history.sessions[stretch.sessions.clone()];
    let comparisons = &history.comparisons[stretch.sessions.clone()];
    let (session, verdict) = sessions
        .iter()
        .zip(comparisons)
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
