//! Which mentions stay as they are in whatever language: most of them, and for those no language has to be told.
//!
//! Telling a paragraph's language costs as much as finding the names in it. So before the rules of `rewrite` are asked, this says cheaply
//! where all of them would refuse. It knows those rules that no language bears on, and says nothing where it is unsure.

use super::rewrite::split;
use crate::gazetteer::Rewrite;
use crate::gazetteer::compiled::{EntryView, Layers, PersonView};
use crate::matcher::{Candidate, Method, PersonParts};
use crate::text::Words;

/// Whether the mention's own name is never written otherwise than it is.
pub(super) fn is_settled(candidate: &Candidate, layers: &Layers, words: &Words<'_>) -> bool {
    let listed = candidate.at.spelling(layers);
    // Where a row asks a person, or forbids what would be right, that is to be told.
    let is_kept = listed.rewrite().is_none() && listed.effective_rewrite() == Rewrite::Never;
    match &candidate.parts {
        Some(parts) => is_kept && !candidate.is_inflected && is_right_person(candidate.at.entry(layers), words, parts),
        None => is_kept && (candidate.is_inflected || matches!(candidate.method, Method::Listed | Method::Context)),
    }
}

/// Whether given and family name are each written as some spelling has it that is never corrected.
fn is_right_person(entry: EntryView<'_>, words: &Words<'_>, parts: &PersonParts) -> bool {
    let family_words = entry.person().map_or(1, PersonView::family_words);
    let surface = |range: &std::ops::Range<usize>| &words.text[words.span(range.clone()).range()];
    let is_written = |surface: &str, is_family: bool| {
        entry.spellings().any(|spelling| {
            let (given, family) = split(spelling.text(), family_words);
            spelling.effective_rewrite() != Rewrite::Auto && surface == if is_family { family } else { given }
        })
    };
    is_written(surface(&parts.family), true) && (parts.given.is_empty() || is_written(surface(&parts.given), false))
}
