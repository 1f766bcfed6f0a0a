//! The file that holds a compiled gazetteer: a header, and sections of fixed-width records that are used where they lie.
//!
//! ```text
//! magic (8) │ version (4) │ sections (4) │ length of the file (8) │ checksum of the payload (8)
//! offset and length of each section (16 each) │ checksum of all that comes before (8) │ payload
//! ```
//!
//! Numbers are little-endian. A file is hostile input: opening checks the header, [`File::verify`] the whole payload, and every use of an offset is checked again, since whoever forges a file can forge its checksums. Serialisation crates were rejected: `rkyv` validates everything
//! at open or nothing at all, and neither fits a file of 20 MB of which an article uses a few kilobytes.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use xxhash_rust::xxh3::{Xxh3, xxh3_64};
use zerocopy::little_endian::{U32, U64};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

use super::map::Map;
use crate::error::Error;

const MAGIC: [u8; 8] = *b"TOPONORM";
/// Raised whenever the meaning of a byte changes.
const VERSION: u32 = 5;
const PREFIX: usize = 32;
pub(crate) const HEADER: usize = PREFIX + Section::COUNT * 16 + 8;

/// The parts of a compiled gazetteer, in the order in which they are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Section {
    /// All strings, one after the other.
    Text,
    /// Language tags.
    Langs,
    /// Sets of source keys.
    Sources,
    Entries,
    /// Numbers of the entries, in order of their ids.
    Ids,
    Names,
    Spellings,
    /// What few spellings have: dates, needs, notes.
    Details,
    /// Numbers of entries that spellings need.
    Needs,
    People,
    Offices,
    Suppressed,
    /// Surfaces that are ordinary words as well.
    Common,
    Policies,
    Languages,
    /// The entries that news names.
    Newsworthy,
    /// What the source keys stand for.
    SourceTitles,
    /// What share of the rows of each folder rests on no document.
    Folders,
    /// Of a layer: ids of entries of the gazetteers below that its rows refer to.
    External,
    /// Of a layer: ids of entries of the gazetteers below that it removes.
    Removed,
    /// Of a layer that changes others: which gazetteers it lies on, lowest first, by their identities.
    Base,
    /// The hash of all sections above.
    Identity,
    /// Of the matcher: where the keys of each bucket begin.
    Buckets,
    /// Of the matcher: hashes of folded names.
    Keys,
    /// Of the matcher: the spellings of each key.
    Postings,
    /// Of the matcher: bits of the words with which names go on.
    Continuations,
    /// Of the matcher: skeletons of the names that running text may misspell, in order.
    NearSkeletons,
    /// Of the matcher: the spellings of each, with their sketches.
    NearSounds,
    /// Of the matcher: skeletons of how names sound, in order.
    Skeletons,
    /// Of the matcher: a spelling of every entry that has the skeleton.
    Sounds,
    /// Of the matcher: what an unlisted spelling must reach.
    Threshold,
}

impl Section {
    const COUNT: usize = Section::Threshold as usize + 1;
}

#[derive(FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
struct Prefix {
    magic: [u8; 8],
    version: U32,
    sections: U32,
    length: U64,
    payload: U64,
}

/// The bytes of a compiled gazetteer, with its sections found. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct File {
    bytes: Bytes,
    sections: [(usize, usize); Section::COUNT],
    /// What messages call it.
    name: Arc<str>,
}

#[derive(Clone, Debug)]
enum Bytes {
    #[cfg(feature = "bundled")]
    Static(&'static [u8]),
    Shared(Arc<[u8]>),
    Mapped(Map),
}

/// How a file is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Access {
    /// Where it lies: what is not used is not read.
    #[default]
    Mapped,
    /// Read into memory, and verified: beside the reading that costs next to nothing.
    InMemory,
}

impl Bytes {
    fn as_slice(&self) -> &[u8] {
        match self {
            #[cfg(feature = "bundled")]
            Self::Static(bytes) => bytes,
            Self::Shared(bytes) => bytes,
            Self::Mapped(map) => map.as_slice(),
        }
    }
}

impl File {
    /// Opens bytes that live as long as the program.
    #[cfg(feature = "bundled")]
    pub(crate) fn from_static(bytes: &'static [u8]) -> Result<Self, Error> {
        Self::open(Bytes::Static(bytes), "the bundled gazetteer")
    }

