//! Unlisted misspellings in running text: which name-like words that exact matching left over are worth asking for.
//!
//! A stretch of one to three words is asked once (`near_miss`), and the answer remembered (`memory`). The gates cost recall on purpose: a name missed is seen by nobody, a
//! word wrongly corrected is seen by everybody.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::exact::Found;
use super::index::Part;
use super::memory::NearMisses;
use super::mention::{Candidate, Method};
use super::near_miss::NearMissSearch;
use super::small_words::SmallWords;
use super::traits::Trait;
use super::vocabulary::ReadWords;
use crate::text::{Joint, Shape, Words, fold, is_title};
use crate::translit::similarity;

/// How near an unlisted spelling must be to count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fuzziness {
    /// Only listed spellings and what rules derive from them.
    Off,
    /// Hardly ever wrong.
    Strict,
    /// Wrong less than once in a megabyte of prose.
    #[default]
    Normal,
    /// Finds more, and is wrong oftener.
    Loose,
}

impl Fuzziness {
    /// By how much the evidence of a spelling alone must exceed what a lookup asks for, in logarithms of odds; `None` if nothing is enough.
    pub(super) fn surplus(self) -> Option<f64> {
        match self {
            Self::Off => None,
            Self::Strict => Some(3.8),
            Self::Normal => Some(2.2),
            Self::Loose => Some(0.7),
        }
    }
}

/// Shortest word that is matched fuzzily, in letters: short names have too many neighbours.
pub(super) const MIN_LETTERS: usize = 5;
/// A shorter word inside a name of several words is not taken for a misspelling.
pub(super) const MIN_UNKNOWN_LETTERS: usize = 3;
/// A family name without a given name before it needs this many letters to be matched fuzzily.
const MIN_LONE_FAMILY_LETTERS: usize = 8;
/// So much, in logarithms of odds, a document can add to what a spelling says for itself.
const MAX_CONTEXT: f64 = 4.5;
/// How alike the letters of a name must be that the text divides into more, or fewer, words.
const MIN_REJOINED: f64 = 0.75;
/// How much of the words that can be misspelt may differ.
const MAX_DIFFERING: f32 = 0.3;
/// The longest stretch of words that is compared with names.
const MAX_WORDS: usize = 3;
/// In a longer run of unexplained capitalised words no several are one name: it is a column of names or no language at all. Asking for
/// every stretch of it took sixty times as long as reading prose.
const MAX_RUN: usize = 8;

/// The fuzzy search over one document.
pub(super) struct FuzzySearch<'m, 't> {
    search: NearMissSearch<'m>,
    asked: f64,
    words: &'m Words<'t>,
    read: ReadWords<'m, 't>,
    /// Words that exact matching has explained, alone or with others.
    is_taken: Vec<bool>,
    /// Capitalised words that the document also writes in small letters: those are no names.
    small: SmallWords,
    /// Words that a title or a first name stands before; gathered when first asked for.
    named: Option<FxHashSet<&'t str>>,
    near_misses: &'m mut NearMisses,
    /// The run of unexplained capitalised words that was met last.
    run: Range<usize>,
}

impl<'m, 't> FuzzySearch<'m, 't> {
    pub(super) fn new(
        search: NearMissSearch<'m>,
        asked: f64,
        read: ReadWords<'m, 't>,
        near_misses: &'m mut NearMisses,
    ) -> Self {
        let (words, small) = (read.words, SmallWords::of(&read));
        Self { search, asked, words, read, is_taken: Vec::new(), small, named: None, near_misses, run: 0..0 }
    }

    /// All names near words of the document that exact matching has not explained, alone or with others.
    pub(super) fn names(mut self, explained: &[Found]) -> Vec<Found> {
        self.is_taken = vec![false; self.words.len()];
        explained.iter().for_each(|find| self.is_taken[find.words.clone()].fill(true));
        let mut found = Vec::new();
        let name_like = self.read.name_like.iter().copied();
        for first in name_like.filter(|&at| is_capitalised(self.words, at)) {
            self.names_at(first, &mut found);
        }
        found
    }

    /// Names near the words from `first` on.
    fn names_at(&mut self, first: usize, found: &mut Vec<Found>) {
        let most = if self.run_at(first).len() > MAX_RUN { 1 } else { MAX_WORDS };
        for last in first..(first + most).min(self.words.len()) {
            if last > first && !(self.is_joined(last) && is_capitalised(self.words, last)) {
                return;
            }
            let range = first..last + 1;
            if self.is_worth_asking(range.clone()) {
                self.ask(range, found);
            }
        }
    }

