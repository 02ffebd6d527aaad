//! Days as a user writes them: a day, a month or a year.

use std::fmt;

use chrono::{Datelike, Months, NaiveDate};

/// A day, a whole month or a whole year of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartialDay {
    first: NaiveDate,
    last: NaiveDate,
}

impl PartialDay {
    /// A single day.
    #[must_use]
    pub fn day(day: NaiveDate) -> Self {
        Self {
            first: day,
            last: day,
        }
    }

    /// First and last day, both included.
    #[must_use]
    pub fn range(self) -> (NaiveDate, NaiveDate) {
        (self.first, self.last)
    }

    /// The day, of a single one.
    #[must_use]
    pub fn single(self) -> Option<NaiveDate> {
        (self.first == self.last).then_some(self.first)
    }

    /// What the file says: `2016-11-03`, `2016-11` or `2016`, and nothing else, so that none is
    /// read in two ways.
    #[must_use]
    pub fn from_iso(text: &str) -> Option<Self> {
        let parts: Vec<&str> = text.split('-').collect();
        let digits = |at: usize, count: usize| -> Option<u32> {
            let part = parts.get(at)?;
            let plain = part.len() == count && part.bytes().all(|byte| byte.is_ascii_digit());
            plain.then(|| part.parse().ok()).flatten()
        };
        let year = digits(0, 4)?;
        match parts.len() {
            1 => Self::of(year, None, None),
            2 => Self::of(year, Some(digits(1, 2)?), None),
            3 => Self::of(year, Some(digits(1, 2)?), Some(digits(2, 2)?)),
            _ => None,
        }
    }

    /// What a user types: as in the file, zeros left out or not, or the day first between full
    /// stops: `3.11.2016`, `11.2016`. Arabic and Persian digits count as well. Slashes are not
    /// understood: half of the world means another day by them.
    ///
    /// # Errors
    /// A sentence that says how a day is written.
    pub fn typed(text: &str) -> Result<Self, String> {
        let plain: String = text.trim().chars().map(ascii_digit).collect();
        let numbers = |separator: char| -> Option<Vec<(u32, usize)>> {
            let parts = plain.split(separator).map(|part| {
                let part = part.trim();
                let digits =
                    (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
                let number = part.parse().ok().filter(|_| digits)?;
                Some((number, part.len()))
            });
            parts.collect()
        };
        let found = if plain.contains('.') {
            numbers('.').and_then(|parts| match *parts.as_slice() {
                [(day, 1..=2), (month, 1..=2), (year, 4)] => Self::of(year, Some(month), Some(day)),
                [(month, 1..=2), (year, 4)] => Self::of(year, Some(month), None),
                _ => None,
            })
        } else {
            numbers('-').and_then(|parts| match *parts.as_slice() {
                [(year, 4), (month, 1..=2), (day, 1..=2)] => Self::of(year, Some(month), Some(day)),
                [(year, 4), (month, 1..=2)] => Self::of(year, Some(month), None),
                [(year, 4)] => Self::of(year, None, None),
                _ => None,
            })
        };
        found.ok_or_else(|| {
            "no day of the calendar: write 2016-11-03, 3.11.2016, 2016-11 or 2016".to_owned()
        })
    }

    fn of(year: u32, month: Option<u32>, day: Option<u32>) -> Option<Self> {
        let year = i32::try_from(year).ok()?;
        let first = NaiveDate::from_ymd_opt(year, month.unwrap_or(1), day.unwrap_or(1))?;
        let months = match (month, day) {
            (_, Some(_)) => return Some(Self::day(first)),
            (Some(_), None) => 1,
            (None, None) => 12,
        };
        let last = first.checked_add_months(Months::new(months))?.pred_opt()?;
        Some(Self { first, last })
    }
}

impl fmt::Display for PartialDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            self.first.fmt(f)
        } else if self.first.month() == self.last.month() {
            write!(f, "{}", self.first.format("%Y-%m"))
        } else {
            write!(f, "{}", self.first.format("%Y"))
        }
    }
}

/// Arabic-Indic and Persian digits as ASCII ones.
fn ascii_digit(c: char) -> char {
    let value = match c {
        '٠'..='٩' => u32::from(c) - u32::from('٠'),
        '۰'..='۹' => u32::from(c) - u32::from('۰'),
        _ => return c,
    };
    char::from_digit(value, 10).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_user_may_type() {
        for (typed, expected) in [
            ("2016-11-03", Some("2016-11-03")),
            (" 2016-11-3 ", Some("2016-11-03")),
            ("3.11.2016", Some("2016-11-03")),
            ("03. 11. 2016", Some("2016-11-03")),
            ("٣.١١.٢٠١٦", Some("2016-11-03")),
            ("2016-11", Some("2016-11")),
            ("11.2016", Some("2016-11")),
            ("2016", Some("2016")),
            ("29.2.2016", Some("2016-02-29")),
            ("29.2.2015", None),
            ("3/11/2016", None),
            ("3.11.16", None),
            ("2016-13", None),
            ("2016.11.03", None),
            ("-2016-11-03", None),
            ("yesterday", None),
            ("", None),
        ] {
            let found = PartialDay::typed(typed).ok().map(|day| day.to_string());
            assert_eq!(found.as_deref(), expected, "{typed:?}");
            if let Some(iso) = expected {
                let read = PartialDay::from_iso(iso).map(|day| day.to_string());
                assert_eq!(read.as_deref(), expected);
            }
        }
        for iso in ["2016-1-3", "3.11.2016", "٢٠١٦", "2016-11-03-04", "+016", ""] {
            assert_eq!(PartialDay::from_iso(iso), None, "{iso}");
        }
        let month = PartialDay::from_iso("2016-02").unwrap();
        let days = (month.range().0.to_string(), month.range().1.to_string());
        assert_eq!(days, ("2016-02-01".to_owned(), "2016-02-29".to_owned()));
        assert_eq!(month.single(), None);
    }
}
