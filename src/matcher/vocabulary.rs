//! What a word is by itself, whatever stands beside it: looked up once, and remembered from document to document.
//!
//! Nearly all words of a text were seen before, and most can be no part of any name: they cost one look into a table. What is
//! remembered depends on the word alone, so a document is read the same whatever was read before it. The table is bounded,
//! and all is forgotten when it is full: keeping what is asked often would cost more at every word than asking again does
//! now and then.

use xxhash_rust::xxh3::xxh3_64;

use super::dead_ends::DeadEnds;
use super::traits::{BEGINS, Trait, Traits};
use crate::gazetteer::compiled::Layers;
use crate::span::Span;
use crate::text::{Joint, Shape, Word, Words};

/// The words of a text, and the traits of each.
#[derive(Clone, Copy)]
pub(super) struct ReadWords<'w, 't> {
    pub(super) words: &'w Words<'t>,
    known: &'w [Known],
    /// Words with which a name may begin, and does not end or go on as little as it did elsewhere.
    pub(super) beginnings: &'w [usize],
    /// Words that may be names by their case.
    pub(super) name_like: &'w [usize],
    /// Words in small letters that English does not know.
    pub(super) unknown_small: &'w [usize],
}

/// What the vocabulary says of a word of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known {
    /// Its number in the vocabulary; [`NO_NUMBER`] if it is not in it.
    number: u32,
    traits: Traits,
}

impl<'w, 't> ReadWords<'w, 't> {
    /// The traits of a word.
    pub(super) fn traits(&self, at: usize) -> Traits {
        self.known[at].traits
    }

    /// A number for a word and the one after it, if both are in the vocabulary; no other pair has it.
    pub(super) fn pair(&self, first: usize) -> Option<u64> {
        let (one, next) = (*self.known.get(first)?, *self.known.get(first + 1)?);
        (one.number != NO_NUMBER && next.number != NO_NUMBER).then(|| pair(one, next))
    }
}

#[inline(always)]
fn pair(one: Known, next: Known) -> u64 {
    u64::from(one.number) << NUMBER_BITS | u64::from(next.number)
}

/// Of a word that is not in the vocabulary.
const NO_NUMBER: u32 = SLOTS as u32;
/// Bits of a number.
pub(super) const NUMBER_BITS: u32 = SLOTS.ilog2() + 1;

/// The words met so far, and what they say of the text read last.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    table: Table,
    /// Pairs of words of the table over which no name goes on.
    dead_ends: DeadEnds,
    /// Of the text read last.
    known: Vec<Known>,
    beginnings: Vec<usize>,
    name_like: Vec<usize>,
    unknown_small: Vec<usize>,
}

/// A table of open addressing in which a word of up to eight bytes lies in its slot, so that the usual word is found without comparing
/// text: the standard map takes three times as long, and this is done for every word of a text.
#[derive(Debug, Default)]
struct Table {
    slots: Vec<Slot>,
    count: usize,
    /// The letters of words that do not fit into their slots, each with a sign after it that is of no word.
    longer: String,
}

/// A place for a word; free if its key is zero.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    /// The letters, or of a longer word their hash.
    key: u64,
    traits: Traits,
    /// Of a longer word: where its letters are.
    longer: u32,
}

/// Slots, a power of two: three megabytes.
const SLOTS: usize = 1 << 17;
/// With so many words new ones are not remembered; with half as many, more than a library of books has in common, all are forgotten before
/// the next document.
const MAX_WORDS: usize = SLOTS / 4 * 3;
/// Room for so many words of a text is kept for the next.
const MAX_KEPT: usize = 1 << 19;
/// A longer word, in bytes, is not remembered: it will not come again.
const MAX_LENGTH: usize = 64;

