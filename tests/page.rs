//! Is the page for a coach sound: small, self-contained, inert whatever a file calls itself,
//! and does it work in a real browser: sorting, crosshair, without scripts, dark, printed?
//! Where there is no Chromium the second half says so and asks nothing.

#![cfg(feature = "page")]
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

use std::path::Path;

use base64::Engine as _;
use hardlegs::read;
use hardlegs::report::Report;
use hardlegs::settings::Settings;
use hardlegs::write::Units;
use hardlegs::write::html::{activity, history};
use sha2::{Digest as _, Sha256};

/// Each chart stands twice in it, for screens and for phones.
const MOST_BYTES: usize = 240_000;

fn pages() -> Vec<(String, String)> {
    let mut pages = Vec::new();
    for (name, report) in charts::scenes() {
        for units in Units::ALL {
            let notices = ["cut off at byte 91 204".to_owned()];
            let page = activity(&report, &notices, units).unwrap();
            pages.push((format!("{name} {}", units.name()), page));
        }
    }
    for (name, days) in athletes::histories() {
        pages.push((name.to_owned(), history(&days, Units::Metric).unwrap()));
    }
    pages
}

fn digest(text: &str) -> String {
    base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text.as_bytes()))
}

fn between<'a>(page: &'a str, begin: &str, end: &str) -> &'a str {
    page.split_once(begin).unwrap().1.split_once(end).unwrap().0
}

#[test]
fn writes_every_page_small_and_self_contained() {
    let mut largest = (0, String::new());
    for (name, page) in pages() {
        assert!(page.len() < MOST_BYTES, "{name}: {} bytes", page.len());
        largest = largest.max((page.len(), name.clone()));
        let style = between(&page, "<style>", "</style>");
        let script = between(&page, "<script>", "</script>");
        let markup = page.replace(style, "").replace(script, "");
        // nothing acts that the policy does not name
        let policy = between(&page, "Content-Security-Policy\" content=\"", "\"");
        assert!(policy.starts_with("default-src 'none'; "), "{name}: {policy}");
        assert!(policy.contains(&format!("style-src 'sha256-{}'", digest(style))));
        assert!(policy.contains(&format!("script-src 'sha256-{}'", digest(script))));
        assert!(!policy.contains("unsafe"), "{name}: {policy}");
        assert!(
            !markup.contains(" style=\"") && !markup.contains("javascript:"),
            "{name}"
        );
        assert_eq!(page.matches("<style").count(), 1, "{name}");
        assert_eq!(page.matches("<script").count(), 1, "{name}");
        // nothing is fetched: the one address is the name of SVG itself
        let bare = page.replace("http://www.w3.org/2000/svg", "");
        for fetched in ["http:", "https:", " src=", "url(", "@import", "<link", "<base"] {
            assert!(!bare.contains(fetched), "{name}: {fetched}");
        }
        // ids are one of a kind, and what labels a picture is there
        let mut ids: Vec<&str> = markup
            .split(" id=\"")
            .skip(1)
            .map(|s| s.split('"').next().unwrap())
            .collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all, "{name}: {ids:?}");
        for labels in markup.split("aria-labelledby=\"").skip(1) {
            for id in labels.split('"').next().unwrap().split(' ') {
                assert!(ids.contains(&id), "{name}: {id}");
            }
        }
        assert!(!between(&page, "<main>", "</main>").contains("NaN"), "{name}");
        assert!(page.contains("This is not medical advice."), "{name}");
    }
    eprintln!("largest: {} bytes, {}", largest.0, largest.1);
}

