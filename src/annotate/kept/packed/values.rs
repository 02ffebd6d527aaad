//! Values of a record in columns: each function writes or reads one, as its coder does.

use chrono::{Datelike as _, NaiveDate};

use super::columns::Coder;
use crate::annotate::kept::atoms::Iso;

/// A number that is small where it is near zero, whichever its sign.
fn folded(value: i64) -> u64 {
    (value.cast_unsigned() << 1) ^ (value >> 63).cast_unsigned()
}

fn unfolded(value: u64) -> i64 {
    (value >> 1).cast_signed() ^ -(value & 1).cast_signed()
}

pub(super) fn count<C: Coder>(c: &mut C, column: usize, value: &mut u32) -> Option<()> {
    let mut number = u64::from(*value);
    c.number(column, &mut number)?;
    *value = u32::try_from(number).ok()?;
    Some(())
}

/// A number that is not far from another.
pub(super) fn near<C: Coder>(c: &mut C, column: usize, value: &mut u32, other: u32) -> Option<()> {
    let mut number = folded(i64::from(*value) - i64::from(other));
    c.number(column, &mut number)?;
    let value_now = i64::from(other).checked_add(unfolded(number))?;
    *value = u32::try_from(value_now).ok()?;
    Some(())
}

/// One of a few values, by its place among them.
pub(super) fn choice<C: Coder, T: Copy + PartialEq>(
    c: &mut C,
    column: usize,
    value: &mut T,
    all: &[T],
) -> Option<()> {
    let at = all.iter().position(|one| one == value);
    let mut number = if C::WRITES { at? as u64 } else { 0 };
    c.number(column, &mut number)?;
    *value = *all.get(usize::try_from(number).ok()?)?;
    Some(())
}

/// A day that may lack, near another one.
pub(super) fn day<C: Coder>(
    c: &mut C,
    column: usize,
    value: &mut Option<Iso>,
    other: Option<Iso>,
) -> Option<()> {
    let number_of = |day: Iso| i64::from(day.0.num_days_from_ce());
    let base = other.map_or(0, number_of);
    let mut number = value.map_or(0, |day| folded(number_of(day) - base) + 1);
    c.number(column, &mut number)?;
    *value = match number.checked_sub(1) {
        None => None,
        Some(far) => Some(day_of(base.checked_add(unfolded(far))?)?),
    };
    Some(())
}

fn day_of(number: i64) -> Option<Iso> {
    let day = NaiveDate::from_num_days_from_ce_opt(i32::try_from(number).ok()?)?;
    (-9999..=9999).contains(&day.year()).then_some(Iso(day))
}

/// Whether a value is there, then the value.
pub(super) fn optional<C: Coder, T>(
    c: &mut C,
    column: usize,
    value: &mut Option<T>,
    blank: impl FnOnce() -> T,
    each: impl FnOnce(&mut C, &mut T) -> Option<()>,
) -> Option<()> {
    let mut there = u64::from(value.is_some());
    c.number(column, &mut there)?;
    if there == 0 {
        return Some(());
    }
    each(c, value.get_or_insert_with(blank))
}

/// How many there are, then each.
pub(super) fn list<C: Coder, T>(
    c: &mut C,
    column: usize,
    values: &mut Vec<T>,
    blank: impl Fn() -> T,
    mut each: impl FnMut(&mut C, &mut T) -> Option<()>,
) -> Option<()> {
    let mut length = values.len() as u64;
    c.number(column, &mut length)?;
    if C::WRITES {
        return values.iter_mut().try_for_each(|value| each(c, value));
    }
    for _ in 0..length {
        let mut value = blank();
        each(c, &mut value)?;
        values.push(value);
    }
    Some(())
}
