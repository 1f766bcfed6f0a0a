//! A document read part by part, so that a file of any size, or a pipe that never ends, takes bounded memory.
//!
//! Text is cut at the ends of paragraphs, records at the ends of records, and of a slow pipe as soon as some have come; what a part says of
//! its names is all that its neighbours don't know. Where texts are cut depends on the bytes alone, and records are the same however they are
//! cut, so whoever reads parts side by side finds the same. Formats whose parts mean nothing alone (a JSON array, pages with markup, encodings
//! other than UTF-8) come as one part.

use std::io::{self, Read};

use super::super::protection::is_off_after;
use super::delimited::{Heading, Rows};
use super::{InputFormat, ReadOptions};
use crate::document::decode::{DecodedText, Encoding};
use crate::error::Error;
use crate::span::OffsetUnit;

/// Texts up to this size are read as a whole.
const WHOLE: usize = 16 << 20;
/// Records are read in parts of about this size: enough work for a thread, and little to wait for.
const RECORDS: usize = 1 << 20;
/// So much is asked of a reader at first: many a file is no longer; and so much at once later.
const READ_FIRST: usize = 8 << 10;
const READ_AT_ONCE: usize = 64 << 10;

/// A part of a document: its bytes, and where they come from.
#[derive(Clone, Debug, Default)]
pub struct DocumentPart {
    /// The part's bytes.
    pub bytes: Vec<u8>,
    /// What comes before it.
    pub origin: Origin,
}

/// What comes before a part of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// Its number, counted from 1; `None` of a document that was not cut.
    pub part: Option<u64>,
    /// Rows of the document before it.
    pub(super) rows: u64,
    /// Whether a `toponorm:off` before it has no `toponorm:on` yet.
    pub(super) is_off: bool,
    /// Whether the document is read part by part, so that others may hold what this part lacks.
    pub(super) is_cut: bool,
    /// The heading of a table that began before it.
    pub(super) heading: Option<Heading>,
    before: Length,
    /// The length of the byte order mark, which offsets don't count.
    mark: usize,
}

/// A length in the three units of offsets, and in lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Length {
    bytes: usize,
    chars: usize,
    utf16: usize,
    /// Line feeds.
    lines: usize,
    /// Code points after the last of them.
    column: usize,
}

impl Origin {
    /// How much of the document comes before the part, in a unit; offsets in the part plus this are offsets in the document.
    pub fn offset(&self, unit: OffsetUnit) -> usize {
        match unit {
            OffsetUnit::Byte => self.before.bytes,
            OffsetUnit::Char => self.before.chars,
            OffsetUnit::Utf16 => self.before.utf16,
        }
    }

    /// Whether it begins between `toponorm:off` and `toponorm:on`, where nothing is to be written.
    pub(in crate::document) fn is_off(&self) -> bool {
        self.is_off
    }

    /// Whether the document is read part by part, so that others may hold what this part lacks.
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// Whether nothing comes before the part.
    pub fn is_start(&self) -> bool {
        self.before.bytes == 0
    }

    /// The line and column of the document for a line and column of the part, all counted from 1.
    pub fn position(&self, (line, column): (usize, usize)) -> (usize, usize) {
        let begun = if line == 1 { self.before.column } else { 0 };
        (self.before.lines + line, begun + column)
    }
}

impl DocumentPart {
    /// The part's text.
    ///
    /// # Errors
    ///
    /// As [`Encoding::decode`], with the offset in the document.
    pub fn decode(&self, encoding: Encoding) -> Result<DecodedText, Error> {
        if self.origin.is_start() {
            return encoding.decode(&self.bytes);
        }
        encoding.decode_later(&self.bytes, self.bytes_before())
    }

    /// The part's bytes before the place in the document that an error names; none if it names no place.
    pub fn before(&self, error: &Error) -> &[u8] {
        let place = error.position().and_then(|position| position.byte).unwrap_or(0) as usize;
        &self.bytes[..place.saturating_sub(self.bytes_before()).min(self.bytes.len())]
    }

    fn bytes_before(&self) -> usize {
        self.origin.mark + self.origin.before.bytes
    }
}

impl Length {
    fn add(&mut self, bytes: &[u8]) {
        // The first bytes of characters, and once more those that take two units of UTF-16.
        let chars = bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count();
        let wide = bytes.iter().filter(|&&byte| byte >= 0xF0).count();
        self.bytes += bytes.len();
        self.chars += chars;
        self.utf16 += chars + wide;
        self.lines += bytes.iter().filter(|&&byte| byte == b'\n').count();
        self.column = match bytes.iter().rposition(|&byte| byte == b'\n') {
            Some(end) => bytes[end + 1..].iter().filter(|&&byte| byte & 0xC0 != 0x80).count(),
            None => self.column + chars,
        };
    }
}

