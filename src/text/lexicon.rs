//! Ordinary English words and proper nouns, and common names of people: a known word is no misspelt place.
//!
//! `english.txt` is a subset of SCOWL (Spell Checker Oriented Word Lists) 2020.12.07 by Kevin Atkinson: its English,
//! American and British words up to size 40, and its proper nouns (with capitals) up to size 50, letters a–z only; its
//! permission notice is in `src/text/english.LICENSE`. How common each is was counted by `english.py`, which names the texts.
//!
//! A line holds the words that share their first five letters. The lines are sorted, so the table is searched where it lies, by a list
//! of where they start: a hash set of 55,000 words would cost every start of the program some milliseconds and two megabytes, and
//! looking for the ends of lines while searching takes four times as long.

use std::cmp::Ordering;
use std::sync::LazyLock;

/// Words with their classes; a line that begins with `#` sorts before all words, and is none.
const WORDS: &str = include_str!("english.txt");
static WORD_LINES: LazyLock<Lines> = LazyLock::new(|| Lines::of(WORDS));

/// How many letters a line's words have in common; shorter words are all their line's.
const COMMON_LETTERS: usize = 5;

/// Folded first names and family names; see `personal_names.LICENSE`.
const PERSONAL_NAMES: &str = include_str!("personal_names.txt");
static PERSONAL_NAME_LINES: LazyLock<Lines> = LazyLock::new(|| Lines::of(PERSONAL_NAMES));

/// How common a word is in English.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Frequency {
    /// The logarithm of its uses in a billion words, to the nearest half between 2 (one in ten million, or rarer) and 6.5.
    pub(crate) zipf: f32,
    /// Whether it is seen with a capital within sentences oftener than without (`congress`, `friday`).
    pub(crate) is_mostly_capitalised: bool,
}

impl Frequency {
    /// Of a word as the table has it: `2`, `5^`.
    fn of_class(class: &str, is_name: bool) -> Self {
        let step = class.bytes().next().map_or(0, |digit| digit.saturating_sub(b'0'));
        Self { zipf: 2.0 + 0.5 * f32::from(step), is_mostly_capitalised: is_name || class.ends_with('^') }
    }
}

/// The English lexicon.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lexicon;

impl Lexicon {
    /// Whether `word`, in lower case without diacritics, is an ordinary English word (`turkey`, `male`, `us`).
    pub(crate) fn has_word(self, word: &str) -> bool {
        class_of(word, u8::clone).is_some()
    }

    /// Whether `word`, folded, is a proper noun of English (`Barbara`, `Friday`), a place or a person alike.
    pub(crate) fn has_proper_noun(self, word: &str) -> bool {
        class_of(word, u8::to_ascii_uppercase).is_some()
    }

    /// Whether `word`, folded, is an ordinary word, and a rare one: fewer than one in three hundred thousand.
    pub(crate) fn has_rare_word(self, word: &str) -> bool {
        const RARE: f32 = 3.5;
        class_of(word, u8::clone).is_some_and(|class| Frequency::of_class(class, false).zipf <= RARE)
    }

    /// How common `word`, folded, is in English, as an ordinary word or as a proper noun, whichever is commoner.
    #[cfg_attr(not(test), expect(dead_code, reason = "the acceptance of unlisted spellings is to weigh it"))]
    pub(crate) fn frequency(self, word: &str) -> Option<Frequency> {
        let ordinary = class_of(word, u8::clone).map(|class| Frequency::of_class(class, false));
        let proper = class_of(word, u8::to_ascii_uppercase).map(|class| Frequency::of_class(class, true));
        // Of equals the ordinary word stays.
        match (ordinary, proper) {
            (Some(ordinary), Some(proper)) if ordinary.zipf >= proper.zipf => Some(ordinary),
            (ordinary, proper) => proper.or(ordinary),
        }
    }

    /// Whether `word`, folded, is a weekday or month: a proper noun that is no part of anybody's name.
    pub(crate) fn is_calendar(self, word: &str) -> bool {
        const CALENDAR: &str = "monday tuesday wednesday thursday friday saturday sunday \
            january february march april may june july august september october november december";
        CALENDAR.split_whitespace().any(|name| name == word)
    }

    /// Whether `word`, folded, is a common first name or family name in the United States, whose people bear names from everywhere
    /// (`jordan`, `lori`, `martin`).
    pub(crate) fn has_personal_name(self, word: &str) -> bool {
        PERSONAL_NAME_LINES.find(word.as_bytes()).is_some()
    }

    /// All common first and family names.
    pub(crate) fn personal_names(self) -> impl Iterator<Item = &'static str> {
        PERSONAL_NAMES.lines()
    }

    /// Whether `word`, folded, is an ordinary word or a proper noun.
    pub(crate) fn knows(self, word: &str) -> bool {
        self.has_word(word) || self.has_proper_noun(word)
    }
}

/// The class of a word of the table, its first letter as it is or turned into a capital.
fn class_of(word: &str, first: fn(&u8) -> u8) -> Option<&'static str> {
    let letters = word.as_bytes();
    if !letters.iter().all(u8::is_ascii_alphabetic) {
        return None;
    }
    let common = letters.len().min(COMMON_LETTERS);
    let mut head = [0; COMMON_LETTERS];
    head[..common].copy_from_slice(&letters[..common]);
    head[0] = first(letters.first()?);
    let (head, rest) = (&head[..common], &word[common..]);
    let line = WORD_LINES.find(head)?;
    let entries = line[common..].split_ascii_whitespace();
    entries
        .filter_map(|entry| entry.strip_prefix(rest))
        .find(|class| class.starts_with(|sign: char| sign.is_ascii_digit()))
}

