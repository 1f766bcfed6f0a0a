//! Romanises lines by a named scheme, or each word by its script; remembers what no scheme covers.

use std::collections::BTreeSet;

use toponorm::Scheme;
use unicode_script::{Script, UnicodeScript as _};

pub(crate) struct Romaniser {
    /// None: by script.
    scheme: Option<Scheme>,
    names: bool,
    /// Scripts that `any-ascii` had to write.
    fallen_back: BTreeSet<&'static str>,
}

impl Romaniser {
    pub(crate) fn new(scheme: Option<Scheme>, names: bool) -> Self {
        Self { scheme, names, fallen_back: BTreeSet::new() }
    }

    pub(crate) fn line(&mut self, line: &str) -> String {
        match self.scheme {
            Some(scheme) => self.apply(scheme, line),
            None => line.split_inclusive(char::is_whitespace).map(|word| self.word(word, line)).collect(),
        }
    }

    /// A word by the scheme of its script; which language writes the script, the line tells.
    fn word(&mut self, word: &str, line: &str) -> String {
        let Some(alone) = Scheme::suggest(word) else { return word.to_owned() };
        let script = |c: &char| c.is_alphabetic().then(|| c.script());
        let first = word.chars().find(|c| c.is_alphabetic() && c.script() != Script::Latin);
        let same: String = line.chars().filter(|c| script(c) == first.and_then(|first| script(&first))).collect();
        match Scheme::suggest(&same).unwrap_or(alone) {
            Scheme::AnyAscii => self.last_resort(word),
            scheme => self.last_resort(&self.apply(scheme, word)),
        }
    }

    fn apply(&self, scheme: Scheme, text: &str) -> String {
        if self.names { scheme.apply_to_name(text) } else { scheme.apply(text) }
    }

    /// `text` with the letters that are not Latin in ASCII.
    fn last_resort(&mut self, text: &str) -> String {
        let is_left =
            |c: char| c.is_alphabetic() && !matches!(c.script(), Script::Latin | Script::Common | Script::Inherited);
        self.fallen_back.extend(text.chars().filter(|&c| is_left(c)).map(|c| c.script().full_name()));
        let mut letter = [0; 4];
        let mut ascii =
            |c: char| if is_left(c) { Scheme::AnyAscii.apply(c.encode_utf8(&mut letter)) } else { c.to_string() };
        text.chars().map(&mut ascii).collect()
    }

    /// What was written without a scheme.
    pub(crate) fn note(&self) -> Option<String> {
        let scripts: Vec<_> = self.fallen_back.iter().copied().collect();
        (!scripts.is_empty()).then(|| {
            format!("note: no scheme for letters in {}: written by any-ascii, a last resort", scripts.join(", "))
        })
    }
}
