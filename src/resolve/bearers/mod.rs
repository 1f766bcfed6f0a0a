//! What bears a place's name without being the place: a street, a club, a firm, a ship, a person, a book.
//!
//! The words beside the name tell (`bearers.tsv`), and so do fixtures (`clubs`) and quotation marks (`works`). Places are named as parts of longer
//! names all the time (`Lachin District Court`, `the Minsk talks`), and there they are meant; so only such words count as say that the place is not.
//! A capital on the next word alone was rejected: it is as often `Yerevan Mayor` as `Yerevan Labs`.

mod clubs;
mod scripture;
mod works;

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

pub(super) use scripture::is_scripture;
pub(super) use works::is_quote;

use super::cues;
use super::words::Words;
use crate::matcher::Mention;
use crate::text::{Joint, Shape};

/// What bears the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bearer {
    /// A person or ship: called so again further on, without the word that tells.
    Being,
    /// A person, by what is done: so the name is a person's all through the text.
    Doer,
    /// A club: called so again as well, but only after a settlement. What has a country's or region's name is its team.
    Club,
    /// What stands in the place and is named after it, as its university: so the place is spoken of as well.
    Institution,
    /// A river, an island, a bay that is called after a settlement, and is no part of it.
    Feature,
    /// Something else, as a street or a firm, whose name is always longer than the place's.
    Thing,
}

impl Bearer {
    fn of_class(class: &str) -> Self {
        match class {
            "club" => Self::Club,
            "ship" | "unit" | "kin" | "title" => Self::Being,
            "deed" => Self::Doer,
            "institution" => Self::Institution,
            "feature" => Self::Feature,
            _ => Self::Thing,
        }
    }
}

/// Where a word stands that tells; the table says more.
#[derive(Clone, Copy)]
enum Side {
    Before,
    Named,
    Of,
    After,
    End,
    Lead,
    Noun,
}

impl Side {
    const ALL: [(&'static str, Self); 7] = [
        ("before", Self::Before),
        ("named", Self::Named),
        ("of", Self::Of),
        ("after", Self::After),
        ("end", Self::End),
        ("lead", Self::Lead),
        ("noun", Self::Noun),
    ];
}

/// The words of the table, by where they stand, and what they say.
static BEARERS: LazyLock<[FxHashMap<&'static str, Bearer>; Side::ALL.len()]> = LazyLock::new(|| {
    let rows = include_str!("bearers.tsv").lines().filter(|line| !line.starts_with('#'));
    let mut bearers = <[FxHashMap<_, _>; Side::ALL.len()]>::default();
    for row in rows {
        let [class, side, words] = row.split('\t').collect::<Vec<_>>()[..] else {
            continue;
        };
        if let Some(&(_, side)) = Side::ALL.iter().find(|(name, _)| *name == side) {
            bearers[side as usize].extend(words.split(' ').map(|word| (word, Bearer::of_class(class))));
        }
    }
    bearers
});

/// What a word tells, by where it stands.
pub(super) type Told = [Option<Bearer>; Side::ALL.len()];

/// What a folded word tells.
pub(super) fn told_by(word: &str) -> Told {
    std::array::from_fn(|side| BEARERS[side].get(word).copied())
}

/// What bears the name, if the words beside a mention say that the place is not meant.
pub(super) fn bearer(words: &Words<'_>, mention: &Mention) -> Option<Bearer> {
    let beside = Beside { words, mention };
    let is_word = mention.words.len() == 1;
    let first = mention.words.start;
    beside
        .after()
        .or_else(|| beside.lead())
        .or_else(|| is_word.then(|| beside.before())?)
        .or_else(|| (is_word && is_part_of_full_name(words, first)).then_some(Bearer::Being))
        .or_else(|| beside.of())
        .or_else(|| (is_word && has_fate(words, mention)).then_some(Bearer::Doer))
        .or_else(|| scripture::is_people(words, mention).then_some(Bearer::Thing))
        .or_else(|| (is_in_code(words, mention) || works::is_in_title(words, mention)).then_some(Bearer::Thing))
        .or_else(|| clubs::is_in_fixture(words, mention).then_some(Bearer::Club))
        .or_else(|| is_part_of_club(words, mention).then_some(Bearer::Thing))
}

