//! The clipboard of the terminal (OSC 52): it works over SSH, where programs for the clipboard
//! would reach the wrong machine's.

use std::io;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use thiserror::Error;

use crate::tui::runtime::environment::Environment;
use crate::tui::runtime::modes::pass_through;

/// Bytes that all terminals take. Their encoding and what stands around it stay below 100,000
/// bytes, where several cut without a word.
pub const LIMIT: usize = 74_994;

/// Why nothing was copied.
#[derive(Debug, Error)]
pub enum CopyError {
    /// Terminals would cut it.
    #[error("{bytes} bytes are more than the {LIMIT} that a terminal's clipboard takes")]
    TooLong {
        /// Its length.
        bytes: usize,
    },
    /// The terminal could not be written to.
    #[error("the terminal cannot be written to: {0}")]
    Io(#[from] io::Error),
}

/// How text gets to the clipboard, in words.
#[must_use]
pub fn way(environment: &Environment) -> &'static str {
    if environment.in_tmux() {
        "OSC 52 by tmux: set-clipboard on, or allow-passthrough on"
    } else if environment.has("STY") {
        "OSC 52 in pieces through GNU screen"
    } else {
        "OSC 52: the terminal itself, over SSH as well"
    }
}

/// What puts `text` on the clipboard.
///
/// tmux takes the sequence itself if its option `set-clipboard` is `on`, and hands it on if
/// `allow-passthrough` is: both are sent, either puts the same text there.
///
/// # Errors
/// [`CopyError::TooLong`].
pub fn sequence(text: &str, environment: &Environment) -> Result<String, CopyError> {
    if text.len() > LIMIT {
        return Err(CopyError::TooLong { bytes: text.len() });
    }
    let plain = format!("\x1b]52;c;{}\x1b\\", STANDARD.encode(text));
    if environment.in_tmux() {
        return Ok(plain.clone() + &pass_through(&plain));
    }
    if environment.has("STY") {
        // GNU screen hands strings on that it does not know, in pieces of its buffer
        return Ok(for_screen(&plain));
    }
    Ok(plain)
}

/// The sequence in pieces that GNU screen hands on: its strings hold 768 bytes, and the
/// terminator of ours would end its.
fn for_screen(sequence: &str) -> String {
    const PIECE: usize = 500;
    let belled = sequence.replace("\x1b\\", "\x07");
    let characters: Vec<char> = belled.chars().collect();
    let mut out = String::new();
    for piece in characters.chunks(PIECE) {
        out.push_str("\x1bP");
        out.extend(piece);
        out.push_str("\x1b\\");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(sequence: &str) -> String {
        let body = sequence.split("52;c;").nth(1).unwrap();
        let base64 = body.split(['\x1b', '\x07']).next().unwrap();
        String::from_utf8(STANDARD.decode(base64).unwrap()).unwrap()
    }

    #[test]
    fn the_source_comes_out_as_it_went_in() {
        let text = "السّلام عليكم\n\u{202e}\u{1b}[31m Straße";
        for pairs in [
            vec![("TERM", "xterm")],
            vec![("TERM", "tmux-256color"), ("TMUX", "socket,1,0")],
        ] {
            let sequence = sequence(text, &Environment::of(pairs)).unwrap();
            assert_eq!(decoded(&sequence), text);
            assert!(
                !sequence.contains("[31m"),
                "nothing of the text is sent raw"
            );
        }
    }

    #[test]
    fn tmux_gets_it_twice() {
        let environment = Environment::of([("TMUX", "x")]);
        let sequence = sequence("a", &environment).unwrap();
        let plain = "\x1b]52;c;YQ==\x1b\\";
        let passed = "\x1bPtmux;\x1b\x1b]52;c;YQ==\x1b\x1b\\\x1b\\";
        assert_eq!(sequence, format!("{plain}{passed}"));
    }

    #[test]
    fn screen_gets_pieces() {
        let environment = Environment::of([("STY", "1.pts")]);
        let text = "x".repeat(3000);
        let sequence = sequence(&text, &environment).unwrap();
        let joined: String = sequence
            .split("\x1bP")
            .map(|p| p.trim_end_matches("\x1b\\"))
            .collect();
        assert_eq!(decoded(&joined), text);
        assert!(sequence.split("\x1b\\").all(|piece| piece.len() < 768));
    }

    #[test]
    fn what_would_be_cut_is_refused() {
        let environment = Environment::of([("TERM", "xterm")]);
        assert!(sequence(&"x".repeat(LIMIT), &environment).unwrap().len() < 100_010);
        let error = sequence(&"x".repeat(LIMIT + 1), &environment).unwrap_err();
        assert_eq!(
            error.to_string(),
            "74995 bytes are more than the 74994 that a terminal's clipboard takes"
        );
    }
}
