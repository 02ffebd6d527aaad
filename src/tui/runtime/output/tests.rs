//! What a terminal makes of our bytes, and how many they are.

mod parts;

use std::num::NonZeroU16;

use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

use super::*;

/// A terminal that draws through [`Output`] and one that reads what it wrote.
struct Bench {
    terminal: Terminal<Output<Vec<u8>>>,
    screen: vt100::Parser,
    read: usize,
}

impl Bench {
    fn new(width: u16, height: u16) -> Self {
        Self::with(width, height, Capabilities::default())
    }

    fn with(width: u16, height: u16, capabilities: Capabilities) -> Self {
        let size = |n| NonZeroU16::new(n).unwrap();
        let output = Output::new(Vec::new(), Size { width, height }, capabilities);
        Self {
            terminal: Terminal::new(output).unwrap(),
            screen: vt100::Parser::new(size(height), size(width), 0),
            read: 0,
        }
    }

    /// Draws a screen; what was written for it.
    fn show(&mut self, wanted: &Buffer, cursor: Option<Position>) -> String {
        self.terminal
            .draw(|frame| {
                frame.buffer_mut().clone_from(wanted);
                if let Some(cursor) = cursor {
                    frame.set_cursor_position(cursor);
                }
            })
            .unwrap();
        let written = self.terminal.backend().writer();
        let new = written.get(self.read..).unwrap().to_vec();
        self.read = written.len();
        self.screen.process(&new);
        String::from_utf8(new).unwrap()
    }

    fn assert_shows(&self, wanted: &Buffer, cursor: Option<Position>) {
        let screen = self.screen.screen();
        let area = wanted.area;
        for y in 0..area.height {
            let mut x = 0;
            while x < area.width {
                let cell = &wanted[(x, y)];
                let seen = screen.cell(y, x).unwrap();
                let contents = match seen.contents() {
                    "" => " ",
                    contents => contents,
                };
                let width = cell.cell_width().max(1);
                if x + width <= area.width {
                    assert_eq!(contents, cell.symbol(), "at {x},{y} of\n{wanted:?}");
                }
                if contents != " " {
                    assert_eq!(seen.bold(), cell.modifier.contains(Modifier::BOLD));
                    assert_eq!(seen.italic(), cell.modifier.contains(Modifier::ITALIC));
                    assert_eq!(seen.fgcolor(), colour(cell.fg), "at {x},{y}");
                }
                assert_eq!(seen.bgcolor(), colour(cell.bg), "at {x},{y} of {wanted:?}");
                assert_eq!(seen.inverse(), cell.modifier.contains(Modifier::REVERSED));
                let underlined = cell.modifier.contains(Modifier::UNDERLINED);
                assert_eq!(seen.underline(), underlined, "at {x},{y}");
                x += width;
            }
        }
        assert_eq!(screen.hide_cursor(), cursor.is_none());
        if let Some(Position { x, y }) = cursor {
            assert_eq!(screen.cursor_position(), (y, x));
        }
    }
}

fn colour(colour: Color) -> vt100::Color {
    match colour {
        Color::Red => vt100::Color::Idx(1),
        Color::LightBlue => vt100::Color::Idx(12),
        _ => vt100::Color::Default,
    }
}

const RESIDUES: &[Residue] = &[Residue::Cleared, Residue::Stays, Residue::Sticks];

/// A run of one symbol in one style, put somewhere on a screen of `width` by `height` cells.
fn run(width: u16, height: u16) -> impl Strategy<Value = (u16, u16, u16, &'static str, Style)> {
    let symbols = prop::sample::select(vec![
        " ",
        " ",
        "a",
        "B",
        "ü",
        "─",
        "ﻼ",
        "ﺣ",
        "ﺣ\u{64E}",
        "e\u{301}",
        "漢",
        "😀",
        "☎\u{FE0F}",
        "│\u{202D}",
    ]);
    let styles = prop::sample::select(vec![
        Style::new(),
        Style::new(),
        Style::new().fg(Color::Red),
        Style::new().bg(Color::LightBlue),
        Style::new().add_modifier(Modifier::BOLD),
        Style::new().add_modifier(Modifier::BOLD | Modifier::ITALIC),
        Style::new().fg(Color::Red).add_modifier(Modifier::REVERSED),
        Style::new().add_modifier(Modifier::UNDERLINED),
    ]);
    (0..width, 0..height, 1..=width, symbols, styles)
}

