//! What a document's own words say of its names: which of them are ordinary words there, and whether capitals say anything at all.
//!
//! A list of ordinary words cannot know that this text uses `reading` in small letters; the text does.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

use super::words::Words;
use crate::matcher::Mention;
use crate::text::{Lexicon, Shape};

/// Ordinary words of languages other than English, and the languages.
static FOREIGN_WORDS: LazyLock<FxHashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let rows = include_str!("words.tsv").lines().filter(|row| !row.starts_with('#'));
    let mut languages: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
    for (lang, words) in rows.filter_map(|row| row.split_once('\t')) {
        words.split(' ').for_each(|word| languages.entry(word).or_default().push(lang));
    }
    languages
});

/// The languages other than English of which a word is an ordinary one.
pub(super) fn languages_of(surface: &str) -> &'static [&'static str] {
    FOREIGN_WORDS.get(surface.to_lowercase().as_str()).map_or(&[], Vec::as_slice)
}

/// The ordinary words that are mentions at the start of a sentence, and stand in small letters elsewhere.
pub(super) fn small_elsewhere(words: &Words<'_>, mentions: &[Mention]) -> FxHashSet<String> {
    let begins = |mention: &&Mention| mention.words.len() == 1 && words.starts_sentence(mention.words.start);
    let first: FxHashSet<String> =
        mentions.iter().filter(begins).map(|mention| words.key(mention).into_owned()).collect();
    let first: FxHashSet<String> = first.into_iter().filter(|key| Lexicon.has_word(key)).collect();
    // Of nearly every other word first letter and length tell at once that it is none of them.
    let outline = |word: &str| usize::from(word.bytes().next().unwrap_or_default() & 31) << 5 | word.len() & 31;
    let mut has_outline = [false; 1 << 10];
    first.iter().for_each(|word| has_outline[outline(word)] = true);
    let surfaces = (0..words.len()).map(|at| words.surface(at)).filter(|word| has_outline[outline(word)]);
    let small = surfaces.filter(|surface| first.contains(*surface));
    if first.is_empty() { first } else { small.map(str::to_owned).collect() }
}

/// In running text every twentieth word or so has a capital, if only at the start of a sentence; fewer than one in fifty is none.
pub(super) fn is_lower_case(words: &Words<'_>) -> bool {
    let (mut capitals, mut small) = (0, 0);
    for word in &words.list {
        capitals += usize::from(matches!(word.shape, Shape::Title | Shape::Upper));
        small += usize::from(word.shape == Shape::Lower);
    }
    capitals * 50 < small
}
