//! Signs: what the words beside an unlisted name say that it names, a place, a person or anything else.
//!
//! Each sign is a weight, and the weights of all uses add up; what a single use leaves open, the next may tell. Weights were set by hand
//! on development texts, so that one head noun (`village of X`) outweighs one preposition, and a title any of them. Deciding each use by itself
//! was rejected: `to X` and `X said` are both true of many people.

use std::ops::{AddAssign, Range};

use super::nouns;
use super::unlisted::{Reading, is_english, is_first_name, without_kind};
use super::{Reason, Status};
use crate::gazetteer::Kind;
use crate::text::{Joint, Lexicon, Shape, fold, is_title};

/// What speaks for what, added up.
#[derive(Clone, Debug, Default)]
pub(crate) struct Signs {
    pub(crate) place: f32,
    pub(crate) person: f32,
    /// An organisation, a weapon, a ship, a book.
    pub(crate) thing: f32,
    /// Whether it has a word of organisations in it.
    pub(crate) is_organisation: bool,
    /// Uses that say nothing.
    pub(crate) plain: u32,
    /// What a head noun says of the kind of place.
    pub(crate) kind: Option<Kind>,
    /// The place that stands beside it as another name of the same: `Djrakan (Jabrayil)`.
    pub(crate) alias: Option<u32>,
    /// The district or region that it is said to be in: `X of Lachin District`.
    pub(crate) container: Option<u32>,
}

/// `village of X`, `X District`.
const HEAD_NOUN: f32 = 2.5;
/// `X (Jabrayil)`.
const ALIAS: f32 = 1.5;
/// `X, Lachin District`.
const CONTAINER: f32 = 1.0;
/// `Shusha, X and Lachin`.
const LISTED: f32 = 1.2;
/// The same beside a country, which stands beside anything.
const LISTED_WITH_COUNTRY: f32 = 0.4;
/// `in X`, `the siege of X`.
const SURE: f32 = 1.0;
/// `to X`, `captured X`.
const WEAK: f32 = 0.35;
/// A first name, a title, a noun that tells.
const CERTAIN: f32 = 2.0;
const LIKELY: f32 = 1.2;
const SLIGHT: f32 = 0.6;

impl Signs {
    /// What the name is likeliest of: `place`, `person`, `organisation`, or `name` if nothing tells.
    pub(crate) fn label(&self) -> &'static str {
        let least = self.place.max(self.person).max(self.thing).max(SLIGHT);
        let is_most = |one: f32| one >= least && one > SLIGHT;
        match self {
            _ if is_most(self.person) => "person",
            _ if is_most(self.place) => "place",
            _ if self.is_organisation => "organisation",
            _ => "name",
        }
    }
}

impl AddAssign<&Signs> for Signs {
    fn add_assign(&mut self, other: &Signs) {
        self.place += other.place;
        self.person += other.person;
        self.thing += other.thing;
        self.plain += other.plain;
        self.is_organisation |= other.is_organisation;
        self.kind = self.kind.or(other.kind);
        self.alias = self.alias.or(other.alias);
        self.container = self.container.or(other.container);
    }
}

/// What the words around a run say of it, and the run without the noun that is no part of the name.
pub(super) fn read(reading: &Reading<'_, '_>, run: Range<usize>) -> (Range<usize>, Signs) {
    let name = without_kind(reading.words, run.clone());
    let beside = Beside { reading, name: name.clone(), run };
    let mut signs = Signs::default();
    beside.of_places(&mut signs);
    beside.of_people(&mut signs);
    beside.of_things(&mut signs);
    if signs.place + signs.person + signs.thing == 0.0 {
        signs.plain = 1;
    }
    (name, signs)
}

/// What a head noun says.
enum Head {
    /// That the name is of a place of this kind.
    Kind(Kind),
    /// That the name is of the place that has such a thing: `hills of X`.
    Feature,
}

/// A name and what stands beside it.
struct Beside<'a, 't> {
    reading: &'a Reading<'a, 't>,
    name: Range<usize>,
    /// The name with the noun after it.
    run: Range<usize>,
}

impl Beside<'_, '_> {
    fn of_places(&self, signs: &mut Signs) {
        match self.head_noun() {
            Some(Head::Kind(kind)) => {
                signs.place += HEAD_NOUN;
                signs.kind = Some(kind);
            }
            Some(Head::Feature) => signs.place += SURE,
            None => {}
        }
        if let Some(entry) = self.alias() {
            signs.place += ALIAS;
            signs.alias = Some(entry);
        }
        let outer = self.outer();
        let contained = match outer {
            Some((_, Kind::District | Kind::Region)) => CONTAINER,
            Some((_, Kind::Country)) => LISTED_WITH_COUNTRY,
            _ => 0.0,
        };
        // After a comma, districts are as often the next of a list.
        let is_of = self.reading.words.joint(self.run.end) == Joint::Space;
        signs.container = outer.filter(|_| is_of && contained == CONTAINER).map(|(entry, _)| entry);
        signs.place += self.preposition() + self.list().max(contained);
    }

