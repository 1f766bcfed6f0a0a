//! The facade: a document in, annotations or a corrected document out.
//!
//! [`Normalizer`] runs words → mentions → resolutions and turns them into [`Annotation`]s; `rewrite` decides what may be
//! written where, and never touches a byte outside an edit. Everything that another program could want (a service, Python)
//! is here or below; the command line only reads arguments and files.

mod annotation;
mod decode;
mod edit;
mod endings;
mod gloss;
mod languages;
mod policy;
mod protection;
mod quotations;
mod read;
mod rewrite;
mod settled;
mod told_apart;
mod undo;
mod withheld;
pub mod write;

use std::borrow::Cow;
use std::collections::HashMap;

pub(crate) use annotation::rounded;
pub use annotation::{Annotation, AnnotationCandidate, Explanation, Signal};
pub use decode::{DecodedText, Encoding};
pub use edit::{Correction, Edit, apply};
pub use gloss::Gloss;
pub use policy::NamePolicy;
pub use protection::Quotations;
pub use read::{Document, DocumentPart, Fault, InputFormat, Obstacle, Origin, Parts, Passage, ReadOptions};
pub use rewrite::Target;
pub use undo::{FileChange, FileState, SourceEdit, UndoLog};
pub use withheld::{Withheld, WithheldReason};

use crate::error::Error;
use crate::gazetteer::Period;
use crate::lang::Lang;
use crate::matcher::Matcher;
use crate::resolve::{Resolution, Setting, Signs, Status, UnlistedName, resolve, unlisted_names};
use crate::span::Span;
use crate::text::Words;
use edit::WayBack;
use languages::Languages;
use protection::Marks;
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
    lang: Option<Lang>,
    as_of: Option<String>,
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
        let wish = Wish { choosing, lang: self.to_lang, quotations: self.quotations, gloss: self.gloss };
        Normalizer {
            matcher,
            wish,
            lang: self.lang,
            as_of: self.as_of,
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
        let words = Words::with_protected(text, passage.protected());
        let reading = self.read(&words);
        let shown =
            reading.resolutions.iter().zip(reading.replacements).filter(|(resolution, _)| self.is_shown(resolution));
        let layers = self.matcher.layers();
        let annotation = |(resolution, replacement)| {
            let annotation = Annotation::new(layers, text, resolution, replacement);
            if self.explain { annotation.explained(resolution) } else { annotation }
        };
        let mut annotations: Vec<Annotation> = shown.map(annotation).collect();
        if self.unknown {
            annotations.extend(self.unknown_names(&words, &reading.resolutions));
            annotations.sort_by_key(|annotation| annotation.span.start);
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

    /// Finds, decides, and says what is to be written.
    fn read(&self, words: &Words<'_>) -> Reading {
        let setting = Setting { lang: self.lang, as_of: self.as_of.as_deref() };
        let resolutions = resolve(self.matcher.layers(), words, self.matcher.mentions(words, self.lang), setting);
        let names = resolutions.iter().map(|resolution| resolution.mention.span).collect();
        let languages = Languages::new(words.text, names, self.lang);
        let mut rewriter = Rewriter::new(&self.matcher, words, &self.wish, languages);
        let replacements = rewriter.replacements(&resolutions);
        Reading { resolutions, replacements, withheld: rewriter.withheld() }
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
        let text = passage.text();
        let mut correction = self.correct_once(text, passage.protected());
        for _ in 0..MAX_PASSES {
            let between = apply(text, &correction.edits);
            let Cow::Owned(between) = between else {
                break;
            };
            let protected = edit::moved(passage.protected(), &correction.edits);
            let next = self.correct_once(&between, &protected);
            correction.withheld = withheld_before(text, &correction.edits, next.withheld);
            if next.edits.is_empty() {
                break;
            }
            correction.edits = edit::compose(text, &correction.edits, &between, &next.edits);
        }
        correction
    }

    fn correct_once(&self, text: &str, protected: &[Span]) -> Correction {
        let reading = self.read(&Words::with_protected(text, protected));
        let edit = |(resolution, replacement): (&Resolution, Option<String>)| {
            replacement.map(|replacement| Edit { span: resolution.mention.span, replacement })
        };
        let edits = reading.resolutions.iter().zip(reading.replacements).filter_map(edit).collect();
        Correction { edits, withheld: reading.withheld }
    }

    /// The changes of a document, in its source, and those that are not written there, with the reason.
    pub fn correct_document(&self, document: &Document<'_>) -> Correction {
        // Comments of the source are no part of the passages.
        let marks = Marks::new(&document.source().text);
        let mut whole = Correction::default();
        for passage in document.passages() {
            let Correction { edits, withheld } = self.correct_passage(passage);
            let in_source = |withheld: Withheld| Withheld { span: passage.source_span(withheld.span), ..withheld };
            whole.withheld.extend(withheld.into_iter().map(in_source));
            for edit in edits {
                let span = passage.source_span(edit.span);
                let reason = match (marks.at(span), document.source_edits(passage, &edit)) {
                    (Some(reason), _) => reason,
                    (None, Err(obstacle)) => WithheldReason::Obstacle(obstacle),
                    (None, Ok(edits)) => {
                        whole.edits.extend(edits);
                        continue;
                    }
                };
                let surface = passage.text()[edit.span.range()].to_owned();
                whole.withheld.push(Withheld { span, surface, replacement: edit.replacement, reason });
            }
        }
        whole.withheld.sort_by_key(|withheld| withheld.span);
        whole
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
        let source = options.encoding.decode(bytes)?;
        let document = Document::read(&source, options)?;
        let Correction { edits, withheld } = self.correct_document(&document);
        let bytes = if edits.is_empty() {
            bytes.to_vec()
        } else if source.is_faithful_to(bytes) {
            document.write(&edits)?
        } else {
            return Err(options.encoding.not_faithful());
        };
        let faults = document.faults().to_vec();
        Ok(NormalizedBytes { bytes, edits, withheld, faults })
    }
}

/// A document read once: what is named in it, and what is to be written in its place.
struct Reading {
    resolutions: Vec<Resolution>,
    replacements: Vec<Option<String>>,
    withheld: Vec<Withheld>,
}

/// What is withheld in an edited text, as it stood before the edits.
fn withheld_before(text: &str, edits: &[Edit], withheld: Vec<Withheld>) -> Vec<Withheld> {
    let way_back = WayBack::new(edits);
    let before = |withheld: Withheld| {
        let span = way_back.span(withheld.span);
        Withheld { span, surface: text[span.range()].to_owned(), ..withheld }
    };
    withheld.into_iter().map(before).collect()
}

/// So often a corrected text is read again. Texts settle at the second or third reading; the bound keeps hostile ones finite.
const MAX_PASSES: usize = 4;

/// What [`Normalizer::normalize_bytes`] gives back.
#[derive(Clone, Debug)]
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
