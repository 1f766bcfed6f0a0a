//! What a word is by itself, whatever stands beside it: looked up once, and remembered from document to document.
//!
//! Nearly all words of a text were seen before, and most can be no part of any name: they cost one look into a table. What is
//! remembered depends on the word alone, so a document is read the same whatever was read before it. The table is bounded,
//! and all is forgotten when it is full: keeping what is asked often would cost more at every word than asking again does
//! now and then.

use std::num::NonZeroU64;

use xxhash_rust::xxh3::xxh3_64;

use super::exact::{MIN_LOWER_CASE_LETTERS, MIN_SPLIT_LETTERS};
use super::fuzzy::{MIN_LETTERS, MIN_UNKNOWN_LETTERS};
use super::index::{Part, Posting, Slot, indexes};
use super::inflected;
use crate::gazetteer::compiled::Layers;
use crate::text::{Lexicon, Shape, Words, fold};

/// One thing that is true of a word.
#[derive(Clone, Copy, Debug)]
#[repr(u16)]
pub(super) enum Trait {
    /// It is a listed name, as far as its letter case says.
    IsName = 1,
    /// A longer name begins with it.
    BeginsLonger = 1 << 1,
    /// With an ending taken off it is a listed name,
    IsInflected = 1 << 2,
    /// or a longer name begins with it, of which another word may have an ending.
    BeginsInflected = 1 << 3,
    /// Long enough to be half a name.
    IsHalf = 1 << 4,
    /// Long enough to be misspelt in a name of several words,
    IsUnknownLength = 1 << 5,
    /// or by itself.
    IsNameLength = 1 << 6,
    /// An ordinary word of English.
    IsWord = 1 << 7,
    /// A proper noun of English.
    IsProperNoun = 1 << 8,
    /// A common first or family name.
    IsOfPeople = 1 << 9,
    /// A title of office, or a form of address.
    IsTitle = 1 << 10,
}

/// No name has a longer word, in bytes.
const LONGEST: usize = 255;

/// All that is true of a word. Of words in small letters no more is told than whether names begin with them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Traits(u16);

impl Traits {
    pub(super) fn has(self, one: Trait) -> bool {
        self.0 & one as u16 != 0
    }

    pub(super) fn with(self, one: Trait, is_so: bool) -> Self {
        if is_so { Self(self.0 | one as u16) } else { self }
    }

    /// Whether English knows the word.
    pub(super) fn is_known(self) -> bool {
        self.has(Trait::IsWord) || self.has(Trait::IsProperNoun)
    }

    fn of(layers: &Layers, surface: &str, shape: Shape) -> Self {
        let folded = fold(surface);
        let slots = || indexes(layers).filter_map(|index| index.slot(&folded));
        let traits = Self::default()
            .with(Trait::IsName, slots().any(|slot| is_name(slot, &folded, shape)))
            .with(Trait::BeginsLonger, slots().any(|slot| slot.continues));
        if !shape.is_name_like() {
            return traits;
        }
        // What is longer than any name is none, nor a misspelt one.
        let letters = if surface.len() > LONGEST { 0 } else { folded.chars().count() };
        let takes_endings = inflected::takes_endings(surface, &folded);
        let is_word = Lexicon.has_word(&folded);
        traits
            .with(Trait::IsInflected, takes_endings && inflected::is_form(layers, &folded))
            .with(Trait::BeginsInflected, takes_endings && traits.has(Trait::BeginsLonger))
            .with(Trait::IsHalf, surface.chars().count() >= MIN_SPLIT_LETTERS)
            .with(Trait::IsUnknownLength, letters >= MIN_UNKNOWN_LETTERS)
            .with(Trait::IsNameLength, letters >= MIN_LETTERS)
            .with(Trait::IsWord, is_word)
            .with(Trait::IsProperNoun, Lexicon.has_proper_noun(&folded))
            .with(Trait::IsOfPeople, Lexicon.has_personal_name(&folded))
            .with(Trait::IsTitle, Lexicon.is_title(&folded))
    }
}

