//! The clues of one document as they are stored, so that another run can weigh them anew beside
//! those of other documents.

use serde::{Deserialize, Serialize};

use super::hint::{Body, Hint, Source, WeekdayRule};
use super::kernel::Kernel;
use crate::annotate::kept::{Bytes, Iso};

/// A clue that one document gives by itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in super::super) struct KeptHint {
    body: KeptBody,
    /// The words, "" for metadata.
    text: String,
    /// Their bytes in the body.
    bytes: Option<Bytes>,
}

/// What it says; kernels by number.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum KeptBody {
    Day(Iso, u8),
    Yearless(u8, u8, Option<u8>, u8),
    Weekday(u8, [f32; 7], WeekdayRule),
    Coincidence(u8, u8, u8),
    Year(i32),
    Month(u8),
    NotAfter(Iso, String),
}

impl KeptHint {
    /// The clue to store; `None` for one that only a whole corpus gives.
    pub(in super::super) fn of(hint: &Hint) -> Option<Self> {
        let body = match &hint.body {
            Body::Day { day, kernel } => KeptBody::Day(Iso(*day), kernel.number()?),
            Body::Yearless {
                month,
                day,
                weekday,
                kernel,
            } => KeptBody::Yearless(*month, *day, *weekday, kernel.number()?),
            Body::Weekday {
                weekday,
                shares,
                rule,
            } => KeptBody::Weekday(*weekday, *shares, *rule),
            Body::Coincidence {
                weekday,
                month,
                day,
            } => KeptBody::Coincidence(*weekday, *month, *day),
            Body::Year(year) => KeptBody::Year(*year),
            Body::Month(month) => KeptBody::Month(*month),
            Body::NotAfter { day, rule } => KeptBody::NotAfter(Iso(*day), rule.clone()),
            Body::Other { .. }
            | Body::Months { .. }
            | Body::Event { .. }
            | Body::Within { .. }
            | Body::Not(_) => return None,
        };
        Some(Self {
            body,
            text: hint.source.text.clone(),
            bytes: hint.source.span.map(Bytes),
        })
    }

    /// The clue that was stored; `None` for one that no build of these rules stores.
    pub(in super::super) fn hint(self) -> Option<Hint> {
        let weekday_fits = |weekday: u8| weekday < 7;
        let body = match self.body {
            KeptBody::Day(day, kernel) => Body::Day {
                day: day.0,
                kernel: Kernel::of_number(kernel)?,
            },
            KeptBody::Yearless(month, day, weekday, kernel)
                if weekday.is_none_or(weekday_fits) && (1..=12).contains(&month) =>
            {
                Body::Yearless {
                    month,
                    day,
                    weekday,
                    kernel: Kernel::of_number(kernel)?,
                }
            }
            KeptBody::Weekday(weekday, shares, rule) if weekday_fits(weekday) => Body::Weekday {
                weekday,
                shares,
                rule,
            },
            KeptBody::Coincidence(weekday, month, day) if weekday_fits(weekday) => {
                Body::Coincidence {
                    weekday,
                    month,
                    day,
                }
            }
            // arithmetic on years must not overflow
            KeptBody::Year(year) if (-9999..=9999).contains(&year) => Body::Year(year),
            KeptBody::Month(month) if (1..=12).contains(&month) => Body::Month(month),
            KeptBody::NotAfter(day, rule) => Body::NotAfter { day: day.0, rule },
            _ => return None,
        };
        Some(Hint {
            body,
            source: Source {
                text: self.text,
                span: self.bytes.map(|bytes| bytes.0),
            },
        })
    }
}
