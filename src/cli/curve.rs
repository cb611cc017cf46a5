//! One's own speed over grade, from the history: for `history --curve`, charts and courses.

use hardlegs::curve::{Curve, Curves};
use hardlegs::history::History;
use hardlegs::sport::Sport;
use hardlegs::store::Store;
use hardlegs::write::Units;
use hardlegs::write::curve::{json, text};
use hardlegs::write::inert::inert;

use crate::cli::memory::told;
use crate::cli::out::Out;

/// Returns the curves of every sport of a history, that of most outings first.
pub(crate) fn curves(
    store: &Store,
    history: &History,
) -> Result<Vec<Curves>, (String, u8)> {
    let outings = store.outings(&history.sessions).map_err(told)?;
    Ok(Curves::all(&outings, history.on))
}

/// Returns the curve of a sport; without a store that of other people.
pub(crate) fn curve(
    store: Option<&Store>,
    history: &History,
    sport: Sport,
) -> Result<Curve, (String, u8)> {
    let outings = match store {
        Some(store) => store.outings(&history.sessions).map_err(told)?,
        None => Vec::new(),
    };
    Ok(Curve::of(&outings, sport, history.on))
}

/// Prints the curves of a history, of those on foot or riding where one is asked for.
pub(crate) fn print(
    store: &Store,
    history: &History,
    on_foot: Option<bool>,
    (as_json, units): (bool, Units),
    out: &mut Out,
) -> Result<(), (String, u8)> {
    let mut curves = curves(store, history)?;
    curves.retain(|curves| on_foot.is_none_or(|foot| foot == curves.own.sport.on_foot()));
    if as_json {
        let document = json::document(&curves, history.on);
        let text = serde_json::to_string_pretty(&document)
            .map_err(|error| (format!("error: internal: {error}"), 3))?;
        out.print(&(inert(text) + "\n"));
        return Ok(());
    }
    if curves.is_empty() {
        Out::say("No speeds yet. hardlegs history FOLDER takes in what is in it");
    }
    let pages: Vec<String> = curves.iter().map(|own| text::text(own, units)).collect();
    out.print(&pages.join("\n"));
    Ok(())
}
