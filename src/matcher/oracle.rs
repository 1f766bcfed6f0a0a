//! A naive oracle beside the matcher: every listed spelling compared at every word, without index, prefixes or early ends.
//!
//! It shares the word scan and the folding with the matcher, and nothing of the search.

use std::collections::BTreeSet;
use std::ops::Range;

use proptest::prelude::*;

use super::exact::{SingleWords, names_in};
use super::vocabulary::Vocabulary;
use super::{Matcher, compile};
use crate::gazetteer::Gazetteer;
use crate::gazetteer::compiled::{Access, Compiled, File, HEADER, Layers, decode};
use crate::text::{Joint, Words, fold};

/// A small gazetteer with names inside names, shared beginnings, and every kind of joint.
const LIST: &str = "id,name,variants\n\
    k,Karabakh,\n\
    nk,Nagorno-Karabakh,Nagorno Karbakh;Upper Karabakh\n\
    kt,Karin Tak,\n\
    kts,Karin Tak Spring,\n\
    tk,Tak Karabakh,\n\
    us,United States,United States of America\n\
    dc,\"Washington, D.C.\",\n\
    sp,St. Petersburg,\n\
    nd,N'Djamena,\n\
    xk,Xankəndi,\n";

fn gazetteer() -> Gazetteer {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("list.csv");
    std::fs::write(&path, LIST).unwrap();
    Gazetteer::from_path(path).unwrap()
}

/// Whether the words spell the listed name: the same folded words, and joints that a person would read as the same.
fn spells(listed: &Words<'_>, words: &Words<'_>, range: Range<usize>) -> bool {
    let letters = |words: &Words<'_>, range: Range<usize>| range.map(|at| fold(words.surface(at))).collect::<String>();
    if range.len() != listed.len() || letters(listed, 0..listed.len()) != letters(words, range.clone()) {
        return false;
    }
    let same_words = range.clone().enumerate().all(|(n, at)| fold(listed.surface(n)) == fold(words.surface(at)));
    same_words && (1..listed.len()).all(|n| is_same(words.joint(range.start + n), listed.joint(n)))
}

fn is_same(found: Joint, listed: Joint) -> bool {
    let spaces = [Joint::Space, Joint::LineBreak];
    let dots = [Joint::Dot, Joint::DotSpace];
    found == listed
        || found == Joint::HyphenBreak
        || (spaces.contains(&found) && [Joint::Space, Joint::Hyphen, Joint::DotSpace, Joint::Comma].contains(&listed))
        || (found == Joint::Hyphen && [Joint::Space, Joint::Apostrophe].contains(&listed))
        || (dots.contains(&found) && dots.contains(&listed))
}

/// Everything of as many words as listed, found by comparing all with all.
fn naive(gazetteer: &Gazetteer, words: &Words<'_>) -> BTreeSet<(usize, usize, usize)> {
    let mut found = BTreeSet::new();
    for (number, entry) in gazetteer.entries().iter().enumerate() {
        for spelling in entry.names.iter().flat_map(|name| &name.spellings) {
            let listed = Words::new(&spelling.text);
            for start in 0..words.len() {
                let range = start..(start + listed.len()).min(words.len());
                if spells(&listed, words, range.clone()) {
                    found.insert((range.start, range.end, number));
                }
            }
        }
    }
    found
}

/// The same from the matcher, without what is written in more or fewer words than listed.
fn indexed(matcher: &Matcher, words: &Words<'_>) -> BTreeSet<(usize, usize, usize)> {
    let (mut vocabulary, mut single_words) = (Vocabulary::default(), SingleWords::default());
    let (read, dead_ends) = vocabulary.read(matcher.layers(), words);
    // Twice, since what was read before must change nothing.
    let before = names_in(matcher.layers(), &read, dead_ends, &mut single_words);
    let (read, dead_ends) = vocabulary.read(matcher.layers(), words);
    let found = names_in(matcher.layers(), &read, dead_ends, &mut single_words);
    assert_eq!(before.len(), found.len());
    found
        .into_iter()
        .filter(|find| {
            let mut spellings = find.candidate.at.entry(matcher.layers()).spellings();
            spellings.any(|spelling| spells(&Words::new(spelling.text()), words, find.words.clone()))
        })
        .map(|find| (find.words.start, find.words.end, find.candidate.at.entry as usize))
        .collect()
}

/// Each word was joined with all that follow: a file of 30 kB took ten seconds, one of a megabyte would have taken days.
#[test]
fn a_long_column_of_broken_words_is_read_in_no_time() {
    let matcher = Matcher::builder().build(&gazetteer()).unwrap();
    let text = format!("{}Nagor-\nno-Kara-\nbakh", "Kar-\n".repeat(100_000));
    let words = Words::new(&text);
    let mentions = matcher.mentions(&words, None);
    assert_eq!(
        mentions.iter().map(|mention| &text[mention.span.range()]).collect::<Vec<_>>(),
        ["Nagor-\nno-Kara-\nbakh"]
    );
}

proptest! {
    #[test]
    fn the_index_finds_what_comparing_all_with_all_finds(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "Karabakh", "Nagorno", "Karbakh", "Upper", "Karin", "Tak", "Spring", "United", "States", "of", "America",
                "Washington", "D", "C", "St", "Petersburg", "N", "Djamena", "Xankəndi", "XANKENDI", "Army",
            ]).prop_flat_map(|word| {
                prop::sample::select(vec![" ", " ", " ", "-", "-\n", "\n", "\n\n", ".", ". ", ", ", "'", "’s ", " – "])
                    .prop_map(move |joint| format!("{word}{joint}"))
            }),
            1..12,
        )
    ) {
        let gazetteer = gazetteer();
        let matcher = Matcher::builder().build(&gazetteer).unwrap();
        let text = pieces.concat();
        let words = Words::new(&text);
        prop_assert_eq!(indexed(&matcher, &words), naive(&gazetteer, &words), "{:?}", text);
    }

    /// A compiled gazetteer whose content was altered is refused where it is read as a whole; else, or if its checksum was forged too, it may find
    /// anything, but it never panics.
    #[test]
    fn an_altered_file_never_panics(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..40)) {
        let mut bytes = compile(&gazetteer()).unwrap();
        let payload = HEADER..bytes.len();
        for (at, value) in changes {
            bytes[payload.start + at.index(payload.len())] = value;
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("altered.topo");
        std::fs::write(&path, &bytes).unwrap();
        let is_same = bytes == compile(&gazetteer()).unwrap();
        prop_assert_eq!(crate::matcher::verify(&path).is_ok(), is_same);
        prop_assert_eq!(Matcher::builder().memory_map(false).open(&path).is_ok(), is_same);
        prop_assert_eq!(Gazetteer::from_path(&path).is_ok(), is_same);
        decode(&Layers::new(vec![Compiled::new(File::from_path(&path, Access::Mapped).unwrap())]).unwrap());
        let matcher = Matcher::open(&path).unwrap();
        matcher.mentions(&Words::new("From Karabakh to Karin Tak, Washington, D.C. and Xankandi, Nagorno-Karabahk."), None);
        matcher.lookup("Nagorno Karabach", 5);
    }
}
