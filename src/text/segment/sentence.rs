//! Where sentences end in English, German and Arabic news.
//!
//! No language is asked for: a candidate (a stop, with the quotes that close behind it) is judged
//! by the word before it and the word after it. Where both readings are possible the sentence goes
//! on: two sentences taken for one mislead less than a name cut in half.

use std::iter;
use std::ops::Range;

use crate::text::segment::abbreviations;
use crate::text::segment::abbreviations::Abbreviation;
use crate::text::segment::paragraphs;

/// The sentences of `text`, as byte ranges without white space at their ends. A paragraph ends a
/// sentence, so a headline in a line of its own is one. All that is not white space is in exactly
/// one sentence.
pub fn sentences(text: &str) -> impl Iterator<Item = Range<usize>> {
    paragraphs(text).flat_map(move |paragraph| {
        let line = text.get(paragraph.clone()).unwrap_or("");
        let mut at = 0;
        iter::from_fn(move || {
            let rest = line.get(at..)?;
            let start = at + (rest.len() - rest.trim_start().len());
            let end = sentence_end(line, start)?;
            at = end;
            Some(paragraph.start + start..paragraph.start + end)
        })
    })
}

/// The first sentence of `text`; empty where there is none.
#[must_use]
pub fn first_sentence(text: &str) -> Range<usize> {
    sentences(text).next().unwrap_or(0..0)
}

/// Where the sentence that begins at `start` ends in its line; `None` where none begins.
fn sentence_end(line: &str, start: usize) -> Option<usize> {
    let rest = line.get(start..).filter(|rest| !rest.is_empty())?;
    let mut chars = rest.char_indices().peekable();
    while let Some((offset, c)) = chars.next() {
        if !is_stop(c) {
            continue;
        }
        // all stops of a run, and what closes behind them
        let mut stops = 1;
        let mut closed = false;
        let mut end = start + offset + c.len_utf8();
        while let Some((_, next)) = chars.next_if(|(_, n)| (!closed && is_stop(*n)) || closes(*n)) {
            stops += usize::from(is_stop(next));
            closed |= closes(next);
            end += next.len_utf8();
        }
        let before = line.get(start..start + offset).unwrap_or("");
        let after = line.get(end..).unwrap_or("");
        if after.trim_start().is_empty() {
            return Some(end);
        }
        let stop = Stop { c, stops, closed };
        if stop.ends(before, after) {
            return Some(end);
        }
    }
    Some(start + rest.trim_end().len())
}

/// Characters that may end a sentence. The Arabic comma and semicolon do not.
fn is_stop(c: char) -> bool {
    matches!(
        c,
        '.' | '!' | '?' | '…' | '؟' | '۔' | '‼' | '⁇' | '⁈' | '⁉' | '。' | '！' | '？' | '．'
    )
}

/// Characters that close a quotation or bracket behind a stop. The low-high German quotation
/// closes with the mark that opens an English one, and guillemets close either way.
fn closes(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '”' | '’' | '“' | '‘' | '»' | '«' | '›' | '‹' | ')' | ']' | '」' | '』'
    )
}

/// Characters that may stand before the first word of a sentence.
fn opens(c: char) -> bool {
    closes(c) && c != ')' && c != ']'
        || matches!(
            c,
            '„' | '‚' | '(' | '[' | '-' | '–' | '—' | '•' | '*' | '¿' | '¡'
        )
}

/// A candidate for the end of a sentence.
struct Stop {
    /// The first stop.
    c: char,
    /// How many stops there are.
    stops: usize,
    /// Whether a quotation or bracket closes behind them.
    closed: bool,
}

impl Stop {
    /// Whether the sentence ends here. Neither side is empty.
    fn ends(&self, before: &str, after: &str) -> bool {
        let spaced = after.starts_with(char::is_whitespace);
        let next = first_word(after);
        let Some(initial) = next.chars().next() else {
            // no word follows in the paragraph, only punctuation
            return spaced && self.closed;
        };
        if is_ideographic(self.c) {
            return true;
        }
        if !spaced {
            return self.ends_unspaced(before, after);
        }
        if initial.is_lowercase() {
            return false;
        }
        if self.c == '…' || self.c == '.' && self.stops > 1 {
            // in Arabic, ".." is a dash
            return initial.is_uppercase();
        }
        if self.c != '.' || self.closed {
            return true;
        }
        !goes_on(before, initial, next)
    }

