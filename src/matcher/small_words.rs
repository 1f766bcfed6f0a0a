//! Which capitalised words a document also writes in small letters: those are words, and no names.
//!
//! Only words that English does not know are asked for, so only such words in small letters need to be looked at, and the vocabulary says which
//! those are. A set of all words in small letters would cost more than all other matching of names.

use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::xxh3_64;

use super::fuzzy::is_capitalised;
use super::traits::Trait;
use super::vocabulary::ReadWords;
use crate::text::Words;

/// A shorter word, in bytes, is no evidence.
pub(super) const MIN_SMALL_BYTES: usize = 5;

/// Hashes of the unknown words that stand in small letters as well.
pub(super) struct SmallWords(FxHashSet<u64>);

impl SmallWords {
    pub(super) fn of(read: &ReadWords<'_, '_>) -> Self {
        let words = read.words;
        let is_asked = |at: usize| {
            let traits = read.traits(at);
            is_capitalised(words, at) && traits.has(Trait::IsUnknownLength) && !traits.is_known()
        };
        let asked = read.name_like.iter().copied().filter(|&at| is_asked(at));
        Self::among(words, asked, read.unknown_small.iter().copied())
    }

    /// The words asked for that are also among those in small letters.
    fn among(words: &Words<'_>, asked: impl Iterator<Item = usize>, small: impl Iterator<Item = usize>) -> Self {
        let asked: FxHashSet<u64> = asked.filter_map(|at| hash(&words.surface(at).to_lowercase())).collect();
        Self(small.filter_map(|at| hash(words.surface(at))).filter(|hash| asked.contains(hash)).collect())
    }

    /// Whether the document writes a capitalised word in small letters too.
    pub(super) fn has(&self, surface: &str) -> bool {
        !self.0.is_empty() && hash(&surface.to_lowercase()).is_some_and(|hash| self.0.contains(&hash))
    }
}

/// The hash of a word in small letters; `None` if it is too short to be asked for.
fn hash(word: &str) -> Option<u64> {
    (word.len() >= MIN_SMALL_BYTES).then(|| xxh3_64(word.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Shape;

    #[test]
    fn words_in_small_letters_are_known() {
        let words = Words::new("Zumfrek Qworvil THE zumfrek and zumfre qworvilx ŻÓŁWIKI żółwiki Abc abc");
        let is_small = |&at: &usize| words.shape(at) == Shape::Lower;
        let small = SmallWords::among(&words, 0..words.len(), (0..words.len()).filter(is_small));
        let known: Vec<&str> = (0..words.len()).map(|at| words.surface(at)).filter(|word| small.has(word)).collect();
        // Those that stand in small letters, themselves among them; `abc` is too short.
        assert_eq!(known, ["Zumfrek", "zumfrek", "zumfre", "qworvilx", "ŻÓŁWIKI", "żółwiki"]);
    }
}
