//! The language at each place of a document in which the names are known: they say nothing of the language around them.

use crate::lang::Lang;
use crate::span::Span;
use crate::text::{ParagraphLanguages, language_outside};

/// Languages of one document, detected when asked for and remembered.
pub(super) struct Languages<'t> {
    text: &'t str,
    names: Vec<Span>,
    paragraphs: ParagraphLanguages<'t>,
}

impl<'t> Languages<'t> {
    /// Languages of `text`; all are `fixed` if that is given.
    pub(super) fn new(text: &'t str, names: Vec<Span>, fixed: Option<Lang>) -> Self {
        Self { text, names, paragraphs: ParagraphLanguages::new(text, fixed) }
    }

    /// The language of the paragraph around byte `at`, `None` if it cannot be told.
    pub(super) fn at(&mut self, at: usize) -> Option<Lang> {
        let (text, names) = (self.text, &self.names);
        self.paragraphs.at(at, |part| language_outside(text, part, names))
    }
}
