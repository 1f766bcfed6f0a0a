//! What is written in place of a mention, if anything: the rules of the promise "changes spellings, not names".
//!
//! By default the *same name's* preferred spelling in the paragraph's language is written, and only over a spelling that is
//! wrong there: a misspelling, a foreign romanisation, a near miss. A surface that is right in that language is never
//! touched, and where the language is unsure nothing is written. `Target::Canonical` writes another *name* and is asked
//! for. Words are replaced one by one where surface and replacement have as many, so that what joins them (a line
//! break, a no-break space) stays.

use std::sync::Arc;

use super::endings::with_endings;
use super::languages::Languages;
use super::policy::NamePolicy;
use super::settled::is_settled;
use crate::gazetteer::compiled::{EntryView, Layers, PersonView};
use crate::gazetteer::{Rewrite, SpellingKind};
use crate::lang::Lang;
use crate::matcher::{Candidate, Matcher, Method, PersonParts};
use crate::resolve::Resolution;
use crate::script::Script;
use crate::span::Span;
use crate::text::{Joint, Lexicon, Shape, Words, copy_case, fold, words};

/// What is written in place of a mention, policies aside.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Target {
    /// The right spelling of the name that was used: `Khajavend` → `Khojavend`, and `Martuni` stays.
    #[default]
    Spelling,
    /// The canonical name of the entry, whatever name was used.
    Canonical,
}

/// Which name is written.
#[derive(Clone, Debug)]
pub(super) enum Choosing {
    Used,
    Canonical,
    Policy(Arc<NamePolicy>),
}

/// Decides on replacements for one document.
pub(super) struct Rewriter<'a, 't> {
    matcher: &'a Matcher,
    layers: &'a Layers,
    words: &'a Words<'t>,
    choosing: &'a Choosing,
    languages: Languages<'t>,
    withheld: usize,
}

impl<'a, 't> Rewriter<'a, 't> {
    pub(super) fn new(
        matcher: &'a Matcher,
        words: &'a Words<'t>,
        choosing: &'a Choosing,
        languages: Languages<'t>,
    ) -> Self {
        Self { matcher, layers: matcher.layers(), words, choosing, languages, withheld: 0 }
    }

    /// How many replacements were not made because the language was unsure.
    pub(super) fn withheld(&self) -> usize {
        self.withheld
    }

    /// For each resolution the text to write in its place, `None` where nothing is to change.
    pub(super) fn replacements(&mut self, resolutions: &[Resolution]) -> Vec<Option<String>> {
        let told_apart = match self.choosing {
            Choosing::Used => vec![false; resolutions.len()],
            Choosing::Canonical | Choosing::Policy(_) => self.names_told_apart(resolutions),
        };
        let mut replacements = Vec::with_capacity(resolutions.len());
        for (resolution, keeps_name) in resolutions.iter().zip(told_apart) {
            let candidate = resolution.chosen().filter(|_| !resolution.is_demonym(self.layers));
            let may_change = |candidate: &&Candidate| {
                !matches!(self.choosing, Choosing::Used) || !is_settled(candidate, self.layers, self.words)
            };
            let replacement = candidate.filter(may_change).and_then(|candidate| {
                let lang = self.languages.at(resolution.mention.span.start);
                let assumed = lang.unwrap_or(Lang::ENGLISH);
                let replacement = self.replacement(resolution, candidate, keeps_name, assumed)?;
                self.withheld += usize::from(lang.is_none());
                lang.map(|_| replacement)
            });
            replacements.push(replacement);
        }
        replacements
    }

    fn replacement(
        &self,
        resolution: &Resolution,
        candidate: &Candidate,
        keeps_name: bool,
        lang: Lang,
    ) -> Option<String> {
        let span = resolution.mention.span;
        let surface = &self.words.text[span.range()];
        let entry = candidate.at.entry(self.layers);
        // A spelling of several places of which hardly any news speaks is as likely the right one of another.
        if !entry.is_well_known() && resolution.mention.candidates.len() > 1 {
            return None;
        }
        let used = candidate.at.name(self.layers);
        let name = match self.choosing {
            _ if keeps_name => used,
            Choosing::Used => used,
            Choosing::Canonical => entry.names().next()?,
            Choosing::Policy(policy) => policy.name(candidate.at.entry, entry, used)?,
        };
        let preferred = name.preferred(lang)?;
        if Script::of(preferred.text()) != Script::of(surface) || !may_write(candidate, self.layers, surface, lang) {
            return None;
        }
        let keeps_same_name = name.text() == used.text();
        if keeps_same_name && is_turkish_usage(entry, surface, preferred.text(), lang) {
            return None;
        }
        if candidate.is_inflected {
            // Given and family name may need different endings.
            if !keeps_same_name || candidate.parts.is_some() {
                return None;
            }
            return with_endings(candidate, self.layers, surface, preferred.text(), lang);
        }
        if keeps_same_name && is_right(entry, surface, lang) {
            return None;
        }
        if !keeps_same_name && !self.may_rename(resolution, candidate, preferred.text()) {
            return None;
        }
        let written = match &candidate.parts {
            Some(parts) => self.write_person(entry, preferred.text(), parts, lang),
            None if keeps_same_name && !self.is_wrong(candidate, preferred.text()) => return None,
            None if keeps_same_name || is_built_alike(surface, preferred.text()) => {
                self.write_words(span, preferred.text(), lang)
            }
            None => copy_case(surface, preferred.text(), lang),
        };
        (written != surface).then_some(written)
    }

