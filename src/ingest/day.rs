//! The calendar day that a metadata value states, as written there: no time zone is applied.
//!
//! Values here are written by programs or in front matter; expressions of time in running text
//! are the business of `annotate::date`.

use chrono::{DateTime, Datelike, NaiveDate};

/// Years outside of this range are placeholders or errors.
const YEARS: std::ops::RangeInclusive<i32> = 1500..=2200;

/// The day of a value: ISO 8601, RFC 3339, RFC 2822, `YYYYMMDD`, `YYYYMMDDHHMMSS`, seconds or
/// milliseconds since 1970 (UTC), `4 November 2016`, `Nov 4, 2016`, `4.11.2016`. `None` where the
/// value names no day or not a single one, such as `2016-11` or `04/05/2016`.
pub(super) fn parse(value: &str) -> Option<NaiveDate> {
    let value: String = value.trim().chars().map(western_digit).collect();
    if value.is_empty() || value.len() > 100 {
        return None;
    }
    let whole = value.split_once('.').map_or(value.as_str(), |(w, f)| {
        if f.bytes().all(|b| b.is_ascii_digit()) {
            w
        } else {
            &value
        }
    });
    if whole.bytes().all(|b| b.is_ascii_digit()) {
        return digits(whole);
    }
    // ISO 8601 in its basic form, as GDELT has it: 20161104T103000Z
    if let Some((day, time)) = value.split_once(['T', 't'])
        && day.len() == 8
        && day.bytes().all(|b| b.is_ascii_digit())
        && time.starts_with(|c: char| c.is_ascii_digit())
    {
        return digits(day);
    }
    if let Some(seconds) = whole.strip_prefix('-')
        && seconds.bytes().all(|b| b.is_ascii_digit())
    {
        return None;
    }
    numeric(&value).or_else(|| with_month_name(&value))
}

/// Arabic-Indic and Persian digits as ASCII.
fn western_digit(c: char) -> char {
    let zero = match c {
        '٠'..='٩' => '٠',
        '۰'..='۹' => '۰',
        _ => return c,
    };
    char::from_digit(u32::from(c) - u32::from(zero), 10).unwrap_or(c)
}

fn date(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day).filter(|day| YEARS.contains(&day.year()))
}

/// `20161104`, `201611041030`, `20161104103000`, or an instant since 1970.
fn digits(value: &str) -> Option<NaiveDate> {
    if matches!(value.len(), 8 | 12 | 14) {
        let part = |range| value.get(range).and_then(|s: &str| s.parse::<u32>().ok());
        return date(i32::try_from(part(0..4)?).ok()?, part(4..6)?, part(6..8)?);
    }
    let number: i64 = value.parse().ok()?;
    let instant = match value.len() {
        9 | 10 => DateTime::from_timestamp(number, 0)?,
        13 => DateTime::from_timestamp_millis(number)?,
        _ => return None,
    };
    Some(instant.date_naive()).filter(|day| YEARS.contains(&day.year()))
}

/// Three numbers at the start: year first, or day first where the signs or the values say so.
fn numeric(value: &str) -> Option<NaiveDate> {
    let first_end = value.find(|c: char| !c.is_ascii_digit())?;
    let (first, rest) = value.split_at(first_end);
    let sign = rest
        .chars()
        .next()
        .filter(|c| matches!(c, '-' | '/' | '.'))?;
    let rest = rest.strip_prefix(sign)?;
    let (second, rest) = rest.split_once(sign)?;
    let third_end = rest
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(rest.len());
    let (third, rest) = rest.split_at(third_end);
    // what follows a day is a time of day, or nothing
    if rest.starts_with(|c: char| c == sign || (c.is_alphabetic() && c != 'T' && c != 't')) {
        return None;
    }
    let number = |s: &str| s.parse::<u32>().ok();
    let (a, b, c) = (number(first)?, number(second)?, number(third)?);
    match (first.len(), third.len()) {
        (4, 1 | 2) => date(i32::try_from(a).ok()?, b, c),
        (1 | 2, 4) => {
            let year = i32::try_from(c).ok()?;
            match sign {
                '.' => date(year, b, a),
                _ if a == b || a > 12 => date(year, b, a),
                _ if b > 12 => date(year, a, b),
                _ => None,
            }
        }
        _ => None,
    }
}

/// A month's name with a day beside it and a year somewhere: RFC 2822 and what people write.
fn with_month_name(value: &str) -> Option<NaiveDate> {
    // the Levantine months of two words
    let value = value
        .replace("تشرين الأول", "october")
        .replace("تشرين الاول", "october")
        .replace("تشرين الثاني", "november")
        .replace("كانون الأول", "december")
        .replace("كانون الاول", "december")
        .replace("كانون الثاني", "january");
    let tokens: Vec<&str> = value
        .split(|c: char| !c.is_alphanumeric() && c != ':' && c != '+')
        .filter(|token| !token.is_empty())
        .collect();
    let at = tokens.iter().position(|token| month(token).is_some())?;
    let month = month(tokens.get(at)?)?;
    let year = tokens.iter().find_map(|token| {
        let year = token.parse::<i32>().ok().filter(|y| YEARS.contains(y))?;
        (token.len() == 4).then_some(year)
    })?;
    let day_of = |token: &&str| {
        let token = token
            .strip_suffix("st")
            .or_else(|| token.strip_suffix("nd"))
            .or_else(|| token.strip_suffix("rd"))
            .or_else(|| token.strip_suffix("th"))
            .unwrap_or(token);
        token
            .parse::<u32>()
            .ok()
            .filter(|day| (1..=31).contains(day))
    };
    let before = at.checked_sub(1).and_then(|i| tokens.get(i));
    let day = before
        .and_then(day_of)
        .or_else(|| tokens.get(at + 1).and_then(day_of))?;
    date(year, month, day)
}

/// The month of an English, German or Arabic name; the Latin ones may be abbreviated.
fn month(token: &str) -> Option<u32> {
    const LATIN: [&[&str]; 12] = [
        &["january", "januar", "jänner"],
        &["february", "februar"],
        &["march", "märz", "maerz"],
        &["april"],
        &["may", "mai"],
        &["june", "juni"],
        &["july", "juli"],
        &["august"],
        &["september"],
        &["october", "oktober"],
        &["november"],
        &["december", "dezember"],
    ];
    const ARABIC: [&[&str]; 12] = [
        &["يناير"],
        &["فبراير", "شباط"],
        &["مارس", "آذار"],
        &["أبريل", "ابريل", "نيسان"],
        &["مايو", "أيار", "ايار"],
        &["يونيو", "حزيران"],
        &["يوليو", "تموز"],
        &["أغسطس", "اغسطس", "آب"],
        &["سبتمبر", "أيلول", "ايلول"],
        &["أكتوبر", "اكتوبر"],
        &["نوفمبر"],
        &["ديسمبر"],
    ];
    let token = token.to_lowercase();
    let latin = LATIN.iter().position(|names| {
        names
            .iter()
            .any(|name| token.chars().count() >= 3 && name.starts_with(&token))
    });
    latin
        .or_else(|| {
            ARABIC
                .iter()
                .position(|names| names.contains(&token.as_str()))
        })
        .and_then(|index| u32::try_from(index + 1).ok())
}

#[cfg(test)]
mod tests;