    /// The run of unexplained capitalised words that a word is in, from where it was first met.
    fn run_at(&mut self, at: usize) -> Range<usize> {
        if self.run.contains(&at) {
            return self.run.clone();
        }
        let mut end = at;
        while end < self.words.len()
            && (end == at || self.is_joined(end))
            && is_capitalised(self.words, end)
            && self.may_differ(end)
        {
            end += 1;
        }
        self.run = at..end;
        self.run.clone()
    }

    fn is_joined(&self, at: usize) -> bool {
        matches!(self.words.joint(at), Joint::Space | Joint::LineBreak | Joint::Hyphen)
    }

    /// Whether a word is unexplained, no proper noun of English, and nowhere written in small letters: it may be a misspelt name.
    fn is_unknown(&self, at: usize) -> bool {
        !self.is_taken[at] && !self.read.traits(at).is_known() && !self.small.has(self.words.surface(at))
    }

    /// Whether these words can be a misspelt name at all.
    fn is_worth_asking(&self, range: Range<usize>) -> bool {
        if range.len() > 1 {
            return range.into_iter().any(|at| self.read.traits(at).has(Trait::IsUnknownLength) && self.is_unknown(at));
        }
        let at = range.start;
        self.read.traits(at).has(Trait::IsNameLength) && self.is_unknown(at) && !self.is_in_longer_name(at)
    }

    /// Whether an unexplained capitalised word stands right before or after: then this one is part of another name.
    fn is_in_longer_name(&self, at: usize) -> bool {
        let words = self.words;
        // A title is no part of a name, though German writes it with a capital: `Außenminister Bajramow`.
        let is_part = |other: usize| {
            words.shape(other) == words.shape(at) && self.may_differ(other) && !is_title(&fold(words.surface(other)))
        };
        let before = words.joint(at) == Joint::Space && is_part(at - 1);
        before || (words.joint(at + 1) == Joint::Space && is_part(at + 1))
    }

    /// Adds what these words are near to.
    fn ask(&mut self, range: Range<usize>, found: &mut Vec<Found>) {
        let words = self.words;
        let span = words.span(range.clone());
        let text = &words.text[span.range()];
        let may_differ: Vec<bool> = range.clone().map(|at| self.may_differ(at)).collect();
        // Which words are explained is no matter of the words alone.
        let mut key = String::with_capacity(text.len() + 2 + may_differ.len());
        key.push_str(text);
        key.push('\n');
        key.extend(may_differ.iter().map(|&differs| if differs { '1' } else { '0' }));
        let (search, read, least) = (&mut self.search, self.read, self.asked - MAX_CONTEXT);
        let find = || {
            let folded = |at: usize| fold(words.surface(at));
            let fixed: Vec<String> =
                range.clone().zip(&may_differ).filter(|(_, may)| !**may).map(|(at, _)| folded(at)).collect();
            let is_of_people = range.clone().any(|at| read.traits(at).has(Trait::IsOfPeople));
            let folded: String = range.clone().map(folded).collect();
            let asked = Asked { folded: &folded, words: range.len(), is_of_people, fixed: &fixed };
            search.nearest(text, least, |listed, score| asked.may_be(listed, score))
        };
        let Some(near) = self.near_misses.get_or_work_out(&key, find) else {
            return;
        };
        if !near.is_person() && names_somebody(&mut self.named, &read, &range) {
            return;
        }
        found.extend(near.targets.iter().map(|&(at, part)| Found {
            words: range.clone(),
            span,
            part,
            candidate: Candidate {
                surplus: near.surplus - self.asked,
                ..Candidate::new(at, near.score, Method::Fuzzy)
            },
        }));
    }

    /// Whether a word may be a misspelling: `West` is none of `East`, and `Azerbaijani` none of `Azerbaijan`.
    fn may_differ(&self, at: usize) -> bool {
        !self.is_taken[at] && !self.read.traits(at).has(Trait::IsWord)
    }
}

pub(super) fn is_capitalised(words: &Words<'_>, at: usize) -> bool {
    matches!(words.shape(at), Shape::Title | Shape::Upper)
}

