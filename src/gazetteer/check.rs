//! What the schema asks beyond single cells: one canonical spelling an entry, one preferred spelling a name and language,
//! known sources, scripts that fit the language.

use rustc_hash::{FxHashMap, FxHashSet};

use super::csv::{NameRecord, Table};
use super::files::Tables;
use super::kind::SpellingKind;
use crate::error::{Error, Position, Problem, Problems};
use crate::lang::Lang;
use crate::script::Script;

/// Appends everything that the schema forbids and that single rows cannot show.
pub(super) fn check(tables: &Tables, problems: &mut Problems) {
    check_canonical(tables, problems);
    check_preferred(tables, problems);
    check_sources(tables, problems);
    for table in &tables.names {
        check_scripts(table, problems);
    }
}

/// A warning for each file that is not as our own writer would write it.
pub(super) fn check_form(tables: &Tables, problems: &mut Problems) -> Result<(), Error> {
    for table in tables.unformatted()? {
        problems.push(Problem::warning(
            Position::file(table.file()),
            "the file is not in canonical form (order of rows, quotes, line ends)",
            "run `toponorm gazetteer check --fix`",
        ));
    }
    Ok(())
}

/// Every entry has exactly one canonical spelling, and it is the entry's `name`.
fn check_canonical(tables: &Tables, problems: &mut Problems) {
    let mut canonical: FxHashMap<&str, Vec<&str>> = FxHashMap::default();
    for row in tables.names.iter().flat_map(|table| &table.rows) {
        if row.record.kind == SpellingKind::Canonical {
            canonical.entry(&row.record.entry).or_default().push(&row.record.spelling);
        }
    }
    for table in &tables.entries {
        for row in &table.rows {
            let (id, name) = (row.record.id.as_str(), row.record.name.as_str());
            let found = canonical.get(id).map_or(&[][..], Vec::as_slice);
            if found != [name] {
                let message = format!("`{id}` has the canonical spellings {found:?}; expected only `{name}`");
                let help = "give it one row of kind `canonical` in names.csv, spelt as the entry's name";
                problems.push(Problem::error(table.position(row.row).column("name"), message, help));
            }
        }
    }
}

/// Every name has an English preferred spelling, which is the name, and at most one in any language.
fn check_preferred(tables: &Tables, problems: &mut Problems) {
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
            if english != Some(&name) && reported.insert((entry, name)) {
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

/// Every `source` cell names a row of `sources.csv`.
fn check_sources(tables: &Tables, problems: &mut Problems) {
    let known: FxHashSet<&str> =
        tables.sources.iter().flat_map(|table| &table.rows).map(|row| row.record.key.as_str()).collect();
    let mut check = |position: Position, keys: &[String]| {
        for key in keys.iter().filter(|key| !known.contains(key.as_str())) {
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
    let mut cells = cells!(suppressed, languages, newsworthy, policies, common);
    cells.retain(|(_, source)| !source.is_empty());
    cells
}

/// The script of each spelling is its language's, and only one: look-alike letters of two scripts never match.
fn check_scripts(table: &Table<NameRecord>, problems: &mut Problems) {
    for row in &table.rows {
        let record = &row.record;
        let position = || table.position(row.row).column("spelling");
        if record.spelling.split_whitespace().any(Script::is_mixed) {
            let message = format!("`{}` mixes letters of two scripts", record.spelling);
            problems.push(Problem::error(position(), message, "type the foreign letters anew; they only look alike"));
            continue;
        }
        let expected = usual_script(record.lang);
        if let (Some(expected), Some(found)) = (expected, Script::of(&record.spelling))
            && expected != found
            && record.kind != SpellingKind::Romanisation
        {
            let message = format!(
                "`{}` is in {} script; `{}` is written in {}",
                record.spelling,
                found.as_str(),
                record.lang,
                expected.as_str()
            );
            problems.push(Problem::error(position(), message, "correct the language, such as az-Cyrl for az"));
        }
    }
}

/// The script that a language tag implies, where it implies one.
fn usual_script(lang: Lang) -> Option<Script> {
    match lang.as_str() {
        "az-Cyrl" | "ru" | "uk" | "be" | "bg" | "mk" | "ab" | "os" => Some(Script::Cyrillic),
        "hy" => Some(Script::Armenian),
        "ka" => Some(Script::Georgian),
        "fa" | "ar" | "az-Arab" => Some(Script::Arabic),
        "el" => Some(Script::Greek),
        "he" => Some(Script::Hebrew),
        "en" | "az" | "tr" | "fr" | "de" | "es" | "it" | "pl" | "sl" | "hr" | "cs" | "lt" | "nl" => Some(Script::Latin),
        _ => None,
    }
}
