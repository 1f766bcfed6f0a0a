//! Of all that a source says a place is called: which is the canonical name, which are further names, and which spelling belongs to which.
//!
//! The source's own main name is often scholarly (`Akht'ala`, `Takht-e Qeyşar`), so the canonical name is the one tagged English; without one
//! the main name in ASCII, as newspapers print it; without Latin letters it is romanised by the language's scheme. An English or former name
//! that is unlike all others is a name of its own. Taking every spelling for a name of its own was rejected: correcting one would change names.

use super::language::{first_in_script, is_among, languages_of, written_in};
use super::tidy::cleaned;
use crate::gazetteer::entry::{Entry, Name, Period, Spelling};
use crate::gazetteer::kind::SpellingKind;
use crate::lang::Lang;
use crate::script::Script;
use crate::text::fold;
use crate::translit::{Scheme, ascii_key, similarity};

/// Spellings less alike than this are different names.
const ALIKE: f64 = 0.55;

/// A spelling with what the source says of it; cleaned already.
#[derive(Debug)]
pub(super) struct Alternate {
    pub(super) text: Box<str>,
    pub(super) lang: Lang,
    pub(super) is_romanised: bool,
    pub(super) is_preferred: bool,
    pub(super) is_short: bool,
    pub(super) is_colloquial: bool,
    pub(super) is_historic: bool,
    pub(super) period: Option<Box<Period>>,
}

impl Alternate {
    /// A spelling of which nothing else is said.
    pub(super) fn new(text: &str, lang: Lang) -> Self {
        Self {
            text: text.into(),
            lang,
            is_romanised: false,
            is_preferred: false,
            is_short: false,
            is_colloquial: false,
            is_historic: false,
            period: None,
        }
    }

    /// Whether it may be what the place is called today in earnest.
    fn is_current(&self) -> bool {
        let has_ended = self.period.as_ref().is_some_and(|period| !period.until.is_empty());
        !self.is_historic && !self.is_colloquial && !has_ended
    }
}

/// A source's main name.
#[derive(Clone, Copy, Debug)]
pub(super) enum Main<'a> {
    /// As a person would print it: it is the canonical name, if it is in Latin letters.
    Printed(&'a str),
    /// Perhaps scholarly, and the same in ASCII: an English name goes before it.
    Scholarly(&'a str, &'a str),
}

/// The names of a place in the making.
struct Naming<'a> {
    /// The languages of its country.
    languages: &'static str,
    names: Vec<Named>,
    canonical: String,
    note: String,
    main: &'a str,
    /// The main name in ASCII, if the source has that.
    ascii: &'a str,
}

/// A name, its spellings, and the key by which others are compared with it.
struct Named {
    name: Name,
    key: String,
}

/// A key of Latin letters, whatever the script.
fn key(text: &str) -> String {
    ascii_key(&fold(text))
}

