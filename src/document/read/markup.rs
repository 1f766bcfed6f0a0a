//! What tags mean for those who read: where a paragraph ends, what is code, what is no text at all.
//!
//! Names of elements are put into few [`Role`]s, for HTML, TEI and their like at once. A [`Flow`] puts the text between tags
//! together: white space counts as one space, since indentation is no distance, and blocks are divided by blank lines,
//! which ends paragraphs for all that reads text. A tree was rejected: where text stands in the source is all that is wanted of it.

use super::Passage;
use super::passage::{Notation, PassageBuilder, PieceKind};
use crate::lang::Lang;
use crate::span::Span;

/// What an element means for the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Nothing: the text goes on.
    Inline,
    /// A text of its own, divided from what is around it.
    Block,
    /// A new line.
    Line,
    /// A picture, a superscript: no name goes across its tags.
    Object,
    /// Code: its text is read by programs.
    Code,
    /// Holds no running text: scripts, styles, what a form sends.
    Hidden,
}

const BLOCKS: &[&str] = &[
    // HTML
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "button",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
    // TEI
    "ab",
    "bibl",
    "byline",
    "castItem",
    "castList",
    "cell",
    "closer",
    "dateline",
    "div1",
    "div2",
    "div3",
    "div4",
    "div5",
    "div6",
    "div7",
    "docTitle",
    "docImprint",
    "entry",
    "epigraph",
    "figDesc",
    "fw",
    "group",
    "imprimatur",
    "item",
    "l",
    "lg",
    "list",
    "listBibl",
    "listPerson",
    "listPlace",
    "note",
    "opener",
    "postscript",
    "row",
    "salute",
    "signed",
    "sp",
    "speaker",
    "stage",
    "titlePage",
    "titlePart",
    "trailer",
    "u",
    // DocBook, JATS
    "para",
    "sec",
    "simpara",
];

const INLINES: &[&str] = &[
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "c",
    "choice",
    "cl",
    "corr",
    "date",
    "em",
    "emph",
    "expan",
    "foreign",
    "geogName",
    "hi",
    "i",
    "ins",
    "m",
    "mark",
    "mentioned",
    "name",
    "orgName",
    "pc",
    "persName",
    "phr",
    "placeName",
    "q",
    "quote",
    "ref",
    "reg",
    "rs",
    "s",
    "seg",
    "small",
    "span",
    "strong",
    "supplied",
    "surname",
    "forename",
    "term",
    "time",
    "unclear",
    "w",
];
const LINES: &[&str] = &["br", "cb", "gb", "lb", "pb"];
const OBJECTS: &[&str] = &[
    "audio", "canvas", "embed", "formula", "gap", "graphic", "img", "input", "math", "media", "object", "sub", "sup",
    "svg", "video",
];
const CODE: &[&str] = &[
    "att",
    "code",
    "eg",
    "egXML",
    "gi",
    "ident",
    "idno",
    "kbd",
    "listing",
    "orig",
    "plaintext",
    "programlisting",
    "samp",
    "sic",
    "tag",
    "tt",
    "val",
    "var",
    "xmp",
];
const HIDDEN: &[&str] = &[
    "del",
    "iframe",
    "noembed",
    "noframes",
    "script",
    "select",
    "style",
    "surplus",
    "teiHeader",
    "template",
    "textarea",
];

/// The role of an element of XML, if its name tells.
pub(super) fn xml_role(name: &str) -> Option<Role> {
    let lists = [
        (BLOCKS, Role::Block),
        (INLINES, Role::Inline),
        (LINES, Role::Line),
        (OBJECTS, Role::Object),
        (CODE, Role::Code),
        (HIDDEN, Role::Hidden),
    ];
    lists.iter().find(|(names, _)| names.contains(&name)).map(|&(_, role)| role)
}

/// The role of an element of HTML. Unknown ones are inline, as browsers have it.
pub(super) fn html_role(name: &str) -> Role {
    match name {
        // Of the same name as something in TEI or JATS.
        "del" | "tt" | "u" | "object" => Role::Inline,
        _ => xml_role(name).unwrap_or(Role::Inline),
    }
}

/// Stands for a picture, and for a sign of which nobody knows the meaning; no name goes across it.
pub(super) const OBJECT: &str = "\u{FFFC}";

/// Puts the text between tags together.
pub(super) struct Flow<'s> {
    source: &'s str,
    builder: PassageBuilder<'s>,
    /// How many open elements hold code, hold no text, and keep their white space.
    pub(super) code: usize,
    pub(super) hidden: usize,
    pub(super) preformatted: usize,
    /// What the innermost element says that says anything.
    pub(super) wishes: Wishes,
}

/// What a document says of a part: its language, and whether it is to stay as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Wishes {
    lang: Option<Lang>,
    is_kept: bool,
}

