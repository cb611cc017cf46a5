//! Files that batteries, downloads and strangers made: does each end as it should, in one clear
//! line, and does what can be scored still tell the truth?
//!
//! `UPDATE_GOLDEN=1 cargo test --test hostile` stores the messages as they are now.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails says so")]

#[path = "../fixtures/mod.rs"]
mod fixtures;
#[path = "support/gzipped.rs"]
mod gzipped;

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use fixtures::exact::Dice;
use fixtures::fit::{Options, crc16};
use fixtures::gpx::Style;
use fixtures::recording::Recording;
use fixtures::{catalogue, fit, gpx, tcx};
use gzipped::gzip;
use hardlegs::read;
use hardlegs::report::Report;
use hardlegs::settings::Settings;

/// How a file ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Scored, nothing to say.
    Scored,
    /// Scored, and something was said.
    Noted,
    /// Not scored, one line of error.
    Refused,
}
use Class::{Noted, Refused, Scored};

struct Nasty {
    name: &'static str,
    bytes: Vec<u8>,
    class: Class,
}

fn hill() -> Recording {
    catalogue::hill()
}

fn good_gpx() -> String {
    String::from_utf8(gpx::write(&hill(), Style::Garmin)).unwrap()
}

fn good_fit() -> Vec<u8> {
    fit::write(&hill(), &Options::default())
}

/// FIT whose sizes and checksums are right after its body was changed.
fn with_checksum(mut fit: Vec<u8>, change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut body = fit.split_off(14);
    body.truncate(body.len() - 2);
    change(&mut body);
    fit[4..8].copy_from_slice(&u32::try_from(body.len()).unwrap().to_le_bytes());
    let header = crc16(&fit[..12]);
    fit[12..14].copy_from_slice(&header.to_le_bytes());
    fit.extend(body);
    let whole = crc16(&fit);
    fit.extend(whole.to_le_bytes());
    fit
}

/// The text with its `n`th point's height written otherwise.
fn with_height(gpx: &str, n: usize, height: &str) -> String {
    let (at, _) = gpx.match_indices("<ele>").nth(n).unwrap();
    let end = at + gpx[at..].find("</ele>").unwrap();
    format!("{}<ele>{height}{}", &gpx[..at], &gpx[end..])
}

fn utf16(text: &str, big: bool) -> Vec<u8> {
    let text = text.replace("encoding=\"UTF-8\"", "encoding=\"UTF-16\"");
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    units
        .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
        .collect()
}

fn head(bytes: &[u8], per_mille: usize) -> Vec<u8> {
    bytes[..bytes.len() * per_mille / 1000].to_vec()
}

fn nasty(name: &'static str, class: Class, bytes: Vec<u8>) -> Nasty {
    Nasty { name, bytes, class }
}

fn xml(name: &'static str, class: Class, text: impl Into<String>) -> Nasty {
    nasty(name, class, text.into().into_bytes())
}

fn gpx_of(points: &str) -> String {
    format!("<gpx><trk><trkseg>{points}</trkseg></trk></gpx>")
}

/// Nothing, or something else.
fn nothing() -> Vec<Nasty> {
    vec![
        nasty("empty.gpx", Refused, vec![]),
        nasty("nul.fit", Refused, vec![0; 4096]),
        nasty("blanks.gpx", Refused, vec![b' '; 100]),
        xml("login.gpx", Refused, "<!DOCTYPE html><html><body>Sign in</body></html>"),
        xml("data.gpx", Refused, "{\"error\": \"expired\"}"),
        xml("map.kml", Refused, "<kml xmlns=\"u\"><Document/></kml>"),
        nasty("paper.fit", Refused, b"%PDF-1.7\n".to_vec()),
        nasty("noise.fit", Refused, (0..=255).rev().collect()),
        nasty("archive.zip", Refused, b"PK\x03\x04rest".to_vec()),
    ]
}

