//! Recordings gathered into outings, each with how far its clock is ahead of the others'.

/// A forest of recordings: those of one outing hang from one root. It holds a few bytes a
/// recording, however many pairs were gathered.
pub(super) struct Outings {
    nodes: Vec<Node>,
}

#[derive(Clone, Copy)]
struct Node {
    above: usize,
    /// Seconds by which its clock is ahead of the one above; 0 at a root.
    ahead_s: i64,
    /// Recordings below a root, itself too.
    size: usize,
}

impl Outings {
    /// Returns each recording an outing of its own.
    pub(super) fn apart(recordings: usize) -> Outings {
        let alone = |at| Node { above: at, ahead_s: 0, size: 1 };
        Outings { nodes: (0..recordings).map(alone).collect() }
    }

    /// Returns the outing of a recording, and by how much its clock is ahead of that of the
    /// outing's root. The way up is cut short for the next one who asks.
    pub(super) fn of(&mut self, at: usize) -> (usize, i64) {
        let (mut root, mut ahead_s) = (at, 0);
        while self.nodes[root].above != root {
            ahead_s += self.nodes[root].ahead_s;
            root = self.nodes[root].above;
        }
        let (mut below, mut left_s) = (at, ahead_s);
        while self.nodes[below].above != root && below != root {
            let Node { above, ahead_s, .. } = self.nodes[below];
            self.nodes[below] = Node { above: root, ahead_s: left_s, size: 1 };
            (below, left_s) = (above, left_s - ahead_s);
        }
        (root, ahead_s)
    }

    /// Two are of one outing, and so is what is with either: like of like is like. The clock
    /// of `b` is ahead of that of `a` by so many seconds.
    pub(super) fn unite(&mut self, a: usize, b: usize, ahead_s: i64) {
        let ((root_a, clock_a), (root_b, clock_b)) = (self.of(a), self.of(b));
        if root_a == root_b {
            return;
        }
        let b_ahead_s = clock_a + ahead_s - clock_b;
        let size = self.nodes[root_a].size + self.nodes[root_b].size;
        let (into, from, ahead_s) = if self.nodes[root_a].size >= self.nodes[root_b].size
        {
            (root_a, root_b, b_ahead_s)
        } else {
            (root_b, root_a, -b_ahead_s)
        };
        self.nodes[from] = Node { above: into, ahead_s, size: 1 };
        self.nodes[into].size = size;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_clocks_up_along_a_chain() {
        const LONG: usize = 100_000;
        let mut outings = Outings::apart(LONG + 1);
        for at in 1..LONG {
            outings.unite(at - 1, at, 1800);
        }
        let (first, last) = (outings.of(0), outings.of(LONG - 1));
        assert_eq!(first.0, last.0);
        assert_eq!(last.1 - first.1, 1800 * (i64::try_from(LONG).unwrap() - 1));
        assert_ne!(outings.of(LONG).0, first.0);
        // what is known already changes nothing
        outings.unite(0, LONG - 1, 0);
        assert_eq!(outings.of(LONG - 1).1 - outings.of(0).1, last.1 - first.1);
    }
}
