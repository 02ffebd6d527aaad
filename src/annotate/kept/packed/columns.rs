//! Columns of numbers and strings: what many records have in one place lies together, so that it
//! packs well.
//!
//! One description of a record serves both directions: a [`Coder`] that writes takes each value, one
//! that reads gives it.

use compact_str::CompactString;
use rustc_hash::FxHashMap;

/// A string that a coder writes or reads.
pub(super) trait Text: AsRef<str> {
    /// Makes it this one.
    fn set(&mut self, text: &str);
}

impl Text for String {
    fn set(&mut self, text: &str) {
        text.clone_into(self);
    }
}

impl Text for CompactString {
    fn set(&mut self, text: &str) {
        *self = CompactString::new(text);
    }
}

/// Writes values into columns or reads them from there, in the same order.
pub(super) trait Coder {
    /// Whether values are taken, not given.
    const WRITES: bool;

    /// A number; small ones take one byte.
    fn number(&mut self, column: usize, value: &mut u64) -> Option<()>;

    /// A string that may recur: its first occurrence, then its number.
    fn text(&mut self, column: usize, value: &mut impl Text) -> Option<()>;

    /// A string that does not recur.
    fn literal(&mut self, column: usize, value: &mut String) -> Option<()>;

    /// A number with a fraction, to the last bit, that may recur.
    fn float(&mut self, column: usize, value: &mut f32) -> Option<()>;
}

/// The columns of records that are being written.
#[derive(Debug, Default)]
pub(super) struct Written {
    columns: Vec<WrittenColumn>,
}

#[derive(Debug, Default)]
struct WrittenColumn {
    numbers: Vec<u8>,
    literals: Vec<u8>,
    /// The lower halves of floats, which are noise: apart from the upper ones, which are not.
    tails: Vec<u8>,
    known: FxHashMap<String, u64>,
    floats: FxHashMap<u32, u64>,
}

impl Written {
    fn column(&mut self, column: usize) -> Option<&mut WrittenColumn> {
        if self.columns.len() <= column {
            self.columns.resize_with(column + 1, Default::default);
        }
        self.columns.get_mut(column)
    }

    /// All of them: how many, how long each is, their bytes.
    pub(super) fn take(&mut self) -> Vec<u8> {
        let columns = std::mem::take(&mut self.columns);
        let mut all = Vec::new();
        push(&mut all, columns.len() as u64);
        for column in &columns {
            push(&mut all, column.numbers.len() as u64);
            push(&mut all, column.literals.len() as u64);
            push(&mut all, column.tails.len() as u64);
        }
        for column in &columns {
            all.extend_from_slice(&column.numbers);
            all.extend_from_slice(&column.literals);
            all.extend_from_slice(&column.tails);
        }
        all
    }
}

impl Coder for Written {
    const WRITES: bool = true;

    fn number(&mut self, column: usize, value: &mut u64) -> Option<()> {
        push(&mut self.column(column)?.numbers, *value);
        Some(())
    }

    fn text(&mut self, column: usize, value: &mut impl Text) -> Option<()> {
        let column = self.column(column)?;
        let text = value.as_ref();
        if let Some(number) = column.known.get(text) {
            push(&mut column.numbers, *number);
            return Some(());
        }
        let number = column.known.len() as u64 + 1;
        column.known.insert(text.to_owned(), number);
        column.numbers.push(0);
        column.literals.extend_from_slice(text.as_bytes());
        // no character has this byte
        column.literals.push(END);
        Some(())
    }

    fn literal(&mut self, column: usize, value: &mut String) -> Option<()> {
        let column = self.column(column)?;
        column.literals.extend_from_slice(value.as_bytes());
        column.literals.push(END);
        Some(())
    }

    fn float(&mut self, column: usize, value: &mut f32) -> Option<()> {
        let column = self.column(column)?;
        let bits = value.to_bits();
        let next = column.floats.len() as u64 + 1;
        if let Some(number) = column.floats.get(&bits) {
            push(&mut column.numbers, *number);
            return Some(());
        }
        column.floats.insert(bits, next);
        column.numbers.push(0);
        let [first, second, third, fourth] = bits.to_be_bytes();
        column.literals.extend([first, second]);
        column.tails.extend([third, fourth]);
        Some(())
    }
}

/// Ends a string: no byte of UTF-8.
const END: u8 = 0xFF;

/// LEB128.
fn push(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push(value.to_le_bytes().first().copied().unwrap_or(0) | 0x80);
        value >>= 7;
    }
    bytes.push(value.to_le_bytes().first().copied().unwrap_or(0));
}

/// Columns that are being read.
#[derive(Debug)]
pub(super) struct Read<'b> {
    columns: Vec<ReadColumn<'b>>,
}

#[derive(Debug, Default)]
struct ReadColumn<'b> {
    numbers: &'b [u8],
    literals: &'b [u8],
    tails: &'b [u8],
    known: Vec<&'b str>,
    floats: Vec<f32>,
}

