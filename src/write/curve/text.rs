//! A person's speed over grade as a table, and the time of a course, within 80 columns.

use std::fmt::Write as _;

use crate::curve::{CourseTime, Curve, CurvePoint, Curves, Estimate, Part, population};
use crate::load::by_grade::ByGrade;
use crate::report::Report;
use crate::segment::Slope;
use crate::sport::Sport;
use crate::write::Units;
use crate::write::columns::{Columns, figures, words};
use crate::write::curve::outings;
use crate::write::prose::{cut, headline, say};
use crate::write::units::{clock, percent};
use crate::write::words::numbered;

/// Returns the curves of a sport as text that ends with a newline.
///
/// ```
/// use hardlegs::{Sport, curve::Curves, write::{Units, curve::text}};
/// let nobody = Curves::of(&[], Sport::Run, jiff::civil::date(2026, 5, 1));
/// let said = text::text(&nobody, Units::Metric);
/// assert!(said.starts_with("Speed over grade, runs: no outing with times"));
/// ```
pub fn text(curves: &Curves, units: Units) -> String {
    let page = Page { curves, curve: &curves.own, u: units };
    let mut out = String::new();
    page.heading(&mut out);
    out.push('\n');
    page.table(&mut out);
    out.push('\n');
    page.sentences(&mut out);
    out
}

struct Page<'c> {
    curves: &'c Curves,
    curve: &'c Curve,
    u: Units,
}

impl Page<'_> {
    fn heading(&self, out: &mut String) {
        let kind = outings(self.curve.sport);
        let Some((first, last)) = self.curve.days else {
            let words = format!(
                "Speed over grade, {kind}: no outing with times; what others do, and how far \
                 people differ."
            );
            return say(out, &words);
        };
        let (first, last) = (first.strftime("%-d %b %Y"), last.strftime("%-d %b %Y"));
        let words = match self.curve.outings {
            1 => format!("one outing, {first}"),
            n => format!("{n} outings, {first} to {last}"),
        };
        say(out, &format!("Speed over grade, {kind} · {words}"));
    }

    fn table(&self, out: &mut String) {
        let (u, foot) = (self.u, self.curve.sport.on_foot());
        let measured = self.curve.points.iter().any(|p| p.power_w_per_kg.is_some());
        let mut columns = vec![
            figures("", "grade"),
            figures("a usual day", u.pace_heading(foot)),
            figures("eight in ten", ""),
            figures("vertical", if u == Units::Metric { "m/h" } else { "ft/h" }),
        ];
        if measured {
            columns.push(figures("", "W/kg"));
        }
        columns.push(figures("own", u.far()));
        columns.push(figures("", "others"));
        let mut table = Columns::new(columns);
        // every second class where it is steep: all of it is one screen
        let shown = |point: &&CurvePoint| {
            let percent = (100.0 * point.grade).round();
            percent.abs() <= 20.0 || percent % 10.0 == 0.0
        };
        for point in self.curve.points.iter().rev().filter(shown) {
            table.row(self.row(point, measured));
        }
        table.print(out);
    }

    fn row(&self, point: &CurvePoint, measured: bool) -> Vec<String> {
        let (u, foot) = (self.u, self.curve.sport.on_foot());
        let pace = |speed: f64| u.pace(Some(speed), foot);
        let speed = point.speed_m_per_s;
        // the smaller figure first: a pace is smaller where a speed is greater
        let ends = if foot { (speed.high, speed.low) } else { (speed.low, speed.high) };
        let climbed = u.up(point.vertical_m_per_h());
        let mut row = vec![
            percent(point.grade),
            pace(speed.value),
            format!("{}–{}", pace(ends.0), pace(ends.1)),
            if climbed.abs() < 1.0 { "–".to_owned() } else { signed(climbed) },
        ];
        if measured {
            let power = point.power_w_per_kg;
            row.push(power.map_or_else(String::new, |w| format!("{:.1}", w.value)));
        }
        let own = u.along(point.own_m);
        row.push(if point.outings > 0 { format!("{own:.1}") } else { "–".to_owned() });
        row.push(pace(point.population_m_per_s));
        row
    }

    fn sentences(&self, out: &mut String) {
        let curve = self.curve;
        let slower = |power: f64| 1.0 - libm::pow(2.0, power);
        let fading = curve.fading;
        let longest = curve.longest_h.map_or_else(String::new, |hours| {
            format!(", longest {}", clock(Some(3600.0 * hours)))
        });
        say(
            out,
            &format!(
                "Over an hour. Twice as long is slower by {} ({} to {}){longest}.",
                percent(slower(fading.value).max(0.0)),
                percent(slower(fading.high).max(0.0)),
                percent(slower(fading.low).max(0.0))
            ),
        );
        if curve.outings > 0 {
            let day = libm::exp(1.5332 * curve.day_sd) - 1.0;
            let words = format!("Eight days in ten lie within {} of it.", percent(day));
            say(out, &words);
        }
        if let (Some(bpm), Some(effort)) = (curve.heart_rate_bpm, curve.effort) {
            let faster = libm::pow(1.1, effort.value) - 1.0;
            let words = format!(
                "At your usual heart rate of {bpm:.0}; one a tenth higher goes with {} more \
                 speed.",
                percent(faster)
            );
            say(out, &words);
        }
        self.change(out);
        if curve.untimed > 0 {
            say(out, &format!("Without times, and left out: {}.", curve.untimed));
        }
        let source = population::source(curve.sport);
        say(out, &format!("Where you have gone little it leans on others: {source}."));
    }

    /// The last half year against what was before.
    fn change(&self, out: &mut String) {
        let steep = if self.curve.sport.on_foot() { 0.20 } else { 0.08 };
        let said: Vec<String> = [(steep, "up"), (0.0, "on the level"), (-steep, "down")]
            .into_iter()
            .filter_map(|(grade, way)| {
                let change = self.curves.change_at(grade)?;
                let way = match way {
                    "on the level" => way.to_owned(),
                    way => format!("{} {way}", percent(steep)),
                };
                Some(format!("{way} {}", changed(change)))
            })
            .collect();
        if !said.is_empty() {
            let words =
                format!("Your last six months against before: {}.", said.join("; "));
            say(out, &words);
        }
    }
}

