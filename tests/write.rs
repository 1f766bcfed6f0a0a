//! Files written in place, taken back, and patched: whatever happens, a file is the old one or the new one, whole.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, reason = "a test that cannot run the command should fail")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use proptest::prelude::*;

/// Corrected with `--lang en`: one change in each line but the last.
const OLD: &str = "Clashes near Stefancart.\r\nThe road to Khajavend\rand Baku, no line end";
const NEW: &str = "Clashes near Stepanakert.\r\nThe road to Khojavend\rand Baku, no line end";

fn toponorm(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_toponorm")).current_dir(folder).args(args).output().unwrap()
}

fn write(folder: &Path, args: &[&str]) -> Output {
    toponorm(folder, &[&["normalize", "-w", "--lang", "en"], args].concat())
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn read(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name)).unwrap()
}

/// Everything in a folder but what is named, to see that nothing is left behind.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn folder_with(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// Texts with names to correct and everything that a patch may stumble over.
fn text() -> impl Strategy<Value = String> {
    let pieces = vec![
        "Stefancart",
        "Khajavend",
        "Baku",
        "in ",
        "the road to ",
        " ",
        ". ",
        "\n",
        "\n",
        "\n",
        "\r\n",
        "\r",
        "\n\n",
        "--- a/b\n",
        "\\ No newline at end of file\n",
        "@@ -1 +1 @@\n",
        "\0",
        "\u{FEFF}",
        "Şuşa",
        "\u{2028}",
        "\t",
    ];
    prop::collection::vec(prop::sample::select(pieces), 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, max_shrink_iters: 64, ..ProptestConfig::default() })]

    /// `patch` makes of the old files what `--write` makes of them, and `revert` gives them back.
    #[test]
    fn a_patch_does_what_writing_does_and_revert_undoes_it(texts in prop::collection::vec(text(), 16)) {
        let folder = tempfile::tempdir().unwrap();
        let (written, patched) = (folder.path().join("written"), folder.path().join("patched"));
        let names: Vec<String> = (0..texts.len()).map(|at| format!("a file {at}.txt")).collect();
        for place in [&written, &patched] {
            fs::create_dir(place).unwrap();
            for (name, text) in names.iter().zip(&texts) {
                fs::write(place.join(name), text).unwrap();
            }
        }
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let output = write(&written, &[&["--changes", "log.jsonl"], names.as_slice()].concat());
        prop_assert_eq!(output.status.code(), Some(0), "{:?}", output);

        let diff = toponorm(&patched, &[&["normalize", "--diff", "--lang", "en"], names.as_slice()].concat());
        fs::write(folder.path().join("patch"), &diff.stdout).unwrap();
        let status = Command::new("patch").current_dir(&patched).args(["-p1", "-s", "-i", "../patch"]).status();
        let status = status.expect("this test runs `patch` (GNU or BSD): install it");
        prop_assert!(status.success() || diff.stdout.is_empty());
        prop_assert_eq!(diff.status.code(), Some(i32::from(!diff.stdout.is_empty())));
        for name in &names {
            prop_assert_eq!(fs::read(written.join(name)).unwrap(), fs::read(patched.join(name)).unwrap());
        }

        let output = toponorm(&written, &["revert", "log.jsonl"]);
        prop_assert_eq!(output.status.code(), Some(0), "{:?}", output);
        for (name, text) in names.iter().zip(&texts) {
            prop_assert_eq!(&fs::read(written.join(name)).unwrap(), text.as_bytes());
        }
    }
}

