//! What the words of a file tell of its sport: name, keywords and a short description.

use crate::activity::Header;
use crate::report::sport_from::SportFrom;
use crate::sport::{Bike, Labelled, Sport, from_label, from_name};

/// Words of the longest description that is listened to. Our choice: prose speaks of cycle paths,
/// runs of ski slopes and walks to the station.
const SHORT_WORDS: usize = 12;

/// A sport that words tell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Named {
    pub(super) sport: Sport,
    pub(super) bike: Bike,
    /// Where they stand.
    pub(super) from: SportFrom,
    /// What other words of the file tell instead.
    pub(super) other: Option<Sport>,
}

/// Returns the sport that the words of a file name: those of the name first, then the keywords',
/// then the description's.
///
/// # Errors
/// Words that name a sport without a model.
pub(super) fn sport(header: &Header) -> Result<Option<Named>, String> {
    let description = header.description.as_deref();
    let short = |text: &&str| text.split_whitespace().count() <= SHORT_WORDS;
    let texts = [
        (SportFrom::Name, header.name.as_deref()),
        (SportFrom::Keywords, header.keywords.as_deref()),
        (SportFrom::Description, description.filter(short)),
    ];
    let mut named: Option<Named> = None;
    for (from, text) in texts {
        let said = match (from, text.and_then(brouter_profile)) {
            (SportFrom::Name, Some(profile)) => profile,
            _ => text.map_or(Labelled::Unknown, from_name),
        };
        match (said, &mut named) {
            (Labelled::Modelled(sport, bike), None) => {
                named = Some(Named { sport, bike, from, other: None });
            }
            (Labelled::Modelled(sport, _), Some(named)) => {
                let told = sport != named.sport;
                named.other = named.other.or(told.then_some(sport));
            }
            (Labelled::Unmodelled(name), None) => return Err(name),
            _ => {}
        }
    }
    Ok(named)
}

/// Returns what the profile tells that `BRouter` drew a route by, which it names it after
/// (`brouter_trekking_0`): its trekking is that of a trekking bicycle.
fn brouter_profile(name: &str) -> Option<Labelled> {
    const OF_RIDES: [&str; 3] = ["trekking", "fastbike", "safety"];
    let name = name.to_lowercase();
    let profile = name.strip_prefix("brouter_")?;
    if OF_RIDES.iter().any(|ride| profile.starts_with(ride)) {
        return Some(Labelled::Modelled(Sport::Ride, Bike::Road));
    }
    Some(from_label(profile))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(name: &str, keywords: &str, description: &str) -> Option<Named> {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let header = Header {
            name: text(name),
            keywords: text(keywords),
            description: text(description),
            ..Header::default()
        };
        sport(&header).unwrap()
    }

    #[test]
    fn listens_to_the_name_then_to_keywords_then_to_a_short_description() {
        let from = |name, keywords, description| {
            told(name, keywords, description).map(|named| (named.sport, named.from))
        };
        let (hike, ride, run) = (Sport::Hike, Sport::Ride, Sport::Run);
        assert_eq!(from("Watzmann hike", "", ""), Some((hike, SportFrom::Name)));
        assert_eq!(
            from("Watzmann", "Alps, Wanderung; hut", ""),
            Some((hike, SportFrom::Keywords))
        );
        assert_eq!(
            from("Loop", "mtb", "a gentle run"),
            Some((ride, SportFrom::Keywords))
        );
        assert_eq!(
            from("Loop", "", "Trail running above the lake"),
            Some((run, SportFrom::Description))
        );
        assert_eq!(from("Loop", "lake, view", "Nice."), None);
        // a keyword that is no sport by itself, and prose
        assert_eq!(from("Loop", "trail, rail, gravel", ""), None);
        let prose = "From the station walk to the old mill, then follow the signs of the lake up \
                     to the pass and back by the same way";
        assert_eq!(from("Loop", "", prose), None);
    }

    #[test]
    fn keeps_what_other_words_tell_as_the_other_reading() {
        let other =
            |name, keywords| told(name, keywords, "").and_then(|named| named.other);
        assert_eq!(other("Evening run", "cycling, lake"), Some(Sport::Ride));
        assert_eq!(other("Evening run", "running"), None);
        assert_eq!(other("Evening run", ""), None);
    }

    #[test]
    fn refuses_keywords_of_a_sport_without_a_model_unless_the_name_has_one() {
        let keywords = |name: Option<&str>| Header {
            name: name.map(str::to_owned),
            keywords: Some("ski touring, powder".to_owned()),
            ..Header::default()
        };
        assert!(sport(&keywords(None)).is_err());
        assert!(sport(&keywords(Some("Hike in spring"))).is_ok());
    }

    #[test]
    fn takes_a_route_of_brouter_by_its_profile() {
        for (name, sport) in [
            ("brouter_trekking_0", Some(Sport::Ride)),
            ("brouter_fastbike-lowtraffic_1", Some(Sport::Ride)),
            ("brouter_gravel_0", Some(Sport::Ride)),
            ("brouter_mtb_0", Some(Sport::Ride)),
            ("brouter_hiking-mountain_0", Some(Sport::Hike)),
            ("brouter_shortest_0", None),
            ("Trekking in Nepal", Some(Sport::Hike)),
        ] {
            assert_eq!(told(name, "", "").map(|named| named.sport), sport, "{name}");
        }
    }
}
