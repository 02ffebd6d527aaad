//! No byte of a document reaches the screen as a control sequence.

use khabar::tui::view;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use crate::driver::{Driver, corpus_of};

/// Everything that a terminal might obey.
const HOSTILE: &str = "a\u{1b}[2Jb\u{1b}]0;title\u{7}c\u{9b}31md\u{7f}e\u{202e}f\u{2066}g\u{2028}h\u{85}i\u{0}j\rk\u{200f}l\u{feff}m\u{e0041}n";

#[test]
fn controls_are_visible_marks() {
    let text = format!("{HOSTILE}\n\nBody {HOSTILE} again in Aleppo on 3 November 2016.");
    let name = format!("{HOSTILE}.txt");
    let mut driver = Driver::new(corpus_of(&[(&name, &text)]), 100, 30);
    for keys in ["", "2", "3", "f", "<Esc>4", "1i", "<Esc>z", "/a"] {
        driver.keys(keys);
        let (columns, rows) = driver.model.size;
        let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
        terminal
            .draw(|frame| view::render(&driver.model, frame))
            .unwrap();
        for cell in terminal.backend().buffer().content() {
            for c in cell.symbol().chars() {
                let obeyed = c.is_control()
                    || ('\u{200e}'..='\u{200f}').contains(&c)
                    || ('\u{2028}'..='\u{202e}').contains(&c)
                    || ('\u{2066}'..='\u{2069}').contains(&c)
                    || c == '\u{feff}'
                    || ('\u{e0000}'..='\u{e007f}').contains(&c);
                assert!(!obeyed, "{c:?} after {keys:?}");
            }
        }
    }
}
