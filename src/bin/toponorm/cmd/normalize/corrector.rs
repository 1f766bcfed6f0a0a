//! What corrects the documents of a project: by the same rules everywhere, but that some decisions count in some files only.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;

use glob::{MatchOptions, Pattern};
use toponorm::{Decisions, Error, NormalizedBytes, Normalizer, ProposedChange, Verdict};

use crate::args::DecisionArgs;
use crate::cmd::Failure;
use crate::input::Text;

/// Corrects documents.
pub(super) struct Corrector {
    pub(super) normalizer: Normalizer,
    pub(super) decisions: FileDecisions,
}

impl Corrector {
    /// Corrects a document, or a part of one.
    pub(super) fn normalize(&self, path: &Path, Text { reading, part, .. }: &Text) -> Result<NormalizedBytes, Error> {
        let normalizer = self.in_file(path);
        match part.origin.is_cut() {
            true => normalizer.normalize_part(part, reading),
            false => normalizer.normalize_bytes(&part.bytes, reading),
        }
    }

    /// Corrects a document as somebody chooses.
    pub(super) fn normalize_by(
        &self,
        path: &Path,
        Text { reading, part, .. }: &Text,
        choose: &mut dyn FnMut(&ProposedChange<'_>) -> bool,
    ) -> Result<NormalizedBytes, Error> {
        self.in_file(path).normalize_bytes_by(&part.bytes, reading, choose)
    }

    fn in_file(&self, path: &Path) -> Cow<'_, Normalizer> {
        match self.decisions.in_file(path) {
            Cow::Borrowed(_) => Cow::Borrowed(&self.normalizer),
            Cow::Owned(decisions) => Cow::Owned(self.normalizer.with_decisions(decisions)),
        }
    }
}

/// What was decided, and in which files it counts.
#[derive(Clone, Default)]
pub(super) struct FileDecisions {
    all: Decisions,
    patterns: HashMap<String, Pattern>,
}

impl FileDecisions {
    /// Reads the file that was named; one that -i is to make may be missing.
    pub(super) fn read(args: &DecisionArgs) -> Result<Self, Failure> {
        match &args.decisions {
            Some(path) if path.exists() || !args.interactive => Self::from_path(path),
            _ => Ok(Self::default()),
        }
    }

    pub(super) fn from_path(path: &Path) -> Result<Self, Failure> {
        let all = Decisions::from_path(path)?;
        let mut patterns = HashMap::new();
        for files in all.patterns() {
            let pattern = Pattern::new(files).map_err(|error| {
                Failure::Value(format!("{}: `{files}` in column files is no pattern: {error}", path.display()))
            })?;
            patterns.insert(files.to_owned(), pattern);
        }
        Ok(Self { all, patterns })
    }

    pub(super) fn all(&self) -> &Decisions {
        &self.all
    }

    /// The decisions that count in a file, borrowed if all do. A pattern fits the end of a path, from any of its folders on, wherever the command
    /// is run.
    pub(super) fn in_file(&self, path: &Path) -> Cow<'_, Decisions> {
        if self.patterns.is_empty() {
            return Cow::Borrowed(&self.all);
        }
        let path = path.to_string_lossy().replace('\\', "/");
        let options = MatchOptions { require_literal_separator: true, ..MatchOptions::default() };
        Cow::Owned(self.all.in_file(|files| {
            let mut starts = [0].into_iter().chain(path.match_indices('/').map(|(at, _)| at + 1));
            let pattern = self.patterns.get(files);
            pattern.is_some_and(|pattern| starts.any(|start| pattern.matches_with(&path[start..], options)))
        }))
    }

    /// Adds what was decided for all files on a change.
    pub(super) fn add(&mut self, change: &ProposedChange<'_>, verdict: Verdict, today: &str) {
        self.all.add(change.surface, change.replacement, verdict, today);
    }
}
