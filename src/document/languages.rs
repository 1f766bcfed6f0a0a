//! The language at each place of a document: the paragraph's, or, where a paragraph is too short to tell, the document's.

use crate::lang::Lang;
use crate::script::Script;
use crate::span::Span;
use crate::text::{language_outside, paragraphs};

/// So many bytes from the start of a document tell its language.
const SAMPLE: usize = 8 << 10;

/// Languages of one document, detected when asked for and remembered.
pub(super) struct Languages<'t> {
    text: &'t str,
    /// The spans of names, which say nothing of the language around them.
    names: Vec<Span>,
    fixed: Option<Lang>,
    paragraphs: Vec<Span>,
    known: Vec<Option<Option<Lang>>>,
    document: Option<Option<Lang>>,
}

impl<'t> Languages<'t> {
    /// Languages of `text`; all are `fixed` if that is given.
    pub(super) fn new(text: &'t str, names: Vec<Span>, fixed: Option<Lang>) -> Self {
        Self { text, names, fixed, paragraphs: Vec::new(), known: Vec::new(), document: None }
    }

    /// The language of the paragraph around byte `at`, `None` if it cannot be told.
    pub(super) fn at(&mut self, at: usize) -> Option<Lang> {
        if self.fixed.is_some() {
            return self.fixed;
        }
        if self.paragraphs.is_empty() {
            self.paragraphs = paragraphs(self.text);
            self.known = vec![None; self.paragraphs.len()];
        }
        let paragraph = self.paragraphs.partition_point(|span| span.end <= at).min(self.paragraphs.len() - 1);
        if let Some(known) = self.known[paragraph] {
            return known;
        }
        let span = self.paragraphs[paragraph];
        let lang = language_outside(self.text, span, &self.names).or_else(|| self.of_document(span));
        self.known[paragraph] = Some(lang);
        lang
    }

    /// The document's language, if the paragraph is in the same script.
    fn of_document(&mut self, paragraph: Span) -> Option<Lang> {
        let (text, names) = (self.text, &self.names);
        let document = *self
            .document
            .get_or_insert_with(|| language_outside(text, Span::new(0, text.floor_char_boundary(SAMPLE)), names));
        document.filter(|_| Script::of(&text[paragraph.range()]) == Script::of(text))
    }
}
