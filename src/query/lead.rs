//! The sentence that stands for a row of the timeline.

use crate::corpus::Span;
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

/// The first sentence of a body that holds a letter or digit, in bytes of the body.
pub(crate) fn first_sentence(body: &str) -> Option<Span> {
    sentence_at(body, body.find(char::is_alphanumeric)?)
}

#[cfg(test)]
mod tests {
    use super::*;
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
        assert_eq!(
            first_sentence(body).unwrap().of(body),
            "Am 4. November fiel die Stadt."
        );
        assert_eq!(first_sentence("... \n!"), None);
        assert_eq!(first_sentence(""), None);
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
