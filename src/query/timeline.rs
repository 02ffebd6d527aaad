//! The result by days: a row a day, week, month or year, with the gaps between them, and one for
//! each stretch of time that is longer than a row.

use std::cmp::Reverse;

use chrono::{Datelike as _, Days, NaiveDate};
use rustc_hash::FxHashMap;

use crate::corpus::{ArticleId, Corpus, DayRange, Language, Segment, TimexBasis};
use crate::query::answer::{Lead, Row};
use crate::query::bits::{Bits, WORD};
use crate::query::days::{day_in, possible_days_in};
use crate::query::question::{DayField, Inferred, Question, Zoom};
use crate::query::sweep::in_shares;

/// Articles looked at between two questions whether to go on.
const BATCH: usize = 256;

/// Articles that one thread counts at a time: enough to outweigh rows of its own.
const SHARE: usize = 512 * WORD;

/// The rows of a result. `None` when cancelled.
///
/// An expression of time counts in the row that holds all its days; one that reaches beyond every
/// row of this zoom (a month, at the zoom of days) in an interval of its own. An article is undated
/// when it has no day of its own, or when none of its expressions names days: what `undated`
/// filters, at every zoom.
pub(crate) fn rows(
    corpus: &Corpus,
    hits: &Bits,
    question: &Question,
    cancelled: &dyn Fn() -> bool,
) -> Option<Vec<Row>> {
    let shares = in_shares(corpus.len(), SHARE, cancelled, |range, go_on| {
        let mut timeline = Timeline::new(question);
        let ids = hits.within(range, false).map(ArticleId);
        for (seen, (segment, at)) in corpus.walk(ids).enumerate() {
            if seen.is_multiple_of(BATCH) && !go_on() {
                return None;
            }
            timeline.add(segment, at);
        }
        Some(timeline)
    })?;
    let timeline = shares.into_iter().reduce(Timeline::and);
    Some(timeline.map(Timeline::finish).unwrap_or_default())
}

struct Timeline {
    by: DayField,
    zoom: Zoom,
    inferred: Inferred,
    /// By first day.
    buckets: Buckets,
    /// By first and last day.
    intervals: FxHashMap<(NaiveDate, NaiveDate), Bucket>,
    undated: u32,
    unplaced: u32,
}

/// Rows by first day.
#[derive(Default)]
struct Buckets {
    /// Where the row of a day is in `rows`, and one more; by the days since [`FIRST`].
    places: Vec<u32>,
    /// The same of the days outside of it.
    others: FxHashMap<NaiveDate, u32>,
    rows: Vec<(NaiveDate, Bucket)>,
}

/// The days that most news speak of, as days since the year 1: 1900 to 2100.
const FIRST: i32 = 693_596;
const DAYS: usize = 73_414;

impl Buckets {
    fn of(&mut self, day: NaiveDate) -> &mut Bucket {
        if self.places.is_empty() {
            self.places = vec![0; DAYS];
        }
        let near = day.num_days_from_ce().checked_sub(FIRST);
        let near = near.and_then(|days| usize::try_from(days).ok());
        let place = match near.and_then(|days| self.places.get_mut(days)) {
            Some(place) => place,
            None => self.others.entry(day).or_insert(0),
        };
        if *place == 0 {
            self.rows.push((day, Bucket::default()));
            *place = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        }
        // the place is one of a row that was pushed
        let at = (*place as usize - 1).min(self.rows.len() - 1);
        &mut self.rows[at].1
    }
}

struct Bucket {
    articles: u32,
    mentions: u32,
    languages: [u32; 4],
    basis: TimexBasis,
    lead: Option<Lead>,
    /// The last article that was counted, so that none counts twice.
    last: Option<ArticleId>,
}

impl Default for Bucket {
    fn default() -> Self {
        Self {
            articles: 0,
            mentions: 0,
            languages: [0; 4],
            basis: TimexBasis::Stated,
            lead: None,
            last: None,
        }
    }
}

impl Timeline {
    fn new(question: &Question) -> Self {
        Self {
            by: question.timeline_by,
            zoom: question.zoom,
            inferred: question.inferred,
            buckets: Buckets::default(),
            intervals: FxHashMap::default(),
            undated: 0,
            unplaced: 0,
        }
    }

    /// With what later articles add.
    fn and(mut self, later: Self) -> Self {
        for (day, bucket) in later.buckets.rows {
            self.buckets.of(day).add(&bucket);
        }
        for (days, bucket) in later.intervals {
            self.intervals.entry(days).or_default().add(&bucket);
        }
        self.undated += later.undated;
        self.unplaced += later.unplaced;
        self
    }

    fn add(&mut self, segment: &Segment, at: usize) {
        let (id, language) = (segment.id(at), segment.language(at));
        if self.by == DayField::Published {
            self.publish(segment, at);
        }
        let mut is_placed = false;
        for (index, range) in segment.mentioned(at).enumerate() {
            let Some(range) = range.filter(|range| self.inferred.admits(range.firm)) else {
                self.unplaced += 1;
                continue;
            };
            is_placed = true;
            let bucket = match row_of(range, self.zoom) {
                Some(first) => self.buckets.of(first),
                None if self.by == DayField::Mentioned => {
                    self.intervals.entry((range.from, range.to)).or_default()
                }
                None => {
                    self.unplaced += 1;
                    continue;
                }
            };
            bucket.mentions += 1;
            if self.by == DayField::Mentioned {
                bucket.basis = bucket.basis.max(range.basis);
                bucket.count(id, language);
                let in_body = !segment.mentions_in_title(at, index);
                if bucket.lead.is_none() && in_body {
                    bucket.lead = Some(Lead {
                        article: id,
                        timex: u32::try_from(index).ok(),
                    });
                }
            }
        }
        if self.by == DayField::Mentioned && !is_placed {
            self.undated += 1;
        }
    }

