//! Does this read correctly? The same line in every way of writing it, at once; what is chosen is
//! shown alone before it is kept, since some terminals know one way for the whole screen only.

use std::io;
use std::sync::mpsc::Receiver;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::config::{Bidi, Config};
use crate::text::bidi::Direction;
use crate::text::wrap::{self, VisualLine};
use crate::tui::model::page::to_logical;
use crate::tui::model::question::{SAMPLE, SAYS};
use crate::tui::runtime::choice;
use crate::tui::runtime::dialect::Dialect;
use crate::tui::runtime::input::{Code, Input, Key};
use crate::tui::runtime::terminal::Screen;

/// Columns of a row's number and name.
const NAME: u16 = 14;

/// Asks until there is an answer; `None` if the user leaves without.
pub(super) fn ask(
    screen: &mut Screen,
    inputs: &Receiver<Input>,
    config: &Config,
) -> io::Result<Option<Bidi>> {
    let mut chosen: Option<Bidi> = None;
    let mut redraw = true;
    loop {
        if std::mem::take(&mut redraw) {
            match chosen {
                None => show_all(screen, config)?,
                Some(bidi) => show_one(screen, bidi, config)?,
            }
        }
        let Ok(input) = inputs.recv() else {
            return Ok(None);
        };
        match input {
            Input::Key(key) => match answer(key) {
                Answer::Way(bidi) => {
                    chosen = Some(bidi);
                    redraw = true;
                }
                Answer::Keep if chosen.is_some() => return Ok(chosen),
                Answer::Back if chosen.take().is_some() => redraw = true,
                Answer::Back | Answer::Leave => return Ok(None),
                Answer::Keep | Answer::None => {}
            },
            Input::Signal(_) => return Ok(None),
            Input::Resize { .. } | Input::Terminal(_) => redraw = true,
            _ => {}
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    Way(Bidi),
    Keep,
    Back,
    Leave,
    None,
}

fn answer(key: Key) -> Answer {
    match key.code {
        Code::Char('c') if key.ctrl => Answer::Leave,
        Code::Char(_) if key.ctrl || key.alt => Answer::None,
        // the digits of Arabic and Persian keyboards, too
        Code::Char(c) => match digit(c).and_then(|n| Bidi::ALL.get(n)) {
            Some(bidi) => Answer::Way(*bidi),
            None if c == 'q' => Answer::Leave,
            None => Answer::None,
        },
        Code::Enter => Answer::Keep,
        Code::Esc => Answer::Back,
        _ => Answer::None,
    }
}

fn digit(c: char) -> Option<usize> {
    let digit = match c {
        '0'..='9' => u32::from(c) - u32::from('0'),
        '\u{660}'..='\u{669}' => u32::from(c) - 0x660,
        '\u{6F0}'..='\u{6F9}' => u32::from(c) - 0x6F0,
        _ => return None,
    };
    usize::try_from(digit).ok()
}

fn show_all(screen: &mut Screen, config: &Config) -> io::Result<()> {
    screen.set_dialect(None)?;
    let found = screen.profile().dialect;
    let size = screen.size();
    let ways = Bidi::ALL.iter().zip(5_u16..);
    let below = 5 + u16::try_from(Bidi::ALL.len()).unwrap_or(0) + 1;
    screen.draw(|frame| {
        words(frame, 1, "Which of these lines reads right?");
        for (text, y) in SAYS.into_iter().zip(2..) {
            words(frame, y, text);
        }
        let keys = "0-7 shows a line alone, Esc leaves without an answer";
        words(frame, below, keys);
    })?;
    for (bidi, y) in ways.filter(|(_, y)| *y < size.height) {
        let dialect = choice::dialect(*bidi).unwrap_or(found);
        screen.draw_row_in(dialect, y, row(*bidi, dialect, size.width, config))?;
    }
    // the next frame shall know in which modes it finds the terminal
    screen.set_dialect(None)
}

fn show_one(screen: &mut Screen, bidi: Bidi, config: &Config) -> io::Result<()> {
    screen.set_dialect(choice::dialect(bidi))?;
    screen.redraw();
    let dialect = screen.profile().dialect;
    screen.draw(|frame| {
        words(frame, 1, "Does this read right?");
        for (text, y) in SAYS.into_iter().zip(2..) {
            words(frame, y, text);
        }
        let area = frame.area();
        let line = row(bidi, dialect, area.width, config);
        let start = usize::from(area.width) * 5;
        let cells = frame.buffer_mut().content.iter_mut().skip(start);
        for (cell, wanted) in cells.zip(line.content) {
            *cell = wanted;
        }
        words(
            frame,
            7,
            "Enter keeps it for this terminal, 0-7 shows another, Esc shows all",
        );
    })
}

fn words(frame: &mut Frame<'_>, y: u16, text: &str) {
    let area = frame.area();
    if y < area.height {
        let room = usize::from(area.width.saturating_sub(1));
        frame
            .buffer_mut()
            .set_stringn(1, y, text, room, Style::new());
    }
}

/// The row of a way: its number, its name, the line laid out for its dialect.
fn row(bidi: Bidi, dialect: Dialect, width: u16, config: &Config) -> Buffer {
    let mut row = Buffer::empty(Rect::new(0, 0, width, 1));
    let number = Bidi::ALL.iter().position(|way| *way == bidi).unwrap_or(0);
    let name = format!("{number}  {}", bidi.name());
    row.set_stringn(
        1,
        0,
        name,
        usize::from(width.saturating_sub(1)),
        Style::new(),
    );
    let line = sample(dialect, width.saturating_sub(NAME), config);
    if !dialect.is_visual()
        && let Some(before) = row.cell_mut((NAME - 1, 0))
    {
        before.set_symbol(" \u{2067}");
    }
    let mut x = NAME;
    for cell in &line.cells {
        if let Some(at) = row.cell_mut((x, 0)) {
            at.set_symbol(&cell.symbol);
        }
        x += u16::from(cell.width);
    }
    row
}

fn sample(dialect: Dialect, room: u16, config: &Config) -> VisualLine {
    let options = wrap::Options {
        base: Direction::Rtl,
        force: true,
        shape: config.settings.shape && dialect.is_visual(),
        marks: true,
    };
    let mut line = wrap::layout_line(SAMPLE, room, &options);
    if !dialect.is_visual() {
        to_logical(&mut line, SAMPLE);
        // as the explorer does: else the terminal would order the words from the left
        if let Some(last) = line.cells.last_mut() {
            last.symbol.push('\u{2069}');
        }
    }
    line
}
