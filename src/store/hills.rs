//! Hills from the store: every effort that counts, and what the athlete calls them.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiff::civil::Date;
use rusqlite::{OptionalExtension as _, params};

use crate::error::{Error, Kind};
use crate::hills::effort::{OWN_SHARE, going};
use crate::hills::{
    Effort, HillEfforts, HillId, Hills, LEAST_EFFORTS, Line, LinePoint, Measured, WHOLE,
    once_each,
};
use crate::history::{History, Session, Trace};
use crate::segment::Slope;
use crate::settings::Weekday;
use crate::sport::{Bike, Sport, from_label, from_name};
use crate::store::bounds::{LINE_BYTES, WORD_BYTES, WORD_CHARS, within};
use crate::store::efforts::{COLUMNS, effort, unpacked};
use crate::store::sessions::RowFault;
use crate::store::{Store, StoreFault};

/// Efforts whose starts lie further apart are not of one outing, whatever the clocks say: zones
/// of the world, and some.
const ONE_OUTING_S: i64 = 15 * 3600;
/// Two recordings of one effort take equally long within this share: our choice.
const EQUALLY_LONG: f64 = 0.2;
/// Share of an activity's ascent or descent that a hill makes up for the activity's name to be
/// its own: our choice.
const NAMED_SHARE: f64 = 0.5;
/// Activities that must bear that name.
const NAMED_BY: i64 = 2;

/// Recordings that a hill is measured by, where it has more: those with the least digests, which is as
/// good as by chance. Our choice: the middle of so many moves by little.
const MEASURED_BY: usize = 100;

/// How a hill is gone: efforts are compared with those of the same way.
const WAYS: [(Sport, Option<Bike>); 5] = [
    (Sport::Run, None),
    (Sport::Hike, None),
    (Sport::Ride, None),
    (Sport::Ride, Some(Bike::Electric)),
    (Sport::Ride, Some(Bike::Virtual)),
];

/// An activity: its content and part.
type ActivityKey = (String, u32);

/// What a hill is, beside its efforts.
struct Known {
    slope: Slope,
    name: Option<String>,
    line: Line,
}

impl Store {
    /// Returns every hill that was done three times and more until the end of a day, with its
    /// efforts. An outing recorded twice counts once, one that the athlete leaves out not at
    /// all.
    ///
    /// # Errors
    /// `store`.
    pub fn hills(&self, on: Date) -> Result<Hills, Error> {
        let efforts = self.read_efforts(None).map_err(|trouble| self.fault(trouble))?;
        let unknown = self.without_lines()?;
        Ok(Hills::of(self.efforts_on_hills(efforts, on)?, unknown))
    }

    /// One hill, however often it was done: the efforts of each sport.
    ///
    /// # Errors
    /// `settings` where there is no such hill; `store`.
    pub fn hill(&self, id: HillId, on: Date) -> Result<Vec<HillEfforts>, Error> {
        let efforts =
            self.read_efforts(Some(id)).map_err(|trouble| self.fault(trouble))?;
        let found = self.efforts_on_hills(efforts, on)?;
        if found.is_empty() { Err(no_hill(id)) } else { Ok(found) }
    }

    /// Gives a hill a name, or none.
    ///
    /// # Errors
    /// `settings` where there is no such hill, or the name is too long; `store`.
    pub fn name_hill(&self, id: HillId, name: Option<&str>) -> Result<(), Error> {
        if name.is_some_and(|name| name.chars().count() > WORD_CHARS) {
            let cause = format!("a name of more than {WORD_CHARS} characters");
            return Err(Error::new(Kind::Settings, cause).hint("choose a shorter one"));
        }
        let named = self
            .db
            .execute("update same_hills set name = ? where hill = ?", params![name, id])
            .map_err(|error| self.fault(error))?;
        if named == 0 { Err(no_hill(id)) } else { Ok(()) }
    }

