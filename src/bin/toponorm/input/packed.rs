//! Documents packed by gzip or zstd, known by their first bytes, whatever they are called.
//!
//! A packed document is read whole or not at all: half of one would pass for a document. Extensions were not relied on, since standard input
//! has none and servers rename files.

use std::io::{self, ErrorKind, Read};

use flate2::read::MultiGzDecoder;
use ruzstd::decoding::StreamingDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};

/// How a document is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    Gzip,
    Zstd,
}

impl Packing {
    /// How bytes are packed that begin so.
    pub(crate) fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0x1F, 0x8B, 0x08, ..] => Some(Self::Gzip),
            [0x28, 0xB5, 0x2F, 0xFD, ..] => Some(Self::Zstd),
            _ => None,
        }
    }

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
        }
    }

    /// The bytes unpacked: all members or frames, one after the other.
    pub(crate) fn unpack(self, packed: &[u8]) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let result = match self {
            Self::Gzip => MultiGzDecoder::new(packed).read_to_end(&mut bytes).map(drop),
            Self::Zstd => unpack_frames(packed, &mut bytes),
        };
        match result {
            Ok(()) => Ok(bytes),
            Err(error) => Err(self.explained(&error)),
        }
    }

    fn explained(self, error: &io::Error) -> io::Error {
        let name = self.as_str();
        let message = match error.kind() {
            ErrorKind::UnexpectedEof => {
                format!("the {name} file is cut short, so nothing of it is used; copy or download it again")
            }
            _ => format!("the {name} file is damaged ({error}), so nothing of it is used; copy or download it again"),
        };
        io::Error::new(error.kind(), message)
    }
}

fn unpack_frames(mut packed: &[u8], bytes: &mut Vec<u8>) -> io::Result<()> {
    while !packed.is_empty() {
        match StreamingDecoder::new(&mut packed) {
            Ok(mut frame) => {
                frame.read_to_end(bytes).map_err(|error| cut_or_damaged(&error))?;
            }
            // Frames of other programs' own, as `pzstd` writes them.
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                packed = packed.get(length as usize..).ok_or(ErrorKind::UnexpectedEof)?;
            }
            Err(error) => return Err(cut_or_damaged(&error)),
        }
    }
    Ok(())
}

/// The decoder wraps the end of the input in errors of its own.
fn cut_or_damaged(error: &(dyn std::error::Error + 'static)) -> io::Error {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == ErrorKind::UnexpectedEof) {
            return ErrorKind::UnexpectedEof.into();
        }
        let inner = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        cause = inner.map(|inner| inner as &(dyn std::error::Error + 'static)).or(error.source());
    }
    io::Error::new(ErrorKind::InvalidData, error.to_string())
}
