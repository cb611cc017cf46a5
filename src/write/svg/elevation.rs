//! Heights over distance, filled by grade, climbs and descents named above; below, on the
//! same axis, where the legs were loaded, coloured by intensity, with the running totals.

use std::fmt::Write as _;

use plotters::element::{PathElement, Polygon};

use crate::report::{OutlinePoint, Steepness, Stretch};
use crate::write::svg::frame::{
    Drawn, Frame, HEADING_BOTTOM_PX, LABEL_PX, Plane, Type, stroke,
};
use crate::write::svg::palette::Role;
use crate::write::svg::plot::{Labels, Plot, mesh, plane};
use crate::write::svg::{hills, key, load_strip};
use crate::write::units::percent;

/// Share of the height range left free under and over the outline; above stand the peaks.
const UNDER: f64 = 0.08;
const OVER: f64 = 0.20;
/// A flat route still spans this height, m: noise is no mountain.
const LEAST_SPAN_M: f64 = 40.0;
/// Narrowest band of one class, as a share of the route: six pixels of a usual chart.
const LEAST_BAND: f64 = 0.0055;
/// The same of a phone's chart: four pixels.
const LEAST_BAND_NARROW: f64 = 0.015;
/// Room below the loads for the labels of the distance, px.
const AXIS_PX: f64 = 34.0;

pub(super) fn draw(frame: &mut Frame<'_>) -> Drawn {
    let report = frame.shows;
    let silhouette = &report.silhouette;
    let Some((low_m, high_m)) = silhouette.height_range_m() else { return Ok(()) };
    let u = frame.units;
    let end = u.along(silhouette.length_m());
    let span_m = (high_m - low_m).max(LEAST_SPAN_M);
    // flat ground lies in the middle of the least span
    let low_m = low_m - (span_m - (high_m - low_m)) / 2.0;
    let floor = u.up(low_m - UNDER * span_m);
    let ceiling = u.up(low_m + (1.0 + OVER) * span_m);

    let names_px = hills::NAMES_PX + 12.0;
    let (left_px, right_px) = (frame.left_px(), frame.right_px());
    let top = key::grade_and_intensity(frame, HEADING_BOTTOM_PX)? + names_px;
    let strip_px = ((frame.height - top - AXIS_PX) * 0.30).max(70.0);
    let gap_px = 12.0;
    let bottom = frame.height - AXIS_PX - strip_px - gap_px;
    let plot_width = frame.width - left_px - right_px;

    let metres_per_px_along = silhouette.length_m() / plot_width;
    let metres_per_px_up = span_m * (1.0 + UNDER + OVER) / (bottom - top);
    let taller = metres_per_px_along / metres_per_px_up;
    frame.heading(&exaggeration(taller))?;

    let canvas = frame.canvas.clone();
    let area = frame.area(0.0, top, frame.width - right_px, bottom - top);
    let mut plot = plane(&area, (left_px, 0.0), 0.0..end, floor..ceiling)?;
    // a label needs some 80 px
    let across = if frame.is_narrow() { 4 } else { 12 };
    mesh(&mut plot, across, &Labels::Heights(u.height()))?;
    canvas.open("elevation");
    fills(frame, &mut plot, floor)?;
    outline(frame, &mut plot)?;
    canvas.close();
    canvas.open("hills");
    hills::brackets(frame, &plot, top)?;
    hills::peaks(frame, &plot, top)?;
    canvas.close();

    frame.plane = Some(Plane {
        sides_px: [left_px, top, frame.width - right_px, bottom, frame.height - AXIS_PX],
        values: [end, floor, ceiling],
    });

    strip(frame, bottom + gap_px, strip_px, end, across)?;
    describe(frame);
    Ok(())
}

