//! Gates: is the mention a name at all? Case and spelling cannot tell `Tartar` the town from a Tartar, or `Bush` from a bush.

use super::evidence::{Evidence, is_ordinary_word, is_settlement, is_well_known};
use super::words::Words;
use super::{Reason, bearers, cues, entry, is_demonym};
use crate::gazetteer::compiled::Layers;
use crate::gazetteer::{Kind, SpellingKind};
use crate::lang::Lang;
use crate::matcher::{Candidate, Mention, Method};
use crate::script::Script;
use crate::text::{Joint, Shape, fold};

/// The reason to refuse a mention, judged by its best candidate.
pub(super) fn refuse(layers: &Layers, words: &Words<'_>, evidence: &Evidence, mention: &Mention) -> Option<Reason> {
    let best = mention.candidates.first()?;
    if is_demonym(best, layers) {
        return None;
    }
    let kind = entry(layers, best).kind();
    if kind == Kind::Person {
        return refuse_person(layers, words, evidence, mention, best);
    }
    let case = Case { layers, words, evidence, mention, best, kind };
    case.of_another_name()
        .or_else(|| case.of_saint())
        .or_else(|| case.first_name())
        .or_else(|| case.unsure_near_miss())
        .or_else(|| case.unsupported())
        .or_else(|| case.ordinary_word())
}

/// A mention that may be a place, and what judges it.
struct Case<'a, 'w> {
    layers: &'a Layers,
    words: &'a Words<'w>,
    evidence: &'a Evidence,
    mention: &'a Mention,
    best: &'a Candidate,
    kind: Kind,
}

impl Case<'_, '_> {
    /// A part of somebody's name, or a namesake elsewhere.
    fn of_another_name(&self) -> Option<Reason> {
        let Self { layers, words, evidence, mention, best, .. } = self;
        let is_double = || {
            is_settlement(self.kind)
                && !entry(layers, best).is_newsworthy()
                && evidence.is_in_double_name(words, mention)
        };
        if evidence.is_part_of_name(words, mention, self.kind)
            || evidence.is_of_person(layers, words, mention, best)
            || is_double()
        {
            return Some(Reason::PartOfName);
        }
        // In Italian and Polish `a` is no article; the language is asked for last, since telling it takes longest.
        let is_english = || evidence.lang().is_none_or(|lang| lang == Lang::ENGLISH);
        let is_one_of_many = || cues::is_one_of_many(words, mention) && is_english();
        let is_thing = || is_one_of_many() || is_possessive(words, mention, best.at.spelling(layers).text());
        if is_settlement_or_river(self.kind) && is_thing() {
            return Some(Reason::PartOfName);
        }
        evidence.is_misplaced(mention).then_some(Reason::NotHere)
    }

    /// A saint, or a church of his, where nothing speaks of the town: `the letters of St. Paul`.
    fn of_saint(&self) -> Option<Reason> {
        let Self { layers, words, evidence, mention, best, .. } = self;
        let number = best.at.entry;
        let is_saint = mention.words.len() > 1 && cues::is_saint(words.surface(mention.words.start));
        let is_spoken_of = || self.has_cue() || evidence.anchors.has_anchor_near(layers, number, FAR_KM);
        let is_town = is_settlement_or_river(self.kind) && !entry(layers, best).is_newsworthy();
        (is_saint && is_town && !is_spoken_of()).then_some(Reason::NoSupport)
    }

    /// A name that people bear as well, in a document that has it again and again and hardly ever as a place: `Charlotte` in a novel. Of a town that news
    /// does not name, in a country that the document does not speak of, any name may be somebody's: `Lobito`, a bull.
    fn first_name(&self) -> Option<Reason> {
        const OFTEN: usize = 3;
        let Self { layers, words, evidence, mention, best, kind } = self;
        let is_persons = is_persons_name(words, mention);
        if *kind == Kind::Country || (*kind == Kind::Region && !is_persons) {
            return self.is_called_as_country().then_some(Reason::FirstName);
        }
        let seen = evidence.occurrences(words, mention);
        if seen.all < OFTEN || seen.cued * 6 >= seen.all || self.has_cue() {
            return None;
        }
        let is_far = || !evidence.anchors.has_anchor_near(layers, best.at.entry, FAR_KM);
        if is_persons {
            return is_far().then_some(Reason::FirstName);
        }
        let is_known = mention.words.len() > 1 || words.sense(mention.words.start).is_proper_noun;
        let is_strange = !is_known && is_settlement(*kind) && !entry(layers, best).is_newsworthy();
        (is_strange && !self.has_company() && is_far()).then_some(Reason::NoSupport)
    }

