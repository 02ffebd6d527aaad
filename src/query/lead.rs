//! The sentence that stands for a row of the timeline.

use crate::corpus::{Article, EntityKind, Field, Span};
use crate::text::segment;

/// Bytes on either side of a place within which its sentence is looked for; also the longest
/// sentence. A line of a megabyte must not cost a megabyte for each row of the timeline.
const REACH: usize = 2000;

/// The sentence of a body that holds the byte at `at`, in bytes of the body; `None` where there
/// is none.
pub(crate) fn sentence_at(body: &str, at: usize) -> Option<Span> {
    let at = body.floor_char_boundary(at);
    let nearest = body.ceil_char_boundary(at.saturating_sub(REACH));
    let furthest = body.floor_char_boundary(at.saturating_add(REACH));
    let feed_before = body.get(nearest..at)?.rfind('\n');
    let start = feed_before.map_or(nearest, |feed| nearest + feed + 1);
    let feed_after = body.get(at..furthest)?.find('\n');
    let end = feed_after.map_or(furthest, |feed| at + feed);
    segment::sentences(body.get(start..end)?)
        .map(|sentence| Span::new(start + sentence.start, start + sentence.end))
        .find(|sentence| at < sentence.end as usize)
}

/// Words beside its dates from which on a sentence tells something of them.
const TELLING: usize = 3;

/// The sentence of an article's body that holds the byte at `at`; the first that tells something
/// where that is a mere stamp, such as a dateline.
pub(crate) fn telling_at(article: &Article, at: usize) -> Option<Span> {
    let body = &article.raw.text;
    let sentence = sentence_at(body, at)?;
    let dates: Vec<Span> = article
        .timexes
        .iter()
        .filter(|timex| timex.field == Field::Text && timex.span.overlaps(sentence))
        .map(|timex| timex.span)
        .collect();
    let start = sentence.range().start;
    let told = segment::words(sentence.of(body)).filter(|word| {
        let word = Span::new(start + word.start, start + word.end);
        let has_letters = word.of(body).chars().any(char::is_alphabetic);
        has_letters && !dates.iter().any(|date| date.overlaps(word))
    });
    if told.take(TELLING).count() == TELLING {
        Some(sentence)
    } else {
        first_sentence(article).or(Some(sentence))
    }
}

/// Lines with something on them among which the first that tells something is looked for.
const LINES: usize = 6;

/// The first sentence of an article that tells something, in bytes of its body: its title where
/// that was taken from the body, never a mere date or place above the story unless there is
/// nothing else.
pub(crate) fn first_sentence(article: &Article) -> Option<Span> {
    let body = &article.raw.text;
    let title = article.title.derived_from;
    let from = body.ceil_char_boundary(title.map_or(0, |span| span.range().start));
    let told = first_telling_line(article, from).unwrap_or(from);
    let at = told + body.get(told..)?.find(char::is_alphanumeric)?;
    let sentence = sentence_at(body, at)?;
    // a title may begin behind a date on the same line
    let start = sentence.range().start;
    let start = if start < from { at } else { start };
    Some(Span::new(start, sentence.range().end))
}

/// Where the first line begins that is more than a date or a place.
fn first_telling_line(article: &Article, from: usize) -> Option<usize> {
    let body = &article.raw.text;
    let end = body.floor_char_boundary(from.saturating_add(LINES * REACH));
    let mut start = from;
    let lines = body.get(from..end)?.split_inclusive('\n').map(|line| {
        let span = Span::new(start, start + line.len());
        start += line.len();
        span
    });
    lines
        .filter(|line| line.of(body).contains(char::is_alphanumeric))
        .take(LINES)
        .find(|line| tells(article, *line))
        .map(|line| line.range().start)
}

