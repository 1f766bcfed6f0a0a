//! What a ranked list is worth: recall and reciprocal rank, expected over all orders of what has the same score.
//!
//! A method that gives hundreds of places one score must not gain from the order in which they happen to stand, nor lose.

use std::fmt;

/// How far down a list is looked.
const DEPTH: usize = 5;

/// Sums over queries.
#[derive(Debug, Default)]
pub(crate) struct Measures {
    queries: f64,
    first: f64,
    within_depth: f64,
    reciprocal: f64,
}

impl Measures {
    /// Adds a query: its candidates with their scores, and whether each is right.
    pub(crate) fn add(&mut self, mut ranked: Vec<(f64, bool)>) {
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
        self.queries += 1.0;
        for (rank, chance) in chances(&ranked).into_iter().enumerate() {
            self.first += if rank == 0 { chance } else { 0.0 };
            self.within_depth += chance;
            self.reciprocal += chance / (rank + 1) as f64;
        }
    }

    /// The share of queries whose first candidate is right.
    pub(crate) fn recall_at_1(&self) -> f64 {
        self.first / self.queries
    }
}

impl fmt::Display for Measures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = |sum: f64| sum / self.queries;
        write!(f, "{:.3} | {:.3} | {:.3}", share(self.first), share(self.within_depth), share(self.reciprocal))
    }
}

/// For each of the first ranks the chance that the first right candidate stands there.
fn chances(ranked: &[(f64, bool)]) -> [f64; DEPTH] {
    let mut chances = [0.0; DEPTH];
    let mut rank = 0;
    for tied in ranked.chunk_by(|a, b| a.0 == b.0) {
        let right = tied.iter().filter(|candidate| candidate.1).count();
        // The chance that all tied ones before are wrong.
        let mut all_wrong = 1.0;
        for place in 0..tied.len().min(DEPTH.saturating_sub(rank)) {
            let left = (tied.len() - place) as f64;
            let is_right = right as f64 / left;
            chances[rank + place] = all_wrong * is_right.min(1.0);
            all_wrong *= 1.0 - is_right.min(1.0);
        }
        rank += tied.len();
        if right > 0 || rank >= DEPTH {
            break;
        }
    }
    chances
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_ties_the_first_right_one_counts() {
        assert_eq!(chances(&[(0.9, false), (0.8, true), (0.7, true)]), [0.0, 1.0, 0.0, 0.0, 0.0]);
        assert_eq!(chances(&[]), [0.0; DEPTH]);
    }

    #[test]
    fn ties_share_their_ranks() {
        assert_eq!(chances(&[(0.9, true), (0.9, false)]), [0.5, 0.5, 0.0, 0.0, 0.0]);
        assert_eq!(chances(&[(0.9, true), (0.9, true)]), [1.0, 0.0, 0.0, 0.0, 0.0]);
        let many: Vec<(f64, bool)> = (0..10).map(|at| (0.5, at == 7)).collect();
        assert!(chances(&many).iter().all(|chance| (chance - 0.1).abs() < 1e-12));
        // Of three tied, two are right: first at once in two cases of three, else second.
        let [first, second, ..] = chances(&[(0.5, false), (0.5, true), (0.5, true)]);
        assert!((first - 2.0 / 3.0).abs() < 1e-12 && (second - 1.0 / 3.0).abs() < 1e-12);
    }
}
