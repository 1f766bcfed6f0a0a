//! What is not written, and why; what is written over a name in a quotation, a marked region, another language, and under a policy.
#![cfg(feature = "bundled")]
#![allow(clippy::unwrap_used, reason = "a test that cannot open the gazetteer should fail")]

use std::sync::LazyLock;

use proptest::prelude::*;
use toponorm::{
    Gloss, Lang, Matcher, NamePolicy, Normalizer, NormalizerBuilder, Quotations, ReadOptions, WithheldReason,
};

static MATCHER: LazyLock<Matcher> = LazyLock::new(|| Matcher::bundled().unwrap());

fn english() -> NormalizerBuilder {
    Normalizer::builder().lang(Lang::ENGLISH)
}

fn with_policy(name: &str) -> NormalizerBuilder {
    english().policy(NamePolicy::of(&MATCHER, name).unwrap())
}

fn reasons(builder: NormalizerBuilder, text: &str) -> Vec<(String, WithheldReason)> {
    let correction = builder.build(MATCHER.clone()).correct(text);
    for withheld in &correction.withheld {
        assert_eq!(text[withheld.span.range()], withheld.surface);
        assert!(correction.edits.iter().all(|edit| !edit.span.overlaps(withheld.span)), "{text}");
    }
    correction.withheld.into_iter().map(|withheld| (withheld.surface, withheld.reason)).collect()
}

#[test]
fn what_is_not_written_has_a_reason() {
    use WithheldReason::*;
    for (text, surface, reason) in [
        ("The road to Stefancart [sic] is closed.", "Stefancart", Sic),
        ("The road to Stefancart is closed. % toponorm:ignore", "Stefancart", Ignored),
        ("% toponorm:off\nThe road to Stefancart is closed.", "Stefancart", Off),
        ("They flew from Eriwan to Moscow.", "Eriwan", Ask),
    ] {
        assert_eq!(reasons(english(), text), [(surface.to_owned(), reason)], "{text}");
    }
    assert_eq!(reasons(Normalizer::builder(), "Stefancart"), [("Stefancart".to_owned(), LanguageUnsure)]);
    let russian = Normalizer::builder().lang("ru".parse().unwrap());
    assert_eq!(
        reasons(russian, "Они жили в Степонокерте и в Баку."),
        [("Степонокерте".to_owned(), EndingUnsure)],
        "an unlisted spelling with an ending"
    );
    let kept = english().quotations(Quotations::Keep);
    assert_eq!(reasons(kept, "“Stefancart is quiet,” he said."), [("Stefancart".to_owned(), Quotation)]);
    assert!(reasons(english(), "“Baku is quiet,” he said in Stepanakert.").is_empty(), "right names are not withheld");
}

#[test]
fn what_an_encoding_lacks_is_withheld_and_the_rest_is_written() {
    let azerbaijani = Normalizer::builder().lang("az".parse().unwrap()).build(MATCHER.clone());
    let options = ReadOptions { encoding: "windows-1254".parse().unwrap(), ..ReadOptions::default() };
    let clean = azerbaijani.normalize_bytes(b"Xocavend, Lacin.", &options).unwrap();
    assert_eq!(clean.bytes, b"Xocavend, La\xE7\xFDn.");
    let reasons: Vec<_> = clean.withheld.iter().map(|withheld| withheld.reason.help()).collect();
    assert_eq!(reasons, [Some("convert the document to UTF-8")]);
}

#[test]
fn a_mark_in_a_field_or_a_comment_counts() {
    let normalizer = english().build(MATCHER.clone());
    let options = ReadOptions { format: toponorm::InputFormat::Jsonl, ..ReadOptions::default() };
    let lines = b"{\"text\": \"The road to Stefancart.\", \"note\": \"toponorm:ignore\"}\n{\"text\": \"The road to Stefancart.\"}\n";
    let clean = normalizer.normalize_bytes(lines, &options).unwrap();
    assert_eq!(String::from_utf8(clean.bytes).unwrap().matches("Stepanakert").count(), 1);
    assert_eq!(clean.withheld.len(), 1);
}

