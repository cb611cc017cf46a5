//! Work spread over threads whose results come out in the order of what went in.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::thread::Builder;

/// Items that are begun for each worker before their turn to be handed on: enough that one long
/// file does not stop the others.
const AHEAD: usize = 16;

/// Works on every item with so many threads and hands the results on in order. Ends early
/// where `hand_on` says no. Where the system starts fewer threads, those do it, at worst this one.
/// A little over `threads * AHEAD` items and results are held.
///
/// ```
/// use hardlegs::inputs::in_order;
/// let mut squares = Vec::new();
/// in_order(0..100_u32, 4, |n| n * n, |square| { squares.push(square); true });
/// assert!(squares.is_sorted() && squares.len() == 100);
/// ```
pub fn in_order<T: Send, R: Send>(
    items: impl Iterator<Item = T> + Send,
    threads: usize,
    work: impl Fn(T) -> R + Sync,
    mut hand_on: impl FnMut(R) -> bool,
) {
    // the dealing thread takes them, or, where none can be had, this one
    let items = Mutex::new(Some(items));
    let rest = || items.lock().ok().and_then(|mut items| items.take());
    let dealt = threads > 1 && dealt(&rest, threads, &work, &mut hand_on);
    if !dealt && let Some(items) = rest() {
        for item in items {
            if !hand_on(work(item)) {
                return;
            }
        }
    }
}

/// Deals the items out to so many threads, or as many as there can be; `false` where there can
/// be none, and nothing was taken.
fn dealt<T: Send, R: Send, I: Iterator<Item = T> + Send>(
    items: &(impl Fn() -> Option<I> + Sync),
    threads: usize,
    work: &(impl Fn(T) -> R + Sync),
    hand_on: &mut impl FnMut(R) -> bool,
) -> bool {
    std::thread::scope(|scope| {
        // whoever is free takes the next item; where its result will come stands in the order
        let (deal, items_dealt) = sync_channel::<(T, SyncSender<R>)>(threads);
        let (queue, in_turn) = sync_channel::<Receiver<R>>(threads * AHEAD);
        let items_dealt = Arc::new(Mutex::new(items_dealt));
        let mut workers = 0;
        for _ in 0..threads {
            let items_dealt = Arc::clone(&items_dealt);
            let worker = Builder::new().spawn_scoped(scope, move || {
                loop {
                    let item = match items_dealt.lock() {
                        Ok(dealt) => dealt.recv(),
                        Err(_) => return,
                    };
                    let Ok((item, outlet)) = item else { return };
                    if outlet.send(work(item)).is_err() {
                        return;
                    }
                }
            });
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
                if queue.send(result).is_err() || deal.send((item, outlet)).is_err() {
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

    #[test]
    fn order_holds_however_long_each_takes() {
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
    fn no_worker_waits_while_there_is_work() {
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
    fn it_ends_where_nobody_listens() {
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
