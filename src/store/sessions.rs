//! Rows of activities and their hills.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Row, ToSql, Transaction, params};

use crate::error::Error;
use crate::hills::Recorded;
use crate::history::session::HillRecord;
use crate::history::{MechanismRecord, Session, Trace};
use crate::load::by_grade::ByGrade;
use crate::report::MODEL_VERSION;
use crate::sport::Bike;
use crate::store::bounds::{LARGEST, is_possible};
use crate::store::bounds::{TRACE_BYTES, WORD_BYTES, WORD_CHARS, within};
use crate::store::corrections::{Corrections, sport};
use crate::store::{Store, StoreFault};
use crate::store::{grades, mechanisms};

/// Everything that is kept of one activity.
#[derive(Debug, Clone)]
pub(super) struct StoredSessions {
    pub(super) session: Session,
    pub(super) bicycle: Option<Bike>,
    pub(super) hills: Vec<HillRecord>,
    pub(super) lines: Vec<Recorded>,
    pub(super) by_grade: ByGrade,
    pub(super) mechanisms: MechanismRecord,
    pub(super) trace: Trace,
    pub(super) digest: String,
}

/// Columns of a session, in the order of [`session`].
const COLUMNS: &str = "id, part, name, origin, sport, start, day, elapsed_s, moving_s,
    distance_m, gain_m, loss_m, climb_volume_m, descent_volume_m, hard_descent_volume_m,
    concentric_load, concentric_load_low, concentric_load_high,
    eccentric_load, eccentric_load_low, eccentric_load_high,
    concentric_intensity, eccentric_intensity, steepest_5_min_up, steepest_5_min_down,
    best_60s_up_w_per_kg, step_p95_up_j_per_kg, long_climb_min, hard_steps_up, hard_steps_down,
    samples, channels, notices";

/// Returns the rise of the largest climb of a ride, of its hills; what is no number is none.
fn largest_climb() -> String {
    let (sport, slope) = (within("sport", WORD_BYTES), within("slope", WORD_BYTES));
    format!(
        "case when {sport} = 'ride' then (
            select max(case typeof(rise_m) when 'real' then rise_m end) from hills
            where hills.id = activities.id and hills.part = activities.part
            and {slope} = 'climb') end"
    )
}

/// The same as they are read: no text longer than any that is written.
fn selected() -> String {
    let words = ["id", "name", "origin", "sport", "start", "day"];
    let column = |column: &str| {
        if words.contains(&column) {
            within(column, WORD_BYTES)
        } else {
            column.to_owned()
        }
    };
    let columns = COLUMNS.split(',').map(str::trim).map(column);
    columns.chain([largest_climb()]).collect::<Vec<_>>().join(", ")
}

/// Returns what a damaged row says, and no outing does.
pub(super) fn possible(value: f64) -> Result<f64, RowFault> {
    if is_possible(value) { Ok(value) } else { Err(RowFault::Bad("number")) }
}

/// Why a row was not read.
pub(super) enum RowFault {
    /// It says what no outing says, in this.
    Bad(&'static str),
    /// The store itself failed.
    Failed(rusqlite::Error),
}

impl From<rusqlite::Error> for RowFault {
    fn from(error: rusqlite::Error) -> RowFault {
        use rusqlite::Error::{
            FromSqlConversionFailure, IntegralValueOutOfRange, InvalidColumnType,
            Utf8Error,
        };
        match error {
            FromSqlConversionFailure(..)
            | IntegralValueOutOfRange(..)
            | InvalidColumnType(..)
            | Utf8Error(..) => RowFault::Bad("value"),
            error => RowFault::Failed(error),
        }
    }
}

/// An activity that is remembered and cannot be read: scoring its file again repairs it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Unreadable {
    /// Of which content.
    pub id: String,
    /// And which part of it.
    pub part: u32,
    /// Where that lies, after the path it was found under; `None` where no file stands for it.
    pub place: Option<(String, String)>,
    /// What of it is bad: a word.
    pub what: &'static str,
}

