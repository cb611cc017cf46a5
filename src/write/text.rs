//! A report for people: about 25 lines within 80 columns.

use std::fmt::Write as _;

use crate::error::visible;
use crate::load::range::Span;
use crate::report::{Hill, Incline, Report};
use crate::write::strip::strip;
use crate::write::units::{Units, clock, percent, times};
use crate::write::words::{self, Half, half, numbered};

/// How much is shown.
#[derive(Debug, Clone, Default)]
pub struct Style {
    /// Metric or imperial.
    pub units: Units,
    /// Every segment instead of the largest.
    pub all: bool,
    /// The watch's laps instead of segments.
    pub laps: bool,
    /// Colours of a terminal: nothing is said by colour alone.
    pub coloured: bool,
    /// The file as the user named it, for the last line.
    pub file: Option<String>,
}

/// Width of the silhouette.
const SILHOUETTE_COLUMNS: usize = 64;

/// Most characters of a name.
const NAME_CHARS: usize = 28;

/// Most segments shown without `--all`.
const SHOWN: usize = 5;

/// The report as text that ends with a newline.
pub fn text(report: &Report, style: &Style) -> String {
    let mut out = String::new();
    let page = Page { r: report, units: style.units };
    page.heading(&mut out);
    // nothing moved: there is no more to tell
    if report.cells > 0 {
        page.silhouette(&mut out, style.coloured);
        page.terrain(&mut out);
        page.hills(&mut out, style);
        page.loads(&mut out);
        page.mechanisms(&mut out);
    }
    page.quality(&mut out);
    if let Some(file) = style.file.as_ref().filter(|_| report.cells > 0) {
        let file: String = visible(file).chars().take(44).collect();
        let _ = writeln!(out, "next: hardlegs chart {file} · explain · --all · --json");
    }
    out
}

struct Page<'r> {
    r: &'r Report,
    units: Units,
}

