//! Whether a name that a corpus has is worth a row, and which.
//!
//! Two questions: is it a place (its signs, against those of people and things), and is it one that the gazetteer has under another spelling (the lookup's
//! evidence, and how near that place lies to those named beside it). A spelling alone can't answer the second: fifty thousand villages have something
//! like every name. Weights were set by hand on development texts.

use rustc_hash::FxHashMap;

use super::tally::Tally;
use super::{Proposal, Suggestion};
use crate::gazetteer::compiled::Compiled;
use crate::gazetteer::{Kind, Point, SpellingKind, slug};
use crate::lang::Lang;
use crate::matcher::{LookupCandidate, Matcher, Method};
use crate::script::Script;
use crate::text::{fold, key_of, words};
use crate::translit::similarity;

/// Below this a name is not proposed as a spelling, and as a place.
const MIN_SPELLING: f64 = 0.5;
const MIN_PLACE: f64 = 0.3;
/// What is less like a place is not even looked up.
const MIN_LOOKUP: f64 = 0.05;
/// The nearest entries that are weighed.
const LOOKED_AT: usize = 8;
/// What sounds less alike is another name.
const MIN_ALIKE: f64 = 0.8;
/// Odds from which an entry is named as what a new place may be.
const MIN_WORTH_A_LOOK: f64 = -1.5;
/// How many places may be named beside a suggestion.
const SHOWN_BESIDE: usize = 3;

/// How the family names of a corpus's people are known.
pub(super) struct People {
    /// The last words of people's full names, and how often.
    families: FxHashMap<String, u64>,
}

impl People {
    pub(super) fn of(tallies: &FxHashMap<String, Tally>) -> Self {
        let mut families: FxHashMap<String, u64> = FxHashMap::default();
        for (spelling, tally) in tallies {
            let is_person = tally.signs.person > tally.signs.place && tally.signs.person > tally.signs.thing;
            if let Some((_, family)) = spelling.rsplit_once(' ').filter(|_| is_person) {
                *families.entry(family.to_owned()).or_default() += tally.count;
            }
        }
        Self { families }
    }
}

/// What judges.
pub(super) struct Judge<'a> {
    pub(super) matcher: &'a Matcher,
    pub(super) people: &'a People,
}

/// An entry that a name may be a spelling of.
struct Likely {
    candidate: LookupCandidate,
    /// The logarithm of the odds.
    odds: f64,
}