#[test]
fn a_file_is_replaced_and_nothing_else_is_touched() {
    let folder = folder_with(&[("a.txt", OLD), ("clean.txt", NEW)]);
    let clean = || fs::metadata(folder.path().join("clean.txt")).unwrap().modified().unwrap();
    let before = clean();
    let output = write(folder.path(), &["a.txt", "clean.txt", "a.txt"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(output.stdout.is_empty());
    assert_eq!(said(&output), "1 of 2 files changed, 2 corrections\n");
    assert_eq!(read(folder.path(), "a.txt"), NEW);
    assert_eq!(clean(), before, "an unchanged file is not touched");
    assert_eq!(names(folder.path()), ["a.txt", "clean.txt"]);
}

#[test]
fn a_backup_is_the_old_file_and_never_overwrites_one() {
    let folder = folder_with(&[("a.txt", OLD), ("b.txt", OLD), ("b.txt.bak", "another")]);
    let output = write(folder.path(), &["--backup", ".bak", "a.txt", "b.txt"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("b.txt.bak exists already"), "{output:?}");
    assert_eq!((read(folder.path(), "a.txt").as_str(), read(folder.path(), "a.txt.bak").as_str()), (NEW, OLD));
    assert_eq!((read(folder.path(), "b.txt").as_str(), read(folder.path(), "b.txt.bak").as_str()), (OLD, "another"));
    assert_eq!(names(folder.path()), ["a.txt", "a.txt.bak", "b.txt", "b.txt.bak"]);
}

#[test]
fn what_cannot_be_written_is_refused_with_the_reason() {
    let folder = folder_with(&[
        ("read-only.txt", OLD),
        ("packed.txt.gz", "\u{1F}"),
        ("broken.jsonl", "{\"text\": \"Stefancart\"}\n{\n"),
    ]);
    fs::write(folder.path().join("packed.txt"), b"\x1F\x8B\x08\0").unwrap();
    fs::write(folder.path().join("cyrillic.txt"), b"Stefancart \xE0").unwrap();
    fs::create_dir(folder.path().join("folder")).unwrap();
    let path = folder.path().join("read-only.txt");
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions.clone()).unwrap();
    for (name, reason) in [
        ("read-only.txt", "read-only"),
        ("packed.txt.gz", "compressed"),
        ("packed.txt", "cut short"),
        ("broken.jsonl", "could not be read whole"),
        ("cyrillic.txt", "not UTF-8 text"),
        ("folder", ""),
        ("nowhere.txt", ""),
    ] {
        for log in [&[][..], &["--changes", "log.jsonl"]] {
            let before = fs::read(folder.path().join(name)).ok();
            let output = write(folder.path(), &[log, &[name]].concat());
            assert_eq!(output.status.code(), Some(2), "{name}");
            assert!(
                said(&output).contains(&format!("error: {name}: ")) && said(&output).contains(reason),
                "{output:?}"
            );
            assert_eq!(fs::read(folder.path().join(name)).ok(), before, "{name}");
        }
    }
    assert_eq!(read(folder.path(), "log.jsonl"), "", "nothing was changed");
    #[allow(clippy::permissions_set_readonly_false, reason = "so that the folder can be removed")]
    permissions.set_readonly(false);
    fs::set_permissions(&path, permissions).unwrap();
}

#[test]
fn standard_input_goes_to_standard_output() {
    use std::io::Write;
    let mut child = Command::new(env!("CARGO_BIN_EXE_toponorm"))
        .args(["normalize", "-w", "--lang", "en", "-"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(OLD.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(0), NEW.as_bytes()));
}

#[test]
fn revert_refuses_all_if_one_file_was_changed() {
    let folder = folder_with(&[("a.txt", OLD), ("b.txt", OLD), ("c.txt", OLD)]);
    write(folder.path(), &["--changes", "log.jsonl", "a.txt", "b.txt", "c.txt"]);
    fs::write(folder.path().join("b.txt"), "something else").unwrap();
    fs::remove_file(folder.path().join("c.txt")).unwrap();
    let output = toponorm(folder.path(), &["revert", "log.jsonl"]);
    assert_eq!(output.status.code(), Some(2));
    for reason in ["nothing was reverted", "b.txt: the file is not what it was after the change", "c.txt: "] {
        assert!(said(&output).contains(reason), "{output:?}");
    }
    assert_eq!(read(folder.path(), "a.txt"), NEW);

    // What is as it was before needs no undoing.
    fs::write(folder.path().join("b.txt"), OLD).unwrap();
    fs::write(folder.path().join("c.txt"), NEW).unwrap();
    let output = toponorm(folder.path(), &["revert", "log.jsonl"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert!(["a.txt", "b.txt", "c.txt"].iter().all(|name| read(folder.path(), name) == OLD));
}

#[test]
fn a_log_is_not_overwritten_and_is_there_before_a_file_is_changed() {
    let folder = folder_with(&[("a.txt", OLD), ("log.jsonl", "an older log")]);
    for log in ["log.jsonl", "no/such/folder/log.jsonl"] {
        let output = write(folder.path(), &["--changes", log, "a.txt"]);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert_eq!(read(folder.path(), "a.txt"), OLD);
    }
    assert_eq!(read(folder.path(), "log.jsonl"), "an older log");
    assert_eq!(names(folder.path()), ["a.txt", "log.jsonl"]);
}

#[test]
fn other_encodings_and_byte_order_marks_come_back() {
    let utf16: Vec<u8> = [0xFEFF].into_iter().chain(OLD.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let marked = [b"\xEF\xBB\xBF", OLD.as_bytes()].concat();
    let cyrillic = [OLD.as_bytes(), b" \xC1\xE0\xEA\xF3"].concat();
    for (label, bytes) in [("utf-16le", utf16), ("utf-8", marked), ("windows-1251", cyrillic)] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("a.txt"), &bytes).unwrap();
        let output = write(folder.path(), &["--encoding", label, "--changes", "log.jsonl", "a.txt"]);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        assert_ne!(fs::read(folder.path().join("a.txt")).unwrap(), bytes, "{label}");
        let output = toponorm(folder.path(), &["revert", "log.jsonl"]);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        assert_eq!(fs::read(folder.path().join("a.txt")).unwrap(), bytes, "{label}");
    }
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    use super::*;

    #[cfg(target_os = "linux")]
    #[test]
    fn extended_attributes_stay() {
        let folder = folder_with(&[("a.txt", OLD)]);
        let path = folder.path().join("a.txt");
        if xattr::set(&path, "user.source", b"wire").is_err() {
            return; // The file system of the temporary folder has none.
        }
        let output = write(folder.path(), &["a.txt"]);
        assert_eq!((output.status.code(), read(folder.path(), "a.txt").as_str()), (Some(0), NEW), "{output:?}");
        assert_eq!(xattr::get(&path, "user.source").unwrap().as_deref(), Some(&b"wire"[..]));
    }

    #[test]
    fn links_and_permissions_stay() {
        let folder = folder_with(&[("a.txt", OLD)]);
        let path = |name: &str| folder.path().join(name);
        fs::create_dir(path("elsewhere")).unwrap();
        fs::rename(path("a.txt"), path("elsewhere/a.txt")).unwrap();
        fs::set_permissions(path("elsewhere/a.txt"), PermissionsExt::from_mode(0o640)).unwrap();
        symlink("elsewhere/a.txt", path("link.txt")).unwrap();
        symlink("nowhere", path("dangling.txt")).unwrap();
        let before = fs::metadata(path("elsewhere/a.txt")).unwrap();
        let output = write(folder.path(), &["--backup", ".bak", "link.txt", "dangling.txt"]);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        assert_eq!(fs::read_link(path("link.txt")).unwrap(), Path::new("elsewhere/a.txt"));
        assert_eq!(read(folder.path(), "elsewhere/a.txt"), NEW);
        let after = fs::metadata(path("elsewhere/a.txt")).unwrap();
        assert_eq!((after.mode(), after.uid(), after.gid()), (before.mode(), before.uid(), before.gid()));
        assert_eq!(names(&path("elsewhere")), ["a.txt", "a.txt.bak"]);
        assert_eq!(
            fs::metadata(path("elsewhere/a.txt.bak")).unwrap().ino(),
            before.ino(),
            "the backup is the old file"
        );
    }

    #[test]
    fn another_hard_link_keeps_the_old_text_and_that_is_said() {
        let folder = folder_with(&[("a.txt", OLD)]);
        fs::hard_link(folder.path().join("a.txt"), folder.path().join("b.txt")).unwrap();
        let output = write(folder.path(), &["a.txt"]);
        assert!(said(&output).contains("a.txt: 1 hard link to it still has the old text"), "{output:?}");
        assert_eq!((read(folder.path(), "a.txt").as_str(), read(folder.path(), "b.txt").as_str()), (NEW, OLD));
    }

    /// A process that may not write a byte stands for a full disk.
    #[test]
    fn a_file_that_cannot_be_finished_is_not_begun() {
        let folder = folder_with(&[("a.txt", OLD)]);
        let command = format!(
            "trap '' XFSZ; ulimit -f 0; exec {} normalize -w --quiet a.txt 2>/dev/null",
            env!("CARGO_BIN_EXE_toponorm")
        );
        let status = Command::new("sh").current_dir(folder.path()).args(["-c", &command]).status().unwrap();
        assert_eq!(status.code(), Some(2));
        assert_eq!(read(folder.path(), "a.txt"), OLD);
        assert_eq!(names(folder.path()), ["a.txt"]);
    }
}

/// Names of files are bytes.
#[cfg(target_os = "linux")]
mod file_names {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    use std::process::Stdio;

    use super::*;

    const NAME: &[u8] = b"caf\xE9 \"one\".txt";

    /// Two names that look alike on a screen, in a list that only bytes can hold.
    fn folder() -> tempfile::TempDir {
        let folder = folder_with(&[]);
        for name in [NAME, b"caf\xE8 \"one\".txt"] {
            fs::write(folder.path().join(OsStr::from_bytes(name)), OLD).unwrap();
        }
        fs::write(folder.path().join("list"), [NAME, b"\ncaf\xE8 \"one\".txt\n"].concat()).unwrap();
        folder
    }

    #[test]
    fn files_are_written_and_taken_back_whatever_they_are_called() {
        for paths in [&["--file-list", "list"][..], &["."]] {
            let folder = folder();
            let file = folder.path().join(OsStr::from_bytes(NAME));
            let written = write(folder.path(), &[&["--changes", "undo.jsonl"], paths].concat());
            assert_eq!(said(&written), "2 of 2 files changed, 4 corrections\n");
            assert_eq!(fs::read_to_string(&file).unwrap(), NEW);
            let log = read(folder.path(), "undo.jsonl");
            assert!(log.contains("\u{FFFD}") && log.contains("\"path_bytes\":\""), "{log}");
            let diff = toponorm(folder.path(), &["revert", "--diff", "undo.jsonl"]);
            assert!(String::from_utf8(diff.stdout).unwrap().contains("\\351 \\\"one\\\".txt\""));
            assert_eq!(said(&toponorm(folder.path(), &["revert", "undo.jsonl"])), "2 of 2 files reverted\n");
            assert_eq!(fs::read_to_string(&file).unwrap(), OLD);
        }
    }

    #[test]
    fn a_patch_finds_them() {
        let folder = folder();
        let diff = toponorm(folder.path(), &["normalize", "--lang", "en", "--diff", "--file-list", "list"]).stdout;
        let patch =
            Command::new("patch").args(["-p1", "--binary"]).current_dir(folder.path()).stdin(Stdio::piped()).spawn();
        // Not every machine has it.
        let Ok(mut patch) = patch else { return };
        std::io::Write::write_all(&mut patch.stdin.take().unwrap(), &diff).unwrap();
        assert!(patch.wait().unwrap().success());
        assert_eq!(fs::read_to_string(folder.path().join(OsStr::from_bytes(NAME))).unwrap(), NEW);
    }

    #[test]
    fn a_report_says_that_it_cannot_hold_the_name() {
        let reported = toponorm(folder().path(), &["annotate", "--format", "csv", "--file-list", "list"]);
        assert!(reported.status.success());
        assert_eq!(said(&reported).matches("the file's name is no UTF-8").count(), 2, "{}", said(&reported));
    }
}
