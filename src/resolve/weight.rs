//! The weight of a candidate: how often news means such a thing, plus what the document says for it.
//!
//! Weights are powers of ten of how often the candidate is meant: a city of a million weighs one more than one of ten thousand. They stand in
//! `weight.tsv`, fitted on gold documents by `tests/fit/resolution.py` around what an editor thought before. Linear, so that
//! `--explain` can say what each signal adds; a tree of decisions fits the few gold mentions with namesakes better and nothing else.

use std::sync::LazyLock;

use super::evidence::Evidence;
use super::signals::{self, signals};
use super::words::Words;
use super::{cues, entry, is_demonym};
use crate::gazetteer::Kind;
use crate::gazetteer::compiled::{EntryView, Layers};
use crate::matcher::{Candidate, Mention};

signals! {
    // How often news means such an entry, whatever the document.
    Country "country",
    Region "region",
    // Powers of ten of the kilometres that a region extends.
    Extent "extent",
    District "district",
    // Powers of ten of a settlement's inhabitants.
    Population "population",
    Mountain "mountain",
    Water "lake or sea",
    River "river",
    Person "person",
    OtherKind "other kind",
    // On the list of places that news names.
    Newsworthy "newsworthy",
    // An entry of a person's own list: what somebody took the trouble to list is meant.
    Own "own list",
    // An adjective or inhabitant, where a place bears the same name.
    Demonym "demonym",
    // A spelling that needs the document's evidence, and has it.
    NeedsMet "needs met",
    // How much less alike than a listed spelling it is, from 0 to 1.
    Unlike "unlike",
    // A place of the candidate's country is mentioned; and the share of all places that are there.
    SameCountry "same country",
    Focus "focus",
    // The text has an adjective of the candidate's country: `Kenyan doctors`.
    Adjective "adjective",
    // A region of a country of which no place is mentioned: news of the world names cities and countries.
    RegionAbroad "region abroad",
    // Something that contains the candidate, or that it contains, is mentioned.
    Containment "containment",
    // A place nearby is mentioned.
    Nearness "nearness",
    // The next mention says that it contains the candidate, or the one before that the candidate contains it: `Atlanta, Georgia`.
    NamedContainer "named container",
    // Its neighbour in a list is of its kind, and in the same country or division: `Idaho, Georgia and Texas`.
    Sibling "sibling",
    // Its neighbour in a list is a place nearby: `Martuni and Martakert`.
    NearInList "near in list",
    // A head noun beside the mention says the kind: `Lachin district`, `town of Martuni`.
    HeadNoun "head noun",
    // The article stands before it, and the candidate is a sea, a river, a range of mountains.
    Article "article",
    // A preposition of place stands before it, and the candidate is a place.
    Preposition "preposition",
    // The person was named in full before; is in office.
    NamedInFull "named in full",
    InOffice "in office",
}

/// How near a place is that lies nearby, in kilometres.
const NEAR_KM: f64 = 60.0;

const TABLE: &str = include_str!("weight.tsv");

static WEIGHTS: LazyLock<[f64; COUNT]> = LazyLock::new(|| signals::weights(TABLE, NAMES).0);

/// What is seen of one candidate.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct CandidateSignals([f64; COUNT]);

impl CandidateSignals {
    fn set(&mut self, signal: Signal, value: f64) {
        self.0[signal as usize] = value;
    }

    fn mark(&mut self, signal: Signal, is_so: bool) {
        self.set(signal, f64::from(is_so));
    }

    /// The candidate's weight.
    pub(super) fn weight(&self) -> f64 {
        self.0.iter().zip(WEIGHTS.iter()).map(|(value, weight)| value * weight).sum()
    }

    /// Each signal that is there: its name, its value, and what it adds to the weight.
    pub(crate) fn contributions(&self) -> impl Iterator<Item = (&'static str, f64, f64)> {
        signals::contributions(NAMES, &self.0, &WEIGHTS[..])
    }
}

