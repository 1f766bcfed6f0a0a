//! Unlisted misspellings: name-like words that exact matching left over, and the keys near them.
//!
//! Candidates come from buckets of keys of about the same length, filtered by a 64-bit signature of the letters: an edit
//! changes at most two bits, so most keys are refused without being looked at. What is left is scored by
//! `translit::similarity`, once for each distinct word of a document. The gates before and after cost recall on purpose: a
//! name missed is seen by nobody, a word wrongly corrected is seen by everybody.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::exact::Found;
use super::index::{Index, Part, Posting};
use super::mention::{Candidate, Method, SpellingRef};
use crate::gazetteer::{Gazetteer, Rewrite, SpellingKind};
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

/// A key that may be matched fuzzily.
#[derive(Debug)]
struct Key {
    /// Folded words.
    words: Box<[Box<str>]>,
    joined: Box<str>,
    signature: u64,
    targets: Box<[(SpellingRef, Part)]>,
}

/// The keys that may be matched fuzzily, by their number of letters.
#[derive(Debug, Default)]
pub(super) struct FuzzyIndex {
    buckets: Vec<Vec<Key>>,
}

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

impl FuzzyIndex {
    pub(super) fn new(gazetteer: &Gazetteer, index: &Index) -> Self {
        let mut buckets: Vec<Vec<Key>> = Vec::new();
        for (joined, slot) in index.slots() {
            let length = joined.chars().count();
            let usable: Vec<&Posting> =
                slot.postings.iter().filter(|posting| may_be_fuzzy(gazetteer, posting)).collect();
            if usable.is_empty() || length < MIN_LETTERS {
                continue;
            }
            if buckets.len() <= length {
                buckets.resize_with(length + 1, Vec::new);
            }
            // `Step'anakert` and `Stepanakert` share a key but may be listed in different words.
            let plainest = usable.iter().map(|posting| split_key(joined, posting)).min_by_key(|words| words.len());
            buckets[length].push(Key {
                words: plainest.unwrap_or_default(),
                joined: joined.into(),
                signature: signature(joined),
                targets: usable.iter().map(|posting| (posting.at, posting.part)).collect(),
            });
        }
        // The order of a hash table must not show in results.
        buckets.iter_mut().for_each(|bucket| bucket.sort_by(|a, b| a.joined.cmp(&b.joined)));
        Self { buckets }
    }

    /// The keys nearest to these words, if they are at least as near as `threshold`.
    fn nearest(&self, query: &[QueryWord], threshold: f64) -> Option<Hit> {
        let joined: String = query.iter().map(|word| word.folded.as_str()).collect();
        let length = joined.chars().count();
        let signature = signature(&joined);
        let mut best: Option<Hit> = None;
        let reach = edits_within(length, threshold) + 1;
        for bucket_length in length.saturating_sub(reach)..=length + reach {
            let edits = edits_within(length.max(bucket_length), threshold);
            let Some(bucket) = self.buckets.get(bucket_length).filter(|_| edits >= length.abs_diff(bucket_length))
            else {
                continue;
            };
            for key in bucket {
                let differing = (key.signature ^ signature).count_ones() as usize;
                if differing > 2 * edits || !words_agree(query, &key.words) {
                    continue;
                }
                let score = similarity(&joined, &key.joined);
                if score < threshold || score == 1.0 || is_adjective(&joined, &key.joined) {
                    continue;
                }
                match &mut best {
                    Some(hit) if hit.score > score => {}
                    Some(hit) if hit.score == score => hit.targets.extend(&key.targets),
                    _ => best = Some(Hit { score, targets: key.targets.to_vec() }),
                }
            }
        }
        best
    }
}

fn may_be_fuzzy(gazetteer: &Gazetteer, posting: &Posting) -> bool {
    if !matches!(posting.part, Part::Whole | Part::Family) || posting.is_abbreviation || posting.is_lower {
        return false;
    }
    let spelling = posting.at.spelling(gazetteer);
    let is_name =
        !matches!(spelling.kind, SpellingKind::Misspelling | SpellingKind::Mistranslation | SpellingKind::Abbreviation);
    let is_foreign = spelling.kind == SpellingKind::Exonym && Script::of(&spelling.text) == Some(Script::Latin);
    is_name && !is_foreign && spelling.needs.is_empty() && spelling.rewrite != Some(Rewrite::Never)
}

/// The key's words as this spelling divides it; an apostrophe divides nothing.
fn split_key(joined: &str, posting: &Posting) -> Box<[Box<str>]> {
    let is_word = |&&(_, joint): &&(u16, Joint)| joint != Joint::Apostrophe;
    let offsets = || posting.joints.iter().filter(is_word).map(|&(offset, _)| usize::from(offset));
    let (starts, ends) = (std::iter::once(0).chain(offsets()), offsets().chain([joined.len()]));
    starts.zip(ends).map(|(start, end)| joined.get(start..end).unwrap_or_default().into()).collect()
}

/// Whether the word is the name with an English ending: `Alexandrian` is no misspelling of Alexandria.
fn is_adjective(word: &str, name: &str) -> bool {
    const ENDINGS: [&str; 10] = ["n", "an", "ian", "s", "ns", "ans", "ese", "er", "i", "is"];
    word.strip_prefix(name).is_some_and(|ending| ENDINGS.contains(&ending))
}

/// A bit for each letter that occurs.
fn signature(key: &str) -> u64 {
    key.chars().fold(0, |bits, c| bits | 1 << (u32::from(c) % 64))
}

/// As many words, each equal or beginning with the same letter.
fn words_agree(query: &[QueryWord], key: &[Box<str>]) -> bool {
    query.len() == key.len()
        && query.iter().zip(key).all(|(one, other)| {
            *one.folded == **other || (one.may_differ && one.folded.chars().next() == other.chars().next())
        })
}

/// The fuzzy search over one document; what was found for a word is remembered.
pub(super) struct FuzzySearch<'m, 't> {
    keys: &'m FuzzyIndex,
    threshold: f64,
    words: &'m Words<'t>,
    /// Words that exact matching has explained, alone or with others.
    is_taken: &'m [bool],
    /// Folded words that the document also writes in small letters: those are no names.
    lower_case: FxHashSet<String>,
    known: FxHashMap<Vec<QueryWord>, Option<Hit>>,
}

impl<'m, 't> FuzzySearch<'m, 't> {
    pub(super) fn new(keys: &'m FuzzyIndex, threshold: f64, words: &'m Words<'t>, is_taken: &'m [bool]) -> Self {
        let surfaces = (0..words.len()).map(|at| words.surface(at));
        let lower_case = surfaces
            .filter(|surface| surface.len() >= MIN_LETTERS && Shape::of(surface) == Shape::Lower)
            .map(fold)
            .collect();
        Self { keys, threshold, words, is_taken, lower_case, known: FxHashMap::default() }
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
        let answer = self.keys.nearest(query, self.threshold);
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
