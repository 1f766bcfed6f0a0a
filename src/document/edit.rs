//! Edits: what is to be replaced, and the promise that nothing else changes.

use std::borrow::Cow;

use crate::span::Span;

/// A change to a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The bytes that are replaced.
    pub span: Span,
    /// What is written instead.
    pub replacement: String,
}

/// `text` with `edits` made; they must be in order and must not overlap.
pub(super) fn apply<'t>(text: &'t str, edits: &[Edit]) -> Cow<'t, str> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_spans_change() {
        let edit =
            |start, end, replacement: &str| Edit { span: Span::new(start, end), replacement: replacement.into() };
        assert_eq!(apply("a Karbakh b", &[edit(2, 9, "Karabakh")]), "a Karabakh b");
        assert!(matches!(apply("a", &[]), Cow::Borrowed("a")));
    }
}
