//! Words of a text, and how each is joined to the word before it.
//!
//! A word is a run of letters, digits and marks. Apostrophes and hyphens *separate* words, and what stood between two
//! words is kept as a [`Joint`]; so `Karabakh’s`, `Nagorno-Karabakh`, `Nagorno Karabakh` and a name hyphenated over a line
//! break are all the same sequence of words, and a name is found by its words alone. Unicode's own segmentation
//! (UAX #29) keeps `Karabakh’s` as one word and splits no hyphen, so every name would need its possessive listed; it is
//! also several times slower. Where the two agree is held by a property test.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::case::Shape;
use super::fold::fold_into;
use super::letters::{is_general_punctuation, is_usual};
use super::paragraph_languages::ToldLanguages;
use crate::span::Span;

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

/// A word: its bytes in the text, its joint to the word before, and its letter case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) span: Span,
    pub(crate) joint: Joint,
    pub(crate) shape: Shape,
}

/// A text and its words.
#[derive(Debug)]
pub(crate) struct Words<'t> {
    pub(crate) text: &'t str,
    pub(crate) list: Vec<Word>,
    /// The spans in which whoever made the text knows that nothing is a name, in order, none overlapping.
    pub(crate) protected: &'t [Span],
    pub(crate) told: ToldLanguages<'t>,
}

impl<'t> Words<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self::of_document(text, &[], ToldLanguages::default())
    }

    /// The words of a text in which some spans hold no names, in order, none overlapping, and whose language is told in places.
    pub(crate) fn of_document(text: &'t str, protected: &'t [Span], told: ToldLanguages<'t>) -> Self {
        Self { text, list: words(text), protected, told }
    }

    /// Whether a span touches one in which nothing is a name.
    pub(crate) fn is_protected(&self, span: Span) -> bool {
        let last_before = self.protected.partition_point(|protected| protected.start < span.end);
        last_before.checked_sub(1).is_some_and(|at| self.protected[at].overlaps(span))
    }

    /// How many words there are.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// The text of the word at `index`.
    pub(crate) fn surface(&self, index: usize) -> &'t str {
        &self.text[self.list[index].span.range()]
    }

    /// The joint of the word at `index` to the one before it; a break past the end.
    pub(crate) fn joint(&self, index: usize) -> Joint {
        self.list.get(index).map_or(Joint::Break, |word| word.joint)
    }

    /// The letter case of the word at `index`.
    pub(crate) fn shape(&self, index: usize) -> Shape {
        self.list[index].shape
    }

    /// The bytes from the first to the last of `words`, which must not be empty.
    pub(crate) fn span(&self, words: Range<usize>) -> Span {
        Span::new(self.list[words.start].span.start, self.list[words.end - 1].span.end)
    }

    /// Whether the word at `index` may owe its capital to the start of a sentence, a heading or a quotation.
    pub(crate) fn starts_sentence(&self, index: usize) -> bool {
        let Some(before) = index.checked_sub(1) else {
            return true;
        };
        match self.joint(index) {
            Joint::DotSpace => true,
            Joint::Break => {
                let gap = &self.text[self.list[before].span.end..self.list[index].span.start];
                let has_blank_line = gap.matches('\n').count() >= 2;
                has_blank_line || gap.contains(['.', '!', '?', ':', '…', '“', '"', '«', '•', '*', '#', '։'])
            }
            _ => false,
        }
    }
}

/// All words of `text`, in order.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::with_capacity(text.len() / 5 + 1);
    let Some(mut start) = next_word_start(text, 0) else {
        return words;
    };
    let mut joint = Joint::Break;
    loop {
        let (end, shape) = word_at(text, start);
        words.push(Word { span: Span::new(start, end), joint, shape });
        // Most words are followed by a space and a letter.
        if let Some(&[b' ', next]) = text.as_bytes()[end..].first_chunk::<2>()
            && byte::kind(next) >= byte::DIGIT
        {
            (start, joint) = (end + 1, Joint::Space);
            continue;
        }
        let Some(next) = next_word_start(text, end) else {
            return words;
        };
        (start, joint) = (next, classify(text, end..next));
    }
}

/// A text on one line: white space of any sort and length becomes a space.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The key of a text, under which spellings are found: its folded words run together.
pub(crate) fn key_of(text: &str) -> String {
    if text.is_ascii() {
        let letters = text.bytes().filter(u8::is_ascii_alphanumeric);
        return letters.map(|letter| char::from(letter.to_ascii_lowercase())).collect();
    }
    let mut key = String::with_capacity(text.len());
    for word in words(text) {
        fold_into(&text[word.span.range()], &mut key);
    }
    key
}