impl Vocabulary {
    /// The traits of each word of a text; with them the pairs that are known to be dead ends, to which more can be added.
    pub(super) fn read<'w, 't>(
        &'w mut self,
        layers: &Layers,
        words: &'w Words<'t>,
    ) -> (ReadWords<'w, 't>, &'w mut DeadEnds) {
        if self.table.slots.is_empty() || self.table.count > MAX_WORDS / 2 {
            let slots = vec![Slot::default(); SLOTS];
            *self = Self { table: Table { slots, ..Table::default() }, ..Self::default() };
        }
        self.known.clear();
        self.known.shrink_to(MAX_KEPT);
        self.known.reserve(words.len());
        for list in [&mut self.beginnings, &mut self.name_like, &mut self.unknown_small] {
            list.clear();
            list.shrink_to(MAX_KEPT);
        }
        let Self { table, known, .. } = self;
        known.extend(words.list.iter().map(|word| table.look_up(layers, words.text, word)));
        self.sort_out(words);
        let Self { known, beginnings, name_like, unknown_small, dead_ends, .. } = self;
        (ReadWords { words, known, beginnings, name_like, unknown_small }, dead_ends)
    }

    /// Notes which words are worth a look.
    fn sort_out(&mut self, words: &Words<'_>) {
        let Self { known, beginnings, name_like, unknown_small, dead_ends, .. } = self;
        let (mut broken_off, mut before) = (Vec::new(), Known { number: NO_NUMBER, traits: Traits::default() });
        for (at, (word, &known)) in words.list.iter().zip(&*known).enumerate() {
            if word.shape.is_name_like() {
                name_like.push(at);
            } else if known.traits.has(Trait::IsUnknownSmall) {
                unknown_small.push(at);
            }
            if before.traits.has_any(BEGINS) && may_begin(before, word.joint, known, dead_ends) {
                beginnings.push(at - 1);
            }
            if word.joint == Joint::HyphenBreak {
                broken_off.push(at - 1);
            }
            before = known;
        }
        if before.traits.has(Trait::IsName) {
            beginnings.push(words.len() - 1);
        }
        if !broken_off.is_empty() {
            self.break_off(&broken_off);
        }
    }

    /// Notes that some words may be halves: a name may begin with each, and also with what stands before it.
    #[cold]
    fn break_off(&mut self, broken_off: &[usize]) {
        for &at in broken_off {
            let broken = &mut self.known[at].traits;
            *broken = broken.with(Trait::IsBrokenOff, true);
            let before = at.checked_sub(1).filter(|&before| self.known[before].traits.has_any(BEGINS));
            self.beginnings.extend(before.into_iter().chain([at]));
        }
        self.beginnings.sort_unstable();
        self.beginnings.dedup();
    }
}

/// Whether a name may begin with a word that is one, or begins longer ones, by the word after it.
#[inline(always)]
fn may_begin(one: Known, joint: Joint, next: Known, dead_ends: &DeadEnds) -> bool {
    // Over these a name may go on with a part of a listed word.
    let is_inside = || matches!(joint, Joint::Apostrophe | Joint::HyphenBreak);
    let goes_on = || joint != Joint::Break && (next.traits.has(Trait::Continues) || is_inside());
    one.traits.has(Trait::IsName) || (goes_on() && !dead_ends.has(pair(one, next)))
}

impl Table {
    #[inline(always)]
    fn look_up(&mut self, layers: &Layers, text: &str, word: &Word) -> Known {
        let Span { start, end } = word.span;
        if end - start > MAX_SHORT {
            return self.look_up_longer(layers, &text[start..end], word.shape);
        }
        let key = match text.as_bytes()[start..].first_chunk() {
            Some(&eight) => u64::from_le_bytes(eight) & u64::MAX >> (64 - 8 * (end - start)),
            None => short_key(&text.as_bytes()[start..end]),
        };
        let at = slot_of(key);
        if self.slots[at].key == key {
            return Known { number: at as u32, traits: self.slots[at].traits };
        }
        self.look_farther(layers, &text[start..end], (key, word.shape))
    }

