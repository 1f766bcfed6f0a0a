//! What an unlisted word of a text may be a misspelling of: the listed names that sound most like it, whoever romanised them.
//!
//! Skeletons and sketches find some dozens, the aligner compares those, and `acceptance` says whether the best is believed. Plain edit
//! distance was rejected: at the same number of false alarms it finds a third of what this finds.

use super::acceptance::{Likeness, Query};
use super::heard::HeardNames;
use super::index::{ListedSkeletons, NearNames, Part, add_neighbours, family_or_whole, indexes, near_text};
use super::lookup::MAX_UNLISTED_SCORE;
use super::mention::SpellingRef;
use super::nearest::{Nearest, is_rival};
use crate::gazetteer::compiled::{EntryView, Layers, SpellingView};
use crate::gazetteer::{Rewrite, SpellingKind};
use crate::script::Script;
use crate::text::key_of;
use crate::translit::{Aligner, Outline, Skeleton, Sketch, SketchQuery, Sounding};

/// Readings of the words are followed up to this penalty.
const QUERY_PENALTY: u16 = 200;
/// What sounds less alike is no near miss, whatever else speaks for it.
const MIN_SCORE: f32 = 0.78;
/// What sounds less alike is no rival.
const MIN_ROUGH: f32 = 0.72;
/// An entry that is so much further at first sight is not looked at again.
const MAX_BEHIND: f32 = 0.05;
/// Entries that are compared: the best and its rivals.
const MAX_ENTRIES: usize = 8;
/// A candidate this much worse than the best is as good: namesakes.
const TIE: f32 = 0.001;
/// Family names this much worse are as good: the first names before them decide.
const FAMILY_TIE: f32 = 0.1;
/// Of so many symbols of an outline, or a part of so many, one may differ.
const SYMBOLS_AN_EDIT: usize = 4;

/// English endings of adjectives, inhabitants and possessives.
const ENDINGS: [&str; 17] =
    ["n", "an", "ian", "ean", "s", "ns", "ans", "ese", "er", "ers", "i", "is", "ite", "ites", "ish", "sky", "y"];
/// Those of them that make family names as well.
const DERIVING: [&str; 3] = ["i", "an", "ian"];
const MIN_STEM: usize = 5;

/// Names near some words of a text.
#[derive(Clone, Debug)]
pub(super) struct NearMiss {
    /// How alike they sound, from 0 to 1.
    pub(super) score: f64,
    /// By how much the evidence exceeds what the acceptance asks for, in logarithms of odds; negative if it doesn't.
    pub(super) surplus: f64,
    pub(super) targets: Vec<(SpellingRef, Part)>,
}

impl NearMiss {
    /// Whether it is somebody's family name.
    pub(super) fn is_person(&self) -> bool {
        self.targets.iter().any(|(_, part)| *part == Part::Family)
    }
}

/// Whether a text is searched for misspellings of a spelling at all. A little known place of a large register has too many neighbours
/// for its near misses to be believed.
pub(super) fn is_looked_for(entry: EntryView<'_>, spelling: SpellingView<'_>) -> bool {
    let kind = spelling.kind();
    let is_name =
        !matches!(kind, SpellingKind::Misspelling | SpellingKind::Mistranslation | SpellingKind::Abbreviation);
    let is_foreign = kind == SpellingKind::Exonym && Script::of(spelling.text()) == Some(Script::Latin);
    // Scripts without case say no more than romanisations do, and a text in them does not tell names from words.
    let has_case = spelling.text().chars().any(char::is_uppercase);
    entry.is_well_known()
        && has_case
        && is_name
        && !is_foreign
        && !spelling.has_needs()
        && spelling.rewrite() != Some(Rewrite::Never)
}

/// The search for near misses, with the memory that it needs.
pub(super) struct NearMissSearch<'m> {
    layers: &'m Layers,
    listed_skeletons: &'m ListedSkeletons,
    names: Vec<NearNames<'m>>,
    heard: &'m mut HeardNames,
    query: Sounding,
    outline: Outline,
    sketch: SketchQuery,
    skeletons: Vec<Skeleton>,
    aligner: Aligner,
    found: Vec<u32>,
}

