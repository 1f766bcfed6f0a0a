//! The words of a text as the resolver asks of them: what a word says by itself, worked out once, and what stands beside a mention, found out once.
//!
//! A dozen rules look at the words beside each mention, again for each of its candidates, and ask whether a word is ordinary, a first name, a
//! preposition of place, a noun for a kind of place. All that depends on the word alone and is remembered a thread, for as many words as the usual ones are; so a
//! rule costs a look and no folding, and no search in a list. Nothing that is remembered depends on the text that was read before.

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::ops::{Deref, Range};
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::bearers::{self, Bearer, Told, is_quote};
use super::{Containers, containers, cues, document_words, nouns};
use crate::gazetteer::Kind;
use crate::gazetteer::compiled::Layers;
use crate::matcher::Mention;
use crate::span::Span;
use crate::text::{self, Lexicon, Remembered, fold, is_title};

/// What a word says by itself.
#[derive(Debug)]
pub(super) struct Sense {
    pub(super) folded: Box<str>,
    /// An ordinary word of English; a proper noun of English; a first or family name; a weekday or month; a title.
    pub(super) is_word: bool,
    pub(super) is_proper_noun: bool,
    pub(super) is_personal_name: bool,
    /// A personal name that is an ordinary word too, and seldom: `John`, `Peter`, and not `Will`, `Grant`.
    pub(super) is_sooner_personal: bool,
    pub(super) is_calendar: bool,
    pub(super) is_title: bool,
    /// It ends as family names do.
    pub(super) is_like_family_name: bool,
    /// The languages other than English of which it is an ordinary word.
    pub(super) languages: &'static [&'static str],
    /// What it is beside a place's name.
    pub(super) roles: cues::Roles,
    /// The kinds of place that it is a noun for.
    pub(super) kinds: &'static [Kind],
    /// What bears the name beside it.
    pub(super) told: Told,
}

impl Sense {
    fn of(surface: &str) -> Self {
        let folded = fold(surface);
        Self {
            is_word: Lexicon.has_word(&folded),
            is_proper_noun: Lexicon.has_proper_noun(&folded),
            is_personal_name: Lexicon.has_personal_name(&folded),
            is_sooner_personal: Lexicon.has_personal_name(&folded) && Lexicon.has_rare_word(&folded),
            is_calendar: Lexicon.is_calendar(&folded),
            is_title: is_title(&folded),
            is_like_family_name: nouns::is_like_family_name(&folded),
            languages: document_words::languages_of(surface),
            roles: cues::Roles::of(&folded),
            kinds: cues::kinds_of(&folded),
            told: bearers::told_by(&folded),
            folded: folded.into(),
        }
    }

    /// Whether English knows the word.
    pub(super) fn is_known(&self) -> bool {
        self.is_word || self.is_proper_noun
    }
}

thread_local! {
    static SENSES: RefCell<Remembered<Rc<Sense>, { 1 << 14 }>> = RefCell::default();
}

fn sense_of(surface: &str) -> Rc<Sense> {
    SENSES.with_borrow_mut(|senses| Rc::clone(senses.get_or_work_out(surface, || Rc::new(Sense::of(surface)))))
}

/// A text's words, and what was found out about them and its mentions.
#[derive(Debug)]
pub(super) struct Words<'w> {
    words: &'w text::Words<'w>,
    senses: Vec<OnceCell<Rc<Sense>>>,
    /// Of each word the number of the mention that begins there.
    mention_at: Vec<u32>,
    besides: Vec<Beside>,
    /// Where quotation marks stand.
    quotes: OnceCell<Vec<usize>>,
    /// Whether the text speaks of scripture.
    is_scripture: OnceCell<bool>,
    /// How the words are used with which mentions begin.
    uses: OnceCell<FxHashMap<&'w str, Uses>>,
    /// What contains the entries that are spoken of.
    containers: RefCell<FxHashMap<u32, Containers>>,
}

/// How often a text has a word, and how often after a preposition of place or `of`.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Uses {
    pub(super) all: usize,
    pub(super) placed: usize,
}

/// What was found out about one mention. It is asked for again and again: for each candidate, by gates and signals, and whenever the evidence has grown.
#[derive(Debug)]
pub(super) struct Beside {
    span: Span,
    /// Its folded words, if there are several.
    key: OnceCell<Box<str>>,
    /// What bears the name.
    pub(super) bearer: OnceCell<Option<Bearer>>,
    /// The kinds of place that a head noun beside it speaks for.
    pub(super) kinds: OnceCell<&'static [Kind]>,
}

const NO_MENTION: u32 = u32::MAX;

