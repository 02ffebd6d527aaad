//! The program as a user meets it: on a terminal, started, used, ended.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test that cannot do its work has failed, or says why it did not"
)]

mod corrections;
mod crash;
mod doctor;
mod explorer;
mod programs;
mod pty;
mod sifting;
mod terminal;
mod triage;

use pty::{DEADLINE, Pty};
use rustix::process::{Pid, Signal, kill_process};

#[test]
fn the_harness_types_waits_and_sees_the_end() {
    let script = "printf 'ready> '; read line; printf '\\033[2J\\033[3;5H%s!' \"$line\"; exit 3";
    let mut pty = Pty::run("sh", &["-c", script], (40, 10), &[("GREETING", "salaam")]);
    pty.wait_for("ready>", DEADLINE);
    pty.mark();
    pty.send("السلام\r");
    let screen = pty.wait_for("السلام!", DEADLINE);
    assert!(!screen.contains("ready"), "{screen}");
    assert!(pty.bytes_since().starts_with("السلام".as_bytes()), "echo");
    assert_eq!(pty.wait_exit().exit_code(), 3);
    assert_eq!(pty.look(vt100::Screen::cursor_position), (2, 11));
}

#[test]
fn the_harness_answers_questions_and_resizes() {
    let script = "stty raw -echo; printf '\\033[c'; \
        dd bs=1 count=11 2>/dev/null | od -An -c | tr -d ' \\n'; \
        printf 'go'; until [ \"$(dd bs=1 count=1 2>/dev/null)\" = q ]; do :; done; stty size";
    let mut pty = Pty::run("sh", &["-c", script], (60, 10), &[]);
    pty.wait_for("go", DEADLINE);
    assert!(pty.screen().contains("[8;0$y"), "{}", pty.screen());
    pty.resize((50, 12));
    pty.send("q");
    pty.wait_for("12 50", DEADLINE);
    assert!(pty.wait_exit().success());
}

#[test]
fn the_harness_sends_signals() {
    let script = "trap 'printf caught; exit 7' TERM; printf ready; while :; do read line; done";
    let mut pty = Pty::run("sh", &["-c", script], (40, 10), &[]);
    pty.wait_for("ready", DEADLINE);
    pty.mark();
    let pid = Pid::from_raw(pty.pid().try_into().unwrap()).unwrap();
    kill_process(pid, Signal::TERM).unwrap();
    pty.wait_for_bytes("caught", DEADLINE);
    assert_eq!(pty.wait_exit().exit_code(), 7);
}

#[test]
fn help_needs_no_terminal_and_takes_none() {
    let mut pty = Pty::spawn(&["--help"], (80, 24), &[]);
    let status = pty.wait_exit();
    let bytes = pty.bytes_since();
    if bytes.is_empty() {
        println!("the program prints nothing yet: not looked at");
        return;
    }
    assert!(status.success());
    let text = String::from_utf8_lossy(&bytes);
    assert!(!text.contains("\x1b[?1049h"), "{text:?}");
    assert!(pty.screen().contains("khabar"), "{text}");
}
