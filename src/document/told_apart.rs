//! Mentions in a sentence that uses two names of one entry: "Khankendi, known as Stepanakert", "Stepanakert (Khankendi)".
//!
//! Such a sentence is about the names, and making them the same would make it false. Verbs and brackets are not looked at (there are too
//! many ways to say it, in too many languages): two names in one sentence are enough, also where the second was not believed. Where a
//! sentence ends is decided in favour of a longer one: not in brackets, and not after an abbreviation.

use crate::gazetteer::compiled::Layers;
use crate::resolve::Resolution;
use crate::text::{Joint, Words, fold};

/// For each mention, whether its sentence tells its name from another of the same entry.
pub(super) fn names_told_apart(layers: &Layers, words: &Words<'_>, resolutions: &[Resolution]) -> Vec<bool> {
    let sentences = sentences(words);
    let named = |resolution: &Resolution| -> Vec<(u32, u32)> {
        let candidates = resolution.mention.candidates.iter();
        candidates.map(|candidate| (candidate.at.entry, candidate.at.spelling(layers).name_number())).collect()
    };
    let named: Vec<_> =
        resolutions.iter().map(|resolution| (sentences[resolution.mention.words.start], named(resolution))).collect();
    let is_told_apart = |at: usize| {
        let (sentence, (entry, name)) = (named[at].0, *named[at].1.first()?);
        let nearby = &named[at.saturating_sub(NEARBY)..(at + NEARBY).min(named.len())];
        let others = nearby.iter().filter(|(other, _)| *other == sentence).flat_map(|(_, names)| names);
        Some(others.into_iter().any(|&(other, other_name)| other == entry && other_name != name))
    };
    let is_resolved = |at: usize| resolutions[at].chosen().is_some();
    (0..named.len()).map(|at| is_resolved(at) && is_told_apart(at).unwrap_or(false)).collect()
}

/// So many mentions before and after are looked at for another name of the same entry in the sentence.
const NEARBY: usize = 32;

/// For each word the number of its sentence.
fn sentences(words: &Words<'_>) -> Vec<usize> {
    let mut sentence = 0;
    let mut is_in_brackets = false;
    let mut sentences = Vec::with_capacity(words.len());
    for at in 0..words.len() {
        if at > 0 {
            let gap = &words.text[words.list[at - 1].span.end..words.list[at].span.start];
            if ends_paragraph(gap) || (!is_in_brackets && ends_sentence(words, at, gap)) {
                (sentence, is_in_brackets) = (sentence + 1, false);
            }
            is_in_brackets = match gap.rfind(['(', ')', '[', ']']) {
                Some(bracket) => gap[bracket..].starts_with(['(', '[']),
                None => is_in_brackets,
            };
        }
        sentences.push(sentence);
    }
    sentences
}

fn ends_paragraph(gap: &str) -> bool {
    gap.matches('\n').count() >= 2
}

/// Whether a sentence ends between the word at `at` and the one before.
fn ends_sentence(words: &Words<'_>, at: usize, gap: &str) -> bool {
    match words.joint(at) {
        Joint::DotSpace => !is_abbreviation(words.surface(at - 1)),
        Joint::Break | Joint::LineBreak => {
            gap.contains(['.', '!', '?', '…', '։', '。', '۔', '؟']) && gap.contains(char::is_whitespace)
        }
        _ => false,
    }
}

/// Whether a word before a full stop is one that is often cut short before a name: `(Az. Xankəndi)`, `a.k.a. Khankendi`.
fn is_abbreviation(word: &str) -> bool {
    const CUT: [&str; 16] =
        ["am", "ar", "arm", "az", "azer", "azerb", "cf", "geo", "lit", "no", "resp", "rus", "russ", "st", "tr", "turk"];
    word.chars().count() == 1 || CUT.contains(&fold(word).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_are_rather_too_long_than_too_short() {
        for (text, count) in [
            ("One. Two", 2),
            ("One! Two? Three", 3),
            ("One\n\nTwo", 2),
            ("One\nTwo", 1),
            ("Called “Two”: three", 1),
            ("One (a. Two. Three) four", 1),
            ("One, Az. Two", 1),
            ("One, a.k.a. Two", 1),
            ("One.” Two", 2),
        ] {
            assert_eq!(sentences(&Words::new(text)).last().unwrap() + 1, count, "{text}");
        }
    }
}
