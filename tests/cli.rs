//! The command line as it is typed: `tests/cli/*.trycmd`, every console block of the README and of `docs`, and what only pipes can show.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, reason = "a test that cannot run the command should fail")]

use std::io::{ErrorKind, Read, Write};
use std::process::{Command, Output, Stdio};

#[test]
fn the_command_does_what_its_transcripts_say() {
    trycmd::TestCases::new().case("tests/cli/*.trycmd").case("README.md").case("docs/*.md");
}

fn toponorm(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_toponorm"));
    command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn pipe(args: &[&str], input: &[u8]) -> Output {
    let mut child = toponorm(args).spawn().unwrap();
    // A program that stops before it has read everything breaks the pipe.
    let written = child.stdin.take().unwrap().write_all(input);
    match written {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => panic!("{error}"),
        _ => child.wait_with_output().unwrap(),
    }
}

#[test]
fn a_pipe_stops_before_the_bad_byte() {
    let output = pipe(&["normalize"], b"Clashes near Stefancart.\nThe road to Stefancart is \xFF open.\n");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(output.stdout, b"Clashes near Stepanakert.\nThe road to Stefancart is ");
    assert!(String::from_utf8_lossy(&output.stderr).contains("byte 0xFF at offset 51"), "{output:?}");
}

#[test]
fn what_is_withheld_is_said() {
    let output = pipe(&["normalize"], b"Stefancart");
    assert_eq!(output.stdout, b"Stefancart");
    assert!(String::from_utf8_lossy(&output.stderr).contains("1 correction not written"), "{output:?}");
    assert_eq!(pipe(&["normalize", "--lang", "en"], b"Stefancart").stdout, b"Stepanakert");
}

#[test]
fn a_named_encoding_is_kept() {
    let output =
        pipe(&["normalize", "--lang", "en", "--encoding", "windows-1252"], b"Clashes near Stefancart, caf\xE9.\r\n");
    assert_eq!(output.stdout, b"Clashes near Stepanakert, caf\xE9.\r\n");
}

#[test]
fn a_reader_that_closes_the_pipe_is_no_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.txt");
    std::fs::write(&path, "Baku and Yerevan.\n".repeat(20_000)).unwrap();
    let mut child = toponorm(&["annotate", path.to_str().unwrap()]).spawn().unwrap();
    let mut first = [0; 16];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(output.stderr.is_empty(), "{output:?}");
}

#[test]
fn a_reader_of_an_export_may_close_the_pipe() {
    for format in ["csv", "geojson", "lpf", "lptsv", "spacy"] {
        let mut child = toponorm(&["gazetteer", "export", format, "--quiet"]).spawn().unwrap();
        let mut first = [0; 16];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{format}: {output:?}");
        assert!(output.stderr.is_empty(), "{format}: {output:?}");
    }
}

#[test]
fn a_reader_of_any_format_may_close_the_pipe() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("long.txt");
    std::fs::write(&path, "Baku and Yerevan.\n".repeat(2_000)).unwrap();
    for format in ["text", "csv", "geojson", "markdown", "tei", "webannotation", "brat", "spacy"] {
        let mut child = toponorm(&["annotate", "--format", format, path.to_str().unwrap()]).spawn().unwrap();
        let mut first = [0; 16];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{format}: {output:?}");
        assert!(output.stderr.is_empty(), "{format}: {output:?}");
    }
}

#[test]
fn brat_gets_a_folder_of_texts_and_annotations() {
    let folder = tempfile::tempdir().unwrap();
    let output_path = folder.path().join("brat");
    let [snow, wire, output] = ["tests/cli/files/snow.txt", "tests/cli/files/wire.csv", output_path.to_str().unwrap()];
    let args = ["annotate", "--format", "brat", "-o", output, snow, wire, snow];
    assert_eq!(pipe(&args, b"").status.code(), Some(0));
    let mut names: Vec<_> = std::fs::read_dir(&output_path).unwrap().map(|file| file.unwrap().file_name()).collect();
    names.sort();
    let expected = [
        "annotation.conf",
        "snow-2.ann",
        "snow-2.txt",
        "snow.ann",
        "snow.txt",
        "tools.conf",
        "wire-2-text.ann",
        "wire-2-text.txt",
        "wire-3-text.ann",
        "wire-3-text.txt",
    ];
    assert_eq!(names, expected);
    assert_eq!(std::fs::read(output_path.join("snow.txt")).unwrap(), std::fs::read(snow).unwrap());
    assert_eq!(
        std::fs::read_to_string(output_path.join("wire-2-text.txt")).unwrap(),
        "Shots near Stefancart, \"again\""
    );
    assert_eq!(pipe(&args, b"").status.code(), Some(2), "nothing is overwritten");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside");
}