    /// `village of X`, `X village`, `Mount X`, `the villages of Shosh, X and Y`, `hills of X`.
    fn head_noun(&self) -> Option<Head> {
        let words = self.reading.words;
        let is_lower = |at: &usize| Shape::of(words.surface(*at)) == Shape::Lower;
        let noun = |at: usize| nouns::place(&fold(words.surface(at)));
        let kind = |place: nouns::Place| Head::Kind(place.kind);
        let inside = self.run.clone().filter(|_| self.run.len() > 1).find_map(noun);
        let after = || self.next(Joint::Space).filter(is_lower).and_then(noun);
        // `the heights (Kechel-dagh)`.
        let outside =
            || self.name.start.checked_sub(1).filter(|at| self.is_in_brackets() && is_lower(at)).and_then(noun);
        inside.or_else(after).or_else(outside).map(kind).or_else(|| {
            let before = self.word_before(self.list_start())?;
            if words.surface(before) != "of" {
                return noun(before).filter(|_| is_lower(&before)).map(kind);
            }
            let before = self.word_before(before)?;
            let place = noun(before)?;
            let is_plural = words.surface(before).ends_with('s');
            let is_feature = place.kind == Kind::Site || (place.is_part_of_name && is_plural);
            Some(if is_feature { Head::Feature } else { kind(place) })
        })
    }

    /// The word before `at`, with nothing but space between.
    fn word_before(&self, at: usize) -> Option<usize> {
        let is_joined = matches!(self.reading.words.joint(at), Joint::Space | Joint::LineBreak);
        at.checked_sub(1).filter(|_| is_joined)
    }

    /// Where the list begins that the name is in: `Shosh, X and Y`.
    fn list_start(&self) -> usize {
        const MAX_LIST: usize = 40;
        let words = self.reading.words;
        let is_name = |at: usize| self.reading.mention(at).is_some() || !is_english(words.surface(at));
        let is_capital = |at: usize| matches!(Shape::of(words.surface(at)), Shape::Title | Shape::Upper) && is_name(at);
        let mut first = self.name.start;
        while first > 0 && self.name.start - first < MAX_LIST {
            let is_and = matches!(words.surface(first - 1), "and" | "or");
            let last = match words.joint(first) {
                Joint::Comma => first,
                Joint::Space | Joint::LineBreak if is_and => first - 1,
                _ => break,
            };
            let mut start = last;
            while start > 0 && is_capital(start - 1) && (start == last || self.reading.is_joined(start)) {
                start -= 1;
            }
            if start == last {
                break;
            }
            first = start;
        }
        first
    }

    fn preposition(&self) -> f32 {
        let words = self.reading.words;
        let Some(before) = self.before(self.name.start) else {
            return 0.0;
        };
        let word = fold(words.surface(before));
        let of_what = || self.before(before).map(|at| fold(words.surface(at)));
        let weight = match word.as_str() {
            "in" | "near" | "outside" | "around" => SURE,
            "of" if of_what().is_some_and(|noun| nouns::is_of_place(&noun)) => SURE,
            "to" | "over" | "into" if of_what().is_some_and(|word| nouns::is_motion(&word)) => SURE,
            word if nouns::is_done_to_places(word) => WEAK,
            _ => return 0.0,
        };
        if self.is_adjective() { 0.3 * weight } else { weight }
    }

    /// Whether the name only tells what the next word is like: `in Bolshevik hands`.
    fn is_adjective(&self) -> bool {
        let word = self.next(Joint::Space).map(|at| self.reading.words.surface(at));
        word.is_some_and(|word| Shape::of(word) == Shape::Lower && !nouns::may_follow_noun(word))
    }