#[test]
fn names_told_apart_in_one_sentence_stay_two() {
    for text in [
        "Khankendi, known as Stepanakert, is quiet.",
        "Stepanakert (Khankendi) is quiet.",
        "Stepanakert (“Khankendi”) is quiet.",
        "Stepanakert (Az. Khankendi) is quiet.",
        "Stepanakert [in Azerbaijani: Khankendi] is quiet.",
        "Khankendi, formerly Stepanakert, is quiet.",
        "Khankendi (formerly: Stepanakert) is quiet.",
        "Stepanakert/Khankendi is quiet.",
        "Stepanakert, which Azerbaijan calls Xankəndi, is quiet.",
        "Gyumri, a.k.a. Leninakan, is quiet.",
        "Ganja – in Soviet days Kirovabad – is quiet.",
        "The town of Shushi, called\n“Shusha” by Azerbaijan, is quiet.",
    ] {
        for policy in ["armenian", "azerbaijani", "russian", "international"] {
            for gloss in [Gloss::Never, Gloss::First] {
                let normalizer = with_policy(policy).gloss(gloss).build(MATCHER.clone());
                assert_eq!(normalizer.rewrite(text), text, "{policy}");
            }
        }
    }
}

#[test]
fn the_first_mention_of_a_renamed_place_is_glossed() {
    let glossed = with_policy("azerbaijani").gloss(Gloss::First).build(MATCHER.clone());
    for (text, expected) in [
        ("Stepanakert fell. Stepanakert burned.", "Khankendi (Stepanakert) fell. Khankendi burned."),
        ("STEFANCART fell.", "KHANKENDI (STEPANAKERT) fell."),
        ("Stepanakert’s mayor left Stepanakert.", "Khankendi’s mayor left Khankendi (Stepanakert)."),
        ("Stepanakert’s mayor left. Stepanakert fell.", "Khankendi’s mayor left. Khankendi (Stepanakert) fell."),
        ("The capital (Stepanakert) fell.", "The capital (Khankendi) fell."),
        ("Baku and Yerevan agreed.", "Baku and Yerevan agreed."),
    ] {
        assert_eq!(glossed.rewrite(text), expected);
        assert_eq!(glossed.rewrite(expected), expected, "a second reading changes nothing");
    }
}

#[test]
fn another_language_is_written_in_its_script() {
    for (lang, expected) in [
        ("hy", "The road from Ստեփանակերտ to Բաքու is closed."),
        ("ru", "The road from Степанакерт to Баку is closed."),
        ("en", "The road from Stepanakert to Baku is closed."),
    ] {
        let normalizer = english().to_lang(lang.parse().unwrap()).build(MATCHER.clone());
        assert_eq!(normalizer.rewrite("The road from Stefancart to Bakı is closed."), expected);
        assert_eq!(normalizer.rewrite(expected), expected);
    }
}

#[test]
fn no_word_gets_two_scripts() {
    let normalizer = english().to_lang("hy".parse().unwrap()).build(MATCHER.clone());
    for text in ["Stepanakert’s mayor is in a Stepanakert-based hospital.", "N. Pašinjan spoke."] {
        assert_eq!(normalizer.rewrite(text), text);
    }
    assert_eq!(normalizer.rewrite("Nikol Pashinyan spoke in Yerevan."), "Նիկոլ Փաշինյան spoke in Երևան.");
}