/// Whether these words are sooner a person: a common name, or one that the text somewhere has a title or a first name before.
fn names_somebody<'t>(named: &mut Option<FxHashSet<&'t str>>, read: &ReadWords<'_, 't>, range: &Range<usize>) -> bool {
    if range.len() > 1 {
        return false;
    }
    let named = named.get_or_insert_with(|| words_after_names(read));
    read.traits(range.start).has(Trait::IsOfPeople) || named.contains(read.words.surface(range.start))
}

/// The words of a text that a title or a first name stands before.
fn words_after_names<'t>(read: &ReadWords<'_, 't>) -> FxHashSet<&'t str> {
    let words = read.words;
    let is_joined = |at: usize| matches!(words.joint(at), Joint::Space | Joint::DotSpace | Joint::LineBreak);
    let is_name = |at: usize| {
        let traits = read.traits(at);
        (traits.has(Trait::IsOfPeople) && !traits.has(Trait::IsWord)) || traits.has(Trait::IsTitle)
    };
    let neighbours = read.name_like.iter().copied().zip(read.name_like.iter().copied().skip(1));
    let after = neighbours.filter(|&(one, next)| next == one + 1 && is_joined(next) && is_name(one));
    after.map(|(_, next)| words.surface(next)).collect()
}

/// Words of a text that are compared with names.
struct Asked<'a> {
    /// All of them, folded and run together.
    folded: &'a str,
    words: usize,
    /// Whether a common first or family name is among them.
    is_of_people: bool,
    /// Those that cannot be misspellings, folded.
    fixed: &'a [String],
}

impl Asked<'_> {
    /// Whether other reasons than sound let them be a misspelling of a listed name: it has all words that are none, differs in more than
    /// diacritics, and has as many words, or hardly other letters.
    fn may_be(&self, listed: &str, score: f32) -> bool {
        // All that differs, differs in the words that can be misspelt.
        let letters = |text: &str| text.chars().count() as f32;
        let fixed: f32 = self.fixed.iter().map(|word| letters(word)).sum();
        let differing = (1.0 - score) * letters(self.folded) / (letters(self.folded) - fixed).max(1.0);
        if differing > MAX_DIFFERING {
            return false;
        }
        let words = Words::new(listed);
        let listed: Vec<String> = (0..words.len()).map(|at| fold(words.surface(at))).collect();
        let joined = listed.concat();
        self.fixed.iter().all(|word| listed.contains(word))
            && joined != self.folded
            && (listed.len() == self.words || !self.is_of_people && similarity(&joined, self.folded) >= MIN_REJOINED)
    }
}

/// Whether a fuzzy find may stand: of a family name only a long one, or one with a given name before it.
pub(super) fn is_sure_enough(found: &Found, words: &Words<'_>) -> bool {
    if found.part != Part::Family {
        return true;
    }
    let has_given = found.candidate.parts.as_ref().is_some_and(|parts| !parts.given.is_empty());
    let family_letters = || found.words.clone().map(|at| words.surface(at).chars().count()).sum::<usize>();
    found.candidate.method != Method::Fuzzy || has_given || family_letters() >= MIN_LONE_FAMILY_LETTERS
}

#[cfg(test)]
mod tests {
    use crate::gazetteer::Gazetteer;
    use crate::matcher::Matcher;
    use crate::text::Words;

    #[test]
    fn in_a_long_run_only_words_that_stand_alone_are_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.csv");
        std::fs::write(&path, "name,kind\nStepanakert,city\nNagorno-Karabakh,region\n").unwrap();
        let matcher = Matcher::builder().build(&Gazetteer::from_path(path).unwrap()).unwrap();
        let found = |text: &str| {
            let mentions = matcher.mentions(&Words::new(text), None);
            mentions.iter().map(|mention| text[mention.span.range()].to_owned()).collect::<Vec<_>>()
        };
        let others =
            ["Qworvil", "Zumfrek", "Yoplith", "Wrindak", "Vuxomel", "Thorpiq", "Uzdrenk", "Kwelfip", "Jadruth"];
        let run = |joint: &str, name: &str| [&others[..4], &[name], &others[4..]].concat().join(joint);
        assert_eq!(found(&run("\n", "Stepanakrt")), ["Stepanakrt"]);
        assert_eq!(found(&run(" ", "Stepanakrt")), [""; 0]);
        assert_eq!(found(&run(" ", "Nagornno Karabkh")), [""; 0]);
        assert_eq!(found("From Nagornno Karabkh."), ["Nagornno Karabkh"]);
    }
}
