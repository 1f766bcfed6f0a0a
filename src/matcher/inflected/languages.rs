//! Whose endings may stand where: the languages of a text's paragraphs, as far as endings tell them apart.
//!
//! Only Latin letters need it. English paragraphs, which have no endings, are told by their words: asking `whatlang` of every paragraph
//! would cost more than all other matching.

use crate::lang::Lang;
use crate::script::Script;
use crate::span::Span;
use crate::text::{Lexicon, ParagraphLanguages, Shape, Words, fold, language_outside};

/// So many small-letter words tell whether a paragraph is English, if most of them are words of the lexicon.
const ENGLISH_SAMPLE: usize = 24;
const MIN_SAMPLE: usize = 4;
/// So many words of plain English among the first of a paragraph make it English.
const PLAIN_SAMPLE: usize = 40;
const MIN_PLAIN: usize = 2;

/// The languages of a text's paragraphs, told when asked for.
pub(super) struct EndingLanguages<'w, 't> {
    words: &'w Words<'t>,
    paragraphs: ParagraphLanguages<'t>,
}

impl<'w, 't> EndingLanguages<'w, 't> {
    pub(super) fn new(words: &'w Words<'t>, fixed: Option<Lang>) -> Self {
        Self { words, paragraphs: ParagraphLanguages::new(words.text, words.told, fixed) }
    }

    /// Whether names take endings where this word stands; `None` if that takes long to tell.
    pub(super) fn known_to_have_endings(&mut self, word: usize) -> Option<bool> {
        let words = self.words;
        let known = self.paragraphs.known(words.list[word].span.start, |part| english_part(words, part))?;
        Some(known.is_some_and(|lang| family(lang) != "other"))
    }

    /// Whether an ending of `lang` may stand at the word `at`.
    pub(super) fn agree(&mut self, lang: Lang, at: usize) -> bool {
        if lang.as_str().ends_with("-Latn") {
            return false;
        }
        let is_shared = is_latin(self.words.surface(at));
        !is_shared || self.at(at).is_some_and(|there| family(there) == family(lang))
    }

    fn at(&mut self, word: usize) -> Option<Lang> {
        let words = self.words;
        self.paragraphs.at(words.list[word].span.start, |part| of_part(words, part))
    }
}

/// The language of a part.
fn of_part(words: &Words<'_>, part: Span) -> Option<Lang> {
    english_part(words, part).or_else(|| language_outside(words.text, part, &[]))
}

/// English if a part is in it by its first words: told without `whatlang`, which would cost more than all the rest.
fn english_part(words: &Words<'_>, part: Span) -> Option<Lang> {
    let first = words.list.partition_point(|word| word.span.start < part.start);
    let inside = (first..words.len()).take_while(|&at| words.list[at].span.end <= part.end);
    let english = inside.clone().take(PLAIN_SAMPLE).filter(|&at| is_plain_english_word(words.surface(at)));
    if english.take(MIN_PLAIN).count() == MIN_PLAIN {
        return Some(Lang::ENGLISH);
    }
    let small = inside.map(|at| words.surface(at)).filter(|word| word.len() > 1 && Shape::of(word) == Shape::Lower);
    let (mut english, mut count) = (0, 0);
    for word in small.take(ENGLISH_SAMPLE) {
        count += 1;
        english += usize::from(Lexicon.has_word(&fold(word)));
    }
    (count >= MIN_SAMPLE && english * 4 >= count * 3).then_some(Lang::ENGLISH)
}

/// Words of English that no language with endings here has.
fn is_plain_english_word(word: &str) -> bool {
    matches!(word, "the" | "of" | "and" | "with" | "from" | "his" | "that" | "were" | "their" | "which")
}

/// Languages that share their endings well enough, and that short texts are easily taken for one another in.
pub(super) fn family(lang: Lang) -> &'static str {
    match lang.language() {
        "sl" | "hr" | "bs" | "sr" | "sh" => "South Slavic",
        "cs" | "sk" => "Czech and Slovak",
        "az" | "tr" => "Turkic",
        "ru" => "Russian",
        "uk" => "Ukrainian",
        "bg" | "mk" => "Bulgarian and Macedonian",
        "pl" => "Polish",
        "lt" => "Lithuanian",
        "lv" => "Latvian",
        "hy" => "Armenian",
        "ka" => "Georgian",
        "de" => "German",
        _ => "other",
    }
}

/// Whether a word is in Latin letters, which so many languages share.
pub(super) fn is_latin(word: &str) -> bool {
    word.is_ascii() || Script::of(word) == Some(Script::Latin)
}
