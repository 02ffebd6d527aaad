//! The sentence that stands for a row of the timeline.

use crate::corpus::Span;

/// Bytes of a sentence that a row could ever show.
const LONGEST: usize = 1000;

/// The sentence of a body that holds the byte at `at`, in bytes of the body; `None` where the
/// body has none.
pub(crate) fn sentence_at(body: &str, at: usize) -> Option<Span> {
    let at = body.floor_char_boundary(at);
    let line_start = body.get(..at)?.rfind('\n').map_or(0, |feed| feed + 1);
    let line_end = body.get(at..)?.find('\n').map_or(body.len(), |n| at + n);
    let line = body.get(line_start..line_end)?;
    let ends = ends_of_sentences(line);
    let start = ends.clone().take_while(|end| line_start + end <= at).last();
    let start = line_start + start.unwrap_or(0);
    let end = ends.map(|end| line_start + end).find(|end| *end > at);
    let sentence = body.get(start..end.unwrap_or(line_end))?;
    let start = start + sentence.len() - sentence.trim_start().len();
    let sentence = sentence.trim();
    let end = start + sentence.floor_char_boundary(LONGEST);
    (start < end).then(|| Span::new(start, end))
}

/// The first sentence of a body, in bytes of the body.
pub(crate) fn first_sentence(body: &str) -> Option<Span> {
    let first = body.find(|c: char| c.is_alphanumeric())?;
    sentence_at(body, first)
}

/// Where sentences end within a line, in bytes: behind a mark of their end that white space
/// follows, unless a figure stands before a full stop, as in German dates.
fn ends_of_sentences(line: &str) -> impl Iterator<Item = usize> + Clone {
    line.match_indices(['.', '!', '?', '؟', '۔', '…'])
        .filter_map(move |(at, mark)| {
            let end = at + mark.len();
            let space = line.get(end..)?.chars().next()?.is_whitespace();
            let before = line.get(..at)?.chars().next_back()?;
            (space && !(mark == "." && before.is_numeric())).then_some(end)
        })
}
