//! One opaque error for the whole crate, and the problems that a gazetteer's files may have.
//!
//! A caller branches on [`Error::kind`] and shows the error's text; everything else is for people. Broken gazetteer files
//! rarely hold one mistake, so an error of kind [`ErrorKind::Gazetteer`] carries *all* [`Problem`]s found, each with its
//! [`Position`]. A public enum of causes was rejected: every new check would have been a breaking change.

mod problem;

pub(crate) use problem::{BELOW, Problems};
pub use problem::{Position, Problem, Severity};

use std::fmt;
use std::path::{Path, PathBuf};

/// What kind of thing went wrong; see [`Error::kind`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A file or stream could not be read or written.
    Io,
    /// A document's bytes are not text in the encoding expected.
    Encoding,
    /// Gazetteer files break the schema or files to import their format ([`Error::problems`] lists every place), or a compiled gazetteer cannot be read.
    Gazetteer,
    /// Gold annotations are not as expected ([`Error::problems`] lists every place).
    Gold,
    /// A change cannot be undone: the file is not as the log says, or the log is damaged.
    Undo,
    /// A value given by the caller (a language tag, an option) means nothing.
    Value,
}

/// An error, with what was expected, what was found, where, and what to do.
///
/// ```
/// use toponorm::{ErrorKind, Gazetteer};
///
/// let error = Gazetteer::from_path("no/such/folder").unwrap_err();
/// assert_eq!(error.kind(), ErrorKind::Io);
/// assert!(error.to_string().contains("no/such/folder"));
/// ```
#[derive(Debug)]
pub struct Error(Box<Cause>);

#[derive(Debug)]
enum Cause {
    Io { path: PathBuf, source: std::io::Error },
    Encoding { byte: u64, message: String },
    Gazetteer(Vec<Problem>),
    Import(Vec<Problem>),
    Gold(Vec<Problem>),
    Compiled { file: String, reason: String },
    Undo(String),
    Value(String),
}

impl Error {
    pub(crate) fn io(path: impl AsRef<Path>, source: std::io::Error) -> Self {
        let path = path.as_ref().to_path_buf();
        Self(Box::new(Cause::Io { path, source }))
    }

    pub(crate) fn encoding(byte: u64, message: impl Into<String>) -> Self {
        let message = message.into();
        Self(Box::new(Cause::Encoding { byte, message }))
    }

    pub(crate) fn gazetteer(problems: Vec<Problem>) -> Self {
        Self(Box::new(Cause::Gazetteer(problems)))
    }

    /// Files of another format that cannot be imported.
    pub(crate) fn import(problems: Vec<Problem>) -> Self {
        Self(Box::new(Cause::Import(problems)))
    }

    pub(crate) fn gold(problems: Vec<Problem>) -> Self {
        Self(Box::new(Cause::Gold(problems)))
    }

    /// A compiled gazetteer that cannot be used.
    pub(crate) fn compiled(file: &str, reason: impl Into<String>) -> Self {
        Self(Box::new(Cause::Compiled { file: file.to_owned(), reason: reason.into() }))
    }

    /// A change that cannot be undone.
    pub(crate) fn undo(message: impl Into<String>) -> Self {
        Self(Box::new(Cause::Undo(message.into())))
    }

    pub(crate) fn value(message: impl Into<String>) -> Self {
        Self(Box::new(Cause::Value(message.into())))
    }

    /// The kind of error, for code that reacts to it.
    pub fn kind(&self) -> ErrorKind {
        match *self.0 {
            Cause::Io { .. } => ErrorKind::Io,
            Cause::Encoding { .. } => ErrorKind::Encoding,
            Cause::Gazetteer(_) | Cause::Import(_) | Cause::Compiled { .. } => ErrorKind::Gazetteer,
            Cause::Gold(_) => ErrorKind::Gold,
            Cause::Undo(_) => ErrorKind::Undo,
            Cause::Value(_) => ErrorKind::Value,
        }
    }

    /// Where the (first) problem is, if the error is about a place in a file or document.
    pub fn position(&self) -> Option<Position> {
        match &*self.0 {
            Cause::Io { path, .. } => Some(Position::file(path.display().to_string())),
            Cause::Encoding { byte, .. } => Some(Position { byte: Some(*byte), ..Position::default() }),
            Cause::Gazetteer(problems) | Cause::Import(problems) | Cause::Gold(problems) => {
                problems.first().map(|problem| problem.position.clone())
            }
            Cause::Compiled { file, .. } => Some(Position::file(file.as_str())),
            Cause::Undo(_) | Cause::Value(_) => None,
        }
    }

    /// Every problem found in files of rows; empty for other kinds.
    pub fn problems(&self) -> &[Problem] {
        match &*self.0 {
            Cause::Gazetteer(problems) | Cause::Import(problems) | Cause::Gold(problems) => problems,
            _ => &[],
        }
    }
}

/// So many problems are printed with an error; the rest is counted.
const PRINTED_PROBLEMS: usize = 20;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Cause::Io { path, source } => write!(f, "{}: {source}", path.display()),
            Cause::Encoding { message, .. } => f.write_str(message),
            Cause::Undo(message) | Cause::Value(message) => f.write_str(message),
            Cause::Compiled { file, reason } => write!(f, "{file}: {reason}"),
            Cause::Gazetteer(problems) => {
                write!(f, "the gazetteer has {}", counted(problems))?;
                match list(f, problems)? {
                    0 => Ok(()),
                    more => write!(f, "\n  and {more} more: `toponorm gazetteer check PATH` lists all"),
                }
            }
            Cause::Import(problems) => {
                write!(f, "nothing was imported: {}", counted(problems))?;
                match list(f, problems)? {
                    0 => Ok(()),
                    more => write!(f, "\n  and {more} more"),
                }
            }
            Cause::Gold(problems) => {
                write!(f, "the gold has {}", counted(problems))?;
                match list(f, problems)? {
                    0 => Ok(()),
                    more => write!(f, "\n  and {more} more"),
                }
            }
        }
    }
}

fn counted(problems: &[Problem]) -> String {
    let count: usize = problems.iter().map(|problem| problem.count).sum();
    format!("{count} problem{}", if count == 1 { "" } else { "s" })
}

/// Lists the first problems; how many more there are.
fn list(f: &mut fmt::Formatter<'_>, problems: &[Problem]) -> Result<usize, fmt::Error> {
    for problem in problems.iter().take(PRINTED_PROBLEMS) {
        write!(f, "\n  {problem}")?;
    }
    Ok(problems.iter().skip(PRINTED_PROBLEMS).map(|problem| problem.count).sum())
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &*self.0 {
            Cause::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}
