//! Marks outlive everything: a kill, a hangup in the middle of a note, the next day.

use std::fs;

use rustix::process::{Pid, Signal, kill_process};

use crate::crash;
use crate::pty::{DEADLINE, Pty};

struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("news")).unwrap();
        let desk = Self { folder };
        for (name, text) in [
            ("a.txt", "Alpha speaks\n\nAleppo, 3 November 2016 - One.\n"),
            ("b.txt", "Beta answers\n\nAleppo, 2 November 2016 - Two.\n"),
            (
                "c.txt",
                "Gamma is silent\n\nAleppo, 1 November 2016 - Three.\n",
            ),
        ] {
            desk.document(name, text);
        }
        desk
    }

    fn document(&self, name: &str, text: &str) {
        fs::write(self.folder.path().join("news").join(name), text).unwrap();
    }

    fn start(&self, arguments: &[&str]) -> Pty {
        let home = self.folder.path().to_str().unwrap();
        let pty = Pty::spawn(
            arguments,
            (100, 30),
            &[("HOME", home), ("LANG", "C.UTF-8"), ("USER", "amal")],
        );
        pty.wait_for("3 articles", DEADLINE);
        // an article that comes late would be one that is not there to go on to
        let begun = std::time::Instant::now();
        let loading = |pty: &Pty| {
            let screen = pty.screen();
            screen
                .lines()
                .next()
                .is_some_and(|line| line.contains(" · read"))
        };
        while loading(&pty) && begun.elapsed() < DEADLINE {
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
        pty
    }

    fn open(&self) -> Pty {
        let news = self.folder.path().join("news");
        self.start(&[news.to_str().unwrap()])
    }
}

fn signal(pty: &Pty, signal: Signal) {
    let pid = Pid::from_raw(pty.pid().try_into().unwrap()).unwrap();
    kill_process(pid, signal).unwrap();
}

#[test]
fn what_the_screen_said_is_kept_outlives_a_kill() {
    let desk = Desk::new();
    let mut pty = desk.open();
    pty.wait_for("Alpha speaks", DEADLINE);
    pty.send("s");
    pty.wait_for("1 kept", DEADLINE);
    pty.send("x");
    pty.wait_for("1 dismissed", DEADLINE);
    signal(&pty, Signal::KILL);
    pty.wait_exit();
    let mut pty = desk.open();
    pty.wait_for("1 kept · 1 undecided · 1 dismissed", DEADLINE);
    pty.send("u");
    pty.wait_for("undone: dismiss", DEADLINE);
    pty.send("q");
    assert_eq!(pty.wait_exit().exit_code(), 0);
}

#[test]
fn a_hangup_in_the_middle_of_a_note_loses_nothing_and_one_comes_back_to_where_one_was() {
    let desk = Desk::new();
    let mut pty = desk.open();
    pty.wait_for("Alpha speaks", DEADLINE);
    pty.send("jj");
    pty.send("/aleppo\r");
    pty.wait_for("aleppo ×", DEADLINE);
    pty.send("aask Ber");
    pty.wait_for("ask Ber", DEADLINE);
    signal(&pty, Signal::HUP);
    assert_eq!(pty.wait_exit().exit_code(), 129);
    let mut pty = desk.start(&[]);
    pty.wait_for("ask Ber", DEADLINE);
    pty.wait_for("aleppo ×", DEADLINE);
    pty.send("ta\r");
    pty.wait_for("1 note", DEADLINE);
    pty.wait_for("Gamma", DEADLINE);
    pty.send("q");
    assert_eq!(pty.wait_exit().exit_code(), 0);
}

#[test]
fn the_next_day_says_what_came_since() {
    let desk = Desk::new();
    let mut pty = desk.open();
    pty.wait_for("Alpha speaks", DEADLINE);
    pty.send("q");
    pty.wait_exit();
    desk.document("d.txt", "Delta is new\n\nAleppo, 4 November 2016 - Four.\n");
    fs::remove_file(desk.folder.path().join("news/c.txt")).unwrap();
    let mut pty = desk.start(&[]);
    pty.wait_for("since last time: +1 document, 1 vanished", DEADLINE);
    pty.send("'n");
    pty.wait_for("1 of 3 articles", DEADLINE);
    pty.send("q");
    assert_eq!(pty.wait_exit().exit_code(), 0);
}

#[test]
fn notes_go_into_the_brief_that_the_screen_writes() {
    let desk = Desk::new();
    let mut pty = desk.open();
    pty.wait_for("Alpha speaks", DEADLINE);
    pty.send("aask Berta\r");
    pty.wait_for("1 note", DEADLINE);
    pty.send("E");
    pty.wait_for("news-brief.md", DEADLINE);
    pty.send("\r");
    pty.wait_for("3 articles, ", DEADLINE);
    pty.send("q");
    assert_eq!(pty.wait_exit().exit_code(), 0);
    let brief = fs::read_to_string(desk.folder.path().join("news-brief.md")).unwrap();
    assert!(brief.contains("ask Berta"), "{brief}");
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_khabar"));
    let home = desk.folder.path();
    command.args(["export", "news"]).current_dir(home);
    let output = command.env_clear().env("HOME", home).output().unwrap();
    assert_eq!(brief, String::from_utf8(output.stdout).unwrap());
}

