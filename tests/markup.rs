//! Markup: the text that is read of a page is the text that other readers see, and what is not edited stays byte for byte.
#![cfg(feature = "formats")]
#![allow(clippy::unwrap_used, reason = "a test that cannot read what it wrote should fail")]

use proptest::prelude::*;
use toponorm::{DecodedText, Document, Edit, Encoding, InputFormat, Obstacle, ReadOptions, Span};

fn options(format: InputFormat) -> ReadOptions {
    ReadOptions { format, ..ReadOptions::default() }
}

fn decoded(source: &str) -> DecodedText {
    Encoding::default().decode(source.as_bytes()).unwrap()
}

/// The text of a document, protected or not.
fn text(source: &str, format: InputFormat) -> String {
    read(source, format).unwrap()
}

fn read(source: &str, format: InputFormat) -> Result<String, String> {
    let decoded = decoded(source);
    let document = Document::read(&decoded, &options(format)).map_err(|error| error.to_string())?;
    assert_eq!(document.write(&[]).unwrap(), source.as_bytes());
    Ok(document.passages()[0].text().to_owned())
}

/// The letters of a text, which blocks and white space leave as they are.
fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '\u{FFFC}').collect()
}

/// The text of the document with `surface`, where it stands first, corrected to `replacement`.
fn corrected(source: &str, format: InputFormat, surface: &str, replacement: &str) -> Result<String, Obstacle> {
    let decoded = decoded(source);
    let document = Document::read(&decoded, &options(format)).unwrap();
    let passage = &document.passages()[0];
    let start = passage.text().find(surface).unwrap_or_else(|| panic!("{surface:?} is not in {:?}", passage.text()));
    let span = Span::new(start, start + surface.len());
    let edits = document.source_edits(passage, &Edit { span, replacement: replacement.to_owned() })?;
    Ok(String::from_utf8(document.write(&edits).unwrap()).unwrap())
}

/// What a browser's parser finds to be text.
fn browser_text(source: &str) -> String {
    let page = scraper::Html::parse_document(source);
    let no_text = ["script", "style", "template", "textarea", "select", "iframe", "noembed", "noframes"];
    let shown = page.tree.root().descendants().filter_map(|node| {
        let text = node.value().as_text()?;
        let is_hidden =
            node.ancestors().filter_map(|node| node.value().as_element()).any(|e| no_text.contains(&e.name()));
        (!is_hidden).then(|| text.to_string())
    });
    shown.collect()
}

