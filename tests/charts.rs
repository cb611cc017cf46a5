//! Are the charts sound documents: well-formed, small, the same each time, inert whatever a
//! file calls itself, and as they were?

#![cfg(feature = "chart")]
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that fails says so, and says what it measured"
)]

#[path = "support/athletes.rs"]
mod athletes;
#[path = "support/charts.rs"]
mod charts;
#[path = "support/curves.rs"]
mod curves;

use charts::scenes;
use hardlegs::curve::{Curve, Curves};
use hardlegs::report::{OutlinePoint, Report};
use hardlegs::sport::Sport;
use hardlegs::write::Units;
use hardlegs::write::svg::{
    Chart, ChartStyle, Theme, draw, draw_curve, draw_history, draw_plan,
};

const MOST_BYTES: usize = 120_000;

#[test]
fn a_curve_without_an_outing_is_no_picture() {
    let nobody = Curve::of(&[], Sport::Run, curves::ON);
    let nobody = Curves { own: nobody, halves: None };
    assert!(draw_curve(&nobody, &ChartStyle::default()).is_err());
}

fn look(theme: Theme) -> ChartStyle {
    ChartStyle { theme, ..ChartStyle::default() }
}

#[test]
fn writes_every_chart_as_a_small_sound_document() {
    let mut largest = (0, String::new());
    for (scene, report) in scenes() {
        for chart in Chart::ALL {
            for theme in Theme::ALL {
                let svg = draw(&report, chart, &look(theme)).unwrap();
                let name = format!("{scene} {} {}", chart.name(), theme.name());
                let document = roxmltree::Document::parse(&svg).unwrap();
                let root = document.root_element();
                assert_eq!(root.attribute("role"), Some("img"), "{name}");
                let labels: Vec<&str> =
                    root.attribute("aria-labelledby").unwrap().split(' ').collect();
                for label in labels {
                    let node =
                        document.descendants().find(|n| n.attribute("id") == Some(label));
                    assert!(!node.unwrap().text().unwrap().is_empty(), "{name}: {label}");
                }
                for text in document.descendants().filter(|n| n.has_tag_name("text")) {
                    let size: f64 = text.attribute("font-size").unwrap().parse().unwrap();
                    assert!(size >= 12.0, "{name}: {size} px");
                }
                assert!(!svg.contains("NaN") && !svg.contains("inf"), "{name}");
                assert_eq!(svg, draw(&report, chart, &look(theme)).unwrap(), "{name}");
                assert!(svg.len() < MOST_BYTES, "{name}: {} bytes", svg.len());
                largest = largest.max((svg.len(), name));
            }
        }
    }
    eprintln!("largest: {} bytes, {}", largest.0, largest.1);
}

#[test]
fn writes_every_chart_of_a_history_and_a_plan_sound() {
    let mut drawn = Vec::new();
    for theme in Theme::ALL {
        for (name, history) in athletes::histories() {
            drawn.push((name, draw_history(&history, &look(theme)).unwrap()));
        }
        for (name, plan) in athletes::plans() {
            drawn.push((name, draw_plan(&plan, &look(theme)).unwrap()));
        }
        for (name, own) in curves::own_curves() {
            drawn.push((name, draw_curve(&own, &look(theme)).unwrap()));
        }
    }
    for (name, svg) in &drawn {
        let document = roxmltree::Document::parse(svg).unwrap();
        assert_eq!(document.root_element().attribute("role"), Some("img"), "{name}");
        for text in document.descendants().filter(|n| n.has_tag_name("text")) {
            let size: f64 = text.attribute("font-size").unwrap().parse().unwrap();
            assert!(size >= 12.0, "{name}: {size} px");
        }
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{name}");
        assert!(svg.len() < MOST_BYTES, "{name}: {} bytes", svg.len());
    }
    let none = athletes::Diary::default().history(jiff::civil::date(2026, 1, 1));
    assert!(draw_history(&none, &ChartStyle::default()).is_err(), "nothing to draw");
}