/// Fills in the canonical name and all names, or says why it cannot.
pub(super) fn name_entry(entry: &mut Entry, main: Main<'_>, alternates: &[Alternate]) -> Result<(), &'static str> {
    let languages = languages_of(&entry.country).unwrap_or_default();
    let (text, ascii) = match main {
        Main::Printed(text) => (text, ""),
        Main::Scholarly(text, ascii) => (text, ascii),
    };
    let mut naming =
        Naming { languages, names: Vec::new(), canonical: String::new(), note: String::new(), main: text, ascii };
    naming.choose_canonical(main, alternates)?;
    naming.add_english(alternates);
    let others = || alternates.iter().filter(|other| other.lang != Lang::ENGLISH);
    others().filter(|other| other.is_preferred).for_each(|other| naming.add(other));
    naming.add_main();
    others().filter(|other| !other.is_preferred).for_each(|other| naming.add(other));
    entry.canonical = naming.canonical;
    if entry.note.is_empty() {
        entry.note = naming.note;
    }
    entry.names = naming.names.into_iter().map(|named| named.name).collect();
    Ok(())
}

impl Naming<'_> {
    fn choose_canonical(&mut self, main: Main<'_>, alternates: &[Alternate]) -> Result<(), &'static str> {
        let is_latin = Script::of(self.main).is_none_or(|script| script == Script::Latin);
        self.canonical = match (main, english(self.main, alternates)) {
            (Main::Printed(main), _) if is_latin => main.to_owned(),
            (Main::Printed(_), Some(name)) => name,
            (Main::Scholarly(..), Some(name)) => self.without_apostrophes(name),
            (Main::Scholarly(_, ascii), None) if is_latin => self.as_printed(ascii),
            (_, None) => self.romanised()?,
        };
        self.add_name(self.canonical.clone());
        Ok(())
    }

    /// The main name as newspapers print it: in ASCII, and without the apostrophes of a romanisation.
    fn as_printed(&self, ascii: &str) -> String {
        let usable = cleaned(ascii).ok().filter(|ascii| ascii.is_ascii());
        let text = self.without_apostrophes(plain(usable.as_deref().unwrap_or(self.main)));
        cleaned(&text).unwrap_or_else(|_| self.main.to_owned())
    }

    /// An apostrophe in a name of a country that writes other letters is a soft sign, an aspirate or an ayn, which newspapers don't print.
    fn without_apostrophes(&self, mut text: String) -> String {
        let first = self.languages.split(' ').next().and_then(|tag| tag.parse().ok());
        if !self.languages.is_empty() && first.map(written_in) != Some(Script::Latin) {
            text.retain(|c| !matches!(c, '\'' | '`' | '‘' | '’' | 'ʻ' | 'ʼ' | 'ʹ' | 'ʿ' | 'ʾ' | '´'));
        }
        text
    }

    /// The main name in Latin letters, by the scheme of its language or script.
    fn romanised(&mut self) -> Result<String, &'static str> {
        let script = Script::of(self.main).unwrap_or(Script::Other);
        let lang = first_in_script(self.languages, script);
        let scheme = lang.and_then(scheme_of).or_else(|| Scheme::suggest(self.main)).unwrap_or(Scheme::AnyAscii);
        self.note = format!("romanised by {scheme}");
        let words: Vec<String> = scheme.apply(self.main).split_whitespace().map(capitalised).collect();
        let mut text = words.join(" ");
        if !text.chars().filter_map(Script::of_char).all(|script| script == Script::Latin) {
            // Letters that the scheme lacks.
            text = Scheme::AnyAscii.apply(&text);
        }
        cleaned(&text).ok().filter(|text| is_latin(text)).ok_or("its name cannot be written in Latin letters")
    }

    /// The number of the name that is called so, new if there is none.
    fn add_name(&mut self, text: String) -> usize {
        if let Some(known) = self.names.iter().position(|named| named.name.text == text) {
            return known;
        }
        let key = key(&text);
        self.names.push(Named { name: Name { text, spellings: Vec::new() }, key });
        self.names.len() - 1
    }

    fn spell(&mut self, name: usize, spelling: Spelling) {
        self.names[name].name.spellings.push(spelling);
    }

    /// The English spellings: those like a name are its spellings, others are names of their own.
    fn add_english(&mut self, alternates: &[Alternate]) {
        let english = alternates.iter().filter(|other| other.lang == Lang::ENGLISH && is_latin(&other.text));
        for other in english {
            let text = plain(&other.text);
            let kind =
                if other.is_current() || other.is_colloquial { SpellingKind::Name } else { SpellingKind::Historical };
            let mut spelling = Spelling::new(text.as_str(), Lang::ENGLISH, kind);
            spelling.period = other.period.as_deref().cloned().unwrap_or_default();
            let at = match self.nearest(&text) {
                (at, likeness) if likeness >= ALIKE => at,
                _ => self.add_name(text),
            };
            self.spell(at, spelling);
        }
        // Tagged English, and not in its letters: of some language, nobody knows which.
        for other in alternates.iter().filter(|other| other.lang == Lang::ENGLISH && !is_latin(&other.text)) {
            let (at, _) = self.nearest(&other.text);
            self.spell(at, Spelling::new(&*other.text, Lang::UNDETERMINED, SpellingKind::Name));
        }
    }

    /// The source's main name, if the canonical name is another: the country's own where its letters are, else a romanisation.
    fn add_main(&mut self) {
        let main = self.main.to_owned();
        if main == self.canonical {
            return;
        }
        let script = Script::of(&main).unwrap_or(Script::Other);
        let (at, likeness) = self.nearest(&main);
        let at =
            if likeness < ALIKE && script == Script::Latin { self.add_name(self.as_printed(self.ascii)) } else { at };
        let spelling = match first_in_script(self.languages, script) {
            Some(Lang::ENGLISH) => Spelling::new(main, Lang::ENGLISH, SpellingKind::Name),
            Some(lang) => Spelling { preferred: true, ..Spelling::new(main, lang, SpellingKind::Native) },
            None if script == Script::Latin && !self.languages.is_empty() => {
                let lang = self.languages.split(' ').next().and_then(|tag| tag.parse().ok());
                Spelling::new(main, lang.unwrap_or(Lang::UNDETERMINED), SpellingKind::Romanisation)
            }
            None => Spelling::new(main, Lang::UNDETERMINED, SpellingKind::Name),
        };
        self.spell(at, spelling);
    }

    /// A spelling of another language, or of none that is known.
    fn add(&mut self, other: &Alternate) {
        let is_undetermined = other.lang == Lang::UNDETERMINED;
        let mut spellings = self.names.iter().flat_map(|named| &named.name.spellings);
        if is_undetermined && (*other.text == *self.canonical || spellings.any(|known| *known.text == *other.text)) {
            return;
        }
        let kind = match () {
            () if other.is_historic || !other.is_current() && !other.is_colloquial => SpellingKind::Historical,
            () if other.is_romanised => SpellingKind::Romanisation,
            () if is_undetermined || other.is_colloquial => SpellingKind::Name,
            () if is_among(self.languages, other.lang) => SpellingKind::Native,
            () => SpellingKind::Exonym,
        };
        let is_own = matches!(kind, SpellingKind::Historical | SpellingKind::Native);
        let at = if is_own { self.name_of_own(other, kind) } else { self.nearest(&other.text).0 };
        let mut spelling = Spelling::new(&*other.text, other.lang, kind);
        spelling.preferred = other.is_current() && !other.is_short && !is_undetermined && !other.is_romanised;
        spelling.period = other.period.as_deref().cloned().unwrap_or_default();
        self.spell(at, spelling);
    }

    /// The name that a spelling of the place's own languages, or a former one, belongs to: a new one if it is unlike all others. `Xankəndi` is no
    /// way to write Stepanakert, and if it were taken for one, correcting a spelling would change the name.
    fn name_of_own(&mut self, other: &Alternate, kind: SpellingKind) -> usize {
        let (nearest, likeness) = self.nearest(&other.text);
        let script = Script::of(&other.text).unwrap_or(Script::Other);
        // Scripts without vowels and those of words are like no Latin spelling.
        if likeness >= ALIKE || matches!(script, Script::Arabic | Script::Hebrew | Script::Other) {
            return nearest;
        }
        let scheme = printed_by(other.lang).or_else(|| Scheme::suggest(&other.text));
        let words = scheme.map_or_else(|| other.text.to_string(), |scheme| scheme.apply(&other.text));
        let printed: Vec<String> = plain(&words).split_whitespace().map(capitalised).collect();
        let Some(printed) = cleaned(&printed.join(" ")).ok().filter(|text| is_latin(text)) else {
            return nearest;
        };
        match self.nearest(&printed) {
            (at, likeness) if likeness >= ALIKE => at,
            _ => {
                let kind = if kind == SpellingKind::Historical { kind } else { SpellingKind::Name };
                let at = self.add_name(printed.clone());
                self.spell(at, Spelling::new(printed, Lang::ENGLISH, kind));
                at
            }
        }
    }

    /// The name that a spelling is most like, and how much; the first of equals. A place with one name needs no comparison.
    fn nearest(&self, text: &str) -> (usize, f64) {
        let key = key(text);
        let mut best = (0, -1.0);
        for (at, named) in self.names.iter().enumerate() {
            let likeness = if named.key == key { 1.0 } else { similarity(&key, &named.key) };
            if likeness > best.1 {
                best = (at, likeness);
            }
        }
        best
    }
}

