//! What every writer says of a report: its subject, its sums, its verdict, its hills' names.

use crate::activity::Nature;
use crate::error::visible;
#[cfg(any(feature = "chart", feature = "page"))]
use crate::load::leg_load::LEAST_VOLUME_M;
use crate::load::mechanisms::Figure;
use crate::load::model::{STEEPEST_ON_FOOT, STEEPEST_RIDING};
use crate::load::range::Span;
use crate::load::windows::{BestEffort, BestUphill};
use crate::profile::{Untimed, noise};
use crate::read::NoticeKind;
use crate::report::{Assumed, DROPPED_SHARE, Hill, OtherSport, Report, TOLD_SHARE};
use crate::segment::Slope;
use crate::settings::HighestHeartRate;
use crate::settings::ZoneOf;
use crate::sport::Labelled;
use crate::write::units::{Units, clock, percent};

/// Returns the name, sport and start, as far as they are known; the name at most so long.
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
        parts.push(format!("{}{zone}", start.at.strftime("%a %-d %b %Y, %H:%M")));
    } else if r.timed {
        // the file tells none that a recording could have
        parts.push("no date".to_owned());
    }
    parts.join(" · ")
}

/// Returns how the sport was chosen where the file does not say one that is known.
pub(super) fn taken_sport(r: &Report) -> Option<String> {
    const WORD_CHARS: usize = 30;
    let from = r.sport_from?.name();
    let (sport, change) = (r.sport.name(), "--sport run|walk|hike|ride changes it.");
    Some(
        match &r.header.sport {
            Labelled::Unrecognised(word) => {
                let word: String = visible(word).chars().take(WORD_CHARS).collect();
                format!(
                    "The file says \"{word}\", which is not known here as a sport.\n\
                 Taken as {sport} by its {from}: {change}"
                )
            }
            _ => format!("The file names no sport; scored as {sport}: {change}"),
        } + &other_sport(r),
    )
}

/// Returns what the loads were if the sport was the other one; nothing where that is out of the
/// question.
fn other_sport(r: &Report) -> String {
    let Some(OtherSport { sport, load }) = r.other_sport else { return String::new() };
    let name = sport.name();
    match load {
        None => format!("\nAs a {name}: no load, as nothing tells its power."),
        Some(load) if !sport.on_foot() => {
            format!("\nAs a {name}: load {:.0} uphill.", load.concentric_load)
        }
        Some(load) => format!(
            "\nAs a {name}: load {:.0} uphill, {:.0} downhill.",
            load.concentric_load, load.eccentric_load
        ),
    }
}

/// Returns the length, gain, loss and time.
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

/// The same with what gain and loss may be.
pub(super) fn sums_within(r: &Report, u: Units) -> String {
    let within = |span_m: &Span| {
        let end = |metres: f64| u.up(metres).round().abs();
        format!(" ({:.0}–{:.0})", end(span_m.low), end(span_m.high))
    };
    let (gain, loss) = (u.rise(r.gain_m), u.rise(-r.loss_m));
    let (up, down) = (within(&r.gain_range_m), within(&r.loss_range_m));
    let ranged = format!("{gain}{up} · {loss}{down}");
    sums(r, u).replacen(&format!("{gain} {loss}"), &ranged, 1)
}

/// Returns what is said where nothing moved.
pub(super) fn still(r: &Report) -> String {
    let stayed = r.timed.then(|| clock(Some(r.quality.elapsed_s)));
    let stayed = stayed.unwrap_or_else(|| "every point".to_owned());
    format!("Nothing moved: {stayed} in one place, no load.")
}

/// Returns the activity in one sentence.
#[cfg(any(feature = "chart", feature = "page"))]
pub(super) fn verdict(r: &Report, u: Units) -> String {
    let load = &r.load;
    let hard = |hard_m: f64, volume_m: f64| percent(hard_m / volume_m);
    let up = hard(load.hard_climb_volume_m(), load.climb_volume_m);
    if r.cells == 0 {
        return still(r);
    }
    if !r.sport.on_foot() {
        let known = r.rising_m - r.unknown_m;
        return if known > 0.0 && load.climb_volume_m > 0.0 {
            let climbed = u.metres(r.gain_m);
            format!(
                "{climbed} climbed, {up} of it hard or very hard. Descents are not scored."
            )
        } else {
            "Power is not known on any rising metre: no load.".to_owned()
        };
    }
    if load.descent_volume_m >= LEAST_VOLUME_M {
        let down = hard(load.hard_descent_volume_m(), load.descent_volume_m);
        let lost = u.metres(r.loss_m);
        format!("{lost} of descent, {down} of it in hard or very hard steps.")
    } else if load.climb_volume_m >= LEAST_VOLUME_M {
        let climbed = u.metres(r.gain_m);
        format!(
            "{climbed} climbed, {up} of it in hard or very hard steps. Hardly any descent."
        )
    } else {
        "Near level: no hill worth a score.".to_owned()
    }
}

