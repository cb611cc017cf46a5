//! Names and words of a stranger in pictures.

use std::sync::OnceLock;

use hardlegs::activity::Activity;
use hardlegs::history::{History, Session};
use hardlegs::plan::{Course, Plan};
use hardlegs::read;
use hardlegs::report::Report;
use hardlegs::settings::{Settings, Weekday};
use hardlegs::write::svg::{self, Chart, ChartStyle, Theme};
use hardlegs::write::{Units, text};
use jiff::civil::date;

use super::inert;

/// A hill of a kilometre up and down, a point every ten seconds.
pub const HILL: &str = include_str!("hill.gpx");

/// The hill, read once.
pub fn hill() -> &'static Activity {
    static HILL_READ: OnceLock<Activity> = OnceLock::new();
    HILL_READ.get_or_init(|| read::bytes(HILL.as_bytes()).unwrap().activities.remove(0))
}

/// A chart in which every text is the bytes': a sound document that holds nothing but shapes
/// and letters.
pub fn svg(bytes: &[u8]) {
    let Some((choice, words)) = bytes.split_first() else { return };
    let words = String::from_utf8_lossy(words);
    let (name, device) = words.split_once('\n').unwrap_or((&words, &words));
    let mut activity = hill().clone();
    activity.header.name = Some(name.to_owned());
    activity.header.device = Some(device.to_owned());
    let mut report = Report::of(&activity, &Settings::default()).unwrap();
    let look = ChartStyle {
        theme: Theme::ALL[usize::from(choice >> 3) % Theme::ALL.len()],
        units: Units::ALL[usize::from(choice >> 5) % Units::ALL.len()],
        ..ChartStyle::default()
    };
    let on = date(2026, 5, 1);
    let session = |report: &Report| {
        let session = Session::of(report, &activity, ("0123456789abcdef", 1), 0).unwrap();
        History::of(vec![session], &|_| None, on, Weekday::Monday)
    };
    let drawn = match choice & 7 {
        0..=3 => svg::draw(&report, Chart::ALL[usize::from(choice & 3)], &look),
        4 | 5 => svg::draw_history(&session(&report), &look),
        _ => {
            let history = session(&report);
            report.header.name = Some(words.clone().into_owned());
            let course = Course::of(&report);
            svg::draw_plan(&Plan::of(course, &history, &[], None), &look)
        }
    };
    harmless(&drawn.unwrap());
    inert(&text::text(&report, &text::Style::default()), &['\n']);
}

/// Well-formed, small, and nothing in it does anything.
fn harmless(svg: &str) {
    const MOST_BYTES: usize = 120_000;
    assert!(svg.len() < MOST_BYTES, "{} bytes", svg.len());
    inert(svg, &['\n']);
    let document = roxmltree::Document::parse(svg).unwrap();
    for node in document.descendants().filter(roxmltree::Node::is_element) {
        let known = [
            "svg",
            "g",
            "path",
            "rect",
            "line",
            "text",
            "tspan",
            "title",
            "desc",
            "style",
            "circle",
            "polygon",
            "polyline",
            "defs",
            "pattern",
            "clipPath",
            "use",
            "linearGradient",
            "stop",
        ];
        assert!(known.contains(&node.tag_name().name()), "<{}>", node.tag_name().name());
        for attribute in node.attributes() {
            assert!(!attribute.name().starts_with("on"), "{}", attribute.name());
            let value = attribute.value().to_ascii_lowercase();
            assert!(!value.contains("script:") && !value.contains("url(http"), "{value}");
            let link = attribute.name() == "href";
            assert!(!link || value.starts_with('#'), "{value}");
        }
    }
}
