//! Reads a one-to-one table backwards: of the romanised letters that fit, the longest is taken.
//!
//! What comes out is romanised again and compared with what went in, so a text that is no romanisation, or only in part,
//! is refused.

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization as _;

use super::apply::{Capitals, is_mkhedruli, is_upper, stands_among_capitals};
use super::table::{Rule, Table};

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
        let sources = if self.is_georgian() {
            vec![small_but_in_capitals(&out)]
        } else {
            vec![self.cased_as_neighbours(&out, 2), self.cased_as_neighbours(&out, 1), out]
        };
        sources.into_iter().find(|source| self.is_romanised_as(source, &roman))
    }

    /// Every letter small, as a capital and between capitals.
    pub(super) fn readings(&self) -> Readings {
        let mut readings = Readings::default();
        let letters = self.letters.iter().map(|(letter, roman)| (letter.to_string(), roman));
        let rules = self.own_rules().map(|Rule(source, roman, _)| ((*source).to_owned(), roman));
        for (letter, roman) in letters.chain(rules) {
            let upper = letter.to_uppercase();
            let mut capitals = upper.chars();
            let title: String = capitals.next().into_iter().chain(capitals.flat_map(char::to_lowercase)).collect();
            for (roman, source) in
                [((*roman).to_owned(), letter), (self.roman_title(roman), title), (self.roman_upper(roman), upper)]
            {
                readings.entry(roman.chars().next().unwrap_or_default()).or_default().push((roman, source));
            }
        }
        for here in readings.values_mut() {
            here.sort_by_key(|(roman, _)| std::cmp::Reverse(roman.len()));
        }
        readings
    }

    /// The rules that read letters of the alphabet only.
    fn own_rules(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter().filter(|rule| rule.0.chars().all(|c| self.letters.iter().any(|(letter, _)| *letter == c)))
    }

    /// The letters whose case the romanisation doesn't show: ь written `ʹ`, the second half of `ու` written `u`.
    fn without_case(&self) -> String {
        let signs =
            self.letters.iter().filter(|(_, roman)| self.roman_upper(roman) == *roman).map(|(letter, _)| *letter);
        signs.chain(self.own_rules().flat_map(|rule| rule.0.chars().skip(1))).collect()
    }

    /// `text` with capitals for letters without case in words of capitals. After `lone` capitals a word may end in one.
    fn cased_as_neighbours(&self, text: &str, lone: usize) -> String {
        let without_case = self.without_case();
        let chars: Vec<char> = text.chars().collect();
        let has_case = |c: &&char| !without_case.contains(**c);
        let mut out = String::with_capacity(text.len());
        for (at, &c) in chars.iter().enumerate() {
            let mut after = chars[at + 1..].iter().take_while(|c| c.is_alphabetic()).filter(has_case);
            let before = chars[..at].iter().rev().take_while(|c| c.is_alphabetic()).filter(has_case);
            let is_capital = match after.next() {
                Some(&after) => is_upper(after) && before.take(1).all(|&c| is_upper(c)),
                None => before.take(lone).filter(|&&c| is_upper(c)).count() == lone,
            };
            if is_capital && without_case.contains(c) { out.extend(c.to_uppercase()) } else { out.push(c) }
        }
        out
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
