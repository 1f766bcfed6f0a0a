//! The facade: a document in, annotations or a corrected document out.
//!
//! [`Normalizer`] runs words → mentions → resolutions and turns them into [`Annotation`]s; `rewrite` decides what may be
//! written where, and never touches a byte outside an edit. Everything that another program could want (a service, Python)
//! is here or below; the command line only reads arguments and files.

mod annotation;
mod decode;
mod edit;
mod languages;
mod rewrite;
pub mod write;

use std::borrow::Cow;

pub use annotation::{Annotation, AnnotationCandidate};
pub use decode::{DecodedText, Encoding};
pub use edit::Edit;
pub use rewrite::Target;

use crate::error::Error;
use crate::lang::Lang;
use crate::matcher::Matcher;
use crate::resolve::{Resolution, Status, resolve};
use crate::text::Words;
use languages::Languages;
use rewrite::Rewriter;

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
    target: Target,
    lang: Option<Lang>,
    demonyms: bool,
}

/// Settings of a [`Normalizer`]; see [`Normalizer::builder`].
#[derive(Clone, Debug, Default)]
pub struct NormalizerBuilder {
    target: Target,
    lang: Option<Lang>,
    demonyms: bool,
}

impl NormalizerBuilder {
    /// What is written: the same name's right spelling (the default), or the entry's canonical name.
    pub fn to(mut self, target: Target) -> Self {
        self.target = target;
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

    /// A normalizer that finds names with `matcher`.
    pub fn build(self, matcher: Matcher) -> Normalizer {
        Normalizer { matcher, target: self.target, lang: self.lang, demonyms: self.demonyms }
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
        let resolutions = self.resolutions(&words);
        let mut rewriter =
            Rewriter::new(self.matcher.gazetteer(), &words, self.target, self.languages(text, &resolutions));
        let replacements = rewriter.replacements(&resolutions);
        let shown = resolutions.iter().zip(replacements).filter(|(resolution, _)| self.is_shown(resolution));
        shown
            .map(|(resolution, replacement)| Annotation::new(self.matcher.gazetteer(), text, resolution, replacement))
            .collect()
    }

    fn is_shown(&self, resolution: &Resolution) -> bool {
        let is_decided = matches!(resolution.status, Status::Resolved | Status::Ambiguous);
        is_decided && (self.demonyms || !resolution.is_demonym(self.matcher.gazetteer()))
    }

    fn resolutions(&self, words: &Words<'_>) -> Vec<Resolution> {
        resolve(self.matcher.gazetteer(), words, self.matcher.mentions(words))
    }

    fn languages<'t>(&self, text: &'t str, resolutions: &[Resolution]) -> Languages<'t> {
        let names = resolutions.iter().map(|resolution| resolution.mention.span).collect();
        Languages::new(text, names, self.lang)
    }

    /// The changes that [`Normalizer::rewrite`] would make, in order, none overlapping.
    pub fn edits(&self, text: &str) -> Vec<Edit> {
        let words = Words::new(text);
        let resolutions = self.resolutions(&words);
        let mut rewriter =
            Rewriter::new(self.matcher.gazetteer(), &words, self.target, self.languages(text, &resolutions));
        let replacements = rewriter.replacements(&resolutions);
        let edit = |(resolution, replacement): (&Resolution, Option<String>)| {
            replacement.map(|replacement| Edit { span: resolution.mention.span, replacement })
        };
        resolutions.iter().zip(replacements).filter_map(edit).collect()
    }

    /// `text` with every name in its right spelling; borrowed if nothing is to change.
    pub fn rewrite<'t>(&self, text: &'t str) -> Cow<'t, str> {
        edit::apply(text, &self.edits(text))
    }

    /// How many misspellings are left as they are because the language of their paragraph could not be told.
    pub fn undetermined(&self, text: &str) -> usize {
        let sure = Normalizer { lang: Some(Lang::ENGLISH), ..self.clone() };
        let words = Words::new(text);
        let mut languages = self.languages(text, &self.resolutions(&words));
        sure.edits(text).iter().filter(|edit| languages.at(edit.span.start).is_none()).count()
    }
}

/// Decodes a document's bytes, corrects it, and encodes it again as it was; see [`Encoding`].
///
/// # Errors
///
/// [`ErrorKind::Encoding`](crate::ErrorKind::Encoding) if the bytes are not text in the encoding, or if a correction
/// needs a letter that the encoding does not have.
pub fn normalize_bytes(normalizer: &Normalizer, bytes: &[u8], encoding: Encoding) -> Result<Vec<u8>, Error> {
    let decoded = encoding.decode(bytes)?;
    match normalizer.rewrite(&decoded.text) {
        Cow::Borrowed(_) => Ok(bytes.to_vec()),
        Cow::Owned(text) => decoded.encode(&text),
    }
}
