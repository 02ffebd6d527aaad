//! Processes that write journals and are killed at random moments; and what is left.
//!
//! A child says `confirmed ID` only once the change is on the disk. Whatever the moment: every change
//! that was confirmed is in the journal, once, and whole.

use std::collections::{HashMap, HashSet};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use std::{env, fs, thread};

use khabar::store::Journal;
use khabar::store::journal::Place;
use khabar::triage::{DocumentKey, Mark, Op, State, parse_lines, verify};

/// The journal that a child writes to; without it a process is no child.
const JOURNAL: &str = "KHABAR_CRASH_JOURNAL";
/// Where the child's chances begin.
const SEED: &str = "KHABAR_CRASH_SEED";

/// Chances that can be had again (xorshift64*, Vigna 2016).
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) % end
    }
}

fn key(n: u64) -> DocumentKey {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&n.to_le_bytes());
    DocumentKey(bytes)
}

fn random_op(chance: &mut Chance, state: &State, author: &str) -> Op {
    // mostly one, now and then all that is visible
    let many = if chance.below(8) == 0 { 400 } else { 1 };
    let first = chance.below(1000);
    let documents: Vec<DocumentKey> = (first..first + many).map(key).collect();
    match chance.below(8) {
        0 => Op::Tag {
            tag: format!("tag {}", chance.below(5)),
            add: chance.below(3) > 0,
            documents,
        },
        1 => Op::Note {
            document: key(first),
            passage: None,
            text: "ملاحظة ".repeat(1 + usize::try_from(chance.below(40)).unwrap()),
            replaces: None,
        },
        2 if state.to_undo(author).is_some() => Op::Undo {
            of: state.to_undo(author).unwrap().id,
        },
        3 if state.to_redo(author).is_some() => Op::Redo {
            of: state.to_redo(author).unwrap().id,
        },
        n => Op::Mark {
            mark: Mark::ALL[usize::try_from(n % 5).unwrap()],
            documents,
            auto: false,
        },
    }
}

/// Where this process is a child: writes random changes until it is killed. Returns at once where
/// it is none.
pub(crate) fn write_if_child() {
    let Some(path) = env::var_os(JOURNAL) else {
        return;
    };
    let seed: u64 = env::var(SEED).unwrap().parse().unwrap();
    let author = format!("writer {seed}");
    let mut dice = Chance::new(seed);
    let opened = Journal::open(Place::File(path.into()), &author);
    let mut journal = opened.journal.patient(Duration::from_secs(20));
    let mut state = State::of(opened.changes);
    let mut out = std::io::stdout();
    let mut waiting = Vec::new();
    loop {
        for _ in 0..=dice.below(3) {
            let change = journal.record(random_op(&mut dice, &state, &author));
            waiting.push(change.id);
            state.extend([change]);
        }
        let flushed = journal.flush();
        state.extend(flushed.others);
        if flushed.problem.is_some() {
            if writeln!(out, "refused").is_err() {
                return;
            }
            thread::sleep(Duration::from_millis(2));
            continue;
        }
        for id in waiting.drain(..) {
            // whoever listened is gone
            if writeln!(out, "confirmed {id}").is_err() {
                return;
            }
        }
    }
}

