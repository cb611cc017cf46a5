//! The largest sessions.

use crate::history::Session;
use crate::write::columns::{Columns, figures, words};
use crate::write::history::text::{NAME_CHARS, Page};
use crate::write::prose::cut;
use crate::write::units::{clock, times};

/// So many of them.
const LARGEST: usize = 5;

impl Page<'_> {
    /// By downhill load, or of a history of rides by uphill load.
    pub(super) fn largest(&self, out: &mut String) {
        let (u, foot) = (self.view.units, self.leads_on_foot());
        let load = |s: &Session| if foot { s.eccentric_load } else { s.concentric_load };
        let intensity = |s: &Session| {
            if foot { s.eccentric_intensity } else { s.concentric_intensity }
        };
        let from = self.view.since;
        let mut sessions: Vec<&Session> = self
            .h
            .sessions
            .iter()
            .filter(|s| s.sport.on_foot() == foot && load(s) >= 1.0)
            .filter(|s| from.is_none_or(|from| s.day >= from))
            .collect();
        if sessions.is_empty() {
            return;
        }
        sessions.sort_by(|a, b| load(b).total_cmp(&load(a)));
        let way = if foot { "down" } else { "up" };
        let mut table = Columns::new(vec![
            words("largest"),
            words(""),
            words("id"),
            figures(way, "load"),
            figures("per", if foot { "step" } else { "half turn" }),
            figures(way, u.height()),
            figures("", u.far()),
            figures("", "time"),
        ]);
        for s in sessions.into_iter().take(LARGEST) {
            table.row(vec![
                s.day.to_string(),
                cut(s.name.as_deref().unwrap_or(s.sport.name()), NAME_CHARS),
                s.short_id(),
                format!("{:.0}", load(s)),
                times(intensity(s)),
                format!("{:.0}", u.up(if foot { s.loss_m } else { s.gain_m }).round()),
                format!("{:.1}", u.along(s.distance_m)),
                clock(Some(s.moving_s)),
            ]);
        }
        out.push('\n');
        table.print(out);
    }
}
