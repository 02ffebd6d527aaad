//! What stands before a headline and is none: front matter, a date of publication, an address.

mod arabic;

use crate::text::fold::fold;

/// Length of a Markdown file's front matter in bytes, 0 where there is none.
pub(super) fn length(body: &str) -> usize {
    let mut lines = body.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| line.trim_end() == "---") else {
        return 0;
    };
    let mut length = first.len();
    for line in lines.take(200) {
        length += line.len();
        if matches!(line.trim_end(), "---" | "...") {
            return length;
        }
    }
    0
}

/// Whether a line is an address and nothing else.
pub(super) fn is_address(line: &str) -> bool {
    !line.contains(char::is_whitespace)
        && (line.starts_with("http://") || line.starts_with("https://") || line.starts_with("www."))
}

/// What introduces a date of publication.
const INTRODUCTIONS: &[&str] = &[
    "published",
    "publication",
    "posted",
    "updated",
    "last",
    "modified",
    "date",
    "of",
    "on",
    "at",
    "veröffentlicht",
    "aktualisiert",
    "stand",
    "datum",
    "am",
];

const WEEKDAYS: &[&str] = &[
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "tues",
    "wed",
    "thu",
    "thurs",
    "fri",
    "sat",
    "sun",
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonnabend",
    "sonntag",
];

/// A month's name or its first three letters or more.
const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "märz",
    "mai",
    "juni",
    "juli",
    "oktober",
    "dezember",
];

/// Length in bytes of a full date that stands before the text, `September 24 2016` or
/// `Published Saturday 27 Aug 2016 -`, with the white space behind it; the whole length where
/// nothing follows. `None` where the text goes on in small letters or after a comma: then the
/// date belongs to the sentence. Arabic has no capitals: there a dash has to stand between.
pub(super) fn date(text: &str) -> Option<usize> {
    let (mut day, mut month, mut year, mut introduced) = (false, false, false, false);
    let (mut in_arabic, mut separated) = (false, false);
    let mut start = 0;
    for token in text.split_inclusive(char::is_whitespace).take(24) {
        let word = folded(token.trim_matches(|c: char| !c.is_alphanumeric()));
        if day && month && year {
            let follows = !token.trim().is_empty() && !word.is_empty() && !is_clock(&word);
            if follows {
                let goes_on = token.starts_with(char::is_lowercase) || in_arabic && !separated;
                return (!goes_on).then_some(start);
            }
            separated |= word.is_empty() && !token.trim().is_empty();
        } else if is_introduction(&word, introduced) && !(day || month || year) {
            introduced = true;
        } else if !(day || month || year) && is_numeric_date(&word) {
            (day, month, year) = (true, true, true);
        } else if !day && is_day(&word) {
            day = true;
        } else if !year && word.len() == 4 && word.parse::<u16>().is_ok() {
            year = true;
        } else if !month && is_month(&word) {
            month = true;
            in_arabic = arabic::is_arabic(&word);
        } else if !(token.trim().is_empty()
            || WEEKDAYS.contains(&word.as_str())
            || arabic::is_weekday(&word)
            || month && arabic::continues_month(&word))
        {
            return None;
        }
        if day && month && year && token.trim_end().ends_with(',') {
            return None;
        }
        start += token.len();
    }
    (day && month && year && start == text.len()).then_some(start)
}

/// Agencies whose name stands between a headline and a date where both are glued to the text.
const AGENCIES: &[&str] = &[
    "AFP", "AP", "Reuters", "DPA", "dpa", "UPI", "Xinhua", "TASS", "SANA", "ANF", "KUNA", "SPA",
];

/// Length in bytes of a headline that an agency and a full date follow on the same line:
/// `Rebels advance AFP Sunday 18 Sep 2016 The rebels …`.
pub(super) fn glued_headline(line: &str) -> Option<usize> {
    let mut start = 0;
    for token in line.split_inclusive(char::is_whitespace).take(40) {
        let end = start + token.len();
        let rest = line.get(end..)?;
        if start > 0 && AGENCIES.contains(&token.trim()) && date(rest).is_some() {
            return line.get(..start).map(|headline| headline.trim_end().len());
        }
        start = end;
    }
    None
}

/// "on" and "am" alone begin sentences.
fn is_introduction(word: &str, introduced: bool) -> bool {
    INTRODUCTIONS.contains(&word) && (introduced || !matches!(word, "on" | "of" | "at" | "am"))
        || arabic::is_introduction(word, introduced)
}

/// A word as it is compared. Umlauts stay: German words are listed with them.
fn folded(word: &str) -> String {
    if arabic::is_arabic(word) {
        fold(word)
    } else {
        word.to_lowercase()
    }
}

fn is_day(word: &str) -> bool {
    let digits = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|ending| word.strip_suffix(ending))
        .unwrap_or(word);
    digits.len() <= 2
        && digits
            .parse::<u8>()
            .is_ok_and(|day| (1..=31).contains(&day))
}

/// `17-08-2016`, `2016/08/17`, `17.8.2016`.
fn is_numeric_date(word: &str) -> bool {
    ['-', '/', '.'].iter().any(|sign| {
        let parts: Vec<&str> = word.split(*sign).collect();
        let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
        matches!(*lengths, [1 | 2, 1 | 2, 4] | [4, 1 | 2, 1 | 2])
            && parts.concat().bytes().all(|b| b.is_ascii_digit())
    })
}

fn is_month(word: &str) -> bool {
    word.len() >= 3 && MONTHS.iter().any(|name| name.starts_with(word)) || arabic::is_month(word)
}

/// A time of day or what belongs to one.
fn is_clock(word: &str) -> bool {
    matches!(word, "gmt" | "utc" | "uhr" | "am" | "pm" | "cet" | "est")
        || word.split_once([':', '.']).is_some_and(|(h, m)| {
            h.parse::<u8>().is_ok() && m.starts_with(|c: char| c.is_ascii_digit())
        })
}
