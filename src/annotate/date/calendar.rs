//! Arithmetic of the calendar. Nothing here knows text.

use chrono::{Datelike, Days, NaiveDate};

/// Weekday of a day, 0 for Monday.
pub(super) fn weekday(day: NaiveDate) -> u8 {
    u8::try_from(day.weekday().num_days_from_monday()).unwrap_or(0)
}

/// A day that many days later (earlier when negative); the day itself at the ends of the calendar.
pub(super) fn shift(day: NaiveDate, days: i32) -> NaiveDate {
    let count = Days::new(u64::from(days.unsigned_abs()));
    let shifted = if days < 0 {
        day.checked_sub_days(count)
    } else {
        day.checked_add_days(count)
    };
    shifted.unwrap_or(day)
}

/// A day of the Gregorian calendar.
pub(super) fn day(year: i32, month: u8, day: u8) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, u32::from(month), u32::from(day))
}

/// Year and month that many months later.
pub(super) fn shift_month(year: i32, month: u8, months: i32) -> (i32, u8) {
    let index = year * 12 + i32::from(month) - 1 + months;
    let month = u8::try_from(index.rem_euclid(12) + 1).unwrap_or(1);
    (index.div_euclid(12), month)
}

/// First and last day of a month.
pub(super) fn month_days(year: i32, month: u8) -> Option<(NaiveDate, NaiveDate)> {
    let first = day(year, month, 1)?;
    let (next_year, next_month) = shift_month(year, month, 1);
    let last = day(next_year, next_month, 1)?.pred_opt()?;
    Some((first, last))
}

/// First and last day of several months of one year.
pub(super) fn months_days(year: i32, first: u8, count: i32) -> Option<(NaiveDate, NaiveDate)> {
    let (last_year, last_month) = shift_month(year, first, count - 1);
    Some((
        month_days(year, first)?.0,
        month_days(last_year, last_month)?.1,
    ))
}

/// Monday of the day's week.
pub(super) fn monday(of: NaiveDate) -> NaiveDate {
    shift(of, -i32::from(weekday(of)))
}

/// The latest such weekday that is not after `day`.
pub(super) fn weekday_not_after(day: NaiveDate, wanted: u8) -> NaiveDate {
    let back = (i32::from(weekday(day)) - i32::from(wanted)).rem_euclid(7);
    shift(day, -back)
}

/// The first such weekday that is not before `day`.
pub(super) fn weekday_not_before(day: NaiveDate, wanted: u8) -> NaiveDate {
    let forth = (i32::from(wanted) - i32::from(weekday(day))).rem_euclid(7);
    shift(day, forth)
}

/// The Gregorian day of a day of the tabular Islamic calendar (civil epoch, leap years 2, 5, 7,
/// 10, 13, 16, 18, 21, 24, 26, 29 of each 30). Observed months may begin a day earlier or later.
pub(super) fn from_hijri(year: i32, month: u8, day: u8) -> Option<NaiveDate> {
    if !(1..=1700).contains(&year) || !(1..=12).contains(&month) || !(1..=30).contains(&day) {
        return None;
    }
    let month = i32::from(month);
    let before = (year - 1) * 354 + (3 + 11 * year).div_euclid(30);
    let days = before + 29 * (month - 1) + month / 2 + i32::from(day) - 1;
    // 1 Muharram 1 is 16 July 622 of the Julian calendar, 19 July of the Gregorian
    NaiveDate::from_ymd_opt(622, 7, 19)?.checked_add_days(Days::new(u64::try_from(days).ok()?))
}

/// Easter Sunday (Meeus/Jones/Butcher, Gregorian calendar).
pub(super) fn easter(year: i32) -> Option<NaiveDate> {
    let golden = year.rem_euclid(19);
    let century = year.div_euclid(100);
    let rest = year.rem_euclid(100);
    let g = (8 * century + 13) / 25;
    let epact = (19 * golden + century - century / 4 - g + 15).rem_euclid(30);
    let letter = (32 + 2 * century.rem_euclid(4) + 2 * (rest / 4) - epact - rest % 4).rem_euclid(7);
    let m = (golden + 11 * epact + 22 * letter) / 451;
    let month = (epact + letter - 7 * m + 114) / 31;
    let date = (epact + letter - 7 * m + 114) % 31 + 1;
    NaiveDate::from_ymd_opt(year, u32::try_from(month).ok()?, u32::try_from(date).ok()?)
}
