//! The entries whose names sound most like a query: skeletons find some thousands, outlines choose two hundred, alignments
//! rank those. What is known of a spelling once it was met (`outlines`) tells of many that they are too far to be compared. Comparing all
//! names was rejected, a query would take a second in a register of a million; `measure` in the tests below compares the two.

use std::cmp::Ordering;

use super::Matcher;
use super::index::{SoundQuery, indexes, near_text, split_person};
use super::mention::SpellingRef;
use crate::gazetteer::compiled::Layers;
use crate::text::key_of;
use crate::translit::{Aligner, Gist, Outline, OutlineQuery, Sounding, Sweep};

/// Most spellings that are aligned with a query.
const MAX_ALIGNED: usize = 200;
/// Scores below this are noise.
const MIN_SCORE: f32 = 0.3;
/// Entries of which all spellings are aligned, not only the one that was found.
const MIN_ENTRIES: usize = 24;

/// The entries that sound most alike so far, best first; of equals the first stays first.
pub(super) struct Nearest {
    limit: usize,
    /// What sounds less alike is passed over.
    least: f32,
    pub(super) ranked: Vec<(f32, SpellingRef)>,
}

impl Nearest {
    pub(super) fn new(limit: usize) -> Self {
        Self { limit: limit.max(1), least: MIN_SCORE, ranked: Vec::with_capacity(limit + 1) }
    }

    /// What a spelling of an entry must score to get in, or to take the place of another of the entry.
    pub(super) fn least(&self, entry: u32) -> f32 {
        let known = self.ranked.iter().find(|(_, known)| known.entry == entry);
        known.or(self.ranked.get(self.limit - 1)).map_or(self.least, |&(score, _)| score)
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

/// The spellings with the likest outlines so far; of equals those with the lowest numbers.
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
    /// Adds a spelling; whether more is asked of the next.
    fn add(&mut self, score: f32, number: u32) -> bool {
        if score > self.least {
            self.scored.push((score, number));
        }
        if self.scored.len() < 2 * MAX_ALIGNED {
            return false;
        }
        self.scored.select_nth_unstable_by(MAX_ALIGNED - 1, Self::order);
        self.scored.truncate(MAX_ALIGNED);
        // An equal one with a lower number would still get in.
        let least = self.scored[MAX_ALIGNED - 1].0.next_down();
        std::mem::replace(&mut self.least, least) < least
    }

    fn order(one: &(f32, u32), other: &(f32, u32)) -> Ordering {
        other.0.total_cmp(&one.0).then(one.1.cmp(&other.1))
    }

    fn into_numbers(mut self) -> Vec<u32> {
        self.scored.sort_unstable_by(Self::order);
        self.scored.truncate(MAX_ALIGNED);
        self.scored.into_iter().map(|(_, number)| number).collect()
    }
}

/// Numbers that were met.
struct Met(Vec<u64>);

impl Met {
    /// Whether a number was not met before; `false` also if it is none of the numbers.
    fn is_new(&mut self, number: u32) -> bool {
        let bit = 1 << (number % 64);
        let Some(word) = self.0.get_mut(number as usize / 64) else {
            return false;
        };
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }
}

/// The search for what sounds like one name, with the memory that it needs.
pub(super) struct Search<'m> {
    matcher: &'m Matcher,
    name: &'m str,
    query: Sounding,
    gist: Gist,
    sweep: Sweep,
    other: Sounding,
}

impl<'m> Search<'m> {
    pub(super) fn new(matcher: &'m Matcher, name: &'m str) -> Self {
        let query = Sounding::of(name);
        let (gist, mut sweep) = (query.gist(), Sweep::default());
        sweep.prepare(&query);
        Self { matcher, name, query, gist, sweep, other: Sounding::default() }
    }

    /// The `limit` entries that sound most like the name, whatever the scripts; none if none sounds as much like it as `least`.
    pub(super) fn nearest(&mut self, limit: usize, least: f32) -> Nearest {
        let mut rough = Nearest::new(limit.max(MIN_ENTRIES));
        let mut likely = self.likely_spellings();
        for &spelling in &likely {
            self.align(spelling, &mut rough);
        }
        likely.sort_unstable();
        let mut nearest = Nearest::new(limit);
        rough.ranked.iter().for_each(|&(score, at)| nearest.add(score, at));
        let others = self.other_spellings(&rough, &likely);
        if nearest.ranked.first().is_none_or(|&(best, _)| best < least) {
            let mut reaching = Nearest { least, ..Nearest::new(1) };
            others.iter().for_each(|&spelling| self.align(spelling, &mut reaching));
            if reaching.ranked.is_empty() {
                return reaching;
            }
        }
        for spelling in others {
            self.align(spelling, &mut nearest);
        }
        nearest
    }

