//! Documents on their way through a command: cut into pieces, worked on by any number of threads, and collected in order.
//!
//! One that fails is complained about in its place, nothing more of it counts, and the others go on, unless it was asked to stop; a failure to write ends
//! everything.

use std::io::IsTerminal as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use toponorm::Fault;

use super::{Failure, Outcome, complain};
use crate::args::{DocumentArgs, FileArgs, JobArgs, OnError};
use crate::config;
use crate::input::{self, Content, Division, Piece, Pieces, Text, complaint, no_text};
use crate::progress::Progress;
use crate::workers::{Sink, Work, Workers};

/// What a command makes of what the workers found.
pub(super) trait Collector {
    /// What a worker makes of a document, or of a part of one.
    type Found: Send + 'static;

    /// What is counted for people who watch.
    const COUNTED: &'static str;

    /// How much was found.
    fn count(found: &Self::Found) -> usize;

    /// Whether the terminal is free for a progress bar: not where documents are shown on it.
    fn leaves_terminal(&self) -> bool {
        !std::io::stdout().is_terminal()
    }

    /// Takes what was found in the next document, or in its next part.
    fn add(&mut self, path: &Path, found: Self::Found) -> Result<Outcome, Failure>;

    /// Takes notice that a document is over, or that nothing more of it can be read.
    fn end_document(&mut self, _: &Path) -> Result<(), Failure> {
        Ok(())
    }

    /// Does what should be done before it is waited for more.
    fn wait(&mut self) -> Result<(), Failure> {
        Ok(())
    }
}

/// The documents that a command is to read.
pub(super) struct Documents {
    pieces: Pieces,
    on_error: OnError,
    is_quiet: bool,
}

impl Documents {
    pub(super) fn new(
        paths: &[PathBuf],
        (files, args): (&FileArgs, &DocumentArgs),
        division: Division,
    ) -> Result<Self, Failure> {
        let pieces = Pieces::new(input::files(paths, files)?, args.clone(), division);
        Ok(Self { pieces, on_error: files.on_error, is_quiet: args.quiet })
    }

    /// Has the documents worked on, by threads if they may be shared among some, and what was found collected.
    pub(super) fn process<C: Collector>(
        self,
        sharing: Option<&JobArgs>,
        work: impl Fn(&Path, Text) -> Result<C::Found, Failure> + Send + Sync + 'static,
        collector: &mut C,
    ) -> Result<Outcome, Failure> {
        let workers = sharing.map_or(Workers::Caller, |sharing| config::workers(sharing, &self.pieces));
        let is_watched = !self.is_quiet && collector.leaves_terminal();
        let progress = if is_watched { Progress::begin(|| self.pieces.extent(), C::COUNTED) } else { None };
        let mut in_order = InOrder {
            collector,
            on_error: self.on_error,
            document: None,
            is_refused: false,
            worst: Outcome::Done,
            progress,
        };
        workers.run(self.pieces, move |piece| Answer::to(piece, &work), &mut in_order)?;
        in_order.end_document()?;
        Ok(in_order.worst)
    }
}

impl Work for Piece {
    fn size(&self) -> Option<usize> {
        match &self.content {
            _ if self.is_awaited => None,
            Ok(Content::Text(text)) => Some(text.part.bytes.len()),
            Ok(Content::Binary) | Err(_) => Some(0),
        }
    }
}

/// What came of a piece; nothing of what is no text.
struct Answer<F> {
    document: usize,
    path: PathBuf,
    /// So many bytes of its file were read for the answer.
    read: u64,
    found: Result<Option<F>, Failure>,
}

impl<F> Answer<F> {
    fn to(piece: Piece, work: &impl Fn(&Path, Text) -> Result<F, Failure>) -> Self {
        let Piece { document, path, read, content, .. } = piece;
        let found = content.and_then(|content| match content {
            Content::Binary => Ok(None),
            Content::Text(text) => work(&path, text).map(Some),
        });
        Self { document, path, read, found }
    }
}

/// Collects answers.
struct InOrder<'c, C> {
    collector: &'c mut C,
    on_error: OnError,
    /// The document that the last answer was about; none before the first.
    document: Option<(usize, PathBuf)>,
    /// Whether that one failed, and nothing more of it counts.
    is_refused: bool,
    worst: Outcome,
    progress: Option<Progress>,
}

impl<C: Collector> InOrder<'_, C> {
    fn begin_document(&mut self, number: usize, path: PathBuf) {
        (self.document, self.is_refused) = (Some((number, path)), false);
        self.progress.iter_mut().for_each(Progress::next_document);
    }

    fn end_document(&mut self) -> Result<(), Failure> {
        self.document.take().map_or(Ok(()), |(_, path)| self.collector.end_document(&path))
    }

    fn is_over(&self) -> bool {
        self.on_error == OnError::Stop && self.worst == Outcome::Failed
    }

    fn collect(&mut self, path: &Path, found: Result<Option<C::Found>, Failure>) -> Result<(), Failure> {
        let outcome = match found {
            Ok(Some(found)) => self.collector.add(path, found),
            Ok(None) => {
                complain(&no_text(path));
                Ok(Outcome::Done)
            }
            Err(failure) => Err(failure),
        };
        let outcome = match outcome {
            Ok(outcome) => outcome,
            Err(failure @ (Failure::Output(_) | Failure::Target(..))) => return Err(failure),
            Err(failure) => {
                complain(&format!("error: {failure}"));
                self.is_refused = true;
                Outcome::Failed
            }
        };
        self.worst = self.worst.max(outcome);
        Ok(())
    }
}

impl<C: Collector> Sink<Answer<C::Found>> for InOrder<'_, C> {
    fn take(&mut self, answer: Answer<C::Found>) -> Result<ControlFlow<()>, Failure> {
        let Answer { document, path, read, found } = answer;
        if self.document.as_ref().is_none_or(|(number, _)| *number != document) {
            self.end_document()?;
            if self.is_over() {
                return Ok(ControlFlow::Break(()));
            }
            self.begin_document(document, path.clone());
        }
        if let Some(progress) = &mut self.progress {
            progress.advance(read, found.iter().flatten().map(C::count).sum());
        }
        if !self.is_refused {
            self.collect(&path, found)?;
        }
        Ok(if self.is_refused && self.is_over() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }

    fn wait(&mut self) -> Result<(), Failure> {
        self.collector.wait()
    }
}

/// What is to be said of records that could not be read.
pub(super) fn complaints(path: &Path, faults: &[Fault]) -> Vec<String> {
    faults.iter().map(|fault| complaint(path, fault)).collect()
}

/// Says what is wrong with records; how the document came through it.
pub(super) fn say(complaints: &[String]) -> Outcome {
    complaints.iter().for_each(|complaint| complain(complaint));
    if complaints.is_empty() { Outcome::Done } else { Outcome::Failed }
}
