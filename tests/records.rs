//! Records: what our scan of JSON and tables reads is what `serde_json` and `csv` read, and what is not edited stays byte for byte.
#![allow(clippy::unwrap_used, reason = "a test that cannot read what it wrote should fail")]

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use toponorm::{DecodedText, Document, Edit, Encoding, InputFormat, Obstacle, ReadOptions, Span};

fn options(format: InputFormat, fields: &[&str]) -> ReadOptions {
    let fields = fields.iter().map(|&field| field.to_owned()).collect();
    ReadOptions { format, fields, ..ReadOptions::default() }
}

fn decoded(source: &str) -> DecodedText {
    Encoding::default().decode(source.as_bytes()).unwrap()
}

/// The texts of a document and the messages about records that could not be read.
fn texts(source: &str, options: &ReadOptions) -> Result<(Vec<String>, Vec<String>), String> {
    let decoded = decoded(source);
    let document = Document::read(&decoded, options).map_err(|error| error.to_string())?;
    let texts = document.passages().iter().map(|passage| passage.text().to_owned()).collect();
    Ok((texts, document.faults().iter().map(|fault| format!("{}: {}", fault.row, fault.message)).collect()))
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        ".{0,8}".prop_map(Value::from)
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map("[a-c\"\\\\]{1,2}", inner, 0..4)
                .prop_map(|map| Value::Object(Map::from_iter(map))),
        ]
    })
}

/// JSON as others write it: letters as escapes, space where it may stand.
fn written(value: &Value, escapes: bool, spaces: bool) -> String {
    let written = if spaces { serde_json::to_string_pretty(value) } else { serde_json::to_string(value) }.unwrap();
    if !escapes {
        return written;
    }
    let mut units = [0; 2];
    let escaped = |c: char| c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")).collect::<String>();
    written
        .chars()
        .map({
            let mut escaped = escaped;
            move |c| if c.is_ascii() { c.to_string() } else { escaped(c) }
        })
        .collect()
}

/// What stands at `a.b`, as the documentation of the option says it.
fn at_path(value: &Value, path: &[&str]) -> Vec<String> {
    match (path, value) {
        ([], Value::String(text)) => vec![text.clone()],
        ([], Value::Array(list)) => list.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        ([key, rest @ ..], Value::Object(map)) => map.get(*key).map_or_else(Vec::new, |value| at_path(value, rest)),
        ([_, ..], Value::Array(list)) => {
            list.iter().filter(|value| value.is_object()).flat_map(|value| at_path(value, path)).collect()
        }
        _ => Vec::new(),
    }
}

proptest! {
    #[test]
    fn json_is_read_as_serde_reads_it(value in any_value(), escapes in any::<bool>(), spaces in any::<bool>()) {
        let record = json!({"z": 1, "text": "first", "a": value});
        let source = written(&record, escapes, spaces);
        let (found, _) = texts(&source, &options(InputFormat::Json, &["text", "a.b"])).unwrap();
        let mut expected = at_path(&record, &["a", "b"]);
        expected.push("first".to_owned());
        prop_assert_eq!(found, expected);
        if !spaces {
            let lines = format!("\n{source}\r\n{source}");
            let (found, _) = texts(&lines, &options(InputFormat::Jsonl, &["text"])).unwrap();
            prop_assert_eq!(found, ["first", "first"]);
        }
    }

    #[test]
    fn nothing_that_is_no_json_makes_it_fail(source in "[\\[\\]{}\":,a\\\\u0-9 \n]{0,24}") {
        let _ = texts(&source, &options(InputFormat::Json, &[]));
        let _ = texts(&source, &options(InputFormat::Jsonl, &["a", "/a/0"]));
    }

    #[test]
    fn tables_are_read_as_csv_reads_them(source in "[ab\",;\\r\\né]{0,40}", semicolon in any::<bool>()) {
        let delimiter = if semicolon { ';' } else { ',' };
        let source = format!("x{delimiter}y{delimiter}z{delimiter}\"q\"\"r\"\n{source}");
        let options = options(InputFormat::Csv, &["y", "q\"r"]);
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter as u8).flexible(true).from_reader(source.as_bytes());
        // A field that runs to the end, over lines added there, was never closed.
        let longer = format!("{source}\n\n\n");
        let mut longer = csv::ReaderBuilder::new().delimiter(delimiter as u8).flexible(true).from_reader(longer.as_bytes());
        let last = longer.records().map(Result::unwrap).last();
        let is_open = last.is_some_and(|last| last.iter().next_back().is_some_and(|field| field.ends_with("\n\n\n")));
        let mut expected: Vec<String> = Vec::new();
        let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        let whole = if is_open { &records[..records.len() - 1] } else { &records[..] };
        for record in whole.iter().filter(|record| record.len() == 4) {
            expected.extend([record[1].to_owned(), record[3].to_owned()]);
        }
        let found = texts(&source, &options).map_or_else(|_| Vec::new(), |(found, _)| found);
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn an_edit_changes_its_span_and_reads_as_it_was_meant(
        before in ".{0,6}", name in "[A-Z]{1,5}", after in ".{0,6}", replacement in ".{1,6}", format in 0..3usize, escapes in any::<bool>(),
    ) {
        let text = format!("{before}{name}{after}");
        let span = Span::new(before.len(), before.len() + name.len());
        let (source, options) = match format {
            0 => (written(&json!([{"id": "é\"", "text": text}, {"text": ""}]), escapes, !escapes), options(InputFormat::Json, &[])),
            1 => (format!("{}\n\n", written(&json!({"text": text, "id": "é\""}), escapes, false)), options(InputFormat::Jsonl, &[])),
            _ => (format!("id,text\n\"a\"\"\",\"{}\"\r\n", text.replace('"', "\"\"")), options(InputFormat::Csv, &[])),
        };
        let decoded = decoded(&source);
        let document = Document::read(&decoded, &options).unwrap();
        prop_assert_eq!(document.write(&[]).unwrap(), source.as_bytes());
        let edits = document.source_edits(&document.passages()[0], &Edit { span, replacement: replacement.clone() }).unwrap();
        let written = String::from_utf8(document.write(&edits).unwrap()).unwrap();
        let (first, last) = (edits.first().map_or(0, |edit| edit.span.start), edits.last().map_or(0, |edit| edit.span.end));
        if !edits.is_empty() {
            prop_assert!(written.starts_with(&source[..first]) && written.ends_with(&source[last..]));
        }
        let (found, _) = texts(&written, &options).unwrap();
        prop_assert_eq!(&found[0], &format!("{before}{replacement}{after}"));
        prop_assert!(!source.is_ascii() || !source.contains("\\u") || written.is_ascii());
    }
}

