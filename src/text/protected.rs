//! Spans in which nothing is a name: web and e-mail addresses, paths, file and host names, hashtags and handles.
//!
//! Writing into an address breaks it, so these are left alone whatever they hold. A chunk without white space is judged by its
//! punctuation: `://`, `www.`, `@`, `_`, a backslash; a slash beside a dot; letters, a dot, and a small-letter ending
//! (`stefancart.gov.az`). `Susha/Shushi` is two names. A full grammar of URLs would miss file names, and finds no more of the rest.

use crate::span::Span;

/// The protected spans of `text`, in order.
pub(crate) fn protected_spans(text: &str) -> Vec<Span> {
    if !text.contains(['@', '#', '_', '\\', '.', '/']) {
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

/// The same asked around single spans, without reading the rest of the text.
pub(crate) struct ProtectedChunks<'t> {
    text: &'t str,
    /// The chunk asked for last: a text may be one.
    latest: Span,
    is_protected: bool,
}

impl<'t> ProtectedChunks<'t> {
    pub(crate) fn of(text: &'t str) -> Self {
        Self { text, latest: Span::new(0, 0), is_protected: false }
    }

    /// Whether some protected span overlaps this one.
    pub(crate) fn overlap(&mut self, span: Span) -> bool {
        let text = self.text;
        if self.latest.start <= span.start && span.end <= self.latest.end {
            return self.is_protected;
        }
        let start = text[..span.start].rfind(char::is_whitespace).unwrap_or(0);
        for chunk in text[start..].split_whitespace() {
            let start = chunk.as_ptr() as usize - text.as_ptr() as usize;
            if start >= span.end {
                break;
            }
            self.latest = Span::new(start, start + chunk.len());
            self.is_protected = is_protected(chunk);
            if self.is_protected && self.latest.overlaps(span) {
                return true;
            }
        }
        false
    }
}

fn is_protected(chunk: &str) -> bool {
    if !chunk.contains(['@', '#', '_', '\\', '.', '/']) {
        return false;
    }
    let word = chunk.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '#' | '@' | '/' | '~' | '\\' | '_'));
    let tagged = |sign| word.strip_prefix(sign).is_some_and(|rest: &str| rest.starts_with(char::is_alphanumeric));
    let is_path = || word.contains('/') && (word.contains('.') || word.starts_with(['/', '~']));
    word.contains("://")
        || word.starts_with("www.")
        || tagged('#')
        || word.contains(['@', '_', '\\'])
        || is_path()
        || is_host_or_file(word)
}

/// `stefancart.gov.az`, `report.txt`: letters, dots, and an ending of two to six small ASCII letters.
fn is_host_or_file(word: &str) -> bool {
    let mut labels = word.split('.');
    let ending = labels.next_back().unwrap_or_default();
    let is_ending = (2..=6).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_lowercase());
    let is_label = |label: &str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    let mut count = 0;
    is_ending && labels.inspect(|_| count += 1).all(is_label) && count > 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_tags_are_protected() {
        for chunk in [
            "https://a.am/Karbakh",
            "(www.karabakh.am)",
            "#Karabakh",
            "@karabakh",
            "desk@baku.az",
            "/data/Stefancart/a.csv",
            "stefancart.gov.az",
            "Khajavend_2020.csv",
            "Susha.txt,",
            r"C:\Stefancart",
        ] {
            assert_eq!(protected_spans(&format!("in {chunk} now")), [Span::new(3, 3 + chunk.len())]);
        }
        for text in [
            "# Karabakh",
            "Baku - Yerevan",
            "Baku",
            "Susha/Shushi",
            "the U.S. and U.K.",
            "end.Then Baku",
            "St. Petersburg.",
        ] {
            assert_eq!(protected_spans(text), []);
        }
    }

    proptest::proptest! {
        #[test]
        fn single_spans_are_judged_as_all_are(text in "([ab.@_/]{1,6}[ \n\u{a0}]{1,2}){0,6}", spans in proptest::collection::vec((0..40usize, 1..9usize), 1..8)) {
            let all = protected_spans(&text);
            let mut chunks = ProtectedChunks::of(&text);
            for (start, length) in spans {
                let span = Span::new(text.floor_char_boundary(start), text.floor_char_boundary(start + length));
                if span.start < span.end {
                    let is_protected = all.iter().any(|protected| protected.overlaps(span));
                    proptest::prop_assert_eq!(chunks.overlap(span), is_protected, "{:?} in {:?}", span, text);
                }
            }
        }
    }
}
