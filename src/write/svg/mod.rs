//! Charts of a report, a history or a plan, as SVG that needs nothing from outside itself.

mod canvas;
mod curve;
mod elevation;
mod frame;
mod grade;
#[cfg(feature = "store")]
mod hill;
mod hills;
mod history;
mod key;
mod lettering;
mod load;
mod load_strip;
mod map;
mod mechanisms;
mod palette;
mod plan;
mod plot;
#[cfg(feature = "store")]
mod progress;
mod scale;

use crate::curve::Curves;
use crate::error::{Error, Kind};
use crate::history::History;
use crate::plan::Plan;
use crate::report::{Places, Report};
use crate::write::Units;
use frame::{Caption, Drawn, Frame};
pub use map::Colouring;

/// What is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Chart {
    /// Heights coloured by grade, and below them where the legs were loaded.
    #[default]
    Elevation,
    /// One pair of bars for each climb and descent, with ranges.
    Load,
    /// Distance, time and load by class of grade, and load by intensity.
    Grade,
    /// The five mechanisms, each in its own unit.
    Mechanisms,
}

impl Chart {
    /// All.
    pub const ALL: [Chart; 4] =
        [Chart::Elevation, Chart::Load, Chart::Grade, Chart::Mechanisms];

    /// Returns the word for it on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Chart::Elevation => "elevation",
            Chart::Load => "load",
            Chart::Grade => "grade",
            Chart::Mechanisms => "mechanisms",
        }
    }
}

/// Light, dark, or as the viewer likes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// Follows the viewer.
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// All.
    pub const ALL: [Theme; 3] = [Theme::Auto, Theme::Light, Theme::Dark];

    /// Returns the word for it on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }
}

/// How a chart looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChartStyle {
    /// On which ground.
    pub theme: Theme,
    /// Width and height, px; a chart that says little may be lower.
    pub size_px: (u32, u32),
    /// Metres or feet.
    pub units: Units,
}

/// Smallest and largest picture: our choice, so that labels find room and files stay small.
pub const LEAST_SIZE_PX: (u32, u32) = (600, 400);
/// See [`LEAST_SIZE_PX`].
pub const MOST_SIZE_PX: (u32, u32) = (4000, 3000);

impl Default for ChartStyle {
    fn default() -> Self {
        ChartStyle {
            theme: Theme::default(),
            size_px: (1200, 620),
            units: Units::default(),
        }
    }
}

/// Returns the chart as a document of its own.
///
/// # Errors
/// `settings` for a size beyond [`LEAST_SIZE_PX`] and [`MOST_SIZE_PX`]; `no_distance` for a
/// report whose numbers cannot be drawn.
///
/// ```
/// use hardlegs::{read, report::Report, settings::Settings, write::svg};
/// let reading = read::path("fixtures/fit/loop.fit")?;
/// let report = Report::of(&reading.activities[0], &Settings::default())?;
/// let svg = svg::draw(&report, svg::Chart::Elevation, &svg::ChartStyle::default())?;
/// assert!(svg.starts_with("<svg ") && svg.contains("role=\"img\""));
/// # Ok::<(), hardlegs::error::Error>(())
/// ```
pub fn draw(report: &Report, chart: Chart, look: &ChartStyle) -> Result<String, Error> {
    fits(look)?;
    let caption = Caption::of(report, look.units);
    drawn(Frame::new(report, caption, chart.name(), look), chart)
}

fn drawn(mut frame: Frame<'_>, chart: Chart) -> Result<String, Error> {
    drawable(frame.shows)?;
    let drawn = match chart {
        Chart::Elevation => elevation::draw(&mut frame),
        Chart::Load => load::draw(&mut frame),
        Chart::Grade => grade::draw(&mut frame),
        Chart::Mechanisms => mechanisms::draw(&mut frame),
    };
    finished(drawn, &frame)
}

