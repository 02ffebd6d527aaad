//! The days of articles in columns: their own, and those that they mention.

use std::io;

use std::sync::Arc;

use chrono::{Datelike as _, NaiveDate};

use crate::corpus::annotation::{DayBasis, DayRange, TimexBasis};
use crate::corpus::article::{Article, Field};
use crate::corpus::columns::{Rows, as_u32};
use crate::corpus::slab::Slab;
use crate::corpus::stored::{Sections, Sink};

/// Days count from this many before 1 January of the year 1, so that none is negative.
const BEFORE: i32 = 1 << 23;

/// Bits of a day: the years −9999 to 9999, all that intake lets through, have fewer than 2²³ days.
const BITS: u32 = 24;
const MASK: u64 = (1 << BITS) - 1;

/// Days of articles, by place.
#[derive(Clone, Debug, Default)]
pub(super) struct Days {
    /// [`packed_day`] times two, and one where it is stated or set; 0 without a day.
    own: Slab<u32>,
    /// A [`packed`] range for each of an article's `timexes`.
    mentioned: Rows<u64>,
    /// How many of an article's `timexes` stand in its title: the first ones.
    in_titles: Slab<u32>,
    /// The earliest and the latest day of each article whose own day is not one but lies between
    /// two, 0 for the others: with a place for each, what walks over all of them need not search.
    between: Slab<[u32; 2]>,
}

impl Days {
    pub(super) fn of(articles: &[Arc<Article>]) -> Self {
        let mut mentioned = Rows::default();
        for article in articles {
            mentioned.push(article.timexes.iter().map(|timex| packed(timex.range())));
        }
        mentioned.shrink();
        let in_title = |article: &Arc<Article>| {
            let timexes = article.timexes.iter();
            as_u32(timexes.take_while(|t| t.field == Field::Title).count())
        };
        Self {
            own: articles.iter().map(|article| own_day(article)).collect(),
            mentioned,
            in_titles: articles.iter().map(in_title).collect(),
            between: articles.iter().map(|article| between(article)).collect(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.own.len()
    }

    /// The article's own day, and whether it is stated or set rather than inferred.
    #[inline]
    pub(super) fn own(&self, at: usize) -> Option<(NaiveDate, bool)> {
        let own = self.own.get(at).copied()?;
        Some((day(u64::from(own >> 1))?, own & 1 == 1))
    }

    /// The days of each of the article's expressions of time, in their order.
    #[inline]
    pub(super) fn mentioned(&self, at: usize) -> impl ExactSizeIterator<Item = Option<DayRange>> {
        let ranges = self.mentioned.get(at).unwrap_or_default();
        ranges.iter().map(|range| unpacked(*range))
    }

    pub(super) fn in_title(&self, at: usize) -> u32 {
        self.in_titles.get(at).copied().unwrap_or(0)
    }

    /// The first and the last day between which the article's own day lies, where it is not one.
    pub(super) fn between(&self, at: usize) -> Option<(NaiveDate, NaiveDate)> {
        let [earliest, latest] = *self.between.get(at)?;
        Some((day(u64::from(earliest))?, day(u64::from(latest))?))
    }

    /// Keeps days for another run, for [`of_kept`](Self::of_kept).
    pub(super) fn keep<'d>(
        all: impl Iterator<Item = &'d Self> + Clone,
        sink: &mut Sink<'_>,
    ) -> io::Result<()> {
        sink.join(all.clone().map(|days| days.own.as_bytes()))?;
        Rows::keep(all.clone().map(|days| &days.mentioned), sink)?;
        sink.join(all.clone().map(|days| days.in_titles.as_bytes()))?;
        sink.join(all.map(|days| days.between.as_bytes()))
    }

    pub(super) fn of_kept(sections: &mut Sections) -> Option<Self> {
        Some(Self {
            own: sections.numbers()?,
            mentioned: Rows::of_kept(sections)?,
            in_titles: sections.numbers()?,
            between: sections.numbers()?,
        })
    }
}

fn own_day(article: &Article) -> u32 {
    let Some(own) = &article.day else { return 0 };
    let stated = matches!(own.basis, DayBasis::Stated | DayBasis::Set);
    let day = own.day.and_then(packed_day);
    day.map_or(0, |day| day << 1 | u32::from(stated))
}

fn between(article: &Article) -> [u32; 2] {
    let own = article.day.as_ref().filter(|own| own.day.is_none());
    let ends = own.and_then(|own| Some([packed_day(own.earliest?)?, packed_day(own.latest?)?]));
    ends.unwrap_or_default()
}

/// A day as a number, never 0; `None` for one of a year beyond those that intake lets through.
fn packed_day(day: NaiveDate) -> Option<u32> {
    let number = u32::try_from(day.num_days_from_ce().checked_add(BEFORE)?).ok()?;
    (number > 0 && u64::from(number) <= MASK).then_some(number)
}

/// The day of a number; `None` for 0.
#[inline]
fn day(number: u64) -> Option<NaiveDate> {
    let number = i32::try_from(number & MASK).ok()?;
    if number == 0 {
        return None;
    }
    NaiveDate::from_num_days_from_ce_opt(number - BEFORE)
}

/// A range as a number: first day, last day, whether it is firm, how it is known; 0 for none.
fn packed(range: Option<DayRange>) -> u64 {
    let ends =
        range.and_then(|range| Some((range, packed_day(range.from)?, packed_day(range.to)?)));
    let Some((range, from, to)) = ends else {
        return 0;
    };
    let basis = match range.basis {
        TimexBasis::Stated => 0,
        TimexBasis::Resolved => 1,
        TimexBasis::Inferred => 2,
        TimexBasis::Candidate => 3,
    };
    let known = u64::from(range.firm) | basis << 1;
    u64::from(from) | u64::from(to) << BITS | known << (2 * BITS)
}

#[inline]
fn unpacked(range: u64) -> Option<DayRange> {
    let known = range >> (2 * BITS);
    Some(DayRange {
        from: day(range)?,
        to: day(range >> BITS)?,
        firm: known & 1 == 1,
        basis: match known >> 1 {
            0 => TimexBasis::Stated,
            1 => TimexBasis::Resolved,
            2 => TimexBasis::Inferred,
            _ => TimexBasis::Candidate,
        },
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn ranges_come_back(from in -3_650_000..3_650_000, days in 0..800, firm: bool, basis in 0..4usize) {
            let day = |number| NaiveDate::from_num_days_from_ce_opt(number).unwrap();
            let basis = [
                TimexBasis::Stated,
                TimexBasis::Resolved,
                TimexBasis::Inferred,
                TimexBasis::Candidate,
            ][basis];
            let range = DayRange { from: day(from), to: day(from + days), firm, basis };
            prop_assert_eq!(unpacked(packed(Some(range))), Some(range));
        }

        #[test]
        fn any_number_can_be_read(range: u64) {
            unpacked(range);
        }
    }

    #[test]
    fn no_day_is_no_day() {
        assert_eq!(unpacked(packed(None)), None);
        assert_eq!(packed_day(NaiveDate::MAX), None);
        assert_eq!(packed_day(NaiveDate::MIN), None);
    }
}
