//! The facade: a document in, annotations or a corrected document out.
//!
//! [`Normalizer`] runs words → mentions → resolutions and turns them into [`Annotation`]s; `rewrite` decides what may be
//! written where, and never touches a byte outside an edit. Everything that another program could want (a service, Python)
//! is here or below; the command line only reads arguments and files.

mod annotation;
mod decisions;
mod decode;
mod edit;
mod endings;
mod filter;
mod given;
mod gloss;
mod languages;
mod policy;
mod proposals;
mod protection;
mod quotations;
mod read;
mod rewrite;
mod settled;
mod told_apart;
mod undo;
mod usage;
mod withheld;
pub mod write;

use std::borrow::Cow;
use std::collections::HashMap;

pub(crate) use annotation::rounded;
pub use annotation::{Annotation, AnnotationCandidate, Explanation, Signal};
pub use decisions::{Decisions, Verdict};
pub use decode::{DecodedText, Encoding};
pub use edit::{Correction, Edit, apply};
pub use filter::EntryFilter;
pub use gloss::Gloss;
use gloss::Glossed;
pub use policy::NamePolicy;
pub use proposals::ProposedChange;
pub use protection::Quotations;
pub use read::{Document, DocumentPart, Fault, InputFormat, Obstacle, Origin, Parts, Passage, ReadOptions};
pub use rewrite::Target;
pub use undo::{FileChange, FileState, SourceEdit, UndoLog};
pub use usage::{NameUsage, NameUse, PolicyShare};
pub use withheld::{Withheld, WithheldReason};

use crate::error::Error;
use crate::gazetteer::Period;
use crate::lang::Lang;
use crate::matcher::{Matcher, Mention};
use crate::resolve::{Resolution, Setting, Signs, Status, UnlistedName, resolve, unlisted_names};
use crate::span::Span;
use crate::text::{ToldLanguages, Words};
use edit::WayBack;
use languages::Languages;
use rewrite::{Choosing, Rewriter, Wish};

/// Annotates and corrects documents. Immutable, `Send + Sync`, cheap to clone; no document can make it fail.
///
/// ```
/// # #[cfg(feature = "bundled")] {
/// use toponorm::{Matcher, Normalizer};
///
/// let normalizer = Normalizer::builder().build(Matcher::bundled()?);
/// let text = "Shelling was heard in Stefancart, the minister said in Xankəndi.";
/// assert_eq!(
///     normalizer.rewrite(text),
///     "Shelling was heard in Stepanakert, the minister said in Xankəndi."
/// );
/// # }
/// # Ok::<(), toponorm::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Normalizer {
    matcher: Matcher,
    wish: Wish,
    lang: Option<Lang>,
    as_of: Option<String>,
    filter: Option<EntryFilter>,
    demonyms: bool,
    unknown: bool,
    explain: bool,
}

/// Settings of a [`Normalizer`]; see [`Normalizer::builder`].
#[derive(Clone, Debug, Default)]
pub struct NormalizerBuilder {
    target: Target,
    policy: Option<NamePolicy>,
    to_lang: Option<Lang>,
    quotations: Quotations,
    gloss: Gloss,
    decisions: Decisions,
    lang: Option<Lang>,
    as_of: Option<String>,
    filter: Option<EntryFilter>,
    demonyms: bool,
    unknown: bool,
    explain: bool,
}

impl NormalizerBuilder {
    /// What is written: the same name's right spelling (the default), or the entry's canonical name.
    pub fn to(mut self, target: Target) -> Self {
        self.target = target;
        self
    }

    /// Writes the name that a policy chooses, whatever [`NormalizerBuilder::to`] says: this changes names, not only spellings.
    pub fn policy(mut self, policy: NamePolicy) -> Self {
        self.policy = Some(policy);
        self
    }

    /// The language to write names in, whatever the text's is, and in its script; unless said, names are written as the paragraph's language
    /// writes them. A name that the gazetteer does not have in the language stays.
    pub fn to_lang(mut self, lang: Lang) -> Self {
        self.to_lang = Some(lang);
        self
    }

    /// Whether quotations are corrected as everything else (the default), or kept word for word.
    pub fn quotations(mut self, quotations: Quotations) -> Self {
        self.quotations = quotations;
        self
    }

    /// Whether a place's name that another replaces is kept in brackets at the first mention.
    pub fn gloss(mut self, gloss: Gloss) -> Self {
        self.gloss = gloss;
        self
    }

