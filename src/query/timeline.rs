//! The result by days: a row a day, week, month or year, with the gaps between them, and one for
//! each stretch of time that is longer than a row.

use std::cmp::Reverse;

use chrono::{Datelike as _, Days, NaiveDate};
use rustc_hash::FxHashMap;

use crate::corpus::{ArticleId, Corpus, DayRange, Language, Segment, TimexBasis};
use crate::query::answer::{Lead, Row};
use crate::query::bits::{Bits, WORD};
use crate::query::days::possible_days_in;
use crate::query::question::{DayField, Inferred, Question, Zoom};
use crate::query::sweep::in_shares;

/// Articles looked at between two questions whether to go on.
const BATCH: usize = 256;

/// Hits that one thread counts at a time: enough to outweigh rows of its own.
const SHARE: usize = 16 * 1024;

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
    // a range of articles holds as many of the hits as its share of all
    let ratio = corpus.len().div_ceil(hits.count().max(1));
    let size = SHARE.saturating_mul(ratio.max(1)).next_multiple_of(WORD);
    let shares = in_shares(corpus.len(), size, cancelled, |range, go_on| {
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

/// Days in it are numbers, as [`Segment::day_number`] counts them: the calendar is asked once for
/// each day, not for each expression that names it.
struct Timeline {
    by: DayField,
    inferred: Inferred,
    /// By first day.
    buckets: Buckets,
    /// By own day: how many expressions name each day alone, by the days since [`FIRST`]. They need
    /// no more than to be counted.
    named: Vec<u32>,
    /// By first and last day.
    intervals: FxHashMap<(i32, i32), Bucket>,
    undated: u32,
    unplaced: u32,
}

/// Rows by first day.
struct Buckets {
    zoom: Zoom,
    /// Where the row that a day falls into is in `rows`, and one more; 0 where that was not asked
    /// yet. By the days since [`FIRST`].
    places: Vec<u32>,
    /// The same of the days outside of it.
    others: FxHashMap<i32, u32>,
    rows: Vec<(i32, Bucket)>,
}

/// The days that most news speak of, as days since the year 1: 1900 to 2100.
const FIRST: i32 = 693_596;
const DAYS: usize = 73_414;

impl Buckets {
    fn new(zoom: Zoom) -> Self {
        Self {
            zoom,
            places: vec![0; DAYS],
            others: FxHashMap::default(),
            rows: Vec::new(),
        }
    }

    /// Where the row that a day falls into is in `rows`, and one more.
    #[inline]
    fn place(&mut self, day: i32) -> u32 {
        let near = since_first(day);
        let known = match near.and_then(|near| self.places.get(near)) {
            Some(place) => *place,
            None => self.others.get(&day).copied().unwrap_or(0),
        };
        if known > 0 {
            return known;
        }
        let first = number_of(first_day(day_of(day), self.zoom));
        let place = if first == day {
            self.rows.push((day, Bucket::default()));
            u32::try_from(self.rows.len()).unwrap_or(u32::MAX)
        } else {
            self.place(first)
        };
        match near.and_then(|near| self.places.get_mut(near)) {
            Some(slot) => *slot = place,
            None => drop(self.others.insert(day, place)),
        }
        place
    }

    /// The row of a place.
    fn at(&mut self, place: u32) -> &mut Bucket {
        // the place is one of a row that was pushed
        let at = (place as usize).min(self.rows.len()) - 1;
        &mut self.rows[at].1
    }

    /// The row that holds a range of days, when one row does.
    #[inline]
    fn holding(&mut self, from: i32, to: i32) -> Option<&mut Bucket> {
        if from != to && self.zoom == Zoom::Day {
            return None;
        }
        let place = self.place(from);
        (from == to || place == self.place(to)).then(|| self.at(place))
    }
}

/// The days from [`FIRST`] to this one; not for one before it.
#[inline]
fn since_first(day: i32) -> Option<usize> {
    usize::try_from(day.wrapping_sub(FIRST)).ok()
}

/// A day that intake let through.
fn day_of(number: i32) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(number).unwrap_or_default()
}

fn number_of(day: NaiveDate) -> i32 {
    day.num_days_from_ce()
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
            inferred: question.inferred,
            buckets: Buckets::new(question.zoom),
            named: match question.timeline_by {
                DayField::Published => vec![0; DAYS],
                DayField::Mentioned => Vec::new(),
            },
            intervals: FxHashMap::default(),
            undated: 0,
            unplaced: 0,
        }
    }

    /// With what later articles add.
    fn and(mut self, later: Self) -> Self {
        for (day, bucket) in later.buckets.rows {
            let place = self.buckets.place(day);
            self.buckets.at(place).add(&bucket);
        }
        for (sum, more) in self.named.iter_mut().zip(later.named) {
            *sum += more;
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
        for (index, range) in segment.mentioned_numbers(at).enumerate() {
            let Some(range) = range.filter(|range| self.inferred.admits(range.firm)) else {
                self.unplaced += 1;
                continue;
            };
            is_placed = true;
            if range.from == range.to
                && let Some(count) = since_first(range.from).and_then(|at| self.named.get_mut(at))
            {
                *count += 1;
                continue;
            }
            let bucket = match self.buckets.holding(range.from, range.to) {
                Some(bucket) => bucket,
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
                if bucket.lead.is_none() && !segment.mentions_in_title(at, index) {
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
        let own = segment.day_number(at);
        let own = own.filter(|(_, firm)| self.inferred.admits(*firm));
        let (bucket, basis) = if let Some((day, stated)) = own {
            let basis = if stated {
                TimexBasis::Stated
            } else {
                TimexBasis::Inferred
            };
            let place = self.buckets.place(day);
            (self.buckets.at(place), basis)
        } else {
            self.undated += 1;
            let Some((from, to)) = possible_days_in(segment, at, self.inferred) else {
                return;
            };
            let days = (number_of(from), number_of(to));
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
        let zoom = self.buckets.zoom;
        let mut buckets = self.buckets.rows;
        // by own day, a day that is only mentioned has no row
        buckets.retain(|(_, bucket)| bucket.articles > 0);
        for (first, bucket) in &mut buckets {
            let last = number_of(last_day(day_of(*first), zoom));
            let days = since_first((*first).max(FIRST)).zip(since_first(last));
            let days = days.map(|(first, last)| first..(last + 1).min(DAYS));
            let named = days.and_then(|days| self.named.get(days));
            bucket.mentions += named.unwrap_or_default().iter().sum::<u32>();
        }
        buckets.sort_unstable_by_key(|(first, _)| *first);
        let mut intervals: Vec<_> = self.intervals.into_iter().collect();
        // of those that begin together the longest stands first, as a heading over the others
        intervals.sort_unstable_by_key(|((from, to), _)| (*from, Reverse(*to)));
        let mut intervals = intervals.into_iter().peekable();
        let mut rows = Vec::with_capacity(buckets.len() + intervals.len() + 1);
        let mut next_free: Option<NaiveDate> = None;
        for (number, bucket) in buckets {
            let from = day_of(number);
            if let Some(empty) = next_free
                && empty < from
                && let Some(before) = from.pred_opt()
            {
                rows.push(Row::Gap {
                    from: empty,
                    to: before,
                });
            }
            while let Some((days, interval)) = intervals.next_if(|(days, _)| days.0 <= number) {
                rows.push(interval.interval(days));
            }
            let to = last_day(from, zoom);
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

    fn interval(self, (from, to): (i32, i32)) -> Row {
        Row::Interval {
            from: day_of(from),
            to: day_of(to),
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
