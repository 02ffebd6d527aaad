//! How many cells the terminal gives to texts that terminals disagree on.

use std::io;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use serde::Serialize;

use crate::tui::runtime::input::Input;
use crate::tui::runtime::terminal::Screen;

/// How long the last answer is waited for.
const PATIENCE: Duration = Duration::from_secs(1);

/// What the texts are, the texts, and the cells that khabar counts; `None` for what it never sends
/// in one piece.
pub(super) const TEXTS: &[(&str, &str, Option<u16>)] = &[
    ("Arabic letter, presentation form", "\u{FEA3}", Some(1)),
    ("lam-alef, presentation form", "\u{FEFB}", Some(1)),
    ("presentation form with fatha", "\u{FEA3}\u{64E}", Some(1)),
    ("lam-alef with tanwin", "\u{FEFB}\u{64B}", Some(1)),
    ("lam and alef, base letters", "\u{644}\u{627}", None),
    (
        "base letter, shadda and fatha",
        "\u{628}\u{651}\u{64E}",
        Some(1),
    ),
    ("Hebrew letter", "\u{5D0}", Some(1)),
    ("e with combining acute", "e\u{301}", Some(1)),
    ("full block", "\u{2588}", Some(1)),
    ("left half block", "\u{258C}", Some(1)),
    ("horizontal line", "\u{2500}", Some(1)),
    ("black circle", "\u{25CF}", Some(1)),
    ("ellipsis", "\u{2026}", Some(1)),
    ("CJK ideograph", "\u{6F22}", Some(2)),
    ("emoji", "\u{1F600}", Some(2)),
    ("emoji joined by ZWJ", "\u{1F469}\u{200D}\u{1F467}", None),
    ("flag", "\u{1F1E9}\u{1F1EA}", Some(2)),
    ("telephone, emoji selector", "\u{260E}\u{FE0F}", Some(1)),
    ("letter, U+200C", "\u{FEA3}\u{200C}", None),
    ("line, U+202D", "\u{2502}\u{202D}", Some(1)),
];

/// The width of a text by the terminal's own cursor report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Measured {
    /// What the text is.
    pub name: &'static str,
    /// Its characters as `U+FEFB U+064B`.
    pub characters: String,
    /// Cells that khabar counts for it; `None` for what it never sends in one piece.
    pub expected: Option<u16>,
    /// Cells that the terminal took; `None` if it did not say.
    pub measured: Option<u16>,
}

/// Measures all texts, as many at a time as the screen has rows. A terminal that leaves some
/// without an answer is not asked more.
pub(super) fn measure(screen: &mut Screen, inputs: &Receiver<Input>) -> io::Result<Vec<Measured>> {
    let mut all: Vec<Measured> = TEXTS
        .iter()
        .map(|(name, text, expected)| Measured {
            name,
            characters: characters(text),
            expected: *expected,
            measured: None,
        })
        .collect();
    let mut rest = all.as_mut_slice();
    let mut texts: Vec<&str> = TEXTS.iter().map(|(_, text, _)| *text).collect();
    while !rest.is_empty() {
        let asked = screen.ask_widths(&texts)?;
        if asked == 0 {
            break;
        }
        let (now, later) = rest.split_at_mut(asked);
        if !hear(now, inputs) {
            break;
        }
        rest = later;
        texts.drain(..asked);
    }
    Ok(all)
}

/// Takes the answers in; whether all came. Each says by its row what it answers.
fn hear(asked: &mut [Measured], inputs: &Receiver<Input>) -> bool {
    let until = Instant::now() + PATIENCE;
    while asked.iter().any(|text| text.measured.is_none()) {
        let left = until.saturating_duration_since(Instant::now());
        match inputs.recv_timeout(left) {
            Ok(Input::Cursor { column, row }) => {
                let text = usize::from(row)
                    .checked_sub(1)
                    .and_then(|at| asked.get_mut(at));
                if let Some(text) = text {
                    text.measured = Some(column);
                }
            }
            Ok(_) => {}
            Err(_) => return false,
        }
    }
    true
}

fn characters(text: &str) -> String {
    let characters: Vec<String> = text
        .chars()
        .map(|c| format!("U+{:04X}", u32::from(c)))
        .collect();
    characters.join(" ")
}
