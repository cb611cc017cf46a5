//! `hardlegs history`: score what is new, remember it, show what the legs are used to.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::parser::ValueSource;
use clap::{ArgMatches, Args, Subcommand, ValueEnum};
use hardlegs::error::visible;
use hardlegs::history::{self, Period};
use hardlegs::plan::NextHills;
use hardlegs::progress::Progress;
use hardlegs::settings::Settings;
use hardlegs::sport::Sport;
use hardlegs::store::{MissingSource, Stale, Store, Unreadable};
use hardlegs::write::history::export::row;
use hardlegs::write::history::json::{SourceGone, Tally};
use hardlegs::write::history::{View, json, table, text};
use hardlegs::write::inert::inert;
use hardlegs::write::{Units, adaptation, progress};
use jiff::civil::Date;

use crate::cli::flags::{AthleteFlags, Settled};
use crate::cli::intake::{How, NAMED, Outcomes, again, take};
use crate::cli::memory::{Memory, absolute, refuse, told};
use crate::cli::out::Out;
use crate::cli::own_hills;

/// What a row of the table is.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum By {
    Week,
    Month,
    Year,
    /// Each with the id that `history set` takes
    Activity,
}

/// What is shown.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    Foot,
    Ride,
}

/// How sessions are exported.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Form {
    Csv,
    Jsonl,
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own")]
pub(crate) struct History {
    #[command(subcommand)]
    change: Option<Change>,
    /// Files, folders, zips of Strava or Garmin; without any, what is remembered is shown
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Rows of the table
    #[arg(long, value_enum, default_value = "week")]
    by: By,
    /// From this day on [default: the last twelve rows]
    #[arg(long, value_name = "DATE")]
    since: Option<Date>,
    /// As of the end of this day [default: today]
    #[arg(long, value_name = "DATE")]
    on: Option<Date>,
    /// Only on foot, or only riding
    #[arg(long, value_enum)]
    sport: Option<Kind>,
    /// JSON, schema 1 (see hardlegs schema history)
    #[arg(long, conflicts_with_all = ["csv", "export"])]
    json: bool,
    /// The table as CSV
    #[arg(long, conflicts_with = "export")]
    csv: bool,
    /// Your speed at each grade (see hardlegs schema curve)
    #[arg(long, conflicts_with_all = ["csv", "export"])]
    curve: bool,
    /// Every session, one row each
    #[arg(long, value_enum, value_name = "FORM")]
    export: Option<Form>,
    /// Forget these files; without another one their activities go, too
    #[arg(long, value_name = "PATH", num_args = 1.., conflicts_with = "paths")]
    forget: Vec<PathBuf>,
    /// Score everything anew; without paths, everything that is remembered
    #[arg(long)]
    rescore: bool,
    /// Workers [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    threads: Option<u16>,
    /// No bar and no notices on standard error
    #[arg(short, long)]
    quiet: bool,
    /// Name every file that failed, was skipped or has a notice
    #[arg(short, long, conflicts_with = "quiet", hide_short_help = true)]
    verbose: bool,
    #[command(flatten)]
    memory: Memory,
    #[command(flatten)]
    you: AthleteFlags,
}

#[derive(Debug, Subcommand)]
enum Change {
    /// Correct one activity: --sport, --pack, --exclude; it survives rescoring
    Set(Set),
}

#[derive(Debug, Args)]
struct Set {
    /// Of --by activity: the first digits do
    #[arg(value_name = "ID")]
    id: String,
    /// What it was; auto: as the file says
    #[arg(long, value_enum)]
    sport: Option<crate::cli::flags::SportFlag>,
    /// Leave it out
    #[arg(long)]
    exclude: bool,
    /// Count it again
    #[arg(long, conflicts_with = "exclude")]
    include: bool,
    #[command(flatten)]
    memory: Memory,
    #[command(flatten)]
    you: AthleteFlags,
}

/// Runs; the exit code.
pub(crate) fn run(history: &History, matches: &ArgMatches, out: &mut Out) -> u8 {
    let done = match (&history.change, matches.subcommand_matches("set")) {
        (Some(Change::Set(set)), Some(matches)) => corrected(set, matches, out),
        _ if !history.forget.is_empty() => forgotten(history, out),
        _ => shown(history, out),
    };
    done.unwrap_or_else(refuse)
}

/// Returns the history of a store as of a day.
pub(crate) fn of_store(
    store: &Store,
    settled: &Settled,
    on: Option<Date>,
) -> Result<history::History, (String, u8)> {
    judged(store, settled, on, "note").map(|(history, _)| history)
}

