//! New entries of a layer that have the name and the place of an entry below: most were meant as additions to it.

use rustc_hash::FxHashMap;

use crate::error::{Problem, Problems};
use crate::gazetteer::compiled::EntryView;
use crate::gazetteer::kind::Kind;
use crate::gazetteer::link::Ground;
use crate::gazetteer::survey::{Survey, SurveyedEntry};
use crate::text::key_of;

/// Two settlements of one name nearer than this are probably one; of villages neighbours often share a name.
const NEAR_KM: f64 = 10.0;
const NEAR_VILLAGES_KM: f64 = 3.0;

pub(super) fn check(survey: &Survey<'_>, ground: &Ground<'_>, problems: &mut Problems) {
    let mut new: FxHashMap<String, Vec<&SurveyedEntry<'_>>> = FxHashMap::default();
    for entry in survey.entries.iter().filter(|entry| entry.id.is_empty() || !ground.is_below(entry.id)) {
        new.entry(key_of(entry.name)).or_default().push(entry);
    }
    if ground.lower.is_nothing() || new.is_empty() {
        return;
    }
    for below in ground.lower.entries() {
        let mut keys: Vec<String> = below.names().map(|name| key_of(name.text())).collect();
        keys.sort_unstable();
        keys.dedup();
        for entry in keys.iter().filter_map(|key| new.get(key)).flatten() {
            if let Some(place) = same_place(entry, below) {
                let message = format!(
                    "`{}` is {place} the {} `{}` of a gazetteer below, and has its name",
                    entry.name,
                    below.kind(),
                    below.id()
                );
                let help = format!(
                    "if it is the same, give it the id `{}`: the row then adds to that entry and corrects it",
                    below.id()
                );
                problems.push(Problem::warning(entry.position("name"), message, help));
            }
        }
    }
}

/// How near two entries are, if they may be one.
fn same_place(entry: &SurveyedEntry<'_>, below: EntryView<'_>) -> Option<String> {
    if entry.kind.label() != below.kind().label() || !entry.kind.may_be(below.kind()) {
        return None;
    }
    let (Some(here), Some(there)) = (entry.point, below.point()) else {
        // Without coordinates only the canonical name of something that news names says enough.
        let is_likely =
            entry.point.is_none() && below.is_newsworthy() && key_of(below.canonical()) == key_of(entry.name);
        return is_likely.then(|| "perhaps".to_owned());
    };
    let near = if matches!(below.kind(), Kind::Village | Kind::Place) { NEAR_VILLAGES_KM } else { NEAR_KM };
    let kilometres = here.kilometres_to(there);
    (kilometres < near).then(|| format!("{kilometres:.1} km from"))
}
