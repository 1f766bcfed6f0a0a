//! Text of strangers on a terminal or in a report: one line, and nothing in it that acts.
//!
//! An escape character in a document could colour, move or rename the reader's terminal, and a bidirectional override can make a line say
//! something else. Each such character becomes one that can be seen, so columns stay what they were.

use std::ops::Range;

/// The text with line breaks and tabs as spaces, and with signs in place of characters that act.
pub(super) fn printable(text: &str) -> String {
    text.chars().map(printable_char).collect()
}

fn printable_char(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
        // Control Pictures.
        '\0'..='\u{1F}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{FFFD}'),
        '\u{7F}' => '\u{2421}',
        '\u{80}'..='\u{9F}' => '\u{FFFD}',
        // Embeddings, overrides and isolates.
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => '\u{FFFD}',
        c => c,
    }
}

/// The part of a text around a span: at most `around` characters on both sides, on the span's own lines, cut between words.
pub(super) struct Excerpt<'t> {
    pub(super) before: &'t str,
    pub(super) inside: &'t str,
    pub(super) after: &'t str,
    pub(super) is_cut_before: bool,
    pub(super) is_cut_after: bool,
}

impl<'t> Excerpt<'t> {
    pub(super) fn new(text: &'t str, span: Range<usize>, around: usize) -> Self {
        let (before, is_cut_before) = line_end(&text[..span.start], around);
        let (after, is_cut_after) = line_start(&text[span.end..], around);
        Self { before: before.trim_start(), inside: &text[span], after: after.trim_end(), is_cut_before, is_cut_after }
    }

    /// Whether it is all of its lines, and no longer than so many characters.
    pub(super) fn is_line_within(&self, width: usize) -> bool {
        let parts = [self.before, self.inside, self.after];
        let length: usize = parts.iter().map(|part| part.chars().count()).sum();
        !self.is_cut_before && !self.is_cut_after && length <= width
    }
}

/// The end of the last line, and whether it was cut. It never looks further than it takes: a line may be a megabyte.
fn line_end(text: &str, count: usize) -> (&str, bool) {
    let mut start = text.len();
    for (taken, (at, c)) in text.char_indices().rev().enumerate() {
        match c {
            '\n' => return (&text[start..], false),
            c if taken == count => {
                let kept = &text[start..];
                let word = if c.is_whitespace() { Some(0) } else { kept.find(char::is_whitespace) };
                return (word.map_or(kept, |word| &kept[word..]), true);
            }
            _ => start = at,
        }
    }
    (text, false)
}

/// The beginning of the first line, and whether it was cut.
fn line_start(text: &str, count: usize) -> (&str, bool) {
    for (taken, (at, c)) in text.char_indices().enumerate() {
        match c {
            '\n' => return (&text[..at], false),
            c if taken == count => {
                let kept = &text[..at];
                let word = if c.is_whitespace() { Some(at) } else { kept.rfind(char::is_whitespace) };
                return (word.map_or(kept, |word| &kept[..word]), true);
            }
            _ => {}
        }
    }
    (text, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_acts_on_a_terminal() {
        let hostile = "a\u{1B}[2J\u{202E}b\r\n\u{9B}c\u{7F}";
        assert_eq!(printable(hostile), "a␛[2J\u{FFFD}b  \u{FFFD}c␡");
        assert_eq!(printable(hostile).chars().count(), hostile.chars().count());
    }

    #[test]
    fn excerpts_are_cut_between_words() {
        let text = "first line\nShells fell on Stefancart overnight, officials said\nlast";
        let at = text.find("Stefancart").unwrap_or_default();
        let excerpt = Excerpt::new(text, at..at + 10, 9);
        assert_eq!((excerpt.before, excerpt.after), ("fell on ", ""));
        assert!(excerpt.is_cut_before && excerpt.is_cut_after);
        let whole = Excerpt::new(text, at..at + 10, 99);
        assert_eq!((whole.before, whole.after), ("Shells fell on ", " overnight, officials said"));
        assert!(!whole.is_cut_before && !whole.is_cut_after);
        let bare = Excerpt::new(text, at..at + 10, 0);
        assert_eq!((bare.before, bare.after), ("", ""));
    }
}
