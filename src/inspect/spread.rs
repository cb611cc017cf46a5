//! What all values of one field come to: how many, the smallest, the largest, one or many.

use super::Field;

/// Different texts of a field that are kept, and characters of each. Ours: enough to see what a
/// field holds.
const MOST_TEXTS: usize = 5;
const TEXT_CHARS: usize = 60;
/// Decimals of a figure: a centimetre on the ground, in degrees.
const PER_ONE: f64 = 1e7;

/// The values of one field so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Spread {
    count: u64,
    bounds: Option<(f64, f64)>,
    texts: Vec<String>,
    more_texts: bool,
}

impl Spread {
    /// Takes in a value.
    pub(super) fn number(&mut self, value: f64) {
        self.count = self.count.saturating_add(1);
        self.bounds = Some(match self.bounds {
            Some((low, high)) => (low.min(value), high.max(value)),
            None => (value, value),
        });
    }

    /// Takes in a text, or a word that a number stands for.
    pub(super) fn text(&mut self, text: &str) {
        self.count = self.count.saturating_add(1);
        let shown = text.chars().take(TEXT_CHARS);
        if self.texts.iter().any(|known| known.chars().eq(shown.clone())) {
            return;
        }
        if self.texts.len() < MOST_TEXTS {
            self.texts.push(shown.collect());
        } else {
            self.more_texts = true;
        }
    }

    /// Takes in a date as it is written: the earliest and the latest are kept.
    pub(super) fn date(&mut self, text: &str) {
        self.count = self.count.saturating_add(1);
        match self.texts.as_mut_slice() {
            [] => self.texts.push(text.chars().take(TEXT_CHARS).collect()),
            [only] if text != only => {
                let later = usize::from(text > only.as_str());
                self.texts.insert(later, text.chars().take(TEXT_CHARS).collect());
            }
            [first, .., last] => {
                if text < first.as_str() {
                    *first = text.chars().take(TEXT_CHARS).collect();
                } else if text > last.as_str() {
                    *last = text.chars().take(TEXT_CHARS).collect();
                }
            }
            _ => {}
        }
    }

    /// Returns the values so far.
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    /// Returns the smallest and the largest number.
    pub(super) fn bounds(&self) -> Option<(f64, f64)> {
        self.bounds
    }

    /// Returns everything, with the name and the unit of the field.
    pub(super) fn told(&self, name: String, unit: String, used: bool) -> Field {
        let rounded = |value: f64| (value * PER_ONE).round() / PER_ONE;
        let finite = |value: f64| rounded(value).is_finite().then(|| rounded(value));
        let numbers_alike =
            self.bounds.is_none_or(|(low, high)| low.to_bits() == high.to_bits());
        let kinds = usize::from(self.bounds.is_some()) + self.texts.len();
        Field {
            name,
            number: None,
            application: None,
            unit,
            count: self.count,
            smallest: self.bounds.and_then(|(low, _)| finite(low)),
            largest: self.bounds.and_then(|(_, high)| finite(high)),
            texts: self.texts.clone(),
            more_texts: self.more_texts,
            constant: numbers_alike && kinds == 1 && !self.more_texts,
            used,
            meaning: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_one_value_from_many() {
        let mut spread = Spread::default();
        let told = |spread: &Spread| spread.told(String::new(), String::new(), false);
        assert!(!told(&spread).constant);
        spread.number(3.0);
        spread.number(3.0);
        assert!(told(&spread).constant);
        spread.number(-1.0);
        let field = told(&spread);
        assert_eq!((field.count, field.constant), (3, false));
        assert_eq!((field.smallest, field.largest), (Some(-1.0), Some(3.0)));
        let mut words = Spread::default();
        for word in ["a", "b", "a", "c", "d", "e", "f"] {
            words.text(word);
        }
        let field = told(&words);
        assert_eq!((field.count, field.texts.len(), field.more_texts), (7, 5, true));
    }
}
