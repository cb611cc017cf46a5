//! plotters' marks as SVG: tenths of a pixel, classes instead of colours, titles and groups.

use std::cell::RefCell;
use std::convert::Infallible;
use std::fmt::Write as _;
use std::rc::Rc;

use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend,
    DrawingErrorKind, FontStyle,
};

use crate::error::visible;
use crate::write::svg::lettering::width_px;
use crate::write::svg::palette::class_of;

/// plotters counts whole units; ten of them are a pixel.
pub(super) const UNITS_PER_PX: f64 = 10.0;

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

#[derive(Debug, Default)]
struct Ink {
    body: String,
    title: Option<String>,
}

/// The picture being drawn. plotters owns one handle, the chart keeps another to name marks.
#[derive(Debug, Clone)]
pub(super) struct Canvas {
    width_px: u32,
    height_px: u32,
    ink: Rc<RefCell<Ink>>,
}

impl Canvas {
    pub(super) fn new(width_px: u32, height_px: u32) -> Canvas {
        Canvas { width_px, height_px, ink: Rc::default() }
    }

    /// The next mark is called so; viewers show it under the pointer.
    pub(super) fn title(&self, words: impl Into<String>) {
        self.ink.borrow_mut().title = Some(words.into());
    }

    /// Marks until [`Canvas::close`] belong together.
    pub(super) fn open(&self, class: &str) {
        let _ = writeln!(self.ink.borrow_mut().body, "<g class=\"{class}\">");
    }

    /// Ends a group.
    pub(super) fn close(&self) {
        self.ink.borrow_mut().body.push_str("</g>\n");
    }

    /// Returns everything drawn so far.
    pub(super) fn take(&self) -> String {
        std::mem::take(&mut self.ink.borrow_mut().body)
    }

    fn mark(&self, class: &str, attributes: &str, path: &str) {
        let ink = &mut *self.ink.borrow_mut();
        let _ = write!(ink.body, "<path class=\"{class}\"{attributes} d=\"{path}\"");
        match ink.title.take() {
            Some(title) => {
                let _ = writeln!(ink.body, "><title>{}</title></path>", escaped(&title));
            }
            None => ink.body.push_str("/>\n"),
        }
    }

    fn filled(&self, color: BackendColor, path: &str) {
        self.mark(&format!("f-{}", class_of(color.rgb)), &faint("fill", color), path);
    }

    fn stroked<S: BackendStyle>(&self, style: &S, path: &str) {
        let color = style.color();
        let width = Tenths(i64::from(style.stroke_width()));
        let attributes = format!(" stroke-width=\"{width}\"{}", faint("stroke", color));
        self.mark(&format!("s s-{}", class_of(color.rgb)), &attributes, path);
    }
}

fn faint(what: &str, color: BackendColor) -> String {
    if color.alpha < 1.0 {
        format!(" {what}-opacity=\"{:.2}\"", color.alpha)
    } else {
        String::new()
    }
}

/// Returns the text of a stranger as XML text or attribute value.
pub(super) fn escaped(text: &str) -> String {
    quick_xml::escape::escape(visible(text)).into_owned()
}

/// Tenths as the shortest decimal number.
struct Tenths(i64);

impl std::fmt::Display for Tenths {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, tenth) = (self.0.abs() / 10, self.0.abs() % 10);
        match (whole, tenth) {
            (0, 0) => f.write_str("0"),
            (whole, 0) => write!(f, "{sign}{whole}"),
            (0, tenth) => write!(f, "{sign}.{tenth}"),
            (whole, tenth) => write!(f, "{sign}{whole}.{tenth}"),
        }
    }
}

