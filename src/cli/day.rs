//! Days on the command line: ISO 8601 and nothing else, so that none is read two ways.

use chrono::{Months, NaiveDate};

/// A full day: `2016-11-03`.
pub(super) fn parse_day(text: &str) -> Result<NaiveDate, String> {
    match range(text) {
        Some((first, last)) if first == last => Ok(first),
        _ => Err("a day is written 2016-11-03".to_owned()),
    }
}

/// The first day of a day, month or year.
pub(super) fn parse_first(text: &str) -> Result<NaiveDate, String> {
    Ok(range_or_help(text)?.0)
}

/// The last day of a day, month or year.
pub(super) fn parse_last(text: &str) -> Result<NaiveDate, String> {
    Ok(range_or_help(text)?.1)
}

fn range_or_help(text: &str) -> Result<(NaiveDate, NaiveDate), String> {
    range(text).ok_or_else(|| "a date is written 2016-11-03, 2016-11 or 2016".to_owned())
}

/// First and last day of a day, month or year.
fn range(text: &str) -> Option<(NaiveDate, NaiveDate)> {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |at: usize, digits: usize| -> Option<u32> {
        let part = parts.get(at)?;
        let plain = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| part.parse().ok()).flatten()
    };
    let year = i32::try_from(number(0, 4)?).ok()?;
    let (first, months) = match parts.len() {
        1 => (NaiveDate::from_ymd_opt(year, 1, 1)?, 12),
        2 => (NaiveDate::from_ymd_opt(year, number(1, 2)?, 1)?, 1),
        3 => {
            let day = NaiveDate::from_ymd_opt(year, number(1, 2)?, number(2, 2)?)?;
            return Some((day, day));
        }
        _ => return None,
    };
    let last = first.checked_add_months(Months::new(months))?.pred_opt()?;
    Some((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_months_and_years() {
        for (text, expected) in [
            ("2016-11-03", Some(("2016-11-03", "2016-11-03"))),
            ("2016-02", Some(("2016-02-01", "2016-02-29"))),
            ("2016-12", Some(("2016-12-01", "2016-12-31"))),
            ("2016", Some(("2016-01-01", "2016-12-31"))),
            ("2016-02-30", None),
            ("2016-13", None),
            ("16-11-03", None),
            ("2016-1-3", None),
            ("2016-11-03-04", None),
            ("03.11.2016", None),
            ("+016", None),
            ("٢٠١٦", None),
            ("", None),
        ] {
            let found = range(text).map(|(a, b)| (a.to_string(), b.to_string()));
            let expected = expected.map(|(a, b)| (a.to_owned(), b.to_owned()));
            assert_eq!(found, expected, "{text}");
        }
        assert!(parse_day("2016-11").is_err());
    }
}
