//! Annotations written out: as JSON Lines for programs, as text or a page for people.

mod html;
mod jsonl;
mod text;

pub use html::HtmlPage;
pub use jsonl::{JsonlOptions, jsonl};
pub use text::text;

/// Which document a report is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source<'a> {
    /// The path as it was given, `-` for standard input.
    pub path: &'a str,
}

impl Source<'_> {
    /// The file's name without folder and extension.
    pub fn id(&self) -> &str {
        let name = self.path.rsplit(['/', '\\']).next().unwrap_or(self.path);
        match name.rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() => stem,
            _ => name,
        }
    }
}
