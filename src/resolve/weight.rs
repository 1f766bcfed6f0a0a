//! The weight of a candidate: a prior by kind and size, plus what the document says for it.
//!
//! All weights stand here, in the unit "powers of ten of how often news means it": a city of a million weighs one more
//! than one of ten thousand. They were set by hand on the development texts; a learnt table is to replace them.

use super::evidence::Evidence;
use super::{containers, contains, cues, entry, is_demonym};
use crate::gazetteer::Kind;
use crate::gazetteer::compiled::{EntryView, Layers};
use crate::matcher::{Candidate, Mention};
use crate::text::Words;

/// The place is on the list of those that news names.
const NEWSWORTHY: f64 = 1.5;
/// An entry of a person's own list: what somebody took the trouble to list is meant.
const OWN: f64 = 6.0;
/// A place of the candidate's country is mentioned.
const SAME_COUNTRY: f64 = 0.8;
/// So many of the places that the text mentions lie in the candidate's country: all of them weigh this much.
const FOCUS: f64 = 1.0;
/// Something that contains the candidate, or that it contains, is mentioned.
const CONTAINMENT: f64 = 1.0;
/// A place nearby is mentioned.
const NEARNESS: f64 = 0.6;
/// How near that is, in kilometres.
const NEAR_KM: f64 = 60.0;
/// The next mention says that it contains the candidate, or the one before that the candidate contains it: `Atlanta, Georgia`.
const NAMED_CONTAINER: f64 = 8.0;
/// Its neighbour in a list is of its kind, and in the same country or division: `Idaho, Georgia and Texas`.
const SIBLING: f64 = 1.5;
/// A head noun beside the mention says the kind: `Lachin district`, `town of Martuni`.
const HEAD_NOUN: f64 = 1.0;
/// The person was named in full before.
const NAMED_IN_FULL: f64 = 3.0;
/// The person is in office.
const IN_OFFICE: f64 = 0.8;
/// A spelling that needs the document's evidence, and has it.
const NEEDS_MET: f64 = 3.0;
/// An adjective or inhabitant, where a place bears the same name.
const DEMONYM: f64 = 3.0;
/// A preposition of place before it.
const PREPOSITION: f64 = 1.0;
/// What a point of similarity weighs.
const SIMILARITY: f64 = 5.0;

/// The weights of the candidates of the mention at `at`.
pub(super) fn weights(
    layers: &Layers,
    words: &Words<'_>,
    evidence: &Evidence,
    mentions: &[Mention],
    at: usize,
) -> Vec<f64> {
    let mention = &mentions[at];
    if let [_] = mention.candidates.as_slice() {
        return vec![0.0];
    }
    let outer = cues::is_named_inside(words, mentions, at).then(|| &mentions[at + 1]);
    let inner =
        at.checked_sub(1).filter(|&before| cues::is_named_inside(words, mentions, before)).map(|at| &mentions[at]);
    let siblings = cues::listed_beside(words, mentions, at);
    let weigh = |candidate: &Candidate| {
        let number = candidate.at.entry;
        let any = |mention: Option<&Mention>, is_so: &dyn Fn(u32) -> bool| {
            mention.is_some_and(|mention| mention.candidates.iter().any(|other| is_so(other.at.entry)))
        };
        let is_named = any(outer, &|outer| contains(layers, outer, number))
            || any(inner, &|inner| contains(layers, number, inner));
        prior(layers, candidate)
            + document(layers, evidence, mention, candidate)
            + neighbours(layers, words, mention, candidate)
            + if is_named { NAMED_CONTAINER } else { 0.0 }
            + if siblings.iter().any(|mention| has_sibling(layers, mention, number)) { SIBLING } else { 0.0 }
            + (candidate.score - 1.0) * SIMILARITY
    };
    mention.candidates.iter().map(weigh).collect()
}