    /// Returns how many activities were scored before their climbs and descents were kept.
    fn without_lines(&self) -> Result<usize, Error> {
        let sql = "select count(*) from activities where lines is null";
        let counted = self.db.query_row(sql, [], |row| row.get::<_, u32>(0));
        counted.map(|count| count as usize).map_err(|error| self.fault(error))
    }

    /// Efforts by hill: of one, or of all that were done often enough.
    fn read_efforts(
        &self,
        only: Option<HillId>,
    ) -> Result<BTreeMap<HillId, Vec<Effort>>, StoreFault> {
        let which = match only {
            Some(_) => "hill = ?".to_owned(),
            None => format!(
                "?1 is null and hill in
                 (select hill from efforts group by hill having count(*) >= {LEAST_EFFORTS})"
            ),
        };
        let sql = format!("select {COLUMNS} from efforts where {which} order by hill");
        let mut query = self.db.prepare(&sql)?;
        let mut rows = query.query([only])?;
        let mut efforts: BTreeMap<HillId, Vec<Effort>> = BTreeMap::new();
        while let Some(row) = rows.next()? {
            match effort(row) {
                Ok((hill, effort)) => efforts.entry(hill).or_default().push(effort),
                // one of many, that another program wrote
                Err(RowFault::Bad(_)) => {}
                Err(RowFault::Failed(error)) => return Err(error.into()),
            }
        }
        Ok(efforts)
    }

    /// Returns the efforts that count, by hill and how it was gone.
    fn efforts_on_hills(
        &self,
        mut efforts: BTreeMap<HillId, Vec<Effort>>,
        on: Date,
    ) -> Result<Vec<HillEfforts>, Error> {
        let left_out: HashSet<ActivityKey> = self
            .corrections()?
            .into_iter()
            .filter_map(|(key, said)| said.excluded.then_some(key))
            .collect();
        for efforts in efforts.values_mut() {
            efforts.retain(|effort| {
                effort.figures.day <= on
                    && !left_out.contains(&(effort.id.clone(), effort.part))
            });
            efforts.sort_by(|a, b| order(a).cmp(&order(b)));
        }
        let doubles = self.doubles(&suspects(&efforts))?;
        let (places, names) = (self.places()?, self.names()?);
        let unlike = self.unlike_bicycles()?;
        let mut all = Vec::new();
        for (id, mut efforts) in efforts {
            efforts.retain(|effort| !doubles.contains(&(effort.id.clone(), effort.part)));
            if efforts.is_empty() {
                continue;
            }
            let Some(Known { slope, name, line }) = self.known_hill(id)? else {
                continue;
            };
            let name = name.or_else(|| {
                let of = places.get(&id).or_else(|| names.get(&id));
                of.cloned()
            });
            let measured = self.measured(id, line.length_m(), &efforts)?;
            let known = Known { slope, name, line };
            all.extend(by_way(id, &known, measured, efforts, &unlike));
        }
        Ok(all)
    }

    /// Returns how high and long a hill is by those of its efforts that went over all of it.
    fn measured(
        &self,
        id: HillId,
        hill_m: f64,
        efforts: &[Effort],
    ) -> Result<Measured, Error> {
        let key = |effort: &Effort| (effort.id.clone(), effort.part, effort.number);
        let of: HashMap<(String, u32, u32), &Effort> =
            efforts.iter().map(|effort| (key(effort), effort)).collect();
        let points = within("l.points", LINE_BYTES);
        let sql = format!(
            "select e.id, e.part, e.number, {points} from efforts e
             join lines l on l.id = e.id and l.part = e.part and l.number = e.number
             where hill = ? and share >= {WHOLE} limit {MEASURED_BY}"
        );
        let read = || -> rusqlite::Result<Vec<(&Effort, Line)>> {
            let mut query = self.db.prepare_cached(&sql)?;
            let mut rows = query.query([id])?;
            let mut recorded = Vec::new();
            while let Some(row) = rows.next()? {
                // what another program wrote says nothing
                let (Ok(id), Ok(part), Ok(number)) = (row.get(0), row.get(1), row.get(2))
                else {
                    continue;
                };
                let line = unpacked(&row.get::<_, Vec<u8>>(3).unwrap_or_default());
                recorded.extend(of.get(&(id, part, number)).copied().zip(line));
            }
            Ok(recorded)
        };
        let recorded = read().map_err(|error| self.fault(error))?;
        Ok(Measured::of(hill_m, &recorded))
    }

