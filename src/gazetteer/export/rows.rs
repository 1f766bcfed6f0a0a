//! The tables of a gazetteer as rows of cells, in the schema of its own CSV files: what the CSV folder and the database write.

use super::{Export, Lost};
use crate::error::Error;
use crate::gazetteer::csv::{
    CommonRecord, EntryRecord, LanguageRecord, NameRecord, NewsworthyRecord, PersonRecord, PolicyRecord, Record,
    SourceRecord, SuppressedRecord, entry_record, name_records, person_records, sorted_cells,
};
use crate::gazetteer::{Choice, Entry, EntryId, Policy};
use crate::lang::Lang;

/// Where tables are written to.
pub(super) trait Tables {
    /// Writes a table; `file` is its name with `.csv`. Rows are in canonical order and have a cell a column.
    fn table(
        &mut self,
        file: &str,
        columns: &[&'static str],
        rows: &mut dyn Iterator<Item = Vec<String>>,
    ) -> Result<(), Error>;
}

/// Writes all tables of the schema.
pub(super) fn write_tables(export: &Export<'_>, tables: &mut impl Tables, lost: &mut Lost) -> Result<(), Error> {
    let entries = export.entries();
    let mut dropped = Lost::default();
    let rows = &mut entries.iter().map(|entry| entry_row(export, entry, lost));
    tables.table(EntryRecord::FILE, EntryRecord::COLUMNS, rows)?;
    let rows = &mut entries.iter().flat_map(|entry| name_rows(export, entry, &mut dropped));
    tables.table(NameRecord::FILE, NameRecord::COLUMNS, rows)?;
    let rows = &mut entries.iter().flat_map(|entry| person_records(entry)).map(|record| record.write());
    tables.table(PersonRecord::FILE, PersonRecord::COLUMNS, rows)?;
    for (what, count) in dropped.counts {
        lost.add(count, what);
    }
    write_guidance(export, tables, lost)
}

fn write_guidance(export: &Export<'_>, tables: &mut impl Tables, lost: &mut Lost) -> Result<(), Error> {
    let gazetteer = export.gazetteer;
    let suppressed = gazetteer.suppressed().iter().map(|phrase| SuppressedRecord {
        surface: phrase.surface.clone(),
        reason: phrase.reason.clone(),
        example: phrase.example.clone(),
        source: phrase.source.clone(),
    });
    write(tables, suppressed)?;
    let common = gazetteer.common().iter().map(|common| CommonRecord {
        surface: common.surface.clone(),
        reason: common.reason.clone(),
        example: common.example.clone(),
        source: common.source.clone(),
    });
    write(tables, common)?;
    let mut newsworthy = Vec::new();
    for (id, source) in gazetteer.newsworthy().iter().zip(&gazetteer.linked.guidance.newsworthy_sources) {
        if export.includes_id(id) {
            newsworthy.push(NewsworthyRecord { entry: id.to_string(), source: source.clone() });
        }
    }
    write(tables, newsworthy.into_iter())?;
    let policies = gazetteer.policies().iter();
    let (kept, left): (Vec<_>, Vec<_>) =
        policies.partition(|rule| rule.entry.as_ref().is_none_or(|id| export.includes_id(id)));
    lost.add(left.len(), "rules of policies for entries that are left out");
    write(tables, kept.into_iter().map(policy_record))?;
    let languages = gazetteer.languages().iter().map(|language| LanguageRecord {
        lang: Some(language.lang),
        title: language.title.clone(),
        source: language.source.clone(),
    });
    write(tables, languages)?;
    let sources = gazetteer.sources().iter().map(|source| SourceRecord {
        key: source.key.clone(),
        title: source.title.clone(),
        url: source.url.clone(),
        licence: source.licence.clone(),
        accessed: source.accessed.clone(),
    });
    write(tables, sources)
}

/// Writes a small table.
fn write<R: Record>(tables: &mut impl Tables, records: impl Iterator<Item = R>) -> Result<(), Error> {
    tables.table(R::FILE, R::COLUMNS, &mut sorted_cells(records).into_iter())
}

/// The row of an entry, without references to what is left out.
fn entry_row(export: &Export<'_>, entry: &Entry, lost: &mut Lost) -> Vec<String> {
    let mut reference = |id: Option<&EntryId>| export.reference(id, lost).map_or(String::new(), EntryId::to_string);
    let (disputed, within) = (reference(entry.disputed.as_ref()), reference(entry.within.as_ref()));
    EntryRecord { disputed, within, ..entry_record(entry, "") }.write()
}

/// The rows of an entry's spellings, without those that need only what is left out.
fn name_rows(export: &Export<'_>, entry: &Entry, lost: &mut Lost) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for mut record in name_records(entry, "") {
        let needs_any = !record.needs.is_empty();
        record.needs.retain(|id| export.includes_id(&EntryId::new(id.as_str())));
        if needs_any && record.needs.is_empty() {
            lost.add(1, "spellings that count only beside entries that are left out");
        } else {
            rows.push(record.write());
        }
    }
    rows
}

fn policy_record(rule: &Policy) -> PolicyRecord {
    PolicyRecord {
        policy: rule.policy.clone(),
        entry: rule.entry.as_ref().map_or(String::new(), EntryId::to_string),
        choose: match &rule.choose {
            Choice::Name(name) => name.clone(),
            Choice::Languages(langs) => langs.iter().map(Lang::as_str).collect::<Vec<_>>().join(";"),
        },
        source: rule.source.clone(),
    }
}
