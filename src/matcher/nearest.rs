//! The entries whose names sound most like a query: skeletons find some thousands, outlines choose two hundred, the aligner
//! ranks those. Making outlines took half the time, so they are remembered (`outlines`). Comparing all names was rejected, a query would
//! take a second in a register of a million; `measure` in the tests below compares the two.

use super::Matcher;
use super::index::{SoundQuery, indexes, near_text, split_person};
use super::mention::SpellingRef;
use crate::gazetteer::compiled::Layers;
use crate::text::key_of;
use crate::translit::{Aligner, Outline, OutlineQuery, Sounding};

/// Most spellings that are aligned with a query.
const MAX_ALIGNED: usize = 200;
/// Scores below this are noise.
const MIN_SCORE: f32 = 0.3;
/// Entries of which all spellings are aligned, not only the one that was found.
const MIN_ENTRIES: usize = 24;

/// The entries that sound most alike so far, best first; of equals the first stays first.
pub(super) struct Nearest {
    limit: usize,
    pub(super) ranked: Vec<(f32, SpellingRef)>,
}

impl Nearest {
    pub(super) fn new(limit: usize) -> Self {
        Self { limit: limit.max(1), ranked: Vec::with_capacity(limit + 1) }
    }

    /// What a spelling of an entry must score to get in, or to take the place of another of the entry.
    pub(super) fn least(&self, entry: u32) -> f32 {
        let known = self.ranked.iter().find(|(_, known)| known.entry == entry);
        known.or(self.ranked.get(self.limit - 1)).map_or(MIN_SCORE, |&(score, _)| score)
    }

    pub(super) fn add(&mut self, score: f32, at: SpellingRef) {
        if let Some(known) = self.ranked.iter().position(|(_, known)| known.entry == at.entry) {
            if self.ranked[known].0 >= score {
                return;
            }
            self.ranked.remove(known);
        }
        let place = self.ranked.partition_point(|&(better, known)| (-better, known.entry) < (-score, at.entry));
        self.ranked.insert(place, (score, at));
        self.ranked.truncate(self.limit);
    }
}

/// Whether an entry is another than the best, and not one of its namesakes: those bear the same name, by whatever spelling, and either is meant.
pub(super) fn is_rival(layers: &Layers, best: SpellingRef, other: SpellingRef) -> bool {
    let (listed, entry) = (best.entry(layers), other.entry(layers));
    let key = key_of(near_text(listed, best.spelling(layers)));
    let has_key = |spelling| key_of(near_text(entry, spelling)) == key;
    best.entry != other.entry
        && key_of(entry.canonical()) != key_of(listed.canonical())
        && !entry.spellings().any(has_key)
}

impl Matcher {
    /// The `limit` entries that sound most like the name, whatever the scripts.
    pub(super) fn nearest(&self, name: &str, limit: usize) -> Nearest {
        let query = Sounding::of(name);
        let mut search =
            Search { layers: &self.layers, query: &query, aligner: Aligner::default(), other: Sounding::default() };
        let mut rough = Nearest::new(limit.max(MIN_ENTRIES));
        let mut likely = self.likely_spellings(name, &query);
        for &spelling in &likely {
            search.align(spelling, &mut rough);
        }
        likely.sort_unstable();
        let mut nearest = Nearest::new(limit);
        for (score, at) in rough.ranked {
            nearest.add(score, at);
            let base = at.spelling ^ at.spelling(&self.layers).number();
            let others = at.entry(&self.layers).spellings().map(|spelling| base | spelling.number());
            // What was aligned before is no nearer than the one that was kept.
            for spelling in others.filter(|number| likely.binary_search(number).is_err()) {
                search.align(spelling, &mut nearest);
            }
        }
        nearest
    }

    /// The spellings that may be meant, found by skeleton and chosen by outline.
    fn likely_spellings(&self, name: &str, query: &Sounding) -> Vec<u32> {
        let asked = SoundQuery::new(query);
        let mut outline = Outline::of(name);
        let wanted = OutlineQuery::new(&outline);
        let mut likeliest = Likeliest::default();
        for (index, outlines) in indexes(&self.layers).zip(self.outlines.iter()) {
            for number in in_order(index.sounding_like(&asked)) {
                let packed = outlines.packed(self.layers.spelling(number), &mut outline);
                let least = likeliest.least;
                let score = wanted.similarity_of_packed(packed, least).unwrap_or_else(|| {
                    if packed != 0 {
                        outline.unpack(packed);
                    }
                    wanted.similarity(&outline, least)
                });
                likeliest.add(score, number);
            }
        }
        likeliest.into_numbers()
    }
}

