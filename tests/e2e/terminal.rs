//! The terminal is taken and given back, whatever happens in between.
//!
//! The program under test is this file's [`child`]: the test binary runs itself on a pty.

use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use khabar::tui::runtime::input::{Code, Input};
use khabar::tui::runtime::signals::Signal as Heard;
use khabar::tui::runtime::terminal::{Screen, ScreenOptions};
use ratatui::Frame;
use ratatui::style::Style;
use rustix::process::{Pid, Signal, kill_process};

use crate::pty::{DEADLINE, Pty};

const ARGUMENTS: &[&str] = &["--exact", "terminal::child", "--nocapture"];
const CHILD: (&str, &str) = ("KHABAR_E2E_CHILD", "1");

/// A program with a screen: `q` ends it, `p` panics, `t` panics elsewhere, `h` hangs, `z`
/// suspends.
#[test]
fn child() {
    if std::env::var_os(CHILD.0).is_none() {
        return;
    }
    let mut screen = match Screen::open(&ScreenOptions::default()) {
        Ok(screen) => screen,
        Err(error) => {
            println!("refused: {error}");
            std::process::exit(2);
        }
    };
    let (send, inputs) = channel();
    let each = move |all: Vec<Input>| all.into_iter().for_each(|input| drop(send.send(input)));
    screen.listen(each).unwrap();
    let mut status = "ready".to_owned();
    loop {
        screen.draw(|frame| show(frame, &status)).unwrap();
        status = match inputs.recv().unwrap() {
            Input::Key(key) => match key.code {
                Code::Char('q') => return,
                Code::Char('p') => panic!("the loop fell over"),
                Code::Char('t') => {
                    // does not return: the hook ends the process
                    let _ = thread::spawn(|| panic!("a worker fell over")).join();
                    "a panic was survived".to_owned()
                }
                Code::Char('h') => {
                    screen.draw(|frame| show(frame, "hanging")).unwrap();
                    loop {
                        thread::park();
                    }
                }
                Code::Char('z') => match screen.suspend() {
                    Ok(()) => "back again".to_owned(),
                    Err(error) => error.to_string(),
                },
                _ => format!("{key:?}"),
            },
            Input::Signal(Heard::Continue) => {
                screen.reclaim().unwrap();
                "continued".to_owned()
            }
            Input::Signal(Heard::Suspend) => "asked to stop".to_owned(),
            Input::Signal(signal) => {
                drop(screen);
                std::process::exit(signal.exit_status().into());
            }
            Input::Resize { columns, rows } => format!("{columns} by {rows}"),
            // as in the explorer: neither is anything to show
            Input::Terminal(_) | Input::Ready => continue,
            other => format!("{other:?}"),
        };
    }
}

fn show(frame: &mut Frame<'_>, status: &str) {
    let area = frame.area();
    let buffer = frame.buffer_mut();
    buffer.set_string(2, 1, "السلام", Style::new());
    buffer.set_stringn(2, 2, status, usize::from(area.width - 2), Style::new());
}

fn start() -> Pty {
    let program = std::env::current_exe().unwrap();
    let pty = Pty::run(program.to_str().unwrap(), ARGUMENTS, (70, 12), &[CHILD]);
    pty.wait_for("ready", DEADLINE);
    pty
}

/// A shell with job control, and the command that starts the child in it.
fn shell() -> (Pty, String) {
    let pty = Pty::run("sh", &["-i"], (70, 12), &[CHILD, ("PS1", "prompt> ")]);
    pty.wait_for("prompt>", DEADLINE);
    let program = std::env::current_exe().unwrap();
    let command = format!("{} {}", program.display(), ARGUMENTS.join(" "));
    (pty, command)
}

fn signal(pty: &Pty, signal: Signal) {
    let pid = Pid::from_raw(pty.pid().try_into().unwrap()).unwrap();
    kill_process(pid, signal).unwrap();
}

fn assert_given_back(pty: &Pty) {
    assert!(!pty.look(vt100::Screen::alternate_screen), "the screen");
    assert!(!pty.look(vt100::Screen::hide_cursor), "the cursor");
    assert!(!pty.look(vt100::Screen::bracketed_paste), "pastes");
    let bytes = String::from_utf8_lossy(&pty.bytes_since()).into_owned();
    assert!(bytes.contains("\x1b[8h"), "bidi: {bytes:?}");
}

#[test]
fn quitting() {
    let mut pty = start();
    assert!(pty.look(vt100::Screen::alternate_screen));
    pty.send("q");
    assert_eq!(pty.wait_exit().exit_code(), 0);
    assert_given_back(&pty);
}

#[test]
fn a_panic_is_read_on_the_screen_of_before() {
    for (key, message) in [("p", "the loop fell over"), ("t", "a worker fell over")] {
        let mut pty = start();
        pty.send(key);
        assert_eq!(pty.wait_exit().exit_code(), 101);
        assert_given_back(&pty);
        let bytes = String::from_utf8_lossy(&pty.bytes_since()).into_owned();
        let after = bytes.split("\x1b[?1049l").nth(1).unwrap();
        assert!(after.contains(message), "{after:?}");
        assert_eq!(bytes.matches("\x1b[?1049l").count(), 1, "given back once");
    }
}