    /// The language of all documents; unless said, it is detected a paragraph at a time.
    pub fn lang(mut self, lang: Lang) -> Self {
        self.lang = Some(lang);
        self
    }

    /// Changes that people decided on: what they refused is never written, and what they accepted is, also where the gazetteer leaves it to a
    /// person or the text leaves it open.
    pub fn decisions(mut self, decisions: Decisions) -> Self {
        self.decisions = decisions;
        self
    }

    /// The entries that count: others are neither annotated nor corrected, nor is what no entry fits. They still tell what is meant.
    pub fn filter(mut self, filter: EntryFilter) -> Self {
        self.filter = Some(filter);
        self
    }

    /// Whether adjectives and inhabitants (`Armenian`, `Karabakhis`) are annotated; they are not unless said.
    pub fn demonyms(mut self, demonyms: bool) -> Self {
        self.demonyms = demonyms;
        self
    }

    /// Whether names that no entry fits are annotated as well, with [`Status::Unknown`]; they are not unless said.
    pub fn unknown(mut self, unknown: bool) -> Self {
        self.unknown = unknown;
        self
    }

    /// The date of the documents, a year, year and month, or day of ISO 8601 (`1993-10`): a family name means whoever was in office then.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Value`](crate::ErrorKind::Value) if it is no such date.
    pub fn as_of(mut self, date: &str) -> Result<Self, Error> {
        self.as_of = Some(Period::checked(date)?.to_owned());
        Ok(self)
    }

    /// Whether annotations say why they were decided as they were, and list what was refused; no, unless this is set.
    pub fn explain(mut self, explain: bool) -> Self {
        self.explain = explain;
        self
    }

    /// A normalizer that finds names with `matcher`.
    pub fn build(self, matcher: Matcher) -> Normalizer {
        let choosing = match (self.policy, self.target) {
            (Some(policy), _) => Choosing::Policy(policy.into()),
            (None, Target::Spelling) => Choosing::Used,
            (None, Target::Canonical) => Choosing::Canonical,
        };
        let wish = Wish {
            choosing,
            lang: self.to_lang,
            quotations: self.quotations,
            gloss: self.gloss,
            decisions: self.decisions.into(),
        };
        Normalizer {
            matcher,
            wish,
            lang: self.lang,
            as_of: self.as_of,
            filter: self.filter,
            demonyms: self.demonyms,
            unknown: self.unknown,
            explain: self.explain,
        }
    }
}

impl Normalizer {
    /// A builder with the default settings.
    pub fn builder() -> NormalizerBuilder {
        NormalizerBuilder::default()
    }

    /// The same with other decisions, for documents in which others count. Takes no time.
    pub fn with_decisions(&self, decisions: Decisions) -> Self {
        let mut other = self.clone();
        other.wish.decisions = decisions.into();
        other
    }

    /// The matcher that finds the names.
    pub fn matcher(&self) -> &Matcher {
        &self.matcher
    }

    /// Every mention of a place or person in `text`, resolved or ambiguous, in order, with byte offsets.
    ///
    /// ```
    /// # #[cfg(feature = "bundled")] {
    /// use toponorm::{Matcher, Normalizer};
    ///
    /// let normalizer = Normalizer::builder().build(Matcher::bundled()?);
    /// let annotations = normalizer.annotate("Talks between BAKU and Yerevan");
    /// let found: Vec<_> = annotations.iter().map(|a| (a.text.as_str(), a.id.as_deref())).collect();
    /// assert_eq!(found, [("BAKU", Some("baku")), ("Yerevan", Some("yerevan"))]);
    /// # }
    /// # Ok::<(), toponorm::Error>(())
    /// ```
    pub fn annotate(&self, text: &str) -> Vec<Annotation> {
        self.annotate_passage(&Passage::whole(text))
    }

    /// Every mention in a passage of a document, as [`Normalizer::annotate`] finds them; offsets are bytes of the passage's text.
    pub fn annotate_passage(&self, passage: &Passage<'_>) -> Vec<Annotation> {
        let text = passage.text();
        let words = Words::of_document(text, passage.protected(), passage.told());
        let reading = self.read(&words, self.matcher.mentions(&words, self.lang), Glossed::default());
        let shown =
            reading.resolutions.iter().zip(reading.replacements).filter(|(resolution, _)| self.is_shown(resolution));
        let layers = self.matcher.layers();
        let annotation = |(resolution, replacement)| {
            let annotation = Annotation::new(layers, text, resolution, replacement);
            if self.explain { annotation.explained(resolution) } else { annotation }
        };
        let mut annotations: Vec<Annotation> = shown.map(annotation).collect();
        if self.unknown && self.filter.is_none() {
            add_unknown(&mut annotations, self.unknown_names(&words, &reading.resolutions));
        }
        annotations
    }

