//! What FIT's numbers are called: makers, products, sports, messages, fields and their units, as
//! Garmin's profile in the crate `fitparser` has them.
//!
//! Without the feature `inspect` nothing has a name here, and whoever asks shows the number.

#[cfg(not(feature = "inspect"))]
pub(crate) use self::numbers::{maker, product, sport};
#[cfg(feature = "inspect")]
pub(crate) use self::profile::{
    Field, Meaning, choice, field, maker, message, product, sport,
};

/// Of the lean library, which has no profile.
#[cfg(not(feature = "inspect"))]
mod numbers {
    /// No maker has a name.
    pub(crate) fn maker(_number: u32) -> Option<String> {
        None
    }

    /// No product has a name.
    pub(crate) fn product(_maker: Option<u32>, _number: u32) -> Option<String> {
        None
    }

    /// No sport has a name.
    pub(crate) fn sport(_number: u8) -> Option<String> {
        None
    }
}

#[cfg(feature = "inspect")]
mod profile {
    use std::collections::{HashMap, HashSet};

    use fitparser::de::DecodeOption;
    use fitparser::profile::field_types::Sport;
    use fitparser::profile::{FieldDataType, MesgNum, get_field_variant_as_string};
    use fitparser::{FitDataField, Value};

    use super::readable;

    /// Makers whose products the profile lists with Garmin's. Source: FIT profile 21.202, the
    /// subfields of `file_id.product`: garmin, `dynastream_oem`, dynastream, tacx.
    const OF_GARMIN: [u32; 4] = [1, 13, 15, 89];

    /// What the values of a field are.
    #[derive(Debug, Clone, Copy, PartialEq)]
    pub(crate) enum Meaning {
        /// raw / scale - offset, in the unit.
        Number {
            /// Of the profile.
            scale: f64,
            /// Of the profile.
            offset: f64,
        },
        /// Seconds since 1989-12-31, UTC.
        Date,
        /// The same on a clock on the wall.
        LocalDate,
        /// A number that stands for a word.
        Choice,
    }

    /// A field of the profile.
    #[derive(Debug, Clone, PartialEq)]
    pub(crate) struct Field {
        /// As the profile has it, `position_lat`.
        pub(crate) name: String,
        /// Empty where it has none.
        pub(crate) unit: String,
        /// What its values are.
        pub(crate) meaning: Meaning,
    }

    /// The maker of a device.
    pub(crate) fn maker(number: u32) -> Option<String> {
        variant(FieldDataType::Manufacturer, number).map(|label| readable::words(&label))
    }

    /// The product of a maker whose products the profile lists.
    pub(crate) fn product(maker: Option<u32>, number: u32) -> Option<String> {
        if !OF_GARMIN.contains(&maker?) {
            return None;
        }
        let label = variant(FieldDataType::GarminProduct, number)?;
        Some(readable::product(&label))
    }

    /// A sport.
    pub(crate) fn sport(number: u8) -> Option<String> {
        let number = i64::from(number);
        Sport::is_named_variant(number)
            .then(|| readable::sport(&Sport::from(number).to_string()))
    }

    fn variant(of: FieldDataType, number: u32) -> Option<String> {
        let number = i64::from(u16::try_from(number).ok()?);
        of.is_named_variant(number).then(|| get_field_variant_as_string(of, number))
    }

    /// The name of a message.
    pub(crate) fn message(number: u16) -> Option<String> {
        MesgNum::is_named_variant(number.into())
            .then(|| MesgNum::from(number).to_string())
    }

