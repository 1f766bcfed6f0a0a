//! Imports: whatever a file holds, either every problem is named and nothing written, or a gazetteer comes out that has no error.
#![allow(clippy::unwrap_used, reason = "a test that cannot write its files should fail")]

use std::io::Write;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use toponorm::{ColumnMap, Draft, Error, Existing, Gazetteer, Import, Kind, Part, Severity, SpellingKind};

struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    fn geonames(&self, tables: &[&str], alternates: &str) -> Result<Draft, Error> {
        let tables: Vec<PathBuf> =
            tables.iter().enumerate().map(|(at, text)| self.file(&format!("{at}.txt"), text)).collect();
        let alternates = if alternates.is_empty() { vec![] } else { vec![self.file("alternates.txt", alternates)] };
        Import::new().geonames(&tables, &alternates, &[])
    }
}

fn row(number: &str, name: &str, listed: &str, code: (&str, &str)) -> String {
    let (class, code) = code;
    format!("{number}\t{name}\t\t{listed}\t39.8\t46.7\t{class}\t{code}\tAM\t\t08\t\t\t\t500\t\t\t\t\n")
}

fn spellings(draft: &Draft, id: &str) -> Vec<String> {
    let entry = draft.entries().iter().find(|entry| entry.id.as_str() == id).unwrap();
    let of_name = |name: &toponorm::Name| {
        let text = name.text.clone();
        let shown = |s: &toponorm::Spelling| format!("{text}: {}@{} {}", s.text, s.lang, s.kind);
        name.spellings.iter().map(shown).collect::<Vec<_>>()
    };
    entry.names.iter().flat_map(of_name).collect()
}

/// Written and read again, it has no error and the form of our own writer.
fn assert_sound(draft: &Draft, folder: &Path) {
    draft.write(folder, Existing::Refuse).unwrap();
    let problems = Gazetteer::check(folder).unwrap();
    let is_grave =
        |problem: &&toponorm::Problem| problem.severity == Severity::Error || problem.help.contains("check --fix");
    let grave: Vec<String> = problems.iter().filter(is_grave).map(ToString::to_string).collect();
    assert_eq!(grave, Vec::<String>::new());
    assert_eq!(Gazetteer::from_path(folder).unwrap().entries().len(), draft.entries().len());
}

#[test]
fn names_of_a_place_are_told_apart() {
    let folder = Folder::new();
    let table = row("1", "Gyumri", "", ("P", "PPLA"));
    let alternates = "1\t1\ten\tGyumri\t1\t\t\t\t\t\n2\t1\ten\tLeninakan\t\t\t\t1\t1924\t1990\n\
                      3\t1\thy\tԳյումրի\t1\t\t\t\t\t\n4\t1\tru\tЛенинакан\t\t\t\t1\t\t1990\n\
                      5\t1\ttur\tGümrü\t\t\t\t\t\t\n6\t1\thy\tGyowmri\t\t\t\t\t\t\n7\t1\tiata\tLWN\t\t\t\t\t\t\n\
                      8\t1\twkdt\tQ199452\t\t\t\t\t\t\n";
    let draft = folder.geonames(&[&table], alternates).unwrap();
    let expected = [
        "Gyumri: Gyumri@en canonical",
        "Gyumri: Գյումրի@hy native",
        "Gyumri: Gümrü@tr exonym",
        "Gyumri: Gyowmri@hy romanisation",
        "Leninakan: Leninakan@en historical",
        "Leninakan: Ленинакан@ru historical",
    ];
    assert_eq!(spellings(&draft, "gn:1"), expected);
    assert_eq!((draft.entries()[0].kind, draft.entries()[0].wikidata.as_str()), (Kind::City, "Q199452"));
    assert_eq!(draft.report().left_out[0].reason, "`iata` is no language");
    assert_sound(&draft, &folder.path("out"));
}

