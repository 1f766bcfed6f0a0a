//! TEI documents with their names marked: what was there stays byte for byte, and other readers find what was put in.
#![cfg(all(feature = "bundled", feature = "formats"))]
#![allow(clippy::unwrap_used, reason = "a test that cannot read what was written should fail")]

use std::sync::OnceLock;

use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use toponorm::write::{Report, Reported, Tei};
use toponorm::{Document, Encoding, InputFormat, Lang, Matcher, Normalizer, ReadOptions};

fn normalizer() -> &'static Normalizer {
    static NORMALIZER: OnceLock<Normalizer> = OnceLock::new();
    NORMALIZER
        .get_or_init(|| Normalizer::builder().lang(Lang::ENGLISH).demonyms(true).build(Matcher::bundled().unwrap()))
}

/// Documents with their names marked, what was left out, and how many names were found.
fn marked(documents: &[&[u8]]) -> (Vec<u8>, Option<String>, usize) {
    marked_by(normalizer(), documents, "utf-8")
}

fn marked_by(normalizer: &Normalizer, documents: &[&[u8]], encoding: &str) -> (Vec<u8>, Option<String>, usize) {
    let options =
        ReadOptions { format: InputFormat::Xml, encoding: encoding.parse().unwrap(), ..ReadOptions::default() };
    let (mut report, mut out, mut names) = (Tei::default(), Vec::new(), 0);
    for bytes in documents {
        let decoded = options.encoding.decode(bytes).unwrap();
        let document = Document::read(&decoded, &options).unwrap();
        let passage = &document.passages()[0];
        let annotations = normalizer.annotate_passage(passage);
        names += annotations.len();
        report.document(&mut out, &Reported::new("a.xml", &document, passage, &annotations)).unwrap();
    }
    report.end(&mut out).unwrap();
    (out, report.left_out(), names)
}

fn marked_text(source: &str) -> String {
    String::from_utf8(marked(&[source.as_bytes()]).0).unwrap()
}

/// A tag that is open.
#[derive(Clone, Copy, PartialEq)]
enum Tag {
    Name,
    Choice,
    Right,
    Theirs,
}

fn is_ours(tag: &BytesStart<'_>) -> bool {
    tag.attributes().flatten().any(|attribute| attribute.key.into_inner() == "cert")
}

/// The document without the tags that were put in, and how many names they marked.
fn without_ours(xml: &str) -> (String, usize) {
    let mut reader = Reader::from_str(xml);
    let (mut kept, mut open, mut names): (String, Vec<Tag>, usize) = (String::new(), Vec::new(), 0);
    loop {
        let start = reader.buffer_position() as usize;
        let event = reader.read_event().unwrap();
        let raw = &xml[start..reader.buffer_position() as usize];
        let is_right = open.contains(&Tag::Right);
        let tag = match event {
            Event::Eof => break,
            Event::Start(tag) => {
                let is_next = xml[..start].ends_with('>') && open.last() == Some(&Tag::Name);
                let sort = match tag.local_name().into_inner() {
                    _ if is_ours(&tag) => Tag::Name,
                    "choice" if is_next && xml[start..].split('>').nth(1).unwrap().ends_with("orig") => Tag::Choice,
                    "orig" if open.last() == Some(&Tag::Choice) => Tag::Choice,
                    "reg" if open.last() == Some(&Tag::Choice) => Tag::Right,
                    _ => Tag::Theirs,
                };
                names += usize::from(sort == Tag::Name && !raw.contains("prev="));
                open.push(sort);
                sort
            }
            Event::End(_) => open.pop().unwrap(),
            _ => Tag::Theirs,
        };
        if tag == Tag::Theirs && !is_right {
            kept.push_str(raw);
        }
    }
    (kept, names)
}

/// The text that an XML reader finds, of corrections the text's own spelling.
fn text(xml: &str) -> String {
    let document = roxmltree::Document::parse(xml).unwrap();
    let texts = document.descendants().filter(|node| {
        let is_right = |node: &roxmltree::Node<'_, '_>| node.has_tag_name("reg") || node.tag_name().name() == "reg";
        node.is_text() && !node.ancestors().any(|node| is_right(&node))
    });
    texts.map(|node| node.text().unwrap_or_default()).collect()
}