#[test]
fn prints_loads_first_and_folds_small_hills() {
    for (name, report) in charts::scenes() {
        let page = activity(&report, &[], Units::Metric).unwrap();
        let main = between(&page, "<main>", "</main>");
        let (before, after) = main.split_once("Uphill load, concentric").unwrap();
        assert!(!before.contains("<svg") && !before.contains("<table"), "{name}");
        assert!(after.find("Downhill load, eccentric") < after.find("<svg"), "{name}");
        for word in ["push", "brak", "points", "severity", "kJ/kg", "could be"] {
            assert!(
                !main.to_lowercase().contains(&word.to_lowercase()),
                "{name}: {word}"
            );
        }
        let hills = hardlegs::write::numbered(&report.segments).len();
        let Some(table) = main.split("<table").nth(1).filter(|_| hills > 0) else {
            continue;
        };
        let heads: Vec<&str> = table.split("scope=\"col\"").skip(1).take(2).collect();
        assert!(heads[0].contains(">hill<") && heads[1].contains(">load<"), "{name}");
        assert!(table.matches("scope=\"row\"").count() <= 8, "{name}");
        let rows = main.matches("scope=\"row\"").count();
        assert!(rows >= hills.min(60) || hills <= 8, "{name}: {rows} rows of {hills}");
        assert_eq!(main.contains("<details>"), hills > 8, "{name}");
    }
}

#[test]
fn keeps_a_hostile_name_and_notice_text() {
    let (_, mut report) = charts::scenes().remove(0);
    let clean = activity(&report, &["x".to_owned()], Units::Metric).unwrap();
    let elements = |page: &str| page.matches('<').count();
    let long = "W".repeat(1 << 20);
    for name in HOSTILE.into_iter().chain([long.as_str()]) {
        report.header.name = Some(name.to_owned());
        let page = activity(&report, &[name.to_owned()], Units::Metric).unwrap();
        assert_eq!(elements(&page), elements(&clean), "{name:.40}");
        let inside = between(&page, "<main>", "</main>");
        assert!(!inside.contains("<script") && !inside.contains("<img"), "{name:.40}");
        let control = |c: char| c.is_control() && c != '\n';
        assert!(!inside.contains(control) && !inside.contains('\u{202e}'), "{name:.40}");
    }
}

#[test]
fn writes_small_charts_of_years_and_of_the_largest_recordings() {
    // twelve years, four sessions a week
    let mut years = athletes::Diary::default();
    let outing =
        athletes::hike("Over the ridge and back by the lake", 21.0, 1200.0, 1200.0);
    for day in 0..12 * 365 {
        if day % 7 < 4 {
            let date = jiff::civil::date(2014, 1, 6)
                .checked_add(jiff::Span::new().days(day))
                .unwrap();
            years.add(date, outing.times(1.0 + f64::from(day % 13) / 10.0));
        }
    }
    let all = years.history(jiff::civil::date(2026, 1, 5));
    assert!(all.sessions.len() > 2400, "{} sessions", all.sessions.len());
    let page = history(&all, Units::Metric).unwrap();
    eprintln!("history of {} sessions: {} bytes", all.sessions.len(), page.len());
    assert!(page.len() < MOST_BYTES);

    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpus");
    if !root.is_dir() {
        support::not_asked(&format!("no corpus at {}", root.display()));
        return;
    }
    let (mut folders, mut count, mut largest) = (vec![root], 0, (0, String::new()));
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let Ok(reading) = read::path(&path) else { continue };
            let Ok(report) = Report::of(&reading.activities[0], &Settings::default())
            else {
                continue;
            };
            let page = activity(&report, &[], Units::Metric);
            // nothing moved: there is nothing to draw, and `report` says so
            if report.cells == 0 {
                assert!(page.is_err());
                continue;
            }
            let page = page.unwrap();
            count += 1;
            largest = largest.max((page.len(), path.display().to_string()));
        }
    }
    eprintln!("{count} recordings, the largest page {} bytes: {}", largest.0, largest.1);
    assert!(count >= 50 && largest.0 < MOST_BYTES);
}

const HOSTILE: [&str; 6] = [
    "<script>window.hit=1</script>",
    "\"><img src=x onerror=window.hit=1>",
    "</title></style></script><script>window.hit=1;alert(1)</script>",
    "]]></style><svg onload=window.hit=1>",
    "a\u{1b}[31mb\u{0}c\u{202e}gpx\u{7f}\u{85}\u{2028}",
    "' onmouseover='window.hit=1' {{7*7}} ${window.hit=1}",
];

