//! What a document says about itself: the entries that it mentions beyond doubt, and the people it names in full.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::bearers::{self, Bearer};
use super::document_words::{FOREIGN_WORDS, is_lower_case, small_elsewhere};
use super::gates::{is_persons_name, needs_support};
use super::words::Words;
use super::{Resolution, Setting, containers, contains, cues, is_demonym};
use crate::gazetteer::compiled::{CountryCode, EntryView, Layers, PersonView};
use crate::gazetteer::{Kind, Point};
use crate::lang::Lang;
use crate::matcher::{Candidate, Mention, Method, Refused};
use crate::span::Span;
use crate::text::{Joint, Shape, detect_language, text_outside};

/// How often a document has a near miss, or a first name that is a place as well.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Occurrences {
    pub(super) all: usize,
    /// Beside a word that speaks of a place.
    pub(super) cued: usize,
}

/// The evidence of one document.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    /// Entries that some mention may be, other than by a spelling that itself needs evidence.
    mentioned: FxHashSet<u32>,
    /// Entries that are mentioned beyond doubt.
    anchors: FxHashSet<u32>,
    /// Those of them that lie at a point, by their degree of latitude: a long list of places would be compared all with all.
    located: BTreeMap<i32, Vec<(u32, Point)>>,
    /// Everything that contains an anchor.
    around: FxHashSet<u32>,
    /// Country codes of the anchors, and how many lie in each.
    countries: FxHashMap<CountryCode, usize>,
    /// Folded surfaces that have a capital inside a sentence.
    named: FxHashSet<String>,
    /// Ordinary words that begin a sentence as mentions, and stand in small letters elsewhere.
    small: FxHashSet<String>,
    /// First words of mentions that are an end of a way: `from Reading to Nice`.
    on_way: FxHashSet<usize>,
    /// First words of mentions in a list beside a well known place: `Rome, Nice and Van`.
    listed: FxHashSet<usize>,
    /// People named with given and family name, and the word where each is first.
    full_names: FxHashMap<u32, usize>,
    /// Words that a mention explains.
    covered: FxHashSet<usize>,
    /// Words that a mention explains as something well known: sooner that than anybody's first name.
    well_known: FxHashSet<usize>,
    /// Folded surfaces that the document gives to people and firms, somewhere: `Campbell` after `Kim Campbell`.
    parts_of_names: FxHashSet<String>,
    /// Folded surfaces that the document gives to people and ships, and never to a place; and the word where each is first.
    beings: FxHashMap<String, usize>,
    /// First words of mentions in a list beside a person who bears a place's name: `Nasimi and Fuzuli`.
    among_people: FxHashSet<usize>,
    /// First words of mentions in a sentence about clubs, that nothing beside them makes a place.
    in_fixtures: FxHashSet<usize>,
    /// Folded surfaces that the document gives to clubs.
    clubs: FxHashSet<String>,
    /// First words of mentions that what contains them follows: `Orange, California`.
    placed: FxHashSet<usize>,
    /// First words of mentions that a state of North America follows which does not contain them: `Paris, Texas`.
    misplaced: FxHashSet<usize>,
    /// Folded family names that the document gives to somebody whom the gazetteer does not know, and where first.
    strangers: FxHashMap<String, usize>,
    /// First words of place's names that are somebody's first name, and of the listed family names after them.
    full_strangers: FxHashSet<usize>,
    /// Of each near miss and first name, by its folded surface: how often the document has it, and how often beside a word that speaks of a
    /// place.
    unsure: FxHashMap<String, Occurrences>,
    /// The date of the document, if the caller knows it.
    as_of: Option<String>,
    /// The beginning of the document without its names, and its language, told when somebody asks: that takes long.
    sample: String,
    lang: OnceCell<Option<Lang>>,
    /// Whether the document does without capitals, so that their lack says nothing.
    is_lower_case: bool,
}