#[test]
fn broken_records_are_told_and_the_others_read() {
    let lines = "{\"text\": \"Baku\"}\n{\"text\": \n{\"txt\": \"a\"}\n{\"text\": 5}\n{\"text\": null}\n[\"Baku\"]\n{\"text\": \"Ganja\"}";
    let (found, faults) = texts(lines, &options(InputFormat::Jsonl, &[])).unwrap();
    assert_eq!(found, ["Baku", "Ganja"]);
    assert_eq!(
        faults,
        [
            "2: not JSON: EOF while parsing a value at column 8",
            "3: no field `text`; there are `txt`: name one with --field",
            "4: field `text` is no string but a number",
            "6: no field `text`",
        ]
    );
    let table = "id,text\n1,Baku\n2,Baku,Ganja\n3\n4,\"Ganja\n";
    let (found, faults) = texts(table, &options(InputFormat::Csv, &[])).unwrap();
    assert_eq!(found, ["Baku"]);
    assert_eq!(
        faults,
        [
            "3: 3 fields, where the heading has 2",
            "4: 1 field, where the heading has 2",
            "5: a quote is opened and never closed"
        ]
    );
}

#[test]
fn a_document_without_the_field_is_refused() {
    for (source, format, message) in [
        ("{\"body\": \"Baku\", \"id\": 1}\n", InputFormat::Jsonl, "no field `text`; there are `body`, `id`"),
        ("[{\"body\": \"Baku\"}]", InputFormat::Json, "no field `text`; there are `body`"),
        ("id,body\n1,Baku\n", InputFormat::Csv, "no field `text`; there are `id`, `body`"),
        ("{\"text\": \"Baku\"}\n{\"text\": \"Baku\"}\n", InputFormat::Json, "--input-format jsonl"),
    ] {
        let error = texts(source, &options(format, &[])).unwrap_err();
        assert!(error.contains(message), "{error}");
    }
}

#[test]
fn fields_are_found_by_path_pointer_and_number() {
    let source = r#"{"a": [{"b": "one"}, {"b": ["two", "three"]}], "a.b": "x", "c/d": {"": "four"}}"#;
    for (field, expected) in [
        ("a.b", &["one", "two", "three"][..]),
        ("a[].b", &["one", "two", "three"]),
        ("/a/0/b", &["one"]),
        ("/a.b", &["x"]),
        ("/c~1d/", &["four"]),
    ] {
        assert_eq!(texts(source, &options(InputFormat::Json, &[field])).unwrap().0, expected, "{field}");
    }
    let table = "id\ttext\n1\tBaku\n";
    for field in ["text", "2"] {
        assert_eq!(texts(table, &options(InputFormat::Tsv, &[field])).unwrap().0, ["Baku"]);
        assert_eq!(texts(table, &options(InputFormat::Csv, &[field])).unwrap().0, ["Baku"], "the delimiter is seen");
    }
}

#[test]
fn a_field_that_would_need_quotes_is_not_written() {
    let decoded = decoded("id,text\n1,Baku\n");
    let document = Document::read(&decoded, &options(InputFormat::Csv, &[])).unwrap();
    let edit = Edit { span: Span::new(0, 4), replacement: "Baku, Azerbaijan".to_owned() };
    assert_eq!(document.source_edits(&document.passages()[0], &edit), Err(Obstacle::NeedsQuotes));
}

#[test]
fn deep_nesting_costs_no_stack() {
    let deep = format!("{{\"text\": \"Baku\", \"a\": {}1{}}}", "[".repeat(200_000), "]".repeat(200_000));
    for fields in [&["text"][..], &["text", "a.b"], &["text", "a"]] {
        let result = texts(&deep, &options(InputFormat::Json, fields));
        assert!(result.is_err() || result.unwrap().0.contains(&"Baku".to_owned()));
    }
}
