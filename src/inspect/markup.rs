//! Every element of a GPX or TCX file, by its name in the file: a plain walk with `quick-xml`,
//! beside the reader and without its shortcuts.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::spread::Spread;
use super::{Damaged, Field, Inspection, Kind, Namespace};
use crate::read::{Limits, raw};

/// Different elements that are listed, and characters of a name or text that are looked at. Ours:
/// the wordiest file of the corpus has some sixty.
const MOST_ELEMENTS: usize = 1_000;
const NAME_CHARS: usize = 80;
const TEXT_BYTES: usize = 200;
/// Namespaces and sports that are listed.
const MOST_WORDS: usize = 30;

/// What readers take, by the local names of an element and of what lies in it. Sensors inside the
/// extensions of a point are known by their own names.
const USED: [(&str, &str); 54] = [
    ("gpx", "@creator"),
    ("gpx", "@version"),
    ("gpx", "name"),
    ("gpx", "time"),
    ("metadata", "name"),
    ("metadata", "time"),
    ("rte", "name"),
    ("rte", "type"),
    ("rtept", "@lat"),
    ("rtept", "@lon"),
    ("rtept", "cmt"),
    ("rtept", "desc"),
    ("rtept", "ele"),
    ("rtept", "name"),
    ("rtept", "speed"),
    ("rtept", "sym"),
    ("rtept", "time"),
    ("rtept", "type"),
    ("trk", "name"),
    ("trk", "type"),
    ("trkpt", "@lat"),
    ("trkpt", "@lon"),
    ("trkpt", "ele"),
    ("trkpt", "speed"),
    ("trkpt", "time"),
    ("wpt", "@lat"),
    ("wpt", "@lon"),
    ("wpt", "cmt"),
    ("wpt", "desc"),
    ("wpt", "name"),
    ("wpt", "sym"),
    ("wpt", "type"),
    ("Activity", "@Sport"),
    ("Activity", "Id"),
    ("Activity", "Notes"),
    ("Course", "Name"),
    ("CoursePoint", "Name"),
    ("CoursePoint", "Notes"),
    ("CoursePoint", "PointType"),
    ("CoursePoint", "Time"),
    ("gpx", "wpt"),
    ("Creator", "Name"),
    ("HeartRateBpm", "Value"),
    ("Lap", "@StartTime"),
    ("Lap", "DistanceMeters"),
    ("Lap", "TotalTimeSeconds"),
    ("Position", "LatitudeDegrees"),
    ("Position", "LongitudeDegrees"),
    ("Trackpoint", "AltitudeMeters"),
    ("Trackpoint", "Cadence"),
    ("Trackpoint", "DistanceMeters"),
    ("Trackpoint", "Time"),
    ("rte", "rtept"),
    ("trkseg", "trkpt"),
];

/// Elements whose extensions are read.
const POINTS: [&str; 3] = ["trkpt", "rtept", "Trackpoint"];

/// Units that the schemas of GPX and TCX give, by local name in small letters.
const UNITS: [(&str, &str); 22] = [
    ("@lat", "deg"),
    ("@lon", "deg"),
    ("altitudemeters", "m"),
    ("atemp", "C"),
    ("averagespeed", "m/s"),
    ("avgspeed", "m/s"),
    ("cad", "1/min"),
    ("cadence", "1/min"),
    ("calories", "kcal"),
    ("distancemeters", "m"),
    ("ele", "m"),
    ("heartrate", "1/min"),
    ("hr", "1/min"),
    ("latitudedegrees", "deg"),
    ("longitudedegrees", "deg"),
    ("maximumspeed", "m/s"),
    ("power", "W"),
    ("powerinwatts", "W"),
    ("runcadence", "1/min"),
    ("speed", "m/s"),
    ("totaltimeseconds", "s"),
    ("watts", "W"),
];

/// Returns what is written in the document; `None` where its root is neither GPX's nor TCX's.
pub(super) fn listed(bytes: &[u8], limits: &Limits) -> Option<Inspection> {
    let text = raw::decode(bytes, &mut raw::Notices::default());
    let start = text.find('<')?;
    let mut walk = Walk {
        found: Inspection::empty("", bytes),
        nodes: Vec::new(),
        open: Vec::new(),
        depth: limits.xml_depth,
        line: 1,
        counted: 0,
    };
    walk.document(&text, start);
    walk.told()
}

/// An element by its path.
struct Node {
    name: String,
    depth: usize,
    parent: Option<usize>,
    count: u64,
    /// Whether it ever held another element.
    holds: bool,
    children: HashMap<String, usize>,
    attributes: Vec<(String, Spread)>,
    text: Spread,
}

/// An element that is open: its node, none beyond the bound, and its text so far.
struct Open {
    node: Option<usize>,
    text: String,
    holds: bool,
}

