//! How wide a text is without asking a font: never too narrow for the usual sans-serifs.

/// Returns the width in px of a text set in so many px. Advances are those of `DejaVu Sans`,
/// the widest of the fonts that a viewer may fall back to.
pub(super) fn width_px(text: &str, size_px: f64) -> f64 {
    let em: f64 = text.chars().map(advance_em).sum();
    em * size_px
}

/// Advance of a character, in parts of the size; rounded up by kind.
fn advance_em(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | 'I' | '\'' | '|' => 0.30,
        ' ' | '.' | ',' | ':' | ';' | '·' | 'f' | 't' | 'r' | '(' | ')' | '!' => 0.42,
        'm' | 'M' | 'W' | 'w' | '%' | '@' => 1.0,
        '0'..='9' | 'a'..='z' => 0.64,
        'A'..='Z' => 0.78,
        '−' | '+' | '–' | '±' | '→' | '▲' | '▼' => 0.84,
        c if (c as u32) < 0x2e80 => 0.80,
        _ => 1.05,
    }
}

/// As much of a text as fits, with an ellipsis where it was cut.
pub(super) fn fitted(text: &str, size_px: f64, most_px: f64) -> String {
    if width_px(text, size_px) <= most_px {
        return text.to_owned();
    }
    let mut short = String::new();
    for c in text.chars() {
        let next = width_px(&short, size_px) + (advance_em(c) + 1.05) * size_px;
        if next > most_px {
            break;
        }
        short.push(c);
    }
    short.push('…');
    short
}

/// Boxes of labels that are already set: a new one finds its place or gives way.
#[derive(Debug, Default)]
pub(super) struct Placed {
    boxes: Vec<[f64; 4]>,
}

impl Placed {
    /// Takes a box (left, top, right, bottom) if it is free, with a little air around it.
    pub(super) fn take(&mut self, left: f64, top: f64, right: f64, bottom: f64) -> bool {
        const AIR_PX: f64 = 3.0;
        let free = self.boxes.iter().all(|[l, t, r, b]| {
            left >= r + AIR_PX || right <= l - AIR_PX || top >= *b || bottom <= *t
        });
        if free {
            self.boxes.push([left, top, right, bottom]);
        }
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_a_long_name_to_what_fits() {
        let cut = fitted(&"a long name ".repeat(1000), 14.0, 300.0);
        assert!(width_px(&cut, 14.0) <= 300.0 && cut.ends_with('…'), "{cut}");
        assert_eq!(fitted("short", 14.0, 300.0), "short");
    }

    #[test]
    fn a_taken_place_is_taken() {
        let mut placed = Placed::default();
        assert!(placed.take(0.0, 0.0, 50.0, 12.0));
        assert!(!placed.take(40.0, 5.0, 90.0, 17.0));
        assert!(placed.take(40.0, 12.0, 90.0, 24.0));
    }
}
