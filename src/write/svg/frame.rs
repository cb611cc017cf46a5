//! What all charts share: the ground, the heading, text and keys, and the document around.

use std::convert::Infallible;

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea};
use plotters::element::{PathElement, Rectangle, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontStyle, IntoFont, ShapeStyle, TextStyle};

use crate::report::Report;
use crate::write::Units;
use crate::write::svg::canvas::{Canvas, UNITS_PER_PX, escaped};
use crate::write::svg::lettering::fitted;
use crate::write::svg::palette::{Role, style_sheet};
use crate::write::svg::{ChartStyle, Theme};
use crate::write::words;

/// plotters' result; the canvas itself cannot fail.
pub(super) type Drawn = Result<(), DrawingAreaErrorKind<Infallible>>;
/// The px at which the next free line begins.
pub(super) type Wrote = Result<f64, DrawingAreaErrorKind<Infallible>>;
/// A piece of the picture.
pub(super) type Area = DrawingArea<Canvas, Shift>;

/// Where the heading ends, px.
pub(super) const HEADING_BOTTOM_PX: f64 = 70.0;
/// Sizes of type, px.
pub(super) const HEADING_PX: f64 = 19.0;
/// Everything else: never under 12.
pub(super) const TEXT_PX: f64 = 13.0;
/// Labels in a plot.
pub(super) const LABEL_PX: f64 = 12.0;
/// Room left of the plot for the labels of its axis, px.
const LEFT_PX: f64 = 78.0;
/// Room right of it, px.
const RIGHT_PX: f64 = 86.0;
/// A picture below this width is for a phone: less room at its sides (our choice).
const NARROW_PX: f64 = 520.0;

/// What a picture says at its top, and to those who do not see it.
pub(super) struct Caption {
    pub(super) subject: String,
    pub(super) sums: String,
    pub(super) description: String,
}

impl Caption {
    /// Of one activity.
    pub(super) fn of(report: &Report, u: Units) -> Caption {
        Caption {
            subject: words::subject(report, 80),
            sums: words::sums(report, u),
            description: words::verdict(report, u),
        }
    }
}

/// A picture in the making, of an activity where nothing else is said.
pub(super) struct Frame<'r, S = Report> {
    pub(super) shows: &'r S,
    pub(super) units: Units,
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) canvas: Canvas,
    pub(super) root: Area,
    theme: Theme,
    name: &'static str,
    pub(super) caption: Caption,
    /// Part of a page, which says the subject and styles it.
    pub(super) inside: bool,
    /// Where values over distance lie, for those who point at them.
    pub(super) plane: Option<Plane>,
}

/// A plane over distance and height in the picture.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plane {
    /// Left, top, right and bottom of the heights, and bottom of what lies below on the
    /// same axis, px.
    pub(super) sides_px: [f64; 5],
    /// Distance at the right; it is 0 at the left. Heights at the bottom and the top. In
    /// the units of the picture.
    pub(super) values: [f64; 3],
}

/// A page says the subject itself: of the heading, what the chart adds is left.
const INSIDE_TOP_PX: f64 = 38.0;