impl Evidence {
    pub(super) fn gather(layers: &Layers, words: &Words<'_>, mentions: &[Mention], setting: Setting<'_>) -> Self {
        let names: Vec<Span> = mentions.iter().map(|mention| mention.span).collect();
        let sample = Span::new(0, words.text.floor_char_boundary(SAMPLE));
        let mut evidence = Self {
            as_of: setting.as_of.map(str::to_owned),
            sample: text_outside(words.text, sample, &names),
            lang: setting.lang.map_or_else(OnceCell::new, |lang| OnceCell::from(Some(lang))),
            is_lower_case: is_lower_case(words),
            ..Self::default()
        };
        evidence.note_explained(layers, words, mentions);
        evidence.small = small_elsewhere(words, mentions);
        for (at, mention) in mentions.iter().enumerate() {
            evidence.note_neighbours(layers, words, mentions, at);
            evidence.note_entries(layers, words, mention);
            if let Some(candidate) = sole_meaning(layers, mention)
                && evidence.is_solid(layers, words, mention, candidate)
                && !evidence.is_of_person(layers, words, mention, candidate)
            {
                evidence.add_anchor(layers, candidate.at.entry);
            }
        }
        evidence
    }

    /// Which words mentions explain, and which mentions are only parts of people's and firms' names.
    fn note_explained(&mut self, layers: &Layers, words: &Words<'_>, mentions: &[Mention]) {
        for mention in mentions {
            if self.is_common_family_name(layers, mention) {
                continue;
            }
            self.covered.extend(mention.words.clone());
            if mention.candidates.iter().any(|candidate| is_well_known(layers, candidate)) {
                self.well_known.extend(mention.words.clone());
            }
        }
        for (at, mention) in mentions.iter().enumerate() {
            let key = || words.key(mention).into_owned();
            match self.bearer(words, mention) {
                Some(bearer @ (Bearer::Being | Bearer::Doer)) => {
                    // Who does what only people do was one before.
                    let first = if bearer == Bearer::Doer { 0 } else { mention.words.start };
                    let being = self.beings.entry(key()).or_insert(first);
                    *being = first.min(*being);
                    self.parts_of_names.insert(key());
                }
                Some(Bearer::Club) => {
                    self.clubs.insert(key());
                    self.note_fixture(words, mentions, at);
                }
                Some(Bearer::Thing) => drop(self.parts_of_names.insert(key())),
                Some(Bearer::Institution) => {}
                None => self.note_suppressed_person(words, mention),
            }
        }
        for pair in mentions.windows(2) {
            self.note_namesake_in_front(layers, words, &pair[0], &pair[1]);
        }
        for mention in mentions.iter().filter(|mention| cues::is_placed(words, mention)) {
            self.beings.remove(&*words.key(mention));
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
        self.in_fixtures.extend(around.filter(is_bare).map(|mention| mention.words.start));
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
            self.beings.entry(words.key(first).into_owned()).or_insert(first.words.start);
            self.full_strangers.extend([first.words.start, family.words.start]);
            self.strangers.entry(words.key(family).into_owned()).or_insert(family.words.start);
        }
    }

    /// Who is listed as no place is called by either name further on: `Denzel Washington`, then `Washington`.
    fn note_suppressed_person(&mut self, words: &Words<'_>, mention: &Mention) {
        let is_person = mention.refused == Some(Refused::Suppressed) && bearers::is_full_name(words, mention);
        for at in mention.words.clone().filter(|_| is_person) {
            self.beings.entry(words.sense(at).folded.to_string()).or_insert(at);
        }
    }

    /// What the words beside a mention say of it.
    fn note_neighbours(&mut self, layers: &Layers, words: &Words<'_>, mentions: &[Mention], at: usize) {
        let mention = &mentions[at];
        let beside = cues::listed_beside(words, mentions, at);
        self.note_cue(words, mention, !beside.is_empty());
        if cues::is_named_inside(words, mentions, at) && may_contain(layers, &mentions[at + 1], mention) {
            self.placed.insert(mention.words.start);
        }
        let is_plain_place = |beside: &&Mention| {
            sole_meaning(layers, beside).is_some_and(|candidate| {
                let is_place = layers.entry(candidate.at.entry).kind().label() == "place";
                is_place && is_well_known(layers, candidate) && !is_ordinary_word(layers, words, beside, candidate)
            })
        };
        let is_person = |beside: &&Mention| {
            let is_being = self.beings.get(&*words.key(beside)).is_some_and(|&first| first <= beside.words.start);
            // Nothing but the rest of the document says so, or what is done there; a first name may be a part of a place's.
            let is_bare = matches!(self.bearer(words, beside), None | Some(Bearer::Doer));
            is_being && is_bare && !cues::has_preposition(words, beside)
        };
        if beside.iter().any(is_person) {
            self.among_people.insert(mention.words.start);
        }
        if beside.iter().any(is_plain_place) {
            self.listed.insert(mention.words.start);
        }
        if words.shape(mention.words.start) == Shape::Title && !words.starts_sentence(mention.words.start) {
            self.named.insert(words.key(mention).into_owned());
        }
        if cues::is_end_of_way(words, mentions, at) {
            self.on_way.insert(mention.words.start);
        }
        if cues::is_outside_named_state(layers, words, mentions, at) {
            self.misplaced.insert(mention.words.start);
        }
    }

