//! The gazetteer's files: the bundled folder is what our own writer would write, broken files are refused whole.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its files should fail")]

mod folders;

use std::fs;
use std::path::{Path, PathBuf};

use toponorm::{Checker, ErrorKind, Gazetteer, Matcher, Normalizer, Severity};

use folders::folder_with;

fn bundled_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("gazetteer")
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for child in fs::read_dir(from).unwrap() {
        let child = child.unwrap().path();
        let target = to.join(child.file_name().unwrap());
        if child.is_dir() { copy(&child, &target) } else { fs::copy(&child, &target).map(drop).unwrap() }
    }
}

#[test]
fn reading_and_writing_the_bundled_files_changes_no_byte() {
    let scratch = tempfile::tempdir().unwrap();
    copy(&bundled_folder(), scratch.path());
    assert_eq!(Gazetteer::format(scratch.path()).unwrap(), Vec::<String>::new());

    // And the test can fail: rows in another order, quotes and CRLF are brought back to the same bytes.
    let names = scratch.path().join("caucasus/names.csv");
    let original = fs::read_to_string(&names).unwrap();
    let (header, rows) = original.split_once('\n').unwrap();
    let reversed: Vec<&str> = rows.lines().rev().collect();
    fs::write(&names, format!("{header}\r\n{}\r\n", reversed.join("\r\n"))).unwrap();
    assert_eq!(Gazetteer::format(scratch.path()).unwrap().len(), 1);
    assert_eq!(fs::read_to_string(&names).unwrap(), original);
}

#[test]
fn the_bundled_files_have_no_problem() {
    assert_eq!(Gazetteer::check(bundled_folder()).unwrap(), []);
}

#[test]
fn a_broken_gazetteer_is_refused_whole() {
    let folder = folder_with(&[
        ("entries.csv", "id,kind,name\nbaku,city,Baku\nbaku,city,Baku\n"),
        (
            "names.csv",
            "entry,name,spelling,lang,kind\nbaku,Baku,Baku,en,canonical\nyerevan,Yerevan,Yerevan,en,canonical\n",
        ),
    ]);
    let error = Gazetteer::from_path(folder.path()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Gazetteer);
    let shown: Vec<(Option<u64>, Option<&str>)> =
        error.problems().iter().map(|p| (p.position.row, p.position.column.as_deref())).collect();
    assert_eq!(shown, [(Some(3), Some("id")), (Some(3), Some("entry"))]);
}

#[test]
fn a_file_with_an_unknown_name_is_not_left_out_in_silence() {
    let folder = folder_with(&[("entries.csv", "id,kind,name\n"), ("theme/naems.csv", "entry\n")]);
    let error = Gazetteer::from_path(folder.path()).unwrap_err();
    assert!(error.to_string().contains("naems.csv"), "{error}");
}

#[test]
fn formatting_never_loses_what_it_cannot_read() {
    let text = "id,kind,name,latitude,longitude\nb,town,B,1O.5,46\na,town,A,39,46\n";
    let folder = folder_with(&[("entries.csv", text), ("names.csv", "entry,name,spelling,lang,kind\n")]);
    Gazetteer::format(folder.path()).unwrap();
    assert_eq!(fs::read_to_string(folder.path().join("entries.csv")).unwrap(), text);
}

#[test]
fn spaces_and_decomposed_letters_are_warnings_that_formatting_mends() {
    let folder = folder_with(&[
        ("entries.csv", "id,kind,name\nshusha,city,Shusha\n"),
        (
            "names.csv",
            "entry,name,spelling,lang,kind,preferred\nshusha,Shusha, S\u{327}us\u{327}a,az,native,1\nshusha,Shusha,Shusha,en,canonical,1\n",
        ),
    ]);
    let problems = Gazetteer::check(folder.path()).unwrap();
    assert!(problems.len() >= 3 && problems.iter().all(|p| p.severity == Severity::Warning), "{problems:#?}");
    Gazetteer::format(folder.path()).unwrap();
    assert_eq!(Gazetteer::check(folder.path()).unwrap(), []);
    assert!(fs::read_to_string(folder.path().join("names.csv")).unwrap().contains(",Şuşa,"));
}

