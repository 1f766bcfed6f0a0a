//! Romanises lines by a named scheme, or each word by its script; remembers what no scheme covers.

use std::collections::{BTreeSet, HashMap};

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
            None => self.by_script(line),
        }
    }

    /// Each stretch of one script by a scheme of its language. Letters that only one language has tell it: the word's own first, then
    /// those of the line.
    fn by_script(&mut self, line: &str) -> String {
        let of_line: HashMap<Script, Option<Scheme>> =
            letters_by_script(line).into_iter().map(|(script, letters)| (script, Scheme::suggest(&letters))).collect();
        let mut written = String::with_capacity(line.len());
        for (script, stretch) in stretches(line) {
            let usual = stretch.chars().find(|&c| foreign_script(c).is_some()).map(String::from);
            let own = Scheme::suggest(stretch);
            let is_told = own != usual.as_deref().and_then(Scheme::suggest);
            let line = script.and_then(|script| of_line.get(&script).copied().flatten());
            match if is_told { own } else { line } {
                None => written.push_str(stretch),
                Some(Scheme::AnyAscii) => written.push_str(&self.last_resort(stretch)),
                Some(scheme) => written.push_str(&self.last_resort(&self.apply(scheme, stretch))),
            }
        }
        written
    }

    fn apply(&self, scheme: Scheme, text: &str) -> String {
        if self.names { scheme.apply_to_name(text) } else { scheme.apply(text) }
    }

    /// `text` with the letters that are not Latin in ASCII.
    fn last_resort(&mut self, text: &str) -> String {
        let is_left = |c: char| foreign_script(c).is_some();
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

/// The script of a letter that is not Latin.
fn foreign_script(c: char) -> Option<Script> {
    let script = c.script();
    (c.is_alphabetic() && !matches!(script, Script::Latin | Script::Common | Script::Inherited)).then_some(script)
}

fn letters_by_script(line: &str) -> HashMap<Script, String> {
    let mut letters: HashMap<Script, String> = HashMap::new();
    for c in line.chars() {
        if let Some(script) = foreign_script(c) {
            letters.entry(script).or_default().push(c);
        }
    }
    letters
}

/// The line in stretches, each with letters of one script besides Latin, and at most one word long.
fn stretches(line: &str) -> Vec<(Option<Script>, &str)> {
    let mut stretches = Vec::new();
    let (mut start, mut script) = (0, None);
    for (at, c) in line.char_indices() {
        let found = foreign_script(c);
        let is_other = found.is_some() && script.is_some() && found != script;
        if is_other || (c.is_whitespace() && script.is_some()) {
            stretches.push((script, &line[start..at]));
            (start, script) = (at, None);
        }
        script = script.or(found);
    }
    stretches.push((script, &line[start..]));
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(line: &str) -> String {
        Romaniser::new(None, false).line(line)
    }

    #[test]
    fn scripts_side_by_side_get_their_own_schemes() {
        assert_eq!(written("Москва-Երևան «Київ»(თბილისი)"), "Moskva-Yerevan «Kyiv»(tbilisi)");
        assert_eq!(written("Şuşa 12"), "Şuşa 12");
        assert_eq!(written(""), "");
    }

    #[test]
    fn letters_of_one_language_tell_it_for_their_word_and_then_for_the_line() {
        assert!(written("Київ и съезд, Љубљана").starts_with("Kyiv "));
        assert!(written("Київ и съезд, Љубљана").ends_with("Ljubljana"));
        assert_eq!(written("Львів і Одеса"), "Lviv i Odesa");
    }

    #[test]
    fn a_long_line_takes_no_longer_than_its_words() {
        assert_eq!(written(&"Москва ".repeat(100_000)).len(), "Moskva ".len() * 100_000);
    }
}