    /// Counts an article by its own day, or by the days that remain possible for it.
    fn publish(&mut self, segment: &Segment, at: usize) {
        let (id, language) = (segment.id(at), segment.language(at));
        let (bucket, basis) = if let Some((day, stated)) = day_in(segment, at, self.inferred) {
            let basis = if stated {
                TimexBasis::Stated
            } else {
                TimexBasis::Inferred
            };
            let first = first_day(day, self.zoom);
            (self.buckets.of(first), basis)
        } else {
            self.undated += 1;
            let Some(days) = possible_days_in(segment, at, self.inferred) else {
                return;
            };
            let bucket = self.intervals.entry(days).or_default();
            (bucket, TimexBasis::Candidate)
        };
        bucket.basis = bucket.basis.max(basis);
        bucket.count(id, language);
        bucket.lead.get_or_insert(Lead {
            article: id,
            timex: None,
        });
    }

    fn finish(self) -> Vec<Row> {
        let mut buckets = self.buckets.rows;
        // by own day, a day that is only mentioned has no row
        buckets.retain(|(_, bucket)| bucket.articles > 0);
        buckets.sort_unstable_by_key(|(first, _)| *first);
        let mut intervals: Vec<_> = self.intervals.into_iter().collect();
        // of those that begin together the longest stands first, as a heading over the others
        intervals.sort_unstable_by_key(|((from, to), _)| (*from, Reverse(*to)));
        let mut intervals = intervals.into_iter().peekable();
        let mut rows = Vec::with_capacity(buckets.len() + intervals.len() + 1);
        let mut next_free: Option<NaiveDate> = None;
        for (from, bucket) in buckets {
            if let Some(empty) = next_free
                && empty < from
                && let Some(before) = from.pred_opt()
            {
                rows.push(Row::Gap {
                    from: empty,
                    to: before,
                });
            }
            while let Some((days, interval)) = intervals.next_if(|(days, _)| days.0 <= from) {
                rows.push(interval.interval(days));
            }
            let to = last_day(from, self.zoom);
            next_free = to.succ_opt();
            rows.push(Row::Bucket {
                from,
                to,
                articles: bucket.articles,
                mentions: bucket.mentions,
                languages: bucket.languages,
                lead: bucket.lead,
                basis: bucket.basis,
            });
        }
        rows.extend(intervals.map(|(days, interval)| interval.interval(days)));
        if self.undated > 0 {
            rows.push(Row::Undated {
                articles: self.undated,
                mentions: self.unplaced,
            });
        }
        rows
    }
}

impl Bucket {
    /// Adds what later articles say.
    fn add(&mut self, later: &Self) {
        self.articles += later.articles;
        self.mentions += later.mentions;
        for (sum, more) in self.languages.iter_mut().zip(later.languages) {
            *sum += more;
        }
        self.basis = self.basis.max(later.basis);
        self.lead = self.lead.or(later.lead);
    }

    fn count(&mut self, id: ArticleId, language: Language) {
        if self.last.replace(id) == Some(id) {
            return;
        }
        self.articles += 1;
        let [english, german, arabic, other] = &mut self.languages;
        *match language {
            Language::English => english,
            Language::German => german,
            Language::Arabic => arabic,
            Language::Other => other,
        } += 1;
    }

    fn interval(self, (from, to): (NaiveDate, NaiveDate)) -> Row {
        Row::Interval {
            from,
            to,
            articles: self.articles,
            mentions: self.mentions,
            languages: self.languages,
            lead: self.lead,
            basis: self.basis,
        }
    }
}

/// The first day of the row that holds a range, when one row does.
pub(crate) fn row_of(range: DayRange, zoom: Zoom) -> Option<NaiveDate> {
    let first = first_day(range.from, zoom);
    (range.from == range.to || first == first_day(range.to, zoom)).then_some(first)
}

/// The first day of the row that a day falls into.
#[must_use]
pub fn first_day(day: NaiveDate, zoom: Zoom) -> NaiveDate {
    let first = match zoom {
        Zoom::Day => None,
        Zoom::Week => {
            day.checked_sub_days(Days::new(u64::from(day.weekday().num_days_from_monday())))
        }
        Zoom::Month => day.with_day(1),
        Zoom::Year => NaiveDate::from_ymd_opt(day.year(), 1, 1),
    };
    first.unwrap_or(day)
}

/// The last day of the row that begins with a day.
#[must_use]
pub fn last_day(first: NaiveDate, zoom: Zoom) -> NaiveDate {
    let last = match zoom {
        Zoom::Day => None,
        Zoom::Week => first.checked_add_days(Days::new(6)),
        Zoom::Month => first
            .checked_add_months(chrono::Months::new(1))
            .and_then(|next| next.pred_opt()),
        Zoom::Year => NaiveDate::from_ymd_opt(first.year(), 12, 31),
    };
    last.unwrap_or(first)
}
