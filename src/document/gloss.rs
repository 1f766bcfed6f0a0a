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

/// Which entries have been glossed in a document, or in the parts of it so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Glossed(HashSet<u32>);

impl Glossed {
    /// A sentence that tells two of an entry's names is as good as a gloss.
    pub(super) fn is_told(&mut self, entry: u32) {
        self.0.insert(entry);
    }

    /// `renamed` with `own` in brackets, if this is the first mention of the entry at which they fit.
    pub(super) fn gloss(
        &mut self,
        entry: u32,
        (words, at): (&Words<'_>, Range<usize>),
        (renamed, own): (String, &str),
    ) -> String {
        if self.0.contains(&entry) || !has_room(words, at) || !self.0.insert(entry) {
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
    // Looked at nearby: brackets that are never closed are no brackets.
    let nearby = &before[before.floor_char_boundary(before.len().saturating_sub(NEARBY))..];
    let is_in_brackets = nearby.rfind(['(', '[', ')', ']']).is_some_and(|at| nearby[at..].starts_with(['(', '[']));
    !is_bound(words.joint(at.start)) && !is_bound(words.joint(at.end)) && !is_followed && !is_in_brackets
}

/// So many bytes before a mention are searched for an opening bracket.
const NEARBY: usize = 400;
