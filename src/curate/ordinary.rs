//! Spellings that are ordinary English words, or names that many people bear: each would be found in texts about
//! something else.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::error::{Problem, Problems};
use crate::gazetteer::compiled::MAX_CHOSEN;
use crate::gazetteer::{Kind, Rewrite, SpellingKind, Survey, SurveyedSpelling};
use crate::lang::Lang;
use crate::script::Script;
use crate::text::key_of;
use crate::text::{Lexicon, words};

/// A city of so many inhabitants is meant oftener than the people who bear its name (`Paris`, `Sydney`).
const LARGE_CITY: u64 = 500_000;
/// A place of so many inhabitants is in the news oftener than people who bear nearly its name.
const TOWN: u64 = 15_000;
/// Up to this length, near misses count only beside a cue (`resolve::gates`).
const MAX_CUED_LETTERS: usize = 8;

/// Warns of words and people's names that `common` does not list.
pub(super) fn check(survey: &Survey<'_>, common: &FxHashSet<String>, problems: &mut Problems) {
    let near = NearNames::new();
    let well_known = well_known(survey);
    for spelling in survey.spellings.iter().filter(|spelling| may_mislead(survey, spelling)) {
        let key = key_of(spelling.text);
        let is_well_known = well_known.get(&(spelling.entry, key.clone()));
        if common.contains(&key) || is_well_known == Some(&Meant::OftenerThanWords) {
            continue;
        }
        let what = if Lexicon.has_word(&key) {
            "an ordinary English word"
        } else if Lexicon.has_personal_name(&key) && is_well_known.is_none() {
            "a common first or family name"
        } else {
            if let Some(name) = near.near(&key).filter(|_| may_be_fuzzy(survey, spelling)) {
                let message = format!(
                    "`{}` is one letter from the common name `{name}`, which it would be taken for",
                    spelling.text
                );
                let help = "list the name in suppressed.csv if texts have it, or give the row `rewrite` never";
                problems.push(Problem::warning(spelling.position(), message, help));
            }
            continue;
        };
        let message = format!("`{}` is also {what}", spelling.text);
        let help = "list it in common.csv, so that it counts only beside a cue, or fill in `needs`";
        problems.push(Problem::warning(spelling.position(), message, help));
    }
}

/// What a well-known place is meant oftener than.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meant {
    OftenerThanWords,
    OftenerThanPeople,
}

/// The keys of English spellings that are left alone, and so are the same letters in other languages: of countries (`Turkey`), and of
/// continents and large cities where only people share the name (`Asia`, `Paris`).
fn well_known(survey: &Survey<'_>) -> FxHashMap<(usize, String), Meant> {
    let mut known = FxHashMap::default();
    for spelling in survey.spellings.iter().filter(|spelling| is_right_in_english(spelling)) {
        let entry = &survey.entries[spelling.entry];
        let meant = match entry.kind {
            Kind::Country => Meant::OftenerThanWords,
            Kind::Region if entry.country.is_empty() => Meant::OftenerThanPeople,
            _ if entry.population.is_some_and(|people| people >= LARGE_CITY) => Meant::OftenerThanPeople,
            _ => continue,
        };
        known.insert((spelling.entry, key_of(spelling.text)), meant);
    }
    known
}

/// Whether the spelling is one Latin word that counts without further condition. People are found by their full names.
fn may_mislead(survey: &Survey<'_>, spelling: &SurveyedSpelling<'_>) -> bool {
    let is_person = survey.entries[spelling.entry].kind == Kind::Person;
    let counts = !matches!(spelling.kind, SpellingKind::Abbreviation | SpellingKind::Demonym) && !spelling.has_needs();
    // A foreign spelling without its diacritics counts only with the document's support anyway (`Çad`, cad).
    let is_plain = spelling.text.is_ascii() || is_right_in_english(spelling);
    counts
        && !is_person
        && is_plain
        && Script::of(spelling.text) == Some(Script::Latin)
        && words(spelling.text).len() == 1
}

fn is_right_in_english(spelling: &SurveyedSpelling<'_>) -> bool {
    spelling.lang.is_none_or(|lang| lang == Lang::ENGLISH)
        && matches!(spelling.kind, SpellingKind::Canonical | SpellingKind::Name)
}

/// Whether the matcher compares the spelling with unlisted words (`matcher::fuzzy`; of a register it looks for no near misses of small places), and would be wrong oftener than right: a near
/// miss of a town's name is the town's sooner than a stranger's.
fn may_be_fuzzy(survey: &Survey<'_>, spelling: &SurveyedSpelling<'_>) -> bool {
    let entry = &survey.entries[spelling.entry];
    let is_small = entry.population.is_none_or(|people| people < TOWN)
        && matches!(entry.kind, Kind::Village | Kind::Town | Kind::River | Kind::Site | Kind::Place);
    let is_name =
        !matches!(spelling.kind, SpellingKind::Misspelling | SpellingKind::Mistranslation | SpellingKind::Exonym);
    let is_register = survey.entries.len() > MAX_CHOSEN as usize;
    is_small && is_name && !is_register && spelling.record.is_none_or(|record| record.rewrite != Some(Rewrite::Never))
}

/// People's names by what is left of them without one letter. Only names that a near miss could be believed of: long ones that
/// the English lexicon does not know, since known words are no misspelt places.
struct NearNames {
    by_deletion: FxHashMap<String, &'static str>,
}

impl NearNames {
    fn new() -> Self {
        let mut by_deletion = FxHashMap::default();
        for name in Lexicon.personal_names().filter(|name| name.len() > MAX_CUED_LETTERS && !Lexicon.knows(name)) {
            for deletion in deletions(name) {
                by_deletion.insert(deletion, name);
            }
        }
        Self { by_deletion }
    }

    /// A name at one edit from `key`, with the same first letter.
    fn near(&self, key: &str) -> Option<&'static str> {
        if !key.is_ascii() || key.len() <= MAX_CUED_LETTERS {
            return None;
        }
        deletions(key)
            .filter_map(|deletion| self.by_deletion.get(&deletion).copied())
            .find(|name| *name != key && name[..1] == key[..1] && strsim::osa_distance(name, key) == 1)
    }
}

/// The word itself, and the word without each of its letters.
fn deletions(word: &str) -> impl Iterator<Item = String> {
    let without = |at: usize| format!("{}{}", &word[..at], &word[at + 1..]);
    std::iter::once(word.to_owned()).chain((0..word.len()).map(without))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_long_names_that_english_does_not_know_are_near_enough() {
        let near = NearNames::new();
        let name = Lexicon.personal_names().find(|name| name.len() > MAX_CUED_LETTERS && !Lexicon.knows(name));
        let name = name.unwrap();
        assert_eq!(near.near(&format!("{name}q")), Some(name));
        assert_eq!(near.near(&name[..name.len() - 1]).is_some(), name.len() > MAX_CUED_LETTERS + 1);
        assert_eq!(near.near(name), None);
        assert_eq!(near.near(&format!("q{name}")), None);
        assert_eq!(near.near("christophe"), None, "Christopher is in the lexicon, and never taken for a place");
    }
}
