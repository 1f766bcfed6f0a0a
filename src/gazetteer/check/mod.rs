//! What the schema asks beyond single cells: one canonical spelling an entry, one preferred spelling a name and language,
//! known sources; letters, dates and containers that fit together.
//!
//! An *error* is what makes a gazetteer unusable or certainly wrong: what a cell refers to is not there, two rows contradict
//! each other, letters are damaged. A *warning* is what is probably a mistake and has an innocent reading. What needs
//! geography or matching to judge is in `curate`.

mod containment;
mod dates;
mod letters;
mod namesakes;
mod reach;

use rustc_hash::{FxHashMap, FxHashSet};

use super::files::Tables;
use super::kind::SpellingKind;
use super::link::Ground;
use super::survey::Survey;
use crate::error::{Error, Position, Problem, Problems};
use crate::lang::Lang;

pub(super) use containment::check_circles;
pub(super) use dates::is_before;
pub(super) use letters::usual_script;

/// Appends everything that the schema forbids and that single rows cannot show.
pub(super) fn check(tables: &Tables, survey: &Survey<'_>, ground: Ground<'_>, problems: &mut Problems) {
    check_canonical(tables, &ground, problems);
    check_preferred(tables, &ground, problems);
    check_sources(tables, &ground, problems);
    namesakes::check(survey, &ground, problems);
    letters::check(survey, problems);
    dates::check(tables, survey, problems);
    containment::check(survey, problems);
    reach::check(survey, problems);
}

/// A warning for each file that is not as our own writer would write it.
pub(super) fn check_form(tables: &Tables, problems: &mut Problems) -> Result<(), Error> {
    for table in tables.unformatted()?.into_iter().filter(|table| !table.is_own()) {
        problems.push(Problem::warning(
            Position::file(table.file()),
            "the file is not in canonical form (order of rows, quotes, line ends)",
            "run `toponorm gazetteer check --fix`",
        ));
    }
    Ok(())
}

/// Every entry has exactly one canonical spelling, and it is the entry's `name`.
fn check_canonical(tables: &Tables, ground: &Ground<'_>, problems: &mut Problems) {
    let mut canonical: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
    for table in &tables.names {
        for row in table.rows.iter().filter(|row| row.record.kind == SpellingKind::Canonical) {
            let (id, spelling) = (row.record.entry.as_str(), row.record.spelling.as_str());
            canonical.entry(id).or_default().push(spelling);
            if let Some(entry) = ground.changed(id).filter(|entry| entry.canonical != spelling) {
                let message =
                    format!("`{spelling}` is no canonical spelling of `{id}`, whose name is `{}`", entry.canonical);
                let help = "give it the kind `name`, or change the entry's `name` in a row of entries.csv";
                problems.push(Problem::error(table.position(row.row).column("kind"), message, help));
            }
        }
    }
    for table in &tables.entries {
        for row in table.rows.iter().filter(|row| !ground.is_below(&row.record.id) && !row.record.name.is_empty()) {
            let (id, name) = (row.record.id.as_str(), row.record.name.as_str());
            let found = canonical.get(id).map_or(&[][..], Vec::as_slice);
            if found != [name] {
                let shown = found.join(", ");
                let message = format!("`{id}` has the canonical spellings `{shown}`; expected only `{name}`");
                let help = "give it one row of kind `canonical` in names.csv, spelt as the entry's name";
                problems.push(Problem::error(table.position(row.row).column("name"), message, help));
            }
        }
    }
}

/// Every name has an English preferred spelling, which is the name, and at most one in any language.
fn check_preferred(tables: &Tables, ground: &Ground<'_>, problems: &mut Problems) {
    let mut preferred: FxHashMap<(&str, &str, Lang), &str> = FxHashMap::default();
    for table in &tables.names {
        for row in table.rows.iter().filter(|row| row.record.preferred) {
            let record = &row.record;
            if let Some(other) = preferred.insert((&record.entry, &record.name, record.lang), &record.spelling) {
                let message = format!(
                    "`{other}` and `{}` are both preferred for the name `{}` in `{}`",
                    record.spelling, record.name, record.lang
                );
                problems.push(Problem::error(
                    table.position(row.row).column("preferred"),
                    message,
                    "leave 1 in one of the rows",
                ));
            }
        }
    }
    let mut reported = FxHashSet::default();
    for table in &tables.names {
        for row in &table.rows {
            let (entry, name) = (row.record.entry.as_str(), row.record.name.as_str());
            let english = preferred.get(&(entry, name, Lang::ENGLISH));
            let is_below = || ground.changed(entry).is_some_and(|entry| entry.has_english(name));
            if english != Some(&name) && !is_below() && reported.insert((entry, name)) {
                let message = format!("the name `{name}` of `{entry}` has no preferred English spelling `{name}`");
                problems.push(Problem::error(
                    table.position(row.row).column("name"),
                    message,
                    "add a row with lang `en` and preferred 1, spelt as the name",
                ));
            }
        }
    }
}

/// The problem that rows cite sources and no file explains them.
fn no_sources(tables: &Tables, key: &str) -> Problem {
    let message = format!("rows cite sources, such as `{key}`, and no sources.csv explains them");
    let help = "add a sources.csv; or, of a part of a gazetteer, check the whole, or say with `--over` what it lies on";
    Problem::error(Position::file(tables.root.as_str()), message, help)
}

/// Every `source` cell names a row of `sources.csv`.
fn check_sources(tables: &Tables, ground: &Ground<'_>, problems: &mut Problems) {
    let own = tables.sources.iter().flat_map(|table| &table.rows).map(|row| row.record.key.as_str());
    let known: FxHashSet<&str> = ground.lower.sources().into_iter().chain(own).collect();
    let mut is_told = false;
    let mut check = |position: Position, keys: &[String]| {
        for key in keys.iter().filter(|key| !known.contains(key.as_str())) {
            // A part of a gazetteer lacks all of them, and a thousand rows need not say so.
            if tables.sources.is_empty() {
                if !std::mem::replace(&mut is_told, true) {
                    problems.push(no_sources(tables, key));
                }
                continue;
            }
            problems.push(Problem::error(
                position.clone().column("source"),
                format!("no source has the key `{key}`"),
                "correct the key, or add the source to sources.csv",
            ));
        }
    };
    for table in &tables.entries {
        table.rows.iter().for_each(|row| check(table.position(row.row), &row.record.source));
    }
    for table in &tables.names {
        table.rows.iter().for_each(|row| check(table.position(row.row), &row.record.source));
    }
    for table in &tables.people {
        table.rows.iter().for_each(|row| check(table.position(row.row), &row.record.source));
    }
    for (position, source) in sources_of_text_tables(tables) {
        let keys: Vec<String> = source.split(';').map(|key| key.trim().to_owned()).collect();
        check(position, &keys);
    }
}

/// The `source` cells, not blank, of the tables that hold text only.
fn sources_of_text_tables(tables: &Tables) -> Vec<(Position, &str)> {
    macro_rules! cells {
        ($($table:ident),+) => {
            [$(tables.$table.iter().flat_map(|table| {
                table.rows.iter().map(|row| (table.position(row.row), row.record.source.as_str()))
            }).collect::<Vec<_>>()),+].concat()
        };
    }
    let mut cells = cells!(removed, suppressed, languages, newsworthy, policies, common);
    cells.retain(|(_, source)| !source.is_empty());
    cells
}
