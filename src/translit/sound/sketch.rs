//! Sketches: the beginning of an outline in one number, to be compared in some nanoseconds.
//!
//! Most are told apart by which groups they have at all, and by their lengths; only the others are aligned.

/// The beginning of an outline in a number, to be kept for every name that running text may misspell: a bit for each group that occurs,
/// and above them twelve symbols of four bits, the first lowest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Sketch(pub(crate) u64);

impl Sketch {
    const SYMBOLS: usize = 12;
    const GROUP_BITS: u32 = 16;

    /// The sketch of an outline of these symbols.
    pub(super) fn of(symbols: &[u8]) -> Self {
        let mut sketch = 0;
        for (at, &symbol) in symbols.iter().take(Self::SYMBOLS).enumerate() {
            // Groups are counted from one: no symbol is zero.
            let symbol = u64::from(symbol % 15) + 1;
            sketch |= (1 << symbol) | (symbol << (Self::GROUP_BITS as usize + 4 * at));
        }
        Self(sketch)
    }

    fn groups(self) -> u16 {
        self.0 as u16
    }

    fn len(self) -> usize {
        (u64::BITS - (self.0 >> Self::GROUP_BITS).leading_zeros()).div_ceil(4) as usize
    }

    fn symbols(self) -> impl Iterator<Item = u8> {
        (0..self.len()).map(move |at| (self.0 >> (Self::GROUP_BITS as usize + 4 * at)) as u8 & 15)
    }
}

/// A sketch that many others are compared with.
#[derive(Clone, Debug)]
pub(crate) struct SketchQuery {
    groups: u16,
    occurs: [u16; 16],
    length: usize,
}

impl SketchQuery {
    pub(crate) fn new(sketch: Sketch) -> Self {
        let mut query = Self { groups: sketch.groups(), occurs: [0; 16], length: 0 };
        for symbol in sketch.symbols() {
            query.occurs[usize::from(symbol)] |= 1 << query.length;
            query.length += 1;
        }
        query
    }

    /// How many symbols there are.
    pub(crate) fn len(&self) -> usize {
        self.length
    }

    /// Whether at most so many edits turn one into the other.
    #[inline]
    pub(crate) fn is_within(&self, other: Sketch, edits: usize) -> bool {
        // An edit takes away at most one group, and brings at most one.
        let groups = other.groups();
        let is_more = |groups: u16| (0..edits).fold(groups, |left, _| left & left.wrapping_sub(1)) != 0;
        if is_more(self.groups & !groups)
            || is_more(groups & !self.groups)
            || self.length.abs_diff(other.len()) > edits
            || self.length == 0
        {
            return false;
        }
        let equal = other.symbols().map(|symbol| u32::from(self.occurs[usize::from(symbol)]));
        edit_distance(self.length, equal) <= edits
    }
}

/// The edit distance of a pattern of so many symbols, 1 to 32, to a text. Of each symbol of the text it wants the places of
/// the pattern that have it, a bit each.
#[inline]
pub(super) fn edit_distance(length: usize, equal: impl Iterator<Item = u32>) -> usize {
    let mut edits = Edits::of(length);
    equal.for_each(|equal| edits.go_on(equal));
    edits.distance
}

/// How many edits turn a pattern into the text so far; Myers' algorithm.
#[derive(Clone, Copy)]
pub(super) struct Edits {
    last: u32,
    plus: u32,
    minus: u32,
    pub(super) distance: usize,
}

impl Edits {
    /// A pattern of so many symbols, and no text yet.
    #[inline]
    pub(super) fn of(length: usize) -> Self {
        Self { last: 1 << (length - 1), plus: u32::MAX, minus: 0, distance: length }
    }

    /// The text has one more symbol, which the pattern has in these places.
    #[inline]
    pub(super) fn go_on(&mut self, equal: u32) {
        let vertical = equal | self.minus;
        let horizontal = (((equal & self.plus).wrapping_add(self.plus)) ^ self.plus) | equal;
        let (up, down) = (self.minus | !(horizontal | self.plus), self.plus & horizontal);
        self.distance += usize::from(up & self.last != 0);
        self.distance -= usize::from(down & self.last != 0);
        let up = up << 1 | 1;
        self.plus = down << 1 | !(vertical | up);
        self.minus = up & vertical;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Outline;
    use super::*;

    proptest! {
        #[test]
        fn sketches_are_within_as_many_edits_as_their_symbols_are(one in "[a-zəşç]{1,14}", other in "[a-zəşç]{1,14}", edits in 0usize..6) {
            let (one, other) = (Outline::of(&one).sketch(), Outline::of(&other).sketch());
            let symbols = |sketch: Sketch| sketch.symbols().collect::<Vec<u8>>();
            prop_assume!(!symbols(one).is_empty());
            let distance = strsim::generic_levenshtein(&symbols(one), &symbols(other));
            prop_assert_eq!(SketchQuery::new(one).is_within(other, edits), distance <= edits);
        }
    }
}
