//! Looking up one name: the best candidates, however far, and which of them are near enough to be believed (`acceptance`).

use super::acceptance::{Evidence, Likeness, Query, Verdict};
use super::index::indexes;
use super::inflected;
use super::mention::{Candidate, Method, SpellingRef};
use super::nearest::{Search, is_rival};
use super::{Fuzziness, Matcher, threshold};
use crate::gazetteer::compiled::SpellingView;
use crate::text::{Lexicon, Words, fold, key_of};

/// The best that an unlisted spelling can score: only a listed one is certain.
pub(super) const MAX_UNLISTED_SCORE: f64 = 0.99;

/// An entry that a looked-up name may be; see [`Matcher::lookup`].
#[derive(Clone, Debug, serde::Serialize)]
#[non_exhaustive]
pub struct LookupCandidate {
    /// The entry's id.
    pub id: String,
    /// The name that the query is a spelling of.
    pub name: String,
    /// The entry's canonical name.
    pub canonical: String,
    /// The entry's kind.
    pub kind: String,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// ISO 3166-1 alpha-2 code, blank if the entry has none.
    pub country: String,
    /// The listed spelling that the query is, or is nearest to.
    pub spelling: String,
    /// Similarity of query and spelling, 1 if listed.
    pub score: f64,
    /// Whether such a spelling, without any context, is to be taken for this entry: it is listed, or the evidence is enough.
    pub accepted: bool,
    /// How the query was recognised.
    pub method: Method,
    /// What was done to the listed spelling to get the query, for people to read: `j=y (South Slavic)` where the query has `j` for a
    /// listed `y`, as South Slavic romanisations do. Empty for a listed spelling.
    pub edits: Vec<String>,
    /// What speaks for an unlisted spelling; only of the best candidate, and of those that are as good.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
}

/// What a spelling that is neither listed nor in the nominative loses.
const ENDING_PENALTY: f64 = 0.02;
/// A nominative must be nearer to its name than the whole is to any by this much.
const MIN_GAIN_OF_ENDING: f64 = 0.08;
/// And at least this near.
const MIN_NOMINATIVE_SCORE: f64 = 0.95;
/// A candidate this much worse than the best is as good.
const TIE: f32 = 0.001;

struct Ranked {
    at: SpellingRef,
    score: f64,
    method: Method,
    verdict: Option<Verdict>,
}

impl Ranked {
    fn unlisted(at: SpellingRef, score: f32) -> Self {
        Self { at, score: f64::from(score).min(MAX_UNLISTED_SCORE), method: Method::Fuzzy, verdict: None }
    }

    fn is_accepted(&self) -> bool {
        self.method != Method::Fuzzy || self.verdict.as_ref().is_some_and(Verdict::is_enough)
    }
}

/// How many entries are compared for a lookup of so many: the next other name counts as well.
fn nearest_of(limit: usize) -> usize {
    limit.saturating_mul(2).max(8)
}

impl Matcher {
    /// The `limit` entries nearest to `name`, best first, also when none is near enough to be believed.
    ///
    /// Letter case is ignored. Ties are in order of the gazetteer.
    ///
    /// ```
    /// # #[cfg(feature = "bundled")] {
    /// use toponorm::Matcher;
    ///
    /// let matcher = Matcher::bundled()?;
    /// let best = &matcher.lookup("Xankandi", 3)[0];
    /// assert_eq!((best.id.as_str(), best.name.as_str()), ("stepanakert", "Khankendi"));
    /// assert!(best.accepted);
    /// # }
    /// # Ok::<(), toponorm::Error>(())
    /// ```
    pub fn lookup(&self, name: &str, limit: usize) -> Vec<LookupCandidate> {
        let mut ranked = self.listed(name);
        if ranked.is_empty() {
            ranked = self.inflected(name);
        }
        let mut search = Search::new(self, name);
        if ranked.is_empty() {
            ranked = self.nearest_or_inflected(&mut search, name, limit);
        } else if ranked.len() < limit {
            let nearest = search.nearest(nearest_of(limit), 0.0).ranked;
            let others = nearest.into_iter().filter(|(_, at)| !ranked.iter().any(|known| known.at.entry == at.entry));
            let others: Vec<_> = others.map(|(score, at)| Ranked::unlisted(at, score)).collect();
            ranked.extend(others);
        }
        ranked.sort_by(|a, b| b.score.total_cmp(&a.score));
        ranked.truncate(limit);
        ranked.iter().map(|ranked| self.describe(ranked, name, &mut search)).collect()
    }