/// Returns the loads of the stretches below the heights, on the same axis of distance.
fn strip(frame: &Frame<'_>, top: f64, high: f64, end: f64, across: usize) -> Drawn {
    let right_px = frame.right_px();
    let stretches = &frame.shows.silhouette.stretches;
    let most = stretches
        .iter()
        .map(|s| s.load.concentric_load.max(s.load.eccentric_load))
        .fold(0.0, f64::max);
    let most = if most > 0.0 { most * 1.08 } else { 1.0 };
    let below = if frame.shows.sport.on_foot() { most } else { 0.0 };
    // room under the lowest figure, so that it stays clear of the distances
    let down = below + most * 2.0 * LABEL_PX * 1.4 / high;
    let area = frame.area(0.0, top, frame.width - right_px, high + AXIS_PX);
    let mut strip = plane(&area, (frame.left_px(), AXIS_PX), 0.0..end, -down..most)?;
    mesh(&mut strip, across, &Labels::Load { end, most })?;
    frame.canvas.open("load bars");
    load_strip::bars(frame, &mut strip)?;
    frame.canvas.close();
    frame.canvas.open("load");
    load_strip::totals(frame, &mut strip, most, down)?;
    frame.canvas.close();
    let (x, y) = (frame.width - right_px + 14.0, frame.height - AXIS_PX + 6.0);
    frame.write(x, y, frame.units.far(), &Type::label())
}

/// Says in the description where the legs were loaded most.
fn describe(frame: &mut Frame<'_>) {
    let stretches = &frame.shows.silhouette.stretches;
    let hardest = stretches
        .iter()
        .max_by(|a, b| load_of(a).total_cmp(&load_of(b)))
        .filter(|s| load_of(s) > 0.0);
    if let Some(s) = hardest {
        let place = load_strip::between(s, frame);
        let _ = write!(
            frame.caption.description,
            " The legs were loaded most between {place} {}.",
            frame.units.far()
        );
    }
}

fn load_of(stretch: &Stretch) -> f64 {
    stretch.load.concentric_load + stretch.load.eccentric_load
}

/// Returns how much taller than wide the heights are drawn.
fn exaggeration(taller: f64) -> String {
    if taller >= 1.5 {
        format!("heights drawn {taller:.0} times too tall")
    } else if taller > 0.7 {
        "heights drawn true".to_owned()
    } else {
        format!("heights drawn {:.1} times too low", 1.0 / taller)
    }
}

/// Returns the outline as far as a phone shows it: of each pixel its lowest and its highest
/// point.
fn seen(frame: &Frame<'_>) -> Vec<Vec<OutlinePoint>> {
    let silhouette = &frame.shows.silhouette;
    if !frame.is_narrow() {
        return silhouette.outline.clone();
    }
    let pixel_m = silhouette.length_m() / (frame.width - frame.left_px());
    silhouette.outline.iter().map(|run| thinned(run, pixel_m)).collect()
}

/// Returns the first and last point, and between them the lowest and the highest of each piece.
fn thinned(run: &[OutlinePoint], piece_m: f64) -> Vec<OutlinePoint> {
    let piece = |p: &OutlinePoint| (p.distance_m / piece_m).floor();
    let mut kept: Vec<OutlinePoint> = run.first().copied().into_iter().collect();
    for same in run.chunk_by(|a, b| (piece(a) - piece(b)).abs() < 0.5) {
        let by_height = |a: &&OutlinePoint, b: &&OutlinePoint| {
            a.elevation_m.total_cmp(&b.elevation_m)
        };
        let (low, high) = (same.iter().min_by(by_height), same.iter().max_by(by_height));
        let mut ends: Vec<&OutlinePoint> = low.into_iter().chain(high).collect();
        ends.sort_by(|a, b| a.distance_m.total_cmp(&b.distance_m));
        kept.extend(ends);
    }
    kept.extend(run.last());
    kept.dedup();
    kept
}

