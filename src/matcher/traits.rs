//! What is true of a word by itself, whatever stands beside it: all that is asked of every word of a text, in a few bits.
//!
//! Worked out once for each word that the vocabulary has not met. Asking when it is wanted would ask the same of `the` at every step.

use super::exact::{MIN_LOWER_CASE_LETTERS, MIN_SPLIT_LETTERS};
use super::fuzzy::{MIN_LETTERS, MIN_UNKNOWN_LETTERS};
use super::index::{self, Part, Posting, indexes};
use super::inflected;
use super::small_words::MIN_SMALL_BYTES;
use crate::gazetteer::compiled::Layers;
use crate::text::{Lexicon, Shape, fold, is_title};

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

/// With a word that has one of these a name may begin.
pub(super) const BEGINS: u16 = Trait::IsName as u16 | Trait::BeginsLonger as u16;

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

    /// Whether it has one of several.
    pub(super) fn has_any(self, several: u16) -> bool {
        self.0 & several != 0
    }

    pub(super) fn with(self, one: Trait, is_so: bool) -> Self {
        if is_so { Self(self.0 | one as u16) } else { self }
    }

    /// Whether English knows the word.
    pub(super) fn is_known(self) -> bool {
        self.has(Trait::IsWord) || self.has(Trait::IsProperNoun)
    }

    pub(super) fn of(layers: &Layers, surface: &str, shape: Shape) -> Self {
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
