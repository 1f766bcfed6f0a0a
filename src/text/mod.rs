//! Text without knowledge of places: words and what joins them, folding, letter case, sentences, language.

mod block;
mod case;
mod endings;
mod fold;
mod joint;
mod language;
mod latin_languages;
mod letters;
mod lexicon;
mod paragraph_languages;
mod protected;
mod titles;
mod words;

pub(crate) use case::{Shape, copy_case};
pub(crate) use endings::{Ending, EndingKind, ending_between, endings_of};
pub(crate) use fold::{fold, fold_alternate, fold_into};
pub(crate) use joint::Joint;
pub(crate) use language::{detect_language, language_outside, text_outside};
pub(crate) use lexicon::Lexicon;
pub(crate) use paragraph_languages::{ParagraphLanguages, ToldLanguages};
pub(crate) use protected::{ProtectedChunks, protected_spans};
pub(crate) use titles::{is_monsieur, is_title};
pub(crate) use words::{Word, Words, is_apostrophe, key_of, one_line, words};
