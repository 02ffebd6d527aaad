//! The encoding that a file says it is in: XML and HTML declarations, front matter, editor lines.

use encoding_rs::Encoding;

/// How far into a file a declaration is looked for, in bytes (the HTML standard's prescan limit).
const PRESCAN: usize = 1024;

/// The encoding that the first lines declare, if `encoding_rs` knows it.
///
/// A declaration is the word `charset`, `encoding` or `coding`, then `=` or `:`, then a label, on
/// a line that looks like markup, front matter or an editor line, so that an article about
/// encodings declares nothing.
pub(super) fn encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..PRESCAN.min(bytes.len()))?;
    let matter = head.starts_with(b"---");
    head.split(|byte| matches!(byte, b'\n' | b'\r'))
        .filter(|line| matter || is_markup(line))
        .find_map(label)
        .and_then(Encoding::for_label)
}

fn is_markup(line: &[u8]) -> bool {
    let line = line.trim_ascii_start();
    let meta = line
        .get(..5)
        .is_some_and(|s| s.eq_ignore_ascii_case(b"<meta"));
    meta || line.starts_with(b"<?xml")
        || line.windows(3).any(|w| w == b"-*-")
        || line
            .get(..13)
            .is_some_and(|s| s.eq_ignore_ascii_case(b"content-type:"))
}

fn label(line: &[u8]) -> Option<&[u8]> {
    let lower = line.to_ascii_lowercase();
    ["charset", "encoding", "coding"].iter().find_map(|word| {
        let at = lower
            .windows(word.len())
            .position(|w| w == word.as_bytes())?;
        let rest = line.get(at + word.len()..)?.trim_ascii_start();
        let (sign, rest) = rest.split_first()?;
        if !matches!(sign, b'=' | b':') {
            return None;
        }
        let rest = rest.trim_ascii_start();
        let rest = rest.strip_prefix(b"\"").unwrap_or(rest);
        let rest = rest.strip_prefix(b"'").unwrap_or(rest);
        let end = rest
            .iter()
            .position(|b| !b.is_ascii_alphanumeric() && !matches!(b, b'-' | b'_' | b':'))
            .unwrap_or(rest.len());
        rest.get(..end).filter(|label| !label.is_empty())
    })
}
