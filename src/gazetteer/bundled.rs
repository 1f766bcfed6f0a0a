//! The curated gazetteer inside the binary: the very files of `gazetteer/`, parsed at start.

use super::Gazetteer;
use super::files::Tables;

/// Declares the bundled files; a test holds the list equal to the folder.
macro_rules! bundled_files {
    ($($file:literal),+ $(,)?) => {
        &[$(($file, include_str!(concat!("../../gazetteer/", $file)))),+]
    };
}

const FILES: &[(&str, &str)] = bundled_files![
    "caucasus/entries.csv",
    "caucasus/names.csv",
    "common.csv",
    "languages.csv",
    "newsworthy.csv",
    "people/entries.csv",
    "people/names.csv",
    "people/people.csv",
    "policies.csv",
    "sources.csv",
    "suppressed.csv",
    "world/entries.csv",
    "world/names.csv",
];

pub(super) fn bundled() -> Gazetteer {
    let mut tables = Tables::default();
    for (file, text) in FILES {
        tables.add_by_name(file, text.as_bytes());
    }
    Gazetteer::from_tables(tables).expect("the bundled gazetteer is checked by the tests")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::gazetteer::Gazetteer;

    #[test]
    fn every_file_of_the_folder_is_bundled() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("gazetteer");
        let problems = Gazetteer::check(&folder).unwrap();
        assert!(problems.is_empty(), "{problems:#?}");
        let from_folder = Gazetteer::from_path(&folder).unwrap();
        assert_eq!(bundled().entries().len(), from_folder.entries().len());
        assert_eq!(bundled().suppressed().len(), from_folder.suppressed().len());
    }
}
