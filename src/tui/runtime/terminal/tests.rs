//! A screen on a pty whose other end answers as the terminals do.

use std::sync::mpsc::{Receiver, channel};

use portable_pty::{PtySize, native_pty_system};
use ratatui::layout::Position;
use ratatui::style::{Color, Style};

use super::*;
use crate::tui::runtime::fake::{DEADLINE, FakeTerminal, open};
use crate::tui::runtime::input::{Code, Key};

/// Over SSH nothing but TERM arrives.
const REMOTE: &[(&str, &str)] = &[("TERM", "xterm-256color")];

fn screen(terminal: &FakeTerminal, pairs: &[(&str, &str)], options: &ScreenOptions) -> Screen {
    let environment = Environment::of(pairs.iter().copied());
    let output = Tty::new(terminal.open());
    Screen::open_on(terminal.open(), output, environment, options).unwrap()
}

const START: &str = "\x1b[?1049h\x1b[?2004h\x1b[8l";

/// Two panes with Arabic, in visual order, on the second row.
fn two_panes(frame: &mut Frame<'_>) {
    let buffer = frame.buffer_mut();
    for (x, symbol) in (0..).zip(["▌", " ", "ﺐ", "ﻠ", "ﺣ", "│", "a", "ﺎ", "ﻣ"]) {
        buffer[(x, 1)].set_symbol(symbol);
    }
    buffer.set_string(1, 3, "end", Style::new());
}

fn listen(screen: &mut Screen) -> Receiver<Input> {
    let (send, inputs) = channel();
    let each = move |inputs: Vec<Input>| inputs.into_iter().for_each(|i| drop(send.send(i)));
    screen.listen(each).unwrap();
    inputs
}

fn next(inputs: &Receiver<Input>) -> Input {
    inputs.recv_timeout(DEADLINE).unwrap()
}

struct Case {
    name: &'static str,
    /// What it answers to all questions, in its order.
    answers: &'static str,
    dialect: Dialect,
    /// What is sent between the questions and the frame.
    enter: &'static str,
    /// The row with Arabic as it is sent, from the move to it on.
    row: &'static str,
    /// What is sent at the end for the sake of bidi.
    leave: &'static str,
}

const PLAIN_ROW: &str = "\n▌ ﺐﻠﺣ│aﺎﻣ";

const CASES: &[Case] = &[
    Case {
        name: "VTE",
        answers: "\x1b[8;2$y\x1b[>65;7006;1c\x1b[?65;1;9c",
        dialect: Dialect::Explicit,
        enter: "\x1b[1 k",
        row: PLAIN_ROW,
        leave: "\x1b[0 k\x1b[8h",
    },
    Case {
        name: "mlterm",
        answers: "\x1b[8;0$y\x1b[>24;279;0c\x1b[?63;1;2;3;4;7;29c",
        dialect: Dialect::Mlterm,
        enter: "\x1b]5379;use_ctl=false\x07",
        row: PLAIN_ROW,
        leave: "\x1b]5379;use_ctl=true\x07\x1b[8h",
    },
    Case {
        name: "Konsole",
        answers: "\x1bP>|Konsole 22.12.3\x1b\\\x1b[>1;115;0c\x1b[?62;1;4c",
        dialect: Dialect::Rlo,
        enter: "",
        // a control's width is not trusted: the column is said after it
        row: "\n▌ \u{202E}\x1b[3Gﺣﻠﺐ\u{202C}\u{200E}\x1b[6G│a\u{202E}\x1b[8Gﻣﺎ\u{202C}\u{200E}\x1b[10G ",
        leave: "\x1b[8h",
    },
    Case {
        name: "kitty",
        answers: "\x1b[8;0$y\x1bP>|kitty(0.26.5)\x1b\\\x1b[>1;4000;26c\x1b[?62;c",
        dialect: Dialect::Kitty,
        enter: "",
        row: "\n▌ ﺐ\x1b[3mﻠ\x1b[mﺣ│a\x1b[3mﺎ\x1b[mﻣ",
        leave: "\x1b[8h",
    },
    Case {
        name: "xterm",
        answers: "\x1b[8;0$y\x1bP>|XTerm(379)\x1b\\\x1b[>41;379;0c\x1b[?64;1;2;6;9c",
        dialect: Dialect::Plain,
        enter: "",
        row: PLAIN_ROW,
        leave: "\x1b[8h",
    },
    Case {
        name: "foot",
        answers: "\x1bP>|foot(1.13.1)\x1b\\\x1b[>1;11301;0c\x1b[?62;4;22c",
        dialect: Dialect::Plain,
        enter: "",
        row: PLAIN_ROW,
        leave: "\x1b[8h",
    },
    Case {
        name: "tmux",
        answers: "\x1bP>|tmux 3.3a\x1b\\\x1b[>84;0;0c\x1b[?1;2c",
        dialect: Dialect::Lro,
        enter: "\x1b[8l\x1bPtmux;\x1b\x1b[8l\x1b\\",
        row: "\n▌\u{202D}\x1b[2G ﺐﻠﺣ│aﺎﻣ",
        leave: "\x1b[8h\x1bPtmux;\x1b\x1b[8h\x1b\\",
    },
    Case {
        name: "nothing at all",
        answers: "",
        dialect: Dialect::Plain,
        enter: "",
        row: PLAIN_ROW,
        leave: "\x1b[8h",
    },
];

