//! The gazetteer's files: the bundled folder is what our own writer would write, broken files are refused whole.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its files should fail")]

use std::fs;
use std::path::{Path, PathBuf};

use toponorm::{Checker, ErrorKind, Gazetteer, Matcher, Normalizer, Severity};

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
    let error = Matcher::open(&path).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Gazetteer);
    assert!(error.to_string().contains("list.topo: the file's content was altered"), "{error}");
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
    let compile = |path: &Path| toponorm::compile(&Gazetteer::from_path(path).unwrap()).unwrap();
    assert!(compile(one.path()) == compile(&other.path().join(".")));
}

#[test]
fn gazetteers_with_one_id_are_refused_side_by_side() {
    let folder = folder_with(&[("a.csv", "id,name\nx,Baku\n"), ("b.csv", "id,name\nx,Yerevan\ny,Goris\n")]);
    let open = |name: &str| Matcher::open(folder.path().join(name)).unwrap();
    assert!(open("a.csv").with(&open("b.csv")).unwrap_err().to_string().contains("`x`"));
}

/// A gazetteer of two towns, a region and a minister, and what a test adds to it.
fn base_with(files: &[(&str, &str)]) -> tempfile::TempDir {
    let base = [
        (
            "base/entries.csv",
            "id,kind,name,latitude,longitude,country,within,geonames\n\
             karabakh,region,Karabakh,39.8,46.7,AZ,,\nmartuni,town,Martuni,39.795,47.112,AZ,karabakh,148\n\
             pashinyan,person,Nikol Pashinyan,,,AM,,\nshusha,city,Shusha,39.76,46.75,AZ,karabakh,149\n",
        ),
        (
            "base/names.csv",
            "entry,name,spelling,lang,kind,preferred,needs,source\n\
             karabakh,Karabakh,Karabakh,en,canonical,1,,a\nmartuni,Khojavend,Khojavend,en,name,1,,a\n\
             martuni,Martuni,Martuni,en,canonical,1,,a\npashinyan,Nikol Pashinyan,Nikol Pashinyan,en,canonical,1,,a\n\
             shusha,Shusha,Chouchi,en,romanisation,,martuni,a\nshusha,Shusha,Shusha,en,canonical,1,,a\n",
        ),
        (
            "base/people.csv",
            "entry,given,family,title,office,since,until\npashinyan,Nikol,Pashinyan,Mr,Prime Minister,2018,\n",
        ),
        ("base/policies.csv", "policy,entry,choose\nhouse,martuni,Khojavend\n"),
        ("base/sources.csv", "key,title\na,An atlas\n"),
        ("base/suppressed.csv", "surface,reason\nMinsk Group,organisation\n"),
    ];
    folder_with(&[&base, files].concat())
}

/// What is reported about a layer over the base: file, row, column, and the message.
fn conflicts(matcher: &Matcher) -> Vec<String> {
    let line = |problem: &toponorm::Problem| {
        let file = problem.position.file.as_deref().and_then(|file| file.rsplit('/').next()).unwrap_or_default();
        let (row, column) = (problem.position.row.unwrap_or_default(), problem.position.column.as_deref());
        format!("{file} {row} {}: {}", column.unwrap_or_default(), problem.message)
    };
    matcher.conflicts().iter().map(line).collect()
}