/// A sentence with names, wrong and right, in whatever case and with what may stand beside them.
fn sentence() -> impl Strategy<Value = String> {
    let name = prop::sample::select(vec![
        "Stefancart",
        "STEFANCART",
        "stefancart",
        "Stepanakert",
        "Khajavend",
        "Nagorno\u{A0}Karbakh",
        "Nagorno-Karbakh",
        "Shushi",
        "Martuni",
        "Eriwan",
        "Leninakan",
        "Nikol Pašinjan",
        "Kelbadjar",
    ]);
    let after =
        prop::sample::select(vec![" ", "’s army ", "'s ", ", ", ". ", " [sic] ", "-based ", "” ", "\n", " (", ") "]);
    let before = prop::sample::select(vec!["in ", "“", "The town of ", "", "\"", "("]);
    prop::collection::vec((before, name, after), 1..6)
        .prop_map(|parts| parts.into_iter().map(|(before, name, after)| format!("{before}{name}{after}")).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    /// Whatever is wished, a second reading changes nothing, withheld mentions stay, and joints and case are the surface's.
    #[test]
    fn wishes_are_settled_at_once(text in sentence()) {
        for builder in [
            english().quotations(Quotations::Keep),
            with_policy("azerbaijani"),
            with_policy("armenian").gloss(Gloss::First),
            with_policy("azerbaijani").gloss(Gloss::First).quotations(Quotations::Keep),
            english().to_lang("az".parse().unwrap()),
        ] {
            let normalizer = builder.build(MATCHER.clone());
            let correction = normalizer.correct(&text);
            let written = toponorm::apply(&text, &correction.edits);
            prop_assert_eq!(&*normalizer.rewrite(&written), &*written, "from {:?}", text);
            for withheld in &correction.withheld {
                prop_assert_eq!(&text[withheld.span.range()], &withheld.surface);
                prop_assert_ne!(&withheld.replacement, &withheld.surface);
                prop_assert!(correction.edits.iter().all(|edit| !edit.span.overlaps(withheld.span)), "{:?}", text);
            }
        }
    }

    #[test]
    fn case_and_joints_follow_the_surface(text in sentence()) {
        for edit in english().build(MATCHER.clone()).edits(&text) {
            let (old, new) = (&text[edit.span.range()], &edit.replacement);
            let is_upper = |word: &str| word.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
            prop_assert_eq!(is_upper(old), is_upper(new), "{} → {}", old, new);
            prop_assert_eq!(old.starts_with(char::is_lowercase), new.starts_with(char::is_lowercase));
            let joints = |text: &str| text.chars().filter(|c| !c.is_alphabetic()).collect::<String>();
            prop_assert_eq!(joints(old), joints(new), "{} → {}", old, new);
        }
    }
}

/// Wrong spellings that the gazetteer lists, in languages that decline names, each with endings of the language.
#[test]
fn an_ending_stays_or_nothing_is_written() {
    let gazetteer = toponorm::Gazetteer::bundled();
    let is_wrong = |spelling: &toponorm::Spelling| spelling.effective_rewrite() == toponorm::Rewrite::Auto;
    let spellings = || gazetteer.entries().iter().flat_map(|entry| &entry.names).flat_map(|name| &name.spellings);
    let mut written = 0;
    for (lang, script, endings, sentence) in [
        ("ru", toponorm::Script::Cyrillic, &["е", "а", "у", "ом"][..], "Они долго жили в городе {} и вернулись домой."),
        (
            "az",
            toponorm::Script::Latin,
            &["da", "də", "dan", "nın", "’da"][..],
            "Nazir dünən axşam {} oldu və oradan qayıtdı.",
        ),
        (
            "tr",
            toponorm::Script::Latin,
            &["da", "’da", "'dan", "’nın"][..],
            "Bakan dün akşam {} konuştu ve oradan döndü.",
        ),
        ("sl", toponorm::Script::Latin, &["u", "a", "om"][..], "Včeraj zvečer so bili v {} in nato odšli domov."),
    ] {
        let lang: Lang = lang.parse().unwrap();
        let normalizer = Normalizer::builder().lang(lang).build(MATCHER.clone());
        let wrong = spellings().filter(|s| is_wrong(s) && toponorm::Script::of(&s.text) == Some(script));
        let wrong: Vec<&str> = wrong.map(|spelling| spelling.text.as_str()).collect();
        for (at, stem) in wrong.iter().enumerate().step_by(wrong.len().div_ceil(200).max(1)) {
            let ending = endings[at % endings.len()];
            let text = sentence.replace("{}", &format!("{stem}{ending}"));
            for edit in normalizer.edits(&text) {
                let mut after = edit.replacement.clone() + &text[edit.span.end..];
                after.truncate(after.ceil_char_boundary(edit.replacement.len() + ending.len()));
                assert!(after.contains(ending), "{text} → {} ({ending})", edit.replacement);
                written += 1;
            }
        }
    }
    assert!(written > 20, "{written} were written");
}
