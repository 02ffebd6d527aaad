//! JSON that cannot steer a terminal.

use std::fmt::Write as _;

/// JSON in which every character that could steer a terminal, or turn its text round, is written
/// as an escape. Such characters stand in strings only.
#[must_use]
pub fn harmless(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for c in json.chars() {
        if steers(c) {
            // all of them lie in the basic plane; writing to a string cannot fail
            let _ = write!(safe, "\\u{:04x}", u32::from(c));
        } else {
            safe.push(c);
        }
    }
    safe
}

/// DEL, C1 controls, bidi controls, line and paragraph separator, byte order mark: JSON escapes
/// ASCII's controls itself.
fn steers(c: char) -> bool {
    matches!(
        c,
        '\u{7F}'..='\u{9F}'
            | '\u{61C}'
            | '\u{200E}'
            | '\u{200F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2066}'..='\u{2069}'
            | '\u{FEFF}'
    )
}
