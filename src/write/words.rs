//! What every writer says of a report: its subject, its sums, its verdict, its hills' names.

use crate::activity::Nature;
use crate::error::visible;
use crate::load::mechanisms::Figure;
#[cfg(any(feature = "export", feature = "page"))]
use crate::load::range::Span;
use crate::profile::{Untimed, noise};
use crate::read::NoticeKind;
use crate::report::{Assumed, DROPPED_SHARE, Hill, Report, TOLD_SHARE};
use crate::segment::Slope;
use crate::settings::ZoneOf;
use crate::sport::Labelled;
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

/// How the sport was chosen where the file does not say one that is known.
pub(super) fn taken_sport(r: &Report) -> Option<String> {
    const WORD_CHARS: usize = 30;
    let from = r.sport_from?.name();
    let (sport, change) = (r.sport.name(), "--sport run|walk|hike|ride changes it.");
    Some(match &r.header.sport {
        Labelled::Unrecognised(word) => {
            let word: String = visible(word).chars().take(WORD_CHARS).collect();
            format!(
                "The file says \"{word}\", which is not known here as a sport.\n\
                 Taken as {sport} by its {from}: {change}"
            )
        }
        _ => format!("The file names no sport; scored as {sport}: {change}"),
    })
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
            None => format!(
                "{}: speeds are assumed, times not known",
                without_times(r.quality.untimed)
            ),
        }
    )
}

/// The activity in one sentence.
pub(super) fn verdict(r: &Report, u: Units) -> String {
    let load = &r.load;
    if r.cells == 0 {
        let stayed = r.timed.then(|| clock(Some(r.quality.elapsed_s)));
        let stayed = stayed.unwrap_or_else(|| "every point".to_owned());
        return format!("Nothing moved: {stayed} in one place, no load.");
    }
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
    pub(super) points: f64,
    pub(super) severity: Option<f64>,
    pub(super) load: f64,
}

/// That of a hill's direction.
pub(super) fn half(hill: &Hill) -> Half {
    let load = &hill.load;
    if hill.rise_m >= 0.0 {
        Half {
            points: load.climb_points,
            severity: load.concentric_severity(),
            load: load.concentric_load,
        }
    } else {
        Half {
            points: load.descent_points,
            severity: load.eccentric_severity(),
            load: load.eccentric_load,
        }
    }
}

/// What that half of the load could be.
#[cfg(any(feature = "export", feature = "page"))]
pub(super) fn could_be(hill: &Hill) -> Option<Span> {
    let range = hill.range.as_ref()?;
    let up = hill.rise_m >= 0.0;
    Some(if up { range.concentric_load } else { range.eccentric_load })
}

/// A hill in a few words: U3 6.0 km 14 %, load 61.
#[cfg(any(feature = "chart", feature = "export"))]
pub(super) fn hill_words(name: &str, hill: &Hill, r: &Report, u: Units) -> String {
    let scored = r.sport.on_foot() || hill.slope == Some(Slope::Climb);
    let load = half(hill).load;
    let load = if scored { format!(", load {load:.0}") } else { String::new() };
    let grade = percent(hill.mean_grade);
    format!("{name} {:.1} {} {grade}{load}", u.along(hill.length_m), u.far())
}

/// The five mechanisms in three lines.
pub(super) fn mechanisms(r: &Report) -> Vec<String> {
    let m = &r.mechanisms;
    let figure = |f: &Figure, show: &dyn Fn(f64) -> String| match f {
        Ok(value) => show(*value),
        Err(why) => format!("n/a: {why}"),
    };
    let kg = |v: f64| format!("{v:.1} W/kg");
    let minutes = |v: f64| format!("{v:.0} min");
    let mut lines = Vec::new();
    lines.push(if r.sport.on_foot() {
        format!(
            "recruitment {} of climbing pushes hard · power best minute up {}",
            figure(&m.hard_push_share, &percent),
            figure(&m.best_60s_up_w_per_kg, &kg)
        )
    } else {
        format!(
            "recruitment torque {} · best 5 s {}",
            figure(&m.climb_torque_nm_per_kg, &|v| format!("{v:.2} N m/kg")),
            figure(&m.best_5s_w, &|v| format!("{v:.0} W"))
        )
    });
    lines.push(format!(
        "aerobic {} in climbs of 4 min and more, hard: {}",
        figure(&m.long_climb_min, &minutes),
        figure(&m.long_climb_hard_min, &minutes)
    ));
    if let (Ok(up), Ok(hard_up), Ok(down), Ok(hard_down)) =
        (m.steps_up, m.hard_steps_up, m.steps_down, m.hard_steps_down)
    {
        lines.push(format!(
            "tissue {up:.0} steps up ({hard_up:.0} hard), {down:.0} down ({hard_down:.0} hard)"
        ));
    }
    lines
}