/// Numbers of one layer in order, each once. They are thousands of a hundred thousand, so marking them takes less than sorting.
fn in_order(numbers: Vec<u32>) -> impl Iterator<Item = u32> {
    let first = numbers.iter().copied().min().unwrap_or(0) & !63;
    let last = numbers.iter().copied().max().unwrap_or(0);
    let mut marks = vec![0u64; (last - first) as usize / 64 + 1];
    for number in &numbers {
        let at = number - first;
        marks[at as usize / 64] |= 1 << (at % 64);
    }
    let marked = move |(at, mut marks): (usize, u64)| {
        std::iter::from_fn(move || {
            let bit = (marks != 0).then(|| marks.trailing_zeros())?;
            marks &= marks - 1;
            Some(first + at as u32 * 64 + bit)
        })
    };
    let any = if numbers.is_empty() { 0 } else { marks.len() };
    marks.into_iter().take(any).enumerate().flat_map(marked)
}

/// The spellings with the likest outlines so far; of equals those that were added first.
struct Likeliest {
    /// What an outline must exceed to get in.
    least: f32,
    scored: Vec<(f32, u32)>,
}

impl Default for Likeliest {
    fn default() -> Self {
        Self { least: -1.0, scored: Vec::with_capacity(2 * MAX_ALIGNED) }
    }
}

impl Likeliest {
    fn add(&mut self, score: f32, number: u32) {
        if score > self.least {
            self.scored.push((score, number));
        }
        if self.scored.len() == 2 * MAX_ALIGNED {
            self.cut();
            self.least = self.scored[MAX_ALIGNED - 1].0;
        }
    }

    fn cut(&mut self) {
        self.scored.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        self.scored.truncate(MAX_ALIGNED);
    }

    fn into_numbers(mut self) -> Vec<u32> {
        self.cut();
        self.scored.into_iter().map(|(_, number)| number).collect()
    }
}

/// The alignments of one query, with the memory they need.
struct Search<'m> {
    layers: &'m Layers,
    query: &'m Sounding,
    aligner: Aligner,
    other: Sounding,
}

