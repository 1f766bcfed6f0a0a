//! The text of Markdown: paragraphs, headings, list items, cells and footnotes, each a block.
//!
//! `pulldown-cmark` gives every stretch of text its place, entities and escaped letters on their own. Code is kept as protected
//! text, so that what is around it does not run together; addresses, titles of links, raw HTML and front matter are no text. Tags of raw
//! HTML say of the text in them what they say in a page: `translate="no"`, a language.
//! The label of a reference link is what its definition is found by, so it is read and never changed.

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::Passage;
use super::html::{self, HtmlTag};
use super::markup::{Wishes, html_role};
use super::passage::{Notation, PassageBuilder, PieceKind};
use super::saying::{Sayings, StartTag};
use crate::span::Span;

/// The text of a document.
pub(super) fn passage(source: &str) -> Passage<'_> {
    let builder = PassageBuilder::new(source);
    let (sayings, wishes) = (Sayings::default(), Wishes::default());
    let mut reading = Reading {
        source,
        builder,
        code: 0,
        labels: 0,
        hidden: 0,
        links: Vec::new(),
        sayings,
        wishes,
        around_blocks: 0,
    };
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
    /// The open elements of raw HTML that say something of their text, and what holds now.
    sayings: Sayings,
    wishes: Wishes,
    /// How many of them stand between blocks; those in a block end with it.
    around_blocks: usize,
}

impl Reading<'_> {
    fn event(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => {
                self.start(&tag);
                if tag == Tag::HtmlBlock {
                    self.html(span);
                    self.around_blocks = self.sayings.len();
                }
            }
            Event::End(tag) => self.end(tag),
            Event::InlineHtml(_) => self.html(span),
            event => {
                let start = self.builder.text().len();
                self.content(event, span);
                self.wishes.mark(&mut self.builder, start);
            }
        }
    }

    /// Takes in what the tags of raw HTML say.
    fn html(&mut self, span: Span) {
        for tag in html::tags(&self.source[span.range()]) {
            let (HtmlTag::Start { name, .. } | HtmlTag::End { name }) = &tag;
            let role = html_role(std::str::from_utf8(name).unwrap_or_default());
            match &tag {
                HtmlTag::Start { name, is_empty, attributes } => {
                    let says = attributes.iter().fold(self.wishes, |wishes, (name, value)| wishes.with(name, value));
                    let says = (says != self.wishes).then_some(says);
                    self.sayings.start(&StartTag { name, role, is_empty: *is_empty, says }, &mut self.wishes);
                }
                HtmlTag::End { name } => self.sayings.end(name, role, &mut self.wishes),
            }
        }
        self.around_blocks = self.around_blocks.min(self.sayings.len());
    }

    fn content(&mut self, event: Event<'_>, span: Span) {
        match event {
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

    /// A blank line, unless there is one. Elements that were begun in the block end with it.
    fn end_block(&mut self) {
        self.sayings.shorten(self.around_blocks, &mut self.wishes);
        self.sayings.end_paragraph(&mut self.wishes);
        let text = self.builder.text();
        if self.hidden == 0 && !text.is_empty() && !text.ends_with("\n\n") {
            self.builder.apart("\n\n");
        }
    }
}