/// Starts a child; `arguments` are what leads this program to [`write_if_child`].
pub(crate) fn child(arguments: &[&str], journal: &Path, seed: u64) -> Child {
    Command::new(env::current_exe().unwrap())
        .args(arguments)
        .env(JOURNAL, journal)
        .env(SEED, seed.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Kills a child once it has confirmed so many changes and a random moment more; gives what it
/// confirmed.
pub(crate) fn kill_after(child: &mut Child, confirmed: usize, moment: Duration) -> Vec<String> {
    let out = child.stdout.take().unwrap();
    let mut lines = BufReader::new(out).lines().map_while(Result::ok);
    let mut ids = Vec::new();
    while ids.len() < confirmed {
        let Some(line) = lines.next() else { break };
        ids.extend(line.split("confirmed ").nth(1).map(str::to_owned));
    }
    thread::sleep(moment);
    child.kill().unwrap();
    child.wait().unwrap();
    // what it had said before it died, the last line perhaps cut
    let rest = lines.filter_map(|line| line.split("confirmed ").nth(1).map(str::to_owned));
    ids.extend(rest.filter(|id| id.len() == 32));
    ids
}

/// Checks a journal against what was confirmed; gives the number of its changes.
pub(crate) fn check(journal: &Path, confirmed: &[String]) -> usize {
    let bytes = fs::read(journal).unwrap_or_default();
    let (changes, damages) = parse_lines(&bytes, 1);
    let mut times: HashMap<String, usize> = HashMap::new();
    for change in &changes {
        *times.entry(change.id.to_string()).or_default() += 1;
    }
    for id in confirmed {
        assert_eq!(times.get(id), Some(&1), "{id} was confirmed");
    }
    assert!(times.values().all(|times| *times == 1), "none twice");
    let text = String::from_utf8_lossy(&bytes);
    let whole = text.lines().filter(|line| verify(line).is_ok()).count();
    assert_eq!(whole, changes.len(), "none half");
    // a process that is killed in the middle of a write may leave a part of a line, no more
    assert!(damages.len() <= 2, "{damages:?}");
    // and what is read twice is what is read once
    let state = State::of(changes.clone());
    let twice = State::of(changes.iter().chain(&changes).cloned());
    assert_eq!(state.changes(), twice.changes());
    let unique: HashSet<_> = changes.iter().map(|change| change.id).collect();
    assert_eq!(state.changes().len(), unique.len());
    changes.len()
}

/// Kills one or two writers of one journal, `runs` times, the journal growing on for a few runs;
/// gives the number of changes that were confirmed.
pub(crate) fn kill_writers(arguments: &[&str], runs: u64) -> usize {
    let mut all = 0;
    let mut folder = tempfile::tempdir().unwrap();
    let mut confirmed = Vec::new();
    for run in 0..runs {
        if run % 8 == 0 {
            folder = tempfile::tempdir().unwrap();
            confirmed.clear();
        }
        let journal = folder.path().join("j.jsonl");
        let mut chance = Chance::new(run + 1);
        let mut writers: Vec<Child> = (0..=run % 2)
            .map(|n| child(arguments, &journal, run * 2 + n))
            .collect();
        for writer in &mut writers {
            let least = usize::try_from(chance.below(20)).unwrap();
            let moment = Duration::from_micros(chance.below(8000));
            confirmed.extend(kill_after(writer, least, moment));
        }
        check(&journal, &confirmed);
        all += confirmed.len();
    }
    all
}

/// Fills a small file system with a journal, makes room, and sees that what waited is written.
/// Says why it did not, where file systems cannot be mounted.
pub(crate) fn fill_a_disk(arguments: &[&str]) -> Result<usize, String> {
    let folder = tempfile::tempdir().unwrap();
    let mount = Command::new("mount")
        .args(["-t", "tmpfs", "-o", "size=192k", "tmpfs"])
        .arg(folder.path())
        .output();
    match mount {
        Ok(output) if output.status.success() => {}
        Ok(output) => return Err(String::from_utf8_lossy(&output.stderr).trim().to_owned()),
        Err(error) => return Err(error.to_string()),
    }
    let outcome = std::panic::catch_unwind(|| full(arguments, folder.path()));
    let unmounted = Command::new("umount").arg(folder.path()).status();
    assert!(unmounted.is_ok_and(|status| status.success()));
    match outcome {
        Ok(changes) => Ok(changes),
        Err(panic) => std::panic::resume_unwind(panic),
    }
}

fn full(arguments: &[&str], folder: &Path) -> usize {
    let ballast = folder.join("ballast");
    fs::write(&ballast, vec![0; 64 * 1024]).unwrap();
    let journal = folder.join("j.jsonl");
    let mut writer = child(arguments, &journal, 7);
    let out = writer.stdout.take().unwrap();
    let mut lines = BufReader::new(out).lines().map_while(Result::ok);
    let mut confirmed = Vec::new();
    let mut refused = 0;
    while refused < 5 {
        let line = lines.next().unwrap();
        refused += usize::from(line.contains("refused"));
        confirmed.extend(line.split("confirmed ").nth(1).map(str::to_owned));
    }
    check(&journal, &confirmed);
    let before = confirmed.len();
    fs::remove_file(&ballast).unwrap();
    // with room again, what waited is written
    while confirmed.len() == before {
        let line = lines.next().unwrap();
        confirmed.extend(line.split("confirmed ").nth(1).map(str::to_owned));
    }
    writer.kill().unwrap();
    writer.wait().unwrap();
    check(&journal, &confirmed)
}
