//! The text layer against the Unicode test files, against fribidi, and against random text.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that cannot read its rows has failed, and says what it skips"
)]

mod cases;
mod conformance;
mod random;
mod widths;
