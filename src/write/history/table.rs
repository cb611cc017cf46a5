//! A history as a list of its sessions, or its stretches for a spreadsheet.

use crate::history::{History, Session};
use crate::write::columns::{Columns, figures, words};
use crate::write::history::View;
use crate::write::prose::{WIDTH, cut};

/// Most characters of a name.
const NAME_CHARS: usize = 24;

/// Returns every session with its id: what `history set` takes.
pub fn list(h: &History, view: &View) -> String {
    let u = view.units;
    let mut table = Columns::new(vec![
        words("day"),
        words("id"),
        words("sport"),
        figures("", u.far()),
        figures("up", u.height()),
        figures("down", u.height()),
        figures("up", "load"),
        figures("down", "load"),
    ]);
    let shown = |s: &&Session| {
        view.since.is_none_or(|since| s.day >= since)
            && view.on_foot.is_none_or(|only| only == s.sport.on_foot())
    };
    let sessions: Vec<&Session> = h.sessions.iter().filter(shown).collect();
    for s in &sessions {
        table.row(vec![
            s.day.to_string(),
            s.short_id(),
            s.sport.name().to_owned(),
            format!("{:.1}", u.along(s.distance_m)),
            format!("{:.0}", u.up(s.gain_m).round()),
            format!("{:.0}", u.up(s.loss_m).round()),
            format!("{:.0}", s.concentric_load),
            format!("{:.0}", s.eccentric_load),
        ]);
    }
    let room = table.room(WIDTH).clamp(1, NAME_CHARS);
    let name = |s: &&Session| cut(s.name.as_deref().unwrap_or(""), room);
    table.beside("name", sessions.iter().map(name).collect());
    let mut out = String::new();
    table.print(&mut out);
    out
}

/// Headings of [`rows`].
pub const HEADINGS: [&str; 18] = [
    "from",
    "to",
    "foot_sessions",
    "foot_distance_m",
    "foot_gain_m",
    "foot_loss_m",
    "foot_moving_s",
    "foot_concentric_load",
    "foot_eccentric_load",
    "ride_sessions",
    "ride_distance_m",
    "ride_gain_m",
    "ride_loss_m",
    "ride_moving_s",
    "ride_concentric_load",
    "usual_eccentric_load",
    "usual_concentric_load",
    "usual_ride_concentric_load",
];

/// Returns the stretches, one row each.
pub fn rows(h: &History, view: &View) -> Vec<[String; 18]> {
    let number = |value: f64| ((value * 10.0).round() / 10.0 + 0.0).to_string();
    h.by(view.by, view.since)
        .iter()
        .map(|s| {
            let (foot, ride) = (&s.foot, &s.ride);
            let usual = |value: Option<f64>| value.map(number).unwrap_or_default();
            [
                s.from.to_string(),
                s.to.to_string(),
                foot.sessions.to_string(),
                number(foot.distance_m),
                number(foot.gain_m),
                number(foot.loss_m),
                number(foot.moving_s),
                number(foot.concentric_load),
                number(foot.eccentric_load),
                ride.sessions.to_string(),
                number(ride.distance_m),
                number(ride.gain_m),
                number(ride.loss_m),
                number(ride.moving_s),
                number(ride.concentric_load),
                usual(s.usual.map(|u| u.0)),
                usual(s.usual.map(|u| u.1)),
                usual(s.usual_ride),
            ]
        })
        .collect()
}
