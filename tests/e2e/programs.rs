//! Other programs get the terminal and give it back; briefs are written and hold.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::pty::{DEADLINE, Pty};

/// A home, a folder of news, and a program that says what it was given and waits for a line.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for name in ["home", "news", "tmp"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        let text = "Rebels met in Aleppo on 3 November 2016.\n\nقال ناطق إنهم سيطروا على منيان.\n";
        fs::write(folder.path().join("news/a.txt"), text).unwrap();
        fs::write(
            folder.path().join("news/b.txt"),
            "The market opened again.\n",
        )
        .unwrap();
        fs::write(folder.path().join("news/c.txt"), text).unwrap();
        let program = "#!/bin/sh\nprintf 'given %s\\n' \"$1\"\nhead -c 30 \"$1\"\nprintf '%s' \"$1\" \
            > \"$0.path\"\nprintf '\\nready> '\nread line\nprintf 'changed' > \"$1\"\n\
            [ \"$line\" = fail ] && exit 7\nexit 0\n";
        let path = folder.path().join("program");
        fs::write(&path, program).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn open(&self, variable: &str) -> Pty {
        let text = |path: PathBuf| path.to_str().unwrap().to_owned();
        let pty = Pty::spawn(
            &["--private", &text(self.path("news"))],
            (80, 24),
            &[
                ("HOME", &text(self.path("home"))),
                ("TMPDIR", &text(self.path("tmp"))),
                ("LANG", "C.UTF-8"),
                (variable, &text(self.path("program"))),
            ],
        );
        // near-duplicates are the last that a load tells, so nothing is on its way any more
        pty.wait_for("3 articles (2 stories)", DEADLINE);
        pty.wait_for("3 November 2016.", DEADLINE);
        pty
    }
}

fn sources(folder: &Path) -> Vec<Vec<u8>> {
    ["a.txt", "b.txt", "c.txt"]
        .map(|name| fs::read(folder.join(name)).unwrap())
        .to_vec()
}

/// The screen without its last line, which tells how the program ended.
fn panes(screen: &str) -> String {
    // blanks that were written and cells that never were look alike
    let lines: Vec<&str> = screen.lines().take(23).map(str::trim_end).collect();
    lines.join("\n")
}

#[test]
fn editor_and_pager_get_a_copy_and_the_screen_comes_back() {
    for (variable, key) in [("EDITOR", "e"), ("PAGER", "P")] {
        let place = Place::new();
        let before = sources(&place.path("news"));
        let mut pty = place.open(variable);
        let screen = pty.screen();
        pty.send(key);
        let given = pty.wait_for("ready>", DEADLINE);
        assert!(given.contains("given "), "{given}");
        assert!(given.contains("Rebels met in Aleppo"), "{given}");
        assert!(!pty.look(vt100::Screen::alternate_screen), "the screen");
        assert!(!pty.look(vt100::Screen::bracketed_paste), "pastes");
        // the explorer's keys are the program's now
        pty.send("q\r");
        pty.wait_for("program ended", DEADLINE);
        assert!(pty.look(vt100::Screen::alternate_screen), "the screen");
        assert_eq!(panes(&pty.screen()), panes(&screen), "{variable}");
        let copy = fs::read_to_string(place.path("program.path")).unwrap();
        assert!(!Path::new(&copy).exists(), "{copy} is left behind");
        assert_eq!(fs::read_dir(place.path("tmp")).unwrap().count(), 0);
        assert_eq!(sources(&place.path("news")), before, "a copy was given");
        // the screen below still shows the first run
        pty.mark();
        pty.send(key);
        pty.wait_for_bytes("ready>", DEADLINE);
        pty.send("fail\r");
        pty.wait_for("program ended with exit status: 7", DEADLINE);
        pty.send("q");
        assert_eq!(pty.wait_exit().exit_code(), 0);
    }
}

#[test]
fn control_c_ends_the_program_and_not_the_explorer() {
    let place = Place::new();
    let mut pty = place.open("EDITOR");
    pty.send("e");
    pty.wait_for("ready>", DEADLINE);
    pty.send("\x03");
    pty.wait_for("program ended with", DEADLINE);
    pty.send("j?");
    pty.wait_for("type to search", DEADLINE);
    pty.send("\x03");
    assert_eq!(pty.wait_exit().exit_code(), 0);
}

#[test]
fn a_command_reads_the_article_or_the_list() {
    let place = Place::new();
    let mut pty = place.open("EDITOR");
    let screen = pty.screen();
    pty.send("|grep -c article\r");
    let printed = pty.wait_for("Enter returns", DEADLINE);
    // a line for the brief, which counts its articles, and one for each of them
    assert!(printed.lines().any(|line| line.trim() == "4"), "{printed}");
    assert!(!pty.look(vt100::Screen::alternate_screen), "the screen");
    pty.send("\r");
    pty.wait_for("the command ended", DEADLINE);
    assert_eq!(panes(&pty.screen()), panes(&screen));
    pty.send("2|");
    pty.wait_for("grep -c article", DEADLINE);
    pty.send("\x15grep -o 'met in'; exit 3\r");
    let printed = pty.wait_for("exit status: 3; Enter returns", DEADLINE);
    assert!(
        printed.lines().any(|line| line.trim() == "met in"),
        "{printed}"
    );
    pty.send("\r");
    pty.wait_for("the command ended with", DEADLINE);
    pty.send("q");
    assert_eq!(pty.wait_exit().exit_code(), 0);
}

#[test]
fn a_brief_that_was_written_holds() {
    let place = Place::new();
    let mut pty = place.open("EDITOR");
    let (brief, inside) = (place.path("brief.html"), place.path("news/brief.md"));
    pty.send("E");
    pty.wait_for("news-brief.md", DEADLINE);
    pty.send(&format!("\x15{}\r", brief.display()));
    pty.wait_for("3 articles, 3 passages in", DEADLINE);
    pty.send("E");
    pty.wait_for("write to", DEADLINE);
    pty.send("\r");
    pty.wait_for("is such a file already", DEADLINE);
    pty.send(&format!("E\x15{}\r", inside.display()));
    pty.wait_for("that is being read", DEADLINE);
    assert!(!inside.exists());
    pty.send(&format!("E\x15{}\r", place.path("x.pdf").display()));
    pty.wait_for("has to end in", DEADLINE);
    pty.send("q");
    assert_eq!(pty.wait_exit().exit_code(), 0);
    let verify = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_khabar"));
        command.arg("verify").arg(&brief).arg(place.path("news"));
        command.env_clear().output().unwrap().status.code()
    };
    assert_eq!(verify(), Some(0));
    let source = place.path("news/a.txt");
    let mut bytes = fs::read(&source).unwrap();
    bytes[0] ^= 1;
    fs::write(&source, bytes).unwrap();
    assert_eq!(verify(), Some(1));
}
