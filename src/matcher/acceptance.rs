//! Whether an unlisted spelling is believed: a logistic over what speaks for it, and a threshold that grows with the gazetteer.
//!
//! Similarity alone does not tell names from words: among ten thousand names some word of five letters is always near. So
//! the distance to the next name counts as well, how rare the letters are (`rarity`), and those that only romanisations have. The
//! weights are fitted by `tests/fit/acceptance.py` and stand in `acceptance.tsv`, with a threshold that goes by the number of
//! spellings; a compiled gazetteer has one of its own (`threshold`). A word of the lexicon is never believed on its
//! spelling, and the fit does not see the lexicon: its negatives stand for the words and names that no lexicon has.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::rarity::rarity;
use crate::script::Script;
use crate::text::{Lexicon, fold, fold_alternate, words};
use crate::translit::{ascii_key, similarity};

/// Shorter names are believed only as they are listed.
const MIN_LETTERS: usize = 4;
/// How alike a name of four or five letters must sound at least, whatever else speaks for it: it has too many neighbours.
const LEAST_SOUND: [(usize, f64); 2] = [(4, 0.93), (5, 0.92)];
/// A smaller gazetteer asks for no less: among a thousand places of all the world, less was enough for one name of a person in
/// seventy, and hardly a spelling more was right.
const MIN_SPELLINGS: usize = 10_000;
/// From here on length says nothing more.
const MAX_LETTERS: usize = 12;
/// A lead over the next name that is larger says nothing more.
const MAX_MARGIN: f64 = 0.3;
/// From here on rarity says nothing more: a long name is rare, whatever it consists of.
const MAX_RARITY: f64 = 40.0;

/// What speaks for and against a query being an unlisted spelling of its best candidate.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct Evidence {
    /// What the regression weighs: similarities from 0 to 1, counts, and 0 or 1 for no and yes.
    pub features: BTreeMap<&'static str, f64>,
    /// The query's letters, romanised.
    pub letters: usize,
    /// Whether the query consists of English words, proper nouns and names of people: such a query is never believed.
    pub is_known: bool,
    /// What the regression makes of the features: the logarithm of the odds that the query is the name.
    pub logit: f64,
    /// What the logit must reach in this gazetteer; see [`Matcher::threshold`](crate::Matcher::threshold).
    pub threshold: f64,
}

impl From<Verdict> for Evidence {
    fn from(verdict: Verdict) -> Self {
        Self {
            features: FEATURES.into_iter().zip(verdict.features).collect(),
            letters: verdict.letters,
            is_known: verdict.is_known,
            logit: verdict.logit,
            threshold: verdict.threshold,
        }
    }
}

/// The numbers of an [`Evidence`] without their names: made for every name looked up, shown for few.
#[derive(Clone, Copy, Debug)]
pub(super) struct Verdict {
    features: [f64; FEATURES.len()],
    letters: usize,
    is_known: bool,
    logit: f64,
    threshold: f64,
}

impl Verdict {
    /// By how much the logit exceeds what it must reach.
    pub(super) fn surplus(&self) -> f64 {
        self.logit - self.threshold
    }

    /// Whether a query with this evidence is taken for the name.
    pub(super) fn is_enough(&self) -> bool {
        !self.is_known && self.logit_unless_short() >= self.threshold
    }

    /// The logit as if no word were known; less than any threshold where the name is too short to be believed.
    pub(super) fn logit_unless_short(&self) -> f64 {
        let [_, sound, ..] = self.features;
        let is_alike = LEAST_SOUND.iter().all(|&(letters, least)| self.letters != letters || sound >= least);
        if self.letters >= MIN_LETTERS && is_alike { self.logit } else { f64::NEG_INFINITY }
    }
}

/// What is measured of a query alone, once for all its candidates.
pub(super) struct Query {
    keys: [Option<String>; 2],
    letters: usize,
    words: usize,
    romanised: usize,
    rarity: f64,
    script: Option<Script>,
    is_known: bool,
}

impl Query {
    pub(super) fn new(text: &str) -> Self {
        let folded: Vec<String> = words(text).iter().map(|word| fold(&text[word.span.range()])).collect();
        Self {
            keys: plain_keys(text),
            letters: ascii_key(&folded.concat()).len(),
            words: folded.len(),
            romanised: romanised(text),
            rarity: rarity(&folded),
            script: Script::of(text),
            is_known: !folded.is_empty() && folded.iter().all(|word| is_known(word)),
        }
    }

    /// What the query and the spelling that sounds most like it have in common, judged by the number of spellings.
    pub(super) fn weigh(&self, spelling: &str, likeness: Likeness, spellings: usize) -> Verdict {
        self.judge(spelling, likeness, threshold_by_size(spellings))
    }

