//! Inputs into the store: what is known is not read again, and each result is kept as soon
//! as it is there.

use std::time::{Duration, Instant};

use rusqlite::TransactionBehavior;

use crate::activity::Activity;
use crate::batch;
use crate::error::{Error, Kind};
use crate::hills::Recorded;
use crate::history::session::HillRecord;
use crate::history::{MechanismRecord, Session, Trace};
use crate::inputs::{Input, in_order};
use crate::read::{self, Limits, Notice};
use crate::report::{MODEL_VERSION, Report};
use crate::settings::Settings;
use crate::store::bounds::PATH_BYTES;
use crate::store::corrections::Corrections;
use crate::store::digest::Digests;
use crate::store::efforts::Matcher;
use crate::store::files::{FileRow, KnownFiles, ScoredWith};
use crate::store::sessions::StoredSessions;
use crate::store::{READING_KIB, Store, WRITING_KIB, bicycles, files, sessions};

/// Results are kept together for so long at most.
const KEPT_EVERY: Duration = Duration::from_millis(500);
/// And so many at most: some megabytes.
const KEPT_AT_MOST: usize = 1024;

/// What became of one input.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Imported {
    /// As it was named.
    pub path: String,
    /// What its content is called; `None` where it was not read.
    pub id: Option<String>,
    /// Whether it was scored just now.
    pub fresh: bool,
    /// Code and words, where nothing could be scored.
    pub failure: Option<(String, String)>,
    /// Flaws that were survived.
    pub notices: Vec<String>,
}

/// How an input counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Scored.
    Scored,
    /// Scored, with flaws that were survived.
    Noticed,
    /// No activity, or one that went nowhere: strength, swimming, settings, a route.
    Skipped,
    /// It should have been scored.
    Failed,
}

/// An activity without times: a route somebody may go.
const COURSE: &str = "course";

impl Imported {
    /// Returns how it counts.
    pub fn outcome(&self) -> Outcome {
        match &self.failure {
            None if self.notices.is_empty() => Outcome::Scored,
            None => Outcome::Noticed,
            Some((code, _)) => {
                let elsewhere = [
                    Kind::NotAnActivity,
                    Kind::UnsupportedSport,
                    Kind::NoPoints,
                    Kind::NoDistance,
                    Kind::TooLittle,
                ];
                let skipped = elsewhere.iter().any(|kind| kind.code() == code);
                if skipped || code == COURSE { Outcome::Skipped } else { Outcome::Failed }
            }
        }
    }
}

/// Takes in inputs, each with the path it was found under, with so many threads. `each` is
/// told of every input, those that are known already first, and may end the run: what is
/// finished is kept.
///
/// # Errors
/// `store`: what was kept before stays kept.
pub fn import(
    store: &mut Store,
    inputs: impl Iterator<Item = (String, Input)>,
    settings: &Settings,
    (threads, rescore): (usize, bool),
    mut each: impl FnMut(&Imported) -> bool,
) -> Result<(), Error> {
    let desk = Scorer { rescore, ..Scorer::of(store, settings)? };
    let mut unknown = Vec::new();
    for (root, input) in inputs {
        match desk.known(&input) {
            Some(intake) if !each(&intake) => return Ok(()),
            Some(_) => {}
            None => unknown.push(Listed { root, input }),
        }
    }
    store.pages_at_hand(WRITING_KIB)?;
    let mut waiting: Vec<ScoredInput> = Vec::new();
    let mut matcher = Matcher::default();
    let mut kept_at = Instant::now();
    let mut failed = None;
    in_order(
        unknown.into_iter(),
        threads,
        |found| desk.take(found.root, found.input),
        |taken| {
            let go_on = each(&taken.intake);
            waiting.push(taken);
            let due = kept_at.elapsed() >= KEPT_EVERY || waiting.len() >= KEPT_AT_MOST;
            if due {
                failed = store.keep(&mut waiting, &mut matcher).err();
                kept_at = Instant::now();
            }
            go_on && failed.is_none()
        },
    );
    match failed {
        Some(error) => return Err(error),
        None => store.keep(&mut waiting, &mut matcher)?,
    }
    store.pages_at_hand(READING_KIB)
}

/// An input, and the path it was found under.
struct Listed {
    root: String,
    input: Input,
}

impl AsRef<Input> for Listed {
    fn as_ref(&self) -> &Input {
        &self.input
    }
}

/// An input on its way into the store.
struct ScoredInput {
    root: String,
    intake: Imported,
    row: FileRow,
    kept: Vec<StoredSessions>,
    /// The content that lay at this path before, where it was another.
    replaces: Option<String>,
}

impl ScoredInput {
    /// Returns whether what was known of the content holds no more.
    fn scored_anew(&self) -> bool {
        !self.kept.is_empty() || self.row.failure.is_some() && !self.row.unread()
    }
}

/// What every worker knows.
pub(super) struct Scorer<'s> {
    pub(super) known: KnownFiles,
    corrections: Corrections,
    digests: Digests,
    settings: &'s Settings,
    rescore: bool,
}