    /// Whether a document has the name of a country or region again and again, hardly ever after a preposition, and no other word of the country: `Tonga` and
    /// `Quebec` in novels.
    fn is_called_as_country(&self) -> bool {
        const OFTEN: usize = 6;
        let Self { layers, words, evidence, mention, best, .. } = self;
        if mention.words.len() > 1 || evidence.has_adjective_of(entry(layers, best).country()) || self.has_company() {
            return false;
        }
        let uses = words.uses(mention.words.start);
        // Of English the prepositions are known well.
        uses.all >= OFTEN && uses.placed * 3 < uses.all && evidence.lang() == Some(Lang::ENGLISH)
    }

    /// Whether a little known town far from all that the document speaks of stands there without a preposition: sooner somebody's name, or a church's.
    fn is_out_of_place(&self) -> bool {
        // Fewer say too little of where the document is.
        const MIN_ANCHORS: usize = 5;
        let Self { layers, words, evidence, mention, best, kind } = self;
        let (first, listed) = (mention.words.start, entry(layers, best));
        let is_saint = || matches!(words.surface(first), "San" | "Santa" | "São" | "Sankt");
        let is_bare = || mention.words.len() == 1 && !words.sense(first).is_proper_noun;
        let is_little_known =
            is_settlement(*kind) && !listed.is_newsworthy() && !listed.is_own() && !self.is_large_city();
        is_little_known
            && evidence.anchors.count() >= MIN_ANCHORS
            && (is_bare() || is_saint())
            && !(self.has_cue() || self.is_on_ground() || self.has_company())
            && !evidence.anchors.has_anchor_near(layers, best.at.entry, FAR_KM)
    }

    /// Whether a preposition of place stands before the mention, or it makes an adjective as only places do.
    fn is_on_ground(&self) -> bool {
        let Self { words, mention, .. } = self;
        cues::has_preposition(words, mention) || cues::is_on(words, mention) || cues::is_compound(words, mention)
    }

    /// A near miss for which spelling and document together do not say enough.
    fn unsure_near_miss(&self) -> Option<Reason> {
        if self.best.method != Method::Fuzzy {
            return None;
        }
        let Self { layers, words, evidence, mention, best, .. } = self;
        let number = best.at.entry;
        let support = if evidence.anchors.has_anchor_near(layers, number, FAR_KM) {
            NEAR
        } else if evidence.anchors.contains(number) || evidence.anchors.is_around(number) {
            NAMED
        } else if self.is_supported() {
            SUPPORTED
        } else {
            0.0
        };
        let seen = evidence.occurrences(words, mention);
        let weigh = |weight: f64, is_so: bool| if is_so { weight } else { 0.0 };
        let sureness = best.surplus + support + weigh(CUED, seen.cued * 3 >= seen.all)
            - weigh(REPEATED, seen.all >= 3 && seen.cued * 6 < seen.all)
            - weigh(BESIDE_RIGHT, seen.all >= 2 && evidence.anchors.contains(best.at.entry))
            - weigh(AT_START, words.starts_sentence(mention.words.start));
        (sureness < 0.0).then_some(Reason::NoSupport)
    }

    /// A name that counts only with evidence, and has none.
    fn unsupported(&self) -> Option<Reason> {
        let Self { layers, words, evidence, mention, best, .. } = self;
        if is_stripped_exonym(evidence, layers, best) {
            return Some(Reason::NotHere);
        }
        let needs_support = needs_support(evidence, layers, words, mention, best);
        let needs_cue = !is_well_known(layers, best) && letters(words, mention) <= MAX_SHORT_LETTERS;
        let lacks_capital = self.is_small_throughout() && !self.is_sure_without_capital();
        // Villages of any name are many; states and provinces few.
        let is_named_region = self.kind == Kind::Region && self.has_own_head_noun();
        let is_unsupported = needs_support && !self.is_supported() && !is_named_region;
        // Former names are mostly people's, who begin sentences oftener than towns do.
        let is_former = best.at.spelling(layers).kind() == SpellingKind::Historical;
        let is_sooner_person =
            is_former && words.starts_sentence(mention.words.start) && is_persons_name(words, mention);
        // `The villages` that begin a sentence are none of Florida's.
        let is_phrase = mention.words.len() > 1
            && words.sense(mention.words.start).folded.as_ref() == "the"
            && (mention.words.start + 1..mention.words.end).all(|at| words.shape(at) == Shape::Lower)
            && !evidence.is_lower_case();
        let lacks_cue = (needs_cue || is_sooner_person) && !self.has_cue();
        let is_refused = is_unsupported || lacks_cue || lacks_capital || is_phrase || self.is_out_of_place();
        is_refused.then_some(Reason::NoSupport)
    }

