//! The records of a compiled gazetteer, as they lie in the file: little-endian, packed, blank where the CSV cell is blank.

use zerocopy::little_endian::{F64, I32, U16, U32, U64};
use zerocopy::{FromBytes, Immutable, IntoBytes, KnownLayout, Unaligned};

/// The number that stands for no entry, no person.
pub(crate) const NONE: u32 = u32::MAX;

/// A string of the text section.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
pub(crate) struct Text {
    pub(crate) offset: U32,
    pub(crate) length: U16,
}

/// What stands in [`EntryRecord::flags`].
pub(crate) mod entry_flags {
    pub(crate) const POINT: u8 = 1;
    pub(crate) const PRECISION: u8 = 2;
    pub(crate) const POPULATION: u8 = 4;
    pub(crate) const GEONAMES: u8 = 8;
    /// News names it.
    pub(crate) const NEWSWORTHY: u8 = 16;
    /// Of a layer: it stands for the entry of the same id below.
    pub(crate) const REPLACES: u8 = 32;
    /// And that one is of a register of thousands of places.
    pub(crate) const OF_REGISTER: u8 = 64;
    /// And that one is of a person's own list.
    pub(crate) const OF_OWN_LIST: u8 = 128;
}

/// An entry. Its names reach up to the first name of the next entry.
#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
pub(crate) struct EntryRecord {
    pub(crate) id: Text,
    pub(crate) canonical: Text,
    pub(crate) first_name: U32,
    /// Position in `Kind::ALL`.
    pub(crate) kind: u8,
    pub(crate) flags: u8,
    pub(crate) country: [u8; 2],
    /// Ten-millionths of a degree (1 cm).
    pub(crate) latitude: I32,
    pub(crate) longitude: I32,
    pub(crate) precision_km: F64,
    pub(crate) within: U32,
    pub(crate) disputed: U32,
    pub(crate) population: U64,
    pub(crate) geonames: U64,
    pub(crate) wikidata: Text,
    pub(crate) since: Text,
    pub(crate) until: Text,
    pub(crate) source: U16,
    pub(crate) note: Text,
    pub(crate) person: U32,
}

/// A name. Its spellings reach up to the first spelling of the next name.
#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
pub(crate) struct NameRecord {
    pub(crate) text: Text,
    pub(crate) entry: U32,
    pub(crate) first_spelling: U32,
}

/// What stands in [`SpellingRecord::flags`].
pub(crate) mod spelling_flags {
    pub(crate) const PREFERRED: u8 = 1;
    /// There is a [`super::DetailRecord`].
    pub(crate) const DETAILS: u8 = 2;
    /// Two bits: 0 if the cell is blank, else one more than the position in `Rewrite::ALL`.
    pub(crate) const REWRITE_SHIFT: u8 = 2;
}

/// A spelling.
#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
pub(crate) struct SpellingRecord {
    pub(crate) text: Text,
    pub(crate) name: U32,
    pub(crate) lang: U16,
    /// Position in `SpellingKind::ALL`.
    pub(crate) kind: u8,
    pub(crate) flags: u8,
    pub(crate) source: U16,
}

/// What few spellings have; in order of their spellings.
#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
pub(crate) struct DetailRecord {
    pub(crate) spelling: U32,
    pub(crate) since: Text,
    pub(crate) until: Text,
    pub(crate) note: Text,
    pub(crate) first_need: U32,
    pub(crate) needs: U16,
}

/// A person. The offices reach up to the first office of the next person.
#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
pub(crate) struct PersonRecord {
    pub(crate) given: Text,
    pub(crate) family: Text,
    pub(crate) first_office: U32,
}

/// An office of a person.
#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
pub(crate) struct OfficeRecord {
    pub(crate) title: Text,
    pub(crate) office: Text,
    pub(crate) since: Text,
    pub(crate) until: Text,
    pub(crate) source: U16,
}

/// A rule of a policy.
#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
pub(crate) struct PolicyRecord {
    pub(crate) policy: Text,
    /// The entry, or [`NONE`] if the rule is about all.
    pub(crate) entry: U32,
    /// A name, or languages joined with `;`.
    pub(crate) choose: Text,
    /// 1 if [`PolicyRecord::choose`] is a name.
    pub(crate) is_name: u8,
    pub(crate) source: U16,
}

/// A language whose names are collected.
#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
pub(crate) struct LanguageRecord {
    pub(crate) lang: Text,
    pub(crate) title: Text,
    pub(crate) source: U16,
}

/// An entry that news names.
#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
pub(crate) struct NewsworthyRecord {
    pub(crate) entry: U32,
    pub(crate) source: U16,
}

/// What a source key stands for.
#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
pub(crate) struct SourceRecord {
    pub(crate) key: Text,
    pub(crate) title: Text,
    pub(crate) url: Text,
    pub(crate) licence: Text,
    pub(crate) accessed: Text,
}

/// A folder of the CSV files: how many of its rows rest on an editor's knowledge, of how many.
#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
pub(crate) struct FolderRecord {
    pub(crate) folder: Text,
    pub(crate) editorial: U32,
    pub(crate) rows: U32,
}

/// A surface with a reason: a phrase in which nothing is marked, or one that is an ordinary word as well.
#[derive(Clone, Copy, Debug, Default, FromBytes, IntoBytes, KnownLayout, Immutable, Unaligned)]
#[repr(C)]
pub(crate) struct SurfaceRecord {
    pub(crate) surface: Text,
    pub(crate) reason: Text,
    pub(crate) example: Text,
    pub(crate) source: U16,
}
