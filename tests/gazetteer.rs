//! The gazetteer's files: the bundled folder is what our own writer would write, broken files are refused whole.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its files should fail")]

use std::fs;
use std::path::{Path, PathBuf};

use toponorm::{ErrorKind, Gazetteer, Matcher, Normalizer, Severity};

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

fn folder_with(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
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
fn an_own_list_needs_a_name_and_nothing_else() {
    let folder = folder_with(&[("list.csv", "name,variants\nVerin Hartavan,Verin Artavan;Վերին Արտավան@hy\n")]);
    let gazetteer = Gazetteer::from_path(folder.path().join("list.csv")).unwrap();
    assert_eq!(gazetteer.entries()[0].id.as_str(), "verin-hartavan");
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
fn layers_with_one_id_are_refused() {
    let folder = folder_with(&[("a.csv", "id,name\nx,Baku\n"), ("b.csv", "id,name\nx,Yerevan\ny,Goris\n")]);
    let open = |name: &str| Matcher::open(folder.path().join(name)).unwrap();
    assert!(open("a.csv").with(&open("b.csv")).unwrap_err().to_string().contains("`x`"));
}

#[test]
fn two_gazetteers_with_one_id_are_refused() {
    let folder = folder_with(&[("a.csv", "id,name\nx,Baku\n"), ("b.csv", "id,name\nx,Yerevan\n")]);
    let read = |name: &str| Gazetteer::from_path(folder.path().join(name)).unwrap();
    assert!(Gazetteer::merge(&[read("a.csv"), read("b.csv")]).unwrap_err().to_string().contains("`x`"));
    assert_eq!(Gazetteer::merge(&[read("a.csv")]).unwrap().entries().len(), 1);
}
