//! Letters and general punctuation of the usual scripts, told by their place: Unicode's own tables take a hundred times as long.

/// Whether a character is a letter of Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic or Georgian; not all of them are here, and nothing
/// else is: no mark, no digit, nothing that looks like an apostrophe.
#[inline]
pub(super) fn is_usual(c: char) -> bool {
    matches!(
        c,
        'À'..='Ö'
            | 'Ø'..='ö'
            | 'ø'..='ʯ'
            | 'Α'..='Ρ'
            | 'Σ'..='ω'
            | 'Ѐ'..='ҁ'
            | 'Ҋ'..='ԯ'
            | 'Ա'..='Ֆ'
            | 'ա'..='և'
            | 'א'..='ת'
            | 'ؠ'..='ي'
            | 'ٱ'..='ۓ'
            | 'Ⴀ'..='Ⴥ'
            | 'ა'..='ჺ'
    )
}

/// Whether a character is in the block of dashes, quotation marks and spaces, which has neither letters nor digits nor marks.
#[inline]
pub(super) fn is_general_punctuation(c: char) -> bool {
    matches!(c, '\u{2000}'..='\u{206F}')
}

/// As [`char::is_alphabetic`].
#[inline]
pub(super) fn is_alphabetic(c: char) -> bool {
    c.is_ascii_alphabetic() || is_usual(c) || (!c.is_ascii() && c.is_alphabetic())
}

#[cfg(test)]
mod tests {
    use unicode_normalization::char::is_combining_mark;

    use super::*;
    use crate::text::is_apostrophe;

    #[test]
    fn unicode_agrees() {
        for c in '\0'..='\u{FFFF}' {
            assert_eq!(is_alphabetic(c), c.is_alphabetic(), "{c:?}");
            assert!(!is_usual(c) || !(is_combining_mark(c) || is_apostrophe(c)), "{c:?}");
            assert!(!is_general_punctuation(c) || !(c.is_alphanumeric() || is_combining_mark(c)), "{c:?}");
        }
    }
}
