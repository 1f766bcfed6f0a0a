//! The elements of a TEI document with their places: where tags may be put around a stretch of its text.
//!
//! A stretch can be wrapped if both of its ends lie in one element that may hold names. If one end lies deeper, at the edge of an element
//! (`<hi>Nagorno</hi>-Karabakh`, a `w`, a CDATA section), the element goes inside. Which elements may hold names is a list made of TEI's schema, so that
//! a valid document stays one; elements of other vocabularies hold none.

use std::collections::HashSet;
use std::sync::LazyLock;

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use quick_xml::reader::NsReader;

use crate::span::Span;

/// The outline of a document.
pub(super) struct Outline<'s> {
    /// The first stands for the document as a whole.
    elements: Vec<Element<'s>>,
    /// In order.
    tags: Vec<Tag>,
    /// From the first tag of the outermost element to the last.
    pub(super) root: Span,
    pub(super) has_document_type: bool,
    /// Whether it is a document, and no fragment of one.
    pub(super) is_whole: bool,
}

struct Element<'s> {
    parent: usize,
    depth: usize,
    /// Where its text begins and ends.
    inside: Span,
    /// With its tags.
    outside: Span,
    /// `tei:`, or nothing.
    prefix: &'s str,
    holds_names: bool,
    is_name: bool,
}

/// A tag, or the beginning or end of a CDATA section.
struct Tag {
    span: Span,
    /// The element that what follows is in.
    then_in: usize,
    /// Whether a name begins.
    is_name: bool,
}

/// Where tags may be put: around what, and with which prefix.
pub(super) struct Wrap<'s> {
    pub(super) span: Span,
    pub(super) prefix: &'s str,
}

const NAMESPACE: &str = "http://www.tei-c.org/ns/1.0";
const CDATA: (&str, &str) = ("<![CDATA[", "]]>");

/// The elements that name somebody or something: TEI's model.nameLike, without references and titles.
const NAMES: [&str; 17] = [
    "addName",
    "bloc",
    "country",
    "district",
    "forename",
    "genName",
    "geogFeat",
    "geogName",
    "name",
    "nameLink",
    "objectName",
    "orgName",
    "persName",
    "placeName",
    "region",
    "settlement",
    "surname",
];

static MAY_HOLD_NAMES: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("may_hold_names.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

impl<'s> Outline<'s> {
    /// The outline of a well-formed document, if it is TEI: by its outermost element's name, or by its namespace, as a chapter in a file of its own has
    /// it.
    pub(super) fn read(source: &'s str) -> Option<Self> {
        let mut outline = Self {
            elements: vec![Element::new(0, 0, Span::new(0, 0))],
            tags: Vec::new(),
            root: Span::new(0, 0),
            has_document_type: false,
            is_whole: false,
        };
        let mut reader = NsReader::from_str(source);
        let mut open = 0;
        loop {
            let start = reader.buffer_position() as usize;
            let (namespace, event) = reader.read_resolved_event().ok()?;
            let is_declared = matches!(namespace, ResolveResult::Bound(Namespace(NAMESPACE)));
            let is_tei = is_declared || matches!(namespace, ResolveResult::Unbound);
            let span = Span::new(start, reader.buffer_position() as usize);
            let had_root = outline.elements.len() > 1;
            match event {
                Event::Start(tag) => open = outline.open(open, span, named(source, span, &tag, is_tei)),
                Event::Empty(tag) => {
                    let element = outline.open(open, span, named(source, span, &tag, is_tei));
                    outline.close(element, Span::new(span.end, span.end));
                }
                Event::End(_) => open = outline.close(open, span),
                Event::CData(_) => outline.cdata(open, span),
                Event::DocType(_) => outline.has_document_type = true,
                Event::Eof => break,
                _ => {}
            }
            if !had_root && outline.elements.len() > 1 {
                outline.is_whole = is_tei && outline.is_document(source);
                if !outline.is_whole && !is_declared {
                    return None;
                }
            }
        }
        outline.root = outline.elements.get(1)?.outside;
        Some(outline)
    }

    fn is_document(&self, source: &str) -> bool {
        let root = &self.elements[1];
        let tag = &source[root.outside.start + 1 + root.prefix.len()..root.inside.start];
        ["TEI", "teiCorpus"]
            .iter()
            .any(|name| tag.strip_prefix(name).is_some_and(|rest| rest.starts_with([' ', '\t', '\r', '\n', '>', '/'])))
    }

    fn open(&mut self, parent: usize, span: Span, element: Element<'s>) -> usize {
        let at = self.elements.len();
        let depth = self.elements[parent].depth + 1;
        self.tags.push(Tag { span, then_in: at, is_name: element.is_name });
        self.elements.push(Element { parent, depth, ..element });
        at
    }

    /// Ends an element; the one around it.
    fn close(&mut self, at: usize, span: Span) -> usize {
        let element = &mut self.elements[at];
        (element.inside.end, element.outside.end) = (span.start, span.end);
        let parent = element.parent;
        self.tags.push(Tag { span, then_in: parent, is_name: false });
        parent
    }

    /// A CDATA section is an element that holds no tags.
    fn cdata(&mut self, parent: usize, span: Span) {
        let start = Span::new(span.start, span.start + CDATA.0.len());
        let section = self.open(parent, start, Element::new(start.start, start.end, start));
        self.close(section, Span::new(span.end - CDATA.1.len(), span.end));
    }

    /// The element that a place between two letters or tags is in.
    fn around(&self, at: usize) -> usize {
        let after = self.tags.partition_point(|tag| tag.span.end <= at);
        after.checked_sub(1).map_or(0, |last| self.tags[last].then_in)
    }

    /// Whether a stretch is in an element that is a name, or holds one.
    pub(super) fn touches_name(&self, span: Span) -> bool {
        let first = self.tags.partition_point(|tag| tag.span.start < span.start);
        let within = self.tags[first..].iter().take_while(|tag| tag.span.start < span.end);
        let mut at = self.around(span.start);
        let mut around = std::iter::from_fn(|| {
            let element = &self.elements[at];
            at = element.parent;
            (element.depth > 0).then_some(element)
        });
        around.any(|element| element.is_name) || within.into_iter().any(|tag| tag.is_name)
    }

    /// Where a stretch can be wrapped, if anywhere.
    pub(super) fn wrap(&self, span: Span) -> Option<Wrap<'s>> {
        let mut span = span;
        loop {
            let (first, last) = (&self.elements[self.around(span.start)], &self.elements[self.around(span.end)]);
            let is_one = std::ptr::eq(first, last);
            if is_one && first.holds_names {
                return Some(Wrap { span, prefix: first.prefix });
            }
            if is_one || first.depth >= last.depth {
                span.start = (first.depth > 0 && first.inside.start == span.start).then_some(first.outside.start)?;
            }
            if is_one || last.depth >= first.depth {
                span.end = (last.depth > 0 && last.inside.end == span.end).then_some(last.outside.end)?;
            }
        }
    }
}

