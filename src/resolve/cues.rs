//! Cues: words beside a mention that tell what it is. `in Nice`, `Lachin district`, `President Aliyev`, `Goranboy, Tartar and Barda`.

use super::containers;
use super::nouns;
use super::words::{Sense, Words};
use crate::gazetteer::Kind;
use crate::gazetteer::compiled::Layers;
use crate::matcher::Mention;
use crate::text::{Joint, Lexicon, Shape, is_monsieur, is_title};

/// What words are beside a place's name: bits, since each is asked for at every mention.
#[derive(Clone, Copy, Debug)]
pub(super) struct Roles(u8);

#[derive(Clone, Copy)]
#[repr(u8)]
enum Role {
    Preposition = 1,
    SurePreposition = 1 << 1,
    On = 1 << 2,
    Joining = 1 << 3,
    The = 1 << 4,
    PlaceNoun = 1 << 5,
    Title = 1 << 6,
    GermanArticle = 1 << 7,
}

impl Roles {
    /// What a folded word is.
    pub(super) fn of(word: &str) -> Self {
        // English ones, and those of other languages that are no English word.
        const PREPOSITIONS: [&str; 24] = [
            "in", "near", "at", "from", "to", "towards", "toward", "around", "outside", "inside", "into", "via",
            "over", "nach", "bei", "aus", "vers", "hacia", "desde", "в", "во", "из", "под", "до",
        ];
        const GERMAN_ARTICLES: &str =
            "am aufs beim das dem den der des die ein eine einem einen einer eines im ins vom zum zur kein keine";
        const JOINING: [&str; 9] = ["of", "on", "for", "with", "by", "about", "against", "and", "or"];
        let roles = [
            (Role::Preposition, PREPOSITIONS.contains(&word)),
            (Role::SurePreposition, matches!(word, "in" | "near" | "outside" | "around" | "nach" | "в" | "во")),
            (Role::On, matches!(word, "on" | "across" | "above" | "through" | "throughout")),
            (Role::Joining, JOINING.contains(&word)),
            (Role::The, word == "the"),
            (Role::PlaceNoun, is_place_noun(word)),
            (Role::Title, is_title(word)),
            (Role::GermanArticle, GERMAN_ARTICLES.split(' ').any(|article| article == word)),
        ];
        Self(roles.into_iter().filter(|&(_, is_so)| is_so).map(|(role, _)| role as u8).sum())
    }

    fn has(self, role: Role) -> bool {
        self.0 & role as u8 != 0
    }
}

/// The word before a mention, if it belongs to the same sentence.
fn word_before<'w>(words: &'w Words<'_>, mention: &Mention) -> Option<&'w Sense> {
    let first = mention.words.start;
    let is_joined = matches!(words.joint(first), Joint::Space | Joint::LineBreak | Joint::DotSpace);
    (is_joined && first > 0).then(|| words.sense(first - 1))
}

/// Whether the word before a mention is this.
fn is_after(words: &Words<'_>, mention: &Mention, role: Role) -> bool {
    word_before(words, mention).is_some_and(|word| word.roles.has(role))
}

/// The word after a mention, if only a space is between.
fn word_after<'w>(words: &'w Words<'_>, mention: &Mention) -> Option<&'w Sense> {
    let next = mention.words.end;
    (words.joint(next) == Joint::Space).then(|| words.sense(next))
}

/// Whether a preposition of place stands before the mention.
pub(super) fn has_preposition(words: &Words<'_>, mention: &Mention) -> bool {
    is_after(words, mention, Role::Preposition)
}

/// Whether a preposition of place, or `of`, stands before the word at `at`.
pub(super) fn is_placed_word(words: &Words<'_>, at: usize) -> bool {
    let is_joined = at > 0 && matches!(words.joint(at), Joint::Space | Joint::LineBreak);
    is_joined && (words.sense(at - 1).roles.has(Role::Preposition) || words.surface(at - 1) == "of")
}

/// Whether a preposition that people seldom follow stands before the mention.
pub(super) fn has_sure_preposition(words: &Words<'_>, mention: &Mention) -> bool {
    is_after(words, mention, Role::SurePreposition)
}