impl<'m> NearMissSearch<'m> {
    pub(super) fn new(layers: &'m Layers, listed_skeletons: &'m ListedSkeletons, heard: &'m mut HeardNames) -> Self {
        Self {
            layers,
            listed_skeletons,
            heard,
            names: Vec::new(),
            query: Sounding::default(),
            outline: Outline::default(),
            sketch: SketchQuery::new(Sketch::default()),
            skeletons: Vec::new(),
            aligner: Aligner::default(),
            found: Vec::new(),
        }
    }

    /// The names nearest to `text`, if any is near and its surplus not less than asked; `may_be` refuses spellings that other reasons
    /// speak against.
    pub(super) fn nearest(
        &mut self,
        text: &str,
        least_surplus: f64,
        may_be: impl Fn(&str, f32) -> bool,
    ) -> Option<NearMiss> {
        self.query.read(text);
        self.find(text);
        // Most words are near none: the others are compared twice.
        if !self.is_near_any(&may_be) {
            return None;
        }
        let mut rough = Nearest::new(MAX_ENTRIES);
        for at in 0..self.found.len() {
            self.compare(self.found[at], &may_be, &mut rough);
        }
        let best = rough.ranked.first().map(|&(score, _)| score).filter(|&score| score >= MIN_SCORE)?;
        let mut nearest = Nearest::new(MAX_ENTRIES);
        for (score, at) in rough.ranked {
            nearest.add(score, at);
            if best - score < MAX_BEHIND {
                self.compare_others(at, &may_be, &mut nearest);
            }
        }
        let &(score, best) = nearest.ranked.first()?;
        let surplus = self.surplus(text, &nearest, least_surplus)?;
        if self.is_adjective(text, best, score) {
            return None;
        }
        let targets = nearest.ranked.iter().map(|&(other, at)| (score - other, at, self.part(at)));
        let is_as_good =
            |&(less, _, part): &(f32, SpellingRef, Part)| less < TIE || (part == Part::Family && less < FAMILY_TIE);
        let targets: Vec<_> = targets.filter(is_as_good).map(|(_, at, part)| (at, part)).collect();
        Some(NearMiss { score: f64::from(score).min(MAX_UNLISTED_SCORE), surplus, targets })
    }

    /// Whether any of the spellings found sounds like the query.
    fn is_near_any(&mut self, may_be: &impl Fn(&str, f32) -> bool) -> bool {
        (0..self.found.len()).any(|at| {
            let spelling = self.layers.spelling(self.found[at]);
            let text = near_text(self.layers.entry(spelling.entry()), spelling);
            self.like(text, MIN_SCORE).is_some_and(|score| may_be(text, score))
        })
    }

    /// By how much the evidence for the nearest exceeds what is asked for, if not by less than `least`: what the other spellings could say
    /// for it at best is often too little to listen to them.
    fn surplus(&mut self, text: &str, nearest: &Nearest, least: f64) -> Option<f64> {
        let &(score, best) = nearest.ranked.first()?;
        let (query, listed) = (Query::new(text), self.text(best));
        let spellings = self.names.iter().map(|names| names.len()).sum();
        let surplus =
            |likeness| Some(query.weigh(listed, likeness, spellings).surplus()).filter(|&known| known >= least);
        let rival = f64::from(MIN_ROUGH);
        let at_most = Likeness { best: f64::from(score), second: 1.0, canonical: 1.0, rival };
        surplus(at_most)?;
        let rival = nearest.ranked.iter().find(|(_, at)| is_rival(self.layers, best, *at));
        let rival = rival.map_or(at_most.rival, |&(score, _)| f64::from(score));
        surplus(Likeness { rival, ..at_most })?;
        surplus(self.likeness(best, Likeness { rival, ..at_most }))
    }

    /// The spellings that may be meant.
    fn find(&mut self, text: &str) {
        self.found.clear();
        self.outline.read(text);
        self.sketch = SketchQuery::new(self.outline.sketch());
        self.skeletons.clear();
        self.query.whole_skeletons(QUERY_PENALTY, &mut self.skeletons);
        add_neighbours(&mut self.skeletons, self.listed_skeletons);
        if self.names.is_empty() {
            self.names = indexes(self.layers).map(NearNames::of).collect();
        }
        for names in &self.names {
            names.find(&self.skeletons, &self.sketch, self.edits(), &mut self.found);
        }
        self.found.sort_unstable();
        self.found.dedup();
    }

