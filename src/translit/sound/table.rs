//! The tables of readings, sounds and words, parsed at first use.
//!
//! Units of letters lie in a trie, so that all units that begin at a letter are found in one walk: from a table by letter at its root,
//! from short lists further on, since hashing took more time than the walk. A reading that shorter units together give as cheaply is left
//! out: it would be searched for nothing.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::outline::GROUP_SOUNDS;
use super::unit::Unit;
use super::{Cost, SILENCE, Sound};

/// Sounds that the cost tables have room for; a power of two, so that a sound is an index without a check.
pub(super) const SOUNDS: usize = 64;
/// Most sounds that a reading has.
pub(super) const MAX_SOUNDS: usize = 5;
/// Sounds that are taken for one another more often than for others: of a family much of one spelling and little of another
/// means that they are far apart. Vowels, `v`, `w` and `j` are of none.
const FAMILY_SOUNDS: [&[&str]; FAMILIES - 1] = [
    &["g", "k", "q", "x", "ɣ", "h"],
    &["s", "z", "š", "ž", "č", "dž", "ts", "dz"],
    &["b", "p", "f"],
    &["t", "d"],
    &["m", "n"],
    &["l"],
    &["r"],
];
pub(super) const FAMILIES: usize = 8;
/// What may not be: dearer than any cut-off.
pub(super) const NEVER: Cost = 20_000;
/// Stands for a space in the tables and in letters.
pub(super) const SPACE: char = '␣';

/// What a unit of letters may stand for.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub(super) sounds: Vec<Sound>,
    pub(super) penalty: Cost,
    /// Whose habit it is; blank if it is the usual value.
    pub(super) habit: String,
}

/// What a row of `words.tsv` says about a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WordClass {
    /// It says only what the place is.
    Kind,
    /// It is the same word as the others of the class.
    Of(Sound),
}

/// Where in a word a unit may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Anywhere,
    Start,
    End,
}

/// All tables.
#[derive(Debug)]
pub(super) struct Table {
    /// What it costs to take one sound for another, `[one * SOUNDS + other]`; silence stands for leaving out.
    pub(super) swap: Box<[Cost; SOUNDS * SOUNDS]>,
    pub(super) is_vowel: [bool; SOUNDS],
    /// The family of each sound; the last holds those of none.
    pub(super) family: [u8; SOUNDS],
    /// The family of each sound in a skeleton, from one; zero if it comes and goes.
    pub(super) skeletal: [u8; SOUNDS],
    /// The group of each sound in an outline, from one.
    pub(super) group: [u8; SOUNDS],
    /// The sound of the digit zero; the others follow.
    pub(super) first_digit: Sound,
    /// What it costs at least to leave out a sound of a family or to take it for one of another.
    pub(super) leaving: [Cost; FAMILIES],
    pub(super) readings: Vec<Reading>,
    pub(super) units: Vec<Unit>,
    /// The trie's nodes of single letters, by letter; zero if there is none.
    first: Vec<u16>,
    /// Whole words, without their spaces.
    pub(super) words: FxHashMap<Box<[char]>, Vec<WordClass>>,
    /// Beginnings of longer words.
    pub(super) prefixes: FxHashMap<Box<[char]>, Vec<WordClass>>,
    pub(super) symbols: Vec<String>,
    /// Unit and sounds of each reading, as the table has them.
    #[cfg(test)]
    pub(super) rows: Vec<String>,
}

pub(super) static TABLE: LazyLock<Table> =
    LazyLock::new(|| Table::parse(include_str!("sounds.tsv"), include_str!("readings.tsv"), include_str!("words.tsv")));

impl Table {
    /// Tables from their text. They are our own and tested, so a row that makes no sense is passed over.
    pub(super) fn parse(sounds: &str, readings: &str, words: &str) -> Self {
        let mut table = Self {
            swap: Box::new([NEVER; SOUNDS * SOUNDS]),
            is_vowel: [false; SOUNDS],
            family: [FAMILIES as u8 - 1; SOUNDS],
            skeletal: [0; SOUNDS],
            group: std::array::from_fn(|sound| sound as u8),
            first_digit: 0,
            leaving: [0; FAMILIES],
            readings: Vec::new(),
            units: vec![Unit::default()],
            first: Vec::new(),
            words: FxHashMap::default(),
            prefixes: FxHashMap::default(),
            symbols: vec!["∅".to_owned()],
            #[cfg(test)]
            rows: Vec::new(),
        };
        table.add_sounds(sounds);
        table.add_families();
        table.adjust_skeletal();
        table.add_groups();
        rows(readings).for_each(|row| table.add_reading(&row));
        rows(words).for_each(|row| table.add_word(&row));
        table.index_letters();
        table.drop_redundant();
        table.add_steps();
        table
    }

    /// The number of a symbol that `sounds.tsv` has.
    pub(super) fn sound(&self, symbol: &str) -> Option<Sound> {
        self.symbols.iter().position(|known| known == symbol).map(|at| at as Sound)
    }

