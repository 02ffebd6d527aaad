//! The first sentence of a line, and where to cut one that is too long for a title.

use std::ops::Range;

/// Abbreviations that a full stop follows within a sentence, in lower case.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "gen", "col", "lt", "st", "sen", "rep", "gov", "no", "vs",
    "inc", "ltd", "co", "corp", "hr", "fr", "ca", "bzw", "usw", "nr", "str", "mio", "mrd", "evtl",
    "ggf", "sog", "vgl",
];

/// The first sentence, with its closing sign. A line that has no end of a sentence is one sentence.
pub(super) fn first(line: &str) -> &str {
    let mut characters = line.char_indices().peekable();
    while let Some((at, c)) = characters.next() {
        if !matches!(c, '.' | '!' | '?' | '؟' | '۔' | '…') {
            continue;
        }
        let mut end = at + c.len_utf8();
        // signs and closing quotes that belong to this end
        while let Some((next_at, next)) = characters.next_if(|(_, n)| {
            matches!(
                n,
                '.' | '!' | '?' | '؟' | '"' | '”' | '“' | '»' | ')' | '\''
            )
        }) {
            end = next_at + next.len_utf8();
        }
        let ended = characters.peek().is_none_or(|(_, n)| n.is_whitespace());
        if !ended {
            continue;
        }
        let before = line.get(..at).unwrap_or("");
        let after = line.get(end..).unwrap_or("").trim_start();
        let stopped = c != '.' || stops(before, line.get(at..end).unwrap_or(""), after);
        if stopped {
            return line.get(..end).unwrap_or(line);
        }
    }
    line
}

/// Whether a full stop ends a sentence.
fn stops(before: &str, signs: &str, after: &str) -> bool {
    // dots of suspense go on: معارك حلب.. احتدام القتال
    if signs.starts_with("..") {
        return false;
    }
    if after.starts_with(char::is_lowercase) {
        return false;
    }
    let word = before
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '"' | '„' | '“' | '«'))
        .next()
        .unwrap_or("");
    let letters = word.chars().count();
    // initials, ordinals such as "4. November", abbreviations with stops inside, "Dr."
    let is_part = (letters == 1 && word.chars().all(char::is_uppercase))
        || (letters <= 2 && !word.is_empty() && word.chars().all(|c| c.is_ascii_digit()))
        || (word.contains('.') && letters <= 5)
        || ABBREVIATIONS.contains(&word.to_lowercase().as_str());
    !is_part
}

/// Where to cut a text so that at most `longest` characters stay, in bytes: behind a clause if one
/// ends in the second half of that, else behind a word, else between two characters.
pub(super) fn cut(text: &str, longest: usize) -> usize {
    let end = text
        .char_indices()
        .nth(longest)
        .map_or(text.len(), |(at, _)| at);
    let head = text.get(..end).unwrap_or(text);
    let second_half: Range<usize> = end / 2..end;
    let clause = head
        .match_indices([',', ';', ':', '،', '؛', '–', '—'])
        .filter(|(at, _)| second_half.contains(at))
        // not within a number or a time of day
        .filter(|(at, sign)| {
            let after = head.get(at + sign.len()..).unwrap_or("");
            after.starts_with(char::is_whitespace)
        })
        .map(|(at, _)| at)
        .next_back();
    let word = || {
        head.rfind(char::is_whitespace)
            .filter(|at| second_half.contains(at))
    };
    let at = clause.or_else(word).unwrap_or(end);
    head.get(..at).map_or(end, |kept| kept.trim_end().len())
}