struct Walk {
    found: Inspection,
    nodes: Vec<Node>,
    open: Vec<Open>,
    /// Deepest element.
    depth: usize,
    /// The line of the byte up to which lines are counted.
    line: u64,
    counted: usize,
}

impl Walk {
    fn document(&mut self, text: &str, start: usize) {
        let body = text.get(start..).unwrap_or_default();
        let mut reader = Reader::from_str(body);
        reader.config_mut().check_end_names = false;
        reader.config_mut().allow_unmatched_ends = true;
        loop {
            let before = reader.buffer_position();
            match reader.read_event() {
                Ok(Event::Start(tag)) => {
                    if self.open.len() >= self.depth {
                        let cause =
                            format!("more than {} elements in each other", self.depth);
                        return self.damaged(text, start, before, cause);
                    }
                    self.begin(&tag);
                }
                Ok(Event::Empty(tag)) => {
                    self.begin(&tag);
                    self.end();
                }
                Ok(Event::End(_)) => self.end(),
                Ok(Event::Text(content)) => self.say(&content),
                Ok(Event::CData(content)) => self.say(&content),
                Ok(Event::GeneralRef(reference)) => self.say(&meant(&reference)),
                Ok(Event::Eof) => {
                    if let Some(open) = self.open.last() {
                        let name = open.node.and_then(|at| self.nodes.get(at));
                        let name = name.map_or("an element", |node| node.name.as_str());
                        let cause = format!("the document ends inside <{name}>");
                        return self.damaged(text, start, before, cause);
                    }
                    return;
                }
                Ok(_) => {}
                Err(error) => {
                    let at = reader.error_position().max(before);
                    return self.damaged(text, start, at, error.to_string());
                }
            }
        }
    }

    fn damaged(&mut self, text: &str, start: usize, at: u64, cause: String) {
        let byte = usize::try_from(at).unwrap_or(usize::MAX).saturating_add(start);
        let before = text.as_bytes().get(self.counted..byte.min(text.len()));
        let lines = memchr::memchr_iter(b'\n', before.unwrap_or_default()).count();
        self.line += lines as u64;
        self.counted = byte.min(text.len());
        self.found.damaged.push(Damaged {
            byte: byte as u64,
            line: Some(self.line),
            cause,
            passed_bytes: None,
        });
    }

    fn begin(&mut self, tag: &BytesStart<'_>) {
        let name = shown(tag.name().as_ref());
        if let Some(open) = self.open.last_mut() {
            open.holds = true;
        }
        let parent = self.open.last().map(|open| open.node);
        // beyond the bound nothing below is listed either
        let node = if let Some(None) = parent {
            self.found.more_kinds += 1;
            None
        } else {
            self.node(&name, parent.flatten())
        };
        if let Some(node) = node.and_then(|at| self.nodes.get_mut(at)) {
            node.count += 1;
            for attribute in tag.attributes().with_checks(false).flatten() {
                let key = shown(attribute.key.as_ref());
                let value = &attribute.value;
                if key == "xmlns" || key.starts_with("xmlns:") {
                    namespace(&key, value, &mut self.found);
                    continue;
                }
                let key = format!("@{key}");
                if !node.attributes.iter().any(|(known, _)| *known == key) {
                    if node.attributes.len() >= MOST_WORDS {
                        continue;
                    }
                    node.attributes.push((key.clone(), Spread::default()));
                }
                let known = node.attributes.iter_mut().find(|(known, _)| *known == key);
                match known {
                    // 1.0 is no number
                    Some((_, spread)) if key == "@version" => spread.text(value),
                    Some((_, spread)) => value_of(value, spread),
                    None => {}
                }
            }
        }
        self.open.push(Open { node, text: String::new(), holds: false });
    }

    /// Returns the node of a name in another; `None` beyond the bound.
    fn node(&mut self, name: &str, parent: Option<usize>) -> Option<usize> {
        let known = match parent {
            Some(parent) => self.nodes.get(parent)?.children.get(name).copied(),
            None => self.nodes.iter().position(|n| n.parent.is_none() && n.name == name),
        };
        if known.is_some() {
            return known;
        }
        if self.nodes.len() >= MOST_ELEMENTS {
            self.found.more_kinds += 1;
            return None;
        }
        let at = self.nodes.len();
        self.nodes.push(Node {
            name: name.to_owned(),
            depth: self.open.len(),
            parent,
            count: 0,
            holds: false,
            children: HashMap::new(),
            attributes: Vec::new(),
            text: Spread::default(),
        });
        if let Some(parent) = parent.and_then(|parent| self.nodes.get_mut(parent)) {
            parent.children.insert(name.to_owned(), at);
            parent.holds = true;
        }
        Some(at)
    }