impl StoredSessions {
    /// Returns what of its figures cannot be kept, as none of an outing; `None` where all can.
    pub(super) fn impossible(&self) -> Option<String> {
        const YEAR_S: f64 = 31_557_600.0;
        let s = &self.session;
        let known = |value: Option<f64>| value.unwrap_or(0.0);
        let figures = [
            ("moving time, s", s.moving_s),
            ("distance, m", s.distance_m),
            ("gain, m", s.gain_m),
            ("loss, m", s.loss_m),
            ("climb volume", s.climb_volume_m),
            ("descent volume", s.descent_volume_m),
            ("hard descent volume", s.hard_descent_volume_m),
            ("concentric load", s.concentric_load),
            ("concentric load", s.concentric_load_range.0),
            ("concentric load", s.concentric_load_range.1),
            ("eccentric load", s.eccentric_load),
            ("eccentric load", s.eccentric_load_range.0),
            ("eccentric load", s.eccentric_load_range.1),
            ("intensity up", known(s.concentric_intensity)),
            ("intensity down", known(s.eccentric_intensity)),
            ("steepest 5 min up", known(s.steepest_5_min_up)),
            ("steepest 5 min down", known(s.steepest_5_min_down)),
            ("best minute, W/kg", known(s.best_60s_up_w_per_kg)),
            ("work of a step up, J/kg", known(s.step_p95_up_j_per_kg)),
            ("minutes of long climbs", known(s.long_climb_min)),
            ("hard steps up", known(s.hard_steps_up)),
            ("hard steps down", known(s.hard_steps_down)),
        ];
        let of_a_hill = |hill: &HillRecord| {
            [
                hill.from_m,
                hill.length_m,
                hill.rise_m,
                hill.mean_grade,
                hill.volume_m,
                hill.load,
                hill.intensity.unwrap_or(0.0),
            ]
        };
        let hills = self.hills.iter().flat_map(of_a_hill);
        if !is_possible(s.elapsed_s) {
            let years = s.elapsed_s / YEAR_S;
            return Some(format!(
                "{years:.0} years from the first record to the last: the clock was wrong"
            ));
        }
        if !mechanisms::can_be_kept(&self.mechanisms) {
            return Some("a best effort that no outing has".to_owned());
        }
        figures
            .into_iter()
            .chain(hills.map(|value| ("a climb or descent", value)))
            .find(|(_, value)| !is_possible(*value))
            .map(|(figure, value)| format!("{figure}: {value:.3e}, which no outing has"))
    }
}

fn session(row: &Row<'_>) -> Result<Session, RowFault> {
    let bad = RowFault::Bad;
    let real = |column: usize| possible(row.get(column)?);
    let known = |column: usize| -> Result<Option<f64>, RowFault> {
        let value: Option<f64> = row.get(column)?;
        value.map(possible).transpose()
    };
    let (word, start, day): (String, String, String) =
        (row.get(4)?, row.get(5)?, row.get(6)?);
    let id: String = row.get(0)?;
    // what is typed and shown whole; no program of ours writes another
    if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(bad("id"));
    }
    Ok(Session {
        id,
        part: row.get(1)?,
        name: row.get(2)?,
        origin: row.get(3)?,
        sport: sport(&word).ok_or_else(|| bad("sport"))?,
        start: start.parse::<Timestamp>().map_err(|_| bad("start"))?,
        day: day.parse::<Date>().map_err(|_| bad("day"))?,
        elapsed_s: real(7)?,
        moving_s: real(8)?,
        distance_m: real(9)?,
        gain_m: real(10)?,
        loss_m: real(11)?,
        climb_volume_m: real(12)?,
        descent_volume_m: real(13)?,
        hard_descent_volume_m: real(14)?,
        concentric_load: real(15)?,
        concentric_load_range: (real(16)?, real(17)?),
        eccentric_load: real(18)?,
        eccentric_load_range: (real(19)?, real(20)?),
        concentric_intensity: known(21)?,
        eccentric_intensity: known(22)?,
        steepest_5_min_up: known(23)?,
        steepest_5_min_down: known(24)?,
        best_60s_up_w_per_kg: known(25)?,
        step_p95_up_j_per_kg: known(26)?,
        long_climb_min: known(27)?,
        // of another table: what is damaged there leaves the session as it is
        largest_climb_m: row.get(33).ok().flatten().filter(|rise| is_possible(*rise)),
        hard_steps_up: known(28)?,
        hard_steps_down: known(29)?,
        samples: row.get(30)?,
        channels: row.get(31)?,
        notices: row.get(32)?,
        excluded: false,
    })
}

