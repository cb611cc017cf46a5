//! Lines of climbs and descents into the store, and which hill each went over.

use std::collections::HashMap;
use std::rc::Rc;

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Row, Transaction, params};

use crate::hills::{
    Bounds, Catalogue, Effort, Figures, Hill, HillId, Line, LinePoint, Overlap, Recorded,
    Remembered,
};
use crate::segment::Slope;
use crate::store::bounds::is_possible;
use crate::store::bounds::{LINE_BYTES, WORD_BYTES, within};
use crate::store::corrections::sport;
use crate::store::sessions::{RowFault, StoredSessions, possible};

/// Hills that are laid out at a time: a few megabytes. Our choice.
const LAID_OUT: usize = 2000;

/// Columns of an effort, in the order of [`effort`].
pub(super) const COLUMNS: &str =
    "hill, id, part, number, sport, day, begun, share, moving_s,
    length_m, rise_m, heart_rate_bpm, w_per_kg, intensity, load, temperature_c, drift";

/// Holds new lines against the hills that are known.
#[derive(Default)]
pub(super) struct Matcher {
    catalogue: Catalogue,
    /// The newest hill that the catalogue knows.
    newest: HillId,
    laid_out: HashMap<HillId, Option<Rc<Hill>>>,
}

impl Matcher {
    /// Looks what another run has found meanwhile; until the transaction ends, nobody else
    /// writes.
    pub(super) fn begin(
        &mut self,
        transaction: &Transaction<'_>,
    ) -> rusqlite::Result<()> {
        self.newest = catch_up(transaction, &mut self.catalogue, self.newest)?;
        Ok(())
    }

    /// Keeps the lines of an activity, and says which hills they went over.
    pub(super) fn take(
        &mut self,
        transaction: &Transaction<'_>,
        kept: &StoredSessions,
    ) -> rusqlite::Result<()> {
        let session = &kept.session;
        for recorded in
            kept.lines.iter().filter(|recorded| can_be_kept(&recorded.figures))
        {
            transaction
                .prepare_cached(
                    "insert or replace into lines (id, part, number, points, place)
                     values (?, ?, ?, ?, ?)",
                )?
                .execute(params![
                    session.id,
                    session.part,
                    recorded.number,
                    packed(&recorded.line),
                    recorded.place
                ])?;
            let key = Key {
                id: session.id.clone(),
                part: session.part,
                recorded: recorded.into(),
            };
            let mut writer = Writer {
                transaction,
                laid_out: &mut self.laid_out,
                newest: &mut self.newest,
            };
            let what = (&key, recorded.slope);
            self.catalogue.take(&mut writer, what, &recorded.line)?;
        }
        Ok(())
    }
}

fn can_be_kept(figures: &Figures) -> bool {
    let f = figures;
    let maybe = [f.heart_rate_bpm, f.w_per_kg, f.intensity, f.temperature_c, f.drift];
    maybe.into_iter().flatten().chain([f.load]).all(is_possible)
}

fn newest(transaction: &Transaction<'_>) -> rusqlite::Result<HillId> {
    transaction
        .prepare_cached("select ifnull(max(hill), 0) from same_hills")?
        .query_row([], |row| row.get(0))
}

/// Adds to a catalogue what is newer than it knows; the newest hill now.
fn catch_up(
    transaction: &Transaction<'_>,
    catalogue: &mut Catalogue,
    known: HillId,
) -> rusqlite::Result<HillId> {
    let newest = newest(transaction)?;
    if newest <= known {
        return Ok(known);
    }
    let mut query = transaction.prepare_cached(
        "select hill, slope = 'climb', south, west, north, east from same_hills
         where hill > ?",
    )?;
    let rows = query.query_map([known], |row| {
        let bounds = Bounds {
            south: row.get(2)?,
            west: row.get(3)?,
            north: row.get(4)?,
            east: row.get(5)?,
        };
        let slope = if row.get(1)? { Slope::Climb } else { Slope::Descent };
        Ok((row.get(0)?, slope, bounds))
    })?;
    // a row that another program wrote is no hill
    let hills = rows.filter_map(Result::ok);
    if known == 0 {
        *catalogue = Catalogue::of(hills);
    } else {
        hills.for_each(|(id, slope, bounds)| catalogue.add(id, slope, &bounds));
    }
    Ok(newest)
}

