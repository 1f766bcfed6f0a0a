//! Bytes to text and back. A document is UTF-8 unless its encoding is named; nothing is guessed and nothing replaced.
//!
//! The byte order mark is not part of the text and comes back on encoding, so a document without edits is the bytes it was.

use std::borrow::Cow;
use std::str::FromStr;

use encoding_rs::{DecoderResult, EncoderResult, UTF_8, UTF_16BE, UTF_16LE};

use crate::error::Error;

/// The encoding of a document: UTF-8, or one named by its WHATWG label (`windows-1251`, `utf-16le`, `latin1` …).
///
/// ```
/// use toponorm::Encoding;
///
/// let encoding: Encoding = "windows-1251".parse()?;
/// assert_eq!(encoding.decode(b"\xC1\xE0\xEA\xF3")?.text, "Баку");
/// assert!(Encoding::default().decode(b"\xC1\xE0\xEA\xF3").is_err());
/// # Ok::<(), toponorm::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

impl Default for Encoding {
    fn default() -> Self {
        Self(UTF_8)
    }
}

impl FromStr for Encoding {
    type Err = Error;

    fn from_str(label: &str) -> Result<Self, Error> {
        encoding_rs::Encoding::for_label(label.as_bytes()).map(Self).ok_or_else(|| {
            Error::value(format!(
                "unknown encoding `{label}`; expected a WHATWG label, such as utf-8, windows-1251, koi8-r or utf-16le"
            ))
        })
    }
}

/// A document's text and what is needed to write it back. A legacy encoding may have two codes for one character; what
/// would not come back as it was is refused on encoding.
#[derive(Clone, Debug)]
pub struct DecodedText {
    /// The text, without byte order mark.
    pub text: String,
    encoding: Encoding,
    mark: Vec<u8>,
}

impl Encoding {
    /// Whether it is UTF-8.
    pub fn is_utf8(self) -> bool {
        self.0 == UTF_8
    }

    /// The text of `bytes`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Encoding`](crate::ErrorKind::Encoding) with the offset of the first byte that is not text.
    pub fn decode(self, bytes: &[u8]) -> Result<DecodedText, Error> {
        let mark = self.byte_order_mark(bytes);
        let body = &bytes[mark.len()..];
        let text = if self.0 == UTF_8 {
            match std::str::from_utf8(body) {
                Ok(text) => text.to_owned(),
                Err(error) => return Err(self.not_text(bytes, mark.len() + error.valid_up_to(), 0)),
            }
        } else {
            self.decode_other(bytes, mark.len())?
        };
        Ok(DecodedText { text, encoding: self, mark: mark.to_vec() })
    }

    /// The text of a part of a document of UTF-8 that comes after `before` bytes; what looks like a byte order mark there is text.
    pub(super) fn decode_later(self, bytes: &[u8], before: usize) -> Result<DecodedText, Error> {
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(DecodedText { text: text.to_owned(), encoding: self, mark: Vec::new() }),
            Err(error) => Err(self.not_text(bytes, error.valid_up_to(), before)),
        }
    }

    fn decode_other(self, bytes: &[u8], start: usize) -> Result<String, Error> {
        let mut decoder = self.0.new_decoder_without_bom_handling();
        let body = &bytes[start..];
        let capacity = decoder.max_utf8_buffer_length_without_replacement(body.len()).unwrap_or(body.len() * 3);
        let mut text = String::with_capacity(capacity);
        let (result, read) = decoder.decode_to_string_without_replacement(body, &mut text, true);
        match result {
            DecoderResult::InputEmpty => Ok(text),
            DecoderResult::Malformed(length, after) => {
                let bad = read.saturating_sub(usize::from(length) + usize::from(after));
                Err(self.not_text(bytes, start + bad, 0))
            }
            DecoderResult::OutputFull => Err(Error::encoding(read as u64, "the document is too large to decode")),
        }
    }

    /// The encoding's name.
    pub fn label(self) -> &'static str {
        self.0.name()
    }

    /// The bytes of `text`, without byte order mark.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Encoding`](crate::ErrorKind::Encoding) if the encoding has no sign for a character.
    pub fn encode(self, text: &str) -> Result<Vec<u8>, Error> {
        let encoding = self.0;
        if encoding == UTF_8 {
            return Ok(text.as_bytes().to_vec());
        } else if encoding == UTF_16LE {
            return Ok(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
        } else if encoding == UTF_16BE {
            return Ok(text.encode_utf16().flat_map(u16::to_be_bytes).collect());
        }
        let mut encoder = encoding.new_encoder();
        let capacity = encoder.max_buffer_length_from_utf8_without_replacement(text.len()).unwrap_or(text.len() * 4);
        let mut bytes = Vec::with_capacity(capacity);
        let (result, read) = encoder.encode_from_utf8_to_vec_without_replacement(text, &mut bytes, true);
        match result {
            EncoderResult::Unmappable(c) => {
                let message = format!(
                    "{} has no sign for `{c}`, which a correction needs; convert the document to UTF-8 first",
                    encoding.name()
                );
                Err(Error::encoding(read as u64, message))
            }
            _ => Ok(bytes),
        }
    }

    pub(super) fn not_faithful(self) -> Error {
        let message = format!(
            "the document has {} codes that would come back as others; convert it to UTF-8 first",
            self.0.name()
        );
        Error::encoding(0, message)
    }

    /// The complaint about the byte at `at` of what comes after `before` bytes.
    fn not_text(self, bytes: &[u8], at: usize, before: usize) -> Error {
        let declared = declared(bytes).filter(|label| label.parse().is_ok_and(|encoding: Self| encoding != self));
        let says = declared.map(|label| format!("it says that it is {label}: pass `--encoding {label}`"));
        let help = match bytes {
            _ if says.is_some() => says.as_deref().unwrap_or_default(),
            [0xFF, 0xFE, ..] => "it begins like UTF-16: pass `--encoding utf-16le`",
            [0xFE, 0xFF, ..] => "it begins like UTF-16: pass `--encoding utf-16be`",
            _ if self.0 == UTF_8 => "name its encoding, such as `--encoding windows-1251`, or save it as UTF-8",
            _ => "check the encoding, or save it as UTF-8",
        };
        let byte = bytes.get(at).map_or("the end of the document".to_owned(), |byte| format!("byte 0x{byte:02X}"));
        let at = before + at;
        Error::encoding(at as u64, format!("not {} text: {byte} at offset {at}; {help}", self.0.name()))
    }

    fn byte_order_mark(self, bytes: &[u8]) -> &[u8] {
        match encoding_rs::Encoding::for_bom(bytes) {
            Some((marked, length)) if marked == self.0 => &bytes[..length],
            _ => &[],
        }
    }
}