    /// A word that is sooner the word than the place.
    fn ordinary_word(&self) -> Option<Reason> {
        let Self { layers, words, evidence, mention, best, kind } = self;
        if self.is_date() || self.is_word_here() || self.is_anybodys_name() || self.is_foreign_word() {
            return Some(Reason::OrdinaryWord);
        }
        if !is_ordinary_word(layers, words, mention, best) {
            return None;
        }
        let spelling = best.at.spelling(layers);
        let is_refused = match self.shape() {
            // An inexact spelling that is an English word is the word.
            _ if !spelling.kind().is_right() => true,
            _ if cues::is_with_year(words, mention) || self.evidence.is_end_of_name(words, mention) => true,
            Shape::Upper if is_in_capitals(words, mention) => {
                let is_abbreviation = !spelling.text().contains(char::is_lowercase);
                let is_spoken_of = || is_well_known(layers, best) && self.is_supported();
                is_abbreviation || !(self.evidence.is_named(words, mention) || is_spoken_of() || self.has_cue())
            }
            Shape::Upper => false,
            _ if *kind == Kind::Country => false,
            _ if !is_well_known(layers, best) => {
                !self.has_cue() || !(self.is_supported() || self.is_large_city() || evidence.is_placed(mention))
            }
            // `Nice roomy cages` has its capital from the full stop, whatever else the text says of France.
            _ if words.starts_sentence(mention.words.start) && !self.evidence.is_named(words, mention) => {
                !self.has_cue()
            }
            _ => !self.is_supported() && !self.has_cue(),
        };
        is_refused.then_some(Reason::OrdinaryWord)
    }

    /// Whether the mention is sooner a word of the document's language than the place: a text in Ukrainian speaks of Ukraine anyway, so at the start of a
    /// sentence only the same name inside one tells.
    fn is_foreign_word(&self) -> bool {
        let Self { words, evidence, mention, .. } = self;
        let is_first = words.starts_sentence(mention.words.start);
        let is_place =
            || if is_first { evidence.is_named(words, mention) || self.has_cue() } else { self.is_supported() };
        evidence.is_foreign_word(words, mention) && !is_place()
    }

    /// Whether a word that may owe its capital to its place is the word, however well the place is known.
    fn is_word_here(&self) -> bool {
        let Self { words, evidence, mention, .. } = self;
        if !words.starts_sentence(mention.words.start) || self.shape() != Shape::Title || self.has_cue() {
            return false;
        }
        let is_word = || mention.words.len() == 1 && words.sense(mention.words.start).is_word;
        is_word() && (evidence.is_small_elsewhere(words, mention) || cues::is_beside_word(words, mention))
    }

    /// Whether the mention is sooner somebody's name: that of a place which news does not name without a word of its country, and no such word is there.
    fn is_anybodys_name(&self) -> bool {
        let Self { layers, words, mention, best, .. } = self;
        let is_first = words.starts_sentence(mention.words.start);
        mention.is_common
            && self.shape() == Shape::Title
            && !entry(layers, best).is_newsworthy()
            && !self.has_company()
            && !self.has_cue()
            && (is_first || !self.is_on_ground())
    }

    /// Whether the mention is a month or day of the week, which a preposition of place does not tell from the town: `in March`.
    fn is_date(&self) -> bool {
        let is_day = self.mention.words.len() == 1 && self.words.sense(self.mention.words.start).is_calendar;
        let is_placed = || self.evidence.is_placed(self.mention) || self.evidence.is_listed(self.mention);
        is_day && !is_placed() && !self.has_own_head_noun()
    }

    fn shape(&self) -> Shape {
        self.words.shape(self.mention.words.start)
    }

    /// Whether no word of the mention has a capital: `central Asia` has one.
    fn is_small_throughout(&self) -> bool {
        self.mention.words.clone().all(|at| self.words.shape(at) == Shape::Lower)
    }

    /// Whether a name without its capital is believed: a listed spelling of the text's language, of a country or region that the text also names with its
    /// capital (`morocco` is leather), of a country after a preposition, or in a text that has no capitals at all.
    fn is_sure_without_capital(&self) -> bool {
        let Self { layers, words, evidence, mention, best, kind } = self;
        let is_own = best.method == Method::Listed && !is_foreign(evidence, layers, best);
        let is_named = || evidence.anchors.contains(best.at.entry) && evidence.is_named(words, mention);
        let is_word = || mention.words.clone().all(|at| words.sense(at).is_word);
        let is_large = match kind {
            Kind::Country => !is_word() || is_named() || cues::has_preposition(words, mention),
            Kind::Region => evidence.anchors.contains(best.at.entry),
            _ => false,
        };
        is_own && (is_large || evidence.is_lower_case())
    }

