//! What a matcher remembers from document to document, so that what comes again is not worked out again.
//!
//! A document takes a memory out of the pool and puts it back, so threads that share a matcher never wait for one another; there are as
//! many memories as documents were ever read at once. One memory behind a lock was rejected: it would be asked at every word.
//! Everything in it is bounded, and follows from words and gazetteer alone: what is found in a document does not depend on what was
//! read before it.

use std::cell::OnceCell;
use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::exact::SingleWords;
use super::heard::HeardNames;
use super::index::ListedSkeletons;
use super::near_miss::NearMiss;
use super::people::FirstNames;
use super::vocabulary::Vocabulary;

/// Of so many words and stretches the near misses are remembered; then all is forgotten.
const MAX_NEAR_MISSES: usize = 1 << 14;

/// What one thread remembers.
#[derive(Debug, Default)]
pub(super) struct Memory {
    pub(super) vocabulary: Vocabulary,
    pub(super) near_misses: NearMisses,
    /// Of the matcher's names, made when a near miss is first looked for.
    pub(super) skeletons: OnceCell<ListedSkeletons>,
    pub(super) heard: HeardNames,
    pub(super) first_names: FirstNames,
    pub(super) single_words: SingleWords,
}

/// What words were found to be near to, most of them to nothing.
#[derive(Debug, Default)]
pub(super) struct NearMisses(FxHashMap<Box<str>, Option<NearMiss>>);

impl NearMisses {
    /// What is remembered under `key`, or else what `find` finds.
    pub(super) fn get_or_find(&mut self, key: &str, find: impl FnOnce() -> Option<NearMiss>) -> Option<&NearMiss> {
        if !self.0.contains_key(key) {
            if self.0.len() == MAX_NEAR_MISSES {
                self.0.clear();
            }
            self.0.insert(key.into(), find());
        }
        self.0.get(key)?.as_ref()
    }
}

/// The memories that no document is using.
#[derive(Debug, Default)]
pub(super) struct Memories(Mutex<Vec<Memory>>);

impl Memories {
    /// Lets `read` use a memory.
    pub(super) fn with<R>(&self, read: impl FnOnce(&mut Memory) -> R) -> R {
        let mut memory = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        let result = read(&mut memory);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(memory);
        result
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::gazetteer::Gazetteer;
    use crate::matcher::Matcher;
    use crate::text::Words;

    const LIST: &str = "name,kind\nStepanakert,city\nNagorno-Karabakh,region\nKarin Tak,village\nUnited States,country\n\
        New York,city\nYork,city\nNikol Pashinyan,person\n";

    fn matcher() -> Matcher {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.csv");
        std::fs::write(&path, LIST).unwrap();
        Matcher::builder().build(&Gazetteer::from_path(path).unwrap()).unwrap()
    }

    fn text() -> impl Strategy<Value = String> {
        let word = prop::sample::select(vec![
            "Stepanakert",
            "Stepanakrt",
            "stepanakert",
            "Nagorno",
            "Karabakh",
            "Karabkh",
            "Karin",
            "Tak",
            "Karintak",
            "united",
            "United",
            "States",
            "New",
            "new",
            "York",
            "Nikol",
            "Pashinyan",
            "Pashinian",
            "the",
            "of",
            "Nagor-\nno",
            "Kara-\nbakh",
        ]);
        let joint = prop::sample::select(vec![" ", " ", " ", "-", ", ", ". ", "\n\n"]);
        prop::collection::vec((word, joint), 0..14)
            .prop_map(|pieces| pieces.into_iter().flat_map(|(word, joint)| [word, joint]).collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn what_was_read_before_changes_nothing(texts in prop::collection::vec(text(), 2..6)) {
            let reused = matcher();
            for text in &texts {
                let found = |matcher: &Matcher| format!("{:?}", matcher.mentions(&Words::new(text), None));
                prop_assert_eq!(found(&reused), found(&matcher()), "{:?}", text);
            }
        }
    }
}
