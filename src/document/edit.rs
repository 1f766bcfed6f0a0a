//! Edits: what is to be replaced, and the promise that nothing else changes.

use std::borrow::Cow;

use super::Withheld;
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

/// What [`Normalizer::correct`](crate::Normalizer::correct) or [`Normalizer::correct_document`](crate::Normalizer::correct_document) found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Correction {
    /// The changes, in order, none overlapping.
    pub edits: Vec<Edit>,
    /// Those that are not made, with the reason, in order.
    pub withheld: Vec<Withheld>,
}

/// Where an edited text's places were before the edits.
pub(super) struct WayBack<'e> {
    edits: &'e [Edit],
    /// Where the edits' replacements stand in the edited text.
    written: Vec<Span>,
}

impl<'e> WayBack<'e> {
    pub(super) fn new(edits: &'e [Edit]) -> Self {
        let mut written = Vec::with_capacity(edits.len());
        let mut shift = 0isize;
        for edit in edits {
            let start = edit.span.start.wrapping_add_signed(shift);
            written.push(Span::new(start, start + edit.replacement.len()));
            shift += edit.replacement.len() as isize - (edit.span.end - edit.span.start) as isize;
        }
        Self { edits, written }
    }

    /// The span of the text before, with the whole of every replacement that it touches.
    pub(super) fn span(&self, span: Span) -> Span {
        let mut whole = span;
        let first = self.written.partition_point(|written| written.end <= span.start);
        for written in self.written[first..].iter().take_while(|written| written.overlaps(span)) {
            whole = Span::new(whole.start.min(written.start), whole.end.max(written.end));
        }
        Span::new(self.place(whole.start, false), self.place(whole.end, true))
    }

    /// The place before of one that lies outside the replacements, or at their ends.
    fn place(&self, position: usize, is_end: bool) -> usize {
        let is_passed = |span: &Span| span.end <= position && (is_end || span.start < position);
        match self.written.partition_point(is_passed).checked_sub(1) {
            Some(at) => position - self.written[at].end + self.edits[at].span.end,
            None => position,
        }
    }
}

/// Where spans, in order, stand after the edits; an edit across the end of one is not in it.
pub(super) fn moved(spans: &[Span], edits: &[Edit]) -> Vec<Span> {
    let mut edits = edits.iter().peekable();
    let mut shift = 0isize;
    let mut place = |at: usize| {
        while let Some(edit) = edits.next_if(|edit| edit.span.end <= at) {
            shift += edit.replacement.len() as isize - (edit.span.end - edit.span.start) as isize;
        }
        let inside = edits.peek().map_or(at, |edit| at.min(edit.span.start));
        inside.saturating_add_signed(shift)
    };
    spans.iter().map(|span| Span { start: place(span.start), end: place(span.end) }).collect()
}

/// The edits of `text` that do what `first` does and then, on its result `between`, what `second` does.
pub(super) fn compose(text: &str, first: &[Edit], between: &str, second: &[Edit]) -> Vec<Edit> {
    let way_back = WayBack::new(first);
    let written = &way_back.written;
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
        let inner: Vec<Edit> = second
            .iter()
            .filter(|edit| stretch.start <= edit.span.start && edit.span.end <= stretch.end)
            .map(|edit| Edit {
                span: Span::new(edit.span.start - stretch.start, edit.span.end - stretch.start),
                replacement: edit.replacement.clone(),
            })
            .collect();
        let span = way_back.span(stretch);
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