/// Whether the word is one of a key's names, or may be: in small letters only where a name is listed so, or where it can be nothing else.
fn is_name(slot: Slot<'_>, folded: &str, shape: Shape) -> bool {
    let is_unmistakable = || {
        let is_long = folded.chars().count() >= MIN_LOWER_CASE_LETTERS;
        is_long && !(folded.is_ascii() && Lexicon.has_word(folded))
    };
    let may_be_small = |posting: Posting<'_>| posting.is_lower || (posting.part != Part::Family && is_unmistakable());
    let mut postings = slot.postings(folded);
    if shape.is_name_like() { postings.next().is_some() } else { postings.any(may_be_small) }
}

/// The words of a text, and the traits of each.
#[derive(Clone, Copy)]
pub(super) struct ReadWords<'w, 't> {
    pub(super) words: &'w Words<'t>,
    pub(super) traits: &'w [Traits],
    /// The number of each word in the vocabulary; [`NO_NUMBER`] of one that is not in it.
    numbers: &'w [u32],
    /// Of the vocabulary: after it has forgotten everything it gives numbers anew.
    generation: u32,
}

impl<'w, 't> ReadWords<'w, 't> {
    /// Words with traits that a test gives them.
    #[cfg(test)]
    pub(super) fn of(words: &'w Words<'t>, traits: &'w [Traits]) -> Self {
        Self { words, traits, numbers: &[], generation: 0 }
    }

    /// A number for a word and the one after it, if both are in the vocabulary; no other pair ever has it.
    fn pair(&self, first: usize) -> Option<NonZeroU64> {
        let (one, next) = (*self.numbers.get(first)?, *self.numbers.get(first + 1)?);
        let pair = u64::from(self.generation) << 32 | u64::from(one) << SLOTS.ilog2() | u64::from(next);
        NonZeroU64::new(pair).filter(|_| one != NO_NUMBER && next != NO_NUMBER)
    }
}

const NO_NUMBER: u32 = u32::MAX;

/// The words met so far.
///
/// A table of open addressing in which a word of up to eight bytes lies in its slot, so that the usual word is found without comparing
/// text: the standard map takes three times as long, and this is done for every word of a text.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    slots: Vec<Known>,
    count: usize,
    /// Words that do not fit into their slots.
    longer: Vec<Box<str>>,
    traits: Vec<Traits>,
    numbers: Vec<u32>,
    /// How often the table was made anew.
    generation: u32,
}

/// A word that is known; free if its length is zero.
#[derive(Clone, Copy, Debug, Default)]
struct Known {
    /// The letters, or of a longer word their hash.
    key: u64,
    length: u16,
    traits: Traits,
    /// Where a longer word's letters are.
    longer: u32,
}

/// Slots, a power of two: three megabytes with the rest.
const SLOTS: usize = 1 << 16;
/// With more words new ones are not remembered, and all are forgotten before the next document.
const MAX_WORDS: usize = SLOTS / 2;
/// A longer word, in bytes, is not remembered: it will not come again.
const MAX_LENGTH: usize = 64;

impl Vocabulary {
    /// The traits of each word of a text.
    pub(super) fn read<'w, 't>(&'w mut self, layers: &Layers, words: &'w Words<'t>) -> ReadWords<'w, 't> {
        if self.slots.is_empty() || self.count == MAX_WORDS {
            let generation = self.generation + 1;
            *self = Self { slots: vec![Known::default(); SLOTS], generation, ..Self::default() };
        }
        self.traits.clear();
        self.numbers.clear();
        for word in &words.list {
            let (number, traits) = self.look_up(layers, &words.text[word.span.range()], word.shape);
            self.traits.push(traits);
            self.numbers.push(number);
        }
        ReadWords { words, traits: &self.traits, numbers: &self.numbers, generation: self.generation }
    }

