//! Are maps of routes sound documents: small, the same each time, inert, and true to scale?

#![cfg(feature = "page")]
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that fails says so, and says what it measured"
)]

use hardlegs::read;
use hardlegs::report::{Places, Report};
use hardlegs::settings::Settings;
use hardlegs::write::Units;
use hardlegs::write::html::activity_with_map;
use hardlegs::write::svg::{ChartStyle, Colouring, Theme, draw_map};

const FILES: [&str; 6] = [
    "fit/ridge.fit",
    "fit/loop.fit",
    "fit/ride_power.fit",
    "gpx/hike_pack.gpx",
    "gpx/course.gpx",
    "gpx/ride_plain.gpx",
];

fn routes() -> Vec<(&'static str, Report, Places)> {
    let route = |name: &'static str| {
        let path = format!("{}/fixtures/{name}", env!("CARGO_MANIFEST_DIR"));
        let activity = read::path(path).unwrap().activities.remove(0);
        let (report, places) =
            Report::with_places(&activity, &Settings::default()).unwrap();
        (name, report, places)
    };
    FILES.into_iter().map(route).collect()
}

#[test]
fn every_map_is_a_small_sound_document() {
    let mut largest = 0;
    for (name, report, places) in routes() {
        for colouring in Colouring::ALL {
            for (theme, size_px, units) in [
                (Theme::Auto, (1200, 620), Units::Metric),
                (Theme::Light, (600, 400), Units::Imperial),
                (Theme::Dark, (800, 2000), Units::Metric),
            ] {
                let look = ChartStyle { theme, size_px, units };
                let svg = draw_map(&report, &places, colouring, &look).unwrap();
                let document = roxmltree::Document::parse(&svg).unwrap();
                assert_eq!(document.root_element().attribute("role"), Some("img"));
                for text in document.descendants().filter(|n| n.has_tag_name("text")) {
                    let size: f64 = text.attribute("font-size").unwrap().parse().unwrap();
                    assert!(size >= 12.0, "{name}: {size} px");
                }
                let heights = |named: bool| {
                    let texts = document.descendants().filter(|n| n.has_tag_name("text"));
                    let of = move |n: &roxmltree::Node<'_, '_>| {
                        let mut over = n.ancestors();
                        over.any(|n| n.attribute("class") == Some("names")) == named
                    };
                    let y = |n: roxmltree::Node<'_, '_>| {
                        n.attribute("y").unwrap().parse::<f64>().unwrap()
                    };
                    texts.filter(of).map(y).collect::<Vec<f64>>()
                };
                // the key ends above the first name
                let half = f64::from(size_px.1) / 2.0;
                let key = heights(false).into_iter().filter(|y| *y < half);
                let key = key.fold(0.0, f64::max);
                let first = heights(true).into_iter().fold(f64::MAX, f64::min);
                assert!(first - key >= 14.0, "{name}: {first} under {key}");
                assert!(!svg.contains("NaN") && !svg.contains("inf"), "{name}");
                assert!(svg.len() < 120_000, "{name}: {} bytes", svg.len());
                assert!(svg.contains(">N</text>") && svg.contains(">start</text>"));
                let again = draw_map(&report, &places, colouring, &look).unwrap();
                assert_eq!(svg, again, "{name}");
                largest = largest.max(svg.len());
            }
        }
    }
    eprintln!("largest: {largest} bytes");
}

#[test]
fn a_page_holds_the_map_and_a_place_on_it_for_each_step_of_the_route() {
    for (name, mut report, places) in routes() {
        report.header.name = Some("\"><script>alert(1)</script>".to_owned());
        let page = activity_with_map(&report, &places, &[], Units::Metric).unwrap();
        assert!(page.len() < 260_000, "{name}: {} bytes", page.len());
        assert!(!page.contains("<script>alert"), "{name}");
        let tracks =
            page.split_once("data-tracks=\"").unwrap().1.split_once('"').unwrap().0;
        let tracks: Vec<Vec<(f64, f64)>> = serde_json::from_str(tracks).unwrap();
        assert_eq!(tracks.len(), 2, "for screens and for phones");
        for (track, (width, height)) in
            tracks.iter().zip([(1200.0, 620.0), (360.0, 480.0)])
        {
            assert!(track.len() > 150, "{name}: {}", track.len());
            let inside = |(x, y): &(f64, f64)| {
                (0.0..=width).contains(x) && (0.0..=height).contains(y)
            };
            assert!(track.iter().all(inside), "{name}");
            // it goes over the map, and fills it one way or the other
            let span = |of: fn(&(f64, f64)) -> f64| {
                let all = track.iter().map(of);
                all.clone().fold(f64::MIN, f64::max) - all.fold(f64::MAX, f64::min)
            };
            let fills = (span(|p| p.0) / width).max(span(|p| p.1) / height);
            assert!(fills > 0.5, "{name}: {fills}");
        }
    }
}