    /// A field of a message.
    ///
    /// The profile has no table to look into, it decodes: so it is asked to decode 0 and 1, and
    /// what comes out tells the scale, the offset and what kind of value it is.
    pub(crate) fn field(of: u16, number: u8) -> Option<Field> {
        // in an array, values are scaled and nothing else
        let pair = Value::Array(vec![Value::UInt32(0), Value::UInt32(1)]);
        let scaled = decoded(of, number, pair)?;
        let name = scaled.name().to_owned();
        if name == format!("unknown_field_{number}") {
            return None;
        }
        let unit = scaled.units().to_owned();
        let meaning = if matches!(name.as_str(), "local_timestamp" | "scheduled_time") {
            // never decoded: it would be by the clock of this machine
            Meaning::LocalDate
        } else {
            match decoded(of, number, Value::UInt32(1)).map(FitDataField::into_value) {
                Some(Value::Timestamp(_)) => Meaning::Date,
                Some(Value::String(_) | Value::SInt64(_)) => Meaning::Choice,
                _ => linear(scaled.value()),
            }
        };
        Some(Field { name, unit, meaning })
    }

    /// The scale and offset that make these of 0 and 1.
    fn linear(pair: &Value) -> Meaning {
        let plain = Meaning::Number { scale: 1.0, offset: 0.0 };
        let Value::Array(pair) = pair else { return plain };
        let [Value::Float64(zero), Value::Float64(one)] = pair.as_slice() else {
            return plain;
        };
        let scale = 1.0 / (one - zero);
        // a thousandth comes back as 1000.0000000000001
        let whole = scale.round();
        let scale = if (scale - whole).abs() < 1e-6 { whole } else { scale };
        if scale.is_finite() {
            Meaning::Number { scale, offset: -zero + 0.0 }
        } else {
            plain
        }
    }

    /// The word that a number stands for in this field.
    pub(crate) fn choice(of: u16, number: u8, value: u32) -> Option<String> {
        match decoded(of, number, Value::UInt32(value))?.into_value() {
            Value::String(word) => Some(word),
            _ => None,
        }
    }

    /// One field of a message that has no other, as the profile decodes it.
    fn decoded(of: u16, number: u8, value: Value) -> Option<FitDataField> {
        let options = HashSet::from([
            DecodeOption::KeepCompositeFields,
            DecodeOption::UseGenericSubFieldName,
        ]);
        let mut fields = HashMap::from([(number, value)]);
        let message = MesgNum::from(of);
        let decoded = message.decode_message(&mut fields, &mut HashMap::new(), &options);
        decoded.ok()?.into_iter().find(|field| field.number() == number)
    }
}

/// Labels of the profile as people write them, by rule: `fr645m_asia` is Forerunner 645 Music
/// Asia, `wahoo_fitness` Wahoo Fitness.
#[cfg(feature = "inspect")]
mod readable {
    /// Words that are not written with one capital letter at their beginning.
    const SPELT: [(&str, &str); 24] = [
        ("4iiiis", "4iiii"),
        ("bkool", "BKOOL"),
        ("coros", "COROS"),
        ("epix", "epix"),
        ("fenix", "fenix"),
        ("fr", "Forerunner"),
        ("gps", "GPS"),
        ("gpsmap", "GPSMAP"),
        ("hr", "HR"),
        ("hrm", "HRM"),
        ("icg", "ICG"),
        ("igpsport", "iGPSPORT"),
        ("lte", "LTE"),
        ("mtb", "MTB"),
        ("nfc", "NFC"),
        ("oem", "OEM"),
        ("osynce", "o-synce"),
        ("sram", "SRAM"),
        ("srm", "SRM"),
        ("tactix", "tactix"),
        ("tomtom", "TomTom"),
        ("vdo", "VDO"),
        ("sigmasport", "Sigma"),
        ("cateye", "CatEye"),
    ];

    /// One word.
    fn word(word: &str) -> String {
        let lower = word.to_lowercase();
        if let Some((_, spelt)) = SPELT.iter().find(|(label, _)| *label == lower) {
            return (*spelt).to_owned();
        }
        // vivoactive, vivosmart: trade names that begin small
        if lower.starts_with("vivo") {
            return lower;
        }
        let mut chars = word.chars();
        chars
            .next()
            .map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
    }

