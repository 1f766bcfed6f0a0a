//! A naive oracle beside the aligner, properties that hold for all spellings, and classes of pairs.

use proptest::prelude::*;

use super::table::{NEVER, TABLE};
use super::*;

fn similarity(one: &str, other: &str) -> f32 {
    Aligner::default().similarity(&Sounding::of(one), &Sounding::of(other), 0.0).unwrap_or(0.0)
}

/// All readings of a word as sounds with penalties, by trying every division into units; silence stands for a silent unit.
fn readings(word: &[char], at: usize) -> Vec<Vec<(Sound, Cost)>> {
    if at == word.len() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for row in include_str!("readings.tsv").lines().filter(|line| !line.starts_with('#')).skip(1) {
        let columns: Vec<&str> = row.split('\t').collect();
        let is_anchored = (columns[0].starts_with('^'), columns[0].ends_with('$'));
        let unit: Vec<char> = columns[0].trim_matches(['^', '$']).chars().collect();
        let end = at + unit.len();
        if !word[at..].starts_with(&unit) || (is_anchored.0 && at > 0) || (is_anchored.1 && end < word.len()) {
            continue;
        }
        let sounds: Vec<Sound> = columns[1].split('+').map(|symbol| TABLE.sound(symbol).unwrap()).collect();
        let penalty = (columns[2].parse::<f64>().unwrap() * 1000.0).round() as Cost;
        let first = sounds.iter().enumerate().map(|(n, &sound)| (sound, if n == 0 { penalty } else { 0 }));
        let first: Vec<_> = first.collect();
        all.extend(readings(word, end).into_iter().map(|rest| [first.clone(), rest].concat()));
    }
    all
}

/// The least cost of turning one string of sounds into another, by recursion.
fn naive(one: &[(Sound, Cost)], other: &[(Sound, Cost)], starts: (bool, bool)) -> Cost {
    let price = |a: Sound, b: Sound, is_initial: bool| {
        let cost = TABLE.swap[usize::from(a) * table::SOUNDS + usize::from(b)];
        let cost = if a == SILENCE && b == SILENCE { 0 } else { cost };
        if is_initial { (u32::from(cost) * 115 / 100) as Cost } else { cost }
    };
    let either = starts.0 || starts.1;
    let mut best = NEVER;
    if let Some((&(sound, penalty), rest)) = one.split_first() {
        best = best.min(penalty + price(sound, SILENCE, either) + naive(rest, other, (false, starts.1)));
    }
    if let Some((&(sound, penalty), rest)) = other.split_first() {
        best = best.min(penalty + price(SILENCE, sound, either) + naive(one, rest, (starts.0, false)));
    }
    if let (Some((&(a, a_penalty), one)), Some((&(b, b_penalty), other))) = (one.split_first(), other.split_first())
        && a != SILENCE
        && b != SILENCE
    {
        let both = starts.0 && starts.1;
        best = best.min(a_penalty + b_penalty + price(a, b, both) + naive(one, other, (false, false)));
    }
    if one.is_empty() && other.is_empty() { 0 } else { best }
}

fn word() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "Stepanakert",
        "Степанакерт",
        "Ստեփանակերտ",
        "სტეფანაკერტი",
        "Xankəndi",
        "Şuşa",
        "Chouchi",
        "تهران",
        "Yevlax",
        "Ելենաև",
        "Gədəbəy",
        "Krasnoye",
        "Nagorno-Karabakh",
        "Verin Talin",
        "Ağdərə",
        "Щорс",
        "Юг",
        "x",
        "7",
        "Hacıqabul şəhəri",
    ])
    .prop_map(str::to_owned)
}

proptest! {
    /// The two have no letter in common: equal letters are not the oracle's business.
    #[test]
    fn the_aligner_finds_what_trying_all_readings_finds(one in "[acjşčшяեծ]{1,3}", other in "[behqžзыдდ]{1,3}") {
        let (one, other) = (Sounding::of(&one), Sounding::of(&other));
        let found = Aligner::default().distance(&one, &other, NEVER);
        let mut least = NEVER;
        for one in readings(&one.letters, 0) {
            for other in readings(&other.letters, 0) {
                least = least.min(naive(&one, &other, (true, true)));
            }
        }
        prop_assert_eq!(found, Some(least));
    }

    #[test]
    fn every_spelling_is_itself(word in "\\PC{0,30}") {
        if !Sounding::of(&word).is_blank() {
            prop_assert_eq!(similarity(&word, &word), 1.0);
        }
    }

    #[test]
    fn both_directions_are_equal(one in word(), other in "\\PC{0,12}") {
        prop_assert_eq!(similarity(&one, &other), similarity(&other, &one));
    }

    #[test]
    fn a_bound_changes_no_answer_above_it(one in word(), other in word(), least in 0.0f32..1.0) {
        let (a, b) = (Sounding::of(&one), Sounding::of(&other));
        let bounded = Aligner::default().similarity(&a, &b, least);
        let free = similarity(&one, &other);
        prop_assert_eq!(bounded, Some(free).filter(|&free| free >= least));
    }

    #[test]
    fn memory_used_again_changes_nothing(words in prop::collection::vec("\\PC{0,40}", 1..6)) {
        let (mut sounding, mut aligner) = (Sounding::default(), Aligner::default());
        let probe = Sounding::of("Nagorno-Karabakh");
        for word in &words {
            sounding.read(word);
            let fresh = Sounding::of(word);
            prop_assert_eq!(&sounding.starts, &fresh.starts);
            let again = aligner.similarity(&sounding, &probe, 0.0);
            prop_assert_eq!(again, Aligner::default().similarity(&fresh, &probe, 0.0));
        }
    }

    #[test]
    fn edits_never_fail(one in "\\PC{0,20}", other in word()) {
        Aligner::default().edits(&Sounding::of(&one), &Sounding::of(&other));
    }
}

