//! Dates that contradict each other: a spelling older or younger than its entry, an office held twice at once.

use rustc_hash::FxHashMap;

use crate::error::{Position, Problem, Problems};
use crate::gazetteer::csv::{PersonRecord, Table};
use crate::gazetteer::entry::Period;
use crate::gazetteer::files::Tables;
use crate::gazetteer::kind::SpellingKind;
use crate::gazetteer::survey::Survey;

/// Reports what cannot be true of one time.
pub(super) fn check(tables: &Tables, survey: &Survey<'_>, problems: &mut Problems) {
    check_spellings(tables, survey, problems);
    check_offices(&tables.people, problems);
}

/// A spelling is used while its entry exists, and the canonical one is in use today.
fn check_spellings(tables: &Tables, survey: &Survey<'_>, problems: &mut Problems) {
    let rows = tables.entries.iter().flat_map(|table| &table.rows);
    let entries: FxHashMap<&str, &Period> = rows.map(|row| (row.record.id.as_str(), &row.record.period)).collect();
    for spelling in &survey.spellings {
        let Some(period) = spelling.period() else {
            continue;
        };
        let mut report = |column: &str, message: String, help: &str| {
            problems.push(Problem::warning(spelling.position().column(column), message, help));
        };
        let entry = survey.entries[spelling.entry].id;
        if spelling.kind == SpellingKind::Canonical && !period.until.is_empty() {
            let message = format!("the canonical spelling `{}` is out of use since `{}`", spelling.text, period.until);
            report("until", message, "make the name in use today the canonical one");
        }
        let Some(whole) = entries.get(entry) else {
            continue;
        };
        if period.since.is_empty() && period.until.is_empty() {
            continue;
        }
        if is_before(&whole.until, &period.since) {
            let message =
                format!("`{}` is used since `{}`; `{entry}` ended in `{}`", spelling.text, period.since, whole.until);
            report("since", message, "correct one of the dates");
        }
        if is_before(&period.until, &whole.since) {
            let message =
                format!("`{}` was used until `{}`; `{entry}` began in `{}`", spelling.text, period.until, whole.since);
            report("until", message, "correct one of the dates");
        }
    }
}

/// Of a head of state or government there is one at a time.
fn check_offices(people: &[Table<PersonRecord>], problems: &mut Problems) {
    let mut holders: FxHashMap<&str, Vec<(Position, &PersonRecord)>> = FxHashMap::default();
    for table in people {
        for row in table.rows.iter().filter(|row| is_single(&row.record.office)) {
            let position = table.position(row.row).column("since");
            holders.entry(row.record.office.as_str()).or_default().push((position, &row.record));
        }
    }
    for (office, mut terms) in holders {
        terms.sort_by(|(_, one), (_, other)| one.period.since.cmp(&other.period.since));
        for pair in terms.windows(2) {
            let ((_, before), (position, after)) = (&pair[0], &pair[1]);
            let is_known = !before.period.since.is_empty() && !after.period.since.is_empty();
            let overlaps = before.period.until.is_empty() || is_before(&after.period.since, &before.period.until);
            if before.entry != after.entry && is_known && overlaps {
                let message = format!(
                    "`{}` is `{office}` from `{}`, while `{}` is until `{}`",
                    after.entry, after.period.since, before.entry, before.period.until
                );
                problems.push(Problem::warning(position.clone(), message, "correct one of the dates"));
            }
        }
    }
}

/// Offices that one person holds, as their English titles begin.
fn is_single(office: &str) -> bool {
    const SINGLE: [&str; 4] = ["President of ", "Prime Minister of ", "Secretary-General of ", "Supreme Leader of "];
    SINGLE.iter().any(|title| office.starts_with(title))
}

/// Whether one date is surely before another; dates of different precision are compared as far as both go.
pub(in crate::gazetteer) fn is_before(one: &str, other: &str) -> bool {
    let precision = one.len().min(other.len());
    precision > 0 && one[..precision] < other[..precision]
}

#[cfg(test)]
mod tests {
    use super::is_before;

    #[test]
    fn dates_of_different_precision_are_compared_as_far_as_both_go() {
        assert!(is_before("1991", "1991-09-02") == is_before("1991-09-02", "1991"));
        assert!(is_before("1991-08", "1991-09-02") && is_before("1990-12-31", "1991"));
        assert!(!is_before("1991-09", "1991-09-02") && !is_before("", "1991") && !is_before("1991", ""));
    }
}