#[test]
fn views_of_ones_own_are_one_file() {
    let desk = Desk::new();
    let file = desk.folder.path().join(".local/state/khabar/views.toml");
    let mut pty = desk.open();
    pty.wait_for("Alpha speaks", DEADLINE);
    pty.send("/beta\r");
    pty.wait_for("1 of 3 articles", DEADLINE);
    pty.send("'");
    pty.wait_for("s saves · D removes", DEADLINE);
    pty.send("s");
    pty.wait_for("Save these filters as", DEADLINE);
    pty.send("kept\r");
    pty.wait_for("choose another name", DEADLINE);
    pty.send("Sfrom b\r");
    pty.wait_for("view “from b” saved", DEADLINE);
    let saved = fs::read_to_string(&file).unwrap();
    assert!(
        saved.contains("from b") && !saved.contains("kept"),
        "{saved}"
    );
    pty.send("\\'");
    pty.wait_for("1      1 from b", DEADLINE);
    pty.send("1");
    pty.wait_for("1 of 3 articles", DEADLINE);
    // what another program writes is there when the list is opened
    fs::write(&file, saved.replace("from b", "of beta")).unwrap();
    pty.send("'");
    pty.wait_for("1      1 of beta", DEADLINE);
    pty.send(&"j".repeat(10));
    pty.send("D");
    pty.wait_for("view “of beta” removed", DEADLINE);
    // at once, the two would be Alt-u
    pty.send("\x1b");
    pty.wait_gone("s saves · D removes", DEADLINE);
    pty.send("u");
    pty.wait_for("view “of beta” saved", DEADLINE);
    pty.send("q");
    assert_eq!(pty.wait_exit().exit_code(), 0);
    assert!(fs::read_to_string(&file).unwrap().contains("of beta"));
}

#[test]
fn what_changed_opens_as_a_word_difference() {
    let desk = Desk::new();
    let mut pty = desk.open();
    pty.wait_for("Alpha speaks", DEADLINE);
    pty.send("q");
    pty.wait_exit();
    desk.document(
        "b.txt",
        "Beta answers\n\nAleppo, 2 November 2016 - Two or three.\n",
    );
    // a script in between reads the corpus anew, and keeps what the explorer is to show
    let news = desk.folder.path().join("news");
    let home = desk.folder.path();
    let listed = std::process::Command::new(env!("CARGO_BIN_EXE_khabar"))
        .args(["list".as_ref(), news.as_os_str()])
        .env_clear()
        .envs([("HOME", home.to_str().unwrap()), ("USER", "amal")])
        .output()
        .unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    let changed: Vec<&str> = listed
        .lines()
        .filter(|line| !line.contains("\"changed_from\":null"))
        .collect();
    assert_eq!(changed.len(), 1, "{listed}");
    assert!(changed[0].contains("Beta answers"), "{listed}");

    let mut pty = desk.start(&[]);
    pty.wait_for("since last time: 1 changed", DEADLINE);
    pty.send("'n");
    pty.wait_for("1 of 3 articles", DEADLINE);
    pty.send("C");
    pty.wait_for("Changed since your last visit", DEADLINE);
    pty.wait_for("Two{+ or three+}.", DEADLINE);
    pty.send("\x1bq");
    assert_eq!(pty.wait_exit().exit_code(), 0);
}

#[test]
fn two_explorers_of_one_corpus_see_each_others_marks() {
    let desk = Desk::new();
    let (mut one, mut other) = (desk.open(), desk.open());
    one.wait_for("Alpha speaks", DEADLINE);
    other.wait_for("Alpha speaks", DEADLINE);
    one.send("s");
    one.wait_for("1 kept", DEADLINE);
    other.wait_for("1 kept", DEADLINE);
    other.send("jx");
    one.wait_for("1 dismissed", DEADLINE);
    for pty in [&mut one, &mut other] {
        pty.send("q");
        assert_eq!(pty.wait_exit().exit_code(), 0);
    }
}

#[test]
fn private_leaves_no_trace() {
    let desk = Desk::new();
    let news = desk.folder.path().join("news");
    let mut pty = desk.start(&["--private", news.to_str().unwrap()]);
    pty.wait_for("Alpha speaks", DEADLINE);
    pty.send("saone two ");
    pty.send("\r");
    pty.wait_for("1 note", DEADLINE);
    pty.send("q");
    assert_eq!(pty.wait_exit().exit_code(), 0);
    assert!(!desk.folder.path().join(".local").exists());
}

/// Leads a child of the tests below to where it writes; does nothing else.
#[test]
fn writer() {
    crash::write_if_child();
}

const TO_WRITER: &[&str] = &["--exact", "triage::writer", "--nocapture"];

#[test]
fn killed_writers_leave_everything_that_they_confirmed() {
    let confirmed = crash::kill_writers(TO_WRITER, 40);
    assert!(confirmed > 200, "{confirmed}");
}

#[test]
fn a_disk_that_fills_loses_nothing() {
    match crash::fill_a_disk(TO_WRITER) {
        Ok(changes) => assert!(changes > 10, "{changes}"),
        Err(why) => println!("no small disk can be made here: {why}: not looked at"),
    }
}

#[test]
fn new_files_appear_by_themselves() {
    let desk = Desk::new();
    let mut pty = desk.open();
    pty.wait_for("Alpha speaks", DEADLINE);
    pty.send("j");
    pty.wait_for("b.txt", DEADLINE);
    // until the folder is watched, a change would be taken for what was there
    for n in 0.. {
        desk.document(
            &format!("new{n}.txt"),
            &format!("Late {n}\n\nAleppo, 5 November 2016 - Late.\n"),
        );
        let begun = std::time::Instant::now();
        let is_there = |pty: &Pty| pty.screen().contains("Late 0");
        while !is_there(&pty) && begun.elapsed() < std::time::Duration::from_secs(3) {
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        if is_there(&pty) {
            break;
        }
        assert!(n < 20, "{}", pty.screen());
    }
    let screen = pty.screen();
    let selected = screen.lines().find(|line| line.starts_with('▌')).unwrap();
    assert!(selected.contains("Beta answers"), "{screen}");
    pty.send("q");
    assert_eq!(pty.wait_exit().exit_code(), 0);
}
