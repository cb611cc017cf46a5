//! The weeks of a history: uphill load above, downhill load below, what of it was new for
//! the legs, the usual of six weeks, and the weeks that were more.

use jiff::civil::Date;

use crate::history::{History, Period, PeriodSummary};
use crate::write::prose::stood_out;
use crate::write::svg::frame::{Caption, Drawn, Frame, LABEL_PX, Type};
use crate::write::svg::key::{Entry, Sample, flow};
use crate::write::svg::lettering::{Placed, width_px};
use crate::write::svg::palette::Role;
use crate::write::svg::scale::{Scale, tick_words, ticks};

/// Narrowest week.
const WEEK_PX: f64 = 4.0;
/// Widest bar.
const BAR_PX: f64 = 34.0;

/// Heading and description.
pub(super) fn caption(history: &History) -> Caption {
    let days = history.days.first().zip(history.days.last());
    let (first, last) = days.map_or((history.on, history.on), |(a, b)| (a.date, b.date));
    let foot = history.sessions.iter().filter(|s| s.sport.on_foot()).count();
    let ride = history.sessions.len() - foot;
    let sums = match (foot, ride) {
        (0, ride) => format!("{ride} rides"),
        (foot, 0) => format!("{foot} sessions on foot"),
        (foot, ride) => format!("{foot} sessions on foot, {ride} rides"),
    };
    let baseline = history.baseline();
    let description = baseline.map_or_else(String::new, |baseline| {
        let on_foot = format!(
            "A usual week on foot: downhill load {:.0}, uphill load {:.0}.",
            baseline.eccentric_load, baseline.concentric_load
        );
        let riding = format!(
            "A usual week of riding: uphill load {:.0}.",
            baseline.ride_concentric_load
        );
        match (foot, ride) {
            (0, _) => riding,
            (_, 0) => on_foot,
            _ => format!("{on_foot} {riding}"),
        }
    });
    Caption { subject: format!("Training from {first} to {last}"), sums, description }
}

type Of<'h> = Frame<'h, History>;

pub(super) fn draw(frame: &mut Of<'_>) -> Drawn {
    // of a long silence the beginning is enough, weeks
    const SILENT: usize = 8;
    let (left, right) = (frame.left_px(), frame.width - frame.edge_px());
    let all = frame.shows.by(Period::Week, None);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a count of weeks"
    )]
    let most = ((right - left) / WEEK_PX) as usize;
    let silent = all.iter().rev().take_while(|week| week.sessions.is_empty()).count();
    let all = &all[..all.len() - silent.saturating_sub(SILENT)];
    let weeks = &all[all.len().saturating_sub(most)..];
    let y = frame.heading(&if weeks.len() < all.len() {
        format!("the last {} of {} weeks", weeks.len(), all.len())
    } else {
        format!("{} weeks", weeks.len())
    })?;
    let y = flow(frame, y, &entries(frame.shows))?;
    let (top, bottom) = (y + 34.0, frame.height - 40.0);
    let uphill = |w: &PeriodSummary| w.foot.concentric_load + w.ride.concentric_load;
    let high = |load: &dyn Fn(&PeriodSummary) -> f64| {
        weeks.iter().map(load).fold(0.0, f64::max).max(5.0)
    };
    let foot = on_foot(frame.shows);
    let up = high(&uphill);
    let down = if foot { high(&|w| w.foot.eccentric_load) } else { 0.0 };
    // one scale for both, so that up and down can be compared; room for words where they stand
    let room = if foot { 1.1 } else { 1.12 };
    let scale = Scale::new(-down * 1.16..up * room, bottom..top);
    axis(frame, &scale, (left, right), (up, down))?;
    let each = (right - left) / weeks.len() as f64;
    bars(frame, weeks, &scale, each)?;
    usual(frame, weeks, &scale, each)?;
    dates(frame, weeks, each, bottom)?;
    if foot {
        notes(frame, weeks, &scale, each)
    } else {
        notes_above(frame, weeks, &scale, each)
    }
}

/// Returns whether anything was on foot: else there are no descents to draw.
fn on_foot(history: &History) -> bool {
    history.sessions.iter().any(|s| s.sport.on_foot())
}