fn put(buffer: &mut Buffer, (x, y, length, symbol, style): (u16, u16, u16, &str, Style)) {
    let width = symbol.cell_width().max(1);
    let mut at = x;
    while at + width <= (x + length).min(buffer.area.width) {
        if at > 0 && buffer[(at - 1, y)].cell_width() == 2 {
            buffer[(at - 1, y)].reset();
        }
        buffer[(at, y)].reset();
        buffer[(at, y)].set_symbol(symbol).set_style(style);
        if width == 2 {
            if buffer[(at + 1, y)].cell_width() == 2 {
                buffer[(at + 2, y)].reset();
            }
            buffer[(at + 1, y)].reset();
            buffer[(at + 1, y)].set_symbol("");
        }
        at += width;
    }
    // what was cut in half
    for column in 0..buffer.area.width {
        let second = column > 0 && buffer[(column - 1, y)].cell_width() == 2;
        if buffer[(column, y)].symbol().is_empty() && !second {
            buffer[(column, y)].reset();
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_terminal_shows_what_was_drawn(
        width in 1..24_u16,
        height in 1..12_u16,
        repeat: bool,
        residue in prop::sample::select(RESIDUES),
        part in prop::option::of(0..90_usize),
        frames in prop::collection::vec(
            (
                prop::collection::vec(run(24, 12), 0..12),
                prop::option::of((0..24_u16, 0..12_u16)),
                -3..4_i16,
            ),
            1..6,
        ),
    ) {
        let capabilities = Capabilities { repeat, residue, ..Capabilities::default() };
        let mut bench = Bench::with(width, height, capabilities);
        bench.terminal.backend_mut().set_part(part);
        let mut wanted = Buffer::empty(Rect::new(0, 0, width, height));
        let mut whole = 0;
        for (runs, cursor, scroll) in frames {
            let cells = usize::from(scroll.unsigned_abs() * width) % wanted.content.len();
            if scroll > 0 {
                wanted.content.rotate_left(cells);
            } else {
                wanted.content.rotate_right(cells);
            }
            for (x, y, length, symbol, style) in runs {
                put(&mut wanted, (x % width, y % height, length, symbol, style));
            }
            let cursor = cursor.map(|(x, y)| Position { x: x % width, y: y % height });
            bench.show(&wanted, cursor);
            // some frames are overtaken by the next one
            whole += 1;
            if whole % 3 == 2 && bench.terminal.backend().is_unfinished() {
                continue;
            }
            let mut parts = 0;
            while bench.terminal.backend().is_unfinished() {
                bench.show(&wanted, cursor);
                parts += 1;
                prop_assert!(parts <= height, "no end");
            }
            bench.assert_shows(&wanted, cursor);
            prop_assert_eq!(bench.show(&wanted, cursor), "");
        }
    }
}

fn screen(lines: &[&str]) -> Buffer {
    Buffer::with_lines(lines.iter().copied())
}

/// A list of `rows` rows of `width` cells with a mark in the gutter of one.
fn list(width: u16, rows: u16, marked: u16) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, rows));
    for y in 0..rows {
        let title = format!(
            " 2016-11-{:02}  de Schlacht um Aleppo: Teil {y}",
            y % 30 + 1
        );
        buffer.set_string(0, y, title, Style::new());
    }
    buffer[(0, marked)].set_symbol("▌").set_fg(Color::LightBlue);
    buffer
}

#[test]
fn nothing_changed_is_no_byte() {
    let mut bench = Bench::new(120, 40);
    let wanted = list(120, 40, 3);
    bench.show(&wanted, None);
    assert_eq!(bench.show(&wanted, None), "");
    let rest = Some(Position { x: 0, y: 3 });
    assert_eq!(bench.show(&wanted, rest), "\x1b[4H\x1b[?25h");
    assert_eq!(bench.show(&wanted, rest), "");
}

