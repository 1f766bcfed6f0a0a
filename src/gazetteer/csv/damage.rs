//! Text that went through a wrong encoding: `Ã¼` for `ü`, `Ð\u{9d}Ð°` for `На`, question marks for letters.
//!
//! The test is exact: if the text, written in a one-byte encoding, is UTF-8 of something else, it was read in that encoding. No
//! word of any language comes out so by chance. Lists of suspicious pairs of letters were rejected: they know the damage done
//! to French only.

use encoding_rs::{Encoding, WINDOWS_1251, WINDOWS_1252};

use crate::script::Script;

/// What the text was before UTF-8 was taken for another encoding.
pub(crate) fn misread(text: &str) -> Option<String> {
    if text.is_ascii() {
        return None;
    }
    let right: Vec<String> =
        text.split(' ').map(|word| misread_word(word).unwrap_or_else(|| word.to_owned())).collect();
    let right = right.join(" ");
    (right != text).then_some(right)
}

fn misread_word(word: &str) -> Option<String> {
    if word.is_ascii() {
        return None;
    }
    // One pair of Cyrillic letters may be UTF-8 of a rare letter by chance (`Сі`, a name); two in a row are not. Nor is a word of two scripts
    // anything that was written: `Úžice` would be an Arabic letter and `ice`.
    [(WINDOWS_1252, 1), (WINDOWS_1251, 2)].into_iter().find_map(|(encoding, least)| {
        let right = String::from_utf8(encoded(word, encoding)?).ok()?;
        let is_enough = right.chars().filter(|c| !c.is_ascii()).count() >= least;
        (is_enough && !Script::is_mixed(&right)).then_some(right)
    })
}

/// The word's bytes, `None` if the encoding lacks one of its characters.
fn encoded(word: &str, encoding: &'static Encoding) -> Option<Vec<u8>> {
    let (bytes, _, has_unmappable) = encoding.encode(word);
    (!has_unmappable).then(|| bytes.into_owned())
}

/// Whether a question mark stands between two letters.
pub(crate) fn is_question_inside(text: &str) -> bool {
    text.char_indices().filter(|&(_, c)| c == '?').any(|(at, _)| {
        let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() || c == '?');
        is_letter(text[..at].chars().next_back()) && is_letter(text[at + 1..].chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn damage_is_found_and_what_it_was() {
        for right in ["Баку", "Düsseldorf", "Xankəndi", "Ստեփանակերտ", "Pašinjan"] {
            let (damaged, _) = WINDOWS_1252.decode_without_bom_handling(right.as_bytes());
            assert_eq!(misread(&damaged).as_deref(), Some(right), "{damaged}");
        }
        for right in ["Баку", "Şuşa", "Ստեփանակերտ"] {
            let (damaged, _) = WINDOWS_1251.decode_without_bom_handling(right.as_bytes());
            assert_eq!(misread(&damaged).as_deref(), Some(right), "{damaged}");
        }
    }

    #[test]
    fn no_right_name_is_taken_for_damaged() {
        let names = "Баку Düsseldorf São Tomé Șișcani Œuvre Ñuñoa Ðà Nẵng İçərişəhər Ростов Сі Úžice";
        for right in names.split(' ') {
            assert_eq!(misread(right), None, "{right}");
        }
        assert!(is_question_inside("Xank?ndi") && is_question_inside("B??ku"));
        assert!(!is_question_inside("Baku?") && !is_question_inside("? Baku"));
    }
}
