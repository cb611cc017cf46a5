//! Words in lines of a width.

/// How wide lines may be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fold {
    columns: usize,
}

/// Narrowest width that lines are made for, and the widest that sentences take.
const NARROWEST: usize = 30;
const WIDEST: usize = 100;
/// Below so many columns, words stand below their figures instead of beside them.
const BESIDE_FROM: usize = 64;

/// Stands between two parts of a line.
const JOINT: &str = " · ";

impl Fold {
    pub(super) fn at(columns: usize) -> Fold {
        Fold { columns: columns.clamp(NARROWEST, WIDEST) }
    }

    pub(super) fn is_narrow(self) -> bool {
        self.columns < BESIDE_FROM
    }

    /// Parts one after another behind a lead, parted by dots; what has no room goes on below the
    /// first. Ends with a newline.
    pub(super) fn lead(self, lead: &str, parts: &[String]) -> String {
        let indent = lead.chars().count().min(self.columns / 2);
        let (mut out, mut used) = (lead.to_owned(), lead.chars().count());
        let mut begun = false;
        for part in parts {
            let length = JOINT.chars().count() + part.chars().count();
            if begun && used + length > self.columns {
                next_line(&mut out, &mut used, indent);
                begun = false;
            } else if begun {
                out.push_str(JOINT);
                used += JOINT.chars().count();
            }
            // a part that is longer than a line is broken between its words
            for (word_at, word) in part.split(' ').enumerate() {
                let space = usize::from(word_at > 0);
                let words = word.chars().count();
                if used + space + words > self.columns && (word_at > 0 || begun) {
                    next_line(&mut out, &mut used, indent);
                } else if word_at > 0 {
                    out.push(' ');
                    used += 1;
                }
                out.push_str(word);
                used += words;
            }
            begun = true;
        }
        out.truncate(out.trim_end().len());
        out.push('\n');
        out
    }
}

/// Goes on in the next line, below its first part.
fn next_line(out: &mut String, used: &mut usize, indent: usize) {
    out.truncate(out.trim_end().len());
    out.push('\n');
    out.push_str(&" ".repeat(indent));
    *used = indent;
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn folds_lines_without_losing_a_word(
            columns in 30_usize..120,
            parts in prop::collection::vec("[a-z]{1,9}( [a-z]{1,9}){0,6}", 1..8),
        ) {
            let out = Fold::at(columns).lead(" lead: ", &parts);
            for line in out.lines() {
                prop_assert!(line.chars().count() <= columns, "{}", line);
                prop_assert!(line == line.trim_end());
            }
            let words = |text: &str| -> Vec<String> {
                let word = |w: &&str| !w.is_empty() && *w != "·";
                text.split(char::is_whitespace).filter(word).map(str::to_owned).collect()
            };
            let told: Vec<String> = words(&out).into_iter().skip(1).collect();
            prop_assert_eq!(told, words(&parts.join(" ")));
        }
    }
}
