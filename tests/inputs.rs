//! Which files the command reads, and how it takes those that it cannot: folders, patterns, lists, packed and broken files, `toponorm.toml`.
#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, reason = "a test that cannot run the command should fail")]

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use flate2::Compression;
use flate2::write::GzEncoder;

const TEXT: &str = "Clashes near Stefancart today in the morning.\n";

/// A zstd frame of [`TEXT`], not compressed: magic number, a one-byte size, and one raw block.
fn zstd_frame() -> Vec<u8> {
    let block_header = (u32::try_from(TEXT.len()).unwrap() << 3) | 1;
    let mut frame = vec![0x28, 0xB5, 0x2F, 0xFD, 0x20, u8::try_from(TEXT.len()).unwrap()];
    frame.extend(&block_header.to_le_bytes()[..3]);
    frame.extend(TEXT.as_bytes());
    frame
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

struct Ran {
    code: i32,
    out: Vec<u8>,
    err: String,
}

impl Ran {
    /// The files that a change was printed of.
    fn files(&self) -> Vec<String> {
        let out = String::from_utf8_lossy(&self.out);
        out.lines().map(|line| line.split(':').next().unwrap().replace('\\', "/")).collect()
    }
}

fn run(folder: &Path, args: &[&str], input: &[u8]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_toponorm"));
    command.current_dir(folder).args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // Who is given files may end without having read.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    Ran { code: output.status.code().unwrap(), out: output.stdout, err }
}

#[test]
fn folders_are_walked_in_order_and_ignored_files_left_out() {
    let text = TEXT.as_bytes();
    let folder = folder(&[
        ("d/b.txt", text),
        ("d/a/z.txt", text),
        ("d/a.txt", text),
        ("d/.hidden/c.txt", text),
        ("d/build/x.txt", text),
        ("d/program.exe", text),
        ("d/packed.txt.gz", &gzip(text)),
        ("d/.gitignore", b"build/\n"),
        ("d/picture.txt", b"\x89PNG\0\0"),
        ("empty/readme", text),
        ("d/table.csv", b"id,text\n1,Clashes near Stefancart today in the morning.\n"),
    ]);
    let check = |args: &[&str]| run(folder.path(), &[&["normalize", "--check"], args].concat(), b"");
    let ran = check(&["d"]);
    assert_eq!(ran.files(), ["d/a/z.txt", "d/a.txt", "d/b.txt", "d/packed.txt.gz"]);
    assert_eq!((ran.code, ran.err.contains("picture.txt: skipped")), (1, true), "{}", ran.err);

    let ran = check(&["--hidden", "--no-ignore", "--exclude", "a", "--exclude", "*.gz", "d"]);
    assert_eq!(ran.files(), ["d/.hidden/c.txt", "d/a.txt", "d/b.txt", "d/build/x.txt"]);

    assert_eq!(check(&["d/program.exe"]).files(), ["d/program.exe"], "a named file is read whatever it is called");
    assert_eq!(check(&["d/a.txt", "d"]).files()[..2], ["d/a.txt", "d/a/z.txt"], "and once");
    assert_eq!(check(&["d/*.csv"]).files(), ["d/table.csv"], "tables only by name or pattern");
    assert_eq!(check(&["d/[ab].txt"]).files(), ["d/a.txt", "d/b.txt"]);
    assert_eq!(check(&["d/**/*.txt", "--exclude", "picture*"]).files().len(), 5);
    for (args, complaint) in [
        (&["empty"][..], "the folder has no file to read"),
        (&["*.rst"], "no file has such a name"),
        (&["--exclude", "[", "d"], "--exclude ["),
    ] {
        let ran = check(args);
        assert_eq!((ran.code, ran.err.contains(complaint)), (2, true), "{}", ran.err);
    }
}

#[test]
fn lists_of_files_are_read_by_line_or_nul() {
    let folder = folder(&[("one two.txt", TEXT.as_bytes()), ("b.txt", TEXT.as_bytes())]);
    for list in ["b.txt\none two.txt\n", "b.txt\r\n\r\none two.txt", "b.txt\0one two.txt\0"] {
        let ran = run(folder.path(), &["normalize", "--check", "--file-list", "-"], list.as_bytes());
        assert_eq!(ran.files(), ["b.txt", "one two.txt"]);
    }
    let ran = run(folder.path(), &["normalize", "--check", "--file-list", "-"], b"");
    assert_eq!((ran.code, ran.out.len()), (0, 0), "an empty list is no standard input");
}

#[test]
fn an_error_ends_the_work_or_not_as_asked() {
    let folder = folder(&[("a.txt", b"\xFF"), ("b.txt", TEXT.as_bytes())]);
    let ran = run(folder.path(), &["normalize", "--check", "."], b"");
    assert_eq!((ran.code, ran.files().len()), (2, 1));
    let ran = run(folder.path(), &["normalize", "--check", "--on-error", "stop", "."], b"");
    assert_eq!((ran.code, ran.files().len()), (2, 0));
}

#[test]
fn packed_documents_are_unpacked_or_refused_whole() {
    let clean = TEXT.replace("Stefancart", "Stepanakert").into_bytes();
    let twice = [gzip(TEXT.as_bytes()), gzip(TEXT.as_bytes())].concat();
    let with_own_frame = [&[0x50, 0x2A, 0x4D, 0x18, 2, 0, 0, 0, 9, 9][..], &zstd_frame()].concat();
    let frames = [zstd_frame(), with_own_frame.clone()].concat();
    let folder = folder(&[]);
    for (packed, expected) in [
        (gzip(TEXT.as_bytes()), clean.clone()),
        (twice, clean.repeat(2)),
        (zstd_frame(), clean.clone()),
        (frames, clean.repeat(2)),
    ] {
        let ran = run(folder.path(), &["normalize"], &packed);
        assert_eq!((ran.code, ran.out), (0, expected), "{}", ran.err);
        let ran = run(folder.path(), &["normalize"], &packed[..packed.len() - 5]);
        assert_eq!((ran.code, ran.out.len()), (2, 0), "nothing of half a file is passed on");
        assert!(ran.err.contains("is cut short"), "{}", ran.err);
    }
    let mut damaged = gzip(TEXT.as_bytes());
    damaged[20] ^= 0xFF;
    let ran = run(folder.path(), &["normalize"], &damaged);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("the gzip file is"), "{}", ran.err);

    fs::write(folder.path().join("wire.csv.gz"), gzip(b"id,text\n1,Clashes near Stefancart\n")).unwrap();
    let ran = run(folder.path(), &["normalize", "--lang", "en", "wire.csv.gz"], b"");
    assert_eq!(ran.out, b"id,text\n1,Clashes near Stepanakert\n", "the format goes by the inner extension");
    let ran = run(folder.path(), &["normalize", "--lang", "en", "--diff", "wire.csv.gz"], b"");
    assert_eq!((ran.code, ran.err.contains("no patch applies to a packed file")), (2, true), "{}", ran.err);
}