    /// Whether a stop without white space behind it ends a sentence: `the city.The army`.
    fn ends_unspaced(&self, before: &str, after: &str) -> bool {
        if self.stops > 1 || self.closed || self.c == '…' {
            return false;
        }
        let mut following = after.chars();
        let (Some(first), Some(second)) = (following.next(), following.next()) else {
            return false;
        };
        let word = last_word(before);
        if word.chars().count() < 3 || !word.chars().all(char::is_alphabetic) {
            return false;
        }
        if is_arabic(first) {
            return is_arabic(second) && word.chars().all(is_arabic);
        }
        first.is_uppercase()
            && second.is_lowercase()
            && !abbreviations::is_domain(first_word(after))
            && word.chars().skip(1).all(char::is_lowercase)
    }
}

/// Whether the full stop behind `before` belongs to its word, so that the sentence goes on with
/// the word `next`.
fn goes_on(before: &str, initial: char, next: &str) -> bool {
    let word = last_word(before);
    let starter = abbreviations::is_starter(next);
    if word.is_empty() {
        return false;
    }
    if word.chars().all(|c| c.is_ascii_digit()) {
        return is_ordinal(before, word, next, starter);
    }
    let letters = word.chars().filter(|c| *c != '.').count();
    if letters == 1 {
        // an initial (`J. Kerry`), a title (`د. محمد`), or a piece of `z. B.`
        let latin_capital = word.starts_with(|c: char| c.is_uppercase());
        return !(latin_capital && starter);
    }
    match abbreviations::find(word) {
        Some(Abbreviation::Title) => true,
        Some(Abbreviation::BeforeNumber) => initial.is_numeric(),
        Some(Abbreviation::MayEnd) => !starter,
        // U.N, a.m, أ.ف.ب
        None => word.contains('.') && is_dotted(word) && !starter,
    }
}

/// Whether a number with a full stop is an ordinal: `am 3. November`, `der 2. Weltkrieg`, or the
/// number of an item of a list.
fn is_ordinal(before: &str, number: &str, next: &str, starter: bool) -> bool {
    if number.len() > 2 {
        return false;
    }
    if abbreviations::follows_ordinal(next) {
        return true;
    }
    let earlier = before.strip_suffix(number).unwrap_or("").trim_end();
    // an item of a list
    if earlier.is_empty() || earlier.ends_with([':', ',', ';', '(', '–', '—', '-', '|']) {
        return true;
    }
    !starter && abbreviations::precedes_ordinal(last_word(earlier))
}

/// Whether a word is single letters with stops between them.
fn is_dotted(word: &str) -> bool {
    word.split('.').all(|part| part.chars().count() <= 1)
}

/// The word that `text` ends with: letters, digits, and full stops between them. "" where it ends
/// otherwise. Words are looked at for 40 characters.
fn last_word(text: &str) -> &str {
    let belongs =
        |c: &char| c.is_alphanumeric() || *c == '.' || crate::text::shape::is_tashkeel(*c);
    let len: usize = text
        .chars()
        .rev()
        .take(40)
        .take_while(belongs)
        .map(char::len_utf8)
        .sum();
    text.get(text.len() - len..)
        .unwrap_or("")
        .trim_start_matches('.')
}

/// The first word of `text`, behind white space and opening punctuation: letters and digits.
fn first_word(text: &str) -> &str {
    let word = text.trim_start_matches(|c: char| c.is_whitespace() || opens(c));
    let end = word
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(word.len());
    word.get(..end).unwrap_or("")
}

fn is_arabic(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{64A}' | '\u{66E}'..='\u{6D3}')
}

/// Whether a stop needs no white space behind it.
fn is_ideographic(stop: char) -> bool {
    matches!(stop, '。' | '！' | '？' | '．')
}