/// Returns a colour for each stretch, neighbours of one class together.
fn fills(frame: &Frame<'_>, plot: &mut Plot<'_>, floor: f64) -> Drawn {
    let silhouette = &frame.shows.silhouette;
    let u = frame.units;
    for run in &seen(frame) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
        let inside: Vec<&Stretch> = silhouette
            .stretches
            .iter()
            .filter(|s| {
                let middle = s.from_m + s.length_m / 2.0;
                middle >= first.distance_m && middle <= last.distance_m
            })
            .collect();
        let least = if frame.is_narrow() { LEAST_BAND_NARROW } else { LEAST_BAND };
        let classes = without_hairlines(&inside, least * silhouette.length_m());
        let mut from = 0;
        for same in classes.chunk_by(|a, b| a == b) {
            let stretches = &inside[from..from + same.len()];
            from += same.len();
            let (start, end) = (stretches[0], stretches[stretches.len() - 1]);
            let from_m = start.from_m;
            let to_m = (end.from_m + end.length_m).min(last.distance_m);
            let rise_m: f64 = stretches.iter().map(|s| s.grade * s.length_m).sum();
            let mut corners: Vec<(f64, f64)> = vec![(u.along(from_m), floor)];
            corners.extend(
                piece(run, from_m, to_m)
                    .into_iter()
                    .map(|p| (u.along(p.distance_m), u.up(p.elevation_m))),
            );
            corners.push((u.along(to_m), floor));
            // on a page the crosshair says it
            if !frame.inside {
                frame.canvas.title(format!(
                    "{:.1}–{:.1} {}: {} on average",
                    u.along(from_m),
                    u.along(to_m),
                    u.far(),
                    percent(rise_m / (to_m - from_m).max(1.0))
                ));
            }
            plot.draw_series([Polygon::new(corners, Role::Grade(same[0]).token())])?;
        }
    }
    Ok(())
}

/// Returns a class for each stretch; one that would be drawn narrower than a few pixels takes the
/// class of the neighbour that is more like it.
fn without_hairlines(stretches: &[&Stretch], least_m: f64) -> Vec<Steepness> {
    let mut classes: Vec<Steepness> =
        stretches.iter().map(|s| Steepness::of(s.grade)).collect();
    let mut from = 0;
    while from < classes.len() {
        let class = classes[from];
        let to = from + classes[from..].iter().take_while(|c| **c == class).count();
        let wide_m: f64 = stretches[from..to].iter().map(|s| s.length_m).sum();
        let unlike = |other: &Steepness| (other.class() - class.class()).abs();
        let before = from.checked_sub(1).map(|i| classes[i]);
        let after = classes.get(to).copied();
        let nearest = before.into_iter().chain(after).min_by_key(unlike);
        if let Some(nearest) = nearest.filter(|_| wide_m < least_m) {
            classes[from..to].fill(nearest);
        }
        from = to;
    }
    classes
}

/// Returns the outline between two distances, its ends interpolated.
fn piece(run: &[OutlinePoint], from_m: f64, to_m: f64) -> Vec<OutlinePoint> {
    let at = |m: f64| {
        let after = run.partition_point(|p| p.distance_m < m).clamp(1, run.len() - 1);
        let (a, b) = (run[after - 1], run[after]);
        let share = (m - a.distance_m) / (b.distance_m - a.distance_m).max(1e-9);
        OutlinePoint {
            distance_m: m,
            elevation_m: a.elevation_m
                + share.clamp(0.0, 1.0) * (b.elevation_m - a.elevation_m),
        }
    };
    let mut points = vec![at(from_m)];
    points.extend(run.iter().filter(|p| p.distance_m > from_m && p.distance_m < to_m));
    points.push(at(to_m));
    points
}

fn outline(frame: &Frame<'_>, plot: &mut Plot<'_>) -> Drawn {
    let u = frame.units;
    for run in &seen(frame) {
        let line: Vec<(f64, f64)> =
            run.iter().map(|p| (u.along(p.distance_m), u.up(p.elevation_m))).collect();
        plot.draw_series([PathElement::new(line, stroke(Role::Line, 1.5))])?;
    }
    Ok(())
}
