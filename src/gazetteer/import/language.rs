//! Languages as sources tag them, and which are spoken where.
//!
//! Whether a spelling is a place's own (`native`) or another language's word for it (`exonym`) decides whether it may be replaced; sources don't
//! say it, but a country's languages do.

use crate::lang::Lang;
use crate::script::Script;

/// What a source's tag stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// A language, or undetermined where the tag is blank.
    Lang(Lang),
    /// A romanisation, in the language's tag for Latin letters.
    Romanised(Lang),
    /// Something that is no language: a code, a link, a postal number.
    Other,
}

const TABLE: &str = include_str!("languages.tsv");
const COUNTRIES: &str = include_str!("countries.tsv");

/// Reads a tag of GeoNames, Who's On First or OpenStreetMap: two or three letters, with script or region after `-` or `_`.
pub(super) fn tag(text: &str) -> Tag {
    if text.is_empty() {
        return Tag::Lang(Lang::UNDETERMINED);
    }
    if text == "piny" {
        return "zh-Latn".parse().map_or(Tag::Other, Tag::Romanised);
    }
    let (language, rest) = text.find(['-', '_']).map_or((text, ""), |at| text.split_at(at));
    let language = language.to_ascii_lowercase();
    let short = if language.len() == 3 { two_letters(&language).unwrap_or(&language) } else { &language };
    let whole = format!("{short}{}", rest.replace('_', "-"));
    whole.parse().map_or(Tag::Other, Tag::Lang)
}

fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

fn two_letters(three: &str) -> Option<&'static str> {
    rows(TABLE).find(|(long, _)| *long == three).map(|(_, short)| short)
}

/// The languages of a country, the most spoken first; `None` if no country has the code.
pub(super) fn languages_of(country: &str) -> Option<&'static str> {
    countries().find(|[code, ..]| *code == country).map(|[_, _, languages]| languages)
}

/// The code of the country that a Wikidata item is.
pub(super) fn country_of(item: &str) -> Option<&'static str> {
    countries().find(|[_, known, _]| *known == item).map(|[code, ..]| code)
}

fn countries() -> impl Iterator<Item = [&'static str; 3]> {
    rows(COUNTRIES).filter_map(|(code, rest)| rest.split_once('\t').map(|(item, languages)| [code, item, languages]))
}

/// Whether a language, in whatever script, is one of those that [`languages_of`] lists.
pub(super) fn is_among(languages: &str, lang: Lang) -> bool {
    languages.split(' ').any(|known| known == lang.language())
}

/// The first of a country's languages that is usually written in a script.
pub(super) fn first_in_script(languages: &str, script: Script) -> Option<Lang> {
    languages.split(' ').filter_map(|tag| tag.parse().ok()).find(|&lang| written_in(lang) == script)
}

/// The script of a language, as far as it decides what a name in a source's main column is.
pub(super) fn written_in(lang: Lang) -> Script {
    if let Some(script) = crate::gazetteer::check::usual_script(lang) {
        return script;
    }
    match lang.as_str() {
        "sr" | "ky" | "tg" | "mn" | "ba" | "tt" | "ce" => Script::Cyrillic,
        "ps" | "ur" | "ku" | "ckb" | "sd" | "ug" | "pa" | "ks" => Script::Arabic,
        "hi" | "bn" | "ta" | "te" | "ml" | "mr" | "ne" | "si" | "th" | "lo" | "km" | "my" | "dz" | "am" | "ti"
        | "zh" | "ja" | "ko" | "yue" | "dv" | "bo" | "gu" | "kn" | "or" | "as" => Script::Other,
        "hyw" => Script::Armenian,
        "yi" => Script::Hebrew,
        _ => Script::Latin,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_all_sources_are_read() {
        for (text, expected) in [
            ("hy", "hy"),
            ("eng", "en"),
            ("ger", "de"),
            ("deu", "de"),
            ("zho", "zh"),
            ("ceb", "ceb"),
            ("zh_min_nan", "zh-min-nan"),
            ("sr-Latn", "sr-Latn"),
            ("zh-Hant", "zh-Hant"),
            ("", "und"),
        ] {
            assert_eq!(tag(text), Tag::Lang(expected.parse().expect("a tag")), "{text}");
        }
        assert!(matches!(tag("piny"), Tag::Romanised(_)));
        for text in ["post", "iata", "link", "wkdt", "unlc", "fr_1793x_verylongindeed"] {
            assert_eq!(tag(text), Tag::Other, "{text}");
        }
    }

    #[test]
    fn countries_know_their_languages() {
        let ukraine = languages_of("UA").expect("a country");
        assert!(is_among(ukraine, "uk".parse().expect("a tag")) && !is_among(ukraine, "sv".parse().expect("a tag")));
        assert_eq!(first_in_script(ukraine, Script::Cyrillic).map(|lang| lang.to_string()).as_deref(), Some("uk"));
        assert_eq!(languages_of("XX"), None);
    }
}
