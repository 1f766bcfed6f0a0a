//! The commands, a file each.

pub(crate) mod annotate;
pub(crate) mod eval;
pub(crate) mod gazetteer;
mod interactive;
pub(crate) mod lookup;
pub(crate) mod names;
pub(crate) mod normalize;
pub(crate) mod revert;
mod romanise;
pub(crate) mod schemes;
mod spans;
pub(crate) mod transliterate;
mod write;

use std::fmt;
use std::io;
use std::io::Write;

use toponorm::{Error, Matcher};

use crate::args::{FileArgs, OnError};
use crate::input::{self, Finding, Found};

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
            Self::Input(path, error) => write!(f, "{path}: {error}"),
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

/// Processes documents one after the other. One that fails is reported and the others are still processed, unless it was asked
/// to stop; a failure to write ends everything.
fn each_document(
    paths: &[std::path::PathBuf],
    args: &FileArgs,
    mut process: impl FnMut(crate::input::Document) -> Result<Outcome, Failure>,
) -> Result<Outcome, Failure> {
    let mut worst = Outcome::Done;
    for found in input::files(paths, args)? {
        let outcome = match read_found(found, &mut process) {
            Ok(outcome) => outcome,
            Err(Failure::Output(error)) => return Err(Failure::Output(error)),
            Err(failure) => {
                complain(&format!("error: {failure}"));
                Outcome::Failed
            }
        };
        worst = worst.max(outcome);
        if worst == Outcome::Failed && args.on_error == OnError::Stop {
            break;
        }
    }
    Ok(worst)
}

fn read_found(
    found: Found,
    process: &mut impl FnMut(crate::input::Document) -> Result<Outcome, Failure>,
) -> Result<Outcome, Failure> {
    let (path, finding) = found?;
    let document = input::read(&path)?;
    if finding == Finding::Found && document.is_binary() {
        complain(&input::no_text(&document.path));
        return Ok(Outcome::Done);
    }
    process(document)
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
    let _ = writeln!(io::stderr(), "{message}");
}