/// A mention and the words around it.
struct Beside<'a, 'w> {
    words: &'a Words<'w>,
    mention: &'a Mention,
}

impl Beside<'_, '_> {
    fn told(&self, side: Side, at: usize) -> Option<Bearer> {
        self.words.sense(at).told[side as usize]
    }

    /// Whether only a space is before the word at `at`; behind the last word no joint is one.
    fn is_joined(&self, at: usize) -> bool {
        self.words.joint(at) == Joint::Space
    }

    /// What a word behind the name says.
    fn after(&self) -> Option<Bearer> {
        const MAX_BETWEEN: usize = 3;
        let next = self.mention.words.end;
        if !self.is_joined(next) {
            return None;
        }
        let is_capital = |at: &usize| matches!(self.words.shape(*at), Shape::Title | Shape::Upper);
        let direct = || self.told(Side::After, next).filter(|_| self.words.shape(next).is_name_like());
        let end = || {
            let run = (next..=next + MAX_BETWEEN).take_while(|&at| self.is_joined(at)).take_while(is_capital);
            run.last().and_then(|at| self.told(Side::End, at))
        };
        let noun = || {
            let thing = || self.told(Side::Noun, next + 1).filter(|&bearer| bearer == Bearer::Thing);
            let bearer = self.told(Side::Noun, next).or_else(|| self.is_joined(next + 1).then(thing)?)?;
            // `in Shusha wrote`: what is said to be done there is another's deed, as in `in Gyumri virus cases`.
            let is_placed = match bearer {
                Bearer::Doer => cues::is_no_subject(self.words, self.mention),
                _ => cues::has_sure_preposition(self.words, self.mention),
            };
            (!is_placed).then_some(bearer)
        };
        direct().or_else(end).or_else(noun)
    }

    /// What the word before the name says.
    fn before(&self) -> Option<Bearer> {
        let first = self.mention.words.start;
        let is_after_it = first > 0 && matches!(self.words.joint(first), Joint::Space | Joint::DotSpace);
        let last = is_after_it.then(|| first - 1)?;
        let said = self.words.surface(last);
        if said == "the" && first > 1 && matches!(self.words.surface(first - 2), "aboard" | "board") {
            return Some(Bearer::Being);
        }
        // `a battalion called Dnipro`
        let is_called = matches!(said, "called" | "named") && first > 1 && self.is_joined(last);
        let noun = if is_called { first - 2 } else { last };
        let is_capital = self.words.shape(noun) != Shape::Lower && self.words.joint(first) == Joint::Space;
        self.told(Side::Before, noun).or_else(|| self.told(Side::Named, noun).filter(|_| is_capital))
    }

    /// What a word says that leads the name in a Romance language: `rue de la Paix`. `via` and `place` are English words as well, so where no particle follows
    /// they need a capital that no sentence gives them.
    fn lead(&self) -> Option<Bearer> {
        const PARTICLES: &str = "de del della dei des di do du da la le l";
        let words = self.words;
        let is_particle = |at: usize| PARTICLES.split(' ').any(|particle| particle == words.surface(at));
        let is_linked = |at: usize| matches!(words.joint(at), Joint::Space | Joint::Apostrophe);
        let mut first = self.mention.words.start;
        while first > 1 && is_linked(first) && is_particle(first - 1) {
            first -= 1;
        }
        let noun = first.checked_sub(1).filter(|_| self.is_joined(first))?;
        let is_capital = words.shape(noun) == Shape::Title && !words.starts_sentence(noun);
        let has_particle = first < self.mention.words.start;
        self.told(Side::Lead, noun).filter(|_| is_capital || has_particle)
    }