#[test]
fn names_are_looked_up_one_a_line() {
    let output = pipe(&["lookup", "--limit", "1", "--format", "jsonl"], "Xankəndi\n\nStefancart\r\n".as_bytes());
    let lines = String::from_utf8(output.stdout).unwrap();
    assert_eq!(lines.lines().count(), 2, "{lines}");
    assert!(lines.lines().all(|line| line.contains("\"id\":\"stepanakert\"")), "{lines}");
}

#[test]
fn lines_are_romanised_as_they_come() {
    let args = ["transliterate", "--scheme", "az-newspaper"];
    assert_eq!(pipe(&args, "Şuşa\r\n\nXankəndi".as_bytes()).stdout, b"Shusha\r\n\nKhankendi");

    let output = pipe(&args, b"\xC5\x9Eu\xC5\x9Fa\n\xFF\nYevlax\n");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(output.stdout, b"Shusha\n");
    assert!(String::from_utf8_lossy(&output.stderr).contains("line 2 is not UTF-8"), "{output:?}");

    // An answer comes before the next line is typed.
    let mut child = toponorm(&args).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all("Şuşa\n".as_bytes()).unwrap();
    let mut answer = [0; 7];
    child.stdout.take().unwrap().read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"Shusha\n");
    drop(input);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_compiled_gazetteer_is_used_as_its_csv_is() {
    let folder = tempfile::tempdir().unwrap();
    let topo_path = folder.path().join("villages.topo");
    let topo = topo_path.to_str().unwrap();
    let output = pipe(&["gazetteer", "compile", "tests/cli/files/villages.csv", "-o", topo], b"");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let text = b"Snow fell in Verin Artavan and in Stefancart.";
    let normalize = ["normalize", "--lang", "en", "--gazetteer", topo];
    assert_eq!(pipe(&normalize, text).stdout, b"Snow fell in Verin Hartavan and in Stepanakert.");

    let whole = std::fs::read(&topo_path).unwrap();
    std::fs::write(&topo_path, &whole[..whole.len() - 1]).unwrap();
    let output = pipe(&normalize, text);
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(2), b"".as_slice()));
    assert!(String::from_utf8_lossy(&output.stderr).contains("villages.topo: the file is cut short"), "{output:?}");
}

#[test]
fn a_compiled_gazetteer_is_never_written_over_its_csv() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("villages.csv");
    std::fs::copy("tests/cli/files/villages.csv", &list).unwrap();
    let list = list.to_str().unwrap();
    let output = pipe(&["gazetteer", "compile", list, "-o", list], b"");
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert_eq!(std::fs::read(list).unwrap(), std::fs::read("tests/cli/files/villages.csv").unwrap());
}

#[test]
fn a_broken_gazetteer_is_not_compiled() {
    let folder = tempfile::tempdir().unwrap();
    let topo = folder.path().join("broken.topo");
    let output = pipe(&["gazetteer", "compile", "tests/cli/files/broken-list.csv", "-o", topo.to_str().unwrap()], b"");
    assert_eq!(output.status.code(), Some(2));
    assert!(std::fs::read_dir(folder.path()).unwrap().next().is_none(), "nothing is half-written");
}

#[test]
fn merging_writes_a_gazetteer_and_says_what_is_not_sure() {
    let folder = tempfile::tempdir().unwrap();
    let output_path = folder.path().join("both");
    let both = output_path.to_str().unwrap();
    let args =
        ["gazetteer", "merge", "tests/cli/files/merge/first.csv", "tests/cli/files/merge/second.csv", "-o", both];
    let output = pipe(&args, b"");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let text = String::from_utf8(output.stdout).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[0], "? kapan (Kapan) and ghapan (Ghapan), 0.0 km apart: other-name");
    assert_eq!(lines[1], "? khnatsakh (Khnatsakh) and xnatsakh (Khnatsakh), 8.7 km apart: far-apart");
    assert_eq!(lines[2], "≠ goris kind: town, not city");
    assert!(
        lines[3].starts_with("0 entries joined by identifier, 1 by name, 3 added; 2 unsure, 1 disagreement"),
        "{text}"
    );
    assert_eq!(pipe(&["gazetteer", "check", both], b"").status.code(), Some(0));
    assert_eq!(pipe(&["lookup", "--no-bundled", "--gazetteer", both, "Горис"], b"").status.code(), Some(0));

    let again = pipe(&args, b"");
    assert_eq!((again.status.code(), again.stdout.as_slice()), (Some(2), b"".as_slice()), "nothing is overwritten");
    assert!(!folder.path().join("both.new").exists());
}
