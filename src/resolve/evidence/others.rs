//! Others: the people, ships, clubs and firms that bear the names of places in a document, and people whose family names listed people have.
//!
//! What a word beside one mention says (`bearers`) is remembered here for the next: who is `Lachin Hasanov` first is `Lachin` further on.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Evidence;
use super::meaning::{is_settlement, is_well_known};
use crate::gazetteer::Kind;
use crate::gazetteer::compiled::Layers;
use crate::lang::Lang;
use crate::matcher::{Candidate, Mention, Refused};
use crate::resolve::bearers::{self, Bearer};
use crate::resolve::words::Words;
use crate::resolve::{cues, nouns};
use crate::text::{Joint, Shape};

/// Who else bears the names of a document.
#[derive(Debug, Default)]
pub(super) struct Others {
    /// Words that a mention explains.
    covered: FxHashSet<usize>,
    /// Words that a mention explains as something well known: sooner that than anybody's first name.
    well_known: FxHashSet<usize>,
    /// Folded surfaces that the document gives to people and firms, somewhere: `Campbell` after `Kim Campbell`.
    parts_of_names: FxHashSet<String>,
    /// Folded surfaces that the document gives to people and ships, and never to a place; and the word where each is first.
    pub(super) beings: FxHashMap<String, usize>,
    /// First words of mentions in a list beside a person who bears a place's name: `Nasimi and Fuzuli`.
    pub(super) among_people: FxHashSet<usize>,
    /// First words of mentions in a sentence about clubs, that nothing beside them makes a place.
    in_fixtures: FxHashSet<usize>,
    /// Folded surfaces that the document gives to clubs.
    clubs: FxHashSet<String>,
    /// Folded family names that the document gives to somebody whom the gazetteer does not know, and where first.
    pub(super) strangers: FxHashMap<String, usize>,
    /// First words of place's names that are somebody's first name, and of the listed family names after them.
    full_strangers: FxHashSet<usize>,
}

impl Evidence {
    /// Which words mentions explain, and which mentions are only parts of people's and firms' names.
    pub(super) fn note_explained(&mut self, layers: &Layers, words: &Words<'_>, mentions: &[Mention]) {
        for mention in mentions {
            if self.is_common_family_name(layers, mention) {
                continue;
            }
            self.others.covered.extend(mention.words.clone());
            if mention.candidates.iter().any(|candidate| is_well_known(layers, candidate)) {
                self.others.well_known.extend(mention.words.clone());
            }
        }
        for (at, mention) in mentions.iter().enumerate() {
            let key = || words.key(mention).into_owned();
            match self.bearer(words, mention) {
                Some(bearer @ (Bearer::Being | Bearer::Doer)) => {
                    // Who does what only people do was one before.
                    let first = if bearer == Bearer::Doer { 0 } else { mention.words.start };
                    let being = self.others.beings.entry(key()).or_insert(first);
                    *being = first.min(*being);
                    self.others.parts_of_names.insert(key());
                }
                Some(Bearer::Club) => {
                    self.others.clubs.insert(key());
                    self.note_fixture(words, mentions, at);
                }
                Some(Bearer::Thing) => drop(self.others.parts_of_names.insert(key())),
                Some(Bearer::Institution | Bearer::Feature) => {}
                None => self.note_suppressed_person(words, mention),
            }
        }
        for pair in mentions.windows(2) {
            self.note_namesake_in_front(layers, words, &pair[0], &pair[1]);
        }
        for mention in mentions.iter().filter(|mention| cues::is_placed(words, mention)) {
            self.others.beings.remove(&*words.key(mention));
        }
    }

    /// What stands in one sentence with a club is one as well, if no preposition of place is before it.
    fn note_fixture(&mut self, words: &Words<'_>, mentions: &[Mention], club: usize) {
        const MAX_SIDES: usize = 12;
        let is_joined =
            |one: &Mention, next: &Mention| !(one.words.end..=next.words.start).any(|word| words.starts_sentence(word));
        let before = (1..=club).rev().take_while(|&at| is_joined(&mentions[at - 1], &mentions[at])).map(|at| at - 1);
        let after = (club + 1..mentions.len()).take_while(|&at| is_joined(&mentions[at - 1], &mentions[at]));
        let around = before.take(MAX_SIDES).chain(after.take(MAX_SIDES)).map(|at| &mentions[at]);
        let is_bare = |mention: &&Mention| {
            !cues::has_preposition(words, mention) && !cues::is_on(words, mention) && !cues::is_compound(words, mention)
        };
        self.others.in_fixtures.extend(around.filter(is_bare).map(|mention| mention.words.start));
    }