/// A line by which it is told which, with what was recorded of it.
#[derive(Clone)]
struct Key {
    id: String,
    part: u32,
    recorded: NumberedFigures,
}

#[derive(Clone, Copy)]
struct NumberedFigures {
    number: u32,
    figures: Figures,
}

impl From<&Recorded> for NumberedFigures {
    fn from(recorded: &Recorded) -> NumberedFigures {
        NumberedFigures { number: recorded.number, figures: recorded.figures }
    }
}

/// The store as the catalogue needs it.
struct Writer<'t> {
    transaction: &'t Transaction<'t>,
    laid_out: &'t mut HashMap<HillId, Option<Rc<Hill>>>,
    newest: &'t mut HillId,
}

impl Remembered for Writer<'_> {
    type Key = Key;
    type Fault = rusqlite::Error;

    fn hill(&mut self, id: HillId) -> rusqlite::Result<Option<Rc<Hill>>> {
        if let Some(known) = self.laid_out.get(&id) {
            return Ok(known.clone());
        }
        let points = within("points", LINE_BYTES);
        let sql = format!("select {points} from same_hills where hill = ?");
        let bytes: Option<Vec<u8>> = self
            .transaction
            .prepare_cached(&sql)?
            .query_row([id], |row| row.get(0))
            .optional()?;
        let line = bytes.and_then(|bytes| unpacked(&bytes));
        let hill = line.map(|line| Rc::new(Hill::of(line)));
        if self.laid_out.len() >= LAID_OUT {
            self.laid_out.clear();
        }
        self.laid_out.insert(id, hill.clone());
        Ok(hill)
    }

    fn over(&mut self, id: HillId) -> rusqlite::Result<Vec<(Key, Line)>> {
        let columns =
            COLUMNS.replace("id,", "e.id,").replace("part, number", "e.part, e.number");
        let points = within("l.points", LINE_BYTES);
        let sql = format!(
            "select {columns}, {points} from efforts e
             join lines l on l.id = e.id and l.part = e.part and l.number = e.number
             where hill = ?"
        );
        let mut query = self.transaction.prepare_cached(&sql)?;
        let mut rows = query.query([id])?;
        let mut over = Vec::new();
        while let Some(row) = rows.next()? {
            // one that another program wrote went over nothing
            let Ok((_, effort)) = effort(row) else { continue };
            let bytes: Vec<u8> = row.get(17).unwrap_or_default();
            let Some(line) = unpacked(&bytes) else { continue };
            let Effort { id, part, number, figures, .. } = effort;
            over.push((
                Key { id, part, recorded: NumberedFigures { number, figures } },
                line,
            ));
        }
        Ok(over)
    }

    fn found(&mut self, slope: Slope, line: &Line) -> rusqlite::Result<HillId> {
        let bounds = line.bounds();
        let found = self
            .transaction
            .prepare_cached(
                "insert into same_hills (slope, points, south, west, north, east)
                 values (?, ?, ?, ?, ?, ?)",
            )?
            .insert(params![
                slope.name(),
                packed(line),
                bounds.south,
                bounds.west,
                bounds.north,
                bounds.east
            ])?;
        *self.newest = found.max(*self.newest);
        Ok(found)
    }

    fn went_over(
        &mut self,
        (id, hill): (HillId, &Hill),
        (key, line): (&Key, &Line),
        overlap: &Overlap,
    ) -> rusqlite::Result<()> {
        let Key { id: content, part, recorded } = key;
        let of = (content.as_str(), *part, recorded.number);
        let effort = Effort::of(of, recorded.figures, (hill, line), overlap);
        // a gap in the recording may leave no seconds
        if !(effort.moving_s >= 1.0 && effort.length_m.is_finite()) {
            return Ok(());
        }
        let figures = &effort.figures;
        self.transaction
            .prepare_cached(&format!(
                "insert or replace into efforts ({COLUMNS})
                 values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            ))?
            .execute(params![
                id,
                effort.id,
                effort.part,
                effort.number,
                figures.sport.name(),
                figures.day.to_string(),
                figures.begun.as_second(),
                effort.share,
                effort.moving_s,
                effort.length_m,
                effort.rise_m,
                figures.heart_rate_bpm,
                figures.w_per_kg,
                figures.intensity,
                figures.load,
                figures.temperature_c,
                figures.drift
            ])?;
        Ok(())
    }
}

