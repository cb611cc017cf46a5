//! A history as a list of its sessions, or its stretches for a spreadsheet.

use std::fmt::Write as _;

use crate::error::visible;
use crate::history::History;
use crate::write::history::View;

/// Every session with its id: what `history set` takes.
pub fn list(h: &History, view: &View) -> String {
    let u = view.units;
    let mut out = format!(
        " {:<11} {:<11}{:<5}{:>7}{:>9}{:>9}{:>6}{:>6}  name\n",
        "day",
        "id",
        "sport",
        u.far(),
        "up",
        "down",
        "push",
        "brake"
    );
    for s in &h.sessions {
        let shown = view.since.is_none_or(|since| s.day >= since)
            && view.on_foot.is_none_or(|only| only == s.sport.on_foot());
        if !shown {
            continue;
        }
        let name = visible(s.name.as_deref().unwrap_or(""));
        let name: String = name.chars().take(24).collect();
        let line = format!(
            " {:<11} {:<11}{:<5}{:>7.1}{:>9}{:>9}{:>6.0}{:>6.0}  {name}",
            s.day.to_string(),
            s.short_id(),
            s.sport.name(),
            u.along(s.distance_m),
            u.rise(s.gain_m),
            u.rise(-s.loss_m),
            s.concentric_load,
            s.eccentric_load
        );
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out
}

/// Headings of [`rows`].
pub const HEADINGS: [&str; 17] = [
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
];

/// The stretches, one row each.
pub fn rows(h: &History, view: &View) -> Vec<[String; 17]> {
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
            ]
        })
        .collect()
}