    /// The entries that a name by itself is to be taken for.
    pub(super) fn believed(&self, name: &str) -> Vec<Candidate> {
        let mut ranked = self.listed(name);
        if ranked.is_empty() {
            ranked = self.inflected(name);
        }
        if ranked.is_empty() && self.fuzziness != Fuzziness::Off {
            ranked = self.nearest_or_inflected(&mut Search::new(self, name), name, 1);
        }
        let believed = ranked.into_iter().filter(Ranked::is_accepted);
        believed.map(|ranked| Candidate::new(ranked.at, ranked.score, ranked.method)).collect()
    }

    /// The entries that bear the name, or would with other diacritics, hyphens or capitals.
    fn listed(&self, name: &str) -> Vec<Ranked> {
        let mut ranked: Vec<Ranked> = Vec::new();
        let mut add = |at: SpellingRef, score, method| {
            if !ranked.iter().any(|known: &Ranked| known.at.entry == at.entry) {
                ranked.push(Ranked { at, score, method, verdict: None });
            }
        };
        // In a text a name has its capital; here people leave it out.
        let mut letters = name.chars();
        let capitalised: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        let words = Words::new(&capitalised);
        // Near misses of a name are looked for among all entries, later.
        let mentions = self.mentions_by(Fuzziness::Off, &words, None);
        if let [mention] = mentions.as_slice()
            && mention.words == (0..words.len())
        {
            let listed = mention.candidates.iter().filter(|candidate| candidate.method != Method::Fuzzy);
            listed.for_each(|candidate| add(candidate.at, candidate.score, candidate.method));
        }
        let key = key_of(name);
        let slots = indexes(&self.layers).filter_map(|index| index.slot(&key));
        let postings = slots.flat_map(|slot| slot.postings(&key));
        for posting in postings.filter(|posting| posting.part.is_of_entry()) {
            let is_listed = posting.text.to_lowercase() == name.to_lowercase();
            let (score, method) = if is_listed { (1.0, Method::Listed) } else { (MAX_UNLISTED_SCORE, Method::Derived) };
            add(posting.at, score, method);
        }
        // An inexact spelling that is an English word is the word.
        if words.len() > 0 && (0..words.len()).all(|at| Lexicon.has_word(&fold(words.surface(at)))) {
            ranked.retain(|ranked| ranked.method != Method::Derived);
        }
        ranked
    }

    /// The entries of whose names this is another case, or an adjective.
    fn inflected(&self, name: &str) -> Vec<Ranked> {
        let mut ranked: Vec<Ranked> = Vec::new();
        for (at, score) in inflected::lookup(&self.layers, name) {
            if !ranked.iter().any(|known| known.at.entry == at.entry) {
                ranked.push(Ranked { at, score, method: Method::Derived, verdict: None });
            }
        }
        ranked
    }

    /// The entries nearest to the name, or to what its nominative may be where that is far nearer.
    fn nearest_or_inflected(&self, search: &mut Search<'_>, name: &str, limit: usize) -> Vec<Ranked> {
        let whole = self.nearest_with_evidence(search, name, limit, 0.0);
        let is_accepted = |ranked: &[Ranked]| ranked.first().is_some_and(Ranked::is_accepted);
        if is_accepted(&whole) {
            return whole;
        }
        let score = |ranked: &[Ranked]| ranked.first().map_or(0.0, |best| best.score);
        let least = (score(&whole) + MIN_GAIN_OF_ENDING).max(MIN_NOMINATIVE_SCORE);
        if least > MAX_UNLISTED_SCORE {
            return whole;
        }
        let stems = inflected::nominatives(name);
        let nominatives = stems.iter().map(|stem| {
            let mut search = Search::new(self, stem);
            self.nearest_with_evidence(&mut search, stem, limit, least as f32 - TIE)
        });
        let believed = nominatives.filter(|ranked| is_accepted(ranked) && score(ranked) >= least);
        let Some(mut best) = believed.max_by(|a, b| score(a).total_cmp(&score(b))) else {
            return whole;
        };
        best.iter_mut().for_each(|ranked| ranked.score -= ENDING_PENALTY);
        best
    }