/// Returns the sign of a climb or a descent.
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
    pub(super) volume_m: f64,
    pub(super) intensity: Option<f64>,
    pub(super) load: f64,
}

/// That of a hill's direction.
pub(super) fn half(hill: &Hill) -> Half {
    let load = &hill.load;
    if hill.rise_m >= 0.0 {
        Half {
            volume_m: load.climb_volume_m,
            intensity: load.concentric_intensity(),
            load: load.concentric_load,
        }
    } else {
        Half {
            volume_m: load.descent_volume_m,
            intensity: load.eccentric_intensity(),
            load: load.eccentric_load,
        }
    }
}

/// Returns what that half of the load could be.
#[cfg(any(feature = "export", feature = "page"))]
pub(super) fn could_be(hill: &Hill) -> Option<Span> {
    let range = hill.range.as_ref()?;
    let up = hill.rise_m >= 0.0;
    Some(if up { range.concentric_load } else { range.eccentric_load })
}

/// Returns a hill in a few words: U3 6.0 km 14 %, load 61.
#[cfg(any(feature = "chart", feature = "export"))]
pub(super) fn hill_words(name: &str, hill: &Hill, r: &Report, u: Units) -> String {
    let scored = r.sport.on_foot() || hill.slope == Some(Slope::Climb);
    let load = half(hill).load;
    let load = if scored { format!(", load {load:.0}") } else { String::new() };
    let grade = percent(hill.mean_grade);
    format!("{name} {:.1} {} {grade}{load}", u.along(hill.length_m), u.far())
}

/// Returns what the outing asked of each of the five mechanisms, in lines; `whole` says also
/// why a figure is not known.
pub(super) fn mechanisms(r: &Report, whole: bool) -> Vec<String> {
    let m = &r.mechanisms;
    let figure = |f: &Figure, show: &dyn Fn(f64) -> String| match f {
        Ok(value) => Some(show(*value)),
        Err(why) => whole.then(|| format!("n/a: {why}")),
    };
    let power = |what: &'static str, unit: &'static str, digits: usize| {
        move |v: f64| format!("{what} {v:.digits$} {unit}")
    };
    let foot = r.sport.on_foot();
    let muscles = if foot {
        figure(&m.hard_climb_share, &|share| {
            format!("{} of climbing steps hard (2× and more)", percent(share))
        })
    } else {
        figure(&m.climb_torque_nm_per_kg, &power("torque on climbs", "N m/kg", 2))
    };
    let sprints = m.hill_sprints.ok().filter(|count| *count >= 1.0).map(|count| {
        let best = m.best_sprint_up_w_per_kg.unwrap_or_default();
        format!("{} up to {best:.1} W/kg", plural(count, "hill sprint"))
    });
    let best = figure(&m.best_60s_up_w_per_kg, &power("best minute up", "W/kg", 1));
    let sprint = if foot || !r.best_efforts.is_empty() {
        None
    } else {
        figure(&m.best_5s_w, &power("best 5 s", "W", 0))
    };
    let endurance = figure(&m.long_climb_min, &|minutes| endurance(r, minutes));
    // what did not happen is not told
    let climbed = m.long_climb_min.is_ok_and(|minutes| minutes >= 0.5);
    let endurance = endurance.filter(|_| whole || climbed);
    let told = |steps: Figure| steps.ok().filter(|steps| *steps >= 1.0);
    let tendons = match (told(m.hard_steps_down), told(m.hard_steps_up)) {
        (Some(down), Some(up)) => Some(format!("{down:.0} hard steps down, {up:.0} up")),
        (Some(down), None) => Some(format!("{down:.0} hard steps down")),
        (None, Some(up)) => Some(format!("{up:.0} hard steps up")),
        (None, None) => None,
    };
    let power: Vec<String> = [best, sprint, sprints].into_iter().flatten().collect();
    let held = best_efforts(r);
    let power = (!power.is_empty()).then(|| power.join(" · "));
    [
        ("muscles", muscles),
        ("power", power),
        ("best", held),
        ("uphill", best_uphill(r, whole)),
        ("endurance", endurance),
        ("tendons", tendons),
    ]
    .into_iter()
    .filter_map(|(name, words)| Some(format!("{name:<9}  {}", words?)))
    .collect()
}