#[test]
fn a_mark_moves_for_a_handful() {
    // (from, to, most bytes with the cursor shown on the row)
    for (from, to, most) in [(3, 4, 16), (4, 3, 16), (3, 30, 30), (30, 0, 30)] {
        let mut bench = Bench::new(120, 40);
        let cursor = |y| Some(Position { x: 0, y });
        bench.show(&list(120, 40, from), cursor(from));
        let wanted = list(120, 40, to);
        let bytes = bench.show(&wanted, cursor(to));
        bench.assert_shows(&wanted, cursor(to));
        assert!(
            bytes.len() <= most,
            "{from} to {to}: {} bytes {bytes:?}",
            bytes.len()
        );
    }
}

#[test]
fn a_mark_without_colour_reaches_the_theory() {
    let mark = |y: u16| {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 20, 4));
        buffer[(0, y)].set_symbol(">");
        buffer
    };
    let mut bench = Bench::new(20, 4);
    bench.show(&mark(1), Some(Position { x: 0, y: 1 }));
    let bytes = bench.show(&mark(2), Some(Position { x: 0, y: 2 }));
    assert_eq!(bytes, " \r\n>\r");
}

#[test]
fn a_pane_costs_little_more_than_its_text() {
    let text = [
        "ﺱﻭﺮﻟﺍ ﻦﻣ ﻢﻋﺪﺑ ﺔﻳﺭﻮﺴﻟﺍ ﺕﺍﻮﻘﻟﺍ ﺖﻣﺪﻘﺗ",
        "Nach der Ankündigung eines neuen Waffen-",
        "stillstandes für den 4. November durch",
        "",
        "Rebels announced a major offensive.",
    ];
    let draw = |turn: usize| {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
        for y in 0..40_u16 {
            buffer.set_string(0, y, "│", Style::new());
            buffer.set_string(44, y, "│", Style::new());
            buffer.set_string(90, y, "│ Aleppo     5", Style::new());
            let line = text[(usize::from(y) * 7 + turn) % text.len()];
            let cells = u16::try_from(line.chars().count()).unwrap();
            let style = match y % 9 {
                4 => Style::new().fg(Color::Red),
                _ => Style::new(),
            };
            buffer.set_string(46 + (43 - cells), y, line, style);
        }
        buffer
    };
    for (residue, tenths) in [
        (Residue::Cleared, 12),
        (Residue::Stays, 13),
        (Residue::Sticks, 14),
    ] {
        let capabilities = Capabilities {
            residue,
            ..Capabilities::default()
        };
        let mut bench = Bench::with(120, 40, capabilities);
        for turn in 0..6 {
            let before = draw(turn);
            bench.show(&before, None);
            let after = draw(turn + 1);
            let bytes = bench.show(&after, None);
            bench.assert_shows(&after, None);
            let changed: usize = (0..40)
                .flat_map(|y| (0..120).map(move |x| (x, y)))
                .filter(|at| before[*at] != after[*at])
                .map(|at| after[at].symbol().len())
                .sum();
            assert!(
                bytes.len() * 10 <= changed * tenths,
                "turn {turn}: {} bytes for {changed}",
                bytes.len()
            );
        }
    }
}

#[test]
fn columns_of_one_look_are_painted_downwards() {
    let page = |from: u16| {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 60, 30));
        for y in 0..30 {
            let number = usize::from(from + y);
            let (day, language) = (10 + number % 19, ["de", "en"][number % 2]);
            let underlined = Style::new().add_modifier(Modifier::UNDERLINED);
            buffer.set_string(1, y, format!("2016-11-{day}"), underlined);
            buffer.set_string(13, y, language, Style::new().fg(Color::Red));
            buffer.set_string(16, y, format!("{number} Aleppo"), Style::new());
        }
        buffer
    };
    let mut bench = Bench::new(60, 30);
    bench.show(&page(0), None);
    let bytes = bench.show(&page(33), None).len();
    bench.assert_shows(&page(33), None);
    assert!(bytes <= 30 * 18, "{bytes}");
}