/// Returns the chart as part of a page that styles it with [`page_sheet`] and says the subject.
#[cfg(feature = "page")]
pub(super) fn draw_inside(
    report: &Report,
    chart: Chart,
    look: &ChartStyle,
) -> Result<String, Error> {
    let caption = Caption::of(report, look.units);
    drawn(Frame::new(report, caption, chart.name(), look).inside(), chart)
}

/// Returns the style sheet of a page of pictures.
#[cfg(feature = "page")]
pub(super) fn page_sheet() -> String {
    palette::page_sheet()
}

/// Returns a history's chart as part of a page.
#[cfg(feature = "page")]
pub(super) fn draw_history_inside(
    history: &History,
    look: &ChartStyle,
) -> Result<String, Error> {
    let caption = history::caption(history);
    let mut frame = Frame::new(history, caption, "history", look).inside();
    let drawn = history::draw(&mut frame);
    finished(drawn, &frame)
}

/// Returns the outline of a route from above.
///
/// # Errors
/// `settings` for a size beyond the limits; `no_distance` for a report whose numbers cannot be
/// drawn.
///
/// ```
/// use hardlegs::{read, report::Report, settings::Settings, write::svg};
/// let reading = read::path("fixtures/fit/loop.fit")?;
/// let (report, places) = Report::with_places(&reading.activities[0], &Settings::default())?;
/// let look = svg::ChartStyle::default();
/// let map = svg::draw_map(&report, &places, svg::Colouring::Grade, &look)?;
/// assert!(map.contains("from above"));
/// # Ok::<(), hardlegs::error::Error>(())
/// ```
pub fn draw_map(
    report: &Report,
    places: &Places,
    colouring: Colouring,
    look: &ChartStyle,
) -> Result<String, Error> {
    fits(look)?;
    drawable(report)?;
    let route = map::Route { report, places, colouring };
    let caption = Caption::of(report, look.units);
    let mut frame = Frame::new(&route, caption, "map", look);
    let drawn = map::draw(&mut frame);
    finished(drawn, &frame)
}

/// The same as part of a page, and where equal steps of the route lie on it, px.
#[cfg(feature = "page")]
pub(super) fn draw_map_inside(
    report: &Report,
    places: &Places,
    look: &ChartStyle,
) -> Result<(String, Vec<(f64, f64)>), Error> {
    drawable(report)?;
    let route = map::Route { report, places, colouring: Colouring::Grade };
    let caption = Caption::of(report, look.units);
    let mut frame = Frame::new(&route, caption, "map", look).inside();
    let top = map::top(&frame);
    let drawn = map::draw(&mut frame);
    let track = map::track(&frame, top);
    Ok((finished(drawn, &frame)?, track))
}

/// Returns the efforts on one hill over time.
///
/// # Errors
/// `settings` for a size beyond the limits.
#[cfg(feature = "store")]
pub fn draw_hill(
    hill: &crate::hills::HillEfforts,
    look: &ChartStyle,
) -> Result<String, Error> {
    fits(look)?;
    let caption = hill::caption(hill, look.units);
    let mut frame = Frame::new(hill, caption, "hill", look);
    let drawn = hill::draw(&mut frame);
    finished(drawn, &frame)
}

/// Returns the weeks of a history: uphill and downhill load, what of it was new, what is usual.
///
/// # Errors
/// `settings` for a size beyond the limits; `no_points` for a history without sessions.
pub fn draw_history(history: &History, look: &ChartStyle) -> Result<String, Error> {
    fits(look)?;
    if history.sessions.is_empty() {
        return Err(Error::new(Kind::NoPoints, "nothing to draw: no sessions")
            .hint("hardlegs history FOLDER scores what is in it"));
    }
    let caption = history::caption(history);
    let mut frame = Frame::new(history, caption, "history", look);
    let drawn = history::draw(&mut frame);
    finished(drawn, &frame)
}

