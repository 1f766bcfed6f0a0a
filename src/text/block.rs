//! What the bytes of a text are, many at a time: letters and digits of ASCII, what stands between words, or what takes a closer look.
//!
//! Sixteen bytes are compared at once, by the crate `wide`, which has no unsafe interface and falls back to plain code where a processor
//! has no such instructions. A byte at a time, by a table, took five times as long.

use wide::u8x16;

/// What the bytes of a block are: a bit for each, the first byte's lowest.
pub(super) struct Block {
    /// Letters and digits of ASCII.
    pub(super) in_words: u64,
    /// Bytes that are not ASCII, those of dashes and quotation marks aside: what they are their character must tell.
    pub(super) unclear: u64,
}

impl Block {
    pub(super) const BYTES: usize = 64;

    #[inline]
    pub(super) fn of(bytes: &[u8; Self::BYTES]) -> Self {
        let in_words = bits(bytes, |bytes| {
            let letters = within(bytes | u8x16::splat(0x20), b'a', b'z');
            letters | within(bytes, b'0', b'9')
        });
        let wide = bits(bytes, |bytes| bytes);
        let unclear = if wide == 0 { 0 } else { wide & !dashes_and_quotes(bytes) };
        Self { in_words, unclear }
    }
}

/// The bytes of the characters U+2010 to U+203F, of which none is a letter, digit or mark, nor invisible.
fn dashes_and_quotes(bytes: &[u8; Block::BYTES]) -> u64 {
    let first = bits(bytes, |bytes| bytes.simd_eq(u8x16::splat(0xE2)));
    let second = bits(bytes, |bytes| bytes.simd_eq(u8x16::splat(0x80)));
    let third = bits(bytes, |bytes| within(bytes, 0x90, 0xBF));
    let start = first & second >> 1 & third >> 2;
    start | start << 1 | start << 2
}

/// The upper bit of what `test` makes of each byte.
#[inline]
fn bits(bytes: &[u8; Block::BYTES], test: impl Fn(u8x16) -> u8x16) -> u64 {
    let mut bits = 0;
    for (at, sixteen) in bytes.as_chunks::<16>().0.iter().enumerate() {
        bits |= u64::from(test(u8x16::new(*sixteen)).to_bitmask()) << (16 * at);
    }
    bits
}

/// All ones where a byte is from `low` to `high`.
#[inline]
fn within(bytes: u8x16, low: u8, high: u8) -> u8x16 {
    let above = bytes - u8x16::splat(low);
    above.min(u8x16::splat(high - low)).simd_eq(above)
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        /// The plain twin: each byte by itself.
        #[test]
        fn blocks_say_what_each_byte_says(text in "([ -~]|[‐-‿ə։]|\\PC){64}") {
            let bytes: &[u8; Block::BYTES] = text.as_bytes().first_chunk().unwrap();
            let Block { in_words, unclear } = Block::of(bytes);
            let is_clear = |at: usize, c: char| matches!(c, '\u{2010}'..='\u{203F}') && at + 3 <= Block::BYTES;
            for (start, c) in text.char_indices() {
                for at in (start..start + c.len_utf8()).take_while(|&at| at < Block::BYTES) {
                    let has = |bits: u64| bits >> at & 1 == 1;
                    proptest::prop_assert_eq!(has(in_words), c.is_ascii_alphanumeric(), "{}", at);
                    proptest::prop_assert_eq!(has(unclear), !c.is_ascii() && !is_clear(start, c), "{}", at);
                }
            }
        }
    }
}