#[test]
fn a_layer_adds_corrects_and_removes_and_conflicts_are_reported() {
    let folder = base_with(&[
        (
            "layer/entries.csv",
            "id,kind,name,latitude,longitude,country,within\nmartuni,city,Khojavend,39.9,47.112,,\n\
             new,village,Karin Tak,39.7,46.7,AZ,karabakh\nshusha,,,,,AZ,\n",
        ),
        (
            "layer/names.csv",
            "entry,name,spelling,lang,kind,preferred,needs,since,source\n\
             martuni,Khojavend,Xocavend,az,native,1,,,a\nnew,Karin Tak,Karin Tak,en,canonical,1,shusha,,a\n\
             shusha,Shusha,Chouchi,en,exonym,,,1990,\nshusha,Shusha,Shusha,en,canonical,1,,,\n",
        ),
        (
            "layer/people.csv",
            "entry,given,family,title,office,since,until\npashinyan,Nikol,Pashinyan,Mr,Prime Minister,2018,2026\n",
        ),
        ("layer/policies.csv", "policy,entry,choose\nhouse,martuni,Martuni\nhouse,,hy;en\n"),
        ("layer/removed.csv", "entry,spelling,lang,reason\nbaku,,,gone\nshusha,Shushi,,wrong\n"),
        ("layer/suppressed.csv", "surface,reason\nMinsk Group,organisation\nMinsk Process,talks\n"),
        ("layer/newsworthy.csv", "entry\nshusha\n"),
    ]);
    let base = Matcher::open(folder.path().join("base")).unwrap();
    let layered = base.with_layer(folder.path().join("layer")).unwrap();
    assert_eq!(
        conflicts(&layered),
        [
            "entries.csv 2 kind: `kind` of `martuni` is `town` below and `city` here",
            "entries.csv 2 name: `name` of `martuni` is `Martuni` below and `Khojavend` here",
            "entries.csv 2 latitude: `martuni` is moved by 11.7 km from 39.795, 47.112",
            "entries.csv 4 id: the row adds nothing: `shusha` is so already",
            "names.csv 4 kind: `kind` of `Chouchi` is `romanisation` below and `exonym` here",
            "names.csv 5 spelling: the row adds nothing: `shusha` has the spelling `Shusha` already",
            "people.csv 2 office: the office `Prime Minister` of `pashinyan`, until ``, is corrected",
            "policies.csv 2 choose: `Martuni` is chosen here, and something else by the rule of a gazetteer below",
            "removed.csv 2 entry: no gazetteer below has an entry `baku` to remove",
            "removed.csv 3 spelling: `shusha` has no spelling `Shushi` to remove",
            "suppressed.csv 2 surface: the row adds nothing: a gazetteer below has `Minsk Group` already",
        ]
    );
    let gazetteer = layered.gazetteer();
    let martuni = gazetteer.entry("martuni").unwrap();
    assert_eq!((martuni.canonical.as_str(), martuni.kind.as_str(), martuni.geonames), ("Khojavend", "city", Some(148)));
    assert_eq!(martuni.names.iter().map(|name| name.text.as_str()).collect::<Vec<_>>(), ["Khojavend", "Martuni"]);
    let shusha = gazetteer.entry("shusha").unwrap();
    let chouchi = &shusha.names[0].spellings[0];
    assert_eq!((chouchi.needs[0].as_str(), chouchi.period.since.as_str()), ("martuni", "1990"), "blank cells keep");
    assert_eq!(gazetteer.entry("pashinyan").unwrap().person.as_ref().unwrap().offices[0].period.until, "2026");
    assert_eq!(gazetteer.newsworthy()[0].as_str(), "shusha");
    assert_eq!((gazetteer.policies().len(), gazetteer.suppressed().len()), (2, 2));
    assert_eq!(gazetteer.entry("new").unwrap().within.as_ref().unwrap().as_str(), "karabakh");
    assert_eq!(base.gazetteer().entry("martuni").unwrap().canonical, "Martuni", "the base is as it was");
}

#[test]
fn a_second_layer_is_told_what_the_first_has_corrected() {
    let heading = "id,kind,name,latitude,longitude\n";
    let (one, other) =
        (format!("{heading}shusha,town,,39.9,46.75\n"), format!("{heading}shusha,village,,39.7,46.75\n"));
    let folder = base_with(&[("one/entries.csv", &one), ("other/entries.csv", &other)]);
    let base = Matcher::open(folder.path().join("base")).unwrap();
    let first = base.with_layer(folder.path().join("one")).unwrap();
    let second = first.with_layer(folder.path().join("other")).unwrap();
    assert_eq!(
        conflicts(&second)[2..],
        [
            "entries.csv 2 kind: `kind` of `shusha`, which a layer below has corrected already, is `town` below and `village` here",
            "entries.csv 2 latitude: `shusha` is moved by 22.2 km from 39.9, 46.75, where a layer below has moved it",
        ]
    );
    let found = second.lookup("Shusha", 3);
    assert_eq!((found.len(), found[0].kind.as_str(), found[0].lat), (1, "village", Some(39.7)));
}

