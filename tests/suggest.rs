//! Growing a gazetteer: what a corpus has and the gazetteer lacks, and the names of a text that no entry fits.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its files should fail")]

use std::sync::LazyLock;

use proptest::prelude::*;
use toponorm::{
    Gazetteer, Lang, Matcher, Normalizer, Proposal, Rejections, Status, Suggester, Suggestion, suggestions,
};

/// A gazetteer of invented places.
const PLACES: &str = "name,kind,latitude,longitude,country,variants
Velidagh,city,40.10,46.10,AZ,
Tarakend,town,40.20,46.20,AZ,Daraqənd@az
Mishkavan,town,40.15,46.30,AM,
Ostrava Polje,village,45.00,15.00,HR,
Karadere,district,40.12,46.15,AZ,
Testland,country,40.00,46.00,AZ,
";

static MATCHER: LazyLock<Matcher> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("places.csv");
    std::fs::write(&path, PLACES).unwrap();
    Matcher::builder().build(&Gazetteer::from_path(&path).unwrap()).unwrap()
});

fn suggester() -> Suggester {
    Suggester::new(MATCHER.clone()).lang(Lang::ENGLISH)
}

fn suggest(text: &str) -> Vec<Suggestion> {
    let mut suggester = suggester();
    suggester.read("a.txt", text);
    suggester.suggestions()
}

fn spellings(suggestions: &[Suggestion]) -> Vec<&str> {
    suggestions.iter().map(|one| one.spelling.as_str()).collect()
}

#[test]
fn places_without_an_entry_are_proposed_with_their_kind() {
    for (text, spelling, kind) in [
        ("Shells fell on the village of Qarvuzi at night.", "Qarvuzi", Some("village")),
        ("The Omzarak River was in flood.", "Omzarak", Some("river")),
        ("Soldiers stood on Birzan Bridge for a week.", "Birzan Bridge", Some("site")),
        ("They lost the villages of Velidagh, Qarvuzi and Hulmet in one day.", "Hulmet", Some("village")),
        ("He was born in Qarvuzi, Karadere, before the war.", "Qarvuzi", None),
        ("Fighting went on near Velidagh, Qarvuzi and Tarakend.", "Qarvuzi", None),
        ("Many have moved to Qarvuzi since.", "Qarvuzi", None),
        ("The road is open in Qarvuzi.", "Qarvuzi", None),
    ] {
        let found = suggest(text);
        let one = found.iter().find(|one| one.spelling == spelling).unwrap_or_else(|| panic!("{text}: {found:?}"));
        assert_eq!((one.proposal, one.place.map(|kind| kind.as_str())), (Proposal::Entry, kind), "{text}");
        assert_eq!(one.contexts[0].line, 1);
        assert!(one.contexts[0].text.contains(spelling), "{text}");
    }
}

#[test]
fn people_organisations_and_weapons_are_not_proposed() {
    for text in [
        "In Velidagh, President Qarvuzi met the press.",
        "Omzar Qarvuzi said in Velidagh that he would go. The case in Qarvuzi's own words, Qarvuzi said, was closed.",
        "The mayor of Velidagh, Tigran Omzaryan, refuted it.",
        "He wrote in the newspaper Qarvuzi and in Qarvuzi magazine.",
        "They were armed with Qarvuzi rockets and BM-21 Qarvuz launchers.",
        "A paper from the Qarvuzi Institute, Velidagh, says so.",
        "Power in Qarvuzist hands and in Qarvuzism, in October and in NATO.",
        "It was in the Qarvuzi style.",
        "See https://example.org/Qarvuzi and /srv/Qarvuzi/list.txt in Velidagh.",
    ] {
        assert_eq!(spellings(&suggest(text)), [""; 0], "{text}");
    }
}

#[test]
fn unlisted_spellings_are_proposed_for_their_entry() {
    let found = suggest("Shells fell on the town of Velidagn, east of Tarakend, and near Mishkavan.");
    let one = found.iter().find(|one| one.spelling == "Velidagn").unwrap_or_else(|| panic!("{found:?}"));
    assert_eq!((one.proposal, one.name.as_str()), (Proposal::Spelling, "Velidagh"));
    assert!(one.entry.contains("velidagh"), "{one:?}");
}