/// Cuts a document into parts while it is read.
#[derive(Debug)]
pub struct Parts<R> {
    reader: R,
    cut: Cut,
    /// How large a part is, unless a record is larger.
    size: usize,
    /// What was read and is in no part yet.
    pending: Vec<u8>,
    is_at_end: bool,
    next: Origin,
}

/// Where a document may be cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Cut {
    Nowhere,
    Paragraphs,
    Lines,
    Rows(Option<u8>),
}

impl<R: Read> Parts<R> {
    /// Reads the parts of a document of this format and encoding from `reader`.
    pub fn new(reader: R, options: &ReadOptions) -> Self {
        let cut = match options.format {
            _ if !options.encoding.is_utf8() => Cut::Nowhere,
            InputFormat::Text => Cut::Paragraphs,
            InputFormat::Jsonl => Cut::Lines,
            InputFormat::Csv => Cut::Rows(None),
            InputFormat::Tsv => Cut::Rows(Some(b'\t')),
            _ => Cut::Nowhere,
        };
        let size = match cut {
            Cut::Nowhere => usize::MAX - 1,
            Cut::Paragraphs => WHOLE,
            Cut::Lines | Cut::Rows(_) => RECORDS,
        };
        Self {
            reader,
            cut,
            size,
            pending: Vec::new(),
            is_at_end: false,
            next: Origin { is_cut: cut != Cut::Nowhere, ..Origin::default() },
        }
    }

    /// Cuts parts of about this size where the document can be cut; what it holds is the same for records.
    #[must_use]
    pub fn with_size(mut self, size: usize) -> Self {
        if self.cut != Cut::Nowhere {
            self.size = size.max(4);
        }
        self
    }

    /// Reads until there is more than `size`, or nothing left; of records also until a reader has no more for now.
    fn fill(&mut self, size: usize) -> io::Result<()> {
        while self.pending.len() <= size && !self.is_at_end {
            let (before, missing) = (self.pending.len(), size + 1 - self.pending.len());
            let asked = missing.min(before.clamp(READ_FIRST, READ_AT_ONCE));
            self.pending.resize(before + asked, 0);
            let read = match self.reader.read(&mut self.pending[before..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(None),
                read => read.map(Some),
            };
            self.pending.truncate(before + read.as_ref().map_or(0, |read| read.unwrap_or(0)));
            let Some(read) = read? else { continue };
            self.is_at_end = read == 0;
            // A slow pipe: what has come is passed on, where it doesn't matter how the document is cut.
            if read < asked && self.has_records() {
                break;
            }
        }
        Ok(())
    }

    fn has_records(&self) -> bool {
        matches!(self.cut, Cut::Lines | Cut::Rows(_))
    }

    /// Reads a part; how long it is.
    fn measure(&mut self) -> io::Result<usize> {
        let mut size = self.size;
        loop {
            self.fill(size)?;
            if self.is_at_end && self.pending.len() <= size {
                return Ok(self.pending.len());
            }
            let has_less = self.pending.len() <= size;
            let window = &self.pending[..size.min(self.pending.len())];
            let end = match self.cut {
                Cut::Nowhere => None,
                Cut::Paragraphs => Some(paragraph_end(window)),
                Cut::Lines => line_end(window),
                Cut::Rows(delimiter) => self.row_end(window, delimiter),
            };
            match end {
                Some(end) => return Ok(end),
                None if has_less => {}
                // A record that is longer than a part.
                None => size = size.saturating_mul(2),
            }
        }
    }

    /// The end of the last whole row of a table.
    fn row_end(&self, window: &[u8], delimiter: Option<u8>) -> Option<usize> {
        let source = std::str::from_utf8(&window[..char_boundary(window)]).ok()?;
        let delimiter = self.next.heading.as_ref().map(Heading::delimiter).or(delimiter);
        let mut rows = Rows::new(source, delimiter);
        let (mut end, mut next_end, mut is_open) = (0, 0, true);
        while let Some(row) = rows.next() {
            (end, next_end, is_open) = (next_end, rows.position(), row.is_open());
        }
        // The last row may go on beyond the window, unless its line ends outside quotes.
        let end = if !is_open && source.ends_with('\n') { source.len() } else { end };
        (end > 0).then_some(end)
    }

    fn part(&mut self, length: usize) -> DocumentPart {
        let rest = self.pending.split_off(length);
        let bytes = std::mem::replace(&mut self.pending, rest);
        let is_last = self.is_at_end && self.pending.is_empty();
        let mut origin = self.next.clone();
        if self.cut == Cut::Paragraphs && !(is_last && origin.part.is_none()) {
            let number = origin.part.map_or(1, |before| before + 1);
            origin.part = Some(number);
            self.next.part = Some(number);
        }
        if !is_last {
            self.pass(&bytes);
        }
        DocumentPart { bytes, origin }
    }

    /// Counts what a part holds, for those after it.
    fn pass(&mut self, bytes: &[u8]) {
        // Offsets don't count the byte order mark.
        let is_first = self.next.before.bytes == 0;
        let counted = if is_first { bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes) } else { bytes };
        self.next.mark += bytes.len() - counted.len();
        self.next.before.add(counted);
        if let Ok(text) = std::str::from_utf8(bytes) {
            self.next.is_off = is_off_after(text, self.next.is_off);
        }
        match (self.cut, std::str::from_utf8(bytes)) {
            (Cut::Lines, _) => self.next.rows += bytes.iter().filter(|&&byte| byte == b'\n').count() as u64,
            (Cut::Rows(delimiter), Ok(source)) => {
                let source = source.strip_prefix('\u{FEFF}').unwrap_or(source);
                let delimiter = self.next.heading.as_ref().map(Heading::delimiter).or(delimiter);
                self.next.rows += Rows::new(source, delimiter).count() as u64;
                if self.next.heading.is_none() {
                    self.next.heading = Heading::read(source, delimiter);
                }
            }
            _ => {}
        }
    }
}