    /// What the noun before `of` and the name says: `Voice of Armenia`, and not `Central Bank of Armenia`, which belongs to the state.
    fn of(&self) -> Option<Bearer> {
        let words = self.words;
        let is_compass =
            |at: usize| matches!(words.surface(at), "the" | "Northern" | "Southern" | "Eastern" | "Western");
        let mut first = self.mention.words.start;
        if first > 2 && self.is_joined(first) && is_compass(first - 1) {
            first -= 1;
        }
        let is_of = first > 1 && self.is_joined(first) && words.surface(first - 1) == "of";
        let noun = first
            .checked_sub(2)
            .filter(|_| is_of && matches!(words.joint(first - 1), Joint::Space | Joint::DotSpace))?;
        let is_state = |at: usize| matches!(words.surface(at), "Central" | "National" | "State");
        let is_of_state = noun > 0 && self.is_joined(noun) && is_state(noun - 1);
        // `Lloyd's of London`
        if words.surface(noun) == "s" && words.joint(noun) == Joint::Apostrophe {
            return Some(Bearer::Thing);
        }
        self.told(Side::Of, noun).filter(|_| words.shape(noun) != Shape::Lower && !is_of_state)
    }
}

/// Whether a name that people bear as well is followed by what befalls people: `Kirov was shot`.
fn has_fate(words: &Words<'_>, mention: &Mention) -> bool {
    const FATES: &str =
        "appointed arrested beheaded born divorced elected executed hanged jailed knighted promoted shot widowed";
    let next = mention.words.end;
    let word = words.sense(mention.words.start);
    let is_persons = mention.is_common || word.is_personal_name || word.is_like_family_name;
    let is_joined = words.joint(next) == Joint::Space && words.joint(next + 1) == Joint::Space;
    is_persons
        && is_joined
        && matches!(words.surface(next), "was" | "is" | "been")
        && FATES.split(' ').any(|fate| fate == words.surface(next + 1))
        && !cues::is_no_subject(words, mention)
}

/// Whether a sign beside the mention makes a currency or a code of it: `US$5`, `A/California/7/2009`.
fn is_in_code(words: &Words<'_>, mention: &Mention) -> bool {
    let span = mention.span;
    let is_currency = |c: char| matches!(c, '$' | '€' | '£' | '¥' | '₽' | '₼' | '₾' | '֏');
    let (before, after) = (&words.text[..span.start], &words.text[span.end..]);
    let is_numbered = after.strip_prefix('/').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    before.ends_with(is_currency) || after.starts_with(is_currency) || is_numbered
}

/// Whether the mention is the first word of a club's name: `Ararat Yerevan`.
fn is_part_of_club(words: &Words<'_>, mention: &Mention) -> bool {
    let (first, next) = (mention.words.start, mention.words.end);
    let is_club = |side: Side| words.sense(first).told[side as usize] == Some(Bearer::Club);
    let goes_on = words.joint(next) == Joint::Space && words.shape(next) == Shape::Title;
    mention.words.len() == 1 && goes_on && (is_club(Side::Before) || is_club(Side::Named))
}

/// Whether a noun with a capital makes an institution of the name before it: `Heydar Aliyev Centre`, `Heydar Aliyev International Airport`.
pub(super) fn is_before_institution(words: &Words<'_>, mention: &Mention) -> bool {
    const NOUNS: &str = "academy airport avenue award boulevard bridge center centre college complex foundation gallery hall highway hospital house \
        institute library mausoleum medal mosque museum palace park prize road school square stadium street theatre theater university";
    let beside = Beside { words, mention };
    let next = mention.words.end;
    let capitals =
        (next..next + 2).take_while(|&at| beside.is_joined(at)).take_while(|&at| words.shape(at) == Shape::Title);
    let is_noun = |word: &str| NOUNS.split_ascii_whitespace().any(|noun| noun == word);
    capitals.map(|at| words.sense(at)).any(|word| is_noun(&word.folded))
}

/// Whether a phrase is somebody's first and family name: `Jack London`, `Denzel Washington`.
pub(super) fn is_full_name(words: &Words<'_>, mention: &Mention) -> bool {
    let is_title = |at: usize| words.shape(at) == Shape::Title;
    if mention.words.len() != 2 || !mention.words.clone().all(is_title) {
        return false;
    }
    let (first, last) = (words.sense(mention.words.start), words.sense(mention.words.end - 1));
    first.is_personal_name || (!first.is_known() && last.is_personal_name)
}

