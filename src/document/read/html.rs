//! The text of HTML, as browsers divide a page into tags and text; no page is malformed to them, and none to us.
//!
//! `html5gum` reads the page by the standard's own machine and calls an [`Emitter`] at every stretch of text and every
//! character reference, and tells how far it has read; that gives each its place. Elements are counted, not nested: where tags
//! overlap or stay open, text is still text. A page's own scripts are taken to be off, so the text of `noscript` counts.

use std::convert::Infallible;

use html5gum::emitters::naive_next_state;
use html5gum::{DefaultEmitter, Emitter, Error, State, Token, Tokenizer};

use super::Passage;
use super::markup::{Flow, Role, Wishes, html_role};
use super::passage::PieceKind;
use super::saying::{Sayings, StartTag};
use crate::span::Span;

/// The text of a page.
pub(super) fn passage(source: &str) -> Passage<'_> {
    // A carriage return becomes a line feed, or vanishes, while a page is read; it is white space either way, and places stay as they are.
    let read = source.replace('\r', " ");
    let mut page = Page::new(source, read.as_bytes());
    let Ok(()) = Tokenizer::new_with_emitter(read.as_str(), &mut page).finish();
    page.flush();
    page.flow.finish()
}

/// What a character reference stands for by its name: `eacute` for é.
pub(super) fn named(name: &str) -> Option<String> {
    let source = format!("&{name};");
    let passage = passage(&source);
    (passage.text() != source).then(|| passage.text().to_owned())
}

/// A tag of HTML somewhere else, with the attributes of a start tag.
pub(super) enum HtmlTag {
    Start { name: Vec<u8>, is_empty: bool, attributes: Vec<(String, String)> },
    End { name: Vec<u8> },
}

/// The tags in a stretch of HTML.
pub(super) fn tags(source: &str) -> Vec<HtmlTag> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let tag = |token: Token<()>| match token {
        Token::StartTag(tag) => {
            let attributes = tag.attributes.iter().map(|(name, value)| (text(name), text(value))).collect();
            Some(HtmlTag::Start { name: tag.name.to_vec(), is_empty: tag.self_closing, attributes })
        }
        Token::EndTag(tag) => Some(HtmlTag::End { name: tag.name.to_vec() }),
        _ => None,
    };
    let mut emitter = DefaultEmitter::<()>::default();
    emitter.naively_switch_states(true);
    let tokens = Tokenizer::new_with_emitter(source, emitter);
    tokens.filter_map(|token| token.map_or_else(|never| match never {}, tag)).collect()
}

/// A page while it is read.
struct Page<'s, 'r> {
    source: &'s str,
    /// The source as the tokenizer gets it.
    read: &'r [u8],
    flow: Flow<'s>,
    /// How far the tokenizer has read, and how far what it told reaches.
    position: usize,
    told: usize,
    /// Text that was told and is not in the flow yet.
    text: Span,
    tag: Tag,
    last_start: Vec<u8>,
    /// The open elements of SVG and MathML, and those in them that hold HTML again.
    foreign: Vec<Vec<u8>>,
    /// The open element that holds no text, and how often it is open.
    hidden: Option<(Vec<u8>, usize)>,
    sayings: Sayings,
}

/// The tag that is being read.
#[derive(Default)]
struct Tag {
    name: Vec<u8>,
    is_end: bool,
    is_empty: bool,
    attribute: Vec<u8>,
    value: Vec<u8>,
    says: Option<Wishes>,
}

impl<'s, 'r> Page<'s, 'r> {
    fn new(source: &'s str, read: &'r [u8]) -> Self {
        Self {
            source,
            read,
            flow: Flow::new(source),
            position: 0,
            told: 0,
            text: Span::new(0, 0),
            tag: Tag::default(),
            last_start: Vec::new(),
            foreign: Vec::new(),
            hidden: None,
            sayings: Sayings::default(),
        }
    }

    /// Takes in the attribute that was read last.
    fn end_attribute(&mut self) {
        let (name, value) = (std::mem::take(&mut self.tag.attribute), std::mem::take(&mut self.tag.value));
        if !name.is_empty() {
            let wishes = self.tag.says.unwrap_or(self.flow.wishes);
            let name = std::str::from_utf8(&name).unwrap_or_default();
            let said = wishes.with(name, &String::from_utf8_lossy(&value));
            self.tag.says = (said != wishes).then_some(said).or(self.tag.says);
        }
    }