    /// A word's number and traits.
    fn look_up(&mut self, layers: &Layers, surface: &str, shape: Shape) -> (u32, Traits) {
        let length = surface.len();
        if length > MAX_LENGTH {
            return (NO_NUMBER, Traits::of(layers, surface, shape));
        }
        let key = key_of(surface.as_bytes());
        let mut at = slot_of(key, length);
        loop {
            let known = self.slots[at];
            if known.length == 0 {
                return self.learn(at, layers, surface, shape);
            }
            let is_it = known.key == key && usize::from(known.length) == length;
            if is_it && (length <= 8 || *self.longer[known.longer as usize] == *surface) {
                return (at as u32, known.traits);
            }
            at = (at + 1) % SLOTS;
        }
    }

    #[cold]
    fn learn(&mut self, at: usize, layers: &Layers, surface: &str, shape: Shape) -> (u32, Traits) {
        let traits = Traits::of(layers, surface, shape);
        if self.count == MAX_WORDS {
            return (NO_NUMBER, traits);
        }
        let longer = self.longer.len() as u32;
        if surface.len() > 8 {
            self.longer.push(surface.into());
        }
        self.slots[at] = Known { key: key_of(surface.as_bytes()), length: surface.len() as u16, traits, longer };
        self.count += 1;
        (at as u32, traits)
    }
}

/// The letters of a word of up to eight bytes, in some order; with its length no two words have the same. Of a longer word a hash.
#[inline]
fn key_of(word: &[u8]) -> u64 {
    match (word.first_chunk::<4>(), word.last_chunk::<4>()) {
        (Some(&first), Some(&last)) if word.len() <= 8 => {
            u64::from(u32::from_le_bytes(first)) | u64::from(u32::from_le_bytes(last)) << 32
        }
        (Some(_), _) => xxh3_64(word),
        _ => word.iter().fold(0, |key, &byte| key << 8 | u64::from(byte)),
    }
}

#[inline]
fn slot_of(key: u64, length: usize) -> usize {
    let mixed = (key ^ (length as u64) << 60).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> (u64::BITS - SLOTS.ilog2())) as usize
}

/// Pairs of words over which no name goes on, though one begins with the first: `of the`. The usual ones come again and again.
#[derive(Debug, Default)]
pub(super) struct DeadEnds(Vec<Option<NonZeroU64>>);

impl DeadEnds {
    const PAIRS: usize = 1 << 13;

    /// Whether it is known that no name goes on over the word `first` and the next.
    pub(super) fn has(&self, read: &ReadWords<'_, '_>, first: usize) -> bool {
        read.pair(first).is_some_and(|pair| self.0.get(Self::place(pair)) == Some(&Some(pair)))
    }

    /// Notes that none does.
    pub(super) fn add(&mut self, read: &ReadWords<'_, '_>, first: usize) {
        if let Some(pair) = read.pair(first) {
            self.0.resize(Self::PAIRS, None);
            self.0[Self::place(pair)] = Some(pair);
        }
    }

    fn place(pair: NonZeroU64) -> usize {
        (pair.get().wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (u64::BITS - Self::PAIRS.ilog2())) as usize
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_have_keys_of_their_own(one in "[a-c]{0,9}|.{0,3}", other in "[a-c]{0,9}|.{0,3}") {
            let is_same = key_of(one.as_bytes()) == key_of(other.as_bytes()) && one.len() == other.len();
            prop_assert_eq!(is_same, one == other);
        }

        /// However many words were read before, a word has one number, and no other word has it.
        #[test]
        fn a_number_names_one_word(texts in prop::collection::vec("([a-c]{1,9}[ .]|[α-γ]{1,5} ){0,30}", 1..4)) {
            let layers = Layers::new(Vec::new()).unwrap();
            let mut vocabulary = Vocabulary::default();
            let mut known = BTreeMap::new();
            for text in &texts {
                let words = Words::new(text);
                let read = vocabulary.read(&layers, &words);
                for (at, number) in read.numbers.iter().enumerate() {
                    prop_assert_eq!(known.entry(*number).or_insert(words.surface(at)), &words.surface(at));
                }
            }
            let numbers: std::collections::BTreeSet<&str> = known.values().copied().collect();
            prop_assert_eq!(numbers.len(), known.len());
        }
    }
}
