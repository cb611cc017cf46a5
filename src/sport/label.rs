//! What a text tells of a sport: whole words of it, never their beginnings.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::words::{ASSISTED, Meaning, NO_COMPOUNDS, STRAVA, TAILS, Trust, WORDS, Words};
use super::{Bike, Labelled, Sport};

/// Characters of a text that are looked at, and of it that are shown.
const READ_CHARS: usize = 200;
const SHOWN_CHARS: usize = 64;
/// Words of the longest phrase above.
const PHRASE_WORDS: usize = 5;
/// A compound's first half is so long at least, where it is no word itself.
const HEAD_CHARS: usize = 3;
/// Numbers above have no names.
const NUMBER_DIGITS: usize = 5;

/// Returns what a file's word for its sport means; case, accents, blanks, `-` and `_` do not
/// matter.
///
/// Whole words count, and phrases of them: what has no model outranks what has, a sport that is
/// named beside general words is that sport, and two sports that a model tells apart are none.
///
/// ```
/// use hardlegs::sport::{from_label, Bike, Labelled, Sport};
/// assert_eq!(from_label("Trail_Running"), Labelled::Modelled(Sport::Run, Bike::Road));
/// assert_eq!(from_label("9"), Labelled::Modelled(Sport::Run, Bike::Road));
/// assert_eq!(from_label("mountain biking"), Labelled::Modelled(Sport::Ride, Bike::Mountain));
/// assert_eq!(from_label("Randonnée"), Labelled::Modelled(Sport::Hike, Bike::Road));
/// assert!(matches!(from_label("Swimming"), Labelled::Unmodelled(_)));
/// assert_eq!(from_label("Other"), Labelled::Unknown);
/// assert_eq!(from_label("the category"), Labelled::Unrecognised("the category".to_owned()));
/// ```
pub fn from_label(label: &str) -> Labelled {
    let words = words(label);
    if words.is_empty() {
        return Labelled::Unknown;
    }
    let shown = || -> String { label.trim().chars().take(SHOWN_CHARS).collect() };
    if let [number] = words.as_slice()
        && number.chars().all(|c| c.is_ascii_digit())
    {
        return from_strava(number).unwrap_or_else(|| Labelled::Unrecognised(shown()));
    }
    let found = match listed(label) {
        Some(told) => Found { told: vec![told], assisted: false, all_heard: true },
        None => find(&words),
    };
    let of = |trusted: fn(Trust) -> bool| {
        found.told.iter().filter(move |told| trusted(told.trust)).map(|told| told.meaning)
    };
    let decided = decide(of(|trust| trust != Trust::Alone))
        .or_else(|| decide(of(|trust| trust == Trust::Alone)));
    match decided {
        Some(Decided::One(Meaning::Unmodelled)) => Labelled::Unmodelled(shown()),
        Some(Decided::One(Meaning::Modelled(Sport::Ride, _))) if found.assisted => {
            Labelled::Modelled(Sport::Ride, Bike::Electric)
        }
        Some(Decided::One(Meaning::Modelled(sport, bike))) => {
            Labelled::Modelled(sport, bike)
        }
        None if found.all_heard => Labelled::Unknown,
        None | Some(Decided::One(Meaning::Nothing) | Decided::Several) => {
            Labelled::Unrecognised(shown())
        }
    }
}