#[test]
fn a_compiled_layer_is_used_over_what_it_was_compiled_over_and_nothing_else() {
    let folder = base_with(&[
        ("layer/removed.csv", "entry,spelling,reason\nshusha,,gone\n"),
        ("own.csv", "id,name\nx,Goris\n"),
        ("only-new/entries.csv", "id,kind,name,within\nnew,village,Karin Tak,karabakh\n"),
        ("only-new/names.csv", "entry,name,spelling,lang,kind,preferred\nnew,Karin Tak,Karin Tak,en,canonical,1\n"),
    ]);
    let at = |name: &str| folder.path().join(name);
    let base = Matcher::open(at("base")).unwrap();
    let (layer, conflicts) = toponorm::compile_layer(&base, at("layer")).unwrap();
    assert_eq!(conflicts, []);
    fs::write(at("layer.topo"), layer).unwrap();
    let layered = base.with_layer(at("layer.topo")).unwrap();
    assert!(layered.lookup("Shusha", 1).is_empty() || layered.lookup("Shusha", 1)[0].id != "shusha");
    let with_own = Matcher::open(at("own.csv")).unwrap();
    for error in [
        Matcher::open(at("layer.topo")).unwrap_err(),
        Gazetteer::from_path(at("layer.topo")).unwrap_err(),
        with_own.with_layer(at("layer.topo")).unwrap_err(),
        layered.with_layer(at("layer.topo")).unwrap_err(),
    ] {
        assert_eq!(error.kind(), ErrorKind::Gazetteer);
        assert!(error.to_string().contains("layer.topo: it is a layer, compiled over other gazetteers"), "{error}");
    }
    // What changes no entry can be used over anything; what it refers to and is not there is nothing.
    fs::write(at("new.topo"), toponorm::compile_layer(&base, at("only-new")).unwrap().0).unwrap();
    let within = |matcher: &Matcher| matcher.gazetteer().entry("new").unwrap().within.clone();
    assert_eq!(within(&layered.with_layer(at("new.topo")).unwrap()).unwrap().as_str(), "karabakh");
    assert_eq!(within(&with_own.with_layer(at("new.topo")).unwrap()), None);
}

#[test]
fn what_a_layer_cannot_do_is_an_error_with_its_cell() {
    let cases: [(&[(&str, &str)], &str); 5] = [
        (
            &[("layer/removed.csv", "entry,spelling,reason\nshusha,Shusha,wrong\n")],
            "removed.csv, row 2, column `spelling`: error: the canonical spelling",
        ),
        (
            &[("layer/removed.csv", "entry,spelling,reason\nshusha,,\n")],
            "removed.csv, row 2, column `reason`: error: the cell is blank",
        ),
        (
            &[("layer/entries.csv", "id,kind,name,within\nkarabakh,,,shusha\n")],
            "entries.csv, row 2, column `within`: error: `karabakh` is within itself",
        ),
        (
            &[("layer/entries.csv", "id,kind,name\nshusha,,\nshusha,,\n")],
            "entries.csv, row 3, column `id`: error: the id `shusha` stands twice",
        ),
        (
            &[
                ("layer/removed.csv", "entry,spelling,reason\nshusha,,gone\n"),
                ("layer/names.csv", "entry,name,spelling,lang,kind\nshusha,Shusha,Susa,en,name\n"),
            ],
            "names.csv, row 2, column `entry`: error: no entry has the id `shusha`",
        ),
    ];
    for (files, expected) in cases {
        let folder = base_with(files);
        let base = Matcher::open(folder.path().join("base")).unwrap();
        let error = base.with_layer(folder.path().join("layer")).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
        let problems = Checker::new().over(base).check(folder.path().join("layer")).unwrap();
        assert!(problems.iter().any(|problem| problem.to_string().contains(expected)), "{problems:#?}");
    }
}

#[test]
fn a_gazetteer_merged_with_itself_is_itself() {
    let folder = base_with(&[]);
    let base = Gazetteer::from_path(folder.path().join("base")).unwrap();
    let merge = base.merge(&base);
    assert_eq!((merge.joined_by_id, merge.added, merge.unsure.len(), merge.disagreements.len()), (4, 0, 0, 0));
    assert_eq!(base.diff(&merge.gazetteer), []);
    assert_eq!(merge.gazetteer.sources(), base.sources());
}

