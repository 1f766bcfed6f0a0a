//! Listed spellings in running text: all of them, also overlapping ones; `select` chooses later.
//!
//! From every word the scan goes on as long as the words run together are the beginning of a name. A hit on the key is
//! then compared with the listed spelling: what joins the words, and the letter case.

use std::ops::Range;

use super::dead_ends::DeadEnds;
use super::index::{LayerIndex, Part, Posting, indexes};
use super::mention::{Candidate, Method};
use super::traits::Trait;
use super::vocabulary::ReadWords;
use crate::gazetteer::compiled::Layers;
use crate::span::Span;
use crate::text::{Joint, Lexicon, Remembered, Shape, Words, fold, fold_into};

/// The score of a spelling that differs from the listed one in diacritics or in how its words are joined.
const DERIVED_SCORE: f64 = 0.98;
/// Shortest name, in letters, that is found when it is written without its capital.
pub(super) const MIN_LOWER_CASE_LETTERS: usize = 5;
/// Shortest half of a name that a text writes in two words and the gazetteer in one (`Karin Tak`, `Karintak`).
pub(super) const MIN_SPLIT_LETTERS: usize = 3;
/// So many pieces that line breaks cut off may follow one another before some name must begin with them.
const MAX_BROKEN_PIECES: usize = 2;

/// A name found over some words; several may overlap.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) words: Range<usize>,
    pub(super) span: Span,
    pub(super) part: Part,
    pub(super) candidate: Candidate,
}

/// Names of one word, remembered from document to document: each with its namesakes, of which some have hundreds.
#[derive(Debug, Default)]
pub(super) struct SingleWords(Remembered<Alone, { 1 << 16 }>);

/// The names of one word.
#[derive(Debug, Default)]
struct Alone {
    names: Box<[Found]>,
    /// Those that only count with the stop after them: `Miss.` for Mississippi.
    stopped: Box<[Found]>,
}

impl SingleWords {
    /// Finds every name listed in some layer over the word `first` alone.
    fn find(&mut self, layers: &Layers, words: &Words<'_>, first: usize, found: &mut Vec<Found>) {
        let span = words.list[first].span;
        let list = || listed_alone(layers, words, first);
        let alone =
            self.0.get_or_weigh(words.surface(first), list, |alone| 1 + alone.names.len() + alone.stopped.len());
        found.extend(alone.names.iter().map(|name| name.moved(first, span)));
        if words.text[span.end..].starts_with('.') {
            let stopped = Span::new(span.start, span.end + 1);
            found.extend(alone.stopped.iter().map(|name| name.moved(first, stopped)));
        }
    }
}

impl Found {
    /// The same name of one word somewhere else.
    fn moved(&self, first: usize, span: Span) -> Self {
        Self { words: first..first + 1, span, part: self.part, candidate: self.candidate.clone() }
    }
}

/// What stands beside a word bears on none of its names of one word, but for a stop that belongs to the name.
fn listed_alone(layers: &Layers, words: &Words<'_>, first: usize) -> Alone {
    let key = fold(words.surface(first));
    let (mut names, mut stopped) = (Vec::new(), Vec::new());
    let slots = indexes(layers).filter_map(|index| index.slot(&key));
    for posting in slots.flat_map(|slot| slot.postings(&key)) {
        let to = if posting.is_abbreviation && posting.text.ends_with('.') { &mut stopped } else { &mut names };
        to.extend(compare(&posting, words, first..first + 1));
    }
    Alone { names: names.into(), stopped: stopped.into() }
}