#[test]
fn each_terminal_is_spoken_to_in_its_dialect() {
    for case in CASES {
        let mut terminal = FakeTerminal::new();
        let mut screen = screen(&terminal, REMOTE, &ScreenOptions::default());
        assert!(terminal.is_raw(), "{}", case.name);
        let start = terminal.take_until("\x1b[c");
        assert_eq!(start, format!("{START}{QUESTIONS}"), "{}", case.name);
        let inputs = listen(&mut screen);
        terminal.send(case.answers);
        screen.draw(two_panes).unwrap();
        let frame = terminal.take_until("end");
        let erase = "\x1b[m\x1b[H\x1b[J\x1b[?25l";
        assert_eq!(
            frame,
            format!("{}{erase}{}\r\n\n end", case.enter, case.row),
            "{}",
            case.name
        );
        if case.dialect != Dialect::Plain || case.name == "foot" {
            let Input::Terminal(profile) = next(&inputs) else {
                panic!("{}: a key?", case.name);
            };
            assert_eq!(profile.dialect, case.dialect, "{}", case.name);
            assert_eq!(profile.marks, case.name != "foot", "{}", case.name);
        }
        // known by now, so this changes no cell
        screen.draw(two_panes).unwrap();
        assert_eq!(screen.profile().dialect, case.dialect, "{}", case.name);
        drop(screen);
        let end = terminal.take_until("\x1b[?1049l");
        let expected = format!(
            "\x1b[?2026l\x1b[0m{}\x1b[?2004l\x1b[?25h\x1b[?1049l",
            case.leave
        );
        assert_eq!(end, expected, "{}", case.name);
        assert!(!terminal.is_raw(), "{}", case.name);
        assert!(!terminal.has_unread(), "{}", case.name);
        assert!(inputs.try_iter().next().is_none(), "{}", case.name);
    }
}

#[test]
fn a_choice_goes_over_what_was_found() {
    let mut terminal = FakeTerminal::new();
    let options = ScreenOptions {
        dialect: Some(Dialect::Lro),
        ..ScreenOptions::default()
    };
    let mut screen = screen(&terminal, REMOTE, &options);
    let inputs = listen(&mut screen);
    terminal.send("\x1bP>|Konsole 22.12.3\x1b\\\x1b[?62;1;4c");
    assert!(matches!(next(&inputs), Input::Terminal(_)));
    screen.draw(two_panes).unwrap();
    let frame = terminal.take_until("end");
    assert!(frame.contains("▌\u{202D}\x1b[2G ﺐﻠﺣ│aﺎﻣ"), "{frame:?}");
    screen.set_dialect(None).unwrap();
    screen.draw(two_panes).unwrap();
    let frame = terminal.take_until("end");
    assert!(frame.contains("ﺣﻠﺐ\u{202C}\u{200E}"), "{frame:?}");
    assert!(frame.contains("\x1b[J"), "drawn again in full: {frame:?}");
}