    /// The trie's node after one more letter.
    #[inline]
    pub(super) fn step(&self, node: u16, letter: char) -> Option<u16> {
        if node == 0 {
            return self.first.get(letter as usize).copied().filter(|&next| next != 0);
        }
        let next = &self.units[usize::from(node)].next;
        next.iter().find(|(known, _)| *known == letter).map(|&(_, next)| next)
    }

    /// Whether a letter has readings of its own.
    #[inline]
    pub(super) fn knows(&self, letter: char) -> bool {
        self.step(0, letter).is_some()
    }

    fn add_sounds(&mut self, text: &str) {
        let all: Vec<Vec<&str>> = rows(text).collect();
        let drops: Vec<&Vec<&str>> = all.iter().filter(|row| row[0] == "drop").collect();
        self.symbols.extend(drops.iter().map(|row| row[1].to_owned()));
        self.first_digit = self.sound("0").unwrap_or_default();
        let kind = |symbol: &str| match symbol {
            "vowel" | "a" | "e" | "i" | "o" | "u" | "ə" | "ɯ" | "ö" | "ü" => "vowel",
            "digit" | "letter" => symbol_kind(symbol),
            _ if symbol.chars().all(|c| c.is_ascii_digit()) => "digit",
            _ => "consonant",
        };
        let swaps = || all.iter().filter(|row| row[0] == "swap");
        let default = |a: &str, b: &str| {
            let either = |one: &str, other: &str| (one == a && other == b) || (one == b && other == a);
            let is_row = |row: &&Vec<&str>| either(row[1], row[2]) || (row[1] == "digit" && row[2] == "letter");
            swaps()
                .find(|row| either(row[1], row[2]))
                .or_else(|| swaps().find(is_row))
                .map_or(NEVER, |row| cost(row[3]))
        };
        for one in 1..self.symbols.len() {
            let symbol = self.symbols[one].clone();
            self.is_vowel[one] = kind(&symbol) == "vowel";
            for other in 1..self.symbols.len() {
                let price = if one == other { 0 } else { default(kind(&symbol), kind(&self.symbols[other])) };
                self.swap[one * SOUNDS + other] = price;
            }
        }
        for row in &drops {
            self.set_swap(row[1], "∅", cost(row[3]));
        }
        for row in swaps() {
            self.set_swap(row[1], row[2], cost(row[3]));
        }
    }

    fn add_families(&mut self) {
        for (family, symbols) in FAMILY_SOUNDS.iter().enumerate() {
            let members: Vec<Sound> = symbols.iter().filter_map(|symbol| self.sound(symbol)).collect();
            for &member in &members {
                self.family[usize::from(member)] = family as u8;
                self.skeletal[usize::from(member)] = family as u8 + 1;
            }
            let others = |&other: &usize| self.family[other] != family as u8;
            let leave = |&member: &Sound| {
                let outside = (0..SOUNDS).filter(others).map(|other| self.swap[usize::from(member) * SOUNDS + other]);
                outside.min().unwrap_or(0)
            };
            self.leaving[family] = members.iter().map(leave).min().unwrap_or(0);
        }
    }

    fn add_groups(&mut self) {
        for (number, symbols) in GROUP_SOUNDS.iter().enumerate() {
            for symbol in *symbols {
                if let Some(sound) = self.sound(symbol) {
                    self.group[usize::from(sound)] = number as u8;
                }
            }
        }
    }

    /// An `h` comes and goes, a `v` is also an `f` or a `b`.
    fn adjust_skeletal(&mut self) {
        for (symbol, like) in [("h", "a"), ("v", "b")] {
            if let (Some(sound), Some(like)) = (self.sound(symbol), self.sound(like)) {
                self.skeletal[usize::from(sound)] = self.skeletal[usize::from(like)];
            }
        }
    }

    fn set_swap(&mut self, one: &str, other: &str, cost: Cost) {
        if let (Some(one), Some(other)) = (self.sound(one), self.sound(other)) {
            self.swap[usize::from(one) * SOUNDS + usize::from(other)] = cost;
            self.swap[usize::from(other) * SOUNDS + usize::from(one)] = cost;
        }
    }

    fn add_reading(&mut self, row: &[&str]) {
        let &[unit, sounds, penalty, habit] = row else {
            return;
        };
        let sounds: Option<Vec<Sound>> = match sounds {
            "∅" => Some(Vec::new()),
            several => several.split('+').map(|symbol| self.sound(symbol)).collect(),
        };
        let Some(sounds) = sounds.filter(|sounds| sounds.len() <= MAX_SOUNDS) else {
            return;
        };
        let (anchor, letters) = match (unit.strip_prefix('^'), unit.strip_suffix('$')) {
            (Some(letters), _) => (Anchor::Start, letters),
            (_, Some(letters)) => (Anchor::End, letters),
            _ => (Anchor::Anywhere, unit),
        };
        let node = self.node(letters);
        let number = self.readings.len() as u16;
        #[cfg(test)]
        self.rows.push(format!("{} {}", row[0], row[1]));
        self.readings.push(Reading { sounds, penalty: cost(penalty), habit: habit.to_owned() });
        let unit = &mut self.units[usize::from(node)];
        let readings = &self.readings;
        let penalty = |number: u16| readings[usize::from(number)].penalty;
        if anchor == Anchor::Anywhere && unit.outline.is_none_or(|known| penalty(known) > penalty(number)) {
            unit.outline = Some(number);
        }
        match anchor {
            Anchor::Anywhere => unit.anywhere.push(number),
            Anchor::Start => unit.at_start.push(number),
            Anchor::End => unit.at_end.push(number),
        }
    }

