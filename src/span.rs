//! Spans of text, and the three units in which other tools count them.
//!
//! Inside the crate every offset is a byte offset into UTF-8. Python, the Web Annotation model and spaCy count code
//! points; JavaScript and Java count UTF-16 units. [`Offsets`] converts while walking forward once, instead of
//! counting from the start for every mention, which would be quadratic.

use std::ops::Range;
use std::str::FromStr;

use crate::error::Error;

/// A half-open range of bytes of a text, `start..end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span from `start` up to, not including, `end`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span ends before it starts");
        Self { start, end }
    }

    /// The span as a range, to index a text with.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// Whether the two spans share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// The unit in which offsets are written out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OffsetUnit {
    /// Unicode code points, as Python and the Web Annotation model count.
    #[default]
    Char,
    /// Bytes of UTF-8, as Rust and Go count.
    Byte,
    /// UTF-16 code units, as JavaScript and Java count.
    Utf16,
}

impl OffsetUnit {
    /// The name used on the command line and in `offset_unit`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Char => "char",
            Self::Byte => "byte",
            Self::Utf16 => "utf16",
        }
    }
}

impl FromStr for OffsetUnit {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        match text {
            "char" => Ok(Self::Char),
            "byte" => Ok(Self::Byte),
            "utf16" => Ok(Self::Utf16),
            _ => Err(Error::value(format!("unknown offset unit `{text}`; expected char, byte or utf16"))),
        }
    }
}

/// Converts byte offsets of one text into another unit; fastest when asked in rising order.
///
/// ```
/// use toponorm::{OffsetUnit, Offsets};
///
/// let mut offsets = Offsets::new("Şuşa, 𝄞 Bakı", OffsetUnit::Utf16);
/// assert_eq!(offsets.convert(0), 0);
/// assert_eq!(offsets.convert("Şuşa, 𝄞 ".len()), 9);
/// ```
#[derive(Clone, Debug)]
pub struct Offsets<'t> {
    text: &'t str,
    unit: OffsetUnit,
    byte: usize,
    count: usize,
}

impl<'t> Offsets<'t> {
    /// Offsets of `text`, to be given in `unit`.
    pub fn new(text: &'t str, unit: OffsetUnit) -> Self {
        Self { text, unit, byte: 0, count: 0 }
    }

    /// The offset of byte `byte`, which must be a character boundary of the text.
    pub fn convert(&mut self, byte: usize) -> usize {
        if self.unit == OffsetUnit::Byte {
            return byte;
        }
        if byte < self.byte {
            (self.byte, self.count) = (0, 0);
        }
        let passed = &self.text[self.byte..byte];
        self.count += match self.unit {
            OffsetUnit::Utf16 => passed.chars().map(char::len_utf16).sum::<usize>(),
            _ => passed.chars().count(),
        };
        self.byte = byte;
        self.count
    }
}

impl Offsets<'_> {
    /// The byte at an offset in the unit; `None` if the text ends before it, or it lies inside a character. As fast as
    /// [`Offsets::convert`] when asked in rising order.
    ///
    /// ```
    /// use toponorm::{OffsetUnit, Offsets};
    ///
    /// let mut offsets = Offsets::new("𝄞 Bakı", OffsetUnit::Utf16);
    /// assert_eq!(offsets.byte(3), Some("𝄞 ".len()));
    /// assert_eq!((offsets.byte(1), offsets.byte(99)), (None, None));
    /// ```
    pub fn byte(&mut self, offset: usize) -> Option<usize> {
        if self.unit == OffsetUnit::Byte {
            return self.text.is_char_boundary(offset).then_some(offset);
        }
        if offset < self.count {
            (self.byte, self.count) = (0, 0);
        }
        for c in self.text[self.byte..].chars() {
            let length = if self.unit == OffsetUnit::Utf16 { c.len_utf16() } else { 1 };
            if self.count + length > offset {
                break;
            }
            self.count += length;
            self.byte += c.len_utf8();
        }
        (self.count == offset).then_some(self.byte)
    }
}

/// Lines and columns of one text, both counted from 1, a column a code point; fastest when asked in rising order.
///
/// ```
/// use toponorm::Lines;
///
/// let mut lines = Lines::new("Şuşa\nBakı");
/// assert_eq!(lines.at("Şuşa\nBa".len()), (2, 3));
/// ```
#[derive(Clone, Debug)]
pub struct Lines<'t> {
    text: &'t str,
    byte: usize,
    line: usize,
    column: usize,
}

impl<'t> Lines<'t> {
    /// Lines of `text`.
    pub fn new(text: &'t str) -> Self {
        Self { text, byte: 0, line: 1, column: 1 }
    }

    /// The line and column of byte `byte`, which must be a character boundary of the text.
    pub fn at(&mut self, byte: usize) -> (usize, usize) {
        if byte < self.byte {
            (self.byte, self.line, self.column) = (0, 1, 1);
        }
        for c in self.text[self.byte..byte].chars() {
            if c == '\n' {
                (self.line, self.column) = (self.line + 1, 1);
            } else {
                self.column += 1;
            }
        }
        self.byte = byte;
        (self.line, self.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_differ_on_astral_and_accented_letters() {
        let text = "é𝄞ə";
        let end = text.len();
        let count = |unit| Offsets::new(text, unit).convert(end);
        assert_eq!((count(OffsetUnit::Byte), count(OffsetUnit::Char), count(OffsetUnit::Utf16)), (8, 3, 4));
    }

    #[test]
    fn offsets_may_be_asked_backwards() {
        let mut offsets = Offsets::new("əəə", OffsetUnit::Char);
        assert_eq!(offsets.convert(6), 3);
        assert_eq!(offsets.convert(2), 1);
    }
}