    /// The names that no entry fits, with the entries that were refused for them.
    fn unknown_names(&self, words: &Words<'_>, resolutions: &[Resolution]) -> Vec<Annotation> {
        let layers = self.matcher.layers();
        let names: Vec<UnlistedName> =
            unlisted_names(layers, words, resolutions).into_iter().filter(|name| name.near_miss.is_none()).collect();
        let surface = |name: &UnlistedName| &words.text[name.span.range()];
        // What one use leaves open, another tells.
        let mut signs: HashMap<&str, Signs> = HashMap::new();
        names.iter().for_each(|name| *signs.entry(surface(name)).or_default() += &name.signs);
        let refused = |name: &UnlistedName| {
            let at = resolutions.binary_search_by_key(&name.words.start, |known| known.mention.words.start);
            at.ok().map(|at| &resolutions[at].mention).filter(|mention| mention.words == name.words)
        };
        let unknown = |name: &UnlistedName| {
            let refused = refused(name).map_or(&[][..], |mention| &mention.candidates);
            Annotation::unknown(layers, surface(name), (name.span, &signs[surface(name)]), refused)
        };
        names.iter().map(unknown).collect()
    }

    fn is_shown(&self, resolution: &Resolution) -> bool {
        let is_decided = matches!(resolution.status, Status::Resolved | Status::Ambiguous);
        (is_decided || self.explain) && (self.demonyms || !resolution.is_demonym(self.matcher.layers()))
    }

    /// Decides on mentions, and says what is to be written where some entries have been glossed before.
    fn read(&self, words: &Words<'_>, mentions: Vec<Mention>, glossed: Glossed) -> Reading {
        let setting = Setting { lang: self.lang, as_of: self.as_of.as_deref() };
        let mut resolutions = resolve(self.matcher.layers(), words, mentions, setting);
        let names = resolutions.iter().map(|resolution| resolution.mention.span).collect();
        if let Some(filter) = &self.filter {
            resolutions.retain(|resolution| filter.passes_any(resolution));
        }
        let languages = Languages::new(words, names, self.lang);
        let mut rewriter = Rewriter::new(&self.matcher, words, &self.wish, languages).after(glossed);
        let replacements = rewriter.replacements(&resolutions);
        let (withheld, glossed) = rewriter.finish();
        Reading { resolutions, replacements, withheld, glossed }
    }

    /// The changes that [`Normalizer::rewrite`] makes, and those that it withholds, with the reason.
    ///
    /// A correction can make another one possible (a name mended is evidence for the next), so the text is read again until
    /// nothing is left to correct, four times at most; normalizing the result then changes nothing.
    pub fn correct(&self, text: &str) -> Correction {
        self.correct_passage(&Passage::whole(text))
    }

    /// The changes of a passage of a document; spans are bytes of the passage's text.
    pub fn correct_passage(&self, passage: &Passage<'_>) -> Correction {
        self.correct_passage_after(&mut Glossed::default(), passage)
    }

    fn correct_passage_after(&self, glossed: &mut Glossed, passage: &Passage<'_>) -> Correction {
        let text = passage.text();
        let mut correction = self.correct_once(&Words::of_document(text, passage.protected(), passage.told()), glossed);
        for _ in 0..MAX_PASSES {
            let between = apply(text, &correction.edits);
            let Cow::Owned(between) = between else {
                break;
            };
            let protected = edit::moved(passage.protected(), &correction.edits);
            let (spans, languages): (Vec<Span>, Vec<Lang>) = passage.told().spans.iter().copied().unzip();
            let spans: Vec<(Span, Lang)> = edit::moved(&spans, &correction.edits).into_iter().zip(languages).collect();
            let told = ToldLanguages { spans: &spans, ..passage.told() };
            let next = self.correct_once(&Words::of_document(&between, &protected, told), glossed);
            correction.withheld = withheld_before(text, &correction.edits, next.withheld);
            if next.edits.is_empty() {
                break;
            }
            correction.edits = edit::compose(text, &correction.edits, &between, &next.edits);
        }
        correction
    }