    /// In how many symbols of their outlines a spelling and the query may differ.
    fn edits(&self) -> usize {
        self.sketch.len().div_ceil(SYMBOLS_AN_EDIT)
    }

    fn compare(&mut self, number: u32, may_be: &impl Fn(&str, f32) -> bool, nearest: &mut Nearest) {
        let spelling = self.layers.spelling(number);
        let at = SpellingRef { entry: spelling.entry(), spelling: number };
        let text = self.text(at);
        let score = self.like(text, nearest.least(at.entry).max(MIN_ROUGH));
        if let Some(score) = score.filter(|&score| may_be(text, score)) {
            nearest.add(score, at);
        }
    }

    /// Compares the other spellings of an entry: a skeleton finds one, and another may be nearer.
    fn compare_others(&mut self, at: SpellingRef, may_be: &impl Fn(&str, f32) -> bool, nearest: &mut Nearest) {
        let (entry, base) = (at.entry(self.layers), at.spelling ^ at.spelling(self.layers).number());
        for spelling in entry.spellings().filter(|&spelling| is_looked_for(entry, spelling)) {
            let sketch = self.heard.get(near_text(entry, spelling)).sketch;
            if self.sketch.is_within(sketch, self.edits()) {
                self.compare(base | spelling.number(), may_be, nearest);
            }
        }
    }

    /// What the entry's other spellings say for the best of them.
    fn likeness(&mut self, at: SpellingRef, likeness: Likeness) -> Likeness {
        let entry = at.entry(self.layers);
        let key = key_of(self.text(at));
        let second = self.second(entry, &key).map_or(likeness.best, f64::from);
        let canonical = self.like(family_or_whole(entry, entry.canonical()), 0.0).map_or(0.0, f64::from);
        Likeness { second, canonical, ..likeness }
    }

    /// How alike the nearest of an entry's spellings sounds that fold to another key; `None` if there is no other.
    fn second(&mut self, entry: EntryView<'_>, key: &str) -> Option<f32> {
        let mut second = None;
        for text in entry.spellings().map(|spelling| near_text(entry, spelling)) {
            let edits = self.edits();
            let heard = self.heard.get(text);
            let is_near = self.sketch.is_within(heard.sketch, edits);
            if (!is_near && second.is_some()) || heard.key == key {
                continue;
            }
            let least = second.unwrap_or(0.0);
            let like = if is_near { self.like(text, least) } else { None };
            second = Some(like.unwrap_or(least));
        }
        second
    }

    /// How alike the query and a spelling sound; `None` if less than `least`.
    fn like(&mut self, text: &str, least: f32) -> Option<f32> {
        self.aligner.similarity(&self.query, self.heard.get(text).sounding(text), least)
    }

    /// Whether the words are a name of the entry, or something that sounds more like it, with an ending: `Alexandrian` is no misspelling of
    /// Alexandria, and Nahjavani none of Nakhchivan. What a family name goes on with makes another family's.
    fn is_adjective(&mut self, text: &str, best: SpellingRef, score: f32) -> bool {
        let word = key_of(text);
        let is_ending =
            |ending: &str| !ending.is_empty() && (self.part(best) == Part::Family || ENDINGS.contains(&ending));
        let is_from = |name: &str| word.strip_prefix(name).is_some_and(is_ending);
        let entry = best.entry(self.layers);
        let is_of = |name: String| {
            is_from(&name) || (name.len() > 4 && name.strip_suffix(['a', 'e', 'i', 'o']).is_some_and(is_from))
        };
        // Most begin with another letter, and need no folding to tell.
        let begins = |text: &&str| {
            let first = text.bytes().next().filter(u8::is_ascii_alphanumeric);
            first.is_none_or(|first| word.bytes().next() == Some(first.to_ascii_lowercase()))
        };
        let mut texts = entry.spellings().map(|spelling| near_text(entry, spelling)).filter(begins);
        if texts.any(|text| is_of(key_of(text))) {
            return true;
        }
        let stems = DERIVING.iter().filter_map(|ending| word.strip_suffix(ending));
        let stems: Vec<&str> = stems.filter(|stem| stem.len() >= MIN_STEM).collect();
        let listed = self.text(best);
        let mut stem = Sounding::default();
        stems.iter().any(|text| {
            stem.read(text);
            let listed = self.heard.get(listed).sounding(listed);
            self.aligner.similarity(&stem, listed, score).is_some_and(|of_stem| of_stem > score)
        })
    }

