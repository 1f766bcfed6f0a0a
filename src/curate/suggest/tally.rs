//! What a corpus says of one unlisted name: how often it has it, and what stands beside it. Bounded, however large the corpus.

use std::collections::BTreeMap;

use crate::lang::Lang;
use crate::resolve::Signs;
use crate::text::one_line;

/// The most lines of context that are kept of a name.
const MAX_CONTEXTS: usize = 3;
/// The most places that are kept of those named beside it.
const MAX_BESIDE: usize = 16;
/// So many bytes of text are shown on each side of a name.
const REACH: usize = 70;

/// A line of a document in which a name stands.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[non_exhaustive]
pub struct Context {
    /// The document, as [`Suggester::read`](crate::Suggester::read) was told.
    pub document: String,
    /// The line in it, counted from 1.
    pub line: usize,
    /// The text around the name, on one line.
    pub text: String,
}

/// All uses of a name.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    pub(super) count: u64,
    pub(super) documents: u64,
    /// The number of the last document that has it.
    last_document: Option<u64>,
    pub(super) signs: Signs,
    /// Lines, each with how much it says for a place.
    contexts: Vec<(f32, Context)>,
    /// Entries of places that are named beside it.
    pub(super) beside: Vec<u32>,
    /// The entries that the resolver took it for a misspelling of, and how often.
    pub(super) meant: BTreeMap<u32, u64>,
    /// The languages of the documents that have it.
    langs: BTreeMap<Option<Lang>, u64>,
}

/// A use of a name in a document.
pub(super) struct Use<'a> {
    pub(super) signs: &'a Signs,
    pub(super) document: u64,
    pub(super) lang: Option<Lang>,
    pub(super) beside: &'a [u32],
    pub(super) meant: Option<u32>,
}

impl Tally {
    /// Counts a use; `context` is asked for only if it will be kept.
    pub(super) fn add(&mut self, use_: &Use<'_>, context: impl FnOnce() -> Context) {
        self.count += 1;
        self.signs += use_.signs;
        if self.last_document != Some(use_.document) {
            self.last_document = Some(use_.document);
            self.documents += 1;
            *self.langs.entry(use_.lang).or_default() += 1;
        }
        if let Some(entry) = use_.meant {
            *self.meant.entry(entry).or_default() += 1;
        }
        for &place in use_.beside {
            if self.beside.len() < MAX_BESIDE && !self.beside.contains(&place) {
                self.beside.push(place);
            }
        }
        self.keep(use_.signs.place, context);
    }

    /// Keeps a line if it says more for a place than one of those kept.
    fn keep(&mut self, says: f32, context: impl FnOnce() -> Context) {
        let at = self.contexts.partition_point(|(other, _)| *other >= says);
        if at < MAX_CONTEXTS {
            self.contexts.insert(at, (says, context()));
            self.contexts.truncate(MAX_CONTEXTS);
        }
    }

    pub(super) fn contexts(&self) -> Vec<Context> {
        self.contexts.iter().map(|(_, context)| context.clone()).collect()
    }

    /// The language of most of the documents, if it could be told.
    pub(super) fn lang(&self) -> Option<Lang> {
        self.langs.iter().max_by_key(|(_, count)| **count).and_then(|(lang, _)| *lang)
    }
}

/// The text around a name, on one line, whole words only.
pub(super) fn around(text: &str, name: std::ops::Range<usize>) -> String {
    let start = text.floor_char_boundary(name.start.saturating_sub(REACH));
    let end = text.ceil_char_boundary((name.end + REACH).min(text.len()));
    let is_cut =
        |at: usize| text[..at].ends_with(char::is_alphanumeric) && text[at..].starts_with(char::is_alphanumeric);
    let before = &text[start..name.start];
    let before = if is_cut(start) { before.trim_start_matches(char::is_alphanumeric) } else { before };
    let after = &text[name.end..end];
    let after = if is_cut(end) { after.trim_end_matches(char::is_alphanumeric) } else { after };
    let line = [before, &text[name], after].concat();
    one_line(&line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contexts_are_few_and_say_most() {
        let mut tally = Tally::default();
        for number in 0..10_u8 {
            let signs = Signs { place: f32::from(number % 4), ..Signs::default() };
            let use_ = Use { signs: &signs, document: u64::from(number / 2), lang: None, beside: &[], meant: None };
            tally.add(&use_, || Context { document: String::new(), line: usize::from(number), text: String::new() });
        }
        let lines: Vec<usize> = tally.contexts().iter().map(|context| context.line).collect();
        assert_eq!((tally.count, tally.documents, lines), (10, 5, vec![3, 7, 2]));
    }

    #[test]
    fn contexts_are_of_whole_words() {
        let text = format!("{} the village of Əlyaq\nnear {}", "ağ ".repeat(60), "şəhər".repeat(40));
        let at = text.find("Əlyaq").unwrap();
        let line = around(&text, at..at + "Əlyaq".len());
        assert!(line.starts_with("ağ ağ") && line.ends_with("the village of Əlyaq near"), "{line}");
    }
}