    /// The entries that a mention may be, the people whom it names in full, and strangers.
    fn note_entries(&mut self, layers: &Layers, words: &Words<'_>, mention: &Mention) {
        if mention.refused == Some(Refused::Stranger) {
            let family = words.sense(mention.words.end - 1).folded.to_string();
            self.strangers.entry(family).or_insert(mention.words.start);
        }
        for candidate in mention.candidates.iter().filter(|candidate| is_plain(layers, candidate)) {
            self.mentioned.insert(candidate.at.entry);
            if candidate.parts.as_ref().is_some_and(|parts| !parts.given.is_empty()) {
                self.full_names.entry(candidate.at.entry).or_insert(mention.words.start);
            }
        }
    }

    /// Takes near misses and derived spellings that were believed for anchors; whether there were any new ones.
    pub(super) fn learn(&mut self, layers: &Layers, resolutions: &[Resolution]) -> bool {
        let before = self.anchors.len();
        for chosen in resolutions.iter().filter_map(Resolution::chosen) {
            if chosen.is_inexact() && !is_demonym(chosen, layers) && !self.is_anchor(chosen.at.entry) {
                self.add_anchor(layers, chosen.at.entry);
            }
        }
        self.anchors.len() > before
    }

    fn note_cue(&mut self, words: &Words<'_>, mention: &Mention, is_in_list: bool) {
        let is_fuzzy = mention.candidates.first().is_some_and(|candidate| candidate.method == Method::Fuzzy);
        if !is_fuzzy && !is_persons_name(words, mention) {
            return;
        }
        let is_cued = cues::has_sure_preposition(words, mention)
            || !cues::head_noun_kinds(words, mention).is_empty()
            || is_in_list;
        let occurrences = self.unsure.entry(words.key(mention).into_owned()).or_default();
        occurrences.all += 1;
        occurrences.cued += usize::from(is_cued);
    }

    /// How often the document has such a near miss or first name.
    pub(super) fn occurrences(&self, words: &Words<'_>, mention: &Mention) -> Occurrences {
        self.unsure.get(&*words.key(mention)).copied().unwrap_or_default()
    }

    /// Whether a mention is a word of the document's language, other than English, and may owe its capital to its place or to being a German noun.
    pub(super) fn is_foreign_word(&self, words: &Words<'_>, mention: &Mention) -> bool {
        let first = mention.words.start;
        let languages = FOREIGN_WORDS.get(words.surface(first).to_lowercase().as_str());
        let (1, Some(languages), Some(lang)) = (mention.words.len(), languages, languages.and_then(|_| self.lang()))
        else {
            return false;
        };
        let has_capital_anyway = lang.language() == "de" || words.starts_sentence(first);
        has_capital_anyway && languages.contains(&lang.language())
    }

    /// Whether a mention is beyond doubt without looking at the rest of the document.
    fn is_solid(&self, layers: &Layers, words: &Words<'_>, mention: &Mention, candidate: &Candidate) -> bool {
        candidate.method != Method::Fuzzy
            && !is_ordinary_word(layers, words, mention, candidate)
            && !self.is_foreign_word(words, mention)
            && !needs_support(self, layers, words, mention, candidate)
            && words.shape(mention.words.start) != Shape::Lower
    }

    fn add_anchor(&mut self, layers: &Layers, entry: u32) {
        if !self.anchors.insert(entry) {
            return;
        }
        self.around.extend(containers(layers, entry).iter());
        let listed = layers.entry(entry);
        if let Some(point) = point_of(listed) {
            self.located.entry(point.latitude.floor() as i32).or_default().push((entry, point));
        }
        if !listed.country().is_blank() && listed.kind() != Kind::Person {
            *self.countries.entry(listed.country()).or_default() += 1;
        }
    }

