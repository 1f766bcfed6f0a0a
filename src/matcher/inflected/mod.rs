//! Listed names with an ending: `Степанакерте`, `Gorskem Karabahu`, `Xankəndinin`.
//!
//! Each word of a name may have an ending of the same language; what the nominative would be is looked up as `exact` does. In running text
//! Latin letters say nothing of the language, so there the paragraph's must be known and the ending be one of its own: an English
//! text has no such endings. In a lookup, which has no context, every language of the script is tried.

mod languages;

use std::ops::Range;

use super::exact::Found;
use super::index::{Part, Posting, indexes};
use super::mention::{Candidate, Method, SpellingRef};
use super::traits::Trait;
use super::vocabulary::ReadWords;
use crate::gazetteer::Kind;
use crate::gazetteer::compiled::Layers;
use crate::lang::Lang;
use crate::script::Script;
use crate::text::{
    Ending, EndingKind, Joint, Lexicon, Shape, Words, ending_between, endings_of, fold, is_apostrophe, words,
};
use languages::{EndingLanguages, family, is_latin};

/// The score of a listed name with an ending: less than that of any listed whole.
const INFLECTED_SCORE: f64 = 0.97;
/// What is added where the listed spelling is of the ending's language, and where the place is well known.
const SAME_LANGUAGE: f64 = 0.004;
const WELL_KNOWN: f64 = 0.002;
/// What an adjective loses.
const ADJECTIVE: f64 = 0.01;
/// The longest name, in words, that is looked for with endings.
const MAX_WORDS: usize = 4;
/// A shorter name has too many words that are like it with an ending.
const MIN_LETTERS: usize = 4;
/// In Latin letters a shorter name takes an ending of one letter, or of more, only where the language is known.
const MIN_LETTERS_BEFORE_ONE: usize = 7;
const MIN_LETTERS_BEFORE_MORE: usize = 5;
/// So many nominatives of a name that is not listed are compared by sound.
const MAX_NOMINATIVES: usize = 8;
/// What follows an adjective that means a district or region, folded, without its ending.
const HEADS: [&str; 12] =
    ["раион", "област", "округ", "уезд", "rajon", "rejon", "okres", "okrug", "oblast", "powiat", "obwod", "regi"];

/// The name over some words, put together so far.
struct Path {
    last: usize,
    key: String,
    ending: Option<&'static Ending>,
}

/// Every listed name with endings in a text; `found` is what is listed as it stands.
pub(super) fn names_in(layers: &Layers, read: &ReadWords<'_, '_>, lang: Option<Lang>, found: &[Found]) -> Vec<Found> {
    let words = read.words;
    let mut is_listed = vec![false; words.len()];
    for find in found.iter().filter(|find| find.words.len() == 1) {
        is_listed[find.words.start] = true;
    }
    let mut languages = EndingLanguages::new(words, lang);
    let (mut inflected, mut in_any_language) = (Vec::new(), Vec::new());
    for &first in read.name_like.iter().filter(|&&first| may_begin(read, first)) {
        let setting = Setting { is_lookup: false, is_alone_listed: is_listed[first] };
        let known = if is_latin(words.surface(first)) { languages.known_to_have_endings(first) } else { Some(true) };
        let may_have = known.unwrap_or_else(|| {
            // Telling the language takes as long as looking at a hundred words: only where there is a name if it is the right one.
            for_each_name(layers, words, first, &setting, |_| true, &mut in_any_language);
            !std::mem::take(&mut in_any_language).is_empty()
        });
        if may_have {
            for_each_name(layers, words, first, &setting, |lang| languages.agree(lang, first), &mut inflected);
        }
    }
    inflected
}

/// Whether a name with endings may begin at a word.
fn may_begin(read: &ReadWords<'_, '_>, first: usize) -> bool {
    let traits = read.traits(first);
    let goes_on = || traits.has(Trait::BeginsInflected) && is_inner_joint(read.words.joint(first + 1));
    traits.has(Trait::IsInflected) || goes_on()
}

/// The spellings of which `name` is a form, best first.
pub(super) fn lookup(layers: &Layers, name: &str) -> Vec<(SpellingRef, f64)> {
    // An apostrophe before an ending is no boundary: `Karabağ’ın`.
    let joined: String = name.chars().filter(|&c| !is_apostrophe(c)).collect();
    let words = Words::new(&joined);
    let is_known = |at: usize| {
        let word = fold(words.surface(at));
        Lexicon.knows(&word) || Lexicon.has_personal_name(&word)
    };
    if words.len() == 0 || (0..words.len()).all(is_known) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let setting = Setting { is_lookup: true, is_alone_listed: false };
    for_each_name(layers, &words, 0, &setting, |_| true, &mut found);
    found.retain(|find| find.words.len() == words.len());
    found.sort_by(|a, b| b.candidate.score.total_cmp(&a.candidate.score));
    found.into_iter().map(|find| (find.candidate.at, find.candidate.score)).collect()
}