/// The best name tagged English: preferred, else the one that is the main name, else a short one, else the first.
fn english(main: &str, alternates: &[Alternate]) -> Option<String> {
    let main_key = key(main);
    let candidates = alternates.iter().filter(|other| other.lang == Lang::ENGLISH && other.is_current());
    let candidates = candidates.map(|other| (other, plain(&other.text))).filter(|(_, text)| is_latin(text));
    let rank = |(other, text): &(&Alternate, String)| {
        (other.is_preferred && other.is_short, other.is_preferred, key(text) == main_key, other.is_short)
    };
    // `max_by_key` takes the last of equals.
    let best = candidates.rev().max_by_key(rank)?;
    (best.0.is_preferred || similarity(&key(&best.1), &main_key) >= ALIKE || !is_latin(main)).then_some(best.1)
}

fn is_latin(text: &str) -> bool {
    Script::of(text) == Some(Script::Latin)
}

/// A name without what tells it from namesakes: `Gandzak, Armenia`, `Aygut (village)`.
fn plain(text: &str) -> String {
    let bare = text.split(" (").next().unwrap_or(text).split(", ").next().unwrap_or(text).trim();
    let has_letters = bare.chars().any(char::is_alphabetic);
    if has_letters { bare.to_owned() } else { text.to_owned() }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// The scheme that newspapers write a language's names by, whose letters may be Latin.
fn printed_by(lang: Lang) -> Option<Scheme> {
    match lang.as_str() {
        "az" => Some(Scheme::AzNewspaper),
        "tr" => Some(Scheme::TrNewspaper),
        _ => scheme_of(lang),
    }
}

fn scheme_of(lang: Lang) -> Option<Scheme> {
    Some(match lang.language() {
        "uk" => Scheme::UkKmu552010,
        "ru" => Scheme::RuBgnPcgn1947,
        "bg" => Scheme::BgAct2009,
        "mk" => Scheme::MkBgnPcgn2013,
        "sr" | "bs" => Scheme::SrCyrlLatn,
        "fa" => Scheme::FaBgnPcgn1958,
        "ar" => Scheme::ArUn2017,
        "hy" => Scheme::HyNewspaper,
        "ka" => Scheme::KaNewspaper,
        _ => return None,
    })
}