    /// Whether the person is in office, or was at the document's date.
    pub(super) fn is_in_office(&self, person: PersonView<'_>) -> bool {
        person.is_in_office(self.as_of.as_deref())
    }

    /// Whether a mention is a family name alone that nobody in office bears: sooner the end of a stranger's name.
    fn is_common_family_name(&self, layers: &Layers, mention: &Mention) -> bool {
        let is_private = |candidate: &Candidate| {
            let is_alone = candidate.parts.as_ref().is_some_and(|parts| parts.given.is_empty());
            is_alone && !candidate.at.entry(layers).person().is_some_and(|person| self.is_in_office(person))
        };
        !mention.candidates.is_empty() && mention.candidates.iter().all(is_private)
    }

    /// Whether the document mentions the entry, beyond doubt or not.
    pub(super) fn mentions(&self, entry: u32) -> bool {
        self.mentioned.contains(&entry)
    }

    /// Whether the document names the person in full.
    pub(super) fn names_in_full(&self, entry: u32) -> bool {
        self.full_names.contains_key(&entry)
    }

    /// Whether the document names the person in full before the word at `index`.
    pub(super) fn has_introduced(&self, entry: u32, index: usize) -> bool {
        self.full_names.get(&entry).is_some_and(|&first| first < index)
    }

    /// Whether a mention is only a part of a person's or firm's name, by the words beside it, if it may be of this kind.
    pub(super) fn is_part_of_name(&self, words: &Words<'_>, mention: &Mention, kind: Kind) -> bool {
        match self.bearer(words, mention) {
            Some(Bearer::Club) => is_settlement(kind),
            Some(_) => true,
            None if self.full_strangers.contains(&mention.words.start) => true,
            None => {
                let is_club = self.in_fixtures.contains(&mention.words.start);
                is_settlement(kind) && (is_club || self.is_after_foreign_name(words, mention))
            }
        }
    }

    /// Whether the mention, an ordinary word, ends a longer name that no mention explains: `Moscow State University`.
    pub(super) fn is_end_of_name(&self, words: &Words<'_>, mention: &Mention) -> bool {
        let first = mention.words.start;
        let is_name = |at: usize| words.shape(at) == Shape::Title && !self.covered.contains(&at);
        first > 0 && words.joint(first) == Joint::Space && is_name(first - 1) && !words.starts_sentence(first - 1)
    }

    /// Whether a first name may stand before the mention that no list has, in an English text: `Stijn Goris`.
    fn is_after_foreign_name(&self, words: &Words<'_>, mention: &Mention) -> bool {
        let first = mention.words.start;
        let is_name = |at: usize| {
            let word = words.sense(at);
            words.shape(at) == Shape::Title && word.folded.len() > 2 && !self.covered.contains(&at) && !word.is_known()
        };
        let is_english = || self.lang() == Some(Lang::ENGLISH);
        let is_joined = mention.words.len() == 1 && first > 0 && words.joint(first) == Joint::Space;
        is_joined && is_english() && is_name(first - 1) && !words.starts_sentence(first - 1)
    }

    /// What bears the name of which a mention is only a part.
    fn bearer(&self, words: &Words<'_>, mention: &Mention) -> Option<Bearer> {
        let find = || match bearers::bearer(words, mention) {
            Some(Bearer::Being) => Some(Bearer::Being),
            thing => self.is_part_of_persons_name(words, mention).then_some(Bearer::Being).or(thing),
        };
        // What mentions explain is known before this is asked, and stays.
        words.beside(mention).map_or_else(find, |beside| *beside.bearer.get_or_init(find))
    }

    fn is_part_of_persons_name(&self, words: &Words<'_>, mention: &Mention) -> bool {
        let is_covered = |at: usize| self.covered.contains(&at);
        let is_known = mention.words.clone().any(|at| self.well_known.contains(&at));
        let is_like_family_name =
            super::nouns::is_like_family_name(&words.key(mention)) && self.lang() == Some(Lang::ENGLISH);
        let is_first_name = |at: usize| {
            let word = words.sense(at);
            // `In`, `May` and `Will` are somebody's first names as well.
            let is_word = word.is_word || word.is_calendar;
            let is_unknown =
                || (!is_known || is_like_family_name) && word.folded.len() > 2 && !is_covered(at) && !word.is_known();
            !is_word && !self.well_known.contains(&at) && (word.is_personal_name || is_unknown())
        };
        cues::is_part_of_name(words, mention, is_covered, is_first_name)
    }

