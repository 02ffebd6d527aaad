//! Days on which something began: a battle `launched on Sunday`, a ceasefire in force `since
//! Friday`. A story that speaks of such a day by its weekday alone lies within a week of another's
//! day that is known, if both speak of the beginning of the same thing.

use serde::{Deserialize, Serialize};

use crate::annotate::kept::as_bytes;
use std::sync::{Arc, LazyLock};

use chrono::{Datelike, NaiveDate};
use rustc_hash::FxHashMap;

use super::Evidence;
use crate::annotate::date::calendar;
use crate::annotate::date::document_day::{Body, Hint, Kernel, Months, Source};
use crate::annotate::date::expression::{Expression, Meaning, Which, Year};
use crate::annotate::date::reading::Reading;
use crate::annotate::date::tense::{self, Direction};
use crate::annotate::date::term::Term;
use crate::corpus::Span;
use crate::text::fold::fold;

/// How far around an expression words are looked for, in tokens of its sentence.
const AROUND: usize = 40;
/// Names that two documents must share.
const NAMES: usize = 3;
/// Kinds of things that two beginnings must share.
const KINDS: u32 = 2;
/// Most beginnings of one document.
const MOST: usize = 8;
/// Documents with beginnings on one weekday that are compared.
const COMPARED: usize = 400;
/// How often two beginnings that agree so far are one: a judgement. They are too rare to measure,
/// three pairs among four thousand dated articles of three languages and ten years.
const TRUST: f32 = 0.85;

/// Days from a beginning to a document that calls it by its weekday.
static ONSET: Kernel = Kernel::new(
    "began on the same day",
    &[
        (0, 0, 0.16),
        (1, 1, 0.24),
        (2, 3, 0.17),
        (4, 5, 0.09),
        (6, 6, 0.05),
        (7, 13, 0.004),
    ],
    1e-5,
);

/// The same after `since`: hardly the same day.
static SINCE: Kernel = Kernel::new(
    "began on the same day",
    &[
        (0, 0, 0.03),
        (1, 1, 0.17),
        (2, 3, 0.2),
        (4, 4, 0.17),
        (5, 5, 0.12),
        (6, 6, 0.08),
        (7, 13, 0.004),
    ],
    1e-5,
);

/// Words of beginning, folded: how they start.
const BEGINNINGS: &[&str] = &[
    "launch",
    "began",
    "begin",
    "begun",
    "start",
    "kicked",
    "outbreak",
    "onset",
    "begann",
    "begonn",
    "startet",
    "gestartet",
    "beginn",
    "auftakt",
    "eingeleitet",
    "ausgebrochen",
    "اطلق",
    "بدا",
    "بدء",
    "بدايه",
    "شن",
    "انطل",
    "اندل",
];

/// Kinds of things that begin, each with how its folded words start.
const THINGS: &[&[&str]] = &[
    // attacks
    &[
        "offensive",
        "battle",
        "assault",
        "attack",
        "operation",
        "campaign",
        "schlacht",
        "angriff",
        "grossoffensive",
        "معرك",
        "معارك",
        "هجوم",
        "عمليه",
        "عمليات",
        "غزوه",
        "حمله",
    ],
    // sieges
    &[
        "siege",
        "besieg",
        "blockade",
        "encircl",
        "belager",
        "blockad",
        "kessel",
        "حصار",
        "طوق",
        "محاصر",
    ],
    // truces
    &[
        "truce",
        "ceasefire",
        "cease",
        "pause",
        "waffenruhe",
        "waffenstillstand",
        "feuerpause",
        "هدنه",
        "مهله",
    ],
    // ways out
    &[
        "evacuat",
        "corridor",
        "evakuier",
        "korridor",
        "abzug",
        "اجلاء",
        "ممر",
        "معابر",
    ],
    // talks
    &[
        "talks",
        "negotiat",
        "conference",
        "summit",
        "verhandl",
        "gesprach",
        "konferenz",
        "gipfel",
        "محادثات",
        "مفاوضات",
        "مؤتمر",
        "قمه",
    ],
    // protests and strikes
    &[
        "protest",
        "demonstrat",
        "strike",
        "streik",
        "احتجاج",
        "مظاهر",
        "اضراب",
    ],
];

/// A day on which something began.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Onset {
    /// The words that name the day, and their bytes in the body.
    words: String,
    #[serde(with = "as_bytes")]
    span: Span,
    day: Said,
    /// Kinds of things, a bit each.
    kinds: u32,
    /// Whether `since` stands before it.
    since: bool,
}

