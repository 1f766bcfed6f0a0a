//! The edit script of the best alignment, for people: `j=y (South Slavic)`.
//!
//! The alignment is cut wherever both spellings are between letters, and each piece whose letters differ is an edit. It is
//! explained by the habit of the reading that made it possible.

use super::align::{Aligner, is_word};
use super::sounding::{Edge, NOT_A_GAP, Sounding};
use super::table::{NEVER, SOUNDS, SPACE, TABLE};
use super::{Cost, SILENCE};

/// The edits of a pair are looked for up to this distance first.
const FIRST_CUT: Cost = 700;

/// Hears of the steps of an alignment while it is made.
pub(super) trait Trace {
    /// A step from a cell to another was the cheapest so far, by these edges (none: equal letters, or such as changed places).
    fn step(&mut self, from: (usize, usize), to: (usize, usize), one: Option<Edge>, other: Option<Edge>);
}

impl Trace for () {
    #[inline]
    fn step(&mut self, _: (usize, usize), _: (usize, usize), _: Option<Edge>, _: Option<Edge>) {}
}

/// A step of the best path.
#[derive(Clone, Copy)]
pub(super) struct Step {
    pub(super) from: (usize, usize),
    pub(super) one: Option<Edge>,
    pub(super) other: Option<Edge>,
}

impl Step {
    /// What the sounds cost, penalties aside.
    fn cost(&self) -> Cost {
        let sound = |edge: Option<Edge>| usize::from(edge.map_or(SILENCE, |edge| edge.sound));
        let (one, other) = (sound(self.one), sound(self.other));
        if one == other { 0 } else { TABLE.swap[one * SOUNDS + other] }
    }

    /// Whether it is no reading but a translated or left out word, or letters that changed places.
    fn is_of_rule(&self) -> bool {
        let edges = [self.one, self.other];
        edges.iter().flatten().any(|&edge| is_word(edge)) || edges.iter().all(Option::is_none)
    }
}

/// The last cheapest step to every cell.
struct Steps {
    columns: usize,
    steps: Vec<Option<Step>>,
}

impl Trace for Steps {
    fn step(&mut self, from: (usize, usize), to: (usize, usize), one: Option<Edge>, other: Option<Edge>) {
        self.steps[to.0 * self.columns + to.1] = Some(Step { from, one, other });
    }
}

impl Aligner {
    /// What was done to `listed` to get `found`, in order: each edit as the letters found, those listed, and whose habit it is.
    pub(crate) fn edits(&mut self, found: &Sounding, listed: &Sounding) -> Vec<String> {
        let path = self.path(found, listed);
        let mut edits = Vec::new();
        let (mut from, mut piece) = ((0, 0), Vec::new());
        for (at, step) in path.iter().enumerate() {
            piece.push(*step);
            let to = path.get(at + 1).map_or((found.nodes() - 1, listed.nodes() - 1), |next| next.from);
            let gap = |sounding: &Sounding, node: usize| sounding.letter_of[node] != NOT_A_GAP;
            if gap(found, to.0) && gap(listed, to.1) {
                edits.extend(edit(found, listed, from, to, &piece));
                (from, piece) = (to, Vec::new());
            }
        }
        edits
    }

    /// The distance, found by ever higher cut-offs: most pairs that are asked for their edits are near.
    fn distance_however_far(&mut self, found: &Sounding, listed: &Sounding) -> Option<Cost> {
        let cuts =
            std::iter::successors(Some(FIRST_CUT), |&cut| (cut < NEVER).then_some(cut.saturating_mul(3).min(NEVER)));
        let mut distances = cuts.map(|cut| self.distance(found, listed, cut));
        distances.find_map(|distance| distance)
    }

    pub(super) fn path(&mut self, found: &Sounding, listed: &Sounding) -> Vec<Step> {
        let columns = listed.nodes();
        let mut trace = Steps { columns, steps: vec![None; found.nodes() * columns] };
        let distance = self.distance_however_far(found, listed).unwrap_or(NEVER);
        // No step of a cheapest path is dearer, so the others need not be tried.
        self.fill(found, listed, distance.saturating_add(1).min(NEVER), &mut trace);
        let mut path = Vec::new();
        let mut at = found.nodes().saturating_sub(1) * columns + columns.saturating_sub(1);
        while let Some(step) = trace.steps.get(at).copied().flatten() {
            path.push(step);
            at = step.from.0 * columns + step.from.1;
        }
        path.reverse();
        path
    }
}

