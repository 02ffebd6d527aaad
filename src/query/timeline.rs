//! The result by days: a row a day, week, month or year, with the gaps between them.

use chrono::{Datelike as _, Days, NaiveDate};
use rustc_hash::FxHashMap;

use crate::corpus::{Corpus, DayRange, Language, Segment};
use crate::query::answer::{Hit, Lead, Row};
use crate::query::lead::{first_sentence, sentence_at};
use crate::query::question::{DayField, Zoom};

/// Hits looked at between two questions whether to go on.
const BATCH: usize = 256;

/// The rows of hits that are given in the order of their ids. `None` when cancelled.
///
/// An expression of time counts in the row that holds all its days; one that reaches beyond every
/// row of this zoom (a month, at the zoom of days) names no row. By days mentioned an article is
/// undated when none of its expressions names a row of this zoom; at the zoom of days that is what
/// `undated` filters.
pub(crate) fn rows(
    corpus: &Corpus,
    hits: &[Hit],
    by: DayField,
    zoom: Zoom,
    cancelled: &dyn Fn() -> bool,
) -> Option<Vec<Row>> {
    let mut timeline = Timeline {
        by,
        zoom,
        buckets: FxHashMap::default(),
        undated: 0,
        unplaced: 0,
    };
    for batch in hits.chunks(BATCH) {
        if cancelled() {
            return None;
        }
        for (segment, at) in corpus.walk(batch.iter().map(|hit| hit.article)) {
            timeline.add(segment, at);
        }
    }
    Some(timeline.finish(corpus))
}

struct Timeline {
    by: DayField,
    zoom: Zoom,
    /// By first day.
    buckets: FxHashMap<NaiveDate, Bucket>,
    undated: u32,
    unplaced: u32,
}

#[derive(Default)]
struct Bucket {
    articles: u32,
    mentions: u32,
    languages: [u32; 4],
    has_inferred: bool,
    /// Where the lead comes from: the article, and which of its expressions of time.
    lead: Option<(crate::corpus::ArticleId, Option<usize>)>,
    /// The last article that was counted, so that none counts twice.
    last: Option<crate::corpus::ArticleId>,
}

impl Timeline {
    fn add(&mut self, segment: &Segment, at: usize) {
        let language = segment.language(at);
        let id = segment.id(at);
        if self.by == DayField::Published {
            match segment.day(at) {
                Some((day, stated)) => {
                    let bucket = self.buckets.entry(first_day(day, self.zoom)).or_default();
                    bucket.count(language);
                    bucket.has_inferred |= !stated;
                    bucket.lead.get_or_insert((id, None));
                }
                None => self.undated += 1,
            }
        }
        let mut is_placed = false;
        for (index, range) in segment.mentioned(at).iter().enumerate() {
            let Some((range, first)) = range.and_then(|r| Some((r, row_of(r, self.zoom)?))) else {
                self.unplaced += 1;
                continue;
            };
            is_placed = true;
            let bucket = self.buckets.entry(first).or_default();
            bucket.mentions += 1;
            if self.by == DayField::Mentioned {
                bucket.has_inferred |= !range.firm;
                if bucket.last != Some(id) {
                    bucket.last = Some(id);
                    bucket.count(language);
                }
                let in_body = !segment.mentions_in_title(at, index);
                if bucket.lead.is_none() && in_body {
                    bucket.lead = Some((id, Some(index)));
                }
            }
        }
        if self.by == DayField::Mentioned && !is_placed {
            self.undated += 1;
        }
    }

    fn finish(self, corpus: &Corpus) -> Vec<Row> {
        let mut buckets: Vec<(NaiveDate, Bucket)> = self.buckets.into_iter().collect();
        // by own day, a day that is only mentioned has no row
        buckets.retain(|(_, bucket)| bucket.articles > 0);
        buckets.sort_unstable_by_key(|(first, _)| *first);
        corpus.unpack(
            buckets
                .iter()
                .filter_map(|(_, bucket)| Some(bucket.lead?.0)),
        );
        let mut rows = Vec::with_capacity(buckets.len() + 1);
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
            let to = last_day(from, self.zoom);
            next_free = to.succ_opt();
            rows.push(Row::Bucket {
                from,
                to,
                articles: bucket.articles,
                mentions: bucket.mentions,
                languages: bucket.languages,
                lead: bucket.lead(corpus),
                stated: !bucket.has_inferred,
            });
        }
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
    fn count(&mut self, language: Language) {
        self.articles += 1;
        let [english, german, arabic, other] = &mut self.languages;
        *match language {
            Language::English => english,
            Language::German => german,
            Language::Arabic => arabic,
            Language::Other => other,
        } += 1;
    }

    fn lead(&self, corpus: &Corpus) -> Option<Lead> {
        let (id, timex) = self.lead?;
        let article = corpus.article(id)?;
        let body = &article.raw.text;
        let span = match timex {
            Some(index) => sentence_at(body, article.timexes.get(index)?.span.start as usize)?,
            None => first_sentence(article)?,
        };
        Some(Lead { article: id, span })
    }
}

/// The first day of the row that holds a range, when one row does.
fn row_of(range: DayRange, zoom: Zoom) -> Option<NaiveDate> {
    let first = first_day(range.from, zoom);
    (range.from == range.to || first == first_day(range.to, zoom)).then_some(first)
}

/// The first day of the row that a day falls into.
pub(crate) fn first_day(day: NaiveDate, zoom: Zoom) -> NaiveDate {
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
pub(crate) fn last_day(first: NaiveDate, zoom: Zoom) -> NaiveDate {
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
