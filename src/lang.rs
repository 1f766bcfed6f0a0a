//! Language tags: which language a spelling belongs to, and which language a paragraph is in.
//!
//! Tags are BCP 47 with a script subtag only where the script is not the language's usual one today: `az` is
//! Azerbaijani in Latin letters, `az-Cyrl` the same in Cyrillic. A tag is 16 bytes and `Copy`; the longest tag met
//! in practice (`zh-Hant-TW`) has ten characters, so a heap string would only cost.

use std::fmt;
use std::str::FromStr;

use crate::error::Error;

const CAPACITY: usize = 15;

/// A BCP 47 language tag, such as `en`, `hy` or `az-Cyrl`.
///
/// ```
/// use toponorm::Lang;
///
/// let lang: Lang = "az-Cyrl".parse()?;
/// assert_eq!(lang.language(), "az");
/// assert!("Azerbaijani".parse::<Lang>().is_err());
/// # Ok::<(), toponorm::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Lang {
    bytes: [u8; CAPACITY],
    len: u8,
}

impl Lang {
    /// English.
    pub const ENGLISH: Lang = Lang::literal("en");
    /// A language that nobody determined.
    pub(crate) const UNDETERMINED: Lang = Lang::literal("und");

    const fn literal(tag: &str) -> Self {
        let source = tag.as_bytes();
        let mut bytes = [0; CAPACITY];
        let mut at = 0;
        while at < source.len() {
            bytes[at] = source[at];
            at += 1;
        }
        Self { bytes, len: source.len() as u8 }
    }

    /// The whole tag.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..usize::from(self.len)]).unwrap_or_default()
    }

    /// The primary language subtag: `az` of `az-Cyrl`.
    pub fn language(&self) -> &str {
        let tag = &self.bytes[..usize::from(self.len)];
        let subtag = tag.split(|&byte| byte == b'-').next().unwrap_or_default();
        std::str::from_utf8(subtag).unwrap_or_default()
    }

    /// Whether nobody determined the language, in whatever script it is.
    pub(crate) fn is_undetermined(&self) -> bool {
        self.bytes.starts_with(b"und") && matches!(self.bytes[3], 0 | b'-')
    }

    /// Whether names take endings in this language, so that writing the bare name over a fuzzy match may break the
    /// grammar of the sentence (`Степанакерте`, `Xankəndidə`). Everything is taken to inflect but the languages listed.
    pub(crate) fn inflects_names(&self) -> bool {
        const UNINFLECTED: [&str; 9] = ["en", "fr", "es", "pt", "it", "nl", "da", "nb", "ca"];
        !UNINFLECTED.contains(&self.language())
    }

    /// Whether `i` and `ı` are two letters here, which changes how text is put into capitals.
    pub(crate) fn has_dotless_i(&self) -> bool {
        matches!(self.as_str(), "az" | "tr")
    }
}

impl FromStr for Lang {
    type Err = Error;

    fn from_str(tag: &str) -> Result<Self, Error> {
        let mut subtags = tag.split('-');
        let language = subtags.next().unwrap_or_default();
        let language_is_right = matches!(language.len(), 2 | 3) && language.bytes().all(|b| b.is_ascii_lowercase());
        let rest_is_right =
            subtags.all(|subtag| (2..=8).contains(&subtag.len()) && subtag.bytes().all(|b| b.is_ascii_alphanumeric()));
        if !language_is_right || !rest_is_right || tag.len() > CAPACITY {
            return Err(Error::value(format!(
                "`{tag}` is no language tag; expected BCP 47, such as `en`, `hy` or `az-Cyrl`"
            )));
        }
        Ok(Self::literal(tag))
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lang({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_checked() {
        for good in ["en", "az-Cyrl", "zh-Hant-TW", "ceb"] {
            assert_eq!(good.parse::<Lang>().unwrap().as_str(), good);
        }
        for bad in ["", "e", "EN", "en_GB", "english", "az-", "az-x-averylongtag"] {
            assert!(bad.parse::<Lang>().is_err(), "{bad}");
        }
    }
}