/// The same, and whether activities were left out that cannot be read, each with a line that
/// begins like this.
fn judged(
    store: &Store,
    settled: &Settled,
    on: Option<Date>,
    mark: &str,
) -> Result<(history::History, bool), (String, u8)> {
    let (sessions, unreadable) = store.remembered().map_err(told)?;
    for row in unreadable.iter().take(NAMED) {
        Out::say(&format!("{mark}: {}", left_out(row)));
    }
    if unreadable.len() > NAMED {
        Out::say(&format!("{mark}: and {} more that are so", unreadable.len() - NAMED));
    }
    let on = on.unwrap_or_else(|| today(&settled.settings));
    let failed = std::cell::RefCell::new(None);
    let traces = |session: &history::Session| {
        let trace = store.trace(session);
        trace.map_err(|error| failed.borrow_mut().get_or_insert(error).kind()).ok()?
    };
    let history = history::History::of(sessions, &traces, on, settled.week_starts);
    if history.uncompared > 0 {
        Out::say(&format!(
            "note: too many activities of one time and length: {} were not compared with all of them, and some may count twice",
            history.uncompared
        ));
    }
    match failed.take() {
        Some(error) => Err(told(error)),
        None => Ok((history, !unreadable.is_empty())),
    }
}

/// Returns what is said of an activity that cannot be read.
fn left_out(row: &Unreadable) -> String {
    let id = if row.id.is_empty() { "an activity" } else { &row.id };
    match &row.place {
        Some((_, path)) => format!(
            "{}: remembered with a bad {}, left out. Hint: hardlegs history --rescore scores it again, --forget drops it",
            visible(path),
            row.what
        ),
        None => format!(
            "{} of no file: remembered with a bad {}, left out",
            visible(id),
            row.what
        ),
    }
}

/// Returns the athlete's own day now.
pub(crate) fn today(settings: &Settings) -> Date {
    let now = jiff::ZonedDateTime::now();
    match &settings.time_zone {
        Some(zone) => now.with_time_zone(zone.clone()).date(),
        None => now.date(),
    }
}

fn shown(flags: &History, out: &mut Out) -> Result<u8, (String, u8)> {
    let settled = flags.you.settle().map_err(|words| (words, 2))?;
    let Some((mut store, paths)) = opened(flags)? else {
        Out::say("No history yet. hardlegs history FOLDER scores what is in it");
        return Ok(0);
    };
    let taken = if paths.is_empty() {
        None
    } else {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let how = How {
            threads: flags.threads.map_or(cores, usize::from),
            rescore: flags.rescore,
            quiet: flags.quiet,
        };
        Some(take(&mut store, &paths, &settled.settings, &how)?)
    };
    let (history, unreadable) = judged(&store, &settled, flags.on, "error")?;
    let tally = taken.as_ref().map(|taken| taken.tally(&history));
    if let (Some(taken), Some(tally)) = (&taken, &tally)
        && !flags.quiet
    {
        taken.explain(tally, flags.verbose);
    }
    let stale = if flags.quiet && !flags.json {
        Stale::default()
    } else {
        stale(&store, &settled.settings, taken.is_some())?
    };
    if !flags.quiet {
        outdated(&stale);
        undated(&history, flags.on);
    }
    let failed = unreadable || tally.as_ref().is_some_and(|tally| tally.failed > 0);
    match flags.export {
        Some(form) => export(form, &store, out)?,
        None if flags.curve => {
            let on_foot = flags.sport.map(|kind| matches!(kind, Kind::Foot));
            let form = (flags.json, settled.units);
            crate::cli::curve::print(&store, &history, on_foot, form, out)?;
        }
        None => written(flags, (&store, &history), settled.units, (tally, stale), out)?,
    }
    Ok(match taken {
        Some(Outcomes { interrupted: true, .. }) => 130,
        _ => u8::from(failed),
    })
}

/// A store, and the paths to take in.
type StoreAndPaths = (Store, Vec<PathBuf>);

/// Opens the store, and says what to take in; `None` where no history is.
fn opened(flags: &History) -> Result<Option<StoreAndPaths>, (String, u8)> {
    if !flags.paths.is_empty() {
        return Ok(Some((flags.memory.open()?, flags.paths.clone())));
    }
    let Some(store) = flags.memory.open_existing()? else { return Ok(None) };
    let roots = if flags.rescore { store.roots().map_err(told)? } else { Vec::new() };
    Ok(Some((store, roots.into_iter().map(PathBuf::from).collect())))
}

/// Says what is left out as of today because its day cannot be.
fn undated(history: &history::History, on: Option<Date>) {
    if on.is_none() && history.undated > 0 {
        Out::say(&format!(
            "note: activities dated after today or before {}, left out: {}. Is the watch's clock right?",
            history::FIRST_DAY.year(),
            history.undated
        ));
    }
}

