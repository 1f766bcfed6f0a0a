//! The language at each place of a document in which the names are known: they say nothing of the language around them.

use crate::lang::Lang;
use crate::span::Span;
use crate::text::{ParagraphLanguages, Words, language_outside};

/// Languages of one document, detected when asked for and remembered.
pub(super) struct Languages<'t> {
    text: &'t str,
    names: Vec<Span>,
    paragraphs: ParagraphLanguages<'t>,
}

impl<'t> Languages<'t> {
    /// Languages of a text; all are `fixed` if that is given.
    pub(super) fn new(words: &Words<'t>, names: Vec<Span>, fixed: Option<Lang>) -> Self {
        Self { text: words.text, names, paragraphs: ParagraphLanguages::new(words.text, words.told, fixed) }
    }

    /// The language of the paragraph around byte `at`, `None` if it cannot be told.
    pub(super) fn at(&mut self, at: usize) -> Option<Lang> {
        let (text, names) = (self.text, &self.names);
        self.paragraphs.at(at, |part| language_outside(text, part, names))
    }
}
