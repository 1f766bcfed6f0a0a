//! Unlisted misspellings: name-like words that exact matching left over, and the keys near them.
//!
//! Candidates are the index's near keys of about the same length, filtered by a 32-bit signature of the letters: an edit
//! changes at most two bits, so most keys are refused without being looked at. What is left is scored by
//! `translit::similarity`, once for each distinct word of a document. The gates before and after cost recall on purpose: a
//! name missed is seen by nobody, a word wrongly corrected is seen by everybody.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::exact::Found;
use super::index::{NearKey, Part, Posting, indexes};
use super::mention::{Candidate, Method, SpellingRef};
use crate::gazetteer::compiled::{EntryView, Layers, SpellingView};
use crate::gazetteer::{Rewrite, SpellingKind};
use crate::script::Script;
use crate::text::{Joint, Lexicon, Shape, Words, fold};
use crate::translit::{edits_within, similarity};

/// How near an unlisted spelling must be to count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fuzziness {
    /// Only listed spellings and what rules derive from them.
    Off,
    /// Similarity 0.9: one edit from ten letters on.
    Strict,
    /// Similarity 0.85: one edit from seven letters on, two from fourteen.
    #[default]
    Normal,
    /// Similarity 0.8: one edit from five letters on, two from ten.
    Loose,
}

impl Fuzziness {
    /// The similarity from which a spelling counts, `None` if none does.
    pub(super) fn threshold(self) -> Option<f64> {
        match self {
            Self::Off => None,
            Self::Strict => Some(0.9),
            Self::Normal => Some(0.85),
            Self::Loose => Some(0.8),
        }
    }
}

/// Shortest word that is matched fuzzily, in letters: short names have too many neighbours.
pub(super) const MIN_LETTERS: usize = 5;
/// A shorter word inside a name of several words is not taken for a misspelling.
const MIN_UNKNOWN_BYTES: usize = 3;
/// A family name without a given name before it needs this many letters to be matched fuzzily.
const MIN_LONE_FAMILY_LETTERS: usize = 8;
/// The longest run of words that is compared with a name of as many words.
const MAX_WORDS: usize = 3;

/// A word of a text, to be compared with the words of names.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct QueryWord {
    folded: String,
    /// Whether it may be a misspelling: `West` is none of `East`, and `Azerbaijani` none of `Azerbaijan`.
    may_differ: bool,
}

/// A key near a word, and how near.
#[derive(Clone, Debug)]
struct Hit {
    score: f64,
    targets: Vec<(SpellingRef, Part)>,
}

/// The keys nearest to these words, if they are at least as near as `threshold`.
fn nearest(layers: &Layers, query: &[QueryWord], threshold: f64) -> Option<Hit> {
    let joined: String = query.iter().map(|word| word.folded.as_str()).collect();
    let length = joined.chars().count();
    let signature = signature(&joined);
    let mut best: Option<(f64, Vec<NearKey<'_>>)> = None;
    let reach = edits_within(length, threshold) + 1;
    for key_length in length.saturating_sub(reach)..=length + reach {
        let edits = edits_within(length.max(key_length), threshold);
        if edits < length.abs_diff(key_length) {
            continue;
        }
        for key in indexes(layers).flat_map(|index| index.near_keys(key_length)) {
            let differing = (key.signature ^ signature).count_ones() as usize;
            if differing > 2 * edits || !words_agree(query, key.words) {
                continue;
            }
            let name = key.words.replace(' ', "");
            let score = similarity(&joined, &name);
            if score < threshold || score == 1.0 || is_adjective(&joined, &name) {
                continue;
            }
            match &mut best {
                Some((best, _)) if *best > score => {}
                Some((best, keys)) if *best == score => keys.push(key),
                _ => best = Some((score, vec![key])),
            }
        }
    }
    best.map(|(score, keys)| Hit { score, targets: keys.into_iter().flat_map(|key| targets(layers, key)).collect() })
}

/// The spellings of a key that may be matched fuzzily.
fn targets(layers: &Layers, key: NearKey<'_>) -> Vec<(SpellingRef, Part)> {
    let is_usable = |posting: &Posting<'_>| {
        let is_plain = !posting.is_abbreviation && !posting.is_lower && posting.part.is_of_entry();
        is_plain && may_be_fuzzy(posting.at.entry(layers), posting.at.spelling(layers), posting.part)
    };
    key.postings().into_iter().filter(is_usable).map(|posting| (posting.at, posting.part)).collect()
}

/// Whether a spelling, or this part of it, may be matched fuzzily at all. A little known place of a large register has too many neighbours
/// for its near misses to be believed.
pub(super) fn may_be_fuzzy(entry: EntryView<'_>, spelling: SpellingView<'_>, part: Part) -> bool {
    let kind = spelling.kind();
    let is_name =
        !matches!(kind, SpellingKind::Misspelling | SpellingKind::Mistranslation | SpellingKind::Abbreviation);
    let is_foreign = kind == SpellingKind::Exonym && Script::of(spelling.text()) == Some(Script::Latin);
    matches!(part, Part::Whole | Part::Family)
        && entry.is_well_known()
        && is_name
        && !is_foreign
        && !spelling.has_needs()
        && spelling.rewrite() != Some(Rewrite::Never)
}

