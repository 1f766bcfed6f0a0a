//! What `annotate --format html` writes, read by the parser of a browser: it is well-formed, says what the document says, and holds
//! no element that we didn't write, whatever a document, its path or a gazetteer holds.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its files should fail")]

use std::collections::BTreeSet;
use std::fs;
use std::sync::LazyLock;

use base64::Engine as _;
use proptest::prelude::*;
use scraper::{ElementRef, Html, Selector};
use sha2::{Digest, Sha256};
use toponorm::write::{self, Report, Reported};
use toponorm::{Gazetteer, Matcher, Normalizer};

/// A gazetteer of somebody's own, with names that would like to be markup.
const HOSTILE: &str = "\
id,name,kind,latitude,longitude,country,variants
stepanakert,Stepanakert,city,39.8177,46.7528,AZ,Stefancart
baku,Baku,city,40.3777,49.8920,AZ,Baki;باكو
<i>x</i>,\"Karin <script>alert('Tak')</script>\",village,39.7,46.7,AZ,
anywhere,Anywhere \"onmouseover=alert(1),village,,,,
farm-1,Newfarm,village,40,45,AM,
farm-2,Newfarm,village,41,46,AZ,
washington,Washington,city,38.9,-77.04,US,
petrov,Ivan Petrov,person,,,,
";

static NORMALIZER: LazyLock<Normalizer> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hostile.csv");
    fs::write(&path, HOSTILE).unwrap();
    let matcher = Matcher::builder().build(&Gazetteer::from_path(&path).unwrap()).unwrap();
    Normalizer::builder().unknown(true).explain(true).build(matcher)
});

fn page(documents: &[(&str, &str)]) -> String {
    let (mut page, mut html) = (write::Html::default(), Vec::new());
    page.begin(&mut html).unwrap();
    for &(path, text) in documents {
        page.document(&mut html, &Reported::of_text(path, text, &NORMALIZER.annotate(text))).unwrap();
    }
    page.end(&mut html).unwrap();
    String::from_utf8(html).unwrap()
}

fn all<'a>(html: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    html.select(&Selector::parse(selector).unwrap()).collect()
}

fn text_of(element: ElementRef<'_>) -> String {
    element.text().collect()
}

/// A text as HTML holds it: line ends are LF, and NUL is U+FFFD.
fn as_parsed(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "\u{fffd}")
}

/// Each element with the names of its attributes.
fn shapes(html: &Html) -> BTreeSet<String> {
    let shape = |element: ElementRef<'_>| {
        let attributes: BTreeSet<&str> = element.value().attrs().map(|(name, _)| name).collect();
        format!("{} {attributes:?}", element.value().name())
    };
    all(html, "*").into_iter().map(shape).collect()
}

const TEXT: &str = "Ivan Petrov went from Stefancart to Baku, then to Newfarm.\n\nHe was in Baku in 1990.\r\n \r\nKarin <script>alert('Tak')</script> too, and Washington.\n";

#[test]
fn a_page_is_well_formed_and_says_what_the_document_says() {
    let html = Html::parse_document(&page(&[("a.txt", TEXT)]));
    assert_eq!(html.errors, Vec::<String>::new());
    assert_eq!(all(&html, ".text").into_iter().map(text_of).collect::<String>(), as_parsed(TEXT));
    assert_eq!(all(&html, ".text p").len(), 3);
    let marks: Vec<String> = all(&html, ".mark.place").into_iter().map(text_of).collect();
    assert_eq!(marks[..3], ["Stefancart", "Baku", "Newfarm"]);
    assert_eq!(all(&html, ".mark[data-to=Stepanakert]").len(), 1);
    let counts: Vec<String> = all(&html, "nav.place li a").into_iter().map(text_of).collect();
    assert_eq!(counts[0], "Baku 2 mentions");
}

#[test]
fn every_link_leads_somewhere_and_every_id_is_given_once() {
    let html = Html::parse_document(&page(&[("a.txt", TEXT), ("b.txt", "Baku again"), ("c.txt", "")]));
    let ids: Vec<&str> = all(&html, "[id]").into_iter().filter_map(|element| element.attr("id")).collect();
    let distinct: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(ids.len(), distinct.len());
    for link in all(&html, "a") {
        let target = link.attr("href").unwrap().strip_prefix('#').unwrap();
        assert!(distinct.contains(target), "{target}");
    }
    assert_eq!(all(&html, "article").len(), 3);
    assert_eq!(all(&html, "nav[aria-labelledby=documents] li").len(), 3);
}