/// What is seen of each candidate of the mention at `at`; of a single one, nothing, since it weighs against none.
pub(super) fn signals(
    layers: &Layers,
    words: &Words<'_>,
    evidence: &Evidence,
    mentions: &[Mention],
    at: usize,
) -> Vec<CandidateSignals> {
    let mention = &mentions[at];
    if let [_] = mention.candidates.as_slice() {
        return vec![CandidateSignals::default()];
    }
    let outer = cues::container(words, mentions, at);
    let outermost = outer.and_then(|outer| cues::container(words, mentions, outer));
    let is_inner = |&before: &usize| cues::container(words, mentions, before) == Some(at);
    let inner = (at.saturating_sub(2)..at).rev().find(is_inner).map(|at| &mentions[at]);
    let surroundings = Surroundings {
        layers,
        words,
        evidence,
        mention,
        outer: outer.map(|at| &mentions[at]),
        outermost: outermost.map(|at| &mentions[at]),
        inner,
        beside: cues::listed_beside(words, mentions, at),
    };
    mention.candidates.iter().map(|candidate| surroundings.signals(candidate)).collect()
}

/// A mention, and what there is to weigh its candidates by.
struct Surroundings<'a, 'w> {
    layers: &'a Layers,
    words: &'a Words<'w>,
    evidence: &'a Evidence,
    mention: &'a Mention,
    /// The mention after it, where what contains this one is named.
    outer: Option<&'a Mention>,
    /// The mention that contains that, if it is named too: `Guildford, Surrey, England`.
    outermost: Option<&'a Mention>,
    /// The mention before it, where this one says what contains that.
    inner: Option<&'a Mention>,
    /// Its neighbours in a list.
    beside: Vec<&'a Mention>,
}

impl Surroundings<'_, '_> {
    fn signals(&self, candidate: &Candidate) -> CandidateSignals {
        let mut signals = CandidateSignals::default();
        signals.set(Signal::Unlike, 1.0 - candidate.score);
        if is_demonym(candidate, self.layers) {
            signals.mark(Signal::Demonym, true);
            return signals;
        }
        self.note_kind(candidate, &mut signals);
        self.note_words(candidate, &mut signals);
        match entry(self.layers, candidate).person() {
            Some(person) => {
                let first = self.mention.words.start;
                signals.mark(Signal::NamedInFull, self.evidence.has_introduced(candidate.at.entry, first));
                signals.mark(Signal::InOffice, self.evidence.is_in_office(person));
            }
            None => self.note_document(candidate, &mut signals),
        }
        signals
    }

    fn note_kind(&self, candidate: &Candidate, signals: &mut CandidateSignals) {
        let entry = entry(self.layers, candidate);
        signals.mark(Signal::Newsworthy, entry.is_newsworthy());
        signals.mark(Signal::Own, entry.is_own());
        match entry.kind() {
            Kind::Country => signals.mark(Signal::Country, true),
            Kind::Region => {
                signals.mark(Signal::Region, true);
                signals.set(Signal::Extent, entry.precision_km().unwrap_or(25.0).max(5.0).log10());
            }
            Kind::District => signals.mark(Signal::District, true),
            Kind::City | Kind::Town | Kind::Village | Kind::Place => {
                signals.set(Signal::Population, inhabitants(entry).log10());
            }
            Kind::Mountain => signals.mark(Signal::Mountain, true),
            Kind::Sea | Kind::Lake => signals.mark(Signal::Water, true),
            Kind::River => signals.mark(Signal::River, true),
            Kind::Person => signals.mark(Signal::Person, true),
            _ => signals.mark(Signal::OtherKind, true),
        }
    }

    /// Whether the entry contains another candidate: a district the town of its name, a state its city. What makes the inner one evidence
    /// says nothing for the outer one.
    fn contains_namesake(&self, number: u32) -> bool {
        self.mention.candidates.iter().any(|other| self.words.contains(self.layers, number, other.at.entry))
    }

    /// What the rest of the document says for a place.
    fn note_document(&self, candidate: &Candidate, signals: &mut CandidateSignals) {
        let Self { layers, words, evidence, .. } = self;
        let number = candidate.at.entry;
        let entry = entry(layers, candidate);
        let is_contained = words
            .containers(layers, number)
            .iter()
            .any(|&outer| evidence.anchors.contains(outer) && layers.entry(outer).kind() != Kind::Country);
        let is_around = evidence.anchors.is_around(number) && !self.contains_namesake(number);
        signals.mark(Signal::SameCountry, evidence.anchors.has_country(entry.country()));
        signals.set(Signal::Focus, evidence.anchors.focus(entry.country()));
        signals.mark(Signal::Adjective, evidence.has_adjective_of(entry.country()));
        let is_abroad = !entry.country().is_blank() && !evidence.anchors.has_country(entry.country());
        signals.mark(Signal::RegionAbroad, entry.kind() == Kind::Region && is_abroad);
        signals.mark(Signal::Containment, is_contained || is_around);
        signals.mark(Signal::Nearness, evidence.anchors.has_anchor_near(layers, number, NEAR_KM));
        signals.mark(Signal::NeedsMet, candidate.at.spelling(layers).has_needs());
    }

