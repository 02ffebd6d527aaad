//! What the README shows is made from the program: the picture of the screen and the table of keys.
//!
//! `KHABAR_BLESS=1 cargo test --test screens readme` writes both anew.

use std::fmt::Write as _;
use std::fs;

use khabar::command::Command;
use khabar::config::Config;
use khabar::config::keymap::Mode;
use khabar::tui::view;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

use crate::driver::{Driver, sample_corpus};

const README: &str = "README.md";
const PICTURE: &str = "assets/screen.svg";
const BEGIN: &str = "<!-- keys:begin -->\n";
const END: &str = "<!-- keys:end -->";

fn check(path: &str, now: &str) {
    if std::env::var_os("KHABAR_BLESS").is_some() {
        fs::write(path, now).unwrap();
    }
    let kept = fs::read_to_string(path).unwrap_or_default();
    assert!(
        kept == now,
        "{path} is out of date: KHABAR_BLESS=1 cargo test --test screens readme"
    );
}

#[test]
fn the_table_of_keys() {
    let readme = fs::read_to_string(README).unwrap();
    let (head, rest) = readme.split_once(BEGIN).unwrap();
    let (_, tail) = rest.split_once(END).unwrap();
    let keymap = Config::default().keymap;
    let mut table = String::from("| keys | what they do |\n|---|---|\n");
    for command in Command::ALL {
        let mut keys = keymap.keys_of(*command);
        let mut on = "";
        if keys.is_empty() {
            keys = keymap.keys_in(Mode::Overlay, *command);
            on = "On a card: ";
        }
        if !keys.is_empty() {
            let keys: Vec<String> = keys
                .iter()
                .map(|key| format!("`{}`", key.replace('|', "\\|")))
                .collect();
            writeln!(table, "| {} | {on}{} |", keys.join(" "), command.help()).unwrap();
        }
    }
    check(README, &format!("{head}{BEGIN}{table}{END}{tail}"));
}

#[test]
fn the_picture_of_the_screen() {
    let mut driver = Driver::new(sample_corpus(), 120, 36);
    driver.keys("/halab<Esc>T/ar-06<Enter>\\2lll");
    check(PICTURE, &svg(&driver));
}

/// The screen as SVG: one element for each run of cells of one look, each cell with a place of its
/// own, so that no font's widths and no viewer's bidi can move it.
fn svg(driver: &Driver) -> String {
    const CELL: (f32, f32) = (8.4, 18.0);
    let (columns, rows) = driver.model.size;
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
    terminal
        .draw(|frame| view::render(&driver.model, frame))
        .unwrap();
    let buffer = terminal.backend().buffer();
    let (width, height) = (
        f32::from(columns) * CELL.0 + 16.0,
        f32::from(rows) * CELL.1 + 16.0,
    );
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {width:.1} {height:.1}\">\n<rect width=\"100%\" height=\"100%\" rx=\"6\" \
         fill=\"#1c1c1c\"/>\n<g font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" \
         font-size=\"14\" fill=\"#d4d4d4\" style=\"unicode-bidi:bidi-override;direction:ltr\" \
         xml:space=\"preserve\">\n"
    );
    for y in 0..rows {
        for x in 0..columns {
            let cell = &buffer[(x, y)];
            let (left, top) = (8.0 + f32::from(x) * CELL.0, 8.0 + f32::from(y) * CELL.1);
            let reversed = cell.modifier.contains(Modifier::REVERSED);
            if reversed {
                writeln!(
                    svg,
                    "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{:.1}\" height=\"{:.1}\" fill=\"{}\"/>",
                    CELL.0,
                    CELL.1,
                    color(cell.fg).unwrap_or("#d4d4d4")
                )
                .unwrap();
            }
            if cell.symbol().trim().is_empty() {
                continue;
            }
            writeln!(
                svg,
                "<text x=\"{left:.1}\" y=\"{:.1}\"{}>{}</text>",
                top + 13.5,
                look(cell, reversed),
                escape(cell.symbol())
            )
            .unwrap();
        }
    }
    svg.push_str("</g>\n</svg>\n");
    svg
}

fn look(cell: &Cell, reversed: bool) -> String {
    let mut look = String::new();
    if reversed {
        look.push_str(" fill=\"#1c1c1c\"");
    } else if let Some(color) = color(cell.fg) {
        write!(look, " fill=\"{color}\"").unwrap();
    }
    for (modifier, attribute) in [
        (Modifier::BOLD, " font-weight=\"bold\""),
        (Modifier::ITALIC, " font-style=\"italic\""),
        (Modifier::UNDERLINED, " text-decoration=\"underline\""),
        (Modifier::DIM, " opacity=\"0.6\""),
    ] {
        if cell.modifier.contains(modifier) {
            look.push_str(attribute);
        }
    }
    look
}

fn color(color: Color) -> Option<&'static str> {
    Some(match color {
        Color::Red => "#e06c6c",
        Color::Green => "#8cc265",
        Color::Yellow => "#d5b06b",
        Color::Blue => "#6ea8ea",
        Color::Magenta => "#c58fd8",
        Color::Cyan => "#5fc0c0",
        Color::DarkGray => "#7f7f7f",
        _ => return None,
    })
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
