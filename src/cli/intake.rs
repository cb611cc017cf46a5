//! Paths into the store: a bar while it lasts, an interruption that loses nothing, and what
//! became of every file.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Write as _;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use hardlegs::error::visible;
use hardlegs::history::History;
use hardlegs::inputs::{Input, under};
use hardlegs::settings::Settings;
use hardlegs::store::{Imported, Outcome, Store, import};
use hardlegs::write::history::json::{FailedPath, Tally};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::memory::{absolute, told};
use crate::cli::out::Out;

/// The bar comes after so long: what is quick needs none.
const BAR_AFTER: Duration = Duration::from_secs(1);
/// Failures and notices that are named.
pub(crate) const NAMED: usize = 5;

/// Reasons for skipping that have a line.
const REASONS: usize = 40;
/// Files that are named behind each.
const NAMED_A_REASON: usize = 3;

static INTERRUPTED: AtomicBool = AtomicBool::new(false);

/// What became of every input of this call.
pub(crate) struct Outcomes {
    intakes: Vec<Imported>,
    /// As the paths were typed, and as they are.
    typed: Vec<(String, String)>,
    pub(crate) interrupted: bool,
    found: usize,
}

/// How to take in.
pub(crate) struct How {
    pub(crate) threads: usize,
    pub(crate) rescore: bool,
    pub(crate) quiet: bool,
}

/// Takes in everything under the paths.
pub(crate) fn take(
    store: &mut Store,
    paths: &[PathBuf],
    settings: &Settings,
    how: &How,
) -> Result<Outcomes, (String, u8)> {
    // the second interruption ends at once
    let _ = ctrlc::set_handler(|| {
        if INTERRUPTED.swap(true, Ordering::SeqCst) {
            std::process::exit(130);
        }
    });
    let mut inputs: Vec<(String, Input)> = Vec::new();
    let mut typed = Vec::new();
    for path in paths {
        let root = absolute(path);
        let name = root.to_string_lossy().into_owned();
        typed.push((path.to_string_lossy().into_owned(), name.clone()));
        inputs.extend(under(&root).map(|input| (name.clone(), input)));
    }
    // the same file under two paths is one
    let mut seen = HashSet::new();
    inputs.retain(|(_, input)| seen.insert(input.path.clone()));
    drop(seen);
    let found = inputs.len();
    let bar = Bar::new(found, how.quiet);
    let mut intakes: Vec<Imported> = Vec::with_capacity(found);
    let each = |intake: &Imported| {
        intakes.push(intake.clone());
        bar.advance();
        !INTERRUPTED.load(Ordering::SeqCst)
    };
    let done =
        import(store, inputs.into_iter(), settings, (how.threads, how.rescore), each);
    bar.end();
    done.map_err(told)?;
    let interrupted = INTERRUPTED.load(Ordering::SeqCst) && intakes.len() < found;
    Ok(Outcomes { intakes, typed, interrupted, found })
}

/// A bar on a terminal, once it has lasted.
struct Bar {
    drawn: ProgressBar,
    since: Instant,
    wanted: bool,
}

impl Bar {
    fn new(found: usize, quiet: bool) -> Bar {
        let target = ProgressDrawTarget::hidden();
        let bar = ProgressBar::with_draw_target(Some(found as u64), target);
        let form = "Scoring  {bar:24} {human_pos}/{human_len} · {per_sec} · {eta} left";
        if let Ok(style) = ProgressStyle::with_template(form) {
            bar.set_style(style);
        }
        let wanted = !quiet && std::io::stderr().is_terminal();
        Bar { drawn: bar, since: Instant::now(), wanted }
    }

    fn advance(&self) {
        self.drawn.inc(1);
        if self.wanted && self.drawn.is_hidden() && self.since.elapsed() >= BAR_AFTER {
            self.drawn.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
        }
    }

    fn end(&self) {
        self.drawn.finish_and_clear();
    }
}

impl Outcomes {
    /// Returns a path as the person would say it.
    fn shown(&self, path: &str) -> String {
        let short = self.typed.iter().find_map(|(typed, root)| {
            if path == root {
                return Some(typed.clone());
            }
            let rest = path.strip_prefix(root.as_str())?.strip_prefix('/')?;
            Some(format!("{}/{rest}", typed.trim_end_matches('/')))
        });
        visible(&short.unwrap_or_else(|| path.to_owned()))
    }

    /// Returns how everything counts, given which activities a history left out as doubles.
    pub(crate) fn tally(&self, history: &History) -> Tally {
        let counting: HashSet<&str> =
            history.sessions.iter().map(|s| s.id.as_str()).collect();
        let doubled: HashSet<&str> = history
            .duplicates
            .iter()
            .map(|double| double.left_out.id.as_str())
            .filter(|id| !counting.contains(id))
            .collect();
        let mut seen = HashSet::new();
        let mut tally = Tally { found: self.intakes.len(), ..Tally::default() };
        for intake in &self.intakes {
            let fate = intake.outcome();
            let scored = matches!(fate, Outcome::Scored | Outcome::Noticed);
            let id = intake.id.as_deref().filter(|_| scored);
            let copy = id.is_some_and(|id| !seen.insert(id));
            tally.new += usize::from(intake.fresh && !copy);
            let again = copy || id.is_some_and(|id| doubled.contains(id));
            match fate {
                _ if again => tally.duplicate += 1,
                Outcome::Scored => tally.scored += 1,
                Outcome::Noticed => tally.noticed += 1,
                Outcome::Skipped => {
                    tally.skipped += 1;
                    tally.skips.extend(self.unscored(intake));
                }
                Outcome::Failed => {
                    tally.failed += 1;
                    tally.failures.extend(self.unscored(intake));
                }
            }
        }
        for unscored in [&mut tally.failures, &mut tally.skips] {
            unscored.sort_by(|a, b| a.path.cmp(&b.path));
        }
        tally
    }