/// Every name listed in some layer, over any words.
pub(super) fn names_in(
    layers: &Layers,
    read: &ReadWords<'_, '_>,
    dead_ends: &mut DeadEnds,
    single_words: &mut SingleWords,
) -> Vec<Found> {
    let (mut found, mut key) = (Vec::new(), String::new());
    // Most words of any text are no beginning.
    for &first in read.beginnings {
        let traits = read.traits(first);
        if traits.has(Trait::IsName) {
            single_words.find(layers, read.words, first, &mut found);
        }
        let may_go_on = (traits.has(Trait::BeginsLonger) || traits.has(Trait::IsBrokenOff))
            && read.words.joint(first + 1) != Joint::Break;
        if may_go_on && !is_dead_end(layers, read, first, dead_ends, &mut key) {
            indexes(layers).for_each(|index| names_at(index, read, first, &mut key, &mut found));
        }
    }
    for &first in read.name_like.iter().filter(|&&first| may_be_split(read, first)) {
        found.extend(indexes(layers).filter_map(|index| split_name(index, read.words, first, &mut key)));
    }
    found
}

/// Whether no name goes on over the word `first` and the next.
fn is_dead_end(
    layers: &Layers,
    read: &ReadWords<'_, '_>,
    first: usize,
    dead_ends: &mut DeadEnds,
    key: &mut String,
) -> bool {
    if read.traits(first).has(Trait::IsBrokenOff) || read.traits(first + 1).has(Trait::IsBrokenOff) {
        return false;
    }
    let pair = read.pair(first);
    let is_known = pair.is_some_and(|pair| dead_ends.has(pair));
    is_known || {
        key.clear();
        fold_into(read.words.surface(first), key);
        fold_into(read.words.surface(first + 1), key);
        let goes_on = indexes(layers).any(|index| index.slot(key).is_some());
        if let Some(pair) = pair.filter(|_| !goes_on) {
            dead_ends.add(pair);
        }
        !goes_on
    }
}

/// Finds every name of several words listed in one layer that starts at the word `first`.
fn names_at(index: LayerIndex<'_>, read: &ReadWords<'_, '_>, first: usize, key: &mut String, found: &mut Vec<Found>) {
    let words = read.words;
    key.clear();
    let mut broken = 0;
    for last in first..words.len() {
        if last > first && words.joint(last) == Joint::Break {
            return;
        }
        fold_into(words.surface(last), key);
        let is_hyphenated = read.traits(last).has(Trait::IsBrokenOff);
        let Some(slot) = index.slot(key) else {
            broken += 1;
            if is_hyphenated && broken <= MAX_BROKEN_PIECES {
                continue;
            }
            return;
        };
        broken = 0;
        if last > first {
            found.extend(slot.postings(key).filter_map(|posting| compare(&posting, words, first..last + 1)));
        }
        if !slot.continues && !is_hyphenated {
            return;
        }
    }
}

/// Whether the words at `first` and after it may be halves of one name: both look like one, and English knows neither.
fn may_be_split(read: &ReadWords<'_, '_>, first: usize) -> bool {
    let is_half = |at: usize| read.traits(at).has(Trait::IsHalf) && !read.traits(at).is_known();
    let is_joined = || matches!(read.words.joint(first + 1), Joint::Space | Joint::LineBreak | Joint::Hyphen);
    is_half(first) && is_joined() && is_half(first + 1)
}

/// A name listed as one word that the text writes as two: `Karin Tak` where the gazetteer has only `Karintak`.
fn split_name(index: LayerIndex<'_>, words: &Words<'_>, first: usize, key: &mut String) -> Option<Found> {
    key.clear();
    let range = first..first + 2;
    range.clone().for_each(|at| fold_into(words.surface(at), key));
    let slot = index.slot(key)?;
    let posting = slot.postings(key).find(|posting| posting.part == Part::Whole && posting.joints.is_empty())?;
    Some(Found {
        span: words.span(range.clone()),
        words: range,
        part: posting.part,
        candidate: Candidate::new(posting.at, DERIVED_SCORE, Method::Derived),
    })
}

