//! Pairs of words over which no name goes on, so that the index is asked once for each.
//!
//! One place a pair, and a later pair takes the place of an earlier: what is forgotten is asked for again.

use super::vocabulary::NUMBER_BITS;

/// Pairs of words, by their numbers in the vocabulary, over which no name goes on, though one begins with the first: `of the`.
#[derive(Debug)]
pub(super) struct DeadEnds(Vec<u32>);

impl Default for DeadEnds {
    fn default() -> Self {
        Self(vec![0; Self::PAIRS])
    }
}

impl DeadEnds {
    /// Places, of a pair each; a quarter of a megabyte.
    const PAIRS: usize = 1 << 16;
    /// Bits of a pair, and those of them that its place does not tell.
    const PAIR_BITS: u32 = 2 * NUMBER_BITS;
    const TAG_BITS: u32 = Self::PAIR_BITS - Self::PAIRS.ilog2();

    /// Whether it is known that no name goes on over a pair.
    #[inline(always)]
    pub(super) fn has(&self, pair: u64) -> bool {
        let (place, tag) = Self::place(pair);
        self.0[place] == tag
    }

    /// Notes that none does.
    pub(super) fn add(&mut self, pair: u64) {
        let (place, tag) = Self::place(pair);
        self.0[place] = tag;
    }

    /// Where a pair stands, and what tells it from all others that would stand there: multiplying by an odd number mixes pairs, and makes no
    /// two the same.
    #[inline(always)]
    fn place(pair: u64) -> (usize, u32) {
        let mixed = pair.wrapping_mul(0x9E37_79B9_7F4A_7C15) & ((1 << Self::PAIR_BITS) - 1);
        let tag = mixed & ((1 << Self::TAG_BITS) - 1);
        ((mixed >> Self::TAG_BITS) as usize, tag as u32 + 1)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_pair_is_no_other(pairs in prop::collection::vec(0..1_u64 << DeadEnds::PAIR_BITS, 1..9), other in 0..1_u64 << DeadEnds::PAIR_BITS) {
            let mut dead_ends = DeadEnds::default();
            for &pair in &pairs {
                dead_ends.add(pair);
                prop_assert!(dead_ends.has(pair));
            }
            prop_assert!(!dead_ends.has(other) || pairs.contains(&other));
        }
    }
}
