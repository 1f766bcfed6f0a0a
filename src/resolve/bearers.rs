//! What bears a place's name without being the place: a street, a club, a firm, a ship, a person, a book.
//!
//! The words beside the name tell (`bearers.tsv`). Places are named as parts of longer names all the time (`Baku State University`, `the Minsk
//! talks`), and there they are meant; so only such words count as say that the place is not. A capital on the next word alone was
//! rejected: it is as often `Yerevan Mayor` as `Yerevan Labs`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::matcher::Mention;
use crate::text::{Joint, Lexicon, Shape, Words, fold};

/// What bears the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bearer {
    /// A person or ship: called so again further on, without the word that tells.
    Being,
    /// Something else, as a street or a firm, whose name is always longer than the place's.
    Thing,
}

/// The words of the table, by where they stand, and what they say.
struct Bearers {
    before: FxHashMap<&'static str, Bearer>,
    after: FxHashMap<&'static str, Bearer>,
}

static BEARERS: LazyLock<Bearers> = LazyLock::new(|| {
    let rows = include_str!("bearers.tsv").lines().filter(|line| !line.starts_with('#'));
    let mut bearers = Bearers { before: FxHashMap::default(), after: FxHashMap::default() };
    for row in rows {
        let [class, side, words] = row.split('\t').collect::<Vec<_>>()[..] else {
            continue;
        };
        let bearer = if matches!(class, "ship" | "unit" | "kin" | "title") { Bearer::Being } else { Bearer::Thing };
        let side = if side == "after" { &mut bearers.after } else { &mut bearers.before };
        side.extend(words.split(' ').map(|word| (word, bearer)));
    }
    bearers
});

/// What bears the name, if the words beside a mention say that the place is not meant.
pub(super) fn bearer(words: &Words<'_>, mention: &Mention) -> Option<Bearer> {
    let (first, next) = (mention.words.start, mention.words.end);
    let is_joined = |at: usize| words.joint(at) == Joint::Space;
    // Behind the last word no joint is a space.
    let after = || {
        let surface = is_joined(next).then(|| words.surface(next))?;
        // Most are small words.
        let is_name_like = words.shape(next).is_name_like();
        is_name_like.then(|| BEARERS.after.get(fold(surface).as_str()).copied())?
    };
    let before = || {
        let is_after_it = first > 0 && (is_joined(first) || words.joint(first) == Joint::DotSpace);
        let said = fold(words.surface(is_after_it.then(|| first - 1)?));
        // `a battalion called Dnipro`
        let is_called = matches!(said.as_str(), "called" | "named") && first > 1 && is_joined(first - 1);
        let noun = if is_called { fold(words.surface(first - 2)) } else { said };
        BEARERS.before.get(noun.as_str()).copied()
    };
    let is_word = mention.words.len() == 1;
    after()
        .or_else(|| if is_word { before() } else { None })
        .or_else(|| (is_word && is_part_of_full_name(words, first)).then_some(Bearer::Being))
        .or_else(|| is_in_title_of_work(words, mention).then_some(Bearer::Thing))
}

/// Whether the word and one beside it are a first and a family name.
fn is_part_of_full_name(words: &Words<'_>, at: usize) -> bool {
    is_given_name(words, at) || at.checked_sub(1).is_some_and(|before| is_given_name(words, before))
}

/// Whether the word is a first name before somebody's family name: `Georgia Bell`.
fn is_given_name(words: &Words<'_>, at: usize) -> bool {
    let next = at + 1;
    let is_name = |at: usize| {
        let is_personal = |key: &str| Lexicon.has_personal_name(key) && !Lexicon.is_calendar(key);
        words.shape(at) == Shape::Title && is_personal(&fold(words.surface(at)))
    };
    // `O’Neill` is two words.
    let is_irish = || words.surface(next) == "O" && words.joint(next + 1) == Joint::Apostrophe;
    let is_family_name = || is_irish() || (is_name(next) && !Lexicon.is_title(&fold(words.surface(next))));
    words.joint(next) == Joint::Space && is_name(at) && is_family_name()
}

/// Titles of works are no longer than this, in bytes.
const MAX_TITLE: usize = 80;

/// Whether the mention is a part of the title of a work: in quotation marks, other words with it, one of them small (`Homage to
/// Catalonia`), and no name of a state, which is quoted as well by those who doubt it.
fn is_in_title_of_work(words: &Words<'_>, mention: &Mention) -> bool {
    let text = words.text;
    let from = text.floor_char_boundary(mention.span.start.saturating_sub(MAX_TITLE));
    let to = text.ceil_char_boundary((mention.span.end + MAX_TITLE).min(text.len()));
    let (before, after) = (&text[from..mention.span.start], &text[mention.span.end..to]);
    let (Some(start), Some(end)) = (before.rfind(is_quote), after.find(is_quote)) else {
        return false;
    };
    let (before, after) = (&before[start..], &after[..end]);
    // A mark before a space closes what came before.
    let is_closed = before.starts_with(['”', '»']) || before.chars().nth(1).is_some_and(char::is_whitespace);
    let inside: Vec<&str> = before
        .split(|c: char| !c.is_alphanumeric())
        .chain(after.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
        .collect();
    let is_small = |word: &&&str| Shape::of(word) == Shape::Lower;
    let is_sentence = before.contains(['\n', '.', ',', ';']) || after.contains(['\n', '.', ',', ';']);
    let is_state =
        inside.iter().any(|word| matches!(*word, "Republic" | "State" | "Government" | "Army" | "Ministry" | "Region"));
    !is_closed
        && !is_sentence
        && !is_state
        && inside.iter().any(|word| is_small(&word))
        && inside.iter().filter(is_small).all(|word| is_function_word(word))
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '«' | '»' | '„')
}

/// Words that stay small in the title of a work.
fn is_function_word(word: &str) -> bool {
    matches!(
        word,
        "a" | "an" | "and" | "at" | "by" | "for" | "from" | "in" | "of" | "on" | "or" | "the" | "to" | "with" | "under"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What bears the name `Kursk` in a text.
    fn bearer_in(text: &str) -> Option<Bearer> {
        let words = Words::new(text);
        let at = (0..words.len()).find(|&at| words.surface(at) == "Kursk").expect("the name");
        let mention = Mention {
            span: words.span(at..at + 1),
            words: at..at + 1,
            candidates: Vec::new(),
            refused: None,
            is_common: false,
        };
        bearer(&words, &mention)
    }

    #[test]
    fn words_beside_a_name_tell_what_bears_it() {
        for text in ["the submarine Kursk sank", "a battalion called Kursk", "her cousin Kursk", "Professor Kursk"] {
            assert_eq!(bearer_in(text), Some(Bearer::Being), "{text}");
        }
        for text in ["in Kursk Street", "Dynamo Kursk won", "the Kursk Times", "\u{201c}Journey to Kursk\u{201d}"] {
            assert_eq!(bearer_in(text), Some(Bearer::Thing), "{text}");
        }
        for text in [
            "Kursk",
            "a lake called Kursk",
            "in Kursk.",
            "the Kursk region",
            "the \"Republic of Kursk\"",
            "\u{201c}We left Kursk at noon,\u{201d} he said",
        ] {
            assert_eq!(bearer_in(text), None, "{text}");
        }
    }
}
