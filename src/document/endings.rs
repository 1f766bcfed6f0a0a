//! A wrong spelling with an ending: the right spelling takes the same ending, if it ends as the wrong one does.
//!
//! `Karabaghu` is `Karabah` + `u` in Slovene, since both stems end in a consonant that changes nothing. Where the last letters differ
//! (or, in Turkic languages, the last vowel, which the ending's follows) the ending might be another one, and nothing is written.

use crate::gazetteer::Rewrite;
use crate::gazetteer::compiled::Layers;
use crate::lang::Lang;
use crate::matcher::Candidate;
use crate::text::{EndingKind, copy_case, ending_between, fold, words};

/// What becomes of a surface with an ending.
#[derive(Debug)]
pub(super) enum Ending {
    /// It is right, or not ours to correct.
    Right,
    /// It is wrong, and the right one's ending is unsure.
    Unsure,
    Written(String),
}

/// The preferred spelling with the surface's endings.
pub(super) fn with_endings(
    candidate: &Candidate,
    layers: &Layers,
    surface: &str,
    preferred: &str,
    lang: Lang,
) -> Ending {
    let listed = candidate.at.spelling(layers);
    let lower = listed.text().to_lowercase();
    let mut spellings = candidate.at.entry(layers).spellings();
    let is_right = spellings.any(|known| known.is_right_in(lang) && known.text().to_lowercase() == lower);
    if is_right || listed.effective_rewrite() != Rewrite::Auto {
        return Ending::Right;
    }
    // Given and family name may need different endings.
    let written = candidate.parts.is_none().then(|| each_word(surface, (listed.text(), preferred), lang)).flatten();
    written.map_or(Ending::Unsure, |written| if written == surface { Ending::Right } else { Ending::Written(written) })
}

/// The right name's words with the endings that the surface gives the wrong name's.
fn each_word(surface: &str, (wrong, right): (&str, &str), lang: Lang) -> Option<String> {
    let (old, wrong_words, right_words) = (words(surface), words(wrong), words(right));
    if old.len() != wrong_words.len() || old.len() != right_words.len() {
        return None;
    }
    let mut written = String::with_capacity(right.len() + surface.len());
    let mut at = 0;
    for ((old, wrong_word), right_word) in old.iter().zip(&wrong_words).zip(&right_words) {
        let word = &surface[old.span.range()];
        written.push_str(&surface[at..old.span.start]);
        let right = word_with_ending(word, &wrong[wrong_word.span.range()], &right[right_word.span.range()], lang)?;
        written.push_str(&copy_case(word, &right, lang));
        at = old.span.end;
    }
    written.push_str(&surface[at..]);
    Some(written)
}

/// The right word with the ending that makes `word` of the wrong one.
fn word_with_ending(word: &str, wrong: &str, right: &str, lang: Lang) -> Option<String> {
    let (folded, wrong_folded) = (fold(word), fold(wrong));
    if folded == wrong_folded {
        return Some(right.to_owned());
    }
    let ending = ending_between(&folded, &wrong_folded).filter(|ending| ending.kind == EndingKind::Case)?;
    let cut = |text: &str, letters: usize| {
        let count = text.chars().count().checked_sub(letters)?;
        Some(text.char_indices().nth(count).map_or(text.len(), |(at, _)| at))
    };
    let (nominative, letters) = (ending.nominative.chars().count(), ending.letters.chars().count());
    let stem = &right[..cut(right, nominative)?];
    let tail = &word[cut(word, letters)?..];
    let wrong_stem = &wrong[..cut(wrong, nominative)?];
    let is_same_nominative = fold(&right[stem.len()..]) == ending.nominative && fold(tail) == ending.letters;
    let is_built_alike = last(wrong_stem, |_| true) == last(stem, |_| true);
    let has_harmony = !matches!(lang.language(), "az" | "tr") || last(wrong_stem, is_vowel) == last(stem, is_vowel);
    (is_same_nominative && is_built_alike && has_harmony).then(|| format!("{stem}{tail}"))
}

fn last(text: &str, is_wanted: impl Fn(char) -> bool) -> Option<char> {
    text.chars().rev().flat_map(char::to_lowercase).find(|&c| is_wanted(c))
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'ə' | 'ı' | 'i' | 'o' | 'ö' | 'u' | 'ü')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_stays_where_the_right_spelling_takes_it() {
        for (lang, word, wrong, right, written) in [
            ("sl", "Karabachu", "Karabach", "Karabah", Some("Karabahu")),
            ("sl", "Jerevanu", "Jerevan", "Jerevan", Some("Jerevanu")),
            ("ru", "Степанокерте", "Степанокерт", "Степанакерт", Some("Степанакерте")),
            ("az", "Xocavenddə", "Xocavend", "Xocavənd", None),
            ("az", "Karabağda", "Karabağ", "Qarabağ", Some("Qarabağda")),
            ("ru", "Шуше", "Шуша", "Шуши", None),
        ] {
            let found = word_with_ending(word, wrong, right, lang.parse().unwrap());
            assert_eq!(found.as_deref(), written, "{word}");
        }
    }
}