#[cfg(unix)]
#[test]
fn links_are_read_when_named_and_loops_do_no_harm() {
    use std::os::unix::fs::symlink;
    let folder = folder(&[("d/a.txt", TEXT.as_bytes())]);
    symlink("../d", folder.path().join("d/again")).unwrap();
    symlink("a.txt", folder.path().join("d/link.txt")).unwrap();
    symlink("circle.txt", folder.path().join("circle.txt")).unwrap();
    let ran = run(folder.path(), &["normalize", "--check", "circle.txt", "d", "d/link.txt"], b"");
    assert_eq!((ran.code, ran.files()), (2, vec!["d/a.txt".to_owned(), "d/link.txt".to_owned()]));
    assert!(ran.err.contains("error: circle.txt: "), "{}", ran.err);
    let ran = run(folder.path(), &["normalize", "--check", "d/**/*.txt"], b"");
    assert_eq!((ran.code, ran.files()), (1, vec!["d/a.txt".to_owned()]), "{}", ran.err);
}

#[test]
fn settings_fill_in_what_was_not_typed() {
    let folder = folder(&[
        ("toponorm.toml", b"lang = \"en\"\ngazetteer = [\"lists/own.csv\"]\n[normalize]\npolicy = \"azerbaijani\"\n"),
        ("lists/own.csv", b"name,latitude,longitude,variants\nVerin Hartavan,40.42,44.11,Verin Artavan\n"),
        ("sub/deep/a.txt", b""),
        ("repository/.git/x", b""),
    ]);
    let text = b"Stefancart, Verin Artavan";
    let normalize = |place: &str, args: &[&str]| {
        let ran = run(&folder.path().join(place), &[&["normalize"], args].concat(), text);
        String::from_utf8(ran.out).unwrap() + &ran.err
    };
    for place in ["", "sub/deep"] {
        assert_eq!(normalize(place, &[]), "Khankendi, Verin Hartavan");
    }
    assert_eq!(normalize("", &["--to", "spelling"]), "Stepanakert, Verin Hartavan");
    assert_eq!(normalize("", &["--policy", "armenian"]), "Stepanakert, Verin Hartavan");
    assert_eq!(normalize("", &["--isolated", "--lang", "en"]), "Stepanakert, Verin Artavan");
    assert_eq!(normalize("repository", &["--lang", "en"]), "Stepanakert, Verin Artavan", "not above the repository");
    assert_eq!(normalize("repository", &["--config", "../toponorm.toml"]), "Khankendi, Verin Hartavan");

    fs::write(folder.path().join("toponorm.toml"), "lang = \"en\"\nfuzy = \"off\"\n").unwrap();
    let ran = run(folder.path(), &["annotate"], text);
    let expected = "error: toponorm.toml, line 2: unknown key `fuzy`; did you mean `fuzzy`?\n";
    assert_eq!((ran.code, ran.err.as_str()), (2, expected));
    assert_eq!(
        run(folder.path(), &["gazetteer", "stats"], b"").code,
        0,
        "only commands that read documents have settings"
    );
}

