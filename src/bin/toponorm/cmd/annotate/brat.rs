//! A folder for brat: a `.txt` and an `.ann` a document, and the settings that name their types.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use toponorm::write::{Brat, Report, Reported};

use crate::cmd::Failure;
use crate::replace;

/// A folder that is filled beside its place, and put there when it is whole.
pub(super) struct Folder {
    path: PathBuf,
    beside: PathBuf,
    names: HashSet<String>,
}

impl Folder {
    /// Prepares a folder, which must be empty or not there yet.
    pub(super) fn new(path: &Path) -> Result<Self, Failure> {
        let shown = || path.display().to_string();
        match fs::read_dir(path).map(|entries| entries.count()) {
            Ok(1..) => {
                return Err(Failure::Value(format!("{}: the folder is not empty; name another", shown())));
            }
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(Failure::Input(shown(), error)),
            _ => {}
        }
        // Without a slash at the end, after which the other name would be inside.
        let path: PathBuf = path.components().collect();
        let mut beside = path.clone().into_os_string();
        beside.push(format!(".{}.new", std::process::id()));
        let folder = Self { path, beside: beside.into(), names: HashSet::new() };
        replace::clean_up_when_interrupted();
        replace::stage_folder(Some(&folder.beside));
        fs::create_dir_all(&folder.beside).map_err(|error| folder.failure(error))?;
        Ok(folder)
    }

    /// Writes a document's text and its annotations. Documents of one name get numbers.
    pub(super) fn add(&mut self, document: &Reported<'_>) -> Result<(), Failure> {
        let name = document.name();
        let numbered = (2..).map(|number| format!("{name}-{number}"));
        let free = std::iter::once(name.clone()).chain(numbered).find(|name| !self.names.contains(name));
        let name = free.unwrap_or_default();
        let mut annotations = Vec::new();
        Brat::default().document(&mut annotations, document)?;
        self.write(&format!("{name}.txt"), document.text().as_bytes())?;
        self.write(&format!("{name}.ann"), &annotations)?;
        self.names.insert(name);
        Ok(())
    }

    /// Puts the folder in its place.
    pub(super) fn finish(&self) -> Result<(), Failure> {
        self.write("annotation.conf", Brat::TYPES.as_bytes())?;
        self.write("tools.conf", Brat::TOOLS.as_bytes())?;
        let failure = |error| self.failure(error);
        if self.path.exists() {
            fs::remove_dir(&self.path).map_err(failure)?;
        }
        fs::rename(&self.beside, &self.path).map_err(failure)?;
        replace::stage_folder(None);
        Ok(())
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        fs::write(self.beside.join(name), bytes).map_err(|error| self.failure(error))
    }

    fn failure(&self, error: std::io::Error) -> Failure {
        Failure::Target(self.path.display().to_string(), error)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Gone already if all went well.
        let _ = fs::remove_dir_all(&self.beside);
    }
}
