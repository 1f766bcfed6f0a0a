//! The matcher: every name in a text, with every entry it may be. It finds, and never chooses.
//!
//! Exact matching works on words, not characters (`index`, `exact`); people are put together from their parts (`people`); what
//! is left over and looks like a name is compared with the names near it (`fuzzy`); overlaps are settled by length (`select`).

mod exact;
mod fuzzy;
mod index;
mod lookup;
mod mention;
#[cfg(test)]
mod oracle;
mod people;
mod select;

use std::sync::{Arc, OnceLock};

pub use fuzzy::Fuzziness;
pub use lookup::LookupCandidate;
pub use mention::Method;

pub(crate) use mention::{Candidate, Mention, PersonParts, Refused};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::error::Error;
use crate::gazetteer::Gazetteer;
use crate::text::{Words, protected_spans};
use crate::translit::ascii_key;
use exact::Found;
use fuzzy::{FuzzyIndex, FuzzySearch};
use index::{Index, Part};
use mention::SpellingRef;

/// Finds names of a gazetteer in text. Immutable, `Send + Sync`, cheap to clone.
///
/// ```
/// # #[cfg(feature = "bundled")] {
/// use toponorm::{Fuzziness, Gazetteer, Matcher};
///
/// let matcher = Matcher::builder().fuzzy(Fuzziness::Strict).build(&Gazetteer::bundled())?;
/// assert_eq!(matcher.lookup("Степанакерт", 1)[0].id, "stepanakert");
/// # }
/// # Ok::<(), toponorm::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Matcher {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    gazetteer: Gazetteer,
    index: Index,
    fuzzy: FuzzyIndex,
    fuzziness: Fuzziness,
    /// The ASCII form of every key, for lookups across scripts; made at the first lookup.
    ascii_keys: OnceLock<Vec<(String, SpellingRef)>>,
}

/// Settings of a [`Matcher`]; see [`Matcher::builder`].
#[derive(Clone, Copy, Debug, Default)]
pub struct MatcherBuilder {
    fuzziness: Fuzziness,
}

impl MatcherBuilder {
    /// How near an unlisted spelling must be; [`Fuzziness::Normal`] unless said.
    pub fn fuzzy(mut self, fuzziness: Fuzziness) -> Self {
        self.fuzziness = fuzziness;
        self
    }

    /// Builds the index of a gazetteer.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Value`](crate::ErrorKind::Value) if the gazetteer has more than 2³² entries, or one entry has more
    /// than 65,536 names or spellings of a name.
    pub fn build(self, gazetteer: &Gazetteer) -> Result<Matcher, Error> {
        const MOST: usize = u16::MAX as usize;
        let is_too_large = |entry: &crate::gazetteer::Entry| {
            entry.names.len() > MOST || entry.names.iter().any(|name| name.spellings.len() > MOST)
        };
        if u32::try_from(gazetteer.entries().len()).is_err() || gazetteer.entries().iter().any(is_too_large) {
            return Err(Error::value("the gazetteer is too large: at most 2^32 entries, 65,535 names an entry"));
        }
        let index = Index::new(gazetteer);
        let fuzzy = match self.fuzziness {
            Fuzziness::Off => FuzzyIndex::default(),
            _ => FuzzyIndex::new(gazetteer, &index),
        };
        let inner = Inner {
            gazetteer: gazetteer.clone(),
            index,
            fuzzy,
            fuzziness: self.fuzziness,
            ascii_keys: OnceLock::new(),
        };
        Ok(Matcher { inner: Arc::new(inner) })
    }
}

impl Matcher {
    /// A builder with the default settings.
    pub fn builder() -> MatcherBuilder {
        MatcherBuilder::default()
    }

    /// A matcher of the bundled gazetteer with the default settings.
    ///
    /// # Errors
    ///
    /// As [`MatcherBuilder::build`].
    #[cfg(feature = "bundled")]
    pub fn bundled() -> Result<Self, Error> {
        Self::builder().build(&Gazetteer::bundled())
    }

