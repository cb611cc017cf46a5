//! A course against the largest of one's own, each dimension in its own unit, and the weeks
//! that lead there.

use crate::plan::{Comparison, Plan, Purpose};
use crate::write::Units;
use crate::write::plan::text::figure;
use crate::write::prose::{against_ratio, cut};
use crate::write::svg::frame::{Caption, Drawn, Frame, LABEL_PX, TEXT_PX, Type};
use crate::write::svg::key::{Entry, Sample, flow};
use crate::write::svg::lettering::width_px;
use crate::write::svg::palette::Role;
use crate::write::svg::scale::{Scale, tick_words, ticks};

/// Height of a dimension with its three bars.
const ROW_PX: f64 = 48.0;
const BAR_PX: f64 = 11.0;

/// Heading and description.
pub(super) fn caption(plan: &Plan, u: Units) -> Caption {
    let course = &plan.course;
    let name = course.name.as_deref().map_or_else(|| "Course".to_owned(), |n| cut(n, 60));
    let foot = course.discipline.on_foot();
    let (way, day) =
        if foot { ("downhill", "descent day") } else { ("uphill", "riding day") };
    let enough = if plan.is_enough() { "reach" } else { "do not reach" };
    Caption {
        subject: format!("{name} · {}", plan.day.strftime("%a %-d %b %Y")),
        sums: format!(
            "{:.1} {} · {} {} · {way} load {:.0} ({:.0}–{:.0})",
            u.along(course.distance_m),
            u.far(),
            u.rise(course.gain_m),
            u.rise(-course.loss_m),
            course.leading_load(),
            course.leading_load_range().0,
            course.leading_load_range().1
        ),
        description: format!(
            "The course needs a {day} of {:.0}; the weeks {enough} it with {:.0}.",
            plan.target, plan.reached
        ),
    }
}

type Of<'p> = Frame<'p, Plan>;

pub(super) fn draw(frame: &mut Of<'_>) -> Drawn {
    let y = frame.heading("against your own")?;
    let y = flow(frame, y, &entries(frame.shows.course.discipline.on_foot()))? - 20.0;
    let rows = &frame.shows.against;
    // the table gives way where the picture is low
    let room = (frame.height - y - 30.0) * 0.55;
    let each = (room / rows.len().max(1) as f64).min(ROW_PX);
    let mut top = y + 30.0;
    for row in rows {
        dimension(frame, row, top, each)?;
        top += each;
    }
    weeks(frame, top + 26.0, frame.height - 40.0)
}

fn dimension(frame: &Of<'_>, row: &Comparison, top: f64, each: f64) -> Drawn {
    let left = 150.0;
    let room = frame.width - left - 230.0;
    let own = Some(row.more.reference).filter(|value| *value > 0.0);
    let most = [Some(row.more.value), own, row.year]
        .into_iter()
        .flatten()
        .fold(f64::MIN_POSITIVE, f64::max);
    let name = row.more.dimension.name();
    let bar = BAR_PX.min((each - 9.0) / 3.0);
    let small = bar < LABEL_PX - 2.0;
    frame.canvas.open("dimension");
    frame.write(24.0, top + 1.5 * bar - TEXT_PX / 2.0, name, &Type::text().ink())?;
    for (k, (value, role, whose)) in [
        (Some(row.more.value), Role::Uphill(2), "course"),
        (own, Role::Downhill(2), "your 30 days"),
        (row.year, Role::Downhill(0), "12 months"),
    ]
    .into_iter()
    .enumerate()
    {
        let y = top + k as f64 * (bar + 1.0);
        let Some(value) = value else { continue };
        let words = figure(row.more.dimension, Some(value), frame.units);
        let right = left + room * value / most;
        frame.canvas.title(format!("{name}, {whose}: {words}"));
        frame.fill([left, y, right.max(left + 1.0), y + bar], role)?;
        // where bars are low only the course has words
        if k == 0 || !small {
            frame.write(
                right + 6.0,
                y + (bar - LABEL_PX) / 2.0,
                &words,
                &Type::label(),
            )?;
        }
    }
    let words = match row.more.ratio() {
        _ if frame.shows.baseline == 0 => String::new(),
        Some(ratio) if ratio <= 1.0 => "within it".to_owned(),
        Some(ratio) => format!("{}, {}", against_ratio(ratio), row.more.band().name()),
        None => "new for you".to_owned(),
    };
    let ink = Type::label().ink().right();
    let y = top + 1.5 * bar - LABEL_PX / 2.0 + 1.0;
    frame.write(frame.width - frame.edge_px(), y, &words, &ink)?;
    frame.canvas.close();
    Ok(())
}

