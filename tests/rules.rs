//! A project's own rules on the command line: decisions, spans of another recogniser, whose names are used, the hook.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, reason = "a test that cannot run the command should fail")]

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// Exit code, standard output and standard error.
fn run(folder: &Path, args: &[&str], input: &str) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_toponorm"));
    command.current_dir(folder).args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn decisions_are_followed_and_refused_changes_not_reported() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("decisions.csv");
    let text = "Fighting near Stefancart, Jevlah and Jerivan.";
    let check = |args: &[&str]| run(folder.path(), &[&["normalize", "--lang", "en", "--check"], args].concat(), text);
    let with = &["--decisions", "decisions.csv"][..];

    fs::write(&file, "surface,decision\nStefancart,refuse\nJevlah,accept\n").unwrap();
    let (code, out, _) = check(with);
    assert_eq!((code, out.lines().count(), out.contains("Stefancart")), (1, 2, false), "{out}");
    fs::write(&file, "surface,replacement,entry,decision\nStefancart,Shusha,,refuse\nJerivan,,baku,refuse\n").unwrap();
    assert_eq!(check(with).1.lines().count(), 3, "other changes, other entries");
    fs::write(&file, "surface,decision\nStefancart,refuse\nJevlah,refuse\nJerivan,refuse\n").unwrap();
    assert_eq!(check(with), (0, String::new(), String::new()));
    fs::write(folder.path().join("toponorm.toml"), "decisions = \"decisions.csv\"\n").unwrap();
    assert_eq!(check(&[]), (0, String::new(), String::new()));

    fs::write(&file, "surface,decision,date\nBaku,maybe,\n,accept,\nBaku,accept,May\nBaku,refuse,\n").unwrap();
    let (code, _, err) = check(with);
    assert_eq!(code, 2);
    for place in ["row 2, column `decision`", "row 3, column `surface`", "row 4, column `date`", "an earlier row says"]
    {
        assert!(err.contains(place), "{place}: {err}");
    }
    assert!(check(&["--decisions", "none.csv"]).2.contains("none.csv: "));
}

#[test]
fn what_is_accepted_is_written_where_it_would_be_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let text = "Stefancart";
    assert_eq!(run(folder.path(), &["normalize"], text).1, text, "the language is unsure");
    fs::write(folder.path().join("decisions.csv"), "surface,decision\nStefancart,accept\n").unwrap();
    assert_eq!(run(folder.path(), &["normalize", "--decisions", "decisions.csv"], text).1, "Stepanakert");
    let quoted = "He wrote Stefancart [sic].";
    let (_, out, _) = run(folder.path(), &["normalize", "--lang", "en", "--decisions", "decisions.csv"], quoted);
    assert_eq!(out, quoted, "what an author marked stays");
}

#[cfg(unix)]
#[test]
fn without_a_terminal_nobody_is_asked() {
    use std::os::unix::process::CommandExt as _;
    if fs::File::open("/dev/tty").is_ok() {
        return;
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_toponorm"));
    let output = command.process_group(0).args(["normalize", "-i", "tests/readme/road.txt"]).output().unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
    assert!(String::from_utf8_lossy(&output.stderr).contains("there is no terminal"), "{output:?}");
}

#[test]
fn only_given_spans_are_annotated_and_wrong_ones_named() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "Şuşa, Bakı və 𝄞 goris").unwrap();
    fs::write(folder.path().join("b.jsonl"), "{\"text\":\"Baku\"}\n{\"text\":\"From Baku\"}\n").unwrap();
    let spans = "{\"path\":\"a.txt\",\"start\":16,\"end\":21}\n\
                 {\"id\":\"a\",\"offset_unit\":\"utf16\",\"ents\":[{\"start\":17,\"end\":22},{\"start\":14,\"end\":15}]}\n\
                 nonsense\n\
                 {\"path\":\"a.txt\",\"start\":3,\"end\":99}\n\
                 {\"path\":\"a.txt\",\"start\":3,\"end\":3}\n\
                 {\"path\":\"c.txt\",\"start\":0,\"end\":1}\n\
                 {\"path\":\"b.jsonl\",\"row\":2,\"start\":5,\"end\":9}\n";
    let (code, out, err) = run(folder.path(), &["annotate", "--spans", "-", "a.txt", "b.jsonl"], spans);
    assert_eq!(code, 2);
    let rows = out.lines().filter(|line| line.starts_with("a.txt:") || line.starts_with("b.jsonl"));
    let found: Vec<&str> = rows.map(|line| line.split("  ").nth(1).unwrap()).collect();
    assert_eq!(found, ["goris", "Baku"], "{out}");
    for complaint in [
        "line 2: the span 14 to 15 cuts a character",
        "line 3: no JSON",
        "line 4: the span 3 to 99 lies outside",
        "line 5: the span 3 to 3 is empty",
        "line 6: no document `c.txt` was read",
    ] {
        assert!(err.contains(complaint), "{complaint}: {err}");
    }
    let own = run(folder.path(), &["annotate", "--format", "jsonl", "b.jsonl"], "").1;
    let again = run(folder.path(), &["annotate", "--format", "jsonl", "--spans", "-", "b.jsonl"], &own);
    assert_eq!(
        (again.0, again.1.contains("\"id\":\"baku\"")),
        (0, true),
        "our own output serves as spans: {}",
        again.2
    );
}

#[test]
fn names_are_counted_by_side() {
    let folder = tempfile::tempdir().unwrap();
    let text = "From Stepanakert to Shushi and Yerevan. In Khankendi, which he called Xankendi, and in Stepanakert.";
    let (code, out, err) = run(folder.path(), &["names", "--lang", "en", "--format", "csv"], text);
    let rows: Vec<&str> = out.lines().collect();
    assert_eq!(code, 0, "{err}");
    assert_eq!(rows[0], "entry,canonical,name,count,policies,languages");
    assert_eq!(rows.len(), 4, "{out}");
    assert!(rows[2].starts_with("stepanakert,") && rows[2].contains(",2,"), "{out}");
    assert!(out.contains(",Khankendi,2,azerbaijani,"), "{out}");
    let (_, out, _) = run(folder.path(), &["names", "--lang", "en", "--all", "--format", "jsonl"], text);
    assert!(
        out.contains("\"entry\":\"yerevan\"") && out.contains("{\"policy\":\"azerbaijani\",\"count\":2,\"of\":5}"),
        "{out}"
    );
    let (_, out, _) = run(folder.path(), &["names", "--lang", "en"], "Rain in Yerevan.");
    assert_eq!(out, "no place that policies call differently\n");
}

#[test]
fn the_readme_shows_the_hooks_as_they_are() {
    let readme = fs::read_to_string("README.md").unwrap();
    let hooks = fs::read_to_string(".pre-commit-hooks.yaml").unwrap();
    assert!(readme.contains(&format!("```yaml\n{hooks}```\n")));
    // What the hook runs, with many files as pre-commit gives them.
    let entry = hooks.lines().find_map(|line| line.trim().strip_prefix("entry: toponorm ")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let files: Vec<String> = (0..200).map(|number| format!("{number}.txt")).collect();
    files.iter().for_each(|file| fs::write(folder.path().join(file), "Rain in Yerevan.\n").unwrap());
    let args: Vec<&str> = entry.split(' ').chain(files.iter().map(String::as_str)).collect();
    assert_eq!(run(folder.path(), &args, ""), (0, String::new(), String::new()));
    fs::write(folder.path().join("7.txt"), "Rain near Stefancart, and in the morning.\n").unwrap();
    assert_eq!(run(folder.path(), &args, "").0, 1);
}
