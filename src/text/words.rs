//! Words of a text, and how each is joined to the word before it.
//!
//! A word is a run of letters, digits and marks. Apostrophes and hyphens *separate* words, and what stood between two
//! words is kept as a [`Joint`]; so `Karabakh’s`, `Nagorno-Karabakh`, `Nagorno Karabakh` and a name hyphenated over a line
//! break are all the same sequence of words, and a name is found by its words alone. Unicode's own segmentation
//! (UAX #29) keeps `Karabakh’s` as one word and splits no hyphen, so every name would need its possessive listed; it is
//! also several times slower. Where the two agree is held by a property test.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::block::Block;
use super::case::Shape;
use super::fold::fold_into;
use super::joint::{Joint, classify};
use super::letters::{is_general_punctuation, is_usual};
use super::paragraph_languages::ToldLanguages;
use crate::span::Span;

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
    let mut scan = Scan { text, words: Vec::with_capacity(text.len() / 5 + 1), end: 0 };
    let mut at = 0;
    loop {
        // In other scripts than Latin a block would hardly ever hold a word: what follows a space tells.
        if let Some(bytes) = text.as_bytes()[at..].first_chunk()
            && bytes[1].is_ascii()
        {
            let is_read;
            (at, is_read) = scan.read_block(at, bytes);
            if is_read {
                continue;
            }
        }
        let Some(start) = next_word_start(text, at) else {
            let mut words = scan.words;
            if let Some(first) = words.first_mut() {
                first.joint = Joint::Break;
            }
            return words;
        };
        let (end, shape) = word_at(text, start);
        scan.add(Span::new(start, end), shape);
        at = end;
    }
}

/// The words of a text so far.
struct Scan<'t> {
    text: &'t str,
    words: Vec<Word>,
    /// Where the last of them ends.
    end: usize,
}

impl Scan<'_> {
    /// Adds the words that a block, which starts at `at`, outside any word, holds as a whole. Gives where to go on, and whether the next block
    /// may start there: else what stands there is not told by its bytes alone.
    #[inline]
    fn read_block(&mut self, at: usize, bytes: &[u8; Block::BYTES]) -> (usize, bool) {
        let block = Block::of(bytes);
        let clear = block.unclear.trailing_zeros() as usize;
        // Where a word starts, and where it ends, in turn.
        let mut edges = block.in_words ^ block.in_words << 1;
        if clear < Block::BYTES {
            edges &= (1 << clear) - 1;
        }
        // A word's bytes lie in the block, and so does what is before it, but for the first word.
        let mut before = Block::BYTES;
        while edges != 0 {
            let start = edges.trailing_zeros() as usize;
            edges &= edges - 1;
            if edges == 0 {
                return (at + start, start > 0 && clear == Block::BYTES);
            }
            let end = edges.trailing_zeros() as usize;
            edges &= edges - 1;
            let shape = match byte::kind(bytes[start % Block::BYTES]) {
                byte::SMALL => Shape::Lower,
                _ => shape_of_ascii(&bytes[start..end]),
            };
            let span = Span::new(at + start, at + end);
            if before + 1 == start && bytes[before % Block::BYTES] == b' ' {
                self.words.push(Word { span, joint: Joint::Space, shape });
                self.end = span.end;
            } else {
                self.add(span, shape);
            }
            before = end;
        }
        (at + clear, clear == Block::BYTES)
    }

    fn add(&mut self, span: Span, shape: Shape) {
        let joint = match &self.text.as_bytes()[self.end..span.start] {
            b" " => Joint::Space,
            gap => classify(self.text, gap, self.end),
        };
        self.words.push(Word { span, joint, shape });
        self.end = span.end;
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
    use crate::text::joint::classify_rare;

    fn shown(text: &str) -> Vec<(&str, Joint)> {
        let shown = |word: Word| (&text[word.span.range()], word.joint);
        words(text).into_iter().map(shown).collect()
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

    /// Texts short and long, of ASCII or not, with what may stand in words or between them.
    fn text() -> impl proptest::strategy::Strategy<Value = String> {
        proptest::prop_oneof![
            "([a-cA-C0-9 .,’\u{301}\u{ad}əӘ\n-]|\\PC){0,16}",
            "([a-zA-Z0-9]{1,9}(’|“|—|–|\u{200b}|\u{301}|ə|\u{2060}|[ -/]){0,3}){0,40}",
            "[ -~]{0,60}[a-z]{50,90}[ -~]{0,90}",
        ]
    }

    proptest::proptest! {
        /// The plainest way to read a text: a character at a time.
        #[test]
        fn words_are_runs_of_letters_digits_and_marks(text in text()) {
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