#[test]
fn formatting_an_own_list_keeps_its_columns_and_rows() {
    let folder = folder_with(&[("list.csv", "name,variants,kind\r\n\"Z\",Z1;  Z2 ,\r\n,,\r\nA,,town\r\n")]);
    let path = folder.path().join("list.csv");
    assert!(!Gazetteer::check(&path).unwrap().is_empty());
    assert_eq!(Gazetteer::format(&path).unwrap().len(), 1);
    assert_eq!(fs::read_to_string(&path).unwrap(), "name,variants,kind\nZ,Z1;Z2,\nA,,town\n");
    assert_eq!(Gazetteer::check(&path).unwrap(), []);
    assert_eq!(Gazetteer::format(&path).unwrap(), Vec::<String>::new());
}

#[test]
fn an_own_list_needs_a_name_and_nothing_else() {
    let folder = folder_with(&[("list.csv", "name,variants\nVerin Hartavan,Verin Artavan;Վերին Արտավան@hy\n")]);
    let gazetteer = Gazetteer::from_path(folder.path().join("list.csv")).unwrap();
    assert_eq!(gazetteer.entries()[0].id.as_str(), "list:verin-hartavan");
    let matcher = Matcher::builder().build(&gazetteer).unwrap();
    let normalizer = Normalizer::builder().build(matcher);
    let text = "They came down from Verin Artavan in the rain. Վերին Արտավան։";
    assert_eq!(normalizer.rewrite(text), "They came down from Verin Hartavan in the rain. Վերին Արտավան։");
}

#[test]
#[cfg(feature = "bundled")]
fn the_bundled_gazetteer_is_the_compiled_form_of_the_files() {
    let from_files = Gazetteer::from_path(bundled_folder()).unwrap();
    let compiled = toponorm::compile(&from_files).unwrap();
    let bundled = fs::read(bundled_folder().join("bundled.topo")).unwrap();
    assert!(
        compiled == bundled,
        "run: toponorm gazetteer compile gazetteer -o gazetteer/bundled.topo, and build again"
    );
    let decoded = Gazetteer::bundled();
    for (file, decoded) in from_files.entries().iter().zip(decoded.entries()) {
        assert_eq!(file, decoded);
    }
    assert_eq!(from_files.entries().len(), decoded.entries().len());
    assert_eq!(from_files.suppressed(), decoded.suppressed());
    assert_eq!(from_files.common(), decoded.common());
    assert_eq!(from_files.policies(), decoded.policies());
    assert_eq!(from_files.languages(), decoded.languages());
    assert_eq!(from_files.newsworthy(), decoded.newsworthy());
    assert_eq!(from_files.stats(), decoded.stats());
}

#[test]
#[cfg(feature = "bundled")]
fn the_bundled_gazetteer_is_as_large_and_as_well_sourced_as_the_readme_says() {
    let gazetteer = Gazetteer::bundled();
    let stats = gazetteer.stats();
    let of = |country: &str| stats.by_country.get(country).copied().unwrap_or_default();
    assert!(of("AM") + of("AZ") + of("GE") >= 12_000);
    let newsworthy = |country: &str| stats.newsworthy.get(country).map_or(0, |count| count.places);
    assert!(newsworthy("AM") + newsworthy("AZ") + newsworthy("GE") >= 500);
    assert!(stats.by_kind["person"] >= 300);
    assert!(stats.editorial * 100 <= stats.rows * 3, "{} of {} rows without a document", stats.editorial, stats.rows);

    assert_eq!(stats.by_source.get("none"), None, "every entry and spelling cites a source");
    let mut offices =
        gazetteer.entries().iter().filter_map(|entry| entry.person.as_ref()).flat_map(|person| &person.offices);
    assert!(offices.all(|office| !office.source.is_empty()), "every office cites a source");
    let order_of = |name: &str| gazetteer.policies().iter().any(|rule| rule.policy == name && rule.entry.is_none());
    assert!(["armenian", "azerbaijani", "russian", "international"].into_iter().all(order_of));
}

#[test]
fn a_compiled_gazetteer_serves_as_its_files_do() {
    let folder =
        folder_with(&[("list.csv", "name,latitude,longitude,variants\nVerin Hartavan,40.42,44.11,Verin Artavan\n")]);
    let gazetteer = Gazetteer::from_path(folder.path().join("list.csv")).unwrap();
    let path = folder.path().join("list.topo");
    fs::write(&path, toponorm::compile(&gazetteer).unwrap()).unwrap();
    assert_eq!(Gazetteer::from_path(&path).unwrap().entries(), gazetteer.entries());
    let found = Matcher::open(&path).unwrap().lookup("Verin Artavan", 1);
    assert_eq!((found[0].name.as_str(), found[0].lat), ("Verin Hartavan", Some(40.42)));

    fs::write(&path, b"name,variants\n").unwrap();
    let error = Matcher::open(&path).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Gazetteer);
    assert!(error.to_string().contains("list.topo: no compiled gazetteer"), "{error}");
}

