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
    pub(crate) fn len(self) -> usize {
        (0..MAX_FAMILIES).take_while(|&at| self.family(at) != 0).count()
    }

    /// The first skeleton that begins like this one, and the first after it that doesn't: in half of the families, three at least.
    pub(crate) fn beginning(self) -> (Self, Self) {
        let shared = (self.len() / 2 + 1).clamp(3, MAX_FAMILIES);
        let shift = Self::BITS * (MAX_FAMILIES - shared);
        let start = self.0 >> shift << shift;
        (Self(start), Self(start + (1 << shift)))
    }

    fn family(self, at: usize) -> u32 {
        self.0 >> (Self::BITS * (MAX_FAMILIES - 1 - at)) & 7
    }

    fn of(families: &[u32]) -> Self {
        let place = |(at, family): (usize, &u32)| family << (Self::BITS * (MAX_FAMILIES - 1 - at));
        Self(families.iter().take(MAX_FAMILIES).enumerate().map(place).sum())
    }

    fn families(self) -> ([u32; MAX_FAMILIES], usize) {
        (std::array::from_fn(|at| self.family(at)), self.len())
    }

    /// The skeleton with one more family at the end, unless it ends with it.
    fn with(self, family: u32) -> Self {
        let length = self.len();
        if length == MAX_FAMILIES || (length > 0 && self.family(length - 1) == family) {
            return self;
        }
        Self(self.0 | family << (Self::BITS * (MAX_FAMILIES - 1 - length)))
    }

    /// Calls `each` with every skeleton that is one family away: one left out, taken for another, put in, or two that changed places.
    ///
    /// A skeleton of fewer than `least_for_another` families has none taken for another: too little would be left.
    pub(crate) fn neighbours(self, least_for_another: usize, mut each: impl FnMut(Skeleton)) {
        let (families, length) = self.families();
        let mut edited = [0; MAX_FAMILIES + 1];
        for at in 0..length {
            edited[..at].copy_from_slice(&families[..at]);
            edited[at..length - 1].copy_from_slice(&families[at + 1..length]);
            each(Self::merged(&edited[..length - 1]));
            edited[..length].copy_from_slice(&families[..length]);
            let others = if length < least_for_another { 1..1 } else { 1..FAMILIES as u32 };
            for other in others.filter(|&other| other != families[at]) {
                edited[at] = other;
                each(Self::merged(&edited[..length]));
            }
        }
        for at in 1..length {
            edited[..length].copy_from_slice(&families[..length]);
            edited.swap(at - 1, at);
            each(Self::merged(&edited[..length]));
        }
        for at in 0..=length {
            edited[..at].copy_from_slice(&families[..at]);
            edited[at + 1..=length].copy_from_slice(&families[at..length]);
            let beside = |other: u32| (at > 0 && families[at - 1] == other) || (at < length && families[at] == other);
            for other in (1..FAMILIES as u32).filter(|&other| !beside(other)) {
                edited[at] = other;
                each(Self::of(&edited[..=length]));
            }
        }
    }

    fn merged(families: &[u32]) -> Self {
        families.iter().fold(Self::default(), |skeleton, &family| skeleton.with(family))
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