    fn say(&mut self, text: &str) {
        if let Some(open) = self.open.last_mut()
            && open.text.len() < TEXT_BYTES
        {
            open.text.extend(text.chars().take(TEXT_BYTES));
        }
    }

    fn end(&mut self) {
        let Some(open) = self.open.pop() else { return };
        let text = open.text.trim();
        let node = open.node.and_then(|at| self.nodes.get_mut(at));
        if let Some(node) = node.filter(|_| !open.holds && !text.is_empty()) {
            value_of(text, &mut node.text);
        }
    }

    fn told(mut self) -> Option<Inspection> {
        let root = self.nodes.first()?;
        let format = match local(&root.name) {
            "gpx" => "GPX",
            "TrainingCenterDatabase" | "Activities" => "TCX",
            _ => return None,
        };
        format.clone_into(&mut self.found.format);
        let version = root.attributes.iter().find(|(name, _)| name == "@version");
        self.found.version = version.and_then(|(_, spread)| {
            spread.told(String::new(), String::new(), true).texts.into_iter().next()
        });
        self.found.sports = self.sports();
        let order = self.in_order();
        self.found.kinds = order.into_iter().filter_map(|at| self.kind(at)).collect();
        Some(self.found)
    }

    /// Sports in the words of the file.
    fn sports(&self) -> Vec<String> {
        let texts = self.nodes.iter().flat_map(|node| match local(&node.name) {
            "type" if self.inside(node, &["trk", "rte"]) => {
                node.text.told(String::new(), String::new(), true).texts
            }
            "Activity" => {
                let sport = node.attributes.iter().find(|(name, _)| name == "@Sport");
                sport.map_or_else(Vec::new, |(_, spread)| {
                    spread.told(String::new(), String::new(), true).texts
                })
            }
            _ => Vec::new(),
        });
        texts.take(MOST_WORDS).collect()
    }

    /// Returns whether a node lies in an element of one of these names.
    fn inside(&self, node: &Node, names: &[&str]) -> bool {
        let parent = node.parent.and_then(|at| self.nodes.get(at));
        parent.is_some_and(|parent| names.contains(&local(&parent.name)))
    }

    /// Nodes that hold others, each before what it holds, and in the order they first came.
    fn in_order(&self) -> Vec<usize> {
        let mut below: Vec<Vec<usize>> = vec![Vec::new(); self.nodes.len()];
        let mut waiting = Vec::new();
        for (at, node) in self.nodes.iter().enumerate() {
            match node.parent.and_then(|parent| below.get_mut(parent)) {
                Some(below) => below.push(at),
                None => waiting.push(at),
            }
        }
        waiting.reverse();
        let mut order = Vec::new();
        while let Some(at) = waiting.pop() {
            order.push(at);
            if let Some(below) = below.get(at) {
                waiting.extend(below.iter().rev());
            }
        }
        order
    }

    /// Passes an element that holds others or has attributes only; what holds a text alone is
    /// a field of the one that it lies in.
    fn kind(&self, at: usize) -> Option<Kind> {
        let node = self.nodes.get(at)?;
        if !node.holds && node.parent.is_some() && node.attributes.is_empty() {
            return None;
        }
        let mut fields: Vec<Field> = Vec::new();
        for (name, spread) in &node.attributes {
            fields.push(spread.told(name.clone(), unit(name), is_used(node, name)));
        }
        if node.holds && node.text.count() > 0 {
            fields.push(node.text.told("its text".to_owned(), String::new(), false));
        }
        let mut below: Vec<usize> = node.children.values().copied().collect();
        below.sort_unstable();
        for child in below.into_iter().filter_map(|at| self.nodes.get(at)) {
            if child.holds || !child.attributes.is_empty() {
                continue;
            }
            let used = is_used(node, &child.name)
                || raw::is_sensor(local(&child.name)) && self.in_extensions(at);
            let mut field = child.text.told(child.name.clone(), unit(&child.name), used);
            // an empty element is there, too
            field.count = child.count;
            fields.push(field);
        }
        Some(Kind {
            name: node.name.clone(),
            number: None,
            depth: node.depth,
            count: node.count,
            fields,
        })
    }

    /// Returns whether a node lies in the extensions of a point, or is them.
    fn in_extensions(&self, at: usize) -> bool {
        let mut extended = false;
        let mut node = self.nodes.get(at);
        while let Some(here) = node {
            let name = local(&here.name);
            extended |= name.eq_ignore_ascii_case("extensions");
            if POINTS.contains(&name) {
                return extended;
            }
            node = here.parent.and_then(|parent| self.nodes.get(parent));
        }
        false
    }
}

fn is_used(node: &Node, name: &str) -> bool {
    let (outer, inner) = (local(&node.name), local(name));
    USED.iter().any(|(known, of)| *known == outer && *of == inner)
}