    /// The other spellings of entries, but for those that were aligned: they are no nearer than the one that was kept.
    fn other_spellings(&self, rough: &Nearest, aligned: &[u32]) -> Vec<u32> {
        let layers = &self.matcher.layers;
        let all = rough.ranked.iter().flat_map(|(_, at)| {
            let base = at.spelling ^ at.spelling(layers).number();
            at.entry(layers).spellings().map(move |spelling| base | spelling.number())
        });
        all.filter(|number| aligned.binary_search(number).is_err()).collect()
    }

    /// The spellings that may be meant, found by skeleton and chosen by outline.
    fn likely_spellings(&self) -> Vec<u32> {
        let layers = &self.matcher.layers;
        let asked = SoundQuery::new(&self.query);
        let mut outline = Outline::of(self.name);
        let mut wanted = OutlineQuery::new(&outline);
        let mut likeliest = Likeliest::default();
        for (index, outlines) in indexes(layers).zip(self.matcher.outlines.iter()) {
            let mut met = Met(vec![0; outlines.len().div_ceil(64)]);
            index.for_each_sounding_like(&asked, |number| {
                let text = || layers.spelling(index.number(number)).text();
                if !met.is_new(number) || !wanted.may_be_like(outlines.profile(number, text, &mut outline)) {
                    return;
                }
                let packed = outlines.packed(number, text, &mut outline);
                let score = wanted.similarity_of_packed(packed, likeliest.least).unwrap_or_else(|| {
                    if packed != 0 {
                        outline.unpack(packed);
                    }
                    wanted.similarity(&outline, likeliest.least)
                });
                if likeliest.add(score, index.number(number)) {
                    wanted.ask_for(likeliest.least);
                }
            });
        }
        likeliest.into_numbers()
    }

    /// Aligns the query with a spelling, of a person also with the family name.
    fn align(&mut self, number: u32, nearest: &mut Nearest) {
        let layers = &self.matcher.layers;
        let at = SpellingRef { entry: layers.spelling(number).entry(), spelling: number };
        if let Some(score) = self.like(number, nearest.least(at.entry)) {
            nearest.add(score, at);
        }
        let text = layers.spelling(number).text();
        if let Some((_, family)) = split_person(layers.entry(at.entry), text) {
            self.other.read(family);
            if let Some(score) = self.sweep.similarity(&self.query, &self.other, nearest.least(at.entry)) {
                nearest.add(score, at);
            }
        }
    }

    /// How alike the query and a spelling sound; `None` if less than `least`.
    pub(super) fn like(&mut self, number: u32, least: f32) -> Option<f32> {
        let spelling = self.matcher.layers.spelling(number);
        let outlines = self.matcher.outlines.get(Layers::layer(number))?;
        match outlines.gist(spelling.number()) {
            Some(gist) if !self.gist.may_be_like(&gist, least) => return None,
            Some(_) => self.other.read(spelling.text()),
            None => {
                self.other.read(spelling.text());
                outlines.remember(spelling.number(), &self.other);
            }
        }
        self.sweep.similarity(&self.query, &self.other, least)
    }

    /// How alike the query and any text sound.
    pub(super) fn like_text(&mut self, text: &str) -> Option<f32> {
        self.other.read(text);
        self.sweep.similarity(&self.query, &self.other, 0.0)
    }

    /// What was done to a spelling to get the query, for people to read.
    pub(super) fn edits(&mut self, spelling: &str) -> Vec<String> {
        self.other.read(spelling);
        Aligner::default().edits(&self.query, &self.other)
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
        /// Sorting all is the oracle.
        #[test]
        fn the_likeliest_are_kept(scores in proptest::collection::vec(0u8..12, 0..1500)) {
            let mut likeliest = Likeliest::default();
            let mut all: Vec<(f32, u32)> = scores.iter().map(|&score| f32::from(score) / 11.0).zip(0..).collect();
            // In an order that is neither that of scores nor that of numbers.
            all.sort_by_key(|&(_, number)| number.wrapping_mul(0x9E37_79B1));
            for &(score, number) in &all {
                likeliest.add(score, number);
            }
            all.sort_by(Likeliest::order);
            all.truncate(MAX_ALIGNED);
            proptest::prop_assert!(likeliest.into_numbers().into_iter().eq(all.into_iter().map(|(_, number)| number)));
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
            let (found, scanned) = (Search::new(&matcher, query).nearest(4, 0.0), full_scan(&soundings, query));
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
                let mut by_sound = FxHashSet::default();
                for index in indexes(&matcher.layers) {
                    index.for_each_sounding_like(&by_skeleton, |number| {
                        by_sound.insert(index.number(number));
                    });
                }
                found += by_sound.len();
                let likely = Search::new(&matcher, columns[0]).likely_spellings();
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
            for (_, at) in Search::new(&matcher, columns[0]).nearest(8, 0.0).ranked {
                let listed = Sounding::of(at.spelling(&matcher.layers).text());
                out += &format!("{}\t{}\n", at.entry(&matcher.layers).id(), aligner.features(&query, &listed));
            }
        }
        std::fs::write(std::env::var("ALIGNMENTS").unwrap(), out).unwrap();
    }
}