    fn known_hill(&self, id: HillId) -> Result<Option<Known>, Error> {
        let (name, points) = (within("name", WORD_BYTES), within("points", LINE_BYTES));
        let sql = format!(
            "select slope = 'climb', {name}, {points} from same_hills where hill = ?"
        );
        let read = || -> rusqlite::Result<Option<Known>> {
            let mut query = self.db.prepare_cached(&sql)?;
            let found = query
                .query_row([id], |row| {
                    let slope = if row.get(0)? { Slope::Climb } else { Slope::Descent };
                    Ok((slope, row.get(1).ok().flatten(), row.get::<_, Vec<u8>>(2)?))
                })
                .optional()?;
            Ok(found.and_then(|(slope, name, points)| {
                Some(Known { slope, name, line: unpacked(&points)? })
            }))
        };
        match read().map_err(RowFault::from) {
            Ok(known) => Ok(known),
            Err(RowFault::Bad(_)) => Ok(None),
            Err(RowFault::Failed(error)) => Err(self.fault(error)),
        }
    }

    /// Of activities that may be recordings of one outing, those that do not count.
    fn doubles(
        &self,
        suspects: &HashSet<ActivityKey>,
    ) -> Result<HashSet<ActivityKey>, Error> {
        if suspects.is_empty() {
            return Ok(HashSet::new());
        }
        let mut sessions = self.sessions()?;
        sessions.retain(|session| suspects.contains(&(session.id.clone(), session.part)));
        let failed = std::cell::RefCell::new(None);
        let traces = |session: &Session| -> Option<Trace> {
            let trace = self.trace(session);
            trace.map_err(|error| failed.borrow_mut().get_or_insert(error).kind()).ok()?
        };
        let history = History::of(sessions, &traces, Date::MAX, Weekday::default());
        if let Some(error) = failed.take() {
            return Err(error);
        }
        let doubles = history.duplicates.into_iter().map(|double| double.left_out);
        Ok(doubles.map(|session| (session.id, session.part)).collect())
    }

    /// Returns what files call the top of a hill, where it is that of the whole climb or descent: the
    /// name that most efforts bear.
    fn places(&self) -> Result<HashMap<HillId, String>, Error> {
        let read = || -> rusqlite::Result<HashMap<HillId, String>> {
            let mut query = self.db.prepare(&format!(
                "select hill, place, count(*) from efforts e
                 join lines l on l.id = e.id and l.part = e.part and l.number = e.number
                 where octet_length(place) between 1 and {WORD_BYTES} and share >= {OWN_SHARE}
                 group by 1, 2 order by 1, 3, 2 desc"
            ))?;
            let rows = query.query_map([], |row| {
                // what is no text is no name
                Ok((row.get::<_, HillId>(0)?, row.get(1).unwrap_or_default()))
            })?;
            // the most frequent comes last
            let mut places: HashMap<HillId, String> = rows.collect::<Result<_, _>>()?;
            places.retain(|_, place| !place.is_empty());
            Ok(places)
        };
        read().map_err(|error| self.fault(error))
    }