fn markdown_html(source: &str) -> String {
    use pulldown_cmark::{Event, Options, Parser, html};
    let options = Options::all()
        - Options::ENABLE_MATH
        - Options::ENABLE_SMART_PUNCTUATION
        - Options::ENABLE_DEFINITION_LIST
        - Options::ENABLE_SUPERSCRIPT
        - Options::ENABLE_SUBSCRIPT
        - Options::ENABLE_OLD_FOOTNOTES;
    let options = options | Options::ENABLE_FOOTNOTES;
    let mut page = String::new();
    let no_html =
        |event: &Event<'_>| !matches!(event, Event::Html(_) | Event::InlineHtml(_) | Event::FootnoteReference(_));
    html::push_html(&mut page, Parser::new_ext(source, options).filter(no_html));
    page
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn html_is_read_as_browsers_read_it(
        source in "(a|Ə|\\PC|[ \r\n]|&|;|&amp;?|&#x?[0-9]{1,3};?|&semi;|&ngE;|&nbsp|&notit;|<|>|</|/>|</>|<!|<!--|-->|<!-- x -->|\
            <(b|I|p|div|br|code|span|script|style|title|textarea|pre|svg)( class='x'| data-a=\"&amp;\")?/?>|</(b|i|p|div|code|SCRIPT|style|title|textarea|svg)>){0,16}"
    ) {
        let ours = text(&source, InputFormat::Html);
        // A page may end in the middle of a tag, and tables and foreign content may move or drop text: these have cases of their own.
        if !source.contains("svg") {
            prop_assert_eq!(letters(&ours), letters(&browser_text(&source)));
        }
    }

    #[test]
    fn markdown_is_read_as_its_html_says(
        source in "(a|Ə|[A-Z][a-z]{2}|\\PC|[ \n]|\n\n|[*_~`]{1,3}|\\\\|&amp;|&#66;|> |- |1\\. |# |\n---\n|\n    |\n```\n|<b>|</b>|\\[|\\]|\\(|\\)|\\[x\\]\\(y\\)|!\\[|\\| a \\| b \\||<http://a\\.b/c>|\\[\\^1\\]){0,16}"
    ) {
        let ours = letters(&text(&source, InputFormat::Markdown));
        let page = markdown_html(&source);
        // What images are called, and numbers of footnotes, are in attributes or added.
        if !page.contains("<img") && !page.contains("footnote") {
            prop_assert_eq!(ours, letters(&browser_text(&page)));
        }
    }

    #[test]
    fn xml_is_read_as_others_read_it(
        inner in "(a|Ə|\\PC|[ \r\n]|&amp;|&#x42;|&lt;|<!-- x -->|<\\?a b\\?>|<!\\[CDATA\\[[a<&\\] ]{0,3}\\]\\]>|<(x|p|hi|lb|code)/>|<hi>b</hi>|<p a='1'>c</p>|<b>|</b>|&|<|\\]\\]>){0,12}"
    ) {
        let source = format!("<?xml version=\"1.0\"?>\n<doc>{inner}</doc>");
        let ours = read(&source, InputFormat::Xml);
        if let Ok(theirs) = roxmltree::Document::parse(&source) {
            let theirs: String = theirs.root().descendants().filter(|node| node.is_text()).filter_map(|node| node.text()).collect();
            prop_assert_eq!(letters(&ours.unwrap()), letters(&theirs));
        }
    }

    #[test]
    fn an_edit_changes_its_span_and_reads_as_it_was_meant(
        before in "[a-zə]{1,6}( &amp;|<b>x</b>|)? ", name in "[A-Z]{1,5}", after in " [a-zə]{1,6}", replacement in "[A-Z&<>*_\\[\\]`~|\\\\ə]{0,5}[A-Z]", format in 0..3usize,
    ) {
        let (format, source) = match format {
            0 => (InputFormat::Html, format!("<p>{before}<i>{name}</i>{after}<br>")),
            1 => (InputFormat::Xml, format!("<p>{before}<i>{name}</i>{after}<br/></p>")),
            _ => (InputFormat::Markdown, format!("> {before}*{name}*{after}\n\n`x`\n")),
        };
        let written = corrected(&source, format, &name, &replacement).unwrap();
        let at = source.find(&name).unwrap();
        prop_assert!(written.starts_with(&source[..at]) && written.ends_with(&source[at + name.len()..]));
        prop_assert_eq!(letters(&text(&written, format)), letters(&text(&source, format).replacen(&name, &replacement, 1)));
    }
}

#[test]
fn a_name_that_tags_divide_is_written_piece_by_piece() {
    use InputFormat::{Html, Markdown, Xml};
    for (format, source, written) in [
        (Html, "<p><b>Nagorno</b>-<i>Karbakh</i>", "<p><b>Nagorno</b>-<i>Karabakh</i>"),
        (Html, "Nagorno&#45;Kar&#98;akh", "Nagorno&#45;Kara&#98;akh"),
        (Xml, "<p><b>Nagorno</b>-<i>Karbakh</i></p>", "<p><b>Nagorno</b>-<i>Karabakh</i></p>"),
        (Xml, "<p>Nagorno-<![CDATA[Karbakh]]></p>", "<p>Nagorno-<![CDATA[Karabakh]]></p>"),
        (Markdown, "**Nagorno**-*Karbakh*", "**Nagorno**-*Karabakh*"),
        (Markdown, "[Nagorno](a)\\-Karbakh", "[Nagorno](a)\\-Karabakh"),
    ] {
        assert_eq!(
            corrected(source, format, "Nagorno-Karbakh", "Nagorno-Karabakh").as_deref(),
            Ok(written),
            "{source}"
        );
    }
    let nbsp = ("Nagorno\u{A0}Karbakh", "Nagorno\u{A0}Karabakh");
    assert_eq!(corrected("Nagorno&nbsp;Karbakh", Html, nbsp.0, nbsp.1).as_deref(), Ok("Nagorno&nbsp;Karabakh"));
    for (format, source) in [
        (Html, "Stefan<b>cart</b>"),
        (Markdown, "Stefan**cart**"),
        (Xml, "<p>Stefan<b>cart</b></p>"),
        (Xml, "<p>Stefan<lb break='no'/>cart</p>"),
    ] {
        assert_eq!(corrected(source, format, "Stefancart", "Stepanakert"), Err(Obstacle::SplitByMarkup), "{source}");
    }
}

