//! JSON that cannot steer a terminal.

use std::fmt::Write as _;

use crate::text::visible::steers;

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