impl Judge<'_> {
    /// The row that a name is worth, if any.
    pub(super) fn suggestion(&self, spelling: &str, tally: &Tally) -> Option<Suggestion> {
        let (place, other) = self.weigh(spelling, tally);
        let like_place = likelihood(place, other);
        if like_place < MIN_LOOKUP && tally.meant.is_empty() {
            return None;
        }
        let beside: Vec<Point> = tally.beside.iter().filter_map(|&entry| self.point(entry)).collect();
        let candidates = self.matcher.lookup(spelling, LOOKED_AT);
        let is_latin = Script::of(spelling) == Some(Script::Latin);
        // A lookup tries the endings of all languages, and a text in Latin letters has those of its own only.
        let candidates: Vec<LookupCandidate> =
            candidates.into_iter().filter(|one| !(is_latin && is_inflected(one))).collect();
        if candidates.iter().any(|candidate| is_found_already(candidate, &beside)) {
            return None;
        }
        let likely = self.likely(spelling, candidates, (tally, &beside));
        let odds = |likely: &Likely| probability(likely.odds) * f64::from((place + 1.0) / (place + other + 1.0));
        let spelling_score = likely.as_ref().map_or(0.0, odds);
        let alias = tally.signs.alias.map(|entry| self.matcher.layers().entry(entry));
        let alias = alias.filter(|entry| !may_contain_names(entry.kind()));
        let draft = self.draft(spelling, tally);
        match likely {
            Some(likely) if spelling_score >= MIN_SPELLING => {
                Some(Suggestion { score: rounded(spelling_score), ..of_entry(draft, &likely.candidate) })
            }
            _ if like_place < MIN_PLACE => None,
            likely => {
                let score = rounded(like_place);
                if let Some(entry) = alias {
                    let (proposal, entry) = (Proposal::Spelling, entry.id().to_owned());
                    return Some(Suggestion { score, proposal, entry, kind: SpellingKind::Name, place: None, ..draft });
                }
                let likely = likely.filter(|likely| likely.odds > MIN_WORTH_A_LOOK).map(|likely| likely.candidate.id);
                Some(Suggestion { score, likely, ..draft })
            }
        }
    }

    /// What speaks for a place, and for anything else.
    fn weigh(&self, spelling: &str, tally: &Tally) -> (f32, f32) {
        const PLAIN: f32 = 0.15;
        const FAMILY: f32 = 1.0;
        let signs = &tally.signs;
        let families = self.people.families.get(spelling).copied().unwrap_or(0).min(5) as f32;
        let other = signs.person + signs.thing + PLAIN * signs.plain as f32 + FAMILY * families;
        (signs.place, other)
    }

    fn point(&self, entry: u32) -> Option<Point> {
        self.matcher.layers().entry(entry).point()
    }

    /// The entry that the name is likeliest a spelling of.
    fn likely(
        &self,
        spelling: &str,
        candidates: Vec<LookupCandidate>,
        (tally, beside): (&Tally, &[Point]),
    ) -> Option<Likely> {
        /// What the resolver's word counts for, and that of a writer who puts one name in brackets after the other.
        const MEANT: f64 = 3.0;
        const ALIKE: f64 = 30.0;
        let layers = self.matcher.layers();
        let is_meant =
            |id: &str| tally.meant.keys().chain(&tally.signs.alias).any(|&entry| layers.entry(entry).id() == id);
        let best = candidates.first().map(|best| best.score)?;
        let surplus = candidates
            .iter()
            .find_map(|one| one.evidence.as_ref())
            .map_or(0.0, |evidence| evidence.logit - evidence.threshold);
        let odds = |one: &LookupCandidate| {
            let meant = if is_meant(&one.id) { MEANT } else { 0.0 };
            surplus - ALIKE * (best - one.score) + nearness(one, beside) + meant
        };
        let is_fuzzy = |one: &LookupCandidate| one.method == Method::Fuzzy && one.score >= MIN_ALIKE;
        // A person only if the resolver says so: nobody stands near a place.
        let may_be = |one: &LookupCandidate| {
            is_fuzzy(one) && (one.lat.is_some() || is_meant(&one.id)) && is_as_long(spelling, &one.spelling)
        };
        let weighed =
            candidates.into_iter().filter(may_be).map(|candidate| Likely { odds: odds(&candidate), candidate });
        weighed.reduce(|best, one| if one.odds > best.odds { one } else { best })
    }

    /// A new place of this name.
    fn draft(&self, spelling: &str, tally: &Tally) -> Suggestion {
        let layers = self.matcher.layers();
        let id = slug(spelling);
        let is_taken = |id: &str| layers.all().iter().any(|layer: &Compiled| layer.position(id).is_some());
        let mut numbers = 2..;
        let free = if is_taken(&id) {
            numbers.find_map(|number| Some(format!("{id}-{number}")).filter(|id| !is_taken(id)))
        } else {
            None
        };
        Suggestion {
            spelling: spelling.to_owned(),
            proposal: Proposal::Entry,
            entry: free.unwrap_or(id),
            name: spelling.to_owned(),
            lang: lang(spelling, tally.lang()),
            kind: SpellingKind::Canonical,
            place: tally.signs.kind,
            count: tally.count,
            documents: tally.documents,
            score: 0.0,
            likely: None,
            beside: tally.beside.iter().take(SHOWN_BESIDE).map(|&entry| layers.entry(entry).id().to_owned()).collect(),
            contexts: tally.contexts(),
        }
    }
}

