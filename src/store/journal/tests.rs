use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use super::*;
use crate::triage::{DocumentKey, Mark, State};

fn keep(n: u8) -> Op {
    Op::Mark {
        mark: Mark::Keep,
        documents: vec![DocumentKey([n; 32])],
        auto: false,
    }
}

fn open(path: &Path) -> Opened {
    Journal::open(Place::File(path.to_owned()), "amal")
}

fn kept(path: &Path) -> usize {
    State::of(open(path).changes).documents().count()
}

#[test]
fn what_was_flushed_is_there_and_only_added_to() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("deep/journals/a.jsonl");
    let mut journal = open(&path).journal;
    let mut before = Vec::new();
    for n in 0..5 {
        journal.record(keep(n));
        let flushed = journal.flush();
        assert_eq!(flushed.problem, None);
        let now = fs::read(&path).unwrap();
        assert!(now.starts_with(&before) && now.len() > before.len());
        before = now;
    }
    assert_eq!(kept(&path), 5);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&path), 0o600);
    assert_eq!(mode(path.parent().unwrap()), 0o700);
}

#[test]
fn a_torn_last_line_is_not_read_and_not_destroyed() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("a.jsonl");
    let mut journal = open(&path).journal;
    journal.record(keep(1));
    journal.record(keep(2));
    journal.flush();
    let whole = fs::read(&path).unwrap();
    let first = whole.iter().position(|b| *b == b'\n').unwrap() + 1;
    for cut in first + 1..whole.len() - 1 {
        fs::write(&path, &whole[..cut]).unwrap();
        let opened = open(&path);
        assert!(opened.is_torn, "cut at {cut}");
        assert_eq!(opened.changes.len(), 1, "cut at {cut}");
        assert_eq!(opened.notices.len(), 1);
        let mut journal = opened.journal;
        journal.record(keep(3));
        assert_eq!(journal.flush().problem, None);
        let now = fs::read(&path).unwrap();
        assert!(now.starts_with(&whole[..cut]), "nothing is destroyed");
        assert_eq!(kept(&path), 2, "cut at {cut}");
    }
    // a line that lacks its end alone is whole
    fs::write(&path, &whole[..whole.len() - 1]).unwrap();
    assert_eq!(kept(&path), 2);
    // and one that somebody put another journal behind does not take that one's first line along
    fs::write(&path, [&whole[..whole.len() - 9], &whole[..first]].concat()).unwrap();
    assert_eq!(kept(&path), 1);
}

#[test]
fn two_instances_see_each_other() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("a.jsonl");
    let (mut one, mut other) = (open(&path).journal, open(&path).journal);
    one.record(keep(1));
    one.flush();
    assert_eq!(other.look().len(), 1);
    assert_eq!(other.look().len(), 0, "each line once");
    one.record(keep(2));
    one.flush();
    other.record(keep(3));
    let flushed = other.flush();
    assert_eq!(flushed.others.len(), 1, "read on the way");
    assert_eq!(one.look().len(), 1);
    assert_eq!(kept(&path), 3);
}

#[test]
fn what_cannot_be_written_waits() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("a.jsonl");
    // a folder in the way of the file
    fs::create_dir(&path).unwrap();
    let opened = open(&path);
    assert_eq!(opened.notices.len(), 1, "{:?}", opened.notices);
    let mut journal = opened.journal;
    journal.record(keep(1));
    let problem = journal.flush().problem.unwrap();
    assert!(
        problem.contains("a.jsonl") && problem.contains("kept in memory"),
        "{problem}"
    );
    assert!(journal.is_waiting());
    fs::remove_dir(&path).unwrap();
    journal.record(keep(2));
    assert_eq!(journal.flush().problem, None);
    assert_eq!(kept(&path), 2, "the one that waited, and the new one");
}

#[test]
fn a_lock_of_another_program_is_waited_for_and_then_told() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("a.jsonl");
    let holder = File::create(&path).unwrap();
    flock(&holder, FlockOperation::LockExclusive).unwrap();
    let mut journal = open(&path).journal;
    journal.record(keep(1));
    let problem = journal.flush().problem.unwrap();
    assert!(problem.contains("locked"), "{problem}");
    drop(holder);
    assert_eq!(journal.flush().problem, None);
    assert_eq!(kept(&path), 1);
}

