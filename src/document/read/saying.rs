//! Elements of HTML that say something of their text, in a page or in Markdown: which language it is in, or that it is to stay.
//!
//! Only the elements that say something are kept, and of others no more than how many of the same name are open in them: where tags
//! overlap or stay open, text is still text.

use super::markup::{Role, Wishes};

/// The open elements that say something of their text.
#[derive(Default)]
pub(super) struct Sayings(Vec<Saying>);

struct Saying {
    name: Vec<u8>,
    /// How often elements of its name are open since, with itself.
    depth: usize,
    /// What held before.
    before: Wishes,
}

/// A start tag, as far as it matters.
pub(super) struct StartTag<'t> {
    pub(super) name: &'t [u8],
    pub(super) role: Role,
    pub(super) is_empty: bool,
    /// What holds in the element, if it says anything.
    pub(super) says: Option<Wishes>,
}

/// A paragraph ends where any other block begins or ends.
const PARAGRAPH: &[u8] = b"p";

/// The elements that have no end (HTML standard, 13.1.2).
const VOID: [&[u8]; 13] =
    [b"area", b"base", b"br", b"col", b"embed", b"hr", b"img", b"input", b"link", b"meta", b"source", b"track", b"wbr"];

impl Sayings {
    /// Starts an element.
    pub(super) fn start(&mut self, tag: &StartTag<'_>, wishes: &mut Wishes) {
        if tag.role == Role::Block {
            self.end_paragraph(wishes);
        }
        if tag.is_empty || VOID.contains(&tag.name) {
            return;
        }
        match (tag.says, self.0.last_mut()) {
            (Some(says), _) => {
                let before = std::mem::replace(wishes, says);
                self.0.push(Saying { name: tag.name.to_vec(), depth: 1, before });
            }
            (None, Some(open)) if open.name == tag.name => open.depth += 1,
            (None, _) => {}
        }
    }

    /// Ends an element.
    pub(super) fn end(&mut self, name: &[u8], role: Role, wishes: &mut Wishes) {
        if role == Role::Block && name != PARAGRAPH {
            self.end_paragraph(wishes);
        }
        if let Some(open) = self.0.last_mut()
            && open.name == name
        {
            open.depth -= 1;
            if open.depth == 0 {
                self.shorten(self.0.len() - 1, wishes);
            }
        }
    }

    /// Ends a paragraph that has no end tag.
    pub(super) fn end_paragraph(&mut self, wishes: &mut Wishes) {
        if self.0.last().is_some_and(|open| open.name == PARAGRAPH) {
            self.shorten(self.0.len() - 1, wishes);
        }
    }

    /// How many are open.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Ends all elements but so many.
    pub(super) fn shorten(&mut self, len: usize, wishes: &mut Wishes) {
        if let Some(first) = self.0.drain(len.min(self.0.len())..).next() {
            *wishes = first.before;
        }
    }
}