/// Returns a name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Returns the unit that the schemas give values of this name.
fn unit(name: &str) -> String {
    let name = local(name).to_lowercase();
    let known = UNITS.iter().find(|(known, _)| *known == name);
    known.map_or_else(String::new, |(_, unit)| (*unit).to_owned())
}

fn shown(name: &str) -> String {
    name.chars().take(NAME_CHARS).collect()
}

/// Returns what a reference stands for: of the five of XML and of numbers their character.
fn meant(reference: &BytesRef<'_>) -> String {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return character.to_string();
    }
    match &**reference {
        "amp" => "&".to_owned(),
        "lt" => "<".to_owned(),
        "gt" => ">".to_owned(),
        "quot" => "\"".to_owned(),
        "apos" => "'".to_owned(),
        name => format!("&{name};"),
    }
}

fn namespace(key: &str, uri: &str, found: &mut Inspection) {
    let prefix = key.strip_prefix("xmlns:").unwrap_or_default();
    let known = found.namespaces.iter().any(|known| known.prefix == prefix);
    if !known && found.namespaces.len() < MOST_WORDS {
        let uri = uri.chars().take(TEXT_BYTES).collect();
        found.namespaces.push(Namespace { prefix: prefix.to_owned(), uri });
    }
}

/// Takes in a value: a number where it is one.
fn value_of(text: &str, spread: &mut Spread) {
    match text.trim().parse::<f64>() {
        Ok(number) if number.is_finite() => spread.number(number),
        _ if is_date(text) => spread.date(text),
        _ => spread.text(text),
    }
}

/// Returns whether a text begins like a date of XML Schema.
fn is_date(text: &str) -> bool {
    let form =
        |byte: u8, of: u8| if of == b'0' { byte.is_ascii_digit() } else { byte == of };
    text.len() >= 19 && text.bytes().zip(*b"0000-00-00T").all(|(byte, of)| form(byte, of))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listing(text: &str) -> Inspection {
        listed(text.as_bytes(), &Limits::default()).unwrap()
    }

    #[test]
    fn lists_elements_attributes_and_extensions() {
        let found = listing(
            "<gpx version='1.1' creator='a' xmlns='http://www.topografix.com/GPX/1/1' \
             xmlns:g='urn:g'><trk><type>hiking</type><trkseg>\
             <trkpt lat='47' lon='11'><ele>7</ele><extensions><g:TPX><g:hr>90</g:hr>\
             <g:odd>x</g:odd></g:TPX></extensions></trkpt>\
             <trkpt lat='48' lon='11'><ele>9</ele></trkpt></trkseg></trk></gpx>",
        );
        assert_eq!(
            (found.format.as_str(), found.version.as_deref()),
            ("GPX", Some("1.1"))
        );
        assert_eq!(
            (found.sports, found.namespaces.len()),
            (vec!["hiking".to_owned()], 2)
        );
        let names: Vec<_> =
            found.kinds.iter().map(|k| (k.name.as_str(), k.count)).collect();
        let wanted = [
            ("gpx", 1),
            ("trk", 1),
            ("trkseg", 1),
            ("trkpt", 2),
            ("extensions", 1),
            ("g:TPX", 1),
        ];
        assert_eq!(names, wanted);
        let point = &found.kinds[3];
        let latitude = &point.fields[0];
        assert_eq!((latitude.smallest, latitude.largest), (Some(47.0), Some(48.0)));
        assert!(!latitude.constant && point.fields[1].constant && latitude.used);
        let sensors: Vec<_> =
            found.kinds[5].fields.iter().map(|f| (f.name.as_str(), f.used)).collect();
        assert_eq!(sensors, [("g:hr", true), ("g:odd", false)]);
    }

    #[test]
    fn says_in_which_line_a_document_breaks_off() {
        let found =
            listing("<gpx>\n<trk>\n<trkseg>\n<trkpt lat='1' lon='2'>\n<ele>7</el");
        let damaged = &found.damaged[0];
        assert_eq!(damaged.line, Some(5), "{damaged:?}");
        let found = listing("<gpx>\n<trk></trk>\n");
        assert_eq!(found.damaged[0].cause, "the document ends inside <gpx>");
    }

    #[test]
    fn keeps_within_its_bounds() {
        let many: Vec<_> = (0..3_000).map(|i| format!("<e{i}/>")).collect();
        let found = listing(&format!("<gpx>{}</gpx>", many.concat()));
        assert!(found.kinds.len() <= MOST_ELEMENTS && found.more_kinds >= 2_000);
        let found = listing(&format!("<gpx>{}", "<a>".repeat(100_000)));
        assert_eq!(found.damaged.len(), 1);
    }
}
