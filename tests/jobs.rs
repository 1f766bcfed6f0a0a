//! Documents shared among threads and read part by part: what is said of them is the same, whoever reads which part.
#![cfg(all(feature = "cli", feature = "bundled"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot run the command should fail")]

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;
use toponorm::write::{Csv, Jsonl, JsonlOptions, Report, Reported};
use toponorm::{Document, InputFormat, Matcher, Normalizer, OffsetUnit, Parts, ReadOptions};

fn spawn(folder: &Path, args: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_toponorm"));
    command.current_dir(folder).args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

/// Runs without input; exit code, output and messages.
fn run(folder: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = spawn(folder, args).wait_with_output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

/// Long and short texts, and whatever can be wrong with a file.
fn many_files() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..24 {
        let text = format!("Shelling in Stefancart, {number} days after Baku.\r\n\r\nSnow in Gümrü.\n");
        fs::write(folder.path().join(format!("{number:02}.txt")), text.repeat(1 + number * 7 % 20)).unwrap();
    }
    // More than a part, and little to annotate.
    let filler = "x".repeat(3000);
    let records = (0..800).map(|row| match row % 100 {
        7 => "{broken\n".to_owned(),
        13 => "{\"body\": \"Baku\"}\n".to_owned(),
        _ => format!("{{\"text\": \"From Baku to Xank\\u0259ndi\", \"filler\": \"{filler}\"}}\n"),
    });
    fs::write(folder.path().join("03-wire.jsonl"), records.collect::<String>()).unwrap();
    fs::write(folder.path().join("05-empty.txt"), "").unwrap();
    fs::write(folder.path().join("07-bad.txt"), b"Baku, Yerevan \xFF").unwrap();
    fs::write(folder.path().join("11-picture.txt"), b"\x89PNG\0\0").unwrap();
    fs::write(folder.path().join("13-page.html"), "<p>Talks in <b>Baku</b></p>").unwrap();
    fs::write(folder.path().join("15-broken.xml"), "<p>Talks in <b>Baku</p>").unwrap();
    folder
}

#[test]
fn any_number_of_jobs_says_the_same_in_the_same_order() {
    let folder = many_files();
    for format in ["jsonl", "csv", "tei"] {
        for stop in [&[][..], &["--on-error", "stop"]] {
            let jobs =
                |jobs: &str| run(folder.path(), &[&["annotate", "--format", format, "-j", jobs, "."], stop].concat());
            let alone = jobs("1");
            assert_eq!(alone.0, Some(2), "{}", alone.2);
            assert!(jobs("2") == alone && jobs("5") == alone, "{format} {stop:?}");
            let expected = if stop.is_empty() { 16 + 2 + 1 } else { 16 };
            assert_eq!(alone.2.lines().count(), expected, "{}", alone.2);
        }
    }
}

#[test]
fn corrections_and_counts_are_the_same_whoever_works() {
    let folder = many_files();
    let text = "Shelling in Stefancart, far from Baku, on the road to Jevlah.\n\n".repeat(600);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(text.as_bytes()).unwrap();
    let packed = gzip.finish().unwrap();
    fs::write(folder.path().join("08-half.txt.gz"), &packed[..packed.len() / 2]).unwrap();
    fs::write(folder.path().join("09-packed.txt.gz"), packed).unwrap();
    let commands: [&[&str]; 5] = [
        &["normalize"],
        &["normalize", "--check"],
        &["normalize", "--diff"],
        &["normalize", "--policy", "azerbaijani", "--gloss", "first"],
        &["names", "--all"],
    ];
    for command in commands {
        let jobs = |jobs: &str| run(folder.path(), &[command, &["-j", jobs, "."]].concat());
        let alone = jobs("1");
        assert_eq!(alone.0, Some(2), "{}", alone.2);
        assert!(jobs("2") == alone && jobs("5") == alone, "{command:?}");
        assert!(alone.2.contains("08-half.txt.gz: the gzip file is cut short"), "{}", alone.2);
    }
}

#[test]
fn files_are_rewritten_alike_whoever_works() {
    let written = |jobs: &str| {
        let folder = many_files();
        let (code, _, err) = run(folder.path(), &["normalize", "-w", "--changes", "undo", "-j", jobs, "."]);
        let text = fs::read_to_string(folder.path().join("20.txt")).unwrap();
        assert_eq!(run(folder.path(), &["revert", "--quiet", "undo"]).0, Some(0));
        assert!(fs::read_to_string(folder.path().join("20.txt")).unwrap().contains("Stefancart"));
        (code, err, text)
    };
    let alone = written("1");
    assert!(
        alone.2.contains("Stepanakert") && alone.1.ends_with("24 of 27 files changed, 236 corrections\n"),
        "{}",
        alone.1
    );
    assert!(written("2") == alone && written("5") == alone);
}

#[test]
fn rows_of_a_large_file_count_from_its_start() {
    let folder = many_files();
    let (_, out, err) = run(folder.path(), &["annotate", "--format", "jsonl", "-j", "3", "03-wire.jsonl"]);
    let rows: Vec<u64> =
        out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["row"].as_u64().unwrap()).collect();
    assert!(rows.is_sorted() && rows.len() == 800 - 16 && rows.last() == Some(&800));
    assert!(err.contains("row 8: not JSON") && err.contains("row 714: no field `text`; there are `body`"), "{err}");
}