/// Runs in the page: every sorting heading is used, the crosshair is led over the route, and
/// what is wrong is written down.
const USE: &str = r"
const wrong = [];
addEventListener('securitypolicyviolation', e => wrong.push('policy: ' + e.violatedDirective));
addEventListener('error', e => wrong.push('error: ' + e.message));
for (const dialog of ['alert', 'confirm', 'prompt']) window[dialog] = () => wrong.push(dialog);
addEventListener('load', () => {
  let sorted = 0;
  for (const table of document.querySelectorAll('table[data-sorts]')) {
    const count = table.tBodies[0].rows.length;
    [...table.tHead.rows[0].cells].forEach((head, at) => {
      for (const order of ['descending', 'ascending']) {
        head.querySelector('button').click();
        if (head.getAttribute('aria-sort') !== order) wrong.push('not ' + order);
        if (table.querySelectorAll('[aria-sort]').length !== 1) wrong.push('two sorted');
        const values = [...table.tBodies[0].rows].map(r => r.cells[at].dataset.v)
          .filter(v => v !== undefined).map(Number);
        const right = values.every((v, i) => !i || (order === 'ascending' ? values[i - 1] <= v : values[i - 1] >= v));
        if (!right) wrong.push(head.textContent + ' not in order');
        sorted += 1;
      }
    });
    if (table.tBodies[0].rows.length !== count) wrong.push('rows lost');
  }
  const said = [];
  const slider = document.querySelector('.here input');
  if (slider) {
    const output = document.querySelector('.here output');
    for (const share of [0, 0.25, 0.5, 1]) {
      slider.value = 1000 * share;
      slider.dispatchEvent(new Event('input'));
      said.push(output.textContent);
    }
    const svg = [...document.querySelectorAll('#route svg')].find(s => s.getBoundingClientRect().width);
    const box = svg.getBoundingClientRect();
    svg.dispatchEvent(new PointerEvent('pointermove', { clientX: box.left + box.width / 3, clientY: box.top + 9 }));
    said.push(output.textContent);
    const line = svg.querySelector('.cross line').getBoundingClientRect();
    if (Math.abs(line.left - box.left - box.width / 3) > 1.5) wrong.push('crosshair is elsewhere');
  }
  for (const figure of document.querySelectorAll('figure')) {
    const shown = [...figure.querySelectorAll('svg.hardlegs')].map(s => s.getBoundingClientRect()).filter(b => b.width);
    if (shown.length !== 1) wrong.push(shown.length + ' drawings of one chart');
    if (shown.some(b => b.right > innerWidth)) wrong.push('a chart beyond the window');
    // what is drawn 12 px high is read 10 px high at least
    if (innerWidth <= 700 && figure.querySelector('svg.narrow').getBoundingClientRect().width < 300) wrong.push('small print');
  }
  if (document.documentElement.scrollWidth > innerWidth + 1) wrong.push('wider than the window');
  if (performance.getEntriesByType('resource').length) wrong.push('a request');
  if (window.hit) wrong.push('a script of a stranger ran');
  const ground = getComputedStyle(document.body).backgroundColor;
  const out = document.createElement('pre');
  out.id = 'result';
  out.textContent = [sorted, ground, ...said, 'wrong: ' + wrong.join('; ')].join('\n');
  document.body.replaceChildren(out);
});
";

/// The document after a browser opened it, and what stands on the browser's console.
fn opened(program: &str, page: &str, flags: &[&str]) -> (String, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("page.html");
    std::fs::write(&file, page).unwrap();
    let logged = ["--dump-dom", "--enable-logging=stderr", "--virtual-time-budget=2000"];
    let output = browser::open(program, &file, &[&logged, flags].concat());
    let console = String::from_utf8_lossy(&output.stderr)
        .lines()
        .filter(|line| line.contains("CONSOLE"))
        .collect::<Vec<_>>()
        .join("\n");
    (String::from_utf8_lossy(&output.stdout).into_owned(), console)
}

