//! Five hundred documents come in, twelve matter: by few keys to a brief of those twelve.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::pty::{DEADLINE, Pty};

/// Keys that the way to the brief may take.
const KEYS: usize = 80;

struct Desk {
    home: tempfile::TempDir,
}

/// A folder of documents, and which of them matter.
fn desk() -> (Desk, BTreeSet<String>) {
    let home = tempfile::tempdir().unwrap();
    let news = home.path().join("news");
    fs::create_dir(&news).unwrap();
    let mut planted = BTreeSet::new();
    for i in 0..500 {
        let place = ["Aleppo", "Idlib", "Hama", "Homs"][i % 4];
        let said = if i % 42 == 7 {
            planted.insert(format!("{i:03}.txt"));
            "entered Minyan, fighters of Jabhat Fatah al-Sham said".to_owned()
        } else if i % 45 == 3 {
            format!("about the weather in {place}, Jabhat Fatah al-Sham spoke")
        } else {
            format!("a quiet day in {place}, residents said")
        };
        let text = format!("Dispatch {i:03}\n\nReport {i:03}: {said}.\n");
        fs::write(news.join(format!("{i:03}.txt")), text).unwrap();
    }
    (Desk { home }, planted)
}

impl Desk {
    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// What the program prints to a script in the same place.
    fn printed(&self, arguments: &[&str]) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_khabar"));
        command.args(arguments).current_dir(self.home.path());
        command.env_clear().env("HOME", self.home.path());
        let output = command.env("USER", "amal").output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Goes the way to the brief, which is written into a file with its usual name; gives the
    /// number of keys.
    fn sift(&self) -> usize {
        let home = self.home.path().to_str().unwrap();
        let environment = [("HOME", home), ("LANG", "C.UTF-8"), ("USER", "amal")];
        let mut pty = Pty::spawn(
            &[self.path("news").to_str().unwrap()],
            (100, 30),
            &environment,
        );
        pty.wait_for("500 articles", DEADLINE);
        until(&pty, |screen| {
            let is_loading = screen.lines().next()?.contains(" · read");
            (!is_loading).then_some(())
        });
        let mut keys = 0;
        let mut send = |pty: &mut Pty, typed: &str| {
            keys += typed.chars().count();
            pty.send(typed);
        };
        send(&mut pty, "/jabhat fatah\r");
        pty.wait_for("24 of 500 articles", DEADLINE);
        let mut decided = BTreeSet::new();
        while decided.len() < 24 {
            let (number, matters) = until(&pty, |screen| {
                let selected = screen.lines().find(|line| line.starts_with('▌'))?;
                let number: String = selected
                    .split("Dispatch ")
                    .nth(1)?
                    .chars()
                    .take(3)
                    .collect();
                let report = screen.split(&format!("Report {number}: ")).nth(1)?;
                let is_next = !decided.contains(&number);
                is_next.then(|| (number, report.starts_with("entered Minyan")))
            });
            decided.insert(number);
            send(&mut pty, if matters { "s" } else { "x" });
        }
        send(&mut pty, "'k");
        pty.wait_for("12 of 500 articles", DEADLINE);
        send(&mut pty, "E");
        pty.wait_for("news-brief.md", DEADLINE);
        send(&mut pty, "\r");
        pty.wait_for("12 articles, ", DEADLINE);
        pty.send("q");
        assert_eq!(pty.wait_exit().exit_code(), 0);
        keys
    }
}

/// Waits until the screen tells something.
fn until<T>(pty: &Pty, tells: impl Fn(&str) -> Option<T>) -> T {
    let begun = Instant::now();
    loop {
        let screen = pty.screen();
        if let Some(told) = tells(&screen) {
            return told;
        }
        assert!(begun.elapsed() < DEADLINE, "{screen}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn five_hundred_to_a_brief_of_twelve_in_few_keys_and_the_same_twice() {
    let mut briefs = Vec::new();
    for _ in 0..2 {
        let (desk, planted) = desk();
        assert_eq!(planted.len(), 12);
        let keys = desk.sift();
        assert!(keys <= KEYS, "{keys} keys");
        let listed = desk.printed(&["list", "news", "--view", "kept"]);
        let kept: BTreeSet<String> = listed
            .lines()
            .map(|line| {
                let article: serde_json::Value = serde_json::from_str(line).unwrap();
                article["path"].as_str().unwrap().to_owned()
            })
            .collect();
        assert_eq!(kept, planted);
        let brief = fs::read_to_string(desk.path("news-brief.md")).unwrap();
        let filters = ["--filter", "jabhat fatah", "--filter", "is:kept"];
        let exported = desk.printed(&[&["export", "news"][..], &filters].concat());
        assert_eq!(brief, exported);
        let quoted: Vec<&str> = brief.lines().filter(|l| l.starts_with("> R")).collect();
        let expected: Vec<String> = planted
            .iter()
            .map(|path| {
                let number = path.trim_end_matches(".txt");
                let said = "entered Minyan, fighters of Jabhat Fatah al-Sham said.";
                format!("> Report {number}: {said}")
            })
            .collect();
        assert_eq!(quoted, expected);
        desk.printed(&["verify", "news-brief.md", "news"]);
        briefs.push((brief, desk.printed(&["export", "news", "--view", "kept"])));
    }
    assert_eq!(briefs[0], briefs[1]);
}
