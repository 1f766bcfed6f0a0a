//! Reads a one-to-one table backwards: of the romanised letters that fit, the longest is taken.
//!
//! What comes out is romanised again and compared with what went in, so a text that is no romanisation, or only in part,
//! is refused.

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization as _;

use super::apply::{Capitals, is_mkhedruli, is_upper, stands_among_capitals};
use super::table::Table;

/// What may stand in a romanised text and the letters it is written for, by its first character, the longest first.
pub(super) type Readings = FxHashMap<char, Vec<(String, String)>>;

impl Table {
    pub(super) fn reverse(&self, text: &str, readings: &Readings) -> Option<String> {
        let roman: String = text.nfc().collect();
        let mut out = String::with_capacity(2 * roman.len());
        let mut rest = roman.as_str();
        while let Some(first) = rest.chars().next() {
            let mut here = readings.get(&first).into_iter().flatten();
            match here.find(|(roman, _)| rest.starts_with(roman.as_str())) {
                Some((roman, source)) => {
                    out.push_str(source);
                    rest = &rest[roman.len()..];
                }
                None => {
                    out.push(first);
                    rest = &rest[first.len_utf8()..];
                }
            }
        }
        let source = if self.is_georgian() { small_but_in_capitals(&out) } else { out };
        self.is_romanised_as(&source, &roman).then_some(source)
    }

    /// Every letter small, as a capital and between capitals.
    pub(super) fn readings(&self) -> Readings {
        let mut readings = Readings::default();
        for (letter, roman) in self.letters {
            let upper: String = letter.to_uppercase().collect();
            let mut capitals = upper.chars();
            let title: String = capitals.next().into_iter().chain(capitals.flat_map(char::to_lowercase)).collect();
            for (roman, source) in [
                ((*roman).to_owned(), letter.to_string()),
                (self.roman_title(roman), title),
                (self.roman_upper(roman), upper),
            ] {
                readings.entry(roman.chars().next().unwrap_or_default()).or_default().push((roman, source));
            }
        }
        for here in readings.values_mut() {
            here.sort_by_key(|(roman, _)| std::cmp::Reverse(roman.len()));
        }
        readings
    }

    fn is_romanised_as(&self, source: &str, roman: &str) -> bool {
        let again = self.apply(source, Capitals::Kept);
        // Georgian cannot keep the capital of Tbilisi.
        again == roman || self.is_georgian() && again.to_lowercase() == roman.to_lowercase()
    }

    fn is_georgian(&self) -> bool {
        self.letters.iter().all(|(letter, _)| is_mkhedruli(*letter))
    }
}

/// Georgian with capitals in words that are all capitals only.
fn small_but_in_capitals(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    for (at, &c) in chars.iter().enumerate() {
        if is_upper(c) && !stands_among_capitals(&chars, at, 1) {
            out.extend(c.to_lowercase());
        } else {
            out.push(c);
        }
    }
    out
}