    /// A matcher of the gazetteer at `path`, alone, with the default settings.
    ///
    /// # Errors
    ///
    /// As [`Gazetteer::from_path`] and [`MatcherBuilder::build`].
    pub fn open(path: impl AsRef<std::path::Path>) -> Result<Self, Error> {
        Self::builder().build(&Gazetteer::from_path(path)?)
    }

    /// The gazetteer whose names are matched.
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.inner.gazetteer
    }

    /// Whether a listed spelling is borne by this entry and, beside it, only by places that contain one another with it.
    pub(crate) fn means_only(&self, spelling: &str, entry: u32) -> bool {
        let contains = |outer: u32, inner: u32| {
            let outer = &self.gazetteer().entries()[outer as usize].id;
            self.gazetteer().entries()[inner as usize].within.as_ref() == Some(outer)
        };
        let slot = self.inner.index.slot(&index::key_of(spelling));
        slot.is_some_and(|slot| {
            slot.postings.iter().all(|posting| {
                let other = posting.at.entry;
                other == entry || contains(other, entry) || contains(entry, other)
            })
        })
    }

    /// All mentions of a text, in order, none overlapping.
    pub(crate) fn mentions(&self, words: &Words<'_>) -> Vec<Mention> {
        let mut found = self.listed_names(words);
        self.add_fuzzy_names(words, &mut found);
        let protected = protected_spans(words.text);
        let is_protected = |find: &Found| {
            let last_before = protected.partition_point(|span| span.start < find.span.end);
            last_before.checked_sub(1).is_some_and(|at| protected[at].overlaps(find.span))
        };
        found.retain(|find| !is_protected(find));
        select::select(self.gazetteer(), found, words.len())
    }

    fn listed_names(&self, words: &Words<'_>) -> Vec<Found> {
        let mut found = Vec::new();
        let mut key = String::new();
        for first in 0..words.len() {
            exact::names_at(&self.inner.index, words, first, &mut key, &mut found);
        }
        self.complete_people(words, found)
    }

    fn add_fuzzy_names(&self, words: &Words<'_>, found: &mut Vec<Found>) {
        let Some(threshold) = self.inner.fuzziness.threshold() else {
            return;
        };
        let mut is_taken = vec![false; words.len()];
        for find in found.iter() {
            is_taken[find.words.clone()].fill(true);
        }
        let mut search = FuzzySearch::new(&self.inner.fuzzy, threshold, words, &is_taken);
        let mut fuzzy = Vec::new();
        for first in 0..words.len() {
            search.names_at(first, &mut fuzzy);
        }
        let people = self.complete_people(words, fuzzy);
        found.extend(people.into_iter().filter(|find| fuzzy::is_sure_enough(find, words)));
    }

    /// Replaces every family name by the mention of the person, where it is one.
    fn complete_people(&self, words: &Words<'_>, found: Vec<Found>) -> Vec<Found> {
        let mut bearers: FxHashMap<(usize, usize), FxHashSet<u32>> = FxHashMap::default();
        for find in found.iter().filter(|find| find.part == Part::Family) {
            let entries = bearers.entry((find.words.start, find.words.end)).or_default();
            entries.insert(find.candidate.at.entry);
        }
        let complete = |find: Found| match find.part {
            Part::Family => {
                let bearers = bearers.get(&(find.words.start, find.words.end));
                let is_unique = bearers.is_some_and(|entries| entries.len() == 1);
                people::complete(&self.inner.index, words, find, is_unique)
            }
            _ => find,
        };
        found.into_iter().map(complete).collect()
    }

    fn ascii_keys(&self) -> &[(String, SpellingRef)] {
        self.inner.ascii_keys.get_or_init(|| {
            let mut keys: Vec<(String, SpellingRef)> = Vec::new();
            for (key, slot) in self.inner.index.slots() {
                let ascii = ascii_key(key);
                let names = slot.postings.iter().filter(|posting| !matches!(posting.part, Part::Suppressed(_)));
                keys.extend(names.map(|posting| (ascii.clone(), posting.at)));
            }
            keys.sort_by(|a, b| (a.1.entry, &a.0).cmp(&(b.1.entry, &b.0)));
            keys
        })
    }
}