impl Search<'_> {
    /// Aligns the query with a spelling, of a person also with the family name.
    fn align(&mut self, number: u32, nearest: &mut Nearest) {
        let spelling = self.layers.spelling(number);
        let at = SpellingRef { entry: spelling.entry(), spelling: number };
        let family = split_person(self.layers.entry(at.entry), spelling.text()).map(|(_, family)| family);
        for text in std::iter::once(spelling.text()).chain(family) {
            self.other.read(text);
            if let Some(score) = self.aligner.similarity(self.query, &self.other, nearest.least(at.entry)) {
                nearest.add(score, at);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use rustc_hash::FxHashSet;

    use super::*;
    use crate::gazetteer::Gazetteer;

    /// The reference: all spellings aligned.
    fn full_scan(soundings: &[(Sounding, SpellingRef)], name: &str) -> Nearest {
        let (query, mut aligner, mut nearest) = (Sounding::of(name), Aligner::default(), Nearest::new(4));
        for (sounding, at) in soundings {
            if let Some(score) = aligner.similarity(&query, sounding, nearest.least(at.entry)) {
                nearest.add(score, *at);
            }
        }
        nearest
    }

    fn soundings(matcher: &Matcher) -> Vec<(Sounding, SpellingRef)> {
        let entries = 0..matcher.layers.all()[0].len();
        let spellings = entries.flat_map(|entry| {
            let spellings = matcher.layers.entry(entry).spellings();
            spellings.map(move |spelling| (spelling.text(), SpellingRef { entry, spelling: spelling.number() }))
        });
        spellings.map(|(text, at)| (Sounding::of(text), at)).collect()
    }

    fn matcher(list: &str) -> Matcher {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.csv");
        std::fs::write(&path, list).unwrap();
        Matcher::builder().build(&Gazetteer::from_path(path).unwrap()).unwrap()
    }

    proptest::proptest! {
        #[test]
        fn numbers_come_in_order(numbers in proptest::collection::vec(proptest::prelude::prop_oneof![0u32..9, 60u32..70, 900u32..1300], 0..40)) {
            let sorted: std::collections::BTreeSet<u32> = numbers.iter().copied().collect();
            proptest::prop_assert!(in_order(numbers).eq(sorted));
        }
    }

    #[test]
    fn the_index_finds_what_a_full_scan_finds() {
        let names = [
            "Stepanakert",
            "Shusha",
            "Yevlakh",
            "Jabrayil",
            "Verin Talin",
            "Nerkin Talin",
            "Didi Lilo",
            "Ağdərə",
            "Gəncə",
            "Voskepar",
            "Tbilisi",
            "Sukhumi",
            "Nagorno-Karabakh",
            "Novoaleksandrovka",
            "Kharkiv",
            "Oni",
            "Hacıqabul",
        ];
        let matcher = matcher(&format!("name\n{}\n", names.join("\n")));
        let soundings = soundings(&matcher);
        let queries = [
            "Stefancart",
            "Ստեփանակերտ",
            "Chouchi",
            "Евлах",
            "Djebrail",
            "Yukhari Talin",
            "Талин Нижний",
            "Лило",
            "Agdere",
            "گنجه",
            "Voskeparisp",
            "თბილისი",
            "Soukhoumi",
            "Dağlıq Qarabağ",
            "Новая Александровка",
            "Charkow",
            "Они",
            "Kazi-Magomed Gadzhikabul",
        ];
        for query in queries {
            let (found, scanned) = (matcher.nearest(query, 4), full_scan(&soundings, query));
            assert_eq!(found.ranked[0], scanned.ranked[0], "{query}");
        }
    }

    /// How many of the right answers of a full scan the index keeps, and how many spellings it compares for it. Run as
    /// `GAZETTEER=names.csv VARIANTS='a.tsv b.tsv' cargo test --release --lib nearest -- --ignored --nocapture`, with tables of variants whose
    /// first column is the query and whose fourth is the entry's id.
    #[test]
    #[ignore = "a measurement on data that the repository does not have"]
    #[allow(clippy::print_stdout, reason = "a measurement is to be read")]
    fn measure_candidates() {
        let (gazetteer, variants) = (std::env::var("GAZETTEER").unwrap(), std::env::var("VARIANTS").unwrap());
        let matcher = Matcher::builder().build(&Gazetteer::from_path(gazetteer).unwrap()).unwrap();
        let soundings = soundings(&matcher);
        for file in variants.split(' ') {
            let text = std::fs::read_to_string(file).unwrap();
            let (mut asked, mut right, mut kept, mut found, mut aligned) = (0, 0, 0, 0, 0);
            let mut lost = Vec::new();
            for row in text.lines().skip(1) {
                let columns: Vec<&str> = row.split('\t').collect();
                let query = Sounding::of(columns[0]);
                let scanned = full_scan(&soundings, columns[0]);
                let by_skeleton = SoundQuery::new(&query);
                found += indexes(&matcher.layers)
                    .flat_map(|index| index.sounding_like(&by_skeleton))
                    .collect::<FxHashSet<_>>()
                    .len();
                let likely = matcher.likely_spellings(columns[0], &query);
                aligned += likely.len();
                asked += 1;
                let Some(&(best, at)) = scanned.ranked.first() else {
                    continue;
                };
                if at.entry(&matcher.layers).id() == columns[3] {
                    right += 1;
                    let is_kept = likely.iter().any(|&number| matcher.layers.spelling(number).entry() == at.entry);
                    kept += usize::from(is_kept);
                    if !is_kept {
                        lost.push(format!("{} {} {best:.2}", columns[0], at.spelling(&matcher.layers).text()));
                    }
                }
            }
            let share = kept as f64 / right.max(1) as f64;
            println!(
                "{file}: {asked} asked, {right} right, {share:.4} kept; of skeleton {}, aligned {}",
                found / asked,
                aligned / asked
            );
            println!("  {lost:?}");
        }
    }

    /// Writes the alignments of queries with their best candidates, for `tests/refit/refit.py`, which says how it is run: a line
    /// `query QUERY ID`, then a line a candidate, its id and what the alignment is made of.
    #[test]
    #[ignore = "makes data for tests/refit/refit.py"]
    fn write_alignments() {
        let (gazetteer, variants) = (std::env::var("GAZETTEER").unwrap(), std::env::var("VARIANTS").unwrap());
        let matcher = Matcher::builder().build(&Gazetteer::from_path(gazetteer).unwrap()).unwrap();
        let mut aligner = Aligner::default();
        let mut out = String::new();
        for row in std::fs::read_to_string(variants).unwrap().lines().skip(1) {
            let columns: Vec<&str> = row.split('\t').collect();
            out += &format!("query\t{}\t{}\n", columns[0], columns[3]);
            let query = Sounding::of(columns[0]);
            for (_, at) in matcher.nearest(columns[0], 8).ranked {
                let listed = Sounding::of(at.spelling(&matcher.layers).text());
                out += &format!("{}\t{}\n", at.entry(&matcher.layers).id(), aligner.features(&query, &listed));
            }
        }
        std::fs::write(std::env::var("ALIGNMENTS").unwrap(), out).unwrap();
    }
}