#[test]
fn filters_sift_what_was_decided() {
    let folder = folder(&[]);
    let text = b"Fighting near Stefancart, Jevlah and Jerivan in Armenia, said President Ilham Aliyev.";
    let surfaces = |args: &[&str]| {
        let ran = run(folder.path(), &[&["annotate", "--lang", "en"], args].concat(), text);
        let out = String::from_utf8(ran.out).unwrap();
        let surfaces: Vec<String> = out
            .lines()
            .filter(|line| line.starts_with("-:"))
            .map(|line| line.split("  ").nth(1).unwrap().to_owned())
            .collect();
        (surfaces.join(" "), ran.err)
    };
    assert_eq!(surfaces(&[]).0, "Stefancart Jevlah Jerivan Armenia Ilham Aliyev");
    assert_eq!(surfaces(&["--country", "am"]).0, "Jerivan Armenia");
    assert_eq!(surfaces(&["--country", "AM,AZ", "--kind", "city"]).0, "Stefancart Jevlah Jerivan");
    assert_eq!(surfaces(&["--within", "armenia"]).0, "Jerivan Armenia");
    assert_eq!(surfaces(&["--within", "nagorno-karabakh"]).0, "Stefancart");
    assert_eq!(surfaces(&["--unknown", "--kind", "person"]).0, "Ilham Aliyev");
    for args in [["--country", "QQ"], ["--within", "no-such-entry"], ["--kind", "twon"]] {
        assert!(surfaces(&args).1.starts_with("error: "), "{args:?}");
    }
    let ran = run(folder.path(), &["normalize", "--lang", "en", "--country", "AM"], text);
    assert!(ran.out.starts_with(b"Fighting near Stefancart, Jevlah and Erivan in"), "{:?}", ran.out);
    let ran = run(folder.path(), &["lookup", "--country", "FR", "--limit", "1", "Paris"], b"");
    assert!(String::from_utf8_lossy(&ran.out).contains("FR"), "{:?}", ran.out);
}
