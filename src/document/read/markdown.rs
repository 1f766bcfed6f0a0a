//! The text of Markdown: paragraphs, headings, list items, cells and footnotes, each a block.
//!
//! `pulldown-cmark` gives every stretch of text its place, entities and escaped letters on their own. Code is kept as protected
//! text, so that what is around it does not run together; addresses, titles of links, raw HTML and front matter are no text.
//! The label of a reference link is what its definition is found by, so it is read and never changed.

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::Passage;
use super::passage::{Notation, PassageBuilder, PieceKind};
use crate::span::Span;

/// The text of a document.
pub(super) fn passage(source: &str) -> Passage<'_> {
    let mut reading =
        Reading { source, builder: PassageBuilder::new(source), code: 0, labels: 0, hidden: 0, links: Vec::new() };
    for (event, range) in Parser::new_ext(source, options()).into_offset_iter() {
        reading.event(event, Span::new(range.start, range.end));
    }
    reading.builder.finish(Notation::Markdown)
}

/// What GitHub and writers of notes read beyond CommonMark. Mathematics is left out, since prices hold dollar signs too.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_WIKILINKS
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
}

/// What of a link's text something else is found by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    Plain,
    /// The text is the label or the target.
    Label,
    /// The text is the address.
    Address,
}

struct Reading<'s> {
    source: &'s str,
    builder: PassageBuilder<'s>,
    /// How many open elements hold code or addresses, labels, and no text at all.
    code: usize,
    labels: usize,
    hidden: usize,
    links: Vec<Link>,
}

impl Reading<'_> {
    fn event(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(span, &text),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                let start = self.builder.text().len();
                self.builder.sign(span, &text);
                self.builder.protect_from(start);
            }
            Event::SoftBreak | Event::HardBreak if self.hidden == 0 => match &self.source[span.range()] {
                "\n" | "\r\n" => self.builder.verbatim(span),
                _ => self.builder.apart("\n"),
            },
            Event::Rule => self.end_block(),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Link { link_type, .. } | Tag::Image { link_type, .. } => {
                let link = match link_type {
                    LinkType::Shortcut | LinkType::Collapsed | LinkType::WikiLink { has_pothole: false } => Link::Label,
                    LinkType::Autolink | LinkType::Email => Link::Address,
                    _ => Link::Plain,
                };
                self.links.push(link);
                self.labels += usize::from(link == Link::Label);
                self.code += usize::from(link == Link::Address);
            }
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript => {}
            Tag::MetadataBlock(_) => self.hidden += 1,
            Tag::CodeBlock(_) => {
                self.end_block();
                self.code += 1;
            }
            _ => self.end_block(),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Link | TagEnd::Image => {
                let link = self.links.pop();
                self.labels -= usize::from(link == Some(Link::Label));
                self.code -= usize::from(link == Some(Link::Address));
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript => {}
            TagEnd::MetadataBlock(_) => self.hidden -= 1,
            TagEnd::CodeBlock => {
                self.code -= 1;
                self.end_block();
            }
            _ => self.end_block(),
        }
    }

    fn text(&mut self, span: Span, text: &str) {
        if self.hidden > 0 {
            return;
        }
        let start = self.builder.text().len();
        let kind = if self.labels > 0 { PieceKind::Fixed } else { PieceKind::Alike };
        if self.source[span.range()] == *text {
            self.builder.alike(span, kind);
        } else {
            self.builder.sign(span, text);
        }
        if self.code > 0 {
            self.builder.protect_from(start);
        }
    }

    /// A blank line, unless there is one.
    fn end_block(&mut self) {
        let text = self.builder.text();
        if self.hidden == 0 && !text.is_empty() && !text.ends_with("\n\n") {
            self.builder.apart("\n\n");
        }
    }
}
