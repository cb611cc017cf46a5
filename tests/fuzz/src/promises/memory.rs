//! The store's file.

use hardlegs::error::Kind;
use hardlegs::history::{History, Trace};
use hardlegs::inputs::{Hint, Input, Source};
use hardlegs::plan::NextHills;
use hardlegs::settings::{Settings, Weekday};
use hardlegs::store::{Stale, Store, import};
use hardlegs::write::Units;
use hardlegs::write::hills::{json as hill_documents, text as hill_list};
use hardlegs::write::history::{View, export, json, table, text};
use jiff::civil::date;

use super::activity::reads_again;
use super::{inert, one_line};

/// A folder that goes again, in memory where there is one.
pub fn folder() -> tempfile::TempDir {
    let memory = std::path::Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }
        .unwrap()
}

/// A file of any bytes where the store is looked for: read and written like one, or refused in a
/// line, and then left as it was.
pub fn store(bytes: &[u8]) {
    let folder = folder();
    let path = folder.path().join("history.sqlite");
    std::fs::write(&path, bytes).unwrap();
    match Store::open(&path) {
        Ok(store) => used(store),
        Err(error) => {
            one_line(&error.message());
            assert_eq!(error.kind(), Kind::Store);
            if error.message().contains("nothing was changed") {
                assert!(std::fs::read(&path).unwrap() == bytes, "it was changed");
            }
        }
    }
}

/// Any file into a store: what is taken in is read again, and takes nothing else away.
pub fn kept(bytes: &[u8]) {
    let folder = folder();
    let mut store = Store::open(&folder.path().join("history.sqlite")).unwrap();
    let input = |path: &str, bytes: &[u8]| {
        let input = Input {
            path: path.to_owned(),
            source: Source::Bytes(bytes.to_vec()),
            hint: Hint::default(),
        };
        (String::new(), input)
    };
    let hill = super::drawing::HILL.as_bytes();
    let inputs = [input("/any", bytes), input("/hill.gpx", hill)];
    let mut scored = Vec::new();
    import(&mut store, inputs.into_iter(), &Settings::default(), (1, false), |intake| {
        scored.extend(intake.id.clone().filter(|_| intake.failure.is_none()));
        true
    })
    .unwrap();
    let (sessions, unreadable) = store.remembered().unwrap();
    assert!(unreadable.is_empty(), "{unreadable:?}");
    for id in &scored {
        assert!(sessions.iter().any(|session| session.id == *id), "{id}");
    }
    for session in &sessions {
        assert!(scored.contains(&session.id) && store.trace(session).unwrap().is_some());
    }
    // and known as it was read: nothing need be scored again
    assert_eq!(store.stale(&Settings::default()).unwrap(), Stale::default());
    used(store);
}

/// Everything that is asked of a store, each for itself: what is damaged says so in a line.
fn used(mut store: Store) {
    let _ = said(store.paths());
    let _ = said(store.roots());
    let _ = said(store.descents(hardlegs::history::FIRST_DAY));
    let _ = said(store.stale(&Settings::default()));
    if let Some(hills) = said(store.hills(date(2026, 11, 1))) {
        inert(&hill_list::list(&hills, true, Units::Metric), &['\n']);
        reads_again(&hill_documents::list(&hills, date(2026, 11, 1)));
    }
    if let Some(sessions) = said(store.sessions()) {
        for session in &sessions {
            reads_again(&export::row(session, None));
        }
        let traces =
            |session: &_| -> Option<Trace> { said(store.trace(session)).flatten() };
        let history = History::of(sessions, &traces, date(2026, 11, 1), Weekday::Monday);
        let view = View::default();
        reads_again(&json::document(&history, &view, None));
        inert(&text::text(&history, &NextHills::default(), &view), &['\n']);
        inert(&table::list(&history, &view), &['\n']);
    }
    let input = Input {
        path: "/new.gpx".to_owned(),
        source: Source::Bytes(super::drawing::HILL.as_bytes().to_vec()),
        hint: Hint::default(),
    };
    let inputs = std::iter::once((String::new(), input));
    let settings = Settings::default();
    said(import(&mut store, inputs, &settings, (1, false), |intake| {
        assert!(intake.failure.is_none(), "{:?}", intake.failure);
        true
    }));
    said(store.forget("/new.gpx"));
}

fn said<T>(result: Result<T, hardlegs::error::Error>) -> Option<T> {
    result.map_err(|error| one_line(&error.message())).ok()
}
