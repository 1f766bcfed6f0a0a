//! The resolver: which of its candidates a mention means, from the rest of the document, or that it can't be told.
//!
//! Each candidate gets a weight: how often news means such a thing at all (`weight::prior`), and what the document says for it
//! (`evidence`). Before that, mentions whose word is also an ordinary word or a common family name must earn their place
//! (`gates`); the words beside them are read in `cues`. The best candidate wins if it leads clearly and is likely; two that contain one another (a town and its district) are no
//! contradiction, and the heavier is taken. Choosing pair by pair as one reads was rejected: the first mention of a
//! document would then decide the others.

mod bearers;
mod cues;
mod document_words;
mod evidence;
mod gates;
mod nouns;
mod probability;
mod signals;
mod signs;
mod unlisted;
mod weight;
mod words;

pub(crate) use signs::Signs;
pub(crate) use unlisted::{UnlistedName, unlisted_names};

use crate::gazetteer::compiled::{EntryView, Layers};
use crate::gazetteer::{Kind, SpellingKind};
use crate::lang::Lang;
use crate::matcher::{Candidate, Mention, Method, Refused};
use crate::text;
use evidence::Evidence;
use probability::Judged;
pub(crate) use probability::Signals;
pub(crate) use weight::CandidateSignals;
use words::Words;

/// What was decided on a mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// One entry is meant.
    Resolved,
    /// Several entries may be meant, and the document does not say which.
    Ambiguous,
    /// A phrase of `suppressed.csv`, in which nothing is marked.
    Suppressed,
    /// Not taken for a name here; [`Reason`] says why.
    Rejected,
    /// A name that no entry fits.
    Unknown,
}

impl Status {
    /// Its name in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Resolved => "resolved",
            Self::Ambiguous => "ambiguous",
            Self::Suppressed => "suppressed",
            Self::Rejected => "rejected",
            Self::Unknown => "unknown",
        }
    }
}

/// Why a mention was decided as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// Only one entry bears this spelling.
    OnlyCandidate,
    /// The candidate weighs clearly more than the others.
    BestCandidate,
    /// The two best candidates weigh about the same.
    CandidatesTooClose,
    /// The best candidate is not likely enough.
    Unlikely,
    /// An ordinary word, and nothing in the document speaks for the place.
    OrdinaryWord,
    /// A former, short or foreign name, and nothing in the document speaks for the place.
    NoSupport,
    /// A part of a longer name that is not in the gazetteer.
    PartOfName,
    /// A first name as well, which the document has often and hardly ever as a place.
    FirstName,
    /// A family name that is also a word, without the person's full name or a title near it.
    CommonFamilyName,
    /// Somebody else who bears the family name of a listed person, or might.
    Stranger,
    /// The spelling counts only beside certain other entries, or in another language, and this is not so here.
    NotHere,
    /// The phrase is listed in `suppressed.csv`.
    SuppressedPhrase,
    /// No entry bears the name, or none that may be meant here.
    Unlisted,
}

impl Reason {
    /// The reason in words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OnlyCandidate => "the only entry of this spelling",
            Self::BestCandidate => "weighs more than the other candidates",
            Self::CandidatesTooClose => "several entries of this spelling weigh about the same",
            Self::Unlikely => "even the best candidate is unlikely",
            Self::OrdinaryWord => "an ordinary word, and no other mention speaks for the place",
            Self::NoSupport => "a former, short or foreign name, and no other mention speaks for the place",
            Self::PartOfName => "a part of a longer name that is not in the gazetteer",
            Self::FirstName => "a first name as well, and hardly ever a place in this document",
            Self::CommonFamilyName => "a family name that is also a word, without full name or title",
            Self::Stranger => "the text names somebody else of this family name",
            Self::NotHere => "the spelling counts only beside other entries, or in another language",
            Self::SuppressedPhrase => "the phrase is listed in suppressed.csv",
            Self::Unlisted => "no entry bears the name, or none that may be meant here",
        }
    }
}

/// A mention with the decision on it.
#[derive(Clone, Debug)]
pub(crate) struct Resolution {
    pub(crate) mention: Mention,
    pub(crate) status: Status,
    pub(crate) reason: Reason,
    /// What is seen of the best candidate: how sure the decision is.
    pub(crate) signals: Option<Signals>,
    /// What is seen of each candidate: which is the likeliest.
    pub(crate) weighed: Vec<CandidateSignals>,
    /// By how much the best candidate leads the next that it does not contain and that does not contain it.
    lead: Option<f64>,
}

impl Resolution {
    fn without_candidate(mention: Mention, status: Status, reason: Reason) -> Self {
        Self { mention, status, reason, signals: None, weighed: Vec::new(), lead: None }
    }

