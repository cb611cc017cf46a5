//! Damaged places of a FIT file that were passed, and the notice that tells of them.

use super::messages::{Fault, Messages};
use super::recording::Recording;
use super::refusal::place;
use crate::read::NoticeKind;
use crate::read::notice::Notices;

/// Damaged places of a part that were passed.
#[derive(Default)]
pub(super) struct Damage {
    places: u64,
    bytes: usize,
    first: Option<(Fault, u64)>,
    /// Whether the part was read from its first byte again, as a definition may be damaged.
    restarted: bool,
}

impl Damage {
    /// Skips to where messages go on behind a fault; `false` where they do not.
    pub(super) fn skip(
        &mut self,
        fault: Fault,
        record: u64,
        messages: &mut Messages<'_>,
        recording: &Recording,
        search_left_bytes: &mut usize,
    ) -> bool {
        let damaged = messages.before(fault);
        let mut found =
            messages.resume_after(damaged, recording.last_stamp(), search_left_bytes);
        if recording.points() == 0 && !self.restarted {
            // a definition may be damaged that swallows others: from the first byte, and whichever
            // is nearer
            self.restarted = true;
            let restarted = messages.restarted();
            let earlier = restarted.resume_after(0, None, search_left_bytes);
            if let Some(at) = earlier.filter(|at| found.is_none_or(|found| *at < found)) {
                (*messages, found) = (restarted, Some(at));
            }
        }
        let Some(at) = found else { return false };
        messages.go_to(at);
        self.first.get_or_insert((fault, record));
        self.places = self.places.saturating_add(1);
        self.bytes = self.bytes.saturating_add(at.saturating_sub(damaged));
        true
    }

    pub(super) fn tell(self, notices: &mut Notices) {
        let Some((fault, record)) = self.first else { return };
        let words = format!(
            "{}: damaged here, {} bytes skipped to where messages go on",
            place(fault.byte, record),
            self.bytes
        );
        notices.note_apart(NoticeKind::Damaged, self.places, words);
    }
}
