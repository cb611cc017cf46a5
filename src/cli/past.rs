//! What the history knows to hold one activity against: asked of the store, never changed there.

use hardlegs::curve::{Curve, Part, Stages};
use hardlegs::history::{History, Session};
use hardlegs::report::Report;
use hardlegs::settings::HighestHeartRate;
use hardlegs::store::{LOOK_BACK_DAYS, Store};
use hardlegs::write::curve::text;
use hardlegs::write::text::Largest;

use crate::cli::curve::curve;
use crate::cli::flags::Settled;
use crate::cli::history::today;
use crate::cli::memory::Memory;

/// The store, where there is one that can be asked.
pub(crate) struct Past(Option<Store>);

impl Past {
    /// Opens it, or nothing: a store that cannot be asked is no fault of the activity, and
    /// `hardlegs history` says what is wrong with it.
    pub(crate) fn of(memory: &Memory) -> Past {
        Past(memory.path().ok().and_then(|path| Store::open_to_ask(&path).ok().flatten()))
    }

    /// Knows nothing.
    pub(crate) fn none() -> Past {
        Past(None)
    }

    /// Returns how long a course takes by one's own speeds over grade; `None` of a recording,
    /// and where no outing of its sport is known. Nothing of it may fail the activity.
    pub(crate) fn course_time(
        &self,
        report: &Report,
        settled: &Settled,
    ) -> Option<String> {
        let store = self.0.as_ref().filter(|_| report.is_course())?;
        let curve = Past::curve(store, report, settled)?;
        let parts = Part::all(report);
        let time = curve.time_by_place(&parts, &Stages::of(report));
        let time = time.filter(|_| curve.outings > 0)?;
        let hills = text::largest_parts(&time, &parts, report.sport, settled.units);
        let splits = text::splits(&time, settled.units);
        let splits = if splits.is_empty() { splits } else { format!("\n{splits}") };
        Some(format!("\n{}\n{hills}{splits}", text::course_time(&time, &curve)))
    }

    /// Returns the grade-adjusted pace of a run by one's own speeds over grade; `None` where no
    /// outing is known. Nothing of it may fail the activity.
    pub(crate) fn level_paces(
        &self,
        report: &Report,
        settled: &Settled,
    ) -> Option<String> {
        let store = self.0.as_ref().filter(|_| report.level_speed_m_per_s.is_some())?;
        let curve = Past::curve(store, report, settled)?;
        Some(text::level_paces(report, &curve, settled.units))
            .filter(|text| !text.is_empty())
    }

    /// Returns the curve of the sport of an activity.
    fn curve(store: &Store, report: &Report, settled: &Settled) -> Option<Curve> {
        let (sessions, _) = store.remembered().ok()?;
        let traces = |session: &Session| store.trace(session).ok()?;
        let on = today(&settled.settings);
        let history = History::of(sessions, &traces, on, settled.week_starts);
        curve(Some(store), &history, report.sport).ok()
    }

    /// Returns the highest heart rate of the history; `None` below ten days with a clean one.
    pub(crate) fn highest_heart_rate(&self) -> Option<HighestHeartRate> {
        HighestHeartRate::of(self.0.as_ref()?.highest_heart_rates().ok()?)
    }

    /// Returns the largest load of the days before.
    pub(crate) fn largest_before(&self, report: &Report) -> Option<Largest> {
        let (start, local) = (report.header.start?, report.local_start?);
        let of = (start, local.at.date());
        let found = self.0.as_ref()?.largest_before(of, report.sport.on_foot());
        let (load, day) = found.ok().flatten()?;
        Some(Largest { days: LOOK_BACK_DAYS, load, day })
    }
}