    /// Opens bytes in memory.
    pub(crate) fn from_vec(bytes: Vec<u8>) -> Result<Self, Error> {
        Self::open(Bytes::Shared(bytes.into()), "the compiled gazetteer")
    }

    /// Opens a file.
    pub(crate) fn from_path(path: &Path, access: Access) -> Result<Self, Error> {
        let bytes = match access {
            Access::Mapped => Map::open(path).map(Bytes::Mapped),
            Access::InMemory => std::fs::read(path).map(|bytes| Bytes::Shared(bytes.into())),
        };
        let file = Self::open(bytes.map_err(|error| Error::io(path, error))?, &path.display().to_string())?;
        match access {
            Access::Mapped => Ok(file),
            Access::InMemory => file.verify().map(|()| file),
        }
    }

    fn open(bytes: Bytes, name: &str) -> Result<Self, Error> {
        let sections = read_header(bytes.as_slice()).map_err(|reason| Error::compiled(name, reason))?;
        Ok(Self { bytes, sections, name: name.into() })
    }

    /// What messages call it.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The whole file.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.bytes.as_slice()
    }

    fn section(&self, section: Section) -> &[u8] {
        let (start, end) = self.sections[section as usize];
        self.bytes().get(start..end).unwrap_or_default()
    }

    /// The records of a section.
    #[inline]
    pub(crate) fn records<R: FromBytes + Immutable + KnownLayout + Unaligned>(&self, section: Section) -> &[R] {
        <[R]>::ref_from_bytes(self.section(section)).unwrap_or_default()
    }

    /// The string at `range` of a section; blank if the range is not there or is no text.
    #[inline]
    pub(crate) fn text(&self, section: Section, range: Range<usize>) -> &str {
        let bytes = self.section(section).get(range).unwrap_or_default();
        std::str::from_utf8(bytes).unwrap_or_default()
    }

    /// Reads the whole payload and compares it with its checksum.
    pub(crate) fn verify(&self) -> Result<(), Error> {
        let (prefix, _) = Prefix::ref_from_prefix(self.bytes()).map_err(|_| Error::compiled(&self.name, TRUNCATED))?;
        let payload = self.bytes().get(HEADER..).unwrap_or_default();
        if xxh3_64(payload) == prefix.payload.get() { Ok(()) } else { Err(Error::compiled(&self.name, ALTERED)) }
    }
}

const TRUNCATED: &str = "the file is cut short; copy or compile it again";
const ALTERED: &str =
    "the file's content was altered; copy it again, or compile the CSV files with `toponorm gazetteer compile`";

/// Where each section is, or why this is no compiled gazetteer of ours.
fn read_header(bytes: &[u8]) -> Result<[(usize, usize); Section::COUNT], String> {
    let Ok((prefix, _)) = Prefix::ref_from_prefix(bytes) else {
        return Err("no compiled gazetteer: it is shorter than a header".to_owned());
    };
    if prefix.magic != MAGIC {
        return Err("no compiled gazetteer; expected a file made by `toponorm gazetteer compile`".to_owned());
    }
    let version = prefix.version.get();
    if version != VERSION {
        let age = if version > VERSION { "newer" } else { "older" };
        return Err(format!(
            "made by a{} {age} toponorm (format {version}, this one reads {VERSION}); compile the CSV files again with `toponorm gazetteer compile`",
            if age == "older" { "n" } else { "" }
        ));
    }
    let header = bytes.get(..HEADER).ok_or(TRUNCATED)?;
    let (before, checksum) = header.split_at(HEADER - 8);
    let is_whole = U64::ref_from_bytes(checksum).is_ok_and(|checksum| checksum.get() == xxh3_64(before));
    if !is_whole || prefix.sections.get() as usize != Section::COUNT {
        return Err(ALTERED.to_owned());
    }
    if prefix.length.get() != bytes.len() as u64 {
        return Err(format!("{TRUNCATED}: {} bytes found, {} expected", bytes.len(), prefix.length.get()));
    }
    let table = <[[U64; 2]]>::ref_from_bytes(&before[PREFIX..]).map_err(|_| ALTERED)?;
    let mut sections = [(0, 0); Section::COUNT];
    for (found, [start, length]) in sections.iter_mut().zip(table) {
        let end = start.get().checked_add(length.get()).filter(|&end| end <= bytes.len() as u64);
        *found = (start.get() as usize, end.ok_or(ALTERED)? as usize);
    }
    Ok(sections)
}

