//! Gates: is the mention a name at all? Case and spelling cannot tell `Tartar` the town from a Tartar, or `Bush` from a bush.

use super::evidence::{Evidence, is_ordinary_word};
use super::{Reason, containers, entry, is_demonym};
use crate::gazetteer::{Gazetteer, Kind};
use crate::matcher::Mention;
use crate::text::{Joint, Lexicon, Shape, Words, fold};

/// The reason to refuse a mention, judged by its best candidate.
pub(super) fn refuse(
    gazetteer: &Gazetteer,
    words: &Words<'_>,
    evidence: &Evidence,
    mention: &Mention,
) -> Option<Reason> {
    let best = mention.candidates.first()?;
    if is_demonym(best, gazetteer) {
        return None;
    }
    let kind = entry(gazetteer, best).kind;
    if kind == Kind::Person {
        let is_alone = best.parts.as_ref().is_some_and(|parts| parts.given.is_empty());
        let is_vouched_for = evidence.names_in_full(best.at.entry) || has_title(words, mention);
        return (is_alone && is_common_word(words, mention) && !is_vouched_for).then_some(Reason::CommonFamilyName);
    }
    if !is_ordinary_word(words, mention) {
        return None;
    }
    let is_refused = match Shape::of(words.surface(mention.words.start)) {
        Shape::Upper => {
            best.at.spelling(gazetteer).text.chars().all(char::is_uppercase) && is_in_capitals(words, mention)
        }
        _ if kind == Kind::Country => false,
        _ => !has_support(gazetteer, evidence, best.at.entry),
    };
    is_refused.then_some(Reason::OrdinaryWord)
}

fn is_common_word(words: &Words<'_>, mention: &Mention) -> bool {
    mention.words.clone().all(|at| Lexicon.has_word(&fold(words.surface(at))))
}

/// Whether the word before the mention is a title of office or a form of address.
fn has_title(words: &Words<'_>, mention: &Mention) -> bool {
    const TITLES: [&str; 20] = [
        "president",
        "premier",
        "minister",
        "secretary",
        "chancellor",
        "ambassador",
        "general",
        "colonel",
        "senator",
        "governor",
        "commissioner",
        "speaker",
        "envoy",
        "king",
        "prince",
        "mr",
        "mrs",
        "ms",
        "dr",
        "gen",
    ];
    let first = mention.words.start;
    let is_joined = matches!(words.joint(first), Joint::Space | Joint::LineBreak | Joint::DotSpace);
    is_joined && first > 0 && TITLES.contains(&fold(words.surface(first - 1)).as_str())
}

/// Whether the words around are in capitals too, so that capitals say nothing: `GIVE US A BREAK`.
fn is_in_capitals(words: &Words<'_>, mention: &Mention) -> bool {
    let before = mention.words.start.checked_sub(1).filter(|_| words.joint(mention.words.start) != Joint::Break);
    let after = Some(mention.words.end).filter(|&after| words.joint(after) != Joint::Break);
    [before, after].into_iter().flatten().any(|at| {
        let surface = words.surface(at);
        Shape::of(surface) == Shape::Upper && Lexicon.has_word(&fold(surface))
    })
}

/// Whether another place in the same country or container is mentioned beyond doubt.
fn has_support(gazetteer: &Gazetteer, evidence: &Evidence, number: u32) -> bool {
    let is_within = |outer: &u32| evidence.is_anchor(*outer) || evidence.is_around(*outer);
    let country = &gazetteer.entries()[number as usize].country;
    evidence.has_country(country) || containers(gazetteer, number).iter().any(is_within)
}