#[test]
fn private_and_homeless_write_nothing() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("a.jsonl");
    let mut private = Journal::open(Place::ReadOnly(path.clone()), "amal").journal;
    private.record(keep(1));
    assert_eq!(private.flush().problem, None);
    assert!(!private.is_waiting() && !path.exists());
    let mut homeless = Journal::open(Place::Nowhere("no home".into()), "amal").journal;
    homeless.record(keep(1));
    assert!(homeless.flush().problem.unwrap().contains("no home"));
}

#[test]
fn what_a_later_khabar_wrote_is_kept_and_told() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("a.jsonl");
    let mut journal = open(&path).journal;
    journal.record(keep(1));
    journal.flush();
    let mut lines = fs::read_to_string(&path).unwrap();
    lines.push_str("{\"v\":2,\"id\":7,\"op\":[\"quite\",\"other\"]}\n");
    let v1 = lines.lines().next().unwrap().replace("keep", "levitate");
    lines.push_str(&v1);
    lines.push_str("\n{nonsense\n");
    fs::write(&path, &lines).unwrap();
    let opened = open(&path);
    assert_eq!(opened.changes.len(), 1);
    assert_eq!(opened.damages.iter().filter(|d| d.is_newer).count(), 2);
    assert_eq!(opened.notices.len(), 2, "{:?}", opened.notices);
    assert!(opened.notices[1].contains(":4:"), "{:?}", opened.notices);
    let mut journal = opened.journal;
    journal.record(keep(2));
    journal.flush();
    assert!(fs::read_to_string(&path).unwrap().starts_with(&lines));
}

#[test]
fn a_file_that_was_replaced_is_read_from_its_beginning() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("a.jsonl");
    let mut journal = open(&path).journal;
    journal.record(keep(1));
    journal.record(keep(2));
    journal.flush();
    let elsewhere = home.path().join("b.jsonl");
    let mut other = open(&elsewhere).journal;
    for n in 3..9 {
        other.record(keep(n));
    }
    other.flush();
    fs::rename(&elsewhere, &path).unwrap();
    assert_eq!(journal.look().len(), 6);
}

#[test]
fn each_corpus_has_its_journal() {
    let home = tempfile::tempdir().unwrap();
    let directories = crate::store::Directories {
        state: Some(home.path().to_owned()),
        ..Default::default()
    };
    let store = Store::new(&directories, false);
    let sample = store.journal_place(None, "sample", &[]);
    assert_eq!(
        sample,
        Place::File(home.path().join("journals/sample.jsonl"))
    );
    let named = Path::new("both.jsonl");
    assert_eq!(
        store.journal_place(Some(named), "sample", &[]),
        Place::File(named.to_owned())
    );
    let private = Store::new(&directories, true);
    assert!(matches!(
        private.journal_place(None, "sample", &[]),
        Place::ReadOnly(_)
    ));
    assert!(matches!(
        store.journal_place(None, "standard input", &[]),
        Place::Nowhere(_)
    ));
}

#[test]
fn what_was_appended_is_in_the_file_before_it_is_synced() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new/j.jsonl");
    let mut journal = open(&path).journal;
    journal.record(keep(1));
    let first = journal.append();
    assert_eq!(first.problem, None);
    assert!(!journal.is_waiting());
    assert_eq!(kept(&path), 1);
    // neither we nor others wait for the disk
    journal.record(keep(2));
    let second = journal.append();
    let mut other = open(&path).journal;
    other.record(keep(3));
    assert_eq!(other.append().problem, None);
    assert_eq!(kept(&path), 3);
    for unsynced in [first.unsynced, second.unsynced] {
        assert!(unsynced.unwrap().sync().is_ok());
    }
    assert!(journal.append().unsynced.is_none(), "nothing waits");
}

#[test]
fn what_the_disk_does_not_take_is_written_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("j.jsonl");
    let mut journal = open(&path).journal;
    journal.record(keep(1));
    let mut unsynced = journal.append().unsynced.unwrap();
    // as a disk that is gone: no file of this kind can be synced
    unsynced.file = File::from(std::os::fd::OwnedFd::from(
        std::os::unix::net::UnixStream::pair().unwrap().0,
    ));
    let doubtful = unsynced.sync().unwrap_err();
    assert!(doubtful.problem.contains("j.jsonl"), "{}", doubtful.problem);
    std::fs::remove_file(&path).unwrap();
    journal.record(keep(2));
    journal.again(doubtful);
    assert_eq!(journal.flush().problem, None);
    assert_eq!(kept(&path), 2);
}
