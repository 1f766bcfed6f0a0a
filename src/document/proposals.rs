//! The changes of a document, each put before whoever decides: a person, a program, or the default, which makes those that are sure.

use super::protection::Marks;
use super::{Correction, Document, Edit, NormalizedBytes, Normalizer, Passage, ReadOptions, Withheld, WithheldReason};
use crate::error::Error;
use crate::span::Span;

/// A change that may be made; see [`Normalizer::normalize_bytes_by`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProposedChange<'a> {
    /// The decoded document.
    pub source: &'a str,
    /// Where the mention stands in it.
    pub span: Span,
    /// The name as it stands in the text, which markup may write otherwise.
    pub surface: &'a str,
    /// What would be written.
    pub replacement: &'a str,
    /// Why it is not made without asking; `None` if it is.
    pub reason: Option<WithheldReason>,
}

impl WithheldReason {
    /// Whether a person may have it written nevertheless: what is unsure, not what is to be kept or cannot be written.
    pub fn is_askable(self) -> bool {
        matches!(self, Self::LanguageUnsure | Self::Ambiguous | Self::Ask | Self::EndingUnsure)
    }
}

/// Whether a proposed change is made.
type Choose<'c> = &'c mut dyn FnMut(&ProposedChange<'_>) -> bool;

impl Normalizer {
    /// The changes of a document, in its source, and those that are not written there, with the reason.
    pub fn correct_document(&self, document: &Document<'_>) -> Correction {
        self.correct_document_by(document, &mut |proposal| proposal.reason.is_none())
    }

    /// The changes of a document of which `choose` says that they are to be made; it is asked in the order of the text. A change that would be
    /// made and is not chosen is none, and one that would not is withheld as before.
    pub fn correct_document_by(&self, document: &Document<'_>, choose: Choose<'_>) -> Correction {
        // Comments of the source are no part of the passages.
        let marks = Marks::after(document.is_off(), &document.source().text);
        let mut whole = Correction::default();
        for passage in document.passages() {
            let correction = self.correct_passage(passage);
            for (edit, reason) in in_order(correction) {
                let place = Place { document, passage, marks: &marks };
                place.put(edit, reason, choose, &mut whole);
            }
        }
        whole.withheld.sort_by_key(|withheld| withheld.span);
        whole
    }

    /// As [`Normalizer::normalize_bytes`], with the changes of which `choose` says that they are to be made.
    ///
    /// # Errors
    ///
    /// As [`Normalizer::normalize_bytes`].
    ///
    /// ```
    /// # #[cfg(feature = "bundled")] {
    /// use toponorm::{Matcher, Normalizer, ReadOptions};
    ///
    /// let normalizer = Normalizer::builder().build(Matcher::bundled()?);
    /// let text = b"From Stefancart to Jevlah, and back to Stefancart.";
    /// let clean = normalizer.normalize_bytes_by(text, &ReadOptions::default(), &mut |proposal| proposal.span.start < 10)?;
    /// assert_eq!(clean.bytes, b"From Stepanakert to Jevlah, and back to Stefancart.");
    /// # }
    /// # Ok::<(), toponorm::Error>(())
    /// ```
    pub fn normalize_bytes_by(
        &self,
        bytes: &[u8],
        options: &ReadOptions,
        choose: Choose<'_>,
    ) -> Result<NormalizedBytes, Error> {
        let source = options.encoding.decode(bytes)?;
        let document = Document::read(&source, options)?;
        let Correction { edits, withheld } = self.correct_document_by(&document, choose);
        let bytes = if edits.is_empty() {
            bytes.to_vec()
        } else if source.is_faithful_to(bytes) {
            document.write(&edits)?
        } else {
            return Err(options.encoding.not_faithful());
        };
        let faults = document.faults().to_vec();
        Ok(NormalizedBytes { bytes, edits, withheld, faults })
    }
}

/// Edits and what is withheld, by place; an edit goes before what is withheld at the same.
fn in_order(correction: Correction) -> Vec<(Edit, Option<WithheldReason>)> {
    let edits = correction.edits.into_iter().map(|edit| (edit, None));
    let withheld = correction.withheld.into_iter().map(|withheld| {
        let Withheld { span, replacement, reason, .. } = withheld;
        (Edit { span, replacement }, Some(reason))
    });
    let mut all: Vec<_> = edits.chain(withheld).collect();
    all.sort_by_key(|(edit, reason)| (edit.span.start, reason.is_some()));
    all
}

/// Where a change is to be made.
struct Place<'p, 's> {
    document: &'p Document<'s>,
    passage: &'p Passage<'s>,
    marks: &'p Marks,
}

impl Place<'_, '_> {
    fn put(&self, edit: Edit, reason: Option<WithheldReason>, choose: Choose<'_>, whole: &mut Correction) {
        let span = self.passage.source_span(edit.span);
        let surface = &self.passage.text()[edit.span.range()];
        let source = self.document.source_edits(self.passage, &edit);
        let kept = self.passage.is_kept(edit.span).then_some(WithheldReason::Untranslated);
        let marked =
            self.marks.at(span).or(kept).or(source.as_ref().err().map(|&obstacle| WithheldReason::Obstacle(obstacle)));
        let reason = marked.or(reason);
        let source_text = &self.document.source().text;
        let proposal = ProposedChange { source: source_text, span, surface, replacement: &edit.replacement, reason };
        let overlaps = |source: &[Edit]| {
            let last = whole.edits.last().map_or(0, |edit| edit.span.end);
            source.first().is_some_and(|edit| edit.span.start < last)
        };
        match (source, reason) {
            (Ok(source), None) if !overlaps(&source) && choose(&proposal) => whole.edits.extend(source),
            (_, None) => {}
            (Ok(source), Some(reason)) if reason.is_askable() && !overlaps(&source) && choose(&proposal) => {
                whole.edits.extend(source);
            }
            (_, Some(reason)) => {
                let (surface, replacement) = (surface.to_owned(), edit.replacement);
                whole.withheld.push(Withheld { span, surface, replacement, reason });
            }
        }
    }
}
