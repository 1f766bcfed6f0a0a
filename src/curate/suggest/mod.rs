//! What a corpus has and the gazetteer lacks: spellings of entries that nobody listed, and names of places without an entry.
//!
//! Documents are read one after the other, matched and resolved as always; of each name that no listed spelling explains a tally is kept
//! (`tally`), and when all are read, each is judged by all its uses (`judge`): one use says too little. What the rules find by themselves
//! (other marks, endings, hyphens) needs no row and is not proposed. Clustering unknown words by spelling first was rejected: variants of
//! names that nobody knows are rare, and misspellings of known ones the matcher finds already.

mod judge;
mod rejected;
mod tally;
pub mod write;

use std::collections::BTreeMap;
use std::fmt;

use rustc_hash::FxHashMap;
use serde::Serializer;
use unicode_normalization::UnicodeNormalization as _;

use crate::gazetteer::{Kind, SpellingKind};
use crate::lang::Lang;
use crate::matcher::Matcher;
use crate::resolve::{Resolution, Setting, UnlistedName, resolve, unlisted_names};
use crate::span::{Lines, Span};
use crate::text::{Joint, Words, language_outside, one_line};
use judge::{Judge, People};
pub use rejected::Rejections;
pub use tally::Context;
use tally::{Tally, Use};

/// So many bytes from the start of a document tell its language.
const SAMPLE: usize = 4 << 10;
/// Places named within so many words of a name count as beside it.
const BESIDE: usize = 60;
/// So many of them are looked at on each side.
const BESIDE_EACH: usize = 2;

/// A row that a gazetteer lacks.
#[derive(Clone, Debug, serde::Serialize)]
#[non_exhaustive]
pub struct Suggestion {
    /// The spelling, as the corpus has it.
    pub spelling: String,
    /// What is proposed.
    pub proposal: Proposal,
    /// The entry that it is a spelling of; of a new place an id that is free.
    pub entry: String,
    /// The entry's name that it is a spelling of; of a new place the spelling.
    pub name: String,
    /// The language of the documents; `und` if that could not be told, or has other letters.
    #[serde(serialize_with = "as_text")]
    pub lang: Lang,
    /// The kind of the spelling.
    #[serde(serialize_with = "as_text")]
    pub kind: SpellingKind,
    /// The kind of a new place, as far as the words beside it tell.
    #[serde(serialize_with = "as_text_if_any")]
    pub place: Option<Kind>,
    /// How often the corpus has the spelling as a name.
    pub count: u64,
    /// In how many documents.
    pub documents: u64,
    /// How sure it is, from 0 to 1: a rank and no probability.
    pub score: f64,
    /// Of a new place: the entry that it may be all the same.
    pub likely: Option<String>,
    /// Ids of places that are named beside it.
    pub beside: Vec<String>,
    /// Some lines that have it, the most telling first.
    pub contexts: Vec<Context>,
}

fn as_text<S: Serializer>(value: &impl fmt::Display, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

fn as_text_if_any<S: Serializer>(value: &Option<impl fmt::Display>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => serializer.collect_str(value),
        None => serializer.serialize_none(),
    }
}

/// What kind of row is proposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Proposal {
    /// A spelling of an entry.
    Spelling,
    /// An entry.
    Entry,
}

impl Proposal {
    /// `spelling` or `entry`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Spelling => "spelling",
            Self::Entry => "entry",
        }
    }
}

/// Reads a corpus and proposes rows for a gazetteer.
///
/// It holds the distinct unlisted names of the corpus with their counts and a few lines each, and no document.
///
/// ```
/// # #[cfg(feature = "bundled")] {
/// use toponorm::{Matcher, Proposal, Suggester};
///
/// let mut suggester = Suggester::new(Matcher::bundled()?);
/// suggester.read("a.txt", "Shells fell on the village of Qarvend near Barda, and on Stepanokert.");
/// let suggestions = suggester.suggestions();
/// let misspelt = suggestions.iter().find(|one| one.spelling == "Stepanokert").unwrap();
/// assert_eq!((misspelt.entry.as_str(), misspelt.proposal), ("stepanakert", Proposal::Spelling));
/// # }
/// # Ok::<(), toponorm::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Suggester {
    matcher: Matcher,
    lang: Option<Lang>,
    rejections: Rejections,
    documents: u64,
    tallies: FxHashMap<String, Tally>,
}

