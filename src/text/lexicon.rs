//! Ordinary English words and proper nouns, and common names of people: a known word is no misspelt place.
//!
//! `english.txt` is a subset of SCOWL (Spell Checker Oriented Word Lists) 2020.12.07 by Kevin Atkinson: its English,
//! American and British words up to size 40, and its proper nouns (with capitals) up to size 50, letters a–z only; its
//! permission notice is in `src/text/english.LICENSE`. The list is sorted, so it is searched where it lies: a hash set of
//! 55,000 words would cost every start of the program some milliseconds and two megabytes.

const LIST: &str = include_str!("english.txt");

/// Folded first names and family names; see `personal_names.LICENSE`.
const PERSONAL_NAMES: &str = include_str!("personal_names.txt");

/// The English lexicon.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lexicon;

impl Lexicon {
    /// Whether `word`, in lower case without diacritics, is an ordinary English word (`turkey`, `male`, `us`).
    pub(crate) fn has_word(self, word: &str) -> bool {
        has_line(LIST, word)
    }

    /// Whether `word`, folded, is a proper noun of English (`Barbara`, `Friday`), a place or a person alike.
    pub(crate) fn has_proper_noun(self, word: &str) -> bool {
        let mut chars = word.chars();
        let Some(first) = chars.next() else {
            return false;
        };
        has_line(LIST, &format!("{}{}", first.to_ascii_uppercase(), chars.as_str()))
    }

    /// Whether `word`, folded, is a weekday or month: a proper noun that is no part of anybody's name.
    pub(crate) fn is_calendar(self, word: &str) -> bool {
        const CALENDAR: &str = "monday tuesday wednesday thursday friday saturday sunday \
            january february march april may june july august september october november december";
        CALENDAR.split_whitespace().any(|name| name == word)
    }

    /// Whether `word`, folded, is a title of office or a form of address that stands before names.
    pub(crate) fn is_title(self, word: &str) -> bool {
        const TITLES: &str = "president premier minister secretary chancellor ambassador senator governor commissioner speaker \
            envoy king prince general gen colonel col major maj captain capt lieutenant lt mr mrs ms dr sir pm fm";
        TITLES.split_whitespace().any(|title| title == word)
    }

    /// Whether `word`, folded, is a common first name or family name in the United States, whose people bear names from everywhere
    /// (`jordan`, `lori`, `martin`).
    pub(crate) fn has_personal_name(self, word: &str) -> bool {
        has_line(PERSONAL_NAMES, word)
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

/// Binary search for a whole line of a sorted list.
fn has_line(list: &str, wanted: &str) -> bool {
    let (mut low, mut high) = (0, list.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let start = list[..middle].rfind('\n').map_or(0, |at| at + 1);
        let end = list[start..].find('\n').map_or(list.len(), |at| start + at);
        match list[start..end].cmp(wanted) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_found_and_the_list_is_sorted() {
        for list in [LIST, PERSONAL_NAMES] {
            let lines: Vec<&str> = list.lines().collect();
            assert!(lines.is_sorted());
            assert!(lines.iter().all(|line| has_line(list, line)));
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