fn axis(
    frame: &Of<'_>,
    scale: &Scale,
    (left, right): (f64, f64),
    (up, down): (f64, f64),
) -> Drawn {
    frame.canvas.open("axis");
    let (ups, downs) = (ticks(up, 4), ticks(down, 4));
    let values = ups.iter().copied().chain(downs.iter().skip(1).map(|tick| -tick));
    let mut last = f64::INFINITY;
    for value in values {
        let y = scale.px(value);
        frame.line(&[(left, y), (right, y)], Role::Grid, 1.0)?;
        if (y - last).abs() < LABEL_PX + 2.0 {
            continue;
        }
        last = y;
        let words = tick_words(value.abs());
        frame.write(left - 8.0, y - LABEL_PX / 2.0, &words, &Type::label().right())?;
    }
    frame.line(&[(left, scale.px(0.0)), (right, scale.px(0.0))], Role::Line, 1.0)?;
    frame.canvas.close();
    Ok(())
}

/// Left and right of a week's bar.
fn sides(left: f64, week: usize, each: f64) -> (f64, f64) {
    let middle = left + (week as f64 + 0.5) * each;
    let half = (each * 0.42).min(BAR_PX / 2.0);
    (middle - half, middle + half)
}

fn bars(frame: &Of<'_>, weeks: &[PeriodSummary], scale: &Scale, each: f64) -> Drawn {
    let walked = on_foot(frame.shows);
    frame.canvas.open("bars");
    for (k, week) in weeks.iter().enumerate() {
        let (left, right) = sides(frame.left_px(), k, each);
        let (foot, ride) = (week.foot.concentric_load, week.ride.concentric_load);
        let down = week.foot.eccentric_load;
        let days = &frame.shows.days[week.days.clone()];
        let new = days.iter().fold(0.0, |sum, day| sum + day.new_load).min(down);
        let riding =
            if ride > 0.0 { format!(" and riding {ride:.0}") } else { String::new() };
        let title = if walked {
            format!(
                "Week of {}: uphill load {foot:.0}{riding}, downhill load {down:.0}, of it \
                 {new:.0} new",
                week.from
            )
        } else {
            format!("Week of {}: uphill load {ride:.0}", week.from)
        };
        for (from, to, role) in [
            (0.0, foot, Role::Uphill(2)),
            (foot, foot + ride, Role::Uphill(if walked { 0 } else { 2 })),
            (0.0, -down, Role::Downhill(1)),
            (0.0, -new, Role::Downhill(3)),
        ] {
            let (y0, y1) = (scale.px(from), scale.px(to));
            if (y0 - y1).abs() >= 0.5 {
                frame.canvas.title(title.clone());
                frame.fill([left, y0.min(y1), right, y0.max(y1)], role)?;
            }
        }
    }
    frame.canvas.close();
    Ok(())
}

/// Returns the usual of six weeks as a line over each half.
fn usual(frame: &Of<'_>, weeks: &[PeriodSummary], scale: &Scale, each: f64) -> Drawn {
    let mut up = Vec::new();
    let mut down = Vec::new();
    for (k, week) in weeks.iter().enumerate() {
        if let Some((downhill, uphill)) = week.usual {
            let x = frame.left_px() + (k as f64 + 0.5) * each;
            up.push((x, scale.px(uphill)));
            down.push((x, scale.px(-downhill)));
        }
    }
    if !on_foot(frame.shows) {
        down.clear();
    }
    frame.canvas.open("usual");
    for (line, role) in [(up, Role::UphillLine), (down, Role::DownhillLine)] {
        if line.len() >= 2 {
            frame.line(&line, Role::Halo, 3.6)?;
            frame.line(&line, role, 1.6)?;
        }
    }
    frame.canvas.close();
    Ok(())
}

/// Months where there is room, else years.
fn dates(frame: &Of<'_>, weeks: &[PeriodSummary], each: f64, bottom: f64) -> Drawn {
    frame.canvas.open("dates");
    let mut free = 0.0;
    for (k, week) in weeks.iter().enumerate() {
        let Some(words) = begins(week.from, week.to, each) else { continue };
        let x = frame.left_px() + k as f64 * each;
        frame.line(&[(x, bottom), (x, bottom + 5.0)], Role::Line, 1.0)?;
        let width = width_px(&words, LABEL_PX);
        if x >= free && x + width <= frame.width - 4.0 {
            frame.write(x + 2.0, bottom + 8.0, &words, &Type::label())?;
            free = x + width + 14.0;
        }
    }
    frame.canvas.close();
    Ok(())
}

/// Returns what begins in a week: a year always, a month where weeks are wide enough.
fn begins(from: Date, to: Date, each: f64) -> Option<String> {
    const MONTHS_PX: f64 = 9.0;
    const QUARTERS_PX: f64 = 5.0;
    let new_month = from.day() == 1 || from.month() != to.month();
    let month = to.month();
    if !new_month {
        None
    } else if month == 1 {
        Some(to.year().to_string())
    } else if each >= MONTHS_PX || each >= QUARTERS_PX && month % 3 == 1 {
        Some(to.strftime("%b").to_string())
    } else {
        None
    }
}

