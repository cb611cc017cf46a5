//! The outline of a route from above, coloured by grade or by load: equal scale, north up, with
//! a scale bar and the names of the hills; no map behind it, and no network.

use crate::report::{Place, Places, Report, Steepness, Stretch};
use crate::segment::Slope;
use crate::write::Units;
use crate::write::svg::frame::{Drawn, Frame, LABEL_PX, TEXT_PX, Type};
use crate::write::svg::key::{Entry, Sample, class_words, flow, intensity};
use crate::write::svg::lettering::{Placed, width_px};
use crate::write::svg::palette::Role;
use crate::write::words::numbered;

/// What the colours of a route are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Colouring {
    /// Classes of grade.
    #[default]
    Grade,
    /// Zones of intensity, up or down, whichever load is the larger.
    Load,
}

impl Colouring {
    /// All.
    pub const ALL: [Colouring; 2] = [Colouring::Grade, Colouring::Load];

    /// Returns the word for it on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Colouring::Grade => "grade",
            Colouring::Load => "load",
        }
    }
}

/// A route with its places.
pub(super) struct Route<'r> {
    pub(super) report: &'r Report,
    pub(super) places: &'r Places,
    pub(super) colouring: Colouring,
}

/// Points nearer to the last one than this are not drawn, px.
const LEAST_PX: f64 = 4.0;
/// Metres that a map spans at least: scatter of somebody standing is no route. Our choice.
const LEAST_SPAN_M: f64 = 50.0;
/// Widest scale bar, px.
const BAR_PX: f64 = 160.0;
/// Places that a page's crosshair moves over.
#[cfg(feature = "page")]
const STEPS: usize = 200;

/// The ground as a plane on the picture.
struct Plane {
    latitude_deg: f64,
    longitude_deg: f64,
    /// Metres of a degree to the north and to the east.
    degree_m: (f64, f64),
    px_per_m: f64,
    /// Where the middle lies on the picture.
    middle_px: (f64, f64),
    middle_m: (f64, f64),
}

impl Plane {
    /// Lays all places into a box of the picture, as large as it allows.
    fn of(places: &Places, [left, top, right, bottom]: [f64; 4]) -> Option<Plane> {
        let first = places.segments.iter().flatten().next()?;
        let north_m = crate::profile::distance::EARTH_RADIUS.value.to_radians();
        let east_m = north_m * libm::cos(first.latitude_deg.to_radians()).max(1e-6);
        let mut plane = Plane {
            latitude_deg: first.latitude_deg,
            longitude_deg: first.longitude_deg,
            degree_m: (north_m, east_m),
            px_per_m: 1.0,
            middle_px: (f64::midpoint(left, right), f64::midpoint(top, bottom)),
            middle_m: (0.0, 0.0),
        };
        let (mut west, mut east, mut south, mut north) =
            (0.0_f64, 0.0_f64, 0.0_f64, 0.0_f64);
        for place in places.segments.iter().flatten() {
            let (x, y) = plane.metres(place);
            (west, east) = (west.min(x), east.max(x));
            (south, north) = (south.min(y), north.max(y));
        }
        let (wide, high) =
            ((east - west).max(LEAST_SPAN_M), (north - south).max(LEAST_SPAN_M));
        plane.px_per_m = ((right - left) / wide).min((bottom - top) / high);
        plane.middle_m = (f64::midpoint(west, east), f64::midpoint(south, north));
        (plane.px_per_m.is_finite() && plane.px_per_m > 0.0).then_some(plane)
    }

    fn metres(&self, place: &Place) -> (f64, f64) {
        let east = place.longitude_deg - self.longitude_deg;
        // the short way round, also where longitudes begin anew
        let east = east - 360.0 * (east / 360.0).round();
        let north = place.latitude_deg - self.latitude_deg;
        (east * self.degree_m.1, north * self.degree_m.0)
    }