#[test]
fn merging_joins_what_is_the_same_and_lists_what_is_not_sure() {
    let folder = base_with(&[(
        "theirs.csv",
        "id,name,kind,latitude,longitude,country,variants\n\
         a,Шуша,city,39.7605,46.7495,AZ,Şuşa@az\nb,Khojavend,district,39.79,47.11,AZ,\nc,Martuni,town,39.9,47.2,AZ,\n\
         d,Shushi,city,39.7601,46.7499,AZ,\nmartuni,Paris,city,48.85,2.35,FR,\ne,Nikol Pashinyan,person,,,,Nikola Pashinyan\n\
         f,Karabakh,region,,,AZ,\n",
    )]);
    let mine = Gazetteer::from_path(folder.path().join("base")).unwrap();
    let merge = mine.merge(&Gazetteer::from_path(folder.path().join("theirs.csv")).unwrap());
    let unsure: Vec<String> = merge
        .unsure
        .iter()
        .map(|unsure| format!("{} {} {}", unsure.id, unsure.other, unsure.reason.as_str()))
        .collect();
    assert_eq!(
        unsure,
        [
            "karabakh f no-coordinates",
            "martuni b kinds-disagree",
            "martuni c far-apart",
            "martuni martuni identifier-only",
        ]
    );
    assert_eq!((merge.joined_by_id, merge.joined_by_name, merge.added), (0, 2, 5));
    let shusha = merge.gazetteer.entry("shusha").unwrap();
    assert!(shusha.names.iter().flat_map(|name| &name.spellings).any(|spelling| spelling.text == "Şuşa"));
    assert_eq!(merge.gazetteer.entry("martuni-2").unwrap().canonical, "Paris", "an id that is taken gets a number");
    let folder = folder.path().join("merged");
    toponorm::Export::new(&merge.gazetteer).csv_folder(&folder).unwrap();
    let again = Gazetteer::from_path(&folder).unwrap();
    assert_eq!(merge.gazetteer.diff(&again), []);
}

#[test]
fn merged_spellings_go_to_the_name_that_they_write() {
    let folder = base_with(&[(
        "theirs.csv",
        "id,name,kind,latitude,longitude,variants\nx,Martuni,town,39.795,47.112,Мартуни@ru;Ходжавенд@ru;Khodjavend@fr;Elsewhere\n",
    )]);
    let mine = Gazetteer::from_path(folder.path().join("base")).unwrap();
    let merge = mine.merge(&Gazetteer::from_path(folder.path().join("theirs.csv")).unwrap());
    let shown = |name: usize| {
        let name = &merge.gazetteer.entry("martuni").unwrap().names[name];
        let mut texts: Vec<&str> = name.spellings.iter().map(|spelling| spelling.text.as_str()).collect();
        texts.sort_unstable();
        (name.text.clone(), texts.join(" "))
    };
    // What neither name sounds like stays with the name that it came with.
    assert_eq!(shown(0), ("Martuni".to_owned(), "Elsewhere Martuni Мартуни".to_owned()));
    assert_eq!(shown(1), ("Khojavend".to_owned(), "Khodjavend Khojavend Ходжавенд".to_owned()));
}

#[test]
fn renamed_ids_and_moves_are_told() {
    let folder = base_with(&[]);
    let path = folder.path().join("base");
    let before = Gazetteer::from_path(&path).unwrap();
    for (file, from, to) in [
        ("entries.csv", "shusha,city,Shusha,39.76", "shushi,city,Shusha,39.86"),
        ("names.csv", "shusha,Shusha", "shushi,Shusha"),
    ] {
        let text = fs::read_to_string(path.join(file)).unwrap();
        fs::write(path.join(file), text.replace(from, to)).unwrap();
    }
    let after = Gazetteer::from_path(&path).unwrap();
    let shown: Vec<String> = before.diff(&after).iter().map(|one| format!("{} {:?}", one.id, one.change)).collect();
    assert_eq!(
        shown,
        [
            "shushi IdChanged { from: \"shusha\" }",
            "shushi Moved { km: 11.119, from: [39.76, 46.75], to: [39.86, 46.75] }",
        ]
    );
    assert_eq!(before.diff(&before), []);
    let back = after.diff(&before);
    assert_eq!(back.len(), 2);
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