impl Element<'_> {
    /// An element of which nothing is known but its tag.
    fn new(start: usize, end: usize, tag: Span) -> Self {
        let (inside, outside) = (Span::new(end, end), Span::new(start, tag.end));
        Self { parent: 0, depth: 0, inside, outside, prefix: "", holds_names: false, is_name: false }
    }
}

/// An element by its tag.
fn named<'s>(source: &'s str, tag: Span, start: &BytesStart<'_>, is_tei: bool) -> Element<'s> {
    let whole = start.name().into_inner();
    let name = start.local_name().into_inner();
    let prefix = tag.start + 1..tag.start + 1 + whole.len() - name.len();
    Element {
        prefix: &source[prefix],
        holds_names: is_tei && MAY_HOLD_NAMES.contains(name),
        is_name: is_tei && NAMES.contains(&name),
        ..Element::new(tag.start, tag.end, tag)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The source with the stretch from `[` to `]` wrapped.
    fn wrapped(inside: &str) -> Option<String> {
        let before = "<TEI xmlns='http://www.tei-c.org/ns/1.0'><p>";
        let source = format!("{before}{}</p></TEI>", inside.replace(['[', ']'], ""));
        let start = before.len() + inside.find('[').expect("a stretch");
        let end = before.len() + inside.find(']').expect("its end") - 1;
        let outline = Outline::read(&source).expect("TEI");
        let Wrap { span, prefix } = outline.wrap(Span::new(start, end))?;
        let (from, to) = (before.len(), source.len() - "</p></TEI>".len());
        let (before, inside, after) = (&source[from..span.start], &source[span.range()], &source[span.end..to]);
        Some(format!("{before}<{prefix}>{inside}</>{after}"))
    }

    #[test]
    fn stretches_are_wrapped_where_both_ends_are_in_one_element() {
        for (inside, expected) in [
            ("a [b] c", "a <>b</> c"),
            ("a <hi>[b]</hi> c", "a <hi><>b</></hi> c"),
            ("[a <hi>b</hi> c]", "<>a <hi>b</hi> c</>"),
            ("<hi>[a</hi>-b] c", "<><hi>a</hi>-b</> c"),
            ("<hi><hi>[a</hi></hi>-<hi>b]</hi> c", "<><hi><hi>a</hi></hi>-<hi>b</hi></> c"),
            ("<s><w>[a</w> <w>b]</w></s>", "<s><><w>a</w> <w>b</w></></s>"),
            ("<w>[a]</w>", "<><w>a</w></>"),
            ("[a<lb/>b]", "<>a<lb/>b</>"),
            ("a<lb/>[b]", "a<lb/><>b</>"),
            ("<date>[a]</date>", "<date><>a</></date>"),
        ] {
            assert_eq!(wrapped(inside).as_deref(), Some(expected), "{inside}");
        }
        for inside in ["<hi>x [a</hi>-b]", "<w>x[a]</w>", "[a-<hi>b]x</hi>", "<x xmlns='u'>y [a]</x>"] {
            assert_eq!(wrapped(inside), None, "{inside}");
        }
    }

    #[test]
    fn names_are_seen_around_and_inside() {
        let source = "<TEI><p>a <persName>b <hi>c</hi></persName> d</p></TEI>";
        let outline = Outline::read(source).expect("TEI");
        let touches = |text: &str| {
            let start = source.find(text).expect(text);
            outline.touches_name(Span::new(start, start + text.len()))
        };
        assert!(touches("c") && touches("b") && touches("a <persName>b"));
        assert!(!touches("d") && !touches("a "));
    }

    #[test]
    fn other_vocabularies_are_no_tei() {
        for source in ["<html/>", "<TEIs/>", "<TEI.2/>", "<doc><TEI/></doc>"] {
            assert!(Outline::read(source).is_none(), "{source}");
        }
        for source in ["<TEI/>", "<t:TEI xmlns:t='http://www.tei-c.org/ns/1.0'></t:TEI>", "<!-- a --><teiCorpus\n/>"] {
            assert!(Outline::read(source).is_some(), "{source}");
        }
    }
}