/// What was found about the heights.
pub(super) fn quality(r: &Report, u: Units) -> Vec<String> {
    let q = &r.quality;
    let mut parts = vec![format!("noise {:.2} m", q.height_noise_m)];
    if q.height_step_m > 0.0 {
        parts.push(format!("heights in steps of {:.0} m smoothed", q.height_step_m));
    }
    if q.position_step_m > 0.0 {
        parts.push(format!("positions rounded to {:.0} m smoothed", q.position_step_m));
    }
    let mut count = |n: usize, one: &str, more: &str| {
        if n > 0 {
            parts.push(format!("{n} {}", if n == 1 { one } else { more }));
        }
    };
    count(q.spikes, "spike mended", "spikes mended");
    count(q.height_jumps, "height jump cut out", "height jumps cut out");
    count(q.heights_filled, "filled", "filled");
    count(q.impossible_points, "impossible point dropped", "impossible points dropped");
    count(q.times_mended, "time mended", "times mended");
    count(q.sparse_legs, "leg over 200 m or 30 s", "legs over 200 m or 30 s");
    let mut silent = |samples: usize, one: &str, more: &str| {
        if samples as f64 > DROPPED_SHARE * q.samples as f64 {
            count(samples, one, more);
        }
    };
    silent(q.cadences_dropped, "cadence dropped", "cadences dropped");
    silent(q.heart_rates_dropped, "heart rate dropped", "heart rates dropped");
    silent(q.stance_times_dropped, "contact time dropped", "contact times dropped");
    let elapsed = q.elapsed_s;
    let told = |part: f64, whole: f64| part > TOLD_SHARE * whole;
    if told(q.cut_m, q.recorded_m) || told(q.cut_s, elapsed) || q.road_jumps > 0 {
        let jumps = match q.road_jumps {
            0 => "gaps".to_owned(),
            1 => "1 position jump".to_owned(),
            more => format!("{more} position jumps"),
        };
        let time =
            if r.timed { format!(", {}", clock(Some(q.cut_s))) } else { String::new() };
        parts.push(format!("{jumps} cut out ({:.0} m{time})", q.cut_m));
    }
    if told(q.paused_s, elapsed) {
        parts.push(format!("paused {}", clock(Some(q.paused_s))));
    }
    if q.not_scored_m >= 1.0 {
        parts.push(format!("{:.0} m not scored", q.not_scored_m));
    }
    if q.carried_m > 0.0 {
        parts.push(format!(
            "lift or vehicle {:.1} {}, {} left out",
            u.along(q.carried_m),
            u.far(),
            clock(r.timed.then_some(q.carried_s))
        ));
    }
    if r.steep_m >= 1.0 {
        parts.push(format!("{:.0} m steeper than ever measured", r.steep_m));
    }
    if q.standing_s > 0.05 * elapsed && elapsed > 0.0 {
        parts.push(format!("standing {}", percent(q.standing_s / elapsed)));
    }
    parts.push(format!("hills under {:.0} m blurred", 2.0 * q.half_width_m));
    parts
}

/// Why there are no times.
fn without_times(untimed: Option<Untimed>) -> &'static str {
    match untimed {
        None => "no timestamps",
        Some(Untimed::Few) => "hardly any timestamps",
        Some(Untimed::Stands) => "the clock stands",
        Some(Untimed::Backwards) => "the times run backwards",
        Some(Untimed::FarApart) => "times of no outing",
    }
}

/// What makes the gain itself doubtful.
pub(super) fn doubt(r: &Report, u: Units) -> Option<String> {
    let q = &r.quality;
    if r.notices.iter().any(|notice| notice.kind == NoticeKind::Sparse) {
        let range = if r.timed { ", hence the wide range" } else { "" };
        Some(format!("points lie far apart: hills between them are not seen{range}"))
    } else if q.height_noise_m > noise::NOISY.value {
        Some("the heights are noisy: gain is terrain and noise together".to_owned())
    } else if r.gain_undecidable() {
        Some(format!(
            "gain undecidable: counting only reversals of {:.1} m and more it is {}",
            2.0 * q.turning_m,
            u.rise(q.gain_at_twice_turning_m)
        ))
    } else {
        None
    }
}

/// What an assumption says to people.
pub(super) fn assumptions(r: &Report) -> Vec<String> {
    let words = r.assumed.iter().map(|assumed| match (assumed, r.sport_from) {
        (Assumed::Sport, Some(from)) => format!("the sport (by its {})", from.name()),
        (assumed, _) => assumption(*assumed).to_owned(),
    });
    words.collect()
}

fn assumption(assumed: Assumed) -> &'static str {
    match assumed {
        Assumed::Sport => "the sport",
        Assumed::Mass => "70 kg (--mass)",
        Assumed::Cadence => "cadence",
        Assumed::Gait => "running or walking by speed",
        Assumed::Speed => "speed by grade",
        Assumed::Power => "power from speed and grade",
        Assumed::Rpm => "80 turns of the crank a minute",
        Assumed::HeartRateMax => "highest heart rate of this file (--hrmax)",
    }
}
