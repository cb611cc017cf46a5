//! A report for people: what was asked in the first six lines, what explains it below, what
//! went wrong with the recording last. About 25 lines within the terminal's width.

mod display;
mod fold;
mod hills;
mod loads;

use std::fmt::Write as _;

use crate::load::by_grade::grade_of;
use crate::report::{Incline, Report};
use crate::write::strip::strip;
use crate::write::units::{Units, clock, percent};
use crate::write::words;
use fold::Fold;
pub use hills::Rows;
use hills::Table;
pub use loads::Largest;

/// How much is shown.
#[derive(Debug, Clone)]
pub struct Style {
    /// Metric or imperial.
    pub units: Units,
    /// Which climbs and descents, or laps; with all of them the muscle work, too.
    pub rows: Rows,
    /// Colours of a terminal: nothing is said by colour alone.
    pub coloured: bool,
    /// Characters that a line has room for.
    pub columns: usize,
    /// What a history knows to hold the activity against.
    pub largest: Option<Largest>,
    /// Whether a last line says what else can be asked.
    pub with_more: bool,
}

impl Default for Style {
    fn default() -> Style {
        Style {
            units: Units::default(),
            rows: Rows::default(),
            coloured: false,
            columns: COLUMNS,
            largest: None,
            with_more: false,
        }
    }
}

/// Width where nobody says another.
pub const COLUMNS: usize = 80;
/// Most columns of the silhouette, and what stands beside it.
const SILHOUETTE_COLUMNS: usize = 64;
const BESIDE_SILHOUETTE: usize = 12;
/// Lines of the screen, those of the table's headings and of what else can be asked, and the hills
/// that are shown of it where not all are asked for.
const LINES: usize = 25;
const HEAD_AND_MORE: usize = 2;
const LEAST_HILLS: usize = 1;
const MOST_HILLS: usize = 5;
/// Most characters of a name.
const NAME_CHARS: usize = 28;

/// Returns the report as text that ends with a newline.
///
/// ```
/// use hardlegs::write::text::{Style, text};
/// use hardlegs::{read, report::Report, settings::Settings};
/// let activity = &read::path("fixtures/fit/loop.fit")?.activities[0];
/// let report = Report::of(activity, &Settings::default())?;
/// let narrow = text(&report, &Style { columns: 40, ..Style::default() });
/// assert!(narrow.lines().all(|line| line.chars().count() <= 40));
/// # Ok::<(), hardlegs::error::Error>(())
/// ```
pub fn text(report: &Report, style: &Style) -> String {
    let page = Page { r: report, style, fold: Fold::at(style.columns) };
    let mut out = page.heading();
    // nothing moved: there is no more to tell
    if report.cells == 0 {
        out.push_str(&page.fold.lead("", &[words::still(report)]));
        return out;
    }
    out.push_str(&loads::lines(report, style.largest, style.units, page.fold));
    out.push('\n');
    out.push_str(&page.silhouette());
    let whole = style.rows == Rows::All;
    if whole {
        out.push_str(&page.terrain());
    }
    let mut below = String::from("\n");
    for line in words::mechanisms(report, whole) {
        below.push_str(&page.fold.lead(" ", &[line]));
    }
    below.push_str(&page.small_print());
    // more that must be said leaves room for fewer hills
    let second_head = usize::from(!report.sport.on_foot());
    let lines = out.lines().count() + below.lines().count() + HEAD_AND_MORE + second_head;
    let most = LINES.saturating_sub(lines).clamp(LEAST_HILLS, MOST_HILLS);
    let table = hills::table(report, style, most);
    out + &table.text + &below + &page.more(&table)
}

struct Page<'r> {
    r: &'r Report,
    style: &'r Style,
    fold: Fold,
}

