//! Names that no entry explains: where a text has them, for `annotate --unknown` and for growing a gazetteer.
//!
//! A name is a run of capitalised words of which at least one is no English word; around it belong the capitalised words that make a
//! longer name of it (`Mount`, `Square`, `Division`), and none of a sentence's beginning. What a mention explains is left out, and what
//! was refused as a name of an entry is not: then the entry was the wrong one. A tagger with a model would know more names, and would be
//! the only part of the program that can't say why. Scripts without capitals do not tell names from words; there nothing is found.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::nouns::{self, Place};
use super::signs::{self, Signs};
use super::{Resolution, Status};
use crate::gazetteer::compiled::Layers;
use crate::matcher::Method;
use crate::span::Span;
use crate::text::{Joint, Lexicon, Shape, Words, fold, is_title, protected_spans};

/// The most words of a name.
const MAX_WORDS: usize = 5;
/// A shorter word is no name by itself.
const MIN_LETTERS: usize = 3;
/// A shorter word in capitals is an abbreviation.
const MIN_CAPITALS: usize = 6;

/// A name of which the gazetteer knows nothing, or nothing that fits here.
#[derive(Clone, Debug)]
pub(crate) struct UnlistedName {
    pub(crate) span: Span,
    pub(crate) words: Range<usize>,
    /// What the words around it say that it names.
    pub(crate) signs: Signs,
    /// The resolution, by its number, that takes it for a misspelling of a listed name; else nothing explains it.
    pub(crate) near_miss: Option<usize>,
}

/// A text whose mentions are decided.
pub(super) struct Reading<'a, 't> {
    pub(super) layers: &'a Layers,
    pub(super) words: &'a Words<'t>,
    pub(super) resolutions: &'a [Resolution],
    /// Of each word the mention that explains it.
    owner: Vec<Owner>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Owner {
    Nobody,
    /// The resolution of this number.
    Mention(usize),
    /// An address, or a path.
    Protected,
}

/// The names of a text that no entry explains, and those that one explains by a spelling nobody lists, in order. `resolutions` are all of the
/// text's, in order.
pub(crate) fn unlisted_names(layers: &Layers, words: &Words<'_>, resolutions: &[Resolution]) -> Vec<UnlistedName> {
    let reading = Reading::new(layers, words, resolutions);
    let runs = reading.runs();
    let surface = |range: &Range<usize>| &words.text[words.span(range.clone()).range()];
    // A word that only ever begins sentences may owe its capital to that.
    let may_be_word = |run: &Range<usize>| run.len() == 1 && words.starts_sentence(run.start);
    let inside = runs.iter().filter(|run| !may_be_word(run)).flat_map(|run| run.clone());
    let inside: FxHashSet<&str> = inside.map(|at| words.surface(at)).collect();
    let is_name = |run: &&Range<usize>| !may_be_word(run) || inside.contains(surface(run));
    let runs = runs.iter().filter(is_name).map(|run| reading.name(run.clone(), None));
    let is_word = |run: &Range<usize>| run.len() == 1 && is_english(words.surface(run.start));
    let near_misses =
        (0..resolutions.len()).filter(|&at| is_near_miss(&resolutions[at]) && !is_word(&resolutions[at].mention.words));
    let near_misses = near_misses.map(|at| reading.name(resolutions[at].mention.words.clone(), Some(at)));
    let mut names: Vec<UnlistedName> = runs.chain(near_misses).collect();
    names.sort_by_key(|name| name.words.start);
    names
}

fn is_near_miss(resolution: &Resolution) -> bool {
    resolution.chosen().is_some_and(|chosen| chosen.method == Method::Fuzzy)
}

impl<'a, 't> Reading<'a, 't> {
    fn new(layers: &'a Layers, words: &'a Words<'t>, resolutions: &'a [Resolution]) -> Self {
        let mut owner = vec![Owner::Nobody; words.len()];
        for (number, resolution) in resolutions.iter().enumerate() {
            if resolution.status != Status::Rejected {
                owner[resolution.mention.words.clone()].fill(Owner::Mention(number));
            }
        }
        for span in protected_spans(words.text).iter().chain(words.protected) {
            let first = words.list.partition_point(|word| word.span.end <= span.start);
            let inside = words.list[first..].iter().take_while(|word| word.span.start < span.end).count();
            owner[first..first + inside].fill(Owner::Protected);
        }
        Self { layers, words, resolutions, owner }
    }

    fn name(&self, run: Range<usize>, near_miss: Option<usize>) -> UnlistedName {
        let (words, signs) = signs::read(self, run);
        UnlistedName { span: self.words.span(words.clone()), words, signs, near_miss }
    }

    /// The mention that explains a word.
    pub(super) fn mention(&self, at: usize) -> Option<&'a Resolution> {
        match self.owner.get(at) {
            Some(&Owner::Mention(number)) => self.resolutions.get(number),
            _ => None,
        }
    }