impl<R: Read> Iterator for Parts<R> {
    type Item = io::Result<DocumentPart>;

    /// The next part; an empty document has one empty part.
    fn next(&mut self) -> Option<io::Result<DocumentPart>> {
        let is_begun = self.next.before.bytes > 0;
        if self.is_at_end && self.pending.is_empty() {
            return None;
        }
        match self.measure() {
            Ok(0) if is_begun => None,
            Ok(length) => Some(Ok(self.part(length))),
            Err(error) => {
                self.is_at_end = true;
                self.pending.clear();
                Some(Err(error))
            }
        }
    }
}

/// The last end of a paragraph in the latter half of the window, else of a line, else of a word, else of a character.
fn paragraph_end(window: &[u8]) -> usize {
    let half = window.len() / 2;
    let latter = &window[half..];
    let blank_line = latter.windows(2).rposition(|pair| pair == b"\n\n").map(|at| at + 2);
    let blank_line = blank_line.or_else(|| latter.windows(3).rposition(|three| three == b"\n\r\n").map(|at| at + 3));
    let line = || latter.iter().rposition(|&byte| byte == b'\n').map(|at| at + 1);
    let word = || latter.iter().rposition(u8::is_ascii_whitespace).map(|at| at + 1);
    blank_line.or_else(line).or_else(word).map_or_else(|| char_boundary(window), |at| half + at)
}

fn line_end(window: &[u8]) -> Option<usize> {
    window.iter().rposition(|&byte| byte == b'\n').map(|at| at + 1)
}