/// What a byte of UTF-8 can be in a word. Most bytes are ASCII letters, and told by a table.
mod byte {
    /// Space, punctuation.
    pub(super) const OTHER: u8 = 0;
    /// A part of a character that is not ASCII.
    pub(super) const WIDE: u8 = 1;
    /// Letters and digits are no less than this.
    pub(super) const DIGIT: u8 = 2;
    pub(super) const CAPITAL: u8 = 3;
    pub(super) const SMALL: u8 = 4;

    pub(super) const KINDS: [u8; 256] = {
        let mut kinds = [OTHER; 256];
        let mut at = 0;
        while at < 256 {
            kinds[at] = match at as u8 {
                b'a'..=b'z' => SMALL,
                b'A'..=b'Z' => CAPITAL,
                b'0'..=b'9' => DIGIT,
                128.. => WIDE,
                _ => OTHER,
            };
            at += 1;
        }
        kinds
    };

    pub(super) fn kind(byte: u8) -> u8 {
        KINDS[usize::from(byte)]
    }
}

fn next_word_start(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    while at < bytes.len() {
        match byte::kind(bytes[at]) {
            byte::OTHER => at += 1,
            byte::WIDE => {
                let c = text[at..].chars().next()?;
                if is_letter_or_digit(c) {
                    return Some(at);
                }
                at += c.len_utf8();
            }
            _ => return Some(at),
        }
    }
    None
}

/// The end and the letter case of the word that starts at `start`.
fn word_at(text: &str, start: usize) -> (usize, Shape) {
    let bytes = text.as_bytes();
    let mut end = start;
    if byte::kind(bytes[start]) != byte::WIDE {
        end += 1 + small_letters(&bytes[start + 1..]);
    }
    while end < bytes.len() && byte::kind(bytes[end]) >= byte::DIGIT {
        end += 1;
    }
    if end < bytes.len() && byte::kind(bytes[end]) == byte::WIDE {
        let wide_end = word_end(text, end);
        if wide_end > end {
            return (wide_end, Shape::of(&text[start..wide_end]));
        }
    }
    if byte::kind(bytes[start]) == byte::SMALL {
        return (end, Shape::Lower);
    }
    (end, shape_of_ascii(&bytes[start..end]))
}

/// How many small ASCII letters, at least, `bytes` begin with: up to eight, which are told at once.
#[inline]
fn small_letters(bytes: &[u8]) -> usize {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * EACH;
    let Some(&eight) = bytes.first_chunk::<8>() else {
        return 0;
    };
    let eight = u64::from_le_bytes(eight);
    // The upper bit of each byte tells: no byte overflows into the next.
    let low = eight & (0x7f * EACH);
    let (from_a, past_z) = (low + (0x80 - u64::from(b'a')) * EACH, low + (0x80 - u64::from(b'z') - 1) * EACH);
    let small = from_a & !past_z & !eight & HIGH;
    ((small ^ HIGH).trailing_zeros() / u8::BITS) as usize
}

/// The letter case of a word of ASCII letters and digits that begins with no small letter.
fn shape_of_ascii(word: &[u8]) -> Shape {
    match word {
        [first, second, ..] if byte::kind(*first) == byte::CAPITAL && byte::kind(*second) == byte::SMALL => {
            Shape::Title
        }
        [first, rest @ ..] if byte::kind(*first) == byte::CAPITAL => {
            let has = |kind| rest.iter().any(|&letter| byte::kind(letter) == kind);
            if has(byte::SMALL) || !has(byte::CAPITAL) { Shape::Title } else { Shape::Upper }
        }
        // Digits before letters, or alone.
        _ => std::str::from_utf8(word).map_or(Shape::Caseless, Shape::of),
    }
}

/// The end of a word that goes on, or ends, at `from`. Invisible characters belong to a word only between its letters.
fn word_end(text: &str, from: usize) -> usize {
    let mut end = from;
    for (offset, c) in text[from..].char_indices() {
        if is_letter_or_digit(c) || (!is_general_punctuation(c) && is_combining_mark(c)) {
            end = from + offset + c.len_utf8();
        } else if !is_invisible(c) {
            break;
        }
    }
    end
}

/// Unicode counts some apostrophes (`ʼ`, `ʻ`) as letters, and some marks as alphabetic; here they are what they look like.
fn is_letter_or_digit(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    is_usual(c) || (!is_general_punctuation(c) && c.is_alphanumeric() && !is_combining_mark(c) && !is_apostrophe(c))
}