#[test]
fn one_altered_byte_of_a_compiled_gazetteer_is_noticed() {
    let folder = folder_with(&[("list.csv", "name,variants\nVerin Hartavan,Verin Artavan\n")]);
    let gazetteer = Gazetteer::from_path(folder.path().join("list.csv")).unwrap();
    let mut bytes = toponorm::compile(&gazetteer).unwrap();
    let at = bytes.windows(8).position(|part| part == b"Hartavan").unwrap();
    bytes[at] = b'B';
    let path = folder.path().join("list.topo");
    fs::write(&path, bytes).unwrap();
    let in_memory = Matcher::builder().memory_map(false).open(&path);
    for error in [toponorm::verify(&path).unwrap_err(), in_memory.unwrap_err()] {
        assert_eq!(error.kind(), ErrorKind::Gazetteer);
        assert!(error.to_string().contains("list.topo: the file's content was altered"), "{error}");
    }
    assert!(Matcher::open(&path).is_ok(), "a file that is used where it lies is not read as a whole");
}

#[test]
fn a_compiled_gazetteer_is_not_checked_as_if_it_were_rows() {
    let error = Checker::new().check(bundled_folder().join("bundled.topo")).unwrap_err();
    assert!(error.to_string().contains("name the CSV files that it was made from"), "{error}");
}

#[test]
fn names_of_a_whole_page_are_refused() {
    // One letter of these is eighteen in the matcher; and of so many words it would keep every beginning.
    for name in ["ﷺ".repeat(6_000) + " Bbbb ccc", "Karin ".repeat(9_000) + "Tak"] {
        for (column, list) in
            [("name", format!("id,name\nx,{name}\n")), ("variants", format!("name,variants\nKarin,Kar;{name}\n"))]
        {
            let start = format!("row 2, column `{column}`: error:");
            let problems = problems_of_list(list.as_bytes());
            assert!(problems.iter().any(|problem| problem.starts_with(&start) && problem.contains("than 200 letters")));
            assert!(problems.iter().all(|problem| problem.len() < 1_000), "messages are short");
        }
    }
}

#[test]
#[cfg(feature = "bundled")]
fn an_own_list_goes_before_the_bundled_gazetteer() {
    let folder = folder_with(&[(
        "mine.csv",
        "name,latitude,longitude,variants\nStepanakert,39.9,46.8,Stefancart\nBaku,40,50,\n",
    )]);
    let own = Matcher::open(folder.path().join("mine.csv")).unwrap();
    let normalizer = Normalizer::builder().build(Matcher::bundled().unwrap().with(&own).unwrap());
    let annotations = normalizer.annotate("The train from Baku to Stefancart was late; so was the one from Yerevan.");
    let ids: Vec<&str> = annotations.iter().filter_map(|annotation| annotation.id.as_deref()).collect();
    assert_eq!(ids, ["mine:baku", "mine:stepanakert", "yerevan"]);
}

#[test]
fn compiling_does_not_depend_on_how_the_folder_is_named() {
    let files = [
        ("entries.csv", "id,kind,name\nbaku,city,Baku\n"),
        ("names.csv", "entry,name,spelling,lang,kind,preferred\nbaku,Baku,Baku,en,canonical,1\n"),
    ];
    let (one, other) = (folder_with(&files), folder_with(&files));
    let compile = |path: &Path| toponorm::compile(Gazetteer::from_path(path).unwrap()).unwrap();
    assert!(compile(one.path()) == compile(&other.path().join(".")));
}

#[test]
fn gazetteers_with_one_id_are_refused_side_by_side() {
    let folder = folder_with(&[("a.csv", "id,name\nx,Baku\n"), ("b.csv", "id,name\nx,Yerevan\ny,Goris\n")]);
    let open = |name: &str| Matcher::open(folder.path().join(name)).unwrap();
    assert!(open("a.csv").with(&open("b.csv")).unwrap_err().to_string().contains("`x`"));
}

