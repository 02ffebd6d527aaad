//! The days of articles in columns: their own, and those that they mention.

use std::io;
use std::sync::Arc;

use chrono::{Datelike as _, NaiveDate};

use crate::corpus::annotation::{DayBasis, DayRange, DocumentDay, TimexBasis};
use crate::corpus::article::{Article, Field};
use crate::corpus::columns::{Rows, as_u32};
use crate::corpus::slab::Slab;
use crate::corpus::stored::{Sections, Sink};

/// Days count from this many before 1 January of the year 1, so that none is negative.
const BEFORE: i32 = 1 << 23;

/// Bits of a day: the years −9999 to 9999, all that intake lets through, have fewer than 2²³ days.
const BITS: u32 = 24;
const MASK: u64 = (1 << BITS) - 1;

/// A [`DayRange`] whose days are numbers, the first of the year 1 being 1: what counts a hundred
/// thousand of them works out no calendar for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NumberedRange {
    /// The first day.
    pub from: i32,
    /// The last day.
    pub to: i32,
    /// As [`DayRange::firm`].
    pub firm: bool,
    /// As [`DayRange::basis`].
    pub basis: TimexBasis,
}

/// What a number of [`Days::own`] holds beside the day: how it is known, in the order of [`BASES`],
/// and whether it is no day but the place of two, between which it lies.
const BASIS: u32 = 0b011;
const IS_BETWEEN: u32 = 0b100;
const OWN: u32 = 3;

/// How days are known, by their numbers.
const BASES: [DayBasis; 4] = [
    DayBasis::Stated,
    DayBasis::Set,
    DayBasis::Inferred,
    DayBasis::Candidates,
];

/// In a number of [`Days::mentioned`]: whether the expression stands in the title.
const IN_TITLE: u64 = 1 << (2 * BITS + 3);

/// Days of articles, by place.
#[derive(Clone, Debug, Default)]
pub(super) struct Days {
    /// [`packed_day`] or a place in `between`, behind [`OWN`] bits; 0 where nothing is known.
    own: Slab<u32>,
    /// A [`packed`] range for each of an article's `timexes`.
    mentioned: Rows<u64>,
    /// The earliest and the latest day of each article whose own day is not one but lies between
    /// two; 0 for either that is not known.
    between: Slab<[u32; 2]>,
}

/// What a list shows of an article's own day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnDay {
    /// Where the day comes from.
    pub basis: DayBasis,
    /// The day; `None` where several remain possible.
    pub day: Option<NaiveDate>,
    /// The first day that is possible then.
    pub earliest: Option<NaiveDate>,
    /// The last day that is possible then.
    pub latest: Option<NaiveDate>,
}

impl Days {
    pub(super) fn of(articles: &[Arc<Article>]) -> Self {
        let mut days = Self::default();
        for article in articles {
            let timexes = article.timexes.iter();
            days.mentioned.push(timexes.map(|timex| {
                let in_title = u64::from(timex.field == Field::Title) * IN_TITLE;
                packed(timex.range()) | in_title
            }));
            let own = article.day.as_ref().map_or(0, |own| days.packed_own(own));
            days.own.push(own);
        }
        days.mentioned.shrink();
        days.own.shrink();
        days
    }

    fn packed_own(&mut self, own: &DocumentDay) -> u32 {
        let basis = match own.basis {
            DayBasis::Stated => 0,
            DayBasis::Set => 1,
            DayBasis::Inferred => 2,
            DayBasis::Candidates => 3,
        };
        if let Some(day) = own.day {
            return packed_day(day).map_or(0, |day| day << OWN | basis);
        }
        let place = as_u32(self.between.len());
        let ends = [own.earliest, own.latest];
        let ends = ends.map(|end| end.and_then(packed_day).unwrap_or(0));
        self.between.push(ends);
        place << OWN | IS_BETWEEN | basis
    }

    pub(super) fn len(&self) -> usize {
        self.own.len()
    }

    /// The number of an article's own day, where it is one.
    #[inline]
    fn own_packed(&self, at: usize) -> Option<(u64, bool)> {
        let own = self.own.get(at).copied()?;
        let is_stated = own & BASIS < 2;
        (own & IS_BETWEEN == 0).then_some((u64::from(own >> OWN), is_stated))
    }

    /// The article's own day, and whether it is stated or set rather than inferred.
    #[inline]
    pub(super) fn own(&self, at: usize) -> Option<(NaiveDate, bool)> {
        let (number, is_stated) = self.own_packed(at)?;
        Some((day(number)?, is_stated))
    }

