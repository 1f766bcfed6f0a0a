//! Mentions that somebody else found: the spans are given, and only what they may mean is looked for.
//!
//! The text is still read as a whole, since its other names tell what the given ones mean; where a find of our own covers other words than a
//! given span, the span wins. What a span means is looked for as if it stood alone: first as a name in a text, then as `lookup` does, which knows far
//! names as well.

use std::ops::Range;

use super::Matcher;
use super::mention::{Candidate, Mention};
use crate::lang::Lang;
use crate::span::Span;
use crate::text::Words;

impl Matcher {
    /// The mentions of a text, with those at `given` as they are given; these must be in order and must not overlap. A span without a word
    /// in it makes none.
    pub(crate) fn mentions_given(&self, words: &Words<'_>, lang: Option<Lang>, given: &[Span]) -> Vec<Mention> {
        let own = self.mentions(words, lang);
        let mut mentions: Vec<Mention> = Vec::with_capacity(own.len() + given.len());
        let mut taken = 0;
        for &span in given {
            let covered = words_in(words, span);
            // Two spans in one word: the first has it.
            if covered.is_empty() || covered.start < taken {
                continue;
            }
            taken = covered.end;
            let at = own.binary_search_by_key(&covered.start, |mention| mention.words.start).ok();
            let same = at.map(|at| &own[at]).filter(|own| own.words == covered && !own.candidates.is_empty());
            let candidates = match same {
                Some(same) => same.candidates.clone(),
                None => self.meanings(words, span, &covered, lang),
            };
            let is_common = same.is_some_and(|same| same.is_common);
            mentions.push(Mention { span, words: covered, candidates, refused: None, is_common, is_given: true });
        }
        let is_free = |mention: &Mention| {
            let at = mentions.partition_point(|given| given.words.end <= mention.words.start);
            mentions.get(at).is_none_or(|given| given.words.start >= mention.words.end)
        };
        let free: Vec<Mention> = own.into_iter().filter(is_free).collect();
        mentions.extend(free);
        mentions.sort_by_key(|mention| mention.span.start);
        mentions
    }

    /// What the words of a span may mean, standing alone.
    fn meanings(&self, words: &Words<'_>, span: Span, covered: &Range<usize>, lang: Option<Lang>) -> Vec<Candidate> {
        let surface = &words.text[span.range()];
        let alone = Words::new(surface);
        let whole = self.mentions(&alone, lang).into_iter().find(|mention| mention.words == (0..alone.len()));
        match whole {
            Some(mention) if !mention.candidates.is_empty() && alone.len() == covered.len() => {
                mention.candidates.into_iter().map(|candidate| moved(candidate, covered.start)).collect()
            }
            _ => self.believed(surface),
        }
    }
}

/// The words that a span touches.
fn words_in(words: &Words<'_>, span: Span) -> Range<usize> {
    let start = words.list.partition_point(|word| word.span.end <= span.start);
    let end = words.list.partition_point(|word| word.span.start < span.end);
    start..end.max(start)
}

/// A candidate of a text that begins at the word `by` of a longer one.
fn moved(mut candidate: Candidate, by: usize) -> Candidate {
    if let Some(parts) = &mut candidate.parts {
        for part in [&mut parts.given, &mut parts.family] {
            *part = part.start + by..part.end + by;
        }
    }
    candidate
}
