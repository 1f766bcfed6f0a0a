//! From overlapping finds to mentions: the longest name wins, and finds of one stretch become its candidates.

use std::ops::Range;

use rustc_hash::FxHashSet;

use super::exact::Found;
use super::index::Part;
use super::mention::{Candidate, Mention, Method, Refused};
use crate::gazetteer::compiled::Layers;

/// Greedy choice by length, then by how sure the find is, then by position; the result is in order of the text.
pub(super) fn select(layers: &Layers, found: Vec<Found>, word_count: usize) -> Vec<Mention> {
    let is_common = |find: &Found| find.part == Part::Common;
    let common: FxHashSet<Range<usize>> =
        found.iter().filter(|find| is_common(find)).map(|find| find.words.clone()).collect();
    // The number of each word's mention, from one on.
    let mut owner = vec![0_u32; word_count];
    let mut mentions: Vec<Mention> = Vec::new();
    for find in best_first(found).filter(|find| !is_common(find)) {
        let same = (owner[find.words.start] as usize).checked_sub(1).filter(|&at| mentions[at].words == find.words);
        if let Some(at) = same {
            join(layers, &mut mentions[at], find);
        } else if owner[find.words.clone()].iter().all(|&owner| owner == 0) {
            let words = find.words.clone();
            mentions.push(mention(find));
            owner[words].fill(mentions.len() as u32);
        }
    }
    for mention in &mut mentions {
        mention.is_common = common.contains(&mention.words);
    }
    mentions.sort_by_key(|mention| mention.span.start);
    mentions
}

/// Finds by length, score and position. Their ranks are sorted, since a find is many times as large.
fn best_first(found: Vec<Found>) -> impl Iterator<Item = Found> {
    // Scores are no less than 0, and such numbers are in the order of their bits.
    let rank = |(at, find): (usize, &Found)| {
        let score = find.candidate.score.max(0.0).to_bits();
        (usize::MAX - find.words.len(), u64::MAX - score, find.words.start, at)
    };
    let mut ranks: Vec<(usize, u64, usize, usize)> = found.iter().enumerate().map(rank).collect();
    ranks.sort();
    let mut found: Vec<Option<Found>> = found.into_iter().map(Some).collect();
    ranks.into_iter().filter_map(move |(.., at)| found[at].take())
}

fn mention(find: Found) -> Mention {
    let (candidates, refused) = match find.part {
        Part::Suppressed => (Vec::new(), Some(Refused::Suppressed)),
        Part::Stranger => (Vec::new(), Some(Refused::Stranger)),
        // Room for one, which most have.
        _ => (vec![find.candidate], None),
    };
    Mention { span: find.span, words: find.words, candidates, refused, is_common: false, is_given: false }
}

/// Adds a find to the mention of the same words; of two finds of one entry the better stays.
fn join(layers: &Layers, mention: &mut Mention, find: Found) {
    match find.part {
        Part::Suppressed => return mention.refused = Some(Refused::Suppressed),
        // A stranger only if nobody whom the gazetteer knows is meant; these finds come last.
        Part::Stranger => return,
        _ => {}
    }
    // Finds come in order of score: beside a listed spelling, a derived one and a near miss say nothing.
    let is_outdone = |better: Method| mention.candidates.iter().any(|known| known.method == better);
    match find.candidate.method {
        Method::Fuzzy if is_outdone(Method::Listed) || is_outdone(Method::Derived) => return,
        Method::Derived if is_outdone(Method::Listed) => return,
        _ => {}
    }
    mention.span.end = mention.span.end.max(find.span.end);
    let same = |candidate: &&mut Candidate| candidate.at.entry == find.candidate.at.entry;
    match mention.candidates.iter_mut().find(same) {
        None => mention.candidates.push(find.candidate),
        Some(known) => {
            if rank(layers, &find.candidate) > rank(layers, known) {
                *known = find.candidate;
            }
        }
    }
}

/// Which of two ways to read a mention as the same entry is better: the nearer spelling, then the righter one.
fn rank(layers: &Layers, candidate: &Candidate) -> (u64, bool, bool, bool) {
    let spelling = candidate.at.spelling(layers);
    let score = (candidate.score * 1e6) as u64;
    let is_english = spelling.lang() == crate::lang::Lang::ENGLISH;
    (score, candidate.parts.is_some(), spelling.kind().is_right(), spelling.is_preferred() && is_english)
}