#[test]
fn scholarly_and_foreign_letters_are_printed_as_newspapers_do() {
    let folder = Folder::new();
    let table = [
        row("1", "Hats’avan", "", ("P", "PPL")).replacen("\t\t", "\tHats'avan\t", 1),
        row("2", "Հացավան", "", ("P", "PPL")),
        row("3", "L'Aldosa", "", ("P", "PPL")).replace("\tAM\t", "\tAD\t"),
    ];
    let draft = folder.geonames(&[&table.concat()], "").unwrap();
    let names: Vec<&str> = draft.entries().iter().map(|entry| entry.canonical.as_str()).collect();
    assert_eq!(names, ["Hatsavan", "Hatsavan", "L'Aldosa"]);
    assert_eq!(spellings(&draft, "gn:1")[1], "Hatsavan: Hats’avan@hy romanisation");
    assert_eq!(spellings(&draft, "gn:2")[1], "Hatsavan: Հացավան@hy native");
    assert_eq!(draft.entries()[1].note, "romanised by hy-newspaper");
    assert_sound(&draft, &folder.path("out"));
}

#[test]
fn the_comma_list_holds_more_than_names() {
    let folder = Folder::new();
    let table = row("1", "Kapan", "KPN,kpn,Kafan,Капан,Капан,Kaпan", ("P", "PPLA"));
    let draft = folder.geonames(&[&table], "").unwrap();
    assert_eq!(
        spellings(&draft, "gn:1"),
        ["Kapan: Kapan@en canonical", "Kapan: Kafan@und name", "Kapan: Капан@und name"]
    );
    assert_eq!(draft.report().left_out.iter().map(|left| left.count).sum::<u64>(), 3);
}

#[test]
fn divisions_contain_places_and_are_named_by_their_codes() {
    let folder = Folder::new();
    let table = row("1", "Kapan", "", ("P", "PPLA")) + &row("9", "Armenia", "", ("A", "PCLI"));
    let codes = folder.file("admin1.txt", "AM.08\tSyunik\tSyunik\t409314\nAM.01\tAragatsotn\tAragatsotn\t828259\n");
    let table = folder.file("AM.txt", table);
    let draft = Import::new().geonames(&[table], &[], &[codes]).unwrap();
    let within = |at: usize| draft.entries()[at].within.as_ref().map(|id| id.as_str());
    assert_eq!((within(0), within(1), within(2)), (Some("gn:409314"), None, Some("gn:9")));
    assert_eq!((draft.entries().len(), draft.entries()[2].kind), (3, Kind::Region));
    assert_sound(&draft, &folder.path("out"));
}

#[test]
fn packed_files_are_read_and_broken_ones_refused() {
    let folder = Folder::new();
    let table: String = (1..2_000).map(|number| row(&number.to_string(), "Kapan", "", ("P", "PPL"))).collect();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(table.as_bytes()).unwrap();
    let gzip = gzip.finish().unwrap();
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in [("readme.txt", "Read me."), ("AM.txt", &table)] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    let zip = zip.finish().unwrap().into_inner();
    for (name, bytes) in [("AM.txt.gz", &gzip), ("AM.zip", &zip)] {
        let file = folder.file(name, bytes);
        assert_eq!(Import::new().geonames(&[file], &[], &[]).unwrap().report().entries, 1_999, "{name}");
        let half = folder.file(name, &bytes[..bytes.len() / 2]);
        let error = Import::new().geonames(&[half], &[], &[]).unwrap_err().to_string();
        assert!(error.contains(name) && (error.contains("fetch it again") || error.contains("damaged")), "{error}");
    }
}

#[test]
fn one_number_is_one_place() {
    let folder = Folder::new();
    let one = row("1", "Kapan", "", ("P", "PPL"));
    let error = folder.geonames(&[&one.repeat(2)], "").unwrap_err();
    assert_eq!(error.problems()[0].position.row, Some(2));
    assert!(error.to_string().contains("the number `1` stands in row 1 as well"), "{error}");
    let draft = folder.geonames(&[&one, &one], "").unwrap();
    assert_eq!((draft.entries().len(), draft.report().left_out[0].part), (1, Part::Entry));
}

#[test]
fn filters_select() {
    let folder = Folder::new();
    let table = row("1", "Kapan", "", ("P", "PPLA")) + &row("2", "Syunik", "", ("A", "ADM1"));
    let table = folder.file("AM.txt", table);
    let count =
        |import: Import| import.geonames(std::slice::from_ref(&table), &[], &[]).map_or(0, |d| d.report().entries);
    assert_eq!(count(Import::new().min_population(501)), 1);
    assert_eq!(count(Import::new().kinds([Kind::City])), 1);
    assert_eq!(count(Import::new().countries(["AM"])), 2);
    assert_eq!(count(Import::new().countries(["AZ"])), 0);
}