impl<'b> Read<'b> {
    /// The columns that were written; `None` for other bytes.
    pub(super) fn of(bytes: &'b [u8]) -> Option<Self> {
        let mut rest = bytes;
        let count = usize::try_from(pull(&mut rest)?).ok()?;
        let mut lengths = Vec::new();
        for _ in 0..count {
            let numbers = usize::try_from(pull(&mut rest)?).ok()?;
            let literals = usize::try_from(pull(&mut rest)?).ok()?;
            let tails = usize::try_from(pull(&mut rest)?).ok()?;
            lengths.push((numbers, literals, tails));
        }
        let mut columns = Vec::with_capacity(lengths.len());
        for (numbers, literals, tails) in lengths {
            columns.push(ReadColumn {
                numbers: split(&mut rest, numbers)?,
                literals: split(&mut rest, literals)?,
                tails: split(&mut rest, tails)?,
                ..ReadColumn::default()
            });
        }
        Some(Self { columns })
    }
}

impl<'b> ReadColumn<'b> {
    fn next_literal(&mut self) -> Option<&'b str> {
        let end = memchr::memchr(END, self.literals)?;
        let text = split(&mut self.literals, end)?;
        split(&mut self.literals, 1)?;
        std::str::from_utf8(text).ok()
    }
}

impl Coder for Read<'_> {
    const WRITES: bool = false;

    fn number(&mut self, column: usize, value: &mut u64) -> Option<()> {
        *value = pull(&mut self.columns.get_mut(column)?.numbers)?;
        Some(())
    }

    fn text(&mut self, column: usize, value: &mut impl Text) -> Option<()> {
        let column = self.columns.get_mut(column)?;
        let number = usize::try_from(pull(&mut column.numbers)?).ok()?;
        if let Some(at) = number.checked_sub(1) {
            value.set(column.known.get(at)?);
            return Some(());
        }
        let text = column.next_literal()?;
        column.known.push(text);
        value.set(text);
        Some(())
    }

    fn literal(&mut self, column: usize, value: &mut String) -> Option<()> {
        let text = self.columns.get_mut(column)?.next_literal()?;
        text.clone_into(value);
        Some(())
    }

    fn float(&mut self, column: usize, value: &mut f32) -> Option<()> {
        let column = self.columns.get_mut(column)?;
        let number = usize::try_from(pull(&mut column.numbers)?).ok()?;
        if let Some(at) = number.checked_sub(1) {
            *value = *column.floats.get(at)?;
            return Some(());
        }
        let upper: [u8; 2] = split(&mut column.literals, 2)?.try_into().ok()?;
        let lower: [u8; 2] = split(&mut column.tails, 2)?.try_into().ok()?;
        let bits =
            u32::from(u16::from_be_bytes(upper)) << 16 | u32::from(u16::from_be_bytes(lower));
        *value = f32::from_bits(bits);
        column.floats.push(*value);
        Some(())
    }
}

fn split<'b>(rest: &mut &'b [u8], at: usize) -> Option<&'b [u8]> {
    let (first, last) = rest.split_at_checked(at)?;
    *rest = last;
    Some(first)
}

fn pull(rest: &mut &[u8]) -> Option<u64> {
    let mut value = 0u64;
    for shift in (0..64).step_by(7) {
        let (byte, last) = rest.split_first()?;
        *rest = last;
        value |= u64::from(byte & 0x7F) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[derive(Clone, Debug)]
    enum Value {
        Number(u64),
        Text(String),
        Literal(String),
        Float(f32),
    }

    fn value() -> impl Strategy<Value = (usize, Value)> {
        let value = prop_oneof![
            prop_oneof![0..300u64, any::<u64>()].prop_map(Value::Number),
            "[ab]{0,2}|.{0,9}".prop_map(Value::Text),
            ".{0,9}".prop_map(Value::Literal),
            prop_oneof![Just(0.97f32), any::<f32>()].prop_map(Value::Float),
        ];
        (0..3usize, value)
    }

    proptest! {
        #[test]
        fn what_was_written_is_read(values in prop::collection::vec(value(), 0..60)) {
            let mut written = Written::default();
            for (column, value) in values.clone() {
                match value {
                    Value::Number(mut n) => written.number(column, &mut n),
                    Value::Text(mut t) => written.text(column + 3, &mut t),
                    Value::Literal(mut t) => written.literal(column, &mut t),
                    Value::Float(mut f) => written.float(column + 6, &mut f),
                }.unwrap();
            }
            let bytes = written.take();
            let mut read = Read::of(&bytes).unwrap();
            for (column, value) in values {
                match value {
                    Value::Number(expected) => {
                        let mut n = 0;
                        read.number(column, &mut n).unwrap();
                        prop_assert_eq!(n, expected);
                    }
                    Value::Text(expected) => {
                        let mut t = String::new();
                        read.text(column + 3, &mut t).unwrap();
                        prop_assert_eq!(t, expected);
                    }
                    Value::Literal(expected) => {
                        let mut t = String::new();
                        read.literal(column, &mut t).unwrap();
                        prop_assert_eq!(t, expected);
                    }
                    Value::Float(expected) => {
                        let mut f = 0.0;
                        read.float(column + 6, &mut f).unwrap();
                        prop_assert_eq!(f.to_bits(), expected.to_bits());
                    }
                }
            }
        }

        #[test]
        fn other_bytes_do_not_panic(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            if let Some(mut read) = Read::of(&bytes) {
                for column in 0..4 {
                    let _ = read.number(column, &mut 0);
                    let _ = read.text(column, &mut String::new());
                    let _ = read.float(column, &mut 0.0);
                }
            }
        }
    }
}
