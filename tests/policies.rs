//! Policies on a small gazetteer of their own: whose usage, as of when, and what is left alone.
#![allow(clippy::unwrap_used, reason = "a test that cannot read its files should fail")]

use std::fs;

use toponorm::{ErrorKind, Gazetteer, Lang, Matcher, NamePolicy, Normalizer};

const ENTRIES: &str = "id,kind,name,country\n\
    gyumri,city,Gyumri,AM\n\
    kapan,town,Kapan,AM\n\
    karabakh,region,Karabakh,AZ\n\
    shusha,city,Shusha,AZ\n\
    stepanakert,city,Stepanakert,AZ\n";

const NAMES: &str = "entry,name,spelling,lang,kind,preferred,since,until\n\
    gyumri,Alexandropol,Alexandropol,en,historical,1,1840,1924\n\
    gyumri,Gyumri,Gyumri,en,canonical,1,1990,\n\
    gyumri,Gyumri,Gumri,en,misspelling,,,\n\
    gyumri,Gyumri,Գյումրի,hy,native,1,1990,\n\
    gyumri,Leninakan,Leninakan,en,historical,1,1924,1990\n\
    gyumri,Leninakan,Լենինական,hy,native,1,1924,1990\n\
    kapan,Kapan,Kapan,en,canonical,1,,\n\
    karabakh,Karabakh,Karabakh,en,canonical,1,,\n\
    karabakh,Karabakh,Qarabağ,az,native,1,,\n\
    karabakh,Karabakh Autonomous-Oblast,Karabakh Autonomous-Oblast,en,historical,1,1923,1991\n\
    karabakh,Republic of Karabakh,Republic of Karabakh,en,name,1,,\n\
    karabakh,Republic of Karabakh,Ղարաբաղի Հանրապետություն,hy,native,1,,\n\
    shusha,Shusha,Shusha,en,canonical,1,,\n\
    shusha,Shusha,Şuşa,az,native,1,,\n\
    shusha,Shushi,Shushi,en,name,1,,\n\
    shusha,Shushi,Շուշի,hy,native,1,,\n\
    stepanakert,Khankendi,Khankendi,en,name,1,,\n\
    stepanakert,Khankendi,Xankəndi,az,native,1,,\n\
    stepanakert,Stepanakert,Stepanakert,en,canonical,1,,\n\
    stepanakert,Stepanakert,Stefancart,en,misspelling,,,\n\
    stepanakert,Stepanakert,Ստեփանակերտ,hy,native,1,,\n";

const POLICIES: &str = "policy,entry,choose\n\
    armenian,,hy;en\n\
    azerbaijani,,az;en\n\
    mixed,,az\n\
    mixed,shusha,Shushi\n";

fn matcher() -> Matcher {
    matcher_with(&[])
}

fn matcher_with(more: &[(&str, &str)]) -> Matcher {
    let folder = tempfile::tempdir().unwrap();
    let files = [("entries.csv", ENTRIES), ("names.csv", NAMES), ("policies.csv", POLICIES)];
    for (file, text) in files.iter().chain(more) {
        fs::write(folder.path().join(file), text).unwrap();
    }
    Matcher::builder().build(&Gazetteer::from_path(folder.path()).unwrap()).unwrap()
}

fn rewrite(policy: &str, as_of: Option<&str>, text: &str) -> String {
    let matcher = matcher();
    let mut policy = NamePolicy::of(&matcher, policy).unwrap();
    if let Some(date) = as_of {
        policy = policy.as_of(date).unwrap();
    }
    Normalizer::builder().lang(Lang::ENGLISH).policy(policy).build(matcher).rewrite(text).into_owned()
}

#[test]
fn a_policy_writes_the_name_of_its_languages() {
    let text = "From Stefancart to Shusha and Kapan.";
    assert_eq!(rewrite("armenian", None, text), "From Stepanakert to Shushi and Kapan.");
    assert_eq!(rewrite("azerbaijani", None, text), "From Khankendi to Shusha and Kapan.");
}

#[test]
fn a_rule_for_one_entry_goes_before_the_languages() {
    assert_eq!(rewrite("mixed", None, "From STEPANAKERT to Shusha."), "From KHANKENDI to Shushi.");
}

#[test]
fn a_name_that_is_a_word_too_is_written_for_a_known_place_and_a_suppressed_one_never() {
    for (file, text, expected) in [
        ("common.csv", "surface,reason\nShushi,first name\n", "From Khankendi to Shushi."),
        ("suppressed.csv", "surface,reason\nShushi,sushi\n", "From Khankendi to Shusha."),
    ] {
        let policy = |matcher: &Matcher| NamePolicy::of(matcher, "mixed").unwrap();
        let matcher = matcher_with(&[(file, text)]);
        let normalizer = Normalizer::builder().lang(Lang::ENGLISH).policy(policy(&matcher)).build(matcher);
        assert_eq!(normalizer.rewrite("From Stepanakert to Shusha."), expected, "{file}");
    }
}

#[test]
fn a_name_of_other_words_is_written_whole() {
    for (date, text, expected) in [
        (None, "News of Republic of Karabakh.", "News of Karabakh."),
        (None, "The Republic of Karabakh fell.", "The Republic of Karabakh fell."),
        (None, "The Karabakh issue.", "The Karabakh issue."),
        (Some("1985"), "The Republic of Karabakh fell.", "The Karabakh Autonomous-Oblast fell."),
        (Some("1985"), "REPUBLIC OF KARABAKH", "KARABAKH AUTONOMOUS-OBLAST"),
    ] {
        assert_eq!(rewrite("azerbaijani", date, text), expected);
    }
    assert_eq!(rewrite("armenian", None, "Snow in Karabakh."), "Snow in Karabakh.", "an article is missing");
}

#[test]
fn neutral_changes_spellings_only() {
    let text = "From Khankendi, or Stefancart, to Leninakan.";
    assert_eq!(rewrite("neutral", None, text), "From Khankendi, or Stepanakert, to Leninakan.");
}

#[test]
fn names_count_while_they_were_in_use() {
    for (date, name) in [("1900", "Alexandropol"), ("1985-06", "Leninakan"), ("1991", "Gyumri")] {
        assert_eq!(rewrite("armenian", Some(date), "Snow in Gumri."), format!("Snow in {name}."), "{date}");
    }
    assert_eq!(rewrite("armenian", None, "Snow in Kapan and Leninakan."), "Snow in Kapan and Gyumri.");
}

#[test]
fn a_sentence_that_tells_two_names_apart_keeps_them() {
    let text = "Khankendi is the Azerbaijani name of Stepanakert.";
    assert_eq!(rewrite("armenian", None, text), text);
}

#[test]
fn unknown_policies_and_dates_are_errors_that_say_what_is_known() {
    let matcher = matcher();
    let error = NamePolicy::of(&matcher, "martian").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Value);
    assert!(error.to_string().contains("armenian, azerbaijani, mixed, neutral"), "{error}");
    let error = NamePolicy::of(&matcher, "armenian").unwrap().as_of("spring 1985").unwrap_err();
    assert!(error.to_string().contains("1991-09"), "{error}");
}