/// A pane of full width above another, the first showing a list from `from` on.
fn stacked(from: u16, marked: u16) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 24));
    for y in 0..11 {
        let number = from + y;
        let title = format!(
            "2016-11-{:02} Schlacht um Aleppo: Teil {number}",
            number % 30
        );
        buffer.set_string(2, 1 + y, title, Style::new());
        buffer.set_string(2, 13 + y, "the text of an article, unchanged", Style::new());
    }
    buffer[(0, marked)].set_symbol("▌").set_fg(Color::LightBlue);
    buffer
}

#[test]
fn a_pane_of_full_width_scrolls_for_its_new_rows() {
    // (first row before and after, marked row before and after, most bytes)
    let table = [
        (0, 1, 11, 11, 90),
        (1, 0, 1, 1, 90),
        (0, 5, 6, 1, 270),
        (5, 5, 6, 7, 16),
    ];
    for (before, after, marked_before, marked_after, most) in table {
        let mut bench = Bench::new(80, 24);
        let cursor = |y| Some(Position { x: 0, y });
        bench.show(&stacked(before, marked_before), cursor(marked_before));
        let wanted = stacked(after, marked_after);
        let bytes = bench.show(&wanted, cursor(marked_after));
        bench.assert_shows(&wanted, cursor(marked_after));
        let length = bytes.len();
        assert!(
            length <= most,
            "{before} to {after}: {length} bytes {bytes:?}"
        );
        assert_eq!(bench.show(&wanted, cursor(marked_after)), "");
    }
}

#[test]
fn exact_bytes_of_small_frames() {
    let red = |buffer: &mut Buffer, x, y| {
        buffer[(x, y)].set_fg(Color::Red);
    };
    let mut coloured = screen(&["abc", "def"]);
    red(&mut coloured, 1, 0);
    let marked = screen(&["ﺣ\u{64E}bc", "def"]);
    let table = [
        // (before, after, bytes)
        (
            screen(&["abc", "def"]),
            screen(&["abX", "def"]),
            "\x1b[;3HX",
        ),
        (
            screen(&["abc", "def"]),
            screen(&["   ", "def"]),
            "\x1b[H   ",
        ),
        (
            screen(&["abcdefgh", "x"]),
            screen(&["a       ", "x"]),
            "\x1b[Ha\x1b[K",
        ),
        (screen(&["abc", "def"]), coloured, "\x1b[Ha\x1b[31mb"),
        // the column is not trusted after a mark, and the next cell is drawn again
        (screen(&["abc", "def"]), marked, "\x1b[Hﺣ\u{64E}\x1b[2Gb"),
    ];
    for (before, after, expected) in table {
        let mut bench = Bench::new(before.area.width, before.area.height);
        bench.show(&before, None);
        // a known place to start from: nowhere
        bench.terminal.backend_mut().state.cursor = Cursor::UNKNOWN;
        let bytes = bench.show(&after, None);
        bench.assert_shows(&after, None);
        assert_eq!(bytes, expected);
    }
}

#[test]
fn ink_that_stays_is_overprinted() {
    // (before, after, bytes where ink is cleared, stays, sticks)
    let table = [
        // a tail to the left, a letter that overhangs to the right
        (
            "  ﻊ  x",
            "  a  x",
            "\x1b[;3Ha",
            "\x1b[H  a ",
            "\x1b[H .\x08 a.\x08 ",
        ),
        (
            "xxﻊxxx",
            "xx xxx",
            "\x1b[;3H ",
            "\x1b[Hxx x",
            "\x1b[Hx.\x08x .\x08x",
        ),
        // the letter stays, and so does its neighbours' ink
        (
            "  ﻊﺣ x",
            "  ﻊ  x",
            "\x1b[;4H ",
            "\x1b[;4H  ",
            "\x1b[;4H .\x08 ",
        ),
        // no ink beyond its cell
        ("  b  x", "  a  x", "\x1b[;3Ha", "\x1b[;3Ha", "\x1b[;3Ha"),
    ];
    for (before, after, cleared, stays, sticks) in table {
        let expected = [cleared, stays, sticks];
        for (residue, expected) in RESIDUES.iter().copied().zip(expected) {
            let capabilities = Capabilities {
                residue,
                ..Capabilities::default()
            };
            let mut bench = Bench::with(6, 1, capabilities);
            bench.show(&screen(&[before]), None);
            bench.terminal.backend_mut().state.cursor = Cursor::UNKNOWN;
            let bytes = bench.show(&screen(&[after]), None);
            assert_eq!(bytes, expected, "{before} to {after}");
        }
    }
}