    /// Starts an element for those that say something of their text.
    fn start_saying(&mut self, name: &[u8], role: Role) {
        let says = self.tag.says.take();
        let tag = StartTag { name, role, is_empty: self.tag.is_empty, says };
        let open = self.sayings.len();
        self.sayings.start(&tag, &mut self.flow.wishes);
        if self.sayings.len() > open {
            self.flow.enter(std::str::from_utf8(name).unwrap_or_default(), self.flow.wishes, false);
        }
    }

    /// Adds stretches of text that meet at once, for a letter may come byte by byte.
    fn flush(&mut self) {
        let Span { start, end } = std::mem::replace(&mut self.text, Span::new(self.told, self.told));
        if self.source.is_char_boundary(start) && self.source.is_char_boundary(end) {
            self.flow.text(Span::new(start, end), PieceKind::Alike);
        }
    }

    fn add(&mut self, span: Span) {
        if self.text.end != span.start {
            self.flush();
            self.text = span;
        }
        self.text.end = span.end;
        self.told = span.end;
    }

    fn start(&mut self, name: &[u8]) {
        let role = html_role(std::str::from_utf8(name).unwrap_or_default());
        self.start_saying(name, role);
        self.flow.boundary(role);
        if self.tag.is_empty && self.is_foreign() {
            return;
        }
        self.enter_foreign(name);
        match role {
            Role::Code => self.flow.code += 1,
            Role::Hidden => self.hide(name),
            _ if name == b"pre" => self.flow.preformatted += 1,
            _ => {}
        }
    }

    fn end(&mut self, name: &[u8]) {
        if let Some(at) = self.foreign.iter().rposition(|open| open == name) {
            self.foreign.truncate(at);
        }
        self.show(name);
        let role = html_role(std::str::from_utf8(name).unwrap_or_default());
        self.sayings.end(name, role, &mut self.flow.wishes);
        match role {
            Role::Code => self.flow.code = self.flow.code.saturating_sub(1),
            _ if name == b"pre" => self.flow.preformatted = self.flow.preformatted.saturating_sub(1),
            _ => {}
        }
        self.flow.boundary(role);
    }

    fn hide(&mut self, name: &[u8]) {
        match &mut self.hidden {
            // A list of choices holds no other.
            Some((open, depth)) if open == name && name != b"select" => *depth += 1,
            Some(_) => {}
            None => {
                self.hidden = Some((name.to_vec(), 1));
                self.flow.hidden = 1;
            }
        }
    }

    fn show(&mut self, name: &[u8]) {
        if let Some((open, depth)) = &mut self.hidden
            && open == name
        {
            *depth -= 1;
            if *depth == 0 {
                self.hidden = None;
                self.flow.hidden = 0;
            }
        }
    }

    fn is_foreign(&self) -> bool {
        self.foreign.last().is_some_and(|name| name == b"svg" || name == b"math")
    }

    fn enter_foreign(&mut self, name: &[u8]) {
        let is_root = name == b"svg" || name == b"math";
        let holds_html = matches!(name, b"foreignobject" | b"desc" | b"title" | b"annotation-xml");
        if is_root || (self.is_foreign() && holds_html) {
            self.foreign.push(name.to_vec());
        }
        while self.is_foreign() && BREAKS_OUT.contains(&name) {
            self.foreign.pop();
        }
    }
}

/// The start tags that end SVG and MathML wherever they stand (HTML standard, 13.2.6.5).
const BREAKS_OUT: [&[u8]; 44] = [
    b"b",
    b"big",
    b"blockquote",
    b"body",
    b"br",
    b"center",
    b"code",
    b"dd",
    b"div",
    b"dl",
    b"dt",
    b"em",
    b"embed",
    b"h1",
    b"h2",
    b"h3",
    b"h4",
    b"h5",
    b"h6",
    b"head",
    b"hr",
    b"i",
    b"img",
    b"li",
    b"listing",
    b"menu",
    b"meta",
    b"nobr",
    b"ol",
    b"p",
    b"pre",
    b"ruby",
    b"s",
    b"small",
    b"span",
    b"strong",
    b"strike",
    b"sub",
    b"sup",
    b"table",
    b"tt",
    b"u",
    b"ul",
    b"var",
];