impl Suggester {
    /// A suggester for the gazetteer of `matcher`.
    pub fn new(matcher: Matcher) -> Self {
        let (rejections, tallies) = (Rejections::default(), FxHashMap::default());
        Self { matcher, lang: None, rejections, documents: 0, tallies }
    }

    /// The language of all documents; unless said, each one's is detected.
    pub fn lang(mut self, lang: Lang) -> Self {
        self.lang = Some(lang);
        self
    }

    /// What was proposed before and not taken, and is not to be proposed again.
    pub fn rejections(mut self, rejections: Rejections) -> Self {
        self.rejections = rejections;
        self
    }

    /// Counts the unlisted names of a document; `document` is what its contexts are called.
    pub fn read(&mut self, document: &str, text: &str) {
        self.documents += 1;
        let words = Words::new(text);
        let layers = self.matcher.layers();
        let resolutions =
            resolve(layers, &words, self.matcher.mentions(&words, self.lang), Setting { lang: self.lang, as_of: None });
        let names: Vec<Span> = resolutions.iter().map(|resolution| resolution.mention.span).collect();
        let sample = Span::new(0, text.floor_char_boundary(SAMPLE));
        let lang = self.lang.or_else(|| language_outside(text, sample, &names));
        let mut lines = Lines::new(text);
        for name in unlisted_names(layers, &words, &resolutions) {
            let Some(spelling) = spelling(&words, &name) else {
                continue;
            };
            let meant = name.near_miss.and_then(|at| resolutions[at].chosen()).map(|chosen| chosen.at.entry);
            let beside = self.beside(&resolutions, &name, meant);
            let use_ = Use { signs: &name.signs, document: self.documents, lang, beside: &beside, meant };
            let (line, _) = lines.at(name.span.start);
            self.tallies.entry(spelling).or_default().add(&use_, || Context {
                document: document.to_owned(),
                line,
                text: tally::around(text, name.span.range()),
            });
        }
    }

    /// The places named nearest before and after a name, other than countries and what the name itself is taken for.
    fn beside(&self, resolutions: &[Resolution], name: &UnlistedName, meant: Option<u32>) -> Vec<u32> {
        let layers = self.matcher.layers();
        let at = resolutions.partition_point(|resolution| resolution.mention.words.start < name.words.start);
        let place = |resolution: &Resolution| {
            let entry = resolution.chosen()?.at.entry;
            let kind = layers.entry(entry).kind();
            (kind.label() == "place" && kind != Kind::Country && Some(entry) != meant).then_some(entry)
        };
        let is_near = |resolution: &&Resolution| resolution.mention.words.start.abs_diff(name.words.start) < BESIDE;
        let before = resolutions[..at].iter().rev().take_while(is_near).filter_map(place).take(BESIDE_EACH);
        let after = resolutions[at..].iter().take_while(is_near).filter_map(place).take(BESIDE_EACH);
        before.chain(after).collect()
    }

    /// What was found, the surest first; each spelling once. The same documents in the same order give the same rows.
    pub fn suggestions(&self) -> Vec<Suggestion> {
        let people = People::of(&self.tallies);
        let judge = Judge { matcher: &self.matcher, people: &people };
        let sorted: BTreeMap<&String, &Tally> = self.tallies.iter().collect();
        let judged = sorted.into_iter().filter_map(|(spelling, tally)| judge.suggestion(spelling, tally));
        let mut suggestions: Vec<Suggestion> = judged.filter(|one| !self.rejections.has(one)).collect();
        suggestions.sort_by(|one, other| {
            let by_score = other.score.total_cmp(&one.score).then(other.count.cmp(&one.count));
            by_score.then_with(|| one.spelling.cmp(&other.spelling))
        });
        suggestions
    }
}

/// A name as a row would have it: on one line, composed. Of one that a hyphen breaks over two lines nobody knows whether it has one.
fn spelling(words: &Words<'_>, name: &UnlistedName) -> Option<String> {
    let is_broken = |at: usize| words.joint(at) == Joint::HyphenBreak;
    if name.words.clone().skip(1).any(is_broken) {
        return None;
    }
    let surface = &words.text[name.span.range()];
    Some(one_line(surface).nfc().collect())
}