    fn correct_once(&self, words: &Words<'_>, glossed: &mut Glossed) -> Correction {
        let reading = self.read(words, self.matcher.mentions(words, self.lang), std::mem::take(glossed));
        *glossed = reading.glossed;
        let edit = |(resolution, replacement): (&Resolution, Option<String>)| {
            replacement.map(|replacement| Edit { span: resolution.mention.span, replacement })
        };
        let edits = reading.resolutions.iter().zip(reading.replacements).filter_map(edit).collect();
        Correction { edits, withheld: reading.withheld }
    }

    /// The changes that [`Normalizer::rewrite`] makes, in order, none overlapping.
    pub fn edits(&self, text: &str) -> Vec<Edit> {
        self.correct(text).edits
    }

    /// `text` with every name in its right spelling; borrowed if nothing is to change.
    pub fn rewrite<'t>(&self, text: &'t str) -> Cow<'t, str> {
        apply(text, &self.edits(text))
    }

    /// Decodes a document's bytes, corrects it, and encodes it again as it was.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Encoding`](crate::ErrorKind::Encoding) if the bytes are not text in the encoding, or if decoding and encoding
    /// alone would already change a byte; [`ErrorKind::Value`](crate::ErrorKind::Value) if the document is not in the format.
    ///
    /// ```
    /// # #[cfg(feature = "bundled")] {
    /// use toponorm::{InputFormat, Matcher, Normalizer, ReadOptions};
    ///
    /// let normalizer = Normalizer::builder().build(Matcher::bundled()?);
    /// let clean = normalizer.normalize_bytes(b"Clashes near Stefancart\r\n", &ReadOptions::default())?;
    /// assert_eq!(clean.bytes, b"Clashes near Stepanakert\r\n");
    ///
    /// let options = ReadOptions { format: InputFormat::Csv, ..ReadOptions::default() };
    /// let clean = normalizer.normalize_bytes(b"id,text\n1,\"Stefancart, \"\"today\"\"\"\n", &options)?;
    /// assert_eq!(clean.bytes, b"id,text\n1,\"Stepanakert, \"\"today\"\"\"\n");
    /// # }
    /// # Ok::<(), toponorm::Error>(())
    /// ```
    pub fn normalize_bytes(&self, bytes: &[u8], options: &ReadOptions) -> Result<NormalizedBytes, Error> {
        self.normalize_bytes_by(bytes, options, &mut |proposal| proposal.reason.is_none())
    }
}

/// Puts unknown names among annotations. One whose entries were refused is listed already: it stays one, with why they were refused.
fn add_unknown(annotations: &mut Vec<Annotation>, unknown: Vec<Annotation>) {
    let listed = annotations.len();
    for name in unknown {
        match annotations[..listed].binary_search_by_key(&name.span.start, |known| known.span.start) {
            Ok(at) if annotations[at].span == name.span => {
                let explanation = annotations[at].explanation.take();
                annotations[at] = Annotation { explanation, ..name };
            }
            _ => annotations.push(name),
        }
    }
    annotations.sort_by_key(|annotation| annotation.span.start);
}

/// A document read once: what is named in it, and what is to be written in its place.
struct Reading {
    resolutions: Vec<Resolution>,
    replacements: Vec<Option<String>>,
    withheld: Vec<Withheld>,
    glossed: Glossed,
}

/// What is withheld in an edited text, as it stood before the edits; what the edits themselves wrote is not.
fn withheld_before(text: &str, edits: &[Edit], withheld: Vec<Withheld>) -> Vec<Withheld> {
    let way_back = WayBack::new(edits);
    let before = |withheld: Withheld| {
        let span = way_back.span(withheld.span);
        let next = edits.partition_point(|edit| edit.span.end <= span.start);
        let is_written = edits.get(next).is_some_and(|edit| edit.span.overlaps(span));
        (!is_written).then(|| Withheld { span, surface: text[span.range()].to_owned(), ..withheld })
    };
    withheld.into_iter().filter_map(before).collect()
}

/// So often a corrected text is read again. Texts settle at the second or third reading; the bound keeps hostile ones finite.
const MAX_PASSES: usize = 4;

/// What [`Normalizer::normalize_bytes`] gives back.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct NormalizedBytes {
    /// The corrected document, in its own encoding.
    pub bytes: Vec<u8>,
    /// What was changed, in the decoded document.
    pub edits: Vec<Edit>,
    /// Corrections that were not written, with the reason.
    pub withheld: Vec<Withheld>,
    /// Records that could not be read, and stay as they are.
    pub faults: Vec<Fault>,
}