/// The end of the last whole character.
fn char_boundary(window: &[u8]) -> usize {
    let begun = window.iter().rev().take(3).position(|&byte| byte >= 0xC0);
    match begun {
        Some(after) => {
            let start = window.len() - after - 1;
            let length = match window[start] {
                0xF0.. => 4,
                0xE0.. => 3,
                _ => 2,
            };
            if start + length > window.len() { start } else { window.len() }
        }
        None => window.len(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::Document;
    use crate::span::Lines;

    fn parts(source: &str, options: &ReadOptions, size: usize) -> Vec<DocumentPart> {
        Parts::new(source.as_bytes(), options).with_size(size).map(Result::unwrap).collect()
    }

    fn options(format: InputFormat) -> ReadOptions {
        ReadOptions { format, ..ReadOptions::default() }
    }

    /// A pipe that is written to slowly.
    struct SlowPipe<'s>(&'s [u8], usize);

    impl Read for SlowPipe<'_> {
        fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
            let (now, later) = self.0.split_at(self.1.min(self.0.len()).min(bytes.len()));
            bytes[..now.len()].copy_from_slice(now);
            self.0 = later;
            Ok(now.len())
        }
    }

    /// Rows and texts of a part.
    fn records(part: &DocumentPart, options: &ReadOptions) -> Vec<(Option<u64>, String)> {
        let source = part.decode(options.encoding).unwrap();
        let document = Document::read_part(&source, options, &part.origin).unwrap();
        document.passages().iter().map(|passage| (passage.row(), passage.text().to_owned())).collect()
    }

    proptest! {
        #[test]
        fn parts_of_a_text_are_the_text(source in "\u{FEFF}?(a|é|𝄞| |\n|\n\n|\r\n\r\n){0,60}", size in 4..24usize) {
            let parts = parts(&source, &options(InputFormat::Text), size);
            let bytes: Vec<u8> = parts.iter().flat_map(|part| part.bytes.clone()).collect();
            prop_assert_eq!(String::from_utf8(bytes).unwrap(), source.as_str());
            let mut before = String::new();
            for part in &parts {
                let text = std::str::from_utf8(&part.bytes).unwrap();
                let counted = before.trim_start_matches('\u{FEFF}');
                prop_assert_eq!(part.origin.offset(OffsetUnit::Byte), counted.len());
                prop_assert_eq!(part.origin.offset(OffsetUnit::Char), counted.chars().count());
                prop_assert_eq!(part.origin.offset(OffsetUnit::Utf16), counted.encode_utf16().count());
                prop_assert_eq!(part.origin.position((1, 1)), Lines::new(counted).at(counted.len()));
                prop_assert_eq!(part.origin.position((2, 3)), (Lines::new(counted).at(counted.len()).0 + 1, 3));
                before += text;
            }
        }

        #[test]
        fn records_are_the_same_part_by_part(rows in prop::collection::vec("[aé,\"\n]{0,9}", 1..12), size in 1..40usize) {
            let line = |text: &String| format!("{}\n", serde_json::json!({"text": text}));
            let lines: String = rows.iter().map(line).collect();
            let cell = |text: &String| format!("1;\"{}\"\r\n", text.replace('"', "\"\""));
            let table = "id;text\n".to_owned() + &rows.iter().map(cell).collect::<String>();
            for (source, format) in [(lines, InputFormat::Jsonl), (table, InputFormat::Csv)] {
                let options = options(format);
                let whole = records(&parts(&source, &options, usize::MAX - 1)[0], &options);
                let cut: Vec<_> = parts(&source, &options, size).iter().flat_map(|part| records(part, &options)).collect();
                prop_assert_eq!(&cut, &whole);
                let slow = Parts::new(SlowPipe(source.as_bytes(), size), &options);
                let piped: Vec<_> = slow.flat_map(|part| records(&part.unwrap(), &options)).collect();
                prop_assert_eq!(&piped, &whole);
            }
        }
    }

    #[test]
    fn records_of_a_pipe_are_given_as_they_come() {
        for (source, format) in
            [("{\"a\":1}\n{\"a\":2}\n", InputFormat::Jsonl), ("ab,c,de\n1,\"\n\",6\n", InputFormat::Csv)]
        {
            let parts = Parts::new(SlowPipe(source.as_bytes(), 8), &options(format));
            let parts: Vec<Vec<u8>> = parts.map(|part| part.unwrap().bytes).collect();
            assert!(parts.len() > 1 && parts.iter().all(|part| part.ends_with(b"\n")), "{parts:?}");
            assert_eq!(parts.concat(), source.as_bytes());
        }
    }

    #[test]
    fn a_first_record_that_is_broken_refuses_no_pipe() {
        let options = options(InputFormat::Jsonl);
        let parts: Vec<_> =
            Parts::new(SlowPipe(b"{\n{\"text\":\"Baku\"}\n", 2), &options).map(Result::unwrap).collect();
        assert_eq!(
            parts.iter().flat_map(|part| records(part, &options)).collect::<Vec<_>>(),
            [(Some(2), "Baku".to_owned())]
        );
    }

    #[test]
    fn a_bad_byte_is_named_by_its_place_in_the_document() {
        for mark in [&b""[..], b"\xEF\xBB\xBF"] {
            let source = [mark, b"one two\n\nthree \xFF"].concat();
            let mut parts = Parts::new(source.as_slice(), &options(InputFormat::Text)).with_size(12 + mark.len());
            let good = parts.next().unwrap().unwrap();
            assert_eq!(good.decode(Encoding::default()).unwrap().text, "one two\n\n");
            let bad = parts.next().unwrap().unwrap();
            let error = bad.decode(Encoding::default()).unwrap_err();
            assert!(error.to_string().contains(&format!("at offset {}", 15 + mark.len())), "{error}");
            assert_eq!(bad.before(&error), b"three ");
        }
    }

    #[test]
    fn a_text_is_cut_after_a_blank_line() {
        let options = options(InputFormat::Text);
        let parts = parts("one two\n\nthree four\n\nfive", &options, 22);
        let texts: Vec<&str> = parts.iter().map(|part| std::str::from_utf8(&part.bytes).unwrap()).collect();
        assert_eq!(texts, ["one two\n\nthree four\n\n", "five"]);
        assert_eq!(parts.iter().map(|part| part.origin.part).collect::<Vec<_>>(), [Some(1), Some(2)]);
        assert_eq!(self::parts("one", &options, 22)[0].origin.part, None);
        assert_eq!(self::parts("", &options, 22).len(), 1);
    }
}
