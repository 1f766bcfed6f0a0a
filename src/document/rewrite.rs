//! What is written in place of a mention, if anything: the rules of the promise "changes spellings, not names".
//!
//! By default the *same name's* preferred spelling in the paragraph's language is written, and only over a spelling that is
//! wrong there: a misspelling, a foreign romanisation, a near miss. A surface that is right in that language is never
//! touched, and where the language is unsure nothing is written. `Target::Canonical` writes another *name* and is asked
//! for. Words are replaced one by one where surface and replacement have as many, so that what joins them (a line
//! break, a no-break space) stays.

use std::sync::Arc;

use super::endings::{Ending, with_endings};
use super::gloss::{Gloss, Glossed};
use super::languages::Languages;
use super::policy::NamePolicy;
use super::protection::{Protection, Quotations};
use super::settled::is_settled;
use super::told_apart::names_told_apart;
use super::{Decisions, Verdict, Withheld, WithheldReason};
use crate::gazetteer::compiled::{EntryView, Layers, NameView, PersonView};
use crate::gazetteer::{Rewrite, SpellingKind};
use crate::lang::Lang;
use crate::matcher::{Candidate, Matcher, Method, PersonParts};
use crate::resolve::{Resolution, Status, is_demonym};
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
#[derive(Clone, Debug, Default)]
pub(super) enum Choosing {
    #[default]
    Used,
    Canonical,
    Policy(Arc<NamePolicy>),
}

/// What names are written, and where not.
#[derive(Clone, Debug, Default)]
pub(super) struct Wish {
    pub(super) choosing: Choosing,
    /// The language to write in; the paragraph's if `None`.
    pub(super) lang: Option<Lang>,
    pub(super) quotations: Quotations,
    pub(super) gloss: Gloss,
    pub(super) decisions: Arc<Decisions>,
}

/// What is to happen to a mention.
enum Decision {
    Keep,
    /// `own` is the text's name where another is written.
    Write {
        text: String,
        own: Option<String>,
    },
    Withhold(String, WithheldReason),
}

/// A mention taken for one candidate.
struct Mention<'a, 'g> {
    resolution: &'a Resolution,
    candidate: &'a Candidate,
    surface: &'a str,
    entry: EntryView<'g>,
    of_text: Lang,
    lang: Lang,
}

/// Decides on replacements for one document.
pub(super) struct Rewriter<'a, 't> {
    matcher: &'a Matcher,
    layers: &'a Layers,
    words: &'a Words<'t>,
    wish: &'a Wish,
    languages: Languages<'t>,
    protection: Protection<'t>,
    glossed: Glossed,
    withheld: Vec<Withheld>,
}

impl<'a, 't> Rewriter<'a, 't> {
    pub(super) fn new(matcher: &'a Matcher, words: &'a Words<'t>, wish: &'a Wish, languages: Languages<'t>) -> Self {
        let protection = Protection::new(words.text, wish.quotations);
        let (layers, glossed, withheld) = (matcher.layers(), Glossed::default(), Vec::new());
        Self { matcher, layers, words, wish, languages, protection, glossed, withheld }
    }

    /// The same for a text before which entries have been glossed.
    pub(super) fn after(self, glossed: Glossed) -> Self {
        Self { glossed, ..self }
    }

    /// The replacements that are not made, and the entries that are glossed by now.
    pub(super) fn finish(self) -> (Vec<Withheld>, Glossed) {
        (self.withheld, self.glossed)
    }

    /// For each resolution the text to write in its place, `None` where nothing is to change.
    pub(super) fn replacements(&mut self, resolutions: &[Resolution]) -> Vec<Option<String>> {
        let told_apart = match self.wish.choosing {
            Choosing::Used => vec![false; resolutions.len()],
            Choosing::Canonical | Choosing::Policy(_) => names_told_apart(self.layers, self.words, resolutions),
        };
        let mut replacements = Vec::with_capacity(resolutions.len());
        for (resolution, keeps_name) in resolutions.iter().zip(told_apart) {
            if let Some(chosen) = resolution.chosen().filter(|_| keeps_name) {
                self.glossed.is_told(chosen.at.entry);
            }
            let replacement = match self.decision(resolution, keeps_name) {
                Decision::Keep => None,
                Decision::Write { text, own } => Some(self.glossed(resolution, (text, own))),
                Decision::Withhold(replacement, reason) => {
                    let span = resolution.mention.span;
                    let surface = self.words.text[span.range()].to_owned();
                    self.withheld.push(Withheld { span, surface, replacement, reason });
                    None
                }
            };
            replacements.push(replacement);
        }
        replacements
    }