    /// What a list shows of the article's own day; `None` where nothing is known of it.
    pub(super) fn shown(&self, at: usize) -> Option<OwnDay> {
        let own = self.own.get(at).copied().filter(|own| *own != 0)?;
        let basis = *BASES.get((own & BASIS) as usize)?;
        let [earliest, latest] = self.ends(own).unwrap_or_default();
        Some(OwnDay {
            basis,
            day: self.own(at).map(|(day, _)| day),
            earliest,
            latest,
        })
    }

    /// The two days of a number of `own` that stands for such.
    fn ends(&self, own: u32) -> Option<[Option<NaiveDate>; 2]> {
        let place = (own & IS_BETWEEN != 0).then_some((own >> OWN) as usize)?;
        let ends = *self.between.get(place)?;
        Some(ends.map(|end| day(u64::from(end))))
    }

    /// The article's own day, counted from the year 1, and whether it is stated or set.
    #[inline]
    pub(super) fn own_number(&self, at: usize) -> Option<(i32, bool)> {
        let (number, is_stated) = self.own_packed(at)?;
        Some((day_number(number)?, is_stated))
    }

    /// The days of each of the article's expressions of time, in their order.
    #[inline]
    pub(super) fn mentioned_numbers(
        &self,
        at: usize,
    ) -> impl ExactSizeIterator<Item = Option<NumberedRange>> {
        let ranges = self.mentioned.get(at).unwrap_or_default();
        ranges.iter().map(|range| numbered(*range))
    }

    /// The days of each of the article's expressions of time, in their order.
    #[inline]
    pub(super) fn mentioned(&self, at: usize) -> impl ExactSizeIterator<Item = Option<DayRange>> {
        let ranges = self.mentioned.get(at).unwrap_or_default();
        ranges.iter().map(|range| unpacked(*range))
    }

    /// Whether an expression of time of an article stands in its title.
    pub(super) fn is_in_title(&self, at: usize, timex: usize) -> bool {
        let ranges = self.mentioned.get(at).unwrap_or_default();
        ranges.get(timex).is_some_and(|range| range & IN_TITLE != 0)
    }

    /// The first and the last day between which the article's own day lies, where it is not one.
    pub(super) fn between(&self, at: usize) -> Option<(NaiveDate, NaiveDate)> {
        let [earliest, latest] = self.ends(*self.own.get(at)?)?;
        Some((earliest?, latest?))
    }

    /// Keeps days for another run, for [`of_kept`](Self::of_kept).
    pub(super) fn keep<'d>(
        all: impl Iterator<Item = &'d Self> + Clone,
        sink: &mut Sink<'_>,
    ) -> io::Result<()> {
        let mut own = Vec::new();
        let mut before = 0;
        for days in all.clone() {
            // places in the table of days count on through all of them
            let shift = |own: u32| match own & IS_BETWEEN {
                0 => own,
                _ => own.wrapping_add(before << OWN),
            };
            own.extend(days.own.iter().copied().map(shift));
            before += as_u32(days.between.len());
        }
        sink.add(Slab::from(own).as_bytes())?;
        Rows::keep(all.clone().map(|days| &days.mentioned), sink)?;
        sink.join(all.map(|days| days.between.as_bytes()))
    }

    pub(super) fn of_kept(sections: &mut Sections) -> Option<Self> {
        Some(Self {
            own: sections.numbers()?,
            mentioned: Rows::of_kept(sections)?,
            between: sections.numbers()?,
        })
    }
}

/// A day as a number, never 0; `None` for one of a year beyond those that intake lets through.
fn packed_day(day: NaiveDate) -> Option<u32> {
    let number = u32::try_from(day.num_days_from_ce().checked_add(BEFORE)?).ok()?;
    (number > 0 && u64::from(number) <= MASK).then_some(number)
}

/// The day of a number; `None` for 0.
#[inline]
fn day(number: u64) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(day_number(number)?)
}

/// The day of a number, counted from the year 1; `None` for 0.
#[inline]
fn day_number(number: u64) -> Option<i32> {
    let number = i32::try_from(number & MASK).ok()?;
    (number != 0).then_some(number - BEFORE)
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

fn unpacked(range: u64) -> Option<DayRange> {
    let range = numbered(range)?;
    Some(DayRange {
        from: NaiveDate::from_num_days_from_ce_opt(range.from)?,
        to: NaiveDate::from_num_days_from_ce_opt(range.to)?,
        firm: range.firm,
        basis: range.basis,
    })
}

#[inline]
fn numbered(range: u64) -> Option<NumberedRange> {
    let known = range >> (2 * BITS);
    Some(NumberedRange {
        from: day_number(range)?,
        to: day_number(range >> BITS)?,
        firm: known & 1 == 1,
        basis: match known >> 1 & 0b11 {
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
