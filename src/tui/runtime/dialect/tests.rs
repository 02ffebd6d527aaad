//! What each dialect makes of a row.

use proptest::prelude::*;
use ratatui::layout::Rect;
use ratatui::style::Style;
use unicode_bidi::{BidiInfo, Level};

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
        "ﺐ\u{202C}\u{200E}",
        "│",
        "a\u{202E}",
        "ﻣ",
        "ﺎ\u{202C}\u{200E}",
        " ",
    ];
    assert_eq!(applied(Dialect::Rlo, PANES), expected);
}

#[test]
fn rlo_keeps_wide_cells_whole() {
    let symbols = [" ", "ﺎ", "漢", "", "ﻣ", " "];
    let expected = [" \u{202E}", "ﻣ", "漢", "", "ﺎ\u{202C}\u{200E}", " "];
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

/// The italics of a row in kitty: `i` for italic cells.
fn italics(text: &str) -> String {
    let cells: Vec<String> = text.chars().map(String::from).collect();
    let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
    let mut buffer = row(&cells);
    Dialect::Kitty.apply(&mut buffer);
    let italic = |cell: &Cell| cell.modifier.contains(Modifier::ITALIC);
    let cells = buffer.content.iter();
    cells
        .map(|cell| if italic(cell) { 'i' } else { '_' })
        .collect()
}

#[test]
fn kitty_never_sees_rtl_in_a_run_of_two() {
    for (text, expected) in [
        (" ﺐﻠﺣ ", "__i__"),
        (" ﺐﻠ │", "_i___"),
        // brackets and digits stay upright where the letters beside them can be italic
        (" ﺐﻠﺣ. ", "_i_i__"),
        (" ﺐﻠ. ", "__i__"),
        (" (ﺐﻠﺣ) ", "__i_i__"),
        ("[17]ﻭ │", "____i__"),
        (" ﺐ(ﻠﺣ │", "_i_i___"),
        // an even number of letters between brackets: one of these has to lean
        (" (ﺐﻠ) ", "__i_i_"),
        // a sign of the script draws digits into its run
        (" ﺐ 12٪ ", "_____i_"),
        ("a ü │", "_____"),
    ] {
        assert_eq!(italics(text), expected, "{text}");
    }
}

#[test]
fn kitty_leaves_the_italics_of_latin_text() {
    let mut buffer = row(&["a", "ﻠ", "b"]);
    buffer[(0, 0)].set_style(Style::new().add_modifier(Modifier::ITALIC));
    Dialect::Kitty.apply(&mut buffer);
    let cells = buffer.content.iter();
    let italic: Vec<bool> = cells
        .map(|cell| cell.modifier.contains(Modifier::ITALIC))
        .collect();
    assert_eq!(italic, [true, false, true]);
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

/// What a terminal that does bidi (UAX #9, each row a paragraph from left to right) shows of a
/// row, from left to right.
fn shown_by_a_bidi_terminal(symbols: &[String]) -> String {
    let text = symbols.concat();
    let bidi = BidiInfo::new(&text, Some(Level::ltr()));
    let paragraph = &bidi.paragraphs[0];
    let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
    let mut shown = String::new();
    for run in runs {
        let part = text.get(run.clone()).unwrap();
        if levels[run.start].is_rtl() {
            shown.extend(part.chars().rev());
        } else {
            shown.push_str(part);
        }
    }
    shown.retain(|c| !matches!(c, '\u{202A}'..='\u{202E}' | '\u{200E}'));
    shown
}

proptest! {
    #[test]
    fn overrides_keep_every_cell_in_its_place(
        cells in prop::collection::vec(
            prop::sample::select(vec![
                "ﺐ", "ﻠ", "ﻼ", "ﺣ", "א", "٣", "a", "B", "ü", "1", "7", "(", ")", "[", "]", "«",
                "»", ".", ",", "-", "/", "%", "٪", "،", ":", " ", " ", "│",
            ]),
            0..40,
        ),
        dialect in prop::sample::select(vec![Dialect::Lro, Dialect::Rlo]),
    ) {
        let row: Vec<&str> = std::iter::once("▌").chain(cells).collect();
        let sent = applied(dialect, &row);
        prop_assert_eq!(shown_by_a_bidi_terminal(&sent), row.concat(), "{:?}", sent);
    }
}
