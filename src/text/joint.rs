//! What joins a word to the word before it.
//!
//! A name may be written over a space, a hyphen or the end of a line, and over nothing else that ends a sentence or begins a bracket. The usual
//! gaps are told by their bytes; reading each a character at a time took a tenth of the word scan.

use super::words::{is_apostrophe, is_invisible};

/// What stands between a word and the word before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Joint {
    /// Spaces, no line break: `Karin Tak`.
    Space,
    /// One line break with spaces around it; a blank line is a [`Joint::Break`].
    LineBreak,
    /// A hyphen or en dash without spaces: `Nagorno-Karabakh`.
    Hyphen,
    /// A hyphen at the end of a line: `Kara-⏎bakh`.
    HyphenBreak,
    /// An apostrophe: `Karabakh’s`, `N’Djamena`.
    Apostrophe,
    /// A full stop without space: `U.S.`.
    Dot,
    /// A full stop and a space: `St. Petersburg`, but also the end of a sentence.
    DotSpace,
    /// A comma and a space: `Washington, D.C.`.
    Comma,
    /// Anything else, or the start of the text: no name goes across.
    Break,
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\u{2013}' | '\u{58A}')
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}')
}

fn is_space(c: char) -> bool {
    c.is_whitespace() && !is_line_break(c) && c != '\u{2029}'
}

/// How many spaces may stand inside a name: a name is not spread over a table's columns.
const MAX_SPACES: usize = 3;

/// What joins two words between which `gap` stands, from byte `start` on: told by its bytes where it is usual.
pub(super) fn classify(text: &str, gap: &[u8], start: usize) -> Joint {
    match gap {
        b", " => Joint::Comma,
        b". " => Joint::DotSpace,
        b"\n" => Joint::LineBreak,
        b"-" => Joint::Hyphen,
        b"'" | [0xE2, 0x80, 0x99] => Joint::Apostrophe,
        // No name goes on over what begins with such a sign, or with a dash or a quotation mark.
        [b'!' | b'"' | b'(' | b')' | b'*' | b'/' | b':' | b';' | b'?' | b'[' | b']' | b'_', ..] => Joint::Break,
        [0xE2, 0x80, 0x94 | 0x9C | 0x9D, ..] => Joint::Break,
        _ => classify_rare(&text[start..start + gap.len()]),
    }
}

/// The same, read a character at a time.
pub(super) fn classify_rare(gap: &str) -> Joint {
    let gap = gap.trim_start_matches(|c| c != '\u{AD}' && is_invisible(c));
    let mut chars = gap.chars();
    let Some(first) = chars.next() else {
        return Joint::Break;
    };
    let rest = chars.as_str();
    let is_hyphen = is_hyphen(first) || first == '\u{AD}';
    match (first, rest.is_empty()) {
        (_, true) if is_hyphen => Joint::Hyphen,
        (c, true) if is_apostrophe(c) => Joint::Apostrophe,
        ('.', true) => Joint::Dot,
        _ => match (first, blank(rest), blank(gap)) {
            (_, Some(Joint::LineBreak), _) if is_hyphen => Joint::HyphenBreak,
            ('.', Some(_), _) => Joint::DotSpace,
            (',', Some(_), _) => Joint::Comma,
            (_, _, Some(joint)) => joint,
            _ => Joint::Break,
        },
    }
}

/// [`Joint::Space`] or [`Joint::LineBreak`] if `gap` is nothing but white space with at most one line break.
fn blank(gap: &str) -> Option<Joint> {
    let (mut breaks, mut spaces) = (0, 0);
    let mut previous = ' ';
    for c in gap.chars() {
        match c {
            '\n' if previous == '\r' => {}
            c if is_line_break(c) => breaks += 1,
            c if is_space(c) => spaces += 1,
            c if is_invisible(c) => {}
            _ => return None,
        }
        previous = c;
    }
    match breaks {
        0 if (1..=MAX_SPACES).contains(&spaces) => Some(Joint::Space),
        1 => Some(Joint::LineBreak),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words;

    #[test]
    fn joints_are_told_apart() {
        use Joint::*;
        let cases: [(&str, Joint); 21] = [
            ("Karin Tak", Space),
            ("Karin\u{A0}Tak", Space),
            ("Karin  \n Tak", LineBreak),
            ("Karin\r\nTak", LineBreak),
            ("Karin\n\nTak", Break),
            ("Karin\r\n\r\nTak", Break),
            ("Karin-Tak", Hyphen),
            ("Karin–Tak", Hyphen),
            ("Karin-\nTak", HyphenBreak),
            ("Karin\u{AD}\nTak", HyphenBreak),
            ("Karin - Tak", Break),
            ("Karin’Tak", Apostrophe),
            ("Karin\u{2BC}Tak", Apostrophe),
            ("Karin.Tak", Dot),
            ("Karin. Tak", DotSpace),
            ("Karin, Tak", Comma),
            ("Karin,Tak", Break),
            ("Karin / Tak", Break),
            ("Karin (Tak", Break),
            ("Karin          Tak", Break),
            ("Karin’ Tak", Break),
        ];
        for (text, joint) in cases {
            assert_eq!(words(text)[1].joint, joint, "{text:?}");
        }
    }
}
