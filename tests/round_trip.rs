//! Every input format in every kind of encoding: without edits the bytes that came in, with edits nothing else differs, and all comes back.
#![cfg(feature = "bundled")]
#![allow(clippy::unwrap_used, reason = "a test that cannot read what it wrote should fail")]

use std::sync::LazyLock;

use proptest::prelude::*;
use toponorm::{Document, Encoding, FileChange, InputFormat, Lang, Matcher, NormalizedBytes, Normalizer, ReadOptions};

static NORMALIZER: LazyLock<Normalizer> =
    LazyLock::new(|| Normalizer::builder().lang(Lang::ENGLISH).build(Matcher::bundled().unwrap()));

#[cfg(feature = "formats")]
const FORMATS: [&str; 8] = ["text", "markdown", "html", "xml", "json", "jsonl", "csv", "tsv"];
#[cfg(not(feature = "formats"))]
const FORMATS: [&str; 5] = ["text", "json", "jsonl", "csv", "tsv"];

/// Encodings of one byte a letter, of two, of several, with states, and with a byte order mark.
const ENCODINGS: [&str; 9] = [
    "utf-8",
    "utf-8 marked",
    "utf-16le marked",
    "utf-16be",
    "windows-1251",
    "windows-1252",
    "koi8-r",
    "shift_jis",
    "gb18030",
];

/// Texts with names to correct, between what means something to one of the formats, or is not in all encodings.
fn texts() -> impl Strategy<Value = Vec<String>> {
    let pieces = vec![
        "Stefancart",
        "Khajavend",
        "Jevlah",
        "Nagorno-Karbakh",
        "Baku",
        " ",
        " ",
        " in ",
        " the road to ",
        ", ",
        ". ",
        "\n",
        "\r\n",
        "\t",
        "\"",
        "'",
        "\\",
        "<b>",
        "</b>",
        "<br/>",
        "&amp;",
        "&",
        "<",
        ";",
        "*",
        "_",
        "`",
        "# ",
        "- ",
        "> ",
        "[x](y)",
        "|",
        "{",
        "}",
        "]]>",
        "<!-- x -->",
        "<![CDATA[Jevlah]]>",
        "toponorm:off ",
        "toponorm:on ",
        "[sic]",
        "é",
        "Ə",
        "ш",
        "漢字",
        "𝄞",
    ];
    let text = prop::collection::vec(prop::sample::select(pieces), 0..14).prop_map(|pieces| pieces.concat());
    prop::collection::vec(text, 1..4)
}

/// A document of the format with these texts.
fn document(format: &str, texts: &[String]) -> String {
    let quoted = |text: &String| format!("\"{}\"", text.replace('"', "\"\""));
    let record = |text: &String| serde_json::json!({"id": "Stefancart \u{e9}", "text": text, "n": 1.50});
    let table = |delimiter: char| {
        let rows = texts.iter().map(|text| format!("Stefancart{delimiter}{}\r\n", quoted(text)));
        format!("id{delimiter}text\r\n{}", rows.collect::<String>())
    };
    match format {
        "json" => serde_json::to_string_pretty(&texts.iter().map(record).collect::<Vec<_>>()).unwrap(),
        "jsonl" => texts.iter().map(|text| format!("{}\n", record(text))).collect(),
        "csv" => table(','),
        "tsv" => table('\t'),
        "html" => texts.iter().map(|text| format!("<p title=\"Stefancart\">{text}\n")).collect(),
        // Only some texts are well-formed there, others are escaped.
        "xml" => {
            let parsed = |text: &String| roxmltree::Document::parse(&format!("<p>{text}</p>")).is_ok();
            let escaped = |text: &String| text.replace('&', "&amp;").replace('<', "&lt;").replace("]]>", "]]&gt;");
            let inside = |text: &String| if parsed(text) { text.clone() } else { escaped(text) };
            let paragraphs: String =
                texts.iter().map(|text| format!("<p n='Stefancart'>{}</p>\r\n", inside(text))).collect();
            format!("<TEI><!-- Stefancart -->{paragraphs}</TEI>\n")
        }
        _ => texts.join("\n\n"),
    }
}

/// The document's bytes, if the encoding has them and gives them back.
fn encoded(source: &str, encoding: &str) -> Option<(Vec<u8>, Encoding)> {
    let (label, is_marked) = encoding.strip_suffix(" marked").map_or((encoding, false), |label| (label, true));
    let encoding: Encoding = label.parse().unwrap();
    let marked = if is_marked { format!("\u{FEFF}{source}") } else { source.to_owned() };
    let bytes = encoding.encode(&marked).ok()?;
    let text = encoding.decode(&bytes).ok()?.text;
    (text == source && encoding.encode(&marked).ok()? == bytes).then_some((bytes, encoding))
}

/// Everything that must hold of a document; whether anything was corrected.
fn check(bytes: &[u8], options: &ReadOptions) -> Result<NormalizedBytes, TestCaseError> {
    let decoded = options.encoding.decode(bytes).unwrap();
    let read = Document::read(&decoded, options).map_err(|error| TestCaseError::fail(error.to_string()))?;
    prop_assert_eq!(&read.write(&[]).unwrap()[..], bytes);

    let normalized = NORMALIZER.normalize_bytes(bytes, options).unwrap();
    let after = options.encoding.decode(&normalized.bytes).unwrap().text;
    let (mut old, mut new) = (decoded.text.as_str(), after.as_str());
    let mut at = 0;
    for edit in &normalized.edits {
        let kept = &decoded.text[at..edit.span.start];
        prop_assert!(new.starts_with(kept), "{:?}", edit);
        new = new[kept.len()..].strip_prefix(edit.replacement.as_str()).unwrap();
        at = edit.span.end;
        old = &decoded.text[at..];
    }
    prop_assert_eq!(old, new, "what is after the last edit");

    let change = FileChange::new("a", bytes, &normalized, options.encoding).unwrap();
    prop_assert_eq!(&change.redo(bytes).unwrap(), &normalized.bytes);
    prop_assert_eq!(&change.undo(&normalized.bytes).unwrap()[..], bytes);

    // What was read again is a document with as many texts.
    let again = options.encoding.decode(&normalized.bytes).unwrap();
    let again = Document::read(&again, options).map_err(|error| TestCaseError::fail(error.to_string()))?;
    prop_assert_eq!(again.passages().len(), read.passages().len());
    Ok(normalized)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn nothing_but_the_edits_differs_and_all_comes_back(texts in texts()) {
        for format in FORMATS {
            let source = document(format, &texts);
            for encoding in ENCODINGS {
                let Some((bytes, encoding)) = encoded(&source, encoding) else { continue };
                let format: InputFormat = format.parse().unwrap();
                check(&bytes, &ReadOptions { format, encoding, ..ReadOptions::default() })?;
            }
        }
    }
}

#[test]
fn every_format_is_corrected_in_every_encoding() {
    let texts = ["The road to Stefancart, \"closed\" since Monday.".to_owned(), "From Jevlah to Khajavend".to_owned()];
    for format in FORMATS {
        // A letter of the record's id is not in all.
        let source = document(format, &texts).replace('é', "e");
        for label in ENCODINGS {
            let (bytes, encoding) = encoded(&source, label).unwrap();
            let format: InputFormat = format.parse().unwrap();
            let normalized = check(&bytes, &ReadOptions { format, encoding, ..ReadOptions::default() }).unwrap();
            assert_eq!(normalized.edits.len(), 3, "{format:?} in {label}");
        }
    }
}
