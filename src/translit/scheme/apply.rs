//! Applies a table to a text, from left to right: the first rule that fits, else the letter, else the character itself.

use unicode_normalization::char::{compose, is_combining_mark};

use super::table::{Rule, Table, When};

/// Which letters of the romanisation are capitals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Capitals {
    /// Those that were.
    Kept,
    /// Those that were, and the first of each word in a script without case.
    OfNames,
}

impl Table {
    pub(super) fn apply(&self, text: &str, capitals: Capitals) -> String {
        let source = self.compose(text);
        let lower: Vec<char> = source.iter().map(|&c| self.dotted_i.lower(c)).collect();
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        while at < source.len() {
            let Some((taken, roman)) = self.reading(&lower, at) else {
                out.push(source[at]);
                at += 1;
                continue;
            };
            let names = capitals == Capitals::OfNames && !has_case(source[at]) && is_initial(&source, at);
            if is_upper(source[at]) && stands_among_capitals(&source, at, taken) {
                out.extend(roman.chars().flat_map(char::to_uppercase));
            } else if is_upper(source[at]) || names {
                push_title(&mut out, roman);
            } else {
                out.push_str(roman);
            }
            at += taken;
        }
        out
    }

    /// How many letters are read at `at`, and what they become.
    fn reading(&self, lower: &[char], at: usize) -> Option<(usize, &'static str)> {
        let rules = self.rules.iter().filter(|rule| rule.0.starts_with(lower[at]));
        for Rule(source, roman, when) in rules {
            let length = source.chars().count();
            let fits = lower[at..].iter().copied().take(length).eq(source.chars());
            if fits && when.holds(lower, at, length) {
                return Some((length, roman));
            }
        }
        let letter = self.letters.iter().find(|(letter, _)| *letter == lower[at]);
        letter.map(|(_, roman)| (1, *roman))
    }

    /// The characters of `text`, with letters of the alphabet in one piece that came as letter and mark.
    fn compose(&self, text: &str) -> Vec<char> {
        let mut chars: Vec<char> = Vec::with_capacity(text.len());
        for c in text.chars() {
            let whole = chars.last().filter(|_| is_combining_mark(c)).and_then(|&last| compose(last, c));
            match whole.filter(|&whole| self.letters.iter().any(|(letter, _)| *letter == self.dotted_i.lower(whole))) {
                Some(whole) => {
                    chars.pop();
                    chars.push(whole);
                }
                None => chars.push(c),
            }
        }
        chars
    }
}

impl When {
    /// Whether the context holds for `length` letters at `at`.
    fn holds(self, lower: &[char], at: usize, length: usize) -> bool {
        let before = at.checked_sub(1).map(|before| lower[before]);
        match self {
            Self::Always => true,
            Self::Initially => is_initial(lower, at),
            Self::InitiallyOrAfter(letters) => {
                is_initial(lower, at) || before.is_some_and(|before| letters.contains(before))
            }
            Self::Before(letters) => lower.get(at + length).is_some_and(|&after| letters.contains(after)),
        }
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '՚')
}

/// Whether a word begins at `at`. An apostrophe after a letter does not end the word: Знам’янка.
fn is_initial(chars: &[char], at: usize) -> bool {
    let goes_on = |c: char| c.is_alphabetic() || is_combining_mark(c);
    match chars[..at] {
        [.., letter, mark] if is_apostrophe(mark) => !goes_on(letter),
        [.., before] => !goes_on(before),
        [] => true,
    }
}

fn has_case(c: char) -> bool {
    // Mkhedruli has capitals in Unicode, but no text uses one at the beginning of a word.
    !matches!(c, 'ა'..='ჿ') && (c.is_uppercase() || c.is_lowercase())
}

fn is_upper(c: char) -> bool {
    c.is_uppercase()
}

/// Whether the letter after `length` letters at `at` is a capital or, at the end of a word, the one before.
pub(super) fn stands_among_capitals(chars: &[char], at: usize, length: usize) -> bool {
    let inside = &chars[at + 1..at + length];
    let before = at.checked_sub(1).map(|before| chars[before]).filter(|c| c.is_alphabetic());
    let after = chars.get(at + length).copied().filter(|c| c.is_alphabetic());
    inside.iter().all(|&c| is_upper(c)) && after.or(before).map_or(length > 1, is_upper)
}

/// Appends `roman` with its first letter as a capital.
fn push_title(out: &mut String, roman: &str) {
    let mut first = true;
    for c in roman.chars() {
        if first && c.is_alphabetic() {
            out.extend(c.to_uppercase());
            first = false;
        } else {
            out.push(c);
        }
    }
}