/// Returns a path through points: the first where it is, each next by its distance.
fn path_through(points: impl IntoIterator<Item = BackendCoord>, closed: bool) -> String {
    let mut path = String::new();
    let mut last: Option<BackendCoord> = None;
    for (x, y) in points {
        match last {
            None => {
                let _ = write!(path, "M{} {}", Tenths(x.into()), Tenths(y.into()));
            }
            Some(previous) if previous == (x, y) => continue,
            Some((px, py)) => {
                let (dx, dy) =
                    (i64::from(x) - i64::from(px), i64::from(y) - i64::from(py));
                let _ = match (dx, dy) {
                    (dx, 0) => write!(path, "h{}", Tenths(dx)),
                    (0, dy) => write!(path, "v{}", Tenths(dy)),
                    (dx, dy) if dy < 0 => write!(path, "l{}{}", Tenths(dx), Tenths(dy)),
                    (dx, dy) => write!(path, "l{} {}", Tenths(dx), Tenths(dy)),
                };
            }
        }
        last = Some((x, y));
    }
    if closed {
        path.push('z');
    }
    path
}

impl DrawingBackend for Canvas {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        (self.width_px * 10, self.height_px * 10)
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Drawn {
        self.filled(
            color,
            &path_through([(x, y), (x + 10, y), (x + 10, y + 10), (x, y + 10)], true),
        );
        Ok(())
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
    ) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        (left, top): BackendCoord,
        (right, bottom): BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let path = path_through(
            [(left, top), (right, top), (right, bottom), (left, bottom)],
            true,
        );
        if fill {
            self.filled(style.color(), &path);
        } else {
            self.stroked(style, &path);
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        if style.color().alpha > 0.0 {
            self.stroked(style, &path_through(path, false));
        }
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        (x, y): BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let r = i64::from(radius);
        let (x, y, r, d) =
            (Tenths(i64::from(x) - r), Tenths(y.into()), Tenths(r), Tenths(2 * r));
        let path = format!("M{x} {y}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0-{d} 0z");
        if fill {
            self.filled(style.color(), &path);
        } else {
            self.stroked(style, &path);
        }
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Drawn {
        self.filled(style.color(), &path_through(corners, true));
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &T,
        (x, y): BackendCoord,
    ) -> Drawn {
        if text.is_empty() {
            return Ok(());
        }
        let size = style.size() / UNITS_PER_PX;
        let anchor = match style.anchor().h_pos {
            HPos::Left => "",
            HPos::Right => " text-anchor=\"end\"",
            HPos::Center => " text-anchor=\"middle\"",
        };
        // baselines that every viewer agrees on: below the top, the middle, above the bottom
        let down = match style.anchor().v_pos {
            VPos::Top => 0.78,
            VPos::Center => 0.36,
            VPos::Bottom => -0.22,
        };
        let weight = match style.style() {
            FontStyle::Bold => " font-weight=\"700\"",
            FontStyle::Normal | FontStyle::Oblique | FontStyle::Italic => "",
        };
        #[expect(clippy::cast_possible_truncation, reason = "pixels of a picture")]
        let y = y + (down * style.size()).round() as i32;
        let _ = writeln!(
            self.ink.borrow_mut().body,
            "<text class=\"f-{}\" x=\"{}\" y=\"{}\" font-size=\"{size}\"{anchor}{weight}>{}</text>",
            class_of(style.color().rgb),
            Tenths(x.into()),
            Tenths(y.into()),
            escaped(text)
        );
        Ok(())
    }

    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        text: &str,
        style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "the size of a label"
        )]
        let units = |length: f64| length.ceil().max(0.0) as u32;
        Ok((units(width_px(text, style.size())), units(style.size())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_short_as_they_can_be() {
        let shown: Vec<String> =
            [0, 5, -5, 10, -123, 1000].iter().map(|t| Tenths(*t).to_string()).collect();
        assert_eq!(shown, ["0", ".5", "-.5", "1", "-12.3", "100"]);
    }

    #[test]
    fn writes_a_path_as_a_start_and_its_steps() {
        let points = [(10, 10), (25, 10), (25, 10), (25, 30), (20, 25)];
        assert_eq!(path_through(points, true), "M1 1h1.5v2l-.5-.5z");
    }

    #[test]
    fn keeps_text_of_a_stranger_text() {
        let name = "<script>alert(1)</script>\u{1b}[31m\u{202e}\"'&";
        assert_eq!(
            escaped(name),
            "&lt;script&gt;alert(1)&lt;/script&gt;\\x1b[31m\\u{202e}&quot;&apos;&amp;"
        );
    }
}
