//! Every format of `annotate`, read again by a reader that is not ours, on texts that mean harm.
#![cfg(feature = "bundled")]
#![allow(clippy::unwrap_used, reason = "a test that cannot read what was written should fail")]

use std::sync::OnceLock;

use proptest::prelude::*;
use quick_xml::events::Event;
use quick_xml::name::{Namespace, ResolveResult};
use serde_json::Value;
use toponorm::write::{
    Brat, Csv, Features, GeoJson, Jsonl, JsonlOptions, Markdown, Report, Reported, Spacy, Styling, Tei, Text,
    WebAnnotation,
};
use toponorm::{Annotation, Lang, Matcher, Normalizer, OffsetUnit};

const TEI: &str = "http://www.tei-c.org/ns/1.0";

fn normalizer() -> &'static Normalizer {
    static NORMALIZER: OnceLock<Normalizer> = OnceLock::new();
    NORMALIZER.get_or_init(|| {
        let builder = Normalizer::builder().lang(Lang::ENGLISH).unknown(true).demonyms(true);
        builder.build(Matcher::bundled().unwrap())
    })
}

/// Documents as a report of them.
fn written(report: &mut dyn Report, documents: &[(&str, &str)]) -> String {
    let mut out = Vec::new();
    report.begin(&mut out).unwrap();
    for (path, text) in documents {
        let annotations = normalizer().annotate(text);
        report.document(&mut out, &Reported::of_text(path, text, &annotations)).unwrap();
    }
    report.end(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn annotations(documents: &[(&str, &str)]) -> Vec<Annotation> {
    documents.iter().flat_map(|(_, text)| normalizer().annotate(text)).collect()
}

fn slice(text: &str, start: &Value, end: &Value) -> String {
    let (start, end) = (start.as_u64().unwrap() as usize, end.as_u64().unwrap() as usize);
    text.chars().skip(start).take(end - start).collect()
}

/// Names between things that mean something to one of the formats.
fn hostile_text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => prop::sample::select(vec![
            "Stefancart", "Xankəndi", "BAKU", "Nagorno-\nKarbakh", "Nikol Pašinjan", "Martuni", "Yerevan", "Armenian",
            "the village of Zorgvelistan", "Степанакерт", "باکو",
        ]).prop_map(str::to_owned),
        4 => prop::sample::select(vec![
            "<script>alert(1)</script>", "]]>", "<!--", "&amp;", "&", "\"", "'", ",", ";", "\n", "\r\n", "\n\n", "\r", "\t",
            "=1+1", "@x", "|", "**", "`", "[x](y)", "# ", "\u{0}", "\u{1B}[31m", "\u{9B}", "\u{202E}", "\u{2066}", "\u{FFFE}", "𝄞",
            "e\u{301}", "\u{2028}", "\u{C}", "{", "}", "\\",
        ]).prop_map(str::to_owned),
        1 => "\\PC{0,8}",
        1 => any::<String>(),
    ];
    prop::collection::vec(part, 0..16).prop_map(|parts| parts.join(" "))
}

fn check_csv(documents: &[(&str, &str)]) {
    let table = written(&mut Csv::new(OffsetUnit::Char), documents);
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let headings = reader.headers().unwrap().clone();
    let column = |name: &str| headings.iter().position(|heading| heading == name).unwrap();
    let (text, candidates) = (column("text"), column("candidates"));
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let expected = annotations(documents);
    assert_eq!(rows.len(), expected.len());
    for (row, annotation) in rows.iter().zip(&expected) {
        assert_eq!(row.get(text).unwrap().trim_start_matches('\''), annotation.text);
        assert_eq!(
            row.get(candidates).unwrap().split(';').filter(|id| !id.is_empty()).count(),
            annotation.candidates.len()
        );
        let is_formula =
            |cell: &str| cell.starts_with(['=', '+', '@']) || (cell.starts_with('-') && cell.parse::<f64>().is_err());
        assert!(!row.iter().skip(1).any(is_formula), "{row:?}");
    }
}

fn check_geojson(documents: &[(&str, &str)]) {
    let all = annotations(documents);
    let resolved = all.iter().filter(|annotation| annotation.id.is_some()).count();
    for features in [Features::Entries, Features::Mentions] {
        let mut report = GeoJson::new(features, OffsetUnit::Char);
        let map: geojson::FeatureCollection = written(&mut report, documents).parse().unwrap();
        let count =
            |feature: &geojson::Feature| feature.property("mentions").map_or(1, |m| m.as_array().unwrap().len());
        let expected = if features == Features::Entries { resolved } else { all.len() };
        assert_eq!(map.features.iter().map(count).sum::<usize>(), expected);
        assert_eq!(report.left_out().is_some(), features == Features::Entries && resolved < all.len());
        for geometry in map.features.iter().filter_map(|feature| feature.geometry.as_ref()) {
            let geojson::Value::Point(point) = &geometry.value else { panic!("{geometry:?}") };
            assert!((-180.0..=180.0).contains(&point[0]) && (-90.0..=90.0).contains(&point[1]));
        }
    }
}