/// How a text calls a day.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
enum Said {
    Weekday(u8),
    Days(i32),
    Date {
        year: Option<i32>,
        month: u8,
        day: u8,
    },
}

impl Onset {
    /// Whether a text could say it: what was stored may have been altered.
    pub(super) fn is_sound(&self) -> bool {
        match self.day {
            Said::Weekday(weekday) => weekday < 7,
            Said::Days(days) => days.unsigned_abs() < 10_000,
            Said::Date { year, month, day } => {
                year.is_none_or(|year| (-9999..=9999).contains(&year))
                    && (1..=12).contains(&month)
                    && (1..=31).contains(&day)
            }
        }
    }

    /// The day in a document of a known one.
    fn resolved(&self, document: NaiveDate) -> Option<NaiveDate> {
        match self.day {
            Said::Weekday(weekday) => Some(calendar::weekday_not_after(document, weekday)),
            Said::Days(days) => Some(calendar::shift(document, days)),
            Said::Date { year, month, day } => {
                calendar::day(year.unwrap_or(document.year()), month, day)
            }
        }
    }
}

/// The beginnings that a body speaks of.
pub(super) fn of(text: &str, reading: &Reading) -> Vec<Onset> {
    let mut onsets = Vec::new();
    for expression in &reading.expressions {
        let day = match expression.meaning {
            Meaning::Weekday {
                weekday,
                which: Which::Bare | Which::Last | Which::This,
            } => Said::Weekday(weekday),
            Meaning::Days {
                days: days @ -3..=0,
                ..
            } => Said::Days(days),
            Meaning::Date {
                year: Year::Given(year),
                month,
                day,
                ..
            } => Said::Date {
                year: Some(year),
                month,
                day,
            },
            Meaning::Date {
                year: Year::Open,
                month,
                day,
                ..
            } => Said::Date {
                year: None,
                month,
                day,
            },
            _ => continue,
        };
        let since = expression.first.checked_sub(1).is_some_and(|at| {
            let before = reading.tokens.get(at);
            before.is_some_and(|token| token.term == Term::Since)
        });
        let (begins, kinds) = words_around(text, reading, expression);
        let behind = tense::direction(&reading.tokens, expression) != Direction::Future;
        if (begins || since) && kinds.count_ones() >= KINDS && behind && onsets.len() < MOST {
            onsets.push(Onset {
                words: expression.span.of(text).to_owned(),
                span: expression.span,
                day,
                kinds,
                since,
            });
        }
    }
    onsets
}

/// Words after which something stands that went before, folded.
const WENT_BEFORE: &[&str] = &["after", "following", "nach", "nachdem", "بعد", "عقب"];
/// How far what went before reaches behind such a word, in tokens.
const OVER: usize = 8;

/// Whether the sentence of an expression speaks of a beginning, and of which kinds of things: not
/// of those that only went before (`after a week-long ceasefire`).
fn words_around(text: &str, reading: &Reading, expression: &Expression) -> (bool, u32) {
    let tokens = &reading.tokens;
    let before = (0..expression.first)
        .rev()
        .take(AROUND)
        .take_while(|at| !tense::ends_sentence(tokens, *at));
    let first = before.last().unwrap_or(expression.first);
    let after = (expression.next..tokens.len())
        .take(AROUND)
        .take_while(|at| !tense::ends_sentence(tokens, *at));
    let last = after.last().unwrap_or(expression.next);
    let (mut begins, mut kinds, mut over) = (false, 0, 0usize);
    for token in tokens.get(first..=last).unwrap_or_default() {
        if matches!(token.term, Term::Mark(_) | Term::Number(..)) {
            // begins nothing, but takes its place
            over = over.saturating_sub(1);
            continue;
        }
        let word = text.get(token.start as usize..token.end as usize);
        let word = fold(word.unwrap_or(""));
        if WENT_BEFORE.contains(&word.as_str()) {
            over = OVER;
        } else if over > 0 {
            over -= 1;
            continue;
        }
        let said = Stems::known().of(&word);
        begins |= said & Stems::BEGINNING != 0;
        kinds |= said & !Stems::BEGINNING;
    }
    (begins, kinds)
}

/// What may stand before an Arabic stem, the longest first.
const CLITICS: &[&str] = &["وال", "بال", "فال", "كال", "لل", "ال", "و", "ب", "ل", "ف"];

