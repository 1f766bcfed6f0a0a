//! The weight of a candidate: a prior by kind and size, plus what the document says for it.
//!
//! All weights stand here, in the unit "powers of ten of how often news means it": a city of a million weighs one more
//! than one of ten thousand. They were set by hand on the development texts; a learnt table is to replace them.

use super::evidence::Evidence;
use super::{containers, contains, entry, is_demonym};
use crate::gazetteer::{Entry, Gazetteer, Kind};
use crate::matcher::{Candidate, Mention};
use crate::text::{Joint, Words, fold};

/// A place of the candidate's country is mentioned.
const SAME_COUNTRY: f64 = 0.8;
/// Something that contains the candidate, or that it contains, is mentioned.
const CONTAINMENT: f64 = 1.0;
/// A place nearby is mentioned.
const NEARNESS: f64 = 0.6;
/// How near that is, in kilometres.
const NEAR_KM: f64 = 60.0;
/// The next mention, after a comma, contains the candidate: `Paris, Texas`.
const NAMED_CONTAINER: f64 = 4.0;
/// A head noun beside the mention says the kind: `Lachin district`, `town of Martuni`.
const HEAD_NOUN: f64 = 1.0;
/// The person was named in full.
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
    gazetteer: &Gazetteer,
    words: &Words<'_>,
    evidence: &Evidence,
    mentions: &[Mention],
    at: usize,
) -> Vec<f64> {
    let mention = &mentions[at];
    if let [_] = mention.candidates.as_slice() {
        return vec![0.0];
    }
    let container = named_container(words, mentions, at);
    let weigh = |candidate: &Candidate| {
        let inner = candidate.at.entry;
        let is_named =
            container.is_some_and(|outer| outer.candidates.iter().any(|o| contains(gazetteer, o.at.entry, inner)));
        prior(gazetteer, candidate)
            + document(gazetteer, evidence, candidate)
            + neighbours(gazetteer, words, mention, candidate)
            + if is_named { NAMED_CONTAINER } else { 0.0 }
            + (candidate.score - 1.0) * SIMILARITY
    };
    mention.candidates.iter().map(weigh).collect()
}

/// How often news means such an entry, whatever the document.
fn prior(gazetteer: &Gazetteer, candidate: &Candidate) -> f64 {
    if is_demonym(candidate, gazetteer) {
        return DEMONYM;
    }
    let entry = entry(gazetteer, candidate);
    match entry.kind {
        Kind::Country => 3.5,
        Kind::Region => 2.0,
        Kind::District => 1.6,
        Kind::City | Kind::Town | Kind::Village | Kind::Place => settlement(entry),
        Kind::Mountain => 2.2,
        Kind::Sea | Kind::Lake | Kind::River => 1.8,
        Kind::Person => 2.0,
        _ => 1.5,
    }
}

/// Half the powers of ten of its inhabitants; unknown counts as a usual number for the kind.
fn settlement(entry: &Entry) -> f64 {
    let usual = match entry.kind {
        Kind::City => 200_000,
        Kind::Town => 8_000,
        _ => 800,
    };
    (entry.population.filter(|&people| people > 0).unwrap_or(usual).max(100) as f64).log10() / 2.0
}

/// What the rest of the document says for the candidate.
fn document(gazetteer: &Gazetteer, evidence: &Evidence, candidate: &Candidate) -> f64 {
    let number = candidate.at.entry;
    let entry = entry(gazetteer, candidate);
    if is_demonym(candidate, gazetteer) {
        return 0.0;
    }
    if let Some(person) = &entry.person {
        let full = if evidence.names_in_full(number) { NAMED_IN_FULL } else { 0.0 };
        return full + if person.is_in_office() { IN_OFFICE } else { 0.0 };
    }
    let is_contained = containers(gazetteer, number)
        .iter()
        .any(|&outer| evidence.is_anchor(outer) && gazetteer.entries()[outer as usize].kind != Kind::Country);
    let is_near = |other: u32| {
        let other = &gazetteer.entries()[other as usize];
        let is_point = !matches!(other.kind, Kind::Country | Kind::Region | Kind::Sea);
        let distance = entry.point.zip(other.point).map(|(here, there)| here.kilometres_to(there));
        is_point && distance.is_some_and(|distance| distance <= NEAR_KM)
    };
    let mut weight = 0.0;
    weight += if evidence.has_country(&entry.country) { SAME_COUNTRY } else { 0.0 };
    weight += if is_contained || evidence.is_around(number) { CONTAINMENT } else { 0.0 };
    weight += if evidence.anchors_beside(number).any(is_near) { NEARNESS } else { 0.0 };
    weight += if candidate.at.spelling(gazetteer).needs.is_empty() { 0.0 } else { NEEDS_MET };
    weight
}

/// What the words beside the mention say for the candidate.
fn neighbours(gazetteer: &Gazetteer, words: &Words<'_>, mention: &Mention, candidate: &Candidate) -> f64 {
    let before: Vec<String> =
        (mention.words.start.saturating_sub(2)..mention.words.start).map(|at| fold(words.surface(at))).collect();
    let next = mention.words.end;
    let after = (words.joint(next) == Joint::Space).then(|| fold(words.surface(next)));
    let kind = entry(gazetteer, candidate).kind;
    let is_head = |noun: &str| head_noun_kinds(noun).contains(&kind);
    let named_before = match before.as_slice() {
        [noun, of] if of == "of" => is_head(noun),
        _ => false,
    };
    let named_after = after.as_deref().is_some_and(is_head);
    let mut weight = if named_before || named_after { HEAD_NOUN } else { 0.0 };
    let is_place = !is_demonym(candidate, gazetteer) && kind.label() == "place";
    if is_place && before.last().is_some_and(|word| is_preposition(word)) {
        weight += PREPOSITION;
    }
    weight
}

/// The kinds of place that a head noun can stand for.
fn head_noun_kinds(noun: &str) -> &'static [Kind] {
    match noun {
        "district" | "districts" | "rayon" | "raion" | "municipality" | "county" => &[Kind::District],
        "region" | "regions" | "province" | "provinces" | "oblast" | "state" => &[Kind::Region, Kind::District],
        "city" => &[Kind::City, Kind::Town],
        "town" => &[Kind::Town, Kind::City],
        "village" | "settlement" => &[Kind::Village],
        "river" => &[Kind::River],
        "lake" | "reservoir" => &[Kind::Lake],
        "sea" => &[Kind::Sea],
        _ => &[],
    }
}

fn is_preposition(word: &str) -> bool {
    matches!(word, "in" | "near" | "at" | "from" | "to" | "towards" | "toward" | "around" | "outside" | "into" | "via")
}

/// The mention that follows after a comma and a space, if there is one.
fn named_container<'m>(words: &Words<'_>, mentions: &'m [Mention], at: usize) -> Option<&'m Mention> {
    let next = mentions.get(at + 1)?;
    let follows = next.words.start == mentions[at].words.end && words.joint(next.words.start) == Joint::Comma;
    follows.then_some(next)
}