/// Whether the words before the mention speak of a place, whatever its kind.
pub(super) fn is_placed(words: &Words<'_>, mention: &Mention) -> bool {
    has_sure_preposition(words, mention)
        || is_beside_place_noun(words, mention)
        || noun_in_apposition(words, mention).is_some_and(|noun| noun.roles.has(Role::PlaceNoun))
}

/// The noun that says after a comma what the mention is: `Kursk, a city in the west`.
fn noun_in_apposition<'w>(words: &'w Words<'_>, mention: &Mention) -> Option<&'w Sense> {
    let article = mention.words.end;
    let is_article = words.joint(article) == Joint::Comma && matches!(words.surface(article), "a" | "an" | "the");
    let noun = article + 1;
    (is_article && words.joint(noun) == Joint::Space).then(|| words.sense(noun))
}

/// Whether a noun or direction that places have, and `of`, stand before the mention: `south of Cairns`, `the outskirts of Gyumri`.
fn is_beside_place_noun(words: &Words<'_>, mention: &Mention) -> bool {
    let first = mention.words.start;
    let is_of = first >= 2 && words.joint(first) == Joint::Space && words.surface(first - 1) == "of";
    is_of && words.joint(first - 1) == Joint::Space && words.sense(first - 2).roles.has(Role::PlaceNoun)
}

fn is_place_noun(noun: &str) -> bool {
    matches!(noun, "capital" | "country" | "state") || nouns::is_of_place(noun) || !area_kinds(noun).is_empty()
}

/// Whether the mention is an end of a way: `from Reading to Nice`, `between Split and Ancona`.
pub(super) fn is_end_of_way(words: &Words<'_>, mentions: &[Mention], at: usize) -> bool {
    let links = |one: usize, way: [&str; 2]| {
        let Some((one, next)) = mentions.get(one).zip(mentions.get(one + 1)) else {
            return false;
        };
        let is_linked = next.words.start == one.words.end + 1 && words.surface(one.words.end) == way[1];
        is_linked && word_before(words, one).is_some_and(|word| *word.folded == *way[0])
    };
    let is_way = |one: usize| links(one, ["from", "to"]) || links(one, ["between", "and"]);
    is_way(at) || at.checked_sub(1).is_some_and(is_way)
}

/// Whether the definite article stands before the mention, as before seas and rivers, and belongs to no noun after it (`the Tartar
/// district`).
pub(super) fn has_article(words: &Words<'_>, mention: &Mention) -> bool {
    const SMALL: [&str; 22] = [
        "and", "or", "in", "at", "on", "to", "is", "was", "has", "had", "up", "near", "by", "with", "from", "that",
        "which", "into", "for", "as", "will", "were",
    ];
    let next = mention.words.end;
    let is_alone = words.joint(next) != Joint::Space || SMALL.contains(&words.surface(next));
    is_alone && is_after(words, mention, Role::The)
}

/// Whether the article before the mention is its own for certain: no list or pair of names follows whose noun it may belong to (`the Tartar,
/// Barda and Lachin districts`, `the Baku-Supsa line`, `the Dmanisi (Bashkechid) district`).
pub(super) fn has_own_article(words: &Words<'_>, mention: &Mention) -> bool {
    let next = mention.words.end;
    let is_stopped = words.text[mention.span.end..].starts_with(['.', ',', ';', ':', '!', '?', '"', '”', '’', '\'']);
    let is_name = |at: usize| at < words.len() && words.shape(at) != Shape::Lower;
    let goes_on = match words.joint(next) {
        Joint::Comma => is_name(next),
        Joint::Space => matches!(words.surface(next), "and" | "or") && is_name(next + 1),
        _ => !is_stopped,
    };
    has_article(words, mention) && !goes_on
}

/// Whether the mention is the name of a country that has an article, or had one.
pub(super) fn is_country_with_article(words: &Words<'_>, mention: &Mention) -> bool {
    const COUNTRIES: [&str; 8] =
        ["congo", "gambia", "ivory", "lebanon", "netherlands", "philippines", "sudan", "ukraine"];
    COUNTRIES.contains(&&*words.sense(mention.words.start).folded)
}

