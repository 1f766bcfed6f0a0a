//! Quotations, by their marks, within a paragraph: “ ”, „ “, « », » «, ‘ ’, ‹ ›, 「 」, 『 』, and straight double quotes in pairs.
//!
//! A mark may open in one style and close in another (`“` opens English and closes German quotations; `’` is an apostrophe as
//! well), so each opening mark has its own closing ones, and a quotation whose end is not in its paragraph is none, except that a paragraph
//! may begin inside a quotation that goes on (each paragraph opens it anew, the last closes it). Straight single quotes are apostrophes far
//! more often than quotes, so they count only around whole words.

use crate::span::Span;

/// The quotations of `text`, outermost only, in order, with their marks.
pub(super) fn quotations(text: &str) -> Vec<Span> {
    if !text.contains(|c| closing(c).is_some()) {
        return Vec::new();
    }
    blocks(text).into_iter().flat_map(|block| in_paragraph(text, block)).collect()
}

/// The parts between blank lines. Lines alone end no quotation, also in a text that has no blank line at all (unlike
/// [`crate::text::ParagraphLanguages`]'s paragraphs): it may be wrapped.
fn blocks(text: &str) -> Vec<Span> {
    let mut blocks = Vec::new();
    let (mut start, mut at) = (0, 0);
    for line in text.split_inclusive('\n') {
        at += line.len();
        if line.trim().is_empty() {
            blocks.push(Span::new(start, at));
            start = at;
        }
    }
    blocks.push(Span::new(start, text.len()));
    blocks
}

/// One walk with the marks that are still open on a stack: a closing mark closes the latest that it can, and drops those above, which
/// were never closed. (Looking for the end of each mark in turn would be quadratic.)
fn in_paragraph(text: &str, paragraph: Span) -> Vec<Span> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut spans: Vec<Span> = Vec::new();
    for (offset, c) in text[paragraph.range()].char_indices() {
        let (at, after) = (paragraph.start + offset, paragraph.start + offset + c.len_utf8());
        if !is_mark(c) {
            continue;
        }
        let opened = if closes(text, at, after, c) { latest_closed_by(c, &open) } else { None };
        if let Some(opened) = opened {
            let span = Span::new(open[opened].0, after);
            open.truncate(opened);
            // Those inside are a part of this one.
            spans.truncate(spans.partition_point(|inner| inner.start < span.start));
            spans.push(span);
        } else if closing(c).is_some() && opens(text, at, after, c) {
            open.push((at, c));
        }
    }
    // Quoted paragraphs each begin with a mark, and only the last ends with one.
    if let Some(&(start, mark)) = open.first()
        && continues(text, start, paragraph, mark)
    {
        spans.clear();
        spans.push(Span::new(start, paragraph.end));
    }
    spans
}

/// The place on the stack of the latest open mark that `c` closes. Quotations in quotations in quotations are no quotations.
fn latest_closed_by(c: char, open: &[(usize, char)]) -> Option<usize> {
    let is_closed = |&(_, mark): &(usize, char)| closing(mark).is_some_and(|closing| closing.contains(&c));
    let lowest = open.len().saturating_sub(MAX_DEPTH);
    open[lowest..].iter().rposition(is_closed).map(|at| lowest + at)
}

/// So many open marks are looked through.
const MAX_DEPTH: usize = 8;

fn is_mark(c: char) -> bool {
    closing(c).is_some() || matches!(c, '’' | '」' | '』')
}

/// The marks that close what `open` opens.
fn closing(open: char) -> Option<&'static [char]> {
    Some(match open {
        '“' => &['”'],
        '”' => &['”'],
        '„' => &['“', '”', '"'],
        '‚' => &['‘', '’'],
        '‘' => &['’'],
        '«' => &['»'],
        '»' => &['«'],
        '‹' => &['›'],
        '›' => &['‹'],
        '「' => &['」'],
        '『' => &['』'],
        '"' => &['"'],
        '\'' => &['\''],
        _ => return None,
    })
}

/// Whether a mark opens here: not inside a word, and before something.
fn opens(text: &str, at: usize, after: usize, open: char) -> bool {
    let is_after_word = text[..at].ends_with(char::is_alphanumeric);
    let is_before_space = text[after..].starts_with(|c: char| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}'));
    match open {
        '「' | '『' => true,
        // French puts a space after its mark.
        '«' | '‹' => !is_after_word,
        _ => !is_after_word && !is_before_space,
    }
}

/// Whether a mark closes here: what may be an apostrophe does so only at the end of a word, and before no other.
fn closes(text: &str, at: usize, after: usize, mark: char) -> bool {
    let is_before_word = text[after..].starts_with(char::is_alphanumeric);
    let is_after_space = text[..at].ends_with(char::is_whitespace);
    match mark {
        '’' | '\'' | '‘' => !is_before_word && !is_after_space,
        '"' => !is_before_word,
        _ => true,
    }
}

/// Whether an unclosed mark begins a paragraph of a quotation that goes on in the next.
fn continues(text: &str, start: usize, paragraph: Span, open: char) -> bool {
    let is_first = text[paragraph.start..start].chars().all(|c| c.is_whitespace() || c == '>');
    let next = text[paragraph.end..].trim_start_matches(|c: char| c.is_whitespace() || c == '>');
    is_first && !matches!(open, '\'' | '‘' | '‚') && next.starts_with(open)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> Vec<&str> {
        quotations(text).into_iter().map(|span| &text[span.range()]).collect()
    }

    #[test]
    fn quotations_of_the_usual_styles() {
        for (text, expected) in [
            ("He said “a b” and c.", vec!["“a b”"]),
            ("Er sagte „a b“ und „c“.", vec!["„a b“", "„c“"]),
            ("Сказал «а б».", vec!["«а б»"]),
            ("Il dit « a b » ici.", vec!["« a b »"]),
            ("Han sagde »a b« her.", vec!["»a b«"]),
            ("He said ‘it’s a’ and b’s c.", vec!["‘it’s a’"]),
            ("彼は「a b」と", vec!["「a b」"]),
            ("He said \"a b\" and \"c\".", vec!["\"a b\"", "\"c\""]),
            ("the 5\" gun and the \"b\"", vec!["\"b\""]),
            ("a 'b c' d", vec!["'b c'"]),
            ("the parents' house isn't Baku's", vec![]),
            ("“a “b” c” d", vec!["“a “b” c”"]),
            ("“a ‘b’ c” d", vec!["“a ‘b’ c”"]),
            ("“never closed", vec![]),
            ("han sade ”a b” här", vec!["”a b”"]),
        ] {
            assert_eq!(quoted(text), expected, "{text}");
        }
    }

    #[test]
    fn a_quotation_ends_with_its_paragraph_or_goes_on_in_the_next() {
        assert_eq!(quoted("He said “a\n\nb” c"), Vec::<&str>::new());
        assert_eq!(quoted("“a\n\n“b” c"), ["“a\n\n", "“b”"]);
        assert_eq!(quoted("He said “a\nb” c"), ["“a\nb”"], "lines are wrapped");
        assert_eq!(quoted("the \"a b\nthe \"c\" d"), ["\"c\""], "the first is never closed");
    }

    proptest::proptest! {
        #[test]
        fn spans_are_in_order_and_hold_marks(text in "[ab\n“”„‘’«»\"' ]{0,24}") {
            let mut end = 0;
            for span in quotations(&text) {
                proptest::prop_assert!(span.start >= end && span.end > span.start);
                proptest::prop_assert!(closing(text[span.start..].chars().next().unwrap()).is_some());
                end = span.end;
            }
        }
    }
}
