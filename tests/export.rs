//! Exports read by others, and by ourselves: GeoJSON by another library, Linked Places against its required fields, and export, import
//! and export again, for gazetteers made at random.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its files should fail")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;
use toponorm::{Existing, Export, Gazetteer, Import, Kind};

const YEAR: u16 = 2026;

/// Eight entries with all that a row may hold.
fn varied() -> Gazetteer {
    Gazetteer::from_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/export/varied")).unwrap()
}

fn written(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<toponorm::Lost>) -> String {
    let mut bytes = Vec::new();
    write(&mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// The files of a folder with their text.
fn folder(path: &Path) -> Vec<(String, String)> {
    let files = fs::read_dir(path).unwrap().map(|file| file.unwrap().path());
    let name = |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
    let mut files: Vec<(String, String)> =
        files.map(|path| (name(&path), fs::read_to_string(&path).unwrap())).collect();
    files.sort();
    files
}

#[test]
fn a_csv_folder_is_the_folder_that_was_read() {
    let scratch = tempfile::tempdir().unwrap();
    let (source, target) =
        (Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/export/varied"), scratch.path().join("csv"));
    let lost = Export::new(&varied()).csv_folder(&target).unwrap();
    assert!(lost.is_empty(), "{lost:?}");
    assert_eq!(folder(&target), folder(&source));
    // A folder that holds something is not overwritten, and one that is empty is.
    let error = Export::new(&varied()).csv_folder(&target).unwrap_err();
    assert!(error.to_string().contains("there already"), "{error}");
    assert_eq!(folder(&target), folder(&source));
    let empty = scratch.path().join("empty");
    fs::create_dir(&empty).unwrap();
    Export::new(&varied()).csv_folder(format!("{}/", empty.display())).unwrap();
    assert_eq!(folder(&empty), folder(&source));
    assert_eq!(fs::read_dir(scratch.path()).unwrap().count(), 2, "nothing is left beside them");
}

#[cfg(feature = "bundled")]
#[test]
fn the_bundled_gazetteer_comes_back_from_its_csv_folder() {
    let scratch = tempfile::tempdir().unwrap();
    let (first, second) = (scratch.path().join("first"), scratch.path().join("second"));
    assert!(Export::new(&Gazetteer::bundled()).csv_folder(&first).unwrap().is_empty());
    Export::new(&Gazetteer::from_path(&first).unwrap()).csv_folder(&second).unwrap();
    assert!(folder(&first) == folder(&second), "exporting what was exported changes something");
    // Every row of the files that the bundled gazetteer was compiled from is there.
    let mut sources = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("gazetteer"), &mut sources);
    for (file, text) in folder(&first) {
        let rows: BTreeSet<&str> = text.lines().collect();
        for path in sources.iter().filter(|path| path.ends_with(&file)) {
            let text = fs::read_to_string(path).unwrap();
            let missing = text.lines().find(|row| !rows.contains(row));
            assert_eq!(missing, None, "{}", path.display());
        }
    }
}

#[cfg(feature = "bundled")]
fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for child in fs::read_dir(folder).unwrap().map(|child| child.unwrap().path()) {
        if child.is_dir() { collect(&child, files) } else { files.push(child) }
    }
}

#[test]
fn another_library_reads_our_geojson() {
    let gazetteer = varied();
    let text = written(|out| Export::new(&gazetteer).geojson(out));
    let geojson::GeoJson::FeatureCollection(collection) = text.parse::<geojson::GeoJson>().unwrap() else {
        panic!("no FeatureCollection")
    };
    assert_eq!(collection.features.len(), gazetteer.entries().len());
    for feature in &collection.features {
        let property = |name: &str| feature.property(name).cloned().unwrap_or_default();
        let entry = gazetteer.entry(property("id").as_str().unwrap()).unwrap();
        assert_eq!(feature.id, Some(geojson::feature::Id::String(entry.id.to_string())));
        assert_eq!(property("kind"), entry.kind.as_str());
        assert_eq!(property("population").as_u64(), entry.population);
        let spellings: usize = entry.names.iter().map(|name| name.spellings.len()).sum();
        assert_eq!(property("names").as_array().unwrap().len(), spellings);
        // The same place by way of plain JSON: longitude first.
        let geometry = feature.geometry.as_ref().map(|geometry| serde_json::to_value(geometry).unwrap());
        let expected = entry
            .point
            .map(|point| serde_json::json!({"type": "Point", "coordinates": [point.longitude, point.latitude]}));
        assert_eq!(geometry, expected);
    }
}

#[test]
fn linked_places_have_all_that_the_format_requires() {
    let gazetteer = varied();
    let text = written(|out| Export::new(&gazetteer).year(YEAR).lpf(out));
    let collection: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(collection["type"], "FeatureCollection");
    assert!(collection["@context"].as_str().unwrap().ends_with("linkedplaces-context-v1.1.jsonld"));
    let features = collection["features"].as_array().unwrap();
    let places = gazetteer.entries().iter().filter(|entry| entry.kind.label() == "place").count();
    assert_eq!(features.len(), places);
    let ids: BTreeSet<&str> = features.iter().map(|feature| feature["@id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), places);
    for feature in features {
        check_feature(feature, &ids);
    }
}

fn check_feature(feature: &Value, ids: &BTreeSet<&str>) {
    const CLASSES: [&str; 7] = ["A", "H", "L", "P", "R", "S", "T"];
    let shown = feature["@id"].as_str().unwrap();
    assert!(shown.starts_with("urn:toponorm:"), "{shown}");
    assert_eq!(feature["type"], "Feature");
    assert!(!feature["properties"]["title"].as_str().unwrap().is_empty(), "{shown}");
    let classes = feature["properties"]["fclasses"].as_array().unwrap();
    assert!(!classes.is_empty() && classes.iter().all(|class| CLASSES.contains(&class.as_str().unwrap())), "{shown}");
    let names = feature["names"].as_array().unwrap();
    assert!(!names.is_empty() && names.iter().all(|name| name["toponym"].is_string()), "{shown}");
    let citations: Vec<&Value> = names.iter().filter_map(|name| name["citations"].as_array()).flatten().collect();
    assert!(citations.iter().any(|citation| !citation["label"].as_str().unwrap().is_empty()), "{shown}");
    let is_dated = feature["when"].is_object() || citations.iter().any(|citation| citation["year"].is_i64());
    assert!(is_dated, "{shown} has neither `when` nor the year of a citation");
    let spans = names.iter().map(|name| &name["when"]).chain(Some(&feature["when"])).filter(|when| when.is_object());
    for span in spans.flat_map(|when| when["timespans"].as_array().unwrap()) {
        assert!(span["start"].is_object(), "{shown}: a span needs a start: {span}");
    }
    assert!(feature.as_object().unwrap().contains_key("geometry"), "{shown}");
    for relation in feature["relations"].as_array().into_iter().flatten() {
        assert!(relation["label"].is_string() && ids.contains(relation["relationTo"].as_str().unwrap()), "{relation}");
    }
}

#[test]
fn a_part_of_a_gazetteer_refers_to_nothing_outside_it() {
    let gazetteer = varied();
    let scratch = tempfile::tempdir().unwrap();
    let export = Export::new(&gazetteer).kinds(&[Kind::Town, Kind::City]).countries(&["AZ".to_owned()]);
    let lost = export.csv_folder(scratch.path().join("towns")).unwrap();
    let towns = Gazetteer::from_path(scratch.path().join("towns")).unwrap();
    assert!(towns.entries().iter().all(|entry| entry.country == "AZ" && entry.kind == Kind::Town));
    assert!(!towns.entries().is_empty());
    let lost: Vec<&str> = lost.iter().map(|(what, _)| what).collect();
    assert!(lost.contains(&"references to entries that are left out"), "{lost:?}");
    assert!(lost.contains(&"spellings that count only beside entries that are left out"), "{lost:?}");
}

#[test]
fn what_a_list_would_turn_into_a_mistake_is_left_out_of_it() {
    let text = written(|out| Export::new(&varied()).csv(out));
    let row = text.lines().find(|row| row.starts_with("stepanakert,")).unwrap();
    assert!(row.contains("Stefanakert@en"), "a misspelling is what a list corrects: {row}");
    assert!(!row.contains("Stefancart"), "one that is to be asked about is not: {row}");
    assert!(!row.contains("Khankendi"), "the other side's name is no mistake: {row}");
    assert!(row.contains("Xankəndi@az"), "it may be found in its own language: {row}");
}

#[test]
fn spacy_gets_every_surface_once() {
    let text = written(|out| Export::new(&varied()).spacy(out));
    let patterns: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let label = |surface: &str| {
        let found: Vec<_> = patterns.iter().filter(|pattern| pattern["pattern"] == surface).collect();
        assert!(found.len() < 2, "{surface} stands twice");
        found.first().map(|pattern| format!("{} {}", pattern["label"], pattern["id"]).replace('"', ""))
    };
    assert_eq!(label("Khankendi").as_deref(), Some("GPE stepanakert"));
    assert_eq!(label("Nikol Pashinyan").as_deref(), Some("PERSON nikol-pashinyan"));
    assert_eq!(label("Karabakhi").as_deref(), Some("NORP nagorno-karabakh"));
    assert_eq!(label("Arkhangelsk"), None, "it counts only beside another place");
    // Two places bear the name; the larger has it.
    assert_eq!(label("Martuni").as_deref(), Some("GPE martuni-armenia"));
}

/// Export, import, export.
fn again(gazetteer: &Gazetteer, format: &str) -> (String, String) {
    let scratch = tempfile::tempdir().unwrap();
    let write = |gazetteer: &Gazetteer| {
        written(|out| {
            let export = Export::new(gazetteer).year(YEAR);
            if format == "lpf" { export.lpf(out) } else { export.lptsv(out) }
        })
    };
    let (first, file) = (write(gazetteer), scratch.path().join("places"));
    fs::write(&file, &first).unwrap();
    let import = Import::new();
    let draft = if format == "lpf" { import.lpf(&[file]) } else { import.lptsv(&[file]) }.unwrap();
    draft.write(scratch.path().join("folder"), Existing::Refuse).unwrap();
    (first, write(&Gazetteer::from_path(scratch.path().join("folder")).unwrap()))
}

#[test]
fn linked_places_come_back_as_they_went() {
    for format in ["lpf", "lptsv"] {
        let (first, second) = again(&varied(), format);
        assert_eq!(first, second, "{format}");
    }
}

/// Rows of `entries.csv` and `names.csv` whose cells are what the formats must not stumble over.
fn gazetteer_at_random() -> impl Strategy<Value = (String, String)> {
    let names =
        ["Aghdam", "A \"quoted\" town", "\"Quoted\"", "Stadt (1923)", "Şuşa", "Comma, Town", "A@B", "O'Hara % < | {}"];
    let dates = ["", "0301", "1923", "1991-09-02"];
    let sources = ["", "a", "a;b", "b;c", "unlisted"];
    let notes = ["", "a remark, with a comma", "\"a remark\"", "remark (1923)"];
    let kinds = Kind::ALL.iter().copied().filter(|kind| kind.label() == "place").collect::<Vec<_>>();
    let entry = (
        select(kinds),
        select(names.to_vec()),
        proptest::option::of((-90.0..=90.0f64, -180.0..=180.0f64)),
        select(vec!["", "AM", "AZ"]),
        (select(dates.to_vec()), select(sources.to_vec()), select(notes.to_vec())),
        proptest::collection::vec(spelling(), 0..5),
        (proptest::option::of(0..100u64), proptest::option::of(0..9_999_999u64), any::<bool>()),
    );
    proptest::collection::vec(entry, 1..6).prop_map(|entries| {
        let mut rows = csv::Writer::from_writer(Vec::new());
        let mut spellings = csv::Writer::from_writer(Vec::new());
        rows.write_record([
            "id",
            "kind",
            "name",
            "latitude",
            "longitude",
            "precision_km",
            "country",
            "within",
            "geonames",
            "wikidata",
            "since",
            "source",
            "note",
        ])
        .unwrap();
        spellings
            .write_record([
                "entry",
                "name",
                "spelling",
                "lang",
                "kind",
                "preferred",
                "since",
                "until",
                "source",
                "note",
            ])
            .unwrap();
        for (at, (kind, name, point, country, (since, source, note), others, (reach, geonames, is_part))) in
            entries.into_iter().enumerate()
        {
            let cell = |degrees: Option<f64>| degrees.map_or(String::new(), |degrees| degrees.to_string());
            let id = format!("id|{at}%");
            let within = if is_part && at > 0 { "id|0%" } else { "" };
            let wikidata = geonames.map_or(String::new(), |number| format!("Q{number}"));
            let number = |number: Option<u64>| number.map_or(String::new(), |number| number.to_string());
            rows.write_record([
                &id,
                kind.as_str(),
                name,
                &cell(point.map(|p| p.0)),
                &cell(point.map(|p| p.1)),
                &number(reach),
                country,
                within,
                &number(geonames),
                &wikidata,
                since,
                source,
                note,
            ])
            .unwrap();
            let of_name = if others.len() % 2 == 0 { source } else { "c" };
            spellings.write_record([&id, name, name, "en", "canonical", "1", since, "", of_name, ""]).unwrap();
            for (at, (text, lang, kind, since, until)) in others.into_iter().enumerate() {
                // Spellings of one entry are told apart by a number, since none may stand twice.
                let text = format!("{text} {at}");
                spellings.write_record([&id, name, &text, lang, kind, "", since, until, source, note]).unwrap();
            }
        }
        let text = |rows: csv::Writer<Vec<u8>>| String::from_utf8(rows.into_inner().unwrap()).unwrap();
        (text(rows), text(spellings))
    })
}

fn spelling() -> impl Strategy<Value = (&'static str, &'static str, &'static str, &'static str, &'static str)> {
    select(vec![
        ("Ağdam", "az", "native", "", ""),
        ("Агдам", "az-Cyrl", "native", "1920", "1991"),
        ("Ակնա", "hy", "native", "", "1950"),
        ("Agdam", "en", "misspelling", "", ""),
        ("Aghdam; Agdam", "en", "name", "1900-05", ""),
        ("Agdamas", "lt", "exonym", "", ""),
        ("A@gdam", "und", "name", "", ""),
        ("Agdami", "en", "demonym", "", ""),
    ])
}

const SOURCES: &str = "key,title,url,licence,accessed\n\
    a,Atlas (1923),https://example.org/atlas,CC BY 4.0,2026-11-25\nb,\"Books, read\",,,2025-01-01\nc,Hearsay,,,\n";

fn read(entries: &str, names: &str) -> Gazetteer {
    let folder = tempfile::tempdir().unwrap();
    for (file, text) in [("entries.csv", entries), ("names.csv", names), ("sources.csv", SOURCES)] {
        fs::write(folder.path().join(file), text).unwrap();
    }
    Gazetteer::from_path(folder.path()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn exports_of_imports_of_exports_are_equal((entries, names) in gazetteer_at_random()) {
        let gazetteer = read(&entries, &names);
        for format in ["lpf", "lptsv"] {
            let (first, second) = again(&gazetteer, format);
            prop_assert_eq!(first, second, "{}", format);
        }
        let scratch = tempfile::tempdir().unwrap();
        let (first, second) = (scratch.path().join("first"), scratch.path().join("second"));
        prop_assert!(Export::new(&gazetteer).csv_folder(&first).unwrap().is_empty());
        let read_again = Gazetteer::from_path(&first).unwrap();
        Export::new(&read_again).csv_folder(&second).unwrap();
        prop_assert_eq!(folder(&first), folder(&second));
        let list = written(|out| Export::new(&gazetteer).csv(out));
        fs::write(scratch.path().join("list.csv"), &list).unwrap();
        let from_list = Gazetteer::from_path(scratch.path().join("list.csv")).unwrap();
        prop_assert_eq!(&list, &written(|out| Export::new(&from_list).csv(out)));
        written(|out| Export::new(&gazetteer).geojson(out)).parse::<geojson::GeoJson>().unwrap();
    }
}
