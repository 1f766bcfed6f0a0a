//! What the matcher says: mentions, each with the entries it may mean. It never chooses among them.

use std::ops::Range;

use crate::gazetteer::{Entry, Gazetteer, Name, Spelling};
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

/// Where in the gazetteer a spelling stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct SpellingRef {
    pub(crate) entry: u32,
    pub(crate) name: u16,
    pub(crate) spelling: u16,
}

impl SpellingRef {
    pub(crate) fn entry(self, gazetteer: &Gazetteer) -> &Entry {
        &gazetteer.entries()[self.entry as usize]
    }

    pub(crate) fn name(self, gazetteer: &Gazetteer) -> &Name {
        &self.entry(gazetteer).names[usize::from(self.name)]
    }

    pub(crate) fn spelling(self, gazetteer: &Gazetteer) -> &Spelling {
        &self.name(gazetteer).spellings[usize::from(self.spelling)]
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
    /// For people: the parts of the name.
    pub(crate) parts: Option<PersonParts>,
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
}

/// Why a stretch of text that looks like a name is to be left alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// It is a suppressed phrase, by its index in [`Gazetteer::suppressed`].
    Suppressed(usize),
    /// It is somebody else who bears a listed person's family name.
    Stranger,
}