/// A spelling of an entry, of which `draft` has what the corpus says.
fn of_entry(draft: Suggestion, candidate: &LookupCandidate) -> Suggestion {
    // An edit that is somebody's habit names them in brackets.
    let is_habit = |edit: &String| edit.ends_with(')');
    let is_romanised = !candidate.edits.is_empty() && candidate.edits.iter().all(is_habit);
    Suggestion {
        proposal: Proposal::Spelling,
        entry: candidate.id.clone(),
        name: candidate.name.clone(),
        kind: if is_romanised { SpellingKind::Romanisation } else { SpellingKind::Misspelling },
        place: None,
        ..draft
    }
}

/// How likely a name is a place's: the share of what speaks for one, less if little was seen.
fn likelihood(place: f32, other: f32) -> f64 {
    const DOUBT: f32 = 0.6;
    const ENOUGH: f32 = 1.2;
    let share = place / (place + other + DOUBT);
    f64::from(share * (1.0 - (-place / ENOUGH).exp()))
}

fn probability(odds: f64) -> f64 {
    1.0 / (1.0 + (-odds).exp())
}

/// Whether two spellings have as many words, or hardly other letters: `Montgomery County` is none of Montgomery.
fn is_as_long(one: &str, other: &str) -> bool {
    const MIN_REJOINED: f64 = 0.75;
    words(one).len() == words(other).len() || similarity(&key_of(one), &key_of(other)) >= MIN_REJOINED
}

fn is_inflected(candidate: &LookupCandidate) -> bool {
    candidate.method == Method::Derived && !candidate.edits.is_empty()
}

/// Whether a name in brackets may be of what contains the place, instead of another name of it.
fn may_contain_names(kind: Kind) -> bool {
    matches!(kind, Kind::Country | Kind::Region | Kind::District | Kind::City | Kind::Sea)
}

/// Whether the name is found without a new row: it is listed, or derived by rule, of an entry that may be meant here. A namesake far away
/// is another place.
fn is_found_already(candidate: &LookupCandidate, beside: &[Point]) -> bool {
    const FAR_KM: f64 = 250.0;
    let distance = distance(candidate, beside);
    candidate.method != Method::Fuzzy
        && (is_area(&candidate.kind) || distance.is_none_or(|kilometres| kilometres < FAR_KM))
}

/// What it adds to the odds that an entry lies near what is named beside the name, in logarithms: of fifty thousand places some hundred are
/// within fifty kilometres.
fn nearness(candidate: &LookupCandidate, beside: &[Point]) -> f64 {
    match distance(candidate, beside) {
        None => 0.0,
        Some(_) if candidate.kind == Kind::Country.as_str() => 1.5,
        Some(kilometres) if kilometres < 50.0 => 5.0,
        Some(kilometres) if kilometres < 150.0 => 3.5,
        Some(kilometres) if kilometres < 400.0 => 1.5,
        Some(_) => -3.0,
    }
}

/// The least distance of an entry from the places, in kilometres; `None` if there are none, or it has no point.
fn distance(candidate: &LookupCandidate, beside: &[Point]) -> Option<f64> {
    let (latitude, longitude) = candidate.lat.zip(candidate.lon)?;
    let here = Point { latitude, longitude };
    beside.iter().map(|there| here.kilometres_to(*there)).reduce(f64::min)
}

fn is_area(kind: &str) -> bool {
    [Kind::Country, Kind::Region, Kind::Sea].iter().any(|area| area.as_str() == kind)
}

/// The documents' language, unless the name has letters that English does not write, or another script than the language's.
fn lang(spelling: &str, documents: Option<Lang>) -> Lang {
    let plain = words(spelling).iter().all(|word| {
        let word = &spelling[word.span.range()];
        word.to_lowercase() == fold(word)
    });
    match documents {
        Some(lang) if lang != Lang::ENGLISH => lang,
        Some(english) if plain && Script::of(spelling) == Some(Script::Latin) => english,
        _ => Lang::UNDETERMINED,
    }
}

fn rounded(score: f64) -> f64 {
    (score * 1e3).round() / 1e3
}
