//! What was set right outlives the program, however it ends.

use std::path::Path;
use std::process::Command;

use khabar::corpus::{Corpus, EntityId, Name};
use khabar::ingest::{Source, sample};
use khabar::pipeline::{self, Request};
use khabar::query::{self, Question};
use rustix::process::{Pid, Signal, kill_process};

use crate::pty::{DEADLINE, Pty};

/// The keys that lead to an entity's card and on it to a candidate, and both names.
fn way_to_a_candidate(corpus: &Corpus) -> ([String; 2], Name, Name) {
    let answer = query::answer(corpus, &Question::default(), &|| false).unwrap();
    let find = |name: &Name| corpus.entities().find(&name.key, name.kind);
    let mut links = corpus.links().candidates().iter();
    let (from, to) = links
        .find_map(|link| {
            let both = find(&link.from).zip(find(&link.to));
            both.map(|_| (link.from.clone(), link.to.clone()))
        })
        .unwrap();
    let id: EntityId = find(&from).unwrap();
    let row = answer
        .entities
        .iter()
        .position(|row| row.entity == id)
        .unwrap();
    let spellings = corpus.entities().get(id).unwrap().spellings.len();
    let linked = corpus.links().reasons_of(&from).len();
    let keys = [
        format!("g{}f", "j".repeat(row)),
        "j".repeat(1 + spellings + linked),
    ];
    (keys, from, to)
}

fn keys_of_entities(home: &Path) -> Vec<String> {
    let output = Command::new(env!("CARGO_BIN_EXE_khabar"))
        .args(["entities", "--sample"])
        .env_clear()
        .env("HOME", home)
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let lines = printed.lines().map(|line| {
        let entity: serde_json::Value = serde_json::from_str(line).unwrap();
        format!(
            "{} {}",
            entity["type"].as_str().unwrap(),
            entity["key"].as_str().unwrap()
        )
    });
    lines.collect()
}

#[test]
fn a_candidate_accepted_holds_after_a_kill() {
    let files = sample::files().iter().map(|(name, text)| Source::Bytes {
        name: (*name).to_owned(),
        bytes: text.as_bytes().to_vec(),
    });
    let corpus = pipeline::load_all(&Request {
        name: "sample".to_owned(),
        sources: files.collect(),
        ..Request::default()
    });
    let ([to_card, to_candidate], from, to) = way_to_a_candidate(&corpus);
    let home = tempfile::tempdir().unwrap();
    let environment = [("HOME", home.path().to_str().unwrap()), ("LANG", "C.UTF-8")];
    let file = home.path().join(".local/state/khabar/aliases/sample.toml");
    let mine = "# mine\n\n[[hide]]   # none of ours\nname = \"Nobody\"\nkind = \"PERSON\"\n";
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::write(&file, mine).unwrap();
    let both = [from.to_string(), to.to_string()];
    let before = keys_of_entities(home.path());
    assert!(both.iter().all(|name| before.contains(name)), "{both:?}");

    let mut pty = Pty::spawn(&["--sample"], (120, 40), &environment);
    pty.wait_for("30 articles", DEADLINE);
    pty.send("3");
    // links are made with the last word of the load
    pty.wait_for(&format!("Entities {}", before.len()), DEADLINE);
    pty.send(&to_card);
    // the card says the rest when a worker has looked through the articles
    pty.wait_for("perhaps the same", DEADLINE);
    pty.send(&to_candidate);
    pty.wait_for("y the same", DEADLINE);
    pty.send("y");
    pty.wait_for("are one", DEADLINE);
    let pid = Pid::from_raw(pty.pid().try_into().unwrap()).unwrap();
    kill_process(pid, Signal::KILL).unwrap();
    pty.wait_exit();

    let after = keys_of_entities(home.path());
    let left = both.iter().filter(|name| after.contains(name)).count();
    assert_eq!((left, after.len()), (1, before.len() - 1));
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.contains("[[accept]]"), "{text}");

    let mut pty = Pty::spawn(&["--sample"], (80, 24), &environment);
    pty.wait_for("30 articles", DEADLINE);
    pty.send("3");
    pty.wait_for(&format!("Entities {}", after.len()), DEADLINE);
    // the latest step is one of the run that was killed
    pty.send("u");
    pty.wait_for("undone: ", DEADLINE);
    pty.wait_for(&format!("Entities {}", before.len()), DEADLINE);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), mine);
    pty.send("q");
    assert_eq!(pty.wait_exit().exit_code(), 0);

    // the same without a screen
    for (what, expected) in [("redo", text.as_str()), ("undo", mine)] {
        let status = Command::new(env!("CARGO_BIN_EXE_khabar"))
            .args(["mark", what, "--sample"])
            .env_clear()
            .env("HOME", home.path())
            .output()
            .unwrap();
        assert!(status.status.success(), "{what}: {status:?}");
        assert_eq!(std::fs::read_to_string(&file).unwrap(), expected, "{what}");
    }
}