    /// Every word for itself.
    pub(super) fn words(label: &str) -> String {
        label.split('_').map(word).collect::<Vec<_>>().join(" ")
    }

    /// In small letters, as sports are written in a sentence.
    pub(super) fn sport(label: &str) -> String {
        label
            .replace("cross_country", "cross-country")
            .replace("stand_up", "stand-up")
            .replace("hiit", "interval training")
            .replace('_', " ")
    }

    /// A product: its number stands apart, and the letters behind the number are large.
    pub(super) fn product(label: &str) -> String {
        // vivo_active and vivoactive are one
        let label = label.replace("vivo_", "vivo");
        let mut out: Vec<String> = Vec::new();
        for part in label.split('_') {
            let digits = part.find(|c: char| c.is_ascii_digit()).unwrap_or(part.len());
            let (letters, number) = part.split_at(digits);
            // g10, s40, mk2: too short for a name
            let is_name = letters.len() > 2 || letters == "fr";
            if number.is_empty() || !is_name && !letters.is_empty() {
                out.push(word(part));
                continue;
            }
            out.extend((!letters.is_empty()).then(|| word(letters)));
            out.extend(numbered(number));
        }
        out.join(" ")
    }

    /// 645m is 645 Music, 310xt 310XT, 45mm stays.
    fn numbered(number: &str) -> Vec<String> {
        let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
        let (digits, behind) = number.split_at(end);
        match behind {
            "m" => vec![digits.to_owned(), "Music".to_owned()],
            "mm" => vec![number.to_owned()],
            "music" => vec![digits.to_owned(), word(behind)],
            _ => vec![format!("{digits}{}", behind.to_uppercase())],
        }
    }
}

#[cfg(all(test, feature = "inspect"))]
mod tests {
    use super::*;

    #[test]
    fn makes_labels_readable_by_rule() {
        let product = |number| product(Some(1), number).unwrap();
        assert_eq!(product(2888), "Forerunner 645 Music");
        assert_eq!(product(2050), "fenix 3");
        assert_eq!(product(1018), "Forerunner 310XT");
        assert_eq!(product(1036), "Edge 500");
        assert_eq!(product(2337), "vivoactive HR");
        assert_eq!(product(65534), "Connect");
        assert_eq!(super::product(Some(32), 31), None);
        assert_eq!(super::product(Some(1), 64_000), None);
        let maker = |number| maker(number).unwrap();
        assert_eq!(maker(32), "Wahoo Fitness");
        assert_eq!(maker(294), "COROS");
        assert_eq!(sport(12).as_deref(), Some("cross-country skiing"));
        assert_eq!(sport(200), None);
    }

    #[test]
    fn learns_scale_offset_and_kind_of_a_field_from_the_profile() {
        let named = |of, number| field(of, number).unwrap();
        let altitude = named(20, 2);
        assert_eq!((altitude.name.as_str(), altitude.unit.as_str()), ("altitude", "m"));
        assert_eq!(altitude.meaning, Meaning::Number { scale: 5.0, offset: 500.0 });
        assert_eq!(named(20, 253).meaning, Meaning::Date);
        assert_eq!(named(34, 5).meaning, Meaning::LocalDate);
        assert_eq!(named(18, 5).meaning, Meaning::Choice);
        assert_eq!(choice(18, 5, 1).as_deref(), Some("running"));
        assert_eq!(field(20, 200), None);
        assert_eq!(message(20).as_deref(), Some("record"));
        assert_eq!(message(65_000), None);
    }

    #[test]
    fn no_number_of_the_profile_panics() {
        let (mut messages, mut fields) = (0, 0);
        for of in 0..=450 {
            messages += usize::from(message(of).is_some());
            fields += (0..=255).filter(|number| field(of, *number).is_some()).count();
        }
        assert!(messages > 100 && fields > 1_000, "{messages} {fields}");
    }
}