/// Prints a history in the form that was asked for, and what became of the inputs.
fn written(
    flags: &History,
    (store, history): (&Store, &history::History),
    units: Units,
    (tally, stale): (Option<Tally>, Stale),
    out: &mut Out,
) -> Result<(), (String, u8)> {
    let view = View {
        by: match flags.by {
            By::Month => Period::Month,
            By::Year => Period::Year,
            By::Week | By::Activity => Period::Week,
        },
        since: flags.since,
        units,
        on_foot: flags.sport.map(|kind| matches!(kind, Kind::Foot)),
    };
    // asked before anything is printed: a damaged store is one line
    let hills = || store.hills(history.on).map_err(told);
    if flags.json {
        let mut document = json::document(history, &view, tally);
        document.next_hills = json::NextHills::of(&next_hills(store, history)?);
        document.adaptation = Some(adaptation::json::adaptation(history, &hills()?));
        document.mechanisms = progress::json::rows(&progress_of(store, history)?);
        document.source_gone = stale.gone.into_iter().map(source_gone).collect();
        let text = serde_json::to_string_pretty(&document)
            .map_err(|error| (format!("error: internal: {error}"), 3))?;
        out.print(&(inert(text) + "\n"));
    } else if flags.csv {
        let rows = std::iter::once(table::HEADINGS.map(str::to_owned))
            .chain(table::rows(history, &view));
        out.print(&csv(rows)?);
    } else if matches!(flags.by, By::Activity) {
        out.print(&table::list(history, &view));
    } else {
        let sections = [
            adaptation::text(history, &hills()?),
            progress::text::text(&progress_of(store, history)?, view.on_foot, units),
        ];
        let next_hills = next_hills(store, history)?;
        if let Some(tally) = &tally {
            out.print(&format!("{}\n\n", Outcomes::told(tally)));
        }
        let told: Vec<&str> =
            sections.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
        out.print(&text::with_changes(history, &next_hills, &view, &told.join("\n")));
    }
    Ok(())
}

/// Weeks of which the hills of a next week are one step more.
const WEEKS: i64 = 6;

/// Returns the hardest hills of a next week.
pub(crate) fn next_hills(
    store: &Store,
    history: &history::History,
) -> Result<NextHills, (String, u8)> {
    Ok(NextHills::of(history, &own_hills::of_weeks(store, history, WEEKS)?))
}

/// Returns the five mechanisms over months.
pub(crate) fn progress_of(
    store: &Store,
    history: &history::History,
) -> Result<Vec<Progress>, (String, u8)> {
    let since = Progress::since(history);
    let records = store.mechanisms(&history.sessions, since).map_err(told)?;
    Ok(Progress::all(history, &records))
}

/// Returns what was scored with other settings or an older model. After a run that took files
/// in, only what an older model scored and nothing can score again.
fn stale(
    store: &Store,
    settings: &Settings,
    after_intake: bool,
) -> Result<Stale, (String, u8)> {
    if after_intake && !store.has_earlier_model().map_err(told)? {
        return Ok(Stale::default());
    }
    let mut stale = store.stale(settings).map_err(told)?;
    if after_intake {
        stale.again = 0;
        stale.gone.retain(|gone| gone.earlier_model);
    }
    Ok(stale)
}

/// Says what is scored otherwise than today, and what can be done about it.
fn outdated(stale: &Stale) {
    if stale.again > 0 {
        Out::say(&format!(
            "note: {} activities were scored with other settings or an older model: hardlegs history --rescore",
            stale.again
        ));
    }
    let named = stale.gone.iter().take(NAMED).map(|gone| match &gone.path {
        Some(path) => visible(path),
        None => format!("{} of no file", visible(&gone.id)),
    });
    let named: Vec<String> = named.collect();
    let more = match stale.gone.len() - named.len() {
        0 => String::new(),
        more => format!(" and {more} more; --json names them all"),
    };
    if !named.is_empty() {
        Out::say(&format!(
            "note: {} scored by an earlier model or with other settings count as they are; source gone: {}{more}",
            stale.gone.len(),
            named.join(", ")
        ));
    }
}

fn source_gone(gone: MissingSource) -> SourceGone {
    SourceGone { id: gone.id, path: gone.path, earlier_model: gone.earlier_model }
}

fn csv<R: IntoIterator<Item = S>, S: AsRef<[u8]>>(
    rows: impl Iterator<Item = R>,
) -> Result<String, (String, u8)> {
    let internal = |error: String| (format!("error: internal: {error}"), 3);
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).map_err(|error| internal(error.to_string()))?;
    }
    let bytes = writer.into_inner().map_err(|error| internal(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| internal(error.to_string()))
}