    fn text(&self, at: SpellingRef) -> &'m str {
        near_text(at.entry(self.layers), at.spelling(self.layers))
    }

    fn part(&self, at: SpellingRef) -> Part {
        if at.entry(self.layers).person().is_some() { Part::Family } else { Part::Whole }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::Gazetteer;
    use crate::matcher::Matcher;

    const NAMES: &str = "Stepanakert Shusha Yevlakh Jabrayil Voskepar Tbilisi Sukhumi Akhalkalaki Kharkiv Hajigabul Mingachevir Zaporizhzhia";

    fn matcher() -> Matcher {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.csv");
        let rows: Vec<String> = NAMES.split(' ').map(|name| format!("{name},city,\n")).collect();
        let people = "Nagorno-Karabakh,region,\nNikol Pashinyan,person,Pashinyan\n";
        std::fs::write(&path, format!("name,kind,variants\n{}{people}", rows.concat())).unwrap();
        Matcher::builder().build(&Gazetteer::from_path(path).unwrap()).unwrap()
    }

    fn best(text: &str) -> Option<(String, f64)> {
        let matcher = matcher();
        let (skeletons, mut heard) = (ListedSkeletons::of(matcher.layers()), HeardNames::default());
        let mut search = NearMissSearch::new(matcher.layers(), &skeletons, &mut heard);
        let near = search.nearest(text, f64::MIN, |_, _| true)?;
        Some((near.targets[0].0.entry(matcher.layers()).canonical().to_owned(), near.score))
    }

    #[test]
    fn romanisations_and_slips_are_found_in_any_script() {
        let cases = [
            ("Stepanakert", "Stefanakerd Stepnakert Stepanakret Степанакерт Ստեփանակերտ"),
            ("Yevlakh", "Jewlach Evlah Yevlkah"),
            ("Jabrayil", "Djebrail Dschabrajil"),
            ("Akhalkalaki", "Achalkalaki Axalkalaqi"),
            ("Zaporizhzhia", "Saporischschja Zaporischja"),
            ("Mingachevir", "Mingatschewir Mingaçevir"),
        ];
        for (name, spellings) in cases {
            for spelling in spellings.split(' ') {
                let found = best(spelling);
                assert!(
                    found.as_ref().is_some_and(|(found, score)| found == name && *score < 1.0),
                    "{spelling}: {found:?}"
                );
            }
        }
        assert_eq!(best("Nagorno-Karbakh").unwrap().0, "Nagorno-Karabakh");
    }

    #[test]
    fn other_words_and_adjectives_are_not() {
        for text in ["Boris", "Kensington", "Tbilisian", "Sukhumis", "Karbakh", "Ա", ""] {
            assert_eq!(best(text), None, "{text}");
        }
    }

    /// What a word of running text costs, by the names of the bundled gazetteer. Run as `WORDS=words.txt cargo test --release --lib
    /// near_miss -- --ignored --nocapture`, with a distinct word a line.
    #[test]
    #[cfg(feature = "bundled")]
    #[ignore = "a measurement on words that the repository does not have"]
    #[allow(clippy::print_stdout, reason = "a measurement is to be read")]
    fn measure_time() {
        let matcher = Matcher::bundled().unwrap();
        let words = std::fs::read_to_string(std::env::var("WORDS").unwrap()).unwrap();
        let words: Vec<&str> = words.lines().collect();
        let (skeletons, mut heard) = (ListedSkeletons::of(matcher.layers()), HeardNames::default());
        let mut search = NearMissSearch::new(matcher.layers(), &skeletons, &mut heard);
        let (mut near, mut compared) = (0, 0);
        let start = std::time::Instant::now();
        for word in &words {
            near += usize::from(search.nearest(word, f64::MIN, |_, _| true).is_some());
            compared += search.found.len();
        }
        let nanoseconds = start.elapsed().as_nanos() as usize / words.len();
        println!(
            "{} words, {near} near a name: {nanoseconds} ns and {} spellings compared a word",
            words.len(),
            compared as f64 / words.len() as f64
        );
    }
}