    fn node(&mut self, letters: &str) -> u16 {
        let mut node = 0;
        for letter in letters.chars() {
            let fresh = self.units.len() as u16;
            let next = &mut self.units[usize::from(node)].next;
            node = next.iter().find(|(known, _)| *known == letter).map_or(fresh, |&(_, known)| known);
            if node == fresh {
                next.push((letter, fresh));
                self.units.push(Unit::default());
            }
        }
        node
    }

    fn index_letters(&mut self) {
        for &(letter, node) in &self.units[0].next {
            let at = letter as usize;
            self.first.resize(self.first.len().max(at + 1), 0);
            self.first[at] = node;
        }
    }

    /// Gives each unit the steps of its readings.
    fn add_steps(&mut self) {
        let mut units: Vec<(u8, u16)> = vec![(0, 0)];
        let mut at = 0;
        while at < units.len() {
            let (letters, node) = units[at];
            units.extend(self.units[usize::from(node)].next.iter().map(|&(_, next)| (letters + 1, next)));
            self.units[usize::from(node)].add_steps(letters, &self.readings);
            at += 1;
        }
    }

    /// A class is a sound of its own, which is like no other.
    fn add_word(&mut self, row: &[&str]) {
        let &[class, word] = row else {
            return;
        };
        let class = match class {
            "kind" => WordClass::Kind,
            name => {
                let known = self.sound(name).unwrap_or(self.symbols.len() as Sound);
                if usize::from(known) == self.symbols.len() {
                    self.symbols.push(name.to_owned());
                    self.swap[usize::from(known) * (SOUNDS + 1)] = 0;
                }
                WordClass::Of(known)
            }
        };
        let (list, word) = match word.strip_suffix('-') {
            Some(prefix) => (&mut self.prefixes, prefix),
            None => (&mut self.words, word),
        };
        let letters: Box<[char]> = word.chars().filter(|c| c.is_alphanumeric()).collect();
        list.entry(letters).or_default().push(class);
    }

    /// Takes out the readings of units that shorter units together give at no greater penalty.
    fn drop_redundant(&mut self) {
        let mut units: Vec<(Vec<char>, u16)> = vec![(Vec::new(), 0)];
        let mut at = 0;
        while at < units.len() {
            let (letters, node) = units[at].clone();
            let children = self.units[usize::from(node)].next.iter();
            units.extend(children.map(|&(letter, child)| ([letters.as_slice(), &[letter]].concat(), child)));
            at += 1;
        }
        for (letters, node) in units.iter().filter(|(letters, _)| letters.len() > 1) {
            let is_needed = |&number: &u16| {
                let reading = &self.readings[usize::from(number)];
                self.cheapest(letters, &reading.sounds, letters.len() - 1).is_none_or(|known| known > reading.penalty)
            };
            let kept: Vec<u16> = self.units[usize::from(*node)].anywhere.iter().copied().filter(is_needed).collect();
            self.units[usize::from(*node)].anywhere = kept;
        }
    }

    /// The least penalty at which units of at most `longest` letters give these sounds.
    fn cheapest(&self, letters: &[char], sounds: &[Sound], longest: usize) -> Option<Cost> {
        if letters.is_empty() {
            return sounds.is_empty().then_some(0);
        }
        let (mut node, mut best) = (0, None);
        for length in 1..=longest.min(letters.len()) {
            let Some(next) = self.step(node, letters[length - 1]) else {
                break;
            };
            node = next;
            for &number in &self.units[usize::from(node)].anywhere {
                let reading = &self.readings[usize::from(number)];
                let rest = sounds.strip_prefix(reading.sounds.as_slice());
                let rest = rest.and_then(|rest| self.cheapest(&letters[length..], rest, longest));
                let total = rest.map(|rest| rest.saturating_add(reading.penalty));
                best = [best, total].into_iter().flatten().min();
            }
        }
        best
    }

    /// What it costs to leave a sound out.
    pub(super) fn drop_cost(&self, sound: Sound) -> Cost {
        if sound == SILENCE { 0 } else { self.swap[usize::from(sound) * SOUNDS + usize::from(SILENCE)] }
    }
}

fn symbol_kind(symbol: &str) -> &'static str {
    if symbol == "digit" { "digit" } else { "letter" }
}

/// A cost as the tables write it.
fn cost(text: &str) -> Cost {
    text.parse::<f64>().map_or(NEVER, |cost| (cost * 1000.0).round() as Cost)
}

/// The rows of a table without its comments and heading.
fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    lines.skip(1).map(|line| line.split('\t').collect())
}