/// Half a download.
fn cut_off() -> Vec<Nasty> {
    let text = good_gpx();
    let fit = good_fit();
    vec![
        nasty("cut-in-head.gpx", Refused, head(text.as_bytes(), 1)),
        nasty("cut.gpx", Noted, head(text.as_bytes(), 600)),
        nasty("cut.fit", Noted, head(&fit, 600)),
        nasty("cut-in-head.fit", Refused, fit[..9].to_vec()),
        nasty("head-only.fit", Refused, fit[..14].to_vec()),
        nasty("cut.gpx.gz", Noted, head(&gzip(text.as_bytes()), 600)),
        nasty("head-only.gpx.gz", Refused, gzip(text.as_bytes())[..10].to_vec()),
    ]
}

/// What a bad disk or a bad program leaves.
fn damaged() -> Vec<Nasty> {
    let text = good_gpx();
    let fit = good_fit();
    vec![
        nasty("checksum.fit", Noted, {
            let mut fit = fit.clone();
            let last = fit.len() - 1;
            fit[last] ^= 0x55;
            fit
        }),
        nasty(
            "undefined.fit",
            Refused,
            with_checksum(fit.clone(), |body| *body = vec![0x05, 1, 2, 3]),
        ),
        nasty("trailing.fit", Noted, [&fit[..], b"rubbish"].concat()),
        nasty(
            "trailing.gpx.gz",
            Noted,
            [&gzip(text.as_bytes())[..], b"rubbish"].concat(),
        ),
        nasty("twice.gpx.gz", Refused, gzip(&gzip(text.as_bytes()))),
        xml("crossed-tags.gpx", Noted, {
            // a point in which a segment ends, once there is something to score
            let (at, _) = text.match_indices("</trkpt>").nth(300).unwrap();
            format!("{}</trkpt></trkseg>{}", &text[..at], &text[at..])
        }),
        xml(
            "attribute-twice.gpx",
            Refused,
            gpx_of("<trkpt lat=\"1\" lat=\"2\" lon=\"3\"/>"),
        ),
    ]
}

/// What is meant to hurt.
fn attacks() -> Vec<Nasty> {
    let text = good_gpx();
    let after_root = text.find("<trk>").unwrap();
    let insert =
        |what: &str| format!("{}{what}{}", &text[..after_root], &text[after_root..]);
    vec![
        xml("entities.gpx", Refused, {
            let bomb =
                "<!DOCTYPE g [<!ENTITY a \"xxxxxxxxxx\"><!ENTITY b \"&a;&a;&a;\">]>";
            text.replacen("?>\n", &format!("?>\n{bomb}\n"), 1)
        }),
        xml("deep.gpx", Refused, insert(&"<x>".repeat(5000))),
        xml("attributes.gpx", Refused, {
            let many = (0..5000).fold(String::new(), |mut many, i| {
                write!(many, " a{i}=\"\"").unwrap();
                many
            });
            insert(&format!("<x{many}/>"))
        }),
        xml("long-tag.gpx", Refused, insert(&format!("<{}/>", "x".repeat(2 << 20)))),
        nasty("bomb.gpx.gz", Refused, gzip(&vec![b' '; 30 << 20])),
        xml(
            "escape.gpx",
            Noted,
            text.replacen("<name>", "<name>\u{1b}[31m&#x202e;", 1).replacen(
                "<ele>",
                "<ele>\u{1b}[2J",
                1,
            ),
        ),
    ]
}