#[test]
fn makes_a_hostile_name_inert() {
    let (_, mut report) = scenes().remove(0);
    let long = "W".repeat(1 << 20);
    for name in [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "a\u{1b}[31mb\u{0}c\u{202e}gpx\u{7f}\u{85}",
        "]]></style><script>alert(1)</script>",
        long.as_str(),
    ] {
        report.header.name = Some(name.to_owned());
        for chart in Chart::ALL {
            let svg = draw(&report, chart, &look(Theme::Auto)).unwrap();
            let document = roxmltree::Document::parse(&svg).unwrap();
            for node in document.descendants() {
                assert!(!node.has_tag_name("script") && !node.has_tag_name("img"));
                let event = node.attributes().any(|a| a.name().starts_with("on"));
                assert!(!event, "{name:.40}");
            }
            let control = |c: char| c.is_control() && c != '\n';
            assert!(!svg.contains(control), "{name:.40}");
            assert!(!svg.contains('\u{202e}') && svg.len() < MOST_BYTES, "{name:.40}");
        }
    }
}

#[test]
fn refuses_what_cannot_be_drawn() {
    let (_, report) = scenes().remove(0);
    let with = |change: &dyn Fn(&mut Report)| {
        let mut report = report.clone();
        change(&mut report);
        for chart in Chart::ALL {
            let error = draw(&report, chart, &look(Theme::Light)).unwrap_err();
            assert!(error.to_string().contains("nothing to draw"), "{error}");
        }
    };
    let point = |distance_m, elevation_m| OutlinePoint { distance_m, elevation_m };
    with(&|r| r.silhouette.outline.clear());
    with(&|r| r.silhouette.outline = vec![vec![point(0.0, 1.0)]]);
    with(&|r| r.silhouette.outline[0][1].elevation_m = f64::NAN);
    with(&|r| r.silhouette.outline[0][1].distance_m = f64::INFINITY);
    with(&|r| r.silhouette.stretches[0].load.eccentric_load = f64::NAN);
    with(&|r| r.silhouette.outline = vec![vec![point(0.0, 1.0), point(0.0, 2.0)]]);
}

#[test]
fn sizes_beyond_reason_are_refused() {
    let (_, report) = scenes().remove(0);
    for size_px in [(0, 0), (599, 400), (600, 399), (4001, 620), (u32::MAX, u32::MAX)] {
        let error =
            draw(&report, Chart::Load, &ChartStyle { size_px, ..ChartStyle::default() })
                .unwrap_err();
        assert!(error.to_string().contains("600x400"), "{error}");
    }
    for size_px in [(600, 400), (4000, 3000)] {
        for chart in Chart::ALL {
            let svg =
                draw(&report, chart, &ChartStyle { size_px, ..ChartStyle::default() })
                    .unwrap();
            assert!(roxmltree::Document::parse(&svg).is_ok());
        }
    }
}

#[test]
fn draws_mechanisms_as_high_as_their_figures() {
    let height = |report: &Report, size_px| {
        let look = ChartStyle { size_px, ..ChartStyle::default() };
        let svg = draw(report, Chart::Mechanisms, &look).unwrap();
        let document = roxmltree::Document::parse(&svg).unwrap();
        let height: f64 =
            document.root_element().attribute("height").unwrap().parse().unwrap();
        height
    };
    for (name, report) in scenes() {
        let usual = height(&report, (1200, 620));
        assert!(usual <= 620.0 && height(&report, (600, 400)) <= 400.0, "{name}");
        // on a picture with room to spare nothing is left empty
        assert!((height(&report, (1200, 3000)) - usual).abs() < 1.0 || usual > 600.0);
        if report.segments.iter().filter(|hill| hill.slope.is_some()).count() <= 2 {
            assert!(usual < 300.0, "{name}: {usual} px for two hills");
        }
    }
}

