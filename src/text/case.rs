//! Letter case: what it tells of a word, and how a replacement takes it over.

use super::letters::is_alphabetic;
use crate::lang::Lang;

/// The letter case of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// `karabakh`
    Lower,
    /// `Karabakh`, `McDonald`: a capital first, and small letters.
    Title,
    /// `KARABAKH`: two or more letters, all capital.
    Upper,
    /// Scripts without case, and digits.
    Caseless,
}

impl Shape {
    /// The shape of `word`.
    pub(crate) fn of(word: &str) -> Self {
        // Most words of any text.
        if word.as_bytes().first().is_some_and(u8::is_ascii_lowercase) {
            return Self::Lower;
        }
        let mut letters = word.chars().filter(|&c| is_alphabetic(c));
        let Some(first) = letters.next() else {
            return Self::Caseless;
        };
        if !first.is_uppercase() {
            let has_case = first.is_lowercase() && !is_unicameral(first);
            return if has_case { Self::Lower } else { Self::Caseless };
        }
        let mut rest = letters.peekable();
        if rest.peek().is_some() && rest.all(char::is_uppercase) { Self::Upper } else { Self::Title }
    }

    /// Whether a word of this shape can be a name by its case: it starts with a capital, or its script has none.
    pub(crate) fn is_name_like(self) -> bool {
        self != Self::Lower
    }
}

/// Georgian Mkhedruli counts as lower case in Unicode, but everyday Georgian has no capitals.
fn is_unicameral(c: char) -> bool {
    matches!(c, 'ა'..='ჿ')
}

/// `replacement` in the case of the surface that it replaces: capitals for capitals, small letters for small letters.
pub(crate) fn copy_case(surface: &str, replacement: &str, lang: Lang) -> String {
    match Shape::of(surface) {
        Shape::Upper => replacement.chars().flat_map(|c| upper(c, lang)).collect(),
        Shape::Lower => replacement.to_lowercase(),
        Shape::Title | Shape::Caseless => replacement.to_owned(),
    }
}

fn upper(c: char, lang: Lang) -> Vec<char> {
    match c {
        'i' if lang.has_dotless_i() => vec!['İ'],
        c => c.to_uppercase().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        for (word, shape) in [
            ("karabakh", Shape::Lower),
            ("Karabakh", Shape::Title),
            ("KARABAKH", Shape::Upper),
            ("US", Shape::Upper),
            ("U", Shape::Title),
            ("Ստեփանակերտ", Shape::Title),
            ("სტეფანაკერტი", Shape::Caseless),
            ("شوشا", Shape::Caseless),
            ("1994", Shape::Caseless),
        ] {
            assert_eq!(Shape::of(word), shape, "{word}");
        }
    }

    #[test]
    fn case_follows_the_surface() {
        let azerbaijani = "az".parse().unwrap();
        assert_eq!(copy_case("STEFANCART", "Stepanakert", Lang::ENGLISH), "STEPANAKERT");
        assert_eq!(copy_case("XANKENDI", "Xankəndi", azerbaijani), "XANKƏNDİ");
        assert_eq!(copy_case("stefancart", "Stepanakert", Lang::ENGLISH), "stepanakert");
    }
}
