//! A naive oracle beside the layers: what a matcher finds over a layer is what it finds in one gazetteer whose rows were changed by hand.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use proptest::prelude::*;

use super::Matcher;
use crate::text::Words;

/// A row of names.csv, as far as it matters here: entry, name, spelling, language, kind, preferred, needs.
type Row = (usize, &'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

const IDS: [&str; 6] = ["karabakh", "karintak", "stepanakert", "shusha", "martuni", "pashinyan"];
const KINDS: [&str; 6] = ["region", "village", "city", "city", "town", "person"];
const WITHIN: [&str; 6] = ["", "karabakh", "karabakh", "karabakh", "", ""];
const CANONICAL: [&str; 6] = ["Karabakh", "Karin Tak", "Stepanakert", "Shusha", "Martuni", "Nikol Pashinyan"];
/// The second name that an entry has, or that a layer gives it.
const OTHER: [&str; 6] = ["Artsakh", "Dashalti", "Khankendi", "Shushi", "Khojavend", "Nikola Pashinyan"];
const ROWS: [Row; 12] = [
    (0, "Karabakh", "Karabakh", "en", "canonical", "1", ""),
    (0, "Artsakh", "Artsakh", "en", "name", "1", ""),
    (0, "Karabakh", "Upper Karabakh", "en", "name", "", ""),
    (1, "Karin Tak", "Karin Tak", "en", "canonical", "1", ""),
    (2, "Stepanakert", "Stepanakert", "en", "canonical", "1", ""),
    (2, "Stepanakert", "Stefancart", "en", "misspelling", "", ""),
    (3, "Shusha", "Shusha", "en", "canonical", "1", ""),
    (3, "Shusha", "Susa", "en", "misspelling", "", "stepanakert"),
    (3, "Shushi", "Shushi", "en", "name", "1", ""),
    (4, "Martuni", "Martuni", "en", "canonical", "1", ""),
    (4, "Khojavend", "Khojavend", "en", "name", "1", ""),
    (5, "Nikol Pashinyan", "Nikol Pashinyan", "en", "canonical", "1", ""),
];
/// Spellings that a layer adds; some are there already, or another entry's.
const ADDED: [&str; 5] = ["Stefancart", "Susa", "Karabagh", "Xocavend", "Tak"];

/// What a layer does to one entry.
#[derive(Clone, Debug)]
struct Change {
    is_removed: bool,
    kind: Option<&'static str>,
    latitude: Option<u8>,
    is_renamed: bool,
    added: Vec<&'static str>,
    /// Spellings that are no canonical ones go, by position.
    dropped: Vec<usize>,
}

fn change() -> impl Strategy<Value = Change> {
    let added = prop::sample::subsequence(ADDED.to_vec(), 0..=2);
    let dropped = prop::sample::subsequence(vec![0, 1, 2], 0..=1);
    (
        prop::bool::weighted(0.15),
        prop::option::weighted(0.2, prop::sample::select(vec!["town", "site"])),
        prop::option::weighted(0.3, 30u8..40),
        prop::bool::weighted(0.2),
        added,
        dropped,
    )
        .prop_map(|(is_removed, kind, latitude, is_renamed, added, dropped)| Change {
            is_removed,
            kind,
            latitude,
            is_renamed,
            added,
            dropped,
        })
}

const NAMES_HEADING: &str = "entry,name,spelling,lang,kind,preferred,needs\n";
const ENTRIES_HEADING: &str = "id,kind,name,latitude,longitude,within\n";
const PEOPLE: &str = "entry,given,family\npashinyan,Nikol,Pashinyan\n";

fn write(folder: &Path, files: &[(&str, &str)]) {
    std::fs::create_dir_all(folder).unwrap();
    for (file, text) in files {
        std::fs::write(folder.join(file), text).unwrap();
    }
}

fn names(rows: &[Row]) -> String {
    let line = |(at, name, spelling, lang, kind, preferred, needs): &Row| {
        format!("{},{name},{spelling},{lang},{kind},{preferred},{needs}\n", IDS[*at])
    };
    NAMES_HEADING.to_owned() + &rows.iter().map(line).collect::<String>()
}

fn write_base(folder: &Path) {
    let mut entries = ENTRIES_HEADING.to_owned();
    for at in 0..IDS.len() {
        writeln!(entries, "{},{},{},39,46,{}", IDS[at], KINDS[at], CANONICAL[at], WITHIN[at]).unwrap();
    }
    write(folder, &[("entries.csv", &entries), ("names.csv", &names(&ROWS)), ("people.csv", PEOPLE)]);
}

/// The rows of an entry that a change removes.
fn dropped(at: usize, change: &Change) -> Vec<Row> {
    let rows: Vec<Row> = ROWS.into_iter().filter(|row| row.0 == at && row.4 != "canonical").collect();
    change.dropped.iter().filter_map(|&number| rows.get(number).copied()).collect()
}

fn write_layer(folder: &Path, changes: &[Change], has_new: bool) {
    let (mut entries, mut removed) = (ENTRIES_HEADING.to_owned(), "entry,spelling,lang,reason\n".to_owned());
    let mut rows: Vec<Row> = Vec::new();
    for (at, change) in changes.iter().enumerate() {
        if change.is_removed {
            writeln!(removed, "{},,,gone", IDS[at]).unwrap();
            continue;
        }
        let kind = change.kind.filter(|_| at != 5).unwrap_or("");
        let name = if change.is_renamed { OTHER[at] } else { "" };
        let (latitude, longitude) =
            change.latitude.map_or_else(Default::default, |latitude| (latitude.to_string(), "46".to_owned()));
        writeln!(entries, "{},{kind},{name},{latitude},{longitude},", IDS[at]).unwrap();
        rows.extend(change.added.iter().map(|text| (at, CANONICAL[at], *text, "en", "misspelling", "", "")));
        for row in dropped(at, change) {
            writeln!(removed, "{},{},en,wrong", IDS[at], row.2).unwrap();
        }
    }
    let mut names = names(&rows);
    if has_new {
        entries += "new,village,Tak Karabakh,39,46,karabakh\n";
        names += "new,Tak Karabakh,Tak Karabakh,en,canonical,1,stepanakert\n";
    }
    // References to what is removed are errors, and a layer that makes them is refused; so the new entry names only what stays.
    write(folder, &[("entries.csv", &entries), ("names.csv", &names), ("removed.csv", &removed)]);
}

/// The same changes, made in the rows of the base.
fn write_merged(folder: &Path, changes: &[Change], has_new: bool) {
    let is_removed = |id: &str| IDS.iter().position(|known| *known == id).is_some_and(|at| changes[at].is_removed);
    let mut entries = ENTRIES_HEADING.to_owned();
    let mut rows: Vec<Row> = Vec::new();
    for (at, change) in changes.iter().enumerate().filter(|(_, change)| !change.is_removed) {
        let kind = change.kind.filter(|_| at != 5).unwrap_or(KINDS[at]);
        let name = if change.is_renamed { OTHER[at] } else { CANONICAL[at] };
        let within = if is_removed(WITHIN[at]) { "" } else { WITHIN[at] };
        writeln!(entries, "{},{kind},{name},{},46,{within}", IDS[at], change.latitude.unwrap_or(39)).unwrap();
        let gone = dropped(at, change);
        let mut own: Vec<Row> = ROWS.into_iter().filter(|row| row.0 == at && !gone.contains(row)).collect();
        if change.is_renamed {
            own.iter_mut().filter(|row| row.4 == "canonical").for_each(|row| row.4 = "name");
            own.retain(|row| !(row.1 == OTHER[at] && row.2 == OTHER[at]));
            own.push((at, OTHER[at], OTHER[at], "en", "canonical", "1", ""));
        }
        for text in &change.added {
            // A spelling that is there is corrected, and keeps what the row leaves blank.
            let needs = own.iter().find(|row| row.1 == CANONICAL[at] && row.2 == *text).map_or("", |row| row.6);
            own.retain(|row| !(row.1 == CANONICAL[at] && row.2 == *text));
            own.push((at, CANONICAL[at], text, "en", "misspelling", "", needs));
        }
        rows.extend(own);
    }
    // A spelling whose only need is gone is never meant.
    rows.retain(|row| row.6.is_empty() || !is_removed(row.6));
    let mut names = names(&rows);
    if has_new {
        entries += "new,village,Tak Karabakh,39,46,karabakh\n";
        names += "new,Tak Karabakh,Tak Karabakh,en,canonical,1,stepanakert\n";
    }
    let people = if changes[5].is_removed { "entry,given,family\n" } else { PEOPLE };
    write(folder, &[("entries.csv", &entries), ("names.csv", &names), ("people.csv", people)]);
}

/// What is found in a text: words, entries, spellings and scores.
fn found(matcher: &Matcher, text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for mention in matcher.mentions(&Words::new(text), None) {
        for candidate in mention.candidates {
            let spelling = candidate.at.spelling(matcher.layers());
            let entry = candidate.at.entry(matcher.layers());
            let within = entry.within().map(|outer| matcher.layers().entry(outer).id().to_owned());
            let needs: Vec<&str> = spelling.needs().map(|need| matcher.layers().entry(need).id()).collect();
            found.insert(format!(
                "{:?} {} {within:?} {needs:?} {} {:.4} {:?}",
                mention.words,
                entry.id(),
                spelling.text(),
                candidate.score,
                candidate.method
            ));
        }
    }
    found
}

fn lookups(matcher: &Matcher, names: &[&str]) -> Vec<String> {
    let one = |name: &&str| {
        let mut lines: Vec<String> = matcher
            .lookup(name, 20)
            .into_iter()
            .map(|found| {
                format!("{name}: {:.4} {} {} {} {:?}", found.score, found.id, found.canonical, found.kind, found.lat)
            })
            .collect();
        lines.sort();
        lines
    };
    names.iter().flat_map(one).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn layers_match_as_one_gazetteer_with_the_same_changes(
        changes in prop::collection::vec(change(), 6),
        has_new in any::<bool>(),
        words in prop::collection::vec(prop::sample::select(vec![
            "Karabakh", "Artsakh", "Upper", "Karin", "Tak", "Stepanakert", "Stefancart", "Shusha", "Susa", "Shushi", "Martuni",
            "Khojavend", "Nikol", "Pashinyan", "Nikola", "Karabagh", "Xocavend", "Stepanokert", "Khankendi", "and",
        ]), 1..12),
    ) {
        let has_new = has_new && !changes[0].is_removed && !changes[2].is_removed;
        let scratch = tempfile::tempdir().unwrap();
        let folder = |name: &str| scratch.path().join(name);
        write_base(&folder("base"));
        write_layer(&folder("layer"), &changes, has_new);
        write_merged(&folder("merged"), &changes, has_new);
        let base = Matcher::open(folder("base")).unwrap();
        let layered = base.with_layer(folder("layer")).unwrap();
        let merged = Matcher::open(folder("merged")).unwrap();

        let text = words.join(" ");
        prop_assert_eq!(found(&layered, &text), found(&merged, &text));
        // Whoever looks up a name is shown the nearest spelling of the entry, also one that needs an entry that is gone.
        if !changes[2].is_removed {
            prop_assert_eq!(lookups(&layered, &words), lookups(&merged, &words));
        }

        // Decoded, a spelling that needs what is gone stays as it was; one gazetteer could not say that.
        let mut decoded = layered.gazetteer().entries().to_vec();
        for name in decoded.iter_mut().flat_map(|entry| &mut entry.names) {
            name.spellings.retain(|spelling| spelling.needs.iter().all(|need| layered.gazetteer().entry(need.as_str()).is_some()));
        }
        let mut expected = merged.gazetteer().entries().to_vec();
        for entries in [&mut decoded, &mut expected] {
            entries.sort_by(|one, other| one.id.cmp(&other.id));
            for entry in entries.iter_mut() {
                entry.names.retain(|name| !name.spellings.is_empty());
                entry.names[1..].sort_by(|one, other| one.text.cmp(&other.text));
                entry.names.iter_mut().for_each(|name| name.spellings.sort_by(|one, other| one.text.cmp(&other.text)));
            }
        }
        prop_assert_eq!(decoded, expected);

        // Compiled, the layer does the same, over the same base only.
        let (bytes, _) = super::compile_layer(&base, folder("layer")).unwrap();
        let topo = folder("layer.topo");
        std::fs::write(&topo, bytes).unwrap();
        let compiled = base.with_layer(&topo).unwrap();
        prop_assert_eq!(found(&compiled, &text), found(&layered, &text));
    }
}
