//! What a source says, brought into the schema's form: cells cleaned, and the names of an entry made to fit together.
//!
//! Every importer hands over entries as its source has them; here, in one place, is seen to it that what is written passes
//! `gazetteer check` without an error: one canonical spelling, an English preferred one for each name, one preferred spelling a language, the
//! script that the language is written in, no spelling twice.

use unicode_normalization::{UnicodeNormalization as _, is_nfc};

use crate::gazetteer::check::usual_script;
use crate::gazetteer::csv::{MAX_NAME_LETTERS, is_question_inside, misread};
use crate::gazetteer::entry::{Entry, Name, Spelling};
use crate::gazetteer::kind::SpellingKind;
use crate::lang::Lang;
use crate::script::Script;
use crate::text::one_line;

/// The text of a cell without what nobody sees, or why it cannot be a name.
pub(crate) fn cleaned(text: &str) -> Result<String, &'static str> {
    let mut clean = one_line(text);
    if !clean.is_ascii() {
        clean.retain(|c| !is_unseen(c));
        if !is_nfc(&clean) {
            clean = clean.nfc().collect();
        }
        clean = clean.trim().to_owned();
    }
    match () {
        () if clean.is_empty() => Err("blank"),
        () if !clean.chars().any(char::is_alphanumeric) => Err("it has no letter or digit"),
        () if clean.contains(char::is_control) => Err("it holds a control character"),
        () if clean.contains('\u{FFFD}') || is_question_inside(&clean) => Err("letters were lost in it"),
        () if misread(&clean).is_some() => Err("its encoding is damaged"),
        () if clean.chars().nth(MAX_NAME_LETTERS).is_some() => Err("it is longer than a name"),
        () if clean.split_whitespace().any(Script::is_mixed) => Err("it mixes letters of two scripts"),
        () => Ok(clean),
    }
}

/// Whether a text is the identifier of an item of Wikidata.
pub(super) fn is_wikidata_item(text: &str) -> bool {
    text.strip_prefix('Q').is_some_and(|digits| digits.parse::<u64>().is_ok())
}

/// Marks of direction, soft hyphens, zero-width spaces: they come with copied text. Joiners are letters' business in some scripts, and stay.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

/// Makes the names of an entry fit together; the canonical name comes first.
pub(super) fn tidy(entry: &mut Entry) {
    let Entry { canonical, names, .. } = entry;
    if !names.iter().any(|name| name.text == *canonical) {
        names.insert(0, Name { text: canonical.clone(), spellings: Vec::new() });
    }
    names.sort_by_key(|name| name.text != *canonical);
    join_equal(names);
    for name in names {
        let is_canonical = name.text == *canonical;
        tidy_name(name, if is_canonical { SpellingKind::Canonical } else { SpellingKind::Name });
    }
}

/// Makes one name of those that are called the same.
fn join_equal(names: &mut Vec<Name>) {
    let mut joined: Vec<Name> = Vec::with_capacity(names.len());
    for name in names.drain(..) {
        match joined.iter_mut().find(|known| known.text == name.text) {
            Some(known) => known.spellings.extend(name.spellings),
            None => joined.push(name),
        }
    }
    *names = joined;
}

/// `main` is the kind of the spelling that the name is called by.
fn tidy_name(name: &mut Name, main: SpellingKind) {
    for spelling in &mut name.spellings {
        if spelling.kind == SpellingKind::Canonical {
            spelling.kind = SpellingKind::Name;
        }
        fit_script(spelling);
    }
    let is_main = |spelling: &Spelling| spelling.text == name.text && spelling.lang == Lang::ENGLISH;
    let found = name.spellings.iter().position(is_main).map(|at| name.spellings.remove(at));
    let mut first = found.unwrap_or_else(|| Spelling::new(name.text.as_str(), Lang::ENGLISH, main));
    if main == SpellingKind::Canonical {
        first.kind = main;
    }
    first.preferred = true;
    name.spellings.insert(0, first);
    drop_repeated(&mut name.spellings);
}