/// Weeks that were more, in a few words below their bars, the newest first.
fn notes(frame: &Of<'_>, weeks: &[PeriodSummary], scale: &Scale, each: f64) -> Drawn {
    let mut placed = Placed::default();
    frame.canvas.open("notes");
    for (k, week) in weeks.iter().enumerate().rev() {
        let Some((_, words)) = stood_out(frame.shows, week, true) else { continue };
        let middle = frame.left_px() + (k as f64 + 0.5) * each;
        let bar = scale.px(-week.foot.eccentric_load);
        let width = width_px(&words, LABEL_PX);
        let left = (middle - width / 2.0)
            .clamp(frame.left_px(), frame.width - frame.edge_px() - width);
        // below its own bar and those beside it that it would cover
        let covered = weeks.iter().enumerate().filter(|(other, _)| {
            let x = frame.left_px() + (*other as f64 + 0.5) * each;
            (left - each..=left + width + each).contains(&x)
        });
        let lowest = covered
            .map(|(_, other)| {
                let load = other.foot.eccentric_load;
                scale.px(-load.max(other.usual.map_or(0.0, |(downhill, _)| downhill)))
            })
            .fold(bar, f64::max);
        let y = lowest + 8.0;
        if y + LABEL_PX + 4.0 > frame.height - 40.0
            || !placed.take(left, y, left + width, y + LABEL_PX + 3.0)
        {
            continue;
        }
        frame.line(&[(middle, bar + 2.0), (middle, y)], Role::Line, 1.0)?;
        frame.write(left, y + 1.0, &words, &Type::label().ink())?;
    }
    frame.canvas.close();
    Ok(())
}

/// The same of rides, above their bars.
fn notes_above(
    frame: &Of<'_>,
    weeks: &[PeriodSummary],
    scale: &Scale,
    each: f64,
) -> Drawn {
    let mut placed = Placed::default();
    frame.canvas.open("notes");
    for (k, week) in weeks.iter().enumerate().rev() {
        let Some((_, words)) = stood_out(frame.shows, week, false) else { continue };
        let middle = frame.left_px() + (k as f64 + 0.5) * each;
        let top_of = |week: &PeriodSummary| {
            scale.px(week.ride.concentric_load.max(week.usual_ride.unwrap_or(0.0)))
        };
        let width = width_px(&words, LABEL_PX);
        let left = (middle - width / 2.0)
            .clamp(frame.left_px(), frame.width - frame.edge_px() - width);
        // above its own bar and those beside it that it would cover
        let highest = weeks
            .iter()
            .enumerate()
            .filter(|(other, _)| {
                let x = frame.left_px() + (*other as f64 + 0.5) * each;
                (left - each..=left + width + each).contains(&x)
            })
            .map(|(_, other)| top_of(other))
            .fold(top_of(week), f64::min);
        let y = highest - LABEL_PX - 8.0;
        if y < 0.0 || !placed.take(left, y, left + width, y + LABEL_PX + 3.0) {
            continue;
        }
        let bar = scale.px(week.ride.concentric_load);
        frame.line(
            &[(middle, y + LABEL_PX + 4.0), (middle, bar - 2.0)],
            Role::Line,
            1.0,
        )?;
        frame.write(left, y + 1.0, &words, &Type::label().ink())?;
    }
    frame.canvas.close();
    Ok(())
}

/// Returns what the bars and lines are.
fn entries(history: &History) -> Vec<Entry> {
    let rides = history.sessions.iter().any(|s| !s.sport.on_foot());
    let mut entries = vec![(Sample::Box(Role::Uphill(2)), "uphill load, concentric")];
    if rides {
        entries.push((Sample::Box(Role::Uphill(0)), "of rides"));
    }
    let usual = "usual: mean of the six weeks before";
    if on_foot(history) {
        entries.push((Sample::Box(Role::Downhill(1)), "downhill load, eccentric"));
        entries.push((Sample::Box(Role::Downhill(3)), "of it new for these legs"));
        entries.push((Sample::Lines, usual));
    } else {
        entries =
            vec![(Sample::Box(Role::Uphill(2)), "uphill load of rides, concentric")];
        entries.push((Sample::Line(Role::UphillLine), usual));
    }
    entries.into_iter().map(|(sample, words)| (sample, words.to_owned())).collect()
}