/// Whether a line says more than when or where: `Murrayfield, Edinburgh` does not.
fn tells(article: &Article, line: Span) -> bool {
    let text = line.of(&article.raw.text).trim_end();
    // a lone word is a rubric, or what is left of a picture: `.jpg?)`
    let words = text.split_whitespace();
    let words = words.filter(|word| word.contains(char::is_alphabetic));
    if words.take(2).count() < 2 {
        return false;
    }
    let base = line.range().start;
    let dates = article.timexes.iter().map(|t| (t.field, t.span));
    let places = article
        .mentions
        .iter()
        .filter(|m| m.kind == EntityKind::Place)
        .map(|m| (m.field, m.span));
    let known: Vec<Span> = dates
        .chain(places)
        .filter(|(field, span)| {
            *field == Field::Text && span.start < line.end && span.end > line.start
        })
        .map(|(_, span)| span)
        .collect();
    let is_known = |at: usize| known.iter().any(|span| span.range().contains(&(base + at)));
    // letters only: a lone number is a time of day or a count
    let mut told = text
        .char_indices()
        .filter(|(at, c)| c.is_alphabetic() && !is_known(*at));
    if told.next().is_none() {
        return false;
    }
    // an unknown place within a known one
    let Some((unknown, rest)) = text.split_once([',', '،']) else {
        return true;
    };
    let dateline = unknown.split_whitespace().count() <= 2
        && rest
            .char_indices()
            .filter(|(_, c)| c.is_alphabetic())
            .all(|(at, _)| is_known(text.len() - rest.len() + at))
        && rest.contains(char::is_alphabetic);
    !dateline
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::testing::draft;
    use proptest::prelude::*;

    #[test]
    fn the_sentence_around_a_place() {
        let body = "***\nAm 4. November fiel die Stadt. Dann: Ruhe!\n\nقال. ثم ذهب.";
        for (at, expected) in [
            ("Am", "Am 4. November fiel die Stadt."),
            ("November", "Am 4. November fiel die Stadt."),
            ("Dann", "Dann: Ruhe!"),
            ("ثم", "ثم ذهب."),
        ] {
            let span = sentence_at(body, body.find(at).unwrap()).unwrap();
            assert_eq!(span.of(body), expected);
        }
    }

    #[test]
    fn the_first_sentence_is_neither_a_date_nor_a_place() {
        let bare = |body: &str| {
            let article = draft("a", body).article;
            first_sentence(&article).map(|span| span.of(body).to_owned())
        };
        assert_eq!(
            bare("***\nAm 4. fiel die Stadt. Dann: Ruhe!").unwrap(),
            "Am 4. fiel die Stadt."
        );
        assert_eq!(
            bare("1400\n\nThe match began.").unwrap(),
            "The match began."
        );
        assert_eq!(bare("1400\n").unwrap(), "1400");
        assert_eq!(bare("... \n!"), None);
        assert_eq!(bare(""), None);

        let body = "20 September 2016\n\nMurrayfield, Edinburgh\nEdinburgh\nScotland won. Twice.";
        let mut article = draft("a", body)
            .time("20 September 2016", None)
            .mention("Edinburgh", "Edinburgh", EntityKind::Place)
            .article;
        let second = body.rfind("Edinburgh").unwrap();
        let again = crate::corpus::Mention {
            span: Span::new(second, second + "Edinburgh".len()),
            ..article.mentions[0].clone()
        };
        article.mentions = [&*article.mentions, &[again]].concat().into();
        assert_eq!(first_sentence(&article).unwrap().of(body), "Scotland won.");

        // a place within a headline stays, and so does all when there is nothing else
        let body = "Army, rebels fight in Aleppo\nMore.";
        let article = draft("a", body)
            .mention("Aleppo", "Aleppo", EntityKind::Place)
            .article;
        assert_eq!(
            first_sentence(&article).unwrap().of(body),
            "Army, rebels fight in Aleppo"
        );
        let body = "20 September 2016\n";
        let article = draft("a", body).time("20 September 2016", None).article;
        assert_eq!(
            first_sentence(&article).unwrap().of(body),
            "20 September 2016"
        );
    }

    #[test]
    fn a_title_from_the_body_is_where_it_begins() {
        let body = "4 November 2016 Rebels advance. More.";
        let mut article = draft("a", body).article;
        let start = body.find("Rebels").unwrap();
        article.title.derived_from = Some(Span::new(start, start + "Rebels advance".len()));
        assert_eq!(
            first_sentence(&article).unwrap().of(body),
            "Rebels advance."
        );
    }

    #[test]
    fn a_line_without_end_gives_a_piece_around_the_place() {
        let body = "word ".repeat(100_000) + "here" + &" word".repeat(100_000);
        let span = sentence_at(&body, body.find("here").unwrap()).unwrap();
        assert!(span.of(&body).contains("here") && span.len() <= 2 * REACH);
    }

    proptest! {
        #[test]
        fn any_place_in_any_text(body in "[\\PC\n.]{0,60}", at in 0usize..100) {
            if let Some(span) = sentence_at(&body, at) {
                prop_assert!(!span.of(&body).is_empty());
            }
        }
    }
}