    /// Whether another name may be put here: one that means nothing else, and not as a part of a longer, unknown name.
    fn may_rename(&self, resolution: &Resolution, candidate: &Candidate, name: &str) -> bool {
        let mention = &resolution.mention.words;
        let is_name = |at: usize| Shape::of(self.words.surface(at)).is_name_like();
        let before = self.words.joint(mention.start) == Joint::Hyphen && is_name(mention.start - 1);
        let after = self.words.joint(mention.end) == Joint::Hyphen && is_name(mention.end);
        !before && !after && self.article_fits(resolution, name) && self.matcher.means_only(name, candidate.at.entry)
    }

    /// Whether an article before a description (`the Republic of Artsakh`) fits the other name too: `the Karabakh` is no English.
    fn article_fits(&self, resolution: &Resolution, name: &str) -> bool {
        let mention = &resolution.mention;
        let describes = |text: &str| words(text).iter().any(|word| Lexicon.has_word(&fold(&text[word.span.range()])));
        let has_article = mention.words.start > 0
            && matches!(self.words.joint(mention.words.start), Joint::Space | Joint::LineBreak)
            && fold(self.words.surface(mention.words.start - 1)) == "the";
        let is_description = describes(&self.words.text[mention.span.range()]);
        if has_article { !is_description || describes(name) } else { is_description || !takes_article(name) }
    }

    /// Whether the surface of a place is a spelling that may be corrected.
    fn is_wrong(&self, candidate: &Candidate, preferred: &str) -> bool {
        let listed = candidate.at.spelling(self.layers);
        match candidate.method {
            Method::Listed => listed.effective_rewrite() == Rewrite::Auto,
            Method::Fuzzy => true,
            // The surface lacks, or adds, diacritics: missing ones are put back, added ones are left.
            Method::Derived => listed.effective_rewrite() == Rewrite::Auto || !preferred.is_ascii(),
            Method::Context => false,
        }
    }

    /// The preferred text in the surface's letter case, word by word where there are as many.
    fn write_words(&self, span: Span, preferred: &str, lang: Lang) -> String {
        let surface = &self.words.text[span.range()];
        let (old, new) = (words(surface), words(preferred));
        if old.len() != new.len() {
            return copy_case(surface, preferred, lang);
        }
        let mut written = String::with_capacity(preferred.len());
        let mut at = 0;
        for (old, new) in old.iter().zip(&new) {
            let old_word = &surface[old.span.range()];
            written.push_str(&surface[at..old.span.start]);
            written.push_str(&copy_case(old_word, &preferred[new.span.range()], lang));
            at = old.span.end;
        }
        written.push_str(&surface[at..]);
        written
    }

    /// A person's name with the wrong parts corrected; middle names stay.
    fn write_person(&self, entry: EntryView<'_>, preferred: &str, parts: &PersonParts, lang: Lang) -> String {
        let family_words = entry.person().map_or(1, PersonView::family_words);
        let (given, family) = split(preferred, family_words);
        let part = |range: std::ops::Range<usize>, right: &str, is_family: bool| {
            let span = self.words.span(range);
            let surface = &self.words.text[span.range()];
            // Native parts are no mistake in another language: Erdoğan stays in English text.
            let is_right = entry.spellings().any(|spelling| {
                let (given, family) = split(spelling.text(), family_words);
                let same = (if is_family { family } else { given }).to_lowercase() == surface.to_lowercase();
                same && (spelling.is_right_in(lang) || spelling.effective_rewrite() != Rewrite::Auto)
            });
            let is_initial = span.end - span.start <= surface.chars().next().map_or(0, char::len_utf8);
            if is_right || is_initial { surface.to_owned() } else { self.write_words(span, right, lang) }
        };
        let family_text = part(parts.family.clone(), family, true);
        if parts.given.is_empty() {
            return family_text;
        }
        let given_text = part(parts.given.clone(), given, false);
        let between = self.words.span(parts.given.clone()).end..self.words.span(parts.family.clone()).start;
        format!("{given_text}{}{family_text}", &self.words.text[between])
    }