    /// What is written, with the text's own name in brackets where that is wished.
    fn glossed(&mut self, resolution: &Resolution, (text, own): (String, Option<String>)) -> String {
        let chosen = resolution.chosen().filter(|_| self.wish.gloss == Gloss::First);
        let (Some(chosen), Some(own)) = (chosen, own) else {
            return text;
        };
        let is_place = chosen.at.entry(self.layers).kind().label() == "place";
        let words = resolution.mention.words.clone();
        if is_place { self.glossed.gloss(chosen.at.entry, (self.words, words), (text, &own)) } else { text }
    }

    fn decision(&mut self, resolution: &Resolution, keeps_name: bool) -> Decision {
        let candidates = match resolution.status {
            Status::Resolved | Status::Ambiguous => resolution.mention.candidates.as_slice(),
            _ => &[],
        };
        let Some((best, others)) = candidates.split_first() else {
            return Decision::Keep;
        };
        if is_demonym(best, self.layers) {
            return Decision::Keep;
        }
        let keeps_names = matches!(self.wish.choosing, Choosing::Used) && self.wish.lang.is_none();
        if keeps_names && candidates.iter().all(|candidate| is_settled(candidate, self.layers, self.words)) {
            return Decision::Keep;
        }
        // A spelling of several places of which hardly any news speaks is as likely the right one of another.
        let is_little_known = !others.is_empty() && !best.at.entry(self.layers).is_well_known();
        let is_ambiguous = resolution.status == Status::Ambiguous || is_little_known;
        let lang = self.languages.at(resolution.mention.span.start);
        let decide = |candidate: &Candidate| self.for_candidate(resolution, candidate, keeps_name, lang);
        let decision = decide(best);
        let is_right_for = |other: &Candidate| matches!(decide(other), Decision::Keep);
        let (replacement, own_reason) = match &decision {
            Decision::Keep => return Decision::Keep,
            _ if is_ambiguous && others.iter().any(is_right_for) => return Decision::Keep,
            Decision::Write { text, .. } => (text, None),
            Decision::Withhold(text, reason) => (text, Some(*reason)),
        };
        // What an author has marked goes before what we are unsure of.
        let protected = self.protection.at(resolution.mention.span);
        let ambiguous = is_ambiguous.then_some(WithheldReason::Ambiguous);
        let unsure = (lang.is_none() && self.wish.lang.is_none()).then_some(WithheldReason::LanguageUnsure);
        let surface = &self.words.text[resolution.mention.span.range()];
        let verdict = self.wish.decisions.on(surface, replacement, best.at.entry(self.layers).id());
        match (verdict, protected.or(ambiguous).or(own_reason).or(unsure)) {
            (Some(Verdict::Refuse), _) => Decision::Keep,
            (Some(Verdict::Accept), Some(reason)) if reason.is_askable() => {
                Decision::Write { text: replacement.clone(), own: None }
            }
            (_, Some(reason)) => Decision::Withhold(replacement.clone(), reason),
            (_, None) => decision,
        }
    }