impl<'s> Scorer<'s> {
    pub(super) fn of(store: &Store, settings: &'s Settings) -> Result<Scorer<'s>, Error> {
        Ok(Scorer {
            known: store.known()?,
            corrections: store.corrections()?,
            digests: Digests::of(settings),
            settings,
            rescore: false,
        })
    }

    /// Returns what is known of an input that need not be read; `None` where it must be.
    fn known(&self, input: &Input) -> Option<Imported> {
        let row = self.known.files.get(&input.path)?;
        let stamp = input.stamp();
        let whole = row.id.as_ref().is_none_or(|id| self.is_whole(id));
        let unchanged = stamp.is_some() && row.stamp == stamp && self.holds(row) && whole;
        (unchanged && !self.rescore).then(|| Imported {
            path: input.path.clone(),
            id: row.id.clone(),
            fresh: false,
            failure: row.failure.clone(),
            notices: row.notices.clone(),
        })
    }

    fn take(&self, root: String, input: Input) -> ScoredInput {
        let path = input.path.clone();
        let stamp = input.stamp();
        let before = self.known.files.get(&path);
        let read = if path.len() > PATH_BYTES {
            let cause =
                format!("a path of {} bytes, which is not remembered", path.len());
            Read::failed(None, &Error::new(Kind::TooLarge, cause))
        } else {
            Error::caught(|| Ok(self.read(input)))
                .unwrap_or_else(|error| Read::failed(None, &error))
        };
        let mut row = FileRow {
            stamp,
            id: read.id.clone(),
            digest: self.digests.base().to_owned(),
            model: MODEL_VERSION,
            failure: read.failure.clone(),
            notices: read.notices.clone(),
        };
        let stood_for = before.and_then(|row| row.id.clone());
        if row.unread() {
            // what was known of it stays until it can be read again
            row.id.clone_from(&stood_for);
        }
        let replaces = stood_for.filter(|id| Some(id) != row.id.as_ref());
        let intake = Imported {
            path,
            id: read.id,
            fresh: !read.kept.is_empty(),
            failure: read.failure,
            notices: read.notices,
        };
        ScoredInput { root, intake, row, kept: read.kept, replaces }
    }

    /// Returns whether what is known of a file would come out the same today.
    fn holds(&self, row: &FileRow) -> bool {
        match (&row.failure, &row.id) {
            // the disk's fault of a moment, not the content's: it may be over
            _ if row.unread() => false,
            (Some(_), _) => {
                row.model == MODEL_VERSION && row.digest == self.digests.base()
            }
            (None, Some(id)) => self.scored_alike(id),
            (None, None) => false,
        }
    }

    /// Returns whether what is known of a content would be scored the same today.
    pub(super) fn scored_alike(&self, id: &str) -> bool {
        let Some(activities) = self.known.contents.get(id) else { return false };
        activities.iter().all(|scored: &ScoredWith| {
            let digest = self.digest(id, scored.part, |settings| {
                settings.athlete_on(Some(scored.day), scored.sport)
            });
            scored.model == MODEL_VERSION && scored.digest == digest
        })
    }

    /// Returns whether where climbs and descents lie, the metres by grade, the best efforts uphill
    /// and the bicycle are kept of everything in a content: what was scored before they were is
    /// completed when its file is seen again.
    fn is_whole(&self, id: &str) -> bool {
        let activities = self.known.contents.get(id).into_iter().flatten();
        activities.into_iter().all(|scored| scored.is_whole)
    }

    fn digest(
        &self,
        id: &str,
        part: u32,
        athlete: impl Fn(&Settings) -> crate::athlete::Athlete,
    ) -> String {
        match self.corrections.get(&(id.to_owned(), part)) {
            None => self.digests.with(&athlete(self.settings)),
            Some(said) => {
                let settings = said.over(self.settings);
                Digests::of(&settings).with(&athlete(&settings))
            }
        }
    }

    fn read(&self, input: Input) -> Read {
        let limits = Limits::default();
        let (hint, within) = (input.hint.clone(), input.within(&limits));
        let bytes = match input.into_bytes(&limits) {
            Ok(bytes) => bytes,
            Err(error) => return Read::failed(None, &error),
        };
        let id = batch::id(&bytes);
        let mut reading = match read::bytes_with(&bytes, &within) {
            Ok(reading) => reading,
            Err(error) => return Read::failed(Some(id), &error),
        };
        drop(bytes);
        hint.fill(&mut reading);
        let notices: Vec<String> =
            reading.notices.iter().map(ToString::to_string).collect();
        let flaws = reading.notices.len() as u64;
        let mut read =
            Read { id: Some(id.clone()), failure: None, kept: Vec::new(), notices };
        // the same content elsewhere: its flaws are told, its score is known
        if !self.rescore && self.scored_alike(&id) && self.is_whole(&id) {
            return read;
        }
        let (mut first, several) = (None, reading.activities.len() > 1);
        for (index, activity) in reading.activities.iter().enumerate() {
            match self.score(activity, &id, index + 1, flaws) {
                Ok((kept, told)) => {
                    read.kept.push(kept);
                    let part = if several {
                        format!("part {}: ", index + 1)
                    } else {
                        String::new()
                    };
                    read.notices
                        .extend(told.iter().map(|notice| format!("{part}{notice}")));
                }
                Err(failure) => {
                    if several {
                        read.notices.push(format!("part {}: {}", index + 1, failure.1));
                    }
                    first = first.or(Some(failure));
                }
            }
        }
        if read.kept.is_empty() {
            read.failure = first;
        }
        read
    }

    fn score(
        &self,
        activity: &Activity,
        id: &str,
        part: usize,
        flaws: u64,
    ) -> Result<(StoredSessions, Vec<Notice>), (String, String)> {
        let number = u32::try_from(part).unwrap_or(u32::MAX);
        let said = self.corrections.get(&(id.to_owned(), number));
        let corrected = said.map(|said| said.over(self.settings));
        let settings = corrected.as_ref().unwrap_or(self.settings);
        let (report, places) = Report::for_history(activity, settings)
            .map_err(|error| (error.kind().code().to_owned(), error.message()))?;
        let flaws = flaws + report.notices.len() as u64;
        let session =
            Session::of(&report, activity, (id, part), flaws).ok_or_else(|| {
                let why = "no times: a route, not something that was done";
                (COURSE.to_owned(), why.to_owned())
            })?;
        let digest = self.digest(id, number, |_| report.athlete);
        let hills = HillRecord::all(&report);
        // what was recorded indoors lies nowhere
        let lines = places.map(|places| Recorded::all(&report, &places, activity));
        let kept = StoredSessions {
            session,
            bicycle: bicycles::of(&report, activity),
            hills,
            lines: lines.unwrap_or_default(),
            by_grade: report.by_grade,
            mechanisms: MechanismRecord::of(&report),
            trace: Trace::of(activity),
            digest,
        };
        match kept.impossible() {
            None => Ok((kept, report.notices)),
            // what cannot be read again is not written
            Some(why) => Err((Kind::TooLarge.code().to_owned(), why)),
        }
    }
}

/// What reading an input came to.
struct Read {
    id: Option<String>,
    failure: Option<(String, String)>,
    kept: Vec<StoredSessions>,
    notices: Vec<String>,
}

impl Read {
    fn failed(id: Option<String>, error: &Error) -> Read {
        let failure = (error.kind().code().to_owned(), error.message());
        Read { id, failure: Some(failure), kept: Vec::new(), notices: Vec::new() }
    }
}

impl Store {
    /// Keeps so many pages at hand, KiB, and lets the others go.
    fn pages_at_hand(&self, kib: i64) -> Result<(), Error> {
        let set = || {
            self.db.pragma_update(None, "cache_size", -kib)?;
            self.db.execute_batch("pragma shrink_memory")
        };
        set().map_err(|error| self.fault(error))
    }