/// Points that are none.
fn pointless() -> Vec<Nasty> {
    let text = good_gpx();
    let points = |count: usize| "<trkpt lat=\"47\" lon=\"11\"/>".repeat(count);
    vec![
        xml("no-points.gpx", Refused, gpx_of("")),
        xml("waypoints.gpx", Refused, "<gpx><wpt lat=\"1\" lon=\"2\"/></gpx>"),
        xml("one-point.gpx", Refused, gpx_of(&points(1))),
        xml("one-place.gpx", Scored, {
            let one = "<trkpt lat=\"47\" lon=\"11\"><ele>5</ele></trkpt>";
            gpx_of(&one.repeat(600))
        }),
        xml("heights-below-the-earth.gpx", Refused, text.replace("<ele>", "<ele>-9")),
        xml("no-heights.gpx", Refused, {
            let lines: Vec<&str> =
                text.lines().filter(|line| !line.contains("<ele>")).collect();
            lines.join("\n")
        }),
        xml("zero-heights.gpx", Refused, {
            text.lines()
                .map(|line| if line.contains("<ele>") { "<ele>0</ele>" } else { line })
                .collect::<Vec<_>>()
                .join("\n")
        }),
        xml("commas.gpx", Refused, {
            let comma = |text: &str| {
                text.replace("lat=\"47.", "lat=\"47,").replace("lon=\"8.", "lon=\"8,")
            };
            comma(&text)
        }),
        xml(
            "swapped.gpx",
            Refused,
            gpx_of(&"<trkpt lat=\"147\" lon=\"11\"/>".repeat(50)),
        ),
        xml("no-fix.gpx", Refused, gpx_of(&"<trkpt lat=\"0\" lon=\"0\"/>".repeat(50))),
    ]
}

/// Values that are none.
fn valueless() -> Vec<Nasty> {
    let text = good_gpx();
    vec![
        xml("words-for-heights.gpx", Noted, with_height(&text, 100, "high")),
        xml("infinite-height.gpx", Noted, with_height(&text, 100, "inf")),
        xml("no-zone.gpx", Noted, text.replace("Z</time>", "</time>")),
        xml("leaping-clock.gpx", Noted, {
            let (at, _) = text.match_indices("2024-06-18").nth(400).unwrap();
            format!("{}{}", &text[..at], text[at..].replace("2024-06-18", "2024-09-18"))
        }),
        xml(
            "impossible-date.gpx",
            Noted,
            text.replacen("2024-06-18T17:20", "2024-06-31T17:20", 3),
        ),
    ]
}

/// Odd and fine.
fn odd() -> Vec<Nasty> {
    let text = good_gpx();
    let fit = good_fit();
    vec![
        nasty("utf16.gpx", Scored, utf16(&text, false)),
        nasty("bom.gpx", Scored, [b"\xef\xbb\xbf", text.as_bytes()].concat()),
        nasty("named-wrong.fit", Scored, text.clone().into_bytes()),
        nasty("gzipped.fit", Scored, gzip(&fit)),
        nasty("chained-twice.fit", Noted, fit::chain(&[good_fit(), good_fit()])),
    ]
}

fn nasty_set() -> Vec<Nasty> {
    [nothing(), cut_off(), damaged(), attacks(), pointless(), valueless(), odd()]
        .into_iter()
        .flatten()
        .collect()
}

/// Standard output, standard error with the folder left out, exit status.
fn run(folder: &Path, arguments: &[&str]) -> (String, String, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_hardlegs"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let status = output.status.code().unwrap_or_else(|| panic!("killed: {arguments:?}"));
    (text(output.stdout), text(output.stderr), status)
}

#[test]
fn ends_every_nasty_file_as_decided_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let mut messages = String::new();
    for Nasty { name, bytes, class } in nasty_set() {
        std::fs::write(folder.path().join(name), bytes).unwrap();
        let (out, err, status) = run(folder.path(), &[name]);
        let found = match (status, err.is_empty()) {
            (0, true) => Scored,
            (0, false) => Noted,
            _ => Refused,
        };
        assert_eq!(found, class, "{name}: {err}");
        assert_eq!(out.is_empty(), class == Refused, "{name}: a report, or none: {out}");
        for line in err.lines() {
            let said = line.split_once(": ").unwrap().1;
            assert!(said.starts_with(name), "{name}: the path is named: {line}");
            assert!(!line.chars().any(char::is_control), "{name}: {line:?}");
            assert!(!line.contains("internal"), "{name}: {line}");
        }
        if class == Refused {
            assert_eq!(err.lines().count(), 1, "{name}: {err}");
        }
        messages += &err;
    }
    for arguments in [
        &["nowhere.gpx"][..],
        &["."],
        &["empty.gpx", "--mass", "12 stone"],
        &["empty.gpx", "--sport", "swim"],
        &["chart", "no-such-kind", "empty.gpx"],
        &["bom.gpx", "--part", "7"],
        &["frobnicate"],
    ] {
        let (_, err, status) = run(folder.path(), arguments);
        assert!(matches!(status, 1 | 2), "{arguments:?}: {status}");
        write!(messages, "$ hardlegs {}\n{err}", arguments.join(" ")).unwrap();
    }
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/messages.txt");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&golden, &messages).unwrap();
    }
    let stored = std::fs::read_to_string(&golden).unwrap();
    assert!(messages == stored, "UPDATE_GOLDEN=1 stores what is said now:\n{messages}");
}

