//! A file used where it lies on the disk: the operating system brings in the pages that are asked for, and shares them between processes.
//!
//! The one place of the library that needs `unsafe`: a mapped file changes under its reader if somebody writes into it, and ends the program if
//! somebody cuts it short. Neither may happen to a compiled gazetteer by our own hands: `gazetteer compile` writes a new file beside and renames it, which leaves
//! the old one whole for whoever has mapped it. Whoever cannot promise that of their files reads them into memory
//! ([`MatcherBuilder::memory_map`](crate::MatcherBuilder::memory_map), `--no-mmap`).
#![allow(unsafe_code)]

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;

use memmap2::Mmap;

/// A mapped file. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Map(Arc<Mmap>);

impl Map {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        // SAFETY: the map is read only, and never longer than the file was when it was opened. The bytes are hostile input already: every number
        // in them is checked when it is used, and every text for being UTF-8. That nobody writes into the file meanwhile is
        // the promise described above.
        let map = unsafe { Mmap::map(&file) }?;
        Ok(Self(Arc::new(map)))
    }

    pub(super) fn as_slice(&self) -> &[u8] {
        &self.0
    }
}