    /// Every run of words that may be a name, none overlapping.
    fn runs(&self) -> Vec<Range<usize>> {
        let lower_case: FxHashSet<&str> = (0..self.words.len())
            .map(|at| self.words.surface(at))
            .filter(|word| Shape::of(word) == Shape::Lower)
            .collect();
        let is_name =
            |at: usize| self.is_name_word(at) && !lower_case.contains(self.words.surface(at).to_lowercase().as_str());
        let mut runs: Vec<Range<usize>> = Vec::new();
        let mut at = 0;
        while at < self.words.len() {
            if !is_name(at) {
                at += 1;
                continue;
            }
            let least = runs.last().map_or(0, |run| run.end);
            let run = self.first_word(at, least)..self.end(at);
            at = run.end;
            runs.push(run);
        }
        runs
    }

    /// Whether a word is a name by itself: it has a capital, is explained by nothing, and English does not know it.
    fn is_name_word(&self, at: usize) -> bool {
        let surface = self.words.surface(at);
        let letters = surface.chars().filter(|c| c.is_alphabetic()).count();
        let is_shaped = match Shape::of(surface) {
            Shape::Title => letters >= MIN_LETTERS,
            Shape::Upper => letters >= MIN_CAPITALS,
            Shape::Lower | Shape::Caseless => false,
        };
        is_shaped
            && self.owner[at] == Owner::Nobody
            && !surface.contains(|c: char| c.is_ascii_digit())
            && !is_run_together(surface)
            && !is_plural_of_letters(surface)
            && !is_english(surface)
    }

    /// Whether a word can be a part of a longer name.
    pub(super) fn is_capitalised(&self, at: usize) -> bool {
        let is_capital = |at: usize| matches!(Shape::of(self.words.surface(at)), Shape::Title | Shape::Upper);
        at < self.words.len() && self.owner[at] == Owner::Nobody && is_capital(at)
    }

    pub(super) fn is_joined(&self, at: usize) -> bool {
        matches!(self.words.joint(at), Joint::Space | Joint::LineBreak | Joint::Hyphen | Joint::HyphenBreak)
    }

    /// The first word of the name around the name word `at`.
    fn first_word(&self, at: usize, least: usize) -> usize {
        let mut first = at;
        while first > least && at - first < MAX_WORDS - 1 && self.is_capitalised(first - 1) {
            let surface = self.words.surface(first - 1);
            let is_initial = surface.chars().count() == 1 && surface != "I";
            let belongs = is_initial || nouns::begins_name(surface) || is_first_name(surface);
            let is_joined = self.is_joined(first) || (is_initial && self.words.joint(first) == Joint::DotSpace);
            if !belongs || !is_joined {
                break;
            }
            first -= 1;
        }
        first
    }

    /// Past the last word of the name around the name word `at`.
    fn end(&self, at: usize) -> usize {
        let mut end = at + 1;
        while end < self.words.len() && end - at < MAX_WORDS && self.is_joined(end) && self.owner[end] == Owner::Nobody
        {
            let surface = self.words.surface(end);
            let is_hyphenated = self.words.joint(end) == Joint::Hyphen;
            let goes_on = match Shape::of(surface) {
                Shape::Title | Shape::Upper => {
                    self.is_name_word(end) || is_first_name(surface) || nouns::ends_name(surface)
                }
                Shape::Lower if is_hyphenated => surface.len() > 1 && !is_english(surface),
                Shape::Lower => nouns::is_particle(surface) && end + 1 < self.words.len() && self.is_name_word(end + 1),
                Shape::Caseless => false,
            };
            if !goes_on {
                break;
            }
            end += 1;
        }
        end
    }
}

/// Whether a word is an ordinary word, a proper noun that is nobody's name (`Muslim`, `October`), or a title. With marks that English does not write it
/// is none: `Tuğ` is no tug.
pub(super) fn is_english(surface: &str) -> bool {
    let folded = fold(surface);
    let is_plain = surface.to_lowercase() == folded;
    is_plain
        && (Lexicon.has_word(&folded)
            || nouns::is_like_english(&folded)
            || nouns::is_role(&folded)
            || nouns::place(&folded).is_some()
            || Lexicon.is_calendar(&folded)
            || is_title(&folded)
            || (Lexicon.has_proper_noun(&folded) && !Lexicon.has_personal_name(&folded)))
}

/// Whether two words have lost the space between them, as in what is left of a table: `ArtsakhLachin`.
fn is_run_together(surface: &str) -> bool {
    const MIN_BEFORE: usize = 4;
    let mut letters = surface.chars().skip(MIN_BEFORE);
    Shape::of(surface) == Shape::Title && letters.any(char::is_uppercase)
}

/// `UAVs`.
fn is_plural_of_letters(surface: &str) -> bool {
    surface.strip_suffix('s').is_some_and(|letters| Shape::of(letters) == Shape::Upper)
}

/// Whether a word is a common first or family name and no ordinary word.
pub(super) fn is_first_name(surface: &str) -> bool {
    let folded = fold(surface);
    Lexicon.has_personal_name(&folded) && !Lexicon.has_word(&folded) && !Lexicon.is_calendar(&folded)
}

/// `run` without the noun that says what kind of place it is: `Tartar District`, and not `Azadliq Square`.
pub(super) fn without_kind(words: &Words<'_>, run: Range<usize>) -> Range<usize> {
    let last = nouns::place(&fold(words.surface(run.end - 1)));
    let is_kind = matches!(last, Some(Place { is_part_of_name: false, .. }));
    if is_kind && run.len() > 1 { run.start..run.end - 1 } else { run }
}
