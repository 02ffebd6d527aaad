//! Colours by the names of the sixteen ANSI colours, or as `#rrggbb`.

use crate::config::nearest::nearest;

/// How many colours the terminal shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ColorDepth {
    /// None: bold, underline, italic, reverse and dim remain.
    None,
    /// The eight ANSI colours.
    Eight,
    /// The sixteen ANSI colours.
    #[default]
    Sixteen,
    /// 24 bits.
    TrueColor,
}

/// A colour of a theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Color {
    /// The terminal's own foreground or background.
    Default,
    /// ANSI colour 0 to 15: the terminal's palette decides what it looks like.
    Ansi(u8),
    /// Red, green and blue, 0 to 255 each.
    Rgb(u8, u8, u8),
}

/// The names of the ANSI colours 0 to 15, with the values that xterm gives them.
const ANSI: [(&str, (u8, u8, u8)); 16] = [
    ("black", (0, 0, 0)),
    ("red", (205, 0, 0)),
    ("green", (0, 205, 0)),
    ("yellow", (205, 205, 0)),
    ("blue", (0, 0, 238)),
    ("magenta", (205, 0, 205)),
    ("cyan", (0, 205, 205)),
    ("white", (229, 229, 229)),
    ("bright-black", (127, 127, 127)),
    ("bright-red", (255, 0, 0)),
    ("bright-green", (0, 255, 0)),
    ("bright-yellow", (255, 255, 0)),
    ("bright-blue", (92, 92, 255)),
    ("bright-magenta", (255, 0, 255)),
    ("bright-cyan", (0, 255, 255)),
    ("bright-white", (255, 255, 255)),
];

impl Color {
    /// Reads a colour's name.
    ///
    /// # Errors
    /// Says what is wrong and which colour comes nearest.
    pub fn parse(name: &str) -> Result<Self, String> {
        if name == "default" {
            return Ok(Self::Default);
        }
        if let Some(digits) = name.strip_prefix('#') {
            return hex(digits).ok_or_else(|| {
                format!("colour {name:?} is not # and six hexadecimal digits, such as \"#3465a4\"")
            });
        }
        if let Some(index) = ANSI.iter().position(|(known, _)| *known == name) {
            return Ok(Self::Ansi(u8::try_from(index).unwrap_or(0)));
        }
        let known = ANSI.iter().map(|(known, _)| *known).chain(["default"]);
        Err(match elsewhere(name).or_else(|| nearest(name, known)) {
            Some(near) => format!("unknown colour {name:?}; did you mean {near:?}?"),
            None => format!(
                "unknown colour {name:?}; there are black, red, green, yellow, blue, magenta, \
                 cyan, white, each also with \"bright-\" before it, \"default\", and \"#rrggbb\""
            ),
        })
    }

    /// The same colour for a terminal of fewer colours; `None` where it can show none.
    #[must_use]
    pub fn at_depth(self, depth: ColorDepth) -> Option<Self> {
        match (self, depth) {
            (_, ColorDepth::None) => None,
            (Self::Rgb(r, g, b), ColorDepth::Eight | ColorDepth::Sixteen) => {
                nearest_ansi(r, g, b).at_depth(depth)
            }
            // bright black on black would be invisible as black
            (Self::Ansi(8), ColorDepth::Eight) => Some(Self::Default),
            (Self::Ansi(bright @ 9..), ColorDepth::Eight) => Some(Self::Ansi(bright - 8)),
            (color, _) => Some(color),
        }
    }
}

fn hex(digits: &str) -> Option<Color> {
    if digits.len() != 6 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    Some(Color::Rgb(part(0)?, part(2)?, part(4)?))
}

/// What other programs call a colour.
fn elsewhere(name: &str) -> Option<&'static str> {
    match name.to_ascii_lowercase().replace([' ', '_'], "-").as_str() {
        "gray" | "grey" | "dark-gray" | "dark-grey" | "darkgray" | "darkgrey" => {
            Some("bright-black")
        }
        "light-gray" | "light-grey" | "lightgray" | "lightgrey" => Some("white"),
        "purple" => Some("magenta"),
        "orange" => Some("yellow"),
        "reset" | "none" => Some("default"),
        other => {
            let bare = other
                .strip_prefix("bright")
                .or(other.strip_prefix("light"))?
                .trim_start_matches('-');
            ANSI.iter()
                .find(|(known, _)| known.strip_prefix("bright-") == Some(bare))
                .map(|(known, _)| *known)
        }
    }
}

/// The ANSI colour that looks most like an RGB one (least squared distance).
fn nearest_ansi(r: u8, g: u8, b: u8) -> Color {
    let squared = |(x, y, z): (u8, u8, u8)| {
        [(x, r), (y, g), (z, b)]
            .map(|(p, q)| u32::from(p.abs_diff(q)).pow(2))
            .iter()
            .sum::<u32>()
    };
    (0u8..)
        .zip(ANSI)
        .min_by_key(|(_, (_, rgb))| squared(*rgb))
        .map_or(Color::Default, |(index, _)| Color::Ansi(index))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (name, expected) in [
            ("default", Color::Default),
            ("black", Color::Ansi(0)),
            ("bright-white", Color::Ansi(15)),
            ("#3465a4", Color::Rgb(0x34, 0x65, 0xa4)),
            ("#FFFFFF", Color::Rgb(255, 255, 255)),
        ] {
            assert_eq!(Color::parse(name), Ok(expected), "{name}");
        }
        for (name, expected) in [
            ("grey", "bright-black"),
            ("LightBlue", "bright-blue"),
            ("bright_red", "bright-red"),
            ("gren", "green"),
            ("Red", "red"),
            ("#123", "six hexadecimal"),
            ("#12345ä", "six hexadecimal"),
            ("", "there are black"),
            ("ultramarine", "there are black"),
        ] {
            let message = Color::parse(name).unwrap_err();
            assert!(message.contains(expected), "{name}: {message}");
        }
    }

    #[test]
    fn fewer_colours() {
        let blue = Color::Rgb(0, 0, 230);
        for (color, depth, expected) in [
            (blue, ColorDepth::TrueColor, Some(blue)),
            (blue, ColorDepth::Sixteen, Some(Color::Ansi(4))),
            (Color::Ansi(9), ColorDepth::Sixteen, Some(Color::Ansi(9))),
            (Color::Ansi(9), ColorDepth::Eight, Some(Color::Ansi(1))),
            (Color::Ansi(8), ColorDepth::Eight, Some(Color::Default)),
            (
                Color::Rgb(255, 255, 255),
                ColorDepth::Eight,
                Some(Color::Ansi(7)),
            ),
            (Color::Ansi(2), ColorDepth::None, None),
            (Color::Default, ColorDepth::None, None),
        ] {
            assert_eq!(color.at_depth(depth), expected, "{color:?} {depth:?}");
        }
    }
}