    /// What the words beside the mention say for the candidate.
    fn note_words(&self, candidate: &Candidate, signals: &mut CandidateSignals) {
        let Self { layers, words, mention, .. } = self;
        let number = candidate.at.entry;
        let kind = entry(layers, candidate).kind();
        let any = |mention: Option<&Mention>, is_so: &dyn Fn(u32) -> bool| {
            mention.is_some_and(|mention| mention.candidates.iter().any(|other| is_so(other.at.entry)))
        };
        let is_inside = |outer: Option<&Mention>| any(outer, &|outer| words.contains(layers, outer, number));
        let is_named = is_inside(self.outer) || any(self.inner, &|inner| words.contains(layers, number, inner));
        // What is named last is the larger, and has fewer namesakes: a Surrey is in Canada too.
        let named = match self.outermost {
            Some(_) => 0.5 * f64::from(is_named) + f64::from(is_inside(self.outermost)),
            None => f64::from(is_named),
        };
        signals.set(Signal::NamedContainer, named);
        // Of a town and the district around it a list says nothing, but beside what is no town.
        let contains_namesake = self.contains_namesake(number);
        let is_sibling = |mention: &&Mention| match sibling(layers, mention, number) {
            Some(other) => !contains_namesake || !may_contain_itself(layers, words, mention, other),
            None => false,
        };
        signals.mark(Signal::Sibling, self.beside.iter().any(is_sibling));
        signals.mark(Signal::NearInList, self.beside.iter().any(|mention| is_near(layers, mention, number)));
        signals.mark(Signal::HeadNoun, cues::head_noun_kinds(words, mention).contains(&kind));
        let has_article = matches!(kind, Kind::Sea | Kind::River | Kind::Mountain) && cues::has_article(words, mention);
        signals.mark(Signal::Article, has_article);
        signals.mark(Signal::Preposition, kind.label() == "place" && cues::has_preposition(words, mention));
    }
}

/// Something of the entry's kind, directly within the same, that a mention may be.
fn sibling(layers: &Layers, mention: &Mention, number: u32) -> Option<u32> {
    let entry = layers.entry(number);
    let candidates = mention.candidates.iter().map(|candidate| candidate.at.entry);
    let mut siblings = candidates.filter(|&other| {
        let other = layers.entry(other);
        entry.within().is_some() && other.within() == entry.within() && other.kind() == entry.kind()
    });
    siblings.next()
}

/// Whether a mention may be a place near the entry.
fn is_near(layers: &Layers, mention: &Mention, number: u32) -> bool {
    // Of a town and its district a list tells none, so both are near.
    let point = |number: u32| {
        let entry = layers.entry(number);
        entry.point().filter(|_| !matches!(entry.kind(), Kind::Country | Kind::Region | Kind::Sea))
    };
    let Some(here) = point(number) else {
        return false;
    };
    let mut others = mention.candidates.iter().filter_map(|other| point(other.at.entry));
    others.any(|there| here.kilometres_to(there) <= NEAR_KM)
}

/// Whether a mention may also be something inside `outer`, as a district's town.
fn may_contain_itself(layers: &Layers, words: &Words<'_>, mention: &Mention, outer: u32) -> bool {
    mention.candidates.iter().any(|candidate| words.contains(layers, outer, candidate.at.entry))
}

/// A settlement's inhabitants; if unknown, a usual number for the kind.
fn inhabitants(entry: EntryView<'_>) -> f64 {
    let usual = match entry.kind() {
        Kind::City => 200_000,
        Kind::Town => 8_000,
        _ => 800,
    };
    entry.population().filter(|&people| people > 0).unwrap_or(usual).max(100) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_a_weight_for_every_signal() {
        signals::assert_names(TABLE, NAMES, None);
    }
}
