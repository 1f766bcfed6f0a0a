//! Several gazetteers: layers that add to those below, correct and remove; merging two into one; what differs between two.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its files should fail")]

mod folders;

use std::fs;

use toponorm::{Checker, ErrorKind, Gazetteer, Matcher};

use folders::folder_with;

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
