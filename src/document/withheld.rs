//! Corrections that are not written, with the reason: nothing is withheld in silence, since who runs `normalize` would take the text
//! for clean.
//!
//! A surface that is right as it stands is no such correction: only what would have been written but for the reason is listed.

use super::read::Obstacle;
use crate::span::Span;

/// A correction that was not written.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Withheld {
    /// Where the mention stands, in bytes of the text, or of the document's source.
    pub span: Span,
    /// What stands there.
    pub surface: String,
    /// What would have been written; of an unsure ending, the right spelling without it, of an ambiguous mention, the likeliest.
    pub replacement: String,
    /// Why it was not.
    pub reason: WithheldReason,
}

/// Why a correction was not written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum WithheldReason {
    /// The paragraph's language cannot be told, and so not in which language to write.
    LanguageUnsure,
    /// Several entries are meant about as likely.
    Ambiguous,
    /// The gazetteer says that a person should decide (`rewrite` is `ask`).
    Ask,
    /// The gazetteer says that this spelling is never to be replaced (`rewrite` is `never`).
    Never,
    /// In a language that declines its names: the ending that the right spelling takes is unsure.
    EndingUnsure,
    /// The sentence tells two names of the entry apart.
    ToldApart,
    /// The other name would mean something else, or fit badly: after an article, or as a part of a longer name.
    NameUnfit,
    /// Between `toponorm:off` and `toponorm:on`.
    Off,
    /// On a line with `toponorm:ignore`.
    Ignored,
    /// `[sic]` follows.
    Sic,
    /// In a quotation, and quotations are to be kept.
    Quotation,
    /// In a part that its author wants to stay as it is (HTML's `translate="no"`).
    Untranslated,
    /// Something in the document's source stands in the way.
    Obstacle(Obstacle),
}

impl WithheldReason {
    /// The reason in words, to be put after "not written: ".
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LanguageUnsure => "the language of the text is unsure",
            Self::Ambiguous => "several entries may be meant",
            Self::Ask => "the gazetteer leaves it to a person",
            Self::Never => "the gazetteer keeps this spelling",
            Self::EndingUnsure => "the ending is unsure",
            Self::ToldApart => "the sentence tells two names apart",
            Self::NameUnfit => "the other name does not fit here",
            Self::Off => "between toponorm:off and toponorm:on",
            Self::Ignored => "on a line with toponorm:ignore",
            Self::Sic => "marked [sic]",
            Self::Quotation => "in a quotation",
            Self::Untranslated => "marked translate=\"no\"",
            Self::Obstacle(obstacle) => obstacle.as_str(),
        }
    }

    /// What a person can do to have it written; `None` where it is kept on purpose.
    pub fn help(self) -> Option<&'static str> {
        match self {
            Self::LanguageUnsure => Some("pass --lang, such as --lang en"),
            Self::Obstacle(Obstacle::NotInEncoding) => Some("convert the document to UTF-8"),
            _ => None,
        }
    }
}
