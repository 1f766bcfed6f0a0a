//! Annotations written out: as JSON Lines for programs, as text or a page for people.

mod html;
mod jsonl;
mod text;

use super::Passage;

pub use html::HtmlPage;
pub use jsonl::{JsonlOptions, jsonl};
pub use text::text;

/// Which document a report is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source<'a> {
    /// The path as it was given, `-` for standard input.
    pub path: &'a str,
    /// The record in it, if it holds records: its row, counted from 1, and its field.
    pub record: Option<(u64, &'a str)>,
}

impl<'a> Source<'a> {
    /// A passage of the document at `path`.
    pub fn new(path: &'a str, passage: &'a Passage<'_>) -> Self {
        Self { path, record: passage.row().zip(passage.field()) }
    }

    /// The file's name without folder and extension.
    pub fn id(&self) -> &str {
        let name = self.path.rsplit(['/', '\\']).next().unwrap_or(self.path);
        match name.rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() => stem,
            _ => name,
        }
    }
}
