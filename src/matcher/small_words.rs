//! Which capitalised words a document also writes in small letters: those are words, and no names.
//!
//! Only words that English does not know are asked for, and they are few; so they are gathered first, and the many words in small letters
//! pass a filter of some bits. A set of all words in small letters would cost more than all other matching of names.

use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::xxh3_64;

use super::fuzzy::is_capitalised;
use super::vocabulary::{ReadWords, Trait};
use crate::text::{Shape, Words};

/// A shorter word, in bytes, is no evidence.
const MIN_BYTES: usize = 5;
/// Bits of the filter, a power of two.
const FILTER_BITS: usize = 1 << 13;

/// Hashes of the unknown words that stand in small letters as well.
pub(super) struct SmallWords(FxHashSet<u64>);

impl SmallWords {
    pub(super) fn of(read: &ReadWords<'_, '_>) -> Self {
        let words = read.words;
        let is_asked = |at: usize| {
            let traits = read.traits(at);
            is_capitalised(words, at) && traits.has(Trait::IsUnknownLength) && !traits.is_known()
        };
        Self::among(words, read.name_like.iter().copied().filter(|&at| is_asked(at)))
    }

    /// Of these words of a text.
    fn among(words: &Words<'_>, asked_for: impl Iterator<Item = usize>) -> Self {
        let (mut asked, mut filter) = (FxHashSet::default(), vec![0_u64; FILTER_BITS / 64]);
        for at in asked_for {
            let small = words.surface(at).to_lowercase();
            if let Some(bit) = bit_of(&small) {
                asked.insert(xxh3_64(small.as_bytes()));
                filter[bit / 64] |= 1 << (bit % 64);
            }
        }
        let passes = |word: &str| bit_of(word).is_some_and(|bit| filter[bit / 64] & 1 << (bit % 64) != 0);
        let small = words.list.iter().filter(|word| word.shape == Shape::Lower);
        let small = small.map(|word| &words.text[word.span.range()]).filter(|word| passes(word));
        let small = small.map(|word| xxh3_64(word.as_bytes()));
        Self(small.filter(|hash| asked.contains(hash)).collect())
    }

    /// Whether the document writes a capitalised word in small letters too.
    pub(super) fn has(&self, surface: &str) -> bool {
        !self.0.is_empty() && self.0.contains(&xxh3_64(surface.to_lowercase().as_bytes()))
    }
}

/// The bit of a word in the filter, by its first letters and its length; `None` if it is too short to be asked for.
fn bit_of(word: &str) -> Option<usize> {
    let first: [u8; 4] = word.as_bytes().get(..4)?.try_into().ok()?;
    let mixed = (u32::from_le_bytes(first) ^ (word.len() as u32) << 5).wrapping_mul(0x9E37_79B1);
    (word.len() >= MIN_BYTES).then_some(mixed as usize >> 19)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_small_letters_are_known() {
        let words = Words::new("Zumfrek Qworvil THE zumfrek and zumfre qworvilx ŻÓŁWIKI żółwiki Abc abc");
        let small = SmallWords::among(&words, 0..words.len());
        let known: Vec<&str> = (0..words.len()).map(|at| words.surface(at)).filter(|word| small.has(word)).collect();
        // Those that stand in small letters, themselves among them; `abc` is too short.
        assert_eq!(known, ["Zumfrek", "zumfrek", "zumfre", "qworvilx", "ŻÓŁWIKI", "żółwiki"]);
    }
}
