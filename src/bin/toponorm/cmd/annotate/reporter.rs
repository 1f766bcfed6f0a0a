//! Puts what the workers found into one report, document after document, and complains in the same order.

use std::io::Write;
use std::path::Path;

use toponorm::write::{Report, Reported};
use toponorm::{Annotation, DecodedText, Document, Normalizer, ReadOptions};

use super::answer::Annotated;
use super::brat;
use crate::cmd::documents::{Collector, complaints, say};
use crate::cmd::spans::GivenSpans;
use crate::cmd::{Failure, Outcome, complain};
use crate::input::Division;

pub(super) const ONE_FILE: &str =
    "brat has a file a document, and standard output takes one; name a folder with --output";

/// Where the report goes.
pub(super) enum Target<'o, W> {
    Folder(brat::Folder),
    Report {
        report: Box<dyn Report>,
        out: &'o mut W,
        documents: usize,
        /// Whether it holds one document and no more.
        holds_one: bool,
    },
}

impl<W: Write> Target<'_, W> {
    pub(super) fn begin(&mut self) -> Result<(), Failure> {
        match self {
            Self::Report { report, out, .. } => Ok(report.begin(out)?),
            Self::Folder(_) => Ok(()),
        }
    }

    fn add(&mut self, document: &Reported<'_>) -> Result<(), Failure> {
        match self {
            Self::Folder(folder) => folder.add(document),
            Self::Report { documents: 1.., holds_one: true, .. } => Err(Failure::Usage(ONE_FILE)),
            Self::Report { report, out, documents, .. } => {
                *documents += 1;
                Ok(report.document(out, document)?)
            }
        }
    }

    fn write(&mut self, lines: &[u8]) -> Result<(), Failure> {
        match self {
            Self::Report { out, .. } => Ok(out.write_all(lines)?),
            Self::Folder(_) => Ok(()),
        }
    }

    /// Ends the report; what it could not hold, in words.
    pub(super) fn end(self) -> Result<Option<String>, Failure> {
        match self {
            Self::Folder(folder) => folder.finish().map(|()| None),
            Self::Report { mut report, out, .. } => {
                report.end(out)?;
                Ok(report.left_out())
            }
        }
    }
}

/// Takes the answers of workers.
pub(super) struct Reporter<'o, W> {
    pub(super) target: Target<'o, W>,
    /// The mentions, if they are given, and who annotates them.
    pub(super) given: Option<(GivenSpans, Normalizer)>,
    /// Whether documents come in parts, of which each has lines of its own.
    pub(super) division: Division,
    pub(super) is_quiet: bool,
}

impl<W: Write> Collector for Reporter<'_, W> {
    type Found = Annotated;

    const COUNTED: &'static str = "mentions";

    fn count(found: &Annotated) -> usize {
        match found {
            Annotated::Lines(_, count, _) => *count,
            Annotated::Whole(_, _, annotations) => annotations.iter().flatten().map(Vec::len).sum(),
        }
    }

    fn add(&mut self, path: &Path, found: Annotated) -> Result<Outcome, Failure> {
        let complaints = match found {
            Annotated::Lines(lines, _, complaints) => {
                self.target.write(&lines)?;
                complaints
            }
            Annotated::Whole(decoded, reading, annotations) => {
                self.add_whole(path, (&decoded, &reading), annotations)?
            }
        };
        Ok(say(&complaints))
    }

    fn end_document(&mut self, path: &Path) -> Result<(), Failure> {
        if path.to_str().is_none() && !self.is_quiet {
            let shown = path.display();
            complain(&format!(
                "{shown}: the file's name is no UTF-8, so the report names it as here, with \u{FFFD} for what is none"
            ));
        }
        Ok(())
    }

    /// Lines are shown as they come; what is half a report has no use yet.
    fn wait(&mut self) -> Result<(), Failure> {
        match (&mut self.target, self.division) {
            (Target::Report { out, .. }, Division::Parts) => Ok(out.flush()?),
            _ => Ok(()),
        }
    }
}

impl<W: Write> Reporter<'_, W> {
    /// Adds a document, which is read again: what a worker read is its own.
    fn add_whole(
        &mut self,
        path: &Path,
        (decoded, reading): (&DecodedText, &ReadOptions),
        annotations: Option<Vec<Vec<Annotation>>>,
    ) -> Result<Vec<String>, Failure> {
        let shown = path.display().to_string();
        let document = Document::read(decoded, reading).map_err(|error| Failure::Document(shown.clone(), error))?;
        let mut annotations = annotations.into_iter().flatten();
        for passage in document.passages() {
            let found = match &mut self.given {
                Some((given, normalizer)) => given.annotate(normalizer, &shown, (&document, passage))?,
                None => annotations.next().unwrap_or_default(),
            };
            self.target.add(&Reported::new(&shown, &document, passage, &found))?;
        }
        Ok(complaints(path, document.faults()))
    }
}