#[test]
fn a_table_of_a_person_is_mapped() {
    let folder = Folder::new();
    let table = "Ort\tlat\tlon\tname:ru\tvariants\twithin\n\
                 Լաչին\t39.6\t46.5\tЛачин\tLatchine;Laçın@az\t\nAghanus\t39.6\t46.4\t\t\tLachin\n";
    let file = folder.file("orte.tsv", table);
    let columns = ColumnMap::new().column("name", "Ort").unwrap();
    let draft = Import::new().csv(&[file], &columns).unwrap();
    assert_eq!(draft.entries()[1].within.as_ref().map(|id| id.as_str()), Some("orte:lachin"));
    let spelled = spellings(&draft, "orte:lachin");
    assert!(spelled.contains(&"Lachin: Լաչին@und name".to_owned()), "{spelled:?}");
    assert!(spelled.contains(&"Lachin: Latchine@und romanisation".to_owned()), "{spelled:?}");
    assert_sound(&draft, &folder.path("out"));
}

#[test]
fn entities_and_rows_of_wikidata_say_the_same() {
    let folder = Folder::new();
    let entity = r#"{"type":"item","id":"Q1","labels":{"en":{"language":"en","value":"Kapan"},"hy":{"language":"hy","value":"Կապան"}},
        "aliases":{"en":[{"language":"en","value":"Ghapan"}]},"claims":{
        "P625":[{"rank":"normal","mainsnak":{"datavalue":{"value":{"latitude":39.2,"longitude":46.4,"globe":"http://www.wikidata.org/entity/Q2"}}}}],
        "P17":[{"rank":"preferred","mainsnak":{"datavalue":{"value":{"id":"Q399"}}}}],
        "P31":[{"rank":"normal","mainsnak":{"datavalue":{"value":{"id":"Q3957"}}}}]}}"#
        .replace('\n', "");
    let rows = r#"[{"item":"http://www.wikidata.org/entity/Q1","itemLabel":"Kapan","itemAltLabel":"Ghapan","coord":"Point(46.4 39.2)",
        "countryCode":"AM","type":"http://www.wikidata.org/entity/Q3957","label":"Կապան","lang":"hy"}]"#;
    let all = [
        entity.clone(),
        format!("[\n{entity}\n]"),
        format!("{{\"entities\":{{\"Q1\":{entity}}},\"success\":1}}"),
        rows.to_owned(),
    ];
    for (at, text) in all.iter().enumerate() {
        let draft = Import::new().wikidata(&[folder.file("wikidata.json", text)]).unwrap();
        let entry = &draft.entries()[0];
        assert_eq!((entry.kind, entry.country.as_str()), (Kind::Town, "AM"), "{text}");
        assert_eq!(entry.point.map(|point| (point.latitude, point.longitude)), Some((39.2, 46.4)), "{text}");
        assert_eq!(entry.names[0].spellings.len(), 3, "{text}");
        assert_eq!(entry.names[0].spellings[0].kind, SpellingKind::Canonical);
        assert_sound(&draft, &folder.path(&format!("out{at}")));
    }
}

#[test]
fn a_folder_is_not_written_over() {
    let folder = Folder::new();
    let draft = folder.geonames(&[&row("1", "Kapan", "", ("P", "PPL"))], "").unwrap();
    let out = folder.path("out");
    draft.write(&out, Existing::Refuse).unwrap();
    std::fs::write(out.join("common.csv"), "surface,reason\nKapan,test\n").unwrap();
    assert!(draft.write(&out, Existing::Refuse).unwrap_err().to_string().contains("--force"));
    draft.write(&out, Existing::Replace).unwrap();
    assert_eq!(std::fs::read_dir(&out).unwrap().count(), 4);
}