/// Returns the minutes of long climbs, those of them that were hard, and how far the heart drifted.
fn endurance(r: &Report, minutes: f64) -> String {
    let m = &r.mechanisms;
    let hard = m.long_climb_hard_min.ok().filter(|_| minutes >= 1.0);
    let from = r.highest_heart_rate.map_or(String::new(), |highest| {
        let HighestHeartRate { bpm, days, .. } = highest;
        format!(" (highest {bpm:.0}, of {days} days of your history)")
    });
    let hard = hard.map_or(String::new(), |hard| {
        format!(", {hard:.0} of them at high heart rate{from}")
    });
    let drift = m
        .long_climb_drift
        .ok()
        .map_or(String::new(), |drift| format!(" · heart drift {}", percent(drift)));
    format!("{minutes:.0} min in climbs of 4 min and more{hard}{drift}")
}

/// Returns a count with its word.
fn plural(count: f64, word: &str) -> String {
    let more = if count < 1.5 { "" } else { "s" };
    format!("{count:.0} {word}{more}")
}

/// Returns the most that one climb held, from 5 min on, or for every duration where `whole` is
/// asked; `None` where no climb lasts so long.
fn best_uphill(r: &Report, whole: bool) -> Option<String> {
    const BRIEFLY_FROM_S: f64 = 300.0;
    let shown: Vec<&BestUphill> = r
        .best_uphill
        .iter()
        .filter(|best| whole || best.seconds >= BRIEFLY_FROM_S)
        .filter(|best| best.vertical_m_per_h.is_some() || best.w_per_kg.is_some())
        .collect();
    let durations: Vec<String> = shown
        .iter()
        .map(|best| match best.seconds {
            seconds if seconds < 60.0 => format!("{seconds:.0} s"),
            seconds => format!("{:.0}", seconds / 60.0),
        })
        .collect();
    let figures = |of: &dyn Fn(&BestUphill) -> Option<String>| {
        let figures = shown.iter().map(|best| of(best).unwrap_or("–".to_owned()));
        figures.collect::<Vec<_>>().join(", ")
    };
    let speeds =
        figures(&|best| best.vertical_m_per_h.map(|speed| format!("{speed:.0}")));
    let powers = figures(&|best| best.w_per_kg.map(|power| format!("{power:.1}")));
    let powered = shown.iter().any(|best| best.w_per_kg.is_some());
    let powers = if powered { format!(" · {powers} W/kg") } else { String::new() };
    let durations = durations.join(", ");
    (!shown.is_empty()).then(|| format!("best {durations} min: {speeds} m/h{powers}"))
}

/// Returns the most power that a metered ride held, whole and within a climb; `None` without.
fn best_efforts(r: &Report) -> Option<String> {
    let figures = |of: fn(&BestEffort) -> Option<f64>| {
        let watts = |w: Option<f64>| w.map_or("–".to_owned(), |w| format!("{w:.0}"));
        r.best_efforts.iter().map(of).map(watts).collect::<Vec<_>>().join(", ")
    };
    let any = r.best_efforts.iter().any(|effort| effort.whole_w.is_some());
    any.then(|| {
        let (whole, uphill) = (figures(|e| e.whole_w), figures(|e| e.uphill_w));
        format!("5 s, 1, 5, 20 min: {whole} W · uphill {uphill} W")
    })
}