/// Puts sections together to a file.
#[derive(Clone, Debug)]
pub(crate) struct FileBuilder {
    sections: [Vec<u8>; Section::COUNT],
}

impl FileBuilder {
    pub(crate) fn new() -> Self {
        Self { sections: std::array::from_fn(|_| Vec::new()) }
    }

    /// Sets the content of a section.
    pub(crate) fn set<R: IntoBytes + Immutable>(&mut self, section: Section, records: &[R]) {
        self.sections[section as usize] = records.as_bytes().to_vec();
    }

    /// Sets [`Section::Identity`] from what the sections before it hold.
    pub(crate) fn identify(&mut self) {
        let content: Vec<U64> = self.sections.iter().map(|section| U64::new(xxh3_64(section))).collect();
        let identity = U64::new(xxh3_64(content[..Section::Identity as usize].as_bytes()));
        self.set(Section::Identity, &[identity]);
    }

    /// The bytes of the file; the same sections give the same bytes.
    pub(crate) fn finish(&self) -> Vec<u8> {
        let length: usize = self.sections.iter().map(Vec::len).sum();
        let mut checksum = Xxh3::new();
        self.sections.iter().for_each(|section| checksum.update(section));
        let prefix = Prefix {
            magic: MAGIC,
            version: VERSION.into(),
            sections: (Section::COUNT as u32).into(),
            length: ((HEADER + length) as u64).into(),
            payload: checksum.digest().into(),
        };
        // A large gazetteer is hundreds of megabytes: no copy of it beside this one.
        let mut file = Vec::with_capacity(HEADER + length);
        file.extend_from_slice(prefix.as_bytes());
        let mut start = HEADER as u64;
        for section in &self.sections {
            let length = section.len() as u64;
            file.extend_from_slice([U64::new(start), U64::new(length)].as_bytes());
            start += length;
        }
        let checksum = U64::new(xxh3_64(&file));
        file.extend_from_slice(checksum.as_bytes());
        self.sections.iter().for_each(|section| file.extend_from_slice(section));
        file
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    fn sample() -> Vec<u8> {
        let mut builder = FileBuilder::new();
        builder.set(Section::Text, b"Xank\xC9\x99ndi".as_slice());
        builder.set(Section::Ids, &[U32::new(7), U32::new(9)]);
        builder.finish()
    }

    #[test]
    fn sections_come_back() {
        let file = File::from_vec(sample()).unwrap();
        assert_eq!(file.text(Section::Text, 0..9), "Xankəndi");
        assert_eq!(file.records::<U32>(Section::Ids), [7, 9]);
        assert!(file.records::<U32>(Section::NearSounds).is_empty());
        file.verify().unwrap();
    }

    #[test]
    fn ranges_that_are_not_there_or_split_a_letter_are_blank() {
        let file = File::from_vec(sample()).unwrap();
        for range in [0..10, 5..5, 0..5, 9..20, usize::MAX - 1..usize::MAX] {
            assert_eq!(file.text(Section::Text, range), "");
        }
        assert!(file.records::<U64>(Section::Text).is_empty(), "nine bytes are no numbers");
    }

    #[test]
    fn every_damage_to_the_header_is_noticed() {
        let good = sample();
        for at in 0..HEADER {
            let mut bad = good.clone();
            bad[at] ^= 1;
            let error = File::from_vec(bad).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Gazetteer, "byte {at}");
        }
        for length in 0..good.len() {
            assert!(File::from_vec(good[..length].to_vec()).is_err(), "{length} bytes");
        }
    }

    #[test]
    fn damage_to_the_payload_is_found_by_verify() {
        for at in HEADER..sample().len() {
            let mut bad = sample();
            bad[at] ^= 0x80;
            let file = File::from_vec(bad).unwrap();
            assert!(file.verify().is_err(), "byte {at}");
        }
    }

    #[test]
    fn versions_are_told_apart() {
        for (version, word) in [(0u8, "an older"), (9, "a newer")] {
            let mut other = sample();
            other[8] = version;
            assert!(File::from_vec(other).unwrap_err().to_string().contains(word));
        }
    }
}