impl<'r, S> Frame<'r, S> {
    pub(super) fn new(
        shows: &'r S,
        caption: Caption,
        name: &'static str,
        look: &ChartStyle,
    ) -> Frame<'r, S> {
        let (width, height) = look.size_px;
        let canvas = Canvas::new(width, height);
        Frame {
            shows,
            units: look.units,
            width: f64::from(width),
            height: f64::from(height),
            root: canvas.clone().into_drawing_area(),
            canvas,
            theme: look.theme,
            name,
            caption,
            inside: false,
            plane: None,
        }
    }

    /// The same as part of a page.
    #[cfg(feature = "page")]
    pub(super) fn inside(self) -> Frame<'r, S> {
        Frame { inside: true, ..self }
    }

    /// Returns whether this is the drawing for a phone held upright.
    pub(super) fn is_narrow(&self) -> bool {
        self.width < NARROW_PX
    }

    /// Room left and right of what is written, px.
    pub(super) fn edge_px(&self) -> f64 {
        if self.is_narrow() { 4.0 } else { 24.0 }
    }

    /// Room left of a plot for the labels of its axis, px.
    pub(super) fn left_px(&self) -> f64 {
        if self.is_narrow() { 52.0 } else { LEFT_PX }
    }

    /// Room right of the route, px.
    pub(super) fn right_px(&self) -> f64 {
        if self.is_narrow() { 38.0 } else { RIGHT_PX }
    }

    /// Subject and sums at the top, with what this chart adds to them. The next free line
    /// begins at the px that is returned.
    pub(super) fn heading(&self, more: &str) -> Wrote {
        let (left, room) = (self.edge_px(), self.width - 2.0 * self.edge_px());
        self.canvas.open("heading");
        if self.inside {
            self.write(left, 44.0, &fitted(more, TEXT_PX, room), &Type::text())?;
            self.canvas.close();
            return Ok(HEADING_BOTTOM_PX);
        }
        self.write(
            left,
            16.0,
            &fitted(&self.caption.subject, HEADING_PX * 1.08, room),
            &Type::heading(),
        )?;
        let sums = &self.caption.sums;
        let sums =
            if more.is_empty() { sums.clone() } else { format!("{sums} · {more}") };
        self.write(left, 44.0, &fitted(&sums, TEXT_PX, room), &Type::text())?;
        self.canvas.close();
        Ok(HEADING_BOTTOM_PX)
    }

    /// Writes text at a point of the picture, px.
    pub(super) fn write(&self, x: f64, y: f64, text: &str, style: &Type) -> Drawn {
        self.root.draw(&Text::new(
            text.to_owned(),
            (units(x), units(y)),
            style.plotters(),
        ))
    }

    /// Returns a filled box, px.
    pub(super) fn fill(&self, [left, top, right, bottom]: [f64; 4], role: Role) -> Drawn {
        let corners = [(units(left), units(top)), (units(right), units(bottom))];
        self.root.draw(&Rectangle::new(corners, role.token().filled()))
    }

    /// Returns a line through points, px.
    pub(super) fn line(&self, points: &[(f64, f64)], role: Role, width_px: f64) -> Drawn {
        let points: Vec<(i32, i32)> =
            points.iter().map(|(x, y)| (units(*x), units(*y))).collect();
        self.root.draw(&PathElement::new(points, stroke(role, width_px)))
    }

    /// Returns a piece of the picture by its left and top, width and height, px.
    pub(super) fn area(&self, left: f64, top: f64, width: f64, height: f64) -> Area {
        self.root.clone().shrink((units(left), units(top)), (units(width), units(height)))
    }

    /// Returns the finished document.
    pub(super) fn document(&self) -> String {
        let (width, height) = (self.width, self.height);
        // a page holds both drawings, and ids are one of a kind
        let (name, class) = if self.is_narrow() {
            (format!("{}-narrow", self.name), "hardlegs narrow")
        } else {
            (self.name.to_owned(), "hardlegs")
        };
        let (top, size, style) = if self.inside {
            (
                INSIDE_TOP_PX,
                self.plane.map_or_else(String::new, attributes),
                String::new(),
            )
        } else {
            (
                0.0,
                format!(" width=\"{width}\" height=\"{height}\""),
                format!("<style>{}</style>\n", style_sheet(self.theme)),
            )
        };
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"{class}\" role=\"img\"{size} \
             viewBox=\"0 {top} {width} {}\" \
             aria-labelledby=\"{name}-title {name}-desc\">\n\
             <title id=\"{name}-title\">{}</title>\n<desc id=\"{name}-desc\">{} {}</desc>\n\
             {style}<rect class=\"ground\" width=\"{width}\" height=\"{height}\"/>\n\
             {}</svg>\n",
            height - top,
            escaped(&self.caption.subject),
            escaped(&format!("{}.", self.caption.sums)),
            escaped(&self.caption.description),
            self.canvas.take(),
        )
    }
}

/// Returns a plane as an attribute: its sides, then its values.
fn attributes(plane: Plane) -> String {
    let [left, top, right, bottom, below] = plane.sides_px;
    let [end, floor, ceiling] = plane.values;
    format!(
        " data-plane=\"{left:.1} {top:.1} {right:.1} {bottom:.1} {below:.1} {end:.4} {floor:.2} {ceiling:.2}\""
    )
}

/// Pixels as plotters' units.
#[expect(clippy::cast_possible_truncation, reason = "at most 4000 px")]
pub(super) fn units(px: f64) -> i32 {
    (px * UNITS_PER_PX).round() as i32
}

/// Returns a stroke of so many pixels.
pub(super) fn stroke(role: Role, width_px: f64) -> ShapeStyle {
    role.token().stroke_width(u32::try_from(units(width_px)).unwrap_or(10))
}

/// How a text is set.
#[derive(Clone, Copy)]
pub(super) struct Type {
    pub(super) size_px: f64,
    pub(super) role: Role,
    pub(super) across: HPos,
    pub(super) bold: bool,
}

impl Type {
    pub(super) fn heading() -> Type {
        Type { size_px: HEADING_PX, role: Role::Ink, across: HPos::Left, bold: true }
    }

    pub(super) fn text() -> Type {
        Type { size_px: TEXT_PX, role: Role::Muted, across: HPos::Left, bold: false }
    }

    pub(super) fn label() -> Type {
        Type { size_px: LABEL_PX, ..Type::text() }
    }

    pub(super) fn ink(self) -> Type {
        Type { role: Role::Ink, ..self }
    }

    pub(super) fn role(self, role: Role) -> Type {
        Type { role, ..self }
    }

    pub(super) fn bold(self) -> Type {
        Type { bold: true, ..self }
    }

    pub(super) fn centred(self) -> Type {
        Type { across: HPos::Center, ..self }
    }

    pub(super) fn right(self) -> Type {
        Type { across: HPos::Right, ..self }
    }

    /// For plotters, top at the point.
    pub(super) fn plotters(&self) -> TextStyle<'static> {
        let style = if self.bold { FontStyle::Bold } else { FontStyle::Normal };
        ("sans-serif", self.size_px * UNITS_PER_PX)
            .into_font()
            .style(style)
            .color(&self.role.token())
            .pos(Pos::new(self.across, VPos::Top))
    }
}