/// Returns how good the heights are, in a word with the figure that decides it, and what
/// happened to the recording.
// more than sixty lines: a figure a line, in the order of the page
pub(super) fn quality(r: &Report, u: Units) -> Vec<String> {
    let q = &r.quality;
    let mut parts = vec![elevation(r, u)];
    if q.position_step_m > 0.0 {
        parts.push(format!("positions rounded to {:.0} m smoothed", q.position_step_m));
    }
    let mut count = |n: usize, one: &str, more: &str| {
        if n > 0 {
            parts.push(format!("{n} {}", if n == 1 { one } else { more }));
        }
    };
    count(q.spikes, "spike repaired", "spikes repaired");
    count(q.height_jumps, "height jump cut out", "height jumps cut out");
    count(q.heights_filled, "gap filled", "gaps filled");
    count(q.impossible_points, "impossible point dropped", "impossible points dropped");
    count(q.times_repaired, "time repaired", "times repaired");
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
        parts.push(cut_out(r));
    }
    if told(q.paused_s, elapsed) {
        parts.push(format!("paused {}", clock(Some(q.paused_s))));
    }
    if q.not_scored_m >= 1.0 {
        parts.push(format!("{:.0} m not scored", q.not_scored_m));
    }
    if q.carried_m > 0.0 {
        // the slow parts of one lift may part it
        let stretches = match q.carried_stretches {
            several @ 2.. if !r.sport.on_foot() => format!(" in {several} stretches"),
            _ => String::new(),
        };
        parts.push(format!(
            "lift or vehicle {:.1} {}{stretches}, {} left out",
            u.along(q.carried_m),
            u.far(),
            clock(r.timed.then_some(q.carried_s))
        ));
    }
    if r.steep_m >= 1.0 {
        let studied = if r.sport.on_foot() { STEEPEST_ON_FOOT } else { STEEPEST_RIDING };
        parts.push(format!(
            "{:.0} m on grades beyond the laboratory's ±{}",
            r.steep_m,
            percent(studied.value)
        ));
    }
    if q.standing_s > 0.05 * elapsed && elapsed > 0.0 {
        parts.push(format!("standing {}", percent(q.standing_s / elapsed)));
    }
    parts.push(format!("hills under {:.0} m smoothed away", 2.0 * q.half_width_m));
    parts
}

/// Returns what is cut out of a recording.
fn cut_out(r: &Report) -> String {
    let q = &r.quality;
    let jumps = match q.road_jumps {
        0 => "gaps".to_owned(),
        1 => "1 position jump".to_owned(),
        more => format!("{more} position jumps"),
    };
    let time =
        if r.timed { format!(", {}", clock(Some(q.cut_s))) } else { String::new() };
    format!("{jumps} cut out ({:.0} m{time})", q.cut_m)
}

/// Returns why there are no times.
fn without_times(untimed: Option<Untimed>) -> &'static str {
    match untimed {
        None => "no timestamps",
        Some(Untimed::Few) => "hardly any timestamps",
        Some(Untimed::Stands) => "the clock stands",
        Some(Untimed::Backwards) => "the times run backwards",
        Some(Untimed::FarApart) => "times of no outing",
    }
}

/// Good, fair or poor, by what decides it.
fn elevation(r: &Report, u: Units) -> String {
    let q = &r.quality;
    let noise = format!("noise {:.2} m", q.height_noise_m);
    let sparse = r.notices.iter().any(|notice| notice.kind == NoticeKind::Sparse);
    let (word, why) = if sparse {
        ("poor", "points far apart: hills between them are not seen".to_owned())
    } else if q.height_noise_m > noise::NOISY.value {
        ("poor", format!("{noise}: gain is terrain and noise together"))
    } else if q.height_step_m > 0.0 {
        ("fair", format!("heights in steps of {:.0} m", q.height_step_m))
    } else if r.gain_undecidable() {
        let (reversal_m, gain_m) = (2.0 * q.turning_m, q.gain_at_twice_turning_m);
        let gain = u.rise(gain_m);
        (
            "fair",
            format!("gain is {gain} where only reversals of {reversal_m:.1} m count"),
        )
    } else if q.height_noise_m > noise::FAIR.value {
        ("fair", noise)
    } else {
        ("good", noise)
    };
    format!("{word} ({why})")
}

/// Returns what an assumption says to people.
pub(super) fn assumptions(r: &Report) -> Vec<String> {
    let words = r.assumed.iter().map(|assumed| match (assumed, r.sport_from) {
        (Assumed::Sport, Some(from)) => format!("the sport (by its {})", from.name()),
        (assumed, _) => assumption(*assumed).to_owned(),
    });
    words.collect()
}

/// Returns what is assumed where something is missing.
#[cfg(feature = "inspect")]
pub(super) fn assumption_of(assumed: Assumed) -> &'static str {
    assumption(assumed)
}

fn assumption(assumed: Assumed) -> &'static str {
    match assumed {
        Assumed::Sport => "the sport",
        Assumed::Mass => "70 kg (--mass)",
        Assumed::Cadence => "cadence",
        Assumed::Gait => "running or walking by speed",
        Assumed::Speed => "speed by grade",
        Assumed::OwnSpeed => "speed by your own curve",
        Assumed::Power => "power from speed and grade",
        Assumed::Rpm => "80 turns of the crank a minute",
        Assumed::VirtualHills => "the hills of a game (virtual ride)",
    }
}
