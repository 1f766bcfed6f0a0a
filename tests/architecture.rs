//! Holds the floors of `src/design.md`: a module imports lower floors only, and the command uses the public interface only.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its files should fail")]

use std::fs;
use std::path::{Path, PathBuf};

/// Modules by floor, lowest first.
const FLOORS: [&[&str]; 8] = [
    &["error"],
    &["span", "script", "lang"],
    &["text", "translit"],
    &["gazetteer"],
    &["matcher"],
    &["resolve"],
    &["document", "curate"],
    &["eval"],
];

/// Files longer than this are to be split.
const MAX_LINES: usize = 600;

fn floor(module: &str) -> usize {
    FLOORS
        .iter()
        .position(|modules| modules.contains(&module))
        .unwrap_or_else(|| panic!("module `{module}` has no floor: add it to tests/architecture.rs and src/design.md"))
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for child in fs::read_dir(folder).unwrap() {
        let child = child.unwrap().path();
        if child.is_dir() {
            files.extend(sources(&child));
        } else if child.extension().is_some_and(|extension| extension == "rs") {
            files.push(child);
        }
    }
    files.sort();
    files
}

/// The top-level modules that a source names after `crate::`, in code and not in comments.
fn imports(source: &str) -> Vec<String> {
    let code = source.lines().filter(|line| !line.trim_start().starts_with("//"));
    let mut modules = Vec::new();
    for line in code {
        for rest in line.split("crate::").skip(1) {
            modules.push(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    modules
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

#[test]
fn modules_import_lower_floors_only() {
    let mut checked = 0;
    for file in sources(&root()) {
        let path = file.strip_prefix(root()).unwrap();
        let module = path.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs");
        if module == "lib" || module == "bin" {
            continue;
        }
        for import in imports(&fs::read_to_string(&file).unwrap()) {
            if import == module || !import.starts_with(char::is_lowercase) {
                continue;
            }
            checked += 1;
            assert!(
                floor(&import) < floor(module),
                "{}: `{module}` (floor {}) imports `{import}` (floor {})",
                path.display(),
                floor(module),
                floor(&import)
            );
        }
    }
    assert!(checked > 50, "only {checked} imports found: does the test still read the sources?");
}

#[test]
fn every_file_says_what_it_is_for_and_stays_small() {
    for file in sources(&root()) {
        let source = fs::read_to_string(&file).unwrap();
        assert!(source.starts_with("//!"), "{} does not open with `//!`", file.display());
        let lines = source.lines().count();
        assert!(lines <= MAX_LINES, "{}: {lines} lines; split it", file.display());
    }
}

#[test]
fn the_command_uses_the_public_interface_only() {
    for file in sources(&root().join("bin")) {
        let source = fs::read_to_string(&file).unwrap();
        for import in imports(&source) {
            let module = root().join("bin/toponorm").join(&import);
            let is_of_the_command = !import.is_empty() && (module.is_dir() || module.with_extension("rs").is_file());
            assert!(is_of_the_command, "{}: crate::{import}", file.display());
        }
    }
}

#[test]
fn unsafe_code_stands_in_one_file() {
    let allow_it: Vec<PathBuf> = sources(&root())
        .into_iter()
        .filter(|file| fs::read_to_string(file).unwrap().contains("allow(unsafe_code)"))
        .collect();
    assert_eq!(allow_it, [root().join("gazetteer/compiled/map.rs")]);
}
