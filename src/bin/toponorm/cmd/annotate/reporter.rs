//! Puts what the workers found into one report, document after document, and complains in the same order.

use std::io::Write;
use std::ops::ControlFlow;

use toponorm::write::{Report, Reported};
use toponorm::{Annotation, DecodedText, Document, Normalizer, ReadOptions};

use super::answer::{Annotated, Answer};
use super::brat;
use crate::cmd::spans::GivenSpans;
use crate::cmd::{Failure, Outcome, complain};
use crate::input::{Division, complaint, no_text};
use crate::workers::Sink;

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
    /// Whether an error ends everything.
    pub(super) stops: bool,
    /// The document that the last answer was about.
    pub(super) document: usize,
    /// Whether that one failed, and nothing more of it counts.
    pub(super) is_refused: bool,
    pub(super) worst: Outcome,
}

impl<W: Write> Sink<Answer> for Reporter<'_, W> {
    fn take(&mut self, answer: Answer) -> Result<ControlFlow<()>, Failure> {
        if answer.document != self.document {
            if self.stops && self.worst == Outcome::Failed {
                return Ok(ControlFlow::Break(()));
            }
            (self.document, self.is_refused) = (answer.document, false);
        }
        if self.is_refused {
            return Ok(ControlFlow::Continue(()));
        }
        let outcome = match answer.content.and_then(|content| self.add(&answer.path, content)) {
            Ok(outcome) => outcome,
            Err(Failure::Output(error)) => return Err(Failure::Output(error)),
            Err(failure) => {
                complain(&format!("error: {failure}"));
                self.is_refused = true;
                Outcome::Failed
            }
        };
        self.worst = self.worst.max(outcome);
        let is_over = self.is_refused && self.stops;
        Ok(if is_over { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
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
    fn add(&mut self, path: &str, content: Annotated) -> Result<Outcome, Failure> {
        let complaints = match content {
            Annotated::Binary => {
                complain(&no_text(path));
                return Ok(Outcome::Done);
            }
            Annotated::Lines(lines, complaints) => {
                self.target.write(&lines)?;
                complaints
            }
            Annotated::Whole(decoded, reading, annotations) => {
                self.add_whole(path, (&decoded, &reading), annotations)?
            }
        };
        complaints.iter().for_each(|complaint| complain(complaint));
        Ok(if complaints.is_empty() { Outcome::Done } else { Outcome::Failed })
    }

    /// Adds a document, which is read again: what a worker read is its own.
    fn add_whole(
        &mut self,
        path: &str,
        (decoded, reading): (&DecodedText, &ReadOptions),
        annotations: Option<Vec<Vec<Annotation>>>,
    ) -> Result<Vec<String>, Failure> {
        let document = Document::read(decoded, reading).map_err(|error| Failure::Document(path.to_owned(), error))?;
        let mut annotations = annotations.into_iter().flatten();
        for passage in document.passages() {
            let found = match &mut self.given {
                Some((given, normalizer)) => given.annotate(normalizer, path, (&document, passage))?,
                None => annotations.next().unwrap_or_default(),
            };
            self.target.add(&Reported::new(path, &document, passage, &found))?;
        }
        Ok(document.faults().iter().map(|fault| complaint(path, fault)).collect())
    }
}