#[test]
fn the_first_frame_does_not_wait_where_the_environment_decides() {
    let mut terminal = FakeTerminal::new();
    let kitty = [("TERM", "xterm-kitty")];
    let mut screen = screen(&terminal, &kitty, &ScreenOptions::default());
    let inputs = listen(&mut screen);
    screen.draw(two_panes).unwrap();
    assert!(terminal.take_until("end").contains("\x1b[3mﻠ"));
    // and is corrected if that was wrong
    terminal.send("\x1bP>|XTerm(379)\x1b\\\x1b[?64c");
    assert!(matches!(next(&inputs), Input::Terminal(_)));
    screen.draw(two_panes).unwrap();
    let frame = terminal.take_until("end");
    assert!(frame.contains(PLAIN_ROW), "{frame:?}");
}

#[test]
fn keys_between_answers_are_keys() {
    let mut terminal = FakeTerminal::new();
    let mut screen = screen(&terminal, REMOTE, &ScreenOptions::default());
    let inputs = listen(&mut screen);
    terminal.send("j\x1b[8;0$y");
    terminal.send("k\x1bP>|XTe");
    terminal.send("rm(379)\x1b\\\x1b[?64cl");
    let expected = ['j', 'k'].map(|c| Input::Key(Key::char(c)));
    assert_eq!([next(&inputs), next(&inputs)], expected);
    // an xterm is what was assumed: no news
    assert_eq!(next(&inputs), Input::Key(Key::char('l')));
    terminal.send("\x1b");
    assert_eq!(next(&inputs), Input::Key(Key::plain(Code::Esc)));
    terminal.send("\x1b[200~two\rlines\x1b[201~");
    assert_eq!(next(&inputs), Input::Paste("two\nlines".to_owned()));
}

#[test]
fn a_row_that_moves_costs_a_handful_of_bytes() {
    let terminal = FakeTerminal::new();
    let mut screen = screen(&terminal, REMOTE, &ScreenOptions::default());
    let mut draw = |row: u16| {
        let gutter = |frame: &mut Frame<'_>| {
            let cell = &mut frame.buffer_mut()[(0, row)];
            cell.set_symbol("▌").set_fg(Color::Yellow);
            frame.set_cursor_position(Position { x: 0, y: row });
        };
        screen.draw(gutter).unwrap();
    };
    draw(0);
    terminal.take_until("\x1b[?25h");
    draw(1);
    draw(2);
    let moved = terminal.take_until("\n▌\r");
    let again = terminal.take_until("\n▌\r");
    assert_eq!([moved.len(), again.len()], [7, 7], "{moved:?} {again:?}");
}

#[test]
fn a_frame_of_some_size_asks_whether_it_arrived() {
    let mut terminal = FakeTerminal::new();
    terminal.resize(80, 24);
    let mut screen = screen(&terminal, &[("TERM", "foot")], &ScreenOptions::default());
    let inputs = listen(&mut screen);
    let full = |text: &'static str| {
        move |frame: &mut Frame<'_>| {
            for y in 0..24 {
                frame
                    .buffer_mut()
                    .set_string(0, y, text.repeat(40), Style::new());
            }
        }
    };
    screen.draw(full("ab")).unwrap();
    assert!(
        screen.is_ready(),
        "not before the terminal has shown that it answers"
    );
    terminal.take_until("\x1b[c");
    terminal.send("\x1b[?62;4cj");
    assert_eq!(next(&inputs), Input::Key(Key::char('j')));
    screen.draw(full("cd")).unwrap();
    assert!(
        terminal
            .take_until("l\x1b[c")
            .ends_with("\x1b[?2026l\x1b[c")
    );
    assert!(!screen.is_ready());
    terminal.send("\x1b[?62;4c");
    assert_eq!(next(&inputs), Input::Ready);
    assert!(screen.is_ready());
    screen.draw(|frame| full("cd")(frame)).unwrap();
    assert!(screen.is_ready(), "nothing was sent");
    // an answer on its way at the end does not reach the shell
    screen.draw(full("ef")).unwrap();
    terminal.take_until("\x1b[c");
    terminal.send("\x1b[?62;4c");
    drop(screen);
    assert!(!terminal.has_unread());
}