#[test]
fn pieces_tell_where_a_divided_name_stands() {
    let source = "<b>Nagorno</b>-<i>Kara&shy;bakh</i>";
    let decoded = decoded(source);
    let document = Document::read(&decoded, &options(InputFormat::Html)).unwrap();
    let passage = &document.passages()[0];
    let pieces = passage.source_pieces(Span::new(0, passage.text().len()));
    let pieces: Vec<&str> = pieces.into_iter().map(|span| &source[span.range()]).collect();
    assert_eq!(pieces, ["Nagorno", "-", "Kara&shy;bakh"]);
}

#[test]
fn labels_of_links_are_read_and_not_changed() {
    for source in ["[Karbakh]\n\n[Karbakh]: a", "[Karbakh][]\n\n[Karbakh]: a", "[[Karbakh]]"] {
        assert_eq!(corrected(source, InputFormat::Markdown, "Karbakh", "Karabakh"), Err(Obstacle::IsLabel), "{source}");
    }
    let source = "[Karbakh][k] [[karbakh|Karbakh]]\n\n[k]: Karbakh \"Karbakh\"";
    let written = corrected(source, InputFormat::Markdown, "Karbakh", "Karabakh");
    assert_eq!(written.as_deref(), Ok("[Karabakh][k] [[karbakh|Karbakh]]\n\n[k]: Karbakh \"Karbakh\""));
}

#[test]
fn what_is_no_running_text_is_left_out() {
    for (source, expected) in [
        ("---\ntitle: Karbakh\n---\n\n# A `b` {#Karbakh}\n\n<div>Karbakh</div>\n\nc<!-- Karbakh -->", "A b\n\nc"),
        ("+++\nx = 1\n+++\n\n| a | b |\n|---|---|\n| c | d |\n\n- [x] e\n- f\n  g", "a\n\nb\n\nc\n\nd\n\ne\n\nf\ng"),
        ("![a](b \"c\") d[^e]\n\n[^e]: f", "a d\n\nf"),
    ] {
        let found = text(source, InputFormat::Markdown);
        assert_eq!(found.trim_end(), expected);
    }
    for (source, expected) in [
        ("<TITLE>a</TITLE><Style>b</sTyle><p>c<td>d<script>'</p>'+e</script>f", "a\n\nc\n\nd f"),
        ("a<select><option>b</select><textarea><p>c</textarea><template><template></template>d</template>e", "ae"),
        ("<svg><title>a<b>x</b></title><style><!-- </style> --></svg>b", "a x"),
        ("<noscript><p>a</noscript>b", "a\n\nb"),
        ("a<br>b<img alt=c>d<sup>2</sup>", "a\nb\u{FFFC}d\u{FFFC}2\u{FFFC}"),
        ("<pre>\na\n  b</pre>  c   d\n e", "\na\n  b\n\nc d e"),
        ("a &amp b &unknown; c &amp;amp; d &#x80;", "a & b &unknown; c &amp; d €"),
    ] {
        let found = text(source, InputFormat::Html);
        assert_eq!(letters(&found), letters(expected), "{source}");
    }
    for (source, expected) in [
        (
            "<TEI><teiHeader><p>a</p></teiHeader><text><p>b <choice><sic>c</sic><corr>d</corr></choice></p><p>e</p></text></TEI>",
            "b d\n\ne",
        ),
        ("<x:doc xmlns:x='u'><x:name>a</x:name><x:name>b</x:name><x:t>c <x:e>d</x:e></x:t></x:doc>", "a\n\nb\n\nc d"),
        (
            "<TEI><p><s><w>Nagorno</w><pc>-</pc><w>Karabakh</w></s><lb/>\n  <s>a&eacute;&x;</s></p></TEI>",
            "Nagorno-Karabakh\naé\u{FFFC}",
        ),
    ] {
        assert_eq!(text(source, InputFormat::Xml).trim(), expected, "{source}");
    }
}