    /// Whether so many live there that news may name it without its country: `in Derby`.
    fn is_large_city(&self) -> bool {
        const MANY: u64 = 100_000;
        entry(self.layers, self.best).population().is_some_and(|people| people >= MANY)
    }

    /// Whether a noun beside the mention says its kind: `state of Victoria`.
    fn has_own_head_noun(&self) -> bool {
        let last = self.mention.words.end - 1;
        let is_inside = || self.mention.words.len() > 1 && self.words.sense(last).kinds.contains(&self.kind);
        cues::head_noun_kinds(self.words, self.mention).contains(&self.kind) || is_inside()
    }

    /// Whether the document speaks of the place's country or surroundings.
    fn is_supported(&self) -> bool {
        self.evidence.anchors.supports(self.layers, self.best.at.entry)
    }

    /// Whether it speaks of them by another place's name.
    fn has_company(&self) -> bool {
        self.evidence.anchors.has_company(self.layers, self.best.at.entry)
    }

    /// Whether the words beside the mention speak of a place of this kind.
    fn has_cue(&self) -> bool {
        cues::is_placed(self.words, self.mention)
            || self.evidence.is_on_way(self.mention)
            || self.evidence.is_listed(self.mention)
            || self.has_own_head_noun()
            || (matches!(self.kind, Kind::Sea | Kind::River) && cues::has_article(self.words, self.mention))
            || self.evidence.is_placed(self.mention)
    }
}

/// Whether an apostrophe in the surface makes a possessive of another word than the listed spelling: `Queen's`, and not Queens.
fn is_possessive(words: &Words<'_>, mention: &Mention, spelling: &str) -> bool {
    let last = mention.words.end - 1;
    let is_apostrophe = |c: char| matches!(c, '\'' | '’' | 'ʼ' | '`');
    last > mention.words.start
        && words.surface(last) == "s"
        && words.joint(last) == Joint::Apostrophe
        && !spelling.contains(is_apostrophe)
}

/// Whether cars, saints and ships are called after places of this kind.
fn is_settlement_or_river(kind: Kind) -> bool {
    is_settlement(kind) || kind == Kind::River
}

/// Whether a candidate counts only where the document speaks of its country or surroundings: former names, which are
/// mostly people's (`Kirov`, `Pushkin`); foreign spellings without their diacritics; short names of small places.
pub(super) fn needs_support(
    evidence: &Evidence,
    layers: &Layers,
    words: &Words<'_>,
    mention: &Mention,
    candidate: &Candidate,
) -> bool {
    let spelling = candidate.at.spelling(layers);
    let listed = entry(layers, candidate);
    // Of a well known place every name is known, if it is no person's as well: Zaire, Tiflis, but not Kirov.
    let is_well_known = is_well_known(layers, candidate);
    let is_famous = is_well_known && !mention.is_common && !is_persons_name(words, mention);
    let is_former = !is_famous && (spelling.kind() == SpellingKind::Historical || spelling.has_ended());
    let is_foreign = is_without_marks(candidate) && is_foreign(evidence, layers, candidate);
    let is_known_name = !spelling.kind().is_right() && is_known(words, mention);
    let is_small = matches!(listed.kind(), Kind::Village | Kind::Town | Kind::District | Kind::River | Kind::Site);
    let is_derived = candidate.method == Method::Derived;
    // A word that begins a sentence has a capital anyway, and many words are like a name with an ending.
    let is_sure = is_well_known && letters(words, mention) > MAX_SHORT_LETTERS + 1;
    let is_first =
        candidate.is_inflected && !is_sure && mention.words.len() == 1 && words.starts_sentence(mention.words.start);
    is_former
        || is_foreign
        || (is_derived && !is_well_known)
        || is_known_name
        || is_first
        || listed.is_obscure(MIN_KNOWN_POPULATION)
        || (is_small && letters(words, mention) <= MAX_SHORT_LETTERS)
}

/// Whether the mention is one word that is a common first or family name, or ends like one.
pub(super) fn is_persons_name(words: &Words<'_>, mention: &Mention) -> bool {
    let word = words.sense(mention.words.start);
    mention.words.len() == 1 && (word.is_personal_name || word.is_like_family_name)
}

/// A town of so many inhabitants may be named without a word of its country.
const MIN_KNOWN_POPULATION: u64 = 15_000;

