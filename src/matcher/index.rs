//! The exact index: from the folded words of a spelling to the entries that bear it.
//!
//! The key of a spelling is its folded words run together, so `Karin Tak`, `Karin-Tak` and `Karintak` share a key; what
//! stood between the words is kept beside it and compared on a hit. Every prefix of whole words is in the table as well,
//! marked as continuing: a scan stops at the first word that continues no name. A leftmost-longest automaton over
//! characters was rejected: a longer match that ends inside a word hides the right one, and 3 % of names are lost.

use rustc_hash::FxHashMap;

use super::mention::SpellingRef;
use crate::gazetteer::{Entry, Gazetteer, Spelling, SpellingKind};
use crate::lang::Lang;
use crate::text::{Joint, Shape, fold, fold_alternate, words};

/// What a key stands for in one entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A whole listed spelling.
    Whole,
    /// The family name of a person.
    Family,
    /// The full name of a person, for lookups; in text it is put together from its parts.
    FullName,
    /// A person's family name under another first name; never in the index.
    Stranger,
    /// A phrase in which nothing is marked; the index in [`Gazetteer::suppressed`].
    Suppressed(u32),
}

/// One spelling under a key.
#[derive(Clone, Debug)]
pub(super) struct Posting {
    pub(super) at: SpellingRef,
    pub(super) part: Part,
    /// The listed text (of a family name: that part of it).
    pub(super) text: Box<str>,
    /// Where in the key a new word starts, and what joins it to the word before.
    pub(super) joints: Box<[(u16, Joint)]>,
    /// Counts only in capitals: `US`.
    pub(super) is_abbreviation: bool,
    /// Listed in small letters: case says nothing.
    pub(super) is_lower: bool,
}

/// The spellings of one key.
#[derive(Debug, Default)]
pub(super) struct Slot {
    pub(super) postings: Vec<Posting>,
    /// Whether longer names begin with this key.
    pub(super) continues: bool,
}

/// All keys of a gazetteer.
#[derive(Debug, Default)]
pub(super) struct Index {
    slots: FxHashMap<Box<str>, Slot>,
    /// Given names by entry.
    givens: FxHashMap<u32, Vec<String>>,
}

impl Index {
    pub(super) fn new(gazetteer: &Gazetteer) -> Self {
        let mut index = Self::default();
        for (number, entry) in gazetteer.entries().iter().enumerate() {
            for (name, spelling, at) in spellings(number, entry) {
                let listed = &entry.names[name].spellings[spelling];
                let has_parts = index.add_person_parts(entry, listed, at);
                let part = if has_parts { Part::FullName } else { Part::Whole };
                index.add(&listed.text, at, part, listed.kind);
            }
        }
        let nowhere = SpellingRef { entry: 0, name: 0, spelling: 0 };
        for (number, phrase) in gazetteer.suppressed().iter().enumerate() {
            index.add(&phrase.surface, nowhere, Part::Suppressed(number as u32), SpellingKind::Name);
        }
        index
    }

    pub(super) fn slot(&self, key: &str) -> Option<&Slot> {
        self.slots.get(key)
    }

    pub(super) fn slots(&self) -> impl Iterator<Item = (&str, &Slot)> {
        self.slots.iter().map(|(key, slot)| (&**key, slot))
    }

    /// The folded given names of a person, in every listed spelling.
    pub(super) fn givens(&self, entry: u32) -> &[String] {
        self.givens.get(&entry).map_or(&[], Vec::as_slice)
    }

    /// Splits a person's full spelling into given and family name, by the number of words in the English family name.
    /// False if it has no two parts.
    fn add_person_parts(&mut self, entry: &Entry, spelling: &Spelling, at: SpellingRef) -> bool {
        let Some(person) = &entry.person else {
            return false;
        };
        let parts: Vec<&str> = spelling.text.split_whitespace().collect();
        let Some(given_words) = parts.len().checked_sub(person.family_words()).filter(|&count| count > 0) else {
            return false;
        };
        let family = parts[given_words..].join(" ");
        self.add(&family, at, Part::Family, spelling.kind);
        let key: String = parts[..given_words].iter().map(|part| key_of(part)).collect();
        let givens = self.givens.entry(at.entry).or_default();
        if !givens.contains(&key) {
            givens.push(key);
        }
        true
    }

    fn add(&mut self, text: &str, at: SpellingRef, part: Part, kind: SpellingKind) {
        self.add_key(text, fold, at, part, kind);
        if let Some(alternate) = fold_alternate(text)
            && alternate != fold(text)
        {
            let fold = |word: &str| fold_alternate(word).unwrap_or_else(|| fold(word));
            self.add_key(text, fold, at, part, kind);
        }
    }

    fn add_key(&mut self, text: &str, fold: impl Fn(&str) -> String, at: SpellingRef, part: Part, kind: SpellingKind) {
        let mut key = String::new();
        let mut joints = Vec::new();
        for word in words(text) {
            if !key.is_empty() {
                self.slots.entry(key.as_str().into()).or_default().continues = true;
                joints.push((key.len() as u16, word.joint));
            }
            key.push_str(&fold(&text[word.span.range()]));
        }
        if key.is_empty() {
            return;
        }
        let slot = self.slots.entry(key.into()).or_default();
        let is_known = |posting: &Posting| {
            posting.at.entry == at.entry && posting.at.name == at.name && posting.part == part && *posting.text == *text
        };
        if part != Part::Whole && slot.postings.iter().any(is_known) {
            return;
        }
        slot.postings.push(Posting {
            at,
            part,
            text: text.into(),
            joints: joints.into(),
            is_abbreviation: kind == SpellingKind::Abbreviation || is_capitals(text),
            is_lower: Shape::of(text) == Shape::Lower,
        });
    }
}

/// The key of a text: its folded words run together.
pub(super) fn key_of(text: &str) -> String {
    words(text).iter().map(|word| fold(&text[word.span.range()])).collect()
}

fn is_capitals(text: &str) -> bool {
    Shape::of(text) == Shape::Upper && text.chars().count() <= 5
}

/// All spellings of an entry with their places, English ones first: of equal family names those stay.
fn spellings(number: usize, entry: &Entry) -> Vec<(usize, usize, SpellingRef)> {
    let mut all = Vec::new();
    for (name, listed) in entry.names.iter().enumerate() {
        for spelling in 0..listed.spellings.len() {
            let at = SpellingRef { entry: number as u32, name: name as u16, spelling: spelling as u16 };
            all.push((name, spelling, at));
        }
    }
    all.sort_by_key(|&(name, spelling, _)| entry.names[name].spellings[spelling].lang != Lang::ENGLISH);
    all
}
