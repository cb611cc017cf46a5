//! CPU time of this thread, and what one child took: time and memory.

use std::process::{Command, Stdio};
use std::time::Instant;

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;
use nix::time::{ClockId, clock_gettime};

use crate::Failure;

/// Nanoseconds that this thread has computed.
pub fn thread_ns() -> Result<i64, Failure> {
    Ok(clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID)?.num_nanoseconds())
}

/// Runs a program and says on standard output what it took: CPU s, wall s, most memory in
/// KiB. A process of its own for each run, because the kernel adds up all children.
pub fn once(program: &str, arguments: &[&str]) -> Result<(), Failure> {
    let begin = Instant::now();
    let status = Command::new(program).args(arguments).stdout(Stdio::null()).status()?;
    let wall_s = begin.elapsed().as_secs_f64();
    if !status.success() {
        return Err(format!("{program} {}: {status}", arguments.join(" ")).into());
    }
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let cpu_us = (usage.user_time() + usage.system_time()).num_microseconds();
    println!("{:.6}\t{wall_s:.6}\t{}", cpu_us as f64 / 1e6, usage.max_rss());
    Ok(())
}