/// What is wrong with an own list of these bytes: the problems' text after the file's name.
fn problems_of_list(bytes: &[u8]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("list.csv");
    fs::write(&path, bytes).unwrap();
    let problems = Gazetteer::check(&path).unwrap();
    let is_broken = problems.iter().any(|problem| problem.severity == Severity::Error);
    assert_eq!(Gazetteer::from_path(&path).is_err(), is_broken, "half read: {problems:#?}");
    let file = format!("{}, ", path.display());
    problems.iter().map(|problem| problem.to_string().replace(&file, "").replace(&file[..file.len() - 2], "")).collect()
}

#[test]
fn every_way_to_break_a_file_is_reported_with_its_place() {
    let cases: &[(&[u8], &[&str])] = &[
        (b"", &[": error: the file is empty"]),
        (b"\n\n", &[": error: the file is empty"]),
        (b"\xEF\xBB\xBFname,latitude,longitude\r\nBaku,40.4,49.9\r\n", &[]),
        (b"name\rBaku\rSumqayit\r", &[]),
        (b"id,kind\nx,city\n", &["row 1, column `name`: error: the column is missing"]),
        (b"name;latitude\nBaku;40,4\n", &["row 1: error: the cells are separated by `;`"]),
        (
            b"\xFF\xFEn\0a\0m\0e\0\n\0",
            &["row 1, column `1`, byte 0: error: the cell is not UTF-8 text; the file looks like UTF-16"],
        ),
        (b"name,latitude,longitude\nBaku,400,49\n", &["row 2, column `latitude`: error: 400 is outside"]),
        (b"name,latitude,longitude\nBaku,1O.5,49\n", &["row 2, column `latitude`: error: `1O.5` is no decimal"]),
        (b"name,latitude,longitude\nBaku,NaN,inf\n", &["row 2, column `latitude`", "row 2, column `longitude`"]),
        (b"name,latitude,longitude\nBaku,40,\n", &["row 2, column `longitude`: error: only one of"]),
        (b"id,name\nx,Baku\nx,Ganja\n", &["row 3, column `id`: error: the id `x` stands twice"]),
        (b"id,name\nx y,Baku\n", &["row 2, column `id`: error: `x y` holds white space"]),
        (
            b"name\n\xC1\xE0\xEA\xF3\n",
            &["row 2, column `name`, byte 5: error: the cell is not UTF-8 text; in windows-1251 it reads `Баку`"],
        ),
        (b"name\nBa\0ku\n", &["row 2, column `name`: error: `Ba\u{FFFD}ku` holds a control character"]),
        (
            b"name,kind\nBaku,\"city\nGanja,city\nX,twon\n",
            &["row 2, column `kind`: error: the cell begins with a quote", "row 4, column `kind`: error: `twon`"],
        ),
        (b"name,kind\n\"Baku\" x,city\n", &["row 2, column `name`: error: ` x` stands after the closing quote"]),
        (b"name,kind\nBaku \"x\",city\n", &["row 2: warning: a quote stands in a cell without quotes around it"]),
        (b"name,kind\n,,\nBaku,city\n", &["row 2: warning: the row is blank"]),
        (b"name,kind\nBaku\n", &["row 2: error: 1 cells; the heading has 2"]),
        (b"name,kind\n\"Ba\nku\",city\nX,twon\n", &["row 2, column `name`: warning", "row 3, column `kind`: error"]),
    ];
    for (bytes, expected) in cases {
        let problems = problems_of_list(bytes);
        let shown = String::from_utf8_lossy(bytes);
        assert_eq!(problems.len(), expected.len(), "{shown:?}: {problems:#?}");
        for (problem, start) in problems.iter().zip(*expected) {
            assert!(problem.starts_with(start), "{shown:?}: {problem}");
        }
    }
}

#[test]
fn long_cells_and_rows_are_refused_with_their_row() {
    let cell = format!("name,kind\n{},city\nGanja,twon\n", "x".repeat(100_000));
    let problems = problems_of_list(cell.as_bytes());
    assert!(problems[0].starts_with("row 2, column `name`: error: the cell is longer than 64 KiB"), "{problems:?}");
    assert!(problems[1].starts_with("row 3, column `kind`: error"), "{problems:?}");
    let row = format!("name,kind\n{}\nGanja,twon\n", "x,".repeat(1_000_000));
    let problems = problems_of_list(row.as_bytes());
    assert!(problems[0].starts_with("row 2: error: the row is longer than 1024 KiB"), "{problems:?}");
    assert_eq!(problems.len(), 2);
}

