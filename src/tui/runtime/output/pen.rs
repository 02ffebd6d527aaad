//! What the next character is drawn with, and the shortest SGR from one such state to another.

use std::io::Write as _;

use ratatui::style::Modifier;

use super::colour::Colour;

/// Modifiers that show on a blank cell.
pub(super) const VISIBLE_ON_BLANK: Modifier = Modifier::REVERSED
    .union(Modifier::UNDERLINED)
    .union(Modifier::CROSSED_OUT)
    .union(Modifier::SLOW_BLINK)
    .union(Modifier::RAPID_BLINK);

/// Each group of modifiers that one SGR code turns off: the modifiers, their codes, the off code.
const GROUPS: &[(&[(Modifier, &str)], &str)] = &[
    (&[(Modifier::BOLD, "1"), (Modifier::DIM, "2")], "22"),
    (&[(Modifier::ITALIC, "3")], "23"),
    (&[(Modifier::UNDERLINED, "4")], "24"),
    (
        &[(Modifier::SLOW_BLINK, "5"), (Modifier::RAPID_BLINK, "6")],
        "25",
    ),
    (&[(Modifier::REVERSED, "7")], "27"),
    (&[(Modifier::HIDDEN, "8")], "28"),
    (&[(Modifier::CROSSED_OUT, "9")], "29"),
];

/// Colours and modifiers of what is drawn. Underline colours are not sent: a terminal that does
/// not know them may read `58;5;n` as blinking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Pen {
    pub(super) foreground: Colour,
    pub(super) background: Colour,
    pub(super) modifier: Modifier,
}

impl Pen {
    /// The pen that draws a blank like this one does, and nothing that a blank does not show.
    pub(super) fn on_blank(self) -> Self {
        if (self.modifier & VISIBLE_ON_BLANK).is_empty() {
            return Self {
                background: self.background,
                ..Self::default()
            };
        }
        // a reversed blank is painted in the foreground colour, which bold may brighten
        let shown = VISIBLE_ON_BLANK | Modifier::BOLD | Modifier::DIM;
        Self {
            modifier: self.modifier & shown,
            ..self
        }
    }

    /// Whether a blank that `wanted` draws comes out the same with this pen.
    pub(super) fn draws_blank_of(self, wanted: Self) -> bool {
        self == wanted || self.on_blank() == wanted.on_blank()
    }

    /// Whether erasing with this pen leaves cells in the terminal's own background.
    pub(super) fn erases_clean(self) -> bool {
        self.on_blank() == Self::default()
    }
}

/// Appends the shortest sequence that turns `from` (`None`: not known) into `to`.
pub(super) fn change(out: &mut Vec<u8>, from: Option<Pen>, to: Pen) {
    if from == Some(to) {
        return;
    }
    let reset = {
        let mut codes = Codes::default();
        codes.push("0");
        codes.difference(Pen::default(), to);
        if to == Pen::default() {
            codes.0.clear();
        }
        codes
    };
    let direct = from.map(|from| {
        let mut codes = Codes::default();
        codes.difference(from, to);
        codes
    });
    let best = match direct {
        Some(direct) if direct.0.len() <= reset.0.len() => direct,
        _ => reset,
    };
    out.extend_from_slice(b"\x1b[");
    out.extend_from_slice(&best.0);
    out.push(b'm');
}

/// SGR parameters, joined by semicolons.
#[derive(Default)]
struct Codes(Vec<u8>);

impl Codes {
    fn push(&mut self, code: &str) {
        if !self.0.is_empty() {
            self.0.push(b';');
        }
        self.0.extend_from_slice(code.as_bytes());
    }

    fn difference(&mut self, from: Pen, to: Pen) {
        for (members, off) in GROUPS {
            let all = members
                .iter()
                .fold(Modifier::empty(), |all, (modifier, _)| all | *modifier);
            let mut held = from.modifier & all;
            let wanted = to.modifier & all;
            if !(held - wanted).is_empty() {
                self.push(off);
                held = Modifier::empty();
            }
            for (modifier, on) in *members {
                if (wanted - held).contains(*modifier) {
                    self.push(on);
                }
            }
        }
        if from.foreground != to.foreground {
            self.colour(to.foreground, 30);
        }
        if from.background != to.background {
            self.colour(to.background, 40);
        }
    }

    /// `base` is 30 for foregrounds, 40 for backgrounds.
    fn colour(&mut self, colour: Colour, base: u8) {
        if !self.0.is_empty() {
            self.0.push(b';');
        }
        let out = &mut self.0;
        // writing to a Vec cannot fail
        let _ = match colour {
            Colour::Default => write!(out, "{}", base + 9),
            Colour::Indexed(i @ 0..=7) => write!(out, "{}", base + i),
            Colour::Indexed(i @ 8..=15) => write!(out, "{}", base + 60 + i - 8),
            Colour::Indexed(i) => write!(out, "{};5;{i}", base + 8),
            Colour::Rgb(r, g, b) => write!(out, "{};2;{r};{g};{b}", base + 8),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pen(foreground: Colour, background: Colour, modifier: Modifier) -> Pen {
        Pen {
            foreground,
            background,
            modifier,
        }
    }

    #[test]
    fn transitions_take_the_fewest_bytes() {
        use Colour::{Default, Indexed, Rgb};
        let plain = Pen::default();
        let bold = pen(Default, Default, Modifier::BOLD);
        let red = pen(Indexed(1), Default, Modifier::empty());
        let loud = pen(
            Indexed(9),
            Indexed(4),
            Modifier::BOLD | Modifier::ITALIC | Modifier::UNDERLINED,
        );
        let table: &[(Option<Pen>, Pen, &str)] = &[
            (Some(plain), plain, ""),
            (None, plain, "\x1b[m"),
            (None, bold, "\x1b[0;1m"),
            (Some(plain), bold, "\x1b[1m"),
            (Some(bold), plain, "\x1b[m"),
            (Some(plain), red, "\x1b[31m"),
            (Some(red), plain, "\x1b[m"),
            (Some(loud), plain, "\x1b[m"),
            (Some(loud), red, "\x1b[0;31m"),
            (Some(plain), loud, "\x1b[1;3;4;91;44m"),
            (
                Some(pen(Default, Default, Modifier::BOLD | Modifier::DIM)),
                pen(Default, Default, Modifier::DIM),
                "\x1b[0;2m",
            ),
            (
                Some(plain),
                pen(Rgb(1, 2, 3), Indexed(200), Modifier::REVERSED),
                "\x1b[7;38;2;1;2;3;48;5;200m",
            ),
        ];
        for (from, to, expected) in table {
            let mut out = Vec::new();
            change(&mut out, *from, *to);
            assert_eq!(
                String::from_utf8_lossy(&out),
                *expected,
                "{from:?} to {to:?}"
            );
        }
    }

    #[test]
    fn a_blank_forgets_what_it_does_not_show() {
        let accent = pen(Colour::Indexed(3), Colour::Default, Modifier::BOLD);
        assert!(accent.draws_blank_of(Pen::default()));
        assert!(accent.erases_clean());
        let bar = pen(Colour::Indexed(3), Colour::Default, Modifier::REVERSED);
        assert!(!bar.draws_blank_of(Pen::default()));
        assert!(!bar.erases_clean());
    }
}
