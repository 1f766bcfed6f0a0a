//! Which scheme a text is for, where nobody names one: by script, and by the letters that only one language has.

use unicode_script::{Script, UnicodeScript as _};

use super::Scheme;

/// Letters that tell a language among those of a script, the surest first.
const CYRILLIC: [(&str, Scheme); 5] = [
    ("ҝҹ", Scheme::AzCyrlLatn),
    ("ђћ", Scheme::SrCyrlLatn),
    ("ѓќѕ", Scheme::MkBgnPcgn2013),
    ("љњџ", Scheme::SrCyrlLatn),
    ("іїєґ", Scheme::UkKmu552010),
];

impl Scheme {
    /// The scheme for text that no scheme is named for: what newspapers print for Armenian and Georgian, a standard for Cyrillic and
    /// Arabic script, [`Scheme::AnyAscii`] for other scripts, and none if all letters are Latin.
    ///
    /// Cyrillic is taken for Russian and Arabic script for Arabic, unless letters of another language are seen.
    ///
    /// ```
    /// use toponorm::Scheme;
    ///
    /// assert_eq!(Scheme::suggest("Гянджа"), Some(Scheme::RuBgnPcgn1947));
    /// assert_eq!(Scheme::suggest("Київ"), Some(Scheme::UkKmu552010));
    /// assert_eq!(Scheme::suggest("Αθήνα"), Some(Scheme::AnyAscii));
    /// assert_eq!(Scheme::suggest("Şuşa"), None);
    /// ```
    pub fn suggest(text: &str) -> Option<Self> {
        let is_foreign =
            |c: &char| c.is_alphabetic() && !matches!(c.script(), Script::Latin | Script::Common | Script::Inherited);
        let first = text.chars().find(is_foreign)?;
        let has_any = |letters: &str| text.chars().flat_map(char::to_lowercase).any(|c| letters.contains(c));
        Some(match first.script() {
            Script::Armenian => Self::HyNewspaper,
            Script::Georgian => Self::KaNewspaper,
            Script::Arabic if has_any("پچژگکی") => Self::FaBgnPcgn1958,
            Script::Arabic => Self::ArUn2017,
            Script::Cyrillic => {
                CYRILLIC.iter().find(|(letters, _)| has_any(letters)).map_or(Self::RuBgnPcgn1947, |(_, scheme)| *scheme)
            }
            _ => Self::AnyAscii,
        })
    }
}
