//! The writing system of a text: decides which spellings may replace which, and hints at the language.
//!
//! Scripts come from Unicode's own property through `unicode-script`; here they are only reduced to those that our
//! names are written in. Code blocks were rejected as a test: Azerbaijani `ə` sits in "IPA Extensions" and is Latin.

use unicode_script::{Script as UnicodeScript, UnicodeScript as _};

/// A writing system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Script {
    /// Latin, with all its extensions.
    Latin,
    /// Cyrillic.
    Cyrillic,
    /// Armenian.
    Armenian,
    /// Georgian.
    Georgian,
    /// Arabic, Persian included.
    Arabic,
    /// Greek.
    Greek,
    /// Hebrew.
    Hebrew,
    /// Any other script.
    Other,
}

impl Script {
    /// The script of one character, or `None` for digits, punctuation and marks, which belong to every script.
    pub fn of_char(c: char) -> Option<Self> {
        if c.is_ascii() {
            return c.is_ascii_alphabetic().then_some(Self::Latin);
        }
        match c.script() {
            UnicodeScript::Common | UnicodeScript::Inherited => None,
            UnicodeScript::Latin => Some(Self::Latin),
            UnicodeScript::Cyrillic => Some(Self::Cyrillic),
            UnicodeScript::Armenian => Some(Self::Armenian),
            UnicodeScript::Georgian => Some(Self::Georgian),
            UnicodeScript::Arabic => Some(Self::Arabic),
            UnicodeScript::Greek => Some(Self::Greek),
            UnicodeScript::Hebrew => Some(Self::Hebrew),
            _ => Some(Self::Other),
        }
    }

    /// The script of the first letter of `text`, or `None` if it has no letter.
    ///
    /// ```
    /// use toponorm::Script;
    ///
    /// assert_eq!(Script::of("18 Ստեփանակերտ"), Some(Script::Armenian));
    /// assert_eq!(Script::of("1994"), None);
    /// ```
    pub fn of(text: &str) -> Option<Self> {
        text.chars().find_map(Self::of_char)
    }

    /// Whether letters of two scripts stand in one text: in one name, a sign of look-alike letters.
    pub fn is_mixed(text: &str) -> bool {
        let mut scripts = text.chars().filter_map(Self::of_char);
        let first = scripts.next();
        scripts.any(|script| Some(script) != first)
    }

    /// The script's name in English.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Latin => "Latin",
            Self::Cyrillic => "Cyrillic",
            Self::Armenian => "Armenian",
            Self::Georgian => "Georgian",
            Self::Arabic => "Arabic",
            Self::Greek => "Greek",
            Self::Hebrew => "Hebrew",
            Self::Other => "other",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schwa_is_latin_and_its_cyrillic_twin_is_not() {
        assert_eq!(Script::of("ə"), Some(Script::Latin));
        assert_eq!(Script::of("ә"), Some(Script::Cyrillic));
        assert!(Script::is_mixed("Xankәndi"));
        assert!(!Script::is_mixed("Xankəndi’s 2"));
    }
}