/// Returns a rate with its sign, a real minus.
fn signed(value: f64) -> String {
    if value < 0.0 { format!("−{:.0}", -value) } else { format!("{value:.0}") }
}

/// Returns how many times as fast in words that follow the interval.
fn changed(change: Estimate) -> String {
    let share = |ratio: f64| percent((ratio - 1.0).abs());
    if change.low > 1.0 {
        let ends = (share(change.low), share(change.high));
        format!("faster by {}, between {} and {}", share(change.value), ends.0, ends.1)
    } else if change.high < 1.0 {
        let ends = (share(change.high), share(change.low));
        format!("slower by {}, between {} and {}", share(change.value), ends.0, ends.1)
    } else {
        "no change that could be told from chance".to_owned()
    }
}

/// Returns hours and minutes.
fn hours(seconds: f64) -> String {
    let minutes = (seconds / 60.0).round();
    format!("{:.0}:{:02.0}", (minutes / 60.0).floor(), minutes % 60.0)
}

/// Returns the grade-adjusted pace of a run by one's own speeds, whole and of its climbs and
/// descents, beside which the table of all hills has that by cost; empty where the curve or the
/// recording tells none.
pub fn level_paces(report: &Report, curve: &Curve, u: Units) -> String {
    let pace = |part: &ByGrade| {
        Some(u.pace(Some(curve.level_speed_m_per_s(part)?), report.sport.on_foot()))
    };
    let Some(whole) = pace(&report.by_grade).filter(|_| report.sport == Sport::Run)
    else {
        return String::new();
    };
    let parts = report.segments.iter().zip(&report.segments_by_grade);
    let hills = parts.filter(|(hill, _)| hill.slope != Some(Slope::Level));
    let names = numbered(&report.segments).into_iter().map(|(name, _)| name);
    let paces: Vec<String> = names
        .zip(hills)
        .filter_map(|(name, (_, part))| Some(format!("{name} {}", pace(part)?)))
        .collect();
    let mut out = String::new();
    say(
        &mut out,
        &format!(
            "level pace by your own speeds ({} outings), {}: whole {whole}; {}",
            curve.outings,
            u.pace_heading(true),
            paces.join(", ")
        ),
    );
    out
}

