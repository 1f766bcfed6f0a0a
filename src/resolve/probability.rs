//! The chance that a resolution is right: a logistic over what was seen, calibrated on gold documents.
//!
//! The resolver decides by gates and weights; how sure such a decision is, is another question, and data answer it: of the mentions given
//! 0.9, nine in ten are to be right. The weights are fitted by `tests/fit/probability.py` and stand in `probability.tsv`. The lead over the
//! runner-up alone was rejected: a mention without rivals is no surer than its word is a name.

use std::sync::LazyLock;

use super::evidence::{Evidence, is_ordinary_word, is_well_known};
use super::signals::{self, signals};
use super::words::{Sense, Words};
use super::{cues, entry, gates, is_linked};
use crate::gazetteer::Kind;
use crate::gazetteer::compiled::Layers;
use crate::matcher::{Candidate, Mention, Method};
use crate::text::Shape;

signals! {
    Lead "lead",
    Only "only",
    Namesakes "namesakes",
    Derived "derived",
    NearMiss "near miss",
    Surplus "surplus",
    InContext "in context",
    Company "company",
    Nearness "nearness",
    Cue "cue",
    Listed "listed",
    Word "word",
    ProperNoun "proper noun",
    WellKnown "well known",
    Country "country",
    Region "region",
    Population "population",
    SentenceStart "sentence start",
    Short "short",
    NoCapital "no capital",
    SeveralWords "several words",
    ForeignSpelling "foreign spelling",
    OtherSpelling "other spelling",
    Person "person",
    FullName "full name",
    Title "title",
    InOffice "in office",
}

/// A lead over the runner-up that is larger says nothing more.
const MAX_LEAD: f64 = 3.0;
/// What a near miss says for itself counts between these, in logarithms of odds.
const MAX_SURPLUS: f64 = 4.0;
/// Places so near one another belong together, in kilometres.
const NEAR_KM: f64 = 100.0;

/// What is seen of one resolution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Signals([f64; COUNT]);

impl Signals {
    /// The probability that these signals speak for.
    pub(crate) fn probability(&self) -> f64 {
        let logit = WEIGHTS.1 + self.contributions().map(|(_, _, logit)| logit).sum::<f64>();
        1.0 / (1.0 + (-logit).exp())
    }

    /// Each signal that is there: its name, its value, and what it adds to the logarithm of the odds.
    pub(crate) fn contributions(&self) -> impl Iterator<Item = (&'static str, f64, f64)> {
        signals::contributions(NAMES, &self.0, &WEIGHTS.0)
    }
}

/// A mention whose best candidate stands first, and what there is to judge it by.
pub(super) struct Judged<'a, 'w> {
    pub(super) layers: &'a Layers,
    pub(super) words: &'a Words<'w>,
    pub(super) evidence: &'a Evidence,
    pub(super) mention: &'a Mention,
    /// By how much the best candidate leads one that is no part of it and does not contain it.
    pub(super) lead: Option<f64>,
}

impl Judged<'_, '_> {
    /// What is seen of the mention, if it has a candidate.
    pub(super) fn signals(&self) -> Option<Signals> {
        let best = self.mention.candidates.first()?;
        let mut values = [0.0; COUNT];
        let parts = [&self.of_rivals()[..], &self.of_spelling(best), &self.of_document(best), &self.of_entry(best)];
        let person = self.of_person(best);
        let all = parts.into_iter().chain([&person[..]]).flatten().copied();
        all.for_each(|(signal, value)| values[signal as usize] = value);
        Some(Signals(values))
    }

    /// Of a town and its district either answer is right: they are no rivals.
    fn of_rivals(&self) -> [(Signal, f64); 3] {
        let candidates = &self.mention.candidates;
        let is_rival = |other: &&Candidate| !is_linked(self.layers, self.words, &candidates[0], other);
        let rivals = candidates.iter().skip(1).filter(is_rival).count();
        [
            (Signal::Lead, self.lead.unwrap_or_default().min(MAX_LEAD)),
            (Signal::Only, f64::from(self.lead.is_none())),
            (Signal::Namesakes, (rivals as f64).ln_1p()),
        ]
    }