impl<'w> Words<'w> {
    pub(super) fn new(words: &'w text::Words<'w>, mentions: &[Mention]) -> Self {
        let mut mention_at = vec![NO_MENTION; words.len()];
        for (number, mention) in mentions.iter().enumerate() {
            mention_at[mention.words.start] = number as u32;
        }
        let beside = |mention: &Mention| Beside {
            span: mention.span,
            key: OnceCell::new(),
            bearer: OnceCell::new(),
            kinds: OnceCell::new(),
        };
        let senses = std::iter::repeat_with(OnceCell::new).take(words.len()).collect();
        Self {
            words,
            senses,
            mention_at,
            besides: mentions.iter().map(beside).collect(),
            quotes: OnceCell::new(),
            is_scripture: OnceCell::new(),
            uses: OnceCell::new(),
            containers: RefCell::default(),
        }
    }

    /// What the word at `at` says by itself.
    pub(super) fn sense(&self, at: usize) -> &Sense {
        self.senses[at].get_or_init(|| sense_of(self.words.surface(at)))
    }

    /// What was found out about a mention; `None` of one that shares its first word with another.
    pub(super) fn beside(&self, mention: &Mention) -> Option<&Beside> {
        let beside = self.besides.get(self.mention_at[mention.words.start] as usize)?;
        (beside.span == mention.span).then_some(beside)
    }

    /// What contains an entry: asked for again and again of the same ones, of namesakes in pairs.
    pub(super) fn containers(&self, layers: &Layers, entry: u32) -> Containers {
        *self.containers.borrow_mut().entry(entry).or_insert_with(|| containers(layers, entry))
    }

    /// Whether `outer` is among what contains `inner`.
    pub(super) fn contains(&self, layers: &Layers, outer: u32, inner: u32) -> bool {
        self.containers(layers, inner).contains(&outer)
    }

    /// Whether a quotation mark stands in a stretch of the text.
    pub(super) fn has_quote(&self, range: Range<usize>) -> bool {
        let quotes = self.quotes.get_or_init(|| quotes(self.words.text));
        let next = quotes.partition_point(|&at| at < range.start);
        quotes.get(next).is_some_and(|&at| at < range.end)
    }

    /// Whether the text speaks of scripture; asked for where it has a people's name.
    pub(super) fn is_scripture(&self) -> bool {
        *self.is_scripture.get_or_init(|| bearers::is_scripture(self))
    }

    /// How the text uses the word at `at`, with which a mention begins. Of all such words at once, since that takes reading the text.
    pub(super) fn uses(&self, at: usize) -> Uses {
        self.uses.get_or_init(|| self.count_uses()).get(self.surface(at)).copied().unwrap_or_default()
    }

    fn count_uses(&self) -> FxHashMap<&'w str, Uses> {
        let begins = |&at: &usize| self.mention_at[at] != NO_MENTION;
        let firsts = (0..self.len()).filter(begins).map(|at| self.words.surface(at));
        let mut uses: FxHashMap<&str, Uses> = firsts.map(|first| (first, Uses::default())).collect();
        for at in 0..self.len() {
            if let Some(uses) = uses.get_mut(self.words.surface(at)) {
                uses.all += 1;
                uses.placed += usize::from(cues::is_placed_word(self, at));
            }
        }
        uses
    }

    /// A mention's folded words, run together.
    pub(super) fn key(&self, mention: &Mention) -> Cow<'_, str> {
        if mention.words.len() == 1 {
            return (&*self.sense(mention.words.start).folded).into();
        }
        let key = || mention.words.clone().map(|at| &*self.sense(at).folded).collect::<String>();
        match self.beside(mention) {
            Some(beside) => (&**beside.key.get_or_init(|| key().into())).into(),
            None => key().into(),
        }
    }
}

/// Where quotation marks stand.
fn quotes(text: &str) -> Vec<usize> {
    // Each begins with one of these bytes; most texts have few of them.
    let may_begin = memchr::memchr3_iter(b'"', 0xC2, 0xE2, text.as_bytes());
    may_begin.filter(|&at| text[at..].starts_with(is_quote)).collect()
}

impl<'w> Deref for Words<'w> {
    type Target = text::Words<'w>;

    fn deref(&self) -> &Self::Target {
        self.words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_quotation_mark_is_found() {
        let text = "a \"b\u{a0}\u{2010}\" “c” «d» „e… ə";
        assert_eq!(quotes(text), text.match_indices(is_quote).map(|(at, _)| at).collect::<Vec<_>>());
    }

    #[test]
    fn keys_are_the_folded_words_run_together() {
        let text = text::Words::new("in Nagorno-Karabakh, Şuşa");
        let mention = |words: Range<usize>| Mention {
            span: text.span(words.clone()),
            words,
            candidates: Vec::new(),
            refused: None,
            is_common: false,
            is_given: false,
        };
        let (several, one) = (mention(1..3), mention(3..4));
        let words = Words::new(&text, std::slice::from_ref(&several));
        assert_eq!(
            [words.key(&several), words.key(&several), words.key(&one)],
            ["nagornokarabakh", "nagornokarabakh", "susa"]
        );
        assert!(words.beside(&several).is_some() && words.beside(&one).is_none());
    }
}
