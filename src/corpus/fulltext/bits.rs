//! Numbers in as few bits as they take, end to end in bytes: the low bits of a byte first.

/// Ones behind which a number stands as it is in a Rice code: no gap takes more than this and its
/// 32 bits.
const ESCAPE: u32 = 24;

/// Bits on their way into bytes.
#[derive(Debug, Default)]
pub(super) struct BitWriter {
    bytes: Vec<u8>,
    /// Those that are not yet a byte, and how many.
    open: u64,
    count: u32,
}

impl BitWriter {
    /// Adds the lowest bits of a number, 32 at most.
    pub(super) fn put(&mut self, number: u32, bits: u32) {
        let number = u64::from(number) & ((1 << bits) - 1);
        self.open |= number << self.count;
        self.count += bits;
        while self.count >= 8 {
            self.bytes.push((self.open & 0xff) as u8);
            self.open >>= 8;
            self.count -= 8;
        }
    }

    /// Adds so many ones and, unless there are `most`, a zero.
    pub(super) fn unary(&mut self, ones: u32, most: u32) {
        let ones = ones.min(most);
        self.put(u32::MAX, ones);
        if ones < most {
            self.put(0, 1);
        }
    }

    /// Adds a number that is near `1 << low` (Rice 1971): what exceeds the low bits in unary.
    pub(super) fn rice(&mut self, number: u32, low: u32) {
        let high = number.checked_shr(low).unwrap_or(0);
        self.unary(high, ESCAPE);
        if high < ESCAPE {
            self.put(number, low);
        } else {
            self.put(number, u32::BITS);
        }
    }

    /// Adds a number that is small most of the time: how many bits it has, then those (Elias 1975).
    pub(super) fn gamma(&mut self, number: u32) {
        let bits = u32::BITS - number.leading_zeros();
        self.unary(bits, u32::BITS);
        // the highest is a one
        self.put(number, bits.saturating_sub(1));
    }

    /// How many bits there are.
    pub(super) fn len(&self) -> usize {
        self.bytes.len() * 8 + self.count as usize
    }

    /// The bytes, the last one filled with zeros.
    pub(super) fn finish(mut self) -> Vec<u8> {
        if self.count > 0 {
            self.bytes.push((self.open & 0xff) as u8);
        }
        self.bytes
    }
}

/// Reads what a [`BitWriter`] wrote, in the same order. Any bytes can be read: behind their end
/// there is nothing, and each number takes at least one bit.
#[derive(Clone, Copy, Debug)]
pub(super) struct BitReader<'b> {
    bytes: &'b [u8],
    /// The next bit.
    at: usize,
}

impl<'b> BitReader<'b> {
    /// Reads from a bit on.
    pub(super) fn new(bytes: &'b [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    /// The next bits, 57 at least, with zeros behind the end.
    #[inline]
    fn ahead(&self) -> u64 {
        let rest = self.bytes.get(self.at / 8..).unwrap_or_default();
        let word = rest.first_chunk::<8>().map_or_else(
            || {
                let bytes = rest.iter().rev();
                bytes.fold(0, |word, byte| word << 8 | u64::from(*byte))
            },
            |chunk| u64::from_le_bytes(*chunk),
        );
        word >> (self.at % 8)
    }

    #[inline]
    fn pass(&mut self, bits: u32) -> Option<()> {
        self.at = self.at.checked_add(bits as usize)?;
        (self.at <= self.bytes.len().saturating_mul(8)).then_some(())
    }

    #[inline]
    pub(super) fn take(&mut self, bits: u32) -> Option<u32> {
        let number = self.ahead() & ((1 << bits.min(u32::BITS)) - 1);
        self.pass(bits)?;
        u32::try_from(number).ok()
    }

    #[inline]
    pub(super) fn unary(&mut self, most: u32) -> Option<u32> {
        let ones = self.ahead().trailing_ones().min(most);
        self.pass(ones + u32::from(ones < most))?;
        Some(ones)
    }

    #[inline]
    pub(super) fn rice(&mut self, low: u32) -> Option<u32> {
        match self.unary(ESCAPE)? {
            ESCAPE => self.take(u32::BITS),
            high => Some(high.checked_shl(low).unwrap_or(0) | self.take(low)?),
        }
    }

    #[inline]
    pub(super) fn gamma(&mut self) -> Option<u32> {
        match self.unary(u32::BITS)? {
            0 => Some(0),
            bits => Some(1 << (bits - 1) | self.take(bits - 1)?),
        }
    }
}

/// How many low bits a Rice code of numbers with this mean has.
pub(super) fn low_bits(mean: u32) -> u32 {
    // ln 2 of the mean is the middle of what is distributed by chance
    let middle = u64::from(mean) * 11 / 16;
    middle.checked_ilog2().unwrap_or(0)
}

/// A number that is small where the difference of two numbers is.
pub(super) fn folded(difference: i32) -> u32 {
    ((difference << 1) ^ (difference >> 31)).cast_unsigned()
}

/// The difference of [`folded`].
pub(super) fn unfolded(number: u32) -> i32 {
    (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn number() -> impl Strategy<Value = u32> {
        prop_oneof![0..40u32, 0..5000u32, any::<u32>()]
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(numbers in prop::collection::vec((number(), 0..20u32), 0..60)) {
            let mut writer = BitWriter::default();
            for (number, low) in &numbers {
                writer.rice(*number, *low);
                writer.gamma(*number);
                writer.put(*number, *low);
                writer.unary(*low, 7);
            }
            let bits = writer.len();
            let bytes = writer.finish();
            prop_assert_eq!(bytes.len(), bits.div_ceil(8));
            let mut reader = BitReader::new(&bytes, 0);
            for (number, low) in &numbers {
                prop_assert_eq!(reader.rice(*low), Some(*number));
                prop_assert_eq!(reader.gamma(), Some(*number));
                prop_assert_eq!(reader.take(*low), Some(*number & ((1 << low) - 1)));
                prop_assert_eq!(reader.unary(7), Some((*low).min(7)));
            }
            prop_assert_eq!(reader.at, bits);
        }

        #[test]
        fn a_difference_comes_back(difference: i32) {
            prop_assert_eq!(unfolded(folded(difference)), difference);
        }

        #[test]
        fn any_bytes_come_to_an_end(bytes in prop::collection::vec(any::<u8>(), 0..40), low in 0..40u32) {
            let mut reader = BitReader::new(&bytes, 0);
            let read = std::iter::from_fn(|| reader.rice(low)).count();
            prop_assert!(read <= bytes.len() * 8);
            let mut reader = BitReader::new(&bytes, 3);
            prop_assert!(std::iter::from_fn(|| reader.gamma()).count() <= bytes.len() * 8);
        }
    }

    #[test]
    fn small_numbers_take_few_bits() {
        let mut writer = BitWriter::default();
        writer.gamma(0);
        writer.rice(0, 0);
        assert_eq!(writer.len(), 2);
        writer.rice(u32::MAX, 0);
        assert_eq!(writer.len(), 2 + 24 + 32);
        assert_eq!([0, 1, 3, 12].map(low_bits), [0, 0, 1, 3]);
    }
}