/// The encoding that a page or an XML document says it is in, near its start: `encoding="…"` or `charset=…`.
fn declared(bytes: &[u8]) -> Option<&str> {
    let start = &bytes[..bytes.len().min(1024)];
    let ascii = start.split(|byte| !byte.is_ascii()).next().unwrap_or_default();
    let text = std::str::from_utf8(ascii).ok()?;
    let marks = ["encoding=", "charset="];
    let after = marks.iter().find_map(|mark| text.split_once(mark)).map(|(_, after)| after)?;
    let label = after.trim_start_matches(['"', '\'']);
    let end = label.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_'))?;
    Some(&label[..end])
}

impl DecodedText {
    /// The text with its byte order mark, as a tool that knows no marks sees it.
    pub fn with_mark<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.mark.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(format!("\u{FEFF}{text}")) }
    }

    /// Whether the document was read in the encoding that this label names.
    #[cfg(feature = "formats")]
    pub(super) fn is_in(&self, label: &str) -> bool {
        let is_utf16 = self.encoding.0 == UTF_16LE || self.encoding.0 == UTF_16BE;
        encoding_rs::Encoding::for_label(label.as_bytes()) == Some(self.encoding.0)
            || (is_utf16 && label.eq_ignore_ascii_case("utf-16"))
    }

    /// The name of the document's encoding.
    #[cfg(feature = "formats")]
    pub(super) fn encoding_name(&self) -> &'static str {
        self.encoding.0.name()
    }

    /// Whether encoding the text again gives these bytes.
    pub(super) fn is_faithful_to(&self, bytes: &[u8]) -> bool {
        self.encoding.0 == UTF_8 || self.encode(&self.text).is_ok_and(|encoded| encoded == bytes)
    }

    /// Whether the document's encoding has signs for all letters of `text`.
    pub fn can_hold(&self, text: &str) -> bool {
        let encoding = self.encoding.0;
        encoding == UTF_8 || encoding == UTF_16LE || encoding == UTF_16BE || !encoding.encode(text).2
    }

    /// The encoding.
    pub(super) fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// How many bytes of the document come before the text.
    pub(super) fn mark_length(&self) -> usize {
        self.mark.len()
    }

    /// `text` in the encoding of the document, with its byte order mark if it had one.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Encoding`](crate::ErrorKind::Encoding) if the encoding has no sign for a character.
    pub fn encode(&self, text: &str) -> Result<Vec<u8>, Error> {
        Ok([self.mark.as_slice(), &self.encoding.encode(text)?].concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_decoded_is_encoded_as_it_was() {
        let text = "Stepanakert, 27 Sept.\r\n";
        let utf16: Vec<u8> = [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        for (label, bytes) in [
            ("utf-8", text.as_bytes().to_vec()),
            ("utf-8", [b"\xEF\xBB\xBF", text.as_bytes()].concat()),
            ("utf-16le", utf16),
            ("windows-1251", b"\xC1\xE0\xEA\xF3".to_vec()),
        ] {
            let encoding: Encoding = label.parse().unwrap();
            let decoded = encoding.decode(&bytes).unwrap();
            assert!(!decoded.text.starts_with('\u{FEFF}'));
            assert_eq!(decoded.encode(&decoded.text).unwrap(), bytes, "{label}");
        }
    }

    #[test]
    fn the_offset_of_the_bad_byte_is_given() {
        let error = Encoding::default().decode(b"Baku \xE0").unwrap_err();
        assert_eq!(error.position().unwrap().byte, Some(5));
        let error = "utf-8".parse::<Encoding>().unwrap().decode(b"\xFF\xFEB\0").unwrap_err();
        assert!(error.to_string().contains("utf-16le"), "{error}");
        let error = Encoding::default().decode(b"<meta charset=windows-1251><p>\xC1\xE0").unwrap_err();
        assert!(error.to_string().contains("pass `--encoding windows-1251`"), "{error}");
        let error = "euc-jp".parse::<Encoding>().unwrap().decode(b"ab\x8F\xFF").unwrap_err();
        assert_eq!(error.position().unwrap().byte, Some(2), "{error}");
    }

    #[test]
    fn a_document_that_would_not_come_back_is_known() {
        let encoding: Encoding = "shift_jis".parse().unwrap();
        let bytes = b"\x87\x90";
        assert!(!encoding.decode(bytes).unwrap().is_faithful_to(bytes));
        assert!(encoding.decode(b"Baku").unwrap().is_faithful_to(b"Baku"));
    }

    #[test]
    fn what_an_encoding_cannot_hold_is_refused() {
        let decoded = "windows-1251".parse::<Encoding>().unwrap().decode(b"Baku").unwrap();
        assert!(decoded.encode("Xankəndi").unwrap_err().to_string().contains('ə'));
    }
}