fn inside() -> impl Strategy<Value = String> {
    let pieces = vec![
        "Stefancart",
        "Stefan",
        "cart",
        "Nagorno",
        "Karbakh",
        "Baku",
        "Xank&#x259;ndi",
        "Ilham Aliyev",
        "Armenian",
        "-",
        " ",
        " ",
        " in ",
        "\n",
        "&amp;",
        "&eacute;",
        "<lb/>",
        "<lb break='no'/>",
        "<hi rend=\"a\">",
        "</hi>",
        "<w>",
        "</w>",
        "<pc>-</pc>",
        "<placeName>",
        "</placeName>",
        "<![CDATA[Baku]]>",
        "<![CDATA[",
        "]]>",
        "<!-- toponorm-1 -->",
        "<?x y?>",
        "<choice><sic>Baku</sic><corr>Jevlah</corr></choice>",
        "<m:x xmlns:m='u'>",
        "</m:x>",
        "<note>",
        "</note>",
        "<p>Baku</p>",
        "<idno>Baku</idno>",
    ];
    prop::collection::vec(prop::sample::select(pieces), 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, max_global_rejects: 100_000, ..ProptestConfig::default() })]

    #[test]
    fn what_was_there_stays_byte_for_byte(inside in inside(), prefix in prop::sample::select(vec!["", "t:"])) {
        // What is opened is closed, so that more of the documents are well-formed.
        let source = balanced(&inside);
        let colon = if prefix.is_empty() { "" } else { ":t" };
        let source = source.replace("<", &format!("<{prefix}")).replace(&format!("<{prefix}/"), &format!("</{prefix}"));
        let source = source.replace(&format!("<{prefix}!"), "<!").replace(&format!("<{prefix}?"), "<?").replace("t:m:x", "m:x");
        let source = format!(
            "<?xml version='1.0'?>\n<!DOCTYPE x [<!ENTITY eacute \"é\">]>\r\n<{prefix}TEI xmlns{colon}='http://www.tei-c.org/ns/1.0'>\
             <{prefix}p>{source}</{prefix}p></{prefix}TEI>\n"
        );
        prop_assume!(is_well_formed(&source));
        let (out, left_out, names) = marked(&[source.as_bytes()]);
        let out = String::from_utf8(out).unwrap();
        let (kept, found) = without_ours(&out);
        prop_assert_eq!(kept, source.as_str());
        prop_assert!(is_well_formed(&out), "{}", out);
        prop_assert_eq!(text_with_types(&out), text_with_types(&source));
        prop_assert!(found <= names && (found == names || left_out.is_some()), "{} of {} {:?}", found, names, left_out);
    }
}

fn is_well_formed(xml: &str) -> bool {
    let options = roxmltree::ParsingOptions { allow_dtd: true, ..roxmltree::ParsingOptions::default() };
    roxmltree::Document::parse_with_options(xml, options).is_ok()
}

fn text_with_types(xml: &str) -> String {
    let end = xml.find("]>").map_or(0, |at| at + "]>".len());
    text(&xml[end..].replace("&eacute;", "é"))
}

/// The source with every tag closed in its order, and end tags left out that close nothing.
fn balanced(inside: &str) -> String {
    let (mut out, mut open, mut rest) = (String::new(), Vec::new(), inside);
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let close = if rest.starts_with("<![CDATA[") { "]]>" } else { ">" };
        let end = rest.find(close).map_or(rest.len(), |at| at + close.len());
        let (tag, after) = rest.split_at(end);
        rest = after;
        match tag.strip_prefix("</") {
            Some(name) if open.last() == Some(&name.trim_end_matches('>')) => {
                open.pop();
                out.push_str(tag);
            }
            Some(_) => {}
            None => {
                if !tag.ends_with("/>") && !tag.starts_with("<!") && !tag.starts_with("<?") {
                    open.push(tag[1..].split([' ', '>']).next().unwrap());
                }
                out.push_str(tag);
            }
        }
    }
    out.push_str(rest);
    open.iter().rev().for_each(|name| out.push_str(&format!("</{name}>")));
    out
}

fn tei(inside: &str) -> String {
    format!("<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><p>{inside}</p></TEI>")
}

/// What stands in the paragraph, with keys and addresses left out.
fn marked_inside(inside: &str) -> String {
    let out = marked_text(&tei(inside));
    let paragraph = out.split_once("<p>").unwrap().1.rsplit_once("</p>").unwrap().0;
    let mut short = String::new();
    for (at, part) in paragraph.split(['"']).enumerate() {
        let is_value = at % 2 == 1;
        let is_kept = !is_value || part.starts_with("#toponorm") || part.starts_with("toponorm");
        short.push_str(if is_kept { part } else { "" });
    }
    [" key=", " ref=", " cert="].iter().fold(short, |short, attribute| short.replace(attribute, ""))
}

#[test]
fn names_are_marked_where_they_stand() {
    for (inside, expected) in [
        ("Talks in Baku.", "Talks in <placeName>Baku</placeName>."),
        (
            "Shells fell on Stefancart.",
            "Shells fell on <placeName><choice><orig>Stefancart</orig><reg>Stepanakert</reg></choice></placeName>.",
        ),
        ("in <hi>Nagorno</hi>-Karabakh", "in <placeName><hi>Nagorno</hi>-Karabakh</placeName>"),
        ("<s><w>In</w> <w>Baku</w></s>", "<s><w>In</w> <placeName><w>Baku</w></placeName></s>"),
        ("Talks in <![CDATA[Baku]]> today", "Talks in <placeName><![CDATA[Baku]]></placeName> today"),
        (
            "in <hi>all Nagorno</hi>-Karbakh",
            "in <hi>all <placeName xml:id=toponorm-1 next=#toponorm-2>Nagorno</placeName></hi>\
             <placeName xml:id=toponorm-2 prev=#toponorm-1><choice><orig>-Karbakh</orig><reg>-Karabakh</reg></choice></placeName>",
        ),
        ("in <placeName>Baku</placeName>", "in <placeName>Baku</placeName>"),
        ("in <persName>Ilham <hi>Aliyev</hi></persName>", "in <persName>Ilham <hi>Aliyev</hi></persName>"),
        ("<![CDATA[to Baku]]>", "<![CDATA[to Baku]]>"),
    ] {
        assert_eq!(marked_inside(inside), expected, "{inside}");
    }
}

