//! What a mention can mean by itself, before the document is asked.

use crate::gazetteer::Kind;
use crate::gazetteer::compiled::Layers;
use crate::matcher::{Candidate, Mention};
use crate::resolve::is_demonym;
use crate::resolve::words::Words;

/// Whether clubs and ships are called after places of this kind, without a word of their own.
pub(in crate::resolve) fn is_settlement(kind: Kind) -> bool {
    matches!(kind, Kind::City | Kind::Town | Kind::Village | Kind::District)
}

/// Whether a candidate is a person, a country, or a place that news names or that many live in.
pub(in crate::resolve) fn is_well_known(layers: &Layers, candidate: &Candidate) -> bool {
    layers.entry(candidate.at.entry).is_well_known()
}

/// Whether something that one mention may be contains something that the other may be.
pub(super) fn may_contain(layers: &Layers, words: &Words<'_>, outer: &Mention, inner: &Mention) -> bool {
    let is_inside =
        |inner: &Candidate| outer.candidates.iter().any(|outer| words.contains(layers, outer.at.entry, inner.at.entry));
    inner.candidates.iter().any(is_inside)
}

/// The only candidate, or the innermost of candidates that contain one another: a town beside its district. Beside a well known place
/// others do not count: Armenia is a city in Colombia as well.
pub(super) fn sole_meaning<'m>(layers: &Layers, words: &Words<'_>, mention: &'m Mention) -> Option<&'m Candidate> {
    if let [only] = mention.candidates.as_slice() {
        return is_plain(layers, only).then_some(only);
    }
    let is_known = |candidate: &&Candidate| is_well_known(layers, candidate);
    let has_known = mention.candidates.iter().any(|candidate| is_known(&candidate));
    // Of so many namesakes none is evidence, and comparing all with all would take long.
    if mention.candidates.len() > MAX_NAMESAKES {
        return None;
    }
    let counting = || mention.candidates.iter().filter(|candidate| !has_known || is_known(candidate));
    let is_innermost = |inner: &&Candidate| {
        let mut others = counting().filter(|other| other.at.entry != inner.at.entry);
        others.all(|outer| words.contains(layers, outer.at.entry, inner.at.entry))
    };
    counting().filter(|candidate| is_plain(layers, candidate)).find(is_innermost)
}

const MAX_NAMESAKES: usize = 256;

/// Whether a candidate is evidence by itself: a name, not an adjective, by a spelling that needs no evidence.
pub(super) fn is_plain(layers: &Layers, candidate: &Candidate) -> bool {
    !candidate.at.spelling(layers).has_needs() && !is_demonym(candidate, layers)
}

/// Whether a mention is one word that English also uses in small letters (`Tartar`, `Male`, `Turkey`), or a little known place whose name
/// is listed as common. Well known places are meant oftener than the people who bear their names (`Washington`).
pub(in crate::resolve) fn is_ordinary_word(
    layers: &Layers,
    words: &Words<'_>,
    mention: &Mention,
    candidate: &Candidate,
) -> bool {
    // A word with marks is no English one: `Réunion`.
    let surface = words.surface(mention.words.start);
    let is_word = || mention.words.len() == 1 && surface.is_ascii() && words.sense(mention.words.start).is_word;
    (mention.is_common && !is_well_known(layers, candidate)) || is_word()
}