/// Cells as no editor would write them.
fn cell() -> impl Strategy<Value = String> {
    let words = [
        "Kapan",
        "Կապան",
        "Капан",
        "Kaпan",
        "کاپان",
        "Ka?pan",
        "  ",
        "",
        "1",
        "-1",
        "91",
        "0",
        "Q5",
        "en",
        "hy",
        "AM",
        "A\u{301}\u{200B}",
        "Ğ'",
        "x, y (z)",
        "\u{FFFD}",
        "'",
    ];
    prop_oneof![
        4 => prop::sample::select(words.to_vec()).prop_map(str::to_owned),
        1 => "[^\t\n\r]{0,12}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_rows_say_a_sound_gazetteer_or_nothing_comes_of_it(
        rows in prop::collection::vec((1u64..60_000_000, prop::collection::vec(cell(), 5)), 1..12),
        alternates in prop::collection::vec((0usize..12, prop::collection::vec(cell(), 8)), 0..20),
    ) {
        let folder = Folder::new();
        let table: String = rows.iter().map(|(number, cells)| {
            let [name, ascii, listed, country, code] = [0, 1, 2, 3, 4].map(|at| &cells[at]);
            format!("{number}\t{name}\t{ascii}\t{listed}\t39\t46\tP\tPPL\t{country}\t\t{code}\t\t\t\t\t\t\t\t\n")
        }).collect();
        let alternates: String = alternates.iter().map(|(at, cells)| {
            format!("1\t{}\t{}\n", rows[at % rows.len()].0, cells.join("\t"))
        }).collect();
        if let Ok(draft) = folder.geonames(&[&table], &alternates) {
            assert_sound(&draft, &folder.path("out"));
        }
    }

    #[test]
    fn whatever_a_table_says_a_sound_gazetteer_or_nothing_comes_of_it(
        rows in prop::collection::vec(prop::collection::vec(cell(), 6), 1..8),
    ) {
        let folder = Folder::new();
        let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
        let table: String = rows.iter().map(|cells| cells.iter().map(quoted).collect::<Vec<_>>().join(",") + "\n").collect();
        let file = folder.file("a.csv", format!("name,country,name:hy,variants,old_name,within\n{table}"));
        if let Ok(draft) = Import::new().csv(&[file], &ColumnMap::new()) {
            assert_sound(&draft, &folder.path("out"));
        }
    }
}

#[test]
fn places_that_contain_each_other_are_put_right() {
    let folder = Folder::new();
    let file = folder.file("a.csv", "id,name,within\na,Kapan,b\nb,Syunik,Kapan\nc,Goris,c\n");
    let draft = Import::new().csv(&[file], &ColumnMap::new()).unwrap();
    assert_eq!(draft.entries().iter().filter(|entry| entry.within.is_some()).count(), 1);
    assert_sound(&draft, &folder.path("out"));
}

#[test]
fn what_another_gazetteer_has_is_left_out() {
    let folder = Folder::new();
    let known = folder.geonames(&[&row("1", "Kapan", "", ("P", "PPLA"))], "").unwrap();
    known.write(folder.path("known"), Existing::Refuse).unwrap();
    let known = Gazetteer::from_path(folder.path("known")).unwrap();
    let table = row("1", "Ghapan", "", ("P", "PPLA"))
        + &row("2", "Kapan", "", ("P", "PPL"))
        + &row("3", "Goris", "", ("P", "PPL"));
    let table = folder.file("AM.txt", table);
    let draft = Import::new().without(&known).geonames(&[table], &[], &[]).unwrap();
    assert_eq!((draft.report().entries, draft.report().entries_left_out()), (1, 2));
}

#[test]
fn a_name_of_the_other_side_is_no_spelling() {
    let folder = Folder::new();
    let table = row("1", "Stepanakert", "", ("P", "PPLA")).replace("\tAM\t", "\tAZ\t");
    let alternates = "1\t1\ten\tStepanakert\t1\t\t\t\t\t\n2\t1\taz\tXankəndi\t1\t\t\t\t\t\n3\t1\thy\tՍտեփանակերտ\t1\t\t\t\t\t\n\
                      4\t1\tuk\tХанкенді\t\t\t\t\t\t\n5\t1\tfa\tخانکندی\t\t\t\t\t\t\n";
    let draft = folder.geonames(&[&table], alternates).unwrap();
    let expected = [
        "Stepanakert: Stepanakert@en canonical",
        "Stepanakert: Ստեփանակերտ@hy native",
        "Khankendi: Khankendi@en name",
        "Khankendi: Xankəndi@az native",
        "Khankendi: Ханкенді@uk exonym",
        "Khankendi: خانکندی@fa exonym",
    ];
    assert_eq!(spellings(&draft, "gn:1"), expected);
    assert_sound(&draft, &folder.path("out"));
}
