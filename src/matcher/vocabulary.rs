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
use super::index::{self, Part, Posting, indexes};
use super::inflected;
use crate::gazetteer::compiled::Layers;
use crate::text::{Joint, Lexicon, Shape, Word, Words, fold, is_title};

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
    /// Its line ends after it with a hyphen, so it may be half a word: the only trait that depends on the place.
    IsBrokenOff = 1 << 11,
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
            .with(Trait::IsTitle, is_title(&folded))
    }
}

/// Whether the word is one of a key's names, or may be: in small letters only where a name is listed so, or where it can be nothing else.
fn is_name(slot: index::Slot<'_>, folded: &str, shape: Shape) -> bool {
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
    known: &'w [Known],
    /// Words that may be names by their case.
    pub(super) name_like: &'w [usize],
    /// Of the vocabulary: after it has forgotten everything it gives numbers anew.
    generation: u32,
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

    /// Words with which a name may begin.
    pub(super) fn beginnings(&self) -> impl Iterator<Item = usize> + use<'w> {
        const BEGINS: u16 = Trait::IsName as u16 | Trait::BeginsLonger as u16 | Trait::IsBrokenOff as u16;
        self.known.iter().enumerate().filter(|(_, known)| known.traits.0 & BEGINS != 0).map(|(at, _)| at)
    }

    /// A number for a word and the one after it, if both are in the vocabulary; no other pair ever has it.
    fn pair(&self, first: usize) -> Option<NonZeroU64> {
        let (one, next) = (self.known.get(first)?.number, self.known.get(first + 1)?.number);
        let pair = u64::from(self.generation) << 34 | u64::from(one) << SLOTS.ilog2() | u64::from(next);
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
    slots: Vec<Slot>,
    count: usize,
    /// Words that do not fit into their slots.
    longer: Vec<Box<str>>,
    /// Of the text read last.
    known: Vec<Known>,
    name_like: Vec<usize>,
    /// How often the table was made anew.
    generation: u32,
}

/// A place for a word; free if its length is zero.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    /// The letters, or of a longer word their hash.
    key: u64,
    length: u16,
    traits: Traits,
    /// Where a longer word's letters are.
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
    /// The traits of each word of a text.
    pub(super) fn read<'w, 't>(&'w mut self, layers: &Layers, words: &'w Words<'t>) -> ReadWords<'w, 't> {
        if self.slots.is_empty() || self.count > MAX_WORDS / 2 {
            let generation = self.generation + 1;
            *self = Self { slots: vec![Slot::default(); SLOTS], generation, ..Self::default() };
        }
        self.known.clear();
        self.name_like.clear();
        self.known.shrink_to(MAX_KEPT);
        self.name_like.shrink_to(MAX_KEPT);
        self.known.reserve(words.len());
        for (at, word) in words.list.iter().enumerate() {
            let known = self.look_up(layers, words.text, word);
            self.known.push(known);
            if word.shape.is_name_like() {
                self.name_like.push(at);
            }
            if word.joint == Joint::HyphenBreak {
                let before = &mut self.known[at - 1].traits;
                *before = before.with(Trait::IsBrokenOff, true);
            }
        }
        let Self { known, name_like, generation, .. } = &*self;
        ReadWords { words, known, name_like, generation: *generation }
    }

    #[inline]
    fn look_up(&mut self, layers: &Layers, text: &str, word: &Word) -> Known {
        let letters = &text.as_bytes()[word.span.range()];
        let key = key_of(letters);
        let mut at = slot_of(key, letters.len());
        loop {
            let slot = &self.slots[at];
            if slot.length == 0 {
                return self.learn(at, layers, &text[word.span.range()], word.shape);
            }
            let is_it = slot.key == key && usize::from(slot.length) == letters.len();
            if is_it && (letters.len() <= 8 || self.longer[slot.longer as usize].as_bytes() == letters) {
                return Known { number: at as u32, traits: slot.traits };
            }
            at = (at + 1) % SLOTS;
        }
    }

    #[cold]
    fn learn(&mut self, at: usize, layers: &Layers, surface: &str, shape: Shape) -> Known {
        let traits = Traits::of(layers, surface, shape);
        if self.count == MAX_WORDS || surface.len() > MAX_LENGTH {
            return Known { number: NO_NUMBER, traits };
        }
        let longer = self.longer.len() as u32;
        if surface.len() > 8 {
            self.longer.push(surface.into());
        }
        self.slots[at] = Slot { key: key_of(surface.as_bytes()), length: surface.len() as u16, traits, longer };
        self.count += 1;
        Known { number: at as u32, traits }
    }
}

/// The letters of a word of up to eight bytes, in some order; with its length no two words have the same. Of a longer word a hash.
#[inline(always)]
fn key_of(word: &[u8]) -> u64 {
    match (word.first_chunk::<4>(), word.last_chunk::<4>()) {
        (Some(&first), Some(&last)) if word.len() <= 8 => {
            u64::from(u32::from_le_bytes(first)) | u64::from(u32::from_le_bytes(last)) << 32
        }
        (Some(_), _) => xxh3_64(word),
        _ => word.iter().fold(0, |key, &byte| key << 8 | u64::from(byte)),
    }
}

#[inline(always)]
fn slot_of(key: u64, length: usize) -> usize {
    let mixed = (key ^ (length as u64) << 60).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> (u64::BITS - SLOTS.ilog2())) as usize
}

/// Pairs of words over which no name goes on, though one begins with the first: `of the`. The usual ones come again and again.
#[derive(Debug, Default)]
pub(super) struct DeadEnds(Vec<Option<NonZeroU64>>);

impl DeadEnds {
    const PAIRS: usize = 1 << 15;

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
                for (at, word) in read.known.iter().enumerate() {
                    prop_assert_eq!(known.entry(word.number).or_insert(words.surface(at)), &words.surface(at));
                }
            }
            let numbers: std::collections::BTreeSet<&str> = known.values().copied().collect();
            prop_assert_eq!(numbers.len(), known.len());
        }
    }
}