/// The stems of all kinds by their first letters, each with its bit.
struct Stems(FxHashMap<char, Vec<(&'static str, u32)>>);

impl Stems {
    /// The bit of words of beginning; those below are kinds of things.
    const BEGINNING: u32 = 1 << 31;

    fn known() -> &'static Self {
        static KNOWN: LazyLock<Stems> = LazyLock::new(|| {
            let things = (0u32..)
                .zip(THINGS)
                .map(|(kind, stems)| (1 << kind, *stems));
            let all = things.chain([(Stems::BEGINNING, BEGINNINGS)]);
            let mut by_letter: FxHashMap<char, Vec<(&str, u32)>> = FxHashMap::default();
            for (stem, bit) in all.flat_map(|(bit, stems)| stems.iter().map(move |s| (*s, bit))) {
                if let Some(letter) = stem.chars().next() {
                    by_letter.entry(letter).or_default().push((stem, bit));
                }
            }
            Stems(by_letter)
        });
        &KNOWN
    }

    /// The bits of the stems with which a folded word starts, with or without what is attached to
    /// its front.
    fn of(&self, word: &str) -> u32 {
        let starting = |word: &str| {
            let stems = word.chars().next().and_then(|c| self.0.get(&c));
            let stems = stems.into_iter().flatten();
            let own = stems.filter(|(stem, _)| word.starts_with(stem));
            own.fold(0, |bits, (_, bit)| bits | bit)
        };
        let bare = CLITICS.iter().find_map(|clitic| word.strip_prefix(clitic));
        starting(word) | bare.map_or(0, starting)
    }
}

/// A beginning whose day is known.
#[derive(Clone, Copy, Debug)]
struct Known {
    document: usize,
    day: NaiveDate,
    kinds: u32,
}

/// What known beginnings say about a document, and in which documents they stand.
pub(super) struct Begun {
    pub(super) hint: Hint,
    pub(super) documents: Vec<usize>,
}

/// The beginnings whose days are known, by weekday.
#[derive(Default)]
pub(super) struct Onsets {
    known: [Vec<Known>; 7],
}

impl Onsets {
    /// The beginnings in documents for which `day` gives one.
    pub(super) fn dated(evidence: &[Evidence], day: impl Fn(usize) -> Option<NaiveDate>) -> Self {
        let mut onsets = Self::default();
        for (at, one) in evidence.iter().enumerate() {
            let Some(document) = day(at) else { continue };
            for onset in &one.onsets {
                let Some(day) = onset.resolved(document).filter(|day| *day <= document) else {
                    continue;
                };
                let known = Known {
                    document: at,
                    day,
                    kinds: onset.kinds,
                };
                if let Some(list) = onsets.known.get_mut(usize::from(calendar::weekday(day)))
                    && list.len() < COMPARED
                {
                    list.push(known);
                }
            }
        }
        onsets
    }

    /// What the known beginnings say about the day of a document that names such a weekday.
    pub(super) fn hint(
        &self,
        evidence: &[Evidence],
        at: usize,
        months: Option<&Arc<Months>>,
    ) -> Option<Begun> {
        let own = evidence.get(at)?;
        let (onset, found) = own.onsets.iter().find_map(|onset| {
            let Said::Weekday(weekday) = onset.day else {
                return None;
            };
            let known = self.known.get(usize::from(weekday))?.iter();
            let mut found: Vec<(usize, NaiveDate)> = known
                .filter(|known| known.document != at)
                .filter(|known| (known.kinds & onset.kinds).count_ones() >= KINDS)
                .filter(|known| {
                    let other = evidence.get(known.document);
                    other.is_some_and(|other| shared(&own.names, &other.names) >= NAMES)
                })
                .map(|known| (known.document, known.day))
                .collect();
            found.sort_unstable();
            found.dedup();
            (!found.is_empty()).then_some((onset, found))
        })?;
        let first = evidence.get(found.first()?.0)?;
        let count = u16::try_from(found.len()).unwrap_or(u16::MAX);
        let days = found
            .iter()
            .map(|(_, day)| (*day, 1.0 / f32::from(count)))
            .collect();
        let kernel = if onset.since { &SINCE } else { &ONSET };
        let rule = match found.len() {
            1 => format!("{} as in {}", kernel.name, first.name),
            n => format!("{} as in {} and {} more", kernel.name, first.name, n - 1),
        };
        let hint = Hint {
            body: Body::Other {
                days,
                kernel,
                trust: TRUST,
                else_months: months.cloned(),
                rule,
            },
            source: Source {
                text: onset.words.clone(),
                span: Some(onset.span),
            },
        };
        let documents = found.iter().map(|known| known.0).collect();
        Some(Begun { hint, documents })
    }
}

/// How many names two lists share, of which neither is sorted in any order that lasts.
fn shared(a: &[u64], b: &[u64]) -> usize {
    a.iter().filter(|name| b.contains(name)).count()
}