/// Returns what the name of an outing tells of its sport: only words that are nothing else, and
/// only where they agree.
///
/// ```
/// use hardlegs::sport::{from_name, Bike, Labelled, Sport};
/// assert_eq!(from_name("Cycling 9/15/12 8:41 am"), Labelled::Modelled(Sport::Ride, Bike::Road));
/// assert!(matches!(from_name("Morning Ski"), Labelled::Unmodelled(_)));
/// assert_eq!(from_name("Ride to the run"), Labelled::Unknown);
/// assert_eq!(from_name("Car park loop"), Labelled::Unknown);
/// ```
pub fn from_name(name: &str) -> Labelled {
    let found = find(&words(name));
    let mut sure = found.told.iter().filter(|told| told.trust == Trust::Anywhere);
    let unmodelled = |told: &Told| told.meaning == Meaning::Unmodelled;
    if !found.told.iter().any(unmodelled) {
        return match decide(sure.map(|told| told.meaning)) {
            Some(Decided::One(Meaning::Modelled(sport, bike))) => {
                Labelled::Modelled(sport, bike)
            }
            _ => Labelled::Unknown,
        };
    }
    if sure.next().is_some() && sure_of_none(&found) {
        Labelled::Unmodelled(name.trim().chars().take(SHOWN_CHARS).collect())
    } else {
        Labelled::Unknown
    }
}

/// Returns whether every word that tells something tells of what has no model, one of them
/// surely. General words beside it may be part of it, a walk on skis; a trail along a lake is
/// none.
fn sure_of_none(found: &Found) -> bool {
    let tells = || found.told.iter().filter(|told| told.meaning != Meaning::Nothing);
    let general = |told: &Told| {
        told.trust == Trust::Alone
            && !matches!(told.meaning, Meaning::Modelled(Sport::Run, _))
    };
    tells().all(|told| told.meaning == Meaning::Unmodelled || general(told))
        && tells().any(|told| {
            told.meaning == Meaning::Unmodelled && told.trust == Trust::Anywhere
        })
}

fn from_strava(number: &str) -> Option<Labelled> {
    let number: u16 = Some(number).filter(|n| n.len() <= NUMBER_DIGITS)?.parse().ok()?;
    let (_, meaning, name) = STRAVA.iter().find(|(of, ..)| *of == number)?;
    Some(match meaning {
        Meaning::Modelled(sport, bike) => Labelled::Modelled(*sport, *bike),
        Meaning::Unmodelled => Labelled::Unmodelled((*name).to_owned()),
        Meaning::Nothing => Labelled::Unknown,
    })
}

/// A word that was found.
#[derive(Debug, Clone, Copy)]
struct Told {
    meaning: Meaning,
    trust: Trust,
}

/// All that was found.
#[derive(Debug, Default)]
struct Found {
    told: Vec<Told>,
    /// A motor helps.
    assisted: bool,
    /// There was no word besides.
    all_heard: bool,
}

/// What the words come to together.
enum Decided {
    One(Meaning),
    Several,
}

/// `None` where nothing tells anything.
fn decide(meanings: impl Iterator<Item = Meaning>) -> Option<Decided> {
    let mut sports: Vec<(Sport, Bike)> = Vec::new();
    for meaning in meanings {
        match meaning {
            Meaning::Unmodelled => return Some(Decided::One(Meaning::Unmodelled)),
            Meaning::Modelled(sport, bike) => sports.push((sport, bike)),
            Meaning::Nothing => {}
        }
    }
    let (first, _) = *sports.first()?;
    let all = |of: fn(Sport) -> bool| sports.iter().all(|(sport, _)| of(*sport));
    if sports.iter().all(|(sport, _)| *sport == first) {
        let bikes = sports.iter().map(|(_, bike)| *bike);
        let bike = bikes.max_by_key(|bike| special(*bike)).unwrap_or_default();
        Some(Decided::One(Meaning::Modelled(first, bike)))
    } else if all(|sport| matches!(sport, Sport::Walk | Sport::Hike)) {
        Some(Decided::One(Meaning::Modelled(Sport::Hike, Bike::Road)))
    } else {
        Some(Decided::Several)
    }
}

/// Returns which of two bicycles says more.
fn special(bike: Bike) -> u8 {
    match bike {
        Bike::Road => 0,
        Bike::Gravel => 1,
        Bike::Mountain => 2,
        Bike::Electric => 3,
        Bike::Virtual => 4,
    }
}

