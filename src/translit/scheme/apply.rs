//! Applies a table to a text, from left to right: the first rule that fits, else the letter, else the character itself.

use unicode_normalization::char::{compose, is_combining_mark};

use super::table::{Rule, Table, When};

const SHADDA: char = '\u{651}';
const ARABIC_VOWELS: std::ops::RangeInclusive<char> = '\u{64B}'..='\u{650}';

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
            let is_caseless = capitals == Capitals::OfNames && !has_case(source[at]);
            let names = is_caseless && (is_initial(&source, at) || begins_in_latin(&out));
            if is_upper(source[at]) && stands_among_capitals(&source, at, taken) {
                out.push_str(&self.roman_upper(roman));
            } else if is_upper(source[at]) || names {
                out.push_str(&self.roman_title(roman));
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
            // Some keyboards and NFC write the sign of a double letter after the vowel.
            if c == SHADDA && chars.last().is_some_and(|last| ARABIC_VOWELS.contains(last)) {
                chars.insert(chars.len() - 1, c);
                continue;
            }
            let whole = chars.last().filter(|_| is_combining_mark(c)).and_then(|&last| compose(last, c));
            match whole.filter(|&whole| self.knows(self.dotted_i.lower(whole))) {
                Some(whole) => {
                    chars.pop();
                    chars.push(whole);
                }
                None => chars.push(c),
            }
        }
        chars
    }

    fn knows(&self, letter: char) -> bool {
        self.letters.iter().any(|(known, _)| *known == letter)
            || self.rules.iter().any(|rule| rule.0.starts_with(letter))
    }
}

impl When {
    /// Whether the context holds for `length` letters at `at`.
    fn holds(self, lower: &[char], at: usize, length: usize) -> bool {
        let after = lower.get(at + length).copied();
        let is_before = |letters: &str| after.is_some_and(|after| letters.contains(after));
        let is_after = |letters: &str| at > 0 && letters.contains(lower[at - 1]);
        match self {
            Self::Always => true,
            Self::Initially => is_initial(lower, at),
            Self::Finally => !after.is_some_and(goes_on),
            Self::After(letters) => is_after(letters),
            Self::InitiallyOrAfter(letters) => is_initial(lower, at) || is_after(letters),
            Self::Alone => is_initial(lower, at) && !after.is_some_and(char::is_alphabetic),
            Self::Before(letters) => is_before(letters),
            Self::Between(letters, others) => is_after(letters) && is_before(others),
        }
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '՚')
}

/// Whether a word begins at `at`. An apostrophe after a letter does not end the word: Знам’янка.
fn is_initial(chars: &[char], at: usize) -> bool {
    match chars[..at] {
        [.., letter, mark] if is_apostrophe(mark) => !goes_on(letter),
        [.., before] => !goes_on(before),
        [] => true,
    }
}

fn goes_on(c: char) -> bool {
    c.is_alphabetic() || is_combining_mark(c)
}

/// Whether the next letter begins a word of the romanisation: after the Arabic article, and the ayn, which has no capital.
fn begins_in_latin(out: &str) -> bool {
    // One ayn may stand there, or two; more are no word.
    let word = out.strip_suffix('‘').unwrap_or(out);
    let word = word.strip_suffix('‘').unwrap_or(word);
    word.ends_with(' ') || word.is_empty() && !out.is_empty()
}

pub(super) fn is_mkhedruli(c: char) -> bool {
    matches!(c, 'ა'..='ჿ')
}

fn has_case(c: char) -> bool {
    // Georgian has capitals in Unicode, for words in capitals only: none begins a word.
    !is_mkhedruli(c) && (c.is_uppercase() || c.is_lowercase())
}

pub(super) fn is_upper(c: char) -> bool {
    c.is_uppercase()
}

/// Whether the letter after `length` letters at `at` is a capital or, at the end of a word, the one before.
pub(super) fn stands_among_capitals(chars: &[char], at: usize, length: usize) -> bool {
    let inside = &chars[at + 1..at + length];
    let before = at.checked_sub(1).map(|before| chars[before]).filter(|c| c.is_alphabetic());
    let after = chars.get(at + length).copied().filter(|c| c.is_alphabetic());
    inside.iter().all(|&c| is_upper(c)) && after.or(before).map_or(length > 1, is_upper)
}
