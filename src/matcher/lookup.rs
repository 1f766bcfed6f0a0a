//! Looking up one name: the best candidates, however far, and which of them the matcher would believe in a text.

use super::Matcher;
use super::index::{indexes, key_of};
use super::mention::{Method, SpellingRef};
use crate::text::Words;
use crate::translit::{Aligner, Sounding};

/// The best that an unlisted spelling can score: only a listed one is certain.
const MAX_UNLISTED_SCORE: f64 = 0.99;

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
    /// Similarity of query and spelling, 1 if listed.
    pub score: f64,
    /// Whether the matcher would take such a word in a text for this entry.
    pub accepted: bool,
    /// How the query was recognised.
    pub method: Method,
    /// What was done to the listed spelling to get the query, for people to read: `j=y (South Slavic)` where the query has `j` for a
    /// listed `y`, as South Slavic romanisations do. Empty for a listed spelling.
    pub edits: Vec<String>,
}

struct Ranked {
    at: SpellingRef,
    score: f64,
    method: Method,
    accepted: bool,
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
        let mut ranked = self.believed(name);
        if ranked.len() < limit {
            self.add_nearest(name, limit, &mut ranked);
        }
        ranked.sort_by(|a, b| b.score.total_cmp(&a.score));
        ranked.truncate(limit);
        let (query, mut aligner) = (Sounding::of(name), Aligner::default());
        ranked.iter().map(|ranked| self.describe(ranked, &query, &mut aligner)).collect()
    }

    /// What exact and fuzzy matching make of the name if it stood in a text.
    fn believed(&self, name: &str) -> Vec<Ranked> {
        let mut ranked: Vec<Ranked> = Vec::new();
        let mut add = |at: SpellingRef, score, method| {
            if !ranked.iter().any(|known: &Ranked| known.at.entry == at.entry) {
                ranked.push(Ranked { at, score, method, accepted: true });
            }
        };
        // In a text a name has its capital; here people leave it out.
        let mut letters = name.chars();
        let capitalised: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
        let words = Words::new(&capitalised);
        let mentions = self.mentions(&words);
        if let [mention] = mentions.as_slice()
            && mention.words == (0..words.len())
        {
            mention.candidates.iter().for_each(|candidate| add(candidate.at, candidate.score, candidate.method));
        }
        let key = key_of(name);
        let slots = indexes(&self.layers).filter_map(|index| index.slot(&key));
        let postings = slots.flat_map(|slot| slot.postings(&key));
        for posting in postings.filter(|posting| posting.part.is_of_entry()) {
            let is_listed = posting.text.to_lowercase() == name.to_lowercase();
            let (score, method) = if is_listed { (1.0, Method::Listed) } else { (MAX_UNLISTED_SCORE, Method::Derived) };
            add(posting.at, score, method);
        }
        ranked
    }

    /// Adds the entries whose spellings sound most like the name, whatever the scripts.
    fn add_nearest(&self, name: &str, limit: usize, ranked: &mut Vec<Ranked>) {
        let nearest = self.nearest(name, limit.saturating_mul(2).max(8));
        for (score, at) in nearest.ranked {
            let score = f64::from(score).min(MAX_UNLISTED_SCORE);
            match ranked.iter_mut().find(|known| known.at.entry == at.entry) {
                Some(known) if known.method == Method::Fuzzy => known.score = score,
                Some(_) => {}
                None => ranked.push(Ranked { at, score, method: Method::Fuzzy, accepted: false }),
            }
        }
    }

    fn describe(&self, ranked: &Ranked, query: &Sounding, aligner: &mut Aligner) -> LookupCandidate {
        let entry = ranked.at.entry(&self.layers);
        let point = entry.point();
        let edits = match ranked.method {
            Method::Listed => Vec::new(),
            _ => aligner.edits(query, &Sounding::of(ranked.at.spelling(&self.layers).text())),
        };
        LookupCandidate {
            id: entry.id().to_owned(),
            name: ranked.at.name(&self.layers).text().to_owned(),
            canonical: entry.canonical().to_owned(),
            kind: entry.kind().as_str().to_owned(),
            lat: point.map(|point| point.latitude),
            lon: point.map(|point| point.longitude),
            country: entry.country().as_str().to_owned(),
            score: (ranked.score * 1e4).round() / 1e4,
            accepted: ranked.accepted,
            method: ranked.method,
            edits,
        }
    }
}