#[test]
fn code_is_protected() {
    for (source, format) in [
        ("a <code>b <i>c</i></code> d", InputFormat::Html),
        ("<p>a <code>b <i>c</i></code> d</p>", InputFormat::Xml),
        ("a `b c` d", InputFormat::Markdown),
    ] {
        let decoded = decoded(source);
        let document = Document::read(&decoded, &options(format)).unwrap();
        let passage = &document.passages()[0];
        assert_eq!((passage.text().trim(), passage.protected()), ("a b c d", &[Span::new(2, 5)][..]), "{source}");
    }
}

#[test]
fn malformed_xml_is_refused_with_its_place() {
    for (source, message) in [
        ("", "line 1, column 1: there is no element"),
        ("<a>\n<b></a>", "line 2, column 4"),
        ("<a>\n <b>x</b>", "line 1, column 1: the element `a` is never closed"),
        ("<a/>\n<b/>", "line 2, column 1: a second element"),
        ("<a/>\nx", "line 1, column 5: text outside"),
        ("<a>x & y</a>", "line 1, column 6"),
        ("<a b=c>x</a>", "line 1, column 1"),
        ("<?xml version='1.0' encoding='windows-1251'?><a>Ə</a>", "pass --encoding windows-1251"),
    ] {
        let error = read(source, InputFormat::Xml).unwrap_err();
        assert!(error.contains(message), "{source}: {error}");
    }
    assert_eq!(
        read("<?xml version='1.0' encoding='windows-1251'?><a>b</a>", InputFormat::Xml).as_deref().map(str::trim),
        Ok("b")
    );
}

#[test]
fn deep_and_long_documents_cost_no_stack() {
    let deep = format!("{}a{}", "<div><b>".repeat(50_000), "</b></div>".repeat(50_000));
    assert_eq!(text(&deep, InputFormat::Html).trim(), "a");
    assert!(read(&"<a>".repeat(50_000), InputFormat::Xml).is_err());
    assert_eq!(letters(&text(&"> ".repeat(20_000), InputFormat::Markdown)), "");
    assert_eq!(text(&"&amp;".repeat(50_000), InputFormat::Html).len(), 50_000);
}

proptest! {
    #[test]
    fn spans_of_the_source_lead_back_to_the_text(source in "(a|Ə|B|&amp;|&nbsp;|<i>|</i>|<br>|<p>|  |\n){0,16}", start in 0..16usize, length in 1..8usize) {
        let decoded = decoded(&source);
        let document = Document::read(&decoded, &options(InputFormat::Html)).unwrap();
        let passage = &document.passages()[0];
        let places: Vec<usize> = passage.text().char_indices().map(|(at, _)| at).chain([passage.text().len()]).collect();
        prop_assume!(start + length < places.len());
        let span = Span::new(places[start], places[start + length]);
        // Of what a tag means no letter stands in the source.
        if let Some(back) = passage.text_span(passage.source_span(span)) {
            let read = |span: Span| letters(&passage.text()[span.range()]).replace('\u{A0}', " ");
            prop_assert_eq!(read(back), read(span));
        }
    }
}

