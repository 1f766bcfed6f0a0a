//! Cues: words beside a mention that tell what it is. `in Nice`, `Lachin district`, `President Aliyev`, `Goranboy, Tartar and Barda`.

use crate::gazetteer::Kind;
use crate::matcher::Mention;
use crate::text::{Joint, Words, fold};

/// The folded word before a mention, if it belongs to the same sentence.
pub(super) fn word_before(words: &Words<'_>, mention: &Mention) -> Option<String> {
    let first = mention.words.start;
    let is_joined = matches!(words.joint(first), Joint::Space | Joint::LineBreak | Joint::DotSpace);
    (is_joined && first > 0).then(|| fold(words.surface(first - 1)))
}

/// The folded word after a mention, if only a space is between.
pub(super) fn word_after(words: &Words<'_>, mention: &Mention) -> Option<String> {
    let next = mention.words.end;
    (words.joint(next) == Joint::Space).then(|| fold(words.surface(next)))
}

/// Whether a preposition of place stands before the mention.
pub(super) fn has_preposition(words: &Words<'_>, mention: &Mention) -> bool {
    const PREPOSITIONS: [&str; 13] =
        ["in", "near", "at", "from", "to", "towards", "toward", "around", "outside", "inside", "into", "via", "over"];
    word_before(words, mention).is_some_and(|word| PREPOSITIONS.contains(&word.as_str()))
}

/// Whether a preposition that people seldom follow stands before the mention.
pub(super) fn has_sure_preposition(words: &Words<'_>, mention: &Mention) -> bool {
    word_before(words, mention).is_some_and(|word| matches!(word.as_str(), "in" | "near" | "outside" | "around"))
}

/// Whether the word before the mention is a title of office or a form of address.
pub(super) fn has_title(words: &Words<'_>, mention: &Mention) -> bool {
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
    word_before(words, mention).is_some_and(|word| TITLES.contains(&word.as_str()))
}

/// The kinds of place that a head noun beside the mention speaks for: `town of Martuni`, `Lachin district`.
pub(super) fn head_noun_kinds(words: &Words<'_>, mention: &Mention) -> &'static [Kind] {
    let first = mention.words.start;
    let after = word_after(words, mention).map_or(&[][..], |noun| kinds_of(&noun));
    if !after.is_empty() || first < 2 || fold(words.surface(first - 1)) != "of" {
        return after;
    }
    kinds_of(&fold(words.surface(first - 2)))
}

fn kinds_of(noun: &str) -> &'static [Kind] {
    match noun {
        "district" | "districts" | "rayon" | "raion" | "municipality" | "county" => &[Kind::District],
        "region" | "regions" | "province" | "provinces" | "oblast" | "state" => &[Kind::Region, Kind::District],
        "city" => &[Kind::City, Kind::Town],
        "town" | "towns" => &[Kind::Town, Kind::City],
        "village" | "villages" | "settlement" => &[Kind::Village],
        "river" => &[Kind::River],
        "lake" | "reservoir" => &[Kind::Lake],
        "sea" => &[Kind::Sea],
        _ => &[],
    }
}

/// Whether another mention stands right beside this one in a list: `A, B and C`.
pub(super) fn is_listed_with_others(words: &Words<'_>, mentions: &[Mention], at: usize) -> bool {
    let is_beside = |one: &Mention, next: &Mention| {
        let between = one.words.end..next.words.start;
        match between.len() {
            0 => matches!(words.joint(next.words.start), Joint::Comma | Joint::Hyphen),
            1 => matches!(fold(words.surface(between.start)).as_str(), "and" | "or"),
            _ => false,
        }
    };
    let before = at.checked_sub(1).is_some_and(|before| is_beside(&mentions[before], &mentions[at]));
    before || mentions.get(at + 1).is_some_and(|next| is_beside(&mentions[at], next))
}