/// Returns the time for a course in a line or two: its figure, its range, and what it rests on.
pub fn course_time(time: &CourseTime, curve: &Curve) -> String {
    let mut out = String::new();
    let moving = time.moving_s;
    let mut words = format!("in motion, {}–{}", hours(moving.low), hours(moving.high));
    if let Some(elapsed) = time.elapsed_s.filter(|e| e.value >= 1.02 * moving.value) {
        let _ = write!(words, "; {} with stops as usual", hours(elapsed.value));
    }
    let _ = match curve.outings {
        0 => write!(words, "; what others do, as you have no outing with times"),
        1 => write!(words, "; by one outing of yours and what others do"),
        n if time.own_share >= 0.9 => write!(words, "; by {n} outings of yours"),
        n => write!(
            words,
            "; by {n} outings of yours, and by others where you have gone little"
        ),
    };
    if time.beyond_longest && curve.longest_h.is_some() {
        words.push_str("; more than twice your longest: fading is a rule there");
    }
    headline(&mut out, &hours(moving.value), &words);
    out
}

/// Characters of a place's name.
const PLACE_CHARS: usize = 28;

/// Returns when each named place of a course is reached, and how many of the file lie off it; empty
/// without any.
pub fn splits(time: &CourseTime, units: Units) -> String {
    let mut out = String::new();
    if !time.splits.is_empty() {
        let mut table = Columns::new(vec![
            words("place"),
            figures("at", units.far()),
            figures("from the last", "h:min"),
            figures("there", "h:min"),
            figures("eight in ten", ""),
        ]);
        for split in &time.splits {
            let until = split.until_s;
            table.row(vec![
                cut(split.name.as_deref().unwrap_or("finish"), PLACE_CHARS),
                format!("{:.1}", units.along(split.at_m)),
                hours(split.moving_s.value),
                hours(until.value),
                format!("{}–{}", hours(until.low), hours(until.high)),
            ]);
        }
        table.print(&mut out);
    }
    if time.off_course > 0 {
        let words = match time.off_course {
            1 => "1 waypoint of the file lies".to_owned(),
            n => format!("{n} waypoints of the file lie"),
        };
        say(&mut out, &format!("{words} more than 100 m off the course: no split."));
    }
    out
}

/// Largest hills of a course that have a line of their own.
const LISTED: usize = 8;
/// A hill with fewer metres is not worth a line (our choice).
const LEAST_RISE_M: f64 = 30.0;

/// Returns the largest climbs and descents of a course in their order, with how long each takes
/// and when its end is reached, and the end of the course; empty without hills.
pub fn largest_parts(
    time: &CourseTime,
    parts: &[Part],
    sport: Sport,
    units: Units,
) -> String {
    let rise = |part: &Part| -> f64 {
        part.by_grade.classes.iter().map(|class| class.rise_m).sum()
    };
    let mut largest: Vec<usize> = (0..parts.len())
        .filter(|part| rise(&parts[*part]).abs() >= LEAST_RISE_M)
        .collect();
    largest.sort_by(|a, b| rise(&parts[*b]).abs().total_cmp(&rise(&parts[*a]).abs()));
    largest.truncate(LISTED);
    largest.sort_unstable();
    if largest.is_empty() {
        return String::new();
    }
    let foot = sport.on_foot();
    let mut table = Columns::new(vec![
        words("hill"),
        figures("from", units.far()),
        figures("time", "h:min"),
        figures("", units.pace_heading(foot)),
        figures("its end", "h:min"),
        figures("eight in ten", ""),
    ]);
    for part in largest {
        let (timed, rise_m) = (&time.parts[part], rise(&parts[part]));
        let speed = timed.length_m / timed.moving_s.value;
        table.row(vec![
            units.rise(rise_m),
            format!("{:.1}", units.along(timed.from_m)),
            hours(timed.moving_s.value),
            units.pace(Some(speed).filter(|speed| speed.is_finite()), foot),
            hours(timed.until_s.value),
            format!("{}–{}", hours(timed.until_s.low), hours(timed.until_s.high)),
        ]);
    }
    let whole = time.moving_s;
    let ends = format!("{}–{}", hours(whole.low), hours(whole.high));
    let length_m: f64 = time.parts.iter().map(|part| part.length_m).sum();
    let pace = units.pace(Some(length_m / whole.value), foot);
    table.row(vec![
        "finish".to_owned(),
        format!("{:.1}", units.along(length_m)),
        hours(whole.value),
        pace,
        hours(whole.value),
        ends,
    ]);
    let mut out = String::new();
    table.print(&mut out);
    out
}
