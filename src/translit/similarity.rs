//! How alike two spellings are: the one place where fuzzy matching is scored.
//!
//! The measure is the optimal string alignment distance (insertions, deletions, substitutions and swaps of neighbours
//! count one) over the length of the longer spelling, on folded keys. It knows nothing of romanisation: `sh` against `š`
//! is already equal by folding or two edits away. A weighted distance over phoneme readings will take this function's
//! place; nothing else looks at letters.

use any_ascii::any_ascii;

/// Similarity of two folded spellings, from 0 (nothing in common) to 1 (equal).
pub(crate) fn similarity(one: &str, other: &str) -> f64 {
    let longer = one.chars().count().max(other.chars().count());
    if longer == 0 {
        return 1.0;
    }
    1.0 - strsim::osa_distance(one, other) as f64 / longer as f64
}

/// Similarity of two folded first names, from 0 to 1, in which the beginning counts most: translators put their own language's
/// form of a first name (Jaro–Winkler; Nicholas/Nikol 0.81, Sergio/Sergey 0.84, Jill/Joe 0.58).
pub(crate) fn first_name_similarity(one: &str, other: &str) -> f64 {
    strsim::jaro_winkler(one, other)
}

/// A folded spelling in ASCII letters, whatever its script, so that spellings of two scripts can be compared at all.
///
/// The romanisation is `any_ascii`'s, one fixed reading a letter: a last resort until the schemes of the languages stand here.
pub(crate) fn ascii_key(folded: &str) -> String {
    let romanised = any_ascii(folded);
    let letters = romanised.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|c| c.to_ascii_lowercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn similarity_counts_edits_by_length() {
        assert_eq!(similarity("karabakh", "karabakh"), 1.0);
        assert_eq!(similarity("karbakh", "karabakh"), 0.875);
        assert_eq!(similarity("", ""), 1.0);
        assert_eq!(similarity("abc", ""), 0.0);
    }

    #[test]
    fn first_names_are_alike_from_the_beginning() {
        assert!(first_name_similarity("nicholas", "nikol") > 0.75);
        assert!(first_name_similarity("jill", "joe") < 0.75);
        assert!(first_name_similarity("hasmik", "nikol") < 0.75);
    }

    #[test]
    fn other_scripts_get_ascii_keys() {
        assert_eq!(ascii_key("степанакерт"), "stepanakert");
        assert_eq!(ascii_key("тбилиси"), "tbilisi");
    }
}
