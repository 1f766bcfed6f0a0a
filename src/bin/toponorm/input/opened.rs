//! A file while it is read, which must be the same file before and after.

use std::fs::{File, Metadata};
use std::io::{self, Cursor, Read, Seek};
use std::path::Path;
use std::sync::Arc;

use super::is_stream;
use super::packed::Packing;

/// A document that was opened: what it holds, unpacked, and what is known of the file.
pub(super) struct Opened {
    pub(super) reader: Box<dyn Read + Send>,
    pub(super) is_packed: bool,
    pub(super) watched: Watched,
}

/// A file, and what was known of it before it was read; nothing of a pipe, or of what the system makes up while it is read.
#[derive(Default)]
pub(super) struct Watched(Option<(Arc<File>, Metadata)>);

impl Opened {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        if is_stream(path) {
            return Self::unpacked(io::stdin(), Watched::default());
        }
        let file = Arc::new(File::open(path)?);
        let before = file.metadata()?;
        if before.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        let is_fixed = before.is_file() && before.len() > 0;
        Self::unpacked(Arc::clone(&file), Watched(is_fixed.then_some((file, before))))
    }

    fn unpacked(mut reader: impl Read + Send + 'static, watched: Watched) -> io::Result<Self> {
        const MARK: u64 = 4;
        let mut start = Vec::new();
        reader.by_ref().take(MARK).read_to_end(&mut start)?;
        let packing = Packing::of(&start);
        let whole = Cursor::new(start).chain(reader);
        let reader: Box<dyn Read + Send> = match packing {
            Some(packing) => packing.unpack(whole),
            None => Box::new(whole),
        };
        Ok(Self { reader, is_packed: packing.is_some(), watched })
    }

    /// All that it holds.
    pub(super) fn read_whole(mut self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(self.watched.length());
        self.reader.read_to_end(&mut bytes)?;
        self.watched.check()?;
        Ok(bytes)
    }
}

impl Watched {
    /// How many bytes the file had, as far as is known.
    fn length(&self) -> usize {
        self.0.as_ref().and_then(|(_, before)| usize::try_from(before.len()).ok()).map_or(0, |length| length + 1)
    }

    /// Whether it is a pipe, or the like, of which more may be long in coming.
    pub(super) fn is_awaited(&self) -> bool {
        self.0.is_none()
    }

    /// How much of the file was read.
    pub(super) fn position(&self) -> Option<u64> {
        self.0.as_ref().and_then(|(file, _)| file.as_ref().stream_position().ok())
    }

    /// Whether the file is the same as before it was read.
    pub(super) fn check(&self) -> io::Result<()> {
        let Some((file, before)) = &self.0 else {
            return Ok(());
        };
        let (after, read) = (file.metadata()?, file.as_ref().stream_position()?);
        let times = before.modified().ok().zip(after.modified().ok());
        let is_touched = times.is_some_and(|(before, after)| before != after);
        if before.len() != read || before.len() != after.len() || is_touched {
            return Err(io::Error::other("the file changed while it was read; run the command again"));
        }
        Ok(())
    }
}