/// What an XML reader finds in TEI: the texts of all bodies without `reg`, and how many names are marked in them.
fn read_tei(xml: &str) -> (Vec<String>, usize) {
    let mut reader = quick_xml::NsReader::from_str(xml);
    let (mut path, mut bodies, mut names) = (Vec::<String>::new(), Vec::new(), 0);
    loop {
        let (namespace, event) = reader.read_resolved_event().unwrap();
        let in_body = path.iter().any(|tag| tag == "body") && !path.iter().any(|tag| tag == "reg");
        match event {
            Event::Start(tag) | Event::Empty(tag) if tag.attributes().any(|attribute| attribute.is_err()) => {
                panic!("{xml}")
            }
            Event::Start(tag) => {
                assert_eq!(namespace, ResolveResult::Bound(Namespace(TEI)), "{xml}");
                let name = tag.local_name().as_ref().to_owned();
                names +=
                    usize::from(in_body && ["placeName", "persName", "orgName", "rs", "name"].contains(&name.as_str()));
                if name == "body" {
                    bodies.push(String::new());
                }
                path.push(name);
            }
            Event::End(_) => assert!(path.pop().is_some()),
            Event::Text(text) if in_body => bodies.last_mut().unwrap().push_str(&text),
            Event::GeneralRef(reference) if in_body => {
                let c = match reference.resolve_char_ref().unwrap() {
                    Some(c) => c.to_string(),
                    None => quick_xml::escape::resolve_predefined_entity(&reference).unwrap().to_owned(),
                };
                bodies.last_mut().unwrap().push_str(&c);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert!(path.is_empty(), "{path:?}");
    (bodies, names)
}

fn check_tei(documents: &[(&str, &str)]) {
    let xml = written(&mut Tei::default(), documents);
    let is_allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{FFFD}' | '\u{10000}'..);
    assert!(xml.chars().all(is_allowed));
    let (bodies, names) = read_tei(&xml);
    let replaced = |text: &str| text.chars().map(|c| if is_allowed(c) { c } else { '\u{FFFD}' }).collect::<String>();
    let texts: Vec<String> = documents.iter().map(|(_, text)| replaced(text)).collect();
    assert_eq!(bodies, texts);
    assert_eq!(names, annotations(documents).len());
    assert_eq!(xml.contains("<teiCorpus"), documents.len() > 1);
}

fn check_webannotation(documents: &[(&str, &str)]) {
    let page: Value = serde_json::from_str(&written(&mut WebAnnotation::default(), documents)).unwrap();
    let items = page["items"].as_array().unwrap();
    assert_eq!(items.len(), annotations(documents).len());
    let mut ids: Vec<&str> = items.iter().map(|item| item["id"].as_str().unwrap()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), items.len());
    for item in items {
        let (_, text) = documents.iter().find(|(path, _)| item["target"]["source"] == *path).unwrap();
        let [position, quote] = item["target"]["selector"].as_array().unwrap().as_slice() else { panic!("{item}") };
        assert_eq!(slice(text, &position["start"], &position["end"]), quote["exact"].as_str().unwrap());
        let quoted = ["prefix", "exact", "suffix"].map(|key| quote[key].as_str().unwrap()).concat();
        assert!(text.contains(&quoted));
    }
}

fn check_spacy(documents: &[(&str, &str)]) {
    let lines = written(&mut Spacy::default(), documents);
    let lines: Vec<Value> = lines.split_terminator('\n').map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), documents.len());
    for (line, (_, text)) in lines.iter().zip(documents) {
        assert_eq!(line["text"], *text);
        let found = line["spans"].as_array().unwrap().iter().map(|span| slice(text, &span["start"], &span["end"]));
        let expected: Vec<String> = normalizer().annotate(text).into_iter().map(|annotation| annotation.text).collect();
        assert_eq!(found.collect::<Vec<_>>(), expected);
    }
}

fn check_brat(document: (&str, &str)) {
    let lines = written(&mut Brat::default(), &[document]);
    let mut marked = 0;
    for line in lines.split_terminator('\n') {
        let cells: Vec<&str> = line.split('\t').collect();
        assert_eq!(cells.len(), 3, "{line:?}");
        let Some(_number) = cells[0].strip_prefix('T') else { continue };
        marked += 1;
        let (sort, spans) = cells[1].split_once(' ').unwrap();
        assert!(Brat::TYPES.lines().any(|known| known == sort));
        let fragment = |span: &str| -> String {
            let (start, end) = span.split_once(' ').unwrap();
            let (start, end): (usize, usize) = (start.parse().unwrap(), end.parse().unwrap());
            document.1.chars().skip(start).take(end - start).collect()
        };
        let fragments: Vec<String> = spans.split(';').map(fragment).collect();
        assert!(fragments.iter().all(|fragment| !fragment.contains('\n')));
        assert_eq!(fragments.join(" ").chars().count(), cells[2].chars().count(), "{line:?}");
    }
    assert_eq!(marked, annotations(&[document]).len());
}