/// Whether a mention may be something of the entry's kind, directly within the same.
fn has_sibling(layers: &Layers, mention: &Mention, number: u32) -> bool {
    let entry = layers.entry(number);
    mention.candidates.iter().any(|other| {
        let other = layers.entry(other.at.entry);
        entry.within().is_some() && other.within() == entry.within() && other.kind() == entry.kind()
    })
}

/// How often news means such an entry, whatever the document.
fn prior(layers: &Layers, candidate: &Candidate) -> f64 {
    if is_demonym(candidate, layers) {
        return DEMONYM;
    }
    let entry = entry(layers, candidate);
    let known = if entry.is_newsworthy() { NEWSWORTHY } else { 0.0 };
    let own = if entry.is_own() { OWN } else { 0.0 };
    own + known + by_kind(entry)
}

fn by_kind(entry: EntryView<'_>) -> f64 {
    match entry.kind() {
        Kind::Country => 3.5,
        Kind::Region => region(entry),
        Kind::District => 1.6,
        Kind::City | Kind::Town | Kind::Village | Kind::Place => settlement(entry),
        Kind::Mountain => 2.2,
        Kind::Sea | Kind::Lake => 1.8,
        // A river that shares a village's name is usually called one.
        Kind::River => 1.3,
        Kind::Person => 2.0,
        _ => 1.5,
    }
}

/// More for a larger one: 1.8 for a radius of 25 km, 2.5 for one of 300 km.
fn region(entry: EntryView<'_>) -> f64 {
    1.0 + 0.6 * entry.precision_km().unwrap_or(25.0).max(5.0).log10()
}

/// Half the powers of ten of its inhabitants; unknown counts as a usual number for the kind.
fn settlement(entry: EntryView<'_>) -> f64 {
    let usual = match entry.kind() {
        Kind::City => 200_000,
        Kind::Town => 8_000,
        _ => 800,
    };
    (entry.population().filter(|&people| people > 0).unwrap_or(usual).max(100) as f64).log10() / 2.0
}

/// What the rest of the document says for the candidate.
fn document(layers: &Layers, evidence: &Evidence, mention: &Mention, candidate: &Candidate) -> f64 {
    let number = candidate.at.entry;
    let entry = entry(layers, candidate);
    if is_demonym(candidate, layers) {
        return 0.0;
    }
    if let Some(person) = entry.person() {
        let is_introduced = evidence.has_introduced(number, mention.words.start);
        let full = if is_introduced { NAMED_IN_FULL } else { 0.0 };
        return full + if person.is_in_office() { IN_OFFICE } else { 0.0 };
    }
    let is_contained = containers(layers, number)
        .iter()
        .any(|&outer| evidence.is_anchor(outer) && layers.entry(outer).kind() != Kind::Country);
    let mut weight = 0.0;
    weight += if evidence.has_country(entry.country()) { SAME_COUNTRY } else { 0.0 };
    weight += evidence.focus(entry.country()) * FOCUS;
    // A district contains the town of its name, whose mention says nothing for the district.
    let is_around = entry.kind() != Kind::District && evidence.is_around(number);
    weight += if is_contained || is_around { CONTAINMENT } else { 0.0 };
    weight += if evidence.has_anchor_near(layers, number, NEAR_KM) { NEARNESS } else { 0.0 };
    weight += if candidate.at.spelling(layers).has_needs() { NEEDS_MET } else { 0.0 };
    weight
}

/// What the words beside the mention say for the candidate.
fn neighbours(layers: &Layers, words: &Words<'_>, mention: &Mention, candidate: &Candidate) -> f64 {
    let kind = entry(layers, candidate).kind();
    let is_place = !is_demonym(candidate, layers) && kind.label() == "place";
    let head = if cues::head_noun_kinds(words, mention).contains(&kind) { HEAD_NOUN } else { 0.0 };
    head + if is_place && cues::has_preposition(words, mention) { PREPOSITION } else { 0.0 }
}