#[test]
fn marks_reach_into_the_rows_beside_theirs() {
    let capabilities = Capabilities {
        residue: Residue::Stays,
        ..Capabilities::default()
    };
    let mut bench = Bench::with(3, 3, capabilities);
    bench.show(&screen(&["   ", " ﺣ\u{651}\u{64E} ", "abc"]), None);
    let wanted = screen(&["   ", "   ", "abc"]);
    let bytes = bench.show(&wanted, None);
    bench.assert_shows(&wanted, None);
    // the blank above, the row, and b below
    assert_eq!(bytes, "\x1b[H  \r\n   \r\nab");
}

#[test]
fn large_frames_are_synchronized_and_small_ones_not() {
    let mut bench = Bench::new(120, 40);
    let first = bench.show(&list(120, 40, 0), None);
    assert!(first.starts_with("\x1b[?2026h") && first.ends_with("\x1b[?2026l"));
    let second = bench.show(&list(120, 40, 1), None);
    assert!(!second.contains("2026"), "{second:?}");
}

#[test]
fn controls_never_get_through() {
    let size = Size {
        width: 8,
        height: 1,
    };
    let mut output = Output::new(Vec::new(), size, Capabilities::default());
    let cells = ["\u{1b}[2J", "\u{9b}31m", "a\n", "\u{7f}b", "\r"].map(|symbol| {
        let mut cell = Cell::EMPTY;
        cell.set_symbol(symbol);
        cell
    });
    output
        .draw((0..).zip(&cells).map(|(x, cell)| (x, 0, cell)))
        .unwrap();
    output.flush().unwrap();
    let bytes = String::from_utf8(output.writer).unwrap();
    let start = "\u{1b}[m\u{1b}[H\u{1b}[J\u{1b}[?25l";
    assert_eq!(bytes, format!("{start}{}", "\u{FFFD}".repeat(5)));
}

#[test]
fn a_new_size_is_drawn_from_an_empty_screen() {
    let mut bench = Bench::new(20, 4);
    bench.show(&list(20, 4, 0), None);
    bench.terminal.backend_mut().set_size(Size {
        width: 12,
        height: 3,
    });
    let size = |n| NonZeroU16::new(n).unwrap();
    bench.screen.screen_mut().set_size(size(3), size(12));
    let wanted = list(12, 3, 1);
    let bytes = bench.show(&wanted, None);
    assert!(bytes.contains("\x1b[H\x1b[J"));
    bench.assert_shows(&wanted, None);
}

#[test]
fn no_colour_keeps_modifiers() {
    let capabilities = Capabilities {
        colours: ColourDepth::None,
        ..Capabilities::default()
    };
    let mut bench = Bench::with(8, 1, capabilities);
    let mut buffer = screen(&["ab      "]);
    buffer[(0, 0)].set_style(Style::new().fg(Color::Red).add_modifier(Modifier::BOLD));
    let bytes = bench.show(&buffer, None);
    assert!(
        bytes.contains("\x1b[1ma") && !bytes.contains("31"),
        "{bytes:?}"
    );
}

#[test]
fn a_failed_write_is_made_up_for() {
    struct Broken(bool, Vec<u8>);
    impl Write for Broken {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.0 {
                return Err(io::ErrorKind::BrokenPipe.into());
            }
            self.1.extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let size = Size {
        width: 4,
        height: 1,
    };
    let mut output = Output::new(Broken(true, Vec::new()), size, Capabilities::default());
    let buffer = screen(&["abcd"]);
    let cells = || (0..4).map(|x| (x, 0, &buffer[(x, 0)]));
    output.draw(cells()).unwrap();
    assert!(output.flush().is_err());
    output.writer_mut().0 = false;
    output.flush().unwrap();
    let written = String::from_utf8_lossy(&output.writer().1).into_owned();
    assert!(
        written.ends_with("abcd") && written.contains("\x1b[J"),
        "{written:?}"
    );
}
