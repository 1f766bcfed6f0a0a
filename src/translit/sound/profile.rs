//! Profiles: which groups of sounds an outline has, and how many symbols, to tell in some ten instructions that two outlines are far apart.
//!
//! An edit takes away at most one group, brings at most one, and changes the length by at most one. A lookup meets thousands of
//! outlines, wants the likest two hundred, and need not compare those that a profile tells are further than the last of them. Nothing
//! is lost so: a profile never says more edits than there are.

use super::outline::{GROUP_SOUNDS, GROUPS};

/// The groups of an outline, a bit each, and its length; never zero, which says that a place is empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Profile(u32);

impl Profile {
    const LENGTH_SHIFT: u32 = 16;
    const HAS_WORDS: u32 = 1 << 30;
    const IS_KNOWN: u32 = 1 << 31;
    /// Sounds that are in no group share a bit.
    const OTHER: u8 = 15;

    pub(super) fn of(symbols: &[u8], has_words: bool) -> Self {
        // Symbols that the comparison takes for one are one here as well: a digit may be like a group.
        let bit = |symbol: u8| (symbol % GROUPS as u8).min(Self::OTHER);
        let groups = symbols.iter().fold(0, |groups, &symbol| groups | 1 << bit(symbol));
        let words = if has_words { Self::HAS_WORDS } else { 0 };
        Self(groups | (symbols.len() as u32) << Self::LENGTH_SHIFT | words | Self::IS_KNOWN)
    }

    /// The profile as a number, and again from it.
    pub(crate) fn number(self) -> u32 {
        self.0
    }

    pub(crate) fn of_number(number: u32) -> Option<Self> {
        (number & Self::IS_KNOWN != 0).then_some(Self(number))
    }

    fn len(self) -> usize {
        (self.0 >> Self::LENGTH_SHIFT) as usize % LENGTHS
    }

    /// Whether words of the outline may be a name by themselves.
    fn has_words(self) -> bool {
        self.0 & Self::HAS_WORDS != 0
    }
}

const _: () = assert!(GROUP_SOUNDS.len() == Profile::OTHER as usize);

/// More than the longest outline.
const LENGTHS: usize = 64;

/// A pattern whose profile many others are compared with.
#[derive(Clone, Debug)]
pub(super) struct ProfilePattern {
    length: usize,
    /// Of the lower and the upper eight groups of another: how many of ours it lacks, and above them how many it has that are not ours.
    apart: [[u16; 256]; 2],
    /// How many edits to an outline of each length are few enough; less than none where the length alone says that it is too far.
    enough: [i8; LENGTHS],
}

impl ProfilePattern {
    const EXTRA: u16 = 1 << 8;

    pub(super) fn new(symbols: &[u8]) -> Self {
        let ours = Profile::of(symbols, false).0 as u16;
        let table = |half: usize| {
            let ours = ours >> (8 * half) & 0xFF;
            std::array::from_fn(|theirs: usize| {
                let theirs = theirs as u16;
                (ours & !theirs).count_ones() as u16 + Self::EXTRA * (theirs & !ours).count_ones() as u16
            })
        };
        Self { length: symbols.len(), apart: [table(0), table(1)], enough: [i8::MAX; LENGTHS] }
    }

    /// From now on only outlines count that are more alike than `least`, if a whole match is worth `share`.
    pub(super) fn ask_for(&mut self, share: f32, least: f32) {
        for (other, enough) in self.enough.iter_mut().enumerate() {
            let longer = self.length.max(other);
            let is_enough = |&edits: &usize| share * (1.0 - edits as f32 / longer as f32) > least;
            *enough = (0..=longer).rev().find(is_enough).map_or(-1, |edits| edits as i8);
        }
    }

    /// Whether an outline of this profile may be alike enough.
    #[inline]
    pub(super) fn may_be_like(&self, other: Profile) -> bool {
        let [low, high] = &self.apart;
        let apart = low[(other.0 & 0xFF) as usize] + high[(other.0 >> 8 & 0xFF) as usize];
        let (lacking, extra) = (apart % Self::EXTRA, apart / Self::EXTRA);
        // A word of the outline has no more groups than the whole, maybe fewer, and is no longer.
        let edits = if other.has_words() { lacking } else { lacking.max(extra) };
        i16::from(self.enough[other.len()]) >= edits as i16
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::{Outline, OutlineQuery};

    proptest! {
        /// The plain comparison is the oracle.
        #[test]
        fn what_a_profile_refuses_is_not_alike_enough(
            query in "[a-z]{1,9}( [a-z]{2,9}| şəhəri)?|[א-ת]{2,8}",
            text in "[a-zəşç7]{0,12}([ -][a-z]{1,9})?",
            least in -1.0f32..1.0,
        ) {
            let (mut wanted, outline) = (OutlineQuery::new(&Outline::of(&query)), Outline::of(&text));
            wanted.ask_for(least);
            if !wanted.may_be_like(outline.profile()) {
                prop_assert!(wanted.similarity(&outline, -1.0) <= least);
            }
        }
    }
}