/// Returns whether a row of activities can be read, as an expression; what is not a number is
/// greater than any.
pub(super) fn sound() -> String {
    const REAL: [&str; 14] = [
        "elapsed_s",
        "moving_s",
        "distance_m",
        "gain_m",
        "loss_m",
        "climb_volume_m",
        "descent_volume_m",
        "hard_descent_volume_m",
        "concentric_load",
        "concentric_load_low",
        "concentric_load_high",
        "eccentric_load",
        "eccentric_load_low",
        "eccentric_load_high",
    ];
    const MAYBE: [&str; 9] = [
        "concentric_intensity",
        "eccentric_intensity",
        "steepest_5_min_up",
        "steepest_5_min_down",
        "best_60s_up_w_per_kg",
        "step_p95_up_j_per_kg",
        "long_climb_min",
        "hard_steps_up",
        "hard_steps_down",
    ];
    const COUNTS: [&str; 3] = ["samples", "channels", "notices"];
    let within = |column: &str| format!("{column} between {} and {LARGEST}", -LARGEST);
    let real = REAL.iter().map(|column| format!("({} is true)", within(column)));
    let maybe =
        MAYBE.iter().map(|column| format!("({column} is null or {})", within(column)));
    let counts = COUNTS.iter().map(|column| {
        format!("(typeof({column}) = 'integer' and {column} between 0 and {})", u32::MAX)
    });
    // a value is not loaded to tell its type and length
    let words =
        [("name", "'text', 'null'"), ("origin", "'text'")].map(|(column, types)| {
            let length = format!("ifnull(octet_length({column}), 0) <= {WORD_BYTES}");
            format!("(typeof({column}) in ({types}) and {length})")
        });
    real.chain(maybe).chain(counts).chain(words).collect::<Vec<_>>().join(" and ")
}

/// What a content is spread over.
pub(super) const TABLES: [&str; 6] =
    ["best_uphill", "efforts", "lines", "hills", "traces", "activities"];

/// Deletes what was known of a content.
pub(super) fn erase(transaction: &Transaction<'_>, id: &str) -> rusqlite::Result<()> {
    for table in TABLES {
        let sql = format!("delete from {table} where id = ?");
        transaction.prepare_cached(&sql)?.execute([id])?;
    }
    Ok(())
}

