#![doc = "(written below)"]
#![warn(missing_docs)]
mod document;
mod error;
mod gazetteer;
mod lang;
mod matcher;
mod resolve;
mod script;
mod span;
mod text;
mod translit;

pub use document::{
    Annotation, AnnotationCandidate, DecodedText, Edit, Encoding, Normalizer, NormalizerBuilder, Target,
    normalize_bytes, write,
};
pub use error::{Error, ErrorKind, Position, Problem, Severity};
pub use gazetteer::{
    Entry, EntryId, Gazetteer, Kind, Name, Office, Period, Person, Point, Rewrite, Spelling, SpellingKind, Stats,
    Suppressed,
};
pub use lang::Lang;
pub use matcher::{Fuzziness, LookupCandidate, Matcher, MatcherBuilder, Method};
pub use resolve::{Reason, Status};
pub use script::Script;
pub use span::{OffsetUnit, Offsets, Span};