#[test]
fn of_many_problems_of_one_sort_a_hundred_are_listed() {
    let rows = "Baku,twon\n".repeat(20_000);
    let problems = problems_of_list(format!("name,kind\n{rows}").as_bytes());
    assert_eq!(problems.len(), 101);
    assert!(problems[100].starts_with("column `kind`: error: and 19,900 more like it: `twon`"), "{}", problems[100]);
}

#[test]
fn a_file_of_a_folder_that_cannot_be_read_hides_no_other_problem() {
    let folder = folder_with(&[("entries.csv", "id,kind,name\na,twon,A\n"), ("a/names.csv/x.txt", "")]);
    #[cfg(unix)]
    std::os::unix::fs::symlink("nowhere", folder.path().join("people.csv")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.path(), folder.path().join("loop")).unwrap();
    let problems: Vec<String> =
        Gazetteer::check(folder.path()).unwrap().iter().map(|problem| problem.to_string()).collect();
    let has = |parts: [&str; 2]| problems.iter().any(|problem| parts.iter().all(|part| problem.contains(part)));
    assert!(has(["names.csv", "it is a folder"]), "{problems:#?}");
    assert!(cfg!(windows) || has(["people.csv", "could not be read"]), "{problems:#?}");
    assert!(has(["entries.csv, row 2, column `kind`", "`twon`"]), "{problems:#?}");
    assert_eq!(Gazetteer::from_path(folder.path()).unwrap_err().kind(), ErrorKind::Gazetteer);
}

#[test]
fn a_name_without_its_entry_and_an_empty_table_are_reported() {
    let folder = folder_with(&[
        ("entries.csv", "id,kind,name\n"),
        ("names.csv", "entry,name,spelling,lang,kind\n,Baku,Baku,en,canonical\n"),
        ("people.csv", ""),
    ]);
    let problems = Gazetteer::check(folder.path()).unwrap();
    let errors: Vec<_> = problems.iter().filter(|problem| problem.severity == Severity::Error).collect();
    assert!(errors[0].position.column.as_deref() == Some("entry") && errors[0].position.row == Some(2), "{errors:#?}");
    assert!(errors.iter().any(|problem| problem.message == "the file is empty"), "{errors:#?}");
}

/// What the thorough check says of a folder with these rows under the usual headings: row, column and message.
fn judged(entries: &str, names: &str, more: &[(&str, &str)]) -> Vec<String> {
    let entries = format!(
        "id,kind,name,latitude,longitude,precision_km,country,disputed,within,population,geonames,wikidata,since,until,source,note\n{entries}"
    );
    let names = format!("entry,name,spelling,lang,kind,preferred,rewrite,needs,since,until,source,note\n{names}");
    let sources = "key,title\neditorial,Knowledge of the editors\npress,Newspapers\n";
    let mut files = vec![("entries.csv", entries.as_str()), ("names.csv", names.as_str()), ("sources.csv", sources)];
    files.extend_from_slice(more);
    let folder = folder_with(&files);
    let problems = Checker::new().check(folder.path()).unwrap();
    let is_of_form = |message: &str| message.starts_with("the file is not in canonical form");
    let shown = problems.iter().filter(|problem| !is_of_form(&problem.message)).map(|problem| {
        let column = problem.position.column.as_deref().unwrap_or_default();
        let row = problem.position.row.unwrap_or_default();
        format!("{row} {column} {}: {}", problem.severity.as_str(), problem.message)
    });
    shown.collect()
}

/// An entry and its canonical spelling.
fn entry(id: &str, name: &str, rest: &str) -> (String, String) {
    (format!("{id},{rest}\n").replacen("NAME", name, 1), format!("{id},{name},{name},en,canonical,1,,,,,,\n"))
}

#[track_caller]
fn assert_judged(problems: &[String], expected: &[&str]) {
    assert_eq!(problems.len(), expected.len(), "{problems:#?}");
    for (problem, start) in problems.iter().zip(expected) {
        assert!(problem.starts_with(start), "{problem}\nexpected: {start}");
    }
}

#[test]
fn the_bundled_files_stand_the_thorough_check() {
    assert_eq!(Checker::new().check(bundled_folder()).unwrap(), []);
}