/// Whether the indefinite article stands before the mention, an adjective between or not, and belongs to no noun after it: `an old Volga`.
pub(super) fn is_one_of_many(words: &Words<'_>, mention: &Mention) -> bool {
    let (first, next) = (mention.words.start, mention.words.end);
    let is_article = |at: usize| matches!(words.surface(at), "a" | "an" | "A" | "An");
    let is_after = |distance: usize| {
        first >= distance
            && (first + 1 - distance..=first).all(|at| words.joint(at) == Joint::Space)
            && is_article(first - distance)
    };
    let has_adjective = || is_after(2) && Shape::of(words.surface(first - 1)) == Shape::Lower;
    let is_last = match words.joint(next) {
        Joint::Space => Shape::of(words.surface(next)) == Shape::Lower && nouns::may_follow_noun(words.surface(next)),
        Joint::Hyphen | Joint::Apostrophe => false,
        _ => true,
    };
    is_last && (is_after(1) || (has_adjective() && !is_preposition(words.surface(first - 1))))
}

/// Whether a word makes a saint of the name after it.
pub(super) fn is_saint(word: &str) -> bool {
    matches!(word, "St" | "Saint" | "ST" | "SAINT")
}

fn is_preposition(word: &str) -> bool {
    matches!(word, "in" | "of" | "from" | "near" | "to" | "at" | "for" | "by" | "on" | "with" | "and" | "or" | "than")
}

/// Whether the word before says that what the mention is joined to does what follows: `the mayor of Shusha wrote`, `Baku and Yerevan wrote`.
pub(super) fn is_no_subject(words: &Words<'_>, mention: &Mention) -> bool {
    has_preposition(words, mention) || is_after(words, mention, Role::Joining)
}

/// Whether a preposition stands before the mention that is said of people less than of ground: `snow fell on Sevan`.
pub(super) fn is_on(words: &Words<'_>, mention: &Mention) -> bool {
    is_after(words, mention, Role::On)
}

/// Whether the mention makes an adjective with a word in small letters, as only places do: `London-born`, `Baku-based`.
pub(super) fn is_compound(words: &Words<'_>, mention: &Mention) -> bool {
    let next = mention.words.end;
    words.joint(next) == Joint::Hyphen && words.shape(next) == Shape::Lower
}

/// Whether a word in small letters is joined to the mention as its equal, so that the mention is such a word as well: `Male and female`.
pub(super) fn is_beside_word(words: &Words<'_>, mention: &Mention) -> bool {
    let next = mention.words.end;
    let is_joined = words.joint(next) == Joint::Space && matches!(words.surface(next), "and" | "or");
    let is_word =
        |word: &str| Shape::of(word) == Shape::Lower && Lexicon.has_word(word) && !nouns::may_follow_noun(word);
    is_joined && words.joint(next + 1) == Joint::Space && is_word(words.surface(next + 1))
}

/// Whether a year follows the mention, as it does seasons: `in Spring 2002`.
pub(super) fn is_with_year(words: &Words<'_>, mention: &Mention) -> bool {
    let is_year = |word: &str| word.len() == 4 && word.bytes().all(|digit| digit.is_ascii_digit());
    let next = mention.words.end;
    words.joint(next) == Joint::Space && is_year(words.surface(next))
}

/// Whether a German article stands before the mention, melted into a preposition or not, as before no town: `beim Essen`, `das Essen`.
pub(super) fn has_german_article(words: &Words<'_>, mention: &Mention) -> bool {
    is_after(words, mention, Role::GermanArticle)
}

/// Whether the word before the mention is a title of office or a form of address.
pub(super) fn has_title(words: &Words<'_>, mention: &Mention) -> bool {
    let is_monsieur = || mention.words.start.checked_sub(1).is_some_and(|at| is_monsieur(words, at));
    is_after(words, mention, Role::Title) || is_monsieur()
}

