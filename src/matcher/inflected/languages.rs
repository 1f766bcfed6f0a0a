//! Whose endings may stand where: the languages of a text's paragraphs, as far as endings tell them apart.
//!
//! Only Latin letters need it. English paragraphs, which have no endings, are told by their words: asking `whatlang` of every paragraph
//! would cost more than all other matching.

use crate::lang::Lang;
use crate::script::Script;
use crate::span::Span;
use crate::text::{Lexicon, Shape, Words, fold, language_outside, paragraphs};

/// So many small-letter words tell whether a paragraph is English, if most of them are words of the lexicon.
const ENGLISH_SAMPLE: usize = 24;
const MIN_SAMPLE: usize = 4;
/// Words of English that no language with endings here has; so many among the first of a paragraph make it English.
const PLAIN_ENGLISH: [&str; 10] = ["the", "of", "and", "with", "from", "his", "that", "were", "their", "which"];
const PLAIN_SAMPLE: usize = 40;
const MIN_PLAIN: usize = 2;
/// So many bytes from the start of a document tell its language.
const DOCUMENT_SAMPLE: usize = 4 << 10;

/// The languages of a text's paragraphs, told when asked for.
pub(super) struct Languages<'w, 't> {
    words: &'w Words<'t>,
    fixed: Option<Lang>,
    paragraphs: Vec<Span>,
    known: Vec<Option<Option<Lang>>>,
    /// The paragraph asked for last.
    latest: usize,
    document: Option<Option<Lang>>,
}

impl<'w, 't> Languages<'w, 't> {
    pub(super) fn new(words: &'w Words<'t>, fixed: Option<Lang>) -> Self {
        Self { words, fixed, paragraphs: Vec::new(), known: Vec::new(), latest: 0, document: None }
    }

    /// Whether names take endings where this word stands.
    pub(super) fn have_endings(&mut self, word: usize) -> bool {
        self.at(word).is_some_and(|lang| family(lang) != "other")
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
        if self.fixed.is_some() {
            return self.fixed;
        }
        if self.paragraphs.is_empty() {
            self.paragraphs = paragraphs(self.words.text);
            self.known = vec![None; self.paragraphs.len()];
        }
        let start = self.words.list[word].span.start;
        if self.paragraphs.get(self.latest).is_none_or(|span| !(span.start..span.end).contains(&start)) {
            let last = self.paragraphs.len().checked_sub(1)?;
            self.latest = self.paragraphs.partition_point(|span| span.end <= start).min(last);
        }
        let number = self.latest;
        if let Some(known) = self.known[number] {
            return known;
        }
        let lang = self.of_part(self.paragraphs[number]).or_else(|| self.of_document());
        self.known[number] = Some(lang);
        lang
    }

    fn of_document(&mut self) -> Option<Lang> {
        if let Some(known) = self.document {
            return known;
        }
        let sample = Span::new(0, self.words.text.floor_char_boundary(DOCUMENT_SAMPLE));
        let lang = self.of_part(sample);
        self.document = Some(lang);
        lang
    }

    /// The language of a part. That it is English is told without `whatlang`, which would cost more than all the rest.
    fn of_part(&self, part: Span) -> Option<Lang> {
        let first = self.words.list.partition_point(|word| word.span.start < part.start);
        let inside = (first..self.words.len()).take_while(|&at| self.words.list[at].span.end <= part.end);
        let english = inside.clone().take(PLAIN_SAMPLE).filter(|&at| PLAIN_ENGLISH.contains(&self.words.surface(at)));
        if english.take(MIN_PLAIN).count() == MIN_PLAIN {
            return Some(Lang::ENGLISH);
        }
        let small =
            inside.map(|at| self.words.surface(at)).filter(|word| word.len() > 1 && Shape::of(word) == Shape::Lower);
        let (mut english, mut count) = (0, 0);
        for word in small.take(ENGLISH_SAMPLE) {
            count += 1;
            english += usize::from(Lexicon.has_word(&fold(word)));
        }
        if count >= MIN_SAMPLE && english * 4 >= count * 3 {
            return Some(Lang::ENGLISH);
        }
        language_outside(self.words.text, part, &[])
    }
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
