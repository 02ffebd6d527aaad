//! What each dialect makes of a row.

use ratatui::layout::Rect;
use ratatui::style::Style;

use super::*;

fn row(symbols: &[&str]) -> Buffer {
    let width = u16::try_from(symbols.len()).unwrap();
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, 1));
    for (cell, symbol) in buffer.content.iter_mut().zip(symbols) {
        cell.set_symbol(symbol);
    }
    buffer
}

fn applied(dialect: Dialect, symbols: &[&str]) -> Vec<String> {
    let mut buffer = row(symbols);
    dialect.apply(&mut buffer);
    let symbols = buffer.content.iter().map(|cell| cell.symbol().to_owned());
    symbols.collect()
}

/// Two panes with Arabic in visual order: a gutter, three letters, a rule, a Latin word, two
/// letters.
const PANES: &[&str] = &["▌", " ", "ﺐ", "ﻠ", "ﺣ", "│", "a", "ﺎ", "ﻣ", " "];

#[test]
fn plain_dialects_leave_cells_alone() {
    for dialect in [
        Dialect::Plain,
        Dialect::Explicit,
        Dialect::Mlterm,
        Dialect::Logical,
    ] {
        assert_eq!(applied(dialect, PANES), PANES, "{dialect:?}");
    }
}

#[test]
fn lro_rides_on_the_first_cell_of_rows_with_rtl() {
    let got = applied(Dialect::Lro, PANES);
    assert_eq!(got[0], "▌\u{202D}");
    assert_eq!(got[1..], *PANES.get(1..).unwrap());
    let latin = ["▌", "a", "ü", "│", "1"];
    assert_eq!(applied(Dialect::Lro, &latin), latin);
}

#[test]
fn rlo_reverses_each_pane_for_itself() {
    let expected = [
        "▌",
        " \u{202E}",
        "ﺣ",
        "ﻠ",
        "ﺐ\u{202C}",
        "│",
        "a\u{202E}",
        "ﻣ",
        "ﺎ\u{202C}",
        " ",
    ];
    assert_eq!(applied(Dialect::Rlo, PANES), expected);
}

#[test]
fn rlo_keeps_wide_cells_whole() {
    let symbols = [" ", "ﺎ", "漢", "", "ﻣ", " "];
    let expected = [" \u{202E}", "ﻣ", "漢", "", "ﺎ\u{202C}", " "];
    assert_eq!(applied(Dialect::Rlo, &symbols), expected);
}

#[test]
fn rlo_keeps_the_style_with_its_cell() {
    let mut buffer = row(&[" ", "ﺎ", "ﻣ", "ﺣ"]);
    buffer[(1, 0)].set_style(Style::new().add_modifier(Modifier::BOLD));
    Dialect::Rlo.apply(&mut buffer);
    let bold: Vec<bool> = buffer
        .content
        .iter()
        .map(|cell| cell.modifier.contains(Modifier::BOLD))
        .collect();
    assert_eq!(bold, [false, false, false, true]);
}

#[test]
fn kitty_toggles_italic_on_every_second_rtl_cell() {
    let mut buffer = row(PANES);
    buffer[(7, 0)].set_style(Style::new().add_modifier(Modifier::ITALIC));
    Dialect::Kitty.apply(&mut buffer);
    let italic: Vec<usize> = buffer
        .content
        .iter()
        .enumerate()
        .filter(|(_, cell)| cell.modifier.contains(Modifier::ITALIC))
        .map(|(at, _)| at)
        .collect();
    // column 7 was italic and is odd: toggled off, its neighbour 8 is not italic and even
    assert_eq!(italic, [3]);
}

#[test]
fn any_screen_is_made_comparable() {
    let mut buffer = row(&["\u{1b}[31m", "漢", "x", "\u{9b}", "a"]);
    Dialect::Plain.apply(&mut buffer);
    let symbols: Vec<&str> = buffer.content.iter().map(Cell::symbol).collect();
    assert_eq!(symbols, ["\u{FFFD}", "漢", "", "\u{FFFD}", "a"]);
}

#[test]
fn rtl_is_found() {
    for (symbol, rtl) in [
        ("a", false),
        ("ü", false),
        ("│", false),
        ("漢", false),
        ("ﻼ", true),
        ("ا", true),
        ("א", true),
        ("٣", true),
    ] {
        assert_eq!(holds_rtl(&row(&[" ", symbol])), rtl, "{symbol}");
    }
}
