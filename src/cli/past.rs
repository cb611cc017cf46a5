//! What the history knows to hold one activity against: asked of the store, never changed there.

use hardlegs::report::Report;
use hardlegs::store::{LOOK_BACK_DAYS, Store};
use hardlegs::write::text::Largest;

use crate::cli::memory::Memory;

/// The store, where there is one that can be asked.
pub(crate) struct Past(Option<Store>);

impl Past {
    /// Opens it, or nothing: a store that cannot be asked is no fault of the activity, and
    /// `hardlegs history` says what is wrong with it.
    pub(crate) fn of(memory: &Memory) -> Past {
        Past(memory.path().ok().and_then(|path| Store::open_to_ask(&path).ok().flatten()))
    }

    /// Nothing is known.
    pub(crate) fn none() -> Past {
        Past(None)
    }

    /// The largest load of the days before.
    pub(crate) fn largest_before(&self, report: &Report) -> Option<Largest> {
        let (start, local) = (report.header.start?, report.local_start?);
        let of = (start, local.at.date());
        let found = self.0.as_ref()?.largest_before(of, report.sport.on_foot());
        let (load, day) = found.ok().flatten()?;
        Some(Largest { days: LOOK_BACK_DAYS, load, day })
    }
}
