//! What every writer says of a report: its subject, its sums, its verdict, its hills' names.

use crate::activity::Nature;
use crate::error::visible;
use crate::load::range::Span;
use crate::report::{Assumed, Hill, Report};
use crate::segment::Slope;
use crate::settings::ZoneOf;
use crate::write::units::{Units, clock, percent};

/// Name, sport and start, as far as they are known; the name at most so long.
pub(super) fn subject(r: &Report, name_chars: usize) -> String {
    let mut parts = Vec::new();
    if let Some(name) = &r.header.name {
        let name = visible(name);
        let short: String = name.chars().take(name_chars).collect();
        let cut = if name.chars().count() > name_chars { "…" } else { "" };
        parts.push(format!("{short}{cut}"));
    }
    let guessed = if r.assumed.contains(&Assumed::Sport) { "?" } else { "" };
    let nature = if r.header.nature == Nature::Course { " course" } else { "" };
    parts.push(format!("{}{nature}{guessed}", r.sport.name()));
    if let Some(start) = r.local_start {
        let zone = match start.by {
            ZoneOf::Person | ZoneOf::File => "",
            ZoneOf::Longitude => "?",
            ZoneOf::Utc => " UTC",
        };
        parts.push(format!("{}{zone}", start.at.strftime("%a %-d %b %Y %H:%M")));
    }
    parts.join(" · ")
}

/// Length, gain, loss and time.
pub(super) fn sums(r: &Report, u: Units) -> String {
    format!(
        "{:.1} {} · {} {} · {}",
        u.along(r.distance_m),
        u.far(),
        u.rise(r.gain_m),
        u.rise(-r.loss_m),
        match r.moving_s {
            Some(_) => format!("{} moving", clock(r.moving_s)),
            None => "no timestamps: speeds are assumed, times not known".to_owned(),
        }
    )
}

/// The activity in one sentence.
pub(super) fn verdict(r: &Report, u: Units) -> String {
    let load = &r.load;
    if !r.sport.on_foot() {
        let known = r.rising_m - r.unknown_m;
        return if known > 0.0 && load.climb_points > 0.0 {
            format!(
                "You climbed {}; {} of it pushed hard or very hard. Freewheeling legs do not brake.",
                u.rise(r.gain_m).trim_start_matches('+'),
                percent(load.hard_climb_points() / load.climb_points)
            )
        } else {
            "No power, and no climb of 3 % to take it from: no load.".to_owned()
        };
    }
    let big = |points: f64| points >= crate::load::leg_load::LEAST_POINTS;
    if big(load.descent_points) {
        format!(
            "You braked {} of descent; {} of it in hard or very hard steps.",
            u.rise(r.loss_m).trim_start_matches('+'),
            percent(load.hard_descent_points() / load.descent_points)
        )
    } else if big(load.climb_points) {
        format!(
            "You pushed {} up; {} of it in hard or very hard steps. Hardly any descent.",
            u.rise(r.gain_m).trim_start_matches('+'),
            percent(load.hard_climb_points() / load.climb_points)
        )
    } else {
        "Near level: no hill worth a score.".to_owned()
    }
}

/// The sign of a climb or a descent.
pub fn sign(hill: &Hill) -> &'static str {
    match hill.slope {
        Some(Slope::Climb) => "▲",
        Some(Slope::Descent) => "▼",
        Some(Slope::Level) | None => " ",
    }
}

/// Climbs and descents with their names, U1, D1, ... in order.
pub fn numbered(segments: &[Hill]) -> Vec<(String, &Hill)> {
    let (mut ups, mut downs) = (0, 0);
    let mut rows = Vec::new();
    for hill in segments {
        let name = match hill.slope {
            Some(Slope::Climb) => {
                ups += 1;
                format!("U{ups}")
            }
            Some(Slope::Descent) => {
                downs += 1;
                format!("D{downs}")
            }
            Some(Slope::Level) | None => continue,
        };
        rows.push((name, hill));
    }
    rows
}

/// The half of the load that a hill is about: pushed up, or braked down.
pub(super) struct Half {
    /// The muscle's word for it.
    pub(super) name: &'static str,
    pub(super) points: f64,
    pub(super) severity: Option<f64>,
    pub(super) load: f64,
    pub(super) range: Option<Span>,
}

/// That of a hill's direction.
pub(super) fn half(hill: &Hill) -> Half {
    let (load, range) = (&hill.load, hill.range.as_ref());
    if hill.rise_m >= 0.0 {
        Half {
            name: "concentric",
            points: load.climb_points,
            severity: load.concentric_severity(),
            load: load.concentric_load,
            range: range.map(|r| r.concentric_load),
        }
    } else {
        Half {
            name: "eccentric",
            points: load.descent_points,
            severity: load.eccentric_severity(),
            load: load.eccentric_load,
            range: range.map(|r| r.eccentric_load),
        }
    }
}

/// A hill in a few words: U3 6.0 km 14 %, load 61.
pub(super) fn hill_words(name: &str, hill: &Hill, r: &Report, u: Units) -> String {
    let scored = r.sport.on_foot() || hill.slope == Some(Slope::Climb);
    let load = half(hill).load;
    let load = if scored { format!(", load {load:.0}") } else { String::new() };
    let grade = percent(hill.mean_grade);
    format!("{name} {:.1} {} {grade}{load}", u.along(hill.length_m), u.far())
}