#[test]
fn an_ambiguous_mention_is_shown_with_what_it_may_be() {
    let html = Html::parse_document(&page(&[("a.txt", "They left Newfarm.")]));
    let marks = all(&html, ".mark.ambiguous");
    assert_eq!(marks.len(), 1);
    let details = marks[0].attr("title").unwrap();
    assert!(details.contains("status: ambiguous") && details.contains("may be: Newfarm (farm-1)"), "{details}");
    assert_eq!(text_of(all(&html, "nav.ambiguous small")[0]), "farm-1 or farm-2", "what has one name is told apart");
    assert!(all(&html, "svg").is_empty(), "nothing is known to be anywhere");
}

#[test]
fn details_tell_entry_coordinates_score_and_replacement() {
    let html = Html::parse_document(&page(&[("a.txt", TEXT)]));
    let details = all(&html, ".mark[data-to]")[0].attr("title").unwrap();
    let told = ["Stepanakert\n", "kind: city, AZ", "coordinates: 39.8177, 46.7528", "entry: stepanakert", "score 1.00"];
    for wanted in told.into_iter().chain(["status: resolved", "would be written: Stepanakert", "probability: "]) {
        assert!(details.contains(wanted), "{wanted}: {details}");
    }
}

#[test]
fn nothing_but_our_style_and_script_may_run() {
    let html = Html::parse_document(&page(&[("a.txt", TEXT)]));
    let policy = all(&html, "meta[http-equiv]")[0].attr("content").unwrap();
    assert!(policy.starts_with("default-src 'none'; "));
    for name in ["style", "script"] {
        let elements = all(&html, name);
        assert_eq!(elements.len(), 1);
        let hash = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(text_of(elements[0])));
        let wanted = format!("{name}-src 'sha256-{hash}'");
        assert!(policy.contains(&wanted), "page.{name}: src/document/write/html/mod.rs is to say {wanted}");
    }
    assert!(all(&html, "link, img, iframe, object, embed, form, base, [src], [style]").is_empty());
}

#[test]
fn a_page_without_names_or_documents_is_a_page() {
    for documents in [&[("empty.txt", "")][..], &[]] {
        let html = Html::parse_document(&page(documents));
        assert_eq!(html.errors, Vec::<String>::new());
        assert_eq!(text_of(all(&html, ".sum")[0]), "No names found");
    }
}

/// Pieces that texts are put together from: markup, names, line ends, other directions.
fn piece() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "<script>alert(1)</script>",
        "</p>",
        "</a>",
        "</article>",
        "<!--",
        "-->",
        "<![CDATA[",
        "&amp;",
        "&#0;",
        "\"",
        "'",
        ">",
        "<",
        "<style>",
        "</title>",
        "<svg onload=x>",
        "\n",
        "\r\n",
        "\r",
        "\n\n",
        " \n\t\n",
        " ",
        ". ",
        "\0",
        "\u{c}",
        "\u{feff}",
        "\u{202e}",
        "Stefancart",
        "Baku",
        "باكو",
        "Newfarm",
        "Karin <script>alert('Tak')</script>",
        "Karin\n\nTak",
        "Ivan Petrov",
        "Anywhere \"onmouseover=alert(1)",
        "Washington",
        "Shelling in Great Oaksville",
    ]);
    prop_oneof![fixed.prop_map(str::to_owned), any::<String>()]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn hostile_text_is_text(pieces in prop::collection::vec(piece(), 0..24), path in any::<String>()) {
        let text = pieces.concat();
        let html = Html::parse_document(&page(&[(&path, &text), ("b", "Stefancart")]));
        let seen = all(&html, ".text").into_iter().map(text_of).next().unwrap();
        prop_assert_eq!(seen, as_parsed(&text));
        let plain = Html::parse_document(&page(&[("a", TEXT), ("b", "They left Newfarm.")]));
        let unknown: Vec<String> = shapes(&html).difference(&shapes(&plain)).cloned().collect();
        prop_assert_eq!(unknown, Vec::<String>::new());
        let marks = all(&html, ".mark").len();
        let counted: usize = all(&html, "nav:not([aria-labelledby=documents]) a > .count")
            .into_iter()
            .map(|count| text_of(count).split(' ').next().unwrap().parse::<usize>().unwrap())
            .sum();
        prop_assert_eq!(marks, counted);
        prop_assert_eq!(marks, NORMALIZER.annotate(&text).len() + 1);
    }
}