    /// The same, judged by this threshold.
    pub(super) fn judge(&self, spelling: &str, likeness: Likeness, threshold: f64) -> Verdict {
        let observed = Observed {
            likeness,
            plain: plain_similarity(&self.keys, &plain_keys(spelling)),
            letters: self.letters,
            extra_words: self.words.abs_diff(words(spelling).len()),
            romanised: self.romanised,
            rarity: self.rarity,
            script: self.script,
        };
        let features = observed.features();
        let logit = WEIGHTS.logit(&features);
        Verdict { features, letters: self.letters, is_known: self.is_known, logit, threshold }
    }
}

/// What the logit must reach among so many spellings, if nothing else is known of them.
pub(super) fn threshold_by_size(spellings: usize) -> f64 {
    WEIGHTS.threshold(spellings)
}

/// How alike a query and names sound, from 0 to 1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Likeness {
    /// The nearest spelling.
    pub(super) best: f64,
    /// The nearest of the entry's other spellings: a real spelling of a name has several listed ones near, an accident has one.
    pub(super) second: f64,
    /// The entry's canonical name.
    pub(super) canonical: f64,
    /// The nearest name of another entry.
    pub(super) rival: f64,
}

/// What is measured of a query and a spelling.
#[derive(Clone, Copy, Debug)]
struct Observed {
    likeness: Likeness,
    plain: f64,
    letters: usize,
    extra_words: usize,
    romanised: usize,
    rarity: f64,
    script: Option<Script>,
}

impl Observed {
    /// What the weights are multiplied with, in the order of [`FEATURES`]. The first tenth of a lead counts twice: it says most.
    fn features(&self) -> [f64; FEATURES.len()] {
        let margin = self.likeness.best - self.likeness.rival;
        let is = |yes: bool| f64::from(u8::from(yes));
        [
            1.0,
            self.likeness.best,
            self.likeness.second,
            self.likeness.canonical,
            self.plain,
            margin.clamp(0.0, MAX_MARGIN),
            margin.clamp(0.0, 0.1),
            self.letters.min(MAX_LETTERS) as f64,
            self.extra_words.min(2) as f64,
            self.romanised.min(3) as f64,
            self.rarity.min(MAX_RARITY),
            is(self.script.is_some_and(|script| script != Script::Latin)),
            is(self.script == Some(Script::Arabic)),
        ]
    }
}

/// The names of the features in the table and for people to read.
const FEATURES: [&str; 13] = [
    "intercept",
    "sound",
    "second",
    "canonical",
    "plain",
    "margin",
    "margin_to_10",
    "letters",
    "extra_words",
    "romanised",
    "rarity",
    "other_script",
    "arabic_script",
];

/// The table `acceptance.tsv`, the weights in the order of [`FEATURES`].
struct Weights {
    weights: [f64; FEATURES.len()],
    threshold: f64,
    threshold_per_log: f64,
}

static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| Weights::of(&parse(include_str!("acceptance.tsv"))));

fn parse(table: &str) -> BTreeMap<&str, f64> {
    let rows = table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
    rows.filter_map(|(name, value)| Some((name, value.trim().parse().ok()?))).collect()
}

impl Weights {
    /// A weight that the table lacks is none.
    fn of(table: &BTreeMap<&str, f64>) -> Self {
        let of = |name: &str| table.get(name).copied().unwrap_or_default();
        Self { weights: FEATURES.map(of), threshold: of("threshold"), threshold_per_log: of("threshold_per_log") }
    }

    fn logit(&self, features: &[f64; FEATURES.len()]) -> f64 {
        features.iter().zip(self.weights).map(|(value, weight)| value * weight).sum()
    }

    /// A larger gazetteer has more names that are near a word by accident.
    fn threshold(&self, spellings: usize) -> f64 {
        self.threshold + self.threshold_per_log * (spellings.max(MIN_SPELLINGS) as f64).ln()
    }
}

/// The romanised letters; `ə` is `e` or `a`.
fn plain_keys(text: &str) -> [Option<String>; 2] {
    [Some(ascii_key(&fold(text))), fold_alternate(text).map(|text| ascii_key(&text))]
}

/// Similarity of the romanised letters, whichever fit.
fn plain_similarity(one: &[Option<String>; 2], other: &[Option<String>; 2]) -> f64 {
    let pairs = one.iter().flatten().flat_map(|one| other.iter().flatten().map(move |other| similarity(one, other)));
    pairs.fold(0.0, f64::max)
}

fn romanised(query: &str) -> usize {
    const SIGNS: [&str; 22] = [
        "kh", "gh", "zh", "dj", "dz", "ts", "yev", "yan", "abad", "kend", "x", "q", "š", "č", "ž", "ş", "ç", "ğ", "ə",
        "ı", "ö", "ü",
    ];
    let lower = query.to_lowercase();
    SIGNS.iter().map(|sign| lower.matches(sign).count()).sum()
}