    /// `Shusha, X and Lachin`; the first of a list is the last of a phrase in `In Shusha, X …`.
    fn list(&self) -> f32 {
        let words = self.reading.words;
        let first = self.list_start();
        let begins_sentence = self.before(first).is_some_and(|at| words.starts_sentence(at));
        let before = if begins_sentence { first..first } else { first..self.name.start };
        let has_person = before.clone().any(|at| self.is_of_person(at));
        let is_and = |at: usize| matches!(words.surface(at), "and" | "or");
        let after = match words.joint(self.run.end) {
            Joint::Comma | Joint::Hyphen => Some(self.run.end),
            Joint::Space if is_and(self.run.end) => Some(self.run.end + 1),
            _ => None,
        };
        let weight = |at: usize| match self.place(at) {
            Some((_, kind)) if !is_wide(kind) => LISTED,
            Some(_) => LISTED_WITH_COUNTRY,
            None => 0.0,
        };
        let before = if has_person { 0.0 } else { before.map(weight).fold(0.0, f32::max) };
        before + after.map_or(0.0, weight)
    }

    /// The place after `X, ` or `X of `, which may contain X.
    fn outer(&self) -> Option<(u32, Kind)> {
        match self.reading.words.joint(self.run.end) {
            Joint::Comma => self.place(self.run.end),
            Joint::Space if self.reading.words.surface(self.run.end) == "of" => self.place(self.run.end + 1),
            _ => None,
        }
    }

    /// What stands before the word `at`.
    fn gap(&self, at: usize) -> &str {
        let words = self.reading.words;
        let before = at.checked_sub(1).and_then(|before| words.list.get(before));
        let start = before.map_or(0, |word| word.span.end);
        let end = words.list.get(at).map_or(words.text.len(), |word| word.span.start);
        words.text.get(start..end).unwrap_or_default()
    }

    fn is_in_brackets(&self) -> bool {
        self.gap(self.name.start).trim_start() == "(" && self.gap(self.run.end).starts_with(')')
    }

    /// The place that stands in brackets after the name, or before it.
    fn alias(&self) -> Option<u32> {
        let gap = |at: usize| self.gap(at);
        let (first, next) = (self.name.start, self.run.end);
        if self.is_in_brackets() {
            return first.checked_sub(1).and_then(|at| self.place(at)).map(|(entry, _)| entry);
        }
        let inner = self.reading.mention(next).filter(|_| gap(next).trim_start() == "(")?;
        if !gap(inner.mention.words.end).starts_with(')') {
            return None;
        }
        self.place(next).filter(|&(_, kind)| kind != Kind::Country).map(|(entry, _)| entry)
    }

    /// Whether a word belongs to a person's name.
    fn is_of_person(&self, at: usize) -> bool {
        let chosen = self.reading.mention(at).and_then(|resolution| resolution.chosen());
        chosen.is_some_and(|chosen| chosen.at.entry(self.reading.layers).kind() == Kind::Person)
    }

    /// The place that a word belongs to.
    fn place(&self, at: usize) -> Option<(u32, Kind)> {
        let resolution = self.reading.mention(at)?;
        let chosen = resolution.chosen()?;
        let kind = chosen.at.entry(self.reading.layers).kind();
        (kind.label() == "place" && !resolution.is_demonym(self.reading.layers)).then_some((chosen.at.entry, kind))
    }

    fn of_people(&self, signs: &mut Signs) {
        let words = self.reading.words;
        let before = words.joint(self.name.start) != Joint::Comma;
        let before = self.before(self.name.start).filter(|_| before).map(|at| fold(words.surface(at)));
        let is_called = |word: &String| is_title(word) || nouns::is_role(word);
        let goes_on = || self.next(Joint::Space).is_some_and(|at| self.is_of_person(at));
        let is_called = before.as_ref().is_some_and(is_called);
        if is_called && signs.kind == Some(Kind::Site) {
            // A street is called after somebody.
            signs.place = 0.0;
        }
        if is_called || self.is_stranger() || goes_on() || self.has_nickname() {
            signs.person += CERTAIN;
        } else if before.is_some_and(|word| nouns::is_deed(&word)) {
            signs.person += LIKELY;
        }
        let (first, last) = (words.surface(self.name.start), words.surface(self.name.end - 1));
        let is_full_name = self.name.len() > 1 && signs.kind.is_none();
        let is_like_family_name = nouns::is_like_family_name(&fold(last));
        let has_first_name = Lexicon.has_personal_name(&fold(first)) || first.chars().count() == 1;
        if is_full_name && (has_first_name || is_like_family_name) {
            signs.person += CERTAIN;
        } else if is_like_family_name || (self.name.len() == 1 && is_first_name(first)) {
            signs.person += SLIGHT;
        }
        let after = self.next(Joint::Space).or_else(|| self.next(Joint::Comma));
        if after.is_some_and(|at| nouns::is_deed(words.surface(at)) || is_age(words.surface(at), words.joint(at))) {
            signs.person += LIKELY;
        }
        if self.is_described_as_person() {
            signs.person += LIKELY;
        }
    }

