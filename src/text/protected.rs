//! Spans in which nothing is a name: web and e-mail addresses, hashtags and handles.
//!
//! Writing into an address breaks it, so these are left alone whatever they hold. A chunk without white space is an
//! address if it says so (`://`, `www.`, `@`), or a tag if it starts with `#` or `@`; a full URL grammar would find the same.

use crate::span::Span;

/// The protected spans of `text`, in order.
pub(crate) fn protected_spans(text: &str) -> Vec<Span> {
    if !text.contains(['@', '#']) && !text.contains("://") && !text.contains("www.") {
        return Vec::new();
    }
    text.split_whitespace()
        .filter(|chunk| is_protected(chunk))
        .map(|chunk| {
            let start = chunk.as_ptr() as usize - text.as_ptr() as usize;
            Span::new(start, start + chunk.len())
        })
        .collect()
}

fn is_protected(chunk: &str) -> bool {
    let word = chunk.trim_start_matches(['(', '[', '"', '“', '«']);
    let tagged = |sign| word.strip_prefix(sign).is_some_and(|rest: &str| rest.starts_with(char::is_alphanumeric));
    chunk.contains("://") || word.starts_with("www.") || tagged('#') || tagged('@') || is_email(word)
}

fn is_email(word: &str) -> bool {
    word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_tags_are_protected() {
        for chunk in ["https://a.am/Karbakh", "(www.karabakh.am)", "#Karabakh", "@karabakh", "desk@baku.az"] {
            assert_eq!(protected_spans(&format!("in {chunk} now")), [Span::new(3, 3 + chunk.len())]);
        }
        for text in ["# Karabakh", "Baku @ Yerevan", "Baku"] {
            assert_eq!(protected_spans(text), []);
        }
    }
}
