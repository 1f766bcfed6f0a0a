//! People: a family name found in the text, and what the words before it make of it.
//!
//! `Pashinyan` alone is the person; `Nikol Pashinyan`, `N. Pashinyan` and `Nikol Vovayi Pashinyan` are the person in full; `Nicholas
//! Pashinyan` is the person under a wrong first name, if that name is like the right one and nobody else in the gazetteer
//! has the family name; `Hasmik Pashinyan` is somebody else. Listing only full names would miss three of the five, and taking every
//! family name for the person would marry presidents to strangers.

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::exact::Found;
use super::fuzzy::MIN_LETTERS;
use super::index::{Part, Posting, givens, indexes};
use super::mention::{Method, PersonParts};
use crate::gazetteer::compiled::Layers;
use crate::text::{Joint, Lexicon, Shape, Words, ending_between, fold, is_monsieur, is_title};
use crate::translit::{Aligner, Sounding, first_name_similarity, similarity};

/// How many words may stand between given and family name: patronymics and initials.
const MAX_MIDDLE_WORDS: usize = 2;
/// Similarity from which a first name is taken for a wrong form of the right one.
const MIN_GIVEN_SIMILARITY: f64 = 0.75;
/// A shorter family name is borne by too many to overlook a wrong first name: `Abdulhamit Gul` is not Abdullah Gul.
const MIN_RARE_FAMILY_LETTERS: usize = 6;
/// What a wrong first name leaves of the score.
const WRONG_GIVEN_SCORE: f64 = 0.9;
/// From here two first names sound the same and are romanised differently: Djeyhoun and Jeyhun 0.97, Serj and Serzh 0.94; Sohrab and Zohrab,
/// which are two names, 0.93.
const MIN_SAME_SOUND: f32 = 0.94;

/// Small words inside names.
const PARTICLES: [&str; 12] =
    ["oglu", "oğlu", "ogly", "qızı", "qizi", "kizi", "kyzy", "bin", "ibn", "al", "von", "van"];

/// What stands before a family name.
enum Before {
    /// No first name: the family name stands alone.
    Nothing,
    /// The person's given name, over these words.
    Given(Range<usize>),
    /// The person's given name in another romanisation, and how alike they sound.
    Romanised(Range<usize>, f32),
    /// A first name that is like the person's, but not it.
    LikeGiven(Range<usize>),
    /// Another person's first name.
    Other(Range<usize>),
}

/// First names, remembered from document to document: those of each person in every spelling, and which words can be anybody's.
#[derive(Debug, Default)]
pub(super) struct FirstNames {
    of_person: FxHashMap<u32, Arc<[String]>>,
    can_be: FxHashMap<Box<str>, bool>,
}

/// So many of either are remembered; then all are forgotten.
const MAX_REMEMBERED: usize = 1 << 14;
/// A longer word, in bytes, is not remembered: it will not come again.
const MAX_LENGTH: usize = 64;

impl FirstNames {
    fn of_person(&mut self, layers: &Layers, entry: u32) -> Arc<[String]> {
        if self.of_person.len() == MAX_REMEMBERED {
            self.of_person.clear();
        }
        let known = self.of_person.entry(entry).or_insert_with(|| givens(layers.entry(entry)).into());
        Arc::clone(known)
    }

    fn can_be(&mut self, layers: &Layers, surface: &str) -> bool {
        if let Some(&known) = self.can_be.get(surface) {
            return known;
        }
        let can_be = can_be_first_name(layers, surface);
        if self.can_be.len() == MAX_REMEMBERED {
            self.can_be.clear();
        }
        if surface.len() <= MAX_LENGTH {
            self.can_be.insert(surface.into(), can_be);
        }
        can_be
    }
}

/// A text in which family names were found.
pub(super) struct People<'a, 't> {
    pub(super) layers: &'a Layers,
    pub(super) words: &'a Words<'t>,
    pub(super) first_names: &'a mut FirstNames,
}

impl People<'_, '_> {
    /// Turns a family name into the whole mention of the person, or of a stranger who bears the same family name.
    pub(super) fn complete(&mut self, family: &mut Found, is_unique: bool) {
        debug_assert_eq!(family.part, Part::Family);
        let words = self.words;
        let is_hyphenated = matches!(words.joint(family.words.start), Joint::Hyphen | Joint::HyphenBreak);
        let given = match self.before(family, is_unique) {
            // `Xi-Putin talks`: a hyphen joins two people sooner than two parts of a name.
            Before::Other(_) if is_hyphenated => family.words.start..family.words.start,
            Before::Other(given) => {
                family.part = Part::Stranger;
                family.candidate.score = 0.0;
                given
            }
            Before::Nothing => family.words.start..family.words.start,
            Before::Given(given) => given,
            // Two wrong halves make somebody else.
            Before::LikeGiven(given) if family.candidate.method == Method::Fuzzy => {
                family.part = Part::Stranger;
                family.candidate.score = 0.0;
                given
            }
            Before::Romanised(given, similarity) => {
                family.candidate.method = Method::Fuzzy;
                family.candidate.score *= f64::from(similarity);
                given
            }
            Before::LikeGiven(given) => {
                family.candidate.method = Method::Fuzzy;
                family.candidate.score *= WRONG_GIVEN_SCORE;
                given
            }
        };
        family.candidate.parts = Some(Box::new(PersonParts { given: given.clone(), family: family.words.clone() }));
        if !given.is_empty() {
            family.words.start = given.start;
            family.span.start = words.list[given.start].span.start;
        }
    }