/// What the nominative of `name` may be, for names that are not listed; some of each language. In Latin letters only an apostrophe
/// tells an ending from the end of any name.
pub(super) fn nominatives(name: &str) -> Vec<String> {
    if Script::of(name) == Some(Script::Latin) && !name.contains(is_apostrophe) {
        return Vec::new();
    }
    let joined: String = name.chars().filter(|&c| !is_apostrophe(c)).collect();
    let mut open: Vec<(String, Option<&'static str>)> = vec![(String::new(), None)];
    for word in words(&joined) {
        let (word, mut longer) = (&joined[word.span.range()], Vec::new());
        let folded = fold(word);
        for (start, known) in &open {
            let endings = endings_of(&folded).filter(|ending| {
                ending.kind == EndingKind::Case && known.is_none_or(|known| family(ending.lang) == known)
            });
            for ending in endings {
                let mut text = start.clone();
                if !text.is_empty() {
                    text.push(' ');
                }
                ending.push_written_name(word, &mut text);
                if !longer.iter().any(|(other, _)| *other == text) {
                    longer.push((text, Some(family(ending.lang))));
                }
            }
        }
        open = longer;
    }
    open.truncate(MAX_NOMINATIVES);
    open.into_iter().map(|(text, _)| text).collect()
}

/// The endings that make `surface` of `name`, none if it is not an inflected form of it.
pub(super) fn endings_between(surface: &str, name: &str) -> Vec<&'static Ending> {
    let joined: String = surface.chars().filter(|&c| !is_apostrophe(c)).collect();
    let (mut old, new) = (words(&joined), words(name));
    if old.len() == new.len() + 1 && old.last().is_some_and(|word| is_head(&joined[word.span.range()])) {
        old.pop();
    }
    if old.len() != new.len() {
        return Vec::new();
    }
    let mut endings = Vec::new();
    for (old, new) in old.iter().zip(&new) {
        let (old, new) = (fold(&joined[old.span.range()]), fold(&name[new.span.range()]));
        if old != new {
            match ending_between(&old, &new) {
                Some(ending) => endings.push(ending),
                None => return Vec::new(),
            }
        }
    }
    endings
}

/// Where a name is looked for.
struct Setting {
    is_lookup: bool,
    /// Whether the first word alone is a listed name as it stands.
    is_alone_listed: bool,
}

/// Whether a word, `folded` if folded, may be a name with an ending, or the first of several, as far as its letters say.
pub(super) fn takes_endings(surface: &str, folded: &str) -> bool {
    is_shaped_as_name(surface) && !(is_latin(surface) && Lexicon.has_word(folded))
}

/// Whether a folded word without some ending is listed, or begins what is.
pub(super) fn is_form(layers: &Layers, folded: &str) -> bool {
    let mut name = String::with_capacity(folded.len() + 8);
    endings_of(folded).any(|ending| {
        name.clear();
        ending.push_name(folded, &mut name);
        indexes(layers).any(|index| index.slot(&name).is_some())
    })
}

fn is_shaped_as_name(surface: &str) -> bool {
    let shape = Shape::of(surface);
    // `MacOS`: a capital inside belongs to no ending.
    let is_mixed = shape == Shape::Title && surface.chars().skip(1).any(char::is_uppercase);
    shape.is_name_like()
        && !is_mixed
        && surface.chars().nth(3).is_some()
        && surface.chars().next().is_some_and(char::is_alphabetic)
}

fn for_each_name(
    layers: &Layers,
    words: &Words<'_>,
    first: usize,
    setting: &Setting,
    mut may_be: impl FnMut(Lang) -> bool,
    found: &mut Vec<Found>,
) {
    let mut key = String::new();
    for index in indexes(layers) {
        let mut open = vec![Path { last: first, key: String::new(), ending: None }];
        while let Some(path) = open.pop() {
            let range = first..path.last + 1;
            let word = fold(words.surface(path.last));
            let goes_on = is_inner_joint(words.joint(range.end)) && range.len() < MAX_WORDS;
            path.for_each_reading(&word, &mut key, |key, ending| {
                let Some(slot) = index.slot(key) else {
                    return;
                };
                if let Some(ending) = ending.filter(|ending| may_be(ending.lang)) {
                    let accept = |posting| accept(&posting, ending, words, range.clone(), setting, layers);
                    found.extend(slot.postings(key).filter_map(accept));
                }
                if slot.continues && goes_on {
                    open.push(Path { last: range.end, key: key.to_owned(), ending });
                }
            });
        }
    }
}

