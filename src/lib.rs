//! **toponorm** finds the places and public figures that a messy text names, in whatever spelling, and gives each one clean
//! name and one coordinate.
//!
//! News about contested regions arrives through many hands: the same town is Stepanakert, Stefancart, Khankendi, Xankəndi
//! and Степанакерт. A curated gazetteer says which spellings belong to which name, and which names to which place; a
//! matcher finds them in running text, exactly and nearly; a resolver decides which place is meant, or that it can't be
//! told; and a normalizer corrects the spelling without touching another byte.
//!
//! Three types are all that most programs need:
//!
//! - [`Gazetteer`]: entries, names and spellings, bundled or your own;
//! - [`Matcher`]: an index of a gazetteer, to look up single names;
//! - [`Normalizer`]: annotates and corrects documents.
//!
//! # Examples
//!
//! Correct a text:
//!
//! ```
//! # #[cfg(feature = "bundled")] {
//! use toponorm::{Matcher, Normalizer};
//!
//! let normalizer = Normalizer::builder().build(Matcher::bundled()?);
//! let clean = normalizer.rewrite("The road from Stefancart to Jevlah was closed.");
//! assert_eq!(clean, "The road from Stepanakert to Yevlakh was closed.");
//! # }
//! # Ok::<(), toponorm::Error>(())
//! ```
//!
//! List what a text names, with coordinates in degrees of WGS 84 and spans in bytes:
//!
//! ```
//! # #[cfg(feature = "bundled")] {
//! # use toponorm::{Matcher, Normalizer};
//! # let normalizer = Normalizer::builder().build(Matcher::bundled()?);
//! let text = "Nikol Pašinjan spoke in Yerevan.";
//! for mention in normalizer.annotate(text) {
//!     println!("{} is {:?} at {:?}", mention.text, mention.canonical, mention.lat.zip(mention.lon));
//!     assert_eq!(&text[mention.span.range()], mention.text);
//! }
//! # }
//! # Ok::<(), toponorm::Error>(())
//! ```
//!
//! Use a gazetteer of your own; a CSV with a column `name` is enough:
//!
//! ```
//! use toponorm::{Gazetteer, Lang, Matcher, Normalizer};
//!
//! let path = std::env::temp_dir().join("toponorm-doc-front-page.csv");
//! std::fs::write(&path, "name,latitude,longitude,variants\nVerin Hartavan,40.42,44.11,Verin Artavan\n")?;
//! let matcher = Matcher::builder().build(&Gazetteer::from_path(&path)?)?;
//! let normalizer = Normalizer::builder().lang(Lang::ENGLISH).build(matcher);
//! assert_eq!(normalizer.rewrite("Snow fell in Verin Artavan."), "Snow fell in Verin Hartavan.");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Write names of other scripts in Latin letters, as newspapers or a standard do:
//!
//! ```
//! use toponorm::Scheme;
//!
//! assert_eq!(Scheme::HyNewspaper.apply("Եղեգնաձոր"), "Yeghegnadzor");
//! assert_eq!("uk-kmu55-2010".parse::<Scheme>()?.apply("Знам’янка"), "Znamianka");
//! # Ok::<(), toponorm::Error>(())
//! ```
//!
//! # Promises
//!
//! 1. *It never corrupts.* Bytes outside an edit are the bytes that came in; what is ambiguous or unsure is not written, and a
//!    document whose encoding would not give its own bytes back is refused.
//! 2. *It never guesses in silence.* Every [`Annotation`] has a score, a method, a reason and its candidates.
//! 3. *It changes spellings, not names.* Shushi stays Shushi and Shusha stays Shusha, unless [`Target::Canonical`] asks.
//!
//! No document can make it fail or panic; building a gazetteer or matcher may fail, with an [`Error`] that says where.
//!
//! # Features
//!
//! | feature | what it adds | cost |
//! |---|---|---|
//! | `cli` (default) | the command `toponorm`, `bundled`, `formats` and `sqlite` | `clap`, `similar` |
//! | `formats` | documents in Markdown, HTML and XML | `html5gum`, `pulldown-cmark`, `quick-xml` |
//! | `sqlite` | `Export::sqlite` | SQLite, compiled in: 1.4 MB in the binary, half a minute of compiling |
//! | `bundled` | [`Matcher::bundled`], the curated gazetteer | 14 MB in the binary, used where they lie |
//! | none | the library alone, for your own gazetteers | |
//!
//! [`Checker`] holds outlines and lists of names, 0.4 MB, in programs that use it.
//!
//! How it is built, and why, is told in the [design notes](design).

mod curate;
mod document;
mod error;
pub mod eval;
mod gazetteer;
mod lang;
mod matcher;
#[cfg(feature = "measure")]
#[doc(hidden)]
pub mod measure;
mod resolve;
mod script;
mod span;
mod text;
mod translit;

#[doc = include_str!("design.md")]
pub mod design {}

pub use curate::{Checker, Context, Proposal, Rejections, Suggester, Suggestion, suggestions};
pub use document::{
    Annotation, AnnotationCandidate, Correction, Decisions, DecodedText, Document, DocumentPart, Edit, Encoding,
    EntryFilter, Explanation, Fault, FileChange, FileState, Gloss, InputFormat, NamePolicy, NameUsage, NameUse,
    NormalizedBytes, Normalizer, NormalizerBuilder, Obstacle, Origin, Parts, Passage, PolicyShare, ProposedChange,
    Quotations, ReadOptions, Signal, SourceEdit, Target, UndoLog, Verdict, Withheld, WithheldReason, apply, write,
};
pub use error::{Error, ErrorKind, Position, Problem, Severity};
pub use gazetteer::{
    Change, Choice, ColumnMap, CommonSurface, Difference, Disagreement, Doubt, Draft, Entry, EntryId, Example,
    Existing, Export, Gazetteer, Import, ImportReport, Kind, Language, LeftOut, Lost, Merge, Name, Newsworthy, Office,
    Part, Period, Person, Point, Policy, Progress, Rewrite, Share, Source, Spelling, SpellingKind, SpellingRow, Stats,
    Suppressed, Unsure,
};
pub use lang::Lang;
pub use matcher::{
    Evidence, Fit, Fuzziness, LookupCandidate, Matcher, MatcherBuilder, Method, Threshold, compile, compile_layer,
    verify,
};
pub use resolve::{Reason, Status};
pub use script::Script;
pub use span::{Lines, OffsetUnit, Offsets, Span};
pub use translit::Scheme;