fn weeks(frame: &Of<'_>, top: f64, bottom: f64) -> Drawn {
    let plan = frame.shows;
    let (left, right) = (frame.left_px(), frame.width - frame.edge_px());
    let Some((course, before)) = plan.weeks.split_last() else { return Ok(()) };
    let most = before.iter().map(|week| week.load).fold(plan.target, f64::max).max(1.0);
    // the course itself would dwarf the weeks: its bar ends at the edge and says its figure
    let scale = Scale::new(0.0..most * 1.25, bottom..top + 14.0);
    axis(frame, &scale, most, top)?;
    frame.canvas.open("weeks");
    let each = (right - left) / plan.weeks.len() as f64;
    let half = (each * 0.4).min(20.0);
    let needed = scale.px(plan.target);
    let mut free = 0.0;
    for (k, week) in before.iter().chain([course]).enumerate() {
        let middle = left + (k as f64 + 0.5) * each;
        let role = role(week.purpose);
        let y = scale.px(week.load.min(most * 1.25));
        if week.load > 0.0 {
            frame.canvas.title(format!(
                "Week of {}: {} {:.0}",
                week.from,
                purpose(plan, week.purpose),
                week.load
            ));
            frame.fill([middle - half, y, middle + half, bottom], role)?;
            let words = match week.purpose {
                Purpose::Taper => format!("<{:.0}", week.load),
                _ => format!("{:.0}", week.load),
            };
            if week.load > most * 1.25 {
                broken(frame, (middle - half, middle + half), y + 26.0)?;
            }
            if width_px(&words, LABEL_PX) + 2.0 <= each {
                let above = y - LABEL_PX - 4.0;
                // never on the line of what is needed
                let crossed = above < needed + 3.0 && above + LABEL_PX > needed - 3.0;
                let at = if crossed { needed - LABEL_PX - 5.0 } else { above };
                frame.write(middle, at, &words, &Type::label().ink().centred())?;
            }
        }
        let day = week.from.strftime("%-d %b").to_string();
        let width = width_px(&day, LABEL_PX);
        let at = middle - width / 2.0;
        if at >= free && at + width <= frame.width - 2.0 {
            frame.write(middle, bottom + 8.0, &day, &Type::label().centred())?;
            free = at + width + 8.0;
        }
    }
    frame.line(&[(left, needed), (right, needed)], Role::Halo, 3.6)?;
    frame.line(&[(left, needed), (right, needed)], Role::UphillLine, 1.6)?;
    frame.canvas.close();
    Ok(())
}

/// Returns the loads at the left, and what they are of.
fn axis(frame: &Of<'_>, scale: &Scale, most: f64, top: f64) -> Drawn {
    let (left, right) = (frame.left_px(), frame.width - frame.edge_px());
    frame.canvas.open("axis");
    let title = if frame.shows.course.discipline.on_foot() {
        "largest downhill load on a day of each week"
    } else {
        "largest uphill load on a day of riding of each week"
    };
    frame.write(24.0, top - 8.0, title, &Type::label())?;
    for tick in ticks(most, 3) {
        let y = scale.px(tick);
        frame.line(&[(left, y), (right, y)], Role::Grid, 1.0)?;
        let words = tick_words(tick);
        frame.write(left - 8.0, y - LABEL_PX / 2.0, &words, &Type::label().right())?;
    }
    frame.canvas.close();
    Ok(())
}

fn role(purpose: Purpose) -> Role {
    match purpose {
        Purpose::Course => Role::Uphill(2),
        Purpose::Intensity | Purpose::LastBig => Role::Downhill(3),
        Purpose::Easier | Purpose::Taper => Role::Downhill(0),
        _ => Role::Downhill(2),
    }
}

/// Returns what a week is for, in the words of its discipline.
fn purpose(plan: &Plan, purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::LastBig if !plan.course.discipline.on_foot() => "last big ride",
        purpose => purpose.name(),
    }
}

/// Returns the sign of a bar that is longer than it is drawn.
fn broken(frame: &Of<'_>, (left, right): (f64, f64), y: f64) -> Drawn {
    for down in [0.0, 6.0] {
        let slant = [(left - 3.0, y + 4.0 + down), (right + 3.0, y - 4.0 + down)];
        frame.line(&slant, Role::Halo, 2.4)?;
    }
    Ok(())
}

/// Returns what the bars and the line are.
fn entries(on_foot: bool) -> Vec<Entry> {
    let harder = if on_foot {
        "harder steps, last big day"
    } else {
        "steeper grades, last big ride"
    };
    let entries = [
        (Sample::Box(Role::Uphill(2)), "course"),
        (Sample::Box(Role::Downhill(2)), "your largest of 30 days, and the weeks"),
        (Sample::Box(Role::Downhill(0)), "12 months; easier weeks"),
        (Sample::Box(Role::Downhill(3)), harder),
        (Sample::Line(Role::UphillLine), "what the course needs"),
    ];
    entries.map(|(sample, words)| (sample, words.to_owned())).to_vec()
}