#[test]
fn what_is_found_without_a_row_is_not_proposed() {
    for text in [
        "In Daraqand and in Tarakend all is quiet.",
        "Velidagh's mayor and the VELIDAGH mine, in Ostrava-Polje and near Mishkavan.",
    ] {
        assert_eq!(spellings(&suggest(text)), [""; 0], "{text}");
    }
}

#[test]
fn a_name_in_brackets_is_another_name() {
    let found = suggest("The army took Qarvuzi (Mishkavan) and went on.");
    let one = &found[0];
    assert_eq!((one.spelling.as_str(), one.proposal, one.kind.as_str()), ("Qarvuzi", Proposal::Spelling, "name"));
    assert!(one.entry.contains("mishkavan"), "{one:?}");
}

#[test]
fn uses_in_all_documents_are_judged_together() {
    let mut suggester = suggester();
    suggester.read("a.txt", "All is quiet in Qarvuzi.");
    let alone = suggester.suggestions()[0].score;
    suggester.read("b.txt", "The village of Qarvuzi was shelled.\nNobody lives in Qarvuzi now.");
    let one = &suggester.suggestions()[0];
    assert_eq!((one.count, one.documents), (3, 2));
    assert!(one.score > alone);
    assert_eq!(one.contexts[0].document, "b.txt", "the most telling line comes first");
    for (document, name) in ["a", "b", "c", "d"].iter().zip(["Rauf", "Leyla", "Anar", "Nigar"]) {
        suggester.read(document, &format!("{name} Qarvuzi, a lawyer, spoke. Qarvuzi said no more."));
    }
    assert!(suggester.suggestions().iter().all(|one| one.spelling != "Qarvuzi" || one.score < alone));
}

#[test]
fn rejected_rows_do_not_come_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rejected.csv");
    let text = "The village of Qarvuzi and the village of Hulmet.";
    let mut review = Vec::new();
    let found = suggest(text);
    suggestions::csv(&mut review, found.iter().filter(|one| one.spelling == "Qarvuzi")).unwrap();
    std::fs::write(&path, &review).unwrap();
    let mut rejections = Rejections::from_path(&path).unwrap();
    let mut again = suggester().rejections(rejections.clone());
    again.read("a.txt", text);
    assert_eq!(spellings(&again.suggestions()), ["Hulmet"], "a row of the review is a rejection");
    rejections.add("HULMET", "", "a firm");
    std::fs::write(&path, rejections.to_csv()).unwrap();
    let mut again = suggester().rejections(Rejections::from_path(&path).unwrap());
    again.read("a.txt", text);
    assert_eq!(spellings(&again.suggestions()), [""; 0]);
    let mut other = Rejections::default();
    other.add("Hulmet", "some-other-entry", "");
    let mut again = suggester().rejections(other);
    again.read("a.txt", text);
    assert!(spellings(&again.suggestions()).contains(&"Hulmet"), "rejected for another entry only");
}

#[test]
fn broken_rejections_are_placed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rejected.csv");
    for (content, expected) in [
        ("", "the file is empty"),
        ("spelling,why\nA,B\n", "column `why`"),
        ("entry,reason\na,b\n", "column `spelling`"),
        ("spelling,entry,reason\n,a,b\n", "row 2, column `spelling`"),
        ("spelling,entry,reason\nA,b\n", "row 2"),
        ("spelling;entry;reason\nA;;\n", "separated by `;`"),
    ] {
        std::fs::write(&path, content).unwrap();
        let error = Rejections::from_path(&path).unwrap_err().to_string();
        assert!(error.contains(expected) && error.contains("rejected.csv"), "{error}");
    }
    assert!(Rejections::from_path(folder.path().join("none.csv")).is_err());
}

#[test]
fn what_is_written_is_a_gazetteer() {
    let found = suggest("The village of Qarvuzi, the Omzarak River and Birzan Bridge, near Velidagh.");
    let folder = tempfile::tempdir().unwrap();
    let mut entries = Vec::new();
    suggestions::entries_csv(&mut entries, &found).unwrap();
    std::fs::write(folder.path().join("entries.csv"), entries).unwrap();
    let mut review = Vec::new();
    suggestions::csv(&mut review, &found).unwrap();
    // What a curator pastes: the columns of names.csv.
    let pasted: String = String::from_utf8(review)
        .unwrap()
        .lines()
        .map(|line| line.split(',').take(12).collect::<Vec<_>>().join(",") + "\n")
        .collect();
    std::fs::write(folder.path().join("names.csv"), pasted).unwrap();
    let gazetteer = Gazetteer::from_path(folder.path()).unwrap();
    let mut names: Vec<&str> = gazetteer.entries().iter().map(|entry| entry.canonical.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["Birzan Bridge", "Omzarak", "Qarvuzi"]);
}