/// The kinds of place that a head noun beside the mention speaks for: `town of Martuni`, `Lachin district`, `Van, Mus and Agri provinces`.
pub(super) fn head_noun_kinds(words: &Words<'_>, mention: &Mention) -> &'static [Kind] {
    match words.beside(mention) {
        Some(beside) => beside.kinds.get_or_init(|| find_head_noun_kinds(words, mention)),
        None => find_head_noun_kinds(words, mention),
    }
}

fn find_head_noun_kinds(words: &Words<'_>, mention: &Mention) -> &'static [Kind] {
    let first = mention.words.start;
    let after = word_after(words, mention).map_or(&[][..], |noun| noun.kinds);
    if !after.is_empty() {
        return after;
    }
    let apposition = noun_in_apposition(words, mention).map_or(&[][..], |noun| noun.kinds);
    if !apposition.is_empty() {
        return apposition;
    }
    if first > 1 && *words.sense(first - 1).folded == *"of" {
        return words.sense(first - 2).kinds;
    }
    shared_noun(words, mention).map_or(&[], |noun| noun.kinds)
}

/// The noun in the plural that ends the list in which the mention stands.
fn shared_noun<'w>(words: &'w Words<'_>, mention: &Mention) -> Option<&'w Sense> {
    const MAX_LIST: usize = 24;
    let is_name = |at: usize| at < words.len() && words.shape(at) == Shape::Title;
    let is_and = |at: usize| joins_list(words.surface(at));
    let mut at = mention.words.end;
    let mut is_last = false;
    while at < words.len() && at - mention.words.end < MAX_LIST {
        match words.joint(at) {
            Joint::Space if is_last && words.shape(at) == Shape::Lower => {
                let noun = words.sense(at);
                return is_plural(&noun.folded).then_some(noun);
            }
            Joint::Space | Joint::Comma if is_and(at) && is_name(at + 1) => (is_last, at) = (true, at + 2),
            Joint::Comma if is_name(at) && !is_last => at += 1,
            Joint::Space if is_name(at) && at > mention.words.end => at += 1,
            _ => return None,
        }
    }
    None
}

/// Whether a noun that says a kind of place speaks of several.
fn is_plural(noun: &str) -> bool {
    noun.ends_with('s') || noun.contains("ler") || noun.contains("lar")
}

/// The kinds of place that a noun, folded, speaks for beside a name, or an office that only such places have.
pub(super) fn kinds_of(noun: &str) -> &'static [Kind] {
    match noun {
        "state" | "governor" | "governors" => &[Kind::Region, Kind::District],
        "mayor" | "mayors" => &[Kind::City, Kind::Town, Kind::Village],
        // Turkish: province, district, village, in the cases in which they follow a name.
        "ili" | "iline" | "ilinde" | "ilinden" | "ilinin" | "illeri" | "illerine" | "illerinde" | "illerinden" => {
            &[Kind::Region]
        }
        "ilcesi" | "ilcesine" | "ilcesinde" | "ilcesinden" | "ilceleri" | "ilcelerinde" => &[Kind::District],
        "koyu" | "koyune" | "koyunde" | "koyunden" | "koyleri" | "koylerinde" => &[Kind::Village],
        _ => area_kinds(noun),
    }
}

/// The kinds of place that a noun stands for; sites aside, as most of them are called after somebody or after a town.
fn area_kinds(noun: &str) -> &'static [Kind] {
    match nouns::place(noun).map(|place| place.kind) {
        Some(Kind::District) => &[Kind::District],
        // A district may be called a region, hardly ever the reverse.
        Some(Kind::Region) => &[Kind::Region, Kind::District],
        Some(Kind::City) => &[Kind::City, Kind::Town],
        Some(Kind::Town) => &[Kind::Town, Kind::City],
        Some(Kind::Village) => &[Kind::Village],
        Some(Kind::River) => &[Kind::River],
        Some(Kind::Lake) => &[Kind::Lake],
        Some(Kind::Sea) => &[Kind::Sea],
        Some(Kind::Mountain) => &[Kind::Mountain],
        Some(Kind::Place) => &[Kind::Place, Kind::Region],
        _ => &[],
    }
}

