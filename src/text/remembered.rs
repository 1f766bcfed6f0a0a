//! What was worked out for a word, remembered by how the word is written, in bounded memory.
//!
//! The same words come again and again, in a document and in the next. When so much is remembered, all is forgotten: keeping what is asked
//! for often would cost more at every word than working it out again does now and then. What is worked out must follow from the word alone.

use rustc_hash::FxHashMap;

/// A longer word, in bytes, is not remembered: it will not come again.
const MAX_LENGTH: usize = 64;

/// What was worked out for words, as long as all of it weighs no more than `MAX`.
#[derive(Debug)]
pub(crate) struct Remembered<T, const MAX: usize> {
    known: FxHashMap<Box<str>, T>,
    weight: usize,
    /// Of the word asked for last that is not to be remembered.
    passing: Option<T>,
}

impl<T, const MAX: usize> Default for Remembered<T, MAX> {
    fn default() -> Self {
        Self { known: FxHashMap::default(), weight: 0, passing: None }
    }
}

impl<T, const MAX: usize> Remembered<T, MAX> {
    /// What is known of a word, or else what `work_out` says.
    pub(crate) fn get_or_work_out(&mut self, word: &str, work_out: impl FnOnce() -> T) -> &T {
        self.get_or_weigh(word, work_out, |_| 1)
    }

    /// The same, where what is remembered differs in weight.
    pub(crate) fn get_or_weigh(
        &mut self,
        word: &str,
        work_out: impl FnOnce() -> T,
        weigh: impl FnOnce(&T) -> usize,
    ) -> &T {
        if !self.known.contains_key(word) {
            let value = work_out();
            let weight = weigh(&value);
            if word.len() > MAX_LENGTH || weight > MAX {
                return self.passing.insert(value);
            }
            if self.weight + weight > MAX {
                *self = Self::default();
            }
            self.weight += weight;
            self.known.insert(word.into(), value);
        }
        &self.known[word]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Whatever was asked for before: the answer is that of the word, and no more is remembered than may be.
        #[test]
        fn what_is_remembered_is_what_would_be_worked_out(words in prop::collection::vec("[ab]{0,3}|c{60,70}", 0..40)) {
            let mut remembered = Remembered::<usize, 20>::default();
            for word in &words {
                let weight = |&length: &usize| length + 1;
                prop_assert_eq!(*remembered.get_or_weigh(word, || word.len(), weight), word.len());
                prop_assert!(remembered.known.values().map(weight).sum::<usize>() <= 20);
                prop_assert!(remembered.known.keys().all(|word| word.len() <= MAX_LENGTH));
            }
        }
    }

    #[test]
    fn a_word_is_worked_out_once() {
        let mut remembered = Remembered::<_, 9>::default();
        remembered.get_or_work_out("Susha", || 1);
        assert_eq!(*remembered.get_or_work_out("Susha", || 2), 1);
    }
}
