//! Cells per grapheme cluster; the only place that asks unicode-width.