fn check_markdown(documents: &[(&str, &str)]) {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    let report = written(&mut Markdown::default(), documents);
    let (mut items, mut subjects) = (0, 0);
    for event in Parser::new_ext(&report, Options::all()) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => panic!("{html:?} in {report}"),
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(dest_url.starts_with("https://www.wikidata.org/wiki/Q"))
            }
            Event::Start(Tag::Image { .. } | Tag::CodeBlock(_)) => panic!("{report}"),
            Event::Start(Tag::Item) => items += 1,
            Event::Start(Tag::Heading { .. }) => subjects += 1,
            _ => {}
        }
    }
    assert_eq!(items, annotations(documents).len(), "{report}");
    assert_eq!(subjects, 1 + report.lines().filter(|line| line.starts_with("## ")).count());
}

fn check_text(documents: &[(&str, &str)]) {
    let report = written(&mut Text::new(Styling::Plain), documents);
    assert!(report.chars().all(|c| c == '\n' || !c.is_control()), "{report:?}");
    assert!(!report.contains(['\u{202E}', '\u{2066}']));
    let rows = report.lines().filter(|line| documents.iter().any(|(path, _)| line.starts_with(&format!("{path}:"))));
    assert_eq!(rows.count(), annotations(documents).len());
}

fn check_jsonl(documents: &[(&str, &str)]) {
    let options = JsonlOptions { unit: OffsetUnit::Char, candidates: 5 };
    let lines = written(&mut Jsonl::new(options), documents);
    for (line, (path, text)) in lines.split_terminator('\n').zip(documents) {
        let line: Value = serde_json::from_str(line).unwrap();
        assert_eq!(line["path"], *path);
        for mention in line["mentions"].as_array().unwrap() {
            assert_eq!(slice(text, &mention["start"], &mention["end"]), mention["text"].as_str().unwrap());
        }
    }
}

fn check_all(documents: &[(&str, &str)]) {
    check_text(documents);
    check_jsonl(documents);
    check_csv(documents);
    check_geojson(documents);
    check_tei(documents);
    check_webannotation(documents);
    check_spacy(documents);
    check_markdown(documents);
    documents.iter().for_each(|&document| check_brat(document));
}

#[test]
fn what_the_formats_say_of_a_dispatch_is_read_by_others() {
    let text = std::fs::read_to_string("tests/readme/dispatch.txt").unwrap();
    check_all(&[("dispatch.txt", &text)]);
    check_all(&[
        ("dispatch.txt", &text),
        ("empty.txt", ""),
        ("space.txt", "\n \n"),
        ("none.txt", "Nothing is named here."),
    ]);
    check_csv(&[("=cmd.txt", &text)]);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn no_text_breaks_a_format(one in hostile_text(), other in hostile_text()) {
        check_all(&[("one.txt", &one), ("other.txt", &other)]);
        check_tei(&[("one.txt", &one)]);
    }
}

#[test]
fn longitude_comes_first_in_geojson_and_last_in_tei() {
    let documents = [("a.txt", "Talks were held in Baku.")];
    let map = written(&mut GeoJson::new(Features::Mentions, OffsetUnit::Char), &documents);
    assert!(map.contains("\"coordinates\":[49.892,40.3777]"), "{map}");
    let tei = written(&mut Tei::default(), &documents);
    assert!(tei.contains("<geo>40.3777 49.892</geo>"), "{tei}");
}

#[test]
fn nothing_named_is_still_a_valid_file() {
    let map: geojson::FeatureCollection =
        written(&mut GeoJson::new(Features::Entries, OffsetUnit::Char), &[]).parse().unwrap();
    assert!(map.features.is_empty());
    let page: Value = serde_json::from_str(&written(&mut WebAnnotation::default(), &[])).unwrap();
    assert_eq!(page["items"], serde_json::json!([]));
    assert_eq!(written(&mut Csv::new(OffsetUnit::Char), &[]).lines().count(), 1);
    assert_eq!(written(&mut Tei::default(), &[]), "");
}

#[test]
fn a_long_line_is_shown_in_stretches() {
    let filler = "nobody who reads the news of the region would find anything of interest here, ".repeat(5);
    let text = format!("{filler}Shells fell on Stefancart, {filler}and on Gadabe.");
    let report = written(&mut Text::new(Styling::Plain), &[("a.txt", &text)]);
    let lines = report.lines().filter(|line| line.contains(" | "));
    assert!(lines.clone().count() == 4 && lines.clone().all(|line| line.chars().count() < 115), "{report}");
    for pair in lines.collect::<Vec<_>>().chunks(2) {
        let (start, end) = (pair[1].find('^').unwrap(), pair[1].rfind('^').unwrap());
        let marked: String = pair[0].chars().skip(start).take(end + 1 - start).collect();
        assert!(["Stefancart", "Gadabe"].contains(&marked.as_str()), "{report}");
    }
}