/// Writes one activity; what was known of it is erased before.
// more than sixty lines: a value a line, in the order of the columns
pub(super) fn write(
    transaction: &Transaction<'_>,
    kept: &StoredSessions,
) -> rusqlite::Result<()> {
    let s = &kept.session;
    let (start, day) = (s.start.to_string(), s.day.to_string());
    let sport = s.sport.name();
    let cut = |word: &str| word.chars().take(WORD_CHARS).collect::<String>();
    let (name, origin) = (s.name.as_deref().map(cut), cut(&s.origin));
    let lines = i64::try_from(kept.lines.len()).unwrap_or(i64::MAX);
    let grades = grades::packed(&kept.by_grade);
    let m = &kept.mechanisms;
    let uphill = i64::try_from(m.best_uphill.len()).unwrap_or(i64::MAX);
    let bicycle = kept.bicycle.map(Bike::name);
    let values: [&dyn ToSql; 44] = [
        &s.id,
        &s.part,
        &name,
        &origin,
        &sport,
        &start,
        &day,
        &s.elapsed_s,
        &s.moving_s,
        &s.distance_m,
        &s.gain_m,
        &s.loss_m,
        &s.climb_volume_m,
        &s.descent_volume_m,
        &s.hard_descent_volume_m,
        &s.concentric_load,
        &s.concentric_load_range.0,
        &s.concentric_load_range.1,
        &s.eccentric_load,
        &s.eccentric_load_range.0,
        &s.eccentric_load_range.1,
        &s.concentric_intensity,
        &s.eccentric_intensity,
        &s.steepest_5_min_up,
        &s.steepest_5_min_down,
        &s.best_60s_up_w_per_kg,
        &s.step_p95_up_j_per_kg,
        &s.long_climb_min,
        &s.hard_steps_up,
        &s.hard_steps_down,
        &s.samples,
        &s.channels,
        &s.notices,
        &kept.digest,
        &MODEL_VERSION,
        &lines,
        &grades,
        &m.highest_heart_rate_bpm,
        &m.hill_sprints,
        &m.best_sprint_up_w_per_kg,
        &m.step_power_up_w_per_kg,
        &m.long_climb_drift,
        &uphill,
        &bicycle,
    ];
    let marks = vec!["?"; values.len()].join(", ");
    let sql = format!(
        "insert or replace into activities
         ({COLUMNS}, settings, model, lines, grades, {}, best_uphill, bicycle) values ({marks})",
        mechanisms::COLUMNS
    );
    transaction.prepare_cached(&sql)?.execute(&values[..])?;
    mechanisms::write(transaction, (&s.id, s.part), m)?;
    transaction
        .prepare_cached("insert or replace into traces values (?, ?, ?, ?)")?
        .execute(params![s.id, s.part, kept.trace.every_s, packed(&kept.trace)])?;
    let mut insert = transaction
        .prepare_cached("insert into hills values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
    for (number, hill) in (1_i64..).zip(&kept.hills) {
        insert.execute(params![
            s.id,
            s.part,
            number,
            hill.slope.name(),
            hill.from_m,
            hill.length_m,
            hill.rise_m,
            hill.mean_grade,
            hill.volume_m,
            hill.load,
            hill.intensity
        ])?;
    }
    Ok(())
}

const NOWHERE: i32 = i32::MIN;

fn packed(trace: &Trace) -> Vec<u8> {
    let pair = |position: &Option<(i32, i32)>| position.unwrap_or((NOWHERE, NOWHERE));
    trace
        .positions
        .iter()
        .map(pair)
        .flat_map(|(lat, lon)| [lat.to_le_bytes(), lon.to_le_bytes()].concat())
        .collect()
}

fn unpacked(every_s: u32, bytes: &[u8]) -> Trace {
    let (pairs, _) = bytes.as_chunks::<8>();
    let positions = pairs.iter().map(|[a, b, c, d, e, f, g, h]| {
        let lat = i32::from_le_bytes([*a, *b, *c, *d]);
        let lon = i32::from_le_bytes([*e, *f, *g, *h]);
        (lat != NOWHERE).then_some((lat, lon))
    });
    Trace { every_s, positions: positions.collect() }
}

impl Store {
    /// Returns every activity that a file still stands for, in order of time; those that cannot
    /// be read are left out.
    ///
    /// # Errors
    /// `store`.
    pub fn sessions(&self) -> Result<Vec<Session>, Error> {
        self.remembered().map(|(sessions, _)| sessions)
    }

    /// The same, and those that cannot be read: written by another program, or by a version
    /// that wrote more than it reads.
    ///
    /// # Errors
    /// `store`.
    pub fn remembered(&self) -> Result<(Vec<Session>, Vec<Unreadable>), Error> {
        let corrections = self.corrections()?;
        let (sessions, mut unreadable) =
            self.read_sessions(&corrections).map_err(|trouble| self.fault(trouble))?;
        for row in &mut unreadable {
            row.place = self.place(&row.id)?;
        }
        Ok((sessions, unreadable))
    }

    fn read_sessions(
        &self,
        corrections: &Corrections,
    ) -> Result<(Vec<Session>, Vec<Unreadable>), StoreFault> {
        let sql = format!("select {} from activities", selected());
        let mut query = self.db.prepare(&sql)?;
        let mut rows = query.query([])?;
        let (mut sessions, mut unreadable) = (Vec::new(), Vec::new());
        while let Some(row) = rows.next()? {
            let mut session = match session(row) {
                Ok(session) => session,
                Err(RowFault::Bad(what)) => {
                    unreadable.push(Unreadable {
                        id: row.get(0).unwrap_or_default(),
                        part: row.get(1).unwrap_or_default(),
                        place: None,
                        what,
                    });
                    continue;
                }
                Err(RowFault::Failed(error)) => return Err(error.into()),
            };
            let said = corrections.get(&(session.id.clone(), session.part));
            session.excluded = said.is_some_and(|said| said.excluded);
            sessions.push(session);
        }
        sessions.sort_by(|a, b| (a.start, &a.id, a.part).cmp(&(b.start, &b.id, b.part)));
        Ok((sessions, unreadable))
    }

    /// Returns the trace of a session; `None` where there is none.
    ///
    /// # Errors
    /// `store`.
    pub fn trace(&self, session: &Session) -> Result<Option<Trace>, Error> {
        use rusqlite::OptionalExtension as _;
        let read = || {
            let positions = within("positions", TRACE_BYTES);
            let sql = format!(
                "select every_s, {positions} from traces where id = ? and part = ?"
            );
            let mut query = self.db.prepare_cached(&sql)?;
            query
                .query_row(params![session.id, session.part], |row| {
                    let bytes: Vec<u8> = row.get(1)?;
                    Ok(unpacked(row.get(0)?, &bytes))
                })
                .optional()
        };
        match read().map_err(RowFault::from) {
            Ok(trace) => Ok(trace),
            // a trace only tells doubles: without one they are told by time and place
            Err(RowFault::Bad(_)) => Ok(None),
            Err(RowFault::Failed(error)) => Err(self.fault(error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stores_and_returns_a_trace() {
        let positions = vec![Some((46_000_001, -8_123_456)), None, Some((0, 0))];
        let trace = Trace { every_s: 120, positions };
        assert_eq!(unpacked(120, &packed(&trace)), trace);
    }
}
