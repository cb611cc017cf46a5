//! One input to one line: pure, whatever the input does.

use crate::error::Error;
use crate::inputs::Input;
use crate::read::{self, Limits};
use crate::report::Report;
use crate::settings::Settings;
use crate::write::json::{
    FailedLine, Failure, Line, Refused, SCHEMA, ScoredLine, scored,
};

/// Scores an input. Never fails: what is wrong is the line. The same bytes and settings give
/// the same line on any machine.
///
/// ```
/// use hardlegs::{batch, inputs::Input, settings::Settings, write::json::Line};
/// let line = batch::score(Input::file("fixtures/fit/loop.fit"), &Settings::default());
/// assert!(matches!(line, Line::Scored(line) if line.activities.len() == 1));
/// let line = batch::score(Input::file("no/such/file"), &Settings::default());
/// assert!(matches!(line, Line::Failed(line) if line.error.code == "io"));
/// ```
pub fn score(input: Input, settings: &Settings) -> Line {
    let path = input.path.clone();
    match Error::caught(|| attempt(input, settings)) {
        Ok(line) => Line::Scored(line),
        Err(error) => Line::Failed(FailedLine {
            path,
            schema: SCHEMA,
            error: Failure {
                code: error.kind().code().to_owned(),
                message: error.message(),
            },
        }),
    }
}

fn attempt(input: Input, settings: &Settings) -> Result<ScoredLine, Error> {
    let limits = Limits::default();
    let (path, hint) = (input.path.clone(), input.hint.clone());
    let within = input.within(&limits);
    let bytes = input.into_bytes(&limits)?;
    let id = id(&bytes);
    let mut reading = read::bytes_with(&bytes, &within)?;
    hint.fill(&mut reading);
    reading.sport_is(settings.sport);
    let (mut activities, mut refused) = (Vec::new(), Vec::new());
    let mut first = None;
    let notices = &reading.notices;
    for (index, activity) in reading.activities.into_iter().enumerate() {
        let part = index + 1;
        match Report::consuming(activity, settings) {
            Ok(report) => {
                activities.push(scored(&report, &path, part, settings, notices));
            }
            Err(error) => {
                refused.push(Refused {
                    part,
                    code: error.kind().code().to_owned(),
                    message: error.message(),
                });
                first = first.or(Some(error));
            }
        }
    }
    match first {
        Some(error) if activities.is_empty() => Err(error),
        _ => Ok(ScoredLine {
            path,
            schema: SCHEMA,
            tool: env!("CARGO_PKG_VERSION").to_owned(),
            id,
            activities,
            refused,
        }),
    }
}

/// Returns what content is called: the same bytes have the same id, wherever they lie.
pub fn id(bytes: &[u8]) -> String {
    const DIGITS: usize = 32;
    blake3::hash(bytes).to_hex().chars().take(DIGITS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inputs::{Hint, Source};

    #[test]
    fn confines_a_panic_to_one_input() {
        let input = Input {
            path: "bad".to_owned(),
            source: Source::Bytes(read::PANICS.to_vec()),
            hint: Hint::default(),
        };
        let Line::Failed(line) = score(input, &Settings::default()) else {
            panic!("scored");
        };
        assert_eq!((line.path.as_str(), line.error.code.as_str()), ("bad", "internal"));
        let next = score(Input::file("fixtures/fit/loop.fit"), &Settings::default());
        assert!(matches!(next, Line::Scored(_)));
    }
}
