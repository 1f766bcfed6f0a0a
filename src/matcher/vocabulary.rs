//! What a word is by itself, whatever stands beside it: looked up once, and remembered from document to document.
//!
//! Nearly all words of a text were seen before, and most can be no part of any name: they cost one look into a table. What is
//! remembered depends on the word alone, so a document is read the same whatever was read before it. The table is bounded,
//! and all is forgotten when it is full: keeping what is asked often would cost more at every word than asking again does
//! now and then.

use xxhash_rust::xxh3::xxh3_64;

use super::exact::{MIN_LOWER_CASE_LETTERS, MIN_SPLIT_LETTERS};
use super::fuzzy::{MIN_LETTERS, MIN_UNKNOWN_LETTERS};
use super::index::{self, Part, Posting, indexes};
use super::inflected;
use super::small_words::MIN_SMALL_BYTES;
use crate::gazetteer::compiled::Layers;
use crate::span::Span;
use crate::text::{Joint, Lexicon, Shape, Word, Words, fold};

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
    /// In small letters, and not known to English.
    IsUnknownSmall = 1 << 12,
    /// Some name of several words may go on with it.
    Continues = 1 << 13,
}

/// No name has a longer word, in bytes.
const LONGEST: usize = 255;

/// All that is true of a word. Of words in small letters no more is told than whether names begin with them, and whether English knows
/// the long ones.
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
            .with(Trait::BeginsLonger, slots().any(|slot| slot.continues))
            .with(Trait::Continues, folded.is_empty() || indexes(layers).any(|index| index.may_go_on_with(&folded)));
        if !shape.is_name_like() {
            let is_unknown = surface.len() >= MIN_SMALL_BYTES && !Lexicon.knows(&folded);
            return traits.with(Trait::IsUnknownSmall, is_unknown);
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

    /// A number for a word and the one after it; no other pair of words in the vocabulary has it.
    fn pair(&self, first: usize) -> Option<u64> {
        Some(pair(*self.known.get(first)?, *self.known.get(first + 1)?))
    }
}

#[inline(always)]
fn pair(one: Known, next: Known) -> u64 {
    u64::from(one.number) << NUMBER_BITS | u64::from(next.number)
}

/// Of a word that is not in the vocabulary.
const NO_NUMBER: u32 = SLOTS as u32;
const NUMBER_BITS: u32 = SLOTS.ilog2() + 1;

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
            if before.traits.0 & BEGINS != 0 && may_begin(before, word.joint, known, dead_ends) {
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
            let before = at.checked_sub(1).filter(|&before| self.known[before].traits.0 & BEGINS != 0);
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

/// With a word that has one of these a name may begin.
const BEGINS: u16 = Trait::IsName as u16 | Trait::BeginsLonger as u16;

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

/// Pairs of words over which no name goes on, though one begins with the first: `of the`. The usual ones come again and again.
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
    fn has(&self, pair: u64) -> bool {
        let (place, tag) = Self::place(pair);
        self.0[place] == tag
    }

    /// Whether it is known that no name goes on over the word `first` and the next.
    pub(super) fn has_at(&self, read: &ReadWords<'_, '_>, first: usize) -> bool {
        read.pair(first).is_some_and(|pair| self.has(pair))
    }

    /// Notes that none does, if both are in the vocabulary.
    pub(super) fn add(&mut self, read: &ReadWords<'_, '_>, first: usize) {
        let is_known = |at: usize| read.known.get(at).is_some_and(|known| known.number != NO_NUMBER);
        if let Some((place, tag)) = read.pair(first).filter(|_| is_known(first) && is_known(first + 1)).map(Self::place)
        {
            self.0[place] = tag;
        }
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
