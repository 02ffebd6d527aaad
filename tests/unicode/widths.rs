//! The cells that layout counts are those that ratatui reserves: it asks unicode-width about
//! whole symbols, and a difference of one shifts the rest of a row.

use khabar::text::bidi::Direction;
use khabar::text::wrap;
use khabar::text::wrap::Options;
use ratatui::buffer::CellWidth as _;

fn check(text: &str) {
    for base in [Direction::Ltr, Direction::Rtl] {
        let options = Options {
            base,
            force: true,
            shape: true,
            marks: true,
        };
        for line in wrap::layout(text, 40, &options) {
            for cell in line.cells {
                let reserved = cell.symbol.as_str().cell_width();
                assert_eq!(
                    reserved,
                    u16::from(cell.width),
                    "{} of {}",
                    cell.symbol.escape_unicode(),
                    text.escape_unicode()
                );
            }
        }
    }
}

/// All characters, but of the long runs of like ones (ideographs, Hangul syllables, private use,
/// planes that are empty) one in 97.
fn characters() -> impl Iterator<Item = char> {
    ('\0'..=char::MAX).filter(|c| {
        let alike = matches!(c,
            '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{E000}'..='\u{F8FF}'
            | '\u{17000}'..='\u{1AFFF}' | '\u{20000}'..='\u{DFFFF}' | '\u{E1000}'..);
        !alike || u32::from(*c) % 97 == 0
    })
}

#[test]
fn of_every_character() {
    for c in characters() {
        check(c.encode_utf8(&mut [0; 4]));
    }
}

#[test]
fn of_every_character_behind_others() {
    for c in characters() {
        // a letter, an emoji, a flag, a conjunct, a lam, a joiner
        check(&format!("a{c}👨{c}🇩{c}क\u{94d}{c}ل{c}\u{200d}{c}"));
    }
}