#[test]
fn what_is_not_to_be_translated_is_kept() {
    let kept = |source: &str, format| {
        let decoded = decoded(source);
        let document = Document::read(&decoded, &options(format)).unwrap();
        let passage = &document.passages()[0];
        let letters = passage.text().char_indices().filter(|(_, c)| c.is_alphabetic());
        let kept = letters.filter(|&(at, c)| passage.is_kept(Span::new(at, at + c.len_utf8())));
        kept.map(|(_, c)| c).collect::<String>()
    };
    for (source, expected) in [
        ("a <b translate=no>b <i>c</i></b> d", "bc"),
        ("a <b class='x notranslate'>b<b>c</b>d</b> e", "bcd"),
        ("a <p translate=NO>b <p>c", "b"),
        ("<div><p translate=no>b</div>c", "b"),
        ("<div translate=no>a <p translate=yes>b</p> c</div> d", "ac"),
        ("a <img translate=no> b <br translate=no/> c <b class=translate>d</b>", ""),
    ] {
        assert_eq!(kept(source, InputFormat::Html), expected, "{source}");
    }
    assert_eq!(kept("<p>a <b translate='no'>b<br/></b> c<d translate='no'/></p>", InputFormat::Xml), "b");
    for (source, expected) in [
        ("a <span translate=\"no\">b *c*</span> d", "bc"),
        ("a <span\ntranslate=no>b\nc</span> d", "bc"),
        // What nobody closes ends with its block.
        ("a <b class=notranslate>b `c`\n\nd\n\n- <i translate=no>e\n- f", "bce"),
        ("<div translate=no>\n\n# a\n\n> b <b translate=yes>c</b>\n\n<div>\n\nd\n\n</div>\n\ne\n\n</div>\n\nf", "abde"),
        ("<!-- <b translate=no> -->\n\na <br translate=no> `<b translate=no>` b\n\n    <b translate=no>\n\nc", ""),
        ("| a | <b translate=no>b | c |\n|-|-|-|\n| d | e | f |", "b"),
    ] {
        assert_eq!(kept(source, InputFormat::Markdown), expected, "{source}");
    }
}

#[cfg(feature = "bundled")]
#[test]
fn the_language_that_an_element_names_is_its_texts() {
    use toponorm::{Matcher, Normalizer};
    let normalizer = Normalizer::builder().build(Matcher::bundled().unwrap());
    let normalized = |source: &str, format| {
        let clean = normalizer.normalize_bytes(source.as_bytes(), &options(format)).unwrap();
        String::from_utf8(clean.bytes).unwrap()
    };
    for (source, expected) in [
        // Too short to tell.
        ("<p>Stefancart", "<p>Stefancart"),
        ("<p lang=en>Stefancart", "<p lang=en>Stepanakert"),
        ("<html lang=en-GB><p>Stefancart", "<html lang=en-GB><p>Stepanakert"),
        ("<html lang=en><p lang=''>Stefancart", "<html lang=en><p lang=''>Stepanakert"),
        ("<p lang=az>Xocavend", "<p lang=az>Xocavənd"),
        ("<p lang=tr><p>Stefancart", "<p lang=tr><p>Stefancart"),
        // What a page says of itself does not go before what its text says.
        (
            "<html lang=en><p>Xocavend rayonunda yeni məktəb açıldı, mərasimdə valideynlər də iştirak etdi.",
            "<html lang=en><p>Xocavənd rayonunda yeni məktəb açıldı, mərasimdə valideynlər də iştirak etdi.",
        ),
    ] {
        assert_eq!(normalized(source, InputFormat::Html), expected, "{source}");
    }
    let tei = "<TEI><p xml:lang='en'>Stefancart</p><p>Stefancart</p></TEI>";
    assert_eq!(normalized(tei, InputFormat::Xml), tei.replacen("Stefancart", "Stepanakert", 1));
    let notes = "<div lang=\"en\">\n\nStefancart\n\n</div>\n\nStefancart\n";
    assert_eq!(normalized(notes, InputFormat::Markdown), notes.replacen("Stefancart", "Stepanakert", 1));
    let kept = "<p lang=en>Stefancart <i translate=no>Stefancart</i>";
    assert_eq!(normalized(kept, InputFormat::Html), kept.replacen("Stefancart", "Stepanakert", 1));
}
