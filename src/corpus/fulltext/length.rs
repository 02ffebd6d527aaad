//! Lengths of documents, in classes of one byte: eight to a doubling.

/// The class of a length in words.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a class is coarse, positive, and 255 at most for the logarithm of a u32"
)]
pub(super) fn class_of(words: u32) -> u8 {
    (8.0 * (words as f32 + 1.0).log2()).round() as u8
}

/// The middle of a class, in words.
#[must_use]
pub fn of_class(class: u8) -> f32 {
    (f32::from(class) / 8.0).exp2() - 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_is_within_five_percent() {
        for words in [0u16, 1, 7, 100, 333, 5_000, 60_000] {
            let (class, words) = (class_of(words.into()), f32::from(words));
            assert!(
                (of_class(class) - words).abs() <= words * 0.05 + 0.5,
                "{words}"
            );
        }
        assert_eq!(class_of(u32::MAX), 255);
    }
}