/// The page with our script allowed beside its own.
fn with_use(page: &str) -> String {
    let allowed = format!("script-src 'sha256-{}' ", digest(USE));
    page.replacen("script-src ", &allowed, 1).replacen(
        "<title>",
        &format!("<script>{USE}</script><title>"),
        1,
    )
}

fn used(browser: &str, page: &str, flags: &[&str]) -> Vec<String> {
    let (document, console) = opened(browser, &with_use(page), flags);
    assert_eq!(console, "");
    let result = between(&document, "<pre id=\"result\">", "</pre>");
    result.lines().map(str::to_owned).collect()
}

#[test]
fn sorts_and_points_in_a_browser_without_an_error() {
    let Some(browser) = browser::chromium() else {
        support::not_asked("no chromium");
        return;
    };
    let (_, mut report) = charts::scenes().remove(0);
    report.header.name = Some(HOSTILE[0].to_owned());
    let page = activity(&report, &[HOSTILE[1].to_owned()], Units::Metric).unwrap();

    // as it is: its own script runs under its own policy
    let (document, console) = opened(browser, &page, &[]);
    assert_eq!(console, "");
    assert!(document.contains("<button") && document.contains("type=\"range\""));

    for flags in [["--window-size=1200,900"], ["--window-size=500,900"]] {
        let lines = used(browser, &page, &flags);
        assert!(lines[0].parse::<usize>().unwrap() >= 20, "{lines:?}");
        assert_eq!(lines[1], "rgb(255, 255, 255)");
        assert!(lines[2].starts_with("0.00 km · "), "{lines:?}");
        assert!(lines[3].contains(" m · ") && lines[3].contains(" % · "), "{lines:?}");
        let length = format!("{:.2} km · ", report.silhouette.length_m() / 1000.0);
        assert!(lines[5].starts_with(&length), "{lines:?}");
        assert_eq!(lines.last().unwrap(), "wrong: ", "{lines:?}");
    }
}

#[test]
fn sorts_and_points_in_dark_and_with_every_hostile_name() {
    let Some(browser) = browser::chromium() else {
        support::not_asked("no chromium");
        return;
    };
    let (_, mut report) = charts::scenes().remove(0);
    for name in HOSTILE {
        report.header.name = Some(name.to_owned());
        let page = activity(&report, &[name.to_owned()], Units::Imperial).unwrap();
        let lines = used(browser, &page, &["--blink-settings=preferredColorScheme=0"]);
        assert_eq!(lines[1], "rgb(20, 23, 26)", "dark");
        assert_eq!(lines.last().unwrap(), "wrong: ", "{name}: {lines:?}");
    }
    for (name, days) in athletes::histories() {
        let page = history(&days, Units::Metric).unwrap();
        let lines = used(browser, &page, &[]);
        assert_eq!(lines.last().unwrap(), "wrong: ", "{name}: {lines:?}");
    }
}

#[test]
fn shows_everything_without_scripts_and_prints() {
    let Some(browser) = browser::chromium() else {
        support::not_asked("no chromium");
        return;
    };
    let (_, report) = charts::scenes().remove(0);
    let page = activity(&report, &[], Units::Metric).unwrap();
    let silent =
        format!("{}{}", page.split("<script>").next().unwrap(), "</body></html>");
    let (document, console) = opened(browser, &silent, &[]);
    assert_eq!(console, "");
    assert!(!document.contains("<button") && !document.contains("type=\"range\""));
    for words in
        ["Uphill load, concentric", "U1", "Elevation: ", "medical advice", "<caption>"]
    {
        assert!(document.contains(words), "{words}");
    }
    assert_eq!(document.matches("<svg").count(), 8);

    let folder = tempfile::tempdir().unwrap();
    let (html, pdf) = (folder.path().join("p.html"), folder.path().join("p.pdf"));
    std::fs::write(&html, &page).unwrap();
    browser::open(browser, &html, &[&format!("--print-to-pdf={}", pdf.display())]);
    let pdf = std::fs::read(pdf).unwrap();
    assert!(pdf.starts_with(b"%PDF") && pdf.len() > 20_000, "{} bytes", pdf.len());
}
