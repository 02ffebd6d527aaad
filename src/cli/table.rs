//! Columns for people. What may be long or right-to-left stands last, so that nothing after it
//! can lose its place.

use std::io::{self, Write};

use crate::text::visible::sanitize;
use crate::text::width::cells;

/// Which way a column is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Right,
}

/// Rows of cells under a line of headings.
#[derive(Debug)]
pub(super) struct Table {
    columns: Vec<(&'static str, Align)>,
    rows: Vec<Vec<String>>,
}

impl Table {
    pub(super) fn new(columns: &[(&'static str, Align)]) -> Self {
        Self {
            columns: columns.to_vec(),
            rows: Vec::new(),
        }
    }

    /// Adds a row of as many cells as there are columns; their text is made safe to print.
    pub(super) fn row<const N: usize>(&mut self, cells: [&str; N]) {
        let row = cells.map(|cell| sanitize(cell).into_owned());
        self.rows.push(row.to_vec());
    }

    /// Writes headings and rows; nothing when there are no rows.
    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let headings: Vec<String> = self
            .columns
            .iter()
            .map(|(heading, _)| (*heading).to_owned())
            .collect();
        let all = || std::iter::once(&headings).chain(&self.rows);
        let widths: Vec<usize> = (0..self.columns.len())
            .map(|column| {
                all()
                    .filter_map(|row| row.get(column))
                    .map(|c| cells(c))
                    .max()
            })
            .map(Option::unwrap_or_default)
            .collect();
        for row in all() {
            let mut line = String::new();
            for (index, ((cell, (_, align)), width)) in
                row.iter().zip(&self.columns).zip(&widths).enumerate()
            {
                if index > 0 {
                    line.push_str("  ");
                }
                let blank = " ".repeat(width.saturating_sub(cells(cell)));
                match align {
                    Align::Right => line.extend([blank.as_str(), cell]),
                    Align::Left => line.extend([cell, blank.as_str()]),
                }
            }
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_and_the_last_is_not_filled() {
        let mut table = Table::new(&[
            ("N", Align::Right),
            ("NAME", Align::Left),
            ("TITLE", Align::Left),
        ]);
        table.row(["1", "a.txt", "short"]);
        table.row(["100", "ünï.txt", "a\u{1b}[31m\nb"]);
        let mut out = Vec::new();
        table.write(&mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "  N  NAME     TITLE\n  1  a.txt    short\n100  ünï.txt  a␛[31m b\n"
        );
    }

    #[test]
    fn no_rows_no_headings() {
        let mut out = Vec::new();
        Table::new(&[("N", Align::Left)]).write(&mut out).unwrap();
        assert!(out.is_empty());
    }
}