    /// Whether the document gives the surface to a person or ship, and never to a place; or, of a little known place, to a firm.
    pub(super) fn is_of_person(
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
        let is_being = || self.beings.get(&*key).is_some_and(|&first| first <= mention.words.start);
        let is_club = || self.clubs.contains(&*key) && is_settlement(layers.entry(candidate.at.entry).kind());
        let is_part = || !is_well_known(layers, candidate) && self.parts_of_names.contains(&*key);
        let is_among_people = || !is_well_known(layers, candidate) && self.among_people.contains(&mention.words.start);
        let is_persons = || is_being() || is_club() || is_among_people();
        (is_part() && !self.is_placed(mention)) || (is_persons() && !is_place())
    }

    /// Whether what contains the mention follows it: `Orange, California`.
    pub(super) fn is_placed(&self, mention: &Mention) -> bool {
        self.placed.contains(&mention.words.start)
    }

    /// Whether a state follows the mention that contains none of its candidates.
    pub(super) fn is_misplaced(&self, mention: &Mention) -> bool {
        self.misplaced.contains(&mention.words.start)
    }

    /// Whether the document has given this family name to a stranger before.
    pub(super) fn has_stranger(&self, words: &Words<'_>, mention: &Mention) -> bool {
        let first = self.strangers.get(&*words.sense(mention.words.end - 1).folded);
        self.full_strangers.contains(&mention.words.start) || first.is_some_and(|&first| first < mention.words.start)
    }

    /// Whether some place of the country is mentioned beyond doubt.
    pub(super) fn has_country(&self, code: CountryCode) -> bool {
        !code.is_blank() && self.countries.contains_key(&code)
    }

    /// The share of the places mentioned beyond doubt that lie in the country.
    pub(super) fn focus(&self, code: CountryCode) -> f64 {
        let all: usize = self.countries.values().sum();
        let inside = self.countries.get(&code).copied().unwrap_or_default();
        if code.is_blank() || all == 0 { 0.0 } else { inside as f64 / all as f64 }
    }

    /// Whether another place of the entry's country is mentioned beyond doubt, or one that the entry contains or is in.
    pub(super) fn has_company(&self, layers: &Layers, entry: u32) -> bool {
        let all = self.countries.get(&layers.entry(entry).country()).copied().unwrap_or_default();
        let is_local = |outer: &u32| !layers.entry(*outer).country().is_blank() && self.is_anchor(*outer);
        all > usize::from(self.is_anchor(entry))
            || self.is_around(entry)
            || containers(layers, entry).iter().any(is_local)
    }

    /// Whether the document has the surface with a capital inside a sentence.
    pub(super) fn is_named(&self, words: &Words<'_>, mention: &Mention) -> bool {
        self.named.contains(&*words.key(mention))
    }

    /// Whether the document has the surface, which may owe its capital to its place, in small letters as well.
    pub(super) fn is_small_elsewhere(&self, words: &Words<'_>, mention: &Mention) -> bool {
        self.small.contains(&*words.key(mention))
    }

    /// Whether the mention is an end of a way.
    pub(super) fn is_on_way(&self, mention: &Mention) -> bool {
        self.on_way.contains(&mention.words.start)
    }

    /// Whether the mention stands in a list beside a well known place.
    pub(super) fn is_listed(&self, mention: &Mention) -> bool {
        self.listed.contains(&mention.words.start)
    }

    /// Whether the entry contains an anchor.
    pub(super) fn is_around(&self, entry: u32) -> bool {
        self.around.contains(&entry)
    }

    /// Whether a place with a point of its own is mentioned within so many kilometres of `entry`, other than the entry itself
    /// and what it contains: a town is no evidence for its district.
    pub(super) fn has_anchor_near(&self, layers: &Layers, entry: u32, kilometres: f64) -> bool {
        // A little less than there are, so that rounding leaves nothing out.
        const KILOMETRES_A_DEGREE: f64 = 111.0;
        let Some(here) = point_of(layers.entry(entry)) else {
            return false;
        };
        let degree = |kilometres: f64| (here.latitude + kilometres / KILOMETRES_A_DEGREE).floor() as i32;
        let mut anchors = self.located.range(degree(-kilometres)..=degree(kilometres)).flat_map(|(_, anchors)| anchors);
        anchors.any(|&(anchor, there)| {
            anchor != entry && here.kilometres_to(there) <= kilometres && !contains(layers, entry, anchor)
        })
    }

