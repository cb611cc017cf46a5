//! What every writer says of a report: its subject, its sums, its verdict, its hills' names.

use crate::activity::Nature;
use crate::error::visible;
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
