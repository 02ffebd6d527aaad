//! What one document says about its own day: its expressions of time, read as clues.

use chrono::{Datelike, NaiveDate};

use super::hint::{Body, Hint, Source, WeekdayRule};
use super::{kernel, stamps};
use crate::annotate::date::calendar;
use crate::annotate::date::expression::{Expression, Meaning, Which, Year};
use crate::annotate::date::reading::Reading;
use crate::annotate::date::tense::{self, Direction};
use crate::annotate::date::term::{Part, Term};
use crate::corpus::{Field, Language};

/// Distances of bare weekdays, document minus weekday, modulo 7: the table of the annotated sets.
///
/// English news call their own day by its name first, and then the days before.
fn weekday_shares(language: Language, first: bool) -> [f32; 7] {
    match language {
        Language::German => [0.12, 0.17, 0.19, 0.14, 0.18, 0.1, 0.1],
        Language::Arabic => [0.36, 0.2, 0.1, 0.13, 0.08, 0.06, 0.07],
        Language::English | Language::Other if first => [0.58, 0.26, 0.05, 0.03, 0.02, 0.02, 0.04],
        Language::English | Language::Other => [0.14, 0.4, 0.2, 0.05, 0.04, 0.05, 0.12],
    }
}

/// The same for weekdays that lie ahead.
const AHEAD: [f32; 7] = [0.06, 0.06, 0.08, 0.12, 0.16, 0.22, 0.3];

/// The same after `since`: some days ago.
const SINCE: [f32; 7] = [0.03, 0.15, 0.2, 0.2, 0.17, 0.13, 0.12];

/// The same for a morning, which evening reports and the next day's papers speak of.
const MORNING: [f32; 7] = [0.5, 0.25, 0.08, 0.06, 0.05, 0.03, 0.03];

/// The same in a text that itself speaks of an evening or a night without saying which: its own,
/// and the morning that of the same day.
const MORNING_BEFORE: [f32; 7] = [0.72, 0.14, 0.04, 0.03, 0.03, 0.02, 0.02];

/// Most clues of one kind that are kept: a programme of events would drown the rest.
const MOST: usize = 6;

/// Years in which a document may have been written.
const DOCUMENT_YEARS: std::ops::RangeInclusive<i32> = 1800..=2100;

/// The clues among the expressions of one field.
pub(super) fn hints(reading: &Reading, text: &str, language: Language, out: &mut Vec<Hint>) {
    let mut gathering = Gathering {
        reading,
        text,
        language,
        has_own_evening: has_own_evening(reading),
        year: None,
        weekdays: Vec::new(),
        mentions: Vec::new(),
        yearless: Vec::new(),
        dates: Vec::new(),
        out,
    };
    for expression in &reading.expressions {
        gathering.hear(expression);
    }
    gathering.finish();
}

/// Only the full dates that the document states for itself.
pub(super) fn stated(reading: &Reading, text: &str, out: &mut Vec<Hint>) {
    for expression in &reading.expressions {
        let Meaning::Date {
            year: Year::Given(year),
            month,
            day,
            weekday,
        } = expression.meaning
        else {
            continue;
        };
        let day = credible_day(year, month, day, weekday);
        if let Some((day, kernel)) = day.zip(stamps::role(reading, expression)) {
            out.push(Hint {
                body: Body::Day { day, kernel },
                source: source(reading, text, expression),
            });
        }
    }
}

/// The day that a full date names, if a document of news may be of it: not one of another age, nor
/// one that its own weekday contradicts.
fn credible_day(year: i32, month: u8, day: u8, weekday: Option<u8>) -> Option<NaiveDate> {
    calendar::day(year, month, day).filter(|day| {
        DOCUMENT_YEARS.contains(&year)
            && weekday.is_none_or(|wanted| calendar::weekday(*day) == wanted)
    })
}

/// Where an expression stands.
fn source(reading: &Reading, text: &str, expression: &Expression) -> Source {
    Source {
        text: expression.span.of(text).to_owned(),
        span: (reading.field == Field::Text).then_some(expression.span),
    }
}