/// Everything that is scored of a file, but its notices.
fn scored(bytes: &[u8]) -> Report {
    let reading =
        read::bytes(bytes).unwrap_or_else(|error| panic!("{}", error.message()));
    Report::of(&reading.activities[0], &Settings::default()).unwrap()
}

/// The numbers that people plan by, to the bit.
fn bits(report: &Report) -> Vec<u64> {
    let load = &report.load;
    let mut values = vec![
        report.gain_m,
        report.loss_m,
        report.distance_m,
        load.climb_volume_m,
        load.descent_volume_m,
        load.concentric_load,
        load.eccentric_load,
        report.range.eccentric_load.low,
        report.range.eccentric_load.high,
    ];
    values.extend(
        report
            .segments
            .iter()
            .flat_map(|s| [s.length_m, s.gain_m, s.load.eccentric_load]),
    );
    values.into_iter().map(f64::to_bits).collect()
}

#[test]
fn scores_one_recording_in_another_form_to_the_bit() {
    let text = good_gpx();
    let control = bits(&scored(text.as_bytes()));
    let prefixed = text
        .replace("xmlns=\"http", "xmlns:g=\"http")
        .replace("<trkpt", "<g:trkpt")
        .replace("</trkpt", "</g:trkpt")
        .replace("<ele>", "<g:ele>")
        .replace("</ele>", "</g:ele>");
    let zoned = text
        .replace("T17:", "T19:")
        .replace("T18:", "T20:")
        .replace("Z</time>", "+02:00</time>");
    let forms: [(&str, Vec<u8>); 9] = [
        ("UTF-16, little end first", utf16(&text, false)),
        ("UTF-16, big end first", utf16(&text, true)),
        ("byte order mark", [b"\xef\xbb\xbf", text.as_bytes()].concat()),
        ("lines of Windows", text.replace('\n', "\r\n").into_bytes()),
        ("one line", text.replace('\n', "").into_bytes()),
        ("prefixes", prefixed.into_bytes()),
        ("another zone", zoned.into_bytes()),
        ("comments", text.replace("<ele>", "<!-- c --><ele>").into_bytes()),
        ("gzip", gzip(text.as_bytes())),
    ];
    for (name, bytes) in forms {
        assert_ne!(bytes, text.as_bytes(), "{name} changes something");
        assert!(bits(&scored(&bytes)) == control, "{name}");
    }
    let control = bits(&scored(&good_fit()));
    let plain = Options::default();
    for options in [
        Options { big_endian: true, ..plain },
        Options { compressed_timestamps: true, ..plain },
        Options { short_header: true, ..plain },
        Options { header_crc: false, ..plain },
        Options { developer_field: true, ..plain },
        Options { enhanced: true, ..plain },
    ] {
        let fit = fit::write(&hill(), &options);
        assert_ne!(fit, good_fit());
        assert!(bits(&scored(&fit)) == control, "{options:?}");
    }
    assert!(bits(&scored(&gzip(&good_fit()))) == control);
    assert!(!tcx::write(&hill()).is_empty());
}

/// How much damage may move ascent, descent and loads.
const MOST_MOVED: f64 = 0.02;

