//! Skeletons: the families of a spelling's consonants, by which names that may sound alike are found without comparing all.
//!
//! Vowels come and go, and `v`, `j` and `h` with them; a `k` becomes a `g` or an `x`, seldom a `t`. What is left of a reading
//! is a short string over seven families, packed in a number: three bits a family, the first in the upper bits, so that
//! skeletons in order are in the order of their beginnings. Equal neighbours are one, since doubled letters are. A spelling
//! has as many skeletons as its likely readings differ in.

use super::Cost;
use super::SILENCE;
use super::sounding::{MAX_NODES, NO_READING, Sounding};
use super::table::{FAMILIES, SOUNDS, SPACE, TABLE};

/// Most families of a skeleton; the rest of a longer name is cut off.
pub(crate) const MAX_FAMILIES: usize = 10;
/// Most skeletons of a node that are followed.
const MAX_PARTIAL: usize = 24;
/// A word of fewer families is no name by itself.
const MIN_WORD_FAMILIES: usize = 2;

/// The packed skeleton of a reading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Skeleton(pub(crate) u32);

impl Skeleton {
    const BITS: usize = 3;

    /// How many families it has.
    #[inline]
    pub(crate) fn len(self) -> usize {
        if self.0 == 0 { 0 } else { MAX_FAMILIES - self.0.trailing_zeros() as usize / Self::BITS }
    }

    /// The first skeleton that begins like this one, and the first after it that doesn't: in half of the families, three at least.
    pub(crate) fn beginning(self) -> (Self, Self) {
        let shared = (self.len() / 2 + 1).clamp(3, MAX_FAMILIES);
        let shift = Self::BITS * (MAX_FAMILIES - shared);
        let start = self.0 >> shift << shift;
        (Self(start), Self(start + (1 << shift)))
    }

    fn family(self, at: usize) -> u32 {
        self.0 >> Self::shift(at) & 7
    }

    /// How far to the left a family lies.
    fn shift(at: usize) -> usize {
        Self::BITS * (MAX_FAMILIES - 1 - at)
    }

    /// The families before one, and those from it on.
    fn split(self, at: usize) -> (u32, u32) {
        let from = self.0 & ((1 << (Self::BITS * (MAX_FAMILIES - at))) - 1);
        (self.0 ^ from, from)
    }

    /// The skeleton with one more family at the end, unless it ends with it.
    fn with(self, family: u32) -> Self {
        let length = self.len();
        if length == MAX_FAMILIES || (length > 0 && self.family(length - 1) == family) {
            return self;
        }
        Self(self.0 | family << Self::shift(length))
    }

    fn without(self, at: usize) -> Self {
        let (before, from) = self.split(at);
        let family = self.family(at) << Self::shift(at);
        Self(before | (from ^ family) << Self::BITS)
    }

    /// Without the family at a place if the one before it is the same.
    fn merged(self, at: usize) -> Self {
        let is_double = (1..MAX_FAMILIES).contains(&at) && self.family(at - 1) == self.family(at);
        if is_double { self.without(at) } else { self }
    }

    fn replaced(self, at: usize, family: u32) -> Self {
        Self(self.0 & !(7 << Self::shift(at)) | family << Self::shift(at))
    }

    /// With a family before the one at a place; the last of the most falls off.
    fn put_in(self, at: usize, family: u32) -> Self {
        let (before, from) = self.split(at);
        Self(before | family << Self::shift(at) | from >> Self::BITS)
    }

    fn swapped(self, at: usize) -> Self {
        let swapped = self.replaced(at - 1, self.family(at)).replaced(at, self.family(at - 1));
        swapped.merged(at + 1).merged(at - 1)
    }

    /// Calls `each` with every skeleton that is one family away: one left out, taken for another, put in, or two that changed places.
    ///
    /// A skeleton of fewer than `least_for_another` families has none taken for another: too little would be left.
    pub(crate) fn neighbours(self, least_for_another: usize, mut each: impl FnMut(Skeleton)) {
        let length = self.len();
        let is_at = |at: Option<usize>, family: u32| at.is_some_and(|at| at < length && self.family(at) == family);
        for at in 0..length {
            // What is taken for its neighbour is left out.
            each(self.without(at).merged(at));
            let others = if length < least_for_another { 1..1 } else { 1..FAMILIES as u32 };
            let is_beside = |other| is_at(at.checked_sub(1), other) || is_at(Some(at + 1), other);
            for other in others.filter(|&other| other != self.family(at) && !is_beside(other)) {
                each(self.replaced(at, other));
            }
        }
        (1..length).for_each(|at| each(self.swapped(at)));
        for at in 0..(length + 1).min(MAX_FAMILIES) {
            let is_beside = |other| is_at(at.checked_sub(1), other) || is_at(Some(at), other);
            for other in (1..FAMILIES as u32).filter(|&other| !is_beside(other)) {
                each(self.put_in(at, other));
            }
        }
    }
}