/// Whether a stretch of source is a character reference: `&amp;`, `&#233;`, `&copy`.
fn is_reference(source: &[u8]) -> bool {
    let name = source.strip_prefix(b"&").unwrap_or_default();
    let name = name.strip_suffix(b";").unwrap_or(name);
    !name.is_empty() && name.iter().all(|&byte| byte.is_ascii_alphanumeric() || byte == b'#')
}

/// Where `needle` stands last.
fn last_place(hay: &[u8], needle: &[u8]) -> Option<usize> {
    hay.windows(needle.len().max(1)).rposition(|window| window == needle)
}

impl Emitter for &mut Page<'_, '_> {
    type Token = Infallible;

    fn move_position(&mut self, offset: isize) {
        self.position = self.position.saturating_add_signed(offset);
    }

    fn emit_string(&mut self, text: &[u8]) {
        let end = self.position.min(self.read.len());
        let seen = &self.read[self.told.min(end)..end];
        if seen == text {
            return self.add(Span::new(self.told, end));
        }
        let place = last_place(seen, text);
        let reference = seen.iter().rposition(|&byte| byte == b'&').filter(|&at| is_reference(&seen[at..]));
        match (reference, place) {
            (Some(at), _) if !text.contains(&b'&') || place.is_none_or(|place| place <= at) => {
                self.flush();
                let span = Span::new(self.told + at, end);
                self.flow.reference(span, &String::from_utf8_lossy(text));
                self.told = end;
                self.text = Span::new(end, end);
            }
            // Something that is no text lies before it, or one byte more was read.
            (_, Some(place)) => self.add(Span::new(self.told + place, self.told + place + text.len())),
            (_, None) => {}
        }
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        self.flush();
        (self.told, self.text) = (self.position, Span::new(self.position, self.position));
        let name = std::mem::take(&mut self.tag.name);
        self.end_attribute();
        if self.tag.is_end {
            self.end(&name);
            return None;
        }
        let (was_foreign, depth) = (self.is_foreign(), self.foreign.len());
        self.start(&name);
        let state = match name.as_slice() {
            _ if was_foreign && self.foreign.len() >= depth => None,
            b"noscript" => None,
            b"noframes" => Some(State::RawText),
            name => naive_next_state(name),
        };
        self.last_start = name;
        state
    }

    fn emit_current_comment(&mut self) {
        self.flush();
        (self.told, self.text) = (self.position, Span::new(self.position, self.position));
    }

    fn emit_current_doctype(&mut self) {
        self.emit_current_comment();
    }

    fn init_start_tag(&mut self) {
        self.tag = Tag::default();
    }

    fn init_end_tag(&mut self) {
        self.tag = Tag { is_end: true, ..Tag::default() };
    }

    fn push_tag_name(&mut self, name: &[u8]) {
        self.tag.name.extend_from_slice(name);
    }

    fn set_self_closing(&mut self) {
        self.tag.is_empty = true;
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.tag.is_end && !self.tag.name.is_empty() && self.tag.name == self.last_start
    }

    fn set_last_start_tag(&mut self, name: Option<&[u8]>) {
        self.last_start = name.unwrap_or_default().to_vec();
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn pop_token(&mut self) -> Option<Infallible> {
        None
    }

    fn emit_eof(&mut self) {}
    fn emit_error(&mut self, _: Error) {}
    fn init_comment(&mut self) {}
    fn push_comment(&mut self, _: &[u8]) {}
    fn init_doctype(&mut self) {}
    fn push_doctype_name(&mut self, _: &[u8]) {}
    fn set_force_quirks(&mut self) {}
    fn set_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn set_doctype_system_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_public_identifier(&mut self, _: &[u8]) {}
    fn push_doctype_system_identifier(&mut self, _: &[u8]) {}

    fn init_attribute(&mut self) {
        self.end_attribute();
    }

    fn push_attribute_name(&mut self, name: &[u8]) {
        self.tag.attribute.extend_from_slice(name);
    }

    fn push_attribute_value(&mut self, value: &[u8]) {
        self.tag.value.extend_from_slice(value);
    }
}
