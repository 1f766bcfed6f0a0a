//! One thing twice: a place under two ids, a spelling that another one already covers, a spelling that a suppressed phrase hides.

use rustc_hash::FxHashMap;

use crate::error::{Problem, Problems};
use crate::gazetteer::{Kind, Survey, SurveyedEntry, SurveyedSpelling, Tables};
use crate::lang::Lang;
use crate::script::Script;
use crate::text::key_of;
use crate::text::{Joint, fold_alternate, words};

/// Two places of one kind and name nearer than this are probably one, in kilometres.
const NEAR_KM: f64 = 10.0;
/// The same for villages, of which neighbours often share a name (in the South Caucasus 70 pairs are 3 to 10 km apart).
const NEAR_VILLAGES_KM: f64 = 3.0;

/// Warns of places and spellings that stand twice.
pub(super) fn check(survey: &Survey<'_>, problems: &mut Problems) {
    let mut by_key: FxHashMap<String, Vec<&SurveyedSpelling<'_>>> = FxHashMap::default();
    for spelling in &survey.spellings {
        by_key.entry(key_of(spelling.text)).or_default().push(spelling);
    }
    let mut groups: Vec<&Vec<&SurveyedSpelling<'_>>> = by_key.values().filter(|group| group.len() > 1).collect();
    groups.sort_by_key(|group| (group[0].entry, group[0].row()));
    let mut seen = rustc_hash::FxHashSet::default();
    for group in groups {
        check_places(survey, group, &mut seen, problems);
        check_derived(group, problems);
    }
}

/// Two entries that share a right name, a kind and a container, and lie close together.
fn check_places(
    survey: &Survey<'_>,
    group: &[&SurveyedSpelling<'_>],
    seen: &mut rustc_hash::FxHashSet<(usize, usize)>,
    problems: &mut Problems,
) {
    // A name that more places share than this is a common name, and comparing all pairs would take long.
    const MAX_BEARERS: usize = 200;
    let mut bearers: Vec<usize> = group.iter().filter(|one| one.is_preferred()).map(|one| one.entry).collect();
    bearers.sort_unstable();
    bearers.dedup();
    bearers.truncate(MAX_BEARERS);
    for (at, &one) in bearers.iter().enumerate() {
        for &other in &bearers[at + 1..] {
            let (first, second) = (&survey.entries[one], &survey.entries[other]);
            if let Some(kilometres) = distance_of_twins(first, second).filter(|_| seen.insert((one, other))) {
                let message = format!(
                    "`{}` is a {} {kilometres:.1} km from `{}` ({}), and they share the name `{}`",
                    label(second),
                    second.kind,
                    label(first),
                    first.place(),
                    group[0].text
                );
                let help = "join them if they are one place; else give them different `within`";
                problems.push(Problem::warning(second.position("name"), message, help));
            }
        }
    }
}

fn label<'t>(entry: &SurveyedEntry<'t>) -> &'t str {
    if entry.id.is_empty() { entry.name } else { entry.id }
}

fn distance_of_twins(one: &SurveyedEntry<'_>, other: &SurveyedEntry<'_>) -> Option<f64> {
    let is_alike = one.kind == other.kind && one.within == other.within && one.kind != Kind::Person;
    let kilometres = one.point?.kilometres_to(other.point?);
    let near = if matches!(one.kind, Kind::Village | Kind::Place) { NEAR_VILLAGES_KM } else { NEAR_KM };
    (is_alike && kilometres < near).then_some(kilometres)
}

/// Of two spellings of one name, language and kind, one that the matcher finds through the other.
fn check_derived(group: &[&SurveyedSpelling<'_>], problems: &mut Problems) {
    for spelling in group {
        if spelling.is_preferred() || spelling.is_attested() {
            continue;
        }
        let keeper = group.iter().find(|other| {
            let is_kept = other.is_preferred() || other.is_attested() || other.text < spelling.text;
            is_kept && other.text != spelling.text && is_covered_by(spelling, other)
        });
        if let Some(keeper) = keeper {
            let message = format!(
                "`{}` is found through `{}` (row {}), and nobody attests it",
                spelling.text,
                keeper.text,
                keeper.row()
            );
            let help = "remove the row, or name a source that has it";
            problems.push(Problem::warning(spelling.position(), message, help));
        }
    }
}

/// Whether listing `other` alone finds `spelling` just the same.
fn is_covered_by(spelling: &SurveyedSpelling<'_>, other: &SurveyedSpelling<'_>) -> bool {
    let (Some(one), Some(two)) = (spelling.record, other.record) else {
        return false;
    };
    let is_same_name = spelling.entry == other.entry && spelling.name == other.name && spelling.lang == other.lang;
    let is_same_use = one.rewrite == two.rewrite && one.needs == two.needs && one.period == two.period;
    is_same_name
        && spelling.kind == other.kind
        && is_same_use
        && fold_alternate(spelling.text) == fold_alternate(other.text)
        && joints_agree(spelling.text, other.text)
}

/// Whether the matcher takes what joins the words of `found` for what joins those of `listed` (`matcher::exact`).
fn joints_agree(found: &str, listed: &str) -> bool {
    let joints = |text: &str| {
        let mut length = 0;
        let mut joints: Vec<(usize, Joint)> = Vec::new();
        for word in words(text) {
            if length > 0 {
                joints.push((length, word.joint));
            }
            length += crate::text::fold(&text[word.span.range()]).len();
        }
        joints
    };
    let listed = joints(listed);
    let found = joints(found);
    let stands_for = |(at, joint): &(usize, Joint)| {
        let listed = listed.iter().find(|(offset, _)| offset == at).map(|&(_, joint)| joint);
        match (*joint, listed) {
            (one, Some(other)) if one == other => true,
            (Joint::Apostrophe, None) => true,
            (Joint::Space, Some(Joint::Hyphen | Joint::DotSpace | Joint::Comma)) => true,
            (Joint::Hyphen, Some(Joint::Space | Joint::Apostrophe)) => true,
            _ => false,
        }
    };
    // Words that the listed spelling divides and the found one does not are no obstacle but dots: `USA` is not `U.S.A.`.
    let is_undivided = |(at, joint): &(usize, Joint)| {
        found.iter().any(|(offset, _)| offset == at) || !matches!(joint, Joint::Dot | Joint::DotSpace)
    };
    found.iter().all(stands_for) && listed.iter().all(is_undivided)
}

/// Warns of spellings that a suppressed phrase hides everywhere. A foreign Latin spelling may be hidden: the phrase is English.
pub(super) fn check_suppressed(tables: &Tables, survey: &Survey<'_>, problems: &mut Problems) {
    let mut spellings: FxHashMap<String, &SurveyedSpelling<'_>> = FxHashMap::default();
    for spelling in &survey.spellings {
        let is_foreign = spelling.lang.is_some_and(|lang| lang != Lang::ENGLISH);
        if !(is_foreign && Script::of(spelling.text) == Some(Script::Latin)) {
            spellings.insert(key_of(spelling.text), spelling);
        }
    }
    for table in &tables.suppressed {
        for row in &table.rows {
            if let Some(spelling) = spellings.get(&key_of(&row.record.surface)) {
                let message = format!(
                    "`{}` hides the spelling `{}` of `{}` in every text",
                    row.record.surface,
                    spelling.text,
                    label(&survey.entries[spelling.entry])
                );
                let help = "write a longer phrase, or remove the spelling";
                problems.push(Problem::warning(table.position(row.row).column("surface"), message, help));
            }
        }
    }
}