/// Returns an effort and its hill, from [`COLUMNS`].
pub(super) fn effort(row: &Row<'_>) -> Result<(HillId, Effort), RowFault> {
    let real = |column: usize| possible(row.get(column)?);
    let known = |column: usize| -> Result<Option<f64>, RowFault> {
        let value: Option<f64> = row.get(column)?;
        value.map(possible).transpose()
    };
    let word = |column: usize| -> Result<String, RowFault> {
        let word: String = row.get(column)?;
        if word.len() > WORD_BYTES { Err(RowFault::Bad("word")) } else { Ok(word) }
    };
    let begun: i64 = row.get(6)?;
    let figures = Figures {
        sport: sport(&word(4)?).ok_or(RowFault::Bad("sport"))?,
        day: word(5)?.parse().map_err(|_| RowFault::Bad("day"))?,
        begun: Timestamp::from_second(begun).map_err(|_| RowFault::Bad("start"))?,
        heart_rate_bpm: known(11)?,
        w_per_kg: known(12)?,
        intensity: known(13)?,
        load: real(14)?,
        temperature_c: known(15)?,
        drift: known(16)?,
    };
    let effort = Effort {
        id: word(1)?,
        part: row.get(2)?,
        number: row.get(3)?,
        figures,
        share: real(7)?,
        moving_s: real(8)?,
        length_m: real(9)?,
        rise_m: real(10)?,
    };
    Ok((row.get(0)?, effort))
}

/// Steps of what is kept of a point: 1e-6 degrees, 1e-6 degrees, cm, 0.01 s.
const STEPS: [f64; 4] = [1e6, 1e6, 1e2, 1e2];

fn packed(line: &Line) -> Vec<u8> {
    let figures = line.points().iter().flat_map(|point| {
        [point.latitude_deg, point.longitude_deg, point.elevation_m, point.moving_s]
            .into_iter()
            .zip(STEPS)
    });
    #[expect(
        clippy::cast_possible_truncation,
        reason = "what is beyond is the last there is"
    )]
    let whole = figures.map(|(value, steps)| (value * steps).round() as i32);
    whole.flat_map(i32::to_le_bytes).collect()
}

/// Returns a line as it was packed; `None` of bytes that are none.
pub(super) fn unpacked(bytes: &[u8]) -> Option<Line> {
    let (points, rest) = bytes.as_chunks::<16>();
    let point = |point: &[u8; 16]| {
        let (figures, _) = point.as_chunks::<4>();
        let mut figures = figures
            .iter()
            .zip(STEPS)
            .map(|(bytes, steps)| f64::from(i32::from_le_bytes(*bytes)) / steps);
        Some(LinePoint {
            latitude_deg: figures.next()?,
            longitude_deg: figures.next()?,
            elevation_m: figures.next()?,
            moving_s: figures.next()?,
        })
    };
    let line: Option<Vec<LinePoint>> = points.iter().map(point).collect();
    Line::new(line.filter(|_| rest.is_empty())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_comes_back_and_other_bytes_are_none() {
        let point = |latitude_deg, longitude_deg, elevation_m, moving_s| LinePoint {
            latitude_deg,
            longitude_deg,
            elevation_m,
            moving_s,
        };
        let points =
            vec![point(46.5, -179.999_999, -12.25, 0.0), point(46.6, 180.0, 4.5, 60.5)];
        let line = Line::new(points).unwrap();
        assert_eq!(unpacked(&packed(&line)), Some(line.clone()));
        for bytes in [&packed(&line)[..16], &packed(&line)[..31], &[0x7f; 32], &[]] {
            assert_eq!(unpacked(bytes), None, "{bytes:?}");
        }
        // in the middle of the sea, but places
        assert!(unpacked(&[0; 32]).is_some());
    }
}