/// A piece of the alignment as an edit, if the letters differ and something is to be said about it.
fn edit(
    found: &Sounding,
    listed: &Sounding,
    from: (usize, usize),
    to: (usize, usize),
    steps: &[Step],
) -> Option<String> {
    let (found_letters, listed_letters) = (letters(found, from.0, to.0), letters(listed, from.1, to.1));
    if found_letters == listed_letters {
        return None;
    }
    let sounds_alike = steps.iter().all(|step| step.cost() == 0);
    let reason =
        if sounds_alike { reason(steps) } else { reason(steps).filter(|_| steps.iter().any(Step::is_of_rule)) };
    // Two scripts have no letter in common: only what is no usual value is worth a word.
    let is_plain = reason.as_deref().is_none_or(|reason| reason == "English");
    let is_usual = sounds_alike && is_plain && found.script_differs(listed);
    let (found_letters, listed_letters) = without_common_ends(&found_letters, &listed_letters);
    let shown = |letters: &str| if letters.is_empty() { "∅".to_owned() } else { letters.to_owned() };
    let reason = reason.map(|reason| format!(" ({reason})")).unwrap_or_default();
    (!is_usual).then(|| format!("{}={}{reason}", shown(found_letters), shown(listed_letters)))
}

/// Two spellings without the vowels that both begin or end with, as long as something is left of each.
fn without_common_ends<'l>(one: &'l str, other: &'l str) -> (&'l str, &'l str) {
    let (mut one, mut other) = (one, other);
    let is_short = |letters: &str| letters.chars().nth(1).is_none();
    let is_vowel = |letter: Option<char>| letter.is_some_and(|letter| "aeiouəıöü".contains(letter));
    while !is_short(one) && !is_short(other) {
        let (first, last) = (one.chars().next(), one.chars().next_back());
        if is_vowel(first) && first == other.chars().next() {
            let length = first.map_or(0, char::len_utf8);
            (one, other) = (&one[length..], &other[length..]);
        } else if is_vowel(last) && last == other.chars().next_back() {
            let length = last.map_or(0, char::len_utf8);
            (one, other) = (&one[..one.len() - length], &other[..other.len() - length]);
        } else {
            break;
        }
    }
    (one, other)
}

fn letters(sounding: &Sounding, from: usize, to: usize) -> String {
    let gap = |node: usize| usize::from(sounding.letter_of[node]);
    let letters = sounding.letters.get(gap(from)..gap(to)).unwrap_or_default();
    letters.iter().map(|&c| if c == SPACE { ' ' } else { c }).collect::<String>().trim().to_owned()
}

/// Why the letters may differ: the habit of either side, a translated or left out word, or letters that changed places.
fn reason(steps: &[Step]) -> Option<String> {
    let edges = || steps.iter().flat_map(|step| [step.one, step.other]).flatten();
    if edges().any(is_word) {
        let is_translated = steps.iter().any(|step| step.one.is_some() && step.other.is_some());
        return Some(if is_translated { "translated" } else { "left out" }.to_owned());
    }
    if steps.iter().any(|step| step.one.is_none() && step.other.is_none()) {
        return Some("swapped".to_owned());
    }
    let habit = |edge: Edge| TABLE.readings.get(usize::from(edge.reading)).map(|reading| reading.habit.as_str());
    let of = |side: fn(&Step) -> Option<Edge>| {
        steps.iter().filter_map(side).filter_map(habit).find(|habit| !habit.is_empty())
    };
    let (one, other) = (of(|step| step.one), of(|step| step.other));
    // The habit of the one who wrote is the explanation; that of the list is usually English.
    one.filter(|&habit| habit != "English").or(other).or(one).map(str::to_owned)
}
