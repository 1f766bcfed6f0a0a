//! A filter of the words with which names of several words go on: `Tak` of `Karin Tak`.
//!
//! Many ordinary words begin some name, and few go on one: with this, `the man` is not looked for in the index. Two bits a word, so that
//! one word in twenty or so passes that should not; a list of the words would be ten times as large, and answers no better what is
//! asked of the index afterwards.

use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::xxh3_64;

/// Bits of the filter for each word in it, at least.
const BITS_A_WORD: usize = 8;

/// The words while they are gathered, as hashes.
#[derive(Default)]
pub(super) struct Continuations(FxHashSet<u64>);

impl Continuations {
    /// Adds what can go on a name, whose words after the first start at `starts` in its key: also several words that a text writes as one.
    pub(super) fn add(&mut self, key: &str, starts: &[usize]) {
        for (at, &start) in starts.iter().enumerate() {
            let ends = starts[at + 1..].iter().copied().chain([key.len()]);
            self.0.extend(ends.map(|end| xxh3_64(&key.as_bytes()[start..end])));
        }
    }

    /// The filter, as bytes; their number is a power of two.
    pub(super) fn bits(&self) -> Vec<u8> {
        let mut bits = vec![0; (self.0.len() * BITS_A_WORD).next_power_of_two().max(u8::BITS as usize) / 8];
        let count = bits.len();
        for (byte, bit) in self.0.iter().flat_map(|&hash| places(hash, count)) {
            bits[byte] |= bit;
        }
        bits
    }

    /// Whether a filter lets a folded word pass.
    pub(super) fn has(bits: &[u8], word: &str) -> bool {
        !bits.is_empty()
            && places(xxh3_64(word.as_bytes()), bits.len()).iter().all(|&(byte, bit)| bits[byte] & bit != 0)
    }
}

/// The two bits of a hash among so many bytes: byte and bit in it.
fn places(hash: u64, count: usize) -> [(usize, u8); 2] {
    [hash, hash.rotate_left(32)].map(|hash| ((hash >> 3) as usize % count, 1 << (hash & 7)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_go_on_a_name_pass_and_few_others_do() {
        let mut words = Continuations::default();
        words.add("karintak", &[5]);
        words.add("isleofman", &[4, 6]);
        (0..1000).for_each(|at| words.add(&format!("name{at}"), &[4]));
        let bits = words.bits();
        for word in ["tak", "of", "man", "ofman", "17", "999"] {
            assert!(Continuations::has(&bits, word), "{word}");
        }
        assert!(!Continuations::has(&bits, "karin") && !Continuations::has(&bits, "isle"));
        let passed = (1000..2000).filter(|at| Continuations::has(&bits, &at.to_string())).count();
        assert!(passed < 100, "{passed}");
        assert!(!Continuations::has(&[], "tak") && !Continuations::has(&Continuations::default().bits(), "tak"));
    }
}