    fn of_spelling(&self, best: &Candidate) -> [(Signal, f64); 6] {
        let spelling = best.at.spelling(self.layers);
        let is = |method: Method| f64::from(best.method == method);
        let surplus = best.surplus.clamp(-MAX_SURPLUS, MAX_SURPLUS);
        [
            (Signal::Derived, is(Method::Derived)),
            (Signal::NearMiss, is(Method::Fuzzy)),
            (Signal::Surplus, is(Method::Fuzzy) * surplus),
            (Signal::InContext, is(Method::Context)),
            (Signal::ForeignSpelling, f64::from(gates::is_foreign(self.evidence, self.layers, best))),
            (Signal::OtherSpelling, f64::from(!spelling.kind().is_right())),
        ]
    }

    fn of_document(&self, best: &Candidate) -> [(Signal, f64); 8] {
        let Self { layers, words, evidence, mention, .. } = self;
        let first = mention.words.start;
        let is_cued = cues::has_sure_preposition(words, mention)
            || !cues::head_noun_kinds(words, mention).is_empty()
            || evidence.is_placed(mention);
        let number = best.at.entry;
        [
            (Signal::Company, f64::from(evidence.anchors.has_company(layers, number))),
            (Signal::Nearness, f64::from(evidence.anchors.has_anchor_near(layers, number, NEAR_KM))),
            (Signal::Cue, f64::from(is_cued)),
            (Signal::Listed, f64::from(evidence.is_listed(mention))),
            (Signal::SentenceStart, f64::from(words.starts_sentence(first))),
            (Signal::Short, f64::from(gates::letters(words, mention) <= gates::MAX_SHORT_LETTERS)),
            (Signal::NoCapital, f64::from(words.shape(first) == Shape::Lower)),
            (Signal::ProperNoun, f64::from(mention.words.len() == 1 && is_somebodys_name(words.sense(first)))),
        ]
    }

    fn of_entry(&self, best: &Candidate) -> [(Signal, f64); 6] {
        let Self { layers, words, mention, .. } = self;
        let listed = entry(layers, best);
        let people = listed.population().filter(|&people| people > 0).map_or(0.0, |people| (people as f64).log10());
        [
            (Signal::Word, f64::from(is_ordinary_word(layers, words, mention, best))),
            (Signal::WellKnown, f64::from(is_well_known(layers, best))),
            (Signal::Country, f64::from(listed.kind() == Kind::Country)),
            (Signal::Region, f64::from(listed.kind() == Kind::Region)),
            (Signal::Population, people),
            (Signal::SeveralWords, f64::from(mention.words.len() > 1)),
        ]
    }

    fn of_person(&self, best: &Candidate) -> [(Signal, f64); 4] {
        let person = entry(self.layers, best).person();
        let is_full = best.parts.as_ref().is_some_and(|parts| !parts.given.is_empty());
        [
            (Signal::Person, f64::from(person.is_some())),
            (Signal::FullName, f64::from(is_full || (person.is_some() && self.evidence.names_in_full(best.at.entry)))),
            (Signal::Title, f64::from(person.is_some() && cues::has_title(self.words, self.mention))),
            (Signal::InOffice, f64::from(person.is_some_and(|person| self.evidence.is_in_office(person)))),
        ]
    }
}

/// Whether a word is somebody's name, or a proper noun of English that may be another.
fn is_somebodys_name(word: &Sense) -> bool {
    word.is_personal_name || word.is_proper_noun
}

const TABLE: &str = include_str!("probability.tsv");

static WEIGHTS: LazyLock<([f64; COUNT], f64)> = LazyLock::new(|| signals::weights(TABLE, NAMES));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_a_weight_for_every_signal() {
        signals::assert_names(TABLE, NAMES, Some("intercept"));
    }
}
