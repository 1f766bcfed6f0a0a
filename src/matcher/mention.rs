//! What the matcher says: mentions, each with the entries it may mean. It never chooses among them.

use std::ops::Range;

use crate::gazetteer::compiled::{EntryView, Layers, NameView, SpellingView};
use crate::span::Span;

/// How a mention was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Method {
    /// The surface is a listed spelling, letter case and hyphens aside.
    Listed,
    /// The surface differs from a listed spelling by a rule: diacritics, a name written in one word or two.
    Derived,
    /// The surface is near a listed spelling.
    Fuzzy,
    /// The surface counts only because of what else the document mentions.
    Context,
}

impl Method {
    /// The method's name in JSON and reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Listed => "listed",
            Self::Derived => "derived",
            Self::Fuzzy => "fuzzy",
            Self::Context => "context",
        }
    }
}

/// Where a spelling stands, in all layers together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct SpellingRef {
    pub(crate) entry: u32,
    pub(crate) spelling: u32,
}

impl SpellingRef {
    pub(crate) fn entry(self, layers: &Layers) -> EntryView<'_> {
        layers.entry(self.entry)
    }

    pub(crate) fn name(self, layers: &Layers) -> NameView<'_> {
        self.spelling(layers).name()
    }

    pub(crate) fn spelling(self, layers: &Layers) -> SpellingView<'_> {
        layers.spelling(self.spelling)
    }
}

/// Which words of a person's mention are which part of the name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PersonParts {
    /// Words of the given name, empty if the family name stands alone.
    pub(crate) given: Range<usize>,
    /// Words of the family name.
    pub(crate) family: Range<usize>,
}

/// An entry that a mention may be.
#[derive(Clone, Debug)]
pub(crate) struct Candidate {
    pub(crate) at: SpellingRef,
    /// Similarity of surface and spelling: 1 if listed, less if not.
    pub(crate) score: f64,
    pub(crate) method: Method,
    /// Whether the surface is a listed spelling with an ending of some case: then its last letters say nothing against it.
    pub(crate) is_inflected: bool,
    /// Of a near miss: by how much, in logarithms of odds, its spelling alone says more, or less, than is needed to believe it.
    pub(crate) surplus: f64,
    /// For people: the parts of the name; in a box, since most candidates are places, and a text may have a million.
    pub(crate) parts: Option<Box<PersonParts>>,
}

impl Candidate {
    pub(super) fn new(at: SpellingRef, score: f64, method: Method) -> Self {
        Self { at, score, method, is_inflected: false, surplus: 0.0, parts: None }
    }

    /// Whether the surface is no listed spelling.
    pub(crate) fn is_inexact(&self) -> bool {
        matches!(self.method, Method::Fuzzy | Method::Derived)
    }
}

/// A stretch of text that may be a name.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    pub(crate) span: Span,
    /// The words it covers.
    pub(crate) words: Range<usize>,
    /// What it may be.
    pub(crate) candidates: Vec<Candidate>,
    /// Why nothing is to be marked here.
    pub(crate) refused: Option<Refused>,
    /// Whether the surface is listed as an ordinary word or a person's name as well.
    pub(crate) is_common: bool,
    /// Whether somebody else found it, and so knows that it is a name.
    pub(crate) is_given: bool,
}

/// Why a stretch of text that looks like a name is to be left alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// It is a phrase of `suppressed.csv`.
    Suppressed,
    /// It is somebody else who bears a listed person's family name.
    Stranger,
}