    /// The document's language, if it can be told.
    pub(super) fn lang(&self) -> Option<Lang> {
        *self.lang.get_or_init(|| detect_language(&self.sample))
    }

    /// Whether the document does without capitals.
    pub(super) fn is_lower_case(&self) -> bool {
        self.is_lower_case
    }

    /// Whether another place in the same country or container is mentioned beyond doubt, or the place itself.
    pub(super) fn supports(&self, layers: &Layers, entry: u32) -> bool {
        // A continent contains too much to speak for a village.
        let is_local = |outer: &u32| !layers.entry(*outer).country().is_blank();
        let is_near = |outer: &u32| is_local(outer) && (self.is_anchor(*outer) || self.is_around(*outer));
        self.is_anchor(entry)
            || self.has_country(layers.entry(entry).country())
            || containers(layers, entry).iter().any(is_near)
    }

    /// Whether the entry itself is an anchor.
    pub(super) fn is_anchor(&self, entry: u32) -> bool {
        self.anchors.contains(&entry)
    }
}

/// Whether clubs and ships are called after places of this kind, without a word of their own.
pub(super) fn is_settlement(kind: Kind) -> bool {
    matches!(kind, Kind::City | Kind::Town | Kind::Village | Kind::District)
}

/// Where an entry lies, if that is a point and no area.
fn point_of(entry: EntryView<'_>) -> Option<Point> {
    let is_area = matches!(entry.kind(), Kind::Country | Kind::Region | Kind::District | Kind::Sea);
    entry.point().filter(|_| !is_area)
}

/// Whether a candidate is a person, a country, or a place that news names or that many live in.
pub(super) fn is_well_known(layers: &Layers, candidate: &Candidate) -> bool {
    layers.entry(candidate.at.entry).is_well_known()
}

/// Whether something that one mention may be contains something that the other may be.
fn may_contain(layers: &Layers, outer: &Mention, inner: &Mention) -> bool {
    let is_inside =
        |inner: &Candidate| outer.candidates.iter().any(|outer| contains(layers, outer.at.entry, inner.at.entry));
    inner.candidates.iter().any(is_inside)
}

/// The only candidate, or the innermost of candidates that contain one another: a town beside its district. Beside a well known place
/// others do not count: Armenia is a city in Colombia as well.
fn sole_meaning<'m>(layers: &Layers, mention: &'m Mention) -> Option<&'m Candidate> {
    let is_known = |candidate: &&Candidate| is_well_known(layers, candidate);
    let has_known = mention.candidates.iter().any(|candidate| is_known(&candidate));
    // Of so many namesakes none is evidence, and comparing all with all would take long.
    if mention.candidates.len() > MAX_NAMESAKES {
        return None;
    }
    let counting = || mention.candidates.iter().filter(|candidate| !has_known || is_known(candidate));
    let is_innermost = |inner: &&Candidate| {
        let mut others = counting().filter(|other| other.at.entry != inner.at.entry);
        others.all(|outer| contains(layers, outer.at.entry, inner.at.entry))
    };
    counting().filter(|candidate| is_plain(layers, candidate)).find(is_innermost)
}

const MAX_NAMESAKES: usize = 256;

/// Whether a candidate is evidence by itself: a name, not an adjective, by a spelling that needs no evidence.
fn is_plain(layers: &Layers, candidate: &Candidate) -> bool {
    !candidate.at.spelling(layers).has_needs() && !is_demonym(candidate, layers)
}

/// So many bytes from the start of a document tell its language.
const SAMPLE: usize = 4 << 10;

/// Whether a mention is one word that English also uses in small letters (`Tartar`, `Male`, `Turkey`), or a little known place whose name
/// is listed as common. Well known places are meant oftener than the people who bear their names (`Washington`).
pub(super) fn is_ordinary_word(layers: &Layers, words: &Words<'_>, mention: &Mention, candidate: &Candidate) -> bool {
    // A word with marks is no English one: `Réunion`.
    let surface = words.surface(mention.words.start);
    let is_word = || mention.words.len() == 1 && surface.is_ascii() && words.sense(mention.words.start).is_word;
    (mention.is_common && !is_well_known(layers, candidate)) || is_word()
}
