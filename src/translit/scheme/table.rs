//! What a scheme consists of: context rules, letters, and how its letters change case.

/// A scheme.
pub(super) struct Table {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    pub(super) standard: &'static str,
    /// Tried in order before the letters; the first that fits is taken.
    pub(super) rules: &'static [Rule],
    /// A small letter of the alphabet, and what it becomes where no rule fits. In NFC, as `rules` are.
    pub(super) letters: &'static [(char, &'static str)],
    pub(super) dotted_i: DottedI,
    pub(super) reversal: Reversal,
}

/// Whether the romanisation can be read backwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reversal {
    No,
    /// Yes: no two texts written in `letters` have the same romanisation, but for these sequences, which come back as another letter.
    /// A rule that reads letters which are not of the alphabet doesn't come back.
    ButFor(&'static [&'static str]),
}

/// In a context, some letters become something.
pub(super) struct Rule(pub(super) &'static str, pub(super) &'static str, pub(super) When);

/// The context of a rule. A word goes on over marks and apostrophes inside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    /// Everywhere.
    Always,
    /// At the beginning of a word.
    Initially,
    /// At the beginning of a word, and after one of these letters.
    InitiallyOrAfter(&'static str),
    /// As a word of its own.
    Alone,
    /// At the end of a word.
    Finally,
    /// After one of these letters.
    After(&'static str),
    /// Before one of these letters.
    Before(&'static str),
    /// After one of these letters and before one of those.
    Between(&'static str, &'static str),
}

/// On which side `i` and `ı` are two letters, with the capitals `İ` and `I`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DottedI {
    /// On neither.
    No,
    /// In the text to be romanised.
    InSource,
    /// In the romanisation.
    InRoman,
}

impl DottedI {
    /// The small letter of a letter of the text to be romanised.
    pub(super) fn lower(self, c: char) -> char {
        match (self, c) {
            (Self::InSource, 'I') => 'ı',
            (_, 'İ') => 'i',
            _ => single(c, c.to_lowercase()),
        }
    }
}

impl Table {
    /// The capitals of some letters of the romanisation.
    pub(super) fn roman_upper(&self, roman: &str) -> String {
        let dotted = self.dotted_i == DottedI::InRoman;
        roman.chars().map(|c| if dotted && c == 'i' { "İ".to_owned() } else { c.to_uppercase().collect() }).collect()
    }

    /// Some letters of the romanisation, the first of each word a capital: the Arabic article is a word.
    pub(super) fn roman_title(&self, roman: &str) -> String {
        let title = |word: &str| {
            let first = word.chars().next().map_or(0, char::len_utf8);
            self.roman_upper(&word[..first]) + &word[first..]
        };
        roman.split(' ').map(title).collect::<Vec<_>>().join(" ")
    }
}

/// The one character that `mapped` yields, or `c` if there are several.
fn single(c: char, mut mapped: impl Iterator<Item = char>) -> char {
    match (mapped.next(), mapped.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}