#[test]
fn what_is_not_marked_is_counted() {
    let left_out = |inside: &str| marked(&[tei(inside).as_bytes()]).1;
    assert_eq!(left_out("Talks in Baku"), None);
    let found = left_out("in <placeName>Baku</placeName> and <![CDATA[to Yerevan]]>");
    assert_eq!(
        found.as_deref(),
        Some("1 name is marked already and stays as it is; 1 name is not marked: no tags fit around it")
    );
    let found = left_out("to <hi>St</hi>efan<hi>cart, Azerbaijan</hi>");
    assert_eq!(found.as_deref(), Some("1 correction is not noted: markup divides the word"));
}

#[test]
fn a_document_stays_in_its_encoding() {
    let source = "<?xml version='1.0' encoding='windows-1252'?><TEI><p>Prezident Xankendi şəhərinə gəldi</p></TEI>";
    let source = source.replace("şəhərinə gəldi", "d\u{fc}n");
    let encoding: Encoding = "windows-1252".parse().unwrap();
    let normalizer = Normalizer::builder().lang("az".parse().unwrap()).build(Matcher::bundled().unwrap());
    let (out, ..) = marked_by(&normalizer, &[&encoding.encode(&source).unwrap()], "windows-1252");
    let decoded = encoding.decode(&out).unwrap().text;
    assert!(decoded.contains("<reg>Xank&#x259;ndi</reg>"), "{decoded}");
    assert_eq!(without_ours(&decoded).0, source);
}

#[test]
fn several_documents_become_a_corpus_without_their_declarations() {
    let one = "<?xml version=\"1.0\"?>\n<TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><p>Baku</p></TEI>\n<!-- end -->";
    let typed = "<!DOCTYPE TEI [<!ENTITY x \"y\">]><TEI xmlns=\"http://www.tei-c.org/ns/1.0\"><p>Baku &x;</p></TEI>";
    let (out, _, _) = marked(&[one.as_bytes(), one.as_bytes(), typed.as_bytes()]);
    let out = String::from_utf8(out).unwrap();
    let corpus = roxmltree::Document::parse(&out).unwrap();
    assert_eq!(corpus.root_element().tag_name().name(), "teiCorpus");
    let names: Vec<&str> =
        corpus.root_element().children().filter(|node| node.is_element()).map(|node| node.tag_name().name()).collect();
    assert_eq!(names, ["teiHeader", "TEI", "TEI", "TEI"]);
    assert_eq!(out.matches("<p><placeName").count(), 3, "{out}");
    assert_eq!(out.matches("<p><placeName key=\"baku\"").count(), 3);
}

#[test]
fn a_chapter_in_a_file_of_its_own_is_tei() {
    let chapter = "<t:div xmlns:t='http://www.tei-c.org/ns/1.0'><t:head>On <t:hi>Baku</t:hi></t:head></t:div>";
    let (written, left_out, _) = marked(&[chapter.as_bytes()]);
    let written = String::from_utf8(written).unwrap();
    assert!(written.starts_with("<t:div xmlns:t=") && written.contains("<t:hi><t:placeName key=\"baku\""), "{written}");
    assert_eq!(left_out, None);
    // No corpus has a place for it as it is.
    let corpus = String::from_utf8(marked(&[chapter.as_bytes(), chapter.as_bytes()]).0).unwrap();
    assert_eq!((corpus.matches("<TEI>").count(), corpus.matches("t:div").count()), (2, 0), "{corpus}");
}

#[test]
fn other_xml_becomes_a_document_of_its_own() {
    let docbook = "<article xmlns='http://docbook.org/ns/docbook'><para>Talks in Baku.</para></article>";
    for source in ["<article><para>Talks in Baku.</para></article>", docbook] {
        let (out, left_out, _) = marked(&[source.as_bytes()]);
        let out = String::from_utf8(out).unwrap();
        assert!(out.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TEI xmlns="), "{out}");
        assert!(out.contains("<body><p>Talks in <placeName") && !out.contains("para"), "{out}");
        roxmltree::Document::parse(&out).unwrap();
        assert!(left_out.unwrap().starts_with("1 XML document is no TEI: its text is in a new one"));
    }
}
