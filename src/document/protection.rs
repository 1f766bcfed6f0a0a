//! Parts of a text in which names are annotated and never written over: what an author marked, and quotations on request.
//!
//! Marks are found wherever they stand, without knowing a comment's syntax: `<!-- toponorm:off -->`, `// toponorm:off` and `% toponorm:off`
//! all work, in formats that we have not heard of as well. An `off` without `on` lasts to the end of the text. Such parts are still
//! annotated, unlike addresses and paths ([`crate::text::protected_spans`]): a name in a quotation is a name.

use super::WithheldReason;
use super::quotations::quotations;
use crate::span::Span;

/// Whether quotations may be written into.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Quotations {
    /// As everything else.
    #[default]
    Correct,
    /// They stay word for word.
    Keep,
}

/// What of one text must stay.
#[derive(Debug)]
pub(super) struct Protection<'t> {
    text: &'t str,
    marks: Marks,
    quotations: Vec<Span>,
}

impl<'t> Protection<'t> {
    pub(super) fn new(text: &'t str, quotes: Quotations) -> Self {
        let quotations = match quotes {
            Quotations::Keep => quotations(text),
            Quotations::Correct => Vec::new(),
        };
        Self { text, marks: Marks::new(text), quotations }
    }

    /// Why nothing may be written at `span`, if so.
    pub(super) fn at(&self, span: Span) -> Option<WithheldReason> {
        let is_quoted = || {
            let at = self.quotations.partition_point(|quotation| quotation.end <= span.start);
            self.quotations.get(at).is_some_and(|quotation| quotation.overlaps(span))
        };
        let marked = self.marks.at(span);
        marked
            .or_else(|| is_sic(&self.text[span.end..]).then_some(WithheldReason::Sic))
            .or_else(|| is_quoted().then_some(WithheldReason::Quotation))
    }
}

/// The parts of a text, or of a document's source with its comments, that an author has marked.
#[derive(Debug)]
pub(super) struct Marks(Vec<(Span, WithheldReason)>);

const OFF: &str = "toponorm:off";
const ON: &str = "toponorm:on";
const IGNORE: &str = "toponorm:ignore";

impl Marks {
    pub(super) fn new(text: &str) -> Self {
        let mut marked = regions(text);
        marked.extend(ignored_lines(text));
        Self(marked)
    }

    /// Which mark holds at `span`, if one does.
    pub(super) fn at(&self, span: Span) -> Option<WithheldReason> {
        self.0.iter().find(|(marked, _)| marked.overlaps(span)).map(|&(_, reason)| reason)
    }
}

/// From each `off` to the next `on`.
fn regions(text: &str) -> Vec<(Span, WithheldReason)> {
    let mut regions = Vec::new();
    let mut from = 0;
    while let Some(start) = mark(text, OFF, from) {
        let end = mark(text, ON, start).unwrap_or(text.len());
        regions.push((Span::new(start, end), WithheldReason::Off));
        from = end;
    }
    regions
}

fn ignored_lines(text: &str) -> Vec<(Span, WithheldReason)> {
    let mut lines = Vec::new();
    let mut from = 0;
    while let Some(at) = mark(text, IGNORE, from) {
        let start = text[..at].rfind(['\n', '\r']).map_or(0, |before| before + 1);
        let end = text[at..].find(['\n', '\r']).map_or(text.len(), |after| at + after);
        lines.push((Span::new(start, end), WithheldReason::Ignored));
        from = end;
    }
    lines
}

/// The next place of a mark that is a word by itself: `toponorm:on` is no part of `toponorm:one`.
fn mark(text: &str, mark: &str, from: usize) -> Option<usize> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':');
    let is_alone = |at: usize| !text[..at].ends_with(is_part) && !text[at + mark.len()..].starts_with(is_part);
    text[from..].match_indices(mark).map(|(at, _)| from + at).find(|&at| is_alone(at))
}

/// Whether what follows a mention says that it is so in the source: `[sic]`, `(sic)`, `[sic!]`, after a possessive and closing quotes as well.
fn is_sic(after: &str) -> bool {
    let rest = after.trim_start_matches(['’', '\'', '”', '"', '»', '“']);
    let rest = rest.strip_prefix('s').filter(|_| rest.len() < after.len()).unwrap_or(rest);
    let rest = rest
        .trim_start_matches(|c: char| c.is_whitespace() && c != '\n' || matches!(c, '”' | '"' | '»' | '“' | '_' | '*'));
    let Some(rest) = rest.strip_prefix(['[', '(']) else {
        return false;
    };
    let rest = rest.trim_start_matches(['_', '*']);
    rest.get(..3).is_some_and(|word| word.eq_ignore_ascii_case("sic"))
        && rest[3..].starts_with([']', ')', '!', ';', ',', ':', '_', '*'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, surface: &str) -> Option<WithheldReason> {
        let start = text.find(surface).unwrap();
        Protection::new(text, Quotations::Keep).at(Span::new(start, start + surface.len()))
    }

    #[test]
    fn marks_work_in_comments_of_any_syntax() {
        for (off, on) in [
            ("<!-- toponorm:off -->", "<!-- toponorm:on -->"),
            ("% toponorm:off", "% toponorm:on"),
            ("/*toponorm:off*/", "//toponorm:on"),
        ] {
            let text = format!("one\n{off}\ntwo\n{on}\nthree\n{off}\nfour");
            assert_eq!(at(&text, "one"), None);
            assert_eq!(at(&text, "two"), Some(WithheldReason::Off), "{off}");
            assert_eq!(at(&text, "three"), None, "{off}");
            assert_eq!(at(&text, "four"), Some(WithheldReason::Off), "to the end");
        }
        assert_eq!(at("toponorm:offline two", "two"), None);
        assert_eq!(at("toponorm:off toponorm:one two", "two"), Some(WithheldReason::Off));
    }

    #[test]
    fn a_line_is_ignored() {
        for end in ["\n", "\r\n", "\r"] {
            let text = format!("one{end}two # toponorm:ignore{end}three");
            assert_eq!(at(&text, "one"), None);
            assert_eq!(at(&text, "two"), Some(WithheldReason::Ignored));
            assert_eq!(at(&text, "three"), None);
        }
    }

    #[test]
    fn sic_is_seen() {
        for text in [
            "Baku [sic]",
            "Baku (sic!)",
            "Baku’s [sic] mayor",
            "Baku\u{a0}[Sic]",
            "“Baku” [sic]",
            "Baku [*sic*]",
            "Baku[sic; recte: Bakı]",
        ] {
            assert!(at(text, "Baku") == Some(WithheldReason::Sic), "{text}");
        }
        for text in ["Baku", "Baku [sick]", "Baku sic", "Baku was [sic]", "Bakus [", "Baku [si"] {
            assert_eq!(at(text, "Baku"), None, "{text}");
        }
    }
}
