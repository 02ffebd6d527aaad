//! The explorer itself, from its first frame to the shell's prompt.

use std::fs;

use rustix::process::{Pid, Signal, kill_process};

use crate::pty::{DEADLINE, Pty};

fn start(args: &[&str], size: (u16, u16), ready: &str) -> Pty {
    let home = std::env::temp_dir().join(format!("khabar-e2e-{}", std::process::id()));
    fs::create_dir_all(&home).unwrap();
    let pty = Pty::spawn(
        args,
        size,
        &[("HOME", home.to_str().unwrap()), ("LANG", "C.UTF-8")],
    );
    pty.wait_for(ready, DEADLINE);
    pty
}

fn assert_given_back(pty: &Pty) {
    assert!(!pty.look(vt100::Screen::alternate_screen), "the screen");
    assert!(!pty.look(vt100::Screen::hide_cursor), "the cursor");
    assert!(!pty.look(vt100::Screen::bracketed_paste), "pastes");
    let bytes = String::from_utf8_lossy(&pty.bytes_since()).into_owned();
    assert!(bytes.contains("\x1b[8h"), "bidi: {bytes:?}");
}

#[test]
fn the_sample_opens_filters_resizes_and_quits() {
    let mut pty = start(&["--sample"], (120, 40), "30 articles");
    pty.wait_for("Timeline", DEADLINE);
    pty.send("/minyan");
    pty.wait_for("of 30 articles", DEADLINE);
    pty.send("\r");
    pty.wait_for("minyan ×", DEADLINE);
    pty.resize((80, 24));
    pty.wait_for("4 Timeline", DEADLINE);
    pty.resize((20, 5));
    pty.wait_for("too small", DEADLINE);
    pty.resize((40, 12));
    pty.wait_for("Articles", DEADLINE);
    pty.send("\x1b");
    pty.wait_for("sample 30 articles", DEADLINE);
    pty.send("q");
    assert_eq!(pty.wait_exit().exit_code(), 0);
    assert_given_back(&pty);
}

#[test]
fn signals_give_the_terminal_back_and_are_told_by_the_status() {
    for (signal, status) in [(Signal::HUP, 129), (Signal::TERM, 143), (Signal::INT, 130)] {
        let mut pty = start(&["--sample"], (80, 24), "30 articles");
        let pid = Pid::from_raw(pty.pid().try_into().unwrap()).unwrap();
        kill_process(pid, signal).unwrap();
        assert_eq!(pty.wait_exit().exit_code(), status);
        assert_given_back(&pty);
    }
}

#[test]
fn control_z_goes_to_the_shell_and_fg_comes_back() {
    let mut pty = Pty::run(
        "sh",
        &["-i"],
        (80, 24),
        &[("PS1", "prompt> "), ("LANG", "C.UTF-8")],
    );
    pty.wait_for("prompt>", DEADLINE);
    pty.send(&format!(
        "{} --sample --private\r",
        env!("CARGO_BIN_EXE_khabar")
    ));
    pty.wait_for("30 articles", DEADLINE);
    pty.send("j");
    pty.send("\x1a");
    pty.wait_for("Stopped", DEADLINE);
    assert!(
        !pty.look(vt100::Screen::alternate_screen),
        "the shell has its screen"
    );
    pty.send("fg\r");
    pty.wait_for("30 articles", DEADLINE);
    pty.send("q");
    pty.wait_for("prompt>", DEADLINE);
}

/// Everything that is written while hostile documents are shown is ours: no sequence of theirs
/// comes through, whatever pane it would have come through.
#[test]
fn hostile_documents_send_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let hostile = "\x1b]0;pwned\x07\x1b[31mred\x1b[2J\u{9b}31m\u{90}q\u{9c}\x1bPq\x1b\\\x7f\u{202e}\u{2066}\u{85}\x08\x0e\x1b]52;c;cHduZWQ=\x07";
    let body = format!("Aleppo {hostile}\n\n{hostile} In Aleppo on 3 November 2016 {hostile}\n");
    fs::write(folder.path().join("a\x1b[31m\u{202e}.txt"), &body).unwrap();
    let record = serde_json::json!({"id": hostile, "title": hostile, "text": body, "source": hostile, "url": hostile});
    fs::write(
        folder.path().join("b.jsonl"),
        format!("{record}\n{{\"broken\": \"\x1b[31m\n"),
    )
    .unwrap();
    let mut pty = start(&[folder.path().to_str().unwrap()], (120, 40), "2 articles");
    // no Esc: with a key right behind it, it would be Alt
    for key in [
        "j", "2", "\r", "3", "f", "q", "4", "i", "q", "U", "q", "/aleppo", "\r", "?", "?", "q",
    ] {
        pty.send(key);
    }
    assert_eq!(pty.wait_exit().exit_code(), 0);
    let bytes = String::from_utf8_lossy(&pty.bytes_since()).into_owned();
    for theirs in [
        "\x1b]0;",
        "\x1b]52",
        "\x1bP",
        "\x1b[31mred",
        "\x1b[2J\u{9b}",
        "\u{9b}",
        "\u{90}",
        "\u{202e}",
        "\u{2066}",
        "\u{85}",
        "\x07",
        "\x0e",
    ] {
        assert!(!bytes.contains(theirs), "{theirs:?}");
    }
}