    /// Looks up a short word that is not in the first place for it.
    #[inline(never)]
    fn look_farther(&mut self, layers: &Layers, surface: &str, (key, shape): (u64, Shape)) -> Known {
        let mut at = slot_of(key);
        while self.slots[at].key != key {
            if self.slots[at].key == 0 {
                return self.learn(at, layers, surface, (key, shape));
            }
            at = (at + 1) % SLOTS;
        }
        Known { number: at as u32, traits: self.slots[at].traits }
    }

    #[inline(never)]
    fn look_up_longer(&mut self, layers: &Layers, surface: &str, shape: Shape) -> Known {
        let key = longer_key(surface.as_bytes());
        let mut at = slot_of(key);
        loop {
            let slot = &self.slots[at];
            let start = slot.longer as usize;
            if slot.key == key && self.longer.as_bytes()[start..].starts_with(surface.as_bytes()) {
                return Known { number: at as u32, traits: slot.traits };
            }
            if slot.key == 0 {
                return self.learn(at, layers, surface, (key, shape));
            }
            at = (at + 1) % SLOTS;
        }
    }

    #[cold]
    fn learn(&mut self, at: usize, layers: &Layers, surface: &str, (key, shape): (u64, Shape)) -> Known {
        let traits = Traits::of(layers, surface, shape);
        if self.count == MAX_WORDS || surface.len() > MAX_LENGTH {
            return Known { number: NO_NUMBER, traits };
        }
        self.slots[at] = Slot { key, traits, longer: self.longer.len() as u32 };
        if surface.len() > MAX_SHORT {
            self.longer.push_str(surface);
            self.longer.push('\n');
        }
        self.count += 1;
        Known { number: at as u32, traits }
    }
}

/// A word of more bytes does not fit into a key.
const MAX_SHORT: usize = 8;

/// The letters of a short word, with zeros after them.
fn short_key(word: &[u8]) -> u64 {
    word.iter().rev().fold(0, |key, &byte| key << 8 | u64::from(byte))
}

/// A hash of a longer word. Its uppermost byte is that of no short one, which is zero or of a letter, digit or mark; the lowest are
/// the length, so that no word is taken for what begins like it.
fn longer_key(word: &[u8]) -> u64 {
    const LONGER: u64 = 1;
    LONGER << 56 | xxh3_64(word) << 16 >> 8 | (word.len() as u64 & 0xff)
}

#[inline(always)]
fn slot_of(key: u64) -> usize {
    ((key ^ key >> 32).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (u64::BITS - SLOTS.ilog2())) as usize
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_have_keys_of_their_own(one in "[a-c]{0,9}|.{0,3}", other in "[a-c]{0,9}|.{0,3}") {
            let key = |word: &str| match word.len() {
                0..=MAX_SHORT => short_key(word.as_bytes()),
                _ => longer_key(word.as_bytes()),
            };
            prop_assume!(!format!("{one}{other}").contains(|c: char| c.is_control()));
            prop_assert_eq!(key(&one) == key(&other), one == other);
        }

        /// However many words were read before, a word has one number, and no other word has it.
        #[test]
        fn a_number_names_one_word(texts in prop::collection::vec("([a-c]{1,9}[ .]|[α-γ]{1,5} ){0,30}", 1..4)) {
            let layers = Layers::new(Vec::new()).unwrap();
            let mut vocabulary = Vocabulary::default();
            let mut known = BTreeMap::new();
            for text in &texts {
                let words = Words::new(text);
                let (read, _) = vocabulary.read(&layers, &words);
                for (at, word) in read.known.iter().enumerate() {
                    prop_assert_eq!(known.entry(word.number).or_insert(words.surface(at)), &words.surface(at));
                }
            }
            let numbers: std::collections::BTreeSet<&str> = known.values().copied().collect();
            prop_assert_eq!(numbers.len(), known.len());
        }
    }
}
