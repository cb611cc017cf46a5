//! Where the messages go on behind a damaged place: from where several in a row can be believed.

use super::clock::FIRST_DATE;
use super::messages::{Definition, Message, Messages};

/// Bytes of a file that are searched at the most, over all its damaged places. Ours: half a day of
/// records, and a second of work at the worst.
pub const SEARCHED_BYTES: usize = 1 << 20;
/// Messages with a time that must follow each other: by chance one place in a billion has them.
const MESSAGES_NEEDED: usize = 3;
/// Messages in which these must come: definitions and summaries lie in between.
const MESSAGES_TRIED: usize = 8;
/// Messages by which places near each other are compared: records read a few bytes aside look
/// like records, too, for as long as their bytes change slowly.
const MESSAGES_COMPARED: usize = 32;
/// Bytes behind the first place that can be believed, within which the true one lies.
const NEAR: usize = 255;
/// Seconds that one may be later than the one before, and earlier, where devices write events
/// afterwards.
const LATER_S: u32 = 86_400;
const EARLIER_S: u32 = 60;
/// Fields of a definition. Ours: a session of today has some seventy.
const MOST_FIELDS: usize = 128;

impl Messages<'_> {
    /// Returns the first place behind a damaged one, from which messages can be believed; `after`
    /// is the last stamp, where there is one. `left` are the bytes that may still be searched.
    pub(super) fn resume_after(
        &self,
        damaged: usize,
        after: Option<u32>,
        left: &mut usize,
    ) -> Option<usize> {
        let from = damaged.saturating_add(1);
        let end = from.saturating_add(*left).min(self.size());
        let found = (from..end).find(|at| self.chain_at(*at, after).is_some());
        let looked_to = found.map_or(end, |at| at.saturating_add(NEAR).min(end));
        *left = left.saturating_sub(looked_to.saturating_sub(from));
        let chains = (found?..looked_to.max(found?.saturating_add(1)))
            .filter_map(|at| Some((self.chain_at(at, after)?, at)));
        chains.min().map(|(_, at)| at)
    }

    /// Returns the messages that begin at this place, if they can be believed.
    fn chain_at(&self, at: usize, mut after: Option<u32>) -> Option<Chain> {
        if !self.may_begin_at(at) {
            return None;
        }
        let mut trial = self.clone();
        trial.go_to(at);
        let (mut believed, mut first) = (0_usize, None);
        for looked in 0..MESSAGES_COMPARED {
            if looked == MESSAGES_TRIED && believed < MESSAGES_NEEDED {
                return None;
            }
            match trial.next() {
                Some(Ok(Message::Defined { definition, .. }))
                    if is_plausible(&definition) => {}
                Some(Ok(Message::Data { local, body, .. })) => {
                    let Some(stamp) = trial.stamp(local, body) else { continue };
                    if !may_follow(stamp, after) {
                        break;
                    }
                    after = Some(stamp);
                    first = first.or(Some(stamp));
                    believed = believed.saturating_add(1);
                }
                // the end of the file is no fault of the place
                None => {
                    believed = if believed >= MESSAGES_NEEDED {
                        MESSAGES_COMPARED
                    } else {
                        believed
                    };
                    break;
                }
                Some(Ok(Message::Defined { .. }) | Err(_)) => break,
            }
        }
        let span_s = after?.saturating_sub(first?);
        (believed >= MESSAGES_NEEDED).then_some(Chain {
            unbelieved: MESSAGES_COMPARED.saturating_sub(believed),
            // a clock that stands is none
            span_s: if span_s == 0 { u32::MAX } else { span_s },
        })
    }
}

/// How far messages in a row can be believed: the less, the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Chain {
    unbelieved: usize,
    span_s: u32,
}

/// Whether a message may have this stamp after one of that.
fn may_follow(stamp: u32, after: Option<u32>) -> bool {
    let near = |after: u32| {
        stamp.saturating_add(EARLIER_S) >= after && stamp <= after.saturating_add(LATER_S)
    };
    stamp >= FIRST_DATE && stamp != u32::MAX && after.is_none_or(near)
}

/// Whether a device writes such a definition.
fn is_plausible(definition: &Definition<'_>) -> bool {
    const TYPES: [u8; 17] = [1, 1, 1, 2, 2, 4, 4, 1, 4, 8, 1, 2, 4, 1, 8, 8, 8];
    let mut fields: usize = 0;
    let sound = definition.fields().all(|field| {
        fields = fields.saturating_add(1);
        let bytes = TYPES.get(usize::from(field.base & 0x1F)).copied().unwrap_or(0);
        field.base & 0x60 == 0
            && field.size > 0
            && field.size.checked_rem(bytes) == Some(0)
            && (field.number != super::profile::TIMESTAMP || field.size == 4)
    });
    sound && (1..=MOST_FIELDS).contains(&fields) && !definition.unusual
}
