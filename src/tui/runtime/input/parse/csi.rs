//! Control sequences (ECMA-48 5.4) that terminals send.

use super::Parsed;
use crate::tui::runtime::input::{Button, Code, Input, Key, Mouse, MouseAction};
use crate::tui::runtime::probe::Report;

/// What a control sequence is.
pub(super) enum Csi {
    /// What follows is pasted, up to `CSI 201 ~`.
    PasteStart,
    Parsed(Parsed),
}

/// The sequence of parameter and intermediate bytes `body` and a final byte; `None` if it is
/// nothing that we know.
pub(super) fn parse(body: &[u8], last: u8) -> Option<Csi> {
    if last == b'~' && body == b"200" {
        return Some(Csi::PasteStart);
    }
    let input = |input| Some(Csi::Parsed(Parsed::Input(input)));
    if let Some(report) = Report::of_csi(body, last) {
        return Some(Csi::Parsed(Parsed::Report(report)));
    }
    match (body.first(), last) {
        (Some(b'<'), b'M' | b'm') => {
            let numbers = numbers(body.get(1..)?)?;
            let [buttons, column, row] = numbers.as_slice() else {
                return None;
            };
            let mouse = mouse(
                *buttons,
                column.checked_sub(1)?,
                row.checked_sub(1)?,
                last == b'm',
            );
            mouse.and_then(|mouse| input(Input::Mouse(mouse)))
        }
        (None, b'I') => input(Input::Focus(true)),
        (None, b'O') => input(Input::Focus(false)),
        (None | Some(b'0'..=b'9' | b';'), _) => {
            key(&numbers(body)?, last).and_then(|key| input(Input::Key(key)))
        }
        _ => None,
    }
}

/// Numbers separated by semicolons; an empty one is 0, of sub-parameters the first counts.
pub(in crate::tui::runtime) fn numbers(body: &[u8]) -> Option<Vec<u16>> {
    let text = std::str::from_utf8(body).ok()?;
    text.split(';')
        .map(|number| match number.split(':').next() {
            None | Some("") => Some(0),
            Some(digits) => digits.parse().ok(),
        })
        .collect()
}

fn key(numbers: &[u16], last: u8) -> Option<Key> {
    let first = numbers.first().copied().unwrap_or(0);
    let second = numbers.get(1).copied().unwrap_or(0);
    let (code, modifiers) = match last {
        b'~' if first == 27 => (character(*numbers.get(2)?)?, second),
        b'~' => (tilde(first)?, second),
        b'u' => (character(first)?, second),
        b'Z' => (Code::Tab, 2),
        _ => (letter(last)?, second),
    };
    Some(modified(code, modifiers))
}

/// xterm's modifier parameter: 1 plus a bit each for shift, alt, control, meta.
fn modified(code: Code, parameter: u16) -> Key {
    let bits = parameter.saturating_sub(1);
    let mut key = Key {
        code,
        shift: bits & 1 != 0,
        alt: bits & 0b1010 != 0,
        ctrl: bits & 4 != 0,
    };
    if let Code::Char(c) = key.code {
        if key.shift && !key.ctrl {
            key.code = Code::Char(c.to_ascii_uppercase());
        }
        key.shift = false;
    }
    key
}

fn character(code: u16) -> Option<Code> {
    Some(match code {
        9 => Code::Tab,
        13 => Code::Enter,
        27 => Code::Esc,
        8 | 127 => Code::Backspace,
        code => Code::Char(char::from_u32(u32::from(code)).filter(|c| !c.is_control())?),
    })
}

fn tilde(number: u16) -> Option<Code> {
    Some(match number {
        1 | 7 => Code::Home,
        2 => Code::Insert,
        3 => Code::Delete,
        4 | 8 => Code::End,
        5 => Code::PageUp,
        6 => Code::PageDown,
        11..=15 => function(number - 10)?,
        17..=21 => function(number - 11)?,
        23..=26 => function(number - 12)?,
        28 | 29 => function(number - 13)?,
        31..=34 => function(number - 14)?,
        _ => return None,
    })
}

fn function(number: u16) -> Option<Code> {
    u8::try_from(number).ok().map(Code::Function)
}

fn letter(last: u8) -> Option<Code> {
    Some(match last {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'F' => Code::End,
        b'H' => Code::Home,
        b'P'..=b'S' => Code::Function(last - b'P' + 1),
        _ => return None,
    })
}

/// A key of application cursor or keypad mode, after ESC `O`.
pub(super) fn ss3(byte: u8) -> Option<Key> {
    let code = match byte {
        b'M' => Code::Enter,
        b'j'..=b'y' => Code::Char(char::from(byte - b'j' + b'*')),
        _ => letter(byte)?,
    };
    Some(Key::plain(code))
}

/// xterm's mouse buttons: bits 0, 1, 6 and 7 the button, 2 to 4 shift, alt and control, 5 motion.
fn mouse(buttons: u16, column: u16, row: u16, released: bool) -> Option<Mouse> {
    let button = match buttons & 0b11 {
        0 => Button::Left,
        1 => Button::Middle,
        _ => Button::Right,
    };
    let action = match (buttons & 0b1100_0000, buttons & 0b11) {
        (64, 0) => MouseAction::WheelUp,
        (64, 1) => MouseAction::WheelDown,
        (0, _) if released => MouseAction::Release,
        (0, 3) if buttons & 32 != 0 => return None,
        (0, 3) => MouseAction::Release,
        (0, _) if buttons & 32 != 0 => MouseAction::Drag(button),
        (0, _) => MouseAction::Press(button),
        _ => return None,
    };
    Some(Mouse {
        action,
        column,
        row,
        shift: buttons & 4 != 0,
        alt: buttons & 8 != 0,
        ctrl: buttons & 16 != 0,
    })
}

/// The mouse event of three bytes that a terminal without SGR coordinates sends.
pub(super) fn old_mouse(buttons: u8, column: u8, row: u8) -> Option<Parsed> {
    let value = |byte: u8, base: u8| byte.checked_sub(base).map(u16::from);
    let mouse = mouse(
        value(buttons, 32)?,
        value(column, 33)?,
        value(row, 33)?,
        false,
    )?;
    Some(Parsed::Input(Input::Mouse(mouse)))
}
