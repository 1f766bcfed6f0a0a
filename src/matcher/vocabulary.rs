//! What a word is by itself, whatever stands beside it: looked up once, and remembered from document to document.
//!
//! Nearly all words of a text were seen before, and most can be no part of any name: they cost one look into a table. What is
//! remembered depends on the word alone, so a document is read the same whatever was read before it. The table is bounded,
//! and all is forgotten when it is full: keeping what is asked often would cost more at every word than asking again does
//! now and then.

use rustc_hash::FxHashMap;

use super::exact::{MIN_LOWER_CASE_LETTERS, MIN_SPLIT_LETTERS};
use super::fuzzy::{MIN_LETTERS, MIN_UNKNOWN_LETTERS};
use super::index::{LayerIndex, Part, indexes};
use super::inflected;
use crate::gazetteer::compiled::Layers;
use crate::text::{Lexicon, Shape, Words, fold};

/// So many words are remembered: some megabytes, and more than a book has.
const MAX_WORDS: usize = 1 << 16;

/// One thing that is true of a word.
#[derive(Clone, Copy, Debug)]
#[repr(u16)]
pub(super) enum Trait {
    /// It is a listed name, as far as its letter case says, or begins one.
    BeginsName = 1,
    /// With an ending taken off it is a listed name, or it begins a longer one.
    BeginsInflected = 1 << 1,
    /// Long enough to be half a name.
    IsHalf = 1 << 2,
    /// Long enough to be misspelt in a name of several words,
    IsUnknownLength = 1 << 3,
    /// or by itself.
    IsNameLength = 1 << 4,
    /// An ordinary word of English.
    IsWord = 1 << 5,
    /// A proper noun of English.
    IsProperNoun = 1 << 6,
    /// A common first or family name.
    IsOfPeople = 1 << 7,
    /// A title of office, or a form of address.
    IsTitle = 1 << 8,
}

/// All that is true of a word. Of words in small letters only [`Trait::BeginsName`] is told.
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
        let begins_name = indexes(layers).any(|index| begins_name(index, &folded, shape));
        let traits = Self::default().with(Trait::BeginsName, begins_name);
        if !shape.is_name_like() {
            return traits;
        }
        let letters = folded.chars().count();
        let is_word = Lexicon.has_word(&folded);
        traits
            .with(Trait::BeginsInflected, inflected::may_begin(layers, surface, &folded))
            .with(Trait::IsHalf, surface.chars().count() >= MIN_SPLIT_LETTERS)
            .with(Trait::IsUnknownLength, letters >= MIN_UNKNOWN_LETTERS)
            .with(Trait::IsNameLength, letters >= MIN_LETTERS)
            .with(Trait::IsWord, is_word)
            .with(Trait::IsProperNoun, Lexicon.has_proper_noun(&folded))
            .with(Trait::IsOfPeople, Lexicon.has_personal_name(&folded))
            .with(Trait::IsTitle, Lexicon.is_title(&folded))
    }
}

/// Whether a search that starts at a word finds anything at all. A word in small letters is a name only where a name is listed so, or where
/// it can be nothing else.
fn begins_name(index: LayerIndex<'_>, folded: &str, shape: Shape) -> bool {
    let Some(slot) = index.slot(folded) else {
        return false;
    };
    let is_unmistakable = || {
        let is_long = folded.chars().count() >= MIN_LOWER_CASE_LETTERS;
        is_long && !(folded.is_ascii() && Lexicon.has_word(folded))
    };
    slot.continues
        || shape.is_name_like()
        || slot.postings(folded).any(|posting| posting.is_lower || (posting.part != Part::Family && is_unmistakable()))
}

/// The words of a text, and the traits of each.
#[derive(Clone, Copy)]
pub(super) struct ReadWords<'w, 't> {
    pub(super) words: &'w Words<'t>,
    pub(super) traits: &'w [Traits],
}

/// The words met so far.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    known: FxHashMap<Box<str>, Traits>,
}

impl Vocabulary {
    /// The traits of each word of a text.
    pub(super) fn read(&mut self, layers: &Layers, words: &Words<'_>) -> Vec<Traits> {
        (0..words.len()).map(|at| self.traits(layers, words.surface(at), words.shape(at))).collect()
    }

    fn traits(&mut self, layers: &Layers, surface: &str, shape: Shape) -> Traits {
        if let Some(&known) = self.known.get(surface) {
            return known;
        }
        let traits = Traits::of(layers, surface, shape);
        if self.known.len() == MAX_WORDS {
            self.known.clear();
        }
        self.known.insert(surface.into(), traits);
        traits
    }
}