#[test]
fn coordinates_are_held_against_country_and_disputed_area() {
    let (good, name_good) = entry("yerevan", "Yerevan", "city,NAME,40.18,44.51,,AM,,,,,,,,,");
    let (area, name_area) = entry("abkhazia", "Abkhazia", "region,NAME,43.0,41.02,,GE,abkhazia,,,,,,,,");
    let (abroad, name_abroad) = entry("zhdanov", "Zhdanov", "town,NAME,40.18,44.51,,GE,,,,,,,,,");
    let (exchanged, name_exchanged) = entry("shorzha", "Shorzha", "village,NAME,45.27,40.5,,AM,,,,,,,,,");
    let (out, name_out) = entry("zugdidi", "Zugdidi", "town,NAME,42.51,41.87,,GE,abkhazia,,,,,,,,");
    let problems = judged(
        &[good, area, abroad, exchanged, out].concat(),
        &[name_good, name_area, name_abroad, name_exchanged, name_out].concat(),
        &[],
    );
    assert_judged(
        &problems,
        &[
            "4 latitude warning: `zhdanov` at 40.18, 44.51 lies",
            "5 latitude warning: `shorzha` at 45.27, 40.5 lies",
            "6 latitude warning: `zugdidi` at 42.51, 41.87 lies",
        ],
    );
}

#[test]
fn containers_and_dates_that_contradict_each_other_are_reported() {
    let (region, name_region) = entry("syunik", "Syunik", "region,NAME,,,,AM,,,,,,,,,");
    let (village, name_village) = entry("shurnukh", "Shurnukh", "village,NAME,,,,AM,,syunik,,,,1930,,,");
    let (town, name_town) = entry("goris", "Goris", "town,NAME,,,,AM,,shurnukh,,,,,,,");
    let (abroad, name_abroad) = entry("zangilan", "Zangilan", "town,NAME,,,,AZ,,syunik,,,,,,,");
    let (one, name_one) = entry("ararat-a", "Araratan", "district,NAME,,,,,,ararat-b,,,,,,,");
    let (other, name_other) = entry("ararat-b", "Araraten", "district,NAME,,,,,,ararat-a,,,,1991-09,1991,,");
    let old = "shurnukh,Shurnukh,Shurnuh,en,romanisation,,,,,1920,press,\n";
    let backwards = "shurnukh,Shurnukh,Shurnuch,en,romanisation,,,,1950,1940-05,press,\n";
    let problems = judged(
        &[region, village, town, abroad, one, other].concat(),
        &[name_region, name_village, name_town, name_abroad, name_one, name_other, old.into(), backwards.into()]
            .concat(),
        &[],
    );
    assert_judged(
        &problems,
        &[
            "4 within warning: the town `goris` is within the village `shurnukh`",
            "5 within warning: `zangilan` is in `AZ`, and within `syunik` in `AM`",
            "6 within error: `ararat-a` is within itself: `ararat-a → ararat-b → ararat-a`",
            "8 until warning: `Shurnuh` was used until `1920`; `shurnukh` began in `1930`",
            "9 until error: 1940-05 is before 1950",
        ],
    );
}

#[test]
fn letters_that_only_look_right_are_reported() {
    let (baku, name) = entry("baku", "Baku", "city,NAME,,,,AZ,,,,,,,,,");
    let rows = "baku,Baku,B\u{430}ki,az,name,,,,,,press,\n\
                baku,Baku,X\u{1DD}zri,az,name,,,,,,press,\n\
                baku,Baku,Ð‘Ð°ÐºÑƒ,ru,name,,,,,,press,\n\
                baku,Baku,B\u{FFFD}k\u{131},tr,name,,,,,,press,\n\
                baku,Baku,Bak?ye,tr,name,,,,,,press,\n\
                baku,Baku,Ba\u{200B}ky,en,name,,,,,,press,\n\
                baku,Baku,Баку,az,name,,,,,,press,\n\
                baku,Baku,…,en,name,,,,,,press,\n\
                baku,Baku,Bky,en,abbreviation,,,,,,press,\n";
    let problems = judged(&baku, &[name.as_str(), rows].concat(), &[]);
    assert_judged(
        &problems,
        &[
            "3 spelling error: `Bаki` mixes letters of two scripts: `а is Cyrillic U+0430`",
            "4 spelling warning: `Xǝzri` has `ǝ` U+01DD where `ə` is meant",
            "5 spelling error: `Ð‘Ð°ÐºÑƒ` is damaged: UTF-8 was read in another encoding; it was `Баку`",
            "5 spelling error: `Ð‘Ð°ÐºÑƒ` is in `Latin` script",
            "6 spelling error: `B\u{FFFD}kı` holds U+FFFD",
            "7 spelling error: `Bak?ye` has a question mark inside a word",
            "8 spelling warning: `Ba\u{200B}ky` holds the invisible character `U+200B`",
            "9 spelling error: `Баку` is in `Cyrillic` script; `az` is written in `Latin`",
            "10 spelling warning: `…` has no letter or digit",
            "11 spelling warning: `Bky` is an abbreviation with small letters",
        ],
    );
}

