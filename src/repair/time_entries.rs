//! The entries of the file that are about days: of whole documents, and of expressions of time in
//! them.

use std::fmt::Write as _;
use std::sync::Arc;

use toml::Value;

use crate::corpus::{Field, Span};
use crate::repair::file::{Fields, quoted};
use crate::repair::{DocumentKey, PartialDay, Place, Problem, Repair};

/// Reads the fields of a `[[day]]`, `[[not_day]]`, `[[date]]` or `[[not_date]]`.
pub(super) fn read(verb: &str, fields: &mut Fields) -> Result<Repair, Problem> {
    let document = DocumentKey {
        sha256: sha256(fields)?,
        path: fields.text("path")?,
    };
    Ok(match verb {
        "day" => Repair::Day {
            document,
            day: day(fields, "day")?,
        },
        "not_day" => {
            let day = day(fields, "day")?;
            let Some(day) = day.single() else {
                return Err(fields.wrong("day must be a single day: 2016-11-03".to_owned()));
            };
            Repair::NotDay { document, day }
        }
        "date" => Repair::Date {
            document,
            place: place(fields)?,
            day: day(fields, "value")?,
        },
        _ => Repair::NotDate {
            document,
            place: place(fields)?,
        },
    })
}

/// Writes the fields of such an entry.
pub(super) fn write(repair: &Repair, block: &mut String) {
    // writing to a string cannot fail
    let mut line = |name: &str, value: &str| {
        let _ = writeln!(block, "{name} = {value}");
    };
    let Some(document) = repair.document() else {
        return;
    };
    let hex: String = document.sha256.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    line("document", &quoted(&hex));
    line("path", &quoted(&document.path));
    if let Repair::Date { place, .. } | Repair::NotDate { place, .. } = repair {
        let in_field = match place.field {
            Field::Title => "title",
            Field::Text => "text",
        };
        line("field", &quoted(in_field));
        line("start", &place.span.start.to_string());
        line("end", &place.span.end.to_string());
        line("words", &quoted(&place.words));
    }
    match repair {
        Repair::Day { day, .. } => line("day", &quoted(&day.to_string())),
        Repair::NotDay { day, .. } => line("day", &quoted(&day.to_string())),
        Repair::Date { day, .. } => line("value", &quoted(&day.to_string())),
        _ => {}
    }
}

fn day(fields: &mut Fields, name: &str) -> Result<PartialDay, Problem> {
    // a TOML date stands without quotes
    let text = match fields.table.remove(name) {
        Some(Value::String(text)) => text,
        Some(Value::Datetime(date)) => date.to_string(),
        Some(_) => String::new(),
        None => return Err(fields.wrong(format!("{name} is missing"))),
    };
    PartialDay::from_iso(&text).ok_or_else(|| {
        fields.wrong(format!(
            "{name} must be a day, a month or a year: \"2016-11-03\", \"2016-11\" or \"2016\""
        ))
    })
}

fn sha256(fields: &mut Fields) -> Result<[u8; 32], Problem> {
    let text = fields.text("document")?;
    let mut bytes = [0; 32];
    let digits: Option<Vec<u32>> = text.chars().map(|c| c.to_digit(16)).collect();
    match digits {
        Some(digits) if digits.len() == 64 => {
            for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
                let value = pair.iter().fold(0, |value, digit| value * 16 + digit);
                *byte = u8::try_from(value).unwrap_or(0);
            }
            Ok(bytes)
        }
        _ => Err(fields.wrong(
            "document must be the SHA-256 of the document, 64 hexadecimal digits, as `khabar \
             show` prints it"
                .to_owned(),
        )),
    }
}

fn place(fields: &mut Fields) -> Result<Place, Problem> {
    let field = match &*fields.text("field")? {
        "title" => Field::Title,
        "text" => Field::Text,
        other => return Err(fields.wrong(format!("field {other:?} is neither title nor text"))),
    };
    let (start, end) = (offset(fields, "start")?, offset(fields, "end")?);
    if start >= end {
        return Err(fields.wrong("end must lie behind start".to_owned()));
    }
    Ok(Place {
        field,
        span: Span { start, end },
        words: Arc::clone(&fields.text("words")?),
    })
}

fn offset(fields: &mut Fields, name: &str) -> Result<u32, Problem> {
    let number = fields
        .table
        .remove(name)
        .and_then(|value| value.as_integer());
    number
        .and_then(|number| u32::try_from(number).ok())
        .ok_or_else(|| fields.wrong(format!("{name} must be a number of bytes")))
}