#[test]
fn signals_that_end() {
    for (number, status) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130)] {
        let mut pty = start();
        signal(&pty, number);
        assert_eq!(pty.wait_exit().exit_code(), status);
        assert_given_back(&pty);
    }
}

#[test]
fn a_program_that_hangs_is_ended_all_the_same() {
    let mut pty = start();
    pty.send("h");
    pty.wait_for("hanging", DEADLINE);
    signal(&pty, Signal::TERM);
    assert_eq!(pty.wait_exit().exit_code(), 143, "after its time");
    assert_given_back(&pty);

    let mut pty = start();
    pty.send("h");
    pty.wait_for("hanging", DEADLINE);
    signal(&pty, Signal::TERM);
    signal(&pty, Signal::INT);
    assert!(matches!(pty.wait_exit().exit_code(), 130 | 143), "at once");
    assert_given_back(&pty);
}

#[test]
fn suspending_goes_to_the_shell_and_back() {
    let (mut pty, command) = shell();
    pty.send(&format!("{command}\r"));
    pty.wait_for("ready", DEADLINE);
    for _ in 0..2 {
        pty.mark();
        pty.send("z");
        pty.wait_for_bytes("prompt>", DEADLINE);
        assert_given_back(&pty);
        // the shell's terminal is as it was: it echoes and edits
        pty.send("echo mar\x7frhaba\r");
        pty.wait_for("marhaba", DEADLINE);
        pty.mark();
        pty.send("fg\r");
        pty.wait_for("back again", DEADLINE);
        assert!(pty.look(vt100::Screen::alternate_screen));
        assert!(pty.screen().contains("السلام"), "drawn again in full");
    }
    pty.mark();
    pty.send("q");
    pty.wait_for_bytes("prompt>", DEADLINE);
    assert_given_back(&pty);
    pty.send("exit\r");
    pty.wait_exit();
}

#[test]
fn without_a_shell_there_is_no_suspending() {
    let mut pty = start();
    pty.mark();
    pty.send("z");
    pty.wait_for("there is no shell to go back to", DEADLINE);
    let bytes = String::from_utf8_lossy(&pty.bytes_since()).into_owned();
    assert!(!bytes.contains("1049"), "{bytes:?}");
    pty.send("q");
    assert!(pty.wait_exit().success());
}

#[test]
fn stopped_from_outside_it_takes_the_terminal_again() {
    let mut pty = start();
    signal(&pty, Signal::TSTP);
    pty.wait_for("asked to stop", DEADLINE);
    pty.mark();
    signal(&pty, Signal::STOP);
    signal(&pty, Signal::CONT);
    pty.wait_for("continued", DEADLINE);
    let bytes = String::from_utf8_lossy(&pty.bytes_since()).into_owned();
    assert!(
        bytes.contains("\x1b[?1049h") && bytes.contains("السلام"),
        "{bytes:?}"
    );
    pty.send("q");
    assert!(pty.wait_exit().success());
}

#[test]
fn a_new_size_arrives() {
    let mut pty = start();
    pty.resize((60, 9));
    pty.wait_for("60 by 9", DEADLINE);
    pty.send("q");
    assert!(pty.wait_exit().success());
}

#[test]
fn keys_come_from_the_terminal_when_documents_come_from_a_pipe() {
    let (mut pty, command) = shell();
    pty.send(&format!("echo document | {command}\r"));
    pty.wait_for("ready", DEADLINE);
    pty.send("x");
    pty.wait_for("Char('x')", DEADLINE);
    pty.mark();
    pty.send("q");
    pty.wait_for_bytes("prompt>", DEADLINE);
    assert_given_back(&pty);
}

#[test]
fn where_a_screen_makes_no_sense_it_says_so() {
    let (mut pty, command) = shell();
    for (line, reason) in [
        (format!("TERM=dumb {command}"), "TERM says"),
        (format!("{command} | cat"), "standard output is no terminal"),
    ] {
        pty.mark();
        pty.send(&format!("{line}; echo do''ne\r"));
        pty.wait_for_bytes("done\r\n", DEADLINE);
        let bytes = String::from_utf8_lossy(&pty.bytes_since()).into_owned();
        assert!(bytes.contains(&format!("refused: {reason}")), "{bytes:?}");
        assert!(bytes.contains("`khabar list`"), "{bytes:?}");
        assert!(!bytes.contains("\x1b["), "{bytes:?}");
    }
}

#[test]
fn nothing_is_sent_while_nothing_happens() {
    let mut pty = start();
    pty.mark();
    pty.send("x");
    pty.wait_for("Char('x')", DEADLINE);
    let bytes = pty.bytes_since().len();
    // the next key's frame is all that follows
    pty.mark();
    pty.send("x");
    pty.send("y");
    pty.wait_for("Char('y')", DEADLINE);
    let same = pty.bytes_since();
    assert!(same.len() < bytes, "{same:?}");
    // the tenth of a second in which a ticking program would draw
    thread::sleep(Duration::from_millis(100));
    assert_eq!(pty.bytes_since(), same);
    pty.send("q");
    assert!(pty.wait_exit().success());
}