/// Whether a name with endings may go on over a joint.
fn is_inner_joint(joint: Joint) -> bool {
    matches!(joint, Joint::Space | Joint::LineBreak | Joint::Hyphen | Joint::HyphenBreak)
}

impl Path {
    /// What the name may be with this word, in turn in `key`: as it stands, or without each of its endings. All endings are of one
    /// language.
    fn for_each_reading(&self, word: &str, key: &mut String, mut each: impl FnMut(&str, Option<&'static Ending>)) {
        let known = self.ending.map(|ending| family(ending.lang));
        key.clear();
        key.push_str(&self.key);
        key.push_str(word);
        each(key, self.ending);
        for ending in endings_of(word).filter(|ending| known.is_none_or(|known| family(ending.lang) == known)) {
            key.truncate(self.key.len());
            ending.push_name(word, key);
            each(key, Some(ending));
        }
    }
}

fn accept(
    posting: &Posting<'_>,
    ending: &'static Ending,
    words: &Words<'_>,
    range: Range<usize>,
    setting: &Setting,
    layers: &Layers,
) -> Option<Found> {
    let is_name =
        matches!(posting.part, Part::Whole | Part::Family) || (setting.is_lookup && posting.part == Part::FullName);
    if !is_name || posting.is_abbreviation || posting.joints.len() + 1 != range.len() {
        return None;
    }
    let is_alone = range.len() == 1;
    let is_short = || posting.text.chars().filter(|c| c.is_alphabetic()).nth(MIN_LETTERS - 1).is_none();
    if (setting.is_alone_listed && is_alone) || is_short() {
        return None;
    }
    let entry = posting.at.entry(layers);
    let spelling = posting.at.spelling(layers);
    let is_same = family(spelling.lang()) == family(ending.lang);
    // News names Paris, and still `Parisa` is a woman: what is longer by one letter needs a name of its language.
    let is_one_more = ending.nominative.is_empty() && ending.letters.chars().count() == 1;
    let is_known = is_same || (entry.is_newsworthy() && !is_one_more);
    let is_doubtful = setting.is_lookup && is_alone && !is_known && !is_distinct(posting.text, ending);
    if is_doubtful || (is_same && !is_harmonious(posting.text, ending)) {
        return None;
    }
    let is_adjective = ending.kind == EndingKind::Adjective;
    let mut range = range;
    if is_adjective && !setting.is_lookup {
        range = with_head(words, range).filter(|_| is_district(layers, posting.at))?;
    }
    let bonus = |holds: bool, value: f64| if holds { value } else { 0.0 };
    let score = INFLECTED_SCORE + bonus(is_same, SAME_LANGUAGE) + bonus(entry.is_well_known(), WELL_KNOWN)
        - bonus(is_adjective, ADJECTIVE);
    Some(Found {
        span: words.span(range.clone()),
        words: range,
        part: posting.part,
        candidate: Candidate { is_inflected: true, ..Candidate::new(posting.at, score, Method::Derived) },
    })
}

/// Whether a name with an ending can be told from other words, where neither context nor the name's language speaks for the ending: `Bardo`
/// is no form of Barda. Only Latin letters are shared by so many languages.
fn is_distinct(name: &str, ending: &Ending) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let least = if ending.letters.chars().count() <= 1 { MIN_LETTERS_BEFORE_ONE } else { MIN_LETTERS_BEFORE_MORE };
    Script::of(name) != Some(Script::Latin) || (letters >= least && !ending.letters.is_empty())
}

/// Whether the ending's vowel may follow the name's last one: in Turkish and Azerbaijani no `a` follows a front vowel (`Parise`, never
/// `Parisa`). `e` may follow a back one: `Nepale`.
fn is_harmonious(name: &str, ending: &Ending) -> bool {
    let is_front = |vowel: char| matches!(vowel, 'e' | 'ə' | 'i' | 'ö' | 'ü');
    let is_vowel = |c: &char| is_front(*c) || matches!(c, 'a' | 'ı' | 'o' | 'u');
    let last = name.to_lowercase().chars().rfind(is_vowel);
    family(ending.lang) != "Turkic" || ending.letters.chars().find(is_vowel) != Some('a') || !last.is_some_and(is_front)
}

/// The words of an adjective and its head noun: `Шушинского района`.
fn with_head(words: &Words<'_>, range: Range<usize>) -> Option<Range<usize>> {
    let next = range.end;
    if !matches!(words.joint(next), Joint::Space | Joint::LineBreak) {
        return None;
    }
    is_head(words.surface(next)).then_some(range.start..next + 1)
}

fn is_head(word: &str) -> bool {
    let word = fold(word);
    HEADS.iter().any(|head| word.starts_with(head))
}

fn is_district(layers: &Layers, at: SpellingRef) -> bool {
    matches!(at.entry(layers).kind(), Kind::District | Kind::Region)
}