/// Returns a type that is written as it is listed. Most are: the dictionary, whose making takes
/// longer than many a short file, need not be made for them.
fn listed(label: &str) -> Option<Told> {
    let plain = label.trim().to_ascii_lowercase().replace(['_', '-'], " ");
    WORDS.iter().find_map(|Words(meaning, trust, list)| {
        let told = Told { meaning: *meaning, trust: *trust };
        list.split(", ").any(|word| word == plain).then_some(told)
    })
}

/// Returns every word and phrase, longest first from each place on.
fn find(words: &[String]) -> Found {
    let mut found = Found { all_heard: true, ..Found::default() };
    let mut rest = words;
    while let [first, after @ ..] = rest {
        let phrase = (1..=rest.len().min(PHRASE_WORDS)).rev().find_map(|count| {
            let (phrase, left) = rest.split_at_checked(count)?;
            Some((*DICTIONARY.words.get(&phrase.concat())?, left))
        });
        if let Some((told, left)) = phrase {
            found.told.push(told);
            rest = left;
            continue;
        }
        rest = after;
        let begins = found.told.is_empty() && found.all_heard;
        if DICTIONARY.assisted.iter().any(|word| word == first)
            || (begins && first == "e")
        {
            found.assisted = true;
            found.all_heard = false;
        } else if let Some(told) = compound(first) {
            found.told.push(told);
        } else {
            let heard = first.chars().all(char::is_numeric);
            found.all_heard &= heard || unspaced(first, &mut found.told);
        }
    }
    found
}

/// Returns a closed compound by its second half, and by its first where that is a word.
fn compound(word: &str) -> Option<Told> {
    if NO_COMPOUNDS.iter().any(|none| word.ends_with(none)) {
        return None;
    }
    TAILS.iter().find_map(|(tail, alone)| {
        let head = word.strip_suffix(tail)?;
        let linked = ["", "s", "n", "en", "e"];
        let first = linked
            .iter()
            .find_map(|link| DICTIONARY.words.get(head.strip_suffix(link)?).copied());
        let alone = alone
            .filter(|_| head.chars().count() >= HEAD_CHARS)
            .map(|meaning| Told { meaning, trust: Trust::Anywhere });
        first.filter(|told| told.meaning != Meaning::Nothing).or(alone)
    })
}

/// Returns the words of scripts that leave no blanks between them; whether there was one.
fn unspaced(text: &str, told: &mut Vec<Told>) -> bool {
    if text.is_ascii() || !text.chars().any(leaves_no_blanks) {
        return false;
    }
    let mut rest = text.to_owned();
    let before = told.len();
    for (word, meaning) in &DICTIONARY.unspaced {
        if rest.contains(word.as_str()) {
            rest = rest.replace(word.as_str(), " ");
            told.push(*meaning);
        }
    }
    told.len() > before
}

/// Kana and Han.
fn leaves_no_blanks(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')
}

/// The words by how they are compared.
struct Dictionary {
    words: HashMap<String, Told>,
    /// Kana and Han of two characters and more, the longest first.
    unspaced: Vec<(String, Told)>,
    assisted: Vec<String>,
}

static DICTIONARY: LazyLock<Dictionary> = LazyLock::new(|| {
    let keys = |list: &'static str| list.split(',').map(|word| words(word).concat());
    let mut dictionary = Dictionary {
        words: HashMap::new(),
        unspaced: Vec::new(),
        assisted: keys(ASSISTED).collect(),
    };
    for Words(meaning, trust, list) in WORDS {
        let told = Told { meaning: *meaning, trust: *trust };
        for key in keys(list) {
            if key.chars().any(leaves_no_blanks) && key.chars().count() > 1 {
                dictionary.unspaced.push((key.clone(), told));
            }
            dictionary.words.insert(key, told);
        }
    }
    dictionary.unspaced.sort_by_key(|(key, _)| std::cmp::Reverse(key.chars().count()));
    dictionary
});