    /// What would be written if the mention is this candidate, and what in gazetteer and grammar speaks against it.
    fn for_candidate(
        &self,
        resolution: &Resolution,
        candidate: &Candidate,
        keeps_name: bool,
        lang: Option<Lang>,
    ) -> Decision {
        let of_text = lang.or(self.wish.lang).unwrap_or(Lang::ENGLISH);
        let mention = Mention {
            resolution,
            candidate,
            surface: &self.words.text[resolution.mention.span.range()],
            entry: candidate.at.entry(self.layers),
            // The language of the text decides on endings, the one to write in on spellings.
            of_text,
            lang: self.wish.lang.unwrap_or(of_text),
        };
        let used = candidate.at.name(self.layers);
        let name = match &self.wish.choosing {
            Choosing::Used => Some(used),
            Choosing::Canonical => mention.entry.names().next(),
            Choosing::Policy(policy) => policy.name(candidate.at.entry, mention.entry, used),
        };
        let Some(name) = name else {
            return Decision::Keep;
        };
        if name.text() == used.text() {
            return self.respelt(&mention, used);
        }
        let renamed = self.renamed(&mention, name);
        match (keeps_name, renamed) {
            (false, Decision::Write { text, .. }) => {
                let own = match self.respelt(&mention, used) {
                    Decision::Write { text: own, .. } => own,
                    _ => mention.surface.to_owned(),
                };
                Decision::Write { text, own: Some(own) }
            }
            (false, renamed) => renamed,
            (true, Decision::Keep) => self.respelt(&mention, used),
            (true, Decision::Write { text, .. } | Decision::Withhold(text, _)) => match self.respelt(&mention, used) {
                Decision::Keep => Decision::Withhold(text, WithheldReason::ToldApart),
                own => own,
            },
        }
    }

    /// The right spelling of the name that was used.
    fn respelt(&self, mention: &Mention<'_, '_>, used: NameView<'_>) -> Decision {
        let &Mention { candidate, surface, entry, lang, .. } = mention;
        let Some(preferred) = self.preferred(mention, used) else {
            return Decision::Keep;
        };
        if is_turkish_usage(entry, surface, preferred, lang) {
            return Decision::Keep;
        }
        let refusal = refusal(mention, self.layers).or_else(|| self.is_bound(mention, preferred));
        if candidate.is_inflected {
            return match with_endings(candidate, self.layers, surface, preferred, lang) {
                Ending::Right => Decision::Keep,
                // Given and family name may need different endings.
                Ending::Unsure => {
                    decided(surface, copy_case(surface, preferred, lang), Some(WithheldReason::EndingUnsure))
                }
                Ending::Written(text) => decided(surface, text, refusal),
            };
        }
        if is_right(entry, surface, lang) {
            return Decision::Keep;
        }
        let refusal = refusal.or_else(|| self.keeps_listed(mention, preferred));
        let text = match &candidate.parts {
            Some(parts) => self.write_person(entry, preferred, parts, lang),
            None if refusal.is_none() && !self.is_wrong(mention, preferred) => return Decision::Keep,
            None => self.write_words(mention.resolution.mention.span, preferred, lang),
        };
        self.in_one_script(decided(surface, text, refusal))
    }

    /// Another name of the same entry.
    fn renamed(&self, mention: &Mention<'_, '_>, name: NameView<'_>) -> Decision {
        let &Mention { candidate, surface, entry, lang, .. } = mention;
        let Some(preferred) = self.preferred(mention, name) else {
            return Decision::Keep;
        };
        let text = match &candidate.parts {
            Some(parts) => self.write_person(entry, preferred, parts, lang),
            None if is_built_alike(surface, preferred) => {
                self.write_words(mention.resolution.mention.span, preferred, lang)
            }
            None => copy_case(surface, preferred, lang),
        };
        let ending = || candidate.is_inflected.then_some(WithheldReason::EndingUnsure);
        let unfit = || (!self.may_rename(mention, preferred)).then_some(WithheldReason::NameUnfit);
        let refusal = refusal(mention, self.layers).or_else(|| self.is_bound(mention, preferred));
        self.in_one_script(decided(surface, text, refusal.or_else(ending).or_else(unfit)))
    }

    /// What is written if it is in one script: of a person, initials and middle names stay as they are.
    fn in_one_script(&self, decision: Decision) -> Decision {
        match decision {
            Decision::Write { text, .. } if self.wish.lang.is_some() && Script::is_mixed(&text) => Decision::Keep,
            decision => decision,
        }
    }