/// Whether a folded word is an ordinary word, or a name of something or somebody else as likely as not.
fn is_known(word: &str) -> bool {
    Lexicon.knows(word) || Lexicon.has_personal_name(word)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::matcher::Matcher;

    fn matcher() -> Matcher {
        let names = "Shusha Kapan Goris Lachin Sevan Gori Barda Talin Masis Martuni Ijevan Stepanakert Yevlakh Jabrayil Aghdara \
            Hajigabul Kalbajar Nakhchivan Zugdidi Akhalkalaki Tsaghkadzor Ganja Gadabay Voskepar Yeghegnadzor Mingachevir";
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("names.csv");
        std::fs::write(&path, format!("name\n{}\n", names.split_whitespace().collect::<Vec<_>>().join("\n"))).unwrap();
        Matcher::open(path).unwrap()
    }

    #[test]
    fn romanisations_are_believed() {
        let matcher = matcher();
        let cases = [
            ("Stepanakert", "Sztepanakert Stepanakiert Степанакерт Ստեփանակերտ სტეფანაკერტი"),
            ("Yevlakh", "Jewlach Jevlakh Yevlach Евлах"),
            ("Jabrayil", "Djabrail Dschabrajil Cebrayıl Джебраил"),
            ("Hajigabul", "Hadjigabul Haciqabul Hadžigabul"),
            ("Akhalkalaki", "Achalkalaki Ahalkalaki Ախալքալաք ახალქალაქი"),
            ("Tsaghkadzor", "Caghkadzor Tsakhkadzor Цахкадзор"),
            ("Mingachevir", "Mingatschevir Mingaçevir Мингечевир"),
        ];
        for (name, spellings) in cases {
            for spelling in spellings.split_whitespace() {
                let best = &matcher.lookup(spelling, 1)[0];
                assert!(best.name == name && best.accepted && best.score < 1.0, "{spelling}: {best:?}");
            }
        }
    }

    /// Classes: a place elsewhere, a first name, an ordinary word, a family name; one sound or letter apart from a listed place.
    #[test]
    fn look_alikes_are_not_believed() {
        let matcher = matcher();
        let places = "Shush Japan Tallinn Bardo Gory Banja";
        let names = "Boris Lori Martin Ivan Evan Kevin Maxis";
        let others = "Latin Seven Market Martini Stalin Oasis Japan Any Van Kap";
        for query in [places, names, others].iter().flat_map(|class| class.split_whitespace()) {
            let found = matcher.lookup(query, 3);
            assert!(found.iter().all(|candidate| !candidate.accepted), "{query}: {found:?}");
        }
    }

    #[test]
    fn listed_names_are_certain_and_need_no_evidence() {
        for query in ["Gori", "GORIS", "sevan"] {
            let best = &matcher().lookup(query, 1)[0];
            assert!(best.accepted && best.score == 1.0 && best.evidence.is_none(), "{query}: {best:?}");
        }
    }

    #[test]
    fn the_table_has_a_weight_for_every_feature_or_none() {
        let table = parse(include_str!("acceptance.tsv"));
        let is_row = |name: &&str| FEATURES.contains(name) || ["threshold", "threshold_per_log"].contains(name);
        assert!(table.keys().all(is_row), "{table:?}");
        assert!(table["sound"] > 0.0 && table["threshold_per_log"] >= 0.0);
        assert_eq!(FEATURES[1], "sound", "`Verdict::is_enough` looks there");
    }

    prop_compose! {
        fn observed()(
            likeness in [0.0..1.0, 0.0..1.0, 0.0..1.0, 0.0..1.0],
            plain in 0.0..1.0,
            letters in 1..20usize,
            extra_words in 0..3usize,
            romanised in 0..4usize,
            rarity in 0.0..60.0,
            script in prop::sample::select(vec![None, Some(Script::Latin), Some(Script::Arabic)]),
        ) -> Observed {
            let [best, second, canonical, rival] = likeness;
            Observed { likeness: Likeness { best, second, canonical, rival }, plain, letters, extra_words, romanised, rarity, script }
        }
    }

    proptest! {
        #[test]
        fn more_likeness_never_speaks_against(less in observed(), more in 0.0..0.5) {
            let logit = |observed: Observed| WEIGHTS.logit(&observed.features());
            let like = less.likeness;
            let better = [
                Likeness { best: like.best + more, ..like },
                Likeness { second: like.second + more, ..like },
                Likeness { canonical: like.canonical + more, ..like },
                Likeness { rival: like.rival - more, ..like },
            ];
            let better = better.map(|likeness| Observed { likeness, ..less });
            for better in better.into_iter().chain([Observed { plain: less.plain + more, ..less }]) {
                prop_assert!(logit(better) >= logit(less) - 1e-9, "{better:?}");
            }
        }

        #[test]
        fn a_larger_gazetteer_asks_for_more(spellings in 1..1_000_000usize, more in 0..1_000_000usize) {
            prop_assert!(WEIGHTS.threshold(spellings + more) >= WEIGHTS.threshold(spellings));
        }
    }
}