/// Whether a place of one word is only a part of a longer name that nobody listed: a person's (`Lachin Mammadov`, `Susan Shusha`), an
/// organisation's (`Baku Tribune`). The word after it has a capital and is unknown, or a common family name where no preposition of place
/// stands before (`Barda Johnson`, but not `in Barda Johnson spoke`), or makes a firm; the one before is a first name.
///
/// `is_found`: a mention explains the word; `is_first_name`: the word is a common first name, or before a little known place an unknown
/// word, and nothing better known.
pub(super) fn is_part_of_name(
    words: &Words<'_>,
    mention: &Mention,
    is_found: impl Fn(usize) -> bool,
    is_first_name: impl Fn(usize) -> bool,
) -> bool {
    let (first, next) = (mention.words.start, mention.words.end);
    if mention.words.len() > 1 || words.shape(first) != Shape::Title {
        return false;
    }
    let is_unknown = |at: usize| {
        let surface = words.surface(at);
        let is_title = words.shape(at) == Shape::Title;
        is_title && !is_found(at) && surface.len() > 2 && !words.sense(at).is_word
    };
    let is_person_or_firm = |at: usize| is_unknown(at) && !words.sense(at).is_proper_noun;
    let is_family_name = |at: usize| {
        let is_personal = |word: &Sense| word.is_personal_name && !word.is_calendar;
        // `independent Armenia Simon Vratsyan led`: the first name of somebody else.
        let is_followed = words.joint(at + 1) == Joint::Space && words.shape(at + 1) == Shape::Title;
        is_unknown(at) && is_personal(words.sense(at)) && !is_followed && !has_preposition(words, mention)
    };
    let after = words.joint(next) == Joint::Space && (is_person_or_firm(next) || is_family_name(next));
    let is_joined = first > 0 && words.joint(first) == Joint::Space;
    let is_name_before = |at: usize| {
        let is_title = words.shape(at) == Shape::Title;
        is_title && (is_first_name(at) || (is_unknown(at) && is_given_name(words, at)))
    };
    after || (is_joined && is_name_before(first - 1))
}

/// Whether a word can be a first name before a place that is a family name: a proper noun of English, the calendar aside.
fn is_given_name(words: &Words<'_>, at: usize) -> bool {
    let word = words.sense(at);
    word.is_proper_noun && !word.is_calendar
}

/// Whether a region follows after a comma that contains no candidate: then a namesake is meant that the gazetteer does not hold. After a well known
/// town a comma is as often a list, unless a state of North America follows and all candidates are abroad; after a country it is one always, and
/// after a town of the news if what follows may be a country too: `Armenia, Azerbaijan, Georgia`.
pub(super) fn is_outside_named_region(layers: &Layers, words: &Words<'_>, mentions: &[Mention], at: usize) -> bool {
    let Some(next) = mentions.get(at + 1).filter(|next| next.words.start == mentions[at].words.end) else {
        return false;
    };
    // `FIRE IN LONDON, OR ELSE`: a code that is a word tells too little.
    let is_word = || next.span.range().len() <= 2 && words.sense(next.words.start).is_word;
    if words.joint(next.words.start) != Joint::Comma || is_word() {
        return false;
    }
    let entries =
        |mention: &Mention| mention.candidates.iter().map(|candidate| candidate.at.entry).collect::<Vec<u32>>();
    let (inner, outer) = (entries(&mentions[at]), entries(next));
    let is_country = |&entry: &u32| layers.entry(entry).kind() == Kind::Country;
    let is_region = |&entry: &u32| layers.entry(entry).kind() == Kind::Region;
    let is_state = |&entry: &u32| is_region(&entry) && matches!(layers.entry(entry).country().as_str(), "US" | "CA");
    let is_abroad = |&inner: &u32| {
        let country = layers.entry(inner).country();
        outer.iter().all(|&outer| country != layers.entry(outer).country())
    };
    let is_elsewhere = |inner: &u32| {
        let containers = containers(layers, *inner);
        let is_known = containers.iter().any(is_region) && !is_region(inner);
        is_abroad(inner)
            || (is_known && outer.iter().all(is_state) && !outer.iter().any(|outer| containers.contains(outer)))
    };
    // `Baku, AZ`: the code of the country, whatever state has it too.
    let is_own_code = || {
        let code = words.surface(next.words.start);
        next.words.len() == 1 && inner.iter().any(|&inner| layers.entry(inner).country().as_str() == code)
    };
    let is_in_news = || inner.iter().any(|&inner| layers.entry(inner).is_newsworthy());
    let is_listed = || inner.iter().any(is_country) || (outer.iter().any(is_country) && is_in_news());
    if outer.iter().any(is_state) && inner.iter().all(is_abroad) {
        !is_listed() && !is_own_code()
    } else {
        !outer.is_empty() && outer.iter().all(is_region) && !is_in_news() && inner.iter().all(is_elsewhere)
    }
}