    fn px(&self, place: &Place) -> (f64, f64) {
        let (x, y) = self.metres(place);
        (
            self.middle_px.0 + (x - self.middle_m.0) * self.px_per_m,
            self.middle_px.1 - (y - self.middle_m.1) * self.px_per_m,
        )
    }
}

type Of<'r> = Frame<'r, Route<'r>>;

pub(super) fn draw(frame: &mut Of<'_>) -> Drawn {
    let route = frame.shows;
    let y =
        frame.heading(&format!("from above, coloured by {}", route.colouring.name()))?;
    let y = flow(frame, y, &entries(route))?;
    let Some(plane) = plane(frame, y) else { return Ok(()) };
    line(frame, &plane)?;
    scale_bar(frame, &plane)?;
    names(frame, &plane, y)
}

fn plane(frame: &Of<'_>, top: f64) -> Option<Plane> {
    let edge = frame.edge_px() + 26.0;
    let sides = [edge, top + 22.0, frame.width - edge, frame.height - 56.0];
    Plane::of(frame.shows.places, sides)
}

fn entries(route: &Route<'_>) -> Vec<Entry> {
    match route.colouring {
        Colouring::Load => intensity(route.report.sport.on_foot()),
        Colouring::Grade => {
            let class = |class: &Steepness| {
                (Sample::Box(Role::Grade(*class)), class_words(*class))
            };
            Steepness::ALL.iter().map(class).collect()
        }
    }
}

fn colour(stretch: &Stretch, colouring: Colouring) -> Role {
    let load = &stretch.load;
    match colouring {
        Colouring::Grade => Role::Grade(Steepness::of(stretch.grade)),
        Colouring::Load if load.eccentric_load > load.concentric_load => {
            Role::downhill(load.eccentric_load, load.descent_volume_m)
        }
        Colouring::Load => Role::uphill(load.concentric_load, load.climb_volume_m),
    }
}

/// Returns the route: each stretch in its colour, neighbours of one colour together, over a halo.
fn line(frame: &Of<'_>, plane: &Plane) -> Drawn {
    let route = frame.shows;
    let stretches = &route.report.silhouette.stretches;
    // pieces of one colour, each beginning where the one before ended
    let mut pieces: Vec<(Role, Vec<(f64, f64)>)> = Vec::new();
    let mut at = 0;
    for segment in &route.places.segments {
        // a break of the road is no line
        let mut broken = true;
        for place in segment {
            while stretches
                .get(at + 1)
                .is_some_and(|next| next.from_m <= place.distance_m)
            {
                at += 1;
            }
            let Some(stretch) = stretches.get(at) else { continue };
            let (role, here) = (colour(stretch, route.colouring), plane.px(place));
            let last = pieces.last().and_then(|(_, line)| line.last().copied());
            let near =
                last.is_some_and(|(x, y)| libm::hypot(x - here.0, y - here.1) < LEAST_PX);
            match pieces.last_mut() {
                // segments follow each other at one place
                Some(_) if broken && !near => pieces.push((role, vec![here])),
                Some((same, line)) if *same == role => {
                    if !near {
                        line.push(here);
                    }
                }
                Some((_, line)) => {
                    line.push(here);
                    pieces.push((role, vec![here]));
                }
                None => pieces.push((role, vec![here])),
            }
            broken = false;
        }
    }
    pieces.retain(|(_, line)| line.len() >= 2);
    frame.canvas.open("route");
    for (_, line) in &pieces {
        frame.line(line, Role::Line, 4.6)?;
    }
    for (role, line) in &pieces {
        frame.line(line, *role, 3.2)?;
    }
    frame.canvas.close();
    Ok(())
}

