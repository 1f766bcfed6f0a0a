//! The facade: a document in, annotations or a corrected document out.
//!
//! [`Normalizer`] runs words → mentions → resolutions and turns them into [`Annotation`]s; `rewrite` decides what may be
//! written where, and never touches a byte outside an edit. Everything that another program could want (a service, Python)
//! is here or below; the command line only reads arguments and files.

mod annotation;
mod decode;
mod edit;
mod endings;
mod languages;
mod policy;
mod rewrite;
pub mod write;

use std::borrow::Cow;
use std::collections::HashMap;

pub(crate) use annotation::rounded;
pub use annotation::{Annotation, AnnotationCandidate, Explanation, Signal};
pub use decode::{DecodedText, Encoding};
pub use edit::{Correction, Edit, apply};
pub use policy::NamePolicy;
pub use rewrite::Target;

use crate::error::Error;
use crate::gazetteer::Period;
use crate::lang::Lang;
use crate::matcher::Matcher;
use crate::resolve::{Resolution, Setting, Signs, Status, UnlistedName, resolve, unlisted_names};
use crate::text::Words;
use languages::Languages;
use rewrite::{Choosing, Rewriter};

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
    choosing: Choosing,
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
        Normalizer {
            matcher,
            choosing,
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
        let words = Words::new(text);
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

    /// Finds, decides, and says what is to be written.
    fn read(&self, words: &Words<'_>) -> Reading {
        let setting = Setting { lang: self.lang, as_of: self.as_of.as_deref() };
        let resolutions = resolve(self.matcher.layers(), words, self.matcher.mentions(words, self.lang), setting);
        let names = resolutions.iter().map(|resolution| resolution.mention.span).collect();
        let languages = Languages::new(words.text, names, self.lang);
        let mut rewriter = Rewriter::new(&self.matcher, words, &self.choosing, languages);
        let replacements = rewriter.replacements(&resolutions);
        Reading { resolutions, replacements, withheld: rewriter.withheld() }
    }

    /// The changes that [`Normalizer::rewrite`] makes, and how many it withholds because a paragraph's language is unsure.
    ///
    /// A correction can make another one possible (a name mended is evidence for the next), so the text is read again until
    /// nothing is left to correct, four times at most; normalizing the result then changes nothing.
    pub fn correct(&self, text: &str) -> Correction {
        let mut correction = self.correct_once(text);
        for _ in 0..MAX_PASSES {
            let between = apply(text, &correction.edits);
            let Cow::Owned(between) = between else {
                break;
            };
            let next = self.correct_once(&between);
            correction.withheld = next.withheld;
            if next.edits.is_empty() {
                break;
            }
            correction.edits = edit::compose(text, &correction.edits, &between, &next.edits);
        }
        correction
    }

    fn correct_once(&self, text: &str) -> Correction {
        let reading = self.read(&Words::new(text));
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
    /// [`ErrorKind::Encoding`](crate::ErrorKind::Encoding) if the bytes are not text in the encoding, if a correction needs a
    /// letter that the encoding does not have, or if decoding and encoding alone would already change a byte.
    ///
    /// ```
    /// # #[cfg(feature = "bundled")] {
    /// use toponorm::{Encoding, Matcher, Normalizer};
    ///
    /// let normalizer = Normalizer::builder().build(Matcher::bundled()?);
    /// let clean = normalizer.normalize_bytes(b"Clashes near Stefancart\r\n", Encoding::default())?;
    /// assert_eq!(clean.bytes, b"Clashes near Stepanakert\r\n");
    /// # }
    /// # Ok::<(), toponorm::Error>(())
    /// ```
    pub fn normalize_bytes(&self, bytes: &[u8], encoding: Encoding) -> Result<NormalizedBytes, Error> {
        let decoded = encoding.decode(bytes)?;
        let Correction { edits, withheld } = self.correct(&decoded.text);
        let bytes = match apply(&decoded.text, &edits) {
            Cow::Borrowed(_) => bytes.to_vec(),
            Cow::Owned(_) if !decoded.is_faithful_to(bytes) => return Err(encoding.not_faithful()),
            Cow::Owned(text) => decoded.encode(&text)?,
        };
        Ok(NormalizedBytes { bytes, withheld })
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
    withheld: usize,
}

/// So often a corrected text is read again. Texts settle at the second or third reading; the bound keeps hostile ones finite.
const MAX_PASSES: usize = 4;

/// What [`Normalizer::normalize_bytes`] gives back.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct NormalizedBytes {
    /// The corrected document, in its own encoding.
    pub bytes: Vec<u8>,
    /// How many corrections were not written because the language of their paragraph is unsure.
    pub withheld: usize,
}