#[test]
fn unknown_names_are_annotated_if_asked_for() {
    let text = "In Velidagh, President Omzar Qarvuzi spoke of Hulmet, a village, and of the village of Birzan. Birzan is old. The Zulkar Institute agreed in May.";
    let plain = Normalizer::builder().lang(Lang::ENGLISH).build(MATCHER.clone());
    let asking = Normalizer::builder().lang(Lang::ENGLISH).unknown(true).build(MATCHER.clone());
    assert!(plain.annotate(text).iter().all(|mention| mention.status != Status::Unknown));
    let mentions = asking.annotate(text);
    let unknown = mentions.iter().filter(|mention| mention.status == Status::Unknown);
    let found: Vec<_> = unknown.clone().map(|mention| (mention.text.as_str(), mention.label)).collect();
    assert_eq!(
        found,
        [
            ("Omzar Qarvuzi", "person"),
            ("Hulmet", "name"),
            ("Birzan", "place"),
            ("Birzan", "place"),
            ("Zulkar Institute", "organisation")
        ]
    );
    assert!(unknown.clone().all(|mention| mention.id.is_none() && mention.method.is_none() && mention.lat.is_none()));
    assert!(mentions.is_sorted_by_key(|mention| mention.span.start));
    assert_eq!(asking.rewrite(text), plain.rewrite(text));
}

/// Sentences about a name; `{}` is the name.
const SENTENCES: [&str; 8] = [
    "Shells fell on the village of {} at night. ",
    "They fled to Velidagh and to {}, it is said.\n\n",
    "The road is closed in {}. ",
    "In {}’s streets nobody was seen.\n",
    "It rained in Tarakend, {} and Mishkavan. ",
    "Nobody knows {} any more. ",
    "The fall of {}\nwas sudden. ",
    "Qadir went home. ",
];
const NAMES: [&str; 7] = ["Qarvuzi", "Hulmet", "Birzan Bridge", "Şüvəqum", "Zulkar-dere", "Velidagn", "Omzar"];

/// How often `name` stands in `text` as whole words, counted in the plainest way: line breaks are spaces.
fn counted(text: &str, name: &str) -> u64 {
    let text = text.replace('\n', " ");
    let is_whole = |at: usize| {
        let before = text[..at].chars().next_back();
        let after = text[at + name.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    };
    text.match_indices(name).filter(|&(at, _)| is_whole(at)).count() as u64
}

proptest! {
    /// Every proposed spelling stands in the corpus as often as it was counted, and in as many documents.
    #[test]
    fn counts_are_true(documents in prop::collection::vec(prop::collection::vec((0..SENTENCES.len(), 0..NAMES.len()), 0..8), 1..4)) {
        let write = |sentences: &Vec<(usize, usize)>| -> String {
            sentences.iter().map(|&(sentence, name)| SENTENCES[sentence].replace("{}", NAMES[name])).collect()
        };
        let texts: Vec<String> = documents.iter().map(write).collect();
        let mut suggester = suggester();
        for (at, text) in texts.iter().enumerate() {
            suggester.read(&at.to_string(), text);
        }
        for one in suggester.suggestions() {
            let counts: Vec<u64> = texts.iter().map(|text| counted(text, &one.spelling)).collect();
            prop_assert_eq!(one.count, counts.iter().sum::<u64>(), "{} in {:?}", one.spelling, texts);
            prop_assert_eq!(one.documents, counts.iter().filter(|&&count| count > 0).count() as u64);
            prop_assert!(one.contexts.iter().all(|context| context.text.contains(&one.spelling)));
        }
    }

    /// No text makes it fail, and the same texts give the same rows.
    #[test]
    fn any_text_is_read(text in "(\\PC{0,20}|the village of Qar|[A-ZƏ][a-zə]{2,6}|[ ,.()\n_*-]{1,2}|in |and |to ){0,12}") {
        let (one, other) = (suggest(&text), suggest(&text));
        prop_assert_eq!(spellings(&one), spellings(&other));
        for one in one {
            prop_assert!((0.0..=1.0).contains(&one.score) && one.count > 0 && !one.contexts.is_empty());
        }
    }
}
