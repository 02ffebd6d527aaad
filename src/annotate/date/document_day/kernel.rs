//! How far documents lie from the days that they mention: one table a kind of clue, in days from
//! the mentioned day to the document's. Estimated on annotated news of three languages (Wikinews,
//! newswire, German and Saudi dailies) and rounded; what lies outside a table's rows gets its floor.

use chrono::NaiveDate;

use super::window::Window;

/// A table: rows of first and last distance with the probability of each day in them.
#[derive(Debug, PartialEq)]
pub(in super::super) struct Kernel {
    pub(in super::super) name: &'static str,
    rows: &'static [(i64, i64, f32)],
    floor: f32,
}

impl Kernel {
    /// A table of its own for a clue of another module.
    pub(in super::super) const fn new(
        name: &'static str,
        rows: &'static [(i64, i64, f32)],
        floor: f32,
    ) -> Self {
        Self { name, rows, floor }
    }

    /// Logarithms of the probabilities of the window's days, where the text speaks of `day`.
    pub(super) fn logs(&self, window: &Window, day: NaiveDate) -> Vec<f32> {
        let mut logs = vec![self.floor.ln(); window.len()];
        for (from, to, share) in self.rows {
            window.part(&mut logs, day, *from, *to).fill(share.ln());
        }
        logs
    }

    /// Raises `logs` to those of `day`, plus `more`, where they are lower.
    pub(super) fn raise(&self, logs: &mut [f32], window: &Window, day: NaiveDate, more: f32) {
        for (from, to, share) in self.rows {
            let log = share.ln() + more;
            for slot in window.part(logs, day, *from, *to) {
                *slot = slot.max(log);
            }
        }
    }

    /// Adds the probabilities of `day`, times `weight`.
    pub(super) fn add(&self, shares: &mut [f32], window: &Window, day: NaiveDate, weight: f32) {
        for slot in shares.iter_mut() {
            *slot += weight * self.floor;
        }
        for (from, to, share) in self.rows {
            for slot in window.part(shares, day, *from, *to) {
                *slot += weight * (share - self.floor);
            }
        }
    }

    /// Logarithm of the floor.
    pub(super) fn lowest(&self) -> f32 {
        self.floor.ln()
    }
}

/// A full date above or at the head of the text.
pub(super) const DATELINE: Kernel = Kernel {
    name: "dateline",
    rows: &[(0, 0, 0.97), (1, 1, 0.015), (-1, -1, 0.005)],
    floor: 4e-6,
};

/// A full date after `published`, `تاريخ النشر`.
pub(super) const PUBLISHED: Kernel = Kernel {
    name: "publication line",
    rows: &[(0, 0, 0.98), (1, 1, 0.01), (-1, -1, 0.005)],
    floor: 3e-6,
};

/// A full date that the text calls today.
pub(super) const TODAY: Kernel = Kernel {
    name: "today + date",
    rows: &[(0, 0, 0.94), (1, 1, 0.02), (-1, -1, 0.01)],
    floor: 1e-5,
};

/// A dateline without a year: newswire stories are filed on its day or the next.
pub(super) const WIRE: Kernel = Kernel {
    name: "dateline without a year",
    rows: &[(0, 0, 0.56), (1, 1, 0.38), (2, 2, 0.02), (-1, -1, 0.01)],
    floor: 5e-5,
};

/// The stamp of a quoted message.
pub(super) const TWEET: Kernel = Kernel {
    name: "stamp of a message",
    rows: &[
        (0, 0, 0.55),
        (1, 1, 0.25),
        (2, 2, 0.08),
        (3, 7, 0.012),
        (8, 60, 0.0006),
    ],
    floor: 1e-6,
};

/// A date that ends a short line: a picture's caption.
pub(super) const CAPTION: Kernel = Kernel {
    name: "caption",
    rows: &[(0, 0, 0.5), (1, 1, 0.14), (2, 7, 0.03), (8, 60, 0.002)],
    floor: 5e-5,
};

/// A date in the path of an address.
pub(super) const URL: Kernel = Kernel {
    name: "date in the address",
    rows: &[(0, 0, 0.84), (1, 1, 0.04), (-1, -1, 0.07)],
    floor: 3e-5,
};

/// A date in the document's id or file name.
pub(super) const NAME: Kernel = Kernel {
    name: "date in the name",
    rows: &[(0, 0, 0.7), (1, 1, 0.04), (-1, -1, 0.1), (-7, -2, 0.01)],
    floor: 1e-4,
};

/// A full date somewhere in the text.
pub(super) const MENTION: Kernel = Kernel {
    name: "date in the text",
    rows: &[
        (0, 0, 0.08),
        (1, 2, 0.06),
        (3, 7, 0.025),
        (8, 31, 0.006),
        (32, 366, 0.000_7),
        (367, 1500, 0.000_15),
        (-31, -1, 0.003),
        (-366, -32, 0.000_2),
    ],
    floor: 2e-5,
};

/// A day and month without a year: near, on either side.
pub(super) const YEARLESS: Kernel = Kernel {
    name: "day and month",
    rows: &[
        (0, 0, 0.1),
        (1, 1, 0.06),
        (2, 6, 0.015),
        (7, 35, 0.009),
        (36, 100, 0.001_5),
        (101, 210, 0.000_9),
        (-3, -1, 0.035),
        (-21, -4, 0.01),
        (-62, -22, 0.003),
        (-120, -63, 0.000_4),
    ],
    floor: 5e-5,
};

/// The same in English and Arabic news, which call the days of the last week by their weekdays:
/// a date looks further back.
pub(super) const YEARLESS_BACK: Kernel = Kernel {
    name: "day and month",
    rows: &[
        (0, 1, 0.02),
        (2, 5, 0.006),
        (6, 35, 0.016),
        (36, 100, 0.002_5),
        (101, 210, 0.001_2),
        (-1, -1, 0.03),
        (-13, -2, 0.016),
        (-75, -14, 0.004),
        (-120, -76, 0.000_4),
    ],
    floor: 5e-5,
};

/// A day counted from the document's own beside a date: `tomorrow` and `4 November`.
pub(super) const PAIR: Kernel = Kernel {
    name: "relative day beside a date",
    rows: &[(0, 0, 0.25)],
    floor: 0.008,
};

/// A date after `since`: some time ago, and no particular time.
pub(super) const SINCE: Kernel = Kernel {
    name: "since a day",
    rows: &[
        (0, 0, 0.004),
        (1, 3, 0.018),
        (4, 16, 0.03),
        (17, 31, 0.012),
        (32, 60, 0.004),
        (61, 200, 0.001),
        (201, 3000, 0.000_05),
    ],
    floor: 5e-6,
};

/// All tables of clues that one document gives, in an order that stored clues rely on.
const ALL: &[&Kernel] = &[
    &DATELINE,
    &PUBLISHED,
    &TODAY,
    &WIRE,
    &TWEET,
    &CAPTION,
    &URL,
    &NAME,
    &MENTION,
    &YEARLESS,
    &YEARLESS_BACK,
    &PAIR,
    &SINCE,
];

impl Kernel {
    /// The number of a table, for storing a clue; `None` for those of clues that only a whole
    /// corpus gives.
    pub(super) fn number(&self) -> Option<u8> {
        let at = ALL.iter().position(|known| *known == self)?;
        u8::try_from(at).ok()
    }

    /// The table of a [`number`](Self::number).
    pub(super) fn of_number(number: u8) -> Option<&'static Self> {
        ALL.get(usize::from(number)).copied()
    }
}
