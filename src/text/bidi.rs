//! UAX #9: paragraph direction, embedding levels, reordering, mirroring.

/// Direction of a paragraph or of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}
