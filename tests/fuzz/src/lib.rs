//! The promises of `promises/` as a fuzzer calls them: each input has a second of CPU.

pub mod promises;

use std::sync::atomic::{AtomicU64, Ordering};

/// Nanoseconds of CPU that an input may take: unlike the clock on the wall, this does not depend
/// on who else is at work on the machine.
const MOST_NS: u64 = 1_000_000_000;

/// Longest that an input has taken.
static SLOWEST_NS: AtomicU64 = AtomicU64::new(20_000_000);

/// Runs the target of that name; panics where a promise is broken or it takes too long.
pub fn run(name: &str, bytes: &[u8]) {
    let known = promises::TARGETS.iter().find(|(known, _)| *known == name);
    let (_, hold) = known.expect("a target of that name");
    let before = cpu_ns();
    hold(bytes);
    let Some(took) = before.zip(cpu_ns()).map(|(from, to)| to.saturating_sub(from)) else {
        return;
    };
    if took > SLOWEST_NS.fetch_max(took, Ordering::Relaxed) {
        eprintln!("slowest: {:.3} s of CPU for {} bytes", took as f64 / 1e9, bytes.len());
    }
    assert!(took <= MOST_NS, "{:.3} s of CPU", took as f64 / 1e9);
}

/// What this thread has used; `None` where the system does not say.
fn cpu_ns() -> Option<u64> {
    let times = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    times.split(' ').next()?.parse().ok()
}