/// Whether the word and one beside it are a first and a family name.
fn is_part_of_full_name(words: &Words<'_>, at: usize) -> bool {
    is_given_name(words, at) || at.checked_sub(1).is_some_and(|before| is_given_name(words, before))
}

/// Whether the word is a first name before somebody's family name: `Georgia Bell`.
fn is_given_name(words: &Words<'_>, at: usize) -> bool {
    let next = at + 1;
    let is_name = |at: usize| {
        let is_title = words.shape(at) == Shape::Title;
        is_title && words.sense(at).is_personal_name && !words.sense(at).is_calendar
    };
    // `O’Neill` is two words.
    let is_irish = || words.surface(next) == "O" && words.joint(next + 1) == Joint::Apostrophe;
    let is_family_name = || is_irish() || (is_name(next) && !words.sense(next).is_title);
    // `In Sydney it rained`: at the start of a sentence a word is sooner the word.
    let is_word = |at: usize| words.starts_sentence(at) && words.sense(at).is_word;
    words.joint(next) == Joint::Space && is_name(at) && words.surface(at).len() > 2 && !is_word(at) && is_family_name()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What bears the name `Kursk` in a text.
    fn bearer_in(text: &str) -> Option<Bearer> {
        let text = crate::text::Words::new(text);
        let words = Words::new(&text, &[]);
        let at = (0..words.len()).find(|&at| words.surface(at) == "Kursk").expect("the name");
        let mention = Mention {
            span: words.span(at..at + 1),
            words: at..at + 1,
            candidates: Vec::new(),
            refused: None,
            is_common: false,
            is_given: false,
        };
        bearer(&words, &mention)
    }

    #[test]
    fn words_beside_a_name_tell_what_bears_it() {
        for (bearer, texts) in [
            (
                Some(Bearer::Being),
                [
                    "the submarine Kursk sank",
                    "on board the Kursk",
                    "a battalion called Kursk",
                    "her cousin Kursk",
                    "the Duke of Kursk",
                ]
                .as_slice(),
            ),
            (
                Some(Bearer::Thing),
                &[
                    "in Kursk Street",
                    "the Kursk Times",
                    "Radio Kursk",
                    "the Kursk haemorrhagic fever",
                    "Kursk$5",
                    "B/Kursk/7/2009",
                    "\u{201c}Journey to Kursk\u{201d}",
                    "\u{201c}Kursk Nights\u{201d}",
                    "the film \"Kursk\" won",
                ],
            ),
            (Some(Bearer::Doer), &["Kursk smiled", "while Kursk slept"]),
            (
                Some(Bearer::Institution),
                &["the Kursk State Medical University", "the University of Kursk", "at Kursk Zoo"],
            ),
            (
                Some(Bearer::Club),
                &[
                    "Dynamo Kursk won",
                    "Kursk beat Oryol",
                    "they lost at home to Kursk",
                    "Kursk 2-1 Oryol",
                    "drew with Kursk.",
                ],
            ),
            (
                Some(Bearer::Thing),
                &[
                    "the rue de Kursk",
                    "in the Place Kursk",
                    "the Via della Kursk",
                    "Kursk Lodge",
                    "a Kursk cape",
                    "the Kursk Ship Canal",
                ],
            ),
            (Some(Bearer::Feature), &["Kursk River", "the Bay of Kursk"]),
            (
                None,
                &[
                    "Kursk",
                    "a lake called Kursk",
                    "in Kursk.",
                    "the Kursk region",
                    "the Kursk and Oryol regions",
                    "the \"Republic of Kursk\"",
                    "the \"Kursk Corridor\"",
                    "so-called \"Kursk\" troops",
                    "the Central Bank of Kursk",
                    "\u{201c}We left Kursk at noon,\u{201d} he said",
                    "the army beat its drums in Kursk",
                    "in Kursk virus cases rose",
                    "the mayor of Kursk wrote",
                    "Oryol and Kursk wrote",
                    "in Kursk 20-30 people",
                    "they went via Kursk",
                    "Via Kursk they went",
                    "the coast of Kursk",
                ],
            ),
        ] {
            for text in texts {
                assert_eq!(bearer_in(text), bearer, "{text}");
            }
        }
    }
}
