//! Letters that only look right: of another script, of another language's alphabet, invisible.

use crate::error::{Problem, Problems};
use crate::gazetteer::kind::SpellingKind;
use crate::gazetteer::survey::{Survey, SurveyedSpelling};
use crate::lang::Lang;
use crate::script::Script;

/// Each spelling has the script of its language, and only one: look-alike letters of two scripts never match.
pub(super) fn check(survey: &Survey<'_>, problems: &mut Problems) {
    for spelling in &survey.spellings {
        if spelling.text.split_whitespace().any(Script::is_mixed) {
            let foreign = foreign_letters(spelling.text);
            let message = format!("`{}` mixes letters of two scripts: `{foreign}`", spelling.text);
            let help = "type the foreign letters anew; they only look alike";
            problems.push(Problem::error(spelling.position(), message, help));
        } else {
            check_language(spelling, problems);
        }
        check_look_alikes(spelling, problems);
    }
}

/// The letters of the script that has fewer of them, each with its code.
fn foreign_letters(text: &str) -> String {
    let scripts: Vec<(char, Script)> = text.chars().filter_map(|c| Some((c, Script::of_char(c)?))).collect();
    let count = |script: Script| scripts.iter().filter(|(_, other)| *other == script).count();
    let main = scripts.iter().map(|&(_, script)| script).max_by_key(|&script| count(script));
    let mut foreign: Vec<String> = Vec::new();
    for &(c, script) in scripts.iter().filter(|(_, script)| Some(*script) != main) {
        let letter = format!("{c} is {} U+{:04X}", script.as_str(), u32::from(c));
        if !foreign.contains(&letter) {
            foreign.push(letter);
        }
    }
    foreign.join(", ")
}

fn check_language(spelling: &SurveyedSpelling<'_>, problems: &mut Problems) {
    let (Some(lang), Some(found)) = (spelling.lang, Script::of(spelling.text)) else {
        return;
    };
    let Some(expected) = usual_script(lang) else {
        return;
    };
    if expected != found && spelling.kind != SpellingKind::Romanisation {
        let message = format!(
            "`{}` is in `{}` script; `{lang}` is written in `{}`",
            spelling.text,
            found.as_str(),
            expected.as_str()
        );
        let help = "correct the language, such as az-Cyrl for az";
        problems.push(Problem::error(spelling.position(), message, help));
    }
}

/// Letters of the right script that another alphabet's letter is mistaken for, and characters that nobody sees.
fn check_look_alikes(spelling: &SurveyedSpelling<'_>, problems: &mut Problems) {
    if spelling.text.is_ascii() {
        return;
    }
    let mut report = |message: String, help: &str| problems.push(Problem::warning(spelling.position(), message, help));
    let is_meant_so = matches!(spelling.kind, SpellingKind::Misspelling | SpellingKind::Historical);
    for (wrong, right) in look_alikes(spelling.lang) {
        if spelling.text.contains(wrong) && !is_meant_so {
            let message =
                format!("`{}` has `{wrong}` U+{:04X} where `{right}` is meant", spelling.text, u32::from(wrong));
            report(message, "type the letter of the language's own alphabet");
        }
    }
    let joins_letters = |c| matches!(c, '\u{200C}' | '\u{200D}');
    let is_latin = Script::of(spelling.text) == Some(Script::Latin);
    let is_invisible = |c: char| {
        matches!(c, '\u{AD}' | '\u{A0}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202F}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
            && (is_latin || !joins_letters(c))
    };
    if let Some(c) = spelling.text.chars().find(|&c| is_invisible(c)) {
        let message = format!("`{}` holds the invisible character `U+{:04X}`", spelling.text, u32::from(c));
        report(message, "remove it, or type a space");
    }
}

/// What is typed for a letter that the language's alphabet has.
fn look_alikes(lang: Option<Lang>) -> impl Iterator<Item = (char, char)> {
    let pairs: &[(char, char)] = match lang.as_ref().map(Lang::as_str) {
        // The turned e of the phonetic alphabet, and the letter that Cyrillic had before 1991 for both.
        Some("az") => &[('ǝ', 'ə'), ('Ǝ', 'Ə'), ('ä', 'ə'), ('Ä', 'Ə')],
        Some("az-Cyrl" | "kk") => &[('є', 'ә'), ('Є', 'Ә')],
        // Romanian has a comma below, Turkish and Azerbaijani a cedilla.
        Some("ro") => &[('ş', 'ș'), ('Ş', 'Ș'), ('ţ', 'ț'), ('Ţ', 'Ț')],
        Some("uk") => &[('ы', 'и'), ('ъ', 'ʼ'), ('э', 'е')],
        Some("ru") => &[('і', 'и'), ('ї', 'и'), ('є', 'е')],
        _ => &[],
    };
    pairs.iter().copied()
}

/// The script that a language tag implies, where it implies one.
pub(in crate::gazetteer) fn usual_script(lang: Lang) -> Option<Script> {
    match lang.as_str() {
        "az-Cyrl" | "ru" | "uk" | "be" | "bg" | "mk" | "ab" | "os" | "kk" => Some(Script::Cyrillic),
        "hy" => Some(Script::Armenian),
        "ka" => Some(Script::Georgian),
        "fa" | "ar" | "az-Arab" => Some(Script::Arabic),
        "el" => Some(Script::Greek),
        "he" => Some(Script::Hebrew),
        "en" | "az" | "tr" | "fr" | "de" | "es" | "it" | "pt" | "ro" | "pl" | "sl" | "hr" | "cs" | "sk" | "hu"
        | "lt" | "lv" | "et" | "nl" | "sv" | "da" | "fi" => Some(Script::Latin),
        _ => None,
    }
}
