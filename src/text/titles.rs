//! Titles of office and forms of address that stand before names of people, in the languages in which news of the region is written.
//!
//! A title is no first name, though German writes it with a capital, and whoever is called one is a person. The table (`titles.tsv`) is one for all
//! languages: a family name in a language that was not told apart needs it most, and what is a title in one language is hardly a
//! first name in another.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::fold::fold;
use super::language::detect_language;
use super::words::Words;
use crate::lang::Lang;

const TABLE: &str = include_str!("titles.tsv");
/// The longest ending that a title takes: `министрами`, `Präsidentinnen`.
const MAX_ENDING_LETTERS: usize = 5;
/// A longer word, in bytes, is no title: every end of it would be looked up.
const MAX_LENGTH: usize = 64;
/// So many bytes of its paragraph on both sides of an `M.` tell whether it is French.
const WINDOW: usize = 400;

/// The table, folded.
#[derive(Default)]
struct Titles {
    whole: FxHashSet<String>,
    /// Titles that may have an ending.
    stems: FxHashSet<String>,
    /// Titles in which compounds end.
    heads: FxHashSet<String>,
    /// Titles in which compounds end, with an ending.
    head_stems: FxHashSet<String>,
    /// The length of the shortest of these heads, in bytes: shorter ends of a word need not be looked up.
    shortest_head: usize,
}

static TITLES: LazyLock<Titles> = LazyLock::new(|| {
    let mut titles = Titles::default();
    for (_, word) in words() {
        let (is_head, word) = word.strip_prefix('-').map_or((false, word), |word| (true, word));
        let (has_endings, word) = word.strip_suffix('-').map_or((false, word), |word| (true, word));
        let word: String = word.split('\u{200c}').map(fold).collect();
        match (is_head, has_endings) {
            (false, false) => &mut titles.whole,
            (false, true) => &mut titles.stems,
            (true, false) => &mut titles.heads,
            (true, true) => &mut titles.head_stems,
        }
        .insert(word);
    }
    titles.shortest_head = titles.heads.iter().chain(&titles.head_stems).map(String::len).min().unwrap_or_default();
    titles
});

/// The titles of the table as written there, with their languages.
fn words() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
    lines.flat_map(|(lang, titles)| titles.split(' ').map(move |title| (lang, title)))
}

/// Whether the word `at` is the `M.` that stands for monsieur, and no initial: in French.
pub(crate) fn is_monsieur(words: &Words<'_>, at: usize) -> bool {
    words.surface(at) == "M" && is_french_around(words, at)
}

fn is_french_around(words: &Words<'_>, at: usize) -> bool {
    let (text, span) = (words.text, words.list[at].span);
    let before = &text[text.floor_char_boundary(span.start.saturating_sub(WINDOW))..span.start];
    let after = &text[span.end..text.floor_char_boundary(span.end + WINDOW)];
    let before = before.rsplit("\n\n").next().unwrap_or_default();
    let after = after.split("\n\n").next().unwrap_or_default();
    detect_language(&[before, after].concat()).is_some_and(|lang: Lang| lang.language() == "fr")
}

/// Whether `word`, folded, is a title of office or a form of address.
pub(crate) fn is_title(word: &str) -> bool {
    if word.len() > MAX_LENGTH {
        return false;
    }
    let Titles { whole, stems, heads, head_stems, shortest_head } = &*TITLES;
    let beginnings = || word.char_indices().rev().take(MAX_ENDING_LETTERS).map(|(at, _)| &word[..at]).chain([word]);
    let ends_in = |word: &str, heads: &FxHashSet<String>| {
        let ends = word.char_indices().map(|(at, _)| &word[at..]);
        ends.take_while(|end| end.len() >= *shortest_head).any(|end| heads.contains(end))
    };
    whole.contains(word)
        || beginnings().any(|stem| stems.contains(stem))
        || ends_in(word, heads)
        || beginnings().any(|stem| ends_in(stem, head_stems))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lexicon;

    #[test]
    fn titles_of_many_languages_with_endings_and_in_compounds() {
        let titles = "Minister ministers Außenminister Ministerpräsidentin Regierungschefs prezydenta ministrem президентом министра \
            Президентът cumhurbaşkanı naziri վարչապետը პრეზიდენტმა miniszterelnök statsminister señora";
        for title in titles.split_whitespace() {
            assert!(is_title(&fold(title)), "{title}");
        }
        for word in ["", "m", "pasha", "Nikol", "Никол", "Reginald", "Hasmik", "Führung", "president-elected-by"]
        {
            assert!(!is_title(&fold(word)), "{word}");
        }
    }

    #[test]
    fn the_table_is_read_whole_and_titles_are_hardly_first_names() {
        let mut names = Vec::new();
        for (lang, title) in words() {
            assert!(lang.parse::<Lang>().is_ok() && !title.trim_matches('-').is_empty(), "{lang} {title}");
            let letters = title.trim_matches('-').chars().count();
            assert!(
                letters >= 4 || !title.starts_with('-') && !title.ends_with('-'),
                "{title} is too short for a part of a word"
            );
            names.extend(Lexicon.has_personal_name(&fold(title)).then_some(title));
        }
        names.sort_unstable();
        names.dedup();
        // Names now and then, and before a family name nearly always the title.
        assert_eq!(names, ["chancellor", "coronel", "herr", "king", "major", "prince", "queen"]);
    }

    #[test]
    fn monsieur_is_french() {
        let is_it = |text: &str| is_monsieur(&Words::new(text), text.split(' ').position(|word| word == "M.").unwrap());
        assert!(is_it("Le président de la République a reçu M. Dupont à son retour de la capitale"));
        assert!(!is_it("The president of the republic has received M. Dupont after his return from the capital"));
    }
}