/// Whether the surface is another language's own word for a foreign place, without its diacritics: `Perouse` in English is no `Pérouse`,
/// French for Perugia.
fn is_stripped_exonym(evidence: &Evidence, layers: &Layers, candidate: &Candidate) -> bool {
    let is_exonym = candidate.at.spelling(layers).kind() == SpellingKind::Exonym;
    is_exonym && is_without_marks(candidate) && is_foreign(evidence, layers, candidate)
}

/// Whether the surface has other marks than the listed spelling, or none: `Perouse`.
fn is_without_marks(candidate: &Candidate) -> bool {
    candidate.method == Method::Derived && !candidate.is_inflected
}

/// How many letters the mention has.
pub(super) fn letters(words: &Words<'_>, mention: &Mention) -> usize {
    mention.words.clone().map(|at| words.surface(at).chars().count()).sum()
}

/// What the document adds to what a near miss says for itself, in logarithms of odds: places near it are mentioned,
const NEAR: f64 = 3.5;
/// or the same place, or one inside it, by a right spelling,
const NAMED: f64 = 2.3;
/// or at least places of its country;
const SUPPORTED: f64 = 1.6;
/// a word that speaks of a place stands beside it;
const CUED: f64 = 1.0;
/// it comes again and again without such a word, as names of people do and misspellings seldom;
const REPEATED: f64 = 2.0;
/// or it comes again although the text knows the right spelling;
const BESIDE_RIGHT: f64 = 1.0;
/// it may owe its capital to the beginning of a sentence.
const AT_START: f64 = 0.5;

/// An anchor this near speaks for a near miss as one in the same country does, in kilometres.
const FAR_KM: f64 = 300.0;

/// A name of so many letters has too many meanings to be believed of a small place without support.
pub(super) const MAX_SHORT_LETTERS: usize = 4;

/// Whether the candidate's spelling is another language's in a text of this one: `Sidney` is Turkish for Sydney, and a first name in
/// English. Only Latin letters are shared by so many languages that this can mislead.
pub(super) fn is_foreign(evidence: &Evidence, layers: &Layers, candidate: &Candidate) -> bool {
    let spelling = candidate.at.spelling(layers);
    let is_everybodys = spelling.lang() == Lang::ENGLISH || spelling.lang().is_undetermined();
    // `İstanbul` is English without its dot.
    let is_shared = || {
        let (name, text) = (candidate.at.name(layers).text(), spelling.text());
        name == text || fold(name) == fold(text)
    };
    // The document's language is asked for last, since telling it takes longest.
    let is_own = || Some(spelling.lang()) == evidence.lang();
    !is_everybodys && Script::of(spelling.text()) == Some(Script::Latin) && !is_shared() && !is_own()
}

/// Whether all words of a mention are words or proper nouns of English.
pub(super) fn is_known(words: &Words<'_>, mention: &Mention) -> bool {
    mention.words.clone().all(|at| words.sense(at).is_known())
}

/// A family name alone is believed of a person in office. Otherwise it must be vouched for, by the full name or a title: many bear the
/// family names of former ministers.
fn refuse_person(
    layers: &Layers,
    words: &Words<'_>,
    evidence: &Evidence,
    mention: &Mention,
    best: &Candidate,
) -> Option<Reason> {
    if bearers::is_before_institution(words, mention) {
        return Some(Reason::PartOfName);
    }
    let is_alone = best.parts.as_ref().is_some_and(|parts| parts.given.is_empty());
    if !is_alone || evidence.names_in_full(best.at.entry) {
        return None;
    }
    if evidence.has_stranger(words, mention) {
        return Some(Reason::Stranger);
    }
    if cues::has_title(words, mention) {
        return None;
    }
    let is_word = mention.words.clone().all(|at| words.sense(at).is_word);
    let is_in_office = entry(layers, best).person().is_some_and(|person| evidence.is_in_office(person));
    // Several bearers are ambiguous, and shown as such.
    let is_private = !is_in_office && mention.candidates.len() == 1;
    (is_word || is_private || best.method == Method::Fuzzy).then_some(Reason::CommonFamilyName)
}

/// Whether the words around are in capitals too, so that capitals say nothing: `GIVE US A BREAK`.
fn is_in_capitals(words: &Words<'_>, mention: &Mention) -> bool {
    let before = mention.words.start.checked_sub(1).filter(|_| words.joint(mention.words.start) != Joint::Break);
    let after = Some(mention.words.end).filter(|&after| words.joint(after) != Joint::Break);
    [before, after].into_iter().flatten().any(|at| words.shape(at) == Shape::Upper && words.sense(at).is_word)
}