#[test]
fn documents_on_standard_input_and_keys_on_the_terminal() {
    let program = env!("CARGO_BIN_EXE_khabar");
    let script = format!("echo 'Aleppo, 3 November 2016 - A truce.' | {program} --private -");
    let mut pty = Pty::run("sh", &["-c", &script], (80, 24), &[("LANG", "C.UTF-8")]);
    pty.wait_for("1 article", DEADLINE);
    pty.send("4");
    pty.wait_for("2016-11-03", DEADLINE);
    pty.send("q");
    assert_eq!(pty.wait_exit().exit_code(), 0);
}

#[test]
fn unreadable_inputs_are_listed_with_their_reason() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("good.txt"), "A truce holds in Aleppo.\n").unwrap();
    fs::write(folder.path().join("empty.txt"), "").unwrap();
    fs::write(
        folder.path().join("bad.jsonl"),
        "{\"text\": \"Fine.\"}\n{nonsense\n",
    )
    .unwrap();
    let mut pty = start(&[folder.path().to_str().unwrap()], (100, 30), "2 articles");
    pty.wait_for("2 unreadable", DEADLINE);
    pty.send("U");
    pty.wait_for("empty", DEADLINE);
    pty.wait_for("bad.jsonl:2", DEADLINE);
    pty.send("q");
    pty.send("q");
    assert_eq!(pty.wait_exit().exit_code(), 0);
}

#[test]
fn dragging_over_text_copies_it() {
    // a German text begins at the left, where the button goes down
    let mut pty = start(
        &["--sample", "--mouse", "--filter", "de-09"],
        (80, 24),
        "of 30 articles",
    );
    pty.send("2z");
    // a line that there is room for only then
    pty.wait_for("reift Monate", DEADLINE);
    pty.mark();
    // button down at the third row, motion three columns on, button up
    pty.send("\x1b[<0;10;5M\x1b[<32;13;5M\x1b[<0;13;5m");
    pty.wait_for("copied the selected text", DEADLINE);
    let bytes = String::from_utf8_lossy(&pty.bytes_since()).into_owned();
    assert!(bytes.contains("\x1b]52;c;"), "{bytes:?}");
    pty.send("q");
    assert_eq!(pty.wait_exit().exit_code(), 0);
    let bytes = String::from_utf8_lossy(&pty.bytes_since()).into_owned();
    assert!(bytes.contains("\x1b[?1002l"), "{bytes:?}");
}

#[test]
fn hits_in_context_views_and_the_history_of_the_box() {
    let home = tempfile::tempdir().unwrap();
    let environment = [("HOME", home.path().to_str().unwrap()), ("LANG", "C.UTF-8")];
    let mut pty = Pty::spawn(&["--sample"], (80, 24), &environment);
    pty.wait_for("30 articles", DEADLINE);
    pty.send("\"minyan OR منيان\rK");
    pty.wait_for("1/", DEADLINE);
    pty.wait_for(" hits · ", DEADLINE);
    pty.send("n");
    pty.wait_for("hit 2 of ", DEADLINE);
    pty.send("S");
    pty.wait_for("Save these filters as", DEADLINE);
    pty.send("Minyan\r");
    pty.wait_for("view “Minyan” saved", DEADLINE);
    pty.send("q");
    assert_eq!(pty.wait_exit().exit_code(), 0);

    // another day: the view opens, and the box remembers
    let mut pty = Pty::spawn(&["--sample", "--view", "Minyan"], (80, 24), &environment);
    pty.wait_for("(\"minyan\" OR ", DEADLINE);
    pty.send("\\");
    pty.wait_for("1 filter cleared", DEADLINE);
    pty.send("/");
    pty.wait_for("Enter keep", DEADLINE);
    pty.send("\x1b[A");
    pty.wait_for("\" minyan OR ", DEADLINE);
    pty.send("\r");
    pty.wait_for("×", DEADLINE);
    pty.send("q");
    assert_eq!(pty.wait_exit().exit_code(), 0);
}