/// Whether the word is the name with an English ending: `Alexandrian` is no misspelling of Alexandria.
fn is_adjective(word: &str, name: &str) -> bool {
    const ENDINGS: [&str; 10] = ["n", "an", "ian", "s", "ns", "ans", "ese", "er", "i", "is"];
    word.strip_prefix(name).is_some_and(|ending| ENDINGS.contains(&ending))
}

/// A bit for each letter that occurs.
pub(super) fn signature(key: &str) -> u32 {
    key.chars().fold(0, |bits, c| bits | 1 << (u32::from(c) % 32))
}

/// As many words, each equal or beginning with the same letter.
fn words_agree(query: &[QueryWord], key: &str) -> bool {
    key.split(' ').count() == query.len()
        && query.iter().zip(key.split(' ')).all(|(one, other)| {
            one.folded == other || (one.may_differ && one.folded.chars().next() == other.chars().next())
        })
}

/// The fuzzy search over one document; what was found for a word is remembered.
pub(super) struct FuzzySearch<'m, 't> {
    layers: &'m Layers,
    threshold: f64,
    words: &'m Words<'t>,
    /// Words that exact matching has explained, alone or with others.
    is_taken: &'m [bool],
    /// Folded words that the document also writes in small letters: those are no names.
    lower_case: FxHashSet<String>,
    known: FxHashMap<Vec<QueryWord>, Option<Hit>>,
}

impl<'m, 't> FuzzySearch<'m, 't> {
    pub(super) fn new(layers: &'m Layers, threshold: f64, words: &'m Words<'t>, is_taken: &'m [bool]) -> Self {
        let surfaces = (0..words.len()).map(|at| words.surface(at));
        let lower_case = surfaces
            .filter(|surface| surface.len() >= MIN_LETTERS && Shape::of(surface) == Shape::Lower)
            .map(fold)
            .collect();
        Self { layers, threshold, words, is_taken, lower_case, known: FxHashMap::default() }
    }

    /// Names near the words from `first` on.
    pub(super) fn names_at(&mut self, first: usize, found: &mut Vec<Found>) {
        let mut query: Vec<QueryWord> = Vec::new();
        for last in first..(first + MAX_WORDS).min(self.words.len()) {
            let is_joined = matches!(self.words.joint(last), Joint::Space | Joint::LineBreak | Joint::Hyphen);
            if (last > first && !is_joined) || !self.may_be_in_name(last) {
                return;
            }
            let folded = fold(self.words.surface(last));
            let may_differ = !self.is_taken[last] && !Lexicon.has_word(&folded);
            query.push(QueryWord { folded, may_differ });
            let range = first..last + 1;
            if self.is_worth_asking(&query, range.clone())
                && let Some(hit) = self.ask(&query)
            {
                self.report(&hit, range, found);
            }
        }
    }

    fn may_be_in_name(&self, at: usize) -> bool {
        matches!(Shape::of(self.words.surface(at)), Shape::Title | Shape::Upper)
    }

    /// Whether these words can be a misspelt name at all.
    fn is_worth_asking(&self, query: &[QueryWord], range: Range<usize>) -> bool {
        let is_unknown = |word: &QueryWord| {
            word.may_differ
                && word.folded.len() >= MIN_UNKNOWN_BYTES
                && !Lexicon.knows(&word.folded)
                && !self.lower_case.contains(&word.folded)
        };
        match query {
            [word] => word.folded.chars().count() >= MIN_LETTERS && is_unknown(word) && !self.is_in_longer_name(range),
            several => several.iter().any(is_unknown),
        }
    }

    /// Whether an unexplained capitalised word stands right before or after: then this one is part of another name.
    fn is_in_longer_name(&self, range: Range<usize>) -> bool {
        let is_part = |at: usize| {
            let surface = self.words.surface(at);
            Shape::of(surface) == Shape::of(self.words.surface(range.start))
                && !self.is_taken[at]
                && !Lexicon.has_word(&fold(surface))
        };
        let before = self.words.joint(range.start) == Joint::Space && is_part(range.start - 1);
        let after = self.words.joint(range.end) == Joint::Space && is_part(range.end);
        before || after
    }

    fn ask(&mut self, query: &[QueryWord]) -> Option<Hit> {
        if let Some(answer) = self.known.get(query) {
            return answer.clone();
        }
        let answer = nearest(self.layers, query, self.threshold);
        self.known.insert(query.to_vec(), answer.clone());
        answer
    }

    fn report(&self, hit: &Hit, range: Range<usize>, found: &mut Vec<Found>) {
        found.extend(hit.targets.iter().map(|&(at, part)| Found {
            words: range.clone(),
            span: self.words.span(range.clone()),
            part,
            candidate: Candidate { at, score: hit.score, method: Method::Fuzzy, parts: None },
        }));
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