/// The listed spelling as found over these words, if joints and letter case allow it.
fn compare(posting: &Posting<'_>, words: &Words<'_>, range: Range<usize>) -> Option<Found> {
    if posting.part == Part::FullName {
        return None;
    }
    if !joints_agree(posting, words, range.clone()) || !case_agrees(posting, words, range.clone()) {
        return None;
    }
    let mut span = words.span(range.clone());
    if posting.text.ends_with('.') && words.text[span.end..].starts_with('.') && has_dots(words, range.clone()) {
        span.end += 1;
    }
    let is_listed = has_same_letters(posting.text, words, range.clone());
    if !is_listed && is_acronym(words, range.clone()) {
        return None;
    }
    let (method, score) = if is_listed { (Method::Listed, 1.0) } else { (Method::Derived, DERIVED_SCORE) };
    Some(Found { words: range, span, part: posting.part, candidate: Candidate::new(posting.at, score, method) })
}

/// A short word in capitals is an acronym sooner than a name without its diacritics: `ASAN` is not Aşan.
fn is_acronym(words: &Words<'_>, range: Range<usize>) -> bool {
    const MAX_ACRONYM_LETTERS: usize = 5;
    let surface = words.surface(range.start);
    range.len() == 1 && words.shape(range.start) == Shape::Upper && surface.chars().count() <= MAX_ACRONYM_LETTERS
}

fn has_dots(words: &Words<'_>, range: Range<usize>) -> bool {
    range.skip(1).any(|at| matches!(words.joint(at), Joint::Dot | Joint::DotSpace))
}

/// Whether listed and found text have the same letters, case and what joins the words aside.
fn has_same_letters(listed: &str, words: &Words<'_>, range: Range<usize>) -> bool {
    if range.len() == 1 && listed.is_ascii() && listed.eq_ignore_ascii_case(words.surface(range.start)) {
        return true;
    }
    letters(listed).eq(range.flat_map(|at| letters(words.surface(at))))
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

fn joints_agree(posting: &Posting<'_>, words: &Words<'_>, range: Range<usize>) -> bool {
    if range.len() == 1 {
        return true;
    }
    let mut key_length = 0;
    let mut key = String::new();
    for at in range.clone() {
        if at > range.start {
            let listed = posting.joints.iter().find(|(offset, _)| *offset == key_length);
            if !may_stand_for(words.joint(at), listed.map(|&(_, joint)| joint)) {
                return false;
            }
        }
        key.clear();
        fold_into(words.surface(at), &mut key);
        key_length += key.len();
    }
    true
}

/// Whether a text may have `found` where the gazetteer lists `listed` (`None`: the inside of a word).
fn may_stand_for(found: Joint, listed: Option<Joint>) -> bool {
    use Joint::*;
    matches!(
        (found, listed),
        (HyphenBreak, _)
            | (Apostrophe, None | Some(Apostrophe))
            | (Space | LineBreak, Some(Space | LineBreak | Hyphen | DotSpace | Comma))
            | (Hyphen, Some(Space | Hyphen | Apostrophe))
            | (Dot | DotSpace, Some(Dot | DotSpace))
            | (Comma, Some(Comma))
    )
}

/// Whether the letter case of the surface is that of a name.
fn case_agrees(posting: &Posting<'_>, words: &Words<'_>, range: Range<usize>) -> bool {
    if posting.is_abbreviation {
        let is_capital = range.clone().all(|at| words.surface(at).chars().all(|c| !c.is_lowercase()));
        // `Tenn.`, which has small letters itself.
        let is_as_listed = || {
            let has_small = posting.text.contains(char::is_lowercase);
            has_small && range.clone().all(|at| words.shape(at).is_name_like())
        };
        return is_capital || is_as_listed();
    }
    if posting.is_lower || words.shape(range.start).is_name_like() {
        return true;
    }
    posting.part != Part::Family && is_unmistakable(words, range)
}

/// Whether a name in small letters can be nothing but the name: no ordinary words, and not short.
fn is_unmistakable(words: &Words<'_>, range: Range<usize>) -> bool {
    let mut key = String::new();
    let (mut letters, mut is_word) = (0, true);
    for at in range {
        key.clear();
        fold_into(words.surface(at), &mut key);
        letters += key.chars().count();
        is_word &= !key.is_ascii() || Lexicon.has_word(&key);
    }
    letters >= MIN_LOWER_CASE_LETTERS && !is_word
}
