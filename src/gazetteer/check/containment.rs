//! What contains what: no circles, nothing larger in something smaller, no two countries.

use rustc_hash::FxHashMap;

use crate::error::{Position, Problem, Problems};
use crate::gazetteer::files::Tables;
use crate::gazetteer::kind::Kind;
use crate::gazetteer::survey::Survey;

/// Reports entries that are, over some steps, within themselves. Nothing that walks up `within` would come to an end.
pub(in crate::gazetteer) fn check_circles(tables: &Tables, problems: &mut Problems) {
    let mut outer: FxHashMap<&str, (&str, Position)> = FxHashMap::default();
    for table in &tables.entries {
        for row in table.rows.iter().filter(|row| !row.record.within.is_empty()) {
            let position = table.position(row.row).column("within");
            outer.entry(&row.record.id).or_insert((&row.record.within, position));
        }
    }
    // The number of the walk that came by.
    let mut seen: FxHashMap<&str, usize> = FxHashMap::default();
    for (walk, row) in tables.entries.iter().flat_map(|table| &table.rows).enumerate() {
        let mut at = row.record.id.as_str();
        while !seen.contains_key(at) {
            seen.insert(at, walk);
            match outer.get(at) {
                Some((next, _)) => at = next,
                None => break,
            }
        }
        if let Some((_, position)) = outer.get(at).filter(|_| seen.get(at) == Some(&walk)) {
            let message = format!("`{at}` is within itself: `{}`", circle(at, &outer));
            problems.push(Problem::error(position.clone(), message, "correct `within` in one of these rows"));
        }
    }
}

fn circle(start: &str, outer: &FxHashMap<&str, (&str, Position)>) -> String {
    const SHOWN: usize = 8;
    let mut steps = vec![start];
    let mut at = start;
    while let Some((next, _)) = outer.get(at).filter(|_| steps.len() < SHOWN) {
        steps.push(next);
        at = next;
        if at == start {
            break;
        }
    }
    steps.join(" → ")
}

/// Reports containers that cannot be right.
pub(super) fn check(survey: &Survey<'_>, problems: &mut Problems) {
    for entry in &survey.entries {
        let Some(outer) = survey.by_id.get(entry.within).map(|&at| &survey.entries[at]) else {
            continue;
        };
        // Territories such as Hong Kong have a code of their own.
        let has_own_code = matches!(entry.kind, Kind::Country | Kind::Region);
        if !has_own_code && !outer.country.is_empty() && !entry.country.is_empty() && entry.country != outer.country {
            let message =
                format!("`{}` is in `{}`, and within `{}` in `{}`", entry.id, entry.country, outer.id, outer.country);
            let help = "correct the country, or `within`";
            problems.push(Problem::warning(entry.position("within"), message, help));
        }
        if let (Some(inner_rank), Some(outer_rank)) = (rank(entry.kind), rank(outer.kind))
            && outer_rank < inner_rank
            && !(entry.kind == Kind::Country && outer.country.is_empty())
        {
            let message = format!("the {} `{}` is within the {} `{}`", entry.kind, entry.id, outer.kind, outer.id);
            let help = "correct `within`, or one of the kinds";
            problems.push(Problem::warning(entry.position("within"), message, help));
        }
    }
}

/// How large a kind is, where kinds of places contain each other.
fn rank(kind: Kind) -> Option<u8> {
    match kind {
        Kind::Country => Some(5),
        Kind::Region => Some(4),
        Kind::District => Some(3),
        // Suburbs are cities and towns as well.
        Kind::City | Kind::Town => Some(2),
        Kind::Village => Some(1),
        _ => None,
    }
}