    /// Returns why nothing of an input was scored.
    fn unscored(&self, intake: &Imported) -> Option<FailedPath> {
        let (code, message) = intake.failure.as_ref()?;
        Some(FailedPath {
            path: self.shown(&intake.path),
            code: code.clone(),
            message: message.clone(),
        })
    }

    /// Returns the counts in a line, and the first names behind them on standard error.
    pub(crate) fn told(tally: &Tally) -> String {
        let parts = [
            (tally.noticed, "with notices"),
            (tally.duplicate, "duplicates"),
            (tally.skipped, "skipped"),
            (tally.failed, "failed"),
        ];
        let mut line =
            format!("{} files: {} scored ({} new)", tally.found, tally.scored, tally.new);
        for (count, what) in parts.iter().filter(|(count, _)| *count > 0) {
            let _ = write!(line, ", {count} {what}");
        }
        line
    }

    /// Names what failed, why others were skipped, and what has notices, on standard error: the
    /// first of each, or all.
    pub(crate) fn explain(&self, tally: &Tally, all: bool) {
        let named = if all { usize::MAX } else { NAMED };
        for failure in tally.failures.iter().take(named) {
            Out::say(&format!("error: {}: {}", failure.path, failure.message));
        }
        if tally.failed > named {
            Out::say(&format!(
                "error: and {} more; -v or --json names them all",
                tally.failed - named
            ));
        }
        for line in skips(&tally.skips, all) {
            Out::say(&line);
        }
        let noticed =
            self.intakes.iter().filter(|i| i.outcome() == Outcome::Noticed && i.fresh);
        for intake in noticed.take(named) {
            let first = intake.notices.first().map_or("", String::as_str);
            Out::say(&format!("note: {}: {first}", self.shown(&intake.path)));
        }
        if self.interrupted {
            Out::say(&format!(
                "interrupted after {} of {} files; they are kept, and the same command goes on",
                self.intakes.len(),
                self.found
            ));
        }
    }
}

/// Returns a line for each reason why inputs were skipped, the most frequent first: how many,
/// and the first names, or all.
fn skips(skipped: &[FailedPath], all: bool) -> Vec<String> {
    let mut reasons: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for skip in skipped {
        // the hint is for who meets one file, not for a folder of them
        let reason = skip.message.split(". Hint: ").next().unwrap_or_default();
        reasons.entry(reason).or_default().push(&skip.path);
    }
    let mut reasons: Vec<(&str, Vec<&str>)> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, paths)| std::cmp::Reverse(paths.len()));
    let (lines, names) =
        if all { (usize::MAX, usize::MAX) } else { (REASONS, NAMED_A_REASON) };
    let mut told: Vec<String> = Vec::new();
    for (reason, paths) in reasons.iter().take(lines) {
        let first = paths.get(..names).unwrap_or(paths).join(", ");
        let rest = match paths.len().saturating_sub(names) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        told.push(format!("skipped {}: {reason}: {first}{rest}", paths.len()));
    }
    if let Some(more) = reasons.get(lines..).filter(|more| !more.is_empty()) {
        let paths: usize = more.iter().map(|(_, paths)| paths.len()).sum();
        told.push(format!(
            "skipped {paths} for {} more reasons; -v or --json names them all",
            more.len()
        ));
    }
    told
}

/// Returns the input that lies at a path, found anew under the path it was once found under.
pub(crate) fn again(root: &Path, path: &str) -> Option<Input> {
    under(root).find(|input| input.path == path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_skipped_files_in_a_line() {
        let skip = |n: usize| FailedPath {
            path: format!("{n:02}.fit"),
            code: "x".to_owned(),
            message: format!("reason {}. Hint: none", n % 50 * (n % 3).min(1)),
        };
        let skipped: Vec<FailedPath> = (0..90).map(skip).collect();
        let count = |line: &str| -> usize {
            line.strip_prefix("skipped ")
                .and_then(|rest| rest.split([':', ' ']).next())
                .map_or(0, |number| number.parse().unwrap())
        };
        for all in [false, true] {
            let lines = skips(&skipped, all);
            assert_eq!(lines.iter().map(|line| count(line)).sum::<usize>(), 90);
            assert!(lines.iter().all(|line| !line.contains("Hint")));
            let named = skipped
                .iter()
                .filter(|skip| lines.iter().any(|line| line.contains(&skip.path)));
            assert_eq!(named.count() == 90, all);
        }
        assert!(skips(&[], false).is_empty());
    }
}
