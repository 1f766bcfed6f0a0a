//! Annotations of spans that another recogniser found.

use super::{Annotation, Glossed, Normalizer, Passage};
use crate::error::Error;
use crate::resolve::Signs;
use crate::span::Span;
use crate::text::Words;

impl Normalizer {
    /// What the names at `spans` mean, an annotation a span, in the order of `spans`: for whoever has a recogniser of names already, and
    /// wants the entries. A span that no entry fits has the status [`Unknown`](crate::Status::Unknown); with a filter those are left out that do
    /// not pass. The text's other names are read as well, since they tell what these mean.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Value`](crate::ErrorKind::Value) if a span is empty, or not in the text, or begins or ends inside a character.
    ///
    /// ```
    /// # #[cfg(feature = "bundled")] {
    /// use toponorm::{Matcher, Normalizer, Span};
    ///
    /// let normalizer = Normalizer::builder().build(Matcher::bundled()?);
    /// let text = "gold from goris, and from nowhere";
    /// let annotations = normalizer.annotate_spans(text, &[Span::new(10, 15), Span::new(26, 33)])?;
    /// assert_eq!(annotations[0].id.as_deref(), Some("goris"));
    /// assert_eq!(annotations[1].id, None);
    /// # }
    /// # Ok::<(), toponorm::Error>(())
    /// ```
    pub fn annotate_spans(&self, text: &str, spans: &[Span]) -> Result<Vec<Annotation>, Error> {
        self.annotate_spans_in(&Passage::whole(text), spans)
    }

    /// What the names at `spans` of a passage mean, as [`Normalizer::annotate_spans`] finds it.
    ///
    /// # Errors
    ///
    /// As [`Normalizer::annotate_spans`].
    pub fn annotate_spans_in(&self, passage: &Passage<'_>, spans: &[Span]) -> Result<Vec<Annotation>, Error> {
        let text = passage.text();
        spans.iter().try_for_each(|span| check(text, *span))?;
        let words = Words::of_document(text, passage.protected(), passage.told());
        let mut left: Vec<(usize, Span)> = spans.iter().copied().enumerate().collect();
        left.sort_by_key(|&(number, span)| (span.start, span.end, number));
        let mut annotations: Vec<(usize, Annotation)> = Vec::with_capacity(spans.len());
        // Spans inside others are read in turns of their own.
        while !left.is_empty() {
            let mut end = 0;
            let (turn, later): (Vec<_>, Vec<_>) = left.into_iter().partition(|(_, span)| {
                let is_free = span.start >= end;
                end = if is_free { span.end } else { end };
                is_free
            });
            annotations.extend(self.annotate_turn(&words, &turn));
            left = later;
        }
        annotations.sort_by_key(|&(number, _)| number);
        Ok(annotations.into_iter().map(|(_, annotation)| annotation).collect())
    }

    /// The annotations of numbered spans in order, of which none overlaps another.
    fn annotate_turn(&self, words: &Words<'_>, turn: &[(usize, Span)]) -> Vec<(usize, Annotation)> {
        let layers = self.matcher.layers();
        let given: Vec<Span> = turn.iter().map(|&(_, span)| span).collect();
        let reading = self.read(words, self.matcher.mentions_given(words, self.lang, &given), Glossed::default());
        let annotate = |&(number, span): &(usize, Span)| {
            let at = reading.resolutions.binary_search_by_key(&span.start, |known| known.mention.span.start).ok();
            let is_meant = |at: &usize| {
                let mention = &reading.resolutions[*at].mention;
                mention.is_given && mention.span == span && !mention.candidates.is_empty()
            };
            let known = at.filter(is_meant);
            let annotation = match known {
                Some(at) => {
                    let (resolution, replacement) = (&reading.resolutions[at], reading.replacements[at].clone());
                    let annotation = Annotation::new(layers, words.text, resolution, replacement);
                    if self.explain { annotation.explained(resolution) } else { annotation }
                }
                None if self.filter.is_some() => return None,
                None => Annotation::unknown(layers, &words.text[span.range()], (span, &Signs::default()), &[]),
            };
            Some((number, annotation))
        };
        turn.iter().filter_map(annotate).collect()
    }
}

fn check(text: &str, Span { start, end }: Span) -> Result<(), Error> {
    let wrong = if end > text.len() {
        format!("lies outside the text, which has {} bytes", text.len())
    } else if start >= end {
        "is empty".to_owned()
    } else if !text.is_char_boundary(start) || !text.is_char_boundary(end) {
        "begins or ends inside a character".to_owned()
    } else {
        return Ok(());
    };
    Err(Error::value(format!("the span {start} to {end} {wrong}")))
}

#[cfg(all(test, feature = "bundled"))]
mod tests {
    use super::*;
    use crate::matcher::Matcher;
    use crate::resolve::Status;

    fn ids(text: &str, surfaces: &[&str]) -> Vec<Option<String>> {
        let normalizer = Normalizer::builder().build(Matcher::bundled().expect("the bundled gazetteer"));
        let span = |surface: &&str| {
            let start = text.find(surface).expect(surface);
            Span::new(start, start + surface.len())
        };
        let spans: Vec<Span> = surfaces.iter().map(span).collect();
        let annotations = normalizer.annotate_spans(text, &spans).expect("spans in the text");
        assert_eq!(annotations.iter().map(|a| a.text.as_str()).collect::<Vec<_>>(), surfaces);
        annotations.into_iter().map(|annotation| annotation.id).collect()
    }

    #[test]
    fn only_the_spans_are_annotated_in_their_order_and_others_tell_what_they_mean() {
        let text = "From Yerevan the President of Armenia Nikol Pashinyan went to Goris.";
        let found = ids(text, &["Goris", "Armenia", "President", "President of Armenia"]);
        assert_eq!(found, [Some("goris".to_owned()), Some("armenia".to_owned()), None, None]);
    }

    #[test]
    fn a_span_wins_over_a_longer_find_and_a_gate() {
        assert_eq!(ids("Nagorno-Karabakh war", &["Karabakh"]).len(), 1);
        assert_eq!(ids("stepanakert", &["stepanakert"]), [Some("stepanakert".to_owned())]);
    }

    #[test]
    fn bad_spans_are_refused() {
        let normalizer = Normalizer::builder().build(Matcher::bundled().expect("the bundled gazetteer"));
        for (start, end) in [(0, 99), (2, 2), (1, 4), (9, 9)] {
            let span = Span { start, end };
            assert!(normalizer.annotate_spans("Şuşa", &[span]).is_err(), "{span:?}");
        }
        let dots = normalizer.annotate_spans("... Baku", &[Span::new(0, 2)]).expect("spans in the text");
        assert_eq!(dots[0].status, Status::Unknown);
        assert_eq!(normalizer.annotate_spans("Baku", &[]).unwrap().len(), 0);
    }

    proptest::proptest! {
        #[test]
        fn any_spans_of_any_text_are_annotated(text in "[a-zA-ZəŞ .'-]{0,40}", at in proptest::collection::vec((0usize..44, 1usize..12), 0..6)) {
            let normalizer = Normalizer::builder().build(Matcher::bundled().expect("the bundled gazetteer"));
            let spans: Vec<Span> = at.into_iter().map(|(start, length)| Span::new(start, start + length)).filter(|span| check(&text, *span).is_ok()).collect();
            let annotations = normalizer.annotate_spans(&text, &spans).expect("spans in the text");
            proptest::prop_assert_eq!(annotations.iter().map(|a| a.span).collect::<Vec<_>>(), spans);
        }
    }
}