/// Whether a word joins the last two names of a list: *and* or *or* in English, Turkish, Azerbaijani, Russian, Ukrainian, Armenian, Georgian, German,
/// French, Spanish, Italian and Polish.
fn joins_list(word: &str) -> bool {
    matches!(
        word,
        "and"
            | "or"
            | "ve"
            | "və"
            | "и"
            | "или"
            | "та"
            | "і"
            | "й"
            | "և"
            | "եւ"
            | "და"
            | "und"
            | "oder"
            | "et"
            | "ou"
            | "y"
            | "e"
            | "i"
    )
}

/// The mentions that stand right beside this one in a list: `A, B and C`.
pub(super) fn listed_beside<'m>(words: &Words<'_>, mentions: &'m [Mention], at: usize) -> Vec<&'m Mention> {
    let is_beside = |one: &Mention, next: &Mention| {
        let between = one.words.end..next.words.start;
        match between.len() {
            0 => matches!(words.joint(next.words.start), Joint::Comma | Joint::Hyphen),
            1 => words.joint(between.start) == Joint::Space && joins_list(words.surface(between.start)),
            _ => false,
        }
    };
    let before = at.checked_sub(1).filter(|&before| is_beside(&mentions[before], &mentions[at]));
    let after = Some(at + 1).filter(|&after| mentions.get(after).is_some_and(|next| is_beside(&mentions[at], next)));
    before.into_iter().chain(after).map(|at| &mentions[at]).collect()
}

/// The mention after this one that says what contains it: `Atlanta, Georgia`, `Astara in Iran`, `Tbilisi, the capital of Georgia`, `San Juan, in the
/// Argentine province of San Juan`.
pub(super) fn container(words: &Words<'_>, mentions: &[Mention], at: usize) -> Option<usize> {
    // An adjective of a people may stand between.
    const MAX_STEPS: usize = 2;
    (at + 1..mentions.len().min(at + 1 + MAX_STEPS)).find(|&next| leads_to_container(words, mentions, at..next))
}

/// Whether the words between two mentions say that the second contains the first.
fn leads_to_container(words: &Words<'_>, mentions: &[Mention], pair: std::ops::Range<usize>) -> bool {
    const MAX_BETWEEN: usize = 7;
    let (inner, outer) = (&mentions[pair.start], &mentions[pair.end]);
    let between = inner.words.end..outer.words.start;
    let is_in = |at: usize| words.joint(at) == Joint::Space && words.surface(at) == "in";
    match between.len() {
        0 => words.joint(between.start) == Joint::Comma,
        1 if is_in(between.start) => true,
        2..=MAX_BETWEEN => is_description(words, between),
        _ => false,
    }
}

/// Whether words behind a comma describe what is before it, as far as the name of what contains it: `, a town in the north of`.
fn is_description(words: &Words<'_>, between: std::ops::Range<usize>) -> bool {
    let (first, last) = (between.start, between.end - 1);
    let is_begun = words.joint(first) == Joint::Comma && matches!(words.surface(first), "a" | "an" | "the" | "in");
    let is_joined = (first + 1..=last + 1).all(|at| matches!(words.joint(at), Joint::Space | Joint::Hyphen));
    is_begun
        && is_joined
        && matches!(words.surface(last), "in" | "of")
        && between.clone().any(|at| is_place_noun(words.surface(at)))
}
