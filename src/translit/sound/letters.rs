//! The letters of a spelling as the tables know them: small, composed, without apostrophes, words apart by one space.
//!
//! Letters that some language tells apart (`š`, `ə`, `ğ`) stay; marks that no reading depends on are dropped. Letters of
//! scripts that the tables lack are romanised by `any_ascii`, one fixed reading a letter.

use any_ascii::any_ascii_char;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

use super::table::{SPACE, TABLE};

/// Most letters of a spelling that are looked at.
pub(super) const MAX_LETTERS: usize = 40;

/// Appends the letters of `text`.
pub(super) fn letters_into(text: &str, letters: &mut Vec<char>) {
    if text.is_ascii() {
        push_all(text.chars().map(|c| c.to_ascii_lowercase()), letters);
    } else if text.chars().all(is_composed) {
        push_all(text.chars().flat_map(char::to_lowercase), letters);
    } else {
        push_all(text.nfc().flat_map(char::to_lowercase), letters);
    }
    letters.truncate(MAX_LETTERS);
    while letters.last() == Some(&SPACE) {
        letters.pop();
    }
}

/// Appends letters, no more than are looked at and one.
fn push_all(chars: impl Iterator<Item = char>, letters: &mut Vec<char>) {
    for c in chars {
        push(c, letters);
        if letters.len() > MAX_LETTERS {
            return;
        }
    }
}

/// Whether a letter is composed as it stands, and whatever stands beside it is of these: most letters of names, in no time.
fn is_composed(c: char) -> bool {
    matches!(c, ..'\u{300}' | 'Ѐ'..='ҁ' | 'Ա'..='֏' | 'א'..='ת' | 'ء'..='ي' | 'ٮ'..='ۓ' | 'Ⴀ'..='ჿ' | '‐'..='‧')
}

#[inline]
fn push(c: char, letters: &mut Vec<char>) {
    if TABLE.knows(c) {
        letters.push(c);
    } else {
        push_unknown(alike(c), letters);
    }
}

fn push_unknown(c: char, letters: &mut Vec<char>) {
    if is_apostrophe(c) || is_combining_mark(c) {
        return;
    }
    if TABLE.knows(c) {
        letters.push(c);
    } else if !c.is_alphanumeric() {
        if letters.last().is_some_and(|&last| last != SPACE) {
            letters.push(SPACE);
        }
    } else {
        push_base(c, letters);
    }
}

/// The letter without its marks; of an unknown script its romanisation.
fn push_base(c: char, letters: &mut Vec<char>) {
    let before = letters.len();
    decompose_compatible(c, |part| {
        let part = alike(part);
        if TABLE.knows(part) {
            letters.push(part);
        }
    });
    if letters.len() == before {
        letters.extend(any_ascii_char(c).chars().map(|c| c.to_ascii_lowercase()).filter(|&c| TABLE.knows(c)));
    }
}

/// Letters of different code that are one letter to a reader.
fn alike(c: char) -> char {
    match c {
        'ǝ' => 'ə',
        'æ' => 'ä',
        'ø' => 'ö',
        'ð' => 'đ',
        'ǧ' => 'ğ',
        'ţ' => 'ț',
        'ș' => 'ş',
        'ŏ' => 'o',
        'ي' => 'ی',
        'ك' => 'ک',
        c => c,
    }
}

/// Signs that romanisations set for ejectives, soft signs and glottal stops, and typists for anything.
fn is_apostrophe(c: char) -> bool {
    matches!(
        c,
        '\'' | '’'
            | '‘'
            | 'ʻ'
            | 'ʼ'
            | 'ʹ'
            | 'ʺ'
            | '`'
            | 'ʿ'
            | 'ʾ'
            | '´'
            | '“'
            | '”'
            | '"'
            | '·'
            | '՚'
            | 'ـ'
            | 'ʰ'
    ) || ('\u{200B}'..='\u{200F}').contains(&c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn composed_letters_need_no_composing(text in prop::collection::vec(any::<char>().prop_filter("composed", |&c| is_composed(c)), 0..8)) {
            let text: String = text.into_iter().collect();
            prop_assert_eq!(text.nfc().collect::<String>(), text);
        }
    }

    #[test]
    fn each_composed_letter_stays() {
        for c in ('\0'..='\u{2100}').filter(|&c| is_composed(c)) {
            assert_eq!(c.to_string().nfc().collect::<String>(), c.to_string(), "{c:?}");
        }
    }
}