#[test]
fn keeps_numbers_within_two_percent_of_a_bad_minute() {
    let text = good_gpx();
    let numbers = |text: &str| {
        let report = scored(text.as_bytes());
        [
            report.gain_m,
            report.loss_m,
            report.load.concentric_load,
            report.load.eccentric_load,
        ]
    };
    let control = numbers(&text);
    let points = text.matches("<trkpt").count();
    let with_position = |n: usize, lat: &str, lon: &str| {
        let (at, _) = text.match_indices("<trkpt").nth(n).unwrap();
        let end = at + text[at..].find('>').unwrap();
        format!("{}<trkpt lat=\"{lat}\" lon=\"{lon}\"{}", &text[..at], &text[end..])
    };
    let minute = |height: &str| {
        (points / 3..points / 3 + 30)
            .fold(text.clone(), |text, n| with_height(&text, n, height))
    };
    let at = points / 2;
    let damaged = [
        ("a spike of 5,000 m", with_height(&text, at, "5432.1")),
        ("a hole of 300 m", with_height(&text, at, "150")),
        ("-9999", with_height(&text, at, "-9999")),
        ("-32768", with_height(&text, at, "-32768")),
        ("NaN", with_height(&text, at, "NaN")),
        ("1e300", with_height(&text, at, "1e300")),
        ("no height", with_height(&text, at, "")),
        ("a minute of zeros", minute("0")),
        ("a minute of -9999", minute("-9999")),
        ("a minute of NaN", minute("NaN")),
        ("0, 0", with_position(at, "0", "0")),
        ("a teleport by 500 km", with_position(at, "52", "9")),
        ("a teleport by 300 m", with_position(at, "47.3730", "8.5530")),
        ("a latitude of 91", with_position(at, "91", "9")),
    ];
    for (name, text) in damaged {
        for (moved, (damaged, whole)) in numbers(&text).iter().zip(control).enumerate() {
            let off = (damaged / whole - 1.0).abs();
            assert!(
                off <= MOST_MOVED,
                "{name}: number {moved} moved by {:.1} %",
                100.0 * off
            );
        }
    }
}

/// Seeded damage to files that are good: whatever comes out, it is finite and adds up.
#[test]
fn survives_two_thousand_mutants() {
    let mut dice = Dice::new(318);
    let seeds =
        [good_gpx().into_bytes(), good_fit(), tcx::write(&hill()), gzip(&good_fit())];
    let (mut scored, mut refused) = (0, 0);
    for mutant in 0..2000 {
        let seed = &seeds[mutant % seeds.len()];
        let mut bytes = seed.clone();
        // a short head of a file is as nasty as all of it, and quicker
        bytes.truncate(200 + dice.below(8000));
        for _ in 0..=dice.below(8) {
            let at = dice.below(bytes.len().max(1));
            match dice.below(5) {
                0 => bytes[at] ^= 1 << dice.below(8),
                1 => bytes[at] = [0, 0xFF, 0x7F, b'<', b'&', b'"'][dice.below(6)],
                2 => drop(bytes.drain(at..(at + dice.below(40)).min(bytes.len()))),
                3 => {
                    let again =
                        bytes[at..(at + dice.below(300)).min(bytes.len())].to_vec();
                    bytes.splice(at..at, again);
                }
                _ => bytes.truncate(at.max(40)),
            }
        }
        if mutant % 4 == 1 && bytes.len() > 20 && mutant % 8 == 1 {
            bytes = with_checksum(bytes, |_| ());
        }
        let Ok(reading) = read::bytes(&bytes) else {
            refused += 1;
            continue;
        };
        for activity in &reading.activities {
            let Ok(report) = Report::of(activity, &Settings::default()) else { continue };
            scored += 1;
            let parts: f64 = report.segments.iter().map(|s| s.load.eccentric_load).sum();
            let whole = report.load.eccentric_load;
            assert!(whole.is_finite() && whole >= 0.0, "mutant {mutant}: {whole}");
            assert!(
                (whole - parts).abs() <= 1e-6 * whole.max(1.0),
                "mutant {mutant}: {whole} {parts}"
            );
            let metres: f64 = report.segments.iter().map(|s| s.length_m).sum();
            assert!(
                (metres - report.distance_m).abs() <= 1e-6 * metres.max(1.0),
                "mutant {mutant}"
            );
        }
    }
    assert!(
        scored > 300 && refused > 100,
        "{scored} scored, {refused} refused: both were asked"
    );
}