impl Sounding {
    /// Adds the skeletons of the readings whose penalties are at most `penalty`: of the whole, and of each of several words that
    /// may be the name by itself.
    pub(crate) fn skeletons(&self, penalty: Cost, found: &mut Vec<Skeleton>) {
        let last = self.letters.len();
        self.whole_skeletons(penalty, found);
        let mut start = 0;
        for word in self.letters.split(|&c| c == SPACE) {
            let end = start + word.len();
            if word.len() < last && !TABLE.words.contains_key(word) {
                let before = found.len();
                self.paths(start, end, penalty, found);
                let mut at = 0;
                found.retain(|skeleton| {
                    at += 1;
                    at <= before || skeleton.len() >= MIN_WORD_FAMILIES
                });
            }
            start = end + 1;
        }
        found.sort_unstable();
        found.dedup();
    }

    /// Adds the skeletons of the readings of the whole.
    pub(crate) fn whole_skeletons(&self, penalty: Cost, found: &mut Vec<Skeleton>) {
        self.paths(0, self.letters.len(), penalty, found);
    }

    /// Adds the skeletons of the letters between two gaps.
    fn paths(&self, from: usize, to: usize, penalty: Cost, found: &mut Vec<Skeleton>) {
        let (Some(&first), Some(&last)) = (self.gaps.get(from), self.gaps.get(to)) else {
            return;
        };
        let (first, last) = (usize::from(first), usize::from(last));
        let mut partial: Vec<Vec<(Skeleton, Cost)>> = vec![Vec::new(); MAX_NODES];
        partial[first].push((Skeleton::default(), 0));
        for node in first..last {
            let here = std::mem::take(&mut partial[node]);
            // The usual reading costs nothing here, or a name with letters that have no cheap reading would have no skeleton.
            let readings = || self.edges_of(node).iter().filter(|edge| edge.reading != NO_READING);
            let usual = readings().map(|edge| edge.penalty).min().unwrap_or(0);
            for edge in readings() {
                for &(skeleton, so_far) in &here {
                    let total = so_far + edge.penalty - usual;
                    if total <= penalty {
                        let family = family(edge.sound);
                        let next = if family == 0 { skeleton } else { skeleton.with(family) };
                        keep(&mut partial[usize::from(edge.to)], next, total);
                    }
                }
            }
        }
        found.extend(partial[last].iter().map(|&(skeleton, _)| skeleton));
    }
}

/// A sound's family in a skeleton, from one; none for what comes and goes.
fn family(sound: u8) -> u32 {
    let family = u32::from(TABLE.skeletal[usize::from(sound) % SOUNDS]);
    if sound == SILENCE { 0 } else { family }
}

/// Keeps the likeliest few skeletons, each once.
fn keep(partial: &mut Vec<(Skeleton, Cost)>, skeleton: Skeleton, penalty: Cost) {
    if let Some(known) = partial.iter_mut().find(|(known, _)| *known == skeleton) {
        known.1 = known.1.min(penalty);
        return;
    }
    if partial.len() == MAX_PARTIAL {
        let worst = partial.iter().enumerate().max_by_key(|(_, (_, penalty))| *penalty);
        let Some((at, _)) = worst.filter(|(_, (_, worst))| *worst > penalty) else {
            return;
        };
        partial.swap_remove(at);
    }
    partial.push((skeleton, penalty));
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    /// Packs families, of equal neighbours one.
    fn packed(families: &[u32]) -> Skeleton {
        families.iter().fold(Skeleton::default(), |skeleton, &family| skeleton.with(family))
    }

    /// Neighbours made of lists, without packing.
    fn naive(families: &[u32], least_for_another: usize) -> BTreeSet<Skeleton> {
        let mut lists = Vec::new();
        for at in 0..families.len() {
            lists.push([&families[..at], &families[at + 1..]].concat());
            if at > 0 {
                let mut swapped = families.to_vec();
                swapped.swap(at - 1, at);
                lists.push(swapped);
            }
            let others = (1..FAMILIES as u32).filter(|_| families.len() >= least_for_another);
            lists.extend(others.map(|other| [&families[..at], &[other], &families[at + 1..]].concat()));
        }
        for at in 0..=families.len() {
            lists.extend((1..FAMILIES as u32).map(|other| [&families[..at], &[other], &families[at..]].concat()));
        }
        lists.iter().map(|list| packed(list)).collect()
    }

    proptest! {
        #[test]
        fn neighbours_are_those_of_lists(families in prop::collection::vec(1u32..8, 1..=MAX_FAMILIES), least in 0usize..6) {
            let skeleton = packed(&families);
            let families: Vec<u32> = (0..skeleton.len()).map(|at| skeleton.family(at)).collect();
            let mut neighbours = BTreeSet::new();
            skeleton.neighbours(least, |near| { neighbours.insert(near); });
            // A family put in beside its like, or after the last that there is room for, changes nothing.
            neighbours.insert(skeleton);
            let mut lists = naive(&families, least);
            lists.insert(skeleton);
            prop_assert_eq!(neighbours, lists);
        }
    }
}
