//! Bytes in, inputs out, however they are cut.

use proptest::prelude::*;

use super::*;
use crate::tui::runtime::input::{Button, Mouse, MouseAction};

fn key(code: Code) -> Parsed {
    Parsed::Input(Input::Key(Key::plain(code)))
}

fn char(c: char) -> Parsed {
    key(Code::Char(c))
}

fn of(key: Key) -> Parsed {
    Parsed::Input(Input::Key(key))
}

fn paste(text: &str) -> Parsed {
    Parsed::Input(Input::Paste(text.to_owned()))
}

fn mouse(action: MouseAction, column: u16, row: u16) -> Parsed {
    Parsed::Input(Input::Mouse(Mouse {
        action,
        column,
        row,
        shift: false,
        alt: false,
        ctrl: false,
    }))
}

/// Bytes, and what they mean when nothing follows for a while.
type Table = Vec<(&'static str, Vec<Parsed>)>;

fn table() -> Table {
    [
        keys(),
        special_keys(),
        mice_and_pastes(),
        answers(),
        broken(),
    ]
    .concat()
}

fn keys() -> Table {
    use Code::{Backspace, Enter, Esc, Tab};
    vec![
        ("", vec![]),
        ("j", vec![char('j')]),
        ("G", vec![char('G')]),
        ("Ch", vec![char('C'), char('h')]),
        ("\r", vec![key(Enter)]),
        ("\t", vec![key(Tab)]),
        ("\x7f", vec![key(Backspace)]),
        ("\x03", vec![of(Key::char('c').and_ctrl())]),
        ("\n", vec![of(Key::char('j').and_ctrl())]),
        ("\x1f", vec![of(Key::char('_').and_ctrl())]),
        ("\0", vec![of(Key::char(' ').and_ctrl())]),
        ("ü", vec![char('ü')]),
        ("ح", vec![char('ح')]),
        ("😀", vec![char('😀')]),
        ("\x1b", vec![key(Esc)]),
        ("jk\x1b", vec![char('j'), char('k'), key(Esc)]),
        ("\x1b\x1b", vec![key(Esc), key(Esc)]),
        ("\x1bx", vec![of(Key::char('x').and_alt())]),
        ("\x1bü", vec![of(Key::char('ü').and_alt())]),
        ("\x1b\r", vec![of(Key::plain(Enter).and_alt())]),
        ("\x1b[", vec![of(Key::char('[').and_alt())]),
        ("\x1bO", vec![of(Key::char('O').and_alt())]),
        ("\x1b]", vec![of(Key::char(']').and_alt())]),
        ("\x1bP", vec![of(Key::char('P').and_alt())]),
    ]
}

fn special_keys() -> Table {
    use Code::{Delete, Down, End, Function, Home, Insert, Left, PageDown, PageUp, Right, Tab, Up};
    let all = |keys: &[Code]| keys.iter().copied().map(key).collect();
    vec![
        ("\x1b[A\x1b[B\x1b[C\x1b[D", all(&[Up, Down, Right, Left])),
        (
            "\x1bOA\x1bOH\x1bOF\x1bOP",
            all(&[Up, Home, End, Function(1)]),
        ),
        ("\x1b[H\x1b[F\x1b[1~\x1b[4~", all(&[Home, End, Home, End])),
        (
            "\x1b[2~\x1b[3~\x1b[5~\x1b[6~",
            all(&[Insert, Delete, PageUp, PageDown]),
        ),
        (
            "\x1b[15~\x1b[17~\x1b[24~\x1b[[A",
            all(&[Function(5), Function(6), Function(12), Function(1)]),
        ),
        ("\x1b[Z", vec![of(Key::plain(Tab).and_shift())]),
        ("\x1b[1;5C", vec![of(Key::plain(Right).and_ctrl())]),
        ("\x1b[1;4A", vec![of(Key::plain(Up).and_alt().and_shift())]),
        ("\x1b[3;3~", vec![of(Key::plain(Delete).and_alt())]),
        ("\x1b[1;2R", vec![of(Key::plain(Function(3)).and_shift())]),
        ("\x1b[97;5u", vec![of(Key::char('a').and_ctrl())]),
        ("\x1b[97;2u", vec![of(Key::char('A'))]),
        ("\x1b[27;5;9~", vec![of(Key::plain(Tab).and_ctrl())]),
    ]
}

fn mice_and_pastes() -> Table {
    let focus = |on| Parsed::Input(Input::Focus(on));
    let press = MouseAction::Press(Button::Left);
    vec![
        ("\x1b[I\x1b[O", vec![focus(true), focus(false)]),
        ("\x1b[<0;5;3M", vec![mouse(press, 4, 2)]),
        ("\x1b[<2;5;3m", vec![mouse(MouseAction::Release, 4, 2)]),
        ("\x1b[<64;1;1M", vec![mouse(MouseAction::WheelUp, 0, 0)]),
        (
            "\x1b[<65;300;1M",
            vec![mouse(MouseAction::WheelDown, 299, 0)],
        ),
        (
            "\x1b[<32;5;3M",
            vec![mouse(MouseAction::Drag(Button::Left), 4, 2)],
        ),
        ("\x1b[M !\"", vec![mouse(press, 0, 1)]),
        (
            "\x1b[200~a\rب\r\nc\x1b[201~q",
            vec![paste("a\nب\nc"), char('q')],
        ),
        ("\x1b[200~\x03:q!\x1b[201~", vec![paste("\x03:q!")]),
        ("\x1b[200~a\x1b[31m\x1b[201~", vec![paste("a\x1b[31m")]),
        ("\x1b[200~\x1b[201~x", vec![char('x')]),
    ]
}

fn answers() -> Table {
    let version = |name: &str| Report::Version(name.to_owned());
    let answers = [
        ("\x1b[8;2$y", Report::Mode { mode: 8, state: 2 }),
        ("\x1b[?2026;2$y", Report::Other),
        ("\x1bP>|Konsole 22.12.3\x1b\\", version("Konsole 22.12.3")),
        ("\x1bP>|a\tb\x1b\\", version("ab")),
        ("\x1b[>65;7006;1c", Report::Secondary(vec![65, 7006, 1])),
        ("\x1b[?62;4;22c", Report::Primary),
        ("\x1b[0n", Report::Other),
        (
            "\x1b[12;41R",
            Report::Cursor {
                column: 40,
                row: 11,
            },
        ),
        ("\x1b]11;rgb:0000/0000/0000\x07", Report::Other),
        ("\x1b]11;rgb:0000/0000/0000\x1b\\", Report::Other),
        ("\x1b_Gi=1;OK\x1b\\", Report::Other),
    ];
    answers
        .into_iter()
        .map(|(bytes, report)| (bytes, vec![Parsed::Report(report)]))
        .collect()
}

/// What is cut short or unknown costs nothing but itself.
fn broken() -> Table {
    vec![
        ("\x1b[99~j", vec![char('j')]),
        ("\x1b[1;2\x1b[A", vec![key(Code::Up)]),
        ("\x1b[1;\rj", vec![key(Code::Enter), char('j')]),
        ("\x1b]11;rgb\x1b[A", vec![key(Code::Up)]),
        ("\x1bP>|x\x18j", vec![char('j')]),
        ("\x1b[1;2", vec![]),
        ("\x1b[99999999999999999999A", vec![]),
        ("\x1b[<0;0;0M", vec![]),
    ]
}

/// All that comes of bytes, time running out after the last.
fn all(parser: &mut Parser, bytes: &[u8]) -> Vec<Parsed> {
    let mut parsed = parser.advance(bytes);
    while parser.wait().is_some() {
        parsed.extend(parser.expire());
    }
    parsed
}

#[test]
fn sequences_mean_what_terminals_mean() {
    for (bytes, expected) in table() {
        let mut parser = Parser::default();
        let parsed = all(&mut parser, bytes.as_bytes());
        assert_eq!(parsed, expected, "{bytes:?}");
        assert_eq!(parser.wait(), None, "nothing pends after {bytes:?}");
    }
}

#[test]
fn it_does_not_matter_how_bytes_are_cut() {
    for (bytes, expected) in table() {
        let mut parser = Parser::default();
        let mut parsed = Vec::new();
        for byte in bytes.bytes() {
            parsed.extend(parser.advance(&[byte]));
        }
        parsed.extend(all(&mut parser, b""));
        assert_eq!(parsed, expected, "{bytes:?}");
    }
}

#[test]
fn broken_utf8_is_dropped_alone() {
    for (bytes, expected) in [
        (&b"\xffj"[..], vec![char('j')]),
        (b"\xd8j", vec![char('j')]),
        (b"\xe0\x80j", vec![char('j')]),
        (b"\xd8\xd8\xad", vec![char('ح')]),
        (b"\x80\x80k", vec![char('k')]),
        (b"\xc2\x9bk", vec![char('k')]),
    ] {
        assert_eq!(all(&mut Parser::default(), bytes), expected, "{bytes:x?}");
    }
}

#[test]
fn escape_waits_no_longer_than_promised() {
    let mut parser = Parser::default();
    assert_eq!(parser.wait(), None);
    assert!(parser.advance(b"\x1b").is_empty());
    assert!(parser.wait().unwrap() <= Duration::from_millis(25));
    assert_eq!(parser.expire(), vec![key(Code::Esc)]);
}

#[test]
fn a_stalled_paste_stays_a_paste_until_it_ends_or_is_broken_off() {
    let mut parser = Parser::default();
    assert!(parser.advance(b"\x1b[200~first").is_empty());
    assert_eq!(parser.expire(), vec![paste("first")]);
    assert_eq!(parser.wait(), None);
    assert!(parser.advance(b"q").is_empty());
    assert_eq!(
        parser.advance(b"uit\x1b[201~j"),
        vec![paste("quit"), char('j')]
    );

    parser.advance(b"\x1b[200~first");
    parser.expire();
    let broken_off = vec![of(Key::char('c').and_ctrl()), char('j')];
    assert_eq!(parser.advance(b"\x03j"), broken_off);
}

proptest! {
    #[test]
    fn any_bytes_in_any_pieces(
        pieces in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 0..8),
    ) {
        let mut whole = Parser::default();
        let expected = all(&mut whole, &pieces.concat());
        let mut parser = Parser::default();
        let mut parsed = Vec::new();
        for piece in &pieces {
            parsed.extend(parser.advance(piece));
        }
        parsed.extend(all(&mut parser, b""));
        prop_assert_eq!(parsed, expected);
    }

    #[test]
    fn typed_text_arrives_whole(text in "[^\\p{Cc}]{0,60}") {
        let parsed = Parser::default().advance(text.as_bytes());
        prop_assert_eq!(parsed, text.chars().map(char).collect::<Vec<_>>());
    }
}
