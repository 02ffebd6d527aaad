//! `khabar doctor` on a terminal that answers as xterm does.

use std::fs;

use crate::pty::{DEADLINE, Pty};

fn assert_given_back(pty: &Pty) {
    assert!(!pty.look(vt100::Screen::alternate_screen), "the screen");
    assert!(!pty.look(vt100::Screen::hide_cursor), "the cursor");
    let bytes = String::from_utf8_lossy(&pty.bytes_since()).into_owned();
    assert!(bytes.contains("\x1b[8h"), "bidi: {bytes:?}");
}

#[test]
fn the_report_tells_answers_and_widths_on_the_screen_of_before() {
    let home = tempfile::tempdir().unwrap();
    let environment = [("HOME", home.path().to_str().unwrap())];
    let mut pty = Pty::spawn(&["doctor"], (80, 60), &environment);
    let screen = pty.wait_for("74994 bytes", DEADLINE);
    assert_eq!(pty.wait_exit().exit_code(), 0);
    assert_given_back(&pty);
    for wanted in [
        "XTerm(379)",
        "41;379;0",
        "not known to it",
        "plain: it calls itself XTerm(379)",
        "80 columns, 60 rows",
    ] {
        assert!(screen.contains(wanted), "{wanted} in\n{screen}");
    }
    for (name, width) in [("CJK ideograph", "2       2"), ("full block", "1       1")] {
        let line = screen.lines().find(|line| line.contains(name)).unwrap();
        assert!(line.contains(width), "{line}");
    }
    assert!(!screen.contains('?'), "all widths were told:\n{screen}");
}

#[test]
fn the_question_keeps_the_answer_for_the_next_start() {
    let home = tempfile::tempdir().unwrap();
    let environment = [("HOME", home.path().to_str().unwrap())];
    let mut pty = Pty::spawn(&["doctor", "--bidi"], (80, 24), &environment);
    pty.wait_for("Which of these lines", DEADLINE);
    pty.wait_for("7  logical", DEADLINE);
    pty.send("3");
    pty.wait_for("Enter keeps it", DEADLINE);
    pty.send("\r");
    pty.wait_for("written as “mlterm”", DEADLINE);
    assert_eq!(pty.wait_exit().exit_code(), 0);
    assert_given_back(&pty);
    let kept = home.path().join(".local/state/khabar/terminals.json");
    let kept = fs::read_to_string(kept).unwrap();
    assert!(kept.contains("\"xterm-256color\": \"mlterm\""), "{kept}");

    let mut pty = Pty::spawn(&["doctor"], (80, 60), &environment);
    let screen = pty.wait_for("74994 bytes", DEADLINE);
    pty.wait_exit();
    assert!(screen.contains("written as             mlterm"), "{screen}");

    let mut pty = Pty::spawn(&["doctor", "--bidi"], (80, 24), &environment);
    pty.wait_for("7  logical", DEADLINE);
    pty.send("q");
    assert_eq!(pty.wait_exit().exit_code(), 1, "nothing was said");
    assert_given_back(&pty);
}