    fn before(&mut self, family: &Found, is_unique: bool) -> Before {
        let (words, first) = (self.words, family.words.start);
        let chain = name_words_before(words, family);
        if chain.is_empty() {
            return Before::Nothing;
        }
        let givens = self.first_names.of_person(self.layers, family.candidate.at.entry);
        let is_inflected = family.candidate.is_inflected;
        let is_given = |range: &Range<usize>| {
            let key: String = range.clone().map(|at| fold(words.surface(at))).collect();
            // Beside a family name with an ending the given name has one too: `Никола Пашиняна`.
            givens.contains(&key) || (is_inflected && givens.iter().any(|given| ending_between(&key, given).is_some()))
        };
        // The nearest given name, and of those that end there the longest: `Recep Tayyip` before `Tayyip`.
        for end in (first.saturating_sub(MAX_MIDDLE_WORDS)..=first).rev() {
            if let Some(start) = (chain.start..end).find(|&start| is_given(&(start..end))) {
                return Before::Given(start..end);
            }
        }
        if is_monsieur(words, first - 1) || !self.first_names.can_be(self.layers, words.surface(first - 1)) {
            return Before::Nothing;
        }
        self.other_name_before(family, &givens, is_unique)
    }

    /// What the word before makes of a family name, if it is none of the person's given names.
    fn other_name_before(&self, family: &Found, givens: &[String], is_unique: bool) -> Before {
        let (words, first) = (self.words, family.words.start);
        let nearest = fold(words.surface(first - 1));
        let starts_like = |given: &&String| given.chars().next() == nearest.chars().next();
        let mut alike = givens.iter().filter(starts_like);
        let before = first - 1..first;
        if nearest.chars().count() == 1 {
            return if alike.next().is_some() { Before::Given(before) } else { Before::Other(before) };
        }
        if let Some(similarity) = same_sound(words.surface(before.start), givens) {
            return Before::Romanised(before, similarity);
        }
        let is_like = |given: &String| is_wrong_form(&nearest, given);
        let letters = family.words.clone().map(|at| words.surface(at).chars().count()).sum::<usize>();
        let is_rare = is_unique && letters >= MIN_RARE_FAMILY_LETTERS;
        if is_rare && alike.any(is_like) { Before::LikeGiven(before) } else { Before::Other(before) }
    }
}

/// How alike `found` and the given name sound of which it can be another romanisation.
fn same_sound(found: &str, givens: &[String]) -> Option<f32> {
    let (found, mut aligner) = (Sounding::of(found), Aligner::default());
    let alike = givens.iter().filter_map(|given| aligner.similarity(&found, &Sounding::of(given), MIN_SAME_SOUND));
    alike.max_by(f32::total_cmp)
}

/// Whether `found` can be a translator's or typist's form of a first name, and is not just another name: an English name that is like
/// it (Nicholas for Nikol), or one edit away other than an ending (`Armine` is no form of Armen, but a woman's name).
fn is_wrong_form(found: &str, given: &str) -> bool {
    let letters = found.chars().count().min(given.chars().count());
    if letters < MIN_LETTERS || found.starts_with(given) || given.starts_with(found) {
        return false;
    }
    let is_translated = Lexicon.has_proper_noun(found) && first_name_similarity(given, found) >= MIN_GIVEN_SIMILARITY;
    let longer = found.chars().count().max(given.chars().count());
    is_translated || similarity(found, given) >= 1.0 - 1.0 / longer as f64
}

/// The words before a family name that can be a first name, a patronymic or an initial, as a range that ends at it.
fn name_words_before(words: &Words<'_>, family: &Found) -> Range<usize> {
    let first = family.words.start;
    let shape = Shape::of(words.surface(first));
    let mut start = first;
    while start > 0 && first - start <= MAX_MIDDLE_WORDS + 1 {
        let surface = words.surface(start - 1);
        let is_article = matches!(surface, "A" | "I") && words.joint(start) == Joint::Space;
        let is_initial = surface.chars().count() == 1 && !is_article;
        let is_particle = PARTICLES.contains(&surface);
        let is_joined = match words.joint(start) {
            Joint::Space | Joint::LineBreak => true,
            Joint::DotSpace | Joint::Dot => is_initial,
            Joint::Hyphen | Joint::HyphenBreak => true,
            _ => false,
        };
        let is_name = (Shape::of(surface) == shape || is_initial) && Shape::of(surface).is_name_like();
        if !is_joined || is_article || !(is_particle || is_name) {
            break;
        }
        start -= 1;
    }
    start..first
}

/// Ordinary words, well known places, nationalities and the calendar are no first names, unless many bear them.
fn can_be_first_name(layers: &Layers, surface: &str) -> bool {
    let key = fold(surface);
    let is_listed = |part| {
        let mut slots = indexes(layers).filter_map(|index| index.slot(&key));
        let is_known = |posting: &Posting<'_>| posting.part == part && posting.at.entry(layers).is_well_known();
        slots.any(|slot| slot.postings(&key).any(|posting| is_known(&posting)))
    };
    !Lexicon.has_word(&key)
        && !Lexicon.is_calendar(&key)
        && !is_title(&key)
        && (Lexicon.has_personal_name(&key) || !is_listed(Part::Whole))
        && !is_listed(Part::Family)
}