    /// The calibrated chance that the chosen candidate is what is meant.
    pub(crate) fn probability(&self) -> Option<f64> {
        self.signals.filter(|_| self.status == Status::Resolved).map(|signals| signals.probability())
    }

    /// The candidate decided for, if one was.
    pub(crate) fn chosen(&self) -> Option<&Candidate> {
        self.mention.candidates.first().filter(|_| self.status == Status::Resolved)
    }

    /// Whether the surface is an adjective or the name of the inhabitants.
    pub(crate) fn is_demonym(&self, layers: &Layers) -> bool {
        self.chosen().is_some_and(|candidate| is_demonym(candidate, layers))
    }
}

/// What the caller knows of a document.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Setting<'a> {
    /// Its language; else it is detected.
    pub(crate) lang: Option<Lang>,
    /// Its date: people count by the offices they held then; else by those they hold now.
    pub(crate) as_of: Option<&'a str>,
}

/// A candidate must lead the next by this much; below, the mention is ambiguous.
const MIN_LEAD: f64 = 0.3;

/// A candidate that leads by this much is evidence for what is close.
const CLEAR_LEAD: f64 = 1.0;

/// A resolution must be as probable as this; below, the mention is ambiguous, whatever its lead. Low, since the gold that
/// `tests/fit/resolution.py` reads has no bound below which most are wrong: of sixteen below 0.5, ten are right.
const MIN_PROBABILITY: f64 = 0.25;

/// Decides on every mention of a document. In each resolution the candidates are sorted, best first.
///
/// A near miss that was believed is evidence like a right spelling, since it will be one when it is corrected; so decisions are
/// made anew until none is added. Evidence only grows, so this ends.
pub(crate) fn resolve(
    layers: &Layers,
    words: &text::Words<'_>,
    mentions: Vec<Mention>,
    setting: Setting<'_>,
) -> Vec<Resolution> {
    let words = &Words::new(words, &mentions);
    let mut evidence = Evidence::gather(layers, words, &mentions, setting);
    // Only what is not spelt as listed can make evidence, and often nothing is.
    let may_teach = |mention: &Mention| mention.candidates.iter().any(Candidate::is_inexact);
    while mentions.iter().any(may_teach) {
        let decided = decide_those(layers, words, &evidence, mentions.clone(), may_teach);
        let is_inexact = |decided: &&Resolution| decided.chosen().is_some_and(Candidate::is_inexact);
        if !evidence.learn(layers, decided.iter().filter(is_inexact)) {
            break;
        }
    }
    let mut resolutions = decide_those(layers, words, &evidence, mentions, |_| true);
    decide_close_ones_again(layers, words, &mut evidence, &mut resolutions);
    resolutions.iter_mut().for_each(|resolution| judge(layers, words, &evidence, resolution));
    resolutions
}

/// Decides once more on what was too close to call, by what namesakes elsewhere in the document were decided to be: beside `Alexandria, Virginia` Arlington is the
/// one nearby. Those clearly decided only are evidence, and no others are decided anew, so that one doubt does not settle another.
fn decide_close_ones_again(
    layers: &Layers,
    words: &Words<'_>,
    evidence: &mut Evidence,
    resolutions: &mut [Resolution],
) {
    let is_close = |resolution: &Resolution| resolution.reason == Reason::CandidatesTooClose;
    let is_clear = |resolution: &&Resolution| resolution.lead.is_some_and(|lead| lead >= CLEAR_LEAD);
    if !resolutions.iter().any(is_close) || !evidence.learn(layers, resolutions.iter().filter(is_clear)) {
        return;
    }
    let mentions: Vec<Mention> = resolutions.iter().map(|resolution| resolution.mention.clone()).collect();
    for (at, resolution) in resolutions.iter_mut().enumerate().filter(|(_, resolution)| is_close(resolution)) {
        let signals = weight::signals(layers, words, evidence, &mentions, at);
        *resolution = decide(layers, words, evidence, mentions[at].clone(), signals);
    }
}

/// Says how sure a resolution is; one that is not likely enough is ambiguous.
fn judge(layers: &Layers, words: &Words<'_>, evidence: &Evidence, resolution: &mut Resolution) {
    let Resolution { mention, lead, .. } = &*resolution;
    resolution.signals = Judged { layers, words, evidence, mention, lead: *lead }.signals();
    let is_unlikely = resolution.probability().is_some_and(|probability| probability < MIN_PROBABILITY);
    if is_unlikely && !resolution.mention.is_given && !resolution.is_demonym(layers) {
        (resolution.status, resolution.reason) = (Status::Ambiguous, Reason::Unlikely);
    }
}

