//! The language at each place of a text: the paragraph's, or, where a paragraph is too short to tell, the document's.
//!
//! How a part's language is told is the caller's: who knows the names in it leaves them out, who looks for names in every word has
//! to be quick. Told when asked for, and remembered.

use super::words::paragraphs;
use crate::lang::Lang;
use crate::script::Script;
use crate::span::Span;

/// So many bytes from the start of a document tell its language.
const SAMPLE: usize = 8 << 10;

/// The languages that a document itself says its text is in.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct ToldLanguages<'t> {
    /// Stretches of it, in order, none overlapping.
    pub(crate) spans: &'t [(Span, Lang)],
    /// All of it: often enough left over from a template, so it counts only where a paragraph's language cannot be told.
    pub(crate) whole: Option<Lang>,
}

impl ToldLanguages<'_> {
    fn at(&self, at: usize) -> Option<Lang> {
        let next = self.spans.partition_point(|(span, _)| span.end <= at);
        self.spans.get(next).filter(|(span, _)| span.start <= at).map(|&(_, lang)| lang)
    }
}

/// Languages of one text.
pub(crate) struct ParagraphLanguages<'t> {
    text: &'t str,
    fixed: Option<Lang>,
    told: ToldLanguages<'t>,
    paragraphs: Vec<Span>,
    known: Vec<Option<Option<Lang>>>,
    /// Of which paragraphs it was guessed in vain.
    unsure: Vec<bool>,
    /// The paragraph asked for last.
    latest: usize,
    document: Option<Option<Lang>>,
}

impl<'t> ParagraphLanguages<'t> {
    /// Languages of `text`; all are `fixed` if that is given, else `told` goes before what is found out.
    pub(crate) fn new(text: &'t str, told: ToldLanguages<'t>, fixed: Option<Lang>) -> Self {
        Self {
            text,
            fixed,
            told,
            paragraphs: Vec::new(),
            known: Vec::new(),
            unsure: Vec::new(),
            latest: 0,
            document: None,
        }
    }

    /// The language of the paragraph around byte `at`, `None` if it cannot be told; `tell` tells that of a part.
    pub(crate) fn at(&mut self, at: usize, tell: impl Fn(Span) -> Option<Lang>) -> Option<Lang> {
        if let Some(known) = self.known(at, |_| None) {
            return known;
        }
        let paragraph = *self.paragraphs.get(self.latest)?;
        let lang = tell(paragraph).or_else(|| self.of_document(paragraph, tell));
        self.known[self.latest] = Some(lang);
        lang
    }

    /// The same, if it was told before, or `guess` tells it at once; it is asked once a paragraph.
    pub(crate) fn known(&mut self, at: usize, guess: impl Fn(Span) -> Option<Lang>) -> Option<Option<Lang>> {
        if self.fixed.is_some() {
            return Some(self.fixed);
        }
        if let Some(told) = self.told.at(at) {
            return Some(Some(told));
        }
        if self.paragraphs.is_empty() {
            self.paragraphs = paragraphs(self.text);
            self.known = vec![None; self.paragraphs.len()];
            self.unsure = vec![false; self.paragraphs.len()];
        }
        let last = self.paragraphs.len().checked_sub(1)?;
        if !(self.paragraphs[self.latest].start..self.paragraphs[self.latest].end).contains(&at) {
            self.latest = self.paragraphs.partition_point(|span| span.end <= at).min(last);
        }
        let (known, unsure) = (&mut self.known[self.latest], &mut self.unsure[self.latest]);
        if known.is_none() && !*unsure {
            *known = guess(self.paragraphs[self.latest]).map(Some);
            *unsure = known.is_none();
        }
        *known
    }

    /// The document's language, if the paragraph is in the same script.
    fn of_document(&mut self, paragraph: Span, tell: impl Fn(Span) -> Option<Lang>) -> Option<Lang> {
        let text = self.text;
        let whole = self.told.whole;
        let found_out = || whole.or_else(|| tell(Span::new(0, text.floor_char_boundary(SAMPLE))));
        let document = *self.document.get_or_insert_with(found_out);
        document.filter(|_| Script::of(&text[paragraph.range()]) == Script::of(text))
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    /// Longer parts than a heading are English if they have a `w`, else German.
    fn tell(text: &str, part: Span) -> Option<Lang> {
        let lang = if text[part.range()].contains('w') { "en" } else { "de" };
        (part.end - part.start > 20).then(|| lang.parse().unwrap())
    }

    #[test]
    fn short_paragraphs_have_the_language_of_the_document_if_in_its_script() {
        let text = "wire report from the front line\n\nSchuscha\n\nШуша\n\nDie Stadt liegt auf einem Felsen.\n";
        let mut languages = ParagraphLanguages::new(text, ToldLanguages::default(), None);
        let mut at = |word: &str| languages.at(text.find(word).unwrap(), |part| tell(text, part));
        let found =
            ["wire", "Schuscha", "Шуша", "Stadt", "wire"].map(|word| at(word).map(|lang| lang.as_str().to_owned()));
        assert_eq!(found, ["en", "en", "", "de", "en"].map(|lang| (!lang.is_empty()).then(|| lang.to_owned())));
    }

    #[test]
    fn what_a_document_says_of_a_stretch_goes_before_and_of_itself_after() {
        let text = "wire report from the front line\n\nSchuscha\n\nШуша\n\nDie Stadt liegt auf einem Felsen.\n";
        let (az, fr): (Lang, Lang) = ("az".parse().unwrap(), "fr".parse().unwrap());
        let spans = [(Span::new(0, 4), az)];
        let mut languages = ParagraphLanguages::new(text, ToldLanguages { spans: &spans, whole: Some(fr) }, None);
        let mut at = |word: &str| languages.at(text.find(word).unwrap(), |part| tell(text, part));
        let found =
            ["wire", "report", "Schuscha", "Шуша", "Stadt"].map(|word| at(word).map(|lang| lang.as_str().to_owned()));
        assert_eq!(found, ["az", "en", "fr", "", "de"].map(|lang| (!lang.is_empty()).then(|| lang.to_owned())));
    }

    #[test]
    fn a_paragraph_is_told_once_and_a_given_language_never() {
        let (text, asked) = ("one paragraph of many words", Cell::new(0));
        let count = |part| {
            asked.set(asked.get() + 1);
            tell(text, part)
        };
        let mut languages = ParagraphLanguages::new(text, ToldLanguages::default(), None);
        (0..text.len()).for_each(|at| assert!(languages.at(at, count).is_some()));
        assert_eq!(asked.get(), 1);
        assert_eq!(
            ParagraphLanguages::new(text, ToldLanguages::default(), Some(Lang::ENGLISH)).at(3, count),
            Some(Lang::ENGLISH)
        );
        assert_eq!((asked.get(), ParagraphLanguages::new("", ToldLanguages::default(), None).at(0, count)), (1, None));
    }
}