#[test]
fn records_of_a_pipe_are_answered_as_they_come() {
    for (jobs, format) in [("1", "csv"), ("2", "jsonl")] {
        let args = ["annotate", "--quiet", "-j", jobs, "--format", format, "--input-format", "jsonl"];
        let mut child = spawn(Path::new("."), &args);
        let (mut input, mut output) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        let mut line = String::new();
        if format == "csv" {
            output.read_line(&mut line).unwrap();
        }
        for name in ["Baku", "Yerevan"] {
            writeln!(input, "{{\"text\": \"Talks in {name}\"}}").unwrap();
            line.clear();
            output.read_line(&mut line).unwrap();
            assert!(line.contains(name), "{line}");
        }
        drop(input);
        assert!(child.wait().unwrap().success());
    }
}

#[test]
fn who_closes_the_output_ends_the_work_though_more_input_may_come() {
    let args = ["annotate", "--format", "jsonl", "-j", "2", "--input-format", "jsonl"];
    let mut child = spawn(Path::new("."), &args);
    let mut input = child.stdin.take().unwrap();
    writeln!(input, "{{\"text\": \"Talks in Baku\"}}").unwrap();
    let mut output = child.stdout.take().unwrap();
    output.read_exact(&mut [0; 8]).unwrap();
    drop(output);
    writeln!(input, "{{\"text\": \"Talks in Baku\"}}").unwrap();
    // Standard input stays open.
    assert_eq!(child.wait().unwrap().code(), Some(0));
    drop(input);
}

/// A document's report, by parts of a size.
fn by_parts(normalizer: &Normalizer, source: &str, size: usize, report: &mut dyn Report) -> String {
    let options = ReadOptions { format: InputFormat::Text, ..ReadOptions::default() };
    let mut out = Vec::new();
    for part in Parts::new(source.as_bytes(), &options).with_size(size) {
        let part = part.unwrap();
        let decoded = part.decode(options.encoding).unwrap();
        let document = Document::read_part(&decoded, &options, &part.origin).unwrap();
        for passage in document.passages() {
            let annotations = normalizer.annotate_passage(passage);
            let reported = Reported::new("long.txt", &document, passage, &annotations).after(&part.origin);
            report.document(&mut out, &reported).unwrap();
        }
    }
    String::from_utf8(out).unwrap()
}

#[test]
fn a_text_by_parts_has_the_mentions_of_the_whole() {
    let normalizer = Normalizer::builder().build(Matcher::bundled().unwrap());
    let text = "Əlavə 𝄞 words about Stepanakert in Nagorno-Karabakh.\r\nThen Baku in Azerbaijan.\n\n".repeat(40);
    let source = format!("\u{FEFF}{text}");
    for unit in [OffsetUnit::Byte, OffsetUnit::Char, OffsetUnit::Utf16] {
        let whole = by_parts(&normalizer, &source, usize::MAX / 4, &mut Csv::new(unit));
        assert_eq!(whole.lines().count(), 160);
        for size in [300, 1000] {
            let without_probability = |table: &str| -> Vec<String> {
                table.lines().map(|row| row.split(',').take(11).collect::<Vec<_>>().join(",")).collect()
            };
            let cut = by_parts(&normalizer, &source, size, &mut Csv::new(unit));
            assert_eq!(without_probability(&cut), without_probability(&whole));
        }
    }
    let lines =
        by_parts(&normalizer, &source, 1000, &mut Jsonl::new(JsonlOptions { unit: OffsetUnit::Char, candidates: 1 }));
    let chars: Vec<char> = text.chars().collect();
    for (number, line) in lines.lines().enumerate() {
        let line: Value = serde_json::from_str(line).unwrap();
        assert_eq!(line["part"], number + 1);
        for mention in line["mentions"].as_array().unwrap() {
            let [start, end] = ["start", "end"].map(|key| mention[key].as_u64().unwrap() as usize);
            assert_eq!(chars[start..end].iter().collect::<String>(), mention["text"].as_str().unwrap());
        }
    }
    assert!(lines.lines().count() > 2);
}