/// Decides on some of the mentions, in order; of the others no more is asked than what they may be.
fn decide_those(
    layers: &Layers,
    words: &Words<'_>,
    evidence: &Evidence,
    mut mentions: Vec<Mention>,
    is_asked: impl Fn(&Mention) -> bool,
) -> Vec<Resolution> {
    let asked: Vec<bool> = mentions.iter().map(is_asked).collect();
    for mention in &mut mentions {
        settle_needs(layers, words, evidence, mention);
        drop_foreign(layers, words, evidence, mention);
        drop_without_article(layers, words, evidence, mention);
        drop_beside_adjective(layers, mention);
        drop_loose_codes(layers, words, evidence, mention);
    }
    let weigh =
        |(at, is_asked): (usize, bool)| is_asked.then(|| weight::signals(layers, words, evidence, &mentions, at));
    let weighed: Vec<Option<Vec<CandidateSignals>>> = asked.into_iter().enumerate().map(weigh).collect();
    let decide_one =
        |(mention, signals): (Mention, Option<_>)| Some(decide(layers, words, evidence, mention, signals?));
    mentions.into_iter().zip(weighed).filter_map(decide_one).collect()
}

/// Removes candidates whose `needs` the document does not meet; those that it does meet count by context. A right name's are met as well where the words beside it
/// speak for it: `Oregon, Washington and Idaho`, `Washington state`.
fn settle_needs(layers: &Layers, words: &Words<'_>, evidence: &Evidence, mention: &mut Mention) {
    let has_needs = |candidate: &Candidate| candidate.at.spelling(layers).has_needs();
    if !mention.candidates.iter().any(has_needs) {
        return;
    }
    let is_named = evidence.is_placing(mention) || evidence.is_among_divisions(mention);
    let kinds = cues::head_noun_kinds(words, mention);
    mention.candidates.retain_mut(|candidate| {
        let spelling = candidate.at.spelling(layers);
        if !spelling.has_needs() {
            return true;
        }
        let is_met = spelling.needs().any(|entry| evidence.mentions(entry) || evidence.anchors.is_around(entry));
        if is_met {
            candidate.method = Method::Context;
        }
        let is_said = || is_named || kinds.contains(&entry(layers, candidate).kind());
        is_met || (spelling.kind().is_right() && is_said())
    });
}

/// Removes candidates that the surface means only in another language than the document's, if it is a word or name in English.
fn drop_foreign(layers: &Layers, words: &Words<'_>, evidence: &Evidence, mention: &mut Mention) {
    let may_be_foreign = |candidate: &Candidate| candidate.at.spelling(layers).lang() != Lang::ENGLISH;
    if mention.candidates.iter().any(may_be_foreign) && gates::is_known(words, mention) {
        mention.candidates.retain(|candidate| !gates::is_foreign(evidence, layers, candidate));
    }
}

/// Removes the settlements among the candidates where an article stands before the name, which only others have: a river (`the Akhuryan`), or
/// what nobody lists, as a ship (`the Lachin`). Of a German noun such as `Essen` the article tells the word from the town.
fn drop_without_article(layers: &Layers, words: &Words<'_>, evidence: &Evidence, mention: &mut Mention) {
    let is_german = || evidence.lang().is_some_and(|lang| lang.language() == "de");
    if cues::has_own_article(words, mention) || (cues::has_german_article(words, mention) && is_german()) {
        // `the Jordan` is the river; some countries have an article as well.
        let is_kind = |candidate: &Candidate, kind: Kind| entry(layers, candidate).kind() == kind;
        let is_river = mention.candidates.iter().any(|candidate| is_kind(candidate, Kind::River))
            && !cues::is_country_with_article(words, mention);
        mention.candidates.retain(|candidate| {
            let is_country = is_river && is_kind(candidate, Kind::Country);
            !is_country && !evidence::is_settlement(entry(layers, candidate).kind())
        });
    }
}

/// Removes the little known towns that are called as a people or its language is: `in Spanish` is not said of Spanish Town.
fn drop_beside_adjective(layers: &Layers, mention: &mut Mention) {
    if mention.candidates.iter().any(|candidate| is_demonym(candidate, layers)) {
        let is_known =
            |candidate: &Candidate| entry(layers, candidate).is_newsworthy() || entry(layers, candidate).is_own();
        let is_town = |candidate: &Candidate| evidence::is_settlement(entry(layers, candidate).kind());
        mention
            .candidates
            .retain(|candidate| is_demonym(candidate, layers) || is_known(candidate) || !is_town(candidate));
    }
}

