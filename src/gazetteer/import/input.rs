//! The bytes of the files to import: plain, gzip or zip, read as a stream, with the progress told as it goes.
//!
//! What a file is is seen from its first bytes and not from its name: people rename downloads.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use flate2::read::MultiGzDecoder;

use super::Progress;
use crate::error::{Error, Position, Problem};

type Tell = Arc<dyn Fn(Progress) + Send + Sync>;

/// Progress is told after so many bytes.
const STEP: u64 = 1 << 18;

/// The files of an import.
pub(super) struct Input {
    tell: Option<Tell>,
    total: u64,
    done: Arc<AtomicU64>,
}

impl Input {
    pub(super) fn new(files: &[PathBuf], tell: Option<Tell>) -> Self {
        let size = |file: &PathBuf| std::fs::metadata(file).map_or(0, |metadata| metadata.len());
        Self { tell, total: files.iter().map(size).sum(), done: Arc::default() }
    }

    /// Hands the unpacked bytes of a file to `read`. A file that is damaged ends with an error of reading.
    pub(super) fn open<T>(&self, path: &Path, read: impl FnOnce(&mut dyn BufRead) -> T) -> Result<T, Error> {
        let at = |error| Error::io(path, error);
        let metadata = std::fs::metadata(path).map_err(at)?;
        if metadata.is_dir() {
            return Err(at(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder; name the file in it")));
        }
        let mut file = File::open(path).map_err(at)?;
        let mut magic = [0; 4];
        let is_seekable = metadata.is_file();
        let known = if is_seekable { fill(&mut file, &mut magic).map_err(at)? } else { 0 };
        if is_seekable {
            file.seek(SeekFrom::Start(0)).map_err(at)?;
        }
        match &magic[..known] {
            [0x1F, 0x8B, ..] => Ok(read(&mut BufReader::new(MultiGzDecoder::new(BufReader::new(self.counted(file)))))),
            b"PK\x03\x04" => self.open_zip(path, file, read),
            _ => Ok(read(&mut BufReader::with_capacity(1 << 16, self.counted(file)))),
        }
    }

    /// Reads the one table of an archive: GeoNames packs `AM.txt` together with a `readme.txt`.
    fn open_zip<T>(&self, path: &Path, file: File, read: impl FnOnce(&mut dyn BufRead) -> T) -> Result<T, Error> {
        let damaged = |error: zip::result::ZipError| Error::io(path, io::Error::other(format!("damaged zip: {error}")));
        let mut archive = zip::ZipArchive::new(self.counted(file)).map_err(damaged)?;
        let names = archive.file_names().flatten().map(Cow::into_owned);
        let tables: Vec<String> = names.filter(|name| is_table(name)).collect();
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().to_lowercase());
        let is_named_so =
            |name: &&String| Path::new(name).file_stem().map(|s| s.to_string_lossy().to_lowercase()) == stem;
        let chosen = if let [only] = tables.as_slice() { Some(only) } else { tables.iter().find(is_named_so) };
        let Some(chosen) = chosen else {
            let message = format!("the archive holds {} tables; expected one", tables.len());
            let help = "unpack it, and name the file to import";
            let position = Position::file(path.display().to_string());
            return Err(Error::import(vec![Problem::error(position, message, help)]));
        };
        let table = archive.by_name(chosen).map_err(damaged)?;
        Ok(read(&mut BufReader::with_capacity(1 << 16, table)))
    }

    fn counted(&self, file: File) -> Counted {
        Counted { file, tell: self.tell.clone(), done: Arc::clone(&self.done), total: self.total, since: 0 }
    }
}

/// Whether a file of an archive may be the table: no folder, nothing that a Mac adds, no readme, and not what GeoNames packs beside names.
fn is_table(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name).to_lowercase();
    let is_beside = file.starts_with("readme") || file == "iso-languagecodes.txt";
    !file.is_empty() && !file.starts_with('.') && !is_beside && !name.starts_with("__MACOSX")
}

fn fill(file: &mut File, magic: &mut [u8]) -> io::Result<usize> {
    let mut known = 0;
    while known < magic.len() {
        match file.read(&mut magic[known..]) {
            Ok(0) => break,
            Ok(count) => known += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(known)
}

/// A file that counts what is read of it.
struct Counted {
    file: File,
    tell: Option<Tell>,
    done: Arc<AtomicU64>,
    total: u64,
    since: u64,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.since += count as u64;
        if self.since >= STEP || count == 0 {
            let done = self.done.fetch_add(self.since, Ordering::Relaxed) + self.since;
            self.since = 0;
            if let Some(tell) = &self.tell {
                tell(Progress { done: done.min(self.total), total: self.total });
            }
        }
        Ok(count)
    }
}

impl Seek for Counted {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}
