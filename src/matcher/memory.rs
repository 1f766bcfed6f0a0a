//! What a matcher remembers from document to document, so that what comes again is not worked out again.
//!
//! A document takes a memory out of the pool and puts it back, so threads that share a matcher never wait for one another; there are as
//! many memories as documents were ever read at once. One memory behind a lock was rejected: it would be asked at every word.
//! Everything in it is bounded, and follows from words and gazetteer alone: what is found in a document does not depend on what was
//! read before it.

use std::cell::OnceCell;
use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::heard::HeardNames;
use super::index::ListedSkeletons;
use super::near_miss::NearMiss;
use super::vocabulary::{DeadEnds, Vocabulary};

/// Of so many words and stretches the near misses are remembered; then all is forgotten.
const MAX_NEAR_MISSES: usize = 1 << 14;

/// What one thread remembers.
#[derive(Debug, Default)]
pub(super) struct Memory {
    pub(super) vocabulary: Vocabulary,
    pub(super) dead_ends: DeadEnds,
    pub(super) near_misses: NearMisses,
    /// Of the matcher's names, made when a near miss is first looked for.
    pub(super) skeletons: OnceCell<ListedSkeletons>,
    pub(super) heard: HeardNames,
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