/// Returns the five mechanisms over months, of outings on foot or of rides.
///
/// # Errors
/// `settings` for a size beyond the limits; `no_points` where no outing of this kind has a figure.
#[cfg(feature = "store")]
pub fn draw_progress(
    rows: &[crate::progress::Progress],
    on_foot: bool,
    on: jiff::civil::Date,
    look: &ChartStyle,
) -> Result<String, Error> {
    fits(look)?;
    let months = progress::Months::of(rows, on_foot, on);
    if months.rows.is_empty() {
        let cause = "nothing to draw: no outing of this kind within a year has climbed";
        return Err(Error::new(Kind::NoPoints, cause)
            .hint("hardlegs history FOLDER scores what is in it"));
    }
    let caption = progress::caption(&months, look.units);
    let mut frame = Frame::new(&months, caption, "mechanisms", look);
    let drawn = progress::draw(&mut frame);
    finished(drawn, &frame)
}

/// The same as part of a page.
#[cfg(all(feature = "page", feature = "store"))]
pub(super) fn draw_progress_inside(
    rows: &[crate::progress::Progress],
    on_foot: bool,
    on: jiff::civil::Date,
    look: &ChartStyle,
) -> Result<String, Error> {
    let months = progress::Months::of(rows, on_foot, on);
    let caption = progress::caption(&months, look.units);
    let mut frame = Frame::new(&months, caption, "mechanisms", look).inside();
    let drawn = progress::draw(&mut frame);
    finished(drawn, &frame)
}

/// Returns a course against the largest of one's own, and the weeks that lead there.
///
/// # Errors
/// `settings` for a size beyond the limits.
pub fn draw_plan(plan: &Plan, look: &ChartStyle) -> Result<String, Error> {
    fits(look)?;
    let caption = plan::caption(plan, look.units);
    let mut frame = Frame::new(plan, caption, "plan", look);
    let drawn = plan::draw(&mut frame);
    finished(drawn, &frame)
}

/// Returns the speed over grade by one's own outings.
///
/// # Errors
/// `settings` for a size beyond the limits; `no_points` without an outing that has times.
pub fn draw_curve(curves: &Curves, look: &ChartStyle) -> Result<String, Error> {
    fits(look)?;
    if curves.own.outings == 0 {
        let cause = "nothing to draw: no outing of this sport with times";
        return Err(Error::new(Kind::NoPoints, cause)
            .hint("hardlegs history FOLDER scores what is in it"));
    }
    let caption = curve::caption(curves, look.units);
    let mut frame = Frame::new(curves, caption, "curve", look);
    let drawn = curve::draw(&mut frame);
    finished(drawn, &frame)
}

fn finished<S>(drawn: Drawn, frame: &Frame<'_, S>) -> Result<String, Error> {
    drawn.map_err(|error| Error::new(Kind::Internal, error.to_string()))?;
    Ok(frame.document())
}

fn fits(look: &ChartStyle) -> Result<(), Error> {
    let ((width, height), least, most) = (look.size_px, LEAST_SIZE_PX, MOST_SIZE_PX);
    if width < least.0 || height < least.1 || width > most.0 || height > most.1 {
        let cause = format!("a picture of {width}x{height} px");
        return Err(Error::new(Kind::Settings, cause)
            .hint(format!("from {}x{} to {}x{}", least.0, least.1, most.0, most.1)));
    }
    Ok(())
}

/// Every number that becomes a coordinate is finite, and there is a route.
fn drawable(report: &Report) -> Result<(), Error> {
    let silhouette = &report.silhouette;
    let points = silhouette.outline.iter().flatten();
    let finite =
        points.clone().all(|p| p.distance_m.is_finite() && p.elevation_m.is_finite())
            && silhouette.stretches.iter().all(|s| {
                s.grade.is_finite()
                    && s.load.concentric_load.is_finite()
                    && s.load.eccentric_load.is_finite()
            });
    if finite && points.count() >= 2 && silhouette.length_m() > 0.0 {
        Ok(())
    } else {
        Err(Error::new(Kind::NoDistance, "nothing to draw: no two points with heights")
            .hint("hardlegs FILE says what was read"))
    }
}
