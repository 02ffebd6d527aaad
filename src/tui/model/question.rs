//! Does Arabic read right here? The line that is shown, and how to tell.

/// A line with everything that goes wrong: joining, lam-alef, order, digits, brackets, Latin.
pub const SAMPLE: &str = "السلام عليكم (1) لا إله، 2016 – Aleppo «حلب»";

/// How it looks when it reads right, for whoever does not read Arabic.
pub const SAYS: [&str; 2] = [
    "The first word, on the right, is “as-salāmu” and its letters join.",
    "(1) has its brackets round the 1; the last word, on the left, is in «…».",
];