    /// Returns names of activities that are mostly one hill, where two at least bear one and no
    /// activity elsewhere does.
    fn names(&self) -> Result<HashMap<HillId, String>, Error> {
        let read = || -> rusqlite::Result<HashMap<HillId, String>> {
            // what is longer does not even come to be grouped
            let short = format!("octet_length(name) between 1 and {WORD_BYTES}");
            let mut query = self.db.prepare(&format!(
                "select name, count(*) from activities where {short}
                 group by name having count(*) >= {NAMED_BY}"
            ))?;
            let rows = query.query_map([], |row| {
                // what is no text is no name
                Ok((row.get::<_, String>(0).unwrap_or_default(), row.get(1)?))
            })?;
            let borne = rows.collect::<rusqlite::Result<HashMap<String, i64>>>()?;
            let mut query = self.db.prepare(&format!(
                "select hill, name, count(distinct e.id || '.' || e.part)
                 from efforts e join activities a on a.id = e.id and a.part = e.part
                 where {short} and abs(e.rise_m) >= {NAMED_SHARE} *
                     iif(e.rise_m > 0, a.gain_m, a.loss_m)
                 group by 1, 2 having count(*) >= {NAMED_BY} order by 1, 3, 2"
            ))?;
            let rows = query.query_map([], |row| {
                let name: String = row.get(1).unwrap_or_default();
                Ok((row.get::<_, HillId>(0)?, name, row.get::<_, i64>(2)?))
            })?;
            let mut names = HashMap::new();
            for row in rows {
                let (hill, name, times) = row?;
                // a morning run is no place
                let of_a_place =
                    !from_label(&name).is_known() && !from_name(&name).is_known();
                if borne.get(&name) == Some(&times) && !name.is_empty() && of_a_place {
                    names.insert(hill, name);
                }
            }
            Ok(names)
        };
        read().map_err(|error| self.fault(error))
    }
}

fn no_hill(id: HillId) -> Error {
    Error::new(Kind::Settings, format!("no hill {id}")).hint("hardlegs hills lists them")
}

/// Returns the efforts on a hill by how it was gone, each once and with the hill's metres. `unlike`
/// are rides on which a motor or a game decided how fast it went.
fn by_way(
    id: HillId,
    known: &Known,
    measured: Measured,
    efforts: Vec<Effort>,
    unlike: &HashMap<ActivityKey, Bike>,
) -> Vec<HillEfforts> {
    let Known { slope, name, line } = known;
    let (from, rise_m) = (line.first(), measured.rise_m(line.rise_m()));
    let to = LinePoint { elevation_m: from.elevation_m + rise_m, ..line.last() };
    let length_m = measured.length_m(line.length_m());
    let mut efforts: Vec<Effort> =
        once_each(efforts).into_iter().map(|effort| measured.effort(effort)).collect();
    let mut all = Vec::new();
    for (sport, bicycle) in WAYS {
        let alike = |effort: &mut Effort| {
            let of = unlike.get(&(effort.id.clone(), effort.part)).copied();
            going(effort.figures.sport) == sport && of == bicycle
        };
        let mut alike: Vec<Effort> = efforts.extract_if(.., alike).collect();
        // what a motor can do is not known
        let own = bicycle != Some(Bike::Electric);
        let too_fast =
            alike.extract_if(.., |effort| own && !effort.is_possible()).count();
        if !alike.is_empty() || too_fast > 0 {
            all.push(HillEfforts {
                id,
                slope: *slope,
                name: name.clone(),
                sport,
                bicycle,
                from,
                to,
                length_m,
                efforts: alike,
                too_fast,
            });
        }
    }
    all
}

fn order(effort: &Effort) -> (jiff::Timestamp, &str, u32, u32) {
    (effort.figures.begun, &effort.id, effort.part, effort.number)
}

/// Activities of different files with efforts on one hill that are equally long and begin near
/// each other: one outing recorded twice is among these, by whatever clock.
fn suspects(efforts: &BTreeMap<HillId, Vec<Effort>>) -> HashSet<ActivityKey> {
    let mut suspects = HashSet::new();
    for efforts in efforts.values() {
        for (at, early) in efforts.iter().enumerate() {
            let until = early.figures.begun.as_second() + ONE_OUTING_S;
            let near = efforts.iter().skip(at + 1);
            for late in near.take_while(|late| late.figures.begun.as_second() <= until) {
                let apart_s = (late.moving_s - early.moving_s).abs();
                let alike = apart_s <= EQUALLY_LONG * late.moving_s.max(early.moving_s);
                if late.id != early.id && alike {
                    suspects.insert((early.id.clone(), early.part));
                    suspects.insert((late.id.clone(), late.part));
                }
            }
        }
    }
    suspects
}
