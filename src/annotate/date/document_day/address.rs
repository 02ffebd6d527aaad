//! Dates in a document's id, file name and address, and the day of crawling.

use chrono::NaiveDate;

use super::hint::{Body, Hint, Source};
use super::kernel::{self, Kernel};
use crate::corpus::RawDocument;

/// The clues that stand around a document rather than in it.
pub(super) fn hints(raw: &RawDocument, out: &mut Vec<Hint>) {
    let file = raw.path.rsplit(['/', '\\']).next().unwrap_or("");
    let url = raw.metadata.url.as_deref().unwrap_or("");
    let mut add = |text: &str, kernel: &'static Kernel| {
        if let Some((day, written)) = first_date(text) {
            let source = Source {
                text: written.to_owned(),
                span: None,
            };
            let body = Body::Day { day, kernel };
            out.push(Hint { body, source });
        }
    };
    add(url, &kernel::URL);
    add(&raw.id, &kernel::NAME);
    if !file.contains(raw.id.as_str()) {
        add(file, &kernel::NAME);
    }
    if let Some(retrieved) = &raw.metadata.retrieved {
        let rule = format!("not after metadata {}", retrieved.origin);
        out.push(Hint {
            body: Body::NotAfter {
                day: retrieved.day,
                rule,
            },
            source: Source::nowhere(),
        });
    }
}

/// The first date in a name: `20161104`, `2016-11-04`, `2016/11/4`, `2016_11_04`, as a day and as
/// it is written.
fn first_date(text: &str) -> Option<(NaiveDate, &str)> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = 0;
    while at < bytes.len() {
        if !digit(at) {
            at += 1;
            continue;
        }
        let end = (at..=bytes.len())
            .find(|end| !digit(*end))
            .unwrap_or(at + 1);
        let found = match end - at {
            8 => compact(text.get(at..end)?).map(|day| (day, end)),
            4 => separated(text, at, end),
            _ => None,
        };
        if let Some((day, end)) = found {
            return text.get(at..end).map(|written| (day, written));
        }
        at = end;
    }
    None
}

fn plausible(year: &str, month: &str, day: &str) -> Option<NaiveDate> {
    let year: i32 = year.parse().ok()?;
    let day = NaiveDate::from_ymd_opt(year, month.parse().ok()?, day.parse().ok()?)?;
    (1980..=2060).contains(&year).then_some(day)
}

fn compact(digits: &str) -> Option<NaiveDate> {
    plausible(digits.get(..4)?, digits.get(4..6)?, digits.get(6..)?)
}

fn separated(text: &str, start: usize, end: usize) -> Option<(NaiveDate, usize)> {
    let rest = text.get(end..)?;
    let separator = rest.chars().next().filter(|c| "-/_.".contains(*c))?;
    let mut parts = rest.get(1..)?.splitn(2, separator);
    let month = parts.next().filter(|month| matches!(month.len(), 1 | 2))?;
    let tail = parts.next()?;
    let width = tail.bytes().take_while(u8::is_ascii_digit).count();
    let day = tail.get(..width).filter(|_| (1..=2).contains(&width))?;
    let found = plausible(text.get(start..end)?, month, day)?;
    Some((found, end + 1 + month.len() + 1 + width))
}

#[cfg(test)]
mod tests {
    use super::first_date;

    #[test]
    fn dates_in_names() {
        for (name, expected) in [
            (
                "http://www.aleqt.com/2015/08/02/article_978209.html",
                Some(("2015-08-02", "2015/08/02")),
            ),
            ("snn_2015-08-04_46", Some(("2015-08-04", "2015-08-04"))),
            ("APW19980807.0261", Some(("1998-08-07", "19980807"))),
            ("report 2016_1_4.txt", Some(("2016-01-04", "2016_1_4"))),
            ("000_77a0947d59c37f82", None),
            ("article/421816/", None),
            ("20161344", None),
            ("2016-11", None),
        ] {
            let found = first_date(name).map(|(day, written)| (day.to_string(), written));
            let found = found
                .as_ref()
                .map(|(day, written)| (day.as_str(), *written));
            assert_eq!(found, expected, "{name}");
        }
    }
}