#[test]
fn says_in_words_what_colours_mean() {
    let text = |svg: &str| -> Vec<String> {
        let document = roxmltree::Document::parse(svg).unwrap();
        let texts = document.descendants().filter(|node| node.has_tag_name("text"));
        texts.filter_map(|node| node.text().map(str::to_owned)).collect()
    };
    for size_px in [(1200, 620), (600, 400)] {
        for (name, report) in scenes() {
            for chart in [Chart::Elevation, Chart::Load] {
                let look = ChartStyle { size_px, ..ChartStyle::default() };
                let words = text(&draw(&report, chart, &look).unwrap());
                for zone in ["easy <1×", "moderate 1–2×", "hard 2–3×", "very hard >3×"]
                {
                    assert!(words.iter().any(|word| word == zone), "{name}: {zone}");
                }
            }
        }
    }
}

#[test]
fn speaks_one_language_in_charts_of_activities() {
    for (name, report) in scenes() {
        for chart in Chart::ALL {
            let svg = draw(&report, chart, &look(Theme::Light)).unwrap();
            let marks = svg.split_once("</style>").unwrap().1.to_lowercase();
            for word in
                ["push", "brak", "points", "severity", "could be", "kj/kg", "knob"]
            {
                assert!(!marks.contains(word), "{name} {}: {word}", chart.name());
            }
        }
    }
}

/// Text and numbers apart: numbers may differ by a little.
fn pieces(svg: &str) -> (String, Vec<f64>) {
    let (mut words, mut numbers) = (String::new(), Vec::new());
    let mut rest = svg;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit() || c == '.') {
        words.push_str(&rest[..at]);
        words.push('#');
        let end = rest[at..].find(|c: char| !c.is_ascii_digit() && c != '.');
        let end = end.map_or(rest.len(), |end| at + end);
        numbers.push(rest[at..end].parse().unwrap_or(0.0));
        rest = &rest[end..];
    }
    words.push_str(rest);
    (words, numbers)
}

#[test]
fn keeps_the_golden_charts() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let scenes = scenes();
    let (_, report) = scenes.iter().find(|(name, _)| *name == "nameless").unwrap();
    let mut drawn = Vec::new();
    for chart in Chart::ALL {
        let svg = draw(report, chart, &look(Theme::Auto)).unwrap();
        drawn.push((folder.join(format!("{}.svg", chart.name())), svg));
    }
    for (name, history) in
        athletes::histories().iter().filter(|(n, _)| ["race day", "rider"].contains(n))
    {
        let svg = draw_history(history, &look(Theme::Auto)).unwrap();
        drawn.push((folder.join(format!("history {name}.svg").replace(' ', "-")), svg));
    }
    for (name, plan) in
        athletes::plans().iter().filter(|(n, _)| ["marathon", "fondo"].contains(n))
    {
        let svg = draw_plan(plan, &look(Theme::Auto)).unwrap();
        drawn.push((folder.join(format!("plan {name}.svg").replace(' ', "-")), svg));
    }
    for (name, own) in curves::own_curves() {
        let svg = draw_curve(&own, &look(Theme::Auto)).unwrap();
        drawn.push((folder.join(format!("{name}.svg").replace('_', "-")), svg));
    }
    // what the README shows
    let picture = ChartStyle { units: Units::Metric, ..look(Theme::Auto) };
    let ridge = draw(&scenes[0].1, Chart::Elevation, &picture).unwrap();
    let readme = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/ridge.svg");
    drawn.push((readme, ridge));
    for (path, svg) in drawn {
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, &svg).unwrap();
        }
        let golden = std::fs::read_to_string(&path).unwrap();
        let hint = "UPDATE_GOLDEN=1 cargo test --test charts, then look at it";
        assert_eq!(
            svg.lines().count(),
            golden.lines().count(),
            "{}: {hint}",
            path.display()
        );
        for (new, old) in svg.lines().zip(golden.lines()) {
            let ((words, numbers), (old_words, old_numbers)) = (pieces(new), pieces(old));
            let near =
                numbers.iter().zip(&old_numbers).all(|(a, b)| (a - b).abs() <= 0.2);
            assert!(
                words == old_words && near,
                "{}: {hint}\n{new:.300}\n{old:.300}",
                path.display()
            );
        }
    }
}
