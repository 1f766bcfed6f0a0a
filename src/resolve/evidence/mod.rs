//! What a document says about itself: the entries that it mentions beyond doubt (`anchors`), who else bears their names (`others`), the people it names
//! in full, and what the words beside a mention say. Gathered before anything is decided, so that the last sentence counts for the first.

mod anchors;
mod meaning;
mod others;

use std::cell::OnceCell;

use rustc_hash::{FxHashMap, FxHashSet};

use anchors::Anchors;
pub(super) use meaning::{is_ordinary_word, is_settlement, is_well_known};
use meaning::{is_plain, may_contain, sole_meaning};
use others::Others;

use super::bearers::Bearer;
use super::document_words::{is_lower_case, small_elsewhere};
use super::gates::{is_persons_name, letters, needs_support};
use super::words::Words;
use super::{Resolution, Setting, cues, is_demonym};
use crate::gazetteer::compiled::{CountryCode, Layers, PersonView};
use crate::gazetteer::{Kind, SpellingKind};
use crate::lang::Lang;
use crate::matcher::{Candidate, Mention, Method, Refused};
use crate::span::Span;
use crate::text::{Shape, detect_language, text_outside};

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
    /// What it mentions beyond doubt.
    pub(super) anchors: Anchors,
    /// Who else bears its names.
    others: Others,
    /// Entries that some mention may be, other than by a spelling that itself needs evidence.
    mentioned: FxHashSet<u32>,
    /// Countries of whose people or things it speaks by an adjective, as of `Kenyan doctors`.
    adjectives: FxHashSet<CountryCode>,
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
    /// First words of mentions that what contains them follows: `Orange, California`.
    placed: FxHashSet<usize>,
    /// First words of mentions that say what contains the one before: `Orange, California`.
    placing: FxHashSet<usize>,
    /// First words of mentions beside a division in a list: `Oregon, Washington and Idaho`.
    among_divisions: FxHashSet<usize>,
    /// First words of mentions that a state of North America follows which does not contain them: `Paris, Texas`.
    misplaced: FxHashSet<usize>,
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
            if let Some(candidate) = sole_meaning(layers, words, mention)
                && evidence.is_solid(layers, words, mention, candidate)
                && !evidence.is_of_person(layers, words, mention, candidate)
            {
                evidence.anchors.add(layers, candidate.at.entry);
            }
        }
        evidence
    }

    /// What the words beside a mention say of it.
    fn note_neighbours(&mut self, layers: &Layers, words: &Words<'_>, mentions: &[Mention], at: usize) {
        let mention = &mentions[at];
        let beside = cues::listed_beside(words, mentions, at);
        self.note_cue(layers, words, mention, !beside.is_empty());
        let is_within = |outer: usize| may_contain(layers, words, &mentions[outer], mention);
        if let Some(outer) = cues::container(words, mentions, at).filter(|&outer| is_within(outer)) {
            self.placed.insert(mention.words.start);
            self.placing.insert(mentions[outer].words.start);
        }
        let is_division = |candidate: &Candidate| layers.entry(candidate.at.entry).kind() == Kind::Region;
        if beside.iter().any(|beside| beside.candidates.first().is_some_and(is_division)) {
            self.among_divisions.insert(mention.words.start);
        }
        let is_plain_place = |beside: &&Mention| {
            sole_meaning(layers, words, beside).is_some_and(|candidate| {
                let is_place = layers.entry(candidate.at.entry).kind().label() == "place";
                is_place && is_well_known(layers, candidate) && !is_ordinary_word(layers, words, beside, candidate)
            })
        };
        let is_person = |beside: &&Mention| {
            let is_being =
                self.others.beings.get(&*words.key(beside)).is_some_and(|&first| first <= beside.words.start);
            // Nothing but the rest of the document says so, or what is done there; a first name may be a part of a place's.
            let is_bare = matches!(self.bearer(words, beside), None | Some(Bearer::Doer));
            is_being && is_bare && !cues::has_preposition(words, beside)
        };
        if beside.iter().any(is_person) {
            self.others.among_people.insert(mention.words.start);
        }
        if beside.iter().any(is_plain_place) {
            self.listed.insert(mention.words.start);
        }
        if words.shape(mention.words.start) == Shape::Title && !words.starts_sentence(mention.words.start) {
            let key = words.key(mention);
            if !self.named.contains(&*key) {
                self.named.insert(key.into_owned());
            }
        }
        if cues::is_end_of_way(words, mentions, at) {
            self.on_way.insert(mention.words.start);
        }
        if cues::is_outside_named_region(layers, words, mentions, at) {
            self.misplaced.insert(mention.words.start);
        }
    }

    /// The entries that a mention may be, the people whom it names in full, and strangers.
    fn note_entries(&mut self, layers: &Layers, words: &Words<'_>, mention: &Mention) {
        if mention.refused == Some(Refused::Stranger) {
            let family = words.sense(mention.words.end - 1).folded.to_string();
            self.others.strangers.entry(family).or_insert(mention.words.start);
        }
        if let [only] = mention.candidates.as_slice()
            && is_demonym(only, layers)
        {
            self.adjectives.insert(only.at.entry(layers).country());
        }
        for candidate in mention.candidates.iter().filter(|candidate| is_plain(layers, candidate)) {
            self.mentioned.insert(candidate.at.entry);
            if candidate.parts.as_ref().is_some_and(|parts| !parts.given.is_empty()) {
                self.full_names.entry(candidate.at.entry).or_insert(mention.words.start);
            }
        }
    }

    /// Takes the chosen entries of some resolutions for anchors; whether there were any new ones.
    pub(super) fn learn<'r>(&mut self, layers: &Layers, resolutions: impl Iterator<Item = &'r Resolution>) -> bool {
        let before = self.anchors.count();
        for chosen in resolutions.filter_map(Resolution::chosen) {
            if !is_demonym(chosen, layers) && !self.anchors.contains(chosen.at.entry) {
                self.anchors.add(layers, chosen.at.entry);
            }
        }
        self.anchors.count() > before
    }

    fn note_cue(&mut self, layers: &Layers, words: &Words<'_>, mention: &Mention, is_in_list: bool) {
        let is_fuzzy = |candidate: &Candidate| candidate.method == Method::Fuzzy;
        let is_bare = mention.words.len() == 1 && !words.sense(mention.words.start).is_proper_noun;
        let is_strange = |candidate: &Candidate| {
            let entry = candidate.at.entry(layers);
            is_bare && is_settlement(entry.kind()) && !entry.is_newsworthy()
        };
        let is_unsure = |candidate: &Candidate| is_fuzzy(candidate) || is_strange(candidate);
        if !mention.candidates.first().is_some_and(is_unsure) && !is_persons_name(words, mention) {
            return;
        }
        let is_cued = cues::has_sure_preposition(words, mention)
            || !cues::head_noun_kinds(words, mention).is_empty()
            || is_in_list;
        let key = words.key(mention);
        let occurrences = match self.unsure.get_mut(&*key) {
            Some(known) => known,
            None => self.unsure.entry(key.into_owned()).or_default(),
        };
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
        let languages = words.sense(first).languages;
        if mention.words.len() > 1 || languages.is_empty() {
            return false;
        }
        self.lang().is_some_and(|lang| {
            let has_capital_anyway = lang.language() == "de" || words.starts_sentence(first);
            has_capital_anyway && languages.contains(&lang.language())
        })
    }

    /// Whether a mention is beyond doubt without looking at the rest of the document.
    fn is_solid(&self, layers: &Layers, words: &Words<'_>, mention: &Mention, candidate: &Candidate) -> bool {
        candidate.method != Method::Fuzzy
            && (!is_ordinary_word(layers, words, mention, candidate)
                || self.is_placed_country(layers, words, mention, candidate))
            && !self.is_foreign_word(words, mention)
            && !self.is_loose_code(layers, words, mention, candidate)
            && !needs_support(self, layers, words, mention, candidate)
            && words.shape(mention.words.start) != Shape::Lower
    }

    /// Whether a word that is a country as well is the country, by what stands beside it: `in Turkey`, `Syria, Turkey and Iran`.
    fn is_placed_country(&self, layers: &Layers, words: &Words<'_>, mention: &Mention, candidate: &Candidate) -> bool {
        let is_country = layers.entry(candidate.at.entry).kind() == Kind::Country;
        let is_cued = || cues::has_preposition(words, mention) || self.is_listed(mention);
        is_country && !words.starts_sentence(mention.words.start) && is_cued()
    }

    /// Whether the person is in office, or was at the document's date.
    pub(super) fn is_in_office(&self, person: PersonView<'_>) -> bool {
        person.is_in_office(self.as_of.as_deref())
    }

    /// Whether the document mentions the entry, beyond doubt or not.
    pub(super) fn mentions(&self, entry: u32) -> bool {
        self.mentioned.contains(&entry)
    }

    /// Whether the document has an adjective of the country.
    pub(super) fn has_adjective_of(&self, code: CountryCode) -> bool {
        !code.is_blank() && self.adjectives.contains(&code)
    }

    /// Whether the document names the person in full.
    pub(super) fn names_in_full(&self, entry: u32) -> bool {
        self.full_names.contains_key(&entry)
    }

    /// Whether the document names the person in full before the word at `index`.
    pub(super) fn has_introduced(&self, entry: u32, index: usize) -> bool {
        self.full_names.get(&entry).is_some_and(|&first| first < index)
    }

    /// Whether what contains the mention follows it: `Orange, California`.
    pub(super) fn is_placed(&self, mention: &Mention) -> bool {
        self.placed.contains(&mention.words.start)
    }

    /// Whether the mention says what contains the one before.
    pub(super) fn is_placing(&self, mention: &Mention) -> bool {
        self.placing.contains(&mention.words.start)
    }

    /// Whether the mention stands beside a division in a list.
    pub(super) fn is_among_divisions(&self, mention: &Mention) -> bool {
        self.among_divisions.contains(&mention.words.start)
    }

    /// Whether the mention is a short form of a division's name that says so only after a town of it: `Springfield, IL`, and not `ILL`, `OR`, `Miss.`. A
    /// longer one that is no word (`NSW`) needs no town.
    pub(super) fn is_loose_code(
        &self,
        layers: &Layers,
        words: &Words<'_>,
        mention: &Mention,
        candidate: &Candidate,
    ) -> bool {
        const MAX_LETTERS: usize = 2;
        let spelling = candidate.at.spelling(layers);
        let is_region = || layers.entry(candidate.at.entry).kind() == Kind::Region;
        let is_short = || letters(words, mention) <= MAX_LETTERS || spelling.text().ends_with('.');
        let is_word = || words.sense(mention.words.start).is_word;
        spelling.kind() == SpellingKind::Abbreviation
            && is_region()
            && (is_short() || is_word())
            && !self.is_placing(mention)
    }

    /// Whether a state follows the mention that contains none of its candidates.
    pub(super) fn is_misplaced(&self, mention: &Mention) -> bool {
        self.misplaced.contains(&mention.words.start)
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

    /// The document's language, if it can be told.
    pub(super) fn lang(&self) -> Option<Lang> {
        *self.lang.get_or_init(|| detect_language(&self.sample))
    }

    /// Whether the document does without capitals.
    pub(super) fn is_lower_case(&self) -> bool {
        self.is_lower_case
    }
}

/// So many bytes from the start of a document tell its language.
const SAMPLE: usize = 4 << 10;