    /// A name of another script cannot stand before a possessive or in a compound.
    fn is_bound(&self, mention: &Mention<'_, '_>, preferred: &str) -> Option<WithheldReason> {
        let words = &mention.resolution.mention.words;
        let binds = |at: usize| {
            matches!(self.words.joint(at), Joint::Hyphen | Joint::HyphenBreak | Joint::Apostrophe | Joint::Dot)
        };
        let is_other_script = Script::of(preferred) != Script::of(mention.surface);
        (is_other_script && (binds(words.start) || binds(words.end))).then_some(WithheldReason::NameUnfit)
    }

    /// How the language writes a name, if it is one that may stand in the surface's place.
    fn preferred<'n>(&self, mention: &Mention<'_, '_>, name: NameView<'n>) -> Option<&'n str> {
        let preferred = name.preferred(mention.lang)?.text();
        let fits = self.wish.lang.is_some() || Script::of(preferred) == Script::of(mention.surface);
        fits.then_some(preferred)
    }

    /// Why a listed spelling that would be wrong here is kept, where the gazetteer says so. A right name of another language is no mistake.
    fn keeps_listed(&self, mention: &Mention<'_, '_>, preferred: &str) -> Option<WithheldReason> {
        let listed = mention.candidate.at.spelling(self.layers);
        let is_listed = mention.candidate.method == Method::Listed && mention.candidate.parts.is_none();
        let is_asked = is_listed && listed.effective_rewrite() == Rewrite::Ask && mention.surface != preferred;
        is_asked.then_some(WithheldReason::Ask)
    }

    /// Whether another name may be put here: one that means nothing else, and not as a part of a longer, unknown name.
    fn may_rename(&self, of: &Mention<'_, '_>, name: &str) -> bool {
        let mention = &of.resolution.mention.words;
        let is_name = |at: usize| Shape::of(self.words.surface(at)).is_name_like();
        let before = self.words.joint(mention.start) == Joint::Hyphen && is_name(mention.start - 1);
        let after = self.words.joint(mention.end) == Joint::Hyphen && is_name(mention.end);
        !before
            && !after
            && self.article_fits(of.resolution, name)
            && self.matcher.means_only(name, of.candidate.at.entry)
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
    fn is_wrong(&self, mention: &Mention<'_, '_>, preferred: &str) -> bool {
        let candidate = mention.candidate;
        let listed = candidate.at.spelling(self.layers);
        match candidate.method {
            // A right name of another language is no mistake, unless the language to write in was told.
            Method::Listed => listed.effective_rewrite() == Rewrite::Auto || self.wish.lang.is_some(),
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
                let is_kept = self.wish.lang.is_none() && spelling.effective_rewrite() != Rewrite::Auto;
                same && (spelling.is_right_in(lang) || is_kept)
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

fn decided(surface: &str, text: String, refusal: Option<WithheldReason>) -> Decision {
    match refusal {
        _ if text == surface => Decision::Keep,
        Some(reason) => Decision::Withhold(text, reason),
        None => Decision::Write { text, own: None },
    }
}

/// Why nothing may be written over this candidate's surface at all.
fn refusal(mention: &Mention<'_, '_>, layers: &Layers) -> Option<WithheldReason> {
    let candidate = mention.candidate;
    let listed = candidate.at.spelling(layers);
    // In a language that declines its names a near miss may be an ending, which the bare name would destroy.
    let is_unsure = match candidate.method {
        Method::Fuzzy => candidate.parts.is_none(),
        // `Bardą` is no Barda without its mark.
        Method::Derived => ends_otherwise(mention.surface, listed.text()),
        _ => false,
    };
    match listed.rewrite() {
        Some(Rewrite::Never) => Some(WithheldReason::Never),
        Some(Rewrite::Ask) => Some(WithheldReason::Ask),
        None if listed.kind() == SpellingKind::Mistranslation => Some(WithheldReason::Ask),
        _ if is_unsure && mention.of_text.inflects_names() => Some(WithheldReason::EndingUnsure),
        _ => None,
    }
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
    let is_same = |text: &str| match surface.is_ascii() && text.is_ascii() {
        true => text.eq_ignore_ascii_case(surface),
        false => text.to_lowercase() == lower,
    };
    entry.spellings().any(|spelling| spelling.is_right_in(lang) && is_same(spelling.text()))
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