    /// The entries whose spellings sound most like the name, whatever the scripts, with what speaks for the best; none if none sounds as much
    /// like it as `least`.
    fn nearest_with_evidence(&self, search: &mut Search<'_>, name: &str, limit: usize, least: f32) -> Vec<Ranked> {
        let nearest = search.nearest(nearest_of(limit), least).ranked;
        let Some(&(best, first)) = nearest.first() else {
            return Vec::new();
        };
        let is_rival = |(_, at): &&(f32, SpellingRef)| is_rival(&self.layers, first, *at);
        let rival = nearest.iter().find(is_rival).map_or(0.0, |&(score, _)| f64::from(score));
        let (query, threshold) = (Query::new(name), threshold::logit(&self.layers));
        let weigh = |(score, at): (f32, SpellingRef)| {
            let mut ranked = Ranked::unlisted(at, score);
            if best - score < TIE {
                let likeness = Likeness { rival, ..self.likeness(search, at, f64::from(score)) };
                ranked.verdict = Some(query.judge(at.spelling(&self.layers).text(), likeness, threshold));
            }
            ranked
        };
        nearest.into_iter().map(weigh).collect()
    }

    /// The logarithm of odds that the name is a spelling of the nearest entry, as if the lexicon did not know it; `None` if it is listed.
    pub(super) fn logit_unless_listed(&self, name: &str) -> Option<f64> {
        let verdict = || self.nearest_with_evidence(&mut Search::new(self, name), name, 1, 0.0).first()?.verdict;
        self.listed(name)
            .is_empty()
            .then(|| verdict().map_or(f64::NEG_INFINITY, |verdict| verdict.logit_unless_short()))
    }

    /// How alike the name that is searched for and the spellings of an entry sound, of which `at` is the nearest.
    fn likeness(&self, search: &mut Search<'_>, at: SpellingRef, best: f64) -> Likeness {
        let entry = at.entry(&self.layers);
        let key = key_of(at.spelling(&self.layers).text());
        let base = at.spelling ^ at.spelling(&self.layers).number();
        let is_other = |spelling: SpellingView<'_>| key_of(spelling.text()) != key;
        let mut second = None;
        for spelling in entry.spellings() {
            // Folding takes longer than to see that a spelling is no nearer.
            let like = search.like(base | spelling.number(), second.unwrap_or(0.0));
            if let Some(like) = like.filter(|&like| second.is_none_or(|second| like > second) && is_other(spelling)) {
                second = Some(like);
            }
        }
        // An entry with one spelling only can't be doubted for it.
        let others = second.map(f64::from).or_else(|| entry.spellings().any(is_other).then_some(0.0));
        let canonical = search.like_text(entry.canonical()).map_or(0.0, f64::from);
        Likeness { best, second: others.unwrap_or(best), canonical, rival: 0.0 }
    }

    fn describe(&self, ranked: &Ranked, query_text: &str, search: &mut Search<'_>) -> LookupCandidate {
        let entry = ranked.at.entry(&self.layers);
        let point = entry.point();
        let spelling = ranked.at.spelling(&self.layers).text();
        let endings = inflected::endings_between(query_text, spelling);
        let edits = match ranked.method {
            Method::Listed => Vec::new(),
            Method::Derived if !endings.is_empty() => endings.iter().map(|ending| ending.describe()).collect(),
            _ => search.edits(spelling),
        };
        LookupCandidate {
            id: entry.id().to_owned(),
            name: ranked.at.name(&self.layers).text().to_owned(),
            canonical: entry.canonical().to_owned(),
            kind: entry.kind().as_str().to_owned(),
            lat: point.map(|point| point.latitude),
            lon: point.map(|point| point.longitude),
            country: entry.country().as_str().to_owned(),
            spelling: ranked.at.spelling(&self.layers).text().to_owned(),
            score: (ranked.score * 1e4).round() / 1e4,
            accepted: ranked.is_accepted(),
            method: ranked.method,
            edits,
            evidence: ranked.verdict.map(Evidence::from),
        }
    }
}
