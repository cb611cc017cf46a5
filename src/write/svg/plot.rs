//! A plot over two even axes: its plane, grid and labels, and the pixels of its points.

use std::ops::Range;

use plotters::chart::{ChartBuilder, ChartContext, LabelAreaPosition};
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordf64;
use plotters::style::Color;

use crate::write::svg::canvas::{Canvas, UNITS_PER_PX};
use crate::write::svg::frame::{Area, Drawn, Type, stroke, units};
use crate::write::svg::palette::Role;
use crate::write::svg::scale::tick_words;

/// plotters' plane over two even axes.
pub(super) type Plot<'a> =
    ChartContext<'a, Canvas, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

type PlotResult<'a> =
    Result<Plot<'a>, plotters::drawing::DrawingAreaErrorKind<std::convert::Infallible>>;

/// Makes a plane with room for the labels left of it and below it.
pub(super) fn plane(
    area: &Area,
    (left_px, below_px): (f64, f64),
    along: Range<f64>,
    up: Range<f64>,
) -> PlotResult<'_> {
    ChartBuilder::on(area)
        .set_label_area_size(LabelAreaPosition::Left, units(left_px))
        .set_label_area_size(LabelAreaPosition::Bottom, units(below_px))
        .build_cartesian_2d(along, up)
}

/// What stands at the axes of a plot.
pub(super) enum Labels {
    /// Heights in this unit; distance is labelled below.
    Heights(&'static str),
    /// Loads up to the most there is; distances to this end.
    Load { end: f64, most: f64 },
}

/// Draws the grid and the labels, some of them across.
pub(super) fn mesh(plot: &mut Plot<'_>, across: usize, labels: &Labels) -> Drawn {
    let label = Type::label().plotters();
    let clear = Role::Grid.token().mix(0.0);
    let grid = stroke(Role::Grid, 1.0);
    let axis = stroke(Role::Grid, 1.0);
    let mut mesh = plot.configure_mesh();
    mesh.light_line_style(clear)
        .bold_line_style(grid)
        .axis_style(axis)
        .label_style(label);
    match *labels {
        Labels::Heights(unit) => {
            let height = move |h: &f64| format!("{h:.0} {unit}\u{a0}").replace('-', "−");
            mesh.x_labels(across).y_labels(5).y_label_formatter(&height).draw()
        }
        Labels::Load { end, most } => {
            let decimals = usize::from(end < 5.0) + usize::from(end < 0.5);
            let far = move |x: &f64| format!("{x:.decimals$}");
            // below the lowest bar there is room, but nothing to label
            let load = move |l: &f64| match l.abs() {
                load if load > most => String::new(),
                load => format!("{}\u{a0}", tick_words(load)),
            };
            mesh.x_labels(across)
                .y_labels(3)
                .x_label_formatter(&far)
                .y_label_formatter(&load)
                .draw()
        }
    }
}

/// Returns the pixels of a point of a plot.
pub(super) fn px(plot: &Plot<'_>, x: f64, y: f64) -> (f64, f64) {
    let (x, y) = plot.backend_coord(&(x, y));
    (f64::from(x) / UNITS_PER_PX, f64::from(y) / UNITS_PER_PX)
}