#[test]
fn things_that_stand_twice_and_rows_without_effect_are_reported() {
    let (one, name_one) = entry("jrashen", "Jrashen", "village,NAME,40.05,44.5,,AM,,,,1,Q1,,,,");
    let (two, name_two) = entry("Jrashen", "Jrashen", "village,NAME,40.06,44.5,,AM,,,,1,Q1,,,,");
    let (far, name_far) = entry("jrashen-lori", "Jrashen", "village,NAME,40.8,44.2,,AM,,,,,,,,,");
    let name_far = name_far.replace("1,,,", "1,,jrashen-lori,");
    let rows = "jrashen,Jrashen,Dzhrashen,en,romanisation,,,jrashen,,,press,\n\
                jrashen,Jrashen,Ջրաշեն,hy,native,1,,,,,press,\n\
                jrashen,Jrashen,Jra-shen,en,romanisation,,,,,,editorial,\n\
                jrashen,Jrashen,Jra shen,en,romanisation,,,,,,press,\n";
    let problems = judged(
        &[one, two, far].concat(),
        &[name_one.as_str(), &name_two, &name_far, rows].concat(),
        &[("suppressed.csv", "surface,reason,example,source\nDzhrashen,a firm,,press\n")],
    );
    assert_judged(
        &problems,
        &[
            "3 id warning: the ids `jrashen` and `Jrashen` differ in case only",
            "3 geonames warning: `Jrashen` has the identifier of `jrashen`",
            "3 wikidata warning: `Jrashen` has the identifier of `jrashen`",
            "3 name warning: `Jrashen` is a village 1.1 km from `jrashen`",
            "4 needs warning: `Jrashen` needs its own entry, which has no other spelling",
            "7 spelling warning: `Jra-shen` is found through `Jra shen` (row 8)",
            "2 surface warning: `Dzhrashen` hides the spelling `Dzhrashen` of `jrashen`",
        ],
    );
}

#[test]
fn words_and_peoples_names_need_a_guard() {
    let (lori, name_lori) = entry("lori", "Lori", "region,NAME,,,,AM,,,,,,,,,");
    let (paris, name_paris) = entry("paris", "Paris", "city,NAME,48.86,2.35,,FR,,,2000000,,,,,,");
    let (chad, name_chad) = entry("chad", "Chad", "country,NAME,,,,TD,,,,,,,,,");
    let (saki, name_saki) = entry("blender", "Blender", "town,NAME,,,,AZ,,,,,,,,,");
    let rows = "blender,Blender,Toaster,en,misspelling,,,lori,,,press,\n\
                blender,Blender,Kettle,en,misspelling,,,,,,press,\n\
                blender,Blender,Kimberly,en,name,,,,,,press,\n\
                chad,Chad,Chad,pl,exonym,1,,,,,press,\n";
    let common = [("common.csv", "surface,reason,example,source\nkettle,word,,press\n")];
    let problems = judged(
        &[lori, paris, chad, saki].concat(),
        &[name_lori.as_str(), &name_paris, &name_chad, &name_saki, rows].concat(),
        &common,
    );
    assert!(
        problems.iter().any(|problem| problem.contains("`Kimberly` is also a common first or family name")),
        "{problems:#?}"
    );
    assert!(problems.iter().all(|problem| !problem.contains("Paris") && !problem.contains("Chad`")), "{problems:#?}");
    assert!(
        problems.iter().any(|problem| problem.contains("`Blender` is also an ordinary English word")),
        "{problems:#?}"
    );
    assert!(
        problems.iter().all(|problem| !problem.contains("Toaster") && !problem.contains("Kettle")),
        "{problems:#?}"
    );
}