    /// A place's name right before a listed family name makes a stranger of it: `Lachin Hasanov`, but not `in Baku Aliyev said`.
    fn note_namesake_in_front(&mut self, layers: &Layers, words: &Words<'_>, first: &Mention, family: &Mention) {
        let is_family = |candidate: &Candidate| candidate.parts.as_ref().is_some_and(|parts| parts.given.is_empty());
        // `Armenia Pashinyan` is a headline of few words.
        let is_no_first_name =
            |candidate: &Candidate| candidate.parts.is_some() || candidate.at.entry(layers).kind() == Kind::Country;
        let is_pair = first.words.end == family.words.start && words.joint(family.words.start) == Joint::Space;
        let is_title = |at: usize| words.shape(at) == Shape::Title;
        if is_pair
            && first.words.len() == 1
            && is_title(first.words.start)
            && is_title(family.words.start)
            && !first.candidates.iter().any(is_no_first_name)
            && !family.candidates.is_empty()
            && family.candidates.iter().all(is_family)
            && !cues::has_preposition(words, first)
        {
            self.others.beings.entry(words.key(first).into_owned()).or_insert(first.words.start);
            self.others.full_strangers.extend([first.words.start, family.words.start]);
            self.others.strangers.entry(words.key(family).into_owned()).or_insert(family.words.start);
        }
    }

    /// Who is listed as no place is called by either name further on: `Denzel Washington`, then `Washington`.
    fn note_suppressed_person(&mut self, words: &Words<'_>, mention: &Mention) {
        let is_person = mention.refused == Some(Refused::Suppressed) && bearers::is_full_name(words, mention);
        for at in mention.words.clone().filter(|_| is_person) {
            self.others.beings.entry(words.sense(at).folded.to_string()).or_insert(at);
        }
    }

    /// Whether a mention is a family name alone that nobody in office bears: sooner the end of a stranger's name.
    fn is_common_family_name(&self, layers: &Layers, mention: &Mention) -> bool {
        let is_private = |candidate: &Candidate| {
            let is_alone = candidate.parts.as_ref().is_some_and(|parts| parts.given.is_empty());
            is_alone && !candidate.at.entry(layers).person().is_some_and(|person| self.is_in_office(person))
        };
        !mention.candidates.is_empty() && mention.candidates.iter().all(is_private)
    }

    /// Whether a mention is only a part of a person's or firm's name, by the words beside it, if it may be of this kind.
    pub(in crate::resolve) fn is_part_of_name(&self, words: &Words<'_>, mention: &Mention, kind: Kind) -> bool {
        match self.bearer(words, mention) {
            Some(Bearer::Club | Bearer::Feature) => is_settlement(kind),
            Some(_) => true,
            None if self.others.full_strangers.contains(&mention.words.start) => true,
            None => {
                let is_club = self.others.in_fixtures.contains(&mention.words.start);
                (is_settlement(kind) && is_club) || self.is_after_foreign_name(words, mention)
            }
        }
    }

    /// Whether the mention, an ordinary word, ends a longer name that no mention explains: `Moscow State University`.
    pub(in crate::resolve) fn is_end_of_name(&self, words: &Words<'_>, mention: &Mention) -> bool {
        let first = mention.words.start;
        let is_name = |at: usize| words.shape(at) == Shape::Title && !self.others.covered.contains(&at);
        first > 0 && words.joint(first) == Joint::Space && is_name(first - 1) && !words.starts_sentence(first - 1)
    }

    /// Whether a first name may stand before the mention that no list has, in an English text: `Stijn Goris`.
    fn is_after_foreign_name(&self, words: &Words<'_>, mention: &Mention) -> bool {
        let first = mention.words.start;
        let is_name = |at: usize| {
            let word = words.sense(at);
            let is_long = word.folded.len() > 2;
            words.shape(at) == Shape::Title && is_long && !self.others.covered.contains(&at) && !word.is_known()
        };
        let is_english = || self.lang() == Some(Lang::ENGLISH);
        let is_joined = mention.words.len() == 1 && first > 0 && words.joint(first) == Joint::Space;
        // The language is asked for last, since telling it takes longest.
        is_joined && is_name(first - 1) && !words.starts_sentence(first - 1) && is_english()
    }

