//! Endings of names: what a language puts after a name, or in place of its last letters (`endings.tsv`).
//!
//! Works on folded words, as everything that looks names up does, so a table line holds whatever diacritics the text leaves out. A word is
//! taken apart by its last letters, the longest ending first; whether what is left is a name is for the caller to say. A stemmer
//! (Snowball) was rejected: it gives one stem, cut for a search engine, and never the nominative that a gazetteer lists.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::fold::fold;
use crate::lang::Lang;

const TABLE: &str = include_str!("endings.tsv");
/// A shorter stem is one of too many words.
const MIN_STEM_LETTERS: usize = 2;
/// A shorter word is no name whose ending has gone: `Катовиц`.
const MIN_BARE_LETTERS: usize = 5;
/// A shorter word takes no endings, not even as a part of a name: `Саду` may be of Сад, `Ешу` of nothing.
const MIN_NAME_LETTERS: usize = 3;

/// What an ending makes of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum EndingKind {
    /// The name in another case or number.
    Case,
    /// An adjective: `Шушинский`.
    Adjective,
}

/// An ending of a language.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct Ending {
    pub(crate) lang: Lang,
    pub(crate) kind: EndingKind,
    /// The folded letters at the end of the word.
    pub(crate) letters: String,
    /// The folded letters that the nominative has there.
    pub(crate) nominative: String,
    /// The same as written.
    written: &'static str,
}

impl Ending {
    /// The name that `word`, folded and with this ending, is a form of, appended to `name`.
    pub(crate) fn push_name(&self, word: &str, name: &mut String) {
        name.push_str(word.strip_suffix(self.letters.as_str()).unwrap_or(word));
        name.push_str(&self.nominative);
    }

    /// The name as written, appended to `name`, if `word`, not folded, has this ending.
    pub(crate) fn push_written_name(&self, word: &str, name: &mut String) {
        let kept = word.chars().count().saturating_sub(self.letters.chars().count());
        name.extend(word.chars().take(kept));
        name.push_str(self.written);
    }

    /// For people to read: `-е (Russian ending)`.
    pub(crate) fn describe(&self) -> String {
        let letters = if self.letters.is_empty() { "no ending" } else { self.letters.as_str() };
        format!("-{letters} ({} ending)", language_name(self.lang))
    }
}

/// The endings that `word`, folded, may have, the longest first.
pub(crate) fn endings_of(word: &str) -> impl Iterator<Item = &'static Ending> {
    let table = table();
    let mut starts = [0; MAX_LETTERS + 1];
    let (mut count, letters) = (0, word.chars().count());
    for (at, _) in word.char_indices().rev().take(MAX_LETTERS) {
        starts[count] = at;
        count += 1;
    }
    let tails =
        (0..=count).rev().map(move |length| (length, length.checked_sub(1).map_or(word.len(), |at| starts[at])));
    let least = |length: usize| if length == 0 { MIN_BARE_LETTERS } else { length + MIN_STEM_LETTERS };
    tails.filter(move |(length, _)| letters >= least(*length)).flat_map(move |(length, start)| {
        let endings = table.get(&word[start..]).map_or(&[][..], Vec::as_slice);
        endings.iter().filter(move |ending| letters - length + ending.nominative.chars().count() >= MIN_NAME_LETTERS)
    })
}

/// The ending that makes `word` of `name`, both folded.
pub(crate) fn ending_between(word: &str, name: &str) -> Option<&'static Ending> {
    let is_it = |ending: &&Ending| {
        let stem = word.len() - ending.letters.len();
        name.strip_prefix(&word[..stem]) == Some(ending.nominative.as_str())
    };
    endings_of(word).find(is_it)
}

/// Letters of the longest ending.
const MAX_LETTERS: usize = 12;

fn table() -> &'static FxHashMap<String, Vec<Ending>> {
    static ENDINGS: OnceLock<FxHashMap<String, Vec<Ending>>> = OnceLock::new();
    ENDINGS.get_or_init(|| {
        let mut endings: FxHashMap<String, Vec<Ending>> = FxHashMap::default();
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            for ending in read_line(line).into_iter().flatten() {
                let same = endings.entry(ending.letters.clone()).or_default();
                if !same.contains(&ending) {
                    same.push(ending);
                }
            }
        }
        endings
    })
}

/// The endings of a line of the table; `None` if it is none, which a test rules out.
fn read_line(line: &'static str) -> Option<Vec<Ending>> {
    let [lang, kind, nominatives, middles, letters] = line.split('\t').collect::<Vec<_>>().try_into().ok()?;
    let lang = lang.parse().ok()?;
    let kind = match kind {
        "case" => EndingKind::Case,
        "adjective" => EndingKind::Adjective,
        _ => return None,
    };
    let mut endings = Vec::new();
    for (nominative, middle) in nominatives.split(',').flat_map(|one| middles.split(',').map(move |other| (one, other)))
    {
        for last in letters.split(' ') {
            let letters = fold(&[middle, last].map(without_dash).concat());
            let written = without_dash(nominative);
            let nominative = fold(written);
            if letters != nominative {
                endings.push(Ending { lang, kind, letters, nominative, written });
            }
        }
    }
    Some(endings)
}

fn without_dash(cell: &str) -> &str {
    if cell == "-" { "" } else { cell }
}

fn language_name(lang: Lang) -> &'static str {
    match lang.language() {
        "az" => "Azerbaijani",
        "bg" => "Bulgarian",
        "cs" => "Czech",
        "de" => "German",
        "hr" => "Croatian",
        "hy" => "Armenian",
        "ka" => "Georgian",
        "lt" => "Lithuanian",
        "lv" => "Latvian",
        "mk" => "Macedonian",
        "pl" => "Polish",
        "ru" => "Russian",
        "sk" => "Slovak",
        "sl" => "Slovene",
        "sr" => "Serbian",
        "tr" => "Turkish",
        "uk" => "Ukrainian",
        _ => "unknown",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(word: &str) -> Vec<String> {
        let word = fold(word);
        let name = |ending: &Ending| {
            let mut name = String::new();
            ending.push_name(&word, &mut name);
            name
        };
        endings_of(&word).map(name).collect()
    }

    #[test]
    fn every_line_is_read_and_has_a_language_with_a_name() {
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let endings = read_line(line).unwrap_or_else(|| panic!("{line}"));
            assert!(endings.iter().all(|ending| language_name(ending.lang) != "unknown"), "{line}");
            assert!(endings.iter().all(|ending| ending.letters.chars().count() <= MAX_LETTERS), "{line}");
        }
    }

    #[test]
    fn the_name_is_among_the_stems() {
        for (word, name) in [
            ("Степанакерте", "Степанакерт"),
            ("Москвы", "Москва"),
            ("Губадлинському", "Губадли"),
            ("Харкові", "Харків"),
            ("Карабаха", "Карабах"),
            ("Karabahu", "Karabah"),
            ("Warszawie", "Warszawa"),
            ("Şuşada", "Şuşa"),
            ("Xankəndinin", "Xankəndi"),
            ("Ermenistan’daki".replace('’', "").as_str(), "Ermenistan"),
            ("Երևանում", "Երևան"),
            ("თბილისში", "თბილისი"),
            ("Vilniuje", "Vilnius"),
        ] {
            assert!(names(word).contains(&fold(name)), "{word}: {:?}", names(word));
            assert!(ending_between(&fold(word), &fold(name)).is_some(), "{word}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_word_can_be_taken_apart(word in "\\PC{0,12}") {
            for ending in endings_of(&word) {
                proptest::prop_assert!(word.ends_with(&ending.letters));
            }
        }
    }
}
