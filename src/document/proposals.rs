//! The changes of a document, each put before whoever decides: a person, a program, or the default, which makes those that are sure.

use super::protection::Marks;
use super::{
    Correction, Document, DocumentPart, Edit, Glossed, NormalizedBytes, Normalizer, Origin, Parts, Passage,
    ReadOptions, Withheld, WithheldReason,
};
use crate::error::Error;
use crate::span::{OffsetUnit, Span};

/// A change that may be made; see [`Normalizer::normalize_bytes_by`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProposedChange<'a> {
    /// The decoded document, or the part of a large one that is read at a time.
    pub source: &'a str,
    /// What comes before `source` in the document.
    pub origin: &'a Origin,
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
        self.correct_document_after(&mut Glossed::default(), document, choose)
    }

    /// The changes of a document in whose parts before some entries have been glossed.
    fn correct_document_after(&self, glossed: &mut Glossed, document: &Document<'_>, choose: Choose<'_>) -> Correction {
        // Comments of the source are no part of the passages.
        let marks = Marks::after(document.origin().is_off(), &document.source().text);
        let mut whole = Correction::default();
        for passage in document.passages() {
            if passage.row().is_some() {
                // A record is a document of its own.
                *glossed = Glossed::default();
            }
            let correction = self.correct_passage_after(glossed, passage);
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
        self.normalize_parts(Parts::new(bytes, options), options, choose)
    }

    /// The parts of a document corrected one after the other.
    fn normalize_parts(
        &self,
        parts: Parts<&[u8]>,
        options: &ReadOptions,
        choose: Choose<'_>,
    ) -> Result<NormalizedBytes, Error> {
        let mut whole = NormalizedBytes::default();
        let mut glossed = Glossed::default();
        for part in parts {
            let part = part.map_err(|error| Error::value(error.to_string()))?;
            let offset = part.origin.offset(OffsetUnit::Byte);
            whole.append(self.normalize_part_after(&mut glossed, (&part, options), choose)?, offset);
        }
        Ok(whole)
    }

    /// A part of a document corrected by itself, so that parts can be shared among threads: what [`Normalizer::normalize_bytes`] makes of it, but
    /// that a place is glossed once in each part. Places are places in the part.
    ///
    /// # Errors
    ///
    /// As [`Normalizer::normalize_bytes`].
    pub fn normalize_part(&self, part: &DocumentPart, options: &ReadOptions) -> Result<NormalizedBytes, Error> {
        let choose = &mut |proposal: &ProposedChange<'_>| proposal.reason.is_none();
        self.normalize_part_after(&mut Glossed::default(), (part, options), choose)
    }

    fn normalize_part_after(
        &self,
        glossed: &mut Glossed,
        (part, options): (&DocumentPart, &ReadOptions),
        choose: Choose<'_>,
    ) -> Result<NormalizedBytes, Error> {
        let source = part.decode(options.encoding)?;
        let document = Document::read_part(&source, options, &part.origin)?;
        let Correction { edits, withheld } = self.correct_document_after(glossed, &document, choose);
        let bytes = if edits.is_empty() {
            part.bytes.clone()
        } else if source.is_faithful_to(&part.bytes) {
            document.write(&edits)?
        } else {
            return Err(options.encoding.not_faithful());
        };
        let faults = document.faults().to_vec();
        Ok(NormalizedBytes { bytes, edits, withheld, faults })
    }
}

impl NormalizedBytes {
    /// Adds what became of the next part, before which the document has so many bytes of text.
    fn append(&mut self, mut part: Self, offset: usize) {
        let later = |span: Span| Span::new(span.start + offset, span.end + offset);
        part.edits.iter_mut().for_each(|edit| edit.span = later(edit.span));
        part.withheld.iter_mut().for_each(|withheld| withheld.span = later(withheld.span));
        self.bytes.append(&mut part.bytes);
        self.edits.append(&mut part.edits);
        self.withheld.append(&mut part.withheld);
        self.faults.append(&mut part.faults);
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
        let (source_text, origin) = (&self.document.source().text, self.document.origin());
        let replacement = &edit.replacement;
        let proposal = ProposedChange { source: source_text, origin, span, surface, replacement, reason };
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

#[cfg(all(test, feature = "bundled"))]
mod tests {
    use super::*;
    use crate::document::{Gloss, InputFormat, NamePolicy};
    use crate::matcher::Matcher;

    /// What becomes of a document in parts of this size.
    fn by_size(normalizer: &Normalizer, source: &str, format: InputFormat, size: usize) -> NormalizedBytes {
        let options = ReadOptions { format, ..ReadOptions::default() };
        let parts = Parts::new(source.as_bytes(), &options).with_size(size);
        normalizer.normalize_parts(parts, &options, &mut |proposal| proposal.reason.is_none()).expect("a document")
    }

    #[test]
    fn a_document_is_corrected_alike_in_whatever_parts() {
        let matcher = Matcher::bundled().unwrap();
        let policy = NamePolicy::of(&matcher, "azerbaijani").unwrap();
        let normalizer = Normalizer::builder().policy(policy).gloss(Gloss::First).build(matcher);
        let text = "From Stepanakert to Shushi, in Nagorno-Karabakh, they went by bus.";
        let text = format!("{text} The road to Jevlah was closed, and nothing moved.");
        let record = format!("{{\"text\": \"{text}\"}}\n{{broken\n");
        for (source, format, glosses) in [
            (format!("{text}\n\n").repeat(8), InputFormat::Text, 1),
            // A record is a document.
            (record.repeat(8), InputFormat::Jsonl, 8),
            (format!("id,text\n{}", format!("1,\"{text}\"\n2\n").repeat(8)), InputFormat::Csv, 8),
        ] {
            let source = format!("\u{FEFF}{source}");
            let whole = by_size(&normalizer, &source, format, usize::MAX / 4);
            let written = String::from_utf8(whole.bytes.clone()).unwrap();
            assert_eq!(written.matches("(Stepanakert)").count(), glosses, "{written}");
            assert_eq!(written.matches("Khankendi").count(), 8, "{written}");
            assert_eq!(whole.faults.len(), if format == InputFormat::Text { 0 } else { 8 });
            for size in [250, 700] {
                let cut = by_size(&normalizer, &source, format, size);
                assert_eq!(String::from_utf8(cut.bytes).unwrap(), written);
                assert_eq!(
                    (cut.edits, cut.withheld, cut.faults),
                    (whole.edits.clone(), whole.withheld.clone(), whole.faults.clone())
                );
            }
        }
    }
}
