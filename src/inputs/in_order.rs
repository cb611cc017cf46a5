//! Work spread over threads whose results come out in the order of what went in.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread::Builder;

use crate::inputs::Input;
use crate::inputs::memory::{MEMORY_BYTES, MemoryBudget, Share, needed_bytes};

/// Items that are begun for each worker before their turn to be handed on: enough that one long
/// file does not stop the others.
const AHEAD: usize = 16;

/// Works on every input with so many threads and hands the results on in order. Ends early
/// where `hand_on` says no. Where the system starts fewer threads, those do it, at worst this one.
/// Inputs that need more than [`MEMORY_BYTES`] together wait for each other, and a little over
/// `threads * AHEAD` inputs and results are held.
///
/// ```
/// use hardlegs::inputs::{in_order, under};
/// let mut paths = Vec::new();
/// in_order(
///     under("fixtures/fit".as_ref()),
///     4,
///     |input| input.path,
///     |path| { paths.push(path); true },
/// );
/// assert!(paths.is_sorted() && paths.len() == 7);
/// ```
pub fn in_order<T: AsRef<Input> + Send, R: Send>(
    inputs: impl Iterator<Item = T> + Send,
    threads: usize,
    work: impl Fn(T) -> R + Sync,
    hand_on: impl FnMut(R) -> bool,
) {
    let needs = |item: &T| needed_bytes(item.as_ref());
    within_budget(
        inputs,
        threads,
        (&MemoryBudget::of(MEMORY_BYTES), needs),
        work,
        hand_on,
    );
}

/// Does the same as [`in_order`] with anything: `needs` says what each item takes of a shared budget.
fn within_budget<T: Send, R: Send>(
    items: impl Iterator<Item = T> + Send,
    threads: usize,
    (budget, needs): (&MemoryBudget, impl Fn(&T) -> u64 + Sync),
    work: impl Fn(T) -> R + Sync,
    mut hand_on: impl FnMut(R) -> bool,
) {
    // the dealing thread takes them, or, where none can be had, this one
    let items = Mutex::new(Some(items));
    let rest = || items.lock().ok().and_then(|mut items| items.take());
    let dealt =
        threads > 1 && dealt(&rest, threads, (budget, &needs), &work, &mut hand_on);
    if !dealt && let Some(items) = rest() {
        for item in items {
            if !hand_on(work(item)) {
                return;
            }
        }
    }
}

/// An item, its share of the budget, and where its result goes.
type Dealt<'b, T, R> = (T, Share<'b>, SyncSender<R>);

/// Works on one item after another until none is left or nobody wants results.
fn work_off<T, R>(dealt: &Mutex<Receiver<Dealt<'_, T, R>>>, work: &impl Fn(T) -> R) {
    loop {
        let item = match dealt.lock() {
            Ok(dealt) => dealt.recv(),
            Err(_) => return,
        };
        let Ok((item, share, outlet)) = item else { return };
        let result = work(item);
        drop(share);
        if outlet.send(result).is_err() {
            return;
        }
    }
}