impl Wishes {
    /// What holds inside an element with this attribute; the same if it is none that says anything.
    pub(super) fn with(self, name: &str, value: &str) -> Self {
        match name {
            "lang" | "xml:lang" => Self { lang: language(value), ..self },
            "translate" | "its:translate" if value.eq_ignore_ascii_case("no") => Self { is_kept: true, ..self },
            "translate" | "its:translate" if value.is_empty() || value.eq_ignore_ascii_case("yes") => {
                Self { is_kept: false, ..self }
            }
            "class" if value.split_ascii_whitespace().any(|class| class == "notranslate") => {
                Self { is_kept: true, ..self }
            }
            _ => self,
        }
    }
}

impl Wishes {
    /// Puts down what holds of the text that was added since it had this length.
    pub(super) fn mark(self, builder: &mut PassageBuilder<'_>, start: usize) {
        if self.is_kept {
            builder.keep_from(start);
        }
        if let Some(lang) = self.lang {
            builder.tell_from(start, lang);
        }
    }
}

/// The elements that hold all of a document's text, beside the outermost of XML.
const WHOLE: [&str; 4] = ["html", "body", "TEI", "text"];

/// A language by its tag in a document, as the gazetteer has it: without region, and with a script where it is not the usual one. None of what
/// says that nobody knows, or that there are many.
fn language(tag: &str) -> Option<Lang> {
    let mut subtags = tag.trim().split(['-', '_']);
    let language = subtags.next()?.to_ascii_lowercase();
    if matches!(language.as_str(), "und" | "mul" | "zxx" | "mis") {
        return None;
    }
    let is_cyrillic = language == "az" && subtags.any(|subtag| subtag.eq_ignore_ascii_case("Cyrl"));
    if is_cyrillic { "az-Cyrl".parse().ok() } else { language.parse().ok() }
}

impl<'s> Flow<'s> {
    pub(super) fn new(source: &'s str) -> Self {
        Self {
            source,
            builder: PassageBuilder::new(source),
            code: 0,
            hidden: 0,
            preformatted: 0,
            wishes: Wishes::default(),
        }
    }

    /// Enters an element that says something of its text. What a whole document says of its language is no more than a guess: templates say it
    /// of every page.
    pub(super) fn enter(&mut self, name: &str, wishes: Wishes, is_outermost: bool) {
        self.wishes = wishes;
        if (is_outermost || WHOLE.contains(&name))
            && let Some(lang) = self.wishes.lang.take()
        {
            self.builder.tell_whole(lang);
        }
    }

    /// What an element's start, or its end, adds to the text.
    pub(super) fn boundary(&mut self, role: Role) {
        if self.hidden > 0 {
            return;
        }
        match role {
            Role::Block => self.end_block(),
            Role::Line => self.add("\n"),
            Role::Object => self.add(OBJECT),
            Role::Inline | Role::Code | Role::Hidden => {}
        }
    }

    /// Text that stands in the source as it is.
    pub(super) fn text(&mut self, span: Span, kind: PieceKind) {
        if self.hidden > 0 {
            return;
        }
        let start = self.builder.text().len();
        if self.preformatted > 0 {
            self.builder.alike(span, kind);
        } else {
            self.flowing(span, kind);
        }
        self.protect(start);
    }

    /// A character reference.
    pub(super) fn reference(&mut self, span: Span, stands_for: &str) {
        if self.hidden == 0 {
            let start = self.builder.text().len();
            self.builder.sign(span, stands_for);
            self.protect(start);
        }
    }

    /// The passage.
    pub(super) fn finish(self) -> Passage<'s> {
        self.builder.finish(Notation::Markup)
    }

    /// What holds of the text since it had this length.
    fn protect(&mut self, start: usize) {
        if self.code > 0 {
            self.builder.protect_from(start);
        }
        self.wishes.mark(&mut self.builder, start);
    }

    /// Text whose white space means no more than one space, and nothing at the start of a block.
    fn flowing(&mut self, span: Span, kind: PieceKind) {
        let text = &self.source.as_bytes()[span.range()];
        let mut at = 0;
        while at < text.len() {
            let length = text[at..].iter().take_while(|byte| !is_space(**byte)).count();
            self.builder.alike(Span::new(span.start + at, span.start + at + length), kind);
            at += length;
            let length = text[at..].iter().take_while(|byte| is_space(**byte)).count();
            let space = Span::new(span.start + at, span.start + at + length);
            if length > 0 && !matches!(self.builder.text().as_bytes().last(), None | Some(b'\n')) {
                if text[at..at + length] == *b" " {
                    self.builder.alike(space, kind);
                } else {
                    self.builder.sign(space, " ");
                }
            }
            at += length;
        }
    }

    fn add(&mut self, text: &str) {
        if !self.builder.text().is_empty() {
            self.builder.apart(text);
        }
    }

    fn end_block(&mut self) {
        if !self.builder.text().ends_with("\n\n") {
            self.add("\n\n");
        }
    }
}

/// White space as XML and HTML have it; a no-break space is a letter to them.
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0C')
}