/// Returns a round length, and north.
fn scale_bar(frame: &Of<'_>, plane: &Plane) -> Drawn {
    let (metres, words) = round_length(BAR_PX / plane.px_per_m, frame.units);
    let (left, y) = (frame.edge_px(), frame.height - 24.0);
    let right = left + metres * plane.px_per_m;
    frame.canvas.open("scale");
    frame.line(
        &[(left, y - 5.0), (left, y), (right, y), (right, y - 5.0)],
        Role::Line,
        1.4,
    )?;
    frame.write(right + 8.0, y - LABEL_PX + 1.0, &words, &Type::label())?;
    let x = frame.width - frame.edge_px() - 10.0;
    frame.line(&[(x, y), (x, y - 24.0)], Role::Line, 1.4)?;
    frame.line(
        &[(x - 4.0, y - 17.0), (x, y - 24.0), (x + 4.0, y - 17.0)],
        Role::Line,
        1.4,
    )?;
    frame.write(x - 10.0, y - 20.0, "N", &Type::label().right())?;
    frame.canvas.close();
    Ok(())
}

/// Returns the longest round length up to so many metres, in metres and words: 1, 2 or 5 with
/// noughts.
fn round_length(most_m: f64, u: Units) -> (f64, String) {
    let (unit_m, unit) = match u {
        Units::Metric if most_m < 1000.0 => (1.0, "m"),
        Units::Metric => (1000.0, "km"),
        Units::Imperial if most_m < 1609.344 => (0.3048, "ft"),
        Units::Imperial => (1609.344, "mi"),
    };
    let most = (most_m / unit_m).max(1e-9);
    let tens = libm::pow(10.0, libm::log10(most).floor());
    let times = [5.0, 2.0, 1.0].into_iter().find(|times| times * tens <= most);
    let round = times.unwrap_or(1.0) * tens;
    (round * unit_m, format!("{round} {unit}"))
}

/// Returns where it begins and ends, and each hill by its name, below what ends at `top`: the largest
/// choose first.
fn names(frame: &Of<'_>, plane: &Plane, top: f64) -> Drawn {
    let route = frame.shows;
    let (report, places) = (route.report, route.places);
    let mut placed = Placed::default();
    placed.take(0.0, 0.0, frame.width, top);
    frame.canvas.open("names");
    let all = || places.segments.iter().flatten();
    // no name over the route itself
    let mut last = (f64::NEG_INFINITY, f64::NEG_INFINITY);
    for (x, y) in all().map(|place| plane.px(place)) {
        if libm::hypot(x - last.0, y - last.1) >= 2.0 * LEAST_PX {
            let half = LEAST_PX;
            placed.take(x - half, y - half, x + half, y + half);
            last = (x, y);
        }
    }
    let ends = [(all().next(), "start"), (all().last(), "end")];
    for (place, words) in ends {
        let Some(place) = place else { continue };
        let (x, y) = plane.px(place);
        frame.fill([x - 4.0, y - 4.0, x + 4.0, y + 4.0], Role::Halo)?;
        frame.fill([x - 2.6, y - 2.6, x + 2.6, y + 2.6], Role::Ink)?;
        label(frame, &mut placed, (x, y), words, Role::Ink)?;
    }
    let mut hills: Vec<_> = numbered(&report.segments)
        .into_iter()
        .filter_map(|(name, hill)| {
            let at = report.segments.iter().position(|one| std::ptr::eq(one, hill))?;
            let line = places.segments.get(at)?;
            Some((name, hill, line.get(line.len() / 2)?))
        })
        .collect();
    hills.sort_by(|a, b| b.1.rise_m.abs().total_cmp(&a.1.rise_m.abs()));
    for (name, hill, middle) in hills {
        let climb = hill.slope == Some(Slope::Climb);
        let role = if climb { Role::UphillLine } else { Role::DownhillLine };
        let words = format!("{name} {}", frame.units.rise(hill.rise_m));
        let there = plane.px(middle);
        if !label(frame, &mut placed, there, &words, role)? {
            label(frame, &mut placed, there, &name, role)?;
        }
    }
    frame.canvas.close();
    Ok(())
}

type Labelled =
    Result<bool, plotters::drawing::DrawingAreaErrorKind<std::convert::Infallible>>;

