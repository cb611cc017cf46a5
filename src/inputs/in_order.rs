//! Work spread over threads whose results come out in the order of what went in.

use std::sync::mpsc::sync_channel;

/// How far a worker may be ahead: enough that one long file does not stop the others.
const AHEAD: usize = 8;

/// Works on every item with so many threads and hands the results on in order. Ends early
/// where `hand_on` says no. At most `threads * 2 * AHEAD` items and results are held.
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
    if threads <= 1 {
        for item in items {
            if !hand_on(work(item)) {
                return;
            }
        }
        return;
    }
    std::thread::scope(|scope| {
        let (mut inlets, mut outlets) = (Vec::new(), Vec::new());
        for _ in 0..threads {
            let (inlet, tasks) = sync_channel::<T>(AHEAD);
            let (results, outlet) = sync_channel::<R>(AHEAD);
            let work = &work;
            scope.spawn(move || {
                for task in tasks {
                    if results.send(work(task)).is_err() {
                        return;
                    }
                }
            });
            inlets.push(inlet);
            outlets.push(outlet);
        }
        // items are dealt in turn, so the results are taken in turn
        scope.spawn(move || {
            for (item, inlet) in items.zip(inlets.iter().cycle()) {
                if inlet.send(item).is_err() {
                    return;
                }
            }
        });
        for outlet in outlets.iter().cycle() {
            let Ok(result) = outlet.recv() else { return };
            if !hand_on(result) {
                return;
            }
        }
    });
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