    /// `Arkady "Komandos" Ter-Tadevosyan`.
    fn has_nickname(&self) -> bool {
        let is_quote = |c: char| matches!(c, '"' | '“' | '”' | '«' | '»');
        let (nickname, next) = (self.gap(self.run.end), self.gap(self.run.end + 1));
        nickname.strip_prefix(' ').is_some_and(|quote| quote.starts_with(is_quote)) && next.starts_with(is_quote)
    }

    /// `X, a Turkish journalist`.
    fn is_described_as_person(&self) -> bool {
        const REACH: usize = 5;
        let words = self.reading.words;
        let Some(first) = self.next(Joint::Comma).filter(|&at| matches!(words.surface(at), "a" | "an" | "the")) else {
            return false;
        };
        let mut described = (first + 1..first + REACH).take_while(|&at| words.joint(at) == Joint::Space);
        described.any(|at| nouns::is_role(&fold(words.surface(at))) || is_title(&fold(words.surface(at))))
    }

    /// Whether the matcher found somebody here who bears a listed person's family name.
    fn is_stranger(&self) -> bool {
        let at = self.reading.resolutions.partition_point(|known| known.mention.words.end <= self.name.start);
        self.reading.resolutions.get(at).is_some_and(|known| {
            known.mention.words.start < self.name.end
                && known.status == Status::Rejected
                && known.reason == Reason::Stranger
        })
    }

    fn of_things(&self, signs: &mut Signs) {
        let words = self.reading.words;
        if self.run.len() > 1 && self.run.clone().any(|at| nouns::is_organisation(&fold(words.surface(at)))) {
            // Whatever stands beside it: institutes are in places.
            (signs.place, signs.thing, signs.is_organisation) = (0.0, CERTAIN, true);
        }
        let before = self.before(self.name.start).map(|at| words.surface(at));
        let after = self.next(Joint::Space).map(|at| words.surface(at));
        let is_thing = |word: &str| nouns::is_thing(&fold(word));
        if before.is_some_and(is_thing) || after.is_some_and(is_thing) || self.has_number() {
            signs.thing += CERTAIN;
        }
        // Part of a longer name; what that is of, its other words may tell.
        match self.next(Joint::Space) {
            Some(next) if self.place(next).is_some() => signs.thing += CERTAIN,
            Some(next) if self.reading.is_capitalised(next) => signs.thing += LIKELY,
            _ => {}
        }
        if before == Some("the") && signs.kind.is_none() || self.is_in_italics() {
            signs.thing += SLIGHT;
        }
        if self.is_adjective() {
            signs.thing += SLIGHT;
        }
    }

    /// `Su-25`, `BM-27 Uragan`.
    fn has_number(&self) -> bool {
        let words = self.reading.words;
        let has_digit = |at: usize| words.surface(at).contains(|c: char| c.is_ascii_digit());
        let has_letter = |at: usize| words.surface(at).contains(char::is_alphabetic);
        let before = self.before(self.name.start).filter(|&at| has_digit(at));
        let is_model = before.is_some_and(|at| has_letter(at) || words.joint(at) == Joint::Hyphen);
        let after = self.next(Joint::Hyphen).or_else(|| self.next(Joint::Space)).filter(|&at| has_digit(at));
        is_model || after.is_some_and(|at| words.joint(at) == Joint::Hyphen || has_letter(at))
    }

    fn is_in_italics(&self) -> bool {
        let words = self.reading.words;
        let span = words.span(self.run.clone());
        let is_sign = |c: char| matches!(c, '_' | '*');
        words.text[..span.start].ends_with(is_sign) && words.text[span.end..].starts_with(is_sign)
    }

    /// The word before `at` in the same sentence.
    fn before(&self, at: usize) -> Option<usize> {
        let is_joined = matches!(self.reading.words.joint(at), Joint::Space | Joint::LineBreak | Joint::DotSpace);
        at.checked_sub(1).filter(|_| is_joined)
    }

    /// The word after the name, if it is joined so.
    fn next(&self, joint: Joint) -> Option<usize> {
        let is_break = joint == Joint::Space && self.reading.words.joint(self.run.end) == Joint::LineBreak;
        (self.reading.words.joint(self.run.end) == joint || is_break).then_some(self.run.end)
    }
}

/// Whether a place of this kind stands beside anything.
fn is_wide(kind: Kind) -> bool {
    matches!(kind, Kind::Country | Kind::Sea)
}

/// `X, 69, …`.
fn is_age(word: &str, joint: Joint) -> bool {
    joint == Joint::Comma && word.len() == 2 && word.bytes().all(|digit| digit.is_ascii_digit())
}
