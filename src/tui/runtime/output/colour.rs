//! Colours brought down to what the terminal has.

use ratatui::style::Color;

/// How many colours the terminal is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColourDepth {
    /// None: bold, reverse, underline and italic stay.
    None,
    /// The eight of ECMA-48 (`TERM=linux`).
    Eight,
    /// The eight and their bright twins, as the user's theme defines them.
    #[default]
    Sixteen,
    /// xterm's cube of 216 and 24 greys on top.
    Indexed,
    /// 24 bits.
    True,
}

/// A colour as it is sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Colour {
    /// The terminal's own.
    #[default]
    Default,
    /// One of the palette's; 0 to 15 are the user's.
    Indexed(u8),
    /// Red, green, blue.
    Rgb(u8, u8, u8),
}

/// The six levels of xterm's colour cube.
const CUBE: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// xterm's first sixteen colours: what a theme's are taken to look like.
const SIXTEEN: [(u8, u8, u8); 16] = [
    (0, 0, 0),
    (205, 0, 0),
    (0, 205, 0),
    (205, 205, 0),
    (0, 0, 238),
    (205, 0, 205),
    (0, 205, 205),
    (229, 229, 229),
    (127, 127, 127),
    (255, 0, 0),
    (0, 255, 0),
    (255, 255, 0),
    (92, 92, 255),
    (255, 0, 255),
    (0, 255, 255),
    (255, 255, 255),
];

impl Colour {
    /// `colour` as a terminal of `depth` can show it.
    pub(super) fn reduced(colour: Color, depth: ColourDepth) -> Self {
        let full = Self::of(colour);
        match (full, depth) {
            (Self::Default, _) | (_, ColourDepth::None) => Self::Default,
            (Self::Rgb(..), ColourDepth::True)
            | (Self::Indexed(_), ColourDepth::True | ColourDepth::Indexed) => full,
            (Self::Rgb(r, g, b), ColourDepth::Indexed) => Self::Indexed(nearest_indexed(r, g, b)),
            (Self::Rgb(r, g, b), ColourDepth::Sixteen) => Self::Indexed(nearest_of_16(r, g, b)),
            (Self::Rgb(r, g, b), ColourDepth::Eight) => eight(nearest_of_16(r, g, b)),
            (Self::Indexed(i), ColourDepth::Sixteen) => Self::Indexed(sixteen(i)),
            (Self::Indexed(i), ColourDepth::Eight) => eight(sixteen(i)),
        }
    }

    fn of(colour: Color) -> Self {
        match colour {
            Color::Reset => Self::Default,
            Color::Black => Self::Indexed(0),
            Color::Red => Self::Indexed(1),
            Color::Green => Self::Indexed(2),
            Color::Yellow => Self::Indexed(3),
            Color::Blue => Self::Indexed(4),
            Color::Magenta => Self::Indexed(5),
            Color::Cyan => Self::Indexed(6),
            Color::Gray => Self::Indexed(7),
            Color::DarkGray => Self::Indexed(8),
            Color::LightRed => Self::Indexed(9),
            Color::LightGreen => Self::Indexed(10),
            Color::LightYellow => Self::Indexed(11),
            Color::LightBlue => Self::Indexed(12),
            Color::LightMagenta => Self::Indexed(13),
            Color::LightCyan => Self::Indexed(14),
            Color::White => Self::Indexed(15),
            Color::Rgb(r, g, b) => Self::Rgb(r, g, b),
            Color::Indexed(i) => Self::Indexed(i),
        }
    }
}

/// A bright colour without the brightness. Dark grey would be black on black, so it becomes the
/// terminal's own.
fn eight(index: u8) -> Colour {
    match index {
        8 => Colour::Default,
        _ => Colour::Indexed(index & 7),
    }
}

fn sixteen(index: u8) -> u8 {
    if index < 16 {
        return index;
    }
    let (r, g, b) = rgb_of(index);
    nearest_of_16(r, g, b)
}

/// The levels of a cube colour or a grey of xterm's palette (index 16 and up).
fn rgb_of(index: u8) -> (u8, u8, u8) {
    if index >= 232 {
        let level = 8 + (index - 232) * 10;
        return (level, level, level);
    }
    let cube = index.saturating_sub(16);
    let level = |i: u8| CUBE.get(usize::from(i)).copied().unwrap_or(255);
    (level(cube / 36), level(cube / 6 % 6), level(cube % 6))
}

fn distance(a: (u8, u8, u8), b: (u8, u8, u8)) -> u32 {
    let square = |x: u8, y: u8| u32::from(x.abs_diff(y)).pow(2);
    square(a.0, b.0) + square(a.1, b.1) + square(a.2, b.2)
}

fn nearest(wanted: (u8, u8, u8), palette: impl Iterator<Item = (u8, (u8, u8, u8))>) -> u8 {
    palette
        .min_by_key(|(_, candidate)| distance(wanted, *candidate))
        .map_or(7, |(index, _)| index)
}

fn nearest_of_16(r: u8, g: u8, b: u8) -> u8 {
    nearest((r, g, b), (0..16).zip(SIXTEEN))
}

fn nearest_indexed(r: u8, g: u8, b: u8) -> u8 {
    nearest((r, g, b), (16..=255).map(|i| (i, rgb_of(i))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_come_down_to_the_depth() {
        use Colour::{Default, Indexed, Rgb};
        let table = [
            (Color::Rgb(255, 0, 0), ColourDepth::True, Rgb(255, 0, 0)),
            (Color::Rgb(255, 0, 0), ColourDepth::Indexed, Indexed(196)),
            (Color::Rgb(255, 0, 0), ColourDepth::Sixteen, Indexed(9)),
            (Color::Rgb(255, 0, 0), ColourDepth::Eight, Indexed(1)),
            (Color::Rgb(255, 0, 0), ColourDepth::None, Default),
            (Color::Indexed(244), ColourDepth::Indexed, Indexed(244)),
            (Color::Indexed(244), ColourDepth::Sixteen, Indexed(8)),
            (Color::Indexed(244), ColourDepth::Eight, Default),
            (Color::LightCyan, ColourDepth::Sixteen, Indexed(14)),
            (Color::LightCyan, ColourDepth::Eight, Indexed(6)),
            (Color::Reset, ColourDepth::True, Default),
        ];
        for (colour, depth, expected) in table {
            assert_eq!(
                Colour::reduced(colour, depth),
                expected,
                "{colour} at {depth:?}"
            );
        }
    }

    #[test]
    fn every_palette_colour_is_its_own_nearest() {
        for index in 16..=255 {
            let (r, g, b) = rgb_of(index);
            let found = nearest_indexed(r, g, b);
            assert_eq!(rgb_of(found), (r, g, b), "{index} became {found}");
        }
    }
}