/// Gives a spelling in another script than its language's the tag of that script; in Latin letters it is a romanisation.
fn fit_script(spelling: &mut Spelling) {
    let (Some(found), Some(expected)) = (Script::of(&spelling.text), usual_script(spelling.lang)) else {
        return;
    };
    if found == expected || spelling.kind == SpellingKind::Romanisation {
        return;
    }
    let is_plain = matches!(spelling.kind, SpellingKind::Name | SpellingKind::Native | SpellingKind::Exonym);
    if found == Script::Latin && is_plain {
        spelling.kind = SpellingKind::Romanisation;
    } else {
        spelling.lang = with_script(spelling.lang, found);
    }
    spelling.preferred = false;
}

fn with_script(lang: Lang, script: Script) -> Lang {
    let subtag = match script {
        Script::Latin => "Latn",
        Script::Cyrillic => "Cyrl",
        Script::Armenian => "Armn",
        Script::Georgian => "Geor",
        Script::Arabic => "Arab",
        Script::Greek => "Grek",
        Script::Hebrew => "Hebr",
        Script::Other => return Lang::UNDETERMINED,
    };
    // Nobody writes English in Cyrillic letters: the tag is wrong, not the script unusual.
    let is_english = lang == Lang::ENGLISH;
    let tag = if is_english { None } else { format!("{}-{subtag}", lang.language()).parse().ok() };
    tag.unwrap_or(Lang::UNDETERMINED)
}

/// Of a spelling that stands twice the first is kept, and of two that are preferred in a language the first is.
fn drop_repeated(spellings: &mut Vec<Spelling>) {
    let mut kept: Vec<Spelling> = Vec::with_capacity(spellings.len());
    for mut spelling in spellings.drain(..) {
        let has_preferred = kept.iter().any(|other| other.preferred && other.lang == spelling.lang);
        spelling.preferred &= !has_preferred;
        let is_twin = |other: &&mut Spelling| {
            other.lang == spelling.lang && other.kind == spelling.kind && other.text == spelling.text
        };
        match kept.iter_mut().find(is_twin) {
            Some(twin) => twin.preferred |= spelling.preferred,
            None => kept.push(spelling),
        }
    }
    *spellings = kept;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lang(tag: &str) -> Lang {
        tag.parse().expect("a tag")
    }

    #[test]
    fn cells_are_cleaned_or_refused() {
        assert_eq!(cleaned(" Karin \t Tak\u{200B} ").as_deref(), Ok("Karin Tak"));
        assert_eq!(cleaned("S\u{327}us\u{327}a").as_deref(), Ok("Şuşa"));
        for bad in ["", " - ", "Xank?ndi", "Xank\u{FFFD}ndi", "Ð\u{91}Ð°ÐºÑƒ", "Bakи", "a\u{1}b", &"a".repeat(300)]
        {
            assert!(cleaned(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn names_are_made_to_fit_the_schema() {
        let of = |text: &str, tag: &str, kind| Spelling { preferred: true, ..Spelling::new(text, lang(tag), kind) };
        let mut name = Name {
            text: "Shusha".to_owned(),
            spellings: vec![
                of("Şuşa", "az", SpellingKind::Native),
                of("Şuşa", "az", SpellingKind::Native),
                of("Шуша", "az", SpellingKind::Native),
                of("Shusha", "ru", SpellingKind::Exonym),
                of("Шуша", "ru", SpellingKind::Exonym),
                of("Шуша", "en", SpellingKind::Name),
            ],
        };
        tidy_name(&mut name, SpellingKind::Canonical);
        let shown: Vec<String> = name
            .spellings
            .iter()
            .map(|s| format!("{}@{} {}{}", s.text, s.lang, s.kind, if s.preferred { " 1" } else { "" }))
            .collect();
        let expected = [
            "Shusha@en canonical 1",
            "Şuşa@az native 1",
            "Шуша@az-Cyrl native",
            "Shusha@ru romanisation",
            "Шуша@ru exonym 1",
            "Шуша@und name",
        ];
        assert_eq!(shown, expected);
    }
}