/// Removes the states and provinces whose codes the surface only looks like: `OK`, `Miss.`.
fn drop_loose_codes(layers: &Layers, words: &Words<'_>, evidence: &Evidence, mention: &mut Mention) {
    const MAX_LENGTH: usize = 6;
    let is_loose = |mention: &Mention, candidate: &Candidate| evidence.is_loose_code(layers, words, mention, candidate);
    if mention.span.range().len() <= MAX_LENGTH
        && mention.candidates.iter().any(|candidate| is_loose(mention, candidate))
    {
        let mut candidates = std::mem::take(&mut mention.candidates);
        candidates.retain(|candidate| !is_loose(mention, candidate));
        mention.candidates = candidates;
    }
}

fn decide(
    layers: &Layers,
    words: &Words<'_>,
    evidence: &Evidence,
    mut mention: Mention,
    signals: Vec<CandidateSignals>,
) -> Resolution {
    match mention.refused {
        Some(Refused::Suppressed) => {
            return Resolution::without_candidate(mention, Status::Suppressed, Reason::SuppressedPhrase);
        }
        Some(Refused::Stranger) => {
            return Resolution::without_candidate(mention, Status::Rejected, Reason::Stranger);
        }
        None => {}
    }
    if mention.candidates.is_empty() {
        return Resolution::without_candidate(mention, Status::Rejected, Reason::NotHere);
    }
    let (weighed, lead) = rank(layers, words, &mut mention, signals);
    // What somebody else found is a name; the gates are for what only looks like one.
    let refused = if mention.is_given { None } else { gates::refuse(layers, words, evidence, &mention) };
    let (status, reason) = match refused {
        Some(reason) => (Status::Rejected, reason),
        None => match lead {
            Some(lead) if lead < MIN_LEAD => (Status::Ambiguous, Reason::CandidatesTooClose),
            None if mention.candidates.len() == 1 => (Status::Resolved, Reason::OnlyCandidate),
            _ => (Status::Resolved, Reason::BestCandidate),
        },
    };
    Resolution { mention, status, reason, signals: None, weighed, lead }
}

/// Puts the heaviest candidate first; with by how much it leads the next that is another's.
fn rank(
    layers: &Layers,
    words: &Words<'_>,
    mention: &mut Mention,
    signals: Vec<CandidateSignals>,
) -> (Vec<CandidateSignals>, Option<f64>) {
    if mention.candidates.len() == 1 {
        return (signals, None);
    }
    let weigh = |(signals, candidate): (CandidateSignals, Candidate)| (signals.weight(), (signals, candidate));
    let mut ranked: Vec<(f64, (CandidateSignals, Candidate))> =
        signals.into_iter().zip(mention.candidates.drain(..)).map(weigh).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    let lead = ranked.split_first().and_then(|((best, (_, first)), others)| {
        let rival = others.iter().find(|(_, (_, other))| !is_linked(layers, words, first, other));
        rival.map(|(next, _)| best - next)
    });
    let weighed;
    (weighed, mention.candidates) = ranked.into_iter().map(|(_, weighed)| weighed).unzip();
    (weighed, lead)
}

/// Whether one of the two contains the other, so that either answer is right.
fn is_linked(layers: &Layers, words: &Words<'_>, one: &Candidate, other: &Candidate) -> bool {
    let (one, other) = (one.at.entry, other.at.entry);
    words.contains(layers, one, other) || words.contains(layers, other, one)
}

/// Whether `outer` is among what contains `inner`.
fn contains(layers: &Layers, outer: u32, inner: u32) -> bool {
    containers(layers, inner).contains(&outer)
}

/// Most containers of an entry that are followed.
const MAX_CONTAINERS: usize = 16;

/// What contains an entry; asked for several times a candidate, so kept where no memory has to be fetched.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Containers {
    entries: [u32; MAX_CONTAINERS],
    count: usize,
}

impl std::ops::Deref for Containers {
    type Target = [u32];

    fn deref(&self) -> &[u32] {
        &self.entries[..self.count]
    }
}

/// Everything that contains an entry: its chain of `within`, and the disputed areas they lie in.
pub(crate) fn containers(layers: &Layers, entry: u32) -> Containers {
    let mut containers = Containers::default();
    let (mut inner, mut looked_at) = (Some(entry), 0);
    while let Some(number) = inner {
        for outer in layers.outer(number) {
            if !containers.contains(&outer) && containers.count < MAX_CONTAINERS {
                containers.entries[containers.count] = outer;
                containers.count += 1;
            }
        }
        inner = containers.get(looked_at).copied();
        looked_at += 1;
    }
    containers
}

pub(crate) fn is_demonym(candidate: &Candidate, layers: &Layers) -> bool {
    candidate.at.spelling(layers).kind() == SpellingKind::Demonym
}

fn entry<'g>(layers: &'g Layers, candidate: &Candidate) -> EntryView<'g> {
    candidate.at.entry(layers)
}