    /// Writes what waits, in one transaction.
    fn keep(
        &mut self,
        waiting: &mut Vec<ScoredInput>,
        matcher: &mut Matcher,
    ) -> Result<(), Error> {
        if waiting.is_empty() {
            return Ok(());
        }
        let mut write = |store: &mut Store| -> rusqlite::Result<()> {
            let transaction =
                store.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            matcher.begin(&transaction)?;
            for taken in waiting.iter().filter(|t| t.intake.path.len() <= PATH_BYTES) {
                files::write(&transaction, &taken.intake.path, &taken.root, &taken.row)?;
                if let Some(id) = taken.row.id.as_deref().filter(|_| taken.scored_anew())
                {
                    sessions::erase(&transaction, id)?;
                }
                for kept in &taken.kept {
                    sessions::write(&transaction, kept)?;
                    matcher.take(&transaction, kept)?;
                }
                if let Some(id) = &taken.replaces {
                    files::replaced(&transaction, id)?;
                }
            }
            transaction.commit()
        };
        let written = write(self).map_err(|error| self.fault(error));
        waiting.clear();
        written
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inputs::{Hint, Source};

    #[test]
    fn confines_a_panic_to_one_input() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(&folder.path().join("store.sqlite")).unwrap();
        let bad = Input {
            path: "bad".to_owned(),
            source: Source::Bytes(crate::read::PANICS.to_vec()),
            hint: Hint::default(),
        };
        let inputs = [bad, Input::file("fixtures/fit/loop.fit")]
            .map(|input| (String::new(), input));
        let mut said = Vec::new();
        import(
            &mut store,
            inputs.into_iter(),
            &Settings::default(),
            (2, false),
            |intake| {
                said.push(intake.failure.as_ref().map(|(code, _)| code.clone()));
                true
            },
        )
        .unwrap();
        assert_eq!(said, [Some("internal".to_owned()), None]);
        assert_eq!(store.sessions().unwrap().len(), 1);
    }
}
