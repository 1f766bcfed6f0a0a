//! Fixtures: a town beside a score, or a verb of sport, is its club. `Leeds drew with Everton`, `Kapan 2-1 Sevan`.
//!
//! Only words count that hardly speak of anything but games. `defeated` and `hosted` were rejected, as armies and capitals do that as well.

use crate::matcher::Mention;
use crate::resolve::words::Words;
use crate::text::{Joint, Shape};

/// Whether a club is playing that the mention names.
pub(super) fn is_in_fixture(words: &Words<'_>, mention: &Mention) -> bool {
    let fixture = Fixture { words, mention };
    fixture.is_side() || fixture.is_opponent() || fixture.has_score()
}

struct Fixture<'a, 'w> {
    words: &'a Words<'w>,
    mention: &'a Mention,
}

impl Fixture<'_, '_> {
    /// The word at `at`, if only a space is before it.
    fn joined(&self, at: usize) -> Option<&str> {
        (self.words.joint(at) == Joint::Space).then(|| self.words.surface(at))
    }

    /// The word so many before the mention, if only spaces are between.
    fn before(&self, distance: usize) -> Option<&str> {
        let first = self.mention.words.start;
        let at = first.checked_sub(distance)?;
        (at + 1..=first).all(|at| self.words.joint(at) == Joint::Space).then(|| self.words.surface(at))
    }

    /// `X beat Y`, `X drew with Y`, `X lost at home`, `X and Y drew 1-1`; with a verb in the plural: `X have won`, `X face Y`.
    fn is_side(&self) -> bool {
        let next = self.mention.words.end;
        let is_name = |at: usize| self.joined(at).is_some_and(|word| Shape::of(word) == Shape::Title);
        let how = || self.joined(next + 1);
        let is_alone =
            || self.before(1).is_none_or(|word| !matches!(word, "and" | "or") && Shape::of(word) != Shape::Title);
        match self.joined(next) {
            Some("and") => is_name(next + 1) && self.joined(next + 2) == Some("drew"),
            Some("face" | "host" | "meet" | "play" | "visit") => is_alone() && is_name(next + 1),
            Some("are" | "have" | "were") => self.words.starts_sentence(self.mention.words.start),
            // `X beat its drums`
            Some("beat" | "thrashed" | "trounced" | "vs" | "v") => {
                how().is_some_and(|word| Shape::of(word) == Shape::Title)
            }
            Some("drew") => how() == Some("with") || self.is_score(next + 2),
            Some("lost" | "won") => match how() {
                Some("to") => is_name(next + 2),
                Some("at") => self.joined(next + 2) == Some("home"),
                Some("away") => true,
                _ => self.is_score(next + 2),
            },
            _ => false,
        }
    }

    /// `lost to X`, `lost 3-1 to X`, `drew with X`, `a match against X`, `Y host X`.
    fn is_opponent(&self) -> bool {
        let has_name_at = |distance: usize| self.before(distance).is_some_and(|word| Shape::of(word) == Shape::Title);
        match self.before(1) {
            Some("vs" | "v" | "beat" | "thrashed" | "trounced") => has_name_at(2),
            Some("face" | "host" | "meet" | "play" | "visit") => has_name_at(2) && self.before(3) != Some("and"),
            Some("with") => matches!(self.before(2), Some("drew" | "draw")),
            Some("to") => self.is_beaten_by(),
            Some("against" | "over") => matches!(
                self.before(2),
                Some(
                    "match" | "game" | "goal" | "goals" | "victory" | "win" | "defeat" | "draw" | "final" | "semifinal"
                )
            ),
            _ => false,
        }
    }

    /// `lost to`, `lost at home to`, `lost away to`, `lost 3-1 to` before the mention.
    fn is_beaten_by(&self) -> bool {
        match self.before(2) {
            Some("home") => self.before(3) == Some("at"),
            Some("away") => self.before(3) == Some("lost"),
            // `was lost to X` is said of ground.
            Some("lost") => !matches!(self.before(3), Some("was" | "were" | "been" | "being" | "is" | "are")),
            Some(_) => self.is_score(self.mention.words.start - 2),
            None => false,
        }
    }

    /// `X 2-1 Y`.
    fn has_score(&self) -> bool {
        let (first, next) = (self.mention.words.start, self.mention.words.end);
        let is_name = |at: usize| self.joined(at).is_some_and(|word| Shape::of(word) == Shape::Title);
        let is_first = self.joined(next).is_some() && self.is_score(next + 1) && is_name(next + 2);
        let is_second = || first > 2 && self.joined(first).is_some() && self.is_score(first - 1);
        let has_opponent = || self.joined(first - 2).is_some() && self.words.shape(first - 3) == Shape::Title;
        (is_first && self.before(1).is_none_or(|word| Shape::of(word) != Shape::Lower))
            || (is_second() && has_opponent())
    }

    /// Whether the word at `at` and the one before it are a score.
    fn is_score(&self, at: usize) -> bool {
        const MAX_DIGITS: usize = 2;
        let words = self.words;
        let is_number = |at: usize| {
            let word = words.surface(at);
            word.len() <= MAX_DIGITS && word.bytes().all(|digit| digit.is_ascii_digit())
        };
        at > 0 && words.joint(at) == Joint::Hyphen && is_number(at - 1) && is_number(at)
    }
}
