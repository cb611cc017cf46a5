//! One self-contained page for a coach: charts, figures and tables, readable without scripts.
//!
//! Nothing is fetched, and only the one script and the one style sheet of the page itself may
//! act: a policy names them by their digest. `maud` writes the markup, since a text that is
//! spliced into it is escaped by its type; what is not escaped is what our own charts wrote.

mod activity;
#[cfg(feature = "store")]
mod hills;
mod history;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};

use crate::error::{Error, visible};
use crate::report::MODEL_VERSION;
use crate::write::svg::{self, ChartStyle, Theme};
use crate::write::units::Units;

pub use activity::{activity, activity_with_map};
pub use history::history;
#[cfg(feature = "store")]
pub use history::history_with_hills;

/// Stands at the beginning of each page, and tells it from a stranger's.
pub(crate) const GENERATOR: &str = concat!("hardlegs ", env!("CARGO_PKG_VERSION"));

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Returns what may act on the page: its own style and script, and nothing from anywhere.
fn policy(style: &str) -> String {
    let digest = |text: &str| STANDARD.encode(Sha256::digest(text.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; \
         base-uri 'none'; form-action 'none'",
        digest(style),
        digest(SCRIPT)
    )
}

/// Returns a page around its content. The title may be a stranger's.
fn page(title: &str, content: &Markup) -> String {
    let style = format!("{}{STYLE}", svg::page_sheet());
    let document = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="generator" content=(GENERATOR);
                meta http-equiv="Content-Security-Policy" content=(policy(&style));
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                title { (visible(title)) " · hardlegs" }
                style { (PreEscaped(&style)) }
            }
            body {
                main { (content) }
                (foot())
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    document.into_string() + "\n"
}

/// Returns what the figures are, and what they are not.
fn foot() -> Markup {
    html! {
        footer {
            p {
                b { "Load" } " = metres × intensity / 20, uphill and downhill each on its own: 100 is \
                1000 m at twice an easy step. " b { "Metres" } " say how much; a pack counts, as \
                it weighs. " b { "Intensity" } " says how hard: the muscle work of a step over \
                that of an easy level running step. In brackets stands the range of a load, if \
                one reasonable setting were another; that is no confidence interval."
            }
            p {
                "Loads come from a model of the stride, built on studies of mostly young men on \
                treadmills; ground, shoes, poles, fatigue and heat are outside it. "
                b { "This is not medical advice." }
                " Pain that is sharp, one-sided or in a joint, or dark urine after a huge \
                descent: stop, and see someone."
            }
            p { (GENERATOR) ", model version " (MODEL_VERSION) ". This page fetches nothing." }
        }
    }
}

/// Width of the drawing for screens and paper, px.
const BROAD_PX: u32 = 1200;
/// Width of the drawing for phones, px: that of a small one without the sides of the page.
const NARROW_PX: u32 = 360;

/// Returns a chart twice, for screens and for phones: the style sheet shows one of them.
fn figures(
    units: Units,
    broad_height_px: u32,
    narrow_height_px: u32,
    draw: impl Fn(&ChartStyle) -> Result<String, Error>,
) -> Result<String, Error> {
    let drawn = |width_px, height_px| {
        draw(&ChartStyle { theme: Theme::Auto, size_px: (width_px, height_px), units })
    };
    Ok(drawn(BROAD_PX, broad_height_px)? + &drawn(NARROW_PX, narrow_height_px)?)
}

/// A heading of a table: its words, and whether the script may sort by it.
struct Column {
    words: String,
    number: bool,
}

/// A cell: what is shown, and what it is sorted by.
struct Cell {
    shown: String,
    value: Option<f64>,
}

impl Cell {
    fn text(shown: impl Into<String>) -> Cell {
        Cell { shown: shown.into(), value: None }
    }

    fn number(shown: impl Into<String>, value: f64) -> Cell {
        // to sort by, two decimals are plenty
        let value = (value * 100.0).round() / 100.0 + 0.0;
        Cell { shown: shown.into(), value: value.is_finite().then_some(value) }
    }

    /// Returns a dash where there is none.
    fn maybe(value: Option<f64>, show: impl Fn(f64) -> String) -> Cell {
        match value {
            Some(value) => Cell::number(show(value), value),
            None => Cell::text("–"),
        }
    }
}

/// Returns a table; the first cell of a row heads it. With scripts its headings sort.
fn table(caption: &str, columns: &[Column], rows: &[Vec<Cell>]) -> Markup {
    html! {
        div.wide .short[rows.len() < 9] tabindex="0" role="region" aria-label=(caption) {
            table data-sorts[rows.len() > 1] {
                caption { (caption) }
                thead { tr {
                    @for column in columns {
                        th scope="col" .number[column.number] { (column.words) }
                    }
                } }
                tbody {
                    @for row in rows { tr {
                        @for (at, cell) in row.iter().enumerate() {
                            @if at == 0 {
                                th scope="row" data-v=[cell.value] { (cell.shown) }
                            } @else {
                                td .number[columns[at].number] data-v=[cell.value] {
                                    (cell.shown)
                                }
                            }
                        }
                    } }
                }
            }
        }
    }
}

fn number(words: impl Into<String>) -> Column {
    Column { words: words.into(), number: true }
}

fn words(words: impl Into<String>) -> Column {
    Column { words: words.into(), number: false }
}
