//! In a real browser: does any text cover another or leave the picture, and is a hostile
//! name inert? Where there is no Chromium this says so and asks nothing.

#![cfg(feature = "chart")]
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "a test that fails says so, and says what it measured"
)]

#[path = "support/athletes.rs"]
mod athletes;
#[path = "support/browser.rs"]
mod browser;
#[path = "support/charts.rs"]
mod charts;
mod support;

use std::fmt::Write as _;
use std::path::Path;

use hardlegs::read;
use hardlegs::report::Report;
use hardlegs::settings::Settings;
use hardlegs::write::svg::{Chart, ChartStyle, Theme, draw, draw_history, draw_plan};

/// What the page does: measures every text of every picture and writes down what is wrong.
const MEASURE: &str = "
const wrong = [];
for (const svg of document.querySelectorAll('svg')) {
  const name = svg.parentNode.dataset.name;
  const outer = svg.getBoundingClientRect();
  const boxes = [...svg.querySelectorAll('text')].map(t => [t.textContent, t.getBoundingClientRect()]);
  boxes.forEach(([words, b], i) => {
    if (b.left < outer.left - 0.5 || b.right > outer.right + 0.5 || b.top < outer.top - 0.5 || b.bottom > outer.bottom + 0.5)
      wrong.push(name + ': outside: ' + words);
    for (const [other, o] of boxes.slice(i + 1)) {
      const across = Math.min(b.right, o.right) - Math.max(b.left, o.left);
      // line boxes are taller than letters: two lines may touch by a little
      const down = Math.min(b.bottom, o.bottom) - Math.max(b.top, o.top);
      if (across > 0.5 && down > 0.25 * Math.min(b.height, o.height))
        wrong.push(name + ': ' + words + ' covers ' + other);
    }
  });
  if (svg.querySelector('script')) wrong.push(name + ': a script');
}
if (window.hit) wrong.push('a script ran');
const out = document.createElement('pre');
out.id = 'result';
out.textContent = document.querySelectorAll('svg').length + ' pictures\\n' + wrong.join('\\n');
document.body.replaceChildren(out);
";

/// Opens a page of pictures; what the page wrote down.
fn measured(program: &str, pictures: &[(String, String)]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let mut html = String::from("<!doctype html><meta charset=utf-8><body>");
    for (name, svg) in pictures {
        let _ = writeln!(html, "<div data-name=\"{name}\">{svg}</div>");
    }
    let _ = write!(html, "<script>{MEASURE}</script>");
    let page = folder.path().join("page.html");
    std::fs::write(&page, html).unwrap();
    let output = browser::open(program, &page, &["--dump-dom"]);
    let dom = String::from_utf8_lossy(&output.stdout).into_owned();
    let result =
        dom.split("<pre id=\"result\">").nth(1).and_then(|r| r.split("</pre>").next());
    assert!(result.is_some(), "the page did not finish: {dom:.300}");
    result.unwrap().to_owned()
}

fn fine(browser: &str, pictures: &[(String, String)]) {
    let mut wrong = String::new();
    for batch in pictures.chunks(40) {
        let result = measured(browser, batch);
        let (count, found) = result.split_once('\n').unwrap_or((&result, ""));
        assert_eq!(count.trim(), format!("{} pictures", batch.len()));
        wrong.push_str(found.trim_start());
    }
    assert!(wrong.trim().is_empty(), "{wrong}");
}

#[test]
fn keeps_texts_apart_and_inside_the_picture() {
    let Some(browser) = browser::chromium() else {
        support::not_asked("no chromium");
        return;
    };
    let mut pictures = Vec::new();
    for (scene, report) in charts::scenes() {
        for chart in Chart::ALL {
            for size_px in [(1200, 620), (600, 400), (900, 700), (1800, 600)] {
                let look =
                    ChartStyle { size_px, theme: Theme::Light, ..ChartStyle::default() };
                let name =
                    format!("{scene} {} {}x{}", chart.name(), size_px.0, size_px.1);
                pictures.push((name, draw(&report, chart, &look).unwrap()));
            }
        }
    }
    for size_px in [(1200, 620), (600, 400), (900, 700), (1800, 600)] {
        let look = ChartStyle { size_px, theme: Theme::Light, ..ChartStyle::default() };
        for (name, history) in athletes::histories() {
            let name = format!("history {name} {}x{}", size_px.0, size_px.1);
            pictures.push((name, draw_history(&history, &look).unwrap()));
        }
        for (name, plan) in athletes::plans() {
            let name = format!("plan {name} {}x{}", size_px.0, size_px.1);
            pictures.push((name, draw_plan(&plan, &look).unwrap()));
        }
    }
    eprintln!("{} pictures of scenes", pictures.len());
    fine(browser, &pictures);
}

#[test]
fn keeps_texts_apart_in_charts_of_real_recordings() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    let (Some(browser), true) = (browser::chromium(), root.is_dir()) else {
        support::not_asked(&format!("no chromium, or no corpus at {}", root.display()));
        return;
    };
    let (mut pictures, mut folders, mut files) = (Vec::new(), vec![root], Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    let mut scored = 0;
    for path in files {
        let Ok(reading) = read::path(&path) else { continue };
        let Ok(report) = Report::of(&reading.activities[0], &Settings::default()) else {
            continue;
        };
        // nothing moved: there is nothing to draw, and `chart` says so
        if report.cells == 0 {
            assert!(draw(&report, Chart::ALL[0], &ChartStyle::default()).is_err());
            continue;
        }
        scored += 1;
        let file = path.file_name().unwrap().to_string_lossy().replace('"', "");
        for chart in Chart::ALL {
            let look = ChartStyle::default();
            let name = format!("{file} {}", chart.name());
            pictures.push((name, draw(&report, chart, &look).unwrap()));
        }
    }
    eprintln!("{} pictures of {scored} recordings", pictures.len());
    assert!(scored >= 30);
    fine(browser, &pictures);
}

#[test]
fn runs_nothing_of_a_hostile_name() {
    let Some(browser) = browser::chromium() else {
        support::not_asked("no chromium");
        return;
    };
    let (_, mut report) = charts::scenes().remove(0);
    let mut pictures = Vec::new();
    for name in [
        "<script>window.hit=1</script>",
        "\"><img src=x onerror=window.hit=1>",
        "</text></svg><script>window.hit=1</script>",
        "]]></style><script>window.hit=1</script>",
    ] {
        report.header.name = Some(name.to_owned());
        for chart in Chart::ALL {
            let look = ChartStyle::default();
            pictures.push((
                format!("hostile {}", chart.name()),
                draw(&report, chart, &look).unwrap(),
            ));
        }
    }
    fine(browser, &pictures);
}
