//! The stages of reading a document one by one, for the benchmarks in `tests/bench`, which need what no other program does.
//!
//! Each function does all that the one before it does, and a stage more, so that differences tell what a stage costs; each gives a count,
//! so that nothing is optimised away. What comes after is public: `Normalizer::annotate` and `write`. Not part of the interface: only with the feature `measure`, which may change at any time.

use crate::matcher::{Fuzziness, Matcher};
use crate::resolve::{Setting, resolve};
use crate::text::{Words, fold_into};

/// The words of a text.
pub fn words(text: &str) -> usize {
    Words::new(text).len()
}

/// Words and their folded letters.
pub fn keys(text: &str) -> usize {
    let words = Words::new(text);
    let mut key = String::new();
    let folded = |at| {
        key.clear();
        fold_into(words.surface(at), &mut key);
        key.len()
    };
    (0..words.len()).map(folded).sum()
}

/// Words and listed names, case and diacritics folded: the matcher alone.
pub fn listed(matcher: &Matcher, text: &str) -> usize {
    matcher.listed_mentions(&Words::new(text)).len()
}

/// Words, listed names, names with endings.
pub fn exact(matcher: &Matcher, text: &str) -> usize {
    matcher.mentions_by(Fuzziness::Off, &Words::new(text), None).len()
}

/// Words, listed names, near misses.
pub fn fuzzy(matcher: &Matcher, text: &str) -> usize {
    matcher.mentions(&Words::new(text), None).len()
}

/// All mentions, decided.
pub fn resolved(matcher: &Matcher, text: &str) -> usize {
    let words = Words::new(text);
    resolve(matcher.layers(), &words, matcher.mentions(&words, None), Setting::default()).len()
}