    /// Whether a hyphen or a Romance particle joins the mention to a name that no mention explains and English does not know: `Navarro-Valls`, `Ceamurlia
    /// de Jos`.
    pub(in crate::resolve) fn is_in_double_name(&self, words: &Words<'_>, mention: &Mention) -> bool {
        let (first, next) = (mention.words.start, mention.words.end);
        let is_name = |at: usize| {
            let has_capital = matches!(words.shape(at), Shape::Title | Shape::Upper);
            has_capital && !self.others.covered.contains(&at) && !words.sense(at).is_word
        };
        let is_after = first > 0 && words.joint(first) == Joint::Hyphen && is_name(first - 1);
        let is_particle = |at: usize| matches!(words.surface(at), "de" | "du" | "da" | "do" | "del" | "della" | "di");
        let is_spaced = |at: usize| words.joint(at) == Joint::Space;
        let is_of =
            || first > 1 && is_spaced(first) && is_spaced(first - 1) && is_particle(first - 1) && is_name(first - 2);
        is_after || (words.joint(next) == Joint::Hyphen && is_name(next)) || is_of()
    }

    /// What bears the name of which a mention is only a part.
    pub(super) fn bearer(&self, words: &Words<'_>, mention: &Mention) -> Option<Bearer> {
        let find = || match bearers::bearer(words, mention) {
            Some(Bearer::Being) => Some(Bearer::Being),
            thing => self.is_part_of_persons_name(words, mention).then_some(Bearer::Being).or(thing),
        };
        // What mentions explain is known before this is asked, and stays.
        words.beside(mention).map_or_else(find, |beside| *beside.bearer.get_or_init(find))
    }

    fn is_part_of_persons_name(&self, words: &Words<'_>, mention: &Mention) -> bool {
        let is_covered = |at: usize| self.others.covered.contains(&at);
        let is_known = mention.words.clone().any(|at| self.others.well_known.contains(&at));
        let is_like_family_name =
            || nouns::is_like_family_name(&words.key(mention)) && self.lang() == Some(Lang::ENGLISH);
        let is_first_name = |at: usize| {
            let word = words.sense(at);
            // `In`, `May` and `Will` are somebody's first names as well.
            let is_word = (word.is_word && !word.is_sooner_personal) || word.is_calendar;
            let is_unknown =
                || word.folded.len() > 2 && !is_covered(at) && !word.is_known() && (!is_known || is_like_family_name());
            !is_word && !self.others.well_known.contains(&at) && (word.is_personal_name || is_unknown())
        };
        cues::is_part_of_name(words, mention, is_covered, is_first_name)
    }

    /// Whether the document gives the surface to a person or ship, and never to a place; or, of a little known place, to a firm.
    pub(in crate::resolve) fn is_of_person(
        &self,
        layers: &Layers,
        words: &Words<'_>,
        mention: &Mention,
        candidate: &Candidate,
    ) -> bool {
        let key = words.key(mention);
        let is_place = || {
            cues::has_preposition(words, mention)
                || cues::is_on(words, mention)
                || cues::is_compound(words, mention)
                || self.is_placed(mention)
        };
        let is_being = || self.others.beings.get(&*key).is_some_and(|&first| first <= mention.words.start);
        let is_club = || self.others.clubs.contains(&*key) && is_settlement(layers.entry(candidate.at.entry).kind());
        let is_part = || !is_well_known(layers, candidate) && self.others.parts_of_names.contains(&*key);
        let is_among_people =
            || !is_well_known(layers, candidate) && self.others.among_people.contains(&mention.words.start);
        let is_persons = || is_being() || is_club() || is_among_people();
        (is_part() && !self.is_placed(mention)) || (is_persons() && !is_place())
    }

    /// Whether the document has given this family name to a stranger before.
    pub(in crate::resolve) fn has_stranger(&self, words: &Words<'_>, mention: &Mention) -> bool {
        let first = self.others.strangers.get(&*words.sense(mention.words.end - 1).folded);
        self.others.full_strangers.contains(&mention.words.start)
            || first.is_some_and(|&first| first < mention.words.start)
    }
}