#[test]
fn every_row_of_the_tables_makes_sense() {
    for row in include_str!("readings.tsv").lines().filter(|line| !line.starts_with('#')).skip(1) {
        let columns: Vec<&str> = row.split('\t').collect();
        assert_eq!(columns.len(), 4, "{row}");
        assert!(columns[1].split('+').all(|symbol| TABLE.sound(symbol).is_some()), "{row}");
        assert!(columns[2].parse::<f64>().is_ok_and(|penalty| (0.0..1.0).contains(&penalty)), "{row}");
        let letters = columns[0].trim_matches(['^', '$']);
        let read = Sounding::of(letters).letters;
        assert!(letters == "␣" || read == letters.chars().collect::<Vec<_>>(), "{row}: never seen, read as {read:?}");
    }
    assert!(TABLE.symbols.len() < table::SOUNDS);
    assert!(TABLE.leaving[..table::FAMILIES - 1].iter().all(|&cost| cost > 0), "{:?}", TABLE.leaving);
    let alone = |row: &str| row.split('\t').next().is_some_and(|unit| unit.chars().count() == 1);
    let units = || include_str!("readings.tsv").lines().filter(|line| !line.starts_with('#')).skip(1);
    for letter in units().flat_map(|row| row.split('\t').next().unwrap_or_default().trim_matches(['^', '$']).chars()) {
        let is_alone = units().any(|row| alone(row) && row.starts_with(letter));
        assert!(is_alone, "{letter} has no reading of its own: a name with it could have none at all");
    }
    let words = include_str!("words.tsv").lines().filter(|line| !line.starts_with('#')).skip(1);
    assert!(words.clone().all(|row| row.split('\t').count() == 2) && words.count() > 500);
}

/// What the same name looks like in other hands scores above what is another name.
#[test]
fn the_same_name_sounds_more_alike_than_another() {
    let same = [
        ("Khankendi", "Xankəndi"),
        ("Khankendi", "Hankendi"),
        ("Shusha", "Şuşa"),
        ("Shusha", "Šuša"),
        ("Shusha", "Schuscha"),
        ("Yevlakh", "Jevlah"),
        ("Yevlakh", "Евлах"),
        ("Yerevan", "Erewan"),
        ("Yerevan", "Երևան"),
        ("Jabrayil", "Cəbrayıl"),
        ("Jabrayil", "Djebrail"),
        ("Hajiyev", "Гаджиев"),
        ("Gyumri", "Gioumri"),
        ("Tbilisi", "თბილისი"),
        ("Tehran", "تهران"),
        ("Nakhchivan", "Nachitschewan"),
        ("Nagorno-Karabakh", "Dağlıq Qarabağ"),
        ("Verin Talin", "Yukhari Talin"),
        ("Novoaleksandrovka", "Новая Александровка"),
    ];
    let other = [
        ("Goris", "Boris"),
        ("Ganja", "Banja"),
        ("Masis", "Oasis"),
        ("Sevan", "Evan"),
        ("Martakert", "Market"),
        ("Stepanakert", "Khankendi"),
        ("Verin Talin", "Nerkin Talin"),
        ("Van", "Man"),
    ];
    for (one, other) in same {
        assert!(similarity(one, other) > 0.8, "{one} {other}: {}", similarity(one, other));
    }
    for (one, other) in other {
        assert!(similarity(one, other) < 0.78, "{one} {other}: {}", similarity(one, other));
    }
}

#[test]
fn edits_are_explained_by_habits() {
    let edits =
        |found: &str, listed: &str| Aligner::default().edits(&Sounding::of(found), &Sounding::of(listed)).join(", ");
    assert_eq!(edits("Jevlah", "Yevlakh"), "j=y (South Slavic), h=kh (South Slavic)");
    assert_eq!(edits("Xankəndi", "Khankendi"), "x=kh (Turkic Latin), ə=e");
    assert_eq!(edits("Chouchi", "Shushi"), "ch=sh (French), ou=u (French), ch=sh (French)");
    assert_eq!(edits("Karbakh", "Karabakh"), "∅=a");
    assert_eq!(edits("Margakert", "Martakert"), "g=t");
    assert_eq!(edits("Matrakert", "Martakert"), "tr=rt (swapped)");
    assert_eq!(edits("Yukhari Talin", "Verin Talin"), "yukhari=verin (translated)");
    assert_eq!(edits("Goris city", "Goris"), "city=∅ (left out)");
    assert_eq!(edits("Горис", "Goris"), "");
    assert_eq!(edits("Шуши", "Shusha"), "и=a");
}