/// Returns the words of a text: lower case, without accents, parted where the text parts them,
/// where a capital begins one (`CrossCountrySkiing`) and between letters and digits.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut end = |word: &mut String| {
        if !word.is_empty() {
            words.push(std::mem::take(word));
        }
    };
    let mut before = ' ';
    let mut chars = text.chars().filter(|c| !is_mark(*c)).take(READ_CHARS).peekable();
    while let Some(c) = chars.next() {
        let small_next = chars.peek().is_some_and(|next| next.is_lowercase());
        let hump = c.is_uppercase()
            && (before.is_lowercase() || (before.is_uppercase() && small_next));
        let digit = before.is_alphanumeric() && before.is_numeric() != c.is_numeric();
        if !c.is_alphanumeric() || hump || digit {
            end(&mut word);
        }
        if c.is_alphanumeric() {
            c.to_lowercase().filter(|c| !is_mark(*c)).for_each(|c| plain(c, &mut word));
        }
        before = c;
    }
    end(&mut word);
    words
}

/// Accents that stand as characters of their own.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// A small letter without its accent.
fn plain(c: char, word: &mut String) {
    let bare = match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' | 'ạ' => 'a',
        'ç' | 'ć' | 'č' => 'c',
        'ď' | 'đ' => 'd',
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
        'ğ' => 'g',
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => 'i',
        'ł' | 'ľ' | 'ĺ' => 'l',
        'ñ' | 'ń' | 'ň' => 'n',
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ő' | 'ō' | 'ộ' => 'o',
        'ŕ' | 'ř' => 'r',
        'ś' | 'š' | 'ş' | 'ș' => 's',
        'ť' | 'ț' | 'ţ' => 't',
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ź' | 'ż' | 'ž' => 'z',
        'ά' => 'α',
        'έ' => 'ε',
        'ή' => 'η',
        'ί' | 'ϊ' => 'ι',
        'ό' => 'ο',
        'ύ' => 'υ',
        'ώ' => 'ω',
        'ё' => 'е',
        'й' => 'и',
        'ї' => 'і',
        'ß' => {
            word.push_str("ss");
            return;
        }
        'æ' => {
            word.push_str("ae");
            return;
        }
        'œ' => {
            word.push_str("oe");
            return;
        }
        other => other,
    };
    word.push(bare);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_no_word_two_sports() {
        let mut seen: HashMap<String, (Meaning, Trust)> = HashMap::new();
        for Words(meaning, trust, list) in WORDS {
            for word in list.split(',') {
                let key = words(word).concat();
                assert!(!key.is_empty(), "{list:?}");
                assert!(
                    words(word).len() <= PHRASE_WORDS,
                    "{word:?} is never looked for"
                );
                let before = seen.insert(key, (*meaning, *trust));
                assert!(before.is_none_or(|b| b == (*meaning, *trust)), "{word:?}");
            }
        }
    }

    #[test]
    fn finds_every_listed_word() {
        for Words(_, _, list) in WORDS {
            for word in list.split(", ") {
                let found = find(&words(word));
                let (short, long) = (listed(word).unwrap(), found.told.first().unwrap());
                assert_eq!(
                    (short.meaning, found.told.len()),
                    (long.meaning, 1),
                    "{word}"
                );
                assert!(!found.assisted && found.all_heard, "{word}");
            }
        }
        assert!(listed("the category").is_none() && listed("").is_none());
    }

    #[test]
    fn breaks_a_text_where_it_may_break() {
        for (text, parted) in [
            ("Trail_Running", "trail running"),
            ("CrossCountrySkiing", "cross country skiing"),
            ("EBikeRide", "e bike ride"),
            ("HKWorkoutActivityTypeRun", "hk workout activity type run"),
            ("MTB-Tour (2)", "mtb tour 2"),
            ("run5k", "run 5 k"),
            ("Course a\u{300} pied", "course a pied"),
            ("  Zürichsee/STRASSE & Maß ", "zurichsee strasse mass"),
            ("ПОХОД Байкал", "поход баикал"),
            ("", ""),
        ] {
            assert_eq!(words(text).join(" "), parted);
        }
    }
}
