//! A panic of a reference crate is told as what it is, and nobody hears of it otherwise.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static READING: Cell<bool> = const { Cell::new(false) };
}

/// Returns whether a reference crate is at work on this thread: a panic is the crate's, and is
/// caught. A panic hook that prints can be silent meanwhile.
pub fn is_reading() -> bool {
    READING.get()
}

/// Returns what a reference crate makes of something; `None` where it panics.
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    let before = READING.replace(true);
    let done = catch_unwind(AssertUnwindSafe(work)).ok();
    READING.set(before);
    done
}
