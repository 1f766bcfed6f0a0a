//! The language at each place of a document: the paragraph's, or, where a paragraph is too short to tell, the document's.

use crate::lang::Lang;
use crate::script::Script;
use crate::span::Span;
use crate::text::{detect_language, paragraphs};

/// So many bytes from the start of a document tell its language.
const SAMPLE: usize = 8 << 10;

/// Languages of one document, detected when asked for and remembered.
pub(super) struct Languages<'t> {
    text: &'t str,
    fixed: Option<Lang>,
    paragraphs: Vec<Span>,
    known: Vec<Option<Option<Lang>>>,
    document: Option<Option<Lang>>,
}

impl<'t> Languages<'t> {
    /// Languages of `text`; all are `fixed` if that is given.
    pub(super) fn new(text: &'t str, fixed: Option<Lang>) -> Self {
        Self { text, fixed, paragraphs: Vec::new(), known: Vec::new(), document: None }
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
        let text = &self.text[self.paragraphs[paragraph].range()];
        let lang = detect_language(text).or_else(|| self.of_document(text));
        self.known[paragraph] = Some(lang);
        lang
    }

    /// The document's language, if the paragraph is in the same script.
    fn of_document(&mut self, paragraph: &str) -> Option<Lang> {
        let text = self.text;
        let document = *self.document.get_or_insert_with(|| {
            let end = (0..=SAMPLE.min(text.len())).rev().find(|&end| text.is_char_boundary(end));
            detect_language(&text[..end.unwrap_or(0)])
        });
        document.filter(|_| Script::of(paragraph) == Script::of(text))
    }
}
