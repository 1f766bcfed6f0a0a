//! Documents packed by gzip or zstd, known by their first bytes, whatever they are called, and unpacked while they are read.
//!
//! Extensions were not relied on, since standard input has none and servers rename files.

use std::io::{self, BufRead, BufReader, ErrorKind, Read};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// How a document is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    Gzip,
    Zstd,
}

impl Packing {
    /// How bytes are packed that begin so.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0x1F, 0x8B, 0x08, ..] => Some(Self::Gzip),
            [0x28, 0xB5, 0x2F, 0xFD, ..] => Some(Self::Zstd),
            _ => None,
        }
    }

    /// The bytes unpacked: all members or frames, one after the other.
    pub(super) fn unpack(self, packed: impl Read + Send + 'static) -> Box<dyn Read + Send> {
        let packed = BufReader::new(packed);
        match self {
            Self::Gzip => Box::new(Explained { packing: "gzip", reader: MultiGzDecoder::new(packed) }),
            Self::Zstd => Box::new(Explained { packing: "zstd", reader: Frames::new(packed) }),
        }
    }
}

/// Says of a file what a decoder says of its bytes.
struct Explained<R> {
    packing: &'static str,
    reader: R,
}

impl<R: Read> Read for Explained<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let packing = self.packing;
        self.reader.read(bytes).map_err(|error| match error.kind() {
            // The disk's own, or to be tried again.
            kind if error.raw_os_error().is_some() || kind == ErrorKind::Interrupted => error,
            kind @ ErrorKind::UnexpectedEof => io::Error::new(
                kind,
                format!("the {packing} file is cut short, and no more of it can be read; copy or download it again"),
            ),
            kind => io::Error::new(
                kind,
                format!(
                    "the {packing} file is damaged ({error}), and no more of it can be read; copy or download it again"
                ),
            ),
        })
    }
}

/// The frames of a zstd file, one after the other; the crate reads one.
struct Frames<R> {
    packed: R,
    decoder: FrameDecoder,
    is_begun: bool,
}

impl<R: BufRead> Frames<R> {
    fn new(packed: R) -> Self {
        Self { packed, decoder: FrameDecoder::new(), is_begun: false }
    }

    /// Begins the next frame, if there is one.
    fn begin(&mut self) -> io::Result<()> {
        match self.decoder.reset(&mut self.packed) {
            Ok(()) => self.is_begun = true,
            // Frames of other programs' own, as `pzstd` writes them.
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                let length = u64::from(length);
                if io::copy(&mut self.packed.by_ref().take(length), &mut io::sink())? < length {
                    return Err(ErrorKind::UnexpectedEof.into());
                }
            }
            Err(error) => return Err(cut_or_damaged(&error)),
        }
        Ok(())
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.is_begun && self.decoder.can_collect() > 0 {
                return self.decoder.read(bytes);
            }
            if self.is_begun && !self.decoder.is_finished() {
                let decoded = self.decoder.decode_blocks(&mut self.packed, BlockDecodingStrategy::UptoBlocks(1));
                decoded.map_err(|error| cut_or_damaged(&error))?;
            } else if self.packed.fill_buf()?.is_empty() {
                return Ok(0);
            } else {
                self.is_begun = false;
                self.begin()?;
            }
        }
    }
}

/// The decoder wraps the end of the input, and what the disk says, in errors of its own.
fn cut_or_damaged(error: &(dyn std::error::Error + 'static)) -> io::Error {
    let mut cause = Some(error);
    while let Some(error) = cause {
        let known = error.downcast_ref::<io::Error>();
        if let Some(known) = known {
            if known.kind() == ErrorKind::UnexpectedEof {
                return ErrorKind::UnexpectedEof.into();
            }
            if let Some(code) = known.raw_os_error() {
                return io::Error::from_raw_os_error(code);
            }
        }
        let inner = known.and_then(io::Error::get_ref);
        cause = inner.map(|inner| inner as &(dyn std::error::Error + 'static)).or(error.source());
    }
    io::Error::new(ErrorKind::InvalidData, error.to_string())
}