/// Every session of the store, doubles and excluded ones too, in order of time.
fn export(form: Form, store: &Store, out: &mut Out) -> Result<(), (String, u8)> {
    let internal = |error: String| (format!("error: internal: {error}"), 3);
    let paths = store.paths().map_err(told)?;
    let sessions = store.sessions().map_err(told)?;
    let rows = sessions.iter().map(|s| row(s, paths.get(&s.id).map(String::as_str)));
    let mut bytes = Vec::new();
    match form {
        Form::Csv => {
            let mut writer = csv::Writer::from_writer(&mut bytes);
            for row in rows {
                writer
                    .serialize(row.in_cells())
                    .map_err(|error| internal(error.to_string()))?;
            }
            writer.flush().map_err(|error| internal(error.to_string()))?;
        }
        Form::Jsonl => {
            for row in rows {
                serde_json::to_writer(&mut bytes, &row)
                    .map_err(|error| internal(error.to_string()))?;
                bytes.write_all(b"\n").map_err(|error| internal(error.to_string()))?;
            }
        }
    }
    out.print(&inert(String::from_utf8_lossy(&bytes).into_owned()));
    Ok(())
}

fn forgotten(flags: &History, out: &mut Out) -> Result<u8, (String, u8)> {
    let Some(mut store) = flags.memory.open_existing()? else {
        return Err(("error: there is no history to forget from".to_owned(), 2));
    };
    let mut code = 0;
    for path in &flags.forget {
        let name = absolute(path).to_string_lossy().into_owned();
        let (files, activities) = store.forget(&name).map_err(told)?;
        let shown = visible(&path.to_string_lossy());
        if files == 0 {
            Out::say(&format!("error: {shown}: nothing of it is remembered"));
            code = 1;
        } else {
            out.print(&format!("{shown}: {files} files, {activities} activities\n"));
        }
    }
    Ok(code)
}

fn corrected(set: &Set, matches: &ArgMatches, out: &mut Out) -> Result<u8, (String, u8)> {
    use crate::cli::flags::SportFlag;
    let mut settled = set.you.settle().map_err(|words| (words, 2))?;
    let typed = matches.value_source("pack") == Some(ValueSource::CommandLine);
    let Some(mut store) = set.memory.open_existing()? else {
        return Err(("error: there is no history to correct".to_owned(), 2));
    };
    let (id, part) = store.named(&set.id).map_err(told)?;
    let mut said = store.correction(&id, part).map_err(told)?;
    match set.sport {
        None => {}
        Some(SportFlag::Auto) => said.sport = None,
        Some(SportFlag::Run) => said.sport = Some(Sport::Run),
        Some(SportFlag::Walk) => said.sport = Some(Sport::Walk),
        Some(SportFlag::Hike) => said.sport = Some(Sport::Hike),
        Some(SportFlag::Ride) => said.sport = Some(Sport::Ride),
    }
    if typed {
        // of this activity, not of all
        said.pack_kg = settled.settings.athlete.pack_kg.take();
    }
    said.excluded = (said.excluded || set.exclude) && !set.include;
    store.correct(&id, part, &said).map_err(told)?;
    rescored(&mut store, &id, &settled, out)
}

/// Scores the file of an activity anew, where it is still there.
fn rescored(
    store: &mut Store,
    id: &str,
    settled: &Settled,
    out: &mut Out,
) -> Result<u8, (String, u8)> {
    let place = store.place(id).map_err(told)?;
    let found =
        place.and_then(|(root, path)| Some((again(Path::new(&root), &path)?, root)));
    match found {
        Some((input, root)) => {
            let one = std::iter::once((root, input));
            let mut failure = None;
            hardlegs::store::import(
                store,
                one,
                &settled.settings,
                (1, false),
                |intake| {
                    failure.clone_from(&intake.failure);
                    true
                },
            )
            .map_err(told)?;
            if let Some((_, words)) = failure {
                Out::say(&format!("error: {words}"));
                return Ok(1);
            }
        }
        None => Out::say(
            "note: its file is not where it was; it is scored anew once history meets it again",
        ),
    }
    let sessions = store.sessions().map_err(told)?;
    for s in sessions.iter().filter(|s| s.id == id) {
        let left_out = if s.excluded { " · left out" } else { "" };
        out.print(&format!(
            "{} {} · {} · uphill load {:.0}, downhill load {:.0}{left_out}\n",
            s.day,
            s.short_id(),
            s.sport.name(),
            s.concentric_load,
            s.eccentric_load
        ));
    }
    Ok(0)
}
