//! Rows that can never have an effect, and entries that are one thing twice by their identifiers.

use rustc_hash::FxHashMap;

use crate::error::{Problem, Problems};
use crate::gazetteer::csv::visible;
use crate::gazetteer::kind::SpellingKind;
use crate::gazetteer::survey::{Survey, SurveyedEntry, SurveyedSpelling};
use crate::text::words;

/// A spelling longer than this is a description.
const MAX_LETTERS: usize = 100;

/// Reports spellings that no text can contain, and identifiers that two entries share.
pub(super) fn check(survey: &Survey<'_>, problems: &mut Problems) {
    for spelling in &survey.spellings {
        check_spelling(spelling, problems);
    }
    check_needs(survey, problems);
    check_identifiers(survey, problems);
}

fn check_spelling(spelling: &SurveyedSpelling<'_>, problems: &mut Problems) {
    let mut report = |message: &str, help: &str| {
        let message = format!("`{}` {message}", visible(spelling.text));
        problems.push(Problem::warning(spelling.position(), message, help));
    };
    if words(spelling.text).is_empty() {
        report("has no letter or digit, and can never match", "write the spelling, or remove the row");
    }
    if spelling.text.chars().count() > MAX_LETTERS {
        report("is longer than a name", "write the name only; a remark belongs into `note`");
    }
    let has_small = spelling.text.chars().any(char::is_lowercase) && !spelling.text.ends_with('.');
    if spelling.kind == SpellingKind::Abbreviation && has_small {
        report(
            "is an abbreviation with small letters, and without a stop abbreviations match in capitals only",
            "give it the kind `name`, or end it with its stop",
        );
    }
    let is_wrong = matches!(spelling.kind, SpellingKind::Misspelling | SpellingKind::Mistranslation);
    if is_wrong && spelling.record.is_some_and(|record| record.preferred) {
        report("is the right spelling and a mistake at once", "clear `preferred`, or correct the kind");
    }
}

/// A spelling may need its own entry (by another spelling), but not all spellings of an entry may.
fn check_needs(survey: &Survey<'_>, problems: &mut Problems) {
    let needs_itself = |spelling: &SurveyedSpelling<'_>| {
        let id = survey.entries[spelling.entry].id;
        spelling.record.is_some_and(|record| !record.needs.is_empty() && record.needs.iter().all(|needed| needed == id))
    };
    let mut is_reachable = vec![false; survey.entries.len()];
    for spelling in survey.spellings.iter().filter(|spelling| !needs_itself(spelling)) {
        is_reachable[spelling.entry] = true;
    }
    for spelling in survey.spellings.iter().filter(|spelling| !is_reachable[spelling.entry] && needs_itself(spelling)) {
        let message = format!("`{}` needs its own entry, which has no other spelling", spelling.text);
        let help = "name another entry in `needs`, or clear it";
        problems.push(Problem::warning(spelling.position().column("needs"), message, help));
    }
}

fn check_identifiers(survey: &Survey<'_>, problems: &mut Problems) {
    let lower = |entry: &SurveyedEntry<'_>| Some(entry.id.to_lowercase()).filter(|id| !id.is_empty());
    let shared = shared(survey, lower, |one, other| one.id != other.id);
    for (first, second) in shared {
        let message = format!("the ids `{}` and `{}` differ in case only ({})", first.id, second.id, first.place());
        problems.push(Problem::warning(second.position("id"), message, "give one of the two another id"));
    }
    let geonames = |entry: &SurveyedEntry<'_>| entry.geonames.map(|id| id.to_string());
    let wikidata = |entry: &SurveyedEntry<'_>| Some(entry.wikidata.to_owned()).filter(|id| !id.is_empty());
    for (column, identifiers) in [
        ("geonames", self::shared(survey, geonames, |_, _| true)),
        ("wikidata", self::shared(survey, wikidata, |_, _| true)),
    ] {
        for (first, second) in identifiers {
            let message = format!("`{}` has the identifier of `{}` ({})", second.id, first.id, first.place());
            let help = "clear it where it is wrong, or join the entries";
            problems.push(Problem::warning(second.position(column), message, help));
        }
    }
}

/// Pairs of entries with one key, each with the first that has it.
fn shared<'s, 't>(
    survey: &'s Survey<'t>,
    key: impl Fn(&SurveyedEntry<'t>) -> Option<String>,
    counts: impl Fn(&SurveyedEntry<'t>, &SurveyedEntry<'t>) -> bool,
) -> Vec<(&'s SurveyedEntry<'t>, &'s SurveyedEntry<'t>)> {
    let mut first: FxHashMap<String, &SurveyedEntry<'t>> = FxHashMap::default();
    let mut pairs = Vec::new();
    for entry in &survey.entries {
        let Some(key) = key(entry) else {
            continue;
        };
        match first.get(&key) {
            Some(&other) if counts(other, entry) => pairs.push((other, entry)),
            Some(_) => {}
            None => {
                first.insert(key, entry);
            }
        }
    }
    pairs
}