impl Page<'_> {
    fn foot(&self) -> bool {
        self.r.sport.on_foot()
    }

    fn heading(&self, out: &mut String) {
        let (r, u) = (self.r, self.units);
        let _ = writeln!(out, "{}", words::subject(r, NAME_CHARS));
        let _ = writeln!(out, "{}", words::sums(r, u));
        if let Some(taken) = words::taken_sport(r) {
            let _ = writeln!(out, "{taken}");
        }
        let _ = writeln!(out, "{}\n", words::verdict(r, u));
    }

    fn silhouette(&self, out: &mut String, coloured: bool) {
        let u = self.units;
        let strip = strip(&self.r.silhouette, SILHOUETTE_COLUMNS, coloured);
        if let Some(([upper, lower], low, high)) = strip {
            let height = |m: f64| format!("{:.0} {}", u.up(m), u.height());
            let _ = writeln!(out, " {upper}  {}", height(high));
            let _ = writeln!(out, " {lower}  {}\n", height(low));
        }
    }

    fn terrain(&self, out: &mut String) {
        let (t, u) = (&self.r.terrain, self.units);
        let pace = if self.foot() {
            format!("min/{}", u.far())
        } else {
            format!("{}/h", u.far())
        };
        let brake = if self.foot() { "brake" } else { "" };
        let _ = writeln!(
            out,
            "            time  {:>7}   height {:>9}     push {brake:>8}  kJ/kg",
            u.far(),
            pace
        );
        for (name, row) in [("up", &t.up), ("level", &t.level), ("down", &t.down)] {
            let timed = row.moving_s.is_finite();
            let speed =
                (timed && row.moving_s > 0.0).then(|| row.length_m / row.moving_s);
            let _ = writeln!(
                out,
                " {name:<6}{:>9}  {:>7.1} {:>8} {:>9} {:>8.1} {:>8}",
                clock(timed.then_some(row.moving_s)),
                u.along(row.length_m),
                u.rise(row.rise_m),
                u.pace(speed, self.foot()),
                row.con_j_per_kg / 1000.0,
                self.braked(row)
            );
        }
        out.push('\n');
    }

    fn braked(&self, row: &Incline) -> String {
        if self.foot() {
            format!("{:.1}", row.ecc_j_per_kg / 1000.0)
        } else {
            String::new()
        }
    }

    fn hills(&self, out: &mut String, style: &Style) {
        let rows: Vec<(String, &Hill)> = if style.laps {
            (1..).map(|n| format!("lap {n}")).zip(&self.r.laps).collect()
        } else {
            let name = |(name, hill)| (format!("{} {name}", words::sign(hill)), hill);
            numbered(&self.r.segments).into_iter().map(name).collect()
        };
        if rows.is_empty() {
            let what =
                if style.laps { "laps in this file" } else { "climbs or descents" };
            let _ = writeln!(out, " no {what}\n");
            return;
        }
        let size = |hill: &Hill| {
            hill.load
                .climb_points
                .max(hill.load.descent_points)
                .max(hill.rise_m.abs() / 10.0)
        };
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by(|a, b| size(rows[*b].1).total_cmp(&size(rows[*a].1)));
        let keep = if style.all || style.laps { rows.len() } else { SHOWN };
        let mut shown: Vec<usize> = order.into_iter().take(keep).collect();
        shown.sort_unstable();
        let u = self.units;
        let last = if self.foot() { "" } else { " cat" };
        let _ = writeln!(
            out,
            "        {:>11}   height  grade steepest  {:>4}/h  points each step load{last}",
            u.far(),
            u.height()
        );
        for at in shown {
            let (name, hill) = &rows[at];
            self.hill(out, name, hill);
        }
        if rows.len() > keep {
            let _ = writeln!(out, " ... {} smaller: --all", rows.len() - keep);
        }
        out.push('\n');
    }

    fn hill(&self, out: &mut String, name: &str, hill: &Hill) {
        let u = self.units;
        let up = hill.rise_m >= 0.0;
        let Half { points, severity, load: score } = half(hill);
        let scored = self.foot() || up && points > 0.0;
        let show = |value: String| if scored { value } else { "–".to_owned() };
        let from = u.along(hill.from_m);
        let to = u.along(hill.from_m + hill.length_m);
        let _ = writeln!(
            out,
            " {name:<6} {:>11} {:>8} {:>6} {:>8} {:>6} {:>7} {:>9} {:>4}{}",
            format!("{from:.1}–{to:.1}"),
            u.rise(hill.rise_m),
            percent(hill.mean_grade),
            percent(hill.max_grade),
            hill.vertical_m_per_h
                .map_or("–".to_owned(), |v| format!("{:.0}", u.up(v).abs())),
            show(format!("{points:.1}")),
            show(times(severity)),
            show(format!("{score:.0}")),
            hill.category.map_or(String::new(), |c| format!(" {c:>3}"))
        );
    }

    fn loads(&self, out: &mut String) {
        let (load, range) = (&self.r.load, &self.r.range);
        let span = |s: &Span| format!("({:.0}–{:.0})", s.low, s.high);
        let known = self.foot() || self.r.rising_m > self.r.unknown_m;
        if known {
            let _ = writeln!(
                out,
                " concentric load {:>4.0}  {:<10} {:>5.0} points up    each push {:>5} an easy one",
                load.concentric_load,
                span(&range.concentric_load),
                load.climb_points,
                times(load.concentric_severity())
            );
        } else {
            let _ = writeln!(
                out,
                " concentric load    –  power is not known on any rising metre"
            );
        }
        if !self.foot() {
            if self.r.unknown_m > 0.0 && known {
                let _ = writeln!(
                    out,
                    " power known on {} of the rising metres; the rest is not scored",
                    percent(1.0 - self.r.unknown_m / self.r.rising_m)
                );
            }
            let _ = writeln!(
                out,
                " eccentric load     0  freewheeling legs do not brake; standing descents are not\n                       modelled"
            );
            return;
        }
        let _ = writeln!(
            out,
            " eccentric load  {:>4.0}  {:<10} {:>5.0} points down  each step {:>5} an easy one",
            load.eccentric_load,
            span(&range.eccentric_load),
            load.descent_points,
            times(load.eccentric_severity())
        );
        if load.descent_points > 0.0 {
            let zone = |z: usize| percent(load.descent_zones[z] / load.descent_points);
            let _ = writeln!(
                out,
                " descent by step: easy {}  moderate {}  hard {}  very hard {}",
                zone(0),
                zone(1),
                zone(2),
                zone(3)
            );
        }
    }

    fn mechanisms(&self, out: &mut String) {
        for line in words::mechanisms(self.r) {
            let _ = writeln!(out, " {line}");
        }
    }

    fn quality(&self, out: &mut String) {
        wrapped(out, "heights: ", &words::quality(self.r, self.units));
        if let Some(doubt) = words::doubt(self.r, self.units) {
            let _ = writeln!(out, "{doubt}");
        }
        if !self.r.assumed.is_empty() {
            wrapped(out, "assumed: ", &words::assumptions(self.r));
        }
    }
}

/// Parts joined by commas, wrapped at 80 columns.
fn wrapped(out: &mut String, lead: &str, parts: &[String]) {
    let mut line = lead.to_owned();
    for (i, part) in parts.iter().enumerate() {
        let end = if i + 1 == parts.len() { "." } else { ", " };
        if line.chars().count() + part.chars().count() + 1 > 80 {
            let _ = writeln!(out, "{}", line.trim_end());
            line.clear();
            line.push_str("  ");
        }
        line.push_str(part);
        line.push_str(end);
    }
    let _ = writeln!(out, "{line}");
}