/// Soft hyphens, zero-width joiners and spaces, direction marks: seen by nobody, and not by us.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// The characters that writers and keyboards use for an apostrophe.
pub(crate) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '`' | '´' | 'ʹ' | 'ʻ' | 'ʼ' | 'ʽ' | 'ʾ' | 'ʿ' | '‘' | '’' | '‛' | '′' | '՚' | '＇')
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

fn classify(text: &str, gap: Range<usize>) -> Joint {
    match &text.as_bytes()[gap.clone()] {
        b" " => Joint::Space,
        b", " => Joint::Comma,
        b"\n" => Joint::LineBreak,
        _ => classify_rare(&text[gap]),
    }
}

fn classify_rare(gap: &str) -> Joint {
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

/// The paragraphs of a text, as spans that cover it without gaps; a paragraph ends after a line break that is followed
/// by a blank line, or after any line break if the text has no blank lines.
pub(crate) fn paragraphs(text: &str) -> Vec<Span> {
    let has_blank_lines = text.contains("\n\n") || text.contains("\n\r\n");
    let mut spans = Vec::new();
    let mut start = 0;
    for (end, _) in text.match_indices('\n').map(|(at, s)| (at + s.len(), s)) {
        let rest = &text[end..];
        if !has_blank_lines || rest.starts_with('\n') || rest.starts_with("\r\n") {
            spans.push(Span::new(start, end));
            start = end;
        }
    }
    spans.push(Span::new(start, text.len()));
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    fn shown(text: &str) -> Vec<(&str, Joint)> {
        let shown = |word: Word| (&text[word.span.range()], word.joint);
        words(text).into_iter().map(shown).collect()
    }

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
            assert_eq!(shown(text)[1].1, joint, "{text:?}");
        }
    }

    #[test]
    fn marks_and_invisible_letters_belong_to_the_word() {
        let decomposed = "S\u{327}us\u{327}a";
        assert_eq!(shown(decomposed), [(decomposed, Joint::Break)]);
        assert_eq!(shown("Kara\u{AD}bakh").len(), 1);
        assert_eq!(shown("Baku\u{200B}").first(), Some(&("Baku", Joint::Break)));
    }

    #[test]
    fn paragraphs_cover_the_text() {
        for text in ["", "a", "a\n", "a\n\nb\n", "a\nb\nc", "\n\n\n", "a\r\n\r\nb"] {
            let joined: String = paragraphs(text).iter().map(|p| &text[p.range()]).collect();
            assert_eq!(joined, text);
        }
    }

    proptest::proptest! {
        /// The plainest way to read a text: a character at a time.
        #[test]
        fn words_are_runs_of_letters_digits_and_marks(text in "([a-cA-C0-9 .,’\u{301}\u{ad}əӘ\n-]|\\PC){0,16}") {
            let is_in_word = |c: char| is_letter_or_digit(c) || is_combining_mark(c) || is_invisible(c);
            let runs = text.split(|c: char| !is_in_word(c));
            let runs = runs.map(|run| run.trim_start_matches(|c| !is_letter_or_digit(c)).trim_end_matches(is_invisible));
            let plain: Vec<&str> = runs.filter(|run| !run.is_empty()).collect();
            let found = words(&text);
            proptest::prop_assert_eq!(found.iter().map(|word| &text[word.span.range()]).collect::<Vec<_>>(), plain);
            for (one, next) in found.iter().zip(&found[1.min(found.len())..]) {
                proptest::prop_assert_eq!(next.joint, classify_rare(&text[one.span.end..next.span.start]));
            }
            for word in found {
                proptest::prop_assert_eq!(word.shape, Shape::of(&text[word.span.range()]));
            }
        }

        #[test]
        fn a_key_is_the_folded_words(text in "\\PC{0,12}|[ -~]{0,12}") {
            let folded: String = words(&text).iter().map(|word| fold(&text[word.span.range()])).collect();
            proptest::prop_assert_eq!(key_of(&text), folded);
        }

        /// Where only spaces and plain punctuation divide words, Unicode's segmentation (UAX #29) divides them in the same places.
        #[test]
        fn plain_words_are_those_of_unicode(text in "([a-zA-Zšşəığа-яա-ֆ0-9]{1,6}[\u{301}]?[ \n!?()/«»]{1,2}){0,8}") {
            use unicode_segmentation::UnicodeSegmentation as _;

            let ours: Vec<&str> = words(&text).iter().map(|word| &text[word.span.range()]).collect();
            let unicode: Vec<&str> = text.unicode_words().collect();
            proptest::prop_assert_eq!(ours, unicode);
        }
    }
}
