//! The commands, a file each.

pub(crate) mod annotate;
mod documents;
pub(crate) mod eval;
pub(crate) mod gazetteer;
pub(crate) mod lookup;
pub(crate) mod names;
pub(crate) mod normalize;
pub(crate) mod revert;
mod romanise;
pub(crate) mod schemes;
mod spans;
pub(crate) mod transliterate;

use std::fmt;
use std::io;
use std::io::Write;

use toponorm::{Error, Matcher};

use crate::progress;

/// How a command ended; decides the exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Outcome {
    /// Nothing to remark: 0.
    Done,
    /// `--check` or `--diff` found something, `lookup` found nothing, `gazetteer check` found errors: 1.
    Found,
    /// Some documents could not be processed; the errors are printed: 2.
    Failed,
}

/// Why a command could not go on.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Reading a document failed.
    Input(String, io::Error),
    /// Writing to standard output failed.
    Output(io::Error),
    /// Writing what all documents go into failed.
    Target(String, io::Error),
    /// The arguments contradict each other.
    Usage(&'static str),
    /// An argument means nothing here.
    Value(String),
    /// The library refused: a gazetteer, an option.
    Library(Error),
    /// A document is not what it should be.
    Document(String, Error),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(path, error) | Self::Target(path, error) => write!(f, "{path}: {error}"),
            Self::Output(error) => write!(f, "standard output: {error}"),
            Self::Usage(message) => f.write_str(message),
            Self::Value(message) => f.write_str(message),
            Self::Library(error) => write!(f, "{error}"),
            Self::Document(path, error) => write!(f, "{path}: {error}"),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Library(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// Says where the layers contradict the gazetteers below them; a few words, since `gazetteer check` lists it all.
fn note_conflicts(matcher: &Matcher) {
    const SHOWN: usize = 3;
    let conflicts = matcher.conflicts();
    for conflict in conflicts.iter().take(SHOWN) {
        complain(&conflict.to_string());
    }
    let more: usize = conflicts.iter().skip(SHOWN).map(|conflict| conflict.count).sum();
    if more > 0 {
        complain(&format!("and {more} more: `toponorm gazetteer check LAYER --over BASE` lists all"));
    }
}

/// Says something to the person at the terminal.
pub(crate) fn complain(message: &str) {
    progress::aside(|| drop(writeln!(io::stderr(), "{message}")));
}