    /// Mentions whose sentence uses two names of the same entry: there the sentence is about the names.
    fn names_told_apart(&self, resolutions: &[Resolution]) -> Vec<bool> {
        let mut sentences = Vec::with_capacity(self.words.len());
        for at in 0..self.words.len() {
            let previous = sentences.last().copied().unwrap_or(0);
            sentences.push(if self.words.starts_sentence(at) { at } else { previous });
        }
        let sentence = |resolution: &Resolution| sentences[resolution.mention.words.start];
        let used: Vec<_> = resolutions
            .iter()
            .map(|resolution| {
                let chosen = resolution.chosen()?;
                Some((sentence(resolution), chosen.at.entry, chosen.at.spelling(self.layers).name_number()))
            })
            .collect();
        let mut told_apart = vec![false; resolutions.len()];
        for (at, one) in used.iter().enumerate() {
            let Some((place, entry, name)) = one else {
                continue;
            };
            let nearby = at.saturating_sub(NEARBY)..(at + NEARBY).min(used.len());
            told_apart[at] = used[nearby].iter().flatten().any(|(p, e, n)| p == place && e == entry && n != name);
        }
        told_apart
    }
}

/// Whether a name is a description that takes an article: `the Nagorno-Karabakh Autonomous Oblast`.
fn takes_article(name: &str) -> bool {
    const HEADS: [&str; 12] = [
        "emirates",
        "federation",
        "islands",
        "kingdom",
        "kray",
        "oblast",
        "okrug",
        "republic",
        "states",
        "territories",
        "territory",
        "union",
    ];
    words(name).iter().any(|word| HEADS.contains(&fold(&name[word.span.range()]).as_str()))
}

/// So many mentions before and after are looked at for another name of the same entry in the sentence.
const NEARBY: usize = 32;

/// Whether anything may be written over this candidate's surface at all.
fn may_write(candidate: &Candidate, layers: &Layers, surface: &str, lang: Lang) -> bool {
    let listed = candidate.at.spelling(layers);
    let is_refused = match listed.rewrite() {
        Some(rewrite) => rewrite != Rewrite::Auto,
        None => listed.kind() == SpellingKind::Mistranslation,
    };
    // In a language that declines its names a near miss may be an ending, which the bare name would destroy.
    let is_unsure = match candidate.method {
        Method::Fuzzy => candidate.parts.is_none(),
        // `Bardą` is no Barda without its mark.
        Method::Derived => ends_otherwise(surface, listed.text()),
        _ => false,
    };
    let may_be_inflected = is_unsure && lang.inflects_names();
    !is_refused && !may_be_inflected
}

/// Whether a Turkish text writes `i` in a foreign place's name, with or without an ending, where its right spelling has `ı`: Turkish
/// newspapers write both, some in one article (`Laçin koridoru` cnnturk.com, `Laçın kenti` haberglobal.com.tr), and the suffix goes with the
/// vowel. The names of Turkey's own places are regulated.
fn is_turkish_usage(entry: EntryView<'_>, surface: &str, right: &str, lang: Lang) -> bool {
    let dotted = |text: &str| text.to_lowercase().replace('ı', "i").replace('\u{307}', "");
    lang.language() == "tr" && entry.country().as_str() != "TR" && dotted(surface).starts_with(&dotted(right))
}

/// Whether a word of the surface ends in another letter than that of the listed spelling.
fn ends_otherwise(surface: &str, listed: &str) -> bool {
    let last = |text: &str, span: Span| text[span.range()].chars().next_back().map(|c| c.to_lowercase().to_string());
    words(surface).iter().zip(&words(listed)).any(|(one, other)| last(surface, one.span) != last(listed, other.span))
}

/// Whether the surface is a right spelling of one of the entry's names in the language, letter case aside.
fn is_right(entry: EntryView<'_>, surface: &str, lang: Lang) -> bool {
    let lower = surface.to_lowercase();
    entry.spellings().any(|spelling| spelling.is_right_in(lang) && spelling.text().to_lowercase() == lower)
}

/// Whether two names have as many words, joined alike and with capitals alike, so that one can be written word by word over the other:
/// `Republic of Nagorno-Karabakh` over `Nagorno-Karabakh Autonomous Oblast` cannot.
fn is_built_alike(surface: &str, name: &str) -> bool {
    let (old, new) = (words(surface), words(name));
    let is_hyphen = |joint: Joint| matches!(joint, Joint::Hyphen | Joint::HyphenBreak);
    let shape = |text: &str, span: Span| Shape::of(&text[span.range()]);
    old.len() == new.len()
        && old.iter().zip(&new).all(|(old, new)| {
            let is_lower = shape(surface, old.span) == Shape::Lower;
            is_hyphen(old.joint) == is_hyphen(new.joint) && is_lower == (shape(name, new.span) == Shape::Lower)
        })
}

/// A full name's given and family part.
pub(super) fn split(full: &str, family_words: usize) -> (&str, &str) {
    let starts: Vec<usize> = words_by_space(full);
    match starts.len().checked_sub(family_words).and_then(|at| starts.get(at)) {
        Some(&start) => (full[..start].trim_end(), &full[start..]),
        None => ("", full),
    }
}

fn words_by_space(text: &str) -> Vec<usize> {
    text.split_whitespace().map(|word| word.as_ptr() as usize - text.as_ptr() as usize).collect()
}
