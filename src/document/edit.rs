//! Edits: what is to be replaced, and the promise that nothing else changes.

use std::borrow::Cow;

use super::read::Obstacle;
use crate::span::Span;

/// A change to a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that are replaced.
    pub span: Span,
    /// What is written instead.
    pub replacement: String,
}

/// `text` with `edits` made; borrowed if there are none. They must be in order and must not overlap, as those of
/// [`Normalizer::edits`](crate::Normalizer::edits) do.
///
/// # Panics
///
/// If an edit's span is not in the text.
pub fn apply<'t>(text: &'t str, edits: &[Edit]) -> Cow<'t, str> {
    if edits.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut edited = String::with_capacity(text.len() + 16 * edits.len());
    let mut at = 0;
    for edit in edits {
        debug_assert!(edit.span.start >= at, "edits overlap");
        edited.push_str(&text[at..edit.span.start]);
        edited.push_str(&edit.replacement);
        at = edit.span.end;
    }
    edited.push_str(&text[at..]);
    Cow::Owned(edited)
}

/// What [`Normalizer::correct`](crate::Normalizer::correct) found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Correction {
    /// The changes, in order, none overlapping.
    pub edits: Vec<Edit>,
    /// How many more there would be if the language of their paragraphs could be told.
    pub withheld: usize,
}

/// What [`Normalizer::correct_document`](crate::Normalizer::correct_document) found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct DocumentCorrection {
    /// The changes of the document's source, in order, none overlapping.
    pub edits: Vec<Edit>,
    /// Changes that cannot be written where they stand.
    pub obstructed: Vec<Obstructed>,
    /// How many more there would be if the language of their paragraphs could be told.
    pub withheld: usize,
}

/// A correction that cannot be written where its mention stands.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Obstructed {
    /// The mention in the document's source.
    pub span: Span,
    /// The text that would be replaced.
    pub surface: String,
    /// What would be written instead.
    pub replacement: String,
    /// What stands in the way.
    pub obstacle: Obstacle,
}

/// Where spans that no edit touches stand after the edits.
pub(super) fn moved(spans: &[Span], edits: &[Edit]) -> Vec<Span> {
    let mut edits = edits.iter().peekable();
    let mut shift = 0isize;
    let mut moved = Vec::with_capacity(spans.len());
    for span in spans {
        while let Some(edit) = edits.next_if(|edit| edit.span.end <= span.start) {
            shift += edit.replacement.len() as isize - (edit.span.end - edit.span.start) as isize;
        }
        moved.push(Span::new(span.start.saturating_add_signed(shift), span.end.saturating_add_signed(shift)));
    }
    moved
}

/// The edits of `text` that do what `first` does and then, on its result `between`, what `second` does.
pub(super) fn compose(text: &str, first: &[Edit], between: &str, second: &[Edit]) -> Vec<Edit> {
    // Where the first edits' replacements stand in `between`.
    let mut written = Vec::with_capacity(first.len());
    let mut shift = 0isize;
    for edit in first {
        let start = edit.span.start.wrapping_add_signed(shift);
        written.push(Span::new(start, start + edit.replacement.len()));
        shift += edit.replacement.len() as isize - (edit.span.end - edit.span.start) as isize;
    }
    let mut stretches: Vec<Span> = written.iter().copied().chain(second.iter().map(|edit| edit.span)).collect();
    stretches.sort();
    let mut composed: Vec<Edit> = Vec::new();
    let mut at = 0;
    while at < stretches.len() {
        let mut stretch = stretches[at];
        while at < stretches.len() && (stretches[at].start < stretch.end || stretches[at] == stretch) {
            stretch.end = stretch.end.max(stretches[at].end);
            at += 1;
        }
        // Both ends lie outside the first replacements, or at their ends, so they have a place in the text.
        let back = |position: usize, is_end: bool| {
            let passed = written.iter().zip(first).rev().find(|(span, _)| {
                if is_end { span.end <= position } else { span.end <= position && span.start < position }
            });
            passed.map_or(position, |(span, edit)| position - span.end + edit.span.end)
        };
        let inner: Vec<Edit> = second
            .iter()
            .filter(|edit| stretch.start <= edit.span.start && edit.span.end <= stretch.end)
            .map(|edit| Edit {
                span: Span::new(edit.span.start - stretch.start, edit.span.end - stretch.start),
                replacement: edit.replacement.clone(),
            })
            .collect();
        let span = Span::new(back(stretch.start, false), back(stretch.end, true));
        let replacement = apply(&between[stretch.range()], &inner).into_owned();
        if replacement != text[span.range()] {
            composed.push(Edit { span, replacement });
        }
    }
    composed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn composed_edits_do_what_both_do() {
        let edit = |start, end, with: &str| Edit { span: Span::new(start, end), replacement: with.into() };
        let text = "one two three four";
        let first = [edit(0, 3, "1"), edit(8, 13, "thirty-three")];
        let between = apply(text, &first).into_owned();
        assert_eq!(between, "1 two thirty-three four");
        for second in [
            vec![edit(0, 1, "uno")],
            vec![edit(0, 5, "12")],
            vec![edit(2, 5, "2"), edit(13, 18, "3")],
            vec![edit(4, 23, "x")],
            vec![edit(19, 23, "4")],
            vec![edit(0, 1, "one")],
        ] {
            let composed = compose(text, &first, &between, &second);
            assert_eq!(apply(text, &composed), apply(&between, &second), "{second:?}");
        }
    }

    #[test]
    fn only_the_spans_change() {
        let edit =
            |start, end, replacement: &str| Edit { span: Span::new(start, end), replacement: replacement.into() };
        assert_eq!(apply("a Karbakh b", &[edit(2, 9, "Karabakh")]), "a Karabakh b");
        assert!(matches!(apply("a", &[]), Cow::Borrowed("a")));
    }
}