#[test]
fn over_a_slow_line_a_frame_waits_for_each_of_its_parts() {
    let mut terminal = FakeTerminal::new();
    terminal.resize(80, 24);
    let mut screen = screen(&terminal, &[("TERM", "foot")], &ScreenOptions::default());
    let inputs = listen(&mut screen);
    let full = |text: &'static str| {
        move |frame: &mut Frame<'_>| {
            for y in 0..24 {
                let row = text.repeat(40);
                frame.buffer_mut().set_string(0, y, row, Style::new());
            }
        }
    };
    terminal.take_until("\x1b[c");
    terminal.send("\x1b[?62;4cj");
    assert_eq!(next(&inputs), Input::Key(Key::char('j')));
    screen.draw(full("ab")).unwrap();
    assert!(!screen.is_slow() && !screen.is_unfinished());
    terminal.take_until("l\x1b[c");
    // as if 2,000 bytes had taken that long
    thread::sleep(std::time::Duration::from_secs(1));
    terminal.send("\x1b[?62;4c");
    assert_eq!(next(&inputs), Input::Ready);
    assert!(screen.is_slow());
    let mut parts = Vec::new();
    loop {
        screen.draw(full("cd")).unwrap();
        parts.push(terminal.take_until("\x1b[c"));
        assert!(!screen.is_ready());
        terminal.send("\x1b[?62;4c");
        assert_eq!(next(&inputs), Input::Ready);
        if !screen.is_unfinished() {
            break;
        }
    }
    assert!(parts.len() > 1 && parts[0].len() < 400, "{parts:?}");
    assert_eq!(parts.concat().matches("cd").count(), 24 * 40);
}

#[test]
fn modes_are_switched_and_taken_back() {
    let terminal = FakeTerminal::new();
    let options = ScreenOptions {
        focus: true,
        ..ScreenOptions::default()
    };
    let mut screen = screen(&terminal, &[("TERM", "foot")], &options);
    assert!(terminal.take_until("\x1b[c").contains("\x1b[?1004h"));
    screen.set_mouse(true).unwrap();
    assert_eq!(terminal.take_until("\x1b[?1006h"), "\x1b[?1002h\x1b[?1006h");
    screen.copy("حلب").unwrap();
    assert_eq!(terminal.take_until("\x1b\\"), "\x1b]52;c;2K3ZhNio\x1b\\");
    drop(screen);
    let end = terminal.take_until("\x1b[?1049l");
    assert!(end.contains("\x1b[?1006l\x1b[?1002l\x1b[?1004l"), "{end:?}");
}

#[test]
fn a_new_size_is_an_input_of_the_next_frame() {
    let terminal = FakeTerminal::new();
    let mut screen = screen(&terminal, &[("TERM", "foot")], &ScreenOptions::default());
    screen.draw(two_panes).unwrap();
    terminal.take_until("end");
    terminal.resize(20, 6);
    let mut area = None;
    screen
        .draw(|frame| area = Some(frame.area().as_size()))
        .unwrap();
    assert_eq!(area, Some(Size::new(20, 6)));
    assert_eq!(screen.size(), Size::new(20, 6));
}

#[test]
fn a_terminal_that_goes_away_is_one_hangup() {
    // nothing else may hold the other end open
    let pair = native_pty_system().openpty(PtySize::default()).unwrap();
    let path = pair.master.tty_name().unwrap();
    let environment = Environment::of([("TERM", "foot")]);
    let output = Tty::new(open(&path));
    let options = ScreenOptions::default();
    let mut screen = Screen::open_on(open(&path), output, environment, &options).unwrap();
    let inputs = listen(&mut screen);
    drop(pair);
    let signal = Input::Signal(crate::tui::runtime::signals::Signal::Hangup);
    assert_eq!(next(&inputs), signal);
    // whether drawing fails is the system's business; it does not panic
    let _ = screen.draw(two_panes);
    drop(screen);
    assert!(
        inputs.iter().next().is_none(),
        "once, and then the thread ends"
    );
}
