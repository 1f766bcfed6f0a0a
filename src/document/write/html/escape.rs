//! Text from outside on its way into markup: every string that we didn't write passes here.

use std::fmt;

/// Writes a text so that HTML reads it as text, between tags and in double quotes alike.
///
/// NUL, which no HTML can hold, becomes U+FFFD, the sign that a browser would put there itself.
pub(super) struct Escaped<'a>(pub(super) &'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while let Some(at) = rest.find(['&', '<', '>', '"', '\'', '\0']) {
            f.write_str(&rest[..at])?;
            f.write_str(match rest.as_bytes()[at] {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'"' => "&quot;",
                b'\'' => "&#39;",
                _ => "\u{fffd}",
            })?;
            rest = &rest[at + 1..];
        }
        f.write_str(rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_a_text_or_an_attribute() {
        let escaped = Escaped("<b title=\"x\" id='y'>&amp;\0\n").to_string();
        assert_eq!(escaped, "&lt;b title=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;\u{fffd}\n");
    }
}