/// The lines of a sorted list.
struct Lines {
    list: &'static str,
    /// Where each line starts, and after the last where one would.
    starts: Vec<u32>,
    /// Of what two letters begin with, the first line; and after the last how many lines there are.
    by_letters: Vec<u32>,
}

impl Lines {
    fn of(list: &'static str) -> Self {
        let (mut starts, mut by_letters) = (vec![0], Vec::with_capacity(BEGINNINGS + 1));
        for line in list.split_inclusive('\n') {
            by_letters.resize(by_letters.len().max(beginning(line.as_bytes()) + 1), starts.len() as u32 - 1);
            starts.push(starts[starts.len() - 1] + line.len() as u32);
        }
        by_letters.resize(BEGINNINGS + 1, starts.len() as u32 - 1);
        Self { list, starts, by_letters }
    }

    /// Binary search for the line whose first word is `head`.
    fn find(&self, head: &[u8]) -> Option<&'static str> {
        let line = |at: usize| self.list[self.starts[at] as usize..self.starts[at + 1] as usize].trim_ascii_end();
        let bounds = self.by_letters.get(beginning(head)..)?;
        let (mut low, mut high) = (*bounds.first()? as usize, *bounds.get(1)? as usize);
        while low < high {
            let middle = low + (high - low) / 2;
            let found = &self.list.as_bytes()[self.starts[middle] as usize..self.starts[middle + 1] as usize];
            let is_it = found.strip_prefix(head).is_some_and(|rest| matches!(rest, [] | [b' ' | b'\n', ..]));
            // What follows a line's first word sorts before all letters.
            match found.cmp(head) {
                _ if is_it => return Some(line(middle)),
                Ordering::Less => low = middle + 1,
                _ => high = middle,
            }
        }
        None
    }
}

/// How many beginnings [`beginning`] tells apart.
const BEGINNINGS: usize = 128 * 32;

/// A number for the first two bytes of a word; words in order have numbers in order.
fn beginning(word: &[u8]) -> usize {
    let second = word.get(1).map_or(0, |second| second.clamp(&b'`', &0x7f) - b'`');
    usize::from(word.first().map_or(0, |first| *first.min(&0x7f))) * 32 + usize::from(second)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of the table with their classes, read in the plainest way.
    fn words() -> impl Iterator<Item = (String, &'static str)> {
        let lines = WORDS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(' '));
        lines.flat_map(|(head, rests)| {
            rests.split(' ').map(move |rest| {
                let class = rest.trim_start_matches(|sign: char| sign.is_ascii_alphabetic());
                (format!("{head}{}", &rest[..rest.len() - class.len()]), class)
            })
        })
    }

    #[test]
    fn every_word_of_the_table_is_found_with_its_class() {
        assert!(words().count() > 50_000);
        for (word, class) in words() {
            assert!(matches!(class.as_bytes(), [b'0'..=b'9'] | [b'0'..=b'9', b'^']), "{word} {class}");
            assert_eq!(class_of(&word, u8::clone), Some(class), "{word}");
            let is_proper = word.starts_with(|letter: char| letter.is_ascii_uppercase());
            let folded = word.to_ascii_lowercase();
            assert!(if is_proper { Lexicon.has_proper_noun(&folded) } else { Lexicon.has_word(&folded) }, "{word}");
            assert!(Lexicon.frequency(&folded).is_some(), "{word}");
        }
    }

    #[test]
    fn tables_are_sorted_and_every_name_is_found() {
        let heads: Vec<&str> = WORDS.lines().filter_map(|line| line.split(' ').next()).collect();
        assert!(heads.is_sorted() && PERSONAL_NAMES.lines().is_sorted());
        assert!(heads.iter().all(|head| head.starts_with('#') || head.len() <= COMMON_LETTERS));
        assert!(PERSONAL_NAMES.lines().all(|name| Lexicon.has_personal_name(name)));
    }

    #[test]
    fn only_whole_words_are_found() {
        for word in [
            "",
            " ",
            "#",
            "^",
            "0",
            "the 9",
            "the9",
            "aban",
            "abandonn",
            "house6",
            "abando n5",
            "Ștefan",
            "ştefançart",
            "əəəəə",
        ] {
            assert_eq!(Lexicon.frequency(word), None, "{word}");
        }
    }

    #[test]
    fn common_words_are_commoner_than_rare_ones() {
        let zipf = |word| Lexicon.frequency(word).map(|frequency| frequency.zipf);
        for [common, less, rare] in [["the", "house", "sonnet"], ["president", "harbour", "zigzags"]] {
            assert!(
                zipf(common) > zipf(less) && zipf(less) > zipf(rare) && zipf(rare) >= Some(2.0),
                "{common} {less} {rare}"
            );
        }
        let is_capitalised = |word| Lexicon.frequency(word).is_some_and(|frequency| frequency.is_mostly_capitalised);
        for (name, word) in [("turkey", "house"), ("congress", "market"), ("friday", "village"), ("russian", "road")] {
            assert!(is_capitalised(name) && !is_capitalised(word), "{name} {word}");
        }
    }

    #[test]
    fn words_and_proper_nouns_are_kept_apart() {
        assert!(Lexicon.has_word("turkey") && Lexicon.has_word("us"));
        assert!(Lexicon.has_proper_noun("friday") && !Lexicon.has_word("friday"));
        assert!(!Lexicon.knows("stefancart") && !Lexicon.knows(""));
        assert!(Lexicon.has_personal_name("jordan") && Lexicon.has_personal_name("smith"));
        assert!(!Lexicon.has_personal_name("stepanakert") && !Lexicon.has_personal_name(""));
    }
}