/// Whether a text speaks of an evening or a night by no more than these words.
fn has_own_evening(reading: &Reading) -> bool {
    let late = |term: Term| matches!(term, Term::Part(Part::Evening | Part::Night));
    let mut at = reading.tokens.iter().enumerate();
    at.any(|(at, token)| {
        let mut expressions = reading.expressions.iter();
        late(token.term) && !expressions.any(|one| (one.first..one.next).contains(&at))
    })
}

/// The clues of a field while its expressions are read.
struct Gathering<'a> {
    reading: &'a Reading,
    text: &'a str,
    language: Language,
    has_own_evening: bool,
    /// The latest year spoken of as past or present.
    year: Option<(i32, Source)>,
    /// Weekdays, and whether they lie ahead.
    weekdays: Vec<(u8, bool)>,
    /// Full dates that play no role.
    mentions: Vec<(NaiveDate, Source)>,
    /// Months and days without a year, but for those after `since`.
    yearless: Vec<(u8, u8, Option<u8>, Source)>,
    /// All months and days.
    dates: Vec<(u8, u8, Option<u8>, Source)>,
    out: &'a mut Vec<Hint>,
}

impl Gathering<'_> {
    fn source(&self, expression: &Expression) -> Source {
        source(self.reading, self.text, expression)
    }

    fn ahead(&self, expression: &Expression) -> bool {
        tense::direction(&self.reading.tokens, expression) == Direction::Future
    }

    fn add(&mut self, body: Body, expression: &Expression) {
        let source = self.source(expression);
        self.out.push(Hint { body, source });
    }

    fn hear(&mut self, expression: &Expression) {
        match expression.meaning {
            Meaning::Date {
                year: Year::Given(year),
                month,
                day,
                weekday,
            } => {
                let Some(day) = credible_day(year, month, day, weekday) else {
                    return;
                };
                match stamps::role(self.reading, expression) {
                    Some(kernel) => self.add(Body::Day { day, kernel }, expression),
                    None => self.mentions.push((day, self.source(expression))),
                }
            }
            Meaning::Date {
                year: Year::Open,
                month,
                day,
                weekday,
            } => self.yearless(month, day, weekday, expression),
            Meaning::Weekday { weekday, which } => self.weekday(weekday, which, expression),
            Meaning::Days {
                days,
                weekday: Some(weekday),
            } => self.fixed_weekday(days, weekday, expression),
            Meaning::Year(year)
            | Meaning::Month {
                year: Year::Given(year),
                ..
            } => self.year(year, expression),
            Meaning::Month {
                year: Year::Open,
                month,
            } => self.add(Body::Month(month), expression),
            _ => {}
        }
    }

    fn yearless(&mut self, month: u8, day: u8, weekday: Option<u8>, expression: &Expression) {
        let source = self.source(expression);
        self.dates.push((month, day, weekday, source));
        if self.since(expression) {
            let kernel = &kernel::SINCE;
            self.add(
                Body::Yearless {
                    month,
                    day,
                    weekday,
                    kernel,
                },
                expression,
            );
        } else if stamps::wire(self.reading, expression) {
            let kernel = &kernel::WIRE;
            self.add(
                Body::Yearless {
                    month,
                    day,
                    weekday,
                    kernel,
                },
                expression,
            );
        } else if !self
            .yearless
            .iter()
            .any(|known| (known.0, known.1) == (month, day))
        {
            self.yearless
                .push((month, day, weekday, self.source(expression)));
        }
    }

    /// Whether `since` stands before an expression.
    fn since(&self, expression: &Expression) -> bool {
        expression.first.checked_sub(1).is_some_and(|at| {
            self.reading
                .tokens
                .get(at)
                .is_some_and(|token| token.term == Term::Since)
        })
    }

    fn weekday(&mut self, weekday: u8, which: Which, expression: &Expression) {
        let ahead = which == Which::Next || which == Which::Bare && self.ahead(expression);
        let known = self.weekdays.contains(&(weekday, ahead));
        if which == Which::Last || known || self.weekdays.len() >= MOST {
            return;
        }
        let first = self.weekdays.iter().all(|known| known.1);
        self.weekdays.push((weekday, ahead));
        let (shares, rule) = if ahead {
            (AHEAD, WeekdayRule::Ahead)
        } else if self.since(expression) {
            (SINCE, WeekdayRule::Since)
        } else if expression.part == Some(Part::Morning) {
            if self.has_own_evening {
                (MORNING_BEFORE, WeekdayRule::MorningBefore)
            } else {
                (MORNING, WeekdayRule::Morning)
            }
        } else {
            (weekday_shares(self.language, first), WeekdayRule::Bare)
        };
        let body = Body::Weekday {
            weekday,
            shares,
            rule,
        };
        self.add(body, expression);
    }

    /// `today, Tuesday`: it fixes the document's weekday.
    fn fixed_weekday(&mut self, days: i32, weekday: u8, expression: &Expression) {
        let distance = usize::try_from((-days).rem_euclid(7)).unwrap_or(0);
        let mut shares = [0.004; 7];
        if let Some(share) = shares.get_mut(distance) {
            *share = 0.976;
        }
        let rule = if days == 0 {
            WeekdayRule::Today
        } else {
            WeekdayRule::Relative
        };
        let body = Body::Weekday {
            weekday,
            shares,
            rule,
        };
        self.add(body, expression);
    }

    fn year(&mut self, year: i32, expression: &Expression) {
        let later = self.year.as_ref().is_none_or(|known| year > known.0);
        if later && (1900..=2100).contains(&year) && !self.ahead(expression) {
            self.year = Some((year, self.source(expression)));
        }
    }

    fn finish(mut self) {
        self.latest_mentions();
        self.pairs();
        self.coincidences();
        let kernel = match self.language {
            Language::German => &kernel::YEARLESS,
            Language::English | Language::Arabic | Language::Other => &kernel::YEARLESS_BACK,
        };
        let found = self.yearless.into_iter().take(MOST);
        self.out
            .extend(found.map(|(month, day, weekday, source)| Hint {
                body: Body::Yearless {
                    month,
                    day,
                    weekday,
                    kernel,
                },
                source,
            }));
        if let Some((year, source)) = self.year {
            let body = Body::Year(year);
            self.out.push(Hint { body, source });
        }
    }

    /// Of all full dates of the text only the two latest bear on the document's day.
    fn latest_mentions(&mut self) {
        self.mentions
            .sort_by_key(|mention| std::cmp::Reverse(mention.0));
        self.mentions.dedup_by_key(|mention| mention.0);
        let kernel = &kernel::MENTION;
        let latest = self.mentions.drain(..).take(2);
        self.out.extend(latest.map(|(day, source)| Hint {
            body: Body::Day { day, kernel },
            source,
        }));
    }

    /// A weekday and a day of the calendar that may be one.
    fn coincidences(&mut self) {
        for (weekday, ahead) in &self.weekdays {
            for (month, day, _, source) in self.dates.iter().take(4) {
                if !ahead {
                    let body = Body::Coincidence {
                        weekday: *weekday,
                        month: *month,
                        day: *day,
                    };
                    let source = source.clone();
                    self.out.push(Hint { body, source });
                }
            }
        }
    }

    /// `tomorrow` beside a date of which the text also speaks as ahead: they may be one day.
    fn pairs(&mut self) {
        let counted =
            self.reading
                .expressions
                .iter()
                .filter_map(|expression| match expression.meaning {
                    Meaning::Days {
                        days: days @ 1..=2,
                        weekday: None,
                    } if expression.part.is_none() => Some(days),
                    _ => None,
                });
        let mut known: Vec<i32> = Vec::new();
        for days in counted {
            if known.contains(&days) || known.len() >= 3 {
                continue;
            }
            known.push(days);
            for (month, day, _, source) in self.yearless.iter().take(4) {
                // a leap year: the distance does not depend on the year otherwise
                let Some(said) = calendar::day(2000, *month, *day) else {
                    continue;
                };
                let own = calendar::shift(said, -days);
                let body = Body::Yearless {
                    month: u8::try_from(own.month()).unwrap_or(1),
                    day: u8::try_from(own.day()).unwrap_or(1),
                    weekday: None,
                    kernel: &kernel::PAIR,
                };
                let source = source.clone();
                self.out.push(Hint { body, source });
            }
        }
    }
}
