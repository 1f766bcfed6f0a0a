//! The language of a paragraph, so that a correction is written in the language that the text is in.
//!
//! `whatlang` counts letter trigrams (of Latin ones we do, with its tables: `latin_languages`), which is dependable from some ten words up. Headings and single sentences full of
//! foreign names are shorter than that and come out as Latvian or Danish; there the share of ordinary English words
//! among the small-letter words decides. Neither sure: `None`, and nothing is rewritten.

use super::latin_languages;
use super::lexicon::Lexicon;
use super::{Shape, fold, words};
use crate::lang::Lang;
use crate::script::Script;
use crate::span::Span;

/// Below this confidence `whatlang`'s answer on a short text is as often wrong as right (tried on headings in English,
/// German, French, Slovene and Azerbaijani).
const MIN_CONFIDENCE: f64 = 0.45;
/// Above this `whatlang` calls its answer reliable.
const RELIABLE: f64 = 0.9;
/// Share of small-letter words found in the English lexicon from which a text is English: running English has over 0.9,
/// Dutch, German and Slovene under 0.5.
const MIN_ENGLISH_SHARE: f64 = 0.75;

/// The language of a part of a text, if it can be told without the names in it: names are no evidence of the language
/// around them, and correcting one must not change the language of the rest. `names` are in order and do not overlap.
pub(crate) fn language_outside(text: &str, part: Span, names: &[Span]) -> Option<Lang> {
    detect_language(&text_outside(text, part, names))
}

/// A part of a text without the names in it.
pub(crate) fn text_outside(text: &str, part: Span, names: &[Span]) -> String {
    let mut rest = String::with_capacity(part.end - part.start);
    let mut at = part.start;
    let first = names.partition_point(|name| name.start < part.start);
    for name in names[first..].iter().take_while(|name| name.end <= part.end) {
        rest.push_str(&text[at..name.start]);
        at = name.end;
    }
    rest.push_str(&text[at..part.end]);
    rest
}

/// The language of `text`, if it can be told.
pub(crate) fn detect_language(text: &str) -> Option<Lang> {
    match Script::of(text)? {
        Script::Armenian => return "hy".parse().ok(),
        Script::Georgian => return "ka".parse().ok(),
        _ if is_plainly_english(text) => return Some(Lang::ENGLISH),
        _ => {}
    }
    let by_whatlang = || whatlang::detect(text).map(|guess| (guess.lang().code(), guess.confidence()));
    let detected = latin_languages::detect(text).or_else(by_whatlang);
    if let Some((sure, _)) = detected.filter(|&(_, confidence)| confidence > RELIABLE) {
        return tag(sure);
    }
    if is_mostly_english(text) {
        return Some(Lang::ENGLISH);
    }
    let (likely, _) = detected.filter(|&(_, confidence)| confidence >= MIN_CONFIDENCE)?;
    tag(likely)
}

/// Words of running English that hardly any other language has; every sixth word or so is one.
fn is_plain_english_word(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "of"
            | "and"
            | "with"
            | "from"
            | "his"
            | "that"
            | "were"
            | "their"
            | "which"
            | "would"
            | "been"
            | "this"
            | "they"
    )
}

/// So many of them, and one in so many of the words in small letters, are beyond doubt.
const MIN_PLAIN: usize = 4;
const WORDS_A_PLAIN_ONE: usize = 8;
/// Where more words than one in so many have letters that are not English, some of the text is not.
const WORDS_A_MARKED_ONE: usize = 20;

/// Whether running English can be told by its commonest words: `whatlang` compares with the trigrams of fifty languages, which takes as
/// long for a line as for a page.
fn is_plainly_english(text: &str) -> bool {
    let (mut count, mut small, mut plain, mut marked) = (0, 0, 0, 0);
    for word in words(text) {
        let surface = &text[word.span.range()];
        count += 1;
        small += usize::from(word.shape == Shape::Lower);
        plain += usize::from(is_plain_english_word(surface));
        marked += usize::from(!surface.is_ascii());
    }
    plain >= MIN_PLAIN && plain * WORDS_A_PLAIN_ONE >= small && marked * WORDS_A_MARKED_ONE <= count
}

fn is_mostly_english(text: &str) -> bool {
    let is_english = |shape| {
        let words = words(text);
        let surfaces = words.iter().map(|word| &text[word.span.range()]);
        let counted: Vec<&str> = surfaces.filter(|word| Shape::of(word) == shape && word.len() > 1).collect();
        let english = counted.iter().filter(|word| Lexicon.has_word(&fold(word))).count();
        (!counted.is_empty()).then_some(english as f64 >= MIN_ENGLISH_SHARE * counted.len() as f64)
    };
    // A headline in capitals has no small-letter words to count.
    is_english(Shape::Lower).or_else(|| is_english(Shape::Upper)).unwrap_or(false)
}

/// `whatlang` names languages by ISO 639-3; our tags have two letters wherever ISO 639-1 does.
fn tag(detected: &str) -> Option<Lang> {
    let two_letters = match detected {
        "eng" => "en",
        "aze" => "az",
        "hye" => "hy",
        "kat" => "ka",
        "rus" => "ru",
        "ukr" => "uk",
        "bel" => "be",
        "bul" => "bg",
        "mkd" => "mk",
        "srp" => "sr",
        "tur" => "tr",
        "pes" => "fa",
        "ara" => "ar",
        "heb" => "he",
        "ell" => "el",
        "fra" => "fr",
        "deu" => "de",
        "spa" => "es",
        "por" => "pt",
        "ita" => "it",
        "nld" => "nl",
        "pol" => "pl",
        "ces" => "cs",
        "slk" => "sk",
        "slv" => "sl",
        "hrv" => "hr",
        "ron" => "ro",
        "hun" => "hu",
        "lit" => "lt",
        "lav" => "lv",
        "est" => "et",
        "fin" => "fi",
        "swe" => "sv",
        "dan" => "da",
        "nob" => "nb",
        "cat" => "ca",
        other => other,
    };
    two_letters.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_of_short_paragraphs() {
        for (text, lang) in [
            ("The road from Stefancart to Jevlah was closed.", Some("en")),
            ("Clashes near Stefancart", Some("en")),
            ("Demands for the resignation of Pašinjan", Some("en")),
            ("Şuşa şəhərində atışma baş verib.", Some("az")),
            ("Die Kämpfe in Bergkarabach dauern seit Tagen an.", Some("de")),
            ("Spopadi v Gorskem Karabahu se nadaljujejo.", Some("sl")),
            ("В городе всю ночь были слышны взрывы, сообщил нам его житель.", Some("ru")),
            ("Ստեփանակերտում լսվում են պայթյուններ։", Some("hy")),
            ("SHELLS FALL ON THE TOWN AGAIN", Some("en")),
            ("Stefancart", None),
            ("BAKU / YEREVAN", None),
            ("", None),
        ] {
            let found = detect_language(text);
            assert_eq!(found.as_ref().map(Lang::as_str), lang, "{text}");
        }
    }

    #[test]
    fn names_do_not_count() {
        let text = "The road to Xankəndi, Şuşa, Xocavənd and Kəlbəcər is open.";
        let names = ["Xankəndi", "Şuşa", "Xocavənd", "Kəlbəcər"].map(|name| {
            let start = text.find(name).unwrap();
            Span::new(start, start + name.len())
        });
        assert_eq!(language_outside(text, Span::new(0, text.len()), &names), Some(Lang::ENGLISH));
        assert_eq!(language_outside(text, names[0], &names), None);
    }
}