/// Deals the items out to so many threads, or as many as there can be; `false` where there can
/// be none, and nothing was taken.
fn dealt<T: Send, R: Send, I: Iterator<Item = T> + Send>(
    items: &(impl Fn() -> Option<I> + Sync),
    threads: usize,
    (budget, needs): (&MemoryBudget, &(impl Fn(&T) -> u64 + Sync)),
    work: &(impl Fn(T) -> R + Sync),
    hand_on: &mut impl FnMut(R) -> bool,
) -> bool {
    std::thread::scope(|scope| {
        // whoever is free takes the next item; where its result will come stands in the order,
        // the budget is given in that order, too, so that none waits for ever
        let (deal, items_dealt) = sync_channel::<Dealt<'_, T, R>>(threads);
        let (queue, in_turn) = sync_channel::<Receiver<R>>(threads * AHEAD);
        let items_dealt = Arc::new(Mutex::new(items_dealt));
        let mut workers = 0;
        for _ in 0..threads {
            let items_dealt = Arc::clone(&items_dealt);
            let worker =
                Builder::new().spawn_scoped(scope, move || work_off(&items_dealt, work));
            // a container may allow no more: those that are there go on
            if worker.is_err() {
                break;
            }
            workers += 1;
        }
        // the workers alone hold it: where all have ended, so does the dealing
        drop(items_dealt);
        if workers == 0 {
            return false;
        }
        let dealer = Builder::new().spawn_scoped(scope, move || {
            for item in items().into_iter().flatten() {
                let (outlet, result) = sync_channel(1);
                if queue.send(result).is_err() {
                    return;
                }
                let share = budget.wait_for(needs(&item));
                if deal.send((item, share, outlet)).is_err() {
                    return;
                }
            }
        });
        if dealer.is_err() {
            return false;
        }
        for result in in_turn {
            let Ok(result) = result.recv() else { return true };
            if !hand_on(result) {
                return true;
            }
        }
        true
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    /// Does the same with anything, where nothing needs a budget.
    fn in_order<T: Send, R: Send>(
        items: impl Iterator<Item = T> + Send,
        threads: usize,
        work: impl Fn(T) -> R + Sync,
        hand_on: impl FnMut(R) -> bool,
    ) {
        within_budget(items, threads, (&MemoryBudget::of(0), |_: &T| 0), work, hand_on);
    }

    #[test]
    fn works_on_no_more_than_memory_allows() {
        let (held, most) = (Mutex::new(0_u64), Mutex::new(0_u64));
        let mut seen = Vec::new();
        let work = |needs: u64| {
            let now = {
                let mut held = held.lock().unwrap();
                *held += needs.min(100);
                *held
            };
            let mut most = most.lock().unwrap();
            *most = now.max(*most);
            drop(most);
            std::thread::sleep(Duration::from_micros(needs * 7919 % 300));
            *held.lock().unwrap() -= needs.min(100);
            needs
        };
        // some need more than there is: they are worked on alone
        let items = (0..300_u64).map(|n| n * 7919 % 130);
        within_budget(
            items.clone(),
            7,
            (&MemoryBudget::of(100), |needs: &u64| *needs),
            work,
            |needs| {
                seen.push(needs);
                true
            },
        );
        assert_eq!(seen, items.collect::<Vec<_>>());
        let most = most.into_inner().unwrap();
        assert!((90..=100).contains(&most), "{most}");
    }

    #[test]
    fn leaves_nobody_waiting_when_the_reader_stops() {
        for stop in [1, 3, 20] {
            let mut seen = 0;
            within_budget(
                0..100,
                3,
                (&MemoryBudget::of(10), |_: &u32| 9),
                |n| n,
                |_| {
                    seen += 1;
                    seen < stop
                },
            );
            assert_eq!(seen, stop);
        }
    }

    #[test]
    fn keeps_the_order_however_long_each_takes() {
        let mut seen = Vec::new();
        let slow = |n: u64| {
            std::thread::sleep(Duration::from_micros(n * 7919 % 300));
            n
        };
        in_order(0..500, 7, slow, |n| {
            seen.push(n);
            true
        });
        assert_eq!(seen, (0..500).collect::<Vec<_>>());
    }

    #[test]
    fn keeps_workers_busy_while_there_is_work() {
        // every other item is long: dealt in turn, one of two workers would get all of them
        let busy = Mutex::new(std::collections::HashSet::new());
        let work = |long: bool| {
            if long {
                std::thread::sleep(Duration::from_millis(4));
                busy.lock().unwrap().insert(std::thread::current().id());
            }
        };
        in_order([true, false].into_iter().cycle().take(200), 2, work, |()| true);
        assert_eq!(busy.into_inner().unwrap().len(), 2);
    }

    #[test]
    fn ends_where_nobody_listens() {
        for threads in [1, 3] {
            let mut seen = 0;
            in_order(
                0..,
                threads,
                |n: u32| n,
                |_| {
                    seen += 1;
                    seen < 10
                },
            );
            assert_eq!(seen, 10);
        }
    }
}