/// Writes beside a place where there is room: whether there was.
fn label(
    frame: &Of<'_>,
    placed: &mut Placed,
    (x, y): (f64, f64),
    words: &str,
    role: Role,
) -> Labelled {
    const AWAY_PX: [f64; 3] = [8.0, 16.0, 26.0];
    let width = width_px(words, LABEL_PX);
    let beside = AWAY_PX.into_iter().flat_map(|away| {
        [
            (x + away, y - LABEL_PX / 2.0),
            (x - away - width, y - LABEL_PX / 2.0),
            (x - width / 2.0, y - away - LABEL_PX),
            (x - width / 2.0, y + away),
        ]
    });
    for (left, top) in beside {
        let inside = left >= 4.0
            && left + width <= frame.width - 4.0
            && top + TEXT_PX < frame.height - 40.0;
        if inside && placed.take(left, top, left + width, top + LABEL_PX + 2.0) {
            frame.write(left, top, words, &Type::label().role(role))?;
            return Ok(true);
        }
    }
    Ok(false)
}

/// Returns where each of equal steps of the route lies on the picture, px: what a page's
/// crosshair follows.
#[cfg(feature = "page")]
pub(super) fn track(frame: &Of<'_>, top: f64) -> Vec<(f64, f64)> {
    let route = frame.shows;
    let Some(plane) = plane(frame, top) else { return Vec::new() };
    let end = route.report.silhouette.length_m();
    let mut places = route.places.segments.iter().flatten().peekable();
    let mut last = None;
    (0..=STEPS)
        .filter_map(|step| {
            let along_m = end * step as f64 / STEPS as f64;
            while let Some(place) = places.next_if(|place| place.distance_m <= along_m) {
                last = Some(place);
            }
            last.or_else(|| places.peek().copied()).map(|place| plane.px(place))
        })
        .collect()
}

/// Returns where the picture of the route begins, below its heading and key.
#[cfg(feature = "page")]
pub(super) fn top(frame: &Of<'_>) -> f64 {
    let begins = crate::write::svg::frame::HEADING_BOTTOM_PX;
    let key = flow(frame, begins, &entries(frame.shows)).unwrap_or(begins);
    // measured, not drawn twice
    frame.canvas.take();
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_bar_is_as_long_as_it_says_and_round() {
        for (most_m, u, words) in [
            (730.0, Units::Metric, "500 m"),
            (999.0, Units::Metric, "500 m"),
            (1000.0, Units::Metric, "1 km"),
            (4600.0, Units::Metric, "2 km"),
            (0.7, Units::Metric, "0.5 m"),
            (1000.0, Units::Imperial, "2000 ft"),
            (9000.0, Units::Imperial, "5 mi"),
        ] {
            let (metres, said) = round_length(most_m, u);
            assert_eq!(said, words);
            assert!(metres <= most_m && metres > most_m / 2.6, "{metres} of {most_m}");
        }
    }

    #[test]
    fn a_metre_is_as_long_to_the_north_as_to_the_east() {
        let place = |latitude_deg, longitude_deg| Place {
            latitude_deg,
            longitude_deg,
            elevation_m: 0.0,
            time_s: 0.0,
            moving_s: 0.0,
            distance_m: 0.0,
        };
        let square = vec![
            place(60.0, 179.999),
            place(60.0, -179.999),
            place(60.001, -179.999),
            place(60.001, 179.999),
        ];
        let places = Places { segments: vec![square.clone()], peaks: Vec::new() };
        let plane = Plane::of(&places, [0.0, 0.0, 800.0, 400.0]).unwrap();
        let at: Vec<(f64, f64)> = square.iter().map(|place| plane.px(place)).collect();
        // 0.002 degrees of longitude at 60 degrees north are 0.001 of latitude
        assert!((at[1].0 - at[0].0 - (at[1].1 - at[2].1)).abs() < 0.1, "{at:?}");
        assert!((at[1].1 - at[2].1 - 400.0).abs() < 0.1 && at[1].0 > at[0].0, "{at:?}");
    }
}