impl Page<'_> {
    /// Returns what it was, how far, and how the sport was chosen where the file does not say.
    fn heading(&self) -> String {
        let (r, u) = (self.r, self.style.units);
        let parts = |line: &str| line.split(" · ").map(str::to_owned).collect::<Vec<_>>();
        let mut out = self.fold.lead("", &parts(&words::subject(r, NAME_CHARS)));
        out.push_str(&self.fold.lead("", &parts(&words::sums_within(r, u))));
        for line in words::taken_sport(r).iter().flat_map(|words| words.lines()) {
            out.push_str(&self.fold.lead("", &[line.to_owned()]));
        }
        out.push('\n');
        out
    }

    fn silhouette(&self) -> String {
        let u = self.style.units;
        let columns = self.style.columns.saturating_sub(BESIDE_SILHOUETTE);
        let columns = columns.clamp(1, SILHOUETTE_COLUMNS);
        let strip = strip(&self.r.silhouette, columns, self.style.coloured);
        let Some(([upper, lower], low, high)) = strip else { return String::new() };
        format!(" {upper}  {}\n {lower}  {}\n", u.metres(high), u.metres(low))
    }

    /// Climbing, level and descending metres, and the muscle work of each.
    fn terrain(&self) -> String {
        let (t, u, foot) = (&self.r.terrain, self.style.units, self.r.sport.on_foot());
        let down = if foot { "down" } else { "" };
        let mut out = format!(
            "            time  {:>7}   height {:>9}  muscle work up {down:>8}  kJ/kg\n",
            u.far(),
            u.pace_heading(foot),
        );
        for (name, row) in [("up", &t.up), ("level", &t.level), ("down", &t.down)] {
            let _ = writeln!(out, " {name:<6}{}", incline(row, u, foot));
        }
        if let Some(speed) = self.r.level_speed_m_per_s {
            let (pace, unit) = (u.pace(Some(speed), foot), u.pace_heading(foot));
            let _ = writeln!(out, " level pace {pace} {unit}: as costly on the level");
        }
        out.push_str(&self.motion());
        out.push('\n');
        out
    }

    /// The motion of steps by class of grade, where a sensor told it.
    fn motion(&self) -> String {
        let classes = self.r.motion.classes.iter().enumerate();
        let known: Vec<_> = classes.filter(|(_, motion)| motion.is_known()).collect();
        if known.is_empty() {
            return String::new();
        }
        let mut out =
            String::from("\n steps at grade  rise and fall   length  on the ground\n");
        let told = |mean: Option<f64>, times: f64, digits: usize, unit: &str| {
            mean.map_or("–".to_owned(), |mean| {
                format!("{:.digits$} {unit}", times * mean)
            })
        };
        for (class, motion) in known {
            let _ = writeln!(
                out,
                " {:>14}  {:>13}  {:>7}  {:>13}",
                percent(grade_of(class)),
                told(motion.vertical_oscillation_m.mean(), 1000.0, 0, "mm"),
                told(motion.step_length_m.mean(), 1.0, 2, "m"),
                told(motion.stance_time_s.mean(), 1000.0, 0, "ms"),
            );
        }
        out
    }

    /// Returns the quality of the recording, and what is assumed.
    fn small_print(&self) -> String {
        let u = self.style.units;
        let mut out = self.fold.lead("elevation: ", &words::quality(self.r, u));
        if !self.r.assumed.is_empty() {
            out.push_str(&self.fold.lead("assumed: ", &words::assumptions(self.r)));
        }
        out
    }

    /// Returns what else can be asked.
    fn more(&self, table: &Table) -> String {
        if !self.style.with_more {
            return String::new();
        }
        let smaller =
            (table.smaller > 0).then(|| format!("--all ({} smaller)", table.smaller));
        let explain = match &table.hardest {
            Some(name) => format!("explain FILE {name}"),
            None => "explain FILE".to_owned(),
        };
        let others =
            ["hardlegs chart FILE".to_owned(), "report FILE".to_owned(), explain];
        let parts: Vec<String> = smaller.into_iter().chain(others).collect();
        self.fold.lead("more: ", &parts)
    }
}

/// One row of climbing, level and descending metres.
fn incline(row: &Incline, u: Units, foot: bool) -> String {
    let timed = row.moving_s.is_finite();
    let speed = (timed && row.moving_s > 0.0).then(|| row.length_m / row.moving_s);
    let lengthening =
        if foot { format!("{:.1}", row.ecc_j_per_kg / 1000.0) } else { String::new() };
    let line = format!(
        "{:>9}  {:>7.1} {:>8} {:>9}  {:>14.1} {lengthening:>8}",
        clock(timed.then_some(row.moving_s)),
        u.along(row.length_m),
        u.rise(row.rise_m),
        u.pace(speed, foot),
        row.con_j_per_kg / 1000.0,
    );
    line.trim_end().to_owned()
}
