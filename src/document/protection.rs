//! Parts of a text in which names are annotated and never written over: what an author marked, and quotations on request.
//!
//! Marks are found wherever they stand, without knowing a comment's syntax: `<!-- toponorm:off -->`, `// toponorm:off` and `% toponorm:off`
//! all work, in formats that we have not heard of as well. An `off` without `on` lasts to the end of the text. Such parts are still
//! annotated, unlike addresses and paths ([`crate::text::protected_spans`]): a name in a quotation is a name.

use memchr::memmem;

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
        let is_quoted = || touches(&self.quotations, span);
        let marked = self.marks.at(span);
        marked
            .or_else(|| is_sic(&self.text[span.end..]).then_some(WithheldReason::Sic))
            .or_else(|| is_quoted().then_some(WithheldReason::Quotation))
    }
}

/// Whether a span touches one of those that are in order and don't overlap.
fn touches(spans: &[Span], span: Span) -> bool {
    let next = spans.partition_point(|before| before.end <= span.start);
    spans.get(next).is_some_and(|next| next.overlaps(span))
}

/// The parts of a text, or of a document's source with its comments, that an author has marked.
#[derive(Debug)]
pub(super) struct Marks {
    regions: Vec<Span>,
    lines: Vec<Span>,
}

const OFF: &str = "toponorm:off";
const ON: &str = "toponorm:on";
const IGNORE: &str = "toponorm:ignore";

impl Marks {
    pub(super) fn new(text: &str) -> Self {
        Self::after(false, text)
    }

    /// The marks of a part of a document, before which an `off` may stand without its `on`.
    pub(super) fn after(is_off: bool, text: &str) -> Self {
        Self { regions: regions(text, is_off), lines: ignored_lines(text) }
    }

    /// Which mark holds at `span`, if one does.
    pub(super) fn at(&self, span: Span) -> Option<WithheldReason> {
        let is_off = touches(&self.regions, span).then_some(WithheldReason::Off);
        is_off.or_else(|| touches(&self.lines, span).then_some(WithheldReason::Ignored))
    }
}

/// Whether an `off` without its `on` stands in a text, or before it.
pub(super) fn is_off_after(text: &str, is_off_before: bool) -> bool {
    regions(text, is_off_before).last().is_some_and(|region| region.end == text.len())
}

/// From each `off` to the next `on`.
fn regions(text: &str, is_off: bool) -> Vec<Span> {
    let mut regions = Vec::new();
    let mut from = 0;
    if is_off {
        from = mark(text, ON, 0).unwrap_or(text.len());
        regions.push(Span::new(0, from));
    }
    while let Some(start) = mark(text, OFF, from) {
        let end = mark(text, ON, start).unwrap_or(text.len());
        regions.push(Span::new(start, end));
        from = end;
    }
    regions
}

fn ignored_lines(text: &str) -> Vec<Span> {
    let mut lines = Vec::new();
    let mut from = 0;
    while let Some(at) = mark(text, IGNORE, from) {
        let start = text[from..at].rfind(['\n', '\r']).map_or(from, |before| from + before + 1);
        let end = text[at..].find(['\n', '\r']).map_or(text.len(), |after| at + after);
        lines.push(Span::new(start, end));
        from = end;
    }
    lines
}

/// The next place of a mark that is a word by itself: `toponorm:on` is no part of `toponorm:one`.
fn mark(text: &str, mark: &str, from: usize) -> Option<usize> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':');
    let is_alone = |at: usize| !text[..at].ends_with(is_part) && !text[at + mark.len()..].starts_with(is_part);
    memmem::find_iter(&text.as_bytes()[from..], mark).map(|at| from + at).find(|&at| is_alone(at))
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
    fn a_mark_holds_into_the_next_part_of_a_document() {
        assert!(is_off_after("a toponorm:off b", false) && is_off_after("c", true) && !is_off_after("c", false));
        assert!(!is_off_after("c toponorm:on d", true) && !is_off_after("toponorm:off toponorm:on", false));
        let marks = Marks::after(true, "c toponorm:on d");
        assert_eq!(marks.at(Span::new(0, 1)), Some(WithheldReason::Off));
        assert_eq!(marks.at(Span::new(14, 15)), None);
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
