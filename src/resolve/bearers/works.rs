//! Titles of works: a film, book, song or play in quotation marks. `"Homage to Catalonia"`, `"Moscow Nights"`, the film `"Casablanca"`.
//!
//! Quotation marks alone were rejected: names of states and towns are quoted by those who doubt them (`the "Republic of X"`, `"X"`), and so is what
//! people say. So the marks must hold a title's other words, or a word beside them must speak of works.

use crate::matcher::Mention;
use crate::resolve::nouns;
use crate::resolve::words::Words;
use crate::text::{Lexicon, Shape, fold};

/// Titles of works are no longer than this, in bytes.
const MAX_TITLE: usize = 80;

/// Words that speak of works are looked for so far from the marks, in bytes.
const REACH: usize = 100;

/// Whether the mention is in the title of a work, or is one.
pub(super) fn is_in_title(words: &Words<'_>, mention: &Mention) -> bool {
    let text = words.text;
    let from = text.floor_char_boundary(mention.span.start.saturating_sub(MAX_TITLE));
    let to = text.ceil_char_boundary((mention.span.end + MAX_TITLE).min(text.len()));
    if !words.has_quote(from..mention.span.start) || !words.has_quote(mention.span.end..to) {
        return false;
    }
    let (before, after) = (&text[from..mention.span.start], &text[mention.span.end..to]);
    let (Some(start), Some(end)) = (before.rfind(is_quote), after.find(is_quote)) else {
        return false;
    };
    let (before, after) = (&before[start..], &after[..end]);
    // A mark before a space or a stop closes what came before.
    let closes = |c: char| c.is_whitespace() || matches!(c, ',' | '.' | ';' | ':' | ')' | '’' | '\'');
    let is_closed = before.starts_with(['”', '»']) || before.chars().nth(1).is_some_and(closes);
    if is_closed {
        return false;
    }
    let inside: Vec<&str> = words_of(before).chain(words_of(after)).collect();
    is_like_title(&inside) && !before.contains(is_stop) && !after.contains(is_stop)
        || (is_name_alone(before, after) && is_beside_works(text, from + start..mention.span.end + end))
}

/// Whether the words beside the name are those of a title: small ones that stay small there, or ordinary ones with capitals; and none of those that
/// names of states and places have.
fn is_like_title(inside: &[&str]) -> bool {
    let is_small = |word: &&&str| Shape::of(word) == Shape::Lower;
    let is_ordinary = |word: &&str| {
        let key = fold(word);
        Shape::of(word) == Shape::Title && Lexicon.has_word(&key) && !nouns::is_organisation(&key)
    };
    let is_of_state = |word: &&str| is_of_state(word) || nouns::place(&fold(word)).is_some();
    let has_small = inside.iter().any(|word| is_small(&word));
    let is_title = has_small || (!inside.is_empty() && inside.iter().all(is_ordinary));
    is_title && !inside.iter().any(is_of_state) && inside.iter().filter(is_small).all(|word| is_function_word(word))
}

/// Whether the marks hold no more than names: `"Dallas"`, `"Paris, Texas"`.
fn is_name_alone(before: &str, after: &str) -> bool {
    let is_mark = |c: char| is_quote(c) || matches!(c, ',' | '.');
    let is_alone = |side: &str| side.trim_matches(is_mark).trim().is_empty();
    let is_listed = |side: &str| side.contains(", ") && words_of(side).all(|word| Shape::of(word) == Shape::Title);
    (is_alone(before) || is_listed(before)) && (is_alone(after) || is_listed(after))
}

/// Whether the paragraph speaks of works near the marks at `range`, or quotes another title beside them.
fn is_beside_works(text: &str, range: std::ops::Range<usize>) -> bool {
    const WORKS: &str = "album albums ballad ballads ballet book books cinema comedy drama episode episodes film films filmed movie movies musical novel novels \
        opera operas painting play plays poem poems remake screened screening sequel series soundtrack sang sing singing song songs starring \
        story theatre theater thriller";
    let from = text.floor_char_boundary(range.start.saturating_sub(REACH));
    let to = text.ceil_char_boundary((range.end + REACH).min(text.len()));
    let before = text[from..range.start].rsplit("\n\n").next().unwrap_or_default();
    let after = text[range.end..to].split("\n\n").next().unwrap_or_default();
    let is_work = |word: &str| WORKS.split_ascii_whitespace().any(|work| work == word);
    words_of(before).chain(words_of(after)).any(is_work) || has_title(before) || has_title(after)
}

/// Whether a text holds a title of several words in quotation marks.
fn has_title(text: &str) -> bool {
    let is_title = |quoted: &str| {
        let inside: Vec<&str> = words_of(quoted).collect();
        let is_long =
            (2..=6).contains(&inside.len()) && !quoted.contains(is_stop) && !quoted.starts_with(char::is_whitespace);
        let has_capitals = inside.iter().all(|word| Shape::of(word) == Shape::Title || is_function_word(word));
        is_long
            && has_capitals
            && !quoted.ends_with(char::is_whitespace)
            && inside.iter().all(|word| !is_of_state(word))
    };
    text.split(is_quote).skip(1).any(is_title)
}

/// Words that are quoted by those who doubt a state or its acts.
fn is_of_state(word: &str) -> bool {
    matches!(
        word,
        "Republic" | "State" | "Government" | "Army" | "Ministry" | "Region" | "Process" | "President" | "Parliament"
    )
}

fn words_of(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn is_stop(c: char) -> bool {
    matches!(c, '\n' | '.' | ',' | ';')
}

pub(in crate::resolve) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '«' | '»' | '„')
}

/// Words that stay small in the title of a work.
fn is_function_word(word: &str) -> bool {
    matches!(
        word,
        "a" | "an" | "and" | "at" | "by" | "for" | "from" | "in" | "of" | "on" | "or" | "the" | "to" | "with" | "under"
    )
}
