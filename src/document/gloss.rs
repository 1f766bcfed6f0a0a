//! The name that stood in the text, in brackets after the one that replaces it: "Khankendi (Stepanakert)", once a document.
//!
//! A reader who knows a place by the text's name finds it again, and a second reading changes nothing, since a sentence that tells two
//! names apart keeps them. Where brackets would not fit (inside brackets, before a possessive or a hyphen, before brackets that
//! follow) the next mention gets them.

use std::collections::HashSet;
use std::ops::Range;

use crate::text::{Joint, Words};

/// Whether the name that was replaced is kept beside the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Gloss {
    /// It is not.
    #[default]
    Never,
    /// In brackets, where an entry is first called by another name in a document.
    First,
}

/// Which entries have been glossed in a document.
#[derive(Debug, Default)]
pub(super) struct Glossed(HashSet<u32>);

impl Glossed {
    /// Entries of which a sentence tells two names need no gloss.
    pub(super) fn of(told_apart: impl Iterator<Item = u32>) -> Self {
        Self(told_apart.collect())
    }

    /// `renamed` with `own` in brackets, if this is the first mention of the entry at which they fit.
    pub(super) fn gloss(
        &mut self,
        entry: u32,
        (words, at): (&Words<'_>, Range<usize>),
        (renamed, own): (String, &str),
    ) -> String {
        if !has_room(words, at) || !self.0.insert(entry) {
            return renamed;
        }
        format!("{renamed} ({own})")
    }
}

fn has_room(words: &Words<'_>, at: Range<usize>) -> bool {
    let is_bound = |joint: Joint| matches!(joint, Joint::Hyphen | Joint::HyphenBreak | Joint::Apostrophe | Joint::Dot);
    let span = words.span(at.clone());
    let (before, after) = (&words.text[..span.start], &words.text[span.end..]);
    let is_followed =
        after.trim_start_matches([' ', '\u{a0}']).starts_with(['(', '[', '’', '\'', '/', '-', '–', '_', '*', ']']);
    // Looked at within the line: brackets that are never closed are no brackets.
    let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
    let is_in_brackets = line.rfind(['(', '[', ')', ']']).is_some_and(|at| line[at..].starts_with(['(', '[']));
    !is_bound(words.joint(at.start)) && !is_bound(words.joint(at.end)) && !is_followed && !is_in_brackets
}
